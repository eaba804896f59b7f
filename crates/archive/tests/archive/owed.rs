//! Bills of fixed-line services, fees of disputes and late interest as documents: read by other means than they are written with.

use crate::{
    again::put,
    databases::server,
    invoices::{billed, made, read_back, statement, Element, ENDED, ISSUED, OCTOBER, OF_OCTOBER, PARTIES},
    reports::{self, filled, written},
    within,
};
use interclear_archive::{
    database::{texts, Database},
    error::{ArchiveError, InvoiceError},
    invoice::{documents, template, Invoice, Parties, Sort, Subject},
    report::{report, Kind},
    trace::Tracer,
};
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    inventory::{InventoryBill, InventoryLine, LineKind, ProductClass, Relation},
    money::Value,
    period::Period,
};

const DAY: u64 = 86_400;
const SEPTEMBER: Period = Period(202_609);
/// 2026-12-31, the time of block 9.
const TODAY: u64 = 20_818 * DAY;

async fn debt(
    database: &mut Database,
    number: u32,
    [debtor, creditor]: [u32; 2],
    (amount, due): (i128, u64),
    source: &str,
) {
    let value = format!(
        r#"{{"debtor":{debtor},"creditor":{creditor},"currency":"EUR","amount":"{amount}","due":{due},"source":{source},
        "accepts":[2],"place":null}}"#
    );
    put(
        database,
        ["Netting", "Obligations"],
        &format!("[{number}]"),
        &value,
        9,
    )
    .await;
}

async fn charge(database: &mut Database, obligation: u32, (owed, amount): (u32, u32), days: u32, from: i64) {
    let value =
        format!(r#"{{"debtor":0,"creditor":1,"owed":"{owed}","bps":800,"days":{days},"amount":"{amount}"}}"#);
    put(
        database,
        ["Netting", "Charges"],
        &format!("[{obligation}]"),
        &value,
        from,
    )
    .await;
}

/// Number, sort, what it refers to, supplier and customer, and what is due.
type Shown<'a> = (&'a str, Sort, Option<&'a str>, [&'a str; 2], i128);

fn shown(all: &[Invoice]) -> Vec<Shown<'_>> {
    let each = all.iter().map(|one| {
        let parties = one.parties.each_ref().map(|party| party.tadig.as_str());
        let [_, _, due] = one.totals();
        (
            one.number.as_str(),
            one.sort,
            one.reference.as_deref(),
            parties,
            due,
        )
    });
    each.collect()
}

fn names(document: &Element) -> Vec<String> {
    let lines = document
        .all("InvoiceLine")
        .into_iter()
        .chain(document.all("CreditNoteLine"));
    lines.map(|line| line.at("Item/Name").text.clone()).collect()
}

async fn check_fees_and_interest(database: &mut Database) {
    billed(database, &statement()).await;
    let of = r#""agreement":9,"period":"2026-10""#;
    let beta = ["FRA7B", "DEU7A"];
    let alpha = ["DEU7A", "FRA7B"];
    let interest = |of: u32| format!(r#"{{"Interest":{{"obligation":{of}}}}}"#);
    let debts = [
        (
            100,
            [0, 1],
            (12_630, ISSUED),
            format!(r#"{{"Statement":{{{of}}}}}"#),
        ),
        (
            101,
            [0, 1],
            (25_000, ENDED + 5 * DAY),
            r#"{"DisputeFee":{"dispute":22}}"#.into(),
        ),
        (102, [0, 1], (39, TODAY + DAY), interest(100)),
        (103, [1, 0], (4, TODAY + DAY), interest(100)),
        (104, [1, 0], (7, TODAY + DAY), interest(99)),
        (
            105,
            [1, 0],
            (900, TODAY),
            format!(r#"{{"CarriedForward":{{{of}}}}}"#),
        ),
        (106, [1, 0], (8, TODAY + DAY), interest(105)),
        (107, [0, 1], (3, TODAY + DAY), interest(101)),
        // Of another statement.
        (108, [0, 1], (3, TODAY + DAY), interest(11)),
    ];
    for (number, parties, owed, source) in &debts {
        debt(database, *number, *parties, *owed, source).await;
    }
    charge(database, 100, (12_630, 39), 14, 9).await;
    // A note has given back 11.90 of what was owed, and with it what was charged on that.
    charge(database, 100, (11_440, 35), 14, 10).await;

    let all = made(database, OF_OCTOBER, None).await;
    assert_eq!(
        shown(&all)[4..],
        [
            (
                "9-2026-10-F22",
                Sort::Invoice,
                Some("9-2026-10-D22"),
                beta,
                25_000
            ),
            ("I104", Sort::Invoice, Some("9-2026-10-D22"), alpha, 7),
            ("I102", Sort::Invoice, Some("9-2026-10-1"), beta, 39),
            ("I103", Sort::CreditNote, Some("I102"), beta, 4),
            ("I107", Sort::Invoice, Some("9-2026-10-F22"), beta, 3),
            ("I106", Sort::Invoice, Some("9-2026-10-2"), alpha, 8),
        ]
    );
    for one in &all[4..] {
        let read = read_back(one);
        // Neither is a supply: it is in no month, and no VAT is on it.
        assert_eq!(read.at("TaxTotal/TaxSubtotal/TaxCategory/ID").text, "O");
        assert!(!read.has("InvoicePeriod"));
        assert_eq!(read.at("ContractDocumentReference/ID").text, "9");
        assert_eq!(
            read.at("AdditionalDocumentReference/DocumentTypeCode").text,
            "130"
        );
    }
    let [fee, _, interest, back, ..] = &all[4..] else {
        panic!("{all:?}");
    };
    let read = read_back(fee);
    assert_eq!(read.at("AdditionalDocumentReference/ID").text, "dispute 22");
    assert_eq!(
        (
            read.at("IssueDate").text.as_str(),
            read.at("DueDate").text.as_str()
        ),
        ("2026-12-20", "2026-12-25")
    );
    assert_eq!(names(&read), ["Fee of dispute 22"]);
    let read = read_back(interest);
    // 126.30 at 8 % for 14 of 365 days: 0.3875.
    assert_eq!(
        names(&read),
        ["Late interest on obligation 100: 14 days at 8.00 % a year on 126.30 EUR"]
    );
    assert_eq!(read.at("AdditionalDocumentReference/ID").text, "obligation 100");
    assert_eq!(
        (
            read.at("IssueDate").text.as_str(),
            read.at("DueDate").text.as_str()
        ),
        ("2026-12-31", "2027-01-01")
    );
    let read = read_back(back);
    assert_eq!(
        read.at("BillingReference/InvoiceDocumentReference/ID").text,
        "I102"
    );
    let page = interest.html();
    assert!(
        page.contains("<dt>Follows from</dt><dd>9-2026-10-1</dd>") && !page.contains(">Used<"),
        "{page}"
    );
    assert!(page.contains("No tax on 0.39: Not subject to VAT"), "{page}");
    assert!(back.html().contains("<dt>Corrects</dt><dd>I102</dd>"));

    // Where it is exempt, there is a rate of nothing, and numbers stand on it.
    let exempt =
        Parties::read(&PARTIES.replace("untaxed = \"E\"", "untaxed = \"AE\"\ncompensation = \"E\"")).unwrap();
    let all = documents(database, OF_OCTOBER, &exempt, Some(1)).await.unwrap();
    let read = read_back(all.iter().find(|one| one.number == "I102").unwrap());
    let tax = read.at("TaxTotal/TaxSubtotal/TaxCategory");
    assert_eq!(
        (
            tax.at("ID").text.as_str(),
            tax.at("TaxExemptionReason").text.as_str()
        ),
        ("E", "Exempt from VAT")
    );
    assert!(all.iter().all(|one| one.parties[0].tadig == "FRA7B"));

    let carried = Tracer::new(database)
        .await
        .unwrap()
        .obligation(105)
        .await
        .unwrap()
        .unwrap();
    assert!(carried
        .as_text(false)
        .contains("statement of 2026-10 under agreement 9"));
}

pub fn relation() -> Relation {
    Relation {
        buyer: OperatorId(1),
        seller: OperatorId(0),
        class: ProductClass::new(b"ELINE").unwrap(),
    }
}

pub async fn services(
    database: &mut Database,
    period: Period,
    currency: &str,
    bill: &InventoryBill,
    from: i64,
) {
    // As the tuple of relation, month and currency is written.
    let key = format!(r#"[{},["{period}","{currency}"]]"#, written(&relation()));
    put(database, ["Inventory", "Bills"], &key, &written(bill), from).await;
}

/// A bill of lines, each with its month, kind and amount; and the debts that it has become.
pub fn bill(lines: &[(Period, LineKind, i128)], withheld: i128, obligations: &[u64]) -> InventoryBill {
    let lines: Vec<_> = lines
        .iter()
        .map(|(month, kind, amount)| InventoryLine {
            month: *month,
            kind: *kind,
            amount: *amount,
        })
        .collect();
    let net = lines.iter().map(|line| line.amount).sum();
    InventoryBill {
        lines: lines.try_into().unwrap(),
        net: Value::Clear(net),
        services: 2,
        affirm_by: ISSUED,
        due: ISSUED + 30 * DAY,
        affirmed: [true; 2],
        closed: true,
        withheld: [Value::Clear(withheld), Value::ZERO],
        obligations: obligations
            .iter()
            .copied()
            .map(ObligationId)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap(),
    }
}

async fn check_services(database: &mut Database) {
    use LineKind::{OneOff, Recurring};
    let source = |period| {
        format!(
            r#"{{"Inventory":{{"relation":{},"period":"{period}"}}}}"#,
            written(&relation())
        )
    };
    let of_october = Subject::Bills(relation(), OCTOBER);
    let parties = Parties::read(PARTIES).unwrap();
    let refused = async |database: &mut Database| match documents(database, of_october, &parties, None).await
    {
        Err(ArchiveError::Invoice(error)) => error,
        other => panic!("{other:?}"),
    };
    let none = refused(database).await;
    assert_eq!(none, InvoiceError::NoBill("1:0:ELINE".into(), OCTOBER));

    // Of 300.00 for September the buyer has paid 100.00, and withheld the rest.
    let september = bill(&[(SEPTEMBER, Recurring, 30_000)], 20_000, &[200]);
    services(database, SEPTEMBER, "EUR", &september, 9).await;
    debt(database, 200, [1, 0], (10_000, ISSUED), &source(SEPTEMBER)).await;
    // 180.00 come again of it with October, of which 5.00 were credited.
    let lines = [
        (SEPTEMBER, Recurring, 18_000),
        (OCTOBER, Recurring, 40_000),
        (OCTOBER, OneOff, -500),
    ];
    let october = bill(&lines, 0, &[201, 202]);
    let open = InventoryBill {
        closed: false,
        obligations: Default::default(),
        ..october.clone()
    };
    services(database, OCTOBER, "EUR", &open, 5).await;
    let open = refused(database).await;
    assert_eq!(
        open,
        InvoiceError::OpenBill("1:0:ELINE".into(), OCTOBER, "EUR".into())
    );
    services(database, OCTOBER, "EUR", &october, 9).await;
    debt(database, 201, [1, 0], (18_000, ISSUED), &source(OCTOBER)).await;
    debt(
        database,
        202,
        [1, 0],
        (39_500, ISSUED + 31 * DAY),
        &source(OCTOBER),
    )
    .await;
    debt(
        database,
        203,
        [1, 0],
        (12, TODAY + DAY),
        r#"{"Interest":{"obligation":201}}"#,
    )
    .await;

    let alpha = ["DEU7A", "FRA7B"];
    let all = made(database, Subject::Bills(relation(), SEPTEMBER), None).await;
    assert_eq!(
        shown(&all),
        [("1-0-ELINE-2026-09-EUR", Sort::Invoice, None, alpha, 10_000)],
        "what is withheld is not billed"
    );
    let read = read_back(&all[0]);
    assert_eq!(
        names(&read),
        [
            "Recurring charges of 2026-09",
            "Recurring charges of 2026-09, disputed and withheld"
        ]
    );
    assert_eq!(
        (
            read.at("InvoicePeriod/StartDate").text.as_str(),
            read.at("DueDate").text.as_str()
        ),
        ("2026-09-01", "2026-11-05")
    );
    let all = made(database, of_october, None).await;
    assert_eq!(
        shown(&all),
        [
            (
                "1-0-ELINE-2026-10-EUR",
                Sort::Invoice,
                Some("1-0-ELINE-2026-09-EUR"),
                alpha,
                57_500
            ),
            ("I203", Sort::Invoice, Some("1-0-ELINE-2026-10-EUR"), alpha, 12),
        ]
    );
    let read = read_back(&all[0]);
    assert_eq!(
        names(&read),
        [
            "Recurring charges of 2026-09, corrected",
            "Recurring charges of 2026-10",
            "One-off charges of 2026-10"
        ]
    );
    // The customer owes the tax, says the file of the parties; the chain knows of none.
    assert_eq!(read.at("TaxTotal/TaxSubtotal/TaxCategory/ID").text, "AE");
    assert_eq!(read.at("ContractDocumentReference/ID").text, "1:0:ELINE");
    // Block 5 has issued it, in 1970.
    assert_eq!(
        (
            read.at("IssueDate").text.as_str(),
            read.at("DueDate").text.as_str()
        ),
        ("1970-01-01", "2026-12-06")
    );
    let about = &read.at("Note").text;
    assert_eq!(
        about,
        "Fixed-line services ELINE of 2026-10: 2 in use; 180.00 of it was withheld of 2026-09 and is due on 2026-11-05"
    );
    assert_eq!(
        read_back(&all[1]).at("ContractDocumentReference/ID").text,
        "1:0:ELINE"
    );
    assert!(made(database, of_october, Some(1)).await.is_empty());

    // More is credited than is charged.
    let credited = bill(
        &[(SEPTEMBER, Recurring, -2_000), (OCTOBER, OneOff, 500)],
        0,
        &[204],
    );
    services(database, OCTOBER, "USD", &credited, 9).await;
    let unknown = refused(database).await;
    assert_eq!(unknown, InvoiceError::NoToken("USD".into()));
    put(
        database,
        ["Netting", "Tokens"],
        "[2]",
        r#"{"issuer":2,"currency":"USD","decimals":2}"#,
        9,
    )
    .await;
    let all = made(database, of_october, None).await;
    assert_eq!(
        shown(&all)[2],
        ("1-0-ELINE-2026-10-USD", Sort::CreditNote, None, alpha, 1_500)
    );
    let file = template(database, of_october).await.unwrap();
    assert!(
        file.contains("[FRA7B]") && file.contains("[DEU7A]\nname = \"Alpha\""),
        "{file}"
    );
}

#[tokio::test]
async fn fees_and_late_interest_should_be_documents_that_follow_from_others() {
    let folder = tempfile::tempdir().unwrap();
    check_fees_and_interest(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = server().await {
        check_fees_and_interest(&mut filled(&server.url).await).await;
    }
}

#[tokio::test]
async fn notes_should_name_the_dispute_or_the_obligation_that_a_fee_or_late_interest_is_of() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = filled(&within(&folder, "books.db")).await;
    // 11 is what the statement of agreement 7 has become; nothing is known of dispute 77 and of obligation 999.
    let sources = [
        r#"{"DisputeFee":{"dispute":5}}"#,
        r#"{"DisputeFee":{"dispute":77}}"#,
        r#"{"Interest":{"obligation":11}}"#,
        r#"{"Interest":{"obligation":999}}"#,
        r#"{"Note":{"agreement":7,"period":"2026-10","dispute":5}}"#,
        r#"{"Interest":{"obligation":300}}"#,
        r#"{"Inventory":{"relation":{"buyer":1,"seller":0,"class":"ELINE"},"period":"2026-09"}}"#,
        r#"{"Interest":{"obligation":306}}"#,
    ];
    for (number, source) in (300..).zip(sources) {
        debt(&mut database, number, [1, 0], (25, TODAY), source).await;
    }
    // What the credit note of 0.96 comes to.
    let note = r#"{"Note":{"agreement":7,"period":"2026-10","dispute":5}}"#;
    debt(&mut database, 308, [1, 0], (96, TODAY), note).await;
    let older = r#"{"Note":{"agreement":7,"period":"2026-10","dispute":78}}"#;
    debt(&mut database, 309, [1, 0], (25, TODAY), older).await;
    let due = "0.25 | EUR | 2026-12-31 00:00:00";
    assert_eq!(
        reports::shown(&mut database, Kind::Notes, None).await,
        [
            "300 | fee of dispute 5 | 7 | 2026-10",
            "301 | fee of dispute 77 |  | ",
            "302 | late interest on obligation 11 | 7 | 2026-10",
            "303 | late interest on obligation 999 |  | ",
            // Of another amount than the note.
            "304 | owed because of dispute 5, which has ended | 7 | 2026-10",
            "305 | late interest on obligation 300 | 7 | 2026-10",
            // A bill of fixed-line services is of no agreement.
            "307 | late interest on obligation 306 |  | 2026-09",
            "309 | owed because of dispute 78, which the archive does not know | 7 | 2026-10",
        ]
        .map(|begins| format!("{begins} | Beta | Alpha | {due}"))
        .into_iter()
        .fold(
            vec![
                // The note has become an obligation, with a day on which it is due.
                "308 | credit note of dispute 5 | 7 | 2026-10 | Beta | Alpha | 0.96 | EUR | 2026-12-31 00:00:00".to_owned(),
                "12 | owed in dispute 3, which is open | 7 | 2026-10 | Beta | Alpha | 5.00 | EUR | 2026-11-28 00:00:00".to_owned(),
            ],
            |mut all, row| {
                all.push(row);
                all
            }
        )
    );
}

/// What a program of somebody else gets for a query whose columns are text.
async fn asked(database: &mut Database, query: &'static str) -> Vec<String> {
    let rows = texts(database, query, &[]).await.unwrap();
    let each = rows.into_iter().map(|row| {
        let cells: Vec<String> = row.into_iter().map(Option::unwrap_or_default).collect();
        cells.join(" | ")
    });
    each.collect()
}

async fn check_bills_in_reports(database: &mut Database) {
    use LineKind::{OneOff, Recurring};
    let none = reports::shown(database, Kind::Month, Some("2026-09")).await;
    assert!(none.is_empty(), "{none:?}");
    // Of 300.00 the buyer withholds 200.00; 180.00 come again, and 5.00 were credited.
    let september = bill(&[(SEPTEMBER, Recurring, 30_000)], 20_000, &[200]);
    services(database, SEPTEMBER, "EUR", &september, 9).await;
    let october = [(SEPTEMBER, Recurring, 18_000), (OCTOBER, OneOff, -500)];
    let open = InventoryBill {
        closed: false,
        ..bill(&october, 0, &[])
    };
    services(database, OCTOBER, "EUR", &open, 9).await;
    assert_eq!(
        reports::shown(database, Kind::Month, Some("2026-09")).await,
        [
            "2026-09 |  | Beta | Alpha | 1 | ELINE, recurring charges |  |  | 300.00 | 0.00 | 0.00 | EUR | bill 1-0-ELINE-2026-09-EUR",
            "2026-09 |  | Beta | Alpha | 2 | ELINE, recurring charges |  |  | -200.00 | 0.00 | 0.00 | EUR | bill 1-0-ELINE-2026-09-EUR; withheld",
        ]
    );
    let month = reports::shown(database, Kind::Month, Some("2026-10")).await;
    let of_bills: Vec<&String> = month.iter().filter(|row| row.contains("ELINE")).collect();
    assert_eq!(
        of_bills,
        [
            "2026-10 |  | Beta | Alpha | 1 | ELINE, recurring charges | 2026-09 |  | 180.00 | 0.00 | 0.00 | EUR | bill 1-0-ELINE-2026-10-EUR; not affirmed yet",
            "2026-10 |  | Beta | Alpha | 2 | ELINE, one-off charges |  |  | -5.00 | 0.00 | 0.00 | EUR | bill 1-0-ELINE-2026-10-EUR; not affirmed yet",
        ]
    );
    assert!(
        month.len() > of_bills.len(),
        "lines of statements stay: {month:?}"
    );
    assert_eq!(
        reports::shown(database, Kind::Tax, Some("2026-09")).await,
        ["2026-09 | DEU | Alpha | Beta | EUR | bill 1-0-ELINE-2026-09-EUR | 0.00 | 100.00 | 0.00"]
    );
    let bills = "SELECT period, CAST(buyer AS TEXT), CAST(seller AS TEXT), class, currency, CAST(services AS TEXT), CAST(net AS TEXT), \
                 CAST(withheld AS TEXT) FROM bills ORDER BY bills.period";
    assert_eq!(
        asked(database, bills).await,
        [
            "2026-09 | 1 | 0 | ELINE | EUR | 2 | 30000 | 20000",
            "2026-10 | 1 | 0 | ELINE | EUR | 2 | 17500 | 0",
        ]
    );
    let lines = "SELECT period, CAST(line AS TEXT), of_month, kind, CAST(amount AS TEXT) FROM bill_lines \
                 ORDER BY bill_lines.period, bill_lines.line";
    assert_eq!(
        asked(database, lines).await,
        [
            "2026-09 | 0 | 2026-09 | Recurring | 30000",
            "2026-10 | 0 | 2026-09 | Recurring | 18000",
            "2026-10 | 1 | 2026-10 | OneOff | -500",
        ]
    );
    let accruals = report(database, Kind::Accruals, None).await.unwrap();
    assert!(
        accruals.note.contains("without fixed-line services"),
        "{}",
        accruals.note
    );

    let source = format!(
        r#"{{"Inventory":{{"relation":{},"period":"2026-09"}}}}"#,
        written(&relation())
    );
    debt(database, 200, [1, 0], (10_000, ISSUED), &source).await;
    debt(database, 299, [1, 0], (7, ISSUED), &source).await;
    let mut tracer = Tracer::new(database).await.unwrap();
    let known = tracer.obligation(200).await.unwrap().unwrap().as_text(false);
    for part in [
        "bill 1-0-ELINE-2026-09-EUR of fixed-line services (net 300.00 EUR, services 2, withheld 200.00 EUR)",
        "line 1: ELINE recurring charges of 2026-09 (charge 300.00 EUR)",
        "line 2: ELINE recurring charges of 2026-09, disputed and withheld (charge -200.00 EUR)",
    ] {
        assert!(known.contains(part), "{part}\n{known}");
    }
    // A debt that no known bill has become is not given another one.
    let unknown = tracer.obligation(299).await.unwrap().unwrap().as_text(false);
    assert!(
        unknown.contains("bill of fixed-line services ELINE of 2026-09 (known no")
            && !unknown.contains("line 1"),
        "{unknown}"
    );
}

#[tokio::test]
async fn bills_of_services_should_be_in_reports_and_traces_when_a_month_has_them() {
    let folder = tempfile::tempdir().unwrap();
    check_bills_in_reports(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = server().await {
        check_bills_in_reports(&mut filled(&server.url).await).await;
    }
}

#[tokio::test]
async fn bills_of_services_should_be_documents_of_what_is_owed_when_they_are_affirmed() {
    let folder = tempfile::tempdir().unwrap();
    check_services(&mut filled(&within(&folder, "books.db")).await).await;
    if let Some(server) = server().await {
        check_services(&mut filled(&server.url).await).await;
    }
}
