//! The buyer disputes a part of a bill; figures in cents, worked out by hand.

use super::billing::*;
use crate::{mock::*, Bills, Error, Event, StatedMonths};
use frame_support::{assert_noop, assert_ok};
use interclear_matching::{Record, Status};
use interclear_ports::mocks::MockClock;
use interclear_primitives::{
    ids::OperatorId,
    inventory::LineKind::{OneOff, Recurring},
    money::{Currency, Value},
    netting::Obligation,
    period::Period,
    Moment, DAY,
};
use sp_runtime::DispatchResult;

fn dispute(who: AccountId, period: Period, recurring: u128, one_off: u128) -> DispatchResult {
    let (relation, currency) = (relation(), Currency::EUR);
    Inventory::dispute_bill(origin(who), relation, period, currency, recurring, one_off)
}

/// Who owes, how much, and when it is due.
fn owed(period: Period) -> Vec<(OperatorId, i128, Moment)> {
    let of = |debt: Obligation| (debt.debtor, debt.amount.clear().unwrap(), debt.due);
    debts(period).into_iter().map(of).collect()
}

/// When the bill of a month is due that was made as soon as it could be.
fn due(period: Period) -> Moment {
    period.end() + (5 + 10 + 30) * DAY
}

const BUYS: OperatorId = OperatorId(1);
const SELLS: OperatorId = OperatorId(2);

#[test]
fn undisputed_part_should_be_owed_on_time_when_the_buyer_disputes_the_rest() {
    with_billing(|| {
        both(Record {
            one_off: 80 * EURO,
            ..service("B1", "S1", 300, "2026-09-01")
        });
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(38_000));
        events();
        assert_ok!(dispute(BUYER, SEPTEMBER, 10_000, 8_000));
        let withheld = [Value::Clear(20_000), Value::ZERO];
        let disputed = Event::BillDisputed {
            relation: relation(),
            period: SEPTEMBER,
            currency: Currency::EUR,
            withheld,
        };
        assert_eq!(events(), [disputed]);
        assert_ok!(Inventory::do_try_state());
        assert_ok!(affirm(SELLER, SEPTEMBER));
        assert_eq!(owed(SEPTEMBER), [(BUYS, 18_000, due(SEPTEMBER))]);
        // Nobody has changed a record: it comes again, due when it was, so that it bears interest.
        let bill = billed(OCTOBER).unwrap();
        assert_eq!(
            lines(&bill),
            [(SEPTEMBER, Recurring, 20_000), (OCTOBER, Recurring, 30_000)]
        );
        affirmed(OCTOBER);
        assert_eq!(
            owed(OCTOBER),
            [(BUYS, 20_000, due(SEPTEMBER)), (BUYS, 30_000, due(OCTOBER))]
        );
    });
}

#[test]
fn what_comes_again_should_be_due_later_when_its_bill_was_closed_later_than_silence_affirmed_it() {
    with_billing(|| {
        both(service("B1", "S1", 300, "2026-09-01"));
        assert!(billed(SEPTEMBER).is_some());
        assert_ok!(dispute(BUYER, SEPTEMBER, 10_000, 0));
        // Silence has affirmed it five days ago.
        MockClock::advance(15 * DAY);
        assert_ok!(affirm(SELLER, SEPTEMBER));
        let late = due(SEPTEMBER) + 5 * DAY;
        assert_eq!(owed(SEPTEMBER), [(BUYS, 10_000, late)]);
        assert!(billed(OCTOBER).is_some());
        affirmed(OCTOBER);
        assert_eq!(
            owed(OCTOBER),
            [(BUYS, 20_000, late), (BUYS, 30_000, due(OCTOBER))]
        );
    });
}

#[test]
fn what_was_withheld_should_not_come_again_when_both_say_that_it_was_not_owed() {
    with_billing(|| {
        let service = service("B1", "S1", 300, "2026-01-01");
        both(service);
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(30_000));
        // It had ended on the 11th: 10 of 30 days are owed.
        assert_ok!(dispute(BUYER, SEPTEMBER, 10_000, 0));
        assert_ok!(affirm(SELLER, SEPTEMBER));
        both(Record {
            end: Some(day("2026-09-11")),
            status: Status::Terminated,
            ..service
        });
        assert_eq!(billed(OCTOBER), None);
        assert_eq!(owed(SEPTEMBER), [(BUYS, 10_000, due(SEPTEMBER))]);
    });
}

#[test]
fn a_part_should_come_again_when_both_say_that_less_of_it_was_owed() {
    with_billing(|| {
        let service = service("B1", "S1", 300, "2026-01-01");
        both(service);
        assert!(billed(SEPTEMBER).is_some());
        assert_ok!(dispute(BUYER, SEPTEMBER, 10_000, 0));
        assert_ok!(affirm(SELLER, SEPTEMBER));
        // They agree on the 21st: 20 days. And another service matches late, which nobody has withheld.
        both(Record {
            end: Some(day("2026-09-21")),
            status: Status::Terminated,
            ..service
        });
        both(self::service("B2", "S2", 60, "2026-09-01"));
        let bill = billed(OCTOBER).unwrap();
        assert_eq!(
            lines(&bill),
            [(SEPTEMBER, Recurring, 16_000), (OCTOBER, Recurring, 6_000)]
        );
        affirmed(OCTOBER);
        assert_eq!(
            owed(OCTOBER),
            [(BUYS, 16_000, due(SEPTEMBER)), (BUYS, 6_000, due(OCTOBER))]
        );
    });
}

#[test]
fn buyer_should_gain_nothing_when_it_disputes_a_bill_and_takes_its_records_away() {
    with_billing(|| {
        both(service("B1", "S1", 300, "2026-01-01"));
        assert!(billed(SEPTEMBER).is_some());
        assert_ok!(dispute(BUYER, SEPTEMBER, 0, 0));
        assert_ok!(affirm(SELLER, SEPTEMBER));
        assert_eq!(owed(SEPTEMBER), []);
        assert_ok!(withdraw(BUYER, "B1"));
        // October is not billed, as nothing matches; September is, as both said so when it was.
        assert_eq!(lines(&billed(OCTOBER).unwrap()), [(SEPTEMBER, Recurring, 30_000)]);
        assert_noop!(dispute(BUYER, OCTOBER, 0, 0), Error::<Test>::DisputedBefore);
        affirmed(OCTOBER);
        assert_eq!(owed(OCTOBER), [(BUYS, 30_000, due(SEPTEMBER))]);
    });
}

#[test]
fn buyer_should_not_dispute_when_it_has_disputed_the_month_before() {
    with_billing(|| {
        both(service("B1", "S1", 300, "2026-01-01"));
        assert!(billed(SEPTEMBER).is_some());
        assert_ok!(dispute(BUYER, SEPTEMBER, 29_999, 0));
        assert_ok!(affirm(SELLER, SEPTEMBER));
        assert!(billed(OCTOBER).is_some());
        assert_noop!(dispute(BUYER, OCTOBER, 0, 0), Error::<Test>::DisputedBefore);
        affirmed(OCTOBER);
        assert!(billed(NOVEMBER).is_some());
        assert_ok!(dispute(BUYER, NOVEMBER, 0, 0));
    });
}

#[test]
fn credit_should_be_owed_by_the_seller_when_the_buyer_disputes_the_charges_beside_it() {
    with_billing(|| {
        let service = service("B1", "S1", 300, "2026-01-01");
        both(service);
        assert!(billed(SEPTEMBER).is_some());
        affirmed(SEPTEMBER);
        both(Record {
            end: Some(day("2026-09-11")),
            status: Status::Terminated,
            ..service
        });
        both(self::service("B2", "S2", 500, "2026-10-01"));
        let bill = billed(OCTOBER).unwrap();
        assert_eq!(
            lines(&bill),
            [(SEPTEMBER, Recurring, -20_000), (OCTOBER, Recurring, 50_000)]
        );
        assert_ok!(affirm(SELLER, OCTOBER));
        // The seller has affirmed: what nobody disputes is owed at once.
        assert_ok!(dispute(BUYER, OCTOBER, 0, 0));
        assert_eq!(owed(OCTOBER), [(SELLS, 20_000, due(OCTOBER))]);
    });
}

#[test]
fn dispute_bill_should_be_refused_when_it_is_not_the_buyers_to_dispute() {
    with_billing(|| {
        let mut service = service("B1", "S1", 300, "2026-09-01");
        service.one_off = 80 * EURO;
        both(service);
        assert_noop!(dispute(BUYER, SEPTEMBER, 0, 0), Error::<Test>::BillNotFound);
        assert!(billed(SEPTEMBER).is_some());
        assert_noop!(dispute(SELLER, SEPTEMBER, 0, 0), Error::<Test>::NotTheBuyer);
        assert_noop!(dispute(THIRD, SEPTEMBER, 0, 0), Error::<Test>::NotAParty);
        assert!(dispute(BUYER + 1, SEPTEMBER, 0, 0).is_err());
        for (recurring, one_off) in [
            (30_000, 8_000),
            (30_001, 0),
            (0, 8_001),
            (u128::MAX, 0),
            (0, u128::MAX),
        ] {
            assert_noop!(
                dispute(BUYER, SEPTEMBER, recurring, one_off),
                Error::<Test>::InvalidClaim
            );
        }
        MockClock::advance(10 * DAY);
        assert_noop!(dispute(BUYER, SEPTEMBER, 0, 0), Error::<Test>::AlreadyAffirmed);
        MockClock::set(SEPTEMBER.end() + 6 * DAY);
        assert_ok!(affirm(BUYER, SEPTEMBER));
        assert_noop!(dispute(BUYER, SEPTEMBER, 0, 0), Error::<Test>::AlreadyAffirmed);
        assert_ok!(affirm(SELLER, SEPTEMBER));
        assert_noop!(dispute(BUYER, SEPTEMBER, 0, 0), Error::<Test>::AlreadyAffirmed);
    });
}

#[test]
fn bill_should_be_disputed_once_and_affirmed_by_silence_when_the_seller_says_nothing() {
    with_billing(|| {
        let mut service = service("B1", "S1", 300, "2026-09-01");
        service.one_off = 80 * EURO;
        both(service);
        assert!(billed(SEPTEMBER).is_some());
        assert_ok!(dispute(BUYER, SEPTEMBER, 30_000, 0));
        assert_noop!(dispute(BUYER, SEPTEMBER, 0, 0), Error::<Test>::AlreadyAffirmed);
        assert_noop!(affirm(BUYER, SEPTEMBER), Error::<Test>::AlreadyAffirmed);
        assert_eq!(StatedMonths::<Test>::iter().count(), 1);
        MockClock::advance(10 * DAY);
        assert_ok!(affirm(BUYER, SEPTEMBER));
        assert_eq!(owed(SEPTEMBER), [(BUYS, 30_000, due(SEPTEMBER))]);
        assert_eq!(
            lines(&billed(OCTOBER).unwrap()),
            [(SEPTEMBER, OneOff, 8_000), (OCTOBER, Recurring, 30_000)]
        );
        let bill = Bills::<Test>::get(relation(), (OCTOBER, Currency::EUR)).unwrap();
        assert_eq!(bill.withheld(), 0);
    });
}
