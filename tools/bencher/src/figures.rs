use crate::{measure::Runs, runtime::text};
use frame_benchmarking::{Analysis, BenchmarkMetadata, BenchmarkResult, BenchmarkSelector};
use frame_support::traits::StorageInfo;
use std::collections::BTreeMap;

/// What a benchmark's measurements come to.
#[derive(Debug, PartialEq)]
pub struct Figures {
    /// Of the benchmark.
    pub name: String,
    /// What may vary, with the least and greatest value.
    pub components: Vec<(String, u32, u32)>,
    /// In picoseconds, fitted by least squares without the fastest and the slowest quarter.
    pub time: Line,
    /// Standard error of each slope of the time, in picoseconds; empty where nothing varies.
    pub errors: Vec<u128>,
    /// The shortest time measured, in nanoseconds.
    pub shortest: u128,
    /// Keys read, never less than in any run.
    pub reads: Line,
    /// Keys written, never less than in any run.
    pub writes: Line,
    /// The most keys of each storage item that a run read and wrote.
    pub storage: BTreeMap<String, (u32, u32)>,
}

/// A constant and what each component adds, in the order of the components.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// With all components at zero.
    pub base: u128,
    /// For one more of a component.
    pub slopes: Vec<u128>,
}

impl Figures {
    /// Of the runs of a benchmark.
    pub fn new(benchmark: &BenchmarkMetadata, runs: &Runs, storages: &[StorageInfo]) -> Result<Self, String> {
        let time = analysis(&runs.time, BenchmarkSelector::ExtrinsicTime)?;
        Ok(Figures {
            name: text(&benchmark.name),
            components: benchmark
                .components
                .iter()
                .map(|(name, low, high)| (name.to_string(), *low, *high))
                .collect(),
            errors: time.errors.clone().unwrap_or_default(),
            shortest: time.minimum,
            time: Line::of(time),
            reads: Line::of(analysis(&runs.access, BenchmarkSelector::Reads)?)
                .covering(&runs.access, |run| run.reads),
            writes: Line::of(analysis(&runs.access, BenchmarkSelector::Writes)?)
                .covering(&runs.access, |run| run.writes),
            storage: storage(&runs.access, storages),
        })
    }
}

fn analysis(runs: &Vec<BenchmarkResult>, selector: BenchmarkSelector) -> Result<Analysis, String> {
    Analysis::min_squares_iqr(runs, selector).map_err(|error| error.to_string())
}

impl Line {
    fn of(analysis: Analysis) -> Self {
        Line {
            base: analysis.base,
            slopes: analysis.slopes,
        }
    }

    fn at(&self, run: &BenchmarkResult) -> u128 {
        let terms = self.slopes.iter().zip(&run.components);
        self.base
            + terms
                .map(|(slope, (_, value))| slope * u128::from(*value))
                .sum::<u128>()
    }

    /// Raised until no run is above it: rounded slopes can be too small by a half for each unit.
    fn covering(mut self, runs: &[BenchmarkResult], count: impl Fn(&BenchmarkResult) -> u32) -> Self {
        let above = |run: &BenchmarkResult| u128::from(count(run)).saturating_sub(self.at(run));
        self.base += runs.iter().map(above).max().unwrap_or_default();
        self
    }
}

/// Adds up the keys of a run by the storage item that they belong to.
fn storage(runs: &[BenchmarkResult], storages: &[StorageInfo]) -> BTreeMap<String, (u32, u32)> {
    let mut most = BTreeMap::<String, (u32, u32)>::new();
    for run in runs {
        let mut here = BTreeMap::<String, (u32, u32)>::new();
        for (key, reads, writes, free) in &run.keys {
            if *free {
                continue;
            }
            let item = storages.iter().find(|item| key.starts_with(&item.prefix));
            let name = item.map_or("an unknown key".to_owned(), |item| {
                format!("`{}::{}`", text(&item.pallet_name), text(&item.storage_name))
            });
            let sum = here.entry(name).or_default();
            *sum = (sum.0 + reads, sum.1 + writes);
        }
        for (name, (reads, writes)) in here {
            let known = most.entry(name).or_default();
            *known = (known.0.max(reads), known.1.max(writes));
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use frame_benchmarking::BenchmarkParameter::n;

    fn run(value: u32, reads: u32) -> BenchmarkResult {
        BenchmarkResult {
            components: vec![(n, value)],
            extrinsic_time: 1_000 + 20 * u128::from(value),
            reads,
            ..BenchmarkResult::default()
        }
    }

    fn metadata() -> BenchmarkMetadata {
        BenchmarkMetadata {
            name: b"anchor".to_vec(),
            components: vec![(n, 0, 100)],
            ..BenchmarkMetadata::default()
        }
    }

    #[test]
    fn figures_should_be_the_line_when_all_runs_lie_on_it() {
        let all: Vec<_> = [0, 50, 100]
            .into_iter()
            .map(|value| run(value, 3 + 2 * value))
            .collect();
        let runs = Runs {
            access: all.clone(),
            time: all,
        };
        let figures = Figures::new(&metadata(), &runs, &[]).expect("enough runs");
        // A nanosecond is 1,000 picoseconds.
        assert_eq!(
            figures.time,
            Line {
                base: 1_000_000,
                slopes: vec![20_000]
            }
        );
        assert_eq!(
            figures.reads,
            Line {
                base: 3,
                slopes: vec![2]
            }
        );
        assert_eq!(
            figures.writes,
            Line {
                base: 0,
                slopes: vec![0]
            }
        );
        assert_eq!(figures.shortest, 1_000);
    }

    #[test]
    fn reads_should_be_no_fewer_than_in_any_run_when_the_slope_is_rounded_down() {
        // A read for every third, which a whole slope cannot say.
        let access: Vec<_> = [0, 30, 60, 90]
            .into_iter()
            .map(|value| run(value, value / 3))
            .collect();
        let runs = Runs {
            time: access.clone(),
            access,
        };
        let figures = Figures::new(&metadata(), &runs, &[]).expect("enough runs");
        for run in &runs.access {
            assert!(
                figures.reads.at(run) >= u128::from(run.reads),
                "{:?} at {run:?}",
                figures.reads
            );
        }
    }

    #[test]
    fn storage_should_say_the_most_keys_of_an_item_when_runs_differ() {
        let item = |prefix: &[u8], name: &[u8]| StorageInfo {
            pallet_name: b"Netting".to_vec(),
            storage_name: name.to_vec(),
            prefix: prefix.to_vec(),
            max_values: None,
            max_size: None,
        };
        let with = |keys: Vec<(Vec<u8>, u32, u32, bool)>| BenchmarkResult {
            keys,
            ..BenchmarkResult::default()
        };
        let runs = [
            with(vec![(vec![1, 7], 2, 0, false), (vec![1, 8], 1, 1, false)]),
            with(vec![
                (vec![1, 7], 1, 2, false),
                (vec![2, 0], 1, 0, false),
                (vec![3], 9, 9, true),
            ]),
        ];
        let storages = [item(&[1], b"Cycles"), item(&[2], b"Positions")];
        let expected = [("`Netting::Cycles`", (3, 2)), ("`Netting::Positions`", (1, 0))];
        let expected = expected.map(|(name, counts)| (name.to_owned(), counts));
        assert_eq!(storage(&runs, &storages), expected.into());
    }
}
