//! Two blocks of one author in one slot.

use crate::{is_bounded, Config, Error, FirstSlots, Pallet};
use codec::Encode;
use frame_support::{ensure, traits::KeyOwnerProofSystem};
use frame_system::pallet_prelude::HeaderFor;
use interclear_primitives::validator::{OffenceKind, SessionIndex};
use sp_consensus_aura::{
    sr25519::{AuthorityId, AuthoritySignature},
    AURA_ENGINE_ID,
};
use sp_core::crypto::key_types::AURA;
use sp_runtime::{traits::Header, DispatchResult, RuntimeAppPublic};
use sp_session::MembershipProof;

/// Bytes of a header, at most: twice what one has that changes the keys of a hundred validators.
pub(crate) const MAX_HEADER: usize = 16 * 1024;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_report_two_blocks(
        first: HeaderFor<T>,
        second: HeaderFor<T>,
        author: AuthorityId,
        proof: Option<MembershipProof>,
    ) -> DispatchResult {
        ensure!(proof.as_ref().is_none_or(is_bounded), Error::<T>::ProofTooLong);
        let (first_slot, first_hash) = Self::sealed(first, &author)?;
        let (slot, second_hash) = Self::sealed(second, &author)?;
        ensure!(first_slot == slot, Error::<T>::SlotsDiffer);
        // Without their seals: one block can be sealed again and again, each time by other bytes.
        ensure!(first_hash != second_hash, Error::<T>::SameBlock);
        let (owner, session) = match proof {
            None => (
                Self::owner_in_session(AURA, author.as_ref()),
                pallet_session::Pallet::<T>::current_index(),
            ),
            Some(proof) => {
                let session = proof.session;
                let owner = <Self as KeyOwnerProofSystem<_>>::check_proof((AURA, author), proof);
                (owner.map(|(who, ())| who), session)
            }
        };
        let owner = owner.ok_or(Error::<T>::UnknownKey)?;
        ensure!(Self::is_slot_of(session, slot), Error::<T>::WrongSession);
        Self::report_offence(&owner, OffenceKind::TwoBlocks { slot }, session)
    }

    /// The slot of a header, and the hash that its author has sealed.
    fn sealed(mut header: HeaderFor<T>, author: &AuthorityId) -> Result<(u64, T::Hash), Error<T>> {
        ensure!(header.encoded_size() <= MAX_HEADER, Error::<T>::HeaderTooLong);
        let seal = header.digest_mut().pop().ok_or(Error::<T>::NotSealed)?;
        let seal: AuthoritySignature = seal.seal_try_to(&AURA_ENGINE_ID).ok_or(Error::<T>::NotSealed)?;
        let mut slots = header
            .digest()
            .logs()
            .iter()
            .filter_map(|item| item.pre_runtime_try_to::<u64>(&AURA_ENGINE_ID));
        let (Some(slot), None) = (slots.next(), slots.next()) else {
            return Err(Error::<T>::NotSealed);
        };
        let hash = header.hash();
        ensure!(author.verify(&hash, &seal), Error::<T>::InvalidSeal);
        Ok((slot, hash))
    }

    /// Whether the set of a session may have made blocks in a slot. A block may be made by the set of the session before
    /// beside the one that ended that: so slots of the next session count, too. A key that was given up longer ago proves
    /// nothing about its former owner.
    fn is_slot_of(session: SessionIndex, slot: u64) -> bool {
        let after = FirstSlots::<T>::get(session.saturating_add(2));
        FirstSlots::<T>::get(session).is_some_and(|first| first <= slot)
            && after.is_none_or(|after| slot < after)
    }
}
