use crate::{mock::*, Error, Event, ProofBook, ProofBooks, ProofCursor, Proofs, WeightInfo};
use frame_support::{
    assert_noop, assert_ok,
    traits::Hooks,
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use interclear_merkle::{derive_salt, leaf_hash, prove, FileSecret, Hash, Proof, RootBuilder};
use interclear_ports::{
    mocks::{MockAgreements, MockPeriods, NOT_A_DESK, WRONG_ROLE},
    Agreements, Usage,
};
use interclear_primitives::{
    batch::{Anchor, FatalReason, ProvenRecord},
    nrtrde::NrtrdeAnchor,
    series::BatchKey,
    DAY,
};

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
        assert_noop!(show(STRANGER, 0), NOT_A_DESK);
        assert_noop!(show(HOME_COMMERCIAL, 0), WRONG_ROLE);
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
        assert_eq!(Anchoring::proven_record(key(1), root(), 2), Some(proven));
        assert_eq!(Anchoring::proven_record(key(1), root(), 1), None);
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
        assert_noop!(other, Error::<Test>::FileNotFound);
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
fn a_party_should_keep_its_budget_when_the_other_has_used_up_its_own() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        for index in 0..3 {
            assert_ok!(show(VISITED_DESK, index));
        }
        assert_noop!(show(VISITED_DESK, 3), Error::<Test>::MaxProofsExceeded);
        assert_noop!(show(HOME_DESK, 2), Error::<Test>::AlreadyProven);
        assert_ok!(show(HOME_DESK, 3));
        let book = ProofBooks::<Test>::get((key(1), root())).expect("something was proven");
        assert_eq!(book.counts, [3, 1]);
    });
}

#[test]
fn budget_should_be_of_the_file_when_others_have_the_same_root() {
    ExtBuilder::default().build_and_execute(|| {
        // The same records come as a test, of which the sender proves as many as it may.
        let test = Anchor {
            root: root(),
            ..test_file(1)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test));
        let of_test = test_key(1);
        for index in 0..3 {
            let leaf = leaves()[index as usize];
            let way = way(u64::from(index));
            assert_ok!(Anchoring::prove_record(
                origin(VISITED_DESK),
                of_test,
                index,
                leaf,
                way
            ));
        }
        anchored();
        for index in 0..3 {
            assert_ok!(show(VISITED_DESK, index));
        }
        assert_noop!(show(VISITED_DESK, 3), Error::<Test>::MaxProofsExceeded);
        assert!(Anchoring::proven_record(of_test, root(), 2).is_some());
        assert_eq!(Anchoring::proven_record(of_test, root(), 3), None);
    });
}

#[test]
fn budget_should_begin_anew_when_a_file_is_returned_and_sent_again() {
    ExtBuilder::default().build_and_execute(|| {
        let other = Anchor {
            root: [9; 32],
            ..file(1)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), other));
        let book = ProofBook {
            counts: [3, 3],
            ..Default::default()
        };
        ProofBooks::<Test>::insert((key(1), [9; 32]), book);
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            FatalReason::Totals,
            1,
            [0; 32]
        ));
        let again = Anchor {
            root: root(),
            ..resent(1, 1)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), again));
        assert_ok!(show(HOME_DESK, 0));
        ProofBooks::<Test>::remove((key(1), [9; 32]));
    });
}

fn idle() {
    <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
}

#[test]
fn proofs_should_go_when_no_dispute_can_use_them_any_more() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        assert_ok!(show(HOME_DESK, 0));
        MockClock::advance(60 * DAY);
        assert_ok!(show(VISITED_DESK, 1));
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        MockClock::advance(62 * DAY);
        idle();
        // The file is gone, but its statement can still be disputed.
        assert_eq!(Anchoring::batch(key(1)), None);
        assert!(Anchoring::proven_record(key(1), root(), 0).is_some());
        assert_noop!(show(HOME_DESK, 2), Error::<Test>::FileNotFound);
        MockPeriods::close(AGREEMENT, NOVEMBER);
        // The retention begins anew with each proof.
        MockClock::advance(57 * DAY);
        idle();
        assert!(Anchoring::proven_record(key(1), root(), 0).is_some());
        MockClock::advance(2 * DAY);
        events();
        idle();
        assert_eq!(
            events(),
            [Event::ProofsEvicted {
                key: key(1),
                proofs: 2
            }]
        );
        assert_eq!(Anchoring::proven_record(key(1), root(), 0), None);
        assert_eq!(
            (Proofs::<Test>::iter().count(), ProofBooks::<Test>::iter().count()),
            (0, 0)
        );
        (0..2).for_each(|_| idle());
        assert_eq!(ProofCursor::<Test>::get(), None);
    });
}

#[test]
fn proofs_should_stay_when_the_statement_is_in_dispute_however_long() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        assert_ok!(show(HOME_DESK, 0));
        MockClock::advance(400 * DAY);
        (0..4).for_each(|_| idle());
        assert!(Anchoring::proven_record(key(1), root(), 0).is_some());
    });
}

#[test]
fn proofs_should_stay_when_lines_of_the_month_can_still_be_disputed() {
    ExtBuilder::default().build_and_execute(|| {
        let mut terms = MockAgreements::terms_in(AGREEMENT, NOVEMBER)
            .expect("it is in force")
            .1;
        terms.payment.dispute_days = 366;
        MockAgreements::activate(AGREEMENT, [HOME, VISITED], terms);
        anchored();
        assert_ok!(show(HOME_DESK, 0));
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        MockPeriods::close(AGREEMENT, NOVEMBER);
        MockClock::advance(366 * DAY - 1);
        idle();
        assert!(Anchoring::proven_record(key(1), root(), 0).is_some());
        assert!(Anchoring::batch(key(1)).is_some(), "nor does the file go");
        MockClock::advance(1);
        idle();
        assert_eq!(Anchoring::proven_record(key(1), root(), 0), None);
        MockClock::advance(8 * DAY);
        idle();
        assert_eq!(Anchoring::batch(key(1)), None);
    });
}

#[test]
fn proofs_of_many_files_should_go_together_when_the_block_has_room() {
    ExtBuilder::default().build_and_execute(|| {
        for sequence in 1..=100 {
            let anchor = Anchor {
                root: root(),
                ..file(sequence)
            };
            assert_ok!(Anchoring::anchor(origin(VISITED_DESK), anchor));
            assert_ok!(Anchoring::prove_record(
                origin(HOME_DESK),
                key(sequence),
                0,
                leaves()[0],
                way(0)
            ));
        }
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        MockPeriods::close(AGREEMENT, NOVEMBER);
        MockClock::advance(121 * DAY);
        // One block has room for 40 of them, the next one for the rest.
        let one = <() as WeightInfo>::evict_proofs(1);
        let mut meter = WeightMeter::with_limit(one.saturating_mul(40));
        Anchoring::evict_proofs(MockClock::now(), &mut meter);
        assert_eq!(ProofBooks::<Test>::iter().count(), 60);
        assert_ok!(Anchoring::do_try_state());
        Anchoring::evict_proofs(MockClock::now(), &mut WeightMeter::new());
        assert_eq!(
            (ProofBooks::<Test>::iter().count(), Proofs::<Test>::iter().count()),
            (0, 0)
        );
    });
}

#[test]
fn a_block_should_look_at_few_proofs_when_they_stay() {
    ExtBuilder::default().build_and_execute(|| {
        for sequence in 1..=100 {
            let of = (key(sequence), root());
            let (at, leaf) = (MockClock::now(), leaves()[0]);
            let book = ProofBook {
                counts: [1, 0],
                latest: at,
                ..Default::default()
            };
            ProofBooks::<Test>::insert(of, book);
            let proven = ProvenRecord {
                key: key(sequence),
                leaf,
                by: VISITED,
                at,
            };
            Proofs::<Test>::insert(of, 0, proven);
        }
        let look = <() as WeightInfo>::evict_proofs(0);
        let mut meter = WeightMeter::new();
        Anchoring::evict_proofs(MockClock::now(), &mut meter);
        assert_eq!(meter.consumed(), look.saturating_mul(32));
        // All are reached in turn.
        MockClock::advance(121 * DAY);
        for _ in 0..2 {
            Anchoring::evict_proofs(MockClock::now(), &mut WeightMeter::new());
        }
        assert_eq!(ProofBooks::<Test>::iter().count(), 0);
    });
}

#[test]
fn eviction_of_proofs_should_wait_when_the_block_has_no_room_for_all() {
    ExtBuilder::default().build_and_execute(|| {
        anchored();
        for index in 0..3 {
            assert_ok!(show(HOME_DESK, index));
        }
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        MockPeriods::close(AGREEMENT, NOVEMBER);
        MockClock::advance(121 * DAY);
        let weight = <() as WeightInfo>::evict_proofs;
        for room in [weight(0).saturating_sub(Weight::from_parts(1, 0)), weight(2)] {
            let mut meter = WeightMeter::with_limit(room);
            Anchoring::evict_proofs(MockClock::now(), &mut meter);
            assert!(meter.consumed().all_lte(room));
            assert_eq!(Proofs::<Test>::iter().count(), 3);
            assert_ok!(Anchoring::do_try_state());
        }
        for _ in 0..2 {
            Anchoring::evict_proofs(MockClock::now(), &mut WeightMeter::with_limit(weight(3)));
        }
        assert_eq!(Proofs::<Test>::iter().count(), 0);
    });
}
