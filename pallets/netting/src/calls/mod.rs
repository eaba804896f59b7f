//! The rules behind the calls.

mod ahead;
pub(crate) mod book;
mod cycles;
mod exposure;
mod funding;
mod gross;
mod interest;
mod outside;
mod pauses;
pub(crate) mod positions;
mod tokens;

use crate::{Config, Error, Pallet};
use frame_support::traits::Get;
use interclear_ports::Operators;
use interclear_primitives::{ids::OperatorId, money::ValueError, operator::Role};
use sp_runtime::DispatchError;

impl<T> From<ValueError> for Error<T> {
    fn from(fault: ValueError) -> Self {
        match fault {
            ValueError::Overflow => Self::AmountOverflow,
            ValueError::Sealed => Self::AmountSealed,
            ValueError::Negative => Self::NegativeAmount,
        }
    }
}

impl<T: Config> Pallet<T> {
    /// The cycles that one call looks at, at most.
    pub(crate) fn most_walked() -> u32 {
        T::MaxCycles::get().saturating_mul(4)
    }

    /// The operator of a clearing or treasury desk.
    pub(crate) fn ensure_money_desk(who: &T::AccountId) -> Result<OperatorId, DispatchError> {
        T::Operators::ensure_role(who, Role::Clearing)
            .or_else(|_| T::Operators::ensure_role(who, Role::Treasury))
    }
}
