//! `interclear validator`: the keys by which a node takes part in consensus.

use crate::{error::CommandError, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{calls, chain::account_of};
use serde::Deserialize;
use serde_json::json;

/// The keys of a validator.
#[derive(Args)]
pub struct ValidatorArgs {
    #[command(subcommand)]
    command: ValidatorCommand,
}

#[derive(Subcommand)]
enum ValidatorCommand {
    /// Have the node that --url names make new session keys, and register them for the account of --key.
    ///
    /// The node must be the validator itself, reached over a connection on which unsafe methods are allowed: its own
    /// loopback. The keys act two sessions later; until then the node keeps using the old ones.
    Keys,
}

/// What the node answers: hexadecimal digits.
#[derive(Deserialize)]
struct Generated {
    keys: String,
    proof: Option<String>,
}

fn bytes(text: &str) -> Result<Vec<u8>, CommandError> {
    hex::decode(text.trim_start_matches("0x"))
        .map_err(|_| CommandError::Invalid("the node answered with keys that cannot be read".into()))
}

impl ValidatorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let ValidatorCommand::Keys = self.command;
        let key = session.key()?;
        let chain = session.chain().await?;
        let owner = output::hex(&account_of(&key).0);
        let params = subxt::rpcs::rpc_params![owner];
        let generated: Generated = chain.rpc("author_rotateKeysWithOwner", params).await?;
        let unproven =
            || CommandError::Invalid("the node does not prove that it has the keys; it is too old".into());
        let proof = bytes(&generated.proof.ok_or_else(unproven)?)?;
        let keys = bytes(&generated.keys)?;
        let call = calls::set_session_keys(keys.clone(), &proof);
        let receipt = session.execute(&chain, &call).await?;
        let account = account_of(&key).to_string();
        let done = format!("the new session keys of {account} are registered and act two sessions from now");
        session.report(
            &receipt,
            &done,
            json!({ "account": account, "keys": output::hex(&keys) }),
        )
    }
}
