//! `interclear dispute`: lines of statements that are in dispute, from the first claim to the figure that stands.

mod before;
mod figures;
pub(super) mod words;

use crate::{
    arguments::{digest, Month},
    commands::{agreement::found::agreement_in, explain},
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use before::Raising;
use clap::{Args, Subcommand, ValueEnum};
use figures::{Chosen, FiguresArgs, Scale, TaxOf};
use interclear_client::{
    calls,
    chain::{Call, Chain, Receipt},
    files::{digest_file, key_named},
    time::now,
};
use interclear_primitives::{
    dispute::{About, Dispute, DisputeKind, DisputePhase, Evidence, Figures, LineKey, LineSide, RuledBy},
    ids::{DisputeId, OperatorId},
    series::{BatchKey, Stream},
    statement::{Statement, StatementLine},
    tadig::Tadig,
    Digest,
};
use serde_json::json;
use std::path::PathBuf;
use words::Withheld;

/// Disputes on lines of statements: raise and answer them, offer, accept, and have them ruled.
#[derive(Args)]
pub struct DisputeArgs {
    #[command(subcommand)]
    command: DisputeCommand,
}

#[derive(Subcommand)]
enum DisputeCommand {
    /// Dispute a line of a statement with figures of your own: once for each line, and without claiming more later.
    /// What nobody disputes is paid as agreed; the rest is withheld. Where the statement is due before the days to
    /// dispute are over, only what you say that you owe is paid until the other party has answered, and nothing of a
    /// line that is owed to you.
    Raise {
        #[command(flatten)]
        line: Line,
        /// What is wrong.
        #[arg(long, value_enum)]
        kind: Kind,
        #[command(flatten)]
        claimed: FiguresArgs,
        #[command(flatten)]
        about: AboutArgs,
    },
    /// Mark a difference that is too small to be disputed: in the third month running the line may be.
    Mark {
        #[command(flatten)]
        line: Line,
        #[command(flatten)]
        claimed: FiguresArgs,
    },
    /// Answer a dispute with figures of your own; those of the statement unless given.
    Answer {
        /// The dispute's number.
        dispute: DisputeId,
        #[command(flatten)]
        claimed: FiguresArgs,
    },
    /// Concede a part, a hundredth of what is in dispute at least: you claim these figures from now on, and no more.
    Concede {
        /// The dispute's number.
        dispute: DisputeId,
        #[command(flatten)]
        claimed: FiguresArgs,
    },
    /// Offer figures at which you would end a dispute. It concedes nothing.
    Offer {
        /// The dispute's number.
        dispute: DisputeId,
        #[command(flatten)]
        figures: FiguresArgs,
    },
    /// Accept what the other party offers or, if it has offered nothing, claims. The dispute ends. Once it has been
    /// escalated, you accept all that is claimed, and bear the fee.
    Accept {
        /// The dispute's number.
        dispute: DisputeId,
    },
    /// Give up a dispute that you have raised, before it is answered. For good: you cannot dispute the line again, and it stands
    /// as stated.
    Withdraw {
        /// The dispute's number.
        dispute: DisputeId,
    },
    /// Have a dispute ruled: by the arbitrators of the agreement, or by the council.
    Escalate {
        /// The dispute's number.
        dispute: DisputeId,
    },
    /// Rule a dispute: as an arbitrator, or as a member of the council by a motion. Figures are those of the statement unless
    /// given.
    Rule {
        /// The dispute's number.
        dispute: DisputeId,
        #[command(flatten)]
        figures: FiguresArgs,
    },
    /// Apply what silence comes to, once the time for a step is over; the chain does so by itself when it has room.
    Lapse {
        /// The dispute's number.
        dispute: DisputeId,
    },
    /// Submit evidence: the digest of a document, or a record that has been proven with `interclear tap prove`.
    Evidence {
        /// The dispute's number.
        dispute: DisputeId,
        #[command(flatten)]
        evidence: EvidenceArgs,
    },
    /// List the disputes on a statement, or the open ones in which an operator has a say.
    List {
        /// The agreement's number, and the month.
        #[arg(num_args = 2, value_names = ["AGREEMENT", "PERIOD"])]
        month: Vec<String>,
        /// The operator: its number or one of its TADIG codes; that of the profile or of --key unless given.
        #[arg(long, conflicts_with = "month")]
        operator: Option<String>,
    },
    /// Show a dispute: what each side says, what is paid, and whose step it is.
    Show {
        /// The dispute's number.
        dispute: DisputeId,
    },
}

/// A line of a statement.
#[derive(Args)]
struct Line {
    #[command(flatten)]
    month: Month,
    /// The line, by its number in `interclear statement show`, or by its service if no other line has it.
    line: String,
}

/// What is wrong with a line.
#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// More was used than is stated.
    MissingUsage,
    /// Another volume was used than is stated.
    Volume,
    /// The volume is right, and its price is not.
    Rate,
    /// The tax alone is wrong.
    Tax,
    /// What is missing from a commitment is wrong.
    Commitment,
    /// Who bears the loss by fraud.
    FraudLiability,
}

impl From<Kind> for DisputeKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::MissingUsage => Self::MissingUsage,
            Kind::Volume => Self::Volume,
            Kind::Rate => Self::Rate,
            Kind::Tax => Self::Tax,
            Kind::Commitment => Self::Commitment,
            Kind::FraudLiability => Self::FraudLiability,
        }
    }
}

/// What of a line is wrong.
#[derive(Args)]
#[group(multiple = false)]
struct AboutArgs {
    /// The file that it is about: a TAP file that the line bills or, for the liability for fraud, an NRTRDE file that came too late.
    #[arg(long, value_name = "FILE", value_parser = file)]
    file: Option<BatchKey>,
    /// The usage reports that it is about, by the TADIG codes of the visited and the home network.
    #[arg(long, num_args = 2, value_names = ["VISITED", "HOME"])]
    reports: Vec<Tadig>,
}

impl AboutArgs {
    fn named(&self) -> Option<About> {
        match self.reports[..] {
            [visited, home] => Some(About::Reports { visited, home }),
            _ => self.file.map(About::File),
        }
    }
}

/// Reads the name of a file, such as CDDEU7AFRA7B00042.
fn file(text: &str) -> Result<BatchKey, String> {
    key_named(text).ok_or_else(|| format!("`{text}` is not the name of a TAP or NRTRDE file"))
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct EvidenceArgs {
    /// A document: the digest of the file goes on the chain, and nothing of it.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// The Blake2b-256 digest of a document.
    #[arg(long, value_parser = digest)]
    digest: Option<Digest>,
    /// A record that has been proven: the name of its file and its number, from 1, such as CDDEU7AFRA7B00042:17.
    #[arg(long, value_name = "FILE:NUMBER", value_parser = record)]
    record: Option<(BatchKey, u32)>,
}

/// Reads `CDDEU7AFRA7B00042:17`: a file's name and the number of a record in it, counted from 1.
fn record(text: &str) -> Result<(BatchKey, u32), String> {
    let malformed =
        || format!("`{text}` is not a record; write its file and its number, such as CDDEU7AFRA7B00042:17");
    let (file, number) = text.rsplit_once(':').ok_or_else(malformed)?;
    let key = key_named(file).ok_or_else(malformed)?;
    let index = number
        .parse::<u32>()
        .ok()
        .and_then(|number| number.checked_sub(1))
        .ok_or_else(malformed)?;
    Ok((key, index))
}

async fn found(chain: &Chain, id: DisputeId) -> Result<Dispute, CommandError> {
    let dispute = chain.dispute(id).await?;
    dispute.ok_or_else(|| {
        CommandError::NotFound(format!(
            "dispute {id}, or its statement is not kept any more; `interclear dispute list` lists those that are open"
        ))
    })
}

impl Line {
    /// The line, the scale of its figures, and the statement.
    async fn find(&self, chain: &Chain) -> Result<(LineKey, Figures, Scale, Statement), CommandError> {
        let statement = chain
            .statement_of(self.month.agreement, self.month.period)
            .await?;
        let keys = statement.lines.iter().map(StatementLine::key);
        let chosen = explain::choose(keys, &self.line)?;
        let [place] = chosen[..] else {
            return Err(CommandError::Invalid(format!(
                "{} lines are of {}: name one by its number, as `interclear statement show` does",
                chosen.len(),
                self.line
            )));
        };
        let line = &statement.lines[place];
        let scale = Scale {
            decimals: statement.decimals,
            currency: statement.currency,
            unit: line.service.unit(),
        };
        let (key, figures) = (LineKey::of(line), Figures::of(line));
        Ok((key, figures, scale, statement))
    }
}

impl EvidenceArgs {
    async fn find(&self, chain: &Chain) -> Result<Evidence, CommandError> {
        if let Some((key, index)) = self.record {
            let root = match key.series.stream {
                Stream::Tap => chain.batch(key).await?.map(|batch| batch.anchor.root),
                Stream::Nrtrde => chain.nrtrde_file(key).await?.map(|file| file.anchor.root),
            };
            let root =
                root.ok_or_else(|| CommandError::NotFound("file of the record on the chain".into()))?;
            return Ok(Evidence::Record { key, root, index });
        }
        Ok(Evidence::Document(match (&self.document, self.digest) {
            (Some(file), _) => digest_file(file)?,
            (None, digest) => digest.unwrap_or_default(),
        }))
    }
}

/// The side of the operator for which the key acts.
async fn own_side(session: &Session, chain: &Chain, dispute: &Dispute) -> Result<LineSide, CommandError> {
    let operator = session.operator(chain).await?;
    dispute.side(operator).ok_or_else(|| {
        CommandError::Invalid(format!(
            "operator {operator}, for which the key acts, is not a party to the dispute"
        ))
    })
}

impl DisputeArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            DisputeCommand::Raise {
                line,
                kind,
                claimed,
                about,
            } => {
                let chain = session.chain_to_sign().await?;
                let (key, stated, scale, statement) = line.find(&chain).await?;
                let Month { agreement, period } = line.month;
                let tax = TaxOf::line(&chain, agreement, period, &key).await?;
                let claimed = claimed.over(stated, stated, &scale, &tax)?;
                let raising = Raising {
                    statement: &statement,
                    line: &key,
                    stated: &stated,
                    claimed: &claimed.figures,
                    scale: &scale,
                    names: &Names::of(&chain).await?,
                    by: session.operator(&chain).await?,
                };
                let call = calls::raise_dispute(
                    agreement,
                    period,
                    key,
                    kind.into(),
                    &claimed.figures,
                    about.named(),
                );
                session.ensure_taken(&chain, &call).await?;
                output::note(&raising.words(now()));
                confirmed(session, "you dispute the line and claim", &claimed, &scale)?;
                let receipt = session.execute(&chain, &call).await?;
                let id = receipt.dispute_raised()?;
                let done = format!("dispute {id} is raised");
                tell(session, &chain, &receipt, id, &done).await
            }
            DisputeCommand::Mark { line, claimed } => {
                let chain = session.chain_to_sign().await?;
                let (key, stated, scale, _) = line.find(&chain).await?;
                let Month { agreement, period } = line.month;
                let tax = TaxOf::line(&chain, agreement, period, &key).await?;
                let claimed = claimed.over(stated, stated, &scale, &tax)?;
                let claimed = confirmed(session, "you mark that the line comes to", &claimed, &scale)?;
                let call = calls::mark_difference(agreement, period, key, &claimed);
                let receipt = session.execute(&chain, &call).await?;
                let months = receipt.difference_marked()?;
                let running = output::count(months, "month", "months");
                let done = format!("marked: the line differs in {running} running");
                session.report(&receipt, &done, json!({ "months": months }))
            }
            DisputeCommand::Answer { dispute, claimed } => {
                act(session, dispute, "answered", |found, _, tax| {
                    let scale = Scale::of(found);
                    let claimed = claimed.over(found.stated, found.stated, &scale, tax)?;
                    let claimed = confirmed(session, "you answer that the line comes to", &claimed, &scale)?;
                    Ok(calls::answer_dispute(dispute, &claimed))
                })
                .await
            }
            DisputeCommand::Concede { dispute, claimed } => {
                act(
                    session,
                    dispute,
                    "narrowed by what you concede",
                    |found, side, tax| {
                        let scale = Scale::of(found);
                        let claimed = claimed.over(side.of(&found.claims), found.stated, &scale, tax)?;
                        let claimed =
                            confirmed(session, "from now on you claim no more than", &claimed, &scale)?;
                        Ok(calls::concede(dispute, &claimed))
                    },
                )
                .await
            }
            DisputeCommand::Offer { dispute, figures } => {
                act(session, dispute, "answered by your offer", |found, side, tax| {
                    let scale = Scale::of(found);
                    let figures = figures.over(found.position(side), found.stated, &scale, tax)?;
                    let figures = confirmed(session, "you offer", &figures, &scale)?;
                    Ok(calls::offer_in_dispute(dispute, &figures))
                })
                .await
            }
            DisputeCommand::Accept { dispute } => accept(session, dispute).await,
            DisputeCommand::Withdraw { dispute } => withdraw(session, dispute).await,
            DisputeCommand::Escalate { dispute } => {
                let call = calls::escalate_dispute(dispute);
                act(session, dispute, "escalated", |_, _, _| Ok(call)).await
            }
            DisputeCommand::Rule { dispute, figures } => rule(session, dispute, &figures).await,
            DisputeCommand::Lapse { dispute } => {
                let call = calls::lapse_dispute(dispute);
                act(session, dispute, "taken further", |_, _, _| Ok(call)).await
            }
            DisputeCommand::Evidence { dispute, evidence } => {
                let chain = session.chain_to_sign().await?;
                let call = calls::add_evidence(dispute, evidence.find(&chain).await?);
                let receipt = session.execute(&chain, &call).await?;
                let done = format!("evidence is with dispute {dispute}");
                tell(session, &chain, &receipt, dispute, &done).await
            }
            DisputeCommand::List { month, operator } => list(session, &month, operator.as_deref()).await,
            DisputeCommand::Show { dispute } => {
                let chain = session.chain().await?;
                show(session, &chain, dispute).await
            }
        }
    }
}

/// The figures that are about to be sent, once whoever sends them has seen them.
fn confirmed(session: &Session, what: &str, chosen: &Chosen, scale: &Scale) -> Result<Figures, CommandError> {
    if chosen.tax_kept {
        output::warn(
            "warning: no rate is agreed by which the tax follows the charge: it stays as it is; say --tax if it is another",
        );
    }
    let figures = words::figures(&chosen.figures, scale);
    let meant = format!("{what} {figures}.");
    session.confirm_slip(&chosen.doubts, &meant)?;
    Ok(chosen.figures)
}

/// Does a step of a party, and shows where the dispute stands then.
async fn act(
    session: &Session,
    id: DisputeId,
    done: &str,
    call: impl FnOnce(&Dispute, LineSide, &TaxOf) -> Result<Call, CommandError>,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let dispute = found(&chain, id).await?;
    let side = own_side(session, &chain, &dispute).await?;
    let tax = TaxOf::dispute(&chain, &dispute).await?;
    let receipt = session.execute(&chain, &call(&dispute, side, &tax)?).await?;
    let done = match receipt.disputes_ended()?.is_empty() {
        true => format!("dispute {id} is {done}"),
        false => format!("dispute {id} has ended"),
    };
    tell(session, &chain, &receipt, id, &done).await
}

/// Says what a call did, and where the dispute stands.
async fn tell(
    session: &Session,
    chain: &Chain,
    receipt: &Receipt,
    id: DisputeId,
    done: &str,
) -> Result<(), CommandError> {
    let dispute = found(chain, id).await?;
    session.report(receipt, done, json!({ "dispute": words::as_json(id, &dispute) }))?;
    if !session.output().json {
        show(session, chain, id).await?;
    }
    Ok(())
}

/// Gives a dispute up.
async fn withdraw(session: &Session, id: DisputeId) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let dispute = found(&chain, id).await?;
    let side = own_side(session, &chain, &dispute).await?;
    session.confirm(&before::withdrawing(
        id,
        &dispute,
        side,
        &Names::of(&chain).await?,
    ))?;
    let receipt = session.execute(&chain, &calls::withdraw_dispute(id)).await?;
    let done = before::withdrawn(id, &found(&chain, id).await?);
    tell(session, &chain, &receipt, id, &done).await
}

async fn accept(session: &Session, id: DisputeId) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let dispute = found(&chain, id).await?;
    let other = own_side(session, &chain, &dispute).await?.other();
    let position = words::standing(&dispute, other);
    let names = Names::of(&chain).await?;
    session.confirm(&format!(
        "Dispute {id} ends at what {} says: {}. That is final{}.",
        names.get(other.of(&dispute.parties)),
        words::figures(&position, &Scale::of(&dispute)),
        match dispute.phase {
            DisputePhase::Escalated(_) => ", and costs the fee that a ruling would",
            _ => "",
        }
    ))?;
    let receipt = session
        .execute(&chain, &calls::accept_in_dispute(id, &position))
        .await?;
    tell(session, &chain, &receipt, id, &format!("dispute {id} has ended")).await
}

/// As an arbitrator, or by a motion of the council.
async fn rule(session: &Session, id: DisputeId, figures: &FiguresArgs) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let dispute = found(&chain, id).await?;
    let (scale, tax) = (Scale::of(&dispute), TaxOf::dispute(&chain, &dispute).await?);
    let figures = figures.over(dispute.stated, dispute.stated, &scale, &tax)?;
    let figures = confirmed(session, "you rule that the line comes to", &figures, &scale)?;
    if dispute.phase != DisputePhase::Escalated(RuledBy::Arbitrators) {
        let call = calls::rule_dispute(id, &figures);
        return session.put_to_council_of(&chain, call).await;
    }
    let receipt = session.execute(&chain, &calls::arbitrate(id, &figures)).await?;
    let done = match receipt.disputes_ended()?.is_empty() {
        true => format!("your ruling is with dispute {id}; another arbitrator that says the same ends it"),
        false => format!("dispute {id} has ended"),
    };
    tell(session, &chain, &receipt, id, &done).await
}

async fn show(session: &Session, chain: &Chain, id: DisputeId) -> Result<(), CommandError> {
    let dispute = found(chain, id).await?;
    let names = Names::of(chain).await?;
    session.output().print(&words::as_json(id, &dispute), |_| {
        words::text(id, &dispute, &names)
    })?;
    Ok(())
}

async fn list(session: &Session, month: &[String], operator: Option<&str>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let disputes = match month {
        [agreement, period] => {
            let invalid = |text: &str, what: &str| CommandError::Invalid(format!("`{text}` is not {what}"));
            let agreement_id = agreement
                .parse()
                .map_err(|_| invalid(agreement, "the number of an agreement"))?;
            let month = period
                .parse()
                .map_err(|_| invalid(period, "a month, such as 2026-11"))?;
            agreement_in(&chain, agreement_id, month).await?;
            chain.disputes(agreement_id, month).await?
        }
        _ => open_of(&chain, session.operator_named(&chain, operator).await?).await?,
    };
    let value: Vec<_> = disputes
        .iter()
        .map(|(id, dispute)| words::as_json(*id, dispute))
        .collect();
    let names = Names::of(&chain).await?;
    session.output().print(&value, |_| match disputes.is_empty() {
        true if month.is_empty() => {
            "no disputes are open; of a month: interclear dispute list AGREEMENT MONTH".into()
        }
        true => "no disputes".into(),
        false => words::table(&disputes, &names),
    })?;
    Ok(())
}

/// What open disputes keep from being paid to an operator, or by it.
pub(super) async fn withheld_of(chain: &Chain, operator: OperatorId) -> Result<Vec<Withheld>, CommandError> {
    let open = open_of(chain, operator).await?;
    let own = open.iter().filter(|(_, one)| one.parties.contains(&operator));
    Ok(own.filter_map(|(id, one)| Withheld::of(*id, one)).collect())
}

/// The open disputes in which an operator has a say.
pub(super) async fn open_of(
    chain: &Chain,
    operator: OperatorId,
) -> Result<Vec<(DisputeId, Dispute)>, CommandError> {
    let mut all: Vec<(DisputeId, Dispute)> = Vec::new();
    loop {
        let page = chain
            .open_disputes(operator, all.last().map(|(id, _)| *id))
            .await?;
        if page.is_empty() {
            all.sort_unstable_by_key(|(id, _)| *id);
            return Ok(all);
        }
        all.extend(page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_should_be_named_by_its_file_and_its_number() {
        let (key, index) = record("CDDEU7AFRA7B00042:17").unwrap();
        assert_eq!((key.sequence, index), (42, 16));
        for wrong in ["CDDEU7AFRA7B00042", "CDDEU7AFRA7B00042:0", "letter.pdf:1", ":1"] {
            assert!(record(wrong).is_err(), "{wrong}");
        }
    }
}
