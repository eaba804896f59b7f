//! The types of the pallet are those that clients see: `interclear_primitives::inventory`.

pub use interclear_primitives::inventory::{
    InventoryBill, InventoryTerms, ProposedProfile, Relation, MAX_INVENTORY_BATCH,
};
