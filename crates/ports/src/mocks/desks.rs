//! Numbers of the desks of mocked operators.

use super::AccountId;
use interclear_primitives::ids::OperatorId;

/// The clearing desk of an operator.
pub fn clearing(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 1
}

/// The treasury desk of an operator, which is its payout account.
pub fn treasury(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 2
}

/// A desk of an operator that is neither.
pub fn commercial(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 3
}
