//! Who may close a month, and when.

use crate::{CloseRequests, Config, Error, Event, Pallet};
use interclear_primitives::{
    agreement::UsageTerms,
    ids::{AgreementId, OperatorId},
    period::Period,
    Moment,
};

impl<T: Config> Pallet<T> {
    /// Whether a month is closed now that a party asks for it: it is when the other party has asked, too, or alone from
    /// the agreed moment on. If not, the request is noted, so that each side has its time to send what still
    /// belongs to the month.
    ///
    /// # Errors
    /// The party has asked before.
    pub(crate) fn may_close(
        agreement: AgreementId,
        period: Period,
        by: OperatorId,
        terms: &UsageTerms,
        now: Moment,
    ) -> Result<bool, Error<T>> {
        let alone_from = terms.closes_alone(period);
        if now < alone_from {
            match CloseRequests::<T>::get((agreement, period)) {
                None => {
                    CloseRequests::<T>::insert((agreement, period), by);
                    Self::deposit_event(Event::CloseRequested {
                        agreement,
                        period,
                        by,
                        alone_from,
                    });
                    return Ok(false);
                }
                Some(asked) if asked == by => return Err(Error::AlreadyRequested),
                Some(_) => {}
            }
        }
        CloseRequests::<T>::remove((agreement, period));
        Ok(true)
    }
}
