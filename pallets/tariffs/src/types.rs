//! What the comparison with price caps works on.

use interclear_primitives::{
    agreement::Direction, period::Period, rating::Price, service::Service, tariff::Dated,
};

/// A price that a line can charge.
pub(crate) struct Offer {
    /// Whose subscribers roam.
    pub direction: Direction,
    /// Service group within the direction.
    pub group: u8,
    /// The service of the line.
    pub service: Service,
    /// Per unit, in 10^-9 of the agreement's currency.
    pub price: Price,
}

/// The groups of both directions that have a network in a region, one bit each.
#[derive(Clone, Copy)]
pub(crate) struct Touched {
    /// First month of the membership.
    pub from: Period,
    /// Groups that visit it.
    pub visited: u16,
    /// Groups whose subscribers come from it.
    pub home: u16,
}

impl Dated for Touched {
    fn from(&self) -> Period {
        self.from
    }
}
