//! Rating a month of an agreement: from running totals to statement lines.
//!
//! The chain and the command line both call [`rate_month`], so both sides reproduce every figure.

use crate::stretch::{stretches, Stretch};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, ServiceGroup, Terms},
    ids::DisputeId,
    money::{Value, ValueError},
    period::Period,
    service::Service,
    span::Accounted,
    statement::{Exchange, StatementLine},
    usage::{UsageKey, UsageTotal},
};
use interclear_rating::{
    convert, rate_window, Amount, Condition, DirectionCharge, LineCharge, LineHistory, LineTerms, LineUsage,
    Quantity, RatingError, Stage,
};
use interclear_record::record;

/// Running totals of a month, by line, in the units of [`UsageTotal`].
pub type Totals = BTreeMap<UsageKey, UsageTotal>;
/// What the accounting windows and commitment spans that still run have come to, by line.
pub type Account = BTreeMap<UsageKey, Running>;

/// What one line has used and been charged before a month.
#[record(Copy, Default)]
pub struct Running {
    /// Used in the window so far, TAP charges in the agreement's currency.
    pub usage: LineUsage,
    /// Charged for the window so far, and for the windows before it in the commitment's span.
    pub history: LineHistory,
}

/// Why a month cannot be rated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AmountFault {
    /// An amount is too large for 128 bits.
    Overflow,
    /// An amount is hidden from the chain.
    Sealed,
    /// An amount or a quantity is negative where it must not be.
    Negative,
    /// The terms are not sound, an exchange rate is 0, or the token has more decimals than the rating engine supports.
    NotRateable,
    /// There is usage that no line of the agreement prices.
    UsageWithoutLine,
}

impl core::fmt::Display for AmountFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Overflow => "an amount is too large",
            Self::Sealed => "an amount is sealed: the chain cannot read it",
            Self::Negative => "an amount is negative where it must not be",
            Self::NotRateable => "the terms cannot be applied",
            Self::UsageWithoutLine => "there is usage that no line of the agreement prices",
        })
    }
}

impl core::error::Error for AmountFault {}

impl From<ValueError> for AmountFault {
    fn from(fault: ValueError) -> Self {
        match fault {
            ValueError::Overflow => Self::Overflow,
            ValueError::Sealed => Self::Sealed,
            ValueError::Negative => Self::Negative,
        }
    }
}

impl From<RatingError> for AmountFault {
    fn from(fault: RatingError) -> Self {
        match fault {
            RatingError::Overflow => Self::Overflow,
            _ => Self::NotRateable,
        }
    }
}

/// A month to be rated, with all that its figures depend on.
#[derive(Clone, Copy, Debug)]
pub struct OpenMonth<'a> {
    /// The terms of the version in force.
    pub terms: &'a Terms,
    /// The month to rate.
    pub period: Period,
    /// Over which months each direction is accounted together with it, by [`Direction::index`].
    pub accounted: [Accounted; 2],
    /// What has been used in the month, in the currency in which files are charged.
    pub totals: &'a Totals,
    /// The month's rates that convert what the files charge; `None` where that is in the agreement's currency.
    pub exchange: Option<Exchange>,
    /// What rating the month before has returned; empty before the first.
    pub account: &'a Account,
    /// Decimals of the settlement token, at most 15.
    pub decimals: u8,
}

/// What a month comes to; amounts are in minor units of the settlement token.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RatedMonth {
    /// Lines, by direction, group and the agreement's order of services.
    pub lines: Vec<StatementLine>,
    /// What the first and the second party owe before netting: charges, shortfall and tax; negative where the month
    /// gives back what earlier ones of the window charged.
    pub totals: [Value; 2],
    /// What the first party owes the second; negative if the second owes the first.
    pub net: Value,
    /// What the next month is rated with.
    pub account: Account,
    /// What the accounting windows that end with the month have come to, all of their lines; late usage corrects them.
    pub ended: Account,
    /// The disputes whose decisions move nothing: with their figures a window cannot be calculated, or none of it is kept.
    pub set_aside: Vec<DisputeId>,
}

/// Rates both directions of a month.
///
/// Each direction is rated for its accounting window to date, and the month states the difference to what the window
/// was charged before: the months of a window add up exactly to rating it at once, in whatever month its usage came.
/// What is missing from a commitment is charged with the last month of its span. Commitments, fees and caps are owed for the
/// months that their span or window runs, of its agreed length; see [`stretches`]. Amounts of a window to date are
/// rounded once per line, half to even, to `decimals`.
///
/// Months are rated in order, each with the account that the one before has left.
///
/// # Errors
/// An amount does not fit, or there is usage without a line: nothing is left out silently.
pub fn rate_month(month: &OpenMonth) -> Result<RatedMonth, AmountFault> {
    let mut rated = RatedMonth::default();
    for (direction, owed) in Direction::BOTH.into_iter().zip(0usize..) {
        let agreed = month.terms.direction(direction);
        let lines = DirectionLines::read(month, direction, agreed)?;
        let charge = lines.rate(month)?;
        if let Some(total) = rated.totals.get_mut(owed) {
            *total = Value::Clear(charge.gross()?);
        }
        for (key, line) in lines.keys.iter().zip(&charge.lines) {
            rated.lines.push(statement_line(*key, None, line)?);
        }
        lines.carry(month, agreed, &charge, &mut rated)?;
    }
    let stated: BTreeSet<UsageKey> = rated.lines.iter().map(StatementLine::key).collect();
    if !month.totals.keys().all(|key| stated.contains(key)) {
        return Err(AmountFault::UsageWithoutLine);
    }
    let [first, second] = rated.totals;
    rated.net = first.checked_sub(&second)?;
    Ok(rated)
}

/// The lines of a direction as the engine sees them: the window to date.
pub(crate) struct DirectionLines {
    /// The window and the commitment's span in which the month lies.
    pub(crate) window: Stretch,
    pub(crate) span: Stretch,
    /// The condition, and below the terms of the lines, for as long as the span and the window run.
    pub(crate) condition: Condition,
    pub(crate) keys: Vec<UsageKey>,
    pub(crate) terms: Vec<LineTerms>,
    pub(crate) usage: Vec<LineUsage>,
    pub(crate) history: Vec<LineHistory>,
}

impl DirectionLines {
    pub(crate) fn read(
        month: &OpenMonth,
        direction: Direction,
        agreed: &DirectionTerms,
    ) -> Result<Self, AmountFault> {
        let [first, second] = &month.accounted;
        let accounted = match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        };
        let [window, span] = stretches(month.terms, agreed, accounted, month.period);
        let condition = match agreed.condition {
            caps @ Condition::UsageCaps { .. } => caps.for_part(window.owed, window.whole)?,
            commitment => commitment.for_part(span.owed, span.whole)?,
        };
        let mut lines = Self {
            window,
            span,
            condition,
            keys: Vec::new(),
            terms: Vec::new(),
            usage: Vec::new(),
            history: Vec::new(),
        };
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
            let used = line_usage(month, group, key)?;
            let mut before = month.account.get(&key).copied().unwrap_or_default();
            // A window, and a span, that begins with this month has no past. What the window before was charged stays with
            // the span, also when nobody knew that it would end with the month before.
            if window.months.first == month.period {
                before.usage = LineUsage::default();
                before.history = before.history.next_window()?;
            }
            if span.months.first == month.period || !line.terms.in_commitment {
                before.history.earlier = LineCharge::default();
                if window.months.first == month.period {
                    before.history.decided = LineCharge::default();
                }
            }
            lines.keys.push(key);
            lines.terms.push(line.terms.for_part(window.owed, window.whole)?);
            lines
                .usage
                .push(before.usage.checked_add(&used).ok_or(AmountFault::Overflow)?);
            lines.history.push(before.history);
        }
        Ok(lines)
    }

    /// Whether the commitment is due with the month.
    pub(crate) fn stage(&self, month: &OpenMonth) -> Stage {
        if self.span.months.last == month.period {
            Stage::TrueUp
        } else {
            Stage::Provisional
        }
    }

    fn rate(&self, month: &OpenMonth) -> Result<DirectionCharge, AmountFault> {
        Ok(rate_window(
            &self.terms,
            &self.condition,
            &self.usage,
            &self.history,
            self.stage(month),
            month.decimals,
        )?)
    }

    /// Keeps what later months of the window or of the span will ask for.
    fn carry(
        self,
        month: &OpenMonth,
        agreed: &DirectionTerms,
        charge: &DirectionCharge,
        rated: &mut RatedMonth,
    ) -> Result<(), AmountFault> {
        let window_goes_on = self.window.months.last != month.period;
        let span_goes_on = agreed.has_commitment() && self.span.months.last != month.period;
        let used = self.keys.iter().zip(&self.terms).zip(&self.usage);
        for (((key, terms), usage), (history, line)) in used.zip(self.history.iter().zip(&charge.lines)) {
            let history = history.charged(line)?;
            if !window_goes_on {
                let usage = *usage;
                rated.ended.insert(*key, Running { usage, history });
            }
            let running = if window_goes_on {
                Running {
                    usage: *usage,
                    history,
                }
            } else if span_goes_on && terms.in_commitment {
                Running {
                    usage: LineUsage::default(),
                    history: history.next_window()?,
                }
            } else {
                continue;
            };
            rated.account.insert(*key, running);
        }
        Ok(())
    }
}

pub(crate) fn statement_line(
    key: UsageKey,
    late: Option<Period>,
    charge: &LineCharge,
) -> Result<StatementLine, AmountFault> {
    Ok(StatementLine {
        direction: key.direction,
        group: key.group,
        service: key.service,
        late,
        quantity: u128::try_from(charge.quantity).map_err(|_| AmountFault::Negative)?,
        tap_charge: Value::Clear(charge.tap_charge),
        charge: Value::Clear(charge.charge),
        shortfall: Value::Clear(charge.shortfall),
        tax: Value::Clear(charge.tax),
    })
}

/// What a line has used in the month, in the agreement's currency.
fn line_usage(month: &OpenMonth, group: &ServiceGroup, key: UsageKey) -> Result<LineUsage, AmountFault> {
    let OpenMonth { terms, totals, .. } = *month;
    let quantity = |key: &UsageKey| totals.get(key).map_or(0, |total| total.quantity);
    let total = totals.get(&key).copied().unwrap_or_default();
    let mut reverse_volume = 0u128;
    let reverse = key.direction.reverse();
    for (other, number) in terms.direction(reverse).groups.iter().zip(0u8..) {
        if group.mirrors(other) {
            let key = UsageKey {
                direction: reverse,
                group: number,
                service: key.service,
            };
            reverse_volume = reverse_volume
                .checked_add(quantity(&key))
                .ok_or(AmountFault::Overflow)?;
        }
    }
    let amount = |value: Value| -> Result<Amount, AmountFault> {
        let amount = value.clear_unsigned()?;
        Ok(Amount(match month.exchange {
            None => amount,
            Some(Exchange { from, to }) => convert(amount, from, to)?,
        }))
    };
    Ok(LineUsage {
        volume: Quantity(total.quantity),
        reverse_volume: Quantity(reverse_volume),
        // IMSIs are counted for the group as a whole.
        imsi_months: Quantity(quantity(&UsageKey {
            service: Service::NetworkAccess,
            ..key
        })),
        tap_charge: amount(total.charge)?,
        tap_tax: amount(total.tax)?,
    })
}

#[cfg(test)]
pub(crate) mod tests;
