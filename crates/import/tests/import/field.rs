//! Inputs that show faults which people who do this job have reported of other systems.

use crate::support::{faults, shared};
use interclear_import::{
    inventory::Inventory, rate, Agreement, Assigned, DecimalMark, Faults, Rates, Scope, Usage,
};

/// A table of the folder under its contract; nothing when one of them is not at hand.
fn read(name: &str, decimal: Option<DecimalMark>) -> Option<Result<Assigned, Faults>> {
    let contract = shared("field/contract.json")?;
    let table = shared(&format!("field/{name}"))?;
    let agreement = Agreement::read(std::str::from_utf8(&contract).unwrap()).unwrap();
    Some(Usage::read_with(&table, decimal).and_then(|usage| agreement.assign(&usage)))
}

/// Charge and quantity in cents and millionths, over all months.
fn rated(assigned: &Assigned) -> (i128, i128) {
    let rated = rate(assigned, Scope::Term, &Rates::new(), 2).unwrap();
    let sum = |item: fn(&interclear_import::RatedLine) -> i128| rated.lines.iter().map(item).sum();
    (sum(|line| line.charge), sum(|line| line.quantity))
}

#[test]
fn points_before_three_digits_should_be_refused_when_semicolons_separate_and_no_mark_is_named() {
    let Some(table) = read("c_dot_thousands.csv", None) else {
        return;
    };
    let told = faults(table);
    let ambiguous = |row, column, text: &str, other| {
        format!(
            "row {row}, column {column}: `{text}` may be {text} or {other}: name the decimal mark (`--decimal ,` or `--decimal .`)"
        )
    };
    assert_eq!(
        told,
        [
            ambiguous(2, "Usage", "4.000", "4000"),
            ambiguous(2, "Charges", "1.250", "1250"),
            ambiguous(3, "Usage", "12.500", "12500"),
            ambiguous(3, "Charges", "2.125", "2125"),
        ]
    );
    let named = |mark| rated(&read("c_dot_thousands.csv", Some(mark)).unwrap().unwrap());
    assert_eq!(named(DecimalMark::Comma), (82_500, 16_500_000_000));
    assert_eq!(named(DecimalMark::Point), (82, 16_500_000), "0.825, half to even");
}

#[test]
fn table_should_be_read_when_it_is_unicode_text_of_a_spreadsheet() {
    let Some(table) = read("c_utf16.csv", None) else {
        return;
    };
    assert_eq!(rated(&table.unwrap()), (20_000, 4_000_000_000));
}

#[test]
fn workbook_should_be_refused_and_take_no_memory_when_its_cells_are_at_opposite_corners() {
    let Some(table) = read("x_corners.xlsx", None) else {
        return;
    };
    assert_eq!(
        faults(table),
        ["row 1048576: only cell XFD1048576 is filled, beside the table"]
    );
}

#[test]
fn table_should_be_refused_by_the_cell_when_the_result_of_a_formula_is_stale() {
    let Some(table) = read("x_cached_zero.xlsx", None) else {
        return;
    };
    let reason =
        "is a formula whose stored result may be out of date: let a spreadsheet calculate and save it";
    assert_eq!(
        faults(table),
        [
            format!("row 2, column Usage: cell E2 {reason}"),
            format!("row 2, column Charges: cell G2 {reason}"),
        ]
    );
}

#[test]
fn every_fault_should_be_told_and_the_rest_reported_when_an_inventory_comes_from_a_partner() {
    let Some(file) = shared("field/mef_inventory.json") else {
        return;
    };
    let read = Inventory::read(std::str::from_utf8(&file).unwrap()).unwrap();
    let told: Vec<String> = read.faults.list.iter().map(ToString::to_string).collect();
    for words in [
        "[1].status: is missing",
        "[1].lastUpdateDate: is not text",
        "[2].startDate: `2026-02-30` is not in the calendar",
        "[2].terminationDate: ends on 2026-01-31, before it starts on 2026-02-30",
        "[2].productPrice[0].recurringChargePeriod: is missing",
        "[2].productPrice[0].price.dutyFreeAmount.unit: is missing",
        "[3].id: `SVC-0001` is the id of [0] already",
    ] {
        assert!(told.iter().any(|one| one == words), "{words}: {told:?}");
    }
    let price = "[2].productPrice[0].price.dutyFreeAmount.value: ";
    assert!(
        told.iter()
            .any(|one| one.starts_with(price) && one.contains("is not a number")),
        "{told:?}"
    );
    assert_eq!(told.len(), 8, "{told:?}");
    let sound: Vec<(usize, &str)> = read
        .entries
        .iter()
        .map(|entry| (entry.index, entry.id.as_str()))
        .collect();
    assert_eq!(sound, [(0, "SVC-0001")]);
}
