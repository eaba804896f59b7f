//! From obligations to what each party receives or pays.

use crate::NettingError;
use alloc::collections::BTreeMap;
use interclear_record::record;

/// What one party is to receive and to pay before netting, in minor units.
///
/// The two sides are kept apart, and not only their difference, because sums that only grow overflow or do
/// not overflow regardless of the order in which obligations come.
#[record(Copy, Default, no_serde)]
pub struct Position {
    /// Sum of the obligations to this party.
    pub receivable: u128,
    /// Sum of the obligations of this party.
    pub payable: u128,
}

impl Position {
    /// Receivable less payable: positive receives, negative pays.
    ///
    /// # Errors
    /// [`NettingError::Overflow`] if the difference does not fit into `i128`.
    pub fn net(&self) -> Result<i128, NettingError> {
        let magnitude = self.receivable.abs_diff(self.payable);
        let net = if self.receivable >= self.payable {
            i128::try_from(magnitude).ok()
        } else {
            // `0 - magnitude` reaches `i128::MIN`, whose magnitude has no positive counterpart.
            0i128.checked_sub_unsigned(magnitude)
        };
        net.ok_or(NettingError::Overflow)
    }

    /// This position with `amount` more to receive.
    ///
    /// # Errors
    /// [`NettingError::Overflow`].
    pub fn with_receivable(self, amount: u128) -> Result<Self, NettingError> {
        let receivable = self
            .receivable
            .checked_add(amount)
            .ok_or(NettingError::Overflow)?;
        Ok(Self { receivable, ..self })
    }

    /// This position with `amount` more to pay.
    ///
    /// # Errors
    /// [`NettingError::Overflow`].
    pub fn with_payable(self, amount: u128) -> Result<Self, NettingError> {
        let payable = self.payable.checked_add(amount).ok_or(NettingError::Overflow)?;
        Ok(Self { payable, ..self })
    }

    /// This position with `amount` less to receive.
    ///
    /// # Errors
    /// [`NettingError::NotIncluded`] if there is less than that to receive.
    pub fn without_receivable(self, amount: u128) -> Result<Self, NettingError> {
        let receivable = self
            .receivable
            .checked_sub(amount)
            .ok_or(NettingError::NotIncluded)?;
        Ok(Self { receivable, ..self })
    }

    /// This position with `amount` less to pay.
    ///
    /// # Errors
    /// [`NettingError::NotIncluded`] if there is less than that to pay.
    pub fn without_payable(self, amount: u128) -> Result<Self, NettingError> {
        let payable = self
            .payable
            .checked_sub(amount)
            .ok_or(NettingError::NotIncluded)?;
        Ok(Self { payable, ..self })
    }
}

/// The positions of all parties, kept up to date obligation by obligation.
///
/// Each obligation enters one party's payable and another's receivable with the same amount, so the net
/// positions sum to zero at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Positions<P> {
    parties: BTreeMap<P, Position>,
}

impl<P> Default for Positions<P> {
    fn default() -> Self {
        Self {
            parties: BTreeMap::new(),
        }
    }
}

impl<P: Ord + Copy> Positions<P> {
    /// No party yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an obligation of `amount` minor units, which may be zero. Changes nothing if it fails.
    ///
    /// # Errors
    /// [`NettingError::SelfObligation`], [`NettingError::Overflow`].
    pub fn add(&mut self, debtor: P, creditor: P, amount: u128) -> Result<(), NettingError> {
        self.change(debtor, creditor, |pays, receives| {
            Ok((pays.with_payable(amount)?, receives.with_receivable(amount)?))
        })
    }

    /// Removes an obligation that was added before. Changes nothing if it fails. The parties stay
    /// listed.
    ///
    /// # Errors
    /// [`NettingError::SelfObligation`]; [`NettingError::NotIncluded`] if the debtor has less to pay or the
    /// creditor less to receive than `amount`.
    pub fn remove(&mut self, debtor: P, creditor: P, amount: u128) -> Result<(), NettingError> {
        self.change(debtor, creditor, |pays, receives| {
            Ok((
                pays.without_payable(amount)?,
                receives.without_receivable(amount)?,
            ))
        })
    }

    /// The position of `party`; zero on both sides if it has no obligation.
    pub fn get(&self, party: P) -> Position {
        self.parties.get(&party).copied().unwrap_or_default()
    }

    /// All parties with their positions, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (P, Position)> + '_ {
        self.parties.iter().map(|(party, position)| (*party, *position))
    }

    /// The net position of every party: positive receives, negative pays, zero where the two sides are
    /// equal. Their sum is zero.
    ///
    /// # Errors
    /// [`NettingError::Overflow`] if a net position does not fit into `i128`.
    pub fn net(&self) -> Result<BTreeMap<P, i128>, NettingError> {
        self.iter()
            .map(|(party, position)| Ok((party, position.net()?)))
            .collect()
    }

    fn change(
        &mut self,
        debtor: P,
        creditor: P,
        change: impl FnOnce(Position, Position) -> Result<(Position, Position), NettingError>,
    ) -> Result<(), NettingError> {
        if debtor == creditor {
            return Err(NettingError::SelfObligation);
        }
        let (pays, receives) = change(self.get(debtor), self.get(creditor))?;
        self.parties.insert(debtor, pays);
        self.parties.insert(creditor, receives);
        Ok(())
    }
}

/// The net position of every party to these obligations, given as (debtor, creditor, amount in minor
/// units).
///
/// The result, or that there is none, does not depend on the order of the obligations. Every party named is
/// in the result, those with a net position of zero too. The sum is zero.
///
/// # Errors
/// [`NettingError::SelfObligation`], [`NettingError::Overflow`].
pub fn net_positions<P: Ord + Copy>(
    obligations: impl IntoIterator<Item = (P, P, u128)>,
) -> Result<BTreeMap<P, i128>, NettingError> {
    let mut positions = Positions::new();
    for (debtor, creditor, amount) in obligations {
        positions.add(debtor, creditor, amount)?;
    }
    positions.net()
}

/// Whether positions sum to exactly zero. Cannot overflow, whatever the positions.
pub fn is_zero_sum<P>(positions: &BTreeMap<P, i128>) -> bool {
    let mut receives = positions.values().filter(|net| **net > 0);
    let mut pays = positions.values().filter(|net| **net < 0);
    let mut sum = 0i128;
    loop {
        // The next summand has the sign that `sum` has not, so that the sum stays in range.
        let next = match sum {
            0 => receives.next().or_else(|| pays.next()),
            1.. => pays.next(),
            ..=-1 => receives.next(),
        };
        match next.map(|net| sum.checked_add(*net)) {
            None => return sum == 0,
            Some(None) => return false,
            Some(Some(next_sum)) => sum = next_sum,
        }
    }
}
