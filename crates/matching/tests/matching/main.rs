//! What the engine answers, by other means than its own.

mod blind;
mod bounds;
mod changes;
mod classes;
mod intervals;
mod normal;
mod profiles;
mod support;
