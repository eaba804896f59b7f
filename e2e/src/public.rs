//! A chain of as many validators as are wanted, whose keys are public: the preset of two with other session keys.

use serde_json::{json, Value};
use sp_core::{crypto::Ss58Codec, ed25519, sr25519, Pair};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The validators: their keys and their nodes' identities are made of their names.
pub(crate) static NAMES: [&str; 13] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
];

/// Writes the keystores of these validators, and returns the specification of a preset with them in place of its own.
pub(crate) fn specification(
    preset: &[u8],
    names: &[&str],
    keystore: impl Fn(&str) -> PathBuf,
) -> Result<String, String> {
    let mut chain: Value = serde_json::from_slice(preset).map_err(|error| error.to_string())?;
    let mut keys = Vec::new();
    for name in names {
        keys.push(make_keys(name, &keystore(name))?);
    }
    *chain
        .pointer_mut("/genesis/runtimeGenesis/patch/session/keys")
        .ok_or("the specification names no session keys")? = Value::Array(keys);
    Ok(chain.to_string())
}

/// Writes a validator's keystore, and returns what the specification says of its keys.
fn make_keys(name: &str, keystore: &Path) -> Result<Value, String> {
    let phrase = format!("//validator//{name}");
    let author = sr25519::Pair::from_string(&phrase, None).map_err(|error| format!("{error:?}"))?;
    let voter = ed25519::Pair::from_string(&phrase, None).map_err(|error| format!("{error:?}"))?;
    fs::create_dir_all(keystore).map_err(|error| error.to_string())?;
    let (author, voter) = (author.public(), voter.public());
    let author_octets: &[u8] = author.as_ref();
    let voter_octets: &[u8] = voter.as_ref();
    // As the node names them: the kind of a key, then the public one.
    for (kind, public) in [("aura", author_octets), ("gran", voter_octets)] {
        let file = keystore.join(hex::encode([kind.as_bytes(), public].concat()));
        fs::write(file, Value::String(phrase.clone()).to_string()).map_err(|error| error.to_string())?;
    }
    let account = author.to_ss58check();
    Ok(json!([account, account, { "aura": account, "grandpa": voter.to_ss58check() }]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specification_should_have_other_validators_when_they_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let preset =
            br#"{"id":"x","genesis":{"runtimeGenesis":{"code":"0x","patch":{"session":{"keys":[1,2]}}}}}"#;
        let keystore = |name: &str| folder.path().join(name);
        let written = specification(preset, &["first", "second", "third"], keystore).unwrap();
        let chain: Value = serde_json::from_str(&written).unwrap();
        let keys = chain
            .pointer("/genesis/runtimeGenesis/patch/session/keys")
            .unwrap();
        assert_eq!(keys.as_array().map(Vec::len), Some(3));
        assert_eq!(chain["id"], "x");
        let without = br#"{"genesis":{"raw":{}}}"#;
        let refusal = specification(without, &["first"], |name| folder.path().join(name)).unwrap_err();
        assert_eq!(refusal, "the specification names no session keys");
    }

    #[test]
    fn keys_should_be_those_of_the_phrase_when_a_validator_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let keys = make_keys("first", folder.path()).unwrap();
        let files = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 2);
        let author = keys.pointer("/2/aura").and_then(Value::as_str).unwrap();
        let author = sr25519::Public::from_ss58check(author).unwrap();
        let octets: &[u8] = author.as_ref();
        // "aura" in hexadecimal digits.
        let file = folder.path().join(format!("61757261{}", hex::encode(octets)));
        assert_eq!(fs::read_to_string(file).unwrap(), "\"//validator//first\"");
        assert_ne!(make_keys("second", folder.path()).unwrap(), keys);
    }
}
