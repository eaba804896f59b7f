//! `interclear agreement`: negotiating what two operators pay each other.

mod check;
mod diff;
mod former;
pub(super) mod found;
pub(super) mod questions;
pub(super) mod show;
mod template;
mod words;

pub(super) use questions::told;
pub(super) use words::{missing_price, summary};

use self::{
    former::Former,
    found::{agreement_of, on_the_table, terms_of},
};
use crate::{
    arguments::{digest, Who},
    commands::{files, tariff::within_caps},
    error::CommandError,
    exit::Exit,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{
    calls,
    chain::{Chain, Receipt},
};
use interclear_import::document::Format;
use interclear_primitives::{agreement::Terms, ids::AgreementId, period::Period, Digest};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Agreements: what two operators pay each other for roaming.
#[derive(Args)]
pub struct AgreementArgs {
    #[command(subcommand)]
    command: AgreementCommand,
}

#[derive(Subcommand)]
enum AgreementCommand {
    /// List agreements.
    #[command(mut_arg("operator", |arg| arg.help("Only those of this operator: its number or one of its TADIG codes")))]
    List {
        #[command(flatten)]
        who: Who,
    },
    /// Show where an agreement stands.
    Show {
        /// The agreement's number.
        agreement: AgreementId,
    },
    /// Print the terms of an agreement; with --json as a file that can be changed and sent back.
    Terms {
        /// The agreement's number.
        agreement: AgreementId,
        /// The version; the one on the table unless given, or else the newest in force.
        #[arg(long, value_name = "VERSION")]
        at_version: Option<u32>,
    },
    /// Print an example of terms, with all units explained, to start from.
    Template,
    /// Check terms (JSON, TOML or YAML), or a contract of the format gsma-bwr-roaming-v1, and report every fault with its
    /// place. Needs no node; exits with status 1 if anything is wrong.
    Check {
        /// The terms or the contract: TOML or YAML if the name ends so, or else JSON.
        file: PathBuf,
    },
    /// Print terms, or a contract of the format gsma-bwr-roaming-v1, as terms that can be proposed. Needs no node.
    Convert {
        /// The terms or the contract: TOML or YAML if the name ends so, or else JSON.
        file: PathBuf,
        /// Print amounts as people write them, such as "0.03" and "19 %", as json, toml or yaml; the integers of the
        /// chain, as JSON, unless given.
        #[arg(long, value_name = "FORMAT")]
        format: Option<Format>,
        /// Add lines for the services that the contract does not list: they settle at the TAP charge. Without such a line
        /// the chain refuses their usage.
        #[arg(long)]
        with_excluded: bool,
    },
    /// Put terms forward to another operator.
    Propose {
        /// The other operator: its number or one of its TADIG codes.
        #[arg(long)]
        with: String,
        /// The terms; `interclear agreement template` prints an example.
        file: PathBuf,
    },
    /// Answer what is on the table with other terms; earlier signatures are void.
    Counter {
        /// The agreement's number.
        agreement: AgreementId,
        /// The terms.
        file: PathBuf,
        /// The version that is answered; the one on the table unless given.
        #[arg(long, value_name = "VERSION")]
        at_version: Option<u32>,
    },
    /// Print what is on the table, and sign it.
    Sign {
        /// The agreement's number.
        agreement: AgreementId,
        /// Sign this version only.
        #[arg(long, value_name = "VERSION")]
        at_version: Option<u32>,
        /// Sign terms with this digest only.
        #[arg(long, value_parser = digest)]
        digest: Option<Digest>,
    },
    /// Withdraw your own offer.
    Withdraw {
        /// The agreement's number.
        agreement: AgreementId,
    },
    /// Refuse the other party's offer.
    Reject {
        /// The agreement's number.
        agreement: AgreementId,
    },
    /// Offer other terms for an agreement in force, from an open month on.
    Amend {
        /// The agreement's number.
        agreement: AgreementId,
        /// First month under the new terms, such as 2026-11.
        #[arg(long)]
        from: Period,
        /// The terms.
        file: PathBuf,
    },
    /// End an agreement early.
    Terminate {
        /// The agreement's number.
        agreement: AgreementId,
        /// Its last month, such as 2026-12.
        #[arg(long)]
        last: Period,
    },
    /// Compare terms. Each is a file, an agreement (7), or a version of one (7@2).
    Diff {
        /// The earlier terms.
        old: String,
        /// The later terms.
        new: String,
    },
}

impl AgreementArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            AgreementCommand::Check { file } => return check::run(session, &file),
            AgreementCommand::Convert {
                file,
                format,
                with_excluded,
            } => return check::convert(session, &file, format, with_excluded),
            AgreementCommand::List { who } => show::list(session, who.named()).await,
            AgreementCommand::Show { agreement } => show::show(session, agreement).await,
            AgreementCommand::Terms {
                agreement,
                at_version,
            } => show::terms(session, agreement, at_version).await,
            AgreementCommand::Template => template::print(),
            AgreementCommand::Propose { with, file } => propose(session, &with, &file).await,
            AgreementCommand::Counter {
                agreement,
                file,
                at_version,
            } => counter(session, agreement, &file, at_version).await,
            AgreementCommand::Sign {
                agreement,
                at_version,
                digest,
            } => sign(session, agreement, at_version, digest).await,
            AgreementCommand::Withdraw { agreement } => {
                session.confirm(&format!("Your offer under agreement {agreement} is withdrawn."))?;
                let done = format!("the offer under agreement {agreement} is withdrawn");
                session
                    .execute_and_report(&calls::withdraw(agreement), &done)
                    .await
            }
            AgreementCommand::Reject { agreement } => {
                session.confirm(&format!("The offer under agreement {agreement} is rejected."))?;
                let done = format!("the offer under agreement {agreement} is rejected");
                session.execute_and_report(&calls::reject(agreement), &done).await
            }
            AgreementCommand::Amend {
                agreement,
                from,
                file,
            } => {
                let terms = offer_of(session, &file)?;
                let chain = session.chain_to_sign().await?;
                ask_about_issuers(session, &chain, &terms).await?;
                let found = agreement_of(&chain, agreement).await?;
                let former = Former::of(&chain, agreement, &found, from).await?;
                compare(session, &terms, former.as_ref())?;
                let call = calls::amend(agreement, from, &terms);
                let receipt = within_caps(session, &chain, &call, &terms, from).await?;
                offered(session, &receipt, agreement, &terms)
            }
            AgreementCommand::Terminate { agreement, last } => {
                session.confirm(&format!(
                    "Agreement {agreement} ends with {last}: nobody can take that back."
                ))?;
                let done = format!("agreement {agreement} ends with {last}");
                session
                    .execute_and_report(&calls::terminate(agreement, last), &done)
                    .await
            }
            AgreementCommand::Diff { old, new } => diff::run(session, &old, &new).await,
        }?;
        Ok(Exit::Done)
    }
}

/// Reads the terms of an offer, and asks about numbers that look like a slip: nobody waits for a node to be told.
fn offer_of(session: &Session, file: &Path) -> Result<Terms, CommandError> {
    let terms = files::terms(file)?;
    ask(session, &questions::questions(&terms))?;
    Ok(terms)
}

/// Tells what an offer changes of the terms before it, and asks about prices that are far from those.
fn compare(session: &Session, terms: &Terms, former: Option<&Former>) -> Result<(), CommandError> {
    let Some(former) = former else { return Ok(()) };
    output::note(&former.changes(terms));
    ask(session, &former.questions(terms))
}

fn ask(session: &Session, asked: &[String]) -> Result<(), CommandError> {
    match asked.is_empty() {
        true => Ok(()),
        false => session.confirm_slip(&questions::told(asked), "The offer is sent as it is."),
    }
}

/// What looks like a slip: by itself, and beside the terms before.
fn all_questions(terms: &Terms, former: Option<&Former>) -> Vec<String> {
    let mut asked = questions::questions(terms);
    asked.extend(former.into_iter().flat_map(|former| former.questions(terms)));
    asked
}

/// Asks about issuers that issue nothing.
async fn ask_about_issuers(session: &Session, chain: &Chain, terms: &Terms) -> Result<(), CommandError> {
    if terms.accepts.iter().all(|accepted| accepted.is_empty()) {
        return Ok(());
    }
    let tokens = chain.tokens().await?;
    ask(
        session,
        &questions::not_issuers(terms, &tokens, &Names::of(chain).await?),
    )
}

/// What looks like a slip in terms that nobody has seen before.
///
/// # Errors
/// The connection broke.
pub(super) async fn slips(chain: &Chain, terms: &Terms, names: &Names) -> Result<Vec<String>, CommandError> {
    let mut asked = questions::questions(terms);
    asked.extend(questions::not_issuers(terms, &chain.tokens().await?, names));
    Ok(asked)
}

async fn propose(session: &Session, with: &str, file: &Path) -> Result<(), CommandError> {
    let terms = offer_of(session, file)?;
    let chain = session.chain_to_sign().await?;
    ask_about_issuers(session, &chain, &terms).await?;
    let counterparty = chain.find_operator(with).await?;
    let me = session.operator(&chain).await?;
    let former = Former::between(&chain, [me, counterparty]).await?;
    compare(session, &terms, former.as_ref())?;
    if let Some(taken) = former::taken(&chain, &terms, None).await? {
        ask(session, &[taken])?;
    }
    let call = calls::propose(counterparty, &terms);
    let receipt = within_caps(session, &chain, &call, &terms, terms.first).await?;
    let agreement = receipt.proposed()?;
    let digest = output::hex(&terms.digest());
    let done = format!(
        "agreement {agreement}, version 1, is proposed to operator {counterparty}\ndigest {digest}\nBoth sign with: interclear \
         agreement sign {agreement}\n"
    );
    session.report(
        &receipt,
        &done,
        json!({ "agreement": agreement, "version": 1, "digest": digest }),
    )
}

async fn counter(
    session: &Session,
    agreement: AgreementId,
    file: &Path,
    version: Option<u32>,
) -> Result<(), CommandError> {
    let terms = offer_of(session, file)?;
    let chain = session.chain_to_sign().await?;
    ask_about_issuers(session, &chain, &terms).await?;
    let found = agreement_of(&chain, agreement).await?;
    // A counter-offer to an amendment keeps its first month, one to a proposal has that of its own terms.
    let amends = !found.versions.is_empty();
    let in_force = found.clone();
    let offer = on_the_table(found, agreement)?;
    let from = if amends { offer.from } else { terms.first };
    let former = match Former::of(&chain, agreement, &in_force, from).await? {
        // There are no other terms yet than those that are answered.
        None => Former::version(&chain, agreement, offer.version).await?,
        former => former,
    };
    compare(session, &terms, former.as_ref())?;
    let call = calls::counter(agreement, version.unwrap_or(offer.version), &terms);
    let receipt = within_caps(session, &chain, &call, &terms, from).await?;
    offered(session, &receipt, agreement, &terms)
}

/// Reports what is on the table now.
fn offered(
    session: &Session,
    receipt: &Receipt,
    agreement: AgreementId,
    terms: &Terms,
) -> Result<(), CommandError> {
    let version = receipt.offered_version()?;
    let digest = output::hex(&terms.digest());
    let done = format!(
        "version {version} of agreement {agreement} is on the table\ndigest {digest}\nBoth sign with: interclear agreement \
         sign {agreement}\n"
    );
    session.report(
        receipt,
        &done,
        json!({ "agreement": agreement, "version": version, "digest": digest }),
    )
}

/// What a person is asked about before a version is signed.
fn signing(agreement: AgreementId, version: u32, digest: &Digest, from: Period) -> String {
    format!(
        "Version {version} of agreement {agreement} with the digest {} is signed; from {from} on it may bind your operator.",
        output::hex(digest)
    )
}

async fn sign(
    session: &Session,
    agreement: AgreementId,
    version: Option<u32>,
    digest: Option<Digest>,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let found = agreement_of(&chain, agreement).await?;
    let parties = found.parties;
    let in_force = found.clone();
    let offer = on_the_table(found, agreement)?;
    if version.is_some_and(|wanted| wanted != offer.version) {
        return Err(CommandError::Invalid(format!(
            "version {} is on the table",
            offer.version
        )));
    }
    let terms = terms_of(&chain, agreement, offer.version).await?;
    // What is signed is the digest of the terms that were read, not one that was told.
    let read = terms.digest();
    if digest.is_some_and(|wanted| wanted != read) {
        return Err(CommandError::Invalid(format!(
            "the terms on the table have the digest {}",
            output::hex(&read)
        )));
    }
    let former = Former::of(&chain, agreement, &in_force, offer.from).await?;
    if !session.output().json {
        let names = Names::of(&chain).await?;
        let summary = words::summary(&terms, parties.map(|party| names.get(party)));
        let (version, digest) = (offer.version, output::hex(&read));
        let changes = former.as_ref().map(|former| former.changes(&terms));
        let changes = changes.map_or_else(String::new, |changes| format!("{changes}\n"));
        let text = format!(
            "Agreement {agreement}, version {version}\n{summary}\n{changes}Digest that is signed: {digest}"
        );
        session.output().print(&(), |()| text)?;
    }
    let signed = signing(agreement, offer.version, &read, offer.from);
    let mut asked = all_questions(&terms, former.as_ref());
    if in_force.versions.is_empty() {
        asked.extend(former::taken(&chain, &terms, Some(agreement)).await?);
    }
    session.confirm_slip(&questions::told(&asked), &signed)?;
    let call = calls::sign(agreement, offer.version, read);
    let receipt = within_caps(session, &chain, &call, &terms, offer.from).await?;
    let activated = receipt.activated()?;
    let done = match activated.is_empty() {
        true => format!(
            "signed version {} of agreement {agreement}: it comes into force when all signatures are there \
             (`interclear agreement show {agreement}`)",
            offer.version
        ),
        false => format!(
            "signed version {} of agreement {agreement}: it is in force",
            offer.version
        ),
    };
    let more = json!({
        "agreement": agreement,
        "version": offer.version,
        "digest": output::hex(&read),
        "activated": !activated.is_empty(),
    });
    session.report(&receipt, &done, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The command itself asks only after the chain was read.
    #[test]
    fn a_person_should_be_asked_with_version_digest_and_month_when_an_agreement_is_signed() {
        let asked = signing(AgreementId(7), 2, &[0xab; 32], "2026-11".parse().unwrap());
        let digest = "ab".repeat(32);
        assert_eq!(
            asked,
            format!(
                "Version 2 of agreement 7 with the digest 0x{digest} is signed; from 2026-11 on it may bind your operator."
            )
        );
    }
}
