//! Tests by call and port.

mod accept;
mod add_evidence;
mod answer;
mod arbitrate;
mod concede;
mod escalate;
mod hooks;
mod invariants;
mod lapse;
mod mark_difference;
mod offer;
mod queries;
mod raise;
mod rule;
mod withdraw;
