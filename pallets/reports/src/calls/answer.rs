//! How the figures of a month become final: affirmed by the other side, or concluded.

use crate::{Config, Error, Event, Pallet, Reports};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, BoundedVec};
use interclear_billing::{closing::answer_report_by, reports::undisputed};
use interclear_ports::{Agreements, Clock, Operators, UsageBook};
use interclear_primitives::{
    journal::MonthStep,
    operator::Role,
    period::Period,
    report::{LineMatch, PairMonth, ReportLines, ReportOutcome, ReportSide, ReportedLine, UsageReports},
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_affirm_usage(who: &T::AccountId, pair: PairMonth, version: u32) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let theirs = Self::side_of(operator, &pair)?.other();
        let reports = Self::open_reports(&pair)?;
        let report = reports.side(theirs).as_ref().ok_or(Error::<T>::ReportNotFound)?;
        ensure!(report.version == version, Error::<T>::OtherReportVersion);
        let lines = Self::not_by_tap(&pair, report.lines.iter().copied(), |line| line.service);
        let lines = BoundedVec::truncate_from(lines);
        let agreement = reports.route.agreement;
        let billed_with = Self::bill(pair, reports, lines, ReportOutcome::Affirmed(theirs))?;
        let step = MonthStep::UsageAffirmed {
            pair,
            side: theirs,
            version,
        };
        T::Usage::note_step(agreement, billed_with, &step);
        Self::deposit_event(Event::UsageAffirmed {
            pair,
            side: theirs,
            version,
            agreement,
            billed_with,
        });
        Ok(())
    }

    pub(crate) fn do_conclude_usage(who: &T::AccountId, pair: PairMonth) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let side = Self::side_of(operator, &pair)?;
        let reports = Self::open_reports(&pair)?;
        let compared = Self::compared(&reports, pair.period);
        let compared = Self::not_by_tap(&pair, compared, |line| line.service);
        let disputed = compared
            .iter()
            .filter(|line| line.found != LineMatch::Agrees)
            .count() as u32;
        // By the visited network's figures what agrees is billed. Where it spoke last it does not take the whole tolerance at
        // once: the home network has not seen that.
        let at = |side| reports.side(side).as_ref().map(|report| report.reported_at);
        let spoke_last = side == ReportSide::Visited && at(side) >= at(side.other());
        let equal = compared.iter().all(|line| line.visited == line.home);
        let agreed = disputed == 0 && reports.visited.is_some() && reports.home.is_some();
        if !agreed || spoke_last && !equal {
            // The other side has had its time since it could read the figures that now count.
            let own = reports.side(side).as_ref().ok_or(Error::<T>::ReportNotFound)?;
            let terms = T::Agreements::usage_terms_in(reports.route.agreement, pair.period)
                .ok_or(Error::<T>::NoAgreement)?;
            let answered = reports.side(side.other()).is_some();
            let until = answer_report_by(&terms, pair.period, own.reported_at, answered);
            ensure!(T::Clock::now() >= until, Error::<T>::StillExpected);
        }
        let silent = reports.silent();
        let undisputed: Vec<_> = compared
            .iter()
            .filter_map(|line| undisputed(line, silent))
            .collect();
        // Nothing is disputed with who never said anything.
        let disputed = if silent.is_some() { 0 } else { disputed };
        // At most every service once.
        let lines = BoundedVec::truncate_from(undisputed);
        let agreement = reports.route.agreement;
        let billed_with = Self::bill(pair, reports, lines, ReportOutcome::Concluded { disputed })?;
        T::Usage::note_move(agreement, billed_with, operator);
        let step = MonthStep::UsageConcluded { pair, disputed };
        T::Usage::note_step(agreement, billed_with, &step);
        Self::deposit_event(Event::UsageConcluded {
            pair,
            disputed,
            agreement,
            billed_with,
        });
        Ok(())
    }

    /// Books the lines that bill, and ends the corrections. Answers with the month that bills them.
    fn bill(
        pair: PairMonth,
        mut reports: UsageReports,
        lines: ReportLines,
        outcome: ReportOutcome,
    ) -> Result<Period, DispatchError> {
        let totals: Vec<_> = lines.iter().map(ReportedLine::total).collect();
        let (agreement, noted) = (reports.route.agreement, reports.billed_with(pair.period));
        let had_come = reports.has_come();
        let billed_with = T::Usage::bill_report(&reports.route, pair.period, noted, &totals, reports.holds)?;
        if billed_with != noted {
            // The month that had waited for them was closed without them.
            (reports.late, reports.holds) = (Some(billed_with), false);
        }
        reports.outcome = Some(outcome);
        reports.billed = lines;
        if reports.has_come() && !had_come {
            T::Usage::note_expected(agreement, pair.period);
        }
        Reports::<T>::insert((agreement, pair.period), (pair.visited, pair.home), reports);
        Ok(billed_with)
    }

    /// The reports of a pair's month, which are open to corrections.
    fn open_reports(pair: &PairMonth) -> Result<UsageReports, DispatchError> {
        let reports = Self::reports_of(pair).ok_or(Error::<T>::ReportNotFound)?;
        ensure!(reports.outcome.is_none(), Error::<T>::ReportFinal);
        Ok(reports)
    }
}
