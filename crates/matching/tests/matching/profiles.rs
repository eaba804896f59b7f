//! Which profiles two sides can agree on, and what tolerances accept.

use crate::support::{profile, record};
use interclear_matching::{Day, Field, Profile, ProfileFault, Rule, Status as Stands};

#[test]
fn profile_should_be_refused_with_the_reason_when_nothing_can_be_matched_by_it() {
    let base = profile();
    assert_eq!(base.check(), Ok(()));
    for (profile, fault) in [
        (base.with(Field::SellerId, Rule::Informative), ProfileFault::NoKey),
        (
            Profile {
                rules: Default::default(),
                ..base
            }
            .with(Field::Order, Rule::Key),
            ProfileFault::NothingCompared,
        ),
        (
            base.with(Field::Recurring, Rule::Key),
            ProfileFault::NotAKey(Field::Recurring),
        ),
        (
            base.with(Field::Currency, Rule::Key),
            ProfileFault::NotAKey(Field::Currency),
        ),
        (
            base.with(Field::Order, Rule::Absolute(1)),
            ProfileFault::RuleDoesNotFit(Field::Order),
        ),
        (
            base.with(Field::Start, Rule::Percent(1)),
            ProfileFault::RuleDoesNotFit(Field::Start),
        ),
        (
            base.with(Field::Bandwidth, Rule::Days(1)),
            ProfileFault::RuleDoesNotFit(Field::Bandwidth),
        ),
        (
            base.with(Field::Status, Rule::Days(1)),
            ProfileFault::RuleDoesNotFit(Field::Status),
        ),
        (
            base.with(Field::Recurring, Rule::Absolute(0)),
            ProfileFault::InvalidTolerance(Field::Recurring),
        ),
        (
            base.with(Field::Recurring, Rule::Percent(1_000_000)),
            ProfileFault::InvalidTolerance(Field::Recurring),
        ),
        (
            base.with(Field::End, Rule::Days(0)),
            ProfileFault::InvalidTolerance(Field::End),
        ),
        (
            Profile {
                partial_up_to: 0,
                ..base
            },
            ProfileFault::InvalidPartial,
        ),
        (
            Profile {
                partial_up_to: 7,
                ..base
            },
            ProfileFault::InvalidPartial,
        ),
        (
            Profile {
                blind: Some(1),
                ..base
            }
            .with(Field::Recurring, Rule::Percent(1_000)),
            ProfileFault::PercentOfTags(Field::Recurring),
        ),
    ] {
        assert_eq!(profile.check(), Err(fault), "{fault}");
    }
}

#[test]
fn tolerance_should_count_to_the_last_unit() {
    let buyer = record("B1", "S1");
    let agrees = |field, rule, change: &dyn Fn(&mut interclear_matching::Record)| {
        let mut seller = buyer;
        change(&mut seller);
        let by = profile().with(field, rule);
        let (one, other) = (by.compare(&buyer, &seller), by.compare(&seller, &buyer));
        assert_eq!(one, other, "whoever it is that says so");
        !one.contains(field)
    };
    use Field::*;
    // 1,200.50 is the buyer's.
    let price = |to: u64| move |record: &mut interclear_matching::Record| record.recurring = to;
    assert!(agrees(
        Recurring,
        Rule::Absolute(1_000_000),
        &price(1_201_500_000)
    ));
    assert!(!agrees(
        Recurring,
        Rule::Absolute(1_000_000),
        &price(1_201_500_001)
    ));
    // 1 % of the larger one: of 1,200.50 it is 12.005; 1,212.626262 is the largest that has 1,200.50 within.
    assert!(agrees(Recurring, Rule::Percent(10_000), &price(1_188_495_000)));
    assert!(!agrees(Recurring, Rule::Percent(10_000), &price(1_188_494_999)));
    assert!(agrees(Recurring, Rule::Percent(10_000), &price(1_212_626_262)));
    assert!(!agrees(Recurring, Rule::Percent(10_000), &price(1_212_626_263)));
    let start = |to: u16| move |record: &mut interclear_matching::Record| record.start = Day(to);
    assert!(agrees(Start, Rule::Days(5), &start(buyer.start.0 + 5)));
    assert!(!agrees(Start, Rule::Days(5), &start(buyer.start.0 - 6)));
    // An end is not near to none.
    assert!(!agrees(End, Rule::Days(u16::MAX), &|record| record.end =
        Some(record.start)));
    assert!(!agrees(Status, Rule::Exact, &|record| record.status = Stands::Suspended));
    assert!(agrees(Status, Rule::Informative, &|record| record.status =
        Stands::Suspended));
    assert!(!agrees(Currency, Rule::Exact, &|record| record.currency = *b"USD"));
}
