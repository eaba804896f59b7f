//! How a service is priced.

use super::reading::{bounded, folded, only};
use crate::{
    fault::{Faults, Reason},
    node::Cursor,
};
use interclear_primitives::{
    rating::{validate_plan, Amount, Price, Pricing, Quantity, RatePlan, Tier, Tiers, UsagePlan, MAX_TIERS},
    service::Unit,
};

/// The kinds of plans that the format knows.
const KINDS: &str =
    "Not Charged, Linear rate, Flat rate, Tiered with Thresholds, Threshold - back to first, \
                     Balanced/Unbalanced (Linear rate)";

/// What is written about a price.
enum Written {
    /// Nothing at all.
    Nothing,
    /// A kind of plan, and no rate: it prices nothing.
    Kind,
    /// With rates.
    Plan(UsagePlan),
}

/// The pricing of a service; `None` when it cannot be told.
pub(super) fn pricing(service: &Cursor<'_>, faults: &mut Faults) -> Option<Pricing> {
    let usage = written(&service.member("usagePricing"), faults);
    let access = service.member("accessPricing");
    let unit = access.member("unit");
    if unit.is_there() {
        let found = unit.parsed::<Unit>(faults, Reason::Unit);
        if found.is_some_and(|found| found != Unit::ImsiMonth) {
            faults.add(unit.path(), Reason::Other("access is priced per IMSI".into()));
        }
    }
    let refused = |place: &Cursor<'_>, reason: &str, faults: &mut Faults| {
        faults.add(place.path(), Reason::Other(reason.into()));
        None
    };
    let per_imsi = match written(&access, faults)? {
        Written::Plan(UsagePlan::Plan(plan)) => plan,
        Written::Plan(UsagePlan::BalancedUnbalanced { .. }) => {
            let reason = "access cannot be balanced: IMSIs of one side do not match those of the other";
            return refused(&access, reason, faults);
        }
        nothing => {
            return Some(match (usage?, nothing) {
                (Written::Plan(plan), _) => Pricing::Usage { plan, floor: None },
                (Written::Nothing, Written::Nothing) => Pricing::default(),
                _ => Pricing::TapCharge,
            })
        }
    };
    match usage? {
        Written::Nothing | Written::Plan(UsagePlan::Plan(RatePlan::NotCharged)) => {
            Some(Pricing::Access { plan: per_imsi })
        }
        Written::Plan(UsagePlan::Plan(usage)) => Some(Pricing::UsageAndAccess {
            usage,
            floor: None,
            access: per_imsi,
        }),
        Written::Plan(UsagePlan::BalancedUnbalanced { .. }) => {
            let reason = "balanced prices and a price for access cannot be agreed together";
            refused(service, reason, faults)
        }
        Written::Kind => {
            let reason =
                "usage at the TAP charge and a price for access cannot be agreed together: write the \
                          kind Not Charged if usage is free";
            refused(&service.member("usagePricing"), reason, faults)
        }
    }
}

/// Reads a plan by its kind, or by its shape where no kind is written; `None` when it cannot be told.
fn written(pricing: &Cursor<'_>, faults: &mut Faults) -> Option<Written> {
    if !pricing.is_there() {
        return Some(Written::Nothing);
    }
    only(pricing, &["unit", "ratingPlan"], faults);
    let plan = pricing.member("ratingPlan");
    only(&plan, &["kind", "rate", "balancedRate", "unbalancedRate"], faults);
    let kind = plan.member("kind");
    let text = match kind.is_there() {
        true => Some(kind.text(faults)?),
        false => None,
    };
    let rates = ["rate", "balancedRate", "unbalancedRate"].map(|name| plan.member(name));
    let priced = rates.iter().any(says_anything);
    let [rate, balances @ ..] = rates;
    // Of two prices for the same units one would silently count for nothing.
    if says_anything(&rate) && balances.iter().any(says_anything) {
        let reason = "states one rate for all units, and others for balanced or unbalanced ones".into();
        faults.add(plan.path(), Reason::Other(reason));
        return None;
    }
    let read = match text.map(folded).as_deref() {
        None if !plan.is_there() => {
            faults.add(plan.path(), Reason::Missing);
            return None;
        }
        None if !priced => {
            let reason = "has neither a kind nor a rate".into();
            faults.add(plan.path(), Reason::Other(reason));
            return None;
        }
        None if says_anything(&rate) => shaped(&rate, faults)?,
        None => return balanced(&plan, shaped, faults),
        Some("notcharged") => {
            let charges = match says_anything(&rate) {
                true => charges(&shaped(&rate, faults)?),
                false => priced,
            };
            if charges {
                let reason = "is Not Charged, and states a rate".into();
                faults.add(plan.path(), Reason::Other(reason));
                return None;
            }
            RatePlan::NotCharged
        }
        Some(word) if !priced && KIND_WORDS.contains(&word) => return Some(Written::Kind),
        Some("linearrate") => linear(&rate, faults)?,
        Some("flatrate") if rate.member("thresholds").is_there() => shaped(&rate, faults)?,
        Some("flatrate") => {
            only(&rate, &["fixedPrice"], faults);
            let fee = Amount(rate.member("fixedPrice").required_number(6, faults));
            RatePlan::FlatFee { fee }
        }
        Some("tieredwiththresholds") => tiered(&rate, false, faults)?,
        Some("thresholdbacktofirst") => tiered(&rate, true, faults)?,
        Some("balancedunbalancedlinearrate" | "balancedunbalanced") => {
            return balanced(&plan, linear, faults)
        }
        Some(_) => {
            let found = text.unwrap_or_default().to_owned();
            let known = KINDS.into();
            faults.add(kind.path(), Reason::Unknown { found, known });
            return None;
        }
    };
    Some(Written::Plan(UsagePlan::Plan(read)))
}

/// Whether a plan charges anything.
fn charges(plan: &RatePlan) -> bool {
    match plan {
        RatePlan::NotCharged => false,
        RatePlan::FlatFee { fee } => fee.0 > 0,
        RatePlan::Linear { price } => price.0 > 0,
        RatePlan::Tiered { tiers } | RatePlan::BackToFirst { tiers } => {
            tiers.iter().any(|tier| tier.fixed.0 > 0 || tier.price.0 > 0)
        }
        RatePlan::TieredThenBackToFirst { .. } | RatePlan::IncludedVolume { .. } => true,
    }
}

/// The kinds that need a rate.
const KIND_WORDS: [&str; 6] = [
    "linearrate",
    "flatrate",
    "tieredwiththresholds",
    "thresholdbacktofirst",
    "balancedunbalancedlinearrate",
    "balancedunbalanced",
];

/// Whether any member of a rate is written.
fn says_anything(rate: &Cursor<'_>) -> bool {
    let members = rate.names();
    // What is not an object has no members, and is told when it is read.
    rate.is_there() && (!rate.is_object() || members.iter().any(|name| rate.member(name).is_there()))
}

/// Both sides of a balanced plan, each of which must be there.
fn balanced(
    plan: &Cursor<'_>,
    read: impl Fn(&Cursor<'_>, &mut Faults) -> Option<RatePlan>,
    faults: &mut Faults,
) -> Option<Written> {
    let [balanced, unbalanced] = ["balancedRate", "unbalancedRate"].map(|name| {
        let side = plan.member(name);
        if !says_anything(&side) {
            faults.add(side.path(), Reason::Missing);
            return None;
        }
        read(&side, faults)
    });
    Some(Written::Plan(UsagePlan::BalancedUnbalanced {
        balanced: balanced?,
        unbalanced: unbalanced?,
    }))
}

/// A plan that is told by its shape: one price is linear, one fee is flat, several steps are tiers.
fn shaped(rate: &Cursor<'_>, faults: &mut Faults) -> Option<RatePlan> {
    let thresholds = rate.member("thresholds");
    let steps = match thresholds.is_there() {
        true => thresholds.entries(faults),
        false => vec![rate.clone()],
    };
    let [step] = steps.as_slice() else {
        return tiered(rate, false, faults);
    };
    match ["fixedPrice", "linearPrice"].map(|name| step.member(name).is_there()) {
        [true, false] => {
            let plan = match thresholds.is_there() {
                true => tiered(rate, false, faults)?,
                false => linear(rate, faults)?,
            };
            Some(match plan {
                RatePlan::Tiered { tiers } => RatePlan::FlatFee {
                    fee: tiers.first().map_or(Amount(0), |tier| tier.fixed),
                },
                other => other,
            })
        }
        _ => linear(rate, faults),
    }
}

/// A price per unit, which may come with a fee when there is traffic, or with tiers.
fn linear(rate: &Cursor<'_>, faults: &mut Faults) -> Option<RatePlan> {
    let plan = if rate.member("thresholds").is_there() {
        tiered(rate, false, faults)?
    } else {
        only(rate, &["linearPrice", "fixedPrice"], faults);
        RatePlan::Tiered {
            tiers: bounded(vec![tier(rate, Quantity(0), faults)], rate, faults),
        }
    };
    let RatePlan::Tiered { tiers } = &plan else {
        return Some(plan);
    };
    Some(match tiers.as_slice() {
        [Tier {
            fixed: Amount(0),
            price: Price(0),
            ..
        }] => RatePlan::NotCharged,
        [Tier {
            fixed: Amount(0),
            price,
            ..
        }] => RatePlan::Linear { price: *price },
        _ => plan,
    })
}

fn tiered(rate: &Cursor<'_>, back_to_first: bool, faults: &mut Faults) -> Option<RatePlan> {
    only(rate, &["thresholds"], faults);
    let thresholds = rate.member("thresholds");
    let mut tiers = Vec::new();
    for entry in thresholds.entries(faults) {
        only(&entry, &["start", "fixedPrice", "linearPrice"], faults);
        let start = Quantity(entry.member("start").required_number(6, faults));
        tiers.push(tier(&entry, start, faults));
    }
    let written = tiers.len();
    let tiers: Tiers = bounded(tiers, &thresholds, faults);
    let plan = match back_to_first {
        true => RatePlan::BackToFirst { tiers },
        false => RatePlan::Tiered { tiers },
    };
    match validate_plan(&plan) {
        Ok(()) => Some(plan),
        // A list that is missing, or too long, has a fault already.
        Err(_) if !thresholds.is_there() || written > MAX_TIERS as usize => None,
        Err(error) => {
            faults.add(thresholds.path(), Reason::Other(error.to_string()));
            None
        }
    }
}

/// A step, of whose price and fee one may be left out, and not both.
fn tier(entry: &Cursor<'_>, start: Quantity, faults: &mut Faults) -> Tier {
    let [fixed, price] = ["fixedPrice", "linearPrice"].map(|name| entry.member(name));
    if !fixed.is_there() && !price.is_there() {
        faults.add(price.path(), Reason::Missing);
    }
    Tier {
        start,
        fixed: Amount(fixed.number(6, faults)),
        price: Price(price.number(9, faults)),
    }
}
