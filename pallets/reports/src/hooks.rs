//! Work in idle time: removes reports whose retention is over, a bounded number at a time.
//!
//! They wait under the day on which the retention of the first report ends. A day is processed once it is wholly past.
//! Reports whose month is not closed by then or can still be disputed, or that were corrected later, are looked at again a week
//! later.

use crate::{Config, Event, EvictionQueue, NextEviction, Pallet, ReportKey, Reports, WeightInfo, LOG_TARGET};
use frame_support::{traits::Get, weights::WeightMeter};
use interclear_ports::{unexpected, Usage};
use interclear_primitives::{day_of, usage::taken_until, Moment};

/// Days after which reports are looked at again that could not be removed.
const RETRY_DAYS: u32 = 7;

impl<T: Config> Pallet<T> {
    /// Queues reports that have come now for their eviction.
    pub(crate) fn keep(key: ReportKey, now: Moment) {
        let day = day_of(now.saturating_add(T::Retention::get()));
        if NextEviction::<T>::get().is_none_or(|next| day < next) {
            NextEviction::<T>::put(day);
        }
        EvictionQueue::<T>::insert(day, key, ());
    }

    /// Processes the queue as far as the meter allows.
    pub(crate) fn evict(now: Moment, meter: &mut WeightMeter) {
        let idle = T::WeightInfo::evict(0);
        let each = T::WeightInfo::evict(1).saturating_sub(idle);
        if meter.try_consume(idle).is_err() {
            return;
        }
        let Some(first) = NextEviction::<T>::get() else {
            return;
        };
        let (today, mut day, mut reports) = (day_of(now), first, 0u32);
        // Beginning anew for each entry would pass all that this block has removed before it.
        let mut waiting = EvictionQueue::<T>::iter_key_prefix(day);
        while day < today && meter.try_consume(each).is_ok() {
            let Some(key) = waiting.next() else {
                day = day.saturating_add(1);
                waiting = EvictionQueue::<T>::iter_key_prefix(day);
                continue;
            };
            EvictionQueue::<T>::remove(day, key);
            if Self::is_evictable(&key, now) {
                Reports::<T>::remove(key.month(), key.networks());
                reports = reports.saturating_add(1);
            } else {
                EvictionQueue::<T>::insert(today.saturating_add(RETRY_DAYS), key, ());
            }
        }
        if day != first {
            NextEviction::<T>::put(day);
        }
        if reports > 0 {
            Self::deposit_event(Event::Evicted { reports });
        }
    }

    /// Whether nothing needs the reports any more: the month that bills them is closed and can no longer be disputed, the
    /// newest is past its retention, and no usage of their month is taken any more, in whatever way: it must not be reported twice, nor
    /// come by TAP as well, in a new file or in place of a returned one.
    fn is_evictable(key: &ReportKey, now: Moment) -> bool {
        let Some(reports) = Reports::<T>::get(key.month(), key.networks()) else {
            unexpected!(
                LOG_TARGET,
                "reports that wait for their eviction are gone: {key:?}"
            );
            return true;
        };
        let billed_with = reports.billed_with(key.pair.period);
        let newest = [reports.visited, reports.home]
            .into_iter()
            .flatten()
            .map(|report| report.reported_at)
            .max();
        let over = newest.is_none_or(|newest| newest.saturating_add(T::Retention::get()) <= now);
        let taken = now < taken_until(key.pair.period);
        over && !taken && T::Usage::period_usage(key.agreement, billed_with).is_beyond_dispute(now)
    }
}
