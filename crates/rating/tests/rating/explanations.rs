//! What the explanation of a charge says.

use crate::support::*;
use interclear_rating::{
    explain_direction, rate_direction, CommitmentExplanation, Condition, Exact, Explanation, MissingPrice,
    Part, Pricing, RatePlan, StepKind, UsagePlan,
};

fn kinds(explanation: &Explanation, line: usize) -> Vec<(Part, StepKind, String, String)> {
    let steps = explanation.lines[line].steps.iter();
    steps
        .map(|step| {
            (
                step.part,
                step.kind,
                step.volume.to_string(),
                step.value.to_string(),
            )
        })
        .collect()
}

#[test]
fn an_explanation_should_list_tiers_fees_and_volumes_step_by_step() {
    let plan = UsagePlan::BalancedUnbalanced {
        balanced: RatePlan::Tiered {
            tiers: fee_tiers(&[("0", "0", "2"), ("100", "7", "1")]),
        },
        unbalanced: linear("0.5"),
    };
    let terms = [line(Pricing::Usage {
        plan,
        floor: Some(price("2")),
    })];
    let told =
        explain_direction(&terms, &Condition::Unconditional, &[volumes("160", "150")], 2).expect("rates");
    let expected = [
        (Part::Balanced, StepKind::TierVolume(0), "100", "200"),
        (Part::Balanced, StepKind::TierFee(1), "0", "7"),
        (Part::Balanced, StepKind::TierVolume(1), "50", "50"),
        (Part::Unbalanced, StepKind::Linear, "10", "5"),
        (Part::Usage, StepKind::FloorRaise, "160", "58"),
    ];
    let expected =
        expected.map(|(part, kind, volume, value)| (part, kind, volume.to_owned(), value.to_owned()));
    assert_eq!(kinds(&told, 0), expected);
    assert_eq!(told.lines[0].exact.to_string(), "320");
    assert_eq!(told.charge.charge, 32_000);
}

#[test]
fn the_steps_of_a_line_should_add_up_to_its_charge() {
    let access = RatePlan::BackToFirst {
        tiers: tiers(&[("0", "3"), ("10", "2")]),
    };
    let terms = [
        line(Pricing::UsageAndAccess {
            usage: linear("0.25"),
            floor: None,
            access,
        }),
        line(Pricing::TapCharge),
        line(RatePlan::IncludedVolume {
            fee: amount("9"),
            included: quantity("5"),
            increment: quantity("2"),
            price: price("0.5"),
        }),
    ];
    let mut usage = [volume("44"), tap("3", "17.5", "0"), volume("6")];
    usage[0].imsi_months = quantity("11");
    let told = explain_direction(&terms, &Condition::Unconditional, &usage, 2).expect("rates");
    for (line, charge) in told.lines.iter().zip(&told.charge.lines) {
        let sum = line
            .steps
            .iter()
            .try_fold(Exact::ZERO, |sum, step| sum.plus(step.value))
            .expect("fits");
        assert_eq!(sum, line.exact);
        assert_eq!(line.exact.to_minor(2), Ok(charge.charge));
    }
    assert_eq!(
        Ok(told.charge),
        rate_direction(&terms, &Condition::Unconditional, &usage, 2)
    );
}

#[test]
fn an_explanation_should_say_what_was_measured_and_what_is_missing() {
    let condition = Condition::DealRevenue {
        commitment: amount("100"),
        including_tax: false,
    };
    let mut terms = [line(linear("1")), line(linear("1"))];
    terms[1].in_commitment = false;
    let told = explain_direction(&terms, &condition, &[volume("30"), volume("50")], 2).expect("rates");
    let expected = CommitmentExplanation {
        committed: 10_000,
        measured: 3_000,
        missing: 7_000,
    };
    assert_eq!(told.commitment, Some(expected));
    assert_eq!(told.lines[0].measured, Some(3_000));
    assert_eq!(told.lines[1].measured, None);
    assert_eq!(told.charge.shortfall, 7_000);

    let condition = Condition::VolumeCommitment {
        volume: quantity("40"),
        missing: MissingPrice::AsUsed,
    };
    let told = explain_direction(&terms, &condition, &[volume("30"), volume("50")], 2).expect("rates");
    assert_eq!(told.lines[0].missing_volume, quantity("10"));
    assert_eq!(
        told.commitment.map(|commitment| commitment.missing),
        Some(10_000_000)
    );
}
