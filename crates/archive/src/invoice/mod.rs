//! Invoices, credit notes and debit notes: what a party is owed for a month, as documents for people, and as UBL 2.1 after EN 16931 for
//! their systems.
//!
//! A statement has two sides, and each is a document of its own: who was visited bills who owes. What a dispute has changed of a line is a
//! document of its own, too. The amounts are the statement's. EN 16931 works the tax out once for each rate, the statement rounds it once
//! for each line: where that comes to another cent, the difference is the rounding amount, so that what is due is what the statement says.

mod html;
mod parties;
mod ubl;

pub use parties::{template, Parties, Party, Untaxed};

use crate::{
    books::Books,
    database::Database,
    disputed::{self, Rate, Rates},
    error::{ArchiveError, InvoiceError},
    trace,
};
use interclear_client::{
    money::exact_quantity,
    replay::{Months, ReplayError},
    time,
};
use interclear_primitives::{
    agreement::Direction,
    ids::AgreementId,
    money::Value,
    period::Period,
    service::Service,
    statement::{Statement, StatementStatus},
};
use std::collections::BTreeMap;

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

/// A line of a document, in hundredths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What it is for.
    pub name: String,
    /// How much was used, in words; empty where that is not what is billed.
    pub used: String,
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
    /// The number of the document that it corrects, if it does.
    pub corrects: Option<String>,
    /// What it is about, in words.
    pub about: String,
    /// Who bills, and who is billed.
    pub parties: [Party; 2],
    /// ISO 4217 code.
    pub currency: String,
    /// When it was issued, and when it is due: days such as 2026-11-05.
    pub days: [String; 2],
    /// The month.
    pub period: Period,
    /// Under which it was agreed.
    pub agreement: AgreementId,
    /// In the statement's order.
    pub lines: Vec<Line>,
    /// By ascending rate.
    pub taxes: Vec<TaxGroup>,
    /// By how much the tax of the lines, each rounded, goes beyond that of the groups.
    pub rounding: i128,
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

/// Of a line of a statement: as it was stated, or by how much a dispute has changed it.
struct Part {
    direction: Direction,
    name: String,
    used: String,
    charge: i128,
    shortfall: i128,
    tax: i128,
    rate: Rate,
}

impl Part {
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
        if net != 0 || tax != 0 || (shortfall == 0 && !self.used.is_empty()) {
            let rate = self.rate_of(net, tax, unit)?;
            let (name, used) = (self.name.clone(), self.used.clone());
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
                used: String::new(),
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

/// What is known of a document before its lines.
struct Head {
    number: String,
    /// What it is if the supplier is owed something.
    sort: Sort,
    corrects: Option<String>,
    about: String,
    /// When it was issued, and when it is due.
    moments: [u64; 2],
}

/// What all documents of a statement have in common.
struct Common<'a> {
    statement: &'a Statement,
    agreement: AgreementId,
    period: Period,
    parties: &'a Parties,
    operators: &'a BTreeMap<i64, parties::Operator>,
}

impl Common<'_> {
    /// Who is owed for what the subscribers of a side used, and who owes it.
    fn sides(&self, direction: Direction) -> [i64; 2] {
        let [first, second] = self.statement.parties.map(|party| i64::from(party.0));
        match direction {
            Direction::FirstHome => [second, first],
            Direction::SecondHome => [first, second],
        }
    }

    /// A document of lines; `None` if there are none.
    fn document(
        &self,
        head: Head,
        direction: Direction,
        parts: &[Part],
    ) -> Result<Option<Invoice>, InvoiceError> {
        let mut found = Vec::new();
        for part in parts.iter().filter(|part| part.direction == direction) {
            found.extend(part.lines(self.statement.decimals)?);
        }
        if found.is_empty() {
            return Ok(None);
        }
        let total = sum(found.iter().flat_map(|(line, tax)| [line.net, *tax]))?;
        let mut sort = head.sort;
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
        let [supplier, customer] = self.sides(direction);
        let party = |operator| self.parties.of(operator, self.operators);
        let parties = parties::checked(party(supplier)?, party(customer)?, &taxes)?;
        let [issued, due] = head.moments;
        let day = |moment| time::moment(moment).chars().take(10).collect();
        Ok(Some(Invoice {
            number: head.number,
            sort,
            corrects: head.corrects,
            about: head.about,
            parties,
            currency: self.statement.currency.to_string(),
            days: [day(issued), day(due.max(issued))],
            period: self.period,
            agreement: self.agreement,
            lines: found.into_iter().map(|(line, _)| line).collect(),
            taxes,
            rounding: of_lines.checked_sub(of_groups).ok_or(InvoiceError::Overflow)?,
        }))
    }
}

/// A statement that has been affirmed.
///
/// # Errors
/// There is none, or it has not been; or what the database says.
async fn affirmed(
    books: &Books<'_>,
    agreement: AgreementId,
    period: Period,
) -> Result<Statement, ArchiveError> {
    let found = books.statement(agreement, period).await.map_err(told)?;
    let statement = found.ok_or(InvoiceError::NoStatement(agreement, period))?;
    match statement.status {
        StatementStatus::Affirmed => Ok(statement),
        StatementStatus::Issued => Err(InvoiceError::NotAffirmed(agreement, period).into()),
    }
}

fn told(error: ReplayError) -> ArchiveError {
    ArchiveError::Replay(error.to_string())
}

/// What a line is called on a document.
fn named(service: &str, group: i64, late: &str) -> String {
    let late = match late {
        "" => String::new(),
        late => format!(", usage of {late}"),
    };
    format!("{service}, group {}{late}", group.saturating_add(1))
}

fn parsed<T: codec::Decode + scale_info::TypeInfo + 'static>(name: &str) -> Result<T, ArchiveError> {
    crate::typed::value(&serde_json::Value::String(name.to_owned()))
}

/// All documents of a month under an agreement: of each side of its statement, then of what each dispute that has ended has changed. With a
/// supplier, those alone with which it bills.
///
/// # Errors
/// The statement is not there or not affirmed, cannot be said in the terms of EN 16931, or the parties are not known well enough; or what
/// the database says.
pub async fn documents(
    database: &mut Database,
    agreement: AgreementId,
    period: Period,
    parties: &Parties,
    supplier: Option<i64>,
) -> Result<Vec<Invoice>, ArchiveError> {
    let operators = parties::operators(database).await?;
    let debts = trace::debts(database).await?;
    let disputes: Vec<_> = disputed::all(database)
        .await?
        .into_iter()
        .filter(|one| one.line.agreement == i64::from(agreement.0) && one.line.period == period.to_string())
        .collect();
    let books = Books::new(database);
    let statement = affirmed(&books, agreement, period).await?;
    let mut rates = Rates::new(&books);
    let clear = |value: &Value| value.clear().map_err(|_| InvoiceError::Overflow);
    let mut parts = Vec::new();
    for line in &statement.lines {
        let late = line.late.map_or_else(String::new, |late| late.to_string());
        let key = disputed::Line {
            agreement: i64::from(agreement.0),
            period: period.to_string(),
            direction: format!("{:?}", line.direction),
            group: line.group.into(),
            service: format!("{:?}", line.service),
            late: late.clone(),
        };
        let used = match i128::try_from(line.quantity).map_err(|_| InvoiceError::Overflow)? {
            0 => String::new(),
            quantity => format!("{} {}", exact_quantity(quantity), line.service.unit()),
        };
        parts.push(Part {
            direction: line.direction,
            name: named(&line.service.to_string(), line.group.into(), &late),
            used,
            charge: clear(&line.charge)?,
            shortfall: clear(&line.shortfall)?,
            tax: clear(&line.tax)?,
            rate: rates.of(&key, statement.version).await?,
        });
    }
    let common = Common {
        statement: &statement,
        agreement,
        period,
        parties,
        operators: &operators,
    };
    let wanted = |direction| supplier.is_none_or(|supplier| common.sides(direction)[0] == supplier);
    let about = format!(
        "Usage of {period} under agreement {agreement}, version {} of its terms",
        statement.version
    );
    let mut all = Vec::new();
    let mut numbers = BTreeMap::new();
    for direction in Direction::BOTH {
        if !wanted(direction) {
            continue;
        }
        let number = format!("{agreement}-{period}-{}", direction.index().saturating_add(1));
        let head = Head {
            number: number.clone(),
            sort: Sort::Invoice,
            corrects: None,
            about: about.clone(),
            moments: [statement.issued_at, statement.due],
        };
        if let Some(made) = common.document(head, direction, &parts)? {
            numbers.insert(direction.index(), number);
            all.push(made);
        }
    }
    for one in &disputes {
        let Some(([quantity, charge, shortfall, tax], _)) = one.change() else {
            continue;
        };
        let direction: Direction = parsed(&one.line.direction)?;
        if [charge, shortfall, tax] == [0; 3] || !wanted(direction) {
            continue;
        }
        let service: Service = parsed(&one.line.service)?;
        let used = match quantity {
            0 => String::new(),
            more @ 1.. => format!("{} {} more", exact_quantity(more), service.unit()),
            less => format!(
                "{} {} less",
                exact_quantity(less.saturating_neg()),
                service.unit()
            ),
        };
        let part = Part {
            direction,
            name: named(&service.to_string(), one.line.group, &one.line.late),
            used,
            charge,
            shortfall,
            tax,
            rate: rates.of(&one.line, statement.version).await?,
        };
        // What it has come to is paid with the statement, or by a note.
        let of_it = |debt: &&trace::Debt| debt.source["Note"]["dispute"].as_i64() == Some(one.number);
        let due = debts.iter().find(of_it).map_or(statement.due, |debt| debt.due);
        let head = Head {
            number: format!("{agreement}-{period}-D{}", one.number),
            sort: Sort::DebitNote,
            corrects: numbers.get(&direction.index()).cloned(),
            about: format!("Dispute {} on {period} under agreement {agreement}", one.number),
            moments: [one.until, due],
        };
        all.extend(common.document(head, direction, &[part])?);
    }
    Ok(all)
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
            direction: Direction::FirstHome,
            name: "MTC, group 1".into(),
            used: "1 min".into(),
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
