//! The statement of a month in the sealed mode, as everybody sees it, and what a party says that stands by it.
//!
//! The net is the sum of the lines, which whoever verifies adds up; the proof says that the party could open it. No line has a proof of
//! its range: a number that wraps around the order of the group moves value between the two parties alone, and with it neither of them
//! can cover its position.

use crate::{
    commit::{g, h, Commitment, Point, PointInvalid},
    proof::{Context, Object, Representation},
    Digest, OperatorId,
};
use codec::Encode;
use core::fmt;
use interclear_record::record;

/// Which party owes what a line comes to.
#[record(Copy, Ord, snake_case)]
pub enum Debtor {
    /// The first party of the agreement.
    First,
    /// The second one.
    Second,
}

/// What is said of a statement beside its lines.
#[record(Copy)]
pub struct Heading {
    /// By its id on the chain.
    pub agreement: u32,
    /// The month, as `YYYYMM`.
    pub period: u32,
    /// The first and the second party of the agreement.
    pub parties: [OperatorId; 2],
    /// The version of the agreement that was applied.
    pub version: u32,
    /// The currency of the agreement.
    pub currency: [u8; 3],
    /// Amounts are in 10^-`decimals` of the currency.
    pub decimals: u8,
    /// The epoch of the channel under whose keys it is.
    pub epoch: u32,
    /// What the chain has added up of the month's usage, where the first party's and where the second one's subscribers roam.
    pub usage: [Commitment; 2],
}

/// A line, as everybody sees it.
#[record(Copy)]
pub struct Line {
    /// Which party owes it.
    pub debtor: Debtor,
    /// To how much: charge, shortfall and tax together.
    pub amount: Commitment,
}

/// All of a statement that is public.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode)]
pub struct Statement<'a> {
    /// The hash of the chain's first block.
    pub genesis: Digest,
    /// What is said beside its lines.
    pub heading: Heading,
    /// The digest of the document that holds the numbers.
    pub document: Digest,
    /// In the order of the document.
    pub lines: &'a [Line],
}

/// Why a statement, or a proof of a party that stands by it, does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StatementInvalid {
    /// There is nothing to stand by.
    NoLines,
    /// The operator is neither party.
    NotAParty,
    /// The amount of a line, by its place from 0, may not be submitted.
    Line(usize, PointInvalid),
    /// The proof does not hold, or is not one.
    Proof,
}

impl fmt::Display for StatementInvalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLines => f.write_str("the statement has no lines"),
            Self::NotAParty => f.write_str("the operator is not a party of the statement"),
            Self::Line(place, fault) => write!(f, "line {place} of the statement, from 0: {fault}"),
            Self::Proof => f.write_str("the proof of the party does not hold for this statement"),
        }
    }
}

impl core::error::Error for StatementInvalid {}

impl Statement<'_> {
    fn sum(&self) -> Result<Point, StatementInvalid> {
        if self.lines.is_empty() {
            return Err(StatementInvalid::NoLines);
        }
        let mut sum = Point::identity();
        for (place, line) in self.lines.iter().enumerate() {
            let amount = line
                .amount
                .submitted()
                .map_err(|fault| StatementInvalid::Line(place, fault))?;
            sum = match line.debtor {
                Debtor::First => sum.plus(&amount),
                Debtor::Second => sum.minus(&amount),
            };
        }
        Ok(sum)
    }

    /// What the first party owes the second one, and what a party says that stands by the statement: that it could open this. All that
    /// is public goes into the transcript in one encoding: with the net alone, lines could be exchanged for others that come to the
    /// same.
    pub(crate) fn affirmation(
        &self,
        party: OperatorId,
    ) -> Result<(Commitment, Representation), StatementInvalid> {
        if !self.heading.parties.contains(&party) {
            return Err(StatementInvalid::NotAParty);
        }
        let sum = self.sum()?;
        let net = sum.compress();
        let context = Context {
            genesis: self.genesis,
            object: Object::Statement {
                agreement: self.heading.agreement,
                period: self.heading.period,
            },
            party,
            document: self.document,
        };
        let said = Representation {
            transcript: context.transcript(b"statement", &[&self.encode(), &net.0]),
            target: sum.0,
            generators: [g(), h()].into(),
        };
        Ok((net, said))
    }
}

/// Verifies that a party stands by a statement, and could open its net. Returns the net: what the first party owes the second one.
///
/// That both parties have computed the same is known when both have proven it: each proves for the digest that it has come to.
///
/// # Errors
/// See [`StatementInvalid`].
pub fn verify_statement(
    statement: &Statement<'_>,
    party: OperatorId,
    proof: &[u8],
) -> Result<Commitment, StatementInvalid> {
    let (net, said) = statement.affirmation(party)?;
    said.verify(proof).map_err(|_| StatementInvalid::Proof)?;
    Ok(net)
}
