//! A month of an agreement on the chain, gone through once more here, from the first month of its version on.

use super::statement_of;
use crate::{
    chain::Chain,
    commands::{period::Month, CommandError},
};
use interclear_billing::{
    explain::{explain_month, ExplainedDirection},
    rate::{rate_month, Account, AmountFault, OpenMonth, RatedMonth, Totals},
};
use interclear_primitives::{
    agreement::{DirectionTerms, Terms},
    period::Period,
    span::Months,
    statement::Exchange,
};

/// The version in force in a month: its terms, and the months in which it is in force.
pub(in crate::commands) async fn version_of(
    chain: &Chain,
    month: &Month,
) -> Result<(Terms, Months), CommandError> {
    let Month { agreement, period } = *month;
    let found = chain.agreement(agreement).await?;
    let found = found.ok_or_else(|| CommandError::NotFound(format!("agreement {agreement}")))?;
    let in_force = found.version_in(period).and_then(|version| {
        let months = found.months_of(version)?;
        Some((version, months))
    });
    let (version, in_force) =
        in_force.ok_or_else(|| CommandError::NotFound(format!("version in force in {period}")))?;
    let terms = chain.terms(agreement, version).await?;
    let terms =
        terms.ok_or_else(|| CommandError::NotFound(format!("version {version} of agreement {agreement}")))?;
    Ok((terms, in_force))
}

/// The rates by which the files of a month were converted, as its statement says.
async fn exchange_of(chain: &Chain, month: &Month, terms: &Terms) -> Result<Option<Exchange>, CommandError> {
    if terms.usage.currency == terms.currency {
        return Ok(None);
    }
    Ok(statement_of(chain, month).await?.exchange)
}

/// A month as the chain found it when it was closed: with the terms and the usage that the chain has.
pub(super) struct Replay {
    terms: Terms,
    in_force: Months,
    period: Period,
    totals: Totals,
    exchange: Option<Exchange>,
    /// What the months before have left, worked out here as well.
    account: Account,
    decimals: u8,
}

impl Replay {
    /// Goes through the months up to the one that is asked for.
    pub(super) async fn of(chain: &Chain, month: &Month, decimals: u8) -> Result<Self, CommandError> {
        let Month { agreement, period } = *month;
        let (terms, in_force) = version_of(chain, month).await?;
        let first = if terms.directions.iter().any(DirectionTerms::accumulates) {
            in_force.first
        } else {
            period
        };
        let mut replay = Self {
            terms,
            in_force,
            period: first,
            totals: Totals::new(),
            exchange: None,
            account: Account::new(),
            decimals,
        };
        for current in (Months { first, last: period }).iter() {
            if current != first {
                replay.account = replay.rate()?.account;
            }
            replay.period = current;
            replay.totals = chain.usage(agreement, current).await?.into_iter().collect();
            let at = Month {
                agreement,
                period: current,
            };
            replay.exchange = exchange_of(chain, &at, &replay.terms).await?;
        }
        Ok(replay)
    }

    fn open(&self) -> OpenMonth<'_> {
        OpenMonth {
            terms: &self.terms,
            period: self.period,
            in_force: self.in_force,
            totals: &self.totals,
            exchange: self.exchange,
            account: &self.account,
            decimals: self.decimals,
        }
    }

    fn refused(&self, fault: AmountFault) -> CommandError {
        CommandError::Invalid(format!("{} cannot be rated: {fault}", self.period))
    }

    /// Rates the month with the engine that the chain runs.
    pub(super) fn rate(&self) -> Result<RatedMonth, CommandError> {
        rate_month(&self.open()).map_err(|fault| self.refused(fault))
    }

    /// Rates the month and writes down how.
    pub(super) fn explain(&self) -> Result<[ExplainedDirection; 2], CommandError> {
        explain_month(&self.open()).map_err(|fault| self.refused(fault))
    }
}
