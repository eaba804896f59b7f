use super::*;

#[test]
fn remove_should_be_refused_when_the_origin_is_wrong() {
    execute(|| govern_wrongly(|| Call::remove { validator: 1 }));
}

#[test]
fn remove_should_be_refused_when_there_is_no_such_validator() {
    execute(|| {
        assert_noop!(remove(99), Reason::NotAValidator);
        assert_ok!(remove(1));
        assert_noop!(remove(1), Reason::StillLeaving);
    });
}

#[test]
fn validator_should_leave_when_the_sessions_that_it_is_in_are_over() {
    execute(|| {
        turn_session();
        events();
        assert_ok!(remove(4));
        assert_eq!(events(), [Event::ValidatorRemoved { validator: 4 }]);
        assert!(!Validators::takes_part(&4), "its quota goes at once");
        turn_session();
        assert_eq!(Session::validators(), FOUNDERS, "it is in the next session still");
        events();
        turn_session();
        assert_eq!(Session::validators(), [1, 2, 3]);
        assert_eq!(events(), [Event::ValidatorLeft { validator: 4 }]);
        assert_eq!(Registered::<Test>::get(4), None);
        assert_eq!(pallet_session::NextKeys::<Test>::get(4), None);
        assert_eq!(System::consumers(&4), 0, "the account is free");
        // Somebody else may have its keys now.
        assert_ok!(set_keys(3, first_key(4)));
    });
}

#[test]
fn validator_should_leave_at_once_when_it_is_in_no_set() {
    execute(|| {
        assert_ok!(add(NEWCOMERS[0]));
        assert_ok!(set_keys(NEWCOMERS[0], first_key(NEWCOMERS[0])));
        assert_ok!(remove(NEWCOMERS[0]));
        assert_eq!(Registered::<Test>::get(NEWCOMERS[0]), None);
        assert_eq!(System::consumers(&NEWCOMERS[0]), 0);
        assert_ok!(add(NEWCOMERS[0]));
    });
}

#[test]
fn remove_should_be_refused_when_too_few_would_be_left() {
    execute(|| {
        assert_ok!(remove(4));
        assert_ok!(remove(3));
        assert_noop!(remove(2), Reason::TooFewValidators);
        // One without keys replaces nobody.
        assert_ok!(add(NEWCOMERS[0]));
        assert_noop!(remove(2), Reason::TooFewValidators);
        assert_ok!(set_keys(NEWCOMERS[0], first_key(NEWCOMERS[0])));
        assert_ok!(remove(2));
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, NEWCOMERS[0]]);
    });
}

#[test]
fn remove_should_be_possible_when_the_validator_is_left_out_anyway() {
    execute(|| {
        assert_ok!(remove(4));
        assert_ok!(report(3, 1));
        assert_ok!(remove(3));
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 2]);
    });
}

#[test]
fn disabled_validators_should_not_count_as_left_when_one_is_removed() {
    execute(|| {
        assert_ok!(report(4, 1));
        assert_ok!(report(3, 1));
        assert_noop!(remove(2), Reason::TooFewValidators);
    });
}

#[test]
fn validator_should_be_disabled_when_it_votes_twice_while_it_leaves() {
    execute(|| {
        turn_session();
        assert_ok!(remove(4));
        assert_ok!(report(4, 1));
        assert!(!makes_blocks(4));
        turn_session();
        assert!(!makes_blocks(4), "it is in the set for one more session");
        turn_session();
        assert_eq!(Session::validators(), [1, 2, 3]);
    });
}

#[test]
fn former_offence_should_not_count_when_the_account_is_admitted_again() {
    execute(|| {
        assert_ok!(report(4, 1));
        assert_ok!(remove(4));
        turn_sessions(2);
        assert_ok!(add(4));
        let again = Validators::report_offence(&4, two_votes(1), 0);
        assert_eq!(again, Err(Reason::NotLiable.into()));
    });
}
