//! Figures of a line on the command line.

use crate::error::CommandError;
use clap::Args;
use interclear_client::money;
use interclear_primitives::{
    dispute::{Dispute, DisputeSubject, Figures},
    money::{Currency, Value},
    service::Unit,
};

/// What a line comes to. What is not given stays as it is.
#[derive(Args)]
pub(super) struct FiguresArgs {
    /// What was used, in the unit of the service: 9050.5.
    #[arg(long)]
    quantity: Option<String>,
    /// The charge without tax, in the currency of the statement: 905.00.
    #[arg(long, allow_hyphen_values = true)]
    charge: Option<String>,
    /// The line's share of what is missing from a commitment, likewise.
    #[arg(long, allow_hyphen_values = true)]
    shortfall: Option<String>,
    /// The tax on the charge, likewise.
    #[arg(long, allow_hyphen_values = true)]
    tax: Option<String>,
}

/// In what figures are written.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) decimals: u8,
    pub(super) currency: Currency,
    pub(super) unit: Unit,
}

impl Scale {
    pub(super) fn of(dispute: &Dispute) -> Self {
        let DisputeSubject::StatementLine { line, .. } = dispute.subject;
        Self {
            decimals: dispute.decimals,
            currency: dispute.currency,
            unit: line.usage.service.unit(),
        }
    }
}

/// Reads an amount that may be negative.
fn amount(text: &str, decimals: u8) -> Result<Value, CommandError> {
    let invalid = || CommandError::Invalid(money::InvalidAmount(decimals).to_string());
    let (digits, negative) = match text.strip_prefix('-') {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    let amount = money::parse_amount(digits, decimals).map_err(|_| invalid())?;
    let amount = i128::try_from(amount).map_err(|_| invalid())?;
    Ok(Value::Clear(if negative { -amount } else { amount }))
}

impl FiguresArgs {
    /// The figures, where others are not given.
    pub(super) fn over(&self, figures: Figures, scale: &Scale) -> Result<Figures, CommandError> {
        let read = |given: &Option<String>, other: Value| match given {
            Some(text) => amount(text, scale.decimals),
            None => Ok(other),
        };
        let quantity = match &self.quantity {
            None => figures.quantity,
            Some(text) => money::parse_amount(text, money::USAGE_DECIMALS)
                .map_err(|error| CommandError::Invalid(format!("the quantity: {error}")))?,
        };
        Ok(Figures {
            quantity,
            charge: read(&self.charge, figures.charge)?,
            shortfall: read(&self.shortfall, figures.shortfall)?,
            tax: read(&self.tax, figures.tax)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_should_stay_as_they_are_when_they_are_not_given() {
        let stated = Figures {
            quantity: 10_000_000_000,
            charge: Value::Clear(100_000),
            shortfall: Value::ZERO,
            tax: Value::Clear(19_000),
        };
        let scale = Scale {
            decimals: 2,
            currency: Currency::EUR,
            unit: Unit::Minute,
        };
        let given = FiguresArgs {
            quantity: Some("9050".into()),
            charge: Some("905".into()),
            shortfall: None,
            tax: None,
        };
        assert_eq!(
            given.over(stated, &scale).unwrap(),
            Figures {
                quantity: 9_050_000_000,
                charge: Value::Clear(90_500),
                ..stated
            }
        );
        assert_eq!(amount("-12.5", 2).unwrap(), Value::Clear(-1_250));
        for wrong in ["", "-", "--1", "1.234", "1,5"] {
            assert!(amount(wrong, 2).is_err(), "{wrong}");
        }
    }
}
