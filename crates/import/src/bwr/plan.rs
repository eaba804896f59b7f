//! How a service is priced.

use super::discounts::{bounded, folded, only};
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

/// The pricing of a service; `None` when it cannot be told.
pub(super) fn pricing(service: &Cursor<'_>, faults: &mut Faults) -> Option<Pricing> {
    let usage = usage_plan(&service.member("usagePricing"), faults);
    let access = service.member("accessPricing");
    if !access.is_there() {
        let plan = usage?;
        return Some(Pricing::Usage { plan, floor: None });
    }
    let unit = access.member("unit");
    if unit.is_there() {
        let found = unit.parsed::<Unit>(faults, Reason::Unit);
        if found.is_some_and(|found| found != Unit::ImsiMonth) {
            faults.add(unit.path(), Reason::Other("access is priced per IMSI".into()));
        }
    }
    let plan = match usage_plan(&access, faults)? {
        UsagePlan::Plan(plan) => plan,
        UsagePlan::BalancedUnbalanced { .. } => {
            let reason = "access cannot be balanced: IMSIs of one side do not match those of the other";
            faults.add(access.path(), Reason::Other(reason.into()));
            return None;
        }
    };
    match usage? {
        UsagePlan::Plan(RatePlan::NotCharged) => Some(Pricing::Access { plan }),
        UsagePlan::Plan(usage) => Some(Pricing::UsageAndAccess {
            usage,
            floor: None,
            access: plan,
        }),
        UsagePlan::BalancedUnbalanced { .. } => {
            let reason = "balanced prices and a price for access cannot be agreed together";
            faults.add(service.path(), Reason::Other(reason.into()));
            None
        }
    }
}

/// A plan, which is that of a free service where nothing is written.
fn usage_plan(pricing: &Cursor<'_>, faults: &mut Faults) -> Option<UsagePlan> {
    if !pricing.is_there() {
        return Some(UsagePlan::default());
    }
    only(pricing, &["unit", "ratingPlan"], faults);
    let plan = pricing.member("ratingPlan");
    only(&plan, &["kind", "rate", "balancedRate", "unbalancedRate"], faults);
    let kind = plan.member("kind");
    let text = kind.text(faults)?;
    let rate = plan.member("rate");
    let read = match folded(text).as_str() {
        "notcharged" => RatePlan::NotCharged,
        "linearrate" => linear(&rate, faults)?,
        "flatrate" => {
            only(&rate, &["fixedPrice"], faults);
            let fee = Amount(rate.member("fixedPrice").required_number(6, faults));
            RatePlan::FlatFee { fee }
        }
        "tieredwiththresholds" => tiered(&rate, false, faults)?,
        "thresholdbacktofirst" => tiered(&rate, true, faults)?,
        "balancedunbalancedlinearrate" | "balancedunbalanced" => {
            let [balanced, unbalanced] = ["balancedRate", "unbalancedRate"].map(|name| {
                let side = plan.member(name);
                if !side.is_there() {
                    faults.add(side.path(), Reason::Missing);
                }
                linear(&side, faults)
            });
            return Some(UsagePlan::BalancedUnbalanced {
                balanced: balanced?,
                unbalanced: unbalanced?,
            });
        }
        _ => {
            let found = text.to_owned();
            faults.add(
                kind.path(),
                Reason::Unknown {
                    found,
                    known: KINDS.into(),
                },
            );
            return None;
        }
    };
    Some(UsagePlan::Plan(read))
}

/// A price per unit, which may come with a fee when there is traffic, or with tiers; free where nothing is written.
fn linear(rate: &Cursor<'_>, faults: &mut Faults) -> Option<RatePlan> {
    if rate.member("thresholds").is_there() {
        return tiered(rate, false, faults);
    }
    only(rate, &["linearPrice", "fixedPrice"], faults);
    let tier = tier(rate, faults);
    Some(match (tier.fixed, tier.price) {
        (Amount(0), Price(0)) => RatePlan::NotCharged,
        (Amount(0), price) => RatePlan::Linear { price },
        _ => RatePlan::Tiered {
            tiers: bounded(vec![tier], rate, faults),
        },
    })
}

fn tiered(rate: &Cursor<'_>, back_to_first: bool, faults: &mut Faults) -> Option<RatePlan> {
    only(rate, &["thresholds"], faults);
    let thresholds = rate.member("thresholds");
    let mut tiers = Vec::new();
    for entry in thresholds.entries(faults) {
        only(&entry, &["start", "fixedPrice", "linearPrice"], faults);
        tiers.push(tier(&entry, faults));
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

fn tier(entry: &Cursor<'_>, faults: &mut Faults) -> Tier {
    Tier {
        start: Quantity(entry.member("start").number(6, faults)),
        fixed: Amount(entry.member("fixedPrice").number(6, faults)),
        price: Price(entry.member("linearPrice").number(9, faults)),
    }
}
