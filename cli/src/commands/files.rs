//! Files of contracts and usage.

use crate::{
    error::{object, CommandError},
    exit::Exit,
    output,
    session::Session,
};
use clap::Args;
use interclear_client::{
    files::digest,
    text::{printable, reason},
};
use interclear_import::{
    document::{self, Format},
    Agreement, DecimalMark, Faults, Reason, Usage,
};
use interclear_primitives::{agreement::Terms, Digest};
use serde_json::{json, Value};
use std::path::Path;

/// A file that cannot be opened; what is wrong with its content is the inner result.
type Read<T> = Result<Result<T, Faults>, CommandError>;

pub(super) fn octets(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path).map_err(|error| CommandError::File {
        path: path.into(),
        reason: reason(&error),
    })
}

/// The text of a file.
pub(super) fn text(path: &Path) -> Result<String, CommandError> {
    String::from_utf8(octets(path)?).map_err(|error| CommandError::File {
        path: path.into(),
        reason: format!(
            "this is not UTF-8 text from octet {} on",
            error.utf8_error().valid_up_to().saturating_add(1)
        ),
    })
}

/// How a usage table is written.
#[derive(Args)]
pub(super) struct TableArgs {
    /// The decimal mark of the numbers in tables, `,` or `.`: to be named where 4.000 may be 4 or 4000.
    #[arg(long, value_name = "MARK")]
    pub(super) decimal: Option<DecimalMark>,
}

/// Reads our own terms, or a contract of another system: TOML or YAML if the name says so, or else JSON.
pub(super) fn agreement(path: &Path) -> Read<Agreement> {
    Ok(document::read(&text(path)?, Format::of(path)))
}

/// Reads usage.
pub(super) fn usage(path: &Path, table: &TableArgs) -> Read<Usage> {
    Ok(usage_hashed(path, table)?.0)
}

/// Reads usage, and gives the digest of the very octets that were read.
pub(super) fn usage_hashed(
    path: &Path,
    table: &TableArgs,
) -> Result<(Result<Usage, Faults>, Digest), CommandError> {
    let octets = octets(path)?;
    Ok((Usage::read_with(&octets, table.decimal), digest(&octets)))
}

/// Tells on standard error what of a file was taken and should be looked at.
pub(super) fn warn(path: &Path, warnings: &Faults) {
    for line in words(path, warnings).lines() {
        output::warn(&format!("warning: {line}"));
    }
}

/// What of a file was taken and should be looked at, for machines.
pub(super) fn listed(warnings: &Faults) -> Vec<Value> {
    warnings
        .list
        .iter()
        .map(|fault| json!(fault.to_string()))
        .collect()
}

/// What is wrong with a file, a line each.
pub(super) fn words(path: &Path, faults: &Faults) -> String {
    let mut lines: Vec<String> = faults
        .list
        .iter()
        .map(|fault| printable(&format!("{}: {fault}", path.display())))
        .collect();
    if faults.more > 0 {
        lines.push(format!("and {} more", faults.more));
    }
    lines.join("\n")
}

/// Terms as the chain can keep them, from our own terms or a contract of another system.
pub(super) fn chain_terms(agreement: Agreement) -> Result<Terms, Faults> {
    if agreement.units.is_empty() {
        return Ok(agreement.terms);
    }
    let reason = "a service is priced per megabyte that the chain counts in minutes";
    Err(Faults::one("terms", Reason::Other(reason.into())))
}

/// Reads terms, or a contract of another system as terms.
pub(super) fn terms(path: &Path) -> Result<Terms, CommandError> {
    let read = agreement(path)?.and_then(chain_terms);
    read.map_err(|faults| CommandError::Invalid(words(path, &faults)))
}

/// Prints what is wrong with a file on standard error: in words, or with --json as one object; then on standard output as
/// well.
pub(super) fn refused(session: &Session, path: &Path, faults: &Faults) -> Result<Exit, CommandError> {
    let text = words(path, faults);
    if !session.output().json {
        output::warn(&format!("error: {text}"));
    } else {
        eprintln!("{}", object("file", &text, None));
        let list: Vec<Value> = faults
            .list
            .iter()
            .map(|fault| json!({ "file": output::path_value(path), "place": fault.place, "reason": fault.reason.to_string() }))
            .collect();
        session
            .output()
            .print(&json!({ "errors": list, "more": faults.more }), |_| String::new())?;
    }
    Ok(Exit::Refused)
}
