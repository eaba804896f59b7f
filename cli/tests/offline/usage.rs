//! Usage tables, compared without a node.

use super::{
    code,
    rating::{contract, HEAD},
    run, stderr, stdout,
};
use serde_json::{json, Value};
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn table(folder: &Path, name: &str, rows: &[&str]) -> PathBuf {
    write(folder, name, &format!("{HEAD}\n{}\n", rows.join("\n")))
}

fn compare(contract: &Path, ours: &Path, theirs: &Path, more: &[&str]) -> (i32, Value) {
    let [contract, ours, theirs] = [contract, ours, theirs].map(|path| path.to_str().unwrap());
    let arguments = ["--json", "usage", "compare", ours, theirs, "--contract", contract];
    let output = run(&[&arguments[..], more].concat());
    let value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    (code(&output), value)
}

/// Lines that agree, differ, are missing in theirs, and in ours.
fn results(value: &Value) -> [u64; 4] {
    ["agrees", "differs", "missing_in_theirs", "missing_in_ours"]
        .map(|name| value["results"][name].as_u64().unwrap())
}

#[test]
fn each_line_should_have_one_result_when_tables_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let contract = write(folder.path(), "contract.json", &contract().to_string());
    let ours = [
        "202601,DEUA1,FRAB1,GPRS,600,MB,100,outbound",
        "202601,DEUA1,FRAB1,data,400,MB,0,outbound",
        "202601,DEUA1,FRAB1,SMSMO,100,SMS,5,outbound",
        "202602,DEUA1,FRAB1,GPRS,100,MB,10,outbound",
        "202603,DEUA1,FRAB1,GPRS,100,MB,10,outbound",
    ];
    // Seen from the other side the subscribers are inbound.
    let theirs = [
        "202601,DEUA1,FRAB1,GPRS,990,MB,99,inbound",
        "202601,DEUA1,FRAB1,SMSMO,98.99,SMS,4.95,inbound",
        "202602,DEUA1,FRAB1,SMSMO,7,SMS,1,inbound",
        "202603,DEUA1,FRAB1,GPRS,100,MB,9.8,inbound",
    ];
    let ours = table(folder.path(), "ours.csv", &ours);
    let theirs = table(folder.path(), "theirs.csv", &theirs);
    let (code, value) = compare(&contract, &ours, &theirs, &[]);
    assert_eq!((code, results(&value)), (1, [1, 2, 1, 1]));
    assert_eq!(value["lines"], 5);
    assert_eq!(
        value["services"][1],
        json!({
            "service": "GPRS", "unit": "MB", "ours": "1200.000000", "theirs": "1090.000000",
            "results": { "agrees": 1, "differs": 1, "missing_in_theirs": 1, "missing_in_ours": 0 },
        })
    );
    // Of messages 1 of 5.95 EUR and 1.01 of 105.99, of data 100 of 1,200 MB and 0.20 of 120 EUR.
    let worst: Vec<_> = value["worst"].as_array().unwrap().iter().collect();
    let named: Vec<_> = worst
        .iter()
        .map(|line| (line["period"].as_str().unwrap(), line["result"].as_str().unwrap()))
        .collect();
    assert_eq!(
        named,
        [
            ("2026-02", "missing_in_ours"),
            ("2026-02", "missing_in_theirs"),
            ("2026-01", "differs"),
            ("2026-03", "differs"),
        ]
    );
    assert_eq!(worst[1]["percent_of_service"], "8.333333333333");

    let (code, value) = compare(&contract, &ours, &theirs, &["--period", "2026-01"]);
    assert_eq!((code, results(&value)), (1, [1, 1, 0, 0]));
    let wider = [
        "--period",
        "2026-01",
        "--tolerance",
        "GPRS=1",
        "--tolerance",
        "SMSMO=1.01",
    ];
    assert_eq!(compare(&contract, &ours, &theirs, &wider).0, 0);
    let none = ["--period", "2026-01", "--tolerance", "0"];
    assert_eq!(
        results(&compare(&contract, &ours, &theirs, &none).1),
        [0, 2, 0, 0]
    );
    assert_eq!(compare(&contract, &ours, &ours, &none).0, 0);

    let text = {
        let [contract, ours, theirs] = [&contract, &ours, &theirs].map(|path| path.to_str().unwrap());
        stdout(&run(&["usage", "compare", ours, theirs, "--contract", contract]))
    };
    assert!(
        text.contains("5 lines of either table, of which 1 agree and 4 do not"),
        "{text}"
    );
    assert!(
        text.contains("missing in ours") && !text.contains('\u{1b}'),
        "{text}"
    );
}

#[test]
fn a_table_should_be_refused_before_anything_is_sent_when_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let contract = write(folder.path(), "contract.json", &contract().to_string());
    let good = table(
        folder.path(),
        "good.csv",
        &["202601,DEUA1,FRAB1,GPRS,100,MB,10,outbound"],
    );
    let wrong = table(
        folder.path(),
        "wrong.csv",
        &["202601,DEUA1,FRAB1,GPRS,100,min,10,outbound"],
    );
    let [contract, good, wrong] = [&contract, &good, &wrong].map(|path| path.to_str().unwrap());
    let output = run(&["usage", "compare", good, wrong, "--contract", contract]);
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("wrong.csv: row 2, column Units: GPRS is counted in MB, not in min"),
        "{}",
        stderr(&output)
    );
    assert!(stdout(&output).is_empty());

    for (period, words) in [
        ("2026-02", "no usage of 2026-02: its rows are of 2026-01"),
        ("2026-01", "no node answers"),
    ] {
        let output = run(&["usage", "report", good, "--period", period]);
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    let output = run(&["usage", "report", contract, "--period", "2026-01"]);
    assert_eq!(code(&output), 1, "a contract is not usage");
    let output = run(&["usage", "show", "7", "2026-01", "--visited", "FRAB1"]);
    assert_eq!(code(&output), 64);
    assert!(stderr(&output).contains("--home"), "{}", stderr(&output));
}

#[test]
fn a_partners_table_should_be_read_before_a_node_is_asked_when_usage_is_affirmed() {
    let folder = tempfile::tempdir().unwrap();
    let row = |charge: &str| format!("202601,DEUA1,FRAB1,GPRS,100,MB,{charge},inbound");
    let good = table(folder.path(), "good.csv", &[&row("10")]);
    let wrong = table(folder.path(), "wrong.csv", &[&row("ten")]);
    let missing = folder.path().join("missing.csv");
    for (path, words) in [
        (&good, "no node answers"),
        (&wrong, "wrong.csv: row 2, column Charges: "),
        (&missing, "missing.csv: there is no such file or folder"),
    ] {
        let path = path.to_str().unwrap();
        let output = run(&["usage", "affirm", "FRAB1", "DEUA1", "2026-01", path]);
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        assert!(stdout(&output).is_empty());
    }
    let output = run(&["usage", "affirm", "FRAB1", "DEUA1", "2026-01"]);
    assert!(
        stderr(&output).contains("no node answers"),
        "a table is not needed"
    );
}

/// Visited and home network, month and service.
type Key = [String; 4];

/// The usage of each line of a file, added up without anything of ours.
fn recount(file: &Value) -> HashMap<Key, f64> {
    let mut sums = HashMap::new();
    let rows = ["inbound", "outbound"].into_iter();
    for row in rows.flat_map(|label| file[label].as_array().unwrap()) {
        let key = ["visitorTadig", "homeTadig", "yearMonth", "service"]
            .map(|name| row[name].as_str().unwrap().to_owned());
        *sums.entry(key).or_insert(0.0) += row["usage"].as_f64().unwrap();
    }
    sums
}

/// Lines per service that agree, differ, are missing in theirs, and in ours.
fn classes(ours: &Value, theirs: &Value, tolerance: f64) -> BTreeMap<String, [u64; 4]> {
    let (ours, theirs) = (recount(ours), recount(theirs));
    let mut classes: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    for (key, our) in &ours {
        let class = match theirs.get(key) {
            None => 2,
            Some(their) if (our - their).abs() <= tolerance * our.max(*their) => 0,
            Some(_) => 1,
        };
        classes.entry(key[3].clone()).or_default()[class] += 1;
    }
    for key in theirs.keys().filter(|key| !ours.contains_key(*key)) {
        classes.entry(key[3].clone()).or_default()[3] += 1;
    }
    classes
}

#[test]
fn a_published_year_should_fall_into_classes_when_recounted() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/bwr/group-12m"
    ));
    if !folder.is_dir() {
        println!("skipped: {} is not at hand", folder.display());
        return;
    }
    let contract = folder.join("contract.json");
    let ours = folder.join("usage_dtag.json");
    let theirs = folder.join("usage_tmus.json");
    let read = |path: &Path| -> Value { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
    let our = read(&ours);
    // Theirs as it is, and with rows left out and changed on both sides.
    let mut changed = read(&theirs);
    for (label, every) in [("inbound", 7), ("outbound", 5)] {
        let rows = changed[label].as_array_mut().unwrap();
        for row in rows.iter_mut().step_by(3) {
            row["usage"] = json!(row["usage"].as_f64().unwrap() * 1.05);
        }
        let mut number = 0;
        rows.retain(|_| {
            number += 1;
            number % every != 0
        });
    }
    let mut added = our["inbound"][0].clone();
    added["service"] = json!("MOC Premium");
    added["units"] = json!("Min");
    added["charges"] = json!(12.5);
    changed["outbound"].as_array_mut().unwrap().push(added);
    let temporary = tempfile::tempdir().unwrap();
    let changed_path = write(temporary.path(), "changed.json", &changed.to_string());

    let mut seen = [0; 4];
    for (path, their, percent) in [
        (&theirs, &read(&theirs), None),
        (&theirs, &read(&theirs), Some("0.01")),
        (&changed_path, &changed, None),
    ] {
        let more = percent.map_or(vec![], |percent| vec!["--tolerance", percent]);
        let (code, value) = compare(&contract, &ours, path, &more);
        assert_eq!(code, 1);
        // Without another one the contract's 1 % counts, which the import takes as usual.
        let tolerance = percent.map_or(0.01, |percent| percent.parse::<f64>().unwrap() / 100.0);
        let expected = classes(&our, their, tolerance);
        let services = value["services"].as_array().unwrap();
        assert_eq!(services.len(), expected.len());
        for service in services {
            let name = service["service"].as_str().unwrap();
            assert_eq!(results(service), expected[name], "{name}");
        }
        let all = results(&value);
        let lines = recount(&our)
            .keys()
            .chain(recount(their).keys())
            .collect::<std::collections::HashSet<_>>()
            .len();
        assert_eq!(all.iter().sum::<u64>(), lines as u64, "every line has one result");
        assert_eq!(value["lines"], lines);
        for (seen, count) in seen.iter_mut().zip(all) {
            *seen += count;
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}
