//! What follows when a validator did what no honest one does.

use crate::{Config, Error, Event, Former, KeysSetIn, OffencesOf, Pallet, Registered};
use frame_support::ensure;
use interclear_primitives::validator::{Offence, OffenceKind, Offences, SessionIndex, Validator};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    /// Keeps what a validator has been proven to have done in a session, and disables it. Of one that has left it is kept, too.
    ///
    /// # Errors
    /// It is and was no validator, was admitted or re-enabled later, or this was reported before.
    pub fn report_offence(who: &T::AccountId, kind: OffenceKind, session: SessionIndex) -> DispatchResult {
        let present = Registered::<T>::get(who);
        let former = Former::<T>::get(who);
        let record = present
            .or(former.map(|(record, _)| record))
            .ok_or(Error::<T>::NotAValidator)?;
        ensure!(session >= record.liable_from, Error::<T>::NotLiable);
        let offence = Offence {
            kind,
            session,
            reported_in: pallet_session::Pallet::<T>::current_index(),
        };
        OffencesOf::<T>::try_mutate(who, |offences| Self::keep(offences, offence, record.disabled))?;
        Self::deposit_event(Event::OffenceReported {
            validator: who.clone(),
            offence,
        });
        match present {
            Some(record) => Self::disable(who, record),
            None => Former::<T>::mutate_extant(who, |(record, _)| record.disabled = true),
        }
        Ok(())
    }

    /// Has a validator make no blocks any more, if it may still.
    pub(crate) fn disable(who: &T::AccountId, record: Validator) {
        if record.disabled {
            return;
        }
        // Keys that were stolen are replaced before the council re-enables their owner.
        KeysSetIn::<T>::remove(who);
        let disabled = true;
        Registered::<T>::insert(who, Validator { disabled, ..record });
        Self::deposit_event(Event::ValidatorDisabled {
            validator: who.clone(),
        });
        Self::enforce();
    }

    fn keep(offences: &mut Offences, offence: Offence, disabled: bool) -> Result<(), Error<T>> {
        let known = offences.iter().any(|known| known.kind == offence.kind);
        ensure!(!known, Error::<T>::AlreadyReported);
        if offences.is_full() {
            // The oldest is one for which the council has re-enabled it, unless it is disabled for them all.
            ensure!(!disabled, Error::<T>::MaxOffencesExceeded);
            offences.remove(0);
        }
        offences
            .try_push(offence)
            .map_err(|_| Error::<T>::MaxOffencesExceeded)
    }

    /// Whether it is of no use to report this: it has been, or the account is and was no validator.
    pub fn is_known_offence(who: &T::AccountId, kind: OffenceKind) -> bool {
        !(Registered::<T>::contains_key(who) || Former::<T>::contains_key(who))
            || OffencesOf::<T>::get(who).iter().any(|known| known.kind == kind)
    }
}
