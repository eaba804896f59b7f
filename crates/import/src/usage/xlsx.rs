//! The usage table in a workbook: on the one visible sheet that has it.
//!
//! A workbook stores a number as a binary fraction and writes it down in decimal. The library hands out the fraction;
//! what is taken is its shortest decimal, which is what a spreadsheet shows when all its digits are asked for.
//!
//! Cells are read one after the other and never laid out in a rectangle: two of them may be a million rows apart.

use super::{
    format::Shown,
    number::{DecimalMark, Numbers, NUMBERS},
    package::{self, Package},
    row::{self, At, Field, Found},
    table::{self, Columns, HEAD_ROWS},
    Usage,
};
use crate::fault::{Faults, Reason};
use calamine::{Data, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

pub(crate) type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Rows and columns that a sheet can have.
const MOST: (u32, u32) = (1 << 20, 1 << 14);
/// From here on a workbook no longer tells whole numbers apart: 2^53.
pub(crate) const EXACT: f64 = 9_007_199_254_740_992.0;
/// Days between the two epochs of spreadsheets, 1900 and 1904.
pub(crate) const EPOCHS_APART: f64 = 1_462.0;

/// A cell that is not empty.
pub(crate) struct Cell {
    pub(crate) value: Data,
    pub(crate) formula: bool,
}

/// The cells of a row that are not empty, by their column.
pub(crate) struct Line {
    /// Counted from 0.
    row: u32,
    pub(crate) cells: BTreeMap<u32, Cell>,
}

impl Line {
    /// As it stands in messages.
    pub(crate) fn number(&self) -> u64 {
        u64::from(self.row).saturating_add(1)
    }

    fn names(&self) -> Vec<Cow<'_, str>> {
        let width = self
            .cells
            .keys()
            .next_back()
            .map_or(0, |last| last.saturating_add(1));
        let name = |column| {
            self.cells
                .get(&column)
                .map(|cell| said(&cell.value))
                .unwrap_or_default()
        };
        (0..width).map(name).collect()
    }
}

/// What a cell says.
pub(crate) fn said(value: &Data) -> Cow<'_, str> {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// The name of a cell, such as `E2`.
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column.saturating_add(1);
    while let Some(below) = rest.checked_sub(1) {
        letters.push(char::from(b'A'.saturating_add((below % 26) as u8)));
        rest = below / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", u64::from(row).saturating_add(1))
}

pub(crate) fn unreadable(error: &XlsxError) -> Faults {
    let reason = format!("this is not an .xlsx workbook: {error}");
    Faults::one("file", Reason::Unreadable(reason))
}

/// A cell with its row and column, counted from 0.
type Placed = ((u32, u32), Cell);

/// The rows of a sheet that are not empty, in their order.
pub(crate) struct Lines<'a, 'b> {
    cells: XlsxCellReader<'a, Cursor<&'b [u8]>>,
    /// The first cell of the next row.
    next: Option<Placed>,
    last: Option<u32>,
    /// Whether the sheet has ended, behind which nothing can be read.
    ended: bool,
}

impl<'a, 'b> Lines<'a, 'b> {
    pub(crate) fn of(book: &'a mut Book<'b>, sheet: &str) -> Result<Self, Faults> {
        let cells = book
            .worksheet_cells_reader(sheet)
            .map_err(|error| unreadable(&error))?;
        Ok(Self {
            cells,
            next: None,
            last: None,
            ended: false,
        })
    }

    /// The next cell that is not empty.
    fn cell(&mut self) -> Result<Option<Placed>, Faults> {
        if let Some(next) = self.next.take() {
            return Ok(Some(next));
        }
        while !self.ended {
            let read = self.cells.next_cell_with_formula_metadata();
            let Some(record) = read.map_err(|error| unreadable(&error))? else {
                self.ended = true;
                break;
            };
            let (row, column) = record.pos;
            if row >= MOST.0 || column >= MOST.1 {
                let reason = format!("cell {} is outside of any sheet", cell_name(row, column));
                return Err(Faults::one("file", Reason::Unreadable(reason)));
            }
            let cell = Cell {
                value: record.value.into(),
                formula: record.formula.is_some(),
            };
            let blank = match &cell.value {
                Data::Empty => true,
                Data::String(text) => text.trim().is_empty(),
                _ => false,
            };
            if !blank || cell.formula {
                return Ok(Some((record.pos, cell)));
            }
        }
        Ok(None)
    }

    pub(crate) fn line(&mut self) -> Result<Option<Line>, Faults> {
        let Some(((row, column), cell)) = self.cell()? else {
            return Ok(None);
        };
        let twice = |row, column| {
            let reason = format!(
                "cell {} comes twice, or after a later row",
                cell_name(row, column)
            );
            Err(Faults::one("file", Reason::Unreadable(reason)))
        };
        if self.last.is_some_and(|last| last >= row) {
            return twice(row, column);
        }
        self.last = Some(row);
        let mut cells = BTreeMap::from([(column, cell)]);
        while let Some(((next, column), cell)) = self.cell()? {
            if next != row {
                self.next = Some(((next, column), cell));
                break;
            }
            if cells.insert(column, cell).is_some() {
                return twice(row, column);
            }
        }
        Ok(Some(Line { row, cells }))
    }
}

/// The head of the table on a sheet: its row and columns.
fn head(book: &mut Book<'_>, sheet: &str) -> Result<(u32, Columns), Faults> {
    let mut lines = Lines::of(book, sheet)?;
    let mut first = Vec::new();
    while first.len() < HEAD_ROWS {
        match lines.line()? {
            Some(line) => first.push(line),
            None => break,
        }
    }
    let (place, columns) = table::head(&first, Line::names, Line::number)?;
    Ok((first.get(place).map_or(0, |line| line.row), columns))
}

pub(super) fn read(octets: &[u8], decimal: Option<DecimalMark>) -> Result<Usage, Faults> {
    let Package {
        stale,
        hidden: unseen,
    } = package::check(octets)?;
    let mut book: Book<'_> = Xlsx::new(Cursor::new(octets)).map_err(|error| unreadable(&error))?;
    let sheets: Vec<_> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut shown = Vec::new();
    let mut hidden = Vec::new();
    let mut none = None;
    for (name, visible) in sheets {
        match (head(&mut book, &name), visible) {
            (Ok((row, columns)), true) => shown.push((name, row, columns)),
            (Ok(_), false) => hidden.push(name),
            (Err(faults), true) => none = none.or(Some(faults)),
            (Err(_), false) => {}
        }
    }
    let refused = |reason: String| Err(Faults::one("file", Reason::Unreadable(reason)));
    let mut shown = shown.into_iter();
    let (name, head_row, columns) = match (shown.next(), shown.next()) {
        (Some(one), None) => one,
        (Some((one, ..)), Some((two, ..))) => {
            let reason = format!("there are usage tables on several sheets, `{one}` and `{two}`: leave one");
            return refused(reason);
        }
        (None, _) if !hidden.is_empty() => {
            let reason = format!(
                "the sheet with the usage table, `{}`, is hidden: show it",
                hidden.join("`, `")
            );
            return refused(reason);
        }
        (None, _) => {
            let empty = || Faults::one("file", Reason::Unreadable("the workbook has no sheet".into()));
            return Err(none.unwrap_or_else(empty));
        }
    };
    let mut found = Found::default();
    for (part, first) in unseen {
        let reason = format!(
            "{first} is hidden, and maybe others: what is hidden or filtered out is read as any other"
        );
        found
            .warnings
            .add(format!("sheet in {part}"), Reason::Other(reason));
    }
    columns.tell(&mut found);
    for name in hidden {
        let reason = "is hidden: its usage table is not read".into();
        found.warnings.add(format!("sheet {name}"), Reason::Other(reason));
    }
    let mut table = Table {
        columns,
        head_row,
        stale,
        from_1904: book.has_1904_epoch(),
        percentages: BTreeSet::new(),
        shown: BTreeMap::new(),
        numbers: Numbers::new(decimal, false),
        found,
    };
    table.merged(&mut book, &name)?;
    table.formats(&mut book, &name)?;
    let mut rows = Vec::new();
    let mut lines = Lines::of(&mut book, &name)?;
    while let Some(line) = lines.line()? {
        if line.row > head_row {
            rows.extend(table.row(&line));
        }
    }
    table.found.table(rows)
}

/// The table while it is read.
struct Table {
    columns: Columns,
    head_row: u32,
    /// Whether stored results of formulas may be out of date.
    stale: bool,
    from_1904: bool,
    /// Cells that show a percentage.
    percentages: BTreeSet<(u32, u32)>,
    /// What cells of numbers show beside them.
    shown: BTreeMap<(u32, u32), Shown>,
    numbers: Numbers,
    found: Found,
}

impl Table {
    fn column(&self, field: Field) -> Option<u32> {
        self.columns
            .of(field)
            .and_then(|column| u32::try_from(column).ok())
    }

    /// Refuses cells below the head that are merged: whose value the others have is a guess.
    fn merged(&mut self, book: &mut Book<'_>, sheet: &str) -> Result<(), Faults> {
        let regions = book.merge_cells_by_sheet_name(sheet);
        for region in regions.map_err(|error| unreadable(&error))? {
            let (start, end) = (region.start, region.end);
            let within = |field: &Field| {
                self.column(*field)
                    .is_some_and(|column| (start.1..=end.1).contains(&column))
            };
            // A head that is merged with rows below it holds nothing in them.
            let below = start.0 > self.head_row;
            if let Some(field) = Field::ALL.into_iter().find(|field| below && within(field)) {
                let names = [start, end].map(|(row, column)| cell_name(row, column));
                let reason = format!("the cells {} are merged: part them", names.join(":"));
                let at = At::Line(u64::from(start.0).saturating_add(1));
                self.found.faults.add(at.place(field), Reason::Other(reason));
            }
        }
        Ok(())
    }

    /// Finds the cells of numbers that show a percentage (what is stored is a hundredth of what is seen), or anything else.
    fn formats(&mut self, book: &mut Book<'_>, sheet: &str) -> Result<(), Faults> {
        let columns: BTreeSet<u32> = NUMBERS
            .into_iter()
            .filter_map(|field| self.column(field))
            .collect();
        let read = book.worksheet_cells_reader(sheet);
        let mut cells = read.map_err(|error| unreadable(&error))?;
        let mut percent = BTreeSet::new();
        let mut beside = BTreeMap::new();
        for (number, style) in cells.styles().iter().enumerate() {
            let Some(format) = &style.number_format else {
                continue;
            };
            let code = match format.format_id {
                // Built-in formats that show a currency, which the library takes for the one without a format.
                Some(5..=8) if format.format_code == "General" => "$0",
                _ => format.format_code.as_str(),
            };
            if code.contains('%') {
                percent.insert(number);
            } else if let Some(shown) = Shown::of(code) {
                beside.insert(number, shown);
            }
        }
        if percent.is_empty() && beside.is_empty() {
            return Ok(());
        }
        while let Some((row, column, style)) = cells.next_style_id().map_err(|error| unreadable(&error))? {
            if !columns.contains(&column) {
                continue;
            }
            if percent.contains(&style) {
                self.percentages.insert((row, column));
            }
            if let Some(shown) = beside.get(&style) {
                self.shown.insert((row, column), shown.clone());
            }
        }
        Ok(())
    }

    /// Reads a row; `None` after a fault.
    fn row(&mut self, line: &Line) -> Option<row::Row> {
        let at = At::Line(line.number());
        let mut sound = true;
        let mut texts: row::Texts<'_> = Default::default();
        let mut stored = [false; Field::ALL.len()];
        let mut within = 0usize;
        for (field, (text, stored)) in Field::ALL.into_iter().zip(texts.iter_mut().zip(&mut stored)) {
            let place = self.column(field);
            let Some((column, cell)) = place.and_then(|column| Some((column, line.cells.get(&column)?)))
            else {
                continue;
            };
            within = within.saturating_add(1);
            match self.said(field, (line.row, column), cell) {
                Ok(said) => {
                    *stored = matches!(cell.value, Data::Float(_) | Data::Int(_));
                    *text = Some(said);
                }
                Err(reason) => {
                    sound = false;
                    let name = cell_name(line.row, column);
                    let reason = Reason::Other(format!("cell {name} {reason}"));
                    self.found.faults.add(at.place(field), reason);
                }
            }
        }
        sound &= self.beside(line, at, within == 0);
        if within == 0 {
            return None;
        }
        if let Some(fallback) = self.columns.currency() {
            texts[Field::Currency as usize].get_or_insert(Cow::Owned(fallback.to_string()));
        }
        sound &= self.agree(line.row, at, &mut texts);
        let is_text = |field: Field| !stored.get(field as usize).copied().unwrap_or_default();
        if !sound {
            return None;
        }
        let mut wrong = Faults::default();
        let decided = self.numbers.decide(at, &mut texts, is_text, &mut wrong);
        let row = row::read(at, None, &texts, &mut self.found);
        self.found.faults.extend(&wrong);
        row.filter(|_| decided)
    }

    /// Refuses cells beside the table, and those of columns that may change what the row counts for; whether there are none.
    fn beside(&mut self, line: &Line, at: At, alone: bool) -> bool {
        let place = |column: u32| usize::try_from(column).unwrap_or(usize::MAX);
        let mut filled = line.cells.keys().map(|column| place(*column));
        let mut wrong = Faults::default();
        let first = match alone {
            true => filled.next(),
            false => self.columns.beside(filled),
        };
        if let Some(column) = first {
            let name = cell_name(line.row, u32::try_from(column).unwrap_or(u32::MAX));
            let reason = match alone {
                true => format!("only cell {name} is filled, beside the table"),
                false => {
                    format!("cell {name} is filled, beside the table: clear it, or give its column a name")
                }
            };
            wrong.add(at.row(), Reason::Other(reason));
        }
        let filled = |column| u32::try_from(column).is_ok_and(|column| line.cells.contains_key(&column));
        self.columns.altered(&at.row(), filled, &mut wrong);
        self.found.faults.extend(&wrong);
        wrong.is_empty()
    }

    /// Takes currency and unit from what the cells of numbers show; whether they go together with what is written.
    fn agree(&mut self, row: u32, at: At, texts: &mut row::Texts<'_>) -> bool {
        let mut sound = true;
        for (field, of) in [
            (Field::Charge, Field::Currency),
            (Field::Tax, Field::Currency),
            (Field::Quantity, Field::Unit),
        ] {
            let shown = self
                .column(field)
                .and_then(|column| self.shown.get(&(row, column)));
            let (Some(shown), Some(text)) = (shown, texts.get_mut(of as usize)) else {
                continue;
            };
            let own = text.as_deref().map(str::trim).filter(|own| !own.is_empty());
            let read = match of {
                Field::Currency => shown.currency(own),
                _ => shown.unit(own),
            };
            match read {
                Ok(read) => *text = Some(Cow::Owned(read)),
                Err(reason) => {
                    self.found.faults.add(at.place(field), Reason::Other(reason));
                    sound = false;
                }
            }
        }
        sound
    }

    /// What a cell of the table says, or why that cannot be taken.
    fn said<'a>(&self, field: Field, place: (u32, u32), cell: &'a Cell) -> Result<Cow<'a, str>, String> {
        if let Data::Error(error) = &cell.value {
            return Err(format!("is an error of the spreadsheet: {error}"));
        }
        if cell.formula && matches!(cell.value, Data::Empty) {
            return Err(
                "is a formula without a stored result: let a spreadsheet calculate and save it".into(),
            );
        }
        if cell.formula && self.stale {
            let reason = "is a formula whose stored result may be out of date: let a spreadsheet calculate and save it";
            return Err(reason.into());
        }
        if self.percentages.contains(&place) && place.0 > self.head_row {
            return Err("is a percentage, where an amount should be".into());
        }
        let month = field == Field::Period;
        let shift = if self.from_1904 { EPOCHS_APART } else { 0.0 };
        match &cell.value {
            // The number of the day, which is told as the month it lies in.
            Data::DateTime(date) if month && date.is_datetime() => {
                Ok((date.as_f64().floor() + shift).to_string().into())
            }
            Data::Float(number) if month && self.from_1904 && *number < 100_000.0 => {
                Ok((number + shift).to_string().into())
            }
            Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
                let wanted = if month { "a month, such as 2026-11" } else { "text" };
                Err(format!("is a date of the spreadsheet: write {wanted}"))
            }
            Data::Bool(_) => Err("is a truth value".into()),
            // Above it the binary fraction has no place for every whole number.
            Data::Float(number) if number.abs() >= EXACT => {
                Err("is larger than a workbook keeps exactly: write text".into())
            }
            value => Ok(said(value)),
        }
    }
}
