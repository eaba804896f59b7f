use crate::{mock::*, Error, Event, Proposals, Relation};
use frame_support::{assert_noop, assert_ok};
use interclear_matching::{Field, Rule, Side, Text};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::ids::OperatorId;

#[test]
fn propose_profile_should_be_refused_when_the_caller_may_not() {
    ExtBuilder::build_and_execute(|| {
        assert_noop!(
            Inventory::propose_profile(RuntimeOrigin::none(), relation(), profile(1), None),
            sp_runtime::DispatchError::BadOrigin
        );
        for stranger in [STRANGER, BUYER] {
            assert!(propose(stranger, profile(1)).is_err());
        }
        assert_noop!(propose(THIRD + 1, profile(1)), Error::<Test>::NotAParty);
        MockOperators::suspend(OperatorId(2));
        assert_noop!(propose(BUYER + 1, profile(1)), Error::<Test>::OperatorNotActive);
    });
}

#[test]
fn propose_profile_should_be_refused_with_the_reason_when_nothing_can_come_of_it() {
    ExtBuilder::build_and_execute(|| {
        let with =
            |relation: Relation| Inventory::propose_profile(origin(BUYER + 1), relation, profile(1), None);
        let same = Relation {
            seller: OperatorId(1),
            ..relation()
        };
        assert_noop!(with(same), Error::<Test>::SameOperator);
        for class in [Text::EMPTY, text("e-line")] {
            assert_noop!(
                with(Relation { class, ..relation() }),
                Error::<Test>::InvalidClass
            );
        }
        let keyless = profile(1).with(Field::SellerId, Rule::Exact);
        assert_noop!(propose(BUYER + 1, keyless), Error::<Test>::InvalidProfile);
        for version in [0, 2] {
            assert_noop!(propose(BUYER + 1, profile(version)), Error::<Test>::OtherVersion);
        }
    });
}

#[test]
fn proposal_should_take_the_place_of_the_one_before_when_either_side_counters() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(propose(BUYER + 1, profile(1)));
        let countered = profile(1).with(Field::Start, Rule::Days(3));
        assert_ok!(propose(SELLER + 1, countered));
        let (relation, version) = (relation(), 1);
        let proposed = |by| Event::ProfileProposed {
            relation,
            by,
            version,
        };
        assert_eq!(events(), [proposed(Side::Buyer), proposed(Side::Seller)]);
        assert_eq!(Proposals::<Test>::get(relation).unwrap().profile, countered);
        assert_noop!(sign(SELLER + 1, countered), Error::<Test>::AlreadySigned);
        assert_ok!(sign(BUYER + 1, countered));
    });
}
