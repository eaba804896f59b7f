//! Numbers in terms that are allowed but look like a slip, such as 19 for 19 %, or the price of a gigabyte for a megabyte.

use core::ops::RangeInclusive;
use interclear_client::money;
use interclear_primitives::{
    agreement::{Direction, Terms},
    money::Currency,
    rating::{Amount, Condition, Price, Pricing, RatePlan, TaxRate, TaxRule, UsagePlan},
    service::{Service, Unit},
};

/// Taxes below half a per cent or above a half are not known to anybody.
const TAX: RangeInclusive<u32> = TaxRate::WHOLE / 200..=TaxRate::WHOLE / 2;
/// Prices below a millionth of a unit of the currency, or above a thousand of them, are usual for nothing and in no currency.
const PRICE: RangeInclusive<u128> = 1_000..=1_000 * Price::UNIT;
/// Currencies of which one SDR is about one unit: a third to three of them. In others only [`PRICE`] bounds a price.
const LIKE_THE_SDR: [&str; 10] = [
    "XDR", "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "BND",
];
/// A commitment to less than so many whole units, of the currency or of a service, is not worth an agreement.
const COMMITTED: u128 = 1_000;
/// Longest time to pay, and to close a month, that is usual.
const DAYS: u16 = 120;
/// Questions that are told; the rest is counted.
const TOLD: usize = 5;

/// What should be looked at again, a sentence each.
pub(super) fn questions(terms: &Terms) -> Vec<String> {
    let mut asked = Vec::new();
    for (what, days) in [
        ("payment_days", terms.payment.payment_days),
        ("affirm_days", terms.payment.affirm_days),
        ("acknowledge_days", terms.usage.acknowledge_days),
        ("close_days", terms.usage.close_days),
    ] {
        if days > DAYS {
            asked.push(format!("{what} is {days}: are these days?"));
        }
    }
    for (direction, name) in Direction::BOTH.into_iter().zip(["first", "second"]) {
        asked.extend(
            committed(terms, direction).map(|committed| {
                format!("{name} direction: what is committed is {committed}: is it meant so?")
            }),
        );
        for (group, line) in terms.direction(direction).lines() {
            let place = format!(
                "{name} direction, group {}, {}",
                u32::from(group).saturating_add(1),
                line.service
            );
            if let TaxRule::Excluded { rate } | TaxRule::Included { rate } = line.terms.tax {
                if rate.0 > 0 && !TAX.contains(&rate.0) {
                    let percent = money::quantity(u128::from(rate.0).saturating_mul(10));
                    asked.push(format!("{place}: the tax is {percent} %: is it meant so?"));
                }
            }
            for price in prices(&line.terms.pricing) {
                let words = unusual(price, line.service, terms.currency);
                asked.extend(words.map(|words| format!("{place}: {words}")));
            }
        }
    }
    asked
}

/// What a unit of a service usually costs.
///
/// The measure are the wholesale caps within the EU (Regulation 2022/612, articles 9 to 11): 0.022 EUR a minute, 0.004 EUR a message,
/// and 2 EUR a gigabyte, so about 0.002 EUR a megabyte. Agreed prices go down to a hundredth of these, and outside of regions with caps
/// up to some fifty times (data), or two hundred times (calls and messages) as high. Calls to satellites and premium numbers, and the few
/// megabytes of small devices, cost more. What events and IMSI-months cost says nothing: it is from nearly nothing to the price of a game.
fn usual(service: Service, currency: Currency) -> RangeInclusive<u128> {
    const MILLIONTH: u128 = Price::UNIT / 1_000_000;
    if !LIKE_THE_SDR.contains(&currency.to_string().as_str()) {
        return PRICE;
    }
    match (service, service.unit()) {
        (Service::MocPremium | Service::MocSatellite | Service::MocSpecialDestinations, _) => {
            100 * MILLIONTH..=20 * Price::UNIT
        }
        (Service::NbIot | Service::LteM | Service::M2m, _) => 10 * MILLIONTH..=Price::UNIT,
        (_, Unit::Minute) => 100 * MILLIONTH..=5 * Price::UNIT,
        (_, Unit::Message) => 10 * MILLIONTH..=Price::UNIT,
        (_, Unit::Megabyte) => 10 * MILLIONTH..=Price::UNIT / 10,
        (_, Unit::Event | Unit::ImsiMonth) => PRICE,
    }
}

/// What is asked about a price that is not usual.
fn unusual(price: Price, service: Service, currency: Currency) -> Option<String> {
    let (least, most) = usual(service, currency).into_inner();
    let (unit, shown) = (service.unit(), money::price(price.0));
    let doubt = match unit {
        Unit::Megabyte if price.0 > most => "is it the price of a gigabyte?",
        _ => "is it meant so?",
    };
    let usual = match (price.0 < least, price.0 > most) {
        _ if price.0 == 0 => return None,
        (true, _) => format!("less than {}", money::price(least)),
        (_, true) => format!("more than {}", money::price(most)),
        _ => return None,
    };
    Some(format!(
        "the price is {shown} {currency} per {unit}, {usual}: {doubt}"
    ))
}

/// What a direction commits itself to, where that is hardly anything.
fn committed(terms: &Terms, direction: Direction) -> Option<String> {
    let least = COMMITTED.saturating_mul(Amount::UNIT);
    match terms.direction(direction).condition {
        Condition::DealRevenue { commitment, .. }
        | Condition::ContractRevenue { commitment, .. }
        | Condition::UsageCaps { commitment }
            if commitment.0 < least =>
        {
            Some(format!("{} {}", money::quantity(commitment.0), terms.currency))
        }
        Condition::VolumeCommitment { volume, .. } if volume.0 < least => {
            Some(format!("{} units", money::quantity(volume.0)))
        }
        _ => None,
    }
}

/// The first few questions, and how many there are.
pub(super) fn told(asked: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = asked
        .iter()
        .take(TOLD)
        .map(|question| format!("question: {question}"))
        .collect();
    if let Some(more) = asked.len().checked_sub(TOLD).filter(|more| *more > 0) {
        lines.push(format!(
            "and {more} more questions like these, {} in all",
            asked.len()
        ));
    }
    lines
}

/// All prices of a unit in a pricing.
pub(super) fn prices(pricing: &Pricing) -> Vec<Price> {
    match pricing {
        Pricing::Usage { plan, floor } => {
            let plans = match plan {
                UsagePlan::Plan(plan) => of_plan(plan),
                UsagePlan::BalancedUnbalanced { balanced, unbalanced } => {
                    [of_plan(balanced), of_plan(unbalanced)].concat()
                }
            };
            plans.into_iter().chain(*floor).collect()
        }
        Pricing::UsageAndAccess { usage, floor, .. } => of_plan(usage).into_iter().chain(*floor).collect(),
        Pricing::Capped { price, .. } => vec![*price],
        Pricing::Access { .. } | Pricing::TapCharge => Vec::new(),
    }
}

fn of_plan(plan: &RatePlan) -> Vec<Price> {
    match plan {
        RatePlan::NotCharged | RatePlan::FlatFee { .. } => Vec::new(),
        RatePlan::Linear { price } | RatePlan::IncludedVolume { price, .. } => vec![*price],
        RatePlan::Tiered { tiers } | RatePlan::BackToFirst { tiers } => {
            tiers.iter().map(|tier| tier.price).collect()
        }
        RatePlan::TieredThenBackToFirst { tiers, price, .. } => {
            tiers.iter().map(|tier| tier.price).chain([*price]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_import::Agreement;
    use interclear_primitives::rating::Quantity;

    #[test]
    fn a_commitment_should_be_questioned_when_it_is_hardly_anything() {
        let asked = |condition| {
            let template = crate::commands::agreement::template::text();
            let mut terms = Agreement::read(template).unwrap().terms;
            terms.directions[1].condition = condition;
            questions(&terms)
        };
        // A million, as the chain counts it.
        let revenue = |commitment| Condition::DealRevenue {
            commitment: Amount(commitment),
            including_tax: false,
        };
        assert_eq!(
            asked(revenue(1_000_000)),
            ["second direction: what is committed is 1 EUR: is it meant so?"]
        );
        assert_eq!(asked(revenue(1_000_000_000)), Vec::<String>::new());
        let volume = Condition::VolumeCommitment {
            volume: Quantity(1_000),
            missing: Default::default(),
        };
        assert_eq!(
            asked(volume),
            ["second direction: what is committed is 0.001 units: is it meant so?"]
        );
    }

    #[test]
    fn a_price_should_be_asked_about_when_it_is_far_from_what_the_service_costs() {
        let asked = |service, price| unusual(Price(price), service, Currency::EUR);
        let (whole, milli) = (1_000_000_000, 1_000_000);
        for (service, price) in [
            (Service::Gprs, 2 * milli),
            (Service::Gprs, 10_000),
            (Service::Gprs, 0),
            (Service::MocLocal, 22 * milli),
            (Service::MocInternational, 5 * whole),
            (Service::MocSatellite, 12 * whole),
            (Service::SmsMo, 4 * milli),
            (Service::NbIot, whole / 2),
            (Service::Content, 60 * whole),
        ] {
            assert_eq!(asked(service, price), None, "{service} {price}");
        }
        for (price, shown) in [(2 * whole, "2"), (20 * whole, "20"), (101 * milli, "0.101")] {
            assert_eq!(
                asked(Service::Gprs, price).unwrap(),
                format!("the price is {shown} EUR per MB, more than 0.1: is it the price of a gigabyte?")
            );
        }
        assert_eq!(
            asked(Service::Gprs, 2_000).unwrap(),
            "the price is 0.000002 EUR per MB, less than 0.00001: is it meant so?"
        );
        assert_eq!(
            asked(Service::MocLocal, 22 * whole).unwrap(),
            "the price is 22 EUR per min, more than 5: is it meant so?"
        );
        let yen = "JPY".parse().unwrap();
        assert_eq!(
            unusual(Price(2 * whole), Service::Gprs, yen),
            None,
            "a cent or two"
        );
        assert!(unusual(Price(1_001 * whole), Service::Gprs, yen).is_some());
    }

    #[test]
    fn questions_should_be_counted_when_there_are_more_than_a_few() {
        let asked: Vec<String> = (0..7).map(|nth| nth.to_string()).collect();
        let lines = told(&asked);
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[5], "and 2 more questions like these, 7 in all");
        assert_eq!(told(&asked[..5]).len(), 5);
    }
}
