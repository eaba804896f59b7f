//! Values of the archive as what they were on the chain: the way back from JSON, by the types that this program knows.
//!
//! Only where a figure is computed once more is that needed; what is shown is read by its names.

use crate::error::ArchiveError;
use codec::{Compact, Decode, Encode};
use interclear_client::chain::AccountId;
use interclear_primitives::{period::Period, service::Service};
use scale_info::{
    form::PortableForm, Field, MetaType, PortableRegistry, Registry, TypeDef, TypeDefPrimitive, TypeInfo,
};
use serde_json::Value;
use std::str::FromStr;

/// Reads JSON of the archive as a type of this program.
///
/// # Errors
/// It was written by a runtime in which the type had another form.
pub fn value<T: TypeInfo + Decode + 'static>(json: &Value) -> Result<T, ArchiveError> {
    let mut registry = Registry::new();
    let of = registry.register_type(&MetaType::new::<T>()).id;
    let types: PortableRegistry = registry.into();
    let mut octets = Vec::new();
    let read = write(json, of, &types, &mut octets).and_then(|()| {
        let input = &mut octets.as_slice();
        let value = T::decode(input).map_err(|error| error.to_string())?;
        input
            .is_empty()
            .then_some(value)
            .ok_or_else(|| "it is too long".to_owned())
    });
    read.map_err(|reason| ArchiveError::OtherForm {
        what: std::any::type_name::<T>()
            .rsplit("::")
            .next()
            .unwrap_or_default()
            .into(),
        reason,
    })
}

/// Reads text of the archive, which is JSON, as a type of this program.
///
/// # Errors
/// As [`value`].
pub fn text<T: TypeInfo + Decode + 'static>(text: &str) -> Result<T, ArchiveError> {
    value(&serde_json::from_str(text).unwrap_or_default())
}

/// The name of a service, as people know it.
pub fn service(name: &str) -> String {
    let known = value::<Service>(&Value::String(name.to_owned()));
    known.map_or_else(|_| name.to_owned(), |service| service.to_string())
}

/// A value of a few in words: `MissingUsage` is missing usage, `{"Ended":"Accepted"}` is ended: accepted.
pub fn words(json: &Value) -> String {
    match json {
        // What is all capitals is a name of its own, such as a class of services.
        Value::String(name) if name.len() > 1 && !name.contains(char::is_lowercase) => name.clone(),
        Value::String(name) => {
            let mut words = String::new();
            for sign in name.chars() {
                if sign.is_uppercase() && !words.is_empty() {
                    words.push(' ');
                }
                words.extend(sign.to_lowercase());
            }
            words
        }
        Value::Object(parts) => {
            let each = parts.iter().map(|(name, inner)| {
                let name = words(&Value::String(name.clone()));
                match inner {
                    Value::Null => name,
                    inner => format!("{name}: {}", words(inner)),
                }
            });
            each.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

type Done = Result<(), String>;

fn wrong(what: &str, json: &Value) -> String {
    let shown: String = json.to_string().chars().take(60).collect();
    format!("{what} was expected, not {shown}")
}

/// A whole number, whether it was short or long.
fn number<T: FromStr>(json: &Value) -> Result<T, String> {
    let text = match json {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.parse().map_err(|_| wrong("a number", json))
}

/// Octets that were written as hexadecimal digits, or as the text that they are.
fn octets(json: &Value, fixed: bool) -> Result<Vec<u8>, String> {
    let text = json.as_str().ok_or_else(|| wrong("text", json))?;
    let digits = text
        .strip_prefix("0x")
        .and_then(|digits| hex::decode(digits).ok());
    // What could have been written as text was.
    let printable = |octets: &Vec<u8>| {
        let text = std::str::from_utf8(octets);
        text.is_ok_and(|text| !text.is_empty() && !text.chars().any(char::is_control))
    };
    Ok(match digits {
        Some(octets) if fixed || !printable(&octets) => octets,
        _ => text.as_bytes().to_vec(),
    })
}

fn is_octet(of: u32, types: &PortableRegistry) -> bool {
    let of = types.resolve(of).map(|of| &of.type_def);
    matches!(of, Some(TypeDef::Primitive(TypeDefPrimitive::U8)))
}

fn list(json: &Value, length: Option<usize>) -> Result<&Vec<Value>, String> {
    let list = json.as_array().ok_or_else(|| wrong("a list", json))?;
    match length.is_none_or(|length| length == list.len()) {
        true => Ok(list),
        false => Err(wrong("a list of another length", json)),
    }
}

fn length(count: usize, out: &mut Vec<u8>) -> Done {
    let count = u32::try_from(count).map_err(|_| "it is too long".to_owned())?;
    Compact(count).encode_to(out);
    Ok(())
}

/// Writes JSON as the chain encodes a type; the opposite of [`crate::json::read`].
fn write(json: &Value, of: u32, types: &PortableRegistry, out: &mut Vec<u8>) -> Done {
    let found = types.resolve(of).ok_or("a type is not described")?;
    let name = found.path.segments.last().map(String::as_str).unwrap_or_default();
    match (name, json) {
        ("AccountId32", Value::String(text)) => {
            let account = AccountId::from_str(text).map_err(|_| wrong("an address", json))?;
            out.extend(account.0);
            return Ok(());
        }
        ("Period", Value::String(text)) => {
            let period: Period = text.parse().map_err(|_| wrong("a month", json))?;
            period.0.encode_to(out);
            return Ok(());
        }
        ("Tadig" | "Currency", Value::String(text)) if !text.starts_with("0x") => {
            out.extend(text.as_bytes());
            return Ok(());
        }
        _ => {}
    }
    match &found.type_def {
        TypeDef::Composite(composite) => fields(json, &composite.fields, types, out),
        TypeDef::Variant(variants) => {
            let variant = |name: &str| variants.variants.iter().find(|variant| variant.name == name);
            let amount = name == "Value" && !json.is_object();
            let (variant, inner) = match json {
                Value::Null if name == "Option" => (variant("None"), &Value::Null),
                _ if name == "Option" => (variant("Some"), json),
                _ if amount && variant("Clear").is_some() => (variant("Clear"), json),
                Value::String(text) => (variant(text), &Value::Null),
                Value::Object(object) => match object.iter().next() {
                    Some((name, inner)) if object.len() == 1 => (variant(name), inner),
                    _ => (None, json),
                },
                _ => (None, json),
            };
            let variant = variant.ok_or_else(|| wrong(&format!("one of {name}"), json))?;
            out.push(variant.index);
            fields(inner, &variant.fields, types, out)
        }
        TypeDef::Sequence(sequence) if is_octet(sequence.type_param.id, types) => {
            let octets = octets(json, false)?;
            length(octets.len(), out)?;
            out.extend(octets);
            Ok(())
        }
        TypeDef::Sequence(sequence) => {
            let items = list(json, None)?;
            length(items.len(), out)?;
            items
                .iter()
                .try_for_each(|item| write(item, sequence.type_param.id, types, out))
        }
        TypeDef::Array(array) => {
            let count = usize::try_from(array.len).unwrap_or(usize::MAX);
            if is_octet(array.type_param.id, types) {
                let octets = octets(json, true)?;
                out.extend(&octets);
                return (octets.len() == count)
                    .then_some(())
                    .ok_or_else(|| wrong("other octets", json));
            }
            let items = list(json, Some(count))?;
            items
                .iter()
                .try_for_each(|item| write(item, array.type_param.id, types, out))
        }
        TypeDef::Tuple(tuple) if tuple.fields.is_empty() => Ok(()),
        TypeDef::Tuple(tuple) => {
            let items = list(json, Some(tuple.fields.len()))?;
            let mut parts = items.iter().zip(&tuple.fields);
            parts.try_for_each(|(item, of)| write(item, of.id, types, out))
        }
        TypeDef::Primitive(primitive) => {
            match primitive {
                TypeDefPrimitive::Bool => json
                    .as_bool()
                    .ok_or_else(|| wrong("yes or no", json))?
                    .encode_to(out),
                TypeDefPrimitive::Str => json.as_str().ok_or_else(|| wrong("text", json))?.encode_to(out),
                TypeDefPrimitive::U8 => number::<u8>(json)?.encode_to(out),
                TypeDefPrimitive::U16 => number::<u16>(json)?.encode_to(out),
                TypeDefPrimitive::U32 => number::<u32>(json)?.encode_to(out),
                TypeDefPrimitive::U64 => number::<u64>(json)?.encode_to(out),
                TypeDefPrimitive::U128 => number::<u128>(json)?.encode_to(out),
                TypeDefPrimitive::I8 => number::<i8>(json)?.encode_to(out),
                TypeDefPrimitive::I16 => number::<i16>(json)?.encode_to(out),
                TypeDefPrimitive::I32 => number::<i32>(json)?.encode_to(out),
                TypeDefPrimitive::I64 => number::<i64>(json)?.encode_to(out),
                TypeDefPrimitive::I128 => number::<i128>(json)?.encode_to(out),
                _ => return Err("a type cannot be read back".into()),
            }
            Ok(())
        }
        TypeDef::Compact(_) => {
            Compact(number::<u128>(json)?).encode_to(out);
            Ok(())
        }
        TypeDef::BitSequence(_) => Err("bits cannot be read back".into()),
    }
}

fn fields(json: &Value, fields: &[Field<PortableForm>], types: &PortableRegistry, out: &mut Vec<u8>) -> Done {
    match fields {
        [] => Ok(()),
        [only] if only.name.is_none() => write(json, only.ty.id, types, out),
        _ if fields.iter().all(|field| field.name.is_none()) => {
            let items = list(json, Some(fields.len()))?;
            let mut parts = items.iter().zip(fields);
            parts.try_for_each(|(item, field)| write(item, field.ty.id, types, out))
        }
        _ => fields.iter().try_for_each(|field| {
            let name = field.name.as_deref().unwrap_or_default();
            let part = json
                .get(name)
                .ok_or_else(|| wrong(&format!("something with `{name}`"), json))?;
            write(part, field.ty.id, types, out).map_err(|reason| format!("{name}: {reason}"))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        agreement::Direction,
        ids::{AgreementId, OperatorId},
        money::{Currency, Value as Amount},
        netting::{ObligationSource, Position},
        series::{BatchKey, SeriesKey, Stream},
        tadig::Tadig,
    };

    /// What is encoded, as the archive writes it.
    fn written<T: TypeInfo + Encode + 'static>(value: &T) -> String {
        let mut registry = Registry::new();
        let of = registry.register_type(&MetaType::new::<T>()).id;
        let types: PortableRegistry = registry.into();
        let mut out = String::new();
        crate::json::read(&mut value.encode().as_slice(), of, &types, &mut out).unwrap();
        out
    }

    fn same<T: TypeInfo + Encode + Decode + PartialEq + std::fmt::Debug + 'static>(of: T) {
        let json = written(&of);
        assert_eq!(text::<T>(&json).unwrap(), of, "{json}");
    }

    #[test]
    fn values_should_be_what_they_were_when_they_are_read_back() {
        let tadig = |code: &str| code.parse::<Tadig>().unwrap();
        let series = SeriesKey {
            sender: tadig("FRA7B"),
            recipient: tadig("DEU7A"),
            stream: Stream::Nrtrde,
            test: true,
        };
        same::<BatchKey>(series.file(9_999_999));
        same(ObligationSource::Statement {
            agreement: AgreementId(7),
            period: Period(202_610),
        });
        same(ObligationSource::Interest {
            obligation: interclear_primitives::ids::ObligationId(u64::MAX),
        });
        same(Position {
            net: Amount::Clear(i128::MIN),
            carried: Amount::Clear(-1),
            held: u128::MAX,
            excluded: true,
            missed: true,
        });
        same((
            Currency::EUR,
            Direction::SecondHome,
            Some(Period(202_612)),
            None::<Period>,
        ));
        same(vec![[7u8; 32], [b'a'; 32]]);
        // Text, what is none, and nothing at all.
        for octets in [b"Alpha & Co".to_vec(), vec![0, 1, 255], vec![], b"0xzz".to_vec()] {
            same(octets);
        }
        same([OperatorId(0), OperatorId(u32::MAX)]);
    }

    #[test]
    fn names_should_be_words_and_capitals_should_stay_when_they_are_shown() {
        for (json, shown) in [
            (r#""MissingUsage""#, "missing usage"),
            (r#"{"Ended":"Accepted"}"#, "ended: accepted"),
            (r#""ELINE""#, "ELINE"),
            (r#"{"Inventory":{"class":"IPT4"}}"#, "inventory: class: IPT4"),
            (r#""X""#, "x"),
        ] {
            assert_eq!(words(&serde_json::from_str(json).unwrap()), shown);
        }
    }

    #[test]
    fn a_value_of_another_form_should_be_refused_when_it_is_read_back() {
        for json in [
            "null",
            "7",
            r#"{"net":"1"}"#,
            r#"{"net":"x","carried":"0","held":"0","excluded":false}"#,
        ] {
            let error = text::<Position>(json).unwrap_err().to_string();
            assert!(error.contains("Position"), "{error}");
        }
        assert!(text::<Direction>(r#""Sideways""#).is_err());
        assert!(text::<[OperatorId; 2]>("[1,2,3]").is_err());
    }
}
