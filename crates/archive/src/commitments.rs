//! Commitments, and what they come to if usage goes on as it does.

use crate::{
    books::Books,
    error::ArchiveError,
    forecast::{forecasts, ForecastError},
    table::{named, Cell},
};
use interclear_client::{
    money::USAGE_DECIMALS,
    replay::{Months, ReplayError},
};
use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    period::Period,
    Moment,
};
use interclear_rating::Condition;
use std::collections::BTreeMap;

pub(crate) const COLUMNS: [&str; 12] = [
    "Agreement",
    "Debtor",
    "Creditor",
    "From",
    "To",
    "Of",
    "Committed",
    "Forecast",
    "Percent",
    "Missing",
    "Shortfall",
    "Currency",
];

/// A share in hundredths of a percent, rounded down.
pub(crate) fn percent(part: u128, whole: u128) -> i128 {
    let share = part.saturating_mul(10_000).checked_div(whole).unwrap_or_default();
    i128::try_from(share).unwrap_or(i128::MAX)
}

/// Whether any version of an agreement has a commitment. Most have none, and need not be rated month by month to know it.
async fn commits(books: &Books<'_>, agreement: AgreementId) -> Result<bool, ReplayError> {
    let Some(found) = books.agreement(agreement).await? else {
        return Ok(false);
    };
    for entry in &found.versions {
        let Some(terms) = books.terms(agreement, entry.version).await? else {
            // What is missing is said by the forecast.
            return Ok(true);
        };
        if terms
            .directions
            .iter()
            .any(|direction| direction.condition != Condition::Unconditional)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a version of an agreement is in force at a moment.
async fn is_in_force(books: &Books<'_>, agreement: AgreementId, now: Moment) -> Result<bool, ReplayError> {
    let found = books.agreement(agreement).await?;
    Ok(found.is_some_and(|found| found.version_in(Period::containing(now)).is_some()))
}

pub(crate) async fn rows(
    books: &Books<'_>,
    names: &BTreeMap<i64, String>,
    now: Moment,
) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let mut all = Vec::new();
    for agreement in books.agreements().await? {
        if !commits(books, agreement).await? {
            continue;
        }
        let found = match forecasts(books, agreement, None, now).await {
            Ok(found) => found,
            // Said where it is: of what is committed and not used at all, everything is missing.
            Err(ForecastError::Faults(reason)) => {
                if !is_in_force(books, agreement, now).await? {
                    continue;
                }
                let mut row = vec![Cell::Count(agreement.0.into())];
                row.extend((0..4).map(|_| Cell::Text(String::new())));
                row.push(Cell::Text(format!("no forecast: {}", reason.replace('\n', "; "))));
                row.extend((0..6).map(|_| Cell::Text(String::new())));
                all.push(row);
                continue;
            }
            // Nothing is in force.
            Err(ForecastError::Replay(ReplayError::NoVersion(_))) => continue,
            Err(ForecastError::Replay(error)) => return Err(error.into()),
        };
        for forecast in &found.list {
            let [debtor, creditor] = forecast.direction.home_and_visited(found.agreement.parties);
            let name = |operator: OperatorId| named(names, operator.0.into());
            let volume = matches!(
                found.terms.direction(forecast.direction).condition,
                Condition::VolumeCommitment { .. }
            );
            let (of, decimals) = match volume {
                true => ("volume", USAGE_DECIMALS),
                false => ("amount", found.decimals),
            };
            let figure = |count: u128| Cell::Decimal(i128::try_from(count).unwrap_or(i128::MAX), decimals);
            all.push(vec![
                Cell::Count(agreement.0.into()),
                name(debtor),
                name(creditor),
                Cell::Text(forecast.span.first.to_string()),
                Cell::Text(forecast.span.last.to_string()),
                Cell::Text(of.into()),
                figure(forecast.committed),
                figure(forecast.reached),
                Cell::Decimal(percent(forecast.reached, forecast.committed), 2),
                figure(forecast.missing),
                Cell::Decimal(forecast.shortfall, found.decimals),
                Cell::Text(found.terms.currency.to_string()),
            ]);
        }
    }
    Ok(all)
}
