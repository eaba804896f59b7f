//! Types that only this pallet needs.

use interclear_record::record;

/// The finality of the chain, as far as the council may have it changed.
pub trait Finality<BlockNumber> {
    /// Makes the next session's beginning force its voters on all nodes, `delay` blocks later, to go on from a block that
    /// is final.
    fn note_stalled(delay: BlockNumber, best_finalized: BlockNumber);

    /// Whether a change of voters has been begun and is not in force.
    fn is_changing() -> bool;

    /// Whether the last forced change is so long ago that another one may follow.
    fn can_force() -> bool;
}

/// The slots of a validator in the present session.
#[record(Copy, Default, no_serde)]
pub struct SlotCount {
    /// Slots in which it has made a block.
    pub made: u32,
    /// Slots in which it has not.
    pub missed: u32,
}

/// What the council has said of finality that stands still.
#[record(Copy, no_serde)]
pub struct Stall<BlockNumber> {
    /// Blocks from the beginning of the session that forces its voters until they vote.
    pub delay: BlockNumber,
    /// The last final block.
    pub best_finalized: BlockNumber,
    /// Whether the voters that are to go on are those of the next session.
    pub queued: bool,
}
