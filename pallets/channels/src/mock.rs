//! A runtime with nothing but this pallet, and three operators.

use crate as pallet_channels;
use crate::types::Versions;
use frame_support::{assert_ok, derive_impl, parameter_types};
use frame_system::EnsureRoot;
use interclear_ports::mocks::{self, MockClock, MockOperators};
use interclear_primitives::{
    channel::{BySide, Channel, Epoch, Pair, PublicKey, SealedBox, Suite, SuiteStatus},
    ids::OperatorId,
    operator::{OperatorKind, Role},
    tadig::Tadig,
    Moment, DAY,
};
use sp_runtime::{BuildStorage, DispatchResult};

pub type AccountId = u64;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Sealing: pallet_channels,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = frame_system::mocking::MockBlock<Self>;
}

parameter_types! {
    pub const KeyDelay: Moment = DAY;
    pub const MaxKeyAge: Moment = 400 * DAY;
}

impl pallet_channels::Config for Test {
    type Clock = MockClock;
    type GovernanceOrigin = EnsureRoot<AccountId>;
    type Operators = MockOperators;
    type KeyDelay = KeyDelay;
    type MaxKeyAge = MaxKeyAge;
    type WeightInfo = ();
}

/// Operators and their desks: admin, and one number above each commercial, and clearing.
pub const ALPHA: OperatorId = OperatorId(1);
pub const BETA: OperatorId = OperatorId(2);
pub const GAMMA: OperatorId = OperatorId(3);
pub const ALPHA_ADMIN: AccountId = 10;
pub const BETA_ADMIN: AccountId = 20;
pub const STRANGER: AccountId = 99;
pub const START: Moment = 20_000 * DAY;

pub fn commercial(operator: OperatorId) -> AccountId {
    u64::from(operator.0) * 10 + 1
}

pub fn build() -> sp_io::TestExternalities {
    mocks::reset();
    MockClock::set(START);
    for (operator, tadig) in [(ALPHA, *b"DEUAL"), (BETA, *b"FRABE"), (GAMMA, *b"ESPGA")] {
        let desk = u64::from(operator.0) * 10;
        MockOperators::admit(operator, &[OperatorKind::Mobile], &[Tadig(tadig)]);
        MockOperators::add_desk(desk, operator, &[Role::Admin]);
        MockOperators::add_desk(desk + 1, operator, &[Role::Commercial]);
        MockOperators::add_desk(desk + 2, operator, &[Role::Clearing]);
    }
    let storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .expect("an empty genesis builds");
    let mut externalities = sp_io::TestExternalities::new(storage);
    externalities.execute_with(|| System::set_block_number(1));
    externalities
}

pub fn build_and_execute(test: impl FnOnce()) {
    build().execute_with(|| {
        test();
        assert_ok!(Sealing::do_try_state());
    });
}

/// Externalities without operators: benchmarks admit their own.
#[cfg(feature = "runtime-benchmarks")]
pub fn without_operators() -> sp_io::TestExternalities {
    let ext = build();
    mocks::reset();
    ext
}

pub fn wait(time: Moment) {
    MockClock::set(<MockClock as interclear_ports::Clock>::now() + time);
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

pub fn council() -> RuntimeOrigin {
    RuntimeOrigin::root()
}

/// A key of X25519, as good as any.
pub fn key(octet: u8) -> PublicKey {
    let mut key = vec![octet; 32];
    key[0] = 9;
    key[31] &= 0x7f;
    PublicKey::truncate_from(key)
}

pub fn set_key(admin: AccountId, octet: u8) -> DispatchResult {
    Sealing::set_sealing_key(origin(admin), Suite::X25519, key(octet))
}

/// A usable key of each of the first two operators.
pub fn with_keys() {
    assert_ok!(set_key(ALPHA_ADMIN, 1));
    assert_ok!(set_key(BETA_ADMIN, 2));
}

pub fn sealed(octet: u8) -> SealedBox {
    SealedBox::truncate_from(vec![octet; Suite::X25519.sealed_key()])
}

pub const FIRST: Versions = Versions { own: 1, partner: 1 };

pub fn offer_with(who: AccountId, to: OperatorId, epoch: u32, versions: Versions) -> DispatchResult {
    Sealing::offer_channel(
        origin(who),
        to,
        epoch,
        Suite::X25519,
        versions,
        sealed(1),
        sealed(2),
    )
}

pub fn offer(from: OperatorId, to: OperatorId, epoch: u32) -> DispatchResult {
    offer_with(commercial(from), to, epoch, FIRST)
}

pub fn accept(by: OperatorId, with: OperatorId, epoch: u32) -> DispatchResult {
    Sealing::accept_channel(origin(commercial(by)), with, epoch, sealed(3), sealed(4), [7; 32])
}

pub fn close(by: OperatorId, with: OperatorId, epoch: u32) -> DispatchResult {
    Sealing::close_channel(origin(commercial(by)), with, epoch)
}

pub fn resend(from: OperatorId, to: OperatorId, epoch: u32, version: u32) -> DispatchResult {
    Sealing::resend_channel(origin(commercial(from)), to, epoch, version, sealed(5))
}

pub fn set_suite(status: SuiteStatus) {
    assert_ok!(Sealing::set_suite(council(), Suite::X25519, status));
}

pub fn pair() -> Pair {
    Pair::of(ALPHA, BETA).unwrap()
}

pub fn channel() -> Channel {
    crate::Channels::<Test>::get(pair()).unwrap_or_default()
}

pub fn offers() -> BySide<Option<u32>> {
    channel().offers
}

pub fn epoch(number: u32) -> Option<Epoch> {
    crate::Epochs::<Test>::get(pair(), number)
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
    let events = System::read_events_for_pallet();
    System::reset_events();
    events
}
