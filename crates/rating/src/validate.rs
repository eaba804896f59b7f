//! What makes terms well formed.

use crate::plan::{Condition, LineTerms, Pricing, RatePlan, TaxRule, Tiers, UsagePlan};
use crate::units::{Amount, Price, Quantity, Share, TaxRate};
use core::fmt;
use interclear_record::record;

/// What is wrong with terms.
#[record(Copy)]
pub enum PlanError {
    /// A tiered plan has no tiers.
    NoTiers,
    /// The first tier does not start at 0.
    FirstTierNotAtZero,
    /// A tier starts below the tier before it.
    TiersUnsorted,
    /// Two tiers have the same start.
    TiersOverlap,
    /// The back-to-first step does not start above the start of the last tier.
    BackToFirstNotAboveTiers,
    /// An increment is 0.
    ZeroIncrement,
    /// A price floor of 0 has no effect.
    ZeroPriceFloor,
    /// A tax rate is above 100 %.
    TaxRateAboveWhole,
    /// A share of 0, or above the whole.
    ShareOutOfRange,
    /// The shares of the committed amount do not add up to the whole.
    SharesNotWhole,
    /// A line has a share of a committed amount, yet the condition is not usage caps.
    ShareWithoutUsageCaps,
    /// Usage caps are agreed, yet no line has a share.
    UsageCapsWithoutShares,
    /// The commitment is 0.
    ZeroCommitment,
    /// No line counts towards the commitment.
    NothingInCommitment,
    /// A line that settles at its TAP charge has no price at a committed volume.
    TapChargeInVolumeCommitment,
    /// A price is above 10^6 of the currency per unit.
    MaxPriceExceeded,
    /// A fee or a commitment is above 10^15 of the currency.
    MaxAmountExceeded,
    /// A volume or an increment is above 10^15 units.
    MaxQuantityExceeded,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoTiers => "the plan has no tiers",
            Self::FirstTierNotAtZero => "the first tier does not start at 0",
            Self::TiersUnsorted => "a tier starts below the tier before it",
            Self::TiersOverlap => "two tiers have the same start",
            Self::BackToFirstNotAboveTiers => {
                "the back-to-first step does not start above the last tier's start"
            }
            Self::ZeroIncrement => "the increment is 0",
            Self::ZeroPriceFloor => "the price floor is 0",
            Self::TaxRateAboveWhole => "the tax rate is above 100 %",
            Self::ShareOutOfRange => "the share is 0 or above the whole",
            Self::SharesNotWhole => "the shares of the committed amount do not add up to the whole",
            Self::ShareWithoutUsageCaps => {
                "the line has a share of a committed amount, but usage caps are not agreed"
            }
            Self::UsageCapsWithoutShares => "usage caps are agreed, but no line has a share",
            Self::ZeroCommitment => "the commitment is 0",
            Self::NothingInCommitment => "no line counts towards the commitment",
            Self::TapChargeInVolumeCommitment => {
                "the line settles at its TAP charge and cannot count towards a volume commitment"
            }
            Self::MaxPriceExceeded => "a price is above 1000000 of the currency per unit",
            Self::MaxAmountExceeded => "a fee or a commitment is above 10^15 of the currency",
            Self::MaxQuantityExceeded => "a volume or an increment is above 10^15 units",
        })
    }
}

impl core::error::Error for PlanError {}

/// What is wrong with the terms of a direction, and where.
#[record(Copy)]
pub struct PlanFault {
    /// Index of the line at fault; `None` when the fault is in the direction as a whole.
    pub line: Option<u32>,
    /// The rule that it breaks.
    pub error: PlanError,
}

impl From<PlanFault> for PlanError {
    fn from(fault: PlanFault) -> Self {
        fault.error
    }
}

impl fmt::Display for PlanFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.error),
            None => self.error.fmt(f),
        }
    }
}

impl core::error::Error for PlanFault {}

/// Checks one line by itself.
///
/// # Errors
/// The first [`PlanError`] found.
pub fn validate_line(terms: &LineTerms) -> Result<(), PlanError> {
    match terms.tax {
        TaxRule::Untaxed => {}
        TaxRule::Excluded { rate } | TaxRule::Included { rate } => {
            if rate.0 > TaxRate::WHOLE {
                return Err(PlanError::TaxRateAboveWhole);
            }
        }
    }
    match &terms.pricing {
        Pricing::Usage { plan, floor } => {
            match plan {
                UsagePlan::Plan(plan) => validate_plan(plan)?,
                UsagePlan::BalancedUnbalanced { balanced, unbalanced } => {
                    validate_plan(balanced)?;
                    validate_plan(unbalanced)?;
                }
            }
            validate_floor(*floor)
        }
        Pricing::Access { plan } => validate_plan(plan),
        Pricing::UsageAndAccess { usage, floor, access } => {
            validate_plan(usage)?;
            validate_plan(access)?;
            validate_floor(*floor)
        }
        Pricing::TapCharge => Ok(()),
        Pricing::Capped {
            share,
            included,
            increment,
            price,
        } => {
            if share.0 == 0 || share.0 > Share::WHOLE {
                return Err(PlanError::ShareOutOfRange);
            }
            validate_increment(*increment)?;
            validate_quantity(*included)?;
            validate_price(*price)
        }
    }
}

/// Checks a rate plan.
///
/// # Errors
/// The first [`PlanError`] found.
pub fn validate_plan(plan: &RatePlan) -> Result<(), PlanError> {
    match plan {
        RatePlan::NotCharged => Ok(()),
        RatePlan::FlatFee { fee } => validate_amount(*fee),
        RatePlan::Linear { price } => validate_price(*price),
        RatePlan::Tiered { tiers } | RatePlan::BackToFirst { tiers } => validate_tiers(tiers).map(|_| ()),
        RatePlan::TieredThenBackToFirst { tiers, start, price } => {
            if *start <= validate_tiers(tiers)? {
                return Err(PlanError::BackToFirstNotAboveTiers);
            }
            validate_quantity(*start)?;
            validate_price(*price)
        }
        RatePlan::IncludedVolume {
            fee,
            included,
            increment,
            price,
        } => {
            validate_increment(*increment)?;
            validate_amount(*fee)?;
            validate_quantity(*included)?;
            validate_price(*price)
        }
    }
}

/// Checks the lines of a direction, each by itself and together with the condition.
///
/// # Errors
/// The first [`PlanFault`] found: faults of lines in their order, then those of the direction as a whole.
pub fn validate_direction(terms: &[LineTerms], condition: &Condition) -> Result<(), PlanFault> {
    let capped = matches!(condition, Condition::UsageCaps { .. });
    let mut shares: u64 = 0;
    let mut any_share = false;
    let mut any_included = false;
    for (line, index) in terms.iter().zip(0u32..) {
        let at = |error| PlanFault {
            line: Some(index),
            error,
        };
        validate_line(line).map_err(at)?;
        if let Pricing::Capped { share, .. } = &line.pricing {
            if !capped {
                return Err(at(PlanError::ShareWithoutUsageCaps));
            }
            any_share = true;
            shares = shares.saturating_add(u64::from(share.0));
        }
        if line.in_commitment {
            if matches!(
                (&line.pricing, condition),
                (Pricing::TapCharge, Condition::VolumeCommitment { .. })
            ) {
                return Err(at(PlanError::TapChargeInVolumeCommitment));
            }
            any_included = true;
        }
    }
    let whole = |error| Err(PlanFault { line: None, error });
    match condition {
        Condition::Unconditional => {}
        Condition::DealRevenue {
            commitment: Amount(0),
            ..
        }
        | Condition::ContractRevenue {
            commitment: Amount(0),
            ..
        }
        | Condition::VolumeCommitment {
            volume: Quantity(0), ..
        }
        | Condition::UsageCaps {
            commitment: Amount(0),
        } => return whole(PlanError::ZeroCommitment),
        Condition::DealRevenue { commitment, .. }
        | Condition::ContractRevenue { commitment, .. }
        | Condition::UsageCaps { commitment }
            if *commitment > Amount::MAX_AGREED =>
        {
            return whole(PlanError::MaxAmountExceeded)
        }
        Condition::VolumeCommitment { volume, .. } if *volume > Quantity::MAX_AGREED => {
            return whole(PlanError::MaxQuantityExceeded)
        }
        Condition::UsageCaps { .. } => {
            if !any_share {
                return whole(PlanError::UsageCapsWithoutShares);
            }
            if shares != u64::from(Share::WHOLE) {
                return whole(PlanError::SharesNotWhole);
            }
        }
        _ if !any_included => return whole(PlanError::NothingInCommitment),
        _ => {}
    }
    Ok(())
}

/// Checks tiers and returns the start of the last one.
fn validate_tiers(tiers: &Tiers) -> Result<Quantity, PlanError> {
    let first = tiers.first().ok_or(PlanError::NoTiers)?;
    if first.start.0 != 0 {
        return Err(PlanError::FirstTierNotAtZero);
    }
    let mut last = first.start;
    for tier in tiers.iter().skip(1) {
        if tier.start == last {
            return Err(PlanError::TiersOverlap);
        }
        if tier.start < last {
            return Err(PlanError::TiersUnsorted);
        }
        last = tier.start;
    }
    for tier in tiers {
        validate_amount(tier.fixed)?;
        validate_price(tier.price)?;
    }
    validate_quantity(last)?;
    Ok(last)
}

fn validate_price(price: Price) -> Result<(), PlanError> {
    if price > Price::MAX_AGREED {
        return Err(PlanError::MaxPriceExceeded);
    }
    Ok(())
}

fn validate_amount(amount: Amount) -> Result<(), PlanError> {
    if amount > Amount::MAX_AGREED {
        return Err(PlanError::MaxAmountExceeded);
    }
    Ok(())
}

fn validate_quantity(quantity: Quantity) -> Result<(), PlanError> {
    if quantity > Quantity::MAX_AGREED {
        return Err(PlanError::MaxQuantityExceeded);
    }
    Ok(())
}

fn validate_increment(increment: Quantity) -> Result<(), PlanError> {
    if increment.0 == 0 {
        return Err(PlanError::ZeroIncrement);
    }
    validate_quantity(increment)
}

fn validate_floor(floor: Option<Price>) -> Result<(), PlanError> {
    match floor {
        Some(price) if price.0 == 0 => Err(PlanError::ZeroPriceFloor),
        Some(price) => validate_price(price),
        None => Ok(()),
    }
}
