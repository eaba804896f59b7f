//! What two matching records say that nobody disputes, and how it came to be.

use alloc::{collections::BTreeSet, vec::Vec};
use bounded_collections::{BoundedVec, ConstU32};
use interclear_matching::{Day, Field, Profile, Record, Rule};
use interclear_primitives::{money::Currency, period::Period};
use interclear_record::record;

/// Prices and bandwidths of one service, one after the other, at most.
pub type MaxVersions = ConstU32<16>;

/// A recurring charge and a bandwidth, from a day on.
#[record(Copy)]
pub struct Version {
    /// The first day.
    pub from: Day,
    /// Bandwidth in bit/s.
    pub bandwidth: u64,
    /// The currency of the charge.
    pub currency: Currency,
    /// Recurring charge, in 10^-6 of the currency.
    pub recurring: u64,
}

/// What nobody disputes of two records that match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Undisputed {
    /// The currency of the charges.
    pub currency: Currency,
    /// The smaller of the one-off charges, in 10^-6 of the currency.
    pub one_off: u64,
    /// The later start.
    pub start: Day,
    /// The earlier end.
    pub end: Option<Day>,
    /// The two days since which the charge is agreed, the earlier one first.
    pub since: (Day, Day),
    /// The smaller of the bandwidths.
    pub bandwidth: u64,
    /// The smaller of the recurring charges.
    pub recurring: u64,
    /// Whether both say that the service came into use.
    pub bills: bool,
}

/// A service on which both sides agree or have agreed.
#[record]
pub struct Agreed {
    /// The currency of what is charged once.
    pub currency: Currency,
    /// Charged once, with the month of the start; in 10^-6 of the currency.
    pub one_off: u64,
    /// The first day.
    pub start: Day,
    /// The first day on which it is not there any more.
    pub end: Option<Day>,
    /// Prices and bandwidths, by ascending days; the days before the first of them are not known, and not billed.
    pub versions: BoundedVec<Version, MaxVersions>,
    /// The last month for which both sides agreed on it; it bills for none after.
    pub through: Period,
}

/// The fields on which a bill depends, and that a profile by which services bill must compare: one that is informative would be
/// what either side likes. `None` when all are compared.
pub fn uncompared(profile: &Profile) -> Option<Field> {
    use Field::*;
    [Recurring, OneOff, Currency, Start, End, Since, Status]
        .into_iter()
        .find(|field| profile.rule(*field) == Rule::Informative)
}

/// What nobody disputes of two records that match: where a tolerance lets them differ, what is less in money.
pub fn undisputed(buyer: &Record, seller: &Record) -> Undisputed {
    Undisputed {
        currency: interclear_primitives::money::Currency(seller.currency),
        one_off: buyer.one_off.min(seller.one_off),
        start: buyer.start.max(seller.start),
        end: match (buyer.end, seller.end) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        },
        since: (buyer.since.min(seller.since), buyer.since.max(seller.since)),
        bandwidth: buyer.bandwidth.min(seller.bandwidth),
        recurring: buyer.recurring.min(seller.recurring),
        bills: buyer.status.bills() && seller.status.bills() && buyer.currency == seller.currency,
    }
}

impl Agreed {
    /// A service on which both sides agree for the first time, in the statement of `month`.
    pub fn new(terms: &Undisputed, month: Period) -> Self {
        let mut agreed = Self {
            currency: terms.currency,
            one_off: 0,
            start: terms.start,
            end: terms.end,
            versions: BoundedVec::new(),
            through: month,
        };
        // Without versions there is nothing for which there might be no room.
        let _room = agreed.agree(terms, month);
        agreed
    }

    /// Takes what both sides agree on now. Price and bandwidth hold from the day since which they are agreed, in place of all that
    /// was agreed for later days; of two days, a higher price, or one in another currency, holds from the later one and a lower one
    /// from the earlier one. What is charged once stays as it was said in the currency in which the service started. A service that
    /// never came into use bills nothing, and what was billed of it is credited.
    ///
    /// `false` where there is no room for another version: nothing changes then, and [`Agreed::forget`] makes room.
    #[must_use]
    pub fn agree(&mut self, terms: &Undisputed, month: Period) -> bool {
        let mut versions = self.versions.clone();
        let said = match terms.bills {
            false => (terms.currency, 0),
            true => (terms.currency, terms.one_off),
        };
        match terms.bills {
            false => versions.clear(),
            true => {
                let (earlier, later) = terms.since;
                let before = versions.iter().rfind(|version| version.from < later);
                let from = match before {
                    Some(before)
                        if before.currency == terms.currency && before.recurring > terms.recurring =>
                    {
                        earlier
                    }
                    _ => later,
                };
                versions.retain(|version| version.from < from);
                let same = versions.last().is_some_and(|last| {
                    let terms = (terms.bandwidth, terms.currency, terms.recurring);
                    (last.bandwidth, last.currency, last.recurring) == terms
                });
                let version = Version {
                    from,
                    bandwidth: terms.bandwidth,
                    currency: terms.currency,
                    recurring: terms.recurring,
                };
                if !same && versions.try_push(version).is_err() {
                    return false;
                }
            }
        }
        let before = (self.currency, self.one_off);
        *self = Self {
            start: terms.start,
            end: terms.end,
            versions,
            through: self.through.max(month),
            ..*self
        };
        self.charge_once(said, before);
        true
    }

    /// Goes on with what was agreed of the same service under other ids: with the prices of the days before its own first one.
    pub fn follow(&mut self, before: &Self) {
        let Some(first) = self.versions.first().map(|version| version.from) else {
            return;
        };
        let earlier = before.versions.iter().filter(|version| version.from < first);
        let mut versions: Vec<Version> = earlier.chain(&self.versions).copied().collect();
        // Where there are too many the last ones count.
        let over = versions
            .len()
            .saturating_sub(BoundedVec::<Version, MaxVersions>::bound());
        versions.drain(..over);
        self.versions = BoundedVec::truncate_from(versions);
        self.charge_once((self.currency, self.one_off), (before.currency, before.one_off));
    }

    /// Takes what is said of the one-off charge, or leaves it as it was: a service that has changed its currency since its start was
    /// charged in the currency of that day, and what is said in another one is not what was charged then.
    fn charge_once(&mut self, said: (Currency, u64), before: (Currency, u64)) {
        let at_start = self.versions.iter().rfind(|version| version.from <= self.start);
        let holds = at_start.or(self.versions.first());
        let taken = holds.is_none_or(|version| version.currency == said.0);
        (self.currency, self.one_off) = if taken { said } else { before };
    }

    /// The currencies in which it charges something.
    pub fn currencies(&self) -> BTreeSet<Currency> {
        let recurring = self.versions.iter().map(|version| version.currency);
        recurring.chain([self.currency]).collect()
    }

    /// Forgets the versions that ended before a day, for whose months nothing can be corrected any more.
    pub fn forget(&mut self, before: Day) {
        let over = self
            .versions
            .iter()
            .skip(1)
            .take_while(|next| next.from <= before)
            .count();
        let mut place = 0usize;
        self.versions.retain(|_| {
            place = place.saturating_add(1);
            place > over
        });
    }
}
