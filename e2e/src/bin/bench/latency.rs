//! From submission to finality, one transaction at a time.

use crate::setup::{Stage, LONE_SERIES};
use interclear_client::calls;
use interclear_e2e::story::StoryError;
use serde_json::{json, Value};
use std::time::{Duration, Instant};

/// The figure that a share of all, in percent, is within; they are in ascending order.
pub fn percentile<F: Copy + Default>(ascending: &[F], percent: usize) -> F {
    let place = (ascending.len() * percent).div_ceil(100).saturating_sub(1);
    ascending.get(place).copied().unwrap_or_default()
}

/// Times from submission to finality, in ascending order.
pub struct Latency {
    seconds: Vec<f64>,
}

impl Latency {
    /// Submits `count` transactions with one anchor each, one after the other, in turns by both operators through their
    /// own nodes. A time starts before the transaction is signed and ends when the client has seen that it is final
    /// and succeeded.
    pub async fn measure(stage: &Stage, count: u32) -> Result<Self, StoryError> {
        let mut seconds = Vec::new();
        for number in 0..count {
            // Steps of the golden ratio spread the submissions evenly over the 2 s of a slot.
            tokio::time::sleep(Duration::from_millis(u64::from(number) * 1_236 % 2_000)).await;
            let place = (number % 2) as usize;
            let sender = stage.actors.mobile()[place];
            let anchor = stage.anchor(stage.series(place, LONE_SERIES), number / 2 + 1);
            let started = Instant::now();
            let receipt = sender
                .chain
                .execute(&sender.clearing, &calls::anchor_many(&[anchor]))
                .await?;
            seconds.push(started.elapsed().as_secs_f64());
            if receipt.file_counts()?.anchored != 1 {
                return Err(StoryError::Unexpected("an anchor was refused".into()));
            }
        }
        Ok(Self::of(seconds))
    }

    /// What is made of single times, in seconds.
    pub fn of(mut seconds: Vec<f64>) -> Self {
        seconds.sort_by(f64::total_cmp);
        Self { seconds }
    }

    /// The time within which a share of the transactions, in percent, was final.
    fn percentile(&self, percent: usize) -> f64 {
        percentile(&self.seconds, percent)
    }

    /// For people.
    pub fn text(&self) -> String {
        format!(
            "{} transactions: median {:.2} s, 90 % within {:.2} s, 99 % within {:.2} s, longest {:.2} s",
            self.seconds.len(),
            self.percentile(50),
            self.percentile(90),
            self.percentile(99),
            self.percentile(100)
        )
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "transactions": self.seconds.len(),
            "median_s": self.percentile(50),
            "p90_s": self.percentile(90),
            "p99_s": self.percentile(99),
            "max_s": self.percentile(100),
            "all_s": self.seconds,
        })
    }
}
