//! The forms that published contracts and usage reports come in.

use crate::support::{
    agreement, charged, contract, faults, rated, row, service, shared, unconditional, usage, HOME, VISITED,
};
use interclear_import::{rate, Agreement, Label, Rates, Scope, Usage};
use interclear_primitives::service::Service;
use serde_json::{json, Value};

/// Decimals in which the expectation of a folder is compared: more than it has.
const DECIMALS: u8 = 6;

/// A figure of the expectation in 10^-6.
fn micro(text: &Value) -> i128 {
    let (whole, fraction) = text
        .as_str()
        .unwrap()
        .split_once('.')
        .unwrap_or((text.as_str().unwrap(), ""));
    format!("{whole}{fraction:0<6}").parse().unwrap()
}

#[test]
fn a_dialect_should_be_rated_as_expected_when_it_is_at_hand() {
    for folder in ["no-kind", "general-information", "day-numbers"] {
        let read = |name: &str| shared(&format!("bwr/dialects/{folder}/{name}"));
        let (Some(terms), Some(file), Some(expected)) =
            (read("contract.json"), read("usage.json"), read("expected.json"))
        else {
            return;
        };
        let told = |error: interclear_import::Faults| -> Vec<String> { panic!("{folder}: {error}") };
        let usage = Usage::read(&file).map_err(told).unwrap();
        let terms = Agreement::read(std::str::from_utf8(&terms).unwrap())
            .map_err(told)
            .unwrap();
        let assigned = terms.assign(&usage).map_err(told).unwrap();
        let rated = rate(&assigned, Scope::Term, &Rates::new(), DECIMALS)
            .map_err(told)
            .unwrap();
        let expected: Value = serde_json::from_slice(&expected).unwrap();
        let mut compared = 0;
        for label in Label::BOTH {
            for (service, figures) in expected[label.name()].as_object().unwrap() {
                let service: Service = service.parse().unwrap();
                let line = rated
                    .lines
                    .iter()
                    .find(|line| (line.label, line.service()) == (label, service));
                let line = line.unwrap_or_else(|| panic!("{folder}: no line of {service}"));
                assert_eq!(line.quantity, micro(&figures[0]), "{folder}, {service}");
                assert_eq!(line.charge, micro(&figures[1]), "{folder}, {service}");
                compared += 1;
            }
        }
        assert_eq!(compared, 8, "{folder}");
        let unpriced = rated
            .lines
            .iter()
            .find(|line| (line.label, line.service()) == (Label::Outbound, Service::Mtc));
        assert_eq!(
            unpriced.map(|line| (line.quantity, line.charge)),
            Some((900_000_000, 0))
        );
        let warned = assigned
            .warnings
            .list
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>();
        let at_nothing =
            "outbound[6].charges: the contract states no rate for MTC and the file no charge: it comes to 0";
        assert!(warned.contains(&at_nothing.to_owned()), "{warned:?}");
        let days: Vec<&String> = warned
            .iter()
            .filter(|one| one.contains("day of a spreadsheet"))
            .collect();
        match folder {
            "day-numbers" => assert_eq!(
                days,
                [
                    "inbound[0].yearMonth: `45658` is a day of a spreadsheet, taken as the month 2025-01",
                    "inbound[2].yearMonth: `45717` is a day of a spreadsheet, taken as the month 2025-03",
                    "outbound[5].yearMonth: `45689` is a day of a spreadsheet, taken as the month 2025-02",
                ]
            ),
            _ => assert!(days.is_empty(), "{days:?}"),
        }
    }
}

/// The charge in cents of one volume by a plan without a kind.
fn charge(plan: Value, volume: &str) -> i128 {
    let terms = contract(json!([service("GPRS", plan)]), unconditional());
    let rated = rated(&terms, &usage(&[row("GPRS", volume)]), Scope::Term);
    charged(&rated.unwrap_or_else(|faults| panic!("{faults}")), Service::Gprs).0
}

#[test]
fn a_plan_should_be_told_by_its_shape_when_it_has_no_kind() {
    let steps = |steps: Value| json!({ "kind": null, "rate": { "thresholds": steps } });
    assert_eq!(charge(json!({ "rate": { "linearPrice": 0.5 } }), "10"), 500);
    assert_eq!(
        charge(
            steps(json!([{ "start": 0, "linearPrice": 0.5, "fixedPrice": null }])),
            "10"
        ),
        500
    );
    assert_eq!(
        charge(steps(json!([{ "start": 0, "fixedPrice": 7 }])), "0"),
        700,
        "flat: due without traffic"
    );
    assert_eq!(charge(json!({ "rate": { "fixedPrice": 7 } }), "0"), 700);
    let both = steps(json!([{ "start": 0, "fixedPrice": 7, "linearPrice": 0.5 }]));
    assert_eq!(
        (charge(both.clone(), "10"), charge(both, "0")),
        (1_200, 0),
        "a fee when there is traffic"
    );
    let tiers = steps(json!([
        { "start": 0, "linearPrice": 1 }, { "start": 10, "fixedPrice": 3 }, { "start": 20, "linearPrice": 0.1 },
    ]));
    assert_eq!(
        charge(tiers, "30"),
        1_000 + 300 + 100,
        "each step at its own price"
    );
}

#[test]
fn a_line_should_settle_at_the_tap_charge_when_its_plan_has_no_rate() {
    for kind in [
        "Linear rate",
        "Flat rate",
        "Tiered with Thresholds",
        "Threshold - back to first",
        "Balanced/Unbalanced (Linear rate)",
    ] {
        for rate in [json!(null), json!({}), json!({ "linearPrice": null })] {
            let terms = contract(
                json!([service("GPRS", json!({ "kind": kind, "rate": rate }))]),
                unconditional(),
            );
            let mut used = row("GPRS", "10");
            used["charges"] = json!("12.34");
            let rated = rated(&terms, &usage(&[used]), Scope::Term).unwrap();
            assert_eq!(charged(&rated, Service::Gprs), (1_234, 0), "{kind}");
        }
    }
    let terms = agreement(&contract(
        json!([service("GPRS", json!({ "kind": "Flat rate" }))]),
        unconditional(),
    ));
    let note = "TWO states no rate for GPRS: this settles at the TAP charge";
    assert!(terms.notes.iter().any(|one| one == note), "{:?}", terms.notes);
}

#[test]
fn usage_at_the_tap_charge_should_be_refused_when_access_is_priced_too() {
    let mut both = service("NB-IoT", json!({ "kind": "Linear rate" }));
    both["accessPricing"] = json!({ "ratingPlan": { "rate": { "linearPrice": 1 } } });
    let told = faults(Agreement::read(
        &contract(json!([both]), unconditional()).to_string(),
    ));
    assert!(told[0].contains("cannot be agreed together"), "{told:?}");
}

#[test]
fn a_network_should_be_the_partys_on_whose_side_it_stands_when_nobody_lists_it() {
    let mut terms = contract(
        json!([service("GPRS", json!({ "rate": { "linearPrice": 1 } }))]),
        unconditional(),
    );
    *terms
        .pointer_mut("/discounts/TWO/serviceGroups/0/homeTadigs")
        .unwrap() = json!("SWEAA; NORAA");
    let mut used = row("GPRS", "10");
    used["homeTadig"] = json!("SWEAA");
    let rated = rated(&terms, &usage(&[used]), Scope::Term).unwrap();
    assert_eq!(
        charged(&rated, Service::Gprs),
        (1_000, 0),
        "told by the visited network"
    );
    let notes = agreement(&terms).notes;
    let note = "networks of ONE because service groups name them on its side: SWEAA, NORAA";
    assert!(notes.iter().any(|one| one == note), "{notes:?}");

    // The other party's discounts name it on the other side.
    *terms
        .pointer_mut("/discounts/ONE/serviceGroups/0/visitorTadigs")
        .unwrap() = json!([HOME]);
    *terms
        .pointer_mut("/discounts/ONE/serviceGroups/0/homeTadigs")
        .unwrap() = json!([VISITED, "POLCC"]);
    *terms
        .pointer_mut("/discounts/TWO/serviceGroups/0/homeTadigs")
        .unwrap() = json!([HOME, "POLCC"]);
    assert_eq!(
        faults(Agreement::read(&terms.to_string())),
        ["discounts.TWO.serviceGroups[0].homeTadigs[1]: the agreement does not have POLCC here"]
    );
    *terms
        .pointer_mut("/discounts/TWO/serviceGroups/0/homeTadigs")
        .unwrap() = json!(["AAAAA"]);
    *terms
        .pointer_mut("/discounts/TWO/serviceGroups/0/visitorTadigs")
        .unwrap() = json!(["BBBBB"]);
    let told = faults(Agreement::read(&terms.to_string()));
    assert!(
        told[0].contains("whose subscribers these are cannot be told"),
        "{told:?}"
    );
}

fn older() -> Value {
    let newer = contract(
        json!([service("GPRS", json!({ "rate": { "linearPrice": 1 } }))]),
        unconditional(),
    );
    json!({
        "generalInformation": {
            "name": "older", "type": "Normal", "startDate": "2026-01-01T00:00:00.000Z", "endDate": "2026-06-30",
            "prolongationLength": 12, "taxesIncluded": true, "authors": "",
            "ONE": { "currencyForAllDiscounts": "EUR", "tadigCodes": { "codes": "DEUA1,DEUA2" } },
            "TWO": { "currencyForAllDiscounts": "EUR", "tadigCodes": { "codes": VISITED, "includeContractParty": true } },
        },
        "discounts": newer["discounts"],
    })
}

#[test]
fn the_older_header_should_say_what_the_newer_does() {
    let read = agreement(&older());
    assert_eq!((read.terms.first.0, read.terms.last.0), (202_601, 202_606));
    assert_eq!(
        (read.name.as_deref(), read.parties),
        (Some("older"), Some(["ONE".into(), "TWO".into()]))
    );
    for word in ["taxes", "renewal"] {
        assert!(
            read.notes.iter().any(|note| note.contains(word)),
            "{word}: {:?}",
            read.notes
        );
    }
    let changed = |path: &str, value: Value| {
        let mut terms = older();
        *terms.pointer_mut(path).unwrap() = value;
        faults(Agreement::read(&terms.to_string()))
    };
    assert_eq!(
        changed("/generalInformation/TWO/tadigCodes/codes", json!("FRAB1 FRA")),
        ["generalInformation.TWO.tadigCodes.codes: `FRA` is not a TADIG code: five characters, A-Z and 0-9"]
    );
    assert_eq!(
        changed("/generalInformation/TWO", json!(null)),
        ["generalInformation: there must be two parties, each with its tadigCodes"]
    );
    assert_eq!(
        changed("/generalInformation/endDate", json!("2026-06-15")),
        ["generalInformation.endDate: `2026-06-15` is not the first or last day of a month"]
    );
    assert_eq!(
        changed("/generalInformation/TWO/currencyForAllDiscounts", json!("USD")),
        ["generalInformation.TWO.currencyForAllDiscounts: is in USD, not in EUR"]
    );
}
