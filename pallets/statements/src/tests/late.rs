//! Usage of closed months: a later month bills it, by their terms.

use crate::{mock::*, EndedWindows, Error};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{mocks::MockUsage, Usage};
use interclear_primitives::{
    agreement::{Direction, Terms},
    ids::OperatorId,
    money::Value,
    period::Period,
    rating::{Amount, Condition, Price, Pricing},
    service::Service,
    span::Span,
    statement::{StatementLine, StatementStatus},
    usage::{PeriodUsage, UsageKey, UsageTotal},
};
use sp_runtime::DispatchResult;

const MARCH: Period = Period(202603);
const APRIL: Period = Period(202604);

fn close_as(operator: OperatorId, period: Period) -> DispatchResult {
    MockClock::set(MockClock::now().max(period.end()));
    let changes = MockUsage::period_usage(AGREEMENT, period).changes;
    Statements::close_period(by(clearing(operator)), AGREEMENT, period, changes)
        .map(|_| ())
        .map_err(|refused| refused.error)
}

pub(super) fn close(period: Period) -> DispatchResult {
    close_as(ALPHA, period)
}

/// Data of the first direction that came after its month had been closed, in whole units.
pub(super) fn late(of: Period, billed_with: Period, units: u128) {
    let key = UsageKey {
        direction: Direction::FirstHome,
        group: 0,
        service: Service::Gprs,
    };
    let total = UsageTotal {
        records: 1,
        quantity: units * 1_000_000,
        ..Default::default()
    };
    MockUsage::set_late(AGREEMENT, (of, billed_with), key, total);
    let usage = PeriodUsage {
        batches: 1,
        ..Default::default()
    };
    MockUsage::set_period(AGREEMENT, billed_with, usage);
}

pub(super) fn late_lines(period: Period) -> Vec<StatementLine> {
    let lines = Statements::statement(AGREEMENT, period).unwrap().lines;
    lines.into_iter().filter(|line| line.late.is_some()).collect()
}

/// Terms of 2026: data at 0.10 a unit in the first direction, of which 100.00 are committed for each quarter.
pub(super) fn committed() -> Terms {
    let mut terms = terms();
    terms.last = Period(202612);
    let agreed = &mut terms.directions[0];
    agreed.commitment_span = Span::Quarter;
    agreed.condition = Condition::DealRevenue {
        commitment: Amount(100_000_000),
        including_tax: false,
    };
    let line = &mut agreed.groups[0].lines[0].terms;
    line.in_commitment = true;
    line.pricing = Pricing::linear(Price(100_000_000));
    terms
}

#[test]
fn late_usage_should_be_billed_with_the_next_month_as_a_line_of_its_own() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        let before = Statements::statement(AGREEMENT, JANUARY);
        late(JANUARY, FEBRUARY, 100);
        used(FEBRUARY, Direction::FirstHome, Service::Gprs, 10, 0);
        assert_ok!(close(FEBRUARY));
        let statement = Statements::statement(AGREEMENT, FEBRUARY).unwrap();
        assert_eq!(statement.lines.len(), 5);
        let [line] = &late_lines(FEBRUARY)[..] else {
            panic!("one line is late")
        };
        assert_eq!((line.late, line.quantity), (Some(JANUARY), 100_000_000));
        assert_eq!(line.charge, Value::Clear(5_000));
        assert_eq!(statement.totals, [Value::Clear(5_500), Value::ZERO]);
        assert_eq!(Statements::statement(AGREEMENT, JANUARY), before);
    });
}

#[test]
fn a_statement_should_stay_as_it_was_when_late_usage_comes_to_a_month_closed_early_together() {
    ExtBuilder::default().close_days(5).build_and_execute(|| {
        january();
        assert_ok!(close_as(ALPHA, JANUARY));
        assert_ok!(close_as(BETA, JANUARY));
        late(JANUARY, FEBRUARY, 100);
        assert_ok!(close_as(ALPHA, FEBRUARY));
        assert_ok!(close_as(BETA, FEBRUARY));
        // Neither has agreed to January yet: it is affirmed as it was stated, and the late usage with February.
        let status = |period| Statements::statement(AGREEMENT, period).unwrap().status;
        assert_eq!(status(JANUARY), StatementStatus::Issued);
        for (month, net) in [(JANUARY, 40_200), (FEBRUARY, 5_000)] {
            for party in [ALPHA, BETA] {
                assert_ok!(Statements::affirm(by(clearing(party)), AGREEMENT, month));
            }
            let (_, debt) = obligations(ALPHA).pop().unwrap();
            assert_eq!((debt.debtor, debt.amount), (ALPHA, Value::Clear(net)));
        }
    });
}

#[test]
fn late_usage_should_correct_the_commitment_that_was_due_before_it_came() {
    ExtBuilder::default().terms(committed()).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 100, 0);
        for month in [JANUARY, FEBRUARY, MARCH] {
            assert_ok!(close(month));
        }
        let due = &Statements::statement(AGREEMENT, MARCH).unwrap().lines[0];
        assert_eq!(due.shortfall, Value::Clear(9_000));
        late(JANUARY, APRIL, 200);
        assert_ok!(close(APRIL));
        let [line] = &late_lines(APRIL)[..] else {
            panic!("one line is late")
        };
        assert_eq!(
            (line.charge, line.shortfall),
            (Value::Clear(2_000), Value::Clear(-2_000))
        );
        let statement = Statements::statement(AGREEMENT, APRIL).unwrap();
        assert_eq!(statement.totals, [Value::ZERO; 2]);
    });
}

#[test]
fn late_usage_should_count_for_a_commitment_that_runs() {
    ExtBuilder::default().terms(committed()).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 100, 0);
        assert_ok!(close(JANUARY));
        late(JANUARY, FEBRUARY, 200);
        assert_ok!(close(FEBRUARY));
        Statements::do_try_state().unwrap();
        assert_ok!(close(MARCH));
        // 10.00 in time and 20.00 late.
        let due = &Statements::statement(AGREEMENT, MARCH).unwrap().lines[0];
        assert_eq!(due.shortfall, Value::Clear(7_000));
    });
}

#[test]
fn a_month_after_the_end_should_be_closed_when_it_bills_late_usage() {
    ExtBuilder::default().build_and_execute(|| {
        for month in [JANUARY, FEBRUARY, MARCH] {
            assert_ok!(close(month));
        }
        assert_noop!(close(APRIL), Error::<Test>::NotInForce);
        assert_eq!(Statements::closing(AGREEMENT, APRIL), None);
        late(MARCH, APRIL, 100);
        assert!(Statements::closing(AGREEMENT, APRIL).is_some());
        assert_ok!(close(APRIL));
        let statement = Statements::statement(AGREEMENT, APRIL).unwrap();
        assert_eq!((statement.version, statement.exchange), (1, None));
        assert_eq!(statement.lines.len(), 1);
        assert_eq!(statement.totals, [Value::Clear(5_000), Value::ZERO]);
        assert_noop!(close(APRIL.next()), Error::<Test>::NotInForce);
    });
}

#[test]
fn late_usage_of_as_many_months_as_are_taken_should_fit_into_one_statement() {
    let mut terms = committed();
    terms.usage.late_days = 180;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        let months: Vec<_> = (0..6).map(|month| JANUARY.plus(month)).collect();
        for month in &months {
            assert_ok!(close(*month));
        }
        let july = JANUARY.plus(6);
        for month in &months {
            late(*month, july, 100);
        }
        assert_ok!(close(july));
        let late: Vec<_> = late_lines(july).iter().map(|line| line.late).collect();
        assert_eq!(late, months.iter().map(|month| Some(*month)).collect::<Vec<_>>());
        // 60.00 of 200.00 were used after all.
        let statement = Statements::statement(AGREEMENT, july).unwrap();
        assert_eq!(statement.totals, [Value::ZERO; 2]);
        // What neither late usage nor a dispute can correct any more is not kept: what July bills of January can be disputed.
        let january = || EndedWindows::<Test>::contains_key(AGREEMENT, JANUARY);
        assert!(january());
        let over = Statements::statement(AGREEMENT, july).unwrap().disputed_until;
        assert!(over <= july.next().end());
        assert_ok!(close(july.next()));
        assert!(!january());
        let kept = EndedWindows::<Test>::iter_key_prefix(AGREEMENT).collect::<Vec<_>>();
        assert!(kept.iter().all(|last| *last > JANUARY), "{kept:?}");
        assert!(kept.len() <= 8);
    });
}
