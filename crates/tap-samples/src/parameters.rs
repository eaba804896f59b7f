//! What is to be made.

use interclear_primitives::{money::Currency, period::Period, tadig::Tadig};
use interclear_tap::ber::LengthForm;

/// What to make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameters {
    /// Visited network.
    pub sender: Tadig,
    /// Home network.
    pub recipient: Tadig,
    /// The month in which all cut-off times lie, in UTC.
    pub period: Period,
    /// Number of files, which share the month equally; at least 1.
    pub files: u32,
    /// Records per file; with 0, notifications are made.
    pub events: u64,
    /// Currency of all amounts, which is also the sender's.
    pub currency: Currency,
    /// Decimals of all amounts, 0 to 6.
    pub decimals: u8,
    /// Seconds that the visited network's clock is ahead of UTC.
    pub utc_offset: i32,
    /// Sequence number of the first file.
    pub first_sequence: u32,
    /// Everything random follows from it.
    pub seed: u64,
    /// Whether some records carry a tax of 19 %.
    pub taxes: bool,
    /// Whether some records carry a discount of 10 %.
    pub discounts: bool,
    /// Whether the files are test files.
    pub test: bool,
    /// Release of TAP 3: 10, 11 or 12.
    pub release: u64,
    /// Whether every kind of record that the release has occurs, content that is paid back included.
    pub all_kinds: bool,
    /// Mobile country and network code of the home network, 5 or 6 digits.
    pub home_plmn: String,
    /// Whether the numbers of subscribers are scattered over all digits, as real ones are, and calls, messages and packet
    /// data carry an IMEI. Otherwise they follow each other from the lowest on, and there is none.
    pub lifelike: bool,
}

impl Parameters {
    /// Parameters with everything usual: one file of 1,000 records, EUR with 4 decimals, UTC, sequence from 1, taxes,
    /// no discounts, the test network 001 01.
    pub fn new(sender: Tadig, recipient: Tadig, period: Period) -> Self {
        Self {
            sender,
            recipient,
            period,
            files: 1,
            events: 1_000,
            currency: Currency::EUR,
            decimals: 4,
            utc_offset: 0,
            first_sequence: 1,
            seed: 0,
            taxes: true,
            discounts: false,
            test: false,
            release: 12,
            all_kinds: false,
            home_plmn: "00101".into(),
            lifelike: false,
        }
    }

    /// Between two networks and in a month that need not be others in most tests: FRAF1 to DEUD1, October 2026.
    pub fn sample() -> Self {
        Self::new(Tadig(*b"FRAF1"), Tadig(*b"DEUD1"), Period(202_610))
    }
}

/// How a file differs from the regular one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Variant {
    /// The total charge in the audit control is one unit too high, for which a recipient returns the file.
    pub wrong_total: bool,
    /// The file is sent again, as asked for by this RAP file; it is made a day later.
    pub rap_sequence: Option<u32>,
    /// How lengths are written.
    pub form: LengthForm,
}

/// Why nothing can be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ParametersInvalid {
    /// More than 6 decimals.
    #[error("amounts have 0 to 6 decimals")]
    Decimals,
    /// No files, or so many that a file would cover less than a minute.
    #[error("a month is shared by 1 to 40,000 files")]
    Files,
    /// A sequence number that is none.
    #[error("sequence numbers are 1 to 99999")]
    Sequence,
    /// More than 14 hours from UTC, or not whole minutes.
    #[error("the offset from UTC is at most 14 hours, in whole minutes")]
    UtcOffset,
    /// Another release than 10 to 12.
    #[error("releases 10, 11 and 12 of TAP 3 are written")]
    Release,
    /// A month that is none.
    #[error("the period is not a month")]
    Period,
    /// A home network that is none.
    #[error("the home network is given as 5 or 6 digits")]
    HomePlmn,
}
