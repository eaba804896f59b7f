//! What every command works with: the node, the key that signs, and the way results are printed.

use crate::{
    error::CommandError,
    keys,
    output::{self, Output},
};
use clap::Args;
use interclear_client::{
    chain::{account_of, Call, Chain, Receipt},
    council,
    files::hex,
    keys::Keypair,
};
use interclear_primitives::ids::OperatorId;
use serde_json::{json, Value};

/// What a command works with, from the options that every command takes.
#[derive(Args, Clone)]
pub struct Session {
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

impl Session {
    /// How to print.
    pub fn output(&self) -> Output {
        Output { json: self.json }
    }

    /// The connection.
    ///
    /// # Errors
    /// No node answers.
    pub async fn chain(&self) -> Result<Chain, CommandError> {
        Ok(Chain::connect(&self.url).await?)
    }

    /// The key that signs.
    ///
    /// # Errors
    /// None was named, or it does not open.
    pub fn key(&self) -> Result<Keypair, CommandError> {
        Ok(keys::open(self.key.as_deref())?)
    }

    /// The operator for which the key that signs acts.
    ///
    /// # Errors
    /// No key was named, it does not open, or its account is not a desk.
    pub async fn operator(&self, chain: &Chain) -> Result<OperatorId, CommandError> {
        let account = account_of(&self.key()?);
        let desk = chain.desk(&account).await?;
        desk.map(|desk| desk.operator).ok_or_else(|| {
            CommandError::Invalid(format!(
                "{account} is not a desk of an operator: it consents with `interclear desk consent`, and the operator's admin desk adds it"
            ))
        })
    }

    /// Signs and submits a call, waits until it is final, and says so.
    ///
    /// # Errors
    /// The chain refused, or the connection broke.
    pub async fn execute(&self, chain: &Chain, call: &Call) -> Result<Receipt, CommandError> {
        let key = self.key()?;
        let spinner = output::spinner(&format!("{}: waiting for finality", call.title()));
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
        self.report(&receipt, done, json!({}))
    }

    /// Prints what a call did and where it landed; `more` is added to the JSON.
    ///
    /// # Errors
    /// Standard output is closed.
    pub fn report(&self, receipt: &Receipt, done: &str, more: Value) -> Result<(), CommandError> {
        let mut value = json!({
            "block": format!("{:?}", receipt.block),
            "number": receipt.number,
            "transaction": format!("{:?}", receipt.hash),
        });
        if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        self.output()
            .print(&value, |_| format!("{done} (final in block {})", receipt.number))?;
        Ok(())
    }

    /// Puts a call to the council and tells how to vote.
    ///
    /// # Errors
    /// The key is not a member's, or the connection broke.
    pub async fn put_to_council(&self, call: Call) -> Result<(), CommandError> {
        let title = call.title();
        let chain = self.chain().await?;
        let (receipt, motion) = council::propose(&chain, &self.key()?, call).await?;
        let Some(motion) = motion else {
            return self.report(&receipt, &format!("{title}: carried out"), json!({}));
        };
        let (index, hash) = (motion.index, hex(&motion.hash.0));
        let done = format!(
            "{title}: motion {index} is with the council.\nMembers vote with: interclear council vote {hash} {index}\n\
             Then close it with: interclear council close {hash} {index}\n"
        );
        self.report(&receipt, &done, json!({ "motion": index, "hash": hash }))
    }
}
