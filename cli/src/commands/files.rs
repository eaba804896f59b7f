//! Files of contracts and usage.

use super::CommandError;
use interclear_import::{Agreement, Faults, Usage};
use std::path::Path;

/// A file that cannot be opened; what is wrong with its content is the inner result.
type Read<T> = Result<Result<T, Faults>, CommandError>;

fn octets(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path).map_err(|error| CommandError::File {
        path: path.into(),
        reason: error.to_string(),
    })
}

/// Reads our own terms, or a contract of another system.
pub(super) fn agreement(path: &Path) -> Read<Agreement> {
    let text = String::from_utf8(octets(path)?).map_err(|error| CommandError::File {
        path: path.into(),
        reason: format!("this is no UTF-8 text: {error}"),
    })?;
    Ok(Agreement::read(&text))
}

/// Reads usage.
pub(super) fn usage(path: &Path) -> Read<Usage> {
    Ok(Usage::read(&octets(path)?))
}

/// What is wrong with a file, a line each.
pub(super) fn words(path: &Path, faults: &Faults) -> String {
    let mut lines: Vec<String> = faults
        .list
        .iter()
        .map(|fault| format!("{}: {fault}", path.display()))
        .collect();
    if faults.more > 0 {
        lines.push(format!("and {} more", faults.more));
    }
    lines.join("\n")
}
