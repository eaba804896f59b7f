//! What clients ask through the runtime API.

use crate::{calls::AgreementFor, Agreements, AgreementsOf, Config, Pallet, RouteEntry, Routes, TermsOf};
use alloc::vec::Vec;
use interclear_ports::Clock;
use interclear_primitives::{
    agreement::{AgreementStatus, Route, Terms},
    ids::{AgreementId, OperatorId},
    period::Period,
    tadig::Tadig,
};

impl<T: Config> Pallet<T> {
    /// An agreement as it stands now: what has run out shows as ended even before the record says so, and what has
    /// renewed itself with the last month of its present term.
    pub fn agreement(id: AgreementId) -> Option<AgreementFor<T>> {
        let now = T::Clock::now();
        let mut agreement = Agreements::<T>::get(id)?;
        agreement.status = agreement.status_at(now);
        agreement.last = agreement.last_at(now);
        if agreement.status == AgreementStatus::Expired {
            agreement.offer = None;
        }
        agreement.offer = agreement.offer.filter(|offer| !offer.lapsed(now));
        Some(agreement)
    }

    /// The agreements to which an operator is a party, by ascending id.
    pub fn agreements_of(operator: OperatorId) -> Vec<AgreementId> {
        let mut ids: Vec<_> = AgreementsOf::<T>::iter_key_prefix(operator).collect();
        ids.sort_unstable();
        ids
    }

    /// So many agreements to which an operator is a party, that follow one in the order of storage; from the first on without
    /// one.
    pub fn agreements_after(
        operator: OperatorId,
        after: Option<AgreementId>,
        most: usize,
    ) -> Vec<AgreementId> {
        let keys = match after {
            Some(last) => {
                let key = AgreementsOf::<T>::hashed_key_for(operator, last);
                AgreementsOf::<T>::iter_key_prefix_from(operator, key)
            }
            None => AgreementsOf::<T>::iter_key_prefix(operator),
        };
        keys.take(most).collect()
    }

    /// The terms of the version on the table or of one that is or was in force.
    pub fn terms(id: AgreementId, version: u32) -> Option<Terms> {
        TermsOf::<T>::get(id, version)
    }

    /// The route of a pair of networks in a month.
    pub fn route_in(visited: &Tadig, home: &Tadig, period: Period) -> Option<Route> {
        // The newest entry is the likeliest to hold.
        Routes::<T>::get((*visited, *home))
            .iter()
            .rev()
            .find_map(|entry| {
                let in_force = Agreements::<T>::get(entry.agreement)?.version_in(period)?;
                let RouteEntry {
                    agreement,
                    version,
                    direction,
                    group,
                } = *entry;
                (version == in_force).then_some(Route {
                    agreement,
                    direction,
                    group,
                })
            })
    }
}
