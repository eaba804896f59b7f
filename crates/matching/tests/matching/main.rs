//! What the engine answers, by other means than its own.

mod bounds;
mod changes;
mod classes;
mod normal;
mod profiles;
mod support;
