//! Each rule about terms, through `propose`; every case starts from valid terms and breaks one thing.

use super::*;
use interclear_primitives::rating::{
    Amount, Condition, LineTerms, Price, Pricing, Quantity, RatePlan, Share, TaxRate, TaxRule, Tier,
    UsagePlan,
};

fn refused(reason: Reason, change: impl FnOnce(&mut Terms)) {
    assert_noop!(propose(ALPHA_DESK, BETA, terms_with(change)), reason);
}

fn accepted(change: impl FnOnce(&mut Terms)) {
    assert_ok!(propose(ALPHA_DESK, BETA, terms_with(change)));
}

fn first_group(terms: &mut Terms) -> &mut ServiceGroup {
    &mut terms.directions[0].groups[0]
}

#[test]
fn the_term_should_be_of_real_months_in_order_not_too_long_and_not_over() {
    ExtBuilder::default().build_and_execute(|| {
        refused(Reason::InvalidPeriod, |terms| terms.first = Period(202600));
        refused(Reason::InvalidPeriod, |terms| terms.last = Period(202713));
        refused(Reason::LastBeforeFirst, |terms| terms.last = NOW);
        refused(Reason::MaxTermMonthsExceeded, |terms| terms.last = Period(203612));
        accepted(|terms| terms.last = Period(203611));
        let past = |last| move |terms: &mut Terms| (terms.first, terms.last) = (Period(202601), last);
        refused(Reason::TermOver, past(NOW.previous()));
        accepted(past(NOW));
    });
}

#[test]
fn currency_signatures_and_days_should_be_within_bounds() {
    ExtBuilder::default().build_and_execute(|| {
        refused(Reason::InvalidCurrency, |terms| {
            terms.currency = Currency(*b"eur")
        });
        refused(Reason::SignaturesOutOfRange, |terms| terms.signatures = 0);
        refused(Reason::SignaturesOutOfRange, |terms| terms.signatures = 9);
        accepted(|terms| terms.signatures = 8);
        for days in [0, 367] {
            refused(Reason::AgeLimitOutOfRange, |terms| {
                terms.usage.age_limit_days = days
            });
            refused(Reason::DisputeDaysOutOfRange, |terms| {
                terms.payment.dispute_days = days
            });
        }
        for days in [0, 91] {
            refused(Reason::AcknowledgeDaysOutOfRange, |terms| {
                terms.usage.acknowledge_days = days
            });
            refused(Reason::AffirmDaysOutOfRange, |terms| {
                terms.payment.affirm_days = days
            });
        }
        refused(Reason::PaymentDaysOutOfRange, |terms| {
            terms.payment.payment_days = 367
        });
        accepted(|terms| terms.payment.payment_days = 0);
        refused(Reason::CloseDaysOutOfRange, |terms| terms.usage.close_days = 61);
        accepted(|terms| terms.usage.close_days = 60);
        accepted(|terms| terms.usage.close_days = 0);
        refused(Reason::LateInterestOutOfRange, |terms| {
            terms.payment.late_interest_bps = 10_001
        });
        refused(Reason::ToleranceOutOfRange, |terms| {
            first_group(terms).lines[0].tolerance.ppm = 1_000_001
        });
    });
}

#[test]
fn networks_should_belong_to_their_side() {
    ExtBuilder::default().build_and_execute(|| {
        refused(Reason::InvalidTadig, |terms| {
            first_group(terms).home[0] = Tadig(*b"deua1")
        });
        refused(Reason::TadigNotOfParty, |terms| first_group(terms).home[0] = C);
        refused(Reason::TadigNotOfParty, |terms| {
            first_group(terms).visited[1] = A[2]
        });
        refused(Reason::TadigNotOfParty, |terms| {
            first_group(terms).home[0] = Tadig(*b"ZZZZZ")
        });
        refused(Reason::TadigNotOfParty, |terms| terms.directions.reverse());
        refused(Reason::DuplicateTadig, |terms| first_group(terms).home[1] = A[0]);
        refused(Reason::DuplicateTadig, |terms| {
            first_group(terms).visited[1] = B[0]
        });
    });
}

#[test]
fn groups_should_be_filled_and_not_overlap() {
    ExtBuilder::default().build_and_execute(|| {
        refused(Reason::EmptyGroup, |terms| first_group(terms).home.clear());
        refused(Reason::EmptyGroup, |terms| first_group(terms).visited.clear());
        refused(Reason::EmptyGroup, |terms| first_group(terms).lines.clear());
        refused(Reason::NoLines, |terms| {
            terms.directions = [direction(vec![]), direction(vec![])]
        });
        refused(Reason::DuplicateService, |terms| {
            first_group(terms).lines[1].service = Service::MocLocal
        });
        let groups = |second: ServiceGroup| {
            move |terms: &mut Terms| terms.directions[0] = direction(vec![group(&A[..2], &B[..2]), second])
        };
        refused(Reason::GroupsOverlap, groups(group(&A[1..], &B[1..])));
        // The same home networks elsewhere, or others at the same place, are no overlap.
        accepted(groups(group(&A[..2], &B[2..])));
        accepted(groups(group(&A[2..], &B[..2])));
        // An agreement may price one direction alone.
        accepted(|terms| terms.directions[1] = direction(vec![]));
    });
}

#[test]
fn the_size_of_terms_should_be_bounded() {
    ExtBuilder::default().build_and_execute(|| {
        let tadig = |side: u8, number: u8| Tadig([side, b'X', b'X', b'A' + number / 10, b'0' + number % 10]);
        let names = |side: u8, count: u8| (0..count).map(|n| tadig(side, n)).collect::<Vec<_>>();
        let (home, visited) = (names(b'H', 64), names(b'V', 32));
        MockOperators::admit(ALPHA, &[OperatorKind::Mobile], &home);
        MockOperators::admit(BETA, &[OperatorKind::Mobile], &visited);

        let square = group(&home[..32], &visited);
        accepted(|terms| terms.directions = [direction(vec![square.clone()]), direction(vec![])]);
        refused(Reason::MaxPairsExceeded, |terms| {
            terms.directions[0] = direction(vec![square])
        });

        // 9 groups x 26 services = 234 lines, and 22 more; then 1 too many.
        let full = |home: &[Tadig], visited: &[Tadig]| {
            let lines: Vec<_> = Service::ALL.iter().map(|service| line(*service, 1)).collect();
            ServiceGroup {
                lines: lines.try_into().expect("lines are few"),
                ..group(home, visited)
            }
        };
        let with_last = |lines: usize| {
            let mut forth: Vec<_> = (0..5).map(|n| full(&home[n..=n], &visited[..1])).collect();
            let back: Vec<_> = (0..4).map(|n| full(&visited[n..=n], &home[..1])).collect();
            let mut small = full(&home[6..7], &visited[..1]);
            small.lines.truncate(lines);
            forth.push(small);
            terms_with(|terms| terms.directions = [direction(forth), direction(back)])
        };
        assert_ok!(propose(ALPHA_DESK, BETA, with_last(22)));
        assert_noop!(propose(ALPHA_DESK, BETA, with_last(23)), Reason::MaxLinesExceeded);
    });
}

#[test]
fn every_fault_of_a_plan_should_have_its_error() {
    let tier = |start| Tier {
        start: Quantity(start),
        fixed: Amount(0),
        price: Price(1),
    };
    let tiers = |starts: &[u128]| {
        starts
            .iter()
            .map(|start| tier(*start))
            .collect::<Vec<_>>()
            .try_into()
            .expect("few")
    };
    let plan = |plan: RatePlan| Pricing::Usage {
        plan: UsagePlan::Plan(plan),
        floor: None,
    };
    let cases: Vec<(Reason, Pricing)> = vec![
        (Reason::NoTiers, plan(RatePlan::Tiered { tiers: tiers(&[]) })),
        (
            Reason::FirstTierNotAtZero,
            plan(RatePlan::BackToFirst { tiers: tiers(&[5]) }),
        ),
        (
            Reason::TiersUnsorted,
            plan(RatePlan::Tiered {
                tiers: tiers(&[0, 9, 5]),
            }),
        ),
        (
            Reason::TiersOverlap,
            plan(RatePlan::Tiered {
                tiers: tiers(&[0, 9, 9]),
            }),
        ),
        (
            Reason::BackToFirstNotAboveTiers,
            plan(RatePlan::TieredThenBackToFirst {
                tiers: tiers(&[0, 9]),
                start: Quantity(9),
                price: Price(1),
            }),
        ),
        (
            Reason::ZeroIncrement,
            plan(RatePlan::IncludedVolume {
                fee: Amount(1),
                included: Quantity(1),
                increment: Quantity(0),
                price: Price(1),
            }),
        ),
        (
            Reason::ZeroPriceFloor,
            Pricing::Usage {
                plan: UsagePlan::default(),
                floor: Some(Price(0)),
            },
        ),
        (Reason::ShareWithoutUsageCaps, capped(Share::WHOLE)),
        (Reason::ShareOutOfRange, capped(0)),
    ];
    ExtBuilder::default().build_and_execute(|| {
        for (reason, pricing) in cases {
            refused(reason, |terms| {
                first_group(terms).lines[1].terms.pricing = pricing
            });
        }
        refused(Reason::TaxRateAboveWhole, |terms| {
            first_group(terms).lines[0].terms.tax = TaxRule::Excluded {
                rate: TaxRate(TaxRate::WHOLE + 1),
            };
        });
    });
}

fn capped(share: u32) -> Pricing {
    Pricing::Capped {
        share: Share(share),
        included: Quantity(1),
        increment: Quantity(1),
        price: Price(1),
    }
}

#[test]
fn every_fault_of_a_condition_should_have_its_error() {
    let deal = Condition::DealRevenue {
        commitment: Amount(5),
        including_tax: false,
    };
    let caps = Condition::UsageCaps {
        commitment: Amount(5),
    };
    let with = |condition: Condition, line: LineTerms| {
        move |terms: &mut Terms| {
            terms.directions[0].condition = condition;
            first_group(terms).lines[0].terms = line;
        }
    };
    let counted = |pricing: Pricing| LineTerms {
        pricing,
        in_commitment: true,
        ..Default::default()
    };
    let linear = Pricing::linear(Price(1));
    ExtBuilder::default().build_and_execute(|| {
        let zero = Condition::DealRevenue {
            commitment: Amount(0),
            including_tax: false,
        };
        refused(Reason::ZeroCommitment, with(zero, counted(linear.clone())));
        refused(Reason::NothingInCommitment, with(deal, LineTerms::default()));
        accepted(with(deal, counted(linear.clone())));
        refused(Reason::UsageCapsWithoutShares, with(caps, counted(linear)));
        refused(
            Reason::SharesNotWhole,
            with(caps, counted(capped(Share::WHOLE - 1))),
        );
        accepted(with(caps, counted(capped(Share::WHOLE))));
        let volume = Condition::VolumeCommitment { volume: Quantity(5) };
        refused(
            Reason::TapChargeInVolumeCommitment,
            with(volume, counted(Pricing::TapCharge)),
        );
        // A direction without lines cannot commit.
        refused(Reason::NothingInCommitment, |terms| {
            terms.directions[1] = DirectionTerms {
                condition: deal,
                ..direction(vec![])
            };
        });
    });
}

#[test]
fn accounting_and_its_currency_should_be_sound() {
    ExtBuilder::default().build_and_execute(|| {
        refused(Reason::InvalidUsageCurrency, |terms| {
            terms.usage.currency = Currency(*b"XD1")
        });
        accepted(|terms| terms.usage.currency = Currency::SDR);
        let spans = |window, span| {
            move |terms: &mut Terms| {
                terms.directions[1].window = window;
                terms.directions[1].commitment_span = span;
            }
        };
        refused(Reason::SpanNotWholeWindows, spans(Span::HalfYear, Span::Quarter));
        refused(Reason::SpanNotWholeWindows, spans(Span::Term, Span::Year));
        accepted(spans(Span::Quarter, Span::Year));
        accepted(spans(Span::Term, Span::Term));
        refused(Reason::NoticeOutOfRange, |terms| terms.notice_months = 25);
        accepted(|terms| terms.notice_months = 24);
        refused(Reason::ProlongationOutOfRange, |terms| {
            terms.prolongation_months = 61
        });
    });
}

#[test]
fn charging_increments_should_suit_the_unit() {
    let increments = |call: Increment, data: Increment| {
        move |terms: &mut Terms| {
            first_group(terms).lines[0].increment = call;
            first_group(terms).lines[1].increment = data;
        }
    };
    use Increment::{Exact, Kilobytes, Seconds};
    ExtBuilder::default().build_and_execute(|| {
        accepted(increments(Seconds(60), Kilobytes(10)));
        refused(Reason::ZeroChargingIncrement, increments(Seconds(0), Exact));
        refused(Reason::IncrementNotOfUnit, increments(Kilobytes(10), Exact));
        refused(Reason::IncrementNotOfUnit, increments(Exact, Seconds(60)));
    });
}
