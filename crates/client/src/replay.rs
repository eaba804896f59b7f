//! A month of an agreement on the chain, gone through once more here, from the first month on that it is accounted with.

use crate::chain::{AccountId, Chain, ChainError};
use interclear_billing::{
    explain::{explain_month, ExplainedDirection},
    late::{bill_month, due_with, explain_late, ExplainedLate, Kept, MonthUsage, Version},
    rate::{AmountFault, RatedMonth, Totals},
};
use interclear_primitives::{
    agreement::{Agreement, Terms},
    ids::AgreementId,
    money::Currency,
    period::Period,
    span::{self, Accounted},
    statement::{Decided, Exchange, Statement},
    tariff::MonthRate,
    usage::{UsageKey, UsageTotal},
};
use std::{collections::BTreeMap, future::Future};

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
        /// Id of the agreement.
        agreement: AgreementId,
        /// Its version, counted from 1.
        version: u32,
    },
    /// The chain has no exchange rate of a currency for a month.
    #[error("there is no exchange rate of {currency} for {period}")]
    NoRate {
        /// ISO 4217 code.
        currency: Currency,
        /// The month.
        period: Period,
    },
    /// The month is not closed.
    #[error("there is no statement of {period} under agreement {agreement}")]
    NoStatement {
        /// Id of the agreement.
        agreement: AgreementId,
        /// The month.
        period: Period,
    },
    /// What is kept elsewhere cannot be read.
    #[error("{0}")]
    Books(String),
    /// An amount of a month does not fit, or is not known.
    #[error("{period} cannot be rated: {fault}")]
    Amount {
        /// The month.
        period: Period,
        /// What is wrong.
        fault: AmountFault,
    },
}

type Answer<T> = Result<T, ReplayError>;

/// Who has kept what months came to: a node, or an archive.
pub trait Months {
    /// State, versions and parties of an agreement.
    fn agreement(&self, agreement: AgreementId)
        -> impl Future<Output = Answer<Option<Agreement<AccountId>>>>;
    /// The terms of a version.
    fn terms(&self, agreement: AgreementId, version: u32) -> impl Future<Output = Answer<Option<Terms>>>;
    /// The exchange rates of a month, by currency.
    fn rates(&self, period: Period) -> impl Future<Output = Answer<Vec<(Currency, MonthRate)>>>;
    /// The statement of a month; `None` until it is closed.
    fn statement(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> impl Future<Output = Answer<Option<Statement>>>;
    /// Whether a month is closed: no file and no report bills to it any more.
    fn is_closed(&self, agreement: AgreementId, period: Period) -> impl Future<Output = Answer<bool>>;
    /// Running totals of a month, by ascending key.
    fn usage(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> impl Future<Output = Answer<Vec<(UsageKey, UsageTotal)>>>;
    /// Late usage of closed months that a month bills, by ascending month and key.
    fn late_usage(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> impl Future<Output = Answer<Vec<(Period, UsageKey, UsageTotal)>>>;
    /// What disputes have decided of lines and no month has taken into account yet.
    fn decisions(&self, agreement: AgreementId) -> impl Future<Output = Answer<Vec<Decided>>>;
}

/// A node answers by its queries of the same names.
impl Months for Chain {
    async fn agreement(&self, agreement: AgreementId) -> Answer<Option<Agreement<AccountId>>> {
        Ok(Self::agreement(self, agreement).await?)
    }

    async fn terms(&self, agreement: AgreementId, version: u32) -> Answer<Option<Terms>> {
        Ok(Self::terms(self, agreement, version).await?)
    }

    async fn rates(&self, period: Period) -> Answer<Vec<(Currency, MonthRate)>> {
        Ok(Self::rates(self, period).await?)
    }

    async fn statement(&self, agreement: AgreementId, period: Period) -> Answer<Option<Statement>> {
        Ok(Self::statement(self, agreement, period).await?)
    }

    async fn is_closed(&self, agreement: AgreementId, period: Period) -> Answer<bool> {
        Ok(Self::period_usage(self, agreement, period).await?.closed)
    }

    async fn usage(&self, agreement: AgreementId, period: Period) -> Answer<Vec<(UsageKey, UsageTotal)>> {
        Ok(Self::usage(self, agreement, period).await?)
    }

    async fn late_usage(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Answer<Vec<(Period, UsageKey, UsageTotal)>> {
        Ok(Self::late_usage(self, agreement, period).await?)
    }

    async fn decisions(&self, agreement: AgreementId) -> Answer<Vec<Decided>> {
        Ok(Self::decisions(self, agreement).await?)
    }
}

/// What a month bills of closed ones, or will: usage that came late, and what disputes have decided, by month of the usage.
///
/// # Errors
/// The connection broke.
pub async fn corrections(
    months: &impl Months,
    agreement: AgreementId,
    period: Period,
) -> Answer<BTreeMap<Period, (Totals, Vec<Decided>)>> {
    let mut found = BTreeMap::<Period, (Totals, Vec<Decided>)>::new();
    for (of, key, total) in months.late_usage(agreement, period).await? {
        found.entry(of).or_default().0.insert(key, total);
    }
    let mut decided = match months.statement(agreement, period).await? {
        Some(statement) => statement.decided.into(),
        None if is_next(months, agreement, period).await? => months.decisions(agreement).await?,
        None => Vec::new(),
    };
    decided.sort_by_key(|decided| decided.dispute);
    for decided in decided {
        found.entry(decided.period).or_default().1.push(decided);
    }
    Ok(found)
}

/// Whether a month is the next one to be closed. Before the first one is, nothing is decided.
async fn is_next(months: &impl Months, agreement: AgreementId, period: Period) -> Answer<bool> {
    Ok(months.is_closed(agreement, period.previous()).await? && !months.is_closed(agreement, period).await?)
}

/// The version of an agreement in force in a month: its number and terms, and over which months each direction is accounted
/// together with the month.
///
/// # Errors
/// There is none, or the connection broke.
pub async fn version_in(
    months: &impl Months,
    agreement: AgreementId,
    period: Period,
) -> Answer<(u32, Terms, [Accounted; 2])> {
    let found = months.agreement(agreement).await?;
    let found = found.ok_or(ReplayError::NoAgreement(agreement))?;
    let in_force = found.version_in(period).zip(found.accounted_in(period));
    let (version, accounted) = in_force.ok_or(ReplayError::NoVersion(period))?;
    let terms = months.terms(agreement, version).await?;
    let terms = terms.ok_or(ReplayError::NoTerms { agreement, version })?;
    Ok((version, terms, accounted))
}

/// The statement of a month that is closed.
///
/// # Errors
/// There is none, or the connection broke.
pub async fn statement_of(months: &impl Months, agreement: AgreementId, period: Period) -> Answer<Statement> {
    let statement = months.statement(agreement, period).await?;
    statement.ok_or(ReplayError::NoStatement { agreement, period })
}

/// The rates by which the charges of a month are converted; `None` where they are in the agreement's currency. They are asked of the
/// tariffs: statements of earlier months of a window go before the last one does.
///
/// # Errors
/// A rate is missing, or the connection broke.
pub async fn exchange_of(months: &impl Months, terms: &Terms, period: Period) -> Answer<Option<Exchange>> {
    if terms.usage.currency == terms.currency {
        return Ok(None);
    }
    let rates = months.rates(period).await?;
    let rate = |currency| {
        let known = rates.iter().find(|(known, _)| *known == currency);
        known.map(|(_, month)| month.rate)
    };
    Exchange::under(terms, rate).map_err(|currency| ReplayError::NoRate { currency, period })
}

/// Usage of the month `period` that `billed_with` bills, with the terms and rates of the month.
async fn usage_of(
    months: &impl Months,
    agreement: AgreementId,
    (period, billed_with): (Period, Period),
    totals: Totals,
) -> Answer<Usage> {
    let version = InForce::read(months, agreement, period).await?;
    let exchange = exchange_of(months, &version.terms, period).await?;
    let mut due = [const { None }; 2];
    let last = due_with(&version.version(), period, billed_with);
    for (last, due) in last.into_iter().zip(&mut due) {
        if let Some(last) = last {
            *due = Some(InForce::read(months, agreement, last).await?);
        }
    }
    Ok(Usage {
        version,
        period,
        totals,
        exchange,
        due,
        decided: Vec::new(),
    })
}

impl Chain {
    /// As [`version_in`], of a node.
    ///
    /// # Errors
    /// There is none, or the connection broke.
    pub async fn version_in(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Answer<(u32, Terms, [Accounted; 2])> {
        version_in(self, agreement, period).await
    }

    /// The terms of an agreement in a month; none where nothing is in force.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn terms_in(
        &self,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Option<Terms>, ChainError> {
        match self.version_in(agreement, period).await {
            Ok((_, terms, _)) => Ok(Some(terms)),
            Err(ReplayError::Chain(error)) => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// As [`statement_of`], of a node.
    ///
    /// # Errors
    /// There is none, or the connection broke.
    pub async fn statement_of(&self, agreement: AgreementId, period: Period) -> Answer<Statement> {
        statement_of(self, agreement, period).await
    }
}

/// The version in force in a month.
struct InForce {
    terms: Terms,
    accounted: [Accounted; 2],
}

impl InForce {
    async fn read(months: &impl Months, agreement: AgreementId, period: Period) -> Answer<Self> {
        let (_, terms, accounted) = version_in(months, agreement, period).await?;
        Ok(Self { terms, accounted })
    }

    fn version(&self) -> Version<'_> {
        Version {
            terms: &self.terms,
            accounted: self.accounted,
        }
    }
}

/// Usage of a month, with all by which it is rated.
struct Usage {
    version: InForce,
    period: Period,
    totals: Totals,
    exchange: Option<Exchange>,
    due: [Option<InForce>; 2],
    decided: Vec<Decided>,
}

impl Usage {
    fn month(&self) -> MonthUsage<'_> {
        MonthUsage {
            version: self.version.version(),
            period: self.period,
            totals: &self.totals,
            exchange: self.exchange,
            due: self.due.each_ref().map(|due| due.as_ref().map(InForce::version)),
            decided: &self.decided,
        }
    }

    /// The first month on which it depends: whatever began with the months that are counted, or later.
    fn since(&self) -> Period {
        let directions = self.version.terms.directions.iter();
        directions
            .zip(&self.version.accounted)
            .filter(|(direction, _)| direction.accumulates())
            .map(|(direction, accounted)| match direction.splits_with_prices() {
                true => accounted.priced.first,
                false => accounted.counted.first,
            })
            .min()
            .unwrap_or(self.period)
    }
}

/// A month as the chain found it when it was closed: with the terms and the usage that the chain has.
pub struct Replay {
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
    /// The agreement is not in force in the month, which bills no late usage either, an exchange rate is missing, or the
    /// connection broke.
    pub async fn of(
        chain: &impl Months,
        agreement: AgreementId,
        period: Period,
        decimals: u8,
    ) -> Result<Self, ReplayError> {
        let mut replay = Self::read(chain, agreement, period, decimals).await?;
        let usages = replay.own.iter().chain(&replay.late);
        let first = usages.map(Usage::since).min().unwrap_or(period);
        for current in (span::Months {
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
        }
        Ok(replay)
    }

    /// A month, with nothing left by the months before.
    async fn read(
        chain: &impl Months,
        agreement: AgreementId,
        period: Period,
        decimals: u8,
    ) -> Result<Self, ReplayError> {
        let months = corrections(chain, agreement, period).await?;
        let statement = chain.statement(agreement, period).await?;
        let mut late = Vec::new();
        for (of, (totals, decided)) in months {
            let usage = usage_of(chain, agreement, (of, period), totals).await?;
            late.push(Usage { decided, ..usage });
        }
        let totals = chain.usage(agreement, period).await?.into_iter().collect();
        let own = match usage_of(chain, agreement, (period, period), totals).await {
            Ok(own) => Some(own),
            Err(error @ ReplayError::NoVersion(_)) => {
                if late.is_empty() && statement.is_none() {
                    return Err(error);
                }
                None
            }
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
