//! A runtime with nothing but this pallet, two operators with a statement, and those that arbitrate.

use crate as pallet_disputes;
use crate::*;
use frame_support::{assert_ok, derive_impl, traits::Hooks, weights::Weight};
use interclear_ports::mocks::{self, MockAgreements};
pub use interclear_ports::{
    mocks::{MockClock, MockEvidence, MockObligations, MockOperators, MockStatements},
    Clock, DisputedStatements, Obligations,
};
use interclear_primitives::{
    agreement::{Direction, DisputeTerms, PaymentTerms, Terms},
    dispute::{About, Dispute, DisputeKind, DisputeOutcome, DisputePhase, Figures, LineKey},
    ids::{AgreementId, DisputeId, OperatorId},
    money::{Currency, Value},
    netting::ObligationSource,
    operator::{OperatorKind, Role},
    period::Period,
    samples,
    service::Service,
    statement::{Decided, Disputed, Statement, StatementLine, StatementStatus},
    tadig::Tadig,
    usage::UsageKey,
    Moment, DAY,
};
use sp_runtime::{BuildStorage, DispatchResult};

pub type AccountId = u64;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Disputes: pallet_disputes,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = frame_system::mocking::MockBlock<Self>;
}

/// Seconds for which ended disputes are kept.
pub const RETENTION: Moment = 100 * DAY;

impl pallet_disputes::Config for Test {
    type Operators = MockOperators;
    type Agreements = MockAgreements;
    type Statements = MockStatements;
    type Evidence = MockEvidence;
    type Clock = MockClock;
    type GovernanceOrigin = frame_system::EnsureRoot<AccountId>;
    type Retention = frame_support::traits::ConstU64<RETENTION>;
    type WeightInfo = ();
}

/// The first party of [`AGREEMENT`], the debtor of [`data`].
pub const ALPHA: OperatorId = OperatorId(1);
/// The second one, its creditor.
pub const BETA: OperatorId = OperatorId(2);
/// The arbitrators, where the agreement names any.
pub const ARBITRATORS: [OperatorId; 3] = [OperatorId(3), OperatorId(4), OperatorId(5)];
/// An operator without a part in anything.
pub const STRANGER: OperatorId = OperatorId(6);
pub const AGREEMENT: AgreementId = AgreementId(7);
pub const JANUARY: Period = Period(202601);
/// When the statement of January was issued.
pub const ISSUED: Moment = 1_770_000_000;
/// When its net is due.
pub const DUE: Moment = ISSUED + 40 * DAY;
/// The first dispute.
pub const FIRST: DisputeId = DisputeId(0);
/// Days to answer, and to rule.
pub const ANSWER: Moment = 15 * DAY;
pub const RULING: Moment = 60 * DAY;

/// The clearing desk of an operator.
pub fn desk(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10
}

/// A desk of an operator with another role.
pub fn treasury(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 1
}

/// The origin of an operator's clearing desk.
pub fn by(operator: OperatorId) -> RuntimeOrigin {
    RuntimeOrigin::signed(desk(operator))
}

/// The code of an operator's network.
pub fn tadig(operator: OperatorId) -> Tadig {
    samples::tadig(operator.0)
}

pub fn key(direction: Direction, service: Service) -> LineKey {
    LineKey {
        late: None,
        usage: UsageKey {
            direction,
            group: 0,
            service,
        },
    }
}

/// 500.00 that ALPHA owes for a thousand megabytes.
pub fn data() -> LineKey {
    key(Direction::FirstHome, Service::Gprs)
}

/// 100.00 that BETA owes for two hundred.
pub fn reverse_data() -> LineKey {
    key(Direction::SecondHome, Service::Gprs)
}

/// 2.00 that ALPHA owes for messages.
pub fn messages() -> LineKey {
    key(Direction::FirstHome, Service::SmsMo)
}

/// 30.00 that ALPHA is given back for minutes of an earlier month of the window.
pub fn given_back() -> LineKey {
    key(Direction::FirstHome, Service::Mtc)
}

/// So many cents for so many whole units, without tax.
pub fn figures(units: u128, cents: i128) -> Figures {
    Figures {
        quantity: units * 1_000_000,
        charge: Value::Clear(cents),
        ..Figures::default()
    }
}

/// Megabytes at 0.50.
pub fn megabytes(units: u128) -> Figures {
    figures(units, i128::try_from(units).unwrap() * 50)
}

fn line(key: LineKey, said: Figures) -> StatementLine {
    StatementLine {
        direction: key.usage.direction,
        group: 0,
        service: key.usage.service,
        late: key.late,
        quantity: said.quantity,
        tap_charge: Value::ZERO,
        charge: said.charge,
        shortfall: said.shortfall,
        tax: said.tax,
    }
}

/// Of a month: ALPHA owes 500.00, 2.00 and -30.00, and is owed 100.00.
pub fn statement() -> Statement {
    Statement {
        parties: [ALPHA, BETA],
        version: 1,
        currency: Currency::EUR,
        decimals: 2,
        exchange: None,
        lines: vec![
            line(data(), megabytes(1_000)),
            line(messages(), figures(100, 200)),
            line(given_back(), figures(0, -3_000)),
            line(reverse_data(), megabytes(200)),
        ]
        .try_into()
        .unwrap(),
        totals: [Value::Clear(47_200), Value::Clear(10_000)],
        net: Value::Clear(37_200),
        status: StatementStatus::Issued,
        affirmed: [false; 2],
        issued_at: ISSUED,
        affirm_by: ISSUED + 30 * DAY,
        disputed_until: ISSUED + 30 * DAY,
        payment: PaymentTerms::usual(),
        accepts: Default::default(),
        due: DUE,
        decided: Default::default(),
        running_digest: [0; 32],
        minimum: 0,
        carried: Value::ZERO,
        obligation: None,
        disputed: Disputed::default(),
        escrowed: [Value::ZERO; 2],
    }
}

/// What is paid of the statement as disputes stand: what ALPHA pays BETA, in cents.
pub fn payable() -> i128 {
    let statement = MockStatements::statement(AGREEMENT, JANUARY).unwrap();
    statement.payable().unwrap().clear().unwrap()
}

/// What ALPHA and BETA owe each other by obligations: what ALPHA owes BETA, in cents.
pub fn booked() -> i128 {
    let all = MockObligations::all().into_iter();
    let signed = all.map(|(_, debt)| {
        let amount = debt.amount.clear().unwrap();
        match (debt.debtor, debt.creditor) {
            (ALPHA, BETA) => amount,
            (BETA, ALPHA) => -amount,
            other => panic!("{other:?}"),
        }
    });
    signed.sum()
}

/// Who owes a fee, and how many cents.
pub fn fees() -> Vec<(OperatorId, i128)> {
    let all = MockObligations::all().into_iter();
    all.filter(|(_, debt)| matches!(debt.source, ObligationSource::DisputeFee { .. }))
        .map(|(_, debt)| (debt.debtor, debt.amount.clear().unwrap()))
        .collect()
}

/// Has the statement be due, and its silence affirm, long before the days to dispute are over.
pub fn due_first() {
    let statement = Statement {
        disputed_until: ISSUED + 90 * DAY,
        ..statement()
    };
    MockStatements::set(AGREEMENT, JANUARY, statement);
}

/// Makes an obligation of what is not withheld.
pub fn conclude() {
    MockStatements::conclude(AGREEMENT, JANUARY);
}

pub fn raise(party: OperatorId, line: LineKey, kind: DisputeKind, claimed: Figures) -> DispatchResult {
    raise_about(party, line, kind, claimed, None)
}

pub fn raise_about(
    party: OperatorId,
    line: LineKey,
    kind: DisputeKind,
    claimed: Figures,
    about: Option<About>,
) -> DispatchResult {
    Disputes::raise(by(party), AGREEMENT, JANUARY, line, kind, claimed, about)
}

/// ALPHA says that its subscribers used 800 MB: 400.00 and not 500.00.
pub fn raised() {
    assert_ok!(raise(ALPHA, data(), DisputeKind::Volume, megabytes(800)));
}

/// BETA says that it was 950 MB.
pub fn answered() {
    raised();
    assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(950)));
}

/// ALPHA wants it ruled.
pub fn escalated() {
    answered();
    assert_ok!(Disputes::escalate(by(ALPHA), FIRST));
}

/// What a dispute on [`data`] has decided: so many megabytes and cents more.
pub fn decided(units: i128, cents: i128) -> Decided {
    Decided {
        dispute: FIRST,
        statement: JANUARY,
        period: JANUARY,
        line: data().usage,
        moves_window: true,
        quantity: units * 1_000_000,
        charge: Value::Clear(cents),
        shortfall: Value::ZERO,
        tax: Value::ZERO,
    }
}

pub fn dispute() -> Dispute {
    Disputes::dispute(FIRST).unwrap()
}

/// How the first dispute ended, and at how many cents.
pub fn ended() -> (DisputeOutcome, i128) {
    let dispute = dispute();
    let DisputePhase::Ended(outcome) = dispute.phase else {
        panic!("{dispute:?}");
    };
    (outcome, dispute.settled.clear().unwrap())
}

/// Lets the hooks of an empty block do what they can.
pub fn idle() {
    Disputes::on_idle(System::block_number(), Weight::MAX);
}

/// All events of this pallet.
pub fn events() -> Vec<Event<Test>> {
    System::read_events_for_pallet()
}

/// Builds externalities, and checks the state after each test.
#[derive(Default)]
pub struct ExtBuilder {
    terms: DisputeTerms,
}

impl ExtBuilder {
    /// With other terms on disputes.
    pub fn terms(mut self, change: impl FnOnce(&mut DisputeTerms)) -> Self {
        change(&mut self.terms);
        self
    }

    /// With arbitrators.
    pub fn arbitrated(self) -> Self {
        self.terms(|terms| terms.arbitrators = Some(ARBITRATORS))
    }

    pub fn build(self) -> sp_io::TestExternalities {
        mocks::reset();
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .unwrap();
        let mut ext = sp_io::TestExternalities::new(storage);
        ext.execute_with(|| {
            System::set_block_number(1);
            MockClock::set(ISSUED + DAY);
            for id in 1..=6 {
                let operator = OperatorId(id);
                MockOperators::admit(operator, &[OperatorKind::Mobile], &[tadig(operator)]);
                MockOperators::add_desk(desk(operator), operator, &[Role::Clearing]);
                MockOperators::add_desk(treasury(operator), operator, &[Role::Treasury]);
            }
            let terms = Terms {
                disputes: self.terms,
                ..samples::terms(JANUARY, Period(202612))
            };
            MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms);
            MockStatements::set(AGREEMENT, JANUARY, statement());
        });
        ext
    }

    /// Runs a test in the externalities.
    pub fn build_and_execute(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            Disputes::do_try_state().unwrap();
        });
    }
}
