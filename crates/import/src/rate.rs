//! Rating offline: month after month, with the engine and the rules that the chain runs.

use crate::{
    cells::Assigned,
    fault::{Faults, Reason},
    usage::Label,
};
use interclear_billing::{
    explain::{explain_month, ExplainedDirection},
    late::{bill_month, due_with, Kept, MonthUsage, Version},
    rate::{AmountFault, OpenMonth, RatedMonth, Totals},
    stretch::stretches,
};
use interclear_primitives::{
    agreement::{Direction, Terms},
    money::{Currency, Value},
    period::Period,
    rating::{prorate, SdrRate},
    service::{Service, Unit},
    span::{Accounted, Months},
    statement::{Decided, Exchange, StatementLine},
    usage::{UsageKey, UsageTotal},
    Moment,
};
use std::collections::{BTreeMap, BTreeSet};

/// Exchange rates of months: units of a currency for one special drawing right.
pub type Rates = BTreeMap<(Period, Currency), SdrRate>;
/// Usage of months, as the chain keeps it.
pub type Used = BTreeMap<Period, Totals>;

/// What a month bills of a closed one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Late {
    /// The month that bills it.
    pub billed_with: Period,
    /// The month of the usage.
    pub period: Period,
    /// What came for it after it was closed.
    pub totals: Totals,
    /// What disputes have decided of it: it counts in windows and commitments, by the figures that were decided.
    pub decided: Vec<Decided>,
}

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

impl RatedLine {
    /// What was used; the key names networks and month, too.
    pub fn service(&self) -> Service {
        self.key.service
    }
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
    let used = assigned.months()?;
    let course = Course::of(assigned, &used, rates, decimals);
    let mut months = Vec::new();
    course.walk(course.until(scope), |open, rated| {
        months.push((open.period, rated.clone()));
        Ok(())
    })?;
    let lines = lines(assigned, &months).ok_or_else(too_large)?;
    Ok(Rated {
        lines,
        months,
        decimals,
    })
}

/// As [`rate`], and writes down how the charges of every accounting window came to be: with the last month of each window
/// that was rated.
///
/// # Errors
/// As [`rate`].
pub fn explain(
    assigned: &Assigned,
    scope: Scope,
    rates: &Rates,
    decimals: u8,
) -> Result<Vec<(Period, ExplainedDirection)>, Faults> {
    let used = assigned.months()?;
    let course = Course::of(assigned, &used, rates, decimals);
    let until = course.until(scope);
    let mut explained = Vec::new();
    course.walk(until, |open, _| {
        for direction in explain_month(open)? {
            if direction.window.months.last == open.period || open.period == until {
                explained.push((open.period, direction));
            }
        }
        Ok(())
    })?;
    Ok(explained)
}

/// What a commitment comes to if usage goes on at the pace so far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forecast {
    /// Whose subscribers roam.
    pub direction: Direction,
    /// The span of the commitment.
    pub span: Months,
    /// What is committed: minor units, or millionths of the unit under a volume commitment.
    pub committed: u128,
    /// What will have been reached when the span ends.
    pub reached: u128,
    /// What will be missing.
    pub missing: u128,
    /// What will be charged for it, in minor units.
    pub shortfall: i128,
    /// At whose pace.
    pub basis: Basis,
}

/// The months by whose usage a forecast is made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Basis {
    /// The months that are known to the last record; where there is none, those that are over, and else the one that runs.
    pub months: Vec<Period>,
    /// How much time they are, in seconds.
    pub passed: Moment,
    /// Other months, of which more has come in the direction than at that pace: it counts.
    pub more: Vec<Period>,
}

/// Forecasts the commitments of a file's usage, as if its last month had just ended.
///
/// # Errors
/// As [`rate`]; there is no usage; or rates of months to come would be needed.
pub fn forecast(assigned: &Assigned, rates: &Rates, decimals: u8) -> Result<Vec<Forecast>, Faults> {
    let used = assigned.months()?;
    let last = used.keys().next_back().copied();
    let last = last.ok_or_else(|| Faults::one("file", Reason::Other("there is no usage yet".into())))?;
    let course = Course::of(assigned, &used, rates, decimals);
    course.forecast(last.end())
}

fn too_large() -> Faults {
    Faults::one("file", Reason::Other("an amount is too large".into()))
}

/// Tells by which rates the files of a month are converted.
pub type ExchangeOf<'a> = dyn Fn(Period, &Totals) -> Result<Option<Exchange>, Faults> + 'a;

/// Tells the version in force in a month.
pub type VersionOf<'a> = dyn Fn(Period) -> Version<'a> + 'a;

/// Months to be rated one after the other, each by the version in force in it.
pub struct Course<'a> {
    /// The version in force in each of the months.
    pub version: Box<VersionOf<'a>>,
    /// The months: from the first on to which the running windows and spans go back.
    pub months: Months,
    /// What was used in them. A month that is not there is one of which nothing is known yet; one that is known to have none is there
    /// without usage.
    pub used: &'a Used,
    /// What they bill of earlier ones among them, by ascending month of the usage.
    pub late: &'a [Late],
    /// Until when usage is known to the last record: files of later months may be on their way.
    pub complete: Moment,
    /// What converts the TAP charges of a month; `None` where there is nothing to convert.
    pub exchange: Box<ExchangeOf<'a>>,
    /// Decimals of the amounts.
    pub decimals: u8,
}

impl<'a> Course<'a> {
    fn of(assigned: &'a Assigned, used: &'a Used, rates: &'a Rates, decimals: u8) -> Self {
        let terms = &assigned.agreement.terms;
        let months = assigned.agreement.months();
        let version = Version {
            terms,
            accounted: [Accounted::alone(months); 2],
        };
        Self {
            version: Box::new(move |_| version),
            months,
            used,
            late: &[],
            complete: Moment::MAX,
            exchange: Box::new(move |period, totals| exchange(terms, period, totals, rates)),
            decimals,
        }
    }

    fn until(&self, scope: Scope) -> Period {
        match scope {
            Scope::Term => self.months.last,
            Scope::ToDate => self.used.keys().next_back().copied().unwrap_or(self.months.first),
        }
    }

    /// Rates the months up to `until`, and shows each of them.
    fn walk(
        &self,
        until: Period,
        mut each: impl FnMut(&OpenMonth<'_>, &RatedMonth) -> Result<(), AmountFault>,
    ) -> Result<(), Faults> {
        let nothing = Totals::new();
        let mut kept = Kept::default();
        for period in self.months.iter().take_while(|period| *period <= until) {
            let refused = |fault: AmountFault| {
                Faults::one(
                    period.to_string(),
                    Reason::Other(format!("cannot be rated: {fault}")),
                )
            };
            // What corrects closed months comes before the month's own usage.
            let late = self.late.iter().filter(|late| late.billed_with == period);
            let late = late
                .map(|late| self.usage(late.period, &late.totals, &late.decided, period))
                .collect::<Result<Vec<_>, _>>()?;
            bill_month(period, None, &late, &mut kept, self.decimals).map_err(refused)?;
            let totals = self.used.get(&period).unwrap_or(&nothing);
            let own = self.usage(period, totals, &[], period)?;
            let mut after = kept.clone();
            let rated = bill_month(period, Some(&own), &[], &mut after, self.decimals).map_err(refused)?;
            each(&own.open(&kept.running, self.decimals), &rated).map_err(refused)?;
            kept = after;
        }
        Ok(())
    }

    /// Usage of a month, with all by which it is rated.
    fn usage<'b>(
        &'b self,
        period: Period,
        totals: &'b Totals,
        decided: &'b [Decided],
        billed_with: Period,
    ) -> Result<MonthUsage<'b>, Faults> {
        let version = (self.version)(period);
        let exchange = match totals.is_empty() && period != billed_with {
            // Nothing is to be converted.
            true => None,
            false => (self.exchange)(period, totals)?,
        };
        let due = due_with(&version, period, billed_with);
        Ok(MonthUsage {
            version,
            period,
            totals,
            exchange,
            due: due.map(|last| last.map(|last| (self.version)(last))),
            decided,
        })
    }

    /// Forecasts the commitments whose spans run at `now`: what was used in the months of the [`Basis`] goes on at the same pace. Files
    /// come later than the usage, so of a month that is not complete what has come counts only where it is more than at that pace:
    /// by service and direction, since each party's files come for themselves. No file that comes makes a forecast fall.
    ///
    /// # Errors
    /// No usage is known, an amount does not fit, or a month cannot be converted.
    pub fn forecast(&self, now: Moment) -> Result<Vec<Forecast>, Faults> {
        let now = now.min(self.months.last.end());
        // The end of a month is the beginning of the next: what has ended is the month before.
        let current = Period::containing(now.saturating_sub(1)).max(self.months.first);
        let Version { terms, accounted } = (self.version)(current);
        let [first, second] = &accounted;
        let spans =
            [(Direction::FirstHome, first), (Direction::SecondHome, second)].map(|(direction, accounted)| {
                let [_, span] = stretches(terms, terms.direction(direction), accounted, current);
                span.months
            });
        let until = spans.iter().map(|span| span.last).max().unwrap_or(current);
        let basis = self.basis(now)?;
        let (used, more) = self.at_this_pace(&basis, now, until)?;
        let course = Course {
            version: Box::new(|period| (self.version)(period)),
            months: self.months,
            used: &used,
            late: self.late,
            complete: self.complete,
            exchange: Box::new(|period, totals| (self.exchange)(period, totals)),
            decimals: self.decimals,
        };
        let mut forecasts = Vec::new();
        course.walk(until, |open, _| {
            for (direction, explained) in Direction::BOTH.into_iter().zip(explain_month(open)?) {
                let ends = spans
                    .get(direction.index())
                    .is_some_and(|span| span.last == open.period);
                let Some(commitment) = explained.explanation.commitment.filter(|_| ends) else {
                    continue;
                };
                let earlier = explained
                    .before
                    .iter()
                    .map(|before| before.earlier.shortfall)
                    .sum::<i128>();
                forecasts.push(Forecast {
                    direction,
                    span: explained.span.months,
                    committed: commitment.committed,
                    reached: commitment.measured,
                    missing: commitment.missing,
                    shortfall: explained.explanation.charge.shortfall.saturating_add(earlier),
                    basis: Basis {
                        more: more
                            .iter()
                            .filter(|(of, _)| *of == direction)
                            .map(|(_, period)| *period)
                            .collect(),
                        ..basis.clone()
                    },
                });
            }
            Ok(())
        })?;
        forecasts.sort_by_key(|forecast| forecast.direction);
        Ok(forecasts)
    }

    /// By the usage of which months a forecast is made.
    fn basis(&self, now: Moment) -> Result<Basis, Faults> {
        let known = || {
            self.used
                .keys()
                .copied()
                .filter(|period| *period >= self.months.first)
        };
        let ended = |until| known().filter(move |period| period.end() <= until).collect();
        let running = || known().filter(|period| period.start() < now).collect();
        let steps: [Vec<Period>; 3] = [ended(now.min(self.complete)), ended(now), running()];
        let months = steps.into_iter().find(|months| !months.is_empty());
        let months = months.unwrap_or_default();
        let passed = months
            .iter()
            .map(|period| period.end().min(now).saturating_sub(period.start()))
            .sum();
        match months.is_empty() {
            false => Ok(Basis {
                months,
                passed,
                more: Vec::new(),
            }),
            true => {
                let reason = "there is no usage yet to go by";
                Err(Faults::one(
                    self.months.first.to_string(),
                    Reason::Other(reason.into()),
                ))
            }
        }
    }

    /// The usage so far, with what is still to come until the end of a month; and where more has come than at that pace.
    fn at_this_pace(&self, basis: &Basis, now: Moment, until: Period) -> Result<(Used, More), Faults> {
        let mut all: BTreeMap<UsageKey, [u128; 3]> = BTreeMap::new();
        let in_time = basis.months.iter().filter_map(|period| self.used.get(period));
        // What came late was used then, too; what was decided is no usage that goes on.
        let late = self
            .late
            .iter()
            .filter(|late| basis.months.contains(&late.period));
        for (key, total) in in_time.chain(late.map(|late| &late.totals)).flatten() {
            let sum = all.entry(*key).or_default();
            for (sum, more) in sum.iter_mut().zip(parts(total)?) {
                *sum = sum.checked_add(more).ok_or_else(too_large)?;
            }
        }
        let paced = |sum: u128, time: Moment| prorate(sum, time, basis.passed).map_err(|_| too_large());
        let (mut used, mut more) = (self.used.clone(), More::new());
        let first = self.months.first;
        for period in (Months { first, last: until }).iter() {
            // Months of the basis are what they are, and so is what is known to the last record.
            let known = basis.months.contains(&period)
                || self.used.contains_key(&period) && period.end() <= self.complete.min(now);
            let ahead = period.end().saturating_sub(now.max(period.start()));
            let behind = (period.end() - period.start()).saturating_sub(ahead);
            let month = used.entry(period).or_default();
            for (key, sum) in &all {
                if known && ahead == 0 {
                    continue;
                }
                let total = month.entry(*key).or_default();
                let mut estimated = parts(total)?;
                for (part, sum) in estimated.iter_mut().zip(sum) {
                    let least = paced(*sum, behind)?;
                    if !known && *part > least && behind > 0 {
                        more.insert((key.direction, period));
                    }
                    let so_far = if known { *part } else { least.max(*part) };
                    *part = so_far.checked_add(paced(*sum, ahead)?).ok_or_else(too_large)?;
                }
                let [quantity, charge, tax] = estimated;
                *total = UsageTotal {
                    records: total.records,
                    quantity,
                    charge: Value::from_unsigned(charge).map_err(|_| too_large())?,
                    tax: Value::from_unsigned(tax).map_err(|_| too_large())?,
                };
            }
            // What the basis does not know at all is more than its pace.
            if !known {
                let new = month.keys().filter(|key| !all.contains_key(key));
                more.extend(new.map(|key| (key.direction, period)));
            }
        }
        Ok((used, more))
    }
}

/// Months of which more has come than at the pace of the basis, by direction.
type More = BTreeSet<(Direction, Period)>;

/// Quantity, charge and tax.
fn parts(total: &UsageTotal) -> Result<[u128; 3], Faults> {
    let clear = |value: Value| {
        let sealed = |_| Faults::one("file", Reason::Other("an amount is sealed".into()));
        value.clear_unsigned().map_err(sealed)
    };
    Ok([total.quantity, clear(total.charge)?, clear(total.tax)?])
}

/// What converts the TAP charges of a month; `None` where there is nothing to convert.
fn exchange(
    terms: &Terms,
    period: Period,
    totals: &Totals,
    rates: &Rates,
) -> Result<Option<Exchange>, Faults> {
    let any = totals
        .values()
        .any(|total| total.charge != Value::ZERO || total.tax != Value::ZERO);
    match Exchange::under(terms, |currency| rates.get(&(period, currency)).copied()) {
        Ok(exchange) => Ok(exchange),
        Err(_) if !any => Ok(None),
        Err(currency) => {
            let files = terms.usage.currency;
            let reason = format!("TAP charges are in {files}: a rate of {currency} per SDR is needed");
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
                label: assigned.label(key.direction),
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
