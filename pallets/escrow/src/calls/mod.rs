//! The rules behind the calls.

mod debts;
mod funds;
mod holds;
mod offers;
mod usage;
mod vouchers;

use crate::{Config, Error, EscrowKey, Escrows, Pallet, Unpaid};
use interclear_ports::{Agreements, Operators};
use interclear_primitives::{
    agreement::{Direction, Prepaid},
    escrow::Escrow,
    ids::{AgreementId, ObligationId, OperatorId},
    operator::Role,
    period::Period,
};
use sp_runtime::DispatchError;

pub(crate) type EscrowFor<T> = Escrow<<T as frame_system::Config>::AccountId>;

impl<T: Config> Pallet<T> {
    /// The operator of a treasury desk, and the direction that it pays.
    fn payer(who: &T::AccountId, agreement: AgreementId) -> Result<(OperatorId, Direction), DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let parties = T::Agreements::parties(agreement).ok_or(Error::<T>::AgreementNotFound)?;
        let direction = Direction::owed_by(operator, &parties).ok_or(Error::<T>::NotAParty)?;
        Ok((operator, direction))
    }

    /// The escrow that pays a month: months before the first prepaid one have none.
    pub(crate) fn escrow_in((agreement, direction): EscrowKey, period: Period) -> Option<EscrowFor<T>> {
        Escrows::<T>::get(agreement, direction).filter(|escrow| escrow.from <= period)
    }

    /// What is agreed where files that a month bills reserve what they charge, by its own terms; after the end of the agreement by its
    /// last ones.
    pub(crate) fn prepaid_in((agreement, direction): EscrowKey, period: Period) -> Option<Prepaid> {
        T::Agreements::closing_terms(agreement, period)?.prepaid(direction)
    }

    /// The direction whose escrow could not pay a debt, if it is noted.
    pub(crate) fn owing(agreement: AgreementId, debt: ObligationId) -> Option<Direction> {
        Direction::BOTH
            .into_iter()
            .find(|direction| Unpaid::<T>::contains_key((agreement, *direction), debt))
    }

    fn escrow_of(agreement: AgreementId, direction: Direction) -> Result<EscrowFor<T>, Error<T>> {
        Escrows::<T>::get(agreement, direction).ok_or(Error::EscrowNotFound)
    }
}
