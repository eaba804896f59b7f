//! A published year of usage, reported by both sides (BCE) from their own tables, compared by the chain and settled.

use super::{
    group::{begin, by, published, set_clock, AGREEMENT, PARTIES},
    preset,
};
use crate::{Anchoring, Reports, Runtime, Statements};
use frame_support::assert_ok;
use interclear_import::Assigned;
use interclear_primitives::{
    agreement::{Direction, Terms, Tolerance},
    money::Value,
    period::Period,
    report::{LineMatch, PairMonth, ReportOutcome, ReportedLine},
    usage::UsageKey,
    DAY,
};
use std::collections::BTreeMap;

/// One percent.
const PPM: u32 = 10_000;

/// A side's figures of a line of a pair: quantity, charge, tax.
type Figures = (u128, u128, u128);

/// One side's table of a month: per direction and pair, and in it by line.
type Table = BTreeMap<(Direction, PairMonth), BTreeMap<UsageKey, Figures>>;

fn table(assigned: &Assigned, period: Period) -> Table {
    let mut table = Table::new();
    for cell in assigned.cells.iter().filter(|cell| cell.period == period) {
        let pair = PairMonth {
            visited: cell.visited,
            home: cell.home,
            period,
        };
        let figures = (cell.quantity, cell.charge, cell.tax);
        if figures != (0, 0, 0) {
            table
                .entry((cell.key.direction, pair))
                .or_default()
                .insert(cell.key, figures);
        }
    }
    table
}

fn report(party: usize, pair: PairMonth, lines: &BTreeMap<UsageKey, Figures>) {
    let mut lines: Vec<_> = lines
        .iter()
        .map(|(key, (quantity, charge, tax))| ReportedLine {
            service: key.service,
            quantity: *quantity,
            charge: Value::from_unsigned(*charge).expect("fits"),
            tax: Value::from_unsigned(*tax).expect("fits"),
        })
        .collect();
    lines.sort_by_key(|line| line.service);
    let lines = lines.try_into().expect("each service once");
    assert_ok!(Reports::report_usage(by(PARTIES[party]), pair, [1; 32], lines));
}

/// Counted again, in other words than the chain's: each figure within a percent of the larger one.
fn near(a: u128, b: u128) -> bool {
    a.abs_diff(b) * 1_000_000 <= a.max(b) * u128::from(PPM)
}

fn classify(visited: Option<&Figures>, home: Option<&Figures>) -> LineMatch {
    match (visited, home) {
        (Some(a), Some(b)) if near(a.0, b.0) && near(a.1, b.1) && near(a.2, b.2) => LineMatch::Agrees,
        (Some(_), Some(_)) => LineMatch::Differs,
        (Some(_), None) => LineMatch::MissingAtHome,
        _ => LineMatch::MissingAtVisited,
    }
}

fn set_tolerances(terms: &mut Terms) {
    let groups = terms
        .directions
        .iter_mut()
        .flat_map(|direction| direction.groups.iter_mut());
    for line in groups.flat_map(|group| group.lines.iter_mut()) {
        line.tolerance = Tolerance {
            absolute: 0,
            ppm: PPM,
        };
    }
}

#[test]
fn both_sides_of_a_published_year_should_be_compared_and_settled() {
    let Some((agreement, usage)) = published() else {
        return;
    };
    // The second assignment knows the services that only the first side has used, too.
    let [first, second] = &usage;
    let known = agreement.assign(first).expect("is of these networks").agreement;
    let known = known.assign(second).expect("is of these networks").agreement;
    let sides = [first, second].map(|usage| known.clone().assign(usage).expect("is of these networks"));
    let mut terms = known.terms.clone();
    set_tolerances(&mut terms);

    preset("development").execute_with(|| {
        set_clock(terms.first.start() - 10 * DAY);
        begin(&terms);
        let mut found = BTreeMap::<LineMatch, u32>::new();
        let mut period = terms.first;
        while period <= terms.last {
            set_clock(period.end() + 3_600);
            let tables = [table(&sides[0], period), table(&sides[1], period)];
            let mut pairs: Vec<_> = tables.iter().flat_map(|table| table.keys().copied()).collect();
            pairs.sort();
            pairs.dedup();
            let mut expected = BTreeMap::<UsageKey, Figures>::new();
            for (place, (direction, pair)) in pairs.iter().enumerate() {
                // The first party's subscribers roam in the first direction: it is the home side there.
                let home = direction.index();
                let nothing = BTreeMap::new();
                let of = |party: usize| tables[party].get(&(*direction, *pair)).unwrap_or(&nothing);
                let mut order = [0, 1];
                order.rotate_left(place % 2);
                for party in order {
                    report(party, *pair, of(party));
                }

                let (visited, home) = (of(1 - home), of(home));
                let mut lines: Vec<_> = visited.keys().chain(home.keys()).copied().collect();
                lines.sort();
                lines.dedup();
                let (_, compared) = Reports::usage_reports(*pair).expect("both have reported");
                assert_eq!(compared.len(), lines.len(), "{pair:?}");
                for key in lines {
                    let (a, b) = (visited.get(&key), home.get(&key));
                    let class = classify(a, b);
                    let line = compared
                        .iter()
                        .find(|line| line.service == key.service)
                        .expect("is compared");
                    assert_eq!(line.found, class, "{pair:?} {key:?} {a:?} {b:?}");
                    *found.entry(class).or_default() += 1;
                    let bills = match (class, a, b) {
                        (LineMatch::Agrees, Some(a), _) => *a,
                        (LineMatch::Differs, Some(a), Some(b)) => (a.0.min(b.0), a.1.min(b.1), a.2.min(b.2)),
                        _ => continue,
                    };
                    let sum = expected.entry(key).or_default();
                    *sum = (sum.0 + bills.0, sum.1 + bills.1, sum.2 + bills.2);
                }
            }

            // What differs bills its undisputed part once the time to answer is over.
            set_clock(period.end() + 11 * DAY);
            for (direction, pair) in &pairs {
                let creditor = PARTIES[1 - direction.index()];
                assert_ok!(Reports::conclude_usage(by(creditor), *pair));
                let (reports, compared) = Reports::usage_reports(*pair).expect("is kept");
                let disputed = compared
                    .iter()
                    .filter(|line| line.found != LineMatch::Agrees)
                    .count() as u32;
                assert_eq!(reports.outcome, Some(ReportOutcome::Concluded { disputed }));
            }
            let totals: BTreeMap<_, _> = Anchoring::usage(AGREEMENT, period)
                .into_iter()
                .map(|(key, total)| {
                    let clear = |value: Value| value.clear_unsigned().expect("open");
                    (key, (total.quantity, clear(total.charge), clear(total.tax)))
                })
                .collect();
            expected.retain(|_, figures| *figures != (0, 0, 0));
            assert_eq!(totals, expected, "{period}");
            // Each has just concluded what it is owed, so it takes both.
            for party in PARTIES {
                let changes = Anchoring::period_usage(AGREEMENT, period).changes;
                assert_ok!(Statements::close_period(by(party), AGREEMENT, period, changes));
            }
            assert!(pallet_statements::Statements::<Runtime>::get(AGREEMENT, period).is_some());
            period = period.next();
        }
        println!("{found:?}");
        assert!(found.contains_key(&LineMatch::Agrees) && found.contains_key(&LineMatch::Differs));
    });
}
