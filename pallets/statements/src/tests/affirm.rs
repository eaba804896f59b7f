use super::{closed, status};
use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_ports::mocks::{MockObligations, NOT_A_DESK, WRONG_ROLE};
use interclear_primitives::{
    agreement::Direction,
    ids::ObligationId,
    money::Value,
    netting::{ObligationSource, ObligationStatus},
    service::Service,
    statement::StatementStatus,
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchResult};

fn affirm(who: u64) -> DispatchResult {
    Statements::affirm(by(who), AGREEMENT, JANUARY)
}

fn silence(who: u64) -> DispatchResult {
    Statements::affirm_by_silence(by(who), AGREEMENT, JANUARY)
}

#[test]
fn affirm_should_be_refused_when_the_origin_is_wrong() {
    closed(|| {
        assert_noop!(
            Statements::affirm(RuntimeOrigin::none(), AGREEMENT, JANUARY),
            BadOrigin
        );
        assert_noop!(affirm(4711), NOT_A_DESK);
        assert_noop!(affirm(commercial(ALPHA)), WRONG_ROLE);
        assert_noop!(affirm(clearing(GAMMA)), Error::<Test>::NotAParty);
        assert_noop!(
            Statements::affirm_by_silence(RuntimeOrigin::none(), AGREEMENT, JANUARY),
            BadOrigin
        );
        assert_noop!(silence(treasury(ALPHA)), WRONG_ROLE);
        MockClock::advance(11 * DAY);
        assert_noop!(silence(clearing(GAMMA)), Error::<Test>::NotAParty);
    });
}

#[test]
fn affirm_should_make_an_obligation_of_the_net_when_both_have_affirmed() {
    closed(|| {
        assert_ok!(affirm(clearing(BETA)));
        assert_eq!(status(), StatementStatus::Issued);
        assert_eq!(MockObligations::get(ObligationId(0)), None);
        MockClock::advance(100);
        assert_ok!(affirm(clearing(ALPHA)));
        assert_eq!(status(), StatementStatus::Affirmed);
        let debt = obligation(ObligationId(0));
        assert_eq!(
            (debt.debtor, debt.creditor, debt.amount),
            (ALPHA, BETA, Value::Clear(40_200))
        );
        assert_eq!(debt.token, Some(ISSUERS[1].0), "what its creditor accepts");
        assert_eq!(debt.due, MockClock::now() + 30 * DAY);
        assert_eq!(
            debt.source,
            ObligationSource::Statement {
                agreement: AGREEMENT,
                period: JANUARY
            }
        );
        assert_eq!(debt.status, ObligationStatus::Open);
        for party in [ALPHA, BETA] {
            assert_eq!(obligations(party), vec![(ObligationId(0), debt)]);
        }
        assert!(matches!(
            events()[..],
            [
                Event::Affirmed { operator: BETA, .. },
                Event::Affirmed { operator: ALPHA, .. },
                Event::StatementAffirmed {
                    by_silence: false,
                    obligation: Some(ObligationId(0)),
                    ..
                },
            ]
        ));
    });
}

#[test]
fn the_agreed_rate_should_be_kept_with_what_is_owed_when_the_terms_have_one() {
    let mut terms = terms();
    terms.payment.late_interest_bps = 800;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        january();
        assert_ok!(Statements::close_period(
            by(clearing(BETA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        for party in [ALPHA, BETA] {
            assert_ok!(affirm(clearing(party)));
        }
        let statement = Statements::statement(AGREEMENT, JANUARY).unwrap();
        assert_eq!(statement.obligation, Some(ObligationId(0)));
        assert_eq!(statement.payment.late_interest_bps, 800);
        assert_eq!(obligation(ObligationId(0)).interest.bps, 800);
    });
}

#[test]
fn a_net_should_be_due_on_the_agreed_day_of_the_month_when_the_terms_have_one() {
    let mut terms = terms();
    terms.payment.due_on = Some(15);
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        january();
        // On the 2nd of February: 10 days to affirm and 30 to pay end on the 14th of March.
        assert_ok!(Statements::close_period(
            by(clearing(BETA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        let march = interclear_primitives::period::Period(202603).start();
        let due = || Statements::statement(AGREEMENT, JANUARY).unwrap().due;
        assert_eq!(due(), march + 14 * DAY);
        for party in [ALPHA, BETA] {
            assert_ok!(affirm(clearing(party)));
        }
        // The days to pay end on the 4th of March.
        assert_eq!(due(), march + 14 * DAY);
        assert_eq!(obligation(ObligationId(0)).due, march + 14 * DAY);
    });
}

#[test]
fn affirm_should_turn_debtor_and_creditor_around_when_the_net_is_negative() {
    ExtBuilder::default().build_and_execute(|| {
        used(JANUARY, Direction::SecondHome, Service::Gprs, 10, 0);
        assert_ok!(Statements::close_period(
            by(clearing(BETA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        assert_ok!(affirm(clearing(ALPHA)));
        assert_ok!(affirm(clearing(BETA)));
        let debt = obligation(ObligationId(0));
        assert_eq!(
            (debt.debtor, debt.creditor, debt.amount),
            (BETA, ALPHA, Value::Clear(500))
        );
    });
}

#[test]
fn affirm_should_make_no_obligation_when_the_net_is_zero() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Statements::close_period(
            by(clearing(BETA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        assert_ok!(affirm(clearing(ALPHA)));
        assert_ok!(affirm(clearing(BETA)));
        assert_eq!(status(), StatementStatus::Affirmed);
        assert_eq!(MockObligations::get(ObligationId(0)), None);
    });
}

#[test]
fn affirm_should_be_refused_when_it_is_repeated_or_there_is_no_statement() {
    closed(|| {
        assert_noop!(
            Statements::affirm(by(clearing(ALPHA)), AGREEMENT, FEBRUARY),
            Error::<Test>::StatementNotFound
        );
        assert_ok!(affirm(clearing(ALPHA)));
        assert_noop!(affirm(clearing(ALPHA)), Error::<Test>::AlreadyAffirmed);
        assert_ok!(affirm(clearing(BETA)));
        assert_noop!(affirm(clearing(BETA)), Error::<Test>::AlreadyAffirmed);
        MockClock::advance(11 * DAY);
        assert_noop!(silence(clearing(BETA)), Error::<Test>::AlreadyAffirmed);
    });
}

#[test]
fn affirm_should_pass_when_the_operator_is_suspended() {
    closed(|| {
        MockOperators::suspend(BETA);
        assert_ok!(affirm(clearing(BETA)));
    });
}

#[test]
fn who_affirms_late_should_not_put_off_what_is_due() {
    closed(|| {
        let due = MockClock::now() + (10 + 30) * DAY;
        MockClock::advance(25 * DAY);
        assert_ok!(affirm(clearing(ALPHA)));
        assert_ok!(affirm(clearing(BETA)));
        assert_eq!(obligation(ObligationId(0)).due, due);
    });
}
