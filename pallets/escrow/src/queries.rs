//! What clients ask.

use crate::{calls::EscrowFor, Config, Escrows, Months, Offers, OwedBefore, Pallet};
use alloc::vec::Vec;
use interclear_ports::{Obligations as _, Operators as _};
use interclear_primitives::{
    agreement::Direction,
    escrow::{EscrowMonth, StandingOffer},
    ids::{AgreementId, ObligationId, OperatorId},
    money::Currency,
    netting::Issuers,
    period::Period,
};

impl<T: Config> Pallet<T> {
    /// The escrows of the first and of the second party of an agreement.
    pub fn escrows(agreement: AgreementId) -> [Option<EscrowFor<T>>; 2] {
        Direction::BOTH.map(|direction| Escrows::<T>::get(agreement, direction))
    }

    /// What a month uses of the escrows of the first and of the second party.
    pub fn escrow_month(agreement: AgreementId, period: Period) -> [EscrowMonth; 2] {
        Direction::BOTH.map(|direction| Months::<T>::get((agreement, direction), period))
    }

    /// What the first deposits of the first and of the second party find reserved, in 10^-6 of the currency, as prepaid months have stated or
    /// owe it already; 0 where there is an escrow.
    pub fn owed_before(agreement: AgreementId) -> [u128; 2] {
        Direction::BOTH.map(|direction| {
            let (_, reserved) = OwedBefore::<T>::get((agreement, direction));
            reserved
        })
    }

    /// Whether an escrow of an agreement could not pay an obligation of a creditor, and could now: it holds what that comes to, in the minor
    /// unit of its token, and the creditor accepts that token for it, and can be paid.
    pub fn could_pay(
        agreement: AgreementId,
        debt: ObligationId,
        creditor: OperatorId,
        (currency, accepts): (Currency, &Issuers),
        amount: u128,
    ) -> bool {
        Self::owing(agreement, debt)
            .and_then(|direction| Escrows::<T>::get(agreement, direction))
            .is_some_and(|escrow| {
                escrow.held >= amount
                    && escrow.currency == currency
                    && T::Obligations::is_accepted(escrow.token, currency, accepts)
            })
            && T::Operators::payout_account(creditor).is_some()
    }

    /// The standing offers of an operator, by number.
    pub fn standing_offers(by: OperatorId) -> Vec<(u8, StandingOffer)> {
        let mut offers: Vec<_> = Offers::<T>::iter_prefix(by).collect();
        offers.sort_unstable_by_key(|(number, _)| *number);
        offers
    }
}
