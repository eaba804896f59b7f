//! Records that only this pallet stores.

use interclear_primitives::{ids::AgreementId, period::Period, report::PairMonth, tadig::Tadig};
use interclear_record::record;

/// Where the reports of a pair's month are kept: by the agreement under which they bill.
#[record(Copy, Ord, no_serde)]
pub struct ReportKey {
    /// The agreement under which the pair bills.
    pub agreement: AgreementId,
    /// The networks and the month.
    pub pair: PairMonth,
}

impl ReportKey {
    /// The agreement's month, which is closed as a whole.
    pub const fn month(&self) -> (AgreementId, Period) {
        (self.agreement, self.pair.period)
    }

    /// Visited and home network.
    pub const fn networks(&self) -> (Tadig, Tadig) {
        (self.pair.visited, self.pair.home)
    }
}
