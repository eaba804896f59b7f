//! The same usage, brought by late files and decided by a dispute: it is paid once, whichever comes first.

use super::{
    decided::{data, decided, Book},
    *,
};

/// A MB costs 10 cents.
const MB: i128 = 1_000_000;

fn paid(billed: [(i128, i128); 2]) -> i128 {
    let [own, late] = billed;
    own.0 + own.1 + late.0 + late.1
}

/// What a month of 1,000 MB comes to in all, in cents, when a dispute moves it by so many MB, and a file brings so many late, before the
/// dispute ends, with it, or after it.
fn comes_to(book: &mut Book, moved: i128, file: u128, moves_window: bool, file_first: Option<bool>) -> i128 {
    let late = [(0, file * 1_000_000)];
    let decided = [Decided {
        moves_window,
        ..decided(0, moved * MB, moved * 10, 0)
    }];
    let mut sum = moved * 10 + paid(book.bill(1_000_000_000, &[], &[]));
    for first in [true, false] {
        let (file, decision) = match file_first {
            Some(file_first) => (file_first == first, file_first != first),
            None => (first, first),
        };
        sum += paid(book.bill(
            0,
            if file { &late } else { &[] },
            if decision { &decided } else { &[] },
        ));
    }
    sum + paid(book.bill(0, &[], &[]))
}

#[test]
fn usage_should_be_paid_once_when_a_file_brings_it_before_or_after_a_dispute_has_decided_it() {
    for file_first in [Some(true), None, Some(false)] {
        for moves in [true, false] {
            for (moved, file, all) in [
                // 200 were missing: a file with less, as much, more.
                (200, 150, 1_200),
                (200, 200, 1_200),
                (200, 250, 1_250),
                // 200 were not used: a file that brings them again.
                (-200, 150, 800),
                (-200, 200, 800),
                (-200, 250, 850),
                (-1_000, 300, 0),
            ] {
                let case = format!("{moved} {file} {moves} {file_first:?}");
                let sum = comes_to(&mut Book::committed(0), moved, file, moves, file_first);
                assert_eq!(sum, all * 10, "{case}");
            }
        }
    }
}

#[test]
fn usage_should_move_tiers_once_when_a_file_brings_it_before_or_after_a_dispute_has_decided_it() {
    // 1.00 up to 1,000 MB, 0.10 beyond; another 500 MB in a later month of the window.
    let all = |file_first, moved, file| {
        let mut book = Book::tiered();
        let sum = comes_to(&mut book, moved, file, true, file_first);
        sum + paid(book.bill(500_000_000, &[], &[]))
    };
    for (moved, file) in [(200, 150), (200, 200), (-200, 150), (-200, 200)] {
        let after = all(Some(false), moved, file);
        assert_eq!(all(Some(true), moved, file), after, "{moved} {file}");
        assert_eq!(all(None, moved, file), after, "{moved} {file}");
    }
    // 200 of the later month are in the first tier, which was left by 200 at the price that was decided.
    assert_eq!(all(Some(true), -200, 150), -2_000 + 100_000 + 20_000 + 3_000);
}

#[test]
fn a_file_should_count_when_a_dispute_on_its_own_line_says_that_it_brings_other_usage() {
    // 200 were not used; the next month's line with the file of 200 comes to nothing, and that is disputed.
    for file_first in [true, false] {
        let mut book = Book::committed(0);
        let mut sum = comes_to(&mut book, -200, 200, true, Some(file_first));
        assert_eq!(sum, 8_000);
        let statement = START.plus(if file_first { 1 } else { 2 });
        let stated = if file_first { 200 } else { 0 };
        let other = Decided {
            statement,
            // All of it is what it brings.
            ..decided(0, (200 - stated) * MB, (200 - stated) * 10, 0)
        };
        if stated == 0 {
            sum += 2_000 + paid(book.bill(0, &[], &[other]));
            assert_eq!(sum, 10_000);
        }
        // Disputes on both lines say that nothing of them was used: that is taken off once.
        let mut book = Book::committed(0);
        let mut sum = comes_to(&mut book, -200, 200, true, Some(file_first));
        let none = Decided {
            statement,
            ..decided(0, -stated * MB, -stated * 10, 0)
        };
        sum += -stated * 10 + paid(book.bill(0, &[], &[none]));
        assert_eq!(sum, 8_000);
    }
}

#[test]
fn what_files_charge_should_be_given_back_when_a_dispute_has_paid_it() {
    let mut terms = terms(START, START.plus(5));
    terms.directions[0].groups[0].lines[0] = line(Service::Gprs, Pricing::TapCharge);
    let totals = |quantity, cents: u128| {
        let key = key(Direction::FirstHome, Service::Gprs);
        Totals::from([(key, total(quantity, cents * 10_000))])
    };
    let (own, file, none) = (
        totals(1_000_000_000, 10_000),
        totals(300_000_000, 3_300),
        Totals::new(),
    );
    let more = [decided(0, 200 * MB, 2_200, 0)];
    for file_first in [true, false] {
        let mut kept = Kept::default();
        let mut sum = 2_200;
        for month in 0..4u32 {
            let brings = month == if file_first { 1 } else { 2 };
            let decides = month == if file_first { 2 } else { 1 };
            let late = MonthUsage {
                decided: if decides { &more } else { &[] },
                ..usage_of(&terms, START, if brings { &file } else { &none })
            };
            let late = if brings || decides { &[late][..] } else { &[] };
            let own = usage_of(&terms, START.plus(month), if month == 0 { &own } else { &none });
            let rated = bill_month(START.plus(month), Some(&own), late, &mut kept, 2).unwrap();
            sum += rated.totals[0].clear().unwrap();
        }
        // 200 of the 300 were decided; files bear a fifth of tax, which nobody has claimed of these.
        assert_eq!(sum, 12_000 + 2_200 + 1_100 + 220, "{file_first}");
    }
}

/// What happens to one of three months of a quarter: MB that are used in time, MB that a dispute moves and cents for them, with how many
/// months later it ends, and files, likewise.
type Story = (u128, Option<(i128, i128, u32)>, Vec<(u128, u32)>);

fn story() -> impl Strategy<Value = Story> {
    let decision = (-900..900i128, -5_000..5_000i128, 1..5u32);
    let files = proptest::collection::vec((0..600u128, 1..5u32), 0..4);
    (0..1_000u128, proptest::option::of(decision), files)
}

proptest! {
    #[test]
    fn months_should_come_to_files_beyond_what_was_decided_in_whatever_order(
        stories in [story(), story(), story()],
        committed in 0..20_000u128,
        moves_window: bool,
    ) {
        let mut book = Book::committed(committed);
        let (mut charged, mut shortfall) = (0, 0);
        let (mut used, mut by_disputes) = (0, 0);
        let mut arrivals = vec![(Vec::new(), Vec::new()); 5];
        for (month, (units, decision, files)) in (0u32..).zip(&stories) {
            let with = |later: u32| (month + later).min(4);
            let mut moved = 0;
            if let Some((more, cents, later)) = *decision {
                // Nothing is used less than not at all.
                moved = more.max(-i128::try_from(*units).unwrap());
                let one = Decided { moves_window, ..decided(month, moved * MB, cents, 0) };
                arrivals[with(later) as usize].1.push(one);
                by_disputes += cents;
            }
            let mut brought = BTreeMap::<u32, u128>::new();
            for (units, later) in files {
                *brought.entry(with(*later)).or_default() += units;
            }
            for (with, units) in &brought {
                arrivals[*with as usize].0.push((month, units * 1_000_000));
            }
            let late: u128 = brought.values().sum();
            used += units + late.saturating_sub(moved.unsigned_abs());
        }
        for (month, (late, decided)) in (0usize..).zip(&arrivals) {
            let own = stories.get(month).map_or(0, |(units, _, _)| units * 1_000_000);
            for (charge, missing) in book.bill(own, late, decided) {
                (charged, shortfall) = (charged + charge, shortfall + missing);
            }
        }
        prop_assert_eq!(charged, used as i128 * 10);
        let counted = (charged + if moves_window { by_disputes } else { 0 }).max(0);
        prop_assert_eq!(shortfall, (committed as i128 - counted).max(0));
        let more = book.kept.late.keys().all(|(_, key)| *key == data());
        prop_assert!(more);
    }
}
