//! The operators' council: the members govern as peers, and nobody above them.

use super::RuntimeBlockWeights;
use crate::{
    AccountId, BlockNumber, Council, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System, DAYS,
};
use alloc::vec::Vec;
use frame_support::{
    parameter_types,
    traits::{ChangeMembers, ConstU32, EitherOfDiverse, InitializeMembers},
    weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_collective::{DefaultVote, EnsureProportionAtLeast, MemberCount};
use sp_runtime::Perbill;

/// The most members the council can have.
const MAX_MEMBERS: u32 = 100;

/// The instance of the collective that is the council.
pub type CouncilCollective = pallet_collective::Instance1;
/// Two thirds of the council, or root.
pub type CouncilOrigin =
    EitherOfDiverse<EnsureRoot<AccountId>, EnsureProportionAtLeast<AccountId, CouncilCollective, 2, 3>>;

parameter_types! {
    pub const MotionDuration: BlockNumber = 7 * DAYS;
    pub MaxMotionWeight: Weight = Perbill::from_percent(50) * RuntimeBlockWeights::get().max_block;
}

impl pallet_collective::Config<CouncilCollective> for Runtime {
    type Consideration = ();
    type DefaultVote = AbsentIsNo;
    type DisapproveOrigin = CouncilOrigin;
    type KillOrigin = CouncilOrigin;
    type MaxMembers = ConstU32<MAX_MEMBERS>;
    type MaxProposalWeight = MaxMotionWeight;
    type MaxProposals = ConstU32<100>;
    type MotionDuration = MotionDuration;
    type Proposal = RuntimeCall;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeOrigin = RuntimeOrigin;
    // Seats come and go by the membership alone.
    type SetMembersOrigin = EnsureRoot<AccountId>;
    type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
}

impl pallet_membership::Config<pallet_membership::Instance1> for Runtime {
    type AddOrigin = CouncilOrigin;
    type MaxMembers = ConstU32<MAX_MEMBERS>;
    type MembershipChanged = Seats;
    type MembershipInitialized = Seats;
    type PrimeOrigin = CouncilOrigin;
    type RemoveOrigin = CouncilOrigin;
    type ResetOrigin = CouncilOrigin;
    type RuntimeEvent = RuntimeEvent;
    type SwapOrigin = CouncilOrigin;
    type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
}

impl crate::upgrades::Config for Runtime {
    type GovernanceOrigin = CouncilOrigin;
}

/// A member that has not voted when a motion ends has voted no.
pub struct AbsentIsNo;

impl DefaultVote for AbsentIsNo {
    fn default_vote(_: Option<bool>, _: MemberCount, _: MemberCount, _: MemberCount) -> bool {
        false
    }
}

/// Gives the council its seats, and each new member an account that can sign without holding coins.
///
/// The account is never taken back: one that comes again with its count of transactions at zero could be made
/// to repeat what it had signed before.
pub struct Seats;

impl Seats {
    fn open_account(who: &AccountId) {
        if System::providers(who) == 0 {
            System::inc_providers(who);
        }
    }
}

impl InitializeMembers<AccountId> for Seats {
    fn initialize_members(members: &[AccountId]) {
        members.iter().for_each(Self::open_account);
        Council::initialize_members(members);
    }
}

impl ChangeMembers<AccountId> for Seats {
    fn change_members_sorted(incoming: &[AccountId], outgoing: &[AccountId], new: &[AccountId]) {
        incoming.iter().for_each(Self::open_account);
        Council::change_members_sorted(incoming, outgoing, new);
    }

    fn set_members_sorted(new: &[AccountId], old: &[AccountId]) {
        let (incoming, outgoing): (Vec<_>, Vec<_>) = Self::compute_members_diff_sorted(new, old);
        Self::change_members_sorted(&incoming, &outgoing, new);
    }

    fn set_prime(prime: Option<AccountId>) {
        Council::set_prime(prime)
    }

    fn get_prime() -> Option<AccountId> {
        Council::get_prime()
    }
}
