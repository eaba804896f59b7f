//! `interclear desk`: the accounts that act for an operator.

use crate::{error::CommandError, session::Session};
use clap::{Args, Subcommand, ValueEnum};
use interclear_client::{calls, chain::AccountId};
use interclear_primitives::operator::Role;

/// Desks: the accounts that act for an operator.
#[derive(Args)]
pub struct DeskArgs {
    #[command(subcommand)]
    command: DeskCommand,
}

#[derive(Subcommand)]
enum DeskCommand {
    /// Make an account a desk of the operator whose admin signs.
    Add {
        /// The account.
        account: AccountId,
        /// What it may do; may be given more than once.
        #[arg(long = "role", required = true)]
        roles: Vec<RoleName>,
    },
    /// Change what a desk may do.
    Roles {
        /// The account.
        account: AccountId,
        /// What it may do from now on; may be given more than once.
        #[arg(long = "role", required = true)]
        roles: Vec<RoleName>,
    },
    /// Remove a desk.
    Remove {
        /// The account.
        account: AccountId,
    },
    /// Show for whom an account acts.
    Show {
        /// The account.
        account: AccountId,
    },
}

/// What a desk may do.
#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    Admin,
    Commercial,
    Clearing,
    Treasury,
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

impl DeskArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let roles = |names: Vec<RoleName>| names.into_iter().map(Into::into).collect::<Vec<Role>>();
        match self.command {
            DeskCommand::Add {
                account,
                roles: names,
            } => {
                session
                    .execute_and_report(
                        &calls::add_desk(&account, &roles(names)),
                        &format!("{account} is a desk now"),
                    )
                    .await
            }
            DeskCommand::Roles {
                account,
                roles: names,
            } => {
                let call = calls::set_roles(&account, &roles(names));
                session
                    .execute_and_report(&call, &format!("the roles of {account} are changed"))
                    .await
            }
            DeskCommand::Remove { account } => {
                let call = calls::remove_desk(&account);
                session
                    .execute_and_report(&call, &format!("{account} is no longer a desk"))
                    .await
            }
            DeskCommand::Show { account } => {
                let desk = session.chain().await?.desk(&account).await?;
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
