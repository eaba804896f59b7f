//! Short ways to write terms and figures. Figures are decimal text, read exactly.

use interclear_rating::{
    rate_direction, Amount, Condition, DirectionCharge, LineCharge, LineTerms, LineUsage, Price, Pricing,
    Quantity, RatePlan, Tier, Tiers,
};

/// Decimals of the tests' token, unless a test says otherwise.
pub const DECIMALS: u8 = 6;

/// `text` times 10^`decimals`, exactly.
pub fn decimal(text: &str, decimals: usize) -> u128 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(
        fraction.len() <= decimals,
        "{text} has more than {decimals} decimals"
    );
    format!("{whole}{fraction:0<decimals$}")
        .parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub fn quantity(text: &str) -> Quantity {
    Quantity(decimal(text, 6))
}

pub fn amount(text: &str) -> Amount {
    Amount(decimal(text, 6))
}

pub fn price(text: &str) -> Price {
    Price(decimal(text, 9))
}

/// Minor units of the tests' token.
pub fn minor(text: &str) -> i128 {
    i128::try_from(decimal(text, usize::from(DECIMALS))).expect("fits")
}

pub fn cents(text: &str) -> i128 {
    i128::try_from(decimal(text, 2)).expect("fits")
}

pub fn tier(start: &str, fixed: &str, per_unit: &str) -> Tier {
    Tier {
        start: quantity(start),
        fixed: amount(fixed),
        price: price(per_unit),
    }
}

pub fn tiers(list: &[(&str, &str)]) -> Tiers {
    list.iter()
        .map(|(start, per_unit)| tier(start, "0", per_unit))
        .collect::<Vec<_>>()
        .try_into()
        .expect("few tiers")
}

pub fn fee_tiers(list: &[(&str, &str, &str)]) -> Tiers {
    let tiers: Vec<_> = list
        .iter()
        .map(|(start, fixed, per_unit)| tier(start, fixed, per_unit))
        .collect();
    tiers.try_into().expect("few tiers")
}

pub fn linear(per_unit: &str) -> RatePlan {
    RatePlan::Linear {
        price: price(per_unit),
    }
}

/// A line that counts towards a commitment.
pub fn line(pricing: impl Into<Pricing>) -> LineTerms {
    LineTerms {
        pricing: pricing.into(),
        in_commitment: true,
        ..Default::default()
    }
}

pub fn volume(text: &str) -> LineUsage {
    LineUsage {
        volume: quantity(text),
        ..Default::default()
    }
}

pub fn volumes(forth: &str, back: &str) -> LineUsage {
    LineUsage {
        volume: quantity(forth),
        reverse_volume: quantity(back),
        ..Default::default()
    }
}

pub fn tap(used: &str, charge: &str, tax: &str) -> LineUsage {
    LineUsage {
        volume: quantity(used),
        tap_charge: amount(charge),
        tap_tax: amount(tax),
        ..Default::default()
    }
}

/// Rates one line without condition.
pub fn rate_one(terms: LineTerms, usage: LineUsage) -> LineCharge {
    rate(&[terms], &Condition::Unconditional, &[usage]).lines[0]
}

pub fn charge_of(plan: RatePlan, used: &str) -> i128 {
    rate_one(line(plan), volume(used)).charge
}

pub fn rate(terms: &[LineTerms], condition: &Condition, usage: &[LineUsage]) -> DirectionCharge {
    rate_direction(terms, condition, usage, DECIMALS).expect("rates")
}
