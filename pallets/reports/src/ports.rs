//! What the pallet answers to others: what settles by reports.

use crate::{Config, Pallet, Reports};
use alloc::vec::Vec;
use interclear_primitives::{
    agreement::Route,
    batch::ServiceTotal,
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

    fn billed_in(agreement: AgreementId, period: Period) -> Vec<(Route, Period, Option<Vec<ServiceTotal>>)> {
        Reports::<T>::iter()
            .filter(|((id, of), _, reports)| *id == agreement && reports.billed_with(*of) == period)
            .map(|((_, of), _, reports)| {
                let billed = || reports.billed.iter().map(ReportedLine::total).collect();
                (reports.route, of, reports.outcome.map(|_| billed()))
            })
            .collect()
    }
}
