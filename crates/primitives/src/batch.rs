//! Anchors of usage files: what the chain knows of a file without knowing a subscriber.

use crate::{
    ids::OperatorId,
    money::{Currency, Value, ValueError},
    period::Period,
    series::BatchKey,
    service::Service,
    Digest, Moment,
};
use alloc::vec::Vec;
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

/// Services in one file, at most: every service once.
pub type MaxServiceTotals = ConstU32<{ Service::COUNT }>;
/// RAP files with records of one file, at most.
pub type MaxReturns = ConstU32<16>;
/// Highest sequence number of a return (RAP) file.
pub const MAX_RAP_SEQUENCE: u32 = 99_999;

/// Totals of one service: of a file, of what was returned of it, or of a running total.
#[record(Copy)]
pub struct ServiceTotal {
    /// What was used; its unit is that of the quantity.
    pub service: Service,
    /// Records counted; 0 where only totals are known, as in a usage report.
    pub records: u32,
    /// In 10^-6 of the unit of the service.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub quantity: u128,
    /// Charge before tax, after discount, in 10^-6 of the currency.
    pub charge: Value,
    /// Tax, in 10^-6 of the currency.
    pub tax: Value,
}

impl ServiceTotal {
    /// The total of a service without usage: every figure 0.
    pub const fn empty(service: Service) -> Self {
        Self {
            service,
            records: 0,
            quantity: 0,
            charge: Value::ZERO,
            tax: Value::ZERO,
        }
    }

    /// The sum of two totals of the same service, figure by figure.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] where a figure does not fit its integer.
    pub fn checked_add(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(Self {
            service: self.service,
            records: self
                .records
                .checked_add(other.records)
                .ok_or(ValueError::Overflow)?,
            quantity: self
                .quantity
                .checked_add(other.quantity)
                .ok_or(ValueError::Overflow)?,
            charge: self.charge.checked_add(&other.charge)?,
            tax: self.tax.checked_add(&other.tax)?,
        })
    }

    /// The difference of two totals of the same service, figure by figure.
    ///
    /// # Errors
    /// [`ValueError::Negative`] where more is subtracted than there is.
    pub fn checked_sub(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(Self {
            service: self.service,
            records: self
                .records
                .checked_sub(other.records)
                .ok_or(ValueError::Negative)?,
            quantity: self
                .quantity
                .checked_sub(other.quantity)
                .ok_or(ValueError::Negative)?,
            charge: not_negative(self.charge.checked_sub(&other.charge)?)?,
            tax: not_negative(self.tax.checked_sub(&other.tax)?)?,
        })
    }
}

/// The amount itself, unless it is negative.
pub(crate) fn not_negative(amount: Value) -> Result<Value, ValueError> {
    amount.clear_unsigned().map(|_| amount)
}

/// What the visited network anchors of a TAP file: digests and totals, nothing of a subscriber.
#[record]
pub struct Anchor {
    /// The file.
    pub key: BatchKey,
    /// Stands for the file's octets, salted with the file's secret: see `interclear_merkle::file_digest`. Equal files have
    /// equal digests only under the same secret.
    pub file_digest: Digest,
    /// Root over the salted leaves of the records; zero for a file without records.
    pub root: Digest,
    /// Currency of all amounts of the file: the one in which the agreement has TAP files charged.
    pub currency: Currency,
    /// Decimals of the amounts within the file, 0 to 6.
    pub decimals: u8,
    /// Number of call event details; the sum over the services.
    pub records: u32,
    /// Totals per service, by ascending service, each once; empty for a notification.
    pub totals: BoundedVec<ServiceTotal, MaxServiceTotals>,
    /// Discount over all records, in 10^-6 of the currency; already subtracted from the charges.
    pub discount: Value,
    /// First call, in UTC; `None` for a notification.
    pub earliest_call: Option<Moment>,
    /// Last call, in UTC; `None` for a notification.
    pub latest_call: Option<Moment>,
    /// Transfer cut-off, in UTC: the month in which it lies is the period that the file bills to.
    pub cut_off: Moment,
    /// When the sender made the file available, in UTC.
    pub available: Moment,
    /// On a file sent again after a return: the sequence number of the return (RAP) file.
    pub resent_for: Option<u32>,
}

impl Anchor {
    /// The month to which the file bills.
    pub fn period(&self) -> Period {
        Period::containing(self.cut_off)
    }
}

/// Why a recipient refuses a whole file; the groups of TAP's fatal errors.
#[record(Copy, snake_case)]
pub enum FatalReason {
    /// The file cannot be decoded as TAP.
    Syntax,
    /// A mandatory header, accounting, network or audit item is missing or wrong.
    Header,
    /// The sequence number contradicts the file name or the file processed before.
    Sequence,
    /// Totals in the audit control differ from the records.
    Totals,
    /// Accounting information (decimals, exchange rates) is unusable.
    Accounting,
}

/// The return (RAP) file by which a recipient refused a whole file.
#[record(Copy)]
pub struct FatalReturn {
    /// Its sequence number, which the file sent again names.
    pub rap_sequence: u32,
    /// Blake2b-256 of the RAP file.
    pub rap_digest: Digest,
    /// Whether the month waits for the file to be sent again: it was returned within the closing days.
    pub holds: bool,
}

/// The state of a file between anchor and answer.
#[record(Copy, snake_case)]
pub enum BatchStatus {
    /// Anchored by the sender; the recipient has not answered.
    Anchored,
    /// Accepted by the recipient, or by its silence where the agreement says so.
    Acknowledged,
    /// Refused as a whole; nothing of it bills; a file sent again takes its place.
    Returned(FatalReason),
    /// Refused as a whole and given up: nothing takes its place, and its month does not wait for it.
    Waived(FatalReason),
}

/// Totals of returned records (severe errors), reported in one RAP file.
#[record]
pub struct ReturnedRecords {
    /// Sequence number of the return (RAP) file.
    pub rap_sequence: u32,
    /// Blake2b-256 of the RAP file.
    pub rap_digest: Digest,
    /// What is subtracted from the file's totals, by ascending service, each once.
    pub totals: BoundedVec<ServiceTotal, MaxServiceTotals>,
}

/// A file as the chain keeps it.
#[record]
pub struct Batch {
    /// What the sender anchored; the key is the storage key.
    pub anchor: Anchor,
    /// Blake2b-256 of the encoded anchor, by which a duplicate of the file is recognised.
    pub digest: Digest,
    /// Agreement, direction and group that it bills to; `None` for a test file.
    pub route: Option<crate::agreement::Route>,
    /// The month that it belongs to, and by whose terms it is rated: that of the transfer cut-off.
    pub period: Period,
    /// The month that bills it where its own was closed when it came, or before it counted; `None` where that is its own.
    pub late: Option<Period>,
    /// Whether it came unasked after the closing days of the month that bills it and has not been answered: it does not
    /// count in that month yet, and the next one bills it if it never does.
    pub deferred: bool,
    /// Anchored, acknowledged, returned or waived; only a file that is not returned or waived bills.
    pub status: BatchStatus,
    /// When it was anchored, by the chain's clock.
    pub anchored_at: Moment,
    /// When the recipient answered, by the chain's clock.
    pub answered_at: Option<Moment>,
    /// The RAP file that refused it as a whole, if it was.
    pub fatal_return: Option<FatalReturn>,
    /// What was returned of it, summed per service over all RAP files.
    pub returned: BoundedVec<ServiceTotal, MaxServiceTotals>,
    /// Sequence numbers of the RAP files that make up `returned`; each counts once.
    pub returns: BoundedVec<u32, MaxReturns>,
}

impl Batch {
    /// The month that bills it, and that waits for its answer: its own, or for a late file a later one.
    pub fn billed_with(&self) -> Period {
        self.late.unwrap_or(self.period)
    }

    /// What the file bills: its totals less what was returned of them, in the order of its totals.
    ///
    /// # Errors
    /// [`ValueError::Negative`] if more was returned than there is, which the chain never lets happen.
    pub fn remaining(&self) -> Result<Vec<ServiceTotal>, ValueError> {
        let less_returned = |total: &ServiceTotal| match self
            .returned
            .iter()
            .find(|returned| returned.service == total.service)
        {
            Some(returned) => total.checked_sub(returned),
            None => Ok(*total),
        };
        self.anchor.totals.iter().map(less_returned).collect()
    }
}

/// A record that the chain has verified to be in a file, by a Merkle proof against the anchored root.
#[record(Copy)]
pub struct ProvenRecord {
    /// The file.
    pub key: BatchKey,
    /// The record's salted leaf; it tells nothing of the record without the salt.
    pub leaf: Digest,
    /// The operator that submitted the proof.
    pub by: OperatorId,
    /// When the proof was verified, by the chain's clock.
    pub at: Moment,
}
