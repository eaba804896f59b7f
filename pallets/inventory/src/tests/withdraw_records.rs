use crate::{mock::*, Error, Event, Groups, Records};
use frame_support::{assert_noop, assert_ok};
use interclear_matching::{Counts, Side};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::ids::OperatorId;

#[test]
fn withdraw_records_should_be_refused_when_the_caller_may_not() {
    ExtBuilder::build_and_execute(|| {
        assert_noop!(withdraw(BUYER, "B1"), Error::<Test>::ProfileNotFound);
        signed();
        assert_noop!(withdraw(THIRD, "B1"), Error::<Test>::NotAParty);
        assert!(withdraw(STRANGER, "B1").is_err());
        assert!(withdraw(SELLER + 1, "S1").is_err());
    });
}

#[test]
fn nothing_should_be_left_when_both_sides_have_withdrawn_all() {
    ExtBuilder::build_and_execute(|| {
        signed();
        assert_ok!(report(BUYER, &[record("B1", "S1", 100)]));
        assert_ok!(report(SELLER, &[record("", "S1", 100)]));
        events();
        // The other side's id is no way to its record.
        assert_ok!(withdraw(SELLER, "B1"));
        assert_eq!(events(), []);
        // A suspended operator may still take back what it said.
        MockOperators::suspend(OperatorId(1));
        assert_ok!(withdraw(BUYER, "B1"));
        assert_eq!(
            counts(),
            Counts {
                only_at_seller: 1,
                ..Counts::default()
            }
        );
        let withdrawn = Event::RecordsWithdrawn {
            relation: relation(),
            side: Side::Buyer,
            records: 1,
        };
        assert_eq!(events(), [withdrawn]);
        assert_ok!(withdraw(SELLER, "S1"));
        assert_eq!(
            (Records::<Test>::iter().count(), Groups::<Test>::iter().count()),
            (0, 0)
        );
    });
}
