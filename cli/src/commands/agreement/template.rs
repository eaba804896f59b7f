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
    use interclear_primitives::agreement::Terms;

    #[test]
    fn the_template_should_be_valid_when_read_as_terms() {
        let terms: Terms = serde_json::from_str(super::text()).unwrap();
        assert_eq!(interclear_billing::terms::validate(&terms), Ok(()));
    }
}
