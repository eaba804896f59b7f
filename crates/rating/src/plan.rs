//! What two operators sign: the terms of one direction, line by line, and its condition.
//!
//! A line is one service of one service group. Which TADIGs, service and periods it stands for is the caller's
//! business: the engine sees lines by their index.

use crate::units::{Amount, Price, Quantity, Share, TaxRate};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

/// Most tiers that one rate plan may have.
pub const MAX_TIERS: u32 = 8;

/// One tier of a plan: it reaches from `start` to the start of the next tier, or without end.
///
/// A volume exactly on a start belongs to the tier below: a tier is entered by a volume strictly above its start.
#[record(Copy, Default)]
pub struct Tier {
    /// Volume above which the tier applies; 0 for the first tier.
    pub start: Quantity,
    /// Fee due once when the tier is entered.
    pub fixed: Amount,
    /// Price per unit within the tier.
    pub price: Price,
}

/// Tiers in ascending order of their starts, the first at 0.
pub type Tiers = BoundedVec<Tier, ConstU32<MAX_TIERS>>;

/// How a volume becomes a charge.
#[record(Default)]
pub enum RatePlan {
    /// The service is free.
    #[default]
    NotCharged,
    /// One fee for the accounting window, due with or without traffic.
    FlatFee {
        /// Due once for each window.
        fee: Amount,
    },
    /// One price for every unit.
    Linear {
        /// Per whole unit, from the first one on.
        price: Price,
    },
    /// Each tier's price applies to the volume within that tier; the fee of each entered tier is due.
    Tiered {
        /// 1 to [`MAX_TIERS`], in ascending order.
        tiers: Tiers,
    },
    /// The highest tier entered applies to the whole volume from the first unit, with its own fee alone.
    BackToFirst {
        /// 1 to [`MAX_TIERS`], in ascending order.
        tiers: Tiers,
    },
    /// Tiered up to `start`; a volume above `start` is charged `price` from the first unit, without fees.
    TieredThenBackToFirst {
        /// 1 to [`MAX_TIERS`], in ascending order.
        tiers: Tiers,
        /// Volume above which the last step applies; above the start of the last tier.
        start: Quantity,
        /// Price of the last step.
        price: Price,
    },
    /// A fee, due with or without traffic, that includes a volume; what exceeds it is counted in whole increments.
    IncludedVolume {
        /// Due once for each window.
        fee: Amount,
        /// Volume covered by the fee.
        included: Quantity,
        /// The excess is rounded up to a multiple of this; not 0. One millionth counts it exactly.
        increment: Quantity,
        /// Price per whole unit (not per increment) of the excess.
        price: Price,
    },
}

impl RatePlan {
    /// The prices that a unit can have, in the order in which a growing volume comes to them; none where a unit has no
    /// price.
    fn prices(&self) -> impl Iterator<Item = Price> + '_ {
        let (tiers, step) = match self {
            Self::NotCharged | Self::FlatFee { .. } => (None, None),
            Self::Linear { price } | Self::IncludedVolume { price, .. } => (None, Some(*price)),
            Self::Tiered { tiers } | Self::BackToFirst { tiers } => (Some(tiers), None),
            Self::TieredThenBackToFirst { tiers, price, .. } => (Some(tiers), Some(*price)),
        };
        let tiers = tiers.into_iter().flatten().map(|tier| tier.price);
        tiers.chain(step)
    }
}

/// How the usage of a line is charged.
#[record]
pub enum UsagePlan {
    /// The volume of the direction alone counts.
    Plan(RatePlan),
    /// The volume that the reverse direction matches is charged by one plan, what exceeds it by another.
    BalancedUnbalanced {
        /// Plan for the smaller of both volumes.
        balanced: RatePlan,
        /// Plan for the volume above that of the reverse direction.
        unbalanced: RatePlan,
    },
}

impl Default for UsagePlan {
    fn default() -> Self {
        Self::Plan(RatePlan::default())
    }
}

/// What a line is charged by.
#[record]
pub enum Pricing {
    /// By the volume used.
    Usage {
        /// How the volume becomes a charge.
        plan: UsagePlan,
        /// Least average price per unit: a charge below it is raised to it.
        floor: Option<Price>,
    },
    /// By the number of IMSI-months alone.
    Access {
        /// The plan; its volume is a count of IMSI-months.
        plan: RatePlan,
    },
    /// By the volume used and by the number of IMSI-months; both are due.
    UsageAndAccess {
        /// The plan for the volume.
        usage: RatePlan,
        /// Least average price per unit of the usage part.
        floor: Option<Price>,
        /// The plan for the IMSI-months.
        access: RatePlan,
    },
    /// Excluded from the deal: settles at the TAP charge and the TAP tax.
    TapCharge,
    /// A share of the committed amount covers an included volume; the excess is charged. Only under
    /// [`Condition::UsageCaps`].
    Capped {
        /// Share of the committed amount that this line owes, with or without traffic.
        share: Share,
        /// Volume covered by the share.
        included: Quantity,
        /// The excess is rounded up to a multiple of this; not 0. One millionth counts it exactly.
        increment: Quantity,
        /// Price per whole unit of the excess.
        price: Price,
    },
}

impl Default for Pricing {
    fn default() -> Self {
        Self::Usage {
            plan: UsagePlan::default(),
            floor: None,
        }
    }
}

impl Pricing {
    /// One price for every unit used.
    pub fn linear(price: Price) -> Self {
        RatePlan::Linear { price }.into()
    }

    /// One fee for the accounting window.
    pub fn flat_fee(fee: Amount) -> Self {
        RatePlan::FlatFee { fee }.into()
    }

    /// Whether a fee is due with or without traffic.
    pub fn has_fee(&self) -> bool {
        self.plans()
            .into_iter()
            .flatten()
            .any(|plan| matches!(plan, RatePlan::FlatFee { .. } | RatePlan::IncludedVolume { .. }))
    }

    /// The prices that a unit which was not used can have: at least the floor, see [`Pricing::missing_plan`]; none where a
    /// unit has no price.
    pub(crate) fn missing_prices(&self) -> impl Iterator<Item = Price> + '_ {
        let least = match self {
            Self::Usage { floor, .. } | Self::UsageAndAccess { floor, .. } => *floor,
            Self::Access { .. } | Self::TapCharge | Self::Capped { .. } => None,
        };
        let prices = self.missing_plan().into_iter().flat_map(RatePlan::prices);
        // A floor is a price of its own where the plan has none.
        let priced = self
            .missing_plan()
            .is_some_and(|plan| plan.prices().next().is_some());
        let alone = least.filter(|_| !priced);
        prices
            .chain(alone)
            .map(move |price| least.map_or(price, |least| price.max(least)))
    }

    /// The lowest price that a unit which was not used can have; 0 where a unit has none.
    pub fn lowest_missing_price(&self) -> Price {
        self.missing_prices().min().unwrap_or_default()
    }

    /// The plan that prices units which were not used; of a balanced one that for what the reverse direction does not
    /// match, as it cannot match what is missing.
    const fn missing_plan(&self) -> Option<&RatePlan> {
        match (self, self.plans()) {
            (
                Self::Usage {
                    plan: UsagePlan::BalancedUnbalanced { .. },
                    ..
                },
                [_, unbalanced],
            ) => unbalanced,
            (_, [plan, _]) => plan,
        }
    }

    /// Its one or two rate plans; for usage first.
    const fn plans(&self) -> [Option<&RatePlan>; 2] {
        match self {
            Self::Usage {
                plan: UsagePlan::Plan(plan),
                ..
            }
            | Self::Access { plan } => [Some(plan), None],
            Self::Usage {
                plan: UsagePlan::BalancedUnbalanced { balanced, unbalanced },
                ..
            } => [Some(balanced), Some(unbalanced)],
            Self::UsageAndAccess { usage, access, .. } => [Some(usage), Some(access)],
            Self::TapCharge | Self::Capped { .. } => [None, None],
        }
    }
}

impl From<RatePlan> for Pricing {
    fn from(plan: RatePlan) -> Self {
        Self::Usage {
            plan: UsagePlan::Plan(plan),
            floor: None,
        }
    }
}

/// How tax stands to the prices of a line. Tax is always kept apart from the charge.
#[record(Copy, Default)]
pub enum TaxRule {
    /// No tax is charged.
    #[default]
    Untaxed,
    /// Prices exclude tax; it comes on top.
    Excluded {
        /// At most 100 %.
        rate: TaxRate,
    },
    /// Prices include tax; it is taken out of them.
    Included {
        /// At most 100 %.
        rate: TaxRate,
    },
}

/// The terms of one line: one service of one service group in one direction.
#[record(Default)]
pub struct LineTerms {
    /// What the line is charged by.
    pub pricing: Pricing,
    /// Whether the line counts towards the commitment and bears a part of its shortfall.
    pub in_commitment: bool,
    /// Tax on the charge. An excluded line carries its TAP tax instead.
    pub tax: TaxRule,
}

/// What the volume costs that is missing from a volume commitment. Each line bears its part of it, by its own prices.
#[record(Copy, Default)]
pub enum MissingPrice {
    /// As if it had been used, on top of the line's volume: the price of the committed volume is payable. Only where the
    /// commitment's span is one accounting window, since a plan counts within a window. Nothing of the reverse direction
    /// matches it.
    #[default]
    AsUsed,
    /// What the line's units have cost on average over the span, but at least its lowest price and at most its highest: fees,
    /// included units and units that the reverse direction matches do not move it. The first price where nothing was used.
    Average,
    /// The line's first price: that of the first tier.
    FirstTier,
    /// The line's last price: that of the last tier, or of the back-to-first step.
    LastTier,
}

/// What a direction owes beyond, or in place of, the charges of its lines.
#[record(Copy, Default)]
pub enum Condition {
    /// The charges, and nothing else.
    #[default]
    Unconditional,
    /// The charges of the included lines come to at least this amount.
    DealRevenue {
        /// The committed amount; not 0.
        commitment: Amount,
        /// Whether tax counts towards it.
        including_tax: bool,
    },
    /// The TAP charges of the included lines come to at least this amount.
    ContractRevenue {
        /// The committed amount; not 0.
        commitment: Amount,
        /// Whether TAP tax counts towards it.
        including_tax: bool,
    },
    /// The volumes of the included lines, which are all of one unit, come to at least this volume; what is missing is
    /// payable.
    VolumeCommitment {
        /// The committed volume; not 0.
        volume: Quantity,
        /// What a missing unit costs.
        #[cfg_attr(feature = "std", serde(default))]
        missing: MissingPrice,
    },
    /// The committed amount is due and is shared among the [`Pricing::Capped`] lines.
    UsageCaps {
        /// The committed amount; not 0.
        commitment: Amount,
    },
}
