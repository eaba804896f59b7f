use super::*;

#[test]
fn retire_should_be_refused_when_it_is_not_a_validator_that_signs() {
    execute(|| {
        assert_noop!(
            dispatch(RawOrigin::None, Call::retire {}),
            DispatchError::BadOrigin
        );
        assert_noop!(
            dispatch(RawOrigin::Root, Call::retire {}),
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
        let refused = pallet_session::Error::<Test>::NoAssociatedValidatorId;
        assert_noop!(set_keys(4, Sr25519Keyring::One), refused);
        assert_ok!(add(4));
    });
}
