//! Tests by call and port.

mod affirm;
mod affirm_by_silence;
mod carried;
mod close_period;
mod close_requests;
mod decided;
mod disputes;
mod escrows;
mod hooks;
mod invariants;
mod late;
mod try_state;
mod windows;

use crate::mock::*;
use frame_support::assert_ok;
use interclear_primitives::statement::StatementStatus;

/// With the statement of January, which nobody has affirmed.
fn closed(test: impl FnOnce()) {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(Statements::close_period(
            by(clearing(ALPHA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        System::reset_events();
        test();
    });
}

fn status() -> StatementStatus {
    Statements::statement(AGREEMENT, JANUARY).unwrap().status
}
