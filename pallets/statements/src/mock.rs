//! A runtime with mocks for the other pallets.

use crate as pallet_statements;
use crate::*;
use frame_support::{
    derive_impl,
    traits::{ConstU64, Hooks},
    weights::Weight,
};
use interclear_ports::mocks::{
    self, AccountId, MockAgreements, MockEscrows, MockObligations, MockOperators, MockRates, MockUsage,
};
pub use interclear_ports::{
    mocks::{
        desks::{clearing, commercial, treasury},
        plain, MockClock,
    },
    Clock, Obligations as _, Periods as _,
};
use interclear_primitives::{
    agreement::{
        Direction, DirectionTerms, PaymentTerms, ServiceGroup, ServiceLine, Terms, Tolerance, UsageTerms,
    },
    ids::{AgreementId, ObligationId, OperatorId},
    increment::Increment,
    money::{Currency, Value},
    netting::Obligation,
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

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Statements: pallet_statements,
    }
);

type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
}

/// Seconds for which records are kept.
pub const RETENTION: Moment = 100 * DAY;

impl Config for Test {
    type Agreements = MockAgreements;
    type Clock = MockClock;
    type Escrows = MockEscrows;
    type Obligations = MockObligations;
    type Operators = MockOperators;
    type Rates = MockRates;
    type Retention = ConstU64<RETENTION>;
    type Usage = MockUsage;
    type WeightInfo = ();
}

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
        flow: Default::default(),
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
        in_full: false,
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
        accepts: [ISSUERS[0], ISSUERS[1]].map(|issuer| vec![issuer].try_into().unwrap()),
        ..Terms::usual(
            JANUARY,
            Period(202603),
            Currency::EUR,
            [direction(ALPHA, BETA, lines()), direction(BETA, ALPHA, lines())],
        )
    }
}

/// Whose tokens the first and the second party accept.
pub const ISSUERS: [OperatorId; 2] = [OperatorId(71), OperatorId(72)];

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

/// What a party owes and is owed.
pub fn obligations(party: OperatorId) -> Vec<(ObligationId, Obligation)> {
    let mut all = MockObligations::all();
    all.retain(|(_, debt)| [debt.debtor, debt.creditor].contains(&party));
    all
}

/// An obligation that exists.
pub fn obligation(id: ObligationId) -> Obligation {
    MockObligations::get(id).unwrap()
}

/// Lets the hooks of an empty block do what they can.
pub fn idle() -> Weight {
    Statements::on_idle(System::block_number(), Weight::MAX)
}

/// All events of this pallet.
pub fn events() -> Vec<Event<Test>> {
    System::read_events_for_pallet()
}

/// Builds externalities, and checks the state after each test.
pub struct ExtBuilder {
    token: bool,
    terms: Terms,
}

impl Default for ExtBuilder {
    fn default() -> Self {
        Self {
            token: true,
            terms: terms(),
        }
    }
}

impl ExtBuilder {
    /// Without a token of the currency.
    pub fn without_token(self) -> Self {
        Self { token: false, ..self }
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
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .unwrap();
        let mut ext = sp_io::TestExternalities::new(storage);
        ext.execute_with(|| {
            System::set_block_number(1);
            MockClock::set(JANUARY.end() + DAY);
            for id in 1..=40 {
                let operator = OperatorId(id);
                MockOperators::admit(operator, &[OperatorKind::Mobile], &[tadig(operator)]);
                MockOperators::add_desk(clearing(operator), operator, &[Role::Clearing]);
                MockOperators::add_desk(treasury(operator), operator, &[Role::Treasury]);
                MockOperators::add_desk(commercial(operator), operator, &[Role::Commercial]);
            }
            MockAgreements::activate(AGREEMENT, [ALPHA, BETA], self.terms);
            if self.token {
                MockObligations::set_decimals(Currency::EUR, 2);
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
            Statements::do_try_state().unwrap();
        });
    }
}
