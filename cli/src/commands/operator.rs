//! `interclear operator`: the members of the network.

use crate::{error::CommandError, names::name, output, session::Session};
use clap::{Args, Subcommand, ValueEnum};
use interclear_client::{
    calls::{self, OPERATOR_LIMIT},
    chain::{AccountId, Call},
};
use interclear_primitives::{
    ids::OperatorId,
    operator::{Desk, Operator, OperatorKind, OperatorStatus, Plmn},
    tadig::Tadig,
};
use serde_json::json;

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
        /// Its number or one of its TADIG codes.
        operator: String,
    },
    /// Put the readmission of an operator to the council.
    Readmit {
        /// Its number or one of its TADIG codes.
        operator: String,
    },
    /// Put the TADIG codes and networks of an operator, in place of all that it has, to the council.
    Networks {
        /// Its number or one of its TADIG codes.
        operator: String,
        /// A TADIG code of it; may be given more than once. Codes that are left out become free.
        #[arg(long = "tadig")]
        tadigs: Vec<Tadig>,
        /// Its networks as MCC and MNC, such as 262-01.
        #[arg(long = "plmn", value_parser = plmn)]
        plmns: Vec<Plmn>,
    },
    /// Put to the council that an account becomes the only admin desk of an operator whose admin key is lost or stolen.
    ReplaceAdmin {
        /// Its number or one of its TADIG codes.
        operator: String,
        /// The account's address.
        account: AccountId,
    },
    /// Name the treasury desk to which netting pays.
    Payout {
        /// The account's address: one of the operator's desks with the treasury role.
        account: AccountId,
    },
    /// Show how much of its quota the operator of an account has used.
    Quota {
        /// The account's address.
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
    /// A TADIG code of it; may be given more than once.
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

/// Refuses what is longer than any of an operator's lists or its name.
fn ensure_within(longest: usize) -> Result<(), CommandError> {
    if longest > OPERATOR_LIMIT {
        return Err(CommandError::Invalid(format!(
            "a name has at most {OPERATOR_LIMIT} bytes, an operator at most {OPERATOR_LIMIT} TADIG codes and \
             {OPERATOR_LIMIT} networks"
        )));
    }
    Ok(())
}

impl AdmitArgs {
    fn call(self) -> Result<Call, CommandError> {
        let Self {
            name,
            kinds,
            tadigs,
            plmns,
            admin,
        } = self;
        ensure_within(name.len().max(tadigs.len()).max(plmns.len()))?;
        let kinds: Vec<OperatorKind> = kinds.into_iter().map(Into::into).collect();
        Ok(calls::admit(&name, &kinds, &tadigs, &plmns, &admin))
    }
}

impl OperatorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            OperatorCommand::List => list(session).await,
            OperatorCommand::Show { operator } => show(session, &operator).await,
            OperatorCommand::Admit(args) => session.put_to_council(args.call()?).await,
            OperatorCommand::Suspend { operator } => {
                let chain = session.chain_to_sign().await?;
                let call = calls::suspend(chain.find_operator(&operator).await?);
                session.put_to_council_of(&chain, call).await
            }
            OperatorCommand::Readmit { operator } => {
                let chain = session.chain_to_sign().await?;
                let call = calls::readmit(chain.find_operator(&operator).await?);
                session.put_to_council_of(&chain, call).await
            }
            OperatorCommand::Networks {
                operator,
                tadigs,
                plmns,
            } => {
                ensure_within(tadigs.len().max(plmns.len()))?;
                let chain = session.chain_to_sign().await?;
                let call = calls::set_networks(chain.find_operator(&operator).await?, &tadigs, &plmns);
                session.put_to_council_of(&chain, call).await
            }
            OperatorCommand::ReplaceAdmin { operator, account } => {
                let chain = session.chain_to_sign().await?;
                let call = calls::replace_admin(chain.find_operator(&operator).await?, &account);
                session.put_to_council_of(&chain, call).await
            }
            OperatorCommand::Payout { account } => {
                let call = calls::set_payout_account(&account);
                session.confirm(&format!("Netting pays to {account} from then on."))?;
                session
                    .execute_and_report(&call, &format!("netting now pays to {account}"))
                    .await
            }
            OperatorCommand::Quota { account } => {
                let quota = session.chain().await?.quota(account).await?;
                let quota =
                    quota.ok_or_else(|| CommandError::NotFound(format!("right to submit for {account}")))?;
                session.output().print(&quota, |quota| {
                    let share = u128::from(quota.used).saturating_mul(100) / u128::from(quota.limit.max(1));
                    format!(
                        "{share} % of the window's quota used; the window turns in {}",
                        output::count(quota.turns_in, "block", "blocks")
                    )
                })?;
                Ok(())
            }
        }
    }
}

/// A name such as `TokenIssuer` as people write it: `token issuer`. What is in capitals stays.
pub(super) fn in_words(name: &str) -> String {
    if name.chars().all(|letter| !letter.is_lowercase()) {
        return name.into();
    }
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn kinds(operator: &Operator<AccountId>) -> String {
    let kinds = operator.kinds.iter().map(|kind| in_words(&format!("{kind:?}")));
    kinds.collect::<Vec<_>>().join(", ")
}

fn roles(desk: &Desk) -> String {
    let roles: Vec<&str> = desk.roles.iter().map(|role| role.word()).collect();
    roles.join(", ")
}

fn tadigs(operator: &Operator<AccountId>) -> String {
    let codes: Vec<&str> = operator.tadigs.iter().map(Tadig::as_str).collect();
    codes.join(" ")
}

/// As [`tadigs`], in words.
fn tadigs_or_none(operator: &Operator<AccountId>) -> String {
    match operator.tadigs.is_empty() {
        true => "none".into(),
        false => tadigs(operator),
    }
}

fn as_json(id: OperatorId, operator: &Operator<AccountId>) -> serde_json::Value {
    json!({
        "id": id,
        "name": name(operator),
        "kinds": operator.kinds,
        "tadigs": operator.tadigs,
        "plmns": operator.plmns.iter().map(|p| format!("{:03}-{:02}", p.mcc, p.mnc)).collect::<Vec<_>>(),
        "status": operator.status,
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
    let mut desks = chain.desks(id).await?;
    desks.sort_by_key(|(who, desk)| (roles(desk), who.to_string()));
    let mut value = as_json(id, &operator);
    value["desks"] = desks
        .iter()
        .map(|(who, desk)| json!({ "account": who.to_string(), "roles": desk.roles }))
        .collect();
    session.output().print(&value, |_| {
        let rows = desks.iter().map(|(who, desk)| {
            let payout = if operator.payout_account.as_ref() == Some(who) {
                "paid to"
            } else {
                ""
            };
            [who.to_string(), roles(desk), payout.into()]
        });
        format!(
            "Operator {id}: {} ({}), {}\nTADIG codes: {}\n{}",
            name(&operator),
            kinds(&operator),
            in_words(&format!("{:?}", operator.status)),
            tadigs_or_none(&operator),
            output::table(["Desk", "Roles", "Payout"], &[], rows),
        )
    })?;
    Ok(())
}
