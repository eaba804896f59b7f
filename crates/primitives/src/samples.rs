//! Sample terms for tests and benchmarks.
#![allow(
    clippy::unwrap_used,
    reason = "for tests and benchmarks alone; a sample that does not fit its bounds must stop them"
)]

use crate::{
    agreement::{DirectionTerms, ServiceGroup, ServiceLine, Terms, Tolerance},
    increment::Increment,
    money::Currency,
    period::Period,
    service::Service,
    span::Span,
    tadig::Tadig,
};
use alloc::{vec, vec::Vec};
use interclear_rating::{Condition, LineTerms, Price, Pricing};

/// The network of the first party.
pub const FIRST: Tadig = Tadig(*b"AAAAA");
/// The network of the second party.
pub const SECOND: Tadig = Tadig(*b"BBBBB");

/// The code of one of many networks, fewer than 36³.
pub fn tadig(number: u32) -> Tadig {
    let digit = |rest: u32| match (rest % 36) as u8 {
        digit @ 0..=9 => b'0'.saturating_add(digit),
        letter => b'A'.saturating_add(letter.saturating_sub(10)),
    };
    Tadig([
        b'B',
        b'M',
        digit(number / 1_296),
        digit(number / 36),
        digit(number),
    ])
}

/// A line that is priced so, and has otherwise the usual terms.
pub fn line(service: Service, pricing: Pricing) -> ServiceLine {
    ServiceLine {
        service,
        terms: LineTerms {
            pricing,
            ..Default::default()
        },
        increment: Increment::Exact,
        tolerance: Tolerance::default(),
        flow: Default::default(),
    }
}

/// A group of lines between one network on each side.
pub fn group(home: Tadig, visited: Tadig, lines: Vec<ServiceLine>) -> ServiceGroup {
    ServiceGroup {
        home: vec![home].try_into().unwrap(),
        visited: vec![visited].try_into().unwrap(),
        lines: lines.try_into().unwrap(),
    }
}

/// Monthly, unconditional terms of a direction.
pub fn direction(groups: Vec<ServiceGroup>) -> DirectionTerms {
    DirectionTerms {
        groups: groups.try_into().unwrap(),
        condition: Condition::Unconditional,
        window: Span::Month,
        commitment_span: Span::Term,
        in_full: false,
    }
}

/// Valid terms: data at 0.50 and calls at 0.10 both ways, in euro.
pub fn terms(first: Period, last: Period) -> Terms {
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
