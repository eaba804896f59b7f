//! Sealing keys of operators, and channels: secrets that two of them share.

use crate::{ids::OperatorId, Digest, Moment};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

pub use interclear_sealed::suite::{KeyInvalid, Suite};

/// Sealing keys of one operator that are kept, at most; the oldest go first.
pub type MaxKeys = ConstU32<16>;
/// Epochs of one channel that both sides have agreed and that are kept, at most; the oldest go first.
pub type MaxEpochs = ConstU32<32>;
/// A public key of any suite.
pub type PublicKey = BoundedVec<u8, ConstU32<{ interclear_sealed::suite::MAX_PUBLIC_KEY }>>;
/// What is sealed to a key of any suite, of 32 octets.
pub type SealedBox = BoundedVec<u8, ConstU32<{ interclear_sealed::suite::MAX_BOX }>>;

/// The times of a sealing key; the key itself is asked for more seldom.
#[record(Copy)]
pub struct KeyState {
    /// Counts the operator's keys from 1.
    pub version: u32,
    /// How others seal to it.
    pub suite: Suite,
    /// When it was registered.
    pub set_at: Moment,
    /// From when on others seal to it.
    pub usable_from: Moment,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

impl KeyState {
    /// Whether something may be sealed to it.
    pub fn is_usable(&self, now: Moment) -> bool {
        self.usable_from <= now && self.revoked_at.is_none()
    }
}

/// A public key to which documents for an operator are sealed.
#[record]
pub struct SealingKey {
    /// Version, suite and times.
    pub state: KeyState,
    /// The public key.
    pub key: PublicKey,
}

/// The newest of an operator's keys to which something may be sealed, of one suite or of any.
pub fn newest_usable(keys: &[SealingKey], suite: Option<Suite>, now: Moment) -> Option<&SealingKey> {
    keys.iter()
        .rev()
        .find(|key| key.state.is_usable(now) && suite.is_none_or(|suite| key.state.suite == suite))
}

/// Whether a suite may be used.
#[record(Copy, Default, snake_case)]
pub enum SuiteStatus {
    /// It may.
    #[default]
    Active,
    /// No new keys and no new channels; what there is goes on until a moment, then it is retired.
    Retiring {
        /// Until when.
        until: Moment,
    },
    /// Not any more.
    Retired,
}

impl SuiteStatus {
    /// As it is at a moment.
    #[must_use]
    pub fn at(self, now: Moment) -> Self {
        match self {
            Self::Retiring { until } if until <= now => Self::Retired,
            other => other,
        }
    }
}

/// Two operators with a channel.
#[record(Copy, Ord)]
pub struct Pair {
    /// The one with the lesser id.
    pub lo: OperatorId,
    /// The other one.
    pub hi: OperatorId,
}

impl Pair {
    /// The pair of two operators in either order; `None` if they are one.
    pub fn of(one: OperatorId, other: OperatorId) -> Option<Self> {
        (one != other).then(|| Self {
            lo: one.min(other),
            hi: one.max(other),
        })
    }
}

/// What a side of a channel has to say, by the place of each.
#[record(Copy, Default)]
pub struct BySide<T> {
    /// Of the operator with the lesser id.
    pub lo: T,
    /// Of the other one.
    pub hi: T,
}

impl<T> BySide<T> {
    /// What is of one of the pair.
    pub fn of(&self, pair: &Pair, operator: OperatorId) -> &T {
        match operator == pair.lo {
            true => &self.lo,
            false => &self.hi,
        }
    }

    /// What is of one of the pair, to be changed.
    pub fn of_mut(&mut self, pair: &Pair, operator: OperatorId) -> &mut T {
        match operator == pair.lo {
            true => &mut self.lo,
            false => &mut self.hi,
        }
    }
}

/// The channel of a pair: a sequence of epochs, each with a secret of its own.
#[record(Default)]
pub struct Channel {
    /// The number of the last epoch that was offered; numbers begin with 1.
    pub last: u32,
    /// The newest open epoch, whose key new documents use.
    pub newest: Option<u32>,
    /// The epoch that each side offers, and the other has not accepted.
    pub offers: BySide<Option<u32>>,
    /// The epochs that both have agreed, in ascending order, also those that are closed.
    pub epochs: BoundedVec<u32, MaxEpochs>,
}

/// When something was said, and in which block: the boxes are in its body, and are known by their digest.
#[record(Copy)]
pub struct Said {
    /// The number of the block.
    pub block: u32,
    /// Its time.
    pub at: Moment,
    /// The digest of the boxes.
    pub boxes: Digest,
}

/// The key of an epoch that was sent again.
#[record(Copy)]
pub struct Resent {
    /// When and where.
    pub said: Said,
    /// The version of the recipient's key to which it is sealed.
    pub version: u32,
}

/// An epoch of a channel.
#[record(Copy)]
pub struct Epoch {
    /// How its boxes are sealed.
    pub suite: Suite,
    /// Who offered it.
    pub from: OperatorId,
    /// The versions of the keys to which its boxes are sealed.
    pub versions: BySide<u32>,
    /// The offer.
    pub offered: Said,
    /// The acceptance.
    pub accepted: Option<Said>,
    /// By what both see that they have the same key; of the side that accepted.
    pub confirm: Option<Digest>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// The key as it was sent again to each side, last.
    pub resent: BySide<Option<Resent>>,
}

impl Epoch {
    /// Whether documents may use it.
    pub fn is_open(&self) -> bool {
        self.accepted.is_some() && self.closed_at.is_none()
    }
}

/// The digest by which boxes of a block's body are known.
pub fn digest_of_boxes(boxes: &[&SealedBox]) -> Digest {
    use codec::Encode;
    sp_crypto_hashing::blake2_256(&boxes.encode())
}
