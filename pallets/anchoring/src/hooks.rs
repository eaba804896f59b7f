//! Work in idle time: removes the details of files whose retention is over, a bounded number at a time.
//!
//! They wait in pages under the day on which their retention ends. A day is processed once it is wholly past. A file
//! whose month is not closed by then, or can still be disputed, is looked at again a week later.

use crate::{
    calls::books::MonthKey,
    pallet::PageSize,
    types::{ProofBook, ProofKey},
    Batches, Config, Event, EvictionPages, EvictionQueue, NextEviction, NrtrdeFiles, Pallet, Periods,
    ProofBooks, ProofCursor, Proofs, TestFiles, WeightInfo, LOG_TARGET,
};
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::WeightMeter, BoundedVec};
use interclear_ports::{one_less, unexpected, Periods as _};
use interclear_primitives::{
    batch::Batch,
    day_of,
    series::{BatchKey, Stream},
    Moment,
};

/// Days after which a file is looked at again whose month was not closed.
const RETRY_DAYS: u32 = 7;

/// Files whose proofs one block looks at in vain: a day at 2 s a block reaches over a million.
const PROOF_LOOKS: u32 = 32;

/// What to do with a queued entry.
enum Verdict {
    /// Its details can go.
    Evict,
    /// It is gone, or another one with a later entry in the queue has taken its place.
    Forget,
    /// Its month is not closed, or can still be disputed.
    Retry,
}

impl<T: Config> Pallet<T> {
    /// How long details are kept, of a test file or another.
    fn retention(test: bool) -> Moment {
        match test {
            true => T::TestRetention::get(),
            false => T::Retention::get(),
        }
    }

    /// The day on which the retention of a file ends that is anchored now.
    pub(crate) fn due_day(anchored_at: Moment, test: bool) -> u32 {
        day_of(anchored_at.saturating_add(Self::retention(test)))
    }

    /// Whether nothing needs the details of a file any more.
    pub(crate) fn is_evictable(batch: &Batch, now: Moment) -> bool {
        let test = batch.anchor.key.series.test;
        Self::retention_is_over(test, batch.anchored_at, now) && Self::is_settled(batch, now)
    }

    /// Whether what came then is past its retention.
    pub(crate) fn retention_is_over(test: bool, came: Moment, now: Moment) -> bool {
        came.saturating_add(Self::retention(test)) <= now
    }

    /// Whether lines of the month, open or closed, can still be disputed.
    fn can_be_disputed(month: MonthKey, now: Moment) -> bool {
        !Periods::<T>::get(month).is_beyond_dispute(now)
    }

    /// Whether the month of a file is closed and its lines can no longer be disputed; test files bill to none.
    fn is_settled(batch: &Batch, now: Moment) -> bool {
        let batch = Self::resolved(batch.clone(), Periods::<T>::get);
        let month = Self::month_of(&batch);
        month.is_none_or(|month| !Self::can_be_disputed(month, now))
    }

    /// Queues entries for eviction after a day.
    pub(crate) fn schedule(day: u32, keys: &[BatchKey]) {
        if keys.is_empty() {
            return;
        }
        if NextEviction::<T>::get().is_none_or(|next| day < next) {
            NextEviction::<T>::put(day);
        }
        let pages = EvictionPages::<T>::get(day);
        let first = pages.saturating_sub(1);
        // The newest page is filled up before another one is begun.
        let mut waiting = EvictionQueue::<T>::get(day, first).into_inner();
        waiting.extend_from_slice(keys);
        let mut after = first;
        for page in waiting.chunks(<PageSize as Get<u32>>::get() as usize) {
            EvictionQueue::<T>::insert(day, after, BoundedVec::truncate_from(page.to_vec()));
            after = after.saturating_add(1);
        }
        EvictionPages::<T>::insert(day, after);
    }

    /// Processes the queue as far as the meter allows.
    pub(crate) fn evict(now: Moment, meter: &mut WeightMeter) {
        let idle = T::WeightInfo::evict(0);
        let each = T::WeightInfo::evict(1).saturating_sub(idle);
        if meter.try_consume(idle).is_err() {
            return;
        }
        let Some(mut day) = NextEviction::<T>::get() else {
            return;
        };
        let (first, today) = (day, day_of(now));
        let (mut batches, mut retry) = (0u32, Vec::new());
        while day < today && meter.try_consume(each).is_ok() {
            let Some(last) = EvictionPages::<T>::get(day).checked_sub(1) else {
                day = day.saturating_add(1);
                continue;
            };
            let mut page = EvictionQueue::<T>::get(day, last);
            if page.is_empty() {
                unexpected!(
                    LOG_TARGET,
                    "page {last} of day {day} of the eviction queue is empty"
                );
            }
            while !page.is_empty() && meter.try_consume(each).is_ok() {
                let Some(key) = page.pop() else { break };
                match Self::try_evict(&key, now) {
                    Verdict::Evict => batches = batches.saturating_add(1),
                    Verdict::Forget => {}
                    Verdict::Retry => retry.push(key),
                }
            }
            if !page.is_empty() {
                EvictionQueue::<T>::insert(day, last, page);
                break;
            }
            EvictionQueue::<T>::remove(day, last);
            if last == 0 {
                EvictionPages::<T>::remove(day);
            } else {
                EvictionPages::<T>::insert(day, last);
            }
        }
        if day != first {
            NextEviction::<T>::put(day);
        }
        Self::schedule(today.saturating_add(RETRY_DAYS), &retry);
        if batches > 0 {
            Self::deposit_event(Event::Evicted { batches });
        }
    }

    /// Looks at the proofs of files, round and round, and removes those that no dispute can use any more. Each block goes on
    /// where the one before stopped, removes as many as it has room for, and looks at a few that stay.
    pub(crate) fn evict_proofs(now: Moment, meter: &mut WeightMeter) {
        let look = T::WeightInfo::evict_proofs(0);
        if meter.try_consume(look).is_err() {
            return;
        }
        let start = ProofCursor::<T>::get();
        let mut books = match start {
            Some(last) => ProofBooks::<T>::iter_from(ProofBooks::<T>::hashed_key_for(last)),
            None => ProofBooks::<T>::iter(),
        };
        let mut stay = 0u32;
        let last = loop {
            // Without a next one, the next block begins a new round.
            let Some((of, book)) = books.next() else {
                break None;
            };
            if !Self::try_evict_proofs(of, &book, now, meter) {
                stay = stay.saturating_add(1);
            }
            if stay >= PROOF_LOOKS || meter.try_consume(look).is_err() {
                break Some(of);
            }
        };
        if last != start {
            ProofCursor::<T>::set(last);
        }
    }

    /// Removes the proofs of a file if nothing can use them any more and the block has room.
    fn try_evict_proofs(of: ProofKey, book: &ProofBook, now: Moment, meter: &mut WeightMeter) -> bool {
        let disputable = book.month.is_some_and(|month| {
            let (agreement, period) = month;
            !T::Statements::is_final(agreement, period) || Self::can_be_disputed(month, now)
        });
        let test = of.0.series.test;
        if disputable || !Self::retention_is_over(test, book.latest, now) {
            return false;
        }
        let proofs = book
            .counts
            .iter()
            .fold(0u32, |sum, count| sum.saturating_add(*count));
        let each = T::WeightInfo::evict_proofs(1).saturating_sub(T::WeightInfo::evict_proofs(0));
        // All at once, so that the counts always are what is kept; a block that is too full leaves them to the next round.
        if meter.try_consume(each.saturating_mul(proofs.into())).is_err() {
            return false;
        }
        let removed = Proofs::<T>::clear_prefix(of, proofs, None);
        if removed.maybe_cursor.is_some() {
            unexpected!(LOG_TARGET, "a file has more proofs than were counted");
        }
        ProofBooks::<T>::remove(of);
        let (key, _) = of;
        Self::deposit_event(Event::ProofsEvicted { key, proofs });
        true
    }

    /// Removes an entry if its time has come.
    fn try_evict(key: &BatchKey, now: Moment) -> Verdict {
        let verdict = match key.series.stream {
            Stream::Nrtrde => Self::try_evict_nrtrde(key, now),
            Stream::Tap => Self::try_evict_batch(key, now),
        };
        if key.series.test && matches!(verdict, Verdict::Evict) {
            TestFiles::<T>::mutate_exists(key.series, one_less);
        }
        verdict
    }

    fn try_evict_batch(key: &BatchKey, now: Moment) -> Verdict {
        let Some(batch) = Batches::<T>::get(key) else {
            return Verdict::Forget;
        };
        if !Self::retention_is_over(key.series.test, batch.anchored_at, now) {
            return Verdict::Forget;
        }
        if !Self::is_settled(&batch, now) {
            return Verdict::Retry;
        }
        Batches::<T>::remove(key);
        Verdict::Evict
    }

    fn try_evict_nrtrde(key: &BatchKey, now: Moment) -> Verdict {
        match NrtrdeFiles::<T>::get(key) {
            Some(file) if Self::retention_is_over(key.series.test, file.anchored_at, now) => {
                NrtrdeFiles::<T>::remove(key);
                Verdict::Evict
            }
            _ => Verdict::Forget,
        }
    }
}
