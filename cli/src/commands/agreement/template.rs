//! `interclear agreement template`: terms to start from.

use crate::error::CommandError;
use std::io::Write;

/// An agreement of a year with the usual plans. Whoever changes it needs no other documentation.
const TEMPLATE: &str = include_str!("template.json");

/// The example.
pub(super) fn text() -> &'static str {
    TEMPLATE
}

/// Prints the example, which is JSON whatever was asked for.
pub(super) fn print() -> Result<(), CommandError> {
    Ok(std::io::stdout().lock().write_all(text().as_bytes())?)
}

#[cfg(test)]
mod tests {
    use interclear_import::Agreement;
    use interclear_primitives::rating::{Price, Pricing, TaxRate, TaxRule};

    #[test]
    fn the_template_should_be_valid_when_read_as_terms() {
        let terms = Agreement::read(super::text()).unwrap().terms;
        assert_eq!(interclear_billing::terms::validate(&terms), Ok(()));
        let lines = &terms.directions[0].groups[0].lines;
        assert_eq!(lines[0].terms.pricing, Pricing::linear(Price(30_000_000)));
        assert_eq!(
            lines[1].terms.tax,
            TaxRule::Excluded {
                rate: TaxRate(1_900_000)
            }
        );
        assert_eq!(
            (lines[1].tolerance.absolute, lines[1].tolerance.ppm),
            (1_000_000, 10_000)
        );
    }

    #[test]
    fn a_direction_should_be_prepaid_when_the_template_is_changed_as_its_legend_says() {
        let legend: serde_json::Value = serde_json::from_str(super::text()).unwrap();
        let item = r#""prepaid": {"first": {"warn_below": "20 EUR"}}"#;
        assert!(legend["_prepaid"].as_str().unwrap().contains(item));
        let usage = "\"usage\": {\n";
        let changed = super::text().replace(usage, &format!("{usage}    {item},\n"));
        // The first direction has one line that says its flow, and one that does not.
        let changed = changed.replace(r#""flow": "either""#, r#""flow": "files""#);
        let changed = changed.replacen(
            r#""service": "GPRS","#,
            r#""service": "GPRS", "flow": "files","#,
            1,
        );
        // The visited party is paid in tokens that it accepts.
        let changed = changed.replace(r#""accepts": [[], []]"#, r#""accepts": [[], [2]]"#);
        let terms = Agreement::read(&changed).unwrap().terms;
        let floor = terms
            .usage
            .prepaid
            .map(|prepaid| prepaid.map(|prepaid| prepaid.floor));
        assert_eq!(floor, [Some(20_000_000), None]);
        assert_eq!(interclear_billing::terms::validate(&terms), Ok(()));
    }

    #[test]
    fn the_template_should_be_readable_when_its_legend_is_cut_off() {
        let terms: serde_json::Value = serde_json::from_str(super::text()).unwrap();
        let amounts = [
            "price",
            "floor",
            "fee",
            "fixed",
            "commitment",
            "start",
            "absolute",
            "rate",
            "ppm",
            "increment",
        ];
        fn each(value: &serde_json::Value, amounts: &[&str]) {
            match value {
                serde_json::Value::Object(members) => {
                    for (name, value) in members.iter().filter(|(name, _)| !name.starts_with('_')) {
                        assert!(
                            !(value.is_number() && amounts.contains(&name.as_str())),
                            "{name}: {value}"
                        );
                        each(value, amounts);
                    }
                }
                serde_json::Value::Array(list) => list.iter().for_each(|value| each(value, amounts)),
                _ => {}
            }
        }
        each(&terms, &amounts);
    }
}
