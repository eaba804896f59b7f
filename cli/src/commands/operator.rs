//! `interclear operator`: the members of the network.

use super::{CommandError, Session};
use crate::{
    chain::{AccountId, Call, Chain},
    output,
};
use clap::{Args, Subcommand, ValueEnum};
use interclear_primitives::{
    ids::OperatorId,
    operator::{Operator, OperatorKind, OperatorStatus, Plmn, Role},
    tadig::Tadig,
};
use serde_json::json;
use std::collections::BTreeMap;

/// Operators: the members of the network.
#[derive(Args)]
pub struct OperatorArgs {
    #[command(subcommand)]
    command: OperatorCommand,
}

#[derive(Subcommand)]
enum OperatorCommand {
    /// List all operators.
    List,
    /// Show one operator with its desks.
    Show {
        /// Its number or one of its TADIG codes.
        operator: String,
    },
    /// Put the admission of an operator to the council.
    Admit(AdmitArgs),
    /// Put the suspension of an operator to the council.
    Suspend {
        /// Its number.
        operator: OperatorId,
    },
    /// Put the readmission of an operator to the council.
    Readmit {
        /// Its number.
        operator: OperatorId,
    },
    /// Name the treasury desk to which netting pays.
    Payout {
        /// A desk of the treasury.
        account: AccountId,
    },
    /// Show how much of its quota the operator of an account has used.
    Quota {
        /// The account.
        account: AccountId,
    },
}

#[derive(Args)]
struct AdmitArgs {
    /// Legal name.
    #[arg(long)]
    name: String,
    /// What it is; may be given more than once.
    #[arg(long = "kind", required = true)]
    kinds: Vec<Kind>,
    /// Its TADIG codes.
    #[arg(long = "tadig")]
    tadigs: Vec<Tadig>,
    /// Its networks as MCC and MNC, such as 262-01.
    #[arg(long = "plmn", value_parser = plmn)]
    plmns: Vec<Plmn>,
    /// The account of its first admin desk.
    #[arg(long)]
    admin: AccountId,
}

/// What an operator is.
#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Mobile,
    Carrier,
    Hub,
    DeviceMaker,
    TokenIssuer,
    Auditor,
}

impl From<Kind> for OperatorKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Mobile => Self::Mobile,
            Kind::Carrier => Self::Carrier,
            Kind::Hub => Self::Hub,
            Kind::DeviceMaker => Self::DeviceMaker,
            Kind::TokenIssuer => Self::TokenIssuer,
            Kind::Auditor => Self::Auditor,
        }
    }
}

fn plmn(text: &str) -> Result<Plmn, String> {
    let malformed = || format!("`{text}` is not MCC-MNC, such as 262-01");
    let (mcc, mnc) = text.split_once('-').ok_or_else(malformed)?;
    let plmn = Plmn {
        mcc: mcc.parse().map_err(|_| malformed())?,
        mnc: mnc.parse().map_err(|_| malformed())?,
    };
    plmn.is_valid().then_some(plmn).ok_or_else(malformed)
}

/// The call that admits an operator.
///
/// # Errors
/// The name is too long, or there are too many kinds or codes.
pub fn admit(
    name: &str,
    kinds: &[OperatorKind],
    tadigs: &[Tadig],
    plmns: &[Plmn],
    admin: &AccountId,
) -> Result<Call, CommandError> {
    if name.len() > 64 || tadigs.len() > 64 || plmns.len() > 64 {
        let limits = "a name has at most 64 bytes, an operator at most 64 TADIG codes and 64 networks";
        return Err(CommandError::Invalid(limits.into()));
    }
    Ok(Call::new("Operators", "admit")
        .arg(name.as_bytes())
        .arg(kinds)
        .arg(tadigs)
        .arg(plmns)
        .arg(admin))
}

/// The call that makes an account a desk.
pub fn add_desk(account: &AccountId, roles: &[Role]) -> Call {
    Call::new("Operators", "add_desk").arg(account).arg(roles)
}

impl OperatorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            OperatorCommand::List => list(session).await,
            OperatorCommand::Show { operator } => show(session, &operator).await,
            OperatorCommand::Admit(args) => {
                let kinds: Vec<OperatorKind> = args.kinds.into_iter().map(Into::into).collect();
                session
                    .put_to_council(admit(&args.name, &kinds, &args.tadigs, &args.plmns, &args.admin)?)
                    .await
            }
            OperatorCommand::Suspend { operator } => {
                session
                    .put_to_council(Call::new("Operators", "suspend").arg(operator))
                    .await
            }
            OperatorCommand::Readmit { operator } => {
                session
                    .put_to_council(Call::new("Operators", "readmit").arg(operator))
                    .await
            }
            OperatorCommand::Payout { account } => {
                let call = Call::new("Operators", "set_payout_account").arg(account);
                session
                    .execute_and_report(&call, &format!("netting now pays to {account}"))
                    .await
            }
            OperatorCommand::Quota { account } => {
                let quota = session.chain().await?.quota(&account).await?;
                let quota =
                    quota.ok_or_else(|| CommandError::NotFound(format!("right to submit for {account}")))?;
                session.output().print(&quota, |quota| {
                    let share = u128::from(quota.used).saturating_mul(100) / u128::from(quota.limit.max(1));
                    format!(
                        "{share} % of the window's quota used; the window turns in {} blocks",
                        quota.turns_in
                    )
                })?;
                Ok(())
            }
        }
    }
}

fn name(operator: &Operator<AccountId>) -> String {
    String::from_utf8_lossy(&operator.name).into_owned()
}

fn kinds(operator: &Operator<AccountId>) -> String {
    let kinds: Vec<String> = operator.kinds.iter().map(|kind| format!("{kind:?}")).collect();
    kinds.join(", ")
}

fn tadigs(operator: &Operator<AccountId>) -> String {
    let codes: Vec<&str> = operator.tadigs.iter().map(Tadig::as_str).collect();
    codes.join(" ")
}

fn as_json(id: OperatorId, operator: &Operator<AccountId>) -> serde_json::Value {
    json!({
        "id": id,
        "name": name(operator),
        "kinds": operator.kinds,
        "tadigs": operator.tadigs,
        "plmns": operator.plmns.iter().map(|p| format!("{:03}-{:02}", p.mcc, p.mnc)).collect::<Vec<_>>(),
        "status": operator.status,
        "sealing_key": operator.sealing_key.as_ref().map(|key| output::hex(&key.key)),
        "payout_account": operator.payout_account.as_ref().map(ToString::to_string),
    })
}

async fn list(session: &Session) -> Result<(), CommandError> {
    let operators = session.chain().await?.all_operators().await?;
    let value: Vec<_> = operators
        .iter()
        .map(|(id, operator)| as_json(*id, operator))
        .collect();
    session.output().print(&value, |_| {
        let rows = operators.iter().map(|(id, operator)| {
            let status = if operator.status == OperatorStatus::Active {
                "active"
            } else {
                "suspended"
            };
            [
                id.to_string(),
                name(operator),
                kinds(operator),
                tadigs(operator),
                status.into(),
            ]
        });
        output::table(["Operator", "Name", "Kinds", "TADIG", "Status"], &[0], rows)
    })?;
    Ok(())
}

async fn show(session: &Session, which: &str) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let id = chain.find_operator(which).await?;
    let unknown = || CommandError::NotFound(format!("operator {which}"));
    let operator = chain.operator(id).await?.ok_or_else(unknown)?;
    let desks = chain.desks(id).await?;
    let mut value = as_json(id, &operator);
    value["desks"] = desks
        .iter()
        .map(|(who, desk)| json!({ "account": who.to_string(), "roles": desk.roles }))
        .collect();
    session.output().print(&value, |_| {
        let rows = desks.iter().map(|(who, desk)| {
            let roles: Vec<String> = desk
                .roles
                .iter()
                .map(|role| format!("{role:?}").to_lowercase())
                .collect();
            let payout = if operator.payout_account.as_ref() == Some(who) {
                "paid to"
            } else {
                ""
            };
            [who.to_string(), roles.join(", "), payout.into()]
        });
        format!(
            "Operator {id}: {} ({}), {:?}\nTADIG codes: {}\n{}",
            name(&operator),
            kinds(&operator),
            operator.status,
            tadigs(&operator),
            output::table(["Desk", "Roles", ""], &[], rows),
        )
    })?;
    Ok(())
}

impl Chain {
    /// Every operator.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn all_operators(&self) -> Result<Vec<(OperatorId, Operator<AccountId>)>, CommandError> {
        let mut operators = Vec::new();
        let mut from = OperatorId(0);
        loop {
            let page = self.operators(from).await?;
            let Some(next) = page.last().and_then(|(id, _)| id.next()) else {
                return Ok(operators);
            };
            operators.extend(page);
            from = next;
        }
    }

    /// The operator that a number or a TADIG code names.
    ///
    /// # Errors
    /// There is none.
    pub async fn find_operator(&self, which: &str) -> Result<OperatorId, CommandError> {
        if let Ok(id) = which.parse() {
            return Ok(id);
        }
        let tadig: Tadig = which
            .parse()
            .map_err(|error| CommandError::Invalid(format!("{which}: {error}")))?;
        self.operator_by_tadig(tadig)
            .await?
            .ok_or_else(|| CommandError::NotFound(format!("operator with {which}")))
    }
}

/// Names of all operators, to be read along with their numbers.
pub(super) struct Names(BTreeMap<OperatorId, String>);

impl Names {
    pub(super) async fn of(chain: &Chain) -> Result<Self, CommandError> {
        let operators = chain.all_operators().await?;
        Ok(Self(
            operators
                .iter()
                .map(|(id, operator)| (*id, name(operator)))
                .collect(),
        ))
    }

    /// Number and name, such as `3 Alpha Mobile`.
    pub(super) fn get(&self, operator: OperatorId) -> String {
        self.0
            .get(&operator)
            .map_or_else(|| operator.to_string(), |name| format!("{operator} {name}"))
    }
}
