//! What goes wrong between two inventories, and the truth about it.

use crate::{
    dice::Dice,
    row::Row,
    services::{cents, Service},
    Made,
};
use interclear_matching::{Day, Field, FieldSet};
use std::{collections::HashSet, mem::swap};

/// What is wrong with a service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Damage {
    /// One side has no record of it.
    Missing,
    /// The buyer has ended it, and the seller still bills.
    Ended,
    /// The seller charges more.
    Price,
    /// The buyer has a letter or digit of the seller's id wrong.
    Typo,
    /// The sides have other first days.
    Date,
    /// The buyer has it twice.
    Duplicate,
    /// A and Z are exchanged.
    SwappedEnds,
}

impl Damage {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Missing,
        Self::Ended,
        Self::Price,
        Self::Typo,
        Self::Date,
        Self::Duplicate,
        Self::SwappedEnds,
    ];
}

/// What must be found of a service under [`profile`](crate::profile).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// A match.
    Matched,
    /// A partial match, with these fields.
    Partial(FieldSet),
    /// Records that are only at their side: one, or one at each.
    Only,
    /// An ambiguity.
    Ambiguous,
}

/// The truth about a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Truth {
    /// What is wrong with it.
    pub damage: Option<Damage>,
    /// What must be found.
    pub expected: Expected,
    /// The places of its rows at the buyer.
    pub buyer: Vec<usize>,
    /// The place of its row at the seller.
    pub seller: Vec<usize>,
}

/// Makes the rows of both sides, service by service.
pub(crate) struct Damager {
    made: Made,
    /// The seller's ids that there are, normalised.
    ids: HashSet<String>,
}

impl Damager {
    pub(crate) fn new(services: &[Service]) -> Self {
        Self {
            made: Made {
                buyer: Vec::new(),
                seller: Vec::new(),
                truth: Vec::new(),
            },
            ids: services
                .iter()
                .map(|service| plain(&service.seller_id()))
                .collect(),
        }
    }

    pub(crate) fn add(&mut self, service: &Service, damaged: bool, dice: &mut Dice) {
        let (mut bought, mut sold) = (vec![service.bought()], vec![service.sold()]);
        let mut damage = damaged.then(|| *dice.pick(&Damage::ALL));
        // What has ended cannot end, and a site that is both ends cannot be exchanged.
        let cannot = match damage {
            Some(Damage::Ended) => service.end.is_some(),
            Some(Damage::SwappedEnds) => {
                (&sold[0].a_country, &sold[0].a_site) == (&sold[0].z_country, &sold[0].z_site)
            }
            _ => false,
        };
        if cannot {
            damage = Some(Damage::Price);
        }
        let partial = |fields: &[Field]| Expected::Partial(fields.iter().copied().collect());
        let expected = match damage {
            None => Expected::Matched,
            Some(Damage::Missing) => {
                if dice.percent(50) { &mut bought } else { &mut sold }.clear();
                Expected::Only
            }
            Some(Damage::Ended) => {
                let end = Day(service.since.0 + 1 + dice.below(40) as u16);
                bought[0].end = end.to_string();
                bought[0].status = "disconnected".into();
                partial(&[Field::End, Field::Status])
            }
            Some(Damage::Price) => {
                sold[0].recurring =
                    cents(service.recurring + service.recurring * (1 + dice.below(20)) / 100 + 1);
                partial(&[Field::Recurring])
            }
            Some(Damage::Typo) => {
                bought[0].seller_id = self.typo(&bought[0].seller_id, dice);
                Expected::Only
            }
            Some(Damage::Date) => {
                let start = Day(service.start.0 - 3 - dice.below(28) as u16);
                let fields: &[Field] = match service.since == service.start {
                    true => &[Field::Start, Field::Since],
                    false => &[Field::Start],
                };
                sold[0].start = start.to_string();
                partial(fields)
            }
            Some(Damage::Duplicate) => {
                let mut again = bought[0].clone();
                again.buyer_id.push_str(" (2)");
                bought.push(again);
                Expected::Ambiguous
            }
            Some(Damage::SwappedEnds) => {
                let row = &mut sold[0];
                swap(&mut row.a_country, &mut row.z_country);
                swap(&mut row.a_site, &mut row.z_site);
                partial(&[Field::AEnd, Field::ZEnd])
            }
        };
        let put = |rows: &mut Vec<Row>, new: Vec<Row>| {
            let first = rows.len();
            rows.extend(new);
            (first..rows.len()).collect()
        };
        let truth = Truth {
            damage,
            expected,
            buyer: put(&mut self.made.buyer, bought),
            seller: put(&mut self.made.seller, sold),
        };
        self.made.truth.push(truth);
    }

    /// The id with one slip of the fingers that makes none of the others.
    fn typo(&self, id: &str, dice: &mut Dice) -> String {
        loop {
            let mut letters: Vec<char> = id.chars().collect();
            let place = dice.place(letters.len());
            if !letters[place].is_ascii_alphanumeric() {
                continue;
            }
            let other = *dice.pick(&b"0123456789abcdefghijklmnopqrstuvwxyz"[..]);
            match dice.below(4) {
                0 => letters[place] = other.into(),
                1 => drop(letters.remove(place)),
                2 => letters.insert(place, other.into()),
                _ if place > 0 && letters[place - 1].is_ascii_alphanumeric() => {
                    letters.swap(place - 1, place)
                }
                _ => continue,
            }
            let wrong: String = letters.into_iter().collect();
            if !self.ids.contains(&plain(&wrong)) {
                return wrong;
            }
        }
    }

    /// With the rows of each side in no order.
    pub(crate) fn finish(mut self, dice: &mut Dice) -> Made {
        let made = &mut self.made;
        let buyer = shuffle(&mut made.buyer, dice);
        let seller = shuffle(&mut made.seller, dice);
        for truth in &mut made.truth {
            for (places, moved) in [(&mut truth.buyer, &buyer), (&mut truth.seller, &seller)] {
                for place in places.iter_mut() {
                    *place = moved[*place];
                }
            }
        }
        self.made
    }
}

/// Letters and digits, in capitals.
fn plain(id: &str) -> String {
    id.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// Shuffles rows, and says of each former place where it is now.
fn shuffle(rows: &mut Vec<Row>, dice: &mut Dice) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    for place in (1..order.len()).rev() {
        order.swap(place, dice.place(place + 1));
    }
    let mut moved = vec![0; order.len()];
    for (now, before) in order.iter().enumerate() {
        moved[*before] = now;
    }
    *rows = order.iter().map(|before| rows[*before].clone()).collect();
    moved
}
