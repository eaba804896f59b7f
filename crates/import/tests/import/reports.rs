//! Usage added up as it is reported.

use crate::support::{agreement, contract, faults, linear, row, unconditional, usage, HOME, VISITED};
use interclear_import::{Agreement, Usage};
use interclear_primitives::{
    agreement::Tolerance,
    money::Value,
    period::Period,
    report::PairMonth,
    service::{Service, Unit},
};
use serde_json::json;

fn two_services() -> Agreement {
    let services = json!([linear("GPRS", "0.01"), linear("MTC", "0.02")]);
    agreement(&contract(services, unconditional()))
}

fn read(rows: &[serde_json::Value]) -> Usage {
    Usage::read(&usage(rows)).unwrap()
}

fn january() -> PairMonth {
    PairMonth {
        visited: VISITED.parse().unwrap(),
        home: HOME.parse().unwrap(),
        period: Period(202_601),
    }
}

#[test]
fn total_should_be_rounded_by_itself_when_it_is_reported() {
    let rows = [
        row("MTC", "0.0000004"),
        row("GPRS", "1.5"),
        row("MTC", "0.0000004"),
        row("MTC", "0.0000004"),
        row("SMSMO", "0"),
    ];
    let mut rows = rows;
    rows[1]["charges"] = json!("2.5000005");
    rows[1]["taxes"] = json!("0.1");
    rows[4]["charges"] = json!("0");
    let agreement = two_services();
    let reports = agreement.reports(&read(&rows)).unwrap();
    assert_eq!(reports.len(), 1);
    let pair = &reports[&january()];
    let lines: Vec<_> = pair
        .lines
        .iter()
        .map(|line| (line.service, line.quantity, line.charge, line.tax))
        .collect();
    assert_eq!(
        lines,
        [
            (Service::Mtc, 1, Value::ZERO, Value::ZERO),
            (
                Service::Gprs,
                1_500_000,
                Value::Clear(2_500_000),
                Value::Clear(100_000)
            ),
        ],
        "by ascending service, nothing of what comes to nothing"
    );
    assert_eq!(pair.rows, 5);
    assert_eq!(agreement.unit_in(pair, Service::Gprs), Unit::Megabyte);
    let one_percent = Tolerance {
        absolute: 0,
        ppm: 10_000,
    };
    assert_eq!(
        agreement.tolerances(pair),
        [(Service::Gprs, one_percent), (Service::Mtc, one_percent)]
    );
}

#[test]
fn reports_should_be_alike_when_two_sides_count_alike() {
    // As cells of one line the second month would carry what the first has lost by rounding.
    let with = |first: &str| {
        let mut second = row("GPRS", "1.0000004");
        second["yearMonth"] = json!("202602");
        two_services()
            .reports(&read(&[row("GPRS", first), second]))
            .unwrap()
    };
    let february = PairMonth {
        period: Period(202_602),
        ..january()
    };
    assert_eq!(with("5.0000004")[&february], with("7")[&february]);
}

#[test]
fn usage_should_be_refused_with_its_place_when_the_agreement_does_not_know_it() {
    let own = Agreement::of_terms(two_services().terms);
    let mut megabytes = row("MTC", "5");
    megabytes["units"] = json!("MB");
    let refused = faults(own.reports(&read(&[row("SMSMO", "1"), megabytes])));
    assert_eq!(
        refused,
        [
            "outbound[0].service: no line of the agreement prices SMSMO",
            "outbound[1].units: MTC is counted in min, not in MB",
        ]
    );
}
