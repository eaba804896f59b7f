//! What waits for an operator.

use crate::{
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId, TokenId},
    money::{Currency, Value},
    period::Period,
    relation::Relation,
    Moment,
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, Encode};
use interclear_record::record;
use scale_info::TypeInfo;
#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// What is to be done.
#[record(Copy, snake_case)]
pub enum TaskKind {
    /// A sealing key of the operator waits to be used: whoever has not registered it revokes it.
    CheckSealingKey {
        /// As the operator's keys are counted.
        version: u32,
    },
    /// The partner offers an epoch of a channel.
    AnswerChannel {
        /// As the epochs of the channel are counted.
        epoch: u32,
    },
    /// The version on the table waits for the operator's signature.
    AnswerOffer {
        /// Id of the agreement.
        agreement: AgreementId,
        /// The version that is offered.
        version: u32,
    },
    /// Files wait to be acknowledged or returned.
    AnswerFiles {
        /// Id of the agreement.
        agreement: AgreementId,
        /// The month to which they bill.
        period: Period,
        /// How many.
        files: u32,
    },
    /// Files came after the closing days: they count once they are acknowledged.
    LateFiles {
        /// Id of the agreement.
        agreement: AgreementId,
        /// The month to which they bill.
        period: Period,
        /// How many.
        files: u32,
    },
    /// Files were returned, and neither sent again nor waived.
    ReturnedFiles {
        /// Id of the agreement.
        agreement: AgreementId,
        /// The month to which they would bill.
        period: Period,
        /// How many.
        files: u32,
    },
    /// Numbers of series are missing.
    MissingFiles {
        /// Id of the agreement.
        agreement: AgreementId,
        /// The month that they stop.
        period: Period,
        /// In how many places.
        gaps: u32,
    },
    /// Usage reports are neither affirmed nor concluded.
    AnswerReports {
        /// Id of the agreement.
        agreement: AgreementId,
        /// A calendar month in UTC.
        period: Period,
        /// Of how many pairs of networks.
        pairs: u32,
    },
    /// A month can be closed.
    CloseMonth {
        /// Id of the agreement.
        agreement: AgreementId,
        /// A calendar month in UTC.
        period: Period,
        /// Whether the partner has asked for it.
        asked: bool,
    },
    /// A statement waits to be affirmed; silence affirms it.
    AffirmStatement {
        /// Id of the agreement.
        agreement: AgreementId,
        /// A calendar month in UTC.
        period: Period,
    },
    /// The partner disputes a line; silence accepts what it says.
    AnswerDispute {
        /// Id of the dispute.
        dispute: DisputeId,
    },
    /// The partner has answered, or made an offer, in a dispute; silence accepts what it says.
    ContinueDispute {
        /// Id of the dispute.
        dispute: DisputeId,
    },
    /// A dispute waits for the operator's ruling, as an arbitrator.
    RuleDispute {
        /// Id of the dispute.
        dispute: DisputeId,
    },
    /// Less is left for the month that runs, of the escrow of a prepaid direction and of what vouchers were paid, than its floor; files are
    /// refused once nothing is.
    EscrowLow {
        /// Id of the agreement.
        agreement: AgreementId,
        /// Whether the operator pays into it; else it is paid from it.
        pays: bool,
        /// ISO 4217 code.
        currency: Currency,
        /// What is left for the month, in 10^-6 of the currency.
        left: Value,
    },
    /// Something is owed, and in no netting cycle yet.
    Pay {
        /// Id of the obligation.
        obligation: ObligationId,
        /// ISO 4217 code.
        currency: Currency,
        /// Its amount, in the minor unit of the currency's tokens.
        amount: Value,
        /// Whether no cycle takes it in: it is paid by itself.
        gross: bool,
    },
    /// Something is owed, to the operator or by it, and the token in which it is paid is not named yet.
    NameToken {
        /// Id of the obligation.
        obligation: ObligationId,
        /// ISO 4217 code.
        currency: Currency,
        /// Its amount, in the minor unit of the currency's tokens.
        amount: Value,
        /// The token that the other party has named; the obligation is paid in it if the operator names it, too.
        named: Option<TokenId>,
    },
    /// The debtor says that it has paid outside of cycles; silence says that it has not. What is held ahead for it pays it then by a call
    /// of its creditor alone, so that it waits for that as long as it is open.
    ConfirmPayment {
        /// What was paid elsewhere, or bears interest.
        obligation: ObligationId,
        /// ISO 4217 code of the amount.
        currency: Currency,
        /// Its amount, in the minor unit of the currency's tokens.
        amount: Value,
        /// The cycle that has taken it in meanwhile, if one has: it is confirmed only when that has given it back.
        in_cycle: Option<CycleId>,
        /// The agreement whose escrow pays it by a call of its creditor, as the first claim has lapsed.
        escrow: Option<AgreementId>,
    },
    /// The operator is owed more than its cap, by the partner or in total.
    ExposureExceeded {
        /// ISO 4217 code.
        currency: Currency,
        /// What it is owed, in the minor unit of the currency's tokens: by the partner beyond what it owes it.
        amount: Value,
        /// What it wants to be owed at most, in minor units.
        cap: Value,
    },
    /// Something was paid late to the operator, and it has not charged the interest.
    ChargeInterest {
        /// What was paid.
        obligation: ObligationId,
        /// ISO 4217 code of the amount.
        currency: Currency,
        /// The interest, in the minor unit of the currency's tokens.
        amount: Value,
    },
    /// A netting cycle has reached its cut-off.
    CollectCycle {
        /// Id of the cycle.
        cycle: CycleId,
    },
    /// The positions of a netting cycle are to be computed.
    ComputeCycle {
        /// Id of the cycle.
        cycle: CycleId,
    },
    /// The operator's net amount is to be put on hold.
    FundCycle {
        /// Id of the cycle.
        cycle: CycleId,
        /// What is paid with.
        token: TokenId,
        /// The amount, in the token's minor unit.
        amount: Value,
    },
    /// All debtors have funded: a netting cycle can be settled.
    SettleCycle {
        /// Id of the cycle.
        cycle: CycleId,
    },
    /// The funding deadline is over, and debtors have not funded.
    ExcludeDefaulters {
        /// Id of the cycle.
        cycle: CycleId,
        /// How many debtors.
        debtors: u32,
    },
    /// The match profile that the partner proposes waits for the operator's signature.
    SignProfile {
        /// Buyer, seller and class of products.
        relation: Relation,
        /// The version of the profile.
        version: u32,
    },
    /// Records of services do not match: what they come to is not billed.
    CorrectRecords {
        /// Buyer, seller and class of products.
        relation: Relation,
        /// How many: a pair that differs is one.
        records: u32,
    },
    /// A month of matched services is over, and neither side has had it billed.
    BillMonth {
        /// Buyer, seller and class of products.
        relation: Relation,
        /// The month.
        period: Period,
    },
    /// A bill of matched services waits to be affirmed, by the operator or when its date has passed.
    AffirmBill {
        /// Buyer, seller and class of products.
        relation: Relation,
        /// The month.
        period: Period,
        /// What its amount is in.
        currency: Currency,
        /// What the buyer owes, or negative, what the seller does; in the minor unit of the currency's tokens.
        net: Value,
    },
}

impl TaskKind {
    /// The kind in one word, for machines.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::CheckSealingKey { .. } => "check_sealing_key",
            Self::AnswerChannel { .. } => "answer_channel",
            Self::AnswerOffer { .. } => "answer_offer",
            Self::AnswerFiles { .. } => "answer_files",
            Self::LateFiles { .. } => "late_files",
            Self::ReturnedFiles { .. } => "returned_files",
            Self::MissingFiles { .. } => "missing_files",
            Self::AnswerReports { .. } => "answer_reports",
            Self::CloseMonth { .. } => "close_month",
            Self::AffirmStatement { .. } => "affirm_statement",
            Self::AnswerDispute { .. } => "answer_dispute",
            Self::ContinueDispute { .. } => "continue_dispute",
            Self::RuleDispute { .. } => "rule_dispute",
            Self::Pay { .. } => "pay",
            Self::NameToken { .. } => "name_token",
            Self::ConfirmPayment { .. } => "confirm_payment",
            Self::ExposureExceeded { .. } => "exposure_exceeded",
            Self::EscrowLow { .. } => "escrow_low",
            Self::ChargeInterest { .. } => "charge_interest",
            Self::CollectCycle { .. } => "collect_cycle",
            Self::ComputeCycle { .. } => "compute_cycle",
            Self::FundCycle { .. } => "fund_cycle",
            Self::SettleCycle { .. } => "settle_cycle",
            Self::ExcludeDefaulters { .. } => "exclude_defaulters",
            Self::SignProfile { .. } => "sign_profile",
            Self::CorrectRecords { .. } => "correct_records",
            Self::BillMonth { .. } => "bill_month",
            Self::AffirmBill { .. } => "affirm_bill",
        }
    }

    /// How many files, gaps, pairs, debtors or records it stands for; one of anything else.
    pub const fn count(&self) -> u32 {
        match *self {
            Self::AnswerFiles { files, .. }
            | Self::LateFiles { files, .. }
            | Self::ReturnedFiles { files, .. } => files,
            Self::MissingFiles { gaps, .. } => gaps,
            Self::AnswerReports { pairs, .. } => pairs,
            Self::ExcludeDefaulters { debtors, .. } => debtors,
            Self::CorrectRecords { records, .. } => records,
            _ => 1,
        }
    }
}

/// How much of a kind waits, and until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "std", derive(Serialize))]
pub struct Waiting {
    /// Files, gaps, pairs, debtors or records; of anything else, tasks.
    pub count: u64,
    /// The first deadline, of those that have one.
    pub due: Option<Moment>,
}

/// What waits, by the word of its kind.
pub fn waiting(tasks: &[Task]) -> BTreeMap<&'static str, Waiting> {
    let mut all = BTreeMap::<_, Waiting>::new();
    for task in tasks {
        let one = all.entry(task.kind.word()).or_default();
        one.count = one.count.saturating_add(task.kind.count().into());
        one.due = match (one.due, task.due) {
            (Some(first), Some(due)) => Some(first.min(due)),
            (first, due) => first.or(due),
        };
    }
    all
}

/// Something that waits for an operator.
#[record(Copy)]
pub struct Task {
    /// Until when, as agreed; of files, until when the newest of them is to be answered. `None` where there is no such time.
    pub due: Option<Moment>,
    /// From when on silence has an effect; `None` where it has none.
    pub silence: Option<Moment>,
    /// With whom.
    pub partner: Option<OperatorId>,
    /// What is to be done.
    pub kind: TaskKind,
}

/// Up to where tasks have been looked for.
#[record(Copy, snake_case)]
pub enum TaskCursor {
    /// The agreements up to this one, in the order of storage.
    Agreement(AgreementId),
    /// All agreements, and open disputes up to this one, in the order of storage.
    Dispute(DisputeId),
    /// All agreements and disputes, and what is owed up to this obligation, in the order of storage.
    Obligation(ObligationId),
    /// All these, and inventories up to that of this relation, in the order of storage.
    Relation(Relation),
}

/// A page of what waits for an operator: what a bounded number of agreements and obligations came to.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
pub struct TaskPage {
    /// By deadline, last what has none. Another page may have earlier ones.
    pub tasks: Vec<Task>,
    /// Where the next page goes on; `None` on the last one.
    pub more: Option<TaskCursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: u32, due: Option<Moment>) -> Task {
        let kind = TaskKind::AnswerFiles {
            agreement: AgreementId(0),
            period: Period(202_611),
            files,
        };
        Task {
            due,
            silence: None,
            partner: None,
            kind,
        }
    }

    #[test]
    fn what_waits_should_be_counted_with_its_first_deadline_when_some_has_none() {
        let settle = Task {
            kind: TaskKind::SettleCycle { cycle: CycleId(1) },
            ..files(0, None)
        };
        let all = waiting(&[files(3, Some(90)), files(2, Some(60)), files(1, None), settle]);
        let of = |count, due| Waiting { count, due };
        assert_eq!(
            all.into_iter().collect::<Vec<_>>(),
            [("answer_files", of(6, Some(60))), ("settle_cycle", of(1, None))]
        );
    }

    #[cfg(feature = "std")]
    #[test]
    fn word_should_be_that_of_json_when_a_machine_reads_either() {
        for kind in [
            files(1, None).kind,
            TaskKind::RuleDispute {
                dispute: DisputeId(1),
            },
        ] {
            let json = serde_json::to_value(kind).unwrap();
            assert_eq!(json.as_object().unwrap().keys().next().unwrap(), kind.word());
        }
    }
}
