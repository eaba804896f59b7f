//! The way to the next runtime. Nobody holds root, so the council authorises the hash of the new code; a member that has the
//! code hands it in with `System.apply_authorized_upgrade`, which checks hash, name and version.

pub use pallet::*;

/// Lets governance authorise the next runtime, and nothing else that takes root.
#[frame_support::pallet]
pub mod pallet {
    use frame_support::pallet_prelude::*;
    use frame_system::{pallet_prelude::*, WeightInfo};

    /// The pallet.
    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// What the pallet needs from the runtime.
    #[pallet::config]
    pub trait Config: frame_system::Config {
        /// Who decides on the next runtime.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Authorises the runtime whose code has this hash (blake2b-256), of the same name and with a higher version.
        /// Replaces an earlier authorisation that has not been used. By governance.
        ///
        /// # Events
        /// `System.UpgradeAuthorized`.
        #[pallet::call_index(0)]
        #[pallet::weight((T::SystemWeightInfo::authorize_upgrade(), DispatchClass::Operational))]
        pub fn authorize(origin: OriginFor<T>, code_hash: T::Hash) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            frame_system::Pallet::<T>::do_authorize_upgrade(code_hash, true);
            Ok(())
        }
    }
}
