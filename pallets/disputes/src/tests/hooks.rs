use crate::{mock::*, Disputes as Kept, Expiry, ExpiryQueue, OnLine, Open, WeightInfo};
use frame_support::{assert_ok, traits::Hooks};
use interclear_ports::mocks::MockAgreements;
use interclear_primitives::{
    agreement::Terms, dispute::DisputeKind, ids::AgreementId, period::Period, samples,
};

#[test]
fn the_search_for_silent_parties_should_reach_all_in_small_blocks() {
    ExtBuilder::default().build_and_execute(|| {
        for number in 100..120 {
            let agreement = AgreementId(number);
            let terms: Terms = samples::terms(JANUARY, Period(202612));
            MockAgreements::activate(agreement, [ALPHA, BETA], terms);
            MockStatements::set(agreement, JANUARY, statement());
            let claimed = megabytes(800);
            let kind = DisputeKind::Volume;
            assert_ok!(Disputes::raise(
                by(ALPHA),
                agreement,
                JANUARY,
                data(),
                kind,
                claimed,
                None
            ));
        }
        MockClock::advance(ANSWER + 1);
        let room = <() as WeightInfo>::lapse_step().saturating_mul(4);
        for _ in 0..30 {
            assert!(Disputes::on_idle(1, room).all_lte(room));
        }
        assert_eq!(Open::<Test>::iter().count(), 0);
    });
}

#[test]
fn an_ended_dispute_should_go_when_its_statement_has_gone() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_ok!(Disputes::withdraw(by(ALPHA), FIRST));
        MockClock::advance(2 * RETENTION);
        idle();
        assert!(Kept::<Test>::contains_key(FIRST));
        MockStatements::forget(AGREEMENT, JANUARY);
        idle();
        assert!(Kept::<Test>::contains_key(FIRST), "it waits anew");
        MockClock::advance(RETENTION);
        idle();
        assert!(!Kept::<Test>::contains_key(FIRST));
        assert_eq!(OnLine::<Test>::iter().count(), 0);
    });
}

#[test]
#[should_panic(expected = "is open, and not there")]
fn idle_work_should_fail_in_tests_when_an_open_dispute_is_gone() {
    ExtBuilder::default().build_and_execute(|| {
        Open::<Test>::insert(FIRST, 0);
        idle();
    });
}

#[test]
fn an_ended_dispute_should_not_stay_when_it_is_not_queued() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_ok!(Disputes::withdraw(by(ALPHA), FIRST));
        let fault = |text: &'static str| {
            assert_eq!(
                Disputes::do_try_state(),
                Err(sp_runtime::TryRuntimeError::Other(text))
            );
        };
        let entry = Expiry::<Test>::take(0).unwrap();
        fault("the line of what waits for its removal has a hole");
        ExpiryQueue::<Test>::kill();
        fault("a dispute has ended and does not wait for its removal");
        Disputes::expire(entry.what);
        Disputes::do_try_state().unwrap();
        Disputes::expire(entry.what);
        fault("something waits twice for its removal");
        ExpiryQueue::<Test>::mutate(|queue| queue.tail = 1);
        Expiry::<Test>::remove(1);
    });
}
