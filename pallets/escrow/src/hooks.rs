//! What the chain does by itself when a block has room.

use crate::{Config, EndCursor, Escrows, Pallet, Unpaid, UnpaidCursor, WeightInfo, LOG_TARGET};
use frame_support::{
    storage::with_storage_layer,
    traits::Get,
    weights::{Weight, WeightMeter},
};
use interclear_ports::{idle, unexpected, Obligations};

/// Escrows that one block looks at in search of ended ones, and noted debts: a day at 2 s a block reaches over a hundred thousand.
const LOOKS: u32 = 4;

impl<T: Config> Pallet<T> {
    /// A look whether there is anything to do.
    fn glance() -> Weight {
        T::DbWeight::get().reads(2)
    }

    /// Has escrows pay what they could not pay before, and refunds those whose time is over; each block goes on where the one before
    /// stopped.
    pub(crate) fn visit_escrows(meter: &mut WeightMeter) {
        if meter.try_consume(Self::glance()).is_err() {
            return;
        }
        let start = EndCursor::<T>::get();
        let waiting = match start {
            None => Escrows::<T>::iter(),
            Some((agreement, direction)) => {
                Escrows::<T>::iter_from(Escrows::<T>::hashed_key_for(agreement, direction))
            }
        }
        .map(|(agreement, direction, escrow)| ((agreement, direction), escrow));
        let step = T::WeightInfo::refund();
        let last = idle::walk_on(
            start,
            waiting,
            LOOKS,
            step,
            meter,
            |(agreement, direction), mut escrow, meter| {
                // Glances at debts are in the step, which has as many looks at those that are gone.
                let payment = Self::weight_of_payment();
                let may_pay = || meter.try_consume(payment).is_ok();
                Self::pay_debts((agreement, direction), &mut escrow, may_pay);
                if Self::ensure_ended(agreement, direction, &escrow).is_err() {
                    return;
                }
                // It stops at the first debt that is not paid: an insolvent party costs one look each time.
                let (key, before) = ((agreement, direction), escrow.unpaid);
                let look = T::Obligations::look_weight();
                if !Self::find_paid(key, &mut escrow, || meter.try_consume(look).is_ok()) {
                    if escrow.unpaid != before {
                        Escrows::<T>::insert(agreement, direction, escrow);
                    }
                    return;
                }
                if let Err(error) = with_storage_layer(|| Self::give_back(agreement, direction, escrow)) {
                    // The account is not frozen, and holds what the escrow says.
                    unexpected!(
                        LOG_TARGET,
                        "agreement {}, {direction:?}: what is left cannot be released: {error:?}",
                        agreement.0
                    );
                }
            },
        );
        if last != start {
            EndCursor::<T>::set(last);
        }
    }

    /// Forgets noted debts that are not kept any more; each block goes on where the one before stopped. What is owed where nobody ever
    /// deposits has no escrow that would be visited.
    pub(crate) fn visit_debts(meter: &mut WeightMeter) {
        if meter.try_consume(Self::glance()).is_err() {
            return;
        }
        let start = UnpaidCursor::<T>::get();
        let noted = match start {
            None => Unpaid::<T>::iter_keys(),
            Some((key, debt)) => Unpaid::<T>::iter_keys_from(Unpaid::<T>::hashed_key_for(key, debt)),
        }
        .map(|(key, debt)| ((key, debt), ()));
        // It reads and writes less than that does.
        let step = T::WeightInfo::release();
        let last = idle::walk_on(start, noted, LOOKS, step, meter, |(key, debt), (), _| {
            if !T::Obligations::is_kept(debt) {
                Self::forget_in(key, debt);
            }
        });
        if last != start {
            UnpaidCursor::<T>::set(last);
        }
    }
}
