//! Mocks of the ports, answered from thread-local tables, for tests of single pallets with `u64` accounts.
#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "for tests alone; a table filled wrongly must stop them"
)]

mod book;
pub mod desks;
mod disputed;
mod members;
pub mod roaming;
mod switches;
mod tariffs;
mod tokens;

use super::*;
pub use book::{MockEscrows, MockObligations, CLAIM_PENDING};
pub use disputed::{MockEvidence, MockStatements};
use interclear_primitives::{
    agreement::UsageTerms,
    netting::{LateInterest, ObligationStatus},
    operator::OperatorKinds,
    span::{Accounted, Months},
    usage::taken_until,
};
use interclear_rating::Price;
pub use members::MockMembers;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};
pub use switches::{MockCycles, MockSwitches};
pub use tariffs::{MockCaps, MockRates};

/// The account type of the pallets' tests.
pub type AccountId = u64;

#[derive(Default)]
struct Tables {
    desks: BTreeMap<AccountId, Desk>,
    suspended: BTreeSet<OperatorId>,
    kinds: BTreeMap<OperatorId, OperatorKinds>,
    tadigs: BTreeMap<Tadig, OperatorId>,
    payout: BTreeMap<OperatorId, AccountId>,
    agreements: BTreeMap<AgreementId, Agreed>,
    usage: BTreeMap<(AgreementId, Period), BTreeMap<UsageKey, UsageTotal>>,
    late: BTreeMap<(AgreementId, Period), BTreeMap<(Period, UsageKey), UsageTotal>>,
    deferred: BTreeMap<(AgreementId, Period), [i128; 2]>,
    period_usage: BTreeMap<(AgreementId, Period), PeriodUsage>,
    sent_again: BTreeMap<(AgreementId, Direction), Moment>,
    undecided: BTreeSet<AgreementId>,
    by_file: BTreeMap<PairMonth, ServiceSet>,
    reported: BTreeMap<(AgreementId, PairMonth), Reported>,
    closed: BTreeSet<(AgreementId, Period)>,
    members: BTreeSet<AccountId>,
    validators: BTreeSet<AccountId>,
    cap: Option<Price>,
    rates: BTreeMap<(Currency, Period), SdrRate>,
    now: Moment,
    obligations: BTreeMap<ObligationId, Obligation>,
    claims: BTreeMap<ObligationId, Moment>,
    given_back: BTreeMap<ObligationId, ObligationId>,
    not_owed: Vec<(ObligationId, OperatorId, Value)>,
    forgotten: BTreeSet<ObligationId>,
    next_obligation: u64,
    decimals: BTreeMap<Currency, u8>,
    statements: BTreeMap<(AgreementId, Period), Statement>,
    decided: Vec<interclear_primitives::statement::Decided>,
    proven: BTreeSet<(BatchKey, Digest, u32)>,
    named: BTreeSet<(About, AgreementId, Period, LineKey)>,
    escrows: BTreeMap<(AgreementId, Direction), (u128, i128)>,
    reserves: BTreeMap<(AgreementId, Period), [u128; 2]>,
    redeemed: BTreeMap<(AgreementId, Period), [u128; 2]>,
    carried: BTreeMap<(AgreementId, Period), [u128; 2]>,
    unpaid: Vec<(AgreementId, Direction, Period, ObligationId)>,
    frozen_escrows: BTreeSet<(AgreementId, Direction)>,
    paused: BTreeMap<Function, (Moment, Option<Moment>)>,
    netting_paused: Vec<(u32, u32)>,
    stops: Vec<Option<Moment>>,
}

/// What a pair has reported: the services that settle by it, under what it bills, and what once it is final.
struct Reported {
    services: ServiceSet,
    route: Route,
    /// The month that bills it, if it came late.
    late: Option<Period>,
    holds: bool,
    billed: Option<Vec<ServiceTotal>>,
}

/// An agreement and its versions, each with its first month.
struct Agreed {
    parties: [OperatorId; 2],
    versions: Vec<(Period, Terms)>,
}

impl Agreed {
    /// The number, months and terms of the version in force in a month.
    fn version_in(&self, period: Period) -> Option<(u32, Months, &Terms)> {
        let place = self.versions.iter().rposition(|(from, _)| *from <= period)?;
        let (first, terms) = self.versions.get(place)?;
        let end = match self.versions.get(place + 1) {
            Some((next, _)) => next.previous(),
            None if terms.renewal_months > 0 => Period::MAX,
            None => terms.last,
        };
        let months = Months {
            first: *first,
            last: end,
        };
        let number = u32::try_from(place + 1).ok()?;
        months.includes(period).then_some((number, months, terms))
    }
}

/// What [`MockOperators`] answers to an account that is not a desk.
pub const NOT_A_DESK: DispatchError = DispatchError::Other("NotADesk");
/// What it answers to a desk without the role.
pub const WRONG_ROLE: DispatchError = DispatchError::Other("WrongRole");
/// What it answers to a desk of a suspended operator.
pub const SUSPENDED: DispatchError = DispatchError::Other("Suspended");
/// What [`MockCaps`] answers to terms that charge too much.
pub const ABOVE_CAP: DispatchError = DispatchError::Other("AboveCap");

thread_local!(static TABLES: RefCell<Tables> = RefCell::default());

fn with<R>(change: impl FnOnce(&mut Tables) -> R) -> R {
    TABLES.with(|tables| change(&mut tables.borrow_mut()))
}

/// Empties all tables; test externalities call it when they are built.
pub fn reset() {
    with(|tables| *tables = Tables::default());
}

/// The outcome of a call without what it has taken.
pub fn plain(outcome: DispatchResultWithPostInfo) -> DispatchResult {
    outcome.map(drop).map_err(|refused| refused.error)
}

/// Answers [`Clock`].
pub struct MockClock;

impl MockClock {
    /// Sets the clock, in seconds since the Unix epoch.
    pub fn set(now: Moment) {
        with(|tables| tables.now = now);
    }

    /// Lets time pass.
    pub fn advance(seconds: Moment) {
        with(|tables| tables.now += seconds);
    }
}

impl Clock for MockClock {
    fn now() -> Moment {
        with(|tables| tables.now)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_now(now: Moment) {
        Self::set(now);
    }
}

/// Answers [`Operators`].
pub struct MockOperators;

impl MockOperators {
    /// Adds an active operator of the given kinds, with its TADIG codes.
    pub fn admit(operator: OperatorId, kinds: &[OperatorKind], tadigs: &[Tadig]) {
        with(|tables| {
            tables
                .kinds
                .insert(operator, kinds.to_vec().try_into().expect("kinds are few"));
            tables
                .tadigs
                .extend(tadigs.iter().map(|tadig| (*tadig, operator)));
        });
    }

    /// Adds a desk; a treasury desk becomes the payout account.
    pub fn add_desk(who: AccountId, operator: OperatorId, roles: &[Role]) {
        with(|tables| {
            if roles.contains(&Role::Treasury) {
                tables.payout.insert(operator, who);
            }
            let roles = roles.to_vec().try_into().expect("roles are few");
            tables.desks.insert(who, Desk { operator, roles });
        });
    }

    /// Leaves an operator without payout account.
    pub fn clear_payout_account(operator: OperatorId) {
        with(|tables| tables.payout.remove(&operator));
    }

    /// Removes a desk.
    pub fn remove_desk(who: AccountId) {
        with(|tables| tables.desks.remove(&who));
    }

    /// Suspends an operator.
    pub fn suspend(operator: OperatorId) {
        with(|tables| tables.suspended.insert(operator));
    }

    /// Ends a suspension.
    pub fn readmit(operator: OperatorId) {
        with(|tables| tables.suspended.remove(&operator));
    }
}

impl Operators<AccountId> for MockOperators {
    fn desk(who: &AccountId) -> Option<Desk> {
        with(|tables| tables.desks.get(who).cloned())
    }

    fn ensure_role(who: &AccountId, role: Role) -> Result<OperatorId, DispatchError> {
        let desk = Self::desk(who).ok_or(NOT_A_DESK)?;
        desk.roles
            .contains(&role)
            .then_some(desk.operator)
            .ok_or(WRONG_ROLE)
    }

    fn ensure_active_role(who: &AccountId, role: Role) -> Result<OperatorId, DispatchError> {
        let operator = Self::ensure_role(who, role)?;
        Self::is_active(operator).then_some(operator).ok_or(SUSPENDED)
    }

    fn is_active(operator: OperatorId) -> bool {
        with(|tables| tables.kinds.contains_key(&operator) && !tables.suspended.contains(&operator))
    }

    fn has_kind(operator: OperatorId, kind: OperatorKind) -> bool {
        with(|tables| {
            tables
                .kinds
                .get(&operator)
                .is_some_and(|kinds| kinds.contains(&kind))
        })
    }

    fn owner_of(tadig: &Tadig) -> Option<OperatorId> {
        with(|tables| tables.tadigs.get(tadig).copied())
    }

    fn payout_account(operator: OperatorId) -> Option<AccountId> {
        with(|tables| tables.payout.get(&operator).copied())
    }

    fn max_operators() -> u32 {
        64
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_admit(desk: AccountId, tadig: Tadig) -> OperatorId {
        let operator = OperatorId(with(|tables| {
            tables.kinds.last_key_value().map_or(0, |(last, _)| last.0 + 1)
        }));
        Self::admit(
            operator,
            &[OperatorKind::Mobile, OperatorKind::TokenIssuer],
            &[tadig],
        );
        let all = [
            Role::Admin,
            Role::Commercial,
            Role::Clearing,
            Role::Treasury,
            Role::Engineering,
        ];
        Self::add_desk(desk, operator, &all);
        operator
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_add_tadig(operator: OperatorId, tadig: Tadig) {
        with(|tables| tables.tadigs.insert(tadig, operator));
    }
}

/// Answers [`Agreements`].
pub struct MockAgreements;

impl MockAgreements {
    /// Puts an agreement in force.
    pub fn activate(agreement: AgreementId, parties: [OperatorId; 2], terms: Terms) {
        let versions = vec![(terms.first, terms)];
        with(|tables| tables.agreements.insert(agreement, Agreed { parties, versions }));
    }

    /// The first month of an agreement.
    pub fn first_month(agreement: AgreementId) -> Period {
        with(|tables| {
            let agreed = tables.agreements.get(&agreement).expect("it is in force");
            agreed.versions.first().expect("it has terms").0
        })
    }

    /// Has the newest terms of an agreement renew themselves without end.
    pub fn renew(agreement: AgreementId) {
        with(|tables| {
            let agreed = tables.agreements.get_mut(&agreement).expect("it is in force");
            if let Some((_, terms)) = agreed.versions.last_mut() {
                terms.renewal_months = 12;
            }
        });
    }

    /// Puts another version of an agreement in force from a month on.
    pub fn amend(agreement: AgreementId, from: Period, terms: Terms) {
        with(|tables| {
            let agreed = tables.agreements.get_mut(&agreement).expect("it is in force");
            agreed.versions.push((from, terms));
        });
    }

    fn in_force<R>(
        agreement: AgreementId,
        period: Period,
        read: impl FnOnce(u32, Months, &Terms) -> R,
    ) -> Option<R> {
        with(|tables| {
            let (version, months, terms) = tables.agreements.get(&agreement)?.version_in(period)?;
            Some(read(version, months, terms))
        })
    }
}

impl Agreements for MockAgreements {
    fn parties(agreement: AgreementId) -> Option<[OperatorId; 2]> {
        with(|tables| tables.agreements.get(&agreement).map(|agreed| agreed.parties))
    }

    fn terms_in(agreement: AgreementId, period: Period) -> Option<(u32, Terms)> {
        Self::in_force(agreement, period, |version, _, terms| (version, terms.clone()))
    }

    fn accounted_in(agreement: AgreementId, period: Period) -> Option<[Accounted; 2]> {
        Self::in_force(agreement, period, |_, months, _| [Accounted::alone(months); 2])
    }

    fn usage_terms_in(agreement: AgreementId, period: Period) -> Option<UsageTerms> {
        Self::in_force(agreement, period, |_, _, terms| terms.usage)
    }

    fn flows(route: &Route, period: Period) -> Flows {
        Self::in_force(route.agreement, period, |_, _, terms| {
            let groups = &terms.direction(route.direction).groups;
            groups.get(usize::from(route.group)).map(|group| group.flows())
        })
        .flatten()
        .unwrap_or_default()
    }

    fn tolerances(
        route: &Route,
        period: Period,
    ) -> Vec<(
        interclear_primitives::service::Service,
        interclear_primitives::agreement::Tolerance,
    )> {
        Self::in_force(route.agreement, period, |_, _, terms| {
            terms.direction(route.direction).tolerances(route.group)
        })
        .unwrap_or_default()
    }

    fn secured_months(agreement: AgreementId, direction: Direction) -> Option<Months> {
        with(|tables| {
            let agreed = tables.agreements.get(&agreement)?;
            let of = |(from, _): &(Period, Terms)| agreed.version_in(*from);
            let versions = agreed.versions.iter().filter_map(of);
            let mut prepaid = versions.filter(|(.., terms)| terms.secures(direction));
            let (_, months, _) = prepaid.next()?;
            let last = prepaid
                .next_back()
                .map_or(months.last, |(_, months, _)| months.last);
            Some(Months { last, ..months })
        })
    }

    fn conclude(parties: [OperatorId; 2], terms: Terms) -> Result<AgreementId, DispatchError> {
        interclear_billing::terms::validate(&terms).map_err(|_| DispatchError::Other("InvalidTerms"))?;
        let agreement = AgreementId(with(|tables| {
            let last = tables.agreements.last_key_value();
            last.map_or(0, |(last, _)| last.0 + 1)
        }));
        Self::activate(agreement, parties, terms);
        Ok(agreement)
    }

    fn conclude_weight() -> Weight {
        Weight::zero()
    }

    fn route(visited: &Tadig, home: &Tadig, period: Period) -> Option<Route> {
        with(|tables| {
            tables
                .agreements
                .iter()
                .filter_map(|(id, agreed)| Some((id, agreed.version_in(period)?.2)))
                .find_map(|(id, terms)| {
                    interclear_primitives::agreement::Direction::BOTH
                        .into_iter()
                        .find_map(|direction| {
                            let groups = &terms.direction(direction).groups;
                            let group = groups
                                .iter()
                                .position(|g| g.home.contains(home) && g.visited.contains(visited))?;
                            Some(Route {
                                agreement: *id,
                                direction,
                                group: u8::try_from(group).ok()?,
                            })
                        })
                })
        })
    }

    fn is_routed(visited: &Tadig, home: &Tadig, from: Period) -> bool {
        let covers = |terms: &Terms| {
            let mut groups = interclear_primitives::agreement::Direction::BOTH
                .into_iter()
                .flat_map(|direction| terms.direction(direction).groups.iter());
            groups.any(|group| group.home.contains(home) && group.visited.contains(visited))
        };
        with(|tables| {
            let versions = tables.agreements.values().flat_map(|agreed| &agreed.versions);
            let mut open = versions.filter(|(_, terms)| terms.renewal_months > 0 || from <= terms.last);
            open.any(|(_, terms)| covers(terms))
        })
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_activate(parties: [OperatorId; 2], terms: Terms) -> AgreementId {
        // After all others, whatever their numbers: a number that is taken would replace an agreement.
        let agreement = AgreementId(with(|tables| {
            tables
                .agreements
                .last_key_value()
                .map_or(0, |(last, _)| last.0 + 1)
        }));
        Self::activate(agreement, parties, terms);
        agreement
    }
}

/// Answers [`Usage`].
pub struct MockUsage;

impl MockUsage {
    /// Sets the running total of a line.
    pub fn set(agreement: AgreementId, period: Period, key: UsageKey, total: UsageTotal) {
        with(|tables| {
            tables
                .usage
                .entry((agreement, period))
                .or_default()
                .insert(key, total)
        });
    }

    /// Sets late usage of a closed month that another one bills.
    pub fn set_late(
        agreement: AgreementId,
        (of, billed_with): (Period, Period),
        key: UsageKey,
        total: UsageTotal,
    ) {
        with(|tables| {
            tables
                .late
                .entry((agreement, billed_with))
                .or_default()
                .insert((of, key), total)
        });
    }

    /// Sets what files of either direction charge, in 10^-6, that the next month bills in place of this one.
    pub fn defer(agreement: AgreementId, period: Period, charged: [i128; 2]) {
        with(|tables| tables.deferred.insert((agreement, period), charged));
    }

    /// Sets what has been anchored for a month.
    pub fn set_period(agreement: AgreementId, period: Period, usage: PeriodUsage) {
        with(|tables| tables.period_usage.insert((agreement, period), usage));
    }

    /// Sets until when returned files of a direction may be sent again.
    pub fn set_sent_again(agreement: AgreementId, direction: Direction, until: Moment) {
        with(|tables| tables.sent_again.insert((agreement, direction), until));
    }

    /// Notes that what a month comes to has changed.
    pub fn note_change(agreement: AgreementId, period: Period) {
        Self::change_period(agreement, period, PeriodUsage::note_change);
    }

    /// Has services of a pair's month come in TAP files.
    pub fn set_by_file(pair: PairMonth, services: ServiceSet) {
        with(|tables| tables.by_file.insert(pair, services));
    }
}

impl Usage for MockUsage {
    fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage {
        with(|tables| {
            tables
                .period_usage
                .get(&(agreement, period))
                .copied()
                .unwrap_or_default()
        })
    }

    fn totals(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)> {
        with(|tables| {
            let month = tables.usage.get(&(agreement, period));
            month
                .map(|totals| totals.iter().map(|(key, total)| (*key, *total)).collect())
                .unwrap_or_default()
        })
    }

    fn late_totals(agreement: AgreementId, period: Period) -> Vec<(Period, UsageKey, UsageTotal)> {
        with(|tables| {
            let late = tables.late.get(&(agreement, period)).into_iter().flatten();
            late.map(|((of, key), total)| (*of, *key, *total)).collect()
        })
    }

    fn ensure_complete(agreement: AgreementId, period: Period, _now: Moment) -> DispatchResult {
        let usage = Self::period_usage(agreement, period);
        if usage.gaps > 0 || usage.unanswered() > 0 || usage.returned > 0 || usage.open_reports > 0 {
            return Err(DispatchError::Other("Incomplete"));
        }
        Ok(())
    }

    fn close(agreement: AgreementId, period: Period) -> Result<[i128; 2], DispatchError> {
        if Self::period_usage(agreement, period).closed {
            return Err(DispatchError::Other("Closed"));
        }
        let disputed_until = MockAgreements::disputed_until(agreement, period, MockClock::now());
        Self::change_period(agreement, period, |usage| {
            usage.closed = true;
            usage.disputed_until = disputed_until;
        });
        let deferred = with(|tables| tables.deferred.remove(&(agreement, period)));
        Ok(deferred.unwrap_or_default())
    }

    fn note_change(agreement: AgreementId, period: Period) {
        Self::note_change(agreement, period);
    }

    fn sent_at() -> Moment {
        let now = MockClock::now();
        <MockSwitches as crate::Switches>::since(Function::Anchoring).map_or(now, |since| since.min(now))
    }

    fn sent_again_until(agreement: AgreementId, direction: Direction) -> Moment {
        with(|tables| {
            let until = tables.sent_again.get(&(agreement, direction));
            until.copied().unwrap_or_default()
        })
    }

    fn keep_until(agreement: AgreementId, period: Period, until: Moment) {
        Self::change_period(agreement, period, |usage| usage.disputed_until = until);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_add(
        agreement: AgreementId,
        period: Period,
        late: Option<Period>,
        totals: &[(UsageKey, UsageTotal)],
    ) {
        // As much again comes after the closing days.
        Self::defer(agreement, period, [10_000; 2]);
        for (key, total) in totals {
            match late {
                None => Self::set(agreement, period, *key, *total),
                Some(of) => Self::set_late(agreement, (of, period), *key, *total),
            }
        }
    }
}

impl MockUsage {
    fn next_open(agreement: AgreementId, period: Period) -> Period {
        core::iter::successors(Some(period), |month| Some(month.next()))
            .find(|month| !Self::period_usage(agreement, *month).closed)
            .unwrap_or(period)
    }

    fn change_period(agreement: AgreementId, period: Period, change: impl FnOnce(&mut PeriodUsage)) {
        with(|tables| change(tables.period_usage.entry((agreement, period)).or_default()));
    }
}

impl UsageBook for MockUsage {
    fn billed_with(agreement: AgreementId, period: Period, answers: bool) -> Result<Period, DispatchError> {
        if !Self::period_usage(agreement, period).closed {
            return Ok(period);
        }
        let taken = MockAgreements::usage_terms_in(agreement, period)
            .is_some_and(|terms| answers || MockClock::now() < terms.late_until(period));
        match taken && MockClock::now() < taken_until(period) {
            true => Ok(Self::next_open(agreement, period)),
            false => Err(DispatchError::Other("TooLate")),
        }
    }

    fn services_by_file(pair: &PairMonth) -> ServiceSet {
        with(|tables| tables.by_file.get(pair).copied().unwrap_or_default())
    }

    fn open_report(agreement: AgreementId, period: Period, holds: bool) -> DispatchResult {
        Self::change_period(agreement, period, |usage| {
            usage.reports += 1;
            usage.open_reports += u32::from(holds);
            usage.pending_reports += 1;
        });
        Ok(())
    }

    fn note_expected(agreement: AgreementId, period: Period) {
        Self::change_period(agreement, period, |usage| usage.expected_reports += 1);
    }

    fn note_move(agreement: AgreementId, period: Period, by: OperatorId) {
        let parties = MockAgreements::parties(agreement).unwrap_or_default();
        if let Some(party) = parties.iter().position(|party| *party == by) {
            let now = MockClock::now();
            Self::change_period(agreement, period, |usage| usage.note_move(party, now));
        }
    }

    fn note_step(agreement: AgreementId, period: Period, step: &MonthStep) {
        Self::change_period(agreement, period, |usage| {
            usage.running_digest = step.after(&usage.running_digest);
        });
    }

    fn bill_report(
        route: &Route,
        period: Period,
        reported: Period,
        totals: &[ServiceTotal],
        holds: bool,
    ) -> Result<Period, DispatchError> {
        let closed = Self::period_usage(route.agreement, reported).closed;
        let billed_with = match closed {
            true => Self::billed_with(route.agreement, period, true)?,
            false => reported,
        };
        with(|tables| {
            let month = tables.usage.entry((route.agreement, period)).or_default();
            let late = tables.late.entry((route.agreement, billed_with)).or_default();
            for part in totals {
                let key = UsageKey {
                    direction: route.direction,
                    group: route.group,
                    service: part.service,
                };
                let total = match billed_with == period {
                    true => month.entry(key).or_default(),
                    false => late.entry((period, key)).or_default(),
                };
                *total = total
                    .checked_add(part)
                    .map_err(|_| DispatchError::Other("Overflow"))?;
            }
            Ok::<_, DispatchError>(())
        })?;
        Self::change_period(route.agreement, reported, |usage| {
            usage.open_reports -= u32::from(holds);
            usage.pending_reports -= 1;
            usage.reports -= u32::from(closed);
        });
        Self::change_period(route.agreement, billed_with, |usage| {
            usage.reports += u32::from(closed);
            usage.note_change();
        });
        Ok(billed_with)
    }
}

/// Answers [`Reports`].
pub struct MockReports;

impl MockReports {
    /// Has a pair report services under a route; `billed` once its figures are final.
    pub fn set(pair: PairMonth, route: Route, services: ServiceSet, billed: Option<Vec<ServiceTotal>>) {
        let reported = Reported {
            services,
            route,
            late: None,
            holds: true,
            billed,
        };
        with(|tables| tables.reported.insert((route.agreement, pair), reported));
    }

    /// Has another month bill what a pair has reported, which does not wait for its figures.
    pub fn set_late(agreement: AgreementId, pair: PairMonth, billed_with: Period) {
        with(|tables| {
            if let Some(reported) = tables.reported.get_mut(&(agreement, pair)) {
                (reported.late, reported.holds) = (Some(billed_with), false);
            }
        });
    }
}

impl Reports for MockReports {
    fn services_by_report(agreement: AgreementId, pair: &PairMonth) -> ServiceSet {
        with(|tables| {
            let reported = tables.reported.get(&(agreement, *pair));
            reported.map_or_else(ServiceSet::default, |reported| reported.services)
        })
    }

    fn billed_in(agreement: AgreementId, period: Period) -> Vec<ReportedPair> {
        with(|tables| {
            let of_month = |(key, reported): &(&(AgreementId, PairMonth), &Reported)| {
                key.0 == agreement && reported.late.unwrap_or(key.1.period) == period
            };
            tables
                .reported
                .iter()
                .filter(of_month)
                .map(|(key, reported)| ReportedPair {
                    route: reported.route,
                    period: key.1.period,
                    holds: reported.holds,
                    has_come: false,
                    billed: reported.billed.clone(),
                })
                .collect()
        })
    }
}

/// Answers [`Periods`].
pub struct MockPeriods;

impl MockPeriods {
    /// Has decisions of disputes wait for a later month, or no longer.
    pub fn set_undecided(agreement: AgreementId, undecided: bool) {
        with(|tables| match undecided {
            true => tables.undecided.insert(agreement),
            false => tables.undecided.remove(&agreement),
        });
    }

    /// Closes a month.
    pub fn close(agreement: AgreementId, period: Period) {
        with(|tables| tables.closed.insert((agreement, period)));
    }
}

impl Periods for MockPeriods {
    fn is_closed(agreement: AgreementId, period: Period) -> bool {
        with(|tables| tables.closed.contains(&(agreement, period)))
    }

    fn last_closed(agreement: AgreementId) -> Option<Period> {
        with(|tables| {
            tables
                .closed
                .iter()
                .filter(|(id, _)| *id == agreement)
                .map(|(_, period)| *period)
                .max()
        })
    }

    fn is_final(agreement: AgreementId, period: Period) -> bool {
        Self::is_closed(agreement, period)
    }

    fn is_undecided(agreement: AgreementId) -> bool {
        with(|tables| tables.undecided.contains(&agreement))
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_close(agreement: AgreementId, period: Period) {
        Self::close(agreement, period);
    }
}
