//! Who pays whom.

use crate::NettingError;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use interclear_record::record;

/// An amount that goes from one party to another.
#[record(Copy, no_serde)]
pub struct Transfer<P> {
    /// Who pays, or owes.
    pub from: P,
    /// Who receives, or is owed.
    pub to: P,
    /// How much, in minor units; never zero.
    pub amount: u128,
}

/// Parties of one sign with the size of their positions, smallest first; equal sizes in the order of their
/// ids.
pub(crate) type Side<P> = BTreeSet<(u128, P)>;

/// Takes as much as both have from a debtor and a creditor. Returns the transfer and what is left of each;
/// at least one of the two is left with nothing.
pub(crate) fn meet<P: Copy>(
    (owes, from): (u128, P),
    (is_owed, to): (u128, P),
) -> (Transfer<P>, (u128, P), (u128, P)) {
    let amount = owes.min(is_owed);
    let transfer = Transfer { from, to, amount };
    (
        transfer,
        (owes.saturating_sub(amount), from),
        (is_owed.saturating_sub(amount), to),
    )
}

/// The payments that turn every net position into zero.
///
/// The largest debtor pays the largest creditor as much as both have, and so on; of equal ones the one with
/// the greater id comes first. The list is therefore the same for the same positions, nobody both pays and
/// receives, and there are fewer payments than parties with a position other than zero, as every payment
/// brings at least one of them to zero and the last brings two. Without such parties it is empty.
///
/// # Errors
/// [`NettingError::Unbalanced`] if the positions do not sum to zero.
pub fn transfers<P: Ord + Copy>(positions: &BTreeMap<P, i128>) -> Result<Vec<Transfer<P>>, NettingError> {
    let (mut debtors, mut creditors) = (Side::new(), Side::new());
    for (party, net) in positions.iter().filter(|(_, net)| **net != 0) {
        let side = if *net < 0 { &mut debtors } else { &mut creditors };
        side.insert((net.unsigned_abs(), *party));
    }

    let mut transfers = Vec::new();
    loop {
        match (debtors.pop_last(), creditors.pop_last()) {
            (None, None) => return Ok(transfers),
            (Some(debtor), Some(creditor)) => {
                let (transfer, debtor, creditor) = meet(debtor, creditor);
                transfers.push(transfer);
                debtors.extend(Some(debtor).filter(|(left, _)| *left > 0));
                creditors.extend(Some(creditor).filter(|(left, _)| *left > 0));
            }
            _ => return Err(NettingError::Unbalanced),
        }
    }
}
