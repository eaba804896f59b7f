//! A runtime of this pallet alone, three feeders, and another operator.

use crate as pallet_tariffs;
use frame_support::{
    derive_impl,
    traits::{ConstU32, Hooks},
    weights::Weight,
};
use frame_system::{EnsureRoot, RawOrigin};
use interclear_ports::mocks::{self, MockClock, MockOperators};
use interclear_primitives::{
    agreement::{ServiceGroup, ServiceLine, Terms},
    ids::OperatorId,
    money::Currency,
    operator::{OperatorKind, Role},
    period::Period,
    rating::{Price, Pricing, SdrRate},
    samples,
    service::Service,
    tadig::Tadig,
    tariff::{Area, CapName, Member, QuoteDate, RegionCode, UnitPrice},
    DAY,
};
use sp_runtime::{traits::Dispatchable, BuildStorage, DispatchResult};

/// Operators that submit rates, each with a clearing desk of ten times its number.
pub const FEEDERS: [OperatorId; 3] = [OperatorId(1), OperatorId(2), OperatorId(3)];
/// Their clearing desks.
pub const DESKS: [u64; 3] = [10, 20, 30];
/// A desk of the first feeder that has every role but clearing.
pub const TREASURY: u64 = 11;
/// An operator that is not a feeder, and its clearing desk.
pub const OTHER: OperatorId = OperatorId(4);
/// Its clearing desk.
pub const OTHER_DESK: u64 = 40;
/// The month in which the tests begin.
pub const NOW: Period = Period(202612);
/// The month after.
pub const NEXT: Period = Period(202701);
/// The day of the quotation for the month after.
pub const QUOTED: QuoteDate = QuoteDate(20261223);
/// Months for which what has been superseded is kept.
pub const RETENTION: u32 = 6;
/// Months for which rates are kept.
pub const RATES_KEPT: u32 = 8;
/// Regions, at most.
pub const MAX_REGIONS: u32 = 4;
/// The dollar.
pub const USD: Currency = Currency(*b"USD");
/// The Swiss franc.
pub const CHF: Currency = Currency(*b"CHF");
/// Dollars for an SDR in the month that runs, once feeders are appointed. The franc has no rate.
pub const BEFORE: u128 = 1_300_000_000;

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Tariffs: pallet_tariffs,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
}

impl pallet_tariffs::Config for Test {
    type Clock = MockClock;
    type GovernanceOrigin = EnsureRoot<u64>;
    type MaxRegions = ConstU32<MAX_REGIONS>;
    type Operators = MockOperators;
    type RateMonths = ConstU32<RATES_KEPT>;
    type RetentionMonths = ConstU32<RETENTION>;
    type WeightInfo = ();
}

/// Externalities at noon of the day of the quotation, with the operators but nothing published.
pub fn new_test_ext() -> sp_io::TestExternalities {
    mocks::reset();
    MockClock::set(QUOTED.start() + DAY / 2);
    let mobile = [OperatorKind::Mobile];
    for (operator, desk, tadig) in [
        (FEEDERS[0], DESKS[0], "DEUD1"),
        (FEEDERS[1], DESKS[1], "FRAF1"),
        (FEEDERS[2], DESKS[2], "AAZVF"),
        (OTHER, OTHER_DESK, "USAVZ"),
    ] {
        MockOperators::admit(operator, &mobile, &[self::tadig(tadig)]);
        MockOperators::add_desk(desk, operator, &[Role::Clearing]);
    }
    let others = [Role::Admin, Role::Commercial, Role::Treasury, Role::Engineering];
    MockOperators::add_desk(TREASURY, FEEDERS[0], &others);
    let storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .expect("no genesis fails");
    let mut ext = sp_io::TestExternalities::new(storage);
    ext.execute_with(|| System::set_block_number(1));
    ext
}

/// Externalities without operators: benchmarks admit their own.
#[cfg(feature = "runtime-benchmarks")]
pub fn without_operators() -> sp_io::TestExternalities {
    let ext = new_test_ext();
    mocks::reset();
    MockClock::set(QUOTED.start() + DAY / 2);
    ext
}

/// Runs a test and checks every record afterwards.
pub fn execute(test: impl FnOnce()) {
    new_test_ext().execute_with(|| {
        test();
        Tariffs::do_try_state().expect("every record is consistent");
    });
}

/// Dispatches a call as a transaction does: an error changes nothing.
pub fn dispatch(origin: RawOrigin<u64>, call: pallet_tariffs::Call<Test>) -> DispatchResult {
    let done = RuntimeCall::from(call).dispatch(origin.into());
    mocks::plain(done)
}

/// A call as everybody who may not govern.
pub fn govern_wrongly(call: impl Fn() -> pallet_tariffs::Call<Test>) {
    let strangers = [
        RawOrigin::None,
        RawOrigin::Signed(99),
        RawOrigin::Signed(DESKS[0]),
    ];
    for origin in strangers {
        frame_support::assert_noop!(dispatch(origin, call()), sp_runtime::DispatchError::BadOrigin);
    }
}

/// Countries and networks by their codes.
pub fn members<B: frame_support::traits::Get<u32>>(codes: &[&str]) -> frame_support::BoundedVec<Member, B> {
    let member = |code: &&str| match code.as_bytes().try_into() {
        Ok(country) => Member::Country(country),
        Err(_) => Member::Network(tadig(code)),
    };
    let members: Vec<_> = codes.iter().map(member).collect();
    members.try_into().expect("tests list few members")
}

pub fn tadig(text: &str) -> Tadig {
    text.parse().expect("tests write valid codes")
}

pub fn code(text: &str) -> RegionCode {
    RegionCode(
        text.as_bytes()
            .to_vec()
            .try_into()
            .expect("tests write short codes"),
    )
}

pub fn name(text: &str) -> CapName {
    CapName(
        text.as_bytes()
            .to_vec()
            .try_into()
            .expect("tests write short names"),
    )
}

/// A price in millionths.
pub fn price(currency: Currency, millionths: u128) -> Option<UnitPrice> {
    Some(UnitPrice {
        currency,
        price: Price(millionths * 1_000),
    })
}

/// `set_region`.
pub fn set_region(region: &str, from: Period, codes: &[&str]) -> DispatchResult {
    dispatch(
        RawOrigin::Root,
        pallet_tariffs::Call::set_region {
            region: code(region),
            from,
            members: members(codes),
        },
    )
}

/// `set_tariff`.
pub fn set_tariff(area: Area, service: Service, from: Period, price: Option<UnitPrice>) -> DispatchResult {
    dispatch(
        RawOrigin::Root,
        pallet_tariffs::Call::set_tariff {
            area,
            service,
            from,
            price,
        },
    )
}

/// `set_cap` on GPRS.
pub fn set_cap(visited: &str, home: Option<&str>, from: Period, price: Option<UnitPrice>) -> DispatchResult {
    set_service_cap(Service::Gprs, visited, home, from, price)
}

/// `set_cap`.
pub fn set_service_cap(
    service: Service,
    visited: &str,
    home: Option<&str>,
    from: Period,
    price: Option<UnitPrice>,
) -> DispatchResult {
    dispatch(
        RawOrigin::Root,
        pallet_tariffs::Call::set_cap {
            name: name("Regulation"),
            service,
            visited: code(visited),
            home: home.map(code),
            from,
            price,
        },
    )
}

/// `set_rate`.
pub fn set_rate(currency: Currency, period: Period, rate: u128, quoted: QuoteDate) -> DispatchResult {
    dispatch(
        RawOrigin::Root,
        pallet_tariffs::Call::set_rate {
            currency,
            period,
            rate: SdrRate(rate),
            quoted,
        },
    )
}

/// `set_feeders`.
pub fn set_feeders(operators: &[OperatorId], quorum: u8, currencies: &[Currency]) -> DispatchResult {
    dispatch(
        RawOrigin::Root,
        pallet_tariffs::Call::set_feeders {
            operators: operators.to_vec().try_into().expect("feeders are few"),
            quorum,
            currencies: currencies.to_vec().try_into().expect("currencies are few"),
        },
    )
}

/// `feed`.
pub fn feed(who: u64, currency: Currency, period: Period, rate: u128, quoted: QuoteDate) -> DispatchResult {
    dispatch(
        RawOrigin::Signed(who),
        pallet_tariffs::Call::feed {
            currency,
            period,
            rate: SdrRate(rate),
            quoted,
        },
    )
}

/// `refuse_rate`.
pub fn refuse_rate(currency: Currency, period: Period) -> DispatchResult {
    let call = pallet_tariffs::Call::refuse_rate { currency, period };
    dispatch(RawOrigin::Root, call)
}

/// Appoints the three feeders, two of whom fix the rate of the dollar and the franc.
pub fn appoint() {
    set_feeders(&FEEDERS, 2, &[USD, CHF]).expect("the feeders are active");
    set_rate(USD, NOW, BEFORE, QuoteDate(20261123)).expect("the month has none");
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<pallet_tariffs::Event<Test>> {
    let events = System::read_events_for_pallet();
    System::reset_events();
    events
}

/// Runs `on_idle` with plenty of weight.
pub fn idle() -> Weight {
    Tariffs::on_idle(1, Weight::MAX)
}

/// A line with one price, in millionths, for every unit.
pub fn line(service: Service, millionths: u128) -> ServiceLine {
    samples::line(service, Pricing::linear(Price(millionths * 1_000)))
}

/// A group of lines.
pub fn group(home: &[&str], visited: &[&str], lines: Vec<ServiceLine>) -> ServiceGroup {
    let networks = |codes: &[&str]| codes.iter().map(|code| tadig(code)).collect::<Vec<_>>();
    ServiceGroup {
        home: networks(home).try_into().expect("networks are few"),
        visited: networks(visited).try_into().expect("networks are few"),
        ..samples::group(samples::FIRST, samples::SECOND, lines)
    }
}

/// Terms of a year from [`NEXT`] on: the first direction has the groups, the second nothing.
pub fn terms(currency: Currency, groups: Vec<ServiceGroup>) -> Terms {
    Terms::usual(
        NEXT,
        Period(202712),
        currency,
        [samples::direction(groups), samples::direction(Vec::new())],
    )
}
