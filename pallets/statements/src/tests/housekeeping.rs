use crate::{mock::*, Expiry, Statements as Issued, WeightInfo};
use frame_support::{assert_ok, traits::Hooks};
use interclear_ports::Obligations;
use interclear_primitives::{ids::ObligationId, DAY};

#[test]
fn an_affirmed_statement_should_be_removed_after_the_retention_and_its_month_stay_closed() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(Statements::close_period(by(clearing(ALPHA)), AGREEMENT, JANUARY));
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
        paid(ObligationId(0));
        MockClock::advance(RETENTION);
        idle();
        assert!(
            Issued::<Test>::contains_key(AGREEMENT, JANUARY),
            "its debt is still listed"
        );
        <Statements as Obligations>::remove(ObligationId(0));
        MockClock::advance(RETENTION);
        idle();
        assert!(!Issued::<Test>::contains_key(AGREEMENT, JANUARY));
        assert_eq!(Expiry::<Test>::iter().count(), 0);
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
    });
}

fn paid(id: ObligationId) {
    let cycle = interclear_primitives::ids::CycleId(1);
    assert_ok!(<Statements as Obligations>::take_in(id, cycle));
    assert_ok!(<Statements as Obligations>::resolve(id, true));
    interclear_ports::mocks::MockSettlement::settle(cycle, &[]);
}

#[test]
fn a_statement_should_stay_when_its_lines_can_still_be_disputed() {
    ExtBuilder::default().build_and_execute(|| {
        // Nothing was used: no debt keeps it.
        let mut terms = terms();
        terms.payment.dispute_days = 366;
        interclear_ports::mocks::MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms);
        assert_ok!(Statements::close_period(by(clearing(ALPHA)), AGREEMENT, JANUARY));
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
            assert_ok!(Statements::close_period(by(clearing(GAMMA)), *agreement, JANUARY));
        }
        MockClock::advance(30 * DAY);
        let room = <() as WeightInfo>::silence_step().saturating_mul(4);
        for _ in 0..30 {
            assert!(Statements::on_idle(1, room).all_lte(room));
        }
        assert_eq!(crate::Unaffirmed::<Test>::iter().count(), 0);
    });
}

#[test]
fn queries_should_page_obligations_by_number() {
    ExtBuilder::default().build_and_execute(|| {
        for _ in 0..300 {
            owe(ALPHA, BETA, 1);
        }
        let ids = |from| -> Vec<u64> {
            Statements::obligations(BETA, ObligationId(from))
                .into_iter()
                .map(|(id, _)| id.0)
                .collect()
        };
        assert_eq!(ids(0), (0..256).collect::<Vec<_>>());
        assert_eq!(ids(256), (256..300).collect::<Vec<_>>());
        assert_eq!(Statements::obligations(GAMMA, ObligationId(0)), vec![]);
    });
}
