//! One file per call, then the orders of both sides' moves, hooks, ports and invariants.

mod affirm_usage;
mod conclude_usage;
mod hooks;
mod invariants;
mod journal;
mod late;
mod orders;
mod ports;
mod report_usage;

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockClock, MockOperators, MockUsage, NOT_A_DESK, SUSPENDED, WRONG_ROLE},
    Usage,
};
use interclear_primitives::{
    agreement::Flow,
    report::{LineMatch, PairMonth, ReportOutcome, ReportSide},
    service::{Service, ServiceSet},
    DAY,
};
use sp_runtime::{DispatchError, DispatchResult};

type Reason = Error<Test>;

/// What the usage port answers about a closed month once its days for late usage are over.
const TOO_LATE: DispatchError = DispatchError::Other("TooLate");

/// Has the calls and data of the pair's October come in TAP files.
fn by_tap() {
    MockUsage::set_by_file(PAIR, ServiceSet::from_iter([MOC, DATA]));
}

fn refuse_strangers(call: impl Fn(AccountId) -> DispatchResult) {
    assert_noop!(call(STRANGER), NOT_A_DESK);
    assert_noop!(call(HOME_COMMERCIAL), WRONG_ROLE);
    assert_noop!(call(THIRD_DESK), Reason::NotAParty);
}
