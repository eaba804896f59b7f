//! The clearing and settlement pallets, and the ports by which they meet.

use super::{CouncilCollective, CouncilOrigin, RuntimeBlockWeights};
use crate::{
    AccountId, Agreements, Anchoring, Assets, AssetsHolder, BlockNumber, Escrow, Netting, Operators, Reports,
    Runtime, RuntimeHoldReason, RuntimeOrigin, Statements, Switches, Tariffs, Timestamp, Validators, MINUTES,
};
use frame_support::{
    parameter_types,
    traits::{fungibles::roles, ConstU128, ConstU32, ConstU64, ConstU8, UnixTime},
    weights::Weight,
};
use interclear_ports::{Clock, Members};
use interclear_primitives::{
    agreement::{MAX_AGREEMENT_PAIRS, MAX_TERM_MONTHS},
    ids::TokenId,
    Moment, DAY,
};
use sp_runtime::{DispatchError, DispatchResult};

parameter_types! {
    /// The window in which an operator's quota is counted.
    pub const QuotaWindow: BlockNumber = 5 * MINUTES;
    /// A quarter of what the blocks of a window can hold: three operators at their limit leave room for the rest.
    pub QuotaPerWindow: Weight =
        RuntimeBlockWeights::get().max_block.saturating_mul(u64::from(QuotaWindow::get())) / 4;
    pub EndValidatorWeight: Weight =
        <pallet_validators::weights::SubstrateWeight<Runtime> as pallet_validators::WeightInfo>::remove();
}

/// Transactions that one payer may have waiting in a node's pool. A tenth of a pool is for what waits for an earlier nonce: three
/// payers together do not fill it, as the node's defaults are.
pub const MAX_WAITING: u32 = 4_096;
/// Bytes that these may have, each counted as long as the last.
pub const MAX_WAITING_BYTES: u32 = 8 * 1024 * 1024;

/// Accounts that may submit without being a desk: the council, and the validators that take part.
pub struct CouncilAndValidators;

impl Members<AccountId> for CouncilAndValidators {
    fn is_member(who: &AccountId) -> bool {
        Self::has_seat(who) || Validators::takes_part(who)
    }

    fn has_seat(who: &AccountId) -> bool {
        pallet_collective::Members::<Runtime, CouncilCollective>::get().contains(who)
    }

    fn end_validator(who: &AccountId) {
        Validators::displace(who);
    }
}

impl pallet_operators::Config for Runtime {
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = SigningBenchmarks;
    type Clock = ChainClock;
    type Consent = crate::Signature;
    type EndValidatorWeight = EndValidatorWeight;
    type GovernanceOrigin = CouncilOrigin;
    type MaxDesks = ConstU32<64>;
    // As many as one call can pay with one netting cycle.
    type MaxOperators = ConstU32<800>;
    type MaxWaiting = ConstU32<MAX_WAITING>;
    type MaxWaitingBytes = ConstU32<MAX_WAITING_BYTES>;
    type Members = CouncilAndValidators;
    type QuotaPerWindow = QuotaPerWindow;
    type QuotaWindow = QuotaWindow;
    type Triage = super::CallTriage;
    type WeightInfo = pallet_operators::weights::SubstrateWeight<Runtime>;
}

impl pallet_channels::Config for Runtime {
    type Clock = ChainClock;
    type GovernanceOrigin = CouncilOrigin;
    // In which the owner of a key sees a change that it has not made.
    type KeyDelay = ConstU64<DAY>;
    type MaxKeyAge = ConstU64<{ 400 * DAY }>;
    type Operators = Operators;
    type WeightInfo = pallet_channels::weights::SubstrateWeight<Runtime>;
}

impl pallet_agreements::Config for Runtime {
    type Caps = Tariffs;
    type Clock = ChainClock;
    type Exposures = Netting;
    type MaxPairs = ConstU32<MAX_AGREEMENT_PAIRS>;
    type MaxProposals = ConstU32<4>;
    type MaxRouteEntries = ConstU32<48>;
    type MaxTermMonths = ConstU32<MAX_TERM_MONTHS>;
    type OfferLifetime = ConstU64<{ 30 * DAY }>;
    type Operators = Operators;
    type Periods = Statements;
    type TerminationNoticeMonths = ConstU32<1>;
    type Usage = Anchoring;
    type WeightInfo = pallet_agreements::weights::SubstrateWeight<Runtime>;
}

impl pallet_anchoring::Config for Runtime {
    type Agreements = Agreements;
    type Clock = ChainClock;
    type Escrows = Escrow;
    type MaxAnchorsPerCall = ConstU32<250>;
    // A TAP file a day and three NRTRDE files from each of 64 networks to each of 600 partners. What one operator can leave in the
    // state is mostly this: `tests/state.rs`.
    type MaxEntriesPerDay = ConstU32<150_000>;
    type MaxGapLength = ConstU32<1_000>;
    type MaxProofsPerFile = ConstU32<1_000>;
    type MaxTestFiles = ConstU32<100>;
    type Operators = Operators;
    type Reports = Reports;
    // Duplicates are looked for over 90 days. What can be disputed for longer is kept for longer.
    type Retention = ConstU64<{ 90 * DAY }>;
    type Statements = Statements;
    type Switches = Switches;
    type TestRetention = ConstU64<{ 7 * DAY }>;
    type WeightInfo = pallet_anchoring::weights::SubstrateWeight<Runtime>;
}

impl pallet_reports::Config for Runtime {
    type Agreements = Agreements;
    type Clock = ChainClock;
    type Operators = Operators;
    type Retention = ConstU64<{ 90 * DAY }>;
    type Usage = Anchoring;
    type WeightInfo = pallet_reports::weights::SubstrateWeight<Runtime>;
}

/// How long a month that has been paid is kept: its statement, its obligation, and the cycle that settled it.
type SettledRetention = ConstU64<{ 180 * DAY }>;

impl pallet_statements::Config for Runtime {
    type Agreements = Agreements;
    type Clock = ChainClock;
    type Escrows = Escrow;
    type Obligations = Netting;
    type Operators = Operators;
    type Rates = Tariffs;
    type Retention = SettledRetention;
    type Usage = Anchoring;
    type WeightInfo = pallet_statements::weights::SubstrateWeight<Runtime>;
}

impl pallet_disputes::Config for Runtime {
    type Agreements = Agreements;
    type Clock = ChainClock;
    type Evidence = Anchoring;
    type GovernanceOrigin = CouncilOrigin;
    type Operators = Operators;
    type Retention = SettledRetention;
    type Statements = Statements;
    type WeightInfo = pallet_disputes::weights::SubstrateWeight<Runtime>;
}

impl pallet_netting::Config for Runtime {
    type Clock = ChainClock;
    type Escrows = Escrow;
    type GovernanceOrigin = CouncilOrigin;
    type Holds = AssetsHolder;
    type MaxSchedules = ConstU32<32>;
    // One a day for as long as they are kept, and two months for blocks without room to remove them.
    type MaxCycles = ConstU32<240>;
    // An announcement keeps its currency from other cycles: a weekend's notice, no longer.
    type MaxCutOffAhead = ConstU64<{ 3 * DAY }>;
    type MaxFundingTime = ConstU64<{ 14 * DAY }>;
    // Of working time.
    type MinFundingTime = ConstU64<DAY>;
    // One unit of a currency with two decimals: what is less is carried into the next cycle.
    type MinimumNet = ConstU128<100>;
    type Operators = Operators;
    type Retention = SettledRetention;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Switches = Switches;
    type Tokens = Assets;
    type WeightInfo = pallet_netting::weights::SubstrateWeight<Runtime>;
}

impl pallet_switches::Config for Runtime {
    type Clock = ChainClock;
    type Cycles = Netting;
    type GovernanceOrigin = CouncilOrigin;
    // Longer than it takes to put the next runtime to the council and to build it.
    type MaxPause = ConstU64<{ 30 * DAY }>;
    type WeightInfo = pallet_switches::weights::SubstrateWeight<Runtime>;
}

/// Freezes in the name of who may, by the calls of the assets pallet.
pub struct AssetsFreezer;

impl AssetsFreezer {
    fn freezer(token: TokenId) -> Result<RuntimeOrigin, DispatchError> {
        let freezer = <Assets as roles::Inspect<AccountId>>::freezer(token);
        freezer
            .map(RuntimeOrigin::signed)
            .ok_or(DispatchError::CannotLookup)
    }
}

impl interclear_ports::Freezer<AccountId> for AssetsFreezer {
    fn freeze(token: TokenId, account: Option<&AccountId>) -> DispatchResult {
        let (freezer, id) = (Self::freezer(token)?, token.into());
        match account {
            Some(account) => Assets::freeze(freezer, id, account.clone().into()),
            None => Assets::freeze_asset(freezer, id),
        }
    }

    fn thaw(token: TokenId, account: Option<&AccountId>) -> DispatchResult {
        let (freezer, id) = (Self::freezer(token)?, token.into());
        match account {
            Some(account) => Assets::thaw(freezer, id, account.clone().into()),
            None => Assets::thaw_asset(freezer, id),
        }
    }
}

impl pallet_issuance::Config for Runtime {
    type Clock = ChainClock;
    type Fiat = Netting;
    type Freezer = AssetsFreezer;
    type Holds = AssetsHolder;
    type Operators = Operators;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Tokens = Assets;
    type WeightInfo = pallet_issuance::weights::SubstrateWeight<Runtime>;
}

impl pallet_escrow::Config for Runtime {
    type Agreements = Agreements;
    type Clock = ChainClock;
    type Holds = AssetsHolder;
    type MaxOffers = ConstU8<16>;
    type Obligations = Netting;
    type Operators = Operators;
    type Periods = Statements;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Tokens = Assets;
    type Usage = Anchoring;
    type VoucherSignature = crate::Signature;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = SigningBenchmarks;
    type WeightInfo = pallet_escrow::weights::SubstrateWeight<Runtime>;
}

impl pallet_inventory::Config for Runtime {
    type BillsKept = ConstU32<24>;
    type Clock = ChainClock;
    type MaxProposals = ConstU32<256>;
    // Ten times what the largest carriers have between them.
    type MaxRecords = ConstU32<1_000_000>;
    type Obligations = Netting;
    type Operators = Operators;
    type WeightInfo = pallet_inventory::weights::SubstrateWeight<Runtime>;
}

impl pallet_tariffs::Config for Runtime {
    type Clock = ChainClock;
    type GovernanceOrigin = CouncilOrigin;
    type MaxRegions = ConstU32<32>;
    type Operators = Operators;
    // Two years more than the longest window: from its first month on its last statement is explained.
    type RateMonths = ConstU32<{ MAX_TERM_MONTHS + 24 }>;
    // Five years: longer than anybody looks up what was published.
    type RetentionMonths = ConstU32<60>;
    type WeightInfo = pallet_tariffs::weights::SubstrateWeight<Runtime>;
}

/// The time that the author of the block has set.
pub struct ChainClock;

impl Clock for ChainClock {
    fn now() -> Moment {
        <Timestamp as UnixTime>::now().as_secs()
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_now(now: Moment) {
        let milliseconds = now.saturating_mul(1_000);
        // Aura refuses a clock that is not in its slot.
        let slot = sp_consensus_aura::Slot::from(milliseconds / crate::SLOT_DURATION);
        pallet_aura::CurrentSlot::<Runtime>::put(slot);
        Timestamp::set_timestamp(milliseconds);
    }
}

/// Keys of benchmarks.
#[cfg(feature = "runtime-benchmarks")]
const BENCHMARKS: sp_core::crypto::KeyTypeId = sp_core::crypto::KeyTypeId(*b"bnch");

/// What the benchmarks of operators and escrows need.
#[cfg(feature = "runtime-benchmarks")]
pub struct SigningBenchmarks;

// Of the kinds of signatures ed25519 takes longest to check, more than twice as long as the others.
#[cfg(feature = "runtime-benchmarks")]
impl pallet_escrow::BenchmarkHelper<AccountId, crate::Signature> for SigningBenchmarks {
    fn signer() -> AccountId {
        use sp_runtime::traits::IdentifyAccount;
        sp_runtime::MultiSigner::from(sp_io::crypto::ed25519_generate(BENCHMARKS, None)).into_account()
    }

    fn sign(signer: &AccountId, message: &[u8]) -> crate::Signature {
        let key = sp_core::ed25519::Public::from_raw(signer.clone().into());
        sp_io::crypto::ed25519_sign(BENCHMARKS, &key, message)
            .expect("the key was made just now; qed")
            .into()
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_operators::BenchmarkHelper<AccountId, crate::Signature> for SigningBenchmarks {
    fn sign(message: &[u8]) -> (AccountId, crate::Signature) {
        use pallet_escrow::BenchmarkHelper;
        let signer = Self::signer();
        let signature = <Self as BenchmarkHelper<_, _>>::sign(&signer, message);
        (signer, signature)
    }

    fn fill_members() {
        let many = |first: u32| {
            (first..first.saturating_add(100)).map(|n| frame_benchmarking::account("member", n, 0))
        };
        pallet_collective::Members::<Runtime, CouncilCollective>::put(
            many(0).collect::<alloc::vec::Vec<AccountId>>(),
        );
        let record = interclear_primitives::validator::Validator::default();
        many(100).for_each(|who| pallet_validators::Registered::<Runtime>::insert(who, record));
    }
}
