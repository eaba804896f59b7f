//! A runtime with nothing but this pallet, two operators that roam with each other, and a third.

use crate as pallet_reports;
use frame_support::{assert_ok, derive_impl, parameter_types, BoundedVec};
pub use interclear_ports::mocks::roaming::*;
use interclear_ports::{
    mocks::{roaming, MockAgreements, MockClock, MockOperators, MockUsage},
    Clock, Usage,
};
use interclear_primitives::{
    agreement::{Flow, Terms, Tolerance, UsageTerms},
    money::{Currency, Value},
    period::Period,
    rating::Pricing,
    report::{LineMatch, PairMonth, ReportOutcome, ReportedLine},
    samples,
    service::Service,
    Moment, DAY,
};
use sp_runtime::{BuildStorage, DispatchResult};

pub type AccountId = u64;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Reports: pallet_reports,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = frame_system::mocking::MockBlock<Self>;
}

parameter_types! {
    pub const Retention: Moment = 120 * DAY;
}

impl pallet_reports::Config for Test {
    type Operators = MockOperators;
    type Agreements = MockAgreements;
    type Usage = MockUsage;
    type Clock = MockClock;
    type Retention = Retention;
    type WeightInfo = ();
}

/// The visited operator's subscribers at the home operator.
pub const BACK: PairMonth = PairMonth {
    visited: HOME_NET,
    home: VISITED_NET,
    period: OCTOBER,
};

pub const MOC: Service = Service::MocLocal;
pub const DATA: Service = Service::Gprs;

pub struct ExtBuilder;

impl ExtBuilder {
    pub fn build() -> sp_io::TestExternalities {
        roaming::everybody(terms());
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .expect("an empty genesis builds");
        let mut externalities = sp_io::TestExternalities::new(storage);
        externalities.execute_with(|| System::set_block_number(1));
        externalities
    }

    pub fn build_and_execute(test: impl FnOnce()) {
        Self::build().execute_with(|| {
            test();
            assert_ok!(Reports::do_try_state());
        });
    }
}

/// Externalities without operators: benchmarks admit their own.
#[cfg(feature = "runtime-benchmarks")]
pub fn without_operators() -> sp_io::TestExternalities {
    let ext = ExtBuilder::build();
    roaming::nobody();
    ext
}

/// From October on, originated and terminated calls and data are priced in both directions; figures agree within a percent.
fn terms() -> Terms {
    let direction = |home, visited| {
        let line = |service| {
            let mut line = samples::line(service, Pricing::default());
            line.tolerance = Tolerance {
                absolute: 0,
                ppm: 10_000,
            };
            line
        };
        let lines = [MOC, Service::Mtc, DATA].map(line).to_vec();
        samples::direction(vec![samples::group(home, visited, lines)])
    };
    Terms {
        usage: UsageTerms {
            acknowledge_days: 10,
            ..UsageTerms::usual(Currency::EUR)
        },
        ..Terms::usual(
            OCTOBER,
            Period(202_709),
            Currency::EUR,
            [direction(HOME_NET, VISITED_NET), direction(VISITED_NET, HOME_NET)],
        )
    }
}

/// Has a service come in one flow alone, in both directions.
pub fn set_flow(service: Service, flow: Flow) {
    set_flows(&[service], flow);
}

/// Likewise several.
pub fn set_flows(services: &[Service], flow: Flow) {
    let mut terms = terms();
    let groups = terms
        .directions
        .iter_mut()
        .flat_map(|direction| direction.groups.iter_mut());
    for line in groups.flat_map(|group| group.lines.iter_mut()) {
        if services.contains(&line.service) {
            line.flow = flow;
        }
    }
    MockAgreements::activate(AGREEMENT, [HOME, VISITED], terms);
}

/// A line of a report.
pub fn reported(service: Service, quantity: u128, charge: i128) -> ReportedLine {
    ReportedLine {
        service,
        quantity,
        charge: Value::Clear(charge),
        tax: Value::ZERO,
    }
}

/// What the visited network says.
pub fn invoice() -> Vec<ReportedLine> {
    vec![reported(MOC, 1_000, 5_000), reported(DATA, 80_000, 40_000)]
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

pub fn report_for(pair: PairMonth, who: AccountId, lines: Vec<ReportedLine>) -> DispatchResult {
    Reports::report_usage(origin(who), pair, [5; 32], BoundedVec::truncate_from(lines))
}

pub fn report(who: AccountId, lines: Vec<ReportedLine>) -> DispatchResult {
    report_for(PAIR, who, lines)
}

pub fn affirm(who: AccountId, version: u32) -> DispatchResult {
    Reports::affirm_usage(origin(who), PAIR, version)
}

pub fn conclude(who: AccountId) -> DispatchResult {
    Reports::conclude_usage(origin(who), PAIR)
}

/// Running totals of October: service, quantity, charge.
pub fn october() -> Vec<(Service, u128, i128)> {
    MockUsage::totals(AGREEMENT, OCTOBER)
        .into_iter()
        .filter(|(_, total)| !total.is_empty())
        .map(|(key, total)| {
            let Value::Clear(charge) = total.charge;
            (key.service, total.quantity, charge)
        })
        .collect()
}

/// How often the home and the visited operator have done something to October of their own will.
pub fn moves() -> [u32; 2] {
    MockUsage::period_usage(AGREEMENT, OCTOBER)
        .moves
        .map(|moves| moves.count)
}

/// How the two sides' lines compare.
pub fn found() -> Vec<(Service, LineMatch)> {
    let (_, compared) = Reports::usage_reports(PAIR).expect("there are reports");
    compared
        .into_iter()
        .map(|line| (line.service, line.found))
        .collect()
}

pub fn outcome() -> Option<ReportOutcome> {
    Reports::usage_reports(PAIR).and_then(|(reports, _)| reports.outcome)
}

/// Whether October waits for nothing.
pub fn complete() -> DispatchResult {
    MockUsage::ensure_complete(AGREEMENT, OCTOBER, MockClock::now())
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
    let events = System::read_events_for_pallet();
    System::reset_events();
    events
}
