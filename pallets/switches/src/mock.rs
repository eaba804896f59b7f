//! A runtime with nothing but this pallet, and mocked cycles.

use crate as pallet_switches;
use frame_support::{
    assert_ok, derive_impl,
    traits::{ConstU64, Hooks},
    weights::Weight,
};
use frame_system::EnsureRoot;
use interclear_ports::mocks;
pub use interclear_ports::mocks::{MockClock, MockCycles};
use interclear_primitives::{
    switch::{Function, PauseReason},
    Moment, DAY,
};
use sp_runtime::{BuildStorage, DispatchResult};

pub type AccountId = u64;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Switches: pallet_switches,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = frame_system::mocking::MockBlock<Self>;
}

impl pallet_switches::Config for Test {
    type Clock = MockClock;
    type Cycles = MockCycles;
    type GovernanceOrigin = EnsureRoot<AccountId>;
    type MaxPause = ConstU64<MAX_PAUSE>;
    type WeightInfo = ();
}

pub const STRANGER: AccountId = 99;
/// For how long a function can be paused at once.
pub const MAX_PAUSE: Moment = 30 * DAY;
pub const START: Moment = 20_000 * DAY;

pub fn build() -> sp_io::TestExternalities {
    mocks::reset();
    MockClock::set(START);
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
        assert_ok!(Switches::do_try_state());
    });
}

pub fn reason() -> PauseReason {
    "a cycle pays twice".parse().expect("this is a reason")
}

pub fn pause(function: Function) -> DispatchResult {
    Switches::pause(RuntimeOrigin::root(), function, reason())
}

pub fn resume(function: Function) -> DispatchResult {
    Switches::resume(RuntimeOrigin::root(), function)
}

/// Lets the hooks of an empty block do what they can.
pub fn idle() {
    Switches::on_idle(System::block_number(), Weight::MAX);
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
    let events = System::read_events_for_pallet();
    System::reset_events();
    events
}
