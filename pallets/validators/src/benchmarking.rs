//! Benchmarks: each measures the most that its call can do, with as many validators as there can be.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use super::*;
use crate::Pallet as Validators;
use alloc::{boxed::Box, vec, vec::Vec};
use codec::{Decode, Encode};
use frame_benchmarking::{account, v2::*, BenchmarkError};
use frame_support::{
    traits::{EnsureOrigin, Get, KeyOwnerProofSystem},
    BoundedVec,
};
use frame_system::{pallet_prelude::HeaderFor, RawOrigin};
use interclear_ports::Operators;
use interclear_primitives::{
    ids::OperatorId,
    tadig::Tadig,
    validator::{Offence, OffenceKind, Offences, Validator},
};
use pallet_session::{historical::HistoricalSessions, NextKeys, QueuedKeys};
use sp_consensus_aura::{sr25519::AuthorityId, AURA_ENGINE_ID};
use sp_core::crypto::{key_types::AURA, KeyTypeId};
use sp_runtime::{
    generic::{Digest, DigestItem},
    traits::{Header, OpaqueKeys, TrailingZeroInput},
    RuntimeAppPublic,
};
use sp_session::MembershipProof;

fn governance<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
    T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

/// Keys of which each octet is the number, but for those by which blocks are made.
fn keys<T: Config>(number: u32, author: Option<&AuthorityId>) -> <T as pallet_session::Config>::Keys {
    let length: usize = <<T as pallet_session::Config>::Keys as OpaqueKeys>::key_ids()
        .iter()
        .map(|_| 32)
        .sum();
    let mut octets = vec![0u8; length];
    for chunk in octets.chunks_mut(4) {
        chunk.copy_from_slice(&(number + 1).to_le_bytes());
    }
    if let Some(author) = author {
        let place = place_of::<T>(AURA) * 32;
        octets[place..place + 32].copy_from_slice(author.as_ref());
    }
    Decode::decode(&mut TrailingZeroInput::new(&octets)).expect("keys are 32 octets each; qed")
}

fn place_of<T: Config>(kind: KeyTypeId) -> usize {
    <<T as pallet_session::Config>::Keys as OpaqueKeys>::key_ids()
        .iter()
        .position(|one| *one == kind)
        .expect("validators make blocks; qed")
}

fn tadig(number: u32) -> Tadig {
    let digit = |number: u32| b'0' + (number % 10) as u8;
    Tadig([b'B', b'M', digit(number / 100), digit(number / 10), digit(number)])
}

/// As many validators as there can be but some, each of an operator of its own, all in the set; the accounts.
fn fill<T: Config>(but: u32, author: Option<&AuthorityId>) -> Vec<T::AccountId> {
    let count = T::MaxValidators::get() - but;
    let accounts: Vec<T::AccountId> = (0..count)
        .map(|n| account::<T::AccountId>("validator", n, 0))
        .collect();
    for who in Registered::<T>::iter_keys().collect::<Vec<_>>() {
        Registered::<T>::remove(&who);
        NextKeys::<T>::remove(&who);
    }
    let mut set = Vec::new();
    for (n, who) in (0u32..).zip(&accounts) {
        let operator = T::Operators::benchmark_admit(who.clone(), tadig(n));
        let record = Validator {
            operator: Some(operator),
            ..Default::default()
        };
        Registered::<T>::insert(who, record);
        let last = n + 1 == count;
        let keys = keys::<T>(n, author.filter(|_| last));
        NextKeys::<T>::insert(who, keys.clone());
        set.push((who.clone(), keys));
    }
    pallet_session::Validators::<T>::put(&accounts);
    QueuedKeys::<T>::put(&set);
    KeysInUse::<T>::put(set);
    FirstSlots::<T>::insert(pallet_session::Pallet::<T>::current_index(), 0u64);
    accounts
}

fn offences(count: u32, session: u32) -> Offences {
    let offence = |n: u32| Offence {
        kind: OffenceKind::TwoBlocks {
            slot: u64::MAX - u64::from(n),
        },
        session,
        reported_in: session,
    };
    BoundedVec::truncate_from((0..count).map(offence).collect())
}

/// The longest header there may be, sealed.
fn sealed<T: Config>(state: u8, author: &AuthorityId) -> HeaderFor<T> {
    let logs = vec![
        DigestItem::PreRuntime(AURA_ENGINE_ID, 9u64.encode()),
        DigestItem::Other(vec![state; crate::calls::MAX_HEADER - 400]),
    ];
    let mut header = HeaderFor::<T>::new(
        7u32.into(),
        Default::default(),
        Default::default(),
        Default::default(),
        Digest { logs },
    );
    let seal = author
        .sign(&header.hash())
        .expect("the key was made just now; qed");
    header
        .digest_mut()
        .push(DigestItem::Seal(AURA_ENGINE_ID, seal.encode()));
    header
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn add() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        fill::<T>(1, None);
        let desk: T::AccountId = account("desk", 0, 0);
        T::Operators::benchmark_admit(desk.clone(), tadig(999));
        // It has been one before.
        Former::<T>::insert(&desk, (Validator::default(), 0));

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, desk.clone());

        assert!(Registered::<T>::contains_key(desk));
        Ok(())
    }

    #[benchmark]
    fn remove() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        let accounts = fill::<T>(0, None);
        let who = accounts[0].clone();
        // In no set any more, so that it leaves at once; one that is left takes its place.
        pallet_session::Validators::<T>::put(&accounts[1..]);
        QueuedKeys::<T>::mutate(|queued| queued.remove(0));

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, who.clone());

        assert!(!Registered::<T>::contains_key(who));
        Ok(())
    }

    #[benchmark]
    fn reenable() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        let who = fill::<T>(0, None).remove(0);
        Registered::<T>::mutate(&who, |record| {
            if let Some(record) = record {
                record.disabled = true;
            }
        });

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, who.clone());

        assert!(Registered::<T>::get(who).is_some_and(|record| !record.disabled));
        Ok(())
    }

    /// By the key of the last one in the set. A proof of a former session is measured by itself.
    #[benchmark]
    fn report_two_blocks() {
        let author = AuthorityId::generate_pair(None);
        let who = fill::<T>(0, Some(&author)).pop().expect("there are some; qed");
        OffencesOf::<T>::insert(&who, offences(15, 0));
        let (first, second) = (sealed::<T>(1, &author), sealed::<T>(2, &author));
        let reporter: T::AccountId = account("reporter", 0, 0);

        #[extrinsic_call]
        _(
            RawOrigin::Signed(reporter),
            Box::new(first),
            Box::new(second),
            author,
            None,
        );

        assert!(Registered::<T>::get(who).is_some_and(|record| record.disabled));
    }

    /// The longest proof there may be, of a former session.
    #[benchmark]
    fn check_proof() {
        pallet_session::CurrentIndex::<T>::put(2);
        HistoricalSessions::<T>::insert(1, (T::Hash::default(), T::MaxValidators::get()));
        let node = |n: usize| vec![n as u8; crate::MAX_PROOF_BYTES / crate::MAX_PROOF_NODES];
        let proof = MembershipProof {
            session: 1,
            trie_nodes: (0..crate::MAX_PROOF_NODES).map(node).collect(),
            validator_count: T::MaxValidators::get(),
        };
        let owner;

        #[block]
        {
            owner = <Validators<T> as KeyOwnerProofSystem<_>>::check_proof((AURA, [1u8; 32]), proof);
        }

        assert!(owner.is_none());
    }

    #[benchmark]
    fn note_stalled() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        frame_system::Pallet::<T>::set_block_number(1_000u32.into());

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, T::MaxStallDelay::get(), 1u32.into());

        assert!(Stalled::<T>::exists());
        Ok(())
    }

    /// What is looked at and noted beside what the session pallet does, whose weight is added.
    #[benchmark]
    fn set_keys() -> Result<(), BenchmarkError> {
        let who = fill::<T>(0, None).remove(0);

        #[block]
        {
            Validators::<T>::note_change(&who)?;
        }

        assert!(KeysSetIn::<T>::contains_key(who));
        Ok(())
    }

    #[benchmark]
    fn set_peers() {
        let desk: T::AccountId = account("desk", 0, 0);
        let operator = T::Operators::benchmark_admit(desk.clone(), tadig(999));
        // In the place of as many others.
        let peers =
            |first: u8| BoundedVec::truncate_from((first..first + 16).rev().map(|n| [n; 32]).collect());
        Validators::<T>::do_set_peers(operator, peers(100)).expect("nobody else lists any; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(desk), peers(0));

        assert!(PeersOf::<T>::contains_key(operator));
    }

    /// After slots without a block.
    #[benchmark]
    fn note_block() {
        fill::<T>(0, None);
        Validators::<T>::note_block(1_000);

        #[block]
        {
            Validators::<T>::note_block(1_777);
        }

        assert_eq!(LastSlot::<T>::get(), Some(1_777));
    }

    #[benchmark]
    fn evict_base() {
        EvictedIn::<T>::put(pallet_session::Pallet::<T>::current_index() + 1);

        #[block]
        {
            Validators::<T>::evict(<T as Config>::WeightInfo::evict_base());
        }

        assert_eq!(
            EvictedIn::<T>::get(),
            pallet_session::Pallet::<T>::current_index()
        );
    }

    #[benchmark]
    fn evict_step() {
        let session = T::OffenceRetention::get() + 2;
        pallet_session::CurrentIndex::<T>::put(session);
        let who: T::AccountId = account("validator", 0, 0);
        let record = Validator {
            operator: Some(OperatorId(0)),
            ..Default::default()
        };
        Registered::<T>::insert(&who, record);
        let mut kept = offences(16, 1);
        kept[15].reported_in = session;
        OffencesOf::<T>::insert(&who, kept);

        #[block]
        {
            let (base, step) = (
                <T as Config>::WeightInfo::evict_base(),
                <T as Config>::WeightInfo::evict_step(),
            );
            Validators::<T>::evict(base.saturating_add(step));
        }

        assert_eq!(OffencesOf::<T>::get(&who).len(), 1);
    }

    impl_benchmark_test_suite!(Validators, crate::mock::with_keystore(), crate::mock::Test,);
}
