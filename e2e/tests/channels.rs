//! Two operators agree a channel through their own nodes, and one of them restores it from blocks and its sealing key.

use interclear_client::{
    calls,
    channels::{ChannelError, Desk, Learned},
    files::SealingKeypair,
    vault::Vault,
};
use interclear_e2e::{
    network::Network,
    story::{Actors, Party, Silent},
};
use interclear_primitives::channel::{PublicKey, Suite};
use std::{path::Path, time::Duration};

/// The time of a block, and how many are waited for.
const BLOCK: Duration = Duration::from_secs(2);
const BLOCKS: u32 = 30;

/// Registers a key of the operator, and makes a vault that holds it.
async fn with_vault(party: &Party, suite: Suite, path: &Path) -> Vault {
    let pair = SealingKeypair::generate(suite);
    let key = PublicKey::try_from(pair.public()).unwrap();
    let call = calls::set_sealing_key(suite, &key);
    party.chain.execute(&party.admin, &call).await.unwrap();
    let owner = (party.chain.genesis().0, party.operator);
    Vault::create(path, "x", owner, &[pair]).unwrap()
}

/// Looks again until there is something to see: a node may be a block behind another one.
async fn when_there<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>, ChannelError>) -> T {
    for _ in 0..BLOCKS {
        if let Some(found) = look().await.unwrap() {
            return found;
        }
        tokio::time::sleep(BLOCK).await;
    }
    panic!("{what} has not come after {BLOCKS} blocks");
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
    let offered = async || match desk_of_beta.accept(&at_beta, alpha.operator).await {
        Err(ChannelError::NothingOffered(_)) => Ok(None),
        found => found.map(Some),
    };
    let (acceptance, accepted) = when_there("the offer", offered).await;
    assert_eq!((number, accepted), (1, 1));
    beta.chain.execute(&beta.commercial, &acceptance).await.unwrap();

    let learned = desk_of_beta.learn(&mut at_beta, alpha.operator).await.unwrap();
    assert_eq!(
        learned.iter().map(|one| one.2).collect::<Vec<_>>(),
        [Learned::New]
    );
    let opened = async || {
        let learned = desk_of_alpha.learn(&mut at_alpha, beta.operator).await?;
        Ok((!learned.is_empty()).then_some(learned))
    };
    let learned = when_there("the epoch", opened).await;
    assert_eq!(learned[0].2, Learned::New);
    let key = at_alpha.epoch(beta.operator, 1).unwrap();
    assert_eq!(at_beta.epoch(alpha.operator, 1), Some(key.clone()));

    // Beta has lost its vault, but not its sealing key.
    let owner = (beta.chain.genesis().0, beta.operator);
    let mut restored = Vault::create(&folder.join("restored.json"), "x", owner, &[]).unwrap();
    let learned = desk_of_beta.learn(&mut restored, alpha.operator).await.unwrap();
    assert_eq!(learned[0].2, Learned::KeyMissing);
    restored.add_key(&at_beta.keys()[0]);
    let learned = desk_of_beta.learn(&mut restored, alpha.operator).await.unwrap();
    assert_eq!(learned[0].2, Learned::New);
    assert_eq!(restored.epoch(alpha.operator, 1), Some(key));
}
