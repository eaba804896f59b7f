//! 10,000 services, of which many are damaged, against the truth about them.

use interclear_inventory_samples::{profile, Damage, Expected, Made, Parameters, Row, Truth};
use interclear_matching::{
    causes::Cause, class, likely, report, worklist::worklist, Class, Memory, Record, Side,
};
use std::{collections::BTreeMap, time::Instant};

const PARAMETERS: Parameters = Parameters {
    seed: 14,
    services: 10_000,
    damaged: 200,
};

fn records(rows: &[Row], side: Side) -> Vec<Record> {
    rows.iter()
        .map(|row| {
            row.written()
                .record(side)
                .unwrap_or_else(|refused| panic!("{row:?}: {refused:?}"))
        })
        .collect()
}

struct Matched {
    made: Made,
    buyer: Vec<Record>,
    seller: Vec<Record>,
    store: Memory,
}

fn matched() -> Matched {
    let made = PARAMETERS.make();
    let (buyer, seller) = (
        records(&made.buyer, Side::Buyer),
        records(&made.seller, Side::Seller),
    );
    let mut store = Memory::new(profile());
    assert_eq!(profile().check(), Ok(()));
    for (side, records) in [(Side::Buyer, &buyer), (Side::Seller, &seller)] {
        for record in records {
            report(&mut store, side, record).unwrap();
        }
    }
    Matched {
        made,
        buyer,
        seller,
        store,
    }
}

#[test]
fn classes_should_be_exactly_those_of_the_truth_when_10_000_services_are_matched() {
    let Matched {
        made,
        buyer,
        seller,
        store,
    } = matched();
    let mut counted = BTreeMap::new();
    for truth in &made.truth {
        *counted.entry(truth.damage).or_insert(0) += 1;
        let of = |side: Side, records: &[Record], place: usize| {
            class(&store, side, records[place].id(side)).expect("it was reported")
        };
        let classes: Vec<Class> = truth
            .buyer
            .iter()
            .map(|place| of(Side::Buyer, &buyer, *place))
            .chain(truth.seller.iter().map(|place| of(Side::Seller, &seller, *place)))
            .collect();
        let pair = || {
            (
                buyer[truth.buyer[0]].id(Side::Buyer),
                seller[truth.seller[0]].id(Side::Seller),
            )
        };
        let expected = match truth.expected {
            Expected::Matched => {
                let (one, other) = pair();
                vec![Class::Matched { with: other }, Class::Matched { with: one }]
            }
            Expected::Partial(differs) => {
                let (one, other) = pair();
                let class = |with| Class::Partial { with, differs };
                vec![class(other), class(one)]
            }
            Expected::Only => {
                let at = |side, places: &[usize]| vec![Class::Only { at: side }; places.len()];
                [at(Side::Buyer, &truth.buyer), at(Side::Seller, &truth.seller)].concat()
            }
            Expected::Ambiguous => vec![Class::Ambiguous { buyer: 2, seller: 1 }; 3],
        };
        assert_eq!(classes, expected, "{truth:?}");
    }
    // Of each kind there are enough to believe it.
    assert!(
        counted.len() == 8 && counted.values().all(|count| *count > 200),
        "{counted:?}"
    );
}

#[test]
fn right_pair_should_come_first_for_nearly_every_typo_when_likely_pairs_are_proposed() {
    let Matched {
        made,
        buyer,
        seller,
        store,
    } = matched();
    // What a clearing team looks at: all that matches nothing.
    let alone = |side: Side, records: &[Record]| -> Vec<usize> {
        let only = |place: &usize| {
            matches!(
                class(&store, side, records[*place].id(side)),
                Some(Class::Only { .. })
            )
        };
        (0..records.len()).filter(only).collect()
    };
    let (of_buyer, of_seller) = (alone(Side::Buyer, &buyer), alone(Side::Seller, &seller));
    let pick = |places: &[usize], records: &[Record]| -> Vec<Record> {
        places.iter().map(|place| records[*place]).collect()
    };
    let begun = Instant::now();
    let found = likely::likely(&pick(&of_buyer, &buyer), &pick(&of_seller, &seller), 5);
    let first: BTreeMap<usize, usize> = of_buyer
        .iter()
        .zip(&found)
        .filter_map(|(place, pairs)| Some((*place, of_seller[pairs.first()?.seller])))
        .collect();
    let typos: Vec<(usize, usize)> = made
        .truth
        .iter()
        .filter(|truth| truth.damage == Some(Damage::Typo))
        .map(|truth| (truth.buyer[0], truth.seller[0]))
        .collect();
    let right = typos
        .iter()
        .filter(|(buyer, seller)| first.get(buyer) == Some(seller))
        .count();
    println!(
        "{right} of {} typos in first place, in {:?}",
        typos.len(),
        begun.elapsed()
    );
    assert!(typos.len() > 200, "{}", typos.len());
    assert!(right * 100 >= typos.len() * 95, "{right} of {}", typos.len());

    // Nor is every record that is really missing said to be likely another one: a score tells them apart.
    let scored = |damage: Damage| -> Vec<u32> {
        let places = made.truth.iter().filter(|truth| truth.damage == Some(damage));
        places
            .flat_map(|truth| &truth.buyer)
            .map(|place| {
                let at = of_buyer.binary_search(place).expect("it is alone");
                found[at].first().map_or(0, |pair| pair.score)
            })
            .collect()
    };
    let (typos, missing) = (scored(Damage::Typo), scored(Damage::Missing));
    let least = *typos.iter().min().unwrap();
    let taken = missing.iter().filter(|score| **score >= least).count();
    println!(
        "typos score {least} and more; {taken} of {} missing ones do",
        missing.len()
    );
    assert!(taken * 10 <= missing.len(), "{taken} of {}", missing.len());
}

#[test]
fn work_list_should_name_the_cause_of_every_damage_when_two_inventories_are_matched() {
    let Matched {
        made,
        buyer,
        seller,
        store,
    } = matched();
    let items = worklist(&store);
    let of = |truth: &Truth| -> Vec<Cause> {
        let ours: Vec<&Record> = truth.buyer.iter().map(|place| &buyer[*place]).collect();
        let theirs: Vec<&Record> = truth.seller.iter().map(|place| &seller[*place]).collect();
        let mut causes: Vec<Cause> = items
            .iter()
            .filter(|item| {
                item.buyer
                    .is_some_and(|record| ours.iter().any(|own| own.buyer_id == record.buyer_id))
                    || item
                        .seller
                        .is_some_and(|record| theirs.iter().any(|own| own.seller_id == record.seller_id))
            })
            .map(|item| item.cause)
            .collect();
        causes.dedup();
        causes
    };
    let mut wrong = 0usize;
    let mut typos = 0usize;
    for truth in made
        .truth
        .iter()
        .filter(|truth| truth.damage.is_some())
        .step_by(7)
    {
        let causes = of(truth);
        let expected = match truth.damage.unwrap() {
            Damage::Missing if truth.seller.is_empty() => Cause::NotAtSeller,
            Damage::Missing => Cause::NotAtBuyer,
            Damage::Ended => Cause::AfterDisconnection,
            Damage::Price => Cause::WrongPrice,
            Damage::Typo => Cause::LikelyTypo,
            Damage::Date => Cause::BeforeAcceptance,
            Damage::Duplicate => Cause::Duplicate,
            Damage::SwappedEnds => Cause::SwappedEnds,
        };
        match truth.damage {
            // These are proposed, not known.
            Some(Damage::Typo | Damage::Missing) => {
                typos += 1;
                wrong += usize::from(causes != [expected]);
            }
            _ => assert_eq!(causes, [expected], "{truth:?}"),
        }
    }
    assert!(typos > 50 && wrong * 20 <= typos, "{wrong} of {typos}");
    // Nothing that matches is to be done.
    let undamaged = made
        .truth
        .iter()
        .filter(|truth| truth.damage.is_none())
        .step_by(97);
    for truth in undamaged {
        assert_eq!(of(truth), [], "{truth:?}");
    }
}

#[test]
fn right_pair_should_come_first_when_every_service_is_alone() {
    // Nothing matches: the profile's key is an id that one side does not have.
    let made = PARAMETERS.make();
    let blank = |mut record: Record| {
        record.seller_id = Default::default();
        record
    };
    let buyer: Vec<Record> = records(&made.buyer, Side::Buyer).into_iter().map(blank).collect();
    let seller = records(&made.seller, Side::Seller);
    let found = likely::likely(&buyer, &seller, 3);
    let whole = made.truth.iter().filter(|truth| truth.damage.is_none());
    let right = whole.clone().filter(|truth| {
        found[truth.buyer[0]]
            .first()
            .is_some_and(|pair| pair.seller == truth.seller[0])
    });
    let (right, all) = (right.count(), whole.count());
    println!("{right} of {all} in first place without an id");
    assert!(right * 100 >= all * 85, "{right} of {all}");
}

#[test]
fn inventories_should_be_the_same_when_the_seed_is() {
    let few = Parameters {
        services: 50,
        ..PARAMETERS
    };
    assert_eq!(few.make(), few.make());
    assert_ne!(few.make().buyer, Parameters { seed: 15, ..few }.make().buyer);
    let none = Parameters { damaged: 0, ..few }.make();
    assert!(none
        .truth
        .iter()
        .all(|truth| truth.damage.is_none() && truth.expected == Expected::Matched));
    assert_eq!(none.buyer[0].cells().len(), Row::COLUMNS.len());
}
