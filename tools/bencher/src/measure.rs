use crate::runtime::{Purpose, Runtime};
use frame_benchmarking::{
    BenchmarkConfig, BenchmarkList, BenchmarkMetadata, BenchmarkParameter, BenchmarkResult,
};
use std::collections::BTreeSet;

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Effort {
    /// Values of each component.
    pub steps: u32,
    /// Measurements of each value.
    pub repeats: u32,
}

/// What was measured of one benchmark.
pub struct Runs {
    /// One for each set of values.
    pub access: Vec<BenchmarkResult>,
    /// As many as there were repeats for each set of values.
    pub time: Vec<BenchmarkResult>,
}

/// The value of each component in one run.
type Values = Vec<(BenchmarkParameter, u32)>;

/// Runs a benchmark for all its sets of values: verified, then with its accesses noted, then timed.
pub fn runs(
    runtime: &Runtime,
    list: &BenchmarkList,
    benchmark: &BenchmarkMetadata,
    effort: Effort,
) -> Result<Runs, String> {
    let (mut access, mut time) = (Vec::new(), Vec::new());
    for values in sets(&benchmark.components, effort.steps) {
        let config = BenchmarkConfig {
            pallet: list.pallet.clone(),
            instance: list.instance.clone(),
            benchmark: benchmark.name.clone(),
            selected_components: values,
            ..BenchmarkConfig::default()
        };
        runtime.dispatch(config.clone(), Purpose::Verify)?;
        access.extend(runtime.dispatch(config.clone(), Purpose::Access)?);
        time.extend(runtime.dispatch(config, Purpose::Time(effort.repeats))?);
    }
    Ok(Runs { access, time })
}

/// The sets of values to run: each component goes through its range while the others are at their greatest.
fn sets(components: &[(BenchmarkParameter, u32, u32)], steps: u32) -> Vec<Values> {
    let greatest: Values = components.iter().map(|(name, _, high)| (*name, *high)).collect();
    if components.is_empty() {
        return vec![greatest];
    }
    let mut sets = Vec::new();
    for (place, (name, low, high)) in components.iter().enumerate() {
        for value in spread(*low, *high, steps) {
            let mut values = greatest.clone();
            values[place] = (*name, value);
            sets.push(values);
        }
    }
    sets
}

/// At most so many values of a range, evenly spread, with both its ends.
fn spread(low: u32, high: u32, steps: u32) -> BTreeSet<u32> {
    let (length, last) = (u64::from(high.saturating_sub(low)), u64::from(steps.max(2)) - 1);
    (0..=last)
        .filter_map(|step| u32::try_from(length * step / last).ok())
        .map(|offset| low + offset)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use BenchmarkParameter::{n, p};

    #[test]
    fn spread_should_have_both_ends_when_steps_do_not_divide_the_range() {
        assert_eq!(spread(2, 64, 4).into_iter().collect::<Vec<_>>(), [2, 22, 43, 64]);
    }

    #[test]
    fn spread_should_have_every_value_once_when_there_are_fewer_than_steps() {
        assert_eq!(spread(1, 3, 50).into_iter().collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(spread(7, 7, 50).into_iter().collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn sets_should_vary_one_component_when_the_others_are_at_their_greatest() {
        let sets = sets(&[(n, 0, 10), (p, 1, 5)], 2);
        let expected: Vec<Values> = vec![
            vec![(n, 0), (p, 5)],
            vec![(n, 10), (p, 5)],
            vec![(n, 10), (p, 1)],
            vec![(n, 10), (p, 5)],
        ];
        assert_eq!(sets, expected);
    }

    #[test]
    fn sets_should_be_one_when_nothing_varies() {
        assert_eq!(sets(&[], 50), vec![Values::new()]);
    }
}
