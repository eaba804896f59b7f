//! A netting cycle over debts that are there from the first block on: blocks and declared weight from the cut-off to the payment.

use crate::{
    debts::{key, Debts, Nets, ISSUER},
    feed::unexpected,
};
use interclear_client::{
    calls,
    chain::{account_of, Call, Chain},
    council::carry,
    keys::from_uri,
    time::now,
};
use interclear_e2e::{
    network::Network,
    story::{StoryError, TOKEN},
    table::table,
};
use interclear_primitives::{
    ids::{CycleId, OperatorId},
    netting::CyclePhase,
    DAY,
};
use serde_json::{json, Value};
use std::time::{Duration, Instant};
use subxt_signer::sr25519::Keypair;

/// Daily sums that a call of the computation looks at: most of a block.
const STEP: u32 = 20_000;
/// Calls of the computation that are handed over at once.
const CALLS: u64 = 6;

/// One part of a cycle.
struct Part {
    what: &'static str,
    transactions: usize,
    /// From that with its first transaction to that with its last, both counted.
    blocks: u64,
    seconds: f64,
}

/// What a cycle took.
pub struct Cycle {
    debts: Debts,
    parts: Vec<Part>,
    payments: usize,
}

impl Cycle {
    /// Starts a network on these debts, nets them and pays; everything paid is compared with the sums of single obligations.
    pub async fn measure(debts: Debts) -> Result<Self, StoryError> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("debts.json");
        let nets = debts.write(&file)?;
        let mut network = Network::of_specification(&file).await?;
        let chain = network.nodes[0].connect().await?;
        let council: Vec<Keypair> = ["//Alice", "//Bob"]
            .into_iter()
            .map(from_uri)
            .collect::<Result<_, _>>()
            .map_err(unexpected)?;
        let opened = carry(&chain, &council, calls::open_cycle(TOKEN, now() + 4, DAY)).await?;
        let cycle = opened.cycle_opened()?;
        tokio::time::sleep(Duration::from_secs(6)).await;
        let caller = key(OperatorId(1))?;
        let mut parts = Vec::new();

        let compute: Vec<(Keypair, Call)> = [calls::collect(cycle)]
            .into_iter()
            .chain((0..CALLS).map(|_| calls::compute(cycle, STEP)))
            .map(|call| (caller.clone(), call))
            .collect();
        parts.push(run(&chain, "from the cut-off to the positions", compute).await?);
        expect(&chain, cycle, &[CyclePhase::Computed, CyclePhase::Funding]).await?;
        compare(&chain, cycle, &nets).await?;

        let mut fund = Vec::new();
        for (operator, _) in nets.iter().filter(|(_, net)| **net < 0) {
            fund.push((key(*operator)?, calls::fund(cycle)));
        }
        parts.push(run(&chain, "funding, each debtor on its own", fund).await?);
        parts.push(run(&chain, "payment", vec![(caller, calls::settle(cycle))]).await?);
        expect(&chain, cycle, &[CyclePhase::Settled]).await?;
        let payments = paid(&chain, &nets).await?;
        Ok(Self {
            debts,
            parts,
            payments,
        })
    }

    /// For people.
    pub fn text(&self) -> String {
        let rows = self.parts.iter().map(|part| {
            [
                part.what.to_owned(),
                part.transactions.to_string(),
                part.blocks.to_string(),
                format!("{:.1} s", part.seconds),
            ]
        });
        format!(
            "{} operators, {} obligations, {} balances changed as the single obligations say\n{}",
            self.debts.operators,
            self.debts.obligations,
            self.payments,
            table(
                ["part", "transactions", "blocks", "until final"],
                &[1, 2, 3],
                rows
            )
        )
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "operators": self.debts.operators,
            "obligations": self.debts.obligations,
            "parts": self.parts.iter().map(|part| json!({
                "what": part.what,
                "transactions": part.transactions,
                "blocks": part.blocks,
                "seconds": part.seconds,
            })).collect::<Vec<_>>(),
        })
    }
}

/// Hands all calls over at once and waits until the last one is final.
async fn run(chain: &Chain, what: &'static str, calls: Vec<(Keypair, Call)>) -> Result<Part, StoryError> {
    let started = Instant::now();
    let transactions = calls.len();
    let mut pending = Vec::new();
    let mut last: Option<(Vec<u8>, u64)> = None;
    for (key, call) in calls {
        let account = account_of(&key);
        let nonce = match &last {
            Some((of, nonce)) if of.as_slice() == account.0 => nonce + 1,
            _ => chain.nonce(&account).await?,
        };
        last = Some((account.0.to_vec(), nonce));
        pending.push(chain.submit_with(&key, &call, nonce).await?);
    }
    let mut blocks: Vec<u64> = Vec::new();
    for one in pending {
        match one.finalised().await {
            Ok(receipt) => blocks.push(receipt.number),
            // Of the computation, what comes after the positions stand.
            Err(error) if error.failure().is_some() => {}
            Err(error) => return Err(error.into()),
        }
    }
    let (first, last) = (
        blocks.iter().min().unwrap_or(&0),
        blocks.iter().max().unwrap_or(&0),
    );
    Ok(Part {
        what,
        transactions,
        blocks: last - first + 1,
        seconds: started.elapsed().as_secs_f64(),
    })
}

async fn expect(chain: &Chain, cycle: CycleId, phases: &[CyclePhase]) -> Result<(), StoryError> {
    let found = chain.cycle(cycle).await?.map(|cycle| cycle.phase);
    if found.is_some_and(|found| phases.contains(&found)) {
        return Ok(());
    }
    Err(unexpected(format!("the cycle is in phase {found:?}")))
}

/// The positions are what single obligations come to.
async fn compare(chain: &Chain, cycle: CycleId, nets: &Nets) -> Result<(), StoryError> {
    let positions = chain.positions(cycle).await?;
    for (operator, position) in &positions {
        let net = position.net.clear().map_err(|_| unexpected("a sealed amount"))?;
        if nets.get(operator) != Some(&net) {
            return Err(unexpected(format!("operator {} has {net}", operator.0)));
        }
    }
    Ok(())
}

/// How many balances have changed, all by what single obligations come to.
async fn paid(chain: &Chain, nets: &Nets) -> Result<usize, StoryError> {
    let mut changed = 0;
    for (operator, net) in nets.iter().filter(|(operator, _)| **operator != ISSUER) {
        let has = chain.tokens_of(TOKEN, &account_of(&key(*operator)?)).await?;
        if Some(has) != crate::debts::FUNDS.checked_add_signed(*net) {
            return Err(unexpected(format!("operator {} has {has}", operator.0)));
        }
        changed += usize::from(*net != 0);
    }
    Ok(changed)
}
