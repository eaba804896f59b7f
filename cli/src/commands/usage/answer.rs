//! `interclear usage affirm` and `conclude`: how the figures of a pair's month become final.

use crate::{
    arguments::Month,
    carried::pasteable,
    commands::{
        agreement::found::agreement_in,
        files::{self, refused as faulty},
        usage::{
            behind::{in_force, is_digest_alone, Difference, Table},
            show::{all_of, currency_of, reports_of, text},
            words, Pair,
        },
    },
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
};
use clap::Args;
use interclear_client::{
    calls::{self, errors, PAIRS_PER_CALL},
    chain::{Call, Chain, ChainError, Failure},
};
use interclear_primitives::report::{LineMatch, PairMonth, ReportSide, UsageReports};
use serde_json::json;
use std::path::PathBuf;

/// On which side of a pair the operator reports for which the key acts.
async fn own_side(session: &Session, chain: &Chain, pair: &PairMonth) -> Result<ReportSide, CommandError> {
    let operator = session.operator(chain).await?;
    for (side, network) in [(ReportSide::Visited, pair.visited), (ReportSide::Home, pair.home)] {
        if chain.operator_by_tadig(network).await? == Some(operator) {
            return Ok(side);
        }
    }
    Err(CommandError::Invalid(format!(
        "neither {} nor {} is a network of operator {operator}, for which the key acts",
        pair.visited, pair.home
    )))
}

fn month_of(pair: &PairMonth, reports: &UsageReports) -> Month {
    Month {
        agreement: reports.route.agreement,
        period: pair.period,
    }
}

/// What became final, after the call.
async fn settled(chain: &Chain, pair: PairMonth) -> Result<(UsageReports, String), CommandError> {
    let (reports, compared) = reports_of(chain, pair).await?;
    let currency = currency_of(chain, &month_of(&pair, &reports)).await?;
    let text = text(&pair, &reports, &compared, currency);
    Ok((reports, text))
}

#[derive(Args)]
pub(super) struct AffirmArgs {
    #[command(flatten)]
    pair: Pair,
    /// The usage table from which the other side has reported (.csv, .xlsx or .json), as it has it: what it adds up to, and its
    /// digest, are compared with the report. Where something differs, nothing is sent.
    table: Option<PathBuf>,
    #[command(flatten)]
    written: files::TableArgs,
    /// The version of their report; without it, the newest is shown and affirmed.
    #[arg(long)]
    version: Option<u32>,
}

impl AffirmArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let Self {
            pair,
            table: path,
            written,
            version: named,
        } = self;
        let pair = PairMonth::from(pair);
        let mut table = None;
        if let Some(path) = &path {
            match Table::read(path, &written)? {
                Ok(read) => table = Some((path, read)),
                Err(faults) => return faulty(session, path, &faults),
            }
        }
        let chain = session.chain().await?;
        let theirs = own_side(session, &chain, &pair).await?.other();
        let (blind, checked) = (named.is_some(), table.is_some());
        let version = match named.filter(|_| !checked) {
            Some(version) => version,
            None => {
                let (reports, compared) = reports_of(&chain, pair).await?;
                let report = reports.side(theirs).as_ref().ok_or_else(|| {
                    CommandError::NotFound(format!(
                        "report of the {} network to affirm; `interclear usage conclude` bills what is undisputed once it \
                         has had its time",
                        words::side(theirs)
                    ))
                })?;
                // What is not on the chain yet cannot be compared.
                if let Some(named) = named.filter(|named| *named != report.version) {
                    return Err(CommandError::Invalid(format!(
                        "the newest version of the {} network's figures is {}, not {named}: affirm without --version, which shows \
                         the newest first",
                        words::side(theirs),
                        report.version
                    )));
                }
                if let Some((path, table)) = table {
                    let agreement = in_force(&chain, reports.route.agreement, pair.period).await?;
                    match table.compare(&agreement, pair, report) {
                        Ok(found) if found.is_empty() => {}
                        Ok(found) => return refuse(session, &pair, theirs, report.version, &found),
                        Err(faults) => return faulty(session, path, &faults),
                    }
                }
                if !blind && !session.output().json {
                    let currency = currency_of(&chain, &month_of(&pair, &reports)).await?;
                    session
                        .output()
                        .print(&(), |()| text(&pair, &reports, &compared, currency))?;
                }
                report.version
            }
        };
        session.confirm(&format!(
            "Version {version} of the {} network's figures of {} to {} in {} is affirmed and bills. That is final.",
            words::side(theirs),
            pair.visited,
            pair.home,
            pair.period
        ))?;
        let receipt = match session.execute(&chain, &calls::affirm_usage(pair, version)).await {
            Ok(receipt) => receipt,
            Err(CommandError::Chain(error)) if error.failure() == Some(errors::OTHER_REPORT_VERSION) => {
                return Err(CommandError::Invalid(format!(
                    "{error}: affirm without --version, which shows the newest first"
                )))
            }
            Err(error) => return Err(error),
        };
        let (reports, text) = settled(&chain, pair).await?;
        let done = format!(
            "version {version} of the {} network's figures{} is affirmed and bills",
            words::side(theirs),
            match checked {
                true => ", to which its table adds up,",
                false => "",
            }
        );
        let more = json!({
            "visited": pair.visited,
            "home": pair.home,
            "period": pair.period,
            "affirmed": theirs,
            "version": version,
            "table_compared": checked,
            "billed": reports.billed.iter().map(words::line_json).collect::<Vec<_>>(),
        });
        session.report(&receipt, &done, more)?;
        if blind && !session.output().json {
            session.output().print(&(), |()| text)?;
        }
        Ok(Exit::Done)
    }
}

/// Tells what a report states otherwise than the table; nothing has been sent.
fn refuse(
    session: &Session,
    pair: &PairMonth,
    theirs: ReportSide,
    version: u32,
    found: &[Difference],
) -> Result<Exit, CommandError> {
    let network = match theirs {
        ReportSide::Visited => pair.visited,
        ReportSide::Home => pair.home,
    };
    let next = format!(
        "ask {network} for the table from which it has reported version {version}, or to report again; with `interclear usage \
         report` your own figures stand beside it"
    );
    let value = json!({
        "visited": pair.visited,
        "home": pair.home,
        "period": pair.period,
        "affirmed": null,
        "version": version,
        "differences": found,
        "next": pasteable(&next),
    });
    session.output().print(&value, |_| {
        let rows = found
            .iter()
            .map(|one| [one.what.clone(), one.table.clone(), one.report.clone()]);
        let table = output::table(["What differs", "In the table", "Reported"], &[1, 2], rows);
        format!(
            "{table}\nnothing is affirmed: {}\nnext: {next}",
            apart(theirs, version, found)
        )
    })?;
    Ok(Exit::Refused)
}

/// In what a report and the table are apart, in words.
fn apart(theirs: ReportSide, version: u32, found: &[Difference]) -> String {
    let side = words::side(theirs);
    match is_digest_alone(found) {
        true => format!(
            "version {version} of the {side} network's figures is what the table adds up to, but was reported from another table"
        ),
        false => {
            format!("version {version} of the {side} network's figures is not what the table adds up to")
        }
    }
}

pub(super) async fn conclude(session: &Session, pair: PairMonth) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    session.confirm(&format!(
        "The reports of {} to {} in {} are concluded: what they come to bills. That is final.",
        pair.visited, pair.home, pair.period
    ))?;
    let receipt = match session.execute(&chain, &calls::conclude_usage(pair)).await {
        Ok(receipt) => receipt,
        Err(CommandError::Chain(error)) if error.failure() == Some(errors::STILL_EXPECTED) => {
            return Err(too_early(session, &chain, &pair, error).await?)
        }
        Err(error) => return Err(error),
    };
    let disputed = receipt.usage_disputed()?;
    let (reports, text) = settled(&chain, pair).await?;
    let done = match disputed {
        0 => "concluded: everything bills".to_owned(),
        disputed => format!(
            "concluded: what is undisputed bills, {} left to a dispute",
            output::count(disputed, "line is", "lines are")
        ),
    };
    let more = json!({
        "visited": pair.visited,
        "home": pair.home,
        "period": pair.period,
        "disputed": disputed,
        "billed": reports.billed.iter().map(words::line_json).collect::<Vec<_>>(),
    });
    session.report(&receipt, &done, more)?;
    if !session.output().json {
        session.output().print(&(), |()| text)?;
    }
    Ok(())
}

/// Concludes all pairs of a month on which both sides agree.
pub(super) async fn conclude_agreed(session: &Session, month: &Month) -> Result<Exit, CommandError> {
    let chain = session.chain_to_sign().await?;
    let all = all_of(&chain, month).await?;
    if all.is_empty() {
        agreement_in(&chain, month.agreement, month.period).await?;
    }
    let open = all.iter().filter(|(_, reports, _)| reports.outcome.is_none());
    let (agreed, others): (Vec<_>, Vec<_>) = open.partition(|(_, reports, compared)| {
        let both = reports.visited.is_some() && reports.home.is_some();
        both && compared.iter().all(|line| line.found == LineMatch::Agrees)
    });
    if !agreed.is_empty() {
        session.confirm(&format!(
            "The reports of {} in {} are concluded, on every line of which both sides agree: what they come to bills. That is final.",
            output::count(agreed.len() as u64, "pair of networks", "pairs of networks"),
            month.period
        ))?;
    }
    let mut results: Vec<(PairMonth, Option<Failure>)> = Vec::with_capacity(agreed.len());
    for chunk in agreed.chunks(PAIRS_PER_CALL) {
        let call = chunk.iter().map(|(pair, ..)| calls::conclude_usage(*pair));
        let receipt = session.execute(&chain, &Call::force_batch(call)).await?;
        results.extend(chunk.iter().map(|(pair, ..)| *pair).zip(receipt.items()?));
    }
    let refused = results.iter().filter(|(_, failure)| failure.is_some()).count();
    let value = json!({
        "agreement": month.agreement,
        "period": month.period,
        "concluded": results.len() - refused,
        "refused": refused,
        "open": others.len(),
        "pairs": results.iter().map(|(pair, failure)| json!({
            "visited": pair.visited,
            "home": pair.home,
            "reason": failure.as_ref().map(ToString::to_string),
        })).collect::<Vec<_>>(),
    });
    session.output().print(&value, |value| {
        let mut text = format!(
            "{} concluded, {refused} refused, {} left open{}",
            output::count(
                value["concluded"].as_u64().unwrap_or_default(),
                "pair of networks",
                "pairs of networks"
            ),
            others.len(),
            match others.is_empty() {
                true => "",
                false => ": their lines do not agree, or a side has not reported",
            }
        );
        for (pair, failure) in &results {
            if let Some(failure) = failure {
                text.push_str(&format!("\n{} in {} refused: {failure}", pair.home, pair.visited));
            }
        }
        text
    })?;
    Ok(Exit::refused_if(refused > 0))
}

/// Until when the other side has time, and what can be done meanwhile.
async fn too_early(
    session: &Session,
    chain: &Chain,
    pair: &PairMonth,
    error: ChainError,
) -> Result<CommandError, CommandError> {
    let side = own_side(session, chain, pair).await?;
    let (reports, _) = reports_of(chain, *pair).await?;
    let Some(own) = reports.side(side) else {
        return Ok(error.into());
    };
    let (_, terms, _) = chain.version_in(reports.route.agreement, pair.period).await?;
    let from = terms.usage.silence_closes(pair.period, own.reported_at);
    let theirs = match reports.side(side.other()) {
        Some(_) => "; or accept the other side's figures with `interclear usage affirm`",
        None => "",
    };
    Ok(CommandError::Invalid(format!(
        "{error}: conclude from {} UTC on, or at once when all lines agree{theirs}",
        output::moment(from)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_table_should_not_be_called_other_figures_when_they_are_the_same() {
        let difference = |what: &str| Difference {
            what: what.into(),
            table: "1".into(),
            report: "2".into(),
        };
        let told = |found: &[Difference]| apart(ReportSide::Visited, 1, found);
        assert_eq!(
            told(&[difference("Digest of the table")]),
            "version 1 of the visited network's figures is what the table adds up to, but was reported from another table"
        );
        let other = "version 1 of the visited network's figures is not what the table adds up to";
        assert_eq!(told(&[difference("GPRS: charge")]), other);
        assert_eq!(
            told(&[difference("Digest of the table"), difference("GPRS: charge")]),
            other
        );
    }
}
