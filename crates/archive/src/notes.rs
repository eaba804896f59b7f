//! What is owed beside the net of statements and bills: credit and debit notes, fees, late interest, and what was carried forward.

use crate::{
    database::Database,
    disputed,
    error::ArchiveError,
    table::{named, Cell},
    trace,
};
use interclear_client::time;
use std::collections::BTreeMap;

pub(crate) const COLUMNS: [&str; 9] = [
    "Obligation",
    "Kind",
    "Agreement",
    "Month",
    "Debtor",
    "Creditor",
    "Amount",
    "Currency",
    "Due",
];

pub(crate) async fn rows(database: &mut Database) -> Result<Vec<Vec<Cell>>, ArchiveError> {
    let names = trace::names(database).await?;
    let decimals = trace::decimals(database).await?;
    let name = |operator| named(&names, operator);
    let disputes = disputed::all(database).await?;
    let debts = trace::debts(database).await?;
    // There may be far more debts than disputes, so that neither is looked through for each of the other. Both are by number.
    let dispute_of = |number: i64| {
        let place = disputes.binary_search_by_key(&number, |one| one.number).ok()?;
        disputes.get(place)
    };
    let debt_of = |number: i64| {
        let place = debts.binary_search_by_key(&number, |debt| debt.obligation).ok()?;
        debts.get(place)
    };
    // By which statement or bill something is owed: agreement and month; a bill has no agreement.
    let owed_by = |debt: &trace::Debt| -> Option<[String; 2]> {
        if let Some((agreement, month)) = debt.statement() {
            return Some([agreement.to_string(), month.to_owned()]);
        }
        if let Some(month) = debt.source["Inventory"]["period"].as_str() {
            return Some([String::new(), month.to_owned()]);
        }
        let dispute = dispute_of(debt.source["DisputeFee"]["dispute"].as_i64()?)?;
        Some([dispute.line.agreement.to_string(), dispute.line.period.clone()])
    };
    let mut moved = BTreeMap::<i64, Vec<&trace::Debt>>::new();
    for debt in &debts {
        if let Some(dispute) = debt.source["Note"]["dispute"].as_i64() {
            moved.entry(dispute).or_default().push(debt);
        }
    }
    let mut all: Vec<_> = disputes
        .iter()
        .filter_map(|one| {
            let moved = moved.get(&one.number).map(Vec::as_slice).unwrap_or_default();
            note(one, moved, name)
        })
        .collect();
    let others = debts.iter().filter(|debt| {
        ["Statement", "Inventory"]
            .iter()
            .all(|source| debt.source.get(source).is_none())
    });
    let each = others.filter_map(|debt| {
        let (kind, of) = match debt.source.as_object().and_then(|source| source.iter().next()) {
            Some((kind, of)) => (kind.clone(), of.clone()),
            None => (debt.source.to_string(), serde_json::Value::Null),
        };
        let places = decimals.get(&debt.currency).copied().unwrap_or_default();
        let dispute = of["dispute"].as_i64();
        let late = of["obligation"].as_i64();
        // Late interest is owed by what was paid late.
        let by = owed_by(debt).or_else(|| owed_by(debt_of(late?)?));
        let [agreement, month] = by.unwrap_or_default();
        let kind = match kind.as_str() {
            // What is owed by the document of a dispute that has ended is in its row; what was withheld and is paid after all, or is the
            // rest of both, is of another amount, and may be owed the other way.
            "Note" => {
                let number = dispute.unwrap_or_default();
                match dispute_of(number) {
                    None => format!("owed because of dispute {number}, which the archive does not know"),
                    Some(open) if open.ended.is_none() => format!("owed in dispute {number}, which is open"),
                    Some(ended) if Document::of(ended).is_some_and(|document| document.is(debt)) => {
                        return None
                    }
                    Some(_) => format!("owed because of dispute {number}, which has ended"),
                }
            }
            "Carried" => "carried forward by a cycle".into(),
            "CarriedForward" => "carried forward of statements".into(),
            "DisputeFee" => format!("fee of dispute {}", dispute.unwrap_or_default()),
            "Interest" => format!("late interest on obligation {}", late.unwrap_or_default()),
            _ => kind,
        };
        Some(vec![
            Cell::Count(debt.obligation),
            Cell::Text(kind),
            Cell::Text(agreement),
            Cell::Text(month),
            name(debt.debtor),
            name(debt.creditor),
            Cell::Decimal(debt.amount, places),
            Cell::Text(debt.currency.clone()),
            Cell::Text(time::moment(debt.due)),
        ])
    });
    all.extend(each);
    Ok(all)
}

/// The document of a dispute that has ended otherwise than was stated, as the settlement of the month has it, with its tax.
struct Document {
    name: String,
    debtor: i64,
    creditor: i64,
    amount: i128,
}

impl Document {
    fn of(dispute: &disputed::Disputed) -> Option<Self> {
        let ([_, money @ ..], name) = dispute.change()?;
        let worth = money.iter().fold(0i128, |sum, part| sum.saturating_add(*part));
        let [debtor, creditor] = match (worth, dispute.parties) {
            // Who is owed by the line owes a credit note.
            (..0, [debtor, creditor]) => [creditor, debtor],
            (_, parties) => parties,
        };
        Some(Self {
            name,
            debtor,
            creditor,
            amount: worth.saturating_abs(),
        })
    }

    /// Whether an obligation is what it comes to.
    fn is(&self, debt: &trace::Debt) -> bool {
        [debt.debtor, debt.creditor] == [self.debtor, self.creditor] && debt.amount == self.amount
    }
}

/// The row of the document of a dispute, and the obligation that it has become: none where the statement had not become one yet, since then it
/// is a part of its net, and none where something else is owed because of the dispute, which has a row of its own.
fn note(
    dispute: &disputed::Disputed,
    moved: &[&trace::Debt],
    name: impl Fn(i64) -> Cell,
) -> Option<Vec<Cell>> {
    let document = Document::of(dispute)?;
    let owed: Vec<&trace::Debt> = moved.iter().copied().filter(|debt| document.is(debt)).collect();
    let numbers: Vec<String> = owed.iter().map(|debt| debt.obligation.to_string()).collect();
    let due = owed.iter().map(|debt| debt.due).max();
    Some(vec![
        Cell::Text(numbers.join(", ")),
        Cell::Text(document.name.clone()),
        Cell::Text(dispute.line.agreement.to_string()),
        Cell::Text(dispute.line.period.clone()),
        name(document.debtor),
        name(document.creditor),
        Cell::Decimal(document.amount, dispute.decimals),
        Cell::Text(dispute.currency.clone()),
        Cell::Text(due.map_or_else(String::new, time::moment)),
    ])
}
