//! What terms are refused for, and where.

use super::*;
use interclear_primitives::{
    increment::Increment,
    money::Currency,
    period::Period,
    samples::{direction, group, line, terms, FIRST, SECOND},
    span::Span,
};
use interclear_rating::{Amount, Quantity, RatePlan, Tier, Tiers};

fn valid() -> Terms {
    terms(Period(202601), Period(202612))
}

fn found_in(change: impl FnOnce(&mut Terms)) -> Vec<String> {
    let mut terms = valid();
    change(&mut terms);
    let faults = faults(&terms);
    assert_eq!(validate(&terms).err(), faults.first().copied());
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn terms_should_pass_when_they_are_sound() {
    assert_eq!(validate(&valid()), Ok(()));
}

#[test]
fn every_fault_should_be_named_with_its_place() {
    let starts = |starts: &[u128]| RatePlan::Tiered {
        tiers: Tiers::truncate_from(
            starts
                .iter()
                .map(|start| Tier {
                    start: Quantity(*start),
                    ..Default::default()
                })
                .collect(),
        ),
    };
    let found = found_in(|terms| {
        terms.last = Period(202512);
        terms.usage.currency = Currency(*b"xdr");
        let lines = &mut terms.directions[1].groups[0].lines;
        lines[0].terms.pricing = starts(&[0, 9, 5]).into();
        lines[0].increment = Increment::Seconds(60);
        lines[1].terms.pricing = starts(&[0, 9, 9]).into();
        lines[1].increment = Increment::Seconds(0);
    });
    assert_eq!(
        found,
        [
            "the last month is before the first",
            "the currency of TAP files is not an ISO 4217 code",
            "second direction, group 1, line 1 (GPRS): \
             the charging increment does not suit the unit of the service",
            "second direction, group 1, line 1 (GPRS): a tier starts below the tier before it",
            "second direction, group 1, line 2 (MTC): the charging increment is 0",
            "second direction, group 1, line 2 (MTC): two tiers have the same start",
        ]
    );
}

#[test]
fn groups_should_be_named_with_their_networks_when_they_rate_a_row_twice() {
    let found = found_in(|terms| {
        let again = group(
            FIRST,
            SECOND,
            vec![line(Service::Volte, Pricing::linear(Price(1)))],
        );
        terms.directions[0].groups.try_push(again).unwrap();
    });
    assert_eq!(
        found,
        ["first direction, group 2: subscribers of AAAAA in BBBBB are in group 1 already"]
    );
}

#[test]
fn a_direction_should_be_at_fault_when_its_span_splits_a_window_or_nothing_is_committed() {
    let found = found_in(|terms| {
        terms.directions[0].window = Span::HalfYear;
        terms.directions[0].commitment_span = Span::Quarter;
        terms.directions[0].condition = interclear_rating::Condition::VolumeCommitment {
            volume: Quantity(5),
            missing: MissingPrice::AsUsed,
        };
        terms.directions[1] = direction(vec![]);
        terms.directions[1].window = Span::Year;
    });
    assert_eq!(
        found,
        [
            "first direction: the commitment's span does not consist of whole accounting windows",
            "first direction: no line counts towards the commitment",
            "first direction: a missing volume can be priced as if it had been used (AsUsed) only within one \
             accounting window: agree on Average, FirstTier or LastTier",
        ]
    );
}

#[test]
fn a_volume_commitment_should_be_refused_when_its_lines_have_different_units() {
    let mix = |terms: &mut Terms| {
        let direction = &mut terms.directions[0];
        direction.commitment_span = direction.window;
        direction.condition = Condition::VolumeCommitment {
            volume: Quantity(5),
            missing: MissingPrice::AsUsed,
        };
        for line in &mut direction.groups[0].lines {
            line.terms.in_commitment = true;
        }
    };
    assert_eq!(
        found_in(mix),
        [
            "first direction, group 1, line 2 (MTC): it is counted in min and GPRS of group 1 in MB; a volume \
          commitment has one unit"
        ]
    );
    let found = found_in(|terms| {
        mix(terms);
        // IMSI-months are what access is priced by, whatever the service.
        for line in &mut terms.directions[0].groups[0].lines {
            line.terms.pricing = Pricing::Access {
                plan: RatePlan::Linear { price: Price(1) },
            };
        }
    });
    assert_eq!(found, Vec::<String>::new());
    let found = found_in(|terms| {
        mix(terms);
        terms.directions[0].groups[0].lines[1].terms.in_commitment = false;
    });
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_volume_commitment_should_be_refused_when_what_is_missing_can_cost_nothing() {
    let tiered = |prices: [u128; 2]| -> Pricing {
        let tiers = prices.iter().zip([0, 100_000_000]).map(|(price, start)| Tier {
            start: Quantity(start),
            price: Price(*price),
            ..Default::default()
        });
        RatePlan::Tiered {
            tiers: Tiers::truncate_from(tiers.collect()),
        }
        .into()
    };
    let balanced = |balanced: u128, unbalanced: u128| Pricing::Usage {
        plan: UsagePlan::BalancedUnbalanced {
            balanced: RatePlan::Linear {
                price: Price(balanced),
            },
            unbalanced: RatePlan::Linear {
                price: Price(unbalanced),
            },
        },
        floor: None,
    };
    let included = |units: u128| -> Pricing {
        RatePlan::IncludedVolume {
            fee: Amount(1_000_000),
            included: Quantity(units * 1_000_000),
            increment: Quantity(1),
            price: Price(5),
        }
        .into()
    };
    let with_floor = Pricing::Usage {
        plan: UsagePlan::default(),
        floor: Some(Price(3)),
    };
    let refused = |pricing: &Pricing, missing: MissingPrice| {
        let found = found_in(|terms| {
            let direction = &mut terms.directions[0];
            (direction.window, direction.commitment_span) = (Span::Year, Span::Year);
            direction.condition = Condition::VolumeCommitment {
                volume: Quantity(500_000_000),
                missing,
            };
            direction.groups[0].lines[0].terms.pricing = pricing.clone();
            direction.groups[0].lines[0].terms.in_commitment = true;
        });
        match found.as_slice() {
            [] => false,
            [one] => {
                assert!(
                    one.starts_with("first direction, group 1, line 1 (GPRS): what is missing"),
                    "{one}"
                );
                true
            }
            more => panic!("{more:?}"),
        }
    };
    use MissingPrice::{AsUsed, Average, FirstTier, LastTier};
    for (pricing, free) in [
        (
            RatePlan::NotCharged.into(),
            vec![AsUsed, Average, FirstTier, LastTier],
        ),
        (
            Pricing::flat_fee(Amount(1_000_000)),
            vec![AsUsed, Average, FirstTier, LastTier],
        ),
        (tiered([0, 7]), vec![Average, FirstTier]),
        (tiered([7, 0]), vec![Average, LastTier]),
        (tiered([7, 6]), vec![]),
        (balanced(7, 0), vec![AsUsed, Average, FirstTier, LastTier]),
        (balanced(0, 7), vec![]),
        (included(499), vec![]),
        // Whoever uses nothing has paid for all of it with the fee.
        (included(500), vec![AsUsed]),
        (with_floor, vec![]),
    ] {
        for missing in [AsUsed, Average, FirstTier, LastTier] {
            assert_eq!(
                refused(&pricing, missing),
                free.contains(&missing),
                "{pricing:?}, {missing:?}"
            );
        }
    }
}

#[test]
fn a_balanced_price_should_be_refused_when_no_group_mirrors_its_own() {
    let balanced = |terms: &mut Terms| {
        let linear = RatePlan::Linear { price: Price(1) };
        terms.directions[0].groups[0].lines[0].terms.pricing = Pricing::Usage {
            plan: UsagePlan::BalancedUnbalanced {
                balanced: linear.clone(),
                unbalanced: linear,
            },
            floor: None,
        };
    };
    assert_eq!(found_in(balanced), Vec::<String>::new());
    let fault = [
        "first direction, group 1, line 1 (GPRS): the price is balanced, and no group of the other direction has a \
          line of the service between the same networks",
    ];
    let found = found_in(|terms| {
        balanced(terms);
        terms.directions[1].groups[0].lines.remove(0);
    });
    assert_eq!(found, fault, "the service is not there");
    let found = found_in(|terms| {
        balanced(terms);
        let other = "CCCCC".parse().unwrap();
        terms.directions[1].groups[0].home.try_push(other).unwrap();
    });
    assert_eq!(found, fault, "usage of other networks is in the group's totals");
}
