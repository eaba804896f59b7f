//! Inventories of fixed-line services: the relations in which they are reported, and profiles that wait for a signature.

use crate::{ids::ObligationId, money::Value, netting::Issuers, payment::days, period::Period, Moment};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

pub use crate::relation::{ProductClass, Relation};
pub use interclear_matching::{
    BlindRecord, Class, Counts as InventoryCounts, Profile, Record as InventoryRecord, RecordId,
    Side as InventorySide, State as InventoryState,
};

/// Records in one call, at most.
pub const MAX_INVENTORY_BATCH: u32 = 256;

/// A match profile that waits for the other side's signature.
#[record]
pub struct ProposedProfile {
    /// The side that has proposed it.
    pub by: InventorySide,
    /// What would be compared, and how.
    pub profile: Profile,
    /// How what matches would bill; `None` where that stays as it is.
    pub billing: Option<InventoryTerms>,
}

/// By which days a part of a month is charged.
#[record(Copy, Default, snake_case)]
pub enum Convention {
    /// Those that it has of those that the month has.
    #[default]
    ActualDays,
    /// Every month has 30 days (30E/360): its 31st is as its 30th, and the last day of February stands for all up to the 30th.
    ThirtyDays,
}

/// Months before that of a bill that it can still correct.
pub const CORRECTED_MONTHS: u32 = 3;

/// Months before these of which a bill takes in what was held, at most.
pub const MAX_HELD_MONTHS: u32 = 3;

/// Lines of a bill, at most: two for each of its months.
pub const MAX_BILL_LINES: u32 = 14;

/// Currencies in which a relation bills, at most.
pub const MAX_BILL_CURRENCIES: u32 = 8;

/// The most days to report, and to affirm: a bill is closed before the next one is made.
pub const MAX_BILL_DAYS: u8 = 20;

/// The most days to pay.
pub const MAX_PAYMENT_DAYS: u16 = 365;

/// How what matches bills, as both sides have signed it.
#[record]
pub struct InventoryTerms {
    /// By which days a part of a month is charged; also of the months that can still be corrected.
    pub convention: Convention,
    /// The first month that bills.
    pub first: Period,
    /// Days after the end of a month in which its records are still reported; either side has it billed then.
    pub report_days: u8,
    /// Days after which silence affirms a bill; with 0 none can be disputed.
    pub affirm_days: u8,
    /// Days after these when it is due.
    pub payment_days: u16,
    /// Late interest a year, in basis points.
    pub late_interest_bps: u16,
    /// Whose tokens the buyer and the seller accept, best first.
    pub accepts: [Issuers; 2],
}

impl InventoryTerms {
    /// From when on a month can be billed.
    pub fn billed_from(&self, month: Period) -> Moment {
        month.end().saturating_add(days(self.report_days.into()))
    }
}

/// What a line charges.
#[record(Copy, Ord, snake_case)]
pub enum LineKind {
    /// What is charged over and over.
    Recurring,
    /// What is charged once.
    OneOff,
}

/// A line of a bill.
#[record(Copy)]
pub struct InventoryLine {
    /// The month that it charges, or corrects: the bill's own, or an earlier one.
    pub month: Period,
    /// What it charges.
    pub kind: LineKind,
    /// In minor units of the token: what the seller is owed, or negative, what it credits.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub amount: i128,
}

/// What matched services come to in a month, in one currency.
#[record]
pub struct InventoryBill {
    /// One for each month and kind in which something is charged or credited.
    pub lines: BoundedVec<InventoryLine, ConstU32<MAX_BILL_LINES>>,
    /// Their sum: what the buyer owes, or negative, what the seller does; in minor units of the token.
    pub net: Value,
    /// Services that charge something in the month.
    pub services: u32,
    /// When silence affirms.
    pub affirm_by: Moment,
    /// When it is due.
    pub due: Moment,
    /// Whether the buyer and the seller have affirmed it.
    pub affirmed: [bool; 2],
    /// Whether both have, or silence has.
    pub closed: bool,
    /// What the buyer disputes of the month's own recurring and one-off charges: it is withheld, and comes again with the next bill as
    /// far as both sides still agree on it.
    pub withheld: [Value; 2],
    /// The debts that it has become: what the month before withheld and comes again, and all the rest; none of 0.
    pub obligations: BoundedVec<ObligationId, ConstU32<2>>,
}

impl InventoryBill {
    /// All that the buyer withholds of it.
    pub fn withheld(&self) -> i128 {
        let [Value::Clear(recurring), Value::Clear(one_off)] = self.withheld;
        recurring.saturating_add(one_off)
    }

    /// What comes again of `withheld`, which the bill of an earlier month withheld: at most what this one charges of that month.
    pub fn comes_again(&self, month: Period, withheld: i128) -> i128 {
        let of = self.lines.iter().filter(|line| line.month == month);
        of.fold(0i128, |sum, line| sum.saturating_add(line.amount))
            .clamp(0, withheld.max(0))
    }
}
