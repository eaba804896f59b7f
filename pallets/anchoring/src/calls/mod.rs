//! The rules behind the calls.

mod acknowledge;
mod anchor;
pub(crate) mod books;
pub(crate) mod checks;
mod prove;
mod returns;
mod sequence;
mod waive;

use crate::{Config, Error, Pallet};
use books::MonthKey;
use interclear_billing::closing::holds;
use interclear_ports::Agreements;
use interclear_primitives::{
    batch::{Batch, BatchStatus},
    Moment,
};

impl<T: Config> Pallet<T> {
    fn ensure_unanswered(batch: &Batch) -> Result<(), Error<T>> {
        match batch.status {
            BatchStatus::Anchored => Ok(()),
            BatchStatus::Acknowledged => Err(Error::AlreadyAcknowledged),
            BatchStatus::Returned(_) | BatchStatus::Waived(_) => Err(Error::FileReturned),
        }
    }

    /// The month that a file bills to; `None` for a test file.
    fn month_of(batch: &Batch) -> Option<MonthKey> {
        batch.route.map(|route| (route.agreement, batch.period))
    }

    /// Whether a file returned now holds its month open until it is sent again.
    fn holds_open(month: Option<MonthKey>, now: Moment) -> bool {
        month.is_some_and(|(agreement, period)| {
            T::Agreements::usage_terms_in(agreement, period).is_some_and(|usage| holds(&usage, period, now))
        })
    }
}
