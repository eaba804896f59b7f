//! Validators that vote or make blocks twice, and what they and others do to let them off.

use super::preset;
use crate::{
    configs::SessionBlocks, AccountId, BlockNumber, Grandpa, Hash, Historical, Runtime, RuntimeOrigin,
    Session, SessionKeys, System,
};
use codec::{Decode, Encode};
use frame_support::{
    assert_ok,
    traits::{Hooks, KeyOwnerProofSystem},
};
use sp_consensus_grandpa::{AuthorityId as VotingKey, EquivocationProof, KEY_TYPE};
use sp_keyring::{
    Ed25519Keyring,
    Sr25519Keyring::{self, Alice, Bob, Charlie, Dave},
};

type VoteProof = EquivocationProof<Hash, BlockNumber>;

/// Lets the chain come to the session's end, with what happens there.
fn turn_session() {
    let next = (System::block_number() / SessionBlocks::get() + 1) * SessionBlocks::get();
    System::set_block_number(next);
    Session::on_initialize(next);
    Grandpa::on_finalize(next);
}

/// Two votes of one round, for different blocks, as they are written and signed.
fn two_votes(voter: Ed25519Keyring, set_id: u64, round: u64) -> VoteProof {
    let vote = |block: u8| {
        let vote = ([block; 32], 7u32);
        let signature = voter.sign(&(0u8, vote, round, set_id).encode());
        (vote, signature)
    };
    let written = (set_id, 0u8, round, voter.public(), vote(1), vote(2)).encode();
    Decode::decode(&mut written.as_slice()).expect("written as it is read")
}

fn report(votes: VoteProof, owner: sp_session::MembershipProof) -> sp_runtime::DispatchResult {
    let reported = Grandpa::report_equivocation_unsigned(RuntimeOrigin::none(), Box::new(votes), owner);
    reported.map(|_| ()).map_err(|refused| refused.error)
}

fn key_proof(voter: Ed25519Keyring) -> sp_session::MembershipProof {
    Historical::prove((KEY_TYPE, VotingKey::from(voter.public()))).expect("it votes")
}

/// Sets the keys of another well-known account for a validator.
fn set_keys(validator: Sr25519Keyring, key: Sr25519Keyring, voting: Ed25519Keyring) {
    let keys = SessionKeys {
        aura: key.public().into(),
        grandpa: voting.public().into(),
    };
    let who = validator.to_account_id();
    let statement = [&b"POP_"[..], &who.encode()].concat();
    let proof = (key.sign(&statement), voting.sign(&statement)).encode();
    assert_ok!(Session::set_keys(RuntimeOrigin::signed(who), keys, proof));
}

/// Whether an account makes blocks now.
fn makes_blocks(who: &AccountId) -> bool {
    let place = Session::validators().iter().position(|one| one == who);
    place.is_some_and(|place| !Session::disabled_validators().contains(&(place as u32)))
}

#[test]
fn disabled_validator_should_stay_disabled_when_others_change_their_keys() {
    preset("four").execute_with(|| {
        turn_session();
        let bob = Bob.to_account_id();
        assert!(makes_blocks(&bob));
        let proof = key_proof(Ed25519Keyring::Bob);
        assert_ok!(report(two_votes(Ed25519Keyring::Bob, 0, 1), proof));
        assert!(!makes_blocks(&bob), "at once");
        // Anybody else's new keys make a new set, ...
        set_keys(Dave, Sr25519Keyring::Eve, Ed25519Keyring::Eve);
        for _ in 0..3 {
            turn_session();
            assert!(!makes_blocks(&bob));
        }
        // ... and so do its own.
        set_keys(Bob, Sr25519Keyring::Ferdie, Ed25519Keyring::Ferdie);
        for _ in 0..3 {
            turn_session();
            assert!(!makes_blocks(&bob));
        }
        for honest in [Alice, Charlie, Dave] {
            assert!(makes_blocks(&honest.to_account_id()), "{honest}");
        }
    });
}

#[test]
fn votes_should_be_reported_when_their_voter_has_just_changed_its_keys() {
    preset("four").execute_with(|| {
        turn_session();
        let bob = Bob.to_account_id();
        let votes = two_votes(Ed25519Keyring::Bob, 0, 1);
        set_keys(Bob, Sr25519Keyring::Ferdie, Ed25519Keyring::Ferdie);
        assert_ok!(report(votes, key_proof(Ed25519Keyring::Bob)));
        assert!(!makes_blocks(&bob));
    });
}
