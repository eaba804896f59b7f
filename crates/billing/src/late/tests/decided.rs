//! What disputes have decided: paid by itself, it counts in the window and the commitment of its line, and nothing takes it back.

use super::*;
use interclear_primitives::{bounds::MAX_MONTH_QUANTITY, ids::DisputeId};

pub(super) fn data() -> UsageKey {
    key(Direction::FirstHome, Service::Gprs)
}

/// Of a month: so much more used, charged and missing.
pub(super) fn decided(month: u32, quantity: i128, charge: i128, shortfall: i128) -> Decided {
    Decided {
        dispute: DisputeId(1),
        statement: START.plus(month),
        period: START.plus(month),
        line: data(),
        moves_window: true,
        quantity,
        charge: Value::Clear(charge),
        shortfall: Value::Clear(shortfall),
        tax: Value::ZERO,
    }
}

/// An agreement whose months are billed one after the other.
pub(super) struct Book {
    pub(super) terms: Terms,
    pub(super) kept: Kept,
    pub(super) month: u32,
}

impl Book {
    pub(super) fn of(terms: Terms) -> Self {
        Self {
            terms,
            kept: Kept::default(),
            month: 0,
        }
    }

    /// Data at 0.10 a MB, of which so many cents are committed for each quarter, or nothing.
    pub(super) fn committed(cents: u128) -> Self {
        let mut terms = terms(START, START.plus(5));
        let agreed = &mut terms.directions[0];
        agreed.groups[0].lines[0] = line(Service::Gprs, Pricing::linear(Price(100_000_000)));
        agreed.groups[0].lines[0].terms.in_commitment = true;
        agreed.commitment_span = Span::Quarter;
        agreed.condition = match cents {
            0 => Condition::Unconditional,
            _ => Condition::DealRevenue {
                commitment: Amount(cents * 10_000),
                including_tax: false,
            },
        };
        Self::of(terms)
    }

    /// Data in tiers, over the whole term.
    pub(super) fn tiered() -> Self {
        let mut terms = terms(START, START.plus(5));
        terms.directions[0].window = Span::Term;
        terms.directions[0].groups[0].lines[0] = line(Service::Gprs, tiered());
        Self::of(terms)
    }

    /// Bills the next month: its own usage, late usage of earlier ones, and what was decided of them. Answers what the line, and
    /// what it is charged late, come to: charges and shortfalls.
    pub(super) fn bill(&mut self, own: u128, late: &[(u32, u128)], decided: &[Decided]) -> [(i128, i128); 2] {
        let own = used(own);
        let totals: Vec<_> = late.iter().map(|(of, quantity)| (*of, used(*quantity))).collect();
        let nothing = Totals::new();
        let months: BTreeSet<u32> = totals
            .iter()
            .map(|(of, _)| *of)
            .chain(decided.iter().map(|one| START.months_until(one.period)))
            .collect();
        let of_month: Vec<Vec<Decided>> = months
            .iter()
            .map(|of| {
                let own = decided.iter().filter(|one| one.period == START.plus(*of));
                own.copied().collect()
            })
            .collect();
        let late: Vec<_> = months
            .iter()
            .zip(&of_month)
            .map(|(of, decided)| {
                let totals = totals.iter().find(|(month, _)| month == of);
                MonthUsage {
                    decided,
                    ..usage_of(
                        &self.terms,
                        START.plus(*of),
                        totals.map_or(&nothing, |(_, totals)| totals),
                    )
                }
            })
            .collect();
        let period = START.plus(self.month);
        let month = usage_of(&self.terms, period, &own);
        let month = (self.month < MONTHS as u32).then_some(&month);
        let rated = bill_month(period, month, &late, &mut self.kept, 2).unwrap();
        self.month += 1;
        let sum = |is_late: bool| {
            let lines = rated.lines.iter();
            let lines = lines.filter(|line| line.key() == data() && line.late.is_some() == is_late);
            lines.fold((0, 0), |(charge, shortfall), line| {
                (
                    charge + line.charge.clear().unwrap(),
                    shortfall + line.shortfall.clear().unwrap(),
                )
            })
        };
        [sum(false), sum(true)]
    }
}

const NONE: (i128, i128) = (0, 0);

#[test]
fn decided_usage_should_move_the_tier_as_if_it_had_come_in_time() {
    let (mut disputed, mut in_time) = (Book::tiered(), Book::tiered());
    disputed.bill(900_000_000, &[], &[]);
    in_time.bill(1_100_000_000, &[], &[]);
    // Whatever is paid for it.
    let more = decided(0, 200_000_000, 777, 0);
    let expected = in_time.bill(50_000_000, &[], &[]);
    assert_eq!(disputed.bill(50_000_000, &[], &[more]), expected);
    assert_eq!(
        disputed.bill(70_000_000, &[], &[]),
        in_time.bill(70_000_000, &[], &[])
    );
}

#[test]
fn decided_price_should_stand_when_the_window_goes_on_and_when_late_usage_comes() {
    let (mut disputed, mut other) = (Book::tiered(), Book::tiered());
    for book in [&mut disputed, &mut other] {
        book.bill(900_000_000, &[], &[]);
    }
    let less = decided(0, 0, -5_000, 0);
    assert_eq!(
        disputed.bill(50_000_000, &[], &[less]),
        other.bill(50_000_000, &[], &[])
    );
    let late = [(0, 300_000_000)];
    assert_eq!(disputed.bill(0, &late, &[]), other.bill(0, &late, &[]));
    // Likewise of a window that has ended.
    let mut book = Book::committed(0);
    book.bill(100_000_000, &[], &[]);
    assert_eq!(book.bill(0, &[], &[less]), [NONE; 2]);
    assert_eq!(book.bill(0, &[(0, 10_000_000)], &[]), [NONE, (100, 0)]);
}

#[test]
fn late_file_should_not_bill_once_more_what_a_dispute_has_settled() {
    let mut book = Book::committed(0);
    book.bill(100_000_000, &[], &[]);
    // 20 MB were missing, and are paid by a note.
    assert_eq!(book.bill(0, &[], &[decided(0, 20_000_000, 200, 0)]), [NONE; 2]);
    assert_eq!(book.bill(0, &[(0, 5_000_000)], &[]), [NONE; 2]);
    // Of another month it has not been.
    assert_eq!(book.bill(0, &[(1, 5_000_000)], &[]), [NONE, (50, 0)]);
    assert_eq!(book.bill(0, &[(0, 25_000_000)], &[]), [NONE, (100, 0)]);
    assert_eq!(book.bill(0, &[(0, 1_000_000)], &[]), [NONE, (10, 0)]);
}

#[test]
fn commitment_should_count_what_was_decided_before_it_is_due_and_after() {
    // 100.00 are committed, 30.00 were used and 20.00 decided to be missing.
    for due_before in [false, true] {
        let mut book = Book::committed(10_000);
        book.bill(300_000_000, &[], &[]);
        book.bill(0, &[], &[]);
        let more = [decided(0, 200_000_000, 2_000, 0)];
        let (with, after) = if due_before {
            (&[][..], &more[..])
        } else {
            (&more[..], &[][..])
        };
        let due = book.bill(0, &[], with);
        let later = book.bill(0, &[], after);
        match due_before {
            false => assert_eq!([due, later], [[(0, 5_000), NONE], [NONE; 2]]),
            true => assert_eq!([due, later], [[(0, 7_000), NONE], [NONE, (0, -2_000)]]),
        }
        // A late file that brings half of it, and 10.00 more: the commitment has seen the half.
        let late = book.bill(0, &[(0, 300_000_000)], &[]);
        assert_eq!(late, [NONE, (1_000, -1_000)]);
    }
}

#[test]
fn shortfall_should_stay_as_decided_when_it_was_decided_by_itself() {
    let mut book = Book::committed(10_000);
    book.bill(300_000_000, &[], &[]);
    book.bill(0, &[], &[]);
    assert_eq!(book.bill(0, &[], &[]), [(0, 7_000), NONE]);
    // It is ruled that 50.00 less are missing.
    assert_eq!(book.bill(0, &[], &[decided(2, 0, 0, -5_000)]), [NONE; 2]);
    // 10.00 come late, and count as far as they would have without the ruling.
    assert_eq!(book.bill(0, &[(1, 100_000_000)], &[]), [NONE, (1_000, -1_000)]);
    // Where a shortfall was decided together with what was used, it is part of what the terms say.
    let mut book = Book::committed(10_000);
    book.bill(0, &[], &[]);
    book.bill(0, &[], &[]);
    book.bill(300_000_000, &[], &[]);
    let both = decided(2, 100_000_000, 1_000, -1_000);
    assert_eq!(book.bill(0, &[], &[both]), [NONE; 2]);
}

#[test]
fn a_month_should_be_billed_when_what_was_decided_cannot_be_reckoned_with() {
    let mut book = Book::committed(10_000);
    book.bill(300_000_000, &[], &[]);
    let huge = i128::try_from(MAX_MONTH_QUANTITY).unwrap() + 1;
    for (quantity, charge) in [(huge, 1), (-300_000_001, -1), (0, i128::MAX)] {
        let mut book = Book {
            terms: book.terms.clone(),
            kept: book.kept.clone(),
            month: 1,
        };
        assert_eq!(book.bill(0, &[], &[decided(0, quantity, charge, 0)]), [NONE; 2]);
        assert_eq!(book.kept.late, BTreeMap::new());
    }
    // Of a month of which nothing is kept any more: no fee is charged anew.
    book.kept.ended.clear();
    book.kept.running.clear();
    book.month = 4;
    assert_eq!(book.bill(0, &[], &[decided(0, 1, 1, 1)])[1], NONE);
}

#[test]
fn a_commitment_should_not_be_charged_once_more_when_the_window_with_which_it_was_due_is_forgotten() {
    let more = decided(0, 200_000_000, 2_000, 0);
    for (kept, expected) in [(3, -2_000), (1, 0)] {
        let mut book = Book::committed(10_000);
        let quarter = [0, 1, 2].map(|_| book.bill(100_000_000, &[], &[])[0]);
        // 100.00 are committed, 30.00 were used.
        assert_eq!(quarter, [(1_000, 0), (1_000, 0), (1_000, 7_000)]);
        assert_eq!(book.bill(0, &[], &[]), [NONE; 2]);
        // January was agreed to be disputed for longer than the months that could have billed late usage of March.
        let quarter_over = START.plus(3);
        book.kept
            .ended
            .retain(|last, _| *last < START.plus(kept) || *last >= quarter_over);
        let running = book.kept.running.clone();
        assert_eq!(book.bill(0, &[], &[more]), [NONE, (0, expected)]);
        assert_eq!(book.kept.running, running, "the next quarter has nothing of it");
    }
}

#[test]
fn other_lines_should_know_what_they_did_when_a_decision_that_has_moved_them_is_set_aside() {
    let plain = || Pricing::linear(Price(1_000_000));
    let terms = rich(
        [plain(), plain()],
        [Condition::Unconditional; 2],
        [(Span::Month, Span::Month); 2],
    );
    let access = key(Direction::FirstHome, Service::NetworkAccess);
    let (own, nothing) = (used(1_000_000), Totals::new());
    let imsis = Totals::from([(access, total(100_000_000, 0))]);
    let mut kept = Kept::default();
    let month = |of: u32, totals| usage_of(&terms, START.plus(of), totals);
    bill_month(START, Some(&month(0, &own)), &[], &mut kept, 2).unwrap();
    bill_month(
        START.next(),
        Some(&month(1, &nothing)),
        &[month(0, &imsis)],
        &mut kept,
        2,
    )
    .unwrap();
    // All lines of the group have as many IMSIs as came late.
    let imsis_of_data = |kept: &Kept| kept.ended[&START][&data()].usage.imsi_months;
    assert_eq!(imsis_of_data(&kept), Quantity(100_000_000));
    // It takes off more than there ever was: first what came late, and then nothing is left of which the rest could be taken.
    let less = [Decided {
        line: access,
        ..decided(0, -1_000_000_000, 0, 0)
    }];
    let bill_third = |decided: &[Decided]| {
        let mut kept = kept.clone();
        let late = MonthUsage {
            decided,
            ..month(0, &nothing)
        };
        let rated = bill_month(START.plus(2), Some(&month(2, &nothing)), &[late], &mut kept, 2).unwrap();
        (rated.set_aside, kept)
    };
    let (set_aside, with) = bill_third(&less);
    let (_, without) = bill_third(&[]);
    assert_eq!(set_aside, [DisputeId(1)]);
    assert_eq!(imsis_of_data(&with), Quantity(100_000_000));
    assert_eq!(with, without);
}

proptest! {
    #[test]
    fn all_that_is_kept_should_be_as_before_when_a_decision_is_put_back(
        pricing in [pricings(), pricings()],
        conditions in [conditions(), conditions()],
        spans in [spans(), spans()],
        arrivals in arrivals(),
        months in 1..=MONTHS,
        (of, statement) in (0..MONTHS as u32, 0..3u32),
        (direction, service) in (0..2usize, 0..3usize),
        quantity in -4_000_000_000..4_000_000_000i128,
        (charge, shortfall, moves_window) in (-3_000..8_000i128, -3_000..8_000i128, any::<bool>()),
    ) {
        let terms = rich(pricing, conditions, spans);
        prop_assume!(crate::terms::faults(&terms).iter().all(|fault| !matches!(fault.code, crate::terms::TermsFaultCode::Plan(_))));
        let mut kept = Kept::default();
        bill(&terms, &arrivals, None, (months, &mut kept));
        let found = kept.clone();
        // Of a month that is closed, by its own statement or a later one.
        let of = of % months as u32;
        let decided = Decided {
            statement: START.plus((of + statement).min(months as u32 - 1)),
            line: key(Direction::BOTH[direction], SERVICES[service]),
            moves_window,
            ..decided(of, quantity, charge, shortfall)
        };
        let nothing = Totals::new();
        let month = usage_of(&terms, START.plus(of), &nothing);
        let mut before = Before::of(&kept, &decided);
        let bill = (START.plus(months as u32), 2);
        // Whether it could be taken in or not.
        let _ = take_decided(&month, &decided, &mut kept, bill, &mut before);
        before.put_back(&mut kept, &decided);
        prop_assert_eq!(kept, found);
    }

    #[test]
    fn quarter_should_come_to_its_commitment_or_what_was_charged_and_decided(
        usage in proptest::collection::vec(0..2_000u128, 3),
        decisions in proptest::collection::vec((0..3u32, 1..5u32, -1_000..2_000i128, -3_000..8_000i128), 0..4),
        committed in 0..10_000u128,
    ) {
        // The month with which each counts: a later one.
        let mut book = Book::committed(committed);
        let mut sum = (0i128, 0i128);
        let mut by_disputes = 0i128;
        let mut volumes: Vec<i128> = usage.iter().map(|units| *units as i128).collect();
        for month in 0..MONTHS as u32 {
            let mut now = Vec::new();
            for (of, later, units, charge) in &decisions {
                if of + later != month || volumes[*of as usize] + units < 0 {
                    continue;
                }
                volumes[*of as usize] += units;
                by_disputes += charge;
                now.push(decided(*of, units * 1_000_000, *charge, 0));
            }
            let own = usage.get(month as usize).map_or(0, |units| units * 1_000_000);
            for (charge, shortfall) in book.bill(own, &[], &now) {
                sum = (sum.0 + charge, sum.1 + shortfall);
            }
            // The second quarter owes its own commitment with its last month.
            if month == 4 {
                break;
            }
        }
        let used: u128 = usage.iter().map(|units| units * 10).sum();
        prop_assert_eq!(sum.0, used as i128, "usage is billed once, and what was decided is not");
        let counted = (sum.0 + by_disputes).max(0);
        prop_assert_eq!(sum.1, (committed as i128 - counted).max(0));
    }
}
