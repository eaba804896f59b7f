//! `interclear tap acknowledge`, `interclear nrtrde acknowledge`: a recipient accepts what it has checked.

use crate::{
    commands::{
        secret::SecretArgs,
        tap::{
            named::{Anchored, Named},
            rules::RuleArgs,
        },
    },
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
};
use clap::Args;
use interclear_client::{
    calls::{self, FILES_PER_CALL},
    chain::Chain,
    files::{differences, name_of, recompute, Difference},
};
use interclear_primitives::{agreement::Terms, series::BatchKey};
use interclear_tap::{Options, TariffCheck};
use serde_json::json;
use std::path::Path;

#[derive(Args)]
pub(in crate::commands) struct AcknowledgeArgs {
    /// The files. Everything that their anchors state is worked out again from them; where a figure differs, nothing is
    /// sent.
    #[arg(required = true)]
    files: Vec<String>,
    /// Take names such as CDDEUD1FRAF100042, or NRDEUD1FRAF10000042 of NRTRDE, for files that are not here: what their
    /// anchors state is accepted unseen.
    #[arg(long)]
    by_name: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    secrets: SecretArgs,
}

/// Why a file is not acknowledged.
enum Doubt {
    /// Its anchor states something else.
    Differs(Vec<Difference>),
    /// Nothing like it can have been anchored.
    Unusable(String),
}

impl Doubt {
    fn reason(&self) -> &str {
        match self {
            Self::Differs(_) => "the anchor is not what the file comes down to",
            Self::Unusable(reason) => reason,
        }
    }

    fn differences(&self) -> &[Difference] {
        match self {
            Self::Differs(list) => list,
            Self::Unusable(_) => &[],
        }
    }
}

/// What is to be doubted about a file, if anything.
async fn check(
    chain: &Chain,
    path: &Path,
    anchored: &Anchored,
    options: &Options,
) -> Result<Option<Doubt>, CommandError> {
    let measured = match recompute(path, options.clone())? {
        Ok(file) => differences(&file, &anchored.anchor, options.secret.is_some()),
        Err(reason) => return Ok(Some(Doubt::Unusable(reason))),
    };
    if measured.is_empty() {
        return Ok(None);
    }
    // A sender may count each call in the increments that are agreed on.
    let Some(terms) = terms(chain, anchored).await? else {
        return Ok(Some(Doubt::Differs(measured)));
    };
    let salted = options.secret.is_some();
    let agreed = Options {
        tariff: Some(TariffCheck { terms, tolerance: 0 }),
        ..options.clone()
    };
    let counted = match recompute(path, agreed)? {
        Ok(file) => differences(&file, &anchored.anchor, salted),
        Err(reason) => return Ok(Some(Doubt::Unusable(reason))),
    };
    let fewest = match counted.len() < measured.len() {
        true => counted,
        false => measured,
    };
    Ok((!fewest.is_empty()).then_some(Doubt::Differs(fewest)))
}

/// The terms that a file bills to, where it bills to any.
async fn terms(chain: &Chain, anchored: &Anchored) -> Result<Option<Terms>, CommandError> {
    let (Some(route), Some(period)) = (anchored.route, anchored.period()) else {
        return Ok(None);
    };
    // Without terms nothing is agreed on, and what was measured counts.
    Ok(chain.terms_in(route.agreement, period).await?)
}

impl AcknowledgeArgs {
    pub(in crate::commands) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let options = self.rules.options();
        let files: Vec<Named> = self
            .files
            .iter()
            .map(|text| Named::new(text, &options))
            .collect::<Result<_, _>>()?;
        if let Some(absent) = files.iter().find(|file| file.path.is_none() && !self.by_name) {
            return Err(CommandError::Invalid(format!(
                "{} is not here; acknowledging by name alone checks nothing: name the file, or say --by-name",
                name_of(&absent.key)
            )));
        }
        let chain = session.chain().await?;
        let doubts = doubts(&chain, &files, &self.rules, &self.secrets).await?;
        if doubts.iter().any(Option::is_some) {
            refuse(session, &files, &doubts)?;
            return Ok(Exit::Refused);
        }
        send(session, &chain, &files).await
    }
}

async fn doubts(
    chain: &Chain,
    files: &[Named],
    rules: &RuleArgs,
    secrets: &SecretArgs,
) -> Result<Vec<Option<Doubt>>, CommandError> {
    let bar = output::progress(files.len() as u64, "checking");
    let mut doubts = Vec::with_capacity(files.len());
    for file in files {
        let anchored = file.anchored(chain).await?;
        doubts.push(match &file.path {
            Some(path) => {
                // The secret comes last: with it, other content would be refused for its number before it is compared.
                let options = Options {
                    secret: secrets.received(path, &file.key)?,
                    ..rules.knowing(chain, path, &rules.options()).await?
                };
                check(chain, path, &anchored, &options).await?
            }
            None => None,
        });
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(doubts)
}

/// Tells what differs; nothing has been sent.
fn refuse(session: &Session, files: &[Named], doubts: &[Option<Doubt>]) -> Result<(), CommandError> {
    let doubted = || {
        let named = files.iter().zip(doubts);
        named.filter_map(|(file, doubt)| Some((name_of(&file.key), doubt.as_ref()?)))
    };
    let refused = doubted().count();
    let value = json!({
        "acknowledged": 0,
        "refused": refused,
        "files": doubted().map(|(batch, doubt)| json!({
            "batch": batch,
            "reason": doubt.reason(),
            "differences": doubt.differences(),
        })).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let rows = doubted().flat_map(|(batch, doubt)| match doubt {
            Doubt::Differs(list) => list
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
            Doubt::Unusable(reason) => vec![[batch, reason.clone(), String::new(), String::new()]],
        });
        let table = output::table(["File", "What differs", "In the file", "Anchored"], &[2, 3], rows);
        format!(
            "{table}\nnothing is acknowledged: {refused} of {} files are not what was anchored",
            files.len()
        )
    })?;
    Ok(())
}

async fn send(session: &Session, chain: &Chain, files: &[Named]) -> Result<Exit, CommandError> {
    let mut results = Vec::new();
    for chunk in files.chunks(FILES_PER_CALL) {
        let keys: Vec<BatchKey> = chunk.iter().map(|file| file.key).collect();
        let receipt = session.execute(chain, &calls::acknowledge_many(&keys)).await?;
        let refused = receipt.refused_acknowledgements()?;
        for (place, key) in (0u32..).zip(keys) {
            let reason = refused.iter().find(|(refused, _)| *refused == place);
            results.push((name_of(&key), reason.map(|(_, failure)| failure.to_string())));
        }
    }
    let refused = results.iter().filter(|(_, reason)| reason.is_some()).count();
    let value = json!({
        "acknowledged": results.len() - refused,
        "refused": refused,
        "files": results.iter().map(|(batch, reason)| json!({ "batch": batch, "reason": reason })).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let rows = results.iter().map(|(batch, reason)| {
            let result = reason
                .as_ref()
                .map_or_else(|| "acknowledged".into(), |reason| format!("refused: {reason}"));
            [batch.clone(), result]
        });
        output::table(["File", "Result"], &[], rows)
    })?;
    Ok(Exit::refused_if(refused > 0))
}
