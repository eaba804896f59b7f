//! The usage table as text and as a workbook.

use crate::support::{separated, workbook, HOME, VISITED};
use interclear_import::{Label, Usage};
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
fn text_and_workbook_say_the_same() {
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
fn columns_are_found_by_their_heads_and_empty_lines_are_none() {
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
