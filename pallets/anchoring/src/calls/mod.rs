//! The rules behind the calls.

mod acknowledge;
mod anchor;
pub(crate) mod books;
pub(crate) mod checks;
mod prove;
mod returns;
mod sequence;
mod waive;

use crate::{Config, Error, GroupKey, Pallet};
use books::{MonthKey, TotalsKey};
use interclear_billing::closing::holds;
use interclear_ports::Agreements;
use interclear_primitives::{
    batch::{Batch, BatchStatus},
    period::Period,
    series::Gap,
    usage::PeriodUsage,
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

    /// The month that missing files hold open.
    pub(crate) fn month_of_gap(gap: &Gap) -> Option<MonthKey> {
        gap.agreement.map(|agreement| (agreement, gap.period))
    }

    /// The closed month to which a file belongs, if it came late.
    pub(crate) fn late_of(batch: &Batch) -> Option<Period> {
        batch.late.map(|_| batch.period)
    }

    /// The running totals in which a file is booked; `None` for a test file.
    pub(crate) fn totals_of(batch: &Batch) -> Option<TotalsKey> {
        let route = batch.route?;
        let group = GroupKey {
            direction: route.direction,
            group: route.group,
            late: Self::late_of(batch),
            deferred: batch.deferred,
        };
        Some(((route.agreement, batch.billed_with()), group))
    }

    /// A file as it stands now, where `month` tells the usage of a month: what did not count yet when its month was closed
    /// is billed by the next one.
    pub(crate) fn resolved(mut batch: Batch, month: impl FnOnce(MonthKey) -> PeriodUsage) -> Batch {
        if let (true, Some(route)) = (batch.deferred, batch.route) {
            let billed_with = batch.billed_with();
            let usage = month((route.agreement, billed_with));
            if usage.closed {
                batch.deferred = false;
                if usage.deferred(route.direction).carried {
                    batch.late = Some(billed_with.next());
                }
            }
        }
        batch
    }

    /// Whether what arises in a month at a moment holds it open, such as a file that is returned, until it is sent again.
    fn holds_open(month: Option<MonthKey>, now: Moment) -> bool {
        month.is_some_and(|(agreement, period)| {
            T::Agreements::closing_terms(agreement, period).is_some_and(|usage| holds(&usage, period, now))
        })
    }
}
