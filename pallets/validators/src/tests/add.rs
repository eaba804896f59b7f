use super::*;

#[test]
fn add_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        govern_wrongly(|| Call::add {
            validator: NEWCOMERS[0],
        })
    });
}

#[test]
fn add_should_be_refused_when_the_account_is_not_an_engineering_desk_of_an_active_operator() {
    execute(|| {
        assert_noop!(add(99), DispatchError::Other("NotADesk"));
        assert_noop!(add(CLERK), DispatchError::Other("WrongRole"));
        MockOperators::suspend(ALPHA);
        assert_noop!(add(NEWCOMERS[0]), DispatchError::Other("Suspended"));
    });
}

#[test]
fn add_should_be_refused_when_the_account_is_a_validator_already() {
    execute(|| {
        assert_noop!(add(3), Reason::AlreadyAValidator);
        assert_ok!(remove(3));
        assert_noop!(add(3), Reason::StillLeaving);
        turn_sessions(2);
        assert_ok!(add(3));
        assert_noop!(add(3), Reason::AlreadyAValidator);
    });
}

#[test]
fn add_should_be_refused_when_there_are_as_many_as_there_may_be() {
    execute(|| {
        assert_ok!(add(NEWCOMERS[0]));
        assert_ok!(add(NEWCOMERS[1]));
        MockOperators::add_desk(7, BETA, &[interclear_primitives::operator::Role::Engineering]);
        assert_noop!(add(7), Reason::MaxValidatorsExceeded);
    });
}

#[test]
fn validator_should_take_part_two_sessions_after_it_has_keys() {
    execute(|| {
        let newcomer = NEWCOMERS[0];
        events();
        assert_ok!(add(newcomer));
        let added = Event::ValidatorAdded {
            validator: newcomer,
            operator: ALPHA,
        };
        assert_eq!(events(), [added]);
        turn_sessions(3);
        assert_eq!(Session::validators(), FOUNDERS, "nobody without keys is queued");
        assert_ok!(set_keys(newcomer, first_key(newcomer)));
        turn_session();
        assert!(!Session::validators().contains(&newcomer));
        turn_session();
        assert_eq!(Session::validators(), [1, 2, 3, 4, newcomer]);
    });
}

#[test]
fn keys_should_be_refused_when_nobody_has_admitted_the_account() {
    execute(|| {
        assert_noop!(
            set_keys(NEWCOMERS[0], first_key(NEWCOMERS[0])),
            Reason::NotAValidator
        );
    });
}

#[test]
fn add_should_name_the_operator_when_the_validator_is_of_the_first_block() {
    execute(|| {
        events();
        assert_ok!(add(1));
        let named = Event::OperatorNamed {
            validator: 1,
            operator: ALPHA,
        };
        assert_eq!(events(), [named]);
        assert_eq!(Registered::<Test>::get(1).unwrap().operator, Some(ALPHA));
        assert_noop!(add(1), Reason::AlreadyAValidator);
    });
}

#[test]
fn offence_should_stay_proven_when_the_council_names_the_operator() {
    execute(|| {
        assert_ok!(report(1, 1));
        assert_ok!(add(1));
        assert!(Registered::<Test>::get(1).unwrap().disabled);
    });
}
