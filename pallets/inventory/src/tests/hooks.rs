use super::billing::{billed_profile, terms, with_billing, SEPTEMBER};
use crate::{
    billing::STEPS_IN_TURN, mock::*, AgreedService, AgreedServices, Groups, Relation, Runs, WeightInfo,
};
use frame_support::{
    assert_ok,
    traits::Hooks,
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use interclear_billing::inventory::Agreed;
use interclear_matching::{Counts, Day, Field, RecordId, Rule};
use interclear_ports::mocks::MockClock;
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
