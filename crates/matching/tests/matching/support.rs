//! Records, and what the definition says of them: every record of one side is held against every one of the other.

use interclear_matching::{
    Class, Day, Field, FieldSet, Memory, Profile, Record, RecordId, Rule, Side, Status, Text,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

pub type Inventory = BTreeMap<(Side, RecordId), Record>;

pub fn text<const N: usize>(text: &str) -> Text<N> {
    Text::new(text.as_bytes()).unwrap()
}

/// A service that both sides know by these names.
pub fn record(buyer_id: &str, seller_id: &str) -> Record {
    Record {
        buyer_id: text(buyer_id),
        seller_id: text(seller_id),
        order: text("4711"),
        a_end: text("DEFRA01"),
        z_end: text("FRPAR02"),
        product: text("ACCESSELINE"),
        account: text("BA1"),
        bandwidth: 100_000_000,
        recurring: 1_200_500_000,
        one_off: 500_000_000,
        currency: *b"EUR",
        start: Day::new(2026, 1, 15).unwrap(),
        end: None,
        since: Day::new(2026, 1, 15).unwrap(),
        term: 36,
        status: Status::Active,
    }
}

/// Matched by the seller's id; price, bandwidth, start, end, currency and status are compared.
pub fn profile() -> Profile {
    Profile {
        version: 1,
        rules: Default::default(),
        partial_up_to: 2,
        blind: None,
    }
    .with(Field::SellerId, Rule::Key)
    .with(Field::Recurring, Rule::Exact)
    .with(Field::Bandwidth, Rule::Exact)
    .with(Field::Start, Rule::Days(2))
    .with(Field::End, Rule::Exact)
    .with(Field::Currency, Rule::Exact)
    .with(Field::Status, Rule::Exact)
}

/// Few values for each field, so that keys often meet and fields often agree.
pub fn records() -> impl Strategy<Value = (Side, Record)> {
    let few = |words: &'static [&'static str]| prop::sample::select(words);
    let ids = || few(&["", "S1", "S2", "S3", "S4", "S5", "S6"]);
    let own = few(&["S1", "S2", "S3", "S4", "S5", "S6"]);
    let numbers = prop::sample::select(vec![0u64, 100, 101, 110, 200]);
    let days = 20_000u16..20_004;
    let charged = (
        numbers.clone(),
        numbers.clone(),
        prop::sample::select(vec![*b"EUR", *b"USD"]),
    );
    let dated = (days.clone(), prop::option::of(days.clone()), 0u16..2);
    let places = (
        ids(),
        few(&["", "1", "12"]),
        few(&["", "DEX", "FRY"]),
        few(&["", "DEX", "FRY"]),
    );
    (
        any::<bool>(),
        own,
        places,
        numbers,
        charged,
        dated,
        few(&["P", "Q"]),
    )
        .prop_map(
            |(
                buyer,
                own,
                (other, order, a, z),
                bandwidth,
                (recurring, one_off, currency),
                dates,
                product,
            )| {
                let side = if buyer { Side::Buyer } else { Side::Seller };
                let (buyer_id, seller_id) = if buyer { (own, other) } else { (other, own) };
                let start = Day(dates.0);
                let record = Record {
                    buyer_id: text(buyer_id),
                    seller_id: text(seller_id),
                    order: text(order),
                    a_end: text(a),
                    z_end: text(z),
                    product: text(product),
                    account: Text::EMPTY,
                    bandwidth,
                    recurring,
                    one_off,
                    currency,
                    start,
                    end: dates.1.map(Day).filter(|end| *end >= start),
                    since: Day(dates.0 + dates.2),
                    term: 12,
                    status: if recurring == 110 {
                        Status::Suspended
                    } else {
                        Status::Active
                    },
                };
                (side, record)
            },
        )
}

/// Any profile that two sides can agree on.
pub fn profiles(version: u32) -> impl Strategy<Value = Profile> {
    let key = prop::sample::subsequence(
        vec![
            Field::SellerId,
            Field::Order,
            Field::AEnd,
            Field::ZEnd,
            Field::Product,
        ],
        1..3,
    );
    let number = prop_oneof![
        Just(Rule::Informative),
        Just(Rule::Exact),
        (1u64..12).prop_map(Rule::Absolute),
        (1u32..200_000).prop_map(Rule::Percent)
    ];
    let day = prop_oneof![
        Just(Rule::Informative),
        Just(Rule::Exact),
        (1u16..3).prop_map(Rule::Days)
    ];
    let rules = (number.clone(), number, day.clone(), day.clone(), day);
    (key, rules, 1u8..4).prop_map(move |(key, rules, partial)| {
        let mut profile = Profile {
            version,
            rules: Default::default(),
            partial_up_to: partial,
            blind: None,
        }
        .with(Field::Currency, Rule::Exact)
        .with(Field::OneOff, Rule::Exact)
        .with(Field::Status, Rule::Exact)
        .with(Field::Recurring, rules.0)
        .with(Field::Bandwidth, rules.1)
        .with(Field::Start, rules.2)
        .with(Field::End, rules.3)
        .with(Field::Since, rules.4);
        for field in key {
            profile = profile.with(field, Rule::Key);
        }
        assert_eq!(profile.check(), Ok(()));
        profile
    })
}

/// Whether two records belong together: each key field is given, and the same.
fn same_key(profile: &Profile, x: &Record, y: &Record) -> bool {
    let texts = |record: &Record| {
        [
            (Field::BuyerId, record.buyer_id.as_str().to_owned()),
            (Field::SellerId, record.seller_id.as_str().to_owned()),
            (Field::Order, record.order.as_str().to_owned()),
            (Field::AEnd, record.a_end.as_str().to_owned()),
            (Field::ZEnd, record.z_end.as_str().to_owned()),
            (Field::Product, record.product.as_str().to_owned()),
            (Field::Account, record.account.as_str().to_owned()),
        ]
    };
    texts(x)
        .into_iter()
        .zip(texts(y))
        .filter(|((field, _), _)| profile.rules[*field as usize] == Rule::Key)
        .all(|((_, x), (_, y))| !x.is_empty() && x == y)
}

/// The compared fields that differ, each by its own comparison.
fn differing(profile: &Profile, buyer: &Record, seller: &Record) -> FieldSet {
    let rule = |field: Field| profile.rules[field as usize];
    let number = |field, x: u64, y: u64| {
        let apart = i128::from(x) - i128::from(y);
        match rule(field) {
            Rule::Exact => x != y,
            Rule::Absolute(most) => apart.abs() > i128::from(most),
            Rule::Percent(ppm) => apart.abs() * 1_000_000 > i128::from(x.max(y)) * i128::from(ppm),
            _ => false,
        }
    };
    let day = |field, x: Option<Day>, y: Option<Day>| match (rule(field), x, y) {
        (Rule::Informative, ..) => false,
        (Rule::Days(most), Some(x), Some(y)) => (i32::from(x.0) - i32::from(y.0)).abs() > i32::from(most),
        _ => x != y,
    };
    let exact = |field, differs: bool| rule(field) == Rule::Exact && differs;
    let (b, s) = (buyer, seller);
    [
        (Field::BuyerId, exact(Field::BuyerId, b.buyer_id != s.buyer_id)),
        (
            Field::SellerId,
            exact(Field::SellerId, b.seller_id != s.seller_id),
        ),
        (Field::Order, exact(Field::Order, b.order != s.order)),
        (Field::AEnd, exact(Field::AEnd, b.a_end != s.a_end)),
        (Field::ZEnd, exact(Field::ZEnd, b.z_end != s.z_end)),
        (Field::Product, exact(Field::Product, b.product != s.product)),
        (Field::Account, exact(Field::Account, b.account != s.account)),
        (
            Field::Bandwidth,
            number(Field::Bandwidth, b.bandwidth, s.bandwidth),
        ),
        (
            Field::Recurring,
            number(Field::Recurring, b.recurring, s.recurring),
        ),
        (Field::OneOff, number(Field::OneOff, b.one_off, s.one_off)),
        (Field::Currency, exact(Field::Currency, b.currency != s.currency)),
        (Field::Start, day(Field::Start, Some(b.start), Some(s.start))),
        (Field::End, day(Field::End, b.end, s.end)),
        (Field::Since, day(Field::Since, Some(b.since), Some(s.since))),
        (
            Field::Term,
            number(Field::Term, u64::from(b.term), u64::from(s.term)),
        ),
        (Field::Status, exact(Field::Status, b.status != s.status)),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(field, _)| field)
    .collect()
}

/// The class of every record, by the definition: all pairs are looked at.
pub fn naive(profile: &Profile, inventory: &Inventory) -> BTreeMap<(Side, RecordId), Class> {
    let of_key = |side: Side, record: &Record| -> Vec<(RecordId, Record)> {
        inventory
            .iter()
            .filter(|((of, _), other)| *of == side && same_key(profile, record, other))
            .map(|((_, id), other)| (*id, *other))
            .collect()
    };
    inventory
        .iter()
        .map(|((side, id), record)| {
            let (buyer, seller) = (of_key(Side::Buyer, record), of_key(Side::Seller, record));
            let theirs = if *side == Side::Buyer { &seller } else { &buyer };
            let class = match (buyer.as_slice(), seller.as_slice()) {
                _ if theirs.is_empty() => Class::Only { at: *side },
                ([one], [other]) => {
                    let with = theirs[0].0;
                    let differs = differing(profile, &one.1, &other.1);
                    match differs.0.count_ones() {
                        0 => Class::Matched { with },
                        few if few <= u32::from(profile.partial_up_to) => Class::Partial { with, differs },
                        _ => Class::Mismatch { with, differs },
                    }
                }
                _ => Class::Ambiguous {
                    buyer: buyer.len() as u32,
                    seller: seller.len() as u32,
                },
            };
            ((*side, *id), class)
        })
        .collect()
}

/// What the engine says of every record.
pub fn classes(store: &Memory) -> BTreeMap<(Side, RecordId), Class> {
    store
        .records()
        .map(|(side, id, _)| ((side, id), interclear_matching::class(store, side, id).unwrap()))
        .collect()
}
