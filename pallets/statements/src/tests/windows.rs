//! Accounting windows, commitment spans and currencies over several months.

use crate::{mock::*, Accounts, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::{MockAgreements, MockRates, MockUsage};
use interclear_primitives::{
    agreement::{Direction, ServiceGroup, Terms, MAX_AGREEMENT_LINES},
    ids::OperatorId,
    money::{Currency, Value},
    period::Period,
    rating::{Amount, Condition, Price, Pricing, Quantity, RatePlan, SdrRate, Tier},
    service::Service,
    span::{Months, Span},
    statement::{Exchange, StatementLine},
    usage::{UsageKey, UsageTotal},
};
use proptest::prelude::*;
use sp_runtime::DispatchResult;

const MARCH: Period = Period(202603);
const APRIL: Period = Period(202604);

fn close(period: Period) -> DispatchResult {
    MockClock::set(MockClock::now().max(period.end()));
    plain(Statements::close_period(
        by(clearing(ALPHA)),
        AGREEMENT,
        period,
        0,
    ))
}

/// Terms of 2026: data in the first direction by `plan`, accounted by `window`.
fn year(plan: RatePlan, window: Span) -> Terms {
    let mut terms = terms();
    terms.last = Period(202612);
    let agreed = &mut terms.directions[0];
    agreed.window = window;
    agreed.groups[0].lines[0].terms.pricing = plan.into();
    terms
}

/// 0.10 a unit; 0.05 from the first unit above 1,000.
fn back_to_first() -> RatePlan {
    let tier = |start: u128, price| Tier {
        start: Quantity(start * 1_000_000),
        fixed: Amount(0),
        price: Price(price),
    };
    RatePlan::BackToFirst {
        tiers: vec![tier(0, 100_000_000), tier(1_000, 50_000_000)]
            .try_into()
            .unwrap(),
    }
}

fn data(period: Period, units: u128) {
    used(period, Direction::FirstHome, Service::Gprs, units, 0);
}

fn first_line(period: Period) -> StatementLine {
    Statements::statement(AGREEMENT, period).unwrap().lines[0].clone()
}

fn charges(months: impl IntoIterator<Item = Period>) -> Vec<i128> {
    months
        .into_iter()
        .map(|month| first_line(month).charge.clear().unwrap())
        .collect()
}

#[test]
fn the_creditor_should_be_the_debtor_when_a_month_gives_back() {
    ExtBuilder::default()
        .terms(year(back_to_first(), Span::Quarter))
        .build_and_execute(|| {
            data(JANUARY, 900);
            data(FEBRUARY, 200);
            data(MARCH, 900);
            data(APRIL, 900);
            for month in [JANUARY, FEBRUARY, MARCH, APRIL] {
                assert_ok!(close(month));
                Statements::do_try_state().unwrap();
            }
            assert_eq!(
                charges([JANUARY, FEBRUARY, MARCH, APRIL]),
                [9_000, -3_500, 4_500, 9_000]
            );
            assert_eq!(first_line(FEBRUARY).quantity, 200_000_000);
            let statement = Statements::statement(AGREEMENT, FEBRUARY).unwrap();
            assert_eq!(statement.totals, [Value::Clear(-3_500), Value::ZERO]);

            for (month, debtor, creditor, amount) in
                [(JANUARY, ALPHA, BETA, 9_000), (FEBRUARY, BETA, ALPHA, 3_500)]
            {
                assert_ok!(Statements::affirm(by(clearing(ALPHA)), AGREEMENT, month));
                assert_ok!(Statements::affirm(by(clearing(BETA)), AGREEMENT, month));
                let (_, debt) = obligations(ALPHA).pop().unwrap();
                assert_eq!(
                    (debt.debtor, debt.creditor, debt.amount),
                    (debtor, creditor, Value::Clear(amount))
                );
            }
        });
}

#[test]
fn the_account_should_be_kept_only_while_something_goes_on() {
    ExtBuilder::default()
        .terms(year(back_to_first(), Span::Quarter))
        .build_and_execute(|| {
            data(JANUARY, 900);
            assert_ok!(close(JANUARY));
            let account = Accounts::<Test>::get(AGREEMENT);
            assert_eq!(account.len(), 2, "the other direction is accounted by month");
            assert_eq!(account[1].running.usage.volume, Quantity(900_000_000));
            assert_eq!(account[1].running.history.window.charge, 9_000);
            assert_ok!(close(FEBRUARY));
            assert_ok!(close(MARCH));
            assert!(!Accounts::<Test>::contains_key(AGREEMENT));
        });
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        assert!(!Accounts::<Test>::contains_key(AGREEMENT), "months alone");
    });
}

#[test]
fn a_flat_fee_should_be_due_once_in_a_window() {
    let plan = RatePlan::FlatFee {
        fee: Amount(70_000_000),
    };
    ExtBuilder::default()
        .terms(year(plan, Span::Quarter))
        .build_and_execute(|| {
            let months = [JANUARY, FEBRUARY, MARCH, APRIL];
            for month in months {
                assert_ok!(close(month));
            }
            assert_eq!(charges(months), [7_000, 0, 0, 7_000]);
        });
}

#[test]
fn imsi_months_should_add_up_within_a_window() {
    let mut terms = year(RatePlan::NotCharged, Span::Quarter);
    let tier = |start, price| Tier {
        start: Quantity(start),
        fixed: Amount(0),
        price: Price(price),
    };
    let plan = RatePlan::Tiered {
        tiers: vec![tier(0, 1_000_000_000), tier(15_000_000, 500_000_000)]
            .try_into()
            .unwrap(),
    };
    let line = &mut terms.directions[0].groups[0].lines[0];
    line.service = Service::NetworkAccess;
    line.terms.pricing = Pricing::Access { plan };
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        for month in [JANUARY, FEBRUARY, MARCH] {
            used(month, Direction::FirstHome, Service::NetworkAccess, 10, 0);
            assert_ok!(close(month));
        }
        // 15 at 1.00 and 15 at 0.50.
        assert_eq!(charges([JANUARY, FEBRUARY, MARCH]), [1_000, 750, 500]);
        assert_eq!(first_line(MARCH).quantity, 10_000_000);
    });
}

fn committed(window: Span, span: Span) -> Terms {
    let price = Price(100_000_000);
    let mut terms = year(RatePlan::Linear { price }, window);
    let agreed = &mut terms.directions[0];
    agreed.commitment_span = span;
    agreed.condition = Condition::DealRevenue {
        commitment: Amount(100_000_000),
        including_tax: false,
    };
    agreed.groups[0].lines[0].terms.in_commitment = true;
    terms
}

fn shortfalls(months: impl IntoIterator<Item = Period>) -> Vec<i128> {
    months
        .into_iter()
        .map(|month| first_line(month).shortfall.clear().unwrap())
        .collect()
}

#[test]
fn a_commitment_should_be_settled_with_the_last_month_of_each_span() {
    for window in [Span::Month, Span::Quarter] {
        ExtBuilder::default()
            .terms(committed(window, Span::Quarter))
            .build_and_execute(|| {
                data(JANUARY, 100);
                data(MARCH, 300);
                data(APRIL, 2_000);
                let months: Vec<_> = (0..6).map(|month| JANUARY.plus(month)).collect();
                for month in &months {
                    assert_ok!(close(*month));
                    Statements::do_try_state().unwrap();
                }
                assert_eq!(shortfalls(months), [0, 0, 6_000, 0, 0, 0], "by {window}");
            });
    }
}

/// As `committed`, with all of it owed when it is ended early.
fn committed_in_full(window: Span, span: Span) -> Terms {
    let mut terms = committed(window, span);
    terms.directions[0].in_full = true;
    terms
}

#[test]
fn span_and_window_should_end_when_a_new_version_begins() {
    ExtBuilder::default()
        .terms(committed_in_full(Span::Quarter, Span::Year))
        .build_and_execute(|| {
            data(JANUARY, 100);
            data(FEBRUARY, 200);
            data(MARCH, 900);
            data(APRIL, 200);
            assert_ok!(close(JANUARY));
            let later = year(back_to_first(), Span::Quarter);
            MockAgreements::amend(AGREEMENT, MARCH, later);
            Statements::do_try_state().unwrap();
            for month in [FEBRUARY, MARCH, APRIL] {
                assert_ok!(close(month));
                Statements::do_try_state().unwrap();
            }
            assert_eq!(shortfalls([JANUARY, FEBRUARY, MARCH]), [0, 7_000, 0]);
            // The quarter of the new version begins with March.
            assert_eq!(
                charges([JANUARY, FEBRUARY, MARCH, APRIL]),
                [1_000, 2_000, 9_000, -3_500]
            );
        });
}

#[test]
fn a_span_should_be_owed_for_its_months_when_a_new_version_ends_it() {
    let mut terms = committed(Span::Quarter, Span::Year);
    // 360.00 for a year.
    terms.directions[0].condition = Condition::DealRevenue {
        commitment: Amount(360_000_000),
        including_tax: false,
    };
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        data(JANUARY, 100);
        data(FEBRUARY, 200);
        assert_ok!(close(JANUARY));
        MockAgreements::amend(AGREEMENT, MARCH, year(back_to_first(), Span::Quarter));
        for month in [FEBRUARY, MARCH] {
            assert_ok!(close(month));
            Statements::do_try_state().unwrap();
        }
        // 60.00 for two of twelve months, of which 30.00 were used.
        assert_eq!(shortfalls([JANUARY, FEBRUARY, MARCH]), [0, 3_000, 0]);
    });
}

#[test]
fn charges_of_files_should_be_converted_by_the_rates_of_the_month() {
    let mut terms = terms();
    terms.usage.currency = Currency::SDR;
    terms.directions[0].groups[0].lines[0].terms.pricing = Pricing::TapCharge;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 1, 10_000);
        assert_noop!(close(JANUARY), Error::<Test>::ExchangeRateMissing);
        MockRates::set(Currency::EUR, FEBRUARY, SdrRate(1_300_000_000));
        assert_noop!(close(JANUARY), Error::<Test>::ExchangeRateMissing);
        MockRates::set(Currency::EUR, JANUARY, SdrRate(1_234_500_000));
        assert_ok!(close(JANUARY));
        assert_eq!(first_line(JANUARY).tap_charge, Value::Clear(12_345));
        assert_eq!(first_line(JANUARY).charge, Value::Clear(12_345));
        let statement = Statements::statement(AGREEMENT, JANUARY).unwrap();
        let exchange = Exchange {
            from: SdrRate::SDR,
            to: SdrRate(1_234_500_000),
        };
        assert_eq!(statement.exchange, Some(exchange));
    });
}

#[test]
fn no_rate_should_be_needed_when_files_are_charged_in_the_currency_of_the_agreement() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        assert_eq!(Statements::statement(AGREEMENT, JANUARY).unwrap().exchange, None);
    });
}

#[test]
fn a_month_should_be_closed_in_one_block_when_its_agreement_has_more_than_200_lines() {
    let mut terms = year(back_to_first(), Span::Year);
    let networks = |side: u32| (0..4).map(move |group| vec![tadig(OperatorId(side + group))]);
    for (agreed, side) in terms.directions.iter_mut().zip([41, 51]) {
        agreed.window = Span::Year;
        let groups: Vec<_> = networks(side)
            .map(|home| ServiceGroup {
                home: home.try_into().unwrap(),
                visited: vec![tadig(OperatorId(side + 20))].try_into().unwrap(),
                lines: Service::ALL
                    .iter()
                    .map(|service| linear(*service, 1_000_000))
                    .collect::<Vec<_>>()
                    .try_into()
                    .unwrap(),
            })
            .collect();
        agreed.groups = groups.try_into().unwrap();
    }
    assert_eq!(interclear_billing::terms::validate(&terms), Ok(()));
    let lines = terms.line_count();
    assert!((200..=MAX_AGREEMENT_LINES).contains(&lines), "{lines}");
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        for month in [JANUARY, FEBRUARY] {
            for direction in Direction::BOTH {
                for service in Service::ALL {
                    used(month, direction, *service, 5_000, 0);
                }
            }
            assert_ok!(close(month));
        }
        assert_eq!(Accounts::<Test>::get(AGREEMENT).len() as u32, lines);
        // Half of a slot of two seconds, with a tenth left for what every block must do.
        let block = frame_support::weights::constants::WEIGHT_REF_TIME_PER_SECOND;
        let weight = <() as crate::WeightInfo>::close_period(MAX_AGREEMENT_LINES);
        assert!(weight.ref_time() < block / 10 * 9);
    });
}

/// Closes the year, with this usage of data in each month, and returns what each quarter was charged.
fn quarters(months: &[u128]) -> Vec<i128> {
    let mut sums = Vec::new();
    ExtBuilder::default()
        .terms(committed_tiers())
        .build_and_execute(|| {
            for (month, quantity) in (0..).zip(months) {
                let period = JANUARY.plus(month);
                let key = UsageKey {
                    direction: Direction::FirstHome,
                    group: 0,
                    service: Service::Gprs,
                };
                let total = UsageTotal {
                    records: 1,
                    quantity: *quantity,
                    ..Default::default()
                };
                MockUsage::set(AGREEMENT, period, key, total);
                assert_ok!(close(period));
                Statements::do_try_state().unwrap();
            }
            for quarter in 0..4 {
                let months = Months {
                    first: JANUARY.plus(quarter * 3),
                    last: JANUARY.plus(quarter * 3 + 2),
                };
                let charged: i128 = months
                    .iter()
                    .map(|month| {
                        let line = first_line(month);
                        line.charge.clear().unwrap() + line.shortfall.clear().unwrap()
                    })
                    .sum();
                sums.push(charged);
            }
        });
    sums
}

fn committed_tiers() -> Terms {
    let mut terms = committed(Span::Quarter, Span::HalfYear);
    terms.directions[0].groups[0].lines[0].terms.pricing = back_to_first().into();
    terms
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_months_of_a_window_should_add_up_to_it_whatever_the_split(
        months in proptest::collection::vec(0..800_000_000u128, 12),
        place in 0..3usize,
    ) {
        let mut gathered = vec![0; 12];
        for (month, quantity) in months.iter().enumerate() {
            gathered[month / 3 * 3 + place] += quantity;
        }
        prop_assert_eq!(quarters(&months), quarters(&gathered));
    }
}
