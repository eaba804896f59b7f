//! `interclear tap watch`: anchors what arrives in a folder.

use crate::{
    commands::{outgoing::Shown, tap::rules::RuleArgs},
    error::CommandError,
    exit::Exit,
    output::{self, Output},
    session::Session,
};
use clap::Args;
use interclear_client::{
    chain::ChainError,
    delivery::{Destination, Node, Progress},
    files::{open_store, Checker, Secrets},
    inbox::{Inbox, InboxError, Line, Listener, Verdict},
};
use std::{io, path::PathBuf, time::Duration};

#[derive(Args)]
pub(super) struct WatchArgs {
    /// The folder. Files are moved to `done` or `refused` in it; `.journal.jsonl` in it says what became of each.
    folder: PathBuf,
    /// The folder with the secrets; `secrets` in the folder unless given.
    #[arg(long, value_name = "DIR")]
    secrets: Option<PathBuf>,
    /// The folder that remembers the records of 90 days, as for `tap validate`: of records that were in other files the
    /// number is told, and they count among those to be returned. It cannot be used by another program meanwhile. What is
    /// refused is not noted.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Seconds between two looks at the folder.
    #[arg(long, default_value_t = 2)]
    interval: u64,
    /// Seconds that a file must not have changed. Names that end with `.part` or `.tmp` are left alone in any case.
    #[arg(long, default_value_t = 2)]
    settled: u64,
    /// Process what is there, and exit.
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    rules: RuleArgs,
}

/// Prints what becomes of files, and counts it.
struct Printer {
    output: Output,
    shown: Shown,
    anchored: u64,
    duplicates: u64,
    refused: u64,
    /// Standard output was closed.
    closed: Option<io::Error>,
}

impl Progress for Printer {
    fn interrupted(&mut self, error: &ChainError) {
        self.shown.interrupted(error);
    }
}

impl Listener for Printer {
    fn put_away(&mut self, line: &Line) {
        match line.result {
            Verdict::Anchored => self.anchored += 1,
            Verdict::Duplicate => self.duplicates += 1,
            Verdict::Refused => self.refused += 1,
        }
        let printed = self.shown.bar.suspend(|| self.output.print_line(line, sentence));
        self.closed = self.closed.take().or(printed.err());
    }
}

impl WatchArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let settled = Duration::from_secs(self.settled);
        let secrets = Secrets::new(Some(self.secrets.unwrap_or_else(|| self.folder.join("secrets"))));
        let mut checker = Checker::new(secrets, self.rules.options());
        if let Some(folder) = &self.store {
            checker = checker.with_store(open_store(folder)?, true);
        }
        let mut inbox = Inbox::open(&self.folder, checker, settled)?;
        let mut node = Node {
            key: session.key()?,
            chain: session.chain().await?,
        };
        let bar = output::spinner("waiting for files");
        let mut printer = Printer {
            output: session.output(),
            shown: Shown { bar: bar.clone() },
            anchored: 0,
            duplicates: 0,
            refused: 0,
            closed: None,
        };
        loop {
            let done = inbox.cycle(&mut node, &mut printer).await;
            if let Some(error) = printer.closed.take() {
                return Err(error.into());
            }
            bar.set_message(format!(
                "{} anchored, {} duplicates, {} refused",
                printer.anchored, printer.duplicates, printer.refused
            ));
            match done {
                Ok(0) if self.once => break,
                // As long as there is something, there may be more.
                Ok(1..) => continue,
                Ok(0) => {}
                Err(InboxError::Chain(error)) if error.is_connection() && !self.once => {
                    bar.suspend(|| eprintln!("{error}\nthe files stay in the folder; trying again"));
                    // Whether it worked shows at the next attempt.
                    let _later = node.reconnect().await.is_err();
                }
                Err(error) => return Err(error.into()),
            }
            bar.tick();
            tokio::time::sleep(Duration::from_secs(self.interval.max(1))).await;
        }
        bar.finish_and_clear();
        Ok(Exit::refused_if(printer.refused > 0))
    }
}

fn sentence(line: &Line) -> String {
    let what = match (line.result, &line.reason) {
        (Verdict::Anchored, None) => "anchored".into(),
        (Verdict::Anchored, Some(reason)) => format!("anchored {reason}"),
        (Verdict::Duplicate, _) => "on the chain already, counted once".into(),
        (Verdict::Refused, Some(reason)) => format!("refused: {reason}"),
        (Verdict::Refused, None) => "refused".into(),
    };
    let doubtful = match line.doubtful {
        0 => String::new(),
        1 => "; 1 record is to be returned".into(),
        count => format!("; {count} records are to be returned"),
    };
    format!("{} UTC  {}  {what}{doubtful}", output::moment(line.at), line.file)
}
