//! `interclear obligations`: what an operator owes, and what is owed to it.

use crate::{error::CommandError, names::Names, output, session::Session};
use clap::Args;
use interclear_client::{chain::Chain, money};
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    money::Currency,
    netting::{Obligation, ObligationSource, ObligationStatus},
};
use serde_json::json;
use std::collections::BTreeMap;

/// Debts of an operator, and what is owed to it.
#[derive(Args)]
pub struct ObligationsArgs {
    /// The operator: its number or one of its TADIG codes; that of the profile or of --key unless given.
    operator: Option<String>,
}

/// Decimals of the tokens of each currency.
async fn decimals(chain: &Chain) -> Result<BTreeMap<Currency, u8>, CommandError> {
    Ok(chain
        .tokens()
        .await?
        .into_iter()
        .map(|(_, token)| (token.currency, token.decimals))
        .collect())
}

/// All obligations of an operator that are not settled.
async fn all(chain: &Chain, operator: OperatorId) -> Result<Vec<(ObligationId, Obligation)>, CommandError> {
    let (mut found, mut from) = (Vec::new(), ObligationId(0));
    loop {
        let page = chain.obligations(operator, from).await?;
        let Some(next) = page.last().and_then(|(id, _)| id.next()) else {
            return Ok(found);
        };
        found.extend(page);
        from = next;
    }
}

fn source(source: &ObligationSource) -> String {
    match source {
        ObligationSource::Statement { agreement, period } => {
            format!("statement of {period} under agreement {agreement}")
        }
        ObligationSource::Carried { cycle } => format!("carried from cycle {cycle}"),
    }
}

fn status(status: &ObligationStatus) -> String {
    match status {
        ObligationStatus::Open => "open".into(),
        ObligationStatus::InCycle(cycle) => format!("in cycle {cycle}"),
        ObligationStatus::Settled(cycle) => format!("settled with cycle {cycle}"),
    }
}

impl ObligationsArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let operator = session.operator_named(&chain, self.operator.as_deref()).await?;
        let found = all(&chain, operator).await?;
        let (names, decimals) = (Names::of(&chain).await?, decimals(&chain).await?);
        let scale = |obligation: &Obligation| decimals.get(&obligation.currency).copied().unwrap_or(0);
        let value: Vec<_> = found
            .iter()
            .map(|(id, obligation)| {
                json!({
                    "id": id,
                    "debtor": obligation.debtor,
                    "creditor": obligation.creditor,
                    "currency": obligation.currency,
                    "amount": money::value(&obligation.amount, scale(obligation)),
                    "due": obligation.due,
                    "source": obligation.source,
                    "status": obligation.status,
                })
            })
            .collect();
        session.output().print(&value, |_| {
            if found.is_empty() {
                return "nothing is owed".into();
            }
            let rows = found.iter().map(|(id, obligation)| {
                [
                    id.to_string(),
                    names.get(obligation.debtor),
                    names.get(obligation.creditor),
                    money::grouped_value(&obligation.amount, scale(obligation)),
                    obligation.currency.to_string(),
                    output::moment(obligation.due),
                    source(&obligation.source),
                    status(&obligation.status),
                ]
            });
            let head = [
                "Obligation",
                "Debtor",
                "Creditor",
                "Amount",
                "Currency",
                "Due (UTC)",
                "From",
                "Status",
            ];
            output::table(head, &[0, 3], rows)
        })?;
        Ok(())
    }
}
