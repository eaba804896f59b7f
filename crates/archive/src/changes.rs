//! What a block has changed in the state, found by walking the trees of two blocks where they differ.

use crate::{
    error::ArchiveError,
    source::{Block, Source},
    trie::{self, Hash, Held, Link, Malformed, Node, Proven},
};
use futures::{stream, StreamExt, TryStreamExt};
use std::{collections::BTreeMap, sync::Arc};

/// Keys that are proven by one call.
const CHUNK: usize = 500;
/// Calls that are under way at once.
const CALLS: usize = 4;

type Keys = Vec<Vec<u8>>;

/// A key whose value a block has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Under which the state has it, hashed as the chain does.
    pub key: Vec<u8>,
    /// Whether it had a value before.
    pub existed: bool,
    /// Its value from now on.
    pub value: Option<Vec<u8>>,
}

/// Where a walk is in one of the trees.
#[derive(Clone)]
enum Place {
    /// There is nothing below.
    Nothing,
    /// At a node that has not been looked at.
    At(Link),
    /// In a node, so many half octets into its partial key.
    In(Arc<Node>, usize),
}

impl Place {
    fn of_root(root: Option<Hash>) -> Self {
        root.map_or(Self::Nothing, |root| Self::At(Link::Hash(root)))
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::At(one), Self::At(other)) => one == other,
            _ => false,
        }
    }

    /// The node, if it is known.
    fn open(&self, proven: &Proven) -> Result<Option<Self>, Malformed> {
        let read = |octets: &[u8]| {
            let node = Node::read(octets)?;
            Ok(Some(
                node.map_or(Self::Nothing, |node| Self::In(Arc::new(node), 0)),
            ))
        };
        match self {
            Self::At(Link::Inline(octets)) => read(octets),
            Self::At(Link::Hash(hash)) => match proven.get(hash) {
                Some(octets) => read(&octets),
                None => Ok(None),
            },
            known => Ok(Some(known.clone())),
        }
    }

    /// The half octets up to where the node branches.
    fn ahead(&self) -> &[u8] {
        match self {
            Self::In(node, used) => node.partial.get(*used..).unwrap_or_default(),
            _ => &[],
        }
    }

    fn held(&self) -> Held {
        match self {
            Self::In(node, _) => node.held.clone(),
            _ => Held::Nothing,
        }
    }

    /// Goes on from where the node branches.
    fn below(&self, next: u8) -> Self {
        match self {
            Self::In(node, _) => node
                .link(next)
                .map_or(Self::Nothing, |link| Self::At(link.clone())),
            _ => Self::Nothing,
        }
    }

    fn nexts(&self) -> u16 {
        match self {
            Self::In(node, _) => node.below.iter().fold(0, |map, (next, _)| map | 1 << next),
            _ => 0,
        }
    }

    /// Goes on within the node's partial key.
    fn along(&self, more: usize) -> Self {
        match self {
            Self::In(node, used) => Self::In(node.clone(), used.saturating_add(more)),
            other => other.clone(),
        }
    }
}

/// Two places under the same key, one in each tree.
struct Pair {
    path: Vec<u8>,
    old: Place,
    new: Place,
}

/// A walk through both trees at once, below some prefixes.
struct Walk<'a> {
    prefixes: Vec<Vec<u8>>,
    proven: &'a Proven,
    todo: Vec<Pair>,
    found: BTreeMap<Vec<u8>, (Held, Held)>,
}

impl Walk<'_> {
    fn wants(&self, path: &[u8]) -> bool {
        self.prefixes.iter().any(|prefix| {
            let common = prefix.len().min(path.len());
            prefix.get(..common) == path.get(..common)
        })
    }

    fn note(&mut self, path: &[u8], old: Held, new: Held) {
        let under = self.prefixes.iter().any(|prefix| path.starts_with(prefix));
        if under && old != new {
            self.found.insert(trie::octets(path), (old, new));
        }
    }

    fn push(&mut self, path: Vec<u8>, old: Place, new: Place) {
        if !old.is_same(&new) && self.wants(&path) {
            self.todo.push(Pair { path, old, new });
        }
    }

    /// Compares two places whose nodes are known.
    fn step(&mut self, path: &[u8], old: &Place, new: &Place) {
        let is_nothing = |place: &Place| matches!(place, Place::Nothing);
        let (one, other) = (old.ahead(), new.ahead());
        let common = match (is_nothing(old), is_nothing(new)) {
            (true, true) => return,
            (true, false) => other.len(),
            (false, true) => one.len(),
            (false, false) => one
                .iter()
                .zip(other)
                .take_while(|(one, other)| one == other)
                .count(),
        };
        let ahead = if is_nothing(old) { other } else { one };
        let path = [path, ahead.get(..common).unwrap_or_default()].concat();
        // Where a node branches; one whose partial key goes on has nothing here but what is further along it.
        let branches = |place: &Place, ahead: &[u8]| !is_nothing(place) && ahead.len() == common;
        let goes_on = |place: &Place, ahead: &[u8]| match ahead.get(common) {
            Some(next) if !is_nothing(place) => Some(*next),
            _ => None,
        };
        let held = |place: &Place, ahead: &[u8]| match branches(place, ahead) {
            true => place.held(),
            false => Held::Nothing,
        };
        self.note(&path, held(old, one), held(new, other));
        let nexts = |place: &Place, ahead: &[u8]| match goes_on(place, ahead) {
            Some(next) => 1 << next,
            None => place.nexts(),
        };
        let below = |place: &Place, ahead: &[u8], next: u8| match goes_on(place, ahead) {
            Some(only) if only == next => place.along(common.saturating_add(1)),
            Some(_) => Place::Nothing,
            None => place.below(next),
        };
        let map = nexts(old, one) | nexts(new, other);
        for next in (0..16u8).filter(|next| map >> next & 1 == 1) {
            let mut path = path.clone();
            path.push(next);
            self.push(path, below(old, one, next), below(new, other, next));
        }
    }

    /// Goes as far as the nodes that are known lead; the keys on the way to those that are missing, of the old tree and the new.
    fn go(&mut self) -> Result<(Keys, Keys), Malformed> {
        let (mut waiting, mut of_old, mut of_new) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(pair) = self.todo.pop() {
            let (old, new) = (pair.old.open(self.proven)?, pair.new.open(self.proven)?);
            match (&old, &new) {
                (Some(old), Some(new)) => self.step(&pair.path, old, new),
                _ => {
                    let key = trie::octets(&pair.path);
                    if old.is_none() {
                        of_old.push(key.clone());
                    }
                    if new.is_none() {
                        of_new.push(key);
                    }
                    waiting.push(pair);
                }
            }
        }
        self.todo = waiting;
        Ok((of_old, of_new))
    }
}

async fn learn(
    source: &impl Source,
    proven: &Proven,
    keys: Vec<Vec<u8>>,
    at: Option<&Block>,
) -> Result<(), ArchiveError> {
    let Some(at) = at.filter(|_| !keys.is_empty()) else {
        return Ok(());
    };
    let chunks = keys
        .chunks(CHUNK)
        .map(|chunk| source.proof(chunk.to_vec(), at.hash));
    let mut proofs = stream::iter(chunks.collect::<Vec<_>>()).buffer_unordered(CALLS);
    while let Some(parts) = proofs.try_next().await.map_err(|error| error.at(at.number))? {
        proven.learn(parts);
    }
    Ok(())
}

/// What differs between the state of two blocks in the keys under some prefixes, in the order of keys; all of it where there is no
/// old block. What a node proves is checked against the state roots of the blocks.
///
/// # Errors
/// The node does not answer, does not have the state any more, or does not prove what the headers say.
pub async fn changes(
    source: &impl Source,
    proven: &Proven,
    prefixes: &[Vec<u8>],
    old: Option<&Block>,
    new: &Block,
) -> Result<Vec<Change>, ArchiveError> {
    let wrong = |_| ArchiveError::WrongProof(new.number);
    let mut walk = Walk {
        prefixes: prefixes.iter().map(|prefix| trie::halves(prefix)).collect(),
        proven,
        todo: Vec::new(),
        found: BTreeMap::new(),
    };
    let (from, to) = (old.map(|old| old.state_root), Some(new.state_root));
    walk.push(Vec::new(), Place::of_root(from), Place::of_root(to));
    let mut again = 0;
    loop {
        let before = walk.found.len();
        let todo = walk.todo.len();
        let (of_old, of_new) = walk.go().map_err(wrong)?;
        if walk.todo.is_empty() {
            break;
        }
        // A proof has the nodes on the way to its keys: a walk that comes no further has been given another one.
        let stands = walk.found.len() == before && walk.todo.len() == todo;
        again = if stands { again + 1 } else { 0 };
        if again > 70 {
            return Err(ArchiveError::WrongProof(new.number));
        }
        futures::try_join!(
            learn(source, proven, of_old, old),
            learn(source, proven, of_new, Some(new))
        )?;
    }
    values(source, proven, walk.found, new).await
}

/// The values of the keys that were found; those that are not in the nodes themselves are proven, too.
async fn values(
    source: &impl Source,
    proven: &Proven,
    found: BTreeMap<Vec<u8>, (Held, Held)>,
    new: &Block,
) -> Result<Vec<Change>, ArchiveError> {
    for _ in 0..3 {
        let missing = found.iter().filter(|(_, (_, held))| match held {
            Held::Hash(hash) => proven.get(hash).is_none(),
            _ => false,
        });
        let missing: Vec<Vec<u8>> = missing.map(|(key, _)| key.clone()).collect();
        learn(source, proven, missing, Some(new)).await?;
        let each = found.iter().map(|(key, (old, held))| {
            let value = match held {
                Held::Nothing => None,
                Held::Value(value) => Some(value.clone()),
                Held::Hash(hash) => Some(proven.get(hash)?.to_vec()),
            };
            Some(Change {
                key: key.clone(),
                existed: *old != Held::Nothing,
                value,
            })
        });
        if let Some(changes) = each.collect::<Option<Vec<_>>>() {
            return Ok(changes);
        }
    }
    Err(ArchiveError::WrongProof(new.number))
}

/// The values of keys at a block, proven, in the order of the keys.
///
/// # Errors
/// As [`changes`].
pub async fn read<const N: usize>(
    source: &impl Source,
    proven: &Proven,
    keys: [Vec<u8>; N],
    at: &Block,
) -> Result<[Option<Vec<u8>>; N], ArchiveError> {
    let wrong = || ArchiveError::WrongProof(at.number);
    learn(source, proven, keys.to_vec(), Some(at)).await?;
    let mut values = [const { None }; N];
    for (value, key) in values.iter_mut().zip(&keys) {
        *value = look_up(proven, key, at.state_root)
            .map_err(|_| wrong())?
            .ok_or_else(wrong)?;
    }
    Ok(values)
}

/// The value of a key in a tree; `None` where a node on the way is not known.
fn look_up(proven: &Proven, key: &[u8], root: Hash) -> Result<Option<Option<Vec<u8>>>, Malformed> {
    let path = trie::halves(key);
    let mut rest = path.as_slice();
    let mut place = Place::of_root(Some(root));
    loop {
        let Some(open) = place.open(proven)? else {
            return Ok(None);
        };
        let Some(after) = rest
            .strip_prefix(open.ahead())
            .filter(|_| !matches!(open, Place::Nothing))
        else {
            return Ok(Some(None));
        };
        let Some((next, after)) = after.split_first() else {
            return Ok(match open.held() {
                Held::Nothing => Some(None),
                Held::Value(value) => Some(Some(value)),
                Held::Hash(hash) => proven.get(&hash).map(|value| Some(value.to_vec())),
            });
        };
        place = open.below(*next);
        rest = after;
    }
}
