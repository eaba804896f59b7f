//! What must hold between the storage items at any time.

use crate::{Config, EvictionQueue, NextEviction, Pallet, ReportKey, Reports};
use alloc::collections::BTreeSet;
use frame_support::ensure;
use interclear_ports::UsageBook;
use interclear_primitives::report::PairMonth;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks that:
    /// - reports are kept under the agreement under which they bill, at least one side has reported, and only final
    ///   figures bill;
    /// - no service of a pair's month settles both by TAP and by a report;
    /// - reports wait for their eviction once, in a day that has not been processed.
    ///
    /// # Errors
    /// The first sentence that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut queued = BTreeSet::new();
        let next = NextEviction::<T>::get();
        for (day, key) in EvictionQueue::<T>::iter_keys() {
            ensure!(queued.insert(key), "reports wait twice for their eviction");
            ensure!(
                next.is_some_and(|next| next <= day),
                "reports wait in a day that was processed"
            );
        }
        for ((agreement, period), (visited, home), reports) in Reports::<T>::iter() {
            let pair = PairMonth {
                visited,
                home,
                period,
            };
            ensure!(
                reports.route.agreement == agreement,
                "reports are kept under another agreement"
            );
            ensure!(
                queued.remove(&ReportKey { agreement, pair }),
                "reports do not wait for their eviction"
            );
            ensure!(
                reports.visited.is_some() || reports.home.is_some(),
                "reports are kept of no side"
            );
            ensure!(
                reports.outcome.is_some() || reports.billed.is_empty(),
                "open reports bill"
            );
            ensure!(
                !T::Usage::services_by_file(&pair).overlaps(reports.services()),
                "a service settles in two flows"
            );
        }
        ensure!(queued.is_empty(), "reports that are gone wait for their eviction");
        Ok(())
    }
}
