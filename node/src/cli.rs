//! The command line's shape.

use sc_cli::{
    BuildSpecCmd, ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ImportBlocksCmd,
    KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd,
};

/// Runs a node, or does one of the tasks below.
#[derive(Debug, clap::Parser)]
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
