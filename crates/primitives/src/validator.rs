//! Validators: whose they are, how they stand, and what they have done.

use crate::ids::OperatorId;
use alloc::vec::Vec;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, Encode};
use interclear_record::record;
use scale_info::TypeInfo;
#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// Counts the sessions of the chain.
pub type SessionIndex = u32;
/// Sessions of which a validator's slots are kept, at most: a day.
pub type MaxSlotSessions = ConstU32<288>;
/// Offences of a validator that are kept, at most.
pub type MaxOffences = ConstU32<16>;
/// The slots of a validator in former sessions, oldest first.
pub type SlotHistory = BoundedVec<SessionSlots, MaxSlotSessions>;
/// What a validator has been proven to have done, in the order of the reports.
pub type Offences = BoundedVec<Offence, MaxOffences>;

/// Nodes of an operator that are told to the others, at most.
pub type MaxPeers = ConstU32<16>;
/// The public keys (ed25519) by which nodes know each other, ascending.
pub type Peers = BoundedVec<[u8; 32], MaxPeers>;

/// A validator: the account of a node that the council has admitted.
#[record(Copy, Default)]
pub struct Validator {
    /// Whose it is; `None` for one of the first block that no operator has been named for.
    pub operator: Option<OperatorId>,
    /// Whether it has been proven to have done what no honest validator does, and the council has not re-enabled it.
    pub disabled: bool,
    /// Whether the council has removed it, and the sessions that it is in are not over.
    pub leaving: bool,
    /// The first session whose offences count.
    pub liable_from: SessionIndex,
}

/// The slots of a validator in a session.
#[record(Copy, Default)]
pub struct SessionSlots {
    /// Counted from the first block on.
    pub session: SessionIndex,
    /// Slots in which it has made a block.
    pub made: u32,
    /// Slots in which it has not.
    pub missed: u32,
}

impl SessionSlots {
    /// All its slots.
    pub fn all(&self) -> u32 {
        self.made.saturating_add(self.missed)
    }
}

/// What no honest validator does.
#[record(Copy, snake_case)]
pub enum OffenceKind {
    /// It has made two blocks in one slot.
    TwoBlocks {
        /// Counted from the Unix epoch, one every two seconds.
        slot: u64,
    },
    /// It has voted for two blocks in one round of finality.
    TwoVotes {
        /// Counts the sets of voters.
        set_id: u64,
        /// Counted from the first one of the set of voters.
        round: u64,
    },
}

/// An offence that has been proven to the chain.
#[record(Copy)]
pub struct Offence {
    /// What it is.
    pub kind: OffenceKind,
    /// The session in which it was committed.
    pub session: SessionIndex,
    /// The session in which it was reported.
    pub reported_in: SessionIndex,
}

/// How a validator stands.
#[record(Copy)]
pub struct ValidatorState {
    /// Whose it is, and how it stands with the council.
    pub validator: Validator,
    /// Whether it has session keys.
    pub has_keys: bool,
    /// Whether it is in the set of the present session.
    pub in_set: bool,
    /// Whether it is in the set of the next session.
    pub queued: bool,
    /// Its slots in the present session, as far as that has come.
    pub present: SessionSlots,
    /// Its slots in all sessions that are kept; of the oldest, the number.
    pub kept: SessionSlots,
}

/// The session keys of a validator, encoded: those of now, of the next session, and of the one after.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
pub struct ValidatorKeys {
    /// By which it takes part in the present session.
    pub in_use: Option<Vec<u8>>,
    /// By which it takes part in the next session.
    pub queued: Option<Vec<u8>>,
    /// Which it has set last: they are queued when the session ends.
    pub set: Option<Vec<u8>>,
    /// The block that ends the session.
    pub session_ends: Option<u32>,
}
