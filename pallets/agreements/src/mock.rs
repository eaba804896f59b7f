//! A runtime of this pallet alone, two operators that negotiate, and a third that does not belong.

use crate as pallet_agreements;
use frame_support::{derive_impl, parameter_types, traits::Hooks, weights::Weight};
use interclear_ports::mocks::{self, MockCaps, MockClock, MockOperators, MockPeriods, MockUsage};
use interclear_primitives::{
    agreement::{Agreement, ServiceGroup, ServiceLine, Terms},
    ids::{AgreementId, OperatorId},
    money::Currency,
    operator::{OperatorKind, Role},
    period::Period,
    rating::{Price, Pricing},
    samples,
    service::Service,
    tadig::Tadig,
    Digest, Moment, DAY,
};
use sp_runtime::{BuildStorage, DispatchResult};

/// The first party.
pub const ALPHA: OperatorId = OperatorId(1);
/// The second party.
pub const BETA: OperatorId = OperatorId(2);
/// Somebody else.
pub const GAMMA: OperatorId = OperatorId(3);
/// Commercial desks of the first party.
pub const ALPHA_DESK: u64 = 11;
/// Another one.
pub const ALPHA_DESK_2: u64 = 12;
/// A desk of the first party that may not negotiate.
pub const ALPHA_CLEARING: u64 = 19;
/// Commercial desks of the second party.
pub const BETA_DESK: u64 = 21;
/// Another one.
pub const BETA_DESK_2: u64 = 22;
/// The commercial desk of somebody else.
pub const GAMMA_DESK: u64 = 31;
/// Home and visited networks of the first party.
pub const A: [Tadig; 3] = [Tadig(*b"DEUA1"), Tadig(*b"DEUA2"), Tadig(*b"DEUA3")];
/// Networks of the second party.
pub const B: [Tadig; 3] = [Tadig(*b"FRAB1"), Tadig(*b"FRAB2"), Tadig(*b"FRAB3")];
/// The network of somebody else.
pub const C: Tadig = Tadig(*b"ITAC1");
/// The month in which the tests begin.
pub const NOW: Period = Period(202611);
/// Seconds for which offers live.
pub const LIFETIME: Moment = 14 * DAY;
/// The first agreement.
pub const FIRST: AgreementId = AgreementId(0);

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Deals: pallet_agreements,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
}

parameter_types! {
    pub static RouteEntries: u32 = 8;
    /// Who is owed more than its cap.
    pub static Exposed: Option<OperatorId> = None;
}

/// Caps on what operators may be owed.
pub struct MockExposures;

impl interclear_ports::Exposures for MockExposures {
    fn ensure_within(one: OperatorId, other: OperatorId) -> DispatchResult {
        match Exposed::get() {
            Some(exposed) if [one, other].contains(&exposed) => {
                Err(sp_runtime::DispatchError::Other("ExposureAboveCap"))
            }
            _ => Ok(()),
        }
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_fill(_: OperatorId, _: OperatorId) {}
}

impl pallet_agreements::Config for Test {
    type Caps = MockCaps;
    type Exposures = MockExposures;
    type Operators = MockOperators;
    type Usage = MockUsage;
    type Periods = MockPeriods;
    type Clock = MockClock;
    type OfferLifetime = frame_support::traits::ConstU64<LIFETIME>;
    type MaxProposals = frame_support::traits::ConstU32<32>;
    type TerminationNoticeMonths = frame_support::traits::ConstU32<3>;
    type MaxTermMonths = frame_support::traits::ConstU32<120>;
    type MaxPairs = frame_support::traits::ConstU32<1024>;
    type MaxRouteEntries = RouteEntries;
    type WeightInfo = ();
}

/// Builds externalities with three operators and their desks.
#[derive(Default)]
pub struct ExtBuilder {
    active: bool,
}

impl ExtBuilder {
    /// With [`FIRST`] in force under [`terms`].
    pub fn active(mut self) -> Self {
        self.active = true;
        self
    }

    pub fn build(self) -> sp_io::TestExternalities {
        mocks::reset();
        MockClock::set(NOW.start() + 5 * DAY + 1_800);
        RouteEntries::set(8);
        let mobile = [OperatorKind::Mobile];
        for (operator, tadigs) in [(ALPHA, A.to_vec()), (BETA, B.to_vec()), (GAMMA, vec![C])] {
            MockOperators::admit(operator, &mobile, &tadigs);
        }
        let commercial = [Role::Commercial];
        for desk in [ALPHA_DESK, ALPHA_DESK_2] {
            MockOperators::add_desk(desk, ALPHA, &commercial);
        }
        for desk in [BETA_DESK, BETA_DESK_2] {
            MockOperators::add_desk(desk, BETA, &commercial);
        }
        MockOperators::add_desk(GAMMA_DESK, GAMMA, &commercial);
        let others = [Role::Admin, Role::Clearing, Role::Treasury, Role::Engineering];
        MockOperators::add_desk(ALPHA_CLEARING, ALPHA, &others);

        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .expect("no genesis fails");
        let mut ext = sp_io::TestExternalities::new(storage);
        ext.execute_with(|| {
            System::set_block_number(1);
            if self.active {
                propose(ALPHA_DESK, BETA, terms()).expect("the terms are valid");
                sign(ALPHA_DESK, FIRST).expect("the first signature is valid");
                sign(BETA_DESK, FIRST).expect("the second signature is valid");
            }
        });
        ext
    }

    /// Runs a test and checks every record afterwards.
    pub fn build_and_execute(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            Deals::do_try_state().expect("every record is consistent");
        });
    }
}

/// Externalities without operators: benchmarks admit their own.
#[cfg(feature = "runtime-benchmarks")]
pub fn without_operators() -> sp_io::TestExternalities {
    let ext = ExtBuilder::default().build();
    mocks::reset();
    MockClock::set(NOW.start() + 5 * DAY + 1_800);
    ext
}

/// Dispatches a call as a transaction does: an error changes nothing.
pub fn dispatch(who: u64, call: pallet_agreements::Call<Test>) -> DispatchResult {
    use sp_runtime::traits::Dispatchable;
    let done = RuntimeCall::from(call).dispatch(RuntimeOrigin::signed(who));
    mocks::plain(done)
}

/// `propose`.
pub fn propose(who: u64, counterparty: OperatorId, terms: Terms) -> DispatchResult {
    dispatch(
        who,
        pallet_agreements::Call::propose {
            counterparty,
            terms: Box::new(terms),
        },
    )
}

/// `counter` of a version.
pub fn counter(who: u64, agreement: AgreementId, version: u32, terms: Terms) -> DispatchResult {
    dispatch(
        who,
        pallet_agreements::Call::counter {
            agreement,
            version,
            terms: Box::new(terms),
        },
    )
}

/// `sign` of whatever is on the table.
pub fn sign(who: u64, agreement: AgreementId) -> DispatchResult {
    let offer = record(agreement).offer.expect("an offer is on the table");
    sign_version(who, agreement, offer.version, offer.digest)
}

/// `sign`.
pub fn sign_version(who: u64, agreement: AgreementId, version: u32, digest: Digest) -> DispatchResult {
    dispatch(
        who,
        pallet_agreements::Call::sign {
            agreement,
            version,
            digest,
        },
    )
}

/// `withdraw`.
pub fn withdraw(who: u64, agreement: AgreementId) -> DispatchResult {
    dispatch(who, pallet_agreements::Call::withdraw { agreement })
}

/// `reject`.
pub fn reject(who: u64, agreement: AgreementId) -> DispatchResult {
    dispatch(who, pallet_agreements::Call::reject { agreement })
}

/// `amend`.
pub fn amend(who: u64, agreement: AgreementId, from: Period, terms: Terms) -> DispatchResult {
    dispatch(
        who,
        pallet_agreements::Call::amend {
            agreement,
            from,
            terms: Box::new(terms),
        },
    )
}

/// `terminate`.
pub fn terminate(who: u64, agreement: AgreementId, last: Period) -> DispatchResult {
    dispatch(who, pallet_agreements::Call::terminate { agreement, last })
}

/// An amendment that both parties sign.
pub fn amend_and_sign(agreement: AgreementId, from: Period, terms: Terms) -> DispatchResult {
    amend(ALPHA_DESK, agreement, from, terms)?;
    sign(ALPHA_DESK, agreement)?;
    sign(BETA_DESK, agreement)
}

/// The stored record.
pub fn record(agreement: AgreementId) -> Agreement<u64> {
    pallet_agreements::Agreements::<Test>::get(agreement).expect("the agreement exists")
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<pallet_agreements::Event<Test>> {
    let events = System::read_events_for_pallet();
    System::reset_events();
    events
}

/// Runs `on_idle` with plenty of weight.
pub fn idle() {
    Deals::on_idle(1, Weight::MAX);
}

/// A line with one price for every unit.
pub fn line(service: Service, price: u128) -> ServiceLine {
    samples::line(service, Pricing::linear(Price(price)))
}

/// A group of two lines.
pub fn group(home: &[Tadig], visited: &[Tadig]) -> ServiceGroup {
    let lines = vec![
        line(Service::MocLocal, 50_000_000),
        line(Service::Gprs, 2_000_000),
    ];
    ServiceGroup {
        home: home.to_vec().try_into().expect("networks are few"),
        visited: visited.to_vec().try_into().expect("networks are few"),
        ..samples::group(A[0], B[0], lines)
    }
}

/// Valid terms for December 2026 to November 2027, one signature each: two of the three networks of each party.
pub fn terms() -> Terms {
    Terms::usual(
        Period(202612),
        Period(202711),
        Currency::EUR,
        [
            samples::direction(vec![group(&A[..2], &B[..2])]),
            samples::direction(vec![group(&B[..2], &A[..2])]),
        ],
    )
}

/// [`terms`] after a change.
pub fn terms_with(change: impl FnOnce(&mut Terms)) -> Terms {
    let mut terms = terms();
    change(&mut terms);
    terms
}
