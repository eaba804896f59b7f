//! Inventories of fixed-line services, and what they bill.

use crate::chain::Call;
use interclear_primitives::{
    inventory::{BlindRecord, InventoryRecord, InventoryTerms, Profile, RecordId, Relation},
    money::Currency,
    period::Period,
};

/// Proposes a match profile of a relation.
pub fn propose_profile(relation: &Relation, profile: &Profile, billing: Option<&InventoryTerms>) -> Call {
    Call::new("Inventory", "propose_profile")
        .arg(relation)
        .arg(profile)
        .arg(billing)
}

/// Withdraws the match profile that one's own side has proposed.
pub fn withdraw_profile(relation: &Relation) -> Call {
    Call::new("Inventory", "withdraw_profile").arg(relation)
}

/// Signs the match profile that the other side has proposed.
pub fn sign_profile(relation: &Relation, profile: &Profile, billing: Option<&InventoryTerms>) -> Call {
    Call::new("Inventory", "sign_profile")
        .arg(relation)
        .arg(profile)
        .arg(billing)
}

/// Has the next month of a relation billed.
pub fn bill_month(relation: &Relation, period: Period) -> Call {
    Call::new("Inventory", "bill_month").arg(relation).arg(period)
}

/// Affirms a bill of a relation.
pub fn affirm_bill(relation: &Relation, period: Period, currency: Currency) -> Call {
    Call::new("Inventory", "affirm_bill")
        .arg(relation)
        .arg(period)
        .arg(currency)
}

/// Disputes a bill of a relation, as its buyer: what the month's own charges come to, in minor units.
pub fn dispute_bill(
    relation: &Relation,
    period: Period,
    currency: Currency,
    recurring: u128,
    one_off: u128,
) -> Call {
    Call::new("Inventory", "dispute_bill")
        .arg(relation)
        .arg(period)
        .arg(currency)
        .arg(recurring)
        .arg(one_off)
}

/// Reports records of one's own side; at most as many as one call takes.
pub fn report_records(relation: &Relation, records: &[InventoryRecord]) -> Call {
    Call::new("Inventory", "report_records")
        .arg(relation)
        .arg(records)
}

/// Reports records of one's own side of a blind relation; at most as many as one call takes.
pub fn report_blind_records(relation: &Relation, records: &[BlindRecord]) -> Call {
    Call::new("Inventory", "report_blind_records")
        .arg(relation)
        .arg(records)
}

/// Takes records of one's own side away; at most as many as one call takes.
pub fn withdraw_records(relation: &Relation, records: &[RecordId]) -> Call {
    Call::new("Inventory", "withdraw_records")
        .arg(relation)
        .arg(records)
}
