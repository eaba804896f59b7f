//! Roaming agreements: terms, versions and state.

use crate::{
    ids::OperatorId,
    increment::Increment,
    money::Currency,
    netting::Issuers,
    payment::days,
    period::Period,
    service::{Service, ServiceSet},
    span::{Accounted, Months, Span},
    tadig::Tadig,
    Digest, Moment,
};
pub use crate::{
    payment::{DisputeTerms, PaymentCondition, PaymentTerms, MAX_LATE_INTEREST_BPS},
    prepaid::Prepaid,
};
use alloc::vec::Vec;
use bounded_collections::{BoundedVec, ConstU32};
use codec::Encode;
use interclear_rating::{Condition, LineTerms, MissingPrice};
use interclear_record::record;

/// TADIG codes on one side of a service group, at most.
pub type MaxGroupTadigs = ConstU32<32>;
/// Service groups of one direction, at most.
pub type MaxGroups = ConstU32<8>;
/// Services of one group, at most: every service once.
pub type MaxGroupLines = ConstU32<{ Service::COUNT }>;
/// Service lines of a whole agreement (both directions, all groups), at most.
pub const MAX_AGREEMENT_LINES: u32 = 256;
/// Months of a term that the network takes, at most.
pub const MAX_TERM_MONTHS: u32 = 120;
/// Pairs of a visited and a home network of an agreement that the network takes, at most.
pub const MAX_AGREEMENT_PAIRS: u32 = 2_048;
/// Versions of an agreement that are in force one after the other, at most.
pub type MaxVersions = ConstU32<32>;
/// Signatures of one party under one version, at most.
pub type MaxSignatures = ConstU32<8>;

/// Which of the two parties is the home operator (HPMN), whose subscribers roam and who therefore owes.
#[record(Copy, Ord, snake_case)]
pub enum Direction {
    /// Subscribers of the first party roam in networks of the second; the first party owes.
    FirstHome,
    /// Subscribers of the second party roam in networks of the first; the second party owes.
    SecondHome,
}

impl Direction {
    /// The direction whose home party, which owes, is a party of an agreement; `None` for another operator.
    pub fn owed_by(party: OperatorId, parties: &[OperatorId; 2]) -> Option<Self> {
        let place = parties.iter().position(|one| *one == party)?;
        Self::BOTH.get(place).copied()
    }

    /// The home party, which owes, and the visited one.
    pub const fn home_and_visited(self, parties: [OperatorId; 2]) -> [OperatorId; 2] {
        let [first, second] = parties;
        match self {
            Self::FirstHome => [first, second],
            Self::SecondHome => [second, first],
        }
    }

    /// Both, in the order in which statements list them.
    pub const BOTH: [Self; 2] = [Self::FirstHome, Self::SecondHome];

    /// The direction in which the other party's subscribers roam.
    pub const fn reverse(self) -> Self {
        match self {
            Self::FirstHome => Self::SecondHome,
            Self::SecondHome => Self::FirstHome,
        }
    }

    /// Position in arrays that hold one entry per direction.
    pub const fn index(self) -> usize {
        match self {
            Self::FirstHome => 0,
            Self::SecondHome => 1,
        }
    }
}

/// How far two sides' figures for a service may differ and still agree; the larger of the two bounds counts. Agreed per
/// service, because a small gap in the total can hide a large one in a single service.
#[record(Copy, Default)]
pub struct Tolerance {
    /// In 10^-6 of the unit of the service. An integer in files, as every other amount of terms: text there is in whole units.
    pub absolute: u128,
    /// In parts per million of the larger figure.
    pub ppm: u32,
}

/// In which flow the usage of a line comes.
#[record(Copy, Default, snake_case)]
pub enum Flow {
    /// In files or in usage reports, whichever the visited network brings first for a pair of networks and month.
    #[default]
    Either,
    /// In TAP files alone.
    Files,
    /// In usage reports (BCE) alone, within [`UsageTerms::report_days`].
    Reports,
}

impl core::fmt::Display for Flow {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Either => "files or reports",
            Self::Files => "files",
            Self::Reports => "reports",
        })
    }
}

/// The services that a group prices, by the flow in which they may come.
#[record(Copy, Default)]
pub struct Flows {
    /// Those that may come in files.
    pub files: ServiceSet,
    /// Those that may come in usage reports.
    pub reports: ServiceSet,
}

impl Flows {
    /// Every service that is priced.
    pub const fn priced(self) -> ServiceSet {
        self.files.union(self.reports)
    }

    /// Whether a service comes in reports alone, so that every pair of networks is expected to report.
    pub const fn expects_reports(self) -> bool {
        !self.files.contains_all(self.reports)
    }
}

/// One service of a group: how it is priced.
#[record]
pub struct ServiceLine {
    /// What is priced; each service has at most one line in a group.
    pub service: Service,
    /// Price, taxes, and whether the line counts towards the commitment.
    pub terms: LineTerms,
    /// In what steps a single event is counted; suits the unit of the service.
    #[cfg_attr(feature = "std", serde(default))]
    pub increment: Increment,
    /// Accepted difference between the two sides' figures.
    pub tolerance: Tolerance,
    /// In which flow its usage is expected; anything else is refused.
    #[cfg_attr(feature = "std", serde(default))]
    pub flow: Flow,
}

/// Services priced alike for a set of home networks visiting a set of networks.
#[record]
pub struct ServiceGroup {
    /// Home networks (HPMN); all of the direction's home party.
    pub home: BoundedVec<Tadig, MaxGroupTadigs>,
    /// Visited networks (VPMN); all of the other party.
    pub visited: BoundedVec<Tadig, MaxGroupTadigs>,
    /// The priced services, each once; not empty.
    pub lines: BoundedVec<ServiceLine, MaxGroupLines>,
}

impl ServiceGroup {
    /// Its services by the flow in which they may come.
    pub fn flows(&self) -> Flows {
        let but = |flow: Flow| {
            let lines = self.lines.iter().filter(|line| line.flow != flow);
            lines.map(|line| line.service).collect()
        };
        Flows {
            files: but(Flow::Reports),
            reports: but(Flow::Files),
        }
    }

    /// Pairs of a visited and a home network.
    fn pair_count(&self) -> usize {
        self.home.len().saturating_mul(self.visited.len())
    }

    /// Whether all networks of a group of the reverse direction are within this one's, with the sides changed. Only then
    /// can its usage be set against this group's: running totals know no single networks.
    pub fn mirrors(&self, reverse: &Self) -> bool {
        reverse.home.iter().all(|tadig| self.visited.contains(tadig))
            && reverse.visited.iter().all(|tadig| self.home.contains(tadig))
    }
}

/// What one party owes for the traffic of its subscribers.
#[record]
pub struct DirectionTerms {
    /// No pair of home and visited network is in two groups.
    pub groups: BoundedVec<ServiceGroup, MaxGroups>,
    /// The commitment over the lines of all groups, in their order.
    pub condition: Condition,
    /// The accounting window: tiers, balanced and included volumes, flat fees and usage caps count within it.
    #[cfg_attr(feature = "std", serde(default = "Span::month"))]
    pub window: Span,
    /// What the commitment is for; whole windows. What is missing is charged with its last month. Usage caps are for
    /// each window instead.
    #[cfg_attr(feature = "std", serde(default = "Span::term"))]
    pub commitment_span: Span,
    /// Whether a span, or a window, that a termination or an amendment ends early owes its commitment, flat fees and
    /// usage caps in full. If not, they are owed for the months that it ran; also where an amendment changes prices alone, and
    /// the rest of the span is owed under it.
    #[cfg_attr(feature = "std", serde(default))]
    pub in_full: bool,
}

/// What of the accounts of the version before it a version carries on, in one direction.
#[record(Copy, Default)]
pub struct Carries {
    /// The commitment's span, since the condition is the same; see `DirectionTerms::keeps_condition`.
    pub span: bool,
    /// The accounting window, since prices are the same, too; see `DirectionTerms::keeps_prices`. With it the span of a
    /// commitment whose missing volume is priced as if it had been used.
    pub window: bool,
}

impl DirectionTerms {
    /// The tolerance of every service of a group; none if there is no such group.
    pub fn tolerances(&self, group: u8) -> Vec<(Service, Tolerance)> {
        self.groups
            .get(usize::from(group))
            .map_or_else(Vec::new, |group| {
                group
                    .lines
                    .iter()
                    .map(|line| (line.service, line.tolerance))
                    .collect()
            })
    }

    /// Whether an amount or a volume is committed for a span; usage caps are for each window.
    pub const fn has_commitment(&self) -> bool {
        !matches!(
            self.condition,
            Condition::Unconditional | Condition::UsageCaps { .. }
        )
    }

    /// Whether anything is owed for an accounting window with or without traffic, so that it matters how long the window
    /// runs: usage caps, flat fees, fees of included volumes.
    pub fn has_fees(&self) -> bool {
        matches!(self.condition, Condition::UsageCaps { .. })
            || self.lines().any(|(_, line)| line.terms.pricing.has_fee())
    }

    /// The lines that count towards the commitment.
    fn counting(&self) -> impl Iterator<Item = (u8, Service)> + '_ {
        self.lines()
            .filter(|(_, line)| line.terms.in_commitment)
            .map(|(group, line)| (group, line.service))
    }

    /// Whether a span's missing volume is priced as if it had been used, which takes one window over the whole span: with
    /// other prices another part of the span begins.
    pub const fn splits_with_prices(&self) -> bool {
        matches!(
            self.condition,
            Condition::VolumeCommitment {
                missing: MissingPrice::AsUsed,
                ..
            }
        )
    }

    /// Whether every group of `old` terms is at its place still, with all of its networks: a line that is kept by its place
    /// is then the same line.
    fn keeps_networks(&self, old: &Self) -> bool {
        let all = |old: &[Tadig], new: &[Tadig]| old.iter().all(|tadig| new.contains(tadig));
        let mut pairs = old.groups.iter().zip(&self.groups);
        old.groups.len() <= self.groups.len()
            && pairs.all(|(old, new)| all(&old.home, &new.home) && all(&old.visited, &new.visited))
    }

    /// Whether these terms keep the condition of `old` ones, so that what was used and charged in a span so far counts on:
    /// the same condition, window and span, and every line that counted still counts. Terms may be added.
    fn keeps_condition(&self, old: &Self) -> bool {
        let agreed = |terms: &Self| {
            (
                terms.condition,
                terms.window,
                terms.commitment_span,
                terms.in_full,
            )
        };
        agreed(self) == agreed(old)
            && self.keeps_networks(old)
            && old
                .counting()
                .all(|line| self.counting().any(|kept| kept == line))
    }

    /// Whether these terms keep the prices of `old` ones, too, so that a window goes on: the lines are the same, at their
    /// places.
    fn keeps_prices(&self, old: &Self) -> bool {
        let priced = |terms: &Self| -> Vec<(u8, Service, LineTerms)> {
            let lines = terms.lines();
            lines
                .map(|(group, line)| (group, line.service, line.terms.clone()))
                .collect()
        };
        priced(self) == priced(old)
    }

    /// Whether what a month is charged depends on earlier months.
    pub const fn accumulates(&self) -> bool {
        !matches!(self.window, Span::Month) || self.has_commitment()
    }

    /// The lines of all groups in order, with the number of their group: the order in which the rating engine sees
    /// them.
    pub fn lines(&self) -> impl Iterator<Item = (u8, &ServiceLine)> {
        self.groups
            .iter()
            .zip(0u8..)
            .flat_map(|(group, number)| group.lines.iter().map(move |line| (number, line)))
    }

    /// The pairs of networks of all groups, each as the number of its group, the visited and the home network.
    pub fn pairs(&self) -> impl Iterator<Item = (u8, Tadig, Tadig)> + '_ {
        self.groups.iter().zip(0u8..).flat_map(|(group, number)| {
            group
                .visited
                .iter()
                .flat_map(move |visited| group.home.iter().map(move |home| (number, *visited, *home)))
        })
    }
}

/// Rules for usage files under an agreement.
#[record(Copy)]
pub struct UsageTerms {
    /// Currency in which TAP files are charged; converted to that of the agreement by the rates of the month.
    pub currency: Currency,
    /// Days between a call and the file's available time above which the recipient returns the record, and a file
    /// without a younger call is refused; 30 is usual.
    pub age_limit_days: u16,
    /// Days from the anchor within which the recipient acknowledges or returns a file.
    pub acknowledge_days: u16,
    /// Whether silence past that counts as acknowledged.
    pub deemed_acknowledged: bool,
    /// Days after the end of a month during which it is closed only if both parties ask for it; 5 is usual. After
    /// them either party closes alone, and what has not come by then no longer holds the month open.
    pub close_days: u16,
    /// Days after the end of a month within which both sides report the usage of lines that come in reports alone; 15 is
    /// usual. While such a report of a visited network is missing, no party closes the month alone before they are over.
    #[cfg_attr(feature = "std", serde(default = "usual_report_days"))]
    pub report_days: u16,
    /// Days after the end of a month within which usage of it is still taken once the month is closed, as a correction
    /// that the next open month bills; 90 is usual, 0 takes none.
    #[cfg_attr(feature = "std", serde(default = "usual_late_days"))]
    pub late_days: u16,
    /// Which directions are prepaid, by [`Direction::index`].
    #[cfg_attr(
        feature = "std",
        serde(
            default,
            with = "crate::prepaid::by_payer",
            skip_serializing_if = "crate::prepaid::by_payer::is_none"
        )
    )]
    pub prepaid: [Option<Prepaid>; 2],
}

/// Days to report that most operators agree on.
const USUAL_REPORT_DAYS: u16 = 15;

#[cfg(feature = "std")]
const fn usual_report_days() -> u16 {
    USUAL_REPORT_DAYS
}

/// Days for late usage that most operators agree on.
const USUAL_LATE_DAYS: u16 = 90;

#[cfg(feature = "std")]
const fn usual_late_days() -> u16 {
    USUAL_LATE_DAYS
}

impl UsageTerms {
    /// Rules that most operators agree on: records of 30 days, a week to answer, which silence accepts, five closing
    /// days, 15 to report, and 90 for late usage.
    pub const fn usual(currency: Currency) -> Self {
        Self {
            currency,
            age_limit_days: 30,
            acknowledge_days: 7,
            deemed_acknowledged: true,
            close_days: 5,
            report_days: USUAL_REPORT_DAYS,
            late_days: USUAL_LATE_DAYS,
            prepaid: [None; 2],
        }
    }

    /// What is agreed of a direction, if it is prepaid.
    pub const fn prepaid(&self, direction: Direction) -> Option<Prepaid> {
        let [first, second] = self.prepaid;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// From when on new usage of a month is no longer taken once the month is closed.
    pub fn late_until(&self, period: Period) -> Moment {
        period.end().saturating_add(days(self.late_days))
    }

    /// From when on either party closes a month alone; before, both must ask.
    pub fn closes_alone(&self, period: Period) -> Moment {
        period.end().saturating_add(days(self.close_days))
    }

    /// When the days to report a month end.
    pub fn reports_by(&self, period: Period) -> Moment {
        period.end().saturating_add(days(self.report_days))
    }

    /// Until when somebody has time who got something to answer or to send at a moment.
    pub const fn answer_by(&self, since: Moment) -> Moment {
        since.saturating_add(days(self.acknowledge_days))
    }

    /// From when on unanswered files no longer stop a month from being closed, if the newest of them was anchored at
    /// `latest`: once its recipient has had the days to answer and, where silence does not acknowledge, the closing
    /// days have passed twice. The recipient's silence must not keep the sender from its money for ever.
    pub fn silence_closes(&self, period: Period, latest: Moment) -> Moment {
        let answered = self.answer_by(latest);
        let twice = self.closes_alone(period).saturating_add(days(self.close_days));
        if self.deemed_acknowledged {
            answered
        } else {
            answered.max(twice)
        }
    }
}

/// Everything two operators agree on.
#[record]
pub struct Terms {
    /// First month of the term.
    pub first: Period,
    /// Last month of the term, inclusive; not before the first.
    pub last: Period,
    /// Currency of prices, statements and payment.
    pub currency: Currency,
    /// Terms for the traffic of the first and of the second party's subscribers, by [`Direction::index`].
    pub directions: [DirectionTerms; 2],
    /// Currency, age and answering times of usage files.
    pub usage: UsageTerms,
    /// Days to affirm, dispute and pay; interest for late payment.
    pub payment: PaymentTerms,
    /// Whose tokens of the currency the first and the second party accept as creditor, best first. An obligation is paid in that of
    /// the first issuer whose token stands when it arises; where none does, both parties name one.
    #[cfg_attr(feature = "std", serde(default))]
    pub accepts: [Issuers; 2],
    /// Days to answer in a dispute, what is worth one, and who rules it.
    #[cfg_attr(feature = "std", serde(default))]
    pub disputes: DisputeTerms,
    /// Commercial signatures that each party needs, 1 to 8.
    pub signatures: u8,
    /// Months of notice for a termination, beyond what the chain asks for.
    #[cfg_attr(feature = "std", serde(default))]
    pub notice_months: u8,
    /// By how many months the agreement renews itself, over and over, until it is terminated; 0 if it does not.
    #[cfg_attr(feature = "std", serde(default))]
    pub renewal_months: u8,
}

impl Terms {
    /// Terms with usual rules for usage and payment, one signature a party, no notice and no renewal. Creditors name the tokens that
    /// they accept when something is owed.
    pub fn usual(first: Period, last: Period, currency: Currency, directions: [DirectionTerms; 2]) -> Self {
        Self {
            first,
            last,
            currency,
            directions,
            usage: UsageTerms::usual(currency),
            payment: PaymentTerms::usual(),
            accepts: [Issuers::new(), Issuers::new()],
            disputes: DisputeTerms::usual(),
            signatures: 1,
            notice_months: 0,
            renewal_months: 0,
        }
    }

    /// The terms for the traffic of one party's subscribers.
    pub fn direction(&self, direction: Direction) -> &DirectionTerms {
        let [first, second] = &self.directions;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// Whether tokens may be held ahead for what a direction comes to: it is prepaid, or what is owed is paid on affirmation.
    pub fn secures(&self, direction: Direction) -> bool {
        self.usage.prepaid(direction).is_some() || self.payment.condition == PaymentCondition::OnAffirmation
    }

    /// Whose tokens the creditor of a direction, its visited party, accepts.
    pub fn creditor_accepts(&self, direction: Direction) -> &Issuers {
        let [first, second] = &self.accepts;
        match direction {
            Direction::FirstHome => second,
            Direction::SecondHome => first,
        }
    }

    /// What of the accounts under `old` terms these ones carry on when they come into force after them, by
    /// [`Direction::index`]. A span or window of the term goes on only in the same term and its renewals: its length is what
    /// was agreed.
    pub fn carries(&self, old: &Self) -> [Carries; 2] {
        let same_term = |terms: &Self| (terms.first, terms.last, terms.renewal_months);
        Direction::BOTH.map(|direction| {
            let (new, before) = (self.direction(direction), old.direction(direction));
            let of_term =
                new.window == Span::Term || new.has_commitment() && new.commitment_span == Span::Term;
            let condition = new.keeps_condition(before) && (!of_term || same_term(self) == same_term(old));
            Carries {
                span: condition,
                window: condition && new.keeps_prices(before),
            }
        })
    }

    /// The digest that a signature covers: Blake2b-256 of the SCALE encoding.
    pub fn digest(&self) -> Digest {
        self.using_encoded(sp_crypto_hashing::blake2_256)
    }

    /// Number of service lines in both directions.
    pub fn line_count(&self) -> u32 {
        self.count(|group| group.lines.len())
    }

    /// Number of pairs of a visited and a home network in both directions.
    pub fn pair_count(&self) -> u32 {
        self.count(ServiceGroup::pair_count)
    }

    /// Number of those pairs that are expected to report, because a service of theirs comes in reports alone.
    pub fn reporting_pairs(&self) -> u32 {
        self.count(|group| match group.flows().expects_reports() {
            true => group.pair_count(),
            false => 0,
        })
    }

    fn count(&self, of: impl Fn(&ServiceGroup) -> usize) -> u32 {
        let groups = self
            .directions
            .iter()
            .flat_map(|direction| direction.groups.iter());
        groups.fold(0, |sum, group| {
            sum.saturating_add(u32::try_from(of(group)).unwrap_or(u32::MAX))
        })
    }

    /// Whether the term, or a renewal of it, includes a month.
    pub fn includes(&self, period: Period) -> bool {
        self.first <= period && (period <= self.last || self.renewal_months > 0)
    }
}

/// The state of an agreement between proposal and end.
#[record(Copy, snake_case)]
pub enum AgreementStatus {
    /// The first party has offered version 1.
    Proposed,
    /// A version after the first is offered.
    Countered,
    /// Signed by both parties; in force in the months of its term.
    Active,
    /// Withdrawn, rejected or expired before both had signed.
    Abandoned,
    /// Ended early; `last` tells the last month in force.
    Terminated,
    /// Ended with its term.
    Expired,
}

/// A version that is offered for signature.
#[record]
pub struct Offer<AccountId> {
    /// Its number, counted from 1 over the life of the agreement.
    pub version: u32,
    /// The party that offered it.
    pub by: OperatorId,
    /// First month in which it would be in force; the term's first month unless it is an amendment.
    pub from: Period,
    /// What is signed: [`Terms::digest`] of the terms offered.
    pub digest: Digest,
    /// When it lapses unless both have signed.
    pub expires: Moment,
    /// Commercial desks that have signed, per party; they stay valid when a desk is removed later.
    pub signatures: [BoundedVec<AccountId, MaxSignatures>; 2],
}

/// From when on a version is in force.
#[record(Copy)]
pub struct InForce {
    /// The first month in which it is in force.
    pub from: Period,
    /// The version; its terms are kept.
    pub version: u32,
    /// What of the version before it it carries on, by [`Direction::index`]; nothing if it is the first.
    pub carries: [Carries; 2],
}

/// An agreement between two operators.
#[record]
pub struct Agreement<AccountId> {
    /// The first party (it made the first proposal) and the second.
    pub parties: [OperatorId; 2],
    /// Where it stands.
    pub status: AgreementStatus,
    /// The newest version number given out.
    pub latest: u32,
    /// The version offered, if any: before activation a proposal, afterwards an amendment.
    pub offer: Option<Offer<AccountId>>,
    /// Versions in force, by ascending first month.
    pub versions: BoundedVec<InForce, MaxVersions>,
    /// The term's last month, earlier after a termination. What renews itself goes on after it.
    pub last: Period,
    /// By how many months it renews itself; 0 if it ends with its last month.
    pub renewal_months: u8,
}

impl<AccountId> Offer<AccountId> {
    /// Whether it has lapsed at a moment: it can no longer be signed.
    pub fn lapsed(&self, now: Moment) -> bool {
        now >= self.expires
    }
}

impl<AccountId> Agreement<AccountId> {
    /// The last month in force as things stand: none if it renews itself.
    pub fn end(&self) -> Period {
        match self.renewal_months {
            0 => self.last,
            _ => Period::MAX,
        }
    }

    /// The last month of the term that runs at a moment.
    pub fn last_at(&self, now: Moment) -> Period {
        let passed = self.last.months_until(Period::containing(now));
        let terms = passed.div_ceil(u32::from(self.renewal_months.max(1)));
        match self.renewal_months {
            0 => self.last,
            months => self.last.plus(terms.saturating_mul(u32::from(months))),
        }
    }

    /// Where it stands at a moment: what has run out counts as ended, whether or not the record says so already.
    pub fn status_at(&self, now: Moment) -> AgreementStatus {
        match self.status {
            AgreementStatus::Proposed | AgreementStatus::Countered
                if self.offer.as_ref().is_none_or(|offer| offer.lapsed(now)) =>
            {
                AgreementStatus::Abandoned
            }
            AgreementStatus::Active if now >= self.end().end() => AgreementStatus::Expired,
            status => status,
        }
    }

    /// First and last month in which a version is in force; `None` when it never is.
    pub fn months_of(&self, version: u32) -> Option<Months> {
        let place = self.versions.iter().position(|entry| entry.version == version)?;
        let from = self.versions.get(place)?.from;
        let replaced = self
            .versions
            .get(place.saturating_add(1))
            .map(|next| next.from.previous());
        let until = replaced.map_or(self.end(), |until| until.min(self.end()));
        (from <= until).then_some(Months {
            first: from,
            last: until,
        })
    }

    /// Over which months each direction is accounted together with a month; `None` in a month without a version.
    pub fn accounted_in(&self, period: Period) -> Option<[Accounted; 2]> {
        let version = self.version_in(period)?;
        let place = self.versions.iter().position(|entry| entry.version == version)?;
        Some(Direction::BOTH.map(|direction| {
            let carries = |entry: &InForce, of: fn(&Carries) -> bool| {
                let [first, second] = &entry.carries;
                of(match direction {
                    Direction::FirstHome => first,
                    Direction::SecondHome => second,
                })
            };
            let months = |of: fn(&Carries) -> bool| {
                let (until, after) = self.versions.split_at_checked(place.saturating_add(1))?;
                let first = until.iter().rev().find(|entry| !carries(entry, of));
                let first = first.or(until.first())?.from;
                let next = after.iter().find(|entry| !carries(entry, of));
                let last = next.map_or(self.end(), |next| next.from.previous().min(self.end()));
                Some(Months { first, last })
            };
            let own = Months {
                first: period,
                last: period,
            };
            Accounted {
                counted: months(|carries| carries.span).unwrap_or(own),
                priced: months(|carries| carries.window).unwrap_or(own),
            }
        }))
    }

    /// The version in force in a month, if any.
    pub fn version_in(&self, period: Period) -> Option<u32> {
        if period > self.end() {
            return None;
        }
        self.versions
            .iter()
            .rev()
            .find(|entry| entry.from <= period)
            .map(|entry| entry.version)
    }

    /// 0 for the first party, 1 for the second; `None` for any other operator.
    pub fn party_index(&self, operator: OperatorId) -> Option<usize> {
        self.parties.iter().position(|party| *party == operator)
    }
}

/// Under which agreement and group the traffic of a pair of networks falls in a month.
#[record(Copy)]
pub struct Route {
    /// The agreement that is in force between the two networks.
    pub agreement: crate::ids::AgreementId,
    /// Whose subscribers roam, and hence who owes.
    pub direction: Direction,
    /// The service group within the direction, counted from 0.
    pub group: u8,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DAY;

    const NOVEMBER: Period = Period(202_611);

    fn rules(deemed_acknowledged: bool, acknowledge_days: u16, close_days: u16) -> UsageTerms {
        UsageTerms {
            acknowledge_days,
            deemed_acknowledged,
            close_days,
            ..UsageTerms::usual(Currency::EUR)
        }
    }

    /// A day of December at midnight; 31 is New Year's Eve.
    fn december(day: u64) -> Moment {
        NOVEMBER.end() + (day - 1) * DAY
    }

    #[test]
    fn either_party_should_close_alone_when_the_closing_days_have_passed() {
        assert_eq!(rules(true, 7, 5).closes_alone(NOVEMBER), december(6));
        assert_eq!(rules(true, 7, 0).closes_alone(NOVEMBER), NOVEMBER.end());
    }

    #[test]
    fn silence_should_delay_closing_by_the_days_to_answer_when_it_acknowledges() {
        for (anchored, until) in [(1, 8), (3, 10), (20, 27)] {
            let closes = rules(true, 7, 5).silence_closes(NOVEMBER, december(anchored));
            assert_eq!(closes, december(until));
        }
    }

    #[test]
    fn silence_should_delay_closing_by_twice_the_closing_days_when_an_answer_is_required() {
        for (anchored, until) in [(1, 11), (4, 11), (5, 12), (20, 27)] {
            let closes = rules(false, 7, 5).silence_closes(NOVEMBER, december(anchored));
            assert_eq!(closes, december(until));
        }
        // The longest terms do not overflow the clock.
        assert!(rules(false, u16::MAX, u16::MAX).silence_closes(NOVEMBER, Moment::MAX) == Moment::MAX);
    }
}
