use crate::{mock::*, Error, Event, Pallet};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::{MockAgreements, MockOperators, NOT_A_DESK, WRONG_ROLE};
use interclear_primitives::{agreement::PaymentCondition, ids::AgreementId};
use sp_runtime::traits::BadOrigin;

#[test]
fn deposit_should_fail_when_the_origin_is_wrong() {
    ExtBuilder.build_and_execute(|| {
        let deposit = |origin| deposit_by(origin, AGREEMENT, TOKEN, 100);
        assert_noop!(deposit(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(deposit(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(deposit(by(99)), NOT_A_DESK);
        assert_noop!(deposit(by(clearing(ALPHA))), WRONG_ROLE);
        assert_noop!(deposit(by(treasury(GAMMA))), Error::<Test>::NotAParty);
        // Its direction is not prepaid.
        assert_noop!(deposit(by(treasury(BETA))), Error::<Test>::NotPrepaid);
    });
}

#[test]
fn deposit_should_hold_the_amount_when_the_direction_is_prepaid() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 5_000, 5_000));
        assert_eq!((escrow().held, left()), (5_000, 5_000));
        assert_ok!(deposit(1));
        assert_eq!(escrow().held, 5_001);
        let last = Event::Deposited {
            agreement: AGREEMENT,
            direction: PREPAID,
            operator: ALPHA,
            token: TOKEN,
            amount: 1,
            held: 5_001,
        };
        assert_eq!(events().last(), Some(&last));
    });
}

#[test]
fn deposit_should_pay_statements_alone_when_they_are_paid_on_affirmation() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = terms();
        terms.usage.prepaid = [None; 2];
        terms.payment.condition = PaymentCondition::OnAffirmation;
        terms.payment.payment_days = 0;
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms);
        assert_ok!(deposit(5_000));
        // Files reserve nothing, and nobody is warned.
        draw(JANUARY, 9_000);
        assert_eq!((left(), escrow().reserved), (5_000, 0));
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [7_000, 0]);
        assert_eq!(left(), 0);
        assert!(matches!(events()[..], [Event::Deposited { .. }]));
        assert_eq!(pay(7_000), 5_000);
        assert_eq!(balance(TOKEN, treasury(BETA)).0, FUNDS + 5_000);
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [0, 0]);
    });
}

#[test]
fn deposit_should_be_taken_when_the_operator_is_suspended_and_pays() {
    ExtBuilder.build_and_execute(|| {
        MockOperators::suspend(ALPHA);
        assert_ok!(deposit(5_000));
    });
}

#[test]
fn deposit_should_be_refused_when_nothing_can_be_held() {
    ExtBuilder.build_and_execute(|| {
        let from = |agreement, token, amount| deposit_by(by(treasury(ALPHA)), agreement, token, amount);
        assert_noop!(from(AgreementId(1), TOKEN, 1), Error::<Test>::AgreementNotFound);
        assert_noop!(from(AGREEMENT, TOKEN, 0), Error::<Test>::NothingToHold);
        assert_noop!(
            from(AGREEMENT, TOKEN, FUNDS + 1),
            Error::<Test>::InsufficientFunds
        );
        assert_noop!(
            from(AGREEMENT, TOKEN, u128::MAX),
            Error::<Test>::InsufficientFunds
        );
        // The creditor does not accept it.
        assert_noop!(from(AGREEMENT, 5, 1), Error::<Test>::TokenNotAccepted);
        freeze_account();
        assert_noop!(from(AGREEMENT, TOKEN, 1), Error::<Test>::AccountFrozen);
    });
}

#[test]
fn deposit_should_be_refused_when_no_month_is_prepaid_any_more() {
    ExtBuilder.build_and_execute(|| {
        MockClock::set(MARCH.end() - 1);
        assert_ok!(deposit(1));
        MockClock::set(MARCH.end());
        assert_noop!(deposit(1), Error::<Test>::NotPrepaid);
    });
    ExtBuilder.build_and_execute(|| {
        // The first prepaid month is ahead.
        let mut before = terms();
        before.usage.prepaid = [None; 2];
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], before);
        assert_noop!(deposit(1), Error::<Test>::NotPrepaid);
        MockAgreements::amend(AGREEMENT, MARCH, terms());
        assert_ok!(deposit(1));
    });
}

#[test]
fn deposit_should_be_refused_in_another_token_when_the_first_one_is_not_used_up() {
    ExtBuilder.build_and_execute(|| {
        let other = || deposit_by(by(treasury(ALPHA)), AGREEMENT, OTHER_TOKEN, 700);
        assert_ok!(deposit(300));
        draw(JANUARY, 500);
        assert_noop!(other(), Error::<Test>::OtherToken);
        assert_eq!(pay(500), 300);
        assert_ok!(other());
        assert_eq!((escrow().token, escrow().held, left()), (OTHER_TOKEN, 700, 200));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 300, 0));
    });
}

#[test]
fn deposit_should_move_the_escrow_when_another_desk_of_the_operator_pays() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        let other = second_treasury(ALPHA);
        let from_other = || deposit_by(by(other), AGREEMENT, TOKEN, 50);
        freeze_account();
        assert_noop!(from_other(), Error::<Test>::AccountFrozen);
        thaw_account();
        assert_ok!(from_other());
        assert_eq!((escrow().account, escrow().held), (other, 350));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 300, 0));
        assert_eq!(balance(TOKEN, other), (FUNDS - 50, 350));
    });
}
