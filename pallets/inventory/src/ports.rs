//! What the pallet answers to others: nothing, so far.
