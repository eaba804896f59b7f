//! A published contract and both sides' usage of a year, where they are at hand.

use interclear_import::{rate, Agreement, Assigned, Label, Rated, Rates, Scope, Usage};
use interclear_primitives::{agreement::Direction, service::Service};
use serde_json::Value;
use std::{collections::BTreeMap, path::PathBuf};

fn read(name: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/bwr/group-12m"
    ));
    let octets = std::fs::read(folder.join(name)).ok();
    if octets.is_none() {
        println!("skipped: {name} is not at hand");
    }
    octets
}

fn assigned(side: &str) -> Option<Assigned> {
    let contract = String::from_utf8(read("contract.json")?).unwrap();
    let usage =
        Usage::read(&read(&format!("usage_{side}.json"))?).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(usage.rows.len(), 14_610);
    let agreement = Agreement::read(&contract).unwrap_or_else(|faults| panic!("{faults}"));
    Some(
        agreement
            .assign(&usage)
            .unwrap_or_else(|faults| panic!("{faults}")),
    )
}

fn rated(side: &str) -> Option<Rated> {
    Some(rate(&assigned(side)?, Scope::Term, &Rates::new(), 2).unwrap_or_else(|faults| panic!("{faults}")))
}

/// The deal value in cents of every service that the expectation states, in both directions.
fn expected(side: &str) -> BTreeMap<(Label, Service), i128> {
    let file: Value =
        serde_json::from_slice(&read(&format!("expected_settlement_{side}.json")).unwrap()).unwrap();
    let mut values = BTreeMap::new();
    for label in Label::BOTH {
        let services = &file[label.name()]["services"];
        let moc = &services["voice"]["MOC"];
        let named = [
            (Service::MocLocal, &moc["local"]),
            (Service::MocBackHome, &moc["backHome"]),
            (Service::MocInternational, &moc["international"]),
            (Service::MocSpecialDestinations, &moc["specialDestinations"]),
            (Service::Mtc, &services["voice"]["MTC"]),
            (Service::SmsMo, &services["SMS"]["MO"]),
        ];
        let data = services["data"].as_array().unwrap().iter();
        let data = data.map(|entry| (entry["name"].as_str().unwrap().parse().unwrap(), &entry["value"]));
        for (service, value) in named.into_iter().chain(data) {
            // The expectation is a binary fraction; a cent is far above its error.
            let cents = (value["dealValue"].as_f64().unwrap() * 100.0).round() as i128;
            values.insert((label, service), cents);
        }
    }
    values
}

#[test]
fn deal_value_should_be_reproduced_to_the_cent_when_rated_from_the_usage_of_either_side() {
    for side in ["dtag", "tmus"] {
        let Some(rated) = rated(side) else { return };
        let mut compared = 0;
        for ((label, service), cents) in expected(side) {
            let line = rated
                .lines
                .iter()
                .find(|line| (line.label, line.service()) == (label, service));
            let charge = line.map_or(0, |line| line.charge);
            assert_eq!(charge, cents, "{side}, {}, {service}", label.name());
            compared += usize::from(line.is_some());
        }
        assert_eq!(compared, 14, "seven services in each direction");
    }
}

#[test]
fn shortfall_should_be_exactly_what_is_missing_when_less_than_committed_is_delivered() {
    let Some(rated) = rated("dtag") else { return };
    let sum = |label, item: fn(&interclear_import::RatedLine) -> i128| -> i128 {
        rated
            .lines
            .iter()
            .filter(|line| line.label == label)
            .map(item)
            .sum()
    };
    assert_eq!(sum(Label::Inbound, |line| line.charge), 2_567_066_923);
    assert_eq!(sum(Label::Inbound, |line| line.shortfall), 432_933_077);
    assert_eq!(sum(Label::Outbound, |line| line.shortfall), 0);
    let free = rated
        .lines
        .iter()
        .find(|line| (line.label, line.service()) == (Label::Inbound, Service::Mtc));
    assert_eq!(
        free.map(|line| line.shortfall),
        Some(0),
        "it does not count towards the commitment"
    );
}

#[test]
fn months_should_add_up_to_the_term_when_each_is_rated() {
    let Some(rated) = rated("tmus") else { return };
    assert_eq!(rated.months.len(), 12);
    for line in &rated.lines {
        let months = rated.months.iter().flat_map(|(_, month)| &month.lines);
        let months: Vec<_> = months.filter(|other| other.key() == line.key).collect();
        assert_eq!(months.len(), 12);
        let sum = |item: fn(&interclear_primitives::statement::StatementLine) -> i128| {
            months.iter().map(|line| item(line)).sum()
        };
        assert_eq!(line.charge, sum(|line| line.charge.clear().unwrap()));
        assert_eq!(line.shortfall, sum(|line| line.shortfall.clear().unwrap()));
        assert_eq!(line.quantity, sum(|line| line.quantity.try_into().unwrap()));
    }
}

#[test]
fn cells_should_add_up_to_the_sum_of_the_file_when_it_is_rounded_once() {
    let Some(assigned) = assigned("dtag") else { return };
    let data = |cell: &&interclear_import::Cell| {
        (cell.key.direction, cell.key.service) == (Direction::SecondHome, Service::Gprs)
    };
    assert_eq!(assigned.labels, [Label::Outbound, Label::Inbound]);
    let sum: u128 = assigned.cells.iter().filter(data).map(|cell| cell.quantity).sum();
    assert_eq!(sum, 1_434_032_316_731_573, "1434032316.731572580877366745 MB");
    assert_eq!(assigned.cells.len(), 14_610, "no two rows are alike");
}
