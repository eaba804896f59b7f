use super::*;

#[test]
fn note_stalled_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        turn_session();
        govern_wrongly(|| Call::note_stalled {
            delay: 5,
            best_finalized: 1,
        });
    });
}

#[test]
fn note_stalled_should_be_refused_when_delay_or_block_cannot_be_right() {
    execute(|| {
        turn_session();
        let now = System::block_number();
        assert_noop!(note_stalled(0, 1), Reason::DelayOutOfRange);
        assert_noop!(note_stalled(MAX_DELAY + 1, 1), Reason::DelayOutOfRange);
        assert_noop!(note_stalled(5, now), Reason::BlockNotReached);
        assert_ok!(note_stalled(MAX_DELAY, now - 1));
    });
}

#[test]
fn note_stalled_should_be_refused_when_a_forced_change_is_under_way() {
    execute(|| {
        assert_ok!(note_stalled(5, 0));
        assert_noop!(note_stalled(5, 0), Reason::StallAlreadyNoted);
        turn_sessions(2);
        assert_noop!(note_stalled(5, 0), Reason::StallAlreadyNoted);
        Changing::set(false);
        TooSoon::set(true);
        assert_noop!(note_stalled(5, 0), Reason::ForcedTooSoon);
        TooSoon::set(false);
        assert_ok!(note_stalled(5, 0));
    });
}

#[test]
fn voters_should_be_forced_at_the_next_session_when_the_set_stays() {
    execute(|| {
        events();
        assert_ok!(note_stalled(5, 0));
        let noted = Event::StallNoted {
            delay: 5,
            best_finalized: 0,
        };
        assert_eq!(events(), [noted]);
        turn_session();
        assert_eq!(Forced::get(), [(5, 0, FOUNDERS.to_vec())]);
        let forced = Event::VotersForced {
            delay: 5,
            best_finalized: 0,
        };
        assert!(events().contains(&forced));
    });
}

#[test]
fn voters_should_be_those_that_are_left_when_the_lost_ones_are_removed_in_the_same_motion() {
    execute(|| {
        assert_ok!(remove(3));
        assert_ok!(remove(4));
        assert_ok!(note_stalled(5, 0));
        turn_session();
        assert_eq!(Forced::get(), [], "the lost ones are in this session's set still");
        turn_session();
        assert_eq!(Forced::get(), [(5, 0, vec![1, 2])]);
    });
}

#[test]
fn set_should_stay_when_a_forced_change_is_under_way() {
    execute(|| {
        assert_ok!(remove(4));
        assert_ok!(note_stalled(5, 0));
        turn_session();
        // What comes now would be lost to finality, and waits.
        assert_ok!(report(3, 1));
        turn_sessions(3);
        assert_eq!(Session::validators(), [1, 2, 3]);
        assert!(!makes_blocks(3));
        assert_eq!(Forced::get().len(), 1);
        Changing::set(false);
        turn_sessions(2);
        assert_eq!(Session::validators(), [1, 2]);
    });
}
