use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    channel::{PublicKey, Suite, SuiteStatus},
    DAY,
};
use interclear_sealed::channel::SealingKeypair;

#[test]
fn set_sealing_key_should_be_refused_when_not_an_admin_desk_calls() {
    build_and_execute(|| {
        assert!(set_key(STRANGER, 1).is_err());
        assert!(set_key(commercial(ALPHA), 1).is_err());
        assert!(Sealing::set_sealing_key(council(), Suite::X25519, key(1)).is_err());
    });
}

#[test]
fn first_key_should_be_usable_at_once_and_later_ones_after_a_day() {
    build_and_execute(|| {
        assert_ok!(set_key(ALPHA_ADMIN, 1));
        assert_eq!(
            events(),
            [Event::SealingKeySet {
                operator: ALPHA,
                version: 1,
                suite: Suite::X25519,
                usable_from: START
            }]
        );
        assert_noop!(set_key(ALPHA_ADMIN, 2), Error::<Test>::KeySetTooSoon);
        wait(DAY - 1);
        assert_noop!(set_key(ALPHA_ADMIN, 2), Error::<Test>::KeySetTooSoon);
        wait(1);
        assert_ok!(set_key(ALPHA_ADMIN, 2));
        let keys = Sealing::sealing_keys(ALPHA);
        let told: Vec<_> = keys
            .iter()
            .map(|key| (key.state.version, key.key.clone(), key.state.usable_from))
            .collect();
        assert_eq!(told, [(1, key(1), START), (2, key(2), START + 2 * DAY)]);
    });
}

/// Attack: whoever has taken an admin desk registers a key of his; what partners seal next must not go to him unseen.
#[test]
fn key_should_not_be_used_within_a_day_when_it_takes_the_place_of_another() {
    build_and_execute(|| {
        with_keys();
        wait(DAY);
        assert_ok!(set_key(ALPHA_ADMIN, 66));
        let to_the_new_one = crate::types::Versions { own: 1, partner: 2 };
        assert_noop!(
            offer_with(commercial(BETA), ALPHA, 1, to_the_new_one),
            Error::<Test>::KeyNotUsable
        );
        assert_ok!(Sealing::revoke_sealing_key(origin(ALPHA_ADMIN), ALPHA, 2));
        wait(DAY);
        assert_noop!(
            offer_with(commercial(BETA), ALPHA, 1, to_the_new_one),
            Error::<Test>::KeyNotUsable
        );
        assert_ok!(offer(BETA, ALPHA, 1));
    });
}

/// Attack: all keys are revoked first, so that the next one would be the first again.
#[test]
fn key_should_wait_for_a_day_when_all_before_it_are_revoked() {
    build_and_execute(|| {
        assert_ok!(set_key(ALPHA_ADMIN, 1));
        assert_ok!(Sealing::revoke_sealing_key(origin(ALPHA_ADMIN), ALPHA, 1));
        assert_noop!(set_key(ALPHA_ADMIN, 2), Error::<Test>::KeySetTooSoon);
        wait(DAY);
        assert_ok!(set_key(ALPHA_ADMIN, 2));
        assert_eq!(Sealing::sealing_keys(ALPHA)[1].state.usable_from, START + 2 * DAY);
    });
}

#[test]
fn set_sealing_key_should_be_refused_when_anybody_has_had_the_key() {
    build_and_execute(|| {
        assert_ok!(set_key(ALPHA_ADMIN, 1));
        assert_noop!(set_key(BETA_ADMIN, 1), Error::<Test>::KeyTaken);
        for day in 2..=20 {
            wait(DAY);
            assert_noop!(set_key(ALPHA_ADMIN, 1), Error::<Test>::KeyTaken);
            assert_ok!(set_key(ALPHA_ADMIN, day));
        }
        let versions: Vec<u32> = Sealing::sealing_keys(ALPHA)
            .iter()
            .map(|key| key.state.version)
            .collect();
        assert_eq!(versions, (5..=20).collect::<Vec<_>>());
        assert_noop!(set_key(BETA_ADMIN, 1), Error::<Test>::KeyTaken);
    });
}

#[test]
fn set_sealing_key_should_be_refused_when_the_key_is_invalid() {
    build_and_execute(|| {
        let set = |suite, key: Vec<u8>| {
            Sealing::set_sealing_key(origin(ALPHA_ADMIN), suite, PublicKey::truncate_from(key))
        };
        assert_noop!(set(Suite::X25519, vec![9; 31]), Error::<Test>::InvalidKey);
        assert_noop!(set(Suite::XWing, vec![9; 32]), Error::<Test>::InvalidKey);
        assert_noop!(set(Suite::X25519, vec![0xff; 32]), Error::<Test>::InvalidKey);
        assert_noop!(set(Suite::X25519, vec![0; 32]), Error::<Test>::KeyOfSmallOrder);
        assert_noop!(set(Suite::XWing, vec![0; 1_216]), Error::<Test>::KeyOfSmallOrder);
        assert_noop!(set(Suite::XWing, vec![0xff; 1_216]), Error::<Test>::InvalidKey);
        assert_ok!(set(Suite::XWing, SealingKeypair::generate(Suite::XWing).public()));
    });
}

#[test]
fn set_sealing_key_should_be_refused_when_the_suite_is_being_retired() {
    build_and_execute(|| {
        set_suite(SuiteStatus::Retiring { until: START + DAY });
        assert_noop!(set_key(ALPHA_ADMIN, 1), Error::<Test>::SuiteNotActive);
        set_suite(SuiteStatus::Retired);
        assert_noop!(set_key(ALPHA_ADMIN, 1), Error::<Test>::SuiteNotActive);
        set_suite(SuiteStatus::Active);
        assert_ok!(set_key(ALPHA_ADMIN, 1));
    });
}
