use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::{CycleId, OperatorId},
    netting::{CyclePhase, ObligationStatus},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError};

#[test]
fn collect_should_wait_for_the_cut_off_and_happen_once() {
    ExtBuilder::default().build_and_execute(|| {
        let now = MockClock::now();
        owe(ALPHA, BETA, 100);
        assert_ok!(open_at(TOKEN, now + 10, DAY));
        let id = CycleId(0);
        assert_noop!(Netting::collect(RuntimeOrigin::none(), id), BadOrigin);
        assert_noop!(
            Netting::collect(by(treasury(BETA)), id),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(
            Netting::collect(by(clearing(BETA)), CycleId(1)),
            Error::<Test>::CycleNotFound
        );
        MockClock::set(now + 9);
        assert_noop!(
            Netting::collect(by(clearing(BETA)), id),
            Error::<Test>::CutOffPending
        );
        MockClock::set(now + 10);
        // Anybody may, so that no operator can hold a token up.
        MockOperators::suspend(OperatorId(40));
        assert_ok!(Netting::collect(by(clearing(OperatorId(40))), id));
        assert_eq!(cycle(id).phase, CyclePhase::Collecting);
        assert_noop!(
            Netting::collect(by(clearing(BETA)), id),
            Error::<Test>::WrongPhase
        );
    });
}

#[test]
fn collect_should_be_refused_when_the_token_does_not_stand() {
    ExtBuilder::default().build_and_execute(|| {
        let owed = owe(ALPHA, BETA, 100);
        let id = open();
        MockOperators::suspend(ISSUER);
        assert_noop!(
            Netting::collect(by(clearing(BETA)), id),
            Error::<Test>::TokenSuspended
        );
        MockOperators::readmit(ISSUER);
        assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
        assert_noop!(
            Netting::collect(by(clearing(BETA)), id),
            Error::<Test>::TokenSuspended
        );
        // What is owed is in no cycle, and the council ends the one that cannot begin.
        assert_eq!(obligation(owed).status, ObligationStatus::Open);
        assert_ok!(Netting::cancel_cycle(RuntimeOrigin::root(), id));
    });
}
