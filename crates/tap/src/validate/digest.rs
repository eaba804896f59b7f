//! What a file is anchored with: its digest, and the root of the tree over its records.
//!
//! Of large files, where there are two cores, both are computed on a second thread while the first decodes and checks.
//! Work goes to it in small pieces through a queue that is bounded, so that memory does not grow with the file. It ends when
//! the first thread has nothing more for it, for whatever reason, and what it computed does not depend on there being two.

use super::options::Threads;
use interclear_merkle::{derive_salt, leaf_hash, FileSecret, Hash, LeafBatch, Root, RootBuilder};
use std::{
    io::{self, Read},
    panic,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::{channel, sync_channel, Receiver, SendError, Sender, SyncSender},
        Arc, OnceLock,
    },
    thread::{self, Scope, ScopedJoinHandle},
};

/// Octets that are handed over at once: few enough to stay in the caches.
const PIECE: usize = 64 << 10;
/// Pieces that wait for the second thread at most: some 20 ms of its work, for which other programs may keep it from its core
/// without the first having to wait; 8 MiB.
const WAITING: usize = 128;
/// Pieces that wait when the second thread has enough to do: so many that it never waits, and that the first, which then
/// takes its share of the leaves, does not either. To put a thread to sleep and wake it costs as much as many records do.
const ENOUGH: usize = 16;
/// Octets of a file from which on a second thread is worth starting.
pub(super) const LARGE: usize = 256 << 10;

impl Threads {
    /// Whether a large file gets a second thread.
    pub(super) fn second(self) -> bool {
        // Looking is slow, and the answer seldom changes.
        static CORES: OnceLock<usize> = OnceLock::new();
        match self {
            Self::One => false,
            Self::Two => true,
            Self::Machine => {
                let cores = || thread::available_parallelism().map_or(1, usize::from);
                *CORES.get_or_init(cores) > 1
            }
        }
    }
}

/// A piece of work for the second thread.
enum Work {
    /// Octets of the file, in its order.
    Octets(Vec<u8>),
    /// Records, in their order.
    Records(LeafBatch),
    /// The leaves of records, where the first thread had time to compute them.
    Leaves(Vec<Hash>),
    /// There is nothing more.
    End,
}

/// What a file is anchored with, as far as it was asked for.
#[derive(Default)]
pub(super) struct Digests {
    /// Blake2b-256 of the file; only from a second thread.
    pub(super) file: Option<[u8; 32]>,
    /// The tree over the records.
    pub(super) tree: Option<Root>,
}

/// The tree over the records of one file while it is read.
#[derive(Default)]
pub(super) struct Digester<'s> {
    secret: Option<FileSecret>,
    /// Records whose leaves are not computed, and the position of the first of them.
    batch: LeafBatch,
    first: u64,
    /// The tree, unless it is on the second thread.
    tree: RootBuilder,
    leaves: Vec<Hash>,
    beside: Option<Beside<'s>>,
}

/// The way to the second thread.
#[derive(Clone)]
struct Queue {
    work: SyncSender<Work>,
    waiting: Arc<AtomicUsize>,
}

impl Queue {
    fn new() -> (Self, Receiver<Work>) {
        let (work, pieces) = sync_channel(WAITING);
        let waiting = Arc::default();
        (Self { work, waiting }, pieces)
    }

    /// Fails only when the second thread has.
    fn send(&self, work: Work) -> Result<(), SendError<Work>> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.work.send(work)
    }

    /// Whether there is enough for the second thread to do.
    fn is_long(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) >= ENOUGH
    }
}

/// The second thread.
struct Beside<'s> {
    queue: Queue,
    /// Batches that it has done with.
    used: Receiver<LeafBatch>,
    thread: ScopedJoinHandle<'s, Digests>,
}

impl<'s> Digester<'s> {
    /// Everything on the thread that reads. Without a secret there is no tree.
    pub(super) fn here(secret: Option<FileSecret>) -> Self {
        Self {
            secret,
            ..Self::default()
        }
    }

    /// With a second thread, which hashes the octets read through the [`Tee`] too.
    pub(super) fn beside<'e, 'r>(
        scope: &'s Scope<'s, 'e>,
        secret: Option<FileSecret>,
        source: &'r mut dyn Read,
        digest: bool,
    ) -> (Self, Tee<'r>) {
        let (queue, pieces) = Queue::new();
        let ((octets, used_octets), (batches, used)) = (channel(), channel());
        let second = Second {
            file: digest.then(|| blake2b_simd::Params::new().hash_length(32).to_state()),
            tree: RootBuilder::new(),
            secret: secret.clone(),
            octets,
            batches,
            waiting: queue.waiting.clone(),
        };
        let thread = scope.spawn(move || second.run(&pieces));
        let tee = Tee {
            source,
            copies: digest.then(|| queue.clone()),
            used: used_octets,
            octets: Vec::with_capacity(PIECE),
        };
        let digester = Self {
            secret,
            beside: Some(Beside { queue, used, thread }),
            ..Self::default()
        };
        (digester, tee)
    }

    /// Whether there is a second thread.
    pub(super) fn is_beside(&self) -> bool {
        self.beside.is_some()
    }

    /// Adds the record that comes next, with all its octets.
    #[inline]
    pub(super) fn record(&mut self, octets: &[u8]) {
        let Some(secret) = &self.secret else { return };
        if octets.len() < PIECE {
            self.batch.push(octets);
            if self.batch.octets() >= PIECE {
                self.pass_on();
            }
            return;
        }
        // One that is large is neither copied nor kept waiting, so that many of them take no more memory than one.
        let secret = secret.clone();
        self.pass_on();
        self.leaves
            .push(leaf_hash(&derive_salt(&secret, self.first), self.first, octets));
        self.first += 1;
        self.grow();
    }

    /// Has the leaves of what is held computed: on the second thread unless that one has enough to do.
    #[cold]
    fn pass_on(&mut self) {
        let (Some(secret), false) = (&self.secret, self.batch.is_empty()) else {
            return;
        };
        let count = self.batch.len() as u64;
        match self.beside.as_ref().filter(|beside| !beside.queue.is_long()) {
            Some(beside) => {
                let batch = std::mem::take(&mut self.batch);
                // That the thread has failed is told at the end.
                let _failed = beside.queue.send(Work::Records(batch)).is_err();
                self.batch = beside.used.try_recv().unwrap_or_default();
            }
            None => {
                self.batch.finish(secret, self.first, &mut self.leaves);
                self.grow();
            }
        }
        self.first += count;
    }

    /// Puts the leaves that were computed here into the tree.
    fn grow(&mut self) {
        match &self.beside {
            Some(beside) => {
                let leaves = std::mem::take(&mut self.leaves);
                let _failed = beside.queue.send(Work::Leaves(leaves)).is_err();
            }
            None => {
                // 2^40 records of at least two octets are more than any file that is believed can hold.
                let _full = self.tree.extend(&self.leaves).is_err();
                self.leaves.clear();
            }
        }
    }

    /// What the file is anchored with, once all of it has been read.
    pub(super) fn finish(mut self) -> Digests {
        self.pass_on();
        let Some(beside) = self.beside else {
            return Digests {
                file: None,
                tree: self.secret.map(|_| self.tree.finish()),
            };
        };
        let _failed = beside.queue.send(Work::End).is_err();
        match beside.thread.join() {
            Ok(digests) => digests,
            Err(failure) => panic::resume_unwind(failure),
        }
    }
}

/// What the second thread has.
struct Second {
    file: Option<blake2b_simd::State>,
    secret: Option<FileSecret>,
    tree: RootBuilder,
    /// Where buffers go back to, to be filled again.
    octets: Sender<Vec<u8>>,
    batches: Sender<LeafBatch>,
    waiting: Arc<AtomicUsize>,
}

impl Second {
    /// Works until there is nothing more, or nobody who could bring it.
    fn run(mut self, pieces: &Receiver<Work>) -> Digests {
        let mut leaves = Vec::new();
        while let Ok(work) = pieces.recv() {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            match work {
                Work::Octets(mut octets) => {
                    if let Some(file) = &mut self.file {
                        file.update(&octets);
                    }
                    octets.clear();
                    let _unwanted = self.octets.send(octets).is_err();
                    continue;
                }
                Work::Records(mut batch) => {
                    if let Some(secret) = &self.secret {
                        batch.finish(secret, self.tree.count(), &mut leaves);
                    }
                    let _unwanted = self.batches.send(batch).is_err();
                }
                Work::Leaves(computed) => leaves = computed,
                Work::End => break,
            }
            // See `grow`.
            let _full = self.tree.extend(&leaves).is_err();
            leaves.clear();
        }
        Digests {
            file: self
                .file
                .and_then(|state| state.finalize().as_bytes().try_into().ok()),
            tree: self.secret.map(|_| self.tree.finish()),
        }
    }
}

/// A source whose octets are copied to the second thread as they are read.
pub(super) struct Tee<'r> {
    source: &'r mut dyn Read,
    copies: Option<Queue>,
    used: Receiver<Vec<u8>>,
    octets: Vec<u8>,
}

impl Read for Tee<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(copies) = &self.copies else {
            return self.source.read(buffer);
        };
        let most = buffer.len().min(PIECE);
        let count = self.source.read(&mut buffer[..most])?;
        self.octets.extend_from_slice(&buffer[..count]);
        if self.octets.len() >= PIECE || (count == 0 && !self.octets.is_empty()) {
            let octets = std::mem::take(&mut self.octets);
            copies
                .send(Work::Octets(octets))
                .map_err(|_| io::Error::other("the thread that hashes the file has failed"))?;
            self.octets = self.used.try_recv().unwrap_or_default();
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_should_end_when_nobody_digests_what_is_read() {
        let octets = vec![7; 3 * PIECE];
        let mut source = octets.as_slice();
        let (queue, pieces) = Queue::new();
        let mut tee = Tee {
            source: &mut source,
            copies: Some(queue),
            used: channel().1,
            octets: Vec::new(),
        };
        let mut buffer = vec![0; 2 * PIECE];
        assert_eq!(tee.read(&mut buffer).unwrap(), PIECE);
        drop(pieces);
        assert!(tee.read(&mut buffer).is_err());
    }

    /// The second thread takes nothing, so that the first has to do what it can itself, and memory stays bounded.
    #[test]
    fn first_thread_should_compute_leaves_when_the_second_has_enough_to_do() {
        let secret = FileSecret::from([3; 32]);
        let record = |index: usize| vec![index as u8; 2_000];
        let count = 40 * (WAITING + 5);
        let (wait, gate) = channel::<()>();
        let digests = thread::scope(|scope| {
            let (queue, pieces) = Queue::new();
            let ((octets, _), (batches, used)) = (channel(), channel());
            let second = Second {
                file: None,
                secret: Some(secret.clone()),
                tree: RootBuilder::new(),
                octets,
                batches,
                waiting: queue.waiting.clone(),
            };
            let mut digester = Digester {
                secret: Some(secret.clone()),
                beside: Some(Beside {
                    queue,
                    used,
                    thread: scope.spawn(move || {
                        let _told = gate.recv().is_ok();
                        second.run(&pieces)
                    }),
                }),
                ..Digester::default()
            };
            let mut wait = Some(wait);
            for index in 0..count {
                // More than the first may hand over, and less than the queue takes with what it has computed.
                if let Some(wait) = wait.take_if(|_| digester.first >= 33 * (ENOUGH as u64 + 4)) {
                    assert_eq!(
                        digester.beside.as_ref().map(|beside| beside.queue.is_long()),
                        Some(true)
                    );
                    wait.send(()).unwrap();
                }
                digester.record(&record(index));
            }
            assert!(wait.is_none(), "the queue was never long");
            digester.finish()
        });
        let mut tree = RootBuilder::new();
        for index in 0..count {
            let place = index as u64;
            tree.push(leaf_hash(&derive_salt(&secret, place), place, &record(index)))
                .unwrap();
        }
        assert_eq!(digests.tree, Some(tree.finish()));
    }
}
