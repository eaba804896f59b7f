use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    bounds::MAX_NET,
    ids::RedemptionId,
    issuance::FreezeReason,
    operator::{OperatorKind, Role},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn mint(amount: u128) -> DispatchResult {
    Issuance::mint(by(treasury(ISSUER)), TOKEN, treasury(ISSUER), amount)
}

fn attest(amount: u128) {
    let now = <MockClock as interclear_ports::Clock>::now();
    assert_ok!(Issuance::attest(
        by(treasury(ISSUER)),
        TOKEN,
        amount,
        now,
        [7; 32]
    ));
}

/// A holder is paid by bank, and the issuer says so.
fn pay_out(number: u64, amount: u128) {
    assert_ok!(Issuance::redeem(
        by(treasury(ALPHA)),
        TOKEN,
        amount,
        reference("PAY")
    ));
    assert_ok!(Issuance::confirm_redemption(
        by(treasury(ISSUER)),
        RedemptionId(number),
        reference("BANK")
    ));
}

#[test]
fn mint_should_be_refused_when_another_than_the_issuer_mints() {
    execute(|| {
        attest(3 * FUNDS);
        let mint = |origin, token| Issuance::mint(origin, token, treasury(ALPHA), 1);
        assert_noop!(mint(RuntimeOrigin::none(), TOKEN), BadOrigin);
        assert_noop!(mint(RuntimeOrigin::root(), TOKEN), BadOrigin);
        assert_noop!(mint(by(4711), TOKEN), DispatchError::Other("NotADesk"));
        assert_noop!(
            mint(by(clearing(ISSUER)), TOKEN),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(mint(by(treasury(ALPHA)), TOKEN), Error::<Test>::NotTheIssuer);
        assert_noop!(mint(by(treasury(ISSUER)), 9), Error::<Test>::TokenNotFound);
        assert_ok!(mint(by(treasury(ISSUER)), TOKEN));
        assert_eq!(balance(ALPHA), (FUNDS + 1, 0));
    });
}

#[test]
fn mint_should_be_refused_when_the_amount_or_the_account_is_wrong() {
    execute(|| {
        TestNetwork::set(true);
        for amount in [0, MAX_NET + 1, u128::MAX] {
            assert_noop!(mint(amount), Error::<Test>::AmountOutOfRange);
        }
        let mint = |to| Issuance::mint(by(treasury(ISSUER)), TOKEN, to, 1);
        for other in [4711, clearing(ALPHA)] {
            assert_noop!(mint(other), Error::<Test>::NotATreasuryDesk);
        }
        assert_ok!(Issuance::freeze(
            by(treasury(ISSUER)),
            TOKEN,
            Some(treasury(ALPHA)),
            FreezeReason::Order,
            None
        ));
        assert_noop!(mint(treasury(ALPHA)), Error::<Test>::AccountFrozen);
        assert_ok!(mint(treasury(BETA)));
    });
}

#[test]
fn mint_should_be_refused_when_the_issuer_is_suspended() {
    execute(|| {
        attest(3 * FUNDS);
        MockOperators::suspend(ISSUER);
        assert_noop!(mint(1), DispatchError::Other("Suspended"));
        // It pays what it owes all the same.
        pay_out(0, 100);
    });
}

#[test]
fn mint_should_be_refused_when_the_account_is_no_desk_of_the_issuer_any_more() {
    execute(|| {
        TestNetwork::set(true);
        assert_ok!(mint(1));
        // It owns the asset as it did, and is a desk of another operator now.
        MockOperators::admit(BETA, &[OperatorKind::Mobile], &[]);
        MockOperators::add_desk(treasury(ISSUER), BETA, &[Role::Treasury]);
        assert_noop!(mint(1), Error::<Test>::NotTheIssuer);
        assert_noop!(
            Issuance::burn(by(treasury(ISSUER)), TOKEN, 1),
            Error::<Test>::NotTheIssuer
        );
    });
}

#[test]
fn what_was_paid_out_should_not_cover_other_tokens_when_it_was_attested_before() {
    execute(|| {
        let supply = 2 * FUNDS;
        attest(supply);
        assert_noop!(mint(1), Error::<Test>::NotCovered);
        pay_out(0, 400_000);
        // It has 400,000 less, and has attested nothing else.
        assert_noop!(mint(1), Error::<Test>::NotCovered);
        MockClock::advance(30 * DAY);
        pay_out(1, 100_000);
        MockClock::advance(60 * DAY);
        assert_noop!(mint(1), Error::<Test>::NotCovered);
        // What it holds now counts, whatever it has paid before.
        attest(supply - 500_000 + 7);
        assert_noop!(mint(8), Error::<Test>::NotCovered);
        assert_ok!(mint(7));
    });
}

#[test]
fn an_attestation_should_cover_less_what_was_paid_out_after_its_day_when_it_comes_late() {
    execute(|| {
        MockClock::set(NOON + DAY);
        pay_out(0, 100);
        MockClock::set(NOON + 3 * DAY);
        pay_out(1, 400_000);
        MockClock::set(NOON + 20 * DAY);
        let supply = 2 * FUNDS - 400_100;
        let attest = |as_of, amount| {
            let outcome = Issuance::attest(by(treasury(ISSUER)), TOKEN, amount, as_of, [7; 32]);
            assert_ok!(outcome);
        };
        // An auditor saw 2,000,000 when the first had been paid and the second had not.
        attest(NOON + 2 * DAY, 2 * FUNDS);
        assert!(Issuance::covers(TOKEN, 100) && !Issuance::covers(TOKEN, 101));
        attest(NOON + 4 * DAY, supply + 5);
        assert!(Issuance::covers(TOKEN, 5) && !Issuance::covers(TOKEN, 6));
    });
}

#[test]
fn what_was_burnt_should_be_kept_within_bounds_when_something_is_burnt_every_day() {
    execute(|| {
        for number in 0..300u64 {
            pay_out(number, 1);
            MockClock::advance(DAY);
        }
        assert!(crate::BurntLately::<Test>::get(TOKEN).len() <= 101);
        let now = <MockClock as interclear_ports::Clock>::now();
        let hundred_days = now - 100 * DAY;
        assert_ok!(Issuance::attest(
            by(treasury(ISSUER)),
            TOKEN,
            2 * FUNDS,
            hundred_days,
            [7; 32]
        ));
        // 300 are gone, of which 100 were paid since that day.
        assert!(Issuance::covers(TOKEN, 200) && !Issuance::covers(TOKEN, 201));
    });
}
