//! `interclear agreement check` and `convert`: terms and contracts in files, without a node.

use crate::{
    carried::quoted,
    commands::{
        agreement::{questions, words},
        files,
    },
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
};
use interclear_client::time::now;
use interclear_import::{
    document::{self, Format},
    Agreement, Faults, Reason,
};
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, Terms, MAX_AGREEMENT_PAIRS, MAX_TERM_MONTHS},
    period::Period,
    span::Months,
    tadig::Tadig,
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
    let mut notes = agreement.notes.clone();
    let refused = chain_refuses(terms, Period::containing(now()));
    let verdict = match (refused.is_empty(), asked.len()) {
        (false, _) => "but the chain would refuse them".to_owned(),
        (true, 0) => "nothing is wrong".to_owned(),
        (true, more) => format!(
            "which can be proposed once {} answered",
            output::count(more as u64, "question is", "questions are")
        ),
    };
    let exit = Exit::refused_if(!refused.is_empty());
    notes.extend(refused.iter().cloned());
    let value = json!({
        "errors": [],
        "name": agreement.name,
        "parties": agreement.parties,
        "first": terms.first,
        "last": terms.last,
        "currency": terms.currency,
        "lines": terms.line_count(),
        "digest": digest,
        "notes": notes,
        "refused": refused,
        "questions": asked,
    });
    session.output().print(&value, |_| {
        let mut text = words::summary(terms, names(&agreement));
        text.push_str(&format!(
            "\n\n{}, {verdict}\n",
            output::count(terms.line_count() as u64, "service line", "service lines")
        ));
        if agreement.parties.is_none() && refused.is_empty() {
            let file = quoted(&interclear_client::text::path(path));
            text.push_str(&format!(
                "Propose it with: interclear agreement propose --with PARTNER {file}\n"
            ));
        }
        for note in &notes {
            text.push_str(&format!("note: {note}\n"));
        }
        for line in questions::told(&asked) {
            text.push_str(&line);
            text.push('\n');
        }
        text
    })?;
    Ok(exit)
}

/// What the chain would refuse besides, because of its limits or of the time.
fn chain_refuses(terms: &Terms, current: Period) -> Vec<String> {
    let term = Months {
        first: terms.first,
        last: terms.last,
    };
    let (months, pairs) = (term.count(), terms.pair_count());
    let mut refused = Vec::new();
    if months > MAX_TERM_MONTHS {
        refused.push(format!(
            "it has {months} months, and a term at most {MAX_TERM_MONTHS}"
        ));
    }
    if pairs > MAX_AGREEMENT_PAIRS {
        refused.push(format!(
            "it has {pairs} pairs of networks, and an agreement at most {MAX_AGREEMENT_PAIRS}"
        ));
    }
    if let Some(both) = on_both_sides(terms) {
        refused.push(format!("{both} is on both sides, and a network is one party's"));
    }
    if terms.last < current {
        refused.push(format!("its last month, {}, is over", terms.last));
    }
    refused
        .into_iter()
        .map(|reason| format!("the chain would refuse to have this proposed: {reason}"))
        .collect()
}

/// A network that would have to belong to both parties.
fn on_both_sides(terms: &Terms) -> Option<Tadig> {
    let [first, second] = Direction::BOTH.map(|direction| terms.direction(direction));
    let homes =
        |direction: &DirectionTerms| -> Vec<Tadig> { direction.pairs().map(|(_, _, home)| home).collect() };
    let visited = |direction: &DirectionTerms| -> Vec<Tadig> {
        direction.pairs().map(|(_, visited, _)| visited).collect()
    };
    let of_first = [homes(first), visited(second)].concat();
    let of_second = [visited(first), homes(second)].concat();
    of_first.into_iter().find(|network| of_second.contains(network))
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
        output::warn(&format!("note: {note}"));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_check_should_tell_what_the_chain_would_refuse_when_a_limit_or_the_time_is_against_it() {
        let mut terms = Agreement::read(crate::commands::agreement::template::text())
            .unwrap()
            .terms;
        assert_eq!(chain_refuses(&terms, terms.first), Vec::<String>::new());
        let told = chain_refuses(&terms, terms.last.next());
        assert_eq!(
            told,
            ["the chain would refuse to have this proposed: its last month, 2027-12, is over"]
        );
        let mut one = terms.clone();
        let group = &mut one.directions[0].groups[0];
        group.visited = group.home.clone();
        let told = chain_refuses(&one, one.first);
        assert_eq!(told.len(), 1);
        assert!(
            told[0].ends_with("is on both sides, and a network is one party's"),
            "{told:?}"
        );
        terms.last = Period(203_701);
        let told = chain_refuses(&terms, terms.first);
        assert_eq!(
            told,
            ["the chain would refuse to have this proposed: it has 121 months, and a term at most 120"]
        );
    }
}
