//! What was billed of a service goes on with it: in its own currency, and under whatever ids. Figures in cents, worked out by hand.

use super::billing::*;
use crate::{mock::*, AgreedServices, Bills, Bought, Newcomers};
use frame_support::assert_ok;
use interclear_matching::{Record, Status};
use interclear_ports::{
    mocks::{MockClock, MockObligations},
    Clock,
};
use interclear_primitives::{
    inventory::LineKind::{self, OneOff, Recurring},
    money::{Currency, Value},
    period::Period,
    DAY,
};

const DECEMBER: Period = Period(202_612);
const KUNA: Currency = Currency(*b"HRK");

type Line = (Period, LineKind, i128);

/// The lines of a month's bill in a currency.
fn lines_in(currency: Currency, period: Period) -> Vec<Line> {
    let bill = Bills::<Test>::get(relation(), (period, currency));
    bill.as_ref().map(lines).unwrap_or_default()
}

/// Has a month billed, and both sides affirm what comes of it; the lines in euros.
fn settled(period: Period) -> Vec<Line> {
    billed(period);
    for (month, currency, _) in Inventory::inventory_bills(relation()) {
        for side in [BUYER, SELLER] {
            if month == period {
                assert_ok!(Inventory::affirm_bill(origin(side), relation(), period, currency));
            }
        }
    }
    assert_ok!(Inventory::do_try_state());
    lines_in(Currency::EUR, period)
}

fn recurring(months: &[Period], cents: i128) -> Vec<Line> {
    months.iter().map(|month| (*month, Recurring, cents)).collect()
}

/// HRK 750.00 a month since September, and HRK 375.00 once.
fn in_kuna() -> Record {
    Record {
        currency: KUNA.0,
        one_off: 375 * EURO,
        ..service("B1", "S1", 750, "2026-09-01")
    }
}

/// The same in euros since a day, EUR 99.54.
fn in_euros(since: &str) -> Record {
    Record {
        currency: *b"EUR",
        recurring: 99_540_000,
        one_off: 49_770_000,
        since: day(since),
        ..in_kuna()
    }
}

#[test]
fn billed_months_should_not_be_billed_again_when_a_service_changes_its_currency() {
    with_billing(|| {
        MockObligations::set_decimals(KUNA, 2);
        both(in_kuna());
        for month in [SEPTEMBER, OCTOBER, NOVEMBER] {
            assert_eq!(settled(month), []);
        }
        both(in_euros("2026-12-01"));
        assert_eq!(settled(DECEMBER), recurring(&[DECEMBER], 9_954));
        assert_eq!(lines_in(KUNA, DECEMBER), []);
    });
}

#[test]
fn each_currency_should_be_billed_for_its_days_when_a_service_changes_it_within_a_month() {
    with_billing(|| {
        MockObligations::set_decimals(KUNA, 2);
        both(in_kuna());
        assert_eq!(settled(SEPTEMBER), []);
        assert_eq!(
            lines_in(KUNA, SEPTEMBER),
            [(SEPTEMBER, Recurring, 75_000), (SEPTEMBER, OneOff, 37_500)]
        );
        settled(OCTOBER);
        // 20 of 30 days in euros, 10 in kuna.
        both(in_euros("2026-11-11"));
        assert_eq!(settled(NOVEMBER), recurring(&[NOVEMBER], 6_636));
        assert_eq!(lines_in(KUNA, NOVEMBER), recurring(&[NOVEMBER], 25_000));
        // Both find that it had changed a month before: 20 of October's 31 days.
        both(in_euros("2026-10-12"));
        assert_eq!(
            settled(DECEMBER),
            [
                (OCTOBER, Recurring, 6_422),
                (NOVEMBER, Recurring, 3_318),
                (DECEMBER, Recurring, 9_954)
            ]
        );
        assert_eq!(
            lines_in(KUNA, DECEMBER),
            // 11 of 31 days of 750.00 are 266.13.
            [
                (OCTOBER, Recurring, 26_613 - 75_000),
                (NOVEMBER, Recurring, -25_000)
            ]
        );
    });
}

#[test]
fn credit_should_be_in_the_currency_that_was_billed_when_the_service_has_changed_it_since() {
    with_billing(|| {
        let yen = Currency(*b"JPY");
        MockObligations::set_decimals(yen, 0);
        let service = Record {
            currency: yen.0,
            ..service("B1", "S1", 15_000, "2026-01-01")
        };
        both(service);
        settled(SEPTEMBER);
        let changed = Record {
            currency: *b"EUR",
            recurring: 100 * EURO,
            since: day("2026-10-01"),
            ..service
        };
        both(changed);
        assert_eq!(settled(OCTOBER), recurring(&[OCTOBER], 10_000));
        // It had ended on 11 September: 10 of 30 days of 15,000 stay.
        both(Record {
            end: Some(day("2026-09-11")),
            status: Status::Terminated,
            ..changed
        });
        assert_eq!(settled(NOVEMBER), recurring(&[OCTOBER], -10_000));
        assert_eq!(lines_in(yen, NOVEMBER), recurring(&[SEPTEMBER], -10_000));
    });
}

/// A service whose words are its own, at 100 a month since January.
fn worded(buyer: &str, seller: &str, order: &str) -> Record {
    Record {
        order: text(order),
        one_off: 50 * EURO,
        ..service(buyer, seller, 100, "2026-09-01")
    }
}

/// Both sides give a service other ids: each withdraws its record and reports another one.
fn renamed(before: [&str; 2], after: Record) {
    let [buyer, seller] = before;
    assert_ok!(withdraw(BUYER, buyer));
    assert_ok!(withdraw(SELLER, seller));
    both(after);
}

#[test]
fn service_should_not_be_billed_twice_when_both_sides_give_it_other_ids() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        for month in [SEPTEMBER, OCTOBER, NOVEMBER] {
            settled(month);
        }
        renamed(["B1", "S1"], worded("B7", "S9", "77"));
        assert_eq!(settled(DECEMBER), recurring(&[DECEMBER], 10_000));
        assert_eq!(AgreedServices::<Test>::iter().count(), 1);
        assert_eq!(Newcomers::<Test>::iter().count(), 0);
        // It is corrected under its new ids.
        both(Record {
            end: Some(day("2026-11-16")),
            status: Status::Terminated,
            ..worded("B7", "S9", "77")
        });
        assert_eq!(
            settled(DECEMBER.next()),
            [(NOVEMBER, Recurring, -5_000), (DECEMBER, Recurring, -10_000)]
        );
    });
}

#[test]
fn earlier_prices_should_stay_when_a_service_has_other_ids_and_another_currency() {
    with_billing(|| {
        MockObligations::set_decimals(KUNA, 2);
        both(in_kuna());
        settled(SEPTEMBER);
        settled(OCTOBER);
        renamed(
            ["B1", "S1"],
            Record {
                buyer_id: text("B7"),
                seller_id: text("S9"),
                ..in_euros("2026-11-01")
            },
        );
        assert_eq!(settled(NOVEMBER), recurring(&[NOVEMBER], 9_954));
        assert_eq!(lines_in(KUNA, NOVEMBER), []);
    });
}

#[test]
fn service_should_not_be_billed_twice_when_the_sides_give_it_other_ids_in_different_months() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        settled(SEPTEMBER);
        assert_ok!(withdraw(SELLER, "S1"));
        assert_ok!(report(SELLER, &[worded("B1", "S9", "77")]));
        assert_eq!(settled(OCTOBER), []);
        assert_ok!(withdraw(BUYER, "B1"));
        both(worded("B7", "S9", "77"));
        assert_eq!(settled(NOVEMBER), recurring(&[OCTOBER, NOVEMBER], 10_000));
    });
}

#[test]
fn start_of_a_service_should_not_bill_months_again_when_it_is_moved_back_after_both_ids_changed() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        settled(SEPTEMBER);
        settled(OCTOBER);
        // As of the day of the migration: what was billed before stays.
        let new = |start| Record {
            start: day(start),
            since: day("2026-11-01"),
            ..worded("B7", "S9", "77")
        };
        renamed(["B1", "S1"], new("2026-11-01"));
        assert_eq!(
            settled(NOVEMBER),
            [(NOVEMBER, Recurring, 10_000), (NOVEMBER, OneOff, 5_000)]
        );
        // It is the same, both say: the one-off charge was September's, and nothing else changes.
        both(new("2026-09-01"));
        assert_eq!(
            settled(DECEMBER),
            [(NOVEMBER, OneOff, -5_000), (DECEMBER, Recurring, 10_000)]
        );
    });
}

#[test]
fn as_many_of_the_same_words_should_be_billed_as_match_at_once_when_their_ids_change() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        both(worded("B2", "S2", "77"));
        settled(SEPTEMBER);
        assert_ok!(withdraw(BUYER, "B1"));
        assert_ok!(withdraw(BUYER, "B2"));
        assert_ok!(withdraw(SELLER, "S1"));
        assert_ok!(withdraw(SELLER, "S2"));
        // Two have other ids, and a third is one that nobody has billed yet.
        for (buyer, seller) in [("B7", "S7"), ("B8", "S8"), ("B9", "S9")] {
            both(worded(buyer, seller, "77"));
        }
        assert_eq!(
            settled(OCTOBER),
            [
                (SEPTEMBER, Recurring, 10_000),
                (SEPTEMBER, OneOff, 5_000),
                (OCTOBER, Recurring, 30_000)
            ]
        );
    });
}

#[test]
fn service_should_not_be_billed_twice_when_it_was_cancelled_under_other_ids_in_between() {
    // Services are looked at in the order of the digests of the seller's ids, so the cancelled one comes first in some of these.
    for number in 0..8 {
        with_billing(|| {
            let cancelled = format!("S7{number}");
            both(worded("B1", "S1", "77"));
            assert_eq!(
                settled(SEPTEMBER),
                [(SEPTEMBER, Recurring, 10_000), (SEPTEMBER, OneOff, 5_000)]
            );
            renamed(
                ["B1", "S1"],
                Record {
                    status: Status::Cancelled,
                    ..worded("B7", &cancelled, "77")
                },
            );
            assert_eq!(settled(OCTOBER), []);
            renamed(["B7", &cancelled], worded("B8", "S8", "77"));
            // Of September nothing is billed again.
            assert_eq!(settled(NOVEMBER), recurring(&[OCTOBER, NOVEMBER], 10_000));
            assert_eq!(Newcomers::<Test>::iter().count(), 0);
        });
    }
}

#[test]
fn nothing_should_be_given_back_when_a_buyer_matches_another_service_in_place_of_its_own() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        settled(SEPTEMBER);
        // The seller still has S1, which the buyer calls otherwise. What is new began on the last day of September: 100/30.
        assert_ok!(withdraw(BUYER, "B1"));
        both(Record {
            one_off: 0,
            ..Record {
                start: day("2026-09-30"),
                since: day("2026-09-30"),
                ..worded("B7", "S9", "78")
            }
        });
        assert_eq!(
            settled(OCTOBER),
            [(SEPTEMBER, Recurring, 333), (OCTOBER, Recurring, 10_000)]
        );
    });
}

#[test]
fn nothing_should_be_given_back_when_a_buyer_gives_its_own_id_to_another_service() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        settled(SEPTEMBER);
        // The seller still has S1. What is new began on the last day of September: 100/30.
        both(Record {
            one_off: 0,
            start: day("2026-09-30"),
            since: day("2026-09-30"),
            ..worded("B1", "S9", "78")
        });
        assert_eq!(
            settled(OCTOBER),
            [(SEPTEMBER, Recurring, 333), (OCTOBER, Recurring, 10_000)]
        );
        // Under an id of its own S1 goes on with what was billed of it.
        assert_ok!(report(BUYER, &[worded("B2", "S1", "77")]));
        assert_eq!(
            settled(NOVEMBER),
            [(OCTOBER, Recurring, 10_000), (NOVEMBER, Recurring, 20_000)]
        );
        assert_eq!(AgreedServices::<Test>::iter().count(), 2);
    });
}

#[test]
fn each_service_should_keep_what_was_billed_of_it_when_a_buyer_has_parted_from_one_twice() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        both(worded("B2", "S2", "78"));
        settled(SEPTEMBER);
        // The buyer gives B1 to another service, then S1 to B2, which had S2, and then B2 to another service, too.
        both(worded("B1", "S3", "79"));
        settled(OCTOBER);
        assert_ok!(withdraw(SELLER, "S2"));
        both(worded("B2", "S1", "77"));
        settled(NOVEMBER);
        both(worded("B2", "S4", "80"));
        settled(DECEMBER);
        assert_eq!(AgreedServices::<Test>::iter().count(), 4);
        assert_eq!(Bought::<Test>::iter().count(), 4);
    });
}

#[test]
fn interval_that_was_billed_should_stay_when_the_buyer_has_the_next_one_under_the_same_id() {
    with_billing(|| {
        let used = |seller: &str, order: &str, euros: u64, [start, end]: [&str; 2]| Record {
            recurring: 0,
            one_off: euros * EURO,
            start: day(start),
            since: day(start),
            end: Some(day(end)),
            status: Status::Terminated,
            ..worded("B1", seller, order)
        };
        both(used("S1", "1001", 36, ["2026-09-10", "2026-09-11"]));
        assert_eq!(settled(SEPTEMBER), [(SEPTEMBER, OneOff, 3_600)]);
        both(used("S2", "1002", 12, ["2026-10-05", "2026-10-06"]));
        assert_eq!(settled(OCTOBER), [(OCTOBER, OneOff, 1_200)]);
    });
}

#[test]
fn a_service_should_not_be_billed_twice_when_the_buyer_keeps_its_id_and_the_seller_the_old_record() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        settled(SEPTEMBER);
        settled(OCTOBER);
        // The buyer follows the seller to the new id; S1 stays for a while.
        both(worded("B1", "S2", "77"));
        assert_eq!(settled(NOVEMBER), recurring(&[NOVEMBER], 10_000));
        assert_ok!(withdraw(SELLER, "S1"));
        assert_eq!(settled(DECEMBER), recurring(&[DECEMBER], 10_000));
        assert_eq!(AgreedServices::<Test>::iter().count(), 1);
    });
}

#[test]
fn a_service_should_not_be_billed_twice_when_the_seller_keeps_the_old_record_of_one_that_has_other_ids() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        settled(SEPTEMBER);
        settled(OCTOBER);
        // The buyer follows the seller to the new ids; S1 stays.
        assert_ok!(withdraw(BUYER, "B1"));
        both(worded("B2", "S2", "77"));
        assert_eq!(settled(NOVEMBER), recurring(&[NOVEMBER], 10_000));
        assert_eq!(settled(DECEMBER), recurring(&[DECEMBER], 10_000));
        // Once S1 is gone, S2 is it: both find that it had ended within October, after 15 of 31 days.
        assert_ok!(withdraw(SELLER, "S1"));
        both(Record {
            end: Some(day("2026-10-16")),
            status: Status::Terminated,
            ..worded("B2", "S2", "77")
        });
        assert_eq!(
            settled(DECEMBER.next()),
            [
                (OCTOBER, Recurring, 4_839 - 10_000),
                (NOVEMBER, Recurring, -10_000),
                (DECEMBER, Recurring, -10_000)
            ]
        );
        assert_eq!(AgreedServices::<Test>::iter().count(), 1);
    });
}

#[test]
fn a_second_service_of_the_same_words_should_bill_its_earlier_months_when_the_first_one_matches_again() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        settled(SEPTEMBER);
        assert_ok!(withdraw(BUYER, "B1"));
        both(worded("B2", "S2", "77"));
        assert_eq!(settled(OCTOBER), recurring(&[OCTOBER], 10_000));
        // There are two: nobody bills the one for the other's months.
        assert_ok!(report(BUYER, &[worded("B1", "S1", "77")]));
        assert_eq!(
            settled(NOVEMBER),
            [
                (SEPTEMBER, Recurring, 10_000),
                (SEPTEMBER, OneOff, 5_000),
                (OCTOBER, Recurring, 10_000),
                (NOVEMBER, Recurring, 20_000)
            ]
        );
    });
}

const JULY: Period = Period(202_607);

/// At 100 a month and 50 once, since July.
fn since_july(buyer: &str, seller: &str, order: &str) -> Record {
    Record {
        start: day("2026-07-01"),
        since: day("2026-07-01"),
        ..worded(buyer, seller, order)
    }
}

/// What all bills in euros come to, in cents.
fn all_bills() -> i128 {
    let bills = Inventory::inventory_bills(relation()).into_iter();
    bills.map(|(_, _, bill)| bill.net.clear().unwrap()).sum()
}

/// A month's recurring charge of one such service, and its one-off charge.
const MONTHLY: i128 = 10_000;
const ONCE: i128 = 5_000;

#[test]
fn months_that_are_held_should_be_billed_once_when_the_buyer_has_hidden_another_service_for_any_time() {
    for hidden in 1..=7i128 {
        with_billing_since(JULY, || {
            both(since_july("B1", "S1", "77"));
            let mut month = JULY;
            for _ in 0..3 {
                settled(month);
                month = month.next();
            }
            assert_eq!(all_bills(), 3 * MONTHLY + ONCE);
            // A second service of the same words, there since July as well; while the buyer reports it, it hides the first.
            both(since_july("B2", "S2", "77"));
            assert_ok!(withdraw(BUYER, "B1"));
            for _ in 0..hidden {
                assert_eq!(settled(month), recurring(&[month], MONTHLY), "{month}");
                month = month.next();
            }
            assert_ok!(report(BUYER, &[since_july("B1", "S1", "77")]));
            let last = settled(month);
            if hidden == 3 {
                let [july, august] = [JULY, JULY.next()];
                let [december, january] = [DECEMBER, DECEMBER.next()];
                let mut expected = vec![(july, Recurring, MONTHLY), (july, OneOff, ONCE)];
                expected.extend(recurring(
                    &[august, SEPTEMBER, OCTOBER, NOVEMBER, december],
                    MONTHLY,
                ));
                expected.extend(recurring(&[january], 2 * MONTHLY));
                assert_eq!(last, expected);
            }
            // What has not matched for longer than three months back is billed of none: of the first service, and of it alone.
            let months = i128::from(JULY.months_until(month)) + 1;
            let too_old = (hidden - 3).max(0);
            assert_eq!(
                all_bills(),
                (2 * months - too_old) * MONTHLY + 2 * ONCE,
                "hidden for {hidden} months"
            );
            // Once: later bills charge their own month.
            month = month.next();
            assert_eq!(settled(month), recurring(&[month], 2 * MONTHLY));
            assert!(AgreedServices::<Test>::iter_values().all(|service| service.held.is_none()));
        });
    }
}

#[test]
fn held_months_should_wait_for_the_next_bill_when_one_has_no_room_for_them() {
    with_billing_since(JULY, || {
        both(since_july("B1", "S1", "77"));
        both(since_july("B3", "S3", "78"));
        let mut month = JULY;
        let mut bill = |months: usize| {
            for _ in 0..months {
                settled(month);
                month = month.next();
            }
        };
        bill(3);
        // July to September are held of one, and August to October of the other: four months.
        both(since_july("B2", "S2", "77"));
        assert_ok!(withdraw(BUYER, "B1"));
        bill(1);
        both(since_july("B4", "S4", "78"));
        assert_ok!(withdraw(BUYER, "B3"));
        bill(3);
        assert_ok!(report(
            BUYER,
            &[since_july("B1", "S1", "77"), since_july("B3", "S3", "78")]
        ));
        let held = || {
            let services = AgreedServices::<Test>::iter_values();
            services.filter(|service| service.held.is_some()).count()
        };
        assert_eq!(held(), 2);
        bill(1);
        assert_eq!(held(), 1);
        bill(1);
        assert_eq!(held(), 0);
        // July to March are nine months. October of the first was given up by the buyer for too long, and July of the last one was too old
        // when that matched for the first time, with its one-off charge.
        assert_eq!(all_bills(), (8 + 9 + 9 + 8) * MONTHLY + 3 * ONCE);
    });
}

#[test]
fn held_months_should_not_be_billed_when_the_seller_keeps_the_old_record_for_longer_than_bills_correct() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        settled(SEPTEMBER);
        settled(OCTOBER);
        assert_ok!(withdraw(BUYER, "B1"));
        both(worded("B2", "S2", "77"));
        let mut month = NOVEMBER;
        for _ in 0..8 {
            assert_eq!(settled(month), recurring(&[month], MONTHLY));
            month = month.next();
        }
        // It was the same.
        assert_ok!(withdraw(SELLER, "S1"));
        for _ in 0..2 {
            assert_eq!(settled(month), recurring(&[month], MONTHLY));
            month = month.next();
        }
        assert_eq!(AgreedServices::<Test>::iter().count(), 1);
    });
}

#[test]
fn billed_months_should_not_be_held_when_the_buyer_moves_a_start_and_hides_another_service() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        let later = Record {
            start: day("2026-09-03"),
            since: day("2026-09-03"),
            ..worded("B2", "S2", "77")
        };
        assert_ok!(report(BUYER, &[later]));
        assert_ok!(report(SELLER, &[worded("B2", "S2", "77")]));
        // 28 of 30 days of the second one.
        assert_eq!(
            settled(SEPTEMBER),
            [(SEPTEMBER, Recurring, 19_333), (SEPTEMBER, OneOff, 10_000)]
        );
        settled(OCTOBER);
        assert_ok!(withdraw(BUYER, "B1"));
        assert_ok!(report(BUYER, &[worded("B2", "S2", "77")]));
        assert_eq!(
            settled(NOVEMBER),
            [(SEPTEMBER, Recurring, 667), (NOVEMBER, Recurring, 10_000)]
        );
    });
}

#[test]
fn a_service_should_be_new_when_the_buyer_calls_it_otherwise_or_it_began_after_the_last_billed_month() {
    with_billing(|| {
        both(worded("B1", "S1", "77"));
        both(worded("B2", "S2", "78"));
        settled(SEPTEMBER);
        settled(OCTOBER);
        renamed(["B1", "S1"], worded("B7", "S7", "79"));
        let next = Record {
            start: day("2026-11-01"),
            since: day("2026-11-01"),
            ..worded("B8", "S8", "78")
        };
        renamed(["B2", "S2"], next);
        assert_eq!(
            settled(NOVEMBER),
            [
                (SEPTEMBER, Recurring, 10_000),
                (SEPTEMBER, OneOff, 5_000),
                (OCTOBER, Recurring, 10_000),
                (NOVEMBER, Recurring, 20_000),
                (NOVEMBER, OneOff, 5_000)
            ]
        );
    });
}

#[test]
fn services_should_not_be_billed_twice_when_one_takes_the_id_of_another() {
    // Records are looked at in the order of the digests of their ids, so some of these come first and some last.
    for number in 0..8 {
        with_billing(|| {
            let [one, other] = [format!("B{number}"), format!("C{number}")];
            both(worded(&one, "S1", "77"));
            both(worded(&other, "S2", "78"));
            settled(SEPTEMBER);
            // The other one gets the id of the first, which gets a new one; S2 is gone.
            for own in ["S1", "S2"] {
                assert_ok!(withdraw(SELLER, own));
            }
            both(worded(&one, "S9", "77"));
            both(worded(&other, "S1", "78"));
            assert_eq!(settled(OCTOBER), recurring(&[OCTOBER], 20_000));
            assert_eq!(AgreedServices::<Test>::iter().count(), 2);
        });
    }
}

#[test]
fn bill_should_be_due_later_when_it_is_closed_long_after_silence_has_affirmed_it() {
    for who in [BUYER, SELLER] {
        with_billing(|| {
            both(service("B1", "S1", 300, "2026-09-01"));
            assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(30_000));
            // It is affirmed by silence on 15 October, and would be due on 14 November.
            MockClock::advance((10 + 240) * DAY);
            assert_ok!(affirm(who, SEPTEMBER));
            assert_eq!(debts(SEPTEMBER)[0].due, MockClock::now() + 30 * DAY);
        });
    }
}

#[test]
fn what_was_withheld_should_be_due_as_much_later_as_its_bill_is_closed_later() {
    with_billing(|| {
        both(service("B1", "S1", 300, "2026-09-01"));
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(30_000));
        let (relation, currency) = (relation(), Currency::EUR);
        assert_ok!(Inventory::dispute_bill(
            origin(BUYER),
            relation,
            SEPTEMBER,
            currency,
            0,
            0
        ));
        assert_ok!(affirm(SELLER, SEPTEMBER));
        assert_eq!(billed(OCTOBER).unwrap().net, Value::Clear(60_000));
        MockClock::advance((10 + 100) * DAY);
        assert_ok!(affirm(SELLER, OCTOBER));
        let due = |period: Period| period.end() + (5 + 10 + 30 + 100) * DAY;
        let dues: Vec<_> = debts(OCTOBER).into_iter().map(|debt| debt.due).collect();
        assert_eq!(dues, [due(SEPTEMBER), due(OCTOBER)]);
    });
}
