//! Usage reports (BCE): both sides' totals of a month, compared, corrected, and settled.

use crate::{
    books::{Books, Side},
    checks,
    types::{Booking, Kept},
    Config, Error, Event, Pallet, Reports, Sequences,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, BoundedVec};
use interclear_billing::reports::{compare, undisputed};
use interclear_ports::{Agreements, Operators};
use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    operator::Role,
    period::Period,
    report::{
        ComparedLine, LineMatch, PairMonth, ReportLines, ReportOutcome, ReportSide, ReportedLine,
        UsageReport, UsageReports,
    },
    service::ServiceSet,
    Digest,
};

/// The services of lines.
fn services_of(lines: &[ReportedLine]) -> ServiceSet {
    lines.iter().map(|line| line.service).collect()
}

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
        let operator = T::Operators::ensure_active_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let side = Self::reporting_side(&mut books, operator, &pair)?;
        checks::report::<T>(&lines)?;
        ensure!(books.now() >= pair.period.end(), Error::<T>::PeriodNotOver);
        ensure!(
            !checks::is_too_old(pair.period.end(), books.now()),
            Error::<T>::TooLongAgo
        );
        let route =
            T::Agreements::route(&pair.visited, &pair.home, pair.period).ok_or(Error::<T>::NoAgreement)?;
        let month = (route.agreement, pair.period);
        books.ensure_open(Some(month))?;
        let services = services_of(&lines);
        let priced = T::Agreements::priced(&route, pair.period);
        ensure!(priced.contains_all(services), Error::<T>::ServiceNotAgreed);
        Self::ensure_not_by_tap(&pair, services)?;

        let known = Reports::<T>::get(month, (pair.visited, pair.home));
        let first = known.is_none();
        let mut reports = known.unwrap_or_else(|| UsageReports::new(route));
        ensure!(reports.outcome.is_none(), Error::<T>::ReportSettled);
        let earlier = reports.side(side).as_ref();
        let unchanged = earlier.is_some_and(|earlier| earlier.document == document && earlier.lines == lines);
        ensure!(!unchanged, Error::<T>::ReportUnchanged);
        let version = earlier.map_or(0, |earlier| earlier.version).saturating_add(1);

        if first {
            books.change_month(Some(month), |usage| {
                usage.reports = usage.reports.saturating_add(1);
                usage.open_reports = usage.open_reports.saturating_add(1);
            });
            books.keep(Kept::Reports(pair));
        }
        *reports.side_mut(side) = Some(UsageReport {
            version,
            document,
            lines,
            reported_at: books.now(),
        });
        Reports::<T>::insert(month, (pair.visited, pair.home), &reports);
        books.close();
        Self::deposit_event(Event::UsageReported { pair, side, version });
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

    pub(crate) fn do_affirm_usage(who: &T::AccountId, pair: PairMonth, version: u32) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let theirs = Self::reporting_side(&mut books, operator, &pair)?.other();
        let reports = Self::open_reports(&mut books, &pair)?;
        let report = reports.side(theirs).as_ref().ok_or(Error::<T>::ReportNotFound)?;
        ensure!(report.version == version, Error::<T>::OtherReportVersion);
        let lines = report.lines.clone();
        Self::settle(books, pair, reports, lines, ReportOutcome::Affirmed(theirs))?;
        Self::deposit_event(Event::UsageAffirmed {
            pair,
            side: theirs,
            version,
        });
        Ok(())
    }

    pub(crate) fn do_conclude_usage(who: &T::AccountId, pair: PairMonth) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut books = Books::<T>::open();
        let side = Self::reporting_side(&mut books, operator, &pair)?;
        let reports = Self::open_reports(&mut books, &pair)?;
        let compared = Self::compared(&reports, pair.period);
        let disputed = compared
            .iter()
            .filter(|line| line.found != LineMatch::Agrees)
            .count() as u32;
        let agreed = disputed == 0 && reports.visited.is_some() && reports.home.is_some();
        if !agreed {
            // The other side has had its time since it could read the figures that now count.
            let own = reports.side(side).as_ref().ok_or(Error::<T>::ReportNotFound)?;
            let terms = T::Agreements::usage_terms_in(reports.route.agreement, pair.period)
                .ok_or(Error::<T>::NoAgreement)?;
            let until = terms.silence_closes(pair.period, own.reported_at);
            ensure!(books.now() >= until, Error::<T>::StillExpected);
        }
        let silent = reports.home.is_none();
        let undisputed: Vec<_> = compared
            .iter()
            .filter_map(|line| undisputed(line, silent))
            .collect();
        // Nothing is disputed with who never said anything.
        let disputed = if silent { 0 } else { disputed };
        // At most every service once.
        let lines = BoundedVec::truncate_from(undisputed);
        Self::settle(books, pair, reports, lines, ReportOutcome::Concluded { disputed })?;
        Self::deposit_event(Event::UsageConcluded { pair, disputed });
        Ok(())
    }

    /// Books the lines that bill, and ends the corrections.
    fn settle(
        mut books: Books<T>,
        pair: PairMonth,
        mut reports: UsageReports,
        lines: ReportLines,
        outcome: ReportOutcome,
    ) -> Result<(), Error<T>> {
        let month = (reports.route.agreement, pair.period);
        // What the visited network has not reported may have come by TAP meanwhile.
        Self::ensure_not_by_tap(&pair, services_of(&lines))?;
        let parts = lines.iter().map(ReportedLine::total);
        let totals = books.rebook(&reports.route, pair.period, parts, Booking::Add)?;
        books.set_totals(totals);
        books.change_month(Some(month), |usage| {
            usage.open_reports = usage.open_reports.saturating_sub(1);
        });
        reports.outcome = Some(outcome);
        reports.billed = lines;
        Reports::<T>::insert(month, (pair.visited, pair.home), reports);
        books.close();
        Ok(())
    }

    /// The reports of a pair's month, which are open to corrections.
    fn open_reports(books: &mut Books<T>, pair: &PairMonth) -> Result<UsageReports, Error<T>> {
        let reports = Self::reports_of(pair).ok_or(Error::ReportNotFound)?;
        ensure!(reports.outcome.is_none(), Error::ReportSettled);
        books.ensure_open(Some((reports.route.agreement, pair.period)))?;
        Ok(reports)
    }

    /// None of the services has come in a TAP file.
    fn ensure_not_by_tap(pair: &PairMonth, services: ServiceSet) -> Result<(), Error<T>> {
        let by_tap = Sequences::<T>::get(pair.series()).services(pair.period);
        ensure!(!by_tap.overlaps(services), Error::SettledByTap);
        Ok(())
    }

    /// On which side of a pair the operator reports.
    fn reporting_side(
        books: &mut Books<T>,
        operator: OperatorId,
        pair: &PairMonth,
    ) -> Result<ReportSide, Error<T>> {
        Ok(match books.side(operator, &pair.series())? {
            Side::Sender => ReportSide::Visited,
            Side::Recipient => ReportSide::Home,
        })
    }

    fn compared(reports: &UsageReports, period: Period) -> Vec<ComparedLine> {
        compare(reports, &T::Agreements::tolerances(&reports.route, period))
    }

    fn reports_of(pair: &PairMonth) -> Option<UsageReports> {
        let route = T::Agreements::route(&pair.visited, &pair.home, pair.period)?;
        Reports::<T>::get((route.agreement, pair.period), (pair.visited, pair.home))
    }

    /// Both sides' reports of a pair's month with their comparison, until they are evicted.
    pub fn usage_reports(pair: PairMonth) -> Option<(UsageReports, Vec<ComparedLine>)> {
        let reports = Self::reports_of(&pair)?;
        let compared = Self::compared(&reports, pair.period);
        Some((reports, compared))
    }

    /// The pairs for which usage has been reported in an agreement's month, in order.
    pub fn reported_pairs(agreement: AgreementId, period: Period) -> Vec<PairMonth> {
        let mut pairs: Vec<_> = Reports::<T>::iter_key_prefix((agreement, period))
            .map(|(visited, home)| PairMonth {
                visited,
                home,
                period,
            })
            .collect();
        pairs.sort_unstable();
        pairs
    }
}
