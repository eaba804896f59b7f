//! `interclear tap watch`: anchors what arrives in a folder.

use crate::{
    commands::{
        outgoing::{Shown, DUPLICATE},
        secret::no_key,
        tap::rules::RuleArgs,
    },
    error::CommandError,
    exit::Exit,
    interrupt,
    output::{self, warn, Output},
    session::{telling, Session},
};
use clap::Args;
use interclear_client::{
    chain::ChainError,
    delivery::{Destination, Node, Progress},
    disk::{self, Existing, Readers},
    files::{open_store, Checker, Secrets},
    inbox::{Counts, Inbox, InboxError, Line, Listener, Verdict},
    text::printable_lines,
    time::now,
};
use interclear_primitives::tadig::Tadig;
use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

#[derive(Args)]
pub(super) struct WatchArgs {
    /// The folder. Files are moved to `done` or `refused` in it, to `quarantined` those that have no name of a usage file or could not be
    /// read in several tries;
    /// `.journal.jsonl` in it says what became of each. Beside each file in `done` is FILE.secret, its secret sealed to the
    /// recipient: send both. One process at a time watches a folder.
    folder: PathBuf,
    /// The folder with the secrets; `secrets` in the folder unless given.
    #[arg(long, value_name = "DIR")]
    secrets: Option<PathBuf>,
    /// The folder that remembers the records of 90 days, as for `tap validate`: the number of records that were in
    /// other files is told, and these count among those to be returned. It cannot be used by another program meanwhile.
    /// What is refused is not noted.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Seconds between two looks at the folder.
    #[arg(long, default_value_t = 2)]
    interval: u64,
    /// Seconds that a file must not have changed. Links, and names that start with a dot or end with `.part`, `.tmp`,
    /// `.filepart`, `.crdownload` or `.secret` are left alone in any case.
    #[arg(long, default_value_t = 2)]
    unchanged: u64,
    /// Process what is there, wait for what is still written, and exit; what is left is told, and the exit status is
    /// then 1.
    #[arg(long)]
    once: bool,
    /// A file that tells counts and ages to monitoring, as Prometheus reads them (textfile collector); replaced as a whole
    /// after each look at the folder.
    #[arg(long, value_name = "FILE")]
    metrics: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleArgs,
}

/// Prints what becomes of files, and counts it.
struct Printer {
    output: Output,
    shown: Shown,
    /// Standard output was closed.
    closed: Option<io::Error>,
}

impl Progress for Printer {
    fn sending(&mut self, count: usize) {
        self.shown.sending(count);
    }

    fn delivered(&mut self, count: usize) {
        self.shown.delivered(count);
    }

    fn interrupted(&mut self, error: &ChainError) {
        self.shown.interrupted(error);
    }
}

impl Listener for Printer {
    fn put_away(&mut self, line: &Line) {
        let printed = self
            .shown
            .bar()
            .suspend(|| self.output.print_line(line, sentence));
        self.closed = self.closed.take().or(printed.err());
    }

    fn waits(&mut self, line: &Line) {
        self.put_away(line);
    }

    fn has_no_key(&mut self, recipient: Tadig) {
        self.shown.bar().suspend(|| warn(&no_key(recipient)));
    }
}

/// The longest time between two looks at a folder that fails.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

impl WatchArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let unchanged = Duration::from_secs(self.unchanged);
        let secrets = Secrets::new(Some(self.secrets.unwrap_or_else(|| self.folder.join("secrets"))));
        let mut checker = Checker::new(secrets, self.rules.options());
        if let Some(folder) = &self.store {
            checker = checker.with_store(open_store(folder)?, true);
        }
        let mut inbox = Inbox::open(&self.folder, checker, unchanged)?;
        let mut node = Node {
            key: session.key()?,
            chain: session.chain().await?,
        };
        interrupt::runs_until_stopped();
        let bar = output::spinner("waiting for files");
        let mut printer = Printer {
            output: session.output(),
            shown: Shown::new(bar.clone()),
            closed: None,
        };
        let interval = Duration::from_secs(self.interval.max(1));
        let mut failures = 0u32;
        loop {
            let chain = node.chain.clone();
            let done = telling(&chain, &bar, inbox.cycle(&mut node, &mut printer)).await;
            printer.shown.has_ended();
            if let Some(error) = printer.closed.take() {
                return Err(error.into());
            }
            let counts = inbox.counts();
            bar.set_message(summary(&counts));
            // Monitoring sees by the time of the last success that something is wrong.
            if let (Some(path), true) = (&self.metrics, done.is_ok()) {
                if let Err(error) = keep(path, &counts) {
                    bar.suspend(|| {
                        warn(&format!(
                            "{}: the metrics cannot be written: {}",
                            interclear_client::text::path(path),
                            interclear_client::text::reason(&error)
                        ))
                    });
                }
            }
            let pause = match done {
                // As long as there is something, there may be more.
                Ok(1..) => {
                    failures = 0;
                    continue;
                }
                Ok(0) if self.once && is_settled(&counts) => break,
                Ok(0) => {
                    failures = 0;
                    interval
                }
                Err(error) if self.once => return Err(error.into()),
                // A full disk, a folder that is mounted again soon, a node that restarts.
                Err(error) => {
                    failures = failures.saturating_add(1);
                    let pause = interval.saturating_mul(1 << failures.min(8)).min(LONGEST_PAUSE);
                    let seconds = pause.as_secs();
                    bar.suspend(|| {
                        let words = printable_lines(&error.to_string());
                        warn(&format!(
                            "{words}\nthe files stay in the folder; trying again in {seconds} s"
                        ));
                    });
                    if matches!(&error, InboxError::Chain(error) if error.is_connection()) {
                        // Whether it worked shows at the next attempt.
                        let _later = node.reconnect().await.is_err();
                    }
                    pause
                }
            };
            bar.tick();
            tokio::time::sleep(pause).await;
        }
        bar.finish_and_clear();
        let counts = inbox.counts();
        for file in inbox.waiting() {
            warn(&stays(&file.file, &file.reason));
        }
        Ok(Exit::refused_if(has_left(&counts)))
    }
}

/// Whether nothing in the folder may still be written: then one look is enough, and before that it is not.
fn is_settled(counts: &Counts) -> bool {
    counts.changing == 0
}

/// Whether something is not on the chain that came: refused, set aside, or still in the folder.
fn has_left(counts: &Counts) -> bool {
    counts.refused > 0 || counts.quarantined > 0 || counts.waiting > 0
}

/// What is told of a file that is left.
fn stays(file: &str, reason: &str) -> String {
    printable_lines(&format!("{file} stays in the folder: {reason}"))
}

fn summary(counts: &Counts) -> String {
    let mut text = format!(
        "{} anchored, {}, {} refused",
        counts.anchored,
        output::count(counts.duplicates, "duplicate", "duplicates"),
        counts.refused
    );
    for (count, what) in [
        (counts.quarantined, "quarantined"),
        (counts.waiting as u64, "waiting"),
    ] {
        if count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    text
}

/// Writes what monitoring reads.
fn keep(path: &Path, counts: &Counts) -> io::Result<()> {
    disk::write(
        path,
        metrics(counts, now()).as_bytes(),
        Existing::Replace,
        Readers::Usual,
    )
}

/// Counts and ages in the text format of Prometheus.
fn metrics(counts: &Counts, now: u64) -> String {
    let mut text = String::from(
        "# HELP interclear_watch_files_total Files put away since the start, by what became of them.\n\
         # TYPE interclear_watch_files_total counter\n",
    );
    for (result, count) in [
        ("anchored", counts.anchored),
        ("duplicate", counts.duplicates),
        ("refused", counts.refused),
        ("quarantined", counts.quarantined),
    ] {
        text.push_str(&format!(
            "interclear_watch_files_total{{result=\"{result}\"}} {count}\n"
        ));
    }
    let oldest = counts.oldest_wait.map_or(0, |wait| wait.as_secs());
    for (name, help, value) in [
        (
            "waiting_files",
            "Files that are tried again later.",
            counts.waiting as u64,
        ),
        (
            "oldest_waiting_seconds",
            "For how long the oldest of them has waited.",
            oldest,
        ),
        (
            "changing_files",
            "Files that may still be written.",
            counts.changing as u64,
        ),
        (
            "last_success_timestamp_seconds",
            "When the folder was last looked at without an error.",
            now,
        ),
    ] {
        text.push_str(&format!(
            "# HELP interclear_watch_{name} {help}\n# TYPE interclear_watch_{name} gauge\ninterclear_watch_{name} {value}\n"
        ));
    }
    text
}

fn sentence(line: &Line) -> String {
    let what = match (line.result, &line.reason) {
        (Verdict::Anchored, None) => "anchored".into(),
        (Verdict::Anchored, Some(reason)) => format!("anchored {reason}"),
        (Verdict::Duplicate, _) => DUPLICATE.into(),
        (Verdict::Refused, Some(reason)) => format!("refused: {reason}"),
        (Verdict::Refused, None) => "refused".into(),
        (Verdict::Waiting, reason) => format!("waits: {}", reason.as_deref().unwrap_or_default()),
        (Verdict::Quarantined, reason) => {
            format!("quarantined: {}", reason.as_deref().unwrap_or_default())
        }
    };
    let doubtful = match line.doubtful {
        0 => String::new(),
        1 => "; 1 record is to be returned".into(),
        count => format!("; {count} records are to be returned"),
    };
    let warnings: String = line
        .warnings
        .iter()
        .map(|warning| format!("; {warning}"))
        .collect();
    format!(
        "{} UTC  {}  {what}{doubtful}{warnings}",
        output::moment(line.at),
        line.file
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_and_what_is_left_should_be_told_when_the_folder_has_settled() {
        let done = Counts {
            anchored: 7,
            duplicates: 1,
            ..Counts::default()
        };
        assert_eq!(summary(&done), "7 anchored, 1 duplicate, 0 refused");
        assert!(is_settled(&done) && !has_left(&done));
        let written = Counts { changing: 1, ..done };
        assert!(!is_settled(&written), "it is waited for");
        let waiting = Counts { waiting: 2, ..done };
        assert_eq!(summary(&waiting), "7 anchored, 1 duplicate, 0 refused, 2 waiting");
        assert!(is_settled(&waiting) && has_left(&waiting));
        for left in [
            Counts { refused: 1, ..done },
            Counts {
                quarantined: 1,
                ..done
            },
        ] {
            assert!(has_left(&left), "{left:?}");
        }
        assert_eq!(
            stays("CDDEUD1FRAF100042", "the disk is\u{1b}[2J full"),
            "CDDEUD1FRAF100042 stays in the folder: the disk is\\u{1b}[2J full"
        );
    }

    #[test]
    fn metrics_should_be_what_prometheus_reads_when_files_wait() {
        let counts = Counts {
            anchored: 7,
            waiting: 2,
            oldest_wait: Some(Duration::from_secs(61)),
            ..Counts::default()
        };
        let text = metrics(&counts, 951_782_400);
        for line in [
            "interclear_watch_files_total{result=\"anchored\"} 7",
            "interclear_watch_waiting_files 2",
            "interclear_watch_oldest_waiting_seconds 61",
            "interclear_watch_last_success_timestamp_seconds 951782400",
        ] {
            assert!(text.lines().any(|known| known == line), "{line} in {text}");
        }
    }
}
