//! What an amendment must hold against the agreement as it stands.

use super::AgreementFor;
use crate::{Config, Error, Pallet, TermsOf};
use alloc::collections::BTreeSet;
use frame_support::ensure;
use interclear_billing::stretch::stretch;
use interclear_ports::{Clock, Periods, Usage};
use interclear_primitives::{
    agreement::{AgreementStatus, ServiceGroup, Terms},
    ids::AgreementId,
    period::Period,
    tadig::Tadig,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    /// What an amendment must hold against the agreement as it stands.
    pub(super) fn check_amendment(
        id: AgreementId,
        agreement: &AgreementFor<T>,
        from: Period,
        terms: &Terms,
    ) -> DispatchResult {
        let now = T::Clock::now();
        ensure!(
            agreement.status_at(now) == AgreementStatus::Active,
            Error::<T>::NotActive
        );
        let first = agreement
            .versions
            .first()
            .map(|entry| entry.from)
            .ok_or(Error::<T>::NotActive)?;
        let newest = Self::newest_outline(id, agreement)?;
        let fixed = terms.first == first && terms.currency == newest.currency;
        ensure!(fixed, Error::<T>::FixedByAgreement);
        ensure!(from.is_valid(), Error::<T>::InvalidPeriod);
        let within = first <= from && from <= terms.last && from <= agreement.end().next();
        ensure!(within, Error::<T>::OutsideTerm);
        let closed = T::Periods::last_closed(id);
        ensure!(
            closed.is_none_or(|closed| closed < from),
            Error::<T>::PeriodClosed
        );
        if let Some(closed) = closed.filter(|closed| closed.next() == from) {
            Self::check_commitments_due(id, agreement, closed)?;
        }
        Self::check_usage_kept(id, agreement, from, terms)
    }

    /// A commitment's span ends with the version, whose last month is charged what is missing: that month must not be
    /// closed already.
    fn check_commitments_due(id: AgreementId, agreement: &AgreementFor<T>, closed: Period) -> DispatchResult {
        let Some(version) = agreement.version_in(closed) else {
            return Ok(());
        };
        let in_force = agreement.months_of(version).ok_or(Error::<T>::NotFound)?;
        let terms = TermsOf::<T>::get(id, version).ok_or(Error::<T>::NotFound)?;
        let due = terms.directions.iter().all(|direction| {
            !direction.has_commitment()
                || stretch(&terms, direction.commitment_span, in_force, closed).last == closed
        });
        ensure!(due, Error::<T>::CommitmentRunning);
        Ok(())
    }

    /// Running totals are kept by group: what has been anchored from `from` on must mean the same under the new terms.
    ///
    /// Reads one record for each month of the term that runs from `from` on, so at most [`Config::MaxTermMonths`]; a
    /// renewal begins where the last one ended.
    fn check_usage_kept(
        id: AgreementId,
        agreement: &AgreementFor<T>,
        from: Period,
        terms: &Terms,
    ) -> DispatchResult {
        let mut compared = BTreeSet::new();
        let mut month = from;
        // Of what renews itself no month beyond the running term can have usage yet.
        let last = agreement.last_at(T::Clock::now());
        while month <= last {
            if T::Usage::period_usage(id, month).in_use() {
                let stays = month <= terms.last || terms.renewal_months > 0;
                ensure!(stays, Error::<T>::PeriodInUse);
                if let Some(version) = agreement
                    .version_in(month)
                    .filter(|version| compared.insert(*version))
                {
                    let old = TermsOf::<T>::get(id, version).ok_or(Error::<T>::NotFound)?;
                    ensure!(keeps_groups(&old, terms), Error::<T>::GroupsInUse);
                }
            }
            month = month.next();
        }
        Ok(())
    }
}

/// Whether running totals kept under the groups of `old` mean the same under `new`: every group of `old` is still
/// there, at its place, with the same networks and its services first and in order.
fn keeps_groups(old: &Terms, new: &Terms) -> bool {
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
