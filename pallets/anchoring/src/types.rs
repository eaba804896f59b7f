//! Records that only this pallet stores.

use frame_support::BoundedVec;
use interclear_primitives::{
    agreement::Direction,
    batch::{MaxServiceTotals, ServiceTotal},
    ids::AgreementId,
    money::ValueError,
    period::Period,
    series::BatchKey,
    service::Service,
    usage::UsageTotal,
    Digest, Moment,
};
use interclear_record::record;

/// A service group of an agreement.
#[record(Copy, Ord, no_serde)]
pub struct GroupKey {
    /// Whose subscribers roam.
    pub direction: Direction,
    /// Service group within the direction.
    pub group: u8,
    /// The closed month whose late usage it is; `None` for usage of the month that bills it.
    pub late: Option<Period>,
    /// Whether it is that of files that came after the closing days and do not count yet.
    pub deferred: bool,
}

/// Of what records are proven: a file, and the root over its records. A file that is sent again after a return is another one
/// under the same number, and files of other series, tests among them, may have the same records.
pub type ProofKey = (BatchKey, Digest);

/// What was proven of a file.
#[record(Copy, Default, no_serde)]
pub struct ProofBook {
    /// The month that it bills to; `None` where it bills nothing.
    pub month: Option<(AgreementId, Period)>,
    /// How many records its sender and its recipient have proven.
    pub counts: [u32; 2],
    /// When the last one was proven, by the chain's clock.
    pub latest: Moment,
}

/// How running totals change.
#[derive(Clone, Copy)]
pub(crate) enum Booking {
    /// A file or a report is added.
    Add,
    /// A file or records are taken off.
    TakeOff,
}

/// Running totals of a group in a month, kept together because a file changes several of them at once: by ascending service,
/// each once, none of them empty.
#[record(Default, no_serde)]
pub struct GroupTotals(BoundedVec<(Service, UsageTotal), MaxServiceTotals>);

impl GroupTotals {
    /// Whether there is no usage.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The totals, by ascending service.
    pub fn iter(&self) -> impl Iterator<Item = &(Service, UsageTotal)> {
        self.0.iter()
    }

    /// What all services charge, with tax, in 10^-6 of the currency.
    pub(crate) fn charged(&self) -> i128 {
        // No amount that is booked is sealed, and the bounds of what is booked exclude that a sum does not fit.
        let amounts = self.0.iter().flat_map(|(_, total)| [&total.charge, &total.tax]);
        amounts.fold(0i128, |sum, amount| {
            sum.saturating_add(amount.clear().unwrap_or_default())
        })
    }

    /// Adds totals of other files.
    ///
    /// # Errors
    /// An amount does not fit, which the bounds of what is booked exclude.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), ValueError> {
        for (service, total) in other.iter() {
            match self.0.binary_search_by_key(service, |(service, _)| *service) {
                Ok(at) => {
                    if let Some((_, sum)) = self.0.get_mut(at) {
                        *sum = sum.checked_merge(total)?;
                    }
                }
                Err(at) => self
                    .0
                    .try_insert(at, (*service, *total))
                    .map_err(|_| ValueError::Overflow)?,
            }
        }
        Ok(())
    }

    /// Books a part of a file.
    ///
    /// # Errors
    /// An amount does not fit, or more is taken off than there is; half of a file may be booked then.
    pub(crate) fn book(&mut self, part: &ServiceTotal, booking: Booking) -> Result<(), ValueError> {
        let place = self
            .0
            .binary_search_by_key(&part.service, |(service, _)| *service);
        let before = match place {
            Ok(at) => self
                .0
                .get(at)
                .map_or_else(UsageTotal::default, |(_, total)| *total),
            Err(_) => UsageTotal::default(),
        };
        let after = match booking {
            Booking::Add => before.checked_add(part)?,
            Booking::TakeOff => before.checked_sub(part)?,
        };
        match place {
            Ok(at) if after.is_empty() => {
                self.0.remove(at);
            }
            Ok(at) => {
                if let Some(entry) = self.0.get_mut(at) {
                    entry.1 = after;
                }
            }
            Err(_) if after.is_empty() => {}
            // There is room for every service once.
            Err(at) => self
                .0
                .try_insert(at, (part.service, after))
                .map_err(|_| ValueError::Overflow)?,
        }
        Ok(())
    }
}
