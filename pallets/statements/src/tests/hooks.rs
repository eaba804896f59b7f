use crate::{mock::*, Expiry, Notes, Statements as Issued, Unaffirmed, WeightInfo};
use frame_support::{
    assert_ok,
    traits::{Get, Hooks},
    weights::RuntimeDbWeight,
};
use interclear_ports::mocks::{MockAgreements, MockObligations};
use interclear_primitives::{ids::ObligationId, DAY};

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
        assert!(
            Issued::<Test>::contains_key(AGREEMENT, JANUARY),
            "its debt has not been paid"
        );
        // It was settled, and its cycle is gone.
        MockObligations::forget(ObligationId(0));
        MockClock::advance(RETENTION);
        idle();
        assert!(!Issued::<Test>::contains_key(AGREEMENT, JANUARY));
        assert_eq!(Expiry::<Test>::iter().count(), 0);
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

#[test]
fn a_statement_should_go_with_all_its_notes_when_there_were_many() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        let desks = [ALPHA, BETA].map(clearing);
        assert_ok!(Statements::close_period(by(desks[0]), AGREEMENT, JANUARY, 0));
        for desk in desks {
            assert_ok!(Statements::affirm(by(desk), AGREEMENT, JANUARY));
        }
        MockObligations::forget(ObligationId(0));
        let note = |number: u64| ObligationId(1_000 + number);
        (0..100).for_each(|number| Notes::<Test>::insert((AGREEMENT, JANUARY), note(number), ()));
        MockClock::advance(RETENTION * 3);
        // Small blocks have room for one look each, which goes through sixteen.
        let database: RuntimeDbWeight = <Test as frame_system::Config>::DbWeight::get();
        let glance = database.reads(4);
        let room = <() as WeightInfo>::evict_step()
            .saturating_add(<() as WeightInfo>::silence_step())
            .saturating_add(glance);
        for left in [84, 68, 52, 36, 20, 4] {
            Statements::on_idle(1, room);
            assert_eq!(Notes::<Test>::iter().count(), left);
            assert!(Issued::<Test>::contains_key(AGREEMENT, JANUARY));
        }
        Statements::on_idle(1, room);
        assert!(!Issued::<Test>::contains_key(AGREEMENT, JANUARY));
        assert_eq!(Expiry::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_statement_should_stay_when_its_lines_can_still_be_disputed() {
    ExtBuilder::default().build_and_execute(|| {
        // Nothing was used: no debt keeps it.
        let mut terms = terms();
        terms.payment.dispute_days = 366;
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms);
        assert_ok!(Statements::close_period(
            by(clearing(ALPHA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        for desk in [ALPHA, BETA] {
            assert_ok!(Statements::affirm(by(clearing(desk)), AGREEMENT, JANUARY));
        }
        MockClock::advance(366 * DAY - 1);
        idle();
        assert!(Issued::<Test>::contains_key(AGREEMENT, JANUARY));
        MockClock::advance(RETENTION);
        idle();
        assert!(!Issued::<Test>::contains_key(AGREEMENT, JANUARY));
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
        MockClock::advance(31 * DAY);
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
