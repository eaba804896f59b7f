//! What a person or a machine reads: text and tables, or JSON.

use crate::table;
use interclear_client::money;
use interclear_primitives::Moment;
use serde::Serialize;
use serde_json::Value;
use std::{
    io::{IsTerminal, Write},
    path::Path,
    sync::OnceLock,
};

pub use crate::table::{coloured_table, table, Cell, Color};
pub use interclear_client::{
    files::hex,
    time::{duration, moment, rfc_3339},
};

/// How much is told beside the result, and how wide tables are.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Manner {
    /// Nothing but results and errors.
    pub quiet: bool,
    /// What happens on the way, too.
    pub verbose: bool,
    /// Tables keep their width on a narrow terminal.
    pub wide: bool,
}

static MANNER: OnceLock<Manner> = OnceLock::new();

/// Says once, at the beginning, what the options ask for.
pub fn set_manner(manner: Manner) {
    table::set_wide(manner.wide);
    let _ = MANNER.set(manner);
}

fn manner() -> Manner {
    MANNER.get().copied().unwrap_or_default()
}

/// Tells something beside the result on standard error, unless --quiet is given.
pub fn note(text: &str) {
    if !manner().quiet {
        warn(text);
    }
}

/// Tells on standard error what nobody may miss, --quiet or not.
pub fn warn(text: &str) {
    eprintln!("{}", table::fitted_text(text, true));
}

/// Tells on standard error what happens on the way, if -v is given.
pub fn detail(text: &str) {
    if manner().verbose {
        warn(text);
    }
}

/// Whether lines may be as long as they are.
pub fn wide() -> bool {
    manner().wide
}

/// Whether what happens on the way is told.
pub fn verbose() -> bool {
    manner().verbose
}

/// How results are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Output {
    /// One JSON value instead of text.
    pub json: bool,
}

impl Output {
    /// Prints a value as JSON, or else as the text that `human` makes of it.
    ///
    /// # Errors
    /// Standard output is closed.
    pub fn print<T: Serialize>(self, value: &T, human: impl FnOnce(&T) -> String) -> std::io::Result<()> {
        self.print_as(value, |value| table::fitted_text(human(value).trim_end(), false))
    }

    /// Prints a value as JSON, or else what somebody keeps as a file or signs, of which no line may be broken.
    ///
    /// # Errors
    /// Standard output is closed.
    pub fn print_whole<T: Serialize>(self, value: &T, text: &str) -> std::io::Result<()> {
        self.print_as(value, |_| text.to_owned())
    }

    fn print_as<T: Serialize>(self, value: &T, written: impl FnOnce(&T) -> String) -> std::io::Result<()> {
        let text = match self.json {
            true => serde_json::to_string_pretty(&dated(value)?)?,
            false => written(value),
        };
        line(text.trim_end())
    }

    /// Prints a value as one line of JSON, or else as the text that `human` makes of it: for commands that tell one
    /// thing after the other.
    ///
    /// # Errors
    /// Standard output is closed.
    pub fn print_line<T: Serialize>(
        self,
        value: &T,
        human: impl FnOnce(&T) -> String,
    ) -> std::io::Result<()> {
        let text = match self.json {
            true => serde_json::to_string(&dated(value)?)?,
            false => table::fitted_text(human(value).trim_end(), false),
        };
        line(text.trim_end())
    }
}

/// The members of objects that are moments, in seconds since the Unix epoch.
const MOMENTS: [&str; 41] = [
    "acknowledged_at",
    "affirm_by",
    "alone_from",
    "anchored_at",
    "answered_at",
    "as_of",
    "at",
    "available",
    "began",
    "closed_at",
    "created",
    "cut_off",
    "disputed_until",
    "due",
    "earliest_call",
    "earliest_end",
    "ended_at",
    "ends",
    "expected",
    "expires",
    "final_at",
    "finished_at",
    "from",
    "fund_by",
    "issued_at",
    "last_move",
    "latest",
    "latest_call",
    "latest_end",
    "next",
    "paid_gross",
    "paid_outside",
    "raised_at",
    "reported_at",
    "revoked_at",
    "set_at",
    "silence",
    "silence_closes",
    "since",
    "until",
    "usable_from",
];
/// Smaller numbers are not moments of this network, but numbers of months and blocks mostly.
const EARLIEST: u64 = 1_000_000_000;

/// A value for machines, in which beside each moment stands the same as RFC 3339: `due` and `due_utc`.
pub fn dated<T: Serialize>(value: &T) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(value)?;
    date(&mut value);
    Ok(value)
}

fn date(value: &mut Value) {
    match value {
        Value::Array(parts) => parts.iter_mut().for_each(date),
        Value::Object(members) => {
            members.values_mut().for_each(date);
            for name in MOMENTS {
                let seconds = members.get(name).and_then(Value::as_u64);
                let text = seconds.filter(|at| *at >= EARLIEST).and_then(rfc_3339);
                if let Some(text) = text {
                    members.insert(format!("{name}_utc"), text.into());
                }
            }
        }
        _ => {}
    }
}

/// A path for machines. A name that is not text has signs of replacement, rather than nothing being told at all.
pub fn path_value(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A whole number with its thousands apart.
pub fn number(number: impl Into<u128>) -> String {
    money::grouped_unsigned(number.into(), 0)
}

/// A quantity in 10^-6 of its unit with its thousands apart.
pub fn quantity(micro: u128) -> String {
    money::grouped_quantity(i128::try_from(micro).unwrap_or(i128::MAX))
}

/// A deadline, and how far away it is.
pub fn left(due: Moment, now: Moment) -> String {
    let moment = moment(due);
    match due.checked_sub(now) {
        Some(left) => format!("{moment}, in {}", duration(left)),
        None => format!("{moment}, {} ago", duration(now.saturating_sub(due))),
    }
}

/// A number with its word: `1 file`, `2 files`.
pub fn count(number: impl Into<u64>, one: &str, many: &str) -> String {
    let number = number.into();
    let word = if number == 1 { one } else { many };
    format!("{} {word}", self::number(number))
}

fn line(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}")
}

/// Whether standard error is a terminal, where progress bars and colours make sense.
pub fn interactive() -> bool {
    !manner().quiet && std::io::stderr().is_terminal()
}

/// Whether a person sits there who can be asked: both what is typed and what is asked go over a terminal.
pub fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// A progress bar on a terminal, nothing elsewhere.
pub fn progress(length: u64, what: &str) -> indicatif::ProgressBar {
    if !interactive() {
        return indicatif::ProgressBar::hidden();
    }
    let style = indicatif::ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
        .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
    indicatif::ProgressBar::new(length)
        .with_style(style)
        .with_message(what.to_owned())
}

/// A line that shows that something is being waited for; nothing where standard error is not a terminal.
pub fn spinner(what: &str) -> indicatif::ProgressBar {
    if !interactive() {
        return indicatif::ProgressBar::hidden();
    }
    // A line that is cut to the terminal's width: a longer one would leave its end behind.
    let style = indicatif::ProgressStyle::with_template("{spinner} {wide_msg}")
        .unwrap_or_else(|_| indicatif::ProgressStyle::default_spinner());
    let spinner = indicatif::ProgressBar::new_spinner()
        .with_style(style)
        .with_message(what.to_owned());
    spinner.enable_steady_tick(std::time::Duration::from_millis(120));
    spinner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_should_stand_beside_their_seconds_when_a_machine_reads() {
        let value = serde_json::json!({
            "due": 951_782_400, "from": 202_611, "number": 951_782_400,
            "tasks": [{ "fund_by": 1_800_000_000u64, "since": null }],
            "schedules": [{ "next": 1_800_000_000u64 }], "next": "interclear today",
            "status": { "paid_gross": 1_800_000_000u64 },
        });
        let dated = dated(&value).unwrap();
        assert_eq!(
            dated["due_utc"],
            Value::Null,
            "nothing was due before there was a network"
        );
        assert_eq!(dated["tasks"][0]["fund_by_utc"], "2027-01-15T08:00:00Z");
        assert_eq!(dated["schedules"][0]["next_utc"], "2027-01-15T08:00:00Z");
        assert_eq!(dated["status"]["paid_gross_utc"], "2027-01-15T08:00:00Z");
        assert_eq!(dated.as_object().unwrap().len(), 7);
        assert_eq!(dated["tasks"][0].as_object().unwrap().len(), 3);
    }

    /// Members of what the chain tells that have the type of moments, and are spans of time.
    const SPANS: [&str; 2] = ["funding", "longest_delay"];

    #[test]
    fn every_moment_that_the_chain_tells_should_be_known_by_its_name_when_a_machine_reads() {
        let primitives = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/primitives/src");
        let mut found = std::collections::BTreeSet::new();
        for path in crate::sources::below(std::path::Path::new(primitives)) {
            let text = std::fs::read_to_string(path).unwrap();
            for line in text.lines() {
                let member = line.trim().strip_prefix("pub ");
                if let Some((name, "Moment," | "Option<Moment>,")) =
                    member.and_then(|member| member.split_once(": "))
                {
                    found.insert(name.to_owned());
                }
            }
        }
        let spans = SPANS.iter().filter(|name| found.remove(**name)).count();
        assert_eq!(spans, SPANS.len(), "each is there");
        assert!(found.contains("due") && found.contains("next"), "{found:?}");
        found.retain(|name| !MOMENTS.contains(&name.as_str()));
        assert_eq!(found, std::collections::BTreeSet::new());
    }

    #[test]
    fn a_deadline_should_say_how_far_away_it_is_when_it_is_ahead_or_over() {
        assert_eq!(left(86_400, 0), "1970-01-02 00:00:00, in 1 d 00 h");
        assert_eq!(left(0, 60), "1970-01-01 00:00:00, 1 min 00 s ago");
    }

    #[test]
    fn one_should_be_one_when_things_are_counted() {
        assert_eq!(count(1u32, "file", "files"), "1 file");
        assert_eq!(count(0u32, "file", "files"), "0 files");
        assert_eq!(count(1_200u32, "file", "files"), "1\u{202f}200 files");
    }
}
