//! `interclear agreement check` and `convert`: terms and contracts in files, without a node.

use crate::{
    commands::{
        agreement::{questions, words},
        files,
    },
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
};
use interclear_import::{
    document::{self, Format},
    Agreement, Faults, Reason,
};
use serde_json::json;
use std::{io::Write, path::Path};

/// Names of the parties, where the file has none in general words.
fn names(agreement: &Agreement) -> [String; 2] {
    agreement
        .parties
        .clone()
        .unwrap_or_else(|| ["the first party".into(), "the second party".into()])
}

pub(super) fn run(session: &Session, path: &Path) -> Result<Exit, CommandError> {
    let agreement = match files::agreement(path)? {
        Ok(agreement) => agreement,
        Err(faults) => return files::refused(session, path, &faults),
    };
    let terms = &agreement.terms;
    let digest = output::hex(&terms.digest());
    let asked = questions::questions(terms);
    let value = json!({
        "errors": [],
        "name": agreement.name,
        "parties": agreement.parties,
        "first": terms.first,
        "last": terms.last,
        "currency": terms.currency,
        "lines": terms.line_count(),
        "digest": digest,
        "notes": agreement.notes,
        "questions": asked,
    });
    session.output().print(&value, |_| {
        let mut text = words::summary(terms, names(&agreement));
        text.push_str(&format!(
            "\n\n{} service lines, nothing is wrong\n",
            terms.line_count()
        ));
        for note in &agreement.notes {
            text.push_str(&format!("note: {note}\n"));
        }
        for line in questions::told(&asked) {
            text.push_str(&line);
            text.push('\n');
        }
        text
    })?;
    Ok(Exit::Done)
}

pub(super) fn convert(
    session: &Session,
    path: &Path,
    format: Option<Format>,
    with_excluded: bool,
) -> Result<Exit, CommandError> {
    let read = files::agreement(path)?.and_then(|agreement| {
        let excluded = agreement.excluded();
        let agreement = match with_excluded {
            true => agreement.with_excluded(&excluded)?,
            false => agreement,
        };
        let notes = agreement.notes.clone();
        let terms = files::chain_terms(agreement)?;
        let written = format.map(|format| document::write(&terms, format));
        match interclear_billing::terms::faults(&terms).first() {
            Some(fault) => Err(Faults::one("terms", Reason::Other(fault.to_string()))),
            None => Ok((terms, written.transpose()?, notes)),
        }
    });
    let (terms, written, notes) = match read {
        Ok(read) => read,
        Err(faults) => return files::refused(session, path, &faults),
    };
    for note in notes {
        eprintln!("note: {note}");
    }
    if let Some(text) = written {
        std::io::stdout()
            .lock()
            .write_all(format!("{}\n", text.trim_end()).as_bytes())?;
        return Ok(Exit::Done);
    }
    // Terms are JSON whatever was asked for.
    output::Output { json: true }.print(&terms, |_| String::new())?;
    Ok(Exit::Done)
}
