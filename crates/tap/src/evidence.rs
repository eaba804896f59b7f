//! Proofs that single records belong to a file.

use crate::{
    ber::{DecodeError, Problem, ReadError},
    nrtrde::{self, NrtrdeItem},
    reader::{Item, Kind, RawEvent, Reader},
};
use interclear_merkle::{derive_salt, leaf_hash, prove, FileSecret, Hash, Proof, Root, RootBuilder, Salt};
use std::io::Read;

/// A record with everything by which others can check that it stands at its place in a file that was anchored. It shows
/// this one record, and nothing of the others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordProof {
    /// The record's position, from 0.
    pub index: u64,
    /// All its octets.
    pub octets: Vec<u8>,
    /// Its salt, from which no other record's salt follows.
    pub salt: Salt,
    /// The way to the root.
    pub proof: Proof,
    /// The root and the number of records, as anchored.
    pub root: Root,
}

/// The leaves of a file, and the one record that is looked for.
struct Search<'a> {
    secret: &'a FileSecret,
    wanted: u64,
    leaves: Vec<Hash>,
    found: Option<Vec<u8>>,
}

impl Search<'_> {
    fn see(&mut self, raw: &RawEvent<'_>) {
        let salt = derive_salt(self.secret, raw.index);
        self.leaves.push(leaf_hash(&salt, raw.index, raw.octets));
        if raw.index == self.wanted {
            self.found = Some(raw.octets.to_vec());
        }
    }
}

/// The proof for the record at position `index` of a TAP or NRTRDE file, by the file's secret. `None` when the file has no
/// such record. Takes 32 octets of memory per record.
///
/// # Errors
/// A malformed file, one of another kind, or failure of the source.
pub fn prove_record(
    source: impl Read,
    secret: &FileSecret,
    index: u64,
) -> Result<Option<RecordProof>, ReadError> {
    let mut reader = Reader::new(source, false)?;
    let mut search = Search {
        secret,
        wanted: index,
        leaves: Vec::new(),
        found: None,
    };
    match reader.kind() {
        Kind::Tap | Kind::Notification => {
            while let Some(item) = reader.next_item()? {
                if let Item::Event(raw) = item {
                    search.see(&raw);
                }
            }
        }
        Kind::Nrtrde => nrtrde::visit(&mut reader, |item| {
            if let NrtrdeItem::Call(raw) = item {
                search.see(&raw);
            }
            Ok(())
        })?,
        Kind::Rap | Kind::Unknown => return Err(DecodeError::at(0, Problem::UnknownKind).into()),
    }
    let (Some(octets), Some(proof)) = (search.found, prove(&search.leaves, index)) else {
        return Ok(None);
    };
    let mut builder = RootBuilder::new();
    // A proof exists, so there are not too many leaves.
    let full = search.leaves.into_iter().any(|leaf| builder.push(leaf).is_err());
    Ok((!full).then(|| RecordProof {
        index,
        octets,
        salt: derive_salt(secret, index),
        proof,
        root: builder.finish(),
    }))
}
