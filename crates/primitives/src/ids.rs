//! Numbers by which the chain knows its objects.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Encode, Decode, DecodeWithMemTracking,
            MaxEncodedLen, TypeInfo,
        )]
        #[cfg_attr(feature = "std", derive(Hash, Serialize, Deserialize), serde(transparent))]
        pub struct $name(pub $inner);

        impl $name {
            /// The id after this one; `None` when ids are exhausted.
            pub fn next(self) -> Option<Self> {
                self.0.checked_add(1).map(Self)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl core::str::FromStr for $name {
            type Err = core::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// An operator, numbered in order of admission.
    OperatorId(u32)
);
id!(
    /// An agreement, numbered in order of its first proposal.
    AgreementId(u32)
);
id!(
    /// An obligation, numbered in order of its creation.
    ObligationId(u64)
);
id!(
    /// A netting cycle, numbered in order of announcement.
    CycleId(u32)
);
id!(
    /// A dispute, numbered in the order in which they are raised.
    DisputeId(u64)
);

id!(
    /// A redemption of tokens, numbered in the order in which they are asked for.
    RedemptionId(u64)
);

id!(
    /// A price cap, numbered in order of its first publication.
    CapId(u32)
);

/// A fiat token: the asset id in `pallet-assets`.
pub type TokenId = u32;
