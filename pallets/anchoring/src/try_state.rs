//! What must hold between the storage items at any time.

use crate::{
    calls::books::TotalsKey,
    types::{Booking, GroupKey, GroupTotals},
    Batches, Config, EntriesOf, EvictionQueue, LastClosed, NrtrdeFiles, NrtrdeMonthsOf, Pallet, Periods,
    ProofBooks, Proofs, Sequences, TestFiles, Totals,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::Get};
use interclear_ports::Reports;
use interclear_primitives::{
    batch::BatchStatus,
    ids::AgreementId,
    period::Period,
    series::{BatchKey, SequenceState, SeriesKey},
    service::ServiceSet,
    usage::PeriodUsage,
    Moment,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Checks that:
    /// - the running totals of open months are what the files that count come to, less the returned records, and what
    ///   bills of usage reports;
    /// - a month has the time of a party's last move exactly if the party made one;
    /// - the counters of open months, and the gaps of all months, are what a recount gives;
    /// - gaps are in range, not too long, apart from each other and from the newest number;
    /// - no more is returned of a file than there is, and every file waits for its eviction;
    /// - the figures of NRTRDE series, and the counts of test files and of proofs, are what a recount gives.
    pub fn do_try_state() -> Result<(), DispatchError> {
        let queued: BTreeSet<_> = EvictionQueue::<T>::iter()
            .flat_map(|(_, _, page)| page.into_inner())
            .collect();
        Self::check_months(&queued)?;
        Self::check_gaps()?;
        Self::check_nrtrde(&queued)?;
        Self::check_tests()?;
        Self::check_proofs()
    }

    fn check_tests() -> Result<(), DispatchError> {
        ensure!(
            EntriesOf::<T>::iter_values().all(|(_, count)| count <= T::MaxEntriesPerDay::get()),
            "an operator has anchored and proven more than it may in a day"
        );
        let mut counted = BTreeMap::<_, u32>::new();
        let kept = Batches::<T>::iter_keys().chain(NrtrdeFiles::<T>::iter_keys());
        for key in kept.filter(|key| key.series.test) {
            add(counted.entry(key.series).or_default(), true);
        }
        ensure!(
            counted == TestFiles::<T>::iter().collect(),
            "test files are miscounted"
        );
        ensure!(
            counted.values().all(|count| *count <= T::MaxTestFiles::get()),
            "a series has more test files than may be kept"
        );
        Ok(())
    }

    fn check_months(queued: &BTreeSet<BatchKey>) -> Result<(), DispatchError> {
        let mut totals = BTreeMap::<TotalsKey, GroupTotals>::new();
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
                "a returned file names its RAP file"
            );
            let remaining = batch
                .remaining()
                .map_err(|_| "more was returned of a file than there is")?;
            let batch = Self::resolved(batch, Periods::<T>::get);
            let Some(route) = batch.route else { continue };
            let month = (route.agreement, batch.billed_with());
            ensure!(
                !batch.deferred || batch.status == BatchStatus::Anchored,
                "a file that was answered does not count"
            );
            ensure!(
                batch.late.is_none_or(|late| late > batch.period),
                "late usage bills to no later month"
            );
            let usage = months.entry(month).or_default();
            match batch.status {
                BatchStatus::Anchored if batch.deferred => {
                    let latest = Periods::<T>::get(month).deferred(route.direction).latest;
                    ensure!(batch.anchored_at <= latest, "a file came after the newest one");
                    add(&mut usage.deferred_mut(route.direction).files, true);
                }
                BatchStatus::Anchored => {
                    add(&mut usage.batches, true);
                    add(&mut usage.awaiting_mut(route.direction).unanswered, true);
                    let latest = Periods::<T>::get(month).awaiting(route.direction).latest;
                    ensure!(
                        Periods::<T>::get(month).closed || batch.anchored_at <= latest,
                        "a file came after the newest one"
                    );
                }
                BatchStatus::Acknowledged => add(&mut usage.batches, true),
                BatchStatus::Returned(_) => {
                    let holds = batch.fatal_return.is_some_and(|refused| refused.holds);
                    add(&mut usage.returned, holds);
                    continue;
                }
                BatchStatus::Waived(_) => continue,
            }
            let Some(booked) = Self::totals_of(&batch) else {
                continue;
            };
            let sums = totals.entry(booked).or_default();
            for part in remaining {
                sums.book(&part, Booking::Add)
                    .map_err(|_| "the files of a month do not add up")?;
            }
            let services: ServiceSet = batch.anchor.totals.iter().map(|total| total.service).collect();
            let series = Sequences::<T>::get(key.series);
            // A month that stays open for longer than a file can bill to it is not among those of which the services are kept.
            let oldest = series.months.first().filter(|_| series.months.is_full());
            let dropped = oldest.is_some_and(|oldest| batch.period < oldest.period);
            let noted = series.services(batch.period);
            ensure!(
                Periods::<T>::get(month).closed || dropped || noted.contains_all(services),
                "a file's service is not marked as settled by TAP"
            );
        }
        for (month, usage) in Periods::<T>::iter().filter(|(_, usage)| !usage.closed) {
            Self::add_reports(month, &mut totals, months.entry(month).or_default())?;
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
            let deferred = |usage: &PeriodUsage| usage.deferred.map(|direction| direction.files);
            ensure!(
                deferred(&usage) == deferred(&counted),
                "the files of a month that do not count yet are miscounted"
            );
            ensure!(
                usage.returned == counted.returned,
                "the returned files of a month are miscounted"
            );
            ensure!(
                (usage.reports, usage.open_reports, usage.expected_reports)
                    == (counted.reports, counted.open_reports, counted.expected_reports)
                    && usage.pending_reports == counted.pending_reports,
                "the reports of a month are miscounted"
            );
        }
        ensure!(
            Periods::<T>::iter_values()
                .flat_map(|usage| usage.moves)
                .all(|moves| (moves.count > 0) == (moves.latest > 0)),
            "a party's last move is not counted, or has no time"
        );
        ensure!(
            months.keys().all(Periods::<T>::contains_key),
            "a file bills to a month that is not counted"
        );
        for ((agreement, period), usage) in Periods::<T>::iter() {
            let last = LastClosed::<T>::get(agreement);
            ensure!(
                !usage.closed || last >= Some(period),
                "a month is closed after the last one"
            );
        }
        for (month, key, total) in Totals::<T>::iter() {
            let empty = total.is_empty() || total.iter().any(|(_, sum)| sum.is_empty());
            ensure!(!empty, "an empty running total is kept");
            ensure!(
                !key.deferred || !Periods::<T>::get(month).closed,
                "files of a closed month do not count anywhere"
            );
            ensure!(
                Periods::<T>::contains_key(month),
                "a running total belongs to a month that is not counted"
            );
            if !Periods::<T>::get(month).closed {
                ensure!(
                    totals.remove(&(month, key)) == Some(total),
                    "a running total differs from its files"
                );
            }
        }
        let left = totals
            .iter()
            .find(|((month, _), total)| !total.is_empty() && !Periods::<T>::get(month).closed);
        ensure!(left.is_none(), "a running total is missing");
        Ok(())
    }

    /// Adds what bills of a month's usage reports.
    fn add_reports(
        (agreement, period): (AgreementId, Period),
        totals: &mut BTreeMap<TotalsKey, GroupTotals>,
        usage: &mut PeriodUsage,
    ) -> Result<(), DispatchError> {
        for pair in T::Reports::billed_in(agreement, period) {
            add(&mut usage.reports, true);
            add(&mut usage.open_reports, pair.holds && pair.billed.is_none());
            add(&mut usage.pending_reports, pair.billed.is_none());
            add(&mut usage.expected_reports, pair.has_come);
            let group = GroupKey {
                direction: pair.route.direction,
                group: pair.route.group,
                late: (pair.period != period).then_some(pair.period),
                deferred: false,
            };
            let sums = totals.entry(((agreement, period), group)).or_default();
            for part in pair.billed.iter().flatten() {
                sums.book(part, Booking::Add)
                    .map_err(|_| "the reports of a month do not add up")?;
            }
        }
        Ok(())
    }

    fn check_nrtrde(queued: &BTreeSet<BatchKey>) -> Result<(), DispatchError> {
        let mut counted = BTreeMap::<(SeriesKey, Period), (u32, u32)>::new();
        let mut oldest = Moment::MAX;
        for (key, file) in NrtrdeFiles::<T>::iter() {
            ensure!(key == file.anchor.key, "a file is kept under another key");
            ensure!(queued.contains(&key), "a file does not wait for its eviction");
            ensure!(
                file.agreement.is_none() == key.series.test,
                "only a test file has no agreement"
            );
            if key.series.test {
                continue;
            }
            let (files, acknowledged) = counted.entry((key.series, file.period())).or_default();
            add(files, true);
            add(acknowledged, file.acknowledged_at.is_some());
            oldest = oldest.min(file.anchored_at);
        }
        for (series, months) in NrtrdeMonthsOf::<T>::iter() {
            ensure!(
                months.is_sorted_by(|a, b| a.period < b.period),
                "the months of a series are not in order"
            );
            for month in months {
                let (files, acknowledged) = counted.remove(&(series, month.period)).unwrap_or_default();
                ensure!(
                    month.late_files <= month.files && month.acknowledged <= month.files,
                    "more files are late or acknowledged than there are"
                );
                // Files of earlier months may have been evicted.
                let whole = oldest < month.period.start();
                ensure!(
                    files <= month.files
                        && (!whole || (files, acknowledged) == (month.files, month.acknowledged)),
                    "the files of a series are miscounted"
                );
            }
        }
        Ok(())
    }

    fn check_proofs() -> Result<(), DispatchError> {
        let mut counted = BTreeMap::<_, u32>::new();
        for (of, _, _) in Proofs::<T>::iter() {
            add(counted.entry(of).or_default(), true);
        }
        for (of, book) in ProofBooks::<T>::iter() {
            ensure!(
                counted.remove(&of) == Some(book.counts.iter().sum()),
                "proofs are miscounted"
            );
            ensure!(
                book.counts
                    .iter()
                    .all(|count| *count <= T::MaxProofsPerFile::get()),
                "a party has proven more than it may"
            );
        }
        ensure!(counted.is_empty(), "a proof is not counted");
        Ok(())
    }

    fn check_gaps() -> Result<(), DispatchError> {
        let mut counted = BTreeMap::<_, u32>::new();
        for (series, state) in Sequences::<T>::iter() {
            Self::check_series(&series, &state)?;
            for gap in &state.gaps {
                ensure!(
                    gap.agreement.is_none() || series.bills(),
                    "a gap has an agreement for which nothing waits"
                );
                if let Some(agreement) = gap.agreement {
                    add(counted.entry((agreement, gap.period)).or_default(), true);
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
            let apart = |other: &interclear_primitives::series::Gap| {
                !gap.contains(stream, other.first) && !other.contains(stream, gap.first)
            };
            ensure!(
                state.gaps.iter().skip(index.saturating_add(1)).all(apart),
                "gaps overlap"
            );
        }
        Ok(())
    }
}

/// Counts what is there, if it counts.
fn add(count: &mut u32, counts: bool) {
    *count = count.saturating_add(counts.into());
}
