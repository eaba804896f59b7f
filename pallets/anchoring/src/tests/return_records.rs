use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockOperators, NOT_A_DESK, WRONG_ROLE},
    Usage,
};
use interclear_primitives::{
    batch::{BatchStatus, FatalReason, ReturnedRecords, ServiceTotal},
    money::Value,
    service::Service,
    DAY,
};
use sp_runtime::traits::BadOrigin;

fn call() -> ServiceTotal {
    part(Service::MocLocal, 1, 2_000_000, 2_000_000, 400_000)
}

fn refuse(records: ReturnedRecords, error: Error<Test>) {
    assert_noop!(
        Anchoring::return_records(origin(HOME_DESK), key(1), records),
        error
    );
}

#[test]
fn return_records_should_fail_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        let records = || returned(1, vec![call()]);
        assert_noop!(
            Anchoring::return_records(RuntimeOrigin::none(), key(1), records()),
            BadOrigin
        );
        for (desk, reason) in [(STRANGER, NOT_A_DESK), (HOME_COMMERCIAL, WRONG_ROLE)] {
            let call = Anchoring::return_records(origin(desk), key(1), records());
            assert_noop!(call, reason);
        }
        let call = Anchoring::return_records(origin(VISITED_DESK), key(1), records());
        assert_noop!(call, Error::<Test>::NotRecipient);
    });
}

#[test]
fn totals_should_shrink_when_records_are_returned() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        MockOperators::suspend(HOME);
        assert_ok!(Anchoring::return_records(
            origin(HOME_DESK),
            key(1),
            returned(1, vec![call()])
        ));
        let event = Event::RecordsReturned {
            key: key(1),
            rap_sequence: 1,
            records: 1,
            charge: Value::Clear(2_000_000),
            tax: Value::Clear(400_000),
        };
        assert_eq!(events().last(), Some(&event));
        let mut expected = whole_files(2);
        expected[0] = (Service::MocLocal, 5, 17_000_000, 10_000_000, 1_600_000);
        assert_eq!(november(), expected);
        let batch = Anchoring::batch(key(1)).unwrap();
        assert_eq!((batch.status, batch.answered_at), (BatchStatus::Anchored, None));
        assert_eq!(
            (batch.returned.to_vec(), batch.returns.to_vec()),
            (vec![call()], vec![1])
        );

        // A second RAP file, and for several services.
        let more = returned(2, vec![call(), part(Service::Gprs, 1, 250_000_000, 2_000_000, 0)]);
        assert_ok!(Anchoring::return_records(origin(HOME_DESK), key(1), more));
        expected[0] = (Service::MocLocal, 4, 15_000_000, 8_000_000, 1_200_000);
        expected[1] = whole_files(1)[1];
        assert_eq!(november(), expected);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_eq!(
            Anchoring::batch(key(1)).unwrap().status,
            BatchStatus::Acknowledged
        );
        assert_eq!(november(), expected);
    });
}

#[test]
fn return_records_should_be_refused_when_the_rap_file_was_reported() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        assert_ok!(Anchoring::return_records(
            origin(HOME_DESK),
            key(1),
            returned(1, vec![call()])
        ));
        refuse(returned(1, vec![call()]), Error::ReturnAlreadyReported);
        // The same RAP file may hold records of another file.
        assert_ok!(Anchoring::return_records(
            origin(HOME_DESK),
            key(2),
            returned(1, vec![call()])
        ));
    });
}

#[test]
fn return_records_should_be_refused_when_more_is_returned_than_is_left() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        let whole = file(1).totals[0];
        for too_much in [
            ServiceTotal {
                records: whole.records + 1,
                ..whole
            },
            ServiceTotal {
                quantity: whole.quantity + 1,
                ..whole
            },
            ServiceTotal {
                charge: Value::Clear(6_000_001),
                ..whole
            },
            ServiceTotal {
                tax: Value::Clear(1_000_001),
                ..whole
            },
        ] {
            refuse(returned(1, vec![too_much]), Error::ReturnExceedsFile);
        }
        refuse(
            returned(1, vec![part(Service::Mtc, 1, 0, 0, 0)]),
            Error::ServiceNotInFile,
        );
        assert_ok!(Anchoring::return_records(
            origin(HOME_DESK),
            key(1),
            returned(1, vec![call()])
        ));
        refuse(returned(2, vec![whole]), Error::ReturnExceedsFile);
        let rest = whole.checked_sub(&call()).unwrap();
        assert_ok!(Anchoring::return_records(
            origin(HOME_DESK),
            key(1),
            returned(2, vec![rest])
        ));
        refuse(
            returned(3, vec![part(Service::MocLocal, 1, 0, 0, 0)]),
            Error::ReturnExceedsFile,
        );
        assert_eq!(november()[0], whole_files(1)[0]);
    });
}

#[test]
fn return_records_should_be_refused_when_the_totals_make_no_sense() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        refuse(returned(0, vec![call()]), Error::ReturnSequenceOutOfRange);
        refuse(returned(100_000, vec![call()]), Error::ReturnSequenceOutOfRange);
        refuse(returned(1, vec![]), Error::NothingReturned);
        refuse(
            returned(1, vec![ServiceTotal::empty(Service::Gprs)]),
            Error::NothingReturned,
        );
        refuse(returned(1, vec![call(), call()]), Error::TotalsNotSorted);
        refuse(
            returned(1, vec![part(Service::Gprs, 1, 0, -1, 0)]),
            Error::NegativeAmount,
        );
        let overflow = vec![
            part(Service::MocLocal, u32::MAX, 0, 0, 0),
            part(Service::Gprs, 1, 0, 0, 0),
        ];
        refuse(returned(1, overflow), Error::ReturnExceedsFile);
        let missing = Anchoring::return_records(origin(HOME_DESK), key(3), returned(1, vec![call()]));
        assert_noop!(missing, Error::<Test>::FileNotFound);
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(2),
            FatalReason::Totals,
            1,
            [0; 32]
        ));
        let refused = Anchoring::return_records(origin(HOME_DESK), key(2), returned(1, vec![call()]));
        assert_noop!(refused, Error::<Test>::FileReturned);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        refuse(returned(1, vec![call()]), Error::PeriodClosed);
    });
}

#[test]
fn return_records_should_be_refused_when_there_are_too_many_rap_files() {
    ExtBuilder::default().build_and_execute(|| {
        let mut anchor = file(1);
        (anchor.records, anchor.totals[0].records) = (101, 100);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), anchor));
        let one = || vec![part(Service::MocLocal, 1, 0, 0, 0)];
        for number in 1..=16 {
            assert_ok!(Anchoring::return_records(
                origin(HOME_DESK),
                key(1),
                returned(number, one())
            ));
        }
        refuse(returned(17, one()), Error::MaxReturnsExceeded);
    });
}

#[test]
fn return_records_should_be_refused_when_the_file_was_acknowledged() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        refuse(returned(1, vec![call()]), Error::AlreadyAcknowledged);
        assert_eq!(november(), whole_files(1));
    });
}

#[test]
fn return_records_should_be_refused_when_silence_has_accepted_the_file() {
    ExtBuilder::default().silence_accepts().build_and_execute(|| {
        anchor_all([1]);
        MockClock::advance(10 * DAY - 1);
        let in_time = Anchoring::return_records(origin(HOME_DESK), key(1), returned(1, vec![call()]));
        assert_ok!(in_time);
        MockClock::advance(1);
        refuse(returned(2, vec![call()]), Error::AnswerOverdue);
    });
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        // Where it does not, until its silence no longer stops the month: the 5 closing days twice.
        MockClock::set(NOVEMBER.end() + 10 * DAY - 1);
        let late = Anchoring::return_records(origin(HOME_DESK), key(1), returned(1, vec![call()]));
        assert_ok!(late);
        MockClock::advance(1);
        refuse(returned(2, vec![call()]), Error::AnswerOverdue);
    });
}

#[test]
fn recipient_should_have_moved_when_it_returns_records() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        for number in [1, 2] {
            MockClock::advance(DAY);
            assert_ok!(Anchoring::return_records(
                origin(HOME_DESK),
                key(1),
                returned(number, vec![call()])
            ));
            assert_eq!(moves(), [(number, MockClock::now()), (0, 0)]);
        }
        refuse(returned(2, vec![call()]), Error::ReturnAlreadyReported);
        assert_eq!(moves()[0].0, 2);
    });
}
