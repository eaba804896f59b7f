//! The documents of a statement: its sides, and what disputes have changed of them.

use super::{Draft, Part, Sort, Used};
use crate::{
    books::Books,
    database::Database,
    disputed::{self, Disputed, Rates},
    error::{ArchiveError, InvoiceError},
    trace::Debt,
    typed,
};
use interclear_client::{money::grouped, replay::Months};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, OperatorId},
    money::Value,
    period::Period,
    service::Service,
    statement::{Statement, StatementStatus},
};

/// What all documents of a statement have in common.
pub(super) struct Month {
    pub agreement: AgreementId,
    pub period: Period,
    pub statement: Statement,
    /// Those on its lines.
    pub disputes: Vec<Disputed>,
    /// Whether each side of it is a document.
    billed: [bool; 2],
}

impl Month {
    /// Who is owed for what the subscribers of a side used, and who owes it.
    fn sides(&self, direction: Direction) -> [i64; 2] {
        let [first, second] = self.statement.parties.map(|party| i64::from(party.0));
        match direction {
            Direction::FirstHome => [second, first],
            Direction::SecondHome => [first, second],
        }
    }

    fn number(&self, direction: Direction) -> String {
        let side = direction.index().saturating_add(1);
        format!("{}-{}-{side}", self.agreement, self.period)
    }

    fn is_billed(&self, direction: Direction) -> bool {
        let [first, second] = self.billed;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// The number of the document of a side, if there is one.
    fn side(&self, direction: Direction) -> Option<String> {
        self.is_billed(direction).then(|| self.number(direction))
    }

    /// The document with which an operator bills its side.
    pub fn side_of(&self, supplier: i64) -> Option<String> {
        let own = |direction: &Direction| self.sides(*direction)[0] == supplier;
        Direction::BOTH
            .into_iter()
            .find(own)
            .and_then(|direction| self.side(direction))
    }

    /// The document of what a dispute has changed, if it has.
    pub fn of_dispute(&self, dispute: &Disputed) -> Option<String> {
        let ([_, money @ ..], _) = dispute.change()?;
        (money != [0; 3]).then(|| format!("{}-{}-D{}", self.agreement, self.period, dispute.number))
    }

    /// The side of the line that a dispute is on.
    pub fn side_of_dispute(&self, dispute: &Disputed) -> Result<Option<String>, ArchiveError> {
        Ok(self.side(parsed(&dispute.line.direction)?))
    }

    /// The document by which a dispute is known: of what it has changed, or else of the side of its line.
    pub fn document_of(&self, dispute: &Disputed) -> Result<Option<String>, ArchiveError> {
        match self.of_dispute(dispute) {
            Some(number) => Ok(Some(number)),
            None => self.side_of_dispute(dispute),
        }
    }

    /// A document of its own, of which only what is common is known.
    pub fn draft(&self, number: String, sides: [i64; 2]) -> Draft {
        Draft {
            number,
            sort: Sort::Invoice,
            reference: None,
            object: None,
            about: String::new(),
            sides,
            currency: self.statement.currency.to_string(),
            decimals: self.statement.decimals,
            moments: [self.statement.issued_at, self.statement.due],
            period: None,
            contract: self.agreement.to_string(),
            compensation: false,
            settled: None,
        }
    }

    /// How what the statement comes to is paid, as the document of a side says it.
    fn settled(&self, direction: Direction) -> Result<String, InvoiceError> {
        let Statement {
            net,
            decimals,
            currency,
            payment,
            ..
        } = &self.statement;
        let net = net.clear().map_err(|_| InvoiceError::Overflow)?;
        let comes_to = format!(
            "It is set against what is owed the other way: the statement of {} comes to a net of {} {currency}",
            self.period,
            grouped(net.saturating_abs(), *decimals)
        );
        // A positive net the first party owes, to which the second bills what its subscribers used.
        let pays = match (net.signum(), direction) {
            (0, _) => return Ok(format!("{comes_to}.")),
            (1, Direction::FirstHome) | (-1, Direction::SecondHome) => "the billed party",
            _ => "the billing party",
        };
        Ok(format!(
            "{comes_to}, which {pays} owes, paid {}.",
            payment.condition
        ))
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
    let found = books.statement(agreement, period).await?;
    let statement = found.ok_or(InvoiceError::NoStatement(agreement, period))?;
    match statement.status {
        StatementStatus::Affirmed => Ok(statement),
        StatementStatus::Issued => Err(InvoiceError::NotAffirmed(agreement, period).into()),
    }
}

/// The parties of an affirmed statement.
pub(super) async fn parties(
    database: &mut Database,
    agreement: AgreementId,
    period: Period,
) -> Result<[OperatorId; 2], ArchiveError> {
    Ok(affirmed(&Books::new(database), agreement, period).await?.parties)
}

fn parsed<T: codec::Decode + scale_info::TypeInfo + 'static>(name: &str) -> Result<T, ArchiveError> {
    typed::value(&serde_json::Value::String(name.to_owned()))
}

/// What a line is called on a document.
fn named(service: &str, group: i64, late: &str) -> String {
    let late = match late {
        "" => String::new(),
        late => format!(", usage of {late}"),
    };
    format!("{service}, group {}{late}", group.saturating_add(1))
}

/// The lines of a statement, by direction.
async fn parts(
    statement: &Statement,
    agreement: AgreementId,
    period: Period,
    rates: &mut Rates<'_, '_>,
) -> Result<Vec<(Direction, Part)>, ArchiveError> {
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
        let used = Used {
            quantity: i128::try_from(line.quantity).map_err(|_| InvoiceError::Overflow)?,
            unit: line.service.unit(),
            change: false,
        };
        let part = Part {
            name: named(&line.service.to_string(), line.group.into(), &late),
            used: (used.quantity != 0).then_some(used),
            charge: clear(&line.charge)?,
            shortfall: clear(&line.shortfall)?,
            tax: clear(&line.tax)?,
            rate: rates.of(&key, statement.version).await?,
        };
        parts.push((line.direction, part));
    }
    Ok(parts)
}

/// What a dispute has changed, as a document; `None` if it has changed no amount.
async fn change(
    month: &Month,
    one: &Disputed,
    debts: &[Debt],
    rates: &mut Rates<'_, '_>,
) -> Result<Option<(Draft, Vec<Part>)>, ArchiveError> {
    let (Some(number), Some(([quantity, charge, shortfall, tax], _))) = (month.of_dispute(one), one.change())
    else {
        return Ok(None);
    };
    let service: Service = parsed(&one.line.service)?;
    let used = Used {
        quantity,
        unit: service.unit(),
        change: true,
    };
    let part = Part {
        name: named(&service.to_string(), one.line.group, &one.line.late),
        used: (quantity != 0).then_some(used),
        charge,
        shortfall,
        tax,
        rate: rates.of(&one.line, month.statement.version).await?,
    };
    // What it has come to is paid with the statement, or by a note.
    let of_it = |debt: &&Debt| debt.source["Note"]["dispute"].as_i64() == Some(one.number);
    let due = debts.iter().find(of_it);
    let due = due.map_or(month.statement.due, |debt| debt.due);
    let draft = Draft {
        sort: Sort::DebitNote,
        reference: month.side_of_dispute(one)?,
        about: format!(
            "Dispute {} on {} under agreement {}",
            one.number, month.period, month.agreement
        ),
        moments: [one.until, due],
        period: Some(month.period),
        ..month.draft(number, month.sides(parsed(&one.line.direction)?))
    };
    Ok(Some((draft, vec![part])))
}

/// The documents of each side of a statement, and of what each dispute that has ended has changed.
pub(super) async fn drafts(
    database: &mut Database,
    debts: &[Debt],
    agreement: AgreementId,
    period: Period,
) -> Result<(Month, Vec<(Draft, Vec<Part>)>), ArchiveError> {
    let disputes: Vec<_> = disputed::all(database)
        .await?
        .into_iter()
        .filter(|one| one.line.agreement == i64::from(agreement.0) && one.line.period == period.to_string())
        .collect();
    let books = Books::new(database);
    let statement = affirmed(&books, agreement, period).await?;
    let mut rates = Rates::new(&books);
    let mut sides = [Vec::new(), Vec::new()];
    for (direction, part) in parts(&statement, agreement, period, &mut rates).await? {
        let [first, second] = &mut sides;
        match direction {
            Direction::FirstHome => first.push(part),
            Direction::SecondHome => second.push(part),
        }
    }
    let billed = sides.each_ref().map(|parts| parts.iter().any(Part::is_shown));
    let month = Month {
        agreement,
        period,
        statement,
        disputes,
        billed,
    };
    let mut all = Vec::new();
    for (direction, parts) in Direction::BOTH.into_iter().zip(sides) {
        let draft = Draft {
            about: format!(
                "Usage of {period} under agreement {agreement}, version {} of its terms",
                month.statement.version
            ),
            period: Some(period),
            settled: Some(month.settled(direction)?),
            ..month.draft(month.number(direction), month.sides(direction))
        };
        all.push((draft, parts));
    }
    for one in &month.disputes {
        all.extend(change(&month, one, debts, &mut rates).await?);
    }
    Ok((month, all))
}
