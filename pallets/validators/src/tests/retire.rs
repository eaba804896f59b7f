use super::*;

#[test]
fn retire_should_be_refused_when_it_is_not_a_validator_that_signs() {
    execute(|| {
        assert_noop!(
            dispatch(RawOrigin::None, Call::retire { validator: 4 }),
            DispatchError::BadOrigin
        );
        assert_noop!(
            dispatch(RawOrigin::Root, Call::retire { validator: 4 }),
            DispatchError::BadOrigin
        );
        assert_noop!(retire(99), Reason::NotAValidator);
    });
}

#[test]
fn validator_should_leave_when_it_retires() {
    execute(|| {
        events();
        assert_ok!(retire(4));
        assert_eq!(events(), [Event::ValidatorRemoved { validator: 4 }]);
        assert_noop!(retire(4), Reason::StillLeaving);
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 2, 3]);
        assert_eq!(pallet_session::NextKeys::<Test>::get(4), None);
    });
}

#[test]
fn retire_should_be_refused_when_too_few_would_be_left() {
    execute(|| {
        assert_ok!(retire(4));
        assert_ok!(retire(3));
        assert_noop!(retire(2), Reason::TooFewValidators);
    });
}

#[test]
fn disabled_validator_should_not_come_back_by_itself_when_it_retires() {
    execute(|| {
        assert_ok!(report(4, 1));
        assert_ok!(retire(4));
        turn_sessions(2);
        assert_noop!(set_keys(4, Sr25519Keyring::One), Reason::NotAValidator);
        assert_ok!(add(4));
    });
}

#[test]
fn validator_should_leave_when_an_admin_of_its_operator_retires_it() {
    execute(|| {
        events();
        for (who, validator, refusal) in [
            (ADMIN, 4, Reason::NotTheOperatorsValidator.into()),
            (ADMIN, 1, Reason::NotTheOperatorsValidator.into()),
            (ADMIN, 99, Reason::NotAValidator.into()),
            (CLERK, 3, DispatchError::Other("WrongRole")),
            (4, 3, DispatchError::Other("WrongRole")),
            (99, 3, DispatchError::Other("NotADesk")),
        ] {
            assert_noop!(retire_by(who, validator), refusal);
        }
        assert_ok!(retire_by(ADMIN, 3));
        assert_eq!(events(), [Event::ValidatorRemoved { validator: 3 }]);
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 2, 4]);
    });
}

#[test]
fn displaced_validator_should_be_disabled_when_the_others_cannot_do_without_it() {
    execute(|| {
        Validators::displace(&4);
        assert_noop!(retire(4), Reason::StillLeaving);
        Validators::displace(&4);
        Validators::displace(&3);
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 2]);
        events();
        Validators::displace(&2);
        Validators::displace(&99);
        assert_eq!(events(), [Event::ValidatorDisabled { validator: 2 }]);
        assert!(!makes_blocks(2) && !Validators::takes_part(&2));
        assert_ok!(add(NEWCOMERS[0]));
        assert_ok!(set_keys(NEWCOMERS[0], Sr25519Keyring::Eve));
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, NEWCOMERS[0]]);
    });
}
