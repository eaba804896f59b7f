//! `interclear interest`: what is borne for being late.

use crate::{
    arguments::Who, commands::obligations, error::CommandError, names::Names, output, session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::calls;
use interclear_primitives::{ids::ObligationId, money::Value};
use serde_json::json;

/// Late interest: what it comes to, and charging it.
#[derive(Args)]
pub struct InterestArgs {
    #[command(subcommand)]
    command: InterestCommand,
}

#[derive(Subcommand)]
enum InterestCommand {
    /// List the obligations of an operator that are late or were paid late, with what they bear.
    List {
        #[command(flatten)]
        who: Who,
    },
    /// Charge the late interest of obligations that were paid to you, within 90 days from the payment: it is owed from then on, and
    /// paid with a netting cycle.
    Charge {
        /// The obligations: `interclear interest list` lists them.
        #[arg(required = true)]
        obligations: Vec<ObligationId>,
    },
}

impl InterestArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            InterestCommand::List { who } => list(session, who.named()).await,
            InterestCommand::Charge { obligations } => charge(session, &obligations).await,
        }
    }
}

/// Shows what is charged, and charges it.
async fn charge(session: &Session, late: &[ObligationId]) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let names = Names::of(&chain).await?;
    let mut said = Vec::new();
    for id in late {
        let owed = obligations::that(&chain, *id).await?;
        let Some(words) = obligations::interest_words(&owed) else {
            return Err(CommandError::Invalid(format!(
                "obligation {id} bears no late interest: `interclear interest list` tells which do; nothing was sent"
            )));
        };
        said.push(format!("{}: {words}", names.get(owed.obligation.debtor)));
    }
    session.confirm(&format!(
        "you charge late interest, which is owed from then on.\n{}",
        said.join("\n")
    ))?;
    let receipt = session.execute(&chain, &calls::charge_interest(late)).await?;
    let many = u64::try_from(late.len()).unwrap_or(u64::MAX);
    let done = format!(
        "the late interest of {} is charged; see: interclear obligations",
        output::count(many, "obligation", "obligations")
    );
    session.report(&receipt, &done, json!({ "obligations": late }))
}

async fn list(session: &Session, operator: Option<&str>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let operator = session.operator_named(&chain, operator).await?;
    let mut found = obligations::of(&chain, operator).await?;
    found.extend(obligations::settled(&chain, operator).await?);
    found.retain(|owed| owed.obligation.interest.amount != Value::ZERO);
    found.sort_by_key(|owed| owed.id);
    let names = Names::of(&chain).await?;
    let value: Vec<_> = found.iter().map(obligations::Owed::as_json).collect();
    session.output().print(&value, |_| match found.is_empty() {
        true => "nothing is late, and nothing was paid late".into(),
        false => obligations::table(&names, &found),
    })?;
    Ok(())
}
