//! No other pallet asks anything.
