//! Relations, and what is proposed in them.

use interclear_matching::{Profile, Side, Text};
use interclear_primitives::ids::OperatorId;
use interclear_record::record;

/// Records in one call, at most.
pub const MAX_BATCH: u32 = 256;

/// The name of a class of products that are matched by one profile, in capitals and digits.
pub type RelationClass = Text<16>;

/// In which one operator sells a class of products to another one.
#[record(Copy, no_serde)]
pub struct Relation {
    /// The operator that buys.
    pub buyer: OperatorId,
    /// The operator that sells.
    pub seller: OperatorId,
    /// What is sold.
    pub class: RelationClass,
}

impl Relation {
    /// The side of an operator; `None` if it is not a party.
    pub fn side_of(&self, operator: OperatorId) -> Option<Side> {
        match operator {
            buyer if buyer == self.buyer => Some(Side::Buyer),
            seller if seller == self.seller => Some(Side::Seller),
            _ => None,
        }
    }
}

/// A profile that waits for the other side's signature.
#[record(Copy, no_serde)]
pub struct Proposal {
    /// The side that has proposed it.
    pub by: Side,
    /// The profile.
    pub profile: Profile,
}
