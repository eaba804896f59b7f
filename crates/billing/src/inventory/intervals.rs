//! Use by the hour, as both sides report it.

use alloc::vec::Vec;
use core::fmt;
use interclear_matching::MAX_BANDWIDTH;
use interclear_primitives::Moment;
use interclear_record::record;

/// A time for which a service was in use.
#[record(Copy)]
pub struct Interval {
    /// The first second.
    pub from: Moment,
    /// The second after the last one.
    pub until: Moment,
    /// Bandwidth in bit/s.
    pub bandwidth: u64,
}

/// What is wrong with a list of intervals.
#[record(Copy, snake_case)]
pub enum IntervalFault {
    /// One ends before, or when, it begins.
    Empty,
    /// One begins before the one in front of it has ended.
    NotAscending,
    /// One has more bandwidth than is accepted.
    MaxBandwidthExceeded,
}

impl fmt::Display for IntervalFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the interval has no length",
            Self::NotAscending => "the interval begins before the one in front of it has ended",
            Self::MaxBandwidthExceeded => "the bandwidth is more than is accepted",
        })
    }
}

impl core::error::Error for IntervalFault {}

/// Whether a side's intervals can be taken.
///
/// # Errors
/// The place of the first that cannot, and why.
pub fn check(intervals: &[Interval]) -> Result<(), (usize, IntervalFault)> {
    let mut ended = 0;
    for (place, interval) in intervals.iter().enumerate() {
        let fault = if interval.from >= interval.until {
            IntervalFault::Empty
        } else if interval.from < ended {
            IntervalFault::NotAscending
        } else if interval.bandwidth > MAX_BANDWIDTH {
            IntervalFault::MaxBandwidthExceeded
        } else {
            ended = interval.until;
            continue;
        };
        return Err((place, fault));
    }
    Ok(())
}

/// What nobody disputes of two sides' intervals: the time that both report, at the smaller bandwidth. Both lists are as [`check`]
/// accepts them, and so is the result.
pub fn common(buyer: &[Interval], seller: &[Interval]) -> Vec<Interval> {
    let (mut buyer, mut seller) = (buyer.iter().peekable(), seller.iter().peekable());
    let mut found = Vec::new();
    while let (Some(one), Some(other)) = (buyer.peek(), seller.peek()) {
        let interval = Interval {
            from: one.from.max(other.from),
            until: one.until.min(other.until),
            bandwidth: one.bandwidth.min(other.bandwidth),
        };
        let buyer_ends = one.until <= other.until;
        if interval.from < interval.until {
            found.push(interval);
        }
        match buyer_ends {
            true => drop(buyer.next()),
            false => drop(seller.next()),
        }
    }
    found
}
