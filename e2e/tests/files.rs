//! Files and usage reports through the command line and real nodes: what differs from what was anchored or reported is refused, the
//! chain knows which number comes next, secrets come sealed, and it is told when no block comes.

use interclear_client::{
    calls,
    chain::Call,
    files::{digest, key_named},
};
use interclear_e2e::{
    network::{interclear, Network},
    story::{agree, agreed_terms, last_month, Actors, Silent},
};
use interclear_merkle::FileSecret;
use interclear_primitives::{
    batch::{Anchor, BatchStatus},
    money::Value,
    period::Period,
    report::{PairMonth, ReportLines, ReportedLine},
    service::Service,
};
use interclear_tap::{validate_file, Options};
use serde_json::{json, Value as Json};
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

/// The file of which its sender states ten times what data costs.
const FALSE: &str = "CDFRA7BDEU7A00001";
/// The file that is acknowledged, with its secret.
const SEALED: &str = "CDFRA7BDEU7A00002";
/// The file that is acknowledged while no block comes.
const WAITING: &str = "CDFRA7BDEU7A00003";
/// The file of near-real-time records.
const NEAR: &str = "NRFRA7BDEU7A0000001";
/// The keys of desks, as options.
const ALPHA: &str = "--key //Alpha//clearing";
const BETA: &str = "--key //Beta//clearing";
/// The keystore of Alpha's sealing key, as an option.
const OPENED: &str = "--sealing-key sealing.json";
/// After so long without a block, one that waits 10 s more is told that none comes: 20 s are worth a look, and the last block may be
/// a little younger than the last validator.
const STILL: Duration = Duration::from_secs(15);

/// What the program printed.
struct Ran {
    out: String,
    wrong: String,
}

/// A clearing team at its command line.
struct Shell {
    url: String,
    folder: PathBuf,
}

impl Shell {
    fn new(network: &Network) -> Self {
        let folder = network.home().join("desk");
        std::fs::create_dir_all(folder.join("got")).unwrap();
        Self {
            url: network.nodes[0].url(),
            folder,
        }
    }

    /// Runs a command, which ends with a status.
    fn run(&self, status: i32, command: &str) -> Ran {
        let done = interclear()
            .unwrap()
            .args(command.split_whitespace())
            .current_dir(&self.folder)
            .env("INTERCLEAR_URL", &self.url)
            .env("INTERCLEAR_PASSPHRASE", "only for trying")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let [out, wrong] = [done.stdout, done.stderr].map(|text| String::from_utf8(text).unwrap());
        assert_eq!(done.status.code(), Some(status), "{command}\n{out}{wrong}");
        Ran { out, wrong }
    }

    /// Runs a command, which ends with a status and prints this.
    fn prints(&self, status: i32, command: &str, words: &str) -> Ran {
        let ran = self.run(status, command);
        assert!(ran.out.contains(words), "{command}\n{}{}", ran.out, ran.wrong);
        ran
    }

    /// Runs a command for a machine.
    fn json(&self, status: i32, command: &str) -> Json {
        let ran = self.run(status, &format!("--json {command}"));
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{command}\n{}{}", ran.out, ran.wrong))
    }

    /// Beta's system makes files for Alpha.
    fn generate(&self, period: Period, more: &str) {
        let month = format!("tap generate --sender FRA7B --recipient DEU7A --period {period} --no-taxes");
        self.run(0, &format!("{month} {more}"));
    }

    /// A file comes to Alpha, and its secret with it.
    fn receive(&self, from: &str, name: &str) {
        for name in [name.to_owned(), format!("{name}.secret")] {
            let [from, to] = [from, "got"].map(|folder| self.folder.join(folder).join(&name));
            std::fs::copy(from, to).unwrap();
        }
    }
}

/// A finding with a code, and its message.
fn found<'f>(checked: &'f Json, code: &str) -> Option<&'f str> {
    let findings = checked["findings"].as_array().unwrap().iter();
    let mut of_code = findings.filter(|finding| finding["code"] == code);
    of_code.next()?["message"].as_str()
}

/// What a false sender states of a file: ten times what its data costs; with what it costs, in 10^-6 of the currency.
fn ten_times(file: &Path) -> (Anchor, i128) {
    let options = Options {
        digest: true,
        secret: Some(FileSecret::from([7; 32])),
        ..Options::default()
    };
    let outcome = validate_file(file, &options).unwrap();
    let mut anchor = outcome.summary.unwrap().anchor().unwrap();
    let data = anchor
        .totals
        .iter_mut()
        .find(|total| total.service == Service::Gprs)
        .unwrap();
    let charge = data.charge.clear().unwrap();
    assert!(charge > 0, "there is data in the file");
    data.charge = Value::Clear(charge * 10);
    (anchor, charge)
}

/// Figures with six decimals, as millionths.
fn micro(text: &Json) -> i128 {
    text.as_str().unwrap().replace('.', "").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_differs_should_be_refused_and_a_stop_be_told_when_operators_type_commands() {
    let mut network = Network::local().await.unwrap();
    let chain = network.nodes[0].connect().await.unwrap();
    let shell = Shell::new(&network);
    let actors = Actors::enrol([&chain, &chain], &mut Silent).await.unwrap();
    let [alpha, beta] = actors.mobile();
    let period = last_month();

    let terms = agreed_terms(alpha.tadig, beta.tadig, period).unwrap();
    agree([alpha, beta], &terms).await.unwrap();

    shell.run(0, "key sealing new sealing.json");
    shell.run(0, "--key //Alpha//admin key sealing register sealing.json");
    shell.generate(period, "--files 3 --events 200 --out in");
    shell.generate(period, "--events 100 --seed 9 --first-sequence 2 --out other");
    shell.generate(
        period,
        "--files 2 --events 20 --seed 3 --first-sequence 4 --out later",
    );
    shell.generate(period, "--nrtrde --events 20 --out near");
    shell.generate(period, "--nrtrde --events 40 --seed 9 --out far");
    let table = format!(
        "Year_Month,HPMN,VPMN,Services Categorised,Usage,Units,Charges,Direction\n{period},DEU7A,FRA7B,NB-IoT,9000,MB,4.50,inbound\n"
    );
    std::fs::write(shell.folder.join("table.csv"), &table).unwrap();

    // Beta cheats: with its own client it states ten times a charge, of a file and of a month.
    let (anchor, charge) = ten_times(&shell.folder.join("in").join(FALSE));
    let pair = PairMonth {
        visited: beta.tadig,
        home: alpha.tadig,
        period,
    };
    let line = ReportedLine {
        service: Service::NbIot,
        quantity: 9_000_000_000,
        charge: Value::Clear(45_000_000),
        tax: Value::ZERO,
    };
    let lines = ReportLines::try_from(vec![line]).unwrap();
    let cheated = Call::batch_all([
        calls::anchor_many(&[anchor]),
        calls::report_usage(pair, digest(table.as_bytes()), &lines),
    ]);
    let receipt = chain.execute(&beta.clearing, &cheated).await.unwrap();
    assert_eq!(receipt.file_counts().unwrap().anchored, 1);
    report_should_be_affirmed_when_its_table_adds_up_to_it(&shell, period);

    shell.prints(
        0,
        &format!("{BETA} tap anchor in/{SEALED} in/{WAITING}"),
        "2 anchored, 0 duplicates, 0 refused",
    );
    shell.prints(
        0,
        &format!("{BETA} nrtrde anchor near/{NEAR}"),
        "1 anchored (1 late), 0 duplicates, 0 refused",
    );
    shell.receive("in", SEALED);
    shell.receive("in", WAITING);
    shell.receive("near", NEAR);
    near_real_time_file_should_be_acknowledged_when_it_is_what_was_anchored(&shell);
    let ran = shell.prints(
        0,
        &format!("{ALPHA} tap acknowledge got/{SEALED} {OPENED}"),
        "1 acknowledged, 0 before, 0 refused",
    );
    assert!(!ran.wrong.contains("not checked"), "{}", ran.wrong);

    // From here on no block comes: a validator alone makes none. What needs no transaction goes on.
    network.nodes[1].kill().unwrap();
    let killed = Instant::now();
    file_should_be_refused_when_its_anchor_states_ten_times_a_charge(&shell, charge);
    number_should_be_known_when_the_chain_is_asked(&shell);
    record_should_be_proven_when_the_secret_came_sealed(&shell);
    for (name, status) in [
        (FALSE, BatchStatus::Anchored),
        (SEALED, BatchStatus::Acknowledged),
    ] {
        let batch = chain.batch(key_named(name).unwrap()).await.unwrap().unwrap();
        assert_eq!(batch.status, status, "{name}");
    }

    tokio::time::sleep(STILL.saturating_sub(killed.elapsed())).await;
    let ran = shell.run(
        3,
        &format!("{ALPHA} --timeout 20s tap acknowledge got/{WAITING} {OPENED}"),
    );
    for words in [
        "error: not final after 20 s: it is in no block yet: no block has come after ",
        "\nhint: it may land later: look whether it has landed before you send it again",
    ] {
        assert!(ran.wrong.contains(words), "{words}\n{}", ran.wrong);
    }
    assert_eq!(ran.out, "");
}

/// Ten times a charge is refused; what is corrected is affirmed.
fn report_should_be_affirmed_when_its_table_adds_up_to_it(shell: &Shell, period: Period) {
    let affirm = format!("{ALPHA} usage affirm FRA7B DEU7A {period} table.csv");
    let refused = shell.json(1, &affirm);
    assert_eq!(
        (&refused["affirmed"], &refused["version"]),
        (&Json::Null, &json!(1))
    );
    assert_eq!(
        refused["differences"],
        json!([{ "what": "NB-IoT: charge", "table": "4.500000", "report": "45.000000" }])
    );
    shell.prints(
        1,
        &affirm,
        "nothing is affirmed: version 1 of the visited network's figures is not what the table adds up to",
    );
    shell.prints(
        0,
        &format!("{BETA} usage report table.csv --period {period}"),
        "1 pair of networks: 1 reported, 0 skipped, 0 refused",
    );
    let affirmed = shell.json(0, &affirm);
    assert_eq!(
        (
            &affirmed["affirmed"],
            &affirmed["version"],
            &affirmed["table_compared"]
        ),
        (&json!("visited"), &json!(2), &json!(true))
    );
    assert_eq!(affirmed["billed"][0]["charge"], "4.500000");
}

/// A file of the same name with other records is refused, and then the right one taken.
fn near_real_time_file_should_be_acknowledged_when_it_is_what_was_anchored(shell: &Shell) {
    let refused = shell.json(1, &format!("{ALPHA} nrtrde acknowledge far/{NEAR}"));
    assert_eq!(refused["acknowledged"], 0);
    let file = &refused["files"][0];
    assert_eq!(file["batch"], NEAR);
    let differences = file["differences"].as_array().unwrap();
    assert!(
        differences.contains(&json!({ "what": "Records", "file": "40", "anchor": "20" })),
        "{file}"
    );
    assert_eq!(file["next"], format!("ask FRA7B for {NEAR} as it was anchored"));
    let ran = shell.prints(
        0,
        &format!("{ALPHA} nrtrde acknowledge got/{NEAR} {OPENED}"),
        "1 acknowledged, 0 before, 0 refused",
    );
    assert!(!ran.wrong.contains("not checked"), "{}", ran.wrong);
    shell.prints(
        0,
        &format!("{ALPHA} nrtrde acknowledge got/{NEAR} {OPENED}"),
        "0 acknowledged, 1 before, 0 refused",
    );
    // Nor does a sealing key that came later stop anything: the secret was sealed to the one before.
    shell.run(0, "key sealing new newer.json");
    let ran = shell.prints(
        0,
        &format!("{ALPHA} nrtrde acknowledge got/{NEAR} --sealing-key newer.json"),
        "0 acknowledged, 1 before, 0 refused",
    );
    assert!(
        ran.wrong.contains("is in no keystore that is named"),
        "{}",
        ran.wrong
    );
    // Its number says nothing about what is in it.
    let other = shell.json(1, &format!("{ALPHA} nrtrde acknowledge far/{NEAR}"));
    assert_eq!(other["files"][0]["before"], true, "{other}");
    let ran = shell.run(1, &format!("{ALPHA} nrtrde acknowledge far/{NEAR}"));
    let said = format!("{NEAR} was acknowledged before, but with other content than it has here");
    assert!(ran.out.contains(&said), "{}", ran.out);
}

/// The one figure that differs is told, to people and to machines.
fn file_should_be_refused_when_its_anchor_states_ten_times_a_charge(shell: &Shell, charge: i128) {
    let acknowledge = format!("{ALPHA} tap acknowledge in/{FALSE}");
    let refused = shell.json(1, &acknowledge);
    assert_eq!(
        (&refused["acknowledged"], &refused["refused"]),
        (&json!(0), &json!(1))
    );
    let file = &refused["files"][0];
    assert_eq!(file["batch"], FALSE);
    assert_eq!(file["reason"], "the anchor is not what the file comes down to");
    assert_eq!(file["differences"].as_array().map(Vec::len), Some(1), "{file}");
    let one = &file["differences"][0];
    assert_eq!(one["what"], "GPRS: charge");
    assert_eq!(
        (micro(&one["file"]), micro(&one["anchor"])),
        (charge, charge * 10)
    );

    let ran = shell.run(1, &acknowledge);
    let line = ran.out.lines().find(|line| line.contains("GPRS: charge"));
    let line = line.unwrap_or_else(|| panic!("{}", ran.out));
    for part in [
        FALSE,
        one["file"].as_str().unwrap(),
        one["anchor"].as_str().unwrap(),
    ] {
        assert!(line.contains(part), "{line}");
    }
    let said = format!(
        "nothing is acknowledged: 1 of 1 file is not what was anchored\nnext: ask FRA7B for {FALSE} as it was anchored"
    );
    assert!(ran.out.contains(&said), "{}", ran.out);
    // No secret came with it.
    assert!(
        ran.wrong
            .contains("no FILE.secret is beside it; ask the sender for it"),
        "{}",
        ran.wrong
    );
}

/// The number that comes next, one that was left out, one that has other content, and one that has this very content.
fn number_should_be_known_when_the_chain_is_asked(shell: &Shell) {
    let validate = |status, file: &str| shell.json(status, &format!("tap validate --chain {file}"));
    let next = validate(0, "later/CDFRA7BDEU7A00004");
    for code in ["sequence-gap", "sequence-late"] {
        assert_eq!(found(&next, code), None, "{next}");
    }
    let ahead = validate(0, "later/CDFRA7BDEU7A00005");
    assert_eq!(found(&ahead, "sequence-gap"), Some("5 instead of 4: 1 missing"));
    let other = format!("other/{SEALED}");
    assert!(found(&validate(1, &other), "other-than-anchored").is_some());
    shell.prints(
        1,
        &format!("tap validate --chain {other}"),
        "not what was anchored",
    );
    // By its secret it is known to be the same.
    let same = validate(0, &format!("got/{SEALED} {OPENED}"));
    assert_eq!(
        found(&same, "duplicate-file"),
        Some("the same file, already anchored: it counts once")
    );
    // Nor does its sender anchor anything else under a number that is taken.
    let ran = shell.prints(
        1,
        &format!("{BETA} tap anchor {other}"),
        "0 anchored, 0 duplicates, 1 refused",
    );
    for words in [
        "its number was anchored before with other content",
        "(sequence-reused)",
    ] {
        assert!(ran.out.contains(words), "{}", ran.out);
    }
}

/// The recipient proves a record of a file as its sender can, once it has opened the secret.
fn record_should_be_proven_when_the_secret_came_sealed(shell: &Shell) {
    let prove = format!("tap prove 3 --file got/{SEALED}");
    let ran = shell.run(1, &prove);
    assert!(
        ran.wrong.contains("there is no secret for this file"),
        "{}",
        ran.wrong
    );
    shell.prints(
        0,
        &format!("{prove} {OPENED} --out proof.json"),
        &format!("proves record 3 of {SEALED} (of 200 records) and shows no other"),
    );
    shell.prints(
        0,
        "tap verify proof.json",
        &format!("proven: the record is at position 3 of {SEALED}"),
    );
}
