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
use interclear_ports::Agreements;
use interclear_primitives::{
    batch::{Batch, BatchStatus},
    ids::AgreementId,
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

    /// The month that a file bills to; `None` for a test file.
    fn month_of(batch: &Batch) -> Option<MonthKey> {
        batch.route.map(|route| (route.agreement, batch.period))
    }

    /// Whether by the agreement a file that was anchored then has been accepted by silence.
    fn silence_accepts(agreement: AgreementId, period: Period, anchored_at: Moment, now: Moment) -> bool {
        T::Agreements::usage_terms_in(agreement, period)
            .is_some_and(|usage| usage.deemed_acknowledged && now >= usage.answer_by(anchored_at))
    }
}
