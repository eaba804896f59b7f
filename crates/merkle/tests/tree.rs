//! The tree against an independent definition, golden values, and every way to alter a proof.

use codec::{Decode, Encode, MaxEncodedLen};
use interclear_merkle::{
    derive_salt, file_digest, leaf_hash, prove, verify, FileSecret, Hash, LeafBatch, Proof, ProofInvalid,
    Root, RootBuilder, Salt, MAX_DEPTH,
};
use proptest::prelude::*;

fn blake2b_256(parts: &[&[u8]]) -> Hash {
    let input = parts.concat();
    let digest = blake2b_simd::Params::new().hash_length(32).hash(&input);
    digest.as_bytes().try_into().expect("32 bytes were asked for")
}

/// The top of the tree by its recursive definition: the left part is the largest power of two that is less
/// than the whole.
fn top_by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => [0; 32],
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            blake2b_256(&[&[1], &top_by_definition(left), &top_by_definition(right)])
        }
    }
}

fn root_by_definition(leaves: &[Hash]) -> Hash {
    blake2b_256(&[
        &[2],
        &(leaves.len() as u64).to_le_bytes(),
        &top_by_definition(leaves),
    ])
}

fn root_of(leaves: &[Hash]) -> Root {
    let mut builder = RootBuilder::new();
    for leaf in leaves {
        builder.push(*leaf).expect("few leaves");
    }
    builder.finish()
}

/// 0, 1, 2, 3 ... 31 as a secret and `record i` as records.
fn sample_leaves(count: u64) -> Vec<Hash> {
    let secret = FileSecret::from(core::array::from_fn(|i| i as u8));
    (0..count)
        .map(|i| leaf_hash(&derive_salt(&secret, i), i, format!("record {i}").as_bytes()))
        .collect()
}

/// Values computed with another implementation (Python's `hashlib.blake2b`) from the table in the README.
#[test]
fn hashes_should_equal_those_of_another_implementation() {
    let secret = FileSecret::from(core::array::from_fn(|i| i as u8));
    let salt = "280847c38c240f80dbb4fcf0d9557b3d54fc583822ea04a04de577fe9217a1fd";
    assert_eq!(hex::encode(derive_salt(&secret, 0).as_bytes()), salt);
    let leaf = "7eb43ff93a7ac1080b88a883344bbd45d6b15a2612e1bbd0cf076696fb555264";
    assert_eq!(hex::encode(sample_leaves(5)[3]), leaf);
    for (count, root) in [
        (
            0,
            "43eef4c3b1d1ab172d0e67b4343716cd593b650761af8abd368840bce94828dc",
        ),
        (
            1,
            "789f8bdbf2746ace5115c107a04e3b66d8d67b022f6330cdfb312d913b5b5b51",
        ),
        (
            5,
            "ed8a1ea6182c8d7132a992c801703fc335fb9743234a207185faccfe63ffdb0a",
        ),
    ] {
        let found = root_of(&sample_leaves(count));
        assert_eq!((hex::encode(found.hash), found.count), (root.into(), count));
    }
}

#[test]
fn root_should_follow_the_definition_when_built_from_a_stream() {
    let leaves = sample_leaves(130);
    for count in 0..=leaves.len() {
        assert_eq!(
            root_of(&leaves[..count]).hash,
            root_by_definition(&leaves[..count]),
            "{count} leaves"
        );
    }
}

#[test]
fn every_proof_should_verify_in_every_small_tree() {
    let leaves = sample_leaves(70);
    for count in 1..=leaves.len() {
        let leaves = &leaves[..count];
        let root = root_of(leaves);
        for (index, leaf) in (0..).zip(leaves) {
            let proof = prove(leaves, index).expect("the leaf is there");
            assert_eq!(
                verify(&root, &proof, leaf, index),
                Ok(()),
                "leaf {index} of {count}"
            );
        }
    }
}

#[test]
fn root_should_differ_when_the_last_leaf_is_repeated() {
    let leaves = sample_leaves(3);
    let mut repeated = leaves.clone();
    repeated.push(leaves[2]);
    assert_ne!(root_of(&leaves).hash, root_of(&repeated).hash);
}

#[test]
fn an_inner_node_should_not_pass_as_a_leaf() {
    let leaves = sample_leaves(4);
    let node = |left: &Hash, right: &Hash| blake2b_256(&[&[1], left, right]);
    let tops = [node(&leaves[0], &leaves[1]), node(&leaves[2], &leaves[3])];
    // The same top with half as many leaves: the count in the root tells them apart.
    assert_ne!(root_of(&tops).hash, root_of(&leaves).hash);
    // And a record that spells out a node's input hashes to something else.
    let record = [leaves[0], leaves[1]].concat();
    assert_ne!(leaf_hash(&Salt::from([0; 32]), 0, &record), tops[0]);
}

#[test]
fn prove_should_answer_none_when_there_is_no_such_leaf() {
    assert_eq!(prove(&[], 0), None);
    assert_eq!(prove(&sample_leaves(3), 3), None);
    assert_eq!(prove(&sample_leaves(3), u64::MAX), None);
}

#[test]
fn verify_should_name_the_reason_when_a_proof_is_invalid() {
    let leaves = sample_leaves(5);
    let root = root_of(&leaves);
    let proof = prove(&leaves, 2).expect("the leaf is there");
    assert_eq!(
        verify(&root, &proof, &leaves[2], 5),
        Err(ProofInvalid::IndexOutOfRange)
    );
    assert_eq!(
        verify(&root, &proof, &leaves[2], u64::MAX),
        Err(ProofInvalid::IndexOutOfRange)
    );
    assert_eq!(
        verify(&root, &proof, &leaves[2], 4),
        Err(ProofInvalid::WrongLength)
    );
    assert_eq!(
        verify(&root, &proof, &leaves[2], 3),
        Err(ProofInvalid::RootMismatch)
    );
    assert_eq!(
        verify(&root, &proof, &leaves[3], 2),
        Err(ProofInvalid::RootMismatch)
    );
    let empty = root_of(&[]);
    assert_eq!(
        verify(&empty, &proof, &leaves[2], 0),
        Err(ProofInvalid::IndexOutOfRange)
    );
    let huge = Root {
        count: u64::MAX,
        ..root
    };
    assert_eq!(
        verify(&huge, &proof, &leaves[2], 2),
        Err(ProofInvalid::WrongLength)
    );
}

#[test]
fn decoding_should_fail_when_a_proof_is_longer_than_a_tree_is_deep() {
    let longest = vec![[1u8; 32]; MAX_DEPTH as usize].encode();
    assert_eq!(longest.len(), Proof::max_encoded_len());
    assert!(Proof::decode(&mut &longest[..]).is_ok());
    let longer = vec![[1u8; 32]; MAX_DEPTH as usize + 1].encode();
    assert!(Proof::decode(&mut &longer[..]).is_err());
}

#[test]
fn secrets_should_not_appear_in_debug_output() {
    let secret = FileSecret::from([0xab; 32]);
    assert_eq!(
        format!("{secret:?} {:?}", derive_salt(&secret, 0)),
        "FileSecret(..) Salt(..)"
    );
}

fn hashes(count: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<Hash>> {
    proptest::collection::vec(any::<Hash>(), count)
}

#[test]
fn a_batch_of_leaves_should_show_neither_records_nor_salts_in_debug_output() {
    let mut batch = LeafBatch::default();
    batch.push(b"31612345678");
    assert_eq!(format!("{batch:?}"), "LeafBatch(1 records)");
}

proptest! {
    #[test]
    fn leaves_should_be_the_same_when_computed_together_or_one_at_a_time(
        secret in any::<[u8; 32]>(),
        first in any::<u64>().prop_map(|first| first >> 1),
        runs in proptest::collection::vec(
            proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..700), 0..150),
            1..4,
        ),
    ) {
        let secret = FileSecret::from(secret);
        let mut batch = LeafBatch::default();
        let mut leaves = Vec::new();
        let mut index = first;
        for records in &runs {
            for record in records {
                batch.push(record);
            }
            prop_assert_eq!(batch.len(), records.len());
            prop_assert_eq!(batch.octets(), records.iter().map(|record| record.len() + 41).sum::<usize>());
            batch.finish(&secret, index, &mut leaves);
            prop_assert!(batch.is_empty());
            index += records.len() as u64;
        }
        let wanted: Vec<Hash> = (first..)
            .zip(runs.iter().flatten())
            .map(|(index, record)| leaf_hash(&derive_salt(&secret, index), index, record))
            .collect();
        prop_assert_eq!(leaves, wanted);
    }

    #[test]
    fn the_root_should_be_the_same_when_leaves_are_pushed_together_or_one_at_a_time(
        runs in proptest::collection::vec(hashes(0..200), 0..6),
        single in any::<bool>(),
    ) {
        let mut builder = RootBuilder::new();
        let mut all = Vec::new();
        for run in &runs {
            prop_assert_eq!(builder.extend(run), Ok(()));
            all.extend_from_slice(run);
            if single {
                prop_assert_eq!(builder.push([7; 32]), Ok(()));
                all.push([7; 32]);
            }
            prop_assert_eq!(builder.count(), all.len() as u64);
            prop_assert_eq!(builder.clone().finish(), root_of(&all));
        }
    }

    #[test]
    fn the_root_should_follow_the_definition_for_any_leaves(leaves in hashes(0..400)) {
        prop_assert_eq!(root_of(&leaves), Root { hash: root_by_definition(&leaves), count: leaves.len() as u64 });
    }

    #[test]
    fn verify_should_fail_when_any_one_part_is_altered(
        leaves in hashes(1..300),
        pick in any::<prop::sample::Index>(),
        sibling in any::<prop::sample::Index>(),
        bit in 0..256usize,
        other_index in 0..400u64,
        other_count in 0..400u64,
    ) {
        let flip = |hash: &mut Hash| hash[bit / 8] ^= 1 << (bit % 8);
        let index = pick.index(leaves.len());
        let (leaf, at) = (leaves[index], index as u64);
        let root = root_of(&leaves);
        let proof = prove(&leaves, at).expect("the leaf is there");
        prop_assert_eq!(verify(&root, &proof, &leaf, at), Ok(()));

        let mut wrong = leaf;
        flip(&mut wrong);
        prop_assert_eq!(verify(&root, &proof, &wrong, at), Err(ProofInvalid::RootMismatch));
        let mut wrong = root;
        flip(&mut wrong.hash);
        prop_assert_eq!(verify(&wrong, &proof, &leaf, at), Err(ProofInvalid::RootMismatch));
        if other_index != at {
            prop_assert!(verify(&root, &proof, &leaf, other_index).is_err());
        }
        if other_count != root.count {
            let wrong = Root { count: other_count, ..root };
            prop_assert!(verify(&wrong, &proof, &leaf, at).is_err());
        }

        let mut longer = proof.clone();
        prop_assert!(longer.siblings.try_push([0; 32]).is_ok());
        prop_assert_eq!(verify(&root, &longer, &leaf, at), Err(ProofInvalid::WrongLength));
        if !proof.siblings.is_empty() {
            let mut wrong = proof.clone();
            flip(&mut wrong.siblings[sibling.index(proof.siblings.len())]);
            prop_assert_eq!(verify(&root, &wrong, &leaf, at), Err(ProofInvalid::RootMismatch));
            let mut shorter = proof.clone();
            shorter.siblings.pop();
            prop_assert_eq!(verify(&root, &shorter, &leaf, at), Err(ProofInvalid::WrongLength));
        }
    }

    #[test]
    fn a_leaf_should_depend_on_salt_position_and_record(
        secret in any::<[u8; 32]>(),
        other_secret in any::<[u8; 32]>(),
        index in any::<u64>(),
        other_index in any::<u64>(),
        record in proptest::collection::vec(any::<u8>(), 0..700),
        extra in any::<u8>(),
    ) {
        prop_assume!(secret != other_secret && index != other_index);
        let secret = FileSecret::from(secret);
        let salt = derive_salt(&secret, index);
        let leaf = leaf_hash(&salt, index, &record);
        let position = index.to_le_bytes();
        prop_assert_eq!(leaf, blake2b_256(&[&[0], salt.as_bytes(), &position, &record]));

        let other_salt = derive_salt(&FileSecret::from(other_secret), index);
        prop_assert_ne!(leaf, leaf_hash(&other_salt, index, &record));
        prop_assert_ne!(leaf, leaf_hash(&derive_salt(&secret, other_index), index, &record));
        prop_assert_ne!(leaf, leaf_hash(&salt, other_index, &record));
        let mut longer = record;
        longer.push(extra);
        prop_assert_ne!(leaf, leaf_hash(&salt, index, &longer));
    }

    #[test]
    fn verify_should_return_an_error_when_its_input_is_arbitrary(
        root in any::<(Hash, u64)>(),
        siblings in hashes(0..=MAX_DEPTH as usize),
        leaf in any::<Hash>(),
        index in any::<u64>(),
    ) {
        let proof = Proof { siblings: siblings.try_into().expect("within the bound") };
        let root = Root { hash: root.0, count: root.1 };
        prop_assert!(verify(&root, &proof, &leaf, index).is_err());
    }
}

#[test]
fn a_digest_should_tell_nothing_when_the_secret_is_another() {
    let content = [5; 32];
    let digest = file_digest(&FileSecret::from([7; 32]), &content);
    // By Python's hashlib: blake2b(b"\x04" + b"\x07" * 32 + b"\x05" * 32, digest_size=32).
    let known = [
        3, 250, 182, 236, 62, 92, 110, 101, 62, 49, 202, 122, 229, 1, 100, 35, 118, 145, 5, 101, 146, 43, 40,
        105, 245, 247, 205, 203, 228, 64, 135, 138,
    ];
    assert_eq!(digest, known);
    assert_ne!(digest, file_digest(&FileSecret::from([8; 32]), &content));
    assert_ne!(digest, file_digest(&FileSecret::from([7; 32]), &[6; 32]));
}
