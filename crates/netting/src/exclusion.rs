//! Netting again once parties that did not pay are excluded.

use crate::{positions::Positions, NettingError};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use interclear_record::record;

/// What one party owes another, with an id by which the caller knows it.
#[record(Copy, no_serde)]
pub struct Obligation<P, I> {
    /// Id of the obligation.
    pub id: I,
    /// Who owes.
    pub debtor: P,
    /// Whom it is owed to.
    pub creditor: P,
    /// How much, in minor units.
    pub amount: u128,
}

/// What settles without the excluded parties, and what does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion<P, I> {
    /// Net positions of the parties to the obligations that settle. Their sum is zero; no excluded party is
    /// among them.
    pub positions: BTreeMap<P, i128>,
    /// Obligations that settle, in the order given.
    pub settling: Vec<I>,
    /// Obligations that an excluded party is a party to. They stay owed, and are carried over, in the order
    /// given.
    pub carried_over: Vec<I>,
}

/// Nets `obligations` without the parties in `excluded`.
///
/// A party is excluded with **all** obligations that it is a party to, as debtor and as
/// creditor: what it owes is not paid, and what it is owed is not paid to it either, but stays to be set
/// off against its debt. Each obligation settles with both its ends or stays with both, so what settles
/// still sums to zero.
///
/// The positions of the others change by what they had with the excluded parties. One that counted on being
/// paid by a defaulter may have to pay more than before, or to pay instead of receiving: it has to be asked
/// again for what is missing. As every repetition excludes at least one more party, repeating this ends.
///
/// Excluded parties without any obligation have no effect. With no excluded parties this is
/// [`net_positions`](crate::net_positions).
///
/// # Errors
/// [`NettingError::SelfObligation`] (also in an obligation that would be carried over) and
/// [`NettingError::Overflow`].
pub fn exclude<P: Ord + Copy, I>(
    obligations: impl IntoIterator<Item = Obligation<P, I>>,
    excluded: &BTreeSet<P>,
) -> Result<Exclusion<P, I>, NettingError> {
    let mut positions = Positions::new();
    let (mut settling, mut carried_over) = (Vec::new(), Vec::new());
    for Obligation {
        id,
        debtor,
        creditor,
        amount,
    } in obligations
    {
        if debtor == creditor {
            return Err(NettingError::SelfObligation);
        }
        if excluded.contains(&debtor) || excluded.contains(&creditor) {
            carried_over.push(id);
        } else {
            positions.add(debtor, creditor, amount)?;
            settling.push(id);
        }
    }
    Ok(Exclusion {
        positions: positions.net()?,
        settling,
        carried_over,
    })
}
