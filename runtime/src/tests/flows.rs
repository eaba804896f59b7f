//! TAP files and usage reports of the same networks and month, each in its own pallet: no service settles in both.

use super::{
    group::{anchor, begin, by, set_clock, AGREEMENT, PARTIES},
    preset,
};
use crate::{Anchoring, Reports, Runtime};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use interclear_primitives::{
    batch::ServiceTotal,
    ids::OperatorId,
    money::Value,
    period::Period,
    report::{PairMonth, ReportedLine},
    samples,
    series::BatchKey,
    service::Service::{self, Gprs, Mtc},
    Moment, DAY,
};
use sp_runtime::DispatchResult;

type Filed = pallet_anchoring::Error<Runtime>;
type Reported = pallet_reports::Error<Runtime>;

const MONTH: Period = Period(202_601);
/// Subscribers of the first party in the second party's network, which sends the files.
const PAIR: PairMonth = PairMonth {
    visited: samples::SECOND,
    home: samples::FIRST,
    period: MONTH,
};
const HOME: OperatorId = PARTIES[0];
const VISITED: OperatorId = PARTIES[1];

/// A file of the month with one service.
fn file(sequence: u32, service: Service) -> DispatchResult {
    file_until(sequence, service, MONTH.start() + 20 * DAY)
}

/// A file with one service, and its cut-off.
fn file_until(sequence: u32, service: Service, cut_off: Moment) -> DispatchResult {
    let total = ServiceTotal {
        service,
        records: 1,
        quantity: 10,
        charge: Value::Clear(100),
        tax: Value::ZERO,
    };
    let key = BatchKey {
        series: PAIR.series(),
        sequence,
    };
    Anchoring::anchor(by(VISITED), anchor(key, total, cut_off))
}

fn report(who: OperatorId, services: &[Service]) -> DispatchResult {
    report_of(who, MONTH, services)
}

/// A report of a month.
fn report_of(who: OperatorId, period: Period, services: &[Service]) -> DispatchResult {
    let line = |service: &Service| ReportedLine {
        service: *service,
        quantity: 7,
        charge: Value::Clear(70),
        tax: Value::ZERO,
    };
    let mut lines: Vec<_> = services.iter().map(line).collect();
    lines.sort_by_key(|line| line.service);
    let pair = PairMonth { period, ..PAIR };
    Reports::report_usage(by(who), pair, [1; 32], BoundedVec::truncate_from(lines))
}

/// Running totals of the month by service: records and charge.
fn totals() -> Vec<(Service, u64, Value)> {
    let mut totals: Vec<_> = Anchoring::usage(AGREEMENT, MONTH)
        .into_iter()
        .map(|(key, total)| (key.service, total.records, total.charge))
        .collect();
    totals.sort_by_key(|(service, ..)| *service);
    totals
}

/// A chain on which the month is over and nothing has come.
fn execute(test: impl FnOnce()) {
    preset("development").execute_with(|| {
        set_clock(MONTH.start() - 10 * DAY);
        begin(&samples::terms(MONTH, Period(202_612)));
        set_clock(MONTH.end() + 3_600);
        test();
    });
}

#[test]
fn report_should_be_refused_when_a_file_has_the_service() {
    execute(|| {
        assert_ok!(file(1, Gprs));
        for who in [HOME, VISITED] {
            assert_noop!(report(who, &[Gprs, Mtc]), Reported::SettledByTap);
        }
        assert_ok!(report(VISITED, &[Mtc]));
        assert_ok!(Reports::affirm_usage(by(HOME), PAIR, 1));
        let mut expected = vec![(Gprs, 1, Value::Clear(100)), (Mtc, 0, Value::Clear(70))];
        expected.sort_by_key(|(service, ..)| *service);
        assert_eq!(totals(), expected);
        // What was billed by report comes in no file any more.
        assert_noop!(file(2, Mtc), Filed::SettledByReport);
    });
}

#[test]
fn file_should_be_refused_when_the_visited_network_has_reported_the_service() {
    execute(|| {
        assert_ok!(report(VISITED, &[Mtc]));
        assert_noop!(file(1, Mtc), Filed::SettledByReport);
        // A correction without the service frees it.
        assert_ok!(report(VISITED, &[]));
        assert_ok!(file(1, Mtc));
        assert_eq!(totals(), [(Mtc, 1, Value::Clear(100))]);
    });
}

#[test]
fn files_should_come_when_only_the_home_network_has_reported() {
    execute(|| {
        assert_ok!(report(HOME, &[Gprs]));
        assert_ok!(file(1, Gprs));
        let waiting = Anchoring::period_usage(AGREEMENT, MONTH);
        assert_eq!(
            (waiting.reports, waiting.open_reports, waiting.pending_reports),
            (1, 1, 1)
        );
        // Affirmed, it bills what has not come in files: nothing.
        assert_ok!(Reports::affirm_usage(by(VISITED), PAIR, 1));
        let concluded = Anchoring::period_usage(AGREEMENT, MONTH);
        assert_eq!(
            (
                concluded.reports,
                concluded.open_reports,
                concluded.pending_reports
            ),
            (1, 0, 0)
        );
        assert_eq!(totals(), [(Gprs, 1, Value::Clear(100))]);
    });
}

#[test]
fn a_report_should_be_of_the_same_month_as_a_file_when_the_cut_off_is_at_the_end_of_the_month() {
    execute(|| {
        assert_ok!(file_until(1, Gprs, MONTH.end() - 1));
        assert_ok!(file_until(2, Mtc, MONTH.end()));
        // What the file of the last second has brought is not reported of this month, what that of the next second has is.
        assert_noop!(report(VISITED, &[Gprs]), Reported::SettledByTap);
        assert_ok!(report(VISITED, &[Mtc]));
        assert_ok!(Reports::affirm_usage(by(HOME), PAIR, 1));
        let mut expected = vec![(Gprs, 1, Value::Clear(100)), (Mtc, 0, Value::Clear(70))];
        expected.sort_by_key(|(service, ..)| *service);
        assert_eq!(totals(), expected);
        // Of the next month it is the other way round, once that is over, too.
        let next = MONTH.next();
        assert_noop!(report_of(VISITED, next, &[Gprs]), Reported::PeriodNotOver);
        set_clock(next.end() - 1);
        assert_noop!(report_of(VISITED, next, &[Gprs]), Reported::PeriodNotOver);
        set_clock(next.end());
        assert_noop!(report_of(VISITED, next, &[Mtc]), Reported::SettledByTap);
        assert_ok!(report_of(VISITED, next, &[Gprs]));
    });
}
