//! `interclear period forecast`: what commitments come to at today's pace.

use crate::{commands::explain, error::CommandError, names::Names, session::Session};
use clap::Args;
use interclear_archive::forecast::{self, ForecastError};
use interclear_client::{chain::Chain, time::now};
use interclear_import::Forecast;
use interclear_primitives::ids::AgreementId;

/// What to forecast.
#[derive(Args)]
pub(super) struct ForecastArgs {
    /// The agreement's number.
    agreement: AgreementId,
    /// Decimals of the amounts; those of the newest statement unless given, or else 2.
    #[arg(long, value_parser = clap::value_parser!(u8).range(..=12))]
    decimals: Option<u8>,
}

/// What the commitments of an agreement come to at the pace so far.
pub(super) struct Forecasts(forecast::Forecasts);

impl Forecasts {
    /// As [`forecast::forecasts`], now.
    ///
    /// # Errors
    /// The agreement is not in force, a rate is missing, or the connection broke.
    pub(super) async fn of(
        chain: &Chain,
        agreement: AgreementId,
        decimals: Option<u8>,
    ) -> Result<Self, CommandError> {
        match forecast::forecasts(chain, agreement, decimals, now()).await {
            Ok(found) => Ok(Self(found)),
            Err(ForecastError::Replay(error)) => Err(error.into()),
            Err(ForecastError::Faults(faults)) => Err(CommandError::Invalid(faults)),
        }
    }

    pub(super) fn as_json(&self) -> Vec<serde_json::Value> {
        let one = |forecast| explain::forecast_json(&self.0.terms, forecast, self.0.decimals);
        self.0.list.iter().map(one).collect()
    }

    /// A sentence for each commitment.
    pub(super) fn words(&self, names: &Names) -> Vec<String> {
        let one = |forecast: &Forecast| {
            let debtor = names.get(self.0.agreement.parties[forecast.direction.index()]);
            let words = explain::forecast_words(&self.0.terms, forecast, self.0.decimals);
            format!("{debtor} owes, {words}")
        };
        self.0.list.iter().map(one).collect()
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
