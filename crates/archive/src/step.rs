//! What a trace is made of.

use serde::Serialize;
use std::collections::BTreeMap;

/// Something, what is known of it, and what it follows from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Step {
    /// What it is, in a sentence.
    pub title: String,
    /// What is known of it, by name.
    pub facts: BTreeMap<&'static str, String>,
    /// What it follows from.
    pub from: Vec<Step>,
}

impl Step {
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            facts: BTreeMap::new(),
            from: Vec::new(),
        }
    }

    pub(crate) fn fact(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.insert(name, value.to_string());
        self
    }

    /// As a tree of lines; with the digests of files, too, if it may be wide.
    pub fn as_text(&self, wide: bool) -> String {
        let mut lines = Vec::new();
        self.lines(wide, ["", ""], &mut lines);
        lines.join("\n")
    }

    fn lines(&self, wide: bool, [first, rest]: [&str; 2], lines: &mut Vec<String>) {
        let shown = |value: &str| wide || !value.starts_with("0x");
        let facts: Vec<String> = self
            .facts
            .iter()
            .filter(|(_, value)| shown(value))
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        let facts = if facts.is_empty() {
            String::new()
        } else {
            format!(" ({})", facts.join(", "))
        };
        lines.push(format!("{first}{}{facts}", self.title));
        let last = self.from.len().saturating_sub(1);
        for (place, step) in self.from.iter().enumerate() {
            let (mark, below) = if place == last {
                ("└─ ", "   ")
            } else {
                ("├─ ", "│  ")
            };
            let (first, rest) = (format!("{rest}{mark}"), format!("{rest}{below}"));
            step.lines(wide, [&first, &rest], lines);
        }
    }
}
