use super::billing::{bill, billed_profile, both, service, signed_terms, terms, with_billing, SEPTEMBER};
use crate::{
    billing::STEPS_IN_TURN, mock::*, store::Kept, AgreedService, AgreedServices, Groups, Relation,
    Rematching, Runs, WeightInfo,
};
use frame_support::{
    assert_ok,
    traits::Hooks,
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use interclear_billing::inventory::Agreed;
use interclear_matching::{Counts, Day, Field, RecordId, Rule, Side, Store};
use interclear_ports::mocks::{MockClock, MockObligations};
use interclear_primitives::{money::Currency, period::Period, DAY};

#[test]
fn idle_time_should_be_left_alone_when_there_is_nothing_to_do_or_none_of_it() {
    ExtBuilder::build_and_execute(|| {
        assert_eq!(Inventory::on_idle(1, Weight::zero()), Weight::zero());
        signed();
        assert_ok!(report(BUYER, &[record("B1", "S1", 100)]));
        let next = profile(2).with(Field::Currency, Rule::Exact);
        assert_ok!(propose(SELLER + 1, next));
        assert_ok!(sign(BUYER + 1, next));
        assert_eq!(Inventory::on_idle(1, Weight::zero()), Weight::zero());
        idle_long();
        assert_eq!(
            counts(),
            Counts {
                only_at_buyer: 1,
                ..Counts::default()
            }
        );
    });
}

#[test]
#[should_panic(expected = "cannot be matched again")]
fn idle_work_should_fail_in_tests_when_what_is_kept_contradicts_itself() {
    ExtBuilder::build_and_execute(|| {
        signed();
        assert_ok!(report(BUYER, &[record("B1", "S1", 100)]));
        assert_ok!(propose(SELLER + 1, profile(2)));
        assert_ok!(sign(BUYER + 1, profile(2)));
        let _removed = Groups::<Test>::clear(u32::MAX, None);
        idle_long();
    });
}

#[test]
fn bills_should_be_gone_on_with_in_turn_when_several_are_large() {
    with_billing(|| {
        let other = Relation {
            class: text("OTHER"),
            ..relation()
        };
        let profile = billed_profile(1);
        assert_ok!(Inventory::propose_profile(
            origin(BUYER + 1),
            other,
            profile,
            Some(terms())
        ));
        assert_ok!(Inventory::sign_profile(
            origin(SELLER + 1),
            other,
            profile,
            Some(terms())
        ));
        MockClock::set(SEPTEMBER.end() + 5 * DAY);
        let services = 3 * STEPS_IN_TURN;
        let left = |relation| AgreedServices::<Test>::iter_prefix(relation).count() as u32;
        for relation in [relation(), other] {
            for number in 0..services {
                let id = RecordId::of(&number.to_le_bytes());
                // Of a time that no bill corrects: a step forgets it.
                let agreed = Agreed {
                    currency: Currency::EUR,
                    one_off: 0,
                    start: Day(0),
                    end: None,
                    versions: BoundedVec::new(),
                    through: Period(202_501),
                };
                let service = AgreedService {
                    buyer: id,
                    likeness: [0; 16],
                    agreed,
                    held: None,
                    holds: false,
                };
                AgreedServices::<Test>::insert(relation, id, service);
            }
            assert_ok!(Inventory::bill_month(origin(BUYER), relation, SEPTEMBER));
        }
        // A turn of each: one step looks for records, of which there are none.
        let room = <() as WeightInfo>::go_on_billing(STEPS_IN_TURN);
        let mut meter = WeightMeter::with_limit(room.saturating_mul(2));
        Inventory::go_on_billing(&mut meter);
        assert_eq!([relation(), other].map(left), [services - STEPS_IN_TURN + 1; 2]);
        idle_long();
        assert_eq!([relation(), other].map(left), [0; 2]);
        assert_eq!(Runs::<Test>::iter().count(), 0);
    });
}

/// Another class of products between the same two, of which so many records of the buyer wait to be matched by a second profile.
fn waiting(class: &str, records: u32) -> Relation {
    let relation = Relation {
        class: text(class),
        ..relation()
    };
    let sign = |profile| {
        let (buyer, seller) = (origin(BUYER + 1), origin(SELLER + 1));
        assert_ok!(Inventory::propose_profile(buyer, relation, profile, None));
        assert_ok!(Inventory::sign_profile(seller, relation, profile, None));
    };
    sign(profile(1));
    // More than a call would take.
    let mut kept = Kept::<Test>::of(relation);
    for number in 0..records {
        let record = record(&format!("B{number}"), &format!("S{number}"), 100);
        assert_ok!(interclear_matching::report(&mut kept, Side::Buyer, &record));
    }
    kept.close();
    sign(profile(2).with(Field::Currency, Rule::Exact));
    relation
}

/// How many records are still to be matched anew.
fn left(relation: Relation) -> u32 {
    let kept = Kept::<Test>::of(relation);
    let Some(rematch) = kept.state().rematch else {
        return 0;
    };
    let (mut place, mut left) = (rematch.done, 0);
    while let Some((side, id, _)) = kept.next_record(place) {
        place = Some((side, id));
        left += 1;
    }
    left
}

#[test]
fn records_should_be_matched_anew_in_turn_when_several_relations_are_large() {
    ExtBuilder::build().execute_with(|| {
        let records = 3 * STEPS_IN_TURN;
        let relations = ["ONE", "OTHER"].map(|class| waiting(class, records));
        assert_eq!(relations.map(left), [records; 2]);
        // A turn of each.
        let room = <() as WeightInfo>::rematch(STEPS_IN_TURN);
        let mut meter = WeightMeter::with_limit(room.saturating_mul(2));
        Inventory::go_on_rematching(&mut meter);
        assert_eq!(relations.map(left), [records - STEPS_IN_TURN; 2]);
        idle_long();
        assert_eq!(relations.map(left), [0; 2]);
        assert_eq!(Rematching::<Test>::iter().count(), 0);
    });
}

#[test]
fn bills_should_be_gone_on_with_when_records_are_matched_anew_all_the_time() {
    ExtBuilder::build().execute_with(|| {
        MockObligations::set_decimals(Currency::EUR, 2);
        signed_terms(terms());
        both(service("B1", "S1", 100, "2026-09-01"));
        MockClock::set(SEPTEMBER.end() + 5 * DAY);
        assert_ok!(bill(SEPTEMBER));
        let other = waiting("OTHER", 3 * STEPS_IN_TURN);
        let room = <() as WeightInfo>::rematch(STEPS_IN_TURN).saturating_mul(2);
        assert!(Inventory::on_idle(1, room).all_lte(room));
        assert_eq!(Runs::<Test>::iter().count(), 0);
        assert!((STEPS_IN_TURN..3 * STEPS_IN_TURN).contains(&left(other)));
    });
}
