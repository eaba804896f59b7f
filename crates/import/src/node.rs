//! JSON with numbers as their text, and a cursor that knows its path: so that every fault is found with its place, and
//! no amount passes through a binary fraction.

use crate::{
    decimal::Decimal,
    fault::{Faults, Reason},
};
use interclear_primitives::Tadig;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Levels that a document may have; none that is meant seriously has more.
const MAX_DEPTH: usize = 64;

/// A JSON value.
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
struct Members<'a>(Vec<(String, &'a RawValue)>);

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

impl Node {
    /// Reads a document.
    ///
    /// # Errors
    /// It is no JSON, a name comes twice in an object, or it is nested beyond reason.
    pub(crate) fn read(text: &str) -> Result<Self, Faults> {
        let unreadable = |reason: String| Faults::one("file", Reason::Unreadable(reason));
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?;
        Self::of(raw, 0).map_err(unreadable)
    }

    fn of(raw: &RawValue, depth: usize) -> Result<Self, String> {
        if depth > MAX_DEPTH {
            return Err(format!("it is nested more than {MAX_DEPTH} levels"));
        }
        let text = raw.get();
        let wrong = |error: serde_json::Error| error.to_string();
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

    fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(other, _)| other == name)
                .map(|(_, value)| value),
            _ => None,
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

    /// A number, written as one or as text, in 10^-`decimals` and without rounding; 0 where nothing is written.
    pub(crate) fn number(&self, decimals: u8, faults: &mut Faults) -> u128 {
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

    /// As [`Cursor::number`], of one that must be there.
    pub(crate) fn required_number(&self, decimals: u8, faults: &mut Faults) -> u128 {
        if !self.is_there() {
            faults.add(self.path(), Reason::Missing);
        }
        self.number(decimals, faults)
    }
}
