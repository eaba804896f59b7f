//! `interclear tap prove` and `verify`: showing one record of an anchored file, and checking what is shown.

use crate::{
    arguments::digest, commands::secret::SecretArgs, error::CommandError, exit::Exit, names::Names, output,
    session::Session,
};
use clap::Args;
use interclear_client::{
    calls,
    chain::{Chain, Receipt},
    disk::{self, Existing, Readers},
    files::{digest_file, key_named, name_of, FileError, Secrets},
};
use interclear_merkle::{file_digest, leaf_hash, verify, FileSecret, Proof, Root, Salt};
use interclear_primitives::{
    batch::ProvenRecord,
    series::{BatchKey, Stream},
    Digest,
};
use interclear_tap::prove_record;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct ProveArgs {
    /// The record's position in the file, from 0, as findings name it.
    record: u64,
    /// The usage file with the record, TAP or NRTRDE.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// The folder with the secrets; `secrets` beside the file unless given.
    #[arg(long, visible_alias = "salt", value_name = "DIR")]
    secrets: Option<PathBuf>,
    #[command(flatten)]
    received: SecretArgs,
    /// Where the proof is written; shown unless given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct VerifyArgs {
    /// The proof, as `interclear tap prove` writes it.
    proof: PathBuf,
    /// The root that was anchored; the chain is asked unless it is given.
    #[arg(long, value_parser = digest, requires = "records")]
    root: Option<Digest>,
    /// The number of records that was anchored.
    #[arg(long, requires = "root")]
    records: Option<u64>,
    /// Have the chain check the proof, too, and keep it; as a clearing desk of either party. Of the record it gets nothing
    /// but the salted leaf.
    #[arg(long, conflicts_with = "root")]
    submit: bool,
}

/// A proof as it is handed to others.
#[derive(Serialize, Deserialize)]
struct Shown {
    /// Name of the file.
    batch: String,
    /// What was anchored for the file.
    file_digest: String,
    /// Root over its records.
    root: String,
    /// Number of its records.
    records: u64,
    /// Position of the record, from 0.
    index: u64,
    /// The record, octet by octet.
    record: String,
    /// What its leaf is salted with, in hexadecimal digits.
    salt: String,
    /// The way to the root, from the leaf on.
    siblings: Vec<String>,
}

fn unreadable(path: &Path, reason: impl ToString) -> CommandError {
    CommandError::File {
        path: path.into(),
        reason: reason.to_string(),
    }
}

impl ProveArgs {
    /// The secret that came with the file, if one did.
    fn came(&self) -> Result<Option<FileSecret>, CommandError> {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        match key_named(&name) {
            Some(key) => self.received.received(None, &self.file, &key),
            None => Ok(None),
        }
    }

    pub(super) fn run(self, session: &Session) -> Result<Exit, CommandError> {
        // A sender has the secret as it was drawn, a recipient as it came.
        let secret = match Secrets::new(self.secrets.clone()).kept(&self.file) {
            Err(missing @ FileError::NoSecret { .. }) => self.came()?.ok_or(missing)?,
            kept => kept?,
        };
        let file = std::fs::File::open(&self.file).map_err(|error| unreadable(&self.file, error))?;
        let proof =
            prove_record(file, &secret, self.record).map_err(|error| unreadable(&self.file, error))?;
        let Some(proof) = proof else {
            let reason = format!("the file has no record {}", self.record);
            return Err(unreadable(&self.file, reason));
        };
        let shown = Shown {
            batch: self
                .file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            file_digest: output::hex(&file_digest(&secret, &digest_file(&self.file)?)),
            root: output::hex(&proof.root.hash),
            records: proof.root.count,
            index: proof.index,
            record: output::hex(&proof.octets),
            salt: output::hex(proof.salt.as_bytes()),
            siblings: proof
                .proof
                .siblings
                .iter()
                .map(|sibling| output::hex(sibling))
                .collect(),
        };
        let Some(path) = &self.out else {
            session.output().print(&shown, |shown| {
                serde_json::to_string_pretty(shown).unwrap_or_default()
            })?;
            return Ok(Exit::Done);
        };
        let text = serde_json::to_string_pretty(&shown).map_err(|error| unreadable(path, error))?;
        disk::write(path, text.as_bytes(), Existing::Replace, Readers::Usual)
            .map_err(|error| unreadable(path, error))?;
        session.output().print(&shown, |shown| {
            format!(
                "{}: proves record {} of {} (of {}) and shows no other",
                interclear_client::text::path(path),
                shown.index,
                shown.batch,
                output::count(shown.records, "record", "records")
            )
        })?;
        Ok(Exit::Done)
    }
}

/// A proof, read.
struct Claim {
    key: Option<BatchKey>,
    root: Root,
    index: u64,
    leaf: Digest,
    proof: Proof,
}

impl Shown {
    fn read(&self) -> Result<Claim, String> {
        let octets = |text: &str, what: &str| {
            hex::decode(text.trim_start_matches("0x")).map_err(|_| format!("the {what} is not hexadecimal"))
        };
        let digest = |text: &str, what: &str| -> Result<Digest, String> {
            octets(text, what)?
                .try_into()
                .map_err(|_| format!("the {what} has not 32 octets"))
        };
        let siblings = self.siblings.iter().map(|text| digest(text, "way to the root"));
        let siblings: Vec<Digest> = siblings.collect::<Result<_, _>>()?;
        let salt = Salt::from(digest(&self.salt, "salt")?);
        let record = octets(&self.record, "record")?;
        Ok(Claim {
            key: key_named(&self.batch),
            root: Root {
                hash: digest(&self.root, "root")?,
                count: self.records,
            },
            index: self.index,
            leaf: leaf_hash(&salt, self.index, &record),
            proof: Proof {
                siblings: siblings
                    .try_into()
                    .map_err(|_| "the way to the root is too long".to_owned())?,
            },
        })
    }
}

/// What a proof is checked against.
struct Evidence {
    /// What was anchored.
    root: Root,
    /// What the chain has checked already of this record; asked for only where the root comes from the chain.
    known: Option<ProvenRecord>,
}

impl VerifyArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let text = std::fs::read_to_string(&self.proof).map_err(|error| unreadable(&self.proof, error))?;
        let no_proof = |error: serde_json::Error| {
            format!("it is not a proof as `interclear tap prove` writes it ({error})")
        };
        let shown: Shown =
            serde_json::from_str(&text).map_err(|error| unreadable(&self.proof, no_proof(error)))?;
        let claim = shown.read().map_err(|reason| unreadable(&self.proof, reason))?;
        let chain = match self.root {
            Some(_) => None,
            None => Some(session.chain().await?),
        };
        let Evidence { root, known } = match (&chain, self.root, self.records) {
            (Some(chain), ..) => self.anchored(chain, &claim, &shown.batch).await?,
            (None, hash, count) => Evidence {
                root: Root {
                    hash: hash.unwrap_or_default(),
                    count: count.unwrap_or_default(),
                },
                known: None,
            },
        };
        let verdict = match claim.root == root {
            false => Err("the root or the number of records is not the one that was anchored".to_owned()),
            true => verify(&root, &claim.proof, &claim.leaf, claim.index).map_err(|error| error.to_string()),
        };
        let receipt = match (&chain, &verdict) {
            (Some(chain), Ok(())) if self.submit && known.is_none() => {
                Some(submit(session, chain, &claim).await?)
            }
            _ => None,
        };
        let mut value = serde_json::json!({
            "batch": shown.batch,
            "record": shown.index,
            "proven": verdict.is_ok(),
            "reason": verdict.as_ref().err(),
        });
        let mut on_chain = String::new();
        if let Some(chain) = &chain {
            let names = Names::of(chain).await?;
            value["on_chain"] = serde_json::json!({
                "proven": known.is_some() || receipt.is_some(),
                "by": known.map(|known| known.by),
                "at": known.map(|known| known.at),
                "submitted_in_block": receipt.as_ref().map(|receipt| receipt.number),
            });
            on_chain = match (&known, &receipt) {
                (Some(known), _) => format!(
                    "\non the chain it was proven by {} at {} UTC, and stays so",
                    names.get(known.by),
                    output::moment(known.at)
                ),
                (None, Some(receipt)) => format!(
                    "\nthe chain has checked it, too, and keeps it (final in block {})",
                    receipt.number
                ),
                (None, None) => {
                    "\non the chain it has not been proven; --submit has it checked and kept there".into()
                }
            };
        }
        session.output().print(&value, |_| match &verdict {
            Ok(()) => format!(
                "proven: the record is at position {} of {}{on_chain}",
                shown.index, shown.batch
            ),
            Err(reason) => format!("not proven: {reason}"),
        })?;
        Ok(Exit::refused_if(verdict.is_err()))
    }

    async fn anchored(&self, chain: &Chain, claim: &Claim, name: &str) -> Result<Evidence, CommandError> {
        let Some(key) = claim.key else {
            let reason = format!(
                "`{name}` is not the name of a file; say what was anchored with --root and --records"
            );
            return Err(unreadable(&self.proof, reason));
        };
        let root = match key.series.stream {
            Stream::Tap => chain.batch(key).await?.map(|batch| {
                let anchor = batch.anchor;
                (anchor.root, anchor.records)
            }),
            Stream::Nrtrde => chain
                .nrtrde_file(key)
                .await?
                .map(|file| (file.anchor.root, file.anchor.records)),
        };
        let root = root.map(|(hash, records)| Root {
            hash,
            count: records.into(),
        });
        let position = u32::try_from(claim.index).ok();
        let of = |root: &Root| position.map(|index| (root.hash, index));
        let known = match of(root.as_ref().unwrap_or(&claim.root)) {
            Some((hash, index)) => chain.proven_record(key, hash, index).await?,
            None => None,
        };
        // What was proven outlives the details of the file.
        let vouched = || known.filter(|known| known.leaf == claim.leaf).map(|_| claim.root);
        let root = root
            .or_else(vouched)
            .ok_or_else(|| CommandError::NotFound(format!("anchor of {}", name_of(&key))))?;
        Ok(Evidence { root, known })
    }
}

/// Has the chain check a proof that was found to be valid.
async fn submit(session: &Session, chain: &Chain, claim: &Claim) -> Result<Receipt, CommandError> {
    let (Some(key), Ok(index)) = (claim.key, u32::try_from(claim.index)) else {
        return Err(CommandError::NotFound("such record on the chain".into()));
    };
    let call = calls::prove_record(key, index, claim.leaf, &claim.proof);
    session.execute(chain, &call).await
}
