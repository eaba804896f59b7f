//! Records: reported and withdrawn, each side its own.

use crate::{
    store::{Form, Kept},
    Config, Error, Event, Pallet, Relation, Runs, Sizes,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use interclear_matching::{report, withdraw, BlindRecord, Outcome, RecordId, Side};
use interclear_ports::Operators;
use interclear_primitives::operator::Role;
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Takes records of a side; how many of them were there otherwise.
    pub(crate) fn do_report_records<R: Form<T>>(
        who: &T::AccountId,
        relation: Relation,
        records: &[R],
    ) -> Result<u32, DispatchError> {
        let side = Self::side_with(who, Role::Clearing, &relation)?;
        let is_blind = Self::is_blind(&relation).ok_or(Error::<T>::ProfileNotFound)?;
        ensure!(is_blind == R::BLIND, Error::<T>::OtherForm);
        // All of a month is billed by the same state.
        ensure!(!Runs::<T>::contains_key(relation), Error::<T>::BillingRuns);
        let mut kept = Kept::<T, R>::new(relation);
        let (mut added, mut changed) = (0u32, 0u32);
        for record in records {
            match report(&mut kept, side, record).map_err(Error::<T>::from)? {
                Outcome::Added => added = added.saturating_add(1),
                Outcome::Changed => changed = changed.saturating_add(1),
                Outcome::Unchanged | Outcome::Withdrawn => {}
            }
        }
        kept.close();
        if added > 0 {
            let size = Sizes::<T>::get((relation, side)).saturating_add(added);
            ensure!(size <= T::MaxRecords::get(), Error::<T>::MaxRecordsExceeded);
            Sizes::<T>::insert((relation, side), size);
        }
        if added > 0 || changed > 0 {
            Self::deposit_event(Event::RecordsReported {
                relation,
                side,
                added,
                changed,
            });
        }
        Ok(changed)
    }

    pub(crate) fn do_withdraw_records(
        who: &T::AccountId,
        relation: Relation,
        ids: &[RecordId],
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let side = relation.side_of(operator).ok_or(Error::<T>::NotAParty)?;
        let is_blind = Self::is_blind(&relation).ok_or(Error::<T>::ProfileNotFound)?;
        // All of a month is billed by the same state.
        ensure!(!Runs::<T>::contains_key(relation), Error::<T>::BillingRuns);
        let records = match is_blind {
            false => Self::withdraw_from(Kept::<T>::of(relation), side, ids)?,
            true => Self::withdraw_from(Kept::<T, BlindRecord>::new(relation), side, ids)?,
        };
        if records > 0 {
            Sizes::<T>::mutate((relation, side), |size| *size = size.saturating_sub(records));
            Self::deposit_event(Event::RecordsWithdrawn {
                relation,
                side,
                records,
            });
        }
        Ok(())
    }

    /// Takes records of a side away; how many there were.
    fn withdraw_from<R: Form<T>>(
        mut kept: Kept<T, R>,
        side: Side,
        ids: &[RecordId],
    ) -> Result<u32, DispatchError> {
        let mut records = 0u32;
        for id in ids {
            if withdraw(&mut kept, side, *id).map_err(Error::<T>::from)? == Outcome::Withdrawn {
                records = records.saturating_add(1);
            }
        }
        kept.close();
        Ok(records)
    }
}
