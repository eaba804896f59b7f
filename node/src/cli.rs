//! The command line's shape.

use crate::network::NetworkCommand;
use clap::Command;
use sc_cli::{
    BuildSpecCmd, ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ImportBlocksCmd,
    KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd,
};

/// Transactions that the pool holds, unless told otherwise. A tenth of them may wait for an earlier nonce, and the oldest of those
/// is lost when they are more: so it is more than the runtime lets three payers have waiting (`MaxWaiting`).
const POOL_LIMIT: &str = "131072";
/// Kilobytes that the pool holds, unless told otherwise, likewise: one payer can have 66 MiB waiting, and a tenth is 102.
const POOL_KBYTES: &str = "1048576";
/// Seconds for which a refused transaction is not looked at again. The SDK's half an hour is for chains of strangers;
/// here a refusal is mostly one of time, and the same transaction is in order when a window has turned.
const BAN_SECONDS: &str = "6";
/// Which methods answer, unless told otherwise: a page in a browser on a validator's own machine reaches its node, so that
/// methods which change the node or its keys (`author_rotateKeys`) must be asked for by name.
const RPC_METHODS: &str = "safe";

/// Calls that an address may make in a minute, unless told otherwise: a hundred a second. Programs on the same machine may make
/// as many as they like; a proxy there counts its own callers.
const RPC_RATE_LIMIT: &str = "6000";
/// The machine itself.
const RPC_EXEMPT: [&str; 2] = ["127.0.0.0/8", "::1/128"];
/// Calls of one batch, unless told otherwise.
pub const MOST_CALLS_OF_BATCH: u32 = 100;
const RPC_BATCH: &str = "100";
/// Subscriptions of one connection, unless told otherwise: more than polkadot.js Apps opens.
const RPC_SUBSCRIPTIONS: &str = "128";
/// Megabytes of a request, unless told otherwise: the longest transaction that fits into a block has 3.6 MiB, in twice as many
/// digits.
const RPC_REQUEST_MEGABYTES: &str = "8";

/// What `--chain` takes. The SDK's own words name presets that are not here.
const CHAINS: &str = "A chain: dev (one validator), local (two) or four, whose keys are public, or the file of a specification \
                      as `build-spec` writes it; local unless given";

/// Says of a task what `--chain` takes.
fn of_chains(task: Command) -> Command {
    task.mut_arg("chain", |arg| arg.help(CHAINS).long_help(CHAINS))
}

/// Runs a node, or does one of the tasks below.
#[derive(Debug, clap::Parser)]
#[command(
    mut_arg("pool_limit", |arg| arg.default_value(POOL_LIMIT)),
    mut_arg("pool_kbytes", |arg| arg.default_value(POOL_KBYTES)),
    mut_arg("tx_ban_seconds", |arg| arg.default_value(BAN_SECONDS)),
    mut_arg("rpc_methods", |arg| arg.default_value(RPC_METHODS)),
    mut_arg("rpc_rate_limit", |arg| arg.default_value(RPC_RATE_LIMIT)),
    mut_arg("rpc_rate_limit_whitelisted_ips", |arg| arg.default_values(RPC_EXEMPT)),
    mut_arg("rpc_max_batch_request_len", |arg| arg.default_value(RPC_BATCH)),
    mut_arg("rpc_max_subscriptions_per_connection", |arg| arg.default_value(RPC_SUBSCRIPTIONS)),
    mut_arg("rpc_max_request_size", |arg| arg.default_value(RPC_REQUEST_MEGABYTES)),
    mut_arg("chain", |arg| arg.help(CHAINS).long_help(CHAINS)),
    // A preset begins in an empty folder; elsewhere a validator that has lost its identity is told so.
    mut_arg("unsafe_force_node_key_generation", |arg| {
        arg.default_value_ifs(["dev", "local", "four"].map(|preset| ("chain", preset, "true")))
    }),
    // No preset has them.
    mut_arg("eve", |arg| arg.hide(true)),
    mut_arg("ferdie", |arg| arg.hide(true)),
    mut_arg("one", |arg| arg.hide(true)),
    mut_arg("two", |arg| arg.hide(true)),
    mut_subcommand("key", |key| {
        key.mut_subcommand("generate-node-key", of_chains).mut_subcommand("insert", of_chains)
    }),
    mut_subcommand("export-chain-spec", of_chains),
    mut_subcommand("build-spec", of_chains),
    mut_subcommand("check-block", of_chains),
    mut_subcommand("export-blocks", of_chains),
    mut_subcommand("import-blocks", of_chains),
    mut_subcommand("purge-chain", of_chains),
    mut_subcommand("revert", of_chains),
    mut_subcommand("chain-info", of_chains),
)]
pub struct Cli {
    /// The task, if it is not to run a node.
    #[command(subcommand)]
    pub subcommand: Option<Subcommand>,

    /// How to run the node.
    #[command(flatten)]
    pub run: RunCmd,
}

/// What the program does besides running a node.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Make, inspect and store keys.
    #[command(subcommand)]
    Key(KeySubcommand),

    /// Found a network: make validators' keys, write its specification, compare the specifications of several machines.
    #[command(subcommand)]
    Network(NetworkCommand),

    /// Write a chain's specification.
    ExportChainSpec(ExportChainSpecCmd),

    /// Write a chain's specification, or turn a written one into its raw form.
    BuildSpec(BuildSpecCmd),

    /// Execute a block again and check its result.
    CheckBlock(CheckBlockCmd),

    /// Write blocks to a file.
    ExportBlocks(ExportBlocksCmd),

    /// Read blocks from a file.
    ImportBlocks(ImportBlocksCmd),

    /// Delete the chain's database.
    PurgeChain(PurgeChainCmd),

    /// Take back the last blocks, as far as they are not final.
    Revert(RevertCmd),

    /// Show what the database holds.
    ChainInfo(ChainInfoCmd),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[test]
    fn a_chain_should_begin_in_an_empty_folder_only_when_it_is_a_preset() {
        for (chain, made) in [
            ("local", true),
            ("four", true),
            ("dev", true),
            ("production.json", false),
        ] {
            let run = Cli::parse_from(["interclear-node", "--chain", chain, "--validator"]).run;
            let params = run.network_params.node_key_params;
            assert_eq!(params.unsafe_force_node_key_generation, made, "{chain}");
        }
    }

    #[test]
    fn help_should_offer_only_presets_that_exist_when_it_is_asked_for() {
        use clap::CommandFactory;
        let mut command = Cli::command();
        let mut pages = vec![command.render_long_help().to_string()];
        for task in command.get_subcommands_mut() {
            pages.push(task.render_long_help().to_string());
            let steps = task.get_subcommands_mut();
            pages.extend(steps.map(|step| step.render_long_help().to_string()));
        }
        for page in pages {
            assert!(!page.contains("staging") && !page.contains("--ferdie"), "{page}");
        }
    }

    #[test]
    fn defaults_should_be_this_chains_when_nothing_else_is_said() {
        let run = Cli::parse_from(["interclear-node"]).run;
        assert_eq!(run.pool_config.pool_limit, 131_072);
        assert_eq!(run.pool_config.pool_kbytes, 1_048_576);
        assert_eq!(run.pool_config.tx_ban_seconds, Some(6));
        assert!(matches!(run.rpc_params.rpc_methods, sc_cli::RpcMethods::Safe));
        let rpc = &run.rpc_params;
        assert_eq!(rpc.rpc_rate_limit.map(|calls| calls.get()), Some(6_000));
        let is_exempt = |address: &str| {
            let address: std::net::IpAddr = address.parse().expect("an address");
            rpc.rpc_rate_limit_whitelisted_ips
                .iter()
                .any(|network| network.contains(address))
        };
        assert!(is_exempt("127.0.0.1") && is_exempt("::1") && !is_exempt("10.0.0.1"));
        assert_eq!(rpc.rpc_max_batch_request_len, Some(MOST_CALLS_OF_BATCH));
        assert_eq!(rpc.rpc_max_subscriptions_per_connection, 128);
        // The longest transaction of a block, in hexadecimal digits, and what a call has besides.
        let longest = 2 * (interclear_runtime::configs::BLOCK_LENGTH / 10 * 9) + 1_024;
        assert!(longest <= rpc.rpc_max_request_size * 1024 * 1024);
        let no_batches = Cli::parse_from(["interclear-node", "--rpc-disable-batch-requests"]).run;
        assert!(no_batches.rpc_params.rpc_disable_batch_requests);
        let run = Cli::parse_from(["interclear-node", "--rpc-methods=unsafe", "--pool-limit=10"]).run;
        assert_eq!(run.pool_config.pool_limit, 10);
        assert!(matches!(run.rpc_params.rpc_methods, sc_cli::RpcMethods::Unsafe));
    }

    #[test]
    fn three_payers_should_not_fill_what_waits_for_an_earlier_nonce_when_the_pool_has_its_defaults() {
        use interclear_runtime::configs::{BLOCK_LENGTH, MAX_WAITING, MAX_WAITING_BYTES};
        // What the SDK leaves for these.
        const PART: usize = 10;
        let pool = Cli::parse_from(["interclear-node"]).run.pool_config;
        assert!(3 * MAX_WAITING as usize <= pool.pool_limit / PART);
        // A payer's longest series: each transaction as long as its place, and a block, allows.
        let longest = BLOCK_LENGTH / 10 * 9;
        let bytes: usize = (1..=MAX_WAITING)
            .map(|place| (MAX_WAITING_BYTES / place).min(longest) as usize)
            .sum();
        assert_eq!(bytes / 1024 / 1024, 66);
        assert!(bytes <= pool.pool_kbytes * 1024 / PART);
    }
}
