//! What the pallet keeps besides the records of `interclear-primitives`.

use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    period::Period,
    usage::UsageKey,
};

/// A month's statement.
pub type StatementKey = (AgreementId, Period);

/// A line of an agreement, in the eyes of a party.
pub type SeenLine = (AgreementId, OperatorId, UsageKey);
