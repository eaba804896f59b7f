//! Records that only this pallet stores.

use interclear_primitives::{agreement::Direction, ids::AgreementId};

/// What an escrow is of.
pub type EscrowKey = (AgreementId, Direction);
