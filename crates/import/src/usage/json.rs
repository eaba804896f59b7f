//! JSON with `inbound` and `outbound` rows.

use super::{
    row::{self, At, Field, Found, Label, Texts},
    Usage,
};
use crate::{
    fault::{Faults, Reason, MAX_FAULTS},
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
            if row::seems(&name) == Some(Field::Direction) {
                found.faults.add(name, Reason::Unread("inbound or outbound"));
            }
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
    found.usage(rows)
}

/// The fields of a row, in the order of [`Field::ALL`].
fn texts<'a>(
    members: Vec<(String, &'a RawValue)>,
    place: &str,
    told: &mut BTreeSet<String>,
    found: &mut Found,
) -> Texts<'a> {
    let mut texts: Texts<'a> = Default::default();
    let mut there = [false; Field::ALL.len()];
    let mut unread = Vec::new();
    for (name, value) in members {
        let exact = Field::ALL.into_iter().find(|field| field.key() == name);
        let field = exact.or_else(|| Field::ALL.into_iter().find(|field| row::spelled(*field, &name)));
        let Some(field) = field else {
            unread.extend(row::seems(&name).map(|field| (name, field)));
            continue;
        };
        let (text, there) = (&mut texts[field as usize], &mut there[field as usize]);
        if std::mem::replace(there, true) {
            found
                .faults
                .add(format!("{place}.{name}"), Reason::Other("comes twice".into()));
        }
        *text = said(Some(value));
    }
    for (name, field) in unread {
        let place = format!("{place}.{name}");
        if !there[field as usize] && field != Field::Direction {
            found.faults.add(place, Reason::Unread(field.key()));
        } else if told.len() < MAX_FAULTS && told.insert(name) {
            found.warnings.add(place, Reason::Other("is not read".into()));
        }
    }
    texts
}
