//! Who is a validator.

use crate::{Config, Error, Event, Former, KeysSetIn, Pallet, Registered};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use interclear_ports::Operators;
use interclear_primitives::{
    ids::OperatorId,
    operator::Role,
    validator::{SessionIndex, Validator},
};
use pallet_session::NextKeys;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_add(validator: T::AccountId) -> DispatchResult {
        let operator = T::Operators::ensure_active_role(&validator, Role::Engineering)?;
        match Registered::<T>::get(&validator) {
            None => {
                ensure!(
                    Registered::<T>::count() < T::MaxValidators::get(),
                    Error::<T>::MaxValidatorsExceeded
                );
                // The council's word is a line below what it could know: not below what one has done that left as if it were honest.
                let liable_from = match Former::<T>::take(&validator) {
                    Some((former, _)) if !former.disabled => former.liable_from,
                    _ => Self::next_session(),
                };
                let record = Validator {
                    operator: Some(operator),
                    liable_from,
                    ..Default::default()
                };
                Registered::<T>::insert(&validator, record);
                Self::deposit_event(Event::ValidatorAdded { validator, operator });
            }
            Some(record) => {
                ensure!(!record.leaving, Error::<T>::StillLeaving);
                ensure!(record.operator.is_none(), Error::<T>::AlreadyAValidator);
                let operator_of = Some(operator);
                Registered::<T>::insert(
                    &validator,
                    Validator {
                        operator: operator_of,
                        ..record
                    },
                );
                Self::deposit_event(Event::OperatorNamed { validator, operator });
            }
        }
        Ok(())
    }

    pub(crate) fn do_remove(validator: T::AccountId) -> DispatchResult {
        let record = Self::staying(&validator)?;
        // Who is left out anyway may go, however few there are.
        let needed = Self::chosen_of(Registered::<T>::iter()).contains(&validator);
        let others = Registered::<T>::iter().filter(|(who, other)| {
            *who != validator && Self::is_sound(other) && NextKeys::<T>::contains_key(who)
        });
        ensure!(
            !needed || others.count() >= Self::least(),
            Error::<T>::TooFewValidators
        );
        let leaving = true;
        Registered::<T>::insert(&validator, Validator { leaving, ..record });
        Self::deposit_event(Event::ValidatorRemoved {
            validator: validator.clone(),
        });
        Self::let_go_if_out(validator);
        Ok(())
    }

    /// By the account itself, or by the operator whose it is.
    pub(crate) fn do_retire(by: T::AccountId, validator: T::AccountId) -> DispatchResult {
        if by != validator {
            let record = Registered::<T>::get(&validator).ok_or(Error::<T>::NotAValidator)?;
            let operator = T::Operators::ensure_role(&by, Role::Admin)?;
            ensure!(
                record.operator == Some(operator),
                Error::<T>::NotTheOperatorsValidator
            );
        }
        Self::do_remove(validator)
    }

    /// Removes a validator whose account governance has displaced. One that the others cannot do without is disabled: it has no
    /// quota by that, and goes as soon as there is another.
    pub fn displace(who: &T::AccountId) {
        let Some(record) = Registered::<T>::get(who).filter(|record| !record.leaving) else {
            return;
        };
        if Self::do_remove(who.clone()).is_err() {
            Self::disable(who, record);
        }
    }

    pub(crate) fn do_reenable(validator: T::AccountId) -> DispatchResult {
        let record = Self::staying(&validator)?;
        ensure!(record.disabled, Error::<T>::NotDisabled);
        let record = Validator {
            disabled: false,
            // It still makes no blocks in the session that runs.
            liable_from: Self::next_session(),
            ..record
        };
        Registered::<T>::insert(&validator, record);
        // Keys that it changed while it was disabled do not keep it from changing them once it makes blocks again.
        KeysSetIn::<T>::remove(&validator);
        Self::deposit_event(Event::ValidatorReenabled { validator });
        Ok(())
    }

    /// The record of a validator that the council has not removed.
    fn staying(who: &T::AccountId) -> Result<Validator, Error<T>> {
        let record = Registered::<T>::get(who).ok_or(Error::<T>::NotAValidator)?;
        ensure!(!record.leaving, Error::<T>::StillLeaving);
        Ok(record)
    }

    fn next_session() -> SessionIndex {
        pallet_session::Pallet::<T>::current_index().saturating_add(1)
    }

    pub(crate) fn least() -> usize {
        usize::try_from(T::MinValidators::get()).unwrap_or(usize::MAX)
    }

    /// Whether the council, the operator and what a validator has done let it take part.
    pub(crate) fn is_sound(record: &Validator) -> bool {
        !record.leaving && !record.disabled && record.operator.is_none_or(T::Operators::is_active)
    }

    /// Those of some validators that are queued, in ascending order: all that have keys and are sound. While these are fewer
    /// than there must be, others stay in: first those of suspended operators, then disabled ones.
    pub(crate) fn chosen_of(records: impl Iterator<Item = (T::AccountId, Validator)>) -> Vec<T::AccountId> {
        let (mut chosen, mut spare): (Vec<_>, Vec<_>) = records
            .filter(|(who, record)| !record.leaving && NextKeys::<T>::contains_key(who))
            .partition(|(_, record)| Self::is_sound(record));
        let lacking = Self::least().saturating_sub(chosen.len());
        spare.sort_by(|(a, x), (b, y)| (x.disabled, a).cmp(&(y.disabled, b)));
        chosen.extend(spare.into_iter().take(lacking));
        let mut accounts: Vec<_> = chosen.into_iter().map(|(who, _)| who).collect();
        accounts.sort();
        accounts
    }

    /// Makes whoever has keys at genesis a validator.
    pub(crate) fn register_founders(operators: &[(T::AccountId, u32)]) {
        for who in NextKeys::<T>::iter_keys() {
            let named = operators.iter().find(|(account, _)| *account == who);
            let operator = named.map(|(_, operator)| OperatorId(*operator));
            // The session pallet refers to an account only where another pallet has opened it before; it gives the reference
            // back whenever keys go.
            if frame_system::Pallet::<T>::consumers(&who) == 0 {
                let _opened = frame_system::Pallet::<T>::inc_consumers_without_limit(&who);
            }
            let record = Validator {
                operator,
                ..Default::default()
            };
            Registered::<T>::insert(who, record);
        }
    }
}
