//! What pallets share of their work in idle time: lines of what waits for its removal, and walks that go on in the next block.

use crate::Clock;
use alloc::collections::BTreeSet;
use frame_support::{
    ensure,
    weights::{Weight, WeightMeter},
    IterableStorageMap, StorageMap, StorageValue,
};
use interclear_primitives::Moment;
use interclear_record::record;
use sp_runtime::TryRuntimeError;

/// First and next free place of a queue.
#[record(Copy, Default, no_serde)]
pub struct Queue {
    /// The oldest entry, unless the queue is empty.
    pub head: u64,
    /// Where the next entry goes.
    pub tail: u64,
}

/// What becomes of the first in line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is removed.
    Gone,
    /// Something still refers to it: it waits for another term, at the end of the line.
    Held,
    /// The block has no room; the next one goes on with it.
    NoRoom,
}

/// An entry of a line.
#[record(Copy, no_serde)]
pub struct Expiring<What> {
    /// What is removed in the end.
    pub what: What,
    /// When it came to the end of the line, in seconds since the epoch.
    pub since: Moment,
}

/// Puts something at the end of a line.
pub fn expire<Time, Entries, Places, What>(what: What)
where
    Time: Clock,
    Entries: StorageMap<u64, Expiring<What>>,
    Places: StorageValue<Queue, Query = Queue>,
    What: codec::FullCodec,
{
    let since = Time::now();
    Places::mutate(|queue| {
        Entries::insert(queue.tail, Expiring { what, since });
        queue.tail = queue.tail.saturating_add(1);
    });
}

/// Looks at all that has waited in a line for as long as `retention` seconds, one after the other, as far as the meter allows.
/// A look whether there is anything to do costs `glance`; what `evict` does it consumes itself.
pub fn evict_expired<Time, Entries, Places, What>(
    retention: Moment,
    glance: Weight,
    meter: &mut WeightMeter,
    mut evict: impl FnMut(&What, Moment, &mut WeightMeter) -> Outcome,
) where
    Time: Clock,
    Entries: StorageMap<u64, Expiring<What>, Query = Option<Expiring<What>>>,
    Places: StorageValue<Queue, Query = Queue>,
    What: codec::FullCodec,
{
    let now = Time::now();
    while meter.try_consume(glance).is_ok() {
        let mut queue = Places::get();
        let Some(entry) = Entries::get(queue.head) else {
            return;
        };
        if now < entry.since.saturating_add(retention) {
            return;
        }
        let outcome = evict(&entry.what, now, meter);
        if outcome == Outcome::NoRoom {
            return;
        }
        Entries::remove(queue.head);
        queue.head = queue.head.saturating_add(1);
        Places::put(queue);
        if outcome == Outcome::Held {
            expire::<Time, Entries, Places, What>(entry.what);
        }
    }
}

/// What waits in a line, for checks of the state.
///
/// # Errors
/// Something waits twice or beside the line, or the line has a hole.
pub fn waiting<Entries, Places, What>() -> Result<BTreeSet<What>, TryRuntimeError>
where
    Entries: IterableStorageMap<u64, Expiring<What>>,
    Places: StorageValue<Queue, Query = Queue>,
    What: codec::FullCodec + Ord,
{
    let queue = Places::get();
    let mut waiting = BTreeSet::new();
    for (place, entry) in Entries::iter() {
        ensure!(
            (queue.head..queue.tail).contains(&place),
            "something waits for its removal beside the line"
        );
        ensure!(
            waiting.insert(entry.what),
            "something waits twice for its removal"
        );
    }
    let places = u64::try_from(waiting.len()).unwrap_or(u64::MAX);
    ensure!(
        queue.tail.checked_sub(queue.head) == Some(places),
        "the line of what waits for its removal has a hole"
    );
    Ok(waiting)
}

/// Looks at what is waiting after `start`, at most `looks` of it and as far as the meter allows, each for `step`; what a look takes
/// beyond that it consumes itself. Where the next block goes on; `None` if it begins anew.
pub fn walk_on<Key: Clone, Value>(
    start: Option<Key>,
    mut waiting: impl Iterator<Item = (Key, Value)>,
    looks: u32,
    step: Weight,
    meter: &mut WeightMeter,
    mut look: impl FnMut(Key, Value, &mut WeightMeter),
) -> Option<Key> {
    let mut last = start;
    for _ in 0..looks {
        if meter.try_consume(step).is_err() {
            break;
        }
        let (key, value) = waiting.next()?;
        last = Some(key.clone());
        look(key, value, meter);
    }
    last
}
