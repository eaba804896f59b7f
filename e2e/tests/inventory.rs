//! Two carriers report 1,000 services on a network of real nodes, put right what differs, and are billed and paid with roaming.

use interclear_e2e::{
    network::Network,
    story::{self, Silent, Size},
};
use interclear_matching::Counts;

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
}
