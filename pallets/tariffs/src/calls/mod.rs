//! The rules behind the calls.

mod caps;
mod publish;
mod rates;

use crate::{Config, Pallet};
use frame_support::{traits::Get, BoundedVec};
use interclear_ports::Clock;
use interclear_primitives::period::Period;

impl<T: Config> Pallet<T> {
    /// The items in ascending order; `None` if one is there twice.
    pub(crate) fn ascending<I: Ord, Most: Get<u32>>(
        mut items: BoundedVec<I, Most>,
    ) -> Option<BoundedVec<I, Most>> {
        items.sort();
        let ascending = items.iter().zip(items.iter().skip(1)).all(|(a, b)| a < b);
        ascending.then_some(items)
    }

    /// The running month.
    pub(crate) fn current() -> Period {
        Period::containing(T::Clock::now())
    }

    /// The oldest month of which what has been superseded is kept.
    pub(crate) fn horizon() -> Period {
        Self::months_ago(T::RetentionMonths::get())
    }

    /// The oldest month of which rates are kept.
    pub(crate) fn rate_horizon() -> Period {
        Self::months_ago(T::RateMonths::get())
    }

    fn months_ago(count: u32) -> Period {
        (0..count).fold(Self::current(), |month, _| month.previous())
    }
}
