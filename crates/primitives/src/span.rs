//! Accounting windows and commitment spans: stretches of months over which usage and commitments accumulate.

use crate::period::Period;
use interclear_record::record;

/// A length of time in whole months, counted from the first month in which a version of an agreement is in force, over
/// and over.
///
/// When the version is replaced or the agreement ends, the running one ends with it, unless the new version carries it
/// on; see [`Accounted`].
#[record(Copy, snake_case)]
#[cfg_attr(feature = "std", derive(Hash))]
pub enum Span {
    /// One calendar month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// Twelve months.
    Year,
    /// The term; of an agreement that renews itself then each renewal.
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

    /// Its length in months; `None` for the term, whose length an agreement tells.
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
            (Some(whole), Some(part)) => whole.is_multiple_of(part),
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

/// Consecutive calendar months.
#[record(Copy)]
pub struct Months {
    /// The first month.
    pub first: Period,
    /// The last month, inclusive; not before the first.
    pub last: Period,
}

impl Months {
    /// Whether a month is among them.
    pub fn includes(&self, period: Period) -> bool {
        (self.first..=self.last).contains(&period)
    }

    /// Those of them that are among `others`.
    pub fn within(self, others: Self) -> Self {
        Self {
            first: self.first.max(others.first),
            last: self.last.min(others.last),
        }
    }

    /// Number of months, at least 1.
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

/// Over which months a direction's windows and spans are counted, of which the version in force is a part: an amendment
/// carries on what it leaves as it was.
#[record(Copy)]
pub struct Accounted {
    /// The months in which the condition is the same. Spans and windows are counted from the first of them, and the last
    /// ones end with them.
    pub counted: Months,
    /// The months in which prices are the same, too, within `counted`. A window that reaches beyond them is cut.
    pub priced: Months,
}

impl Accounted {
    /// A version that carries nothing on, and is not carried on.
    pub const fn alone(in_force: Months) -> Self {
        Self {
            counted: in_force,
            priced: in_force,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_should_not_split_a_window() {
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
    fn months_should_be_counted_and_listed() {
        let winter = Months {
            first: Period(202611),
            last: Period(202702),
        };
        assert_eq!(winter.count(), 4);
        assert_eq!(
            winter.iter().collect::<Vec<_>>(),
            [202611, 202612, 202701, 202702].map(Period)
        );
        assert!(winter.includes(Period(202701)) && !winter.includes(Period(202703)));
    }
}
