#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod agreement;
mod bwr;
mod cells;
mod decimal;
pub mod document;
mod fault;
pub mod inventory;
mod node;
mod rate;
mod reports;
pub mod services;
mod usage;

pub use agreement::{side, Agreement};
pub use cells::{Assigned, Cell};
pub use decimal::{Decimal, InvalidDecimal};
pub use fault::{Fault, Faults, Reason, MAX_FAULTS};
pub use rate::{
    explain, forecast, rate, Basis, Course, ExchangeOf, Forecast, Late, Rated, RatedLine, Rates, Scope, Used,
    VersionOf,
};
pub use reports::PairUsage;
pub use usage::{DecimalMark, InvalidMark, Label, Row, Usage};
