//! Usage reports (billing and charging evolution, BCE): each side's totals of a month for a pair of networks, how they are
//! compared, and what bills of them.

use crate::{
    Digest, Moment, Period, Route, SeriesKey, Service, ServiceSet, ServiceTotal, Stream, Tadig, Tolerance,
    Value,
};
use alloc::vec::Vec;
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// Lines of a report, at most: every service once.
pub type MaxReportLines = ConstU32<{ Service::COUNT }>;

/// The lines of a report, by rising service.
pub type ReportLines = BoundedVec<ReportedLine, MaxReportLines>;

/// The traffic of one home network's subscribers in one visited network in a month.
#[record(Copy, Ord)]
pub struct PairMonth {
    /// Visited network (VPMN), the creditor.
    pub visited: Tadig,
    /// Home network (HPMN), the debtor.
    pub home: Tadig,
    /// The month.
    pub period: Period,
}

impl PairMonth {
    /// The billable TAP files of the pair; they bill to more months than this one.
    pub const fn series(&self) -> SeriesKey {
        SeriesKey {
            sender: self.visited,
            recipient: self.home,
            stream: Stream::Tap,
            test: false,
        }
    }
}

/// Who reports.
#[record(Copy, snake_case)]
pub enum ReportSide {
    /// The visited network, which is paid.
    Visited,
    /// The home network, which pays.
    Home,
}

impl ReportSide {
    /// The other side.
    pub const fn other(self) -> Self {
        match self {
            Self::Visited => Self::Home,
            Self::Home => Self::Visited,
        }
    }
}

/// One service of a report.
#[record(Copy)]
pub struct ReportedLine {
    /// The service.
    pub service: Service,
    /// In 10^-6 of the unit of the service.
    pub quantity: u128,
    /// Charge at published tariffs before tax, in 10^-6 of the usage currency.
    pub charge: Value,
    /// Tax, in 10^-6 of the usage currency.
    pub tax: Value,
}

impl ReportedLine {
    /// What it adds to a running total. A report knows no records.
    pub const fn total(&self) -> ServiceTotal {
        ServiceTotal {
            service: self.service,
            records: 0,
            quantity: self.quantity,
            charge: self.charge,
            tax: self.tax,
        }
    }

    /// The smaller of the two sides' figures, each for itself.
    fn smaller(&self, other: &Self) -> Self {
        let smaller = |a: Value, b: Value| match (a.clear_unsigned(), b.clear_unsigned()) {
            (Ok(x), Ok(y)) if y < x => b,
            _ => a,
        };
        Self {
            service: self.service,
            quantity: self.quantity.min(other.quantity),
            charge: smaller(self.charge, other.charge),
            tax: smaller(self.tax, other.tax),
        }
    }
}

/// What one side says, in its newest version.
#[record]
pub struct UsageReport {
    /// 1 for the first report, and one more with each correction.
    pub version: u32,
    /// Blake2b-256 of the document with the details behind the figures.
    pub document: Digest,
    /// Its lines, by rising service; none if there was no traffic.
    pub lines: ReportLines,
    /// When this version was reported, by the chain's clock.
    pub reported_at: Moment,
}

/// How the figures of a pair's month became final.
#[record(Copy, snake_case)]
pub enum ReportOutcome {
    /// The other side has accepted the figures of this side.
    Affirmed(ReportSide),
    /// What is undisputed bills; so many lines differ or are missing at one side.
    Concluded {
        /// The lines left to a dispute.
        disputed: u32,
    },
}

/// Both sides' reports of a pair's month.
#[record]
pub struct UsageReports {
    /// Under what the usage bills.
    pub route: Route,
    /// What the visited network says.
    pub visited: Option<UsageReport>,
    /// What the home network says.
    pub home: Option<UsageReport>,
    /// How it ended; `None` while it is open to corrections.
    pub outcome: Option<ReportOutcome>,
    /// What bills, once it has ended.
    pub billed: ReportLines,
}

impl UsageReports {
    /// No reports yet.
    pub fn new(route: Route) -> Self {
        Self {
            route,
            visited: None,
            home: None,
            outcome: None,
            billed: Default::default(),
        }
    }

    /// What a side says.
    pub const fn side(&self, side: ReportSide) -> &Option<UsageReport> {
        match side {
            ReportSide::Visited => &self.visited,
            ReportSide::Home => &self.home,
        }
    }

    /// As [`UsageReports::side`], to be changed.
    pub const fn side_mut(&mut self, side: ReportSide) -> &mut Option<UsageReport> {
        match side {
            ReportSide::Visited => &mut self.visited,
            ReportSide::Home => &mut self.home,
        }
    }

    /// The services that settle by report: those that bill, or before the end those that the visited network reports. A
    /// home network's report alone decides nothing.
    pub fn services(&self) -> ServiceSet {
        let lines = match (&self.outcome, &self.visited) {
            (Some(_), _) => &self.billed,
            (None, Some(report)) => &report.lines,
            (None, None) => return ServiceSet::default(),
        };
        lines.iter().map(|line| line.service).collect()
    }

    /// Compares the two sides line by line, by rising service.
    pub fn compare(&self, tolerances: &[(Service, Tolerance)]) -> Vec<ComparedLine> {
        let lines = |report: &Option<UsageReport>| {
            report
                .as_ref()
                .map_or_else(Vec::new, |report| report.lines.to_vec())
        };
        compare_reports(&lines(&self.visited), &lines(&self.home), tolerances)
    }
}

/// How the two sides' figures of a service compare.
#[record(Copy, Ord, snake_case)]
pub enum LineMatch {
    /// The figures are within the tolerance of each other.
    Agrees,
    /// They are not.
    Differs,
    /// The home network does not have the service.
    MissingAtHome,
    /// The visited network does not have the service.
    MissingAtVisited,
}

/// A service in the comparison of two reports.
#[record(Copy)]
pub struct ComparedLine {
    /// The service.
    pub service: Service,
    /// The visited network's figures.
    pub visited: Option<ReportedLine>,
    /// The home network's figures.
    pub home: Option<ReportedLine>,
    /// How they compare.
    pub found: LineMatch,
}

impl ComparedLine {
    /// What of the line nobody disputes: what agrees, by the figures of the visited network, which invoices; of what
    /// differs the smaller figures. What is missing at the home network bills only if this never reported at all.
    pub fn undisputed(&self, home_is_silent: bool) -> Option<ReportedLine> {
        match (self.found, self.visited, self.home) {
            (LineMatch::Agrees, visited, _) => visited,
            (LineMatch::Differs, Some(visited), Some(home)) => Some(visited.smaller(&home)),
            (LineMatch::MissingAtHome, visited, _) if home_is_silent => visited,
            _ => None,
        }
    }
}

impl Tolerance {
    /// The difference that is accepted beside a larger quantity: the absolute one or the share of it, whichever is more.
    pub fn accepted(&self, larger: u128) -> u128 {
        self.absolute.max(share(larger, u128::from(self.ppm), 1_000_000))
    }

    /// Whether two lines of a service agree. Charge and tax may differ in the proportion in which the quantity may.
    pub fn accepts(&self, a: &ReportedLine, b: &ReportedLine) -> bool {
        let larger = a.quantity.max(b.quantity);
        let accepted = self.accepted(larger);
        let near = |x: Value, y: Value| match (x.clear_unsigned(), y.clear_unsigned()) {
            (Ok(x), Ok(y)) => {
                let allowed = match larger {
                    0 => share(x.max(y), u128::from(self.ppm), 1_000_000),
                    larger => share(x.max(y), accepted, larger),
                };
                x.abs_diff(y) <= allowed
            }
            _ => x == y,
        };
        a.quantity.abs_diff(b.quantity) <= accepted && near(a.charge, b.charge) && near(a.tax, b.tax)
    }
}

/// `whole * part / of`, rounded down; all of `u128` where it does not fit.
fn share(whole: u128, part: u128, of: u128) -> u128 {
    multiply_by_rational_with_rounding(whole, part, of, Rounding::Down).unwrap_or(u128::MAX)
}

/// Compares two sides' lines, each by rising service. A service without a tolerance must be equal.
pub fn compare_reports(
    visited: &[ReportedLine],
    home: &[ReportedLine],
    tolerances: &[(Service, Tolerance)],
) -> Vec<ComparedLine> {
    let of = |lines: &[ReportedLine], service| lines.iter().find(|line| line.service == service).copied();
    let tolerance = |service| {
        tolerances
            .iter()
            .find(|(known, _)| *known == service)
            .map_or_else(Tolerance::default, |(_, tolerance)| *tolerance)
    };
    let one = |service: Service| {
        let (visited, home) = (of(visited, service), of(home, service));
        let found = match (&visited, &home) {
            (Some(a), Some(b)) if tolerance(service).accepts(a, b) => LineMatch::Agrees,
            (Some(_), Some(_)) => LineMatch::Differs,
            (Some(_), None) => LineMatch::MissingAtHome,
            (None, Some(_)) => LineMatch::MissingAtVisited,
            (None, None) => return None,
        };
        Some(ComparedLine {
            service,
            visited,
            home,
            found,
        })
    };
    Service::ALL.iter().filter_map(|service| one(*service)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(service: Service, quantity: u128, charge: i128) -> ReportedLine {
        ReportedLine {
            service,
            quantity,
            charge: Value::Clear(charge),
            tax: Value::ZERO,
        }
    }

    fn found(visited: &[ReportedLine], home: &[ReportedLine], tolerance: Tolerance) -> Vec<LineMatch> {
        let tolerances: Vec<_> = Service::ALL.iter().map(|service| (*service, tolerance)).collect();
        compare_reports(visited, home, &tolerances)
            .into_iter()
            .map(|line| line.found)
            .collect()
    }

    const ONE_PERCENT: Tolerance = Tolerance {
        absolute: 0,
        ppm: 10_000,
    };

    #[test]
    fn every_service_of_either_side_has_one_result() {
        let visited = [line(Service::Mtc, 100, 100), line(Service::Gprs, 1_000, 5_000)];
        let home = [line(Service::Mtc, 98, 98), line(Service::SmsMo, 3, 30)];
        use LineMatch::*;
        let mut results = found(&visited, &home, ONE_PERCENT);
        results.sort();
        assert_eq!(results, [Differs, MissingAtHome, MissingAtVisited]);
        assert_eq!(found(&visited, &visited, Tolerance::default()), [Agrees, Agrees]);
        assert_eq!(found(&[], &[], ONE_PERCENT), []);
    }

    #[test]
    fn the_larger_of_both_tolerances_counts_to_the_last_unit() {
        let tolerance = |absolute, ppm| Tolerance { absolute, ppm };
        for (a, b, tolerance, agrees) in [
            (1_000_000, 990_000, ONE_PERCENT, true),
            (1_000_000, 989_999, ONE_PERCENT, false),
            (989_999, 1_000_000, ONE_PERCENT, false),
            (1_000, 990, tolerance(10, 0), true),
            (1_000, 989, tolerance(10, 0), false),
            (1_000, 989, tolerance(10, 11_000), true),
            (u128::MAX, 0, tolerance(u128::MAX, 0), true),
            (u128::MAX, 1, ONE_PERCENT, false),
            (0, 0, tolerance(0, 0), true),
        ] {
            let (a, b) = (line(Service::Gprs, a, 0), line(Service::Gprs, b, 0));
            assert_eq!(tolerance.accepts(&a, &b), agrees, "{a:?} {b:?} {tolerance:?}");
        }
    }

    #[test]
    fn charges_may_differ_as_quantities_may() {
        let visited = line(Service::Mtc, 1_000, 50_000);
        let absolute = Tolerance { absolute: 10, ppm: 0 };
        for (charge, agrees) in [(49_500, true), (49_499, false), (50_505, true), (50_506, false)] {
            assert_eq!(
                absolute.accepts(&visited, &line(Service::Mtc, 995, charge)),
                agrees,
                "{charge}"
            );
        }
        // Without a quantity the share of the charge itself counts.
        let fee = |charge| line(Service::Mtc, 0, charge);
        assert!(ONE_PERCENT.accepts(&fee(1_000), &fee(990)) && !ONE_PERCENT.accepts(&fee(1_000), &fee(989)));
    }

    #[test]
    fn what_is_undisputed_is_never_more_than_either_side_says() {
        let visited = [line(Service::Mtc, 100, 90), line(Service::Gprs, 50, 70)];
        let home = [line(Service::Mtc, 80, 95)];
        let compared = compare_reports(&visited, &home, &[]);
        let bills = |silent| -> Vec<_> {
            compared
                .iter()
                .filter_map(|line| line.undisputed(silent))
                .collect()
        };
        assert_eq!(bills(false), [line(Service::Mtc, 80, 90)]);
        let silent = compare_reports(&visited, &[], &[]);
        let all: Vec<_> = silent.iter().filter_map(|line| line.undisputed(true)).collect();
        assert_eq!(all, visited);
    }

    proptest! {
        #[test]
        fn both_orders_compare_alike(
            a in (0u128..=u128::MAX, 0i128..i128::MAX),
            b in (0u128..=u128::MAX, 0i128..i128::MAX),
            absolute in any::<u128>(),
            ppm in 0u32..=1_000_000,
        ) {
            let tolerance = Tolerance { absolute, ppm };
            let (a, b) = (line(Service::Gprs, a.0, a.1), line(Service::Gprs, b.0, b.1));
            prop_assert_eq!(tolerance.accepts(&a, &b), tolerance.accepts(&b, &a));
            prop_assert!(tolerance.accepts(&a, &a));
        }
    }
}
