//! `interclear inventory`: fixed-line services, as both sides have them.

mod accept;
mod bill;
mod blind;
mod diff;
mod map;
mod overview;
mod profile;
mod report;
mod show;
mod watch;
mod words;

use crate::{error::CommandError, exit::Exit, session::Session};
use clap::{Args, Subcommand};

/// Inventories of fixed-line services: report yours, see where the other side's differ, and mend them.
#[derive(Args)]
pub struct InventoryArgs {
    #[command(subcommand)]
    command: InventoryCommand,
}

#[derive(Subcommand)]
enum InventoryCommand {
    /// Match profiles: which fields say that two records are one service, and which are compared.
    Profile(profile::ProfileArgs),
    /// Guess what the columns of an export hold, and write a map of them, to be completed. Needs no node.
    Map(map::MapArgs),
    /// Report what an export changes of your records on the chain; reporting the same export again changes nothing.
    Report(report::ReportArgs),
    /// Report every export that arrives in a folder, such as each night's.
    Watch(watch::WatchArgs),
    /// List the relations of an operator, with how much of each matches.
    List(show::ListArgs),
    /// Show a relation: its profile and how many records match; with --id a service, as both sides have it.
    Show(show::ShowArgs),
    /// List what does not match: each difference with its cause, by the money that depends on it.
    Diff(diff::DiffArgs),
    /// Show what became of a relation's months: how much matched, was billed, withheld, and recovered later; with --out as a page with charts.
    Overview(overview::OverviewArgs),
    /// Take the other side's values: change your records to what it has, by cause, field, service or all.
    Accept(accept::AcceptArgs),
    /// Have the next month billed; the chain does it by the records as they are now.
    Bill(bill::BillArgs),
    /// List the bills of a relation, with their lines.
    Bills(bill::BillsArgs),
    /// Affirm a bill; when both sides have, or its date has passed, it is owed.
    Affirm(bill::AffirmArgs),
    /// Dispute a bill, as its buyer: say what its month comes to by your count; the rest is withheld until the next bill.
    Dispute(bill::DisputeArgs),
    /// Withdraw records of yours, as if they had never been reported. A service that has ended is reported with its end
    /// instead.
    Withdraw(report::WithdrawArgs),
}

impl InventoryArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            InventoryCommand::Profile(args) => args.run(session).await?,
            InventoryCommand::Map(args) => return args.run(session),
            InventoryCommand::Report(args) => return args.run(session).await,
            InventoryCommand::Watch(args) => return args.run(session).await,
            InventoryCommand::List(args) => args.run(session).await?,
            InventoryCommand::Show(args) => args.run(session).await?,
            InventoryCommand::Diff(args) => return args.run(session).await,
            InventoryCommand::Overview(args) => args.run(session).await?,
            InventoryCommand::Accept(args) => return args.run(session).await,
            InventoryCommand::Bill(args) => args.run(session).await?,
            InventoryCommand::Bills(args) => args.run(session).await?,
            InventoryCommand::Affirm(args) => args.run(session).await?,
            InventoryCommand::Dispute(args) => args.run(session).await?,
            InventoryCommand::Withdraw(args) => args.run(session).await?,
        }
        Ok(Exit::Done)
    }
}
