//! A month of an agreement on the chain, gone through once more here, from the first month on that it is accounted with.

use crate::chain::{Chain, ChainError};
use interclear_billing::{
    explain::{explain_month, ExplainedDirection},
    late::{bill_month, explain_late, ExplainedLate, Kept, MonthUsage},
    rate::{AmountFault, RatedMonth, Totals},
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

    /// Usage of a month that `billed_with` bills, with the terms and rates of the month.
    async fn usage_of(
        &self,
        agreement: AgreementId,
        period: Period,
        totals: Totals,
    ) -> Result<Usage, ReplayError> {
        let (terms, in_force) = self.version_in(agreement, period).await?;
        let exchange = if terms.usage.currency == terms.currency {
            None
        } else {
            self.statement_of(agreement, period).await?.exchange
        };
        Ok(Usage {
            terms,
            period,
            in_force,
            totals,
            exchange,
        })
    }
}

/// Usage of a month, with all by which it is rated.
struct Usage {
    terms: Terms,
    period: Period,
    in_force: Months,
    totals: Totals,
    exchange: Option<Exchange>,
}

impl Usage {
    fn month(&self) -> MonthUsage<'_> {
        MonthUsage {
            terms: &self.terms,
            period: self.period,
            in_force: self.in_force,
            totals: &self.totals,
            exchange: self.exchange,
        }
    }

    /// The first month from which on its window and its commitment's span are counted.
    fn since(&self) -> Period {
        if self.terms.directions.iter().any(DirectionTerms::accumulates) {
            self.in_force.first
        } else {
            self.period
        }
    }
}

/// A month as the chain found it when it was closed: with the terms and the usage that the chain has.
pub struct Replay {
<<<<<<< HEAD
=======
    terms: Terms,
    accounted: [Accounted; 2],
>>>>>>> 31e521d2846631b88ca18a3f29acf06e6ad4eaf0
    period: Period,
    /// `None` in a month after the end of the agreement, which bills late usage alone.
    own: Option<Usage>,
    late: Vec<Usage>,
    /// What the months before have left, worked out here as well.
    kept: Kept,
    decimals: u8,
}

impl Replay {
    /// Goes through the months up to the one that is asked for, from the first one on to which its figures go back;
    /// amounts have `decimals`, as its statement says.
    ///
    /// # Errors
    /// The agreement is not in force in the month, which bills no late usage either, a month before it has no statement
    /// where rates are needed, or the connection broke.
    pub async fn of(
        chain: &Chain,
        agreement: AgreementId,
        period: Period,
        decimals: u8,
    ) -> Result<Self, ReplayError> {
<<<<<<< HEAD
        let mut replay = Self::read(chain, agreement, period, decimals).await?;
        let usages = replay.own.iter().chain(&replay.late);
        let first = usages.map(Usage::since).min().unwrap_or(period);
        for current in (Months {
            first,
            last: period.previous(),
        })
        .iter()
        {
            let mut before = Self::read(chain, agreement, current, decimals).await?;
            // What corrects months before the first one changes nothing from there on.
            before.late.retain(|late| late.period >= first);
            before.kept = replay.kept;
            before.bill()?;
            replay.kept = before.kept;
=======
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
>>>>>>> 31e521d2846631b88ca18a3f29acf06e6ad4eaf0
        }
        Ok(replay)
    }

<<<<<<< HEAD
    /// A month, with nothing left by the months before.
    async fn read(
        chain: &Chain,
        agreement: AgreementId,
        period: Period,
        decimals: u8,
    ) -> Result<Self, ReplayError> {
        let mut months = Vec::<(Period, Totals)>::new();
        for (of, key, total) in chain.late_usage(agreement, period).await? {
            match months.last_mut() {
                Some((month, totals)) if *month == of => {
                    totals.insert(key, total);
                }
                _ => months.push((of, Totals::from([(key, total)]))),
            }
=======
    fn open(&self) -> OpenMonth<'_> {
        OpenMonth {
            terms: &self.terms,
            period: self.period,
            accounted: self.accounted,
            totals: &self.totals,
            exchange: self.exchange,
            account: &self.account,
            decimals: self.decimals,
>>>>>>> 31e521d2846631b88ca18a3f29acf06e6ad4eaf0
        }
        let mut late = Vec::new();
        for (of, totals) in months {
            late.push(chain.usage_of(agreement, of, totals).await?);
        }
        let totals = chain.usage(agreement, period).await?.into_iter().collect();
        let own = match chain.usage_of(agreement, period, totals).await {
            Ok(own) => Some(own),
            Err(ReplayError::NoVersion(_)) if !late.is_empty() => None,
            Err(error) => return Err(error),
        };
        Ok(Self {
            period,
            own,
            late,
            kept: Kept::default(),
            decimals,
        })
    }

    fn refused(&self, fault: AmountFault) -> ReplayError {
        ReplayError::Amount {
            period: self.period,
            fault,
        }
    }

    fn bill(&mut self) -> Result<RatedMonth, ReplayError> {
        let own = self.own.as_ref().map(Usage::month);
        let late: Vec<_> = self.late.iter().map(Usage::month).collect();
        let rated = bill_month(self.period, own.as_ref(), &late, &mut self.kept, self.decimals);
        rated.map_err(|fault| self.refused(fault))
    }

    /// Rates the month with the engine that the chain runs.
    ///
    /// # Errors
    /// An amount does not fit, or is not known.
    pub fn rate(mut self) -> Result<RatedMonth, ReplayError> {
        self.bill()
    }

    /// Rates the month's own usage and writes down how; nothing in a month after the end of the agreement.
    ///
    /// # Errors
    /// As [`Replay::rate`].
    pub fn explain(&self) -> Result<Vec<ExplainedDirection>, ReplayError> {
        let Some(own) = &self.own else {
            return Ok(Vec::new());
        };
        // Late usage of a window that still runs comes before the month's own.
        let mut kept = self.kept.clone();
        let late: Vec<_> = self.late.iter().map(Usage::month).collect();
        bill_month(self.period, None, &late, &mut kept, self.decimals)
            .map_err(|fault| self.refused(fault))?;
        let explained = explain_month(&own.month().open(&kept.running, self.decimals));
        Ok(explained.map_err(|fault| self.refused(fault))?.into())
    }

    /// Writes down how late usage came to its lines.
    ///
    /// # Errors
    /// As [`Replay::rate`].
    pub fn explain_late(&self) -> Result<Vec<ExplainedLate>, ReplayError> {
        let late: Vec<_> = self.late.iter().map(Usage::month).collect();
        explain_late(self.period, &late, &self.kept, self.decimals).map_err(|fault| self.refused(fault))
    }
}
