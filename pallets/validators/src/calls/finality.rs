//! Finality that stands still.

use crate::{Config, Error, Event, Finality, Pallet, Stall, Stalled};
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Zero, DispatchResult};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_note_stalled(
        delay: BlockNumberFor<T>,
        best_finalized: BlockNumberFor<T>,
    ) -> DispatchResult {
        ensure!(
            !delay.is_zero() && delay <= T::MaxStallDelay::get(),
            Error::<T>::DelayOutOfRange
        );
        ensure!(
            best_finalized < frame_system::Pallet::<T>::block_number(),
            Error::<T>::BlockNotReached
        );
        ensure!(!Self::is_forcing(), Error::<T>::StallAlreadyNoted);
        ensure!(T::Finality::can_force(), Error::<T>::ForcedTooSoon);
        Stalled::<T>::put(Stall {
            delay,
            best_finalized,
            queued: false,
        });
        Self::deposit_event(Event::StallNoted {
            delay,
            best_finalized,
        });
        Ok(())
    }

    /// Whether a forced change of voters is under way. Until it is in force, another change would be lost to finality.
    pub fn is_forcing() -> bool {
        Stalled::<T>::exists() || T::Finality::is_changing()
    }
}
