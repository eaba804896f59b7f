//! Tables of codes that records refer to.

use crate::finding::Code;

/// A row of a table of codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row<T> {
    /// The code that records refer to.
    pub code: u64,
    /// What the code stands for.
    pub value: T,
    /// What is wrong with the row, for which records that refer to it are returned.
    pub fault: Option<Code>,
}

/// A table of codes.
#[derive(Clone, Debug)]
pub struct Table<T>(Vec<Row<T>>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Table<T> {
    /// The table of these rows, and each code that several of them have. Of those the first counts, as a faulty one.
    pub fn new(rows: impl Iterator<Item = Row<T>>) -> (Self, Vec<u64>) {
        let mut rows: Vec<_> = rows.collect();
        // The order of equal codes is kept.
        rows.sort_by_key(|row| row.code);
        let mut twice = Vec::new();
        rows.dedup_by(|later, first| {
            if later.code != first.code {
                return false;
            }
            if twice.last() != Some(&first.code) {
                twice.push(first.code);
            }
            first.fault = Some(Code::DuplicateCode);
            true
        });
        (Self(rows), twice)
    }

    /// The row with a code.
    #[inline]
    pub fn row(&self, code: u64) -> Option<&Row<T>> {
        self.placed(code).map(|(_, row)| row)
    }

    /// The row with a code, and its place in the table.
    #[inline]
    pub(crate) fn placed(&self, code: u64) -> Option<(usize, &Row<T>)> {
        let place = self.0.binary_search_by_key(&code, |row| row.code).ok()?;
        Some((place, &self.0[place]))
    }

    /// The rows, by rising code.
    pub(crate) fn rows(&self) -> &[Row<T>] {
        &self.0
    }
}

/// What a tax code stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TaxRow {
    /// The rate in 10^-5 per cent, where it is known.
    pub rate: Option<u32>,
    /// The type of the charge that the tax is on, two digits; without one, it is on the whole charge.
    pub charge_type: Option<[u8; 2]>,
}

/// What a discount code stands for: a rate or an amount, or neither where the row is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DiscountRow {
    /// Hundredths of a per cent, at most all of it.
    pub rate: Option<u64>,
    /// A fixed amount, in 10^-decimals of the TAP currency.
    pub fixed: Option<u64>,
}

/// The taxes of one code that are what they should be one by one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct TaxSum {
    /// As stated.
    pub(crate) stated: u128,
    /// Charges times rate, in 10^-7.
    pub(crate) parts: u128,
    /// How many.
    pub(crate) count: u64,
}

/// The tables of a file.
#[derive(Clone, Debug, Default)]
pub struct CodeTables {
    /// Whether records are laid out as release 10 has them; elements of another release count for nothing.
    pub release_10: bool,
    /// Rates of taxes, by tax code.
    pub taxes: Table<TaxRow>,
    /// What discounts are, by discount code.
    pub discounts: Table<DiscountRow>,
    /// The codes of exchange rates that there are.
    pub exchange_rates: Table<()>,
    /// Offsets from UTC: seconds east of UTC, where they are known.
    pub offsets: Table<Option<i32>>,
    /// Recording entities.
    pub entities: Table<()>,
    /// By how much a tax may differ from charge times rate, and a discount from what its row says, in 10^-decimals of the TAP currency.
    pub tax_tolerance: u64,
}

impl CodeTables {
    /// No tables, for records of a release of TAP 3.
    pub fn of_release(release: Option<u64>) -> Self {
        Self {
            release_10: release == Some(10),
            ..Self::default()
        }
    }

    /// Seconds east of UTC for a code; `None` when the code or its offset is not known.
    #[inline]
    pub(crate) fn offset(&self, code: u64) -> Option<i32> {
        self.offsets.row(code)?.value
    }
}
