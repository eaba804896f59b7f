//! What the pallet keeps besides the records of `interclear-primitives`.

use frame_support::{traits::ConstU32, BoundedVec};
use interclear_billing::{late::LatePart, rate::Running};
use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    money::Value,
    period::Period,
    usage::{PeriodUsage, UsageKey},
    Moment,
};
use interclear_record::record;

/// An affirmed statement that waits for its removal.
#[record(Copy, Ord, no_serde)]
pub struct Affirmed {
    /// With the month, the key of the statement.
    pub agreement: AgreementId,
    /// Of which it is the statement.
    pub period: Period,
}

/// A party's request to close a month, as the month stood then.
#[record(Copy, no_serde)]
pub struct CloseRequest {
    /// Who asked.
    pub by: OperatorId,
    /// How often what the month comes to had changed.
    pub changes: u32,
    /// How many moves the first and the second party had made.
    pub moves: [u32; 2],
}

impl CloseRequest {
    /// A party's request to close a month as it is.
    pub fn of(by: OperatorId, usage: &PeriodUsage) -> Self {
        Self {
            by,
            changes: usage.changes,
            moves: usage.moves.map(|moves| moves.count),
        }
    }

    /// Whether it still closes the month once the other party asks, too: nothing has changed, and neither party has moved.
    pub fn stands(&self, usage: &PeriodUsage) -> bool {
        *self == Self::of(self.by, usage)
    }
}

/// Statements of which something is carried forward together, at most: those of a year, and of what its notes are of.
pub const MAX_CARRIED: u32 = 24;

/// What an agreement's statements have carried forward.
#[record(Default, no_serde)]
pub struct CarriedNet {
    /// What the first party owes the second; negative if the second owes the first.
    pub net: Value,
    /// When something was carried forward first.
    pub since: Moment,
    /// The month of the last statement of which something was, or that has taken it over.
    pub latest: Option<Period>,
    /// The months of the statements of which something waits.
    pub of: BoundedVec<Period, ConstU32<MAX_CARRIED>>,
    /// What statements that have been removed have carried, less what they have taken over.
    pub removed: Value,
}

impl CarriedNet {
    /// Notes that something of the statement of a month waits, too; `false` if it is of too many.
    #[must_use]
    pub fn add(&mut self, period: Period) -> bool {
        self.of.contains(&period) || self.of.try_push(period).is_ok()
    }
}

/// What a line has used and been charged in its accounting window, and in the commitment's span, so far.
#[record(Copy, no_serde)]
pub struct AccountLine {
    /// The line.
    pub key: UsageKey,
    /// What the months closed so far have left.
    pub running: Running,
}

/// What one statement has to do with late usage of a line, and with what disputes have decided of it.
#[record(Copy, no_serde)]
pub struct LateLine {
    /// The line.
    pub key: UsageKey,
    /// The month of the statement: the line's own, or one that bills late usage.
    pub statement: Period,
    /// What it bills, and what was decided.
    pub part: LatePart,
}
