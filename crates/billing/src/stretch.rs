//! Which months are accounted together: accounting windows and commitment spans, laid over the months in force.

use interclear_primitives::{
    agreement::{DirectionTerms, Terms},
    period::Period,
    span::{Accounted, Months, Span},
};

/// A window or a commitment's span, and for how much of its length it is owed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// From when to when it runs; fewer than agreed where somebody ended it.
    pub months: Months,
    /// For how many months commitments, fees and caps are owed: those that it runs or, under terms that say `in_full`, those
    /// that it would have run had nobody ended it. Where an amendment goes on with the rest of it at other prices, the rest is
    /// owed under the amendment, and once.
    pub owed: u32,
    /// Its length as agreed, in months. Fewer are owed where the term, or a renewal, ends before, or begins later.
    pub whole: u32,
}

/// The window and the commitment's span of a direction in which `period` lies.
///
/// Spans are counted from the first month of `accounted.counted`, over and over; those of the term from its first month, and
/// from that of each renewal. Windows are counted within their span, where something is committed for it. What ends early, or
/// begins late, is owed for the months that it runs, of its agreed length; a renewal has the length of the term.
pub fn stretches(
    terms: &Terms,
    agreed: &DirectionTerms,
    accounted: &Accounted,
    period: Period,
) -> [Stretch; 2] {
    let span = Planned::of(terms, agreed.commitment_span, accounted.counted, period);
    let window = match agreed.has_commitment() {
        true => {
            let within = span.months;
            let window = Planned::of(terms, agreed.window, within, period);
            Planned {
                months: window.months.within(within),
                ..window
            }
        }
        false => Planned::of(terms, agreed.window, accounted.counted, period),
    };
    let counted = match agreed.splits_with_prices() {
        true => accounted.priced,
        false => accounted.counted,
    };
    let in_full = |by: Months| agreed.in_full && by.last == accounted.counted.last;
    [(window, accounted.priced), (span, counted)].map(|(planned, by)| planned.cut(by, in_full(by)))
}

/// As long as nobody ends it early.
struct Planned {
    months: Months,
    whole: u32,
}

impl Planned {
    fn of(terms: &Terms, span: Span, over: Months, period: Period) -> Self {
        let term = Months {
            first: terms.first,
            last: terms.last,
        };
        let renewed = period > term.last && terms.renewal_months > 0;
        let (from, until, whole) = match (span.months(), renewed) {
            // Of what renews itself no term ends it.
            (Some(months), _) if terms.renewal_months > 0 => (over.first, Period::MAX, months),
            // A later version that carries it on may have a longer term.
            (Some(months), _) => (over.first, term.last.max(over.last), months),
            (None, false) => (term.first, term.last, term.count()),
            (None, true) => {
                let renewal = repeated(term.last.next(), terms.renewal_months.into(), period);
                (renewal.first, renewal.last, term.count())
            }
        };
        let months = repeated(from, whole, period);
        Self {
            months: Months {
                first: months.first.max(over.first),
                last: months.last.min(until),
            },
            whole,
        }
    }

    fn cut(self, by: Months, in_full: bool) -> Stretch {
        let months = self.months.within(by);
        let planned = Months {
            first: months.first,
            last: self.months.last,
        };
        Stretch {
            months,
            owed: if in_full { planned.count() } else { months.count() },
            whole: self.whole,
        }
    }
}

/// Of stretches of so many months, one after the other from a first month on, the one in which a month lies.
fn repeated(first: Period, months: u32, period: Period) -> Months {
    let passed = first.months_until(period).checked_div(months).unwrap_or_default();
    let first = first.plus(passed.saturating_mul(months));
    Months {
        first,
        last: first.plus(months.saturating_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::samples::terms;

    fn months(first: u32, last: u32) -> Months {
        Months {
            first: Period(first),
            last: Period(last),
        }
    }

    /// The window of a direction without a commitment: its months, and how many are owed of how many.
    fn window(terms: &Terms, span: Span, accounted: Accounted, period: u32) -> (Months, u32, u32) {
        let mut agreed = terms.directions[0].clone();
        agreed.window = span;
        let [window, _] = stretches(terms, &agreed, &accounted, Period(period));
        (window.months, window.owed, window.whole)
    }

    #[test]
    fn stretches_should_count_from_the_first_month_and_end_with_the_last() {
        let terms = terms(Period(202601), Period(202712));
        let in_force = Accounted::alone(months(202603, 202711));
        let of = |span, period| window(&terms, span, in_force, period);
        assert_eq!(of(Span::Month, 202605), (months(202605, 202605), 1, 1));
        assert_eq!(of(Span::Quarter, 202603), (months(202603, 202605), 3, 3));
        assert_eq!(of(Span::Quarter, 202606), (months(202606, 202608), 3, 3));
        assert_eq!(of(Span::HalfYear, 202702), (months(202609, 202702), 6, 6));
        assert_eq!(of(Span::Year, 202703), (months(202703, 202711), 9, 12));
        assert_eq!(of(Span::Term, 202606), (months(202603, 202711), 21, 24));
    }

    #[test]
    fn a_renewal_should_have_the_length_of_the_term_or_owe_its_part_of_it() {
        let mut terms = terms(Period(202601), Period(202612));
        let in_force = Accounted::alone(months(202601, 999_912));
        terms.renewal_months = 6;
        let of = |terms: &Terms, span, period| window(terms, span, in_force, period);
        assert_eq!(of(&terms, Span::Term, 202612), (months(202601, 202612), 12, 12));
        assert_eq!(of(&terms, Span::Term, 202701), (months(202701, 202706), 6, 12));
        assert_eq!(of(&terms, Span::Term, 202707), (months(202707, 202712), 6, 12));
        assert_eq!(of(&terms, Span::Year, 202707), (months(202701, 202712), 12, 12));
        terms.renewal_months = 18;
        assert_eq!(of(&terms, Span::Term, 202706), (months(202701, 202712), 12, 12));
        assert_eq!(of(&terms, Span::Term, 202802), (months(202801, 202806), 6, 12));
    }

    #[test]
    fn only_what_somebody_ends_should_be_owed_in_full_when_terms_say_so() {
        let mut terms = terms(Period(202601), Period(202706));
        terms.directions[0].in_full = true;
        let ended = Accounted::alone(months(202601, 202703));
        let of = |span, period| window(&terms, span, ended, period);
        assert_eq!(of(Span::Term, 202602), (months(202601, 202703), 18, 18));
        // The second year is cut by the term at its sixth month, by the termination at its third.
        assert_eq!(of(Span::Year, 202702), (months(202701, 202703), 6, 12));
    }

    #[test]
    fn windows_should_stay_within_their_span_and_be_cut_when_prices_change() {
        let mut terms = terms(Period(202601), Period(202608));
        terms.renewal_months = 8;
        let agreed = &mut terms.directions[0];
        agreed.window = Span::Quarter;
        agreed.condition = interclear_rating::Condition::DealRevenue {
            commitment: interclear_rating::Amount(1),
            including_tax: false,
        };
        let counted = months(202601, 999_912);
        let of = |priced, period| {
            let accounted = Accounted { counted, priced };
            stretches(&terms, &terms.directions[0], &accounted, Period(period))
                .map(|stretch| (stretch.months, stretch.owed, stretch.whole))
        };
        let term = (months(202601, 202608), 8, 8);
        assert_eq!(of(counted, 202607), [(months(202607, 202608), 2, 3), term]);
        assert_eq!(of(counted, 202609)[0], (months(202609, 202611), 3, 3));
        assert_eq!(
            of(months(202601, 202604), 202604),
            [(months(202604, 202604), 1, 3), term]
        );
        assert_eq!(
            of(months(202605, 999_912), 202606),
            [(months(202605, 202606), 2, 3), term]
        );
    }
}
