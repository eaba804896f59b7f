use crate::tree::{files, Source};
use regex::Regex;

/// A run of words that a reader sees as one.
pub struct Passage {
    /// Path and line, as an editor takes it.
    pub place: String,
    /// On one line, single-spaced.
    pub text: String,
}

/// What people read of the programs: docs and names of errors and events, docs of calls, help of the command line and of the node,
/// error messages, and all Markdown.
pub fn interface_texts() -> Vec<Passage> {
    let mut passages = Vec::new();
    for source in files("pallets", ".rs") {
        enumeration(&source, "#[pallet::error]", &mut passages);
        enumeration(&source, "#[pallet::event]", &mut passages);
        if let Some((first, end)) = block(&source, "#[pallet::call]") {
            comments(&source, first, end, &mut passages);
        }
    }
    let programs = ["cli/src", "crates", "node/src"].map(|folder| files(folder, ".rs"));
    for source in programs.iter().flatten() {
        let helps = HELPS.iter().any(|start| source.path.starts_with(start));
        if helps {
            comments(source, 0, source.text.lines().count(), &mut passages);
        }
        messages(source, &mut passages);
    }
    for source in files(".", ".md") {
        paragraphs(&source, &mut passages);
    }
    passages
}

/// Files whose doc comments are what `--help` prints.
const HELPS: [&str; 5] = [
    "cli/src/commands",
    "cli/src/arguments.rs",
    "cli/src/session.rs",
    "node/src/cli.rs",
    "node/src/network",
];

/// The lines of what an attribute stands before: from the attribute on, before the closing brace.
fn block(source: &Source, attribute: &str) -> Option<(usize, usize)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let first = lines.iter().position(|line| line.trim() == attribute)?;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let end = lines[first..]
        .iter()
        .position(|line| line.trim() == "}" && indent(line) == indent(lines[first]))
        .map_or(lines.len(), |offset| first + offset);
    Some((first, end))
}

/// Docs and variants of the enumeration below an attribute.
fn enumeration(source: &Source, attribute: &str, passages: &mut Vec<Passage>) {
    let Some((first, end)) = block(source, attribute) else {
        return;
    };
    let lines: Vec<&str> = source.text.lines().collect();
    comments(source, first, end, passages);
    for (number, line) in lines[first..end].iter().enumerate() {
        let name: String = line.trim().chars().take_while(|c| c.is_alphanumeric()).collect();
        if name.starts_with(char::is_uppercase) {
            passages.push(Passage {
                place: format!("{}:{}", source.path, first + number + 1),
                text: name,
            });
        }
    }
}

/// The doc comments from one line to before another, counted from 0.
fn comments(source: &Source, first: usize, end: usize, passages: &mut Vec<Passage>) {
    let lines = source.text.lines().enumerate().skip(first).take(end - first);
    let docs = lines.map(|(number, line)| (number, line.trim().strip_prefix("///")));
    joined(source, docs, passages);
}

/// The messages of `thiserror`, and those that code puts together.
fn messages(source: &Source, passages: &mut Vec<Passage>) {
    for (start, _) in source.text.match_indices("#[error(\"") {
        let message = &source.text[start..];
        passages.push(message_at(
            source,
            start,
            message.split("\")]").next().unwrap_or(message),
        ));
    }
    let made = Regex::new(r#"\b(?:format!|Invalid|write_str)\(\s*"((?:[^"\\]|\\[\s\S])*)""#)
        .expect("a valid expression");
    for said in made.captures_iter(&source.text).filter_map(|found| found.get(1)) {
        passages.push(message_at(source, said.start(), said.as_str()));
    }
}

fn message_at(source: &Source, start: usize, text: &str) -> Passage {
    Passage {
        place: format!(
            "{}:{}",
            source.path,
            source.text[..start].matches('\n').count() + 1
        ),
        // A literal goes on in the next line behind a backslash.
        text: text
            .replace("\\\n", "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// Paragraphs outside code.
fn paragraphs(source: &Source, passages: &mut Vec<Passage>) {
    let mut code = false;
    let lines = source.text.lines().enumerate().map(move |(number, line)| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        (
            number,
            (!code && !fence && !line.trim().is_empty()).then_some(line),
        )
    });
    joined(source, lines, passages);
}

/// One passage for each run of lines that have words.
fn joined<'a>(
    source: &Source,
    lines: impl Iterator<Item = (usize, Option<&'a str>)>,
    passages: &mut Vec<Passage>,
) {
    let mut open: Option<Passage> = None;
    for (number, words) in lines {
        let Some(words) = words else {
            passages.extend(open.take());
            continue;
        };
        let passage = open.get_or_insert_with(|| Passage {
            place: format!("{}:{}", source.path, number + 1),
            text: String::new(),
        });
        for word in words.split_whitespace() {
            if !passage.text.is_empty() {
                passage.text.push(' ');
            }
            passage.text.push_str(word);
        }
    }
    passages.extend(open);
}
