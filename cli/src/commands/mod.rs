//! The commands, one file each.

mod agreement;
mod arguments;
pub mod council;
mod cycle;
mod desk;
mod explain;
mod files;
mod forecast;
mod key;
mod nrtrde;
mod obligations;
pub mod operator;
mod period;
mod rate;
mod sequence;
mod statement;
mod tap;
mod tariff;
mod token;
mod usage;
mod validator;
mod watch;

use crate::{
    chain::{account_of, Call, Chain, ChainError, Receipt},
    keys::{self, KeyError},
    output::Output,
};
use clap::{Args, Parser, Subcommand};
use interclear_primitives::ids::OperatorId;
use std::{path::PathBuf, process::ExitCode};
use subxt_signer::sr25519::Keypair;

/// Clears and settles what operators owe each other, through a node of the Interclear network.
#[derive(Parser)]
#[command(name = "interclear", version, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// Options that every command takes.
#[derive(Args, Clone)]
pub struct Shared {
    /// The node to ask.
    #[arg(
        long,
        global = true,
        env = "INTERCLEAR_URL",
        default_value = "ws://127.0.0.1:9944"
    )]
    url: String,
    /// The key that signs: an encrypted keystore file, or for development a URI such as //Alice.
    #[arg(long, global = true, env = "INTERCLEAR_KEY", hide_env_values = true)]
    key: Option<String>,
    /// Print JSON instead of text.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Make and show keys.
    Key(key::KeyArgs),
    /// Operators: the members of the network.
    Operator(operator::OperatorArgs),
    /// Desks: the accounts that act for an operator.
    Desk(desk::DeskArgs),
    /// Motions of the operators' council.
    Council(council::CouncilArgs),
    /// Agreements: what two operators pay each other for roaming.
    Agreement(agreement::AgreementArgs),
    /// TAP files: look at them, check them, anchor and answer them.
    Tap(tap::TapArgs),
    /// NRTRDE files: records against fraud, delivered within four hours; anchor and answer them, see who was late.
    Nrtrde(nrtrde::NrtrdeArgs),
    /// Usage reports (BCE): both sides' totals of a month, compared line by line; report, affirm and conclude them.
    Usage(usage::UsageArgs),
    /// Series of files: their newest number and what is missing.
    Sequence(sequence::SequenceArgs),
    /// A month of an agreement: what has been anchored, and closing it.
    Period(period::PeriodArgs),
    /// Rate usage by a contract, here, without a node.
    Rate(rate::RateArgs),
    /// Statements: what two operators owe each other for a month.
    Statement(statement::StatementArgs),
    /// Debts of an operator, and what is owed to it.
    Obligations(obligations::ObligationsArgs),
    /// Netting cycles: everybody pays or receives one amount.
    Cycle(cycle::CycleArgs),
    /// Fiat tokens.
    Token(token::TokenArgs),
    /// Reference tariffs, price caps and exchange rates.
    Tariff(tariff::TariffArgs),
    /// The keys of a validator.
    Validator(validator::ValidatorArgs),
    /// Follow what happens on the chain, block by block, as it becomes final.
    Watch(watch::WatchArgs),
}

/// Why a command did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The chain.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file, or standard output.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A file that was named.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Something that was named does not exist.
    #[error("there is no {0}")]
    NotFound(String),
    /// An argument does not make sense.
    #[error("{0}")]
    Invalid(String),
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// See [`CommandError`].
    pub async fn run(self) -> Result<ExitCode, CommandError> {
        let session = Session { shared: self.shared };
        match self.command {
            Command::Key(args) => args.run(&session)?,
            Command::Operator(args) => args.run(&session).await?,
            Command::Desk(args) => args.run(&session).await?,
            Command::Council(args) => args.run(&session).await?,
            Command::Agreement(args) => return args.run(&session).await,
            Command::Tap(args) => return args.run(&session).await,
            Command::Nrtrde(args) => return args.run(&session).await,
            Command::Usage(args) => return args.run(&session).await,
            Command::Sequence(args) => args.run(&session).await?,
            Command::Period(args) => args.run(&session).await?,
            Command::Rate(args) => return args.run(&session),
            Command::Statement(args) => return args.run(&session).await,
            Command::Obligations(args) => args.run(&session).await?,
            Command::Cycle(args) => args.run(&session).await?,
            Command::Token(args) => args.run(&session).await?,
            Command::Tariff(args) => return args.run(&session).await,
            Command::Validator(args) => args.run(&session).await?,
            Command::Watch(args) => args.run(&session).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What a command works with.
pub struct Session {
    shared: Shared,
}

impl Session {
    /// How to print.
    pub fn output(&self) -> Output {
        Output {
            json: self.shared.json,
        }
    }

    /// The connection.
    ///
    /// # Errors
    /// No node answers.
    pub async fn chain(&self) -> Result<Chain, CommandError> {
        Ok(Chain::connect(&self.shared.url).await?)
    }

    /// The key that signs.
    ///
    /// # Errors
    /// None was named, or it does not open.
    pub fn key(&self) -> Result<Keypair, CommandError> {
        Ok(keys::open(self.shared.key.as_deref())?)
    }

    /// The operator for which the key that signs acts.
    ///
    /// # Errors
    /// No key was named, it does not open, or its account is no desk.
    pub async fn operator(&self, chain: &Chain) -> Result<OperatorId, CommandError> {
        let account = account_of(&self.key()?);
        let desk = chain.desk(&account).await?;
        desk.map(|desk| desk.operator).ok_or_else(|| {
            CommandError::Invalid(format!(
                "{account} is no desk of an operator: its admin desk makes it one with `interclear desk add`"
            ))
        })
    }

    /// Signs and submits a call, waits until it is final, and says so.
    ///
    /// # Errors
    /// The chain refused, or the connection broke.
    pub async fn execute(&self, chain: &Chain, call: &Call) -> Result<Receipt, CommandError> {
        let key = self.key()?;
        let spinner = crate::output::spinner(&format!("{}: waiting for finality", call.title()));
        let receipt = chain.execute(&key, call).await;
        spinner.finish_and_clear();
        Ok(receipt?)
    }

    /// As [`Session::execute`], and prints where the call landed as the whole answer.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub async fn execute_and_report(&self, call: &Call, done: &str) -> Result<(), CommandError> {
        let chain = self.chain().await?;
        let receipt = self.execute(&chain, call).await?;
        self.report(&receipt, done, serde_json::json!({}))
    }

    /// Prints what a call did and where it landed; `more` is added to the JSON.
    ///
    /// # Errors
    /// Standard output is closed.
    pub fn report(&self, receipt: &Receipt, done: &str, more: serde_json::Value) -> Result<(), CommandError> {
        let mut value = serde_json::json!({
            "block": format!("{:?}", receipt.block),
            "number": receipt.number,
            "transaction": format!("{:?}", receipt.hash),
        });
        if let (Some(value), serde_json::Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        self.output()
            .print(&value, |_| format!("{done} (final in block {})", receipt.number))?;
        Ok(())
    }
}
