//! Commitments of a direction.

use crate::support::*;
use interclear_rating::{
    rate_direction, Amount, Condition, LineTerms, LineUsage, MissingPrice, Price, Pricing, Quantity,
    RatePlan, RatingError, Share, TaxRate, TaxRule, UsagePlan,
};

fn deal(commitment: &str) -> Condition {
    Condition::DealRevenue {
        commitment: amount(commitment),
        including_tax: false,
    }
}

fn not_counting(pricing: impl Into<Pricing>) -> LineTerms {
    LineTerms {
        in_commitment: false,
        ..line(pricing)
    }
}

#[test]
fn missing_revenue_should_be_split_over_the_included_lines() {
    let terms = [
        line(linear("0.1")),
        not_counting(linear("1")),
        line(linear("0.02")),
        line(linear("0")),
    ];
    let usage = [volume("1000"), volume("5000"), volume("2500"), volume("99")];
    let rated = rate_direction(&terms, &deal("250"), &usage, 2).expect("rates");
    let shortfalls: Vec<_> = rated.lines.iter().map(|line| line.shortfall).collect();
    assert_eq!(shortfalls, [6667, 0, 3333, 0], "100 by 100 : 50");
    assert_eq!(rated.shortfall, 10_000);
    assert_eq!(rated.charge, cents("5150"));
}

#[test]
fn charge_and_shortfall_of_the_included_lines_should_equal_the_commitment_to_the_cent() {
    // Every line rounds up by nearly half a cent.
    let terms: Vec<_> = (0..30).map(|_| line(linear("0.005001"))).collect();
    let usage: Vec<_> = (0..30).map(|_| volume("1")).collect();
    let rated = rate_direction(&terms, &deal("10"), &usage, 2).expect("rates");
    assert_eq!(rated.charge, 30);
    assert_eq!(rated.charge + rated.shortfall, cents("10"));
}

#[test]
fn nothing_more_should_be_owed_when_the_commitment_is_met() {
    let rated = rate(&[line(linear("0.1"))], &deal("100"), &[volume("1000")]);
    assert_eq!((rated.charge, rated.shortfall), (minor("100"), 0));
    let rated = rate(&[line(linear("0.1"))], &deal("100"), &[volume("5000")]);
    assert_eq!((rated.charge, rated.shortfall), (minor("500"), 0));
}

#[test]
fn a_commitment_should_be_owed_in_equal_parts_when_there_is_no_traffic() {
    let terms = [
        line(linear("0.1")),
        not_counting(linear("1")),
        line(linear("0.02")),
        line(linear("0.02")),
    ];
    let rated = rate_direction(&terms, &deal("100"), &[LineUsage::default(); 4], 2).expect("rates");
    let shortfalls: Vec<_> = rated.lines.iter().map(|line| line.shortfall).collect();
    assert_eq!(shortfalls, [3334, 0, 3333, 3333]);
}

#[test]
fn a_published_group_should_owe_what_it_did_not_deliver() {
    let usage = [
        "4256505.95",
        "72464942.1",
        "2158211.85",
        "13862811",
        "1434032316.731573",
    ];
    let prices = ["0.08", "0.08", "1", "0.012", "0.012"];
    let terms: Vec<_> = prices.iter().map(|price| line(linear(price))).collect();
    let usage: Vec<_> = usage.iter().map(|used| volume(used)).collect();
    let rated = rate_direction(&terms, &deal("30000000"), &usage, 2).expect("rates");
    assert_eq!(rated.charge, cents("25670669.23"));
    assert_eq!(rated.shortfall, cents("4329330.77"));
}

#[test]
fn tax_should_count_towards_a_commitment_only_when_agreed() {
    let terms = [LineTerms {
        tax: TaxRule::Excluded {
            rate: TaxRate(2_000_000),
        },
        ..line(linear("0.1"))
    }];
    let with = Condition::DealRevenue {
        commitment: amount("200"),
        including_tax: true,
    };
    let rated = rate(&terms, &with, &[volume("1000")]);
    assert_eq!(
        (rated.charge, rated.tax, rated.shortfall),
        (minor("100"), minor("20"), minor("80"))
    );
    let rated = rate(&terms, &deal("200"), &[volume("1000")]);
    assert_eq!(
        (rated.charge, rated.tax, rated.shortfall),
        (minor("100"), minor("20"), minor("100"))
    );
}

#[test]
fn contract_revenue_should_be_measured_on_tap_charges() {
    let terms = [
        line(linear("0.01")),
        line(RatePlan::NotCharged),
        not_counting(Pricing::TapCharge),
    ];
    let usage = [tap("100", "30", "6"), tap("100", "10", "2"), tap("1", "500", "0")];
    let without = Condition::ContractRevenue {
        commitment: amount("100"),
        including_tax: false,
    };
    let rated = rate(&terms, &without, &usage);
    let shortfalls: Vec<_> = rated.lines.iter().map(|line| line.shortfall).collect();
    assert_eq!(shortfalls, [minor("45"), minor("15"), 0]);
    assert_eq!(rated.charge, minor("501"));
    let with = Condition::ContractRevenue {
        commitment: amount("100"),
        including_tax: true,
    };
    assert_eq!(rate(&terms, &with, &usage).shortfall, minor("52"));
}

#[test]
fn a_missing_volume_should_cost_what_the_committed_volume_would() {
    let plan = RatePlan::Tiered {
        tiers: tiers(&[("0", "0.1"), ("1000", "0.05")]),
    };
    let committed = Condition::VolumeCommitment {
        volume: quantity("3000"),
        missing: MissingPrice::AsUsed,
    };
    let rated = rate(&[line(plan.clone())], &committed, &[volume("400")]);
    assert_eq!((rated.charge, rated.shortfall), (minor("40"), minor("160")));
    let rated = rate(&[line(plan.clone())], &committed, &[volume("0")]);
    assert_eq!((rated.charge, rated.shortfall), (0, minor("200")));
    let rated = rate(&[line(plan)], &committed, &[volume("3000.5")]);
    assert_eq!((rated.charge, rated.shortfall), (minor("200.025"), 0));
}

#[test]
fn a_missing_volume_should_be_split_over_the_included_lines() {
    let terms = [
        line(linear("0.1")),
        not_counting(linear("1")),
        line(linear("0.2")),
    ];
    let usage = [volume("300"), volume("5000"), volume("100")];
    let rated = rate(
        &terms,
        &Condition::VolumeCommitment {
            volume: quantity("800"),
            missing: MissingPrice::AsUsed,
        },
        &usage,
    );
    let shortfalls: Vec<_> = rated.lines.iter().map(|line| line.shortfall).collect();
    assert_eq!(
        shortfalls,
        [minor("30"), 0, minor("20")],
        "300 and 100 of the missing 400"
    );
}

#[test]
fn a_shortfall_should_not_be_negative_when_more_volume_costs_less() {
    let plan = RatePlan::BackToFirst {
        tiers: tiers(&[("0", "0.1"), ("1000", "0.01")]),
    };
    let committed = Condition::VolumeCommitment {
        volume: quantity("1100"),
        missing: MissingPrice::AsUsed,
    };
    let rated = rate(&[line(plan)], &committed, &[volume("900")]);
    assert_eq!((rated.charge, rated.shortfall), (minor("90"), 0));
}

#[test]
fn a_volume_commitment_should_count_imsi_months_when_access_is_priced() {
    let terms = [line(Pricing::Access { plan: linear("2") })];
    let usage = [LineUsage {
        imsi_months: quantity("10"),
        volume: quantity("999"),
        ..Default::default()
    }];
    let rated = rate(
        &terms,
        &Condition::VolumeCommitment {
            volume: quantity("25"),
            missing: MissingPrice::AsUsed,
        },
        &usage,
    );
    assert_eq!((rated.charge, rated.shortfall), (minor("20"), minor("30")));
}

/// What each line owes for what is missing from a committed volume.
fn owed(terms: &[LineTerms], committed: &str, missing: MissingPrice, usage: &[LineUsage]) -> Vec<i128> {
    let condition = Condition::VolumeCommitment {
        volume: quantity(committed),
        missing,
    };
    let rated = rate_direction(terms, &condition, usage, 2).expect("rates");
    rated.lines.iter().map(|line| line.shortfall).collect()
}

const EVERY_PRICE: [MissingPrice; 4] = [
    MissingPrice::AsUsed,
    MissingPrice::Average,
    MissingPrice::FirstTier,
    MissingPrice::LastTier,
];

#[test]
fn a_single_unit_should_not_price_all_that_is_missing() {
    let terms = [line(linear("0.1")), line(linear("0.01"))];
    for missing in EVERY_PRICE {
        let owed = |used: [&str; 2]| owed(&terms, "10000", missing, &used.map(volume));
        assert_eq!(owed(["0", "0"]), [cents("500"), cents("50")]);
        // One missing minute follows the one that was used; the other 9,998 are split equally.
        assert_eq!(owed(["0", "1"]), [cents("499.90"), cents("50")]);
        assert_eq!(owed(["1", "0"]), [cents("500"), cents("49.99")]);
        // From half of the commitment on, use alone decides.
        assert_eq!(owed(["0", "5000"]), [0, cents("50")]);
        assert_eq!(owed(["6000", "2000"]), [cents("150"), cents("5")]);
    }
}

#[test]
fn an_average_should_be_that_of_units_when_fees_are_due_too() {
    let included = RatePlan::IncludedVolume {
        fee: amount("1000"),
        included: quantity("5"),
        increment: quantity("1"),
        price: price("0.1"),
    };
    let access = Pricing::UsageAndAccess {
        usage: linear("0.1"),
        floor: None,
        access: linear("1000"),
    };
    let usage = LineUsage {
        imsi_months: quantity("7"),
        ..volume("10")
    };
    for pricing in [Pricing::from(included), access] {
        let owed = owed(&[line(pricing)], "100", MissingPrice::Average, &[usage]);
        assert_eq!(owed, [cents("9")], "90 at 0.10");
    }
}

#[test]
fn an_average_should_not_be_nothing_when_the_charge_of_little_usage_is_rounded_to_nothing() {
    let terms = [line(linear("0.004"))];
    assert_eq!(
        owed(&terms, "1000001", MissingPrice::Average, &[volume("1")]),
        [cents("4000")]
    );
}

#[test]
fn what_is_missing_should_not_be_matched_when_a_plan_is_balanced() {
    let terms = [line(Pricing::Usage {
        plan: UsagePlan::BalancedUnbalanced {
            balanced: RatePlan::NotCharged,
            unbalanced: linear("0.05"),
        },
        floor: None,
    })];
    let usage = [LineUsage {
        reverse_volume: quantity("1000"),
        ..volume("100")
    }];
    for missing in EVERY_PRICE {
        assert_eq!(
            owed(&terms, "1000", missing, &usage),
            [cents("45")],
            "{missing:?}"
        );
    }
}

#[test]
fn a_price_floor_should_hold_for_what_is_missing() {
    let plan = RatePlan::Tiered {
        tiers: tiers(&[("0", "0.01"), ("100", "0.2")]),
    };
    let terms = [line(Pricing::Usage {
        plan: UsagePlan::Plan(plan),
        floor: Some(price("0.05")),
    })];
    for (missing, cost) in [
        (MissingPrice::AsUsed, "4.50"),
        (MissingPrice::Average, "4.50"),
        (MissingPrice::FirstTier, "4.50"),
        (MissingPrice::LastTier, "18"),
    ] {
        assert_eq!(owed(&terms, "100", missing, &[volume("10")]), [cents(cost)]);
    }
}

fn capped(share: u32, included: &str, increment: &str, per_unit: &str) -> LineTerms {
    LineTerms {
        pricing: Pricing::Capped {
            share: Share(share),
            included: quantity(included),
            increment: quantity(increment),
            price: price(per_unit),
        },
        ..Default::default()
    }
}

#[test]
fn usage_caps_should_charge_the_shares_and_the_excess() {
    let caps = Condition::UsageCaps {
        commitment: amount("1000"),
    };
    let terms = [
        capped(700_000, "500", "0.000001", "0.3"),
        capped(300_000, "80", "10", "0.1"),
        not_counting(linear("0.5")),
    ];
    let rated = rate(&terms, &caps, &[volume("510.5"), volume("81"), volume("4")]);
    let charges: Vec<_> = rated.lines.iter().map(|line| line.charge).collect();
    assert_eq!(charges, [minor("703.15"), minor("301"), minor("2")]);
    let idle = rate(&terms, &caps, &[LineUsage::default(); 3]);
    assert_eq!(
        (idle.charge, idle.shortfall),
        (minor("1000"), 0),
        "due without traffic"
    );
}

#[test]
fn shares_should_add_up_to_the_committed_amount_to_the_cent() {
    let caps = Condition::UsageCaps {
        commitment: amount("100"),
    };
    let terms = [
        capped(333_333, "0", "1", "0"),
        capped(333_333, "0", "1", "0"),
        capped(333_334, "0", "1", "0"),
    ];
    let rated = rate_direction(&terms, &caps, &[LineUsage::default(); 3], 2).expect("rates");
    let charges: Vec<_> = rated.lines.iter().map(|line| line.charge).collect();
    assert_eq!(charges, [3333, 3333, 3334]);
}

#[test]
fn rating_should_fail_when_validation_refuses_the_terms() {
    let one = [volume("1")];
    let bad =
        |terms: &[LineTerms], condition: Condition| rate_direction(terms, &condition, &one, 2).unwrap_err();
    assert_eq!(
        bad(&[not_counting(linear("1"))], deal("1")),
        RatingError::BadTerms
    );
    assert_eq!(
        bad(&[capped(1_000_000, "0", "1", "0")], Condition::Unconditional),
        RatingError::BadTerms
    );
    assert_eq!(
        bad(
            &[line(linear("1"))],
            Condition::UsageCaps {
                commitment: amount("1")
            }
        ),
        RatingError::BadTerms
    );
    assert_eq!(
        bad(
            &[line(Pricing::TapCharge)],
            Condition::VolumeCommitment {
                volume: quantity("2"),
                missing: MissingPrice::AsUsed
            }
        ),
        RatingError::BadTerms
    );
    let zero_increment = RatePlan::IncludedVolume {
        fee: amount("0"),
        included: quantity("0"),
        increment: Quantity(0),
        price: price("1"),
    };
    assert_eq!(
        bad(&[line(zero_increment)], Condition::Unconditional),
        RatingError::BadTerms
    );
    let backwards = RatePlan::Tiered {
        tiers: tiers(&[("0", "1"), ("0.5", "1"), ("0.2", "1")]),
    };
    assert_eq!(
        bad(&[line(backwards)], Condition::Unconditional),
        RatingError::BadTerms
    );
}

#[test]
fn rating_should_fail_when_a_figure_does_not_fit() {
    let most = LineUsage {
        volume: Quantity(u128::MAX),
        ..Default::default()
    };
    let rated = rate_direction(&[line(linear("1"))], &Condition::Unconditional, &[most], 2);
    assert_eq!(rated, Err(RatingError::Overflow));
    let two = [line(linear("1")), line(linear("1"))];
    let much = LineUsage {
        volume: Quantity(1 << 126),
        ..Default::default()
    };
    assert_eq!(
        rate_direction(&two, &Condition::Unconditional, &[much; 2], 6),
        Err(RatingError::Overflow)
    );
    assert!(
        rate_direction(&two[..1], &Condition::Unconditional, &[much], 6).is_ok(),
        "one of them fits"
    );
}

#[test]
fn rating_should_fail_when_lists_differ_in_length_or_decimals_are_too_many() {
    let terms = [line(linear("1"))];
    let condition = Condition::Unconditional;
    assert_eq!(
        rate_direction(&terms, &condition, &[], 2),
        Err(RatingError::LinesDiffer)
    );
    assert_eq!(
        rate_direction(&[], &condition, &[volume("1")], 2),
        Err(RatingError::LinesDiffer)
    );
    assert_eq!(
        rate_direction(&terms, &condition, &[volume("1")], 16),
        Err(RatingError::MaxDecimalsExceeded)
    );
    assert_eq!(
        rate_direction(&terms, &condition, &[volume("1")], 15)
            .expect("rates")
            .charge,
        10i128.pow(15)
    );
}

#[test]
fn a_missing_unit_should_cost_at_most_its_highest_price_when_the_average_does_not_fit() {
    // A fee of 10^15 and the least volume there is, beside a price of 1.
    let fee = RatePlan::IncludedVolume {
        fee: Amount::MAX_AGREED,
        included: Quantity(1),
        increment: Quantity(1),
        price: Price(Price::UNIT),
    };
    let terms = [LineTerms {
        in_commitment: true,
        ..line(Pricing::from(fee))
    }];
    let used = LineUsage {
        volume: Quantity(1),
        ..Default::default()
    };
    let committed = Condition::VolumeCommitment {
        volume: Quantity::MAX_AGREED,
        missing: MissingPrice::Average,
    };
    // 10^15 units less a millionth, at 1 each.
    let rated = rate_direction(&terms, &committed, &[used], 2).map(|charge| charge.shortfall);
    assert_eq!(rated, Ok(10i128.pow(15 + 2)));
}
