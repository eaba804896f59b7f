use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn burn(amount: u128) -> DispatchResult {
    Issuance::burn(by(treasury(ISSUER)), TOKEN, amount)
}

#[test]
fn burn_should_be_refused_when_another_than_the_issuer_burns() {
    execute(|| {
        let burn = |origin, token| Issuance::burn(origin, token, 1);
        assert_noop!(burn(RuntimeOrigin::none(), TOKEN), BadOrigin);
        assert_noop!(burn(RuntimeOrigin::root(), TOKEN), BadOrigin);
        assert_noop!(burn(by(4711), TOKEN), DispatchError::Other("NotADesk"));
        assert_noop!(
            burn(by(clearing(ISSUER)), TOKEN),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(burn(by(treasury(ALPHA)), TOKEN), Error::<Test>::NotTheIssuer);
        assert_noop!(burn(by(treasury(ISSUER)), 9), Error::<Test>::TokenNotFound);
    });
}

#[test]
fn burnt_tokens_should_free_no_cover_when_they_were_attested_before() {
    execute(|| {
        let supply = 2 * FUNDS;
        assert_ok!(Issuance::attest(
            by(treasury(ISSUER)),
            TOKEN,
            supply,
            NOON,
            [7; 32]
        ));
        assert_noop!(burn(0), Error::<Test>::AmountOutOfRange);
        assert_noop!(burn(1), Error::<Test>::InsufficientFunds);
        // A holder sends back what the issuer has paid by bank.
        assert_ok!(Assets::transfer(
            by(treasury(ALPHA)),
            TOKEN,
            treasury(ISSUER),
            400_000
        ));
        assert_noop!(burn(400_001), Error::<Test>::InsufficientFunds);
        assert_ok!(burn(400_000));
        assert_eq!(Assets::total_supply(TOKEN), supply - 400_000);
        assert_noop!(
            Issuance::mint(by(treasury(ISSUER)), TOKEN, treasury(ISSUER), 1),
            Error::<Test>::NotCovered
        );
    });
}

#[test]
fn burn_should_be_refused_when_the_account_is_frozen() {
    execute(|| {
        TestNetwork::set(true);
        let mint = Issuance::mint(by(treasury(ISSUER)), TOKEN, treasury(ISSUER), 5);
        assert_ok!(mint);
        assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
        assert_noop!(burn(1), Error::<Test>::AccountFrozen);
    });
}
