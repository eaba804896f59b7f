use crate::{mock::*, CycleObligations, Mutuals, Unresolved, WeightInfo};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use interclear_ports::mocks::MockObligations;
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    netting::ObligationStatus,
};

fn settled() -> interclear_primitives::ids::CycleId {
    for n in 2..=11 {
        owe(ALPHA, OperatorId(n), 10);
    }
    let id = computed();
    assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
    id
}

#[test]
fn idle_work_should_do_nothing_when_the_block_has_no_room() {
    ExtBuilder::default().build_and_execute(|| {
        settled();
        assert_eq!(Netting::on_idle(1, Weight::zero()), Weight::zero());
        assert_eq!(Unresolved::<Test>::iter().count(), 1);
    });
}

#[test]
fn on_idle_should_never_use_more_than_it_is_given() {
    ExtBuilder::default().build_and_execute(|| {
        let id = settled();
        let step = <() as WeightInfo>::resolve_step();
        let room = step.saturating_mul(4);
        let mut blocks = 0;
        while Unresolved::<Test>::contains_key(id) {
            let used = Netting::on_idle(1, room);
            assert!(used.all_lte(room));
            Netting::do_try_state().unwrap();
            blocks += 1;
            assert!(blocks < 100, "no progress");
        }
        assert!(blocks > 3);
        for n in 0..10 {
            assert_eq!(obligation(ObligationId(n)).status, ObligationStatus::Settled(id));
            assert_eq!(
                MockObligations::get(ObligationId(n)).unwrap().status,
                ObligationStatus::Settled(id)
            );
        }
        assert_eq!(Mutuals::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_settled_cycle_should_be_removed_when_its_retention_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        let id = settled();
        idle();
        MockClock::advance(RETENTION - 1);
        idle();
        assert!(Netting::cycle(id).is_some());
        assert!(booked(ObligationId(0)).is_some());
        MockClock::advance(1);
        let room = <() as WeightInfo>::evict_step().saturating_mul(10);
        let mut blocks = 0;
        while Netting::cycle(id).is_some() {
            assert!(Netting::on_idle(1, room).all_lte(room));
            Netting::do_try_state().unwrap();
            blocks += 1;
            assert!(blocks < 100, "no progress");
        }
        assert_eq!(MockObligations::all(), vec![]);
        assert_eq!(CycleObligations::<Test>::iter().count(), 0);
        assert_eq!(crate::Positions::<Test>::iter().count(), 0);
        assert_eq!(crate::FundedFrom::<Test>::iter().count(), 0);
        assert_eq!(Netting::latest_cycle(), Some(id));
    });
}

#[test]
#[should_panic(expected = "which the book has not")]
fn idle_work_should_fail_in_tests_when_the_book_lacks_an_obligation() {
    ExtBuilder::default().build_and_execute(|| {
        let id = settled();
        CycleObligations::<Test>::insert(id, ObligationId(999), ());
        Netting::on_idle(1, Weight::MAX);
    });
}
