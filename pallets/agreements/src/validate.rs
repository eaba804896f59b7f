//! What makes terms acceptable: [`interclear_billing::terms::validate`], the limits of the chain, and who owns what. Nothing here writes; only
//! the check of the parties reads.

use crate::{Config, Error};
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use interclear_billing::terms::TermsFaultKind;
use interclear_ports::Operators;
use interclear_primitives::{
    agreement::{Direction, ServiceGroup, Terms},
    ids::OperatorId,
    period::Period,
    rating::PlanError,
    tadig::Tadig,
};

/// Checks everything about terms that can be told without their parties.
pub fn check_terms<T: Config>(terms: &Terms, current: Period) -> Result<(), Error<T>> {
    interclear_billing::terms::validate(terms).map_err(|fault| terms_error(fault.kind))?;
    ensure!(
        terms.first.months_until(terms.last) < T::MaxTermMonths::get(),
        Error::<T>::MaxTermMonthsExceeded
    );
    ensure!(terms.last >= current, Error::<T>::TermOver);
    ensure!(
        terms.pair_count() <= T::MaxPairs::get(),
        Error::<T>::MaxPairsExceeded
    );
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

fn terms_error<T: Config>(kind: TermsFaultKind) -> Error<T> {
    match kind {
        TermsFaultKind::InvalidPeriod => Error::InvalidPeriod,
        TermsFaultKind::LastBeforeFirst => Error::LastBeforeFirst,
        TermsFaultKind::InvalidCurrency => Error::InvalidCurrency,
        TermsFaultKind::InvalidUsageCurrency => Error::InvalidUsageCurrency,
        TermsFaultKind::SignaturesOutOfRange => Error::SignaturesOutOfRange,
        TermsFaultKind::NoticeOutOfRange => Error::NoticeOutOfRange,
        TermsFaultKind::ProlongationOutOfRange => Error::ProlongationOutOfRange,
        TermsFaultKind::AgeLimitOutOfRange => Error::AgeLimitOutOfRange,
        TermsFaultKind::AcknowledgeDaysOutOfRange => Error::AcknowledgeDaysOutOfRange,
        TermsFaultKind::CloseDaysOutOfRange => Error::CloseDaysOutOfRange,
        TermsFaultKind::AffirmDaysOutOfRange => Error::AffirmDaysOutOfRange,
        TermsFaultKind::PaymentDaysOutOfRange => Error::PaymentDaysOutOfRange,
        TermsFaultKind::DisputeDaysOutOfRange => Error::DisputeDaysOutOfRange,
        TermsFaultKind::LateInterestOutOfRange => Error::LateInterestOutOfRange,
        TermsFaultKind::NoLines => Error::NoLines,
        TermsFaultKind::MaxLinesExceeded => Error::MaxLinesExceeded,
        TermsFaultKind::SpanNotWholeWindows => Error::SpanNotWholeWindows,
        TermsFaultKind::EmptyGroup => Error::EmptyGroup,
        TermsFaultKind::InvalidTadig(_) => Error::InvalidTadig,
        TermsFaultKind::DuplicateTadig(_) => Error::DuplicateTadig,
        TermsFaultKind::GroupsOverlap { .. } => Error::GroupsOverlap,
        TermsFaultKind::DuplicateService(_) => Error::DuplicateService,
        TermsFaultKind::ToleranceOutOfRange => Error::ToleranceOutOfRange,
        TermsFaultKind::ZeroChargingIncrement => Error::ZeroChargingIncrement,
        TermsFaultKind::IncrementNotOfUnit => Error::IncrementNotOfUnit,
        TermsFaultKind::Plan(error) => plan_error(error),
    }
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
