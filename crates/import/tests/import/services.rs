//! Inventories as they are exported, to records.

use interclear_import::services::{guess, read, Column, Dates, Map};
use interclear_matching::{Day, Record, RecordId, Side};
use serde_json::json;

const HEAD: &str = "Circuit ID;Customer Ref;PO Number;A End;A Country;Service Type;Speed (Mbps);MRC (EUR);NRC;Start Date;Cease Date;Status;Remarks\n";

fn row(id: &str, price: &str, start: &str) -> String {
    format!("{id};buy 1;0047;Fra 01;DE;E-Line;100;{price};0;{start};;live;\n")
}

fn taken(text: &str) -> interclear_import::services::Services {
    read(text.as_bytes(), Side::Seller, None).unwrap()
}

#[test]
fn columns_should_be_guessed_by_their_heads_and_what_is_in_them() {
    let text = format!(
        "Export of 2026-10-31;;;;;;;;;;;;\n{HEAD}{}",
        row("SVC-1", "1.200,50", "31.01.2026")
    );
    let guess = guess(text.as_bytes(), Side::Seller).unwrap();
    assert!(guess.open.is_empty(), "{:?}", guess.open);
    assert_eq!(guess.unread, ["Remarks"]);
    assert_eq!(guess.map.decimal.as_deref(), Some(","));
    assert_eq!(guess.map.dates, Some(Dates::Dmy));
    assert_eq!(guess.map.bandwidth_unit.as_deref(), Some("Mbps"));
    assert_eq!(guess.map.fixed[&Column::Currency], "EUR");
    // What is guessed is what is read of its file.
    assert_eq!(Map::read(&guess.map.text()), Ok(guess.map.clone()));
    let services = taken(&text);
    assert!(services.faults.is_empty(), "{}", services.faults);
    let record = services.records[0];
    assert_eq!(
        (record.seller_id.as_str(), record.buyer_id.as_str()),
        ("SVC1", "BUY1")
    );
    assert_eq!((record.order.as_str(), record.a_end.as_str()), ("47", "DEFRA01"));
    assert_eq!(
        (record.bandwidth, record.recurring, &record.currency),
        (100_000_000, 1_200_500_000, b"EUR")
    );
    assert_eq!(record.start, Day::new(2026, 1, 31).unwrap());
}

#[test]
fn the_very_name_of_a_column_should_be_taken_when_a_likely_one_stands_before_it() {
    let text = "Service;Product;Start;Status\nSVC-1;E-Line;2026-01-31;active\n";
    let guess = guess(text.as_bytes(), Side::Seller).unwrap();
    assert_eq!(guess.map.columns[&Column::Product], "Product");
    assert_eq!(guess.unread, ["Service"]);
}

#[test]
fn a_country_should_be_asked_for_when_a_column_has_sites_without_one() {
    let text = "Seller ID;A Site;Product;Start;Status\nSVC-1;Fra 01;E-Line;2026-01-31;active\n";
    let found = guess(text.as_bytes(), Side::Seller).unwrap();
    let asked: Vec<&String> = found
        .open
        .iter()
        .filter(|open| open.contains("a_country"))
        .collect();
    assert_eq!(asked.len(), 1, "{:?}", found.open);
    assert!(
        !found.open.iter().any(|open| open.contains("z_country")),
        "no site, no country"
    );
    // A column of sites that is empty asks for nothing.
    let none = guess(text.replace("Fra 01", "").as_bytes(), Side::Seller).unwrap();
    assert!(
        !none.open.iter().any(|open| open.contains("a_country")),
        "{:?}",
        none.open
    );
    // A map that somebody has made without it: the row says what is missing, not that it is unknown.
    let services = read(text.as_bytes(), Side::Seller, Some(&found.map)).unwrap();
    let told = services.faults.to_string();
    assert!(
        told.contains("is missing, and the site beside it is not"),
        "{told}"
    );
    assert!(!told.contains("unknown country"), "{told}");
}

#[test]
fn guess_should_ask_when_days_or_numbers_have_two_readings() {
    for (price, start, question) in [
        ("12", "01.02.2026", "two readings: write dates"),
        ("4,000", "2026-01-31", "numbers such as"),
    ] {
        // A comma that may group and may be decimal: `4,000` is read by both marks.
        let text = format!("{HEAD}{}", row("SVC-1", price, start));
        let guess = guess(text.as_bytes(), Side::Seller).unwrap();
        assert!(
            guess.open.iter().any(|open| open.contains(question)),
            "{question}: {:?}",
            guess.open
        );
        let refused = read(text.as_bytes(), Side::Seller, None).unwrap_err().to_string();
        assert!(refused.contains("interclear inventory map"), "{refused}");
        let map = Map {
            decimal: Some(",".into()),
            dates: Some(Dates::Mdy),
            ..guess.map
        };
        let services = read(text.as_bytes(), Side::Seller, Some(&map)).unwrap();
        assert_eq!(services.records.len(), 1, "{}", services.faults);
    }
}

#[test]
fn row_should_be_refused_with_its_field_and_the_others_taken_when_something_is_wrong() {
    let good = row("SVC-1", "12,5", "31.01.2026");
    for (bad, words) in [
        (
            row("SVC-2", "-12,5", "31.01.2026"),
            "row 3, recurring (column MRC (EUR)): `-12.5` is negative",
        ),
        (
            row("SVC-2", "12,5", "30.02.2026"),
            "row 3, start (column Start Date): `2026-02-30` is not in the calendar",
        ),
        (
            row("svc 1", "12,5", "31.01.2026"),
            "row 3, seller_id (column Circuit ID): `svc 1` is in row 2, seller_id",
        ),
        (
            row("", "12,5", "31.01.2026"),
            "row 3, seller_id (column Circuit ID): is missing",
        ),
        (
            row("SVC-2", "12,5", "31.01.2026").replace("live", ""),
            "row 3, status (column Status): is empty",
        ),
        (
            row("SVC-2", "12,5", "31.01.2026").replace(";100;", ";100 MB;"),
            "may be octets or bits",
        ),
        (
            row("SVC-2", "12,5", "31.01.2026").replace(";;live", ";30.01.2026;live"),
            "row 3, end (column Cease Date): `2026-01-30` is before the start",
        ),
        (
            row("SVC-2", "12,5", "31.01.2026").replace("DE;", "Atlantis;"),
            "row 3, a_country (column A Country): `Atlantis` is an unknown country",
        ),
        ("SVC-2;only\n".into(), "row 3: has 2 cells, and the head has 13"),
        (
            row(&"X".repeat(10_000_000), "12,5", "31.01.2026"),
            "has 10000000 octets",
        ),
    ] {
        let services = taken(&format!("{HEAD}{good}{bad}{}", row("SVC-3", "1,5", "15.02.2026")));
        let told = services.faults.to_string();
        assert!(told.contains(words), "{words}: {}", &told[..told.len().min(500)]);
        let ids: Vec<&str> = services
            .records
            .iter()
            .map(|record| record.seller_id.as_str())
            .collect();
        assert_eq!(ids, ["SVC1", "SVC3"], "{told:.200}");
        assert_eq!(services.refused.len(), 1);
    }
    // A row that was refused is named, so that nobody takes its service for one that is gone.
    let services = taken(&format!("{HEAD}{good}{}", row("SVC-2", "-1", "31.01.2026")));
    assert_eq!(services.refused, [Some(RecordId::of(b"SVC2"))]);
}

#[test]
fn map_should_be_refused_when_it_does_not_fit() {
    let text = format!("{HEAD}{}", row("SVC-1", "12,5", "31.01.2026"));
    let mut map = guess(text.as_bytes(), Side::Seller).unwrap().map;
    map.columns.insert(Column::Term, "Term".into());
    let refused = read(text.as_bytes(), Side::Seller, Some(&map))
        .unwrap_err()
        .to_string();
    assert_eq!(refused, "column Term: is missing");
    for (wrong, words) in [
        ("colour = 1", "colour"),
        ("[columns]\nbuyer_id = \"\"", "columns.buyer_id: is missing"),
        ("decimal = \"x\"", "decimal"),
        ("[columns]\ncolour = \"Colour\"", "colour"),
    ] {
        let refused = Map::read(wrong).unwrap_err().to_string();
        assert!(refused.contains(words), "{wrong}: {refused}");
    }
}

#[test]
fn mef_entry_should_become_a_record_with_all_that_is_compared() {
    let entry = json!([{
        "id": "SVC-1", "externalId": "buy 1", "status": "active", "startDate": "2026-01-31T00:00:00Z",
        "productOffering": { "id": "ACCESS_E_LINE" }, "billingAccount": { "id": "001" },
        "productOrderItem": [{ "productOrderId": "0047", "productOrderItemId": "1" }],
        "productTerm": [{ "duration": { "amount": 3, "units": "calendarYears" } }],
        "productConfiguration": { "bandwidth": { "amount": 100, "unit": "Mbps" } },
        "relatedSite": [
            { "id": "par 2", "country": "FR", "role": "Z-end" }, { "id": "fra 1", "country": "DE", "role": "A-end" }
        ],
        "productPrice": [
            { "priceType": "recurring", "recurringChargePeriod": "month", "price": { "dutyFreeAmount": { "unit": "EUR", "value": 1200.5 } } },
            { "priceType": "nonRecurring", "price": { "dutyFreeAmount": { "unit": "EUR", "value": 80 } } }
        ],
    }]);
    let services = read(entry.to_string().as_bytes(), Side::Buyer, None).unwrap();
    assert!(services.faults.is_empty(), "{}", services.faults);
    let record: Record = services.records[0];
    assert_eq!(
        (record.a_end.as_str(), record.z_end.as_str()),
        ("DEFRA1", "FRPAR2")
    );
    assert_eq!(
        (record.recurring, record.one_off, record.term),
        (1_200_500_000, 80_000_000, 36)
    );
    assert_eq!(
        (record.bandwidth, record.order.as_str(), record.account.as_str()),
        (100_000_000, "47", "001")
    );
    let mut quarterly = entry;
    quarterly[0]["productPrice"][0]["recurringChargePeriod"] = json!("quarter");
    let refused = read(quarterly.to_string().as_bytes(), Side::Buyer, None).unwrap();
    assert_eq!(
        refused.faults.to_string(),
        "[0].productPrice: is charged by `quarter`, and a record by the month, or by the hour of use"
    );
    assert_eq!(refused.refused, [Some(RecordId::of(b"BUY1"))]);
}

const ORDERS: &str = "Service ID;Order;Product;Price per hour;Currency;Start;End;Status\n";

#[test]
fn interval_should_be_read_with_what_its_hours_come_to_when_a_table_has_a_price_for_an_hour() {
    let row = |id: &str, price: &str, end: &str| {
        format!("{id};47{id};OD;{price};EUR;31.10.2026 22:30;{end};terminated\n")
    };
    let text = format!("{ORDERS}{}", row("1", "2,40", "01.11.2026 01:30"));
    let found = guess(text.as_bytes(), Side::Seller).unwrap();
    assert_eq!(found.map.columns[&Column::Hourly], "Price per hour");
    assert_eq!(found.map.decimal.as_deref(), Some(","));
    // In which zone?
    let [question] = &found.open[..] else {
        panic!("{:?}", found.open);
    };
    assert!(question.contains("write utc_offset = \"+01:00\""), "{question}");
    let map = Map {
        utc_offset: Some("+01:00".into()),
        ..found.map
    };
    let text = format!(
        "{text}{}{}{}{}",
        row("2", "2,40", "31.10.2026 22:30"),
        row("3", "2,40", "01.11.2026"),
        row("4", "2.40.1", "01.11.2026 01:30"),
        row("5", "1,20", "01.11.2026 02:30+02:00"),
    );
    let services = read(text.as_bytes(), Side::Seller, Some(&map)).unwrap();
    let told = services.faults.to_string();
    for words in [
        "row 3, end (column End): `2026-10-31 22:30+01:00` is not after the start",
        "row 4, end (column End): `2026-11-01` is not a time with its offset from UTC",
        "row 5, hourly (column Price per hour): `2.40.1` is not a charge for an hour",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let taken: Vec<(&str, u64, u64)> = services
        .records
        .iter()
        .map(|record| (record.seller_id.as_str(), record.recurring, record.one_off))
        .collect();
    // Three hours, both.
    assert_eq!(taken, [("1", 0, 7_200_000), ("5", 0, 3_600_000)]);
    assert_eq!(services.refused.len(), 3);
    let [start, end] = [(10, 31), (11, 2)].map(|(month, day)| Day::new(2026, month, day).unwrap());
    // From half past nine in the evening to half past midnight, in UTC.
    assert_eq!(
        (services.records[0].start, services.records[0].end),
        (start, Some(end))
    );
}

#[test]
fn mef_price_should_be_one_for_an_hour_of_use_and_no_monthly_charge_when_its_unit_is_the_hour() {
    let price = |kind: &str, unit: &str, of: &str| json!([{ "priceType": kind, unit: of, "price": { "dutyFreeAmount": { "unit": "EUR", "value": 2.4 } } }]);
    let order = |price: serde_json::Value| {
        json!([{
            "id": "SVC-1", "status": "terminated", "startDate": "2026-10-31T22:00:00Z", "terminationDate": "2026-11-01T01:30:00Z",
            "productOffering": { "id": "ON_DEMAND" }, "productPrice": price,
        }])
        .to_string()
    };
    let by_use = order(price("usageBased", "unitOfMeasure", "hour"));
    for text in [by_use, order(price("recurring", "recurringChargePeriod", "hour"))] {
        let services = read(text.as_bytes(), Side::Seller, None).unwrap();
        assert!(services.faults.is_empty(), "{}", services.faults);
        let [record] = services.records[..] else {
            panic!("one order");
        };
        assert_eq!((record.recurring, record.one_off), (0, 8_400_000), "{text}");
    }
    for (text, told) in [
        (
            order(price("usageBased", "unitOfMeasure", "GB")),
            "[0].productPrice: is charged by `GB`, and a record by the month, or by the hour of use",
        ),
        (
            order(price("usageBased", "unit", "hour")),
            "[0].productPrice[0].unitOfMeasure: is missing",
        ),
        (
            order(price("usageBased", "unitOfMeasure", "hour")).replace("T01:30:00Z", ""),
            "[0].terminationDate: `2026-11-01` is not a time with its offset from UTC",
        ),
    ] {
        let services = read(text.as_bytes(), Side::Seller, None).unwrap();
        let faults = services.faults.to_string();
        assert!(faults.contains(told), "{told}: {faults}");
        assert_eq!(services.refused, [Some(RecordId::of(b"SVC1"))]);
    }
}

#[test]
fn partner_payload_should_be_told_fault_by_fault_and_the_rest_taken() {
    let payload = r#"[
     { "id": "SVC-0001", "externalId": "BUY-0001", "status": "active", "startDate": "2026-01-01T00:00:00.000Z",
       "productOffering": { "id": "ACCESS_E_LINE" }, "relatedSite": [], "billingAccount": { "id": "001" },
       "productPrice": [ { "priceType": "recurring", "recurringChargePeriod": "month",
         "price": { "dutyFreeAmount": { "unit": "EUR", "value": 1200.5 } } } ] },
     { "id": "SVC-0002", "externalId": "AEL[0002] General On-net Order ", "status": "", "startDate": "2026-01-15T07:20:20.822Z",
       "lastUpdateDate": {}, "productOffering": { "id": "ACCESS_E_LINE" }, "productPrice": [] },
     { "id": "SVC-0003", "externalId": null, "status": "active.pendingChange", "startDate": "2026-02-30T00:00:00Z",
       "terminationDate": "2026-01-31T00:00:00Z", "productOffering": null,
       "productPrice": [ { "priceType": "recurring", "recurringChargePeriod": "",
         "price": { "dutyFreeAmount": { "unit": "", "value": "1.200,50" } } } ] },
     { "id": "SVC-0001", "externalId": "BUY-0001", "status": "ACTIVE", "startDate": "2026-01-01", "productPrice": [] }
    ]"#;
    let services = read(payload.as_bytes(), Side::Seller, None).unwrap();
    let told = services.faults.to_string();
    for words in [
        "[1].status: is missing",
        "[2].startDate: `2026-02-30` is not in the calendar",
        "[2].terminationDate: ends on 2026-01-31, before it starts on 2026-02-30",
        "dutyFreeAmount.value: `1.200,50` is not a number",
        "[3].id: `SVC-0001` is the id of [0] already",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(services.records.len(), 1);
    assert_eq!(services.refused.len(), 3);
}
