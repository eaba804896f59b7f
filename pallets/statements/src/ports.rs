//! What other pallets ask: which months are closed.

use crate::{Config, LastClosed, Pallet, Statements};
use interclear_ports::Periods;
use interclear_primitives::{ids::AgreementId, period::Period, statement::StatementStatus};

impl<T: Config> Periods for Pallet<T> {
    fn is_closed(agreement: AgreementId, period: Period) -> bool {
        // Months are closed in order, and statements are removed one day: the last closed month knows all.
        Self::last_closed(agreement).is_some_and(|last| period <= last)
    }

    fn last_closed(agreement: AgreementId) -> Option<Period> {
        LastClosed::<T>::get(agreement)
    }

    fn is_final(agreement: AgreementId, period: Period) -> bool {
        match Statements::<T>::get(agreement, period) {
            Some(statement) => statement.status == StatementStatus::Affirmed,
            // A statement is removed only after it was affirmed.
            None => Self::is_closed(agreement, period),
        }
    }
}
