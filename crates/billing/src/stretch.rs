//! Which months are accounted together: accounting windows and commitment spans, laid over the months in force.

use interclear_primitives::{
    agreement::Terms,
    period::Period,
    span::{Months, Span},
};

/// The window or the commitment's span in which `period` lies, when the version is in force in the months `in_force`.
/// Spans are counted from the first month in force, over and over; the last one ends with the version.
pub fn stretch(terms: &Terms, span: Span, in_force: Months, period: Period) -> Months {
    let repeated = |first: Period, months: u32| {
        let passed = first.months_until(period).checked_div(months).unwrap_or_default();
        let first = first.plus(passed.saturating_mul(months));
        Months {
            first,
            last: first.plus(months.saturating_sub(1)),
        }
    };
    let whole = match span.months() {
        Some(months) => repeated(in_force.first, months),
        None if period <= terms.last || terms.renewal_months == 0 => Months {
            first: in_force.first,
            last: terms.last,
        },
        None => repeated(
            terms.last.next().max(in_force.first),
            u32::from(terms.renewal_months),
        ),
    };
    Months {
        first: whole.first,
        last: whole.last.min(in_force.last),
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

    #[test]
    fn stretches_should_count_from_the_first_month_in_force_and_end_with_the_last() {
        let terms = terms(Period(202601), Period(202712));
        let in_force = months(202603, 202711);
        let of = |span, period| stretch(&terms, span, in_force, Period(period));
        assert_eq!(of(Span::Month, 202605), months(202605, 202605));
        assert_eq!(of(Span::Quarter, 202603), months(202603, 202605));
        assert_eq!(of(Span::Quarter, 202606), months(202606, 202608));
        assert_eq!(of(Span::HalfYear, 202702), months(202609, 202702));
        assert_eq!(of(Span::Year, 202703), months(202703, 202711), "cut by the end");
        assert_eq!(of(Span::Term, 202606), in_force);
    }

    #[test]
    fn a_renewal_should_be_a_term_of_its_own() {
        let mut terms = terms(Period(202601), Period(202612));
        terms.renewal_months = 6;
        let in_force = Months {
            first: Period(202601),
            last: Period::MAX,
        };
        let of = |span, period| stretch(&terms, span, in_force, Period(period));
        assert_eq!(of(Span::Term, 202612), months(202601, 202612));
        assert_eq!(of(Span::Term, 202701), months(202701, 202706));
        assert_eq!(of(Span::Term, 202707), months(202707, 202712));
        assert_eq!(of(Span::Year, 202707), months(202701, 202712));
    }
}
