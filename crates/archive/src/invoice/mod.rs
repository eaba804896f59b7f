//! Invoices, credit notes and debit notes: what a party is owed for a month, as documents for people, and as UBL 2.1 after EN 16931 for
//! their systems.
//!
//! A statement has two sides, and each is a document of its own: who was visited bills who owes. What a dispute has changed of a line is a
//! document of its own, too, and so are its fee, late interest, and a month's bill of fixed-line services. The amounts are the chain's. EN 16931 works the tax out once for each rate, the statement rounds it once
//! for each line: where that comes to another cent, the difference is the rounding amount, so that what is due is what the statement says.

mod html;
mod month;
mod owed;
mod parties;
mod services;
mod ubl;

pub use parties::{Parties, Party, Untaxed};

use crate::{
    database::Database,
    disputed::Rate,
    error::{ArchiveError, InvoiceError},
    trace,
};
use interclear_client::time;
use interclear_primitives::{ids::AgreementId, inventory::Relation, period::Period, service::Unit};
use std::collections::BTreeMap;

/// Of what documents are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// A statement, its disputes with their fees, and late interest on what is owed of it.
    Statement(AgreementId, Period),
    /// The bills of a month of fixed-line services, one for each currency, and late interest on what is owed of them.
    Bills(Relation, Period),
}

/// What sort of document it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    /// A side of a statement.
    Invoice,
    /// What the supplier gives back: a side that is negative, or what a dispute has taken off a line.
    CreditNote,
    /// What a dispute has added to a line.
    DebitNote,
}

impl Sort {
    /// What stands at its top.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invoice => "Invoice",
            Self::CreditNote => "Credit note",
            Self::DebitNote => "Debit note",
        }
    }
}

/// How much was used, or by how much a dispute has changed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Used {
    /// In millionths of the unit.
    pub quantity: i128,
    /// What it counts.
    pub unit: Unit,
    /// Whether it is by how much that has changed.
    pub change: bool,
}

impl Used {
    /// In words, with the number as it is written there.
    fn words(self, number: fn(i128) -> String) -> String {
        let (quantity, more) = match (self.change, self.quantity) {
            (false, quantity) => (quantity, ""),
            (true, less @ ..0) => (less.saturating_neg(), " less"),
            (true, more) => (more, " more"),
        };
        format!("{} {}{more}", number(quantity), self.unit)
    }
}

/// A line of a document, in hundredths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What it is for.
    pub name: String,
    /// How much was used, where that is what is billed.
    pub used: Option<Used>,
    /// Without tax.
    pub net: i128,
    /// In 10^-9 percent; zero where no tax is charged.
    pub rate: i128,
}

/// Lines of one rate of tax.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TaxGroup {
    /// In 10^-9 percent.
    pub rate: i128,
    /// Without tax.
    pub net: i128,
    /// The tax on it.
    pub tax: i128,
}

/// A document, with amounts in hundredths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invoice {
    /// By which both sides know it.
    pub number: String,
    /// What sort of document it is. The amounts of a credit note are what is given back.
    pub sort: Sort,
    /// The number of the document that a note corrects, or from which an invoice follows.
    pub reference: Option<String>,
    /// What the chain knows by a number, and is billed: an obligation, or a dispute.
    pub object: Option<String>,
    /// What it is about, in words.
    pub about: String,
    /// Who bills, and who is billed.
    pub parties: [Party; 2],
    /// ISO 4217 code.
    pub currency: String,
    /// When it was issued, and when it is due: days such as 2026-11-05.
    pub days: [String; 2],
    /// The month, if what is billed was supplied in one.
    pub period: Option<Period>,
    /// Under which it was agreed: an agreement by its number, or buyer, seller and class of fixed-line services.
    pub contract: String,
    /// In the statement's order.
    pub lines: Vec<Line>,
    /// By ascending rate.
    pub taxes: Vec<TaxGroup>,
    /// By how much the tax of the lines, each rounded, goes beyond that of the groups.
    pub rounding: i128,
    /// How what the statement comes to is paid, in words, of a side of one.
    pub settled: Option<String>,
}

/// Decimals of a rate.
const RATE_DECIMALS: u8 = 9;
/// A hundred percent.
const WHOLE: i128 = 100_000_000_000;

/// Half to even, as all of the chain's; `by` is positive.
fn rounded(number: i128, by: i128) -> Option<i128> {
    let (whole, rest) = (number.checked_div_euclid(by)?, number.checked_rem_euclid(by)?);
    let twice = rest.checked_mul(2)?;
    let up = twice > by || (twice == by && whole.rem_euclid(2) == 1);
    whole.checked_add(i128::from(up))
}

fn sum(parts: impl IntoIterator<Item = i128>) -> Result<i128, InvoiceError> {
    let mut all = parts.into_iter();
    all.try_fold(0i128, i128::checked_add)
        .ok_or(InvoiceError::Overflow)
}

/// Of a line of a statement: as it was stated, or by how much a dispute has changed it; or something else that is owed.
struct Part {
    name: String,
    used: Option<Used>,
    charge: i128,
    shortfall: i128,
    tax: i128,
    rate: Rate,
}

impl Part {
    /// An amount on which the chain knows no tax.
    fn untaxed(name: String, charge: i128) -> Self {
        Self {
            name,
            used: None,
            charge,
            shortfall: 0,
            tax: 0,
            rate: Rate::Agreed(0),
        }
    }

    /// Whether there is a line of it.
    fn is_shown(&self) -> bool {
        [self.charge, self.shortfall, self.tax] != [0; 3] || self.used.is_some()
    }

    /// Of an amount that the statement has with `decimals`, in hundredths.
    fn scaled(&self, amount: i128, decimals: u8) -> Result<i128, InvoiceError> {
        let by = 10i128
            .checked_pow(u32::from(decimals.abs_diff(2)))
            .ok_or(InvoiceError::Overflow)?;
        match decimals {
            0..=2 => amount.checked_mul(by).ok_or(InvoiceError::Overflow),
            _ if amount % by == 0 => Ok(amount / by),
            _ => Err(InvoiceError::Decimals(self.name.clone())),
        }
    }

    /// The agreed rate where the tax is what comes of it, up to a minor unit; else the one that the figures come to.
    fn rate_of(&self, net: i128, tax: i128, unit: i128) -> Result<i128, InvoiceError> {
        if let Rate::Agreed(rate @ 1..) = self.rate {
            // A hundred thousand is one percent.
            let rate = i128::from(rate)
                .checked_mul(10_000)
                .ok_or(InvoiceError::Overflow)?;
            let off = share(net, rate)?.checked_sub(tax).ok_or(InvoiceError::Overflow)?;
            if off.abs() <= unit {
                return Ok(rate);
            }
        }
        if tax == 0 {
            return Ok(0);
        }
        let whole = tax.checked_mul(WHOLE).ok_or(InvoiceError::Overflow)?;
        let rate = rounded(whole.saturating_mul(net.signum()), net.saturating_abs());
        rate.filter(|rate| *rate > 0)
            .ok_or_else(|| InvoiceError::Tax(self.name.clone()))
    }

    /// The lines that it becomes, each with its tax.
    fn lines(&self, decimals: u8) -> Result<Vec<(Line, i128)>, InvoiceError> {
        let [net, shortfall, tax] = [
            self.scaled(self.charge, decimals)?,
            self.scaled(self.shortfall, decimals)?,
            self.scaled(self.tax, decimals)?,
        ];
        let unit = 10i128.pow(u32::from(2u8.saturating_sub(decimals)));
        let mut lines = Vec::new();
        if net != 0 || tax != 0 || (shortfall == 0 && self.used.is_some()) {
            let rate = self.rate_of(net, tax, unit)?;
            let (name, used) = (self.name.clone(), self.used);
            lines.push((
                Line {
                    name,
                    used,
                    net,
                    rate,
                },
                tax,
            ));
        }
        if shortfall != 0 {
            // It bears no tax.
            let line = Line {
                name: format!("{}: share of what is missing from the commitment", self.name),
                used: None,
                net: shortfall,
                rate: 0,
            };
            lines.push((line, 0));
        }
        Ok(lines)
    }
}

/// What a rate comes to.
fn share(net: i128, rate: i128) -> Result<i128, InvoiceError> {
    let exact = net.checked_mul(rate).ok_or(InvoiceError::Overflow)?;
    rounded(exact, WHOLE).ok_or(InvoiceError::Overflow)
}

/// A document before its lines are added up.
#[derive(Clone)]
struct Draft {
    number: String,
    /// What it is if the supplier is owed something.
    sort: Sort,
    reference: Option<String>,
    object: Option<String>,
    about: String,
    /// Who bills, and who is billed.
    sides: [i64; 2],
    currency: String,
    decimals: u8,
    /// When it was issued, and when it is due.
    moments: [u64; 2],
    period: Option<Period>,
    contract: String,
    /// Whether it bills no supply, but what one party owes the other for something that it has done.
    compensation: bool,
    /// How what the statement comes to is paid, in words, of a side of one.
    settled: Option<String>,
}

/// Who can be on documents.
struct Known<'a> {
    parties: &'a Parties,
    operators: BTreeMap<i64, trace::Operator>,
}

impl Known<'_> {
    /// A document of lines; `None` if there are none.
    fn document(&self, draft: Draft, parts: &[Part]) -> Result<Option<Invoice>, InvoiceError> {
        let mut found = Vec::new();
        for part in parts {
            found.extend(part.lines(draft.decimals)?);
        }
        if found.is_empty() {
            return Ok(None);
        }
        let total = sum(found.iter().flat_map(|(line, tax)| [line.net, *tax]))?;
        let mut sort = draft.sort;
        if total < 0 {
            sort = Sort::CreditNote;
            for (line, tax) in &mut found {
                (line.net, *tax) = (line.net.saturating_neg(), tax.saturating_neg());
            }
        }
        let mut groups = BTreeMap::<i128, i128>::new();
        for (line, _) in &found {
            let net = groups.entry(line.rate).or_default();
            *net = net.checked_add(line.net).ok_or(InvoiceError::Overflow)?;
        }
        let mut taxes = Vec::new();
        for (rate, net) in groups {
            let tax = share(net, rate)?;
            taxes.push(TaxGroup { rate, net, tax });
        }
        let of_lines = sum(found.iter().map(|(_, tax)| *tax))?;
        let of_groups = sum(taxes.iter().map(|group| group.tax))?;
        let [supplier, customer] = draft.sides;
        let party = |operator| self.parties.of(operator, &self.operators);
        let mut supplier = party(supplier)?;
        if draft.compensation {
            supplier = supplier.compensated();
        }
        let parties = parties::checked(supplier, party(customer)?, &taxes)?;
        let [issued, due] = draft.moments;
        Ok(Some(Invoice {
            number: draft.number,
            sort,
            reference: draft.reference,
            object: draft.object,
            about: draft.about,
            parties,
            currency: draft.currency,
            days: [time::day(issued), time::day(due.max(issued))],
            period: draft.period,
            contract: draft.contract,
            lines: found.into_iter().map(|(line, _)| line).collect(),
            taxes,
            rounding: of_lines.checked_sub(of_groups).ok_or(InvoiceError::Overflow)?,
            settled: draft.settled,
        }))
    }
}

/// All documents of a subject. With a supplier, those alone with which it bills.
///
/// # Errors
/// There is nothing to bill, or it is not affirmed; it cannot be said in the terms of EN 16931, or the parties are not known well enough;
/// or what the database says.
pub async fn documents(
    database: &mut Database,
    subject: Subject,
    parties: &Parties,
    supplier: Option<i64>,
) -> Result<Vec<Invoice>, ArchiveError> {
    let operators = trace::operators(database).await?;
    let known = Known { parties, operators };
    let drafts = match subject {
        Subject::Statement(agreement, period) => owed::drafts(database, agreement, period).await?,
        Subject::Bills(relation, period) => services::drafts(database, relation, period).await?,
    };
    let mut all = Vec::new();
    for (draft, parts) in drafts {
        let [by, _] = draft.sides;
        if supplier.is_none_or(|supplier| supplier == by) {
            all.extend(known.document(draft, &parts)?);
        }
    }
    Ok(all)
}

/// A file of the parties of a subject, to fill in.
///
/// # Errors
/// The statement is not there or not affirmed; or what the database says.
pub async fn template(database: &mut Database, subject: Subject) -> Result<String, ArchiveError> {
    let parties = match subject {
        Subject::Statement(agreement, period) => month::parties(database, agreement, period).await?,
        Subject::Bills(relation, _) => [relation.buyer, relation.seller],
    };
    parties::to_fill_in(database, parties).await
}

impl Invoice {
    /// Without tax, tax, and what is due.
    pub fn totals(&self) -> [i128; 3] {
        let net = self
            .lines
            .iter()
            .fold(0i128, |sum, line| sum.saturating_add(line.net));
        let tax = self
            .taxes
            .iter()
            .fold(0i128, |sum, group| sum.saturating_add(group.tax));
        [net, tax, net.saturating_add(tax).saturating_add(self.rounding)]
    }

    /// Why no tax is charged where none is.
    fn untaxed(&self) -> Untaxed {
        self.parties[0].untaxed.unwrap_or_default()
    }

    /// The reason in words.
    fn reason(&self) -> &str {
        let [supplier, _] = &self.parties;
        supplier
            .reason
            .as_deref()
            .unwrap_or_else(|| self.untaxed().reason())
    }
}

/// A rate in percent, without zeros at the end.
fn percent(rate: i128) -> String {
    let text = interclear_client::money::money(rate, RATE_DECIMALS);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(charge: i128, tax: i128, rate: Rate) -> Part {
        Part {
            name: "MTC, group 1".into(),
            used: Some(Used {
                quantity: 1_000_000,
                unit: Unit::Minute,
                change: false,
            }),
            charge,
            shortfall: 0,
            tax,
            rate,
        }
    }

    #[test]
    fn the_rate_should_be_what_the_figures_come_to_when_the_agreed_one_does_not_fit() {
        let rate = |part: &Part| part.lines(2).map(|lines| percent(lines[0].0.rate));
        assert_eq!(rate(&part(10_000, 1_900, Rate::Agreed(1_900_000))).unwrap(), "19");
        assert_eq!(
            rate(&part(1, 0, Rate::Agreed(1_900_000))).unwrap(),
            "19",
            "it is rounded away"
        );
        assert_eq!(rate(&part(10_000, 700, Rate::Agreed(1_900_000))).unwrap(), "7");
        assert_eq!(
            rate(&part(-30_000, -1_000, Rate::InFiles)).unwrap(),
            "3.333333333"
        );
        assert_eq!(rate(&part(10_000, 0, Rate::InFiles)).unwrap(), "0");
        for (charge, tax) in [(0, 5), (10_000, -700)] {
            let refused = rate(&part(charge, tax, Rate::InFiles));
            assert_eq!(refused, Err(InvoiceError::Tax("MTC, group 1".into())));
        }
    }

    #[test]
    fn amounts_should_be_refused_when_they_have_more_than_two_decimals() {
        let part = |charge| part(charge, 0, Rate::Agreed(0));
        assert_eq!(
            part(120_001).lines(6),
            Err(InvoiceError::Decimals("MTC, group 1".into()))
        );
        assert_eq!(part(7).lines(0).unwrap()[0].0.net, 700);
        assert_eq!(part(120_000).lines(6).unwrap()[0].0.net, 12);
    }

    #[test]
    fn halves_should_go_to_the_even_cent() {
        for (number, to) in [(25, 2), (35, 4), (26, 3), (-25, -2), (-35, -4), (-26, -3)] {
            assert_eq!(rounded(number, 10), Some(to), "{number}");
        }
    }
}
