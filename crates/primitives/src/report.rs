//! Usage reports (billing and charging evolution, BCE): each side's totals of a month for a pair of networks, how they
//! are compared, and what bills of them.

use crate::{
    agreement::Route,
    batch::ServiceTotal,
    money::Value,
    period::Period,
    series::{SeriesKey, Stream},
    service::{Service, ServiceSet},
    tadig::Tadig,
    Digest, Moment,
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::Encode;
use interclear_record::record;

/// Lines of a report, at most: every service once.
pub type MaxReportLines = ConstU32<{ Service::COUNT }>;

/// The lines of a report, by ascending service, each once.
pub type ReportLines = BoundedVec<ReportedLine, MaxReportLines>;

/// The traffic of one home network's subscribers in one visited network in a month.
#[record(Copy, Ord)]
pub struct PairMonth {
    /// Visited network (VPMN), the creditor.
    pub visited: Tadig,
    /// Home network (HPMN), the debtor.
    pub home: Tadig,
    /// The month to which the usage bills, by the rule for files: in which their transfer cut-off lies, or would lie.
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

impl SeriesKey {
    /// The pair of its sender and recipient in a month, for which usage is reported.
    pub const fn pair(&self, period: Period) -> PairMonth {
        PairMonth {
            visited: self.sender,
            home: self.recipient,
            period,
        }
    }
}

/// The side of a pair that reports.
#[record(Copy, snake_case)]
pub enum ReportSide {
    /// The visited network, which is paid.
    Visited,
    /// The home network, which pays.
    Home,
}

impl ReportSide {
    /// The side that answers a report of this one.
    pub const fn other(self) -> Self {
        match self {
            Self::Visited => Self::Home,
            Self::Home => Self::Visited,
        }
    }
}

/// The totals of one service in a report.
#[record(Copy)]
pub struct ReportedLine {
    /// What was used; each service once in a report.
    pub service: Service,
    /// In 10^-6 of the unit of the service.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub quantity: u128,
    /// Charge at published tariffs before tax, in 10^-6 of the usage currency.
    pub charge: Value,
    /// Tax, in 10^-6 of the usage currency.
    pub tax: Value,
}

impl ReportedLine {
    /// What it adds to a running total. A report does not count records.
    pub const fn total(&self) -> ServiceTotal {
        ServiceTotal {
            service: self.service,
            records: 0,
            quantity: self.quantity,
            charge: self.charge,
            tax: self.tax,
        }
    }
}

/// The newest report of one side.
#[record]
pub struct UsageReport {
    /// 1 for the first report, and one more with each correction.
    pub version: u32,
    /// Blake2b-256 of the document with the details behind the figures.
    pub document: Digest,
    /// Its lines, by ascending service, each once; none if there was no traffic.
    pub lines: ReportLines,
    /// When this version was reported, by the chain's clock.
    pub reported_at: Moment,
}

impl UsageReport {
    /// What stands for its content in the running digest of the month: Blake2b-256 of the encoded digest of the document and the lines.
    pub fn digest(&self) -> Digest {
        (self.document, &self.lines).using_encoded(sp_crypto_hashing::blake2_256)
    }
}

/// How the figures of a pair's month became final.
#[record(Copy, snake_case)]
pub enum ReportOutcome {
    /// The other side has accepted the figures of this side.
    Affirmed(ReportSide),
    /// What is undisputed bills; so many lines differ or are missing at one side.
    Concluded {
        /// Number of services left to a dispute.
        disputed: u32,
    },
}

/// Both sides' reports of a pair's month.
#[record]
pub struct UsageReports {
    /// Agreement, direction and group that the usage bills to.
    pub route: Route,
    /// The month that bills it where its own was closed when the first report came, or before the figures became final;
    /// `None` where that is its own.
    pub late: Option<Period>,
    /// The visited network's report, if it has made one.
    pub visited: Option<UsageReport>,
    /// The home network's report, if it has made one.
    pub home: Option<UsageReport>,
    /// How the figures became final; `None` while they may be corrected.
    pub outcome: Option<ReportOutcome>,
    /// What bills once the figures are final; empty before.
    pub billed: ReportLines,
    /// Whether the agreement expects the pair to report.
    pub expected: bool,
    /// Whether the month waits for the figures: the first report came within its closing days, or the days to report.
    pub holds: bool,
}

impl UsageReports {
    /// A month for which neither side has reported.
    pub fn new(route: Route, expected: bool, holds: bool) -> Self {
        Self {
            route,
            expected,
            holds,
            late: None,
            visited: None,
            home: None,
            outcome: None,
            billed: Default::default(),
        }
    }

    /// The month that bills them and waits for their final figures, if they are of the month `period`: that one, or for late
    /// usage a later one.
    pub fn billed_with(&self, period: Period) -> Period {
        self.late.unwrap_or(period)
    }

    /// The report of a side, if it has made one.
    pub const fn side(&self, side: ReportSide) -> &Option<UsageReport> {
        match side {
            ReportSide::Visited => &self.visited,
            ReportSide::Home => &self.home,
        }
    }

    /// As [`UsageReports::side`], for changing it.
    pub const fn side_mut(&mut self, side: ReportSide) -> &mut Option<UsageReport> {
        match side {
            ReportSide::Visited => &mut self.visited,
            ReportSide::Home => &mut self.home,
        }
    }

    /// The side that has not reported, while the other one has.
    pub const fn silent(&self) -> Option<ReportSide> {
        match (&self.visited, &self.home) {
            (Some(_), None) => Some(ReportSide::Home),
            (None, Some(_)) => Some(ReportSide::Visited),
            _ => None,
        }
    }

    /// Whether what was expected has come in time for its month: the creditor's report, or figures that are final without it.
    pub const fn has_come(&self) -> bool {
        self.expected && self.late.is_none() && (self.visited.is_some() || self.outcome.is_some())
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
}

/// How the two sides' figures of a service compare.
#[record(Copy, Ord, snake_case)]
pub enum LineMatch {
    /// The figures are within the tolerance of each other.
    Agrees,
    /// At least one figure is outside the tolerance.
    Differs,
    /// The home network does not report the service.
    MissingAtHome,
    /// The visited network does not report the service.
    MissingAtVisited,
}

/// A service in the comparison of two reports.
#[record(Copy)]
pub struct ComparedLine {
    /// What was used; each service once in a report.
    pub service: Service,
    /// The visited network's figures, if it reports the service.
    pub visited: Option<ReportedLine>,
    /// The home network's figures, if it reports the service.
    pub home: Option<ReportedLine>,
    /// Whether they agree by the tolerance of the service, or what is missing.
    pub found: LineMatch,
}
