//! What other pallets ask and do: decimals of tokens, and the book of debts.

use crate::{Charges, Config, Decimals, Obligations, Pallet, TestNetwork, Tokens, WeightInfo};
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::Weight};
use interclear_ports::Debt;
use interclear_primitives::{
    ids::{ObligationId, OperatorId, TokenId},
    money::Currency,
    netting::{Issuers, Obligation},
    Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> interclear_ports::Cycles for Pallet<T> {
    fn stop() {
        Self::do_stop();
    }

    fn go_on(since: Moment) {
        Self::do_go_on(since);
    }

    fn switch_weight() -> Weight {
        Self::weight_of_switching()
    }
}

impl<T: Config> interclear_ports::Exposures for Pallet<T> {
    fn ensure_within(one: OperatorId, other: OperatorId) -> DispatchResult {
        Self::do_ensure_exposure(one, other)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_fill(one: OperatorId, other: OperatorId) {
        Self::benchmark_expose(one, other);
    }
}

impl<T: Config> interclear_ports::FiatTokens for Pallet<T> {
    fn issuer(token: TokenId) -> Option<OperatorId> {
        Tokens::<T>::get(token).map(|token| token.issuer)
    }

    fn is_test_network() -> bool {
        TestNetwork::<T>::get()
    }

    fn all() -> Vec<TokenId> {
        Tokens::<T>::iter_keys().collect()
    }

    fn note_frozen(token: TokenId, frozen: bool) {
        Self::do_note_frozen(token, frozen);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(token: TokenId, issuer: OperatorId) {
        let euro = interclear_primitives::netting::Token {
            issuer,
            currency: Currency::EUR,
            decimals: 2,
        };
        Self::do_create_token(token, euro, Default::default(), Default::default())
            .expect("the token is new; qed");
    }
}

impl<T: Config> interclear_ports::Obligations for Pallet<T> {
    fn decimals(currency: Currency) -> Option<u8> {
        Decimals::<T>::get(currency)
    }

    fn is_kept(id: ObligationId) -> bool {
        Obligations::<T>::contains_key(id)
    }

    fn is_paid(id: ObligationId) -> bool {
        Obligations::<T>::get(id).is_none_or(|debt| Self::status_of(&debt).is_paid())
    }

    fn waiting(id: ObligationId) -> Option<(Currency, u128)> {
        let debt = Obligations::<T>::get(id)?;
        let is_over = debt.paid_outside.is_some() || debt.paid_gross.is_some();
        let waits = debt
            .place
            .is_none_or(|place| Self::waits(place.token, place.slot));
        let amount = debt.amount.clear_unsigned().ok()?;
        (waits && !is_over).then_some((debt.currency, amount))
    }

    fn tokens() -> Vec<TokenId> {
        Tokens::<T>::iter_keys().collect()
    }

    fn look_weight() -> Weight {
        T::WeightInfo::stand(T::MaxCycles::get())
    }

    fn is_accepted(token: TokenId, currency: Currency, accepts: &Issuers) -> bool {
        let found = Tokens::<T>::get(token);
        found.is_some_and(|found| found.currency == currency && accepts.contains(&found.issuer))
            && Self::stands(token)
    }

    fn give_back(id: ObligationId, note: &Debt) -> DispatchResult {
        Self::do_give_back(id, note)
    }

    fn create(debt: Debt) -> Result<ObligationId, DispatchError> {
        Self::do_create(debt)
    }

    fn all() -> Vec<(ObligationId, Obligation)> {
        Obligations::<T>::iter()
            .map(|(id, debt)| (id, Self::shown(id, &debt)))
            .collect()
    }

    fn end_with(
        id: ObligationId,
        by: Option<OperatorId>,
        pay: impl FnOnce(Currency, &Issuers, u128) -> Result<TokenId, DispatchError>,
    ) -> DispatchResult {
        Self::do_end_with(id, by, pay)
    }

    fn forget_interest(id: ObligationId) {
        Charges::<T>::remove(id);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_charged(debt: Debt) -> ObligationId {
        let charge = crate::Charge {
            debtor: debt.debtor,
            creditor: debt.creditor,
            owed: debt.amount,
            bps: 800,
            days: 365,
            amount: debt.amount,
        };
        let id = Self::do_create(debt).expect("few ids are given out; qed");
        Charges::<T>::insert(id, charge);
        id
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(currency: Currency, issuer: OperatorId) {
        if crate::TokenOf::<T>::contains_key(currency, issuer) {
            return;
        }
        let token = interclear_primitives::netting::Token {
            issuer,
            currency,
            decimals: 2,
        };
        let id = (700u32..)
            .find(|id| !Tokens::<T>::contains_key(id))
            .expect("a benchmark issues a few tokens; qed");
        Self::do_create_token(id, token, Default::default(), Default::default())
            .expect("the token is new; qed");
        Self::benchmark_cap(currency);
    }
}
