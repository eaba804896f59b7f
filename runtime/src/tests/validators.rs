//! Validators that vote or make blocks twice, and what they and others do to let them off; and finality that is lost.

use super::{council, preset};
use crate::{
    configs::{CallTriage, SessionBlocks},
    AccountId, Aura, Authorship, BlockNumber, Grandpa, Hash, Header, Operators, Runtime, RuntimeCall,
    RuntimeEvent, RuntimeOrigin, Session, SessionKeys, System, Validators,
};
use codec::{Decode, Encode};
use frame_support::{
    assert_noop, assert_ok,
    traits::{Hooks, KeyOwnerProofSystem},
};
use interclear_primitives::{ids::OperatorId, operator::OperatorKind, validator::OffenceKind};
use pallet_operators::{Standing, Triage};
use sp_consensus_aura::AURA_ENGINE_ID;
use sp_consensus_grandpa::{
    AuthorityId as VotingKey, ConsensusLog, EquivocationProof, GRANDPA_ENGINE_ID, KEY_TYPE,
};
use sp_keyring::{
    Ed25519Keyring,
    Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie},
};
use sp_runtime::{
    generic::{Digest, DigestItem},
    traits::{Dispatchable, Header as _},
    DispatchError, DispatchResult,
};

type VoteProof = EquivocationProof<Hash, BlockNumber>;

/// Lets the chain come to the session's end, with what happens there.
pub(super) fn turn_session() {
    let next = (System::block_number() / SessionBlocks::get() + 1) * SessionBlocks::get();
    System::set_block_number(next);
    Session::on_initialize(next);
    Grandpa::on_finalize(next);
}

/// Two votes of one round, for different blocks, as they are written and signed.
pub(super) fn two_votes(voter: Ed25519Keyring, set_id: u64, round: u64) -> VoteProof {
    let vote = |block: u8| {
        let vote = ([block; 32], 7u32);
        let signature = voter.sign(&(0u8, vote, round, set_id).encode());
        (vote, signature)
    };
    let written = (set_id, 0u8, round, voter.public(), vote(1), vote(2)).encode();
    Decode::decode(&mut written.as_slice()).expect("written as it is read")
}

fn report(votes: VoteProof, owner: sp_session::MembershipProof) -> DispatchResult {
    let reported = Grandpa::report_equivocation_unsigned(RuntimeOrigin::none(), Box::new(votes), owner);
    reported.map(|_| ()).map_err(|refused| refused.error)
}

pub(super) fn key_proof(voter: Ed25519Keyring) -> sp_session::MembershipProof {
    Validators::prove((KEY_TYPE, VotingKey::from(voter.public()))).expect("it votes")
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
    assert_ok!(Validators::set_keys(RuntimeOrigin::signed(who), keys, proof));
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
        set_keys(Dave, Eve, Ed25519Keyring::Eve);
        for _ in 0..3 {
            turn_session();
            assert!(!makes_blocks(&bob));
        }
        // ... and so do its own.
        set_keys(Bob, Ferdie, Ed25519Keyring::Ferdie);
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
        set_keys(Bob, Ferdie, Ed25519Keyring::Ferdie);
        assert_ok!(report(votes, key_proof(Ed25519Keyring::Bob)));
        assert!(!makes_blocks(&bob));
    });
}

#[test]
fn votes_should_be_reported_once_when_somebody_reports_them_again() {
    preset("four").execute_with(|| {
        turn_session();
        let proof = || key_proof(Ed25519Keyring::Bob);
        let votes = || two_votes(Ed25519Keyring::Bob, 0, 1);
        assert_ok!(report(votes(), proof()));
        let again = pallet_grandpa::Error::<Runtime>::DuplicateOffenceReport;
        assert_noop!(report(votes(), proof()), again);
        let kept = Validators::validator_record(&Bob.to_account_id()).1;
        assert_eq!(kept[0].kind, OffenceKind::TwoVotes { set_id: 0, round: 1 });
        assert_eq!(kept.len(), 1);
        // Votes for the same block are none.
        let mut same = two_votes(Ed25519Keyring::Bob, 0, 2).encode();
        let vote: Vec<u8> = same[8 + 1 + 8 + 32..8 + 1 + 8 + 32 + 36 + 64].to_vec();
        same.truncate(8 + 1 + 8 + 32);
        same.extend([vote.clone(), vote].concat());
        let same = Decode::decode(&mut same.as_slice()).expect("written as it is read");
        let refused = pallet_grandpa::Error::<Runtime>::InvalidEquivocationProof;
        assert_noop!(report(same, proof()), refused);
    });
}

/// A header with a slot, sealed.
pub(super) fn block(slot: u64, state: u8, key: Sr25519Keyring) -> Box<Header> {
    let logs = vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())];
    let root = Hash::repeat_byte(state);
    let mut header = Header::new(7, Hash::zero(), root, Hash::zero(), Digest { logs });
    let seal = key.sign(header.hash().as_bytes()).encode();
    header.digest_mut().push(DigestItem::Seal(AURA_ENGINE_ID, seal));
    Box::new(header)
}

fn two_blocks(key: Sr25519Keyring) -> RuntimeCall {
    let call = pallet_validators::Call::report_two_blocks {
        first: block(9, 1, key),
        second: block(9, 2, key),
        author: key.public().into(),
        proof: None,
    };
    call.into()
}

pub(super) fn dispatch(call: RuntimeCall, origin: RuntimeOrigin) -> DispatchResult {
    call.dispatch(origin).map(|_| ()).map_err(|refused| refused.error)
}

#[test]
fn quota_should_go_when_a_validator_makes_two_blocks_in_a_slot() {
    preset("four").execute_with(|| {
        let dave = Dave.to_account_id();
        assert!(Operators::quota(&dave).is_some());
        let reporter = RuntimeOrigin::signed(Alice.to_account_id());
        assert_ok!(dispatch(two_blocks(Dave), reporter.clone()));
        assert!(!makes_blocks(&dave));
        assert!(Operators::quota(&dave).is_none());
        let again = pallet_validators::Error::<Runtime>::AlreadyReported;
        assert_noop!(dispatch(two_blocks(Dave), reporter), again);
        // New keys change nothing.
        set_keys(Dave, Eve, Ed25519Keyring::Eve);
        (0..3).for_each(|_| turn_session());
        assert!(Operators::quota(&dave).is_none());
        // A seat in the council has a quota of its own.
        assert_ok!(dispatch(
            two_blocks(Alice),
            RuntimeOrigin::signed(Bob.to_account_id())
        ));
        assert!(Operators::quota(&Alice.to_account_id()).is_some());
    });
}

fn admit(admin: Sr25519Keyring) {
    assert_ok!(Operators::admit(
        RuntimeOrigin::root(),
        b"Operator".to_vec().try_into().expect("fits"),
        vec![OperatorKind::Mobile].try_into().expect("fits"),
        Default::default(),
        Default::default(),
        admin.to_account_id()
    ));
}

fn make_engineer(desk: Sr25519Keyring) {
    use interclear_primitives::operator::Role;
    let roles = vec![Role::Admin, Role::Engineering].try_into().expect("fits");
    let signed = RuntimeOrigin::signed(desk.to_account_id());
    assert_ok!(Operators::set_roles(signed, desk.to_account_id(), roles));
}

#[test]
fn validator_should_take_part_when_the_council_admits_the_node_of_an_operator() {
    preset("four").execute_with(|| {
        let eve = Eve.to_account_id();
        admit(Eve);
        let add = || {
            RuntimeCall::from(pallet_validators::Call::add {
                validator: eve.clone(),
            })
        };
        let by = |yes| RuntimeOrigin::from(pallet_collective::RawOrigin::Members(yes, 3));
        let no_engineer = pallet_operators::Error::<Runtime>::EngineeringRoleRequired;
        assert_noop!(dispatch(add(), by(2)), no_engineer);
        make_engineer(Eve);
        assert_noop!(dispatch(add(), by(1)), DispatchError::BadOrigin);
        assert_ok!(dispatch(add(), by(2)));
        set_keys(Eve, Eve, Ed25519Keyring::Eve);
        turn_session();
        turn_session();
        assert!(makes_blocks(&eve));
        assert_eq!(Grandpa::grandpa_authorities().len(), 5);
        // Its operator is suspended: it leaves, and loses its own quota; as a desk it still pays what is due.
        assert_ok!(Operators::suspend(RuntimeOrigin::root(), OperatorId(0)));
        assert!(!Validators::takes_part(&eve));
        turn_session();
        turn_session();
        assert!(!makes_blocks(&eve));
        assert_eq!(Grandpa::grandpa_authorities().len(), 4);
        assert!(Operators::quota(&eve).is_some());
    });
}

#[test]
fn disabled_validator_should_be_able_to_replace_stolen_keys_when_it_is_a_desk() {
    let set_keys = RuntimeCall::from(pallet_validators::Call::set_keys {
        keys: SessionKeys {
            aura: Eve.public().into(),
            grandpa: Ed25519Keyring::Eve.public().into(),
        },
        proof: vec![],
    });
    assert_eq!(CallTriage::standing(&set_keys), Standing::Urgent);
    assert_eq!(CallTriage::standing(&two_blocks(Dave)), Standing::Urgent);
    let add = pallet_validators::Call::add {
        validator: Eve.to_account_id(),
    };
    assert_eq!(CallTriage::standing(&add.into()), Standing::Refused);
}

/// The keys that a forced change names in this block, with its delay and the block from which they go on.
fn forced() -> Option<(BlockNumber, BlockNumber, Vec<VotingKey>)> {
    System::digest().logs.into_iter().find_map(|item| {
        let log: ConsensusLog<BlockNumber> = item.consensus_try_to(&GRANDPA_ENGINE_ID)?;
        match log {
            ConsensusLog::ForcedChange(best, change) => {
                let voters = change.next_authorities.into_iter().map(|(key, _)| key).collect();
                Some((change.delay, best, voters))
            }
            _ => None,
        }
    })
}

#[test]
fn voters_that_are_left_should_go_on_when_the_council_says_that_finality_is_lost() {
    preset("four").execute_with(|| {
        turn_session();
        let remove = |who: Sr25519Keyring| {
            let validator = who.to_account_id();
            RuntimeCall::from(pallet_validators::Call::remove { validator })
        };
        let stalled = pallet_validators::Call::note_stalled {
            delay: 200,
            best_finalized: 140,
        };
        let motion = RuntimeCall::from(pallet_utility::Call::batch_all {
            calls: vec![remove(Charlie), remove(Dave), stalled.clone().into()],
        });
        let alone = RuntimeOrigin::signed(Alice.to_account_id());
        assert_noop!(dispatch(stalled.into(), alone), DispatchError::BadOrigin);
        super::carry(motion, &council()[..2]);

        // Keys must wait, since finality would not hear of them.
        let keys = SessionKeys {
            aura: Eve.public().into(),
            grandpa: Ed25519Keyring::Eve.public().into(),
        };
        let set_keys = RuntimeCall::from(pallet_validators::Call::set_keys { keys, proof: vec![] });
        let filtered = frame_system::Error::<Runtime>::CallFiltered;
        let bob = || RuntimeOrigin::signed(Bob.to_account_id());
        assert_noop!(dispatch(set_keys.clone(), bob()), filtered);

        turn_session();
        assert_eq!(
            forced(),
            None,
            "those that are lost are in the set of this session still"
        );
        turn_session();
        let left = [Ed25519Keyring::Alice, Ed25519Keyring::Bob].map(|voter| VotingKey::from(voter.public()));
        let (delay, best, mut voters) = forced().expect("the change is told to all nodes");
        voters.sort_by_key(|voter| voter != &left[0]);
        assert_eq!((delay, best, voters), (200, 140, left.to_vec()));
        assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), 2);

        // A change of the set meanwhile would be lost, and waits.
        let begun = System::block_number();
        assert_ok!(dispatch(
            two_blocks(Bob),
            RuntimeOrigin::signed(Alice.to_account_id())
        ));
        turn_session();
        assert_eq!(Grandpa::grandpa_authorities().len(), 4);
        Grandpa::on_finalize(begun + 200);
        assert_eq!(Grandpa::grandpa_authorities().len(), 2);
        System::set_block_number(begun + 200);
        assert!(!Validators::is_forcing());
        let proofless = pallet_session::Error::<Runtime>::InvalidProof;
        assert_noop!(dispatch(set_keys, bob()), proofless);
    });
}

#[test]
fn slots_should_be_counted_from_blocks_when_these_are_made() {
    preset("four").execute_with(|| {
        let make = |number: BlockNumber, slot: u64| {
            let logs = vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())];
            System::reset_events();
            System::initialize(&number, &Hash::zero(), &Digest { logs });
            Aura::on_initialize(number);
            Authorship::on_initialize(number);
            Authorship::on_finalize(number);
        };
        make(2, 4_000);
        make(3, 4_001);
        make(4, 4_004);
        let slots: Vec<_> = Session::validators()
            .iter()
            .map(|who| {
                let all = Validators::validators();
                let state = all.into_iter().find(|(one, _)| one == who).expect("it is one").1;
                (state.present.made, state.present.missed)
            })
            .collect();
        assert_eq!(slots, [(2, 0), (1, 0), (0, 1), (0, 1)]);
    });
}

#[test]
fn offence_should_be_told_when_votes_are_reported() {
    preset("four").execute_with(|| {
        turn_session();
        System::reset_events();
        let proof = key_proof(Ed25519Keyring::Bob);
        assert_ok!(report(two_votes(Ed25519Keyring::Bob, 0, 1), proof));
        let told = |event: &RuntimeEvent| {
            matches!(event, RuntimeEvent::Validators(pallet_validators::Event::ValidatorDisabled { validator })
                if *validator == Bob.to_account_id())
        };
        assert!(System::events().iter().any(|record| told(&record.event)));
    });
}

/// Blocks are made, votes cast and offences proven by the same keys.
#[test]
fn keys_in_use_should_be_those_of_the_set_when_sets_and_keys_change() {
    preset("four").execute_with(|| {
        let same = || {
            let in_use = pallet_validators::KeysInUse::<Runtime>::get();
            let authors: Vec<_> = in_use.iter().map(|(_, keys)| keys.aura.clone()).collect();
            assert_eq!(pallet_aura::Authorities::<Runtime>::get().to_vec(), authors);
            let voters: Vec<_> = in_use.iter().map(|(_, keys)| keys.grandpa.clone()).collect();
            let voting: Vec<_> = Grandpa::grandpa_authorities()
                .into_iter()
                .map(|(key, _)| key)
                .collect();
            assert_eq!(voting, voters);
            let set: Vec<_> = in_use.into_iter().map(|(who, _)| who).collect();
            assert_eq!(set, Session::validators());
        };
        same();
        let alice = RuntimeOrigin::signed(Alice.to_account_id());
        let steps: [&dyn Fn(); 4] = [
            &|| set_keys(Dave, Eve, Ed25519Keyring::Eve),
            &|| {
                assert_ok!(dispatch(two_blocks(Bob), alice.clone()));
            },
            &|| set_keys(Charlie, Ferdie, Ed25519Keyring::Ferdie),
            &|| {
                let validator = Bob.to_account_id();
                let call = pallet_validators::Call::reenable { validator };
                assert_ok!(dispatch(call.into(), RuntimeOrigin::root()));
            },
        ];
        for step in steps {
            step();
            for _ in 0..3 {
                turn_session();
                same();
            }
        }
        assert_eq!(Session::validators().len(), 4);
    });
}

#[test]
fn stolen_account_should_have_no_quota_when_the_council_displaces_it_as_a_desk() {
    preset("four").execute_with(|| {
        let eve = Eve.to_account_id();
        admit(Eve);
        make_engineer(Eve);
        assert_ok!(Validators::add(RuntimeOrigin::root(), eve.clone()));
        assert_ok!(Operators::replace_admin(
            RuntimeOrigin::root(),
            OperatorId(0),
            Ferdie.to_account_id()
        ));
        assert!(Operators::quota(&eve).is_some());
        assert_ok!(Operators::remove_desk(RuntimeOrigin::root(), eve.clone()));
        assert!(!Validators::takes_part(&eve));
        assert!(Operators::quota(&eve).is_none());
    });
}
