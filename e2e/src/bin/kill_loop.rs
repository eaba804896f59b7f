//! `interclear-kill-loop`: kills a watcher and validators at random points, and checks that no file is lost or doubled.

use clap::Parser;
use interclear_e2e::{
    crash::{run, Outcome, Plan},
    network::beside,
    story::Teller,
};
use std::{
    path::PathBuf,
    process::ExitCode,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Kills a watcher and validators with SIGKILL at random points while TAP files arrive, and checks in the end that every
/// file is on the chain exactly once.
///
/// With `--upgrade`, there are four validators, and the council upgrades the runtime meanwhile.
#[derive(Parser)]
#[command(name = "interclear-kill-loop", version)]
struct KillLoop {
    /// How often something is killed.
    #[arg(default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    times: u32,
    /// From which everything random follows; the clock unless given.
    #[arg(long)]
    seed: Option<u64>,
    /// The code of a runtime that comes after the present one and migrates storage, as `scripts/rehearse-upgrade` builds it: the council
    /// puts it in place after half of the kills.
    #[arg(long, value_name = "CODE")]
    upgrade: Option<PathBuf>,
}

struct Printer(Instant);

impl Teller for Printer {
    fn step(&mut self, what: &str) {
        println!("\n[{:>6.1} s] {what}", self.0.elapsed().as_secs_f32());
    }

    fn note(&mut self, what: &str) {
        println!("[{:>6.1} s] {what}", self.0.elapsed().as_secs_f32());
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match kill(KillLoop::parse()).await {
        Ok(outcome) => report(&outcome),
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn kill(arguments: KillLoop) -> Result<Outcome, Box<dyn std::error::Error>> {
    let clock = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |t| t.as_secs())
    };
    let plan = Plan {
        kills: arguments.times,
        seed: arguments.seed.unwrap_or_else(clock),
        interclear: beside("interclear", "INTERCLEAR")?,
        upgrade: arguments.upgrade,
    };
    println!("seed {}", plan.seed);
    let mut printer = Printer(Instant::now());
    Ok(tokio::select! {
        outcome = run(&plan, &mut printer) => outcome?,
        // What runs is dropped, and the processes with it.
        _ = tokio::signal::ctrl_c() => return Err("interrupted; the nodes and the watcher have been stopped".into()),
    })
}

fn report(outcome: &Outcome) -> ExitCode {
    let (kills, quiet) = outcome.elapsed;
    println!(
        "\n{} kills in {:.0} s (watcher {}, validators {}), then {:.0} s until all was quiet",
        outcome.watcher + outcome.validators,
        kills.as_secs_f32(),
        outcome.watcher,
        outcome.validators,
        quiet.as_secs_f32(),
    );
    println!(
        "{} files arrived, {} of them again; the watcher found no node at its start {} times",
        outcome.files, outcome.duplicates, outcome.no_node
    );
    if outcome.differences.is_empty() {
        println!("every file is on the chain exactly once, the totals are the sum of the files, all files are put away");
        return ExitCode::SUCCESS;
    }
    for difference in &outcome.differences {
        println!("DIFFERENCE: {difference}");
    }
    ExitCode::FAILURE
}
