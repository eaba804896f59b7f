//! What disputes have decided counts with the next month that is closed.

use super::late::{close, committed, late, late_lines};
use crate::{mock::*, Accounts, Decisions, EndedWindows, Error, LateLines, Undecided};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::DisputedStatements;
use interclear_primitives::{
    agreement::Direction, ids::DisputeId, money::Value, period::Period, service::Service, span::Span,
    statement::Decided, usage::UsageKey,
};

const MARCH: Period = Period(202603);
const APRIL: Period = Period(202604);

/// So many units of data more in the first direction, for so many cents.
fn decided(dispute: u64, period: Period, units: i128, cents: i128) -> Decided {
    Decided {
        dispute: DisputeId(dispute),
        statement: period,
        period,
        line: UsageKey {
            direction: Direction::FirstHome,
            group: 0,
            service: Service::Gprs,
        },
        moves_window: true,
        quantity: units * 1_000_000,
        charge: Value::Clear(cents),
        shortfall: Value::ZERO,
        tax: Value::ZERO,
    }
}

/// A dispute on a statement that ends with that.
fn dispute(period: Period, decided: Option<Decided>) {
    assert_ok!(Statements::begin_dispute(AGREEMENT, period, BETA));
    let before = Undecided::<Test>::get(AGREEMENT, period).unwrap_or_default();
    assert!(before > 0);
    assert_ok!(Statements::end_dispute(
        AGREEMENT,
        period,
        BETA,
        DisputeId(5),
        decided
    ));
    let waits = u32::from(decided.is_some_and(|decided| decided.period == period));
    let after = Undecided::<Test>::get(AGREEMENT, period).unwrap_or_default();
    assert_eq!(after, before - 1 + waits);
    Statements::do_try_state().unwrap();
}

fn totals(period: Period) -> [Value; 2] {
    Statements::statement(AGREEMENT, period).unwrap().totals
}

#[test]
fn decided_usage_should_not_be_billed_once_more_when_a_late_file_brings_it() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        let before = Statements::statement(AGREEMENT, JANUARY).unwrap();
        let more = decided(3, JANUARY, 40, 2_000);
        dispute(JANUARY, Some(more));
        assert_eq!(Statements::statement(AGREEMENT, JANUARY), Some(before));
        assert_eq!(Statements::decisions(AGREEMENT), [more]);
        assert_ok!(close(FEBRUARY));
        assert_eq!(Statements::decisions(AGREEMENT), []);
        let statement = Statements::statement(AGREEMENT, FEBRUARY).unwrap();
        assert_eq!(
            (&statement.decided[..], statement.totals),
            (&[more][..], [Value::ZERO; 2])
        );
        assert_eq!(Decisions::<Test>::iter().count(), 0);
        Statements::do_try_state().unwrap();
        // The file brings 100 units: 60 are new, at 0.50.
        late(JANUARY, MARCH, 100);
        assert_ok!(close(MARCH));
        let [line] = &late_lines(MARCH)[..] else {
            panic!("one line is late")
        };
        assert_eq!((line.quantity, line.charge), (60_000_000, Value::Clear(3_000)));
        Statements::do_try_state().unwrap();
    });
}

/// What January's data comes to in all, in units, if a dispute moves it by so many, and a file brings so many late: first, or last.
fn january_with(moved: i128, file: u128, moves_window: bool, file_first: bool) -> i128 {
    let mut cents = moved * 50;
    ExtBuilder::default().build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 1_000, 0);
        assert_ok!(close(JANUARY));
        let ends = || {
            let one = decided(3, JANUARY, moved, moved * 50);
            dispute(JANUARY, Some(Decided { moves_window, ..one }));
        };
        let brings = |with| late(JANUARY, with, file);
        if file_first {
            brings(FEBRUARY);
        } else {
            ends();
        }
        assert_ok!(close(FEBRUARY));
        if file_first {
            ends();
        } else {
            brings(MARCH);
        }
        assert_ok!(close(MARCH));
        Statements::do_try_state().unwrap();
        let stated = [JANUARY, FEBRUARY, MARCH].map(|month| totals(month)[0].clear().unwrap());
        cents += stated.iter().sum::<i128>();
    });
    cents / 50
}

#[test]
fn usage_should_be_billed_once_when_a_dispute_and_a_late_file_are_on_the_same_in_either_order() {
    for moves_window in [true, false] {
        for file_first in [true, false] {
            let all = |moved, file| january_with(moved, file, moves_window, file_first);
            assert_eq!([all(200, 150), all(200, 250)], [1_200, 1_250]);
            assert_eq!([all(-200, 200), all(-200, 250)], [800, 850]);
        }
    }
}

#[test]
fn decided_usage_should_count_in_a_window_and_a_commitment_that_run() {
    let mut terms = committed();
    terms.directions[0].window = Span::Quarter;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 100, 0);
        assert_ok!(close(JANUARY));
        // 20.00, which is more than the price says.
        dispute(JANUARY, Some(decided(3, JANUARY, 150, 2_000)));
        for month in [FEBRUARY, MARCH] {
            assert_ok!(close(month));
            Statements::do_try_state().unwrap();
        }
        assert_eq!(totals(FEBRUARY), [Value::ZERO; 2]);
        assert_eq!(totals(MARCH), [Value::Clear(7_000), Value::ZERO]);
    });
}

#[test]
fn an_altered_quantity_should_be_found_when_a_dispute_has_moved_how_much_was_used() {
    let mut terms = committed();
    terms.directions[0].window = Span::HalfYear;
    terms.directions[0].commitment_span = Span::HalfYear;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 100, 0);
        assert_ok!(close(JANUARY));
        late(JANUARY, FEBRUARY, 10);
        assert_ok!(close(FEBRUARY));
        // Of the 40 units that were not, a file has brought 10 once more.
        dispute(JANUARY, Some(decided(3, JANUARY, -40, -400)));
        assert_ok!(close(MARCH));
        Statements::do_try_state().unwrap();
        let key = decided(3, JANUARY, 0, 0).line;
        let move_by = |more: i128| {
            Accounts::<Test>::mutate(AGREEMENT, |lines| {
                for line in lines.iter_mut().filter(|line| line.key == key) {
                    let running = &mut line.running;
                    running.history.window.quantity += more;
                    running.usage.volume.0 = running.usage.volume.0.checked_add_signed(more).unwrap();
                    assert_eq!(running.history.window.quantity, 60_000_000 + more.max(0));
                }
            });
        };
        move_by(1);
        let fault = "the statements of a window are not what its account says";
        assert_eq!(Statements::do_try_state(), Err(fault.into()));
        move_by(-1);
    });
}

#[test]
fn a_decision_should_not_be_named_by_a_statement_when_it_takes_more_than_was_used() {
    let mut terms = committed();
    terms.directions[0].window = Span::Quarter;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 8, 0);
        assert_ok!(close(JANUARY));
        let less = decided(4, JANUARY, -3, -30);
        dispute(JANUARY, Some(decided(3, JANUARY, -9, -1)));
        dispute(JANUARY, Some(less));
        assert_ok!(close(FEBRUARY));
        Statements::do_try_state().unwrap();
        assert_eq!(Statements::decisions(AGREEMENT), []);
        let statement = Statements::statement(AGREEMENT, FEBRUARY).unwrap();
        assert_eq!(statement.decided[..], [less]);
        assert_ok!(close(MARCH));
        // 5 of 8 units are left, at 0.10: the rest is missing from 100.00.
        assert_eq!(totals(MARCH), [Value::Clear(10_000 - 50), Value::ZERO]);
        Statements::do_try_state().unwrap();
    });
}

#[test]
fn commitment_that_was_due_should_be_corrected_by_the_next_month_also_after_the_end() {
    let mut terms = committed();
    terms.last = MARCH;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 100, 0);
        for month in [JANUARY, FEBRUARY, MARCH] {
            assert_ok!(close(month));
        }
        assert_eq!(totals(MARCH), [Value::Clear(9_000), Value::ZERO]);
        assert_eq!(Statements::closing(AGREEMENT, APRIL), None);
        dispute(MARCH, Some(decided(3, JANUARY, 200, 2_000)));
        assert_ok!(close(APRIL));
        assert_eq!(totals(APRIL), [Value::Clear(-2_000), Value::ZERO]);
        assert_noop!(close(APRIL.next()), Error::<Test>::NotInForce);
    });
}

#[test]
fn ended_windows_should_be_kept_for_the_months_in_dispute_alone_when_one_is() {
    let mut terms = committed();
    terms.last = Period(202706);
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 100, 0);
        assert_ok!(close(JANUARY));
        assert_ok!(Statements::begin_dispute(AGREEMENT, JANUARY, BETA));
        for month in (1..12).map(|month| JANUARY.plus(month)) {
            assert_ok!(close(month));
            Statements::do_try_state().unwrap();
        }
        let kept = || {
            let mut kept: Vec<_> = EndedWindows::<Test>::iter_key_prefix(AGREEMENT).collect();
            kept.sort();
            kept
        };
        // January itself, and March, with which its commitment was due; late usage of June and later could have come until now.
        let late = (5..12).map(|month| JANUARY.plus(month));
        assert_eq!(
            kept(),
            [JANUARY, MARCH].into_iter().chain(late).collect::<Vec<_>>()
        );
        let more = decided(3, JANUARY, 200, 2_000);
        assert_ok!(Statements::end_dispute(
            AGREEMENT,
            JANUARY,
            BETA,
            more.dispute,
            Some(more)
        ));
        let next = Period(202701);
        assert_ok!(close(next));
        // 20.00 more were used, so that the quarter misses 20.00 less.
        assert_eq!(totals(next), [Value::Clear(-2_000), Value::ZERO]);
        assert_eq!(
            Statements::statement(AGREEMENT, next).unwrap().decided[..],
            [more]
        );
        assert!(kept().iter().all(|last| *last > MARCH));
        Statements::do_try_state().unwrap();
    });
}

#[test]
fn decisions_should_wait_when_there_are_more_than_one_closing_takes() {
    ExtBuilder::default().build_and_execute(|| {
        january();
        assert_ok!(close(JANUARY));
        for number in 0..70 {
            dispute(JANUARY, Some(decided(number, JANUARY, 1, 50)));
        }
        assert_ok!(close(FEBRUARY));
        assert_eq!(
            Statements::statement(AGREEMENT, FEBRUARY).unwrap().decided.len(),
            64
        );
        assert_ok!(close(MARCH));
        assert_eq!(Statements::statement(AGREEMENT, MARCH).unwrap().decided.len(), 6);
        let settled: i128 = LateLines::<Test>::iter()
            .flat_map(|(_, _, lines)| lines.into_iter().map(|line| line.part.decided))
            .sum();
        assert_eq!(settled, 70_000_000);
    });
}

#[test]
fn a_month_after_the_end_should_not_be_closed_when_one_before_it_is_open() {
    let mut terms = committed();
    terms.last = FEBRUARY;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        used(JANUARY, Direction::FirstHome, Service::Gprs, 100, 0);
        late(JANUARY, MARCH, 50);
        late(JANUARY, APRIL, 50);
        assert_noop!(close(MARCH), Error::<Test>::EarlierMonthOpen);
        assert_ok!(close(JANUARY));
        let end_with = |id| {
            let decided = Some(decided(id, JANUARY, 1, 10));
            assert_ok!(Statements::end_dispute(
                AGREEMENT,
                JANUARY,
                BETA,
                DisputeId(id),
                decided
            ));
        };
        for _ in 0..2 {
            assert_ok!(Statements::begin_dispute(AGREEMENT, JANUARY, BETA));
        }
        end_with(3);
        // The month before is not in force, and the last one that is has not been closed.
        assert_noop!(close(APRIL), Error::<Test>::EarlierMonthOpen);
        assert_ok!(close(FEBRUARY));
        // March bills what came late: nobody skips it, whatever a dispute has decided meanwhile.
        end_with(4);
        assert_noop!(close(APRIL), Error::<Test>::EarlierMonthOpen);
        assert_ok!(close(MARCH));
        assert_ok!(close(APRIL));
        Statements::do_try_state().unwrap();
    });
}

#[test]
fn a_month_should_not_be_closed_as_it_was_seen_when_a_dispute_has_decided_something_since() {
    ExtBuilder::default().close_days(5).build_and_execute(|| {
        january();
        let close = |party, period: Period, changes| {
            MockClock::set(MockClock::now().max(period.end()));
            plain(Statements::close_period(
                by(clearing(party)),
                AGREEMENT,
                period,
                changes,
            ))
        };
        assert_ok!(close(ALPHA, JANUARY, 0));
        assert_ok!(close(BETA, JANUARY, 0));
        let changes = || Statements::closing(AGREEMENT, FEBRUARY).unwrap().changes;
        let seen = changes();
        assert_ok!(close(ALPHA, FEBRUARY, seen));
        // What decides nothing changes nothing.
        dispute(JANUARY, None);
        assert_eq!(changes(), seen);
        dispute(JANUARY, Some(decided(3, JANUARY, 40, 2_000)));
        assert_noop!(close(BETA, FEBRUARY, seen), Error::<Test>::MonthChanged);
        // Nor does the other one's request stand for it.
        assert_ok!(close(BETA, FEBRUARY, changes()));
        assert_eq!(Statements::statement(AGREEMENT, FEBRUARY), None);
        assert_ok!(close(ALPHA, FEBRUARY, changes()));
        assert!(Statements::statement(AGREEMENT, FEBRUARY).is_some());
    });
}
