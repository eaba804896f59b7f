//! What months that are not closed will come to, by the best estimate of their volumes.
//!
//! Of a month whose closing days are over, what has come is the estimate; of one that runs, what has come goes on at the same pace to its end.
//! Until the closing days are over no line is less than in the last month that has come, day by day, since files come later than the
//! usage; of one of which nothing has come, it is that month. Rated are they as the chain will rate them.

use crate::{
    books::Books,
    error::ArchiveError,
    table::{named, Cell},
};
use interclear_client::{
    chain::AccountId,
    money::USAGE_DECIMALS,
    replay::{Months, Replay, ReplayError},
};
use interclear_primitives::{
    agreement::{Agreement, Terms},
    ids::{AgreementId, OperatorId},
    money::{Currency, Value},
    period::Period,
    statement::{Decided, Statement},
    tariff::MonthRate,
    usage::{UsageKey, UsageTotal},
    Moment,
};
use std::collections::BTreeMap;

pub(crate) const COLUMNS: [&str; 13] = [
    "Month",
    "Agreement",
    "Debtor",
    "Creditor",
    "Service",
    "Late, of",
    "Quantity so far",
    "Quantity estimated",
    "Charge",
    "Shortfall",
    "Tax",
    "Currency",
    "Estimated by",
];

/// Months before the one that runs which may not be closed yet.
const MONTHS_BACK: u32 = 14;

type Lines = Vec<(UsageKey, UsageTotal)>;

/// The books, but for the usage of one month, which is an estimate.
struct Estimate<'a, 'b> {
    books: &'a Books<'b>,
    of: (AgreementId, Period),
    lines: Lines,
}

type Answer<T> = Result<T, ReplayError>;

impl Months for Estimate<'_, '_> {
    async fn agreement(&self, agreement: AgreementId) -> Answer<Option<Agreement<AccountId>>> {
        self.books.agreement(agreement).await
    }

    async fn terms(&self, agreement: AgreementId, version: u32) -> Answer<Option<Terms>> {
        self.books.terms(agreement, version).await
    }

    async fn rates(&self, period: Period) -> Answer<Vec<(Currency, MonthRate)>> {
        // The rates of a month come when it is over: until then the newest ones stand for them.
        let mut month = period;
        for _ in 0..MONTHS_BACK {
            let rates = self.books.rates(month).await?;
            if !rates.is_empty() {
                return Ok(rates);
            }
            month = month.previous();
        }
        Ok(Vec::new())
    }

    async fn statement(&self, agreement: AgreementId, period: Period) -> Answer<Option<Statement>> {
        self.books.statement(agreement, period).await
    }

    async fn decisions(&self, agreement: AgreementId) -> Answer<Vec<Decided>> {
        self.books.decisions(agreement).await
    }

    async fn is_closed(&self, agreement: AgreementId, period: Period) -> Answer<bool> {
        self.books.is_closed(agreement, period).await
    }

    async fn usage(&self, agreement: AgreementId, period: Period) -> Answer<Lines> {
        match (agreement, period) == self.of {
            true => Ok(self.lines.clone()),
            false => self.books.usage(agreement, period).await,
        }
    }

    async fn late_usage(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Answer<Vec<(Period, UsageKey, UsageTotal)>> {
        self.books.late_usage(agreement, period).await
    }
}

/// What has been used, as if it had been used for longer, or shorter: `whole` instead of `part`.
fn scaled(lines: Lines, whole: Moment, part: Moment) -> Lines {
    let by = |number: u128| {
        let scaled = number.saturating_mul(whole.into()).checked_div(part.into());
        scaled.unwrap_or(number)
    };
    let amount = |value: Value| match value.clear_unsigned() {
        Ok(number) => Value::from_unsigned(by(number)).unwrap_or(value),
        Err(_) => value,
    };
    let line = |(key, total): (UsageKey, UsageTotal)| {
        let scaled = UsageTotal {
            records: u64::try_from(by(total.records.into())).unwrap_or(u64::MAX),
            quantity: by(total.quantity),
            charge: amount(total.charge),
            tax: amount(total.tax),
        };
        (key, scaled)
    };
    lines.into_iter().map(line).collect()
}

/// The best estimate of a month's usage, what of it has come, and by what it was made. At `closes` its closing days end.
async fn estimate(
    books: &Books<'_>,
    agreement: AgreementId,
    period: Period,
    closes: Moment,
    now: Moment,
) -> Answer<Option<(Lines, Lines, String)>> {
    let so_far = books.usage(agreement, period).await?;
    let length = period.end().saturating_sub(period.start());
    if !so_far.is_empty() {
        let passed = now.saturating_sub(period.start());
        let by = match passed >= length {
            true => "what has come".to_owned(),
            false => format!("{} of {} days", passed.div_ceil(86_400), length / 86_400),
        };
        if now >= closes {
            return Ok(Some((so_far.clone(), so_far, by)));
        }
        let own = scaled(so_far.clone(), length, passed.min(length));
        // Files come later than the usage: what has come so far is the least that was used.
        return Ok(Some(match earlier(books, agreement, period).await? {
            Some((least, before)) => (
                at_least(own, least),
                so_far,
                format!("{by}, at least the usage of {before}"),
            ),
            None => (own, so_far, by),
        }));
    }
    let found = earlier(books, agreement, period).await?;
    Ok(found.map(|(lines, before)| (lines, so_far, format!("the usage of {before}"))))
}

/// Each line as it is larger.
fn at_least(mut lines: Lines, least: Lines) -> Lines {
    for (key, total) in least {
        match lines.iter_mut().find(|(known, _)| *known == key) {
            Some((_, own)) if own.quantity < total.quantity => *own = total,
            Some(_) => {}
            None => lines.push((key, total)),
        }
    }
    lines.sort_by_key(|(key, _)| *key);
    lines
}

/// The last month before one that has usage, as long as that one.
async fn earlier(
    books: &Books<'_>,
    agreement: AgreementId,
    period: Period,
) -> Answer<Option<(Lines, Period)>> {
    let length = period.end().saturating_sub(period.start());
    let mut before = period;
    for _ in 0..MONTHS_BACK {
        before = before.previous();
        let lines = books.usage(agreement, before).await?;
        if !lines.is_empty() {
            let days = before.end().saturating_sub(before.start());
            return Ok(Some((scaled(lines, length, days), before)));
        }
    }
    Ok(None)
}

pub(crate) async fn rows(
    books: &Books<'_>,
    names: &BTreeMap<i64, String>,
    decimals: &BTreeMap<String, u8>,
    period: Option<&str>,
    now: Moment,
) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let current = Period::containing(now);
    let mut all = Vec::new();
    for agreement in books.agreements().await? {
        let Some(found) = books.agreement(agreement).await? else {
            continue;
        };
        let mut months: Vec<Period> = std::iter::successors(Some(current), |month| Some(month.previous()))
            .take(usize::try_from(MONTHS_BACK).unwrap_or_default())
            .collect();
        months.reverse();
        for month in months {
            let wanted = period.is_none_or(|period| period == month.to_string());
            let Some(version) = found.version_in(month).filter(|_| wanted) else {
                continue;
            };
            if books.is_closed(agreement, month).await? {
                continue;
            }
            let Some(terms) = books.terms(agreement, version).await? else {
                continue;
            };
            let closes = terms.usage.closes_alone(month);
            let Some((lines, so_far, by)) = estimate(books, agreement, month, closes, now).await? else {
                continue;
            };
            let currency = terms.currency.to_string();
            let places = decimals.get(&currency).copied().unwrap_or(2);
            let of = Estimate {
                books,
                of: (agreement, month),
                lines,
            };
            let rated = Replay::of(&of, agreement, month, places)
                .await
                .and_then(Replay::rate);
            let rated = match rated {
                Ok(rated) => rated,
                // Said where it is, so that one agreement does not keep the others from being shown.
                Err(error) => {
                    let mut row = vec![Cell::Text(month.to_string()), Cell::Count(agreement.0.into())];
                    row.extend((0..10).map(|_| Cell::Text(String::new())));
                    row.push(Cell::Text(format!("not rated: {error}")));
                    all.push(row);
                    continue;
                }
            };
            let name = |operator: OperatorId| named(names, operator.0.into());
            for line in rated.lines {
                let [debtor, creditor] = line.direction.home_and_visited(found.parties);
                let known = so_far
                    .iter()
                    .find(|(key, _)| line.late.is_none() && *key == line.key());
                let known = match line.late {
                    None => known.map_or(0, |(_, total)| total.quantity),
                    Some(_) => line.quantity,
                };
                let amount = |value: &Value| Cell::Decimal(value.clear().unwrap_or_default(), places);
                let quantity =
                    |count: u128| Cell::Decimal(i128::try_from(count).unwrap_or(i128::MAX), USAGE_DECIMALS);
                all.push(vec![
                    Cell::Text(month.to_string()),
                    Cell::Count(agreement.0.into()),
                    name(debtor),
                    name(creditor),
                    Cell::Text(line.service.to_string()),
                    Cell::Text(line.late.map_or_else(String::new, |late| late.to_string())),
                    quantity(known),
                    quantity(line.quantity),
                    amount(&line.charge),
                    amount(&line.shortfall),
                    amount(&line.tax),
                    Cell::Text(currency.clone()),
                    Cell::Text(by.clone()),
                ]);
            }
        }
    }
    Ok(all)
}
