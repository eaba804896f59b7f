//! Increments, quantities, currencies, and figures as text.

use crate::support::*;
use interclear_rating::{
    charged_units, convert, prorate, quantity_from_raw, split_by_largest_remainder, Amount, Exact, Price,
    Quantity, RatingError, SdrRate,
};

#[test]
fn events_should_be_charged_in_whole_increments() {
    for (seconds, increment, charged) in [
        (0, 60, 0),
        (1, 1, 1),
        (1, 30, 30),
        (30, 30, 30),
        (31, 30, 60),
        (61, 60, 120),
        (100_001, 100_000, 200_000),
    ] {
        assert_eq!(
            charged_units(seconds, increment),
            Ok(charged),
            "{seconds} by {increment}"
        );
    }
    assert_eq!(charged_units(5, 0), Err(RatingError::ZeroDivisor));
    assert_eq!(charged_units(u128::MAX, 2), Err(RatingError::Overflow));
}

#[test]
fn quantities_should_be_rounded_half_to_even_when_raw_units_do_not_divide() {
    assert_eq!(quantity_from_raw(90, 60), Ok(quantity("1.5")));
    assert_eq!(quantity_from_raw(1, 60), Ok(Quantity(16_667)));
    assert_eq!(quantity_from_raw(3, 2_000_000), Ok(Quantity(2)));
    assert_eq!(quantity_from_raw(5, 2_000_000), Ok(Quantity(2)));
    assert_eq!(quantity_from_raw(1, 0), Err(RatingError::ZeroDivisor));
    assert_eq!(quantity_from_raw(u128::MAX, 1), Err(RatingError::Overflow));
}

#[test]
fn currencies_should_convert_through_the_sdr() {
    let euro = SdrRate(1_250_000_000);
    let dollar = SdrRate(1_375_000_000);
    assert_eq!(convert(100_000_000, euro, dollar), Ok(110_000_000));
    assert_eq!(convert(100_000_000, SdrRate::SDR, euro), Ok(125_000_000));
    assert_eq!(convert(125_000_000, euro, SdrRate::SDR), Ok(100_000_000));
    assert_eq!(convert(1, SdrRate(2), SdrRate(1)), Ok(0));
    assert_eq!(convert(3, SdrRate(2), SdrRate(1)), Ok(2));
    assert_eq!(convert(1, SdrRate(0), euro), Err(RatingError::ZeroDivisor));
    assert_eq!(
        convert(u128::MAX, SdrRate(1), SdrRate(2)),
        Err(RatingError::Overflow)
    );
}

#[test]
fn the_largest_remainders_should_get_what_is_left() {
    assert_eq!(split_by_largest_remainder(100, &[1, 1, 1]), Ok(vec![34, 33, 33]));
    assert_eq!(split_by_largest_remainder(10, &[1, 2, 3]), Ok(vec![2, 3, 5]));
    assert_eq!(split_by_largest_remainder(2, &[0, 0, 0]), Ok(vec![1, 1, 0]));
    assert_eq!(split_by_largest_remainder(7, &[0, 5, 0]), Ok(vec![0, 7, 0]));
    assert_eq!(
        split_by_largest_remainder(u128::MAX, &[1, 1]),
        Ok(vec![u128::MAX / 2 + 1, u128::MAX / 2])
    );
    assert_eq!(split_by_largest_remainder(5, &[]), Ok(vec![]));
    assert_eq!(
        split_by_largest_remainder(5, &[u128::MAX, 1]),
        Err(RatingError::Overflow)
    );
}

#[test]
fn figures_should_be_written_as_exact_decimals() {
    assert_eq!(Quantity(1_500_000).to_string(), "1.5");
    assert_eq!(Amount(1).to_string(), "0.000001");
    assert_eq!(Price(12_000_000).to_string(), "0.012");
    assert_eq!(Quantity(0).to_string(), "0");
    assert_eq!(
        Exact::of(price("0.012"), quantity("1434032316.731573")).to_string(),
        "17208387.800778876"
    );
    assert_eq!(Exact::ZERO.to_string(), "0");
}

#[test]
fn whole_units_should_be_refused_when_they_do_not_fit() {
    assert_eq!(Quantity::from_units(2), Some(Quantity(2_000_000)));
    assert_eq!(Amount::from_units(2), Some(Amount(2_000_000)));
    assert_eq!(Quantity::from_units(u128::MAX), None);
    assert_eq!(Amount::from_units(u128::MAX), None);
}

#[test]
fn a_part_of_a_time_should_get_its_part_of_a_value() {
    assert_eq!(prorate(100, 31, 365), Ok(8));
    assert_eq!(prorate(5, 1, 2), Ok(2), "half to even");
    assert_eq!(prorate(7, 1, 2), Ok(4), "half to even");
    assert_eq!(prorate(u128::MAX, 3, 3), Ok(u128::MAX));
    assert_eq!(prorate(1, 1, 0), Err(RatingError::ZeroDivisor));
    assert_eq!(prorate(u128::MAX, 2, 1), Err(RatingError::Overflow));
}
