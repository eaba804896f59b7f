//! Accounting windows and commitment spans: stretches of months over which usage and commitments accumulate.

use crate::{Period, Terms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use interclear_record::record;
use scale_info::TypeInfo;
#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// A length of time in whole months, counted from the first month in which a version of an agreement is in force, over
/// and over.
///
/// When the version is replaced or the agreement ends, the running one ends with it, however long it has been: months
/// of two versions are never accounted together.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[cfg_attr(
    feature = "std",
    derive(Hash, Serialize, Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Span {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// Twelve months.
    Year,
    /// The term; of an agreement that prolongs itself then each prolongation.
    Term,
}

impl Span {
    /// An accounting window unless something else is written.
    #[cfg(feature = "std")]
    pub(crate) const fn month() -> Self {
        Self::Month
    }

    /// A commitment's span unless something else is written.
    #[cfg(feature = "std")]
    pub(crate) const fn term() -> Self {
        Self::Term
    }

    /// Its months; `None` for the term.
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::HalfYear => Some(6),
            Self::Year => Some(12),
            Self::Term => None,
        }
    }

    /// Whether it consists of whole `parts`. The last part of a term may be short: it ends with the term.
    pub const fn consists_of(self, parts: Self) -> bool {
        match (self.months(), parts.months()) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(whole), Some(part)) => whole % part == 0,
        }
    }
}

impl core::fmt::Display for Span {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half-year",
            Self::Year => "year",
            Self::Term => "term",
        })
    }
}

/// Months in a row.
#[record(Copy)]
pub struct Months {
    /// The first.
    pub first: Period,
    /// The last, not before the first.
    pub last: Period,
}

impl Months {
    /// Whether a month is among them.
    pub fn includes(&self, period: Period) -> bool {
        (self.first..=self.last).contains(&period)
    }

    /// How many they are.
    pub fn count(&self) -> u32 {
        self.first.months_until(self.last).saturating_add(1)
    }

    /// The months, one after the other.
    pub fn iter(self) -> impl Iterator<Item = Period> {
        let within = move |month: &Period| *month <= self.last;
        core::iter::successors(Some(self.first).filter(within), move |month| {
            Some(month.next()).filter(within)
        })
    }
}

impl core::fmt::Display for Months {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.first == self.last {
            return self.first.fmt(f);
        }
        write!(f, "{} to {}", self.first, self.last)
    }
}

impl Terms {
    /// The months that are accounted together with `period`, when the version is in force in the months `in_force`.
    pub fn stretch(&self, span: Span, in_force: Months, period: Period) -> Months {
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
            None if period <= self.last || self.prolongation_months == 0 => Months {
                first: in_force.first,
                last: self.last,
            },
            None => repeated(
                self.last.next().max(in_force.first),
                u32::from(self.prolongation_months),
            ),
        };
        Months {
            first: whole.first,
            last: whole.last.min(in_force.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::terms;

    fn months(first: u32, last: u32) -> Months {
        Months {
            first: Period(first),
            last: Period(last),
        }
    }

    #[test]
    fn spans_are_counted_from_the_first_month_in_force_and_end_with_it() {
        let terms = terms(Period(202601), Period(202712));
        let in_force = months(202603, 202711);
        let of = |span, period| terms.stretch(span, in_force, Period(period));
        assert_eq!(of(Span::Month, 202605), months(202605, 202605));
        assert_eq!(of(Span::Quarter, 202603), months(202603, 202605));
        assert_eq!(of(Span::Quarter, 202606), months(202606, 202608));
        assert_eq!(of(Span::HalfYear, 202702), months(202609, 202702));
        assert_eq!(of(Span::Year, 202703), months(202703, 202711), "cut by the end");
        assert_eq!(of(Span::Term, 202606), in_force);
    }

    #[test]
    fn a_prolongation_is_a_term_of_its_own() {
        let mut terms = terms(Period(202601), Period(202612));
        terms.prolongation_months = 6;
        let in_force = Months {
            first: Period(202601),
            last: Period::MAX,
        };
        let of = |span, period| terms.stretch(span, in_force, Period(period));
        assert_eq!(of(Span::Term, 202612), months(202601, 202612));
        assert_eq!(of(Span::Term, 202701), months(202701, 202706));
        assert_eq!(of(Span::Term, 202707), months(202707, 202712));
        assert_eq!(of(Span::Year, 202707), months(202701, 202712));
    }

    #[test]
    fn a_span_has_no_half_windows() {
        for (span, window, fits) in [
            (Span::Year, Span::Quarter, true),
            (Span::HalfYear, Span::Quarter, true),
            (Span::Term, Span::Year, true),
            (Span::Quarter, Span::HalfYear, false),
            (Span::Year, Span::Term, false),
            (Span::Term, Span::Term, true),
        ] {
            assert_eq!(span.consists_of(window), fits, "{span} of {window}");
        }
    }

    #[test]
    fn months_are_counted_and_listed() {
        let winter = months(202611, 202702);
        assert_eq!(winter.count(), 4);
        assert_eq!(
            winter.iter().collect::<Vec<_>>(),
            [202611, 202612, 202701, 202702].map(Period)
        );
        assert!(winter.includes(Period(202701)) && !winter.includes(Period(202703)));
    }
}
