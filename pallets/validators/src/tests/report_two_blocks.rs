use super::*;
use crate::KeysInUse;
use frame_support::traits::KeyOwnerProofSystem;
use sp_consensus_aura::{sr25519::AuthorityId, AURA_ENGINE_ID};
use sp_core::{crypto::key_types::AURA, Encode, H256};
use sp_runtime::{
    generic::{Digest, DigestItem, Header},
    traits::{BlakeTwo256, Header as _},
    DispatchResult,
};
use sp_session::MembershipProof;

type Block = Header<u64, BlakeTwo256>;

/// A header with a slot, told apart by its state, without a seal.
fn unsealed(slot: u64, state: u8) -> Block {
    let logs = vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())];
    Header::new(
        7,
        H256::zero(),
        H256::repeat_byte(state),
        H256::zero(),
        Digest { logs },
    )
}

fn seal(mut header: Block, key: Sr25519Keyring) -> Block {
    let signature = key.sign(header.hash().as_bytes());
    header
        .digest
        .push(DigestItem::Seal(AURA_ENGINE_ID, signature.encode()));
    header
}

fn sealed(slot: u64, state: u8, key: Sr25519Keyring) -> Block {
    seal(unsealed(slot, state), key)
}

fn report_headers(
    first: Block,
    second: Block,
    key: Sr25519Keyring,
    proof: Option<MembershipProof>,
) -> DispatchResult {
    let call = Call::report_two_blocks {
        first: Box::new(first),
        second: Box::new(second),
        author: key.public().into(),
        proof,
    };
    dispatch(RawOrigin::Signed(99), call)
}

fn report_slot(slot: u64, key: Sr25519Keyring, proof: Option<MembershipProof>) -> DispatchResult {
    report_headers(sealed(slot, 1, key), sealed(slot, 2, key), key, proof)
}

fn prove(key: Sr25519Keyring) -> Option<MembershipProof> {
    <Validators as KeyOwnerProofSystem<_>>::prove((AURA, AuthorityId::from(key.public())))
}

const KEY: Sr25519Keyring = Sr25519Keyring::Bob;

#[test]
fn report_two_blocks_should_be_refused_when_nobody_signs() {
    execute(|| {
        let call = Call::report_two_blocks {
            first: Box::new(sealed(100, 1, KEY)),
            second: Box::new(sealed(100, 2, KEY)),
            author: KEY.public().into(),
            proof: None,
        };
        assert_noop!(dispatch(RawOrigin::None, call), DispatchError::BadOrigin);
    });
}

#[test]
fn validator_should_be_disabled_at_once_when_it_made_two_blocks_in_a_slot() {
    execute(|| {
        let slot = slot();
        events();
        assert_ok!(report_slot(slot, KEY, None));
        let offence = Offence {
            kind: OffenceKind::TwoBlocks { slot },
            session: 0,
            reported_in: 0,
        };
        let validator = 2;
        assert_eq!(
            events(),
            [
                Event::OffenceReported { validator, offence },
                Event::ValidatorDisabled { validator }
            ]
        );
        assert!(!makes_blocks(2));
        assert!(!Validators::takes_part(&2), "its quota goes with it");
    });
}

#[test]
fn two_blocks_should_be_proven_when_one_is_of_another_network() {
    execute(|| {
        // What is sealed does not say of which chain it is: no key may serve two.
        let slot = slot();
        let mut other = unsealed(slot, 2);
        (other.parent_hash, other.number) = (H256::repeat_byte(9), 1_000);
        assert_ok!(report_headers(sealed(slot, 1, KEY), seal(other, KEY), KEY, None));
    });
}

#[test]
fn report_should_cost_nothing_when_it_holds() {
    use frame_support::dispatch::Pays;
    use sp_runtime::traits::Dispatchable;
    execute(|| {
        let call = |slot| {
            RuntimeCall::from(Call::report_two_blocks {
                first: Box::new(sealed(slot, 1, KEY)),
                second: Box::new(sealed(slot, 2, KEY)),
                author: KEY.public().into(),
                proof: None,
            })
        };
        let signed = || RuntimeOrigin::from(RawOrigin::Signed(99));
        let slot = slot();
        assert_eq!(call(slot).dispatch(signed()).unwrap().pays_fee, Pays::No);
        let again = call(slot).dispatch(signed()).unwrap_err();
        assert_eq!(again.post_info.pays_fee, Pays::Yes);
    });
}

#[test]
fn report_two_blocks_should_be_refused_when_the_headers_prove_nothing() {
    execute(|| {
        let slot = slot();
        let good = || sealed(slot, 1, KEY);
        let report = |second| report_headers(good(), second, KEY, None);
        assert_noop!(report(sealed(slot + 4, 2, KEY)), Reason::SlotsDiffer);
        assert_noop!(report(good()), Reason::SameBlock);
        assert_noop!(report(unsealed(slot, 2)), Reason::NotSealed);
        assert_noop!(report(sealed(slot, 2, Sr25519Keyring::Eve)), Reason::InvalidSeal);
        let mut empty = unsealed(slot, 2);
        empty.digest.logs.clear();
        assert_noop!(report(empty.clone()), Reason::NotSealed);
        assert_noop!(report(seal(empty, KEY)), Reason::NotSealed);
        let mut two = unsealed(slot, 2);
        two.digest
            .push(DigestItem::PreRuntime(AURA_ENGINE_ID, (slot + 1).encode()));
        assert_noop!(report(seal(two, KEY)), Reason::NotSealed);
        let mut long = unsealed(slot, 2);
        long.digest.push(DigestItem::Other(vec![0; 16 * 1024]));
        assert_noop!(report(seal(long, KEY)), Reason::HeaderTooLong);
        // Its state is another one than what was sealed.
        let mut changed = good();
        changed.state_root = H256::repeat_byte(3);
        assert_noop!(report(changed), Reason::InvalidSeal);
        assert!(makes_blocks(2));
    });
}

#[test]
fn one_block_should_not_be_two_when_it_is_sealed_again() {
    execute(|| {
        let slot = slot();
        // Signatures of this kind are different each time.
        let (first, second) = (sealed(slot, 1, KEY), sealed(slot, 1, KEY));
        assert_ne!(first, second);
        assert_noop!(report_headers(first, second, KEY, None), Reason::SameBlock);
    });
}

#[test]
fn report_two_blocks_should_be_refused_when_the_key_is_no_validators() {
    execute(|| {
        assert_noop!(report_slot(slot(), Sr25519Keyring::Eve, None), Reason::UnknownKey);
        // Keys that are to come make no blocks yet.
        assert_ok!(set_keys(2, Sr25519Keyring::Eve));
        assert_noop!(report_slot(slot(), Sr25519Keyring::Eve, None), Reason::UnknownKey);
    });
}

#[test]
fn offence_should_be_reported_once_when_it_is_reported_again() {
    execute(|| {
        let slot = slot();
        assert_ok!(report_slot(slot, KEY, None));
        let others = || report_headers(sealed(slot, 3, KEY), sealed(slot, 4, KEY), KEY, None);
        assert_noop!(others(), Reason::AlreadyReported);
        assert_ok!(report_slot(slot + 4, KEY, None));
    });
}

#[test]
fn reports_should_be_bounded_when_a_disabled_validator_goes_on() {
    execute(|| {
        for one in 0..16 {
            assert_ok!(report_slot(slot() + one, KEY, None));
        }
        assert_noop!(report_slot(slot() + 16, KEY, None), Reason::MaxOffencesExceeded);
        // When the council has re-enabled it, there is room for what it does next.
        assert_ok!(reenable(2));
        turn_session();
        assert_ok!(report_slot(slot() + 20, KEY, None));
        assert_eq!(Validators::validator_record(&2).1.len(), 16);
        assert!(!makes_blocks(2));
    });
}

#[test]
fn validator_should_be_disabled_when_it_has_changed_its_keys_meanwhile() {
    execute(|| {
        let slot = slot();
        assert_ok!(set_keys(2, Sr25519Keyring::Eve));
        assert_ok!(report_slot(slot, KEY, None));
    });
}

#[test]
fn validator_should_be_disabled_when_its_former_key_is_proven() {
    execute(|| {
        turn_session();
        let slot = slot() + 1;
        assert_ok!(set_keys(2, Sr25519Keyring::Eve));
        let proof = prove(KEY);
        assert_eq!(proof.as_ref().unwrap().session, 1);
        turn_sessions(2);
        assert_noop!(report_slot(slot, KEY, None), Reason::UnknownKey);
        assert_ok!(report_slot(slot, KEY, proof));
        assert!(!makes_blocks(2));
    });
}

#[test]
fn former_key_should_prove_nothing_when_the_slot_is_of_another_time() {
    execute(|| {
        let long_ago = slot();
        turn_sessions(2);
        let proof = prove(KEY);
        assert_ok!(set_keys(2, Sr25519Keyring::Eve));
        turn_sessions(3);
        // Whoever finds the key that was given up signs what he likes.
        assert_noop!(report_slot(slot(), KEY, proof.clone()), Reason::WrongSession);
        assert_noop!(report_slot(long_ago, KEY, proof), Reason::WrongSession);
    });
}

#[test]
fn slot_of_the_next_session_should_count_when_two_blocks_end_the_session() {
    execute(|| {
        turn_session();
        let proof = prove(KEY);
        assert_ok!(set_keys(2, Sr25519Keyring::Eve));
        turn_session();
        // The set of the session before may end it beside the block that did.
        let slot = slot() + 2;
        turn_session();
        assert_ok!(report_slot(slot, KEY, proof));
    });
}

#[test]
fn report_two_blocks_should_be_refused_when_it_is_too_long_ago() {
    execute(|| {
        turn_session();
        let (slot, proof) = (slot() + 1, prove(KEY));
        turn_sessions(PROVABLE + 1);
        assert_noop!(report_slot(slot, KEY, proof), Reason::UnknownKey);
    });
}

#[test]
fn proof_should_be_refused_when_it_is_changed() {
    execute(|| {
        turn_session();
        let slot = slot() + 1;
        let proof = prove(KEY).unwrap();
        turn_session();
        let mut other_count = proof.clone();
        other_count.validator_count += 1;
        assert_noop!(report_slot(slot, KEY, Some(other_count)), Reason::UnknownKey);
        let mut fewer = proof.clone();
        fewer.trie_nodes.pop();
        assert_noop!(report_slot(slot, KEY, Some(fewer)), Reason::UnknownKey);
        let mut of_another = proof.clone();
        of_another.session = 40;
        assert_noop!(report_slot(slot, KEY, Some(of_another)), Reason::UnknownKey);
        assert_ok!(report_slot(slot, KEY, Some(proof)));
    });
}

#[test]
fn report_two_blocks_should_be_refused_when_its_proof_is_longer_than_any() {
    execute(|| {
        turn_session();
        block(slot() + 1);
        let (slot, proof) = (slot(), prove(KEY).expect("it makes blocks"));
        turn_session();
        let with = |trie_nodes| {
            let proof = MembershipProof {
                trie_nodes,
                ..proof.clone()
            };
            report_slot(slot, KEY, Some(proof))
        };
        // What is no longer than it may be is looked at.
        for longest in [vec![vec![7; 512]; 16], vec![vec![7; 8 * 1024]]] {
            assert_noop!(with(longest), Reason::UnknownKey);
        }
        for longer in [
            vec![Vec::new(); 17],
            vec![vec![7; 8 * 1024 + 1]],
            vec![vec![7]; 450_000],
        ] {
            assert_noop!(with(longer), Reason::ProofTooLong);
        }
        assert_ok!(report_slot(slot, KEY, Some(proof)));
    });
}

#[test]
fn offence_should_be_kept_and_shown_when_the_validator_has_left_and_comes_again() {
    execute(|| {
        turn_session();
        let (slot, proof) = (slot() + 1, prove(KEY));
        assert_ok!(report(2, 1));
        assert_ok!(retire(2));
        turn_sessions(2);
        assert!(KeysInUse::<Test>::get().iter().all(|(who, _)| *who != 2));
        // By a report that comes later, too.
        assert_ok!(report_slot(slot, KEY, proof.clone()));
        assert_noop!(report_slot(slot, KEY, proof), Reason::AlreadyReported);
        let kept = |who| Validators::validator_record(&who).1.len();
        MockOperators::add_desk(2, ALPHA, &[interclear_primitives::operator::Role::Engineering]);
        assert_ok!(add(2));
        assert_eq!(kept(2), 2);
        assert!(Validators::takes_part(&2), "the council has seen it");
    });
}

#[test]
fn validator_should_be_disabled_when_it_left_and_came_again_before_anybody_could_report() {
    execute(|| {
        turn_session();
        let (slot, proof) = (slot() + 1, prove(KEY));
        assert_ok!(retire(2));
        turn_sessions(2);
        MockOperators::add_desk(2, ALPHA, &[interclear_primitives::operator::Role::Engineering]);
        assert_ok!(add(2));
        assert_ok!(report_slot(slot, KEY, proof));
        assert!(!Validators::takes_part(&2));
    });
}

#[test]
fn report_two_blocks_should_be_refused_when_its_owner_left_too_long_ago() {
    execute(|| {
        assert_ok!(retire(2));
        turn_sessions(2 + PROVABLE);
        assert_ok!(report(2, 1));
        turn_session();
        assert_noop!(report(2, 2), Reason::NotAValidator);
    });
}
