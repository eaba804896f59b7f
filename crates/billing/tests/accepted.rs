//! Whatever is accepted where it comes in can be rated and closed: the greatest figures there are, in every mixture.
//!
//! `interclear_primitives::bounds` has the calculation; here the engine is asked.

use interclear_billing::{
    late::{bill_month, Kept, MonthUsage, Version},
    rate::Totals,
    terms::validate,
};
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, ServiceGroup, Terms},
    bounds::{
        Amount, Price, Quantity, SdrRate, MAX_AGREEMENT_PAIRS, MAX_AMOUNT, MAX_DECIDED_AMOUNT,
        MAX_MONTH_AMOUNT, MAX_MONTH_QUANTITY, MAX_NET, MAX_QUANTITY, MAX_TERM_MONTHS, MAX_TOKEN_DECIMALS,
    },
    ids::DisputeId,
    money::{Currency, Value},
    period::Period,
    samples::{self, line},
    service::Service,
    span::{Accounted, Months, Span},
    statement::{Decided, Exchange},
    tadig::Tadig,
    usage::{UsageKey, UsageTotal},
};
use interclear_rating::{
    Condition, MissingPrice, Pricing, RatePlan, Share, TaxRate, TaxRule, Tier, Tiers, UsagePlan,
};
use proptest::prelude::*;

const START: Period = Period(202_601);

/// How much a line is used in a month.
#[derive(Clone, Copy, Debug)]
enum Used {
    Nothing,
    /// One millionth of everything.
    Least,
    Most,
}

/// What files, and, unless it is late, reports of the pairs of one of so many groups bring at most.
fn used(how: Used, late: bool, groups: u128) -> UsageTotal {
    let pairs = if late {
        0
    } else {
        u128::from(MAX_AGREEMENT_PAIRS) / groups
    };
    let (quantity, amount) = match how {
        Used::Nothing => (0, 0),
        Used::Least => (1, 1),
        Used::Most => (
            MAX_MONTH_QUANTITY + pairs * MAX_QUANTITY,
            MAX_MONTH_AMOUNT + pairs * MAX_AMOUNT,
        ),
    };
    let value = Value::from_unsigned(amount).expect("it fits");
    UsageTotal {
        records: u64::MAX,
        quantity,
        charge: value,
        tax: value,
    }
}

fn tiers(first: Price, then: Price, from: Quantity) -> Tiers {
    let tier = |start, price| Tier {
        start,
        fixed: Amount::MAX_AGREED,
        price,
    };
    vec![tier(Quantity(0), first), tier(from, then)]
        .try_into()
        .expect("two tiers")
}

/// Plans at their bounds: dear at once, dear late and for everything, dear by fees, dear by rounding.
fn plans() -> Vec<RatePlan> {
    let (free, dear, fee) = (Price(0), Price::MAX_AGREED, Amount::MAX_AGREED);
    let included = |included, increment, price| RatePlan::IncludedVolume {
        fee,
        included,
        increment,
        price,
    };
    vec![
        RatePlan::NotCharged,
        RatePlan::FlatFee { fee },
        RatePlan::Linear { price: dear },
        RatePlan::Tiered {
            tiers: tiers(dear, free, Quantity(1)),
        },
        RatePlan::BackToFirst {
            tiers: tiers(free, dear, Quantity::MAX_AGREED),
        },
        RatePlan::BackToFirst {
            tiers: tiers(dear, free, Quantity::MAX_AGREED),
        },
        RatePlan::TieredThenBackToFirst {
            tiers: tiers(free, dear, Quantity(1)),
            start: Quantity::MAX_AGREED,
            price: dear,
        },
        included(Quantity(0), Quantity::MAX_AGREED, dear),
        included(Quantity::MAX_AGREED, Quantity(1), free),
    ]
}

fn pricings() -> impl Strategy<Value = Pricing> {
    let plan = || proptest::sample::select(plans());
    let floor = proptest::option::of(Just(Price::MAX_AGREED));
    (plan(), plan(), floor, 0..6u8).prop_map(|(one, other, floor, form)| match form {
        0 => Pricing::Usage {
            plan: UsagePlan::BalancedUnbalanced {
                balanced: one,
                unbalanced: other,
            },
            floor,
        },
        1 | 2 => Pricing::UsageAndAccess {
            usage: one,
            floor,
            access: other,
        },
        3 => Pricing::Access { plan: one },
        4 => Pricing::TapCharge,
        _ => Pricing::Usage {
            plan: UsagePlan::Plan(one),
            floor,
        },
    })
}

fn taxes() -> impl Strategy<Value = TaxRule> {
    let rate = TaxRate(TaxRate::WHOLE);
    proptest::sample::select(vec![
        TaxRule::Untaxed,
        TaxRule::Excluded { rate },
        TaxRule::Included { rate },
    ])
}

fn conditions() -> impl Strategy<Value = Condition> {
    let (commitment, including_tax) = (Amount::MAX_AGREED, true);
    let volume = |missing| Condition::VolumeCommitment {
        volume: Quantity::MAX_AGREED,
        missing,
    };
    proptest::sample::select(vec![
        Condition::Unconditional,
        Condition::DealRevenue {
            commitment,
            including_tax,
        },
        Condition::ContractRevenue {
            commitment,
            including_tax,
        },
        volume(MissingPrice::Average),
        volume(MissingPrice::FirstTier),
        volume(MissingPrice::LastTier),
        volume(MissingPrice::AsUsed),
        Condition::UsageCaps { commitment },
    ])
}

fn spans() -> impl Strategy<Value = (Span, Span)> {
    proptest::sample::select(vec![
        (Span::Month, Span::Month),
        (Span::Month, Span::Term),
        (Span::Quarter, Span::Year),
        (Span::Year, Span::Year),
        (Span::Term, Span::Term),
    ])
}

/// Terms of so many months in which either direction has so many groups, and the lines in each of them.
fn deal(
    months: u32,
    groups: u8,
    lines: &[(Service, Pricing, TaxRule)],
    condition: Condition,
    (window, span): (Span, Span),
) -> Terms {
    let network = |letter: u8, number: u8| Tadig([letter, b'N', b'E', b'T', b'A' + number]);
    let group = |home: Tadig, visited: Tadig| -> ServiceGroup {
        let lines = lines.iter().map(|(service, pricing, tax)| {
            let mut line = line(*service, pricing.clone());
            (line.terms.tax, line.terms.in_commitment) = (*tax, true);
            line
        });
        samples::group(home, visited, lines.collect())
    };
    let direction = |home: u8, visited: u8| {
        let groups = (0..groups).map(|number| group(network(home, number), network(visited, number)));
        let mut direction = samples::direction(groups.collect());
        direction.condition = condition;
        (direction.window, direction.commitment_span) = (window, span);
        restrain(&mut direction);
        direction
    };
    let directions = [direction(b'H', b'V'), direction(b'V', b'H')];
    let mut terms = Terms::usual(START, START.plus(months - 1), Currency::EUR, directions);
    // A missing volume must cost something.
    if validate(&terms).is_err() {
        for direction in &mut terms.directions {
            direction.condition = Condition::Unconditional;
        }
    }
    terms
}

/// Committed volumes have one unit, have a price, and are priced as if used only within a window. Usage caps are shared among
/// lines that are all dear above them.
fn restrain(direction: &mut DirectionTerms) {
    if let Condition::VolumeCommitment { missing, .. } = direction.condition {
        if missing == MissingPrice::AsUsed {
            direction.commitment_span = direction.window;
        }
        let lines = direction
            .groups
            .iter_mut()
            .flat_map(|group| group.lines.iter_mut());
        for line in lines {
            let priced = !matches!(line.terms.pricing, Pricing::TapCharge | Pricing::Access { .. });
            line.terms.in_commitment = priced && line.service == Service::Gprs;
        }
    }
    if let Condition::UsageCaps { .. } = direction.condition {
        let others = direction.lines().count() as u32 - 1;
        let lines = direction
            .groups
            .iter_mut()
            .flat_map(|group| group.lines.iter_mut());
        for (line, place) in lines.zip(0u32..) {
            line.terms.pricing = Pricing::Capped {
                share: Share(if place == 0 { Share::WHOLE - others } else { 1 }),
                included: Quantity(0),
                increment: Quantity::MAX_AGREED,
                price: Price::MAX_AGREED,
            };
        }
    }
    if !direction.lines().any(|(_, line)| line.terms.in_commitment) {
        direction.condition = Condition::Unconditional;
    }
}

/// Usage of the lines of the terms.
fn totals(terms: &Terms, how: impl Fn(Direction, usize) -> Used, late: bool) -> Totals {
    let mut totals = Totals::new();
    let groups: usize = terms
        .directions
        .iter()
        .map(|direction| direction.groups.len())
        .sum();
    for direction in Direction::BOTH {
        for (place, (group, line)) in terms.direction(direction).lines().enumerate() {
            let key = UsageKey {
                direction,
                group,
                service: line.service,
            };
            match how(direction, place) {
                Used::Nothing => {}
                how => {
                    totals.insert(key, used(how, late, groups as u128));
                }
            }
        }
    }
    totals
}

/// Bills all months, each with late usage of the six before it, and with what disputes have decided of the one before; each fits into a
/// statement. Answers with the largest amount.
fn bill(
    terms: &Terms,
    months: &[Totals],
    late: &Totals,
    exchange: Option<Exchange>,
    decimals: u8,
    decided: impl Fn(Period) -> Vec<Decided>,
) -> u128 {
    assert_eq!(validate(terms), Ok(()));
    let accounted = [Accounted::alone(Months {
        first: terms.first,
        last: terms.last,
    }); 2];
    let usage = |period, totals| MonthUsage {
        decided: &[],
        version: Version { terms, accounted },
        period,
        totals,
        exchange,
        due: [None; 2],
    };
    let (mut kept, mut most) = (Kept::default(), 0);
    for (number, own) in (0u32..).zip(months) {
        let period = START.plus(number);
        let earlier = number.saturating_sub(6)..number;
        let last = decided(period.previous());
        let corrected: Vec<_> = earlier
            .map(|month| {
                let period = START.plus(month);
                MonthUsage {
                    decided: if month + 1 == number { &last } else { &[] },
                    ..usage(period, late)
                }
            })
            .collect();
        let billed = bill_month(period, Some(&usage(period, own)), &corrected, &mut kept, decimals);
        let billed = billed.unwrap_or_else(|fault| panic!("{period}: {fault} ({decimals} decimals)"));
        for value in billed.totals.iter().chain([&billed.net]) {
            let amount = value.clear().expect("it is clear").unsigned_abs();
            assert!(amount <= MAX_NET, "{period}: {amount}");
            most = most.max(amount);
        }
    }
    most
}

/// From the dearest to the cheapest currency, and back.
fn exchanges() -> impl Strategy<Value = Option<Exchange>> {
    let exchange = |from, to| Some(Exchange { from, to });
    proptest::sample::select(vec![
        None,
        exchange(SdrRate::MIN, SdrRate::MAX),
        exchange(SdrRate::MAX, SdrRate::MIN),
    ])
}

const SERVICES: [Service; 5] = [
    Service::MocLocal,
    Service::SmsMo,
    Service::Gprs,
    Service::NbIot,
    Service::NetworkAccess,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn accepted_months_should_be_billed_when_their_figures_are_at_their_bounds(
        lines in proptest::collection::vec((pricings(), taxes()), SERVICES.len()),
        condition in conditions(),
        spans in spans(),
        months in proptest::collection::vec(proptest::collection::vec(0..3u8, 20), 1..13),
        exchange in exchanges(),
        decimals in 0..=MAX_TOKEN_DECIMALS,
    ) {
        let priced = SERVICES.into_iter().zip(lines).map(|(service, (pricing, tax))| (service, pricing, tax));
        let terms = deal(12, 2, &priced.collect::<Vec<_>>(), condition, spans);
        let month = |month: &Vec<u8>| {
            let how = |direction: Direction, place: usize| match month[direction.index() * 10 + place] {
                0 => Used::Nothing,
                1 => Used::Least,
                _ => Used::Most,
            };
            totals(&terms, how, false)
        };
        let months: Vec<_> = months.iter().map(month).collect();
        let late = totals(&terms, |_, _| Used::Most, true);
        bill(&terms, &months, &late, exchange, decimals, |_| Vec::new());
    }
}

/// What a dispute decides at most, either way, of a quantity, a charge, a shortfall and a tax.
fn extremes() -> impl Strategy<Value = (i128, [i128; 3])> {
    let most = i128::try_from(MAX_MONTH_QUANTITY).expect("it fits");
    let quantity = prop_oneof![
        Just(0),
        Just(1),
        Just(-1),
        Just(most),
        Just(-most),
        // Beyond what is reckoned with.
        Just(1_000_000 * i128::try_from(MAX_QUANTITY).expect("it fits")),
    ];
    let net = i128::try_from(MAX_NET).expect("it fits");
    let moved = i128::try_from(MAX_DECIDED_AMOUNT).expect("it fits");
    let amount = || proptest::sample::select(vec![0, 1, -1, moved, -moved, net, -net]);
    (quantity, [amount(), amount(), amount()])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever two parties agree on in disputes, or have ruled: their months go on.
    #[test]
    fn accepted_months_should_be_billed_when_disputes_decide_figures_at_their_bounds(
        lines in proptest::collection::vec((pricings(), taxes()), SERVICES.len()),
        condition in conditions(),
        spans in spans(),
        used in 0..3u8,
        decisions in proptest::collection::vec((0..6u32, 0..10u8, any::<bool>(), extremes()), 1..8),
        exchange in exchanges(),
        decimals in 0..=MAX_TOKEN_DECIMALS,
    ) {
        let priced = SERVICES.into_iter().zip(lines).map(|(service, (pricing, tax))| (service, pricing, tax));
        let terms = deal(8, 2, &priced.collect::<Vec<_>>(), condition, spans);
        let how = |_: Direction, _: usize| match used {
            0 => Used::Nothing,
            1 => Used::Least,
            _ => Used::Most,
        };
        let months = vec![totals(&terms, how, false); 8];
        let late = totals(&terms, |_, _| Used::Least, true);
        let decided = |period: Period| {
            let of_month = decisions.iter().filter(|(month, ..)| START.plus(*month) == period);
            of_month
                .map(|(_, line, moves_window, (quantity, amounts))| {
                    let [charge, shortfall, tax] = amounts.map(Value::Clear);
                    Decided {
                        dispute: DisputeId(0),
                        statement: period,
                        period,
                        line: UsageKey {
                            direction: Direction::FirstHome,
                            group: line / 5,
                            service: SERVICES[usize::from(line % 5)],
                        },
                        moves_window: *moves_window,
                        quantity: *quantity,
                        charge,
                        shortfall,
                        tax,
                    }
                })
                .collect()
        };
        bill(&terms, &months, &late, exchange, decimals, decided);
    }
}

/// Ten years in one window, as many lines as an agreement can have, everything at its bound.
#[test]
fn a_term_should_be_billed_when_every_line_of_every_month_is_at_its_bound() {
    let dear = Price::MAX_AGREED;
    let rate = TaxRate(TaxRate::WHOLE);
    let jump = RatePlan::BackToFirst {
        tiers: tiers(Price(0), dear, Quantity::MAX_AGREED),
    };
    for plan in [RatePlan::Linear { price: dear }, jump] {
        let pricing = Pricing::UsageAndAccess {
            usage: plan.clone(),
            floor: None,
            access: plan,
        };
        // 8 groups of 16 of the services either way, the access by which each line is charged among them.
        let services = Service::ALL.iter().take(15).chain([&Service::NetworkAccess]);
        let lines: Vec<_> = services
            .map(|service| (*service, pricing.clone(), TaxRule::Excluded { rate }))
            .collect();
        let spans = (Span::Term, Span::Term);
        let terms = deal(MAX_TERM_MONTHS, 8, &lines, Condition::Unconditional, spans);
        assert_eq!(terms.line_count(), 256);
        let one_way = |direction, _| match direction {
            Direction::FirstHome => Used::Most,
            Direction::SecondHome => Used::Nothing,
        };
        let months = vec![totals(&terms, one_way, false); MAX_TERM_MONTHS as usize];
        let late = totals(&terms, one_way, true);
        let most = bill(&terms, &months, &late, None, MAX_TOKEN_DECIMALS, |_| Vec::new());
        // The jump charges four months of a line and their late usage at once.
        assert!(most > 1 << 90, "{most}");
    }
}
