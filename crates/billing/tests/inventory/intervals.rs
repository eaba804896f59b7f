//! Use by the hour: what both sides report of it, second by second.

use crate::support::service;
use interclear_billing::inventory::{charges, check, common, Charging, Interval, IntervalFault};
use interclear_matching::MAX_BANDWIDTH;
use interclear_primitives::{money::Currency, period::Period, DAY};
use proptest::prelude::*;

fn interval(from: u64, until: u64, bandwidth: u64) -> Interval {
    Interval {
        from,
        until,
        bandwidth,
    }
}

const JANUARY: Period = Period(202_601);

#[test]
fn use_should_be_charged_by_the_second_at_the_price_of_its_day() {
    let service = service(
        "2026-01-10",
        Some("2026-01-20"),
        &[("2026-01-10", 2_400_000), ("2026-01-15", 4_800_000)],
    );
    let start = JANUARY.start();
    let at = |day: u64, second: u64| start + (day - 1) * DAY + second;
    let charged = |used: &[Interval]| {
        [Charging::Hourly, Charging::HourlyPerMbit].map(|charging| {
            let sum = charges(&service, Currency::EUR, JANUARY, charging, used).unwrap();
            sum.rounded(JANUARY, charging, 2).unwrap().0
        })
    };
    // 90 minutes at 2.40 an hour; at 10 Mbit/s ten times as much.
    assert_eq!(
        charged(&[interval(at(11, 0), at(11, 5_400), 10_000_000)]),
        [360, 3_600]
    );
    // Over midnight of the change: an hour at 2.40, and two at 4.80.
    assert_eq!(
        charged(&[interval(at(14, 82_800), at(15, 7_200), 1_500_000)]),
        [1_200, 1_800]
    );
    // Before the start and after the end nothing is charged: an hour of each of these counts.
    let around = [
        interval(at(9, 0), at(10, 3_600), 1_000_000),
        interval(at(19, 82_800), at(21, 0), 1_000_000),
    ];
    assert_eq!(charged(&around), [240 + 480, 240 + 480]);
    // A second of 2.40 an hour is 0.000666..., so 8 are 0.01 and 7 are not.
    assert_eq!(charged(&[interval(at(11, 0), at(11, 8), 1_000_000)]), [1, 1]);
    assert_eq!(charged(&[interval(at(11, 0), at(11, 7), 1_000_000)]), [0, 0]);
    assert_eq!(charged(&[]), [0, 0]);
    assert_eq!(
        charges(
            &service,
            Currency::EUR,
            Period(202_602),
            Charging::Hourly,
            &around
        )
        .unwrap()
        .recurring,
        0
    );
}

#[test]
fn intervals_should_be_refused_with_the_place_when_they_overlap_or_are_empty() {
    for (intervals, fault) in [
        (vec![interval(5, 5, 1)], (0, IntervalFault::Empty)),
        (
            vec![interval(0, 5, 1), interval(9, 8, 1)],
            (1, IntervalFault::Empty),
        ),
        (
            vec![interval(0, 5, 1), interval(4, 8, 1)],
            (1, IntervalFault::NotAscending),
        ),
        (
            vec![interval(5, 9, 1), interval(0, 2, 1)],
            (1, IntervalFault::NotAscending),
        ),
        (
            vec![interval(0, 5, MAX_BANDWIDTH + 1)],
            (0, IntervalFault::MaxBandwidthExceeded),
        ),
    ] {
        assert_eq!(check(&intervals), Err(fault));
    }
    assert_eq!(check(&[interval(0, 5, 1), interval(5, 8, MAX_BANDWIDTH)]), Ok(()));
    assert_eq!(check(&[]), Ok(()));
}

fn intervals() -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::vec((0u64..5, 1u64..8, 0u64..4), 0..8).prop_map(|steps| {
        let mut now = 0;
        steps
            .into_iter()
            .map(|(pause, length, bandwidth)| {
                let from = now + pause;
                now = from + length;
                interval(from, now, bandwidth)
            })
            .collect()
    })
}

/// The bandwidth of a second; `None` where there is no use.
fn at(intervals: &[Interval], second: u64) -> Option<u64> {
    let covers = |interval: &&Interval| interval.from <= second && second < interval.until;
    intervals.iter().find(covers).map(|interval| interval.bandwidth)
}

proptest! {
    #[test]
    fn common_use_should_be_the_smaller_of_both_in_every_second(buyer in intervals(), seller in intervals()) {
        let both = common(&buyer, &seller);
        prop_assert_eq!(check(&both), Ok(()));
        prop_assert_eq!(&both, &common(&seller, &buyer));
        for second in 0..120 {
            let expected = at(&buyer, second).zip(at(&seller, second)).map(|(x, y)| x.min(y));
            prop_assert_eq!(at(&both, second), expected);
        }
    }
}
