//! What the pallet answers to others: nothing. What disputes change is kept with what they are on.
