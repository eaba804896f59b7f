//! The story: three operators are admitted, two of them agree on prices, exchange a month of TAP files, and settle it.
//!
//! Every step is a real transaction of the desk whose role it needs, through the node of its own operator, and waits
//! for finality. At the end the balances must be what is recomputed from the files alone.

mod actors;
mod dispute;
mod evidence;
mod files;
mod inventory;
mod negotiation;
mod settle;

pub use actors::{Actors, Party, TOKEN};
pub use dispute::Disputed;
pub use evidence::Reported;
pub use files::{Anchoring, Delivery, SentFile};
pub use inventory::Services;
pub use negotiation::{agree, agreed_terms, first_offer, negotiate, usual_payment, Deal};
pub use settle::{add_up, recompute, Payment, Settled, Used};

use crate::network::NetworkError;
use interclear_client::{
    chain::{Chain, ChainError},
    council::CouncilError,
    time::now,
};
use interclear_primitives::{ids::AgreementId, money::ValueError, period::Period};
use std::time::{Duration, Instant};

/// How large the month is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// TAP files per direction, at least 4.
    pub files: u32,
    /// Events per file.
    pub events: u64,
    /// From which everything random follows.
    pub seed: u64,
    /// Fixed-line services that one operator buys of the other; none unless given.
    pub services: Option<usize>,
}

/// Why the story did not end well.
#[derive(Debug, thiserror::Error)]
pub enum StoryError {
    /// The connection broke, or the chain refused.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// A motion of the council.
    #[error(transparent)]
    Council(#[from] CouncilError),
    /// A node.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A file.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Something is not as it must be.
    #[error("{0}")]
    Unexpected(String),
}

impl StoryError {
    pub(crate) fn unexpected(what: impl std::fmt::Display) -> Self {
        Self::Unexpected(what.to_string())
    }
}

impl From<ValueError> for StoryError {
    fn from(error: ValueError) -> Self {
        Self::Unexpected(format!("an amount: {error:?}"))
    }
}

/// Tells the listener what happens.
pub trait Teller {
    /// A step begins.
    fn step(&mut self, what: &str);
    /// Something worth saying within the step.
    fn note(&mut self, what: &str);
}

/// Tells nobody.
pub struct Silent;

impl Teller for Silent {
    fn step(&mut self, _: &str) {}
    fn note(&mut self, _: &str) {}
}

/// What there is to tell at the end.
pub struct Ending {
    /// By which everything is rated.
    pub agreement: AgreementId,
    /// The last one that is over.
    pub period: Period,
    /// What became of the files.
    pub anchoring: Anchoring,
    /// What bills without files.
    pub reported: Reported,
    /// What became of the money.
    pub settled: Settled,
    /// From the first file that was anchored to the money that moved.
    pub elapsed: Duration,
}

/// The month before the current one.
pub fn last_month() -> Period {
    Period::containing(now()).previous()
}

/// What a pallet called its refusal.
pub fn refusal<T>(result: Result<T, ChainError>) -> String {
    match result {
        Ok(_) => "accepted".into(),
        Err(error) => error.failure().map_or_else(|| error.to_string(), str::to_owned),
    }
}

fn expect(holds: bool, what: &str) -> Result<(), StoryError> {
    holds
        .then_some(())
        .ok_or_else(|| StoryError::Unexpected(format!("this should hold but does not: {what}")))
}

/// Tells the whole story. The two mobile operators each talk to their own node.
///
/// # Errors
/// Any step failed, or a figure is not what it must be.
pub async fn tell(
    nodes: [&Chain; 2],
    size: Size,
    folder: &std::path::Path,
    teller: &mut dyn Teller,
) -> Result<Ending, StoryError> {
    let period = last_month();
    let actors = Actors::admit(nodes, teller).await?;
    let deal = negotiation::negotiate(&actors, period, teller).await?;
    let services = match size.services {
        None => None,
        Some(services) => {
            let parameters = inventory::parameters(size.seed, services);
            Some(inventory::bill(&actors, period, parameters, teller).await?)
        }
    };
    let before = settle::balances(&actors).await?;
    let started = Instant::now();
    let anchoring = files::exchange(&actors, &deal, period, size, folder, teller).await?;
    evidence::fraud(&actors, teller).await?;
    let reported = evidence::report(&actors, &deal, period, teller).await?;
    let usage = settle::Used {
        files: &anchoring.files,
        reported: &reported,
    };
    let settled = settle::settle(&actors, &deal, period, usage, services, before, teller).await?;
    Ok(Ending {
        agreement: deal.agreement,
        period,
        anchoring,
        reported,
        settled,
        elapsed: started.elapsed(),
    })
}
