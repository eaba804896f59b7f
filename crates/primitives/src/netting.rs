//! Obligations, netting cycles and the fiat tokens in which they are paid.

use crate::{
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId, TokenId},
    money::{Currency, Value},
    period::Period,
    relation::Relation,
    text::text,
    Moment,
};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_record::record;

/// Issuers whose tokens an operator accepts, best first.
pub type Issuers = BoundedVec<OperatorId, ConstU32<8>>;

/// What an obligation arises from.
#[record(Copy, snake_case)]
pub enum ObligationSource {
    /// The net amount of an affirmed statement.
    Statement {
        /// The agreement under which it was issued.
        agreement: AgreementId,
        /// The month that it states.
        period: Period,
    },
    /// A net amount too small to be paid with a netting cycle, which stays owed.
    Carried {
        /// The cycle that settled without it.
        cycle: CycleId,
    },
    /// A credit or debit note: what a dispute has changed of a statement whose net had become an obligation.
    Note {
        /// The agreement whose statement is corrected.
        agreement: AgreementId,
        /// The month that it states.
        period: Period,
        /// The dispute, which names the line.
        dispute: DisputeId,
    },
    /// What was carried forward of statements up to a month, as it was less than the agreed minimum.
    CarriedForward {
        /// Of whose statements.
        agreement: AgreementId,
        /// The month of the last one of which something was.
        period: Period,
    },
    /// The agreed fee, from the party against which a dispute was ruled.
    DisputeFee {
        /// The one that was ruled.
        dispute: DisputeId,
    },
    /// Late interest, from the debtor; or from the creditor, what it has charged on something that was not owed.
    Interest {
        /// The obligation that was paid late.
        obligation: ObligationId,
    },
    /// The bill of a month of matched fixed-line services.
    Inventory {
        /// Buyer, seller and class of products.
        relation: Relation,
        /// The month that it bills.
        period: Period,
    },
}

impl ObligationSource {
    /// The agreement from whose statements it arises, and whose escrows pay it.
    pub const fn agreement(&self) -> Option<AgreementId> {
        match self {
            Self::Statement { agreement, .. }
            | Self::Note { agreement, .. }
            | Self::CarriedForward { agreement, .. } => Some(*agreement),
            _ => None,
        }
    }
}

/// Where an obligation stands.
#[record(Copy, snake_case)]
pub enum ObligationStatus {
    /// Waits for a netting cycle; also what a cycle gave back, from which a party was excluded.
    Open,
    /// Part of a cycle that has not settled.
    InCycle(CycleId),
    /// Paid with a cycle.
    Settled(CycleId),
    /// Paid elsewhere, as its creditor confirmed at this moment.
    PaidOutside(Moment),
    /// Paid by itself, by a call of its debtor or from what was held ahead for it.
    PaidGross(Moment),
}

impl ObligationStatus {
    /// Whether nothing is owed any more.
    pub const fn is_paid(&self) -> bool {
        matches!(self, Self::Settled(_) | Self::PaidOutside(_) | Self::PaidGross(_))
    }
}

text!(
    /// The reference of a payment at a bank: up to 35 characters `A-Z0-9-/.`, as in ISO 20022. It names no person.
    PaymentReference,
    35,
    |c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '.'),
    "the reference of a payment has 1 to 35 characters, A-Z, 0-9, -, / and ."
);

/// A payment outside of cycles, which a debtor claims or a creditor has confirmed.
#[record]
pub struct OutsidePayment {
    /// As the bank statement has it.
    pub reference: PaymentReference,
    /// When the creditor's silence on a claim says that it has not been paid; of a confirmed payment, when it was confirmed.
    pub at: Moment,
    /// Whether the creditor has confirmed it.
    pub confirmed: bool,
}

/// What is borne for being late.
#[record(Copy, Default)]
pub struct LateInterest {
    /// The agreed rate a year, in basis points; 0 where nothing is borne, as by interest itself.
    pub bps: u16,
    /// What is owed of the obligation: its amount, less what notes have given back.
    pub owed: Value,
    /// Days that count: until it was paid, or so far.
    pub days: u32,
    /// What the rate and the days come to on what was owed.
    pub amount: Value,
    /// What the creditor has charged of it.
    pub charged: Value,
}

/// What one operator owes another in one currency.
#[record(Copy)]
pub struct Obligation {
    /// The operator that owes; never the creditor.
    pub debtor: OperatorId,
    /// The operator that is owed.
    pub creditor: OperatorId,
    /// ISO 4217 code.
    pub currency: Currency,
    /// The token in which it is paid, by a cycle in that token; `None` until one is named, where none of those that its creditor
    /// accepts stood when the obligation arose.
    pub token: Option<TokenId>,
    /// Positive, in the minor unit of the currency's tokens.
    pub amount: Value,
    /// When it is due; a cycle takes in what is due on the days (UTC) before that of its cut-off.
    pub due: Moment,
    /// The statement or the cycle from which it arises.
    pub source: ObligationSource,
    /// Where it stands.
    pub status: ObligationStatus,
    /// Whether it is paid by itself, by a call of its debtor: no cycle takes it in, and it is in no token before.
    #[cfg_attr(feature = "std", serde(default))]
    pub gross: bool,
    /// What it bears for being late.
    #[cfg_attr(feature = "std", serde(default))]
    pub interest: LateInterest,
}

/// Where a netting cycle stands.
#[record(Copy, snake_case)]
pub enum CyclePhase {
    /// Announced; due obligations are taken in from the cut-off on.
    Announced,
    /// Obligations due before the day of the cut-off are being taken in, or those of excluded operators taken out; positions are not
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

impl CyclePhase {
    /// In one word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Collecting => "collecting",
            Self::Computed => "computed",
            Self::Funding => "funding",
            Self::Settled => "settled",
            Self::Cancelled => "cancelled",
        }
    }
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
    /// Obligations due on the days (UTC) before its day are taken in.
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
    /// Whether all transfers have happened.
    pub const fn is_settled(&self) -> bool {
        matches!(self.phase, CyclePhase::Settled)
    }

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
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub held: u128,
    /// Whether the operator is excluded from the cycle, with all its obligations.
    pub excluded: bool,
    /// Whether it was excluded by its own doing, so that what it owes is late: it had funded too little, or could not be paid.
    pub missed: bool,
}

/// What an operator has with others, or with one other, in a currency: everything that is owed and not paid, due or not.
#[record(Copy)]
pub struct Exposure {
    /// ISO 4217 code.
    pub currency: Currency,
    /// What it is owed, in the minor unit of the currency's tokens.
    pub receivable: Value,
    /// What it owes.
    pub payable: Value,
    /// The most that it may be owed by the council's cap or its own: by one other, beyond what it owes it; in total, whatever it owes.
    pub cap: Option<Value>,
    /// Whether it is owed more than that.
    pub exceeded: bool,
}

/// When cycles in a token open by themselves.
#[record(Copy)]
pub struct Schedule {
    /// What their cycles are paid with.
    pub token: TokenId,
    /// The next cut-off; the following ones are at the same time of the day.
    pub next: Moment,
    /// Days from one cut-off to the next.
    pub every_days: u16,
    /// What debtors have to fund, in seconds of working time: Saturdays and Sundays (UTC) do not count.
    pub funding: Moment,
}

/// A fiat token and who answers for it.
#[record]
pub struct Token {
    /// The operator of kind issuer that mints, burns and freezes.
    pub issuer: OperatorId,
    /// ISO 4217 code; one token per issuer and currency.
    pub currency: Currency,
    /// Decimals of the minor unit, the same for every token of a currency.
    pub decimals: u8,
}
