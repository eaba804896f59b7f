//! What came late of a line, and what disputes have decided of it: the same usage is paid once, whichever of them comes first.
//!
//! A dispute that has moved how much was used, up or down, takes in as much of what files bring late: they are taken to bring the
//! usage that it was on. What they were billed before it ended is given back, and what they bring afterwards is not billed. Who says
//! that it is other usage disputes the late line; what is decided of that line stands.

use crate::rate::{AmountFault, Totals};
use alloc::collections::BTreeMap;
use interclear_primitives::{
    bounds::{MAX_DECIDED_AMOUNT, MAX_MONTH_QUANTITY},
    money::Value,
    period::Period,
    statement::Decided,
    usage::{UsageKey, UsageTotal},
};
use interclear_record::record;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// What files bring of a line, in the units of [`UsageTotal`].
#[record(Copy, Default)]
pub struct Brought {
    /// In 10^-6 of the unit of the service.
    pub quantity: u128,
    /// Before tax, in 10^-6 of the currency in which files are charged.
    pub charge: u128,
    /// On the charge, likewise.
    pub tax: u128,
}

impl Brought {
    fn of(total: &UsageTotal) -> Result<Self, AmountFault> {
        Ok(Self {
            quantity: total.quantity,
            charge: total.charge.clear_unsigned()?,
            tax: total.tax.clear_unsigned()?,
        })
    }

    /// What a part of the quantity is charged, rounded down; all of it where there is no quantity.
    fn share(&self, quantity: u128) -> Result<Self, AmountFault> {
        let share = |amount| match self.quantity {
            0 => Ok(amount),
            whole => multiply_by_rational_with_rounding(amount, quantity, whole, Rounding::Down)
                .ok_or(AmountFault::Overflow),
        };
        Ok(Self {
            quantity,
            charge: share(self.charge)?,
            tax: share(self.tax)?,
        })
    }

    fn add_to(&self, totals: &mut Totals, key: UsageKey) -> Result<(), AmountFault> {
        if *self == Self::default() {
            return Ok(());
        }
        let total = totals.entry(key).or_default();
        total.quantity = total
            .quantity
            .checked_add(self.quantity)
            .ok_or(AmountFault::Overflow)?;
        total.charge = total.charge.checked_add(&Value::from_unsigned(self.charge)?)?;
        total.tax = total.tax.checked_add(&Value::from_unsigned(self.tax)?)?;
        Ok(())
    }

    /// What it is beyond another part of the same.
    fn beyond(&self, other: &Self) -> Self {
        Self {
            quantity: self.quantity.saturating_sub(other.quantity),
            charge: self.charge.saturating_sub(other.charge),
            tax: self.tax.saturating_sub(other.tax),
        }
    }
}

/// What one statement has to do with a line of a month: how much of late usage it bills, and what a dispute on it has decided. Of the
/// month's own statement it is the dispute alone.
#[record(Copy, Default)]
pub struct LatePart {
    /// What files have brought.
    pub brought: Brought,
    /// How much of it the statement says.
    pub stated: u128,
    /// How much of it is billed by now.
    pub billed: u128,
    /// How much more the line of the statement comes to as a dispute has decided; negative if it is less.
    pub decided: i128,
}

/// Of a line of a month, by the month whose statement it is.
pub type LateParts = BTreeMap<Period, LatePart>;

/// Of all lines and months.
pub(super) type AllParts = BTreeMap<(Period, UsageKey), LateParts>;

/// How much more and less of earlier late usage is billed from now on.
#[derive(Default)]
pub(super) struct Moved {
    pub(super) more: Totals,
    pub(super) less: Totals,
}

/// Has each part be billed as far as no dispute before it has taken it in. Answers what disputes still take in.
fn take_in(key: UsageKey, parts: &mut LateParts, moved: &mut Moved) -> Result<u128, AmountFault> {
    let mut left = 0u128;
    for part in parts.values_mut() {
        let known = left.min(part.brought.quantity);
        left = left.saturating_sub(known);
        let due = match part.decided {
            0 => part.brought.quantity.saturating_sub(known),
            _ => part.stated,
        };
        let (before, now) = (part.brought.share(part.billed)?, part.brought.share(due)?);
        now.beyond(&before).add_to(&mut moved.more, key)?;
        before.beyond(&now).add_to(&mut moved.less, key)?;
        part.billed = due;
        left = left.saturating_add(part.decided.unsigned_abs());
    }
    Ok(left)
}

/// Notes what a dispute has decided of a line. Answers what of its late usage is billed otherwise from now on.
pub(super) fn decide(all: &mut AllParts, decided: &Decided) -> Result<Moved, AmountFault> {
    let mut moved = Moved::default();
    let amounts = [decided.charge, decided.shortfall, decided.tax];
    let fits = |amount: &Value| {
        amount
            .clear()
            .is_ok_and(|amount| amount.unsigned_abs() <= MAX_DECIDED_AMOUNT)
    };
    if decided.quantity.unsigned_abs() > MAX_MONTH_QUANTITY || !amounts.iter().all(fits) {
        return Err(AmountFault::Overflow);
    }
    if decided.quantity == 0 {
        return Ok(moved);
    }
    let parts = all.entry((decided.period, decided.line)).or_default();
    let part = parts.entry(decided.statement).or_default();
    part.decided = part
        .decided
        .checked_add(decided.quantity)
        .ok_or(AmountFault::Overflow)?;
    take_in(decided.line, parts, &mut moved)?;
    Ok(moved)
}

/// Notes what files have brought of a month that the statement of another bills. Answers what of it is billed.
pub(super) fn bring(
    all: &mut AllParts,
    period: Period,
    billed_with: Period,
    totals: &Totals,
) -> Result<Totals, AmountFault> {
    let mut billed = totals.clone();
    for (key, total) in &mut billed {
        let brought = Brought::of(total)?;
        let parts = all.entry((period, *key)).or_default();
        let left = take_in(*key, parts, &mut Moved::default())?;
        let due = brought.quantity.saturating_sub(left);
        let part = LatePart {
            brought,
            stated: due,
            billed: due,
            decided: 0,
        };
        parts.insert(billed_with, part);
        let due = brought.share(due)?;
        total.quantity = due.quantity;
        total.charge = Value::from_unsigned(due.charge)?;
        total.tax = Value::from_unsigned(due.tax)?;
    }
    Ok(billed)
}
