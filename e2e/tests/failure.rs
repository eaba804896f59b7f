//! A validator is killed; the others go on, and it catches up.

use interclear_e2e::network::Network;

#[tokio::test(flavor = "multi_thread")]
async fn three_of_four_validators_go_on_finalising_and_the_killed_one_catches_up() {
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
    killed.finalised(after).await.unwrap();
    // It does not only follow, it takes part again.
    killed.finalised(after + 8).await.unwrap();
}
