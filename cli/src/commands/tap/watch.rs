//! `interclear tap watch`: anchors what arrives in a folder.

use super::{
    anchor::Checker,
    delivery::{Destination, Node},
    inbox::{Inbox, Line},
    secrets::Secrets,
    RuleArgs,
};
use crate::{
    commands::{CommandError, Session},
    output,
};
use clap::Args;
use std::{path::PathBuf, process::ExitCode, time::Duration};

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
    /// Take what is there, and end.
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    rules: RuleArgs,
}

impl WatchArgs {
    pub(super) async fn run(self, session: &Session) -> Result<ExitCode, CommandError> {
        let settled = Duration::from_secs(self.settled);
        let secrets = Secrets::new(Some(self.secrets.unwrap_or_else(|| self.folder.join("secrets"))));
        let checker = Checker::new(secrets, self.rules.options(), self.store.as_deref(), true)?;
        let mut inbox = Inbox::open(&self.folder, checker, settled)?;
        let mut node = Node {
            key: session.key()?,
            chain: session.chain().await?,
        };
        let (mut anchored, mut copies, mut refused) = (0u64, 0u64, 0u64);
        let bar = output::spinner("waiting for files");
        loop {
            let mut closed = None;
            let told = |line: &Line| {
                match line.result.as_str() {
                    "anchored" => anchored += 1,
                    "copy" => copies += 1,
                    _ => refused += 1,
                }
                closed = closed
                    .take()
                    .or(bar.suspend(|| session.output().print_line(line, sentence)).err());
            };
            let trouble = |error: &crate::chain::ChainError| {
                bar.suspend(|| eprintln!("{error}\nreconnecting; what has landed is not sent again"));
            };
            let done = inbox.cycle(&mut node, told, trouble).await;
            if let Some(error) = closed {
                return Err(error.into());
            }
            bar.set_message(format!("{anchored} anchored, {copies} copies, {refused} refused"));
            match done {
                Ok(0) if self.once => break,
                // As long as there is something, there may be more.
                Ok(1..) => continue,
                Ok(0) => {}
                Err(CommandError::Chain(error)) if error.is_connection() && !self.once => {
                    bar.suspend(|| eprintln!("{error}\nthe files stay in the folder; trying again"));
                    // Whether it worked shows at the next attempt.
                    let _later = node.reconnect().await.is_err();
                }
                Err(error) => return Err(error),
            }
            bar.tick();
            tokio::time::sleep(Duration::from_secs(self.interval.max(1))).await;
        }
        bar.finish_and_clear();
        Ok(match refused {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        })
    }
}

fn sentence(line: &Line) -> String {
    let what = match (line.result.as_str(), &line.reason) {
        ("anchored", None) => "anchored".into(),
        ("anchored", Some(reason)) => format!("anchored {reason}"),
        ("copy", _) => "on the chain already, counted once".into(),
        (_, Some(reason)) => format!("refused: {reason}"),
        (other, None) => other.to_owned(),
    };
    let doubtful = match line.doubtful {
        0 => String::new(),
        1 => "; 1 record is to be returned".into(),
        count => format!("; {count} records are to be returned"),
    };
    format!("{} UTC  {}  {what}{doubtful}", output::moment(line.at), line.file)
}
