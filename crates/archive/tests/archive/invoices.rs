//! Invoices, credit notes and debit notes: what stands in them is read by other means than it is written with, and added up again.

use crate::{
    again::put,
    databases::server,
    en16931,
    reports::{filled, terms, written},
    within,
};
use interclear_archive::{
    database::Database,
    error::{ArchiveError, InvoiceError},
    invoice::{documents, template, Invoice, Parties, Sort, Subject},
};
use interclear_client::chain::AccountId;
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus, Direction, InForce, PaymentCondition, PaymentTerms},
    ids::{AgreementId, OperatorId},
    money::{Currency, Value},
    period::Period,
    service::Service,
    statement::{Statement, StatementLine, StatementStatus},
};
use quick_xml::{events::Event, Reader};

pub const AGREEMENT: AgreementId = AgreementId(9);
pub const OCTOBER: Period = Period(202_610);
pub const OF_OCTOBER: Subject = Subject::Statement(AGREEMENT, OCTOBER);
/// 2026-11-05, 2026-12-05 and 2026-12-20, at noon.
pub const ISSUED: u64 = 1_793_880_000;
const DUE: u64 = ISSUED + 30 * 86_400;
pub const ENDED: u64 = ISSUED + 45 * 86_400;

pub const PARTIES: &str = r#"
[DEU7A]
name = "Alpha <Mobile> & Co. \"KG\""
street = "Hauptstraße 1"
postcode = "10115"
city = "Berlin"
country = "DE"
vat = "DE123456789"
untaxed = "AE"

[FRA7B]
name = "Beta Télécom"
country = "FR"
vat = "FR12345678901"
untaxed = "E"
reason = "Article 1 & 2 <of something>"
"#;

pub fn statement() -> Statement {
    let line = |direction, service, [charge, shortfall, tax]: [i128; 3]| StatementLine {
        direction,
        group: 0,
        service,
        late: None,
        quantity: 1_500_000,
        tap_charge: Value::ZERO,
        charge: Value::Clear(charge),
        shortfall: Value::Clear(shortfall),
        tax: Value::Clear(tax),
    };
    Statement {
        parties: [OperatorId(0), OperatorId(1)],
        version: 1,
        currency: Currency::EUR,
        decimals: 2,
        exchange: None,
        lines: vec![
            // 19.0247 and 0.0247, each rounded: 19.04. Of 100.26 it would be 19.05.
            line(Direction::FirstHome, Service::Gprs, [10_013, 0, 1_902]),
            line(Direction::FirstHome, Service::Mtc, [13, 500, 2]),
            line(Direction::SecondHome, Service::Gprs, [-300, 0, 0]),
            line(Direction::SecondHome, Service::Mtc, [100, 0, 0]),
        ]
        .try_into()
        .unwrap(),
        totals: [Value::Clear(12_430), Value::Clear(-200)],
        net: Value::Clear(12_630),
        status: StatementStatus::Affirmed,
        affirmed: [true; 2],
        issued_at: ISSUED,
        affirm_by: ISSUED,
        disputed_until: ISSUED,
        payment: PaymentTerms::usual(),
        accepts: Default::default(),
        due: DUE,
        decided: Default::default(),
        running_digest: [7; 32],
        minimum: 0,
        carried: Value::ZERO,
        obligation: None,
        disputed: Default::default(),
        escrowed: Default::default(),
    }
}

/// A dispute on a line of the first direction: what was stated of charge and tax, and what both say now.
fn dispute(number: u32, service: &str, phase: &str, [stated, stands]: [[u32; 2]; 2]) -> (String, String) {
    let figures = |[charge, tax]: [u32; 2]| {
        format!(r#"{{"quantity":"{charge}000000","charge":"{charge}","shortfall":"0","tax":"{tax}"}}"#)
    };
    let value = format!(
        r#"{{"subject":{{"StatementLine":{{"agreement":9,"period":"2026-10","line":{{"usage":{{"direction":"FirstHome","group":0,"service":"{service}"}},"late":null}}}}}},
        "parties":[0,1],"kind":"Volume","raised_by":"Debtor","raised_at":{ISSUED},"currency":"EUR","decimals":2,"stated":{},
        "claims":[{claim},{claim}],"phase":{phase},"until":{ENDED},"settled":"0"}}"#,
        figures(stated),
        claim = figures(stands),
    );
    (format!("[{number}]"), value)
}

pub async fn billed(database: &mut Database, statement: &Statement) {
    let agreement = Agreement::<AccountId> {
        parties: [OperatorId(0), OperatorId(1)],
        status: AgreementStatus::Active,
        latest: 1,
        offer: None,
        versions: vec![InForce {
            from: OCTOBER,
            version: 1,
            carries: Default::default(),
        }]
        .try_into()
        .unwrap(),
        last: Period(202_709),
        renewal_months: 0,
    };
    put(
        database,
        ["Agreements", "Agreements"],
        "[9]",
        &written(&agreement),
        1,
    )
    .await;
    put(
        database,
        ["Agreements", "TermsOf"],
        "[9,1]",
        &written(&terms()),
        1,
    )
    .await;
    let key = r#"[9,"2026-10"]"#;
    put(
        database,
        ["Statements", "Statements"],
        key,
        &written(statement),
        6,
    )
    .await;
    let ended = r#"{"Ended":"Accepted"}"#;
    for (key, value) in [
        dispute(21, "Mtc", ended, [[13, 2], [213, 40]]),
        dispute(22, "Gprs", ended, [[10_013, 1_902], [9_013, 1_712]]),
        dispute(23, "Mtc", r#""Raised""#, [[13, 2], [5, 1]]),
    ] {
        put(database, ["Disputes", "Disputes"], &key, &value, 7).await;
    }
    let note = format!(
        r#"{{"debtor":1,"creditor":0,"currency":"EUR","amount":"1190","due":{},"source":{{"Note":{{"agreement":9,"period":"2026-10","dispute":22}}}},
        "accepts":[2],"place":{{"token":1,"slot":{{"Day":1}}}}}}"#,
        ENDED + 86_400
    );
    put(database, ["Netting", "Obligations"], "[99]", &note, 7).await;
}

pub async fn made(database: &mut Database, subject: Subject, supplier: Option<i64>) -> Vec<Invoice> {
    let parties = Parties::read(PARTIES).unwrap();
    documents(database, subject, &parties, supplier).await.unwrap()
}

/// An element as it is read.
#[derive(Default, Debug)]
pub struct Element {
    pub name: String,
    pub currency: Option<String>,
    pub text: String,
    pub below: Vec<Element>,
}

impl Element {
    pub fn read(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    let attributes = tag.attributes().map(Result::unwrap);
                    let currency = attributes
                        .filter(|one| one.key.as_ref() == "currencyID")
                        .map(|one| one.value.to_string())
                        .next();
                    open.push(Self {
                        name: tag.local_name().as_ref().to_owned(),
                        currency,
                        ..Self::default()
                    });
                }
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().below.push(done);
                }
                Event::Text(text) => open.last_mut().unwrap().text += &*text,
                Event::GeneralRef(of) => {
                    let sign = match &*of {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        other => panic!("{other}"),
                    };
                    open.last_mut().unwrap().text += sign;
                }
                Event::Decl(_) => {}
                Event::Eof => break,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(open.len(), 1, "all that is opened is closed");
        open.remove(0).below.remove(0)
    }

    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        self.below.iter().filter(|one| one.name == name).collect()
    }

    /// The one at the end of a path.
    pub fn at(&self, path: &str) -> &Self {
        path.split('/').fold(self, |of, name| {
            let found = of.all(name);
            assert_eq!(found.len(), 1, "{name} of {}", of.name);
            found[0]
        })
    }

    pub fn has(&self, name: &str) -> bool {
        !self.all(name).is_empty()
    }

    /// An amount in hundredths.
    pub fn cents(&self) -> i128 {
        assert_eq!(self.currency.as_deref(), Some("EUR"), "{}", self.name);
        let (whole, part) = self.text.split_once('.').unwrap();
        assert_eq!(part.len(), 2, "EN 16931 takes two decimals");
        format!("{whole}{part}").parse().unwrap()
    }

    /// Whether what is below comes in the schema's order. The schemas have more elements; these are the ones that we write, and those
    /// that one would easily put in a wrong place.
    pub fn ordered(&self) {
        let order: &[&str] = match self.name.as_str() {
            "Invoice" => &[
                "CustomizationID",
                "ProfileID",
                "ID",
                "IssueDate",
                "DueDate",
                "InvoiceTypeCode",
                "Note",
                "DocumentCurrencyCode",
                "BuyerReference",
                "InvoicePeriod",
                "OrderReference",
                "BillingReference",
                "ContractDocumentReference",
                "AdditionalDocumentReference",
                "AccountingSupplierParty",
                "AccountingCustomerParty",
                "PaymentMeans",
                "PaymentTerms",
                "TaxTotal",
                "LegalMonetaryTotal",
                "InvoiceLine",
            ],
            "CreditNote" => &[
                "CustomizationID",
                "ProfileID",
                "ID",
                "IssueDate",
                "CreditNoteTypeCode",
                "Note",
                "DocumentCurrencyCode",
                "BuyerReference",
                "InvoicePeriod",
                "OrderReference",
                "BillingReference",
                "ContractDocumentReference",
                "AdditionalDocumentReference",
                "AccountingSupplierParty",
                "AccountingCustomerParty",
                "PaymentMeans",
                "PaymentTerms",
                "TaxTotal",
                "LegalMonetaryTotal",
                "CreditNoteLine",
            ],
            "Party" => &[
                "EndpointID",
                "PartyIdentification",
                "PartyName",
                "PostalAddress",
                "PartyTaxScheme",
                "PartyLegalEntity",
            ],
            "PostalAddress" => &["StreetName", "CityName", "PostalZone", "Country"],
            "AdditionalDocumentReference" => &["ID", "DocumentTypeCode", "DocumentDescription", "Attachment"],
            "PaymentMeans" => &["PaymentMeansCode", "PaymentDueDate"],
            "TaxTotal" => &["TaxAmount", "TaxSubtotal"],
            "TaxSubtotal" => &["TaxableAmount", "TaxAmount", "TaxCategory"],
            "TaxCategory" | "ClassifiedTaxCategory" => &["ID", "Percent", "TaxExemptionReason", "TaxScheme"],
            "LegalMonetaryTotal" => &[
                "LineExtensionAmount",
                "TaxExclusiveAmount",
                "TaxInclusiveAmount",
                "AllowanceTotalAmount",
                "ChargeTotalAmount",
                "PrepaidAmount",
                "PayableRoundingAmount",
                "PayableAmount",
            ],
            "InvoiceLine" => &[
                "ID",
                "Note",
                "InvoicedQuantity",
                "LineExtensionAmount",
                "Item",
                "Price",
            ],
            "CreditNoteLine" => &[
                "ID",
                "Note",
                "CreditedQuantity",
                "LineExtensionAmount",
                "Item",
                "Price",
            ],
            "Item" => &["Name", "ClassifiedTaxCategory"],
            "PartyTaxScheme" => &["CompanyID", "TaxScheme"],
            _ => &[],
        };
        let places: Vec<_> = self
            .below
            .iter()
            .map(|one| {
                let place = order.iter().position(|name| *name == one.name);
                assert!(
                    order.is_empty() || place.is_some(),
                    "{} in {}",
                    one.name,
                    self.name
                );
                place
            })
            .collect();
        assert!(places.is_sorted(), "{}: {places:?}", self.name);
        self.below.iter().for_each(Self::ordered);
    }
}

/// 10^-9 of a percent as a number, times a sum in hundredths, rounded half to even; by decimal digits alone.
fn tax_of(net: i128, percent: &str) -> i128 {
    let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
    let rate: i128 = format!("{whole}{part:0<9}").parse().unwrap();
    let exact = net.abs() * rate;
    let (cents, rest) = (exact / 100_000_000_000, exact % 100_000_000_000);
    let up = rest > 50_000_000_000 || (rest == 50_000_000_000 && cents % 2 == 1);
    net.signum() * (cents + i128::from(up))
}

/// The rules of EN 16931 on sums, and others that concern what we write.
pub fn follows_en_16931(document: &Element) {
    let credit = document.name == "CreditNote";
    let lines = document.all(if credit { "CreditNoteLine" } else { "InvoiceLine" });
    assert!(!lines.is_empty(), "BR-16");
    let quantity = if credit {
        "CreditedQuantity"
    } else {
        "InvoicedQuantity"
    };
    for line in &lines {
        let price = line.at("Price/PriceAmount").cents();
        assert!(price >= 0, "BR-27");
        let quantity: i128 = line.at(quantity).text.parse().unwrap();
        assert_eq!(line.at("LineExtensionAmount").cents(), quantity * price);
    }
    let totals = document.at("LegalMonetaryTotal");
    let total = |name: &str| totals.at(name).cents();
    let of_lines: i128 = lines
        .iter()
        .map(|line| line.at("LineExtensionAmount").cents())
        .sum();
    assert_eq!(total("LineExtensionAmount"), of_lines, "BR-CO-10");
    assert!(!document.has("AllowanceCharge"));
    assert_eq!(total("TaxExclusiveAmount"), of_lines, "BR-CO-13");
    let taxes = document.at("TaxTotal");
    let groups = taxes.all("TaxSubtotal");
    let tax: i128 = groups.iter().map(|group| group.at("TaxAmount").cents()).sum();
    assert_eq!(taxes.at("TaxAmount").cents(), tax, "BR-CO-14");
    assert_eq!(total("TaxInclusiveAmount"), of_lines + tax, "BR-CO-15");
    let rounding = totals
        .all("PayableRoundingAmount")
        .first()
        .map_or(0, |one| one.cents());
    assert_eq!(total("PayableAmount"), of_lines + tax + rounding, "BR-CO-16");
    let mut in_groups = 0;
    for group in groups {
        let category = group.at("TaxCategory");
        let code = &category.at("ID").text;
        // What is not subject to VAT has no rate, and nobody on it a number.
        assert_eq!(category.has("Percent"), code != "O", "BR-O-05, BR-48");
        let rate = |of: &Element| {
            of.all("Percent")
                .first()
                .map_or_else(|| "0".to_owned(), |one| one.text.clone())
        };
        let percent = &rate(category);
        if code == "O" {
            assert_eq!(taxes.all("TaxSubtotal").len(), 1, "BR-O-11");
            for role in ["AccountingSupplierParty", "AccountingCustomerParty"] {
                assert!(!document.at(role).at("Party").has("PartyTaxScheme"), "BR-O-02");
            }
        }
        let of: Vec<_> = lines
            .iter()
            .filter(|line| {
                let own = line.at("Item/ClassifiedTaxCategory");
                own.at("ID").text == *code && rate(own) == *percent
            })
            .collect();
        in_groups += of.len();
        let net: i128 = of.iter().map(|line| line.at("LineExtensionAmount").cents()).sum();
        assert_eq!(group.at("TaxableAmount").cents(), net, "BR-S-08");
        assert_eq!(group.at("TaxAmount").cents(), tax_of(net, percent), "BR-CO-17");
        assert_eq!(
            category.has("TaxExemptionReason"),
            !["S", "Z"].contains(&code.as_str()),
            "BR-S-10, BR-Z-10, BR-E-10, BR-AE-10"
        );
    }
    assert_eq!(in_groups, lines.len(), "BR-CO-18: each line is in one group");
    for role in ["AccountingSupplierParty", "AccountingCustomerParty"] {
        let party = document.at(role).at("Party");
        assert_eq!(
            party.at("PostalAddress/Country/IdentificationCode").text.len(),
            2,
            "BR-09, BR-11"
        );
        assert!(!party.at("PartyIdentification/ID").text.is_empty(), "BR-CO-26");
    }
    match credit {
        false => assert!(document.has("DueDate"), "BR-CO-25"),
        true => assert!(document.at("PaymentMeans").has("PaymentDueDate"), "BR-CO-25"),
    }
}

/// A document as it is read, once it has been found to be in order.
pub fn read_back(one: &Invoice) -> Element {
    let read = Element::read(&one.ubl());
    read.ordered();
    follows_en_16931(&read);
    assert_eq!(en16931::broken(&read), [""; 0], "{}", one.number);
    assert_eq!(
        read.at("LegalMonetaryTotal/PayableAmount").cents(),
        one.totals()[2]
    );
    assert_eq!(read.at("ID").text, one.number);
    read
}

async fn check(database: &mut Database) {
    let statement = statement();
    billed(database, &statement).await;
    let all = made(database, OF_OCTOBER, None).await;
    let shown: Vec<_> = all
        .iter()
        .map(|one| {
            (
                one.number.as_str(),
                one.sort,
                one.reference.as_deref(),
                one.totals(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("9-2026-10-1", Sort::Invoice, None, [10_526, 1_905, 12_430]),
            ("9-2026-10-2", Sort::CreditNote, None, [200, 0, 200]),
            (
                "9-2026-10-D21",
                Sort::DebitNote,
                Some("9-2026-10-1"),
                [200, 38, 238]
            ),
            (
                "9-2026-10-D22",
                Sort::CreditNote,
                Some("9-2026-10-1"),
                [1_000, 190, 1_190]
            ),
        ]
    );
    // What the two sides of the statement come to, one of them as a credit note.
    let [first, second] = statement.totals.map(|total| total.clear().unwrap());
    assert_eq!([all[0].totals()[2], -all[1].totals()[2]], [first, second]);
    for one in &all {
        assert_eq!(read_back(one).at("InvoicePeriod/EndDate").text, "2026-10-31");
    }
    let read = |place: usize| Element::read(&all[place].ubl());
    let first = read(0);
    assert_eq!(first.at("LegalMonetaryTotal/PayableRoundingAmount").cents(), -1);
    assert_eq!(
        (
            first.at("IssueDate").text.as_str(),
            first.at("DueDate").text.as_str()
        ),
        ("2026-11-05", "2026-12-05")
    );
    assert_eq!(first.at("InvoiceTypeCode").text, "380");
    let party = "Party/PartyLegalEntity/RegistrationName";
    assert_eq!(
        first.at("AccountingCustomerParty").at(party).text,
        "Alpha <Mobile> & Co. \"KG\""
    );
    assert_eq!(first.at("AccountingSupplierParty").at(party).text, "Beta Télécom");
    let notes: Vec<_> = first
        .all("InvoiceLine")
        .iter()
        .map(|line| line.at("Item/Name").text.clone())
        .collect();
    assert_eq!(
        notes,
        [
            "GPRS, group 1",
            "MTC, group 1",
            "MTC, group 1: share of what is missing from the commitment"
        ]
    );
    let untaxed = &first.at("TaxTotal").all("TaxSubtotal")[0]
        .at("TaxCategory")
        .at("TaxExemptionReason")
        .text;
    assert_eq!(untaxed, "Article 1 & 2 <of something>");
    let second = read(1);
    assert_eq!(
        (
            second.name.as_str(),
            second.at("CreditNoteTypeCode").text.as_str()
        ),
        ("CreditNote", "381")
    );
    assert_eq!(second.at("TaxTotal/TaxSubtotal/TaxCategory/ID").text, "AE");
    assert_eq!(read(2).at("InvoiceTypeCode").text, "383");
    let credit = read(3);
    assert_eq!(
        credit.at("BillingReference/InvoiceDocumentReference/ID").text,
        "9-2026-10-1"
    );
    // It is due with the note that gives it back.
    assert_eq!(
        (
            credit.at("IssueDate").text.as_str(),
            credit.at("PaymentMeans/PaymentDueDate").text.as_str()
        ),
        ("2026-12-20", "2026-12-21")
    );

    let page = all[0].html();
    assert!(
        page.contains("Alpha &lt;Mobile&gt; &amp; Co. &quot;KG&quot;") && !page.contains("<Mobile>"),
        "{page}"
    );
    assert!(
        page.contains("<td>To pay, EUR</td><td class=\"n\">124.30</td>") && !page.contains("http"),
        "{page}"
    );
    assert!(page.contains("<td>Tax is rounded line by line</td><td class=\"n\">-0.01</td>"));
    // People have the thousands apart, as in amounts; programs do not.
    let less = all[3].html();
    assert!(
        less.contains("<td class=\"n\">1\u{202f}000 MB less</td>"),
        "{less}"
    );
    assert_eq!(credit.at("CreditNoteLine/Note").text, "Used: 1000 MB less");

    let of_first: Vec<_> = made(database, OF_OCTOBER, Some(0))
        .await
        .into_iter()
        .map(|one| one.number)
        .collect();
    assert_eq!(of_first, ["9-2026-10-2"]);

    let file = template(database, OF_OCTOBER).await.unwrap();
    assert!(
        file.contains("[DEU7A]\nname = \"Alpha\"") && file.contains("[FRA7B]"),
        "{file}"
    );
    let filled_in = file.replace("country = \"\"", "country = \"DE\"");
    assert!(Parties::read(&filled_in).is_ok(), "{filled_in}");
}

#[tokio::test]
async fn documents_should_come_to_what_the_statement_says_when_they_are_read_and_added_up_again() {
    let folder = tempfile::tempdir().unwrap();
    check(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = server().await {
        check(&mut filled(&server.url).await).await;
    }
}

#[tokio::test]
async fn a_document_should_say_what_its_statement_comes_to_and_how_that_is_paid_when_it_is_a_side_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = filled(&within(&folder, "books.db")).await;
    let mut gross = statement();
    gross.payment.condition = PaymentCondition::OnAffirmation;
    billed(&mut database, &gross).await;
    let all = made(&mut database, OF_OCTOBER, None).await;
    // The first party, whom the second bills, owes 124.30 and is to give back 2.00.
    for (document, pays) in [(&all[0], "billed"), (&all[1], "billing")] {
        let page = document.html();
        let said = format!(
            "set against what is owed the other way: the statement of 2026-10 comes to a net of 126.30 EUR, which the {pays} party owes, \
             paid gross, on affirmation."
        );
        assert!(page.contains(&said), "{page}");
    }
    let note = all[2].html();
    assert!(
        note.contains("settled between the parties as they have agreed"),
        "{note}"
    );
}

#[tokio::test]
async fn a_statement_should_be_refused_when_it_cannot_be_billed() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = filled(&within(&folder, "books.db")).await;
    let refused = async |database: &mut Database, parties: &str| {
        let parties = Parties::read(parties).unwrap();
        match documents(database, OF_OCTOBER, &parties, None).await {
            Err(ArchiveError::Invoice(error)) => error,
            other => panic!("{other:?}"),
        }
    };
    let none = refused(&mut database, PARTIES).await;
    assert_eq!(none, InvoiceError::NoStatement(AGREEMENT, OCTOBER));
    let issued = Statement {
        status: StatementStatus::Issued,
        ..statement()
    };
    billed(&mut database, &issued).await;
    let open = refused(&mut database, PARTIES).await;
    assert_eq!(open, InvoiceError::NotAffirmed(AGREEMENT, OCTOBER));
    // Amounts of a thousandth: 12.430, as 12.43 is, and 0.013.
    let fine = Statement {
        decimals: 3,
        ..statement()
    };
    let key = r#"[9,"2026-10"]"#;
    put(
        &mut database,
        ["Statements", "Statements"],
        key,
        &written(&fine),
        8,
    )
    .await;
    let thousandths = refused(&mut database, PARTIES).await;
    assert_eq!(thousandths, InvoiceError::Decimals("GPRS, group 1".into()));
    put(
        &mut database,
        ["Statements", "Statements"],
        key,
        &written(&statement()),
        9,
    )
    .await;
    let (_, beta) = PARTIES.split_once("\n[FRA7B]").unwrap();
    let stranger = refused(&mut database, &format!("[FRA7B]{beta}"))
        .await
        .to_string();
    assert_eq!(
        stranger,
        "there is no table for Alpha: it is named after a TADIG code, DEU7A"
    );
    let unsaid = refused(&mut database, &PARTIES.replace("untaxed = \"E\"", ""))
        .await
        .to_string();
    assert_eq!(
        unsaid,
        "[FRA7B] needs `untaxed`: why it bills without tax, one of AE, E, G, O, Z"
    );
}
