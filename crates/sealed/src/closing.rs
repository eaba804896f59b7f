//! A statement as a party makes it. Each party makes it for itself, and both come to the same octets.

use crate::{
    derive::{Kind, Network, ViewKey},
    document::{Document, DocumentInvalid, Plain},
    prove::{prove_statement, Opening},
    statement::{Debtor, Heading, Line, Statement, StatementInvalid},
    Digest, OperatorId,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeAll, Encode};
use core::fmt;
use rand_chacha::rand_core::{CryptoRng, RngCore};
use zeroize::Zeroize;

/// An amount of a line is less than 2 to the power of this, whatever its sign.
pub const AMOUNT_BITS: u32 = 63;

/// Lines of a statement, at most: they are numbered in 16 bits.
pub const MAX_LINES: usize = 1 << 16;

/// What a line comes to.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Owed {
    /// Which party owes it.
    pub debtor: Debtor,
    /// In minor units; negative where something is given back.
    pub amount: i128,
}

/// What the document of a statement says. Whatever is committed to is in it, so that other numbers have other blindings.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Figures {
    /// What is said beside the lines.
    pub heading: Heading,
    /// The lines.
    pub amounts: Vec<Owed>,
    /// How they came to be, encoded by whoever rates.
    pub details: Vec<u8>,
}

impl fmt::Debug for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Figures({:?}, …)", self.heading)
    }
}

/// Why a statement cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClosingInvalid {
    /// There are no lines, or more than places are numbered.
    Lines,
    /// The amount of a line, by its place from 0, is not within 2^63.
    Amount(u16),
    /// The document cannot be written or read.
    Document(DocumentInvalid),
}

impl fmt::Display for ClosingInvalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines => f.write_str("a statement has 1 to 65,536 lines"),
            Self::Amount(place) => {
                write!(
                    f,
                    "the amount of line {place}, from 0, is too large for a commitment"
                )
            }
            Self::Document(fault) => fault.fmt(f),
        }
    }
}

impl core::error::Error for ClosingInvalid {}

impl From<DocumentInvalid> for ClosingInvalid {
    fn from(fault: DocumentInvalid) -> Self {
        Self::Document(fault)
    }
}

impl Figures {
    /// Reads the document of a statement that was opened, as the partner's, or by an auditor.
    ///
    /// # Errors
    /// It is of another kind, agreement or month than it says, or not in the one form of figures.
    pub fn read(document: &Document) -> Result<Self, DocumentInvalid> {
        let figures = Self::decode_all(&mut document.payload.as_slice());
        let figures = figures.map_err(|_| DocumentInvalid::Malformed)?;
        let Heading {
            agreement, period, ..
        } = figures.heading;
        let named = (document.kind, document.agreement, document.period);
        match named == (Kind::Statement, agreement, period) && figures.encode() == document.payload {
            true => Ok(figures),
            false => Err(DocumentInvalid::Malformed),
        }
    }
}

/// A statement with its secrets: the document, and what opens each line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closing {
    genesis: Digest,
    heading: Heading,
    document: Plain,
    lines: Vec<Line>,
    openings: Vec<Opening>,
    net: Opening,
}

/// In what a statement on the chain is not the one that a party has come to. What comes first is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Difference {
    /// Chain, month, parties, version, currency, decimals, epoch or usage.
    Heading,
    /// The figures, what they were rated from, or the rating rules.
    Document,
    /// How many lines there are, though the document is the same.
    Count,
    /// A line, by its place from 0, though the document is the same: only who made it knows what is in it.
    Line(usize),
}

impl Closing {
    /// Makes the statement under the view key of its month; `engine` is the version of the rating rules.
    ///
    /// # Errors
    /// See [`ClosingInvalid`].
    pub fn new(
        network: &Network,
        view: &ViewKey,
        engine: u32,
        figures: &Figures,
    ) -> Result<Self, ClosingInvalid> {
        let heading = figures.heading;
        if figures.amounts.is_empty() || figures.amounts.len() > MAX_LINES {
            return Err(ClosingInvalid::Lines);
        }
        let mut written = Document {
            engine,
            kind: Kind::Statement,
            agreement: heading.agreement,
            period: heading.period,
            payload: figures.encode(),
        };
        let document = written.plain(network, view);
        written.zeroize();
        let document = document?;
        let (mut lines, mut openings, mut net) = (Vec::new(), Vec::new(), Opening::default());
        for (place, owed) in (0..=u16::MAX).zip(&figures.amounts) {
            if owed.amount.unsigned_abs() >> AMOUNT_BITS != 0 {
                return Err(ClosingInvalid::Amount(place));
            }
            let opening = Opening {
                value: owed.amount,
                blinding: view.blinding(network, Kind::Statement, document.digest(), place),
            };
            let sum = match owed.debtor {
                Debtor::First => net.plus(&opening),
                Debtor::Second => net.minus(&opening),
            };
            net = sum.ok_or(ClosingInvalid::Amount(place))?;
            lines.push(Line {
                debtor: owed.debtor,
                amount: opening.commit(),
            });
            openings.push(opening);
        }
        Ok(Self {
            genesis: network.0,
            heading,
            document,
            lines,
            openings,
            net,
        })
    }

    /// What everybody sees of it.
    pub fn statement(&self) -> Statement<'_> {
        Statement {
            genesis: self.genesis,
            heading: self.heading,
            document: *self.document.digest(),
            lines: &self.lines,
        }
    }

    /// The document, to be kept, and sealed for the partner.
    pub fn document(&self) -> &Plain {
        &self.document
    }

    /// What opens the lines, in their order.
    pub fn openings(&self) -> &[Opening] {
        &self.openings
    }

    /// What opens the net: what the first party owes the second one, negative if the second owes the first.
    pub fn net(&self) -> &Opening {
        &self.net
    }

    /// In what the chain's statement differs from this one, if in anything.
    pub fn difference(&self, closed: &Statement<'_>) -> Option<Difference> {
        let own = self.statement();
        if (own.genesis, own.heading) != (closed.genesis, closed.heading) {
            return Some(Difference::Heading);
        }
        if own.document != closed.document {
            return Some(Difference::Document);
        }
        if own.lines.len() != closed.lines.len() {
            return Some(Difference::Count);
        }
        let mut both = own.lines.iter().zip(closed.lines);
        both.position(|(own, closed)| own != closed).map(Difference::Line)
    }

    /// The proof of a party that stands by what it has computed itself: it does not hold for a statement that differs in anything.
    ///
    /// # Errors
    /// The operator is not a party.
    pub fn prove<R: RngCore + CryptoRng>(
        &self,
        party: OperatorId,
        source: &mut R,
    ) -> Result<Vec<u8>, StatementInvalid> {
        prove_statement(&self.statement(), party, &self.net, source)
    }
}
