//! Figures worked out by hand.

use crate::support::{day, service, sum};
use interclear_billing::inventory::{
    charges, lines, parts, Agreed, Convention, InventoryLine, LineKind, MonthBilled, MonthSum, Stated,
};
use interclear_primitives::{bounds::MAX_NET, money::Currency, period::Period};
use interclear_rating::RatingError;
use std::slice::from_ref;

const ACTUAL: Convention = Convention::ActualDays;
const THIRTY: Convention = Convention::ThirtyDays;
const UNIT: u64 = 1_000_000;

/// In cents, by actual days and by 30-day months.
fn cents(services: &[Agreed], month: u32) -> [u128; 2] {
    [ACTUAL, THIRTY].map(|convention| {
        let month = Period(month);
        sum(services, month, convention)
            .rounded(month, convention, 2)
            .unwrap()
            .0
    })
}

#[test]
fn part_of_a_month_should_be_charged_by_its_days_when_a_service_starts_or_ends() {
    let price = |start: &str, end, month| cents(&[service(start, end, &[(start, 930 * UNIT)])], month);
    // 930 a month: 30 a day in January, 31 a day of a 30-day month.
    assert_eq!(price("2026-01-01", None, 202_601), [93_000, 93_000]);
    assert_eq!(price("2026-01-01", None, 202_602), [93_000, 93_000]);
    // From the 17th: 15 days of 31; 14 of 30.
    assert_eq!(price("2026-01-17", None, 202_601), [45_000, 43_400]);
    // From the 31st: 1 of 31; 1 of 30.
    assert_eq!(price("2026-01-31", None, 202_601), [3_000, 3_100]);
    // Up to and without the 31st: 30 of 31; 29 of 30.
    assert_eq!(price("2026-01-01", Some("2026-01-31"), 202_601), [90_000, 89_900]);
    // February has 28 days: from the 15th on 14 of 28 are 465.00; 16 of 30 are 496.00.
    assert_eq!(price("2026-02-15", None, 202_602), [46_500, 49_600]);
    // Up to and without the 28th: 27 of 28 are 896.785...; 27 of 30 are 837.00.
    assert_eq!(price("2026-01-01", Some("2026-02-28"), 202_602), [89_679, 83_700]);
    // The day of the end is not charged, the day of the start is.
    assert_eq!(price("2026-01-10", Some("2026-01-10"), 202_601), [0, 0]);
    assert_eq!(price("2026-01-10", Some("2026-01-11"), 202_601), [3_000, 3_100]);
    assert_eq!(price("2026-02-01", None, 202_601), [0, 0]);
    assert_eq!(price("2026-01-01", Some("2026-02-01"), 202_602), [0, 0]);
}

#[test]
fn both_prices_should_be_prorated_when_price_or_bandwidth_changes_within_a_month() {
    let changed = service(
        "2025-01-01",
        None,
        &[("2025-01-01", 300 * UNIT), ("2026-06-11", 600 * UNIT)],
    );
    // June: 10 days at 300 and 20 at 600, of 30: 100 + 400.
    assert_eq!(cents(from_ref(&changed), 202_606), [50_000, 50_000]);
    // A leap year's February: 10 days at 290 and 19 at 580, of 29: 100 + 380. Of 30: 10 and 20: 96.67 + 386.67.
    let leap = service(
        "2025-01-01",
        None,
        &[("2025-01-01", 290 * UNIT), ("2028-02-11", 580 * UNIT)],
    );
    assert_eq!(cents(&[leap], 202_802), [48_000, 48_333]);
    let found: Vec<_> = parts(&changed, Period(202_606), ACTUAL)
        .into_iter()
        .map(|part| (part.from, part.until, part.days, part.recurring / UNIT))
        .collect();
    let (first, change, last) = (day("2026-06-01"), day("2026-06-11"), day("2026-07-01"));
    assert_eq!(found, [(first, change, 10, 300), (change, last, 20, 600)]);
}

#[test]
fn statement_should_be_rounded_once_when_it_has_many_services() {
    // A third of a cent each: 300 of them are a euro, and none if each was rounded for itself.
    let small = service("2026-06-21", None, &[("2026-06-21", 10_000)]);
    assert_eq!(cents(&vec![small; 300], 202_606), [100, 100]);
    // Half a cent goes to the even one: 0.005 to 0.00, 0.015 to 0.02.
    for (micro, cents_of) in [(5_000, 0), (15_000, 2), (25_000, 2), (25_001, 3)] {
        let one = service("2026-01-01", None, &[("2026-01-01", micro)]);
        assert_eq!(cents(&[one], 202_606), [cents_of; 2], "{micro}");
    }
}

fn billed(month: u32, services: &[Agreed], stated: Stated) -> MonthBilled {
    MonthBilled {
        month: Period(month),
        sum: sum(services, Period(month), ACTUAL),
        stated,
    }
}

fn line(month: u32, kind: LineKind, amount: i128) -> InventoryLine {
    InventoryLine {
        month: Period(month),
        kind,
        amount,
    }
}

#[test]
fn one_off_charge_should_come_once_and_move_with_the_start() {
    let mut new = service("2026-01-20", None, &[("2026-01-20", 310 * UNIT)]);
    new.one_off = 500 * UNIT;
    let mut months = vec![billed(202_601, from_ref(&new), Stated::default())];
    // 12 days of 31 at 310.
    let stated = lines(&mut months, ACTUAL, 2).unwrap();
    assert_eq!(
        stated,
        [
            line(202_601, LineKind::Recurring, 12_000),
            line(202_601, LineKind::OneOff, 50_000)
        ]
    );
    // In the next month nothing is said of January, and nothing is charged once.
    months.push(billed(202_602, from_ref(&new), Stated::default()));
    assert_eq!(
        lines(&mut months, ACTUAL, 2).unwrap(),
        [line(202_602, LineKind::Recurring, 31_000)]
    );
    // Both agree that it started on 10 February: all of January is given back, and 9 of February's 28 days, 99.64.
    new.start = day("2026-02-10");
    let mut months: Vec<_> = months
        .iter()
        .map(|m| billed(m.month.0, from_ref(&new), m.stated))
        .collect();
    months.push(billed(202_603, from_ref(&new), Stated::default()));
    assert_eq!(
        lines(&mut months, ACTUAL, 2).unwrap(),
        [
            line(202_601, LineKind::Recurring, -12_000),
            line(202_601, LineKind::OneOff, -50_000),
            line(202_602, LineKind::Recurring, -9_964),
            line(202_602, LineKind::OneOff, 50_000),
            line(202_603, LineKind::Recurring, 31_000),
        ]
    );
}

#[test]
fn service_that_ended_should_be_credited_when_both_say_so_later() {
    let running = service("2025-01-01", None, &[("2025-01-01", 280 * UNIT)]);
    let mut months = vec![billed(202_602, from_ref(&running), Stated::default())];
    assert_eq!(
        lines(&mut months, ACTUAL, 2).unwrap(),
        [line(202_602, LineKind::Recurring, 28_000)]
    );
    let ended = Agreed {
        end: Some(day("2026-02-22")),
        ..running
    };
    let mut months = vec![
        billed(202_602, from_ref(&ended), months[0].stated),
        billed(202_603, &[ended], Stated::default()),
    ];
    // 7 days of 28; and nothing for March.
    assert_eq!(
        lines(&mut months, ACTUAL, 2).unwrap(),
        [line(202_602, LineKind::Recurring, -7_000)]
    );
    // Once.
    assert_eq!(lines(&mut months, ACTUAL, 2).unwrap(), []);
}

#[test]
fn service_should_bill_for_no_month_after_the_last_on_which_both_agreed() {
    let mut withheld = service("2025-01-01", None, &[("2025-01-01", 280 * UNIT)]);
    withheld.through = Period(202_602);
    assert_eq!(
        cents(from_ref(&withheld), 202_602),
        [28_000; 2],
        "what was billed stays"
    );
    assert_eq!(cents(from_ref(&withheld), 202_603), [0; 2]);
    // It matches again in April: March is billed late.
    withheld.through = Period(202_604);
    assert_eq!(cents(&[withheld], 202_603), [28_000; 2]);
}

#[test]
fn lines_should_be_refused_and_change_nothing_when_they_exceed_the_greatest_net() {
    let whole = |recurring| MonthBilled {
        month: Period(202_606),
        sum: MonthSum {
            recurring,
            one_off: 0,
        },
        stated: Stated::default(),
    };
    // In 10^-6 and 30 days: a token with 6 decimals has the greatest figures.
    let mut months = [whole(MAX_NET * 30)];
    assert_eq!(lines(&mut months, ACTUAL, 6).map(|lines| lines.len()), Ok(1));
    let mut months = [whole(MAX_NET * 30), whole(31)];
    assert_eq!(lines(&mut months, ACTUAL, 6), Err(RatingError::Overflow));
    assert_eq!(months[0].stated, Stated::default());
    assert_eq!(
        lines(&mut months, ACTUAL, 7),
        Err(RatingError::MaxDecimalsExceeded)
    );
}

#[test]
fn a_million_services_should_fit_into_a_statement_when_each_charges_the_most() {
    use interclear_matching::MAX_CHARGE;
    let month = Period(202_601);
    for convention in [ACTUAL, THIRTY] {
        let mut dearest = service("2026-01-01", None, &[("2026-01-01", MAX_CHARGE)]);
        dearest.one_off = MAX_CHARGE;
        let one = charges(&dearest, Currency::EUR, month, convention).unwrap();
        let million = MonthSum {
            recurring: one.recurring.checked_mul(1_000_000).unwrap(),
            one_off: one.one_off.checked_mul(1_000_000).unwrap(),
        };
        let mut months = [MonthBilled {
            month,
            sum: million,
            stated: Stated::default(),
        }];
        assert!(lines(&mut months, convention, 6).is_ok(), "{convention:?}");
    }
}
