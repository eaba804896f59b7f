//! What holds for all terms and all usage.

use codec::{Decode, Encode};
use interclear_rating::{
    explain_direction, rate_direction, rate_window, split_by_largest_remainder, validate_direction, Amount,
    Condition, Exact, LineCharge, LineHistory, LineTerms, LineUsage, MissingPrice, Price, Pricing, Quantity,
    RatePlan, Share, Stage, TaxRate, TaxRule, Tier, Tiers, UsagePlan, MAX_TIERS,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Bounds of generated figures: ordinary ones leave room for sums, any may overflow.
#[derive(Clone, Copy)]
struct Bounds {
    quantity: u128,
    amount: u128,
    price: u128,
}

const ORDINARY: Bounds = Bounds {
    quantity: 10u128.pow(15),
    amount: 10u128.pow(15),
    price: 10u128.pow(12),
};
const ANY: Bounds = Bounds {
    quantity: u128::MAX,
    amount: u128::MAX,
    price: u128::MAX,
};

fn quantities(bounds: Bounds) -> impl Strategy<Value = Quantity> {
    prop_oneof![1 => Just(0), 4 => 0..=bounds.quantity, 2 => 0..=10_000_000u128].prop_map(Quantity)
}

fn amounts(bounds: Bounds) -> impl Strategy<Value = Amount> {
    prop_oneof![1 => Just(0), 3 => 0..=bounds.amount].prop_map(Amount)
}

fn prices(bounds: Bounds) -> impl Strategy<Value = Price> {
    prop_oneof![1 => Just(0), 3 => 0..=bounds.price, 2 => 0..=10_000_000_000u128].prop_map(Price)
}

/// Tiers as nobody would sign them.
fn any_tiers(bounds: Bounds) -> impl Strategy<Value = Tiers> {
    let tier = (quantities(bounds), amounts(bounds), prices(bounds)).prop_map(|(start, fixed, price)| Tier {
        start,
        fixed,
        price,
    });
    vec(tier, 0..=MAX_TIERS as usize).prop_map(|list| list.try_into().expect("few tiers"))
}

/// Tiers in order, the first at 0.
fn good_tiers(bounds: Bounds) -> impl Strategy<Value = Tiers> {
    any_tiers(bounds).prop_map(|tiers| {
        let mut tiers = tiers.into_inner();
        tiers.push(Tier::default());
        tiers.sort_by_key(|tier| tier.start);
        tiers.dedup_by_key(|tier| tier.start);
        Tiers::truncate_from(tiers)
    })
}

/// Plans under which more volume never costs less.
fn monotone_plans(bounds: Bounds) -> BoxedStrategy<RatePlan> {
    let included = (
        amounts(bounds),
        quantities(bounds),
        1..=10_000_000u128,
        prices(bounds),
    )
        .prop_map(|(fee, included, increment, price)| RatePlan::IncludedVolume {
            fee,
            included,
            increment: Quantity(increment),
            price,
        });
    prop_oneof![
        Just(RatePlan::NotCharged),
        amounts(bounds).prop_map(|fee| RatePlan::FlatFee { fee }),
        prices(bounds).prop_map(|price| RatePlan::Linear { price }),
        good_tiers(bounds).prop_map(|tiers| RatePlan::Tiered { tiers }),
        included,
    ]
    .boxed()
}

fn good_plans(bounds: Bounds) -> BoxedStrategy<RatePlan> {
    let last_step = (
        good_tiers(bounds),
        1..=bounds.quantity.min(1 << 60),
        prices(bounds),
    )
        .prop_map(|(tiers, above, price)| {
            let last = tiers.last().map_or(0, |tier| tier.start.0);
            RatePlan::TieredThenBackToFirst {
                tiers,
                start: Quantity(last.saturating_add(above)),
                price,
            }
        });
    prop_oneof![
        3 => monotone_plans(bounds),
        1 => good_tiers(bounds).prop_map(|tiers| RatePlan::BackToFirst { tiers }),
        1 => last_step,
    ]
    .boxed()
}

fn any_plans() -> BoxedStrategy<RatePlan> {
    let last_step = (any_tiers(ANY), quantities(ANY), prices(ANY))
        .prop_map(|(tiers, start, price)| RatePlan::TieredThenBackToFirst { tiers, start, price });
    let included = (amounts(ANY), quantities(ANY), quantities(ANY), prices(ANY)).prop_map(
        |(fee, included, increment, price)| RatePlan::IncludedVolume {
            fee,
            included,
            increment,
            price,
        },
    );
    prop_oneof![
        good_plans(ANY),
        any_tiers(ANY).prop_map(|tiers| RatePlan::Tiered { tiers }),
        any_tiers(ANY).prop_map(|tiers| RatePlan::BackToFirst { tiers }),
        last_step,
        included,
    ]
    .boxed()
}

fn pricings(plans: BoxedStrategy<RatePlan>, bounds: Bounds) -> BoxedStrategy<Pricing> {
    let floor = || proptest::option::of((1..=bounds.price).prop_map(Price));
    prop_oneof![
        4 => (plans.clone(), floor())
            .prop_map(|(plan, floor)| Pricing::Usage { plan: UsagePlan::Plan(plan), floor }),
        2 => (plans.clone(), plans.clone(), floor()).prop_map(|(balanced, unbalanced, floor)| Pricing::Usage {
            plan: UsagePlan::BalancedUnbalanced { balanced, unbalanced },
            floor,
        }),
        1 => plans.clone().prop_map(|plan| Pricing::Access { plan }),
        1 => (plans.clone(), plans, floor())
            .prop_map(|(usage, access, floor)| Pricing::UsageAndAccess { usage, floor, access }),
    ]
    .boxed()
}

fn taxes() -> impl Strategy<Value = TaxRule> {
    prop_oneof![
        Just(TaxRule::Untaxed),
        (0..=TaxRate::WHOLE).prop_map(|rate| TaxRule::Excluded { rate: TaxRate(rate) }),
        (0..=TaxRate::WHOLE).prop_map(|rate| TaxRule::Included { rate: TaxRate(rate) }),
    ]
}

fn lines_of(pricings: BoxedStrategy<Pricing>) -> impl Strategy<Value = LineTerms> {
    (pricings, any::<bool>(), taxes()).prop_map(|(pricing, in_commitment, tax)| LineTerms {
        pricing,
        in_commitment,
        tax,
    })
}

fn usages(bounds: Bounds) -> impl Strategy<Value = LineUsage> {
    (
        quantities(bounds),
        quantities(bounds),
        quantities(bounds),
        amounts(bounds),
        amounts(bounds),
    )
        .prop_map(
            |(volume, reverse_volume, imsi_months, tap_charge, tap_tax)| LineUsage {
                volume,
                reverse_volume,
                imsi_months,
                tap_charge,
                tap_tax,
            },
        )
}

fn revenue_conditions(bounds: Bounds) -> impl Strategy<Value = Condition> {
    (1..=bounds.amount, any::<bool>(), any::<bool>()).prop_map(|(commitment, deal, including_tax)| {
        let commitment = Amount(commitment);
        if deal {
            Condition::DealRevenue {
                commitment,
                including_tax,
            }
        } else {
            Condition::ContractRevenue {
                commitment,
                including_tax,
            }
        }
    })
}

fn conditions(bounds: Bounds) -> BoxedStrategy<Condition> {
    prop_oneof![
        1 => Just(Condition::Unconditional),
        3 => revenue_conditions(bounds),
        2 => (1..=bounds.quantity).prop_map(|volume| Condition::VolumeCommitment { volume: Quantity(volume), missing: MissingPrice::AsUsed  }),
    ]
    .boxed()
}

fn any_conditions() -> BoxedStrategy<Condition> {
    prop_oneof![
        conditions(ANY),
        amounts(ANY).prop_map(|commitment| Condition::UsageCaps { commitment })
    ]
    .boxed()
}

fn any_lines() -> impl Strategy<Value = LineTerms> {
    let capped = (any::<u32>(), quantities(ANY), quantities(ANY), prices(ANY)).prop_map(
        |(share, included, increment, price)| Pricing::Capped {
            share: Share(share),
            included,
            increment,
            price,
        },
    );
    let pricing =
        prop_oneof![6 => pricings(any_plans(), ANY), 1 => Just(Pricing::TapCharge), 1 => capped].boxed();
    (pricing, any::<bool>(), any::<u32>(), 0..3u8).prop_map(|(pricing, in_commitment, rate, rule)| {
        LineTerms {
            pricing,
            in_commitment,
            tax: match rule {
                0 => TaxRule::Untaxed,
                1 => TaxRule::Excluded { rate: TaxRate(rate) },
                _ => TaxRule::Included { rate: TaxRate(rate) },
            },
        }
    })
}

/// A well-formed direction and the usage of each of its lines, month by month.
#[derive(Clone, Debug)]
struct Direction {
    terms: Vec<LineTerms>,
    condition: Condition,
    months: Vec<Vec<LineUsage>>,
}

fn directions() -> impl Strategy<Value = Direction> {
    let pricing =
        prop_oneof![6 => pricings(good_plans(ORDINARY), ORDINARY), 1 => Just(Pricing::TapCharge)].boxed();
    (1..6usize, 1..6usize).prop_flat_map(move |(lines, months)| {
        (
            vec(lines_of(pricing.clone()), lines),
            conditions(ORDINARY),
            vec(vec(usages(ORDINARY), lines), months),
        )
            .prop_map(|(mut terms, condition, months)| {
                terms[0].in_commitment = true;
                if matches!(condition, Condition::VolumeCommitment { .. }) {
                    for line in terms.iter_mut().filter(|line| line.pricing == Pricing::TapCharge) {
                        line.pricing = Pricing::default();
                    }
                }
                Direction {
                    terms,
                    condition,
                    months,
                }
            })
    })
}

fn sum(usage: &[LineUsage], more: &[LineUsage]) -> Vec<LineUsage> {
    usage
        .iter()
        .zip(more)
        .map(|(one, other)| one.checked_add(other).expect("fits"))
        .collect()
}

fn charge(pricing: Pricing, usage: LineUsage) -> i128 {
    let terms = [LineTerms {
        pricing,
        ..Default::default()
    }];
    rate_direction(&terms, &Condition::Unconditional, &[usage], 15)
        .expect("rates")
        .charge
}

/// Lines of a commitment at so many cents a unit, one for each that was used.
fn committed_lines(cents: &[u128], used: &[u128]) -> Vec<LineTerms> {
    let line = |(cents, _): (&u128, &u128)| LineTerms {
        pricing: Pricing::linear(Price(cents * 10_000_000)),
        in_commitment: true,
        ..Default::default()
    };
    cents.iter().zip(used).map(line).collect()
}

fn whole_units(used: &[u128]) -> Vec<LineUsage> {
    let usage = |units: &u128| LineUsage {
        volume: Quantity(units * Quantity::UNIT),
        ..Default::default()
    };
    used.iter().map(usage).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn rating_should_not_panic_for_any_input(
        terms in vec(any_lines(), 0..5),
        condition in any_conditions(),
        usage in vec(usages(ANY), 0..5),
        history in vec(any::<[i128; 18]>(), 0..5),
        decimals in any::<u8>(),
    ) {
        let _ = validate_direction(&terms, &condition);
        let _ = rate_direction(&terms, &condition, &usage, decimals);
        let _ = explain_direction(&terms, &condition, &usage, decimals);
        let history: Vec<_> = history
            .iter()
            .map(|numbers| LineHistory::decode(&mut &numbers.encode()[..]).expect("eighteen numbers"))
            .collect();
        for stage in [Stage::Provisional, Stage::TrueUp] {
            let _ = rate_window(&terms, &condition, &usage, &history, stage, decimals);
        }
    }

    #[test]
    fn terms_should_be_rated_when_they_pass_validation(direction in directions(), decimals in 0..=6u8) {
        prop_assert_eq!(validate_direction(&direction.terms, &direction.condition), Ok(()));
        for usage in &direction.months {
            let rated = rate_direction(&direction.terms, &direction.condition, usage, decimals);
            prop_assert!(rated.is_ok(), "{rated:?}");
        }
    }

    #[test]
    fn months_should_add_up_to_their_window(direction in directions(), decimals in 0..=6u8, early in any::<bool>()) {
        let Direction { terms, condition, months } = direction;
        let mut usage = vec![LineUsage::default(); terms.len()];
        let mut history = vec![LineHistory::default(); terms.len()];
        for (index, month) in months.iter().enumerate() {
            usage = sum(&usage, month);
            let last = index + 1 == months.len();
            let stage = if last || early { Stage::TrueUp } else { Stage::Provisional };
            let lines = rate_window(&terms, &condition, &usage, &history, stage, decimals).expect("rates").lines;
            for (history, line) in history.iter_mut().zip(&lines) {
                *history = history.charged(line).expect("fits");
            }
        }
        let charged: Vec<LineCharge> = history.iter().map(|line| line.window).collect();
        let whole = rate_direction(&terms, &condition, &usage, decimals).expect("rates");
        prop_assert_eq!(charged, whole.lines);
    }

    #[test]
    fn a_statement_should_charge_nothing_when_there_is_no_new_usage(direction in directions()) {
        let Direction { terms, condition, months } = direction;
        let rated = rate_direction(&terms, &condition, &months[0], 2).expect("rates");
        let history: Vec<_> =
            rated.lines.iter().map(|line| LineHistory::default().charged(line).expect("fits")).collect();
        for stage in [Stage::Provisional, Stage::TrueUp] {
            let again = rate_window(&terms, &condition, &months[0], &history, stage, 2).expect("rates");
            prop_assert_eq!(again.lines, vec![LineCharge::default(); terms.len()]);
        }
    }

    #[test]
    fn a_shortfall_should_be_what_is_missing_and_never_negative(direction in directions()) {
        let Direction { terms, condition, months } = direction;
        let rated = rate_direction(&terms, &condition, &months[0], 2).expect("rates");
        for (line, terms) in rated.lines.iter().zip(&terms) {
            prop_assert!(line.shortfall >= 0);
            prop_assert!(terms.in_commitment || line.shortfall == 0);
        }
        if let Condition::DealRevenue { commitment, including_tax: false } = condition {
            let charged: i128 = rated
                .lines
                .iter()
                .zip(&terms)
                .filter(|(_, terms)| terms.in_commitment)
                .map(|(line, _)| line.charge)
                .sum();
            let committed = Exact::from(commitment).to_minor(2).expect("fits");
            prop_assert_eq!(charged + rated.shortfall, committed.max(charged));
        }
    }

    /// The definition: of each unit that is missing, one is of the line whose used unit stands for it, and what no used unit
    /// stands for belongs to all lines alike.
    #[test]
    fn a_missing_volume_should_follow_what_was_used_and_else_be_shared(
        used in vec(0u128..3_000, 1..6),
        committed in 1u128..10_000,
        prices in vec(1u128..1_000, 6),
    ) {
        // Cents a unit, so that a line's charge is exact.
        let lines = committed_lines(&prices, &used);
        let usage = whole_units(&used);
        let all: u128 = used.iter().sum();
        let missing = committed.saturating_sub(all);
        let (stood_for, rest, count) = (missing.min(all), missing - missing.min(all), used.len() as u128);
        for price in [MissingPrice::AsUsed, MissingPrice::Average, MissingPrice::FirstTier, MissingPrice::LastTier] {
            let condition = Condition::VolumeCommitment { volume: Quantity(committed * Quantity::UNIT), missing: price };
            let rated = rate_direction(&lines, &condition, &usage, 15).expect("rates");
            for ((line, units), cents) in rated.lines.iter().zip(&used).zip(&prices) {
                // In cents, times the divisors.
                let owed = cents * (stood_for * units * count + rest * all.max(1)) ;
                let exact = |divisor: u128| owed * 10_000_000_000_000 / divisor;
                let (lower, upper) = (line.shortfall.unsigned_abs(), exact(all.max(1) * count));
                // A line's part is rounded to two millionths of a unit.
                prop_assert!(lower.abs_diff(upper) <= 2 * cents * 10_000_000, "{price:?}: {lower}, {upper}");
            }
        }
    }

    #[test]
    fn one_more_unit_should_not_move_a_shortfall_by_more_than_some_units(
        used in vec(0u128..50, 2..5),
        committed in 1u128..10_000,
        prices in vec(1u128..1_000, 5),
        place in 0usize..2,
    ) {
        let lines = committed_lines(&prices, &used);
        let dearest = *prices.iter().max().expect("there are some") as i128;
        let shortfall = |used: &[u128], missing| {
            let usage = whole_units(used);
            let condition = Condition::VolumeCommitment { volume: Quantity(committed * Quantity::UNIT), missing };
            rate_direction(&lines, &condition, &usage, 2).expect("rates").shortfall
        };
        let mut more = used.clone();
        more[place] += 1;
        for price in [MissingPrice::AsUsed, MissingPrice::Average, MissingPrice::FirstTier, MissingPrice::LastTier] {
            let moved = shortfall(&more, price) - shortfall(&used, price);
            prop_assert!(moved.abs() <= 3 * dearest, "{price:?}: {moved}");
        }
    }

    #[test]
    fn more_volume_should_not_cost_less_when_the_plan_is_monotone(
        pricing in pricings(monotone_plans(ORDINARY), ORDINARY),
        usage in usages(ORDINARY),
        more in quantities(ORDINARY),
    ) {
        let greater = LineUsage { volume: Quantity(usage.volume.0 + more.0), ..usage };
        let (before, after) = (charge(pricing.clone(), usage), charge(pricing, greater));
        prop_assert!(after >= before);
    }

    #[test]
    fn tiered_should_not_cost_less_than_back_to_first_when_prices_fall(
        tiers in good_tiers(ORDINARY),
        volume in quantities(ORDINARY),
    ) {
        let mut tiers = tiers.into_inner();
        let mut prices: Vec<_> = tiers.iter().map(|tier| tier.price).collect();
        prices.sort_by(|one, other| other.cmp(one));
        for (tier, price) in tiers.iter_mut().zip(prices) {
            *tier = Tier { start: tier.start, fixed: Amount(0), price };
        }
        let tiers = Tiers::truncate_from(tiers);
        let usage = LineUsage { volume, ..Default::default() };
        let tiered = charge(RatePlan::Tiered { tiers: tiers.clone() }.into(), usage);
        let back_to_first = charge(RatePlan::BackToFirst { tiers }.into(), usage);
        prop_assert!(tiered >= back_to_first);
    }

    #[test]
    fn one_tier_should_equal_a_linear_price(price in prices(ORDINARY), volume in quantities(ORDINARY)) {
        let tiers = Tiers::truncate_from(vec![Tier { price, ..Default::default() }]);
        let usage = LineUsage { volume, ..Default::default() };
        let expected = i128::try_from(price.0 * volume.0).expect("fits");
        prop_assert_eq!(charge(Pricing::linear(price), usage), expected);
        prop_assert_eq!(charge(RatePlan::Tiered { tiers: tiers.clone() }.into(), usage), expected);
        prop_assert_eq!(charge(RatePlan::BackToFirst { tiers }.into(), usage), expected);
    }

    #[test]
    fn rounding_should_be_half_to_even(exact in 0..10u128.pow(30), decimals in 0..=15u8) {
        let value = Exact::of(Price(exact), Quantity(1));
        let unit = 10u128.pow(u32::from(15 - decimals));
        let (quotient, remainder) = (exact / unit, exact % unit);
        let up = remainder * 2 > unit || (remainder * 2 == unit && quotient % 2 == 1);
        prop_assert_eq!(value.to_minor(decimals), Ok(i128::try_from(quotient + u128::from(up)).expect("fits")));
    }

    #[test]
    fn halves_should_go_to_the_even_neighbour(whole in 0..10u128.pow(12)) {
        let value = Exact::of(Price(whole * 1_000_000 + 500_000), Quantity(10u128.pow(7)));
        let even = whole + whole % 2;
        prop_assert_eq!(value.to_minor(2), Ok(i128::try_from(even).expect("fits")));
    }

    #[test]
    fn parts_should_add_up_and_differ_from_the_exact_share_by_less_than_one(
        total in 0..10u128.pow(18),
        weights in vec(0..10u128.pow(15), 1..50),
    ) {
        let parts = split_by_largest_remainder(total, &weights).expect("fits");
        prop_assert_eq!(parts.iter().sum::<u128>(), total);
        let sum: u128 = weights.iter().sum();
        for (part, weight) in parts.iter().zip(&weights) {
            // Without any weight there is no exact share.
            if let Some(below) = (total * weight).checked_div(sum) {
                prop_assert!(*part == below || *part == below + 1);
            }
        }
    }

    #[test]
    fn net_and_tax_should_add_up_to_the_price_when_it_includes_tax(
        price in prices(ORDINARY),
        volume in quantities(ORDINARY),
        rate in 0..=TaxRate::WHOLE,
        decimals in 0..=6u8,
    ) {
        let tax = TaxRule::Included { rate: TaxRate(rate) };
        let terms = [LineTerms { pricing: Pricing::linear(price), tax, ..Default::default() }];
        let usage = [LineUsage { volume, ..Default::default() }];
        let line = rate_direction(&terms, &Condition::Unconditional, &usage, decimals).expect("rates").lines[0];
        prop_assert!(line.tax >= 0);
        prop_assert_eq!(Exact::of(price, volume).to_minor(decimals), Ok(line.charge + line.tax));
    }

    #[test]
    fn explaining_should_compute_what_rating_does(direction in directions()) {
        let Direction { terms, condition, months } = direction;
        let told = explain_direction(&terms, &condition, &months[0], 2).expect("rates");
        for line in &told.lines {
            let sum = line.steps.iter().try_fold(Exact::ZERO, |sum, step| sum.plus(step.value)).expect("fits");
            prop_assert_eq!(sum, line.exact);
        }
        prop_assert_eq!(told.charge, rate_direction(&terms, &condition, &months[0], 2).expect("rates"));
    }

    #[test]
    fn terms_should_survive_encoding(terms in vec(any_lines(), 0..4), condition in any_conditions()) {
        let encoded = (terms.clone(), condition).encode();
        prop_assert_eq!(<(Vec<LineTerms>, Condition)>::decode(&mut &encoded[..]), Ok((terms, condition)));
    }
}
