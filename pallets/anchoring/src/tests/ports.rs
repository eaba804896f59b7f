//! What usage reports book in the running totals, and how files and reports keep out of each other's way.

use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use interclear_ports::{mocks::MockReports, Evidence, Usage, UsageBook};
use interclear_primitives::{
    agreement::Direction,
    batch::{Anchor, FatalReason},
    dispute::{About, LineKey},
    money::Value,
    report::PairMonth,
    service::{Service, ServiceSet},
    usage::UsageKey,
    DAY,
};
use sp_runtime::DispatchResult;

/// A TAP file of October in the same pair of networks.
fn october_file(sequence: u32) -> Anchor {
    let cut_off = OCTOBER.start() + 20 * DAY;
    Anchor {
        earliest_call: Some(cut_off - DAY),
        latest_call: Some(cut_off),
        cut_off,
        available: cut_off,
        ..file(sequence)
    }
}

fn anchor(file: Anchor) -> DispatchResult {
    Anchoring::anchor(origin(VISITED_DESK), file)
}

fn complete() -> DispatchResult {
    <Anchoring as Usage>::ensure_complete(AGREEMENT, OCTOBER, MockClock::now())
}

fn mtc() -> ServiceSet {
    ServiceSet::from_iter([Service::Mtc])
}

#[test]
fn file_should_be_refused_when_a_service_settles_by_report() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(<Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, true));
        MockReports::set(PAIR, ROUTE, mtc(), None);
        let mut both = october_file(1);
        both.totals = BoundedVec::truncate_from(vec![part(Service::Mtc, 4, 9, 9, 0)]);
        assert_noop!(anchor(both.clone()), Error::<Test>::SettledByReport);
        // Other services of the month are free.
        assert_ok!(anchor(october_file(1)));
        assert_noop!(
            anchor(Anchor {
                key: key(2),
                ..both.clone()
            }),
            Error::<Test>::SettledByReport
        );
        // A correction without the service frees it.
        MockReports::set(PAIR, ROUTE, ServiceSet::default(), None);
        assert_ok!(anchor(Anchor { key: key(2), ..both }));
    });
}

#[test]
fn services_by_file_should_stay_when_the_file_is_returned() {
    ExtBuilder::default().build_and_execute(|| {
        let by_file = |pair| <Anchoring as UsageBook>::services_by_file(&pair);
        assert!(by_file(PAIR).is_empty());
        assert_ok!(anchor(october_file(1)));
        let services = ServiceSet::from_iter([Service::MocLocal, Service::Gprs]);
        assert_eq!(by_file(PAIR), services);
        // Of another month and of the other direction nothing has come.
        let november = PairMonth {
            period: NOVEMBER,
            ..PAIR
        };
        let back = PairMonth {
            visited: HOME_NET,
            home: VISITED_NET,
            period: OCTOBER,
        };
        assert!(by_file(november).is_empty() && by_file(back).is_empty());
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            FatalReason::Totals,
            1,
            [0; 32]
        ));
        assert_eq!(by_file(PAIR), services);
    });
}

#[test]
fn month_should_wait_for_a_report_when_its_figures_are_not_final() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(complete());
        assert_ok!(<Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, true));
        MockReports::set(PAIR, ROUTE, mtc(), None);
        assert!(Anchoring::period_usage(AGREEMENT, OCTOBER).in_use());
        assert_noop!(complete(), Error::<Test>::ReportsOpen);
        let billed = vec![part(Service::Mtc, 0, 5, 50, 0)];
        assert_ok!(<Anchoring as UsageBook>::bill_report(
            &ROUTE, OCTOBER, OCTOBER, &billed, true
        ));
        MockReports::set(PAIR, ROUTE, mtc(), Some(billed));
        assert_ok!(complete());
    });
}

#[test]
fn reports_and_files_should_add_up_when_their_services_differ() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(anchor(october_file(1)));
        // October's closing days are over, so that it counts once it is acknowledged.
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(1)));
        assert_ok!(<Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, true));
        let billed = vec![part(Service::Mtc, 0, 5, 50, 0)];
        assert_ok!(<Anchoring as UsageBook>::bill_report(
            &ROUTE, OCTOBER, OCTOBER, &billed, true
        ));
        MockReports::set(PAIR, ROUTE, mtc(), Some(billed));
        let mut all = whole_files(1);
        all.push((Service::Mtc, 0, 5, 50, 0));
        all.sort();
        assert_eq!(usage_of(OCTOBER), all);
    });
}

#[test]
fn report_should_not_bill_when_a_sum_does_not_fit() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(<Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, true));
        MockReports::set(PAIR, ROUTE, mtc(), None);
        let mut large = part(Service::Mtc, 0, 1, 0, 0);
        large.charge = Value::Clear(i128::MAX);
        assert_noop!(
            <Anchoring as UsageBook>::bill_report(&ROUTE, OCTOBER, OCTOBER, &[large, large], true),
            Error::<Test>::AmountOverflow
        );
    });
}

#[test]
fn reports_should_bill_with_the_next_month_when_their_own_is_closed() {
    ExtBuilder::default().build_and_execute(|| {
        let with = |period| <Anchoring as UsageBook>::billed_with(AGREEMENT, period, false);
        assert_eq!(with(OCTOBER), Ok(OCTOBER));
        assert_ok!(<Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, false));
        // October is closed without the figures, which become final afterwards.
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, OCTOBER));
        assert_eq!(with(OCTOBER), Ok(NOVEMBER));
        assert_noop!(
            <Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, true),
            Error::<Test>::PeriodClosed
        );
        let bill = |holds| <Anchoring as UsageBook>::bill_report(&ROUTE, OCTOBER, OCTOBER, &[], holds);
        assert_eq!(bill(false), Ok(NOVEMBER));
        MockReports::set(PAIR, ROUTE, mtc(), Some(Vec::new()));
        MockReports::set_late(AGREEMENT, PAIR, NOVEMBER);
        let usage = |period| Anchoring::period_usage(AGREEMENT, period);
        assert_eq!((usage(OCTOBER).reports, usage(OCTOBER).open_reports), (0, 0));
        assert_eq!((usage(NOVEMBER).reports, usage(NOVEMBER).open_reports), (1, 0));
        // Nothing new after the agreed days.
        MockClock::set(OCTOBER.end() + 90 * DAY);
        assert_eq!(with(OCTOBER), Err(Error::<Test>::TooLate.into()));
    });
}

#[test]
fn report_should_bill_when_it_was_made_in_time_and_becomes_final_after_the_days_for_late_usage() {
    for late_days in [0, 90] {
        ExtBuilder::default().late_days(late_days).build_and_execute(|| {
            let bill = || <Anchoring as UsageBook>::bill_report(&ROUTE, OCTOBER, OCTOBER, &[], false);
            let answer = || <Anchoring as UsageBook>::billed_with(AGREEMENT, OCTOBER, true);
            assert_ok!(<Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, false));
            assert_ok!(<Anchoring as Usage>::close(AGREEMENT, OCTOBER));
            // Not for ever.
            MockClock::set(OCTOBER.end() + 180 * DAY);
            assert_noop!(bill(), Error::<Test>::TooLate);
            assert_noop!(answer(), Error::<Test>::TooLate);
            MockClock::set(OCTOBER.end() + 180 * DAY - 1);
            assert_eq!(answer(), Ok(NOVEMBER));
            assert_eq!(bill(), Ok(NOVEMBER));
            MockReports::set(PAIR, ROUTE, mtc(), Some(Vec::new()));
            MockReports::set_late(AGREEMENT, PAIR, NOVEMBER);
        });
    }
}

#[test]
fn a_line_should_be_that_of_the_files_and_reports_that_it_bills() {
    ExtBuilder::default().build_and_execute(|| {
        let of = |about, service, period| {
            let line = LineKey {
                late: None,
                usage: UsageKey {
                    direction: ROUTE.direction,
                    group: ROUTE.group,
                    service,
                },
            };
            <Anchoring as Evidence>::is_of_line(&about, AGREEMENT, period, &line)
        };
        let (first, second) = (About::File(key(1)), About::File(key(2)));
        assert!(!of(first, Service::Gprs, OCTOBER), "nothing has come");
        assert_ok!(anchor(october_file(1)));
        assert_ok!(anchor(october_file(2)));
        assert!(of(first, Service::Gprs, OCTOBER));
        assert!(!of(first, Service::Mtc, OCTOBER), "it has no such usage");
        assert!(!of(first, Service::Gprs, NOVEMBER));
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(2),
            FatalReason::Syntax,
            1,
            [9; 32]
        ));
        assert!(!of(second, Service::Gprs, OCTOBER), "nothing of it bills");

        let reports = About::Reports {
            visited: VISITED_NET,
            home: HOME_NET,
        };
        assert!(!of(reports, Service::Mtc, OCTOBER));
        assert_ok!(<Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, true));
        MockReports::set(PAIR, ROUTE, mtc(), None);
        assert!(of(reports, Service::Mtc, OCTOBER));
        assert!(!of(reports, Service::Gprs, OCTOBER));
        let back = About::Reports {
            visited: HOME_NET,
            home: VISITED_NET,
        };
        assert!(!of(back, Service::Mtc, OCTOBER));
    });
}

#[test]
fn an_nrtrde_file_should_move_the_liability_on_a_line_when_it_comes_late() {
    ExtBuilder::default().build_and_execute(|| {
        let in_time = nrtrde(1);
        let mut late = nrtrde(2);
        late.earliest_end = Some(MockClock::now() - 5 * 3_600);
        let keys = [in_time.key, late.key];
        let files = BoundedVec::truncate_from(vec![in_time, late]);
        assert_ok!(Anchoring::anchor_nrtrde(origin(VISITED_DESK), files));
        let line = |direction| LineKey {
            late: None,
            usage: UsageKey {
                direction,
                group: ROUTE.group,
                service: Service::Gprs,
            },
        };
        let month = interclear_primitives::period::Period::containing(MockClock::now());
        let of = |key, direction| {
            <Anchoring as Evidence>::is_of_line(&About::File(key), AGREEMENT, month, &line(direction))
        };
        assert!(!of(keys[0], Direction::FirstHome));
        assert!(of(keys[1], Direction::FirstHome));
        assert!(!of(keys[1], Direction::SecondHome));
    });
}
