//! Calls from outside, time, and the conveniences that carry other calls.

use crate::{
    AccountId, Address, Aura, Balances, Block, CouncilMembership, Hash, Nonce, OriginCaller, PalletInfo,
    Preimage, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, RuntimeTask, System, Validators,
    SLOT_DURATION, VERSION,
};
use frame_support::{
    derive_impl, parameter_types,
    traits::{ConstU16, ConstU32, ConstU64, Contains, EqualPrivilegeOnly},
    weights::{constants::ParityDbWeight, Weight},
};
use interclear_primitives::operator::Role;
use sp_runtime::{
    traits::{AccountIdLookup, BlakeTwo256, StaticLookup},
    Perbill,
};
use sp_version::RuntimeVersion;

use super::{
    blocks::{RuntimeBlockLength, RuntimeBlockWeights, BLOCK_WEIGHT},
    governance::{votes_of_motion, MaxMotionWeight, LEAST_VOTES, MIN_MEMBERS},
    CouncilOrigin,
};

parameter_types! {
    pub const Version: RuntimeVersion = VERSION;
    pub SchedulerWeight: Weight = Perbill::from_percent(50) * BLOCK_WEIGHT;
}

/// What state takes when nodes come to this runtime from the one before it.
#[cfg(not(feature = "rehearsal"))]
type Migrations = ();
#[cfg(feature = "rehearsal")]
type Migrations = pallet_anchoring::rehearsal::RehashSeries<Runtime>;

/// The calls that may come from outside. The root origin is not asked.
///
/// The coin exists because tools expect one, and is not to be used. Fiat tokens are created by netting; what
/// is left to callers is what an issuer and a holder need, and only treasury desks of operators receive tokens. The council
/// can put another account in the place of an issuer's that is lost or stolen.
///
/// Preimages cost no deposit and would stay for ever, so nobody notes them by hand: the scheduler does for what the
/// council schedules. There are no accounts of several signatories, and none derived from another: they cannot consent to be a
/// desk, and so could not act here.
///
/// What belongs to a function that the council has paused waits until it goes on, whoever calls it.
pub struct PermittedCalls;

impl Contains<RuntimeCall> for PermittedCalls {
    fn contains(call: &RuntimeCall) -> bool {
        match call {
            RuntimeCall::CouncilMembership(pallet_membership::Call::remove_member { .. }) => {
                CouncilMembership::members().len() > MIN_MEMBERS
            }
            // With fewer votes a motion fails as it is carried out, and with more, less than a third keeps it from passing. As long as it
            // stands nobody proposes the same: so who is to be sanctioned would propose that itself.
            RuntimeCall::Council(pallet_collective::Call::propose { threshold, .. }) => {
                is_permitted(call) && *threshold == votes_of_motion()
            }
            // Finality would not hear of keys that change while its voters are forced.
            RuntimeCall::Validators(pallet_validators::Call::set_keys { .. }) => !Validators::is_forcing(),
            _ => {
                is_permitted(call)
                    && payee(call).is_none_or(is_treasury_desk)
                    && super::switches::waits_for(call).is_none()
            }
        }
    }
}

/// To whom a call gives tokens, who must be a treasury desk.
pub(super) fn payee(call: &RuntimeCall) -> Option<&Address> {
    use pallet_assets::Call;
    match call {
        RuntimeCall::Assets(
            Call::transfer { target: to, .. } | Call::transfer_keep_alive { target: to, .. },
        ) => Some(to),
        _ => None,
    }
}

/// What of this can be told by the call alone.
pub(super) fn is_permitted(call: &RuntimeCall) -> bool {
    use pallet_assets::Call;
    match call {
        RuntimeCall::Balances(_) | RuntimeCall::Preimage(_) => false,
        // Nobody reads remarks.
        RuntimeCall::System(
            frame_system::Call::remark { .. } | frame_system::Call::remark_with_event { .. },
        ) => false,
        RuntimeCall::Utility(pallet_utility::Call::as_derivative { .. }) => false,
        // Before anybody takes the time to look at it.
        RuntimeCall::Validators(pallet_validators::Call::report_two_blocks {
            proof: Some(proof), ..
        })
        | RuntimeCall::Grandpa(
            pallet_grandpa::Call::report_equivocation {
                key_owner_proof: proof,
                ..
            }
            | pallet_grandpa::Call::report_equivocation_unsigned {
                key_owner_proof: proof,
                ..
            },
        ) => pallet_validators::is_bounded(proof),
        // A member's key is replaced by the council: each new one keeps an account for good.
        RuntimeCall::CouncilMembership(pallet_membership::Call::change_key { .. }) => false,
        // Keys are set through the validators' pallet, once a day, and go when the council removes a validator: what is queued
        // always has some.
        RuntimeCall::Session(_) => false,
        // A council of fewer could never act again, not even to take one in.
        RuntimeCall::CouncilMembership(pallet_membership::Call::reset_members { members }) => {
            members.len() >= MIN_MEMBERS
        }
        // With fewer votes the call would be made at once, as by `execute`.
        RuntimeCall::Council(pallet_collective::Call::propose { threshold, .. }) => *threshold >= LEAST_VOTES,
        // What is asked for is taken from the block, and given back only when the motion has been closed.
        RuntimeCall::Council(pallet_collective::Call::close {
            proposal_weight_bound,
            ..
        }) => proposal_weight_bound.all_lte(MaxMotionWeight::get()),
        RuntimeCall::Assets(Call::transfer { amount, .. } | Call::transfer_keep_alive { amount, .. }) => {
            *amount > 0
        }
        // Minting, burning and freezing are the issuer's, whoever that is now: `pallet-issuance` asks, not an account's role of once.
        RuntimeCall::Assets(call) => matches!(
            call,
                | Call::force_asset_status { .. }
        ),
        _ => true,
    }
}

/// Other desks hold no tokens: they could not fund a cycle with them, and nobody would look there.
fn is_treasury_desk(address: &Address) -> bool {
    let who = AccountIdLookup::<AccountId, ()>::lookup(address.clone()).ok();
    who.and_then(pallet_operators::Desks::<Runtime>::get)
        .is_some_and(|desk| desk.roles.contains(&Role::Treasury))
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type AccountData = pallet_balances::AccountData<crate::Balance>;
    type AccountId = AccountId;
    type BaseCallFilter = PermittedCalls;
    type Block = Block;
    // A mortal transaction may live for up to two hours and a quarter.
    type BlockHashCount = ConstU32<4096>;
    type BlockLength = RuntimeBlockLength;
    type BlockWeights = RuntimeBlockWeights;
    type DbWeight = ParityDbWeight;
    type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
    type Hash = Hash;
    type Hashing = BlakeTwo256;
    type Lookup = AccountIdLookup<AccountId, ()>;
    type MaxConsumers = ConstU32<128>;
    type Nonce = Nonce;
    type SS58Prefix = ConstU16<42>;
    type SingleBlockMigrations = Migrations;
    type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
    type Version = Version;
}

impl pallet_timestamp::Config for Runtime {
    type MinimumPeriod = ConstU64<{ SLOT_DURATION / 2 }>;
    type Moment = u64;
    type OnTimestampSet = Aura;
    type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl pallet_utility::Config for Runtime {
    type PalletsOrigin = OriginCaller;
    type RuntimeCall = RuntimeCall;
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_preimage::Config for Runtime {
    type Consideration = ();
    type Currency = Balances;
    type ManagerOrigin = CouncilOrigin;
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
}

impl pallet_scheduler::Config for Runtime {
    type BlockNumberProvider = System;
    type MaxScheduledPerBlock = ConstU32<50>;
    type MaximumWeight = SchedulerWeight;
    type OriginPrivilegeCmp = EqualPrivilegeOnly;
    type PalletsOrigin = OriginCaller;
    type Preimages = Preimage;
    type RuntimeCall = RuntimeCall;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeOrigin = RuntimeOrigin;
    type ScheduleOrigin = CouncilOrigin;
    type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
}
