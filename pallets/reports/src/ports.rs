//! What the pallet answers to others: what settles by reports.

use crate::{Config, Pallet, Reports};
use alloc::vec::Vec;
use interclear_ports::ReportedPair;
use interclear_primitives::{
    ids::AgreementId,
    period::Period,
    report::{PairMonth, ReportedLine},
    service::ServiceSet,
};

impl<T: Config> interclear_ports::Reports for Pallet<T> {
    fn services_by_report(agreement: AgreementId, pair: &PairMonth) -> ServiceSet {
        Reports::<T>::get((agreement, pair.period), (pair.visited, pair.home))
            .map_or_else(ServiceSet::default, |reports| reports.services())
    }

    fn billed_in(agreement: AgreementId, period: Period) -> Vec<ReportedPair> {
        Reports::<T>::iter_prefix_values((agreement, period))
            .map(|reports| {
                let billed = || reports.billed.iter().map(ReportedLine::total).collect();
                ReportedPair {
                    route: reports.route,
                    holds: reports.holds,
                    has_come: reports.has_come(),
                    billed: reports.outcome.map(|_| billed()),
                }
            })
            .collect()
    }
}
