//! Figures of a line on the command line.

use crate::{commands::agreement::questions::prices, error::CommandError, output};
use clap::Args;
use interclear_client::{chain::Chain, money};
use interclear_primitives::{
    dispute::{Dispute, DisputeSubject, Figures, LineKey},
    ids::AgreementId,
    money::{Currency, Value},
    period::Period,
    rating::{tax_on, LineTerms, Pricing, RatePlan, TaxRule, UsagePlan},
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

/// How the tax of a line follows its charge, and what a unit costs.
pub(super) enum TaxOf {
    /// By the terms of the line, whose prices are in this currency.
    Terms(Box<LineTerms>, Currency),
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
            Some((line.terms.clone(), terms.currency))
        });
        Ok(found.map_or(Self::Unknown, |(terms, currency)| {
            Self::Terms(Box::new(terms), currency)
        }))
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
        let Self::Terms(terms, _) = self else { return None };
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
    /// What looks like a slip in them.
    pub(super) doubts: Vec<String>,
}

/// A charge that is more than a fifth away from what the quantity costs is asked about.
const AWAY: u128 = 5;
/// The same where no price is agreed in the currency, and what the statement charges a unit on average is the measure.
const AWAY_FROM_AVERAGE: u128 = 2;

/// What a unit of a line costs, from the least to the most, in 10^-9 of the currency.
struct UnitCost {
    least: u128,
    most: u128,
    /// Where it comes from.
    from: &'static str,
    /// How far away a charge may be: by one part of so many.
    away: u128,
}

impl TaxOf {
    /// What a unit costs by the prices of the line, or else by what is stated of it.
    fn unit_cost(&self, stated: &Figures, scale: &Scale) -> Option<UnitCost> {
        if let Self::Terms(terms, currency) = self {
            let prices: Vec<u128> = match without_fees(&terms.pricing) {
                true => prices(&terms.pricing).into_iter().map(|price| price.0).collect(),
                false => Vec::new(),
            };
            let clean = !matches!(terms.tax, TaxRule::Included { .. }) && *currency == scale.currency;
            if let (Some(least), Some(most), true) = (prices.iter().min(), prices.iter().max(), clean) {
                return Some(UnitCost {
                    least: *least,
                    most: *most,
                    from: "agreed",
                    away: AWAY,
                });
            }
        }
        let charge = stated.charge.clear_unsigned().ok()?;
        let average = per_unit(charge, stated.quantity, scale)?;
        (average > 0).then_some(UnitCost {
            least: average,
            most: average,
            from: "stated on average",
            away: AWAY_FROM_AVERAGE,
        })
    }
}

/// Whether all that a volume costs are the prices of its units.
fn without_fees(pricing: &Pricing) -> bool {
    match pricing {
        Pricing::Usage {
            plan: UsagePlan::Plan(plan),
            ..
        } => match plan {
            RatePlan::Linear { .. } => true,
            RatePlan::Tiered { tiers }
            | RatePlan::BackToFirst { tiers }
            | RatePlan::TieredThenBackToFirst { tiers, .. } => tiers.iter().all(|tier| tier.fixed.0 == 0),
            RatePlan::NotCharged | RatePlan::FlatFee { .. } | RatePlan::IncludedVolume { .. } => false,
        },
        _ => false,
    }
}

/// A charge in parts of a quantity, in 10^-9 of the currency for a unit.
fn per_unit(charge: u128, quantity: u128, scale: &Scale) -> Option<u128> {
    let decimals = u32::from(money::PRICE_DECIMALS).checked_add(u32::from(money::USAGE_DECIMALS))?;
    let scaled = charge.checked_mul(10u128.checked_pow(decimals.checked_sub(u32::from(scale.decimals))?)?)?;
    scaled.checked_div(quantity)
}

/// What is asked about a charge that is not what its quantity costs.
fn slip(figures: &Figures, stated: &Figures, scale: &Scale, of: &TaxOf) -> Option<String> {
    if (figures.quantity, figures.charge) == (stated.quantity, stated.charge) {
        return None;
    }
    let charge = figures.charge.clear_unsigned().ok()?;
    let shown = format!(
        "{} {} for {} {}",
        money::grouped_unsigned(charge, scale.decimals),
        scale.currency,
        output::quantity(figures.quantity),
        scale.unit
    );
    if figures.quantity == 0 {
        return (charge > 0).then(|| format!("{shown}: is it meant so?"));
    }
    let cost = of.unit_cost(stated, scale)?;
    // What rounding to the minor unit comes to.
    let unit = per_unit(1, figures.quantity, scale)?;
    let (least, most) = (
        cost.least
            .saturating_sub(cost.least.checked_div(cost.away)?)
            .saturating_sub(unit),
        cost.most
            .saturating_add(cost.most.checked_div(cost.away)?)
            .saturating_add(unit),
    );
    let own = per_unit(charge, figures.quantity, scale)?;
    if (least..=most).contains(&own) {
        return None;
    }
    let cost_shown = match cost.least == cost.most {
        true => money::price(cost.most),
        false => format!("{} to {}", money::price(cost.least), money::price(cost.most)),
    };
    Some(format!(
        "{shown} are {} per {}, and {cost_shown} is {}: is it meant so?",
        money::price(own),
        scale.unit,
        cost.from
    ))
}

impl FiguresArgs {
    /// The figures, where others are not given.
    /// Beside those that are stated they are looked at for slips.
    pub(super) fn over(
        &self,
        figures: Figures,
        stated: Figures,
        scale: &Scale,
        tax: &TaxOf,
    ) -> Result<Chosen, CommandError> {
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
            doubts: slip(&figures, &stated, scale, tax).into_iter().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::rating::{Price, TaxRate};

    fn taxed(pricing: Pricing) -> TaxOf {
        TaxOf::Terms(
            Box::new(LineTerms {
                pricing,
                in_commitment: false,
                tax: TaxRule::Excluded {
                    rate: TaxRate(1_900_000),
                },
            }),
            Currency::EUR,
        )
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
            let chosen = given.over(stated, stated, &scale, of).unwrap();
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
            given
                .over(stated, stated, &scale, &TaxOf::Unknown)
                .unwrap()
                .figures,
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

    #[test]
    fn a_charge_should_be_asked_about_when_it_is_not_what_its_quantity_costs() {
        let stated = Figures {
            quantity: 76_400_000,
            charge: Value::Clear(1_910),
            shortfall: Value::ZERO,
            tax: Value::Clear(363),
        };
        let scale = Scale {
            decimals: 2,
            currency: Currency::EUR,
            unit: Unit::Minute,
        };
        let priced = |currency| {
            let plan = RatePlan::Linear {
                price: Price(250_000_000),
            };
            TaxOf::Terms(
                Box::new(LineTerms {
                    pricing: Pricing::Usage {
                        plan: UsagePlan::Plan(plan),
                        floor: None,
                    },
                    in_commitment: false,
                    tax: TaxRule::Untaxed,
                }),
                currency,
            )
        };
        let agreed = priced(Currency::EUR);
        let asked = |quantity: &str, charge: &str, of: &TaxOf| {
            let given = FiguresArgs {
                quantity: Some(quantity.into()),
                charge: Some(charge.into()),
                shortfall: None,
                tax: None,
            };
            given.over(stated, stated, &scale, of).unwrap().doubts
        };
        assert!(asked("70", "17.50", &agreed).is_empty());
        assert!(asked("76.4", "19.10", &agreed).is_empty(), "as stated");
        assert!(asked("0.1", "0.03", &agreed).is_empty(), "rounded");
        assert!(asked("0", "0", &agreed).is_empty());
        assert_eq!(
            asked("76.4", "1.91", &agreed),
            ["1.91 EUR for 76.4 min are 0.025 per min, and 0.25 is agreed: is it meant so?"]
        );
        for (quantity, charge) in [("70", "1.75"), ("9.65", "20"), ("700", "17.50"), ("0", "1")] {
            assert_eq!(asked(quantity, charge, &agreed).len(), 1, "{quantity} {charge}");
        }
        // In another currency, or where nothing is known, by what is stated.
        for unknown in [priced(Currency::SDR), TaxOf::Unknown] {
            assert!(asked("70", "14.00", &unknown).is_empty());
            let told = asked("70", "1.75", &unknown);
            assert!(told[0].contains("0.25 is stated on average"), "{told:?}");
        }
    }
}
