//! What an operator can leave on the chain: test files with nobody who has not agreed to exchange files, few and for a short time; all
//! in all so much a day.

use crate::{mock::*, Batches, EntriesOf, Error, EvictionPages, NrtrdeFiles, ProofBooks, TestFiles};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use interclear_ports::mocks::MockAgreements;
use interclear_primitives::{
    batch::{Anchor, FatalReason},
    nrtrde::NrtrdeAnchor,
    series::{BatchKey, SeriesKey, Stream},
    DAY,
};

fn of(series: SeriesKey, sequence: u32) -> BatchKey {
    BatchKey { series, sequence }
}

const ELSEWHERE: SeriesKey = SeriesKey {
    recipient: THIRD_NET,
    ..TEST_SERIES
};
const NRTRDE_TESTS: SeriesKey = SeriesKey {
    stream: Stream::Nrtrde,
    ..TEST_SERIES
};

fn nrtrde_test(series: SeriesKey, sequence: u32) -> NrtrdeAnchor {
    NrtrdeAnchor {
        key: of(series, sequence),
        ..nrtrde(sequence)
    }
}

fn pass(days: u64) {
    MockClock::advance(days * DAY);
    <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
}

#[test]
fn nothing_should_be_kept_when_the_networks_have_no_agreement() {
    ExtBuilder::default().build_and_execute(|| {
        let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
        let file = Anchor {
            key: of(ELSEWHERE, 1),
            ..test_file(1)
        };
        let none = || Error::<Test>::NoAgreement;
        assert_noop!(Anchoring::anchor(origin(VISITED_DESK), file), none());
        // A number to begin with is kept for good, so it needs an agreement for the same reason.
        for test in [false, true] {
            for stream in [Stream::Tap, Stream::Nrtrde] {
                let series = SeriesKey {
                    stream,
                    test,
                    ..ELSEWHERE
                };
                let begun = Anchoring::begin_series(origin(VISITED_DESK), series, 5);
                assert_noop!(begun, none());
            }
        }
        let series = SeriesKey {
            stream: Stream::Nrtrde,
            ..ELSEWHERE
        };
        let files = vec![nrtrde_test(series, 1)].try_into().expect("one fits");
        assert_ok!(Anchoring::anchor_nrtrde(origin(VISITED_DESK), files));
        assert_eq!(NrtrdeFiles::<Test>::iter().count(), 0);
        System::reset_events();
        assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
    });
}

#[test]
fn test_files_should_be_taken_when_the_agreement_begins_later_and_not_when_it_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        let first = MockAgreements::first_month(AGREEMENT);
        MockClock::set(first.start() - 60 * DAY);
        let now = MockClock::now();
        let at = |sequence, now| Anchor {
            earliest_call: Some(now),
            latest_call: Some(now),
            cut_off: now,
            available: now,
            ..test_file(sequence)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), at(1, now)));
        MockClock::set(first.start() + 400 * DAY);
        let over = Anchoring::anchor(origin(VISITED_DESK), at(2, MockClock::now()));
        assert_noop!(over, Error::<Test>::NoAgreement);
    });
}

#[test]
fn test_files_should_be_few_when_one_is_sent_after_the_other() {
    ExtBuilder::default().build_and_execute(|| {
        let send = |sequence| Anchoring::anchor(origin(VISITED_DESK), test_file(sequence));
        for sequence in 1..=5 {
            assert_ok!(send(sequence));
        }
        let full = || Error::<Test>::MaxTestFilesExceeded;
        assert_noop!(send(6), full());
        // Each series has places of its own, and files that bill have no such bound.
        let files: Vec<_> = (1..=6)
            .map(|sequence| nrtrde_test(NRTRDE_TESTS, sequence))
            .collect();
        let files = files.try_into().expect("they fit");
        assert_ok!(Anchoring::anchor_nrtrde(origin(VISITED_DESK), files));
        assert_eq!(NrtrdeFiles::<Test>::iter().count(), 5);
        anchor_all(1..=10);
        // What takes the place of a returned file is not one more.
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            of(TEST_SERIES, 3),
            FatalReason::Totals,
            12,
            [5; 32]
        ));
        let again = Anchor {
            key: of(TEST_SERIES, 3),
            ..resent(3, 12)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), again));
        assert_noop!(send(6), full());
        assert_eq!(TestFiles::<Test>::get(TEST_SERIES), 5);
    });
}

#[test]
fn test_files_and_what_was_proven_of_them_should_go_when_a_week_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        let leaf = [7; 32];
        let mut builder = interclear_merkle::RootBuilder::new();
        builder.push(leaf).expect("there is room");
        let mut file = test_file(1);
        (file.root, file.records) = (builder.finish().hash, 1);
        file.totals.truncate(1);
        file.totals[0].records = 1;
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file));
        let proof = interclear_merkle::prove(&[leaf], 0).expect("there is a leaf");
        let key = of(TEST_SERIES, 1);
        assert_ok!(Anchoring::prove_record(origin(VISITED_DESK), key, 0, leaf, proof));
        anchor_all([1]);
        pass(6);
        assert!(Batches::<Test>::contains_key(key));
        pass(2);
        assert!(!Batches::<Test>::contains_key(key));
        assert_eq!(ProofBooks::<Test>::iter().count(), 0);
        assert_eq!(TestFiles::<Test>::iter().count(), 0);
        // What bills stays, and so does its place in the queue.
        assert!(Batches::<Test>::contains_key(of(SERIES, 1)));
        assert_eq!(EvictionPages::<Test>::iter().count(), 1);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test_file(2)));
    });
}

#[test]
fn a_day_should_be_full_when_an_operator_anchors_and_proves_without_end() {
    ExtBuilder::default().build_and_execute(|| {
        let full = || Error::<Test>::MaxPerDayExceeded;
        anchor_all(1..=598);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test_file(1)));
        let files = vec![nrtrde(1)].try_into().expect("one fits");
        assert_ok!(Anchoring::anchor_nrtrde(origin(VISITED_DESK), files));
        assert_eq!(EntriesOf::<Test>::get(VISITED).1, 600);
        for file in [file(599), test_file(2)] {
            assert_noop!(Anchoring::anchor(origin(VISITED_DESK), file), full());
        }
        let files = vec![nrtrde(2)].try_into().expect("one fits");
        assert_ok!(Anchoring::anchor_nrtrde(origin(VISITED_DESK), files));
        assert_eq!(NrtrdeFiles::<Test>::iter().count(), 1);
        let proof = || interclear_merkle::prove(&[[1; 32], [2; 32]], 0).expect("there is a leaf");
        let prove = |who| Anchoring::prove_record(origin(who), key(1), 0, [1; 32], proof());
        Batches::<Test>::mutate(key(1), |batch| {
            let mut builder = interclear_merkle::RootBuilder::new();
            for leaf in [[1; 32], [2; 32]] {
                builder.push(leaf).expect("there is room");
            }
            let batch = batch.as_mut().expect("it is anchored");
            (batch.anchor.root, batch.anchor.records) = (builder.finish().hash, 2);
        });
        assert_noop!(prove(VISITED_DESK), full());
        // What is known already takes nothing, what others do is theirs, and midnight comes.
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(2)));
        assert_ok!(prove(HOME_DESK));
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(2)));
        MockClock::advance(DAY);
        anchor_all([599]);
        assert_eq!(EntriesOf::<Test>::get(VISITED).1, 1);
        Batches::<Test>::mutate(key(1), |batch| {
            let batch = batch.as_mut().expect("it is anchored");
            batch.anchor.records = file(1).records;
        });
    });
}
