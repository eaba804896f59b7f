//! What is due of a line in dispute, what a party's silence comes to, what is worth a dispute, and who has lost it.
//!
//! Everything here is signed: a line of a month that gives back what earlier ones charged is negative. Amounts are what the
//! debtor of the line pays, in minor units.

use interclear_primitives::{
    agreement::DisputeTerms,
    bounds::{MAX_NET, MAX_QUANTITY},
    dispute::{DisputeKind, Figures, LineSide},
    Moment,
};

/// Months in a row in which a line must have differed to be disputed for less than what is material.
pub const MONTHS_RUNNING: u8 = 3;

/// Offers of both parties together; after them one accepts, concedes or escalates.
pub const MAX_OFFERS: u8 = 16;

/// Concessions of a party that do not concede all; after them it concedes all, accepts, or waits.
pub const MAX_CONCESSIONS: u8 = 16;

/// The most that somebody says was used, in 10^-6 of the unit: more than all pairs of networks can report.
pub const MAX_CLAIMED_QUANTITY: u128 = MAX_QUANTITY.saturating_mul(1_000_000);

/// What a line states, and what the two sides say that it comes to. The debtor never says more than the creditor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claims {
    /// In the statement.
    pub stated: i128,
    /// As the debtor says.
    pub debtor: i128,
    /// As the creditor says.
    pub creditor: i128,
}

impl Claims {
    /// Whether figures of a worth are between what both say.
    pub fn admit(&self, worth: i128) -> bool {
        (self.debtor..=self.creditor).contains(&worth)
    }

    /// What nobody disputes and is therefore paid: what both sides say at least, either way. Once the net of the statement is an
    /// obligation, in which `booked` is paid of the line, it changes by what a side concedes alone: nobody takes back by a claim
    /// what has been booked.
    pub fn undisputed(&self, booked: Option<i128>) -> i128 {
        self.nearest(booked.unwrap_or(0))
    }

    /// What stands if nobody rules: what was stated, as far as neither side has conceded more.
    pub fn unruled(&self) -> i128 {
        self.nearest(self.stated)
    }

    /// What is between the two sides; 0 ends the dispute.
    pub fn disputed(&self) -> Option<u128> {
        u128::try_from(self.creditor.checked_sub(self.debtor)?).ok()
    }

    /// What a side owes by its own claim, as long as the other one has not said what the line comes to.
    pub fn owned(&self, side: LineSide) -> i128 {
        match side {
            LineSide::Debtor => self.debtor.max(0),
            LineSide::Creditor => self.creditor.min(0),
        }
    }

    /// By how much a side comes towards the other one with a claim; `None` if it does not.
    pub fn conceded(&self, side: LineSide, to: i128) -> Option<u128> {
        let step = match side {
            LineSide::Debtor => to.checked_sub(self.debtor)?,
            LineSide::Creditor => self.creditor.checked_sub(to)?,
        };
        u128::try_from(step).ok().filter(|step| *step > 0)
    }

    /// The least that a side concedes at a time, unless it concedes all: a hundredth of what is in dispute, rounded up.
    pub fn least_concession(&self) -> Option<u128> {
        self.disputed().map(|disputed| disputed.div_ceil(100))
    }

    /// What is nearest to something between what both say.
    pub fn nearest(&self, to: i128) -> i128 {
        // Not `clamp`, which panics where the two are the wrong way round.
        to.min(self.creditor).max(self.debtor)
    }

    /// Whether a side's silence accepts what the other one says: at most up to what the line was worth. What is claimed beyond
    /// it is ruled, so that nobody comes to owe, or to lose, by being silent what no statement has told him of.
    pub fn silence_accepts(&self, silent: LineSide, position: i128) -> bool {
        match silent {
            LineSide::Debtor => position <= self.stated.max(0).max(self.debtor),
            LineSide::Creditor => position >= self.stated.min(0).min(self.creditor),
        }
    }
}

/// How what is paid of a line changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// Of what was withheld: due when the statement is.
    pub withheld: i128,
    /// Beyond what was stated, or given back: due once the agreed days to pay have passed from now on.
    pub corrected: i128,
    /// Whether that gives back what was not owed.
    pub gives_back: bool,
    /// What was withheld is due then, if the statement was due before: it has waited for an answer that who is owed made necessary.
    pub due_from: Moment,
}

/// What changes when `to` is paid of a line instead of `from`; `None` where it does not fit.
pub fn change(stated: i128, withholds: bool, from: i128, to: i128) -> Option<Change> {
    let whole = to.checked_sub(from)?;
    let gives_back = if stated < 0 { to > from } else { to < from };
    if !withholds || gives_back {
        return Some(Change {
            corrected: whole,
            gives_back,
            ..Change::default()
        });
    }
    let within = |amount: i128| amount.min(stated.max(0)).max(stated.min(0));
    let withheld = within(to).checked_sub(within(from))?;
    Some(Change {
        withheld,
        corrected: whole.checked_sub(withheld)?,
        gives_back,
        due_from: 0,
    })
}

/// An amount of terms, in 10^-6 of the currency, in minor units: rounded up or down; `None` where it does not fit.
fn in_minor_units(amount: u128, decimals: u8, up: bool) -> Option<u128> {
    let scaled = amount.checked_mul(10u128.checked_pow(decimals.into())?)?;
    match up {
        true => Some(scaled.div_ceil(1_000_000)),
        false => scaled.checked_div(1_000_000),
    }
}

/// Whether a difference is worth a dispute: it comes to the agreed share of the line, or to the agreed amount.
pub fn is_material(terms: &DisputeTerms, decimals: u8, stated: i128, claimed: i128) -> bool {
    let differ = stated.abs_diff(claimed);
    if differ == 0 {
        return false;
    }
    // What does not fit is larger than anything that is agreed.
    let share = differ.checked_mul(10_000).is_none_or(|differ| {
        stated
            .unsigned_abs()
            .checked_mul(terms.material_bps.into())
            .is_some_and(|least| differ >= least)
    });
    let amount = terms
        .material_amount
        .and_then(|amount| in_minor_units(amount, decimals, true))
        .is_some_and(|amount| differ >= amount);
    share || amount
}

/// Whether what a side claims only lowers what it owes. More, which is owed to it, is a claim of its own.
pub const fn is_defence(side: LineSide, claimed: i128) -> bool {
    match side {
        LineSide::Debtor => claimed >= 0,
        LineSide::Creditor => claimed <= 0,
    }
}

/// The fee of who has lost, in minor units, rounded down.
pub fn fee(terms: &DisputeTerms, decimals: u8) -> u128 {
    in_minor_units(terms.fee, decimals, false).unwrap_or_default()
}

/// Against whom a dispute is ruled: who would have ended it further from the ruling than the other; nobody where both were as far.
pub fn loser(debtor: i128, creditor: i128, ruled: i128) -> Option<LineSide> {
    let (by_debtor, by_creditor) = (ruled.abs_diff(debtor), ruled.abs_diff(creditor));
    match by_debtor.cmp(&by_creditor) {
        core::cmp::Ordering::Greater => Some(LineSide::Debtor),
        core::cmp::Ordering::Less => Some(LineSide::Creditor),
        core::cmp::Ordering::Equal => None,
    }
}

/// Whether figures differ from what is stated in what a kind of dispute is about, and in nothing else.
pub fn suits(kind: DisputeKind, stated: &Figures, claimed: &Figures) -> bool {
    let same_quantity = claimed.quantity == stated.quantity;
    let same_shortfall = claimed.shortfall == stated.shortfall;
    match kind {
        DisputeKind::MissingUsage => claimed.quantity > stated.quantity,
        DisputeKind::Volume => !same_quantity,
        DisputeKind::Rate => same_quantity && same_shortfall && claimed.charge != stated.charge,
        DisputeKind::Tax => same_quantity && same_shortfall && claimed.charge == stated.charge,
        DisputeKind::Commitment => same_quantity && claimed.charge == stated.charge,
        DisputeKind::Inventory | DisputeKind::ServiceLevel | DisputeKind::FraudLiability => true,
    }
}

/// What figures come to, if each of them is within what the chain reckons with.
pub fn worth(figures: &Figures) -> Option<i128> {
    let fits = |amount: i128| amount.unsigned_abs() <= MAX_NET;
    let parts = [figures.charge, figures.shortfall, figures.tax];
    let sound = parts.iter().all(|part| part.clear().is_ok_and(fits));
    let worth = figures.worth().ok()?.clear().ok()?;
    (sound && fits(worth) && figures.quantity <= MAX_CLAIMED_QUANTITY).then_some(worth)
}

#[cfg(test)]
mod tests;
