//! The lines of a statement: of each month, what it comes to beyond what was stated of it.

use super::charges::{Convention, MonthSum};
use alloc::vec::Vec;
use interclear_primitives::{bounds::MAX_NET, period::Period};
use interclear_rating::RatingError;
use interclear_record::record;

pub use interclear_primitives::inventory::{InventoryLine, LineKind};

/// What all statements so far have stated of a month, in minor units of the token. Never negative: a credit gives back what was
/// stated, and no more.
#[record(Copy, Default)]
pub struct Stated {
    /// What is charged over and over.
    pub recurring: u128,
    /// What is charged once.
    pub one_off: u128,
}

/// A month as it comes to now, and as it was stated.
#[record(Copy)]
pub struct MonthBilled {
    /// When the services were there, in UTC.
    pub month: Period,
    /// What its services come to by what both sides agree on now.
    pub sum: MonthSum,
    /// What was stated of it so far; 0 for the statement's own month.
    pub stated: Stated,
}

/// The lines that bring what was stated of each month to what it comes to, and what is stated of it then. There is no line
/// where nothing changes.
///
/// # Errors
/// [`RatingError::Overflow`] where what is owed in all exceeds the greatest net of a statement ([`MAX_NET`]);
/// [`RatingError::MaxDecimalsExceeded`].
pub fn lines(
    months: &mut [MonthBilled],
    convention: Convention,
    decimals: u8,
) -> Result<Vec<InventoryLine>, RatingError> {
    let mut lines = Vec::new();
    let mut stated = Vec::new();
    let mut net = 0i128;
    for billed in months.iter() {
        let (recurring, one_off) = billed.sum.rounded(billed.month, convention, decimals)?;
        for (kind, now, before) in [
            (LineKind::Recurring, recurring, billed.stated.recurring),
            (LineKind::OneOff, one_off, billed.stated.one_off),
        ] {
            let amount = difference(now, before).ok_or(RatingError::Overflow)?;
            net = net.checked_add(amount).ok_or(RatingError::Overflow)?;
            if amount != 0 {
                lines.push(InventoryLine {
                    month: billed.month,
                    kind,
                    amount,
                });
            }
        }
        stated.push(Stated { recurring, one_off });
    }
    if net.unsigned_abs() > MAX_NET {
        return Err(RatingError::Overflow);
    }
    // Only when nothing fails any more.
    for (billed, stated) in months.iter_mut().zip(stated) {
        billed.stated = stated;
    }
    Ok(lines)
}

fn difference(now: u128, before: u128) -> Option<i128> {
    i128::try_from(now)
        .ok()?
        .checked_sub(i128::try_from(before).ok()?)
}
