//! Documents show only commands that exist, with options that they take.

use crate::commands::Cli;
use clap::{Command, CommandFactory};
use std::{fs, path::Path};

/// Commands in code, without what the shell does with them: comments, pipes, files for the output.
fn commands(markdown: &str) -> Vec<Vec<String>> {
    let joined = markdown.replace("\\\n", " ");
    let lines = joined.lines().map(str::trim);
    let typed = lines.filter_map(|line| {
        line.strip_prefix("$ ")
            .filter(|line| line.starts_with("interclear "))
    });
    typed.map(arguments).collect()
}

/// The words of a line as a shell has them: what is in quotes is one, without the quotes.
fn arguments(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().expect("there is a first word").push(letter),
        }
    }
    words
        .into_iter()
        .filter(|word| !word.is_empty())
        .take_while(|word| !["#", "|", ">", "&&"].contains(&word.as_str()))
        .collect()
}

#[test]
fn command_in_readme_and_guide_should_be_understood_when_typed() {
    for (document, least) in [("README.md", 20), ("../docs/governance.md", 10)] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
        let commands = commands(&text);
        assert!(commands.len() > least, "{document} shows commands");
        let refused: Vec<String> = commands
            .iter()
            .filter_map(|words| {
                let error = Cli::command().try_get_matches_from(words).err()?;
                Some(format!("{document}: {}\n{error}", words.join(" ")))
            })
            .collect();
        assert!(refused.is_empty(), "{}", refused.join("\n"));
    }
}

/// The commands of a text, in code, that do not exist.
pub(crate) fn unknown_commands(text: &str) -> Vec<&str> {
    let code = text.split('`').filter(|code| code.starts_with("interclear "));
    code.filter(|code| !exists(&arguments(code))).collect()
}

/// Whether the words after `interclear` name a command, as far as they are not options or values.
fn exists(words: &[String]) -> bool {
    let mut command: Command = Cli::command();
    for word in words.iter().skip(1) {
        match command.find_subcommand(word) {
            Some(found) => command = found.clone(),
            None => return !command.has_subcommands() || word.starts_with('-'),
        }
    }
    true
}

#[test]
fn command_in_any_document_should_exist_when_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut documents = vec![root.join("README.md"), root.join("CONTRIBUTING.md")];
    for folder in ["cli", "docs", "crates", "pallets"] {
        let inside = fs::read_dir(root.join(folder))
            .unwrap()
            .flatten()
            .map(|entry| entry.path());
        documents.extend(inside.flat_map(|path| [path.join("README.md"), path]));
    }
    let mut unknown = Vec::new();
    for path in documents
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
    {
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        for code in unknown_commands(&text) {
            unknown.push(format!("{}: {code}", path.display()));
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}
