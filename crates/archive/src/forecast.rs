//! What commitments come to if usage goes on as it does, by the months that a node or an archive has.

use interclear_billing::late::Version;
use interclear_client::{
    chain::AccountId,
    replay::{self, Months, ReplayError},
};
use interclear_import::{Course, Faults, Forecast, Late, Reason, Used};
use interclear_primitives::{
    agreement::{Agreement, Terms},
    ids::AgreementId,
    period::Period,
    span,
    statement::Statement,
    Moment,
};
use std::collections::BTreeMap;

/// Why there is no forecast.
#[derive(Debug, thiserror::Error)]
pub enum ForecastError {
    /// The agreement is not in force, a rate is missing, or the connection broke.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The usage cannot be rated.
    #[error("{0}")]
    Faults(String),
}

/// What the commitments of an agreement come to at the pace so far.
pub struct Forecasts {
    /// Its parties and versions.
    pub agreement: Agreement<AccountId>,
    /// The terms that are in force.
    pub terms: Terms,
    /// Of the amounts.
    pub decimals: u8,
    /// One for each commitment whose span runs.
    pub list: Vec<Forecast>,
}

/// The newest statement of the months.
async fn newest(
    months: &impl Months,
    agreement: AgreementId,
    within: span::Months,
) -> Result<Option<(Period, Statement)>, ReplayError> {
    let mut period = within.last;
    while period >= within.first {
        if let Some(statement) = months.statement(agreement, period).await? {
            return Ok(Some((period, statement)));
        }
        period = period.previous();
    }
    Ok(None)
}

/// Rates what has been used so far, and carries it on to the end of each span at the pace of the months whose usage is known.
/// Amounts have the decimals of the newest statement unless others are named, or else 2.
///
/// # Errors
/// See [`ForecastError`].
pub async fn forecasts(
    months: &impl Months,
    agreement: AgreementId,
    decimals: Option<u8>,
    now: Moment,
) -> Result<Forecasts, ForecastError> {
    let found = months.agreement(agreement).await?;
    let found = found.ok_or(ReplayError::NoAgreement(agreement))?;
    let current = Period::containing(now).min(found.last_at(now));
    let (_, terms, accounted) = replay::version_in(months, agreement, current).await?;
    // Each month counts by its own prices: those before, which the version carries on, and those to come, as far as they are
    // signed.
    let mut versions = BTreeMap::new();
    for entry in &found.versions {
        let version = entry.version;
        let terms = months.terms(agreement, version).await?;
        versions.insert(version, terms.ok_or(ReplayError::NoTerms { agreement, version })?);
    }
    let version = |period: Period| {
        let known = found
            .version_in(period)
            .and_then(|version| versions.get(&version));
        let known = known.zip(found.accounted_in(period));
        let (terms, accounted) = known.unwrap_or((&terms, accounted));
        Version { terms, accounted }
    };
    let [first, second] = accounted.map(|accounted| accounted.counted);
    let whole = span::Months {
        first: first.first.min(second.first),
        last: found.end(),
    };
    let so_far = span::Months {
        last: current,
        ..whole
    };
    let (mut used, mut late, mut complete) = (Used::new(), Vec::new(), whole.first.start());
    for period in so_far.iter() {
        // What corrects months before the first one changes nothing from there on.
        let corrected = replay::corrections(months, agreement, period).await?;
        let within = corrected.into_iter().filter(|(of, _)| *of >= whole.first);
        late.extend(within.map(|(of, (totals, decided))| Late {
            billed_with: period,
            period: of,
            totals,
            decided,
        }));
        let totals = months.usage(agreement, period).await?;
        // What is closed is known to the last record; of other months the files may be on their way. Months are closed one after
        // the other.
        let closed = months.is_closed(agreement, period).await?;
        if closed {
            complete = period.end();
        }
        if closed || !totals.is_empty() {
            used.insert(period, totals.into_iter().collect());
        }
    }
    let statement = newest(months, agreement, so_far).await?;
    let decimals = decimals
        .or(statement.as_ref().map(|(_, statement)| statement.decimals))
        .unwrap_or(2);
    // Rates of months to come are not known: the newest that was applied stands for them.
    let files = |period: Period| version(period).terms.usage.currency;
    let applied = statement.and_then(|(period, statement)| Some((files(period), statement.exchange?)));
    let course = Course {
        version: Box::new(version),
        months: whole,
        used: &used,
        late: &late,
        complete,
        exchange: Box::new(|period, _| match applied {
            _ if files(period) == terms.currency => Ok(None),
            Some((currency, exchange)) if currency == files(period) => Ok(Some(exchange)),
            _ => {
                let reason = "no month has been converted yet, so no rate is known";
                Err(Faults::one(period.to_string(), Reason::Other(reason.into())))
            }
        }),
        decimals,
    };
    let list = course.forecast(now);
    let list = list.map_err(|faults| ForecastError::Faults(faults.to_string()))?;
    drop(course);
    Ok(Forecasts {
        agreement: found,
        terms,
        decimals,
        list,
    })
}
