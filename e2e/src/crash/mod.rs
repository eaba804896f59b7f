//! Kills a watcher and validators at random points while files arrive, has the council upgrade the runtime meanwhile if that is
//! wanted, and checks in the end that each file is on the chain exactly once.
//!
//! A watcher is most vulnerable between its steps, so one kill in three waits until a secret has just been drawn, and one in
//! three until the journal has just grown. When is random; the rest of the machine is not, so that the same seed does not
//! give the same run to the millisecond.

mod chance;
mod check;
mod outbox;
mod upgrade;
mod watcher;

use crate::{
    network::{Network, NetworkError, Node},
    story::{last_month, negotiate, Actors, Silent, StoryError, Teller},
};
use chance::Chance;
use check::{Books, Check, JOURNAL, SECRETS};
use interclear_primitives::series::{SeriesKey, Stream};
use outbox::{files, Outbox};
use std::{
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicBool, Ordering},
        Arc,
    },
    time::{Duration, Instant},
};
use upgrade::{upgrade, Versions};
use watcher::Watcher;

/// The key of the first operator's clearing desk.
const CLEARING: &str = "//Alpha//clearing";
/// How long a kill waits for the moment that it is meant for.
const PATIENCE: Duration = Duration::from_secs(45);
/// How long it may take until all is quiet after the last kill.
const QUIET: Duration = Duration::from_secs(600);
/// How long after it has ended by itself the watcher is started again.
const RESTART: Duration = Duration::from_secs(1);

/// What to do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How often something is killed.
    pub kills: u32,
    /// From which everything random follows.
    pub seed: u64,
    /// The command line, `interclear`.
    pub interclear: PathBuf,
    /// The code of the next runtime, which four validators come to after half of the kills; without, two validators keep theirs.
    pub upgrade: Option<PathBuf>,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// Files that arrived.
    pub files: usize,
    /// How many of them arrived once more.
    pub duplicates: u32,
    /// Times that the watcher was killed.
    pub watcher: u32,
    /// Times that a validator was killed.
    pub validators: u32,
    /// Times that the watcher found no node when it was started, and ended.
    pub no_node: u32,
    /// From the first file to the last kill, and from there until all was quiet.
    pub elapsed: (Duration, Duration),
    /// What is not as it must be.
    pub differences: Vec<String>,
}

/// Why there is no outcome.
#[derive(Debug, thiserror::Error)]
pub enum CrashError {
    /// No nodes, or they do not get on.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A step before the first crash, or after the last.
    #[error(transparent)]
    Story(#[from] StoryError),
    /// The operating system.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// The moment for a kill.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Moment {
    Any,
    /// A file is being checked: its secret is on the disk, and its anchor is not sent.
    Secret,
    /// Files are on the chain and in the journal, and not all of them are put away.
    Journal,
}

/// What is killed, and what it takes to supervise it.
struct Stage<'a> {
    network: &'a mut Network,
    watcher: Watcher,
    folder: PathBuf,
    chance: Chance,
    outcome: Outcome,
}

impl Stage<'_> {
    /// Starts the watcher again if it has ended by itself, as a service manager would. It may end only because there was no
    /// node when it was started.
    async fn supervise(&mut self) -> Result<(), CrashError> {
        if let Some((status, said)) = self.watcher.ended()? {
            if said.contains("no node answers") {
                self.outcome.no_node += 1;
            } else {
                self.outcome
                    .differences
                    .push(format!("the watcher ended by itself with {status}: {said}"));
            }
            tokio::time::sleep(RESTART).await;
            self.watcher.restart()?;
        }
        for node in &mut self.network.nodes {
            if node.has_ended()? {
                self.outcome
                    .differences
                    .push(format!("validator {} ended by itself", node.name()));
                node.restart()?;
            }
        }
        Ok(())
    }

    /// Octets of the journal, and secrets: what grows while the watcher works.
    fn progress(&self, moment: Moment) -> u64 {
        match moment {
            Moment::Any => 0,
            Moment::Journal => std::fs::metadata(self.folder.join(JOURNAL)).map_or(0, |data| data.len()),
            Moment::Secret => {
                std::fs::read_dir(self.folder.join(SECRETS)).map_or(0, |entries| entries.count() as u64)
            }
        }
    }

    async fn wait_for(&mut self, moment: Moment) -> Result<(), CrashError> {
        let started = Instant::now();
        let until = match moment {
            Moment::Any => self.chance.time(300, 6_000),
            _ => PATIENCE,
        };
        let before = self.progress(moment);
        let mut supervised = started;
        while started.elapsed() < until && self.progress(moment) == before {
            if supervised.elapsed() > Duration::from_millis(200) {
                self.supervise().await?;
                supervised = Instant::now();
            }
            // The moment passes within milliseconds.
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
        tokio::time::sleep(match moment {
            Moment::Any => Duration::ZERO,
            Moment::Secret => self.chance.time(0, 40),
            Moment::Journal => self.chance.time(0, 3),
        })
        .await;
        Ok(())
    }

    async fn kill_one(&mut self, teller: &mut dyn Teller) -> Result<(), CrashError> {
        let moment = match self.chance.below(3) {
            0 => Moment::Any,
            1 => Moment::Secret,
            _ => Moment::Journal,
        };
        let count = self.network.nodes.len() as u64;
        // The watcher twice as often as all validators together: it is the one that could lose a file.
        let whom = self.chance.below(3 * count);
        let down = self.chance.time(0, 4_000);
        // Sometimes the next kill finds a validator that is still starting.
        let hasty = self.chance.below(4) == 0;
        self.wait_for(moment).await?;
        self.supervise().await?;
        let name = match self.network.nodes.get_mut(whom as usize) {
            Some(node) => {
                node.kill()?;
                tokio::time::sleep(down).await;
                node.restart()?;
                if !hasty {
                    // On a busy machine it may take longer than that; whether it has ended is seen by `supervise`.
                    let _late = node.connect().await.is_err();
                }
                self.outcome.validators += 1;
                node.name()
            }
            None => {
                self.watcher.kill()?;
                tokio::time::sleep(down).await;
                self.watcher.restart()?;
                self.outcome.watcher += 1;
                "watcher"
            }
        };
        let kills = self.outcome.watcher + self.outcome.validators;
        teller.note(&format!(
            "kill {kills}: {name}, at {moment:?}, down for {:.1} s; {} files in the folder",
            down.as_secs_f32(),
            files(&self.folder)?.len()
        ));
        Ok(())
    }

    /// Kills as often as is planned, and upgrades halfway.
    async fn disturb(&mut self, plan: &Plan, teller: &mut dyn Teller) -> Result<(), CrashError> {
        for kill in 0..plan.kills {
            if let Some(code) = plan.upgrade.as_deref().filter(|_| kill == plan.kills / 2) {
                self.upgrade(&plan.interclear, code, teller).await?;
            }
            self.kill_one(teller).await?;
        }
        Ok(())
    }

    /// Has the council put code in the place of the runtime, and sees that every validator runs it, with its storage migrated.
    async fn upgrade(
        &mut self,
        interclear: &Path,
        code: &Path,
        teller: &mut dyn Teller,
    ) -> Result<(), CrashError> {
        let first = &mut self.network.nodes[0];
        let before = Versions::of(&first.connect().await?).await?;
        let waiting = files(&self.folder)?.len();
        upgrade(interclear, first.url(), code).await?;
        for node in &mut self.network.nodes {
            let last = node.finalised(1).await?;
            // The first of these blocks migrates.
            node.finalised(last + 3).await?;
            let after = Versions::of(&node.connect().await?).await?;
            teller.note(&format!(
                "{}: the council has upgraded {before:?} to {after:?}; {waiting} files were in the folder",
                node.name()
            ));
            if !after.have_risen(before) {
                self.outcome.differences.push(format!(
                    "validator {} has {after:?} after the upgrade, and had {before:?}: both must rise",
                    node.name()
                ));
            }
        }
        Ok(())
    }

    /// Waits until nothing is left in the folder.
    async fn quiet(&mut self) -> Result<(), CrashError> {
        let started = Instant::now();
        while started.elapsed() < QUIET && !files(&self.folder)?.is_empty() {
            self.supervise().await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        // All validators must get on for the last anchors to be final everywhere.
        for node in &mut self.network.nodes {
            let mut last = node.finalised(1).await;
            while last.is_err() && started.elapsed() < QUIET {
                last = node.finalised(1).await;
            }
            node.finalised(last? + 2).await?;
        }
        Ok(())
    }
}

/// Does it all, on a network of its own.
///
/// # Errors
/// There is no network, or it does not come to a state that can be checked. Differences are no errors.
pub async fn run(plan: &Plan, teller: &mut dyn Teller) -> Result<Outcome, CrashError> {
    let validators = if plan.upgrade.is_some() { 4 } else { 2 };
    teller.step(&format!("{validators} validators start; two operators agree"));
    let mut network = match plan.upgrade {
        Some(_) => Network::archive_of_four().await?,
        None => Network::archive().await?,
    };
    let played = play(plan, &mut network, teller).await;
    if !matches!(&played, Ok(outcome) if outcome.differences.is_empty()) {
        network.keep();
        teller.note(&format!("everything is kept in {}", network.home().display()));
    }
    played
}

async fn play(plan: &Plan, network: &mut Network, teller: &mut dyn Teller) -> Result<Outcome, CrashError> {
    let one = network.nodes[0].connect().await?;
    let two = network.nodes[1].connect().await?;
    let period = last_month();
    let actors = Actors::admit([&one, &two], &mut Silent).await?;
    let deal = negotiate(&actors, period, &mut Silent).await?;
    let [first, second] = actors.mobile();
    let books = Books {
        series: SeriesKey {
            sender: first.tadig,
            recipient: second.tadig,
            stream: Stream::Tap,
            test: false,
        },
        agreement: deal.agreement,
        period,
        first: first.tadig,
    };

    teller.step(&format!("files arrive; {} kills, seed {}", plan.kills, plan.seed));
    let folder = network.home().join("outbox");
    let outbox = Outbox::new(&folder, first.tadig, second.tadig, period, plan.seed)?;
    let log = network.home().join("watcher.log");
    let watcher = Watcher::start(&plan.interclear, one.url(), CLEARING, &folder, &log)?;
    let stop = Arc::new(AtomicBool::new(false));
    let (told, started) = (stop.clone(), Instant::now());
    let feeding = tokio::spawn(async move { outbox.run(&told).await });
    let mut stage = Stage {
        network,
        watcher,
        folder,
        chance: Chance::new(plan.seed, 2),
        outcome: Outcome {
            files: 0,
            duplicates: 0,
            watcher: 0,
            validators: 0,
            no_node: 0,
            elapsed: (Duration::ZERO, Duration::ZERO),
            differences: Vec::new(),
        },
    };
    let disturbed = stage.disturb(plan, teller).await;
    stop.store(true, Ordering::Relaxed);
    let outbox = feeding.await.map_err(StoryError::unexpected)??;
    disturbed?;

    teller.step("no more files and kills; until all is quiet");
    let last = Instant::now();
    stage.quiet().await?;
    let Stage {
        network,
        mut watcher,
        folder,
        mut outcome,
        ..
    } = stage;
    outcome.elapsed = (last - started, last.elapsed());
    watcher.kill()?;

    teller.step("is each file on the chain exactly once?");
    outcome.files = outbox.sent.len();
    outcome.duplicates = outbox.sent.values().map(|sent| sent.times - 1).sum();
    outcome
        .differences
        .extend(check(&books, &outbox, &folder, &mut network.nodes).await?);
    Ok(outcome)
}

async fn check(
    books: &Books,
    outbox: &Outbox,
    folder: &Path,
    nodes: &mut [Node],
) -> Result<Vec<String>, CrashError> {
    let mut check = Check {
        books,
        sent: &outbox.sent,
        folder,
        differences: Vec::new(),
    };
    check.folder()?;
    for node in nodes.iter_mut() {
        check.chain(&node.connect().await?).await?;
    }
    check.nodes(nodes).await?;
    Ok(check.differences)
}
