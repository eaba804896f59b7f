//! The way to the next runtime: the council authorises the hash of its code, then a member hands in the code.

use crate::{commands::files, error::CommandError, output, session::Session};
use interclear_client::{calls, files::digest};
use serde_json::json;
use std::path::Path;

/// How code begins that is compressed, and code that is not.
const BEGINNINGS: [&[u8]; 2] = [&[0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05], b"\0asm"];

/// The code in a file.
fn code(path: &Path) -> Result<Vec<u8>, CommandError> {
    let octets = files::octets(path)?;
    if BEGINNINGS.iter().any(|beginning| octets.starts_with(beginning)) {
        Ok(octets)
    } else {
        Err(CommandError::File {
            path: path.into(),
            reason: "this is not the code of a runtime: name the interclear_runtime.compact.compressed.wasm of the build".into(),
        })
    }
}

/// Puts to the council that the code in a file is the chain's next runtime.
pub(super) async fn propose(session: &Session, path: &Path) -> Result<(), CommandError> {
    let hash = digest(&code(path)?);
    output::note(&format!(
        "The hash of the code is {}. Members who vote build it themselves, and compare.",
        output::hex(&hash)
    ));
    session.put_to_council(calls::authorize_upgrade(hash)).await
}

/// Hands in the code that the council has authorised.
pub(super) async fn apply(session: &Session, path: &Path) -> Result<(), CommandError> {
    let code = code(path)?;
    let hash = digest(&code);
    session.confirm(&format!(
        "From the next block on the chain runs the code whose hash is {}.",
        output::hex(&hash)
    ))?;
    let chain = session.chain_to_sign().await?;
    let receipt = session
        .execute(&chain, &calls::apply_authorized_upgrade(code))
        .await?;
    // Code that is refused is told by an event alone: the authorisation has been used.
    if receipt.code_updated()?.contains(&hash) {
        let done = "the chain runs the new runtime from the next block on";
        session.report(&receipt, done, json!({ "code_hash": output::hex(&hash) }))
    } else {
        Err(CommandError::Invalid(
            "the code is that of another chain, or its spec_version is not above that of the runtime in force: the authorisation is used up, \
             so build it anew with a higher one and put it to the council again"
                .into(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_should_be_refused_when_the_file_is_not_a_runtime() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("runtime.wasm");
        for (content, taken) in [
            (b"\0asm\x01\0\0\0".as_slice(), true),
            (b"\x52\xbc\x53\x76\x46\xdb\x8e\x05..".as_slice(), true),
            (b"{\"genesis\":{}}".as_slice(), false),
            (b"".as_slice(), false),
        ] {
            std::fs::write(&file, content).unwrap();
            match code(&file) {
                Ok(read) => assert!(taken && read == content),
                Err(error) => {
                    assert!(!taken, "{error}");
                    assert!(error.to_string().contains("not the code of a runtime"), "{error}");
                }
            }
        }
    }
}
