//! The rules behind the calls.

mod closing;
mod cycles;
mod funding;
mod housekeeping;
mod obligations;
pub(crate) mod positions;
mod queries;
mod rating;
pub(crate) mod statements;
mod tokens;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;

use crate::{Config, Error, Pallet};
use frame_support::traits::UnixTime;
use interclear_billing::rate::AmountFault;
use interclear_ports::{Operators, Periods};
use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    operator::Role,
    period::Period,
    Moment,
};
use sp_runtime::DispatchError;

impl<T> From<AmountFault> for Error<T> {
    fn from(fault: AmountFault) -> Self {
        match fault {
            AmountFault::Overflow => Self::Overflow,
            AmountFault::Sealed => Self::Sealed,
            AmountFault::Negative => Self::NegativeAmount,
            AmountFault::NotRateable => Self::NotRateable,
            AmountFault::UsageWithoutLine => Self::UsageWithoutLine,
        }
    }
}

impl<T: Config> Pallet<T> {
    pub(crate) fn now() -> Moment {
        T::Time::now().as_secs()
    }

    /// The operator of a clearing or treasury desk.
    pub(crate) fn ensure_money_desk(who: &T::AccountId) -> Result<OperatorId, DispatchError> {
        T::Operators::ensure_role(who, Role::Clearing)
            .or_else(|_| T::Operators::ensure_role(who, Role::Treasury))
    }
}

impl<T: Config> Periods for Pallet<T> {
    fn is_closed(agreement: AgreementId, period: Period) -> bool {
        // Months are closed in order, and statements are removed one day: the last closed month knows all.
        Self::last_closed(agreement).is_some_and(|last| period <= last)
    }

    fn last_closed(agreement: AgreementId) -> Option<Period> {
        crate::LastClosed::<T>::get(agreement)
    }
}
