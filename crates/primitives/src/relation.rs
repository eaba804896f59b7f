//! Between whom fixed-line services are sold.

use crate::ids::OperatorId;
use interclear_matching::{Side, Text};
use interclear_record::record;

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
    pub fn side_of(&self, operator: OperatorId) -> Option<Side> {
        match operator {
            buyer if buyer == self.buyer => Some(Side::Buyer),
            seller if seller == self.seller => Some(Side::Seller),
            _ => None,
        }
    }

    /// The operator of a side.
    pub fn operator(&self, side: Side) -> OperatorId {
        match side {
            Side::Buyer => self.buyer,
            Side::Seller => self.seller,
        }
    }
}
