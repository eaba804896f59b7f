//! The usage table as text and as a workbook.

use crate::support::{faults, separated, workbook, HEAD, HOME, VISITED};
use interclear_import::{DecimalMark, Label, Usage};
use interclear_primitives::{
    period::Period,
    service::{Service, Unit},
};

fn rows() -> Vec<[String; 8]> {
    [
        [
            "202001", HOME, VISITED, "SMS MO", "1119", "SMS", "12.5", "Inbound",
        ],
        [
            "2020-02",
            HOME,
            VISITED,
            "MOC Row",
            "473.450000000001",
            "min",
            "",
            "OUTBOUND",
        ],
        ["202003", HOME, VISITED, "signalling", "7", "", "0", "outbound"],
    ]
    .map(|row| row.map(str::to_owned))
    .to_vec()
}

#[test]
fn text_and_workbook_should_say_the_same_when_they_hold_the_same_table() {
    let rows = rows();
    let read = Usage::read(&separated(&rows, ",")).unwrap();
    let first = &read.rows[0];
    assert_eq!(
        (first.label, first.period, first.service),
        (Label::Inbound, Period(202_001), Service::SmsMo)
    );
    assert_eq!(
        (first.unit, first.charge),
        (Some(Unit::Message), Some("12.5".parse().unwrap()))
    );
    assert_eq!(read.rows[1].quantity, "473.450000000001".parse().unwrap());
    assert_eq!(
        (read.rows[1].service, read.rows[1].charge),
        (Service::MocRow, None)
    );
    assert_eq!(
        (read.rows[2].service, read.rows[2].unit),
        (Service::ImsSignalling, None)
    );

    assert_eq!(Usage::read(&separated(&rows, ";")).unwrap(), read);
    assert_eq!(Usage::read(&separated(&rows, "\t")).unwrap(), read);
    let marked = ["\u{feff}".as_bytes(), &separated(&rows, ",")].concat();
    assert_eq!(Usage::read(&marked).unwrap(), read);
    assert_eq!(Usage::read(&workbook(&rows)).unwrap(), read);
}

#[test]
fn column_should_be_found_by_its_head_when_lines_are_empty() {
    let text = format!(
        "direction,\"services categorized\",usage,units,vpmn,hpmn,year month,comment\n\n\
         inbound,\"GPRS\",1.5,MB,{VISITED},{HOME},202001,\"a, b\"\n,,,,,,,\n"
    );
    let read = Usage::read(text.as_bytes()).unwrap();
    assert_eq!(read.rows.len(), 1);
    assert_eq!(
        (read.rows[0].home.as_str(), read.rows[0].visited.as_str()),
        (HOME, VISITED)
    );
    assert_eq!(
        read.rows[0].charge, None,
        "a system without charges leaves the column out"
    );
}

/// Text in UTF-16 with a byte order mark.
fn utf16(text: &str, octets: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(octets)
        .collect()
}

#[test]
fn text_should_be_read_when_a_byte_order_mark_tells_its_encoding() {
    let table = separated(&rows(), "\t");
    let text = String::from_utf8(table.clone()).unwrap();
    let read = Usage::read(&table).unwrap();
    for octets in [u16::to_le_bytes, u16::to_be_bytes] {
        assert_eq!(Usage::read(&utf16(&text, octets)).unwrap(), read);
        let mut cut = utf16(&text, octets);
        cut.pop();
        assert!(faults(Usage::read(&cut))[0].contains("damaged UTF-16"));
    }
    let bare: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(faults(Usage::read(&bare))[0].contains("UTF-16 without a byte order mark"));
    let latin = [table.as_slice(), b"\r\n2020\xa001"].concat();
    assert!(faults(Usage::read(&latin))[0].starts_with("row 5: this is not UTF-8 text"));
}

#[test]
fn the_separator_should_be_the_one_that_the_first_line_names() {
    let table = String::from_utf8(separated(&rows(), ";")).unwrap();
    let read = Usage::read(table.as_bytes()).unwrap();
    for line in ["sep=;\r\n", "SEP=;\n", "\"sep=;\"\r\n"] {
        let marked = Usage::read(format!("\u{feff}{line}{table}").as_bytes()).unwrap();
        assert_eq!(marked.rows.len(), read.rows.len());
        assert_eq!(marked.rows[1].quantity, read.rows[1].quantity);
    }
    let odd = table.replace(';', "|").replace("1119", "-1");
    assert_eq!(
        faults(Usage::read(format!("sep=|\n{odd}").as_bytes())),
        ["row 3, column Usage: `-1` is negative"]
    );
}

#[test]
fn titles_and_quoted_line_ends_should_be_passed_over() {
    let head = HEAD
        .join(";")
        .replace("Services Categorised", "\"Services\nCategorised\"");
    let table = format!(
        "Usage, as reported;;;;;;;\n\n{head}\n202601;{HOME};{VISITED};\"MOC\nLocal\";1.234,5;min;\"\";inbound\n"
    );
    let read = Usage::read(table.as_bytes()).unwrap();
    assert_eq!(read.rows[0].quantity, "1234.5".parse().unwrap());
    assert_eq!(
        (read.rows[0].service, read.rows[0].charge),
        (Service::MocLocal, None)
    );
    let wrong = table.replace("1.234,5", "x");
    assert_eq!(
        faults(Usage::read(wrong.as_bytes())),
        ["row 5, column Usage: `x` is not a number; write digits with a point"]
    );
}

#[test]
fn numbers_should_be_refused_by_cell_when_their_marks_do_not_go_together() {
    let row = |usage: &str, charge: &str| {
        ["202601", HOME, VISITED, "GPRS", usage, "MB", charge, "inbound"].map(str::to_owned)
    };
    let table = |rows: &[[String; 8]]| separated(rows, ";");
    assert_eq!(
        faults(Usage::read(&table(&[row("1,5", ""), row("2.25", "(3,5)")]))),
        [
            "row 3, column Usage: `2.25` has a decimal point, and row 2, column Usage a comma",
            "row 3, column Charges: `(3,5)` is negative",
        ]
    );
    let spaced = table(&[row("1\u{a0}234,50", "1\u{202f}000")]);
    let read = Usage::read(&spaced).unwrap();
    assert_eq!(
        (read.rows[0].quantity, read.rows[0].charge),
        ("1234.5".parse().unwrap(), Some("1000".parse().unwrap()))
    );
    let commas = separated(&[row("\"1,234.5\"", "\"12,5\"")], ",");
    assert_eq!(
        faults(Usage::read(&commas)),
        ["row 2, column Charges: `12,5` has a decimal comma, and row 2, column Usage a point"]
    );
    let quoted = separated(&[row("\"4,000\"", "4.000")], ",");
    assert!(faults(Usage::read(&quoted))[0].contains("`4,000` may be 4.000 or 4000"));
    let named = Usage::read_with(&quoted, Some(DecimalMark::Point)).unwrap();
    assert_eq!(
        (named.rows[0].quantity, named.rows[0].charge),
        ("4000".parse().unwrap(), Some("4".parse().unwrap()))
    );
    let json = br#"{"inbound":[]}"#;
    assert!(
        faults(Usage::read_with(json, Some(DecimalMark::Comma)))[0].contains("numbers in JSON have points")
    );
}

#[test]
fn a_row_should_be_warned_of_and_count_when_it_says_what_another_one_has_said() {
    let mut rows = rows();
    // Written otherwise, and the same; what says another thing, or nothing at all, may come again.
    rows.push(
        [
            "2020-01", HOME, VISITED, "SMS MO", "1119.0", "SMS", "12.50", "inbound",
        ]
        .map(str::to_owned),
    );
    rows.push(
        [
            "202001", HOME, VISITED, "SMS MO", "1119", "SMS", "12.4", "Inbound",
        ]
        .map(str::to_owned),
    );
    for _ in 0..2 {
        rows.push(["202004", HOME, VISITED, "GPRS", "0", "MB", "0", "inbound"].map(str::to_owned));
    }
    for read in [
        Usage::read(&separated(&rows, ",")).unwrap(),
        Usage::read(&workbook(&rows)).unwrap(),
    ] {
        assert_eq!(read.rows.len(), 7);
        let told: Vec<_> = read.warnings.list.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("1 row has none"), "{told:?}");
        assert!(
            told[1].starts_with("row 5: is the same as row 2 in every column"),
            "{told:?}"
        );
    }
}

#[test]
fn a_table_should_be_refused_when_it_has_no_rows_and_warned_of_when_units_are_missing() {
    let head = "Year_Month,HPMN,VPMN,Services Categorised,Usage,Units,Charges,Direction\n";
    let refused = Usage::read(head.as_bytes()).unwrap_err().to_string();
    assert!(refused.contains("it has a head and no rows"), "{refused}");
    let row = |unit: &str| format!("202004,{HOME},{VISITED},GPRS,1,{unit},0,inbound\n");
    let read = Usage::read(format!("{head}{}{}", row(""), row("MB")).as_bytes()).unwrap();
    let told: Vec<_> = read.warnings.list.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["column Units: 1 row has none: that of the service is taken"]
    );
}
