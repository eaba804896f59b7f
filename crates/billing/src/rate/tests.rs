//! What holds of a rated month, and of the months of a window together.

use super::*;
use interclear_primitives::money::Currency;
use interclear_primitives::samples::{group, line, terms, FIRST, SECOND};
use interclear_primitives::span::{Accounted, Months, Span};
use interclear_rating::{
    rate_direction, MissingPrice, Price, Pricing, RatePlan, SdrRate, Share, Tier, Tiers, UsagePlan,
};
use proptest::prelude::*;

mod spans;

pub(crate) const START: Period = Period(202601);

pub(crate) fn key(direction: Direction, service: Service) -> UsageKey {
    UsageKey {
        direction,
        group: 0,
        service,
    }
}

pub(crate) fn total(quantity: u128, charge: u128) -> UsageTotal {
    UsageTotal {
        records: 1,
        quantity,
        charge: Value::Clear(charge as i128),
        tax: Value::Clear((charge / 5) as i128),
    }
}

/// Rates the months one after the other, the first in [`START`].
fn rate_all(terms: &Terms, months: &[Totals]) -> Vec<RatedMonth> {
    let mut account = Account::new();
    let mut period = START;
    let mut rated = Vec::new();
    for totals in months {
        let month = rate_month(&OpenMonth {
            terms,
            period,
            accounted: [Accounted::alone(Months {
                first: terms.first,
                last: terms.last,
            }); 2],
            totals,
            exchange: None,
            account: &account,
            decimals: 2,
        })
        .unwrap();
        account.clone_from(&month.account);
        period = period.next();
        rated.push(month);
    }
    rated
}

pub(crate) fn sums(months: &[RatedMonth]) -> BTreeMap<UsageKey, [i128; 5]> {
    let mut sums = BTreeMap::new();
    for line in months.iter().flat_map(|month| &month.lines) {
        let sum: &mut [i128; 5] = sums.entry(line.key()).or_default();
        let read = |value: &Value| value.clear().unwrap();
        for (sum, more) in sum.iter_mut().zip([
            line.quantity as i128,
            read(&line.tap_charge),
            read(&line.charge),
            read(&line.shortfall),
            read(&line.tax),
        ]) {
            *sum += more;
        }
    }
    sums
}

fn tiers() -> Tiers {
    let tier = |start, fixed, price| Tier {
        start: Quantity(start),
        fixed: Amount(fixed),
        price: Price(price),
    };
    vec![
        tier(0, 0, 333_333_333),
        tier(700_000_000, 1_234_567, 250_000_001),
        tier(2_000_000_000, 0, 99_999_999),
    ]
    .try_into()
    .unwrap()
}

/// Plans under which a month depends on the months before.
pub(crate) fn pricings() -> impl Strategy<Value = Pricing> {
    let plan = prop_oneof![
        Just(RatePlan::Tiered { tiers: tiers() }),
        Just(RatePlan::BackToFirst { tiers: tiers() }),
        Just(RatePlan::TieredThenBackToFirst {
            tiers: tiers(),
            start: Quantity(4_000_000_000),
            price: Price(50_000_000),
        }),
        Just(RatePlan::FlatFee {
            fee: Amount(70_000_000)
        }),
        Just(RatePlan::IncludedVolume {
            fee: Amount(9_999_999),
            included: Quantity(500_000_000),
            increment: Quantity(1_000_000),
            price: Price(123_456_789),
        }),
        Just(RatePlan::Linear {
            price: Price(123_456_789)
        }),
    ];
    (plan.clone(), plan, 0..4u8).prop_map(|(one, other, form)| match form {
        0 => Pricing::Usage {
            plan: UsagePlan::BalancedUnbalanced {
                balanced: one,
                unbalanced: other,
            },
            floor: None,
        },
        1 => Pricing::UsageAndAccess {
            usage: one,
            floor: Some(Price(10_000_000)),
            access: other,
        },
        2 => Pricing::Access { plan: one },
        _ => one.into(),
    })
}

pub(crate) fn conditions() -> impl Strategy<Value = Condition> {
    let commitment = Amount(3_000_000_000);
    prop_oneof![
        Just(Condition::Unconditional),
        Just(Condition::DealRevenue {
            commitment,
            including_tax: true
        }),
        Just(Condition::ContractRevenue {
            commitment,
            including_tax: false
        }),
        Just(Condition::VolumeCommitment {
            volume: Quantity(9_000_000_000),
            missing: MissingPrice::AsUsed
        }),
    ]
}

fn spans() -> impl Strategy<Value = (Span, Span)> {
    prop_oneof![
        Just((Span::Month, Span::Month)),
        Just((Span::Month, Span::Term)),
        Just((Span::Quarter, Span::Quarter)),
        Just((Span::Quarter, Span::HalfYear)),
        Just((Span::HalfYear, Span::Year)),
        Just((Span::Year, Span::Year)),
        Just((Span::Term, Span::Term)),
    ]
}

/// Usage of 12 months of both directions: data and network access.
fn years() -> impl Strategy<Value = Vec<Totals>> {
    let month = proptest::collection::vec((0..1_500_000_000u128, 0..300_000_000u128), 4);
    proptest::collection::vec(month, 12).prop_map(|months| {
        let month = |used: Vec<(u128, u128)>| -> Totals {
            let keys = Direction::BOTH.into_iter().flat_map(|direction| {
                [Service::Gprs, Service::NetworkAccess].map(|service| key(direction, service))
            });
            keys.zip(used)
                .map(|(key, (quantity, charge))| (key, total(quantity, charge)))
                .collect()
        };
        months.into_iter().map(month).collect()
    })
}

fn deal(pricing: &Pricing, condition: Condition, (window, span): (Span, Span)) -> Terms {
    let mut terms = terms(START, Period(202612));
    let lines = || {
        let missing = matches!(condition, Condition::VolumeCommitment { .. });
        let free = missing && pricing.lowest_missing_price() == Price(0);
        let pricing = match free {
            true => Pricing::linear(Price(123_456_789)),
            false => pricing.clone(),
        };
        let mut priced = line(Service::Gprs, pricing);
        priced.terms.in_commitment = true;
        vec![priced, line(Service::NetworkAccess, RatePlan::NotCharged.into())]
    };
    terms.directions[0].groups = vec![group(FIRST, SECOND, lines())].try_into().unwrap();
    terms.directions[1].groups = vec![group(SECOND, FIRST, lines())].try_into().unwrap();
    for direction in &mut terms.directions {
        direction.condition = condition;
        direction.window = window;
        direction.commitment_span = span;
    }
    terms
}

fn add(to: &mut Totals, from: &Totals) {
    for (key, more) in from {
        let sum = to.entry(*key).or_default();
        sum.records += more.records;
        sum.quantity += more.quantity;
        sum.charge = sum.charge.checked_add(&more.charge).unwrap();
        sum.tax = sum.tax.checked_add(&more.tax).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn months_should_add_up_to_their_window_when_usage_is_split_anyhow(
        pricing in pricings(),
        condition in conditions(),
        spans in spans(),
        months in years(),
        pick in any::<u64>(),
    ) {
        let terms = deal(&pricing, condition, spans);
        let in_force = Months { first: START, last: terms.last };
        // The usage of each window comes at once, in one of its months.
        let mut gathered = vec![Totals::new(); 12];
        for (month, totals) in months.iter().enumerate() {
            let agreed = &terms.directions[0];
            let accounted = Accounted::alone(in_force);
            let [window, _] = stretches(&terms, agreed, &accounted, START.plus(month as u32));
            let window = window.months;
            let place = START.months_until(window.first) + (pick % u64::from(window.count())) as u32;
            add(&mut gathered[place as usize], totals);
        }
        let (spread, at_once) = (rate_all(&terms, &months), rate_all(&terms, &gathered));
        prop_assert_eq!(sums(&spread), sums(&at_once));
        prop_assert!(spread[11].account.is_empty(), "nothing goes on after the term");
    }

    #[test]
    fn months_should_add_up_to_rating_the_term_at_once(
        pricing in pricings(),
        condition in conditions(),
        months in years(),
    ) {
        let terms = deal(&pricing, condition, (Span::Term, Span::Term));
        let mut year = Totals::new();
        months.iter().for_each(|month| add(&mut year, month));
        let charged = sums(&rate_all(&terms, &months));
        for direction in Direction::BOTH {
            let used = |direction, service| year[&key(direction, service)];
            let lines: Vec<LineTerms> =
                terms.direction(direction).lines().map(|(_, line)| line.terms.clone()).collect();
            let usage = [Service::Gprs, Service::NetworkAccess].map(|service| {
                let total = used(direction, service);
                LineUsage {
                    volume: Quantity(total.quantity),
                    reverse_volume: Quantity(used(direction.reverse(), service).quantity),
                    imsi_months: Quantity(used(direction, Service::NetworkAccess).quantity),
                    tap_charge: Amount(total.charge.clear_unsigned().unwrap()),
                    tap_tax: Amount(total.tax.clear_unsigned().unwrap()),
                }
            });
            let whole = rate_direction(&lines, &condition, &usage, 2).unwrap();
            for (line, service) in whole.lines.iter().zip([Service::Gprs, Service::NetworkAccess]) {
                let LineCharge { quantity, tap_charge, charge, shortfall, tax, .. } = *line;
                prop_assert_eq!(
                    charged[&key(direction, service)],
                    [quantity, tap_charge, charge, shortfall, tax]
                );
            }
        }
    }

    #[test]
    fn rating_should_be_the_same_for_both_sides(pricing in pricings(), spans in spans(), months in years()) {
        let terms = deal(&pricing, Condition::Unconditional, spans);
        let mirrored: Vec<Totals> = months
            .iter()
            .map(|month| {
                let mirror = |key: &UsageKey| UsageKey { direction: key.direction.reverse(), ..*key };
                month.iter().map(|(key, total)| (mirror(key), *total)).collect()
            })
            .collect();
        let mut reversed = terms.clone();
        reversed.directions.reverse();
        for (ours, theirs) in rate_all(&terms, &months).iter().zip(rate_all(&reversed, &mirrored)) {
            prop_assert_eq!(ours.net.checked_neg(), Ok(theirs.net));
            let [first, second] = ours.totals;
            prop_assert_eq!([second, first], theirs.totals);
        }
    }
}

fn data(quantity: u128) -> Totals {
    Totals::from([(
        key(Direction::FirstHome, Service::Gprs),
        total(quantity * 1_000_000, 0),
    )])
}

fn charges(months: &[RatedMonth]) -> Vec<i128> {
    let first = |month: &RatedMonth| month.lines[0].charge.clear().unwrap();
    months.iter().map(first).collect()
}

#[test]
fn a_month_should_be_owed_by_the_other_party_when_it_gives_back() {
    let plan = RatePlan::BackToFirst {
        tiers: vec![
            Tier {
                price: Price(100_000_000),
                ..Default::default()
            },
            Tier {
                start: Quantity(1_000_000_000),
                price: Price(50_000_000),
                ..Default::default()
            },
        ]
        .try_into()
        .unwrap(),
    };
    let terms = deal(
        &plan.into(),
        Condition::Unconditional,
        (Span::Quarter, Span::Term),
    );
    let months = rate_all(&terms, &[data(900), data(200), data(900), data(900)]);
    // 90; 1,100 at 0.05 = 55; 2,000 at 0.05 = 100; then a new quarter.
    assert_eq!(charges(&months), [9_000, -3_500, 4_500, 9_000]);
    assert_eq!(months[1].totals, [Value::Clear(-3_500), Value::ZERO]);
    assert_eq!(months[1].net, Value::Clear(-3_500));
    assert_eq!(months[1].lines[0].quantity, 200_000_000, "of the month");
}

#[test]
fn a_flat_fee_should_be_due_with_the_first_month_of_each_window() {
    let plan = RatePlan::FlatFee {
        fee: Amount(70_000_000),
    };
    let terms = deal(
        &plan.into(),
        Condition::Unconditional,
        (Span::HalfYear, Span::Term),
    );
    let months = rate_all(&terms, &vec![Totals::new(); 8]);
    assert_eq!(charges(&months), [7_000, 0, 0, 0, 0, 0, 7_000, 0]);
    assert_eq!(months[1].totals, [Value::ZERO; 2]);
}

/// 60 a quarter for 100 units, and 1 for each unit above.
fn capped_by_quarter() -> Terms {
    let capped = Pricing::Capped {
        share: Share(Share::WHOLE),
        included: Quantity(100_000_000),
        increment: Quantity(1_000_000),
        price: Price(1_000_000_000),
    };
    let caps = Condition::UsageCaps {
        commitment: Amount(60_000_000),
    };
    deal(&capped, caps, (Span::Quarter, Span::Term))
}

#[test]
fn usage_caps_should_be_due_for_each_window() {
    let terms = capped_by_quarter();
    let months = rate_all(&terms, &[data(60), data(50), data(0), data(60)]);
    assert_eq!(charges(&months), [6_000, 1_000, 0, 6_000]);
}

#[test]
fn a_shortfall_should_be_charged_with_the_last_month_of_each_span() {
    let condition = Condition::DealRevenue {
        commitment: Amount(100_000_000),
        including_tax: false,
    };
    let terms = deal(
        &Pricing::linear(Price(100_000_000)),
        condition,
        (Span::Month, Span::Quarter),
    );
    let months = rate_all(&terms, &[data(100), data(0), data(300), data(2_000), data(0)]);
    let shortfalls: Vec<_> = months
        .iter()
        .map(|month| month.lines[0].shortfall.clear().unwrap())
        .collect();
    assert_eq!(shortfalls, [0, 0, 6_000, 0, 0]);
}

#[test]
fn a_version_should_rate_its_months_alone() {
    let plan = RatePlan::Tiered { tiers: tiers() };
    let terms = deal(&plan.into(), Condition::Unconditional, (Span::Year, Span::Year));
    let first = rate_all(&terms, &[data(600)]);
    let rated = |account: &Account| {
        rate_month(&OpenMonth {
            terms: &terms,
            period: Period(202602),
            accounted: [Accounted::alone(Months {
                first: Period(202602),
                last: terms.last,
            }); 2],
            totals: &data(600),
            exchange: None,
            account,
            decimals: 2,
        })
        .unwrap()
    };
    assert_eq!(rated(&first[0].account), rated(&Account::new()));
}

#[test]
fn charges_should_be_converted_by_the_rates_of_their_month_when_currencies_differ() {
    let mut terms = deal(
        &Pricing::TapCharge,
        Condition::Unconditional,
        (Span::Quarter, Span::Term),
    );
    terms.usage.currency = Currency::SDR;
    let rate = |of: u128| {
        move |currency| {
            assert_eq!(currency, Currency::EUR, "the SDR needs no rate");
            Some(SdrRate(of))
        }
    };
    let totals = Totals::from([(key(Direction::FirstHome, Service::Gprs), total(5, 10_000_000))]);
    let mut account = Account::new();
    let mut charged = Vec::new();
    for (period, rate) in [(START, rate(1_200_000_000)), (START.next(), rate(1_300_000_005))] {
        let month = rate_month(&OpenMonth {
            terms: &terms,
            period,
            accounted: [Accounted::alone(Months {
                first: START,
                last: terms.last,
            }); 2],
            totals: &totals,
            exchange: Exchange::under(&terms, rate).unwrap(),
            account: &account,
            decimals: 2,
        })
        .unwrap();
        charged.push((
            month.lines[0].charge.clear().unwrap(),
            month.lines[0].tax.clear().unwrap(),
        ));
        account.clone_from(&month.account);
    }
    // 10 SDR and 2 SDR tax, at 1.2 and at 1.300000005.
    assert_eq!(charged, [(1_200, 240), (1_300, 260)]);
    assert_eq!(Exchange::under(&terms, |_| None), Err(Currency::EUR));
    terms.usage.currency = Currency::EUR;
    assert_eq!(Exchange::under(&terms, |_| unreachable!()), Ok(None));
}

#[test]
fn usage_should_be_refused_when_no_line_prices_it() {
    let terms = terms(START, Period(202612));
    let totals = Totals::from([(key(Direction::FirstHome, Service::SmsMo), total(1, 1))]);
    let fault = rate_month(&OpenMonth {
        terms: &terms,
        period: START,
        accounted: [Accounted::alone(Months {
            first: START,
            last: terms.last,
        }); 2],
        totals: &totals,
        exchange: None,
        account: &Account::new(),
        decimals: 2,
    });
    assert_eq!(fault, Err(AmountFault::UsageWithoutLine));
}

/// One more month of both directions, whose account it carries on.
fn next(
    terms: &Terms,
    period: Period,
    accounted: Accounted,
    totals: &Totals,
    account: &mut Account,
) -> RatedMonth {
    let month = rate_month(&OpenMonth {
        terms,
        period,
        accounted: [accounted; 2],
        totals,
        exchange: None,
        account,
        decimals: 2,
    })
    .unwrap();
    account.clone_from(&month.account);
    month
}

/// As [`rate_all`], accounted over other months than those of the term.
fn rate_over(terms: &Terms, accounted: Accounted, months: &[Totals]) -> Vec<RatedMonth> {
    let mut account = Account::new();
    let periods = accounted.counted.iter().zip(months);
    periods
        .map(|(period, totals)| next(terms, period, accounted, totals, &mut account))
        .collect()
}

fn shortfalls(months: &[RatedMonth]) -> Vec<i128> {
    let first = |month: &RatedMonth| month.lines[0].shortfall.clear().unwrap();
    months.iter().map(first).collect()
}

/// The first `count` months of the term, after which somebody ends it.
fn ended_after(count: u32) -> Accounted {
    Accounted::alone(Months {
        first: START,
        last: START.plus(count - 1),
    })
}

/// 24 million euro over 24 months.
fn millions() -> Terms {
    let condition = Condition::DealRevenue {
        commitment: Amount(24_000_000_000_000),
        including_tax: false,
    };
    let mut terms = deal(
        &Pricing::linear(Price(100_000_000)),
        condition,
        (Span::Month, Span::Term),
    );
    terms.last = Period(202712);
    terms
}

#[test]
fn a_commitment_should_be_owed_for_the_months_that_it_ran_when_it_is_ended_early() {
    let mut terms = millions();
    // 100 euro a month were charged: three of 24 millions, less 300.
    let months = [data(1_000), data(1_000), data(1_000)];
    let rated = rate_over(&terms, ended_after(3), &months);
    assert_eq!(shortfalls(&rated), [0, 0, 300_000_000 - 30_000]);
    terms.directions[0].in_full = true;
    let rated = rate_over(&terms, ended_after(3), &months);
    assert_eq!(shortfalls(&rated), [0, 0, 2_400_000_000 - 30_000]);
}

#[test]
fn a_commitment_should_go_on_when_an_amendment_leaves_it_as_it_was() {
    let terms = millions();
    let counted = Months {
        first: START,
        last: START.plus(3),
    };
    // The price doubles with the third month.
    let mut dearer = terms.clone();
    dearer.directions[0].groups[0].lines[0].terms.pricing = Pricing::linear(Price(200_000_000));
    let mut account = Account::new();
    let mut rated = Vec::new();
    for (period, place) in counted.iter().zip(0u32..) {
        let (terms, first, last) = if place < 2 {
            (&terms, START, START.next())
        } else {
            (&dearer, START.plus(2), counted.last)
        };
        let priced = Months { first, last };
        let accounted = Accounted { counted, priced };
        rated.push(next(terms, period, accounted, &data(1_000), &mut account));
    }
    assert_eq!(charges(&rated), [10_000, 10_000, 20_000, 20_000]);
    assert_eq!(
        shortfalls(&rated),
        [0, 0, 0, 400_000_000 - 60_000],
        "four of 24 millions"
    );
}

#[test]
fn a_commitment_should_go_on_when_its_window_is_found_to_be_cut_after_the_month_was_closed() {
    let mut terms = millions();
    terms.directions[0].window = Span::Quarter;
    let counted = Months {
        first: START,
        last: START.plus(3),
    };
    let whole = Accounted::alone(counted);
    let first = rate_over(&terms, whole, &[data(1_000)]);
    // An amendment of prices that begins with the second month is signed when the first one is closed.
    let priced = Months {
        first: START.next(),
        last: counted.last,
    };
    let mut account = first[0].account.clone();
    let mut rated = first;
    for period in priced.iter() {
        let accounted = Accounted { counted, priced };
        rated.push(next(&terms, period, accounted, &data(1_000), &mut account));
    }
    assert_eq!(shortfalls(&rated), [0, 0, 0, 400_000_000 - 40_000]);
}

#[test]
fn fees_and_caps_should_be_owed_for_the_months_that_their_window_ran() {
    let fee = RatePlan::FlatFee {
        fee: Amount(600_000_000),
    };
    let terms = deal(
        &fee.into(),
        Condition::Unconditional,
        (Span::HalfYear, Span::Term),
    );
    let nothing = vec![Totals::new(); 4];
    // It was due in full with the first month; the last one gives a third back once its end is known.
    let mut account = Account::new();
    let mut charged = Vec::new();
    for (place, ends) in [(0, 12), (1, 12), (2, 4), (3, 4)] {
        let month = next(
            &terms,
            START.plus(place),
            ended_after(ends),
            &Totals::new(),
            &mut account,
        );
        charged.push(month.lines[0].charge.clear().unwrap());
    }
    assert_eq!(charged, [60_000, 0, -20_000, 0]);
    assert_eq!(
        charges(&rate_over(&terms, ended_after(4), &nothing)),
        [40_000, 0, 0, 0]
    );

    let terms = capped_by_quarter();
    // Two thirds of 60, and 66.67 of 100 units included: 13.33 above, in whole units.
    let rated = rate_over(&terms, ended_after(2), &[data(30), data(50)]);
    assert_eq!(charges(&rated), [4_000, 1_400]);
}

#[test]
fn a_renewal_should_owe_its_part_of_the_term() {
    let mut terms = millions();
    terms.renewal_months = 6;
    let without_end = Accounted::alone(Months {
        first: START,
        last: Period::MAX,
    });
    let rated = rate_over(&terms, without_end, &vec![Totals::new(); 33]);
    let due: Vec<_> = shortfalls(&rated)
        .into_iter()
        .zip(1..)
        .filter(|(owed, _)| *owed != 0)
        .collect();
    // The term after 24 months, and a quarter of it after another six.
    assert_eq!(due, [(2_400_000_000, 24), (600_000_000, 30)]);
}

#[test]
fn a_missing_volume_should_be_priced_as_agreed() {
    // 0.333333333 up to 700 and 0.250000001 up to 2,000 units, with a fee of 1.23, then 0.099999999.
    let plan = RatePlan::Tiered { tiers: tiers() };
    for (missing, owed) in [
        // 300 units a month cost 100.00 each: 600 for 200.00, so 8,400 missing ones for 2,800.00.
        (MissingPrice::Average, 280_000),
        (MissingPrice::FirstTier, 280_000),
        (MissingPrice::LastTier, 84_000),
    ] {
        let condition = Condition::VolumeCommitment {
            volume: Quantity(9_000_000_000),
            missing,
        };
        let mut terms = deal(&plan.clone().into(), condition, (Span::Month, Span::Term));
        terms.last = START.next();
        let rated = rate_all(&terms, &[data(300), data(300)]);
        assert_eq!(shortfalls(&rated), [0, owed], "{missing:?}");
    }
    // 1,500 units in one month: 233.33 + 200.00 + 1.23; the other month has none.
    let condition = Condition::VolumeCommitment {
        volume: Quantity(3_000_000_000),
        missing: MissingPrice::Average,
    };
    let mut terms = deal(&plan.into(), condition, (Span::Month, Span::Term));
    terms.last = START.next();
    let rated = rate_all(&terms, &[data(1_500), data(0)]);
    assert_eq!(charges(&rated), [43_457, 0]);
    assert_eq!(
        shortfalls(&rated),
        [0, 43_457],
        "1,500 missing cost what 1,500 have cost"
    );
    // Nothing was used: the first price.
    let rated = rate_all(&terms, &[data(0), data(0)]);
    assert_eq!(shortfalls(&rated), [0, 100_000]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The definition, in whole numbers: what is committed for the months that ran, less what was charged in them.
    #[test]
    fn what_is_charged_should_come_to_the_committed_part_when_it_is_more(
        committed in 1u128..1_000_000_000,
        months in 1u32..=24,
        used in proptest::collection::vec(0u128..1_000, 24),
        in_full in any::<bool>(),
    ) {
        let mut terms = millions();
        terms.directions[0].condition = Condition::DealRevenue {
            commitment: Amount(committed * 24 * 1_000_000),
            including_tax: false,
        };
        terms.directions[0].in_full = in_full;
        let used: Vec<_> = used.into_iter().take(months as usize).collect();
        let usage: Vec<_> = used.iter().map(|units| data(*units)).collect();
        let rated = rate_over(&terms, ended_after(months), &usage);
        let owed = committed * 100 * if in_full { 24 } else { u128::from(months) };
        // Ten cents a unit.
        let charged: u128 = used.iter().map(|units| units * 10).sum();
        let total: i128 = charges(&rated).iter().sum::<i128>() + shortfalls(&rated).iter().sum::<i128>();
        prop_assert_eq!(total.unsigned_abs(), owed.max(charged));
    }
}
