use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight, BoundedVec};
use interclear_merkle::{derive_salt, leaf_hash, prove, FileSecret, Hash, Proof, RootBuilder};
use interclear_ports::Usage;
use interclear_primitives::{
    batch::{Anchor, ProvenRecord},
    nrtrde::NrtrdeAnchor,
    series::BatchKey,
    DAY,
};
use sp_runtime::DispatchError;

/// The salted leaves of four records.
fn leaves() -> Vec<Hash> {
    let secret = FileSecret::from([7; 32]);
    (0..4)
        .map(|index| leaf_hash(&derive_salt(&secret, index), index, &[index as u8; 200]))
        .collect()
}

fn root() -> Hash {
    let mut builder = RootBuilder::new();
    leaves().into_iter().for_each(|leaf| {
        builder.push(leaf).expect("there is room");
    });
    builder.finish().hash
}

fn way(index: u64) -> Proof {
    prove(&leaves(), index).expect("there is such a leaf")
}

fn anchored() {
    let anchor = Anchor {
        root: root(),
        ..file(1)
    };
    assert_ok!(Anchoring::anchor(origin(VISITED_DESK), anchor));
}

fn show(who: AccountId, index: u32) -> sp_runtime::DispatchResult {
    let leaf = leaves()[index as usize];
    Anchoring::prove_record(origin(who), key(1), index, leaf, way(u64::from(index)))
}

#[test]
fn prove_record_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        assert_noop!(show(STRANGER, 0), DispatchError::Other("NotADesk"));
        assert_noop!(show(HOME_COMMERCIAL, 0), DispatchError::Other("WrongRole"));
        assert_noop!(show(THIRD_DESK, 0), Error::<Test>::NotAParty);
    });
}

#[test]
fn record_should_be_proven_once_when_either_party_calls() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        events();
        assert_ok!(show(HOME_DESK, 2));
        let leaf = leaves()[2];
        assert_eq!(
            events(),
            [Event::RecordProven {
                key: key(1),
                index: 2,
                leaf,
                by: HOME
            }]
        );
        assert_noop!(show(VISITED_DESK, 2), Error::<Test>::AlreadyProven);
        assert_ok!(show(VISITED_DESK, 0));
        let proven = ProvenRecord {
            key: key(1),
            leaf,
            by: HOME,
            at: MockClock::now(),
        };
        assert_eq!(Anchoring::proven_record(root(), 2), Some(proven));
        assert_eq!(Anchoring::proven_record(root(), 1), None);
    });
}

#[test]
fn proof_should_be_refused_when_it_does_not_lead_to_the_root() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        let call =
            |index, leaf, proof| Anchoring::prove_record(origin(HOME_DESK), key(1), index, leaf, proof);
        let leaf = leaves()[1];
        // Another leaf, another place, another way, too short, out of range.
        assert_noop!(call(1, leaves()[2], way(1)), Error::<Test>::ProofInvalid);
        assert_noop!(call(2, leaf, way(1)), Error::<Test>::ProofInvalid);
        assert_noop!(call(1, leaf, way(0)), Error::<Test>::ProofInvalid);
        let short = Proof {
            siblings: BoundedVec::truncate_from(vec![leaves()[0]]),
        };
        assert_noop!(call(1, leaf, short), Error::<Test>::ProofInvalid);
        assert_noop!(call(4, leaf, way(1)), Error::<Test>::NoSuchRecord);
        let other = Anchoring::prove_record(origin(HOME_DESK), key(2), 1, leaf, way(1));
        assert_noop!(other, Error::<Test>::NotFound);
    });
}

#[test]
fn record_should_be_proven_when_its_file_is_nrtrde() {
    ExtBuilder::default().build_and_execute(|| {
        let anchor = NrtrdeAnchor {
            root: root(),
            records: 4,
            ..nrtrde(1)
        };
        assert_ok!(Anchoring::anchor_nrtrde(
            origin(VISITED_DESK),
            BoundedVec::truncate_from(vec![anchor])
        ));
        let at = BatchKey {
            series: NRTRDE_SERIES,
            sequence: 1,
        };
        assert_ok!(Anchoring::prove_record(
            origin(HOME_DESK),
            at,
            3,
            leaves()[3],
            way(3)
        ));
    });
}

#[test]
fn proof_should_be_refused_when_the_file_has_as_many_as_may_be() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        for index in 0..3 {
            assert_ok!(show(HOME_DESK, index));
        }
        assert_noop!(show(HOME_DESK, 3), Error::<Test>::MaxProofsExceeded);
    });
}

#[test]
fn proven_record_should_stay_when_the_file_is_evicted() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        assert_ok!(show(HOME_DESK, 0));
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        MockClock::advance(122 * DAY);
        <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
        assert_eq!(Anchoring::batch(key(1)), None);
        assert!(Anchoring::proven_record(root(), 0).is_some());
        assert_noop!(show(HOME_DESK, 1), Error::<Test>::NotFound);
    });
}
