//! The commands, one file each.

mod agreement;
mod amounts;
mod cash;
mod channel;
mod config;
mod council;
mod cycle;
mod desk;
mod dispute;
#[cfg(test)]
mod documents;
mod escrow;
mod explain;
mod exposure;
mod files;
mod forecast;
mod frozen;
mod index;
mod interest;
mod inventory;
mod key;
mod keystore;
mod lines;
mod manual;
mod moved;
mod notify;
mod nrtrde;
mod obligations;
mod offer;
mod operator;
mod outgoing;
mod partner;
mod payment;
mod period;
mod rate;
#[cfg(test)]
mod reads;
mod relation;
mod report;
mod reserves;
mod secret;
mod sequence;
mod statement;
mod status;
mod tap;
mod tariff;
mod today;
mod token;
mod trace;
mod unstated;
mod usage;
mod usual;
mod validator;
mod values;
mod vault;
mod watch;
#[cfg(test)]
mod without_step;

use crate::{
    error::CommandError,
    exit::{self, Exit},
    session::Session,
};
use clap::{Parser, Subcommand};

/// Clears and settles what operators owe each other, through a node of the Interclear network.
#[derive(Parser)]
#[command(name = "interclear", version, propagate_version = true, after_help = exit::TABLE)]
pub struct Cli {
    #[command(flatten)]
    session: Session,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything that waits for an operator, by deadline, with the command that does it.
    Today(today::TodayArgs),
    /// The node, finality, and an operator's quota, validators and open work, on one screen.
    Status(status::StatusArgs),
    /// Node, key, operator and the like that commands use, and where each is said.
    Config(config::ConfigArgs),
    /// Make and show keys.
    Key(key::KeyArgs),
    /// Operators: the members of the network.
    Operator(operator::OperatorArgs),
    /// Everything between two operators: agreements, months, what is owed, commitments.
    Partner(partner::PartnerArgs),
    /// Desks: the accounts that act for an operator.
    Desk(desk::DeskArgs),
    /// Motions of the operators' council.
    Council(council::CouncilArgs),
    /// Channels: secrets that you share with partners, from which the keys of sealed documents come.
    Channel(channel::ChannelArgs),
    /// The vault: sealing keys and the keys of channels, encrypted in one file.
    Vault(vault::VaultArgs),
    /// Agreements: what two operators pay each other for roaming.
    Agreement(agreement::AgreementArgs),
    /// TAP files: look at them, check them, anchor and answer them.
    Tap(tap::TapArgs),
    /// NRTRDE (fraud) files: near-real-time records, due within four hours; anchor and acknowledge them, see who was late.
    Nrtrde(nrtrde::NrtrdeArgs),
    /// Usage reports (BCE): both sides' totals of a month, compared line by line; report, affirm and conclude them.
    Usage(usage::UsageArgs),
    /// Inventories of fixed-line services: report yours, see where the other side's differ, and correct them.
    Inventory(inventory::InventoryArgs),
    /// Series of files: their newest number and what is missing.
    Sequence(sequence::SequenceArgs),
    /// A month of an agreement: what has been anchored, and closing it.
    Period(period::PeriodArgs),
    /// Rate usage by terms or a contract, here, without a node.
    Rate(rate::RateArgs),
    /// Statements: what two operators owe each other for a month.
    Statement(statement::StatementArgs),
    /// Disputes on lines of statements: raise and answer them, offer, accept, and have them ruled.
    Dispute(dispute::DisputeArgs),
    /// Standing offers: terms that an operator offers to whoever accepts them and pays ahead.
    Offer(offer::OfferArgs),
    /// Escrows: what is paid ahead for prepaid directions of agreements.
    Escrow(escrow::EscrowArgs),
    /// Obligations: what an operator owes, and what is owed to it.
    Obligations(obligations::ObligationsArgs),
    /// Late interest: what it comes to, and charging it.
    Interest(interest::InterestArgs),
    /// What an operator owes and is owed in all, and caps on it.
    Exposure(exposure::ExposureArgs),
    /// Payments outside of netting cycles: claim and confirm them.
    Payment(payment::PaymentArgs),
    /// Netting cycles: everybody pays or receives one amount.
    Cycle(cycle::CycleArgs),
    /// What the next cycles will take and bring.
    Cash(cash::CashArgs),
    /// Fiat tokens.
    Token(token::TokenArgs),
    /// Reference tariffs, price caps and exchange rates.
    Tariff(tariff::TariffArgs),
    /// Validators: who makes blocks and votes on finality.
    Validator(validator::ValidatorArgs),
    /// Follow what happens on the chain, block by block, as it becomes final.
    Watch(watch::WatchArgs),
    /// Keep everything that the chain holds and tells in a database of your own, as blocks become final.
    Index(index::IndexArgs),
    /// Reports from a database that `interclear index` has filled, as tables, files or pages; and invoices.
    Report(report::ReportArgs),
    /// Where money comes from: a payment, its cycle, the obligations in it, the lines behind them, the terms and the
    /// files.
    Trace(trace::TraceArgs),
    /// Print a completion script for a shell.
    Completions(manual::CompletionsArgs),
    /// Write manual pages, one for each command.
    Man(manual::ManArgs),
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// See [`CommandError`].
    pub async fn run(self) -> Result<Exit, CommandError> {
        let session = self.session.complete()?;
        // Whoever looks what is in use is shown it, whatever is wrong with it.
        if !matches!(self.command, Command::Config(_)) {
            session.ensure_address()?;
        }
        match self.command {
            Command::Today(args) => args.run(&session).await?,
            Command::Status(args) => return args.run(&session).await,
            Command::Config(args) => args.run(&session)?,
            Command::Key(args) => args.run(&session).await?,
            Command::Operator(args) => args.run(&session).await?,
            Command::Partner(args) => args.run(&session).await?,
            Command::Desk(args) => args.run(&session).await?,
            Command::Council(args) => args.run(&session).await?,
            Command::Channel(args) => args.run(&session).await?,
            Command::Vault(args) => args.run(&session).await?,
            Command::Agreement(args) => return args.run(&session).await,
            Command::Tap(args) => return args.run(&session).await,
            Command::Nrtrde(args) => return args.run(&session).await,
            Command::Usage(args) => return args.run(&session).await,
            Command::Inventory(args) => return args.run(&session).await,
            Command::Sequence(args) => args.run(&session).await?,
            Command::Period(args) => args.run(&session).await?,
            Command::Rate(args) => return args.run(&session),
            Command::Statement(args) => return args.run(&session).await,
            Command::Dispute(args) => args.run(&session).await?,
            Command::Offer(args) => args.run(&session).await?,
            Command::Escrow(args) => return args.run(&session).await,
            Command::Obligations(args) => args.run(&session).await?,
            Command::Interest(args) => args.run(&session).await?,
            Command::Exposure(args) => args.run(&session).await?,
            Command::Payment(args) => args.run(&session).await?,
            Command::Cycle(args) => return args.run(&session).await,
            Command::Cash(args) => args.run(&session).await?,
            Command::Token(args) => args.run(&session).await?,
            Command::Tariff(args) => return args.run(&session).await,
            Command::Validator(args) => args.run(&session).await?,
            Command::Watch(args) => args.run(&session).await?,
            Command::Index(args) => return args.run(&session).await,
            Command::Report(args) => args.run(&session).await?,
            Command::Trace(args) => args.run(&session).await?,
            Command::Completions(args) => args.run()?,
            Command::Man(args) => args.run(&session)?,
        }
        Ok(Exit::Done)
    }
}
