//! Who sits in the council, and who validates.

use super::{with, AccountId, Members};

/// Answers [`Members`].
pub struct MockMembers;

impl MockMembers {
    /// Adds a council member.
    pub fn add(who: AccountId) {
        with(|tables| tables.members.insert(who));
    }

    /// Adds a validator.
    pub fn add_validator(who: AccountId) {
        with(|tables| tables.validators.insert(who));
    }

    /// Removes one.
    pub fn remove(who: &AccountId) {
        with(|tables| tables.members.remove(who));
    }
}

impl Members<AccountId> for MockMembers {
    fn is_member(who: &AccountId) -> bool {
        with(|tables| tables.members.contains(who) || tables.validators.contains(who))
    }

    fn has_seat(who: &AccountId) -> bool {
        with(|tables| tables.members.contains(who))
    }

    fn end_validator(who: &AccountId) {
        with(|tables| tables.validators.remove(who));
    }
}
