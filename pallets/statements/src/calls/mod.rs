//! The rules behind the calls.

mod affirm;
mod carried;
mod close;
mod disputes;
pub(crate) mod rating;
pub(crate) mod requests;

use crate::{Config, Error};
use interclear_billing::rate::AmountFault;
use interclear_primitives::ids::OperatorId;

impl<T> From<AmountFault> for Error<T> {
    fn from(fault: AmountFault) -> Self {
        match fault {
            AmountFault::Overflow => Self::AmountOverflow,
            AmountFault::Sealed => Self::AmountSealed,
            AmountFault::Negative => Self::NegativeAmount,
            AmountFault::NotRateable => Self::NotRateable,
            AmountFault::UsageWithoutLine => Self::UsageWithoutLine,
        }
    }
}

/// The place of an operator among the parties.
fn ensure_party<T: Config>(parties: [OperatorId; 2], operator: OperatorId) -> Result<usize, Error<T>> {
    parties
        .iter()
        .position(|party| *party == operator)
        .ok_or(Error::<T>::NotAParty)
}
