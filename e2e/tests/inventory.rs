//! Two carriers report 1,000 services on a network of real nodes, put right what differs, and are billed and paid with roaming.

use interclear_client::chain::Chain;
use interclear_e2e::{
    network::{interclear, Network},
    story::{self, Silent, Size},
};
use interclear_inventory_samples::{csv, Parameters};
use interclear_matching::{Counts, Record};
use interclear_primitives::inventory::Relation;
use serde_json::Value;
use std::path::Path;

/// Types a command for the seller's clearing desk, and returns what it prints for machines.
fn typed(url: &str, relation: Relation, arguments: &[&str]) -> Value {
    let relation = format!("{}:{}:{}", relation.buyer, relation.seller, relation.class);
    let output = interclear()
        .unwrap()
        .args(["--json", "--url", url, "--key", "//Alpha//clearing", "inventory"])
        .args(arguments)
        .args(["--relation", &relation])
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)))
}

async fn counts(chain: &Chain, relation: Relation) -> Counts {
    let known = chain.known_inventory::<Record>(relation, |_| ()).await.unwrap();
    known.unwrap().state.counts
}

/// The seller's export as it was before anything was put right. Dry runs tell what it would change, and change nothing.
async fn dry_runs_should_send_nothing(
    url: &str,
    chain: &Chain,
    relation: Relation,
    made: Parameters,
    path: &Path,
) {
    std::fs::write(path, csv(&made.make().seller)).unwrap();
    let path = path.to_str().unwrap();
    let matched = counts(chain, relation).await;
    let told = typed(url, relation, &["report", "--dry-run", path]);
    assert_eq!(told["sent"], false, "{told}");
    assert!(told["would_be_refused"].is_null(), "{told}");
    assert!(told["changed"].as_u64() > Some(0), "{told}");
    assert_eq!(counts(chain, relation).await, matched);

    let told = typed(url, relation, &["report", path]);
    assert_eq!(told["sent"], true, "{told}");
    let reported = counts(chain, relation).await;
    assert_ne!(reported, matched, "this is what the dry run has told of");

    let accept = ["accept", "--all"];
    let told = typed(url, relation, &[&accept[..], &["--dry-run"]].concat());
    assert_eq!(told["sent"], false, "{told}");
    assert!(told["accepted"].as_u64() > Some(0), "{told}");
    assert_eq!(counts(chain, relation).await, reported);
    let told = typed(url, relation, &[&accept[..], &["--yes"]].concat());
    assert_eq!(told["sent"], true, "{told}");
    assert_ne!(counts(chain, relation).await, reported);
}

/// A database tells of the months what the node does, also where no node answers; what does not match now it does not know.
fn a_database_should_tell_of_the_months_when_no_node_answers(url: &str, home: &Path, relation: Relation) {
    let database = format!("sqlite:{}", home.join("services.db").display());
    let indexed = interclear()
        .unwrap()
        .args(["--url", url, "index", "--from", "snapshot", "--once"])
        .args(["--database", &database])
        .status()
        .unwrap();
    assert!(indexed.success());
    let asked = typed(url, relation, &["overview"]);
    assert_eq!(
        asked["rows"].as_array().map(Vec::is_empty),
        Some(false),
        "{asked}"
    );
    assert!(asked["causes"].is_array(), "{asked}");
    let nowhere = "ws://127.0.0.1:1";
    let alone = typed(nowhere, relation, &["overview", "--database", &database]);
    for same in ["title", "rows", "classes"] {
        assert_eq!(alone[same], asked[same], "{same}");
    }
    assert!(alone["causes"].is_null(), "{alone}");
    let note = alone["note"].as_str().unwrap();
    assert!(note.contains(&format!("no node answers at {nowhere}")), "{note}");
}

#[tokio::test(flavor = "multi_thread")]
async fn services_should_match_bill_and_be_netted_with_roaming_when_what_differs_is_put_right() {
    let mut network = Network::local().await.unwrap();
    let one = network.nodes[0].connect().await.unwrap();
    let two = network.nodes[1].connect().await.unwrap();
    let folder = network.home().join("tap");
    let size = Size {
        files: 4,
        events: 200,
        seed: 7,
        services: Some(1_000),
    };
    // It checks each figure against what the files and records say.
    let ending = story::tell([&one, &two], size, &folder, &mut Silent)
        .await
        .unwrap();
    let services = ending.settled.services.unwrap();
    let [reported, corrected] = services.counts;
    assert!(
        (930..970).contains(&reported.matched) && reported.partial > 0 && reported.only_at_buyer > 0,
        "{reported:?}"
    );
    let all = Counts {
        matched: 1_000,
        ..Counts::default()
    };
    assert_eq!(corrected, all);
    // Roaming and services in one cycle, of which one side pays the difference.
    let [undisputed, rest] = &ending.settled.payments;
    assert_eq!((undisputed.obligations.len(), rest.obligations.len()), (2, 1));
    let bills = one.inventory_bills(services.relation).await.unwrap();
    let obligations: Vec<_> = bills
        .iter()
        .flat_map(|(.., bill)| bill.obligations.to_vec())
        .collect();
    assert_eq!(obligations.len(), 1);
    assert!(undisputed.obligations.iter().any(|(id, _)| *id == obligations[0]));

    let made = Parameters {
        seed: size.seed,
        ..Parameters::default()
    };
    let url = network.nodes[0].url();
    let path = network.home().join("seller.csv");
    dry_runs_should_send_nothing(&url, &one, services.relation, made, &path).await;
    a_database_should_tell_of_the_months_when_no_node_answers(&url, network.home(), services.relation);
}
