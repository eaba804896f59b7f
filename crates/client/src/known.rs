//! What the chain knows of a file that is about to be checked.

use crate::{
    chain::{Chain, ChainError},
    files::{key_of, KnownFiles},
};
use futures::{stream, StreamExt, TryStreamExt};
use interclear_primitives::{
    agreement::Terms,
    api::MAX_PAGE,
    batch::{Batch, BatchStatus},
    money::Currency,
    series::{BatchKey, SeriesKey, Stream},
};
use interclear_tap::{AgreedRate, FileName, Head, Known};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
};

/// Questions that are under way at once.
const QUERIES: usize = 16;

/// The SDR in SDR, in 10^-9.
const ONE: u128 = 1_000_000_000;

/// What the files of a series have in common that bill to the same month.
struct Common {
    highest: u32,
    terms: Option<Terms>,
    agreed_rate: Option<AgreedRate>,
}

impl Chain {
    /// What the chain knows of a file: the number that comes next in its series, the content anchored under its number unless
    /// that was returned, the terms in force in its month, and the month's exchange rate between its currencies.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn known_of(&self, head: &Head) -> Result<Known, ChainError> {
        let common = self.common_to(head).await?;
        let batch = self.batch(key_of(&head.name, Stream::Tap)).await?;
        Ok(known_with(batch.as_ref(), &common))
    }

    /// What the chain has of TAP files, asked for in pages: a day's files of a partner are a few questions, not hundreds.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn batches_of(
        &self,
        keys: impl IntoIterator<Item = BatchKey>,
    ) -> Result<BTreeMap<BatchKey, Batch>, ChainError> {
        let each = pages(keys).into_iter().map(|(series, first, last)| async move {
            let batches = self.batches(series, first, last).await?;
            Ok::<_, ChainError>(batches.into_iter().map(|batch| (batch.anchor.key, batch)))
        });
        let found: Vec<_> = stream::iter(each).buffered(QUERIES).try_collect().await?;
        Ok(found.into_iter().flatten().collect())
    }

    async fn common_to(&self, head: &Head) -> Result<Common, ChainError> {
        let highest = self
            .sequence(key_of(&head.name, Stream::Tap).series)
            .await?
            .highest;
        let route = self
            .route(head.name.sender, head.name.recipient, head.period)
            .await?;
        let terms = match route {
            None => None,
            // Without terms nothing is agreed on, which the chain says when the file is anchored.
            Some(route) => self.terms_in(route.agreement, head.period).await?,
        };
        Ok(Common {
            highest,
            terms,
            agreed_rate: self.agreed_rate(head).await?,
        })
    }

    /// As [`Self::known_of`], of a file; nothing of one that cannot be read or does not say which it is, as is said when it is
    /// checked.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn known_of_file(&self, path: &Path) -> Result<Option<(Head, Known)>, ChainError> {
        match interclear_tap::head(path) {
            Ok(Some(head)) => {
                let known = self.known_of(&head).await?;
                Ok(Some((head, known)))
            }
            Ok(None) | Err(_) => Ok(None),
        }
    }

    /// As [`Self::known_of_file`], of several files; those of which nothing is known are left out. What files have in common is
    /// asked once.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn known_of_files(&self, paths: &[PathBuf]) -> Result<KnownFiles, ChainError> {
        let heads = paths.iter().map(|path| (path, interclear_tap::head(path)));
        let heads: Vec<(&PathBuf, Head)> = heads
            .filter_map(|(path, head)| Some((path, head.ok()??)))
            .collect();
        let series_of = |head: &Head| {
            let name = FileName {
                sequence: 0,
                ..head.name
            };
            Head { name, ..*head }
        };
        let mut series: Vec<Head> = Vec::new();
        for (_, head) in &heads {
            let one = series_of(head);
            if !series.contains(&one) {
                series.push(one);
            }
        }
        let each: Vec<_> = series.iter().map(|head| self.common_to(head)).collect();
        let common: Vec<Common> = stream::iter(each).buffered(QUERIES).try_collect().await?;
        let common_to = |head: &Head| {
            let one = series_of(head);
            series.iter().zip(&common).find(|(head, _)| **head == one)
        };
        let key = |head: &Head| key_of(&head.name, Stream::Tap);
        let batches = self.batches_of(heads.iter().map(|(_, head)| key(head))).await?;
        let each = heads.iter().filter_map(|(path, head)| {
            let (_, common) = common_to(head)?;
            let known = known_with(batches.get(&key(head)), common);
            Some(((*path).clone(), (*head, known)))
        });
        Ok(each.collect())
    }

    async fn agreed_rate(&self, head: &Head) -> Result<Option<AgreedRate>, ChainError> {
        let (Some(local), Some(tap)) = (head.local, head.tap) else {
            return Ok(None);
        };
        if local == tap {
            return Ok(None);
        }
        let rates = self.rates(head.period).await?;
        let rate = |currency: Currency| match currency {
            Currency::SDR => Some(ONE),
            other => rates
                .iter()
                .find(|(known, _)| *known == other)
                .map(|(_, month)| month.rate.0),
        };
        Ok(between(rate(local), rate(tap)).map(|rate| AgreedRate { local, tap, rate }))
    }
}

/// Has each of several files that are checked together expect the number after the others of its series before it.
pub fn expect_each_other(known: &mut HashMap<PathBuf, (Head, Known)>) {
    let is_new = |known: &Known| known.known_digest.is_none() && known.returned_digest.is_none();
    let mut files: Vec<(SeriesKey, u32, &mut Known)> = known
        .values_mut()
        .filter(|(_, known)| is_new(known))
        .map(|(head, known)| {
            let key = key_of(&head.name, Stream::Tap);
            (key.series, key.sequence, known)
        })
        .collect();
    files.sort_by_key(|(series, sequence, _)| (*series, *sequence));
    let mut before: Option<(SeriesKey, u32, Option<u32>)> = None;
    for (series, sequence, known) in files {
        let expected = match before.filter(|(other, ..)| *other == series) {
            // The same file under another path.
            Some((_, last, expected)) if last == sequence => expected,
            // What is older than the series is late, and moves nothing.
            Some((_, last, _)) if known.expected_sequence.is_none_or(|first| last >= first) => {
                Some(Stream::Tap.next(last))
            }
            _ => known.expected_sequence,
        };
        known.expected_sequence = expected;
        before = Some((series, sequence, expected));
    }
}

fn known_with(batch: Option<&Batch>, common: &Common) -> Known {
    // A file that has its place is neither late nor early, and any number begins a series.
    let placed = batch.is_some() || common.highest == 0;
    let refused = |status: &BatchStatus| matches!(status, BatchStatus::Returned(_) | BatchStatus::Waived(_));
    let (returned, known) = match batch.filter(|batch| refused(&batch.status)) {
        Some(returned) => (Some(returned), None),
        None => (None, batch),
    };
    Known {
        expected_sequence: (!placed).then(|| Stream::Tap.next(common.highest)),
        known_digest: known.map(|batch| batch.anchor.file_digest),
        returned_digest: returned.map(|batch| batch.anchor.file_digest),
        anchored: returned.or(known).map(|batch| batch.anchor.clone()),
        terms: common.terms.clone(),
        agreed_rate: common.agreed_rate,
    }
}

/// The fewest pages that have all files: their series, first and last number.
fn pages(keys: impl IntoIterator<Item = BatchKey>) -> Vec<(SeriesKey, u32, u32)> {
    let mut pages: Vec<(SeriesKey, u32, u32)> = Vec::new();
    for key in keys.into_iter().collect::<BTreeSet<_>>() {
        match pages.last_mut() {
            Some((series, first, last))
                if *series == key.series && key.sequence.saturating_sub(*first) < MAX_PAGE =>
            {
                *last = key.sequence;
            }
            _ => pages.push((key.series, key.sequence, key.sequence)),
        }
    }
    pages
}

/// Units of a currency for one of another, in 10^-9, by what both are worth in SDR.
fn between(local: Option<u128>, tap: Option<u128>) -> Option<u64> {
    let rate = local?.checked_mul(ONE)?.checked_div(tap?)?;
    u64::try_from(rate).ok().filter(|rate| *rate > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::key_named;
    use interclear_primitives::{
        batch::{Anchor, FatalReason},
        money::Value,
        period::Period,
    };

    /// What is known of a file with the number 7, whose series has come as far as `highest`.
    fn known(status: Option<BatchStatus>, highest: u32) -> Known {
        let batch = status.map(|status| Batch {
            anchor: Anchor {
                key: key_named("CDFRAF1DEUD100007").unwrap(),
                file_digest: [1; 32],
                root: [2; 32],
                currency: Currency::EUR,
                decimals: 2,
                records: 0,
                totals: Default::default(),
                discount: Value::ZERO,
                earliest_call: None,
                latest_call: None,
                cut_off: 951_782_460,
                available: 951_782_520,
                resent_for: None,
            },
            digest: [3; 32],
            route: None,
            period: Period(202_611),
            late: None,
            deferred: false,
            status,
            anchored_at: 951_782_600,
            answered_at: None,
            fatal_return: None,
            returned: Default::default(),
            returns: Default::default(),
        });
        let common = Common {
            highest,
            terms: None,
            agreed_rate: None,
        };
        known_with(batch.as_ref(), &common)
    }

    #[test]
    fn the_number_after_the_newest_should_be_expected_when_a_file_is_not_on_the_chain() {
        let expected = |status, highest| known(status, highest).expected_sequence;
        assert_eq!(expected(None, 6), Some(7));
        assert_eq!(expected(None, 99_999), Some(1), "numbers wrap around");
        assert_eq!(expected(None, 0), None, "any number begins a series");
        // What has its place is neither early nor late, whatever has come after it.
        for status in [
            BatchStatus::Anchored,
            BatchStatus::Acknowledged,
            BatchStatus::Returned(FatalReason::Totals),
        ] {
            assert_eq!(expected(Some(status), 9), None);
        }
    }

    #[test]
    fn content_should_be_known_as_returned_when_its_file_was() {
        let digests = |status| {
            let known = known(status, 9);
            let anchored = known.anchored.map(|anchor| anchor.file_digest);
            (known.known_digest, known.returned_digest, anchored)
        };
        let content = Some([1; 32]);
        assert_eq!(digests(None), (None, None, None));
        assert_eq!(digests(Some(BatchStatus::Acknowledged)), (content, None, content));
        assert_eq!(
            digests(Some(BatchStatus::Returned(FatalReason::Totals))),
            (None, content, content)
        );
    }

    #[test]
    fn files_should_be_asked_for_in_few_pages_when_they_are_many() {
        let file = |name: &str| key_named(name).unwrap();
        let series = |name: &str| file(name).series;
        let many = (5..=384).map(|number| file(&format!("CDFRAF1DEUD1{number:05}")));
        let others = ["CDFRAF1DEUD109000", "CDGBRXXDEUD100007", "CDFRAF1DEUD100005"].map(file);
        let (one, other) = (series("CDFRAF1DEUD100001"), series("CDGBRXXDEUD100001"));
        let asked = pages(others.into_iter().chain(many));
        assert_eq!(
            asked,
            [(one, 5, 260), (one, 261, 384), (one, 9_000, 9_000), (other, 7, 7)]
        );
        assert!(asked.iter().all(|(_, first, last)| last - first < MAX_PAGE));
        assert_eq!(pages([]), []);
    }

    #[test]
    fn a_rate_should_be_that_of_both_currencies_when_none_is_the_sdr() {
        assert_eq!(between(Some(1_219_029_000), Some(ONE)), Some(1_219_029_000));
        // 1.2 euro and 150 yen for an SDR: 0.008 euro for a yen.
        assert_eq!(between(Some(1_200_000_000), Some(150 * ONE)), Some(8_000_000));
        assert_eq!(between(None, Some(ONE)), None);
        assert_eq!(between(Some(ONE), Some(0)), None);
    }

    #[test]
    fn files_should_be_no_gap_of_each_other_when_they_are_checked_together() {
        let head = |sequence| Head {
            name: FileName {
                test: false,
                sender: "FRAF1".parse().unwrap(),
                recipient: "DEUD1".parse().unwrap(),
                sequence,
            },
            period: Period(202_611),
            local: None,
            tap: None,
        };
        let expected = |first: Option<u32>, numbers: &[u32]| {
            let mut known = HashMap::new();
            for number in numbers {
                let one = Known {
                    expected_sequence: first,
                    ..Known::default()
                };
                known.insert(PathBuf::from(number.to_string()), (head(*number), one));
            }
            expect_each_other(&mut known);
            let of = |number: &u32| known[&PathBuf::from(number.to_string())].1.expected_sequence;
            numbers.iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(expected(Some(7), &[7, 8, 9]), [Some(7), Some(8), Some(9)]);
        assert_eq!(expected(Some(7), &[9, 7, 8]), [Some(9), Some(7), Some(8)]);
        assert_eq!(expected(Some(7), &[8, 10]), [Some(7), Some(9)], "true gaps");
        assert_eq!(
            expected(Some(7), &[3, 7, 8]),
            [Some(7), Some(7), Some(8)],
            "one is late"
        );
        assert_eq!(
            expected(None, &[5, 6]),
            [None, Some(6)],
            "any number begins a series"
        );
    }
}
