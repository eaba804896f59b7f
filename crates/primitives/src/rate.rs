//! Rating a month of an agreement: from running totals to statement lines.
//!
//! The chain and the command line both call [`rate_month`], so both sides reproduce every figure.

use crate::{
    Direction, Service, ServiceGroup, StatementLine, Terms, UsageKey, UsageTotal, Value, ValueError,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use interclear_rating::{
    rate_window, Amount, Condition, LineCharge, LineHistory, LineTerms, LineUsage, Quantity, RatingError,
    Stage,
};

/// Running totals of a month, by line.
pub type Totals = BTreeMap<UsageKey, UsageTotal>;
/// What has been charged in earlier months, by line.
pub type Charged = BTreeMap<UsageKey, LineCharge>;

/// Why an amount cannot be worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AmountFault {
    /// It does not fit.
    Overflow,
    /// It is hidden from the chain.
    Sealed,
    /// It is negative where it must not be.
    Negative,
    /// The terms cannot be applied to it.
    NotRateable,
    /// There is usage that no line of the agreement prices.
    UsageWithoutLine,
}

impl core::fmt::Display for AmountFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Overflow => "an amount does not fit",
            Self::Sealed => "an amount is sealed",
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

/// A rated month.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RatedMonth {
    /// Lines, by direction, group and the agreement's order of services.
    pub lines: Vec<StatementLine>,
    /// What the first and the second party owe before netting: charges, shortfall and tax.
    pub totals: [Value; 2],
    /// What the first party owes the second; negative if the second owes the first.
    pub net: Value,
    /// Lines that count towards a commitment, with what they have been charged over its span, this month included.
    pub committed: Vec<(UsageKey, LineCharge)>,
}

/// Rates both directions of a month.
///
/// The accounting window is the month, the span of a commitment the months in force; `before` has what its lines were
/// charged in earlier months, and with [`Stage::TrueUp`] what is missing from it is charged. Amounts are rounded once
/// per line, half to even, to `decimals`.
///
/// # Errors
/// An amount does not fit, or there is usage without a line: nothing is left out silently.
pub fn rate_month(
    terms: &Terms,
    totals: &Totals,
    before: &Charged,
    stage: Stage,
    decimals: u8,
) -> Result<RatedMonth, AmountFault> {
    let mut month = RatedMonth::default();
    for (direction, owed) in Direction::BOTH.into_iter().zip(0usize..) {
        let agreed = terms.direction(direction);
        let keys: Vec<UsageKey> = agreed
            .lines()
            .map(|(group, line)| UsageKey {
                direction,
                group,
                service: line.service,
            })
            .collect();
        let priced: Vec<LineTerms> = agreed.lines().map(|(_, line)| line.terms.clone()).collect();
        let mut usage = Vec::with_capacity(keys.len());
        for key in &keys {
            let group = agreed
                .groups
                .get(usize::from(key.group))
                .ok_or(AmountFault::NotRateable)?;
            usage.push(line_usage(terms, group, *key, totals)?);
        }
        let history: Vec<LineHistory> = keys
            .iter()
            .map(|key| LineHistory {
                window: LineCharge::default(),
                earlier: before.get(key).copied().unwrap_or_default(),
            })
            .collect();
        let charge = rate_window(&priced, &agreed.condition, &usage, &history, stage, decimals)?;
        if let Some(total) = month.totals.get_mut(owed) {
            *total = Value::Clear(charge.gross()?);
        }
        let spans = !matches!(
            agreed.condition,
            Condition::Unconditional | Condition::UsageCaps { .. }
        );
        for ((key, line), terms) in keys.iter().zip(&charge.lines).zip(&priced) {
            month.lines.push(statement_line(*key, line)?);
            if spans && terms.in_commitment {
                let earlier = before.get(key).copied().unwrap_or_default();
                month
                    .committed
                    .push((*key, earlier.checked_add(line).ok_or(AmountFault::Overflow)?));
            }
        }
    }
    let stated: BTreeSet<UsageKey> = month.lines.iter().map(StatementLine::key).collect();
    if !totals.keys().all(|key| stated.contains(key)) {
        return Err(AmountFault::UsageWithoutLine);
    }
    let [first, second] = month.totals;
    month.net = first.checked_sub(&second)?;
    Ok(month)
}

fn statement_line(key: UsageKey, charge: &LineCharge) -> Result<StatementLine, AmountFault> {
    Ok(StatementLine {
        direction: key.direction,
        group: key.group,
        service: key.service,
        quantity: u128::try_from(charge.quantity).map_err(|_| AmountFault::Negative)?,
        tap_charge: Value::Clear(charge.tap_charge),
        charge: Value::Clear(charge.charge),
        shortfall: Value::Clear(charge.shortfall),
        tax: Value::Clear(charge.tax),
    })
}

/// What the engine is told of a line.
fn line_usage(
    terms: &Terms,
    group: &ServiceGroup,
    key: UsageKey,
    totals: &Totals,
) -> Result<LineUsage, AmountFault> {
    let quantity = |key: &UsageKey| totals.get(key).map_or(0, |total| total.quantity);
    let total = totals.get(&key).copied().unwrap_or_default();
    let mut reverse_volume = 0u128;
    let reverse = key.direction.reverse();
    for (other, number) in terms.direction(reverse).groups.iter().zip(0u8..) {
        // Only a group within the mirrored networks can be attributed; running totals know no single networks.
        let mirrored = other.home.iter().all(|tadig| group.visited.contains(tadig))
            && other.visited.iter().all(|tadig| group.home.contains(tadig));
        if mirrored {
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
    Ok(LineUsage {
        volume: Quantity(total.quantity),
        reverse_volume: Quantity(reverse_volume),
        // IMSIs are counted for the group as a whole.
        imsi_months: Quantity(quantity(&UsageKey {
            service: Service::NetworkAccess,
            ..key
        })),
        tap_charge: Amount(total.charge.clear_unsigned()?),
        tap_tax: Amount(total.tax.clear_unsigned()?),
    })
}
