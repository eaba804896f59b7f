//! JSON with numbers as their text, and a cursor that knows its path: so that every fault is found with its place, and
//! no amount passes through a binary fraction.

use crate::{
    decimal::Decimal,
    fault::{Faults, Reason},
    groups::questioned,
};
use interclear_primitives::tadig::Tadig;
use serde::{
    de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor},
    ser::{Serialize, Serializer},
};
use serde_json::value::RawValue;

/// Levels that a document may have; none that is meant seriously has more.
const MAX_DEPTH: usize = 64;

/// A value of JSON, TOML or YAML.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    /// As written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// The members of an object in their order.
pub(crate) struct Members<'a>(pub(crate) Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

/// Where a text is no JSON.
fn not_json(error: &serde_json::Error) -> String {
    match error.is_eof() {
        true => "this is not JSON: it ends before it is complete".into(),
        false => format!(
            "this is not JSON: line {}, column {} cannot be read",
            error.line(),
            error.column()
        ),
    }
}

impl Node {
    /// Reads a document.
    ///
    /// # Errors
    /// It is no JSON, a name comes twice in an object, or it is nested beyond reason.
    pub(crate) fn read(text: &str) -> Result<Self, Faults> {
        let unreadable = |reason: String| Faults::one("file", Reason::Unreadable(reason));
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| unreadable(not_json(&error)))?;
        Self::of(raw, 0).map_err(unreadable)
    }

    /// The same as JSON, with every number as its text.
    pub(crate) fn json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null => "null".into(),
            Self::Bool(yes) => yes.to_string(),
            Self::Number(text) => text.clone(),
            Self::Text(text) => quoted(text),
            Self::List(list) => {
                let entries: Vec<String> = list.iter().map(Self::json).collect();
                format!("[{}]", entries.join(","))
            }
            Self::Object(members) => {
                let member = |(name, value): &(String, Self)| format!("{}:{}", quoted(name), value.json());
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    fn of(raw: &RawValue, depth: usize) -> Result<Self, String> {
        if depth > MAX_DEPTH {
            return Err(format!("it is nested more than {MAX_DEPTH} levels"));
        }
        let text = raw.get();
        let wrong = |error: serde_json::Error| not_json(&error);
        let below = depth.saturating_add(1);
        Ok(match text.bytes().next() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text).map_err(wrong)?;
                let mut object: Vec<(String, Self)> = Vec::with_capacity(members.len());
                for (name, value) in members {
                    if object.iter().any(|(other, _)| *other == name) {
                        return Err(format!("`{name}` comes twice in an object"));
                    }
                    object.push((name, Self::of(value, below)?));
                }
                Self::Object(object)
            }
            Some(b'[') => {
                let list: Vec<&RawValue> = serde_json::from_str(text).map_err(wrong)?;
                Self::List(
                    list.into_iter()
                        .map(|value| Self::of(value, below))
                        .collect::<Result<_, _>>()?,
                )
            }
            Some(b'"') => Self::Text(serde_json::from_str(text).map_err(wrong)?),
            Some(b'n') => Self::Null,
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            _ => Self::Number(text.to_owned()),
        })
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(other, _)| other == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }
}

/// As TOML and YAML have it. A fraction keeps its point, so that it is never taken for a whole number.
impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Node;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_none<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_bool<E>(self, yes: bool) -> Result<Node, E> {
                Ok(Node::Bool(yes))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
                Ok(Node::Number(number.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
                Ok(Node::Number(number.to_string()))
            }

            fn visit_i128<E>(self, number: i128) -> Result<Node, E> {
                Ok(Node::Number(number.to_string()))
            }

            fn visit_u128<E>(self, number: u128) -> Result<Node, E> {
                Ok(Node::Number(number.to_string()))
            }

            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Node, E> {
                match number.is_finite() {
                    true => Ok(Node::Number(format!("{number:?}"))),
                    false => Err(E::custom("a number is not finite")),
                }
            }

            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = list.next_element()? {
                    entries.push(entry);
                }
                Ok(Node::List(entries))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut members: Vec<(String, Node)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Node>()? {
                    if members.iter().any(|(other, _)| *other == name) {
                        let reason = format!("`{name}` comes twice in an object");
                        return Err(serde::de::Error::custom(reason));
                    }
                    members.push((name, value));
                }
                Ok(Node::Object(members))
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// Members that are null are left out: TOML has no word for them.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(yes) => serializer.serialize_bool(*yes),
            Self::Number(text) => match text.parse::<i64>() {
                Ok(number) => serializer.serialize_i64(number),
                // Whatever does not fit is read again from text.
                Err(_) => serializer.serialize_str(text),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => serializer.collect_seq(list),
            Self::Object(members) => {
                let written = members.iter().filter(|(_, value)| *value != Self::Null);
                serializer.collect_map(written.map(|(name, value)| (name, value)))
            }
        }
    }
}

/// A place in a document; `None` where nothing is written, or null.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    node: Option<&'a Node>,
    path: String,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(node: &'a Node) -> Self {
        Self {
            node: Some(node),
            path: String::new(),
        }
    }

    /// Where this is.
    pub(crate) fn path(&self) -> String {
        match self.path.is_empty() {
            true => "file".into(),
            false => self.path.clone(),
        }
    }

    /// Whether something is written here.
    pub(crate) fn is_there(&self) -> bool {
        self.node.is_some()
    }

    /// Whether an object is written here.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.node, Some(Node::Object(_)))
    }

    /// A member of an object.
    pub(crate) fn member(&self, name: &str) -> Self {
        let node = self.node.and_then(|node| node.member(name));
        Self {
            node: node.filter(|node| !matches!(node, Node::Null)),
            path: match self.path.is_empty() {
                true => name.into(),
                false => format!("{}.{name}", self.path),
            },
        }
    }

    /// The names of the members of an object; none when this is not one.
    pub(crate) fn names(&self) -> Vec<&'a str> {
        match self.node {
            Some(Node::Object(members)) => members.iter().map(|(name, _)| name.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// The entries of a list that must be there; an empty one after a fault.
    pub(crate) fn entries(&self, faults: &mut Faults) -> Vec<Self> {
        match self.node {
            Some(Node::List(list)) => {
                let entry = |(index, node)| Self {
                    node: Some(node),
                    path: format!("{}[{index}]", self.path),
                };
                list.iter().enumerate().map(entry).collect()
            }
            Some(_) => {
                faults.add(self.path(), Reason::NotA("a list"));
                Vec::new()
            }
            None => {
                faults.add(self.path(), Reason::Missing);
                Vec::new()
            }
        }
    }

    /// Text that must be there.
    pub(crate) fn text(&self, faults: &mut Faults) -> Option<&'a str> {
        match self.node {
            Some(Node::Text(text)) => return Some(text),
            Some(_) => faults.add(self.path(), Reason::NotA("text")),
            None => faults.add(self.path(), Reason::Missing),
        }
        None
    }

    /// TADIG codes, each with its place: a list of them, or one text in which commas, semicolons or blanks separate them.
    pub(crate) fn codes(&self, faults: &mut Faults) -> Vec<(String, Tadig)> {
        let mut codes = Vec::new();
        let mut add = |path: String, text: &str, faults: &mut Faults| match text.parse() {
            Ok(code) => codes.push((path, code)),
            Err(_) => faults.add(path, Reason::Tadig(text.to_owned())),
        };
        if let Some(Node::Text(text)) = self.node {
            let words = text.split(|letter: char| matches!(letter, ',' | ';') || letter.is_whitespace());
            for word in words.filter(|word| !word.is_empty()) {
                add(self.path(), word, faults);
            }
        } else {
            for entry in self.entries(faults) {
                if let Some(text) = entry.text(faults) {
                    add(entry.path(), text.trim(), faults);
                }
            }
        }
        codes
    }

    /// Text that must be there, read as something.
    pub(crate) fn parsed<T: std::str::FromStr>(
        &self,
        faults: &mut Faults,
        wrong: impl Fn(String) -> Reason,
    ) -> Option<T> {
        let text = self.text(faults)?;
        let value = text.trim().parse().ok();
        if value.is_none() {
            faults.add(self.path(), wrong(text.to_owned()));
        }
        value
    }

    /// Yes or no; `otherwise` where nothing is written.
    pub(crate) fn yes(&self, otherwise: bool, faults: &mut Faults) -> bool {
        match self.node {
            Some(Node::Bool(yes)) => *yes,
            None => otherwise,
            Some(_) => {
                faults.add(self.path(), Reason::NotA("true or false"));
                otherwise
            }
        }
    }

    /// Refuses text in which a point may be decimal, or group the digits.
    fn question(&self, faults: &mut Faults) {
        if let Some(Node::Text(text)) = self.node {
            if let Some(reason) = questioned(text.trim()) {
                faults.add(self.path(), reason);
            }
        }
    }

    /// A number, written as one or as text, in 10^-`decimals` and without rounding; 0 where nothing is written.
    pub(crate) fn number(&self, decimals: u8, faults: &mut Faults) -> u128 {
        self.question(faults);
        let text = match self.node {
            None => return 0,
            Some(Node::Number(text) | Node::Text(text)) => text.trim(),
            Some(_) => {
                faults.add(self.path(), Reason::NotA("a number"));
                return 0;
            }
        };
        match text.parse::<Decimal>().and_then(|number| number.exact(decimals)) {
            Ok(number) => number,
            Err(why) => {
                let text = text.to_owned();
                faults.add(self.path(), Reason::Number { text, why });
                0
            }
        }
    }

    /// A number, written as one or as text, that must be there; `None` after a fault.
    pub(crate) fn decimal(&self, faults: &mut Faults) -> Option<Decimal> {
        let reason = match self.node {
            None => Reason::Missing,
            Some(Node::Number(text) | Node::Text(text)) => match text.trim().parse() {
                Ok(number) => return Some(number),
                Err(why) => Reason::Number {
                    text: text.clone(),
                    why,
                },
            },
            Some(_) => Reason::NotA("a number"),
        };
        faults.add(self.path(), reason);
        None
    }

    /// As [`Cursor::number`], of one that must be there.
    pub(crate) fn required_number(&self, decimals: u8, faults: &mut Faults) -> u128 {
        if !self.is_there() {
            faults.add(self.path(), Reason::Missing);
        }
        self.number(decimals, faults)
    }
}
