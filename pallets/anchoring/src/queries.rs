//! What clients ask through the runtime API.

use crate::{
    types::{GroupKey, GroupTotals},
    Batches, Config, NrtrdeFiles, NrtrdeMonthsOf, Pallet, Periods, Proofs, Sequences, Totals, LOG_TARGET,
};
use alloc::{collections::BTreeMap, vec::Vec};
use interclear_ports::{unexpected, Agreements, Clock};
use interclear_primitives::{
    agreement::Direction,
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
        let counts = Self::deferred_counts(agreement, period, &Self::period_usage(agreement, period));
        let mut groups = BTreeMap::<GroupKey, GroupTotals>::new();
        for (group, totals) in Totals::<T>::iter_prefix((agreement, period)) {
            if group.deferred && !counts(group.direction) {
                continue;
            }
            let group = GroupKey {
                deferred: false,
                ..group
            };
            if groups.entry(group).or_default().merge(&totals).is_err() {
                unexpected!(LOG_TARGET, "running totals of {period} exceed their bound");
            }
        }
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
        let mut totals: Vec<_> = groups.into_iter().flat_map(lines).collect();
        totals.sort_by_key(|(late, key, _)| (*late, *key));
        totals.into_iter()
    }

    /// Whether the files of a direction count that came after the closing days and were not answered: once the newest one
    /// can no longer be returned.
    pub(crate) fn deferred_counts(
        agreement: AgreementId,
        period: Period,
        usage: &PeriodUsage,
    ) -> impl Fn(Direction) -> bool {
        let terms = match usage.has_deferred() {
            true => T::Agreements::closing_terms(agreement, period),
            false => None,
        };
        let (now, deferred) = (T::Clock::now(), usage.deferred);
        move |direction| {
            let [first, second] = deferred;
            let latest = match direction {
                Direction::FirstHome => first.latest,
                Direction::SecondHome => second.latest,
            };
            terms.is_some_and(|terms| now >= terms.silence_closes(period, latest))
        }
    }

    /// What was proven of a record of a file with a root; it outlives the details of the file.
    pub fn proven_record(key: BatchKey, root: Digest, index: u32) -> Option<ProvenRecord> {
        Proofs::<T>::get((key, root), index)
    }
}
