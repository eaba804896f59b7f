//! What is to be done until all matches: each record that does not match, with its cause: off the chain, for people to look at.

use crate::{
    causes::{alone, causes, stake_alone, Cause},
    engine::{class, Class},
    field::FieldSet,
    likely::{likely, Likely},
    record::{Record, Side},
    store::{Memory, Store},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The score from which a likely pair is proposed, in thousandths.
pub const WORTH_PROPOSING: u32 = 500;

/// How records stand that do not match.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs, reason = "each is the class of its name")]
pub enum Stands {
    Partial,
    Mismatch,
    OnlyAtBuyer,
    OnlyAtSeller,
    /// One at each side, which nearly agree.
    OnlyAtEach,
    Ambiguous,
}

impl fmt::Display for Stands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Partial => "partial",
            Self::Mismatch => "mismatch",
            Self::OnlyAtBuyer => "only at the buyer",
            Self::OnlyAtSeller => "only at the seller",
            Self::OnlyAtEach => "only at each side",
            Self::Ambiguous => "ambiguous",
        })
    }
}

/// Something to be done: one cause of one pair, or of one record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// How it stands.
    pub stands: Stands,
    /// The buyer's record, if there is one.
    pub buyer: Option<Record>,
    /// The seller's record, if there is one.
    pub seller: Option<Record>,
    /// Why it does not match.
    pub cause: Cause,
    /// The compared fields that differ.
    pub fields: FieldSet,
    /// What depends on it in a month of 30 days, in 10^-6 of the currency.
    pub stake: u64,
    /// How likely it is that the two belong together, in thousandths, where no key says so.
    pub likely: Option<u32>,
}

impl Item {
    /// The currency of the stake: that of the seller's record, or else of the buyer's.
    pub fn currency(&self) -> [u8; 3] {
        self.seller
            .or(self.buyer)
            .map_or([0; 3], |record| record.currency)
    }

    /// A side's record.
    pub fn record(&self, side: Side) -> Option<&Record> {
        match side {
            Side::Buyer => self.buyer.as_ref(),
            Side::Seller => self.seller.as_ref(),
        }
    }
}

/// All that does not match, by what depends on it.
pub fn worklist(store: &Memory) -> Vec<Item> {
    let mut items = Vec::new();
    let mut only: [Vec<Record>; 2] = Default::default();
    for (side, id, record) in store.records() {
        let pair = |stands, with, differs: FieldSet, items: &mut Vec<Item>| {
            let Some(seller) = store.record(Side::Seller, with) else {
                return;
            };
            items.extend(causes(record, &seller, differs).into_iter().map(|found| Item {
                stands,
                buyer: Some(*record),
                seller: Some(seller),
                cause: found.cause,
                fields: found.fields,
                stake: found.stake,
                likely: None,
            }));
        };
        match (class(store, side, id), side) {
            (Some(Class::Partial { with, differs }), Side::Buyer) => {
                pair(Stands::Partial, with, differs, &mut items);
            }
            (Some(Class::Mismatch { with, differs }), Side::Buyer) => {
                pair(Stands::Mismatch, with, differs, &mut items);
            }
            (Some(Class::Ambiguous { .. }), _) => {
                items.push(single(Stands::Ambiguous, side, record, Cause::Duplicate));
            }
            (Some(Class::Only { .. }), Side::Buyer) => only[0].push(*record),
            (Some(Class::Only { .. }), Side::Seller) => only[1].push(*record),
            _ => {}
        }
    }
    let [buyers, sellers] = only;
    let joined = joined(&buyers, &sellers);
    for (place, record) in buyers.iter().enumerate() {
        items.push(
            match joined
                .get(&place)
                .and_then(|pair| Some((pair, sellers.get(pair.seller)?)))
            {
                Some((pair, seller)) => Item {
                    stands: Stands::OnlyAtEach,
                    seller: Some(*seller),
                    stake: stake_alone(record).max(stake_alone(seller)),
                    likely: Some(pair.score),
                    ..single(Stands::OnlyAtEach, Side::Buyer, record, Cause::LikelyTypo)
                },
                None => single(Stands::OnlyAtBuyer, Side::Buyer, record, alone(Side::Buyer)),
            },
        );
    }
    let paired: BTreeSet<usize> = joined.values().map(|pair| pair.seller).collect();
    for (place, record) in sellers.iter().enumerate() {
        if !paired.contains(&place) {
            items.push(single(
                Stands::OnlyAtSeller,
                Side::Seller,
                record,
                alone(Side::Seller),
            ));
        }
    }
    items.sort_by_key(|item| Reverse(item.stake));
    items
}

fn single(stands: Stands, side: Side, record: &Record, cause: Cause) -> Item {
    let of = |at: Side| (at == side).then_some(*record);
    Item {
        stands,
        buyer: of(Side::Buyer),
        seller: of(Side::Seller),
        cause,
        fields: FieldSet::NONE,
        stake: stake_alone(record),
        likely: None,
    }
}

/// Pairs that are likely to belong together, the likeliest first, each record in one of them.
fn joined(buyers: &[Record], sellers: &[Record]) -> BTreeMap<usize, Likely> {
    let mut all: Vec<Likely> = likely(buyers, sellers, 3).into_iter().flatten().collect();
    all.retain(|pair| pair.score >= WORTH_PROPOSING);
    all.sort_by_key(|pair| (Reverse(pair.score), pair.buyer, pair.seller));
    let mut taken = BTreeSet::new();
    let mut joined = BTreeMap::new();
    for pair in all {
        if !joined.contains_key(&pair.buyer) && taken.insert(pair.seller) {
            joined.insert(pair.buyer, pair);
        }
    }
    joined
}
