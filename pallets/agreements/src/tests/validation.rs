//! Each rule about terms, through `propose`; every case starts from valid terms and breaks one thing.

use super::*;
use crate::TermsRefusal;
use codec::MaxEncodedLen;
use frame_support::traits::PalletError;
use interclear_billing::terms::TermsFaultCode as Code;
use interclear_primitives::{
    agreement::{Flow, PaymentCondition, Prepaid},
    rating::{
        Amount, Condition, LineTerms, MissingPrice, PlanError, Price, Pricing, Quantity, RatePlan, Share,
        TaxRate, TaxRule, Tier, UsagePlan,
    },
};

fn invalid(code: Code) -> Reason {
    Reason::InvalidTerms(TermsRefusal(code))
}

fn plan_fault(error: PlanError) -> Reason {
    invalid(Code::Plan(error))
}

#[test]
fn refusal_should_fit_into_an_error_when_it_names_a_rule_of_a_plan() {
    assert_eq!(
        TermsRefusal::max_encoded_len(),
        <TermsRefusal as PalletError>::MAX_ENCODED_SIZE
    );
    let error = DispatchError::from(plan_fault(PlanError::TapChargeInVolumeCommitment));
    let DispatchError::Module(module) = error else {
        panic!("{error:?} is not of a pallet")
    };
    assert_eq!(module.message, Some("InvalidTerms"));
}

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
fn terms_should_be_refused_when_their_months_are_not_in_order_too_many_or_over() {
    ExtBuilder::default().build_and_execute(|| {
        refused(invalid(Code::InvalidPeriod), |terms| terms.first = Period(202600));
        refused(invalid(Code::InvalidPeriod), |terms| terms.last = Period(202713));
        refused(invalid(Code::LastBeforeFirst), |terms| terms.last = NOW);
        refused(Reason::MaxTermMonthsExceeded, |terms| terms.last = Period(203612));
        accepted(|terms| terms.last = Period(203611));
        let past = |last| move |terms: &mut Terms| (terms.first, terms.last) = (Period(202601), last);
        refused(Reason::TermOver, past(NOW.previous()));
        accepted(past(NOW));
    });
}

#[test]
fn terms_should_be_refused_when_currency_signatures_or_days_are_out_of_bounds() {
    ExtBuilder::default().build_and_execute(|| {
        refused(invalid(Code::InvalidCurrency), |terms| {
            terms.currency = Currency(*b"eur")
        });
        refused(invalid(Code::SignaturesOutOfRange), |terms| terms.signatures = 0);
        refused(invalid(Code::SignaturesOutOfRange), |terms| terms.signatures = 9);
        accepted(|terms| terms.signatures = 8);
        for days in [0, 367] {
            refused(invalid(Code::AgeLimitOutOfRange), |terms| {
                terms.usage.age_limit_days = days
            });
            refused(invalid(Code::DuplicateIssuer), |terms| {
                terms.accepts[1] = vec![OperatorId(3), OperatorId(4), OperatorId(3)]
                    .try_into()
                    .unwrap();
            });
            refused(invalid(Code::DisputeDaysOutOfRange), |terms| {
                terms.payment.dispute_days = days
            });
        }
        for days in [0, 91] {
            refused(invalid(Code::AcknowledgeDaysOutOfRange), |terms| {
                terms.usage.acknowledge_days = days
            });
            refused(invalid(Code::AffirmDaysOutOfRange), |terms| {
                terms.payment.affirm_days = days
            });
        }
        refused(invalid(Code::PaymentDaysOutOfRange), |terms| {
            terms.payment.payment_days = 367
        });
        accepted(|terms| terms.payment.payment_days = 0);
        refused(invalid(Code::CloseDaysOutOfRange), |terms| {
            terms.usage.close_days = 61
        });
        accepted(|terms| terms.usage.close_days = 60);
        accepted(|terms| terms.usage.close_days = 0);
        refused(invalid(Code::LateDaysOutOfRange), |terms| {
            terms.usage.late_days = 151
        });
        for day in [0, 29] {
            refused(invalid(Code::DueDayOutOfRange), |terms| {
                terms.payment.due_on = Some(day)
            });
        }
        for day in [1, 28] {
            accepted(|terms| terms.payment.due_on = Some(day));
        }
        refused(invalid(Code::MinimumOutOfRange), |terms| {
            terms.payment.minimum_sdr = 1_001
        });
        accepted(|terms| terms.payment.minimum_sdr = 1_000);
        refused(invalid(Code::LateInterestOutOfRange), |terms| {
            terms.payment.late_interest_bps = 10_001
        });
        refused(invalid(Code::ToleranceOutOfRange), |terms| {
            first_group(terms).lines[0].tolerance.ppm = 1_000_001
        });
    });
}

#[test]
fn terms_should_be_refused_when_what_is_paid_gross_could_not_be_paid_as_they_say() {
    ExtBuilder::default().build_and_execute(|| {
        let gross = |condition, days, due_on, issuers: [&[OperatorId]; 2]| {
            let accepts = issuers.map(|one| one.to_vec().try_into().unwrap());
            move |terms: &mut Terms| {
                terms.payment.condition = condition;
                terms.payment.payment_days = days;
                terms.payment.due_on = due_on;
                terms.accepts = accepts;
            }
        };
        let both: [&[OperatorId]; 2] = [&[OperatorId(7)], &[OperatorId(8)]];
        let (on_date, at_once) = (PaymentCondition::OnDate, PaymentCondition::OnAffirmation);
        let without_days = || invalid(Code::AffirmationWithPaymentDays);
        refused(without_days(), gross(at_once, 1, None, both));
        refused(without_days(), gross(at_once, 0, Some(15), both));
        accepted(gross(at_once, 0, None, both));
        accepted(gross(on_date, 30, Some(15), both));
        for issuers in [[both[0], &[]], [&[], both[1]]] {
            refused(
                invalid(Code::GrossWithoutToken),
                gross(on_date, 30, None, issuers),
            );
            accepted(gross(PaymentCondition::AtCycle, 30, None, issuers));
        }
        let with_minimum = |condition| {
            move |terms: &mut Terms| {
                gross(condition, 0, None, both)(terms);
                terms.payment.minimum_sdr = 1;
            }
        };
        accepted(with_minimum(on_date));
        refused(invalid(Code::MinimumWithEscrow), with_minimum(at_once));
    });
}

#[test]
fn terms_should_be_refused_when_a_late_file_could_be_returned_too_late_to_be_sent_again() {
    ExtBuilder::default().build_and_execute(|| {
        let days = |late, acknowledge, close, deemed| {
            move |terms: &mut Terms| {
                terms.usage.late_days = late;
                terms.usage.acknowledge_days = acknowledge;
                terms.usage.close_days = close;
                terms.usage.deemed_acknowledged = deemed;
            }
        };
        let without = || invalid(Code::LateDaysWithoutAnswer);
        refused(without(), days(90, 90, 5, true));
        accepted(days(90, 89, 5, true));
        accepted(days(150, 29, 60, true));
        // The month that bills the file may end a month after it came.
        refused(without(), days(139, 7, 5, false));
        accepted(days(138, 7, 5, false));
        refused(without(), days(30, 7, 60, false));
    });
}

#[test]
fn terms_should_be_refused_when_a_network_is_not_of_its_side() {
    ExtBuilder::default().build_and_execute(|| {
        refused(invalid(Code::InvalidTadig), |terms| {
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
        refused(invalid(Code::DuplicateTadig), |terms| {
            first_group(terms).home[1] = A[0]
        });
        refused(invalid(Code::DuplicateTadig), |terms| {
            first_group(terms).visited[1] = B[0]
        });
    });
}

#[test]
fn terms_should_be_refused_when_a_group_is_empty_or_overlaps() {
    ExtBuilder::default().build_and_execute(|| {
        refused(invalid(Code::EmptyGroup), |terms| first_group(terms).home.clear());
        refused(invalid(Code::EmptyGroup), |terms| {
            first_group(terms).visited.clear()
        });
        refused(invalid(Code::EmptyGroup), |terms| {
            first_group(terms).lines.clear()
        });
        refused(invalid(Code::NoLines), |terms| {
            terms.directions = [direction(vec![]), direction(vec![])]
        });
        refused(invalid(Code::DuplicateService), |terms| {
            first_group(terms).lines[1].service = Service::MocLocal
        });
        let groups = |second: ServiceGroup| {
            move |terms: &mut Terms| terms.directions[0] = direction(vec![group(&A[..2], &B[..2]), second])
        };
        refused(invalid(Code::GroupsOverlap), groups(group(&A[1..], &B[1..])));
        // The same home networks elsewhere, or others at the same place, are not an overlap.
        accepted(groups(group(&A[..2], &B[2..])));
        accepted(groups(group(&A[2..], &B[..2])));
        // An agreement may price one direction alone.
        accepted(|terms| terms.directions[1] = direction(vec![]));
    });
}

#[test]
fn terms_should_be_refused_when_they_are_too_large() {
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
        assert_noop!(
            propose(ALPHA_DESK, BETA, with_last(23)),
            invalid(Code::MaxLinesExceeded)
        );
    });
}

#[test]
fn terms_should_be_refused_with_its_error_when_a_plan_is_not_sound() {
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
        (
            plan_fault(PlanError::NoTiers),
            plan(RatePlan::Tiered { tiers: tiers(&[]) }),
        ),
        (
            plan_fault(PlanError::FirstTierNotAtZero),
            plan(RatePlan::BackToFirst { tiers: tiers(&[5]) }),
        ),
        (
            plan_fault(PlanError::TiersUnsorted),
            plan(RatePlan::Tiered {
                tiers: tiers(&[0, 9, 5]),
            }),
        ),
        (
            plan_fault(PlanError::TiersOverlap),
            plan(RatePlan::Tiered {
                tiers: tiers(&[0, 9, 9]),
            }),
        ),
        (
            plan_fault(PlanError::BackToFirstNotAboveTiers),
            plan(RatePlan::TieredThenBackToFirst {
                tiers: tiers(&[0, 9]),
                start: Quantity(9),
                price: Price(1),
            }),
        ),
        (
            plan_fault(PlanError::ZeroIncrement),
            plan(RatePlan::IncludedVolume {
                fee: Amount(1),
                included: Quantity(1),
                increment: Quantity(0),
                price: Price(1),
            }),
        ),
        (
            plan_fault(PlanError::ZeroPriceFloor),
            Pricing::Usage {
                plan: UsagePlan::default(),
                floor: Some(Price(0)),
            },
        ),
        (plan_fault(PlanError::ShareWithoutUsageCaps), capped(Share::WHOLE)),
        (plan_fault(PlanError::ShareOutOfRange), capped(0)),
    ];
    ExtBuilder::default().build_and_execute(|| {
        for (reason, pricing) in cases {
            refused(reason, |terms| {
                first_group(terms).lines[1].terms.pricing = pricing
            });
        }
        refused(plan_fault(PlanError::TaxRateAboveWhole), |terms| {
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
fn terms_should_be_refused_with_its_error_when_a_condition_is_not_sound() {
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
        refused(
            plan_fault(PlanError::ZeroCommitment),
            with(zero, counted(linear.clone())),
        );
        refused(
            plan_fault(PlanError::NothingInCommitment),
            with(deal, LineTerms::default()),
        );
        accepted(with(deal, counted(linear.clone())));
        refused(
            plan_fault(PlanError::UsageCapsWithoutShares),
            with(caps, counted(linear)),
        );
        refused(
            plan_fault(PlanError::SharesNotWhole),
            with(caps, counted(capped(Share::WHOLE - 1))),
        );
        accepted(with(caps, counted(capped(Share::WHOLE))));
        let volume = Condition::VolumeCommitment {
            volume: Quantity(5),
            missing: MissingPrice::AsUsed,
        };
        refused(
            plan_fault(PlanError::TapChargeInVolumeCommitment),
            with(volume, counted(Pricing::TapCharge)),
        );
        // A direction without lines cannot commit.
        refused(plan_fault(PlanError::NothingInCommitment), |terms| {
            terms.directions[1] = DirectionTerms {
                condition: deal,
                ..direction(vec![])
            };
        });
    });
}

#[test]
fn terms_should_be_refused_when_their_accounting_is_not_sound() {
    ExtBuilder::default().build_and_execute(|| {
        refused(invalid(Code::InvalidUsageCurrency), |terms| {
            terms.usage.currency = Currency(*b"XD1")
        });
        accepted(|terms| terms.usage.currency = Currency::SDR);
        let spans = |window, span| {
            move |terms: &mut Terms| {
                terms.directions[1].window = window;
                terms.directions[1].commitment_span = span;
            }
        };
        refused(
            invalid(Code::SpanNotWholeWindows),
            spans(Span::HalfYear, Span::Quarter),
        );
        refused(invalid(Code::SpanNotWholeWindows), spans(Span::Term, Span::Year));
        accepted(spans(Span::Quarter, Span::Year));
        accepted(spans(Span::Term, Span::Term));
        refused(invalid(Code::NoticeOutOfRange), |terms| terms.notice_months = 25);
        accepted(|terms| terms.notice_months = 24);
        refused(invalid(Code::RenewalOutOfRange), |terms| {
            terms.renewal_months = 61
        });
    });
}

#[test]
fn terms_should_be_refused_when_an_increment_does_not_suit_the_unit() {
    let increments = |call: Increment, data: Increment| {
        move |terms: &mut Terms| {
            first_group(terms).lines[0].increment = call;
            first_group(terms).lines[1].increment = data;
        }
    };
    use Increment::{Exact, Kilobytes, Seconds};
    ExtBuilder::default().build_and_execute(|| {
        accepted(increments(Seconds(60), Kilobytes(10)));
        refused(
            invalid(Code::ZeroChargingIncrement),
            increments(Seconds(0), Exact),
        );
        refused(
            invalid(Code::IncrementNotOfUnit),
            increments(Kilobytes(10), Exact),
        );
        refused(invalid(Code::IncrementNotOfUnit), increments(Exact, Seconds(60)));
    });
}

#[test]
fn terms_should_be_refused_when_a_figure_is_above_its_bound() {
    let linear = |price| Pricing::linear(Price(price));
    let fee = |fee| Pricing::flat_fee(Amount(fee));
    let (Price(price), Amount(amount), Quantity(quantity)) =
        (Price::MAX_AGREED, Amount::MAX_AGREED, Quantity::MAX_AGREED);
    let set = |pricing: Pricing| move |terms: &mut Terms| first_group(terms).lines[0].terms.pricing = pricing;
    let commit = |volume| {
        move |terms: &mut Terms| {
            let direction = &mut terms.directions[0];
            direction.condition = Condition::VolumeCommitment {
                volume: Quantity(volume),
                missing: MissingPrice::LastTier,
            };
            direction.groups[0].lines[0].terms.in_commitment = true;
        }
    };
    ExtBuilder::default().build_and_execute(|| {
        for above in [price + 1, 1 << 127, u128::MAX] {
            refused(plan_fault(PlanError::MaxPriceExceeded), set(linear(above)));
        }
        refused(plan_fault(PlanError::MaxAmountExceeded), set(fee(amount + 1)));
        refused(plan_fault(PlanError::MaxQuantityExceeded), commit(quantity + 1));
        accepted(set(linear(price)));
        accepted(set(fee(amount)));
        accepted(commit(quantity));
    });
}

#[test]
fn terms_should_be_refused_when_rules_on_disputes_are_out_of_bounds() {
    ExtBuilder::default().build_and_execute(|| {
        for days in [0, 91] {
            refused(invalid(Code::DisputeAnswerDaysOutOfRange), |terms| {
                terms.disputes.answer_days = days
            });
        }
        for days in [0, 181] {
            refused(invalid(Code::RulingDaysOutOfRange), |terms| {
                terms.disputes.ruling_days = days
            });
        }
        refused(invalid(Code::MaterialityOutOfRange), |terms| {
            terms.disputes.material_bps = 10_001
        });
        let too_much = 1_000_000_000_000_000_000_001;
        refused(invalid(Code::MaterialityOutOfRange), |terms| {
            terms.disputes.material_amount = Some(too_much)
        });
        refused(invalid(Code::DisputeFeeOutOfRange), |terms| {
            terms.disputes.fee = too_much
        });
        accepted(|terms| {
            terms.disputes.material_bps = 0;
            terms.disputes.fee = too_much - 1;
        });
    });
}

#[test]
fn terms_should_be_refused_when_an_arbitrator_is_a_party_unknown_or_named_twice() {
    ExtBuilder::default().build_and_execute(|| {
        let [delta, epsilon, unknown] = [7, 8, 9].map(interclear_primitives::ids::OperatorId);
        for (operator, tadig) in [(delta, b"DELTA"), (epsilon, b"EPSIL")] {
            let kinds = [interclear_primitives::operator::OperatorKind::Mobile];
            MockOperators::admit(operator, &kinds, &[Tadig(*tadig)]);
        }
        let named = |three| move |terms: &mut Terms| terms.disputes.arbitrators = Some(three);
        refused(invalid(Code::DuplicateArbitrator), named([GAMMA, delta, GAMMA]));
        refused(Reason::InvalidArbitrators, named([GAMMA, delta, BETA]));
        refused(Reason::InvalidArbitrators, named([GAMMA, delta, unknown]));
        accepted(named([GAMMA, delta, epsilon]));
        MockOperators::suspend(epsilon);
        refused(Reason::InvalidArbitrators, named([GAMMA, delta, epsilon]));
    });
}

#[test]
fn terms_should_be_refused_when_a_prepaid_direction_cannot_be_drawn_down() {
    ExtBuilder::default().build_and_execute(|| {
        let prepaid = |terms: &mut Terms| {
            terms.usage.prepaid = [None, Some(Prepaid { floor: 1 })];
            terms.usage.currency = terms.currency;
            terms.accepts[0] = vec![GAMMA].try_into().unwrap();
            let groups = terms.directions[1].groups.iter_mut();
            groups
                .flat_map(|group| group.lines.iter_mut())
                .for_each(|line| line.flow = Flow::Files);
        };
        let but = |change: fn(&mut Terms)| {
            move |terms: &mut Terms| {
                prepaid(terms);
                change(terms);
            }
        };
        accepted(prepaid);
        refused(
            invalid(Code::PrepaidWithoutToken),
            but(|terms| terms.accepts.swap(0, 1)),
        );
        refused(
            invalid(Code::PrepaidInOtherCurrency),
            but(|terms| terms.usage.currency = Currency::SDR),
        );
        refused(
            invalid(Code::PrepaidByReports),
            but(|terms| terms.directions[1].groups[0].lines[0].flow = Flow::Either),
        );
        refused(
            invalid(Code::PrepaidFloorOutOfRange),
            but(|terms| terms.usage.prepaid[1] = Some(Prepaid { floor: u128::MAX })),
        );
        refused(
            invalid(Code::MinimumWithEscrow),
            but(|terms| terms.payment.minimum_sdr = 1),
        );
    });
}
