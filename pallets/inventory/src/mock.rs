//! A runtime with nothing but this pallet, a buyer, a seller and a third operator.

use crate as pallet_inventory;
use crate::{Relation, MAX_INVENTORY_BATCH};
use frame_support::{
    assert_ok, derive_impl, parameter_types,
    traits::Hooks,
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use interclear_matching::{BlindRecord, Counts, Day, Field, Profile, Record, RecordId, Rule, Text};
use interclear_ports::mocks::{self, MockClock, MockObligations, MockOperators};
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorKind, Role},
    tadig::Tadig,
};
use sp_runtime::{BuildStorage, DispatchResult};

pub type AccountId = u64;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Inventory: pallet_inventory,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = frame_system::mocking::MockBlock<Self>;
}

parameter_types! {
    pub const MaxProposals: u32 = 2;
    pub const BillsKept: u32 = 12;
    pub const MaxRecords: u32 = if cfg!(feature = "runtime-benchmarks") { 2_000 } else { 20 };
}

impl pallet_inventory::Config for Test {
    type BillsKept = BillsKept;
    type Clock = MockClock;
    type Obligations = MockObligations;
    type Operators = MockOperators;
    type MaxProposals = MaxProposals;
    type MaxRecords = MaxRecords;
    type WeightInfo = ();
}

/// The buyer's and the seller's clearing desks; one number above each is the commercial desk.
pub const BUYER: AccountId = 10;
pub const SELLER: AccountId = 20;
pub const THIRD: AccountId = 30;
pub const STRANGER: AccountId = 99;

pub struct ExtBuilder;

impl ExtBuilder {
    pub fn build() -> sp_io::TestExternalities {
        mocks::reset();
        for (operator, tadig, desk) in [
            (1, *b"DEUBU", BUYER),
            (2, *b"FRASE", SELLER),
            (3, *b"ESPTH", THIRD),
        ] {
            MockOperators::admit(OperatorId(operator), &[OperatorKind::Mobile], &[Tadig(tadig)]);
            MockOperators::add_desk(desk, OperatorId(operator), &[Role::Clearing]);
            MockOperators::add_desk(desk + 1, OperatorId(operator), &[Role::Commercial]);
        }
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .expect("an empty genesis builds");
        let mut externalities = sp_io::TestExternalities::new(storage);
        externalities.execute_with(|| System::set_block_number(1));
        externalities
    }

    pub fn build_and_execute(test: impl FnOnce()) {
        Self::build().execute_with(|| {
            test();
            assert_ok!(Inventory::do_try_state());
        });
    }
}

pub fn relation() -> Relation {
    Relation {
        buyer: OperatorId(1),
        seller: OperatorId(2),
        class: text("ELINE"),
    }
}

pub fn text<const N: usize>(text: &str) -> Text<N> {
    Text::new(text.as_bytes()).unwrap()
}

/// By the seller's id; the recurring charge is compared.
pub fn profile(version: u32) -> Profile {
    Profile {
        version,
        partial_up_to: 1,
        ..Profile::default()
    }
    .with(Field::SellerId, Rule::Key)
    .with(Field::Recurring, Rule::Exact)
}

pub fn record(buyer_id: &str, seller_id: &str, recurring: u64) -> Record {
    Record {
        buyer_id: text(buyer_id),
        seller_id: text(seller_id),
        product: text("P"),
        recurring,
        currency: *b"EUR",
        start: Day(20_000),
        since: Day(20_000),
        ..Record::default()
    }
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

pub fn propose(who: AccountId, profile: Profile) -> DispatchResult {
    Inventory::propose_profile(origin(who), relation(), profile, None)
}

pub fn sign(who: AccountId, profile: Profile) -> DispatchResult {
    Inventory::sign_profile(origin(who), relation(), profile, None)
}

/// The first profile, signed by both.
pub fn signed() {
    assert_ok!(propose(BUYER + 1, profile(1)));
    assert_ok!(sign(SELLER + 1, profile(1)));
}

pub fn report(who: AccountId, records: &[Record]) -> DispatchResult {
    let records: BoundedVec<_, frame_support::traits::ConstU32<MAX_INVENTORY_BATCH>> =
        records.to_vec().try_into().unwrap();
    mocks::plain(Inventory::report_records(origin(who), relation(), records))
}

pub fn report_blind(who: AccountId, records: &[BlindRecord]) -> DispatchResult {
    let records: BoundedVec<_, frame_support::traits::ConstU32<MAX_INVENTORY_BATCH>> =
        records.to_vec().try_into().unwrap();
    Inventory::report_blind_records(origin(who), relation(), records)
}

pub fn withdraw(who: AccountId, own: &str) -> DispatchResult {
    let ids = BoundedVec::truncate_from(vec![RecordId::of(own.as_bytes())]);
    Inventory::withdraw_records(origin(who), relation(), ids)
}

pub fn counts() -> Counts {
    Inventory::inventory(relation()).map_or_else(Counts::default, |state| state.counts)
}

/// Idle time in which so many records are matched anew.
pub fn idle(records: u32) {
    use crate::WeightInfo;
    let mut meter = WeightMeter::with_limit(<() as WeightInfo>::rematch(records));
    Inventory::go_on_rematching(&mut meter);
}

/// Externalities without operators: benchmarks admit their own.
#[cfg(feature = "runtime-benchmarks")]
pub fn without_operators() -> sp_io::TestExternalities {
    let ext = ExtBuilder::build();
    mocks::reset();
    ext
}

/// As much idle time as is needed.
pub fn idle_long() {
    Inventory::on_idle(1, Weight::MAX);
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
    let events = System::read_events_for_pallet();
    System::reset_events();
    events
}
