//! Who may close a month, from when on, and why not sooner.

use crate::{ids::OperatorId, Moment};
use interclear_record::record;

/// Why a party does not close a month alone before a moment.
#[record(Copy, snake_case)]
pub enum AloneReason {
    /// The closing days run, in which it takes both parties.
    ClosingDays,
    /// The other side has time to answer what the party itself did to the month last.
    OwnMove,
    /// Usage reports that are expected are missing, and the days to report run.
    ReportsMissing,
}

/// From when on a party closes a month alone.
#[record(Copy)]
pub struct Alone {
    /// The moment; in the past if it may by now.
    pub from: Moment,
    /// What decides it.
    pub reason: AloneReason,
}

/// A party of a month that is not closed.
#[record(Copy)]
pub struct PartyClosing {
    /// The party.
    pub operator: OperatorId,
    /// From when on it closes the month alone.
    pub alone: Alone,
    /// When it did something to the month last; 0 if it never did.
    pub last_move: Moment,
}

/// How a month that is not closed can be closed, apart from what holds it open.
#[record(Copy)]
pub struct MonthClosing {
    /// The first and the second party.
    pub parties: [PartyClosing; 2],
    /// Pairs of networks whose usage reports are expected and missing.
    pub missing_reports: u32,
    /// How often what the month comes to has changed; who closes it names that.
    pub changes: u32,
    /// The party whose request to close still stands, as the month has not changed since: the other one closes the month
    /// by asking, too.
    pub asked: Option<OperatorId>,
}
