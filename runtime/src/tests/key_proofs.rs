//! Proofs whose a key was: how long they are, and what is done with longer ones.

use super::{
    preset,
    validators::{block, dispatch, key_proof, turn_session, two_votes},
};
use crate::{configs::CallTriage, AccountId, Runtime, RuntimeCall, RuntimeOrigin, SessionKeys, Validators};
use frame_support::{assert_noop, dispatch::GetDispatchInfo, traits::KeyOwnerProofSystem};
use pallet_operators::{Standing, Triage};
use pallet_validators::{is_bounded, KeysInUse, MAX_PROOF_BYTES, MAX_PROOF_NODES};
use sp_consensus_grandpa::KEY_TYPE;
use sp_core::{crypto::key_types::AURA, ByteArray};
use sp_keyring::{
    Ed25519Keyring,
    Sr25519Keyring::{Alice, Bob},
};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionSource};
use sp_session::MembershipProof;

fn two_blocks(proof: MembershipProof) -> RuntimeCall {
    let call = pallet_validators::Call::report_two_blocks {
        first: block(9, 1, Bob),
        second: block(9, 2, Bob),
        author: Bob.public().into(),
        proof: Some(proof),
    };
    call.into()
}

fn votes(key_owner_proof: MembershipProof) -> RuntimeCall {
    let equivocation_proof = Box::new(two_votes(Ed25519Keyring::Bob, 0, 1));
    let call = pallet_grandpa::Call::report_equivocation {
        equivocation_proof,
        key_owner_proof,
    };
    call.into()
}

#[test]
fn report_should_be_refused_unseen_when_its_proof_is_longer_than_any() {
    preset("four").execute_with(|| {
        let proof = key_proof(Ed25519Keyring::Bob);
        turn_session();
        let longer = || MembershipProof {
            trie_nodes: vec![vec![7]; 450_000],
            ..proof.clone()
        };
        let batch = |calls| RuntimeCall::from(pallet_utility::Call::batch { calls });
        for (report, bounded) in [
            (two_blocks(longer()), two_blocks(proof.clone())),
            (votes(longer()), votes(proof.clone())),
        ] {
            assert_eq!(CallTriage::standing(&bounded), Standing::Urgent);
            assert_eq!(CallTriage::standing(&report), Standing::Refused);
            assert_eq!(
                CallTriage::standing(&batch(vec![bounded, report.clone()])),
                Standing::Refused
            );
            // Nor by a motion of the council, which the pool does not look into.
            let alice = RuntimeOrigin::signed(Alice.to_account_id());
            let filtered = frame_system::Error::<Runtime>::CallFiltered;
            assert_noop!(dispatch(report, alice), filtered);
        }
        // What a block's author adds unsigned is refused before the session pallet looks at it.
        let unsigned = pallet_grandpa::Call::report_equivocation_unsigned {
            equivocation_proof: Box::new(two_votes(Ed25519Keyring::Bob, 0, 1)),
            key_owner_proof: longer(),
        };
        let validity = crate::Grandpa::validate_unsigned(TransactionSource::InBlock, &unsigned);
        assert_eq!(validity, Err(InvalidTransaction::BadProof.into()));
    });
}

#[test]
fn report_should_weigh_the_same_when_it_states_another_number_of_validators() {
    preset("four").execute_with(|| {
        let proof = key_proof(Ed25519Keyring::Bob);
        let weight = |validator_count| {
            let stated = MembershipProof {
                validator_count,
                ..proof.clone()
            };
            votes(stated).get_dispatch_info().call_weight
        };
        assert_eq!(weight(0), weight(u32::MAX));
    });
}

#[test]
fn proofs_should_be_far_shorter_than_they_may_be_when_there_are_a_hundred_validators() {
    preset("four").execute_with(|| {
        let octets = |n: u8, kind: u8| sp_io::hashing::blake2_256(&[n, kind]);
        let set: Vec<(AccountId, SessionKeys)> = (0..100)
            .map(|n| {
                let keys = SessionKeys {
                    aura: ByteArray::from_slice(&octets(n, 1)).expect("32 octets"),
                    grandpa: ByteArray::from_slice(&octets(n, 2)).expect("32 octets"),
                };
                (octets(n, 0).into(), keys)
            })
            .collect();
        let accounts: Vec<_> = set.iter().map(|(who, _)| who.clone()).collect();
        pallet_session::Validators::<Runtime>::put(accounts);
        KeysInUse::<Runtime>::put(&set);
        let (mut nodes, mut bytes) = (0, 0);
        for (_, keys) in set {
            for (kind, key) in [
                (AURA, keys.aura.to_raw_vec()),
                (KEY_TYPE, keys.grandpa.to_raw_vec()),
            ] {
                let proof = Validators::prove((kind, key)).expect("it is one");
                assert!(is_bounded(&proof));
                nodes = nodes.max(proof.trie_nodes.len());
                bytes = bytes.max(proof.trie_nodes.iter().map(Vec::len).sum());
            }
        }
        assert_eq!((nodes, bytes), (10, 1_980));
        assert!(nodes * 3 / 2 < MAX_PROOF_NODES && bytes * 3 / 2 < MAX_PROOF_BYTES);
    });
}
