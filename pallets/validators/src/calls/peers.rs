//! Which nodes are an operator's.

use crate::{Config, Error, Event, OwnerOfPeer, Pallet, PeersOf};
use frame_support::ensure;
use interclear_primitives::{ids::OperatorId, validator::Peers};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_peers(operator: OperatorId, mut peers: Peers) -> DispatchResult {
        peers.sort();
        let mut pairs = peers.iter().zip(peers.iter().skip(1));
        ensure!(pairs.all(|(a, b)| a < b), Error::<T>::DuplicatePeer);
        for peer in &peers {
            let owner = OwnerOfPeer::<T>::get(peer);
            ensure!(
                owner.is_none_or(|owner| owner == operator),
                Error::<T>::PeerOfAnother
            );
        }
        for peer in PeersOf::<T>::get(operator).unwrap_or_default() {
            OwnerOfPeer::<T>::remove(peer);
        }
        for peer in &peers {
            OwnerOfPeer::<T>::insert(peer, operator);
        }
        let count = u32::try_from(peers.len()).unwrap_or(u32::MAX);
        if peers.is_empty() {
            PeersOf::<T>::remove(operator);
        } else {
            PeersOf::<T>::insert(operator, peers);
        }
        Self::deposit_event(Event::PeersSet {
            operator,
            peers: count,
        });
        Ok(())
    }
}
