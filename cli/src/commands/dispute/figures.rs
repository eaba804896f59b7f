//! Figures of a line on the command line.

use crate::error::CommandError;
use clap::Args;
use interclear_client::{chain::Chain, money};
use interclear_primitives::{
    dispute::{Dispute, DisputeSubject, Figures, LineKey},
    ids::AgreementId,
    money::{Currency, Value},
    period::Period,
    rating::{tax_on, LineTerms},
    service::Unit,
};

/// What a line comes to. What is not given stays as it is; but the tax follows another charge at the agreed rate.
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
    /// The tax on the charge, likewise; at the rate that the terms of the line state unless given, or, where they state none, as it
    /// is.
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

/// How the tax of a line follows its charge.
pub(super) enum TaxOf {
    /// By the terms of the line.
    Terms(Box<LineTerms>),
    /// By nothing that is known: the terms of its month are not there.
    Unknown,
}

impl TaxOf {
    /// How the tax follows the charge on a line of a statement: late usage is billed by the terms of its own month.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn line(
        chain: &Chain,
        agreement: AgreementId,
        period: Period,
        line: &LineKey,
    ) -> Result<Self, CommandError> {
        let terms = chain.terms_in(agreement, line.late.unwrap_or(period)).await?;
        let found = terms.and_then(|terms| {
            let direction = terms.directions.get(line.usage.direction.index())?;
            let group = direction.groups.get(usize::from(line.usage.group))?;
            let mut lines = group.lines.iter();
            let line = lines.find(|known| known.service == line.usage.service)?;
            Some(line.terms.clone())
        });
        Ok(found.map_or(Self::Unknown, |terms| Self::Terms(Box::new(terms))))
    }

    /// As [`Self::line`], of the line that a dispute is on.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn dispute(chain: &Chain, dispute: &Dispute) -> Result<Self, CommandError> {
        let DisputeSubject::StatementLine {
            agreement,
            period,
            line,
        } = dispute.subject;
        Self::line(chain, agreement, period, &line).await
    }

    /// The tax on a charge; `None` where no rate gives it.
    fn on(&self, charge: Value, decimals: u8) -> Option<Value> {
        let Self::Terms(terms) = self else { return None };
        tax_on(terms, charge.clear().ok()?, decimals)
            .ok()?
            .map(Value::Clear)
    }
}

/// Figures as they will be sent.
pub(super) struct Chosen {
    pub(super) figures: Figures,
    /// Whether the charge is another one and the tax is not, since no agreed rate gives it.
    pub(super) tax_kept: bool,
}

impl FiguresArgs {
    /// The figures, where others are not given.
    pub(super) fn over(&self, figures: Figures, scale: &Scale, tax: &TaxOf) -> Result<Chosen, CommandError> {
        let read = |given: &Option<String>, other: Value| match given {
            Some(text) => amount(text, scale.decimals),
            None => Ok(other),
        };
        let quantity = match &self.quantity {
            None => figures.quantity,
            Some(text) => money::parse_amount(text, money::USAGE_DECIMALS)
                .map_err(|error| CommandError::Invalid(format!("the quantity: {error}")))?,
        };
        let charge = read(&self.charge, figures.charge)?;
        let follows = self.tax.is_none() && charge != figures.charge;
        let agreed = tax.on(charge, scale.decimals).filter(|_| follows);
        let figures = Figures {
            quantity,
            charge,
            shortfall: read(&self.shortfall, figures.shortfall)?,
            tax: read(&self.tax, agreed.unwrap_or(figures.tax))?,
        };
        Ok(Chosen {
            figures,
            tax_kept: follows && agreed.is_none() && figures.tax != Value::ZERO,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::rating::{Pricing, TaxRate, TaxRule, UsagePlan};

    fn taxed(pricing: Pricing) -> TaxOf {
        TaxOf::Terms(Box::new(LineTerms {
            pricing,
            in_commitment: false,
            tax: TaxRule::Excluded {
                rate: TaxRate(1_900_000),
            },
        }))
    }

    fn usual() -> Pricing {
        Pricing::Usage {
            plan: UsagePlan::default(),
            floor: None,
        }
    }

    #[test]
    fn tax_should_follow_the_charge_when_it_is_not_given_and_its_rate_is_agreed() {
        let stated = Figures {
            quantity: 11_060_000_000,
            charge: Value::Clear(2_212),
            shortfall: Value::ZERO,
            tax: Value::Clear(420),
        };
        let scale = Scale {
            decimals: 2,
            currency: Currency::EUR,
            unit: Unit::Megabyte,
        };
        let claim = |charge: Option<&str>, tax: Option<&str>, of: &TaxOf| {
            let given = FiguresArgs {
                quantity: Some("9000".into()),
                charge: charge.map(Into::into),
                shortfall: None,
                tax: tax.map(Into::into),
            };
            let chosen = given.over(stated, &scale, of).unwrap();
            (chosen.figures.tax, chosen.tax_kept)
        };
        let agreed = taxed(usual());
        assert_eq!(claim(Some("18.00"), None, &agreed), (Value::Clear(342), false));
        assert_eq!(
            claim(Some("18.00"), Some("4.2"), &agreed),
            (Value::Clear(420), false)
        );
        assert_eq!(
            claim(None, None, &agreed),
            (stated.tax, false),
            "the charge stays, too"
        );
        for unknown in [taxed(Pricing::TapCharge), TaxOf::Unknown] {
            assert_eq!(claim(Some("18.00"), None, &unknown), (stated.tax, true));
            assert_eq!(
                claim(Some("18.00"), Some("3"), &unknown),
                (Value::Clear(300), false)
            );
        }
    }

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
            given.over(stated, &scale, &TaxOf::Unknown).unwrap().figures,
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
