//! Tables of arbitrary rows.

use crate::support::{agreement, contract, linear, separated, unconditional, workbook, VISITED};
use interclear_import::{Label, Usage};
use interclear_primitives::{
    period::Period,
    service::{Service, Unit},
    usage::UsageKey,
};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

/// Spellings of two services.
const SPELLINGS: [(&str, &str, Service); 5] = [
    ("GPRS", "MB", Service::Gprs),
    ("data", "mb", Service::Gprs),
    ("SMSMO", "SMS", Service::SmsMo),
    ("SMS MO", "", Service::SmsMo),
    ("sms-mo", "Messages", Service::SmsMo),
];

/// Month, home network, spelling, and quantity and charge in 10^-9.
type Drawn = (u32, bool, usize, u64, u64);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let row = (
        1u32..=12,
        any::<bool>(),
        0..SPELLINGS.len(),
        0..10u64.pow(13),
        0..10u64.pow(12),
    );
    prop::collection::vec(row, 1..60)
}

fn nine(number: u64) -> String {
    format!("{}.{:09}", number / 1_000_000_000, number % 1_000_000_000)
}

fn home(second: bool) -> &'static str {
    if second {
        "DEUA2"
    } else {
        "DEUA1"
    }
}

fn cells(rows: &[Drawn]) -> Vec<[String; 8]> {
    let cell = |(month, second, spelling, quantity, charge): &Drawn| {
        let (service, unit, _) = SPELLINGS[*spelling];
        let text = ["", home(*second), VISITED, service, "", unit, "", "outbound"].map(str::to_owned);
        let [_, home, visited, service, _, unit, _, direction] = text;
        let month = format!("2026{month:02}");
        [
            month,
            home,
            visited,
            service,
            nine(*quantity),
            unit,
            nine(*charge),
            direction,
        ]
    };
    rows.iter().map(cell).collect()
}

/// Half to even.
fn rounded(nano: u128) -> u128 {
    let (whole, rest) = (nano / 1_000, nano % 1_000);
    whole + u128::from(rest > 500 || (rest == 500 && whole % 2 == 1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn row_should_count_exactly_when_each_line_is_rounded_once(rows in drawn()) {
        let terms = contract(json!([linear("GPRS", "0.012"), linear("SMSMO", "0.05")]), unconditional());
        let usage = Usage::read(&separated(&cells(&rows), ",")).unwrap();
        prop_assert_eq!(usage.rows.len(), rows.len(), "duplicates are not dropped");
        let assigned = agreement(&terms).assign(&usage).unwrap();

        let mut lines: BTreeMap<Service, (u128, u128)> = BTreeMap::new();
        for (_, _, spelling, quantity, charge) in &rows {
            let line = lines.entry(SPELLINGS[*spelling].2).or_default();
            *line = (line.0 + u128::from(*quantity), line.1 + u128::from(*charge));
        }
        let mut found: BTreeMap<Service, (u128, u128)> = BTreeMap::new();
        for cell in &assigned.cells {
            let line = found.entry(cell.key.service).or_default();
            *line = (line.0 + cell.quantity, line.1 + cell.charge);
            // A cell is never more than a millionth away from its own sum.
            let own: u128 = rows
                .iter()
                .filter(|(month, second, spelling, ..)| {
                    (Period(202_600 + month), home(*second), SPELLINGS[*spelling].2)
                        == (cell.period, cell.home.as_str(), cell.key.service)
                })
                .map(|(.., quantity, _)| u128::from(*quantity))
                .sum();
            prop_assert!((cell.quantity * 1_000).abs_diff(own) <= 1_000);
        }
        let lines: BTreeMap<_, _> =
            lines.into_iter().map(|(service, (q, c))| (service, (rounded(q), rounded(c)))).collect();
        prop_assert_eq!(&found, &lines);

        let months = assigned.months().unwrap();
        let of_months: u128 = months.values().flat_map(BTreeMap::values).map(|total| total.quantity).sum();
        prop_assert_eq!(of_months, lines.values().map(|(quantity, _)| quantity).sum::<u128>());
        let any: Vec<&UsageKey> = months.values().flat_map(BTreeMap::keys).collect();
        prop_assert!(any.iter().all(|key| matches!(key.service.unit(), Unit::Megabyte | Unit::Message)));
    }

    #[test]
    fn usage_should_be_the_same_when_it_is_read_from_any_format(rows in drawn()) {
        let cells = cells(&rows);
        let table = Usage::read(&separated(&cells, ";")).unwrap();
        let entries: Vec<_> = cells
            .iter()
            .map(|[month, home, visited, service, usage, units, charges, _]| {
                // Numbers as JSON numbers, so that none of them may pass through a binary fraction.
                format!(
                    "{{\"yearMonth\":{month},\"homeTadig\":\"{home}\",\"visitorTadig\":\"{visited}\",\
                     \"service\":\"{service}\",\"usage\":{usage},\"units\":\"{units}\",\"charges\":{charges}}}"
                )
            })
            .collect();
        let json = Usage::read(format!("{{\"outbound\":[{}]}}", entries.join(",")).as_bytes()).unwrap();
        let book = Usage::read(&workbook(&cells)).unwrap();
        let said = |usage: &Usage| -> Vec<_> {
            let row = |row: &interclear_import::Row| {
                (row.label, row.period, row.home, row.service, row.quantity, row.unit, row.charge)
            };
            usage.rows.iter().map(row).collect()
        };
        prop_assert_eq!(said(&json), said(&table));
        prop_assert_eq!(said(&book), said(&table));
        prop_assert!(table.rows.iter().all(|row| row.label == Label::Outbound));
    }
}
