use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{ids::CycleId, netting::CyclePhase, DAY};
use sp_runtime::traits::BadOrigin;

/// A cycle that is announced for tomorrow.
fn announced() -> CycleId {
    let now = MockClock::now();
    owe(ALPHA, BETA, 100);
    assert_ok!(open_at(TOKEN, now + DAY, DAY));
    Netting::latest_cycle().unwrap()
}

#[test]
fn cancel_cycle_should_be_for_governance() {
    ExtBuilder::default().build_and_execute(|| {
        let id = announced();
        assert_noop!(Netting::cancel_cycle(RuntimeOrigin::none(), id), BadOrigin);
        for desk in [clearing(ALPHA), treasury(ISSUER), 4711] {
            assert_noop!(Netting::cancel_cycle(by(desk), id), BadOrigin);
        }
    });
}

#[test]
fn cancel_cycle_should_free_the_token_and_the_obligations() {
    ExtBuilder::default().build_and_execute(|| {
        let id = announced();
        assert_ok!(Netting::cancel_cycle(RuntimeOrigin::root(), id));
        assert_eq!(events().last(), Some(&Event::CycleCancelled { cycle: id }));
        let cancelled = cycle(id);
        assert_eq!(
            (cancelled.phase, cancelled.finished_at),
            (CyclePhase::Cancelled, Some(MockClock::now()))
        );
        let next = computed();
        assert_eq!((net(next, ALPHA), net(next, BETA)), (-100, 100));
        // It is removed like any finished cycle.
        MockClock::advance(RETENTION + DAY);
        idle();
        MockClock::advance(RETENTION + DAY);
        idle();
        assert_eq!(Netting::cycle(id), None);
    });
}

#[test]
fn cancel_cycle_should_be_refused_when_it_takes_obligations_in() {
    ExtBuilder::default().build_and_execute(|| {
        let root = RuntimeOrigin::root;
        assert_noop!(
            Netting::cancel_cycle(root(), CycleId(0)),
            Error::<Test>::CycleNotFound
        );
        owe(ALPHA, BETA, 100);
        let id = open();
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        assert_noop!(Netting::cancel_cycle(root(), id), Error::<Test>::WrongPhase);
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 10));
        assert_noop!(Netting::cancel_cycle(root(), id), Error::<Test>::WrongPhase);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        assert_noop!(Netting::cancel_cycle(root(), id), Error::<Test>::WrongPhase);
    });
    ExtBuilder::default().build_and_execute(|| {
        let id = announced();
        assert_ok!(Netting::cancel_cycle(RuntimeOrigin::root(), id));
        assert_noop!(
            Netting::cancel_cycle(RuntimeOrigin::root(), id),
            Error::<Test>::WrongPhase
        );
    });
}
