//! What an amendment must hold against the agreement as it stands.

use super::AgreementFor;
use crate::{Config, Error, Pallet, TermsOf};
use alloc::collections::BTreeSet;
use frame_support::ensure;
use interclear_billing::stretch::stretches;
use interclear_ports::{Clock, Periods, Usage};
use interclear_primitives::{
    agreement::{AgreementStatus, Carries, ServiceGroup, Terms},
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
        // What renews itself can be amended in a renewal, without a word about its term.
        let last = match terms.renewal_months {
            0 => terms.last,
            _ => terms.last.max(agreement.last_at(now).next()),
        };
        let within = first <= from && from <= last && from <= agreement.end().next();
        ensure!(within, Error::<T>::OutsideTerm);
        let closed = T::Periods::last_closed(id);
        ensure!(
            closed.is_none_or(|closed| closed < from),
            Error::<T>::PeriodClosed
        );
        if let Some(closed) = closed.filter(|closed| closed.next() == from) {
            Self::check_commitments_due(id, agreement, closed, terms)?;
        }
        Self::check_usage_kept(id, agreement, from, terms)
    }

    /// What of the accounts of the version before `from` terms carry on that come into force then.
    pub(crate) fn carries(
        id: AgreementId,
        agreement: &AgreementFor<T>,
        from: Period,
        terms: &Terms,
    ) -> Result<[Carries; 2], Error<T>> {
        let before = from.previous();
        let Some(version) = agreement.version_in(before) else {
            return Ok(Default::default());
        };
        let old = TermsOf::<T>::get(id, version).ok_or(Error::<T>::AgreementNotFound)?;
        let mut carries = terms.carries(&old);
        // The last month of the version before has been charged as a version says that gives way now: what was ended then
        // cannot go on again.
        let charged = T::Periods::is_closed(id, before);
        let replaced = agreement.versions.iter().find(|entry| entry.from == from);
        if let Some(replaced) = replaced.filter(|_| charged) {
            for (carries, replaced) in carries.iter_mut().zip(&replaced.carries) {
                carries.span &= replaced.span;
                carries.window &= replaced.window;
            }
        }
        Ok(carries)
    }

    /// What ends with a version is charged with its last month, which must not be closed already: the shortfall of a
    /// commitment's span, and what is given back of the fees of a window.
    fn check_commitments_due(
        id: AgreementId,
        agreement: &AgreementFor<T>,
        closed: Period,
        terms: &Terms,
    ) -> DispatchResult {
        let Some(version) = agreement.version_in(closed) else {
            return Ok(());
        };
        let accounted = agreement
            .accounted_in(closed)
            .ok_or(Error::<T>::AgreementNotFound)?;
        let old = TermsOf::<T>::get(id, version).ok_or(Error::<T>::AgreementNotFound)?;
        let carries = Self::carries(id, agreement, closed.next(), terms)?;
        let due = old.directions.iter().zip(&accounted).zip(&carries);
        let due = due.into_iter().all(|((direction, accounted), carries)| {
            let [window, span] = stretches(&old, direction, accounted, closed);
            let span_goes_on = carries.span && (carries.window || !direction.splits_with_prices());
            let span_due = span_goes_on || !direction.has_commitment() || span.months.last == closed;
            let window_due = carries.window || !direction.has_fees() || window.months.last == closed;
            span_due && window_due
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
                    let old = TermsOf::<T>::get(id, version).ok_or(Error::<T>::AgreementNotFound)?;
                    ensure!(keeps_groups(&old, terms), Error::<T>::GroupsInUse);
                    // What the files charge is in their currency, and deadlines run since they came.
                    ensure!(old.usage == terms.usage, Error::<T>::UsageRulesInUse);
                }
            }
            month = month.next();
        }
        Ok(())
    }
}

/// Whether running totals kept under the groups of `old` mean the same under `new`: every group of `old` is still
/// there, at its place, with the same networks and its services first and in order, counted in the same steps and coming in the
/// same flow.
fn keeps_groups(old: &Terms, new: &Terms) -> bool {
    let set = |tadigs: &[Tadig]| tadigs.iter().copied().collect::<BTreeSet<_>>();
    let keeps = |old: &ServiceGroup, new: &ServiceGroup| {
        set(&old.home) == set(&new.home)
            && set(&old.visited) == set(&new.visited)
            && old.lines.len() <= new.lines.len()
            && old.lines.iter().zip(&new.lines).all(|(old, new)| {
                (old.service, old.increment, old.flow) == (new.service, new.increment, new.flow)
            })
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
