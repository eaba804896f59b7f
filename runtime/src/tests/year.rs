//! A published year of roaming between two groups of operators, settled on the chain from TAP files: 7,311 rows of usage, a
//! commitment on both directions.

use super::{
    group::{anchor_of, begin, by, desk, published, set_clock, settle, AGREEMENT, FUNDS, PARTIES, TOKEN},
    preset,
};
use crate::{Agreements, Anchoring, Assets, Runtime, Statements, System};
use frame_support::assert_ok;
use interclear_billing::late::Version;
use interclear_import::{rate, Assigned, Course, Forecast, Rates, Scope, Used};
use interclear_primitives::{
    agreement::{Direction, Terms},
    batch::{Anchor, ServiceTotal},
    money::Value,
    period::Period,
    series::{SeriesKey, Stream},
    span::Months,
    usage::UsageKey,
    DAY,
};
use std::collections::BTreeMap;

/// A file per pair of networks with what was used in the month, per sender's party.
fn files(assigned: &Assigned, period: Period, sequences: &mut BTreeMap<SeriesKey, u32>) -> [Vec<Anchor>; 2] {
    let mut totals: BTreeMap<(Direction, SeriesKey), Vec<ServiceTotal>> = BTreeMap::new();
    for cell in assigned.cells.iter().filter(|cell| cell.period == period) {
        let series = SeriesKey {
            sender: cell.visited,
            recipient: cell.home,
            stream: Stream::Tap,
            test: false,
        };
        let total = ServiceTotal {
            service: cell.key.service,
            records: cell.rows,
            quantity: cell.quantity,
            charge: Value::from_unsigned(cell.charge).expect("fits"),
            tax: Value::from_unsigned(cell.tax).expect("fits"),
        };
        totals
            .entry((cell.key.direction, series))
            .or_default()
            .push(total);
    }
    let mut sent = [Vec::new(), Vec::new()];
    for ((direction, series), totals) in totals {
        let sequence = sequences.entry(series).or_default();
        *sequence += 1;
        let calls = [period.start(), period.end() - 1];
        // The visited party sends, which is not the one whose subscribers roam.
        sent[direction.reverse().index()].push(anchor_of(series.file(*sequence), totals, calls));
    }
    sent
}

fn anchor(by_party: [Vec<Anchor>; 2]) {
    for (party, files) in PARTIES.into_iter().zip(by_party) {
        for some in files.chunks(250) {
            let count = some.len() as u32;
            assert_ok!(Anchoring::anchor_many(
                by(party),
                some.to_vec().try_into().expect("at most 250")
            ));
            System::assert_last_event(
                pallet_anchoring::Event::ManyAnchored {
                    anchored: count,
                    duplicates: 0,
                    refused: 0,
                }
                .into(),
            );
        }
    }
}

/// What the commitments come to at the pace until a moment, by what the chain keeps: as `interclear partner show` and `period
/// forecast` tell it.
fn forecasts(terms: &Terms, until: Period) -> Vec<Forecast> {
    let agreement = Agreements::agreement(AGREEMENT).expect("is in force");
    let mut used = Used::new();
    let months = Months {
        first: terms.first,
        last: terms.last,
    };
    for period in months.iter().take_while(|period| *period <= until) {
        used.insert(period, Anchoring::usage(AGREEMENT, period).into_iter().collect());
    }
    let course = Course {
        version: Box::new(|period| Version {
            terms,
            accounted: agreement
                .accounted_in(period)
                .expect("is a month of the agreement"),
        }),
        months,
        used: &used,
        late: &[],
        complete: until.end(),
        exchange: Box::new(|_, _| Ok(None)),
        decimals: 2,
    };
    course.forecast(until.end()).expect("can be rated")
}

#[test]
fn a_published_year_should_settle_to_the_cent() {
    let Some((agreement, [usage, _])) = published() else {
        return;
    };
    let assigned = agreement.assign(&usage).expect("is of these networks");
    let rated = rate(&assigned, Scope::Term, &Rates::new(), 2).expect("rates offline");
    let terms = &assigned.agreement.terms;
    preset("development").execute_with(|| {
        set_clock(terms.first.start() - 10 * DAY);
        begin(terms);

        let mut sequences = BTreeMap::new();
        let mut charged: BTreeMap<UsageKey, (i128, i128)> = BTreeMap::new();
        let mut net = 0;
        let mut told = Vec::new();
        let mut period = terms.first;
        while period <= terms.last {
            set_clock(period.end() + 3_600);
            anchor(files(&assigned, period, &mut sequences));
            // Nobody answers a file: by these terms that accepts all of them after a week.
            set_clock(period.end() + 9 * DAY);
            let changes = Anchoring::period_usage(AGREEMENT, period).changes;
            assert_ok!(Statements::close_period(
                by(PARTIES[0]),
                AGREEMENT,
                period,
                changes
            ));
            let statement =
                pallet_statements::Statements::<Runtime>::get(AGREEMENT, period).expect("was issued");
            for line in &statement.lines {
                let sums = charged.entry(line.key()).or_default();
                sums.0 += line.charge.clear().expect("open");
                sums.1 += line.shortfall.clear().expect("open");
            }
            net += statement.net.clear().expect("open");
            for party in PARTIES {
                assert_ok!(Statements::affirm(by(party), AGREEMENT, period));
            }
            let so_far = Direction::BOTH.map(|direction| -> i128 {
                let of = charged.iter().filter(|(key, _)| key.direction == direction);
                of.map(|(_, (charge, _))| charge).sum()
            });
            told.push((period, forecasts(terms, period), so_far));
            period = period.next();
        }

        for line in &rated.lines {
            assert_eq!(
                charged.get(&line.key),
                Some(&(line.charge, line.shortfall)),
                "{:?}",
                line.key
            );
        }
        let shortfall = |direction| -> i128 {
            let of = charged.iter().filter(|(key, _)| key.direction == direction);
            of.map(|(_, (_, shortfall))| shortfall).sum()
        };
        let mut shortfalls = Direction::BOTH.map(shortfall);
        shortfalls.sort();
        assert_eq!(
            shortfalls,
            [0, 432_933_077],
            "25,670,669.23 was delivered against 30,000,000.00"
        );

        // What is told month by month of the two commitments to 30,000,000.00: what the statements have charged so far, by the
        // share of the year that has passed, but for a cent a line; in the end, what is charged for what is missing.
        let whole = i128::from(terms.last.end() - terms.first.start());
        assert_eq!(told.len(), 12);
        for (period, forecasts, so_far) in &told {
            let passed = i128::from(period.end() - terms.first.start());
            for (forecast, charged) in forecasts.iter().zip(so_far) {
                let expected = charged * whole / passed;
                let apart = (forecast.reached as i128 - expected).abs();
                assert!(apart <= 20, "{period}: {forecast:?}, {expected} expected");
                assert_eq!(forecast.committed, 3_000_000_000, "{period}");
                assert_eq!(
                    forecast.missing,
                    forecast.committed.saturating_sub(forecast.reached),
                    "{period}"
                );
                assert_eq!(forecast.shortfall, forecast.missing as i128, "{period}");
            }
        }
        let (_, last, _) = told.last().expect("twelve");
        let mut last: Vec<_> = last.iter().map(|forecast| forecast.shortfall).collect();
        last.sort();
        assert_eq!(last, shortfalls);

        let now = terms.last.end() + 60 * DAY;
        set_clock(now);
        settle(now);
        let balance = |party| Assets::balance(TOKEN, desk(party)) as i128 - FUNDS as i128;
        assert_eq!(PARTIES.map(balance), [-net, net]);
        assert!(net != 0);
    });
}
