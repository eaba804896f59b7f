//! What every part of the format is read by.

use crate::{
    fault::{Faults, Reason},
    node::Cursor,
};
use bounded_collections::{BoundedVec, Get};

/// Names every member that the format does not know: what is not understood might be money.
pub(super) fn only(cursor: &Cursor<'_>, known: &[&str], faults: &mut Faults) {
    for name in cursor.names() {
        if !known.contains(&name) && name != "id" && !name.starts_with('_') {
            let found = name.to_owned();
            let known = known.join(", ");
            faults.add(cursor.member(name).path(), Reason::Unknown { found, known });
        }
    }
}

/// Lower-case letters and digits of a word of the format.
pub(super) fn folded(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// A list of limited length; empty after a fault.
pub(super) fn bounded<T, S: Get<u32>>(
    list: Vec<T>,
    cursor: &Cursor<'_>,
    faults: &mut Faults,
) -> BoundedVec<T, S> {
    list.try_into().unwrap_or_else(|_| {
        faults.add(cursor.path(), Reason::MaxExceeded(S::get()));
        Default::default()
    })
}
