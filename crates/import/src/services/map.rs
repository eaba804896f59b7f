//! Which column of a table holds what, and how its numbers and days are written: a small file that its users keep.

use super::{
    sheet::{Cell, Row, Sheet},
    Column,
};
use crate::{
    fault::{Faults, Reason},
    usage::{table::HEAD_ROWS, DecimalMark},
};
use interclear_matching::normalise::moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In which order a table writes day, month and year.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Dates {
    /// `31.01.2026`
    Dmy,
    /// `01/31/2026`
    Mdy,
    /// `2026/01/31`
    Ymd,
}

/// The map of a table.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The mark before decimals, `,` or `.`, where digits stand in groups or the mark is a comma.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// The order of days that are not written as `2026-01-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
    /// How far times that do not say it are ahead of UTC, such as `+01:00`, or behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utc_offset: Option<String>,
    /// The unit of bandwidths that have none, such as `Mbit/s`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bandwidth_unit: Option<String>,
    /// The heads of the columns.
    #[serde(default)]
    pub columns: BTreeMap<Column, String>,
    /// What every row says where a cell is empty, or no column says it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fixed: BTreeMap<Column, String>,
}

/// The columns of a table, found by its head.
pub(super) struct Columns {
    places: BTreeMap<Column, usize>,
    heads: BTreeMap<Column, String>,
}

impl Columns {
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places.get(&column).copied()
    }

    /// The column in words: `start`, or `recurring (column MRC)`.
    pub(super) fn said(&self, column: Column) -> String {
        match self.heads.get(&column) {
            Some(head) if head != column.name() => format!("{column} (column {head})"),
            _ => column.to_string(),
        }
    }
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// It is not TOML, or says what no map says.
    pub fn read(text: &str) -> Result<Self, Faults> {
        let map: Self = toml::from_str(text)
            .map_err(|error| Faults::one("map", Reason::Unreadable(error.to_string().trim_end().into())))?;
        let mut faults = Faults::default();
        if let Some(mark) = &map.decimal {
            if mark.parse::<DecimalMark>().is_err() {
                faults.add(
                    "map, decimal",
                    Reason::Other(format!("`{mark}` is not a mark: write , or .")),
                );
            }
        }
        if let Some(offset) = &map.utc_offset {
            if moment(&format!("2000-01-01T00:00{offset}")).is_err() {
                let reason = format!("`{offset}` is not an offset from UTC: write one such as +01:00, or Z");
                faults.add("map, utc_offset", Reason::Other(reason));
            }
        }
        for column in map
            .columns
            .keys()
            .filter(|column| map.columns[*column].trim().is_empty())
        {
            faults.add(format!("map, columns.{column}"), Reason::Missing);
        }
        faults.unless(map)
    }

    /// The map as a file.
    pub fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// The row of the head, and the columns that it names.
    pub(super) fn find(&self, sheet: &Sheet) -> Result<(usize, Columns), Faults> {
        let mut closest: Option<Faults> = None;
        for (number, row) in sheet.rows.iter().take(HEAD_ROWS).enumerate() {
            match self.columns_of(row) {
                Ok(columns) => return Ok((number, columns)),
                Err(faults) => {
                    let lacks = |faults: &Faults| faults.list.len();
                    if closest.as_ref().is_none_or(|least| lacks(&faults) < lacks(least)) {
                        closest = Some(faults);
                    }
                }
            }
        }
        Err(closest.unwrap_or_else(|| Faults::one("file", Reason::Unreadable("it is empty".into()))))
    }

    fn columns_of(&self, row: &Row) -> Result<Columns, Faults> {
        let mut places = BTreeMap::new();
        let mut faults = Faults::default();
        for (column, head) in &self.columns {
            let named = |cell: &&(usize, &Cell)| cell.1.text.trim().eq_ignore_ascii_case(head.trim());
            let cells: Vec<(usize, &Cell)> = row.cells.iter().enumerate().collect();
            let mut found = cells.iter().filter(named);
            match (found.next(), found.next()) {
                (Some((place, _)), None) => drop(places.insert(*column, *place)),
                (None, _) => faults.add(format!("column {head}"), Reason::Missing),
                (Some(_), Some(_)) => {
                    faults.add(format!("column {head}"), Reason::Other("is there twice".into()));
                }
            }
        }
        faults.unless(Columns {
            places,
            heads: self.columns.clone(),
        })
    }

    /// The text of a cell as fields are read: with a decimal point, days as `2026-01-31`, bandwidths with a unit. What cannot be
    /// turned stays as it is, and is refused as such.
    pub(super) fn said(&self, column: Column, text: &str) -> String {
        let text = match text.is_empty() {
            true => self.fixed.get(&column).map_or("", |fixed| fixed.trim()),
            false => text,
        };
        let turned = match column {
            Column::Recurring | Column::Hourly | Column::OneOff => self.number(text),
            Column::Start | Column::End | Column::Since => Some(self.day(text)),
            Column::Bandwidth => {
                let number = self.number(text);
                let plain = number.as_deref().unwrap_or(text);
                let bare =
                    !plain.is_empty() && plain.bytes().all(|octet| octet.is_ascii_digit() || octet == b'.');
                match (&self.bandwidth_unit, bare) {
                    (Some(unit), true) => Some(format!("{plain} {unit}")),
                    _ => None,
                }
            }
            _ => None,
        };
        turned.unwrap_or_else(|| text.to_owned())
    }

    /// A day, and the time behind it with its offset from UTC.
    fn day(&self, text: &str) -> String {
        let (written, time) = day_and_time(text);
        let turned = self.dates.and_then(|dates| day(written, dates));
        let offset = self.utc_offset.as_deref().filter(|_| lacks_offset(time));
        let day = turned.as_deref().unwrap_or(written);
        format!("{day}{time}{}", offset.unwrap_or_default())
    }

    fn number(&self, text: &str) -> Option<String> {
        let mark = self.decimal.as_ref()?.parse().ok()?;
        number(text, mark)
    }
}

/// A number whose decimal mark is known, with a point and without groups.
pub(super) fn number(text: &str, mark: DecimalMark) -> Option<String> {
    let decimal = match mark {
        DecimalMark::Point => '.',
        DecimalMark::Comma => ',',
    };
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|octet| octet.is_ascii_digit());
    let groups: Vec<&str> = whole
        .split(['.', ',', '\'', ' ', '\u{a0}', '\u{202f}', '’'])
        .collect();
    let (first, rest) = groups.split_first()?;
    let grouped = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
    let plain = groups.iter().all(|group| digits(group)) && !whole.contains(decimal);
    let fine = grouped && plain && (fraction.is_empty() || digits(fraction));
    fine.then(|| match fraction.is_empty() {
        true => format!("{sign}{}", groups.concat()),
        false => format!("{sign}{}.{fraction}", groups.concat()),
    })
}

/// What is written of a day, and of the time behind it.
pub(super) fn day_and_time(text: &str) -> (&str, &str) {
    text.find([' ', 'T'])
        .and_then(|place| text.split_at_checked(place))
        .unwrap_or((text, ""))
}

/// Whether a time of day, as it is behind a day, does not say in which zone it is.
pub(super) fn lacks_offset(time: &str) -> bool {
    time.contains(':') && !time.contains(['Z', 'z', '+', '-'])
}

/// A day as `2026-01-31`. A year has four digits: of two there are several readings.
pub(super) fn day(text: &str, dates: Dates) -> Option<String> {
    let (date, _) = day_and_time(text);
    let mut parts = date.split(['.', '/', '-']);
    let parts = [
        parts.next()?,
        parts.next()?,
        parts.next().filter(|_| parts.next().is_none())?,
    ];
    // The one form that everybody reads alike.
    let [year, month, day] = match (dates, parts) {
        (_, [year, month, day]) if year.len() == 4 => [year, month, day],
        (Dates::Dmy, [day, month, year]) | (Dates::Mdy, [month, day, year]) => [year, month, day],
        (Dates::Ymd, _) => return None,
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|octet| octet.is_ascii_digit());
    let fine = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    (fine && [year, month, day].into_iter().all(digits)).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_should_have_a_point_and_no_groups_when_its_mark_is_known() {
        use DecimalMark::{Comma, Point};
        for (text, mark, expected) in [
            ("1.200,50", Comma, Some("1200.50")),
            ("1 200,5", Comma, Some("1200.5")),
            ("1200", Comma, Some("1200")),
            ("-3,5", Comma, Some("-3.5")),
            ("1,200.50", Point, Some("1200.50")),
            ("4.000", Comma, Some("4000")),
            ("4.000", Point, Some("4.000")),
            ("12.00", Comma, None),
            ("1.2.3", Point, None),
            ("1,2,3", Comma, None),
            ("EUR 5", Comma, None),
            ("", Comma, None),
        ] {
            assert_eq!(number(text, mark).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn time_should_stay_behind_its_day_and_have_the_offset_of_the_map_when_it_has_none() {
        let map = Map {
            dates: Some(Dates::Dmy),
            utc_offset: Some("+01:00".into()),
            ..Map::default()
        };
        for (text, expected) in [
            ("31.10.2026 14:30", "2026-10-31 14:30+01:00"),
            ("2026-10-31T14:30:00", "2026-10-31T14:30:00+01:00"),
            ("31.10.2026 14:30Z", "2026-10-31 14:30Z"),
            ("2026-10-31T14:30-05:00", "2026-10-31T14:30-05:00"),
            ("31.10.2026", "2026-10-31"),
            ("soon", "soon"),
            ("", ""),
        ] {
            assert_eq!(map.said(Column::Start, text), expected, "{text}");
        }
        for (offset, is_read) in [
            ("+01:00", true),
            ("Z", true),
            ("1", false),
            ("CET", false),
            ("+25:00", false),
        ] {
            let read = Map::read(&format!("utc_offset = \"{offset}\""));
            assert_eq!(read.is_ok(), is_read, "{offset}");
            let told = read.err().map_or_else(String::new, |faults| faults.to_string());
            assert_eq!(told.contains("write one such as +01:00"), !is_read, "{told}");
        }
    }

    #[test]
    fn day_should_be_as_everybody_reads_it_when_the_order_is_known() {
        use Dates::{Dmy, Mdy, Ymd};
        for (text, dates, expected) in [
            ("31.01.2026", Dmy, Some("2026-01-31")),
            ("1/2/2026", Dmy, Some("2026-02-01")),
            ("1/2/2026", Mdy, Some("2026-01-02")),
            ("2026/1/2", Ymd, Some("2026-01-02")),
            ("2026-01-02", Dmy, Some("2026-01-02")),
            ("02-01-2026 00:00", Dmy, Some("2026-01-02")),
            ("02.01.26", Dmy, None),
            ("Jan 2026", Dmy, None),
        ] {
            assert_eq!(day(text, dates).as_deref(), expected, "{text}");
        }
    }
}
