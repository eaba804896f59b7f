//! A runtime with real tokens, and mocks for the other pallets.

use crate as pallet_netting;
use crate::*;
use frame_support::{
    assert_ok, parameter_types,
    traits::{ConstU32, ConstU64, Hooks},
    weights::Weight,
};
use frame_system::EnsureRoot;
use interclear_ports::mocks::{self, AccountId, MockOperators};
pub use interclear_ports::{
    mocks::{
        desks::{clearing, commercial, treasury},
        plain, MockClock, MockEscrows, MockSwitches,
    },
    Clock, Debt, Escrows as _, Obligations as _,
};
use interclear_primitives::{
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::{Cycle, CyclePhase, Issuers, Obligation, ObligationSource, Position},
    operator::{OperatorKind, Role},
    period::Period,
    Moment, DAY,
};
use sp_runtime::{BuildStorage, DispatchResult};

interclear_ports::runtime_with_tokens!(Netting: pallet_netting, pallet_balances, pallet_assets, pallet_assets_holder);

parameter_types! {
    pub static MinimumNet: u128 = 0;
}

/// Seconds of working time that debtors have at least.
pub const MIN_FUNDING: Moment = DAY;
/// Seconds for which records are kept.
pub const RETENTION: Moment = 100 * DAY;

impl Config for Test {
    type Clock = MockClock;
    type Escrows = MockEscrows;
    type GovernanceOrigin = EnsureRoot<AccountId>;
    type Holds = AssetsHolder;
    type MaxCycles = ConstU32<132>;
    type MaxCutOffAhead = ConstU64<{ 7 * DAY }>;
    type MaxSchedules = ConstU32<4>;
    type MaxFundingTime = ConstU64<{ 14 * DAY }>;
    type MinFundingTime = ConstU64<MIN_FUNDING>;
    type MinimumNet = MinimumNet;
    type Operators = MockOperators;
    type Retention = ConstU64<RETENTION>;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Switches = MockSwitches;
    type Tokens = Assets;
    type WeightInfo = ();
}

/// The token that tests pay with.
pub const TOKEN: u32 = 1;
/// A second token of the euro, where a test creates it.
pub const OTHER_EURO: u32 = 2;
/// A token of the dollar, likewise.
pub const DOLLARS: u32 = 3;
/// Its currency.
pub const DOLLAR: Currency = Currency(*b"USD");
/// Mints the tokens of both currencies.
pub const ISSUER: OperatorId = OperatorId(0);
/// Mobile operators.
pub const ALPHA: OperatorId = OperatorId(1);
/// See [`ALPHA`].
pub const BETA: OperatorId = OperatorId(2);
/// See [`ALPHA`].
pub const GAMMA: OperatorId = OperatorId(3);
/// See [`ALPHA`].
pub const DELTA: OperatorId = OperatorId(4);
/// When tests begin: a Monday.
pub const NOON: Moment = 1_769_990_400;
/// What each treasury has at the beginning.
pub const FUNDS: u128 = 1_000_000;

/// The origin of an account.
pub fn by(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

/// Records a debt that was due yesterday.
pub fn owe(debtor: OperatorId, creditor: OperatorId, amount: i128) -> ObligationId {
    owe_at(debtor, creditor, amount, MockClock::now() - DAY)
}

/// Records a debt.
pub fn owe_at(debtor: OperatorId, creditor: OperatorId, amount: i128, due: Moment) -> ObligationId {
    Netting::create(debt(debtor, creditor, amount, due)).unwrap()
}

/// What late debts bear in a year: a thousandth a day.
pub const RATE: u16 = 3_650;

/// A debt from a statement, in euro, in the issuer's token.
pub fn debt(debtor: OperatorId, creditor: OperatorId, amount: i128, due: Moment) -> Debt {
    Debt {
        debtor,
        creditor,
        currency: Currency::EUR,
        amount: Value::Clear(amount),
        due,
        source: ObligationSource::Statement {
            agreement: AgreementId(7),
            period: Period(202601),
        },
        accepts: accepts(&[ISSUER]),
        late_interest_bps: RATE,
        gives_back: None,
        condition: Default::default(),
    }
}

/// Issuers whose tokens a creditor accepts.
pub fn accepts(issuers: &[OperatorId]) -> Issuers {
    issuers.to_vec().try_into().unwrap()
}

/// Records a debt in dollars that was due yesterday.
pub fn owe_dollars(debtor: OperatorId, creditor: OperatorId, amount: i128) -> ObligationId {
    Netting::create(Debt {
        currency: DOLLAR,
        ..debt(debtor, creditor, amount, MockClock::now() - DAY)
    })
    .unwrap()
}

/// The council opens a cycle.
pub fn open_at(token: u32, cut_off: Moment, funding: Moment) -> DispatchResult {
    Netting::open_cycle(RuntimeOrigin::root(), token, cut_off, funding)
}

/// Opens a cycle whose cut-off is now.
pub fn open() -> CycleId {
    open_in(TOKEN)
}

/// Opens a cycle in a token whose cut-off is now.
pub fn open_in(token: u32) -> CycleId {
    assert_ok!(open_at(token, MockClock::now(), MIN_FUNDING));
    Netting::latest_cycle().unwrap()
}

/// Opens a cycle and computes it in one step.
pub fn computed() -> CycleId {
    let id = open();
    assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
    assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 1_000));
    id
}

/// Goes on with a computation until the positions stand; after much has been added up its end is a step of its own.
pub fn compute_all(id: CycleId) {
    while cycle(id).phase == CyclePhase::Collecting {
        assert_ok!(Netting::compute(by(clearing(BETA)), id, 100_000));
    }
}

/// A cycle that exists.
pub fn cycle(id: CycleId) -> Cycle {
    Netting::cycle(id).unwrap()
}

/// What an operator is owed and owes in a cycle, nothing where it has no part.
pub fn position(id: CycleId, operator: OperatorId) -> Position {
    Netting::position(id, operator).unwrap_or_default()
}

/// The net of an operator.
pub fn net(id: CycleId, operator: OperatorId) -> i128 {
    position(id, operator).net.clear().unwrap()
}

/// An obligation that exists.
pub fn obligation(id: ObligationId) -> Obligation {
    Netting::obligation(id).unwrap()
}

/// What a party has not settled.
pub fn obligations(party: OperatorId) -> Vec<(ObligationId, Obligation)> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = Netting::obligations(party, after);
        found.extend(page);
        after = next;
        if after.is_none() {
            found.sort_unstable_by_key(|(id, _)| *id);
            return found;
        }
    }
}

/// What is free and what is on hold on an operator's treasury.
pub fn balance(operator: OperatorId) -> (u128, u128) {
    Netting::balance(TOKEN, &treasury(operator))
}

/// Lets the hooks of an empty block do what they can.
pub fn idle() -> Weight {
    Netting::on_idle(System::block_number(), Weight::MAX)
}

/// All events of this pallet.
pub fn events() -> Vec<Event<Test>> {
    System::read_events_for_pallet()
}

/// Builds externalities, and checks the state after each test.
pub struct ExtBuilder {
    token: bool,
    minimum: u128,
}

impl Default for ExtBuilder {
    fn default() -> Self {
        Self {
            token: true,
            minimum: 0,
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
            MockClock::set(NOON);
            MockOperators::admit(ISSUER, &[OperatorKind::TokenIssuer], &[]);
            MockOperators::add_desk(treasury(ISSUER), ISSUER, &[Role::Treasury]);
            for id in 1..=40 {
                let operator = OperatorId(id);
                MockOperators::admit(operator, &[OperatorKind::Mobile], &[]);
                MockOperators::add_desk(clearing(operator), operator, &[Role::Clearing]);
                MockOperators::add_desk(treasury(operator), operator, &[Role::Treasury]);
                MockOperators::add_desk(commercial(operator), operator, &[Role::Commercial]);
            }
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
            Netting::do_try_state().unwrap();
        });
    }
}

/// A second issuer, whose token of the euro is [`OTHER_EURO`].
pub const OTHER_ISSUER: OperatorId = OperatorId(99);

/// Creates the second euro and the dollar, and mints for all operators.
pub fn create_others() {
    MockOperators::admit(OTHER_ISSUER, &[OperatorKind::TokenIssuer], &[]);
    MockOperators::add_desk(
        treasury(OTHER_ISSUER),
        OTHER_ISSUER,
        &[Role::Treasury, Role::Clearing],
    );
    create_euro(OTHER_EURO, OTHER_ISSUER);
    create(DOLLARS, ISSUER, DOLLAR);
    for n in 1..=12 {
        let account = treasury(OperatorId(n));
        assert_ok!(Assets::mint(
            by(treasury(OTHER_ISSUER)),
            OTHER_EURO,
            account,
            FUNDS
        ));
        assert_ok!(Assets::mint(by(treasury(ISSUER)), DOLLARS, account, FUNDS));
    }
}

/// Creates a euro token with cents.
pub fn create_euro(token: u32, issuer: OperatorId) {
    create(token, issuer, Currency::EUR);
}

/// Creates a token with two decimals.
pub fn create(token: u32, issuer: OperatorId, currency: Currency) {
    let (name, symbol) = (Default::default(), Default::default());
    assert_ok!(Netting::create_token(
        RuntimeOrigin::root(),
        token,
        issuer,
        currency,
        2,
        name,
        symbol
    ));
}

/// The issuer freezes its token, as by a call of the issuance pallet.
pub fn freeze_token() {
    use interclear_ports::FiatTokens;
    assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
    Netting::note_frozen(TOKEN, true);
}

/// And lets it go on.
pub fn thaw_token() {
    use interclear_ports::FiatTokens;
    assert_ok!(Assets::thaw_asset(by(treasury(ISSUER)), TOKEN));
    Netting::note_frozen(TOKEN, false);
}

/// The issuer mints as it would: by a call of the assets pallet.
pub fn mint(to: AccountId, amount: u128) {
    assert_ok!(Assets::mint(by(treasury(ISSUER)), TOKEN, to, amount));
}
