//! The arithmetic of rate plans: a volume and a plan to an exact charge.

use crate::error::RatingError;
use crate::exact::Exact;
use crate::explain::{Part, Recorder, Step, StepKind};
use crate::plan::{RatePlan, Tier, UsagePlan};
use crate::units::{Amount, Price, Quantity};

/// Charges `volume`, matched by `reverse` in the other direction, by `plan`.
pub(crate) fn usage_charge<R: Recorder>(
    plan: &UsagePlan,
    volume: Quantity,
    reverse: Quantity,
    notes: &mut R,
) -> Result<Exact, RatingError> {
    match plan {
        UsagePlan::Plan(plan) => plan_charge(plan, volume, Part::Usage, notes),
        UsagePlan::BalancedUnbalanced { balanced, unbalanced } => {
            let matched = volume.min(reverse);
            let above = Quantity(volume.0.saturating_sub(matched.0));
            let matched = plan_charge(balanced, matched, Part::Balanced, notes)?;
            matched.plus(plan_charge(unbalanced, above, Part::Unbalanced, notes)?)
        }
    }
}

/// Charges `volume` by `plan`.
pub(crate) fn plan_charge<R: Recorder>(
    plan: &RatePlan,
    volume: Quantity,
    part: Part,
    notes: &mut R,
) -> Result<Exact, RatingError> {
    let mut sum = Sum {
        part,
        total: Exact::ZERO,
        notes,
    };
    match plan {
        RatePlan::NotCharged => sum.volume(StepKind::NotCharged, volume, Price(0))?,
        RatePlan::FlatFee { fee } => sum.fee(StepKind::FlatFee, *fee)?,
        RatePlan::Linear { price } => sum.volume(StepKind::Linear, volume, *price)?,
        RatePlan::Tiered { tiers } => sum.tiers(tiers, volume)?,
        RatePlan::BackToFirst { tiers } => {
            let reached = tiers
                .iter()
                .zip(0u32..)
                .take_while(|(tier, _)| tier.start < volume)
                .last();
            if let Some((tier, index)) = reached {
                sum.tier_fee(index, tier)?;
                sum.volume(StepKind::BackToFirst(index), volume, tier.price)?;
            }
        }
        RatePlan::TieredThenBackToFirst { tiers, start, price } => {
            if volume > *start {
                sum.volume(StepKind::LastStep, volume, *price)?;
            } else {
                sum.tiers(tiers, volume)?;
            }
        }
        RatePlan::IncludedVolume {
            fee,
            included,
            increment,
            price,
        } => {
            sum.fee(StepKind::FlatFee, *fee)?;
            sum.above_included(volume, *included, *increment, *price)?;
        }
    }
    Ok(sum.total)
}

/// Charges the part of `volume` above `included`, in whole increments.
pub(crate) fn excess_charge<R: Recorder>(
    volume: Quantity,
    included: Quantity,
    increment: Quantity,
    price: Price,
    notes: &mut R,
) -> Result<Exact, RatingError> {
    let mut sum = Sum {
        part: Part::Usage,
        total: Exact::ZERO,
        notes,
    };
    sum.above_included(volume, included, increment, price)?;
    Ok(sum.total)
}

/// Raises `charge` to the average price `floor` for `volume`.
pub(crate) fn raise_to_floor<R: Recorder>(
    charge: Exact,
    floor: Option<Price>,
    volume: Quantity,
    notes: &mut R,
) -> Result<Exact, RatingError> {
    let Some(price) = floor else { return Ok(charge) };
    let least = Exact::of(price, volume);
    if charge >= least {
        return Ok(charge);
    }
    let value = least.minus(charge)?;
    notes.step(Step {
        part: Part::Usage,
        kind: StepKind::FloorRaise,
        volume,
        price,
        value,
    });
    Ok(least)
}

/// Rounds `volume` up to a multiple of `increment`.
///
/// # Errors
/// [`RatingError::ZeroDivisor`] for an increment of 0; [`RatingError::Overflow`] when the result does not fit.
pub(crate) fn round_up(volume: u128, increment: u128) -> Result<u128, RatingError> {
    match volume.checked_rem(increment).ok_or(RatingError::ZeroDivisor)? {
        0 => Ok(volume),
        over => volume
            .checked_sub(over)
            .and_then(|below| below.checked_add(increment))
            .ok_or(RatingError::Overflow),
    }
}

/// A charge being added up, step by step.
struct Sum<'a, R> {
    part: Part,
    total: Exact,
    notes: &'a mut R,
}

impl<R: Recorder> Sum<'_, R> {
    fn step(
        &mut self,
        kind: StepKind,
        volume: Quantity,
        price: Price,
        value: Exact,
    ) -> Result<(), RatingError> {
        self.notes.step(Step {
            part: self.part,
            kind,
            volume,
            price,
            value,
        });
        self.total = self.total.plus(value)?;
        Ok(())
    }

    fn fee(&mut self, kind: StepKind, fee: Amount) -> Result<(), RatingError> {
        self.step(kind, Quantity(0), Price(0), Exact::from(fee))
    }

    fn volume(&mut self, kind: StepKind, volume: Quantity, price: Price) -> Result<(), RatingError> {
        self.step(kind, volume, price, Exact::of(price, volume))
    }

    fn tier_fee(&mut self, index: u32, tier: &Tier) -> Result<(), RatingError> {
        if tier.fixed.0 == 0 {
            return Ok(());
        }
        self.fee(StepKind::TierFee(index), tier.fixed)
    }

    fn tiers(&mut self, tiers: &[Tier], volume: Quantity) -> Result<(), RatingError> {
        let ends = tiers
            .iter()
            .skip(1)
            .map(|next| next.start)
            .chain([Quantity(u128::MAX)]);
        for ((tier, end), index) in tiers.iter().zip(ends).zip(0u32..) {
            // A volume on the very start stays in the tier below.
            if volume <= tier.start {
                break;
            }
            let within = volume
                .min(end)
                .0
                .checked_sub(tier.start.0)
                .ok_or(RatingError::BadTerms)?;
            self.tier_fee(index, tier)?;
            self.volume(StepKind::TierVolume(index), Quantity(within), tier.price)?;
        }
        Ok(())
    }

    fn above_included(
        &mut self,
        volume: Quantity,
        included: Quantity,
        increment: Quantity,
        price: Price,
    ) -> Result<(), RatingError> {
        let covered = volume.min(included);
        self.volume(StepKind::Included, covered, Price(0))?;
        let excess = volume.0.saturating_sub(covered.0);
        if excess == 0 {
            return Ok(());
        }
        let counted = round_up(excess, increment.0).map_err(|error| match error {
            RatingError::ZeroDivisor => RatingError::BadTerms,
            other => other,
        })?;
        self.volume(StepKind::Excess, Quantity(counted), price)
    }
}
