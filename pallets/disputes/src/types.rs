//! What the pallet keeps besides the records of `interclear-primitives`.

use codec::{Decode, Encode, MaxEncodedLen};
use interclear_ports::idle::Waiting;
use interclear_primitives::{
    ids::{AgreementId, DisputeId, OperatorId},
    period::Period,
    usage::UsageKey,
    Moment,
};
use scale_info::TypeInfo;

/// A month's statement.
pub type StatementKey = (AgreementId, Period);

/// A line of an agreement, in the eyes of a party.
pub type SeenLine = (AgreementId, OperatorId, UsageKey);

/// A dispute that has ended and waits for its removal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Expiring {
    /// The dispute.
    pub dispute: DisputeId,
    /// When it ended, or was last looked at, in seconds since the epoch.
    pub since: Moment,
}

impl Waiting for Expiring {
    fn since(&self) -> Moment {
        self.since
    }

    fn waiting_from(self, since: Moment) -> Self {
        Self { since, ..self }
    }
}
