//! The keystores and addresses here were made with polkadot.js (`@polkadot/keyring` 14.0.3, SS58 prefix 42) from
//! [`PHRASE`], a test vector of BIP-39, under the passphrase [`PASSPHRASE`].

use super::*;
use interclear_primitives::channel::Suite;

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const PASSPHRASE: &str = "correct horse battery";
const ACCOUNT: &str = "5EHgWw2Af1pnoc7f1A8bfmM97W3DAYW8xr82RfhLL9oAabAe";
const SR25519: &str = r#"{"encoded":"bHbrt69eWEAZcCo+LDtjzCimA22u0krAgH+jI9vrKfAAAAIAAQAAAAgAAAC5rXw15ocYuG7NjlbcqZvCKibwaiqdCmodJyVFWfTzQtGRIVZUfrtpIIVwY7tNaShgtffmzkNf6Sxec6QiHmtkQ/GRHH+UrnN7kmirQNAvq5pjT+7kvWw/oMY9A8JbKjHMNKXNL3SHwiWekHq2bRnJZYRRu2F7YEb6M6topO54cwSLXNKKiXFkfd1Im4hG//rivdI780Bmfk/K46WV","encoding":{"content":["pkcs8","sr25519"],"type":["scrypt","xsalsa20-poly1305"],"version":"3"},"address":"5EHgWw2Af1pnoc7f1A8bfmM97W3DAYW8xr82RfhLL9oAabAe","meta":{"name":"clearing"}}"#;
const ED25519: &str = r#"{"encoded":"SXz67QH5a+aETfW8yJv8LYwwCLQlM0rvSHJmUMUhagcAAAIAAQAAAAgAAAA60XJdEYqvCPe3Xa1+d+JasT6bk8goop260bDGk5U60wSqJq+XDLFVB0W9JtT7qAxL4iPU/dnZunfzE0tm7+dkHUhKK2Uxl/zJGAfhnH6iHrNk+Go/9aGmF5RranRyMYx6sQhJsqi0MGMiiEHahqFbnTP8yrhmjvsMaj3e1ikQyHAjRsmit0llT/MkY9qcLaN+Fnt6+ya/s5BaC0yw","encoding":{"content":["pkcs8","ed25519"],"type":["scrypt","xsalsa20-poly1305"],"version":"3"},"address":"5ErKjJLUyc8TTU2vNKrj5UciogZho2MDawb6nN2KG44aU1aB","meta":{"name":"clearing"}}"#;
const ECDSA: &str = r#"{"encoded":"R5ekexpm4B7NdBYU/XfooU5HIj2Yg04TJ4D17Bzn9eoAAAIAAQAAAAgAAAAerTE2BreectrBKly5qF97epUwyYBl15ICx4l68cjDeJ9Ls2e0gUweZA84TOHGq2/2ssZMPNh2qVT07jqa8XEFEtyaHLeIVCsvXUtoFGgZqxKUTX8eKqGffhqb24xAwbDUo+tMJfQyj9TulDrHf8xDkPI/E0bFAqNydOtUH1Q=","encoding":{"content":["pkcs8","ecdsa"],"type":["scrypt","xsalsa20-poly1305"],"version":"3"},"address":"0x029880b9309f4eb50e731d563c26a5b8faf3e787d48b33648c544b512267b18069","meta":{"name":"clearing"}}"#;
const UNENCRYPTED: &str = r#"{"encoded":"MFMCAQEwBQYDK2VwBCIEIGhVJDpyM/PDV5+1iraGnxyQ3whlJRrFzxWD6LUeiIZcsl0V8TACD//DJh9YT4QWjnpvAAn2w6uy8/pGD0k7BZWhIwMhAGJeJTZMe2jgqDBlzLQK/tQ/j+kz5mmyTz1ppX7ds7cV","encoding":{"content":["pkcs8","sr25519"],"type":["none"],"version":"3"},"address":"5EHgWw2Af1pnoc7f1A8bfmM97W3DAYW8xr82RfhLL9oAabAe","meta":{}}"#;

fn kept(folder: &tempfile::TempDir, content: &str) -> PathBuf {
    let path = folder.path().join("key.json");
    std::fs::write(&path, content).unwrap();
    path
}

fn account(key: &Keypair) -> String {
    crate::chain::account_of(key).to_string()
}

#[test]
fn a_keystore_should_open_only_with_its_passphrase_and_stay_when_it_is_created_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("treasury.json");
    let made = create(&path, "correct horse").unwrap();
    let opened = open_file(&path, "correct horse").unwrap();
    assert_eq!(made.public_key().0, opened.public_key().0);
    let wrong = open_file(&path, "wrong").unwrap_err();
    assert!(matches!(wrong, KeyError::WrongPassphrase { .. }), "{wrong}");
    assert!(!wrong.to_string().contains("aead"), "{wrong}");
    assert!(matches!(create(&path, "again"), Err(KeyError::Unwritable { .. })));
    assert_eq!(
        open_file(&path, "correct horse").unwrap().public_key().0,
        made.public_key().0
    );
    assert_eq!(account_of_file(&path).unwrap().to_string(), account(&made));
}

#[test]
fn a_key_should_not_be_kept_when_its_passphrase_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("treasury.json");
    assert!(matches!(create(&path, ""), Err(KeyError::EmptyPassphrase)));
    assert!(!path.exists());
}

#[test]
fn a_keystore_of_polkadot_js_should_open_and_be_kept_anew_when_its_passphrase_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = kept(&folder, SR25519);
    assert_eq!(account_of_file(&path).unwrap().to_string(), ACCOUNT);
    assert_eq!(account(&open_file(&path, PASSPHRASE).unwrap()), ACCOUNT);
    assert!(matches!(
        Secret::from_file(&path, "wrong"),
        Err(KeyError::WrongPassphrase { .. })
    ));
    let copy = folder.path().join("copy.json");
    let secret = Secret::from_file(&path, PASSPHRASE).unwrap();
    assert_eq!(account(&secret.keep(&copy, "another").unwrap()), ACCOUNT);
    assert!(open_file(&copy, PASSPHRASE).is_err());
}

#[test]
fn a_phrase_should_give_the_accounts_of_polkadot_js_when_it_is_brought_in() {
    let folder = tempfile::tempdir().unwrap();
    for (nth, (path, expected)) in [
        ("", ACCOUNT),
        ("//clearing", "5G4N51j8tJhLq2NUk7mSnvzJE61dY85RPPuqCBKAxjVFUnQD"),
        ("//clearing/1", "5C874LAYR9fZhJhgBWvmUc1NxL3u8pgFBFHj7k5g7TQBo1nf"),
        ("///secret", "5CwZV1bWebiHvPNUdpTjnDemqAZYpJRZ3YgoJvwLCV8CKFQa"),
        (
            "//7//treasury///secret",
            "5Ek48n2ECTSKD92razjAsTgFojfuYRzytWDPQA9S4AJUWdsP",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let secret = Secret::from_phrase(&format!(" {PHRASE}{path}\n")).unwrap();
        let file = folder.path().join(nth.to_string());
        assert_eq!(account(&secret.keep(&file, "x").unwrap()), expected, "{path}");
    }
}

#[test]
fn a_new_phrase_should_give_its_key_again_when_it_is_typed() {
    let (made, phrase) = Secret::generate_with_phrase().unwrap();
    assert_eq!(phrase.split(' ').count(), 24);
    let again = Secret::from_phrase(&phrase).unwrap();
    assert_eq!(made.0.public, again.0.public);
}

#[test]
fn a_phrase_should_be_refused_without_being_repeated_when_it_is_wrong() {
    for wrong in [
        "",
        "legal",
        "//Alice",
        "0x0000000000000000000000000000000000000000000000000000000000000001",
        "legal winner thank year wave sausage worth useful legal winner thank winner",
        "legal winner thank year wave sausage worth useful legal winner thank",
    ] {
        let Err(error) = Secret::from_phrase(wrong) else {
            panic!("`{wrong}` is a phrase");
        };
        assert!(!error.to_string().contains("sausage"), "{error}");
    }
}

#[test]
fn a_file_should_be_told_apart_when_it_is_not_a_keystore_that_signs() {
    let folder = tempfile::tempdir().unwrap();
    for (content, words) in [
        (ED25519, "ed25519"),
        (ECDSA, "ecdsa"),
        (UNENCRYPTED, "not encrypted"),
        ("{}", "not a keystore"),
        ("hello", "not a keystore"),
        (&SR25519.replace("bHbrt69eWEAZcCo", "bHbrt69eWEA!"), "Base64"),
        (&SR25519.replacen(&SR25519[12..260], "bHbr", 1), "cut off"),
        (&SR25519.replace("\"3\"", "\"2\""), "version 2"),
        (
            &SR25519.replace("[\"pkcs8\",\"sr25519\"]", "[\"batch-pkcs8\"]"),
            "several accounts",
        ),
    ] {
        let path = kept(&folder, content);
        for error in [
            open_file(&path, PASSPHRASE).err().unwrap(),
            account_of_file(&path).err().unwrap(),
        ] {
            assert!(error.to_string().contains(words), "{words}: {error}");
        }
    }
    let missing = folder.path().join("missing.json");
    assert!(matches!(
        open_file(&missing, PASSPHRASE),
        Err(KeyError::NoSuchFile { .. })
    ));
}

#[test]
fn from_uri_should_refuse_when_the_text_is_not_a_key_for_development() {
    assert!(from_uri("//Alice").is_ok());
    for wrong in ["not a key", "Alice", "", PHRASE] {
        let error = from_uri(wrong).err().unwrap();
        assert!(matches!(error, KeyError::Malformed(_)));
        assert!(!error.to_string().contains("sausage"), "{error}");
    }
}

#[test]
fn a_sealing_key_should_open_only_with_its_passphrase_and_stay_when_it_is_created_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sealing.json");
    assert!(matches!(
        create_sealing(&path, Suite::X25519, ""),
        Err(KeyError::EmptyPassphrase)
    ));
    let made = create_sealing(&path, Suite::X25519, "correct horse")
        .unwrap()
        .public();
    assert_eq!(public_sealing(&path).unwrap(), (Suite::X25519, made.clone()));
    assert_eq!(open_sealing(&path, "correct horse").unwrap().public(), made);
    // A copy under a passphrase of its own holds the same key.
    let (pair, copy) = (
        open_sealing(&path, "correct horse").unwrap(),
        path.with_extension("copy"),
    );
    assert_eq!(
        keep_sealing(&pair, &copy, "battery staple").unwrap().public(),
        made
    );
    assert!(open_sealing(&copy, "correct horse").is_err());
    assert!(matches!(
        keep_sealing(&pair, &copy, ""),
        Err(KeyError::EmptyPassphrase)
    ));
    let opened = |passphrase: &str| open_sealing(&path, passphrase).err();
    assert!(matches!(opened("wrong"), Some(KeyError::WrongPassphrase { .. })));
    assert!(matches!(
        create_sealing(&path, Suite::X25519, "again").err(),
        Some(KeyError::Unwritable { .. })
    ));
    assert_eq!(open_sealing(&path, "correct horse").unwrap().public(), made);
}

#[test]
fn a_sealing_key_should_be_refused_when_its_keystore_is_of_another_kind_or_names_another_key() {
    let folder = tempfile::tempdir().unwrap();
    let signs = kept(&folder, SR25519);
    assert!(matches!(
        open_sealing(&signs, PASSPHRASE).err(),
        Some(KeyError::NotAKeystore { .. })
    ));
    let (one, two) = (folder.path().join("one.json"), folder.path().join("two.json"));
    let public = crate::files::hex(&create_sealing(&one, Suite::X25519, "x").unwrap().public());
    let other = crate::files::hex(&create_sealing(&two, Suite::X25519, "x").unwrap().public());
    assert!(account_of_file(&one).is_err(), "a sealing key does not sign");
    let swapped = std::fs::read_to_string(&one).unwrap().replace(&public, &other);
    std::fs::write(&one, swapped).unwrap();
    assert!(matches!(
        open_sealing(&one, "x").err(),
        Some(KeyError::NotAKeystore { .. })
    ));
}
