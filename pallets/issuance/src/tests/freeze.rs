use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::issuance::{Freeze, FreezeReason};
use sp_runtime::{traits::BadOrigin, DispatchError};

#[test]
fn freeze_should_be_refused_when_another_than_the_issuer_freezes() {
    execute(|| {
        let freeze = |origin| Issuance::freeze(origin, TOKEN, None, FreezeReason::Fraud, None);
        assert_noop!(freeze(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(freeze(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(freeze(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(freeze(by(clearing(ISSUER))), DispatchError::Other("WrongRole"));
        assert_noop!(freeze(by(treasury(ALPHA))), Error::<Test>::NotTheIssuer);
    });
}

#[test]
fn a_freeze_should_say_why_when_an_issuer_stops_an_account_or_its_token() {
    execute(|| {
        let reason = FreezeReason::Order;
        for account in [Some(treasury(ALPHA)), None] {
            let digest = Some([3; 32]);
            assert_ok!(Issuance::freeze(
                by(treasury(ISSUER)),
                TOKEN,
                account,
                reason,
                digest
            ));
            let told = Event::Frozen {
                token: TOKEN,
                account,
                reason,
                digest,
            };
            assert_eq!(events().last(), Some(&told));
            let shown = Freeze {
                reason,
                digest,
                since: NOON,
            };
            assert!(Issuance::freezes(TOKEN).contains(&(account, shown)));
            assert!(Assets::transfer(by(treasury(ALPHA)), TOKEN, treasury(BETA), 1).is_err());
            assert_eq!(
                Assets::transfer(by(treasury(BETA)), TOKEN, treasury(ALPHA), 1).is_err(),
                account.is_none()
            );
        }
        let nobody = Issuance::freeze(by(treasury(ISSUER)), TOKEN, Some(4711), reason, None);
        assert!(nobody.is_err());
        // A cycle is told of the token alone: who has funded from an account that is frozen later is not late in any case.
        assert_eq!(FrozenTokens::get(), [(TOKEN, true)]);
        assert_eq!(Issuance::freezes(TOKEN).len(), 2);
    });
}
