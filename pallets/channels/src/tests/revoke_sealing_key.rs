use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::ids::OperatorId;

#[test]
fn revoke_sealing_key_should_be_refused_when_it_is_not_the_callers_to_revoke() {
    build_and_execute(|| {
        with_keys();
        let revoke = |who, operator, version| Sealing::revoke_sealing_key(origin(who), operator, version);
        assert!(revoke(STRANGER, ALPHA, 1).is_err());
        assert!(revoke(commercial(ALPHA), ALPHA, 1).is_err());
        assert_noop!(revoke(BETA_ADMIN, ALPHA, 1), Error::<Test>::KeyNotFound);
        assert_noop!(revoke(ALPHA_ADMIN, ALPHA, 2), Error::<Test>::KeyNotFound);
        assert_noop!(
            Sealing::revoke_sealing_key(council(), OperatorId(7), 1),
            Error::<Test>::KeyNotFound
        );
    });
}

#[test]
fn nothing_should_be_offered_or_accepted_when_a_key_is_revoked() {
    build_and_execute(|| {
        with_keys();
        assert_ok!(offer(ALPHA, BETA, 1));
        events();
        assert_ok!(Sealing::revoke_sealing_key(origin(ALPHA_ADMIN), ALPHA, 1));
        assert_eq!(
            events(),
            [Event::SealingKeyRevoked {
                operator: ALPHA,
                version: 1,
                by_council: false
            }]
        );
        assert_noop!(
            Sealing::revoke_sealing_key(origin(ALPHA_ADMIN), ALPHA, 1),
            Error::<Test>::AlreadyRevoked
        );
        assert_noop!(accept(BETA, ALPHA, 1), Error::<Test>::KeyNotUsable);
        assert_noop!(offer(ALPHA, BETA, 2), Error::<Test>::KeyNotUsable);
        assert_noop!(offer(BETA, ALPHA, 2), Error::<Test>::KeyNotUsable);
    });
}

#[test]
fn council_should_revoke_any_key() {
    build_and_execute(|| {
        with_keys();
        events();
        assert_ok!(Sealing::revoke_sealing_key(council(), BETA, 1));
        assert_eq!(
            events(),
            [Event::SealingKeyRevoked {
                operator: BETA,
                version: 1,
                by_council: true
            }]
        );
    });
}
