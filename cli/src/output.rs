//! What a person or a machine reads: aligned tables, or JSON.

use comfy_table::{CellAlignment, ContentArrangement, Table};
use serde::Serialize;
use std::io::{IsTerminal, Write};

pub use comfy_table::{Cell, Color};
pub use interclear_client::{
    files::hex,
    time::{duration, moment},
};

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
        let text = match self.json {
            true => serde_json::to_string_pretty(value)?,
            false => human(value),
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
            true => serde_json::to_string(value)?,
            false => human(value),
        };
        line(text.trim_end())
    }
}

fn line(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}")
}

/// Whether standard error is a terminal, where progress bars and colours make sense.
pub fn interactive() -> bool {
    std::io::stderr().is_terminal()
}

/// A line under the head, and no other: the places are those of comfy-table's presets.
const HEAD_LINE: &str = "     ──            ";

/// A table with a head and rows; the columns at the places in `numbers` are aligned to the right.
pub fn table<const N: usize>(
    head: [&str; N],
    numbers: &[usize],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    coloured_table(head, numbers, rows.into_iter().map(|row| row.map(Cell::new)))
}

/// As [`table`], of cells that may have a colour, which shows on a terminal only.
pub fn coloured_table<const N: usize>(
    head: [&str; N],
    numbers: &[usize],
    rows: impl IntoIterator<Item = [Cell; N]>,
) -> String {
    let mut table = Table::new();
    table
        .load_preset(HEAD_LINE)
        .set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(head);
    for row in rows {
        table.add_row(row.into_iter().enumerate().map(|(place, cell)| {
            let alignment = if numbers.contains(&place) {
                CellAlignment::Right
            } else {
                CellAlignment::Left
            };
            cell.set_alignment(alignment)
        }));
    }
    for place in numbers {
        if let Some(column) = table.column_mut(*place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

/// A progress bar on a terminal, nothing elsewhere.
pub fn progress(length: u64, what: &str) -> indicatif::ProgressBar {
    if !interactive() {
        return indicatif::ProgressBar::hidden();
    }
    let style = indicatif::ProgressStyle::with_template("{msg:<28} {bar:32} {pos}/{len} {eta}")
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
    let spinner = indicatif::ProgressBar::new_spinner().with_message(what.to_owned());
    spinner.enable_steady_tick(std::time::Duration::from_millis(120));
    spinner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_should_end_in_one_column_when_their_lengths_differ() {
        let text = table(
            ["Service", "Charge"],
            &[1],
            [["GPRS".into(), "1.00".into()], ["MTC".into(), "100.00".into()]],
        );
        let ends: Vec<_> = text
            .lines()
            .filter(|line| line.contains(".00"))
            .map(|line| line.trim_end().len())
            .collect();
        assert_eq!(ends.len(), 2);
        assert_eq!(ends[0], ends[1], "{text}");
    }
}
