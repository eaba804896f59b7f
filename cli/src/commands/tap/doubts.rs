//! Files that are not what was anchored: how that is found out, and what is said of it.

use crate::{
    carried::{pasteable, quoted},
    commands::{
        secret::{SecretArgs, Unchecked},
        tap::{
            named::{Anchored, Named},
            rules::{knowing, RuleArgs},
            series::TermsOf,
        },
    },
    error::CommandError,
    output,
};
use interclear_client::{
    chain::Chain,
    files::{compare_counted, look, name_of, Doubt, Looked},
    text::path as printable,
};
use interclear_merkle::FileSecret;
use interclear_primitives::{
    batch::FatalReason,
    series::{BatchKey, Stream},
};
use interclear_tap::{Head, Known, Options};
use serde_json::{json, Value as Json};
use std::path::Path;

/// What is to be doubted about a file, if anything.
pub(super) async fn doubt(
    chain: &Chain,
    path: &Path,
    anchored: &Anchored,
    options: &Options,
) -> Result<Option<Doubt>, CommandError> {
    let found = compared(chain, path, anchored, &mut TermsOf::default(), options).await?;
    Ok(found.doubt)
}

/// The same, with what the services of the file charge; `terms` are those of the files before.
pub(super) async fn compared(
    chain: &Chain,
    path: &Path,
    anchored: &Anchored,
    terms: &mut TermsOf,
    options: &Options,
) -> Result<Looked, CommandError> {
    let mut found = look(path, &anchored.anchor, options.clone())?;
    let Some(measured) = found.doubt.take() else {
        return Ok(found);
    };
    // Only what differs is worth a question to the chain. Without terms nothing is agreed on, and what was measured counts.
    let agreed = match (anchored.route, anchored.period()) {
        (Some(route), Some(period)) => terms.of(chain, route.agreement, period).await?,
        _ => None,
    };
    found.doubt = match agreed {
        None => Some(measured),
        Some(agreed) => compare_counted(measured, path, &anchored.anchor, agreed.clone(), options)?,
    };
    Ok(found)
}

/// A file that was named, beside what was anchored. Of one that is not here nothing is known.
#[derive(Default)]
pub(super) struct LookedAt {
    /// Its secret, if it came with it.
    pub(super) secret: Option<FileSecret>,
    /// What is to be doubted.
    pub(super) doubt: Option<Doubt>,
    /// What the chain knows of it.
    pub(super) known: Option<(Head, Known)>,
}

/// Compares a file that was named with what was anchored.
pub(super) async fn looked_at(
    chain: &Chain,
    file: &Named,
    rules: &RuleArgs,
    secrets: &SecretArgs,
) -> Result<LookedAt, CommandError> {
    let anchored = file.anchored(chain).await?;
    let Some(path) = &file.path else {
        return Ok(LookedAt::default());
    };
    let mut unchecked = Unchecked::default();
    let secret = secrets.received_of(Some(chain), path, &file.key, &mut unchecked)?;
    unchecked.tell();
    // The secret comes last: with it, other content would be refused for its number before it is compared.
    let known = chain.known_of_file(path).await?;
    rules.tell_without_effect(&known);
    let options = Options {
        secret: secret.clone(),
        ..knowing(known.as_ref(), &rules.options())
    };
    let doubt = doubt(chain, path, &anchored, &options).await?;
    Ok(LookedAt { secret, doubt, known })
}

/// What differs between files and their anchors.
pub(super) fn table<'a>(doubted: impl Iterator<Item = (String, &'a Doubt)>) -> String {
    let rows = doubted.flat_map(|(batch, doubt)| match doubt.differences.is_empty() {
        true => vec![[batch, doubt.reason().to_owned(), String::new(), String::new()]],
        false => doubt
            .differences
            .iter()
            .map(|one| {
                [
                    batch.clone(),
                    one.what.clone(),
                    one.file.clone(),
                    one.anchor.clone(),
                ]
            })
            .collect(),
    });
    output::table(["File", "What differs", "In the file", "Anchored"], &[2, 3], rows)
}

/// The same for machines, each with its next step.
pub(super) fn json<'a>(doubted: impl Iterator<Item = (BatchKey, &'a Doubt, String)>) -> Vec<Json> {
    let each = doubted.map(|(key, doubt, next)| {
        json!({
            "batch": name_of(&key),
            "reason": doubt.reason(),
            "differences": doubt.differences,
            "next": pasteable(&next),
        })
    });
    each.collect()
}

/// The reason as `--reason` takes it.
pub(super) fn word(reason: FatalReason) -> String {
    format!("{reason:?}").to_lowercase()
}

/// What a recipient does about a file that is not what was anchored; with the folder in which it lies, since another file may have its
/// name, and with the options in use by which it was checked.
pub(super) fn next_step(key: &BatchKey, path: Option<&Path>, doubt: &Doubt, in_use: &str) -> String {
    let (name, sender) = (name_of(key), key.series.sender);
    let file = path.map_or_else(|| name.clone(), |path| quoted(&printable(path)));
    let file = format!("{file}{in_use}");
    let ask = format!("ask {sender} for {name} as it was anchored");
    match (key.series.stream, doubt.differences.is_empty()) {
        (Stream::Nrtrde, _) => ask,
        (Stream::Tap, true) => {
            format!(
                "return it: `interclear tap rap write {file} --sequence NUMBER` makes the RAP file, `interclear tap return {file} \
                 --rap FILE` refuses it"
            )
        }
        (Stream::Tap, false) => format!(
            "{ask}; if this is the file that it sent, return it: `interclear tap rap write {file} --reason {reason} --sequence \
             NUMBER`, then `interclear tap return {file} --reason {reason} --rap FILE`",
            reason = word(doubt.returned_for())
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_client::files::{key_named, Difference};

    #[test]
    fn the_next_step_should_be_to_ask_or_to_return_when_a_file_is_not_what_was_anchored() {
        let difference = Difference {
            what: "GPRS: charge".into(),
            file: "5.732300".into(),
            anchor: "5.732200".into(),
            reason: FatalReason::Totals,
        };
        let doubt = Doubt {
            unusable: None,
            differences: vec![difference],
        };
        let key = key_named("CDFRAF1DEUD100042").unwrap();
        let path = Some(Path::new("other/CDFRAF1DEUD100042"));
        let step = next_step(&key, path, &doubt, "");
        assert!(step.starts_with("ask FRAF1 for CDFRAF1DEUD100042"), "{step}");
        assert!(
            step.contains("tap rap write other/CDFRAF1DEUD100042 --reason totals")
                && step.contains("tap return other/CDFRAF1DEUD100042 --reason totals"),
            "{step}"
        );
        let near_real_time = next_step(&key_named("NRFRAF1DEUD10000042").unwrap(), None, &doubt, "");
        assert!(!near_real_time.contains("return"), "{near_real_time}");
        let fatal = Doubt {
            unusable: Some("a total is wrong (total-charge-differs)".into()),
            differences: Vec::new(),
        };
        let step = next_step(&key, path, &fatal, " --store 'my store'");
        assert!(
            step.starts_with(
                "return it: `interclear tap rap write other/CDFRAF1DEUD100042 --store 'my store' --sequence"
            ),
            "{step}"
        );
        let listed = json([(key, &doubt, "ask".to_owned())].into_iter());
        assert_eq!(listed[0]["next"], "ask");
        assert_eq!(listed[0]["differences"][0]["anchor"], "5.732200");
        assert_eq!(listed[0]["differences"][0].get("reason"), None);
        let shown = table([("CDFRAF1DEUD100042".to_owned(), &doubt)].into_iter());
        assert!(
            shown.contains("5.732300") && shown.contains("5.732200"),
            "{shown}"
        );
    }
}
