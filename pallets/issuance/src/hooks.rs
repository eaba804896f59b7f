//! There is no work in idle time: who redeems takes its tokens back by itself.
