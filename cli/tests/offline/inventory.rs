//! Inventories, as far as no node is needed.

use super::{code, run, stderr, stdout};
use std::path::Path;

const EXPORT: &str = "Circuit ID;PO Number;Service Type;Speed (Mbps);MRC (EUR);Start Date;Status\n\
                      SVC-1;0047;E-Line;100;1.200,50;31.01.2026;live\n";

fn map(file: &Path, more: &[&str]) -> (i32, String, String) {
    let path = file.to_str().unwrap();
    let output = run(&[&["inventory", "map", path, "--as", "seller"], more].concat());
    (code(&output), stdout(&output), stderr(&output))
}

#[test]
fn map_should_be_written_to_a_file_that_is_left_alone_when_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (export, out) = (folder.path().join("export.csv"), folder.path().join("map.toml"));
    std::fs::write(&export, EXPORT).unwrap();
    let (code, text, _) = map(&export, &[]);
    assert_eq!(code, 0, "{text}");
    for line in [
        "decimal = \",\"",
        "dates = \"DMY\"",
        "bandwidth_unit = \"Mbps\"",
        "seller_id = \"Circuit ID\"",
        "currency = \"EUR\"",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}: {text}");
    }
    let named = ["--out", out.to_str().unwrap()];
    assert_eq!(map(&export, &named).0, 0);
    assert_eq!(std::fs::read_to_string(&out).unwrap().trim(), text.trim());
    std::fs::write(&out, "mine").unwrap();
    assert_eq!(map(&export, &named).0, 1);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "mine");
}

#[test]
fn map_should_say_what_is_to_be_decided_when_a_column_has_two_readings() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export.csv");
    std::fs::write(
        &export,
        EXPORT.replace("31.01.2026", "01.02.2026").replace("live", ""),
    )
    .unwrap();
    let (code, text, _) = map(&export, &[]);
    assert_eq!(code, 1);
    assert!(
        text.contains("# TO DO: days such as 01/02/2026 have two readings"),
        "{text}"
    );
    let (code, _, told) = map(Path::new("/nowhere.csv"), &[]);
    assert!(code == 1 && told.contains("/nowhere.csv"), "{told}");
}

#[test]
fn a_dry_run_should_need_no_key_and_write_nothing_when_records_are_reported_or_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export.csv");
    std::fs::write(&export, EXPORT).unwrap();
    let relation = ["--relation", "DEUA1:FRAB1:ELINE"];
    let report = ["inventory", "report", export.to_str().unwrap()];
    for command in [&report[..], &["inventory", "accept", "--all"]] {
        let command = [command, &relation].concat();
        let told = |more: &[&str]| {
            let output = super::command()
                .args(&command)
                .args(more)
                .current_dir(folder.path())
                .output()
                .unwrap();
            (code(&output), stderr(&output))
        };
        // What is sent needs a key, which is said before a node is asked; a dry run asks the node alone.
        assert_eq!(told(&[]).0, 64, "{command:?}");
        let (status, text) = told(&["--dry-run"]);
        assert!(
            status == 1 && text.contains("no node answers"),
            "{command:?}: {text}"
        );
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["export.csv"], "{command:?}");
    }
    assert_eq!(std::fs::read_to_string(&export).unwrap(), EXPORT);
}

#[test]
fn profile_should_be_refused_before_a_node_is_asked_when_a_rule_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profile.toml");
    let template = stdout(&run(&["inventory", "profile", "template"]));
    std::fs::write(&file, template.replace("\"2 days\"", "\"2 weeks\"")).unwrap();
    let propose = |file: &Path| {
        run(&[
            "--key",
            "//Alice",
            "inventory",
            "profile",
            "propose",
            "--relation",
            "DEUA1:FRAB1:ELINE",
            file.to_str().unwrap(),
        ])
    };
    let refused = propose(&file);
    assert_eq!(code(&refused), 1);
    assert!(
        stderr(&refused).contains("fields.start: `2 weeks` is not a rule"),
        "{}",
        stderr(&refused)
    );
    std::fs::write(&file, template).unwrap();
    assert!(
        stderr(&propose(&file)).contains("no node"),
        "{}",
        stderr(&propose(&file))
    );
    let wrong = run(&["inventory", "show", "--relation", "DEUA1:FRAB1"]);
    assert_eq!(code(&wrong), 64);
    assert!(
        stderr(&wrong).contains("BUYER:SELLER:CLASS"),
        "{}",
        stderr(&wrong)
    );
}
