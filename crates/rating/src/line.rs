//! One line: its terms and its usage to a rounded charge.

use crate::charge::{LineCharge, LineUsage};
use crate::error::RatingError;
use crate::exact::Exact;
use crate::explain::{Part, Recorder, Step, StepKind};
use crate::plan::{LineTerms, Pricing, TaxRule};
use crate::plans::{excess_charge, plan_charge, raise_to_floor, usage_charge};
use crate::units::{Price, Quantity, TaxRate};

/// The quantity by which a line is rated: its volume, or its IMSI-months when access alone is priced.
pub(crate) fn quantity(terms: &LineTerms, usage: &LineUsage) -> Quantity {
    match terms.pricing {
        Pricing::Access { .. } => usage.imsi_months,
        _ => usage.volume,
    }
}

/// `usage` with `missing` added to the quantity by which the line is rated. What the reverse direction matches stays as it
/// is: it cannot match what was never used.
pub(crate) fn with_missing(
    terms: &LineTerms,
    usage: &LineUsage,
    missing: Quantity,
) -> Result<LineUsage, RatingError> {
    let mut filled = *usage;
    filled.reverse_volume = usage.volume.min(usage.reverse_volume);
    let rated = match terms.pricing {
        Pricing::Access { .. } => &mut filled.imsi_months,
        _ => &mut filled.volume,
    };
    rated.0 = rated.0.checked_add(missing.0).ok_or(RatingError::Overflow)?;
    Ok(filled)
}

/// Rates a line. `base` is its share of a committed amount in minor units, 0 unless usage caps are agreed.
///
/// Here, and nowhere else, a line's amounts are rounded: each one once.
pub(crate) fn rate_line<R: Recorder>(
    terms: &LineTerms,
    usage: &LineUsage,
    base: u128,
    decimals: u8,
    notes: &mut R,
) -> Result<LineCharge, RatingError> {
    let exact = exact_charge(terms, usage, base, decimals, notes)?;
    notes.exact(exact);
    let (charge, tax) = match (&terms.pricing, terms.tax) {
        (Pricing::TapCharge, _) => (
            exact.to_minor(decimals)?,
            Exact::from(usage.tap_tax).to_minor(decimals)?,
        ),
        (_, TaxRule::Untaxed) => (exact.to_minor(decimals)?, 0),
        (_, TaxRule::Excluded { rate }) => (
            exact.to_minor(decimals)?,
            exact.ratio_to_minor(u64::from(rate.0), u64::from(TaxRate::WHOLE), decimals)?,
        ),
        (_, TaxRule::Included { rate }) => {
            let gross = exact.to_minor(decimals)?;
            let net = net_of(exact, rate, decimals)?;
            (net, gross.checked_sub(net).ok_or(RatingError::Overflow)?)
        }
    };
    Ok(LineCharge {
        quantity: i128::try_from(quantity(terms, usage).0).map_err(|_| RatingError::Overflow)?,
        tap_charge: Exact::from(usage.tap_charge).to_minor(decimals)?,
        tap_tax: Exact::from(usage.tap_tax).to_minor(decimals)?,
        charge,
        shortfall: 0,
        tax,
    })
}

/// What `volume` costs at a price of the line, without tax, rounded once.
pub(crate) fn net_at(
    terms: &LineTerms,
    price: Price,
    volume: Quantity,
    decimals: u8,
) -> Result<i128, RatingError> {
    let exact = Exact::of(price, volume);
    match terms.tax {
        TaxRule::Untaxed | TaxRule::Excluded { .. } => exact.to_minor(decimals),
        TaxRule::Included { rate } => net_of(exact, rate, decimals),
    }
}

/// The tax on a charge of the line, both in minor units, rounded as when it is rated: what a claim for another charge comes to.
/// `None` where the line carries the tax of its TAP files, which no rate gives.
///
/// # Errors
/// As [`Exact::to_minor`].
pub fn tax_on(terms: &LineTerms, charge: i128, decimals: u8) -> Result<Option<i128>, RatingError> {
    let rate = match (&terms.pricing, terms.tax) {
        (Pricing::TapCharge, _) => return Ok(None),
        (_, TaxRule::Untaxed) => return Ok(Some(0)),
        (_, TaxRule::Excluded { rate } | TaxRule::Included { rate }) => rate,
    };
    // A charge is without tax, whether or not its prices were. A negative one gives back the tax that it has borne.
    let exact = Exact::from_minor(charge.unsigned_abs(), decimals)?;
    let tax = exact.ratio_to_minor(u64::from(rate.0), u64::from(TaxRate::WHOLE), decimals)?;
    Ok(Some(if charge < 0 { tax.saturating_neg() } else { tax }))
}

/// What remains of an amount when the tax in it is taken out.
fn net_of(gross: Exact, rate: TaxRate, decimals: u8) -> Result<i128, RatingError> {
    let whole = u64::from(TaxRate::WHOLE);
    gross.ratio_to_minor(whole, whole.saturating_add(u64::from(rate.0)), decimals)
}

fn exact_charge<R: Recorder>(
    terms: &LineTerms,
    usage: &LineUsage,
    base: u128,
    decimals: u8,
    notes: &mut R,
) -> Result<Exact, RatingError> {
    match &terms.pricing {
        Pricing::Usage { plan, floor } => {
            let charge = usage_charge(plan, usage.volume, usage.reverse_volume, notes)?;
            raise_to_floor(charge, *floor, usage.volume, notes)
        }
        Pricing::Access { plan } => plan_charge(plan, usage.imsi_months, Part::Access, notes),
        Pricing::UsageAndAccess {
            usage: plan,
            floor,
            access,
        } => {
            let charge = plan_charge(plan, usage.volume, Part::Usage, notes)?;
            let charge = raise_to_floor(charge, *floor, usage.volume, notes)?;
            charge.plus(plan_charge(access, usage.imsi_months, Part::Access, notes)?)
        }
        Pricing::TapCharge => {
            let value = Exact::from(usage.tap_charge);
            notes.step(Step {
                part: Part::Usage,
                kind: StepKind::TapCharge,
                volume: usage.volume,
                price: Price(0),
                value,
            });
            Ok(value)
        }
        Pricing::Capped {
            included,
            increment,
            price,
            ..
        } => {
            let value = Exact::from_minor(base, decimals)?;
            notes.step(Step {
                part: Part::Usage,
                kind: StepKind::CommittedShare,
                volume: Quantity(0),
                price: Price(0),
                value,
            });
            value.plus(excess_charge(usage.volume, *included, *increment, *price, notes)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taxed(tax: TaxRule) -> LineTerms {
        let pricing = Pricing::Usage {
            plan: crate::UsagePlan::default(),
            floor: None,
        };
        LineTerms {
            pricing,
            in_commitment: false,
            tax,
        }
    }

    #[test]
    fn tax_should_be_the_agreed_rate_of_the_charge_half_to_even_when_a_charge_is_claimed() {
        let rate = TaxRate(1_900_000);
        let excluded = taxed(TaxRule::Excluded { rate });
        for (charge, tax) in [
            (1_800, 342),
            (0, 0),
            (50, 10),  // 9.5
            (150, 28), // 28.5
            (-150, -28),
        ] {
            assert_eq!(tax_on(&excluded, charge, 2), Ok(Some(tax)), "{charge}");
        }
        assert_eq!(
            tax_on(&taxed(TaxRule::Included { rate }), 10_000, 2),
            Ok(Some(1_900))
        );
        assert_eq!(tax_on(&taxed(TaxRule::Untaxed), 10_000, 2), Ok(Some(0)));
        let of_files = LineTerms {
            pricing: Pricing::TapCharge,
            ..excluded
        };
        assert_eq!(tax_on(&of_files, 10_000, 2), Ok(None));
    }
}
