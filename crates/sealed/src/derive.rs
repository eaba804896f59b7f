//! The tree of keys of a channel (HKDF-SHA256, RFC 5869): pair, agreement, terms or month, document. Nobody climbs it upwards.

use crate::{blake2b, prove::Blinding, secret::secrets, Digest, OperatorId};
use alloc::vec::Vec;
use curve25519_dalek::scalar::Scalar;
use hkdf::Hkdf;
use interclear_record::record;
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

/// Labels, one for each use.
mod tag {
    pub const PAIR: u8 = 0x00;
    pub const AGREEMENT: u8 = 0x01;
    pub const TERMS: u8 = 0x02;
    pub const MONTH: u8 = 0x03;
    pub const DOCUMENT: u8 = 0x04;
    pub const BLINDING: u8 = 0x05;
    pub const SALT: u8 = 0x06;
    pub const FILE_TAG: u8 = 0x07;
    pub const CONFIRM: u8 = 0x08;
    pub const ASSOCIATED: u8 = 0x09;
    pub const BOX: u8 = 0x0a;
    pub const RESENT: u8 = 0x0b;
    pub const INVENTORY: u8 = 0x0c;
}

/// The chain, by the hash of its first block: what is derived on one means nothing on another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Network(pub Digest);

impl Network {
    fn label(&self, tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let mut label = Vec::from(&b"interclear/sealed/v1"[..]);
        label.extend(self.0);
        label.push(tag);
        label.extend(parts.concat());
        label
    }

    /// What is authenticated with a document.
    pub(crate) fn associated(&self, suite: u8, epoch: u32, kind: Kind, digest: &Digest) -> Vec<u8> {
        self.label(
            tag::ASSOCIATED,
            &[&[suite], &epoch.to_le_bytes(), &[kind.number()], digest],
        )
    }

    /// What is authenticated with the box of an offer or an acceptance, or of a secret that is sent again.
    pub(crate) fn boxed(&self, resent: bool, numbers: &[u32]) -> Vec<u8> {
        let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let tag = match resent {
            true => tag::RESENT,
            false => tag::BOX,
        };
        self.label(tag, &[&numbers])
    }
}

/// The kinds of documents.
#[record(Copy, Ord, snake_case)]
pub enum Kind {
    /// The terms of an agreement.
    #[codec(index = 1)]
    Terms,
    /// The details of a file.
    #[codec(index = 2)]
    File,
    /// The statement of a month.
    #[codec(index = 3)]
    Statement,
    /// A usage report.
    #[codec(index = 4)]
    Report,
    /// A comparison of usage reports.
    #[codec(index = 5)]
    Comparison,
    /// An obligation that both have agreed.
    #[codec(index = 6)]
    Obligation,
    /// What a party says of lines that it disputes.
    #[codec(index = 7)]
    Dispute,
    /// What arbitrators decide.
    #[codec(index = 8)]
    Ruling,
}

impl Kind {
    /// Its number, in derivations.
    pub const fn number(self) -> u8 {
        match self {
            Self::Terms => 1,
            Self::File => 2,
            Self::Statement => 3,
            Self::Report => 4,
            Self::Comparison => 5,
            Self::Obligation => 6,
            Self::Dispute => 7,
            Self::Ruling => 8,
        }
    }
}

/// Two operators with a channel between them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Pair {
    lo: OperatorId,
    hi: OperatorId,
}

/// A side of a pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Side {
    /// The operator with the lesser id.
    Lo,
    /// The other one.
    Hi,
}

impl Pair {
    /// The pair of two operators, in either order; `None` if they are one.
    pub fn of(one: OperatorId, other: OperatorId) -> Option<Self> {
        (one != other).then(|| Self {
            lo: one.min(other),
            hi: one.max(other),
        })
    }

    /// The operators, the lesser id first.
    pub const fn operators(&self) -> (OperatorId, OperatorId) {
        (self.lo, self.hi)
    }

    /// The side of an operator.
    pub fn side_of(&self, operator: OperatorId) -> Option<Side> {
        match operator {
            _ if operator == self.lo => Some(Side::Lo),
            _ if operator == self.hi => Some(Side::Hi),
            _ => None,
        }
    }
}

secrets! {
    /// What one side puts into an epoch of a channel.
    Contribution;
    /// The key of an epoch of a channel: the root of the tree.
    PairKey;
    /// The key of an agreement in an epoch.
    AgreementKey;
    /// A view key: it opens the terms of an agreement, or one month of it, and nothing else.
    ViewKey;
    /// The key of one document.
    DocumentKey;
    /// The key of the tags of a month's files.
    FileTagKey;
    /// The key of the tags by which a blind relation of inventories is matched.
    InventoryTagKey;
}

fn expand<const N: usize>(key: &[u8; 32], info: &[u8]) -> Zeroizing<[u8; N]> {
    let mut derived = Zeroizing::new([0; N]);
    let made = Hkdf::<Sha256>::from_prk(key).map(|key| key.expand(info, derived.as_mut()));
    debug_assert!(
        matches!(made, Ok(Ok(()))),
        "a key of 32 octets expands to fewer than 8,160"
    );
    derived
}

impl PairKey {
    /// The key of an epoch, from what both sides have put into it.
    pub fn new(network: &Network, pair: Pair, epoch: u32, lo: &Contribution, hi: &Contribution) -> Self {
        let salt = network.label(
            tag::PAIR,
            &[
                &pair.lo.to_le_bytes(),
                &pair.hi.to_le_bytes(),
                &epoch.to_le_bytes(),
            ],
        );
        let mut both = Zeroizing::new([0; 64]);
        let (first, second) = both.split_at_mut(32);
        first.copy_from_slice(&lo.0);
        second.copy_from_slice(&hi.0);
        let (mut key, _) = Hkdf::<Sha256>::extract(Some(&salt), both.as_ref());
        let pair_key = Self(key.into());
        key.zeroize();
        pair_key
    }

    /// The key of an agreement.
    pub fn agreement(&self, network: &Network, agreement: u32) -> AgreementKey {
        let info = network.label(tag::AGREEMENT, &[&agreement.to_le_bytes()]);
        AgreementKey(*expand(&self.0, &info))
    }

    /// The key of the tags that stand for values in the inventories of a blind relation: who buys, who sells, and the class of products.
    /// Equal values of two relations have different tags.
    pub fn inventory_tags(
        &self,
        network: &Network,
        buyer: OperatorId,
        seller: OperatorId,
        class: &[u8],
    ) -> InventoryTagKey {
        let parts: [&[u8]; 3] = [&buyer.to_le_bytes(), &seller.to_le_bytes(), class];
        InventoryTagKey(*expand(&self.0, &network.label(tag::INVENTORY, &parts)))
    }

    /// What the accepting side shows, so that the offering side sees that both have the same key; and by which a key that is sent
    /// again is known.
    pub fn confirm(&self, network: &Network, side: Side) -> Digest {
        let side = match side {
            Side::Lo => 0,
            Side::Hi => 1,
        };
        *expand(&self.0, &network.label(tag::CONFIRM, &[&[side]]))
    }
}

impl AgreementKey {
    /// The view key of the terms.
    pub fn terms(&self, network: &Network) -> ViewKey {
        ViewKey(*expand(&self.0, &network.label(tag::TERMS, &[])))
    }

    /// The view key of a month.
    pub fn month(&self, network: &Network, period: u32) -> ViewKey {
        let info = network.label(tag::MONTH, &[&period.to_le_bytes()]);
        ViewKey(*expand(&self.0, &info))
    }

    /// The view key that opens a kind of documents.
    pub fn view(&self, network: &Network, kind: Kind, period: u32) -> ViewKey {
        match kind {
            Kind::Terms => self.terms(network),
            _ => self.month(network, period),
        }
    }
}

impl ViewKey {
    /// The key of a document.
    pub fn document(&self, network: &Network, kind: Kind, digest: &Digest) -> DocumentKey {
        let info = network.label(tag::DOCUMENT, &[&[kind.number()], digest]);
        DocumentKey(*expand(&self.0, &info))
    }

    /// The blinding of the number at a place of a document. Other number, other digest, other blinding: none is used twice.
    pub fn blinding(&self, network: &Network, kind: Kind, digest: &Digest, place: u16) -> Blinding {
        let info = network.label(tag::BLINDING, &[&[kind.number()], digest, &place.to_le_bytes()]);
        let wide = expand::<64>(&self.0, &info);
        Blinding(Scalar::from_bytes_mod_order_wide(&wide))
    }

    /// The salt of a document: both sides that write the same payload get the same.
    pub fn salt(&self, network: &Network, kind: Kind, payload: &[u8]) -> [u8; 32] {
        let info = network.label(tag::SALT, &[&[kind.number()], &blake2b(&[payload])]);
        *expand(&self.0, &info)
    }

    /// The key of the tags of the month's files.
    pub fn file_tags(&self, network: &Network) -> FileTagKey {
        FileTagKey(*expand(&self.0, &network.label(tag::FILE_TAG, &[])))
    }
}

impl InventoryTagKey {
    /// The tag of a value: the first 16 octets of HMAC-SHA256 of it and an octet 1, which is how HKDF expands.
    pub fn tag(&self, value: &[u8]) -> [u8; 16] {
        *expand(&self.0, value)
    }
}

impl FileTagKey {
    /// The tag of a file: its content cannot be guessed from it.
    pub fn tag(&self, content: &[u8]) -> Digest {
        let mut tag = [0; 32];
        let mut state = blake2b_simd::Params::new()
            .hash_length(32)
            .key(&self.0)
            .to_state();
        tag.copy_from_slice(state.update(content).finalize().as_bytes());
        tag
    }
}
