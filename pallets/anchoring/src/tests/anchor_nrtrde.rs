use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight, BoundedVec};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    nrtrde::{NrtrdeAnchor, NrtrdeFile, NrtrdeMonth},
    series::{BatchKey, SeriesKey},
    DAY,
};
use sp_runtime::DispatchError;

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
fn anchor_nrtrde_should_refuse_wrong_origins() {
    ExtBuilder::default().build_and_execute(|| {
        let call = |who| Anchoring::anchor_nrtrde(origin(who), BoundedVec::truncate_from(vec![nrtrde(1)]));
        assert_noop!(call(STRANGER), DispatchError::Other("NotADesk"));
        assert_noop!(call(VISITED_COMMERCIAL), DispatchError::Other("WrongRole"));
        MockOperators::suspend(VISITED);
        assert_noop!(call(VISITED_DESK), DispatchError::Other("Suspended"));
    });
}

#[test]
fn a_desk_of_the_recipient_should_not_anchor() {
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
fn a_file_within_four_hours_should_be_in_time() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(send([nrtrde(1)]));
        let file = kept(1);
        assert_eq!((file.anchored_at, file.agreement), (Now::get(), Some(AGREEMENT)));
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
                    copies: 0,
                    refused: 0
                }
            ]
        );
    });
}

#[test]
fn the_chains_clock_should_witness_a_late_delivery_whatever_the_file_says() {
    ExtBuilder::default().build_and_execute(|| {
        let file = nrtrde(1);
        Now::mutate(|now| *now += 4 * 3_600);
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
fn the_recipient_should_acknowledge_and_nobody_else() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(send([nrtrde(1), nrtrde(2)]));
        let call = |who| Anchoring::acknowledge(origin(who), at(1));
        assert_noop!(call(VISITED_DESK), Error::<Test>::NotRecipient);
        Now::mutate(|now| *now += 60);
        assert_ok!(call(HOME_DESK));
        assert_noop!(call(HOME_DESK), Error::<Test>::AlreadyAcknowledged);
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), at(9)),
            Error::<Test>::NotFound
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
fn files_of_fraud_should_bill_nothing_and_keep_no_month_open() {
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
fn a_copy_should_be_ignored_and_other_content_refused() {
    ExtBuilder::default().build_and_execute(|| {
        let file = nrtrde(1);
        assert_ok!(send([file]));
        events();
        Now::mutate(|now| *now += 600);
        assert_ok!(send([file]));
        assert_eq!(events().first(), Some(&Event::CopyIgnored { key: at(1) }));
        assert_eq!(Anchoring::nrtrde_months(NRTRDE_SERIES)[0].files, 1);
        refuse(
            NrtrdeAnchor {
                file_hash: [9; 32],
                ..file
            },
            Error::AlreadyAnchored,
        );
    });
}

#[test]
fn every_broken_rule_should_have_its_error() {
    ExtBuilder::default().build_and_execute(|| {
        let good = nrtrde(1);
        let now = Now::get();
        let series = |change: fn(&mut SeriesKey)| {
            let mut anchor = good;
            change(&mut anchor.key.series);
            anchor
        };
        for (anchor, error) in [
            (nrtrde(0), Error::SequenceOutOfRange),
            (nrtrde(10_000_000), Error::SequenceOutOfRange),
            (nrtrde(2_000), Error::GapTooLong),
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
fn test_files_should_need_no_agreement() {
    ExtBuilder::default().build_and_execute(|| {
        let mut anchor = nrtrde(1);
        anchor.key.series.test = true;
        anchor.key.series.recipient = THIRD_NET;
        assert_ok!(send([anchor]));
        let file = Anchoring::nrtrde_file(anchor.key).expect("it is anchored");
        assert_eq!(file.agreement, None);
    });
}

#[test]
fn only_the_newest_months_should_be_kept() {
    ExtBuilder::default().build_and_execute(|| {
        let mut periods = Vec::new();
        for sequence in 1..=11 {
            assert_ok!(send([nrtrde(sequence)]));
            periods.push(interclear_primitives::period::Period::containing(Now::get()));
            Now::mutate(|now| *now += 31 * DAY);
        }
        let months: Vec<_> = Anchoring::nrtrde_months(NRTRDE_SERIES)
            .iter()
            .map(|month| month.period)
            .collect();
        assert_eq!(months, periods);
        // Fourteen months: the agreement is prolonged by nobody, so test files go on.
        let mut test = nrtrde(1);
        test.key.series.test = true;
        for sequence in 1..=14 {
            test = NrtrdeAnchor {
                key: BatchKey { sequence, ..test.key },
                ..nrtrde(sequence)
            };
            test.key.series.test = true;
            assert_ok!(send([test]));
            Now::mutate(|now| *now += 31 * DAY);
        }
        let months = Anchoring::nrtrde_months(test.key.series);
        assert_eq!(months.len(), 13);
        assert!(months.is_sorted_by(|a, b| a.period < b.period));
    });
}

#[test]
fn details_should_go_after_their_retention_and_figures_stay() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(send([nrtrde(1)]));
        Now::mutate(|now| *now += 122 * DAY);
        <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
        assert_eq!(Anchoring::nrtrde_file(at(1)), None);
        assert_eq!(Anchoring::nrtrde_months(NRTRDE_SERIES)[0].files, 1);
        // To acknowledge it is too late.
        assert_noop!(
            Anchoring::acknowledge(origin(HOME_DESK), at(1)),
            Error::<Test>::NotFound
        );
    });
}
