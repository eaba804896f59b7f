//! The highest prices that terms can charge, which are compared with price caps.

use interclear_rating::{convert, LineTerms, Price, Pricing, RatePlan, SdrRate, TaxRate, TaxRule, UsagePlan};

/// The highest prices, without tax, that a line can charge for a unit; `None` where it has no price per unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct HighestPrices {
    /// Per whole unit of the service.
    pub usage: Option<Price>,
    /// Per whole IMSI-month.
    pub access: Option<Price>,
}

impl HighestPrices {
    /// The highest prices of a line, in the currency of its agreement.
    ///
    /// Every price of a plan counts: linear, of each tier, of a back-to-first step, of the excess over an included
    /// volume, balanced and unbalanced, and the floor of the average. Fees that are due once (flat fees, fees of tiers
    /// and of included volumes, shares of a commitment) and lines that settle at their TAP charge have no price per
    /// unit.
    pub fn of(line: &LineTerms) -> Self {
        let prices = match &line.pricing {
            Pricing::Usage { plan, floor } => Self {
                usage: usage_price(plan).max(*floor),
                access: None,
            },
            Pricing::Access { plan } => Self {
                usage: None,
                access: plan_price(plan),
            },
            Pricing::UsageAndAccess { usage, floor, access } => Self {
                usage: plan_price(usage).max(*floor),
                access: plan_price(access),
            },
            Pricing::TapCharge => Self::default(),
            Pricing::Capped { price, .. } => Self {
                usage: Some(*price),
                access: None,
            },
        };
        Self {
            usage: prices.usage.map(|price| without_tax(price, line.tax)),
            access: prices.access.map(|price| without_tax(price, line.tax)),
        }
    }
}

fn usage_price(plan: &UsagePlan) -> Option<Price> {
    match plan {
        UsagePlan::Plan(plan) => plan_price(plan),
        UsagePlan::BalancedUnbalanced { balanced, unbalanced } => {
            plan_price(balanced).max(plan_price(unbalanced))
        }
    }
}

fn plan_price(plan: &RatePlan) -> Option<Price> {
    match plan {
        RatePlan::NotCharged | RatePlan::FlatFee { .. } => None,
        RatePlan::Linear { price } | RatePlan::IncludedVolume { price, .. } => Some(*price),
        RatePlan::Tiered { tiers } | RatePlan::BackToFirst { tiers } => {
            tiers.iter().map(|tier| tier.price).max()
        }
        RatePlan::TieredThenBackToFirst { tiers, price, .. } => {
            tiers.iter().map(|tier| tier.price).max().max(Some(*price))
        }
    }
}

/// What remains of a price when the tax in it is taken out, rounded half to even.
fn without_tax(price: Price, tax: TaxRule) -> Price {
    let TaxRule::Included { rate } = tax else {
        return price;
    };
    let whole = u128::from(TaxRate::WHOLE);
    let with_tax = whole.saturating_add(rate.0.into());
    // The ratio of two rates is what `convert` multiplies by; the result is below the price, hence it fits.
    convert(price.0, SdrRate(with_tax), SdrRate(whole)).map_or(price, Price)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_rating::{Amount, Quantity, Tier, Tiers};

    fn tiers(prices: &[u128]) -> Tiers {
        let tiers: Vec<Tier> = (0u128..)
            .zip(prices)
            .map(|(start, price)| Tier {
                start: Quantity(start),
                fixed: Amount(900),
                price: Price(*price),
            })
            .collect();
        tiers.try_into().unwrap()
    }

    fn highest(pricing: Pricing) -> (Option<u128>, Option<u128>) {
        let line = LineTerms {
            pricing,
            ..Default::default()
        };
        let HighestPrices { usage, access } = HighestPrices::of(&line);
        (usage.map(|price| price.0), access.map(|price| price.0))
    }

    #[test]
    fn highest_prices_should_cover_every_price_of_a_plan() {
        let linear = |price: u128| RatePlan::Linear { price: Price(price) };
        assert_eq!(highest(linear(7).into()), (Some(7), None));
        assert_eq!(highest(RatePlan::NotCharged.into()), (None, None));
        assert_eq!(highest(Pricing::flat_fee(Amount(1))), (None, None));
        assert_eq!(highest(Pricing::TapCharge), (None, None));
        let priced = tiers(&[3, 9, 5]);
        assert_eq!(
            highest(
                RatePlan::Tiered {
                    tiers: priced.clone()
                }
                .into()
            ),
            (Some(9), None)
        );
        assert_eq!(
            highest(
                RatePlan::BackToFirst {
                    tiers: priced.clone()
                }
                .into()
            ),
            (Some(9), None)
        );
        let last = |price: u128| RatePlan::TieredThenBackToFirst {
            tiers: priced.clone(),
            start: Quantity(9),
            price: Price(price),
        };
        assert_eq!(highest(last(2).into()), (Some(9), None));
        assert_eq!(highest(last(12).into()), (Some(12), None));
        let included = RatePlan::IncludedVolume {
            fee: Amount(1),
            included: Quantity(1),
            increment: Quantity(1),
            price: Price(4),
        };
        assert_eq!(highest(included.into()), (Some(4), None));
        let balanced = UsagePlan::BalancedUnbalanced {
            balanced: linear(8),
            unbalanced: linear(2),
        };
        let with_floor = |floor: u128| Pricing::Usage {
            plan: balanced.clone(),
            floor: Some(Price(floor)),
        };
        assert_eq!(highest(with_floor(1)), (Some(8), None));
        assert_eq!(highest(with_floor(11)), (Some(11), None));
        assert_eq!(highest(Pricing::Access { plan: linear(6) }), (None, Some(6)));
        let both = Pricing::UsageAndAccess {
            usage: linear(1),
            floor: None,
            access: linear(6),
        };
        assert_eq!(highest(both), (Some(1), Some(6)));
    }

    #[test]
    fn highest_prices_should_exclude_tax_when_prices_include_it() {
        let line = |tax| LineTerms {
            pricing: Pricing::linear(Price(119)),
            tax,
            ..Default::default()
        };
        let rate = TaxRate(1_900_000);
        let usage = |tax| HighestPrices::of(&line(tax)).usage;
        assert_eq!(usage(TaxRule::Included { rate }), Some(Price(100)));
        assert_eq!(usage(TaxRule::Excluded { rate }), Some(Price(119)));
    }
}
