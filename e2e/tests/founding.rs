//! A network that its operators have founded, and what is watched of it.

use interclear_client::chain::Chain;
use interclear_e2e::network::Network;
use interclear_primitives::ids::OperatorId;
use std::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn founders_should_finalise_blocks_and_be_watched_when_they_start_from_their_own_specification() {
    let network = Network::founded().await.unwrap();
    let chain = Chain::connect(&network.nodes[0].url()).await.unwrap();
    let validators = chain.validators().await.unwrap();
    let mut owners: Vec<_> = validators
        .iter()
        .map(|(_, state)| state.validator.operator)
        .collect();
    owners.sort();
    assert_eq!(owners, (0..4).map(|id| Some(OperatorId(id))).collect::<Vec<_>>());
    assert_eq!(chain.tokens().await.unwrap().len(), 1);
    let state = chain.node_state().await.unwrap();
    assert!(
        state.final_block >= 2 && state.roles == ["Authority"],
        "{state:?}"
    );

    // What alert rules and dashboards ask, the node tells.
    let checked = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/monitoring"))
        .arg(network.nodes[0].metrics_url())
        .output()
        .unwrap();
    let [said, wrong] =
        [checked.stdout, checked.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(checked.status.success(), "{said}{wrong}");
}
