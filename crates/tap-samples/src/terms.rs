//! Agreements with which the charges of samples are compared.

use interclear_primitives::{
    agreement::{DirectionTerms, ServiceGroup, ServiceLine, Terms, Tolerance},
    increment::Increment,
    money::Currency,
    service::Service,
    span::Span,
    tadig::Tadig,
};
use interclear_rating::{Condition, LineTerms, Price, Pricing, RatePlan, UsagePlan};

/// A line by its pricing.
pub fn line(service: Service, pricing: Pricing, increment: Increment) -> ServiceLine {
    ServiceLine {
        service,
        terms: LineTerms {
            pricing,
            ..Default::default()
        },
        increment,
        tolerance: Tolerance::default(),
        flow: Default::default(),
    }
}

/// Pricing by a plan for usage.
pub fn usage(plan: RatePlan) -> Pricing {
    Pricing::Usage {
        plan: UsagePlan::Plan(plan),
        floor: None,
    }
}

/// A line with one price for every unit, in 10^-9 of the currency.
pub fn linear(service: Service, price: u128, increment: Increment) -> ServiceLine {
    line(
        service,
        usage(RatePlan::Linear { price: Price(price) }),
        increment,
    )
}

/// Prices in euro for subscribers of DEUD1 in the network of FRAF1.
pub fn of(lines: Vec<ServiceLine>) -> Terms {
    between("DEUD1", "FRAF1", lines)
}

/// Prices in euro for subscribers of one network in another.
pub fn between(home: &str, visited: &str, lines: Vec<ServiceLine>) -> Terms {
    let direction = |groups: Vec<ServiceGroup>| DirectionTerms {
        groups: groups.try_into().unwrap(),
        condition: Condition::Unconditional,
        window: Span::Month,
        commitment_span: Span::Term,
        in_full: false,
    };
    let tadig = |text: &str| -> Tadig { text.parse().unwrap() };
    let group = ServiceGroup {
        home: vec![tadig(home)].try_into().unwrap(),
        visited: vec![tadig(visited)].try_into().unwrap(),
        lines: lines.try_into().unwrap(),
    };
    Terms::usual(
        "2026-01".parse().unwrap(),
        "2026-12".parse().unwrap(),
        Currency::EUR,
        [direction(vec![]), direction(vec![group])],
    )
}

/// What a [`Generator`](crate::Generator) charges for the services that it makes unless asked for every kind.
pub fn generated() -> Terms {
    let exact = |(service, price)| linear(service, price, Increment::Exact);
    let prices = [
        (Service::MocLocal, 40_000_000),
        (Service::MocBackHome, 120_000_000),
        (Service::MocInternational, 350_000_000),
        (Service::MocPremium, 900_000_000),
        (Service::Mtc, 15_000_000),
        (Service::SmsMo, 30_000_000),
        (Service::SmsMt, 0),
        (Service::Gprs, 2_500_000),
    ];
    of(prices.map(exact).into())
}
