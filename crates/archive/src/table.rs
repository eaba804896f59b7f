//! Rows of cells that know what they are, so that every form of a report shows the same.

use interclear_client::money::{grouped, grouped_quantity, money, USAGE_DECIMALS};
use std::collections::BTreeMap;

/// What stands in a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A decimal number: this many 10^-`1`.
    Decimal(i128, u8),
}

/// An operator by its name, or by its number where that is all that is known.
pub(crate) fn named(names: &BTreeMap<i64, String>, operator: i64) -> Cell {
    let name = names.get(&operator).cloned();
    Cell::Text(name.unwrap_or_else(|| operator.to_string()))
}

impl Cell {
    /// As text, a decimal number with a point.
    pub fn as_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(number) => number.to_string(),
            Self::Decimal(number, decimals) => money(*number, *decimals),
        }
    }

    /// As people read it: thousands apart, and no more digits of a quantity than it has.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(number) => grouped((*number).into(), 0),
            Self::Decimal(number, USAGE_DECIMALS) => grouped_quantity(*number),
            Self::Decimal(number, decimals) => grouped(*number, *decimals),
        }
    }
}

/// What a clearing team shows, ready to be written in any form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// What it is about.
    pub title: String,
    /// From where it knows.
    pub note: String,
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// One for each line, as many cells as the head has.
    pub rows: Vec<Vec<Cell>>,
}
