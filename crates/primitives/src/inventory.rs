//! Inventories of fixed-line services: the relations in which they are reported, and profiles that wait for a signature.

use crate::ids::OperatorId;
use interclear_matching::Text;
use interclear_record::record;

pub use interclear_matching::{
    Class, Profile, Record as InventoryRecord, RecordId, Side as InventorySide, State as InventoryState,
};

/// Records in one call, at most.
pub const MAX_INVENTORY_BATCH: u32 = 256;

/// The name of a class of products that are matched by one profile, in capitals and digits.
pub type ProductClass = Text<16>;

/// In which one operator sells a class of products to another one.
#[record(Copy, Ord)]
pub struct Relation {
    /// The operator that buys.
    pub buyer: OperatorId,
    /// The operator that sells.
    pub seller: OperatorId,
    /// What is sold.
    pub class: ProductClass,
}

impl Relation {
    /// The side of an operator; `None` if it is not a party.
    pub fn side_of(&self, operator: OperatorId) -> Option<InventorySide> {
        match operator {
            buyer if buyer == self.buyer => Some(InventorySide::Buyer),
            seller if seller == self.seller => Some(InventorySide::Seller),
            _ => None,
        }
    }

    /// The operator of a side.
    pub fn operator(&self, side: InventorySide) -> OperatorId {
        match side {
            InventorySide::Buyer => self.buyer,
            InventorySide::Seller => self.seller,
        }
    }
}

/// A match profile that waits for the other side's signature.
#[record(Copy)]
pub struct ProposedProfile {
    /// The side that has proposed it.
    pub by: InventorySide,
    /// What would be compared, and how.
    pub profile: Profile,
}
