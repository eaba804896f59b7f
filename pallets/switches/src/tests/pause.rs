use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::Switches as _;
use interclear_primitives::switch::{Function, PauseReason};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn pause_should_be_refused_when_not_the_council_calls() {
    build_and_execute(|| {
        for origin in [RuntimeOrigin::none(), RuntimeOrigin::signed(STRANGER)] {
            assert_noop!(Switches::pause(origin, Function::Netting, reason()), BadOrigin);
        }
    });
}

#[test]
fn pause_should_be_refused_when_it_has_no_reason_or_the_function_is_paused() {
    build_and_execute(|| {
        for wrong in [vec![], b"a\nb".to_vec(), vec![0xff]] {
            let wrong = PauseReason(wrong.try_into().unwrap());
            assert_noop!(
                Switches::pause(RuntimeOrigin::root(), Function::Netting, wrong),
                Error::<Test>::InvalidReason
            );
        }
        assert_ok!(pause(Function::Netting));
        assert_noop!(pause(Function::Netting), Error::<Test>::AlreadyPaused);
    });
}

#[test]
fn pause_should_stop_one_function_alone() {
    build_and_execute(|| {
        assert!(Switches::pauses().is_empty());
        assert_ok!(pause(Function::Netting));
        assert_eq!(
            events(),
            [Event::Paused {
                function: Function::Netting,
                reason: reason()
            }]
        );
        let paused = Function::ALL.map(|function| (Switches::is_paused(function), Switches::waits(function)));
        let [none, netting] = [(false, false), (true, true)];
        assert_eq!(paused, [none, none, none, netting, none]);
        let told: Vec<_> = Switches::pauses()
            .into_iter()
            .map(|pause| (pause.function, pause.since, pause.until))
            .collect();
        assert_eq!(told, [(Function::Netting, START, None)]);
    });
}

#[test]
fn cycles_should_be_stopped_only_when_netting_is_paused() {
    build_and_execute(|| {
        for function in [Function::Anchoring, Function::Closing] {
            assert_ok!(pause(function));
            assert_ok!(resume(function));
        }
        assert!(MockCycles::asked().is_empty());
        assert_ok!(pause(Function::Netting));
        assert_eq!(MockCycles::asked(), [None]);
        MockClock::advance(60);
        assert_ok!(resume(Function::Netting));
        assert_eq!(MockCycles::asked(), [Some(START)]);
    });
}
