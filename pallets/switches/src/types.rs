//! The pallet has no types of its own: clients see all of them.
