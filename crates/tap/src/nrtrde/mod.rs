//! Near-real-time exchange of roaming data (NRTRDE): records that the visited network sends within hours of a call's end, so
//! that the home network can stop fraud. They bill nothing; being late moves the liability for losses.

mod read;
mod summary;
mod write;

pub(crate) use read::visit;
pub use read::{each_call, Call, CallKind, NrtrdeItem};
pub(crate) use summary::Figures;
pub use summary::NrtrdeSummary;
pub use write::NrtrdeCall;

use crate::model::DateTime;

/// Time after a call's end within which its record is to be available, in seconds: four hours.
pub const DELIVERY_LIMIT: i64 = interclear_primitives::nrtrde::NRTRDE_DELIVERY_LIMIT as i64;
/// Version that is written.
pub const VERSION: u64 = 2;
/// Release of the version that is written.
pub const RELEASE: u64 = 1;

/// What stands around the records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NrtrdeControl {
    /// TADIG code of the visited network.
    pub sender: Option<String>,
    /// TADIG code of the home network.
    pub recipient: Option<String>,
    /// Seven digits.
    pub sequence: Option<String>,
    /// Version of the specification, 2.
    pub version: Option<u64>,
    /// Release of the version.
    pub release: Option<u64>,
    /// When the file was offered to the recipient.
    pub available: Option<DateTime>,
    /// Number of records that the sender says there are.
    pub events: Option<u64>,
}
