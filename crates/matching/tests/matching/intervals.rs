//! Use by the hour, as records.

use crate::support::text;
use interclear_matching::{
    normalise::{moment, used, Refusal, Written},
    Day, Field, FieldFault, InvalidDay, Record, Side, MAX_CHARGE,
};
use proptest::prelude::*;

/// 2.40 an hour, for three hours and a half over midnight in UTC.
const INTERVAL: Written<'static> = Written {
    buyer_id: "BOD-1",
    seller_id: "OD-0001",
    order: "4711",
    a_country: "",
    a_site: "",
    z_country: "",
    z_site: "",
    product: "ON_DEMAND",
    account: "",
    bandwidth: "1 Gbit/s",
    recurring: "",
    hourly: "2.40",
    one_off: "",
    currency: "EUR",
    start: "2026-10-31T22:00:00Z",
    end: "2026-11-01T01:30:00.000Z",
    since: "",
    term: "",
    status: "terminated",
};

fn taken(written: Written<'_>) -> Record {
    written.record(Side::Seller).unwrap()
}

fn refused(written: Written<'_>) -> Vec<(Field, Refusal)> {
    written.record(Side::Seller).unwrap_err()
}

#[test]
fn interval_should_become_a_record_with_its_charge_and_its_days_when_an_hour_has_a_price() {
    let record = taken(INTERVAL);
    let day = |month, day| Day::new(2026, month, day).unwrap();
    assert_eq!(
        (record.recurring, record.one_off, &record.currency),
        (0, 8_400_000, b"EUR")
    );
    assert_eq!(
        (record.start, record.end, record.since),
        (day(10, 31), Some(day(11, 2)), day(10, 31))
    );
    assert_eq!(record.order, text("4711"));
    // What is charged once besides, such as for the order, is added.
    let order = taken(Written {
        one_off: "5",
        ..INTERVAL
    });
    assert_eq!(order.one_off, 13_400_000);
    // One that is over at midnight has no further day.
    let full = taken(Written {
        end: "2026-11-01T00:00Z",
        ..INTERVAL
    });
    assert_eq!((full.one_off, full.end), (4_800_000, Some(day(11, 1))));
}

#[test]
fn records_should_be_the_same_when_two_sides_write_an_interval_in_their_own_zones() {
    // Clocks go back on 25 October in the middle of it: from 0:30 in UTC to 3:30, whatever clocks show.
    let summer = Written {
        start: "2026-10-25T00:30:00Z",
        end: "2026-10-25T03:30Z",
        ..INTERVAL
    };
    for (start, end) in [
        ("2026-10-25T02:30:00+02:00", "2026-10-25T04:30:00+01:00"),
        ("2026-10-25 02:30 +0200", "2026-10-25 04:30:00.250+0100"),
        // As PostgreSQL writes it.
        ("2026-10-25 02:30:00+02", "2026-10-25 04:30:00.25+01"),
        ("2026-10-24T20:30-04:00", "2026-10-24t23:30-04:00"),
    ] {
        let other = Written { start, end, ..summer };
        assert_eq!(taken(other), taken(summer), "{start} {end}");
    }
    assert_eq!(taken(summer).one_off, 7_200_000);
    // A row that charges nothing by the hour is what it was.
    let monthly = Written {
        hourly: "0.00",
        recurring: "300",
        end: "",
        status: "active",
        since: "2026-11-05",
        ..INTERVAL
    };
    let record = taken(monthly);
    assert_eq!(
        (record.recurring, record.one_off, record.end),
        (300_000_000, 0, None)
    );
    assert_eq!(record.since, Day::new(2026, 11, 5).unwrap());
}

#[test]
fn interval_should_be_refused_with_its_field_when_its_hours_cannot_be_counted() {
    let with = |start: &'static str, end: &'static str| Written {
        start,
        end,
        ..INTERVAL
    };
    let from = INTERVAL.start;
    for (written, fault) in [
        (
            with("2026-10-31", INTERVAL.end),
            (Field::Start, Refusal::NotATime),
        ),
        // In which zone?
        (
            with("2026-10-31T22:00", INTERVAL.end),
            (Field::Start, Refusal::NotATime),
        ),
        (
            with("31.10.2026 22:00Z", INTERVAL.end),
            (Field::Start, Refusal::NotATime),
        ),
        (with(from, ""), (Field::End, Refusal::NotATime)),
        (with(from, "2026-11-01T24:00Z"), (Field::End, Refusal::NotATime)),
        (with(from, "2026-11-01T1:30Z"), (Field::End, Refusal::NotATime)),
        (with(from, "2026-11-01T01:60Z"), (Field::End, Refusal::NotATime)),
        (with(from, "2026-11-01T01:30+1"), (Field::End, Refusal::NotATime)),
        (with(from, "2026-11-01T01:30+15"), (Field::End, Refusal::NotATime)),
        (
            with(from, "2026-11-01T01:30+01:"),
            (Field::End, Refusal::NotATime),
        ),
        (
            with(from, "2026-11-01T01:30+010"),
            (Field::End, Refusal::NotATime),
        ),
        (
            with(from, "2026-11-01T01:30:00.Z"),
            (Field::End, Refusal::NotATime),
        ),
        (
            with(from, "2026-11-01T01:30 UTC"),
            (Field::End, Refusal::NotATime),
        ),
        (with(from, from), (Field::End, Refusal::NotAfterStart)),
        (
            with(from, "2026-10-31T22:00+02:00"),
            (Field::End, Refusal::NotAfterStart),
        ),
        (
            with(from, "2026-02-30T01:30Z"),
            (Field::End, Refusal::Day(InvalidDay::NotInCalendar)),
        ),
        (
            Written {
                hourly: "2,40",
                start: "2026-10-31",
                end: "2026-11-01",
                ..INTERVAL
            },
            (Field::Recurring, Refusal::Hourly),
        ),
        (
            Written {
                recurring: "300",
                ..INTERVAL
            },
            (Field::Recurring, Refusal::RecurringToo),
        ),
        (
            Written {
                hourly: "1000000000000",
                ..INTERVAL
            },
            (Field::OneOff, Refusal::MaxExceeded),
        ),
        (
            Written {
                currency: "",
                ..INTERVAL
            },
            (Field::Currency, Refusal::Field(FieldFault::Missing)),
        ),
    ] {
        assert_eq!(refused(written), [fault], "{written:?}");
    }
}

#[test]
fn interval_should_be_refused_when_it_is_longer_than_a_month() {
    // October in Berlin, of 745 hours, to the second.
    let month = Written {
        start: "2026-10-01T00:00+02:00",
        end: "2026-11-01T00:00+01:00",
        ..INTERVAL
    };
    assert_eq!(taken(month).one_off, 1_788_000_000);
    // A second more, and a contract of half a year, of which nobody used all hours.
    for (start, end) in [
        (month.start, "2026-11-01T00:00:01+01:00"),
        ("2026-01-01T00:00Z", "2026-07-01T00:00Z"),
    ] {
        assert_eq!(
            refused(Written {
                start,
                end,
                ..INTERVAL
            }),
            [(Field::End, Refusal::LongerThanAMonth)],
            "{start} {end}"
        );
    }
}

#[test]
fn moment_should_be_the_second_of_the_calendar() {
    // As `date -u -d 2026-10-31T13:00:00 +%s` has it.
    assert_eq!(moment("2026-10-31T14:00+01:00"), Ok(1_793_451_600));
    assert_eq!(moment("1970-01-01T00:00:01Z"), Ok(1));
    assert_eq!(moment("1970-01-01T00:00+01:00"), Err(Refusal::NotATime));
    assert_eq!(
        moment("2149-06-06T00:00Z"),
        Err(Refusal::NotATime),
        "its end has no day"
    );
}

#[test]
fn use_should_be_charged_by_the_second_and_rounded_half_to_even() {
    // 2.50 an hour: 90 minutes, a second, and nothing.
    assert_eq!(
        [5_400, 1, 0].map(|seconds| used(2_500_000, seconds)),
        [Ok(3_750_000), Ok(694), Ok(0)]
    );
    // Half of a millionth goes to the even one.
    assert_eq!([1, 3, 5].map(|hourly| used(hourly, 1_800)), [Ok(0), Ok(2), Ok(2)]);
    assert_eq!(used(MAX_CHARGE, 3_600), Ok(MAX_CHARGE));
    assert_eq!(used(MAX_CHARGE, 3_601), Err(Refusal::MaxExceeded));
    assert_eq!(used(u64::MAX, u64::MAX), Err(Refusal::MaxExceeded));
}

proptest! {
    #[test]
    fn use_should_be_the_closest_to_what_its_seconds_come_to(hourly in 0u64..1_000_000_000_000, seconds in 0u64..3_000_000) {
        let charged = used(hourly, seconds).unwrap();
        // Times 3,600, so that nothing is rounded.
        let apart = (i128::from(charged) * 3_600 - i128::from(hourly) * i128::from(seconds)).abs();
        prop_assert!(apart < 1_800 || (apart == 1_800 && charged.is_multiple_of(2)), "{} for {} seconds: {}", hourly, seconds, charged);
    }

    #[test]
    fn interval_should_be_the_same_when_it_is_written_in_any_zone(minute in 1_000u32..200_000, length in 1u32..=44_700, zone in -840i32..=840) {
        let at = |minute: u32, zone: i32| {
            let local = i64::from(minute) + i64::from(zone);
            let day = Day(20_000 + u16::try_from(local.div_euclid(1_440)).unwrap());
            let (sign, ahead) = if zone < 0 { ('-', -zone) } else { ('+', zone) };
            let of_day = local.rem_euclid(1_440);
            format!("{day}T{:02}:{:02}{sign}{:02}:{:02}", of_day / 60, of_day % 60, ahead / 60, ahead % 60)
        };
        let record = |zone: i32| {
            let (start, end) = (at(minute, zone), at(minute + length, zone));
            taken(Written { start: &start, end: &end, ..INTERVAL })
        };
        let found = record(zone);
        prop_assert_eq!(found, record(0));
        // 2.40 an hour are 0.04 a minute.
        prop_assert_eq!(found.one_off, u64::from(length) * 40_000);
    }
}
