use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{Moment, DAY};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn attest(amount: u128, as_of: Moment) -> DispatchResult {
    Issuance::attest(by(treasury(ISSUER)), TOKEN, amount, as_of, [7; 32])
}

#[test]
fn attest_should_be_refused_when_another_than_the_issuer_attests() {
    execute(|| {
        let attest = |origin, token| Issuance::attest(origin, token, 1, NOON, [7; 32]);
        assert_noop!(attest(RuntimeOrigin::none(), TOKEN), BadOrigin);
        assert_noop!(attest(RuntimeOrigin::root(), TOKEN), BadOrigin);
        assert_noop!(attest(by(4711), TOKEN), DispatchError::Other("NotADesk"));
        assert_noop!(
            attest(by(clearing(ISSUER)), TOKEN),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(attest(by(treasury(ALPHA)), TOKEN), Error::<Test>::NotTheIssuer);
        assert_noop!(attest(by(treasury(ISSUER)), 9), Error::<Test>::TokenNotFound);
        assert_ok!(attest(by(treasury(ISSUER)), TOKEN));
    });
}

#[test]
fn attest_should_be_refused_when_its_day_is_ahead_or_before_the_last_one() {
    execute(|| {
        assert_noop!(attest(1, NOON + 1), Error::<Test>::DayAhead);
        assert_ok!(attest(1, NOON - DAY));
        assert_eq!(
            events(),
            [Event::ReservesAttested {
                token: TOKEN,
                amount: 1,
                as_of: NOON - DAY,
                digest: [7; 32]
            }]
        );
        assert_noop!(attest(9, NOON - DAY - 1), Error::<Test>::AttestationOlder);
        assert_ok!(attest(2, NOON - DAY));
    });
}

#[test]
fn minting_should_be_covered_when_what_was_attested_is_enough_and_not_old() {
    execute(|| {
        let supply = 2 * FUNDS;
        assert!(!Issuance::covers(TOKEN, 1), "nothing is attested");
        assert_ok!(attest(supply + 100, NOON));
        assert!(Issuance::covers(TOKEN, 100) && !Issuance::covers(TOKEN, 101));
        assert!(!Issuance::covers(TOKEN, u128::MAX));
        assert_ok!(Issuance::mint(by(treasury(ISSUER)), TOKEN, treasury(ISSUER), 60));
        assert!(Issuance::covers(TOKEN, 40) && !Issuance::covers(TOKEN, 41));
        MockClock::set(NOON + 100 * DAY);
        assert!(Issuance::covers(TOKEN, 40));
        MockClock::advance(1);
        assert!(!Issuance::covers(TOKEN, 1), "it is too old");
        assert_ok!(attest(supply - 1, NOON + 100 * DAY));
        assert!(!Issuance::covers(TOKEN, 0), "it no longer covers what there is");
        TestNetwork::set(true);
        assert!(Issuance::covers(TOKEN, 1));
    });
}

#[test]
fn attest_should_be_refused_when_the_issuer_is_suspended() {
    execute(|| {
        MockOperators::suspend(ISSUER);
        assert_noop!(attest(1, NOON), DispatchError::Other("Suspended"));
    });
}
