//! JSON with `inbound` and `outbound` rows.

use super::{
    row::{self, At, Field, Found, Label, Texts},
    Usage,
};
use crate::fault::{Faults, Reason};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The file; what it tells besides is of no interest.
#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    inbound: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    outbound: Option<Vec<&'a RawValue>>,
}

/// A row as it is written, with every number as its text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    #[serde(borrow)]
    year_month: Option<&'a RawValue>,
    #[serde(borrow)]
    home_tadig: Option<&'a RawValue>,
    #[serde(borrow)]
    visitor_tadig: Option<&'a RawValue>,
    #[serde(borrow)]
    service: Option<&'a RawValue>,
    #[serde(borrow)]
    usage: Option<&'a RawValue>,
    #[serde(borrow)]
    units: Option<&'a RawValue>,
    #[serde(borrow)]
    charges: Option<&'a RawValue>,
    #[serde(borrow)]
    direction: Option<&'a RawValue>,
    #[serde(borrow)]
    taxes: Option<&'a RawValue>,
    #[serde(borrow)]
    currency: Option<&'a RawValue>,
}

/// What a value says: the inside of a string, the digits of a number; `None` for null.
fn said(value: Option<&RawValue>) -> Option<Cow<'_, str>> {
    let text = value?.get();
    match text.strip_prefix('"') {
        None if text == "null" => None,
        None => Some(Cow::Borrowed(text)),
        Some(inside) if !inside.contains('\\') => {
            Some(Cow::Borrowed(inside.strip_suffix('"').unwrap_or(inside)))
        }
        Some(_) => Some(serde_json::from_str(text).map_or(Cow::Borrowed(text), Cow::Owned)),
    }
}

pub(super) fn read(text: &str) -> Result<Usage, Faults> {
    let file: File = serde_json::from_str(text)
        .map_err(|error| Faults::one("file", Reason::Unreadable(error.to_string())))?;
    if file.inbound.is_none() && file.outbound.is_none() {
        let reason = "there are neither inbound nor outbound rows";
        return Err(Faults::one("file", Reason::Unreadable(reason.into())));
    }
    let mut found = Found::default();
    let lists = [
        file.inbound.unwrap_or_default(),
        file.outbound.unwrap_or_default(),
    ];
    let mut rows = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    for (label, list) in Label::BOTH.into_iter().zip(lists) {
        for (index, raw) in list.into_iter().enumerate() {
            let entry: Entry = match serde_json::from_str(raw.get()) {
                Ok(entry) => entry,
                Err(error) => {
                    let place = format!("{}[{index}]", label.name());
                    found
                        .faults
                        .add(place, Reason::Unreadable(format!("this is not a row: {error}")));
                    continue;
                }
            };
            let at = At::Entry(label, index);
            let texts = texts(&entry);
            // A direction within the row may repeat that of the list, and no more.
            if let Some(own) = texts.get(Field::Direction as usize).and_then(Option::as_deref) {
                if !own.eq_ignore_ascii_case(label.name()) {
                    let place = format!("{}[{index}].{}", label.name(), Field::Direction.key());
                    let reason = format!("says {own} in the list of {} rows", label.name());
                    found.faults.add(place, Reason::Other(reason));
                }
            }
            rows.extend(row::read(at, Some(label), &texts, &mut found));
        }
    }
    found.usage(rows)
}

/// In the order of [`Field::ALL`].
fn texts<'a>(entry: &Entry<'a>) -> Texts<'a> {
    [
        entry.year_month,
        entry.home_tadig,
        entry.visitor_tadig,
        entry.service,
        entry.usage,
        entry.units,
        entry.charges,
        entry.direction,
        entry.taxes,
        entry.currency,
    ]
    .map(said)
}
