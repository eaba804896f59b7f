//! Late usage against usage that came in time: together, the statements must come to the same.

mod decided;
mod once;

use super::*;
use crate::rate::tests::{conditions, key, pricings, sums, total, START};
use interclear_primitives::{
    samples::{line, terms},
    service::Service,
    span::{Months, Span},
};
use interclear_rating::{
    Amount, Condition, Price, Pricing, Quantity, RatePlan, SdrRate, Tier, Tiers, UsagePlan,
};
use proptest::prelude::*;

const MONTHS: usize = 6;

/// Usage of a month: in time, and what came late with each later month.
type Arrivals = Vec<(Totals, Vec<(usize, Totals)>)>;

/// A version that is in force from one month to another, and carries nothing on.
fn version(terms: &Terms, first: Period, last: Period) -> Version<'_> {
    Version {
        terms,
        accounted: [Accounted::alone(Months { first, last }); 2],
    }
}

/// Usage of the month `period` of a version that is in force for all months.
fn usage_of<'a>(terms: &'a Terms, period: Period, totals: &'a Totals) -> MonthUsage<'a> {
    MonthUsage {
        decided: &[],
        version: version(terms, START, START.plus(5)),
        period,
        totals,
        exchange: None,
        due: [None; 2],
    }
}

/// Bills all months, and one after the end if something is left for it.
fn bill_all(terms: &Terms, arrivals: &Arrivals, exchange: Option<Exchange>) -> Vec<RatedMonth> {
    bill(terms, arrivals, exchange, (MONTHS + 1, &mut Kept::default()))
}

/// Bills so many months.
fn bill(
    terms: &Terms,
    arrivals: &Arrivals,
    exchange: Option<Exchange>,
    (months, kept): (usize, &mut Kept),
) -> Vec<RatedMonth> {
    let usage = |month: usize| MonthUsage {
        exchange,
        ..usage_of(terms, START.plus(month as u32), &arrivals[month].0)
    };
    (0..months)
        .map(|month| {
            let late: Vec<_> = arrivals
                .iter()
                .enumerate()
                .flat_map(|(of, (_, late))| {
                    let with = late.iter().filter(|(with, _)| *with == month);
                    with.map(move |(_, totals)| (of, totals))
                })
                .map(|(of, totals)| MonthUsage { totals, ..usage(of) })
                .collect();
            let own = (month < MONTHS).then(|| usage(month));
            bill_month(START.plus(month as u32), own.as_ref(), &late, kept, 2).unwrap()
        })
        .collect()
}

/// The same usage as if all had come in time.
fn in_time(arrivals: &Arrivals) -> Arrivals {
    let all = |(own, late): &(Totals, Vec<(usize, Totals)>)| {
        let mut sum = own.clone();
        for (key, more) in late.iter().flat_map(|(_, totals)| totals) {
            let entry = sum.entry(*key).or_default();
            entry.records += more.records;
            entry.quantity += more.quantity;
            entry.charge = entry.charge.checked_add(&more.charge).unwrap();
            entry.tax = entry.tax.checked_add(&more.tax).unwrap();
        }
        (sum, Vec::new())
    };
    arrivals.iter().map(all).collect()
}

const SERVICES: [Service; 3] = [Service::Gprs, Service::Mtc, Service::NetworkAccess];

fn totals() -> impl Strategy<Value = Totals> {
    let one = (0..2usize, 0..3usize, 0..3_000_000_000u128, 0..2_000_000_000u128);
    proptest::collection::vec(one, 0..4).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(direction, service, quantity, charge)| {
                (
                    key(Direction::BOTH[direction], SERVICES[service]),
                    total(quantity, charge),
                )
            })
            .collect()
    })
}

fn arrivals() -> impl Strategy<Value = Arrivals> {
    let month = |of: usize| {
        (
            totals(),
            proptest::collection::vec((of + 1..=MONTHS, totals()), 0..3),
        )
    };
    (0..MONTHS).map(month).collect::<Vec<_>>()
}

fn rich(pricing: [Pricing; 2], conditions: [Condition; 2], spans: [(Span, Span); 2]) -> Terms {
    let mut terms = terms(START, START.plus(5));
    for (direction, (window, span)) in terms.directions.iter_mut().zip(spans) {
        direction.window = window;
        direction.commitment_span = span;
    }
    for (direction, condition) in terms.directions.iter_mut().zip(conditions) {
        direction.condition = condition;
        let [first, second] = pricing.clone();
        let access = line(Service::NetworkAccess, Pricing::linear(Price(1_000_000)));
        direction.groups[0].lines = vec![line(Service::Gprs, first), line(Service::Mtc, second), access]
            .try_into()
            .unwrap();
        for line in direction.groups[0].lines.iter_mut().take(2) {
            line.terms.in_commitment = condition != Condition::Unconditional;
        }
    }
    terms
}

fn spans() -> impl Strategy<Value = (Span, Span)> {
    proptest::sample::select(vec![
        (Span::Month, Span::Month),
        (Span::Month, Span::Quarter),
        (Span::Month, Span::Term),
        (Span::Quarter, Span::Quarter),
        (Span::Quarter, Span::HalfYear),
        (Span::HalfYear, Span::Term),
        (Span::Term, Span::Term),
    ])
}

proptest! {
    #[test]
    fn late_usage_should_come_to_what_it_would_have_come_to_in_time(
        pricing in [pricings(), pricings()],
        conditions in [conditions(), conditions()],
        spans in [spans(), spans()],
        arrivals in arrivals(),
    ) {
        let terms = rich(pricing, conditions, spans);
        prop_assume!(crate::terms::faults(&terms).iter().all(|fault| !matches!(fault.code, crate::terms::TermsFaultCode::Plan(_))));
        let late = sums(&bill_all(&terms, &arrivals, None));
        let timely = sums(&bill_all(&terms, &in_time(&arrivals), None));
        prop_assert_eq!(late, timely);
    }

    /// Each late part of a line is converted by itself, to a millionth; six months with two late parts each make 12
    /// roundings, which is far below a minor unit, and moves a sum by one at most for each rounded window.
    #[test]
    fn conversion_should_move_a_sum_by_less_than_a_unit_for_each_window(arrivals in arrivals()) {
        let mut terms = terms(START, START.plus(5));
        for direction in &mut terms.directions {
            direction.groups[0].lines = SERVICES
                .map(|service| line(service, Pricing::TapCharge))
                .to_vec()
                .try_into()
                .unwrap();
        }
        let exchange = Some(Exchange { from: SdrRate(1_234_567), to: SdrRate(987_654) });
        let late = sums(&bill_all(&terms, &arrivals, exchange));
        let timely = sums(&bill_all(&terms, &in_time(&arrivals), exchange));
        for (key, timely) in timely {
            let late = late[&key];
            for (one, other) in timely.iter().zip(late) {
                prop_assert!((one - other).abs() <= MONTHS as i128, "{one} {other}");
            }
        }
    }

    #[test]
    fn explain_late_should_compute_what_bill_month_does(arrivals in arrivals(), pricing in [pricings(), pricings()]) {
        let terms = rich(pricing, [Condition::Unconditional; 2], [(Span::Month, Span::Term); 2]);
        let mut kept = Kept::default();
        let usage = |totals| usage_of(&terms, START, totals);
        bill_month(START, Some(&usage(&arrivals[0].0)), &[], &mut kept, 2).unwrap();
        let late = [usage(&arrivals[1].0)];
        let explained = explain_late(START.next(), &late, &kept, 2).unwrap();
        let billed = bill_month(START.next(), None, &late, &mut kept, 2).unwrap();
        for line in &billed.lines {
            let direction = explained.iter().find(|late| late.direction == line.direction).unwrap();
            let place = direction.charged.keys.iter().position(|key| *key == line.key()).unwrap();
            let to_date = direction.charged.explanation.charge.lines[place];
            let charge = to_date.checked_sub(&direction.charged.before[place].window).unwrap();
            prop_assert_eq!(line.charge.clear(), Ok(charge.charge));
            prop_assert_eq!(line.late, Some(START));
        }
    }
}

fn tiered() -> Pricing {
    let tier = |start, price| Tier {
        start: Quantity(start),
        fixed: Amount(0),
        price: Price(price),
    };
    let tiers: Tiers = vec![tier(0, 1_000_000_000), tier(1_000_000_000, 100_000_000)]
        .try_into()
        .unwrap();
    Pricing::Usage {
        plan: UsagePlan::Plan(RatePlan::Tiered { tiers }),
        floor: None,
    }
}

fn used(quantity: u128) -> Totals {
    Totals::from([(key(Direction::FirstHome, Service::Gprs), total(quantity, 0))])
}

/// 1 EUR a MB up to 1,000 MB of the month, 0.10 beyond; `of_first` comes late for the first month with the second.
fn withheld(of_first: u128) -> Vec<RatedMonth> {
    let mut terms = terms(START, START.plus(5));
    terms.directions[0].groups[0].lines[0] = line(Service::Gprs, tiered());
    let mut arrivals: Arrivals = vec![Default::default(); MONTHS];
    arrivals[0] = (used(1_200_000_000 - of_first), vec![(1, used(of_first))]);
    arrivals[1].0 = used(900_000_000);
    bill_all(&terms, &arrivals, None)
}

#[test]
fn withholding_usage_should_not_change_its_tier() {
    // 1,000 at 1.00 and 200 at 0.10, whatever is held back; the second month has its own tiers.
    for of_first in [1, 100_000_000, 200_000_000, 700_000_000] {
        let rated = withheld(of_first);
        let late: Vec<_> = rated[1].lines.iter().filter(|line| line.late.is_some()).collect();
        assert_eq!(late.len(), 1);
        assert_eq!((late[0].late, late[0].quantity), (Some(START), of_first));
        let owed = |month: &RatedMonth| month.totals[0].clear().unwrap();
        assert_eq!(owed(&rated[0]) + owed(&rated[1]), 102_000 + 90_000, "{of_first}");
    }
}

#[test]
fn late_usage_should_give_back_the_shortfall_that_it_would_have_avoided() {
    let mut terms = terms(START, START.plus(5));
    terms.directions[0].condition = Condition::DealRevenue {
        commitment: Amount(100_000_000),
        including_tax: false,
    };
    terms.directions[0].commitment_span = Span::Quarter;
    terms.directions[0].groups[0].lines[0].terms.in_commitment = true;
    // 60 MB at 0.50 are 30 EUR of 100 within the quarter; 100 MB more come after it has been charged.
    let mut arrivals: Arrivals = vec![Default::default(); MONTHS];
    arrivals[0] = (used(60_000_000), vec![(3, used(100_000_000))]);
    let rated = bill_all(&terms, &arrivals, None);
    let shortfall = |month: &RatedMonth| {
        month
            .lines
            .iter()
            .map(|line| line.shortfall.clear().unwrap())
            .sum::<i128>()
    };
    assert_eq!(shortfall(&rated[2]), 7_000);
    let late = rated[3]
        .lines
        .iter()
        .find(|line| line.late == Some(START))
        .unwrap();
    assert_eq!(
        (late.charge, late.shortfall),
        (Value::Clear(5_000), Value::Clear(-5_000))
    );
    assert_eq!(rated[3].totals[0], Value::ZERO);
}

#[test]
fn a_window_should_be_corrected_from_what_it_was_charged_when_it_was_cut_short() {
    // A year's window whose version another one replaced from the second month on, after the first had been closed.
    let mut old = terms(START, START.plus(5));
    old.directions[0].window = Span::Term;
    old.directions[0].groups[0].lines[0] = line(Service::Gprs, tiered());
    let new = terms(START, START.plus(5));
    let (first, second, late, none) = (
        used(900_000_000),
        used(50_000_000),
        used(200_000_000),
        Totals::new(),
    );
    let usage = |terms, period, first, last, totals| MonthUsage {
        version: version(terms, first, last),
        ..usage_of(terms, period, totals)
    };
    let (next, third) = (START.next(), START.plus(2));
    for late_with in [next, third] {
        let mut kept = Kept::default();
        let own = usage(&old, START, START, START.plus(5), &first);
        bill_month(START, Some(&own), &[], &mut kept, 2).unwrap();
        let mut billed = Vec::new();
        for (period, totals) in [(next, &second), (third, &none)] {
            let own = usage(&new, period, next, START.plus(5), totals);
            let late = [usage(&old, START, START, START, &late)];
            let late = if period == late_with { &late[..] } else { &[] };
            billed.extend(bill_month(period, Some(&own), late, &mut kept, 2).unwrap().lines);
        }
        let late = billed.iter().find(|line| line.late.is_some()).unwrap();
        // 100 at 1.00 up to the tier, 100 at 0.10 beyond.
        assert_eq!(late.charge, Value::Clear(11_000));
    }
}

#[test]
fn a_commitment_should_be_corrected_with_the_terms_of_the_version_with_which_it_was_due() {
    // 100 EUR within three months; from the second month on a MB costs 1.00 instead of 0.50, and the commitment goes on.
    let mut old = terms(START, START.plus(5));
    old.directions[0].condition = Condition::DealRevenue {
        commitment: Amount(100_000_000),
        including_tax: false,
    };
    old.directions[0].commitment_span = Span::Quarter;
    old.directions[0].groups[0].lines[0].terms.in_commitment = true;
    let mut new = old.clone();
    new.directions[0].groups[0].lines[0].terms.pricing = Pricing::linear(Price(1_000_000_000));
    let months = |first, last| Months { first, last };
    let counted = months(START, START.plus(5));
    let version = |terms, priced| Version {
        terms,
        accounted: [Accounted { counted, priced }; 2],
    };
    let first = version(&old, months(START, START));
    let then = version(&new, months(START.next(), START.plus(5)));
    let (of_first, of_then, late, none) = (
        used(40_000_000),
        used(10_000_000),
        used(60_000_000),
        Totals::new(),
    );
    assert_eq!(
        due_with(&first, START, START.plus(3)),
        [Some(START.plus(2)), None]
    );
    assert_eq!(due_with(&first, START, START.plus(2)), [None, None]);
    let mut kept = Kept::default();
    let mut bill = |month: u32, late: &[MonthUsage]| {
        let totals = match month {
            0 => &of_first,
            1 => &of_then,
            _ => &none,
        };
        let own = MonthUsage {
            version: if month == 0 { first } else { then },
            ..usage_of(&old, START.plus(month), totals)
        };
        bill_month(START.plus(month), Some(&own), late, &mut kept, 2).unwrap()
    };
    let in_time: Vec<_> = (0..3).map(|month| bill(month, &[])).collect();
    // 20 EUR and 10 EUR; 70 are missing.
    assert_eq!(in_time[2].totals[0], Value::Clear(7_000));
    let correction = MonthUsage {
        version: first,
        due: [Some(then), None],
        ..usage_of(&old, START, &late)
    };
    let rated = bill(3, &[correction]);
    let line = rated.lines.iter().find(|line| line.late == Some(START)).unwrap();
    assert_eq!(
        (line.charge, line.shortfall),
        (Value::Clear(3_000), Value::Clear(-3_000))
    );
}

#[test]
fn late_usage_should_be_billed_alone_when_the_agreement_has_ended() {
    let mut terms = terms(START, START.plus(5));
    terms.directions[0].groups[0].lines[0] = line(Service::Gprs, tiered());
    let mut arrivals: Arrivals = vec![Default::default(); MONTHS];
    arrivals[5] = (used(1_000_000_000), vec![(6, used(100_000_000))]);
    let rated = bill_all(&terms, &arrivals, None);
    let lines: Vec<_> = rated[6]
        .lines
        .iter()
        .map(|line| (line.late, line.charge))
        .collect();
    assert_eq!(lines, [(Some(START.plus(5)), Value::Clear(1_000))]);
}
