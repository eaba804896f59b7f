//! An operator uses up its quota with real nodes: what is beyond it lands once the window has turned, and nobody else waits.

use interclear_client::{
    calls,
    chain::{account_of, Call, Chain},
};
use interclear_e2e::{
    network::Network,
    story::{Actors, Party, Silent},
};
use interclear_primitives::{api::Quota, ids::DisputeId};
use interclear_runtime::MINUTES;
use std::{collections::BTreeMap, time::Duration};
use subxt_signer::sr25519::Keypair;

/// Blocks of a window.
const WINDOW: u64 = 5 * MINUTES as u64;
/// Calls of a dear transaction, which is all that fits into a block of ordinary ones.
const CALLS: u64 = 170;
/// Dear transactions of each of the operator's four desks, one after the other: together more than its quota.
const EACH: u64 = 16;
/// Blocks within which what has quota lands.
const SOON: u64 = 10;

/// A transaction that costs much of a quota and takes the nodes hardly any time: none of its calls finds its dispute.
fn dear() -> Call {
    Call::force_batch((0..CALLS).map(|number| calls::withdraw_dispute(DisputeId(u64::MAX - number))))
}

async fn quota(party: &Party) -> Quota {
    let quota = party.chain.quota(account_of(&party.admin)).await.unwrap();
    quota.expect("a member has a quota")
}

async fn final_block(chain: &Chain) -> u64 {
    chain.at_final().await.unwrap().block_number()
}

/// Waits until a window has just begun.
async fn until_the_window_turns(party: &Party) {
    let mut left = quota(party).await.turns_in;
    loop {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let now = quota(party).await.turns_in;
        if now > left {
            return;
        }
        left = now;
    }
}

/// Sends dear transactions of a key, and returns the blocks in which they landed.
async fn spend(chain: &Chain, key: &Keypair) -> Vec<u64> {
    let mut blocks = Vec::new();
    for _ in 0..EACH {
        blocks.push(chain.execute(key, &dear()).await.unwrap().number);
    }
    blocks
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it waits until two windows have turned, about ten minutes: .ci/nightly does so"]
async fn transactions_should_land_in_the_next_window_when_an_operator_has_used_up_its_quota() {
    let mut network = Network::four().await.unwrap();
    let (one, two) = (
        network.nodes[0].connect().await.unwrap(),
        network.nodes[1].connect().await.unwrap(),
    );
    let actors = Actors::enrol([&one, &two], &mut Silent).await.unwrap();
    let [spender, other] = actors.mobile();
    let keys = [
        &spender.admin,
        &spender.commercial,
        &spender.clearing,
        &spender.treasury,
    ];

    until_the_window_turns(spender).await;
    let first = spender
        .chain
        .execute(&spender.admin, &dear())
        .await
        .unwrap()
        .number;
    let (window, whole) = (first / WINDOW, quota(spender).await);
    // Nothing else of the window has been used.
    let cost = whole.used;
    let (most, all) = (whole.limit / cost, 1 + 4 * EACH);
    assert!(most < all, "a quota pays for {most} of {all} dear transactions");
    let mut nonces = Vec::new();
    for key in keys {
        let account = account_of(key);
        nonces.push(spender.chain.final_nonce(&account).await.unwrap());
    }

    let spending = futures::future::join_all(keys.map(|key| spend(&spender.chain, key)));
    let others = async {
        while whole.limit - quota(spender).await.used >= cost {
            let at = final_block(&spender.chain).await;
            assert_eq!(
                at / WINDOW,
                window,
                "this machine is too slow to use up a quota within a window"
            );
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        // Now the spender waits, and nobody else does.
        let at = final_block(&other.chain).await;
        let call = calls::set_payout_account(&other.treasury_account());
        let landed = other.chain.execute(&other.admin, &call).await.unwrap().number;
        (at, landed)
    };
    let (spent, (at, landed)) = futures::future::join(spending, others).await;
    println!(
        "used up at block {at} of window {window}; another operator's transaction was in block {landed}"
    );
    assert!(
        landed <= at + SOON,
        "another operator waited from block {at} to {landed}"
    );

    let mut windows: BTreeMap<u64, u64> = BTreeMap::new();
    for block in std::iter::once(first).chain(spent.into_iter().flatten()) {
        *windows.entry(block / WINDOW).or_default() += 1;
    }
    // No more than the quota in its window, all else in the next one, and each once.
    let expected = BTreeMap::from([(window, most), (window + 1, all - most)]);
    assert_eq!(windows, expected);
    for (key, before) in keys.into_iter().zip(nonces) {
        let account = account_of(key);
        assert_eq!(spender.chain.final_nonce(&account).await.unwrap(), before + EACH);
    }
}
