use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{ids::RedemptionId, DAY};
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

fn confirm() -> DispatchResult {
    Issuance::confirm_redemption(by(treasury(ISSUER)), FIRST, reference("BANK-1"))
}

#[test]
fn confirm_redemption_should_be_refused_when_another_than_the_issuer_confirms() {
    execute(|| {
        assert_noop!(confirm(), Error::<Test>::RedemptionNotFound);
        redeemed();
        let confirm = |origin| Issuance::confirm_redemption(origin, FIRST, reference("BANK-1"));
        assert_noop!(confirm(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(confirm(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(confirm(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(confirm(by(clearing(ISSUER))), DispatchError::Other("WrongRole"));
        assert_noop!(confirm(by(treasury(ALPHA))), Error::<Test>::NotTheIssuer);
        assert_noop!(
            Issuance::confirm_redemption(by(treasury(ISSUER)), FIRST, reference("")),
            Error::<Test>::InvalidReference
        );
    });
}

#[test]
fn redeemed_tokens_should_be_burnt_once_when_the_issuer_has_paid() {
    execute(|| {
        redeemed();
        let supply = Assets::total_supply(TOKEN);
        MockClock::set(NOON + 3 * DAY);
        assert_ok!(confirm());
        assert_eq!(balance(ALPHA), (FUNDS - 100, 0));
        assert_eq!(Assets::total_supply(TOKEN), supply - 100);
        assert_eq!(
            events().last(),
            Some(&Event::Redeemed {
                redemption: FIRST,
                reference: reference("BANK-1")
            })
        );
        assert_noop!(confirm(), Error::<Test>::RedemptionNotFound);
    });
}

#[test]
fn confirm_redemption_should_be_refused_when_the_issuers_time_is_over() {
    execute(|| {
        redeemed();
        MockClock::set(NOON + 3 * DAY + 1);
        assert_noop!(confirm(), Error::<Test>::TimeOver);
        assert_eq!(balance(ALPHA), (FUNDS - 100, 100));
    });
}
