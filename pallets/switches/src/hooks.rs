//! Nothing is done in idle time: what was waited for is told by the clock, and there is one entry for each function.
