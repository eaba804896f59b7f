//! Each rate plan by itself.

use crate::support::*;
use interclear_rating::{LineTerms, LineUsage, Pricing, Quantity, RatePlan, TaxRate, TaxRule, UsagePlan};

fn three_tiers() -> interclear_rating::Tiers {
    tiers(&[("0", "0.3"), ("1000", "0.2"), ("4000", "0.1")])
}

#[test]
fn a_free_service_should_be_charged_nothing() {
    assert_eq!(charge_of(RatePlan::NotCharged, "123456.789"), 0);
}

#[test]
fn a_flat_fee_should_be_due_with_and_without_traffic() {
    let plan = RatePlan::FlatFee { fee: amount("720.5") };
    assert_eq!(charge_of(plan.clone(), "9000"), minor("720.5"));
    assert_eq!(charge_of(plan, "0"), minor("720.5"));
}

#[test]
fn a_linear_price_should_multiply_exactly() {
    assert_eq!(
        charge_of(linear("0.012"), "1434032316.731572"),
        minor("17208387.800779")
    );
    assert_eq!(charge_of(linear("0.000000001"), "1000"), minor("0.000001"));
}

#[test]
fn each_tier_should_charge_the_volume_within_it() {
    let plan = RatePlan::Tiered { tiers: three_tiers() };
    assert_eq!(charge_of(plan.clone(), "0"), 0);
    assert_eq!(charge_of(plan.clone(), "999.5"), minor("299.85"));
    assert_eq!(charge_of(plan.clone(), "1000"), minor("300"));
    assert_eq!(charge_of(plan.clone(), "1001"), minor("300.2"));
    assert_eq!(charge_of(plan, "5000"), minor("1000"));
}

#[test]
fn a_tiers_fee_should_be_due_once_when_the_tier_is_entered() {
    let plan = RatePlan::Tiered {
        tiers: fee_tiers(&[("0", "10", "1"), ("100", "25", "0.5")]),
    };
    assert_eq!(charge_of(plan.clone(), "0"), 0);
    assert_eq!(charge_of(plan.clone(), "0.000001"), minor("10.000001"));
    assert_eq!(charge_of(plan.clone(), "100"), minor("110"));
    assert_eq!(charge_of(plan, "102"), minor("136"));
}

#[test]
fn back_to_first_should_charge_all_volume_at_the_tier_reached() {
    let plan = RatePlan::BackToFirst { tiers: three_tiers() };
    assert_eq!(charge_of(plan.clone(), "0"), 0);
    assert_eq!(charge_of(plan.clone(), "1000"), minor("300"));
    assert_eq!(charge_of(plan.clone(), "1000.5"), minor("200.1"));
    assert_eq!(charge_of(plan, "4001"), minor("400.1"));
    let with_fees = RatePlan::BackToFirst {
        tiers: fee_tiers(&[("0", "10", "1"), ("100", "25", "0.5")]),
    };
    assert_eq!(
        charge_of(with_fees, "200"),
        minor("125"),
        "the fee of the tier reached alone"
    );
}

#[test]
fn the_last_step_should_price_all_volume_when_its_start_is_exceeded() {
    let plan = RatePlan::TieredThenBackToFirst {
        tiers: three_tiers(),
        start: quantity("10000"),
        price: price("0.05"),
    };
    assert_eq!(charge_of(plan.clone(), "5000"), minor("1000"));
    assert_eq!(
        charge_of(plan.clone(), "10000"),
        minor("1500"),
        "on the start the tiers still apply"
    );
    assert_eq!(charge_of(plan, "10002"), minor("500.1"));
}

#[test]
fn the_excess_should_be_counted_in_whole_increments_when_the_included_volume_is_exceeded() {
    let plan = |increment| RatePlan::IncludedVolume {
        fee: amount("50"),
        included: quantity("1000"),
        increment,
        price: price("0.1"),
    };
    let hundreds = plan(quantity("100"));
    assert_eq!(
        charge_of(hundreds.clone(), "0"),
        minor("50"),
        "due without traffic"
    );
    assert_eq!(charge_of(hundreds.clone(), "1000"), minor("50"));
    assert_eq!(charge_of(hundreds.clone(), "1000.000001"), minor("60"));
    assert_eq!(charge_of(hundreds.clone(), "1100"), minor("60"));
    assert_eq!(charge_of(hundreds, "1101"), minor("70"));
    assert_eq!(
        charge_of(plan(Quantity(1)), "1001.5"),
        minor("50.15"),
        "one millionth counts exactly"
    );
}

#[test]
fn balanced_and_unbalanced_volumes_should_be_charged_by_their_own_plans() {
    let plan = UsagePlan::BalancedUnbalanced {
        balanced: linear("0.02"),
        unbalanced: RatePlan::BackToFirst {
            tiers: tiers(&[("0", "0.05"), ("500", "0.04")]),
        },
    };
    let terms = line(Pricing::Usage { plan, floor: None });
    let charge = |forth, back| rate_one(terms.clone(), volumes(forth, back)).charge;
    assert_eq!(charge("1000", "1000"), minor("20"));
    assert_eq!(
        charge("800", "1000"),
        minor("16"),
        "the other direction pays for its own excess"
    );
    assert_eq!(charge("1400", "1000"), minor("40"));
    assert_eq!(charge("2000", "1000"), minor("60"));
    assert_eq!(charge("0", "1000"), 0);
}

#[test]
fn a_floor_should_raise_the_average_price_and_never_lower_it() {
    let plan = UsagePlan::Plan(RatePlan::Tiered { tiers: three_tiers() });
    let terms = line(Pricing::Usage {
        plan,
        floor: Some(price("0.15")),
    });
    assert_eq!(rate_one(terms.clone(), volume("4000")).charge, minor("900"));
    assert_eq!(rate_one(terms.clone(), volume("20000")).charge, minor("3000"));
    assert_eq!(rate_one(terms, volume("0")).charge, 0);
}

#[test]
fn access_should_be_charged_by_imsi_months_alone_or_with_usage() {
    let usage = LineUsage {
        volume: quantity("300"),
        imsi_months: quantity("1200"),
        ..Default::default()
    };
    let access = RatePlan::Tiered {
        tiers: tiers(&[("0", "0.5"), ("1000", "0.25")]),
    };
    let alone = rate_one(line(Pricing::Access { plan: access.clone() }), usage);
    assert_eq!((alone.quantity, alone.charge), (1_200_000_000, minor("550")));
    let both = Pricing::UsageAndAccess {
        usage: linear("0.1"),
        floor: Some(price("0.2")),
        access,
    };
    let both = rate_one(line(both), usage);
    assert_eq!(
        (both.quantity, both.charge),
        (300_000_000, minor("610")),
        "the floor is on the usage part"
    );
}

#[test]
fn an_excluded_service_should_settle_at_its_tap_charge_and_tap_tax() {
    let terms = LineTerms {
        tax: TaxRule::Excluded {
            rate: TaxRate(1_900_000),
        },
        ..line(Pricing::TapCharge)
    };
    let rated = rate_one(terms, tap("77", "812.25", "12.5"));
    assert_eq!((rated.charge, rated.tax), (minor("812.25"), minor("12.5")));
    assert_eq!(
        (rated.tap_charge, rated.tap_tax),
        (minor("812.25"), minor("12.5"))
    );
}

#[test]
fn tax_should_come_on_top_when_prices_exclude_it() {
    let terms = LineTerms {
        tax: TaxRule::Excluded {
            rate: TaxRate(1_900_000),
        },
        ..line(linear("0.05"))
    };
    let rated = rate_one(terms, volume("1000"));
    assert_eq!((rated.charge, rated.tax), (minor("50"), minor("9.5")));
}

#[test]
fn tax_should_be_taken_out_when_prices_include_it() {
    let terms = LineTerms {
        tax: TaxRule::Included {
            rate: TaxRate(1_900_000),
        },
        ..line(linear("0.119"))
    };
    let rated = rate_one(terms.clone(), volume("1000"));
    assert_eq!((rated.charge, rated.tax), (minor("100"), minor("19")));
    let uneven = interclear_rating::rate_direction(
        &[terms],
        &interclear_rating::Condition::Unconditional,
        &[volume("1.25")],
        2,
    )
    .expect("rates")
    .lines[0];
    // 0.14875 with tax is 0.125 without: the half goes to the even cent, and both add up to the rounded 0.15.
    assert_eq!((uneven.charge, uneven.tax), (12, 3));
}

#[test]
fn a_line_should_be_rounded_once_half_to_even() {
    let cents = |used: &str, per_unit: &str| {
        let terms = [line(linear(per_unit))];
        interclear_rating::rate_direction(
            &terms,
            &interclear_rating::Condition::Unconditional,
            &[volume(used)],
            2,
        )
        .expect("rates")
        .charge
    };
    assert_eq!(cents("1", "0.005"), 0);
    assert_eq!(cents("1", "0.015"), 2);
    assert_eq!(cents("1", "0.025"), 2);
    assert_eq!(cents("1", "0.025000001"), 3);
    assert_eq!(cents("0.999999", "0.025"), 2);
    assert_eq!(cents("1434032316.731573", "0.012"), 1_720_838_780);
    // Thirds of a cent in three tiers make one cent, not none.
    let terms = [line(RatePlan::Tiered {
        tiers: tiers(&[("0", "0.003333333"), ("1", "0.003333333"), ("2", "0.003333334")]),
    })];
    let rated = interclear_rating::rate_direction(
        &terms,
        &interclear_rating::Condition::Unconditional,
        &[volume("3")],
        2,
    );
    assert_eq!(rated.expect("rates").charge, 1);
}
