use super::*;

fn interest(amount: i128, bps: u16, days: u32) -> i128 {
    let found = late_interest(&Value::Clear(amount), bps, days).unwrap();
    found.clear().unwrap()
}

#[test]
fn interest_should_be_simple_and_by_365_days_a_year() {
    // 8 % of 1,000.00 for a year, a day, and 30 days: by hand.
    assert_eq!(interest(100_000, 800, 365), 8_000);
    assert_eq!(interest(100_000, 800, 1), 22);
    assert_eq!(interest(100_000, 800, 30), 658);
    // No interest on interest.
    assert_eq!(interest(100_000, 800, 3 * 365), 24_000);
    assert_eq!([interest(100_000, 0, 30), interest(100_000, 800, 0)], [0, 0]);
}

#[test]
fn interest_should_be_rounded_half_to_even() {
    // 10 % for 36.5 days is a hundredth.
    for (amount, expected) in [(25, 0), (50, 0), (51, 1), (75, 1), (125, 1), (150, 2), (250, 2)] {
        assert_eq!(interest(amount, 1_000, 73) / 2, interest(amount, 1_000, 73) / 2);
        assert_eq!(interest(amount * 2, 500, 73), interest(amount, 1_000, 73));
        assert_eq!(interest(amount, 100, 365), expected, "{amount}");
    }
}

#[test]
fn interest_should_not_overflow_when_the_largest_debt_is_late_for_a_century() {
    let most = i128::try_from(interclear_primitives::bounds::MAX_NET).unwrap();
    assert_eq!(interest(most, 10_000, 36_500), most * 100);
    assert_eq!(
        late_interest(&Value::Clear(i128::MAX), 10_000, 3_650),
        Err(ValueError::Overflow)
    );
    assert_eq!(late_interest(&Value::Clear(-1), 1, 1), Err(ValueError::Negative));
}

/// Day by day: a day counts if the cycle that ended before it, or the one that ends it, was missed.
fn counted(due: Day, cycles: &[(Day, bool)]) -> u32 {
    let last = cycles.last().map_or(due, |(day, _)| *day);
    (due + 1..=last)
        .filter(|day| {
            let before = cycles.iter().rev().find(|(end, _)| end < day);
            let ends = cycles.iter().find(|(end, _)| end >= day);
            [before, ends].into_iter().flatten().any(|(_, missed)| *missed)
        })
        .count() as u32
}

proptest::proptest! {
    #[test]
    fn days_should_be_those_of_cycles_that_the_debtor_missed(
        due in 0..50u32,
        steps in proptest::collection::vec((1..40u32, proptest::bool::ANY), 0..12),
    ) {
        let mut day = 0;
        let cycles: Vec<_> = steps.into_iter().map(|(after, missed)| { day += after; (day, missed) }).collect();
        // A cycle takes in what was due before it.
        let cycles: Vec<_> = cycles.into_iter().filter(|(day, _)| *day > due).collect();
        let mut late = Lateness::due(due);
        for (day, missed) in &cycles {
            late = late.until(*day, *missed);
        }
        proptest::prop_assert_eq!(late.days, counted(due, &cycles));
    }
}

#[test]
fn days_should_not_count_when_nobody_could_pay_on_them() {
    let late = Lateness {
        missed: true,
        ..Lateness::due(100)
    };
    let paid = late.until_without(140, false, 30);
    assert_eq!((paid.days, paid.since, paid.missed), (10, 140, false));
    assert_eq!(late.until_without(105, false, 30).days, 0);
}
