//! Which agreement the traffic of two networks falls under.
//!
//! An entry names a version; the months in which it holds follow from the agreement itself. So an amendment, a
//! termination or the end of a term changes what is routed without touching the entries of single pairs.

use super::AgreementFor;
use crate::{Agreements, Config, Error, Pallet, RouteEntry, Routes};
use alloc::collections::BTreeMap;
use frame_support::ensure;
use interclear_ports::{Clock, Periods};
use interclear_primitives::{
    agreement::{AgreementStatus, Direction, InForce, Terms},
    ids::AgreementId,
    period::Period,
    span::Months,
    tadig::Tadig,
    usage::taken_until,
    Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

/// What is needed of the agreements that already route a pair, read once each.
struct Known<T: Config> {
    agreements: BTreeMap<AgreementId, (AgreementFor<T>, Option<Period>)>,
    now: Moment,
}

impl<T: Config> Known<T> {
    fn new(id: AgreementId, agreement: &AgreementFor<T>) -> Self {
        let closed = T::Periods::last_closed(id);
        let agreements = BTreeMap::from([(id, (agreement.clone(), closed))]);
        Self {
            agreements,
            now: T::Clock::now(),
        }
    }

    /// First and last month of an entry; `None` once nothing can be billed under it any more, late usage neither.
    fn months(&mut self, entry: &RouteEntry) -> Option<Months> {
        let (agreement, closed) = match self.agreements.entry(entry.agreement) {
            alloc::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            alloc::collections::btree_map::Entry::Vacant(unknown) => {
                let agreement = Agreements::<T>::get(entry.agreement)?;
                unknown.insert((agreement, T::Periods::last_closed(entry.agreement)))
            }
        };
        let months = agreement.months_of(entry.version)?;
        let over = self.now >= taken_until(months.last) && closed.is_some_and(|closed| months.last <= closed);
        (!over).then_some(months)
    }
}

impl<T: Config> Pallet<T> {
    /// Makes a version the one in force from a month on and routes its pairs of networks.
    pub(crate) fn put_in_force(
        id: AgreementId,
        agreement: &mut AgreementFor<T>,
        version: u32,
        from: Period,
        terms: &Terms,
    ) -> DispatchResult {
        let carries = Self::carries(id, agreement, from, terms)?;
        // Versions that would have begun later, or in the same month, never come into force.
        agreement.versions.retain(|entry| {
            let stays = entry.from < from;
            if !stays {
                Self::drop_terms(id, entry.version);
            }
            stays
        });
        agreement
            .versions
            .try_push(InForce {
                from,
                version,
                carries,
            })
            .map_err(|_| Error::<T>::MaxVersionsExceeded)?;
        agreement.status = AgreementStatus::Active;
        agreement.last = terms.last;
        agreement.renewal_months = terms.renewal_months;
        if terms.renewal_months == 0 {
            Self::watch(id, terms.last.end());
        }
        let end = agreement.end();

        let mut known = Known::<T>::new(id, agreement);
        for direction in Direction::BOTH {
            for (group, visited, home) in terms.direction(direction).pairs() {
                let entry = RouteEntry {
                    agreement: id,
                    version,
                    direction,
                    group,
                };
                Self::add_route(&mut known, (visited, home), entry, from, end)?;
            }
        }
        Ok(())
    }

    fn add_route(
        known: &mut Known<T>,
        pair: (Tadig, Tadig),
        new: RouteEntry,
        from: Period,
        last: Period,
    ) -> DispatchResult {
        Routes::<T>::try_mutate(pair, |entries| {
            let mut taken = false;
            entries.retain(|entry| match known.months(entry) {
                Some(Months { first, last: end }) => {
                    taken |= entry.agreement != new.agreement && first <= last && from <= end;
                    true
                }
                None => false,
            });
            ensure!(!taken, Error::<T>::RouteTaken);
            entries
                .try_push(new)
                .map_err(|_| Error::<T>::MaxRouteEntriesExceeded)?;
            Ok::<(), DispatchError>(())
        })
    }
}
