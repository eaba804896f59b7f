//! What the pallet keeps besides the records of `interclear-primitives`.

use frame_support::traits::ConstU32;
use interclear_billing::interest::Lateness;
use interclear_netting::NettingError;
use interclear_primitives::{
    ids::{AgreementId, CycleId, ObligationId, OperatorId, TokenId},
    money::{Currency, Value, ValueError},
    netting::{Issuers, ObligationSource},
    Moment, DAY,
};
use interclear_record::record;

pub use interclear_billing::interest::Day;
pub(crate) use interclear_primitives::day_of;

/// Longest name of a token, in bytes.
pub type MaxTokenName = ConstU32<32>;
/// Obligations that one call puts into another token, at most.
pub type MaxNamed = ConstU32<64>;
/// Longest symbol of a token, in bytes.
pub type MaxTokenSymbol = ConstU32<12>;

/// Tokens that there are, at most: whoever signs an agreement has the caps of both parties looked at in each of them.
pub(crate) const MAX_TOKENS: u32 = 16;
/// Days in which a creditor confirms what its debtor claims to have paid outside of cycles.
pub(crate) const CONFIRM_DAYS: Moment = 7;
/// How long the word of a party counts that names a token beyond the terms, in seconds.
pub(crate) const WORD_HOLDS: Moment = 30 * DAY;
/// Days from one turn of a schedule to the next, and to the first one, at most.
pub(crate) const MAX_TURN_DAYS: Moment = 366;
/// How long debtors have to fund on a test network, in seconds.
pub(crate) const TEST_FUNDING_TIME: Moment = 3_600;
/// Days by which the removal of cycles may be late when blocks are full.
pub(crate) const EVICTION_DAYS: Moment = 32;

/// Where obligations wait for the cycle that takes them in.
#[record(Copy, no_serde)]
pub enum Slot {
    /// With what is due on a day.
    Day(Day),
    /// With what came, or was given back, when a cycle had taken in all that was due by then: for the cycle after it.
    After(CycleId),
}

/// An obligation as it is booked. Where it stands follows from its slot and the cycles since.
#[record(no_serde)]
pub struct Booked {
    /// The operator that owes.
    pub debtor: OperatorId,
    /// The operator that is owed.
    pub creditor: OperatorId,
    /// In which it is owed.
    pub currency: Currency,
    /// In the minor unit of the currency's tokens.
    pub amount: Value,
    /// When it is due.
    pub due: Moment,
    /// From what it arises.
    pub source: ObligationSource,
    /// Whose tokens its creditor accepts, best first.
    pub accepts: Issuers,
    /// What it bears when it is late, a year, in basis points.
    pub late_interest_bps: u16,
    /// How late it is, but for the cycles since it waits in its place.
    pub late: Lateness,
    /// What of the amount notes have given back, because it was not owed.
    pub not_owed: Value,
    /// In which token it is paid and with what it waited first, or after the cycles that have been removed; `None` until a
    /// token is named.
    pub place: Option<Place>,
    /// How late it was when its debtor last claimed that it was paid outside of cycles.
    pub claimed: Option<Lateness>,
    /// Whether that was not its first claim.
    pub claimed_again: bool,
    /// When its creditor confirmed that it was paid outside of cycles; it is in no book then.
    pub paid_outside: Option<Moment>,
    /// Whether it is paid by itself, by a call of its debtor; it is in no book of a token then.
    pub gross: bool,
    /// When it was, or was paid from what was held ahead for it; it is in no book then.
    pub paid_gross: Option<Moment>,
}

/// Late interest that was charged.
#[record(no_serde)]
pub struct Charge {
    /// Who bears it.
    pub debtor: OperatorId,
    /// Who has charged it.
    pub creditor: OperatorId,
    /// Of which amount: what was owed.
    pub owed: Value,
    /// At which rate a year, in basis points.
    pub bps: u16,
    /// For how many days.
    pub days: u32,
    /// What that comes to.
    pub amount: Value,
}

/// Where an obligation is booked.
#[record(Copy, no_serde)]
pub struct Place {
    /// In which it is paid.
    pub token: TokenId,
    /// With what it waited first.
    pub slot: Slot,
}

/// What one operator, or one operator with another, is owed and owes.
#[record(Copy, Default, no_serde)]
pub struct Sum {
    /// What it is owed.
    pub receivable: Value,
    /// What it owes.
    pub payable: Value,
    /// Number of obligations of which it is the creditor, so that each is counted once.
    pub owed: u32,
}

impl Sum {
    /// One debt, seen by its creditor.
    pub(crate) const fn owed(amount: Value) -> Self {
        Self {
            receivable: amount,
            payable: Value::ZERO,
            owed: 1,
        }
    }

    /// One debt, seen by its debtor.
    pub(crate) const fn owing(amount: Value) -> Self {
        Self {
            receivable: Value::ZERO,
            payable: amount,
            owed: 0,
        }
    }

    /// Positive: receives.
    pub(crate) fn net(&self) -> Result<Value, ValueError> {
        self.receivable.checked_sub(&self.payable)
    }

    pub(crate) fn plus(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(Self {
            receivable: self.receivable.checked_add(&other.receivable)?,
            payable: self.payable.checked_add(&other.payable)?,
            owed: self.owed.checked_add(other.owed).ok_or(ValueError::Overflow)?,
        })
    }

    pub(crate) fn less(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(Self {
            receivable: self.receivable.checked_sub(&other.receivable)?,
            payable: self.payable.checked_sub(&other.payable)?,
            owed: self.owed.checked_sub(other.owed).ok_or(ValueError::Overflow)?,
        })
    }

    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Takes a part out of a sum that is kept as long as there is something of it.
    pub(crate) fn lessen(kept: &mut Option<Self>, part: &Self) -> Result<(), ValueError> {
        let left = kept.unwrap_or_default().less(part)?;
        *kept = (!left.is_nothing()).then_some(left);
        Ok(())
    }
}

/// What a cycle takes in.
#[record(Copy, no_serde)]
pub struct Taken {
    /// The cycle of the token before it, whose [`Slot::After`] it takes.
    pub after: Option<CycleId>,
    /// The first day that it takes.
    pub from: Day,
    /// The last one; before `from` where the cycle before has taken it.
    pub to: Day,
}

impl Taken {
    /// The first slot.
    pub(crate) fn first(&self) -> Option<Slot> {
        match self.after {
            Some(cycle) => Some(Slot::After(cycle)),
            None => self.day(self.from),
        }
    }

    /// The slot after one of them.
    pub(crate) fn next(&self, slot: Slot) -> Option<Slot> {
        match slot {
            Slot::After(_) => self.day(self.from),
            Slot::Day(day) => self.day(day.checked_add(1)?),
        }
    }

    /// What is left without the first slot; `None` when days come to their end.
    pub(crate) fn without_first(self) -> Option<Self> {
        Some(match self.after {
            Some(_) => Self { after: None, ..self },
            None => Self {
                from: self.from.checked_add(1)?,
                ..self
            },
        })
    }

    fn day(&self, day: Day) -> Option<Slot> {
        (day <= self.to).then_some(Slot::Day(day))
    }

    /// All slots, in order.
    pub(crate) fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        core::iter::successors(self.first(), |slot| self.next(*slot))
    }
}

/// How long a token has stood in the time to fund a cycle: as far as its issuer had not frozen it, and netting was not paused.
#[record(Copy, Default, no_serde)]
pub struct Standing {
    /// Since when; `None` while it is frozen, or netting is paused.
    pub since: Option<Moment>,
    /// Working time that it had stood before, in seconds.
    pub stood: Moment,
    /// The end of the time to fund.
    pub until: Moment,
}

/// For how long a token has been frozen of late. Time in which it stands is taken off again, so that neither freezes of moments come
/// to much nor a moment between two freezes to a new beginning.
#[record(Copy, Default, no_serde)]
pub struct Outage {
    /// Whether it is frozen.
    pub frozen: bool,
    /// For how long it was when it was last looked at, up to a day, in seconds.
    pub time: Moment,
    /// When that was.
    pub seen: Moment,
}

impl Outage {
    /// As it is at a later moment.
    pub(crate) fn at(self, now: Moment) -> Self {
        let passed = now.saturating_sub(self.seen);
        let time = match self.frozen {
            true => self.time.saturating_add(passed).min(DAY),
            false => self.time.saturating_sub(passed),
        };
        Self {
            time,
            seen: now,
            ..self
        }
    }

    /// Whether the token is frozen, and has been for a day.
    pub(crate) fn lasts(self, now: Moment) -> bool {
        self.frozen && self.at(now).time >= DAY
    }
}

/// Where a debtor has tokens that it tenders.
#[record(no_serde)]
pub enum Stock<AccountId> {
    /// Free on an account.
    Account(AccountId),
    /// Held ahead by an operator under an agreement.
    Escrow(AgreementId, OperatorId),
}

/// That a cycle has taken in what was due by a day.
#[record(Copy, no_serde)]
pub struct Cut {
    /// All that is due up to this day is taken in.
    pub to: Day,
    /// By which.
    pub cycle: CycleId,
}

/// What is being done with a collecting cycle, in bounded steps.
#[record(Copy, no_serde)]
pub enum Stage {
    /// What is due is added up, by operator.
    AddingUp {
        /// What is being added up.
        slot: Slot,
        /// The last operator of it that has been.
        after: Option<OperatorId>,
    },
    /// What the others have with excluded operators is taken out of the positions.
    Excluding,
}

/// When cycles in a token are to open by themselves.
#[record(Copy, no_serde)]
pub struct Turns {
    /// The first cut-off; the following ones are at the same time of the day.
    pub first: Moment,
    /// Days from one to the next, 1 to 366.
    pub every_days: u16,
    /// How long debtors have to fund, in seconds of working time.
    pub funding: Moment,
}

/// What waits for its removal.
#[record(Copy, no_serde)]
#[derive(PartialOrd, Ord)]
pub enum Finished {
    /// A cycle, with its positions and the obligations that it settled.
    Cycle(CycleId),
    /// An obligation that was paid outside of cycles.
    Obligation(ObligationId),
}

/// A failure of the netting arithmetic, as a failure of an amount.
pub(crate) fn netting_fault(_: NettingError) -> ValueError {
    // Positions that the pallet keeps sum to zero and name no party twice, so only a sum that does not fit is left.
    ValueError::Overflow
}
