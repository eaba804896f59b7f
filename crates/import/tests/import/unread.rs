//! What a file says in other places or words than expected: read, or told, and never dropped without a word.

use crate::support::{book, contract, faults, linear, rated, usage, Sheet, HEAD, HOME, VISITED};
use interclear_import::{
    document::{read as terms_of, Format},
    DecimalMark, Faults, Scope, Usage,
};
use interclear_primitives::money::Currency;
use serde_json::{json, Value};

/// A table of one row with these columns behind the usual seven (there is no direction among them) and their cells.
fn table(head: &[&str], cells: &[&str]) -> Result<Usage, Faults> {
    let usual = [HEAD[0], HEAD[1], HEAD[2], HEAD[3], HEAD[4], HEAD[5], HEAD[7]];
    let row = ["202601", HOME, VISITED, "GPRS", "1000", "MB", "outbound"];
    let text = |usual: &[&str], more: &[&str]| [usual, more].concat().join(",");
    Usage::read(format!("{}\n{}\n", text(&usual, head), text(&row, cells)).as_bytes())
}

fn told(warnings: &Faults) -> Vec<String> {
    warnings.list.iter().map(ToString::to_string).collect()
}

#[test]
fn charges_taxes_and_currency_should_be_read_when_their_columns_have_other_names() {
    let amount = |text: &str| Some(text.parse().unwrap());
    for head in [
        "Charges",
        "Charge",
        "charges",
        "TAP Charges",
        "Charges (EUR)",
        "Charges in EUR",
        "Charge EUR",
    ] {
        let read = table(&[head], &["50"]).unwrap();
        assert_eq!(read.rows[0].charge, amount("50"), "{head}");
        let currency = head.contains("EUR").then_some(Currency::EUR);
        assert_eq!(read.rows[0].currency, currency, "{head}");
        assert!(read.warnings.is_empty());
    }
    for head in ["Taxes", "Tax", "Tax Amount", "VAT", "VAT (EUR)"] {
        let read = table(&["Charges", head], &["50", "9.5"]).unwrap();
        assert_eq!(read.rows[0].tax, amount("9.5"), "{head}");
    }
    for head in ["Currency", "Ccy", "Curr."] {
        let read = table(&["Charges", head], &["50", "USD"]).unwrap();
        assert_eq!(read.rows[0].currency, Some("USD".parse().unwrap()), "{head}");
    }
}

#[test]
fn a_column_should_be_refused_or_named_when_it_seems_to_hold_what_counts() {
    for (head, place, name) in [
        (&["Net amount"][..], "Net amount", "Charges"),
        (&["Charges", "Sales tax EUR 2026"], "Sales tax EUR 2026", "Taxes"),
        (&["Charges", "Billing currency"], "Billing currency", "Currency"),
    ] {
        let cells = vec!["5"; head.len()];
        assert_eq!(
            faults(table(head, &cells)),
            [format!(
                "column {place}: is not read: call it {name} if it is that, or take it out"
            )]
        );
    }
    let read = table(
        &["Charges", "Charges last year", "Comment"],
        &["50", "70", "fine"],
    )
    .unwrap();
    assert_eq!(told(&read.warnings), ["column Charges last year: is not read"]);
}

#[test]
fn items_of_a_row_should_be_read_refused_or_named_when_they_have_other_names() {
    let read = |list: &str, item: &str, value: Value| {
        let mut row = json!({
            "yearMonth": "202601", "homeTadig": HOME, "visitorTadig": VISITED, "service": "GPRS", "usage": 1, "charges": 2,
        });
        row[item] = value;
        Usage::read(json!({ list: [row] }).to_string().as_bytes())
    };
    let amount = |text: &str| Some(text.parse().unwrap());
    for list in ["outbound", "Outbound", "OUTBOUND"] {
        assert_eq!(
            read(list, "tax", json!(3)).unwrap().rows[0].tax,
            amount("3"),
            "{list}"
        );
    }
    assert_eq!(
        read("outbound", "ccy", json!("USD")).unwrap().rows[0].currency,
        Some("USD".parse().unwrap())
    );
    assert_eq!(
        faults(read("outbound", "Charges", json!(3))),
        ["outbound[0].charges: comes twice"]
    );
    assert_eq!(
        faults(read("outbound", "salesTax", json!(3))),
        ["outbound[0].salesTax: is not read: call it taxes if it is that, or take it out"]
    );
    assert_eq!(
        told(&read("outbound", "chargesBefore", json!(3)).unwrap().warnings),
        ["outbound[0].chargesBefore: is not read"]
    );
    assert_eq!(
        faults(read("outboundRows", "taxes", json!(3))),
        ["outboundRows: is not read: call it inbound or outbound if it is that, or take it out"]
    );
}

#[test]
fn a_point_before_three_digits_should_be_refused_when_nothing_shows_what_it_is() {
    let text = |rows: &[(&str, &str)]| {
        let rows = rows
            .iter()
            .map(|(usage, charge)| format!("\n202601,{HOME},{VISITED},GPRS,{usage},MB,{charge},outbound"));
        format!("{}{}", HEAD.join(","), rows.collect::<String>())
    };
    let read = |rows| Usage::read(text(rows).as_bytes());
    // Tools with a decimal comma separate by commas and quote, too.
    for rows in [
        &[("4.000", "200")][..],
        &[("\"1,101\"", "2"), ("30.000", "5")],
        &[("4.000", "\"200,50\"")],
    ] {
        let told = faults(read(rows));
        assert!(told.iter().any(|told| told.contains("may be")), "{told:?}");
    }
    let plain = |rows| {
        let read = Usage::read_with(text(rows).as_bytes(), Some(DecimalMark::Comma)).unwrap();
        read.rows[0].quantity
    };
    assert_eq!(plain(&[("4.000", "\"200,50\"")]), "4000".parse().unwrap());
    // Where other numbers have decimals behind a point, this is one.
    let read = read(&[("1.500", "0.003"), ("12.5", "7")]).unwrap();
    assert_eq!(read.rows[0].quantity, "1.5".parse().unwrap());
}

#[test]
fn a_blank_charge_should_be_refused_when_the_commitment_is_measured_by_charges() {
    let condition = json!({ "kind": "Contract Revenue Commitment", "commitment": { "value": 5 } });
    let terms = contract(json!([linear("GPRS", "0.012")]), condition);
    let row = |charge: Value| {
        json!({
            "yearMonth": "202601", "homeTadig": HOME, "visitorTadig": VISITED, "service": "GPRS", "usage": 1, "charges": charge,
        })
    };
    assert!(rated(&terms, &usage(&[row(json!(3)), row(json!(2))]), Scope::Term).is_ok());
    assert_eq!(
        faults(rated(
            &terms,
            &usage(&[row(json!(3)), row(Value::Null)]),
            Scope::Term
        )),
        ["outbound[1].charges: is missing: the commitment is measured by TAP charges"]
    );
    let free = contract(json!([linear("GPRS", "0.012")]), crate::support::unconditional());
    assert!(rated(&free, &usage(&[row(json!(3)), row(Value::Null)]), Scope::Term).is_ok());
}

fn text(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A workbook of one row with a charge in the given style, and a currency.
fn workbook(attributes: &str, style: usize, currency: &str) -> Vec<u8> {
    let head = [&HEAD[..], &["Currency"]].concat();
    let head: String = head.iter().map(|name| text(name)).collect();
    let cells = ["202601", HOME, VISITED, "GPRS", "1", "MB"].map(text).concat();
    let last = [text("outbound"), text(currency)].concat();
    let rows = format!(
        "<row r=\"1\">{head}</row><row r=\"2\"{attributes}>{cells}<c s=\"{style}\"><v>50</v></c>{last}</row>"
    );
    let formats = concat!(
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$USD] #,##0.00\"/>",
        "<numFmt numFmtId=\"165\" formatCode=\"#,##0.00 [$\u{20ac}-407]\"/></numFmts>",
        "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
    );
    let sheet = Sheet {
        rows: &rows,
        ..Sheet::default()
    };
    book(&[sheet], "", formats)
}

#[test]
fn a_row_should_be_told_when_it_is_hidden_or_filtered_out() {
    let read = Usage::read(&workbook(" hidden=\"1\"", 0, "EUR")).unwrap();
    assert_eq!(
        told(&read.warnings),
        ["sheet in xl/worksheets/sheet1.xml: row 2 is hidden, and maybe others: what is hidden or filtered out is read as any other"]
    );
    assert!(Usage::read(&workbook("", 0, "EUR")).unwrap().warnings.is_empty());
}

#[test]
fn the_currency_of_a_row_should_be_the_one_that_its_charge_is_shown_in() {
    let currency =
        |style, written| Usage::read(&workbook("", style, written)).map(|read| read.rows[0].currency);
    assert_eq!(currency(0, ""), Ok(None));
    assert_eq!(currency(1, ""), Ok(Some("USD".parse().unwrap())));
    assert_eq!(currency(1, "USD"), Ok(Some("USD".parse().unwrap())));
    assert_eq!(currency(2, ""), Ok(Some(Currency::EUR)));
    assert_eq!(
        faults(currency(1, "EUR")),
        ["row 2, column Charges: is shown in USD, and the row is in EUR"]
    );
}

#[test]
fn a_number_should_be_questioned_when_it_is_huge_and_in_quotes() {
    let terms = |price: &str, format| {
        let text = match format {
            Format::Json => format!("{{\"lines\": [{{\"service\": \"MOC Local\", \"price\": {price}}}]}}"),
            _ => format!("lines:\n  - service: MOC Local\n    price: {price}\n"),
        };
        faults(terms_of(&text, format))
    };
    let place = "lines[0].price";
    assert_eq!(
        terms("\"30000000\"", Format::Json),
        [format!(
            "{place}: `30000000` is that many whole ones: did you mean \"0.03\"? Otherwise write it in quotes, and behind it what it counts"
        )]
    );
    for price in ["010000000", "\"010000000\"", "\"007\""] {
        let told = terms(price, Format::Yaml);
        assert!(told[0].starts_with(&format!("{place}: `")), "{price}: {told:?}");
    }
    // It is believed where somebody says so; these are no terms for other reasons.
    for price in ["\"30000000 EUR\"", "\"9999\"", "\"0.03\""] {
        assert!(!terms(price, Format::Json)[0].starts_with(place), "{price}");
    }
}

#[test]
fn how_formats_are_told_should_be_said_when_a_file_without_an_ending_is_no_json() {
    let format = Format::of(std::path::Path::new("terms"));
    for text in ["currency: EUR\n", "currency = \"EUR\"\n", ""] {
        let refused = terms_of(text, format).unwrap_err().to_string();
        assert!(refused.contains(".toml, .yaml or .yml"), "{text}: {refused}");
    }
    let cut = terms_of("{\"currency\":", format).unwrap_err().to_string();
    assert!(cut.contains("it ends before it is complete"), "{cut}");
}
