//! Rating of a whole agreement direction: 200 lines of all plans under a revenue commitment.

use criterion::{criterion_group, criterion_main, Criterion};
use interclear_rating::{
    explain_direction, rate_direction, rate_window, Amount, Condition, LineHistory, LineTerms, LineUsage,
    Price, Pricing, Quantity, RatePlan, Stage, TaxRate, TaxRule, Tier, Tiers, UsagePlan, MAX_TIERS,
};
use std::hint::black_box;

const LINES: u128 = 200;

fn terms() -> Vec<LineTerms> {
    let step = |n: u128| Tier {
        start: Quantity(n * 50_000_000_000),
        fixed: Amount(n * 10_000_000),
        price: Price(100_000_000 - n * 10_000_000),
    };
    let tiers = || Tiers::truncate_from((0..u128::from(MAX_TIERS)).map(step).collect());
    (0..LINES)
        .map(|n| {
            let plan = match n % 4 {
                0 => RatePlan::Linear {
                    price: Price(12_000_000),
                },
                1 => RatePlan::BackToFirst { tiers: tiers() },
                _ => RatePlan::Tiered { tiers: tiers() },
            };
            let plan = if n % 4 == 3 {
                UsagePlan::BalancedUnbalanced {
                    balanced: plan.clone(),
                    unbalanced: plan,
                }
            } else {
                UsagePlan::Plan(plan)
            };
            LineTerms {
                pricing: Pricing::Usage {
                    plan,
                    floor: Some(Price(15_000_000)),
                },
                in_commitment: true,
                tax: TaxRule::Excluded {
                    rate: TaxRate(1_900_000),
                },
            }
        })
        .collect()
}

fn usage() -> Vec<LineUsage> {
    let line = |n: u128| LineUsage {
        volume: Quantity(700_000_123_457 + n * 1_000_003),
        reverse_volume: Quantity(350_000_123_457),
        imsi_months: Quantity(1_000_000),
        tap_charge: Amount(90_000_000_001 + n),
        tap_tax: Amount(17_000_000_001),
    };
    (0..LINES).map(line).collect()
}

fn rating(criterion: &mut Criterion) {
    let (terms, usage) = (terms(), usage());
    let condition = Condition::DealRevenue {
        commitment: Amount(u128::from(u64::MAX)),
        including_tax: false,
    };
    let history = vec![LineHistory::default(); terms.len()];
    let mut group = criterion.benchmark_group("200 lines");
    group.bench_function("rate_direction", |bencher| {
        bencher.iter(|| rate_direction(black_box(&terms), black_box(&condition), black_box(&usage), 2))
    });
    group.bench_function("rate_window", |bencher| {
        bencher.iter(|| {
            rate_window(
                black_box(&terms),
                black_box(&condition),
                black_box(&usage),
                &history,
                Stage::TrueUp,
                2,
            )
        })
    });
    group.bench_function("explain_direction", |bencher| {
        bencher.iter(|| explain_direction(black_box(&terms), black_box(&condition), black_box(&usage), 2))
    });
    group.finish();
}

criterion_group!(benches, rating);
criterion_main!(benches);
