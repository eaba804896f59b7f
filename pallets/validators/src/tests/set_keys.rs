use super::*;

#[test]
fn set_keys_should_be_refused_when_no_validator_signs() {
    execute(|| {
        assert_noop!(set_keys(99, Sr25519Keyring::One), Reason::NotAValidator);
        assert_noop!(set_keys(CLERK, Sr25519Keyring::One), Reason::NotAValidator);
        let call = || Call::set_keys {
            keys: keys(Sr25519Keyring::One),
            proof: vec![0; 64],
        };
        for origin in [RawOrigin::None, RawOrigin::Root] {
            assert_noop!(dispatch(origin, call()), DispatchError::BadOrigin);
        }
        let unproven = pallet_session::Error::<Test>::InvalidProof;
        assert_noop!(dispatch(RawOrigin::Signed(3), call()), unproven);
    });
}

#[test]
fn keys_should_change_once_a_day_when_a_validator_sets_new_ones_in_each_session() {
    use Sr25519Keyring::{One, Two};
    execute(|| {
        assert_ok!(set_keys(3, One));
        for _ in 0..KEYS_INTERVAL {
            assert_noop!(set_keys(3, Two), Reason::KeysChangedLately);
            turn_session();
        }
        assert_ok!(set_keys(3, Two));
        assert_noop!(set_keys(3, One), Reason::KeysChangedLately);
        // Others' keys are theirs.
        assert_ok!(set_keys(4, One));
    });
}

#[test]
fn keys_should_change_again_when_the_validator_is_disabled_and_when_it_is_reenabled() {
    use Sr25519Keyring::{Ferdie, One, Two};
    execute(|| {
        assert_ok!(set_keys(3, One));
        assert_ok!(report(3, 1));
        // Stolen keys are replaced before that, once.
        assert_ok!(set_keys(3, Two));
        assert_noop!(set_keys(3, Ferdie), Reason::KeysChangedLately);
        assert_ok!(reenable(3));
        assert_ok!(set_keys(3, Ferdie));
        assert_noop!(set_keys(3, One), Reason::KeysChangedLately);
    });
}

#[test]
fn keys_should_change_a_first_time_when_a_validator_is_new() {
    use Sr25519Keyring::{One, Two};
    execute(|| {
        assert_ok!(add(NEWCOMERS[0]));
        assert_ok!(set_keys(NEWCOMERS[0], One));
        assert_ok!(set_keys(NEWCOMERS[0], Two));
        assert_noop!(set_keys(NEWCOMERS[0], One), Reason::KeysChangedLately);
    });
}
