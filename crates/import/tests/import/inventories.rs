//! Inventories of partners.

use crate::support::faults;
use interclear_import::inventory::{Charged, Inventory};
use interclear_matching::{Day, Status};
use serde_json::{json, Value};

fn entry() -> Value {
    json!({
        "id": "SVC-1", "externalId": " buy 1 ", "status": "Active.PendingChange",
        "startDate": "2026-01-31T23:00:00Z", "terminationDate": "2028-02-29", "lastUpdateDate": null,
        "productOffering": { "id": "ACCESS" },
        "productPrice": [
            { "priceType": "recurring", "recurringChargePeriod": "month",
              "price": { "dutyFreeAmount": { "unit": "EUR", "value": 1200.50 } } },
            { "priceType": "nonRecurring", "price": { "dutyFreeAmount": { "unit": "USD", "value": "80" } } },
        ],
        "relatedSite": [], "anything": { "else": 1 },
    })
}

fn read(entries: &[Value]) -> Inventory {
    Inventory::read(&Value::from(entries).to_string()).unwrap()
}

#[test]
fn an_entry_should_be_read_with_all_that_is_compared() {
    let inventory = read(&[entry()]);
    assert!(inventory.faults.is_empty(), "{}", inventory.faults);
    let read = &inventory.entries[0];
    assert_eq!(
        (read.id.as_str(), read.external_id.as_deref()),
        ("SVC-1", Some("buy 1"))
    );
    assert_eq!(
        (read.status, read.offering.as_deref()),
        (Status::ActivePendingChange, Some("ACCESS"))
    );
    assert_eq!(read.start, Day::new(2026, 1, 31).unwrap());
    assert_eq!(read.termination, Some(Day::new(2028, 2, 29).unwrap()));
    assert_eq!(read.prices[0].charged, Charged::Recurring("month".into()));
    assert_eq!(read.prices[0].amount, "1200.5".parse().unwrap());
    assert_eq!(
        (read.prices[1].charged.clone(), read.prices[1].currency),
        (Charged::Once, "USD".parse().unwrap())
    );
}

#[test]
fn entry_should_be_refused_and_the_others_kept_when_one_of_its_fields_is_wrong() {
    for (path, value, words) in [
        ("/id", json!(" "), "[1].id: is missing"),
        ("/id", json!(7), "[1].id: is not text"),
        ("/id", json!("svc 1"), "[1].id: `svc 1` is the id of [0] already"),
        ("/id", json!("---"), "[1].id: `---` is empty"),
        ("/id", json!("Kreis Ü"), "[1].id: `Kreis Ü` has the letter `Ü`"),
        (
            "/status",
            json!("gone"),
            "[1].status: `gone` is an unknown status; the words are active, active.pendingChange",
        ),
        ("/startDate", json!(null), "[1].startDate: is missing"),
        (
            "/startDate",
            json!("31.01.2026"),
            "[1].startDate: `31.01.2026` is not a date; write 2026-01-31",
        ),
        (
            "/startDate",
            json!("2026-13-01"),
            "[1].startDate: `2026-13-01` is not in the calendar",
        ),
        (
            "/terminationDate",
            json!("2027-02-29"),
            "[1].terminationDate: `2027-02-29` is not in the calendar",
        ),
        (
            "/terminationDate",
            json!("2026-01-30"),
            "[1].terminationDate: ends on 2026-01-30, before",
        ),
        ("/productPrice", json!({}), "[1].productPrice: is not a list"),
        (
            "/productPrice/0/priceType",
            json!("weekly"),
            "[1].productPrice[0].priceType: `weekly` is none of: recurring",
        ),
        (
            "/productPrice/0/recurringChargePeriod",
            json!(""),
            "[1].productPrice[0].recurringChargePeriod: is missing",
        ),
        (
            "/productPrice/1/price/dutyFreeAmount/unit",
            json!("EURO"),
            "[1].productPrice[1].price.dutyFreeAmount.unit: `EURO` is not a currency",
        ),
        (
            "/productPrice/1/price/dutyFreeAmount/value",
            json!("1,5"),
            "[1].productPrice[1].price.dutyFreeAmount.value: `1,5` is not a number",
        ),
        (
            "/productPrice/1/price/dutyFreeAmount/value",
            json!(null),
            "[1].productPrice[1].price.dutyFreeAmount.value: is missing",
        ),
    ] {
        let mut wrong = entry();
        wrong["id"] = json!("SVC-2");
        *wrong.pointer_mut(path).unwrap() = value;
        let mut last = entry();
        last["id"] = json!("SVC-3");
        let inventory = read(&[entry(), wrong, last]);
        let told: Vec<String> = inventory.faults.list.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].starts_with(words), "{words}: {told:?}");
        assert_eq!(
            inventory
                .entries
                .iter()
                .map(|entry| entry.index)
                .collect::<Vec<_>>(),
            [0, 2]
        );
    }
    assert_eq!(faults(Inventory::read("{}")), ["file: is not a list"]);
    assert_eq!(read(&[json!(1)]).faults.to_string(), "[0]: is not an object");
}
