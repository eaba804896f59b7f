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

/// Tables of lines, numbered from 1, one for each who owes them; `whose` is the head of who does. So a narrow terminal, on which what is
/// the same in every row is said once, has room for them.
pub(super) fn table(whose: &str, lines: impl IntoIterator<Item = Line>) -> String {
    let numbered: Vec<(u32, Line)> = (1u32..).zip(lines).collect();
    let of_each = numbered.chunk_by(|(_, one), (_, next)| one.whose == next.whose);
    let tables: Vec<String> = of_each.map(|lines| one_table(whose, lines)).collect();
    match tables.is_empty() {
        true => one_table(whose, &[]),
        false => tables.join("\n\n"),
    }
}

fn one_table(whose: &str, lines: &[(u32, Line)]) -> String {
    let rows = lines.iter().map(|(number, line)| {
        let [tap_charge, charge, shortfall, tax] = line.amounts.clone();
        [
            number.to_string(),
            line.whose.clone(),
            u32::from(line.group).saturating_add(1).to_string(),
            service(line.service, line.late),
            line.quantity.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_should_be_a_table_for_each_who_owes_them_and_numbered_through_when_there_are_two() {
        let line = |whose: &str| Line {
            whose: whose.into(),
            group: 0,
            service: Service::Gprs,
            late: None,
            unit: Unit::Megabyte,
            quantity: "1".into(),
            amounts: ["1", "2", "3", "4"].map(Into::into),
        };
        let text = table("Debtor", [line("Alpha"), line("Alpha"), line("Beta")]);
        let tables: Vec<&str> = text.split("\n\n").collect();
        assert_eq!(tables.len(), 2, "{text}");
        assert!(
            tables[0].matches("Alpha").count() == 2 && !tables[0].contains("Beta"),
            "{text}"
        );
        assert!(
            tables[1].contains("Beta") && tables[1].lines().last().unwrap().contains('3'),
            "{text}"
        );
    }
}
