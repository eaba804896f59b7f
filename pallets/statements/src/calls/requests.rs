//! Who may close a month, and when.

use crate::{CloseRequest, CloseRequests, Config, Error, Event, Pallet};
use interclear_billing::closing::alone;
use interclear_ports::Usage;
use interclear_primitives::{
    agreement::Terms,
    ids::{AgreementId, OperatorId},
    period::Period,
    usage::{Moves, PeriodUsage},
    Moment,
};

/// The moves of the party at a place, and those of the other one.
pub(crate) fn sides(usage: &PeriodUsage, place: usize) -> (Moves, Moves) {
    let [first, second] = usage.moves;
    match place {
        0 => (first, second),
        _ => (second, first),
    }
}

/// Pairs of networks whose usage reports are expected and have not come.
pub(crate) fn missing_reports(terms: &Terms, usage: &PeriodUsage) -> u32 {
    terms.reporting_pairs().saturating_sub(usage.expected_reports)
}

impl<T: Config> Pallet<T> {
    /// Whether a month is closed now that a party, at its place among the parties, asks for it: it is when the other party
    /// has asked for the month as it is now, too, or alone once nobody waits for anything; see [`alone_from`]. If not, the
    /// request is noted, so that each side has its time to send and answer what still belongs to the month.
    ///
    /// # Errors
    /// The party has asked for the month as it is before.
    pub(crate) fn may_close(
        agreement: AgreementId,
        period: Period,
        (by, place): (OperatorId, usize),
        terms: &Terms,
        now: Moment,
    ) -> Result<bool, Error<T>> {
        let usage = T::Usage::period_usage(agreement, period);
        let (own, others) = sides(&usage, place);
        let alone_from = alone(&terms.usage, period, own.latest, missing_reports(terms, &usage)).from;
        if now < alone_from {
            match CloseRequests::<T>::get((agreement, period)) {
                Some(asked) if asked.by != by && asked.stands(own, others) => {}
                Some(asked) if asked.by == by && asked.stands(others, own) => {
                    return Err(Error::AlreadyRequested)
                }
                // Nobody has asked, or before the month was changed.
                _ => {
                    let request = CloseRequest::of(by, own, others);
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
