//! What the pallet answers to others: under which agreement traffic falls, and by which terms.

use crate::{
    Agreements as Records, Config, Outline, Outlines, Pallet, RouteEntry, Routes, TermsOf, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::Weight};
use interclear_ports::Agreements;
use interclear_primitives::{
    agreement::{Direction, Flows, Route, Terms, Tolerance, UsageTerms, MAX_AGREEMENT_LINES},
    ids::{AgreementId, OperatorId},
    period::Period,
    service::Service,
    span::{Accounted, Months},
    tadig::Tadig,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    fn version_in(agreement: AgreementId, period: Period) -> Option<u32> {
        Records::<T>::get(agreement)?.version_in(period)
    }

    fn outline_in(agreement: AgreementId, period: Period) -> Option<Outline> {
        Outlines::<T>::get(agreement, Self::version_in(agreement, period)?)
    }
}

impl<T: Config> Agreements for Pallet<T> {
    fn parties(agreement: AgreementId) -> Option<[OperatorId; 2]> {
        Records::<T>::get(agreement).map(|agreement| agreement.parties)
    }

    fn terms_in(agreement: AgreementId, period: Period) -> Option<(u32, Terms)> {
        let version = Self::version_in(agreement, period)?;
        TermsOf::<T>::get(agreement, version).map(|terms| (version, terms))
    }

    fn accounted_in(agreement: AgreementId, period: Period) -> Option<[Accounted; 2]> {
        Records::<T>::get(agreement)?.accounted_in(period)
    }

    fn usage_terms_in(agreement: AgreementId, period: Period) -> Option<UsageTerms> {
        Self::outline_in(agreement, period).map(|outline| outline.usage)
    }

    fn flows(route: &Route, period: Period) -> Flows {
        Self::outline_in(route.agreement, period).map_or_else(Flows::default, |outline| {
            outline.flows(route.direction, route.group)
        })
    }

    fn tolerances(route: &Route, period: Period) -> Vec<(Service, Tolerance)> {
        Self::terms_in(route.agreement, period).map_or_else(Vec::new, |(_, terms)| {
            terms.direction(route.direction).tolerances(route.group)
        })
    }

    fn secured_months(agreement: AgreementId, direction: Direction) -> Option<Months> {
        let found = Records::<T>::get(agreement)?;
        let secures = |version: &u32| {
            let outline = Outlines::<T>::get(agreement, version);
            outline.is_some_and(|outline| outline.secures.get(direction.index()) == Some(&true))
        };
        let versions = found.versions.iter().map(|entry| entry.version);
        let mut secured = versions
            .filter(secures)
            .filter_map(|version| found.months_of(version));
        let first = secured.next()?;
        let last = secured.next_back().unwrap_or(first).last;
        Some(Months { last, ..first })
    }

    fn route(visited: &Tadig, home: &Tadig, period: Period) -> Option<Route> {
        Self::route_in(visited, home, period)
    }

    fn is_routed(visited: &Tadig, home: &Tadig, from: Period) -> bool {
        let holds = |entry: &RouteEntry| {
            let months = Records::<T>::get(entry.agreement).and_then(|found| found.months_of(entry.version));
            months.is_some_and(|months| from <= months.last)
        };
        // The newest entry is the likeliest to hold.
        Routes::<T>::get((*visited, *home)).iter().rev().any(holds)
    }

    fn conclude(parties: [OperatorId; 2], terms: Terms) -> Result<AgreementId, DispatchError> {
        // Refused, it leaves nothing behind.
        frame_support::storage::with_storage_layer(|| Self::do_conclude(parties, terms))
    }

    fn conclude_weight() -> Weight {
        T::WeightInfo::conclude(T::MaxPairs::get(), MAX_AGREEMENT_LINES)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_activate(parties: [OperatorId; 2], terms: Terms) -> AgreementId {
        let id = Self::take_id().unwrap_or_default();
        let begun = Self::begin(id, Self::unoffered(parties, &terms), terms);
        // A benchmark that reuses networks measures a wrong case: better that it stops.
        assert!(begun.is_ok(), "pairs are routed already");
        id
    }
}
