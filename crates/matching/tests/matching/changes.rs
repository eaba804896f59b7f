//! Whatever comes, in whatever order: the result is that of the definition, which looks at all pairs.

use crate::support::{classes, naive, profiles, records, Inventory};
use interclear_matching::{
    adopt, rematch, report, withdraw, Class, Counts, MatchingError, Memory, Profile, Record, Side, Store,
};
use proptest::prelude::*;

/// What a side, or both, can do.
#[derive(Clone, Debug)]
enum Step {
    Report(Side, Record),
    Withdraw(Side, Record),
    Adopt(Profile),
    Rematch(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => records().prop_map(|(side, record)| Step::Report(side, record)),
        2 => records().prop_map(|(side, record)| Step::Withdraw(side, record)),
        1 => profiles(0).prop_map(Step::Adopt),
        2 => (1usize..6).prop_map(Step::Rematch),
    ];
    prop::collection::vec(step, 0..60)
}

fn counted(classes: impl Iterator<Item = (Side, Class)>) -> Counts {
    let mut counts = Counts::default();
    for (side, class) in classes {
        match (class, side) {
            // A pair is counted with its buyer's record.
            (Class::Matched { .. }, Side::Buyer) => counts.matched += 1,
            (Class::Partial { .. }, Side::Buyer) => counts.partial += 1,
            (Class::Mismatch { .. }, Side::Buyer) => counts.mismatched += 1,
            (Class::Matched { .. } | Class::Partial { .. } | Class::Mismatch { .. }, Side::Seller) => {}
            (Class::Only { .. }, Side::Buyer) => counts.only_at_buyer += 1,
            (Class::Only { .. }, Side::Seller) => counts.only_at_seller += 1,
            (Class::Ambiguous { .. }, Side::Buyer) => counts.ambiguous_at_buyer += 1,
            (Class::Ambiguous { .. }, Side::Seller) => counts.ambiguous_at_seller += 1,
        }
    }
    counts
}

fn reported(records: &[(Side, Record)], profile: Profile) -> Memory {
    let mut store = Memory::new(profile);
    for (side, record) in records {
        report(&mut store, *side, record).unwrap();
    }
    store
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn classes_should_be_those_of_all_pairs_when_anything_is_reported_in_any_order(
        profile in profiles(1),
        steps in steps(),
    ) {
        let mut store = Memory::new(profile);
        let mut inventory = Inventory::new();
        let mut version = 1;
        for step in steps {
            match step {
                Step::Report(side, record) => {
                    report(&mut store, side, &record).unwrap();
                    inventory.insert((side, record.id(side)), record);
                }
                Step::Withdraw(side, record) => {
                    withdraw(&mut store, side, record.id(side)).unwrap();
                    inventory.remove(&(side, record.id(side)));
                }
                Step::Adopt(profile) => {
                    version += 1;
                    let refused = store.state().rematch.is_some();
                    let result = adopt(&mut store, &Profile { version, ..profile });
                    prop_assert_eq!(result, if refused { Err(MatchingError::RematchNotFinished) } else { Ok(()) });
                }
                Step::Rematch(most) => {
                    for _ in 0..most {
                        rematch(&mut store).unwrap();
                    }
                }
            }
            if store.state().rematch.is_none() {
                let expected = naive(&store.state().profile, &inventory);
                prop_assert_eq!(classes(&store), expected);
            }
            // Counted right at any time, also while a change of profile is not finished.
            let found = counted(classes(&store).into_iter().map(|((side, _), class)| (side, class)));
            prop_assert_eq!(store.state().counts, found);
        }
        let mut left = 0;
        while rematch(&mut store).unwrap() {
            left += 1;
        }
        prop_assert!(left <= inventory.len());
        prop_assert_eq!(classes(&store), naive(&store.state().profile, &inventory));

        // Nothing is left of what was: the store is the one that has only ever seen what is there now.
        let now: Vec<_> = inventory.iter().map(|((side, _), record)| (*side, *record)).collect();
        prop_assert_eq!(&store, &reported(&now, store.state().profile));
    }

    #[test]
    fn store_should_be_the_same_to_the_last_octet_when_reports_come_in_another_order(
        profile in profiles(1),
        (some, shuffled) in prop::collection::vec(records(), 0..40).prop_flat_map(|records| {
            // The last word of a side on a service counts, so of each service there is one record here.
            let single: Inventory = records.into_iter().map(|(side, record)| ((side, record.id(side)), record)).collect();
            let records: Vec<_> = single.into_iter().map(|((side, _), record)| (side, record)).collect();
            (Just(records.clone()), Just(records).prop_shuffle())
        }),
    ) {
        prop_assert_eq!(reported(&some, profile), reported(&shuffled, profile));
    }
}

#[test]
fn change_of_profile_should_be_refused_when_it_is_not_a_later_version() {
    let profile = crate::support::profile();
    let mut store = Memory::new(profile);
    assert_eq!(adopt(&mut store, &profile), Err(MatchingError::NotALaterVersion));
    let later = Profile {
        version: 2,
        ..profile
    };
    assert_eq!(adopt(&mut store, &later), Ok(()));
    assert_eq!(store.state().rematch, None, "there is nothing to match again");
}

#[test]
fn unmatched_should_count_all_but_what_matches() {
    let counts = Counts {
        matched: 1,
        partial: 2,
        mismatched: 4,
        only_at_buyer: 8,
        only_at_seller: 16,
        ambiguous_at_buyer: 32,
        ambiguous_at_seller: 64,
    };
    assert_eq!(counts.unmatched(), 126);
}
