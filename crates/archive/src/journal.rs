//! The running digest of a month, worked out once more from what the chain has told.
//!
//! The chain adds each step of each file that bills to the digest of the month that waits for it, and each step of usage reports to that
//! of the month that bills them; a statement keeps it. So who comes to the same digest knows every file and report of the month, in
//! their order, with their content and answer, and what was given up, and no other.

use crate::{
    database::{cell, texts, Database},
    error::ArchiveError,
    typed,
};
use interclear_primitives::{
    agreement::{DirectionTerms, Terms},
    batch::FatalReason,
    ids::AgreementId,
    journal::MonthStep,
    money::Value,
    period::Period,
    series::{BatchKey, SeriesKey, Stream},
    usage::MAX_LATE_MONTHS,
    Digest,
};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// The series of files that bill to agreements, by all versions of their terms.
///
/// # Errors
/// What the database says, or the terms cannot be read.
pub async fn series(database: &mut Database, agreements: &[i64]) -> Result<Vec<SeriesKey>, ArchiveError> {
    let mut series = BTreeSet::new();
    for agreement in agreements {
        let query = "SELECT CAST(terms AS TEXT) FROM terms WHERE agreement = $1";
        for row in texts(database, query, &[(*agreement).into()]).await? {
            let terms: Terms = typed::text(cell(&row, 0))?;
            for (_, visited, home) in terms.directions.iter().flat_map(DirectionTerms::pairs) {
                series.insert(SeriesKey {
                    sender: visited,
                    recipient: home,
                    stream: Stream::Tap,
                    test: false,
                });
            }
        }
    }
    Ok(series.into_iter().collect())
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Journal {
    /// The digest is what the known steps come to.
    Complete {
        /// As the statement has it.
        stated: String,
        /// Steps of files and reports.
        steps: usize,
    },
    /// It is not.
    Differs {
        /// As the statement has it.
        stated: String,
        /// As it comes to.
        recomputed: String,
    },
    /// Not all blocks of the month are known.
    Unknown {
        /// As the statement has it.
        stated: String,
    },
}

impl Journal {
    /// The digest of the statement.
    pub fn stated(&self) -> &str {
        match self {
            Self::Complete { stated, .. } | Self::Differs { stated, .. } | Self::Unknown { stated } => stated,
        }
    }
}

/// Goes through what has been told of an agreement's files and reports, in its order.
#[derive(Default)]
struct Walk {
    /// The month that waits for each file.
    months: BTreeMap<BatchKey, Period>,
    closed: BTreeSet<Period>,
    digests: BTreeMap<Period, (Digest, usize)>,
}

impl Walk {
    fn add(&mut self, step: &MonthStep, month: Option<Period>) {
        let Some(mut month) = month else {
            return;
        };
        // What is answered after its month was closed counts with the one after it.
        while self.closed.contains(&month) {
            month = month.next();
        }
        let (digest, steps) = self.digests.entry(month).or_default();
        *digest = step.after(digest);
        *steps = steps.saturating_add(1);
    }

    fn see(&mut self, agreement: AgreementId, name: &str, fields: &Json) -> Result<(), ArchiveError> {
        if name == "PeriodClosed" {
            if typed::value::<AgreementId>(&fields["agreement"])? == agreement {
                self.closed.insert(typed::value(&fields["period"])?);
            }
            return Ok(());
        }
        if OF_AGREEMENTS.contains(&name) {
            if typed::value::<Option<AgreementId>>(&fields["agreement"])? == Some(agreement) {
                let (step, month) = of_agreement(name, fields)?;
                self.add(&step, Some(month));
            }
            return Ok(());
        }
        let key: BatchKey = typed::value(&fields["key"])?;
        let step = match name {
            "Anchored" => {
                if typed::value::<Option<AgreementId>>(&fields["agreement"])? != Some(agreement) {
                    return Ok(());
                }
                self.months.insert(key, typed::value(&fields["billed_with"])?);
                MonthStep::Anchored {
                    key,
                    digest: typed::value(&fields["digest"])?,
                }
            }
            "Acknowledged" => MonthStep::Acknowledged { key },
            "FileReturned" => MonthStep::Returned {
                key,
                reason: typed::value::<FatalReason>(&fields["reason"])?,
                rap_sequence: typed::value(&fields["rap_sequence"])?,
            },
            _ => MonthStep::RecordsReturned {
                key,
                rap_sequence: typed::value(&fields["rap_sequence"])?,
                records: typed::value(&fields["records"])?,
                charge: typed::value::<Value>(&fields["charge"])?,
                tax: typed::value::<Value>(&fields["tax"])?,
            },
        };
        self.add(&step, self.months.get(&key).copied());
        Ok(())
    }
}

/// What is told with its agreement and month.
const OF_AGREEMENTS: [&str; 5] = [
    "UsageReported",
    "UsageAffirmed",
    "UsageConcluded",
    "GapWaived",
    "FileWaived",
];

/// A step that is told with its agreement, and its month.
fn of_agreement(name: &str, fields: &Json) -> Result<(MonthStep, Period), ArchiveError> {
    let given_up = match name {
        "GapWaived" => Some(MonthStep::GapWaived {
            series: typed::value(&fields["series"])?,
            first: typed::value(&fields["first"])?,
            last: typed::value(&fields["last"])?,
            by: typed::value(&fields["by"])?,
        }),
        "FileWaived" => Some(MonthStep::FileWaived {
            key: typed::value(&fields["key"])?,
            by: typed::value(&fields["by"])?,
        }),
        _ => None,
    };
    if let Some(step) = given_up {
        return Ok((step, typed::value(&fields["period"])?));
    }
    let pair = typed::value(&fields["pair"])?;
    let step = match name {
        "UsageReported" => MonthStep::UsageReported {
            pair,
            side: typed::value(&fields["side"])?,
            version: typed::value(&fields["version"])?,
            digest: typed::value(&fields["digest"])?,
        },
        "UsageAffirmed" => MonthStep::UsageAffirmed {
            pair,
            side: typed::value(&fields["side"])?,
            version: typed::value(&fields["version"])?,
        },
        _ => MonthStep::UsageConcluded {
            pair,
            disputed: typed::value(&fields["disputed"])?,
        },
    };
    Ok((step, typed::value(&fields["billed_with"])?))
}

/// What has been told of the files of a series, since the first file of an agreement's month came; `+ 0` keeps databases from looking for the
/// first block among those of all agreements.
const OF_FILES: &str =
    "SELECT CAST(block AS TEXT), CAST(place AS TEXT), name, CAST(fields AS TEXT) FROM events \
    WHERE pallet = 'Anchoring' AND name IN ('Anchored', 'Acknowledged', 'FileReturned', 'RecordsReturned') \
    AND block >= (SELECT MIN(from_block + 0) FROM state WHERE pallet = 'Anchoring' AND item = 'Periods' \
    AND CAST(key -> 0 ->> 0 AS BIGINT) = $1 AND key -> 0 ->> 1 >= $2) \
    AND fields -> 'key' -> 'series' ->> 'sender' = $3 AND fields -> 'key' -> 'series' ->> 'recipient' = $4";

/// What has been told of an agreement's reports since, and of what was given up, whenever that was expected.
const OF_REPORTS: &str =
    "SELECT CAST(block AS TEXT), CAST(place AS TEXT), name, CAST(fields AS TEXT) FROM events \
    WHERE ((pallet = 'Reports' AND name IN ('UsageReported', 'UsageAffirmed', 'UsageConcluded') AND fields ->> 'billed_with' >= $2) \
    OR (pallet = 'Anchoring' AND name IN ('GapWaived', 'FileWaived'))) \
    AND CAST(fields ->> 'agreement' AS BIGINT) = $1";

/// That months were closed.
const OF_MONTHS: &str =
    "SELECT CAST(block AS TEXT), CAST(place AS TEXT), name, CAST(fields AS TEXT) FROM events \
    WHERE pallet = 'Anchoring' AND name = 'PeriodClosed' AND CAST(fields ->> 'agreement' AS BIGINT) = $1";

/// What was told, by its place on the chain.
type Told = BTreeMap<(i64, i64), (String, Json)>;

fn note(steps: &mut Told, rows: Vec<Vec<Option<String>>>) {
    for row in rows {
        let part = |place: usize| cell(&row, place);
        let number = |place| part(place).parse().unwrap_or_default();
        let fields = serde_json::from_str(part(3)).unwrap_or_default();
        steps.insert((number(0), number(1)), (part(2).to_owned(), fields));
    }
}

/// Works the digest of a closed month out, and compares it with the statement's.
///
/// # Errors
/// What the database says, or something in it has another form.
pub async fn check(database: &mut Database, agreement: i64, period: &str) -> Result<Journal, ArchiveError> {
    let query =
        "SELECT value ->> 'running_digest' FROM newest WHERE pallet = 'Statements' AND item = 'Statements' \
                 AND CAST(key ->> 0 AS BIGINT) = $1 AND key ->> 1 = $2";
    let found = texts(database, query, &[agreement.into(), period.into()]).await?;
    let stated = found
        .first()
        .and_then(|row| row.first()?.clone())
        .unwrap_or_default();
    let month: Period = match period.parse() {
        Ok(month) => month,
        Err(_) => return Ok(Journal::Unknown { stated }),
    };
    // Before the archive's first block something may have been told.
    let position = crate::archive::position(database).await?;
    if position.is_none_or(|position| position.first > 0) && !began_empty(database, agreement, period).await?
    {
        return Ok(Journal::Unknown { stated });
    }
    let agreement = AgreementId(u32::try_from(agreement).unwrap_or(u32::MAX));
    let mut walk = Walk::default();
    // Files of months before may have been left for it.
    let since = (0..MAX_LATE_MONTHS.saturating_add(1))
        .fold(month, |month, _| month.previous())
        .to_string();
    let number = i64::from(agreement.0);
    let mut steps = BTreeMap::new();
    for series in series(database, &[number]).await? {
        let (sender, recipient) = (series.sender.to_string(), series.recipient.to_string());
        let with = [
            number.into(),
            since.as_str().into(),
            sender.as_str().into(),
            recipient.as_str().into(),
        ];
        note(&mut steps, texts(database, OF_FILES, &with).await?);
    }
    note(&mut steps, texts(database, OF_MONTHS, &[number.into()]).await?);
    note(
        &mut steps,
        texts(database, OF_REPORTS, &[number.into(), since.as_str().into()]).await?,
    );
    for (name, fields) in steps.values() {
        walk.see(agreement, name, fields)?;
    }
    let (digest, steps) = walk.digests.get(&month).copied().unwrap_or_default();
    let recomputed = crate::archive::hexadecimal(&digest);
    Ok(match recomputed == stated {
        true => Journal::Complete { stated, steps },
        false => Journal::Differs { stated, recomputed },
    })
}

/// Whether the archive saw the first file of a month come.
async fn began_empty(database: &mut Database, agreement: i64, period: &str) -> Result<bool, ArchiveError> {
    let query = "SELECT CAST(MIN(from_block) AS TEXT), CAST((SELECT first_block FROM archive) AS TEXT) FROM state \
                 WHERE pallet = 'Anchoring' AND item = 'Periods' AND CAST(key -> 0 ->> 0 AS BIGINT) = $1 AND key -> 0 ->> 1 = $2";
    let rows = texts(database, query, &[agreement.into(), period.into()]).await?;
    let number = |place: usize| rows.first()?.get(place)?.as_deref()?.parse::<i64>().ok();
    Ok(number(0)
        .zip(number(1))
        .is_some_and(|(began, first)| began > first))
}
