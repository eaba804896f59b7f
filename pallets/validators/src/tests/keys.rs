use super::*;
use frame_support::traits::KeyOwnerProofSystem;
use sp_consensus_aura::sr25519::AuthorityId;
use sp_core::crypto::{key_types::AURA, KeyTypeId};
use sp_session::MembershipProof;

fn key(of: Sr25519Keyring) -> (KeyTypeId, AuthorityId) {
    (AURA, of.public().into())
}

fn prove(of: Sr25519Keyring) -> Option<MembershipProof> {
    <Validators as KeyOwnerProofSystem<_>>::prove(key(of))
}

fn owner(of: Sr25519Keyring, proof: &MembershipProof) -> Option<u64> {
    <Validators as KeyOwnerProofSystem<_>>::check_proof(key(of), proof.clone()).map(|(who, ())| who)
}

#[test]
fn owner_should_be_proven_in_its_session_and_later_when_somebody_sets_keys() {
    execute(|| {
        turn_session();
        assert_ok!(set_keys(3, Sr25519Keyring::Eve));
        let proof = prove(Sr25519Keyring::Bob).expect("it makes blocks");
        assert_eq!(owner(Sr25519Keyring::Bob, &proof), Some(2));
        assert_ok!(set_keys(2, Sr25519Keyring::Ferdie));
        assert_eq!(owner(Sr25519Keyring::Bob, &proof), Some(2));
        let after = prove(Sr25519Keyring::Bob).expect("it still makes blocks");
        for _ in 0..3 {
            turn_session();
            assert_eq!(owner(Sr25519Keyring::Bob, &proof), Some(2));
            assert_eq!(owner(Sr25519Keyring::Bob, &after), Some(2));
        }
        assert_eq!(prove(Sr25519Keyring::Bob), None, "not any more");
    });
}

#[test]
fn proving_should_change_nothing_when_others_have_new_keys() {
    execute(|| {
        assert_ok!(set_keys(3, Sr25519Keyring::Eve));
        let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
        assert!(prove(Sr25519Keyring::Charlie).is_some());
        assert_eq!(before, sp_io::storage::root(sp_runtime::StateVersion::V1));
    });
}

#[test]
fn owner_should_not_be_proven_when_the_proof_is_of_another_set() {
    execute(|| {
        turn_session();
        let proof = prove(Sr25519Keyring::Bob).expect("it makes blocks");
        let fewer = MembershipProof {
            validator_count: 3,
            ..proof.clone()
        };
        assert_eq!(owner(Sr25519Keyring::Bob, &fewer), None);
        assert_eq!(owner(Sr25519Keyring::Ferdie, &proof), None);
        let to_come = MembershipProof { session: 2, ..proof };
        assert_eq!(owner(Sr25519Keyring::Ferdie, &to_come), None);
    });
}
