//! Small net amounts, which are not worth a payment, wait for the next netting.

use crate::{
    payments::{meet, Side, Transfer},
    NettingError,
};
use alloc::{collections::BTreeMap, vec::Vec};

/// What is paid now, and what waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedForward<P> {
    /// The same parties as before, each with zero or with at least the minimum. Their sum is zero.
    pub positions: BTreeMap<P, i128>,
    /// What stays owed, to be put into the next netting as new obligations; each amount is below the
    /// minimum.
    pub carried: Vec<Transfer<P>>,
}

/// One side of the market, split at the minimum.
struct Split<P> {
    minimum: u128,
    below: Side<P>,
    rest: Side<P>,
}

impl<P: Ord + Copy> Split<P> {
    fn new(minimum: u128) -> Self {
        Self {
            minimum,
            below: Side::new(),
            rest: Side::new(),
        }
    }

    fn insert(&mut self, (amount, party): (u128, P)) {
        if amount == 0 {
            return;
        }
        let side = if amount < self.minimum {
            &mut self.below
        } else {
            &mut self.rest
        };
        side.insert((amount, party));
    }

    /// The largest below the minimum, or else the largest of all.
    fn take(&mut self) -> Option<(u128, P)> {
        self.below.pop_last().or_else(|| self.rest.pop_last())
    }

    fn iter(&self) -> impl Iterator<Item = &(u128, P)> {
        self.below.iter().chain(&self.rest)
    }
}

/// Takes net amounts below `minimum` (in minor units) out of this settlement, and says who owes them to
/// whom from now on.
///
/// As long as a party's net amount is below the minimum and not zero, as much as possible of it is left
/// owed between that party and one of the other sign: the largest such party that is below the minimum too,
/// or, when there is none, the largest of all, which can best spare it. When this brings that other party
/// below the minimum, it is dealt with in the same way.
///
/// Each such step takes the same amount from a debtor and from a creditor, so the sum of what settles stays
/// zero, and what settles plus what is carried is, for every party, its net position. Each step brings at
/// least one party to zero, so there are fewer steps than parties. No amount grows and none changes its
/// sign. With a minimum of zero or one nothing is carried.
///
/// A party whose amount reaches the minimum may still have to wait: nobody can be paid if all who owe are
/// below.
///
/// Net positions are carried, not the obligations that they come from: these are discharged by the
/// settlement together with what is carried. Leaving out a party's obligations instead would keep back all
/// the turnover of a party that owes nearly as much as it is owed.
///
/// # Errors
/// [`NettingError::Unbalanced`] if the positions do not sum to zero.
pub fn carry_forward<P: Ord + Copy>(
    positions: &BTreeMap<P, i128>,
    minimum: u128,
) -> Result<CarriedForward<P>, NettingError> {
    if !crate::is_zero_sum(positions) {
        return Err(NettingError::Unbalanced);
    }
    let (mut debtors, mut creditors) = (Split::new(minimum), Split::new(minimum));
    for (party, net) in positions {
        let side = if *net < 0 { &mut debtors } else { &mut creditors };
        side.insert((net.unsigned_abs(), *party));
    }

    let mut carried = Vec::new();
    while !(debtors.below.is_empty() && creditors.below.is_empty()) {
        let (Some(debtor), Some(creditor)) = (debtors.take(), creditors.take()) else {
            return Err(NettingError::Unbalanced);
        };
        let (transfer, debtor, creditor) = meet(debtor, creditor);
        carried.push(transfer);
        debtors.insert(debtor);
        creditors.insert(creditor);
    }

    let mut left: BTreeMap<P, i128> = positions.keys().map(|party| (*party, 0)).collect();
    for (amount, party) in creditors.iter() {
        left.insert(
            *party,
            0i128
                .checked_add_unsigned(*amount)
                .ok_or(NettingError::Overflow)?,
        );
    }
    for (amount, party) in debtors.iter() {
        left.insert(
            *party,
            0i128
                .checked_sub_unsigned(*amount)
                .ok_or(NettingError::Overflow)?,
        );
    }
    Ok(CarriedForward {
        positions: left,
        carried,
    })
}
