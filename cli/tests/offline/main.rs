//! The commands that need no node, run as a clearing team runs them.

mod arguments;
mod books;
mod conventions;
mod files;
mod inventory;
mod nrtrde;
mod oracle;
mod rating;
mod returns;
mod settings;
mod usage;

use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Where nobody listens: a command that asks a node all the same fails.
const NOWHERE: &str = "ws://127.0.0.1:1";

/// The program where the environment says nothing, and no node answers.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_interclear"));
    command
        .env("INTERCLEAR_URL", NOWHERE)
        .env("INTERCLEAR_CONFIG", "")
        .env_remove("INTERCLEAR_KEY")
        .env_remove("COLUMNS");
    command
}

fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// One JSON object per line.
fn lines(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn generate(folder: &Path, more: &[&str]) -> Vec<PathBuf> {
    let out = folder.to_str().unwrap();
    let mut arguments = vec![
        "--json",
        "tap",
        "generate",
        "--sender",
        "DEUD1",
        "--recipient",
        "FRAF1",
    ];
    arguments.extend(["--period", "2026-10", "--out", out]);
    if !more.contains(&"--events") {
        arguments.extend(["--events", "200"]);
    }
    arguments.extend(more);
    let output = run(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let made: Value = serde_json::from_slice(&output.stdout).unwrap();
    made.as_array()
        .unwrap()
        .iter()
        .map(|one| PathBuf::from(one["file"].as_str().unwrap()))
        .collect()
}

fn validate(files: &[&Path], more: &[&str]) -> Output {
    let mut arguments = vec!["tap", "validate"];
    arguments.extend(more);
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    run(&arguments)
}

const KEYS: [&str; 8] = [
    "events",
    "file",
    "findings",
    "kind",
    "recipient",
    "sender",
    "sequence",
    "total_charge",
];

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
