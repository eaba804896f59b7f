//! Reports, one by one, to results that do not depend on their order.

use crate::{
    field::FieldSet,
    profile::{Key, Profile, ProfileFault},
    record::{RecordFault, RecordId, Reported, Side},
    store::{Counts, Group, Rematch, State, Store},
};
use core::fmt;
use interclear_record::record;

/// How a record stands to those of the other side.
#[record(Copy, snake_case)]
pub enum Class {
    /// One record of each side has the key, and no compared field differs.
    Matched {
        /// The other side's record.
        with: RecordId,
    },
    /// One record of each side has the key, and no more compared fields differ than the profile allows.
    Partial {
        /// The other side's record.
        with: RecordId,
        /// The fields that differ.
        differs: FieldSet,
    },
    /// One record of each side has the key, and more compared fields differ.
    Mismatch {
        /// The other side's record.
        with: RecordId,
        /// The fields that differ.
        differs: FieldSet,
    },
    /// No record of the other side has the key.
    Only {
        /// The side that has it.
        at: Side,
    },
    /// Both sides have records of the key, and one of them has more than one.
    Ambiguous {
        /// How many the buyer has.
        buyer: u32,
        /// How many the seller has.
        seller: u32,
    },
}

/// What a report did.
#[record(Copy, snake_case)]
pub enum Outcome {
    /// The record is new.
    Added,
    /// The record has changed.
    Changed,
    /// The record was there as it is: nothing has changed.
    Unchanged,
    /// The record is gone.
    Withdrawn,
}

/// Why something cannot be done. Nothing is changed in any of these cases.
#[record(Copy, snake_case)]
pub enum MatchingError {
    /// A record has a fault.
    Record(RecordFault),
    /// A profile has a fault.
    Profile(ProfileFault),
    /// The version of a profile is not greater than that of the one before.
    NotALaterVersion,
    /// The change of profile before is not finished.
    RematchNotFinished,
    /// The side has another service under the same id of the store.
    IdTaken,
    /// More records would have the key, or be of a class, than can be counted.
    MaxRecordsExceeded,
    /// What is kept contradicts itself.
    Inconsistent,
}

impl fmt::Display for MatchingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(fault) => fault.fmt(f),
            Self::Profile(fault) => fault.fmt(f),
            Self::NotALaterVersion => {
                f.write_str("the profile's version is not greater than that of the one before")
            }
            Self::RematchNotFinished => {
                f.write_str("the records are still being matched by the profile before")
            }
            Self::IdTaken => f.write_str("another service has the same id in the store"),
            Self::MaxRecordsExceeded => f.write_str("more records have the key than can be counted"),
            Self::Inconsistent => f.write_str("what is kept contradicts itself"),
        }
    }
}

impl core::error::Error for MatchingError {}

/// Takes a side's record: a new one, or one in place of what the side said of the service before.
///
/// Whatever the size of the inventory, it reads the state, the record before, two groups, and of each at most two further records.
///
/// # Errors
/// [`MatchingError::Record`], [`MatchingError::IdTaken`], [`MatchingError::MaxRecordsExceeded`].
pub fn report<S: Store>(store: &mut S, side: Side, record: &S::Record) -> Result<Outcome, MatchingError> {
    record.check(side).map_err(MatchingError::Record)?;
    let id = record.id(side);
    let before = store.record(side, id);
    if before.as_ref() == Some(record) {
        return Ok(Outcome::Unchanged);
    }
    let own = side.id_field();
    if before.is_some_and(|before| before.content(own) != record.content(own)) {
        return Err(MatchingError::IdTaken);
    }
    let mut state = store.state();
    let profile = profile_of(&state, (side, id));
    let before = before.as_ref().map(|before| (&profile, before));
    regroup(store, &mut state, (side, id), before, Some((&profile, record)))?;
    store.put_record(side, id, Some(record));
    store.put_state(&state);
    Ok(match before {
        None => Outcome::Added,
        Some(_) => Outcome::Changed,
    })
}

/// Takes a side's record away, as if it had never been reported. A service that has ended is not withdrawn, but reported with
/// its end.
///
/// # Errors
/// None but [`MatchingError::Inconsistent`].
pub fn withdraw(store: &mut impl Store, side: Side, id: RecordId) -> Result<Outcome, MatchingError> {
    let Some(record) = store.record(side, id) else {
        return Ok(Outcome::Unchanged);
    };
    let mut state = store.state();
    let profile = profile_of(&state, (side, id));
    regroup(store, &mut state, (side, id), Some((&profile, &record)), None)?;
    store.put_record(side, id, None);
    store.put_state(&state);
    Ok(Outcome::Withdrawn)
}

/// Begins to match by another profile. Until [`rematch`] has come to the end, each record stands as the profile says by which it
/// is matched so far.
///
/// # Errors
/// [`MatchingError::Profile`], [`MatchingError::NotALaterVersion`], [`MatchingError::RematchNotFinished`].
pub fn adopt(store: &mut impl Store, profile: &Profile) -> Result<(), MatchingError> {
    profile.check().map_err(MatchingError::Profile)?;
    let mut state = store.state();
    if state.rematch.is_some() {
        return Err(MatchingError::RematchNotFinished);
    }
    if profile.version <= state.profile.version {
        return Err(MatchingError::NotALaterVersion);
    }
    state.rematch = store.next_record(None).map(|_| Rematch {
        before: state.profile,
        done: None,
    });
    state.profile = *profile;
    store.put_state(&state);
    Ok(())
}

/// Matches one more record by the profile that was adopted; `false` when there is none left to do.
///
/// # Errors
/// [`MatchingError::MaxRecordsExceeded`].
pub fn rematch(store: &mut impl Store) -> Result<bool, MatchingError> {
    let mut state = store.state();
    let Some(rematch) = state.rematch else {
        return Ok(false);
    };
    match store.next_record(rematch.done) {
        None => state.rematch = None,
        Some((side, id, record)) => {
            let after = state.profile;
            let (before, after) = ((&rematch.before, &record), (&after, &record));
            regroup(store, &mut state, (side, id), Some(before), Some(after))?;
            state.rematch = Some(Rematch {
                done: Some((side, id)),
                ..rematch
            });
        }
    }
    store.put_state(&state);
    Ok(state.rematch.is_some())
}

/// How a record stands; `None` if the side has none of this id. Reads the record and its group.
pub fn class(store: &impl Store, side: Side, id: RecordId) -> Option<Class> {
    Some(class_of(store, (side, id), &store.record(side, id)?))
}

/// How a record that has been read stands. Reads its group.
pub fn class_of<S: Store>(store: &S, place: (Side, RecordId), record: &S::Record) -> Class {
    let (side, _) = place;
    let profile = profile_of(&store.state(), place);
    let Some(key) = profile.key(record) else {
        return Class::Only { at: side };
    };
    let group = store.group(key);
    let (with, differs) = (group.members(side.other()).ids, group.differs);
    match standing(&group, &profile) {
        Standing::Matched => Class::Matched { with },
        Standing::Partial => Class::Partial { with, differs },
        Standing::Mismatched => Class::Mismatch { with, differs },
        Standing::Ambiguous => Class::Ambiguous {
            buyer: group.buyer.count,
            seller: group.seller.count,
        },
        Standing::OnlyAtBuyer | Standing::OnlyAtSeller => Class::Only { at: side },
    }
}

/// What all records of a group are.
enum Standing {
    Matched,
    Partial,
    Mismatched,
    OnlyAtBuyer,
    OnlyAtSeller,
    Ambiguous,
}

fn standing(group: &Group, profile: &Profile) -> Standing {
    match (group.buyer.count, group.seller.count) {
        (_, 0) => Standing::OnlyAtBuyer,
        (0, _) => Standing::OnlyAtSeller,
        (1, 1) if group.differs.is_empty() => Standing::Matched,
        (1, 1) if group.differs.len() <= u32::from(profile.partial_up_to) => Standing::Partial,
        (1, 1) => Standing::Mismatched,
        _ => Standing::Ambiguous,
    }
}

/// The profile by which a record is matched: while a change of profile is not finished, the one before for those that it has not
/// come to.
fn profile_of(state: &State, place: (Side, RecordId)) -> Profile {
    match &state.rematch {
        Some(rematch) if rematch.done.is_none_or(|done| place > done) => rematch.before,
        _ => state.profile,
    }
}

/// Moves a record from its group to another one, or within it. Everything is worked out before anything is written.
fn regroup<S: Store>(
    store: &mut S,
    state: &mut State,
    place: (Side, RecordId),
    before: Option<(&Profile, &S::Record)>,
    after: Option<(&Profile, &S::Record)>,
) -> Result<(), MatchingError> {
    let key = |at: Option<(&Profile, &S::Record)>| at.map(|(profile, record)| profile.key(record));
    let (left, joined) = (key(before), key(after));
    let mut counts = state.counts;
    let mut written: [Option<(Key, Group)>; 2] = [None; 2];
    if let (Some((profile, _)), Some(left)) = (before, left) {
        match left {
            // Without a key it is in no group.
            None => one(&mut counts, place.0, false)?,
            Some(key) => {
                let mut group = store.group(key);
                all(&mut counts, &group, profile, false)?;
                toggle(&mut group, place, false)?;
                if joined != Some(Some(key)) {
                    compare(store, &mut group, profile, None)?;
                }
                all(&mut counts, &group, profile, true)?;
                written[0] = Some((key, group));
            }
        }
    }
    if let (Some((profile, record)), Some(joined)) = (after, joined) {
        match joined {
            None => one(&mut counts, place.0, true)?,
            Some(key) => {
                let mut group = match written[0] {
                    Some((left, group)) if left == key => group,
                    _ => store.group(key),
                };
                all(&mut counts, &group, profile, false)?;
                toggle(&mut group, place, true)?;
                compare(store, &mut group, profile, Some((place, record)))?;
                all(&mut counts, &group, profile, true)?;
                written[1] = Some((key, group));
            }
        }
    }
    if let [Some((left, _)), Some((joined, _))] = written {
        if left == joined {
            written[0] = None;
        }
    }
    for (key, group) in written.iter().flatten() {
        store.put_group(*key, group);
    }
    state.counts = counts;
    Ok(())
}

/// Puts a record into a group, or takes it out.
fn toggle(group: &mut Group, (side, id): (Side, RecordId), enters: bool) -> Result<(), MatchingError> {
    let members = match side {
        Side::Buyer => &mut group.buyer,
        Side::Seller => &mut group.seller,
    };
    let count = match enters {
        true => members
            .count
            .checked_add(1)
            .ok_or(MatchingError::MaxRecordsExceeded),
        false => members.count.checked_sub(1).ok_or(MatchingError::Inconsistent),
    };
    members.count = count?;
    members.ids = members.ids.toggled(id);
    Ok(())
}

/// Compares the two records of a group, where there is one on each side; `changed` is one that is not in the store yet.
fn compare<S: Store>(
    store: &S,
    group: &mut Group,
    profile: &Profile,
    changed: Option<((Side, RecordId), &S::Record)>,
) -> Result<(), MatchingError> {
    group.differs = FieldSet::NONE;
    if (group.buyer.count, group.seller.count) != (1, 1) {
        return Ok(());
    }
    let the = |side: Side| {
        let id = group.members(side).ids;
        match changed {
            Some((place, record)) if place == (side, id) => Ok(*record),
            _ => store.record(side, id).ok_or(MatchingError::Inconsistent),
        }
    };
    group.differs = profile.compare(&the(Side::Buyer)?, &the(Side::Seller)?);
    Ok(())
}

/// Counts a record without a key, or does not count it any more.
fn one(counts: &mut Counts, side: Side, enters: bool) -> Result<(), MatchingError> {
    let counter = match side {
        Side::Buyer => &mut counts.only_at_buyer,
        Side::Seller => &mut counts.only_at_seller,
    };
    count(counter, 1, enters)
}

/// Counts the records of a group, or does not count them any more.
fn all(counts: &mut Counts, group: &Group, profile: &Profile, enters: bool) -> Result<(), MatchingError> {
    let (buyer, seller) = (group.buyer.count, group.seller.count);
    match standing(group, profile) {
        Standing::Matched => count(&mut counts.matched, 1, enters),
        Standing::Partial => count(&mut counts.partial, 1, enters),
        Standing::Mismatched => count(&mut counts.mismatched, 1, enters),
        Standing::OnlyAtBuyer => count(&mut counts.only_at_buyer, buyer, enters),
        Standing::OnlyAtSeller => count(&mut counts.only_at_seller, seller, enters),
        Standing::Ambiguous => {
            count(&mut counts.ambiguous_at_buyer, buyer, enters)?;
            count(&mut counts.ambiguous_at_seller, seller, enters)
        }
    }
}

fn count(counter: &mut u32, by: u32, enters: bool) -> Result<(), MatchingError> {
    *counter = match enters {
        true => counter.checked_add(by).ok_or(MatchingError::MaxRecordsExceeded),
        false => counter.checked_sub(by).ok_or(MatchingError::Inconsistent),
    }?;
    Ok(())
}
