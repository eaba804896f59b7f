use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorStatus, Role},
};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn suspend_and_readmit_should_be_refused_when_not_governance_calls() {
    ExtBuilder::default().build_and_execute(|| {
        for who in [ALPHA_ADMIN, BETA_ADMIN, MEMBER, STRANGER] {
            assert_noop!(call_as(who, Call::suspend { operator: ALPHA }), BadOrigin);
            assert_noop!(call_as(who, Call::readmit { operator: ALPHA }), BadOrigin);
        }
    });
}

#[test]
fn operator_should_be_active_again_when_it_is_readmitted() {
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
fn suspend_and_readmit_should_be_refused_when_nothing_would_change() {
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
fn suspend_and_readmit_should_be_refused_when_the_operator_is_unknown() {
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
fn desks_should_be_managed_when_the_operator_is_suspended() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(govern(Call::suspend { operator: ALPHA }));
        assert_ok!(call_as(ALPHA_ADMIN, adding(ALPHA, 11, &[Role::Treasury])));
    });
}
