use crate::{mock::*, Accounts, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockOperators, MockUsage, NOT_A_DESK, WRONG_ROLE},
    Periods, Usage,
};
use interclear_primitives::{
    agreement::Direction,
    bounds::MAX_NET,
    ids::AgreementId,
    money::{Currency, Value},
    period::Period,
    rating::{Amount, Condition, Price, Pricing, RatePlan, TaxRate, TaxRule, UsagePlan},
    service::Service,
    statement::StatementStatus,
    usage::{Awaiting, PeriodUsage},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError};

fn close(period: Period) -> sp_runtime::DispatchResult {
    plain(Statements::close_period(
        by(clearing(ALPHA)),
        AGREEMENT,
        period,
        0,
    ))
}

fn values(period: Period) -> (Vec<[i128; 3]>, [i128; 2], i128) {
    let statement = Statements::statement(AGREEMENT, period).unwrap();
    let read = |value: Value| value.clear().unwrap();
    let line = |line: &interclear_primitives::statement::StatementLine| {
        [read(line.charge), read(line.shortfall), read(line.tax)]
    };
    (
        statement.lines.iter().map(line).collect(),
        statement.totals.map(read),
        read(statement.net),
    )
}

#[test]
fn close_period_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        let close = |origin| Statements::close_period(origin, AGREEMENT, JANUARY, 0);
        assert_noop!(close(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(close(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(close(by(4711)), NOT_A_DESK);
        assert_noop!(close(by(treasury(ALPHA))), WRONG_ROLE);
        assert_noop!(close(by(clearing(GAMMA))), Error::<Test>::NotAParty);
    });
}

#[test]
fn close_period_should_issue_the_statement_of_both_directions() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        let statement = Statements::statement(AGREEMENT, JANUARY).unwrap();
        assert_eq!(statement.parties, [ALPHA, BETA]);
        assert_eq!(
            (statement.currency, statement.decimals, statement.version),
            (Currency::EUR, 2, 1)
        );
        assert_eq!(statement.status, StatementStatus::Issued);
        assert_eq!(statement.issued_at, MockClock::now());
        assert_eq!(statement.affirm_by, MockClock::now() + 30 * DAY);
        let lines: Vec<_> = statement
            .lines
            .iter()
            .map(|l| {
                (
                    l.direction,
                    l.group,
                    l.service,
                    l.quantity,
                    l.tap_charge,
                    l.charge,
                )
            })
            .collect();
        use {Direction::*, Service::*};
        let cents = Value::Clear;
        assert_eq!(
            lines,
            vec![
                (FirstHome, 0, Gprs, 1_000_000_000, cents(90_000), cents(50_000)),
                (FirstHome, 0, SmsMo, 100_000_000, cents(900), cents(200)),
                (SecondHome, 0, Gprs, 200_000_000, cents(18_000), cents(10_000)),
                (SecondHome, 0, SmsMo, 0, cents(0), cents(0)),
            ]
        );
        assert_eq!(statement.totals, [cents(50_200), cents(10_000)]);
        assert_eq!(statement.net, cents(40_200));
        assert_eq!(
            events(),
            vec![Event::PeriodClosed {
                agreement: AGREEMENT,
                period: JANUARY,
                parties: [ALPHA, BETA],
                currency: Currency::EUR,
                totals: [cents(50_200), cents(10_000)],
                net: cents(40_200),
                affirm_by: MockClock::now() + 30 * DAY,
            }]
        );
        assert!(MockUsage::period_usage(AGREEMENT, JANUARY).closed);
        assert!(Statements::is_closed(AGREEMENT, JANUARY));
        assert!(!Statements::is_closed(AGREEMENT, FEBRUARY));
        assert_eq!(Statements::last_closed(AGREEMENT), Some(JANUARY));
    });
}

#[test]
fn close_period_should_return_the_weight_of_the_lines_there_are() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        let post = Statements::close_period(by(clearing(BETA)), AGREEMENT, JANUARY, 0).unwrap();
        assert_eq!(
            post.actual_weight,
            Some(<() as crate::WeightInfo>::close_period(4))
        );
    });
}

#[test]
fn close_period_should_be_refused_when_the_month_is_not_over() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        MockClock::set(JANUARY.end() - 1);
        assert_noop!(close(JANUARY), Error::<Test>::PeriodRunning);
        MockClock::set(JANUARY.end());
        assert_ok!(close(JANUARY));
    });
}

#[test]
fn close_period_should_be_refused_when_the_month_is_closed() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        assert_noop!(close(JANUARY), Error::<Test>::AlreadyClosed);
        // And so when the statement has been removed.
        assert_ok!(Statements::affirm(by(clearing(ALPHA)), AGREEMENT, JANUARY));
        assert_ok!(Statements::affirm(by(clearing(BETA)), AGREEMENT, JANUARY));
        interclear_ports::mocks::MockObligations::forget(interclear_primitives::ids::ObligationId(0));
        MockClock::advance(RETENTION);
        idle();
        assert_eq!(Statements::statement(AGREEMENT, JANUARY), None);
        assert_noop!(close(JANUARY), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn close_period_should_be_refused_when_the_month_is_out_of_term_or_out_of_order() {
    ExtBuilder::default().build_and_execute(|| {
        MockClock::set(Period(202612).end());
        assert_noop!(close(Period(202512)), Error::<Test>::NotInForce);
        assert_noop!(close(Period(202604)), Error::<Test>::NotInForce);
        assert_noop!(close(Period(202613)), Error::<Test>::InvalidPeriod);
        assert_noop!(close(FEBRUARY), Error::<Test>::EarlierMonthOpen);
        assert_ok!(close(JANUARY));
        assert_noop!(close(Period(202603)), Error::<Test>::EarlierMonthOpen);
        assert_ok!(close(FEBRUARY));
        assert_ok!(close(Period(202603)));
    });
}

#[test]
fn close_period_should_be_refused_when_there_is_no_such_agreement() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(
            Statements::close_period(by(clearing(ALPHA)), AgreementId(99), JANUARY, 0),
            Error::<Test>::AgreementNotFound
        );
    });
}

#[test]
fn close_period_should_be_refused_when_files_are_missing() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        for usage in [
            PeriodUsage {
                gaps: 1,
                ..Default::default()
            },
            PeriodUsage {
                awaiting: [
                    Awaiting {
                        unanswered: 1,
                        latest: 0,
                    },
                    Awaiting::default(),
                ],
                ..Default::default()
            },
            PeriodUsage {
                returned: 1,
                ..Default::default()
            },
        ] {
            MockUsage::set_period(AGREEMENT, JANUARY, usage);
            assert_noop!(close(JANUARY), DispatchError::Other("Incomplete"));
            assert!(!MockUsage::period_usage(AGREEMENT, JANUARY).closed);
        }
    });
}

#[test]
fn close_period_should_be_refused_when_its_currency_has_no_token() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        january();
        assert_noop!(close(JANUARY), Error::<Test>::CurrencyNotSettled);
    });
}

#[test]
fn close_period_should_be_refused_when_no_line_prices_the_usage() {
    ExtBuilder::default().build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Mtc, 1, 1);
        assert_noop!(close(JANUARY), Error::<Test>::UsageWithoutLine);
    });
}

#[test]
fn close_period_should_be_refused_when_amounts_do_not_fit() {
    ExtBuilder::default().build_and_execute(|| {
        used(
            JANUARY,
            Direction::FirstHome,
            Service::Gprs,
            u128::MAX / 1_000_000,
            0,
        );
        assert_noop!(close(JANUARY), Error::<Test>::AmountOverflow);
    });
}

#[test]
fn close_period_should_pass_when_the_operator_is_suspended() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        MockOperators::suspend(ALPHA);
        assert_ok!(close(JANUARY));
    });
}

#[test]
fn statement_should_have_zeros_when_the_month_has_no_usage() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(close(JANUARY));
        assert_eq!(values(JANUARY), (vec![[0; 3]; 4], [0, 0], 0));
    });
}

#[test]
fn amount_should_be_rounded_once_half_to_even_when_it_is_stated() {
    ExtBuilder::default().build_and_execute(|| {
        // 0.02 for each message: 0.25 and 0.75 of a message are 0.005 and 0.015.
        for (direction, quantity) in [(Direction::FirstHome, 250_000), (Direction::SecondHome, 750_000)] {
            let key = interclear_primitives::usage::UsageKey {
                direction,
                group: 0,
                service: Service::SmsMo,
            };
            let total = interclear_primitives::usage::UsageTotal {
                quantity,
                ..Default::default()
            };
            MockUsage::set(AGREEMENT, JANUARY, key, total);
        }
        assert_ok!(close(JANUARY));
        assert_eq!(values(JANUARY).1, [0, 2]);
    });
}

#[test]
fn close_period_should_be_refused_when_no_other_debt_would_fit_into_a_cycle_beside_its_net() {
    ExtBuilder::default().build_and_execute(|| {
        // 50 cents a unit.
        let most = MAX_NET / 50;
        used(JANUARY, Direction::FirstHome, Service::Gprs, most + 1, 0);
        assert_noop!(close(JANUARY), Error::<Test>::AmountOverflow);
        used(JANUARY, Direction::FirstHome, Service::Gprs, most, 0);
        assert_ok!(close(JANUARY));
    });
}

#[test]
fn statement_should_keep_tax_apart_when_totals_include_it() {
    let mut terms = terms();
    let line = |terms: &mut interclear_primitives::agreement::Terms| {
        let line = terms.directions[0]
            .groups
            .iter_mut()
            .next()
            .unwrap()
            .lines
            .iter_mut()
            .next()
            .unwrap();
        line.terms.tax = TaxRule::Excluded {
            rate: TaxRate(1_900_000),
        };
    };
    line(&mut terms);
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        let (lines, totals, net) = values(JANUARY);
        assert_eq!(lines[0], [50_000, 0, 9_500]);
        assert_eq!((totals, net), ([59_700, 10_000], 49_700));
    });
}

fn with_commitment(condition: Condition) -> interclear_primitives::agreement::Terms {
    let mut terms = terms();
    for line in terms.directions[0]
        .groups
        .iter_mut()
        .flat_map(|group| group.lines.iter_mut())
    {
        line.terms.in_commitment = true;
    }
    terms.directions[0].condition = condition;
    terms
}

#[test]
fn shortfall_should_be_borne_by_the_last_month_when_a_commitment_is_missed() {
    let commitment = Amount::from_units(2_000).unwrap();
    let terms = with_commitment(Condition::DealRevenue {
        commitment,
        including_tax: false,
    });
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        MockClock::set(Period(202603).end());
        january();
        used(FEBRUARY, Direction::FirstHome, Service::Gprs, 2_000, 0);
        used(Period(202603), Direction::FirstHome, Service::Gprs, 400, 0);
        assert_ok!(close(JANUARY));
        assert_eq!(values(JANUARY).0[0], [50_000, 0, 0]);
        assert_eq!(Accounts::<Test>::get(AGREEMENT).len(), 2);
        assert_ok!(close(FEBRUARY));
        assert_eq!(values(FEBRUARY).0[0], [100_000, 0, 0]);
        assert_ok!(close(Period(202603)));
        // 502 + 1,000 + 200 = 1,702 of 2,000 are reached: 298 are missing, in proportion 1,700 : 2.
        let (lines, totals, _) = values(Period(202603));
        assert_eq!((lines[0], lines[1]), ([20_000, 29_765, 0], [0, 35, 0]));
        assert_eq!(totals, [20_000 + 29_800, 0]);
        assert!(Accounts::<Test>::get(AGREEMENT).is_empty());
    });
}

#[test]
fn shortfall_should_be_none_when_a_commitment_is_met() {
    let commitment = Amount::from_units(100).unwrap();
    let terms = with_commitment(Condition::DealRevenue {
        commitment,
        including_tax: false,
    });
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        MockClock::set(Period(202603).end());
        january();
        for period in [JANUARY, FEBRUARY, Period(202603)] {
            assert_ok!(close(period));
            assert!(values(period).0.iter().all(|[_, shortfall, _]| *shortfall == 0));
        }
    });
}

#[test]
fn reverse_volume_should_be_that_of_the_mirrored_group_when_traffic_is_balanced() {
    let mut terms = terms();
    for line in terms.directions[0]
        .groups
        .iter_mut()
        .flat_map(|group| group.lines.iter_mut())
    {
        let plan = UsagePlan::BalancedUnbalanced {
            balanced: RatePlan::Linear {
                price: Price(1_000_000_000),
            },
            unbalanced: RatePlan::Linear {
                price: Price(100_000_000),
            },
        };
        line.terms.pricing = Pricing::Usage { plan, floor: None };
    }
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        // 200 of 1,000 MB are matched by the reverse direction: 200 at 1.00 and 800 at 0.10.
        assert_eq!(values(JANUARY).0[0], [28_000, 0, 0]);
        assert_eq!(
            values(JANUARY).0[1],
            [1_000, 0, 0],
            "no message is matched: 100 at 0.10"
        );
    });
}
