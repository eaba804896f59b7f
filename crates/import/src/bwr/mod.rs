//! Contracts of the format `gsma-bwr-roaming-v1`.
//!
//! What the format says and the chain's terms say, side by side:
//!
//! | format | terms |
//! |---|---|
//! | `framework.contractParties` | first and second party |
//! | `framework.term` | first and last month; both must be whole |
//! | `discounts` of a party | the direction whose home networks its `serviceGroups` name |
//! | no `usagePricing`, `Not Charged`, `Linear rate` without a rate | not charged |
//! | `Linear rate`, `Flat rate` | linear, flat fee |
//! | `Tiered with Thresholds`, `Threshold - back to first` | tiered, back to first |
//! | `Balanced/Unbalanced (Linear rate)` | balanced/unbalanced |
//! | `accessPricing` | access, alone or together with usage |
//! | `Deal Revenue Commitment`, `Contract Revenue Commitment` | the same conditions, over the term |
//! | a service that no group lists | excluded: settles at the TAP charge |
//!
//! Volumes accumulate over the whole term, as the format's calculation has it: window and commitment span are the term.

mod discounts;
mod plan;

use crate::{
    agreement::Agreement,
    fault::{Faults, Reason},
    node::{Cursor, Node},
};
use discounts::Side;
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, PaymentTerms, Terms, UsageTerms},
    money::Currency,
    period::Period,
    span::Span,
    tadig::Tadig,
    DAY,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the `version` of such a contract is.
pub(crate) const VERSION: &str = "gsma-bwr-roaming-v1";

/// Days that are usual, and that the format does not tell.
const USUAL_PAYMENT: PaymentTerms = PaymentTerms {
    affirm_days: 15,
    late_interest_bps: 0,
    ..PaymentTerms::usual()
};

/// A party as the framework describes it.
pub(crate) struct Party<'a> {
    /// Its name in the contract.
    pub(crate) name: &'a str,
    /// Its networks.
    pub(crate) networks: BTreeSet<Tadig>,
}

/// Reads a contract whose version has been recognised.
///
/// # Errors
/// All faults, each with its path.
pub(crate) fn read(document: &Node) -> Result<Agreement, Faults> {
    let root = Cursor::new(document);
    let mut faults = Faults::default();
    let framework = root.member("framework");
    let [first, last] = term(&framework.member("term"), &mut faults);
    let names = framework.member("contractParties");
    let listed = names.entries(&mut faults);
    let [one, two] = listed.as_slice() else {
        faults.add(names.path(), Reason::Other("there must be two parties".into()));
        return Err(faults);
    };
    let (Some(one), Some(two)) = (one.text(&mut faults), two.text(&mut faults)) else {
        return Err(faults);
    };
    if one == two {
        faults.add(
            names.path(),
            Reason::Other("there must be two different parties".into()),
        );
    }
    let (parties, currency) = parties(&framework.member("partyInformation"), [one, two], &mut faults);

    let mut notes = Vec::new();
    let mut units = BTreeMap::new();
    let discounts = root.member("discounts");
    for name in discounts.names() {
        if !parties.iter().any(|party| party.name == name) {
            let known = format!("{one}, {two}");
            let found = name.to_owned();
            faults.add(discounts.member(name).path(), Reason::Unknown { found, known });
        }
    }
    let mut sides: [Option<DirectionTerms>; 2] = [None, None];
    for party in &parties {
        let cursor = discounts.member(party.name);
        if !cursor.is_there() {
            notes.push(format!("{} grants no discounts", party.name));
            continue;
        }
        let side = Side::read(&cursor, &parties, currency, &mut faults);
        let Some(Side {
            direction,
            terms,
            units: counted,
        }) = side
        else {
            continue;
        };
        units.extend(counted);
        if let Some(slot) = sides.get_mut(direction.index()) {
            if slot.is_some() {
                let reason = "the networks of both parties' discounts are those of one direction";
                faults.add(cursor.path(), Reason::Other(reason.into()));
            }
            *slot = Some(terms);
        }
    }
    if framework
        .member("payment")
        .member("taxesIncluded")
        .yes(false, &mut faults)
    {
        notes
            .push("prices include taxes, whose rate the contract does not tell: charges state no tax".into());
    }
    if framework.member("term").member("prolongation").is_there() {
        notes.push("the renewal is not taken over: agree on renewal_months".into());
    }
    notes.push(
        "days of payment, of disputes and for usage files are the usual ones: the contract does not tell"
            .into(),
    );
    let terms = Terms {
        first,
        last,
        currency,
        directions: sides.map(|side| side.unwrap_or_else(nothing_agreed)),
        usage: UsageTerms::usual(currency),
        payment: USUAL_PAYMENT,
        signatures: 1,
        notice_months: 0,
        renewal_months: 0,
    };
    if faults.is_empty() {
        for fault in interclear_billing::terms::faults(&terms) {
            faults.add("terms", Reason::Other(fault.to_string()));
        }
    }
    let name = root.member("metadata").member("name");
    let name = name
        .is_there()
        .then(|| name.text(&mut faults))
        .flatten()
        .map(ToOwned::to_owned);
    faults.unless(Agreement {
        terms,
        parties: Some([one.to_owned(), two.to_owned()]),
        name,
        units,
        excluded_at_tap: true,
        notes,
    })
}

fn nothing_agreed() -> DirectionTerms {
    DirectionTerms {
        groups: Default::default(),
        condition: Default::default(),
        window: Span::Term,
        commitment_span: Span::Term,
    }
}

/// The parties' networks, and their one currency.
fn parties<'a>(
    information: &Cursor<'a>,
    names: [&'a str; 2],
    faults: &mut Faults,
) -> ([Party<'a>; 2], Currency) {
    let mut currencies: Vec<Currency> = Vec::new();
    let parties = names.map(|name| {
        let cursor = information.member(name);
        let currency = cursor.member("contractCurrency");
        if let Some(read) = currency.parsed::<Currency>(faults, Reason::Currency) {
            if let Some(expected) = currencies.first().copied().filter(|first| *first != read) {
                let reason = Reason::OtherCurrency {
                    expected,
                    found: read,
                };
                faults.add(currency.path(), reason);
            }
            currencies.push(read);
        }
        let codes = cursor.member("defaultTadigCodes").entries(faults);
        let networks = codes
            .iter()
            .filter_map(|code| code.parsed(faults, Reason::Tadig))
            .collect();
        Party { name, networks }
    });
    let [one, two] = &parties;
    for both in one.networks.intersection(&two.networks) {
        let place = information.member(two.name).member("defaultTadigCodes").path();
        faults.add(
            place,
            Reason::Other(format!("{both} is a network of {} already", one.name)),
        );
    }
    // Where none could be read, there is a fault already.
    (parties, currencies.first().copied().unwrap_or(Currency::EUR))
}

/// First and last month.
fn term(term: &Cursor<'_>, faults: &mut Faults) -> [Period; 2] {
    let bounds = ["start", "end"].map(|name| {
        let cursor = term.member(name);
        let text = cursor.text(faults)?;
        let month = match name {
            "start" => Day::read(text).and_then(Day::month_that_begins),
            _ => Day::read(text).and_then(Day::month_that_ends),
        };
        if month.is_none() {
            faults.add(cursor.path(), Reason::NotMonthEnd(text.to_owned()));
        }
        month
    });
    let any = Period(197_001);
    if let [Some(first), Some(last)] = bounds {
        if last < first {
            faults.add(
                term.path(),
                Reason::Other(format!("ends with {last}, before it begins with {first}")),
            );
        }
    }
    bounds.map(|month| month.unwrap_or(any))
}

/// A day of a month. Systems write the local midnight of a day in UTC: from noon on it is that of the next day.
struct Day {
    month: Period,
    day: u32,
    next: bool,
}

impl Day {
    /// Reads `2020-01-31`, alone or with a time: `2020-01-31T00:00:00.000Z`.
    fn read(text: &str) -> Option<Self> {
        let (date, time) = text
            .split_once('T')
            .map_or((text, None), |(date, time)| (date, Some(time)));
        let (month, day) = date.rsplit_once('-')?;
        let number = |text: &str| {
            let plain = text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit());
            plain.then(|| text.parse::<u32>().ok()).flatten()
        };
        let (month, day) = (month.parse::<Period>().ok()?, number(day)?);
        let hour = match time {
            None => 0,
            Some(time) => number(time.get(..2)?).filter(|hour| *hour < 24 && time.ends_with('Z'))?,
        };
        let next = hour >= 12;
        (1..=days(month))
            .contains(&day)
            .then_some(Self { month, day, next })
    }

    fn month_that_begins(self) -> Option<Period> {
        match (self.day, self.next) {
            (1, false) => Some(self.month),
            (day, true) if day == days(self.month) => Some(self.month.next()),
            _ => None,
        }
    }

    fn month_that_ends(self) -> Option<Period> {
        let last = days(self.month);
        let day = if self.next {
            self.day.saturating_add(1)
        } else {
            self.day
        };
        (day == last).then_some(self.month)
    }
}

fn days(month: Period) -> u32 {
    u32::try_from(month.end().saturating_sub(month.start()) / DAY).unwrap_or(0)
}

/// Whose subscribers roam when the home networks are those of the party at `place`.
pub(crate) fn direction_of(place: usize) -> Direction {
    match place {
        0 => Direction::FirstHome,
        _ => Direction::SecondHome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_months_are_a_term() {
        let begins = |text| Day::read(text).and_then(Day::month_that_begins);
        let ends = |text| Day::read(text).and_then(Day::month_that_ends);
        assert_eq!(begins("2020-01-01T00:00:00.000Z"), Some(Period(202_001)));
        assert_eq!(
            begins("2019-12-31T23:00:00.000Z"),
            Some(Period(202_001)),
            "Berlin's midnight"
        );
        assert_eq!(
            begins("2020-01-01T05:00:00Z"),
            Some(Period(202_001)),
            "New York's midnight"
        );
        assert_eq!(begins("2020-01-01"), Some(Period(202_001)));
        assert_eq!(ends("2020-02-29T00:00:00.000Z"), Some(Period(202_002)));
        assert_eq!(ends("2020-02-28T23:00:00.000Z"), Some(Period(202_002)));
        for wrong in [
            "2020-01-02T00:00:00.000Z",
            "2020-02-30",
            "2020-1-1",
            "43831",
            "2020-01-01T24:00:00Z",
            "2020-01-01T00:00:00+01:00",
            "",
        ] {
            assert_eq!(begins(wrong), None, "{wrong}");
        }
        assert_eq!(ends("2021-02-29"), None);
        assert_eq!(ends("2020-02-28"), None);
    }
}
