//! What disputes have changed of the lines of statements, and at which rates the lines are taxed.

use crate::{
    books::Books,
    database::{cell, texts, Database},
    error::ArchiveError,
    table::Cell,
    typed,
};
use interclear_client::replay::{Months, ReplayError};
use interclear_primitives::{
    agreement::{Direction, Terms},
    ids::AgreementId,
    period::Period,
    rating::{Pricing, TaxRule},
    service::Service,
};
use serde_json::Value;
use std::collections::{btree_map::Entry, BTreeMap};

/// A line of a statement, by what the chain knows it by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Line {
    pub agreement: i64,
    pub period: String,
    pub direction: String,
    pub group: i64,
    pub service: String,
    /// The closed month that it is of; empty if it is of the statement's own.
    pub late: String,
}

/// A dispute, with quantity, charge, shortfall and tax of all that is said in it.
pub(crate) struct Disputed {
    pub number: i64,
    pub line: Line,
    /// Debtor and creditor.
    pub parties: [i64; 2],
    pub kind: String,
    pub phase: String,
    pub raised_at: u64,
    /// Once it has ended, when it did.
    pub until: u64,
    pub currency: String,
    pub decimals: u8,
    pub stated: [i128; 4],
    /// What debtor and creditor said last, before it ended.
    pub said: [[i128; 4]; 2],
    /// The figures that stand, once it has ended.
    pub ended: Option<[i128; 4]>,
    /// What is paid of the line as it stands.
    pub settled: i128,
}

impl Disputed {
    /// By how much its end has changed the line, and the document that says so.
    pub(crate) fn change(&self) -> Option<([i128; 4], String)> {
        let ended = self.ended?;
        let mut change = [0; 4];
        for (change, (ended, stated)) in change.iter_mut().zip(ended.iter().zip(self.stated)) {
            *change = ended.saturating_sub(stated);
        }
        let [_, money @ ..] = change;
        let worth = money.iter().fold(0i128, |sum, part| sum.saturating_add(*part));
        let kind = if worth < 0 { "credit note" } else { "debit note" };
        (change != [0; 4]).then(|| (change, format!("{kind} of dispute {}", self.number)))
    }
}

/// What is said of a line, in their order.
pub(crate) const FIGURES: [&str; 4] = ["quantity", "charge", "shortfall", "tax"];

fn figures(of: &Value) -> [i128; 4] {
    FIGURES.map(|name| {
        let figure = of[name].as_str().and_then(|figure| figure.parse().ok());
        figure.unwrap_or_default()
    })
}

/// Disputes by the line that they are on.
pub(crate) fn by_line(disputes: &[Disputed]) -> BTreeMap<&Line, Vec<&Disputed>> {
    let mut lines = BTreeMap::<&Line, Vec<&Disputed>>::new();
    for one in disputes {
        lines.entry(&one.line).or_default().push(one);
    }
    lines
}

/// All disputes that are known, by number.
pub(crate) async fn all(database: &mut Database) -> Result<Vec<Disputed>, ArchiveError> {
    let query = "SELECT CAST(key ->> 0 AS TEXT), CAST(value AS TEXT) FROM state WHERE pallet = 'Disputes' AND item = 'Disputes' \
                 ORDER BY state.from_block, state.id";
    let mut found = BTreeMap::<i64, Disputed>::new();
    for row in texts(database, query, &[]).await? {
        let part = |place: usize| cell(&row, place);
        let Ok(number) = part(0).parse() else {
            continue;
        };
        let value: Value = serde_json::from_str(part(1)).unwrap_or_default();
        let words = |of: &Value| of.as_str().unwrap_or_default().to_owned();
        let subject = &value["subject"]["StatementLine"];
        let (line, usage) = (&subject["line"], &subject["line"]["usage"]);
        let claims = [figures(&value["claims"][0]), figures(&value["claims"][1])];
        let ended = value["phase"].get("Ended").is_some();
        let stands = value
            .get("ended")
            .filter(|stands| stands.is_object())
            .map(figures);
        // Where the figures that stand are not kept by themselves, both claims are these once it has ended: what they said is what they
        // last said apart.
        let said = match found.get(&number).filter(|_| ended && stands.is_none()) {
            Some(before) => before.said,
            None => claims,
        };
        let party = |place: usize| value["parties"][place].as_i64().unwrap_or_default();
        let dispute = Disputed {
            number,
            line: Line {
                agreement: subject["agreement"].as_i64().unwrap_or_default(),
                period: words(&subject["period"]),
                direction: words(&usage["direction"]),
                group: usage["group"].as_i64().unwrap_or_default(),
                service: words(&usage["service"]),
                late: words(&line["late"]),
            },
            parties: [party(0), party(1)],
            kind: typed::words(&value["kind"]),
            phase: typed::words(&value["phase"]),
            raised_at: value["raised_at"].as_u64().unwrap_or_default(),
            until: value["until"].as_u64().unwrap_or_default(),
            currency: words(&value["currency"]),
            decimals: value["decimals"]
                .as_u64()
                .and_then(|places| places.try_into().ok())
                .unwrap_or_default(),
            stated: figures(&value["stated"]),
            said,
            ended: ended.then_some(stands.unwrap_or(claims[0])),
            settled: value["settled"]
                .as_str()
                .and_then(|settled| settled.parse().ok())
                .unwrap_or_default(),
        };
        found.insert(number, dispute);
    }
    Ok(found.into_values().collect())
}

/// At which rate a line is taxed, as the terms have it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Rate {
    /// In thousandths of a basis point: a hundred thousand is one percent.
    Agreed(u32),
    /// As the files say.
    InFiles,
    /// The terms are older than the archive.
    Unknown,
}

impl Rate {
    pub(crate) fn cell(self) -> Cell {
        match self {
            Self::Agreed(rate) if rate % 1_000 == 0 => Cell::Decimal((rate / 1_000).into(), 2),
            Self::Agreed(rate) => Cell::Decimal(rate.into(), 5),
            Self::InFiles => Cell::Text("as in the files".into()),
            Self::Unknown => Cell::Text("not known".into()),
        }
    }
}

/// Rates by the terms of an archive.
pub(crate) struct Rates<'a, 'b> {
    books: &'a Books<'b>,
    known: BTreeMap<(Line, u32), Rate>,
    /// Versions of terms, each read once: all lines of an agreement's statement ask for the same one.
    terms: BTreeMap<(AgreementId, u32), Option<Terms>>,
}

impl<'a, 'b> Rates<'a, 'b> {
    pub(crate) fn new(books: &'a Books<'b>) -> Self {
        Self {
            books,
            known: BTreeMap::new(),
            terms: BTreeMap::new(),
        }
    }

    /// The rate of a line of a statement that was made by a version of the terms. Late usage is taxed by the terms of its own month.
    pub(crate) async fn of(&mut self, line: &Line, version: u32) -> Result<Rate, ArchiveError> {
        let key = (line.clone(), version);
        if let Some(rate) = self.known.get(&key) {
            return Ok(*rate);
        }
        let rate = self.find(line, version).await?.unwrap_or(Rate::Unknown);
        self.known.insert(key, rate);
        Ok(rate)
    }

    async fn find(&mut self, line: &Line, version: u32) -> Result<Option<Rate>, ReplayError> {
        let Ok(agreement) = u32::try_from(line.agreement).map(AgreementId) else {
            return Ok(None);
        };
        let version = match line.late.parse::<Period>() {
            Ok(late) => {
                let found = self.books.agreement(agreement).await?;
                found.and_then(|found| found.version_in(late))
            }
            Err(_) => Some(version),
        };
        let Some(version) = version else {
            return Ok(None);
        };
        let terms: &Option<Terms> = match self.terms.entry((agreement, version)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.books.terms(agreement, version).await?),
        };
        let Some(terms) = terms else {
            return Ok(None);
        };
        let direction = match line.direction.as_str() {
            "FirstHome" => Direction::FirstHome,
            _ => Direction::SecondHome,
        };
        let group = usize::try_from(line.group).ok();
        let group = group.and_then(|group| terms.direction(direction).groups.get(group));
        let service: Option<Service> = typed::value(&Value::String(line.service.clone())).ok();
        let agreed = group.and_then(|group| group.lines.iter().find(|one| Some(one.service) == service));
        Ok(agreed.map(|line| match (&line.terms.pricing, line.terms.tax) {
            (_, TaxRule::Excluded { rate } | TaxRule::Included { rate }) => Rate::Agreed(rate.0),
            (Pricing::TapCharge, TaxRule::Untaxed) => Rate::InFiles,
            (_, TaxRule::Untaxed) => Rate::Agreed(0),
        }))
    }
}
