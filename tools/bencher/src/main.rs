//! `interclear-bencher`: runs the benchmarks of our pallets in the WASM runtime and writes their `weights.rs`.

mod figures;
mod measure;
mod runtime;
mod weights;

use clap::Parser;
use figures::Figures;
use frame_benchmarking::{BenchmarkList, BenchmarkMetadata};
use measure::Effort;
use runtime::{text, Runtime};
use std::{fs, path::PathBuf, process::ExitCode, thread::available_parallelism};
use weights::Origin;

/// Runs the benchmarks of pallets in the WASM runtime and writes their `weights.rs`. The machine should do nothing else.
#[derive(Parser)]
struct Options {
    /// The runtime, built with the feature `runtime-benchmarks`.
    #[arg(long)]
    runtime: PathBuf,
    /// The folder with a folder for each pallet, in which `src/weights.rs` is written.
    #[arg(long, default_value = "pallets")]
    pallets: PathBuf,
    /// How many values of each component are measured.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(2..))]
    steps: u32,
    /// How often each of them is measured.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    repeats: u32,
    /// Names of folders of pallets, like `netting`. All that have benchmarks in the runtime, if none is given.
    names: Vec<String>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let code =
        fs::read(&options.runtime).map_err(|error| format!("{}: {error}", options.runtime.display()))?;
    let runtime = Runtime::new(code)?;
    let (lists, storages) = runtime.metadata()?;
    let effort = Effort {
        steps: options.steps,
        repeats: options.repeats,
    };
    for (name, list) in chosen(options, lists)? {
        let mut all = Vec::new();
        for benchmark in &list.benchmarks {
            all.push(figures(&runtime, &list, benchmark, effort, &storages)?);
        }
        let path = options.pallets.join(&name).join("src/weights.rs");
        let text = weights::file(&format!("pallet_{name}"), &origin(effort), &all);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{}", path.display());
    }
    Ok(())
}

/// The pallets to measure: of those in the runtime the ones named, or all that have a folder.
fn chosen(options: &Options, lists: Vec<BenchmarkList>) -> Result<Vec<(String, BenchmarkList)>, String> {
    let ours = lists.into_iter().filter_map(|list| {
        let name = text(&list.pallet).strip_prefix("pallet_")?.to_owned();
        options.pallets.join(&name).is_dir().then_some((name, list))
    });
    let (chosen, others): (Vec<_>, Vec<_>) =
        ours.partition(|(name, _)| options.names.is_empty() || options.names.contains(name));
    let missing = options
        .names
        .iter()
        .find(|name| !chosen.iter().any(|(known, _)| known == *name));
    match missing {
        Some(name) => Err(format!(
            "the runtime has no benchmarks of {name}; others that it has: {}",
            others
                .iter()
                .map(|(name, _)| name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        )),
        None => Ok(chosen),
    }
}

fn figures(
    runtime: &Runtime,
    list: &BenchmarkList,
    benchmark: &BenchmarkMetadata,
    effort: Effort,
    storages: &[frame_support::traits::StorageInfo],
) -> Result<Figures, String> {
    let name = text(&benchmark.name);
    println!("{}: {name}", text(&list.pallet));
    let runs = measure::runs(runtime, list, benchmark, effort).map_err(|error| format!("{name}: {error}"))?;
    Figures::new(benchmark, &runs, storages).map_err(|error| format!("{name}: {error}"))
}

fn origin(effort: Effort) -> Origin {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processors
        .lines()
        .find(|line| line.starts_with("model name"))
        .and_then(|line| line.split_once(": "));
    Origin {
        date: chrono::Utc::now().format("%Y-%m-%d").to_string(),
        effort,
        cores: available_parallelism().map_or(1, usize::from),
        processor: processor
            .map_or("an unknown processor", |(_, name)| name)
            .to_owned(),
    }
}
