//! What the metadata describes, such as events and calls, as JSON and in words.

use crate::output;
use interclear_client::{
    chain::AccountId,
    files::{key_of, name_of},
    text::printable,
};
use interclear_primitives::{period::Period, series::Stream, tadig::Tadig};
use interclear_tap::FileName;
use serde_json::{json, Map, Value as Json};
use subxt::{
    dynamic::Value,
    ext::scale_value::{Composite, Primitive, ValueDef},
};

/// A value as JSON; `name` is that of the field that it stands in, from which its meaning follows.
fn plain(name: &str, value: &Value) -> Json {
    match &value.value {
        ValueDef::Composite(parts) => composite(name, parts),
        ValueDef::Variant(variant) => match (variant.name.as_str(), variant.values.values().next()) {
            ("None", None) => Json::Null,
            ("Some" | "Clear", Some(inner)) => plain(name, inner),
            (variant, None) => json!(variant),
            (name, Some(_)) => {
                let mut object = Map::new();
                object.insert(name.to_owned(), composite(name, &variant.values));
                Json::Object(object)
            }
        },
        ValueDef::Primitive(primitive) => match primitive {
            Primitive::Bool(value) => json!(value),
            Primitive::Char(value) => json!(value.to_string()),
            Primitive::String(value) => json!(value),
            Primitive::U128(value) => number(name, *value),
            // What does not fit into 64 bits is text, as everywhere in JSON.
            Primitive::I128(value) => {
                i64::try_from(*value).map_or_else(|_| json!(value.to_string()), |value| json!(value))
            }
            Primitive::U256(value) | Primitive::I256(value) => json!(output::hex(value)),
        },
        ValueDef::BitSequence(bits) => json!(bits
            .iter()
            .map(|bit| if bit { '1' } else { '0' })
            .collect::<String>()),
    }
}

/// Fields that are moments, in seconds since the Unix epoch.
const MOMENTS: [&str; 10] = [
    "affirm_by",
    "alone_from",
    "as_of",
    "cut_off",
    "due",
    "expires",
    "fund_by",
    "since",
    "until",
    "usable_from",
];

fn number(name: &str, value: u128) -> Json {
    let small = u32::try_from(value).ok();
    if let ("period" | "billed_with" | "from" | "last", Some(period)) =
        (name, small.map(Period).filter(|period| period.is_valid()))
    {
        return json!(period.to_string());
    }
    match (name, u64::try_from(value)) {
        (name, Ok(moment)) if MOMENTS.contains(&name) => json!(output::moment(moment)),
        (_, Ok(value)) => json!(value),
        (_, Err(_)) => json!(value.to_string()),
    }
}

/// The fields of an event or a call as JSON.
pub(super) fn composite(name: &str, parts: &Composite<()>) -> Json {
    if let Some(bytes) = bytes(name, parts) {
        return json!(octets(name, &bytes));
    }
    match parts {
        Composite::Named(parts) => Json::Object(
            parts
                .iter()
                .map(|(name, value)| (name.clone(), plain(name, value)))
                .collect(),
        ),
        // A newtype is what it holds.
        Composite::Unnamed(parts) if parts.len() == 1 => plain(name, &parts[0]),
        Composite::Unnamed(parts) => Json::Array(parts.iter().map(|part| plain(name, part)).collect()),
    }
}

/// Fields that are text, however short.
const TEXTS: [&str; 6] = ["name", "symbol", "reference", "reason", "region", "Region"];

/// The octets of an array of them; shorter lists of small numbers are numbers, unless the field is text.
fn bytes(name: &str, parts: &Composite<()>) -> Option<Vec<u8>> {
    let Composite::Unnamed(parts) = parts else {
        return None;
    };
    // A text may be in the newtype of its bound.
    if let ([inner], true) = (&parts[..], TEXTS.contains(&name)) {
        if let ValueDef::Composite(inner) = &inner.value {
            return bytes(name, inner);
        }
    }
    let octet = |part: &Value| match &part.value {
        ValueDef::Primitive(Primitive::U128(value)) => u8::try_from(*value).ok(),
        _ => None,
    };
    if parts.len() < 3 && !TEXTS.contains(&name) {
        return None;
    }
    parts.iter().map(octet).collect()
}

/// TADIG and currency codes as text, accounts as addresses, everything else in hexadecimal digits.
fn octets(name: &str, bytes: &[u8]) -> String {
    let code = bytes.len() <= 5
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    match (<[u8; 32]>::try_from(bytes), name) {
        (_, name) if TEXTS.contains(&name) => String::from_utf8_lossy(bytes).into_owned(),
        _ if code => String::from_utf8_lossy(bytes).into_owned(),
        (Ok(hash), "digest" | "hash" | "file_digest" | "root" | "rap_digest" | "proposal_hash" | "leaf") => {
            output::hex(&hash)
        }
        (Ok(account), _) => AccountId::from(account).to_string(),
        (Err(_), _) => output::hex(bytes),
    }
}

/// Fields as `name=value`, for people.
pub(super) fn text(fields: &Json) -> String {
    match fields {
        Json::Object(fields) => {
            if let Some(name) = file_name(fields) {
                return name;
            }
            let parts = fields.iter().map(|(name, value)| match value {
                Json::Object(inner) if file_name(inner).is_none() => format!("{name}({})", text(value)),
                _ => format!("{name}={}", text(value)),
            });
            parts.collect::<Vec<_>>().join(" ")
        }
        Json::Array(parts) => format!("[{}]", parts.iter().map(text).collect::<Vec<_>>().join(" ")),
        // Names and references come from anybody.
        Json::String(text) => printable(text),
        Json::Null => "-".into(),
        other => other.to_string(),
    }
}

/// The name of the file that a key stands for.
fn file_name(fields: &Map<String, Json>) -> Option<String> {
    let series = fields.get("series")?;
    let code = |side: &str| series.get(side)?.as_str()?.parse::<Tadig>().ok();
    let name = FileName {
        test: series.get("test")?.as_bool()?,
        sender: code("sender")?,
        recipient: code("recipient")?,
        sequence: u32::try_from(fields.get("sequence")?.as_u64()?).ok()?,
    };
    let stream = match series.get("stream")?.as_str()? {
        "Tap" => Stream::Tap,
        "Nrtrde" => Stream::Nrtrde,
        _ => return None,
    };
    Some(name_of(&key_of(&name, stream)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_should_be_read_by_their_meaning_when_fields_are_named() {
        let tadig = Value::unnamed_composite([Value::from_bytes(b"DEUD1")]);
        let series = Value::named_composite([("sender", tadig), ("test", Value::bool(false))]);
        let clear = Value::unnamed_variant("Clear", [Value::i128(-5)]);
        let fields = Composite::named([
            ("series", series),
            ("period", Value::unnamed_composite([Value::u128(202_611)])),
            ("net", clear),
            ("resent_for", Value::unnamed_variant("None", [])),
            ("due", Value::u128(951_782_400)),
            ("until", Value::u128(951_782_401)),
            ("alone_from", Value::u128(951_782_402)),
            ("as_of", Value::u128(951_782_403)),
            ("usable_from", Value::u128(951_782_404)),
            ("billed_with", Value::unnamed_composite([Value::u128(202_612)])),
            // No month has the number 13.
            ("from", Value::unnamed_composite([Value::u128(202_613)])),
            ("digest", Value::from_bytes([7u8; 32])),
            ("amount", Value::u128(u128::MAX)),
        ]);
        let read = composite("", &fields);
        assert_eq!(read["series"]["sender"], "DEUD1");
        assert_eq!(read["period"], "2026-11");
        assert_eq!(read["net"], -5);
        assert_eq!(read["resent_for"], Json::Null);
        assert_eq!(read["due"], "2000-02-29 00:00:00");
        assert_eq!(read["until"], "2000-02-29 00:00:01");
        assert_eq!(read["alone_from"], "2000-02-29 00:00:02");
        assert_eq!(read["as_of"], "2000-02-29 00:00:03");
        assert_eq!(read["usable_from"], "2000-02-29 00:00:04");
        assert_eq!(read["billed_with"], "2026-12");
        assert_eq!(read["from"], 202_613);
        assert_eq!(read["digest"], format!("0x{}", "07".repeat(32)));
        assert_eq!(read["amount"], u128::MAX.to_string());
        assert!(
            text(&read).contains("series(sender=DEUD1 test=false)"),
            "{}",
            text(&read)
        );
    }

    #[test]
    fn text_should_call_a_file_by_its_name_when_a_key_is_shown() {
        let code = |code: &str| Value::unnamed_composite([Value::from_bytes(code)]);
        for (stream, name) in [("Tap", "CDDEUD1FRAF100042"), ("Nrtrde", "NRDEUD1FRAF10000042")] {
            let series = Value::named_composite([
                ("sender", code("DEUD1")),
                ("recipient", code("FRAF1")),
                ("stream", Value::unnamed_variant(stream, [])),
                ("test", Value::bool(false)),
            ]);
            let key = Value::named_composite([("series", series), ("sequence", Value::u128(42))]);
            let read = composite("", &Composite::named([("key", key)]));
            assert_eq!(text(&read), format!("key={name}"));
            assert_eq!(read["key"]["sequence"], 42);
        }
    }

    #[test]
    fn a_name_should_be_text_when_it_has_one_or_two_octets_or_none() {
        for name in ["X", "XY", "É", "", "Alpha Mobile"] {
            for value in [
                Value::from_bytes(name),
                Value::unnamed_composite([Value::from_bytes(name)]),
            ] {
                let read = composite("", &Composite::named([("name", value)]));
                assert_eq!(read["name"], name);
            }
        }
        // The reference of a payment, and a region in a variant of its name.
        let twice =
            |text: &str| Value::unnamed_composite([Value::unnamed_composite([Value::from_bytes(text)])]);
        let fields = Composite::named([
            ("reference", twice("BANK-7/7")),
            ("area", Value::unnamed_variant("Region", [twice("EU")])),
        ]);
        let read = composite("", &fields);
        assert_eq!(read["reference"], "BANK-7/7");
        assert_eq!(read["area"]["Region"], "EU");
        let few = composite("", &Composite::named([("parts", Value::from_bytes("XY"))]));
        assert_eq!(few["parts"], serde_json::json!([88, 89]));
    }
}
