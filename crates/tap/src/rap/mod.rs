//! Returns (RAP): what the recipient of usage sends back.
//!
//! A return batch says that files are missing, refuses a whole file (fatal), returns single records (severe) or asks to
//! stop sending. The sender of the usage answers with an acknowledgement. The invoiceable amount of a file is what is left
//! after its returns: see [`invoiceable`].

mod about;
mod read;
mod write;

pub use about::{gives, NotAbout, Returned};
pub(crate) use read::visit;
pub use read::ReturnItem;

use crate::{
    ber::Header,
    events::{Amounts, CodeTables, Event, EventKind},
    finding::Code,
    model::{says_test, DateTime},
    tags::rap,
};
use serde::Serialize;

/// A record with severe findings, kept for returning it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReturnedRecord {
    /// Its position among the records, from 0.
    pub index: u64,
    /// Octets of the file before it.
    pub offset: u64,
    /// All its octets.
    pub octets: Vec<u8>,
    /// What is wrong with it: the rule, the field, and the code in it where that is what is wrong.
    pub faults: Vec<(Code, &'static str, Option<u64>)>,
}

/// Version of returns that is written.
pub const VERSION: u64 = 1;
/// Release of the version that is written.
pub const RELEASE: u64 = 5;

/// Batch control information of returns: who returns what to whom.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReturnControl {
    /// TADIG code of the home network, which received the usage.
    pub sender: Option<String>,
    /// TADIG code of the visited network, which sent the usage.
    pub recipient: Option<String>,
    /// Five digits; a file that is sent again names it.
    pub sequence: Option<String>,
    /// When the file was made.
    pub created: Option<DateTime>,
    /// When the file was offered to the recipient.
    pub available: Option<DateTime>,
    /// Version of the TAP specification of the usage, 3.
    pub tap_version: Option<u64>,
    /// Release of TAP 3 of the usage, 10 to 12.
    pub tap_release: Option<u64>,
    /// Version of the specification of returns, 1.
    pub version: Option<u64>,
    /// Release of the version.
    pub release: Option<u64>,
    /// `T` when test files are returned.
    pub file_type: Option<String>,
    /// ISO 4217 code of the currency of the returned amounts.
    pub tap_currency: Option<String>,
    /// Decimals of the returned amounts.
    pub tap_decimals: Option<u64>,
}

impl ReturnControl {
    /// Whether the file says that it is a test.
    pub fn is_test(&self) -> bool {
        says_test(self.file_type.as_deref())
    }
}

/// Says that a RAP file was received.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Acknowledgement {
    /// TADIG code of the network that received the returns.
    pub sender: Option<String>,
    /// TADIG code of the network that made the returns.
    pub recipient: Option<String>,
    /// Sequence number of the returns that are acknowledged.
    pub sequence: Option<String>,
    /// When the acknowledgement was made.
    pub created: Option<DateTime>,
    /// When it was offered to the recipient.
    pub available: Option<DateTime>,
    /// `T` in a test.
    pub file_type: Option<String>,
}

/// Audit control information of returns: what the details add up to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReturnAudit {
    /// Sum of the charges of type 00 of all returned records.
    pub value: Option<u64>,
    /// Sum of their taxes; seldom stated.
    pub tax: Option<u64>,
    /// Number of details.
    pub details: Option<u64>,
}

/// A step on the way to the item that is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ErrorContext {
    /// Tag number of the item.
    pub item: u64,
    /// Depth, from 1.
    pub level: u64,
    /// Which of several items with this tag, from 1.
    pub occurrence: Option<u64>,
}

/// What is wrong, and where.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ErrorDetail {
    /// The way to the item, outermost first.
    pub path: Vec<ErrorContext>,
    /// Octets of the file before the item.
    pub offset: Option<u64>,
    /// What is wrong, as a number.
    pub code: Option<u64>,
}

impl ErrorDetail {
    /// Which record of its file, from 1, the item stands in, where the way to it says that.
    pub(crate) fn record(&self) -> Option<u64> {
        // Level 1 is the file, 2 the list of records, 3 the record.
        self.path.iter().find(|step| step.level == 3)?.occurrence
    }
}

/// The group of a file in which something fatal was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorGroup {
    /// The transfer batch itself: syntax, missing groups.
    TransferBatch,
    /// A notification, which has no records.
    Notification,
    /// Batch control information.
    BatchControl,
    /// Accounting information.
    Accounting,
    /// Network information.
    Network,
    /// Texts that records refer to.
    MessageDescription,
    /// Audit control information.
    Audit,
}

impl ErrorGroup {
    /// Every group, in the order in which they are written.
    pub const ALL: [Self; 7] = [
        Self::TransferBatch,
        Self::Notification,
        Self::BatchControl,
        Self::Accounting,
        Self::Network,
        Self::MessageDescription,
        Self::Audit,
    ];

    const fn tag(self) -> u32 {
        match self {
            Self::TransferBatch => rap::TRANSFER_BATCH_ERROR,
            Self::Notification => rap::NOTIFICATION_ERROR,
            Self::BatchControl => rap::BATCH_CONTROL_ERROR,
            Self::Accounting => rap::ACCOUNTING_INFO_ERROR,
            Self::Network => rap::NETWORK_INFO_ERROR,
            Self::MessageDescription => rap::MESSAGE_DESCRIPTION_ERROR,
            Self::Audit => rap::AUDIT_CONTROL_INFO_ERROR,
        }
    }

    fn from_tag(tag: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.tag() == tag)
    }
}

/// What is wrong with a group of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupErrors {
    /// Which group.
    pub group: ErrorGroup,
    /// The group itself, header included; empty for the transfer batch, which is too large, and where there is none.
    pub octets: Vec<u8>,
    /// Each with its code and the item that it is about.
    pub errors: Vec<ErrorDetail>,
}

impl Serialize for GroupErrors {
    /// As the pair of group and errors.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.group, &self.errors).serialize(serializer)
    }
}

/// One return.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReturnDetail {
    /// Files did not arrive.
    Missing {
        /// First missing sequence number.
        first: Option<String>,
        /// Last missing sequence number; the first one when absent.
        last: Option<String>,
    },
    /// A whole file is refused.
    Fatal {
        /// Its sequence number.
        sequence: Option<String>,
        /// What is wrong, by group.
        errors: Vec<GroupErrors>,
    },
    /// A record is returned.
    Severe {
        /// Sequence number of its file.
        sequence: Option<String>,
        /// The record, as it stands in its file; empty when there is none.
        record: Vec<u8>,
        /// What is wrong with it.
        errors: Vec<ErrorDetail>,
    },
    /// No more RAP files are to be sent about older files.
    Stop {
        /// The last sequence number that counts.
        last: Option<String>,
    },
    /// A return with a tag that is not known.
    Unknown(u32),
}

impl ReturnDetail {
    /// Charge and tax of a returned record of a release of TAP, in 10^-decimals of the currency; nothing for other returns,
    /// and for aggregates, which are in no total.
    ///
    /// `None` when the record is missing or cannot be decoded.
    pub fn amounts(&self, tap_release: Option<u64>) -> Option<Amounts> {
        let Self::Severe { record, .. } = self else {
            return Some(Amounts::default());
        };
        let header = Header::read(record).ok()?;
        let event = Event::read(record, &header, &CodeTables::of_release(tap_release)).ok()?;
        match event.kind {
            EventKind::Aggregated => Some(Amounts::default()),
            _ => Some(event.amounts),
        }
    }
}

/// A RAP file, whole in memory.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReturnFile {
    /// Who returns what to whom.
    pub control: ReturnControl,
    /// The returns.
    pub details: Vec<ReturnDetail>,
    /// What they add up to.
    pub audit: ReturnAudit,
}

/// Counts over the returns of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReturnSummary {
    /// Whether the file only acknowledges returns.
    pub acknowledgement: bool,
    /// Runs of missing files.
    pub missing: u64,
    /// Files refused as a whole.
    pub fatal: u64,
    /// Records returned.
    pub severe: u64,
    /// Requests to stop.
    pub stop: u64,
    /// Charges of the returned records, in 10^-decimals of the currency.
    pub value: u128,
    /// Taxes of the returned records, likewise.
    pub tax: u128,
    /// Decimals of these amounts, as the file states them.
    pub decimals: Option<u64>,
    /// ISO 4217 code of their currency, likewise; the SDR when absent.
    pub currency: Option<String>,
}

impl ReturnSummary {
    pub(crate) fn add(&mut self, detail: &ReturnDetail, tap_release: Option<u64>) {
        let count = match detail {
            ReturnDetail::Missing { .. } => &mut self.missing,
            ReturnDetail::Fatal { .. } => &mut self.fatal,
            ReturnDetail::Severe { .. } => &mut self.severe,
            ReturnDetail::Stop { .. } => &mut self.stop,
            ReturnDetail::Unknown(_) => return,
        };
        *count = count.saturating_add(1);
        let amounts = detail.amounts(tap_release).unwrap_or_default();
        self.value = self.value.saturating_add(amounts.charge);
        self.tax = self.tax.saturating_add(amounts.tax);
    }
}

/// What may be invoiced of a file after its returns: nothing once it is refused as a whole, otherwise its total charge less
/// the charges of the returned records, in the units of the file.
///
/// `returns` are those about this one file, whose release of TAP is `tap_release`. `None` when more is returned than was charged, or a returned record cannot be
/// read: such returns are to be disputed and not to be believed.
pub fn invoiceable<'a>(
    total_charge: u128,
    tap_release: Option<u64>,
    returns: impl IntoIterator<Item = &'a ReturnDetail>,
) -> Option<u128> {
    let mut left = Some(total_charge);
    for detail in returns {
        if matches!(detail, ReturnDetail::Fatal { .. }) {
            return Some(0);
        }
        left = left.and_then(|left| left.checked_sub(detail.amounts(tap_release)?.charge));
    }
    left
}
