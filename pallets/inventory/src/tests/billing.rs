//! Bills, with figures that were worked out by hand.

use crate::{
    mock::*, AgreedServices, BillingOf, Bills, Error, Event, LastBilled, Relation, Runs, StatedMonths,
};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use interclear_matching::{normalise::Written, Day, Field, Profile, Record, Rule, Side, Status};
use interclear_ports::mocks::{MockClock, MockObligations};
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    inventory::{Convention, InventoryBill, InventoryLine, InventoryTerms, LineKind},
    money::{Currency, Value},
    netting::{Obligation, ObligationSource},
    period::Period,
    DAY,
};
use sp_runtime::DispatchResult;

pub(super) const SEPTEMBER: Period = Period(202_609);
pub(super) const OCTOBER: Period = Period(202_610);
pub(super) const NOVEMBER: Period = Period(202_611);
pub(super) const EURO: u64 = 1_000_000;

pub(super) fn terms() -> InventoryTerms {
    InventoryTerms {
        convention: Convention::ActualDays,
        first: SEPTEMBER,
        report_days: 5,
        affirm_days: 10,
        payment_days: 30,
        late_interest_bps: 800,
        accepts: [
            vec![OperatorId(3)].try_into().unwrap(),
            vec![OperatorId(3)].try_into().unwrap(),
        ],
    }
}

pub(super) fn billed_profile(version: u32) -> Profile {
    [Field::OneOff, Field::Currency, Field::End, Field::Status]
        .into_iter()
        .fold(profile(version), |profile, field| {
            profile.with(field, Rule::Exact)
        })
        .with(Field::Recurring, Rule::Percent(1_000))
        .with(Field::Start, Rule::Days(2))
        .with(Field::Since, Rule::Days(2))
}

pub(super) fn signed_terms(terms: InventoryTerms) {
    let profile = billed_profile(1);
    assert_ok!(Inventory::propose_profile(
        origin(BUYER + 1),
        relation(),
        profile,
        Some(terms.clone())
    ));
    assert_ok!(Inventory::sign_profile(
        origin(SELLER + 1),
        relation(),
        profile,
        Some(terms)
    ));
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn service(buyer: &str, seller: &str, euros: u64, start: &str) -> Record {
    Record {
        start: day(start),
        since: day(start),
        ..record(buyer, seller, euros * EURO)
    }
}

pub(super) fn both(record: Record) {
    assert_ok!(report(BUYER, &[record]));
    assert_ok!(report(SELLER, &[record]));
}

pub(super) fn bill(period: Period) -> DispatchResult {
    Inventory::bill_month(origin(BUYER), relation(), period)
}

/// Has a month billed as soon as it can be; what was billed, in cents.
pub(super) fn billed(period: Period) -> Option<InventoryBill> {
    MockClock::set(period.end() + 5 * DAY);
    assert_ok!(bill(period));
    idle_long();
    assert!(!Runs::<Test>::contains_key(relation()));
    assert_ok!(Inventory::do_try_state());
    Bills::<Test>::get(relation(), (period, Currency::EUR))
}

pub(super) fn affirm(who: AccountId, period: Period) -> DispatchResult {
    Inventory::affirm_bill(origin(who), relation(), period, Currency::EUR)
}

pub(super) fn affirmed(period: Period) {
    assert_ok!(affirm(BUYER, period));
    assert_ok!(affirm(SELLER, period));
}

/// What a month's bill has become.
pub(super) fn debts(period: Period) -> Vec<Obligation> {
    let bill = Bills::<Test>::get(relation(), (period, Currency::EUR)).unwrap();
    let debt = |id: &ObligationId| MockObligations::get(*id).unwrap();
    bill.obligations.iter().map(debt).collect()
}

pub(super) fn lines(bill: &InventoryBill) -> Vec<(Period, LineKind, i128)> {
    let line = |line: &InventoryLine| (line.month, line.kind, line.amount);
    bill.lines.iter().map(line).collect()
}

pub(super) fn with_billing(test: impl FnOnce()) {
    with_billing_since(terms().first, test);
}

/// As [`with_billing`], from a month on.
pub(super) fn with_billing_since(first: Period, test: impl FnOnce()) {
    ExtBuilder::build_and_execute(|| {
        MockObligations::set_decimals(Currency::EUR, 2);
        MockClock::set(first.start());
        signed_terms(InventoryTerms { first, ..terms() });
        test();
    });
}

use LineKind::{OneOff, Recurring};

#[test]
fn bill_should_be_owed_when_both_sides_affirm_it() {
    with_billing(|| {
        // 300 a month from the 16th of 30 days: 15/30, and 80 once.
        let mut one = service("B1", "S1", 300, "2026-09-16");
        one.one_off = 80 * EURO;
        both(one);
        // Only the buyer knows it: never billed.
        assert_ok!(report(BUYER, &[service("B2", "S2", 999, "2026-09-01")]));
        // It matches, and never came into use.
        let mut waits = service("B3", "S3", 500, "2026-09-01");
        waits.status = Status::PendingActive;
        both(waits);
        let bill = billed(SEPTEMBER).unwrap();
        assert_eq!(
            lines(&bill),
            [(SEPTEMBER, Recurring, 15_000), (SEPTEMBER, OneOff, 8_000)]
        );
        assert_eq!(
            (bill.net, bill.services, bill.closed),
            (Value::Clear(23_000), 1, false)
        );
        assert_ok!(affirm(BUYER, SEPTEMBER));
        assert_noop!(affirm(BUYER, SEPTEMBER), Error::<Test>::AlreadyAffirmed);
        assert_noop!(affirm(THIRD, SEPTEMBER), Error::<Test>::NotAParty);
        assert_eq!(debts(SEPTEMBER), []);
        assert_ok!(affirm(SELLER, SEPTEMBER));
        let [debt] = debts(SEPTEMBER)[..] else {
            panic!("a bill is one debt");
        };
        assert_eq!(
            (debt.debtor, debt.creditor, debt.amount),
            (OperatorId(1), OperatorId(2), Value::Clear(23_000))
        );
        assert_eq!(debt.due, SEPTEMBER.end() + (5 + 10 + 30) * DAY);
        let source = ObligationSource::Inventory {
            relation: relation(),
            period: SEPTEMBER,
        };
        assert_eq!((debt.source, debt.interest.bps), (source, 800));
        assert_noop!(affirm(SELLER, SEPTEMBER), Error::<Test>::AlreadyAffirmed);
        // The next month: all of it, and the one-off charge not again.
        let bill = billed(OCTOBER).unwrap();
        assert_eq!(lines(&bill), [(OCTOBER, Recurring, 30_000)]);
    });
}

#[test]
fn order_on_demand_should_bill_once_when_it_is_a_record_of_its_own() {
    with_billing(|| {
        // What an order of some hours costs is charged once; it is there for the days of its hours.
        let order = |number: &str, euros: u64, first: &str, end: &str| Record {
            order: text(number),
            one_off: euros * EURO,
            end: Some(day(end)),
            ..service(&format!("B{number}"), &format!("S{number}"), 0, first)
        };
        both(order("1001", 36, "2026-09-10", "2026-09-11"));
        // The seller says that there was another one.
        assert_ok!(report(SELLER, &[order("1002", 99, "2026-09-12", "2026-09-13")]));
        let bill = billed(SEPTEMBER).unwrap();
        assert_eq!(lines(&bill), [(SEPTEMBER, OneOff, 3_600)]);
        assert_eq!(bill.services, 1);
        affirmed(SEPTEMBER);
        // One of September that both know by now, and one over the end of a month.
        both(order("1003", 12, "2026-09-28", "2026-09-29"));
        both(order("1004", 20, "2026-10-31", "2026-11-02"));
        assert_eq!(
            lines(&billed(OCTOBER).unwrap()),
            [(SEPTEMBER, OneOff, 1_200), (OCTOBER, OneOff, 2_000)]
        );
        affirmed(OCTOBER);
        assert_eq!(billed(NOVEMBER), None);
    });
}

#[test]
fn interval_should_bill_its_hours_once_and_be_credited_only_when_both_count_less() {
    with_billing(|| {
        // 2.40 an hour.
        let used = |side: Side, number: &str, [start, end]: [&str; 2]| {
            let (bought, sold) = (format!("B{number}"), format!("S{number}"));
            let written = Written {
                buyer_id: &bought,
                seller_id: &sold,
                order: number,
                product: "P",
                hourly: "2.40",
                currency: "EUR",
                start,
                end,
                status: "terminated",
                ..Written::default()
            };
            let desk = match side {
                Side::Buyer => BUYER,
                Side::Seller => SELLER,
            };
            assert_ok!(report(desk, &[written.record(side).unwrap()]));
        };
        // Three hours and a half over midnight, by the clocks of both.
        used(Side::Buyer, "1001", ["2026-09-10T22:00Z", "2026-09-11T01:30Z"]);
        used(
            Side::Seller,
            "1001",
            ["2026-09-11T00:00+02:00", "2026-09-11T03:30+02:00"],
        );
        // The seller counts an hour more, and nothing of it bills.
        used(Side::Buyer, "1002", ["2026-09-12T08:00Z", "2026-09-12T10:00Z"]);
        used(Side::Seller, "1002", ["2026-09-12T08:00Z", "2026-09-12T11:00Z"]);
        let bill = billed(SEPTEMBER).unwrap();
        assert_eq!(lines(&bill), [(SEPTEMBER, OneOff, 840)]);
        assert_eq!(bill.services, 1);
        affirmed(SEPTEMBER);
        // The buyer alone would have an hour in place of what was billed. The seller corrects the other one.
        used(Side::Buyer, "1001", ["2026-09-10T22:00Z", "2026-09-10T23:00Z"]);
        used(Side::Seller, "1002", ["2026-09-12T08:00Z", "2026-09-12T10:00Z"]);
        assert_eq!(lines(&billed(OCTOBER).unwrap()), [(SEPTEMBER, OneOff, 480)]);
        affirmed(OCTOBER);
        // Both say so: 2.40 in place of 8.40.
        used(Side::Seller, "1001", ["2026-09-10T22:00Z", "2026-09-10T23:00Z"]);
        assert_eq!(lines(&billed(NOVEMBER).unwrap()), [(SEPTEMBER, OneOff, -600)]);
    });
}

#[test]
fn silence_should_affirm_when_its_date_has_passed() {
    with_billing(|| {
        both(service("B1", "S1", 300, "2026-09-01"));
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(30_000));
        MockClock::advance(10 * DAY - 1);
        assert_ok!(affirm(SELLER, SEPTEMBER));
        assert_noop!(affirm(SELLER, SEPTEMBER), Error::<Test>::AlreadyAffirmed);
        MockClock::advance(1);
        assert_ok!(affirm(SELLER, SEPTEMBER));
        assert!(
            Bills::<Test>::get(relation(), (SEPTEMBER, Currency::EUR))
                .unwrap()
                .closed
        );
    });
}

#[test]
fn price_should_be_prorated_when_it_changes_within_the_month() {
    for (convention, cents) in [
        // 10 days of 31 at 310 and 21 of 31 at 620: 100 + 420.
        (Convention::ActualDays, 52_000),
        // 10 days of 30 at 310 and 20 of 30 at 620, the 31st as the 30th: 103.333 + 413.333.
        (Convention::ThirtyDays, 51_667),
    ] {
        ExtBuilder::build_and_execute(|| {
            MockObligations::set_decimals(Currency::EUR, 2);
            signed_terms(InventoryTerms {
                convention,
                ..terms()
            });
            let before = service("B1", "S1", 310, "2026-09-01");
            both(before);
            assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(31_000));
            affirmed(SEPTEMBER);
            both(Record {
                recurring: 620 * EURO,
                since: day("2026-10-11"),
                ..before
            });
            assert_eq!(lines(&billed(OCTOBER).unwrap()), [(OCTOBER, Recurring, cents)]);
        });
    }
}

#[test]
fn credit_should_be_given_when_both_say_that_a_service_had_ended() {
    with_billing(|| {
        let service = service("B1", "S1", 300, "2026-01-01");
        both(service);
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(30_000));
        affirmed(SEPTEMBER);
        let ended = Record {
            end: Some(day("2026-09-11")),
            status: Status::Terminated,
            ..service
        };
        // The buyer alone gets nothing back; what does not match bills for no further month.
        assert_ok!(report(BUYER, &[ended]));
        assert_eq!(billed(OCTOBER), None);
        assert_eq!(LastBilled::<Test>::get(relation()), Some(OCTOBER));
        assert_ok!(report(SELLER, &[ended]));
        // Twenty of September's thirty days come back: the seller owes.
        let bill = billed(NOVEMBER).unwrap();
        assert_eq!(lines(&bill), [(SEPTEMBER, Recurring, -20_000)]);
        affirmed(NOVEMBER);
        let [debt] = debts(NOVEMBER)[..] else {
            panic!("a bill is one debt");
        };
        assert_eq!(
            (debt.debtor, debt.creditor, debt.amount),
            (OperatorId(2), OperatorId(1), Value::Clear(20_000))
        );
    });
}

#[test]
fn service_should_be_billed_late_when_it_matches_late() {
    with_billing(|| {
        let service = service("B1", "S1", 300, "2026-01-01");
        assert_ok!(report(SELLER, &[service]));
        assert_eq!(billed(SEPTEMBER), None);
        assert_ok!(report(BUYER, &[service]));
        // Months before the first that bills are not owed.
        let bill = billed(OCTOBER).unwrap();
        assert_eq!(
            lines(&bill),
            [(SEPTEMBER, Recurring, 30_000), (OCTOBER, Recurring, 30_000)]
        );
    });
}

#[test]
fn side_should_not_move_money_to_itself_when_it_reports_on_the_last_day() {
    with_billing(|| {
        let agreed = service("B1", "S1", 1_000, "2026-01-01");
        both(agreed);
        MockClock::set(SEPTEMBER.end() - 1);
        // The seller raises its price as far as still matches: the lower one is billed.
        assert_ok!(report(
            SELLER,
            &[Record {
                recurring: 1_001 * EURO,
                ..agreed
            }]
        ));
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(100_000));
        affirmed(SEPTEMBER);
        // Farther, and it does not match: nothing is billed at all, and nothing given back.
        assert_ok!(report(
            SELLER,
            &[Record {
                recurring: 2_000 * EURO,
                ..agreed
            }]
        ));
        assert_eq!(billed(OCTOBER), None);
        // The buyer takes its record away just before: it pays later what it did not pay now.
        assert_ok!(report(SELLER, &[agreed]));
        assert_ok!(withdraw(BUYER, "B1"));
        assert_eq!(billed(NOVEMBER), None);
        assert_ok!(report(BUYER, &[agreed]));
        let bill = billed(NOVEMBER.next()).unwrap();
        assert_eq!(
            lines(&bill),
            [OCTOBER, NOVEMBER, NOVEMBER.next()].map(|month| (month, Recurring, 100_000))
        );
    });
}

#[test]
fn service_should_not_be_billed_twice_when_a_side_gives_it_another_id() {
    with_billing(|| {
        both(service("B1", "S1", 300, "2026-01-01"));
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(30_000));
        affirmed(SEPTEMBER);
        // The seller renames it, and the buyer follows.
        assert_ok!(withdraw(SELLER, "S1"));
        both(service("B1", "S9", 300, "2026-01-01"));
        assert_eq!(lines(&billed(OCTOBER).unwrap()), [(OCTOBER, Recurring, 30_000)]);
        affirmed(OCTOBER);
        // Now the buyer does.
        assert_ok!(withdraw(BUYER, "B1"));
        both(service("B7", "S9", 300, "2026-01-01"));
        assert_eq!(lines(&billed(NOVEMBER).unwrap()), [(NOVEMBER, Recurring, 30_000)]);
        assert_eq!(AgreedServices::<Test>::iter().count(), 1);
    });
}

#[test]
fn nothing_should_be_reported_or_signed_while_a_month_is_billed() {
    with_billing(|| {
        for number in 0..6 {
            both(service(
                &format!("B{number}"),
                &format!("S{number}"),
                100,
                "2026-01-01",
            ));
        }
        MockClock::set(SEPTEMBER.end() + 5 * DAY - 1);
        assert_noop!(bill(SEPTEMBER), Error::<Test>::MonthNotOver);
        MockClock::advance(1);
        assert_noop!(bill(OCTOBER), Error::<Test>::OtherMonth);
        assert_noop!(
            Inventory::bill_month(origin(THIRD), relation(), SEPTEMBER),
            Error::<Test>::NotAParty
        );
        assert_ok!(bill(SEPTEMBER));
        assert_noop!(bill(SEPTEMBER), Error::<Test>::BillingRuns);
        let late = service("B9", "S9", 100, "2026-01-01");
        assert_noop!(report(BUYER, &[late]), Error::<Test>::BillingRuns);
        assert_noop!(withdraw(BUYER, "B1"), Error::<Test>::BillingRuns);
        use crate::WeightInfo;
        let step = |more| {
            let weight = <() as WeightInfo>::go_on_billing(2) + <() as WeightInfo>::rematch(0) + more;
            assert!(Inventory::on_idle(1, weight).all_lte(weight));
            assert_ok!(Inventory::do_try_state());
            Runs::<Test>::get(relation())
        };
        let (mut rounds, mut run) = (0, None);
        loop {
            let now = step(Weight::zero());
            if now == run {
                break;
            }
            (rounds, run) = (rounds + 1, now);
        }
        // Six records, the end of them, and six services, two at a time.
        assert_eq!(rounds, 7);
        // The bill itself waits until a block has room for it.
        assert!(run.is_some() && Bills::<Test>::iter().next().is_none());
        assert_eq!(step(<() as WeightInfo>::finish_bill()), None);
        assert_eq!(
            Bills::<Test>::get(relation(), (SEPTEMBER, Currency::EUR))
                .unwrap()
                .net,
            Value::Clear(60_000)
        );
        assert_ok!(report(BUYER, &[late]));
        MockClock::set(OCTOBER.end() + 5 * DAY);
        assert_noop!(bill(OCTOBER), Error::<Test>::EarlierBillOpen);
        assert_noop!(affirm(BUYER, OCTOBER), Error::<Test>::BillNotFound);
    });
}

#[test]
fn currencies_should_be_billed_apart_and_only_with_a_token() {
    with_billing(|| {
        both(service("B1", "S1", 300, "2026-01-01"));
        both(Record {
            currency: *b"USD",
            ..service("B2", "S2", 100, "2026-01-01")
        });
        let dollar: Currency = "USD".parse().unwrap();
        events();
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(30_000));
        assert!(events().contains(&Event::NotBilled {
            relation: relation(),
            period: SEPTEMBER,
            currency: dollar
        }));
        affirmed(SEPTEMBER);
        MockObligations::set_decimals(dollar, 2);
        billed(OCTOBER);
        let bill = Bills::<Test>::get(relation(), (OCTOBER, dollar)).unwrap();
        assert_eq!(
            lines(&bill),
            [(SEPTEMBER, Recurring, 10_000), (OCTOBER, Recurring, 10_000)]
        );
    });
}

#[test]
fn terms_should_be_refused_when_they_are_out_of_bounds_or_not_compared() {
    ExtBuilder::build_and_execute(|| {
        let propose =
            |profile, terms| Inventory::propose_profile(origin(BUYER + 1), relation(), profile, Some(terms));
        for wrong in [
            InventoryTerms {
                report_days: 21,
                ..terms()
            },
            InventoryTerms {
                affirm_days: 21,
                ..terms()
            },
            InventoryTerms {
                late_interest_bps: 10_001,
                ..terms()
            },
            InventoryTerms {
                payment_days: 366,
                ..terms()
            },
            InventoryTerms {
                first: Period(202_613),
                ..terms()
            },
            InventoryTerms {
                accepts: Default::default(),
                ..terms()
            },
        ] {
            assert_noop!(propose(billed_profile(1), wrong), Error::<Test>::InvalidTerms);
        }
        assert_noop!(propose(profile(1), terms()), Error::<Test>::FieldNotCompared);
        assert_noop!(bill(SEPTEMBER), Error::<Test>::NoBilling);
        assert_ok!(propose(billed_profile(1), terms()));
        let other = InventoryTerms {
            payment_days: 60,
            ..terms()
        };
        for signed in [None, Some(other)] {
            assert_noop!(
                Inventory::sign_profile(origin(SELLER + 1), relation(), billed_profile(1), signed),
                Error::<Test>::OtherProfile
            );
        }
        assert_ok!(Inventory::sign_profile(
            origin(SELLER + 1),
            relation(),
            billed_profile(1),
            Some(terms())
        ));
        // Terms stay when a later profile says nothing of them, and it must compare what is billed.
        assert_noop!(propose_plain(profile(2)), Error::<Test>::FieldNotCompared);
        assert_ok!(propose_plain(billed_profile(2)));
        assert_eq!(BillingOf::<Test>::get(relation()), Some(terms()));
    });
}

#[test]
fn terms_should_be_refused_when_they_would_have_more_months_billed_at_once_than_bills_are_kept() {
    with_billing(|| {
        let propose = |version, class, first| {
            let (relation, profile) = (
                Relation {
                    class: text(class),
                    ..relation()
                },
                billed_profile(version),
            );
            let terms = InventoryTerms { first, ..terms() };
            Inventory::propose_profile(origin(BUYER + 1), relation, profile, Some(terms))
        };
        billed(SEPTEMBER);
        // Bills of twelve months are kept.
        MockClock::set(SEPTEMBER.plus(12).start());
        let august = SEPTEMBER.previous();
        assert_noop!(propose(1, "OTHER", august), Error::<Test>::InvalidTerms);
        assert_ok!(propose(1, "OTHER", SEPTEMBER));
        // Where months are billed, terms that name an earlier one have none billed again.
        assert_ok!(propose(2, "ELINE", august));
    });
}

fn propose_plain(profile: Profile) -> DispatchResult {
    propose(SELLER + 1, profile)
}

#[test]
fn what_is_kept_should_be_forgotten_when_nothing_corrects_it_any_more() {
    with_billing(|| {
        let service = service("B1", "S1", 300, "2026-01-01");
        both(service);
        let mut month = SEPTEMBER;
        for _ in 0..16 {
            billed(month).unwrap();
            affirmed(month);
            month = month.next();
        }
        assert_eq!(StatedMonths::<Test>::iter().count(), 4);
        assert_eq!(Bills::<Test>::iter().count(), 13);
        assert_ok!(withdraw(BUYER, "B1"));
        for _ in 0..4 {
            assert_eq!(billed(month), None);
            month = month.next();
        }
        assert_eq!(AgreedServices::<Test>::iter().count(), 0);
        assert_eq!(crate::Bought::<Test>::iter().count(), 0);
        assert_eq!(StatedMonths::<Test>::iter().count(), 0);
    });
}

#[test]
fn bills_should_stay_as_they_were_made_when_new_terms_are_signed() {
    with_billing(|| {
        // 310 a month, from the 16th on: 16 of October's 31 days.
        both(service("B1", "S1", 310, "2026-10-16"));
        assert_eq!(billed(SEPTEMBER), None);
        assert_eq!(lines(&billed(OCTOBER).unwrap()), [(OCTOBER, Recurring, 16_000)]);
        affirmed(OCTOBER);
        let (next, thirty) = (
            billed_profile(2),
            InventoryTerms {
                convention: Convention::ThirtyDays,
                ..terms()
            },
        );
        let (by, of) = (origin(BUYER + 1), Some(thirty));
        assert_ok!(Inventory::propose_profile(by, relation(), next, of.clone()));
        assert_ok!(Inventory::sign_profile(origin(SELLER + 1), relation(), next, of));
        assert_ok!(Inventory::do_try_state());
        // They hold for months that can still be corrected, too: of 30 days it is 15.
        idle_long();
        assert_eq!(
            lines(&billed(NOVEMBER).unwrap()),
            [(OCTOBER, Recurring, -500), (NOVEMBER, Recurring, 31_000)]
        );
    });
}

#[test]
fn months_should_be_stated_as_they_were_billed_when_a_later_one_cannot_be() {
    with_billing(|| {
        let service = service("B1", "S1", 300, "2026-01-01");
        both(service);
        assert_eq!(billed(SEPTEMBER).unwrap().net, Value::Clear(30_000));
        affirmed(SEPTEMBER);
        both(Record {
            recurring: 200 * EURO,
            ..service
        });
        // Nothing can be billed, and the credit of September waits with the rest.
        MockObligations::set_decimals(Currency::EUR, 7);
        assert_eq!(billed(OCTOBER), None);
        MockObligations::set_decimals(Currency::EUR, 2);
        assert_eq!(
            lines(&billed(NOVEMBER).unwrap()),
            [
                (SEPTEMBER, Recurring, -10_000),
                (OCTOBER, Recurring, 20_000),
                (NOVEMBER, Recurring, 20_000)
            ]
        );
    });
}
