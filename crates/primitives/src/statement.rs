//! Statements: what two parties owe each other for a month.

use crate::{
    agreement::{Direction, Terms},
    ids::{DisputeId, ObligationId, OperatorId},
    money::{Currency, Value, ValueError},
    netting::Issuers,
    payment::PaymentTerms,
    period::Period,
    service::Service,
    usage::UsageKey,
    Digest, Moment,
};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_rating::SdrRate;
use interclear_record::record;

/// Lines of an agreement, at most: those of one month.
pub type MaxMonthLines = ConstU32<{ crate::agreement::MAX_AGREEMENT_LINES }>;

/// Lines of a statement, at most: those of its month, and of each month whose late usage it bills.
pub type MaxStatementLines = ConstU32<
    { crate::agreement::MAX_AGREEMENT_LINES.saturating_mul(crate::usage::MAX_LATE_MONTHS.saturating_add(1)) },
>;

/// One line of a statement. Amounts are in the minor unit of the settlement token; they are what the usage billed adds to
/// its accounting window, and may be negative.
#[record]
pub struct StatementLine {
    /// Whose subscribers roamed, and hence who owes.
    pub direction: Direction,
    /// Service group within the direction.
    pub group: u8,
    /// The service billed; its unit is that of the quantity.
    pub service: Service,
    /// The closed month whose late usage the line bills, by the terms and exchange rates of that month; `None` for usage
    /// of the statement's own month.
    #[cfg_attr(feature = "std", serde(default))]
    pub late: Option<Period>,
    /// Used in the month, in 10^-6 of the unit of the service.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub quantity: u128,
    /// What the TAP files charge, without tax, at the rates of the month of the usage.
    pub tap_charge: Value,
    /// What the agreement charges, without tax.
    pub charge: Value,
    /// The line's share of what is missing from a commitment; bears no tax.
    pub shortfall: Value,
    /// Tax on the charge.
    pub tax: Value,
}

impl StatementLine {
    /// The usage that the line bills.
    pub fn key(&self) -> UsageKey {
        UsageKey {
            direction: self.direction,
            group: self.group,
            service: self.service,
        }
    }
}

/// Of what disputes have decided, what one closing takes into account, at most; the rest counts with the next month.
pub const MAX_DECIDED: u32 = 64;
/// Likewise.
pub type MaxDecided = ConstU32<MAX_DECIDED>;

/// What statements of an agreement have carried forward, as it was less than the agreed minimum.
#[record(Copy)]
pub struct CarriedForward {
    /// What the first party owes the second; negative if the second owes the first.
    pub net: Value,
    /// When something was carried forward first.
    pub since: Moment,
}

/// What a dispute has decided of a line beyond what its statement states. From the next month that is closed it counts in the accounting
/// window and the commitment of the line, where the terms say so, and takes in late usage of the line; paid it is by itself, as a part
/// of the statement or by a note.
#[record(Copy)]
pub struct Decided {
    /// Which has decided it.
    pub dispute: DisputeId,
    /// The month whose statement has the line.
    pub statement: Period,
    /// The month of the usage: that of the statement, or of late usage an earlier one.
    pub period: Period,
    /// Direction, group and service.
    pub line: UsageKey,
    /// Whether it counts in the window and the commitment.
    pub moves_window: bool,
    /// How much more was used, in 10^-6 of the unit; negative if it was less.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub quantity: i128,
    /// How much more is charged, without tax.
    pub charge: Value,
    /// How much more of the shortfall falls on the line.
    pub shortfall: Value,
    /// How much more tax is due on the charge.
    pub tax: Value,
}

/// A line of a statement.
#[record(Copy, Ord)]
pub struct LineKey {
    /// The closed month whose late usage it bills; `None` for usage of the statement's own month.
    #[cfg_attr(feature = "std", serde(default))]
    pub late: Option<Period>,
    /// Direction, group and service.
    pub usage: UsageKey,
}

impl LineKey {
    /// The key of a line.
    pub fn of(line: &StatementLine) -> Self {
        Self {
            late: line.late,
            usage: line.key(),
        }
    }
}

/// Whether both parties stand by a statement.
#[record(Copy, snake_case)]
pub enum StatementStatus {
    /// Computed; at least one party has not affirmed it.
    Issued,
    /// Affirmed by both parties, or by silence past `affirm_by`; its net, if any, has become an obligation.
    Affirmed,
}

/// What two parties owe each other for a month.
#[record]
pub struct Statement {
    /// The first and the second party of the agreement.
    pub parties: [OperatorId; 2],
    /// The version of the agreement that was applied.
    pub version: u32,
    /// Currency of the agreement, in which all amounts are.
    pub currency: Currency,
    /// Decimals of the settlement token: amounts are in 10^-`decimals` of the currency.
    pub decimals: u8,
    /// At which rates TAP charges of its own month were converted; `None` where files are charged in the agreement's
    /// currency.
    pub exchange: Option<Exchange>,
    /// Lines, by direction, group and the agreement's order of services; then those of late usage, by ascending month.
    pub lines: BoundedVec<StatementLine, MaxStatementLines>,
    /// What the first and the second party owe before netting: charges, shortfall and tax.
    pub totals: [Value; 2],
    /// What the first party owes the second; negative if the second owes the first.
    pub net: Value,
    /// Whether it awaits an affirmation.
    pub status: StatementStatus,
    /// Whether the first and the second party have affirmed.
    pub affirmed: [bool; 2],
    /// When the month was closed, by the chain's clock.
    pub issued_at: Moment,
    /// The moment from which silence counts as affirmation.
    pub affirm_by: Moment,
    /// Until when a party that has not affirmed disputes lines.
    pub disputed_until: Moment,
    /// When it is paid, and what is borne for being late.
    pub payment: PaymentTerms,
    /// Whose tokens the first and the second party accept as creditor, best first.
    #[cfg_attr(feature = "std", serde(default))]
    pub accepts: [Issuers; 2],
    /// When the net is due: at the latest, until it has become an obligation.
    pub due: Moment,
    /// What disputes on earlier statements have decided, and now counts in the windows and commitments that the lines go on with.
    #[cfg_attr(feature = "std", serde(default))]
    pub decided: BoundedVec<Decided, MaxDecided>,
    /// The running digest of the month's files and reports when it was closed: see [`crate::journal`].
    #[cfg_attr(feature = "std", serde(default))]
    pub running_digest: Digest,
    /// What is less than this is carried forward to a later statement, in the minor unit; 0 where nothing is.
    #[cfg_attr(feature = "std", serde(default, with = "crate::decimal"))]
    pub minimum: u128,
    /// What has been carried forward of it, less what it has taken over of earlier statements: what the first party owes the second
    /// beyond what has become an obligation; negative if the second owes the first, or more has become one.
    #[cfg_attr(feature = "std", serde(default))]
    pub carried: Value,
    /// What the net has become, unless it is zero or carried forward.
    pub obligation: Option<ObligationId>,
    /// What disputes on its lines have come to. The figures above never change.
    pub disputed: Disputed,
    /// What the escrows of the first and of the second party have paid of it: no obligation arises from that.
    #[cfg_attr(feature = "std", serde(default))]
    pub escrowed: [Value; 2],
}

impl Statement {
    /// What the first party pays the second as disputes stand; negative if the second pays the first. Once the statement is
    /// affirmed its obligation and its notes come to this.
    ///
    /// # Errors
    /// [`ValueError::Overflow`].
    pub fn payable(&self) -> Result<Value, ValueError> {
        let [first, second] = &self.disputed.adjusted;
        self.net.checked_add(first)?.checked_sub(second)
    }

    /// A line, if it has it.
    pub fn line(&self, key: &LineKey) -> Option<&StatementLine> {
        self.lines
            .iter()
            .find(|line| line.late == key.late && line.key() == key.usage)
    }

    /// Whether an operator is a party that has affirmed it.
    pub fn has_affirmed(&self, operator: OperatorId) -> bool {
        let mut parties = self.parties.iter().zip(self.affirmed);
        parties.any(|(party, affirmed)| *party == operator && affirmed)
    }

    /// Whether a dispute on one of its lines is open.
    pub fn is_disputed(&self) -> bool {
        self.disputed.open.iter().any(|open| *open > 0)
    }
}

/// What disputes on the lines of a statement have come to.
#[record(Copy, Default)]
pub struct Disputed {
    /// Open disputes that the first and the second party have raised.
    pub open: [u32; 2],
    /// What the first and the second party pay more than their totals because of disputes, open ones and others; negative where
    /// they withhold, or are credited.
    pub adjusted: [Value; 2],
    /// The newest credit or debit note.
    pub note: Option<ObligationId>,
}

/// The month's rates by which TAP charges become amounts in the agreement's currency.
#[record(Copy)]
pub struct Exchange {
    /// Units of the TAP files' currency for one SDR.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal::rate"))]
    pub from: SdrRate,
    /// Units of the agreement's currency for one SDR.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal::rate"))]
    pub to: SdrRate,
}

impl Exchange {
    /// What converts TAP charges under `terms`; `None` where files are charged in the agreement's currency. `rate` has
    /// the month's rate of a currency; it is not asked for the SDR itself.
    ///
    /// # Errors
    /// The first currency for which the month has no rate.
    pub fn under(
        terms: &Terms,
        rate: impl Fn(Currency) -> Option<SdrRate>,
    ) -> Result<Option<Self>, Currency> {
        if terms.usage.currency == terms.currency {
            return Ok(None);
        }
        let of = |currency| match currency {
            Currency::SDR => Ok(SdrRate::SDR),
            _ => rate(currency).ok_or(currency),
        };
        Ok(Some(Self {
            from: of(terms.usage.currency)?,
            to: of(terms.currency)?,
        }))
    }
}
