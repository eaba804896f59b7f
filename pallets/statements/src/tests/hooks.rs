use crate::{mock::*, Expiry, Statements as Issued, Unaffirmed, WeightInfo};
use frame_support::{assert_ok, traits::Hooks};
use interclear_ports::mocks::MockObligations;
use interclear_primitives::ids::ObligationId;

#[test]
fn an_affirmed_statement_should_go_and_its_month_stay_closed_when_the_retention_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(Statements::close_period(
            by(clearing(ALPHA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        MockClock::advance(RETENTION * 2);
        idle();
        assert!(
            Issued::<Test>::contains_key(AGREEMENT, JANUARY),
            "it waits from its affirmation on"
        );
        MockClock::advance(RETENTION);
        idle();
        assert!(!Issued::<Test>::contains_key(AGREEMENT, JANUARY));
        assert_eq!(Expiry::<Test>::iter().count(), 0);
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
        assert!(
            MockObligations::get(ObligationId(0)).is_some(),
            "a debt is not forgotten"
        );
    });
}

#[test]
fn the_search_for_silent_parties_should_reach_all_in_small_blocks() {
    ExtBuilder::default().build_and_execute(|| {
        let agreements: Vec<_> = (100..120).map(interclear_primitives::ids::AgreementId).collect();
        for agreement in &agreements {
            interclear_ports::mocks::MockAgreements::activate(*agreement, [GAMMA, DELTA], terms());
            assert_ok!(Statements::close_period(
                by(clearing(GAMMA)),
                *agreement,
                JANUARY,
                0
            ));
        }
        MockClock::advance(30 * interclear_primitives::DAY);
        let room = <() as WeightInfo>::silence_step().saturating_mul(4);
        for _ in 0..30 {
            assert!(Statements::on_idle(1, room).all_lte(room));
        }
        assert_eq!(crate::Unaffirmed::<Test>::iter().count(), 0);
    });
}

#[test]
#[should_panic(expected = "a statement waits to be affirmed, and is not there")]
fn idle_work_should_fail_in_tests_when_a_waiting_statement_is_gone() {
    ExtBuilder::default().build_and_execute(|| {
        Unaffirmed::<Test>::insert(AGREEMENT, JANUARY, 0);
        idle();
    });
}
