//! Files that a recipient names, and what their senders anchored of them.

use crate::{error::CommandError, session::QUERIES};
use futures::{stream, StreamExt, TryStreamExt};
use interclear_client::{
    chain::Chain,
    files::{key_named, key_of, name_of, Reduced},
};
use interclear_primitives::{
    agreement::Route,
    batch::{Batch, BatchStatus},
    nrtrde::NrtrdeFile,
    period::Period,
    series::{BatchKey, Stream},
};
use interclear_tap::{validate_file_by_itself, FileName, Options, Outcome};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// A file as it was received, or just its name such as CDDEUD1FRAF100042.
pub(super) struct Named {
    pub(super) key: BatchKey,
    /// Where the file is, if it is here.
    pub(super) path: Option<PathBuf>,
}

/// What the chain has of a file.
pub(super) struct Anchored {
    pub(super) anchor: Reduced,
    /// What it bills to; of billable usage only.
    pub(super) route: Option<Route>,
    /// Whether its recipient has accepted it.
    pub(super) acknowledged: bool,
    /// Records of it that were returned.
    pub(super) returned: u64,
}

impl From<Batch> for Anchored {
    fn from(batch: Batch) -> Self {
        Self {
            acknowledged: batch.status == BatchStatus::Acknowledged,
            returned: batch.returned.iter().map(|total| u64::from(total.records)).sum(),
            anchor: Reduced::Tap(batch.anchor),
            route: batch.route,
        }
    }
}

impl From<NrtrdeFile> for Anchored {
    fn from(file: NrtrdeFile) -> Self {
        Self {
            acknowledged: file.acknowledged_at.is_some(),
            returned: 0,
            anchor: Reduced::Nrtrde(file.anchor),
            route: None,
        }
    }
}

impl Anchored {
    /// The month that it bills to, where it bills.
    pub(super) fn period(&self) -> Option<Period> {
        match &self.anchor {
            Reduced::Tap(anchor) => Some(anchor.period()),
            Reduced::Nrtrde(_) => None,
        }
    }
}

/// Most files that one run of numbers names.
const LONGEST_RUN: u32 = 10_000;

impl Named {
    /// The files that an argument names: one, or a run of numbers such as `tap/CDDEUD1FRAF100001-00380`.
    pub(super) fn each(text: &str, options: &Options) -> Result<Vec<Self>, CommandError> {
        let run = || {
            let (first, last) = text.rsplit_once('-')?;
            let name = Path::new(first).file_name()?.to_string_lossy().into_owned();
            Some((Path::new(first), key_named(&name)?, last.parse::<u32>().ok()?))
        };
        let Some((first, key, last)) = run().filter(|_| !Path::new(text).is_file()) else {
            return Ok(vec![Self::new(text, options)?]);
        };
        if last < key.sequence || last.saturating_sub(key.sequence) >= LONGEST_RUN {
            return Err(CommandError::Invalid(format!(
                "`{text}` is not a run of at most {LONGEST_RUN} ascending numbers"
            )));
        }
        Ok((key.sequence..=last)
            .map(|sequence| {
                let key = key.series.file(sequence);
                let path = first.with_file_name(name_of(&key));
                Self {
                    key,
                    path: path.is_file().then_some(path),
                }
            })
            .collect())
    }

    pub(super) fn new(text: &str, options: &Options) -> Result<Self, CommandError> {
        let path = Path::new(text);
        let here = path.is_file().then(|| path.to_path_buf());
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if let Some(key) = key_named(&name) {
            return Ok(Self { key, path: here });
        }
        let Some(path) = here else {
            let wrong = format!(
                "`{text}` is neither a file nor a name such as CDDEUD1FRAF100042 or NRDEUD1FRAF10000042"
            );
            return Err(CommandError::Invalid(wrong));
        };
        let outcome = read(&path, options)?;
        if let Some(error) = outcome.error {
            return Err(CommandError::Undecodable {
                path,
                reason: format!("the file cannot be decoded: {error}"),
            });
        }
        let billed = outcome.summary.map(|summary| {
            let name = FileName {
                test: summary.test,
                sender: summary.sender,
                recipient: summary.recipient,
                sequence: summary.sequence,
            };
            key_of(&name, Stream::Tap)
        });
        let near_real_time = outcome.nrtrde.map(|summary| {
            let name = FileName {
                test: false,
                sender: summary.sender,
                recipient: summary.recipient,
                sequence: summary.sequence,
            };
            key_of(&name, Stream::Nrtrde)
        });
        let key = billed.or(near_real_time);
        let unnamed = || CommandError::File {
            path: path.clone(),
            reason: "the file does not say which it is".into(),
        };
        Ok(Self {
            key: key.ok_or_else(unnamed)?,
            path: Some(path.clone()),
        })
    }

    /// What the chain has of the file.
    ///
    /// # Errors
    /// It has nothing, or the connection broke.
    pub(super) async fn anchored(&self, chain: &Chain) -> Result<Anchored, CommandError> {
        let anchored = match self.key.series.stream {
            Stream::Tap => chain.batch(self.key).await?.map(Anchored::from),
            Stream::Nrtrde => chain.nrtrde_file(self.key).await?.map(Anchored::from),
        };
        anchored.ok_or_else(|| self.unknown())
    }

    /// What the chain has of all files, asked for together.
    ///
    /// # Errors
    /// It has nothing of one, or the connection broke.
    pub(super) async fn all_anchored(chain: &Chain, files: &[Self]) -> Result<Vec<Anchored>, CommandError> {
        let billed = files.iter().map(|file| file.key);
        let billed = billed.filter(|key| key.series.stream == Stream::Tap);
        let batches = chain.batches_of(billed.collect::<Vec<_>>()).await?;
        let each: Vec<_> = files
            .iter()
            .map(|file| {
                let batch = batches.get(&file.key).cloned();
                async move {
                    match (file.key.series.stream, batch) {
                        (Stream::Tap, Some(batch)) => Ok(batch.into()),
                        (Stream::Tap, None) => Err(file.unknown()),
                        (Stream::Nrtrde, _) => file.anchored(chain).await,
                    }
                }
            })
            .collect();
        stream::iter(each).buffered(QUERIES).try_collect().await
    }

    /// What the chain has of files, asked for together; of a file that it does not have, nothing. What was returned has made room for
    /// the file that is sent again.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn standing(
        chain: &Chain,
        keys: &[BatchKey],
    ) -> Result<BTreeMap<BatchKey, Anchored>, CommandError> {
        let (billed, near): (Vec<BatchKey>, Vec<BatchKey>) =
            keys.iter().partition(|key| key.series.stream == Stream::Tap);
        let stands =
            |batch: &Batch| matches!(batch.status, BatchStatus::Anchored | BatchStatus::Acknowledged);
        let batches = chain.batches_of(billed).await?.into_iter();
        let mut found: BTreeMap<BatchKey, Anchored> = batches
            .filter(|(_, batch)| stands(batch))
            .map(|(key, batch)| (key, batch.into()))
            .collect();
        for key in near {
            if let Some(file) = chain.nrtrde_file(key).await? {
                found.insert(key, file.into());
            }
        }
        Ok(found)
    }

    fn unknown(&self) -> CommandError {
        CommandError::NotFound(format!("anchor of {}", name_of(&self.key)))
    }
}

pub(super) fn read(path: &Path, options: &Options) -> Result<Outcome, CommandError> {
    validate_file_by_itself(path, options).map_err(|error| CommandError::Undecodable {
        path: path.into(),
        reason: interclear_client::text::reason(&error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_should_name_each_file_when_it_ascends_and_no_other_should() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("CDDEUD1FRAF100002"), "").unwrap();
        let run = folder.path().join("CDDEUD1FRAF100001-00003");
        let each = |text: &str| Named::each(text, &Options::default());
        let files = each(run.to_str().unwrap()).unwrap();
        let found: Vec<_> = files
            .iter()
            .map(|file| (name_of(&file.key), file.path.is_some()))
            .collect();
        assert_eq!(
            found,
            [
                ("CDDEUD1FRAF100001".to_owned(), false),
                ("CDDEUD1FRAF100002".to_owned(), true),
                ("CDDEUD1FRAF100003".to_owned(), false),
            ]
        );
        for wrong in [
            "CDDEUD1FRAF100002-00001",
            "CDDEUD1FRAF100001-99999",
            "CDDEUD1FRAF100001-x",
        ] {
            assert!(each(wrong).is_err(), "{wrong}");
        }
        assert_eq!(each("CDDEUD1FRAF100042").unwrap().len(), 1);
    }
}
