//! Who may close a month, and when.

use super::close::ClosedBy;
use crate::{CloseRequest, CloseRequests, Config, Error, Event, Pallet};
use interclear_billing::closing::alone;
use interclear_primitives::{
    closing::Alone,
    ids::{AgreementId, OperatorId},
    period::Period,
    usage::PeriodUsage,
    Moment,
};

/// From when on the party at a place closes a month alone.
pub(crate) fn alone_at(closed_by: &ClosedBy, period: Period, usage: &PeriodUsage, place: usize) -> Alone {
    let last_move = usage.moves.get(place).map_or(0, |own| own.latest);
    let missing_reports = missing_reports(closed_by, usage);
    alone(&closed_by.terms.usage, period, last_move, missing_reports)
}

/// Pairs of networks whose usage reports are expected and have not come.
pub(crate) fn missing_reports(closed_by: &ClosedBy, usage: &PeriodUsage) -> u32 {
    if !closed_by.in_force {
        return 0;
    }
    let expected = closed_by.terms.reporting_pairs();
    expected.saturating_sub(usage.expected_reports)
}

impl<T: Config> Pallet<T> {
    /// Whether a month is closed now that a party, at its place among the parties, asks for it: it is when the other party
    /// has asked for the month as it is now, too, or alone once nobody waits for anything; see [`alone`]. If not, the
    /// request is noted, so that each side has its time to send and answer what still belongs to the month.
    ///
    /// # Errors
    /// The party has asked for the month as it is before.
    pub(crate) fn may_close(
        agreement: AgreementId,
        period: Period,
        (by, place): (OperatorId, usize),
        closed_by: &ClosedBy,
        usage: &PeriodUsage,
        now: Moment,
    ) -> Result<bool, Error<T>> {
        let alone_from = alone_at(closed_by, period, usage, place).from;
        if now < alone_from {
            match CloseRequests::<T>::get((agreement, period)).filter(|asked| asked.stands(usage)) {
                Some(asked) if asked.by != by => {}
                Some(_) => return Err(Error::AlreadyRequested),
                // Nobody has asked, or before the month changed.
                None => {
                    let request = CloseRequest::of(by, usage);
                    CloseRequests::<T>::insert((agreement, period), request);
                    Self::deposit_event(Event::CloseRequested {
                        agreement,
                        period,
                        by,
                        alone_from,
                    });
                    return Ok(false);
                }
            }
        }
        CloseRequests::<T>::remove((agreement, period));
        Ok(true)
    }
}
