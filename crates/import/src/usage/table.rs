//! The usage table: a head, and one row each. As text here; the columns are found for the workbook, too.

use super::{
    number::{self, DecimalMark, Numbers, NUMBERS},
    row::{self, At, Field, Found, Texts},
    separated::{self, Record},
    titles, Usage,
};
use crate::fault::{Faults, Reason};
use interclear_primitives::money::Currency;
use std::borrow::Cow;

/// Which column holds which field, in the order of [`Field::ALL`].
pub(super) struct Columns {
    places: [Option<usize>; Field::ALL.len()],
    /// The currency that the head of the charges names, as `Charges (EUR)`, or a title.
    currency: Option<Currency>,
    /// The names of all columns; those without one are empty.
    names: Vec<String>,
    /// Columns that have a name and are not read.
    unread: Vec<usize>,
    /// Those of them that may change what a row counts for.
    altering: Vec<usize>,
    /// What the rows above the head are.
    above: Found,
}

impl Columns {
    /// Finds the columns by the head. Charges may be left out, as systems without them do; taxes and currency are extra. A
    /// column that seems to hold one of these under another name is not passed over.
    pub(super) fn find<'a>(head: impl Iterator<Item = Cow<'a, str>>) -> Result<Self, Faults> {
        let names: Vec<Cow<'a, str>> = head.collect();
        let head: Vec<Option<(Field, Option<Currency>)>> = names.iter().map(|name| field_of(name)).collect();
        let mut places = [None; Field::ALL.len()];
        let mut currency = None;
        let mut faults = Faults::default();
        for (field, place) in Field::ALL.into_iter().zip(&mut places) {
            let mut found = head.iter().enumerate().filter_map(|(place, known)| {
                known
                    .filter(|known| known.0 == field)
                    .map(|known| (place, known.1))
            });
            let first = found.next();
            *place = first.map(|(place, _)| place);
            currency = currency.or(first.and_then(|(_, named)| named));
            let column = || format!("column {}", field.column());
            if found.next().is_some() {
                faults.add(column(), Reason::Other("is there twice".into()));
            }
            let optional = matches!(field, Field::Charge | Field::Tax | Field::Currency);
            if first.is_none() && !optional {
                faults.add(column(), Reason::Missing);
            }
        }
        let mut unread = Vec::new();
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        for (column, (name, known)) in names.iter().zip(&head).enumerate() {
            if known.is_some() || name.is_empty() {
                continue;
            }
            let missing = |field: &Field| places.get(*field as usize).copied().flatten().is_none();
            match row::seems(name).filter(missing) {
                Some(field) => faults.add(format!("column {name}"), Reason::Unread(field.column())),
                None => unread.push(column),
            }
        }
        faults.unless(Self {
            places,
            currency,
            altering: unread
                .iter()
                .copied()
                .filter(|column| names.get(*column).is_some_and(|name| row::alters(name)))
                .collect(),
            names,
            unread,
            above: Found::default(),
        })
    }

    /// Looks at a row above the head: a row of the table is not passed over, and a title may change what the numbers are.
    fn above<'a>(&mut self, place: String, cells: &[Cow<'a, str>]) {
        let filled: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        let filled: Vec<&str> = filled.into_iter().filter(|cell| !cell.is_empty()).collect();
        if filled.is_empty() {
            return;
        }
        let Found { faults, warnings, .. } = &mut self.above;
        let mut refuse = |reason: String| faults.add(place.as_str(), Reason::Other(reason));
        let width = self.names.iter().filter(|name| !name.is_empty()).count();
        if titles::is_row(&filled, width) {
            return refuse(
                "looks like a row of the table, and stands above its head: move the head above it".into(),
            );
        }
        let title = filled.join(" ");
        if let Some(word) = titles::scale(&title) {
            return refuse(format!(
                "says `{word}` above the table, which may change what its numbers are: write these out, with their unit in the row, and take it out"
            ));
        }
        for currency in titles::currencies(&title) {
            let known = *self.currency.get_or_insert(currency);
            if known != currency {
                refuse(format!("names {currency}, and the head or a title {known}"));
            }
        }
        let start: String = title.chars().take(TITLE).collect();
        let reason = format!("is above the head and is not read: `{start}`");
        warnings.add(place, Reason::Other(reason));
    }

    /// The first cell of a row that stands under no name.
    pub(super) fn beside(&self, mut filled: impl Iterator<Item = usize>) -> Option<usize> {
        let named = |column: usize| self.names.get(column).is_some_and(|name| !name.is_empty());
        filled.find(|column| !named(*column))
    }

    /// Refuses what stands in columns that are not read and may change what a row counts for.
    pub(super) fn altered(&self, row: &str, filled: impl Fn(usize) -> bool, faults: &mut Faults) {
        let filled = self.altering.iter().filter(|column| filled(**column));
        for name in filled.filter_map(|column| self.names.get(*column)) {
            faults.add(format!("{row}, column {name}"), Reason::Altering);
        }
    }

    /// The texts of a row, whose cells `cell` reads.
    pub(super) fn texts<'a>(&self, cell: impl Fn(usize) -> Option<Cow<'a, str>>) -> Texts<'a> {
        let mut texts: Texts<'a> = self.places.map(|column| column.and_then(&cell));
        if let (Some(currency), Some(own)) = (self.currency, texts.get_mut(Field::Currency as usize)) {
            if own.as_ref().is_none_or(|own| own.trim().is_empty()) {
                *own = Some(Cow::Owned(currency.to_string()));
            }
        }
        texts
    }

    /// The column of a field.
    pub(super) fn of(&self, field: Field) -> Option<usize> {
        self.places.get(field as usize).copied().flatten()
    }

    /// The currency that the head names.
    pub(super) const fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// Tells what is above the head, and which columns are not read.
    pub(super) fn tell(&self, found: &mut Found) {
        found.faults.extend(&self.above.faults);
        found.warnings.extend(&self.above.warnings);
        for name in self.unread.iter().filter_map(|column| self.names.get(*column)) {
            found
                .warnings
                .add(format!("column {name}"), Reason::Other("is not read".into()));
        }
    }
}

/// The field that the head of a column names, with the currency in it: `Charges (EUR)`, `Charges in EUR`.
fn field_of(name: &str) -> Option<(Field, Option<Currency>)> {
    let known = |name: &str| Field::ALL.into_iter().find(|field| row::spelled(*field, name));
    if let Some(field) = known(name) {
        return Some((field, None));
    }
    let words: Vec<&str> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let (currency, before) = words.split_last()?;
    let currency: Currency = currency.parse().ok()?;
    let before = match before {
        [before @ .., word] if word.eq_ignore_ascii_case("in") => before,
        before => before,
    };
    let field = known(&before.concat()).filter(|field| matches!(field, Field::Charge | Field::Tax))?;
    Some((field, Some(currency)))
}

/// Rows in which the head may stand; above it are titles.
pub(crate) const HEAD_ROWS: usize = 20;
/// Letters of a title that are told.
const TITLE: usize = 60;

/// The head among the first rows of a table, and what it says: the first row that names all columns. Where none does, what
/// the one that names most of them lacks.
///
/// # Errors
/// There is no row, or no head among them.
pub(super) fn head<'a, T>(
    rows: &'a [T],
    cells: impl Fn(&'a T) -> Vec<Cow<'a, str>>,
    line: impl Fn(&T) -> u64,
) -> Result<(usize, Columns), Faults> {
    let mut closest: Option<(usize, Faults)> = None;
    for (number, row) in rows.iter().take(HEAD_ROWS).enumerate() {
        let names = cells(row);
        if names.iter().all(|name| name.trim().is_empty()) {
            continue;
        }
        match Columns::find(names.into_iter()) {
            Ok(mut columns) => {
                for above in rows.iter().take(number) {
                    columns.above(format!("row {}", line(above)), &cells(above));
                }
                return Ok((number, columns));
            }
            Err(faults) => {
                let lacks = faults.list.len();
                if closest.as_ref().is_none_or(|(least, _)| lacks < *least) {
                    closest = Some((lacks, faults));
                }
            }
        }
    }
    let empty = || Faults::one("file", Reason::Unreadable("it is empty".into()));
    Err(closest.map_or_else(empty, |(_, faults)| faults))
}

/// What separates the cells: as the first line says (`sep=;`), or what the row that has most of them has most of.
pub(crate) fn separator(text: &str) -> (char, &str, u64) {
    let (first, after) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_end_matches('\r').trim_matches('"');
    if let Some(rest) = named.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")) {
        let mut letters = named[rest.len()..].chars();
        if let (Some(separator), None) = (letters.next(), letters.next()) {
            return (separator, after, 2);
        }
    }
    // Spreadsheets of some countries separate by semicolons.
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for line in text.lines().take(HEAD_ROWS) {
        let mut quoted = false;
        let mut line_counts = [0usize; 3];
        for letter in line.chars() {
            quoted ^= letter == '"';
            let place = counts.iter().position(|(separator, _)| *separator == letter);
            if let Some(count) = place
                .filter(|_| !quoted)
                .and_then(|place| line_counts.get_mut(place))
            {
                *count = count.saturating_add(1);
            }
        }
        for ((_, most), count) in counts.iter_mut().zip(line_counts) {
            *most = count.max(*most);
        }
        // The head has no numbers, and so no commas of them: it is the first line of many cells.
        if counts.iter().any(|(_, most)| *most >= LEAST_SEPARATORS) {
            break;
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| *count);
    (most.map_or(',', |(separator, _)| *separator), text, 1)
}

/// Separators of a head with all columns that must be there.
const LEAST_SEPARATORS: usize = 6;

pub(super) fn read(text: &str, decimal: Option<DecimalMark>) -> Result<Usage, Faults> {
    let (separator, text, first) = separator(text);
    let records = separated::read(text, separator, first)
        .map_err(|(line, reason)| Faults::one(format!("row {line}"), Reason::Unreadable(reason.into())))?;
    let (head, columns) = head(
        &records,
        |record| {
            let names = record.cells.iter();
            names.map(|name| Cow::Borrowed(name.as_str())).collect()
        },
        |record| record.line,
    )?;
    let width = records.get(head).map_or(0, |record| record.cells.len());
    let points = separator == ',' && decimal.is_none() && {
        let below = records.iter().skip(head.saturating_add(1));
        let cells = below.flat_map(|record| {
            let columns = NUMBERS.into_iter().filter_map(|field| columns.of(field));
            columns.filter_map(|column| record.cells.get(column))
        });
        number::only_points(cells.map(String::as_str))
    };
    let mut numbers = Numbers::new(decimal, points);
    let mut found = Found::default();
    columns.tell(&mut found);
    let mut rows = Vec::new();
    for Record { line, cells } in records.iter().skip(head.saturating_add(1)) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // A comma within a number would move every cell after it into the next column.
        if cells.len() != width {
            let reason = format!("has {} cells, and the head has {width}", cells.len());
            found.faults.add(format!("row {line}"), Reason::Other(reason));
            continue;
        }
        let at = At::Line(*line);
        let filled = |column: &usize| cells.get(*column).is_some_and(|cell| !cell.trim().is_empty());
        if let Some(column) = columns.beside((0..cells.len()).filter(filled)) {
            let reason = format!(
                "cell {} stands in a column without a name",
                column.saturating_add(1)
            );
            found.faults.add(at.row(), Reason::Other(reason));
        }
        columns.altered(&at.row(), |column| filled(&column), &mut found.faults);
        let mut texts = columns.texts(|column| cells.get(column).map(|cell| Cow::Borrowed(cell.as_str())));
        let mut wrong = Faults::default();
        let decided = numbers.decide(at, &mut texts, |_| true, &mut wrong);
        // Also a row with a wrong number is read, so that all that is wrong is told at once.
        let row = row::read(at, None, &texts, &mut found);
        found.faults.extend(&wrong);
        rows.extend(row.filter(|_| decided));
    }
    found.table(rows)
}
