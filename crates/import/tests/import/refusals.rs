//! What is refused, and how its place is named.

use crate::support::{
    agreement, contract, faults, linear, rated, row, separated, service, unconditional, usage, HOME, VISITED,
};
use interclear_import::{Agreement, Scope, Usage, MAX_FAULTS};
use serde_json::{json, Value};

fn base() -> Value {
    contract(
        json!([linear("GPRS", "0.012"), linear("MTC", "0.02")]),
        unconditional(),
    )
}

/// What is wrong with a contract after a change at a place.
fn changed(path: &str, value: Value) -> Vec<String> {
    let mut contract = base();
    *contract.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")) = value;
    faults(Agreement::read(&contract.to_string()))
}

/// What is wrong with a row after a change of a field.
fn with(field: &str, value: Value) -> Vec<String> {
    let mut wrong = row("GPRS", "1");
    wrong[field] = value;
    faults(rated(&base(), &usage(&[row("GPRS", "1"), wrong]), Scope::Term))
}

#[test]
fn row_should_be_named_with_its_field_when_it_cannot_be_taken() {
    for (field, value, words) in [
        ("usage", json!(-1), "outbound[1].usage: `-1` is negative"),
        ("usage", json!("NaN"), "outbound[1].usage: `NaN` is not finite"),
        (
            "usage",
            json!("-Infinity"),
            "outbound[1].usage: `-Infinity` is not finite",
        ),
        (
            "usage",
            json!("1,5"),
            "outbound[1].usage: `1,5` is not a number; write digits with a point",
        ),
        ("usage", json!(null), "outbound[1].usage: is missing"),
        (
            "usage",
            json!([1]),
            "outbound[1].usage: `[1]` is not a number; write digits with a point",
        ),
        (
            "charges",
            json!("-0.01"),
            "outbound[1].charges: `-0.01` is negative",
        ),
        (
            "service",
            json!("Fax"),
            "outbound[1].service: `Fax` is not a known service",
        ),
        (
            "units",
            json!("GB"),
            "outbound[1].units: `GB` is not a known unit",
        ),
        (
            "units",
            json!("min"),
            "outbound[1].units: GPRS is counted in MB, not in min",
        ),
        (
            "homeTadig",
            json!("DEUA"),
            "outbound[1].homeTadig: `DEUA` is not a TADIG code: five characters, A-Z and 0-9",
        ),
        (
            "homeTadig",
            json!("AAAAA"),
            "outbound[1].homeTadig: the agreement does not have AAAAA here",
        ),
        (
            "visitorTadig",
            json!("BBBBB"),
            "outbound[1].visitorTadig: the agreement does not have BBBBB here",
        ),
        (
            "yearMonth",
            json!(43831),
            "outbound[1].yearMonth: 2020-01 is not within the term, 2026-01 to 2026-12",
        ),
        (
            "yearMonth",
            json!("2026-13"),
            "outbound[1].yearMonth: `2026-13` is not a calendar month; write 2026-11 or 202611",
        ),
        (
            "yearMonth",
            json!("202512"),
            "outbound[1].yearMonth: 2025-12 is not within the term, 2026-01 to 2026-12",
        ),
        (
            "currency",
            json!("USD"),
            "outbound[1].currency: is in USD, not in EUR",
        ),
        (
            "currency",
            json!("EURO"),
            "outbound[1].currency: `EURO` is not a currency: write an ISO 4217 code, such as EUR",
        ),
        (
            "direction",
            json!("inbound"),
            "outbound[1].direction: says inbound in the list of outbound rows",
        ),
    ] {
        assert_eq!(with(field, value), [words]);
    }
}

#[test]
fn month_should_be_read_when_it_is_text_or_a_number() {
    for month in [json!("202601"), json!("2026-01"), json!(202601)] {
        let mut used = row("GPRS", "1");
        used["yearMonth"] = month;
        assert!(rated(&base(), &usage(&[used]), Scope::Term).is_ok());
    }
}

#[test]
fn faults_should_all_be_told_when_they_are_a_hundred_or_fewer() {
    let rows: Vec<Value> = (0..150).map(|_| row("Fax", "-1")).collect();
    let faults = Usage::read(&usage(&rows)).unwrap_err();
    assert_eq!((faults.list.len(), faults.more), (MAX_FAULTS, 200));
    assert!(faults.to_string().ends_with("and 200 more"));
}

#[test]
fn networks_should_be_refused_when_they_are_known_but_not_together() {
    let mut wrong = row("GPRS", "1");
    wrong["visitorTadig"] = json!("DEUA2");
    let told = faults(rated(&base(), &usage(&[wrong]), Scope::Term));
    assert_eq!(
        told,
        ["outbound[0].homeTadig: no service group has subscribers of DEUA1 in DEUA2"]
    );
}

#[test]
fn direction_should_be_refused_when_it_is_both_inbound_and_outbound() {
    let file = json!({ "inbound": [row("GPRS", "1")], "outbound": [row("GPRS", "2")] });
    let told = faults(rated(&base(), file.to_string().as_bytes(), Scope::Term));
    assert_eq!(
        told,
        [format!(
            "outbound[0].direction: subscribers of {HOME} in {VISITED} are inbound in an earlier row"
        )]
    );
}

#[test]
fn excluded_traffic_should_be_refused_when_it_has_no_tap_charge() {
    let told = faults(rated(&base(), &usage(&[row("MOC EU", "1")]), Scope::Term));
    assert_eq!(
        told,
        ["outbound[0].charges: MOC EU settles at the TAP charge, and no charge is written"]
    );
}

#[test]
fn own_terms_should_refuse_traffic_when_they_do_not_price_it() {
    let terms = serde_json::to_string(&agreement(&base()).terms).unwrap();
    let usage = Usage::read(&usage(&[row("MOC EU", "1")])).unwrap();
    let told = faults(Agreement::read(&terms).unwrap().assign(&usage));
    assert_eq!(
        told,
        ["outbound[0].service: no line of the agreement prices MOC EU"]
    );
    let misspelt = terms.replacen("\"payment_days\"", "\"payment_day\":1,\"payment_days\"", 1);
    assert_eq!(
        faults(Agreement::read(&misspelt)),
        ["payment.payment_day: there is no such item in terms"]
    );
    let backwards = terms.replacen("\"2026-12\"", "\"2025-12\"", 1);
    assert_eq!(
        faults(Agreement::read(&backwards)),
        ["terms: the last month is before the first"]
    );
}

#[test]
fn measure_should_be_refused_when_it_is_missing_from_a_commitment() {
    let condition = json!({ "kind": "Contract Revenue Commitment", "commitment": { "value": 5 } });
    let terms = contract(json!([linear("GPRS", "0.012")]), condition);
    let told = faults(rated(&terms, &usage(&[row("GPRS", "1")]), Scope::Term));
    assert!(
        told[0].contains("no row of this direction states any"),
        "{told:?}"
    );
}

#[test]
fn contract_should_be_refused_with_the_path_when_it_cannot_be_taken() {
    let plan = "/discounts/TWO/serviceGroups/0/services/0/usagePricing/ratingPlan";
    let place = "discounts.TWO.serviceGroups[0].services[0].usagePricing.ratingPlan";
    for (path, value, words) in [
        (
            format!("{plan}/kind"),
            json!("Rocket"),
            format!("{place}.kind: `Rocket` is none of: Not Charged, Linear rate"),
        ),
        (
            format!("{plan}/rate/linearPrice"),
            json!(-0.1),
            format!("{place}.rate.linearPrice: `-0.1` is negative"),
        ),
        (
            format!("{plan}/rate/linearPrice"),
            json!("0.0000000001"),
            format!("{place}.rate.linearPrice: `0.0000000001` has more than 9 decimals"),
        ),
        (
            format!("{plan}/rate"),
            json!({ "linearPrise": 1 }),
            format!("{place}.rate.linearPrise: `linearPrise` is none of: linearPrice, fixedPrice"),
        ),
        (
            plan.into(),
            json!({ "kind": "Tiered with Thresholds", "rate": { "thresholds": [{ "start": 5, "linearPrice": 1 }] } }),
            format!("{place}.rate.thresholds: the first tier does not start at 0"),
        ),
        (
            plan.into(),
            json!({ "kind": "Threshold - back to first", "rate": { "thresholds": [
                { "start": 0 }, { "start": 9 }, { "start": 5 } ] } }),
            format!("{place}.rate.thresholds: a tier starts below the tier before it"),
        ),
        (
            plan.into(),
            json!({ "rate": { "thresholds": [{ "start": 0, "linearPrice": 1 }, { "start": 5 }] } }),
            format!("{place}.rate.thresholds[1].linearPrice: is missing"),
        ),
        (
            plan.into(),
            json!({ "rate": { "thresholds": [{ "linearPrice": 1 }] } }),
            format!("{place}.rate.thresholds[0].start: is missing"),
        ),
        (
            plan.into(),
            json!({ "balancedRate": { "linearPrice": 1 } }),
            format!("{place}.unbalancedRate: is missing"),
        ),
        (
            plan.into(),
            json!({ "rate": {} }),
            format!("{place}: has neither a kind nor a rate"),
        ),
        (
            plan.into(),
            json!({ "kind": "Tiered with Thresholds", "rate": { "thresholds": vec![json!({ "start": 0 }); 9] } }),
            format!("{place}.rate.thresholds: there are more than 8"),
        ),
        (
            "/discounts/TWO/serviceGroups/0/services/1/service".into(),
            json!("GPRS "),
            "discounts.TWO.serviceGroups[0].services[1]: GPRS has a line in this group already".into(),
        ),
        (
            "/discounts/TWO/condition/kind".into(),
            json!("Send or pay"),
            "discounts.TWO.condition.kind: `Send or pay` is none of: Unconditional".into(),
        ),
        (
            "/discounts/TWO/condition".into(),
            json!({ "kind": "Deal Revenue Commitment", "commitment": { "value": 5, "currency": "USD" } }),
            "discounts.TWO.condition.commitment.currency: is in USD, not in EUR".into(),
        ),
        (
            "/discounts/TWO/serviceGroups/0/homeTadigs/1".into(),
            json!(VISITED),
            "discounts.TWO.serviceGroups[0].homeTadigs[1]: the agreement does not have FRAB1 here".into(),
        ),
        (
            "/discounts/TWO/serviceGroups/0/visitorTadigs/0".into(),
            json!(7),
            "discounts.TWO.serviceGroups[0].visitorTadigs[0]: is not text".into(),
        ),
        (
            "/discounts/TWO/serviceGroups/0/homeTadigs".into(),
            json!([VISITED]),
            "discounts.TWO.serviceGroups[0].visitorTadigs[0]: the agreement does not have FRAB1 here".into(),
        ),
        (
            "/framework/term/end".into(),
            json!("2026-12-15T00:00:00.000Z"),
            "framework.term.end: `2026-12-15T00:00:00.000Z` is not the first or last day of a month".into(),
        ),
        (
            "/framework/term/end".into(),
            json!("2025-12-31"),
            "framework.term: ends with 2025-12, before it begins with 2026-01".into(),
        ),
        (
            "/framework/partyInformation/TWO/contractCurrency".into(),
            json!("USD"),
            "framework.partyInformation.TWO.contractCurrency: is in USD, not in EUR".into(),
        ),
        (
            "/framework/contractParties".into(),
            json!(["ONE", "TWO", "THREE"]),
            "framework.contractParties: there must be two parties".into(),
        ),
        (
            "/version".into(),
            json!("gsma-bwr-roaming-v9"),
            "version: `gsma-bwr-roaming-v9` is none of: gsma-bwr-roaming-v1".into(),
        ),
    ] {
        let told = changed(&path, value);
        assert!(told.iter().any(|one| one.starts_with(&words)), "{path}: {told:?}");
    }
}

#[test]
fn groups_should_be_refused_when_they_would_rate_a_row_twice() {
    let mut twice = base();
    let groups = twice
        .pointer_mut("/discounts/TWO/serviceGroups")
        .unwrap()
        .as_array_mut()
        .unwrap();
    let again = groups[0].clone();
    groups.push(again);
    let told = faults(Agreement::read(&twice.to_string()));
    assert_eq!(
        told,
        ["terms: first direction, group 2: subscribers of DEUA1 in FRAB1 are in group 1 already"]
    );
}

#[test]
fn balanced_prices_should_be_refused_when_there_is_access_pricing() {
    let plan = json!({
        "kind": "Balanced/Unbalanced (Linear rate)",
        "balancedRate": { "linearPrice": 1 }, "unbalancedRate": { "linearPrice": 1 },
    });
    let mut both = service("NB-IoT", plan);
    both["accessPricing"] = json!({ "ratingPlan": { "kind": "Linear rate", "rate": { "linearPrice": 1 } } });
    let told = faults(Agreement::read(
        &contract(json!([both]), unconditional()).to_string(),
    ));
    assert!(told[0].contains("cannot be agreed together"), "{told:?}");
}

#[test]
fn table_should_be_refused_by_row_and_column_when_a_cell_cannot_be_read() {
    let cells = |cells: [&str; 8]| cells.map(str::to_owned);
    let good = cells(["202601", HOME, VISITED, "GPRS", "1.5", "MB", "", "Outbound"]);
    let told = |row: [&str; 8]| faults(Usage::read(&separated(&[good.clone(), cells(row)], ",")));
    assert_eq!(
        told(["4383", HOME, VISITED, "Fax", "1", "MB", "", "sideways"]),
        [
            "row 3, column Year_Month: `4383` is not a calendar month; write 2026-11 or 202611",
            "row 3, column Services Categorised: `Fax` is not a known service",
            "row 3, column Direction: `sideways` is not a direction: write inbound or outbound",
        ]
    );
    let head = |text: &str| faults(Usage::read(text.as_bytes()));
    assert_eq!(
        head("Year_Month,HPMN,VPMN,Usage,Usage,Units,Direction\n"),
        [
            "column Services Categorised: is missing",
            "column Usage: is there twice"
        ]
    );
    let moved = format!(
        "{}\n202601,{HOME},{VISITED},GPRS,1,5,MB,,inbound\n",
        crate::support::HEAD.join(",")
    );
    assert_eq!(head(&moved), ["row 2: has 9 cells, and the head has 8"]);
    assert_eq!(head(""), ["file: it is empty"]);
    assert_eq!(faults(Usage::read(b"\xff\xfe")).len(), 1);
    assert_eq!(head("Jan\u{fffd}\n\0\n").len(), 1);
    assert!(head("{}")[0].contains("neither inbound nor outbound"));
    assert!(head("{\"inbound\":[{\"usage\":1,\"usage\":2}]}")[0].contains("comes twice"));
}
