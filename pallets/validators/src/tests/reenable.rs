use super::*;

#[test]
fn reenable_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        assert_ok!(report(4, 1));
        govern_wrongly(|| Call::reenable { validator: 4 });
    });
}

#[test]
fn reenable_should_be_refused_when_there_is_nothing_to_end() {
    execute(|| {
        assert_noop!(reenable(99), Reason::NotAValidator);
        assert_noop!(reenable(4), Reason::NotDisabled);
        assert_ok!(report(4, 1));
        assert_ok!(remove(4));
        assert_noop!(reenable(4), Reason::StillLeaving);
    });
}

#[test]
fn validator_should_come_back_when_the_council_has_reenabled_it() {
    execute(|| {
        turn_session();
        assert_ok!(report(4, 1));
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 2, 3]);
        events();
        assert_ok!(reenable(4));
        assert_eq!(events(), [Event::ValidatorReenabled { validator: 4 }]);
        assert!(Validators::takes_part(&4));
        turn_sessions(2);
        assert!(makes_blocks(4));
        let (_, offences) = Validators::validator_record(&4);
        assert_eq!(offences.len(), 1, "what it did is still told");
    });
}

#[test]
fn validator_should_make_no_blocks_before_the_session_ends_when_it_is_reenabled_at_once() {
    execute(|| {
        turn_session();
        assert_ok!(report(4, 1));
        assert_ok!(reenable(4));
        // Nor when another is disabled meanwhile.
        assert_ok!(report(3, 1));
        assert!(!makes_blocks(4));
        turn_session();
        assert!(makes_blocks(4));
        assert!(!makes_blocks(3));
    });
}

#[test]
fn what_was_done_before_should_not_be_reported_when_the_council_has_reenabled_the_validator() {
    execute(|| {
        assert_ok!(report(4, 1));
        assert_ok!(reenable(4));
        assert_noop!(report(4, 2), Reason::NotLiable);
        turn_session();
        let of_then = Validators::report_offence(&4, two_votes(3), 0);
        assert_eq!(of_then, Err(Reason::NotLiable.into()));
        assert_ok!(report(4, 4));
        assert!(!makes_blocks(4));
    });
}
