//! Pairs that are likely to belong together though no key says so: off the chain, for people to look at.
//!
//! A pair is found by an id or order number that is the same or one edit apart (a letter or digit that differs, is missing, is too
//! many, or has changed places with its neighbour), in whatever field either side keeps it, or by the same two ends and product. Its
//! score says how much of it agrees, in thousandths. Nothing is decided by it: a pair becomes a match when a side corrects its
//! record.

use crate::{field::Field, record::Record, text::Text};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

/// A pair that is likely to belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Likely {
    /// The place of the buyer's record among those that were given.
    pub buyer: usize,
    /// The place of the seller's record.
    pub seller: usize,
    /// How much agrees, in thousandths.
    pub score: u32,
    /// What does not agree, but nearly.
    pub hints: Vec<Hint>,
}

/// What nearly agrees.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hint {
    /// Both sides have the id or number, one edit apart.
    OneEdit(Field),
    /// What one side has in one field, the other one has in another one.
    Crossed {
        /// The buyer's field.
        buyer: Field,
        /// The seller's field.
        seller: Field,
    },
    /// The A end of one side is the Z end of the other, and the other way round.
    SwappedEnds,
}

/// The fields that name a service.
const NAMES: [Field; 3] = [Field::BuyerId, Field::SellerId, Field::Order];

// What agrees counts so much, in thousandths; all of it together is 1,000.
const NAME: u32 = 200;
const NEAR_NAME: u32 = 150;
const ENDS: u32 = 150;
const SWAPPED: u32 = 130;
const ONE_END: u32 = 60;
const PRODUCT: u32 = 50;
const BANDWIDTH: u32 = 70;
const PRICE: u32 = 70;
const NEAR_PRICE: u32 = 40;
const START: u32 = 60;
const NEAR_START: u32 = 30;

/// Prices are near within a fifth, days within a month.
const NEAR: (u64, u16) = (5, 31);

/// A key that more records have than this tells nothing.
const MOST_OF_A_KEY: usize = 256;

/// For each of the buyer's records, in their order, the most likely ones of the seller's, the best first: at most `most`. Give it
/// those that match nothing.
pub fn likely(buyer: &[Record], seller: &[Record], most: usize) -> Vec<Vec<Likely>> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, record) in seller.iter().enumerate() {
        for key in keys(record) {
            places.entry(key).or_default().push(place);
        }
    }
    buyer
        .iter()
        .enumerate()
        .map(|(of_buyer, one)| {
            let mut found: Vec<usize> = keys(one)
                .into_iter()
                .filter_map(|key| places.get(&key).filter(|places| places.len() <= MOST_OF_A_KEY))
                .flatten()
                .copied()
                .collect();
            found.sort_unstable();
            found.dedup();
            let mut pairs: Vec<Likely> = found
                .into_iter()
                .filter_map(|place| {
                    let (score, hints) = score(one, seller.get(place)?);
                    Some(Likely {
                        buyer: of_buyer,
                        seller: place,
                        score,
                        hints,
                    })
                })
                .collect();
            pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.seller));
            pairs.truncate(most);
            pairs
        })
        .collect()
}

fn name(record: &Record, field: Field) -> &str {
    match field {
        Field::BuyerId => record.buyer_id.as_str(),
        Field::SellerId => record.seller_id.as_str(),
        _ => record.order.as_str(),
    }
}

/// What two likely records have one of in common: each name without one of its letters (names that are one edit apart have one such
/// rest in common), and the ends with the product, whichever end is A.
fn keys(record: &Record) -> Vec<u64> {
    let hashed = |what: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        what(&mut hasher);
        hasher.finish()
    };
    let mut keys = Vec::new();
    for field in NAMES {
        let name = name(record, field);
        if name.is_empty() {
            continue;
        }
        keys.push(hashed(&|hasher| (0, name).hash(hasher)));
        for (place, letter) in name.char_indices() {
            let (before, rest) = name.split_at(place);
            let after = rest.get(letter.len_utf8()..).unwrap_or_default();
            keys.push(hashed(&|hasher| {
                (0, format!("{before}{after}")).hash(hasher);
            }));
        }
    }
    if !record.a_end.is_empty() && !record.z_end.is_empty() {
        let (a, z) = (record.a_end, record.z_end);
        keys.push(hashed(&|hasher| {
            (1, a.min(z), a.max(z), record.product).hash(hasher)
        }));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// How much of two records agrees, and what nearly does.
fn score(buyer: &Record, seller: &Record) -> (u32, Vec<Hint>) {
    let mut hints = Vec::new();
    let mut score = 0u32;
    let mut counts = |by: u32| score = score.saturating_add(by);
    for field in NAMES {
        let (one, other) = (name(buyer, field), name(seller, field));
        if one.is_empty() && other.is_empty() {
            continue;
        }
        if one == other {
            counts(NAME);
        } else if one_edit_apart(one, other) {
            counts(NEAR_NAME);
            hints.push(Hint::OneEdit(field));
        } else if let Some(crossed) = crossed(buyer, seller, field) {
            counts(NEAR_NAME);
            hints.push(crossed);
        }
    }
    let same = |x: &Text<20>, y: &Text<20>| !x.is_empty() && x == y;
    let ((a, z), (other_a, other_z)) = ((buyer.a_end, buyer.z_end), (seller.a_end, seller.z_end));
    if same(&a, &other_a) && same(&z, &other_z) {
        counts(ENDS);
    } else if same(&a, &other_z) && same(&z, &other_a) {
        counts(SWAPPED);
        hints.push(Hint::SwappedEnds);
    } else if same(&a, &other_a) || same(&z, &other_z) {
        counts(ONE_END);
    }
    if buyer.product == seller.product {
        counts(PRODUCT);
    }
    if buyer.bandwidth == seller.bandwidth {
        counts(BANDWIDTH);
    }
    let (price, other) = (buyer.recurring, seller.recurring);
    if buyer.currency == seller.currency {
        if price == other {
            counts(PRICE);
        } else if price.abs_diff(other) <= price.max(other).checked_div(NEAR.0).unwrap_or_default() {
            counts(NEAR_PRICE);
        }
    }
    match buyer.start.0.abs_diff(seller.start.0) {
        0 => counts(START),
        days if days <= NEAR.1 => counts(NEAR_START),
        _ => {}
    }
    (score, hints)
}

/// What the buyer has in `field` and the seller in another one that names the service.
fn crossed(buyer: &Record, seller: &Record, field: Field) -> Option<Hint> {
    let one = name(buyer, field);
    NAMES
        .into_iter()
        .filter(|other| *other != field)
        .find(|other| !one.is_empty() && one == name(seller, *other))
        .map(|other| Hint::Crossed {
            buyer: field,
            seller: other,
        })
}

/// Whether one text becomes the other by a letter that differs, is put in or taken out, or by two neighbours that change places.
/// Text that is empty is near to nothing.
fn one_edit_apart(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short.is_empty() || short == long {
        return false;
    }
    let common = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (
        short.get(common..).unwrap_or_default(),
        long.get(common..).unwrap_or_default(),
    );
    match long.len().saturating_sub(short.len()) {
        0 => match (short, long) {
            ([x, y, short @ ..], [v, w, long @ ..]) if (x, y) == (w, v) => short == long,
            ([_, short @ ..], [_, long @ ..]) => short == long,
            _ => false,
        },
        1 => long.get(1..) == Some(short),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// All that one edit makes of a text, written down edit by edit.
    fn edits(text: &str) -> BTreeSet<String> {
        let letters: Vec<char> = text.chars().collect();
        let mut found = BTreeSet::new();
        let mut add = |letters: Vec<char>| found.insert(letters.into_iter().collect::<String>());
        for place in 0..=letters.len() {
            for letter in "AB1".chars() {
                let mut inserted = letters.clone();
                inserted.insert(place, letter);
                add(inserted);
                if place < letters.len() {
                    let mut replaced = letters.clone();
                    replaced[place] = letter;
                    add(replaced);
                }
            }
            if place < letters.len() {
                let mut removed = letters.clone();
                removed.remove(place);
                add(removed);
            }
            if place + 1 < letters.len() {
                let mut swapped = letters.clone();
                swapped.swap(place, place + 1);
                add(swapped);
            }
        }
        found.remove(text);
        found.remove("");
        found
    }

    proptest! {
        #[test]
        fn one_edit_should_be_told_from_none_and_more(one in "[AB1]{1,5}", other in "[AB1]{1,5}") {
            prop_assert_eq!(one_edit_apart(&one, &other), edits(&one).contains(&other));
            prop_assert_eq!(one_edit_apart(&one, &other), one_edit_apart(&other, &one));
        }

        #[test]
        fn records_should_have_a_key_in_common_when_an_id_is_one_edit_apart(one in "[AB1]{1,5}", pick in any::<prop::sample::Index>()) {
            let edits: Vec<String> = edits(&one).into_iter().collect();
            let of = |order: &str| Record { order: Text::new(order.as_bytes()).unwrap(), ..Record::default() };
            let (buyer, seller) = (of(&one), of(&edits[pick.index(edits.len())]));
            let found = likely(&[buyer], &[Record::default(), seller], 5);
            prop_assert_eq!(found[0].len(), 1);
            prop_assert_eq!((found[0][0].seller, &found[0][0].hints), (1, &vec![Hint::OneEdit(Field::Order)]));
        }
    }

    #[test]
    fn swapped_ends_and_crossed_ids_should_be_named_as_hints() {
        fn text<const N: usize>(text: &str) -> Text<N> {
            Text::new(text.as_bytes()).unwrap()
        }
        let buyer = Record {
            buyer_id: text("B1"),
            order: text("SVC77"),
            a_end: text("DEFRA01"),
            z_end: text("FRPAR02"),
            product: text("ELINE"),
            ..Record::default()
        };
        let seller = Record {
            seller_id: text("SVC77"),
            a_end: buyer.z_end,
            z_end: buyer.a_end,
            product: buyer.product,
            ..Record::default()
        };
        let other = Record {
            seller_id: text("SVC99"),
            ..buyer
        };
        let found = likely(&[buyer], &[other, seller], 5);
        let crossed = Hint::Crossed {
            buyer: Field::Order,
            seller: Field::SellerId,
        };
        let of_seller = found[0].iter().find(|pair| pair.seller == 1).unwrap();
        assert_eq!(of_seller.hints, [crossed, Hint::SwappedEnds]);
        assert_eq!(of_seller.score, 150 + 130 + 50 + 70 + 70 + 60);
        assert_eq!(found[0].len(), 2);
        assert_eq!(likely(&[buyer], &[other, seller], 1)[0].len(), 1);
        assert_eq!(likely(&[buyer], &[], 5), [[]]);
    }
}
