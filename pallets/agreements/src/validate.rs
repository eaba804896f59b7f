//! What makes terms acceptable. Nothing here writes; only the last check reads (who owns a TADIG code).

use crate::{Config, Error};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{ensure, traits::Get};
use interclear_primitives::{
    ports::Operators,
    rating::{validate_direction, LineTerms, PlanError},
    Direction, DirectionTerms, OperatorId, PaymentTerms, Period, ServiceGroup, Tadig, Terms, UsageTerms,
    MAX_AGREEMENT_LINES,
};

/// Signatures of one party, at most; the bound of an offer's lists.
const MAX_SIGNATURES: u8 = 8;
/// Parts per million of the whole.
const WHOLE_PPM: u32 = 1_000_000;
/// Basis points of the whole.
const WHOLE_BPS: u16 = 10_000;
/// A year, for terms counted in days.
const YEAR_DAYS: u16 = 366;
/// A quarter, for terms counted in days.
const QUARTER_DAYS: u16 = 90;

/// Checks everything about terms that can be told without their parties.
pub fn check_terms<T: Config>(terms: &Terms, current: Period) -> Result<(), Error<T>> {
    check_term(terms, current)?;
    ensure!(terms.currency.is_valid(), Error::<T>::InvalidCurrency);
    ensure!(
        (1..=MAX_SIGNATURES).contains(&terms.signatures),
        Error::<T>::SignaturesOutOfRange
    );
    check_usage(&terms.usage)?;
    check_payment(&terms.payment)?;
    ensure!(terms.line_count() > 0, Error::<T>::NoLines);
    ensure!(
        terms.line_count() <= MAX_AGREEMENT_LINES,
        Error::<T>::MaxLinesExceeded
    );
    ensure!(
        terms.pair_count() <= T::MaxPairs::get(),
        Error::<T>::MaxPairsExceeded
    );
    terms.directions.iter().try_for_each(check_direction)
}

fn check_term<T: Config>(terms: &Terms, current: Period) -> Result<(), Error<T>> {
    ensure!(
        terms.first.is_valid() && terms.last.is_valid(),
        Error::<T>::InvalidPeriod
    );
    ensure!(terms.first <= terms.last, Error::<T>::LastBeforeFirst);
    ensure!(
        terms.first.months_until(terms.last) < T::MaxTermMonths::get(),
        Error::<T>::MaxTermMonthsExceeded
    );
    ensure!(terms.last >= current, Error::<T>::TermOver);
    Ok(())
}

fn check_usage<T: Config>(usage: &UsageTerms) -> Result<(), Error<T>> {
    ensure!(
        (1..=YEAR_DAYS).contains(&usage.age_limit_days),
        Error::<T>::AgeLimitOutOfRange
    );
    ensure!(
        (1..=QUARTER_DAYS).contains(&usage.acknowledge_days),
        Error::<T>::AcknowledgeDaysOutOfRange
    );
    Ok(())
}

fn check_payment<T: Config>(payment: &PaymentTerms) -> Result<(), Error<T>> {
    ensure!(
        (1..=QUARTER_DAYS).contains(&payment.affirm_days),
        Error::<T>::AffirmDaysOutOfRange
    );
    ensure!(
        payment.payment_days <= YEAR_DAYS,
        Error::<T>::PaymentDaysOutOfRange
    );
    ensure!(
        (1..=YEAR_DAYS).contains(&payment.dispute_days),
        Error::<T>::DisputeDaysOutOfRange
    );
    ensure!(
        payment.late_interest_bps <= WHOLE_BPS,
        Error::<T>::LateInterestOutOfRange
    );
    Ok(())
}

fn check_direction<T: Config>(direction: &DirectionTerms) -> Result<(), Error<T>> {
    direction.groups.iter().try_for_each(check_group)?;
    check_overlap(&direction.groups)?;
    // The engine sees the lines of a direction as one list, in the order of the groups.
    let lines: Vec<LineTerms> = direction.lines().map(|(_, line)| line.terms.clone()).collect();
    validate_direction(&lines, &direction.condition).map_err(|fault| plan_error(fault.error))
}

fn check_group<T: Config>(group: &ServiceGroup) -> Result<(), Error<T>> {
    let empty = group.home.is_empty() || group.visited.is_empty() || group.lines.is_empty();
    ensure!(!empty, Error::<T>::EmptyGroup);
    for set in [&group.home, &group.visited] {
        ensure!(set.iter().all(Tadig::is_valid), Error::<T>::InvalidTadig);
        ensure!(
            set.iter().collect::<BTreeSet<_>>().len() == set.len(),
            Error::<T>::DuplicateTadig
        );
    }
    let services: BTreeSet<_> = group.lines.iter().map(|line| line.service).collect();
    ensure!(services.len() == group.lines.len(), Error::<T>::DuplicateService);
    ensure!(
        group.lines.iter().all(|line| line.tolerance.ppm <= WHOLE_PPM),
        Error::<T>::ToleranceOutOfRange
    );
    Ok(())
}

/// Two groups share a pair of networks exactly when they share both a home and a visited network.
fn check_overlap<T: Config>(groups: &[ServiceGroup]) -> Result<(), Error<T>> {
    let mut rest = groups;
    while let Some((group, others)) = rest.split_first() {
        let home: BTreeSet<_> = group.home.iter().collect();
        let visited: BTreeSet<_> = group.visited.iter().collect();
        let shares = |other: &ServiceGroup| {
            other.home.iter().any(|tadig| home.contains(tadig))
                && other.visited.iter().any(|tadig| visited.contains(tadig))
        };
        ensure!(!others.iter().any(shares), Error::<T>::GroupsOverlap);
        rest = others;
    }
    Ok(())
}

/// Checks the parties: different, active, and owners of the networks that the terms give them.
pub fn check_parties<T: Config>(terms: &Terms, parties: [OperatorId; 2]) -> Result<(), Error<T>> {
    let [first, second] = parties;
    ensure!(first != second, Error::<T>::SameParty);
    ensure!(
        parties.into_iter().all(T::Operators::is_active),
        Error::<T>::CounterpartyNotActive
    );
    for direction in Direction::BOTH {
        let (home, visited) = match direction {
            Direction::FirstHome => (first, second),
            Direction::SecondHome => (second, first),
        };
        let groups = &terms.direction(direction).groups;
        check_owner::<T>(groups.iter().flat_map(|group| &group.home), home)?;
        check_owner::<T>(groups.iter().flat_map(|group| &group.visited), visited)?;
    }
    Ok(())
}

fn check_owner<'a, T: Config>(
    tadigs: impl Iterator<Item = &'a Tadig>,
    owner: OperatorId,
) -> Result<(), Error<T>> {
    let distinct: BTreeSet<_> = tadigs.collect();
    let owned = distinct
        .into_iter()
        .all(|tadig| T::Operators::owner_of(tadig) == Some(owner));
    ensure!(owned, Error::<T>::TadigNotOfParty);
    Ok(())
}

/// Whether running totals kept under the groups of `old` mean the same under `new`: every group of `old` is still
/// there, at its place, with the same networks and its services first and in order.
pub fn keeps_groups(old: &Terms, new: &Terms) -> bool {
    let set = |tadigs: &[Tadig]| tadigs.iter().copied().collect::<BTreeSet<_>>();
    let keeps = |old: &ServiceGroup, new: &ServiceGroup| {
        set(&old.home) == set(&new.home)
            && set(&old.visited) == set(&new.visited)
            && old.lines.len() <= new.lines.len()
            && old
                .lines
                .iter()
                .zip(&new.lines)
                .all(|(old, new)| old.service == new.service)
    };
    old.directions.iter().zip(&new.directions).all(|(old, new)| {
        old.groups.len() <= new.groups.len()
            && old
                .groups
                .iter()
                .zip(&new.groups)
                .all(|(old, new)| keeps(old, new))
    })
}

fn plan_error<T: Config>(error: PlanError) -> Error<T> {
    match error {
        PlanError::NoTiers => Error::NoTiers,
        PlanError::FirstTierNotAtZero => Error::FirstTierNotAtZero,
        PlanError::TiersUnsorted => Error::TiersUnsorted,
        PlanError::TiersOverlap => Error::TiersOverlap,
        PlanError::BackToFirstNotAboveTiers => Error::BackToFirstNotAboveTiers,
        PlanError::ZeroIncrement => Error::ZeroIncrement,
        PlanError::ZeroPriceFloor => Error::ZeroPriceFloor,
        PlanError::TaxRateAboveWhole => Error::TaxRateAboveWhole,
        PlanError::ShareOutOfRange => Error::ShareOutOfRange,
        PlanError::SharesNotWhole => Error::SharesNotWhole,
        PlanError::ShareWithoutUsageCaps => Error::ShareWithoutUsageCaps,
        PlanError::UsageCapsWithoutShares => Error::UsageCapsWithoutShares,
        PlanError::ZeroCommitment => Error::ZeroCommitment,
        PlanError::NothingInCommitment => Error::NothingInCommitment,
        PlanError::TapChargeInVolumeCommitment => Error::TapChargeInVolumeCommitment,
    }
}
