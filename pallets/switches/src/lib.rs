#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod hooks;
mod ports;
mod queries;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use types::MaxRemembered;
pub use weights::WeightInfo;

/// Which functions are paused, and the council's calls.
#[frame_support::pallet]
pub mod pallet {
    use super::{MaxRemembered, WeightInfo};
    use frame_support::{pallet_prelude::*, weights::WeightMeter};
    use frame_system::pallet_prelude::*;
    use interclear_ports::{Clock, Cycles};
    use interclear_primitives::{
        switch::{Function, Pause, PauseReason},
        Moment,
    };

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the pallet needs from the runtime.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The chain's clock.
        type Clock: Clock;

        /// Netting cycles, whose time to fund stands still.
        type Cycles: Cycles;

        /// Who pauses functions and lets them go on.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Seconds after which a pause ends by itself: who no longer finds two thirds for it must not keep it.
        #[pallet::constant]
        type MaxPause: Get<Moment>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Functions that are paused, and those that others have waited for since.
    #[pallet::storage]
    pub type Pauses<T: Config> = StorageMap<_, Twox64Concat, Function, Pause>;

    /// Days from which on and before which netting was paused, of the pauses that took the most of them: who could not pay with a cycle is not
    /// late for them.
    #[pallet::storage]
    pub type NettingPaused<T> = StorageValue<_, BoundedVec<(u32, u32), MaxRemembered>, ValueQuery>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// The council has paused a function.
        Paused {
            /// What does not happen any more.
            function: Function,
            /// Why.
            reason: PauseReason,
        },
        /// The council has let a function go on, or it was paused for as long as it can be at once.
        Resumed {
            /// What happens again.
            function: Function,
            /// Until when others do not act on what is missing of it, where they would.
            until: Option<Moment>,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// The function is paused already: resume it before it is paused for another reason.
        AlreadyPaused,
        /// The function is not paused.
        NotPaused,
        /// The reason is empty, or has characters that are not text.
        InvalidReason,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::end_pauses(&mut meter);
            meter.consumed()
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Pauses a function until the council lets it go on, for 30 days at most (`MaxPause`): then it goes on by itself. A motion that lets it
        /// go on and pauses it again, in one batch, renews the pause. By the council.
        ///
        /// # Events
        /// [`Event::Paused`].
        ///
        /// # Errors
        /// [`Error::InvalidReason`], [`Error::AlreadyPaused`].
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::pause().saturating_add(T::Cycles::switch_weight()))]
        pub fn pause(origin: OriginFor<T>, function: Function, reason: PauseReason) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_pause(function, reason)
        }

        /// Lets a function go on. What others do because something of it is missing waits as long again as the pause was; of netting, whoever
        /// had time left to fund has as much of it from now on, and a working day at least. By the council.
        ///
        /// # Events
        /// [`Event::Resumed`].
        ///
        /// # Errors
        /// [`Error::NotPaused`].
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::resume().saturating_add(T::Cycles::switch_weight()))]
        pub fn resume(origin: OriginFor<T>, function: Function) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_resume(function)
        }
    }
}
