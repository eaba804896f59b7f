//! Commands that read need no passphrase: which account signs says the keystore without one.

use crate::sources;
use std::{collections::BTreeMap, fs, path::Path};

/// Where the key that signs is opened, for which its passphrase is asked, and how often: what sends a call, and what signs without one.
const SIGNERS: [(&str, usize); 7] = [
    // The consent of an account.
    ("commands/desk.rs", 1),
    // Vouchers.
    ("commands/escrow/voucher.rs", 1),
    // Records of inventories.
    ("commands/inventory/report.rs", 1),
    // Files that are anchored.
    ("commands/outgoing.rs", 1),
    ("commands/tap/watch.rs", 1),
    // The proof that session keys are the owner's.
    ("commands/validator.rs", 1),
    // Every other call.
    ("session.rs", 1),
];

/// How often the key is opened in each source below a folder that opens it.
fn opened(root: &Path) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for path in sources::below(root) {
        // This file names what it looks for.
        if path.ends_with("reads.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let times = ["session.key()", "self.key()"].map(|opens| text.matches(opens).count());
        let times: usize = times.into_iter().sum();
        if times > 0 {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            found.insert(name, times);
        }
    }
    found
}

#[test]
fn no_passphrase_should_be_asked_for_when_a_command_only_reads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let signers = SIGNERS.map(|(file, times)| (file.to_owned(), times));
    assert_eq!(
        opened(&root),
        BTreeMap::from(signers),
        "what reads takes the account of the key, and not the key"
    );
}
