//! One file per call, then what other pallets ask, hooks and invariants.

mod caps;
mod feed;
mod hooks;
mod invariants;
mod queries;
mod refuse_rate;
mod set_cap;
mod set_feeders;
mod set_rate;
mod set_region;
mod set_tariff;

use crate::{mock::*, Call, Error, Event};
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;
use interclear_ports::{
    mocks::{MockClock, MockOperators, NOT_A_DESK, SUSPENDED, WRONG_ROLE},
    Clock,
};
use interclear_primitives::{
    agreement::{Direction, Terms},
    ids::{CapId, OperatorId},
    money::Currency,
    period::Period,
    rating,
    rating::SdrRate,
    service::Service,
    tadig::Tadig,
    tariff::{
        in_force, Area, CapExceeded, Feeders, MaxRegionMembers, Member, MonthRate, ProposedRate, QuoteDate,
        RateDoubt, RateSource, RegionCode, UnitPrice,
    },
    DAY,
};
use sp_runtime::DispatchError;

type Reason = Error<Test>;
