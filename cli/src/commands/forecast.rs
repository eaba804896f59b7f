//! `interclear period forecast`: what commitments come to at today's pace.

use crate::{
    commands::{
        agreement::found::{agreement_of, terms_of},
        explain,
    },
    error::CommandError,
    names::Names,
    session::Session,
};
use clap::Args;
use interclear_billing::late::Version;
use interclear_client::{
    chain::{AccountId, Chain},
    time::now,
};
use interclear_import::{Course, Faults, Forecast, Reason, Used};
use interclear_primitives::{
    agreement::{Agreement, Terms},
    ids::AgreementId,
    period::Period,
    span::Months,
    statement::Statement,
};
use std::collections::BTreeMap;

/// What to forecast.
#[derive(Args)]
pub(super) struct ForecastArgs {
    /// The agreement's number.
    agreement: AgreementId,
    /// Decimals of the amounts; those of the newest statement unless given, or else 2.
    #[arg(long, value_parser = clap::value_parser!(u8).range(..=12))]
    decimals: Option<u8>,
}

/// The newest statement of the months.
async fn newest(
    chain: &Chain,
    agreement: AgreementId,
    months: Months,
) -> Result<Option<(Period, Statement)>, CommandError> {
    let mut period = months.last;
    while period >= months.first {
        if let Some(statement) = chain.statement(agreement, period).await? {
            return Ok(Some((period, statement)));
        }
        period = period.previous();
    }
    Ok(None)
}

/// What the commitments of an agreement come to at the pace so far.
pub(super) struct Forecasts {
    found: Agreement<AccountId>,
    terms: Terms,
    decimals: u8,
    list: Vec<Forecast>,
}

impl Forecasts {
    /// Rates what has been used so far, and carries it on to the end of each span at the pace of the months whose usage is known. Amounts have the decimals of the newest
    /// statement unless others are named, or else 2.
    ///
    /// # Errors
    /// The agreement is not in force, a rate is missing, or the connection broke.
    pub(super) async fn of(
        chain: &Chain,
        agreement: AgreementId,
        decimals: Option<u8>,
    ) -> Result<Self, CommandError> {
        let now = now();
        let found = agreement_of(chain, agreement).await?;
        let current = Period::containing(now).min(found.last_at(now));
        let (_, terms, accounted) = chain.version_in(agreement, current).await?;
        // Each month counts by its own prices: those before, which the version carries on, and those to come, as far as they are
        // signed.
        let mut versions = BTreeMap::new();
        for entry in &found.versions {
            versions.insert(entry.version, terms_of(chain, agreement, entry.version).await?);
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
        let months = Months {
            first: first.first.min(second.first),
            last: found.end(),
        };
        let so_far = Months {
            last: current,
            ..months
        };
        let mut used = Used::new();
        for period in so_far.iter() {
            let totals = chain.usage(agreement, period).await?;
            // What is closed is known to the last record; of other months the files may be on their way.
            let known = !totals.is_empty() || chain.period_usage(agreement, period).await?.closed;
            if known {
                used.insert(period, totals.into_iter().collect());
            }
        }
        let statement = newest(chain, agreement, so_far).await?;
        let decimals = decimals
            .or(statement.as_ref().map(|(_, statement)| statement.decimals))
            .unwrap_or(2);
        // Rates of months to come are not known: the newest that was applied stands for them.
        let files = |period: Period| version(period).terms.usage.currency;
        let applied = statement.and_then(|(period, statement)| Some((files(period), statement.exchange?)));
        let course = Course {
            version: Box::new(version),
            months,
            used: &used,
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
        let list = course
            .forecast(now)
            .map_err(|faults| CommandError::Invalid(faults.to_string()))?;
        drop(course);
        Ok(Self {
            found,
            terms,
            decimals,
            list,
        })
    }

    pub(super) fn as_json(&self) -> Vec<serde_json::Value> {
        let one = |forecast| explain::forecast_json(&self.terms, forecast, self.decimals);
        self.list.iter().map(one).collect()
    }

    /// A sentence for each commitment.
    pub(super) fn words(&self, names: &Names) -> Vec<String> {
        let one = |forecast: &Forecast| {
            let debtor = names.get(self.found.parties[forecast.direction.index()]);
            let words = explain::forecast_words(&self.terms, forecast, self.decimals);
            format!("{debtor} owes, {words}")
        };
        self.list.iter().map(one).collect()
    }
}

pub(super) async fn run(session: &Session, args: &ForecastArgs) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let forecasts = Forecasts::of(&chain, args.agreement, args.decimals).await?;
    let names = Names::of(&chain).await?;
    session.output().print(&forecasts.as_json(), |_| {
        let words = forecasts.words(&names);
        match words.is_empty() {
            true => "Nothing is committed.".into(),
            false => format!("If usage goes on as it does:\n{}", words.join("\n")),
        }
    })?;
    Ok(())
}
