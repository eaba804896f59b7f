//! Who makes blocks, who votes on finality, and what happens to a validator that votes twice.

use crate::{
    AccountId, Aura, Balances, BlockNumber, Historical, Offences, Runtime, RuntimeCall, RuntimeEvent,
    Session, SessionKeys, UncheckedExtrinsic, MINUTES, SLOT_DURATION,
};
use alloc::vec::Vec;
use frame_support::{
    parameter_types,
    traits::{ConstBool, ConstU128, ConstU32, ConstU64, KeyOwnerProofSystem},
    weights::Weight,
};
use frame_system::offchain::{CreateBare, CreateTransactionBase};
use pallet_session::{
    disabling::UpToLimitDisablingStrategy, historical, FindAccountFromAuthorIndex, NextKeys,
    PeriodicSessions, QueuedKeys, SessionManager, Validators,
};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_core::crypto::KeyTypeId;
use sp_runtime::{
    traits::{Convert, OpaqueKeys},
    Perbill,
};
use sp_staking::{
    offence::{OffenceDetails, OffenceSeverity, OnOffenceHandler},
    SessionIndex,
};

/// The most validators there can be.
const MAX_VALIDATORS: u32 = 100;
/// Sessions for which an equivocation can still be proven: a day.
const HISTORY: SessionIndex = 288;

parameter_types! {
    /// Blocks in a session: five minutes. The block that turns the session takes no transactions, and new keys
    /// act two sessions after they are set.
    pub const SessionBlocks: BlockNumber = 5 * MINUTES;
    pub const SessionOffset: BlockNumber = 0;
    pub const ReportLongevity: u64 = HISTORY as u64 * SessionBlocks::get() as u64;
}

impl pallet_aura::Config for Runtime {
    type AllowMultipleBlocksPerSlot = ConstBool<false>;
    type AuthorityId = AuraId;
    type DisabledValidators = Session;
    type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
    type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_authorship::Config for Runtime {
    type EventHandler = ();
    type FindAuthor = FindAccountFromAuthorIndex<Self, Aura>;
}

impl pallet_grandpa::Config for Runtime {
    type EquivocationReportSystem =
        pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
    type KeyOwnerProof = <Historical as KeyOwnerProofSystem<(KeyTypeId, pallet_grandpa::AuthorityId)>>::Proof;
    type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
    type MaxNominators = ConstU32<0>;
    type MaxSetIdSessionEntries = ConstU64<{ HISTORY as u64 }>;
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = ();
}

impl pallet_session::Config for Runtime {
    type Currency = Balances;
    type DisablingStrategy = UpToLimitDisablingStrategy;
    type KeyDeposit = ConstU128<0>;
    type Keys = SessionKeys;
    type NextSessionRotation = PeriodicSessions<SessionBlocks, SessionOffset>;
    type RuntimeEvent = RuntimeEvent;
    type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
    type SessionManager = historical::NoteHistoricalRoot<Self, ValidatorSet>;
    type ShouldEndSession = PeriodicSessions<SessionBlocks, SessionOffset>;
    type ValidatorId = AccountId;
    type ValidatorIdOf = ValidatorSet;
    type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

impl historical::Config for Runtime {
    type FullIdentification = ();
    type FullIdentificationOf = NothingElse;
    type RuntimeEvent = RuntimeEvent;
}

impl pallet_offences::Config for Runtime {
    type IdentificationTuple = historical::IdentificationTuple<Self>;
    type OnOffenceHandler = DisableOffender;
    type RuntimeEvent = RuntimeEvent;
}

/// The validators: those with session keys at genesis. They stay, and may change their keys.
pub struct ValidatorSet;

impl ValidatorSet {
    /// The validators, if one of them has keys that are not yet queued.
    ///
    /// Naming them again when nothing changed would start a new set of voters each session, which light clients
    /// and warp sync have to prove one by one, and would let a disabled validator back in.
    fn with_changed_keys() -> Option<Vec<AccountId>> {
        let queued = QueuedKeys::<Runtime>::get();
        let changed = queued
            .iter()
            .any(|(who, keys)| NextKeys::<Runtime>::get(who).as_ref() != Some(keys));
        changed.then(Validators::<Runtime>::get)
    }
}

impl SessionManager<AccountId> for ValidatorSet {
    fn new_session(_: SessionIndex) -> Option<Vec<AccountId>> {
        Self::with_changed_keys()
    }

    fn new_session_genesis(_: SessionIndex) -> Option<Vec<AccountId>> {
        Some(NextKeys::<Runtime>::iter_keys().collect())
    }

    fn start_session(start: SessionIndex) {
        if let Some(oldest) = start.checked_sub(HISTORY) {
            Historical::prune_up_to(oldest);
        }
    }

    fn end_session(_: SessionIndex) {}
}

impl historical::SessionManager<AccountId, ()> for ValidatorSet {
    fn new_session(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
        identified(<Self as SessionManager<_>>::new_session(index))
    }

    fn new_session_genesis(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
        identified(<Self as SessionManager<_>>::new_session_genesis(index))
    }

    fn start_session(start: SessionIndex) {
        <Self as SessionManager<_>>::start_session(start)
    }

    fn end_session(end: SessionIndex) {
        <Self as SessionManager<_>>::end_session(end)
    }
}

fn identified(validators: Option<Vec<AccountId>>) -> Option<Vec<(AccountId, ())>> {
    validators.map(|validators| validators.into_iter().map(|who| (who, ())).collect())
}

/// Only a validator may set session keys; its account is its identity.
impl Convert<AccountId, Option<AccountId>> for ValidatorSet {
    fn convert(who: AccountId) -> Option<AccountId> {
        Validators::<Runtime>::get().contains(&who).then_some(who)
    }
}

/// There is nothing to know of a validator besides its account.
pub struct NothingElse;

impl Convert<AccountId, Option<()>> for NothingElse {
    fn convert(_: AccountId) -> Option<()> {
        Some(())
    }
}

/// Disables a validator that voted twice, until the set or its keys change. There is no stake to slash. Never
/// so many are disabled that the rest could not finalise.
pub struct DisableOffender;

impl OnOffenceHandler<AccountId, historical::IdentificationTuple<Runtime>, Weight> for DisableOffender {
    fn on_offence(
        offenders: &[OffenceDetails<AccountId, historical::IdentificationTuple<Runtime>>],
        _: &[Perbill],
        _: SessionIndex,
    ) -> Weight {
        for offence in offenders {
            Session::report_offence(offence.offender.0.clone(), OffenceSeverity::max_severity());
        }
        // Reports come as unsigned transactions, which the reporting call's own weight pays for.
        Weight::zero()
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
