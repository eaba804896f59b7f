//! A runtime with nothing but this pallet, two operators that roam with each other, and a third.

use crate as pallet_anchoring;
use frame_support::{assert_ok, derive_impl, parameter_types, BoundedVec};
use interclear_ports::mocks::{
    roaming, MockAgreements, MockEscrows, MockOperators, MockPeriods, MockReports, MockSwitches,
};
pub use interclear_ports::{
    mocks::{roaming::*, MockClock},
    Clock,
};
use interclear_primitives::{
    agreement::{Direction, Flow, Route, Terms, UsageTerms},
    batch::{Anchor, FatalReason, ReturnedRecords, ServiceTotal},
    money::{Currency, Value},
    nrtrde::NrtrdeAnchor,
    period::Period,
    rating::Pricing,
    samples,
    series::{BatchKey, SeriesKey, Stream},
    service::Service,
    usage::{UsageKey, UsageTotal},
    Moment, DAY,
};
use sp_runtime::BuildStorage;

pub type AccountId = u64;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Anchoring: pallet_anchoring,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = frame_system::mocking::MockBlock<Self>;
    type DbWeight = frame_support::weights::constants::ParityDbWeight;
}

parameter_types! {
    pub const MaxAnchorsPerCall: u32 = 50;
    pub const MaxGapLength: u32 = 1_000;
    pub const MaxProofsPerFile: u32 = 3;
    pub const MaxEntriesPerDay: u32 = 600;
    pub const MaxTestFiles: u32 = 5;
    pub const Retention: Moment = 120 * DAY;
    pub const TestRetention: Moment = 7 * DAY;
}

impl pallet_anchoring::Config for Test {
    type Escrows = MockEscrows;
    type Operators = MockOperators;
    type Agreements = MockAgreements;
    type Reports = MockReports;
    type Clock = MockClock;
    type Statements = MockPeriods;
    type Switches = MockSwitches;
    type MaxAnchorsPerCall = MaxAnchorsPerCall;
    type MaxGapLength = MaxGapLength;
    type MaxProofsPerFile = MaxProofsPerFile;
    type MaxEntriesPerDay = MaxEntriesPerDay;
    type MaxTestFiles = MaxTestFiles;
    type Retention = Retention;
    type TestRetention = TestRetention;
    type WeightInfo = ();
}

pub const DECEMBER: Period = Period(202_612);

/// The files of the visited operator for the home operator.
pub const SERIES: SeriesKey = SeriesKey {
    sender: VISITED_NET,
    recipient: HOME_NET,
    stream: Stream::Tap,
    test: false,
};
pub const TEST_SERIES: SeriesKey = SeriesKey { test: true, ..SERIES };

pub const NRTRDE_SERIES: SeriesKey = SeriesKey {
    stream: Stream::Nrtrde,
    ..SERIES
};

/// Under what [`PAIR`] bills.
pub const ROUTE: Route = Route {
    agreement: AGREEMENT,
    direction: Direction::FirstHome,
    group: 0,
};

#[derive(Default)]
pub struct ExtBuilder {
    silence: bool,
    reports: bool,
    late_days: Option<u16>,
}

impl ExtBuilder {
    /// Silence past ten days accepts a file.
    pub fn silence_accepts(mut self) -> Self {
        self.silence = true;
        self
    }

    /// Data comes in usage reports alone.
    pub fn reports_alone(mut self) -> Self {
        self.reports = true;
        self
    }

    /// Other days for late usage than the usual ones.
    pub fn late_days(mut self, days: u16) -> Self {
        self.late_days = Some(days);
        self
    }

    pub fn build(self) -> sp_io::TestExternalities {
        let mut terms = terms(self.silence, self.reports);
        terms.usage.late_days = self.late_days.unwrap_or(terms.usage.late_days);
        roaming::everybody(terms);
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .expect("an empty genesis builds");
        let mut externalities = sp_io::TestExternalities::new(storage);
        externalities.execute_with(|| System::set_block_number(1));
        externalities
    }

    pub fn build_and_execute(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            assert_ok!(Anchoring::do_try_state());
        });
    }
}

/// Originated and terminated calls and data are priced in both directions.
fn terms(silence: bool, reports: bool) -> Terms {
    let direction = |home, visited| {
        let line = |service| {
            let mut line = samples::line(service, Pricing::default());
            if reports && service == Service::Gprs {
                line.flow = Flow::Reports;
            }
            line
        };
        let lines = [Service::MocLocal, Service::Mtc, Service::Gprs].map(line);
        samples::direction(vec![samples::group(home, visited, lines.to_vec())])
    };
    Terms {
        usage: UsageTerms {
            acknowledge_days: 10,
            deemed_acknowledged: silence,
            ..UsageTerms::usual(Currency::EUR)
        },
        ..Terms::usual(
            Period(202_610),
            Period(202_709),
            Currency::EUR,
            [direction(HOME_NET, VISITED_NET), direction(VISITED_NET, HOME_NET)],
        )
    }
}

pub fn key(sequence: u32) -> BatchKey {
    BatchKey {
        series: SERIES,
        sequence,
    }
}

/// A key of [`TEST_SERIES`].
pub fn test_key(sequence: u32) -> BatchKey {
    BatchKey {
        series: TEST_SERIES,
        sequence,
    }
}

pub fn part(service: Service, records: u32, quantity: u128, charge: i128, tax: i128) -> ServiceTotal {
    ServiceTotal {
        service,
        records,
        quantity,
        charge: Value::Clear(charge),
        tax: Value::Clear(tax),
    }
}

/// A file of November: three calls of 6 EUR and 1 EUR tax, and one data session of 2 EUR.
pub fn file(sequence: u32) -> Anchor {
    let cut_off = NOVEMBER.start() + 15 * DAY;
    Anchor {
        key: key(sequence),
        file_digest: [sequence as u8; 32],
        root: [1; 32],
        currency: Currency::EUR,
        decimals: 5,
        records: 4,
        totals: BoundedVec::truncate_from(vec![
            part(Service::MocLocal, 3, 9_500_000, 6_000_000, 1_000_000),
            part(Service::Gprs, 1, 250_000_000, 2_000_000, 0),
        ]),
        discount: Value::ZERO,
        earliest_call: Some(cut_off - 2 * DAY),
        latest_call: Some(cut_off - 60),
        cut_off,
        available: cut_off + 600,
        resent_for: None,
    }
}

/// An NRTRDE file with three calls, of which the first ended an hour ago.
pub fn nrtrde(sequence: u32) -> NrtrdeAnchor {
    let now = MockClock::now();
    NrtrdeAnchor {
        key: BatchKey {
            series: NRTRDE_SERIES,
            sequence,
        },
        file_digest: [sequence as u8; 32],
        root: [1; 32],
        records: 3,
        earliest_end: Some(now - 3_600),
        latest_end: Some(now - 900),
        available: now - 600,
    }
}

/// The same numbers in the series of test files.
pub fn test_file(sequence: u32) -> Anchor {
    Anchor {
        key: BatchKey {
            series: TEST_SERIES,
            sequence,
        },
        ..file(sequence)
    }
}

/// A file without records.
pub fn notification(sequence: u32) -> Anchor {
    Anchor {
        root: [0; 32],
        records: 0,
        totals: Default::default(),
        earliest_call: None,
        latest_call: None,
        ..file(sequence)
    }
}

/// The same number with other content, sent again after a return.
pub fn resent(sequence: u32, rap_sequence: u32) -> Anchor {
    Anchor {
        file_digest: [0xee; 32],
        resent_for: Some(rap_sequence),
        ..file(sequence)
    }
}

pub fn returned(rap_sequence: u32, totals: Vec<ServiceTotal>) -> ReturnedRecords {
    ReturnedRecords {
        rap_sequence,
        rap_digest: [9; 32],
        totals: BoundedVec::truncate_from(totals),
    }
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

/// Anchors files in order; none may be refused.
pub fn anchor_all(sequences: impl IntoIterator<Item = u32>) {
    for sequence in sequences {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(sequence)));
    }
}

/// Running totals of November: service, records, quantity, charge, tax.
pub fn november() -> Vec<(Service, u64, u128, i128, i128)> {
    usage_of(NOVEMBER)
}

/// Running totals of a month, likewise.
pub fn usage_of(period: Period) -> Vec<(Service, u64, u128, i128, i128)> {
    let plain = |(key, total): (UsageKey, UsageTotal)| {
        assert_eq!((key.direction, key.group), (Direction::FirstHome, 0));
        let (Value::Clear(charge), Value::Clear(tax)) = (total.charge, total.tax);
        (key.service, total.records, total.quantity, charge, tax)
    };
    Anchoring::usage(AGREEMENT, period)
        .into_iter()
        .map(plain)
        .collect()
}

/// What a number of whole files comes to, as [`november`] tells it.
pub fn whole_files(count: u32) -> Vec<(Service, u64, u128, i128, i128)> {
    let n = u128::from(count);
    let i = i128::from(count);
    vec![
        (
            Service::MocLocal,
            u64::from(count) * 3,
            n * 9_500_000,
            i * 6_000_000,
            i * 1_000_000,
        ),
        (Service::Gprs, u64::from(count), n * 250_000_000, i * 2_000_000, 0),
    ]
}

/// What the home and the visited operator have done to November of their own will: how often, and when last.
pub fn moves() -> [(u32, Moment); 2] {
    let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
    usage.moves.map(|moves| (moves.count, moves.latest))
}

/// Missing runs of the billable series.
pub fn gaps() -> Vec<(u32, u32)> {
    Anchoring::sequence(SERIES)
        .gaps
        .iter()
        .map(|gap| (gap.first, gap.last))
        .collect()
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
    let events = System::read_events_for_pallet();
    System::reset_events();
    events
}

/// Three files, of which the second has been returned just now, by the RAP file 12.
pub fn with_a_returned_file(test: impl FnOnce()) {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2, 3]);
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(2),
            FatalReason::Totals,
            12,
            [5; 32]
        ));
        test();
    });
}
