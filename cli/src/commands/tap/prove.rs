//! `interclear tap prove` and `verify`: showing one record of an anchored file, and checking what is shown.

use super::secrets::Secrets;
use crate::{
    commands::{
        arguments::{digest, hash_file, key_of, name_of},
        CommandError, Session,
    },
    output,
};
use clap::Args;
use interclear_merkle::{leaf_hash, verify, Proof, Root, Salt};
use interclear_primitives::{BatchKey, Digest, Stream};
use interclear_tap::{prove_record, FileName, Scheme};
use serde::{Deserialize, Serialize};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Args)]
pub(super) struct ProveArgs {
    /// The record's position in the file, from 0, as findings name it.
    record: u64,
    /// The file.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// The folder with the secrets; `secrets` beside the file unless given.
    #[arg(long, visible_alias = "salt", value_name = "DIR")]
    secrets: Option<PathBuf>,
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
}

/// A proof as it is handed to others.
#[derive(Serialize, Deserialize)]
struct Shown {
    /// Name of the file.
    batch: String,
    /// Blake2b-256 of the file.
    file_hash: String,
    /// Root over its records.
    root: String,
    /// Number of its records.
    records: u64,
    /// Position of the record, from 0.
    index: u64,
    /// The record, octet by octet.
    record: String,
    /// Its salt.
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
    pub(super) fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        let secret = Secrets::new(self.secrets.clone()).kept(&self.file)?;
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
            file_hash: output::hex(&hash_file(&self.file)?),
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
            return Ok(ExitCode::SUCCESS);
        };
        let text = serde_json::to_string_pretty(&shown).map_err(|error| unreadable(path, error))?;
        std::fs::write(path, text).map_err(|error| unreadable(path, error))?;
        session.output().print(&shown, |shown| {
            format!(
                "{}: proves record {} of {} (of {} records) and shows no other",
                path.display(),
                shown.index,
                shown.batch,
                shown.records
            )
        })?;
        Ok(ExitCode::SUCCESS)
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
            key: key(&self.batch),
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

/// The file on the chain that a name stands for.
fn key(name: &str) -> Option<BatchKey> {
    if let Some(name) = FileName::parse(name) {
        return Some(key_of(&name));
    }
    let mut key = key_of(&Scheme::Nrtrde.parse(name)?);
    key.series.stream = Stream::Nrtrde;
    Some(key)
}

impl VerifyArgs {
    pub(super) async fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        let text = std::fs::read_to_string(&self.proof).map_err(|error| unreadable(&self.proof, error))?;
        let shown: Shown = serde_json::from_str(&text).map_err(|error| unreadable(&self.proof, error))?;
        let claim = shown.read().map_err(|reason| unreadable(&self.proof, reason))?;
        let anchored = match (self.root, self.records) {
            (Some(hash), Some(count)) => Root { hash, count },
            _ => self.anchored(session, &claim, &shown.batch).await?,
        };
        let verdict = match claim.root == anchored {
            false => Err("the root or the number of records is not the one that was anchored".to_owned()),
            true => {
                verify(&anchored, &claim.proof, &claim.leaf, claim.index).map_err(|error| error.to_string())
            }
        };
        let value = serde_json::json!({
            "batch": shown.batch,
            "record": shown.index,
            "proven": verdict.is_ok(),
            "reason": verdict.as_ref().err(),
        });
        session.output().print(&value, |_| match &verdict {
            Ok(()) => format!(
                "proven: the record stands at place {} of {}",
                shown.index, shown.batch
            ),
            Err(reason) => format!("not proven: {reason}"),
        })?;
        Ok(match verdict {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        })
    }

    async fn anchored(&self, session: &Session, claim: &Claim, name: &str) -> Result<Root, CommandError> {
        let Some(key) = claim.key else {
            let reason =
                format!("`{name}` is no name of a file; say what was anchored with --root and --records");
            return Err(unreadable(&self.proof, reason));
        };
        let batch = session.chain().await?.batch(key).await?;
        let batch = batch.ok_or_else(|| CommandError::NotFound(format!("anchor of {}", name_of(&key))))?;
        Ok(Root {
            hash: batch.anchor.root,
            count: batch.anchor.records.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_kinds_of_files_lead_to_their_anchor() {
        for name in ["CDFRAF1DEUD100042", "TDFRAF1DEUD100042", "NRFRAF1DEUD10000042"] {
            assert_eq!(name_of(&key(name).unwrap()), name);
        }
        assert_eq!(key("RCFRAF1DEUD100042"), None);
    }
}
