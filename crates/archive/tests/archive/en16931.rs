//! What EN 16931 asks of a document beyond its sums: what must be there, and what goes with each category of VAT. By the numbers that the
//! standard's rules have.

use crate::{
    again::put,
    invoices::{billed, statement, Element, OF_OCTOBER, PARTIES},
    reports::filled,
    within,
};
use interclear_archive::invoice::{documents, Invoice, Parties};
use interclear_primitives::statement::Statement;

/// The one at the end of a path; `None` where there is none, or more than one.
fn one<'a>(of: &'a Element, path: &str) -> Option<&'a Element> {
    path.split('/').try_fold(of, |of, name| match of.all(name)[..] {
        [found] => Some(found),
        _ => None,
    })
}

/// The text at the end of a path; empty where there is none.
fn text<'a>(of: &'a Element, path: &str) -> &'a str {
    one(of, path).map_or("", |found| found.text.as_str())
}

/// All elements of a document.
fn every(of: &Element) -> Vec<&Element> {
    let mut found = vec![of];
    found.extend(of.below.iter().flat_map(every));
    found
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = text.chars().all(|sign| sign.is_ascii_digit() || sign == '-');
    digits && parts.iter().map(|part| part.len()).eq([4, 2, 2])
}

/// Which of the rules a document breaks.
pub fn broken(document: &Element) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut rule = |holds: bool, name: &'static str| {
        if !holds && !found.contains(&name) {
            found.push(name);
        }
    };
    let credit = document.name == "CreditNote";
    let there = |path: &str| !text(document, path).trim().is_empty();

    rule(
        text(document, "CustomizationID") == "urn:cen.eu:en16931:2017",
        "BR-01",
    );
    rule(there("ID"), "BR-02");
    rule(is_day(text(document, "IssueDate")), "BR-03");
    let code = text(
        document,
        if credit {
            "CreditNoteTypeCode"
        } else {
            "InvoiceTypeCode"
        },
    );
    rule(!code.is_empty(), "BR-04");
    rule(
        if credit {
            code == "381"
        } else {
            ["380", "383"].contains(&code)
        },
        "BR-CL-01",
    );
    let currency = text(document, "DocumentCurrencyCode");
    rule(currency.len() == 3, "BR-05");
    let [seller, buyer] = ["AccountingSupplierParty/Party", "AccountingCustomerParty/Party"];
    for (party, name, address, country) in [
        (seller, "BR-06", "BR-08", "BR-09"),
        (buyer, "BR-07", "BR-10", "BR-11"),
    ] {
        rule(there(&format!("{party}/PartyLegalEntity/RegistrationName")), name);
        rule(
            one(document, &format!("{party}/PostalAddress")).is_some(),
            address,
        );
        let code = text(
            document,
            &format!("{party}/PostalAddress/Country/IdentificationCode"),
        );
        rule(
            code.len() == 2 && code.chars().all(|sign| sign.is_ascii_uppercase()),
            country,
        );
    }
    for (total, name) in [
        ("LineExtensionAmount", "BR-12"),
        ("TaxExclusiveAmount", "BR-13"),
        ("TaxInclusiveAmount", "BR-14"),
        ("PayableAmount", "BR-15"),
    ] {
        rule(there(&format!("LegalMonetaryTotal/{total}")), name);
    }
    let lines = document.all(if credit { "CreditNoteLine" } else { "InvoiceLine" });
    rule(!lines.is_empty(), "BR-16");
    let quantity = if credit {
        "CreditedQuantity"
    } else {
        "InvoicedQuantity"
    };
    let mut numbers: Vec<&str> = Vec::new();
    for line in &lines {
        let has = |path: &str| !text(line, path).trim().is_empty();
        rule(has("ID") && !numbers.contains(&text(line, "ID")), "BR-21");
        numbers.push(text(line, "ID"));
        rule(has(quantity), "BR-22");
        rule(has("LineExtensionAmount"), "BR-24");
        rule(has("Item/Name"), "BR-25");
        rule(has("Price/PriceAmount"), "BR-26");
        rule(has("Item/ClassifiedTaxCategory/ID"), "BR-CO-04");
    }
    for period in document.all("InvoicePeriod") {
        let days = [text(period, "StartDate"), text(period, "EndDate")];
        rule(days.iter().all(|day| is_day(day)), "BR-CO-19");
        rule(days[0] <= days[1], "BR-29");
    }
    rule(there("PaymentMeans/PaymentMeansCode"), "BR-49");
    for reference in document.all("BillingReference") {
        rule(
            !text(reference, "InvoiceDocumentReference/ID").is_empty(),
            "BR-55",
        );
    }

    // Amounts are in the document's currency, with two decimals at most; elements have something in them, and stand once but for these.
    let many = [
        "InvoiceLine",
        "CreditNoteLine",
        "TaxSubtotal",
        "BillingReference",
        "AdditionalDocumentReference",
    ];
    for element in every(document) {
        if let Some(of) = &element.currency {
            rule(of == currency, "BR-CL-03");
            let decimals = element.text.split_once('.').map_or(0, |(_, part)| part.len());
            rule(decimals <= 2, "BR-DEC");
        }
        rule(
            !(element.below.is_empty() && element.text.trim().is_empty()),
            "empty",
        );
        let again = |below: &&Element| element.all(&below.name).len() > 1;
        let mut repeated = element.below.iter().filter(again);
        rule(
            repeated.all(|below| many.contains(&below.name.as_str())),
            "UBL-SR",
        );
    }
    categories(document, &lines, [seller, buyer], &mut rule);
    found
}

/// What goes with the categories of VAT.
fn categories(
    document: &Element,
    lines: &[&Element],
    [seller, buyer]: [&str; 2],
    rule: &mut impl FnMut(bool, &'static str),
) {
    let vat = |party: &str| text(document, &format!("{party}/PartyTaxScheme/CompanyID"));
    for number in [vat(seller), vat(buyer)] {
        let prefix = number.get(..2).unwrap_or_default();
        rule(
            number.is_empty() || prefix.chars().all(|sign| sign.is_ascii_uppercase()) && prefix.len() == 2,
            "BR-CO-09",
        );
    }
    let groups = document
        .all("TaxTotal")
        .first()
        .map_or_else(Vec::new, |total| total.all("TaxSubtotal"));
    rule(!groups.is_empty(), "BR-CO-18");
    for group in &groups {
        rule(!text(group, "TaxableAmount").is_empty(), "BR-45");
        rule(!text(group, "TaxAmount").is_empty(), "BR-46");
        rule(!text(group, "TaxCategory/ID").is_empty(), "BR-47");
    }
    let of_group = |code: &str| {
        groups
            .iter()
            .filter(|group| text(group, "TaxCategory/ID") == code)
            .count()
    };
    let is_zero =
        |percent: &str| !percent.is_empty() && percent.chars().all(|sign| sign == '0' || sign == '.');
    let all = lines
        .iter()
        .map(|line| ("line", one(line, "Item/ClassifiedTaxCategory"), "0"))
        .chain(
            groups
                .iter()
                .map(|group| ("group", one(group, "TaxCategory"), text(group, "TaxAmount"))),
        );
    for (place, category, tax) in all {
        let Some(category) = category else {
            rule(false, "BR-CO-04");
            continue;
        };
        let (code, percent) = (text(category, "ID"), text(category, "Percent"));
        rule(text(category, "TaxScheme/ID") == "VAT", "TaxScheme");
        let reasoned = !text(category, "TaxExemptionReason").is_empty();
        match code {
            "S" => {
                rule(of_group("S") > 0, "BR-S-01");
                rule(!vat(seller).is_empty(), "BR-S-02");
                rule(!percent.is_empty() && !is_zero(percent), "BR-S-05");
                rule(!reasoned, "BR-S-10");
            }
            "Z" | "E" | "AE" | "G" => {
                rule(of_group(code) == 1, "BR-Z-01, BR-E-01, BR-AE-01, BR-G-01");
                rule(!vat(seller).is_empty(), "BR-Z-02, BR-E-02, BR-AE-02, BR-G-02");
                rule(code != "AE" || !vat(buyer).is_empty(), "BR-AE-02");
                rule(is_zero(percent), "BR-Z-05, BR-E-05, BR-AE-05, BR-G-05");
                rule(is_zero(tax), "BR-Z-09, BR-E-09, BR-AE-09, BR-G-09");
                rule(code != "Z" || !reasoned, "BR-Z-10");
                rule(
                    code == "Z" || place == "line" || reasoned,
                    "BR-E-10, BR-AE-10, BR-G-10",
                );
            }
            "O" => {
                rule(of_group("O") == 1, "BR-O-01");
                rule(vat(seller).is_empty() && vat(buyer).is_empty(), "BR-O-02");
                rule(percent.is_empty(), "BR-O-05");
                rule(is_zero(tax), "BR-O-09");
                rule(place == "line" || reasoned, "BR-O-10");
                rule(groups.len() == 1, "BR-O-11");
            }
            _ => rule(false, "BR-CL-17"),
        }
    }
}

/// The documents of the sample month, Alpha's without tax for a reason.
async fn documents_of(untaxed: &str, statement: &Statement) -> Vec<Invoice> {
    let folder = tempfile::tempdir().unwrap();
    let mut database = filled(&within(&folder, "books.db")).await;
    billed(&mut database, statement).await;
    let fee = r#"{"debtor":0,"creditor":1,"currency":"EUR","amount":"25000","due":1800000000,"source":{"DisputeFee":{"dispute":22}},
        "accepts":[2],"place":{"token":1,"slot":{"Day":1}}}"#;
    put(&mut database, ["Netting", "Obligations"], "[101]", fee, 7).await;
    let parties = PARTIES.replace("untaxed = \"AE\"", &format!("untaxed = \"{untaxed}\""));
    let parties = Parties::read(&parties).unwrap();
    documents(&mut database, OF_OCTOBER, &parties, None)
        .await
        .unwrap()
}

#[tokio::test]
async fn every_category_should_have_what_goes_with_it_when_a_side_is_billed_without_tax() {
    for untaxed in ["AE", "E", "G", "O", "Z"] {
        let all = documents_of(untaxed, &statement()).await;
        let mut codes = Vec::new();
        for made in &all {
            let read = Element::read(&made.ubl());
            assert_eq!(broken(&read), [""; 0], "{untaxed}: {}", made.number);
            let groups = read.all("TaxTotal")[0].all("TaxSubtotal");
            codes.extend(
                groups
                    .iter()
                    .map(|group| text(group, "TaxCategory/ID").to_owned()),
            );
        }
        assert!(codes.iter().any(|code| code == untaxed), "{untaxed}: {codes:?}");
        assert!(codes.iter().any(|code| code == "S"), "{untaxed}: {codes:?}");
    }
}

/// Else the test above says nothing.
#[tokio::test]
async fn a_rule_should_be_named_when_a_document_breaks_it() {
    let all = documents_of("AE", &statement()).await;
    let (taxed, untaxed) = (all[0].ubl(), all[1].ubl());
    for (document, from, to, rule) in [
        (&taxed, "<cbc:ID>9-2026-10-1</cbc:ID>", "", "BR-02"),
        (
            &taxed,
            "2026-11-05</cbc:IssueDate>",
            "5 November</cbc:IssueDate>",
            "BR-03",
        ),
        (&taxed, ">380<", ">381<", "BR-CL-01"),
        (
            &taxed,
            "<cbc:RegistrationName>Beta Télécom</cbc:RegistrationName>",
            "",
            "BR-06",
        ),
        (
            &taxed,
            "<cbc:EndDate>2026-10-31",
            "<cbc:EndDate>2026-09-30",
            "BR-29",
        ),
        (&taxed, "<cbc:ID>2</cbc:ID>", "<cbc:ID>1</cbc:ID>", "BR-21"),
        (&taxed, "FR12345678901", "12345678901", "BR-CO-09"),
        (
            &taxed,
            "<cbc:CompanyID>FR12345678901</cbc:CompanyID>",
            "",
            "BR-S-02",
        ),
        (
            &taxed,
            "<cbc:Percent>19</cbc:Percent>",
            "<cbc:Percent>0</cbc:Percent>",
            "BR-S-05",
        ),
        (
            &taxed,
            "currencyID=\"EUR\">124.30",
            "currencyID=\"USD\">124.30",
            "BR-CL-03",
        ),
        (&taxed, ">124.30<", ">124.305<", "BR-DEC"),
        (&taxed, "<cbc:ID>S</cbc:ID>", "<cbc:ID>X</cbc:ID>", "BR-CL-17"),
        (&untaxed, "FR12345678901", "", "BR-AE-02"),
        (
            &untaxed,
            "<cbc:TaxExemptionReason>Reverse charge</cbc:TaxExemptionReason>",
            "",
            "BR-E-10, BR-AE-10, BR-G-10",
        ),
        (&untaxed, "<cbc:ID>AE</cbc:ID>", "<cbc:ID>O</cbc:ID>", "BR-O-02"),
        (&untaxed, "<cbc:ID>AE</cbc:ID>", "<cbc:ID>Z</cbc:ID>", "BR-Z-10"),
    ] {
        let worse = document.replace(from, to);
        assert_ne!(worse, *document, "{rule}: there is no {from}");
        let broken = broken(&Element::read(&worse));
        assert!(broken.contains(&rule), "{rule} is not among {broken:?}");
    }
}
