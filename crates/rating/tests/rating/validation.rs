//! What is refused when it is proposed, and where.

use crate::support::*;
use codec::{Encode, MaxEncodedLen};
use interclear_rating::{
    validate_direction, validate_line, validate_plan, Amount, Condition, LineTerms, MissingPrice, PlanError,
    PlanFault, Price, Pricing, Quantity, RatePlan, Share, TaxRate, TaxRule, Tiers, UsagePlan, MAX_TIERS,
};

fn tiered(starts: &[&str]) -> RatePlan {
    let list: Vec<_> = starts.iter().map(|start| (*start, "1")).collect();
    RatePlan::Tiered { tiers: tiers(&list) }
}

fn fault(line: Option<u32>, error: PlanError) -> Result<(), PlanFault> {
    Err(PlanFault { line, error })
}

fn included(increment: Quantity) -> RatePlan {
    RatePlan::IncludedVolume {
        fee: amount("1"),
        included: quantity("1"),
        increment,
        price: price("1"),
    }
}

fn capped(share: u32) -> LineTerms {
    line(Pricing::Capped {
        share: Share(share),
        included: quantity("1"),
        increment: quantity("1"),
        price: price("1"),
    })
}

#[test]
fn tiers_should_start_at_0_and_ascend() {
    assert_eq!(validate_plan(&tiered(&["0", "5", "6"])), Ok(()));
    assert_eq!(validate_plan(&tiered(&[])), Err(PlanError::NoTiers));
    assert_eq!(
        validate_plan(&tiered(&["1", "5"])),
        Err(PlanError::FirstTierNotAtZero)
    );
    assert_eq!(
        validate_plan(&tiered(&["0", "5", "4"])),
        Err(PlanError::TiersUnsorted)
    );
    assert_eq!(
        validate_plan(&tiered(&["0", "5", "5"])),
        Err(PlanError::TiersOverlap)
    );
    assert_eq!(validate_plan(&tiered(&["0", "0"])), Err(PlanError::TiersOverlap));
}

#[test]
fn tiers_should_be_checked_in_every_plan_that_has_them() {
    let bad = tiered(&["1"]);
    let refused = Err(PlanError::FirstTierNotAtZero);
    let back_to_first = RatePlan::BackToFirst {
        tiers: tiers(&[("1", "1")]),
    };
    assert_eq!(validate_plan(&back_to_first), refused);
    for plan in [
        UsagePlan::Plan(bad.clone()),
        UsagePlan::BalancedUnbalanced {
            balanced: bad.clone(),
            unbalanced: RatePlan::NotCharged,
        },
        UsagePlan::BalancedUnbalanced {
            balanced: RatePlan::NotCharged,
            unbalanced: bad.clone(),
        },
    ] {
        assert_eq!(
            validate_line(&line(Pricing::Usage { plan, floor: None })),
            refused
        );
    }
    assert_eq!(
        validate_line(&line(Pricing::Access { plan: bad.clone() })),
        refused
    );
    for (usage, access) in [(bad.clone(), RatePlan::NotCharged), (RatePlan::NotCharged, bad)] {
        assert_eq!(
            validate_line(&line(Pricing::UsageAndAccess {
                usage,
                floor: None,
                access
            })),
            refused
        );
    }
}

#[test]
fn the_last_step_should_be_above_the_tiers() {
    let plan = |start| RatePlan::TieredThenBackToFirst {
        tiers: tiers(&[("0", "2"), ("10", "1")]),
        start: quantity(start),
        price: price("1"),
    };
    assert_eq!(validate_plan(&plan("10.000001")), Ok(()));
    assert_eq!(
        validate_plan(&plan("10")),
        Err(PlanError::BackToFirstNotAboveTiers)
    );
    assert_eq!(
        validate_plan(&plan("3")),
        Err(PlanError::BackToFirstNotAboveTiers)
    );
}

#[test]
fn increments_and_floors_should_not_be_zero() {
    assert_eq!(validate_plan(&included(Quantity(1))), Ok(()));
    assert_eq!(
        validate_plan(&included(Quantity(0))),
        Err(PlanError::ZeroIncrement)
    );
    let mut caps = capped(1_000_000);
    if let Pricing::Capped { increment, .. } = &mut caps.pricing {
        increment.0 = 0;
    }
    assert_eq!(validate_line(&caps), Err(PlanError::ZeroIncrement));
    let floor = line(Pricing::Usage {
        plan: UsagePlan::default(),
        floor: Some(Price(0)),
    });
    assert_eq!(validate_line(&floor), Err(PlanError::ZeroPriceFloor));
}

#[test]
fn tax_should_be_at_most_the_whole() {
    let taxed = |rate| LineTerms {
        tax: TaxRule::Included { rate: TaxRate(rate) },
        ..line(linear("1"))
    };
    assert_eq!(validate_line(&taxed(TaxRate::WHOLE)), Ok(()));
    assert_eq!(validate_line(&taxed(0)), Ok(()), "a rate of 0 % is a rate");
    assert_eq!(
        validate_line(&taxed(TaxRate::WHOLE + 1)),
        Err(PlanError::TaxRateAboveWhole)
    );
}

#[test]
fn shares_should_add_up_to_the_whole_and_need_usage_caps() {
    let caps = Condition::UsageCaps {
        commitment: amount("5"),
    };
    assert_eq!(
        validate_direction(&[capped(400_000), capped(600_000)], &caps),
        Ok(())
    );
    assert_eq!(
        validate_direction(&[capped(400_000), capped(600_001)], &caps),
        fault(None, PlanError::SharesNotWhole)
    );
    assert_eq!(
        validate_direction(&[capped(999_999)], &caps),
        fault(None, PlanError::SharesNotWhole)
    );
    assert_eq!(
        validate_direction(&[capped(0)], &caps),
        fault(Some(0), PlanError::ShareOutOfRange)
    );
    assert_eq!(
        validate_direction(&[capped(1_000_001)], &caps),
        fault(Some(0), PlanError::ShareOutOfRange)
    );
    assert_eq!(
        validate_direction(&[line(linear("1"))], &caps),
        fault(None, PlanError::UsageCapsWithoutShares)
    );
    assert_eq!(
        validate_direction(&[line(linear("1")), capped(1_000_000)], &Condition::Unconditional),
        fault(Some(1), PlanError::ShareWithoutUsageCaps)
    );
}

#[test]
fn a_commitment_should_have_an_amount_and_lines_that_count() {
    let not_counting = LineTerms {
        in_commitment: false,
        ..line(linear("1"))
    };
    for condition in [
        Condition::DealRevenue {
            commitment: Amount(1),
            including_tax: false,
        },
        Condition::ContractRevenue {
            commitment: Amount(1),
            including_tax: false,
        },
        Condition::VolumeCommitment {
            volume: Quantity(1),
            missing: MissingPrice::AsUsed,
        },
    ] {
        assert_eq!(validate_direction(&[line(linear("1"))], &condition), Ok(()));
        assert_eq!(
            validate_direction(core::slice::from_ref(&not_counting), &condition),
            fault(None, PlanError::NothingInCommitment)
        );
    }
    for condition in [
        Condition::DealRevenue {
            commitment: Amount(0),
            including_tax: true,
        },
        Condition::ContractRevenue {
            commitment: Amount(0),
            including_tax: true,
        },
        Condition::VolumeCommitment {
            volume: Quantity(0),
            missing: MissingPrice::AsUsed,
        },
        Condition::UsageCaps {
            commitment: Amount(0),
        },
    ] {
        assert_eq!(
            validate_direction(&[line(linear("1"))], &condition),
            fault(None, PlanError::ZeroCommitment)
        );
    }
}

#[test]
fn a_tap_charge_should_be_refused_when_volume_is_committed() {
    let terms = [line(linear("1")), line(Pricing::TapCharge)];
    let volume = Condition::VolumeCommitment {
        volume: Quantity(1),
        missing: MissingPrice::AsUsed,
    };
    assert_eq!(
        validate_direction(&terms, &volume),
        fault(Some(1), PlanError::TapChargeInVolumeCommitment)
    );
    let revenue = Condition::DealRevenue {
        commitment: Amount(1),
        including_tax: false,
    };
    assert_eq!(validate_direction(&terms, &revenue), Ok(()));
}

#[test]
fn faults_should_say_what_is_wrong_and_where() {
    let found = validate_direction(
        &[line(linear("1")), line(tiered(&["1"]))],
        &Condition::Unconditional,
    );
    assert_eq!(
        found.unwrap_err().to_string(),
        "line 1: the first tier does not start at 0"
    );
}

#[test]
fn the_largest_line_should_encode_to_less_than_a_kilobyte() {
    let full = Tiers::truncate_from(vec![tier("1", "1", "1"); MAX_TIERS as usize]);
    let side = RatePlan::TieredThenBackToFirst {
        tiers: full,
        start: quantity("1"),
        price: price("1"),
    };
    let plan = UsagePlan::BalancedUnbalanced {
        balanced: side.clone(),
        unbalanced: side,
    };
    let largest = LineTerms {
        pricing: Pricing::Usage {
            plan,
            floor: Some(price("1")),
        },
        in_commitment: true,
        tax: TaxRule::Included { rate: TaxRate(1) },
    };
    assert_eq!(largest.encoded_size(), LineTerms::max_encoded_len());
    assert!(
        LineTerms::max_encoded_len() < 900,
        "{}",
        LineTerms::max_encoded_len()
    );
}

#[test]
fn figures_should_be_refused_when_they_are_above_their_bounds() {
    let over_price = Price(Price::MAX_AGREED.0 + 1);
    let over_amount = Amount(Amount::MAX_AGREED.0 + 1);
    let over_quantity = Quantity(Quantity::MAX_AGREED.0 + 1);
    let most = |price, fee, volume| {
        let tier = |start, fixed| interclear_rating::Tier { start, fixed, price };
        let tiers: Tiers = vec![tier(Quantity(0), fee), tier(Quantity(volume), fee)]
            .try_into()
            .expect("few");
        [
            RatePlan::Tiered { tiers: tiers.clone() },
            RatePlan::BackToFirst { tiers: tiers.clone() },
            RatePlan::TieredThenBackToFirst {
                tiers: tiers
                    .iter()
                    .take(1)
                    .copied()
                    .collect::<Vec<_>>()
                    .try_into()
                    .expect("few"),
                start: Quantity(volume),
                price,
            },
            RatePlan::IncludedVolume {
                fee,
                included: Quantity(volume),
                increment: Quantity(volume),
                price,
            },
        ]
    };
    let Price(highest) = Price::MAX_AGREED;
    let Quantity(longest) = Quantity::MAX_AGREED;
    for plan in most(Price(highest), Amount::MAX_AGREED, longest) {
        assert_eq!(validate_plan(&plan), Ok(()), "{plan:?}");
    }
    for plan in most(over_price, Amount(0), 1) {
        assert_eq!(validate_plan(&plan), Err(PlanError::MaxPriceExceeded), "{plan:?}");
    }
    for plan in most(Price(1), over_amount, 1) {
        assert_eq!(
            validate_plan(&plan),
            Err(PlanError::MaxAmountExceeded),
            "{plan:?}"
        );
    }
    for plan in most(Price(1), Amount(0), over_quantity.0) {
        assert_eq!(
            validate_plan(&plan),
            Err(PlanError::MaxQuantityExceeded),
            "{plan:?}"
        );
    }
    let (fee, linear) = (
        RatePlan::FlatFee { fee: over_amount },
        RatePlan::Linear { price: over_price },
    );
    assert_eq!(validate_plan(&fee), Err(PlanError::MaxAmountExceeded));
    assert_eq!(validate_plan(&linear), Err(PlanError::MaxPriceExceeded));
    let floor = line(Pricing::Usage {
        plan: UsagePlan::default(),
        floor: Some(over_price),
    });
    assert_eq!(validate_line(&floor), Err(PlanError::MaxPriceExceeded));
    let caps = |included, increment, price| {
        let share = Share(Share::WHOLE);
        validate_line(&line(Pricing::Capped {
            share,
            included,
            increment,
            price,
        }))
    };
    assert_eq!(
        caps(over_quantity, Quantity(1), Price(1)),
        Err(PlanError::MaxQuantityExceeded)
    );
    assert_eq!(
        caps(Quantity(1), over_quantity, Price(1)),
        Err(PlanError::MaxQuantityExceeded)
    );
    assert_eq!(
        caps(Quantity(1), Quantity(1), over_price),
        Err(PlanError::MaxPriceExceeded)
    );
}

#[test]
fn commitments_should_be_refused_when_they_are_above_their_bounds() {
    let terms = [LineTerms {
        in_commitment: true,
        ..line(linear("1"))
    }];
    let deal = |commitment| Condition::DealRevenue {
        commitment,
        including_tax: true,
    };
    let contract = |commitment| Condition::ContractRevenue {
        commitment,
        including_tax: true,
    };
    let volume = |volume| Condition::VolumeCommitment {
        volume,
        missing: MissingPrice::AsUsed,
    };
    let over = Amount(Amount::MAX_AGREED.0 + 1);
    for condition in [
        deal(over),
        contract(over),
        Condition::UsageCaps { commitment: over },
    ] {
        let refused = validate_direction(&terms, &condition);
        assert_eq!(refused, fault(None, PlanError::MaxAmountExceeded));
    }
    let over = volume(Quantity(Quantity::MAX_AGREED.0 + 1));
    assert_eq!(
        validate_direction(&terms, &over),
        fault(None, PlanError::MaxQuantityExceeded)
    );
    for most in [
        deal(Amount::MAX_AGREED),
        contract(Amount::MAX_AGREED),
        volume(Quantity::MAX_AGREED),
    ] {
        assert_eq!(validate_direction(&terms, &most), Ok(()));
    }
}
