//! JSON with `inbound` and `outbound` rows.

use super::{
    number::{self, DecimalMark, NUMBERS},
    row::{self, At, Field, Found, Label, Texts},
    Usage,
};
use crate::{
    decimal::InvalidDecimal,
    fault::{Faults, Reason, MAX_FAULTS},
    groups::questioned,
    node::Members,
};
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::BTreeSet};

/// The lists of rows, and what else the file tells.
fn lists<'a>(
    members: Vec<(String, &'a RawValue)>,
    found: &mut Found,
) -> Result<[Option<Vec<&'a RawValue>>; 2], Faults> {
    let mut lists = [None, None];
    for (name, value) in members {
        let label = Label::BOTH.into_iter().zip(&mut lists);
        let mut label = label.filter(|(label, _)| name.eq_ignore_ascii_case(label.name()));
        let Some((_, list)) = label.next() else {
            beside(name, value, found);
            continue;
        };
        if list.is_some() {
            return Err(Faults::one(name, Reason::Other("comes twice".into())));
        }
        let read: Option<Vec<&RawValue>> = serde_json::from_str(value.get())
            .map_err(|error| Faults::one("file", Reason::Unreadable(format!("{name}: {error}"))))?;
        *list = read;
    }
    Ok(lists)
}

/// Refuses what stands beside the lists and may change what their rows count for, and names what else is not read.
fn beside(name: String, value: &RawValue, found: &mut Found) {
    if row::seems(&name) == Some(Field::Direction) {
        found.faults.add(name, Reason::Unread("inbound or outbound"));
    } else if row::alters_all(&name) && is_filled(value) {
        found.faults.add(name, Reason::Altering);
    } else if let ("metadata", Ok(Members(members))) = (name.as_str(), serde_json::from_str(value.get())) {
        // What a file is called and who made it changes nothing.
        let altering = members
            .into_iter()
            .filter(|(name, value)| row::alters_all(name) && is_filled(value));
        for (item, _) in altering {
            found.faults.add(format!("{name}.{item}"), Reason::Altering);
        }
    } else {
        found.warnings.add(name, Reason::Other("is not read".into()));
    }
}

/// Whether a value is anything at all.
fn is_filled(value: &RawValue) -> bool {
    said(Some(value)).is_some_and(|text| !text.trim().is_empty())
}

/// Refuses numbers in quotes whose point may be decimal, or group the digits; unless others show that points are decimal.
fn quoted(quoted: Vec<(String, String)>, decimal: Option<DecimalMark>, faults: &mut Faults) {
    if decimal.is_some() || number::only_points(quoted.iter().map(|(_, text)| text.as_str())) {
        return;
    }
    for (place, text) in quoted {
        if let Some(reason) = questioned(&text) {
            faults.add(place, reason);
        }
    }
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

pub(super) fn read(text: &str, decimal: Option<DecimalMark>) -> Result<Usage, Faults> {
    let Members(members) = serde_json::from_str(text)
        .map_err(|error| Faults::one("file", Reason::Unreadable(error.to_string())))?;
    let mut found = Found::default();
    let lists = lists(members, &mut found)?;
    if lists.iter().all(Option::is_none) && found.faults.is_empty() {
        let reason = "there are neither inbound nor outbound rows";
        return Err(Faults::one("file", Reason::Unreadable(reason.into())));
    }
    let lists = lists.map(Option::unwrap_or_default);
    let mut rows = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    // Names that are not read are told once.
    let mut told = BTreeSet::new();
    let mut in_quotes = Vec::new();
    for (label, list) in Label::BOTH.into_iter().zip(lists) {
        for (index, raw) in list.into_iter().enumerate() {
            let Members(members) = match serde_json::from_str(raw.get()) {
                Ok(members) => members,
                Err(error) => {
                    let place = format!("{}[{index}]", label.name());
                    found
                        .faults
                        .add(place, Reason::Unreadable(format!("this is not a row: {error}")));
                    continue;
                }
            };
            let at = At::Entry(label, index);
            let texts = texts(
                members,
                &format!("{}[{index}]", label.name()),
                &mut told,
                &mut found,
                &mut in_quotes,
            );
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
    quoted(in_quotes, decimal, &mut found.faults);
    found.usage(rows)
}

/// The fields of a row, in the order of [`Field::ALL`].
fn texts<'a>(
    members: Vec<(String, &'a RawValue)>,
    place: &str,
    told: &mut BTreeSet<String>,
    found: &mut Found,
    in_quotes: &mut Vec<(String, String)>,
) -> Texts<'a> {
    let mut texts: Texts<'a> = Default::default();
    let mut there = [false; Field::ALL.len()];
    let mut unread = Vec::new();
    for (name, value) in members {
        let exact = Field::ALL.into_iter().find(|field| field.key() == name);
        let field = exact.or_else(|| Field::ALL.into_iter().find(|field| row::spelled(*field, &name)));
        let Some(field) = field else {
            unread.push((name, value));
            continue;
        };
        let (text, there) = (&mut texts[field as usize], &mut there[field as usize]);
        if std::mem::replace(there, true) {
            found
                .faults
                .add(format!("{place}.{name}"), Reason::Other("comes twice".into()));
        }
        *text = said(Some(value));
        let is_text = NUMBERS.contains(&field) && value.get().starts_with('"');
        if let Some(text) = text.as_deref().map(str::trim).filter(|_| is_text) {
            let place = || format!("{place}.{}", field.key());
            if number::is_rounded(text) {
                // A number of JSON may have an exponent; text comes out of a spreadsheet.
                let (text, why) = (text.to_owned(), InvalidDecimal::Rounded);
                found.faults.add(place(), Reason::Number { text, why });
            } else if text.contains('.') {
                in_quotes.push((place(), text.to_owned()));
            }
        }
    }
    for (name, value) in unread {
        let place = format!("{place}.{name}");
        let missing = |field: &Field| !there[*field as usize] && *field != Field::Direction;
        if let Some(field) = row::seems(&name).filter(missing) {
            found.faults.add(place, Reason::Unread(field.key()));
        } else if row::alters(&name) && is_filled(value) {
            found.faults.add(place, Reason::Altering);
        } else if told.len() < MAX_FAULTS && told.insert(name) {
            found.warnings.add(place, Reason::Other("is not read".into()));
        }
    }
    texts
}
