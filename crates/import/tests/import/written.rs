//! Agreements as people write them: JSON, TOML and YAML.

use crate::support::faults;
use interclear_import::document::{read, write, Format};
use interclear_primitives::agreement::Terms;
use serde_json::{json, Value};

/// Terms as the chain keeps them, in integers.
fn integers() -> Value {
    let line = |service: &str, increment: Value, pricing: Value, tax: Value| {
        json!({
            "service": service, "increment": increment, "tolerance": { "absolute": 0, "ppm": 10_000 },
            "terms": { "pricing": pricing, "in_commitment": true, "tax": tax },
        })
    };
    let plan = |plan: Value| json!({ "Usage": { "plan": { "Plan": plan }, "floor": null } });
    let tiers = json!({ "Tiered": { "tiers": [
        { "start": 0, "fixed": 0, "price": 2_000_000 },
        { "start": 1_000_000_000u64, "fixed": 1_500_000_000u64, "price": 1_500_000 },
    ] } });
    let direction = |home: &str, visited: &str, lines: Vec<Value>, condition: Value| {
        json!({
            "groups": [{ "home": [home], "visited": [visited], "lines": lines }],
            "condition": condition, "window": "quarter", "commitment_span": "term",
        })
    };
    let commitment =
        json!({ "DealRevenue": { "commitment": 30_000_000_000_000u64, "including_tax": false } });
    json!({
        "first": "2027-01", "last": "2027-12", "currency": "EUR",
        "directions": [
            direction("DEU7A", "FRA7B", vec![
                line("MOC Local", json!({ "first_seconds": [60, 1] }), plan(json!({ "Linear": { "price": 30_000_000 } })), json!({ "Excluded": { "rate": 1_900_000 } })),
                line("GPRS", json!({ "kilobytes": 10 }), plan(tiers), json!("Untaxed")),
            ], commitment),
            direction("FRA7B", "DEU7A", vec![
                line("MTC", json!({ "seconds": 60 }), json!({ "Access": { "plan": { "FlatFee": { "fee": 2_500_000 } } } }), json!({ "Included": { "rate": 700_000 } })),
                line("SMSMT", json!("exact"), plan(json!("NotCharged")), json!("Untaxed")),
            ], json!("Unconditional")),
        ],
        "usage": { "currency": "EUR", "age_limit_days": 30, "acknowledge_days": 7, "deemed_acknowledged": true, "close_days": 5 },
        "payment": { "affirm_days": 15, "payment_days": 30, "dispute_days": 30, "late_interest_bps": 800 },
        "signatures": 1, "notice_months": 3, "renewal_months": 0,
    })
}

/// What serde alone understands of the integers.
fn terms() -> Terms {
    serde_json::from_value(integers()).unwrap()
}

const YAML: &str = r#"
# Written by hand.
_note: whatever
first: 2027-01
last: 2027-12
currency: EUR
directions:
  - groups:
      - home: [DEU7A]
        visited: [FRA7B]
        lines:
          - service: MOC Local
            increment: 60+1
            terms:
              pricing: { Usage: { plan: { Plan: { Linear: { price: 0.03 } } } } }
              in_commitment: true
              tax: { Excluded: { rate: 19 % } }
            tolerance: { absolute: 0, ppm: 1 % }
          - service: GPRS
            increment: 10 kB
            terms:
              pricing:
                Usage:
                  plan:
                    Plan:
                      Tiered:
                        tiers:
                          - { start: 0, fixed: 0, price: 0.002 EUR/MB }
                          - { start: 1000 MB, fixed: 1500 EUR, price: "0.0015" }
              in_commitment: true
              tax: Untaxed
            tolerance: { absolute: 0 MB, ppm: 10000 }
    condition: { DealRevenue: { commitment: 30000000 EUR, including_tax: false } }
    window: quarter
    commitment_span: term
  - groups:
      - home: [FRA7B]
        visited: [DEU7A]
        lines:
          - service: MTC
            increment: 60 s
            terms:
              pricing: { Access: { plan: { FlatFee: { fee: 2.5 } } } }
              in_commitment: true
              tax: { Included: { rate: "7%" } }
            tolerance: { absolute: 0, ppm: 1 % }
          - service: SMSMT
            terms:
              pricing: { Usage: { plan: { Plan: NotCharged } } }
              in_commitment: true
              tax: Untaxed
            tolerance: { absolute: 0, ppm: 1 % }
    condition: Unconditional
    window: quarter
usage: { currency: EUR, age_limit_days: 30, acknowledge_days: 7, deemed_acknowledged: true, close_days: 5 }
payment: { affirm_days: 15, payment_days: 30, dispute_days: 30, late_interest_bps: 8 % }
signatures: 1
notice_months: 3
"#;

const TOML: &str = r#"
first = "2027-01"
last = "2027-12"
currency = "EUR"
signatures = 1
notice_months = 3

[usage]
currency = "EUR"
age_limit_days = 30
acknowledge_days = 7
deemed_acknowledged = true
close_days = 5

[payment]
affirm_days = 15
payment_days = 30
dispute_days = 30
late_interest_bps = "8 %"

[[directions]]
condition = { DealRevenue = { commitment = "30000000", including_tax = false } }
window = "quarter"

[[directions.groups]]
home = ["DEU7A"]
visited = ["FRA7B"]

[[directions.groups.lines]]
service = "MOC Local"
increment = "60+1"
terms = { pricing = { Usage = { plan = { Plan = { Linear = { price = "0.03 EUR" } } } } }, in_commitment = true, tax = { Excluded = { rate = "19 %" } } }
tolerance = { absolute = 0, ppm = "1 %" }

[[directions.groups.lines]]
service = "GPRS"
increment = "10 kB"
tolerance = { absolute = 0, ppm = "1 %" }
[directions.groups.lines.terms]
in_commitment = true
tax = "Untaxed"
[[directions.groups.lines.terms.pricing.Usage.plan.Plan.Tiered.tiers]]
start = 0
fixed = 0
price = 0.002
[[directions.groups.lines.terms.pricing.Usage.plan.Plan.Tiered.tiers]]
start = "1000 MB"
fixed = "1500 EUR"
price = 1_500_000

[[directions]]
condition = "Unconditional"
window = "quarter"

[[directions.groups]]
home = ["FRA7B"]
visited = ["DEU7A"]

[[directions.groups.lines]]
service = "MTC"
increment = "60 s"
terms = { pricing = { Access = { plan = { FlatFee = { fee = "2.50 EUR" } } } }, in_commitment = true, tax = { Included = { rate = "7 %" } } }
tolerance = { absolute = 0, ppm = "1 %" }

[[directions.groups.lines]]
service = "SMSMT"
terms = { pricing = { Usage = { plan = { Plan = "NotCharged" } } }, in_commitment = true, tax = "Untaxed" }
tolerance = { absolute = 0, ppm = "1 %" }
"#;

#[test]
fn every_format_should_say_what_the_integers_say() {
    for (text, format) in [
        (integers().to_string(), Format::Json),
        (YAML.to_owned(), Format::Yaml),
        (TOML.to_owned(), Format::Toml),
    ] {
        let read = read(&text, format).unwrap_or_else(|faults| panic!("{format:?}: {faults}"));
        assert_eq!(read.terms, terms(), "{format:?}");
    }
}

#[test]
fn terms_should_be_written_as_people_write_them_and_read_again() {
    for format in [Format::Json, Format::Yaml, Format::Toml] {
        let text = write(&terms(), format).unwrap();
        for word in [
            "0.03", "1500", "1000 MB", "19 %", "8 %", "60+1", "10 kB", "60 s", "30000000", "2.5",
        ] {
            assert!(text.contains(word), "{format:?} lacks {word}:\n{text}");
        }
        assert!(!text.contains("null"), "{text}");
        let read = read(&text, format).unwrap_or_else(|faults| panic!("{format:?}: {faults}\n{text}"));
        assert_eq!(read.terms, terms(), "{format:?}");
    }
}

/// What is wrong after a change at a place.
fn changed(path: &str, value: Value) -> Vec<String> {
    let mut terms = integers();
    *terms.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")) = value;
    faults(read(&terms.to_string(), Format::Json))
}

#[test]
fn an_integer_should_be_questioned_when_it_was_hardly_meant() {
    let line = "/directions/0/groups/0/lines/0";
    let place = "directions[0].groups[0].lines[0]";
    let tiers = "/directions/0/groups/0/lines/1/terms/pricing/Usage/plan/Plan/Tiered/tiers/1";
    for (path, value, words) in [
        (
            format!("{line}/terms/tax/Excluded/rate"),
            json!(19),
            format!("{place}.terms.tax.Excluded.rate: 19 stands for 0.00019 %: did you mean \"19 %\"?"),
        ),
        (
            format!("{line}/terms/tax/Excluded/rate"),
            json!("19"),
            format!("{place}.terms.tax.Excluded.rate: did you mean \"19 %\"?"),
        ),
        (
            format!("{line}/terms/tax/Excluded/rate"),
            json!("0.19"),
            format!("{place}.terms.tax.Excluded.rate: `0.19` has no percent sign: write \"19 %\", or \"0.19 %\" if it is that little"),
        ),
        (
            format!("{line}/terms/tax/Excluded/rate"),
            json!("1900000"),
            format!("{place}.terms.tax.Excluded.rate: `1900000` would be more than 100 %, and is not a percentage: write \"19 %\""),
        ),
        (
            format!("{line}/terms/tax/Excluded/rate"),
            json!(0.19),
            format!("{place}.terms.tax.Excluded.rate: `0.19` is not a whole number, and not a percentage: write \"19 %\""),
        ),
        (
            format!("{line}/terms/pricing/Usage/plan/Plan/Linear/price"),
            json!(3),
            format!("{place}.terms.pricing.Usage.plan.Plan.Linear.price: 3 stands for 0.000000003: did you mean \"3\"?"),
        ),
        (
            "/payment/late_interest_bps".into(),
            json!(8),
            "payment.late_interest_bps: 8 stands for 0.08 %: did you mean \"8 %\"?".into(),
        ),
        (
            "/directions/0/condition/DealRevenue/commitment".into(),
            json!(50_000),
            "directions[0].condition.DealRevenue.commitment: 50000 stands for 0.05: did you mean \"50000\"?".into(),
        ),
        (
            format!("{tiers}/start"),
            json!(500),
            "directions[0].groups[0].lines[1].terms.pricing.Usage.plan.Plan.Tiered.tiers[1].start: 500 stands for 0.0005: did you mean \"500\"?".into(),
        ),
    ] {
        assert_eq!(changed(&path, value), [words]);
    }
    let mut small = integers();
    *small.pointer_mut("/payment/late_interest_bps").unwrap() = json!("0.08 %");
    assert_eq!(
        read(&small.to_string(), Format::Json)
            .unwrap()
            .terms
            .payment
            .late_interest_bps,
        8
    );
}

#[test]
fn text_should_be_refused_when_it_is_no_such_item() {
    let line = "/directions/0/groups/0/lines/0";
    let price = format!("{line}/terms/pricing/Usage/plan/Plan/Linear/price");
    let place = "directions[0].groups[0].lines[0].terms.pricing.Usage.plan.Plan.Linear.price";
    for (path, value, words) in [
        (price.clone(), json!("0,03"), format!("{place}: `0,03` is not a number; write digits with a point")),
        (price.clone(), json!("0.03 USD"), format!("{place}: is in USD, not in EUR")),
        (price.clone(), json!("0.03 EUR/MB"), format!("{place}: `0.03 EUR/MB` is in MB, and the service is counted in min")),
        (price.clone(), json!("0.0005 EUR/s"), format!("{place}: `0.0005 EUR/s` is in s, and the service is counted in min: convert the figure")),
        (price.clone(), json!("2 EUR/GB"), format!("{place}: `2 EUR/GB` is in GB, and the service is counted in min: convert the figure")),
        (price.clone(), json!("0.0000000001"), format!("{place}: `0.0000000001` has more than 9 decimals")),
        (price.clone(), json!("-1"), format!("{place}: `-1` is negative")),
        (price, json!("cheap"), format!("{place}: `cheap` is not a price: write \"0.03\" or \"0.03 EUR\"")),
        (
            format!("{line}/increment"),
            json!("60 min"),
            "directions[0].groups[0].lines[0].increment: `60 min` is not a step: write \"exact\", \"60 s\", \"60+1\" or \"10 kB\"".into(),
        ),
    ] {
        assert_eq!(changed(&path, value), [words]);
    }
    assert_eq!(
        changed(&format!("{line}/terms/tax"), json!("Untaxd")),
        ["directions[0].groups[0].lines[0].terms.tax: `Untaxd` is not known: write Untaxed, Excluded, Included"]
    );
    assert_eq!(
        changed("/payment/late_interest_bps", json!("800 %")),
        ["payment.late_interest_bps: is at most 655.35 %"]
    );
    let unknown = changed("/payment", json!({ "affirm_days": 15 }));
    assert_eq!(unknown, ["payment: `payment_days` is missing"]);
    for (text, format) in [
        ("first: [", Format::Yaml),
        ("a: 1\na: 2", Format::Yaml),
        ("first = 2027-01", Format::Toml),
        ("{", Format::Json),
    ] {
        assert!(faults(read(text, format))[0].starts_with("file: "), "{text}");
    }
    let misspelt = YAML.replacen("notice_months", "notice_month", 1);
    assert_eq!(
        faults(read(&misspelt, Format::Yaml)),
        ["notice_month: there is no such item in terms"]
    );
}

#[test]
fn a_contract_of_another_system_should_be_read_when_it_is_yaml() {
    let contract = crate::support::contract(
        json!([crate::support::linear("GPRS", "0.012")]),
        crate::support::unconditional(),
    );
    // YAML takes JSON in.
    let read = read(&contract.to_string(), Format::Yaml).unwrap();
    assert_eq!(read, crate::support::agreement(&contract));
}

#[test]
fn a_committed_volume_should_be_in_the_unit_of_the_lines_that_count() {
    let volume = |volume: &str| {
        changed(
            "/directions/0/condition",
            json!({ "VolumeCommitment": { "volume": volume, "missing": "FirstTier" } }),
        )
    };
    // The first line that counts is in minutes; the second one, in MB, is refused for that.
    let told = volume("1000 MB");
    assert_eq!(
        told,
        ["directions[0].condition.VolumeCommitment.volume: `1000 MB` is in MB, and the service is counted in min"]
    );
    let told = volume("1000 min");
    assert!(
        told.iter()
            .all(|fault| fault.contains("a volume commitment has one unit")),
        "{told:?}"
    );
    let told = changed("/directions/0/groups/0/lines/0/increment", json!(60));
    assert_eq!(
        told,
        ["directions[0].groups[0].lines[0].increment: `60` is not a step: write \"exact\", \"60 s\", \"60+1\" or \"10 kB\""]
    );
}

#[test]
fn terms_should_be_the_same_when_they_are_printed_and_sent_back() {
    let mut terms = terms();
    let line = &mut terms.directions[0].groups[0].lines[1];
    // A megabyte and a half: as text of whole units it would be a million times more.
    line.tolerance.absolute = 1_500_000;
    let digest = terms.digest();
    let printed = serde_json::to_string_pretty(&terms).unwrap();
    let back = read(&printed, Format::Json).unwrap();
    assert_eq!(back.terms.digest(), digest);
    for format in [Format::Json, Format::Toml, Format::Yaml] {
        let written = write(&terms, format).unwrap();
        assert!(written.contains("1.5 MB"), "{written}");
        assert_eq!(read(&written, format).unwrap().terms.digest(), digest);
    }
}
