//! Records that only this pallet stores.

use interclear_primitives::{agreement::Direction, ids::AgreementId};

/// Debts that an escrow could not pay at which one call, or one visit in idle time, looks.
pub(crate) const MAX_LOOKS: u32 = 16;

/// What an escrow is of.
pub type EscrowKey = (AgreementId, Direction);

/// What the benchmarks need of the runtime.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId, Signature> {
    /// An account that signs.
    fn signer() -> AccountId;
    /// Its signature of a message, of the kind that takes longest to check.
    fn sign(signer: &AccountId, message: &[u8]) -> Signature;
}
