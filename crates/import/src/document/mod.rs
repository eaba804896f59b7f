//! Agreements as text: JSON, TOML or YAML, read and written.

mod items;
mod plain;

use crate::{
    agreement::Agreement,
    bwr,
    fault::{Faults, Reason},
    node::Node,
};
use interclear_primitives::agreement::Terms;

/// A format of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// What a name does not tell otherwise.
    Json,
    /// By the ending `.toml`.
    Toml,
    /// By the endings `.yaml` and `.yml`.
    Yaml,
}

impl Format {
    /// The format that the end of a file's name tells; JSON unless it is `.toml`, `.yaml` or `.yml`.
    pub fn of(path: &std::path::Path) -> Self {
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
        end.parse().unwrap_or(Self::Json)
    }
}

/// No format that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("write json, toml or yaml")]
pub struct UnknownFormat;

impl std::str::FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        match text.to_ascii_lowercase().as_str() {
            "json" => Ok(Self::Json),
            "toml" => Ok(Self::Toml),
            "yaml" | "yml" => Ok(Self::Yaml),
            _ => Err(UnknownFormat),
        }
    }
}

/// Reads our own terms, or a contract of the format `gsma-bwr-roaming-v1`; which of them it is, its `version` or its header
/// tells.
///
/// Amounts of our terms are the integers that the chain keeps, or text as people write it: a price `"0.03"` or
/// `"0.03 EUR/min"`, a fee or a commitment `"1500 EUR"`, a volume `"1000 min"`, a tax rate, a share, a tolerance or an
/// interest `"19 %"`, steps of counting `"60 s"`, `"60+1"` or `"10 kB"`. A fraction such as `0.03` need not be quoted.
///
/// # Errors
/// All [`Faults`] with their places; an integer so small that it was hardly meant is one.
pub fn read(text: &str, format: Format) -> Result<Agreement, Faults> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let unreadable = |error: String| Faults::one("file", Reason::Unreadable(error));
    let document = match format {
        // Nothing of JSON begins so; a name without an ending says nothing.
        Format::Json if !text.trim_start().starts_with(['{', '[']) => {
            let reason = "this is not JSON; TOML and YAML are told by the end of the file's name: .toml, .yaml or .yml";
            return Err(unreadable(reason.into()));
        }
        Format::Json => Node::read(text)?,
        Format::Toml => toml::from_str(text).map_err(|error| unreadable(error.to_string()))?,
        Format::Yaml => serde_saphyr::from_str(text).map_err(|error| unreadable(error.to_string()))?,
    };
    match bwr::is_one(&document) {
        true => bwr::read(&document),
        false => own(document),
    }
}

/// Writes terms as people do, to be read by [`read`].
///
/// # Errors
/// The writer of the format cannot; no terms are known for which that is so.
pub fn write(terms: &Terms, format: Format) -> Result<String, Faults> {
    let unreadable = |error: String| Faults::one("terms", Reason::Unreadable(error));
    let json = serde_json::to_string(terms).map_err(|error| unreadable(error.to_string()))?;
    let mut document = Node::read(&json)?;
    items::spell(&mut document);
    match format {
        Format::Json => serde_json::to_string_pretty(&document).map_err(|error| error.to_string()),
        Format::Toml => toml::to_string_pretty(&document).map_err(|error| error.to_string()),
        Format::Yaml => serde_saphyr::to_string(&document).map_err(|error| error.to_string()),
    }
    .map_err(unreadable)
}

impl Agreement {
    /// Reads an agreement in JSON; see [`read`].
    ///
    /// # Errors
    /// All [`Faults`] with their places.
    pub fn read(text: &str) -> Result<Self, Faults> {
        read(text, Format::Json)
    }
}

/// Reads our own terms and refuses what they do not know: a misspelt item would silently be left out.
fn own(mut document: Node) -> Result<Agreement, Faults> {
    let unreadable = |reason: String| Faults::one("file", Reason::Unreadable(reason));
    items::understand(&mut document)?;
    let json = document.json();
    let mut reader = serde_json::Deserializer::from_str(&json);
    let terms: Terms = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let place = error.path().to_string();
        let reason = plain::reason(&error.into_inner().to_string(), &place);
        let place = match place.as_str() {
            "." | "?" => "terms".to_owned(),
            _ => place,
        };
        Faults::one(place, Reason::Other(reason))
    })?;
    let again = serde_json::to_string(&terms).map_err(|error| unreadable(error.to_string()))?;
    let mut faults = Faults::default();
    unknown(&document, &Node::read(&again)?, "", &mut faults);
    for fault in interclear_billing::terms::faults(&terms) {
        faults.add("terms", Reason::Other(fault.to_string()));
    }
    faults.unless(Agreement::of_terms(terms))
}

/// Names what was written but not understood; items whose name begins with `_` are comments.
fn unknown(written: &Node, understood: &Node, place: &str, faults: &mut Faults) {
    use Node::{List, Object};
    match (written, understood) {
        (Object(members), Object(_)) => {
            for (name, value) in members.iter().filter(|(name, _)| !name.starts_with('_')) {
                let place = if place.is_empty() {
                    name.clone()
                } else {
                    format!("{place}.{name}")
                };
                match understood.member(name) {
                    Some(same) => unknown(value, same, &place, faults),
                    None => faults.add(place, Reason::Other("there is no such item in terms".into())),
                }
            }
        }
        (List(written), List(understood)) => {
            for (index, (written, understood)) in written.iter().zip(understood).enumerate() {
                unknown(written, understood, &format!("{place}[{index}]"), faults);
            }
        }
        _ => {}
    }
}
