//! A network of real nodes on this machine, the story of a month that is settled on it, and what is tried on it besides:
//! whether anything of a subscriber gets onto the chain, what crashes do, and whether guides are true.
//!
//! The demonstration and the end-to-end tests run the same story; they differ in its size.

pub mod books;
pub mod crash;
mod founding;
pub mod guide;
pub mod javascript;
pub mod network;
pub mod privacy;
mod public;
pub mod story;
pub mod table;
