use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::Switches as _;
use interclear_primitives::{switch::Function, DAY};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn resume_should_be_refused_when_not_the_council_calls_or_nothing_is_paused() {
    build_and_execute(|| {
        assert_noop!(resume(Function::Netting), Error::<Test>::NotPaused);
        assert_ok!(pause(Function::Netting));
        for origin in [RuntimeOrigin::none(), RuntimeOrigin::signed(STRANGER)] {
            assert_noop!(Switches::resume(origin, Function::Netting), BadOrigin);
        }
        assert_noop!(resume(Function::Closing), Error::<Test>::NotPaused);
        assert_ok!(resume(Function::Netting));
        assert_noop!(resume(Function::Netting), Error::<Test>::NotPaused);
    });
}

#[test]
fn others_should_wait_as_long_again_when_what_they_wait_for_goes_on() {
    build_and_execute(|| {
        assert_ok!(pause(Function::Anchoring));
        MockClock::advance(3 * DAY);
        events();
        assert_ok!(resume(Function::Anchoring));
        let until = Some(START + 6 * DAY);
        assert_eq!(
            events(),
            [Event::Resumed {
                function: Function::Anchoring,
                until
            }]
        );
        assert!(!Switches::is_paused(Function::Anchoring));
        assert_noop!(resume(Function::Anchoring), Error::<Test>::NotPaused);
        MockClock::set(START + 6 * DAY - 1);
        assert!(Switches::waits(Function::Anchoring));
        assert_eq!(Switches::pauses().len(), 1);
        MockClock::advance(1);
        assert!(!Switches::waits(Function::Anchoring));
        assert!(
            Switches::pauses().is_empty(),
            "it is over, and nobody is told of it"
        );
    });
}

#[test]
fn what_was_left_to_wait_should_be_added_when_the_function_is_paused_again() {
    build_and_execute(|| {
        assert_ok!(pause(Function::Anchoring));
        MockClock::advance(4 * DAY);
        assert_ok!(resume(Function::Anchoring));
        // A day of four has passed; then it is paused for another two.
        MockClock::advance(DAY);
        assert_ok!(pause(Function::Anchoring));
        MockClock::advance(2 * DAY);
        assert_ok!(resume(Function::Anchoring));
        MockClock::advance(5 * DAY - 1);
        assert!(Switches::waits(Function::Anchoring));
        MockClock::advance(1);
        assert!(!Switches::waits(Function::Anchoring));
        // Long after it nothing is left of it.
        MockClock::advance(100 * DAY);
        assert_ok!(pause(Function::Anchoring));
        MockClock::advance(DAY);
        assert_ok!(resume(Function::Anchoring));
        MockClock::advance(DAY);
        assert!(!Switches::waits(Function::Anchoring));
    });
}

#[test]
fn what_a_pause_kept_back_should_still_come_when_another_one_begins_before_others_act() {
    build_and_execute(|| {
        let since = || Switches::since(Function::Anchoring);
        assert_ok!(pause(Function::Anchoring));
        MockClock::advance(10 * DAY);
        assert_ok!(resume(Function::Anchoring));
        // Five days of ten have passed; what could not come on the first of the pause has the others all the same.
        MockClock::advance(5 * DAY);
        assert_ok!(pause(Function::Anchoring));
        assert_eq!(since(), Some(START));
        MockClock::advance(DAY);
        assert_ok!(resume(Function::Anchoring));
        MockClock::advance(6 * DAY - 1);
        assert_eq!(since(), Some(START));
        MockClock::advance(1);
        assert_eq!(since(), None);
        // Nobody waits any more: what the next one keeps back has begun with it.
        assert_ok!(pause(Function::Anchoring));
        assert_eq!(since(), Some(START + 22 * DAY));
    });
}

#[test]
fn nobody_should_wait_when_a_function_goes_on_that_others_do_not_await() {
    build_and_execute(|| {
        for function in [Function::Agreements, Function::Closing, Function::Netting] {
            assert_ok!(pause(function));
            MockClock::advance(DAY);
            events();
            assert_ok!(resume(function));
            assert_eq!(
                events(),
                [Event::Resumed {
                    function,
                    until: None
                }]
            );
            assert!(!Switches::waits(function));
        }
    });
}

#[test]
fn days_of_netting_should_be_remembered_when_it_was_paused_for_some() {
    build_and_execute(|| {
        let day = (START / DAY) as u32;
        let paused = |from: u32, to: u32| Switches::netting_paused(day + from, day + to);
        MockClock::advance(DAY / 2);
        assert_ok!(pause(Function::Netting));
        MockClock::advance(2 * DAY);
        assert_eq!(paused(0, 10), 10, "it has no end yet");
        // Renewed, and paused once more after a day: 0, 1, 2 and 4.
        assert_ok!(resume(Function::Netting));
        assert_ok!(pause(Function::Netting));
        MockClock::advance(DAY);
        assert_ok!(resume(Function::Netting));
        MockClock::advance(DAY);
        assert_ok!(pause(Function::Netting));
        MockClock::advance(DAY);
        assert_ok!(resume(Function::Netting));
        assert_eq!(paused(0, 10), 4);
        assert_eq!(
            (paused(1, 3), paused(3, 4), paused(2, 5), paused(5, 9)),
            (2, 0, 2, 0)
        );
        assert_eq!(paused(5, 2), 0, "nothing lies between");
        // Others do not count, nor a pause within a day.
        assert_ok!(pause(Function::Anchoring));
        assert_ok!(pause(Function::Netting));
        assert_ok!(resume(Function::Netting));
        MockClock::advance(DAY);
        assert_ok!(resume(Function::Anchoring));
        assert_eq!(paused(0, 10), 4);
    });
}

#[test]
fn the_oldest_days_should_be_forgotten_when_netting_has_been_paused_too_often() {
    build_and_execute(|| {
        let day = (START / DAY) as u32;
        for _ in 0..65 {
            assert_ok!(pause(Function::Netting));
            MockClock::advance(DAY);
            assert_ok!(resume(Function::Netting));
            MockClock::advance(DAY);
        }
        assert_eq!(Switches::netting_paused(day, day + 130), 64);
        assert_eq!(Switches::netting_paused(day, day + 2), 0);
    });
}

#[test]
fn a_long_pause_should_be_remembered_when_many_short_ones_follow() {
    build_and_execute(|| {
        let day = (START / DAY) as u32;
        let pause_for = |days: u64| {
            assert_ok!(pause(Function::Netting));
            MockClock::advance(days * DAY);
            assert_ok!(resume(Function::Netting));
            MockClock::advance(DAY);
        };
        pause_for(10);
        (0..64).for_each(|_| pause_for(1));
        assert_eq!(Switches::netting_paused(day, day + 10), 10);
        // Of the short ones the first is forgotten, which began a day after it.
        assert_eq!(Switches::netting_paused(day + 10, day + 12), 0);
        assert_eq!(Switches::netting_paused(day + 10, day + 139), 63);
    });
}
