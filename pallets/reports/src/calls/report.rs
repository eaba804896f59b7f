//! A side's report of a month, and its corrections.

use super::services_of;
use crate::{Config, Error, Event, Pallet, ReportKey, Reports};
use frame_support::{dispatch::DispatchResult, ensure};
use interclear_billing::closing::{answer_report_by, holds, report_holds};
use interclear_ports::{Agreements, Clock, Operators, UsageBook};
use interclear_primitives::{
    bounds::{MAX_AMOUNT, MAX_QUANTITY},
    journal::MonthStep,
    operator::Role,
    report::{ComparedLine, LineMatch, PairMonth, ReportLines, ReportedLine, UsageReport, UsageReports},
    usage::MAX_AGE,
    Digest,
};

/// How many lines of a comparison have a result.
fn count(compared: &[ComparedLine], result: LineMatch) -> u32 {
    compared.iter().filter(|line| line.found == result).count() as u32
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_report_usage(
        who: &T::AccountId,
        pair: PairMonth,
        document: Digest,
        lines: ReportLines,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let now = T::Clock::now();
        let side = Self::side_of(operator, &pair)?;
        Self::check_lines(&lines)?;
        let end = pair.period.end();
        ensure!(now >= end, Error::<T>::PeriodNotOver);
        ensure!(end >= now.saturating_sub(MAX_AGE), Error::<T>::TooLongAgo);
        let route =
            T::Agreements::route(&pair.visited, &pair.home, pair.period).ok_or(Error::<T>::NoAgreement)?;
        let agreement = route.agreement;
        let key = ReportKey { agreement, pair };
        let known = Reports::<T>::get(key.month(), key.networks());
        // The other side's report was made in time, and so is what answers it.
        let answers = known
            .as_ref()
            .is_some_and(|reports| reports.side(side.other()).is_some());
        if !answers {
            // What the other side says is answered by who is suspended, too: what bills is the smaller of the two.
            T::Operators::ensure_active_role(who, Role::Clearing)?;
        }
        let billed_with = T::Usage::billed_with(agreement, pair.period, answers)?;
        let services = services_of(&lines);
        let flows = T::Agreements::flows(&route, pair.period);
        ensure!(
            flows.priced().contains_all(services),
            Error::<T>::ServiceNotAgreed
        );
        // Not even that there was no traffic is reported where nothing comes in reports.
        let reportable = !flows.reports.is_empty() && flows.reports.contains_all(services);
        ensure!(reportable, Error::<T>::FilesAgreed);
        Self::ensure_not_by_tap(&pair, services)?;

        let first = known.is_none();
        let terms = T::Agreements::usage_terms_in(agreement, pair.period).ok_or(Error::<T>::NoAgreement)?;
        let late = (billed_with != pair.period).then_some(billed_with);
        let mut reports = known.unwrap_or_else(|| {
            let expected = flows.expects_reports();
            let holds = match late {
                None => report_holds(&terms, pair.period, now),
                // Nobody waits in the month that bills it for a report of another month.
                Some(_) => T::Agreements::closing_terms(agreement, billed_with)
                    .is_some_and(|terms| holds(&terms, billed_with, now)),
            };
            UsageReports::new(route, expected, holds)
        });
        ensure!(reports.outcome.is_none(), Error::<T>::ReportFinal);
        let earlier = reports.side(side).as_ref();
        // Once the other side may conclude, nothing is slipped in before it does.
        let overdue = reports.side(side.other()).as_ref().is_some_and(|theirs| {
            now >= answer_report_by(&terms, pair.period, theirs.reported_at, earlier.is_some())
        });
        ensure!(!overdue, Error::<T>::AnswerOverdue);
        // Another document behind the same figures corrects nothing, and gives nobody new time to answer.
        let unchanged = earlier.is_some_and(|earlier| earlier.lines == lines);
        ensure!(!unchanged, Error::<T>::ReportUnchanged);
        let version = earlier.map_or(0, |earlier| earlier.version).saturating_add(1);

        if first {
            reports.late = late;
            T::Usage::open_report(agreement, billed_with, reports.holds)?;
            Self::keep(key, now);
        }
        let had_come = reports.has_come();
        T::Usage::note_move(agreement, billed_with, operator);
        let report = UsageReport {
            version,
            document,
            lines,
            reported_at: now,
        };
        let digest = report.digest();
        let step = MonthStep::UsageReported {
            pair,
            side,
            version,
            digest,
        };
        T::Usage::note_step(agreement, billed_with, &step);
        *reports.side_mut(side) = Some(report);
        if reports.has_come() && !had_come {
            T::Usage::note_expected(agreement, pair.period);
        }
        Reports::<T>::insert(key.month(), key.networks(), &reports);
        Self::deposit_event(Event::UsageReported {
            pair,
            side,
            version,
            agreement,
            billed_with,
            digest,
        });
        if reports.side(side.other()).is_some() {
            let compared = Self::compared(&reports, pair.period);
            Self::deposit_event(Event::UsageCompared {
                pair,
                agreeing: count(&compared, LineMatch::Agrees),
                differing: count(&compared, LineMatch::Differs),
                missing_at_home: count(&compared, LineMatch::MissingAtHome),
                missing_at_visited: count(&compared, LineMatch::MissingAtVisited),
            });
        }
        Ok(())
    }

    /// Lines are by ascending service, each once; none is negative or above its bound, and none says nothing.
    fn check_lines(lines: &[ReportedLine]) -> Result<(), Error<T>> {
        ensure!(
            lines.is_sorted_by(|a, b| a.service < b.service),
            Error::LinesNotSorted
        );
        for line in lines {
            let amounts = [line.charge.clear_unsigned()?, line.tax.clear_unsigned()?];
            ensure!(line.quantity <= MAX_QUANTITY, Error::MaxQuantityExceeded);
            ensure!(
                amounts.iter().all(|amount| *amount <= MAX_AMOUNT),
                Error::MaxAmountExceeded
            );
            ensure!(line.quantity > 0 || amounts != [0, 0], Error::LinesNotSorted);
        }
        Ok(())
    }
}
