//! What makes terms sound, told without the parties and the clock: what is wrong, and where.
//!
//! The chain refuses the first fault; a client shows all of them before anything is signed.

use alloc::{collections::BTreeSet, vec::Vec};
use interclear_primitives::{
    agreement::{
        Direction, DirectionTerms, DisputeTerms, Flow, PaymentCondition, PaymentTerms, ServiceGroup,
        ServiceLine, Terms, UsageTerms, MAX_AGREEMENT_LINES, MAX_LATE_INTEREST_BPS,
    },
    netting::Issuers,
    service::{Service, Unit},
    tadig::Tadig,
    usage::{MAX_AGREED_LATE_DAYS, MAX_LATE_DAYS},
};
use interclear_rating::{
    rate_direction, validate_direction, validate_line, Amount, Condition, LineTerms, LineUsage, MissingPrice,
    PlanError, Price, Pricing, UsagePlan, MAX_DECIMALS,
};
use interclear_record::record;

/// Signatures that each party needs, at most: as many as an offer holds.
const MAX_SIGNATURES: u8 = 8;
/// Parts per million of the whole.
const WHOLE_PPM: u32 = 1_000_000;
/// Basis points of the whole.
const WHOLE_BPS: u16 = 10_000;
/// A year, for terms counted in days.
const YEAR_DAYS: u16 = 366;
/// A quarter, for terms counted in days.
const QUARTER_DAYS: u16 = 90;
/// Days after a month during which it takes both parties to close it, at most.
const MAX_CLOSE_DAYS: u16 = 60;
/// Days of a month, at most.
const LONGEST_MONTH: u16 = 31;
/// Days within which a dispute is ruled, at most.
const MAX_RULING_DAYS: u16 = 180;
/// Months of notice, and of a renewal, at most.
const MAX_NOTICE_MONTHS: u8 = 24;
/// Months of a renewal, at most.
const MAX_RENEWAL_MONTHS: u8 = 60;

/// What is carried forward is less than so many SDR, at most.
const MAX_MINIMUM_SDR: u32 = 1_000;

/// A rule that terms break; the chain refuses them with it.
#[record(Copy)]
pub enum TermsFaultCode {
    /// A period is not a calendar month.
    InvalidPeriod,
    /// The last month is before the first.
    LastBeforeFirst,
    /// The currency is not an ISO 4217 code.
    InvalidCurrency,
    /// The currency of TAP files is not an ISO 4217 code.
    InvalidUsageCurrency,
    /// Each party needs 1 to 8 signatures.
    SignaturesOutOfRange,
    /// The notice is longer than 24 months.
    NoticeOutOfRange,
    /// A renewal is longer than 60 months.
    RenewalOutOfRange,
    /// The age limit is not within 1 to 366 days.
    AgeLimitOutOfRange,
    /// The time to acknowledge is not within 1 to 90 days.
    AcknowledgeDaysOutOfRange,
    /// The time in which only both parties together close a month is more than 60 days.
    CloseDaysOutOfRange,
    /// The time to report is not within 1 to 90 days.
    ReportDaysOutOfRange,
    /// Late usage is taken for more than 150 days.
    LateDaysOutOfRange,
    /// The time to affirm is not within 1 to 90 days.
    AffirmDaysOutOfRange,
    /// The time to pay is more than 366 days.
    PaymentDaysOutOfRange,
    /// The time to dispute is not within 1 to 366 days.
    DisputeDaysOutOfRange,
    /// Late interest is above 100 % a year.
    LateInterestOutOfRange,
    /// The day of the month on which payments are due is not within 1 to 28.
    DueDayOutOfRange,
    /// No direction prices anything.
    NoLines,
    /// There are more than 256 service lines.
    MaxLinesExceeded,
    /// A commitment's span does not consist of whole accounting windows.
    SpanNotWholeWindows,
    /// A group has no home networks, no visited networks or no lines.
    EmptyGroup,
    /// A TADIG code is not five letters and digits.
    InvalidTadig,
    /// A TADIG code is twice in a set.
    DuplicateTadig,
    /// A pair of a home and a visited network is in an earlier group already; its usage would be rated twice.
    GroupsOverlap,
    /// A service is in an earlier line of the group already.
    DuplicateService,
    /// A tolerance is above 100 %.
    ToleranceOutOfRange,
    /// A charging increment is 0.
    ZeroChargingIncrement,
    /// A charging increment in seconds for a service not counted in minutes, or in kilobytes for one not in megabytes.
    IncrementNotOfUnit,
    /// A rate plan, a tax or a condition is not sound.
    Plan(PlanError),
    /// A line counts towards a volume commitment, and in another unit than an earlier one that does.
    CommitmentMixesUnits,
    /// A balanced price has no counterpart: no group of the reverse direction, with the same networks or some of them, has
    /// a line of the service.
    BalancedWithoutReverse,
    /// What is missing from a volume commitment is priced as if it had been used, and its span is not one accounting window.
    MissingPriceNotAgreed,
    /// A unit that is missing from a volume commitment can cost nothing on a line, so that the commitment has no effect.
    MissingVolumeFree,
    /// A party accepts the tokens of an issuer twice.
    DuplicateIssuer,
    /// The time to answer in a dispute is not within 1 to 90 days.
    DisputeAnswerDaysOutOfRange,
    /// The time to rule a dispute is not within 1 to 180 days.
    RulingDaysOutOfRange,
    /// The share of a line that is worth a dispute is above 100 %, or the amount above 10^15 of the currency.
    MaterialityOutOfRange,
    /// The fee of a dispute is above 10^15 of the currency.
    DisputeFeeOutOfRange,
    /// An arbitrator is named twice.
    DuplicateArbitrator,
    /// A late file could be returned when it is too late to send it again: `late_days` and the days to answer come to 180 or more.
    LateDaysWithoutAnswer,
    /// A direction is prepaid, and files are charged in another currency than the agreement's.
    PrepaidInOtherCurrency,
    /// A direction is prepaid, and its creditor accepts no issuer's tokens.
    PrepaidWithoutToken,
    /// A direction is prepaid, and a line of it does not come in files alone: reports come when the month is over.
    PrepaidByReports,
    /// The floor of a prepaid direction is above 10^15 of the currency.
    PrepaidFloorOutOfRange,
    /// What is paid on affirmation has no days to pay and no day of the month.
    AffirmationWithPaymentDays,
    /// Payment is gross, and a party accepts no issuer's tokens as creditor.
    GrossWithoutToken,
    /// The minimum that is paid at once is above 1,000 SDR.
    MinimumOutOfRange,
    /// Small amounts are carried forward, and an escrow may pay each statement: a direction is prepaid, or payment is on affirmation.
    MinimumWithEscrow,
}

impl core::fmt::Display for TermsFaultCode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::InvalidPeriod => "a period is not a calendar month",
            Self::LastBeforeFirst => "the last month is before the first",
            Self::InvalidCurrency => "the currency is not an ISO 4217 code",
            Self::InvalidUsageCurrency => "the currency of TAP files is not an ISO 4217 code",
            Self::DuplicateIssuer => "a party accepts the tokens of an issuer twice",
            Self::SignaturesOutOfRange => "each party needs 1 to 8 signatures",
            Self::NoticeOutOfRange => "the notice is longer than 24 months",
            Self::RenewalOutOfRange => "a renewal is longer than 60 months",
            Self::AgeLimitOutOfRange => "the age limit is not within 1 to 366 days",
            Self::AcknowledgeDaysOutOfRange => "the time to acknowledge is not within 1 to 90 days",
            Self::CloseDaysOutOfRange => {
                "the time in which only both parties together close a month is more than 60 days"
            }
            Self::ReportDaysOutOfRange => "the time to report is not within 1 to 90 days",
            Self::LateDaysOutOfRange => "late usage is taken for more than 150 days",
            Self::LateDaysWithoutAnswer => {
                "late_days with acknowledge_days or, where silence does not acknowledge, with 31 days and twice close_days come to 180 or more: a late file could be returned when it is too late to send it again"
            }
            Self::AffirmDaysOutOfRange => "the time to affirm is not within 1 to 90 days",
            Self::PaymentDaysOutOfRange => "the time to pay is more than 366 days",
            Self::DisputeDaysOutOfRange => "the time to dispute is not within 1 to 366 days",
            Self::DueDayOutOfRange => "the day of the month on which payments are due is not within 1 to 28",
            Self::AffirmationWithPaymentDays => {
                "what is paid on affirmation is due at once: set payment_days to 0, and leave due_on out"
            }
            Self::GrossWithoutToken => {
                "payment is gross, and a party accepts no issuer's tokens as creditor: name them in accepts"
            }
            Self::MinimumOutOfRange => "the minimum is above 1,000 SDR",
            Self::MinimumWithEscrow => {
                "nothing is carried forward where an escrow may pay each statement, as a direction is prepaid or payment is on affirmation: set minimum_sdr to 0"
            }
            Self::LateInterestOutOfRange => "late interest is above 100 % a year",
            Self::DisputeAnswerDaysOutOfRange => "the time to answer in a dispute is not within 1 to 90 days",
            Self::RulingDaysOutOfRange => "the time to rule a dispute is not within 1 to 180 days",
            Self::MaterialityOutOfRange => {
                "the share of a line that is worth a dispute is above 100 %, or the amount above 10^15 of the currency"
            }
            Self::DisputeFeeOutOfRange => "the fee of a dispute is above 10^15 of the currency",
            Self::DuplicateArbitrator => "an arbitrator is named twice",
            Self::PrepaidInOtherCurrency => {
                "it is prepaid, and TAP files are charged in another currency than the agreement's"
            }
            Self::PrepaidWithoutToken => "it is prepaid, and its creditor accepts no issuer's tokens",
            Self::PrepaidByReports => {
                "it is prepaid, and the usage of this line does not come in files alone: set its flow to files"
            }
            Self::PrepaidFloorOutOfRange => "the floor of its escrow is above 10^15 of the currency",
            Self::NoLines => "no direction prices anything",
            Self::MaxLinesExceeded => "there are more than 256 service lines",
            Self::SpanNotWholeWindows => "the commitment's span does not consist of whole accounting windows",
            Self::EmptyGroup => "the group has no home networks, no visited networks or no lines",
            Self::InvalidTadig => "a TADIG code is not five letters and digits",
            Self::DuplicateTadig => "a TADIG code is there twice",
            Self::GroupsOverlap => "a pair of networks is in an earlier group already",
            Self::DuplicateService => "a service has a line already",
            Self::ToleranceOutOfRange => "the tolerance is above 100 %",
            Self::ZeroChargingIncrement => "the charging increment is 0",
            Self::IncrementNotOfUnit => "the charging increment does not suit the unit of the service",
            Self::Plan(error) => return error.fmt(f),
            Self::CommitmentMixesUnits => "the lines of a volume commitment are counted in different units",
            Self::BalancedWithoutReverse => {
                "the price is balanced, and no group of the other direction has a line of the service between the same \
                 networks"
            }
            Self::MissingPriceNotAgreed => {
                "a missing volume can be priced as if it had been used (AsUsed) only within one accounting window: agree on \
                 Average, FirstTier or LastTier"
            }
            Self::MissingVolumeFree => {
                "what is missing from the committed volume can cost nothing on this line: give the price of its missing units \
                 (of every tier under Average) a value, or do not count it towards the commitment"
            }
        })
    }
}

/// What a fault is about, where there is more than one candidate at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// A network that stands twice, or on the wrong side.
    Network(Tadig),
    /// The service of the line that is wrong.
    Service(Service),
    /// The units of a line and of an earlier one that counts towards the same volume.
    Units {
        /// In what the line is counted.
        unit: Unit,
        /// The group of the earlier line, counted from 0,
        earlier_group: u8,
        /// its service,
        earlier: Service,
        /// and its unit.
        earlier_unit: Unit,
    },
    /// A pair of networks in two groups.
    Pair {
        /// The earlier group, counted from 0.
        earlier: u8,
        /// A home network of both.
        home: Tadig,
        /// A visited network of both.
        visited: Tadig,
    },
}

/// What is wrong with terms, and where. Groups and lines are counted from 0 here and from 1 in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TermsFault {
    /// The rule that is broken.
    pub code: TermsFaultCode,
    /// What it is about; `None` when its place says it all.
    pub subject: Option<Subject>,
    /// The direction; `None` when the fault is in the terms as a whole.
    pub direction: Option<Direction>,
    /// The group within the direction.
    pub group: Option<u8>,
    /// The line within the group, and its service.
    pub line: Option<(u8, Service)>,
}

impl core::fmt::Display for TermsFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.direction {
            None => {}
            Some(Direction::FirstHome) => f.write_str("first direction")?,
            Some(Direction::SecondHome) => f.write_str("second direction")?,
        }
        if let Some(group) = self.group {
            write!(f, ", group {}", u32::from(group).saturating_add(1))?;
        }
        if let Some((line, service)) = self.line {
            write!(f, ", line {} ({service})", u32::from(line).saturating_add(1))?;
        }
        if self.direction.is_some() {
            f.write_str(": ")?;
        }
        match (self.code, self.subject) {
            (TermsFaultCode::InvalidTadig, Some(Subject::Network(tadig))) => {
                write!(f, "the TADIG code {tadig:?} is not five letters and digits")
            }
            (_, Some(Subject::Network(tadig))) => write!(f, "the TADIG code {tadig} is there twice"),
            (_, Some(Subject::Service(service))) => write!(f, "{service} has a line already"),
            (
                _,
                Some(Subject::Pair {
                    earlier,
                    home,
                    visited,
                }),
            ) => {
                let earlier = u32::from(earlier).saturating_add(1);
                write!(
                    f,
                    "subscribers of {home} in {visited} are in group {earlier} already"
                )
            }
            (
                _,
                Some(Subject::Units {
                    unit,
                    earlier_group,
                    earlier,
                    earlier_unit,
                }),
            ) => {
                let group = u32::from(earlier_group).saturating_add(1);
                write!(
                    f,
                    "it is counted in {unit} and {earlier} of group {group} in {earlier_unit}; a volume commitment has one unit"
                )
            }
            (code, None) => code.fmt(f),
        }
    }
}

impl core::error::Error for TermsFault {}

/// Checks everything that can be told from the terms alone.
///
/// # Errors
/// The first of [`faults`].
pub fn validate(terms: &Terms) -> Result<(), TermsFault> {
    faults(terms).into_iter().next().map_or(Ok(()), Err)
}

/// Everything that is wrong with the terms, by direction, group and line.
pub fn faults(terms: &Terms) -> Vec<TermsFault> {
    let mut found = Found::default();
    check_term(terms, &mut found);
    check_usage(&terms.usage, &mut found);
    check_payment(&terms.payment, &terms.accepts, &mut found);
    check_minimum(terms, &mut found);
    check_disputes(&terms.disputes, &mut found);
    let lines = terms.line_count();
    found.when(lines == 0, TermsFaultCode::NoLines);
    found.when(lines > MAX_AGREEMENT_LINES, TermsFaultCode::MaxLinesExceeded);
    for direction in Direction::BOTH {
        found.place = Place {
            direction: Some(direction),
            ..Place::default()
        };
        check_direction(terms.direction(direction), &mut found);
        check_prepaid(terms, direction, &mut found);
        check_volume(terms.direction(direction), &mut found);
        check_balanced(terms, direction, &mut found);
    }
    found.faults
}

fn check_term(terms: &Terms, found: &mut Found) {
    let real = terms.first.is_valid() && terms.last.is_valid();
    found.when(!real, TermsFaultCode::InvalidPeriod);
    found.when(real && terms.last < terms.first, TermsFaultCode::LastBeforeFirst);
    found.when(!terms.currency.is_valid(), TermsFaultCode::InvalidCurrency);
    let twice = |issuers: &Issuers| {
        let mut seen = BTreeSet::new();
        !issuers.iter().all(|issuer| seen.insert(issuer))
    };
    found.when(terms.accepts.iter().any(twice), TermsFaultCode::DuplicateIssuer);
    found.when(
        !(1..=MAX_SIGNATURES).contains(&terms.signatures),
        TermsFaultCode::SignaturesOutOfRange,
    );
    found.when(
        terms.notice_months > MAX_NOTICE_MONTHS,
        TermsFaultCode::NoticeOutOfRange,
    );
    found.when(
        terms.renewal_months > MAX_RENEWAL_MONTHS,
        TermsFaultCode::RenewalOutOfRange,
    );
}

/// Faults so far, and the place that is being looked at.
#[derive(Default)]
struct Found {
    faults: Vec<TermsFault>,
    place: Place,
}

#[derive(Clone, Copy, Default)]
struct Place {
    direction: Option<Direction>,
    group: Option<u8>,
    line: Option<(u8, Service)>,
}

impl Found {
    fn add(&mut self, code: TermsFaultCode, subject: Option<Subject>) {
        let Place {
            direction,
            group,
            line,
        } = self.place;
        self.faults.push(TermsFault {
            code,
            subject,
            direction,
            group,
            line,
        });
    }

    fn when(&mut self, wrong: bool, code: TermsFaultCode) {
        if wrong {
            self.add(code, None);
        }
    }

    fn when_of(&mut self, wrong: bool, code: TermsFaultCode, subject: Subject) {
        if wrong {
            self.add(code, Some(subject));
        }
    }

    /// Where a line of a direction is, and all that is needed to say so.
    fn at(&mut self, group: u8, line: Option<(u8, Service)>) {
        self.place = Place {
            group: Some(group),
            line,
            ..self.place
        };
    }

    fn at_direction(&mut self) {
        self.place = Place {
            direction: self.place.direction,
            ..Place::default()
        };
    }
}

fn check_usage(usage: &UsageTerms, found: &mut Found) {
    found.when(!usage.currency.is_valid(), TermsFaultCode::InvalidUsageCurrency);
    found.when(
        !(1..=YEAR_DAYS).contains(&usage.age_limit_days),
        TermsFaultCode::AgeLimitOutOfRange,
    );
    found.when(
        !(1..=QUARTER_DAYS).contains(&usage.acknowledge_days),
        TermsFaultCode::AcknowledgeDaysOutOfRange,
    );
    found.when(
        usage.close_days > MAX_CLOSE_DAYS,
        TermsFaultCode::CloseDaysOutOfRange,
    );
    found.when(
        !(1..=QUARTER_DAYS).contains(&usage.report_days),
        TermsFaultCode::ReportDaysOutOfRange,
    );
    found.when(
        usage.late_days > MAX_AGREED_LATE_DAYS,
        TermsFaultCode::LateDaysOutOfRange,
    );
    found.when(
        usage.late_days.saturating_add(answer_days(usage)) >= MAX_LATE_DAYS,
        TermsFaultCode::LateDaysWithoutAnswer,
    );
}

/// Days within which a late file is returned, at most. Where silence does not acknowledge, twice the closing days of the month that
/// bills it count, which may end a month after the file came.
fn answer_days(usage: &UsageTerms) -> u16 {
    match usage.deemed_acknowledged {
        true => usage.acknowledge_days,
        false => usage
            .acknowledge_days
            .max(usage.close_days.saturating_mul(2).saturating_add(LONGEST_MONTH)),
    }
}

/// An escrow is drawn down by what files charge, so these must come, and in its currency; and it is held in a token that its
/// creditor accepts.
fn check_prepaid(terms: &Terms, direction: Direction, found: &mut Found) {
    let Some(prepaid) = terms.usage.prepaid(direction) else {
        return;
    };
    found.at_direction();
    found.when(
        terms.usage.currency != terms.currency,
        TermsFaultCode::PrepaidInOtherCurrency,
    );
    found.when(
        terms.creditor_accepts(direction).is_empty(),
        TermsFaultCode::PrepaidWithoutToken,
    );
    found.when(
        prepaid.floor > Amount::MAX_AGREED.0,
        TermsFaultCode::PrepaidFloorOutOfRange,
    );
    for (number, group) in (0u8..).zip(&terms.direction(direction).groups) {
        for (place, line) in (0u8..).zip(&group.lines) {
            found.at(number, Some((place, line.service)));
            found.when(line.flow != Flow::Files, TermsFaultCode::PrepaidByReports);
        }
    }
    found.at_direction();
}

fn check_payment(payment: &PaymentTerms, accepts: &[Issuers; 2], found: &mut Found) {
    found.when(
        payment.condition == PaymentCondition::OnAffirmation
            && (payment.payment_days > 0 || payment.due_on.is_some()),
        TermsFaultCode::AffirmationWithPaymentDays,
    );
    found.when(
        payment.condition.is_gross() && accepts.iter().any(|issuers| issuers.is_empty()),
        TermsFaultCode::GrossWithoutToken,
    );
    found.when(
        !(1..=QUARTER_DAYS).contains(&payment.affirm_days),
        TermsFaultCode::AffirmDaysOutOfRange,
    );
    found.when(
        payment.payment_days > YEAR_DAYS,
        TermsFaultCode::PaymentDaysOutOfRange,
    );
    found.when(
        !(1..=YEAR_DAYS).contains(&payment.dispute_days),
        TermsFaultCode::DisputeDaysOutOfRange,
    );
    found.when(
        payment.due_on.is_some_and(|day| !(1..=28).contains(&day)),
        TermsFaultCode::DueDayOutOfRange,
    );
    found.when(
        payment.late_interest_bps > MAX_LATE_INTEREST_BPS,
        TermsFaultCode::LateInterestOutOfRange,
    );
}

/// What an escrow secures is paid with its own statement: of what is carried forward nothing would be reserved.
fn check_minimum(terms: &Terms, found: &mut Found) {
    let secured = Direction::BOTH
        .into_iter()
        .any(|direction| terms.secures(direction));
    let minimum = terms.payment.minimum_sdr;
    found.when(minimum > MAX_MINIMUM_SDR, TermsFaultCode::MinimumOutOfRange);
    found.when(minimum > 0 && secured, TermsFaultCode::MinimumWithEscrow);
}

fn check_disputes(disputes: &DisputeTerms, found: &mut Found) {
    let most = Amount::MAX_AGREED.0;
    found.when(
        !(1..=QUARTER_DAYS).contains(&disputes.answer_days),
        TermsFaultCode::DisputeAnswerDaysOutOfRange,
    );
    found.when(
        !(1..=MAX_RULING_DAYS).contains(&disputes.ruling_days),
        TermsFaultCode::RulingDaysOutOfRange,
    );
    found.when(
        disputes.material_bps > WHOLE_BPS || disputes.material_amount.is_some_and(|amount| amount > most),
        TermsFaultCode::MaterialityOutOfRange,
    );
    found.when(disputes.fee > most, TermsFaultCode::DisputeFeeOutOfRange);
    if let Some([one, two, three]) = disputes.arbitrators {
        found.when(
            one == two || two == three || three == one,
            TermsFaultCode::DuplicateArbitrator,
        );
    }
}

fn check_direction(direction: &DirectionTerms, found: &mut Found) {
    found.when(
        !direction.commitment_span.consists_of(direction.window),
        TermsFaultCode::SpanNotWholeWindows,
    );
    let mut rated = true;
    let mut places = Vec::new();
    for (group, number) in direction.groups.iter().zip(0u8..) {
        found.at(number, None);
        check_networks(group, found);
        let before = direction.groups.get(..usize::from(number)).unwrap_or_default();
        check_overlap(group, before, found);
        let mut services = BTreeSet::new();
        for (line, index) in group.lines.iter().zip(0u8..) {
            places.push((number, index, line.service));
            found.at(number, Some((index, line.service)));
            found.when_of(
                !services.insert(line.service),
                TermsFaultCode::DuplicateService,
                Subject::Service(line.service),
            );
            found.when(
                line.tolerance.ppm > WHOLE_PPM,
                TermsFaultCode::ToleranceOutOfRange,
            );
            found.when(line.increment.is_zero(), TermsFaultCode::ZeroChargingIncrement);
            found.when(
                !line.increment.suits(line.service.unit()),
                TermsFaultCode::IncrementNotOfUnit,
            );
            if let Err(error) = validate_line(&line.terms) {
                rated = false;
                found.add(TermsFaultCode::Plan(error), None);
            }
        }
    }
    // Whether the lines go together can be told only once each of them is sound.
    if !rated {
        return;
    }
    // The engine sees the lines of a direction as one list, in the order of the groups.
    let lines: Vec<LineTerms> = direction.lines().map(|(_, line)| line.terms.clone()).collect();
    if let Err(fault) = validate_direction(&lines, &direction.condition) {
        let place = fault
            .line
            .and_then(|line| usize::try_from(line).ok())
            .and_then(|line| places.get(line));
        match place {
            Some((group, index, service)) => found.at(*group, Some((*index, *service))),
            None => found.at_direction(),
        }
        found.add(TermsFaultCode::Plan(fault.error), None);
    }
}

/// A commitment to a volume has one unit, and says what a missing unit costs.
fn check_volume(direction: &DirectionTerms, found: &mut Found) {
    let Condition::VolumeCommitment { missing, .. } = direction.condition else {
        return;
    };
    found.at_direction();
    found.when(
        missing == MissingPrice::AsUsed && direction.window != direction.commitment_span,
        TermsFaultCode::MissingPriceNotAgreed,
    );
    check_missing_price(direction, missing, found);
    let unit_of = |line: &ServiceLine| match line.terms.pricing {
        Pricing::Access { .. } => Unit::ImsiMonth,
        _ => line.service.unit(),
    };
    let counting = || direction.lines().filter(|(_, line)| line.terms.in_commitment);
    let Some((earlier_group, first)) = counting().next() else {
        return;
    };
    for (group, number) in direction.groups.iter().zip(0u8..) {
        for (line, index) in group.lines.iter().zip(0u8..) {
            let (unit, earlier_unit) = (unit_of(line), unit_of(first));
            if line.terms.in_commitment && unit != earlier_unit {
                found.at(number, Some((index, line.service)));
                let subject = Subject::Units {
                    unit,
                    earlier_group,
                    earlier: first.service,
                    earlier_unit,
                };
                found.add(TermsFaultCode::CommitmentMixesUnits, Some(subject));
            }
        }
    }
}

/// What is missing has a price on every line that counts, also where nothing at all is used: otherwise a party gets out of its
/// commitment by not using it, or by using one unit.
fn check_missing_price(direction: &DirectionTerms, missing: MissingPrice, found: &mut Found) {
    for (group, number) in direction.groups.iter().zip(0u8..) {
        for (line, index) in group.lines.iter().zip(0u8..) {
            let counts = line.terms.in_commitment && !matches!(line.terms.pricing, Pricing::TapCharge);
            let average_of_nothing =
                missing == MissingPrice::Average && line.terms.pricing.lowest_missing_price() == Price(0);
            if counts && (average_of_nothing || idle_is_free(&line.terms, &direction.condition)) {
                found.at(number, Some((index, line.service)));
                found.add(TermsFaultCode::MissingVolumeFree, None);
            }
        }
    }
}

/// Whether a line alone would owe nothing for the whole commitment without any usage.
fn idle_is_free(line: &LineTerms, condition: &Condition) -> bool {
    let idle = [LineUsage::default()];
    // What is too large to be told to the last decimal is not free, and what is not sound is refused for that.
    rate_direction(core::slice::from_ref(line), condition, &idle, MAX_DECIMALS)
        .is_ok_and(|charged| charged.shortfall == 0)
}

/// A balanced price needs usage of the other direction to be set against.
fn check_balanced(terms: &Terms, direction: Direction, found: &mut Found) {
    let reverse = terms.direction(direction.reverse());
    for (group, number) in terms.direction(direction).groups.iter().zip(0u8..) {
        for (line, index) in group.lines.iter().zip(0u8..) {
            let balanced = matches!(
                line.terms.pricing,
                Pricing::Usage {
                    plan: UsagePlan::BalancedUnbalanced { .. },
                    ..
                }
            );
            let set_against = |other: &ServiceGroup| {
                group.mirrors(other) && other.lines.iter().any(|back| back.service == line.service)
            };
            if balanced && !reverse.groups.iter().any(set_against) {
                found.at(number, Some((index, line.service)));
                found.add(TermsFaultCode::BalancedWithoutReverse, None);
            }
        }
    }
}

fn check_networks(group: &ServiceGroup, found: &mut Found) {
    let empty = group.home.is_empty() || group.visited.is_empty() || group.lines.is_empty();
    found.when(empty, TermsFaultCode::EmptyGroup);
    for set in [&group.home, &group.visited] {
        let mut seen = BTreeSet::new();
        for tadig in set {
            let subject = Subject::Network(*tadig);
            found.when_of(!tadig.is_valid(), TermsFaultCode::InvalidTadig, subject);
            found.when_of(!seen.insert(tadig), TermsFaultCode::DuplicateTadig, subject);
        }
    }
}

/// Two groups share a pair of networks exactly when they share both a home and a visited network.
fn check_overlap(group: &ServiceGroup, before: &[ServiceGroup], found: &mut Found) {
    let home: BTreeSet<_> = group.home.iter().collect();
    let visited: BTreeSet<_> = group.visited.iter().collect();
    for (other, earlier) in before.iter().zip(0u8..) {
        let shared = (
            other.home.iter().find(|tadig| home.contains(tadig)),
            other.visited.iter().find(|tadig| visited.contains(tadig)),
        );
        if let (Some(home), Some(visited)) = shared {
            let (home, visited) = (*home, *visited);
            let subject = Subject::Pair {
                earlier,
                home,
                visited,
            };
            found.add(TermsFaultCode::GroupsOverlap, Some(subject));
        }
    }
}

#[cfg(test)]
mod tests;
