use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{ids::RedemptionId, issuance::Redemption, DAY};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn redeem(amount: u128) -> DispatchResult {
    Issuance::redeem(by(treasury(ALPHA)), TOKEN, amount, reference("PAY-1"))
}

#[test]
fn redeem_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        let redeem = |origin| Issuance::redeem(origin, TOKEN, 1, reference("PAY-1"));
        assert_noop!(redeem(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(redeem(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(redeem(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(redeem(by(clearing(ALPHA))), DispatchError::Other("WrongRole"));
    });
}

#[test]
fn redeem_should_be_refused_when_there_is_nothing_to_redeem() {
    execute(|| {
        assert_noop!(
            Issuance::redeem(by(treasury(ALPHA)), 9, 1, reference("PAY-1")),
            Error::<Test>::TokenNotFound
        );
        assert_noop!(
            Issuance::redeem(by(treasury(ALPHA)), TOKEN, 1, reference("Jane Doe")),
            Error::<Test>::InvalidReference
        );
        assert_noop!(redeem(0), Error::<Test>::NothingToRedeem);
        assert_noop!(redeem(FUNDS), Error::<Test>::InsufficientFunds);
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        assert_noop!(redeem(1), Error::<Test>::AccountFrozen);
    });
}

#[test]
fn redeemed_tokens_should_be_on_hold_and_pay_nothing_else_when_the_issuer_has_not_paid() {
    execute(|| {
        assert_ok!(redeem(FUNDS - 1));
        assert_eq!(balance(ALPHA), (1, FUNDS - 1));
        // Three days from a Monday.
        let until = NOON + 3 * DAY;
        assert_eq!(
            events(),
            [Event::RedemptionRequested {
                redemption: RedemptionId(0),
                token: TOKEN,
                operator: ALPHA,
                amount: FUNDS - 1,
                reference: reference("PAY-1"),
                until
            }]
        );
        let shown = Redemption {
            token: TOKEN,
            operator: ALPHA,
            amount: FUNDS - 1,
            reference: reference("PAY-1"),
            until,
        };
        assert_eq!(Issuance::redemptions(None), [(RedemptionId(0), shown)]);
        assert_eq!(Issuance::redemptions(Some(RedemptionId(0))), []);
        assert!(Assets::transfer(by(treasury(ALPHA)), TOKEN, treasury(BETA), 2).is_err());
        assert_noop!(redeem(1), Error::<Test>::InsufficientFunds);
    });
}

#[test]
fn redemptions_should_be_few_when_an_operator_redeems_without_end() {
    execute(|| {
        for _ in 0..16 {
            assert_ok!(redeem(1));
        }
        assert_noop!(redeem(1), Error::<Test>::MaxRedemptionsExceeded);
        assert_ok!(Issuance::redeem(by(treasury(BETA)), TOKEN, 1, reference("X")));
        assert_ok!(Issuance::return_redemption(by(treasury(ISSUER)), RedemptionId(3)));
        assert_ok!(redeem(1));
    });
}

#[test]
fn redeem_should_be_refused_when_no_id_is_left() {
    execute(|| {
        crate::NextRedemption::<Test>::put(RedemptionId(u64::MAX));
        assert_noop!(redeem(1), Error::<Test>::IdsExhausted);
    });
}
