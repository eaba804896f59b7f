//! What a contract says before its discounts: its term, its parties and their networks.

use crate::{
    fault::{Faults, Reason},
    node::Cursor,
};
use interclear_primitives::{money::Currency, period::Period, tadig::Tadig, DAY};
use std::collections::BTreeMap;

/// The parties and whose networks are whose.
pub(super) struct Parties<'a> {
    /// Their names in the contract.
    pub(super) names: [&'a str; 2],
    /// The place of the party that each network belongs to.
    owners: BTreeMap<Tadig, usize>,
    /// Networks that only a service group names.
    beyond: [Vec<Tadig>; 2],
}

impl Parties<'_> {
    /// The place of the party whose network this is, as far as it is known.
    pub(super) fn owner(&self, code: Tadig) -> Option<usize> {
        self.owners.get(&code).copied()
    }

    /// Takes a network for one of the party at `place`, on whose side a group names it; whether it is none of the other's.
    pub(super) fn claim(&mut self, code: Tadig, place: usize) -> bool {
        let beyond = &mut self.beyond;
        let owner = *self.owners.entry(code).or_insert_with(|| {
            if let Some(list) = beyond.get_mut(place) {
                list.push(code);
            }
            place
        });
        owner == place
    }

    /// Tells of the networks that are none of the default ones.
    pub(super) fn beyond_default(&self) -> impl Iterator<Item = String> + '_ {
        let named = self.names.iter().zip(&self.beyond);
        named.filter(|(_, codes)| !codes.is_empty()).map(|(name, codes)| {
            let codes: Vec<&str> = codes.iter().map(Tadig::as_str).collect();
            format!(
                "networks of {name} because service groups name them on its side: {}",
                codes.join(", ")
            )
        })
    }
}

/// What a contract says before its discounts.
pub(super) struct Header<'a> {
    pub(super) first: Period,
    pub(super) last: Period,
    pub(super) parties: Parties<'a>,
    pub(super) currency: Currency,
    pub(super) name: Option<String>,
    pub(super) notes: Vec<String>,
}

/// Where the items of a header are.
struct Places<'a> {
    name: Cursor<'a>,
    term: Cursor<'a>,
    bounds: [&'static str; 2],
    prolongation: Cursor<'a>,
    taxes_included: Cursor<'a>,
    /// The names of the parties and where they are listed.
    parties: ([&'a str; 2], Cursor<'a>),
    /// Where each party's currency is and its codes.
    information: [(Cursor<'a>, Cursor<'a>); 2],
}

impl<'a> Header<'a> {
    /// Reads the header; `None` when not even the parties can be told.
    pub(super) fn read(root: &Cursor<'a>, faults: &mut Faults) -> Option<Self> {
        let older = root.member("generalInformation");
        let places = match older.is_there() && !root.member("framework").is_there() {
            true => general_information(&older, faults)?,
            false => framework(root, faults)?,
        };
        let (names, listed) = places.parties;
        if names[0] == names[1] {
            let reason = "there must be two different parties";
            faults.add(listed.path(), Reason::Other(reason.into()));
        }
        let [first, last] = term(&places.term, places.bounds, faults);
        let (parties, currency) = parties(names, &places.information, faults);
        let mut notes = Vec::new();
        if places.taxes_included.yes(false, faults) {
            notes.push(
                "prices include taxes, whose rate the contract does not tell: charges state no tax".into(),
            );
        }
        if places.prolongation.is_there() {
            notes.push("the renewal is not taken over: agree on renewal_months".into());
        }
        let name = places.name;
        let name = name.is_there().then(|| name.text(faults)).flatten();
        Some(Self {
            first,
            last,
            parties,
            currency,
            name: name.map(ToOwned::to_owned),
            notes,
        })
    }
}

/// The newer header: `framework`, with a name in `metadata`.
fn framework<'a>(root: &Cursor<'a>, faults: &mut Faults) -> Option<Places<'a>> {
    let framework = root.member("framework");
    let listed = framework.member("contractParties");
    let entries = listed.entries(faults);
    let [one, two] = entries.as_slice() else {
        faults.add(listed.path(), Reason::Other("there must be two parties".into()));
        return None;
    };
    let names = [one.text(faults), two.text(faults)];
    let [Some(one), Some(two)] = names else {
        return None;
    };
    let information = [one, two].map(|name| {
        let party = framework.member("partyInformation").member(name);
        (
            party.member("contractCurrency"),
            party.member("defaultTadigCodes"),
        )
    });
    Some(Places {
        name: root.member("metadata").member("name"),
        term: framework.member("term"),
        bounds: ["start", "end"],
        prolongation: framework.member("term").member("prolongation"),
        taxes_included: framework.member("payment").member("taxesIncluded"),
        parties: ([one, two], listed),
        information,
    })
}

/// The older header: `generalInformation`, which has the parties among its members.
fn general_information<'a>(older: &Cursor<'a>, faults: &mut Faults) -> Option<Places<'a>> {
    let named: Vec<&str> = older
        .names()
        .into_iter()
        .filter(|name| older.member(name).member("tadigCodes").is_there())
        .collect();
    let [one, two] = named.as_slice() else {
        let reason = "there must be two parties, each with its tadigCodes";
        faults.add(older.path(), Reason::Other(reason.into()));
        return None;
    };
    let information = [one, two].map(|name| {
        let party = older.member(name);
        (
            party.member("currencyForAllDiscounts"),
            party.member("tadigCodes").member("codes"),
        )
    });
    Some(Places {
        name: older.member("name"),
        term: older.clone(),
        bounds: ["startDate", "endDate"],
        prolongation: older.member("prolongationLength"),
        taxes_included: older.member("taxesIncluded"),
        parties: ([*one, *two], older.clone()),
        information,
    })
}

/// The parties' networks, and their one currency.
fn parties<'a>(
    names: [&'a str; 2],
    information: &[(Cursor<'a>, Cursor<'a>); 2],
    faults: &mut Faults,
) -> (Parties<'a>, Currency) {
    let mut agreed: Option<Currency> = None;
    let mut owners = BTreeMap::new();
    for (place, (currency, codes)) in information.iter().enumerate() {
        if let Some(found) = currency.parsed::<Currency>(faults, Reason::Currency) {
            let expected = *agreed.get_or_insert(found);
            if expected != found {
                faults.add(currency.path(), Reason::OtherCurrency { expected, found });
            }
        }
        for (path, code) in codes.codes(faults) {
            let owner = *owners.entry(code).or_insert(place);
            if owner != place {
                let [one, _] = names;
                faults.add(
                    path,
                    Reason::Other(format!("{code} is a network of {one} already")),
                );
            }
        }
    }
    let parties = Parties {
        names,
        owners,
        beyond: Default::default(),
    };
    // Where no currency could be read, there is a fault already.
    (parties, agreed.unwrap_or(Currency::EUR))
}

/// First and last month.
fn term(term: &Cursor<'_>, bounds: [&str; 2], faults: &mut Faults) -> [Period; 2] {
    let [start, _] = bounds;
    let bounds = bounds.map(|name| {
        let cursor = term.member(name);
        let text = cursor.text(faults)?;
        let day = Day::read(text);
        let month = match name == start {
            true => day.and_then(Day::month_that_begins),
            false => day.and_then(Day::month_that_ends),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn term_should_be_refused_when_it_is_not_whole_months() {
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
