//! What an archive has of months, so that they are computed once more long after the chain has forgotten them.

use crate::{
    database::{cell, texts, Bind, Database},
    error::ArchiveError,
    typed,
};
use interclear_client::{
    chain::AccountId,
    replay::{Months, ReplayError},
};
use interclear_primitives::{
    agreement::{Agreement, Direction, Terms},
    ids::AgreementId,
    money::Currency,
    period::Period,
    service::Service,
    statement::{Decided, Statement},
    tariff::MonthRate,
    usage::{PeriodUsage, UsageKey, UsageTotal},
};
use std::collections::BTreeMap;
use tokio::sync::Mutex;

/// Usage of a line, and the closed month that it is of, if it came late.
type Line = (Option<Period>, UsageKey, UsageTotal);

/// The books of an archive.
pub struct Books<'a> {
    database: Mutex<&'a mut Database>,
    /// What came in later blocks does not count.
    at: Option<i64>,
    /// What was asked before. The months of an agreement ask for the same versions, statements and totals again and again.
    answers: Mutex<BTreeMap<(&'static str, Vec<String>), Rows>>,
}

type Rows = Vec<Vec<Option<String>>>;

/// Answers that are kept: more than the months of one agreement need.
const ANSWERS: usize = 4_096;

/// As far as the archive goes.
const NEWEST: i64 = i64::MAX;

impl<'a> Books<'a> {
    /// All that an archive knows.
    pub fn new(database: &'a mut Database) -> Self {
        Self {
            database: Mutex::new(database),
            at: None,
            answers: Mutex::default(),
        }
    }

    /// What it knew when a month was closed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn when_closed(
        database: &'a mut Database,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Self, ArchiveError> {
        let mut books = Self::new(database);
        books.at = books.closed_at(agreement, period).await?;
        Ok(books)
    }

    async fn texts(&self, query: &'static str, with: &[Bind<'_>]) -> Result<Rows, ArchiveError> {
        let with_text = with.iter().map(|bind| match bind {
            Bind::Int(number) => number.to_string(),
            Bind::Text(text) => (*text).to_owned(),
        });
        let key: (&'static str, Vec<String>) = (query, with_text.collect());
        let mut answers = self.answers.lock().await;
        if let Some(known) = answers.get(&key) {
            return Ok(known.clone());
        }
        let rows = texts(&mut **self.database.lock().await, query, with).await?;
        if answers.len() >= ANSWERS {
            answers.clear();
        }
        answers.insert(key, rows.clone());
        Ok(rows)
    }

    /// The first value of the first row.
    async fn one(&self, query: &'static str, with: &[Bind<'_>]) -> Result<Option<String>, ArchiveError> {
        let rows = self.texts(query, with).await?;
        Ok(rows
            .into_iter()
            .next()
            .and_then(|row| row.into_iter().next().flatten()))
    }

    /// The block with which a month was closed; `None` if it has not been.
    ///
    /// # Errors
    /// What the database says.
    pub async fn closed_at(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Option<i64>, ArchiveError> {
        let query = "SELECT CAST(MIN(from_block) AS TEXT) FROM state WHERE pallet = 'Statements' AND item = 'Statements' \
                     AND CAST(key ->> 0 AS BIGINT) = $1 AND key ->> 1 = $2";
        let period = period.to_string();
        let found = self
            .one(query, &[agreement.0.into(), period.as_str().into()])
            .await?;
        Ok(found.and_then(|block| block.parse().ok()))
    }

    fn until(&self) -> i64 {
        self.at.unwrap_or(NEWEST)
    }

    /// What a month had come to when it was closed, or has so far.
    async fn lines(&self, agreement: AgreementId, period: Period) -> Result<Vec<Line>, ArchiveError> {
        let at = self
            .closed_at(agreement, period)
            .await?
            .unwrap_or(NEWEST)
            .min(self.until());
        let query = "SELECT CAST(key -> 1 AS TEXT), CAST(value AS TEXT) FROM state WHERE pallet = 'Anchoring' AND item = 'Totals' \
                     AND CAST(key -> 0 ->> 0 AS BIGINT) = $1 AND key -> 0 ->> 1 = $2 \
                     AND from_block <= $3 AND (to_block IS NULL OR to_block > $3)";
        let month = period.to_string();
        let rows = self
            .texts(query, &[agreement.0.into(), month.as_str().into(), at.into()])
            .await?;
        let mut lines = Vec::new();
        for row in &rows {
            let part = |place: usize| cell(row, place);
            let group: serde_json::Value = serde_json::from_str(part(0)).unwrap_or_default();
            if group["deferred"] == true {
                continue;
            }
            let (direction, number): (Direction, u8) =
                (typed::value(&group["direction"])?, typed::value(&group["group"])?);
            let late: Option<Period> = typed::value(&group["late"])?;
            for (service, total) in typed::text::<Vec<(Service, UsageTotal)>>(part(1))? {
                let key = UsageKey {
                    direction,
                    group: number,
                    service,
                };
                lines.push((late, key, total));
            }
        }
        lines.sort_by_key(|(late, key, _)| (*late, *key));
        Ok(lines)
    }

    /// What has been anchored for a month: as it was closed, or as it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn period_usage(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Result<PeriodUsage, ArchiveError> {
        let at = self
            .closed_at(agreement, period)
            .await?
            .unwrap_or(NEWEST)
            .min(self.until());
        let query = "SELECT CAST(value AS TEXT) FROM state WHERE pallet = 'Anchoring' AND item = 'Periods' \
                     AND CAST(key -> 0 ->> 0 AS BIGINT) = $1 AND key -> 0 ->> 1 = $2 AND from_block <= $3 \
                     ORDER BY state.from_block DESC, state.id DESC LIMIT 1";
        let period = period.to_string();
        let found = self
            .one(query, &[agreement.0.into(), period.as_str().into(), at.into()])
            .await?;
        found.map_or_else(|| Ok(PeriodUsage::default()), |text| typed::text(&text))
    }

    /// All agreements, by number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn agreements(&self) -> Result<Vec<AgreementId>, ArchiveError> {
        let query = "SELECT DISTINCT CAST(key ->> 0 AS TEXT) FROM state WHERE pallet = 'Agreements' AND item = 'Agreements'";
        let rows = self.texts(query, &[]).await?;
        let mut found: Vec<_> = rows
            .iter()
            .filter_map(|row| row.first()?.as_deref()?.parse().ok().map(AgreementId))
            .collect();
        found.sort();
        Ok(found)
    }
}

fn told(error: ArchiveError) -> ReplayError {
    ReplayError::Books(error.to_string())
}

impl Months for Books<'_> {
    async fn agreement(&self, agreement: AgreementId) -> Result<Option<Agreement<AccountId>>, ReplayError> {
        let query = "SELECT CAST(value AS TEXT) FROM state WHERE pallet = 'Agreements' AND item = 'Agreements' \
                     AND CAST(key ->> 0 AS BIGINT) = $1 AND from_block <= $2 ORDER BY state.from_block DESC, state.id DESC LIMIT 1";
        let found = self
            .one(query, &[agreement.0.into(), self.until().into()])
            .await
            .map_err(told)?;
        found.map(|text| typed::text(&text)).transpose().map_err(told)
    }

    async fn terms(&self, agreement: AgreementId, version: u32) -> Result<Option<Terms>, ReplayError> {
        let query = "SELECT CAST(value AS TEXT) FROM state WHERE pallet = 'Agreements' AND item = 'TermsOf' \
                     AND CAST(key ->> 0 AS BIGINT) = $1 AND CAST(key ->> 1 AS BIGINT) = $2 AND from_block <= $3 \
                     ORDER BY state.from_block DESC, state.id DESC LIMIT 1";
        let with = [agreement.0.into(), version.into(), self.until().into()];
        let found = self.one(query, &with).await.map_err(told)?;
        found.map(|text| typed::text(&text)).transpose().map_err(told)
    }

    async fn rates(&self, period: Period) -> Result<Vec<(Currency, MonthRate)>, ReplayError> {
        let query =
            "SELECT key ->> 1, CAST(value AS TEXT) FROM state WHERE pallet = 'Tariffs' AND item = 'Rates' \
                     AND key ->> 0 = $1 AND from_block <= $2 ORDER BY state.from_block, state.id";
        let month = period.to_string();
        let rows = self
            .texts(query, &[month.as_str().into(), self.until().into()])
            .await
            .map_err(told)?;
        let mut rates = BTreeMap::new();
        for row in &rows {
            let part = |place: usize| cell(row, place);
            if let Ok(currency) = part(0).parse::<Currency>() {
                rates.insert(currency, typed::text(part(1)).map_err(told)?);
            }
        }
        Ok(rates.into_iter().collect())
    }

    async fn statement(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Option<Statement>, ReplayError> {
        let query = "SELECT CAST(value AS TEXT) FROM state WHERE pallet = 'Statements' AND item = 'Statements' \
                     AND CAST(key ->> 0 AS BIGINT) = $1 AND key ->> 1 = $2 ORDER BY state.from_block DESC, state.id DESC LIMIT 1";
        let period = period.to_string();
        let found = self
            .one(query, &[agreement.0.into(), period.as_str().into()])
            .await
            .map_err(told)?;
        found.map(|text| typed::text(&text)).transpose().map_err(told)
    }

    async fn is_closed(&self, agreement: AgreementId, period: Period) -> Result<bool, ReplayError> {
        Ok(self.closed_at(agreement, period).await.map_err(told)?.is_some())
    }

    async fn usage(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Vec<(UsageKey, UsageTotal)>, ReplayError> {
        let lines = self.lines(agreement, period).await.map_err(told)?;
        let own = lines.into_iter().filter(|(late, ..)| late.is_none());
        Ok(own.map(|(_, key, total)| (key, total)).collect())
    }

    async fn late_usage(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Vec<(Period, UsageKey, UsageTotal)>, ReplayError> {
        let lines = self.lines(agreement, period).await.map_err(told)?;
        Ok(lines
            .into_iter()
            .filter_map(|(late, key, total)| Some((late?, key, total)))
            .collect())
    }

    async fn decisions(&self, agreement: AgreementId) -> Result<Vec<Decided>, ReplayError> {
        let query = "SELECT CAST(value AS TEXT) FROM state WHERE pallet = 'Statements' AND item = 'Decisions' \
                     AND CAST(key ->> 0 AS BIGINT) = $1 AND from_block <= $2 AND (to_block IS NULL OR to_block > $2)";
        let with = [agreement.0.into(), self.until().into()];
        let rows = self.texts(query, &with).await.map_err(told)?;
        let texts = rows.iter().filter_map(|row| row.first()?.as_deref());
        texts.map(|text| typed::text(text).map_err(told)).collect()
    }
}
