//! Sample terms, statements and obligations for tests and benchmarks.
#![allow(
    clippy::unwrap_used,
    reason = "for tests and benchmarks alone; a sample that does not fit its bounds must stop them"
)]

use crate::{
    agreement::{DirectionTerms, PaymentTerms, ServiceGroup, ServiceLine, Terms, Tolerance},
    ids::{CycleId, OperatorId},
    increment::Increment,
    money::{Currency, Value},
    netting::{LateInterest, Obligation, ObligationSource, ObligationStatus},
    period::Period,
    series::{SeriesKey, Stream},
    service::Service,
    span::Span,
    statement::{Disputed, Statement, StatementStatus},
    tadig::Tadig,
};
use alloc::{vec, vec::Vec};
use interclear_rating::{Condition, LineTerms, Price, Pricing, Quantity, RatePlan, Tier, UsagePlan};

/// The network of the first party.
pub const FIRST: Tadig = Tadig(*b"AAAAA");
/// The network of the second party.
pub const SECOND: Tadig = Tadig(*b"BBBBB");

/// The TAP files of the second party's network, in which the first party's subscribers roam.
pub const SERIES: SeriesKey = SeriesKey {
    sender: SECOND,
    recipient: FIRST,
    stream: Stream::Tap,
    test: false,
};

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

/// The largest line: two plans with all their tiers.
pub fn largest_line(service: Service) -> ServiceLine {
    let tiers: Vec<_> = (0..8u128)
        .map(|start| Tier {
            start: Quantity(start),
            price: Price(1_000),
            ..Default::default()
        })
        .collect();
    let plan = || RatePlan::Tiered {
        tiers: tiers.clone().try_into().unwrap(),
    };
    let plan = UsagePlan::BalancedUnbalanced {
        balanced: plan(),
        unbalanced: plan(),
    };
    let floor = Some(Price(1));
    line(service, Pricing::Usage { plan, floor })
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

/// A statement in euro, just issued, of which the first party owes the second so many cents. It has no lines, and all its times are 0.
pub fn statement(parties: [OperatorId; 2], net: i128) -> Statement {
    Statement {
        parties,
        version: 1,
        currency: Currency::EUR,
        decimals: 2,
        exchange: None,
        lines: Default::default(),
        totals: [Value::Clear(net), Value::ZERO],
        net: Value::Clear(net),
        status: StatementStatus::Issued,
        affirmed: [false; 2],
        issued_at: 0,
        affirm_by: 0,
        disputed_until: 0,
        payment: PaymentTerms::usual(),
        accepts: Default::default(),
        due: 0,
        decided: Default::default(),
        running_digest: [0; 32],
        minimum: 0,
        carried: Value::ZERO,
        obligation: None,
        disputed: Disputed::default(),
        escrowed: [Value::ZERO; 2],
    }
}

/// What the first of two operators owes the second, in euro cents: open, in no token, without interest.
pub fn obligation([debtor, creditor]: [OperatorId; 2], cents: i128) -> Obligation {
    Obligation {
        debtor,
        creditor,
        currency: Currency::EUR,
        token: None,
        amount: Value::Clear(cents),
        due: 0,
        source: ObligationSource::Carried { cycle: CycleId(0) },
        status: ObligationStatus::Open,
        gross: false,
        interest: LateInterest::default(),
    }
}
