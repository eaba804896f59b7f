//! What operators owe each other in all, and the most that they want to be owed.
//!
//! Against one other operator counts what it owes beyond what it is owed, as cycles net the two; what is paid gross counts in full, as
//! no cycle nets it. In total counts all that an operator is owed. Both sums are kept. A cycle that settles does not look at pairs: what it
//! has paid is taken out of theirs when blocks have room.

use crate::{
    Booked, Config, Decimals, Error, Event, Exceeded, ExposureCaps, GeneralCaps, OwedGross, Pairs, Pallet,
    Sum, Totals,
};
use alloc::vec::Vec;
use frame_support::ensure;
use interclear_ports::Operators;
use interclear_primitives::{
    ids::OperatorId,
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
            let pair = (debt.currency, party, other);
            Pairs::<T>::insert(pair, Pairs::<T>::get(pair).plus(&sum)?);
        }
        if debt.gross {
            let pair = (debt.currency, debt.debtor, debt.creditor);
            OwedGross::<T>::insert(pair, OwedGross::<T>::get(pair).checked_add(&debt.amount)?);
        }
        Ok(())
    }

    /// Takes a debt that is paid by itself out of what its parties owe and are owed.
    pub(crate) fn take_from_totals(debt: &Booked) -> Result<(), ValueError> {
        for (party, other, sum) in debt.sides() {
            Self::take_from_total(debt.currency, party, &sum)?;
            Self::take_from_pair(debt.currency, party, other, &sum)?;
        }
        if debt.gross {
            let pair = (debt.currency, debt.debtor, debt.creditor);
            let left = OwedGross::<T>::get(pair).checked_sub(&debt.amount)?;
            OwedGross::<T>::set(pair, left);
            if left == Value::ZERO {
                OwedGross::<T>::remove(pair);
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

    /// Takes what is paid out of what an operator has with another one in a currency.
    pub(crate) fn take_from_pair(
        currency: Currency,
        operator: OperatorId,
        other: OperatorId,
        sum: &Sum,
    ) -> Result<(), ValueError> {
        Pairs::<T>::try_mutate_exists((currency, operator, other), |kept| Sum::lessen(kept, sum))
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

    /// What another operator owes one gross, and of the rest what it owes beyond what it is owed.
    fn owed_beyond(
        currency: Currency,
        operator: OperatorId,
        partner: OperatorId,
    ) -> Result<Value, ValueError> {
        let owed_gross = OwedGross::<T>::get((currency, partner, operator));
        let owing_gross = OwedGross::<T>::get((currency, operator, partner));
        let net = Pairs::<T>::get((currency, operator, partner)).net()?;
        let netted = net.checked_sub(&owed_gross)?.checked_add(&owing_gross)?;
        owed_gross.checked_add(&Value::Clear(netted.clear()?.max(0)))
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
            Some(partner) => Self::owed_beyond(currency, operator, partner)?,
            None => Totals::<T>::get(currency, operator).receivable,
        };
        let exposure = u128::try_from(exposure.clear()?).unwrap_or_default();
        Ok((exposure > cap).then_some((exposure, cap)))
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
        for (owed, owing) in [(one, other), (other, one)] {
            if Self::above_cap(owed, currency, Some(owing))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What an operator has with another one, or with all, by currency.
    pub fn exposure(operator: OperatorId, partner: Option<OperatorId>) -> Vec<Exposure> {
        let mut currencies: Vec<_> = Decimals::<T>::iter_keys().collect();
        currencies.sort_unstable();
        currencies
            .into_iter()
            .filter_map(|currency| {
                let sum = match partner {
                    Some(partner) => Pairs::<T>::get((currency, operator, partner)),
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
