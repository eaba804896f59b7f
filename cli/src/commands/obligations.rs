//! `interclear obligations`: what an operator owes, and what is owed to it.

use crate::{
    arguments::Who,
    commands::dispute::{self, words::Withheld},
    error::CommandError,
    names::Names,
    output,
    session::{Session, QUERIES},
};
use clap::Args;
use futures::{stream, StreamExt, TryStreamExt};
use interclear_client::{
    chain::{Chain, ChainError},
    money,
    time::now,
};
use interclear_primitives::{
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    money::Value,
    netting::{Cycle, LateInterest, Obligation, ObligationSource, ObligationStatus, OutsidePayment},
    period::Period,
    Moment,
};
use serde_json::json;

/// Obligations: what an operator owes, and what is owed to it; and what disputes withhold.
#[derive(Args)]
pub struct ObligationsArgs {
    #[command(flatten)]
    who: Who,
    /// Also what has been settled, as long as the chain keeps it.
    #[arg(long)]
    settled: bool,
}

/// An obligation that is not settled.
pub(super) struct Owed {
    pub(super) id: ObligationId,
    pub(super) obligation: Obligation,
    /// Of its amount.
    pub(super) decimals: u8,
    /// What its debtor says to have paid of it outside of cycles, and its creditor has not confirmed.
    pub(super) claim: Option<OutsidePayment>,
}

/// An obligation, while it is kept.
pub(super) async fn one(chain: &Chain, id: ObligationId) -> Result<Option<Owed>, CommandError> {
    let found = chain.obligation(id).await?.map(|obligation| (id, obligation));
    Ok(owed(chain, found).await?.into_iter().next())
}

/// An obligation that must be kept.
pub(super) async fn that(chain: &Chain, id: ObligationId) -> Result<Owed, CommandError> {
    one(chain, id).await?.ok_or_else(|| {
        CommandError::NotFound(format!(
            "obligation {id}, or it is not kept any more; `interclear obligations` lists what is owed"
        ))
    })
}

/// Obligations with all that is told of them.
async fn owed(
    chain: &Chain,
    found: impl IntoIterator<Item = (ObligationId, Obligation)>,
) -> Result<Vec<Owed>, CommandError> {
    let decimals = chain.decimals().await?;
    let each = found.into_iter().map(|(id, obligation)| {
        let decimals = decimals.get(&obligation.currency).copied().unwrap_or(0);
        async move {
            let claim = match obligation.status.is_paid() {
                true => None,
                false => chain.outside_payment(id).await?,
            };
            Ok::<_, ChainError>(Owed {
                id,
                obligation,
                decimals,
                claim: claim.filter(|payment| !payment.confirmed),
            })
        }
    });
    // In their order, and several at a time.
    let each: Vec<_> = each.collect();
    Ok(stream::iter(each).buffered(QUERIES).try_collect().await?)
}

/// All obligations of an operator that are not settled.
pub(super) async fn of(chain: &Chain, operator: OperatorId) -> Result<Vec<Owed>, CommandError> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = chain.obligations(operator, after).await?;
        found.extend(page);
        if next.is_none() {
            found.sort_unstable_by_key(|(id, _)| *id);
            return owed(chain, found).await;
        }
        after = next;
    }
}

/// Newest obligations among which settled ones are looked for.
const SETTLED: u64 = 4_096;

/// What an operator has paid or been paid, as long as the chain keeps it.
pub(super) async fn settled(chain: &Chain, operator: OperatorId) -> Result<Vec<Owed>, CommandError> {
    let next: u64 = chain
        .stored("Netting", "NextObligation")
        .await?
        .unwrap_or_default();
    let each = (next.saturating_sub(SETTLED)..next).map(|id| async move {
        let id = ObligationId(id);
        Ok::<_, ChainError>(chain.obligation(id).await?.map(|found| (id, found)))
    });
    let found: Vec<_> = stream::iter(each).buffered(QUERIES).try_collect().await?;
    let found = found.into_iter().flatten();
    let paid =
        found.filter(|(_, one)| [one.debtor, one.creditor].contains(&operator) && one.status.is_paid());
    owed(chain, paid).await
}

/// Newest cycles that are looked at for those that are not finished.
const CYCLES: u32 = 64;

/// Cycles that are neither settled nor cancelled, with the decimals of their amounts.
pub(super) async fn open_cycles(chain: &Chain) -> Result<Vec<(CycleId, Cycle, u8)>, CommandError> {
    let Some(CycleId(newest)) = chain.latest_cycle().await? else {
        return Ok(Vec::new());
    };
    let decimals = chain.decimals().await?;
    let mut open = Vec::new();
    for id in (newest.saturating_sub(CYCLES)..=newest).map(CycleId) {
        if let Some(cycle) = chain.cycle(id).await?.filter(|cycle| !cycle.is_finished()) {
            let decimals = decimals.get(&cycle.currency).copied().unwrap_or(0);
            open.push((id, cycle, decimals));
        }
    }
    Ok(open)
}

impl Owed {
    /// The agreement and the month of the statement that it is the net of.
    pub(super) fn month(&self) -> Option<(AgreementId, Period)> {
        match self.obligation.source {
            ObligationSource::Statement { agreement, period } => Some((agreement, period)),
            _ => None,
        }
    }

    pub(super) fn as_json(&self) -> serde_json::Value {
        let obligation = &self.obligation;
        json!({
            "id": self.id,
            "debtor": obligation.debtor,
            "creditor": obligation.creditor,
            "currency": obligation.currency,
            "token": obligation.token,
            "amount": money::value(&obligation.amount, self.decimals),
            "due": obligation.due,
            "source": obligation.source,
            "status": obligation.status,
            "claim": self.claim.as_ref().map(|claim| json!({
                "reference": claim.reference,
                "until": claim.at,
            })),
            "interest": interest_json(&obligation.interest, self.decimals),
        })
    }
}

/// What a debtor says to have paid outside of cycles, in words.
pub(super) fn claimed(claim: &OutsidePayment, at: Moment) -> String {
    let until = output::moment(claim.at);
    let reference = &claim.reference;
    match at <= claim.at {
        true => format!("claimed as paid with {reference}, the creditor confirms until {until} UTC"),
        false => format!("claimed as paid with {reference}, and not confirmed until {until} UTC"),
    }
}

/// What is claimed to have been paid elsewhere of obligations that a cycle has taken in, a sentence each.
pub(super) fn claimed_in(cycle: CycleId, owed: &[Owed]) -> Vec<String> {
    let inside = owed
        .iter()
        .filter(|one| one.obligation.status == ObligationStatus::InCycle(cycle));
    let claims = inside.filter_map(|one| {
        let claim = one.claim.as_ref()?;
        Some(format!(
            "obligation {}, {} {}, is in it and claimed as paid with {}",
            one.id,
            money::grouped_value(&one.obligation.amount, one.decimals),
            one.obligation.currency,
            claim.reference
        ))
    });
    claims.collect()
}

/// Obligations for people.
pub(super) fn table(names: &Names, owed: &[Owed]) -> String {
    let at = now();
    let rows = owed.iter().map(|one| {
        let obligation = &one.obligation;
        [
            one.id.to_string(),
            names.get(obligation.debtor),
            names.get(obligation.creditor),
            money::grouped_value(&obligation.amount, one.decimals),
            obligation.currency.to_string(),
            output::moment(obligation.due),
            interest_cell(&obligation.interest, one.decimals),
            source(&obligation.source),
            status(one, at),
        ]
    });
    let head = [
        "Obligation",
        "Debtor",
        "Creditor",
        "Amount",
        "Currency",
        "Due (UTC)",
        "Late interest",
        "From",
        "Status",
    ];
    output::table(head, &[0, 3], rows)
}

fn source(source: &ObligationSource) -> String {
    match source {
        ObligationSource::Statement { agreement, period } => {
            format!("statement of {period} under agreement {agreement}")
        }
        ObligationSource::Note {
            agreement,
            period,
            dispute,
        } => format!("note on agreement {agreement}, {period}, by dispute {dispute}"),
        ObligationSource::DisputeFee { dispute } => format!("fee of dispute {dispute}"),
        ObligationSource::Interest { obligation } => format!("late interest of obligation {obligation}"),
        ObligationSource::Inventory { relation, period } => {
            format!("fixed-line services {} of {period}", relation.class)
        }
        ObligationSource::CarriedForward { agreement, period } => {
            format!("carried forward under agreement {agreement} up to {period}")
        }
        ObligationSource::Carried { cycle } => format!("carried from cycle {cycle}"),
    }
}

pub(super) fn status(owed: &Owed, at: Moment) -> String {
    let obligation = &owed.obligation;
    let status = match obligation.status {
        ObligationStatus::Open if obligation.gross => "open, to be paid gross".into(),
        ObligationStatus::Open if obligation.token.is_none() => "open, in no token yet".into(),
        ObligationStatus::Open => "open".into(),
        ObligationStatus::InCycle(cycle) => format!("in cycle {cycle}"),
        ObligationStatus::Settled(cycle) => format!("settled with cycle {cycle}"),
        ObligationStatus::PaidOutside(at) => format!("paid outside, confirmed {}", output::moment(at)),
        ObligationStatus::PaidGross(at) => format!("paid gross {}", output::moment(at)),
    };
    match &owed.claim {
        Some(claim) => format!("{status}; {}", claimed(claim, at)),
        None => status,
    }
}

pub(super) fn interest_json(interest: &LateInterest, decimals: u8) -> serde_json::Value {
    json!({
        "rate_bps": interest.bps,
        "owed": money::value(&interest.owed, decimals),
        "days": interest.days,
        "amount": money::value(&interest.amount, decimals),
        "charged": money::value(&interest.charged, decimals),
    })
}

/// What an obligation bears, for a column; empty where it bears nothing.
fn interest_cell(interest: &LateInterest, decimals: u8) -> String {
    if interest.amount == Value::ZERO {
        return String::new();
    }
    let days = output::count(interest.days, "day", "days");
    let amount = money::grouped_value(&interest.amount, decimals);
    match interest.charged == Value::ZERO {
        true => format!("{amount} for {days}"),
        false => format!("{amount} for {days}, charged"),
    }
}

/// How the interest on an obligation came to be, in words; nothing where there is none.
pub(super) fn interest_words(owed: &Owed) -> Option<String> {
    let (obligation, interest) = (&owed.obligation, &owed.obligation.interest);
    if interest.amount == Value::ZERO {
        return None;
    }
    let state = match obligation.status {
        status if status.is_paid() && interest.charged != Value::ZERO => "charged",
        status if status.is_paid() => "to be charged by its creditor",
        _ => "so far",
    };
    Some(format!(
        "Late interest on obligation {}: {} {} x {} % x {} / 365 days = {} {}, {state}",
        owed.id,
        money::grouped_value(&interest.owed, owed.decimals),
        obligation.currency,
        money::unsigned(interest.bps.into(), 2),
        output::count(interest.days, "day", "days"),
        money::grouped_value(&interest.amount, owed.decimals),
        obligation.currency,
    ))
}

impl ObligationsArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let operator = session.operator_named(&chain, self.who.named()).await?;
        let mut found = of(&chain, operator).await?;
        if self.settled {
            found.extend(settled(&chain, operator).await?);
            found.sort_by_key(|owed| owed.id);
        }
        let names = Names::of(&chain).await?;
        let withheld = dispute::withheld_of(&chain, operator).await?;
        let value: Vec<_> = found
            .iter()
            .map(|owed| {
                let mut value = owed.as_json();
                let of = owed.month();
                let of = withheld
                    .iter()
                    .filter(|one| of == Some((one.agreement, one.period)));
                value["withheld"] = of.map(Withheld::as_json).collect();
                value
            })
            .collect();
        session.output().print(&value, |_| {
            let mut text = match found.is_empty() {
                true => "nothing is owed".into(),
                false => table(&names, &found),
            };
            for one in &withheld {
                text.push_str(&format!("\n{}", one.words(&names)));
            }
            text
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::samples;

    #[test]
    fn a_claim_should_be_told_with_its_time_when_an_obligation_is_not_paid_yet() {
        let owed = |status, claim| Owed {
            id: ObligationId(0),
            obligation: Obligation {
                token: Some(1),
                status,
                ..samples::obligation([OperatorId(1), OperatorId(2)], 7_039)
            },
            decimals: 2,
            claim,
        };
        let claim = OutsidePayment {
            reference: "BANK-77".parse().unwrap(),
            at: 86_400,
            confirmed: false,
        };
        assert_eq!(status(&owed(ObligationStatus::Open, None), 0), "open");
        let open = owed(ObligationStatus::Open, Some(claim.clone()));
        assert_eq!(
            status(&open, 86_400),
            "open; claimed as paid with BANK-77, the creditor confirms until 1970-01-02 00:00:00 UTC"
        );
        assert_eq!(
            status(&open, 86_401),
            "open; claimed as paid with BANK-77, and not confirmed until 1970-01-02 00:00:00 UTC"
        );
        let mut gross = owed(ObligationStatus::Open, None);
        gross.obligation.gross = true;
        assert_eq!(status(&gross, 0), "open, to be paid gross");
        gross.obligation.status = ObligationStatus::PaidGross(86_400);
        assert_eq!(status(&gross, 0), "paid gross 1970-01-02 00:00:00");
        let taken = owed(ObligationStatus::InCycle(CycleId(3)), Some(claim));
        let all = [open, taken];
        let told = claimed_in(CycleId(3), &all);
        assert_eq!(
            told,
            ["obligation 0, 70.39 EUR, is in it and claimed as paid with BANK-77"]
        );
        assert!(claimed_in(CycleId(4), &all).is_empty());
        let [open, taken] = all;
        assert!(status(&taken, 0).starts_with("in cycle 3; claimed as paid with BANK-77"));
        assert_eq!(
            open.as_json()["claim"],
            json!({ "reference": "BANK-77", "until": 86_400 })
        );
    }

    #[test]
    fn interest_should_be_told_with_its_rate_days_and_state_when_something_is_late() {
        let owed = |amount, charged, status| Owed {
            id: ObligationId(7),
            obligation: Obligation {
                status,
                interest: LateInterest {
                    bps: 800,
                    owed: Value::Clear(100_000),
                    days: 30,
                    amount: Value::Clear(amount),
                    charged: Value::Clear(charged),
                },
                ..samples::obligation([OperatorId(1), OperatorId(2)], 100_000)
            },
            decimals: 2,
            claim: None,
        };
        let settled = ObligationStatus::Settled(CycleId(3));
        let told = |one: &Owed| interest_words(one);
        let late = owed(658, 0, ObligationStatus::Open);
        assert_eq!(
            told(&late).unwrap(),
            "Late interest on obligation 7: 1\u{202f}000.00 EUR x 8.00 % x 30 days / 365 days = 6.58 EUR, so far"
        );
        assert_eq!(interest_cell(&late.obligation.interest, 2), "6.58 for 30 days");
        assert!(told(&owed(658, 0, settled))
            .unwrap()
            .ends_with("to be charged by its creditor"));
        let charged = owed(658, 658, settled);
        assert!(told(&charged).unwrap().ends_with("6.58 EUR, charged"));
        assert_eq!(
            interest_cell(&charged.obligation.interest, 2),
            "6.58 for 30 days, charged"
        );
        assert_eq!(told(&owed(0, 0, settled)), None);
    }
}
