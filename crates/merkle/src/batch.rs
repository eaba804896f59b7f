//! Many leaves at once, several times as fast as one at a time where the processor works on several hashes in step.

use crate::hashing::{digest_many, prefix, FileSecret, Hash, PREFIX, TAG_LEAF, TAG_SALT};
use alloc::vec::Vec;

/// Records that follow each other in a file, held until their leaves are computed together.
///
/// The leaves are those that [`derive_salt`](crate::derive_salt) and [`leaf_hash`](crate::leaf_hash) give. The memory
/// taken is that of the records and about 50 octets for each; it is kept for the records that come next.
///
/// ```
/// use interclear_merkle::{derive_salt, leaf_hash, FileSecret, LeafBatch};
///
/// let secret = FileSecret::from([7; 32]);
/// let mut batch = LeafBatch::default();
/// batch.push(b"first");
/// batch.push(b"second");
/// let mut leaves = Vec::new();
/// batch.finish(&secret, 10, &mut leaves);
/// assert_eq!(leaves[1], leaf_hash(&derive_salt(&secret, 11), 11, b"second"));
/// assert!(batch.is_empty());
/// ```
#[derive(Clone, Default)]
pub struct LeafBatch {
    /// For each record, room for what stands before it in the input of its leaf, and the record.
    slots: Vec<u8>,
    /// The end of each slot.
    ends: Vec<usize>,
}

impl LeafBatch {
    /// Adds the record that comes next. It may have any length, zero included.
    #[inline]
    pub fn push(&mut self, record: &[u8]) {
        self.slots.extend_from_slice(&[0; PREFIX]);
        self.slots.extend_from_slice(record);
        self.ends.push(self.slots.len());
    }

    /// Number of records held.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no record is held.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Octets held: those of the records and 41 for each of them.
    pub fn octets(&self) -> usize {
        self.slots.len()
    }

    /// Appends the leaves of all records held to `leaves`, the first one being at position `first` of the file, and
    /// forgets the records.
    pub fn finish(&mut self, secret: &FileSecret, first: u64, leaves: &mut Vec<Hash>) {
        let known = leaves.len();
        // The inputs of salt and leaf begin alike, so that one is made out of the other in place.
        self.begin((first..).map(|index| prefix(TAG_SALT, secret.as_bytes(), index)));
        digest_many(
            self.slots()
                .filter_map(|slot| slot.first_chunk::<PREFIX>())
                .map(|prefix| prefix.as_slice()),
            leaves,
        );
        let salts = leaves.split_off(known);
        self.begin(
            (first..)
                .zip(&salts)
                .map(|(index, salt)| prefix(TAG_LEAF, salt, index)),
        );
        digest_many(self.slots(), leaves);
        self.slots.clear();
        self.ends.clear();
    }

    /// Where each slot begins and ends. `push` makes each of them at least [`PREFIX`] octets long and the last one end
    /// where the octets end, so all of them are there.
    fn bounds(ends: &[usize]) -> impl Iterator<Item = core::ops::Range<usize>> + '_ {
        let starts = core::iter::once(&0).chain(ends);
        starts.zip(ends).map(|(start, end)| *start..*end)
    }

    fn slots(&self) -> impl Iterator<Item = &[u8]> {
        Self::bounds(&self.ends).filter_map(|bounds| self.slots.get(bounds))
    }

    /// Writes what stands before each record.
    fn begin(&mut self, prefixes: impl Iterator<Item = [u8; PREFIX]>) {
        for (bounds, prefix) in Self::bounds(&self.ends).zip(prefixes) {
            let slot = self.slots.get_mut(bounds);
            if let Some(room) = slot.and_then(|slot| slot.first_chunk_mut::<PREFIX>()) {
                *room = prefix;
            }
        }
    }
}

/// Shows the number of records only, so that no log line ever carries a record or a salt.
impl core::fmt::Debug for LeafBatch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "LeafBatch({} records)", self.len())
    }
}
