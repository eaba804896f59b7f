//! What clients ask through the runtime API.

use crate::{Config, History, KeysInUse, OffencesOf, Pallet, PeersOf, Registered, Slots};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::traits::EstimateNextSessionRotation;
use interclear_ports::Operators;
use interclear_primitives::{
    ids::OperatorId,
    validator::{Offences, Peers, SessionSlots, SlotHistory, ValidatorKeys, ValidatorState},
};
use pallet_session::{NextKeys, QueuedKeys, Validators};
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
    /// All validators, by account, with how they stand.
    pub fn validators() -> Vec<(T::AccountId, ValidatorState)> {
        let set = Validators::<T>::get();
        let queued: Vec<_> = QueuedKeys::<T>::get().into_iter().map(|(who, _)| who).collect();
        let (session, counted) = (pallet_session::Pallet::<T>::current_index(), Slots::<T>::get());
        let mut all: Vec<_> = Registered::<T>::iter()
            .map(|(who, validator)| {
                let place = set.iter().position(|other| *other == who);
                let count = place
                    .and_then(|place| counted.get(place))
                    .copied()
                    .unwrap_or_default();
                let state = ValidatorState {
                    validator,
                    has_keys: NextKeys::<T>::contains_key(&who),
                    in_set: place.is_some(),
                    queued: queued.contains(&who),
                    present: SessionSlots {
                        session,
                        made: count.made,
                        missed: count.missed,
                    },
                    kept: sum(&History::<T>::get(&who)),
                };
                (who, state)
            })
            .collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        all
    }

    /// The slots of a validator in former sessions, and its offences, each oldest first, as long as they are kept.
    pub fn validator_record(who: &T::AccountId) -> (SlotHistory, Offences) {
        (History::<T>::get(who), OffencesOf::<T>::get(who))
    }

    /// The session keys of an account, and when those that it has set act.
    pub fn validator_keys(who: &T::AccountId) -> ValidatorKeys {
        let of = |keys: Vec<(T::AccountId, <T as pallet_session::Config>::Keys)>| {
            let own = keys.into_iter().find(|(other, _)| other == who);
            own.map(|(_, keys)| keys.encode())
        };
        let now = frame_system::Pallet::<T>::block_number();
        let (ends, _) = T::NextSessionRotation::estimate_next_session_rotation(now);
        ValidatorKeys {
            in_use: of(KeysInUse::<T>::get()),
            queued: of(QueuedKeys::<T>::get()),
            set: NextKeys::<T>::get(who).map(|keys| keys.encode()),
            session_ends: ends.map(|block| block.saturated_into()),
        }
    }

    /// The nodes of all operators that are not suspended, by operator.
    pub fn peers() -> Vec<(OperatorId, Peers)> {
        let mut peers: Vec<_> = PeersOf::<T>::iter()
            .filter(|(operator, _)| T::Operators::is_active(*operator))
            .collect();
        peers.sort_by_key(|(operator, _)| *operator);
        peers
    }
}

fn sum(history: &SlotHistory) -> SessionSlots {
    let first = history.first().copied().unwrap_or_default();
    history.iter().skip(1).fold(first, |sum, one| SessionSlots {
        session: sum.session,
        made: sum.made.saturating_add(one.made),
        missed: sum.missed.saturating_add(one.missed),
    })
}
