use crate::{
    mock::*, Cuts, Cycles, Expiry, Mutuals, Obligations, ObligationsIn, ObligationsOf, Paid, Positions,
    TakenIn, WeightInfo,
};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    netting::ObligationStatus,
    DAY,
};

fn settle(id: CycleId) {
    for n in 1..=12 {
        let _ = Netting::fund(by(treasury(OperatorId(n))), id);
    }
    assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
}

fn settled() -> CycleId {
    for n in 2..=11 {
        owe(ALPHA, OperatorId(n), 10);
    }
    let id = computed();
    settle(id);
    id
}

/// Gives the hooks little room, again and again.
fn evict(id: CycleId) {
    let room = <() as WeightInfo>::evict_step().saturating_mul(10);
    for _ in 0..100 {
        if Netting::cycle(id).is_none() {
            return;
        }
        assert!(Netting::on_idle(1, room).all_lte(room));
        Netting::do_try_state().unwrap();
    }
    panic!("no progress");
}

#[test]
fn idle_work_should_do_nothing_when_the_block_has_no_room() {
    ExtBuilder::default().build_and_execute(|| {
        settled();
        MockClock::advance(RETENTION);
        assert_eq!(Netting::on_idle(1, Weight::zero()), Weight::zero());
        assert_eq!(Expiry::<Test>::iter().count(), 1);
    });
}

#[test]
fn a_settled_cycle_should_be_removed_with_its_obligations_when_its_retention_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        let id = settled();
        MockClock::advance(RETENTION - 1);
        idle();
        for n in 0..10 {
            assert_eq!(obligation(ObligationId(n)).status, ObligationStatus::Settled(id));
        }
        MockClock::advance(1);
        evict(id);
        assert_eq!(Netting::all(), vec![]);
        assert_eq!(
            ObligationsIn::<Test>::iter().count() + ObligationsOf::<Test>::iter().count(),
            0
        );
        assert_eq!(
            Mutuals::<Test>::iter().count() + TakenIn::<Test>::iter().count(),
            0
        );
        assert_eq!(Positions::<Test>::iter().count(), 0);
        assert_eq!(Cuts::<Test>::get(TOKEN).len(), 0);
        assert_eq!(crate::FundedFrom::<Test>::iter().count(), 0);
        assert_eq!(Netting::latest_cycle(), Some(id));
    });
}

#[test]
fn what_was_paid_should_be_taken_out_of_pairs_in_small_blocks_long_before_the_cycle_is_removed() {
    ExtBuilder::default().build_and_execute(|| {
        let id = settled();
        let owed = |n| Netting::exposure(OperatorId(n), Some(ALPHA)).len();
        assert_eq!(owed(11), 1);
        let room = <() as WeightInfo>::evict_step().saturating_mul(3);
        for _ in 0..30 {
            assert!(Netting::on_idle(1, room).all_lte(room));
            Netting::do_try_state().unwrap();
        }
        assert!((2..=11).all(|n| owed(n) == 0));
        assert_eq!(
            (Mutuals::<Test>::iter().count(), Paid::<Test>::iter().count()),
            (0, 0)
        );
        assert_eq!(Netting::exposure(ALPHA, None), []);
        assert_eq!(obligation(ObligationId(0)).status, ObligationStatus::Settled(id));
    });
}

#[test]
fn what_was_given_back_should_stay_when_the_cycle_that_did_not_settle_it_is_removed() {
    ExtBuilder::default().build_and_execute(|| {
        let (paid, given_back) = (owe(ALPHA, BETA, 10), owe(GAMMA, BETA, 20));
        let first = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), first));
        MockClock::set(cycle(first).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), first, 100));
        settle(first);
        // Nobody pays in the second: nothing is settled with it.
        let second = computed();
        MockClock::set(cycle(second).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), second, 100));
        assert!(cycle(second).is_finished());
        assert_eq!(obligation(given_back).status, ObligationStatus::Open);
        MockClock::advance(10 * DAY);
        let third = computed();
        assert_ok!(Netting::fund(by(treasury(GAMMA)), third));
        assert_ok!(Netting::settle(by(clearing(BETA)), third));
        assert_eq!(obligation(paid).status, ObligationStatus::Settled(first));
        assert_eq!(obligation(given_back).status, ObligationStatus::Settled(third));
        MockClock::set(cycle(second).finished_at.unwrap() + RETENTION);
        evict(first);
        evict(second);
        assert_eq!(Netting::obligation(paid), None);
        assert_eq!(obligation(given_back).status, ObligationStatus::Settled(third));
        MockClock::advance(11 * DAY);
        evict(third);
        assert_eq!(Netting::all(), vec![]);
        assert_eq!(Cycles::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_debt_should_not_be_forgotten_when_nobody_settles_it() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 10);
        for _ in 0..3 {
            let cycle_ = computed();
            MockClock::set(cycle(cycle_).fund_by + 1);
            assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), cycle_, 100_000));
            compute_all(cycle_);
            MockClock::advance(RETENTION + DAY);
            evict(cycle_);
            assert_eq!(obligation(id).status, ObligationStatus::Open);
        }
    });
}

#[test]
fn a_page_should_end_after_what_was_looked_at_when_there_are_many_obligations() {
    ExtBuilder::default().build_and_execute(|| {
        for _ in 0..300 {
            owe(ALPHA, BETA, 1);
        }
        let (first, next) = Netting::obligations(BETA, None);
        assert_eq!((first.len(), next), (256, first.last().map(|(id, _)| *id)));
        let (rest, end) = Netting::obligations(BETA, next);
        assert_eq!((rest.len(), end), (44, None));
        let ids: Vec<_> = obligations(BETA).into_iter().map(|(id, _)| id.0).collect();
        assert_eq!(ids, (0..300).collect::<Vec<_>>());
        assert_eq!(Netting::obligations(GAMMA, None), (vec![], None));
        // What was paid is looked at as well, and not answered.
        for id in 0..300 {
            let reference =
                interclear_primitives::netting::PaymentReference(b"X".to_vec().try_into().unwrap());
            assert_ok!(Netting::confirm_payment(
                by(treasury(BETA)),
                ObligationId(id),
                reference
            ));
        }
        let (first, next) = Netting::obligations(BETA, None);
        assert!(first.is_empty() && next.is_some());
        assert_eq!(Netting::obligations(BETA, next), (vec![], None));
    });
}

#[test]
#[should_panic(expected = "is not in the book")]
fn idle_work_should_fail_in_tests_when_the_book_lacks_an_obligation() {
    ExtBuilder::default().build_and_execute(|| {
        settled();
        Obligations::<Test>::remove(ObligationId(3));
        MockClock::advance(RETENTION);
        idle();
    });
}
