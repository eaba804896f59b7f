//! What operators owe each other in all, and the most that they want to be owed.
//!
//! Against one other operator counts what it owes beyond what it is owed, as cycles net the two; in total counts all that an operator
//! is owed. Totals are kept; what two have with each other is added up of the days that wait, as a cycle that settles does not look
//! at pairs.

use crate::{
    Balances, Booked, Config, Decimals, Error, Event, Exceeded, ExposureCaps, FirstDay, GeneralCaps, LastCut,
    LastDay, Mutuals, Pallet, Slot, Sum, TakenIn, TokenOf, Totals, Unfinished, Unplaced,
};
use alloc::vec::Vec;
use frame_support::ensure;
use interclear_ports::Operators;
use interclear_primitives::{
    ids::{OperatorId, TokenId},
    money::{Currency, Value, ValueError},
    netting::{Exposure, ObligationSource},
    operator::Role,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_exposure_cap(
        who: &T::AccountId,
        currency: Currency,
        partner: Option<OperatorId>,
        cap: Option<u128>,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Treasury)?;
        let known = |partner| partner != operator && (cap.is_none() || T::Operators::is_active(partner));
        ensure!(partner.is_none_or(known), Error::<T>::InvalidPartner);
        ensure!(
            cap.is_none() || Decimals::<T>::contains_key(currency),
            Error::<T>::CurrencyUnknown
        );
        ExposureCaps::<T>::set((operator, currency, partner), cap);
        Self::deposit_event(Event::ExposureCapSet {
            operator,
            currency,
            partner,
            cap,
        });
        Self::look_at_cap(operator, currency, partner).map_err(Error::<T>::from)?;
        Ok(())
    }

    pub(crate) fn do_set_general_cap(currency: Currency, cap: Option<u128>) -> DispatchResult {
        ensure!(
            cap.is_none() || Decimals::<T>::contains_key(currency),
            Error::<T>::CurrencyUnknown
        );
        GeneralCaps::<T>::set(currency, cap);
        Self::deposit_event(Event::GeneralCapSet { currency, cap });
        Ok(())
    }

    /// Adds a debt that arises to what its parties owe and are owed.
    pub(crate) fn add_to_totals(debt: &Booked) -> Result<(), ValueError> {
        for (party, other, sum) in debt.sides() {
            let total = Totals::<T>::get(debt.currency, party).plus(&sum)?;
            Totals::<T>::insert(debt.currency, party, total);
            if debt.place.is_none() {
                let key = (debt.currency, party, other);
                Unplaced::<T>::insert(key, Unplaced::<T>::get(key).plus(&sum)?);
            }
        }
        Ok(())
    }

    /// Takes what is paid out of what an operator has not paid in a currency.
    pub(crate) fn take_from_total(
        currency: Currency,
        operator: OperatorId,
        sum: &Sum,
    ) -> Result<(), ValueError> {
        Totals::<T>::try_mutate_exists(currency, operator, |kept| Sum::lessen(kept, sum))
    }

    /// Takes a debt out of what is in no token.
    pub(crate) fn take_from_unplaced(debt: &Booked) -> Result<(), ValueError> {
        for (party, other, sum) in debt.sides() {
            let key = (debt.currency, party, other);
            Unplaced::<T>::try_mutate_exists(key, |kept| Sum::lessen(kept, &sum))?;
        }
        Ok(())
    }

    /// Tells if a debt that has arisen leaves its creditor above a cap.
    pub(crate) fn look_at_caps_of(debt: &Booked) -> Result<(), ValueError> {
        // What a cycle carries forward has been owed before.
        if matches!(debt.source, ObligationSource::Carried { .. }) {
            return Ok(());
        }
        for partner in [Some(debt.debtor), None] {
            Self::look_at_cap(debt.creditor, debt.currency, partner)?;
        }
        Ok(())
    }

    fn look_at_cap(
        operator: OperatorId,
        currency: Currency,
        partner: Option<OperatorId>,
    ) -> Result<(), ValueError> {
        let key = (operator, currency, partner);
        let above = Self::above_cap(operator, currency, partner)?;
        let Some((exposure, cap)) = above else {
            Exceeded::<T>::remove(key);
            return Ok(());
        };
        Exceeded::<T>::insert(key, ());
        Self::deposit_event(Event::ExposureExceeded {
            operator,
            currency,
            partner,
            exposure,
            cap,
        });
        Ok(())
    }

    /// The cap that holds, if any: an operator's own comes before that of the council, which is against each other operator.
    fn cap(operator: OperatorId, currency: Currency, partner: Option<OperatorId>) -> Option<u128> {
        let own = ExposureCaps::<T>::get((operator, currency, partner));
        own.or_else(|| partner.and_then(|_| GeneralCaps::<T>::get(currency)))
    }

    /// What an operator is owed and its cap, if it is owed more.
    pub(crate) fn above_cap(
        operator: OperatorId,
        currency: Currency,
        partner: Option<OperatorId>,
    ) -> Result<Option<(u128, u128)>, ValueError> {
        let Some(cap) = Self::cap(operator, currency, partner) else {
            return Ok(None);
        };
        let exposure = match partner {
            Some(partner) => Self::between(currency, operator, partner)?.net()?,
            None => Totals::<T>::get(currency, operator).receivable,
        };
        let exposure = u128::try_from(exposure.clear()?).unwrap_or_default();
        Ok((exposure > cap).then_some((exposure, cap)))
    }

    /// What an operator has with another one in a currency, in all tokens and in none.
    pub(crate) fn between(currency: Currency, one: OperatorId, other: OperatorId) -> Result<Sum, ValueError> {
        let mut sum = Unplaced::<T>::get((currency, one, other));
        for token in TokenOf::<T>::iter_prefix_values(currency) {
            // Neither owes the other anything in a token in which one of the two has nothing.
            if [one, other]
                .iter()
                .any(|party| Balances::<T>::get(token, party).is_nothing())
            {
                continue;
            }
            for slot in Self::unpaid_slots(token) {
                sum = sum.plus(&Mutuals::<T>::get((token, one, slot, other)))?;
            }
        }
        Ok(sum)
    }

    /// The slots of a token that wait, and those that its unfinished cycle has taken in.
    fn unpaid_slots(token: TokenId) -> impl Iterator<Item = Slot> {
        let taken = Unfinished::<T>::get(token).and_then(TakenIn::<T>::get);
        let taken: Vec<Slot> = taken.iter().flat_map(|taken| taken.slots()).collect();
        let given_back = LastCut::<T>::get(token).map(|cut| Slot::After(cut.cycle));
        let days = FirstDay::<T>::get(token)
            .into_iter()
            .flat_map(move |first| (first..=LastDay::<T>::get(token)).map(Slot::Day));
        taken.into_iter().chain(given_back).chain(days)
    }

    /// Whether neither of two operators is above a cap in any currency.
    pub(crate) fn do_ensure_exposure(one: OperatorId, other: OperatorId) -> DispatchResult {
        for currency in Decimals::<T>::iter_keys() {
            let above = Self::is_above_between(currency, one, other).map_err(Error::<T>::from)?;
            ensure!(!above, Error::<T>::ExposureAboveCap);
            for operator in [one, other] {
                let above = Self::above_cap(operator, currency, None).map_err(Error::<T>::from)?;
                ensure!(above.is_none(), Error::<T>::ExposureAboveCap);
            }
        }
        Ok(())
    }

    /// Whether one of two operators is owed more by the other than its cap.
    fn is_above_between(currency: Currency, one: OperatorId, other: OperatorId) -> Result<bool, ValueError> {
        let caps = [(one, other), (other, one)].map(|(owed, owing)| Self::cap(owed, currency, Some(owing)));
        if caps.iter().all(Option::is_none) {
            return Ok(false);
        }
        // What the one is owed is what the other owes: the days are looked at once.
        let net = Self::between(currency, one, other)?.net()?.clear()?;
        let mut exposures = caps.into_iter().zip([net, net.saturating_neg()]);
        Ok(exposures
            .any(|(cap, owed)| cap.is_some_and(|cap| u128::try_from(owed).is_ok_and(|owed| owed > cap))))
    }

    /// What an operator has with another one, or with all, by currency.
    pub fn exposure(operator: OperatorId, partner: Option<OperatorId>) -> Vec<Exposure> {
        let mut currencies: Vec<_> = Decimals::<T>::iter_keys().collect();
        currencies.sort_unstable();
        currencies
            .into_iter()
            .filter_map(|currency| {
                let sum = match partner {
                    Some(partner) => Self::between(currency, operator, partner).ok()?,
                    None => Totals::<T>::get(currency, operator),
                };
                let cap = Self::cap(operator, currency, partner);
                let above = Self::above_cap(operator, currency, partner).ok()?;
                (cap.is_some() || !sum.is_nothing()).then_some(Exposure {
                    currency,
                    receivable: sum.receivable,
                    payable: sum.payable,
                    cap: cap.and_then(|cap| Value::from_unsigned(cap).ok()),
                    exceeded: above.is_some(),
                })
            })
            .collect()
    }

    /// Caps above which an operator is, with what it is owed: those that were exceeded when a debt last arose, up to a number of them.
    pub fn exceeded(operator: OperatorId, most: usize) -> Vec<(Currency, Option<OperatorId>, Value, Value)> {
        Exceeded::<T>::iter_key_prefix((operator,))
            .take(most)
            .filter_map(|(currency, partner)| {
                let (exposure, cap) = Self::above_cap(operator, currency, partner).ok()??;
                let value = |amount| Value::from_unsigned(amount).ok();
                Some((currency, partner, value(exposure)?, value(cap)?))
            })
            .collect()
    }
}
