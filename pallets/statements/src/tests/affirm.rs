use super::{closed, status};
use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_ports::mocks::{MockEscrows, MockObligations, NOT_A_DESK, WRONG_ROLE};
use interclear_primitives::{
    agreement::Direction,
    ids::ObligationId,
    money::Value,
    netting::{ObligationSource, ObligationStatus},
    service::Service,
    statement::{Statement, StatementStatus},
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

/// The statement after both have affirmed it, with so many cents held ahead for each party.
fn affirmed_with(held: [u128; 2]) -> Statement {
    for (direction, cents) in Direction::BOTH.into_iter().zip(held) {
        MockEscrows::set(AGREEMENT, direction, cents);
    }
    for party in [ALPHA, BETA] {
        assert_ok!(affirm(clearing(party)));
    }
    Statements::statement(AGREEMENT, JANUARY).unwrap()
}

#[test]
fn an_obligation_should_be_of_the_rest_when_an_escrow_pays_a_part() {
    closed(|| {
        // What the other party holds ahead is for what it owes itself.
        let statement = affirmed_with([30_000, 500_000]);
        assert_eq!(statement.escrowed, [Value::Clear(30_000), Value::ZERO]);
        assert_eq!(MockEscrows::get(AGREEMENT, Direction::FirstHome).0, 0);
        assert_eq!(MockEscrows::get(AGREEMENT, Direction::SecondHome).0, 500_000);
        assert_eq!(obligation(ObligationId(0)).amount, Value::Clear(10_200));
    });
}

#[test]
fn no_obligation_should_arise_when_an_escrow_pays_all() {
    closed(|| {
        let statement = affirmed_with([50_000, 0]);
        assert_eq!(statement.escrowed, [Value::Clear(40_200), Value::ZERO]);
        assert_eq!(MockEscrows::get(AGREEMENT, Direction::FirstHome).0, 9_800);
        assert_eq!(MockObligations::get(ObligationId(0)), None);
    });
}

#[test]
fn what_a_statement_says_should_be_reserved_until_it_is_affirmed() {
    closed(|| {
        assert_eq!(MockEscrows::reserved(AGREEMENT, JANUARY), [40_200, 0]);
        affirmed_with([0, 0]);
        assert_eq!(MockEscrows::reserved(AGREEMENT, JANUARY), [0, 0]);
        assert_eq!(obligation(ObligationId(0)).amount, Value::Clear(40_200));
    });
}
