#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

extern crate alloc;

mod charge;
mod convert;
mod direction;
mod doubt;
mod error;
mod exact;
mod explain;
mod line;
mod plan;
mod plans;
mod prorate;
mod split;
mod units;
mod validate;

pub use charge::{DirectionCharge, LineCharge, LineUsage};
pub use convert::{charged_units, convert, prorate, quantity_from_raw, SdrRate};
pub use direction::{
    explain_direction, explain_window, forecast, rate_direction, rate_window, LineHistory, Stage,
};
pub use doubt::{looks_wrong, Doubt};
pub use error::RatingError;
pub use exact::{Exact, MAX_DECIMALS};
pub use explain::{CommitmentExplanation, Explanation, LineExplanation, Part, Step, StepKind};
pub use line::tax_on;
pub use plan::{
    Condition, LineTerms, MissingPrice, Pricing, RatePlan, TaxRule, Tier, Tiers, UsagePlan, MAX_TIERS,
};
pub use split::split_by_largest_remainder;
pub use units::{Amount, Price, Quantity, Share, TaxRate};
pub use validate::{validate_direction, validate_line, validate_plan, PlanError, PlanFault};
