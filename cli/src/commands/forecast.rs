//! `interclear period forecast`: what commitments come to at today's pace.

use crate::{
    commands::{agreement::found::agreement_of, explain},
    error::CommandError,
    names::Names,
    session::Session,
};
use clap::Args;
use interclear_client::{chain::Chain, time::now};
use interclear_import::{Course, Faults, Reason, Used};
use interclear_primitives::{ids::AgreementId, period::Period, span::Months, statement::Statement};

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
) -> Result<Option<Statement>, CommandError> {
    let mut period = months.last;
    while period >= months.first {
        if let Some(statement) = chain.statement(agreement, period).await? {
            return Ok(Some(statement));
        }
        period = period.previous();
    }
    Ok(None)
}

pub(super) async fn run(session: &Session, args: &ForecastArgs) -> Result<(), CommandError> {
    let ForecastArgs { agreement, decimals } = *args;
    let chain = session.chain().await?;
    let now = now();
    let found = agreement_of(&chain, agreement).await?;
    let current = Period::containing(now).min(found.last_at(now));
    let (_, terms, accounted) = chain.version_in(agreement, current).await?;
    // What the version carries on counts, as if it had always had the prices of today.
    let [first, second] = accounted.map(|accounted| accounted.counted);
    let in_force = Months {
        first: first.first.min(second.first),
        last: first.last.min(second.last),
    };
    let so_far = Months {
        first: in_force.first,
        last: current.min(in_force.last),
    };
    let mut used = Used::new();
    for period in so_far.iter() {
        let totals = chain.usage(agreement, period).await?;
        if !totals.is_empty() {
            used.insert(period, totals.into_iter().collect());
        }
    }
    let statement = newest(&chain, agreement, so_far).await?;
    let decimals = decimals
        .or(statement.as_ref().map(|statement| statement.decimals))
        .unwrap_or(2);
    // Rates of months to come are not known: the newest that was applied stands for them.
    let exchange = statement.and_then(|statement| statement.exchange);
    let converts = terms.usage.currency != terms.currency;
    let course = Course {
        terms: &terms,
        in_force,
        used: &used,
        exchange: Box::new(move |period, _| match exchange {
            None if converts => {
                let reason = "no month has been converted yet, so no rate is known";
                Err(Faults::one(period.to_string(), Reason::Other(reason.into())))
            }
            exchange => Ok(exchange),
        }),
        decimals,
    };
    let forecasts = course
        .forecast(now)
        .map_err(|faults| CommandError::Invalid(faults.to_string()))?;
    let list: Vec<_> = forecasts
        .iter()
        .map(|forecast| explain::forecast_json(&terms, forecast, decimals))
        .collect();
    let names = Names::of(&chain).await?;
    session.output().print(&list, |_| {
        if forecasts.is_empty() {
            return "Nothing is committed.".into();
        }
        let words = forecasts.iter().map(|forecast| {
            let debtor = names.get(found.parties[forecast.direction.index()]);
            format!(
                "{debtor} owes, {}",
                explain::forecast_words(&terms, forecast, decimals)
            )
        });
        format!(
            "If usage goes on as it does:\n{}",
            words.collect::<Vec<_>>().join("\n")
        )
    })?;
    Ok(())
}
