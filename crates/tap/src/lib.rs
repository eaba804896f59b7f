#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod ber;
pub mod classify;
mod countries;
mod digits;
pub mod events;
mod evidence;
mod finding;
pub mod model;
mod name;
pub mod nrtrde;
pub mod rap;
mod reader;
mod report;
mod returns;
mod summary;
mod tags;
mod tariff;
pub mod time;
mod validate;
pub mod writer;

pub use countries::{country, numbers, Region};
pub use evidence::{prove_record, RecordProof};
pub use finding::{Code, Finding, Findings, Severity, MAX_RECORD_FINDINGS};
pub use name::{FileName, Scheme};
pub use reader::{Item, Kind, RawEvent, Reader};
pub use report::{FileReport, Verdict};
pub use returns::{make_returns, refuse_file, NothingToReturn};
pub use summary::{
    BatchSummary, NotAnchorable, ServiceSummary, Stamp, Sums, Unclassified, OCTETS_PER_MEGABYTE,
};
pub use tariff::{AgreedRate, PricedService, TariffCheck, TariffSummary, Unpriced};
pub use validate::{
    head, validate, validate_file, validate_file_by_itself, validate_file_with_history,
    validate_with_history, Context, EventKinds, Head, Known, Options, Outcome, RecordHistory, Rules, Said,
    SeenRecords, Selected, Threads,
};
