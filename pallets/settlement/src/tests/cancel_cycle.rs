use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{ids::CycleId, netting::CyclePhase, DAY};
use sp_runtime::traits::BadOrigin;

/// A cycle that is announced for tomorrow.
fn announced() -> CycleId {
    let now = Now::get();
    owe(ALPHA, BETA, 100);
    assert_ok!(Settlement::open_cycle(
        by(clearing(ALPHA)),
        TOKEN,
        now + DAY,
        now + 2 * DAY
    ));
    Settlement::latest_cycle().unwrap()
}

#[test]
fn cancel_cycle_should_be_for_governance() {
    ExtBuilder::default().build_and_execute(|| {
        let id = announced();
        assert_noop!(Settlement::cancel_cycle(RuntimeOrigin::none(), id), BadOrigin);
        for desk in [clearing(ALPHA), treasury(ISSUER), 4711] {
            assert_noop!(Settlement::cancel_cycle(by(desk), id), BadOrigin);
        }
    });
}

#[test]
fn cancel_cycle_should_free_the_token_and_the_obligations() {
    ExtBuilder::default().build_and_execute(|| {
        let id = announced();
        assert_ok!(Settlement::cancel_cycle(RuntimeOrigin::root(), id));
        assert_eq!(events().last(), Some(&Event::CycleCancelled { cycle: id }));
        let cancelled = cycle(id);
        assert_eq!(
            (cancelled.phase, cancelled.finished_at),
            (CyclePhase::Unwound, Some(Now::get()))
        );
        let next = computed();
        assert_eq!((net(next, ALPHA), net(next, BETA)), (-100, 100));
        // It is removed like any finished cycle.
        Now::mutate(|now| *now += RETENTION + DAY);
        idle();
        Now::mutate(|now| *now += RETENTION + DAY);
        idle();
        assert_eq!(Settlement::cycle(id), None);
    });
}

#[test]
fn cancel_cycle_should_be_refused_once_it_takes_obligations_in() {
    ExtBuilder::default().build_and_execute(|| {
        let root = RuntimeOrigin::root;
        assert_noop!(
            Settlement::cancel_cycle(root(), CycleId(0)),
            Error::<Test>::CycleNotFound
        );
        owe(ALPHA, BETA, 100);
        let id = open();
        assert_ok!(Settlement::freeze(by(clearing(ALPHA)), id));
        assert_noop!(Settlement::cancel_cycle(root(), id), Error::<Test>::WrongPhase);
        assert_ok!(Settlement::compute(by(clearing(ALPHA)), id, 10));
        assert_noop!(Settlement::cancel_cycle(root(), id), Error::<Test>::WrongPhase);
        assert_ok!(Settlement::fund(by(treasury(ALPHA)), id));
        assert_ok!(Settlement::settle(by(clearing(ALPHA)), id));
        assert_noop!(Settlement::cancel_cycle(root(), id), Error::<Test>::WrongPhase);
    });
    ExtBuilder::default().build_and_execute(|| {
        let id = announced();
        assert_ok!(Settlement::cancel_cycle(RuntimeOrigin::root(), id));
        assert_noop!(
            Settlement::cancel_cycle(RuntimeOrigin::root(), id),
            Error::<Test>::WrongPhase
        );
    });
}
