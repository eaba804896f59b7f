//! Terms for the tests of this crate.

use crate::{
    Currency, DirectionTerms, Increment, Period, Service, ServiceGroup, ServiceLine, Span, Tadig, Terms,
    Tolerance,
};
use interclear_rating::{Condition, LineTerms, Price, Pricing};

/// The network of the first party.
pub(crate) const FIRST: Tadig = Tadig(*b"AAAAA");
/// The network of the second party.
pub(crate) const SECOND: Tadig = Tadig(*b"BBBBB");

/// A line by its pricing.
pub(crate) fn line(service: Service, pricing: Pricing) -> ServiceLine {
    ServiceLine {
        service,
        terms: LineTerms {
            pricing,
            ..Default::default()
        },
        increment: Increment::Exact,
        tolerance: Tolerance::default(),
    }
}

/// A group of lines between one network on each side.
pub(crate) fn group(home: Tadig, visited: Tadig, lines: Vec<ServiceLine>) -> ServiceGroup {
    ServiceGroup {
        home: vec![home].try_into().unwrap(),
        visited: vec![visited].try_into().unwrap(),
        lines: lines.try_into().unwrap(),
    }
}

/// Monthly, unconditional terms of a direction.
pub(crate) fn direction(groups: Vec<ServiceGroup>) -> DirectionTerms {
    DirectionTerms {
        groups: groups.try_into().unwrap(),
        condition: Condition::Unconditional,
        window: Span::Month,
        commitment_span: Span::Term,
    }
}

/// Valid terms: data at 0.50 and calls at 0.10 both ways, in euro.
pub(crate) fn terms(first: Period, last: Period) -> Terms {
    let lines = || {
        vec![
            line(Service::Gprs, Pricing::linear(Price(500_000_000))),
            line(Service::Mtc, Pricing::linear(Price(100_000_000))),
        ]
    };
    Terms::usual(
        first,
        last,
        Currency::EUR,
        [
            direction(vec![group(FIRST, SECOND, lines())]),
            direction(vec![group(SECOND, FIRST, lines())]),
        ],
    )
}
