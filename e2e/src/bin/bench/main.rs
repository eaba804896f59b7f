//! `interclear-bench`: measures latency and throughput of a network of validators on this machine, two of them unless told otherwise.

mod blocks;
mod debts;
mod feed;
mod latency;
mod netting;
mod pace;
mod setup;
mod throughput;

use clap::Parser;
use feed::Mode;
use interclear_e2e::{network::Network, story::StoryError};
use interclear_runtime::Runtime;
use latency::Latency;
use pace::Pace;
use serde_json::json;
use setup::{Stage, LONE_SERIES};
use sp_core::Get;
use std::{process::ExitCode, time::Duration};
use throughput::{summary, Bounds, Throughput};

/// Starts validators on this machine and measures how soon transactions are final and how many anchors a second the
/// chain takes. Stops by itself.
#[derive(Parser)]
#[command(name = "interclear-bench", version)]
struct Bench {
    /// The validators. Two operators submit through the nodes of two of them, however many there are.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(2..=13), conflicts_with = "netting")]
    validators: u8,
    /// Transactions whose time to finality is measured, one after the other.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    latency: u32,
    /// For how long each run keeps the pool full, in seconds.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(5..=120))]
    seconds: u64,
    /// Anchors a second that are offered at most.
    #[arg(long, default_value_t = 800, value_parser = clap::value_parser!(u32).range(1..=5_500))]
    rate: u32,
    /// Anchors a call, one run for each.
    #[arg(long, value_delimiter = ',', default_values_t = [250, 100, 50, 1], value_parser = clap::value_parser!(u32).range(1..=250))]
    sizes: Vec<u32>,
    /// Of how many series the calls are, one run for each; of several, only the largest calls.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 250], value_parser = clap::value_parser!(u32).range(1..=250))]
    series: Vec<u32>,
    /// After each run, offer these shares of what it reached at a steady rate, in percent, and measure how soon it is final; before
    /// all runs, how soon blocks are final that have nothing in them.
    #[arg(long, value_name = "PERCENT", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=100))]
    load: Vec<u32>,
    /// Measure a netting cycle over so many obligations, and nothing else.
    #[arg(long, value_name = "OBLIGATIONS", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    netting: Option<u32>,
    /// The operators that owe them; with the issuer of their money at most as many as the chain admits.
    #[arg(long, default_value_t = 799, value_parser = clap::value_parser!(u32).range(2..=799), requires = "netting")]
    operators: u32,
    /// Print every block.
    #[arg(long)]
    blocks: bool,
    /// Print JSON alone.
    #[arg(long)]
    json: bool,
}

/// Series that a run may use.
const SERIES_OF_A_RUN: u32 = 4;
/// Where the series of runs with one series a call end, and those of the mixed runs begin.
const FIRST_MIXED_SERIES: u32 = 32;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Bench::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Anchors that the chain takes of two operators in a day.
fn anchors_of_a_day() -> u64 {
    let of_one = <<Runtime as pallet_anchoring::Config>::MaxEntriesPerDay as Get<u32>>::get();
    2 * u64::from(of_one)
}

async fn run(bench: Bench) -> Result<(), Box<dyn std::error::Error>> {
    let say = |what: &str| {
        if !bench.json {
            println!("{what}");
        }
    };
    if bench.sizes.len() as u32 * SERIES_OF_A_RUN > FIRST_MIXED_SERIES {
        return Err(StoryError::Unexpected("at most 8 sizes".into()).into());
    }
    let mixes: Vec<u32> = bench
        .series
        .iter()
        .copied()
        .filter(|series| *series > 1)
        .collect();
    if mixes.iter().sum::<u32>() > LONE_SERIES - FIRST_MIXED_SERIES {
        let most = LONE_SERIES - FIRST_MIXED_SERIES;
        return Err(StoryError::Unexpected(format!("at most {most} series in all")).into());
    }
    let runs = bench.sizes.len() * usize::from(bench.series.contains(&1)) + mixes.len();
    let shares = 100 + u64::from(bench.load.iter().sum::<u32>());
    let most = u64::from(bench.rate) * bench.seconds * runs as u64 * shares / 100;
    let taken = anchors_of_a_day();
    if bench.netting.is_none() && most > taken {
        return Err(StoryError::Unexpected(format!(
            "{most} anchors may be offered in all, and the chain takes {taken} of two operators in a day: \
             make the runs one by one, or give less with --seconds or --rate"
        ))
        .into());
    }
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split(' ').take(3).collect();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    say(&format!(
        "{cores} cores; load before the start: {}",
        load.join(" ")
    ));
    if let Some(obligations) = bench.netting {
        let debts = debts::Debts {
            operators: bench.operators,
            obligations,
        };
        say("a chain is made on which they owe each other; two validators start");
        let cycle = netting::Cycle::measure(debts).await?;
        if bench.json {
            println!("{}", serde_json::to_string_pretty(&cycle.json())?);
        } else {
            println!("{}", cycle.text());
        }
        return Ok(());
    }
    say(&format!(
        "{} validators start; two operators agree",
        bench.validators
    ));
    let mut network = match bench.validators {
        2 => Network::local().await?,
        validators => Network::of(validators.into()).await?,
    };
    let one = network.nodes[0].connect().await?;
    let two = network.nodes[1].connect().await?;
    let stage = Stage::set_up([&one, &two]).await?;

    say("\nFrom submission to finality");
    let latency = Latency::measure(&stage, bench.latency).await?;
    say(&latency.text());

    let bounds = Bounds {
        time: Duration::from_secs(bench.seconds),
        rate: bench.rate,
        steady: false,
    };
    let mut idle = None;
    if !bench.load.is_empty() {
        say("\nBlocks with nothing in them");
        let pace = Pace::idle(&one, &network.nodes, bounds.time).await?;
        say(&pace.text());
        idle = Some(pace);
    }
    let first_series = (0..FIRST_MIXED_SERIES).step_by(SERIES_OF_A_RUN as usize);
    let mut modes: Vec<Mode> = bench
        .sizes
        .iter()
        .filter(|_| bench.series.contains(&1))
        .zip(first_series)
        .map(|(size, first_series)| Mode {
            size: *size,
            mixed: 1,
            first_series,
            before: [0; 2],
        })
        .collect();
    if let Some(largest) = bench.sizes.iter().max().filter(|size| **size > 1) {
        let mut first_series = FIRST_MIXED_SERIES;
        for mixed in mixes {
            modes.push(Mode {
                size: *largest,
                mixed,
                first_series,
                before: [0; 2],
            });
            first_series += mixed;
        }
    }
    let mut runs = Vec::new();
    for mode in modes {
        let mixed = match mode.mixed {
            1 => String::new(),
            series => format!(" of {series} series"),
        };
        say(&format!("\nAnchors a second, {} a call{mixed}", mode.size));
        let run = Throughput::measure(&stage, &network.nodes, mode, bounds).await?;
        if bench.blocks {
            say(&run.block_table());
        }
        say(&summary(std::slice::from_ref(&run)));
        say(&run.pace().text());
        let (reached, mut mode) = (run.rate(), run.next());
        runs.push(run);
        for share in &bench.load {
            let rate = reached * f64::from(*share) / 100.0;
            say(&format!("\nAt {share} % of that, {rate:.0} anchors a second"));
            let bounds = Bounds {
                rate: rate as u32,
                steady: true,
                ..bounds
            };
            let steady = Throughput::measure(&stage, &network.nodes, mode, bounds).await?;
            if bench.blocks {
                say(&steady.block_table());
            }
            say(&format!("From submission to finality: {}", steady.latency()));
            say(&steady.pace().text());
            mode = steady.next();
            runs.push(steady);
        }
    }
    if bench.json {
        let report = json!({
            "cores": cores,
            "load": load,
            "validators": bench.validators,
            "idle": idle.as_ref().map(Pace::json),
            "latency": latency.json(),
            "throughput": runs.iter().map(Throughput::json).collect::<Vec<_>>(),
        });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("\nAll runs\n{}", summary(&runs));
    }
    Ok(())
}
