//! What must be so in the end, computed from the files that arrived alone.

use super::outbox::{files, Sent};
use crate::{
    network::Node,
    story::{add_up, StoryError},
};
use codec::Decode;
use interclear_billing::rate::Totals;
use interclear_client::chain::Chain;
use interclear_merkle::FileSecret;
use interclear_primitives::{
    batch::Anchor,
    ids::AgreementId,
    period::Period,
    series::{BatchKey, SeriesKey},
    tadig::Tadig,
};
use interclear_tap::{validate, Options};
use serde::Deserialize;
use sp_crypto_hashing::blake2_256;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};
use subxt::rpcs::rpc_params;

/// The journal of `interclear tap watch`.
pub(super) const JOURNAL: &str = ".journal.jsonl";
/// Its folder of secrets.
pub(super) const SECRETS: &str = "secrets";

/// Where the files bill to.
pub(super) struct Books {
    pub(super) series: SeriesKey,
    pub(super) agreement: AgreementId,
    pub(super) period: Period,
    /// The agreement's first party.
    pub(super) first: Tadig,
}

/// A line of the journal.
#[derive(Deserialize)]
struct Line {
    file: String,
    digest: String,
    result: String,
}

/// Collects what is not as it must be.
pub(super) struct Check<'a> {
    pub(super) books: &'a Books,
    pub(super) sent: &'a BTreeMap<u32, Sent>,
    pub(super) folder: &'a Path,
    pub(super) differences: Vec<String>,
}

impl Check<'_> {
    fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.differences.push(otherwise());
        }
    }

    /// The folder and its journal: each file is done, and the journal says of each arrival at most once what became of it.
    pub(super) fn folder(&mut self) -> Result<(), StoryError> {
        for (inner, wanted) in [("", 0), ("refused", 0)] {
            let left = files(&self.folder.join(inner))?;
            self.expect(left.len() == wanted, || {
                format!("in {inner:?} of the folder: {left:?}")
            });
        }
        let mut done: BTreeMap<[u8; 32], u32> = BTreeMap::new();
        for name in files(&self.folder.join("done"))? {
            let octets = std::fs::read(self.folder.join("done").join(name))?;
            *done.entry(blake2_256(&octets)).or_default() += 1;
        }
        let journal = std::fs::read_to_string(self.folder.join(JOURNAL))?;
        let mut lines: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        for text in journal.lines().filter(|text| !text.is_empty()) {
            match serde_json::from_str::<Line>(text) {
                Ok(line) => lines.entry(line.digest.clone()).or_default().push(line),
                Err(_) => self
                    .differences
                    .push(format!("the journal has the broken line {text:?}")),
            }
        }
        for sent in self.sent.values() {
            let (name, hash) = (&sent.name, blake2_256(&sent.octets));
            let kept = done.remove(&hash).unwrap_or_default();
            // Duplicates have the same content, and so the same name in `done`.
            self.expect((1..=sent.times).contains(&kept), || {
                format!(
                    "{name} arrived {} times and was put away {kept} times",
                    sent.times
                )
            });
            let text = format!("0x{}", hex::encode(hash));
            let said = lines
                .remove(&text)
                .or_else(|| lines.remove(&text[2..]))
                .unwrap_or_default();
            self.expect((1..=sent.times as usize).contains(&said.len()), || {
                format!(
                    "{name} arrived {} times and is in the journal {} times",
                    sent.times,
                    said.len()
                )
            });
            // A duplicate whose connection broke is "anchored", too: the watcher sees that it is there, not since when. The
            // events of the chain tell.
            let good = said
                .iter()
                .all(|line| line.file == *name && matches!(line.result.as_str(), "anchored" | "duplicate"));
            self.expect(good, || {
                let results: Vec<&str> = said.iter().map(|line| line.result.as_str()).collect();
                format!("the journal says of {name}: {results:?}")
            });
        }
        self.expect(done.is_empty() && lines.is_empty(), || {
            format!(
                "{} files are done and {} are in the journal that never arrived",
                done.len(),
                lines.len()
            )
        });
        Ok(())
    }

    /// The anchor of a file, with the secret that was kept.
    fn anchor(&mut self, sent: &Sent) -> Result<Option<Anchor>, StoryError> {
        let start = hex::encode(blake2_256(&sent.octets));
        let mut secrets = files(&self.folder.join(SECRETS))?;
        secrets.retain(|name| name.starts_with(&start));
        let [secret] = &secrets[..] else {
            self.differences
                .push(format!("{} has {} secrets", sent.name, secrets.len()));
            return Ok(None);
        };
        let text = std::fs::read_to_string(self.folder.join(SECRETS).join(secret))?;
        let mut secret = [0; 32];
        if hex::decode_to_slice(text.trim(), &mut secret).is_err() {
            self.differences
                .push(format!("the secret of {} is broken", sent.name));
            return Ok(None);
        }
        let options = Options {
            digest: true,
            secret: Some(FileSecret::from(secret)),
            ..Options::default()
        };
        let outcome = validate(sent.octets.as_slice(), &options)?;
        let anchor = outcome.summary.map(|summary| summary.anchor());
        match anchor {
            Some(Ok(anchor)) => Ok(Some(anchor)),
            _ => Err(StoryError::Unexpected(format!(
                "{} cannot be anchored",
                sent.name
            ))),
        }
    }

    /// The chain: every file once, no gap, and totals that are the sum of the files.
    pub(super) async fn chain(&mut self, chain: &Chain) -> Result<(), StoryError> {
        let mut anchors = Vec::new();
        for sent in self.sent.values() {
            let Some(anchor) = self.anchor(sent)? else {
                continue;
            };
            let batch = chain.batch(anchor.key).await?;
            let same = batch.is_some_and(|batch| batch.anchor == anchor);
            self.expect(same, || {
                format!("{} is not on the chain as it was sent", sent.name)
            });
            anchors.push(anchor);
        }
        let count = self.sent.len();
        let sequence = chain.sequence(self.books.series).await?;
        self.expect(
            sequence.highest as usize == count && sequence.gaps.is_empty(),
            || format!("{count} files arrived, and the series stands at {sequence:?}"),
        );
        let usage = chain
            .period_usage(self.books.agreement, self.books.period)
            .await?;
        self.expect(
            usage.batches as usize == count && usage.unanswered() as usize == count && usage.gaps == 0,
            || format!("{count} files arrived, and the month has {usage:?}"),
        );
        let own = add_up(&anchors, self.books.first)?;
        let totals: Totals = chain
            .usage(self.books.agreement, self.books.period)
            .await?
            .into_iter()
            .collect();
        self.expect(totals == own && !own.is_empty(), || {
            format!("the running totals are {totals:?}, and the files add up to {own:?}")
        });
        self.events(chain).await
    }

    /// All events there have ever been tell of each file exactly once, and of no refusal.
    async fn events(&mut self, chain: &Chain) -> Result<(), StoryError> {
        let head = chain.at_final().await?.block_number();
        let mut anchored: BTreeMap<BatchKey, u32> = BTreeMap::new();
        let mut refused = 0;
        for number in 1..=head {
            let hash = chain.rpc("chain_getBlockHash", rpc_params![number]).await?;
            for event in chain.events_at(hash).await?.iter() {
                let event = event.map_err(StoryError::unexpected)?;
                match (event.pallet_name(), event.event_name()) {
                    ("Anchoring", "Anchored") => {
                        let key =
                            BatchKey::decode(&mut event.field_bytes()).map_err(StoryError::unexpected)?;
                        *anchored.entry(key).or_default() += 1;
                    }
                    ("Anchoring", "AnchorRefused") => refused += 1,
                    _ => {}
                }
            }
        }
        let numbers: BTreeSet<u32> = anchored.keys().map(|key| key.sequence).collect();
        let twice: Vec<u32> = anchored
            .iter()
            .filter(|(_, times)| **times != 1)
            .map(|(key, _)| key.sequence)
            .collect();
        self.expect(numbers.iter().eq(self.sent.keys()), || {
            format!("events tell of {} files, not {}", numbers.len(), self.sent.len())
        });
        self.expect(twice.is_empty(), || {
            format!("events tell more than once of {twice:?}")
        });
        self.expect(refused == 0, || format!("{refused} anchors were refused"));
        Ok(())
    }

    /// All nodes have the same final blocks.
    pub(super) async fn nodes(&mut self, nodes: &mut [Node]) -> Result<(), StoryError> {
        let mut last = u64::MAX;
        for node in nodes.iter_mut() {
            last = last.min(node.finalised(1).await.map_err(StoryError::unexpected)?);
        }
        let mut hashes = BTreeSet::new();
        for node in nodes.iter_mut() {
            let chain = node.connect().await.map_err(StoryError::unexpected)?;
            let hash: Option<String> = chain.rpc("chain_getBlockHash", rpc_params![last]).await?;
            hashes.insert(hash);
        }
        self.expect(hashes.len() == 1, || {
            format!("the nodes have different blocks {last}: {hashes:?}")
        });
        Ok(())
    }
}
