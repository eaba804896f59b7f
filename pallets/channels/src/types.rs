//! Types of the pallet's own calls.

use interclear_record::record;

/// The versions of the keys to which the boxes of an offer are sealed.
#[record(Copy, no_serde)]
pub struct Versions {
    /// Of whoever offers.
    pub own: u32,
    /// Of whom it is offered to.
    pub partner: u32,
}
