//! What a person or a machine reads: aligned tables, or JSON.

use comfy_table::{CellAlignment, ContentArrangement, Table};
use serde::Serialize;
use std::{
    io::{IsTerminal, Write},
    sync::OnceLock,
};

pub use comfy_table::{Cell, Color};
pub use interclear_client::{
    files::hex,
    text::printable_lines,
    time::{duration, moment},
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
    let _ = MANNER.set(manner);
}

fn manner() -> Manner {
    MANNER.get().copied().unwrap_or_default()
}

/// Tells something beside the result on standard error, unless --quiet is given.
pub fn note(text: &str) {
    if !manner().quiet {
        eprintln!("{text}");
    }
}

/// Tells on standard error what happens on the way, if -v is given.
pub fn detail(text: &str) {
    if manner().verbose {
        eprintln!("{text}");
    }
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
    !manner().quiet && std::io::stderr().is_terminal()
}

/// Whether a person sits there who can be asked: both what is typed and what is asked go over a terminal.
pub fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
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

/// As [`table`], of cells that may have a colour, which shows on a terminal only, and not where `NO_COLOR` is set.
///
/// A table that does not fit the terminal is folded: every row becomes a block with a line for each column that has something
/// in it. Where the output is not a terminal, or with --wide, it is as wide as it needs.
pub fn coloured_table<const N: usize>(
    head: [&str; N],
    numbers: &[usize],
    rows: impl IntoIterator<Item = [Cell; N]>,
) -> String {
    let rows: Vec<[Cell; N]> = rows.into_iter().map(|row| row.map(harmless)).collect();
    let mut table = empty();
    table.set_header(head);
    for row in &rows {
        table.add_row(row.iter().enumerate().map(|(place, cell)| {
            let alignment = if numbers.contains(&place) {
                CellAlignment::Right
            } else {
                CellAlignment::Left
            };
            cell.clone().set_alignment(alignment)
        }));
    }
    for place in numbers {
        if let Some(column) = table.column_mut(*place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let natural: usize = table
        .column_max_content_widths()
        .iter()
        .map(|width| usize::from(*width).saturating_add(PADDING))
        .sum();
    match table.width().map(usize::from) {
        Some(width) if width > 0 && natural > width && !manner().wide => folded(head, &rows),
        _ => table.to_string(),
    }
}

/// A cell without what a terminal would obey: such a one has no colour either.
fn harmless(cell: Cell) -> Cell {
    let content = cell.content();
    let shown = printable_lines(&content);
    match shown == content {
        true => cell,
        false => Cell::new(shown),
    }
}

/// What is between the contents of two columns.
const PADDING: usize = 3;

fn empty() -> Table {
    let mut table = Table::new();
    table
        .load_preset(HEAD_LINE)
        .set_content_arrangement(ContentArrangement::Disabled);
    if std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty()) {
        table.style_text_only();
    }
    table
}

/// Rows below each other, each as a block of a name and a value per line.
fn folded<const N: usize>(head: [&str; N], rows: &[[Cell; N]]) -> String {
    let longest = head
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or_default();
    let blocks = rows.iter().map(|row| {
        let lines = head
            .iter()
            .zip(row)
            .map(|(name, cell)| (name, cell.content()))
            .filter(|(_, content)| !content.trim().is_empty())
            .map(|(name, content)| match name.is_empty() {
                true => content,
                false => format!("{name:<longest$}  {content}"),
            });
        lines.collect::<Vec<_>>().join("\n")
    });
    blocks.collect::<Vec<_>>().join("\n\n")
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
    fn rows_should_be_blocks_when_they_are_folded() {
        let rows = [
            ["3 Alpha", "1.00", ""].map(Cell::new),
            ["4 Beta", "100.00", "late"].map(Cell::new),
        ];
        assert_eq!(
            folded(["Operator", "Pays", ""], &rows),
            "Operator  3 Alpha\nPays      1.00\n\nOperator  4 Beta\nPays      100.00\nlate"
        );
    }

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
