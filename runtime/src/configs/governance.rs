//! The operators' council: the members govern as peers, and nobody above them.

use super::RuntimeBlockWeights;
use crate::{
    AccountId, BlockNumber, Council, Hash, Operators, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
    System, DAYS,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeLimit, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
    dispatch::GetDispatchInfo,
    ensure, parameter_types,
    storage::{with_transaction, TransactionOutcome},
    traits::{
        ChangeMembers, Consideration, ConstU32, EitherOfDiverse, InitializeMembers, MaybeConsideration,
    },
    weights::{constants::ParityDbWeight, Weight},
    MAX_EXTRINSIC_DEPTH,
};
use frame_system::EnsureRoot;
use pallet_collective::{CostOf, DefaultVote, EnsureProportionAtLeast, MemberCount, ProposalOf};
use scale_info::TypeInfo;
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult, Perbill};

/// The most members the council can have.
const MAX_MEMBERS: u32 = 100;
/// The fewest: one alone passes nothing ([`LEAST_VOTES`]).
pub(super) const MIN_MEMBERS: usize = 2;
/// The fewest votes that a motion may need. The collective carries one out at once, unseen and without a vote, for which its
/// proposer asks fewer.
pub(super) const LEAST_VOTES: MemberCount = 2;

/// The votes that a motion asks for: two thirds of the seats, as [`CouncilOrigin`] does when it is carried out.
pub(super) fn votes_of_motion() -> MemberCount {
    let seats = pallet_collective::Members::<Runtime, CouncilCollective>::decode_len().unwrap_or_default();
    MemberCount::try_from(seats.saturating_mul(2).div_ceil(3)).unwrap_or(MemberCount::MAX)
}

/// The most motions that can be before the council.
const MAX_MOTIONS: u32 = 100;
/// The most of them that one member may have proposed, however few seats there are.
const MAX_MOTIONS_OF_MEMBER: usize = 10;

/// The motions that one of so many members may have before the council: an equal part of the places, so that each other has at
/// least one. Benchmarks propose all as one.
fn motions_of_member(seats: usize) -> usize {
    let most = MAX_MOTIONS as usize;
    if cfg!(feature = "runtime-benchmarks") {
        return most;
    }
    most.checked_div(seats)
        .unwrap_or(most)
        .clamp(1, MAX_MOTIONS_OF_MEMBER)
}

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
    type Consideration = MotionSlot;
    type DefaultVote = AbsentIsNo;
    type DisapproveOrigin = CouncilOrigin;
    type KillOrigin = CouncilOrigin;
    type MaxMembers = ConstU32<MAX_MEMBERS>;
    type MaxProposalWeight = MaxMotionWeight;
    type MaxProposals = ConstU32<MAX_MOTIONS>;
    type MotionDuration = MotionDuration;
    type Proposal = RuntimeCall;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeOrigin = RuntimeOrigin;
    // Seats come and go by the membership alone.
    type SetMembersOrigin = EnsureRoot<AccountId>;
    type WeightInfo = CouncilWeight;
}

type Measured = pallet_collective::weights::SubstrateWeight<Runtime>;

/// The weights of the council, with what a motion's slot costs.
pub struct CouncilWeight;

impl pallet_collective::WeightInfo for CouncilWeight {
    fn set_members(m: u32, n: u32, p: u32) -> Weight {
        Measured::set_members(m, n, p)
    }

    fn execute(b: u32, m: u32) -> Weight {
        Measured::execute(b, m)
    }

    fn propose_execute(b: u32, m: u32) -> Weight {
        Measured::propose_execute(b, m)
    }

    // Slots of open motions are counted and those of closed ones removed.
    fn propose_proposed(b: u32, m: u32, p: u32) -> Weight {
        let most = u64::from(MAX_MOTIONS);
        Measured::propose_proposed(b, m, p).saturating_add(ParityDbWeight::get().reads_writes(most * 4, most))
    }

    fn vote(m: u32) -> Weight {
        Measured::vote(m)
    }

    fn close_early_disapproved(m: u32, p: u32) -> Weight {
        Measured::close_early_disapproved(m, p)
    }

    fn close_early_approved(b: u32, m: u32, p: u32) -> Weight {
        Measured::close_early_approved(b, m, p)
    }

    fn close_disapproved(m: u32, p: u32) -> Weight {
        Measured::close_disapproved(m, p)
    }

    fn close_approved(b: u32, m: u32, p: u32) -> Weight {
        Measured::close_approved(b, m, p)
    }

    fn disapprove_proposal(p: u32) -> Weight {
        Measured::disapprove_proposal(p)
    }

    fn kill(d: u32, p: u32) -> Weight {
        Measured::kill(d, p)
    }

    fn release_proposal_cost() -> Weight {
        Measured::release_proposal_cost()
    }
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

/// The place that a motion takes of those its proposer may have, until it is closed.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct MotionSlot;

impl MotionSlot {
    /// Motions that an account has proposed and that are still before the council. What is left of closed ones is removed, so
    /// that there is never more than twice the most motions to look at.
    fn taken_by(who: &AccountId) -> usize {
        let slots: Vec<_> = CostOf::<Runtime, CouncilCollective>::iter().collect();
        let (open, closed): (Vec<_>, Vec<_>) = slots
            .into_iter()
            .partition(|(motion, _)| ProposalOf::<Runtime, CouncilCollective>::contains_key(motion));
        for (motion, _) in closed {
            CostOf::<Runtime, CouncilCollective>::remove(motion);
        }
        open.iter().filter(|(_, (proposer, _))| proposer == who).count()
    }
}

impl Consideration<AccountId, u32> for MotionSlot {
    fn new(who: &AccountId, _: u32) -> Result<Self, DispatchError> {
        let seats =
            pallet_collective::Members::<Runtime, CouncilCollective>::decode_len().unwrap_or_default();
        ensure!(
            Self::taken_by(who) < motions_of_member(seats),
            pallet_collective::Error::<Runtime, CouncilCollective>::TooManyProposals
        );
        Ok(Self)
    }

    fn update(self, _: &AccountId, _: u32) -> Result<Self, DispatchError> {
        Ok(self)
    }

    fn drop(self, _: &AccountId) -> DispatchResult {
        Ok(())
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_successful(_: &AccountId, _: u32) {}
}

impl MaybeConsideration<AccountId, u32> for MotionSlot {
    fn is_none(&self) -> bool {
        false
    }
}

/// What the call of a motion would come to if it were carried out now; `None` if there is no such motion. Nothing is kept.
pub fn motion_outcome(motion: Hash) -> Option<DispatchResult> {
    outcome(ProposalOf::<Runtime, CouncilCollective>::get(motion)?)
}

/// As [`motion_outcome`], of an encoded call that is not a motion yet; `None` for what is not a call, or takes more than a motion may.
pub fn proposal_outcome(call: &[u8]) -> Option<DispatchResult> {
    outcome(read(call)?)
}

/// What an encoded call would come to if an account sent it now; `None` as of [`proposal_outcome`]. Nothing is kept.
pub fn call_outcome(who: AccountId, call: &[u8]) -> Option<DispatchResult> {
    Some(tried(read(call)?, RuntimeOrigin::signed(who)))
}

/// An encoded call, unless it takes more than a motion may.
fn read(call: &[u8]) -> Option<RuntimeCall> {
    let mut octets = call;
    let call = RuntimeCall::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut octets).ok()?;
    let weight = call.get_dispatch_info().call_weight;
    weight.all_lte(MaxMotionWeight::get()).then_some(call)
}

/// What the council's call would come to. Nothing is kept.
fn outcome(call: RuntimeCall) -> Option<DispatchResult> {
    let members =
        u32::try_from(pallet_collective::Members::<Runtime, CouncilCollective>::get().len()).ok()?;
    // As if all were in favour: that is the most that a motion can be carried with.
    let origin = pallet_collective::RawOrigin::<AccountId, CouncilCollective>::Members(members, members);
    Some(tried(call, origin.into()))
}

/// A list of which an item is refused says so by an event alone: it counts as refused, for the first such reason.
fn tried(call: RuntimeCall, origin: RuntimeOrigin) -> DispatchResult {
    let outcome = with_transaction(|| {
        let before = System::event_count() as usize;
        let outcome = call.dispatch(origin).map_err(|failure| failure.error);
        let mut said = System::read_events_no_consensus().skip(before);
        let refused = said.find_map(|record| refusal(&record.event));
        let outcome = outcome.and_then(|_| refused.map_or(Ok(()), Err));
        TransactionOutcome::Rollback(Ok(outcome))
    });
    outcome.unwrap_or_else(Err)
}

fn refusal(event: &RuntimeEvent) -> Option<DispatchError> {
    match event {
        RuntimeEvent::Anchoring(
            pallet_anchoring::Event::AnchorRefused { error, .. }
            | pallet_anchoring::Event::AcknowledgeRefused { error, .. },
        )
        | RuntimeEvent::Utility(
            pallet_utility::Event::ItemFailed { error }
            | pallet_utility::Event::BatchInterrupted { error, .. },
        ) => Some(*error),
        _ => None,
    }
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
/// The reference that keeps the account is the seat's own, so that a member stays one when it ceases to be a desk. It is never
/// taken back: an account that comes again with its count of transactions at zero could be made to repeat what it had signed
/// before. When a seat changes hands, what its quota has lost goes with it.
pub struct Seats;

impl Seats {
    fn open_account(who: &AccountId) {
        System::inc_providers(who);
    }
}

impl InitializeMembers<AccountId> for Seats {
    fn initialize_members(members: &[AccountId]) {
        assert!(
            members.len() != 1,
            "a council of one could not pass a motion: it has two seats at least"
        );
        members.iter().for_each(Self::open_account);
        Council::initialize_members(members);
    }
}

impl ChangeMembers<AccountId> for Seats {
    fn change_members_sorted(incoming: &[AccountId], outgoing: &[AccountId], new: &[AccountId]) {
        incoming.iter().for_each(Self::open_account);
        Council::change_members_sorted(incoming, outgoing, new);
        for (from, to) in outgoing.iter().zip(incoming) {
            Operators::hand_over_quota(from, to);
        }
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
