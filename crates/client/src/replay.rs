//! A month of an agreement on the chain, gone through once more here, from the first month on that it is accounted with.

use crate::chain::{Chain, ChainError};
use interclear_billing::{
    explain::{explain_month, ExplainedDirection},
    rate::{rate_month, Account, AmountFault, OpenMonth, RatedMonth, Totals},
};
use interclear_primitives::{
    agreement::Terms,
    ids::AgreementId,
    period::Period,
    span::{Accounted, Months},
    statement::{Exchange, Statement},
};

/// Why a statement cannot be recomputed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The connection broke, or the chain is of another version.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The agreement does not exist.
    #[error("there is no agreement {0}")]
    NoAgreement(AgreementId),
    /// No version of the agreement is in force in the month.
    #[error("there is no version in force in {0}")]
    NoVersion(Period),
    /// The chain no longer keeps the terms of the version.
    #[error("there is no version {version} of agreement {agreement}")]
    NoTerms {
        /// The agreement.
        agreement: AgreementId,
        /// Its version.
        version: u32,
    },
    /// The month is not closed.
    #[error("there is no statement of {period} under agreement {agreement}")]
    NoStatement {
        /// The agreement.
        agreement: AgreementId,
        /// The month.
        period: Period,
    },
    /// An amount of a month does not fit, or is not known.
    #[error("{period} cannot be rated: {fault}")]
    Amount {
        /// The month.
        period: Period,
        /// What is wrong.
        fault: AmountFault,
    },
}

impl Chain {
    /// The version of an agreement in force in a month: its number and terms, and over which months each direction is
    /// accounted together with the month.
    ///
    /// # Errors
    /// There is none, or the connection broke.
    pub async fn version_in(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Result<(u32, Terms, [Accounted; 2]), ReplayError> {
        let found = self.agreement(agreement).await?;
        let found = found.ok_or(ReplayError::NoAgreement(agreement))?;
        let in_force = found.version_in(period).zip(found.accounted_in(period));
        let (version, accounted) = in_force.ok_or(ReplayError::NoVersion(period))?;
        let terms = self.terms(agreement, version).await?;
        let terms = terms.ok_or(ReplayError::NoTerms { agreement, version })?;
        Ok((version, terms, accounted))
    }

    /// The statement of a month that is closed.
    ///
    /// # Errors
    /// There is none, or the connection broke.
    pub async fn statement_of(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Statement, ReplayError> {
        let statement = self.statement(agreement, period).await?;
        statement.ok_or(ReplayError::NoStatement { agreement, period })
    }

    /// The rates by which the files of a month were converted, as its statement says.
    async fn exchange_of(
        &self,
        agreement: AgreementId,
        period: Period,
        terms: &Terms,
    ) -> Result<Option<Exchange>, ReplayError> {
        if terms.usage.currency == terms.currency {
            return Ok(None);
        }
        Ok(self.statement_of(agreement, period).await?.exchange)
    }
}

/// A month as the chain found it when it was closed: with the terms and the usage that the chain has.
pub struct Replay {
    terms: Terms,
    accounted: [Accounted; 2],
    period: Period,
    totals: Totals,
    exchange: Option<Exchange>,
    /// What the months before have left, worked out here as well.
    account: Account,
    decimals: u8,
}

impl Replay {
    /// Goes through the months up to the one that is asked for; amounts have `decimals`, as its statement says.
    ///
    /// # Errors
    /// The agreement is not in force in the month, a month before it has no statement where rates are needed, or the
    /// connection broke.
    pub async fn of(
        chain: &Chain,
        agreement: AgreementId,
        period: Period,
        decimals: u8,
    ) -> Result<Self, ReplayError> {
        let (_, terms, accounted) = chain.version_in(agreement, period).await?;
        // Whatever the month depends on began with the months that are counted, or later.
        let first = terms
            .directions
            .iter()
            .zip(&accounted)
            .filter(|(direction, _)| direction.accumulates())
            .map(|(_, accounted)| accounted.counted.first)
            .min()
            .unwrap_or(period);
        let mut replay = Self {
            terms,
            accounted,
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
            (_, replay.terms, replay.accounted) = chain.version_in(agreement, current).await?;
            replay.period = current;
            replay.totals = chain.usage(agreement, current).await?.into_iter().collect();
            replay.exchange = chain.exchange_of(agreement, current, &replay.terms).await?;
        }
        Ok(replay)
    }

    fn open(&self) -> OpenMonth<'_> {
        OpenMonth {
            terms: &self.terms,
            period: self.period,
            accounted: self.accounted,
            totals: &self.totals,
            exchange: self.exchange,
            account: &self.account,
            decimals: self.decimals,
        }
    }

    fn refused(&self, fault: AmountFault) -> ReplayError {
        ReplayError::Amount {
            period: self.period,
            fault,
        }
    }

    /// Rates the month with the engine that the chain runs.
    ///
    /// # Errors
    /// An amount does not fit, or is not known.
    pub fn rate(&self) -> Result<RatedMonth, ReplayError> {
        rate_month(&self.open()).map_err(|fault| self.refused(fault))
    }

    /// Rates the month and writes down how.
    ///
    /// # Errors
    /// As [`Replay::rate`].
    pub fn explain(&self) -> Result<[ExplainedDirection; 2], ReplayError> {
        explain_month(&self.open()).map_err(|fault| self.refused(fault))
    }
}
