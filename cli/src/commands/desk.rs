//! `interclear desk`: the accounts that act for an operator.

use crate::{error::CommandError, session::Session};
use clap::{Args, Subcommand, ValueEnum};
use interclear_client::{
    calls,
    chain::{account_of, AccountId, Chain, Hash},
    consent::Consent,
    time,
};
use interclear_primitives::{
    ids::OperatorId,
    operator::{consent_text, Role},
    Moment, DAY,
};
use serde_json::json;

/// Desks: the accounts that act for an operator.
#[derive(Args)]
pub struct DeskArgs {
    #[command(subcommand)]
    command: DeskCommand,
}

#[derive(Subcommand)]
enum DeskCommand {
    /// Consent to become a desk: prints what the operator's admin passes to `desk add`.
    Consent {
        /// The operator: its number, or one of its TADIG codes where a node is asked.
        operator: String,
        /// What the account may do; may be given more than once.
        #[arg(long = "role", required = true)]
        roles: Vec<RoleName>,
        /// For how many days the operator may use the consent.
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u64).range(1..=30))]
        days: u64,
        /// The hash of the chain's first block, to sign without a node; `desk consent --text` prints it.
        #[arg(long)]
        genesis: Option<Hash>,
        /// Do not sign; print the text that a wallet or a device signs in place of this program, and until when it holds.
        #[arg(long)]
        text: bool,
    },
    /// Make an account that has consented a desk of the operator whose admin signs.
    Add {
        /// The account's address.
        account: AccountId,
        /// What it may do, as in its consent; may be given more than once.
        #[arg(long = "role", required = true)]
        roles: Vec<RoleName>,
        /// Its consent, as `desk consent` prints it: UNTIL:0xSIGNATURE.
        #[arg(long)]
        consent: Consent,
    },
    /// Change what a desk may do.
    Roles {
        /// The account's address.
        account: AccountId,
        /// What it may do from now on; may be given more than once.
        #[arg(long = "role", required = true)]
        roles: Vec<RoleName>,
    },
    /// Remove a desk.
    Remove {
        /// The account's address.
        account: AccountId,
    },
    /// Show for whom an account acts.
    Show {
        /// The account's address.
        account: AccountId,
    },
}

/// What a desk may do.
#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    /// Adds and removes desks, registers sealing keys, names the account that is paid to.
    Admin,
    /// Proposes and signs agreements, agrees channels.
    Commercial,
    /// Anchors and answers files, reports usage, closes months, affirms statements, disputes.
    Clearing,
    /// Holds tokens: funds cycles, pays, mints and redeems.
    Treasury,
    /// Runs nodes: validators, their keys and peers.
    Engineering,
}

impl From<RoleName> for Role {
    fn from(role: RoleName) -> Self {
        match role {
            RoleName::Admin => Self::Admin,
            RoleName::Commercial => Self::Commercial,
            RoleName::Clearing => Self::Clearing,
            RoleName::Treasury => Self::Treasury,
            RoleName::Engineering => Self::Engineering,
        }
    }
}

/// Prints a consent, or what is to be signed of it.
fn consent(
    session: &Session,
    genesis: Hash,
    operator: OperatorId,
    roles: &[Role],
    until: Moment,
    text: bool,
) -> Result<(), CommandError> {
    if text {
        let text = consent_text(&genesis.0, operator, roles, until);
        let value = json!({ "text": text, "until": until, "genesis": format!("{genesis:?}") });
        let told = format!(
            "{text}\n\nWhoever signs this text with the account's key gives the admin {until}:SIGNATURE."
        );
        session.output().print_whole(&value, &told)?;
        return Ok(());
    }
    let key = session.key()?;
    let consent = Consent::sign(&key, genesis, operator, roles, until).to_string();
    let account = account_of(&key).to_string();
    let names: String = roles
        .iter()
        .map(|role| format!(" --role {}", role.word()))
        .collect();
    let value = json!({ "account": account, "consent": consent, "until": until });
    session.output().print(&value, |_| {
        format!(
            "The admin of operator {operator} adds this desk, until {} UTC, with:\ninterclear desk add {account}{names} \
             --consent {consent}",
            time::moment(until)
        )
    })?;
    Ok(())
}

/// Asks before a desk loses roles: also a script, where nobody is left who has one.
async fn ask(
    session: &Session,
    chain: &Chain,
    account: &AccountId,
    keeps: &[Role],
    meant: &str,
) -> Result<(), CommandError> {
    // Of an account that is not a desk the chain says so.
    let Some(desk) = chain.desk(*account).await? else {
        return Ok(());
    };
    let desks = chain.desks(desk.operator).await?;
    let others = desks.iter().filter(|(other, _)| other != account);
    let left: Vec<Role> = others
        .flat_map(|(_, other)| other.roles.iter().copied())
        .collect();
    let doubts = lost(&desk.roles, keeps, &left);
    session.confirm_slip(&doubts, meant)
}

/// The roles that nobody would have any more, a sentence each.
fn lost(had: &[Role], keeps: &[Role], others: &[Role]) -> Vec<String> {
    let gone = had
        .iter()
        .filter(|role| !keeps.contains(role) && !others.contains(role));
    gone.map(|role| format!("the operator has no other {} desk", role.word()))
        .collect()
}

impl DeskArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let roles = |names: Vec<RoleName>| names.into_iter().map(Into::into).collect::<Vec<Role>>();
        match self.command {
            DeskCommand::Consent {
                operator,
                roles: names,
                days,
                genesis,
                text,
            } => {
                let (genesis, operator) = match (genesis, operator.parse()) {
                    (Some(genesis), Ok(operator)) => (genesis, operator),
                    (genesis, _) => {
                        let chain = session.chain().await?;
                        let operator = chain.find_operator(&operator).await?;
                        (genesis.unwrap_or_else(|| chain.genesis()), operator)
                    }
                };
                let (roles, until) = (roles(names), time::now().saturating_add(days.saturating_mul(DAY)));
                consent(session, genesis, operator, &roles, until, text)
            }
            DeskCommand::Add {
                account,
                roles: names,
                consent,
            } => {
                session
                    .execute_and_report(
                        &calls::add_desk(&account, &roles(names), &consent),
                        &format!("{account} is a desk now"),
                    )
                    .await
            }
            DeskCommand::Roles {
                account,
                roles: names,
            } => {
                let (call, chain) = (
                    calls::set_roles(&account, &roles(names.clone())),
                    session.chain_to_sign().await?,
                );
                let words: Vec<&str> = roles(names.clone()).into_iter().map(Role::word).collect();
                let meant = format!(
                    "{account} may do as {} from then on, and nothing else.",
                    words.join(", ")
                );
                ask(session, &chain, &account, &roles(names), &meant).await?;
                let receipt = session.execute(&chain, &call).await?;
                session.report(
                    &receipt,
                    &format!("the roles of {account} are changed"),
                    json!({}),
                )
            }
            DeskCommand::Remove { account } => {
                let (call, chain) = (calls::remove_desk(&account), session.chain_to_sign().await?);
                let meant =
                    format!("{account} is no longer a desk; it takes a new consent to make it one again.");
                ask(session, &chain, &account, &[], &meant).await?;
                let receipt = session.execute(&chain, &call).await?;
                session.report(&receipt, &format!("{account} is no longer a desk"), json!({}))
            }
            DeskCommand::Show { account } => {
                let desk = session.chain().await?.desk(account).await?;
                let desk = desk.ok_or_else(|| CommandError::NotFound(format!("desk {account}")))?;
                session.output().print(&desk, |desk| {
                    let roles: Vec<String> = desk
                        .roles
                        .iter()
                        .map(|role| format!("{role:?}").to_lowercase())
                        .collect();
                    format!("desk of operator {}: {}", desk.operator, roles.join(", "))
                })?;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_should_be_asked_about_when_nobody_else_has_it() {
        use Role::{Admin, Clearing, Treasury};
        let had = [Clearing, Treasury];
        assert_eq!(
            lost(&had, &[], &[Admin, Treasury]),
            ["the operator has no other clearing desk"]
        );
        assert_eq!(lost(&had, &[Clearing], &[Treasury]), Vec::<String>::new());
        assert_eq!(lost(&had, &[], &had), Vec::<String>::new());
    }
}
