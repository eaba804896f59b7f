//! Tables that fit the terminal.
//!
//! One that is too wide is made narrower step by step, and nothing is left out. First, what a column says in every row is said
//! once above it. Then words are wrapped within their columns, up to three lines a row; no word, number or command is broken. What
//! then still does not fit is folded: every row becomes a block with a line for each column that has something in it. Where the
//! output is not a terminal, `COLUMNS` says how wide it is; without it, or with --wide, a table is as wide as it needs.

use crate::carried::{pasteable, COMMAND};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use interclear_client::text::printable_lines;
use std::sync::OnceLock;

pub use comfy_table::{Cell, Color};

/// A line under the head, and no other: the places are those of comfy-table's presets.
const HEAD_LINE: &str = "     ──            ";
/// What is between the contents of two columns.
const PADDING: usize = 3;
/// Columns for the words of a folded table, however narrow the terminal is.
const MIN_ROOM: usize = 20;
/// Lines that a row may take before the table is folded.
const MAX_LINES: usize = 3;

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

/// As [`table`], of columns that are known only when it is made.
pub fn table_of(head: &[&str], numbers: &[usize], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let cells = |row: Vec<String>| row.into_iter().map(|text| harmless(Cell::new(text))).collect();
    let table = Content {
        head,
        numbers,
        rows: rows.into_iter().map(cells).collect(),
    };
    table.fitted(room(false))
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
    table.fitted(room(false))
}

/// The columns of the terminal at standard output or standard error, or where there is none those that the environment says; `None`
/// if it says none, or with --wide.
fn room(of_errors: bool) -> Option<usize> {
    let mut table = empty();
    if of_errors {
        table.use_stderr();
    }
    let width = table.width().map(usize::from).or_else(|| {
        let said = std::env::var("COLUMNS").ok();
        said_width(said.as_deref())
    });
    width.filter(|width| *width > 0 && !WIDE.get().is_some_and(|wide| *wide))
}

/// The columns that the environment says. Shells keep the variable to themselves, so that somebody has said it.
fn said_width(columns: Option<&str>) -> Option<usize> {
    columns?.trim().parse().ok()
}

/// Text whose sentences fit the terminal at standard output, or at standard error; what is in columns already stays as it is.
pub fn fitted_text(text: &str, of_errors: bool) -> String {
    let text = pasteable(text);
    match room(of_errors) {
        Some(width) => text
            .lines()
            .map(|line| fitted_line(line, width))
            .collect::<Vec<_>>()
            .join("\n"),
        None => text,
    }
}

fn fitted_line(line: &str, width: usize) -> String {
    let words = line.trim_start();
    let in_columns = words.contains("  ") || words.contains('─');
    if line.chars().count() <= width || in_columns {
        return line.into();
    }
    let indent = line.chars().count().saturating_sub(words.chars().count());
    format!("{}{}", " ".repeat(indent), wrapped(words, indent, width))
}

/// A cell without what a terminal would obey, and whose commands can be pasted: one that is written anew has no colour.
fn harmless(cell: Cell) -> Cell {
    let content = cell.content();
    let shown = pasteable(&printable_lines(&content));
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
        // A head alone reads as if something had not come.
        if self.rows.is_empty() {
            return "none".into();
        }
        let all: Vec<usize> = (0..self.head.len()).collect();
        let (whole, natural) = self.drawn(&all);
        let Some(width) = width.filter(|width| natural > *width) else {
            return whole;
        };
        let (same, other): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|place| self.is_same(*place));
        if !other.is_empty() {
            let said: Vec<String> = same.iter().filter_map(|place| self.said_once(*place)).collect();
            let said = match said.is_empty() {
                true => String::new(),
                false => {
                    let said = format!("In every row: {}", said.join("; "));
                    format!("{}\n", wrapped(&said, 0, width))
                }
            };
            let (rest, natural) = self.drawn(&other);
            if natural <= width {
                return format!("{said}{rest}");
            }
            if self.head.len() > 2 {
                return match self.squeezed(&other, width) {
                    Some(rest) => format!("{said}{rest}"),
                    None => format!("{said}{}", self.folded(&other, width)),
                };
            }
        }
        self.listed(width)
    }

    /// Columns drawn in a width, their words wrapped where they must be; `None` where a word would be broken, or a row be taller
    /// than it can be read.
    fn squeezed(&self, columns: &[usize], width: usize) -> Option<String> {
        let room = width.checked_sub(columns.len().saturating_mul(PADDING))?;
        let contents = |place: usize| {
            let head = self.head.get(place).map(|name| (*name).to_owned());
            let cells = self
                .rows
                .iter()
                .filter_map(move |row| Some(row.get(place)?.content()));
            head.into_iter().chain(cells).collect::<Vec<String>>()
        };
        let longest = |texts: &[String], of: &dyn Fn(&str) -> usize| {
            texts.iter().map(|text| of(text)).max().unwrap_or_default()
        };
        let columns: Vec<(usize, Vec<String>)> =
            columns.iter().map(|place| (*place, contents(*place))).collect();
        let least: Vec<usize> = columns
            .iter()
            .map(|(_, texts)| longest(texts, &longest_word))
            .collect();
        let mut widths: Vec<usize> = columns
            .iter()
            .map(|(_, texts)| longest(texts, &|text| text.chars().count()))
            .collect();
        while widths.iter().sum::<usize>() > room {
            // The widest that can gives way, at once as far as its words then leave room.
            let places = widths.iter_mut().zip(&least).zip(&columns);
            let can = places.filter(|((width, least), _)| **width > **least);
            let ((widest, _), (_, texts)) = can.max_by_key(|((width, _), _)| **width)?;
            let narrower = (*widest).saturating_sub(1);
            let line = |text: &str| {
                wrapped(text, 0, narrower)
                    .lines()
                    .map(|line| line.chars().count())
                    .max()
            };
            *widest = longest(texts, &|text| line(text).unwrap_or_default());
        }
        let tall = columns.iter().zip(&widths).any(|((_, texts), width)| {
            let lines = |text: &String| wrapped(text, 0, (*width).max(1)).lines().count();
            texts.iter().map(lines).max() > Some(MAX_LINES)
        });
        if tall {
            return None;
        }
        let places: Vec<usize> = columns.iter().map(|(place, _)| *place).collect();
        let mut table = self.table_of(&places);
        for (drawn, width) in widths.iter().enumerate() {
            let width = u16::try_from(width.saturating_add(2)).ok()?;
            let constraint = ColumnConstraint::Absolute(Width::Fixed(width));
            table.column_mut(drawn)?.set_constraint(constraint);
        }
        Some(table.to_string())
    }

    /// Columns drawn as a table, and how wide it is.
    fn drawn(&self, columns: &[usize]) -> (String, usize) {
        let table = self.table_of(columns);
        let widths = table.column_max_content_widths();
        let natural = widths
            .iter()
            .map(|width| usize::from(*width).saturating_add(PADDING));
        (table.to_string(), natural.sum())
    }

    fn table_of(&self, columns: &[usize]) -> Table {
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
        table
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
    fn folded(&self, columns: &[usize], width: usize) -> String {
        let name = |place: &usize| self.head.get(*place).copied().unwrap_or_default();
        let names = columns.iter().map(|place| name(place).chars().count());
        let longest = names.max().unwrap_or_default();
        let blocks = self.rows.iter().map(|row| {
            let lines = columns
                .iter()
                .filter_map(|place| Some((name(place), row.get(*place)?.content())))
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
    let room = match indent {
        0 => width,
        _ => width.saturating_sub(indent).max(MIN_ROOM),
    };
    let mut text = String::new();
    let mut used = 0usize;
    for word in unbroken(content) {
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

/// The parts of a text between which a line may end: words, a figure with its percent sign, what stands in backquotes, and a
/// command up to the mark that ends it.
fn unbroken(content: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = content;
    while !rest.is_empty() {
        let end = match rest {
            quoted if quoted.starts_with('`') => {
                let close = quoted.char_indices().skip(1).find(|(_, letter)| *letter == '`');
                close.map_or(0, |(place, _)| place)
            }
            command if command.starts_with(COMMAND) => {
                let ends = [", ", "; ", ". ", " ("]
                    .into_iter()
                    .filter_map(|mark| command.find(mark));
                ends.min().unwrap_or(command.len())
            }
            _ => 0,
        };
        let after = rest.get(end..).unwrap_or_default();
        let space = after
            .find(' ')
            .map_or(rest.len(), |space| end.saturating_add(space));
        let space = match rest.get(space..) {
            Some(unit) if unit == " %" || unit.starts_with(" %;") || unit.starts_with(" % ") => {
                let more = unit.get(1..).and_then(|unit| unit.find(' '));
                more.map_or(rest.len(), |more| space.saturating_add(more).saturating_add(1))
            }
            _ => space,
        };
        parts.push(rest.get(..space).unwrap_or_default());
        rest = rest.get(space.saturating_add(1)..).unwrap_or_default();
    }
    parts
}

/// The length of what cannot be wrapped.
fn longest_word(text: &str) -> usize {
    let lines = text.lines().flat_map(unbroken);
    lines.map(|word| word.chars().count()).max().unwrap_or_default()
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
    fn a_width_should_be_taken_from_the_environment_when_it_is_a_number() {
        assert_eq!(said_width(Some("80")), Some(80));
        for none in [None, Some(""), Some("wide"), Some("-1")] {
            assert_eq!(said_width(none), None, "{none:?}");
        }
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
    fn words_should_be_wrapped_in_their_columns_when_a_table_is_a_little_too_wide() {
        let rows = [
            ["1", "0 Alpha Mobile", "MOC Back Home", "579.88"],
            ["2", "1 Beta Telecom", "GPRS", "13\u{202f}331.29"],
        ];
        assert_eq!(
            fitted(["Line", "Debtor", "Service", "TAP charge"], &rows, 46),
            [
                " Line   Debtor    Service         TAP charge",
                "─────────────────────────────────────────────",
                " 1      0 Alpha   MOC Back Home   579.88",
                "        Mobile",
                " 2      1 Beta    GPRS            13\u{202f}331.29",
                "        Telecom",
            ]
            .join("\n")
        );
        // Before a word is broken, the table is folded; what is the same in every row is not said again.
        let rows = [
            ["7", "Beta", "CDFRA7BDEU7A00001"],
            ["8", "Beta", "CDFRA7BDEU7A00002"],
        ];
        assert_eq!(
            fitted(["Sequence", "Partner", "File"], &rows, 26),
            "In every row: Partner Beta\nSequence  7\nFile      CDFRA7BDEU7A00001\n\nSequence  8\nFile      CDFRA7BDEU7A00002"
        );
    }

    #[test]
    fn sentences_should_be_wrapped_and_commands_kept_whole_when_a_terminal_is_narrow() {
        let line = "asked to close 2026-10: `interclear period status 0 2026-10` tells who has to act";
        assert_eq!(
            fitted_line(line, 40),
            "asked to close 2026-10:\n`interclear period status 0 2026-10`\ntells who has to act"
        );
        assert_eq!(
            fitted_line(
                "closed; next: interclear statement verify 0 2026-10 && interclear x (final in block 7)",
                30
            ),
            "closed; next:\ninterclear statement verify 0 2026-10 && interclear x\n(final in block 7)"
        );
        assert_eq!(
            fitted_line("  one two three", 10),
            "  one two three",
            "there is a least room"
        );
        for as_it_is in [" Service   Charge       more", "──────────────────────────"]
        {
            assert_eq!(fitted_line(as_it_is, 10), as_it_is);
        }
        assert_eq!(
            unbroken("Tolerance 1 %; in `a b`, then interclear x y; z"),
            [
                "Tolerance",
                "1 %;",
                "in",
                "`a b`,",
                "then",
                "interclear x y;",
                "z"
            ]
        );
        assert_eq!(unbroken("1 %"), ["1 %"]);
        assert_eq!(unbroken("an ` alone"), ["an", "`", "alone"]);
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
