//! Seats, motions and votes when members come and go.

use super::{council, preset};
use crate::{
    configs::{CallTriage, CouncilCollective, MotionDuration},
    AccountId, Council, CouncilMembership, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use pallet_operators::{Standing, Triage};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Eve, Ferdie};
use sp_runtime::{
    traits::{BlakeTwo256, Dispatchable, Hash as _},
    DispatchResult,
};

type CouncilError = pallet_collective::Error<Runtime, CouncilCollective>;

fn signed(who: &AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who.clone())
}

/// A motion that authorises a runtime.
fn motion(n: u8) -> RuntimeCall {
    let code_hash = [n; 32].into();
    crate::upgrades::Call::authorize { code_hash }.into()
}

fn propose(who: &AccountId, n: u8) -> DispatchResult {
    Council::propose(signed(who), 2, Box::new(motion(n)), 100)
        .map(|_| ())
        .map_err(|refused| refused.error)
}

/// The number of a motion that was proposed.
fn index(n: u8) -> u32 {
    let motion = BlakeTwo256::hash_of(&motion(n));
    let proposed = System::events()
        .into_iter()
        .find_map(|record| match record.event {
            RuntimeEvent::Council(pallet_collective::Event::Proposed {
                proposal_index,
                proposal_hash,
                ..
            }) if proposal_hash == motion => Some(proposal_index),
            _ => None,
        });
    proposed.expect("it was proposed")
}

fn vote(who: &AccountId, n: u8) -> DispatchResult {
    Council::vote(signed(who), BlakeTwo256::hash_of(&motion(n)), index(n), true)
        .map(|_| ())
        .map_err(|refused| refused.error)
}

fn close(who: &AccountId, n: u8) -> DispatchResult {
    let call = motion(n);
    let (weight, length) = (call.get_dispatch_info().call_weight, call.encoded_size() as u32);
    Council::close(signed(who), BlakeTwo256::hash_of(&call), index(n), weight, length)
        .map(|_| ())
        .map_err(|refused| refused.error)
}

fn is_authorised() -> bool {
    System::authorized_upgrade().is_some()
}

#[test]
fn removed_member_should_have_no_say_in_its_motions_when_they_are_still_open() {
    preset("development").execute_with(|| {
        let [gone, one, other] = council().try_into().expect("three members");
        for n in 0..10 {
            assert_ok!(propose(&gone, n));
            assert_ok!(vote(&gone, n));
        }
        assert_ok!(CouncilMembership::remove_member(
            RuntimeOrigin::root(),
            gone.clone().into()
        ));
        // Its vote is gone, so that the next one is the first of two.
        assert_ok!(vote(&one, 0));
        assert_noop!(close(&one, 0), CouncilError::TooEarly);
        assert_noop!(vote(&gone, 0), CouncilError::NotMember);
        assert_noop!(propose(&gone, 10), CouncilError::NotMember);
        // Nor do its motions take a place of anybody else's.
        for n in 20..30 {
            assert_ok!(propose(&one, n));
        }
        assert_eq!(propose(&one, 30), Err(CouncilError::TooManyProposals.into()));
        assert_ok!(vote(&other, 0));
        assert_ok!(close(&one, 0));
        assert!(is_authorised());
        // They end with their time, and leave nothing behind.
        System::set_block_number(System::block_number() + MotionDuration::get() + 1);
        for n in 1..10 {
            assert_ok!(close(&other, n));
        }
        assert_ok!(propose(&other, 40));
        let slots = pallet_collective::CostOf::<Runtime, CouncilCollective>::iter();
        assert_eq!(slots.filter(|(_, (who, _))| *who == gone).count(), 0);
    });
}

#[test]
fn motion_should_be_refused_when_it_asks_for_more_or_fewer_votes_than_two_thirds() {
    preset("development").execute_with(|| {
        let [one, _, _] = council().try_into().expect("three members");
        let propose = |n: u8, threshold: u32| -> DispatchResult {
            let call: RuntimeCall = pallet_collective::Call::propose {
                threshold,
                proposal: Box::new(motion(n)),
                length_bound: 100,
            }
            .into();
            let outcome = call.dispatch(signed(&one));
            outcome.map(|_| ()).map_err(|refused| refused.error)
        };
        let refused = || -> DispatchResult { Err(frame_system::Error::<Runtime>::CallFiltered.into()) };
        // One vote against it would keep it from passing, and meanwhile nobody could propose the same.
        assert_eq!(propose(1, 3), refused());
        assert_eq!(propose(1, 100), refused());
        assert_ok!(propose(1, 2));
        for more in [Eve, Ferdie] {
            assert_ok!(CouncilMembership::add_member(
                RuntimeOrigin::root(),
                more.to_account_id().into()
            ));
        }
        // Carried by three of five it would fail, and be gone.
        assert_eq!(propose(2, 3), refused());
        assert_ok!(propose(2, 4));
    });
}

#[test]
fn nothing_should_be_carried_out_when_one_member_alone_proposes_it() {
    preset("development").execute_with(|| {
        let [one, other, _] = council().try_into().expect("three members");
        // What the origin of a single member could make of others' pallets does not matter: nothing is made.
        let within = RuntimeCall::Utility(pallet_utility::Call::batch {
            calls: vec![motion(1)],
        });
        for threshold in [0, 1] {
            for proposal in [motion(1), within.clone()] {
                let call: RuntimeCall = pallet_collective::Call::propose {
                    threshold,
                    proposal: Box::new(proposal),
                    length_bound: 1_000,
                }
                .into();
                // At the pool, as `execute` is, in a batch too, and wherever else it is made.
                let batch = RuntimeCall::Utility(pallet_utility::Call::force_batch {
                    calls: vec![call.clone()],
                });
                for call in [&call, &batch] {
                    assert_eq!(CallTriage::standing(call), Standing::Refused);
                }
                let filtered = frame_system::Error::<Runtime>::CallFiltered;
                let outcome = call
                    .dispatch(signed(&one))
                    .map(|_| ())
                    .map_err(|refused| refused.error);
                assert_eq!(outcome, Err(filtered.into()));
                assert_ok!(batch.dispatch(signed(&one)));
            }
        }
        let carried_out = |record: frame_system::EventRecord<RuntimeEvent, _>| {
            matches!(
                record.event,
                RuntimeEvent::Council(pallet_collective::Event::Executed { .. })
            )
        };
        assert!(!System::events().into_iter().any(carried_out));
        // One that needs two votes waits for the second, however long.
        assert_ok!(propose(&one, 1));
        assert_ok!(vote(&one, 1));
        assert_noop!(close(&one, 1), CouncilError::TooEarly);
        System::set_block_number(System::block_number() + MotionDuration::get() + 1);
        assert_ok!(close(&other, 1));
        assert!(!is_authorised());
    });
}

#[test]
#[should_panic(expected = "two seats at least")]
fn a_chain_should_not_begin_when_its_council_has_one_seat() {
    use frame_support::traits::InitializeMembers;
    sp_io::TestExternalities::default()
        .execute_with(|| crate::configs::Seats::initialize_members(&[Eve.to_account_id()]));
}

#[test]
fn quota_should_not_be_fresh_when_a_seat_is_given_away_by_a_validator() {
    use pallet_operators::{Payer, QuotaUsage, WindowUse};
    preset("development").execute_with(|| {
        // Alice has a seat and a validator, and one quota for both.
        let [alice, bob] = [Alice, Bob].map(|who| who.to_account_id());
        let spend = |who: &AccountId| {
            let spent = WindowUse {
                window: 0,
                used: 7,
                urgent: 3,
            };
            QuotaUsage::<Runtime>::insert(Payer::Account(who.clone()), spent);
            spent
        };
        let used = |who: &AccountId| QuotaUsage::<Runtime>::get(Payer::Account(who.clone()));
        let swap = |from: &AccountId, to: &AccountId| {
            let (from, to) = (from.clone().into(), to.clone().into());
            assert_ok!(CouncilMembership::swap_member(RuntimeOrigin::root(), from, to));
        };
        let (eve, ferdie) = (Eve.to_account_id(), Ferdie.to_account_id());
        let spent = spend(&alice);
        swap(&alice, &eve);
        assert_eq!((used(&eve), used(&alice)), (spent, spent));
        // A member that is nothing else leaves nothing behind, and finds what it left when it is let in again.
        let spent = spend(&bob);
        swap(&bob, &ferdie);
        assert_eq!(used(&ferdie), spent);
        assert!(!QuotaUsage::<Runtime>::contains_key(Payer::Account(bob.clone())));
        swap(&ferdie, &bob);
        assert_eq!(used(&bob), spent);
        // Removed and let in again, without a swap.
        let who = || bob.clone().into();
        assert_ok!(CouncilMembership::remove_member(RuntimeOrigin::root(), who()));
        assert_ok!(CouncilMembership::add_member(RuntimeOrigin::root(), who()));
        assert_eq!(used(&bob), spent);
    });
}

#[test]
fn votes_should_stay_behind_when_a_seat_changes_hands() {
    preset("development").execute_with(|| {
        let [gone, one, other] = council().try_into().expect("three members");
        let heir = Eve.to_account_id();
        assert_ok!(propose(&gone, 1));
        assert_ok!(vote(&gone, 1));
        assert_ok!(CouncilMembership::swap_member(
            RuntimeOrigin::root(),
            gone.clone().into(),
            heir.clone().into()
        ));
        assert_eq!(System::providers(&heir), 1, "the seat's own reference");
        assert_eq!(System::providers(&gone), 1, "it keeps its count of transactions");
        assert_ok!(vote(&one, 1));
        assert_noop!(close(&other, 1), CouncilError::TooEarly);
        assert_ok!(vote(&heir, 1));
        assert_ok!(close(&other, 1));
        assert!(is_authorised());
    });
}

#[test]
fn two_votes_should_not_be_enough_when_the_council_has_grown_meanwhile() {
    preset("development").execute_with(|| {
        let [one, other, _] = council().try_into().expect("three members");
        assert_ok!(propose(&one, 1));
        assert_ok!(vote(&one, 1));
        assert_ok!(vote(&other, 1));
        for who in [Eve, Ferdie] {
            let who = who.to_account_id().into();
            assert_ok!(CouncilMembership::add_member(RuntimeOrigin::root(), who));
        }
        // What its proposer wanted is reached, but not two thirds of five.
        assert_ok!(close(&one, 1));
        assert!(!is_authorised());
    });
}

#[test]
fn prime_should_not_vote_for_others_when_they_are_absent() {
    preset("development").execute_with(|| {
        let [prime, other, _] = council().try_into().expect("three members");
        let set = |who: &AccountId| CouncilMembership::set_prime(RuntimeOrigin::root(), who.clone().into());
        assert_ok!(set(&prime));
        assert_ok!(propose(&prime, 1));
        assert_ok!(vote(&prime, 1));
        System::set_block_number(System::block_number() + MotionDuration::get() + 1);
        assert_ok!(close(&other, 1));
        assert!(!is_authorised());
    });
}

#[cfg(not(feature = "runtime-benchmarks"))]
#[test]
fn each_member_should_have_a_place_for_a_motion_when_all_others_have_filled_theirs() {
    for (seats, share) in [(2u8, 10), (10, 10), (11, 9), (30, 3), (60, 1), (100, 1)] {
        preset("development").execute_with(|| {
            let mut members: Vec<AccountId> = (0..seats).map(|n| [n; 32].into()).collect();
            members.sort();
            pallet_collective::Members::<Runtime, CouncilCollective>::put(&members);
            let mut next = 0u8;
            for member in &members {
                let mut taken = 0;
                while propose(member, next).is_ok() {
                    taken += 1;
                    next += 1;
                }
                assert_eq!(taken, share, "{seats} seats");
            }
        });
    }
}

#[test]
fn motion_should_not_be_closed_when_more_weight_is_asked_for_than_a_motion_may_have() {
    use frame_support::{traits::Get, weights::Weight};
    let most: Weight =
        <<Runtime as pallet_collective::Config<CouncilCollective>>::MaxProposalWeight as Get<Weight>>::get();
    let close = |proposal_weight_bound| {
        CallTriage::standing(
            &pallet_collective::Call::close {
                proposal_hash: Default::default(),
                index: 0,
                proposal_weight_bound,
                length_bound: 100,
            }
            .into(),
        )
    };
    assert_eq!(close(most), Standing::Members);
    // As clients ask.
    assert_eq!(
        close(Weight::from_parts(200_000_000_000, 1_000_000)),
        Standing::Members
    );
    assert_eq!(
        close(most.saturating_add(Weight::from_parts(1, 0))),
        Standing::Refused
    );
}
