//! Tags in place of values: what they match, and what they show.

use crate::support::{classes, profile, profiles, record, records, text};
use codec::Encode;
use interclear_matching::{
    adopt, class, report, BlindRecord, Class, Day, Field, FieldFault, MatchingError, Memory, Profile, Record,
    RecordFault, Reported, Rule, Side, Store, Tag,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A keyed digest that is not the one of the command line.
fn under(key: &[u8]) -> impl Fn(&[u8]) -> [u8; 16] + '_ {
    move |value| {
        let digest = blake2b_simd::Params::new().hash_length(16).key(key).hash(value);
        digest.as_bytes().try_into().unwrap()
    }
}

fn blind(profile: Profile) -> Profile {
    Profile {
        blind: Some(1),
        ..profile
    }
}

fn tagged(record: &Record, side: Side, profile: &Profile) -> BlindRecord {
    BlindRecord::new(record, side, profile, under(b"theirs"))
}

/// The profile with everything exact that has a tolerance.
fn exact(profile: Profile) -> Profile {
    Field::ALL
        .into_iter()
        .filter(|field| {
            matches!(
                profile.rule(*field),
                Rule::Absolute(_) | Rule::Percent(_) | Rule::Days(_)
            )
        })
        .fold(profile, |profile, field| profile.with(field, Rule::Exact))
}

fn tags(record: &BlindRecord) -> BTreeSet<Tag> {
    record.tags.iter().flatten().copied().collect()
}

#[test]
fn tags_should_show_neither_values_nor_which_services_are_alike() {
    let by = blind(profile());
    let one = record("CIRCUIT00012345", "SVC00012345");
    let seen = tagged(&one, Side::Buyer, &by).encode();
    for field in Field::ALL {
        let value = match one.content(field) {
            interclear_matching::Content::Text(text) => text.to_vec(),
            interclear_matching::Content::Number(number) => number.to_le_bytes().to_vec(),
            _ => continue,
        };
        assert!(value.len() >= 3, "{field} is long enough to be found");
        let shown = seen.windows(value.len()).any(|window| window == value);
        assert!(!shown, "{field}");
    }
    // Another service is the same in everything but its ids, and has no tag in common.
    let other = record("CIRCUIT00067890", "SVC00067890");
    let [of_one, of_other] = [&one, &other].map(|record| tags(&tagged(record, Side::Buyer, &by)));
    // The own id, the key, and six compared fields.
    assert_eq!((of_one.len(), of_other.len()), (8, 8));
    assert!(of_one.is_disjoint(&of_other));
    // Nor with itself under another key, so that nobody tries values who has not the key.
    let elsewhere = tags(&BlindRecord::new(&one, Side::Buyer, &by, under(b"another")));
    assert!(of_one.is_disjoint(&elsewhere));
}

#[test]
fn field_should_not_be_told_when_it_is_not_compared() {
    let by = blind(profile());
    let tagged = tagged(&record("B1", "S1"), Side::Buyer, &by);
    let told: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| tagged.tags[*field as usize].is_some())
        .collect();
    use Field::*;
    assert_eq!(
        told,
        [BuyerId, SellerId, Bandwidth, Recurring, Currency, Start, End, Status]
    );
}

#[test]
fn services_without_a_key_should_not_be_seen_to_be_alike() {
    let by = blind(profile());
    let [one, other] = ["B1", "B2"].map(|own| tags(&tagged(&record(own, ""), Side::Buyer, &by)));
    // The own id and six compared fields.
    assert_eq!((one.len(), other.len()), (7, 7));
    assert!(one.is_disjoint(&other));
}

#[test]
fn ids_that_are_not_given_should_not_be_seen_to_be_alike() {
    let by = blind(profile().with(Field::BuyerId, Rule::Exact));
    let [one, other] = ["S1", "S2"].map(|own| tags(&tagged(&record("", own), Side::Seller, &by)));
    assert!(one.is_disjoint(&other));
    // Of one service both sides say it alike.
    let [bought, sold] = Side::BOTH.map(|side| tagged(&record("", "S1"), side, &by));
    assert!(by.compare(&bought, &sold).is_empty());
}

#[test]
fn record_should_be_refused_when_it_has_no_tag_of_its_own_id() {
    let mut store = Memory::<BlindRecord>::default();
    adopt(&mut store, &blind(profile())).unwrap();
    let fault = RecordFault {
        field: Field::SellerId,
        fault: FieldFault::Missing,
    };
    assert_eq!(
        report(&mut store, Side::Seller, &BlindRecord::default()),
        Err(MatchingError::Record(fault))
    );
}

#[test]
fn tolerance_should_hold_from_the_amount_to_less_than_twice_as_much() {
    let by = blind(profile().with(Field::Recurring, Rule::Absolute(100)));
    let agrees = |change: &dyn Fn(&mut Record), field: Field| {
        let buyer = record("B1", "S1");
        let mut seller = buyer;
        change(&mut seller);
        let of = |record: &Record, side| tagged(record, side, &by);
        let differs = by.compare(&of(&buyer, Side::Buyer), &of(&seller, Side::Seller));
        !differs.contains(field)
    };
    // Wherever the edges of buckets are.
    for more in 0..=100u64 {
        assert!(
            agrees(&|record| record.recurring += more, Field::Recurring),
            "{more}"
        );
    }
    for more in 200..=400u64 {
        assert!(
            !agrees(&|record| record.recurring += more, Field::Recurring),
            "{more}"
        );
    }
    for days in 0..=2 {
        assert!(agrees(&|record| record.start.0 += days, Field::Start), "{days}");
    }
    for days in 4..=9 {
        assert!(!agrees(&|record| record.start.0 += days, Field::Start), "{days}");
    }
    // An end is not near to none.
    let by_end = blind(profile().with(Field::End, Rule::Days(u16::MAX)));
    let (open, ended) = (
        record("B1", "S1"),
        Record {
            end: Some(Day(20_500)),
            ..record("B1", "S1")
        },
    );
    let differs = by_end.compare(
        &tagged(&open, Side::Buyer, &by_end),
        &tagged(&ended, Side::Seller, &by_end),
    );
    assert!(differs.contains(Field::End));
}

#[test]
fn values_should_not_agree_when_one_is_tagged_by_another_tolerance() {
    let within = |most: u64| blind(profile().with(Field::Recurring, Rule::Absolute(most)));
    let priced = |recurring: u64| Record {
        recurring,
        ..record("B1", "S1")
    };
    // Of each tolerance in the bucket of the same number.
    let before = tagged(&priced(1_000), Side::Seller, &within(100));
    let after = tagged(&priced(2_000), Side::Buyer, &within(200));
    assert!(within(200).compare(&after, &before).contains(Field::Recurring));
    // Both by the one, they do what they say.
    let [buyer, seller] = Side::BOTH.map(|side| tagged(&priced(2_000), side, &within(200)));
    assert!(within(200).compare(&buyer, &seller).is_empty());
    let started = |start: u16| Record {
        start: Day(start),
        ..record("B1", "S1")
    };
    let by = |days: u16| blind(profile().with(Field::Start, Rule::Days(days)));
    let before = tagged(&started(10_000), Side::Seller, &by(1));
    let after = tagged(&started(20_000), Side::Buyer, &by(2));
    assert!(by(2).compare(&after, &before).contains(Field::Start));
}

#[test]
fn pair_should_stay_matched_when_the_rule_of_a_field_is_changed_but_no_key() {
    let by = blind(profile());
    let mut store = Memory::<BlindRecord>::default();
    adopt(&mut store, &by).unwrap();
    for side in Side::BOTH {
        report(&mut store, side, &tagged(&record("B1", "S1"), side, &by)).unwrap();
    }
    let next = Profile { version: 2, ..by }.with(Field::Bandwidth, Rule::Informative);
    adopt(&mut store, &next).unwrap();
    while interclear_matching::rematch(&mut store).unwrap() {}
    assert_eq!(store.state().counts.matched, 1);
}

proptest! {
    #[test]
    fn classes_should_be_those_of_the_values_when_fields_are_keys_or_exact(
        profile in profiles(1),
        reports in prop::collection::vec(records(), 0..40),
    ) {
        let by_value = exact(profile);
        let by_tag = blind(by_value);
        let mut open = Memory::new(by_value);
        let mut sealed = Memory::<BlindRecord>::default();
        adopt(&mut sealed, &by_tag).unwrap();
        let mut ids = BTreeMap::new();
        for (side, record) in &reports {
            let tagged = tagged(record, *side, &by_tag);
            report(&mut open, *side, record).unwrap();
            report(&mut sealed, *side, &tagged).unwrap();
            ids.insert((*side, record.id(*side)), tagged.id(*side));
        }
        prop_assert_eq!(open.state().counts, sealed.state().counts);
        for ((side, id), stands) in classes(&open) {
            let other = |with| ids[&(side.other(), with)];
            let expected = match stands {
                Class::Matched { with } => Class::Matched { with: other(with) },
                Class::Partial { with, differs } => Class::Partial { with: other(with), differs },
                Class::Mismatch { with, differs } => Class::Mismatch { with: other(with), differs },
                same => same,
            };
            prop_assert_eq!(class(&sealed, side, ids[&(side, id)]), Some(expected));
        }
    }

    #[test]
    fn amounts_should_agree_when_they_differ_by_no_more_than_they_may(value: u64, most in 1..u64::MAX, apart in 0..=1_000_000u32) {
        let by = blind(profile().with(Field::Recurring, Rule::Absolute(most)));
        // A part of what they may differ by.
        let more = u128::from(most) * u128::from(apart) / 1_000_000;
        let buyer = Record { recurring: value, account: text("A"), ..record("B1", "S1") };
        let seller = Record { recurring: value.saturating_add(more as u64), ..buyer };
        let differs = by.compare(&tagged(&buyer, Side::Buyer, &by), &tagged(&seller, Side::Seller, &by));
        prop_assert!(!differs.contains(Field::Recurring));
    }
}
