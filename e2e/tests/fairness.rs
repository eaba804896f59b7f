//! One member floods the pool; the others' transactions are final in their time.

use interclear_client::{
    calls,
    chain::{account_of, Chain},
};
use interclear_e2e::{
    network::Network,
    story::{Actors, Party, Silent},
};
use std::{
    sync::{
        atomic::{AtomicBool, AtomicU64, Ordering},
        Arc,
    },
    time::{Duration, Instant},
};

/// Transactions that are timed, one after the other.
const TIMED: u32 = 6;
/// A block and the polling of finality, which a median of a few may be off by.
const GRAIN: Duration = Duration::from_secs(2);

/// The median time from submission to finality of a call of an operator's admin: it names the payout account that it has.
async fn median(party: &Party) -> Duration {
    let mut times = Vec::new();
    for _ in 0..TIMED {
        let started = Instant::now();
        let call = calls::set_payout_account(&party.treasury_account());
        party.chain.execute(&party.admin, &call).await.unwrap();
        times.push(started.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

/// Hands over transactions of a key without waiting, as many as the node takes.
async fn flood(chain: Chain, party: Flooder, stop: Arc<AtomicBool>, accepted: Arc<AtomicU64>) {
    let account = account_of(&party.key);
    let mut nonce = chain.nonce(&account).await.unwrap();
    while !stop.load(Ordering::Relaxed) {
        match chain.submit_with(&party.key, &party.call, nonce).await {
            Ok(_) => {
                nonce += 1;
                accepted.fetch_add(1, Ordering::Relaxed);
            }
            Err(_) => {
                // Later: the node has as many as it takes.
                tokio::time::sleep(Duration::from_millis(200)).await;
                nonce = chain.nonce(&account).await.unwrap_or(nonce);
            }
        }
    }
}

struct Flooder {
    key: subxt_signer::sr25519::Keypair,
    call: interclear_client::chain::Call,
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_of_others_should_be_final_in_twice_their_time_when_one_member_floods() {
    let mut network = Network::four().await.unwrap();
    let (one, two) = (
        network.nodes[0].connect().await.unwrap(),
        network.nodes[1].connect().await.unwrap(),
    );
    let actors = Actors::admit([&one, &two], &mut Silent).await.unwrap();
    let [flooder, other] = actors.mobile();
    let usual = median(other).await;

    let (stop, accepted) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let mut floods = Vec::new();
    for node in &mut network.nodes {
        let chain = node.connect().await.unwrap();
        for key in [&flooder.admin, &flooder.commercial, &flooder.clearing] {
            // It fails for all but the admin, and is as dear.
            let party = Flooder {
                key: key.clone(),
                call: calls::set_payout_account(&flooder.treasury_account()),
            };
            floods.push(tokio::spawn(flood(
                chain.clone(),
                party,
                stop.clone(),
                accepted.clone(),
            )));
        }
    }
    tokio::time::sleep(Duration::from_secs(10)).await;
    let flooded = median(other).await;
    stop.store(true, Ordering::Relaxed);
    for flood in floods {
        flood.await.unwrap();
    }
    let count = accepted.load(Ordering::Relaxed);
    println!("usual {usual:?}, under {count} transactions of one member {flooded:?}");
    assert!(count > 500, "there was no flood: {count}");
    assert!(
        flooded <= usual * 2 + GRAIN,
        "usual {usual:?}, under the flood {flooded:?}"
    );
}
