//! Rating offline: the months of the term, one after the other, with the engine and the rules that the chain runs.

use crate::{
    cells::Assigned,
    fault::{Faults, Reason},
    usage::Label,
};
use interclear_primitives::{
    rate_month, rating::SdrRate, Account, Currency, Exchange, OpenMonth, Period, RatedMonth, Service, StatementLine,
    Terms, Totals, Unit, UsageKey, Value,
};
use std::collections::BTreeMap;

/// Exchange rates of months: units of a currency for one special drawing right.
pub type Rates = BTreeMap<(Period, Currency), SdrRate>;

/// Which months are rated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// All of the term, so that every commitment is due.
    Term,
    /// Up to the last month with usage: a commitment whose span goes on after it is not due.
    ToDate,
}

/// A line, added up over the months that were rated. Amounts are in minor units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RatedLine {
    /// What the usage file calls the direction.
    pub label: Label,
    /// The line.
    pub key: UsageKey,
    /// What its quantity counts.
    pub unit: Unit,
    /// In 10^-6 of the unit.
    pub quantity: i128,
    /// What the files charged.
    pub tap_charge: i128,
    /// What the agreement charges.
    pub charge: i128,
    /// The line's share of what is missing from the commitment.
    pub shortfall: i128,
    /// Tax on the charge.
    pub tax: i128,
}

/// Rated usage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rated {
    /// The lines of the agreement, by direction, group and its order of services.
    pub lines: Vec<RatedLine>,
    /// What the statement of every month says.
    pub months: Vec<(Period, RatedMonth)>,
    /// Decimals of the amounts.
    pub decimals: u8,
}

/// Rates usage. A month's statement charges what its accounting window has come to less what the window was charged
/// before, so the months add up to rating each window at once.
///
/// # Errors
/// A rate is missing for a month that has TAP charges in another currency, or an amount does not fit.
pub fn rate(assigned: &Assigned, scope: Scope, rates: &Rates, decimals: u8) -> Result<Rated, Faults> {
    let agreement = &assigned.agreement;
    let used = assigned.months()?;
    let in_force = agreement.months();
    let until = match scope {
        Scope::Term => in_force.last,
        Scope::ToDate => used.keys().next_back().copied().unwrap_or(in_force.first),
    };
    let mut months: Vec<(Period, RatedMonth)> = Vec::new();
    let nothing = (Totals::new(), Account::new());
    for period in in_force.iter().take_while(|period| *period <= until) {
        let totals = used.get(&period).unwrap_or(&nothing.0);
        let month = OpenMonth {
            terms: &agreement.terms,
            period,
            in_force,
            totals,
            exchange: exchange(&agreement.terms, period, totals, rates)?,
            account: months.last().map_or(&nothing.1, |(_, before)| &before.account),
            decimals,
        };
        let rated = rate_month(&month)
            .map_err(|fault| Faults::one(period.to_string(), Reason::Other(format!("cannot be rated: {fault}"))))?;
        months.push((period, rated));
    }
    let lines = lines(assigned, &months)
        .ok_or_else(|| Faults::one("file", Reason::Other("an amount is too large".into())))?;
    Ok(Rated {
        lines,
        months,
        decimals,
    })
}

/// What converts the TAP charges of a month; `None` where there is nothing to convert.
fn exchange(terms: &Terms, period: Period, totals: &Totals, rates: &Rates) -> Result<Option<Exchange>, Faults> {
    let any = totals.values().any(|total| total.charge != Value::ZERO || total.tax != Value::ZERO);
    match Exchange::under(terms, |currency| rates.get(&(period, currency)).copied()) {
        Ok(exchange) => Ok(exchange),
        Err(_) if !any => Ok(None),
        Err(currency) => {
            let reason = format!("TAP charges are in {}: there must be a rate of {currency} per SDR", terms.usage.currency);
            Err(Faults::one(period.to_string(), Reason::Other(reason)))
        }
    }
}

fn lines(assigned: &Assigned, months: &[(Period, RatedMonth)]) -> Option<Vec<RatedLine>> {
    let mut sums: BTreeMap<UsageKey, RatedLine> = BTreeMap::new();
    let mut order = Vec::new();
    for (number, (_, month)) in months.iter().enumerate() {
        for line in &month.lines {
            let key = line.key();
            if number == 0 {
                order.push(key);
            }
            let sum = sums.entry(key).or_insert_with(|| RatedLine {
                label: assigned.labels[key.direction.index()],
                key,
                unit: assigned.agreement.unit(&key),
                quantity: 0,
                tap_charge: 0,
                charge: 0,
                shortfall: 0,
                tax: 0,
            });
            add(sum, line)?;
        }
    }
    order.into_iter().map(|key| sums.remove(&key)).collect()
}

fn add(sum: &mut RatedLine, line: &StatementLine) -> Option<()> {
    sum.quantity = sum.quantity.checked_add(i128::try_from(line.quantity).ok()?)?;
    for (sum, value) in [
        (&mut sum.tap_charge, line.tap_charge),
        (&mut sum.charge, line.charge),
        (&mut sum.shortfall, line.shortfall),
        (&mut sum.tax, line.tax),
    ] {
        *sum = sum.checked_add(value.clear().ok()?)?;
    }
    Some(())
}

impl RatedLine {
    /// The service.
    pub fn service(&self) -> Service {
        self.key.service
    }
}
