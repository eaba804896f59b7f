//! Tables that fit the terminal.
//!
//! One that is too wide is first made narrower by its columns that say the same in every row, which is said once above it. What
//! then still does not fit is folded: every row becomes a block with a line for each column that has something in it. Where the
//! output is not a terminal, or with --wide, a table is as wide as it needs.

use comfy_table::{CellAlignment, ContentArrangement, Table};
use interclear_client::text::printable_lines;
use std::sync::OnceLock;

pub use comfy_table::{Cell, Color};

/// A line under the head, and no other: the places are those of comfy-table's presets.
const HEAD_LINE: &str = "     ──            ";
/// What is between the contents of two columns.
const PADDING: usize = 3;
/// Columns for the words of a folded table, however narrow the terminal is.
const MIN_ROOM: usize = 20;

/// Whether tables keep their width on a narrow terminal.
static WIDE: OnceLock<bool> = OnceLock::new();

/// Says once, at the beginning, whether tables keep their width on a narrow terminal.
pub fn set_wide(wide: bool) {
    let _ = WIDE.set(wide);
}

/// A table with a head and rows; the columns at the places in `numbers` are aligned to the right.
pub fn table<const N: usize>(
    head: [&str; N],
    numbers: &[usize],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    coloured_table(head, numbers, rows.into_iter().map(|row| row.map(Cell::new)))
}

/// As [`table`], of cells that may have a colour, which shows on a terminal only, and not where `NO_COLOR` is set.
pub fn coloured_table<const N: usize>(
    head: [&str; N],
    numbers: &[usize],
    rows: impl IntoIterator<Item = [Cell; N]>,
) -> String {
    let table = Content {
        head: &head,
        numbers,
        rows: rows.into_iter().map(|row| row.map(harmless).into()).collect(),
    };
    let width = empty().width().map(usize::from);
    table.fitted(width.filter(|width| *width > 0 && !WIDE.get().is_some_and(|wide| *wide)))
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

/// What is in a table.
struct Content<'a> {
    head: &'a [&'a str],
    /// Places of columns that are aligned to the right.
    numbers: &'a [usize],
    rows: Vec<Vec<Cell>>,
}

impl Content<'_> {
    /// The table in a width, or in its own.
    fn fitted(&self, width: Option<usize>) -> String {
        let all: Vec<usize> = (0..self.head.len()).collect();
        let (whole, natural) = self.drawn(&all);
        let Some(width) = width.filter(|width| natural > *width) else {
            return whole;
        };
        let (same, other): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|place| self.is_same(*place));
        if !other.is_empty() {
            let (rest, natural) = self.drawn(&other);
            if natural <= width {
                let said: Vec<String> = same.iter().filter_map(|place| self.said_once(*place)).collect();
                return match said.is_empty() {
                    true => rest,
                    false => {
                        let said = format!("In every row: {}", said.join("; "));
                        format!("{}\n{rest}", wrapped(&said, 0, width))
                    }
                };
            }
        }
        match self.head.len() {
            2 => self.listed(width),
            _ => self.folded(width),
        }
    }

    /// Columns drawn as a table, and how wide it is.
    fn drawn(&self, columns: &[usize]) -> (String, usize) {
        let mut table = empty();
        table.set_header(columns.iter().filter_map(|place| self.head.get(*place)));
        let alignment = |place: &usize| match self.numbers.contains(place) {
            true => CellAlignment::Right,
            false => CellAlignment::Left,
        };
        for row in &self.rows {
            table.add_row(columns.iter().filter_map(|place| {
                let cell = row.get(*place)?.clone();
                Some(cell.set_alignment(alignment(place)))
            }));
        }
        for (drawn, place) in columns.iter().enumerate() {
            if let Some(column) = table.column_mut(drawn) {
                column.set_cell_alignment(alignment(place));
            }
        }
        let widths = table.column_max_content_widths();
        let natural = widths
            .iter()
            .map(|width| usize::from(*width).saturating_add(PADDING));
        (table.to_string(), natural.sum())
    }

    /// Whether a column says the same in every row, of several.
    fn is_same(&self, place: usize) -> bool {
        let mut contents = self.rows.iter().filter_map(|row| Some(row.get(place)?.content()));
        let first = contents.next();
        self.rows.len() > 1 && contents.all(|content| Some(content) == first)
    }

    /// A column that says the same in every row, in words.
    fn said_once(&self, place: usize) -> Option<String> {
        let name = self.head.get(place)?;
        let content = self.rows.first()?.get(place)?.content();
        (!content.trim().is_empty()).then(|| match name.is_empty() {
            true => content,
            false => format!("{name} {content}"),
        })
    }

    /// Rows of two columns, as a name and what it stands for.
    fn listed(&self, width: usize) -> String {
        let content = |row: &Vec<Cell>, place: usize| row.get(place).map(Cell::content).unwrap_or_default();
        let names = self.rows.iter().map(|row| content(row, 0).chars().count());
        let longest = names.max().unwrap_or_default();
        let lines = self.rows.iter().map(|row| {
            let (name, value) = (content(row, 0), content(row, 1));
            format!(
                "{name:<longest$}  {}",
                wrapped(&value, longest.saturating_add(2), width)
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Rows below each other, each as a block of a name and a value per line.
    fn folded(&self, width: usize) -> String {
        let names = self.head.iter().map(|name| name.chars().count());
        let longest = names.max().unwrap_or_default();
        let blocks = self.rows.iter().map(|row| {
            let lines = self
                .head
                .iter()
                .zip(row)
                .map(|(name, cell)| (name, cell.content()))
                .filter(|(_, content)| !content.trim().is_empty())
                .map(|(name, content)| match name.is_empty() {
                    true => wrapped(&content, 0, width),
                    false => {
                        let indent = longest.saturating_add(2);
                        format!("{name:<longest$}  {}", wrapped(&content, indent, width))
                    }
                });
            lines.collect::<Vec<_>>().join("\n")
        });
        blocks.collect::<Vec<_>>().join("\n\n")
    }
}

/// Words in lines that fit beside an indent. A command stays on one line, so that it can be copied.
fn wrapped(content: &str, indent: usize, width: usize) -> String {
    let room = width.saturating_sub(indent).max(MIN_ROOM);
    if content.starts_with("interclear ") {
        return content.into();
    }
    let mut text = String::new();
    let mut used = 0usize;
    for word in content.split(' ') {
        let length = word.chars().count();
        if used > 0 && used.saturating_add(length).saturating_add(1) > room {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            used = 0;
        } else if used > 0 {
            text.push(' ');
            used = used.saturating_add(1);
        }
        text.push_str(word);
        used = used.saturating_add(length);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted<const N: usize>(head: [&str; N], rows: &[[&str; N]], width: usize) -> String {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(Cell::new).collect())
            .collect();
        let table = Content {
            head: &head,
            numbers: &[],
            rows,
        };
        let text = table.fitted(Some(width));
        let lines = text.lines().map(str::trim_end).collect::<Vec<_>>();
        lines.join("\n")
    }

    #[test]
    fn rows_should_be_blocks_when_they_are_folded() {
        let rows = [["3 Alpha", "1.00", ""], ["4 Beta", "100.00", "late"]];
        assert_eq!(
            fitted(["Operator", "Pays", ""], &rows, 20),
            "Operator  3 Alpha\nPays      1.00\n\nOperator  4 Beta\nPays      100.00\nlate"
        );
    }

    #[test]
    fn words_should_be_wrapped_and_commands_not_when_a_table_is_folded() {
        let what = "files are missing in two places of the series";
        let rows = [[what, "interclear period status 7 2026-11 --wide", ""]];
        assert_eq!(
            fitted(["What", "Next", ""], &rows, 30),
            "What  files are missing in two\n      places of the series\nNext  interclear period status 7 2026-11 --wide"
        );
    }

    #[test]
    fn what_is_the_same_in_every_row_should_be_said_once_when_a_table_is_too_wide() {
        let rows = [["1", "GPRS", "none", ""], ["1", "MOC Local", "none", ""]];
        let head = ["Group", "Service", "Tax", "Note"];
        let narrow = fitted(head, &rows, 25);
        let lines: Vec<&str> = narrow.lines().collect();
        assert_eq!(
            lines[..3],
            ["In every row: Group 1;", "Tax none", " Service"],
            "{narrow}"
        );
        assert_eq!(lines[4..], [" GPRS", " MOC Local"], "{narrow}");
        assert!(fitted(head, &rows, 80).starts_with(" Group   Service"));
        // A single row is folded.
        assert!(fitted(head, &rows[..1], 20).starts_with("Group    1\nService  GPRS"));
    }

    #[test]
    fn names_and_values_should_be_a_list_when_they_do_not_fit() {
        let rows = [
            ["File", "a/long/path"],
            ["Events", "some words that are too many"],
        ];
        assert_eq!(
            fitted(["Item", "Value"], &rows, 30),
            "File    a/long/path\nEvents  some words that are\n        too many"
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
