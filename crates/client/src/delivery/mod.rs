//! Sending anchors so that each lands once, whatever happens to the connection.
//!
//! A chunk of anchors is sent with a nonce that is kept over all attempts, so that of several attempts at most one can
//! be included. When the connection breaks, the chain is asked what has become of that nonce and which anchors have
//! landed; only the rest is sent again.

use crate::{
    calls::{self, errors},
    chain::{account_of, Chain, ChainError},
    files::{CheckedFile, Fate, KnownFiles, RecipientKeys, Reduced, OTHER_SECRET},
    keys::Keypair,
};
use interclear_primitives::{
    channel::{newest_usable, SealingKey},
    ids::OperatorId,
    period::Period,
    series::BatchKey,
    tadig::Tadig,
    Digest, Moment,
};
use std::{collections::BTreeSet, future::Future, path::PathBuf, time::Duration};

/// Times that a chunk is tried before giving up.
const ATTEMPTS: u32 = 8;
/// Waits for a transaction that a pool still has: as long as the transaction lives (64 blocks of 2 s).
const WAITS: u32 = 64;
/// Time between two looks at such a transaction: a block.
const BLOCK: Duration = Duration::from_secs(2);

/// What the chain says about a chunk.
#[derive(Clone, Default, Debug)]
pub struct Answer {
    /// Places in the chunk that were refused, with the reason.
    pub refused: Vec<(u32, String)>,
    /// What the chain had already.
    pub duplicates: Vec<BatchKey>,
    /// NRTRDE files that were late, with their delay in seconds.
    pub late: Vec<(BatchKey, Moment)>,
    /// TAP files whose month is closed, with the month that bills them.
    pub closed: Vec<(BatchKey, Period)>,
}

/// Hears how a delivery goes; `()` does not listen.
pub trait Progress {
    /// So many anchors are on their way from now on, until it is told what became of them.
    fn sending(&mut self, count: usize) {
        let _ = count;
    }

    /// So many more anchors have their fate.
    fn delivered(&mut self, count: usize) {
        let _ = count;
    }

    /// The connection broke; it is mended, and what has landed is not sent again.
    fn interrupted(&mut self, error: &ChainError) {
        let _ = error;
    }
}

impl Progress for () {}

/// Where anchors go.
pub trait Destination {
    /// Connects anew.
    fn reconnect(&mut self) -> impl Future<Output = Result<(), ChainError>>;
    /// The nonce of the next transaction, those in the pool counted.
    fn next_nonce(&self) -> impl Future<Output = Result<u64, ChainError>>;
    /// The number of transactions in final blocks.
    fn final_nonce(&self) -> impl Future<Output = Result<u64, ChainError>>;
    /// Sends anchors of one kind and waits until they are final.
    fn send(&self, anchors: &[Reduced], nonce: u64) -> impl Future<Output = Result<Answer, ChainError>>;
    /// When exactly this anchor came onto the chain, by its clock; `None` if it has not.
    fn has(&self, anchor: &Reduced) -> impl Future<Output = Result<Option<Moment>, ChainError>>;
    /// The chain's clock.
    fn clock(&self) -> impl Future<Output = Result<Moment, ChainError>>;
    /// The chain: the hash of its first block.
    fn genesis(&self) -> Digest;
    /// The operator behind a network, and the key that it has registered; `None` where there is no key.
    fn recipient_key(
        &self,
        recipient: Tadig,
    ) -> impl Future<Output = Result<Option<(OperatorId, SealingKey)>, ChainError>>;
    /// What is known of files before they are checked; nothing, unless said otherwise.
    fn known_of(&self, paths: &[PathBuf]) -> impl Future<Output = Result<KnownFiles, ChainError>> {
        let _ = paths;
        async { Ok(KnownFiles::new()) }
    }
    /// Lets time pass.
    fn pause(&self, time: Duration) -> impl Future<Output = ()>;
}

/// A node, and the key that signs.
pub struct Node {
    /// The node; connected anew when the connection breaks.
    pub chain: Chain,
    /// The key of a clearing desk of the sender.
    pub key: Keypair,
}

impl Chain {
    /// Whether the chain has a file's number with everything that the file comes down to, salted otherwise.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn has_twin(&self, anchor: &Reduced) -> Result<bool, ChainError> {
        let key = anchor.key();
        let known = match anchor {
            Reduced::Tap(_) => self.batch(key).await?.map(|batch| Reduced::Tap(batch.anchor)),
            Reduced::Nrtrde(_) => {
                let file = self.nrtrde_file(key).await?;
                file.map(|file| Reduced::Nrtrde(file.anchor))
            }
        };
        Ok(known.is_some_and(|known| anchor.is_twin_of(&known)))
    }

    /// When exactly this anchor came onto the chain, by its clock; `None` if it has not.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn has_anchor(&self, anchor: &Reduced) -> Result<Option<Moment>, ChainError> {
        Ok(match anchor {
            Reduced::Tap(anchor) => {
                let batch = self.batch(anchor.key).await?;
                let batch = batch.filter(|batch| batch.anchor == *anchor);
                batch.map(|batch| batch.anchored_at)
            }
            Reduced::Nrtrde(anchor) => {
                let file = self.nrtrde_file(anchor.key).await?;
                let file = file.filter(|file| file.anchor == *anchor);
                file.map(|file| file.anchored_at)
            }
        })
    }
}

impl Destination for Node {
    async fn reconnect(&mut self) -> Result<(), ChainError> {
        self.chain = self.chain.reconnected().await?;
        Ok(())
    }

    async fn next_nonce(&self) -> Result<u64, ChainError> {
        self.chain.nonce(&account_of(&self.key)).await
    }

    async fn final_nonce(&self) -> Result<u64, ChainError> {
        self.chain.final_nonce(&account_of(&self.key)).await
    }

    async fn send(&self, anchors: &[Reduced], nonce: u64) -> Result<Answer, ChainError> {
        let (mut tap, mut nrtrde) = (Vec::new(), Vec::new());
        for anchor in anchors {
            match anchor {
                Reduced::Tap(anchor) => tap.push(anchor.clone()),
                Reduced::Nrtrde(anchor) => nrtrde.push(*anchor),
            }
        }
        let call = match nrtrde.as_slice() {
            [] => calls::anchor_many(&tap),
            nrtrde => calls::anchor_nrtrde(nrtrde),
        };
        let pending = self.chain.submit_with(&self.key, &call, nonce).await?;
        let receipt = pending.finalised().await?;
        let mut refused = Vec::new();
        for (place, why) in receipt.refused_anchors()? {
            let sent = usize::try_from(place).ok().and_then(|place| anchors.get(place));
            let twin = match sent {
                Some(anchor) if why.name == errors::ALREADY_ANCHORED => self.chain.has_twin(anchor).await?,
                _ => false,
            };
            refused.push((
                place,
                match twin {
                    true => format!("{OTHER_SECRET} ({}.{})", why.pallet, why.name),
                    false => why.to_string(),
                },
            ));
        }
        let late = receipt.nrtrde_deliveries()?.into_iter().filter(|file| file.late);
        Ok(Answer {
            refused,
            duplicates: receipt.duplicates()?,
            late: late.map(|file| (file.key, file.delay)).collect(),
            closed: receipt.anchored_for_closed_months()?,
        })
    }

    async fn has(&self, anchor: &Reduced) -> Result<Option<Moment>, ChainError> {
        self.chain.has_anchor(anchor).await
    }

    async fn clock(&self) -> Result<Moment, ChainError> {
        self.chain.time().await
    }

    fn genesis(&self) -> Digest {
        self.chain.genesis().0
    }

    async fn recipient_key(&self, recipient: Tadig) -> Result<Option<(OperatorId, SealingKey)>, ChainError> {
        let Some(operator) = self.chain.operator_by_tadig(recipient).await? else {
            return Ok(None);
        };
        let (keys, now) = (self.chain.sealing_keys(operator).await?, self.chain.time().await?);
        let key = newest_usable(&keys, None, now);
        Ok(key.map(|key| (operator, key.clone())))
    }

    async fn known_of(&self, paths: &[PathBuf]) -> Result<KnownFiles, ChainError> {
        self.chain.known_of_files(paths).await
    }

    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// The keys to which the secrets of files that are on the chain are sealed; each recipient is asked about once.
///
/// # Errors
/// The connection broke.
pub async fn recipient_keys(
    to: &impl Destination,
    files: &[CheckedFile],
) -> Result<RecipientKeys, ChainError> {
    let on_chain = files.iter().filter(|file| file.is_on_chain());
    let recipients: BTreeSet<Tadig> = on_chain
        .filter_map(|file| Some(file.anchor.as_ref()?.key().series.recipient))
        .collect();
    let mut keys = RecipientKeys::new();
    for recipient in recipients {
        if let Some(key) = to.recipient_key(recipient).await? {
            keys.insert(recipient, key);
        }
    }
    Ok(keys)
}

/// Sends what is to be anchored of files, and notes what became of each.
///
/// # Errors
/// As [`deliver`]; the files are then as they were.
pub async fn deliver_files(
    to: &mut impl Destination,
    files: &mut [CheckedFile],
    progress: &mut impl Progress,
) -> Result<(), ChainError> {
    let (waiting, anchors): (Vec<&mut CheckedFile>, Vec<Reduced>) = files
        .iter_mut()
        .filter_map(|file| {
            let anchor = file.anchor.clone()?;
            Some((file, anchor))
        })
        .unzip();
    let fates = deliver(to, &anchors, progress).await?;
    for (file, fate) in waiting.into_iter().zip(fates) {
        file.fate = Some(fate);
    }
    Ok(())
}

/// Sends anchors in chunks. The answer has one fate per anchor, in their order.
///
/// # Errors
/// The chain refused a whole call, or the connection could not be mended.
pub async fn deliver(
    to: &mut impl Destination,
    anchors: &[Reduced],
    progress: &mut impl Progress,
) -> Result<Vec<Fate>, ChainError> {
    let mut fates = Vec::with_capacity(anchors.len());
    let alike = |a: &Reduced, b: &Reduced| a.key().series.stream == b.key().series.stream;
    for chunk in anchors
        .chunk_by(alike)
        .flat_map(|kind| kind.chunks(calls::FILES_PER_CALL))
    {
        progress.sending(chunk.len());
        fates.extend(deliver_chunk(to, chunk, progress).await?);
        progress.delivered(chunk.len());
    }
    Ok(fates)
}

async fn deliver_chunk(
    to: &mut impl Destination,
    chunk: &[Reduced],
    progress: &mut impl Progress,
) -> Result<Vec<Fate>, ChainError> {
    let mut fates: Vec<Option<Fate>> = vec![None; chunk.len()];
    let mut nonce = None;
    let mut attempt = 0;
    // What is on the chain from before is a duplicate, also where nobody heard what became of it now.
    let begun = match to.clock().await {
        Err(error) if error.is_connection() => None,
        begun => Some(begun?),
    };
    loop {
        let places: Vec<usize> = (0..chunk.len()).filter(|place| fates[*place].is_none()).collect();
        if places.is_empty() {
            break;
        }
        let rest: Vec<Reduced> = places.iter().map(|place| chunk[*place].clone()).collect();
        let sent = match nonce {
            Some(nonce) => to.send(&rest, nonce).await,
            None => match to.next_nonce().await {
                Ok(next) => {
                    nonce = Some(next);
                    to.send(&rest, next).await
                }
                Err(error) => Err(error),
            },
        };
        match sent {
            Ok(answer) => {
                for (index, place) in (0u32..).zip(&places) {
                    fates[*place] = Some(fate(&answer, index, &chunk[*place].key()));
                }
                // What was sent twice within a chunk is a duplicate the second time only.
                distinguish(&mut fates, chunk, &places, &answer);
            }
            // After a first attempt the pool may refuse the second as outdated or as known: that, too, is to be looked at.
            Err(error)
                if error.is_connection()
                    || matches!(error, ChainError::Overtaken(_))
                    || (attempt > 0 && matches!(error, ChainError::Refused(_))) =>
            {
                attempt += 1;
                if attempt >= ATTEMPTS {
                    return Err(error);
                }
                progress.interrupted(&error);
                let recovered = recover(to, chunk, &mut fates, &mut nonce, (attempt, begun)).await;
                recovered.map_err(ChainError::once_sent)?;
            }
            Err(error) => return Err(error),
        }
    }
    // The loop ends only when every place has its fate.
    Ok(fates.into_iter().flatten().collect())
}

fn fate(answer: &Answer, index: u32, key: &BatchKey) -> Fate {
    match answer.refused.iter().find(|(place, _)| *place == index) {
        Some((_, reason)) => Fate::Refused(reason.clone()),
        None if answer.duplicates.contains(key) => Fate::Duplicate,
        None => match answer.late.iter().find(|(late, _)| late == key) {
            Some((_, delay)) => Fate::Late(*delay),
            None => match answer.closed.iter().find(|(closed, _)| closed == key) {
                Some((_, month)) => Fate::Closed(*month),
                None => Fate::Anchored,
            },
        },
    }
}

/// Where a key is in a chunk more often than it was a duplicate, the first of them was anchored.
fn distinguish(fates: &mut [Option<Fate>], chunk: &[Reduced], places: &[usize], answer: &Answer) {
    for (nth, place) in places.iter().enumerate() {
        let key = chunk[*place].key();
        let same = |place: &&usize| chunk[**place].key() == key && fates[**place] == Some(Fate::Duplicate);
        let claimed = places.iter().filter(same).count();
        let duplicates = answer.duplicates.iter().filter(|known| **known == key).count();
        let first = places[..nth].iter().all(|earlier| chunk[*earlier].key() != key);
        if first && claimed > duplicates {
            fates[*place] = Some(Fate::Anchored);
        }
    }
}

/// Waits until there is a connection and it is clear what became of the transaction with the nonce, then notes which
/// anchors have landed. The nonce is given up only when a transaction with it is final.
async fn recover(
    to: &mut impl Destination,
    chunk: &[Reduced],
    fates: &mut [Option<Fate>],
    nonce: &mut Option<u64>,
    (attempt, begun): (u32, Option<Moment>),
) -> Result<(), ChainError> {
    let mut patience = ATTEMPTS;
    let mut delay = Duration::from_millis(500u64 << attempt.min(6));
    loop {
        to.pause(delay).await;
        let looked = match to.reconnect().await {
            Ok(()) => look(to, chunk, fates, nonce, begun).await,
            Err(error) => Err(error),
        };
        match looked {
            Err(error) if error.is_connection() && patience > 0 => {
                patience -= 1;
                delay = delay.saturating_mul(2).min(Duration::from_secs(30));
            }
            done => return done,
        }
    }
}

async fn look(
    to: &impl Destination,
    chunk: &[Reduced],
    fates: &mut [Option<Fate>],
    nonce: &mut Option<u64>,
    begun: Option<Moment>,
) -> Result<(), ChainError> {
    let Some(used) = *nonce else { return Ok(()) };
    for _ in 0..WAITS {
        if to.final_nonce().await? > used {
            // Whatever was sent with it is decided; what is sent from now on needs a new one.
            *nonce = None;
            break;
        }
        if to.next_nonce().await? <= used {
            break;
        }
        to.pause(BLOCK).await;
    }
    for (anchor, fate) in chunk
        .iter()
        .zip(fates.iter_mut())
        .filter(|(_, fate)| fate.is_none())
    {
        if let Some(at) = to.has(anchor).await? {
            *fate = Some(match begun.is_some_and(|begun| at <= begun) {
                true => Fate::Duplicate,
                false => Fate::Anchored,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
