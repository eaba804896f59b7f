//! Classes of single cases, written down by hand.

use crate::support::{profile, record, text};
use interclear_matching::{
    class, report, withdraw, By, Class, Counts, Day, Difference, Field, FieldSet, MatchingError, Memory,
    Outcome, RecordId, Side, Status, Store,
};

fn id(own: &str) -> RecordId {
    RecordId::of(own.as_bytes())
}

#[test]
fn pair_should_be_matched_when_all_compared_fields_agree() {
    let mut store = Memory::new(profile());
    let buyers = record("B1", "S1");
    // Each side's own notes are not compared.
    let sellers = interclear_matching::Record {
        account: text("OTHER"),
        order: text("99"),
        start: Day(buyers.start.0 + 2),
        since: Day(buyers.start.0 + 2),
        ..buyers
    };
    assert_eq!(report(&mut store, Side::Buyer, &buyers), Ok(Outcome::Added));
    assert_eq!(
        class(&store, Side::Buyer, id("B1")),
        Some(Class::Only { at: Side::Buyer })
    );
    assert_eq!(report(&mut store, Side::Seller, &sellers), Ok(Outcome::Added));
    assert_eq!(
        class(&store, Side::Buyer, id("B1")),
        Some(Class::Matched { with: id("S1") })
    );
    assert_eq!(
        class(&store, Side::Seller, id("S1")),
        Some(Class::Matched { with: id("B1") })
    );
    assert_eq!(class(&store, Side::Seller, id("B1")), None);
    assert_eq!(
        store.state().counts,
        Counts {
            matched: 1,
            ..Counts::default()
        }
    );
}

#[test]
fn pair_should_be_partial_or_a_mismatch_when_few_or_many_fields_differ() {
    let mut store = Memory::new(profile());
    let buyers = record("B1", "S1");
    let mut sellers = buyers;
    report(&mut store, Side::Buyer, &buyers).unwrap();
    for (change, class_of, fields) in [
        (
            (|record| record.recurring += 1) as fn(&mut interclear_matching::Record),
            (|with, differs| Class::Partial { with, differs }) as fn(RecordId, FieldSet) -> Class,
            vec![Field::Recurring],
        ),
        (
            |record| record.start.0 -= 3,
            |with, differs| Class::Partial { with, differs },
            vec![Field::Recurring, Field::Start],
        ),
        (
            |record| {
                record.status = Status::Terminated;
                record.end = Some(Day(record.start.0 + 30));
            },
            |with, differs| Class::Mismatch { with, differs },
            vec![Field::Recurring, Field::Start, Field::End, Field::Status],
        ),
    ] {
        change(&mut sellers);
        report(&mut store, Side::Seller, &sellers).unwrap();
        let differs = fields.into_iter().collect();
        assert_eq!(
            class(&store, Side::Buyer, id("B1")),
            Some(class_of(id("S1"), differs))
        );
        assert_eq!(
            class(&store, Side::Seller, id("S1")),
            Some(class_of(id("B1"), differs))
        );
    }
    let differences: Vec<Difference> = profile().differences(&buyers, &sellers).collect();
    let by = |field, by| Difference { field, by };
    assert_eq!(
        differences,
        [
            by(Field::Recurring, By::Number(1)),
            by(Field::Start, By::Days(-3)),
            by(Field::End, By::Other),
            by(Field::Status, By::Other),
        ]
    );
}

#[test]
fn records_should_be_ambiguous_when_a_side_has_more_than_one_of_a_key() {
    let mut store = Memory::new(profile());
    report(&mut store, Side::Buyer, &record("B1", "S1")).unwrap();
    report(&mut store, Side::Buyer, &record("B2", "S1")).unwrap();
    // Alone they are what only the buyer has.
    assert_eq!(
        class(&store, Side::Buyer, id("B2")),
        Some(Class::Only { at: Side::Buyer })
    );
    assert_eq!(store.state().counts.only_at_buyer, 2);
    report(&mut store, Side::Seller, &record("B1", "S1")).unwrap();
    let both = Some(Class::Ambiguous { buyer: 2, seller: 1 });
    assert_eq!(class(&store, Side::Buyer, id("B1")), both);
    assert_eq!(class(&store, Side::Buyer, id("B2")), both);
    assert_eq!(class(&store, Side::Seller, id("S1")), both);
    // Whichever goes, the one that stays is found without a search.
    assert_eq!(
        withdraw(&mut store, Side::Buyer, id("B1")),
        Ok(Outcome::Withdrawn)
    );
    assert_eq!(
        class(&store, Side::Seller, id("S1")),
        Some(Class::Matched { with: id("B2") })
    );
    assert_eq!(
        store.state().counts,
        Counts {
            matched: 1,
            ..Counts::default()
        }
    );
}

#[test]
fn record_should_belong_to_nothing_when_its_key_is_not_given() {
    let mut store = Memory::new(profile());
    report(&mut store, Side::Buyer, &record("B1", "")).unwrap();
    report(&mut store, Side::Buyer, &record("B2", "")).unwrap();
    assert_eq!(
        class(&store, Side::Buyer, id("B1")),
        Some(Class::Only { at: Side::Buyer })
    );
    report(&mut store, Side::Buyer, &record("B1", "S1")).unwrap();
    report(&mut store, Side::Seller, &record("", "S1")).unwrap();
    let counts = Counts {
        matched: 1,
        only_at_buyer: 1,
        ..Counts::default()
    };
    assert_eq!(store.state().counts, counts);
}

#[test]
fn report_should_change_nothing_when_it_comes_again() {
    let mut store = Memory::new(profile());
    report(&mut store, Side::Buyer, &record("B1", "S1")).unwrap();
    let before = store.clone();
    assert_eq!(
        report(&mut store, Side::Buyer, &record("B1", "S1")),
        Ok(Outcome::Unchanged)
    );
    assert_eq!(
        withdraw(&mut store, Side::Buyer, id("B7")),
        Ok(Outcome::Unchanged)
    );
    assert_eq!(store, before);
    let mut ended = record("B1", "S1");
    (ended.end, ended.status) = (Some(Day(ended.start.0 + 1)), Status::Terminated);
    assert_eq!(report(&mut store, Side::Buyer, &ended), Ok(Outcome::Changed));
    assert_eq!(store.record(Side::Buyer, id("B1")), Some(ended));
}

#[test]
fn report_should_be_refused_and_change_nothing_when_the_record_has_a_fault() {
    let mut store = Memory::new(profile());
    report(&mut store, Side::Buyer, &record("B1", "S1")).unwrap();
    let before = store.clone();
    let mut false_end = record("B1", "S1");
    false_end.end = Some(Day(false_end.start.0 - 1));
    for (record, message) in [
        (record("", "S1"), "buyer_id is missing"),
        (record("b1", "S1"), "buyer_id is not in its normal form"),
        (false_end, "end is before the start"),
    ] {
        let refused = report(&mut store, Side::Buyer, &record).unwrap_err();
        assert!(matches!(refused, MatchingError::Record(_)));
        assert_eq!(refused.to_string(), message);
    }
    assert_eq!(store, before);
}
