//! What the pallet answers to others: so far nothing asks it.
