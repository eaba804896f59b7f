use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::issuance::FreezeReason;
use sp_runtime::{traits::BadOrigin, DispatchError};

#[test]
fn thaw_should_be_refused_when_another_than_the_issuer_thaws_or_nothing_is_frozen() {
    execute(|| {
        let account = Some(treasury(ALPHA));
        let thaw = |origin| Issuance::thaw(origin, TOKEN, account);
        assert_noop!(thaw(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(thaw(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(thaw(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(thaw(by(clearing(ISSUER))), DispatchError::Other("WrongRole"));
        assert_noop!(thaw(by(treasury(ALPHA))), Error::<Test>::NotTheIssuer);
        assert_noop!(thaw(by(treasury(ISSUER))), Error::<Test>::NotFrozen);
    });
}

#[test]
fn an_account_should_go_on_when_it_is_thawed() {
    execute(|| {
        let account = Some(treasury(ALPHA));
        assert_ok!(Issuance::freeze(
            by(treasury(ISSUER)),
            TOKEN,
            account,
            FreezeReason::Holder,
            None
        ));
        assert_ok!(Issuance::thaw(by(treasury(ISSUER)), TOKEN, account));
        assert_eq!(
            events().last(),
            Some(&Event::Thawed {
                token: TOKEN,
                account
            })
        );
        assert_ok!(Assets::transfer(by(treasury(ALPHA)), TOKEN, treasury(BETA), 1));
        assert_eq!(Issuance::freezes(TOKEN), []);
        assert_eq!(FrozenTokens::get(), []);
        assert_ok!(Issuance::freeze(
            by(treasury(ISSUER)),
            TOKEN,
            None,
            FreezeReason::Order,
            None
        ));
        assert_ok!(Issuance::thaw(by(treasury(ISSUER)), TOKEN, None));
        assert_eq!(FrozenTokens::get(), [(TOKEN, true), (TOKEN, false)]);
    });
}
