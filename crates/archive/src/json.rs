//! Values of the chain as JSON, by the names that the metadata has for them.
//!
//! Whole numbers up to 64 bits are numbers; longer ones, which amounts are, are decimal text, so that no reader rounds them. TADIG and
//! currency codes are text, months are `2026-11`, accounts are addresses; other octets of a fixed number are hexadecimal digits
//! behind `0x`, and so are those of any number unless they are text, as names are. A value of an enumeration is its name, or an
//! object with its name where it carries something; what may be missing is `null`, or what is there.

use interclear_client::chain::AccountId;
use interclear_primitives::period::Period;
use scale_info::{PortableRegistry, TypeDef, TypeDefPrimitive};
use std::fmt::{Display, Write};
use subxt::ext::scale_decode::visitor::{
    decode_with_visitor,
    types::{Array, BitSequence, Composite, Sequence, Str, Tuple, Variant},
    DecodeError, Visitor,
};

/// Reads a value of a type off the front of the input, and writes it as JSON.
///
/// # Errors
/// The input is not of that type.
pub fn read(
    input: &mut &[u8],
    of: u32,
    types: &PortableRegistry,
    out: &mut String,
) -> Result<(), DecodeError> {
    decode_with_visitor(input, of, types, Json { types, out })
}

/// Writes text as JSON.
pub fn text(text: &str, out: &mut String) {
    // Text is always JSON.
    out.push_str(&serde_json::Value::from(text).to_string());
}

/// Octets as text where they are printable, else as hexadecimal digits.
fn octets(octets: &[u8], fixed: bool, out: &mut String) {
    let printable = |text: &&str| !text.is_empty() && !text.chars().any(char::is_control);
    match std::str::from_utf8(octets)
        .ok()
        .filter(printable)
        .filter(|_| !fixed)
    {
        Some(words) => text(words, out),
        None => put(out, format_args!("\"0x{}\"", hex::encode(octets))),
    }
}

fn put(out: &mut String, what: impl Display) {
    // Writing into memory does not fail.
    let _ = write!(out, "{what}");
}

struct Json<'a> {
    types: &'a PortableRegistry,
    out: &'a mut String,
}

impl Json<'_> {
    fn next(&mut self) -> Json<'_> {
        Json {
            types: self.types,
            out: self.out,
        }
    }

    /// Whether these are octets.
    fn is_octets(&self, of: u32) -> bool {
        let item = match self.types.resolve(of).map(|of| &of.type_def) {
            Some(TypeDef::Array(array)) => array.type_param.id,
            Some(TypeDef::Sequence(sequence)) => sequence.type_param.id,
            _ => return false,
        };
        let item = self.types.resolve(item).map(|item| &item.type_def);
        matches!(item, Some(TypeDef::Primitive(TypeDefPrimitive::U8)))
    }

    fn number(self, number: impl Display) -> Result<(), DecodeError> {
        put(self.out, number);
        Ok(())
    }

    fn long(self, number: impl Display) -> Result<(), DecodeError> {
        put(self.out, format_args!("\"{number}\""));
        Ok(())
    }

    /// Types of ours whose octets or numbers have a form that people know.
    fn known(&mut self, name: &str, value: &[u8]) -> Option<usize> {
        match name {
            "AccountId32" => {
                let account = <[u8; 32]>::try_from(value.get(..32)?).ok()?;
                put(self.out, format_args!("\"{}\"", AccountId::from(account)));
                Some(32)
            }
            "Tadig" | "Currency" => {
                let length = if name == "Tadig" { 5 } else { 3 };
                let code = value.get(..length)?;
                let code = std::str::from_utf8(code)
                    .ok()
                    .filter(|code| code.bytes().all(|one| one.is_ascii_alphanumeric()))?;
                text(code, self.out);
                Some(length)
            }
            "Period" => {
                let number = <[u8; 4]>::try_from(value.get(..4)?).ok()?;
                let period = Some(Period(u32::from_le_bytes(number))).filter(|period| period.is_valid())?;
                put(self.out, format_args!("\"{period}\""));
                Some(4)
            }
            _ => None,
        }
    }

    fn fields(&mut self, value: &mut Composite<'_, '_, PortableRegistry>) -> Result<(), DecodeError> {
        let unnamed = value.has_unnamed_fields();
        match (unnamed, value.remaining()) {
            (_, 0) => self.out.push_str("null"),
            // What has one part without a name is that part.
            (true, 1) => {
                if let Some(only) = value.decode_item(self.next()) {
                    only?;
                }
            }
            _ => {
                self.out.push(if unnamed { '[' } else { '{' });
                let mut first = true;
                loop {
                    let end = self.out.len();
                    let name = value.peek_name();
                    if !std::mem::take(&mut first) {
                        self.out.push(',');
                    }
                    if let Some(name) = name.filter(|_| !unnamed) {
                        text(name, self.out);
                        self.out.push(':');
                    }
                    match value.decode_item(self.next()) {
                        Some(item) => item?,
                        None => {
                            self.out.truncate(end);
                            break;
                        }
                    }
                }
                self.out.push(if unnamed { ']' } else { '}' });
            }
        }
        Ok(())
    }
}

/// Writes items one after the other.
macro_rules! list {
    ($json:ident, $value:ident) => {{
        $json.out.push('[');
        let mut first = true;
        loop {
            let end = $json.out.len();
            if !std::mem::take(&mut first) {
                $json.out.push(',');
            }
            match $value.decode_item($json.next()) {
                Some(item) => item?,
                None => {
                    $json.out.truncate(end);
                    break;
                }
            }
        }
        $json.out.push(']');
        Ok(())
    }};
}

macro_rules! numbers {
    ($($visit:ident: $number:ty => $write:ident),*) => {
        $(
            fn $visit<'s, 'r>(self, value: $number, _: u32) -> Result<Self::Value<'s, 'r>, DecodeError> {
                self.$write(value)
            }
        )*
    };
}

impl Visitor for Json<'_> {
    type Value<'s, 'r> = ();
    type Error = DecodeError;
    type TypeResolver = PortableRegistry;

    numbers! {
        visit_bool: bool => number, visit_u8: u8 => number, visit_u16: u16 => number, visit_u32: u32 => number,
        visit_u64: u64 => number, visit_u128: u128 => long, visit_i8: i8 => number, visit_i16: i16 => number,
        visit_i32: i32 => number, visit_i64: i64 => number, visit_i128: i128 => long
    }

    fn visit_char<'s, 'r>(self, value: char, _: u32) -> Result<Self::Value<'s, 'r>, DecodeError> {
        text(&value.to_string(), self.out);
        Ok(())
    }

    fn visit_u256<'r>(self, value: &[u8; 32], _: u32) -> Result<Self::Value<'_, 'r>, DecodeError> {
        octets(value, true, self.out);
        Ok(())
    }

    fn visit_i256<'r>(self, value: &[u8; 32], _: u32) -> Result<Self::Value<'_, 'r>, DecodeError> {
        octets(value, true, self.out);
        Ok(())
    }

    fn visit_sequence<'s, 'r>(
        mut self,
        value: &mut Sequence<'s, 'r, PortableRegistry>,
        of: u32,
    ) -> Result<Self::Value<'s, 'r>, DecodeError> {
        if self.is_octets(of) {
            let all = value.bytes_from_undecoded();
            let all = all.get(..value.remaining()).ok_or(DecodeError::NotEnoughInput)?;
            octets(all, false, self.out);
            return value.skip_decoding();
        }
        list!(self, value)
    }

    fn visit_array<'s, 'r>(
        mut self,
        value: &mut Array<'s, 'r, PortableRegistry>,
        of: u32,
    ) -> Result<Self::Value<'s, 'r>, DecodeError> {
        if self.is_octets(of) {
            let all = value.bytes_from_undecoded();
            let all = all.get(..value.remaining()).ok_or(DecodeError::NotEnoughInput)?;
            octets(all, true, self.out);
            return value.skip_decoding();
        }
        list!(self, value)
    }

    fn visit_composite<'s, 'r>(
        mut self,
        value: &mut Composite<'s, 'r, PortableRegistry>,
        _: u32,
    ) -> Result<Self::Value<'s, 'r>, DecodeError> {
        if let Some(name) = value.name() {
            if self.known(name, value.bytes_from_undecoded()).is_some() {
                return value.skip_decoding();
            }
        }
        self.fields(value)
    }

    fn visit_tuple<'s, 'r>(
        mut self,
        value: &mut Tuple<'s, 'r, PortableRegistry>,
        _: u32,
    ) -> Result<Self::Value<'s, 'r>, DecodeError> {
        match value.remaining() {
            0 => {
                self.out.push_str("null");
                Ok(())
            }
            _ => list!(self, value),
        }
    }

    fn visit_str<'s, 'r>(self, value: &mut Str<'s>, _: u32) -> Result<Self::Value<'s, 'r>, DecodeError> {
        text(value.as_str()?, self.out);
        Ok(())
    }

    fn visit_variant<'s, 'r>(
        mut self,
        value: &mut Variant<'s, 'r, PortableRegistry>,
        _: u32,
    ) -> Result<Self::Value<'s, 'r>, DecodeError> {
        let (of, name) = (value.enum_name(), value.name());
        let fields = value.fields();
        match (of, name, fields.remaining()) {
            (Some("Option"), "None", _) => self.out.push_str("null"),
            // An option is what is there, an amount that is not sealed a number.
            (Some("Option"), "Some", _) | (Some("Value"), "Clear", _) => self.fields(fields)?,
            (_, name, 0) => text(name, self.out),
            (_, name, _) => {
                self.out.push('{');
                text(name, self.out);
                self.out.push(':');
                self.fields(fields)?;
                self.out.push('}');
            }
        }
        Ok(())
    }

    fn visit_bitsequence<'s, 'r>(
        self,
        value: &mut BitSequence<'s>,
        _: u32,
    ) -> Result<Self::Value<'s, 'r>, DecodeError> {
        let mut bits = String::new();
        for bit in value.decode()? {
            bits.push(if bit? { '1' } else { '0' });
        }
        text(&bits, self.out);
        Ok(())
    }
}
