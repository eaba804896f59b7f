//! The lines of a statement, on the chain or rated here: one table, and the same names in JSON.

use crate::output;
use interclear_primitives::{
    period::Period,
    service::{Service, Unit},
};
use serde_json::{json, Value};

/// A line as it is shown.
pub(super) struct Line {
    /// Who owes it, or under which direction.
    pub(super) whose: String,
    /// The service group, from 0.
    pub(super) group: u8,
    pub(super) service: Service,
    /// The closed month whose late usage it bills.
    pub(super) late: Option<Period>,
    pub(super) unit: Unit,
    pub(super) quantity: String,
    /// TAP charge, charge, shortfall and tax.
    pub(super) amounts: [String; 4],
}

/// A service, with the month of its usage if that came late: `GPRS 2026-09 (late)`.
pub(super) fn service(service: Service, late: Option<Period>) -> String {
    match late {
        Some(month) => format!("{service} {month} (late)"),
        None => service.to_string(),
    }
}

/// A table of lines, numbered from 1; `whose` is the head of who owes them.
pub(super) fn table(whose: &str, lines: impl IntoIterator<Item = Line>) -> String {
    let rows = lines.into_iter().zip(1u32..).map(|(line, number)| {
        let [tap_charge, charge, shortfall, tax] = line.amounts;
        [
            number.to_string(),
            line.whose,
            (u32::from(line.group) + 1).to_string(),
            service(line.service, line.late),
            line.quantity,
            line.unit.to_string(),
            tap_charge,
            charge,
            shortfall,
            tax,
        ]
    });
    let head = [
        "Line",
        whose,
        "Group",
        "Service",
        "Quantity",
        "Unit",
        "TAP charge",
        "Charge",
        "Shortfall",
        "Tax",
    ];
    output::table(head, &[0, 2, 4, 6, 7, 8, 9], rows)
}

/// The figures of a line in JSON.
pub(super) fn figures(
    service: Service,
    unit: Unit,
    quantity: String,
    [tap_charge, charge, shortfall, tax]: [String; 4],
) -> Value {
    json!({
        "service": service,
        "unit": unit,
        "quantity": quantity,
        "tap_charge": tap_charge,
        "charge": charge,
        "shortfall": shortfall,
        "tax": tax,
    })
}
