//! What is owed of a window or a span that has not run for its whole length.
//!
//! Amounts and included volumes are rounded half to even, once, to their millionths: the cut window or span is rated as if
//! the terms had said the result. Prices, and the starts of tiers with their fees, do not depend on time.

use crate::convert::prorate;
use crate::error::RatingError;
use crate::plan::{Condition, LineTerms, Pricing, RatePlan, UsagePlan};
use crate::units::{Amount, Quantity};

/// A part of a length of time.
#[derive(Clone, Copy)]
struct Ran {
    part: u64,
    whole: u64,
}

impl Ran {
    fn amount(self, amount: Amount) -> Result<Amount, RatingError> {
        prorate(amount.0, self.part, self.whole).map(Amount)
    }

    fn quantity(self, quantity: Quantity) -> Result<Quantity, RatingError> {
        prorate(quantity.0, self.part, self.whole).map(Quantity)
    }

    fn plan(self, plan: &RatePlan) -> Result<RatePlan, RatingError> {
        Ok(match plan {
            RatePlan::FlatFee { fee } => RatePlan::FlatFee {
                fee: self.amount(*fee)?,
            },
            RatePlan::IncludedVolume {
                fee,
                included,
                increment,
                price,
            } => RatePlan::IncludedVolume {
                fee: self.amount(*fee)?,
                included: self.quantity(*included)?,
                increment: *increment,
                price: *price,
            },
            other => other.clone(),
        })
    }
}

impl LineTerms {
    /// The terms for a window that runs for `part` of `whole` months: fees, included volumes and those of usage caps are
    /// for the time.
    ///
    /// # Errors
    /// [`RatingError::ZeroDivisor`] when `whole` is 0; [`RatingError::Overflow`] when a result does not fit.
    pub fn for_part(&self, part: u32, whole: u32) -> Result<Self, RatingError> {
        if part == whole {
            return Ok(self.clone());
        }
        let ran = Ran {
            part: part.into(),
            whole: whole.into(),
        };
        let pricing = match &self.pricing {
            Pricing::Usage { plan, floor } => Pricing::Usage {
                plan: match plan {
                    UsagePlan::Plan(plan) => UsagePlan::Plan(ran.plan(plan)?),
                    UsagePlan::BalancedUnbalanced { balanced, unbalanced } => UsagePlan::BalancedUnbalanced {
                        balanced: ran.plan(balanced)?,
                        unbalanced: ran.plan(unbalanced)?,
                    },
                },
                floor: *floor,
            },
            Pricing::Access { plan } => Pricing::Access {
                plan: ran.plan(plan)?,
            },
            Pricing::UsageAndAccess { usage, floor, access } => Pricing::UsageAndAccess {
                usage: ran.plan(usage)?,
                floor: *floor,
                access: ran.plan(access)?,
            },
            Pricing::TapCharge => Pricing::TapCharge,
            Pricing::Capped {
                share,
                included,
                increment,
                price,
            } => Pricing::Capped {
                share: *share,
                included: ran.quantity(*included)?,
                increment: *increment,
                price: *price,
            },
        };
        Ok(Self {
            pricing,
            in_commitment: self.in_commitment,
            tax: self.tax,
        })
    }
}

impl Condition {
    /// The condition for a span (or, of usage caps, a window) that runs for `part` of `whole` months. What is committed is
    /// at least one millionth: it stays a commitment.
    ///
    /// # Errors
    /// As [`LineTerms::for_part`].
    pub fn for_part(&self, part: u32, whole: u32) -> Result<Self, RatingError> {
        if part == whole {
            return Ok(*self);
        }
        let ran = Ran {
            part: part.into(),
            whole: whole.into(),
        };
        let mut owed = *self;
        match &mut owed {
            Self::Unconditional => {}
            Self::DealRevenue { commitment, .. }
            | Self::ContractRevenue { commitment, .. }
            | Self::UsageCaps { commitment } => {
                *commitment = ran.amount(*commitment)?.max(Amount(1));
            }
            Self::VolumeCommitment { volume, .. } => {
                *volume = ran.quantity(*volume)?.max(Quantity(1));
            }
        }
        Ok(owed)
    }
}
