//! Late usage: what came for a month after it was closed, billed with a later one.
//!
//! Late usage corrects the month to which it belongs: it is rated by the terms, in the accounting window, with the
//! commitment and at the exchange rates of that month, and what the window, and a commitment that was due, are charged
//! with it beyond what they were charged before is billed. So all statements together come to what they would have come
//! to had all usage come in time, and nobody gains by the time at which usage comes.
//!
//! What disputes have decided of closed months comes in here as well ([`Decided`]): it is paid by itself, and counts in the window and
//! the commitment of its line as what was used and charged. What a commitment that was due comes to with it is billed as late usage is.
//! Usage that a dispute was on, and that files bring late as well, is paid once, whichever comes first ([`LatePart`]).
//!
//! Exactly so where files are charged in the agreement's currency. Otherwise charges are converted month by month, to a
//! millionth; each late part of a line adds one such rounding.

use crate::{
    explain::ExplainedDirection,
    rate::{
        rate_month, statement_line, Account, AmountFault, DirectionLines, OpenMonth, RatedMonth, Running,
        Totals,
    },
    stretch::stretches,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::ops::Bound;
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, Terms},
    ids::DisputeId,
    money::Value,
    period::Period,
    span::{Accounted, Months},
    statement::{Decided, Exchange, StatementLine},
    usage::UsageKey,
};
use interclear_rating::{
    explain_window, rate_window, LineCharge, LineHistory, LineTerms, LineUsage, Pricing, Stage,
};

mod parts;

pub use parts::{Brought, LatePart, LateParts};

/// What windows that have ended have come to, by their last month. Late usage of a month needs that of its window and of
/// the later ones of its commitment's span.
pub type Ended = BTreeMap<Period, Account>;

/// The version of an agreement in force in a month.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// All that both signed, whether its months are over or not.
    pub terms: &'a Terms,
    /// Over which months each direction is accounted together with the month, by [`Direction::index`].
    pub accounted: [Accounted; 2],
}

/// Usage of a month, with the terms by which it is rated.
#[derive(Clone, Copy, Debug)]
pub struct MonthUsage<'a> {
    /// The version in force in the month.
    pub version: Version<'a>,
    /// The month.
    pub period: Period,
    /// What has been used, in the currency in which files are charged.
    pub totals: &'a Totals,
    /// The month's rates that convert what the files charge; `None` where that is in the agreement's currency.
    pub exchange: Option<Exchange>,
    /// The versions with whose windows the commitments are due in whose spans the month lies, by [`Direction::index`], where
    /// [`due_with`] tells a month; `None` where it tells none, or the version is the month's own.
    pub due: [Option<Version<'a>>; 2],
    /// What disputes have decided of the month; of late months alone.
    pub decided: &'a [Decided],
}

/// The last months of the spans in which `period` lies, by [`Direction::index`]: those of the commitments that were due
/// before the month `billed_with`.
pub fn due_with(version: &Version, period: Period, billed_with: Period) -> [Option<Period>; 2] {
    Direction::BOTH.map(|direction| {
        let agreed = version.terms.direction(direction);
        let [_, span] = stretches(
            version.terms,
            agreed,
            of_direction(&version.accounted, direction),
            period,
        );
        let last = span.months.last;
        (agreed.has_commitment() && last < billed_with).then_some(last)
    })
}

const fn of_direction<T>([first, second]: &[T; 2], direction: Direction) -> &T {
    match direction {
        Direction::FirstHome => first,
        Direction::SecondHome => second,
    }
}

impl<'a> MonthUsage<'a> {
    /// The months with which those windows end that what comes late of the month corrects, by [`Direction::index`]: its own, and under a
    /// commitment the later ones of its span.
    pub fn corrects(&self) -> [Months; 2] {
        let Version { terms, accounted } = &self.version;
        Direction::BOTH.map(|direction| {
            let agreed = terms.direction(direction);
            let [window, span] = stretches(terms, agreed, of_direction(accounted, direction), self.period);
            Months {
                first: window.months.last,
                last: match agreed.has_commitment() {
                    true => span.months.last,
                    false => window.months.last,
                },
            }
        })
    }

    /// The month to be rated with what the month before has left; amounts have `decimals`.
    pub const fn open(&self, account: &'a Account, decimals: u8) -> OpenMonth<'a> {
        let Self {
            version: Version { terms, accounted },
            period,
            totals,
            exchange,
            ..
        } = *self;
        OpenMonth {
            terms,
            period,
            accounted,
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
    /// What came late, and what disputes have decided, by month and line.
    pub late: BTreeMap<(Period, UsageKey), LateParts>,
}

/// How late usage of a month came to its lines in one direction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExplainedLate {
    /// The month of the usage.
    pub period: Period,
    /// Whose subscribers roam.
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
    rated.set_aside = corrections.set_aside;
    for line in corrections.lines {
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
    let Version { terms, accounted } = own.version;
    for direction in Direction::BOTH {
        let agreed = terms.direction(direction);
        let [window, _] = stretches(terms, agreed, of_direction(&accounted, direction), own.period);
        let ended = |account: &Account| account.keys().any(|key| key.direction == direction);
        if window.months.first != own.period || kept.ended.get(&last).is_some_and(ended) {
            continue;
        }
        let cut = lines_of(&kept.running, direction);
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

/// How a month corrects closed ones.
#[derive(Default)]
struct Corrections {
    /// By ascending month.
    lines: Vec<StatementLine>,
    /// As [`RatedMonth::set_aside`].
    set_aside: Vec<DisputeId>,
}

/// What corrects closed months.
fn correct(
    billed_with: Period,
    late: &[MonthUsage],
    kept: &mut Kept,
    decimals: u8,
    notes: &mut Option<Vec<ExplainedLate>>,
) -> Result<Corrections, AmountFault> {
    let mut found = Corrections::default();
    for month in late {
        // First what was decided: late files may bring what it was on.
        let mut moved = Vec::new();
        for decided in month.decided {
            // Figures that cannot be reckoned with move nothing of their line: no month stays open on their account.
            let mut before = Before::of(kept, decided);
            match take_decided(month, decided, kept, (billed_with, decimals), &mut before) {
                Ok(Some(directions)) => moved.extend(directions),
                Ok(None) | Err(_) => {
                    before.put_back(kept, decided);
                    found.set_aside.push(decided.dispute);
                }
            }
        }
        let totals = parts::bring(&mut kept.late, month.period, billed_with, month.totals)?;
        let month = &MonthUsage {
            totals: &totals,
            ..*month
        };
        let mut keys = BTreeSet::new();
        for direction in Direction::BOTH {
            let correction = Correction::read(month, direction, billed_with, decimals)?;
            keys.extend(correction.lines.keys.iter().copied());
            let came =
                month.totals.keys().any(|key| key.direction == direction) || moved.contains(&direction);
            // Of the other direction it can still be what this one is measured by.
            if !came && correction.is_unused() {
                continue;
            }
            for (key, charge) in correction.apply(kept, notes)? {
                if has_charge(&charge) || month.totals.contains_key(&key) {
                    // What is given back is less money, and no usage of the statement.
                    let quantity = charge.quantity.max(0);
                    found.lines.push(statement_line(
                        key,
                        Some(month.period),
                        &LineCharge { quantity, ..charge },
                    )?);
                }
            }
        }
        if !month.totals.keys().all(|key| keys.contains(key)) {
            return Err(AmountFault::UsageWithoutLine);
        }
    }
    Ok(found)
}

/// What a decision finds, for as long as it may be set aside after all.
struct Before {
    /// Of its line, in each window.
    running: Option<Running>,
    ended: Vec<Option<Running>>,
    late: Option<LateParts>,
    /// Where it moves what of late usage is billed, other lines know of it, too: those of the group know its IMSIs, those of groups that
    /// mirror it its volume. Each line that has moved so, in the window that has ended with a month, or in the one that runs.
    moved: Vec<(Option<Period>, UsageKey, Option<Running>)>,
}

impl Before {
    fn of(kept: &Kept, decided: &Decided) -> Self {
        let of_line = |account: &Account| account.get(&decided.line).copied();
        Self {
            running: of_line(&kept.running),
            ended: kept.ended.values().map(of_line).collect(),
            late: kept.late.get(&(decided.period, decided.line)).cloned(),
            moved: Vec::new(),
        }
    }

    fn put_back(self, kept: &mut Kept, decided: &Decided) {
        fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, before: Option<V>) {
            match before {
                Some(before) => map.insert(key, before),
                None => map.remove(&key),
            };
        }
        for (ended, line, before) in self.moved {
            match ended {
                Some(last) => put(kept.ended.entry(last).or_default(), line, before),
                None => put(&mut kept.running, line, before),
            }
        }
        put(&mut kept.running, decided.line, self.running);
        for (account, before) in kept.ended.values_mut().zip(self.ended) {
            put(account, decided.line, before);
        }
        put(&mut kept.late, (decided.period, decided.line), self.late);
    }
}

/// Takes in what a dispute has decided: in the window of its line, unless the terms say otherwise, and in what of the line's late usage
/// is billed. Answers in which directions that has moved anything; `None` if a window of which nothing is kept would move, or a commitment that
/// was due with one. Unless it has, all is as it was once it is put back.
fn take_decided(
    month: &MonthUsage,
    decided: &Decided,
    kept: &mut Kept,
    bill: (Period, u8),
    before: &mut Before,
) -> Result<Option<Vec<Direction>>, AmountFault> {
    fn read<'a>(
        month: &MonthUsage<'a>,
        totals: &'a Totals,
        direction: Direction,
        (billed_with, decimals): (Period, u8),
    ) -> Result<Correction<'a>, AmountFault> {
        Correction::read(&MonthUsage { totals, ..*month }, direction, billed_with, decimals)
    }
    let moved = parts::decide(&mut kept.late, decided)?;
    let mut directions = Vec::new();
    if !moved.more.is_empty() || !moved.less.is_empty() {
        for direction in Direction::BOTH {
            let more = read(month, &moved.more, direction, bill)?;
            let less = read(month, &moved.less, direction, bill)?;
            if more.is_unused() && less.is_unused() {
                continue;
            }
            if !more.is_kept(kept) {
                return Ok(None);
            }
            let Some((account, runs)) = more.account(kept) else {
                return Ok(None);
            };
            let ended = (!runs).then_some(more.lines.window.months.last);
            let changes = more.lines.usage.iter().zip(&less.lines.usage);
            for (key, (more, less)) in more.lines.keys.iter().zip(changes) {
                let found = account.get(key).copied();
                let used = found.map(|running| running.usage).unwrap_or_default();
                let usage = used.checked_add(more).ok_or(AmountFault::Overflow)?;
                let usage = usage.checked_sub(less).ok_or(AmountFault::Negative)?;
                if usage != used {
                    before.moved.push((ended, *key, found));
                    account.entry(*key).or_default().usage = usage;
                }
            }
            directions.push(direction);
        }
    }
    if decided.moves_window {
        let direction = decided.line.direction;
        if !read(month, &Totals::new(), direction, bill)?.decide(kept, decided)? {
            return Ok(None);
        }
        directions.push(direction);
    }
    Ok(Some(directions))
}

/// What lines are charged.
type Charges = Vec<(UsageKey, LineCharge)>;

/// Late usage of one direction of a closed month.
struct Correction<'a> {
    period: Period,
    direction: Direction,
    agreed: &'a DirectionTerms,
    /// The window and the commitment's span in which the month lies, and what came late, by line.
    lines: DirectionLines,
    /// Likewise the window with which the commitment was due, in which nothing came late.
    due: Option<DirectionLines>,
    /// The month that bills it.
    billed_with: Period,
    decimals: u8,
}

impl<'a> Correction<'a> {
    fn read(
        month: &MonthUsage<'a>,
        direction: Direction,
        billed_with: Period,
        decimals: u8,
    ) -> Result<Self, AmountFault> {
        let account = Account::new();
        let agreed = month.version.terms.direction(direction);
        let lines = DirectionLines::read(&month.open(&account, decimals), direction, agreed)?;
        let due = match *of_direction(&due_with(&month.version, month.period, billed_with), direction) {
            Some(last) if last > lines.window.months.last => {
                let version = of_direction(&month.due, direction).unwrap_or(month.version);
                let with = MonthUsage {
                    version,
                    period: last,
                    totals: &Totals::new(),
                    exchange: None,
                    due: [None; 2],
                    decided: &[],
                };
                let agreed = version.terms.direction(direction);
                Some(DirectionLines::read(
                    &with.open(&account, decimals),
                    direction,
                    agreed,
                )?)
            }
            _ => None,
        };
        Ok(Self {
            period: month.period,
            direction,
            agreed,
            lines,
            due,
            billed_with,
            decimals,
        })
    }

    /// Books the usage in its window, and returns what each line is charged for it: in the window, and for a commitment
    /// that was due before.
    fn apply(&self, kept: &mut Kept, notes: &mut Option<Vec<ExplainedLate>>) -> Result<Charges, AmountFault> {
        let (window, span) = (self.lines.window.months, self.lines.span.months);
        let runs = self.runs(kept, window.last);
        let mut charges = self.rate(kept, &self.lines, notes)?;
        // It is brought forward when the next one begins.
        if !self.agreed.has_commitment() || runs || window.last >= span.last {
            return Ok(charges);
        }
        let charged: Vec<_> = charges.iter().map(|(key, charge)| (*key, *charge, 0)).collect();
        self.bring_forward(&charged, kept)?;
        if let Some(due) = &self.due {
            for (key, due) in self.rate(kept, due, notes)? {
                match charges.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, charge)) => *charge = charge.checked_add(&due).ok_or(AmountFault::Overflow)?,
                    // A version that carries a span on may add lines.
                    None => charges.push((key, due)),
                }
            }
        }
        Ok(charges)
    }

    /// The later windows of the span measure its commitment by the earlier ones, too: adds what one was charged to what they know of
    /// it, and of its shortfall what was decided.
    fn bring_forward(
        &self,
        charged: &[(UsageKey, LineCharge, i128)],
        kept: &mut Kept,
    ) -> Result<(), AmountFault> {
        let (window, span) = (self.lines.window.months, self.lines.span.months);
        let runs_on = self.due.is_none() || !self.has_ended(kept, span.last);
        let later = (Bound::Excluded(window.last), Bound::Included(span.last));
        // Windows of the other direction may end with other months.
        let own = |account: &Account| account.keys().any(|key| key.direction == self.direction);
        let ended = kept.ended.range_mut(later).map(|(_, account)| account);
        let ended = ended.filter(|account| own(account));
        for account in ended.chain(runs_on.then_some(&mut kept.running)) {
            for (key, charge, shortfall) in charged {
                if self.terms_of(key).is_some_and(|terms| terms.in_commitment) {
                    let history = &mut account.entry(*key).or_default().history;
                    history.earlier = history.earlier.checked_add(charge).ok_or(AmountFault::Overflow)?;
                    history.decided.shortfall = history
                        .decided
                        .shortfall
                        .checked_add(*shortfall)
                        .ok_or(AmountFault::Overflow)?;
                }
            }
        }
        Ok(())
    }

    fn terms_of(&self, key: &UsageKey) -> Option<&LineTerms> {
        let lines = self.lines.keys.iter().zip(&self.lines.terms);
        lines
            .filter(|(known, _)| *known == key)
            .map(|(_, terms)| terms)
            .next()
    }

    /// Whether nothing of the direction came late.
    fn is_unused(&self) -> bool {
        self.lines.usage.iter().all(|used| *used == LineUsage::default())
    }

    /// What the window has come to so far, and whether it still runs; `None` if nothing is kept of it any more.
    fn account<'k>(&self, kept: &'k mut Kept) -> Option<(&'k mut Account, bool)> {
        let last = self.lines.window.months.last;
        match self.runs(kept, last) {
            true => Some((&mut kept.running, true)),
            false => kept.ended.get_mut(&last).map(|account| (account, false)),
        }
    }

    /// Books what a dispute has decided in the window of its line. Usage moves as decided, and so does what was charged; what that
    /// is beyond, or short of, what the usage comes to by the terms stays as it was decided. A shortfall follows from usage and
    /// charges, unless it was decided by itself. Answers whether anything depends on the window any more.
    ///
    /// # Errors
    /// A figure does not fit; what is kept is of no use then.
    fn decide(&self, kept: &mut Kept, decided: &Decided) -> Result<bool, AmountFault> {
        let window = self.lines.window.months;
        let key = decided.line;
        let Some(place) = self.lines.keys.iter().position(|known| *known == key) else {
            return Ok(false);
        };
        if !self.is_kept(kept) {
            return Ok(false);
        }
        let Some((account, runs)) = self.account(kept) else {
            return Ok(false);
        };
        let lines = &self.lines;
        let before: Vec<Running> = lines
            .keys
            .iter()
            .map(|key| account.get(key).copied().unwrap_or_default())
            .collect();
        let history: Vec<LineHistory> = before.iter().map(|line| line.history).collect();
        let rate = |usage: &[LineUsage]| -> Result<LineCharge, AmountFault> {
            let (terms, condition) = (&lines.terms, &lines.condition);
            let rated = rate_window(
                terms,
                condition,
                usage,
                &history,
                Stage::Provisional,
                self.decimals,
            )?;
            rated
                .lines
                .get(place)
                .copied()
                .ok_or(AmountFault::UsageWithoutLine)
        };
        let mut usage: Vec<LineUsage> = before.iter().map(|line| line.usage).collect();
        let by_terms = rate(&usage)?;
        let (Some(used), Some(terms)) = (usage.get_mut(place), lines.terms.get(place)) else {
            return Ok(false);
        };
        let moved = match terms.pricing {
            Pricing::Access { .. } => &mut used.imsi_months.0,
            _ => &mut used.volume.0,
        };
        *moved = moved
            .checked_add_signed(decided.quantity)
            .ok_or(AmountFault::Negative)?;
        let used = *used;
        let by_terms = rate(&usage)?
            .checked_sub(&by_terms)
            .ok_or(AmountFault::Overflow)?;
        let charge = LineCharge {
            quantity: decided.quantity,
            tap_charge: 0,
            tap_tax: 0,
            charge: decided.charge.clear()?,
            shortfall: decided.shortfall.clear()?,
            tax: decided.tax.clear()?,
        };
        let beyond = charge.checked_sub(&by_terms).ok_or(AmountFault::Overflow)?;
        let by_itself = !self.agreed.has_commitment() || decided.quantity == 0 && charge.charge == 0;
        let shortfall = if by_itself { charge.shortfall } else { 0 };
        let beyond = LineCharge {
            charge: beyond.charge,
            tax: beyond.tax,
            shortfall,
            ..LineCharge::default()
        };
        let entry = account.entry(key).or_default();
        entry.usage = used;
        entry.history = entry.history.charged(&charge)?;
        entry.history.decided = entry
            .history
            .decided
            .checked_add(&beyond)
            .ok_or(AmountFault::Overflow)?;
        if self.agreed.has_commitment() && !runs && window.last < lines.span.months.last {
            self.bring_forward(&[(key, charge, shortfall)], kept)?;
        }
        Ok(true)
    }

    /// Whether all is kept that a decision corrects: the window of its month, and that with which the commitment was due. Of nothing
    /// that commitment would be charged once more.
    fn is_kept(&self, kept: &Kept) -> bool {
        let is = |lines: &DirectionLines| {
            let last = lines.window.months.last;
            self.runs(kept, last) || self.has_ended(kept, last)
        };
        is(&self.lines) && self.due.as_ref().is_none_or(is)
    }

    /// Whether the window of the direction that ended with a month is kept as such.
    fn has_ended(&self, kept: &Kept, last: Period) -> bool {
        kept.ended
            .get(&last)
            .is_some_and(|account| account.keys().any(|key| key.direction == self.direction))
    }

    /// Whether the window that ends with a month still runs, or is one that a new version has cut short: this has not been
    /// put away before the next month is billed.
    fn runs(&self, kept: &Kept, last: Period) -> bool {
        last >= self.billed_with || last.next() == self.billed_with && !self.has_ended(kept, last)
    }

    /// Rates a window with what came late on top of what it has used, books that, and returns the difference to what it
    /// was charged before.
    fn rate(
        &self,
        kept: &mut Kept,
        lines: &DirectionLines,
        notes: &mut Option<Vec<ExplainedLate>>,
    ) -> Result<Charges, AmountFault> {
        let last = lines.window.months.last;
        let account = if self.runs(kept, last) {
            &mut kept.running
        } else {
            kept.ended.entry(last).or_default()
        };
        let stage = if last == lines.span.months.last && last < self.billed_with {
            Stage::TrueUp
        } else {
            Stage::Provisional
        };
        let known = |key: &UsageKey| account.get(key).copied().unwrap_or_default();
        let before: Vec<Running> = lines.keys.iter().map(known).collect();
        let history: Vec<LineHistory> = before.iter().map(|line| line.history).collect();
        let usage: Vec<LineUsage> = before
            .iter()
            .zip(&lines.usage)
            .map(|(before, used)| before.usage.checked_add(used).ok_or(AmountFault::Overflow))
            .collect::<Result<_, _>>()?;
        let (terms, condition) = (&lines.terms, &lines.condition);
        let charge = rate_window(terms, condition, &usage, &history, stage, self.decimals)?;
        if let Some(notes) = notes {
            let explanation = explain_window(terms, condition, &usage, &history, stage, self.decimals)?;
            notes.push(ExplainedLate {
                period: self.period,
                direction: self.direction,
                charged: ExplainedDirection {
                    window: lines.window,
                    span: lines.span,
                    condition: *condition,
                    due: stage == Stage::TrueUp,
                    keys: lines.keys.clone(),
                    terms: lines.terms.clone(),
                    usage: usage.clone(),
                    before: history.clone(),
                    explanation,
                },
            });
        }
        for (((key, usage), history), charge) in lines.keys.iter().zip(usage).zip(history).zip(&charge.lines)
        {
            let history = history.charged(charge)?;
            account.insert(*key, Running { usage, history });
        }
        Ok(lines.keys.iter().copied().zip(charge.lines).collect())
    }
}

#[cfg(test)]
mod tests;
