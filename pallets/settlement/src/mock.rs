//! A runtime with real tokens, and mocks for the other pallets.

use crate as pallet_settlement;
use crate::*;
use core::time::Duration;
use frame_support::{
    assert_ok, derive_impl, parameter_types,
    traits::{AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, Hooks, UnixTime},
    weights::Weight,
};
use frame_system::{EnsureNever, EnsureRoot};
use interclear_ports::mocks::{self, AccountId, MockAgreements, MockOperators, MockRates, MockUsage};
use interclear_primitives::{
    agreement::{
        Direction, DirectionTerms, PaymentTerms, ServiceGroup, ServiceLine, Terms, Tolerance, UsageTerms,
    },
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    increment::Increment,
    money::{Currency, Value},
    netting::{Cycle, Obligation, ObligationSource, Position},
    operator::{OperatorKind, Role},
    period::Period,
    rating::{Condition, LineTerms, Price, Pricing},
    service::Service,
    span::Span,
    tadig::Tadig,
    usage::{UsageKey, UsageTotal},
    Moment, DAY,
};
use sp_runtime::BuildStorage;

#[frame_support::runtime]
mod runtime {
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask,
        RuntimeViewFunction
    )]
    pub struct Test;

    #[runtime::pallet_index(0)]
    pub type System = frame_system;
    #[runtime::pallet_index(1)]
    pub type Balances = pallet_balances;
    #[runtime::pallet_index(2)]
    pub type Assets = pallet_assets;
    #[runtime::pallet_index(3)]
    pub type AssetsHolder = pallet_assets_holder;
    #[runtime::pallet_index(4)]
    pub type Settlement = pallet_settlement;
}

type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type AccountData = pallet_balances::AccountData<u128>;
    type Block = Block;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type AccountStore = System;
    type Balance = u128;
    type ExistentialDeposit = ConstU128<1>;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
    type AssetAccountDeposit = ConstU128<0>;
    type AssetDeposit = ConstU128<0>;
    type ApprovalDeposit = ConstU128<0>;
    type Balance = u128;
    type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
    type Currency = Balances;
    type ForceOrigin = EnsureRoot<AccountId>;
    type Holder = AssetsHolder;
    type MetadataDepositBase = ConstU128<0>;
    type MetadataDepositPerByte = ConstU128<0>;
}

impl pallet_assets_holder::Config for Test {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
}

parameter_types! {
    pub static Now: Moment = 0;
    pub static MinimumNet: u128 = 0;
}

/// A clock that tests set.
pub struct Clock;

impl UnixTime for Clock {
    fn now() -> Duration {
        Duration::from_secs(Now::get())
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper for Clock {
    fn set_now(now: Moment) {
        Now::set(now);
    }
}

/// Seconds that debtors have at least.
pub const MIN_FUNDING: Moment = 3_600;
/// Seconds for which records are kept.
pub const RETENTION: Moment = 100 * DAY;

impl Config for Test {
    type Agreements = MockAgreements;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = Clock;
    type GovernanceOrigin = EnsureRoot<AccountId>;
    type Holds = AssetsHolder;
    type MaxCutOffAhead = ConstU64<{ 7 * DAY }>;
    type MaxFundingTime = ConstU64<{ 14 * DAY }>;
    type MaxParties = ConstU32<32>;
    type MinFundingTime = ConstU64<MIN_FUNDING>;
    type MinimumNet = MinimumNet;
    type Operators = MockOperators;
    type Rates = MockRates;
    type Retention = ConstU64<RETENTION>;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Time = Clock;
    type Tokens = Assets;
    type Usage = MockUsage;
    type WeightInfo = ();
}

/// The token that tests pay with.
pub const TOKEN: u32 = 1;
/// The issuer.
pub const ISSUER: OperatorId = OperatorId(0);
/// Mobile operators.
pub const ALPHA: OperatorId = OperatorId(1);
/// See [`ALPHA`].
pub const BETA: OperatorId = OperatorId(2);
/// See [`ALPHA`].
pub const GAMMA: OperatorId = OperatorId(3);
/// See [`ALPHA`].
pub const DELTA: OperatorId = OperatorId(4);
/// Agreement between [`ALPHA`] and [`BETA`].
pub const AGREEMENT: AgreementId = AgreementId(7);
/// First month of [`AGREEMENT`].
pub const JANUARY: Period = Period(202601);
/// Second month.
pub const FEBRUARY: Period = Period(202602);
/// What each treasury has at the beginning.
pub const FUNDS: u128 = 1_000_000;

/// The clearing desk of an operator.
pub fn clearing(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 1
}

/// The treasury desk of an operator, which is its payout account.
pub fn treasury(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 2
}

/// A desk of an operator that may do neither.
pub fn commercial(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 3
}

/// The origin of an account.
pub fn by(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

/// A code of an operator's network.
pub fn tadig(operator: OperatorId) -> Tadig {
    Tadig([
        b'N',
        b'E',
        b'T',
        b'0' + (operator.0 / 10) as u8,
        b'0' + (operator.0 % 10) as u8,
    ])
}

/// A line at `price` (10^-9 of the currency) per unit.
pub fn linear(service: Service, price: u128) -> ServiceLine {
    let terms = LineTerms {
        pricing: Pricing::linear(Price(price)),
        ..Default::default()
    };
    ServiceLine {
        service,
        terms,
        increment: Increment::Exact,
        tolerance: Tolerance::default(),
    }
}

/// Terms of one direction with one group.
pub fn direction(home: OperatorId, visited: OperatorId, lines: Vec<ServiceLine>) -> DirectionTerms {
    let group = ServiceGroup {
        home: vec![tadig(home)].try_into().unwrap(),
        visited: vec![tadig(visited)].try_into().unwrap(),
        lines: lines.try_into().unwrap(),
    };
    DirectionTerms {
        groups: vec![group].try_into().unwrap(),
        condition: Condition::Unconditional,
        window: Span::Month,
        commitment_span: Span::Term,
    }
}

/// Terms between [`ALPHA`] and [`BETA`] for January to March 2026 in euro: data at 0.50 a MB, messages at 0.02.
pub fn terms() -> Terms {
    let lines = || {
        vec![
            linear(Service::Gprs, 500_000_000),
            linear(Service::SmsMo, 20_000_000),
        ]
    };
    Terms {
        usage: UsageTerms {
            acknowledge_days: 5,
            close_days: 0,
            ..UsageTerms::usual(Currency::EUR)
        },
        payment: PaymentTerms {
            late_interest_bps: 0,
            ..PaymentTerms::usual()
        },
        ..Terms::usual(
            JANUARY,
            Period(202603),
            Currency::EUR,
            [direction(ALPHA, BETA, lines()), direction(BETA, ALPHA, lines())],
        )
    }
}

/// Sets the usage of a line: whole units, and the TAP charge in cents.
pub fn used(period: Period, direction: Direction, service: Service, units: u128, cents: i128) {
    let total = UsageTotal {
        records: 1,
        quantity: units * 1_000_000,
        charge: Value::Clear(cents * 10_000),
        tax: Value::ZERO,
    };
    MockUsage::set(
        AGREEMENT,
        period,
        UsageKey {
            direction,
            group: 0,
            service,
        },
        total,
    );
}

/// The usual usage of January: ALPHA owes 500.00 + 2.00, BETA owes 100.00.
pub fn january() {
    used(JANUARY, Direction::FirstHome, Service::Gprs, 1_000, 90_000);
    used(JANUARY, Direction::FirstHome, Service::SmsMo, 100, 900);
    used(JANUARY, Direction::SecondHome, Service::Gprs, 200, 18_000);
}

/// Records a debt that is due now.
pub fn owe(debtor: OperatorId, creditor: OperatorId, amount: i128) -> ObligationId {
    owe_at(debtor, creditor, amount, Now::get())
}

/// Records a debt.
pub fn owe_at(debtor: OperatorId, creditor: OperatorId, amount: i128, due: Moment) -> ObligationId {
    let source = ObligationSource::Statement {
        agreement: AGREEMENT,
        period: JANUARY,
    };
    Settlement::create_obligation(debtor, creditor, Currency::EUR, Value::Clear(amount), due, source).unwrap()
}

/// Somebody who has something to settle.
pub fn opener() -> OperatorId {
    crate::UnsettledOf::<Test>::iter_keys()
        .map(|(_, operator)| operator)
        .next()
        .unwrap_or(ALPHA)
}

/// Opens a cycle whose cut-off is now.
pub fn open() -> CycleId {
    let now = Now::get();
    assert_ok!(Settlement::open_cycle(
        by(clearing(opener())),
        TOKEN,
        now,
        now + DAY
    ));
    Settlement::latest_cycle().unwrap()
}

/// Opens a cycle and computes it in one step.
pub fn computed() -> CycleId {
    let id = open();
    assert_ok!(Settlement::freeze(by(clearing(ALPHA)), id));
    assert_ok!(Settlement::compute(by(clearing(ALPHA)), id, 1_000));
    id
}

/// A cycle that exists.
pub fn cycle(id: CycleId) -> Cycle {
    Settlement::cycle(id).unwrap()
}

/// A position.
pub fn position(id: CycleId, operator: OperatorId) -> Position {
    Settlement::position(id, operator).unwrap_or_default()
}

/// The net of an operator.
pub fn net(id: CycleId, operator: OperatorId) -> i128 {
    position(id, operator).net.clear().unwrap()
}

/// An obligation that exists.
pub fn obligation(id: ObligationId) -> Obligation {
    Settlement::obligation(id).unwrap()
}

/// What is free and what is on hold on an operator's treasury.
pub fn balance(operator: OperatorId) -> (u128, u128) {
    Settlement::balance(TOKEN, &treasury(operator))
}

/// Lets the hooks of an empty block do what they can.
pub fn idle() -> Weight {
    Settlement::on_idle(System::block_number(), Weight::MAX)
}

/// The events of the pallet, oldest first.
pub fn events() -> Vec<Event<Test>> {
    System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Settlement(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// Builds externalities, and checks the state after each test.
pub struct ExtBuilder {
    token: bool,
    minimum: u128,
    terms: Terms,
}

impl Default for ExtBuilder {
    fn default() -> Self {
        Self {
            token: true,
            minimum: 0,
            terms: terms(),
        }
    }
}

impl ExtBuilder {
    /// Without the token.
    pub fn without_token(self) -> Self {
        Self { token: false, ..self }
    }

    /// With a minimum for net amounts.
    pub fn minimum_net(self, minimum: u128) -> Self {
        Self { minimum, ..self }
    }

    /// With days in which it takes both parties to close a month.
    pub fn close_days(mut self, days: u16) -> Self {
        self.terms.usage.close_days = days;
        self
    }

    /// With other terms between [`ALPHA`] and [`BETA`].
    pub fn terms(self, terms: Terms) -> Self {
        Self { terms, ..self }
    }

    /// The externalities.
    pub fn build(self) -> sp_io::TestExternalities {
        mocks::reset();
        MinimumNet::set(self.minimum);
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .unwrap();
        let mut ext = sp_io::TestExternalities::new(storage);
        ext.execute_with(|| {
            System::set_block_number(1);
            Now::set(JANUARY.end() + DAY);
            MockOperators::admit(ISSUER, &[OperatorKind::TokenIssuer], &[tadig(ISSUER)]);
            MockOperators::add_desk(treasury(ISSUER), ISSUER, &[Role::Treasury]);
            for id in 1..=40 {
                let operator = OperatorId(id);
                MockOperators::admit(operator, &[OperatorKind::Mobile], &[tadig(operator)]);
                MockOperators::add_desk(clearing(operator), operator, &[Role::Clearing]);
                MockOperators::add_desk(treasury(operator), operator, &[Role::Treasury]);
                MockOperators::add_desk(commercial(operator), operator, &[Role::Commercial]);
            }
            MockAgreements::activate(AGREEMENT, [ALPHA, BETA], self.terms);
            if self.token {
                create_euro(TOKEN, ISSUER);
                for id in 1..=40 {
                    mint(treasury(OperatorId(id)), FUNDS);
                }
            }
            System::reset_events();
        });
        ext
    }

    /// Runs a test in the externalities.
    pub fn build_and_execute(self, test: impl FnOnce()) {
        let mut ext = self.build();
        ext.execute_with(|| {
            test();
            Settlement::do_try_state().unwrap();
        });
    }
}

/// Creates a euro token with cents.
pub fn create_euro(token: u32, issuer: OperatorId) {
    let (name, symbol) = (Default::default(), Default::default());
    assert_ok!(Settlement::create_token(
        RuntimeOrigin::root(),
        token,
        issuer,
        Currency::EUR,
        2,
        name,
        symbol
    ));
}

/// The issuer mints as it would: by a call of the assets pallet.
pub fn mint(to: AccountId, amount: u128) {
    assert_ok!(Assets::mint(by(treasury(ISSUER)), TOKEN, to, amount));
}
