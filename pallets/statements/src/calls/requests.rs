//! Who may close a month, and when.

use crate::{CloseRequest, CloseRequests, Config, Error, Event, Pallet};
use interclear_billing::closing::alone_from;
use interclear_ports::Usage;
use interclear_primitives::{
    agreement::UsageTerms,
    ids::{AgreementId, OperatorId},
    period::Period,
    Moment,
};

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
        terms: &UsageTerms,
        now: Moment,
    ) -> Result<bool, Error<T>> {
        let [first, second] = T::Usage::period_usage(agreement, period).moves;
        let (own, others) = match place {
            0 => (first, second),
            _ => (second, first),
        };
        let alone_from = alone_from(terms, period, own.latest);
        if now < alone_from {
            match CloseRequests::<T>::get((agreement, period)) {
                Some(asked) if asked.by != by && asked.seen == own.count => {}
                Some(asked) if asked.by == by && asked.seen == others.count => {
                    return Err(Error::AlreadyRequested)
                }
                // Nobody has asked, or before the month was changed by who had not asked.
                _ => {
                    let seen = others.count;
                    CloseRequests::<T>::insert((agreement, period), CloseRequest { by, seen });
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
