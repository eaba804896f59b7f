//! Late usage: what came for a month after it was closed, billed with a later one.
//!
//! Late usage corrects the month to which it belongs: it is rated by the terms, in the accounting window, with the
//! commitment and at the exchange rates of that month, and what the window, and a commitment that was due, are charged
//! with it beyond what they were charged before is billed. So all statements together come to what they would have come
//! to had all usage come in time, and nobody gains by the time at which usage comes.
//!
//! Exactly so where files are charged in the agreement's currency. Otherwise charges are converted month by month, to a
//! millionth; each late part of a line adds one such rounding.

use crate::{
    explain::ExplainedDirection,
    rate::{
        line_usage, rate_month, statement_line, Account, AmountFault, OpenMonth, RatedMonth, Running, Totals,
    },
    stretch::stretch,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::ops::Bound;
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, Terms},
    money::Value,
    period::Period,
    span::Months,
    statement::{Exchange, StatementLine},
    usage::UsageKey,
};
use interclear_rating::{explain_window, rate_window, LineCharge, LineHistory, LineTerms, LineUsage, Stage};

/// What windows that have ended have come to, by their last month. Late usage of a month needs that of its window and of
/// the later ones of its commitment's span.
pub type Ended = BTreeMap<Period, Account>;

/// Usage of a month, with the terms by which it is rated.
#[derive(Clone, Copy, Debug)]
pub struct MonthUsage<'a> {
    /// The terms of the version in force in the month.
    pub terms: &'a Terms,
    /// The month, within `in_force`.
    pub period: Period,
    /// The months in which that version is in force.
    pub in_force: Months,
    /// What has been used, in the currency in which files are charged.
    pub totals: &'a Totals,
    /// The month's rates that convert what the files charge; `None` where that is in the agreement's currency.
    pub exchange: Option<Exchange>,
}

impl<'a> MonthUsage<'a> {
    /// The month to be rated with what the month before has left; amounts have `decimals`.
    pub const fn open(&self, account: &'a Account, decimals: u8) -> OpenMonth<'a> {
        let Self {
            terms,
            period,
            in_force,
            totals,
            exchange,
        } = *self;
        OpenMonth {
            terms,
            period,
            in_force,
            totals,
            exchange,
            account,
            decimals,
        }
    }
}

/// What is kept between the months of an agreement.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Kept {
    /// What windows and spans that still run have come to.
    pub running: Account,
    /// What windows that have ended have come to, as far as late usage can still correct them.
    pub ended: Ended,
}

/// How late usage of a month came to its lines in one direction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExplainedLate {
    /// The month of the usage.
    pub period: Period,
    /// Its direction.
    pub direction: Direction,
    /// The window with the late usage. What it was charged before it is in `before`.
    pub charged: ExplainedDirection,
}

/// Bills the month `period`: the late usage of closed months, in their order, then the month's own usage. `own` is `None`
/// in a month after the end of the agreement, which bills late usage alone. Amounts have `decimals`, at most 15. What is
/// kept is brought forward to the next month.
///
/// # Errors
/// As [`rate_month`]; what is kept is of no use then.
pub fn bill_month(
    period: Period,
    own: Option<&MonthUsage>,
    late: &[MonthUsage],
    kept: &mut Kept,
    decimals: u8,
) -> Result<RatedMonth, AmountFault> {
    let corrections = correct(period, late, kept, decimals, &mut None)?;
    let mut rated = match own {
        Some(own) => {
            let mut rated = rate_month(&own.open(&kept.running, decimals))?;
            keep_cut_short(own, kept);
            kept.running.clone_from(&rated.account);
            let ended = core::mem::take(&mut rated.ended);
            if !ended.is_empty() {
                kept.ended.insert(period, ended);
            }
            rated
        }
        None => RatedMonth::default(),
    };
    for line in corrections {
        let owed = match line.direction {
            Direction::FirstHome => 0usize,
            Direction::SecondHome => 1,
        };
        if let Some(total) = rated.totals.get_mut(owed) {
            *total = total
                .checked_add(&line.charge)?
                .checked_add(&line.shortfall)?
                .checked_add(&line.tax)?;
        }
        rated.lines.push(line);
    }
    let [first, second]: [Value; 2] = rated.totals;
    rated.net = first.checked_sub(&second)?;
    Ok(rated)
}

/// Writes down how the late usage that the month `period` bills came to its lines.
///
/// # Errors
/// As [`bill_month`].
pub fn explain_late(
    period: Period,
    late: &[MonthUsage],
    kept: &Kept,
    decimals: u8,
) -> Result<Vec<ExplainedLate>, AmountFault> {
    let mut notes = Some(Vec::new());
    correct(period, late, &mut kept.clone(), decimals, &mut notes)?;
    Ok(notes.unwrap_or_default())
}

/// A version that ends with a month that is closed already cuts its windows short: they have ended with the month before
/// `own`, whose window begins anew.
fn keep_cut_short(own: &MonthUsage, kept: &mut Kept) {
    let last = own.period.previous();
    for direction in Direction::BOTH {
        let agreed = own.terms.direction(direction);
        if stretch(own.terms, agreed.window, own.in_force, own.period).first != own.period {
            continue;
        }
        let mut cut = lines_of(&kept.running, direction);
        if let Some(ended) = kept.ended.get(&last) {
            if !lines_of(ended, direction).is_empty() {
                continue;
            }
        }
        cut.retain(|_, running| running.usage != LineUsage::default() || has_charge(&running.history.window));
        if !cut.is_empty() {
            kept.ended.entry(last).or_default().extend(cut);
        }
    }
}

fn has_charge(charge: &LineCharge) -> bool {
    *charge != LineCharge::default()
}

fn lines_of(account: &Account, direction: Direction) -> Account {
    account
        .iter()
        .filter(|(key, _)| key.direction == direction)
        .map(|(key, running)| (*key, *running))
        .collect()
}

/// The lines that correct closed months, by ascending month.
fn correct(
    billed_with: Period,
    late: &[MonthUsage],
    kept: &mut Kept,
    decimals: u8,
    notes: &mut Option<Vec<ExplainedLate>>,
) -> Result<Vec<StatementLine>, AmountFault> {
    let mut lines = Vec::new();
    for month in late {
        let mut keys = BTreeSet::new();
        for direction in Direction::BOTH {
            let mut correction = Correction::read(month, direction, billed_with, decimals)?;
            keys.extend(correction.keys.iter().copied());
            if correction.usage.iter().all(|used| *used == LineUsage::default()) {
                continue;
            }
            let charges = correction.apply(kept, notes)?;
            for (key, charge) in correction.keys.iter().zip(charges) {
                if has_charge(&charge) || month.totals.contains_key(key) {
                    lines.push(statement_line(*key, Some(month.period), &charge)?);
                }
            }
        }
        if !month.totals.keys().all(|key| keys.contains(key)) {
            return Err(AmountFault::UsageWithoutLine);
        }
    }
    Ok(lines)
}

/// Late usage of one direction of a closed month.
struct Correction<'a> {
    period: Period,
    direction: Direction,
    agreed: &'a DirectionTerms,
    /// The window and the commitment's span in which the month lies.
    window: Months,
    span: Months,
    /// The month that bills it.
    billed_with: Period,
    decimals: u8,
    keys: Vec<UsageKey>,
    terms: Vec<LineTerms>,
    /// What came late, by line.
    usage: Vec<LineUsage>,
}

impl<'a> Correction<'a> {
    fn read(
        month: &MonthUsage<'a>,
        direction: Direction,
        billed_with: Period,
        decimals: u8,
    ) -> Result<Self, AmountFault> {
        let agreed = month.terms.direction(direction);
        let stretch = |span| stretch(month.terms, span, month.in_force, month.period);
        let mut correction = Self {
            period: month.period,
            direction,
            agreed,
            window: stretch(agreed.window),
            span: stretch(agreed.commitment_span),
            billed_with,
            decimals,
            keys: Vec::new(),
            terms: Vec::new(),
            usage: Vec::new(),
        };
        let account = Account::new();
        let open = month.open(&account, decimals);
        for (number, line) in agreed.lines() {
            let key = UsageKey {
                direction,
                group: number,
                service: line.service,
            };
            let group = agreed
                .groups
                .get(usize::from(number))
                .ok_or(AmountFault::NotRateable)?;
            correction.keys.push(key);
            correction.terms.push(line.terms.clone());
            correction.usage.push(line_usage(&open, group, key)?);
        }
        Ok(correction)
    }

    /// Books the usage in its window, and returns what each line is charged for it: in the window, and for a commitment
    /// that was due before.
    fn apply(
        &mut self,
        kept: &mut Kept,
        notes: &mut Option<Vec<ExplainedLate>>,
    ) -> Result<Vec<LineCharge>, AmountFault> {
        let (window, span) = (self.window, self.span);
        let mut charges = self.rate(kept, window, &self.usage, notes)?;
        // A window that still runs is brought forward when it ends.
        let runs = window.last >= self.billed_with;
        if !self.agreed.has_commitment() || runs || window.last >= span.last {
            return Ok(charges);
        }
        // The later windows of the span measure its commitment by the earlier ones, too.
        let later = (Bound::Excluded(window.last), Bound::Included(span.last));
        for (_, account) in kept.ended.range_mut(later) {
            // Windows of the other direction may end with other months.
            if account.keys().any(|key| key.direction == self.direction) {
                self.bring_forward(&charges, account)?;
            }
        }
        let due = span.last < self.billed_with;
        if !due || !self.has_ended(kept, span.last) {
            self.bring_forward(&charges, &mut kept.running)?;
        }
        if due {
            let none: Vec<_> = self.keys.iter().map(|_| LineUsage::default()).collect();
            let last = stretch_of(span.last);
            let due = self.rate(kept, last, &none, notes)?;
            for (charge, due) in charges.iter_mut().zip(due) {
                *charge = charge.checked_add(&due).ok_or(AmountFault::Overflow)?;
            }
        }
        Ok(charges)
    }

    /// Adds what a window was charged to what later ones know of it.
    fn bring_forward(&self, charges: &[LineCharge], account: &mut Account) -> Result<(), AmountFault> {
        for ((key, terms), charge) in self.keys.iter().zip(&self.terms).zip(charges) {
            if terms.in_commitment {
                let earlier = &mut account.entry(*key).or_default().history.earlier;
                *earlier = earlier.checked_add(charge).ok_or(AmountFault::Overflow)?;
            }
        }
        Ok(())
    }

    /// Whether the window of the direction that ended with a month is kept as such.
    fn has_ended(&self, kept: &Kept, last: Period) -> bool {
        kept.ended
            .get(&last)
            .is_some_and(|account| account.keys().any(|key| key.direction == self.direction))
    }

    /// Rates a window with `used` on top of what it has used, books that, and returns the difference to what it was
    /// charged before.
    fn rate(
        &self,
        kept: &mut Kept,
        window: Months,
        used: &[LineUsage],
        notes: &mut Option<Vec<ExplainedLate>>,
    ) -> Result<Vec<LineCharge>, AmountFault> {
        let last = window.last;
        // A window that a new version has cut short has not been put away before the next month is billed.
        let cut_short = last.next() == self.billed_with && !self.has_ended(kept, last);
        let account = if last >= self.billed_with || cut_short {
            &mut kept.running
        } else {
            kept.ended.entry(last).or_default()
        };
        let stage = if last == self.span.last && last < self.billed_with {
            Stage::TrueUp
        } else {
            Stage::Provisional
        };
        let known = |key: &UsageKey| account.get(key).copied().unwrap_or_default();
        let before: Vec<Running> = self.keys.iter().map(known).collect();
        let history: Vec<LineHistory> = before.iter().map(|line| line.history).collect();
        let usage: Vec<LineUsage> = before
            .iter()
            .zip(used)
            .map(|(before, used)| before.usage.checked_add(used).ok_or(AmountFault::Overflow))
            .collect::<Result<_, _>>()?;
        let condition = &self.agreed.condition;
        let charge = rate_window(&self.terms, condition, &usage, &history, stage, self.decimals)?;
        if let Some(notes) = notes {
            let explanation = explain_window(&self.terms, condition, &usage, &history, stage, self.decimals)?;
            notes.push(ExplainedLate {
                period: self.period,
                direction: self.direction,
                charged: ExplainedDirection {
                    window,
                    span: self.span,
                    condition: *condition,
                    due: stage == Stage::TrueUp,
                    keys: self.keys.clone(),
                    usage: usage.clone(),
                    before: history.clone(),
                    explanation,
                },
            });
        }
        for (((key, usage), history), charge) in self.keys.iter().zip(usage).zip(history).zip(&charge.lines) {
            let history = history.charged(charge)?;
            account.insert(*key, Running { usage, history });
        }
        Ok(charge.lines)
    }
}

/// The window that ends with a month, of which only that is asked for.
const fn stretch_of(last: Period) -> Months {
    Months { first: last, last }
}

#[cfg(test)]
mod tests;
