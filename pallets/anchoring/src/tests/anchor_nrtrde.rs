use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight, BoundedVec};
use interclear_ports::mocks::{MockAgreements, MockOperators, NOT_A_DESK, SUSPENDED, WRONG_ROLE};
use interclear_primitives::{
    nrtrde::{NrtrdeAnchor, NrtrdeFile, NrtrdeMonth},
    series::{BatchKey, SeriesKey},
    DAY,
};

fn send(anchors: impl IntoIterator<Item = NrtrdeAnchor>) -> sp_runtime::DispatchResult {
    Anchoring::anchor_nrtrde(
        origin(VISITED_DESK),
        BoundedVec::truncate_from(anchors.into_iter().collect()),
    )
}

fn at(sequence: u32) -> BatchKey {
    BatchKey {
        series: NRTRDE_SERIES,
        sequence,
    }
}

fn kept(sequence: u32) -> NrtrdeFile {
    Anchoring::nrtrde_file(at(sequence)).expect("it is anchored")
}

/// The file is refused with this error, and nothing is kept of it.
fn refuse(anchor: NrtrdeAnchor, error: Error<Test>) {
    let before = (
        Anchoring::sequence(anchor.key.series),
        Anchoring::nrtrde_months(anchor.key.series),
        crate::NrtrdeFiles::<Test>::iter().count(),
    );
    events();
    assert_ok!(send([anchor]));
    let refused = Event::AnchorRefused {
        place: 0,
        key: anchor.key,
        error: error.into(),
    };
    assert_eq!(events().first(), Some(&refused));
    let after = (
        Anchoring::sequence(anchor.key.series),
        Anchoring::nrtrde_months(anchor.key.series),
        crate::NrtrdeFiles::<Test>::iter().count(),
    );
    assert_eq!(before, after);
}

#[test]
fn anchor_nrtrde_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let call = |who| Anchoring::anchor_nrtrde(origin(who), BoundedVec::truncate_from(vec![nrtrde(1)]));
        assert_noop!(call(STRANGER), NOT_A_DESK);
        assert_noop!(call(VISITED_COMMERCIAL), WRONG_ROLE);
        MockOperators::suspend(VISITED);
        assert_noop!(call(VISITED_DESK), SUSPENDED);
    });
}

#[test]
fn anchor_nrtrde_should_be_refused_when_the_recipient_calls() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor_nrtrde(
            origin(HOME_DESK),
            BoundedVec::truncate_from(vec![nrtrde(1)])
        ));
        assert!(matches!(
            events().as_slice(),
            [Event::AnchorRefused { error, .. }, Event::ManyAnchored { refused: 1, .. }]
                if *error == Error::<Test>::NotSender.into()
        ));
    });
}

#[test]
fn delivery_should_be_in_time_when_it_is_within_four_hours() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(send([nrtrde(1)]));
        let file = kept(1);
        assert_eq!(
            (file.anchored_at, file.agreement),
            (MockClock::now(), Some(AGREEMENT))
        );
        assert_eq!((file.delay(), file.is_late()), (3_600, false));
        assert_eq!(
            events(),
            [
                Event::NrtrdeAnchored {
                    key: at(1),
                    records: 3,
                    delay: 3_600,
                    late: false
                },
                Event::ManyAnchored {
                    anchored: 1,
                    duplicates: 0,
                    refused: 0
                }
            ]
        );
    });
}

#[test]
fn delivery_should_be_late_when_the_chains_clock_says_so() {
    ExtBuilder::default().build_and_execute(|| {
        let file = nrtrde(1);
        MockClock::advance(4 * 3_600);
        assert_ok!(send([file]));
        assert_eq!((kept(1).delay(), kept(1).is_late()), (5 * 3_600, true));
        let months = Anchoring::nrtrde_months(NRTRDE_SERIES);
        assert_eq!(
            months.to_vec(),
            [NrtrdeMonth {
                period: NOVEMBER,
                files: 1,
                records: 3,
                acknowledged: 0,
                late_files: 1,
                late_records: 3,
                longest_delay: 5 * 3_600,
            }]
        );
    });
}

#[test]
fn acknowledge_should_be_refused_when_not_the_recipient_calls() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(send([nrtrde(1), nrtrde(2)]));
        let call = |who| Anchoring::acknowledge(origin(who), at(1));
        assert_noop!(call(VISITED_DESK), Error::<Test>::NotRecipient);
        MockClock::advance(60);
        assert_ok!(call(HOME_DESK));
        assert_noop!(call(HOME_DESK), Error::<Test>::AlreadyAcknowledged);
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), at(9)),
            Error::<Test>::FileNotFound
        );
        assert_eq!(kept(1).acknowledged_at, Some(kept(1).anchored_at + 60));
        assert_ok!(Anchoring::acknowledge_many(
            origin(HOME_DESK),
            BoundedVec::truncate_from(vec![at(1), at(2)])
        ));
        assert_eq!(Anchoring::nrtrde_months(NRTRDE_SERIES)[0].acknowledged, 2);
    });
}

#[test]
fn month_should_not_wait_when_nrtrde_files_are_missing() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(send([nrtrde(1), nrtrde(3)]));
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER), Default::default());
        assert_eq!(november(), []);
        let gap = Anchoring::sequence(NRTRDE_SERIES).gaps[0];
        assert_eq!((gap.first, gap.last, gap.agreement), (2, 2, None));
        assert_ok!(send([nrtrde(2)]));
        assert_eq!(Anchoring::sequence(NRTRDE_SERIES).gaps.len(), 0);
        // Its numbers are its own.
        anchor_all([1]);
    });
}

#[test]
fn nrtrde_duplicate_should_be_ignored_when_its_content_is_the_same() {
    ExtBuilder::default().build_and_execute(|| {
        let file = nrtrde(1);
        assert_ok!(send([file]));
        events();
        MockClock::advance(600);
        assert_ok!(send([file]));
        assert_eq!(events().first(), Some(&Event::DuplicateIgnored { key: at(1) }));
        assert_eq!(Anchoring::nrtrde_months(NRTRDE_SERIES)[0].files, 1);
        refuse(
            NrtrdeAnchor {
                file_digest: [9; 32],
                ..file
            },
            Error::AlreadyAnchored,
        );
    });
}

#[test]
fn nrtrde_file_should_have_its_error_when_it_breaks_a_rule() {
    ExtBuilder::default().build_and_execute(|| {
        let good = nrtrde(1);
        let now = MockClock::now();
        let series = |change: fn(&mut SeriesKey)| {
            let mut anchor = good;
            change(&mut anchor.key.series);
            anchor
        };
        for (anchor, error) in [
            (nrtrde(0), Error::SequenceOutOfRange),
            (nrtrde(10_000_000), Error::SequenceOutOfRange),
            (nrtrde(2_000), Error::MaxGapLengthExceeded),
            (
                series(|series| series.stream = interclear_primitives::series::Stream::Tap),
                Error::OtherStream,
            ),
            (series(|series| series.recipient = THIRD_NET), Error::NoAgreement),
            (series(|series| series.sender = THIRD_NET), Error::NotSender),
            (
                NrtrdeAnchor {
                    latest_end: None,
                    ..good
                },
                Error::CallTimesMissing,
            ),
            (
                NrtrdeAnchor { records: 0, ..good },
                Error::CallTimesWithoutRecords,
            ),
            (
                NrtrdeAnchor {
                    latest_end: Some(good.available + 1),
                    ..good
                },
                Error::CallTimesOutOfOrder,
            ),
            (
                NrtrdeAnchor {
                    available: now + DAY + 1,
                    ..good
                },
                Error::AvailableInFuture,
            ),
            (
                NrtrdeAnchor {
                    earliest_end: Some(1),
                    latest_end: Some(2),
                    available: now - 367 * DAY,
                    ..good
                },
                Error::TooLongAgo,
            ),
        ] {
            refuse(anchor, error);
        }
        let empty = NrtrdeAnchor {
            records: 0,
            root: [0; 32],
            earliest_end: None,
            latest_end: None,
            ..good
        };
        assert_ok!(send([empty]));
        assert_eq!(kept(1).delay(), 0);
        refuse(nrtrde(9_999_999), Error::SequencePassed);
    });
}

#[test]
fn test_file_should_be_of_no_agreement_and_count_nowhere_when_it_comes() {
    ExtBuilder::default().build_and_execute(|| {
        let mut anchor = nrtrde(1);
        anchor.key.series.test = true;
        assert_ok!(send([anchor]));
        let file = Anchoring::nrtrde_file(anchor.key).expect("it is anchored");
        assert_eq!(file.agreement, None);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), anchor.key));
        assert!(Anchoring::nrtrde_months(anchor.key.series).is_empty());
    });
}

#[test]
fn oldest_month_should_go_when_a_series_has_too_many() {
    ExtBuilder::default().build_and_execute(|| {
        let mut periods = Vec::new();
        for sequence in 1..=11 {
            assert_ok!(send([nrtrde(sequence)]));
            periods.push(interclear_primitives::period::Period::containing(MockClock::now()));
            MockClock::advance(31 * DAY);
        }
        let months: Vec<_> = Anchoring::nrtrde_months(NRTRDE_SERIES)
            .iter()
            .map(|month| month.period)
            .collect();
        assert_eq!(months, periods);
        // Fourteen months and more, in an agreement that renews itself.
        MockAgreements::renew(AGREEMENT);
        for sequence in 12..=16 {
            assert_ok!(send([nrtrde(sequence)]));
            MockClock::advance(31 * DAY);
        }
        let months = Anchoring::nrtrde_months(NRTRDE_SERIES);
        assert_eq!(months.len(), 13);
        assert!(months.is_sorted_by(|a, b| a.period < b.period));
    });
}

#[test]
fn figures_should_stay_when_the_details_are_evicted() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(send([nrtrde(1)]));
        MockClock::advance(122 * DAY);
        <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
        assert_eq!(Anchoring::nrtrde_file(at(1)), None);
        assert_eq!(Anchoring::nrtrde_months(NRTRDE_SERIES)[0].files, 1);
        // To acknowledge it is too late.
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), at(1)),
            Error::<Test>::FileNotFound
        );
    });
}
