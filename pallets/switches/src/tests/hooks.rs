use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use interclear_ports::Switches as _;
use interclear_primitives::{switch::Function, DAY};

#[test]
fn a_pause_should_end_by_itself_when_two_thirds_do_not_renew_it() {
    build_and_execute(|| {
        assert_ok!(pause(Function::Netting));
        MockClock::advance(DAY);
        assert_ok!(pause(Function::Anchoring));
        MockCycles::asked();
        events();
        MockClock::set(START + MAX_PAUSE - 1);
        idle();
        assert!(Switches::is_paused(Function::Netting), "it has a second left");
        MockClock::advance(1);
        idle();
        assert!(!Switches::is_paused(Function::Netting));
        assert_eq!(
            events(),
            [Event::Resumed {
                function: Function::Netting,
                until: None
            }]
        );
        // Its time to fund moves as when the council lets it go on.
        assert_eq!(MockCycles::asked(), [Some(START)]);
        assert!(
            Switches::is_paused(Function::Anchoring),
            "the other has a day left"
        );
        MockClock::advance(DAY);
        idle();
        assert!(!Switches::is_paused(Function::Anchoring));
        // Others wait as long again all the same.
        MockClock::advance(MAX_PAUSE - 1);
        assert!(Switches::waits(Function::Anchoring));
        MockClock::advance(1);
        assert!(!Switches::waits(Function::Anchoring));
        assert_noop!(resume(Function::Netting), Error::<Test>::NotPaused);
    });
}

#[test]
fn a_pause_should_last_as_long_again_when_it_is_renewed() {
    build_and_execute(|| {
        assert_ok!(pause(Function::Anchoring));
        MockClock::advance(MAX_PAUSE - DAY);
        // As one motion does.
        assert_ok!(resume(Function::Anchoring));
        assert_ok!(pause(Function::Anchoring));
        MockClock::advance(MAX_PAUSE - 1);
        idle();
        assert!(Switches::is_paused(Function::Anchoring));
        MockClock::advance(1);
        idle();
        assert!(!Switches::is_paused(Function::Anchoring));
        // Nobody has lost anything of the first pause.
        MockClock::advance(2 * MAX_PAUSE - DAY - 1);
        assert!(Switches::waits(Function::Anchoring));
        MockClock::advance(1);
        assert!(!Switches::waits(Function::Anchoring));
    });
}

#[test]
fn a_pause_should_end_with_a_later_block_when_one_has_no_room_for_it() {
    build_and_execute(|| {
        assert_ok!(pause(Function::Netting));
        MockClock::advance(MAX_PAUSE);
        Switches::on_idle(System::block_number(), Weight::zero());
        assert!(Switches::is_paused(Function::Netting));
        idle();
        assert!(!Switches::is_paused(Function::Netting));
    });
}
