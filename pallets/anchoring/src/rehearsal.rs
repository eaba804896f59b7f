//! What the rehearsal of an upgrade does to storage: every series moves under another hash, so that none is found, and each would
//! begin anew, unless its migration has moved it.

use crate::{Config, Pallet};
use frame_support::migrations::VersionedMigration;

/// Moves every series, from version 1 of the pallet's storage to version 2.
pub type RehashSeries<T> =
    VersionedMigration<1, 2, unversioned::RehashSeries<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Version 1.
mod v1 {
    use crate::{Config, Pallet};
    use frame_support::{pallet_prelude::ValueQuery, storage_alias, Blake2_128Concat};
    use interclear_primitives::series::{SequenceState, SeriesKey};

    #[storage_alias]
    pub(super) type Sequences<T: Config> =
        StorageMap<Pallet<T>, Blake2_128Concat, SeriesKey, SequenceState, ValueQuery>;
}

/// What must not be used without looking at the version first.
mod unversioned {
    use super::{v1, Config};
    use crate::Sequences;
    use alloc::vec::Vec;
    use core::marker::PhantomData;
    use frame_support::{
        traits::{Get, UncheckedOnRuntimeUpgrade},
        weights::Weight,
    };
    use interclear_primitives::series::{SequenceState, SeriesKey};

    /// Takes no notice of the version.
    pub struct RehashSeries<T>(PhantomData<T>);

    impl<T: Config> UncheckedOnRuntimeUpgrade for RehashSeries<T> {
        fn on_runtime_upgrade() -> Weight {
            // All are taken before the first one is put back: old and new ones are under the same prefix.
            let all: Vec<(SeriesKey, SequenceState)> = v1::Sequences::<T>::drain().collect();
            let count = all.len() as u64;
            for (series, state) in all {
                Sequences::<T>::insert(series, state);
            }
            // Each is read, removed and written, and there is one look in vain.
            T::DbWeight::get().reads_writes(count.saturating_add(1), count.saturating_mul(2))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{mock::*, Sequences};
    use frame_support::traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion};
    use interclear_primitives::series::SequenceState;

    fn at(highest: u32) -> SequenceState {
        SequenceState {
            highest,
            ..SequenceState::default()
        }
    }

    #[test]
    fn every_series_should_go_on_where_it_was_when_its_hash_changes() {
        ExtBuilder::default().build().execute_with(|| {
            StorageVersion::new(1).put::<Pallet<Test>>();
            v1::Sequences::<Test>::insert(SERIES, at(7));
            v1::Sequences::<Test>::insert(NRTRDE_SERIES, at(9));
            assert_eq!(
                Sequences::<Test>::get(SERIES).highest,
                0,
                "it is not found under its new hash"
            );

            RehashSeries::<Test>::on_runtime_upgrade();
            assert_eq!(Pallet::<Test>::on_chain_storage_version(), StorageVersion::new(2));
            for (series, highest) in [(SERIES, 7), (NRTRDE_SERIES, 9)] {
                assert_eq!(Sequences::<Test>::get(series), at(highest));
                assert!(!v1::Sequences::<Test>::contains_key(series));
            }

            // A second time it does nothing.
            RehashSeries::<Test>::on_runtime_upgrade();
            assert_eq!(Sequences::<Test>::iter().count(), 2);
        });
    }
}
