use crate::{
    figures::{Figures, Line},
    measure::Effort,
};
use std::fmt::Write;

/// When, where and how thoroughly was measured.
pub struct Origin {
    /// `2026-11-30`.
    pub date: String,
    pub effort: Effort,
    pub cores: usize,
    pub processor: String,
}

/// The `weights.rs` of a pallet.
pub fn file(pallet: &str, origin: &Origin, all: &[Figures]) -> String {
    let mut text = String::new();
    head(&mut text, pallet, origin);
    declaration(&mut text, pallet, all);
    text.push_str("\n/// The weights with the database costs of a runtime.\npub struct SubstrateWeight<T>(PhantomData<T>);\n");
    text.push_str("\nimpl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {\n");
    for figures in all {
        notes(&mut text, figures);
        body(&mut text, figures, "T::DbWeight::get()");
    }
    text.push_str(
        "}\n\n/// The weights with the database costs of ParityDB, for tests.\nimpl WeightInfo for () {\n",
    );
    for figures in all {
        body(&mut text, figures, "ParityDbWeight::get()");
    }
    text.push_str("}\n");
    text
}

/// Appends a line; writing to a `String` cannot fail.
macro_rules! line {
    ($text:expr, $($arguments:tt)*) => {{
        let _ = writeln!($text, $($arguments)*);
    }};
}

fn head(text: &mut String, pallet: &str, origin: &Origin) {
    let Origin {
        date,
        effort: Effort { steps, repeats },
        cores,
        processor,
    } = origin;
    line!(text, "//! Weights of `{pallet}`, measured by its benchmarks in the WASM runtime; made by `scripts/weights`, not by hand.");
    line!(text, "//!");
    line!(text, "//! Date {date}, {steps} steps, {repeats} repeats, {cores} cores of {processor}. Reads and writes are at least the");
    line!(text, "//! most that any run did; proofs are not measured.");
    line!(text, "#![cfg_attr(rustfmt, rustfmt_skip)]");
    line!(text, "#![allow(unused_variables)]\n");
    line!(text, "use core::marker::PhantomData;");
    line!(
        text,
        "use frame_support::{{traits::Get, weights::{{constants::ParityDbWeight, Weight}}}};"
    );
}

fn declaration(text: &mut String, pallet: &str, all: &[Figures]) {
    line!(text, "\n/// What the calls of `{pallet}` weigh.");
    line!(text, "pub trait WeightInfo {{");
    for figures in all {
        line!(text, "\t/// Weight of `{}`.", figures.name);
        line!(text, "\t{};", signature(figures));
    }
    line!(text, "}}");
}

fn signature(figures: &Figures) -> String {
    let parameters = figures
        .components
        .iter()
        .map(|(name, _, _)| format!("{name}: u32"));
    let parameters = parameters.collect::<Vec<_>>().join(", ");
    format!("fn {}({parameters}) -> Weight", figures.name)
}

fn notes(text: &mut String, figures: &Figures) {
    for (item, (reads, writes)) in &figures.storage {
        line!(text, "\t// Storage: {item} (r:{reads} w:{writes})");
    }
    for (name, low, high) in &figures.components {
        line!(text, "\t// `{name}` from {low} to {high}");
    }
}

fn body(text: &mut String, figures: &Figures, costs: &str) {
    line!(text, "\t{} {{", signature(figures));
    line!(
        text,
        "\t\t// At least {} picoseconds.",
        grouped(figures.shortest * 1_000)
    );
    line!(text, "\t\tWeight::from_parts({}, 0)", grouped(figures.time.base));
    for (place, slope) in figures
        .time
        .slopes
        .iter()
        .enumerate()
        .filter(|(_, slope)| **slope > 0)
    {
        if let Some(error) = figures.errors.get(place) {
            line!(text, "\t\t\t// Standard error {}", grouped(*error));
        }
        let (slope, name) = (grouped(*slope), &figures.components[place].0);
        line!(
            text,
            "\t\t\t.saturating_add(Weight::from_parts({slope}, 0).saturating_mul({name}.into()))"
        );
    }
    accesses(text, figures, &figures.reads, &format!("{costs}.reads"));
    accesses(text, figures, &figures.writes, &format!("{costs}.writes"));
    line!(text, "\t}}");
}

fn accesses(text: &mut String, figures: &Figures, counts: &Line, cost: &str) {
    if counts.base > 0 {
        line!(text, "\t\t\t.saturating_add({cost}({}_u64))", counts.base);
    }
    for (slope, (name, _, _)) in counts.slopes.iter().zip(&figures.components) {
        if *slope > 0 {
            line!(
                text,
                "\t\t\t.saturating_add({cost}({slope}_u64.saturating_mul({name}.into())))"
            );
        }
    }
}

/// With `_` between groups of three digits.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECTED: &str = include_str!("weights/expected.rs.txt");

    #[test]
    fn file_should_be_as_written_by_hand_when_one_call_varies_and_one_does_not() {
        let fixed = Figures {
            name: "suspend".into(),
            components: vec![],
            time: Line {
                base: 20_318_000,
                slopes: vec![],
            },
            errors: vec![],
            shortest: 18_905,
            reads: Line {
                base: 1,
                slopes: vec![],
            },
            writes: Line {
                base: 0,
                slopes: vec![],
            },
            storage: [("`Operators::Operators`".to_owned(), (1, 0))].into(),
        };
        let varying = Figures {
            name: "admit".into(),
            components: vec![("d".into(), 2, 9), ("t".into(), 0, 64)],
            time: Line {
                base: 49_770_094,
                slopes: vec![0, 5_062_024],
            },
            errors: vec![4, 56_007],
            shortest: 46_647,
            reads: Line {
                base: 6,
                slopes: vec![0, 1],
            },
            writes: Line {
                base: 0,
                slopes: vec![2, 1],
            },
            storage: [].into(),
        };
        let origin = Origin {
            date: "2026-11-30".into(),
            effort: Effort {
                steps: 50,
                repeats: 20,
            },
            cores: 2,
            processor: "AMD EPYC".into(),
        };
        assert_eq!(file("pallet_operators", &origin, &[varying, fixed]), EXPECTED);
    }
}
