//! A month is settled on a network of real nodes, searched for subscribers, and read with polkadot.js and a light client.

use codec::Encode;
use interclear_client::{
    calls,
    chain::{account_of, Chain, ChainError},
    events::FileCounts,
    keys::from_uri,
};
use interclear_e2e::{
    books, javascript,
    network::{interclear, Network},
    privacy::{contain, Dump, Kind, Numbers, Scanner},
    story::{self, refusal, Silent, Size, TOKEN},
};
use interclear_primitives::{ids::AgreementId, money::Value};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_month_should_be_settled_and_bad_input_should_change_nothing() {
    let mut network = Network::archive().await.unwrap();
    let one = network.nodes[0].connect().await.unwrap();
    let two = network.nodes[1].connect().await.unwrap();
    let folder = network.home().join("tap");
    let size = Size {
        files: 4,
        events: 200,
        seed: 11,
        services: None,
    };
    let ending = story::tell([&one, &two], size, &folder, &mut Silent)
        .await
        .unwrap();
    let counts = (
        ending.anchoring.duplicates,
        ending.anchoring.gaps,
        ending.anchoring.returned,
    );
    assert_eq!(counts, (2, 1, 1));

    books_tell_of_the_month(&network, &ending);
    nobody_can_be_found(&one, &folder, &ending).await;
    refusals(&one, &ending).await;
    clients_of_npm(&network);
}

/// With the commands that end the demonstration: each line as it was worked out from the files, what the dispute has changed of one, and
/// all files behind the payment. The node's state explains the payment alike, and what is computed again comes to the same by both.
fn books_tell_of_the_month(network: &Network, ending: &story::Ending) {
    let database = format!("sqlite:{}", network.home().join("books.db").display());
    let run = |words: Vec<String>| {
        let ended = interclear().unwrap().args(&words).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{}: {said}", words.join(" "));
        String::from_utf8(ended.stdout).unwrap()
    };
    let [index, mut month, trace] = books::commands(&network.nodes[0].url(), &database, ending);
    run(index);

    month.push("--json".into());
    let report: serde_json::Value = serde_json::from_str(&run(month)).unwrap();
    // Cents, whatever the sign.
    let charges = |line: usize, document: &str| -> Vec<i128> {
        let rows = report["rows"].as_array().unwrap().iter();
        let rows =
            rows.filter(|row| row["line"] == line && row["document"].as_str().unwrap().contains(document));
        rows.map(|row| row["charge"].as_str().unwrap().replace('.', "").parse().unwrap())
            .collect()
    };
    let settled = &ending.settled;
    let clear = |value: &Value| value.clear().unwrap();
    for (line, stated) in (1..).zip(&settled.statement.lines) {
        assert_eq!(charges(line, "statement"), [clear(&stated.charge)], "line {line}");
    }
    let disputed = &settled.disputed;
    let mut lines = settled.statement.lines.iter();
    let place = lines.position(|line| line.key() == disputed.line.key());
    let change = clear(&disputed.agreed.charge) - clear(&disputed.line.charge);
    assert_ne!(change, 0, "the dispute has changed something");
    let document = format!("note of dispute {}", disputed.id);
    assert_eq!(charges(1 + place.unwrap(), &document), [change]);

    let tree = run(trace);
    let [payment, _] = &settled.payments;
    let mut parts = vec![
        format!("payment of cycle {}", payment.cycle),
        format!(
            "statement of {} under agreement {}",
            ending.period, ending.agreement
        ),
        format!("terms of agreement {}", ending.agreement),
    ];
    parts.extend(
        payment
            .obligations
            .iter()
            .map(|(id, _)| format!("obligation {id}: ")),
    );
    parts.extend(ending.anchoring.files.iter().map(|file| {
        let series = file.key.series;
        format!(
            "file {} from {} to {}",
            file.key.sequence, series.sender, series.recipient
        )
    }));
    let url = network.nodes[0].url();
    let asked = |words: &[&str]| run(words.iter().map(|word| (*word).to_owned()).collect());
    let (cycle, agreement) = (payment.cycle.to_string(), ending.agreement.to_string());
    let period = ending.period.to_string();
    let (url, cycle, agreement) = (url.as_str(), cycle.as_str(), agreement.as_str());
    let live = asked(&["--url", url, "trace", "payment", cycle]);
    for part in parts {
        for tree in [&tree, &live] {
            assert!(tree.contains(&part), "{part}\n{tree}");
        }
    }
    // Each fails where something differs.
    asked(&["--url", url, "index", "verify", "--database", database.as_str()]);
    for verify in [
        &["cycle", "verify", cycle][..],
        &["statement", "verify", agreement, period.as_str()],
    ] {
        for from in [["--url", url], ["--database", database.as_str()]] {
            asked(&[verify, &from].concat());
        }
    }
}

/// No number of a subscriber is anywhere on the chain, in no form; of the files there is what must be.
async fn nobody_can_be_found(chain: &Chain, folder: &Path, ending: &story::Ending) {
    let mut numbers = Numbers::default();
    let files = numbers.read_folder(folder).unwrap();
    // The one that was sent again is there twice.
    assert_eq!(files, ending.anchoring.files.len() + 1);
    for kind in [Kind::Imsi, Kind::Msisdn, Kind::Imei, Kind::OtherParty] {
        assert!(numbers.count(kind) >= 30, "{kind}: {}", numbers.count(kind));
    }
    let dump = Dump::fetch(chain).await.unwrap();
    for file in &ending.anchoring.files {
        let name = &file.name;
        for digest in [file.anchor.file_digest, file.anchor.root] {
            assert!(contain(&dump.state, &digest), "{name} is not in the state");
            assert!(contain(&dump.blocks, &digest), "{name} is in no block");
        }
        assert!(contain(&dump.events, &file.key.encode()), "{name} is in no event");
    }
    let scanner = Scanner::new(&numbers);
    let leaks: Vec<String> = dump.scan(&scanner).iter().map(ToString::to_string).collect();
    println!(
        "{} octets of {} blocks and the state searched for {} patterns",
        dump.size(),
        dump.head,
        scanner.patterns()
    );
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

/// Wrong desks, closed months and empty pockets are refused by name, and nothing changes.
async fn refusals(chain: &Chain, ending: &story::Ending) {
    let key = |uri: &str| from_uri(uri).unwrap();
    let (clearing, treasury) = (key("//Alpha//clearing"), key("//Alpha//treasury"));
    let before = chain.statement(ending.agreement, ending.period).await.unwrap();
    let close = calls::close_period(ending.agreement, ending.period, 0);
    assert_eq!(refusal(chain.execute(&clearing, &close).await), "AlreadyClosed");
    assert_eq!(
        refusal(chain.execute(&treasury, &close).await),
        "ClearingRoleRequired"
    );
    let running = calls::close_period(ending.agreement, story::last_month().next(), 0);
    assert_eq!(refusal(chain.execute(&clearing, &running).await), "PeriodRunning");
    let unknown = calls::close_period(AgreementId(99), ending.period, 0);
    assert_eq!(
        refusal(chain.execute(&clearing, &unknown).await),
        "AgreementNotFound"
    );
    let affirmed = calls::affirm(ending.agreement, ending.period);
    assert_eq!(
        refusal(chain.execute(&clearing, &affirmed).await),
        "AlreadyAffirmed"
    );
    // A file that comes when its month is closed bills with the next one; nothing is added to the closed month.
    let mut late = ending.anchoring.files[0].anchor.clone();
    late.key.sequence = 500;
    let usage = chain.period_usage(ending.agreement, ending.period).await.unwrap();
    let receipt = chain
        .execute(&clearing, &calls::anchor_many(&[late]))
        .await
        .unwrap();
    assert_eq!(
        receipt.file_counts().unwrap(),
        FileCounts {
            anchored: 1,
            duplicates: 0,
            refused: 0
        }
    );
    assert_eq!(
        chain.period_usage(ending.agreement, ending.period).await.unwrap(),
        usage
    );
    let next = chain
        .period_usage(ending.agreement, ending.period.next())
        .await
        .unwrap();
    assert!(next.in_use(), "the next month bills it");
    // Only the issuer mints.
    let mint = calls::mint(TOKEN, &account_of(&treasury), 1);
    assert_eq!(refusal(chain.execute(&treasury, &mint).await), "NotTheIssuer");
    assert_eq!(
        chain.statement(ending.agreement, ending.period).await.unwrap(),
        before
    );

    let stranger = chain.execute(&key("//Stranger"), &close).await;
    match stranger {
        Err(ChainError::Refused(reason)) => assert!(reason.contains("not a desk"), "{reason}"),
        other => panic!(
            "a stranger should be refused at the pool: {:?}",
            other.map(|receipt| receipt.number)
        ),
    }
}

/// A light client reads the statement with proof; polkadot.js reads, signs, puts a motion, decodes events.
fn clients_of_npm(network: &Network) {
    if !javascript::install().unwrap() {
        println!("skipped: npm is not installed, so polkadot.js and a light client are not tried");
        return;
    }
    let url = network.nodes[0].url();
    let specification = network.raw_specification().unwrap().display().to_string();
    println!(
        "{}",
        javascript::run("node", &["light.mjs", &url, &specification]).unwrap()
    );
    println!("{}", javascript::run("node", &["month.mjs", &url]).unwrap());
}
