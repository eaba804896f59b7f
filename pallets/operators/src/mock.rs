//! A runtime with this pallet alone.

use crate::{self as pallet_operators, Call, Event, Pallet, Standing, Triage};
use frame_support::{
    derive_impl, parameter_types,
    traits::{ConstU32, ConstU64},
    weights::Weight,
    BoundedVec,
};
use frame_system::{
    limits::{BlockLength, BlockWeights},
    EnsureRoot,
};
use interclear_ports::{
    mocks::{self, MockClock, MockMembers},
    Clock,
};
use interclear_primitives::{
    ids::OperatorId,
    operator::{MaxNameLen, MaxTadigs, OperatorKind, Plmn, Role, Roles},
    tadig::Tadig,
    Moment, DAY,
};
use sp_runtime::{testing::TestSignature, traits::Dispatchable, BuildStorage, DispatchResult, Perbill};

pub type AccountId = u64;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Operators: pallet_operators,
    }
);

/// Blocks in a window.
pub const WINDOW: u64 = 10;
/// Execution time that a payer may use in a window.
pub const QUOTA: u64 = 1_000;
/// Execution time that every transaction costs besides its call.
pub const BASE: u64 = 10;
/// Execution time of a block, and bytes of a block: one byte costs as much as one picosecond.
pub const BLOCK: u64 = 100_000;
/// Transactions, and bytes of them, that one payer may have waiting.
pub const MAX_WAITING: u32 = 12;
pub const MAX_WAITING_BYTES: u32 = 2_400;
/// Desks of an operator.
pub const MAX_DESKS: u32 = 6;
/// Operators that are ever admitted.
pub const MAX_OPERATORS: u32 = 1_000;

parameter_types! {
    pub Limits: BlockWeights = BlockWeights::builder()
        .base_block(Weight::zero())
        .for_class(frame_support::dispatch::DispatchClass::all(), |limits| {
            limits.base_extrinsic = Weight::from_parts(BASE, 0);
            limits.max_total = Some(Weight::from_parts(BLOCK, u64::MAX));
        })
        .avg_block_initialization(Perbill::zero())
        .build_or_panic();
    pub Lengths: BlockLength = BlockLength::builder().max_length(BLOCK as u32).build();
    pub const Quota: Weight = Weight::from_parts(QUOTA, u64::MAX);
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = frame_system::mocking::MockBlock<Test>;
    type BlockWeights = Limits;
    type BlockLength = Lengths;
}

impl pallet_operators::Config for Test {
    type GovernanceOrigin = EnsureRoot<AccountId>;
    type EndValidatorWeight = ();
    type Members = MockMembers;
    type MaxDesks = ConstU32<MAX_DESKS>;
    type MaxOperators = ConstU32<MAX_OPERATORS>;
    type QuotaWindow = ConstU64<WINDOW>;
    type QuotaPerWindow = Quota;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = Signer;
    type Clock = MockClock;
    type Consent = TestSignature;
    type MaxWaiting = ConstU32<MAX_WAITING>;
    type MaxWaitingBytes = ConstU32<MAX_WAITING_BYTES>;
    type Triage = MockTriage;
    type WeightInfo = ();
}

/// Signs for the benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Signer;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId, TestSignature> for Signer {
    fn sign(message: &[u8]) -> (AccountId, TestSignature) {
        (7_777, TestSignature(7_777, message.to_vec()))
    }

    fn fill_members() {
        (1_000..1_100).for_each(MockMembers::add);
    }
}

/// What an account that consents signs. The mock's chain has a genesis hash of 69 in each byte.
pub fn consent(who: AccountId, operator: OperatorId, list: &[Role], until: Moment) -> TestSignature {
    let words: Vec<_> = list
        .iter()
        .map(|role| format!("{role:?}").to_lowercase())
        .collect();
    let text = format!(
        "I become a desk of operator {} on the chain 0x{} with the roles {}. The operator may use this until {until} (seconds \
         since 1970).",
        operator.0,
        "45".repeat(32),
        words.join(", "),
    );
    TestSignature(who, text.into_bytes())
}

thread_local! {
    static CONSENTS: core::cell::Cell<Moment> = const { core::cell::Cell::new(0) };
}

/// The call that adds a desk to an operator that it has consented to be one of, for a day and longer than ever before.
pub fn adding(operator: OperatorId, account: AccountId, list: &[Role]) -> Call<Test> {
    CONSENTS.set(CONSENTS.get() + 1);
    let until = MockClock::now() + DAY + CONSENTS.get();
    Call::add_desk {
        account,
        roles: roles(list),
        until,
        consent: consent(account, operator, list, until),
    }
}

/// Removing a desk is urgent, setting heap pages is for members, and killing storage has something for them; admitting an operator fails
/// whoever signs.
pub struct MockTriage;

impl Triage<RuntimeCall> for MockTriage {
    fn standing(call: &RuntimeCall) -> Standing {
        match call {
            RuntimeCall::Operators(Call::remove_desk { .. }) => Standing::Urgent,
            RuntimeCall::System(frame_system::Call::set_heap_pages { .. }) => Standing::Members,
            RuntimeCall::System(frame_system::Call::kill_storage { .. }) => Standing::WithMembers,
            RuntimeCall::Operators(Call::admit { .. }) => Standing::Refused,
            _ => Standing::Ordinary,
        }
    }

    fn lookups(call: &RuntimeCall) -> u32 {
        match call {
            RuntimeCall::System(frame_system::Call::set_storage { items }) => items.len() as u32,
            _ => 0,
        }
    }

    fn waits_for(call: &RuntimeCall) -> Option<u8> {
        matches!(call, RuntimeCall::System(frame_system::Call::set_code { .. })).then_some(100)
    }
}

pub const ALL_ROLES: &[Role] = &[
    Role::Admin,
    Role::Commercial,
    Role::Clearing,
    Role::Treasury,
    Role::Engineering,
];

/// The first operator, with its admin desk.
pub const ALPHA: OperatorId = OperatorId(0);
pub const ALPHA_ADMIN: AccountId = 10;
/// The second operator, with its admin desk.
pub const BETA: OperatorId = OperatorId(1);
pub const BETA_ADMIN: AccountId = 20;
/// No desk and no member.
pub const STRANGER: AccountId = 99;
/// A council member that is not a desk.
pub const MEMBER: AccountId = 50;

pub fn tadig(text: &str) -> Tadig {
    text.parse().expect("tests write valid codes")
}

pub fn tadigs(codes: &[&str]) -> BoundedVec<Tadig, MaxTadigs> {
    bounded(codes.iter().map(|code| tadig(code)).collect::<Vec<_>>())
}

pub fn plmn(mcc: u16, mnc: u16) -> Plmn {
    Plmn { mcc, mnc }
}

pub fn bounded<Item, Bound>(items: impl Into<Vec<Item>>) -> BoundedVec<Item, Bound>
where
    Bound: frame_support::traits::Get<u32>,
    Item: core::fmt::Debug,
{
    items.into().try_into().expect("tests stay within the bounds")
}

pub fn roles(list: &[Role]) -> Roles {
    bounded(list)
}

pub fn name(text: &str) -> BoundedVec<u8, MaxNameLen> {
    bounded(text.as_bytes())
}

/// Makes a call as a transaction does, so that it is undone when it fails.
pub fn call(origin: RuntimeOrigin, call: Call<Test>) -> DispatchResult {
    mocks::plain(RuntimeCall::Operators(call).dispatch(origin))
}

/// Makes a call as the desk of an operator does.
pub fn call_as(who: AccountId, what: Call<Test>) -> DispatchResult {
    call(RuntimeOrigin::signed(who), what)
}

/// Makes a call as governance does.
pub fn govern(what: Call<Test>) -> DispatchResult {
    call(RuntimeOrigin::root(), what)
}

/// Admits a mobile operator with one network.
pub fn admit(text: &str, code: &str, admin: AccountId) -> OperatorId {
    Pallet::<Test>::do_admit(
        name(text),
        bounded([OperatorKind::Mobile]),
        tadigs(&[code]),
        bounded([plmn(262, 1)]),
        admin,
    )
    .expect("tests admit new accounts and codes")
}

/// Adds a desk.
pub fn add_desk(operator: OperatorId, account: AccountId, list: &[Role]) {
    Pallet::<Test>::do_add_desk(operator, account, roles(list)).expect("tests add new accounts");
}

/// The newest event of the pallet, and no other after it.
pub fn last_event() -> Option<Event<Test>> {
    events().pop()
}

/// All events of this pallet.
pub fn events() -> Vec<Event<Test>> {
    System::read_events_for_pallet()
}

/// Two active operators with an admin desk each, unless told otherwise.
pub struct ExtBuilder {
    operators: bool,
}

impl Default for ExtBuilder {
    fn default() -> Self {
        Self { operators: true }
    }
}

impl ExtBuilder {
    /// Without operators.
    pub fn empty() -> Self {
        Self { operators: false }
    }

    pub fn build(self) -> sp_io::TestExternalities {
        mocks::reset();
        MockMembers::add(MEMBER);
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .expect("no genesis data");
        let mut externalities = sp_io::TestExternalities::new(storage);
        externalities.execute_with(|| {
            System::set_block_number(1);
            System::inc_providers(&MEMBER);
            if self.operators {
                assert_eq!(admit("Alpha Mobile", "DEUA1", ALPHA_ADMIN), ALPHA);
                assert_eq!(admit("Beta Mobile", "FRAB1", BETA_ADMIN), BETA);
            }
            System::reset_events();
        });
        externalities
    }

    /// Runs a test and checks afterwards that all tables agree.
    pub fn build_and_execute(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            Pallet::<Test>::do_try_state().expect("all tables agree");
        });
    }
}

/// Externalities for the benchmarks' own tests.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> sp_io::TestExternalities {
    ExtBuilder::empty().build()
}
