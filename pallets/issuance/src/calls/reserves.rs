//! What issuers hold for their tokens.

use crate::{Attestations, Config, Error, Event, Pallet};
use frame_support::ensure;
use interclear_ports::Clock;
use interclear_primitives::{ids::TokenId, issuance::Attestation};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_attest(who: &T::AccountId, token: TokenId, attestation: Attestation) -> DispatchResult {
        Self::ensure_issuer(who, token)?;
        let Attestation {
            amount,
            as_of,
            digest,
        } = attestation;
        ensure!(as_of <= T::Clock::now(), Error::<T>::DayAhead);
        let later = Attestations::<T>::get(token).is_some_and(|last| last.as_of > as_of);
        ensure!(!later, Error::<T>::AttestationOlder);
        Attestations::<T>::insert(token, attestation);
        Self::deposit_event(Event::ReservesAttested {
            token,
            amount,
            as_of,
            digest,
        });
        Ok(())
    }
}
