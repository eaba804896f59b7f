//! A validator is killed; the others go on, and it catches up. A newcomer catches up without all the blocks.

use interclear_e2e::network::{Network, Node};

#[tokio::test(flavor = "multi_thread")]
async fn three_validators_should_go_on_finalising_when_one_of_four_is_killed_and_catches_up() {
    let mut network = Network::four().await.unwrap();
    let mut killed = network.nodes.pop().unwrap();
    killed.kill().unwrap();
    let at = network.nodes[0].finalised(1).await.unwrap();
    // Every fourth slot is empty now; ten more blocks are about 27 seconds.
    let after = network.nodes[0].finalised(at + 10).await.unwrap();
    for node in &mut network.nodes {
        node.finalised(after).await.unwrap();
    }
    killed.restart().unwrap();
    let mut newcomer = network.newcomer().unwrap();
    killed.finalised(after).await.unwrap();
    // It does not only follow, it takes part again.
    killed.finalised(after + 8).await.unwrap();

    newcomer.finalised(after + 8).await.unwrap();
    let log = std::fs::read_to_string(newcomer.log()).unwrap();
    assert!(
        log.contains("Warp sync is complete"),
        "it has fetched every block"
    );
    let fetched = members(&mut newcomer).await;
    assert!(!fetched.is_empty());
    assert_eq!(fetched, members(&mut network.nodes[0]).await);
}

/// The council, as a node knows it.
async fn members(node: &mut Node) -> Vec<[u8; 32]> {
    let chain = node.connect().await.unwrap();
    chain.stored("Council", "Members").await.unwrap().unwrap()
}
