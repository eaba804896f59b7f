//! Files that are to be anchored, as arguments of commands; what became of each, in words.

use crate::{
    commands::secret::{is_secret, no_key},
    error::CommandError,
    exit::Exit,
    interrupt::OnItsWay,
    output::{self, Cell},
    session::{Session, NOT_ASKED},
};
use clap::Args;
use indicatif::ProgressBar;
use interclear_client::{
    calls,
    chain::ChainError,
    delivery::{deliver_files, recipient_keys, Node, Progress},
    files::{hand_over, open_store, CheckedFile, Checker, Fate, KnownFiles, Reduced, Secrets, OTHER_SECRET},
};
use interclear_tap::Options;
use std::path::{Path, PathBuf};

/// Files that are to be anchored.
#[derive(Args)]
pub(super) struct Outgoing {
    /// TAP files and notifications, or NRTRDE files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder with the secrets from which the salts of records are derived; `secrets` beside each file unless given.
    /// Keep it: without its secret no record of a file can be proven.
    #[arg(long, value_name = "DIR")]
    secrets: Option<PathBuf>,
    /// Check the files, and show what would be anchored and what the chain would refuse or count once. Nothing is sent or written: where a file has no secret yet, digest and root
    /// will be others.
    #[arg(long)]
    dry_run: bool,
}

/// Shows on standard error how a delivery goes.
pub(super) struct Shown {
    bar: ProgressBar,
    /// Held while anchors are on their way.
    on_its_way: Option<OnItsWay>,
}

/// How a delivery stands that is given up on the way.
const ON_THE_WAY: &str =
    "some of the files may be on the chain, and others may follow; anchored again, each counts once";

impl Shown {
    pub(super) fn new(bar: ProgressBar) -> Self {
        Self {
            bar,
            on_its_way: None,
        }
    }

    /// What shows it.
    pub(super) fn bar(&self) -> &ProgressBar {
        &self.bar
    }

    /// Nothing is on its way any more, whatever became of it.
    pub(super) fn has_ended(&mut self) {
        self.on_its_way = None;
    }
}

impl Progress for Shown {
    fn sending(&mut self, _: usize) {
        // What is still held of an attempt that failed ends before the next one begins.
        self.has_ended();
        let on_its_way = OnItsWay::new(&self.bar);
        on_its_way.stands(ON_THE_WAY);
        self.on_its_way = Some(on_its_way);
    }

    fn delivered(&mut self, count: usize) {
        self.has_ended();
        self.bar.inc(count as u64);
    }

    fn interrupted(&mut self, error: &ChainError) {
        self.bar.suspend(|| output::warn(&interruption(error)));
    }
}

/// What is said of a delivery that goes on after something went wrong.
fn interruption(error: &ChainError) -> String {
    let what = match error {
        lost if lost.is_lost() => format!("connection lost ({lost}), trying again"),
        ChainError::Unwatched(_) => format!("{error}; looking up what has become of it"),
        dropped if dropped.is_connection() => format!("{dropped}; trying again"),
        other => format!("{other}; waiting for it"),
    };
    format!("{what}; what has landed is not sent again")
}

impl Outgoing {
    /// The files, without the secrets that stand beside them.
    fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().filter(|path| !is_secret(path))
    }

    /// What the chain knows of the files. Without a node they are checked without it, which is said: files that are refused
    /// anyway need no node, and others are not sent without one.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn known(&self, session: &Session) -> Result<KnownFiles, CommandError> {
        // Without a key nothing is sent: what is refused is told without a node, and then that there is no key.
        if !self.dry_run && session.account().is_err() {
            return Ok(KnownFiles::new());
        }
        match session.chain().await {
            Ok(chain) => Ok(chain.known_of_files(&self.files).await?),
            Err(CommandError::Chain(error)) if error.is_connection() => {
                output::note(&format!(
                    "{error}; the files are checked without what the chain knows of them"
                ));
                Ok(KnownFiles::new())
            }
            Err(other) => Err(other),
        }
    }

    /// Checks the files, in the order in which they are best sent. A store, if there is one, notes them unless this is a dry
    /// run.
    ///
    /// # Errors
    /// A file or secret cannot be read, or the store fails.
    pub(super) fn check(
        &self,
        options: Options,
        known: KnownFiles,
        store: Option<&Path>,
    ) -> Result<(Checker, Vec<CheckedFile>), CommandError> {
        let secrets = Secrets::new(self.secrets.clone());
        let secrets = match self.dry_run {
            true => secrets.unwritten(),
            false => secrets,
        };
        let mut checker = Checker::new(secrets, options);
        checker.know(known);
        if let Some(folder) = store {
            checker = checker.with_store(open_store(folder)?, !self.dry_run);
        }
        let paths: Vec<&PathBuf> = self.files().collect();
        let bar = output::progress(paths.len() as u64, "checking");
        let files = checker.check_all(&paths, || bar.inc(1))?;
        bar.finish_and_clear();
        Ok((checker, files))
    }

    /// Sends what is to be anchored, unless this is a dry run or there is nothing. The answer is the node, if it was asked.
    ///
    /// # Errors
    /// There is no key or no node, or the chain refuses a whole call.
    pub(super) async fn send(
        &self,
        session: &Session,
        files: &mut [CheckedFile],
    ) -> Result<Option<Node>, CommandError> {
        let count = files.iter().filter(|file| file.anchor.is_some()).count();
        if self.dry_run || count == 0 {
            return Ok(None);
        }
        let mut node = Node {
            key: session.key()?,
            chain: session.chain().await?,
        };
        let mut shown = Shown::new(output::progress(count as u64, "anchoring"));
        let (chain, bar) = (node.chain.clone(), shown.bar.clone());
        let delivery = deliver_files(&mut node, files, &mut shown);
        let sent = session.within(&chain, &bar, delivery, ON_THE_WAY).await;
        shown.has_ended();
        shown.bar.finish_and_clear();
        sent?;
        Ok(Some(node))
    }

    /// Of a dry run: what the chain would say of each file. Without a key, or without a node, nobody is asked, which is said.
    ///
    /// # Errors
    /// The connection broke on the way.
    pub(super) async fn ask(&self, session: &Session, files: &mut [CheckedFile]) -> Result<(), CommandError> {
        if !self.dry_run || files.iter().all(|file| file.anchor.is_none()) {
            return Ok(());
        }
        let Ok(account) = session.account() else {
            output::note(NOT_ASKED);
            return Ok(());
        };
        let chain = match session.chain().await {
            Err(CommandError::Chain(error)) if error.is_connection() => {
                output::note(&format!("{error}; it is not asked what it would say"));
                return Ok(());
            }
            chain => chain?,
        };
        for file in files {
            let Some(anchor) = &file.anchor else { continue };
            if chain.has_anchor(anchor).await?.is_some() {
                file.fate = Some(Fate::Duplicate);
                continue;
            }
            // Without its secret, as where a dry run has drawn one that is not kept, it is known by its figures.
            if chain.has_twin(anchor).await? {
                file.fate = Some(Fate::Refused(OTHER_SECRET.into()));
                continue;
            }
            let call = match anchor {
                Reduced::Tap(anchor) => calls::anchor(anchor),
                Reduced::Nrtrde(anchor) => calls::anchor_nrtrde(&[*anchor]),
            };
            if let Some(Err(failure)) = chain.call_outcome(&account, &call).await? {
                file.fate = Some(Fate::Refused(format!("the chain would refuse it: {failure}")));
                continue;
            }
            // NRTRDE files bill nothing, so no month is too late for them.
            let Reduced::Tap(anchor) = anchor else { continue };
            let series = anchor.key.series;
            let route = chain
                .route(series.sender, series.recipient, anchor.period())
                .await?;
            let agreement = route.filter(|_| !series.test).map(|route| route.agreement);
            let Some(agreement) = agreement else { continue };
            if chain.statement(agreement, anchor.period()).await?.is_some() {
                file.warnings.push(format!(
                    "{} is closed under agreement {agreement}: a later month would bill it",
                    anchor.period()
                ));
            }
        }
        Ok(())
    }

    /// Seals the secrets of what is on the chain to the recipients. Last of all, so that what became of the files is told
    /// whatever comes of it.
    ///
    /// # Errors
    /// The connection broke, or a secret cannot be written; anchoring the same files again then seals it.
    pub(super) async fn hand_over(
        &self,
        node: Option<Node>,
        files: &[CheckedFile],
    ) -> Result<(), CommandError> {
        let Some(node) = node else { return Ok(()) };
        let keys = recipient_keys(&node, files).await?;
        let without = hand_over(
            &Secrets::new(self.secrets.clone()),
            &node.chain.genesis().0,
            files.iter(),
            &keys,
        )?;
        for recipient in without {
            output::warn(&no_key(recipient));
        }
        Ok(())
    }
}

/// Refused if a file was.
pub(super) fn exit<'f>(files: impl IntoIterator<Item = &'f CheckedFile>) -> Exit {
    Exit::refused_if(files.into_iter().any(CheckedFile::is_refused))
}

/// How many files were anchored, are duplicates, and were refused.
pub(super) fn counts<'f>(files: impl Iterator<Item = &'f CheckedFile> + Clone) -> [usize; 3] {
    let duplicate = |file: &&CheckedFile| file.fate == Some(Fate::Duplicate);
    [
        files.clone().filter(|file| file.is_new()).count(),
        files.clone().filter(duplicate).count(),
        files.filter(|file| file.is_refused()).count(),
    ]
}

/// The result of a file in JSON, and why it was refused.
pub(super) fn result(file: &CheckedFile) -> (&'static str, Option<&str>) {
    match &file.fate {
        Some(Fate::Anchored | Fate::Late(_) | Fate::Closed(_)) => ("anchored", None),
        Some(Fate::Duplicate) => ("duplicate", None),
        Some(Fate::Refused(reason)) => ("refused", Some(reason.as_str())),
        None => ("not_sent", None),
    }
}

/// What is said of a file that the chain had already.
pub(super) const DUPLICATE: &str = "the same file, already anchored: counted once";

/// A cell with text, if there is any.
pub(super) fn cell(text: Option<String>) -> Cell {
    Cell::new(text.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interrupt::is_on_its_way;

    #[test]
    fn a_delivery_should_say_that_the_connection_is_lost_when_it_is_and_not_of_slow_finality() {
        let lost = interruption(&ChainError::Disconnected("reset".into()));
        assert!(
            lost.starts_with("connection lost (the connection to the node broke: reset)"),
            "{lost}"
        );
        let slow = interruption(&ChainError::Unwatched("finality takes long"));
        assert_eq!(
            slow,
            "finality takes long; looking up what has become of it; what has landed is not sent again"
        );
        let full = interruption(&ChainError::Dropped("the pool is full".into()));
        assert!(
            full.starts_with("the node dropped the transaction: the pool is full; trying again"),
            "{full}"
        );
    }

    #[tokio::test]
    async fn anchors_should_be_on_their_way_until_they_are_delivered_also_when_they_are_sent_again() {
        let mut shown = Shown::new(ProgressBar::hidden());
        shown.sending(3);
        shown.sending(2);
        assert!(is_on_its_way(), "the first attempt failed");
        shown.delivered(2);
        assert!(!is_on_its_way());
    }
}
