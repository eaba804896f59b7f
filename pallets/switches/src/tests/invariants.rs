//! Whatever is called, in whatever order: `try_state` holds, and what is refused changes nothing.

use crate::mock::*;
use frame_support::assert_ok;
use interclear_ports::{Clock as _, Switches as _};
use interclear_primitives::{switch::Function, Moment, DAY};
use proptest::prelude::*;
use sp_io::storage::root;
use sp_runtime::StateVersion;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn try_state_should_hold_when_anything_is_called(
        steps in prop::collection::vec((0u8..4, 0usize..5, 0u64..240), 0..80),
    ) {
        build().execute_with(|| {
            let mut begun = [None; 5];
            for (what, which, hours) in steps {
                let function = Function::ALL[which];
                let before = root(StateVersion::V1);
                let result = match what {
                    0 => pause(function),
                    1 => resume(function),
                    2 => {
                        idle();
                        begun = begun.map(|at: Option<Moment>| at.filter(|at| MockClock::now() < at + MAX_PAUSE));
                        Ok(())
                    }
                    _ => {
                        MockClock::advance(hours * DAY / 24);
                        Ok(())
                    }
                };
                match result {
                    Ok(()) if what < 2 => begun[which] = (what == 0).then(MockClock::now),
                    Ok(()) => {}
                    Err(_) => assert_eq!(before, root(StateVersion::V1), "what is refused changes nothing"),
                }
                // One is paused exactly when it was asked for last, and not for too long, whatever became of the others.
                assert_eq!(Function::ALL.map(Switches::is_paused), begun.map(|at| at.is_some()));
                assert_ok!(Switches::do_try_state());
            }
        });
    }
}
