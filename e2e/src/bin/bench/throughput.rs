//! Anchors a second, with the pool kept full.

use crate::{
    blocks::{now, with_anchors, Block, Limits, Watch},
    feed::{Feed, Mode},
    latency::Latency,
    pace::Pace,
    setup::Stage,
};
use interclear_client::chain::account_of;
use interclear_e2e::{network::Node, story::StoryError, table::table};
use serde_json::{json, Value};
use std::{collections::BTreeMap, time::Duration};

/// Most transactions a second that are signed beforehand: for small calls.
const TRANSACTIONS_A_SECOND: u32 = 1_200;
/// The share of its quota, in percent, that an operator has at the start of a run.
const LEFT_AT_START: u64 = 60;

/// What a run is limited to.
#[derive(Clone, Copy)]
pub struct Bounds {
    /// For how long transactions are handed over.
    pub time: Duration,
    /// Anchors a second that are signed beforehand.
    pub rate: u32,
    /// Whether they are handed over at that rate, and not as fast as the pools are emptied.
    pub steady: bool,
}

/// What came of a run.
pub struct Throughput {
    mode: Mode,
    /// Anchors a second at which it was fed, where that was steady.
    steady: Option<u32>,
    limits: Limits,
    transaction_length: usize,
    blocks: Vec<Block>,
    /// From the first submission to the finality of the last block with anchors, in seconds.
    seconds: f64,
    refusals: Vec<String>,
    /// From handing over a transaction to its finality.
    latency: Latency,
    /// Calls of each operator that landed.
    calls: [u32; 2],
    /// Share of its quota that each operator has used in the window in which the run ended, in percent.
    quota: Vec<f64>,
}

impl Throughput {
    /// Keeps the pool full from both operators through their own nodes, or offers transactions at a steady rate.
    pub async fn measure(
        stage: &Stage,
        nodes: &[Node],
        mode: Mode,
        bounds: Bounds,
    ) -> Result<Self, StoryError> {
        let [first, second] = stage.actors.mobile();
        let anchors = u64::from(bounds.rate) * bounds.time.as_secs() / 2;
        let most = u64::from(TRANSACTIONS_A_SECOND) * bounds.time.as_secs() / 2;
        let count = u32::try_from((anchors / u64::from(mode.size)).clamp(1, most)).unwrap_or(1);
        let feeds = futures::try_join!(
            Feed::sign(stage, 0, mode, count),
            Feed::sign(stage, 1, mode, count)
        )?;
        wait_for_quota(stage).await?;

        let watch = Watch::start(&first.chain).await?;
        let started = now();
        let pace = bounds
            .steady
            .then(|| Duration::from_secs_f64(2.0 * f64::from(mode.size) / f64::from(bounds.rate.max(1))));
        let fed = futures::try_join!(feeds.0.run(bounds.time, pace), feeds.1.run(bounds.time, pace))?;
        let quota = futures::try_join!(feeds.0.quota(), feeds.1.quota())?;
        // The first operator's node may be a moment behind the second's.
        let last = second.chain.at_final().await?.block_number();
        while first.chain.at_final().await?.block_number() < last {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let blocks = with_anchors(&first.chain, &watch.seen(), nodes).await?;

        let submitted = (fed.0.accepted + fed.1.accepted) as u64 * u64::from(mode.size);
        let landed: u64 = blocks.iter().map(|block| u64::from(block.anchors)).sum();
        if submitted != landed {
            let what = format!("{submitted} anchors were submitted, but {landed} landed");
            return Err(StoryError::Unexpected(what));
        }
        let ended = blocks
            .iter()
            .map(|block| block.finalised)
            .max()
            .unwrap_or(started);
        Ok(Self {
            mode,
            steady: bounds.steady.then_some(bounds.rate),
            limits: Limits::read(&first.chain).await?,
            transaction_length: feeds.0.transaction_length(),
            blocks,
            seconds: ended.saturating_sub(started) as f64 / 1_000.0,
            calls: [fed.0.accepted, fed.1.accepted].map(|calls| calls as u32),
            refusals: [fed.0.refusal, fed.1.refusal].into_iter().flatten().collect(),
            latency: Latency::of([fed.0.seconds, fed.1.seconds].concat()),
            quota: [quota.0, quota.1]
                .map(|(used, limit)| percent(used, limit))
                .to_vec(),
        })
    }

    /// The mode in which a run over the same series goes on after this one.
    pub fn next(&self) -> Mode {
        let mut mode = self.mode;
        for (before, calls) in mode.before.iter_mut().zip(self.calls) {
            *before += calls;
        }
        mode
    }

    /// How long it took from handing over a transaction to its finality, for people.
    pub fn latency(&self) -> String {
        self.latency.text()
    }

    /// How regularly its blocks came, and how soon they were final.
    pub fn pace(&self) -> Pace {
        Pace::of(&self.blocks)
    }

    /// What the calls are like.
    fn name(&self) -> String {
        let size = self.mode.size;
        let steady = self
            .steady
            .map_or_else(String::new, |rate| format!(", {rate}/s offered"));
        match (size, self.mode.mixed) {
            (1, _) => format!("1{steady}"),
            (_, 1) => format!("{size}, one series{steady}"),
            (_, mixed) => format!("{size}, {} series{steady}", mixed.min(size)),
        }
    }

    fn anchors(&self) -> u64 {
        self.blocks.iter().map(|block| u64::from(block.anchors)).sum()
    }

    /// Anchors a second, from the first submission to the finality of the last.
    pub fn rate(&self) -> f64 {
        self.anchors() as f64 / self.seconds.max(0.001)
    }

    /// The greatest share of the blocks' time for ordinary transactions that one block declared, in percent.
    fn fullest_weight(&self) -> f64 {
        percent(
            self.blocks
                .iter()
                .map(|block| block.weight)
                .max()
                .unwrap_or_default(),
            self.limits.weight,
        )
    }

    /// The greatest share of the blocks' length for ordinary transactions that one block had, in percent.
    fn fullest_length(&self) -> f64 {
        percent(
            self.blocks
                .iter()
                .map(|block| block.length as u64)
                .max()
                .unwrap_or_default(),
            self.limits.length.into(),
        )
    }

    /// Why the authors stopped adding to the blocks, and how often.
    fn ends(&self) -> BTreeMap<&str, u32> {
        let mut ends = BTreeMap::new();
        for end in self.blocks.iter().filter_map(|block| block.made.as_ref()) {
            *ends.entry(end.1.as_str()).or_default() += 1;
        }
        ends
    }

    /// The middle and the greatest of a figure over the blocks.
    fn spread(&self, figure: impl Fn(&Block) -> Option<u64>) -> (u64, u64) {
        let mut figures: Vec<u64> = self.blocks.iter().filter_map(figure).collect();
        figures.sort_unstable();
        (
            figures.get(figures.len() / 2).copied().unwrap_or_default(),
            figures.last().copied().unwrap_or_default(),
        )
    }

    fn anchors_in_block(&self) -> (u64, u64) {
        self.spread(|block| Some(block.anchors.into()))
    }

    fn made_in(&self) -> (u64, u64) {
        self.spread(|block| block.made.as_ref().map(|made| made.0))
    }

    fn lag(&self) -> (u64, u64) {
        self.spread(|block| Some(block.lag()))
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "anchors_per_call": self.mode.size,
            "series_a_call": self.mode.mixed,
            "offered_per_second": self.steady,
            "bytes_per_transaction": self.transaction_length,
            "anchors": self.anchors(),
            "seconds": self.seconds,
            "anchors_per_second": self.rate(),
            "anchors_in_block": {"median": self.anchors_in_block().0, "max": self.anchors_in_block().1},
            "block_weight_max_percent": self.fullest_weight(),
            "block_length_max_percent": self.fullest_length(),
            "block_made_in_ms": {"median": self.made_in().0, "max": self.made_in().1},
            "final_after_ms": {"median": self.lag().0, "max": self.lag().1},
            "submission_to_finality": self.latency.json(),
            "pace": self.pace().json(),
            "ends": self.ends(),
            "refusals": self.refusals,
            "quota_used_percent": self.quota,
            "blocks": self.blocks.iter().map(Block::json).collect::<Vec<_>>(),
        })
    }

    /// Block by block, for people.
    pub fn block_table(&self) -> String {
        let rows = self.blocks.iter().map(|block| {
            let (made, end) = block.made.clone().unwrap_or_default();
            [
                block.number.to_string(),
                block.anchors.to_string(),
                block.transactions.to_string(),
                format!("{:.1}", percent(block.length as u64, self.limits.length.into())),
                format!("{:.1}", percent(block.weight, self.limits.weight)),
                made.to_string(),
                end,
                format!("{:.1}", block.lag() as f64 / 1_000.0),
            ]
        });
        let head = [
            "Block",
            "Anchors",
            "Transactions",
            "Length %",
            "Weight %",
            "Made in ms",
            "Author's end",
            "Final after s",
        ];
        format!(
            "{} anchors a call\n{}",
            self.name(),
            table(head, &[0, 1, 2, 3, 4, 5, 7], rows)
        )
    }
}

/// All runs, for people.
pub fn summary(runs: &[Throughput]) -> String {
    let rows = runs.iter().map(|run| {
        let (blocks, (made, longest), (lag, worst)) = (run.anchors_in_block(), run.made_in(), run.lag());
        [
            run.name(),
            run.anchors().to_string(),
            format!("{:.0}", run.rate()),
            format!("{} / {}", blocks.0, blocks.1),
            format!("{:.0}", run.fullest_weight()),
            format!("{:.0}", run.fullest_length()),
            format!("{made} / {longest}"),
            format!("{:.1} / {:.1}", lag as f64 / 1_000.0, worst as f64 / 1_000.0),
            run.quota
                .iter()
                .map(|used| format!("{used:.0}"))
                .collect::<Vec<_>>()
                .join(" / "),
        ]
    });
    let head = [
        "Anchors a call",
        "Anchors",
        "Anchors/s",
        "In a block",
        "Weight %",
        "Length %",
        "Made in ms",
        "Final after s",
        "Quota %",
    ];
    let mut text = table(head, &[1, 2, 3, 4, 5, 6, 7, 8], rows);
    text.push_str("\nPairs are median / greatest; quotas are those of the two operators. Weight and length are of the fullest block.\n");
    for run in runs {
        let ends: Vec<String> = run
            .ends()
            .into_iter()
            .map(|(end, count)| format!("{end} {count}"))
            .collect();
        text.push_str(&format!("{}: ends of blocks: {}", run.name(), ends.join(", ")));
        for refusal in &run.refusals {
            text.push_str(&format!("; a node refused: {refusal}"));
        }
        text.push('\n');
    }
    text
}

fn percent(part: u64, whole: u64) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Waits for the next window while an operator has used too much of its quota for a run.
async fn wait_for_quota(stage: &Stage) -> Result<(), StoryError> {
    let mut said = false;
    for party in stage.actors.mobile() {
        while let Some(quota) = party.chain.quota(account_of(&party.clearing)).await? {
            if quota.limit.saturating_sub(quota.used) / 100 >= quota.limit / 100 * LEFT_AT_START / 100 {
                break;
            }
            if !said {
                eprintln!(
                    "an operator has used much of its quota: waiting for the next window, up to 5 minutes"
                );
                said = true;
            }
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
    }
    Ok(())
}
