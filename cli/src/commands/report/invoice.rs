//! `interclear report invoice` and `bill`: what a party is owed for a month, as documents.

use super::put;
use crate::{
    commands::{index::Books, relation::RelationArg},
    error::CommandError,
    session::Session,
    table,
};
use clap::Args;
use interclear_archive::{
    database::Database,
    invoice::{documents, template, Invoice, Parties, Sort, Subject},
    trace::Tracer,
};
use interclear_client::{
    money::{grouped, money},
    text::reason,
};
use interclear_primitives::{ids::AgreementId, period::Period};
use serde_json::{json, Value};
use std::path::PathBuf;

/// Invoices, credit notes and debit notes of a month.
///
/// Who was visited bills what the statement says, without netting; what disputes have changed since is billed or credited by documents of
/// its own, and so are fees of disputes and late interest. The statement must have been affirmed. The chain does not know the names and
/// addresses on a document: they are in a file.
#[derive(Args)]
pub struct InvoiceArgs {
    /// Under which the statement was issued.
    agreement: AgreementId,
    /// The month, such as 2026-10.
    period: Period,
    #[command(flatten)]
    options: DocumentOptions,
}

/// Invoices and credit notes of a month of fixed-line services.
///
/// One for each currency in which the month is billed, less what the buyer withholds; and of late interest on what is owed of it. The bills
/// must have been affirmed. The chain does not know the names and addresses on a document: they are in a file.
#[derive(Args)]
pub struct BillArgs {
    #[command(flatten)]
    relation: RelationArg,
    /// The month, such as 2026-10.
    month: Period,
    #[command(flatten)]
    options: DocumentOptions,
}

/// Who is on documents, and where they go.
#[derive(Args)]
struct DocumentOptions {
    #[command(flatten)]
    books: Books,
    /// Names, addresses and VAT numbers of the parties. Without it, the command prints such a file to fill in.
    #[arg(long, value_name = "FILE.toml")]
    parties: Option<PathBuf>,
    /// Only what this operator bills: its number or one of its TADIG codes.
    #[arg(long, value_name = "OPERATOR")]
    supplier: Option<String>,
    /// Write each document into this folder, as .html and as .xml (UBL 2.1); files that are there are replaced.
    #[arg(long, value_name = "FOLDER", requires = "parties")]
    out: Option<PathBuf>,
}

impl InvoiceArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let database = Database::to_read(&self.options.books.database).await?;
        let subject = Subject::Statement(self.agreement, self.period);
        self.options.make(session, database, subject).await
    }
}

impl BillArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let mut database = Database::to_read(&self.options.books.database).await?;
        let relation = self.relation.find_in(&mut database).await?;
        let subject = Subject::Bills(relation, self.month);
        self.options.make(session, database, subject).await
    }
}

impl DocumentOptions {
    async fn make(
        self,
        session: &Session,
        mut database: Database,
        subject: Subject,
    ) -> Result<(), CommandError> {
        let Some(path) = &self.parties else {
            let file = template(&mut database, subject).await?;
            let value = json!({ "parties": &file });
            return Ok(session.output().print_whole(&value, &file)?);
        };
        let failed = |path: &PathBuf, reason: String| CommandError::File {
            path: path.clone(),
            reason,
        };
        let text = std::fs::read_to_string(path).map_err(|error| failed(path, reason(&error)))?;
        let parties = Parties::read(&text).map_err(|error| failed(path, error.to_string()))?;
        let supplier = match &self.supplier {
            Some(which) => {
                let found = Tracer::new(&mut database).await?.operator(which).await?;
                Some(found.ok_or_else(|| CommandError::NotFound(format!("operator {which}")))?)
            }
            None => None,
        };
        let all = documents(&mut database, subject, &parties, supplier).await?;
        if let Some(folder) = &self.out {
            std::fs::create_dir_all(folder).map_err(|error| failed(folder, reason(&error)))?;
            for one in &all {
                let file = |ending: &str| folder.join(format!("{}.{ending}", one.number));
                put(&file("html"), one.html().as_bytes())?;
                put(&file("xml"), one.ubl().as_bytes())?;
            }
        }
        let value: Vec<Value> = all.iter().map(value).collect();
        session.output().print(&value, |_| {
            if all.is_empty() {
                return "Nothing is billed.".into();
            }
            let head = [
                "Document",
                "Number",
                "Supplier",
                "Customer",
                "Without tax",
                "Tax",
                "To pay or credited",
                "Currency",
                "Due",
            ];
            table::table_of(&head, &[4, 5, 6], all.iter().map(row))
        })?;
        Ok(())
    }
}

/// What is due without tax, the tax as it was rounded, and both.
fn amounts(of: &Invoice) -> [i128; 3] {
    let [net, _, due] = of.totals();
    [net, due.saturating_sub(net), due]
}

fn row(of: &Invoice) -> Vec<String> {
    let [supplier, customer] = &of.parties;
    let [net, tax, payable] = amounts(of).map(|amount| grouped(amount, 2));
    let [_, due] = &of.days;
    vec![
        of.sort.name().into(),
        of.number.clone(),
        supplier.name.clone(),
        customer.name.clone(),
        net,
        tax,
        payable,
        of.currency.clone(),
        due.clone(),
    ]
}

fn value(of: &Invoice) -> Value {
    let [supplier, customer] = &of.parties;
    let [net, tax, payable] = amounts(of).map(|amount| money(amount, 2));
    let [issued, due] = &of.days;
    // An invoice that follows from another one, as of late interest, corrects nothing.
    let corrects = of.reference.as_ref().filter(|_| of.sort != Sort::Invoice);
    json!({
        "document": of.sort.name(), "number": of.number, "reference": of.reference, "corrects": corrects,
        "supplier": supplier.name, "customer": customer.name,
        "without_tax": net, "tax": tax, "payable": payable, "currency": of.currency, "issued": issued, "due_day": due,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_archive::invoice::Party;

    fn party(name: &str) -> Party {
        Party {
            name: name.into(),
            ..Party::default()
        }
    }

    fn document(sort: Sort, reference: Option<&str>) -> Value {
        value(&Invoice {
            number: "7-2026-10-D22".into(),
            sort,
            reference: reference.map(Into::into),
            object: None,
            about: String::new(),
            parties: [party("A"), party("B")],
            currency: "EUR".into(),
            days: ["2026-11-05".into(), "2026-12-05".into()],
            period: None,
            contract: "7".into(),
            lines: Vec::new(),
            taxes: Vec::new(),
            rounding: 0,
            settled: None,
        })
    }

    #[test]
    fn a_document_should_name_what_it_corrects_when_it_is_a_note() {
        let invoice = "7-2026-10-1";
        for sort in [Sort::CreditNote, Sort::DebitNote] {
            let note = document(sort, Some(invoice));
            assert_eq!(
                (&note["reference"], &note["corrects"]),
                (&json!(invoice), &json!(invoice))
            );
        }
        let interest = document(Sort::Invoice, Some(invoice));
        assert_eq!(
            (&interest["reference"], &interest["corrects"]),
            (&json!(invoice), &Value::Null)
        );
        assert_eq!(document(Sort::CreditNote, None)["corrects"], Value::Null);
    }
}
