//! Channels: offered, accepted, learned from blocks and sent again. Secrets stay here; only boxes go to a node.

use crate::{
    calls,
    chain::{Call, Chain, ChainError},
    vault::{derivation_pair, Vault},
};
use codec::{Compact, Encode};
use interclear_primitives::{
    channel::{
        digest_of_boxes, newest_usable, Channel, Epoch, Pair, Said, SealedBox, SealingKey, Suite, SuiteStatus,
    },
    ids::OperatorId,
    inventory::Relation,
    Moment,
};
use interclear_sealed::{
    channel::{contribute, KeyVersion, Message, Recipient, Resent, SealingKeypair},
    derive::{Contribution, InventoryTagKey, Network, PairKey, Side},
};
use rand::rngs::OsRng;

/// Why a channel cannot be offered, accepted or read.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// The chain was not asked, or has answered something else.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The vault is of another chain or operator.
    #[error("the vault {0} is of another operator, or of another chain")]
    OtherVault(String),
    /// An operator has no channel with itself.
    #[error("an operator has no channel with itself")]
    SameOperator,
    /// There is no suite of which both have a usable key.
    #[error("there is no suite of which both operators have a key that is usable now: `interclear key sealing list` lists them")]
    NoCommonSuite,
    /// The own key is not in the vault.
    #[error("version {0} of your sealing key is not in the vault")]
    KeyMissing(u32),
    /// Nothing is offered.
    #[error("operator {0} offers no epoch of a channel")]
    NothingOffered(OperatorId),
    /// There is no such epoch.
    #[error("there is no epoch {1} of the channel with operator {0}, or it was never accepted")]
    NoEpoch(OperatorId, u32),
    /// The key of an epoch is not in the vault.
    #[error(
        "the key of epoch {1} of the channel with operator {0} is not in the vault: `interclear channel list --vault VAULT` learns it"
    )]
    NotInVault(OperatorId, u32),
    /// The boxes are not in the block.
    #[error("the boxes are not in block {0} of this node: ask one that keeps all blocks")]
    NotInBlock(u32),
    /// What is in the block does not open.
    #[error(
        "the box for you does not open: operator {0} has sealed it wrongly; have it offer the channel again"
    )]
    NotOpened(OperatorId),
}

/// What an operator shares with another one.
pub struct Desk<'a> {
    chain: &'a Chain,
    me: OperatorId,
}

/// What has become of an epoch that was looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Learned {
    /// Its key is in the vault.
    Known,
    /// Its key was learned now.
    New,
    /// Both sides have not come to the same key: it is to be closed.
    Differs,
    /// The boxes are sealed to a key that is not in the vault, and it was not sent again.
    KeyMissing,
    /// The boxes are not in the node's blocks.
    NotInBlock,
    /// The box does not open.
    NotOpened,
}

impl<'a> Desk<'a> {
    /// The channels of an operator, whose vault this is.
    ///
    /// # Errors
    /// The vault is of another operator or chain.
    pub fn new(chain: &'a Chain, me: OperatorId, vault: &Vault) -> Result<Self, ChannelError> {
        match vault.owner() == (&chain.genesis().0, me) {
            true => Ok(Self { chain, me }),
            false => Err(ChannelError::OtherVault(
                crate::text::path(vault.path()).to_string(),
            )),
        }
    }

    fn network(&self) -> Network {
        Network(self.chain.genesis().0)
    }

    fn pair(&self, partner: OperatorId) -> Result<Pair, ChannelError> {
        Pair::of(self.me, partner).ok_or(ChannelError::SameOperator)
    }

    fn side(&self, pair: &Pair) -> Side {
        match self.me == pair.lo {
            true => Side::Lo,
            false => Side::Hi,
        }
    }

    /// All channels of the operator.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn all(&self) -> Result<Vec<(OperatorId, Channel)>, ChainError> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self.chain.channels(self.me, after).await?;
            let Some((last, _)) = page.last() else {
                return Ok(all);
            };
            after = Some(*last);
            all.extend(page);
        }
    }

    async fn channel(&self, partner: OperatorId) -> Result<Channel, ChainError> {
        let all = self.all().await?;
        let found = all.into_iter().find(|(other, _)| *other == partner);
        Ok(found.map(|(_, channel)| channel).unwrap_or_default())
    }

    /// The call that offers a partner the next epoch, and its number.
    ///
    /// # Errors
    /// The two have no suite in common, or the own key is not in the vault.
    pub async fn offer(&self, vault: &Vault, partner: OperatorId) -> Result<(Call, u32), ChannelError> {
        self.pair(partner)?;
        let own = self.chain.sealing_keys(self.me).await?;
        let theirs = self.chain.sealing_keys(partner).await?;
        let (suites, now) = (self.chain.suites().await?, self.chain.time().await?);
        let (own, theirs) = common(&own, &theirs, &suites, now).ok_or(ChannelError::NoCommonSuite)?;
        let version = own.state.version;
        if vault.key_of(&own.key).is_none() {
            // It could never be read.
            return Err(ChannelError::KeyMissing(version));
        }
        let epoch = self.channel(partner).await?.last.saturating_add(1);
        let message = Message {
            network: self.network(),
            suite: own.state.suite,
            epoch,
            from: key_version(self.me, own),
            to: key_version(partner, theirs),
        };
        let boxes = self.boxes(
            &message,
            [&theirs.key, &own.key],
            &contribute(&mut OsRng),
            partner,
        )?;
        let versions = [version, theirs.state.version];
        let call = calls::offer_channel(partner, epoch, message.suite, versions, &boxes);
        Ok((call, epoch))
    }

    fn boxes(
        &self,
        message: &Message,
        [theirs, own]: [&[u8]; 2],
        contribution: &Contribution,
        partner: OperatorId,
    ) -> Result<[SealedBox; 2], ChannelError> {
        let seal = |recipient, public: &[u8]| {
            let sealed = message.seal(recipient, public, contribution);
            let sealed = sealed.map_err(|_| ChannelError::NotOpened(partner))?;
            SealedBox::try_from(sealed).map_err(|_| ChannelError::NotOpened(partner))
        };
        Ok([seal(Recipient::Partner, theirs)?, seal(Recipient::Oneself, own)?])
    }

    /// The call that accepts what a partner offers, the number of the epoch, and its key, which is to be kept when the call has landed.
    ///
    /// # Errors
    /// Nothing is offered, or the box does not open.
    pub async fn accept(&self, vault: &Vault, partner: OperatorId) -> Result<(Call, u32), ChannelError> {
        let pair = self.pair(partner)?;
        let channel = self.channel(partner).await?;
        let offered = *channel.offers.of(&pair, partner);
        let number = offered.ok_or(ChannelError::NothingOffered(partner))?;
        let epoch = self.epoch(pair, number).await?;
        let epoch = epoch.ok_or(ChannelError::NothingOffered(partner))?;
        let offer = self.message(&pair, &epoch, number, partner, self.me);
        let own = self.chain.sealing_keys(self.me).await?;
        let (mine, public) = self.own_key(vault, &own, &pair, &epoch)?;
        let [to_me, _] = self.boxes_of(&epoch, epoch.offered).await?;
        let theirs = offer
            .open(Recipient::Partner, &mine, &to_me)
            .map_err(|_| ChannelError::NotOpened(partner))?;
        let contribution = contribute(&mut OsRng);
        let answer = self.message(&pair, &epoch, number, self.me, partner);
        let their_keys = self.chain.sealing_keys(partner).await?;
        let version = *epoch.versions.of(&pair, partner);
        let their_key = their_keys.iter().find(|key| key.state.version == version);
        let their_key = their_key.ok_or(ChannelError::NoCommonSuite)?;
        let boxes = self.boxes(&answer, [&their_key.key, &public], &contribution, partner)?;
        let key = self.key(&pair, number, &contribution, &theirs)?;
        let confirm = key.confirm(&self.network(), self.side(&pair));
        Ok((calls::accept_channel(partner, number, &boxes, confirm), number))
    }

    /// The call that sends a partner the key of an epoch again, sealed to its newest usable key.
    ///
    /// # Errors
    /// The key is not in the vault, or the partner has no usable key.
    pub async fn resend(
        &self,
        vault: &Vault,
        partner: OperatorId,
        number: u32,
    ) -> Result<Call, ChannelError> {
        self.pair(partner)?;
        let key = vault.epoch(partner, number);
        let key = key.ok_or(ChannelError::NoEpoch(partner, number))?;
        let (keys, now) = (self.chain.sealing_keys(partner).await?, self.chain.time().await?);
        let to = newest_usable(&keys, None, now).ok_or(ChannelError::NoCommonSuite)?;
        let resent = self.resent(to.state.suite, number, self.me, key_version(partner, to));
        let sealed = resent.seal(&to.key, &key);
        let sealed = sealed.map_err(|_| ChannelError::NotOpened(partner))?;
        let sealed = SealedBox::try_from(sealed).map_err(|_| ChannelError::NotOpened(partner))?;
        Ok(calls::resend_channel(partner, number, to.state.version, &sealed))
    }

    /// The key of the tags of a blind relation, by the epoch that its profile names.
    ///
    /// # Errors
    /// The key of the epoch is not in the vault.
    pub fn inventory_tags(
        &self,
        vault: &Vault,
        relation: &Relation,
        epoch: u32,
    ) -> Result<InventoryTagKey, ChannelError> {
        let Relation { buyer, seller, class } = relation;
        let partner = if self.me == *buyer { *seller } else { *buyer };
        let key = vault.epoch(partner, epoch);
        let key = key.ok_or(ChannelError::NotInVault(partner, epoch))?;
        Ok(key.inventory_tags(&self.network(), buyer.0, seller.0, class.as_bytes()))
    }

    /// The newest epoch of the channel with a partner that both have agreed and neither has closed.
    ///
    /// # Errors
    /// The connection broke; `None` where they have none.
    pub async fn newest(
        chain: &Chain,
        me: OperatorId,
        partner: OperatorId,
    ) -> Result<Option<u32>, ChannelError> {
        let pair = Pair::of(me, partner).ok_or(ChannelError::SameOperator)?;
        let epochs = chain.epochs(pair).await?;
        let open = epochs.into_iter().filter(|(_, epoch)| epoch.is_open());
        Ok(open.map(|(number, _)| number).max())
    }

    fn resent(&self, suite: Suite, epoch: u32, from: OperatorId, to: KeyVersion) -> Resent {
        Resent {
            network: self.network(),
            suite,
            epoch,
            from: from.0,
            to,
        }
    }

    /// Learns the keys of all agreed epochs of the channel with a partner that the vault does not hold, from blocks and sealing
    /// keys; the vault is to be saved then. So channels are restored, too.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn learn(
        &self,
        vault: &mut Vault,
        partner: OperatorId,
    ) -> Result<Vec<(u32, Epoch, Learned)>, ChannelError> {
        let pair = self.pair(partner)?;
        let own = self.chain.sealing_keys(self.me).await?;
        let mut told = Vec::new();
        for (number, epoch) in self.chain.epochs(pair).await? {
            if epoch.accepted.is_none() {
                continue;
            }
            let learned = match vault.epoch(partner, number) {
                Some(key) if self.agrees(&pair, &epoch, &key) => Learned::Known,
                _ => match self
                    .learn_one((vault, &own), &pair, partner, number, &epoch)
                    .await
                {
                    Ok(Some(key)) if self.agrees(&pair, &epoch, &key) => {
                        let version = *epoch.versions.of(&pair, self.me);
                        vault.keep_epoch(partner, number, version, &key);
                        Learned::New
                    }
                    Ok(Some(_)) => Learned::Differs,
                    Ok(None) | Err(ChannelError::KeyMissing(_)) => Learned::KeyMissing,
                    Err(ChannelError::NotInBlock(_)) => Learned::NotInBlock,
                    Err(ChannelError::NotOpened(_)) => Learned::NotOpened,
                    Err(other) => return Err(other),
                },
            };
            told.push((number, epoch, learned));
        }
        Ok(told)
    }

    /// Whether a key is the one that the accepting side has confirmed.
    fn agrees(&self, pair: &Pair, epoch: &Epoch, key: &PairKey) -> bool {
        let accepted_by = match epoch.from == pair.lo {
            true => Side::Hi,
            false => Side::Lo,
        };
        epoch.confirm == Some(key.confirm(&self.network(), accepted_by))
    }

    async fn learn_one(
        &self,
        (vault, own): (&Vault, &[SealingKey]),
        pair: &Pair,
        partner: OperatorId,
        number: u32,
        epoch: &Epoch,
    ) -> Result<Option<PairKey>, ChannelError> {
        let opened = self
            .key_in_boxes((vault, own), pair, partner, number, epoch)
            .await;
        let Some(resent) = epoch.resent.of(pair, self.me) else {
            return opened.map(Some);
        };
        match opened {
            Ok(key) if self.agrees(pair, epoch, &key) => return Ok(Some(key)),
            Err(ChannelError::Chain(error)) => return Err(error.into()),
            _ => {}
        }
        let to = own.iter().find(|key| key.state.version == resent.version);
        let Some((to, mine)) = to.and_then(|key| Some((key, vault.key_of(&key.key)?))) else {
            return Ok(None);
        };
        let boxes = self.boxes_in(resent.said, to.state.suite, 1).await?;
        let sealed = boxes.first().ok_or(ChannelError::NotInBlock(resent.said.block))?;
        let message = self.resent(to.state.suite, number, partner, key_version(self.me, to));
        let key = message.open(&mine, sealed);
        key.map(Some).map_err(|_| ChannelError::NotOpened(partner))
    }

    async fn key_in_boxes(
        &self,
        (vault, own): (&Vault, &[SealingKey]),
        pair: &Pair,
        partner: OperatorId,
        number: u32,
        epoch: &Epoch,
    ) -> Result<PairKey, ChannelError> {
        let (mine, _) = self.own_key(vault, own, pair, epoch)?;
        let accepted = epoch.accepted.ok_or(ChannelError::NoEpoch(partner, number))?;
        let [offered_to, offered_by] = self.boxes_of(epoch, epoch.offered).await?;
        let [accepted_to, accepted_by] = self.boxes_of(epoch, accepted).await?;
        let by_me = epoch.from == self.me;
        let accepting = if by_me { partner } else { self.me };
        let offer = self.message(pair, epoch, number, epoch.from, accepting);
        let answer = self.message(pair, epoch, number, accepting, epoch.from);
        let open = |message: &Message, recipient, sealed: &SealedBox| {
            let opened = message.open(recipient, &mine, sealed);
            opened.map_err(|_| ChannelError::NotOpened(partner))
        };
        let (own, theirs) = match by_me {
            true => (
                open(&offer, Recipient::Oneself, &offered_by)?,
                open(&answer, Recipient::Partner, &accepted_to)?,
            ),
            false => (
                open(&answer, Recipient::Oneself, &accepted_by)?,
                open(&offer, Recipient::Partner, &offered_to)?,
            ),
        };
        self.key(pair, number, &own, &theirs)
    }

    fn key(
        &self,
        pair: &Pair,
        number: u32,
        own: &Contribution,
        theirs: &Contribution,
    ) -> Result<PairKey, ChannelError> {
        let (lo, hi) = match self.side(pair) {
            Side::Lo => (own, theirs),
            Side::Hi => (theirs, own),
        };
        let pair = derivation_pair(pair).ok_or(ChannelError::SameOperator)?;
        Ok(PairKey::new(&self.network(), pair, number, lo, hi))
    }

    fn message(&self, pair: &Pair, epoch: &Epoch, number: u32, from: OperatorId, to: OperatorId) -> Message {
        let version = |operator: OperatorId| KeyVersion {
            operator: operator.0,
            version: *epoch.versions.of(pair, operator),
        };
        Message {
            network: self.network(),
            suite: epoch.suite,
            epoch: number,
            from: version(from),
            to: version(to),
        }
    }

    async fn epoch(&self, pair: Pair, number: u32) -> Result<Option<Epoch>, ChainError> {
        let epochs = self.chain.epochs(pair).await?;
        Ok(epochs
            .into_iter()
            .find(|(other, _)| *other == number)
            .map(|(_, epoch)| epoch))
    }

    /// The own key to which the boxes of an epoch are sealed, and its public half.
    fn own_key(
        &self,
        vault: &Vault,
        own: &[SealingKey],
        pair: &Pair,
        epoch: &Epoch,
    ) -> Result<(SealingKeypair, Vec<u8>), ChannelError> {
        let version = *epoch.versions.of(pair, self.me);
        let key = own.iter().find(|key| key.state.version == version);
        let found = key.and_then(|key| Some((vault.key_of(&key.key)?, key.key.to_vec())));
        found.ok_or(ChannelError::KeyMissing(version))
    }

    async fn boxes_of(&self, epoch: &Epoch, said: Said) -> Result<[SealedBox; 2], ChannelError> {
        let boxes = self.boxes_in(said, epoch.suite, 2).await?;
        boxes.try_into().map_err(|_| ChannelError::NotInBlock(said.block))
    }

    /// Boxes from the body of a block.
    async fn boxes_in(&self, said: Said, suite: Suite, count: usize) -> Result<Vec<SealedBox>, ChannelError> {
        let calls = self.chain.transactions_in(said.block).await?;
        let missing = || ChannelError::NotInBlock(said.block);
        let calls = calls.ok_or_else(missing)?;
        let found = calls
            .iter()
            .find_map(|call| find_boxes(call, &said, suite, count));
        found.ok_or_else(missing)
    }
}

fn key_version(operator: OperatorId, key: &SealingKey) -> KeyVersion {
    KeyVersion {
        operator: operator.0,
        version: key.state.version,
    }
}

/// The newest usable keys of both of the strongest suite of which both have one, and that is not being retired.
fn common<'k>(
    own: &'k [SealingKey],
    theirs: &'k [SealingKey],
    suites: &[(Suite, SuiteStatus)],
    now: Moment,
) -> Option<(&'k SealingKey, &'k SealingKey)> {
    Suite::ALL
        .into_iter()
        .filter(|suite| suites.contains(&(*suite, SuiteStatus::Active)))
        .find_map(|suite| {
            Some((
                newest_usable(own, Some(suite), now)?,
                newest_usable(theirs, Some(suite), now)?,
            ))
        })
}

/// Boxes in the octets of a transaction, wherever they are: the call may be in a batch. Their digest, which is on the chain, says which.
fn find_boxes(transaction: &[u8], said: &Said, suite: Suite, count: usize) -> Option<Vec<SealedBox>> {
    let length = suite.sealed_key();
    let prefix = Compact(u32::try_from(length).ok()?).encode();
    let each = prefix.len().checked_add(length)?;
    transaction.windows(each.checked_mul(count)?).find_map(|window| {
        let boxes: Option<Vec<SealedBox>> = window
            .chunks(each)
            .map(|one| SealedBox::try_from(one.strip_prefix(prefix.as_slice())?.to_vec()).ok())
            .collect();
        let boxes = boxes?;
        let named: Vec<&SealedBox> = boxes.iter().collect();
        (digest_of_boxes(&named) == said.boxes).then_some(boxes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::channel::{KeyState, PublicKey};

    #[test]
    fn boxes_should_be_found_when_their_call_is_in_a_batch() {
        let sealed = |octet| SealedBox::truncate_from(vec![octet; Suite::XWing.sealed_key()]);
        let (one, other) = (sealed(1), sealed(2));
        let said = Said {
            block: 1,
            at: 1,
            boxes: digest_of_boxes(&[&one, &other]),
        };
        let call = [vec![9; 77], one.encode(), other.encode(), vec![7; 33]].concat();
        let found = find_boxes(&call, &said, Suite::XWing, 2);
        assert_eq!(found, Some(vec![one.clone(), other.clone()]));
        assert_eq!(find_boxes(&call, &said, Suite::X25519, 2), None);
        assert_eq!(
            find_boxes(&[one.encode(), one.encode()].concat(), &said, Suite::XWing, 2),
            None
        );
        assert_eq!(find_boxes(&[], &said, Suite::XWing, 2), None);
    }

    #[test]
    fn the_strongest_suite_should_be_chosen_when_both_have_keys_of_it() {
        let key = |version, suite, usable_from, revoked_at| SealingKey {
            state: KeyState {
                version,
                suite,
                set_at: 0,
                usable_from,
                revoked_at,
            },
            key: PublicKey::default(),
        };
        let both = [key(1, Suite::X25519, 0, None), key(2, Suite::XWing, 0, None)];
        let old = [key(1, Suite::X25519, 0, None), key(2, Suite::X25519, 50, None)];
        let revoked = [
            key(1, Suite::X25519, 0, Some(7)),
            key(2, Suite::XWing, 0, Some(7)),
        ];
        let active = Suite::ALL.map(|suite| (suite, SuiteStatus::Active));
        let versions = |own: &[SealingKey], theirs: &[SealingKey], suites: &[_], now| {
            common(own, theirs, suites, now).map(|(own, theirs)| (own.state.version, theirs.state.version))
        };
        assert_eq!(versions(&both, &both, &active, 10), Some((2, 2)));
        assert_eq!(versions(&both, &old, &active, 10), Some((1, 1)));
        assert_eq!(versions(&both, &old, &active, 50), Some((1, 2)));
        assert_eq!(versions(&both, &revoked, &active, 10), None);
        let without = [(Suite::XWing, SuiteStatus::Retired), active[1]];
        assert_eq!(versions(&both, &both, &without, 10), Some((1, 1)));
    }
}
