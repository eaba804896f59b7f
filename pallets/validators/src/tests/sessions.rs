use super::*;

#[test]
fn disabled_validator_should_stay_out_when_keys_and_sets_change() {
    execute(|| {
        turn_session();
        assert_ok!(report(4, 1));
        assert!(!makes_blocks(4));
        // Its own keys, those of another, a newcomer, one that leaves.
        assert_ok!(set_keys(4, Sr25519Keyring::One));
        turn_session();
        assert!(!makes_blocks(4));
        assert_ok!(set_keys(3, Sr25519Keyring::Two));
        assert_ok!(add(NEWCOMERS[0]));
        assert_ok!(set_keys(NEWCOMERS[0], first_key(NEWCOMERS[0])));
        for _ in 0..4 {
            turn_session();
            assert!(!makes_blocks(4));
        }
        assert_ok!(remove(3));
        turn_sessions(3);
        assert_eq!(Session::validators(), [1, 2, NEWCOMERS[0]]);
    });
}

#[test]
fn disabled_validator_should_stay_silent_in_the_set_when_too_few_are_left() {
    execute(|| {
        turn_session();
        assert_ok!(report(2, 1));
        assert_ok!(report(3, 1));
        assert_ok!(report(4, 1));
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 2], "two there must be");
        assert!(!makes_blocks(2));
        // Whatever becomes of keys.
        assert_ok!(set_keys(2, Sr25519Keyring::One));
        for _ in 0..3 {
            turn_session();
            assert!(makes_blocks(1));
            assert!(!makes_blocks(2));
        }
    });
}

#[test]
fn somebody_should_make_blocks_when_all_have_voted_twice() {
    execute(|| {
        turn_session();
        for who in FOUNDERS {
            assert_ok!(report(who, 1));
        }
        for _ in 0..4 {
            let able = Session::validators().into_iter().filter(|who| makes_blocks(*who));
            assert_eq!(able.count(), 1);
            turn_session();
        }
        assert_eq!(Session::validators(), [1, 2]);
        // The council can still put things right.
        assert_ok!(reenable(3));
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 3]);
        assert!(makes_blocks(3));
        assert!(!makes_blocks(1));
    });
}

#[test]
fn validators_of_a_suspended_operator_should_be_left_out_until_it_is_readmitted() {
    execute(|| {
        turn_session();
        MockOperators::suspend(ALPHA);
        assert!(!Validators::takes_part(&3));
        turn_session();
        assert_eq!(Session::validators(), FOUNDERS);
        turn_session();
        assert_eq!(Session::validators(), [1, 2, 4]);
        MockOperators::readmit(ALPHA);
        turn_sessions(2);
        assert_eq!(Session::validators(), FOUNDERS);
    });
}

#[test]
fn those_of_suspended_operators_should_stay_before_disabled_ones_when_too_few_are_left() {
    execute(|| {
        turn_session();
        MockOperators::suspend(BETA);
        assert_ok!(report(2, 1));
        assert_ok!(report(3, 1));
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 4]);
    });
}

#[test]
fn set_should_not_be_named_again_when_nothing_has_changed() {
    execute(|| {
        turn_sessions(2);
        for _ in 0..3 {
            System::reset_events();
            turn_session();
            let queued = RuntimeEvent::Session(pallet_session::Event::NewQueued);
            assert!(System::events().iter().all(|record| record.event != queued));
        }
    });
}

#[test]
fn founders_should_be_validators_when_the_chain_begins() {
    execute(|| {
        assert_eq!(Session::validators(), FOUNDERS);
        let founder = |operator| {
            Some(Validator {
                operator,
                ..Default::default()
            })
        };
        assert_eq!(Registered::<Test>::get(1), founder(None));
        assert_eq!(Registered::<Test>::get(3), founder(Some(ALPHA)));
        assert_eq!(Registered::<Test>::count(), 4);
        assert_eq!(System::consumers(&1), 1);
    });
}
