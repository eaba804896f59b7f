//! A chain without a node: the runtime's own pallets change a state, whose tree and proofs are those of the SDK.

use codec::{Compact, Encode};
use interclear_archive::{
    error::SourceError,
    source::{Block, Source},
    trie::Hash,
};
use interclear_runtime::{Assets, Runtime, RuntimeGenesisConfig, RuntimeOrigin, System, VERSION};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sp_core::Blake2Hasher;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{BuildStorage, MultiAddress};
use sp_state_machine::{prove_read_on_trie_backend, Backend, InMemoryBackend};
use std::{
    collections::BTreeMap,
    sync::{
        atomic::{AtomicBool, AtomicU64, Ordering},
        Mutex,
    },
    time::Duration,
};

struct Made {
    block: Block,
    state: Mutex<InMemoryBackend<Blake2Hasher>>,
    pairs: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// A chain whose blocks all are there, and of which as many are final as a test says.
pub struct Chain {
    made: Vec<Made>,
    metadata: Vec<u8>,
    /// The newest final block.
    pub newest: AtomicU64,
    /// States of blocks before this one are dropped.
    pub oldest: AtomicU64,
    /// Whether proofs are those of another block.
    pub lies: AtomicBool,
    /// Time that each proof takes.
    pub delay: Duration,
}

/// Random changes by random calls; most fail, as in life.
fn act(random: &mut ChaCha8Rng) {
    let people: Vec<_> = Sr25519Keyring::iter()
        .take(40)
        .map(|key| key.to_account_id())
        .collect();
    let mut person = || people[random.gen_range(0..people.len())].clone();
    let (one, other) = (person(), person());
    let id = Compact(random.gen_range(0..60u32));
    let amount = random.gen_range(1..1_000u128);
    let by = |who: &interclear_runtime::AccountId| RuntimeOrigin::signed(who.clone());
    let _ = match random.gen_range(0..10) {
        0..3 => Assets::force_create(RuntimeOrigin::root(), id, MultiAddress::Id(one), true, 1),
        3 => Assets::force_set_metadata(
            RuntimeOrigin::root(),
            id,
            vec![b'n'; random.gen_range(1..40)],
            b"EUR".to_vec(),
            2,
            false,
        ),
        4 => {
            let _ = Assets::start_destroy(RuntimeOrigin::root(), id);
            let _ = Assets::destroy_accounts(by(&one), id);
            Assets::finish_destroy(by(&one), id)
        }
        5 => match owner_of(id.0) {
            Some(owner) => Assets::burn(by(&owner), id, MultiAddress::Id(other), amount),
            None => Ok(()),
        },
        _ => match owner_of(id.0) {
            Some(owner) => Assets::mint(by(&owner), id, MultiAddress::Id(other), amount),
            None => Ok(()),
        },
    };
}

fn owner_of(id: u32) -> Option<interclear_runtime::AccountId> {
    use frame_support::traits::fungibles::roles::Inspect;
    <Assets as Inspect<_>>::owner(id)
}

impl Chain {
    /// A chain of some blocks, all of them final, that follows from a seed.
    pub fn new(seed: u64, blocks: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let storage = RuntimeGenesisConfig::default().build_storage().expect("builds");
        let mut ext = sp_io::TestExternalities::new(storage);
        let mut made: Vec<Made> = Vec::new();
        for number in 0..=blocks {
            ext.execute_with(|| {
                if number == 0 {
                    return;
                }
                System::reset_events();
                System::set_block_number(u32::try_from(number).expect("few blocks"));
                pallet_timestamp::Now::<Runtime>::put(number * 2_000);
                // Some blocks change nothing that is indexed.
                for _ in 0..random.gen_range(0..12) {
                    act(&mut random);
                }
            });
            ext.commit_all().expect("commits");
            let state = ext.as_backend();
            let root: Hash = (*state.root()).into();
            let pairs = state
                .pairs(Default::default())
                .expect("has pairs")
                .map(|pair| pair.expect("is a pair"));
            let pairs = pairs.collect();
            let parent = made.last().map_or([0; 32], |last| last.block.hash);
            let hash = sp_crypto_hashing::blake2_256(&(seed, number, root, parent).encode());
            let block = Block {
                number,
                hash,
                parent,
                state_root: root,
                extrinsics: Vec::new(),
            };
            made.push(Made {
                block,
                state: Mutex::new(state),
                pairs,
            });
        }
        Self {
            made,
            metadata: Runtime::metadata().encode(),
            newest: AtomicU64::new(blocks),
            oldest: AtomicU64::new(0),
            lies: AtomicBool::new(false),
            delay: Duration::ZERO,
        }
    }

    fn at(&self, hash: Hash) -> Result<&Made, SourceError> {
        let made = self
            .made
            .iter()
            .find(|made| made.block.hash == hash)
            .ok_or(SourceError::Pruned)?;
        match made.block.number < self.oldest.load(Ordering::SeqCst) {
            true => Err(SourceError::Pruned),
            false => Ok(made),
        }
    }

    /// How many keys of a pallet the state of a block has.
    pub fn count(&self, number: u64, prefixes: &[Vec<u8>]) -> usize {
        let pairs = &self.made[usize::try_from(number).expect("few blocks")].pairs;
        let has = |key: &Vec<u8>| prefixes.iter().any(|prefix| key.starts_with(prefix));
        pairs.keys().filter(|key| has(key)).count()
    }
}

type Answer<T> = Result<T, SourceError>;

impl Source for Chain {
    async fn genesis(&self) -> Answer<Hash> {
        Ok(self.made[0].block.hash)
    }

    async fn name(&self) -> Answer<String> {
        Ok("A chain".into())
    }

    async fn newest(&self) -> Answer<u64> {
        Ok(self.newest.load(Ordering::SeqCst))
    }

    async fn block(&self, number: u64) -> Answer<Block> {
        Ok(self.made[usize::try_from(number).expect("few blocks")]
            .block
            .clone())
    }

    async fn proof(&self, keys: Vec<Vec<u8>>, at: Hash) -> Answer<Vec<Vec<u8>>> {
        tokio::time::sleep(self.delay).await;
        let made = self.at(at)?;
        let of = match self.lies.load(Ordering::SeqCst) {
            true => &self.made[0],
            false => made,
        };
        let state = of.state.lock().expect("nobody panics");
        let proof = prove_read_on_trie_backend(&*state, keys).expect("proves");
        Ok(proof.into_iter_nodes().collect())
    }

    async fn version(&self, at: Hash) -> Answer<u32> {
        self.at(at).map(|_| VERSION.spec_version)
    }

    async fn metadata(&self, at: Hash) -> Answer<Vec<u8>> {
        self.at(at).map(|_| self.metadata.clone())
    }

    async fn keys(&self, prefix: Vec<u8>, after: Option<Vec<u8>>, at: Hash) -> Answer<Vec<Vec<u8>>> {
        let keys = self.at(at)?.pairs.keys().filter(|key| key.starts_with(&prefix));
        let keys = keys.filter(|key| after.as_ref().is_none_or(|after| *key > after));
        Ok(keys.take(7).cloned().collect())
    }

    async fn values(&self, keys: Vec<Vec<u8>>, at: Hash) -> Answer<Vec<(Vec<u8>, Vec<u8>)>> {
        let pairs = &self.at(at)?.pairs;
        Ok(keys
            .into_iter()
            .filter_map(|key| pairs.get(&key).map(|value| (key.clone(), value.clone())))
            .collect())
    }
}
