//! Two operators agree a channel through their own nodes, and one of them restores it from blocks and its sealing key.

use interclear_client::{
    calls,
    channels::{Desk, Learned},
    files::SealingKeypair,
    vault::Vault,
};
use interclear_e2e::{
    network::Network,
    story::{Actors, Party, Silent},
};
use interclear_primitives::channel::{PublicKey, Suite};
use std::path::Path;

/// Registers a key of the operator, and makes a vault that holds it.
async fn with_vault(party: &Party, suite: Suite, path: &Path) -> Vault {
    let pair = SealingKeypair::generate(suite);
    let key = PublicKey::try_from(pair.public()).unwrap();
    let call = calls::set_sealing_key(suite, &key);
    party.chain.execute(&party.admin, &call).await.unwrap();
    let mut vault = Vault::create(path, "x", party.chain.genesis().0, party.operator).unwrap();
    vault.add_key(&pair);
    vault.save().unwrap();
    vault
}

#[tokio::test(flavor = "multi_thread")]
async fn channel_should_be_agreed_and_restored_when_two_operators_use_their_own_nodes() {
    let mut network = Network::local().await.unwrap();
    let one = network.nodes[0].connect().await.unwrap();
    let two = network.nodes[1].connect().await.unwrap();
    let actors = Actors::admit([&one, &two], &mut Silent).await.unwrap();
    let [alpha, beta] = actors.mobile();
    let folder = network.home().join("vaults");
    let suite = Suite::XWing;
    let mut at_alpha = with_vault(alpha, suite, &folder.join("alpha.json")).await;
    let mut at_beta = with_vault(beta, suite, &folder.join("beta.json")).await;

    let desk_of_alpha = Desk::new(&alpha.chain, alpha.operator, &at_alpha).unwrap();
    let (offer, number) = desk_of_alpha.offer(&at_alpha, beta.operator).await.unwrap();
    alpha.chain.execute(&alpha.commercial, &offer).await.unwrap();

    let desk_of_beta = Desk::new(&beta.chain, beta.operator, &at_beta).unwrap();
    let (acceptance, accepted) = loop {
        match desk_of_beta.accept(&at_beta, alpha.operator).await {
            // The other node may be a block behind.
            Err(_) => tokio::time::sleep(std::time::Duration::from_secs(2)).await,
            Ok(found) => break found,
        }
    };
    assert_eq!((number, accepted), (1, 1));
    beta.chain.execute(&beta.commercial, &acceptance).await.unwrap();

    let learned = desk_of_beta.learn(&mut at_beta, alpha.operator).await.unwrap();
    assert_eq!(
        learned.iter().map(|one| one.2).collect::<Vec<_>>(),
        [Learned::New]
    );
    let learned = loop {
        let learned = desk_of_alpha.learn(&mut at_alpha, beta.operator).await.unwrap();
        match learned.is_empty() {
            true => tokio::time::sleep(std::time::Duration::from_secs(2)).await,
            false => break learned,
        }
    };
    assert_eq!(learned[0].2, Learned::New);
    let key = at_alpha.epoch(beta.operator, 1).unwrap();
    assert_eq!(at_beta.epoch(alpha.operator, 1), Some(key.clone()));

    // Beta has lost its vault, but not its sealing key.
    let mut restored = Vault::create(
        &folder.join("restored.json"),
        "x",
        beta.chain.genesis().0,
        beta.operator,
    )
    .unwrap();
    let learned = desk_of_beta.learn(&mut restored, alpha.operator).await.unwrap();
    assert_eq!(learned[0].2, Learned::KeyMissing);
    restored.add_key(&at_beta.keys()[0]);
    let learned = desk_of_beta.learn(&mut restored, alpha.operator).await.unwrap();
    assert_eq!(learned[0].2, Learned::New);
    assert_eq!(restored.epoch(alpha.operator, 1), Some(key));
}
