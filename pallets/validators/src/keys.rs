//! Whose a session key is.

use crate::{Config, KeysInUse, Pallet};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{
    storage::{with_transaction, TransactionOutcome},
    traits::KeyOwnerProofSystem,
};
use pallet_session::{
    historical::{self, HistoricalSessions, IdentificationTuple},
    NextKeys,
};
use sp_core::crypto::KeyTypeId;
use sp_runtime::{traits::OpaqueKeys, DispatchError};
use sp_session::MembershipProof;

/// Nodes of a proof whose a key was, at most. The longest one of a hundred validators has ten: see the runtime's tests.
pub const MAX_PROOF_NODES: usize = 16;
/// Bytes of all these nodes, at most; the longest one of a hundred validators has two thousand.
pub const MAX_PROOF_BYTES: usize = 8 * 1024;

/// Whether a proof is no longer than one can be. Whoever asks for a proof to be checked pays for one of this length.
pub fn is_bounded(proof: &MembershipProof) -> bool {
    // The nodes are counted first, so that no more of them are ever looked at.
    proof.trie_nodes.len() <= MAX_PROOF_NODES
        && proof.trie_nodes.iter().map(Vec::len).sum::<usize>() <= MAX_PROOF_BYTES
}

impl<T: Config> Pallet<T> {
    /// Whose key it is in the present session.
    pub(crate) fn owner_in_session(kind: KeyTypeId, key: &[u8]) -> Option<T::AccountId> {
        let keys = KeysInUse::<T>::get();
        let owner = keys.into_iter().find(|(_, keys)| keys.get_raw(kind) == key);
        owner.map(|(who, _)| who)
    }
}

/// As the history of the session pallet proves it for former sessions. In the present one that takes the keys that are to come
/// for those in use: whoever set new ones could be proven nothing, and everybody's proofs would fail until the session turned.
impl<T: Config, D: AsRef<[u8]>> KeyOwnerProofSystem<(KeyTypeId, D)> for Pallet<T> {
    type Proof = MembershipProof;
    type IdentificationTuple = IdentificationTuple<T>;

    // Only asked off chain, to be handed in later.
    fn prove((kind, key): (KeyTypeId, D)) -> Option<MembershipProof> {
        Self::owner_in_session(kind, key.as_ref())?;
        let proof = with_transaction(|| {
            for (who, keys) in KeysInUse::<T>::get() {
                NextKeys::<T>::insert(who, keys);
            }
            let proof = historical::Pallet::<T>::prove((kind, key));
            TransactionOutcome::Rollback(Ok::<_, DispatchError>(proof))
        });
        proof.ok().flatten()
    }

    fn check_proof((kind, key): (KeyTypeId, D), proof: MembershipProof) -> Option<IdentificationTuple<T>> {
        if !is_bounded(&proof) {
            return None;
        }
        if proof.session != pallet_session::Pallet::<T>::current_index() {
            // The session pallet would refuse these, too, but tell the log of every node of it as an error.
            let (_, count) = HistoricalSessions::<T>::get(proof.session)?;
            let distinct: BTreeSet<_> = proof.trie_nodes.iter().collect();
            if count != proof.validator_count || distinct.len() != proof.trie_nodes.len() {
                return None;
            }
            return historical::Pallet::<T>::check_proof((kind, key), proof);
        }
        let count = KeysInUse::<T>::decode_len().unwrap_or_default();
        let counted = usize::try_from(proof.validator_count) == Ok(count);
        let owner = Self::owner_in_session(kind, key.as_ref()).filter(|_| counted);
        owner.map(|who| (who, ()))
    }
}
