//! Databases of one's own, where no node is asked.

use crate::{code, run, stderr, stdout};
use serde_json::Value;

#[test]
fn a_report_should_say_what_is_wrong_when_there_is_no_database_or_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.db");
    std::fs::write(&letter, "Dear auditor").unwrap();
    let none = format!("sqlite:{}", folder.path().join("none.db").display());
    let letter = format!("sqlite:{}", letter.display());
    for (database, coded, says) in [
        (none.as_str(), "no_database", "`interclear index` makes it"),
        (letter.as_str(), "other_database", "nothing in it was touched"),
        ("books.db", "no_database", "write sqlite:FILE"),
        (
            "mysql://me:secret@host/books",
            "no_database",
            "mysql://me@host/books",
        ),
        (
            "postgres://bi:secret@127.0.0.1:1/books",
            "no_database",
            "postgres://bi@127.0.0.1:1/books does not answer",
        ),
    ] {
        for command in [
            &["report", "month"][..],
            &["trace", "payment", "1"],
            &["index", "verify"],
            &["inventory", "overview", "--relation", "DEUA1:FRAB1:ELINE"],
        ] {
            let arguments = [command, &["--json", "--database", database]].concat();
            let refused = run(&arguments);
            assert_eq!(code(&refused), 1, "{arguments:?}");
            let error: Value = serde_json::from_str(&stderr(&refused)).unwrap();
            assert_eq!(error["error"]["code"], coded, "{arguments:?}");
            let message = error["error"]["message"].as_str().unwrap();
            assert!(message.contains(says) && !message.contains("secret"), "{message}");
            assert!(stdout(&refused).is_empty());
        }
    }
    assert_eq!(
        code(&run(&["index", "--from", "genesis"])),
        64,
        "the database is not named"
    );
    for wrong in ["yesterday", "-1", ""] {
        assert_eq!(
            code(&run(&["index", "--database", &none, "--from", wrong])),
            64,
            "{wrong}"
        );
    }
    assert_eq!(
        std::fs::read(folder.path().join("letter.db")).unwrap(),
        b"Dear auditor"
    );
    assert!(!folder.path().join("none.db").exists());
}
