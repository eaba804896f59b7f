//! Benchmarks: each measures the most that its call can do.
