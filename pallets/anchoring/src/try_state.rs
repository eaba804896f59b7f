//! What must hold between the storage items at any time.

use crate::{books::TotalKey, Batches, Config, EvictionQueue, Pallet, Periods, Sequences, Totals};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::Get};
use interclear_primitives::{BatchStatus, PeriodUsage, SequenceState, SeriesKey, UsageKey, UsageTotal};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Checks that:
    /// - the running totals of open months are what the files that count come to, less the returned records;
    /// - the counters of open months, and the gaps of all months, are what a recount gives;
    /// - gaps are in range, not too long, apart from each other and from the newest number;
    /// - no more is returned of a file than there is, and every file waits for its eviction.
    pub fn do_try_state() -> Result<(), DispatchError> {
        Self::check_files()?;
        Self::check_gaps()
    }

    fn check_files() -> Result<(), DispatchError> {
        let queued: BTreeSet<_> = EvictionQueue::<T>::iter()
            .flat_map(|(_, _, page)| page.into_inner())
            .collect();
        let mut totals = BTreeMap::<TotalKey, UsageTotal>::new();
        let mut months = BTreeMap::<_, PeriodUsage>::new();
        for (key, batch) in Batches::<T>::iter() {
            ensure!(key == batch.anchor.key, "a file is kept under another key");
            ensure!(queued.contains(&key), "a file does not wait for its eviction");
            ensure!(
                batch.route.is_none() == key.series.test,
                "only a test file has no route"
            );
            let returned = matches!(batch.status, BatchStatus::Returned(_) | BatchStatus::Waived(_));
            ensure!(
                returned == batch.fatal_return.is_some(),
                "a returned file names its return file"
            );
            let remaining = batch
                .remaining()
                .map_err(|_| "more was returned of a file than there is")?;
            let Some(route) = batch.route else { continue };
            let month = (route.agreement, batch.period);
            let usage = months.entry(month).or_default();
            match batch.status {
                BatchStatus::Anchored => {
                    usage.batches += 1;
                    usage.awaiting_mut(route.direction).unanswered += 1;
                }
                BatchStatus::Acknowledged => usage.batches += 1,
                BatchStatus::Returned(_) => {
                    usage.returned += 1;
                    continue;
                }
                BatchStatus::Waived(_) => continue,
            }
            for part in remaining {
                let key = UsageKey {
                    direction: route.direction,
                    group: route.group,
                    service: part.service,
                };
                let total = totals.entry((month, key)).or_default();
                *total = total
                    .checked_add(&part)
                    .map_err(|_| "the files of a month do not add up")?;
            }
        }
        for (month, usage) in Periods::<T>::iter().filter(|(_, usage)| !usage.sealed) {
            let counted = months.remove(&month).unwrap_or_default();
            ensure!(
                usage.batches == counted.batches,
                "the files of a month are miscounted"
            );
            let unanswered = |usage: &PeriodUsage| usage.awaiting.map(|direction| direction.unanswered);
            ensure!(
                unanswered(&usage) == unanswered(&counted),
                "the unanswered files of a month are miscounted"
            );
            ensure!(
                usage.returned == counted.returned,
                "the returned files of a month are miscounted"
            );
        }
        ensure!(
            months.keys().all(Periods::<T>::contains_key),
            "a file bills to a month that is not counted"
        );
        for (month, key, total) in Totals::<T>::iter() {
            ensure!(!total.is_empty(), "an empty running total is kept");
            ensure!(
                Periods::<T>::contains_key(month),
                "a running total belongs to a month that is not counted"
            );
            if !Periods::<T>::get(month).sealed {
                ensure!(
                    totals.remove(&(month, key)) == Some(total),
                    "a running total differs from its files"
                );
            }
        }
        let left = totals
            .iter()
            .find(|((month, _), total)| !total.is_empty() && !Periods::<T>::get(month).sealed);
        ensure!(left.is_none(), "a running total is missing");
        Ok(())
    }

    fn check_gaps() -> Result<(), DispatchError> {
        let mut counted = BTreeMap::<_, u32>::new();
        for (series, state) in Sequences::<T>::iter() {
            Self::check_series(&series, &state)?;
            for gap in &state.gaps {
                ensure!(
                    gap.agreement.is_none() == series.test,
                    "only the gap of a test series has no agreement"
                );
                if let Some(agreement) = gap.agreement {
                    *counted.entry((agreement, gap.period)).or_default() += 1;
                }
            }
        }
        for (month, usage) in Periods::<T>::iter() {
            ensure!(
                usage.gaps == counted.remove(&month).unwrap_or_default(),
                "the gaps of a month are miscounted"
            );
        }
        ensure!(counted.is_empty(), "a gap belongs to a month that is not counted");
        Ok(())
    }

    fn check_series(series: &SeriesKey, state: &SequenceState) -> Result<(), DispatchError> {
        let (stream, numbers) = (series.stream, 1..=series.stream.max_sequence());
        ensure!(
            state.highest <= series.stream.max_sequence(),
            "the newest number is out of range"
        );
        for (index, gap) in state.gaps.iter().enumerate() {
            ensure!(
                numbers.contains(&gap.first) && numbers.contains(&gap.last),
                "a gap is out of range"
            );
            ensure!(gap.count(stream) <= T::MaxGapLength::get(), "a gap is too long");
            ensure!(
                !gap.contains(stream, state.highest),
                "the newest number is in a gap"
            );
            let apart = |other: &interclear_primitives::Gap| {
                !gap.contains(stream, other.first) && !other.contains(stream, gap.first)
            };
            ensure!(state.gaps.iter().skip(index + 1).all(apart), "gaps overlap");
        }
        Ok(())
    }
}
