//! What goes into the engine and what comes out, line by line.

use crate::error::RatingError;
use crate::exact::round_half_even;
use crate::units::{Amount, Quantity};
use alloc::vec::Vec;
use interclear_record::record;
use primitive_types::U256;

/// What one line has used, as running totals state it.
#[record(Copy, Default)]
pub struct LineUsage {
    /// Volume in the rated direction.
    pub volume: Quantity,
    /// Volume of the same service in the reverse direction.
    pub reverse_volume: Quantity,
    /// IMSIs seen, once per month: whole IMSI-months are millions of the scale.
    pub imsi_months: Quantity,
    /// Charge by the TAP files, without tax.
    pub tap_charge: Amount,
    /// Tax by the TAP files, on `tap_charge`.
    pub tap_tax: Amount,
}

impl LineUsage {
    /// Both usages together; `None` when a sum does not fit.
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        Some(Self {
            volume: Quantity(self.volume.0.checked_add(other.volume.0)?),
            reverse_volume: Quantity(self.reverse_volume.0.checked_add(other.reverse_volume.0)?),
            imsi_months: Quantity(self.imsi_months.0.checked_add(other.imsi_months.0)?),
            tap_charge: Amount(self.tap_charge.0.checked_add(other.tap_charge.0)?),
            tap_tax: Amount(self.tap_tax.0.checked_add(other.tap_tax.0)?),
        })
    }

    /// What is left without another usage; `None` when that is more.
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        Some(Self {
            volume: Quantity(self.volume.0.checked_sub(other.volume.0)?),
            reverse_volume: Quantity(self.reverse_volume.0.checked_sub(other.reverse_volume.0)?),
            imsi_months: Quantity(self.imsi_months.0.checked_sub(other.imsi_months.0)?),
            tap_charge: Amount(self.tap_charge.0.checked_sub(other.tap_charge.0)?),
            tap_tax: Amount(self.tap_tax.0.checked_sub(other.tap_tax.0)?),
        })
    }

    /// The usage times `numerator / denominator`, each part rounded half to even to a millionth.
    pub(crate) fn scaled(&self, numerator: u32, denominator: u32) -> Result<Self, RatingError> {
        let scale =
            |value: u128| round_half_even(U256::from(value), U256::from(numerator), U256::from(denominator));
        Ok(Self {
            volume: Quantity(scale(self.volume.0)?),
            reverse_volume: Quantity(scale(self.reverse_volume.0)?),
            imsi_months: Quantity(scale(self.imsi_months.0)?),
            tap_charge: Amount(scale(self.tap_charge.0)?),
            tap_tax: Amount(scale(self.tap_tax.0)?),
        })
    }
}

/// What one line is charged: the quantity in millionths of its unit, money in minor units of the token.
///
/// All fields are signed because a line may also state the difference between two ratings.
#[record(Copy, Default)]
pub struct LineCharge {
    /// Quantity that was rated: the volume, or the IMSI-months of a line with access pricing alone.
    pub quantity: i128,
    /// Charge by the TAP files, without tax.
    pub tap_charge: i128,
    /// Tax by the TAP files.
    pub tap_tax: i128,
    /// Charge by the agreement, without tax.
    pub charge: i128,
    /// The line's part of what is missing from the commitment.
    pub shortfall: i128,
    /// Tax on the charge. A shortfall bears none.
    pub tax: i128,
}

impl LineCharge {
    /// Field by field sum; `None` when one does not fit.
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        self.zip(other, i128::checked_add)
    }

    /// Field by field difference; `None` when one does not fit.
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        self.zip(other, i128::checked_sub)
    }

    /// Charge and shortfall together, without tax; `None` when that does not fit.
    pub fn payable(&self) -> Option<i128> {
        self.charge.checked_add(self.shortfall)
    }

    fn zip(&self, other: &Self, op: fn(i128, i128) -> Option<i128>) -> Option<Self> {
        Some(Self {
            quantity: op(self.quantity, other.quantity)?,
            tap_charge: op(self.tap_charge, other.tap_charge)?,
            tap_tax: op(self.tap_tax, other.tap_tax)?,
            charge: op(self.charge, other.charge)?,
            shortfall: op(self.shortfall, other.shortfall)?,
            tax: op(self.tax, other.tax)?,
        })
    }
}

/// What one direction is charged, line by line and in total; money in minor units of the token.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub struct DirectionCharge {
    /// One charge for each line, in the order of the terms.
    pub lines: Vec<LineCharge>,
    /// Sum of the lines' TAP charges.
    pub tap_charge: i128,
    /// Sum of the lines' charges, without tax.
    pub charge: i128,
    /// Sum of the lines' shortfalls.
    pub shortfall: i128,
    /// Sum of the taxes on the lines' charges.
    pub tax: i128,
}

impl DirectionCharge {
    /// The charges of a direction with their totals.
    ///
    /// # Errors
    /// [`RatingError::Overflow`] when a total does not fit.
    pub fn from_lines(lines: Vec<LineCharge>) -> Result<Self, RatingError> {
        let mut total = Self::default();
        for line in &lines {
            // Quantities of different units have no sum; money does.
            total.tap_charge = total
                .tap_charge
                .checked_add(line.tap_charge)
                .ok_or(RatingError::Overflow)?;
            total.charge = total
                .charge
                .checked_add(line.charge)
                .ok_or(RatingError::Overflow)?;
            total.shortfall = total
                .shortfall
                .checked_add(line.shortfall)
                .ok_or(RatingError::Overflow)?;
            total.tax = total.tax.checked_add(line.tax).ok_or(RatingError::Overflow)?;
        }
        total.lines = lines;
        Ok(total)
    }

    /// Charges, shortfalls and taxes together: what the direction owes.
    ///
    /// # Errors
    /// [`RatingError::Overflow`] when the sum does not fit.
    pub fn gross(&self) -> Result<i128, RatingError> {
        self.charge
            .checked_add(self.shortfall)
            .and_then(|payable| payable.checked_add(self.tax))
            .ok_or(RatingError::Overflow)
    }
}
