//! What clients ask through the runtime API.

use crate::{
    types::{GroupKey, GroupTotals},
    Batches, Config, NrtrdeFiles, NrtrdeMonthsOf, Pallet, Periods, Proofs, Sequences, Totals,
};
use alloc::vec::Vec;
use interclear_primitives::{
    api::MAX_PAGE,
    batch::{Batch, ProvenRecord},
    ids::AgreementId,
    nrtrde::{NrtrdeFile, NrtrdeMonths},
    period::Period,
    series::{BatchKey, SequenceState, SeriesKey},
    usage::{PeriodUsage, UsageKey, UsageTotal},
    Digest,
};

impl<T: Config> Pallet<T> {
    /// How far a series has come, with its gaps.
    pub fn sequence(series: SeriesKey) -> SequenceState {
        Sequences::<T>::get(series)
    }

    /// A file, until its details are evicted.
    pub fn batch(key: BatchKey) -> Option<Batch> {
        Batches::<T>::get(key).map(|batch| Self::resolved(batch, Periods::<T>::get))
    }

    /// The files of a series with numbers from `first` to `last`, of which at most [`MAX_PAGE`] are looked at.
    pub fn batches(series: SeriesKey, first: u32, last: u32) -> Vec<Batch> {
        let last = last.min(first.saturating_add(MAX_PAGE.saturating_sub(1)));
        (first..=last)
            .filter_map(|sequence| Self::batch(series.file(sequence)))
            .collect()
    }

    /// What has been anchored for a month.
    pub fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage {
        Periods::<T>::get((agreement, period))
    }

    /// An NRTRDE file, until its details are evicted.
    pub fn nrtrde_file(key: BatchKey) -> Option<NrtrdeFile> {
        NrtrdeFiles::<T>::get(key)
    }

    /// How punctual an NRTRDE series was, by ascending month.
    pub fn nrtrde_months(series: SeriesKey) -> NrtrdeMonths {
        NrtrdeMonthsOf::<T>::get(series)
    }

    /// Running totals of a month, by ascending key; late usage of other months that it bills is not among them, nor are
    /// files that came after its closing days and do not count yet.
    pub fn usage(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)> {
        let own = |(late, key, total): (Option<Period>, _, _)| late.is_none().then_some((key, total));
        Self::billed_by(agreement, period).filter_map(own).collect()
    }

    /// Late usage of closed months that a month bills, by ascending month and key.
    pub fn late_usage(agreement: AgreementId, period: Period) -> Vec<(Period, UsageKey, UsageTotal)> {
        let late = |(late, key, total): (Option<Period>, _, _)| Some((late?, key, total));
        Self::billed_by(agreement, period).filter_map(late).collect()
    }

    fn billed_by(
        agreement: AgreementId,
        period: Period,
    ) -> impl Iterator<Item = (Option<Period>, UsageKey, UsageTotal)> {
        // What is deferred counts by a step that everybody sees, never by the clock: who closes has seen what counts.
        let groups = Totals::<T>::iter_prefix((agreement, period)).filter(|(group, _)| !group.deferred);
        let lines = |(group, totals): (GroupKey, GroupTotals)| {
            let line = |(service, total): &(_, _)| {
                let key = UsageKey {
                    direction: group.direction,
                    group: group.group,
                    service: *service,
                };
                (group.late, key, *total)
            };
            totals.iter().map(line).collect::<Vec<_>>()
        };
        let mut totals: Vec<_> = groups.flat_map(lines).collect();
        totals.sort_by_key(|(late, key, _)| (*late, *key));
        totals.into_iter()
    }

    /// What was proven of a record of a file with a root; it outlives the details of the file.
    pub fn proven_record(key: BatchKey, root: Digest, index: u32) -> Option<ProvenRecord> {
        Proofs::<T>::get((key, root), index)
    }
}
