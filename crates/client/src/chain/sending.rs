//! A transaction until it is final, whatever happens to it on the way.
//!
//! All attempts at a call carry one nonce, so that at most one of them lands, each with another era, so that no pool takes
//! it for one that it has given up. When a node says that an attempt is invalid, dropped or unknown, or the connection
//! breaks, nobody is believed: the final nonce of the account says whether the nonce is used up, and the final blocks say by
//! whom. Only if that was another signer with the same key is the next nonce taken.

use super::{ChainError, Heads};
use std::future::Future;

/// Attempts before giving up.
const ATTEMPTS: u32 = 8;
/// Looks at a nonce that a pool has given away, before the attempt is sent again: a few more than the blocks within which a
/// transaction lapses.
const LOOKS: u32 = 80;

/// What happens to a transaction while it is waited for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
    /// A node has it in its pool, and it can be included.
    Ready {
        /// Counts the transactions of the account.
        nonce: u64,
    },
    /// It is in a block that is not final yet.
    InBlock {
        /// The block's number.
        block: u64,
    },
    /// It is in no block though some could have come, or in one that has not become final for some time.
    Waits {
        /// The block that it is in, if it is in one.
        block: Option<u64>,
        /// The newest block, and the newest final one.
        heads: Heads,
    },
    /// A transaction of the same key and number is on its way, an earlier attempt or another one; it is waited for.
    Queued,
    /// Another signer with the same key was faster: the next nonce is taken.
    Overtaken {
        /// The nonce that is used up.
        nonce: u64,
    },
    /// The node has given it up; it is sent again, with the same nonce.
    SentAgain {
        /// What the node said.
        reason: String,
    },
    /// Nobody reports on it any more, as finality takes long; what has become of it is looked up.
    Unwatched {
        /// Why.
        reason: String,
    },
    /// The connection broke.
    Interrupted {
        /// What the network said.
        reason: String,
    },
}

impl core::fmt::Display for News {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Ready { nonce } => write!(
                f,
                "the node has it as number {nonce} of this key; waiting for a block"
            ),
            Self::InBlock { block } => write!(f, "block {block} has it; waiting until the block is final"),
            Self::Waits { block, heads } => match block {
                Some(block) if heads.blocks_stand() => {
                    write!(
                        f,
                        "it is in block {block}, but {}, and {}",
                        heads.finality(),
                        heads.blocks()
                    )
                }
                Some(block) => write!(f, "it is in block {block}, but {}", heads.finality()),
                None => write!(
                    f,
                    "it is in no block yet: {}, and {}",
                    heads.blocks(),
                    heads.finality()
                ),
            },
            // Where it was sent before, it may be itself.
            Self::Queued => f.write_str(
                "a transaction of this key with the same number is on its way, this one or another; waiting for it",
            ),
            Self::Overtaken { nonce } => write!(
                f,
                "another signer with this key has used number {nonce}; the next one is taken"
            ),
            Self::SentAgain { reason } => write!(f, "{reason}; it is sent again, and lands once at most"),
            Self::Unwatched { reason } => write!(
                f,
                "{reason}; looking up what has become of it, and what has landed is not sent again"
            ),
            Self::Interrupted { reason } => {
                write!(
                    f,
                    "connection lost ({reason}), trying again; what has landed is not sent again"
                )
            }
        }
    }
}

/// Hears what happens to a transaction; `()` does not listen.
pub trait Listener {
    /// Something has happened.
    fn hear(&mut self, news: News) {
        let _ = news;
    }
}

impl Listener for () {}

impl<F: FnMut(News)> Listener for F {
    fn hear(&mut self, news: News) {
        self(news);
    }
}

/// A node, and a call that one key signs.
pub(super) trait Pool {
    /// A signed attempt.
    type Attempt;
    /// What became of it once it is final.
    type Done;

    /// Connects anew.
    fn reconnect(&mut self) -> impl Future<Output = Result<(), ChainError>>;
    /// The nonce of the next transaction, those in the pool counted.
    fn next_nonce(&self) -> impl Future<Output = Result<u64, ChainError>>;
    /// The number of transactions in final blocks.
    fn final_nonce(&self) -> impl Future<Output = Result<u64, ChainError>>;
    /// Signs the call, with an era that begins now.
    fn sign(&self, nonce: u64) -> impl Future<Output = Result<Self::Attempt, ChainError>>;
    /// Hands an attempt in and waits until it is final.
    fn send(
        &self,
        attempt: &Self::Attempt,
        nonce: u64,
        listener: &mut impl Listener,
    ) -> impl Future<Output = Result<Self::Done, ChainError>>;
    /// Looks in the final blocks for an attempt that has landed.
    fn find(
        &self,
        attempts: &[Self::Attempt],
    ) -> impl Future<Output = Result<Option<Self::Done>, ChainError>>;
    /// Lets time pass: a block, and more after each failure.
    fn pause(&self, failures: u32) -> impl Future<Output = ()>;
}

/// What a look at the nonce of given-up attempts has shown.
enum Look<D> {
    /// One of them has landed.
    Landed(D),
    /// Another transaction has the nonce.
    Overtaken,
    /// Nothing has it: the attempt can be made again.
    Free,
}

/// Sends a call until it is final.
pub(super) async fn send<P: Pool>(pool: &mut P, listener: &mut impl Listener) -> Result<P::Done, ChainError> {
    let mut nonce = None;
    let mut attempts = Vec::new();
    let mut failures = 0u32;
    // Whether a node may still have an attempt, so that nobody can say that nothing has changed.
    let mut alive = false;
    loop {
        let error = match attempt(pool, &mut nonce, &mut attempts, listener).await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        // What no pool ever took and is wrong in itself stays so.
        let looked_up = match &error {
            ChainError::Refused(_) => attempts.len() > 1,
            ChainError::Overtaken(_) => true,
            other => other.is_connection(),
        };
        alive |= !attempts.is_empty() && !matches!(error, ChainError::Refused(_));
        failures = failures.saturating_add(1);
        if !looked_up || failures >= ATTEMPTS {
            return Err(undecided(error, alive));
        }
        // A new connection answers also where finality is far behind.
        let connects = error.is_lost() || matches!(error, ChainError::Unwatched(_));
        match &error {
            ChainError::Overtaken(_) => listener.hear(News::Queued),
            ChainError::Dropped(_) | ChainError::Refused(_) => listener.hear(News::SentAgain {
                reason: error.to_string(),
            }),
            ChainError::Unwatched(_) => listener.hear(News::Unwatched {
                reason: error.to_string(),
            }),
            _ => listener.hear(News::Interrupted {
                reason: error.to_string(),
            }),
        }
        let Some(used) = nonce else {
            let connected = reconnect(pool, failures, listener).await;
            connected.map_err(|error| undecided(error, alive))?;
            continue;
        };
        if connects {
            let connected = reconnect(pool, failures, listener).await;
            connected.map_err(|error| undecided(error, alive))?;
        }
        let looked = look(pool, used, &attempts, listener).await;
        match looked.map_err(|error| undecided(error, alive))? {
            Look::Landed(done) => return Ok(done),
            Look::Overtaken => {
                listener.hear(News::Overtaken { nonce: used });
                nonce = None;
                attempts.clear();
            }
            Look::Free if matches!(error, ChainError::Refused(_)) => return Err(undecided(error, alive)),
            // A pool that is full is not asked again at once.
            Look::Free => pool.pause(failures).await,
        }
    }
}

/// The error with which a call is given up. No node's word counts while another one may have an attempt, and that none answers any more
/// does not say that nothing has changed.
fn undecided(error: ChainError, alive: bool) -> ChainError {
    match error {
        ChainError::Dropped(_)
        | ChainError::Refused(_)
        | ChainError::Overtaken(_)
        | ChainError::Unreachable { .. }
        | ChainError::Disconnected(_)
            if alive =>
        {
            ChainError::Undecided(error.to_string())
        }
        error => error,
    }
}

/// One attempt. It is noted before it is handed in, for it may land although the answer never comes.
async fn attempt<P: Pool>(
    pool: &P,
    nonce: &mut Option<u64>,
    attempts: &mut Vec<P::Attempt>,
    listener: &mut impl Listener,
) -> Result<P::Done, ChainError> {
    let used = match *nonce {
        Some(used) => used,
        None => pool.next_nonce().await?,
    };
    *nonce = Some(used);
    attempts.push(pool.sign(used).await?);
    match attempts.last() {
        Some(last) => pool.send(last, used, listener).await,
        None => Err(ChainError::Unexpected("there is no attempt".into())),
    }
}

/// A new connection; that there is none is said once, whatever was known of it before.
async fn reconnect<P: Pool>(
    pool: &mut P,
    failures: u32,
    listener: &mut impl Listener,
) -> Result<(), ChainError> {
    let mut tries = 0u32;
    loop {
        pool.pause(failures.saturating_add(tries)).await;
        match pool.reconnect().await {
            Err(error) if error.is_connection() && tries < ATTEMPTS => {
                if tries == 0 {
                    listener.hear(News::Interrupted {
                        reason: error.to_string(),
                    });
                }
                tries = tries.saturating_add(1);
            }
            done => return done,
        }
    }
}

/// Finds out who has a nonce, over new connections where that takes any.
async fn look<P: Pool>(
    pool: &mut P,
    nonce: u64,
    attempts: &[P::Attempt],
    listener: &mut impl Listener,
) -> Result<Look<P::Done>, ChainError> {
    let mut failures = 0u32;
    loop {
        match look_once(pool, nonce, attempts).await {
            Err(error) if error.is_connection() && failures < ATTEMPTS => {
                failures = failures.saturating_add(1);
                reconnect(pool, failures, listener).await?;
            }
            looked => return looked,
        }
    }
}

async fn look_once<P: Pool>(
    pool: &P,
    nonce: u64,
    attempts: &[P::Attempt],
) -> Result<Look<P::Done>, ChainError> {
    for _ in 0..LOOKS {
        if pool.final_nonce().await? > nonce {
            return Ok(match pool.find(attempts).await? {
                Some(done) => Look::Landed(done),
                None => Look::Overtaken,
            });
        }
        if pool.next_nonce().await? <= nonce {
            return Ok(Look::Free);
        }
        pool.pause(0).await;
    }
    Ok(Look::Free)
}

#[cfg(test)]
mod tests;
