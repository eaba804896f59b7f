use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::{OperatorId, RedemptionId},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

const FIRST: RedemptionId = RedemptionId(0);

fn redeemed() {
    assert_ok!(Issuance::redeem(
        by(treasury(ALPHA)),
        TOKEN,
        100,
        reference("PAY-1")
    ));
}

fn give_back(operator: OperatorId) -> DispatchResult {
    Issuance::return_redemption(by(treasury(operator)), FIRST)
}

#[test]
fn return_redemption_should_be_refused_when_it_is_not_for_the_caller() {
    execute(|| {
        assert_noop!(give_back(ALPHA), Error::<Test>::RedemptionNotFound);
        redeemed();
        assert_noop!(
            Issuance::return_redemption(RuntimeOrigin::none(), FIRST),
            BadOrigin
        );
        assert_noop!(
            Issuance::return_redemption(RuntimeOrigin::root(), FIRST),
            BadOrigin
        );
        assert_noop!(
            Issuance::return_redemption(by(4711), FIRST),
            DispatchError::Other("NotADesk")
        );
        assert_noop!(
            Issuance::return_redemption(by(clearing(ALPHA)), FIRST),
            DispatchError::Other("WrongRole")
        );
        MockClock::set(NOON + 9 * DAY);
        assert_noop!(give_back(BETA), Error::<Test>::NotTheIssuer);
    });
}

#[test]
fn redeemed_tokens_should_come_back_when_the_issuer_is_silent() {
    execute(|| {
        redeemed();
        MockClock::set(NOON + 3 * DAY);
        assert_noop!(give_back(ALPHA), Error::<Test>::TimeLeft);
        MockClock::advance(1);
        assert_ok!(give_back(ALPHA));
        assert_eq!(balance(ALPHA), (FUNDS, 0));
        assert_eq!(
            events().last(),
            Some(&Event::RedemptionReturned { redemption: FIRST })
        );
        assert_noop!(give_back(ALPHA), Error::<Test>::RedemptionNotFound);
    });
}

#[test]
fn redeemed_tokens_should_come_back_at_once_when_the_issuer_refuses() {
    execute(|| {
        redeemed();
        assert_ok!(give_back(ISSUER));
        assert_eq!(balance(ALPHA), (FUNDS, 0));
    });
}

#[test]
fn redemptions_should_end_either_way_when_their_issuer_is_suspended() {
    execute(|| {
        redeemed();
        MockOperators::suspend(ISSUER);
        // Holders still ask for their money, and the issuer pays what it owes them.
        let second = RedemptionId(1);
        assert_ok!(Issuance::redeem(
            by(treasury(ALPHA)),
            TOKEN,
            50,
            reference("PAY-2")
        ));
        assert_ok!(Issuance::confirm_redemption(
            by(treasury(ISSUER)),
            FIRST,
            reference("BANK-1")
        ));
        assert_eq!(balance(ALPHA), (FUNDS - 150, 50));
        // Where it is gone, nothing is lost but time.
        MockClock::set(NOON + 3 * DAY + 1);
        assert_ok!(Issuance::return_redemption(by(treasury(ALPHA)), second));
        assert_eq!(balance(ALPHA), (FUNDS - 100, 0));
    });
}
