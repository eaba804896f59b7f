//! `interclear agreement diff`: what differs between two sets of terms.

use crate::{
    commands::{
        agreement::{
            found::{agreement_of, newest, terms_of},
            words,
        },
        files,
    },
    error::CommandError,
    output,
    session::Session,
};
use interclear_primitives::{agreement::Terms, ids::AgreementId};
use serde::Serialize;
use std::path::Path;

/// An item that differs; `None` where one side lacks it.
#[derive(Serialize, PartialEq, Debug)]
struct Difference {
    item: String,
    old: Option<String>,
    new: Option<String>,
}

pub(super) async fn run(session: &Session, old: &str, new: &str) -> Result<(), CommandError> {
    let (old, new) = (load(session, old).await?, load(session, new).await?);
    session.output().print(&differences(&old, &new), |_| {
        table(&old, &new).unwrap_or_else(|| "the terms are the same".into())
    })?;
    Ok(())
}

/// What differs, as a table; `None` if nothing does.
pub(super) fn table(old: &Terms, new: &Terms) -> Option<String> {
    let differences = differences(old, new);
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "(not there)".into());
    let rows = differences
        .iter()
        .map(|one| [one.item.clone(), side(&one.old), side(&one.new)]);
    (!differences.is_empty()).then(|| output::table(["Item", "Old", "New"], &[], rows))
}

/// A file, or terms on the chain: `7`, or `7@2` for a version.
async fn load(session: &Session, text: &str) -> Result<Terms, CommandError> {
    let path = Path::new(text);
    let (number, version) = text
        .split_once('@')
        .map_or((text, None), |(number, version)| (number, Some(version)));
    let (Ok(id), false) = (number.parse::<AgreementId>(), path.is_file()) else {
        return files::terms(path);
    };
    let chain = session.chain().await?;
    let version = match version {
        Some(version) => version
            .parse()
            .map_err(|_| CommandError::Invalid(format!("`{version}` is not a version number")))?,
        None => newest(&agreement_of(&chain, id).await?),
    };
    terms_of(&chain, id, version).await
}

fn differences(old: &Terms, new: &Terms) -> Vec<Difference> {
    let (old, new) = (words::items(old), words::items(new));
    let value = |items: &[(String, String)], item: &str| {
        items
            .iter()
            .find(|(name, _)| name == item)
            .map(|(_, value)| value.clone())
    };
    let added = new.iter().filter(|(item, _)| value(&old, item).is_none());
    old.iter()
        .chain(added)
        .map(|(item, _)| Difference {
            item: item.clone(),
            old: value(&old, item),
            new: value(&new, item),
        })
        .filter(|difference| difference.old != difference.new)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::agreement::template;

    #[test]
    fn differences_should_list_nothing_else_when_terms_differ() {
        let old = interclear_import::Agreement::read(template::text())
            .unwrap()
            .terms;
        assert_eq!(differences(&old, &old), []);
        let mut new = old.clone();
        new.payment.payment_days = 14;
        new.directions[1].groups[0].lines.pop();
        let listed = differences(&old, &new);
        assert_eq!(listed[0].item, "Payment after the affirmation");
        assert_eq!(
            (listed[0].old.as_deref(), listed[0].new.as_deref()),
            (Some("30 days"), Some("14 days"))
        );
        assert_eq!(listed[1].item, "second home, group 1, SMSMT: price");
        assert_eq!(
            (listed[1].old.as_deref(), listed[1].new.as_deref()),
            (Some("free"), None)
        );
        assert_eq!(listed.len(), 7, "the payment and the six items of the line");
    }
}
