//! Operators and their desks.

use crate::{ids::OperatorId, tadig::Tadig, Moment, DAY};
use alloc::{format, string::String, vec::Vec};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;
#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

/// Longest legal name of an operator, in bytes of UTF-8.
pub type MaxNameLen = ConstU32<64>;
/// TADIG codes of one operator, at most.
pub type MaxTadigs = ConstU32<64>;
/// Networks (MCC and MNC) of one operator, at most.
pub type MaxPlmns = ConstU32<64>;

/// The business of an operator, which decides what its desks may do.
#[record(Copy, Ord, no_serde)]
#[cfg_attr(
    feature = "serde",
    derive(Serialize, Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum OperatorKind {
    /// Runs a mobile network: a party to roaming agreements.
    Mobile,
    /// Sells fixed circuits and transit.
    Carrier,
    /// Connects others.
    Hub,
    /// Makes connected devices.
    DeviceMaker,
    /// Issues fiat tokens: mints, burns and freezes.
    TokenIssuer,
    /// Reads and checks.
    Auditor,
}

/// The kinds of an operator, each at most once.
pub type OperatorKinds = BoundedVec<OperatorKind, ConstU32<6>>;

/// A role of a desk: the calls that it may submit for its operator.
#[record(Copy, Ord, no_serde)]
#[cfg_attr(
    feature = "serde",
    derive(Serialize, Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Role {
    /// Adds and removes desks, changes the operator's own data.
    Admin,
    /// Negotiates and signs agreements.
    Commercial,
    /// Anchors, acknowledges and returns files; closes and affirms statements.
    Clearing,
    /// Holds tokens, funds netting cycles and receives payments.
    Treasury,
    /// Runs the operator's validator.
    Engineering,
}

/// The roles of a desk, each at most once.
pub type Roles = BoundedVec<Role, ConstU32<5>>;

impl Role {
    /// The role in one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Commercial => "commercial",
            Self::Clearing => "clearing",
            Self::Treasury => "treasury",
            Self::Engineering => "engineering",
        }
    }
}

/// The longest time for which an account can consent to become a desk, in seconds: 30 days.
pub const CONSENT_LIFETIME: Moment = 30 * DAY;

/// What an account signs to become a desk, in words, so that whoever signs on a device reads what it is.
///
/// `genesis` is the hash of the chain's first block, `until` the last second at which the operator may use the consent.
pub fn consent_text(genesis: &[u8], operator: OperatorId, roles: &[Role], until: Moment) -> String {
    let mut text = String::from("I become a desk of operator ");
    text.push_str(&format!("{operator} on the chain 0x"));
    for byte in genesis {
        text.push_str(&format!("{byte:02x}"));
    }
    text.push_str(" with the roles ");
    for (place, role) in roles.iter().enumerate() {
        if place > 0 {
            text.push_str(", ");
        }
        text.push_str(role.word());
    }
    text.push_str(&format!(
        ". The operator may use this until {until} (seconds since 1970)."
    ));
    text
}

/// The two forms in which a wallet signs a text: as it is, and in the brackets that browser extensions and devices put
/// around what is not a transaction.
pub fn signable_forms(text: &str) -> [Vec<u8>; 2] {
    [
        text.as_bytes().to_vec(),
        format!("<Bytes>{text}</Bytes>").into_bytes(),
    ]
}

/// A public land mobile network: MCC and MNC as decimal digits, such as `26201`; 5 or 6 of them.
#[record(Copy, Ord, no_serde)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
pub struct Plmn {
    /// Mobile country code, 001 to 999.
    pub mcc: u16,
    /// Mobile network code, 0 to 999.
    pub mnc: u16,
}

impl Plmn {
    /// Whether both codes are in their range. Decoding does not check that.
    pub fn is_valid(&self) -> bool {
        (1..=999).contains(&self.mcc) && self.mnc <= 999
    }
}

/// Whether an operator may begin anything new.
#[record(Copy, no_serde)]
#[cfg_attr(
    feature = "serde",
    derive(Serialize, Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum OperatorStatus {
    /// May do everything its kind allows.
    Active,
    /// Creates nothing new, but pays, answers and closes what is open.
    Suspended,
}

/// A member of the network.
#[record]
pub struct Operator<AccountId> {
    /// Legal name, UTF-8.
    pub name: BoundedVec<u8, MaxNameLen>,
    /// Its kinds of business; never empty.
    pub kinds: OperatorKinds,
    /// Its TADIG codes; a code belongs to one operator on the chain.
    pub tadigs: BoundedVec<Tadig, MaxTadigs>,
    /// MCC and MNC of its networks.
    pub plmns: BoundedVec<Plmn, MaxPlmns>,
    /// Whether it may begin anything new.
    pub status: OperatorStatus,
    /// The treasury desk to which netting pays and whose tokens mint rights belong to; `None` until one is named.
    pub payout_account: Option<AccountId>,
}

/// An account that acts for an operator.
#[record]
pub struct Desk {
    /// The operator for which it acts.
    pub operator: OperatorId,
    /// Its roles; never empty.
    pub roles: Roles,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_should_read_as_a_sentence_when_it_is_signed() {
        assert_eq!(
            consent_text(&[0xab; 4], OperatorId(3), &[Role::Clearing, Role::Treasury], 1_764_230_400),
            "I become a desk of operator 3 on the chain 0xabababab with the roles clearing, treasury. The operator may use this \
             until 1764230400 (seconds since 1970)."
        );
    }
}
