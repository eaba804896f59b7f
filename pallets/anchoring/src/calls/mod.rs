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
    period::Period,
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

    /// The month that bills a file, and waits for its answer; `None` for a test file.
    pub(crate) fn month_of(batch: &Batch) -> Option<MonthKey> {
        batch.route.map(|route| (route.agreement, batch.billed_with()))
    }

    /// The closed month to which a file belongs, if it came late.
    pub(crate) fn late_of(batch: &Batch) -> Option<Period> {
        batch.late.map(|_| batch.period)
    }

    /// Whether what arises now in a month holds it open, such as a file that is returned, until it is sent again.
    fn holds_open(month: Option<MonthKey>, now: Moment) -> bool {
        month.is_some_and(|(agreement, period)| {
            T::Agreements::closing_terms(agreement, period).is_some_and(|usage| holds(&usage, period, now))
        })
    }
}
