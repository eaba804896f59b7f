//! Rules that a file keeps or breaks by itself, without looking at the chain.

use crate::{Config, Error};
use frame_support::ensure;
use interclear_primitives::{
    batch::{Anchor, ServiceTotal, MAX_RAP_SEQUENCE},
    bounds::{MAX_AMOUNT, MAX_QUANTITY},
    money::{Value, ValueError},
    nrtrde::NrtrdeAnchor,
    series::{BatchKey, Stream},
    usage::MAX_AGE,
    Moment, DAY,
};

impl<T: Config> From<ValueError> for Error<T> {
    fn from(reason: ValueError) -> Self {
        match reason {
            ValueError::Overflow => Self::AmountOverflow,
            ValueError::Negative => Self::NegativeAmount,
            ValueError::Sealed => Self::AmountSealed,
        }
    }
}

/// The number is in the range of its stream, which is the right one.
pub(crate) fn key<T: Config>(key: &BatchKey, stream: Stream) -> Result<(), Error<T>> {
    ensure!(key.series.stream == stream, Error::OtherStream);
    ensure!(
        (1..=stream.max_sequence()).contains(&key.sequence),
        Error::SequenceOutOfRange
    );
    Ok(())
}

/// The number of a RAP file is in its range.
pub(crate) fn rap_sequence<T: Config>(number: u32) -> Result<(), Error<T>> {
    ensure!(
        (1..=MAX_RAP_SEQUENCE).contains(&number),
        Error::ReturnSequenceOutOfRange
    );
    Ok(())
}

/// What a file comes to.
pub(crate) struct Sum {
    /// Charge of all services.
    pub charge: Value,
    /// Tax of all services.
    pub tax: Value,
}

/// The totals are by ascending service, each once, none is negative, above its bound or has an amount without records, and
/// their records add up to `records`; without records there are no totals.
pub(crate) fn totals<T: Config>(totals: &[ServiceTotal], records: u32) -> Result<Sum, Error<T>> {
    ensure!(
        totals.is_sorted_by(|a, b| a.service < b.service),
        Error::TotalsNotSorted
    );
    let mut sum = Sum {
        charge: Value::ZERO,
        tax: Value::ZERO,
    };
    let mut counted = 0u32;
    for total in totals {
        ensure!(total.quantity <= MAX_QUANTITY, Error::MaxQuantityExceeded);
        let amounts = [amount::<T>(&total.charge)?, amount::<T>(&total.tax)?];
        ensure!(total.records > 0 || amounts == [0, 0], Error::RecordsMismatch);
        sum.charge = sum.charge.checked_add(&total.charge)?;
        sum.tax = sum.tax.checked_add(&total.tax)?;
        counted = counted.checked_add(total.records).ok_or(Error::RecordsMismatch)?;
    }
    ensure!(
        counted == records && (records > 0 || totals.is_empty()),
        Error::RecordsMismatch
    );
    Ok(sum)
}

/// An amount that is not negative, and not above its bound.
fn amount<T: Config>(value: &Value) -> Result<u128, Error<T>> {
    let amount = value.clear_unsigned()?;
    ensure!(amount <= MAX_AMOUNT, Error::MaxAmountExceeded);
    Ok(amount)
}

/// Every rule that a file keeps by itself; `now` is the chain's clock, and clocks may differ by a day.
pub(crate) fn content<T: Config>(anchor: &Anchor, now: Moment) -> Result<Sum, Error<T>> {
    ensure!(anchor.decimals <= 6, Error::MaxDecimalsExceeded);
    let sum = totals(&anchor.totals, anchor.records)?;
    amount::<T>(&anchor.discount)?;
    call_times(
        anchor.earliest_call,
        anchor.latest_call,
        anchor.available,
        anchor.records,
    )?;
    // Clocks of exchanges differ, and so do their time zones, so a day is allowed here, too.
    let latest = anchor.cut_off.saturating_add(DAY);
    ensure!(
        anchor.latest_call.is_none_or(|call| call <= latest),
        Error::CallAfterCutOff
    );
    ensure!(anchor.available <= tomorrow(now), Error::AvailableInFuture);
    ensure!(anchor.cut_off <= tomorrow(now), Error::CutOffInFuture);
    let oldest = anchor.available.min(anchor.cut_off);
    ensure!(!is_too_old(oldest, now), Error::TooLongAgo);
    Ok(sum)
}

fn tomorrow(now: Moment) -> Moment {
    now.saturating_add(DAY)
}

/// Whether nobody settles a moment's month any more.
fn is_too_old(moment: Moment, now: Moment) -> bool {
    moment < now.saturating_sub(MAX_AGE)
}

/// Every rule that an NRTRDE file keeps by itself.
pub(crate) fn nrtrde<T: Config>(anchor: &NrtrdeAnchor, now: Moment) -> Result<(), Error<T>> {
    call_times(
        anchor.earliest_end,
        anchor.latest_end,
        anchor.available,
        anchor.records,
    )?;
    ensure!(anchor.available <= tomorrow(now), Error::AvailableInFuture);
    ensure!(!is_too_old(anchor.available, now), Error::TooLongAgo);
    Ok(())
}

/// A file with records has the times of its first and last call, in order and before it was available; one without has none.
fn call_times<T: Config>(
    first: Option<Moment>,
    last: Option<Moment>,
    available: Moment,
    records: u32,
) -> Result<(), Error<T>> {
    match (first, last) {
        (None, None) => ensure!(records == 0, Error::CallTimesMissing),
        (Some(first), Some(last)) => {
            ensure!(records > 0, Error::CallTimesWithoutRecords);
            ensure!(first <= last && last <= available, Error::CallTimesOutOfOrder);
        }
        _ if records > 0 => return Err(Error::CallTimesMissing),
        _ => return Err(Error::CallTimesWithoutRecords),
    }
    Ok(())
}
