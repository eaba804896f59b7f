use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorStatus, Role},
};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn only_governance_suspends_and_readmits() {
    ExtBuilder::default().build_and_execute(|| {
        for who in [ALPHA_ADMIN, BETA_ADMIN, MEMBER, STRANGER] {
            assert_noop!(call_as(who, Call::suspend { operator: ALPHA }), BadOrigin);
            assert_noop!(call_as(who, Call::readmit { operator: ALPHA }), BadOrigin);
        }
    });
}

#[test]
fn a_suspended_operator_is_active_again_after_readmission() {
    ExtBuilder::default().build_and_execute(|| {
        let status = || crate::Operators::<Test>::get(ALPHA).map(|operator| operator.status);
        assert_ok!(govern(Call::suspend { operator: ALPHA }));
        assert_eq!(last_event(), Some(Event::Suspended { operator: ALPHA }));
        assert_eq!(status(), Some(OperatorStatus::Suspended));

        assert_ok!(govern(Call::readmit { operator: ALPHA }));
        assert_eq!(last_event(), Some(Event::Readmitted { operator: ALPHA }));
        assert_eq!(status(), Some(OperatorStatus::Active));
    });
}

#[test]
fn suspending_twice_or_readmitting_an_active_operator_is_refused() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(
            govern(Call::readmit { operator: ALPHA }),
            Error::<Test>::NotSuspended
        );
        assert_ok!(govern(Call::suspend { operator: ALPHA }));
        assert_noop!(
            govern(Call::suspend { operator: ALPHA }),
            Error::<Test>::AlreadySuspended
        );
    });
}

#[test]
fn an_unknown_operator_is_not_found() {
    ExtBuilder::default().build_and_execute(|| {
        let unknown = OperatorId(2);
        assert_noop!(
            govern(Call::suspend { operator: unknown }),
            Error::<Test>::OperatorNotFound
        );
        assert_noop!(
            govern(Call::readmit { operator: unknown }),
            Error::<Test>::OperatorNotFound
        );
    });
}

#[test]
fn a_suspended_operator_still_runs_its_desks() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(govern(Call::suspend { operator: ALPHA }));
        assert_ok!(call_as(
            ALPHA_ADMIN,
            Call::add_desk {
                account: 11,
                roles: roles(&[Role::Treasury])
            }
        ));
    });
}
