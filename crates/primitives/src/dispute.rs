//! Disputes: what two parties say about what one of them owes, until one figure stands.

pub use crate::statement::LineKey;
use crate::{
    agreement::DisputeTerms,
    ids::{AgreementId, DisputeId, OperatorId},
    money::{Currency, Value, ValueError},
    period::Period,
    series::{BatchKey, Stream},
    statement::{Decided, StatementLine},
    tadig::Tadig,
    Digest, Moment,
};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

/// Pieces of evidence in a dispute, of each party at most.
pub const MAX_EVIDENCE: u32 = 16;
/// Likewise of both.
pub type MaxEvidence = ConstU32<{ MAX_EVIDENCE.saturating_mul(2) }>;

/// What is wrong, in the eyes of who disputes it.
#[record(Copy, Ord, snake_case)]
pub enum DisputeKind {
    /// More was used than is stated.
    MissingUsage,
    /// Another volume was used than is stated.
    Volume,
    /// The volume is right, and its price is not.
    Rate,
    /// The tax alone is wrong.
    Tax,
    /// What is missing from a commitment is wrong.
    Commitment,
    /// A service in use, or its period, is wrong.
    Inventory,
    /// A service level was not reached.
    ServiceLevel,
    /// Who bears the loss by fraud.
    FraudLiability,
}

/// What a dispute is on.
#[record(Copy, Ord, snake_case)]
pub enum DisputeSubject {
    /// A line of a statement.
    StatementLine {
        /// Whose statement it is.
        agreement: AgreementId,
        /// The month of the statement.
        period: Period,
        /// Direction, group, service and, of late usage, its month.
        line: LineKey,
    },
}

impl DisputeSubject {
    /// Whether a kind of dispute can be about it.
    pub const fn admits(&self, kind: DisputeKind) -> bool {
        match self {
            Self::StatementLine { .. } => !matches!(kind, DisputeKind::Inventory | DisputeKind::ServiceLevel),
        }
    }
}

/// What of a line a dispute is about. It has no money of its own: it has become part of the line, and so is its dispute one on the
/// line, with what silence comes to there.
#[record(Copy, Ord, snake_case)]
pub enum About {
    /// A TAP file that the line bills; or an NRTRDE file that came too late, so that its sender bears the loss by fraud.
    File(BatchKey),
    /// The usage reports of two networks that the line bills.
    Reports {
        /// The visited network.
        visited: Tadig,
        /// The home network.
        home: Tadig,
    },
}

impl About {
    /// Whether a kind of dispute can be about it.
    pub const fn admits(&self, kind: DisputeKind) -> bool {
        use DisputeKind as Kind;
        match self {
            Self::File(key) => match key.series.stream {
                Stream::Tap => matches!(kind, Kind::Volume | Kind::Rate | Kind::Tax),
                Stream::Nrtrde => matches!(kind, Kind::FraudLiability),
            },
            Self::Reports { .. } => {
                matches!(kind, Kind::MissingUsage | Kind::Volume | Kind::Rate | Kind::Tax)
            }
        }
    }
}

/// What one side says that a line comes to. Amounts are in minor units, as those of the line.
#[record(Copy, Default)]
pub struct Figures {
    /// Used, in 10^-6 of the unit of the service.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub quantity: u128,
    /// The charge, without tax.
    pub charge: Value,
    /// The line's share of what is missing from a commitment.
    pub shortfall: Value,
    /// Tax on the charge.
    pub tax: Value,
}

impl Figures {
    /// What a line states.
    pub const fn of(line: &StatementLine) -> Self {
        Self {
            quantity: line.quantity,
            charge: line.charge,
            shortfall: line.shortfall,
            tax: line.tax,
        }
    }

    /// What they come to: what the debtor of the line pays.
    ///
    /// # Errors
    /// [`ValueError::Overflow`].
    pub fn worth(&self) -> Result<Value, ValueError> {
        self.charge.checked_add(&self.shortfall)?.checked_add(&self.tax)
    }
}

impl Dispute {
    /// What it has decided of a line if figures stand; `None` where that is what the line states, or money alone that moves no window.
    ///
    /// # Errors
    /// [`ValueError::Overflow`].
    pub fn decided(&self, id: DisputeId, figures: &Figures) -> Result<Option<Decided>, ValueError> {
        let DisputeSubject::StatementLine { period, line, .. } = self.subject;
        let signed = |quantity| i128::try_from(quantity).map_err(|_| ValueError::Overflow);
        let (stated, quantity) = (&self.stated, signed(figures.quantity)?);
        let decided = Decided {
            dispute: id,
            statement: period,
            period: line.late.unwrap_or(period),
            line: line.usage,
            moves_window: self.terms.moves_window,
            quantity: quantity
                .checked_sub(signed(stated.quantity)?)
                .ok_or(ValueError::Overflow)?,
            charge: figures.charge.checked_sub(&stated.charge)?,
            shortfall: figures.shortfall.checked_sub(&stated.shortfall)?,
            tax: figures.tax.checked_sub(&stated.tax)?,
        };
        let moves = decided.quantity != 0 || decided.moves_window && figures != stated;
        Ok(moves.then_some(decided))
    }
}

/// The two sides of a line.
#[record(Copy, Ord, snake_case)]
pub enum LineSide {
    /// Whose subscribers roamed, and who owes.
    Debtor,
    /// Whose network was visited, and who is owed.
    Creditor,
}

impl LineSide {
    /// Both, in the order of [`LineSide::index`].
    pub const BOTH: [Self; 2] = [Self::Debtor, Self::Creditor];

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Debtor => Self::Creditor,
            Self::Creditor => Self::Debtor,
        }
    }

    /// Position in arrays that hold one entry per side.
    pub const fn index(self) -> usize {
        match self {
            Self::Debtor => 0,
            Self::Creditor => 1,
        }
    }

    /// The entry of an array that is this side's.
    pub const fn of<T: Copy>(self, [debtor, creditor]: &[T; 2]) -> T {
        match self {
            Self::Debtor => *debtor,
            Self::Creditor => *creditor,
        }
    }

    /// As [`LineSide::of`], for changing it.
    pub const fn of_mut<T>(self, [debtor, creditor]: &mut [T; 2]) -> &mut T {
        match self {
            Self::Debtor => debtor,
            Self::Creditor => creditor,
        }
    }
}

/// Who rules an escalated dispute.
#[record(Copy, snake_case)]
pub enum RuledBy {
    /// Two of the three operators that the agreement names.
    Arbitrators,
    /// The operators' council, by a motion.
    Council,
}

/// How a dispute has ended.
#[record(Copy, snake_case)]
pub enum DisputeOutcome {
    /// A party has accepted what the other one says.
    Accepted,
    /// A party was silent, and what the other one says stands.
    Silence,
    /// The arbitrators or the council have ruled.
    Ruled,
    /// Nobody has ruled in time: the statement stands, as far as no party has conceded more.
    Unruled,
    /// Who raised it has withdrawn it before it was answered.
    Withdrawn,
}

/// Where a dispute stands.
#[record(Copy, snake_case)]
pub enum DisputePhase {
    /// Waits for the other party's answer.
    Raised,
    /// The other party has answered with figures of its own: who raised it accepts them, offers others, or escalates.
    Answered,
    /// A party has offered figures at which it would end the dispute.
    Offered,
    /// The other one has offered others.
    Countered,
    /// Waits for a ruling.
    Escalated(RuledBy),
    /// A figure stands, for good.
    Ended(DisputeOutcome),
}

impl DisputePhase {
    /// Whether no figure stands yet.
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::Ended(_))
    }
}

/// A piece of evidence. The chain sees digests; what they are of is shown elsewhere.
#[record(Copy, snake_case)]
pub enum Evidence {
    /// The Blake2b-256 digest of a document.
    Document(Digest),
    /// A record of a file, which has been proven to the chain to belong to it.
    Record {
        /// The file.
        key: BatchKey,
        /// The root of its records.
        root: Digest,
        /// The position of the record in the file, counted from 0.
        index: u32,
    },
}

/// A piece of evidence, and who has brought it.
#[record(Copy)]
pub struct Submitted {
    /// Whoever has brought it.
    pub by: OperatorId,
    /// When, by the chain's clock.
    pub at: Moment,
    /// What it is.
    pub evidence: Evidence,
}

/// What two parties say of a line, and how far they have come.
#[record]
pub struct Dispute {
    /// On what.
    pub subject: DisputeSubject,
    /// What of it, if who raised it has named something.
    pub about: Option<About>,
    /// The one that the other party has raised on it, and withdrawn.
    pub earlier: Option<DisputeId>,
    /// What is wrong.
    pub kind: DisputeKind,
    /// Debtor and creditor of the line, by [`LineSide::index`].
    pub parties: [OperatorId; 2],
    /// Which of them has raised it.
    pub raised_by: LineSide,
    /// When, by the chain's clock.
    pub raised_at: Moment,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Decimals of their minor unit.
    pub decimals: u8,
    /// The terms on disputes that the month was agreed under.
    pub terms: DisputeTerms,
    /// What the line states.
    pub stated: Figures,
    /// What debtor and creditor say that it comes to. Each may concede, and never claims more than before; what both say is
    /// not in dispute. Once it has ended, what they claimed last.
    pub claims: [Figures; 2],
    /// The figures that stand, once it has ended.
    pub ended: Option<Figures>,
    /// At which figures each of them would end the dispute, if it has offered any. They stand as they were when the dispute was
    /// escalated.
    pub offers: [Option<Figures>; 2],
    /// How many offers were made.
    pub rounds: u8,
    /// How often each of them has conceded a part.
    pub concessions: [u8; 2],
    /// Where it stands.
    pub phase: DisputePhase,
    /// Whose step it is, unless it is escalated or has ended.
    pub turn: LineSide,
    /// When its silence, or that of who rules, has its result; once it has ended, when it did.
    pub until: Moment,
    /// What the arbitrators say, in the order in which the terms name them.
    pub votes: [Option<Figures>; 3],
    /// Whether the disputed part is withheld: it was raised before the net of the statement became an obligation.
    pub withholds: bool,
    /// Whether the line waits for the other party's answer, because the statement is due before its days to dispute are over: of
    /// the line, only what who raised the dispute says that it owes is paid.
    pub unheard: bool,
    /// What is paid of the line as the dispute stands.
    pub settled: Value,
    /// What supports the claims.
    pub evidence: BoundedVec<Submitted, MaxEvidence>,
}

impl Dispute {
    /// The side of an operator; `None` if it is no party.
    pub fn side(&self, operator: OperatorId) -> Option<LineSide> {
        LineSide::BOTH
            .into_iter()
            .find(|side| side.of(&self.parties) == operator)
    }

    /// The figures at which a side would end the dispute: what it has offered, or else claims.
    pub fn position(&self, side: LineSide) -> Figures {
        side.of(&self.offers).unwrap_or(side.of(&self.claims))
    }
}

/// Differences of a line, disputed or too small for that, in months one after the other.
#[record(Copy)]
pub struct Differences {
    /// The last month in which the line differed.
    pub last: Period,
    /// How many months running it has.
    pub months: u8,
}

impl Differences {
    /// With a difference in another month.
    pub fn with(before: Option<Self>, period: Period) -> Self {
        let months = match before {
            Some(before) if before.last >= period => return before,
            Some(before) if before.last.next() == period => before.months.saturating_add(1),
            _ => 1,
        };
        Self { last: period, months }
    }

    /// Whether a month is one of these.
    pub fn includes(&self, period: Period) -> bool {
        period <= self.last && period.plus(self.months.into()) > self.last
    }
}
