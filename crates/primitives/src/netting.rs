//! Obligations, netting cycles and the fiat tokens in which they are paid.

use crate::{
    ids::{AgreementId, CycleId, OperatorId, TokenId},
    money::{Currency, Value},
    period::Period,
    Moment,
};
use interclear_record::record;

/// What an obligation arises from.
#[record(Copy, snake_case)]
pub enum ObligationSource {
    /// The net of a statement.
    Statement {
        /// The agreement.
        agreement: AgreementId,
        /// The month.
        period: Period,
    },
    /// A net amount too small to be paid with a netting cycle, which stays owed.
    Carried {
        /// The cycle that settled without it.
        cycle: CycleId,
    },
}

/// Where an obligation stands.
#[record(Copy, snake_case)]
pub enum ObligationStatus {
    /// Waits for a netting cycle.
    Open,
    /// Part of a cycle that has not settled.
    InCycle(CycleId),
    /// Paid with a cycle.
    Settled(CycleId),
}

/// A debt.
#[record(Copy)]
pub struct Obligation {
    /// Who owes.
    pub debtor: OperatorId,
    /// Who is owed.
    pub creditor: OperatorId,
    /// Currency.
    pub currency: Currency,
    /// Positive, in the minor unit of the currency's tokens.
    pub amount: Value,
    /// When it is due.
    pub due: Moment,
    /// What it arises from.
    pub source: ObligationSource,
    /// Where it stands.
    pub status: ObligationStatus,
}

/// Where a netting cycle stands.
#[record(Copy, snake_case)]
pub enum CyclePhase {
    /// Announced; due obligations are taken in from the cut-off on.
    Announced,
    /// Obligations due by the cut-off are being taken in, or those of excluded operators taken out; positions are not
    /// final.
    Collecting,
    /// Net positions stand; debtors may fund.
    Computed,
    /// At least one debtor has put its amount on hold.
    Funding,
    /// All transfers have happened.
    Settled,
    /// Ended without a transfer; every obligation is open again, and holds are released.
    Cancelled,
}

/// A multilateral netting cycle in one token.
#[record]
pub struct Cycle {
    /// What is paid with.
    pub token: TokenId,
    /// Currency of the token.
    pub currency: Currency,
    /// Where it stands.
    pub phase: CyclePhase,
    /// Obligations due until then are taken in.
    pub cut_off: Moment,
    /// When debtors must have funded.
    pub fund_by: Moment,
    /// Number of obligations.
    pub obligations: u32,
    /// Sum of the obligations.
    pub gross: Value,
    /// Sum of what net debtors pay.
    pub net: Value,
    /// Net debtors that have not funded yet.
    pub unfunded: u32,
    /// Operators with a position that have not been excluded.
    pub parties: u32,
    /// When it was settled or cancelled, in seconds since the epoch.
    pub finished_at: Option<Moment>,
}

impl Cycle {
    /// Whether it has been settled or cancelled.
    pub const fn is_finished(&self) -> bool {
        matches!(self.phase, CyclePhase::Settled | CyclePhase::Cancelled)
    }
}

/// One operator's part in a cycle.
#[record(Copy, Default)]
pub struct Position {
    /// Positive: receives; negative: pays. In the minor unit of the token.
    pub net: Value,
    /// What is too small to be paid with this cycle and stays owed: positive to the operator, negative by it.
    pub carried: Value,
    /// What is on hold for the cycle.
    pub held: u128,
    /// Whether the operator is excluded from the cycle, with all its obligations.
    pub excluded: bool,
}

/// A fiat token and who answers for it.
#[record]
pub struct Token {
    /// The operator of kind issuer that mints, burns and freezes.
    pub issuer: OperatorId,
    /// ISO 4217 code; one token per issuer and currency.
    pub currency: Currency,
    /// Decimals; the same for every token of a currency.
    pub decimals: u8,
}
