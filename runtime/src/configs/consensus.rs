//! Who makes blocks, who votes on finality, and what happens to a validator that does so twice.

use super::CouncilOrigin;
use crate::{
    AccountId, Aura, Balances, BlockNumber, Grandpa, Operators, Runtime, RuntimeCall, RuntimeEvent,
    RuntimeOrigin, Session, SessionKeys, System, UncheckedExtrinsic, Validators, HOURS, MINUTES,
    SLOT_DURATION,
};
use alloc::vec::Vec;
use frame_support::{
    parameter_types,
    traits::{ConstBool, ConstU128, ConstU32, ConstU64, KeyOwnerProofSystem},
    weights::Weight,
};
use frame_system::offchain::{CreateBare, CreateTransactionBase};
use interclear_primitives::validator::OffenceKind;
use pallet_grandpa::{EquivocationOffence, TimeSlot};
use pallet_session::{historical, FindAccountFromAuthorIndex, PeriodicSessions};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_core::crypto::KeyTypeId;
use sp_runtime::{
    traits::{Convert, OpaqueKeys},
    Perbill,
};
use sp_staking::{
    offence::{OffenceError, ReportOffence},
    SessionIndex,
};

/// The most validators there can be.
const MAX_VALIDATORS: u32 = 100;
/// The fewest that are left: one operator alone must not make and finalise blocks. It takes four to bear the loss of one.
const MIN_VALIDATORS: u32 = 2;
/// Sessions for which it can be proven that a validator voted or made blocks twice: a day.
const HISTORY: SessionIndex = 288;
/// Sessions for which an offence is kept: 30 days.
const OFFENCES_KEPT: SessionIndex = 30 * HISTORY;

parameter_types! {
    /// Blocks in a session: five minutes. The block that turns the session takes no transactions, and new keys
    /// act two sessions after they are set.
    pub const SessionBlocks: BlockNumber = 5 * MINUTES;
    pub const SessionOffset: BlockNumber = 0;
    pub const ReportLongevity: u64 = HISTORY as u64 * SessionBlocks::get() as u64;
    pub const MissedShare: Perbill = Perbill::from_percent(10);
    pub const MaxStallDelay: BlockNumber = HOURS;
}

impl pallet_aura::Config for Runtime {
    type AllowMultipleBlocksPerSlot = ConstBool<false>;
    type AuthorityId = AuraId;
    type DisabledValidators = Session;
    type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
    type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_authorship::Config for Runtime {
    type EventHandler = NoteSlot;
    type FindAuthor = FindAccountFromAuthorIndex<Self, Aura>;
}

/// Counts slots. It is told of each block before the session turns, while the set is the one whose block it is.
pub struct NoteSlot;

impl pallet_authorship::EventHandler<AccountId, BlockNumber> for NoteSlot {
    fn note_author(_: AccountId) {
        Validators::note_block(pallet_aura::CurrentSlot::<Runtime>::get().into());
    }
}

impl pallet_grandpa::Config for Runtime {
    type EquivocationReportSystem =
        pallet_grandpa::EquivocationReportSystem<Self, VoteOffences, Validators, ReportLongevity>;
    type KeyOwnerProof = <Validators as KeyOwnerProofSystem<(KeyTypeId, pallet_grandpa::AuthorityId)>>::Proof;
    type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
    type MaxNominators = ConstU32<0>;
    type MaxSetIdSessionEntries = ConstU64<{ HISTORY as u64 }>;
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = VoteWeight;
}

/// What a report of votes weighs: by the most validators there can be and the longest proof, not by what its sender states.
pub struct VoteWeight;

impl pallet_grandpa::WeightInfo for VoteWeight {
    fn report_equivocation(_: u32, nominators: u32) -> Weight {
        use pallet_validators::WeightInfo as _;
        type Measured = pallet_validators::weights::SubstrateWeight<Runtime>;
        // What follows from an offence is the same as of two blocks.
        <() as pallet_grandpa::WeightInfo>::report_equivocation(MAX_VALIDATORS, nominators)
            .max(Measured::report_two_blocks())
            .saturating_add(Measured::check_proof())
    }

    fn note_stalled() -> Weight {
        <() as pallet_grandpa::WeightInfo>::note_stalled()
    }
}

impl pallet_session::Config for Runtime {
    type Currency = Balances;
    // Who is disabled is for the validators' pallet: sessions forget it.
    type DisablingStrategy = ();
    type KeyDeposit = ConstU128<0>;
    type Keys = SessionKeys;
    type NextSessionRotation = PeriodicSessions<SessionBlocks, SessionOffset>;
    type RuntimeEvent = RuntimeEvent;
    type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
    type SessionManager = historical::NoteHistoricalRoot<Self, Validators>;
    type ShouldEndSession = PeriodicSessions<SessionBlocks, SessionOffset>;
    type ValidatorId = AccountId;
    type ValidatorIdOf = Validators;
    type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

impl historical::Config for Runtime {
    type FullIdentification = ();
    type FullIdentificationOf = NothingElse;
    type RuntimeEvent = RuntimeEvent;
}

impl pallet_validators::Config for Runtime {
    type Finality = ForcedFinality;
    type GovernanceOrigin = CouncilOrigin;
    type KeysInterval = ConstU32<HISTORY>;
    type MaxStallDelay = MaxStallDelay;
    type MaxValidators = ConstU32<MAX_VALIDATORS>;
    type MinValidators = ConstU32<MIN_VALIDATORS>;
    type MissedShare = MissedShare;
    type OffenceRetention = ConstU32<OFFENCES_KEPT>;
    type Operators = Operators;
    type ProvableSessions = ConstU32<HISTORY>;
    type WeightInfo = pallet_validators::weights::SubstrateWeight<Runtime>;
}

/// There is nothing to know of a validator besides its account.
pub struct NothingElse;

impl Convert<AccountId, Option<()>> for NothingElse {
    fn convert(_: AccountId) -> Option<()> {
        Some(())
    }
}

/// What GRANDPA can be told, for which it would ask root.
pub struct ForcedFinality;

impl pallet_validators::Finality<BlockNumber> for ForcedFinality {
    fn note_stalled(delay: BlockNumber, best_finalized: BlockNumber) {
        let told = Grandpa::note_stalled(RuntimeOrigin::root(), delay, best_finalized);
        debug_assert!(told.is_ok(), "root may");
    }

    fn is_changing() -> bool {
        Grandpa::pending_change().is_some() || Grandpa::stalled().is_some()
    }

    fn can_force() -> bool {
        Grandpa::next_forced().is_none_or(|next| next <= System::block_number())
    }
}

/// Whoever has voted, by its account.
type Voter = historical::IdentificationTuple<Runtime>;

/// Tells the validators' pallet of votes that GRANDPA has verified.
pub struct VoteOffences;

fn two_votes(time: &TimeSlot) -> OffenceKind {
    OffenceKind::TwoVotes {
        set_id: time.set_id,
        round: time.round,
    }
}

impl ReportOffence<AccountId, Voter, EquivocationOffence<Voter>> for VoteOffences {
    fn report_offence(_: Vec<AccountId>, offence: EquivocationOffence<Voter>) -> Result<(), OffenceError> {
        let (kind, session) = (two_votes(&offence.time_slot), offence.session_index);
        Validators::report_offence(&offence.offender.0, kind, session)
            .map_err(|_| OffenceError::DuplicateReport)
    }

    fn is_known_offence(offenders: &[Voter], time: &TimeSlot) -> bool {
        let kind = two_votes(time);
        offenders
            .iter()
            .all(|(who, ())| Validators::is_known_offence(who, kind))
    }
}

impl<Call> CreateTransactionBase<Call> for Runtime
where
    RuntimeCall: From<Call>,
{
    type Extrinsic = UncheckedExtrinsic;
    type RuntimeCall = RuntimeCall;
}

impl<Call> CreateBare<Call> for Runtime
where
    RuntimeCall: From<Call>,
{
    fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
        UncheckedExtrinsic::new_bare(call)
    }
}
