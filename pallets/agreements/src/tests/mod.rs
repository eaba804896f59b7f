//! One file per call, then hooks, ports and invariants.

mod amend;
mod counter;
mod hooks;
mod invariants;
mod ports;
mod propose;
mod renew;
mod sign;
mod terminate;
mod validation;
mod withdraw_reject;

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{
        MockCaps, MockClock, MockOperators, MockPeriods, MockUsage, ABOVE_CAP, NOT_A_DESK, SUSPENDED,
        WRONG_ROLE,
    },
    Clock,
};
use interclear_primitives::{
    agreement::{AgreementStatus, Direction, DirectionTerms, Flow, InForce, Route, ServiceGroup, Terms},
    ids::{AgreementId, OperatorId},
    increment::Increment,
    money::Currency,
    operator::{OperatorKind, Role},
    period::Period,
    samples::direction,
    service::Service,
    span::{Months, Span},
    tadig::Tadig,
    usage::PeriodUsage,
    DAY,
};
use sp_runtime::DispatchError;

type Reason = Error<Test>;

/// Anchors files for a month of the first agreement.
fn anchor(period: Period) {
    MockUsage::set_period(
        FIRST,
        period,
        PeriodUsage {
            batches: 1,
            ..Default::default()
        },
    );
}
