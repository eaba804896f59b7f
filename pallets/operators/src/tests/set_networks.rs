use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{ids::OperatorId, operator::Plmn, tadig::Tadig};
use sp_runtime::DispatchError::BadOrigin;

fn networks(operator: OperatorId, codes: &[&str], plmns: &[Plmn]) -> Call<Test> {
    Call::set_networks {
        operator,
        tadigs: tadigs(codes),
        plmns: bounded(plmns),
    }
}

#[test]
fn set_networks_should_be_refused_when_not_governance_calls() {
    ExtBuilder::default().build_and_execute(|| {
        for who in [ALPHA_ADMIN, MEMBER, STRANGER] {
            assert_noop!(call_as(who, networks(ALPHA, &["DEUA9"], &[])), BadOrigin);
        }
    });
}

#[test]
fn code_should_be_free_when_it_is_left_out() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(govern(networks(ALPHA, &["DEUA1", "DEUA2"], &[plmn(262, 2)])));
        assert_ok!(govern(networks(ALPHA, &["DEUA2", "DEUA3"], &[])));

        let owner = |code| TadigOwner::<Test>::get(tadig(code));
        assert_eq!(
            (owner("DEUA1"), owner("DEUA2"), owner("DEUA3")),
            (None, Some(ALPHA), Some(ALPHA))
        );
        let operator = crate::Operators::<Test>::get(ALPHA).expect("admitted");
        assert_eq!(
            (operator.tadigs.clone(), operator.plmns.len()),
            (tadigs(&["DEUA2", "DEUA3"]), 0)
        );
        let event = Event::NetworksSet {
            operator: ALPHA,
            tadigs: operator.tadigs,
            plmns: operator.plmns,
        };
        assert_eq!(last_event(), Some(event));

        assert_ok!(govern(networks(BETA, &["FRAB1", "DEUA1"], &[])));
        assert_eq!(owner("DEUA1"), Some(BETA));
    });
}

#[test]
fn set_networks_should_be_refused_when_a_network_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let set = |operator, codes: &[&str], plmns: &[_]| govern(networks(operator, codes, plmns));
        assert_noop!(set(OperatorId(7), &[], &[]), Error::<Test>::OperatorNotFound);
        assert_noop!(set(ALPHA, &["DEUA2", "FRAB1"], &[]), Error::<Test>::TadigTaken);
        assert_noop!(
            set(ALPHA, &["DEUA2", "DEUA2"], &[]),
            Error::<Test>::DuplicateTadig
        );
        assert_noop!(set(ALPHA, &[], &[plmn(1000, 1)]), Error::<Test>::InvalidPlmn);
        assert_noop!(
            set(ALPHA, &[], &[plmn(262, 1), plmn(262, 1)]),
            Error::<Test>::DuplicatePlmn
        );
        assert_noop!(
            govern(Call::set_networks {
                operator: ALPHA,
                tadigs: bounded([Tadig(*b"DEU-1")]),
                plmns: bounded([])
            }),
            Error::<Test>::InvalidTadig
        );
    });
}
