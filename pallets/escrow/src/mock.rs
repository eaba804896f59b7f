//! A runtime with real tokens, and mocks for the other pallets.

use crate as pallet_escrow;
use crate::*;
use frame_support::{
    assert_ok,
    traits::{
        fungibles::{Create, InspectHold},
        Hooks,
    },
    weights::Weight,
};
use interclear_ports::mocks::{
    self, AccountId, MockAgreements, MockObligations, MockOperators, MockPeriods, MockUsage,
};
pub use interclear_ports::{
    mocks::{
        desks::{clearing, treasury},
        plain, MockClock,
    },
    Clock, Escrows as _,
};
use interclear_ports::{Debt, Obligations as _};
use interclear_primitives::{
    agreement::{Direction, Flow, Prepaid, Terms},
    escrow::Escrow as Held,
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::{Issuers, ObligationSource},
    operator::{OperatorKind, Role},
    period::Period,
    samples,
};
use sp_runtime::{testing::TestSignature, BuildStorage};

interclear_ports::runtime_with_tokens!(Escrow: pallet_escrow, pallet_balances, pallet_assets, pallet_assets_holder);

impl Config for Test {
    type Agreements = MockAgreements;
    type Clock = MockClock;
    type Holds = AssetsHolder;
    type MaxOffers = frame_support::traits::ConstU8<4>;
    type Obligations = MockObligations;
    type Operators = MockOperators;
    type Periods = MockPeriods;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Tokens = Assets;
    type Usage = MockUsage;
    type VoucherSignature = TestSignature;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = Signer;
    type WeightInfo = ();
}

/// Signs for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Signer;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId, TestSignature> for Signer {
    fn signer() -> AccountId {
        7_777
    }

    fn sign(signer: &AccountId, message: &[u8]) -> TestSignature {
        TestSignature(*signer, message.to_vec())
    }
}

/// The issuer, whose token has its number.
pub const ISSUER: OperatorId = OperatorId(9);
/// The token that tests pay with.
pub const TOKEN: u32 = 9;
/// Another issuer, whose token [`BETA`] accepts, too.
pub const OTHER_ISSUER: OperatorId = OperatorId(8);
/// Its token.
pub const OTHER_TOKEN: u32 = 8;
/// The home party of the direction that is prepaid.
pub const ALPHA: OperatorId = OperatorId(1);
/// The visited party, which is paid.
pub const BETA: OperatorId = OperatorId(2);
/// No party.
pub const GAMMA: OperatorId = OperatorId(3);
/// The agreement between [`ALPHA`] and [`BETA`].
pub const AGREEMENT: AgreementId = AgreementId(7);
/// Its first month.
pub const JANUARY: Period = Period(202601);
/// Its last month.
pub const MARCH: Period = Period(202603);
/// What each treasury has at the beginning, in cents.
pub const FUNDS: u128 = 1_000_000;
/// Below what the parties are warned, in cents.
pub const FLOOR: u128 = 2_000;
/// [`ALPHA`]'s side.
pub const PREPAID: Direction = Direction::FirstHome;

/// A second treasury desk.
pub fn second_treasury(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 3
}

/// The origin of an account.
pub fn by(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

/// Terms by which the first direction is prepaid.
pub fn terms() -> Terms {
    let mut terms = samples::terms(JANUARY, MARCH);
    for group in &mut terms.directions[0].groups {
        group.lines.iter_mut().for_each(|line| line.flow = Flow::Files);
    }
    terms.usage.prepaid[0] = Some(Prepaid {
        floor: FLOOR * 10_000,
    });
    terms.accepts[1] = vec![ISSUER, OTHER_ISSUER].try_into().unwrap();
    terms
}

/// A deposit by [`ALPHA`]'s treasury.
pub fn deposit(amount: u128) -> sp_runtime::DispatchResult {
    deposit_by(by(treasury(ALPHA)), AGREEMENT, TOKEN, amount)
}

/// A deposit, whatever it weighs.
pub fn deposit_by(
    origin: RuntimeOrigin,
    agreement: AgreementId,
    token: u32,
    amount: u128,
) -> sp_runtime::DispatchResult {
    plain(Pallet::<Test>::deposit(origin, agreement, token, amount))
}

/// The escrow, which exists.
pub fn escrow() -> Held<AccountId> {
    Escrows::<Test>::get(AGREEMENT, PREPAID).unwrap()
}

/// What is left of it for usage that no voucher was paid of, in cents.
pub fn left() -> u128 {
    escrow().left() / 10_000
}

/// What is left of it for usage of a month, in cents.
pub fn left_for(period: Period) -> u128 {
    Pallet::<Test>::left(AGREEMENT, PREPAID, period) / 10_000
}

/// Files of a month charge more, or less, in cents.
pub fn draw(period: Period, cents: i128) {
    Pallet::<Test>::draw(AGREEMENT, PREPAID, period, cents * 10_000);
}

/// Has the escrow pay what it can for January, in cents.
pub fn pay(cents: u128) -> u128 {
    pay_for(JANUARY, cents)
}

/// Has the escrow pay what it can for a month, in cents.
pub fn pay_for(period: Period, cents: u128) -> u128 {
    let accepts = terms().accepts[1].clone();
    Pallet::<Test>::pay(AGREEMENT, PREPAID, period, Currency::EUR, &accepts, cents)
}

/// An obligation of [`ALPHA`]'s that the escrow could not pay, in cents, and never can, as [`BETA`] accepts another token for it.
pub fn owe(cents: u128) -> ObligationId {
    owe_in(Default::default(), cents)
}

/// An obligation of [`ALPHA`]'s that the escrow could not pay when it arose, in cents.
pub fn owe_in(accepts: Issuers, cents: u128) -> ObligationId {
    let debt = Debt {
        debtor: ALPHA,
        creditor: BETA,
        currency: Currency::EUR,
        amount: Value::from_unsigned(cents).unwrap(),
        due: 0,
        source: ObligationSource::Carried { cycle: CycleId(0) },
        accepts,
        late_interest_bps: 0,
        gives_back: None,
        condition: Default::default(),
    };
    let id = MockObligations::create(debt).unwrap();
    Pallet::<Test>::note_unpaid(AGREEMENT, PREPAID, JANUARY, id);
    id
}

/// What is free and what is on hold of an account.
pub fn balance(token: u32, who: AccountId) -> (u128, u128) {
    let held = AssetsHolder::total_balance_on_hold(token, &who);
    (Assets::balance(token, who), held)
}

/// Lets the hooks of an empty block do what they can.
pub fn idle() {
    Pallet::<Test>::on_idle(System::block_number(), Weight::MAX);
}

/// The events of the pallet, oldest first.
pub fn events() -> Vec<Event<Test>> {
    System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Escrow(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// All months are closed, and their days to dispute over.
pub fn end() {
    for month in [JANUARY, JANUARY.next(), MARCH] {
        MockPeriods::close(AGREEMENT, month);
    }
    MockClock::set(terms().usage.late_until(MARCH));
}

/// The issuer freezes its token.
pub fn freeze_token() {
    assert_ok!(Assets::freeze_asset(by(treasury(ISSUER)), TOKEN));
}

/// And lets it go on.
pub fn thaw_token() {
    assert_ok!(Assets::thaw_asset(by(treasury(ISSUER)), TOKEN));
}

/// It freezes the account of [`ALPHA`], which holds the escrow.
pub fn freeze_account() {
    assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
}

/// And lets it go on.
pub fn thaw_account() {
    assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
}

/// Builds externalities, and checks the state after each test.
#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
    /// The externalities.
    pub fn build(self) -> sp_io::TestExternalities {
        mocks::reset();
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .unwrap();
        let mut ext = sp_io::TestExternalities::new(storage);
        ext.execute_with(|| {
            System::set_block_number(1);
            MockClock::set(JANUARY.start());
            MockObligations::set_decimals(Currency::EUR, 2);
            for issuer in [ISSUER, OTHER_ISSUER] {
                MockOperators::admit(issuer, &[OperatorKind::TokenIssuer], &[]);
                MockOperators::add_desk(treasury(issuer), issuer, &[Role::Treasury]);
                assert_ok!(<Assets as Create<AccountId>>::create(
                    issuer.0,
                    treasury(issuer),
                    true,
                    1
                ));
            }
            for operator in [ALPHA, BETA, GAMMA] {
                MockOperators::admit(operator, &[OperatorKind::Mobile], &[]);
                MockOperators::add_desk(clearing(operator), operator, &[Role::Clearing]);
                let roles = [Role::Treasury, Role::Commercial];
                MockOperators::add_desk(second_treasury(operator), operator, &roles);
                MockOperators::add_desk(treasury(operator), operator, &[Role::Treasury]);
                for who in [treasury(operator), second_treasury(operator)] {
                    for issuer in [ISSUER, OTHER_ISSUER] {
                        assert_ok!(Assets::mint(by(treasury(issuer)), issuer.0, who, FUNDS));
                    }
                }
            }
            MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms());
            System::reset_events();
        });
        ext
    }

    /// Runs a test in the externalities.
    pub fn build_and_execute(self, test: impl FnOnce()) {
        let mut ext = self.build();
        ext.execute_with(|| {
            test();
            Pallet::<Test>::do_try_state().unwrap();
        });
    }
}
