//! Why two records differ, in the words of those who mend it, and what money depends on it: off the chain, for people to look at.

use crate::{
    field::{Field, FieldSet},
    record::{Record, Side, Status},
};
use std::fmt;

/// Why records do not match.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Cause {
    /// The buyer has ended it, or earlier, and the seller goes on.
    AfterDisconnection,
    /// The seller has ended it, or earlier, and the buyer goes on.
    EndedBySeller,
    /// The seller begins before the buyer does.
    BeforeAcceptance,
    /// The buyer begins before the seller does.
    BeforeDelivery,
    /// The charges differ.
    WrongPrice,
    /// The price holds from another day.
    PriceDate,
    /// The currencies differ.
    WrongCurrency,
    /// A and Z are exchanged.
    SwappedEnds,
    /// The bandwidths differ.
    Bandwidth,
    /// Something else differs.
    OtherField(Field),
    /// A side has several records of one key.
    Duplicate,
    /// No record of the other side has its key, and one nearly agrees.
    LikelyTypo,
    /// The buyer has it, and no record of the seller has its key.
    NotAtSeller,
    /// The seller has it, and no record of the buyer has its key.
    NotAtBuyer,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::AfterDisconnection => "billing after disconnection",
            Self::EndedBySeller => "ended by the seller only",
            Self::BeforeAcceptance => "billing before acceptance",
            Self::BeforeDelivery => "begins earlier at the buyer",
            Self::WrongPrice => "wrong price",
            Self::PriceDate => "price from another day",
            Self::WrongCurrency => "wrong currency",
            Self::SwappedEnds => "swapped ends",
            Self::Bandwidth => "other bandwidth",
            Self::OtherField(field) => return write!(f, "other {field}"),
            Self::Duplicate => "duplicate id",
            Self::LikelyTypo => "likely typing error in an id",
            Self::NotAtSeller => "not reported by the seller",
            Self::NotAtBuyer => "not reported by the buyer",
        };
        f.pad(words)
    }
}

/// A cause, with the fields that show it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// Why they differ.
    pub cause: Cause,
    /// In which fields.
    pub fields: FieldSet,
    /// What depends on it in a month of 30 days, in 10^-6 of the currency: what one side charges or expects to be charged, and the
    /// other does not.
    pub stake: u64,
}

/// Why two records of one key differ in `fields`: each field belongs to one cause, the one that costs most first.
pub fn causes(buyer: &Record, seller: &Record, fields: FieldSet) -> Vec<Found> {
    let mut left = fields;
    let mut found = Vec::new();
    let mut take = |of: &[Field], cause: Cause, stake: u64| {
        let taken: FieldSet = of.iter().copied().filter(|field| left.contains(*field)).collect();
        if !taken.is_empty() {
            left = FieldSet(left.0 & !taken.0);
            found.push(Found {
                cause,
                fields: taken,
                stake,
            });
        }
    };
    let dearer = buyer.recurring.max(seller.recurring);
    let ends = |record: &Record| record.end.map_or(u16::MAX, |end| end.0);
    let never = |record: &Record| matches!(record.status, Status::PendingActive | Status::Cancelled);
    if fields.contains(Field::End) {
        match ends(buyer) < ends(seller) {
            true => take(
                &[Field::End, Field::Status],
                Cause::AfterDisconnection,
                seller.recurring,
            ),
            false => take(
                &[Field::End, Field::Status],
                Cause::EndedBySeller,
                buyer.recurring,
            ),
        }
    }
    if fields.contains(Field::Status) {
        match (never(buyer), never(seller)) {
            (true, false) => take(&[Field::Status], Cause::BeforeAcceptance, seller.recurring),
            (false, true) => take(&[Field::Status], Cause::BeforeDelivery, buyer.recurring),
            _ => {}
        }
    }
    if fields.contains(Field::Start) {
        let of = |record: &Record| {
            let days = u64::from(buyer.start.0.abs_diff(seller.start.0)).min(30);
            record.recurring.saturating_mul(days) / 30
        };
        // A price that holds from the start differs with it.
        let both: &[Field] = match (buyer.since == buyer.start, seller.since == seller.start) {
            (true, true) => &[Field::Start, Field::Since],
            _ => &[Field::Start],
        };
        match seller.start < buyer.start {
            true => take(both, Cause::BeforeAcceptance, of(seller)),
            false => take(both, Cause::BeforeDelivery, of(buyer)),
        }
    }
    take(&[Field::Currency], Cause::WrongCurrency, dearer);
    let by = buyer
        .recurring
        .abs_diff(seller.recurring)
        .saturating_add(buyer.one_off.abs_diff(seller.one_off));
    take(&[Field::Recurring, Field::OneOff], Cause::WrongPrice, by);
    take(&[Field::Since], Cause::PriceDate, 0);
    if (buyer.a_end, buyer.z_end) == (seller.z_end, seller.a_end) {
        take(&[Field::AEnd, Field::ZEnd], Cause::SwappedEnds, 0);
    }
    take(&[Field::Bandwidth], Cause::Bandwidth, 0);
    for field in Field::ALL {
        take(&[field], Cause::OtherField(field), 0);
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.stake));
    found
}

/// What depends in a month on a record that has no other: what the side charges or expects, unless it has ended or never came into use.
pub fn stake_alone(record: &Record) -> u64 {
    match record.end.is_none() && record.status.bills() {
        true => record.recurring,
        false => 0,
    }
}

/// The cause of a record that is at one side only, without a likely other one.
pub fn alone(at: Side) -> Cause {
    match at {
        Side::Buyer => Cause::NotAtSeller,
        Side::Seller => Cause::NotAtBuyer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{day::Day, text::Text};

    const EURO: u64 = 1_000_000;

    fn record() -> Record {
        Record {
            a_end: Text::new(b"DEFRA1").unwrap(),
            z_end: Text::new(b"FRPAR2").unwrap(),
            recurring: 300 * EURO,
            currency: *b"EUR",
            start: Day(20_000),
            since: Day(20_000),
            ..Record::default()
        }
    }

    fn found(change: impl FnOnce(&mut Record, &mut Record), fields: &[Field]) -> Vec<(Cause, u64, u32)> {
        let (mut buyer, mut seller) = (record(), record());
        change(&mut buyer, &mut seller);
        causes(&buyer, &seller, fields.iter().copied().collect())
            .into_iter()
            .map(|found| (found.cause, found.stake / EURO, found.fields.len()))
            .collect()
    }

    #[test]
    fn cause_should_be_named_with_what_depends_on_it() {
        let ended = |buyer: &mut Record, _: &mut Record| {
            buyer.end = Some(Day(20_100));
            buyer.status = Status::Terminated;
        };
        assert_eq!(
            found(ended, &[Field::End, Field::Status]),
            [(Cause::AfterDisconnection, 300, 2)]
        );
        let early = |_: &mut Record, seller: &mut Record| {
            (seller.start, seller.since) = (Day(19_990), Day(19_990));
        };
        // Ten of thirty days at 300 a month.
        assert_eq!(
            found(early, &[Field::Start, Field::Since]),
            [(Cause::BeforeAcceptance, 100, 2)]
        );
        let waits = |buyer: &mut Record, _: &mut Record| buyer.status = Status::PendingActive;
        assert_eq!(
            found(waits, &[Field::Status]),
            [(Cause::BeforeAcceptance, 300, 1)]
        );
        let dear = |_: &mut Record, seller: &mut Record| {
            (seller.recurring, seller.bandwidth) = (320 * EURO, 1);
        };
        assert_eq!(
            found(dear, &[Field::Recurring, Field::Bandwidth]),
            [(Cause::WrongPrice, 20, 1), (Cause::Bandwidth, 0, 1)]
        );
        let swapped = |_: &mut Record, seller: &mut Record| {
            std::mem::swap(&mut seller.a_end, &mut seller.z_end);
        };
        assert_eq!(
            found(swapped, &[Field::AEnd, Field::ZEnd]),
            [(Cause::SwappedEnds, 0, 2)]
        );
        let moved = |_: &mut Record, seller: &mut Record| seller.a_end = Text::new(b"DEBER1").unwrap();
        assert_eq!(
            found(moved, &[Field::AEnd]),
            [(Cause::OtherField(Field::AEnd), 0, 1)]
        );
    }
}
