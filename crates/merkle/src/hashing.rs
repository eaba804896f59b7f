//! The hashes of the tree and of its file, each under its own first byte so that none can stand for another.

use alloc::vec::Vec;
use blake2b_simd::{
    many::{hash_many, HashManyJob},
    Params, State,
};
use core::fmt;

/// A Blake2b-256 digest.
pub type Hash = [u8; 32];

pub(crate) const TAG_LEAF: u8 = 0;
const TAG_NODE: u8 = 1;
const TAG_ROOT: u8 = 2;
pub(crate) const TAG_SALT: u8 = 3;
const TAG_FILE: u8 = 4;

/// Octets before the record in the input of a leaf, which is also the length of the input of a salt.
pub(crate) const PREFIX: usize = 1 + 32 + 8;

/// Octets of the input of an inner node.
const NODE: usize = 1 + 32 + 32;

/// Inputs that are hashed in step at most: enough that the few at the end, which are not, do not matter.
const GROUP: usize = 128;

/// Stands where the top of the tree would be when there are no leaves. The count of zero, hashed with it,
/// keeps it apart from every tree that has leaves.
const NO_TOP: Hash = [0; 32];

/// The secret of one usage file, from which the salts of its leaves are derived.
///
/// Must be 32 bytes from a cryptographic random source, drawn anew for every file, and kept by the file's
/// owners only. Once it is destroyed nobody can test a guessed record against the leaves any more.
#[derive(Clone, PartialEq, Eq)]
pub struct FileSecret([u8; 32]);

/// The salt of one leaf. It is shown together with the record when a single record is disclosed, and tells
/// nothing about the salts of other leaves.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt([u8; 32]);

macro_rules! secret_bytes {
    ($name:ident) => {
        impl $name {
            /// The raw bytes, for storing or disclosing them.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl From<[u8; 32]> for $name {
            fn from(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }
        }

        /// Shows the name only, so that no log line ever carries the bytes.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

secret_bytes!(FileSecret);
secret_bytes!(Salt);

/// The salt of the leaf at position `index`: `blake2b-256(0x03 || secret || index)`, `index` as 8 bytes
/// little-endian.
pub fn derive_salt(secret: &FileSecret, index: u64) -> Salt {
    Salt(digest(&prefix(TAG_SALT, &secret.0, index)))
}

/// The leaf of the record at position `index` (from zero): `blake2b-256(0x00 || salt || index || record)`,
/// `index` as 8 bytes little-endian. `record` may have any length, zero included.
pub fn leaf_hash(salt: &Salt, index: u64, record: &[u8]) -> Hash {
    let mut state: State = params().to_state();
    state.update(&prefix(TAG_LEAF, &salt.0, index)).update(record);
    to_hash(&state.finalize())
}

/// What stands for a file on the chain: `blake2b-256(0x04 || secret || content)`, where `content` is Blake2b-256 of the
/// file's octets. A file of few records can be guessed; its digest tells whether a guess is right only to who has the secret.
pub fn file_digest(secret: &FileSecret, content: &Hash) -> Hash {
    let mut input = [0; NODE];
    input[0] = TAG_FILE;
    input[1..33].copy_from_slice(&secret.0);
    input[33..].copy_from_slice(content);
    digest(&input)
}

/// What the inputs of salt and leaf begin with: `tag || secret or salt || index`.
pub(crate) fn prefix(tag: u8, hidden: &[u8; 32], index: u64) -> [u8; PREFIX] {
    let mut input = [0; PREFIX];
    input[0] = tag;
    input[1..33].copy_from_slice(hidden);
    input[33..].copy_from_slice(&index.to_le_bytes());
    input
}

/// An inner node: `blake2b-256(0x01 || left || right)`.
pub(crate) fn node_hash(left: &Hash, right: &Hash) -> Hash {
    digest(&node(left, right))
}

/// The inner nodes over neighbours, the first with the second and so on; an odd one at the end has none.
pub(crate) fn node_hashes(hashes: &[Hash]) -> Vec<Hash> {
    let (pairs, _) = hashes.as_chunks::<2>();
    let inputs: Vec<[u8; NODE]> = pairs.iter().map(|[left, right]| node(left, right)).collect();
    let mut nodes = Vec::with_capacity(inputs.len());
    digest_many(inputs.iter().map(|input| &input[..]), &mut nodes);
    nodes
}

fn node(left: &Hash, right: &Hash) -> [u8; NODE] {
    let mut input = [0; NODE];
    input[0] = TAG_NODE;
    input[1..33].copy_from_slice(left);
    input[33..].copy_from_slice(right);
    input
}

/// The root: `blake2b-256(0x02 || count || top)`, `count` as 8 bytes little-endian; `top` is 32 zero bytes
/// if there are no leaves.
pub(crate) fn root_hash(count: u64, top: Option<Hash>) -> Hash {
    let mut input = [0u8; 1 + 8 + 32];
    input[0] = TAG_ROOT;
    input[1..9].copy_from_slice(&count.to_le_bytes());
    input[9..].copy_from_slice(&top.unwrap_or(NO_TOP));
    digest(&input)
}

fn params() -> Params {
    let mut params = Params::new();
    params.hash_length(32);
    params
}

fn digest(input: &[u8]) -> Hash {
    to_hash(&params().hash(input))
}

/// Appends the digests of `inputs` to `digests`.
pub(crate) fn digest_many<'a>(mut inputs: impl Iterator<Item = &'a [u8]>, digests: &mut Vec<Hash>) {
    let params = params();
    let mut jobs = Vec::with_capacity(GROUP);
    loop {
        jobs.extend(
            inputs
                .by_ref()
                .take(GROUP)
                .map(|input| HashManyJob::new(&params, input)),
        );
        if jobs.is_empty() {
            return;
        }
        hash_many(&mut jobs);
        digests.extend(jobs.drain(..).map(|job| to_hash(&job.to_hash())));
    }
}

fn to_hash(digest: &blake2b_simd::Hash) -> Hash {
    // `params` asks for exactly 32 bytes, so that there always are as many; their number is known when this is compiled.
    digest.as_bytes().first_chunk().copied().unwrap_or_default()
}
