//! What clients ask through the runtime API.

use crate::{Config, Pallet, Reports};
use alloc::vec::Vec;
use interclear_billing::reports::compare;
use interclear_ports::Agreements;
use interclear_primitives::{
    ids::AgreementId,
    period::Period,
    report::{ComparedLine, PairMonth, UsageReports},
};

impl<T: Config> Pallet<T> {
    /// Both sides' reports of a pair's month with their comparison, until they are evicted.
    pub fn usage_reports(pair: PairMonth) -> Option<(UsageReports, Vec<ComparedLine>)> {
        let reports = Self::reports_of(&pair)?;
        let compared = Self::compared(&reports, pair.period);
        Some((reports, compared))
    }

    /// The pairs for which usage has been reported in an agreement's month, in order.
    pub fn reported_pairs(agreement: AgreementId, period: Period) -> Vec<PairMonth> {
        let mut pairs: Vec<_> = Reports::<T>::iter_key_prefix((agreement, period))
            .map(|(visited, home)| PairMonth {
                visited,
                home,
                period,
            })
            .collect();
        pairs.sort_unstable();
        pairs
    }

    pub(crate) fn reports_of(pair: &PairMonth) -> Option<UsageReports> {
        let route = T::Agreements::route(&pair.visited, &pair.home, pair.period)?;
        Reports::<T>::get((route.agreement, pair.period), (pair.visited, pair.home))
    }

    /// The two sides line by line, by the tolerances of the month's terms.
    pub(crate) fn compared(reports: &UsageReports, period: Period) -> Vec<ComparedLine> {
        compare(reports, &T::Agreements::tolerances(&reports.route, period))
    }
}
