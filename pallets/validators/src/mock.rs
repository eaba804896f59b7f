//! A runtime with real sessions and their history, and mocks for the other pallets and for finality.

use crate::{self as pallet_validators, Finality};
use frame_support::{
    derive_impl, parameter_types,
    traits::{ConstU32, ConstU64, Hooks},
};
use frame_system::{EnsureRoot, RawOrigin};
use interclear_ports::mocks::{self, MockOperators};
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorKind, Role},
    validator::OffenceKind,
};
use pallet_session::{historical, PeriodicSessions};
use sp_consensus_aura::sr25519::AuthorityId;
use sp_core::{
    crypto::{key_types::AURA, KeyTypeId},
    Encode,
};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
    impl_opaque_keys,
    traits::{Dispatchable, OpaqueKeys},
    BoundToRuntimeAppPublic, BuildStorage, DispatchResult, Perbill,
};

/// The founders; the first two are of no operator, the others of [`ALPHA`] and [`BETA`].
pub const FOUNDERS: [u64; 4] = [1, 2, 3, 4];
/// Engineering desks of [`ALPHA`] and [`BETA`] that are not validators.
pub const NEWCOMERS: [u64; 2] = [5, 6];
pub const ALPHA: OperatorId = OperatorId(1);
pub const BETA: OperatorId = OperatorId(2);
/// A desk of [`ALPHA`] that is not of its engineers.
pub const CLERK: u64 = 9;
/// An admin desk of [`ALPHA`].
pub const ADMIN: u64 = 10;
/// Blocks in a session.
pub const SESSION: u64 = 12;
/// Sessions for which keys can be proven.
pub const PROVABLE: u32 = 6;
/// Sessions from one change of keys to the next.
pub const KEYS_INTERVAL: u32 = 5;
/// Sessions for which offences are kept.
pub const KEPT: u32 = 8;
/// Longest delay of a forced change.
pub const MAX_DELAY: u64 = 100;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Balances: pallet_balances,
        Session: pallet_session,
        Historical: pallet_session::historical,
        Validators: pallet_validators,
    }
);

/// Gives the session keys their kind.
pub struct Blocks;

impl BoundToRuntimeAppPublic for Blocks {
    type Public = AuthorityId;
}

impl_opaque_keys! {
    pub struct Keys {
        pub aura: Blocks,
    }
}

/// Nobody asks for the keys.
pub struct NoHandler;

impl pallet_session::SessionHandler<u64> for NoHandler {
    const KEY_TYPE_IDS: &'static [KeyTypeId] = &[AURA];
    fn on_genesis_session<Ks: OpaqueKeys>(_: &[(u64, Ks)]) {}
    fn on_new_session<Ks: OpaqueKeys>(_: bool, _: &[(u64, Ks)], _: &[(u64, Ks)]) {}
    fn on_disabled(_: u32) {}
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type AccountData = pallet_balances::AccountData<u64>;
    type Block = frame_system::mocking::MockBlock<Test>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type AccountStore = System;
}

impl pallet_session::Config for Test {
    type Currency = Balances;
    type DisablingStrategy = ();
    type KeyDeposit = ConstU64<0>;
    type Keys = Keys;
    type NextSessionRotation = PeriodicSessions<ConstU64<SESSION>, ConstU64<0>>;
    type RuntimeEvent = RuntimeEvent;
    type SessionHandler = NoHandler;
    type SessionManager = historical::NoteHistoricalRoot<Test, Validators>;
    type ShouldEndSession = PeriodicSessions<ConstU64<SESSION>, ConstU64<0>>;
    type ValidatorId = u64;
    type ValidatorIdOf = Validators;
    type WeightInfo = ();
}

/// There is nothing to know of a validator besides its account.
pub struct NothingElse;

impl sp_runtime::traits::Convert<u64, Option<()>> for NothingElse {
    fn convert(_: u64) -> Option<()> {
        Some(())
    }
}

impl historical::Config for Test {
    type FullIdentification = ();
    type FullIdentificationOf = NothingElse;
    type RuntimeEvent = RuntimeEvent;
}

parameter_types! {
    pub const Tenth: Perbill = Perbill::from_percent(10);
    /// What finality was told, and with which set.
    pub static Forced: Vec<(u64, u64, Vec<u64>)> = Vec::new();
    pub static Changing: bool = false;
    pub static TooSoon: bool = false;
}

/// Remembers what it is told.
pub struct MockFinality;

impl Finality<u64> for MockFinality {
    fn note_stalled(delay: u64, best_finalized: u64) {
        Forced::mutate(|forced| forced.push((delay, best_finalized, Session::validators())));
        Changing::set(true);
    }

    fn is_changing() -> bool {
        Changing::get()
    }

    fn can_force() -> bool {
        !TooSoon::get()
    }
}

impl pallet_validators::Config for Test {
    type Finality = MockFinality;
    type GovernanceOrigin = EnsureRoot<u64>;
    type KeysInterval = ConstU32<KEYS_INTERVAL>;
    type MaxStallDelay = ConstU64<MAX_DELAY>;
    type MaxValidators = ConstU32<6>;
    type MinValidators = ConstU32<2>;
    type MissedShare = Tenth;
    type OffenceRetention = ConstU32<KEPT>;
    type Operators = MockOperators;
    type ProvableSessions = ConstU32<PROVABLE>;
    type WeightInfo = ();
}

/// The key by which an account makes blocks, before it changes it.
pub fn first_key(who: u64) -> Sr25519Keyring {
    use Sr25519Keyring::*;
    let keys = [Alice, Bob, Charlie, Dave, Eve, Ferdie];
    keys[who as usize - 1]
}

pub fn keys(key: Sr25519Keyring) -> Keys {
    Keys {
        aura: key.public().into(),
    }
}

/// Externalities in the first block, with four founders and two desks of engineers.
pub fn new_test_ext() -> sp_io::TestExternalities {
    mocks::reset();
    Forced::set(Vec::new());
    Changing::set(false);
    TooSoon::set(false);
    for operator in [ALPHA, BETA] {
        MockOperators::admit(operator, &[OperatorKind::Mobile], &[]);
    }
    for (desk, operator) in [
        (3, ALPHA),
        (4, BETA),
        (NEWCOMERS[0], ALPHA),
        (NEWCOMERS[1], BETA),
        (1, ALPHA),
    ] {
        MockOperators::add_desk(desk, operator, &[Role::Engineering]);
    }
    MockOperators::add_desk(CLERK, ALPHA, &[Role::Clearing]);
    MockOperators::add_desk(ADMIN, ALPHA, &[Role::Admin]);
    let genesis = RuntimeGenesisConfig {
        session: pallet_session::GenesisConfig {
            keys: FOUNDERS
                .iter()
                .map(|who| (*who, *who, keys(first_key(*who))))
                .collect(),
            ..Default::default()
        },
        validators: pallet_validators::GenesisConfig {
            operators: vec![(3, ALPHA.0), (4, BETA.0)],
        },
        ..Default::default()
    };
    let mut ext: sp_io::TestExternalities = genesis.build_storage().expect("no genesis fails").into();
    ext.execute_with(|| {
        for desk in NEWCOMERS {
            System::inc_providers(&desk);
        }
        System::set_block_number(0);
        block(100);
    });
    ext
}

/// As [`new_test_ext`], with a keystore: benchmarks make keys of their own.
#[cfg(feature = "runtime-benchmarks")]
pub fn with_keystore() -> sp_io::TestExternalities {
    let mut ext = new_test_ext();
    ext.register_extension(sp_keystore::KeystoreExt::new(
        sp_keystore::testing::MemoryKeystore::new(),
    ));
    ext
}

/// Runs a test and checks every record afterwards.
pub fn execute(test: impl FnOnce()) {
    new_test_ext().execute_with(|| {
        test();
        Validators::do_try_state().expect("every record is consistent");
    });
}

/// The slot of the newest block.
pub fn slot() -> u64 {
    crate::LastSlot::<Test>::get().unwrap_or_default()
}

/// A block in a slot, as the pallets of the runtime begin it.
pub fn block(slot: u64) {
    let number = System::block_number() + 1;
    System::set_block_number(number);
    Validators::note_block(slot);
    Session::on_initialize(number);
}

/// Blocks without empty slots, up to the one that turns the session.
pub fn turn_session() {
    let session = Session::current_index();
    while Session::current_index() == session {
        block(slot() + 1);
    }
}

/// The session in which a call now acts has begun.
pub fn turn_sessions(count: u32) {
    (0..count).for_each(|_| turn_session());
}

/// Dispatches a call as a transaction does: an error changes nothing.
pub fn dispatch(origin: RawOrigin<u64>, call: impl Into<RuntimeCall>) -> DispatchResult {
    let done = call.into().dispatch(origin.into());
    mocks::plain(done)
}

/// A call as everybody who may not govern.
pub fn govern_wrongly(call: impl Fn() -> pallet_validators::Call<Test>) {
    for origin in [RawOrigin::None, RawOrigin::Signed(99), RawOrigin::Signed(1)] {
        frame_support::assert_noop!(dispatch(origin, call()), sp_runtime::DispatchError::BadOrigin);
    }
}

pub fn add(validator: u64) -> DispatchResult {
    dispatch(RawOrigin::Root, pallet_validators::Call::add { validator })
}

pub fn remove(validator: u64) -> DispatchResult {
    dispatch(RawOrigin::Root, pallet_validators::Call::remove { validator })
}

pub fn retire(validator: u64) -> DispatchResult {
    retire_by(validator, validator)
}

pub fn retire_by(who: u64, validator: u64) -> DispatchResult {
    dispatch(
        RawOrigin::Signed(who),
        pallet_validators::Call::retire { validator },
    )
}

pub fn set_peers(desk: u64, peers: &[u8]) -> DispatchResult {
    let peers: Vec<_> = peers.iter().map(|octet| [*octet; 32]).collect();
    let peers = peers.try_into().expect("tests tell few nodes");
    dispatch(
        RawOrigin::Signed(desk),
        pallet_validators::Call::set_peers { peers },
    )
}

pub fn reenable(validator: u64) -> DispatchResult {
    dispatch(RawOrigin::Root, pallet_validators::Call::reenable { validator })
}

pub fn note_stalled(delay: u64, best_finalized: u64) -> DispatchResult {
    let call = pallet_validators::Call::note_stalled {
        delay,
        best_finalized,
    };
    dispatch(RawOrigin::Root, call)
}

/// Sets session keys for an account, with the proof that it has them.
pub fn set_keys(who: u64, key: Sr25519Keyring) -> DispatchResult {
    let proof = key.sign(&[&b"POP_"[..], &who.encode()].concat()).encode();
    // As a tuple of one signature.
    let call = pallet_validators::Call::set_keys {
        keys: keys(key),
        proof,
    };
    dispatch(RawOrigin::Signed(who), call)
}

/// That it has voted twice, in a round of its own.
pub fn two_votes(round: u64) -> OffenceKind {
    OffenceKind::TwoVotes { set_id: 0, round }
}

/// Has it proven that a validator voted twice in this session.
pub fn report(who: u64, round: u64) -> DispatchResult {
    let session = Session::current_index();
    frame_support::storage::with_storage_layer(|| Validators::report_offence(&who, two_votes(round), session))
}

/// Whether an account makes blocks now.
pub fn makes_blocks(who: u64) -> bool {
    let place = Session::validators().iter().position(|one| *one == who);
    place.is_some_and(|place| !Session::disabled_validators().contains(&(place as u32)))
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<pallet_validators::Event<Test>> {
    let events = System::read_events_for_pallet();
    System::reset_events();
    events
}
