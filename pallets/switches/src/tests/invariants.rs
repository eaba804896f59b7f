//! Whatever is called, in whatever order: `try_state` holds, and what is refused changes nothing.

use crate::mock::*;
use frame_support::assert_ok;
use interclear_ports::Switches as _;
use interclear_primitives::{switch::Function, DAY};
use proptest::prelude::*;
use sp_io::storage::root;
use sp_runtime::StateVersion;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn try_state_should_hold_when_anything_is_called(
        steps in prop::collection::vec((0u8..3, 0usize..5, 0u64..48), 0..80),
    ) {
        build().execute_with(|| {
            let mut paused = [false; 5];
            for (what, which, hours) in steps {
                let function = Function::ALL[which];
                let before = root(StateVersion::V1);
                let result = match what {
                    0 => pause(function),
                    1 => resume(function),
                    _ => {
                        MockClock::advance(hours * DAY / 24);
                        Ok(())
                    }
                };
                match result {
                    Ok(()) if what < 2 => paused[which] = what == 0,
                    Ok(()) => {}
                    Err(_) => assert_eq!(before, root(StateVersion::V1), "what is refused changes nothing"),
                }
                // One is paused exactly when it was asked for last, whatever became of the others.
                assert_eq!(Function::ALL.map(Switches::is_paused), paused);
                assert_ok!(Switches::do_try_state());
            }
        });
    }
}
