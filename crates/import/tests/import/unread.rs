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
    assert_eq!(
        told(&read.warnings),
        [
            "column Charges last year: is not read",
            "column Comment: is not read"
        ]
    );
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
        "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>",
        "<xf numFmtId=\"5\"/><xf numFmtId=\"8\"/><xf numFmtId=\"44\"/>"
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
    // Formats that are built in, and written down nowhere.
    for style in [3, 4, 5] {
        assert_eq!(
            currency(style, "USD"),
            Ok(Some("USD".parse().unwrap())),
            "{style}"
        );
        let told = faults(currency(style, ""));
        assert!(
            told[0].contains("is shown with `$`, which may be USD or"),
            "{told:?}"
        );
        let told = faults(currency(style, "EUR"));
        assert!(told[0].ends_with("and the row is in EUR"), "{told:?}");
    }
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

const ALTERING: &str = "is not read, and may change what counts: write what counts into the columns that are read, and take this out";

#[test]
fn a_column_should_be_refused_by_cell_when_it_may_change_what_the_row_counts_for() {
    for name in [
        "Correction",
        "Korrektur",
        "Adjustment",
        "Ajuste",
        "Status",
        "Cr/Dr",
        "Sign",
        "Reversal",
        "Storno",
        "Discount",
        "Net",
        "Net amount",
        "netAmount",
        "Gross",
        "Brutto",
        "Betrag",
        "Montant",
        "Importe",
        "Debit/Credit",
        "Scale",
    ] {
        assert_eq!(
            faults(table(&["Charges", name], &["400", "x"])),
            [format!("row 2, column {name}: {ALTERING}")]
        );
        let empty = table(&["Charges", name], &["400", " "]).unwrap();
        assert_eq!(told(&empty.warnings), [format!("column {name}: is not read")]);
    }
    for name in ["RAT", "Network", "Assigned to", "Design", "Country"] {
        let read = table(&["Charges", name], &["400", "x"]).unwrap();
        assert_eq!(told(&read.warnings), [format!("column {name}: is not read")]);
    }
    // In place of the charges it is these, under another name.
    for name in ["Betrag", "Montant", "Importe"] {
        assert_eq!(
            faults(table(&[name], &["400"])),
            [format!(
                "column {name}: is not read: call it Charges if it is that, or take it out"
            )]
        );
    }
}

#[test]
fn items_should_be_refused_when_they_may_change_what_rows_of_json_count_for() {
    let row = json!({
        "yearMonth": "202601", "homeTadig": HOME, "visitorTadig": VISITED, "service": "GPRS", "usage": 4, "charges": 2, "note": "x",
    });
    let read = |file: Value| Usage::read(file.to_string().as_bytes());
    for name in ["scale", "unitMultiplier", "currency", "units", "status"] {
        let refused = faults(read(json!({ name: 1000, "outbound": [row] })));
        assert_eq!(refused, [format!("{name}: {ALTERING}")]);
        let refused = faults(read(json!({ "metadata": { name: "x" }, "outbound": [row] })));
        assert_eq!(refused, [format!("metadata.{name}: {ALTERING}")]);
    }
    let named =
        read(json!({ "metadata": { "name": "x" }, "made": "by hand", "outbound": [row, row] })).unwrap();
    assert_eq!(
        told(&named.warnings)[..2],
        ["made: is not read", "outbound[0].note: is not read"]
    );
    let mut corrected = row.clone();
    corrected["correction"] = json!(-3);
    assert_eq!(
        faults(read(json!({ "outbound": [corrected] }))),
        [format!("outbound[0].correction: {ALTERING}")]
    );
}

#[test]
fn rows_should_be_refused_and_titles_told_when_they_stand_above_the_head() {
    let head = HEAD.join(",");
    let row = |service: &str| format!("202601,{HOME},{VISITED},{service},10,,1,outbound\n");
    let read = |text: String| Usage::read(text.as_bytes());
    let sorted = format!("{}{}{head}\n{}", row("GPRS"), row("MTC"), row("SMSMO"));
    let words = "looks like a row of the table, and stands above its head: move the head above it";
    assert_eq!(
        faults(read(sorted)),
        [format!("row 1: {words}"), format!("row 2: {words}")]
    );
    // Also one of which something is missing.
    let short = format!("202601,{HOME},,,10,,,\n{head}\n{}", row("GPRS"));
    assert_eq!(faults(read(short)), [format!("row 1: {words}")]);
    let titled = |title: &str| read(format!("{title}\n\n{head}\n{}", row("SMSMO")));
    let plain = titled("Usage report,January 2026").unwrap();
    assert_eq!(
        told(&plain.warnings)[0],
        "row 1: is above the head and is not read: `Usage report January 2026`"
    );
    for (title, word) in [
        ("Usage in thousand minutes", "thousand"),
        ("Usage in GB", "GB"),
        ("Charges in kEUR", "kEUR"),
        ("Mio. EUR", "Mio"),
    ] {
        let refused = faults(titled(title));
        assert!(
            refused[0].starts_with(&format!("row 1: says `{word}` above the table")),
            "{refused:?}"
        );
    }
    // A currency counts as if the head named it.
    let named = titled("Charges in USD").unwrap();
    assert_eq!(named.rows[0].currency, Some("USD".parse().unwrap()));
    assert_eq!(
        faults(titled("EUR or USD")),
        ["row 1: names USD, and the head or a title EUR"]
    );
}

#[test]
fn a_cell_should_be_refused_when_it_stands_in_no_column() {
    let refused = faults(table(&["Charges", ""], &["400", "in thousands"]));
    assert_eq!(refused, ["row 2: cell 9 stands in a column without a name"]);
    let cells = HEAD.map(text).concat();
    let row = [
        "202601",
        HOME,
        VISITED,
        "GPRS",
        "4",
        "MB",
        "1",
        "outbound",
        "in thousands",
    ]
    .map(text)
    .concat();
    let rows = format!("<row r=\"1\">{cells}</row><row r=\"2\">{row}</row>");
    let refused = faults(Usage::read(&book(
        &[Sheet {
            rows: &rows,
            ..Sheet::default()
        }],
        "",
        "",
    )));
    assert_eq!(
        refused,
        ["row 2: cell I2 is filled, beside the table: clear it, or give its column a name"]
    );
}

/// A workbook of one row whose usage or charge is shown in a format.
fn formatted(usage: &str, charge: &str, currency: &str) -> Result<Usage, Faults> {
    let head = [&HEAD[..], &["Currency"]].concat();
    let head: String = head.iter().map(|name| text(name)).collect();
    let cells = ["202601", HOME, VISITED, "GPRS"].map(text).concat();
    let last = [text("outbound"), text(currency)].concat();
    let rows = format!(
        "<row r=\"1\">{head}</row><row r=\"2\">{cells}<c s=\"1\"><v>4</v></c>{}<c s=\"2\"><v>400</v></c>{last}</row>",
        text("MB")
    );
    let code = |format: &str| format.replace('&', "&amp;").replace('"', "&quot;");
    let formats = format!(
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"{}\"/><numFmt numFmtId=\"165\" formatCode=\"{}\"/></numFmts>\
         <xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>",
        code(usage),
        code(charge)
    );
    Usage::read(&book(
        &[Sheet {
            rows: &rows,
            ..Sheet::default()
        }],
        "",
        &formats,
    ))
}

#[test]
fn a_charge_should_be_in_its_currency_or_be_refused_when_its_format_shows_one() {
    let of = |charge: &str, own: &str| {
        formatted("0", charge, own).map(|read| read.rows[0].currency.unwrap().to_string())
    };
    for (charge, own, currency) in [
        ("#,##0.00\\ [$kr-41D]", "", "SEK"),
        ("#,##0.00\\ \"zł\"", "", "PLN"),
        ("[$Fr.-807]\\ #,##0.00", "", "CHF"),
        ("\\C\\H\\F\\ #,##0.00", "", "CHF"),
        ("#,##0.00 \"kr\"", "NOK", "NOK"),
        ("$#,##0.00", "USD", "USD"),
    ] {
        assert_eq!(of(charge, own).as_deref(), Ok(currency), "{charge}");
    }
    for (charge, own, words) in [
        (
            "#,##0.00\\ [$kr-41D]",
            "EUR",
            "is shown in SEK, and the row is in EUR",
        ),
        (
            "#,##0.00 \"kr\"",
            "",
            "is shown with `kr`, which may be SEK or NOK",
        ),
        (
            "#,##0.00 \"credits\"",
            "EUR",
            "is shown with `credits`, which is not known as a currency",
        ),
        ("-0", "EUR", "is shown with `-`"),
    ] {
        let refused = faults(of(charge, own));
        assert!(
            refused[0].starts_with("row 2, column Charges: ") && refused[0].contains(words),
            "{refused:?}"
        );
    }
}

#[test]
fn a_quantity_should_be_refused_when_its_format_shows_another_unit_or_a_scale() {
    assert!(formatted("#,##0 \"MB\"", "0.00", "EUR").is_ok());
    for (usage, shown) in [
        ("#,##0 \"GB\"", "GB"),
        ("0\" thousand\"", "thousand"),
        ("-0", "-"),
        ("0 \"min\"", "min"),
    ] {
        assert_eq!(
            faults(formatted(usage, "0.00", "EUR")),
            [format!(
                "row 2, column Usage: is shown with `{shown}`, which is not the unit of the row: show the number as it counts"
            )]
        );
    }
}

#[test]
fn a_missing_charge_should_be_told_when_other_rows_have_theirs() {
    let free = contract(json!([linear("GPRS", "0.012")]), crate::support::unconditional());
    let row = |usage: u32, charge: Value| {
        json!({
            "yearMonth": "202601", "homeTadig": HOME, "visitorTadig": VISITED, "service": "GPRS", "usage": usage, "charges": charge,
        })
    };
    let assigned = |rows: &[Value]| {
        crate::support::agreement(&free)
            .assign(&Usage::read(&usage(rows)).unwrap())
            .unwrap()
    };
    let some = assigned(&[row(1, json!(3)), row(2, Value::Null), row(3, Value::Null)]);
    assert_eq!(
        told(&some.warnings),
        ["outbound[1].charges: is missing, as in 2 of the rows: TAP charges are without it; write 0 where nothing was charged"]
    );
    assert!(some.uncharged.is_empty());
    let none = assigned(&[row(1, Value::Null), row(2, Value::Null)]);
    assert!(none.warnings.is_empty());
    assert_eq!(none.uncharged.len(), 1);
}

#[test]
fn a_number_should_be_refused_when_a_spreadsheet_has_rounded_it() {
    let text = format!(
        "{}\n202601,{HOME},{VISITED},GPRS,1.23E+06,MB,1,outbound\n",
        HEAD.join(",")
    );
    assert_eq!(
        faults(Usage::read(text.as_bytes())),
        ["row 2, column Usage: `1.23E+06` is rounded by the spreadsheet that wrote it so: write all its digits"]
    );
    // As text in JSON, too; a number of JSON has all its digits, whatever its form.
    let row = |used: Value| {
        usage(&[
            json!({ "yearMonth": "202601", "homeTadig": HOME, "visitorTadig": VISITED, "service": "GPRS", "usage": used }),
        ])
    };
    for text in ["1.23E+06", "1e6"] {
        assert_eq!(
            faults(Usage::read(&row(json!(text)))),
            [format!("outbound[0].usage: `{text}` is rounded by the spreadsheet that wrote it so: write all its digits")]
        );
    }
    let exact = Usage::read(&row(json!(1.23e6))).unwrap();
    assert_eq!(exact.rows[0].quantity, "1230000".parse().unwrap());
}

#[test]
fn a_point_before_three_digits_should_be_refused_when_the_number_is_in_quotes() {
    let row = |usage: Value| json!({ "yearMonth": "202601", "homeTadig": HOME, "visitorTadig": VISITED, "service": "GPRS", "usage": usage });
    let words = "`9.000` may be 9.000 or 9000: write 9.0000 or 9000";
    assert_eq!(
        faults(Usage::read(&usage(&[row(json!("9.000"))]))),
        [format!("outbound[0].usage: {words}")]
    );
    let first = |rows: &[Value], mark| Usage::read_with(&usage(rows), mark).unwrap().rows[0].quantity;
    let nine = "9".parse().unwrap();
    assert_eq!(first(&[row(json!("9.000"))], Some(DecimalMark::Point)), nine);
    assert_eq!(first(&[row(json!("9.0000"))], None), nine);
    assert_eq!(
        first(&[row(json!("9.000")), row(json!("1.25"))], None),
        nine,
        "as another number shows"
    );
    let raw = String::from_utf8(usage(&[row(json!(0))]))
        .unwrap()
        .replace("\"usage\":0", "\"usage\":9.000");
    assert_eq!(Usage::read(raw.as_bytes()).unwrap().rows[0].quantity, nine);
    // In contracts and terms, too.
    let condition = json!({ "kind": "Deal Revenue Commitment", "commitment": { "value": "1.000" } });
    let terms = contract(json!([linear("GPRS", "0.012")]), condition);
    let refused = faults(rated(&terms, &usage(&[row(json!(1))]), Scope::Term));
    assert!(
        refused[0].ends_with("`1.000` may be 1.000 or 1000: write 1.0000 or 1000"),
        "{refused:?}"
    );
    let terms = "{\"lines\": [{\"service\": \"MOC Local\", \"fee\": \"10.000 EUR\"}]}";
    let refused = faults(terms_of(terms, Format::Json));
    assert!(
        refused[0].starts_with("lines[0].fee: `10.000` may be 10.000 or 10000"),
        "{refused:?}"
    );
}
