use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use interclear_ports::{
    mocks::{MockOperators, NOT_A_DESK, SUSPENDED, WRONG_ROLE},
    Usage,
};
use interclear_primitives::{
    agreement::{Direction, Route},
    batch::{Anchor, BatchStatus, FatalReason},
    bounds::{MAX_AMOUNT, MAX_QUANTITY},
    money::{Currency, Value},
    period::Period,
    series::{BatchKey, SeriesKey, Stream},
    service::Service,
    tadig::Tadig,
    usage::Awaiting,
    DAY,
};
use sp_runtime::traits::BadOrigin;

fn refuse(anchor: Anchor, error: Error<Test>) {
    assert_noop!(Anchoring::anchor(origin(VISITED_DESK), anchor), error);
}

fn with_series(change: impl FnOnce(&mut SeriesKey)) -> Anchor {
    let mut anchor = file(1);
    change(&mut anchor.key.series);
    anchor
}

#[test]
fn anchor_should_fail_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(Anchoring::anchor(RuntimeOrigin::none(), file(1)), BadOrigin);
        assert_noop!(Anchoring::anchor(RuntimeOrigin::root(), file(1)), BadOrigin);
        let (stranger, role) = (NOT_A_DESK, WRONG_ROLE);
        assert_noop!(Anchoring::anchor(origin(STRANGER), file(1)), stranger);
        assert_noop!(Anchoring::anchor(origin(VISITED_COMMERCIAL), file(1)), role);
        for desk in [HOME_DESK, THIRD_DESK] {
            assert_noop!(Anchoring::anchor(origin(desk), file(1)), Error::<Test>::NotSender);
        }
        MockOperators::suspend(VISITED);
        assert_noop!(Anchoring::anchor(origin(VISITED_DESK), file(1)), SUSPENDED);
    });
}

#[test]
fn anchor_should_keep_the_file_and_add_its_totals_when_every_rule_holds() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
        let batch = Anchoring::batch(key(1)).expect("it is kept");
        assert_eq!(batch.anchor, file(1));
        assert_eq!(batch.status, BatchStatus::Anchored);
        assert_eq!(
            (batch.period, batch.anchored_at, batch.answered_at),
            (NOVEMBER, MockClock::now(), None)
        );
        let route = Route {
            agreement: AGREEMENT,
            direction: Direction::FirstHome,
            group: 0,
        };
        assert_eq!(batch.route, Some(route));
        assert_eq!(november(), whole_files(1));
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        assert_eq!(
            (usage.batches, usage.unanswered(), usage.returned, usage.gaps),
            (1, 1, 0, 0)
        );
        let awaiting = Awaiting {
            unanswered: 1,
            latest: MockClock::now(),
        };
        assert_eq!(
            (usage.awaiting, usage.closed),
            ([awaiting, Default::default()], false)
        );
        assert_eq!(Anchoring::sequence(SERIES).highest, 1);
        let anchored = Event::Anchored {
            key: key(1),
            agreement: Some(AGREEMENT),
            period: NOVEMBER,
            billed_with: NOVEMBER,
            digest: batch.digest,
            records: 4,
            charge: Value::Clear(8_000_000),
            tax: Value::Clear(1_000_000),
            resent_for: None,
        };
        assert_eq!(events(), [anchored]);

        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(2)));
        assert_eq!(november(), whole_files(2));
    });
}

#[test]
fn totals_should_be_kept_apart_when_files_go_in_both_directions() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        let back = with_series(|series| (series.sender, series.recipient) = (HOME_NET, VISITED_NET));
        assert_ok!(Anchoring::anchor(origin(HOME_DESK), back));
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        assert_eq!(usage.awaiting.map(|awaiting| awaiting.unanswered), [1, 1]);
        let lines: Vec<_> = Anchoring::usage(AGREEMENT, NOVEMBER)
            .into_iter()
            .map(|(key, total)| (key.direction, key.service, total.records))
            .collect();
        let expected = [
            (Direction::FirstHome, Service::MocLocal, 3),
            (Direction::FirstHome, Service::Gprs, 1),
            (Direction::SecondHome, Service::MocLocal, 3),
            (Direction::SecondHome, Service::Gprs, 1),
        ];
        assert_eq!(lines, expected);
    });
}

#[test]
fn duplicate_should_be_ignored_when_its_content_is_the_same() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        events();
        let before = Anchoring::batch(key(1));
        MockClock::advance(3 * DAY);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
        assert_eq!(events(), [Event::DuplicateIgnored { key: key(1) }]);
        assert_eq!((Anchoring::batch(key(1)), november()), (before, whole_files(2)));
    });
}

#[test]
fn duplicate_should_be_ignored_when_its_month_is_closed() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
        assert_eq!(november(), whole_files(1));
    });
}

#[test]
fn anchor_should_be_refused_when_a_known_number_has_other_content() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        refuse(
            Anchor {
                file_digest: [0xaa; 32],
                ..file(1)
            },
            Error::AlreadyAnchored,
        );
        refuse(
            Anchor {
                decimals: 4,
                ..file(1)
            },
            Error::AlreadyAnchored,
        );
        refuse(resent(1, 1), Error::AlreadyAnchored);
    });
}

#[test]
fn anchor_should_be_refused_when_the_stream_is_not_tap() {
    ExtBuilder::default().build_and_execute(|| {
        let nrtrde = with_series(|series| series.stream = Stream::Nrtrde);
        refuse(nrtrde, Error::OtherStream);
    });
}

#[test]
fn anchor_should_be_refused_when_the_number_is_out_of_range() {
    ExtBuilder::default().build_and_execute(|| {
        for sequence in [0, 100_000, u32::MAX] {
            refuse(file(sequence), Error::SequenceOutOfRange);
        }
    });
}

#[test]
fn anchor_should_be_refused_when_a_network_is_unknown() {
    ExtBuilder::default().build_and_execute(|| {
        let nobody = Tadig(*b"XXXXX");
        refuse(with_series(|series| series.sender = nobody), Error::UnknownSender);
        refuse(
            with_series(|series| series.recipient = nobody),
            Error::UnknownRecipient,
        );
    });
}

#[test]
fn anchor_should_be_refused_when_no_agreement_covers_the_month() {
    ExtBuilder::default().build_and_execute(|| {
        refuse(
            with_series(|series| series.recipient = THIRD_NET),
            Error::NoAgreement,
        );
        let cut_off = Period(202_609).start() + DAY;
        let before = Anchor {
            cut_off,
            earliest_call: Some(cut_off),
            latest_call: Some(cut_off),
            ..file(1)
        };
        refuse(before, Error::NoAgreement);
    });
}

#[test]
fn anchor_should_be_refused_when_the_amounts_make_no_sense() {
    ExtBuilder::default().build_and_execute(|| {
        let with_totals = |totals: Vec<_>| Anchor {
            totals: BoundedVec::truncate_from(totals),
            ..file(1)
        };
        let call = part(Service::MocLocal, 3, 1, 1, 0);
        let data = part(Service::Gprs, 1, 1, 1, 0);
        refuse(
            Anchor {
                currency: Currency::SDR,
                ..file(1)
            },
            Error::CurrencyMismatch,
        );
        refuse(
            Anchor {
                decimals: 7,
                ..file(1)
            },
            Error::MaxDecimalsExceeded,
        );
        refuse(with_totals(vec![data, call]), Error::TotalsNotSorted);
        refuse(with_totals(vec![call, call, data]), Error::TotalsNotSorted);
        refuse(with_totals(vec![call]), Error::RecordsMismatch);
        refuse(
            Anchor {
                records: 5,
                ..file(1)
            },
            Error::RecordsMismatch,
        );
        let many = |service| part(service, u32::MAX, 1, 1, 0);
        refuse(
            with_totals(vec![many(Service::MocLocal), many(Service::Gprs)]),
            Error::RecordsMismatch,
        );
        refuse(
            Anchor {
                totals: file(1).totals,
                ..notification(1)
            },
            Error::RecordsMismatch,
        );
        let hollow = Anchor {
            totals: vec![part(Service::Gprs, 0, 1, 1, 0)].try_into().unwrap(),
            ..notification(1)
        };
        refuse(hollow, Error::RecordsMismatch);
        for (charge, tax) in [(1, 0), (0, 1)] {
            let without_records = part(Service::Mtc, 0, 0, charge, tax);
            refuse(
                with_totals(vec![call, without_records, data]),
                Error::RecordsMismatch,
            );
        }
        refuse(
            with_totals(vec![call, part(Service::Gprs, 1, 1, -1, 0)]),
            Error::NegativeAmount,
        );
        refuse(
            with_totals(vec![call, part(Service::Gprs, 1, 1, 1, -1)]),
            Error::NegativeAmount,
        );
        refuse(
            Anchor {
                discount: Value::Clear(-1),
                ..file(1)
            },
            Error::NegativeAmount,
        );
        for (quantity, charge, tax, error) in [
            (MAX_QUANTITY + 1, 1, 0, Error::MaxQuantityExceeded),
            (u128::MAX, 1, 0, Error::MaxQuantityExceeded),
            (1, MAX_AMOUNT as i128 + 1, 0, Error::MaxAmountExceeded),
            (1, 1, MAX_AMOUNT as i128 + 1, Error::MaxAmountExceeded),
            (1, 1 << 126, 0, Error::MaxAmountExceeded),
        ] {
            refuse(
                with_totals(vec![call, part(Service::Gprs, 1, quantity, charge, tax)]),
                error,
            );
        }
        refuse(
            Anchor {
                discount: Value::Clear(MAX_AMOUNT as i128 + 1),
                ..file(1)
            },
            Error::MaxAmountExceeded,
        );
        refuse(
            with_totals(vec![call, part(Service::SmsMo, 1, 1, 1, 0)]),
            Error::ServiceNotAgreed,
        );
    });
}

#[test]
fn anchor_should_be_refused_when_the_files_of_the_month_come_to_too_much() {
    ExtBuilder::default().build_and_execute(|| {
        let data = |sequence, quantity, charge| Anchor {
            records: 1,
            totals: BoundedVec::truncate_from(vec![part(Service::Gprs, 1, quantity, charge, 0)]),
            ..file(sequence)
        };
        for sequence in 1..=10 {
            let most = data(sequence, MAX_QUANTITY, MAX_AMOUNT as i128);
            assert_ok!(Anchoring::anchor(origin(VISITED_DESK), most));
        }
        refuse(data(11, 0, 1), Error::MaxPerMonthExceeded);
        refuse(data(11, 1, 0), Error::MaxPerMonthExceeded);
        // Whoever is not charged for the service is not concerned.
        let call = Anchor {
            records: 1,
            totals: BoundedVec::truncate_from(vec![part(Service::MocLocal, 1, 60, 1, 0)]),
            ..file(11)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), call));
        // A file that is returned makes room.
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(3),
            FatalReason::Totals,
            1,
            [0; 32]
        ));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), data(12, 1, 1)));
    });
}

#[test]
fn anchor_should_be_refused_when_call_times_do_not_fit_the_records() {
    ExtBuilder::default().build_and_execute(|| {
        let anchor = file(1);
        let (earliest, latest) = (anchor.earliest_call, anchor.latest_call);
        refuse(
            Anchor {
                earliest_call: None,
                ..file(1)
            },
            Error::CallTimesMissing,
        );
        refuse(
            Anchor {
                earliest_call: None,
                latest_call: None,
                ..file(1)
            },
            Error::CallTimesMissing,
        );
        refuse(
            Anchor {
                latest_call: latest,
                ..notification(1)
            },
            Error::CallTimesWithoutRecords,
        );
        refuse(
            Anchor {
                earliest_call: earliest,
                latest_call: latest,
                ..notification(1)
            },
            Error::CallTimesWithoutRecords,
        );
        refuse(
            Anchor {
                earliest_call: latest,
                latest_call: earliest,
                ..file(1)
            },
            Error::CallTimesOutOfOrder,
        );
        let later = Some(anchor.available + 1);
        refuse(
            Anchor {
                latest_call: later,
                ..file(1)
            },
            Error::CallTimesOutOfOrder,
        );
    });
}

#[test]
fn notification_should_count_as_a_file_when_it_has_no_records() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), notification(1)));
        assert_eq!(november(), []);
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER).batches, 1);
        anchor_all([2]);
        assert_eq!(november(), whole_files(1));
    });
}

#[test]
fn currency_should_not_matter_when_a_file_has_no_records() {
    ExtBuilder::default().build_and_execute(|| {
        // It has no accounting information; what is reduced without one is in SDR.
        let notification = Anchor {
            currency: Currency::SDR,
            ..notification(1)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), notification));
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER).batches, 1);
    });
}

#[test]
fn anchor_should_be_refused_when_the_file_is_from_the_future() {
    ExtBuilder::default().build_and_execute(|| {
        let tomorrow = MockClock::now() + DAY;
        refuse(
            Anchor {
                available: tomorrow + 1,
                ..file(1)
            },
            Error::AvailableInFuture,
        );
        refuse(
            Anchor {
                cut_off: tomorrow + 1,
                ..file(1)
            },
            Error::CutOffInFuture,
        );
        refuse(
            Anchor {
                cut_off: u64::MAX,
                ..file(1)
            },
            Error::CutOffInFuture,
        );
        assert_ok!(Anchoring::anchor(
            origin(VISITED_DESK),
            Anchor {
                available: tomorrow,
                cut_off: tomorrow,
                ..file(1)
            }
        ));
    });
}

#[test]
fn files_should_be_refused_when_all_calls_are_older_than_the_age_limit() {
    ExtBuilder::default().build_and_execute(|| {
        let limit = file(1).available - 30 * DAY;
        let until = |latest| Anchor {
            earliest_call: Some(limit - 2 * DAY),
            latest_call: Some(latest),
            ..file(1)
        };
        refuse(until(limit - 1), Error::TooOld);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), until(limit)));
    });
}

#[test]
fn notification_should_be_refused_when_its_cut_off_is_older_than_the_age_limit() {
    ExtBuilder::default().build_and_execute(|| {
        let limit = file(1).available - 30 * DAY;
        let until = |cut_off| Anchor {
            cut_off,
            ..notification(1)
        };
        refuse(until(limit - 1), Error::TooOld);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), until(limit)));
    });
}

#[test]
fn file_should_be_taken_when_only_some_of_its_calls_are_too_old() {
    ExtBuilder::default().build_and_execute(|| {
        let old = Anchor {
            earliest_call: Some(file(1).available - 45 * DAY),
            ..file(1)
        };
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), old));
        let too_old = vec![part(Service::MocLocal, 1, 3_000_000, 2_000_000, 500_000)];
        assert_ok!(Anchoring::return_records(
            origin(HOME_DESK),
            key(1),
            returned(1, too_old)
        ));
        let mut expected = whole_files(1);
        expected[0] = (Service::MocLocal, 2, 6_500_000, 4_000_000, 500_000);
        assert_eq!(november(), expected);
    });
}

#[test]
fn anchor_should_be_refused_when_a_call_is_after_the_cut_off() {
    ExtBuilder::default().build_and_execute(|| {
        let ending = |latest| Anchor {
            latest_call: Some(latest),
            available: latest,
            ..file(1)
        };
        let limit = file(1).cut_off + DAY;
        refuse(ending(limit + 1), Error::CallAfterCutOff);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), ending(limit)));
    });
}

#[test]
fn anchor_should_be_refused_when_the_file_is_of_long_ago() {
    ExtBuilder::default().build_and_execute(|| {
        let limit = MockClock::now() - 366 * DAY;
        let at = |cut_off, available| Anchor {
            cut_off,
            available,
            ..test_file(1)
        };
        for (cut_off, available) in [(limit - 1, limit), (limit, limit - 1), (0, 0)] {
            let mut old = at(cut_off, available);
            (old.earliest_call, old.latest_call) = (Some(0), Some(0));
            refuse(old, Error::TooLongAgo);
        }
        let mut old = at(limit, limit);
        (old.earliest_call, old.latest_call) = (Some(limit), Some(limit));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), old));
    });
}

#[test]
fn anchor_should_be_refused_when_the_month_is_closed() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        // The next month bills it, within the agreed 90 days.
        MockClock::set(NOVEMBER.end() + 90 * DAY);
        refuse(file(2), Error::TooLate);
        MockClock::set(DECEMBER.start() + DAY);
        assert_ok!(Anchoring::anchor(
            origin(VISITED_DESK),
            Anchor {
                cut_off: DECEMBER.start(),
                ..file(2)
            }
        ));
        assert_eq!(november(), whole_files(1));
        assert_eq!(Anchoring::period_usage(AGREEMENT, DECEMBER).batches, 1);
    });
}

#[test]
fn totals_should_stay_when_a_test_file_comes() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test_file(1)));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test_file(4)));
        assert_eq!((november(), gaps()), (vec![], vec![]));
        assert_eq!(Anchoring::period_usage(AGREEMENT, NOVEMBER), Default::default());
        let state = Anchoring::sequence(TEST_SERIES);
        assert_eq!((state.highest, state.gaps.len()), (4, 1));
        assert_eq!(
            Anchoring::batch(BatchKey {
                series: TEST_SERIES,
                sequence: 1
            })
            .unwrap()
            .route,
            None
        );
        let mut nowhere = test_file(1);
        nowhere.key.series.recipient = Tadig(*b"XXXXX");
        refuse(nowhere, Error::UnknownRecipient);
        // The billable series has numbers of its own.
        anchor_all([1]);
        assert_eq!(november(), whole_files(1));
    });
}

#[test]
fn suspended_operator_should_send_again_what_was_returned_and_nothing_new() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), file(1)));
        MockOperators::suspend(VISITED);
        // Its partner takes from it by a return what it is owed.
        let reason = FatalReason::Totals;
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            reason,
            1,
            [0; 32]
        ));
        let mut more = resent(1, 1);
        more.totals[0].quantity += 1;
        assert_noop!(Anchoring::anchor(origin(VISITED_DESK), more), SUSPENDED);
        assert_noop!(Anchoring::anchor(origin(VISITED_DESK), file(2)), SUSPENDED);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 1)));
    });
}
