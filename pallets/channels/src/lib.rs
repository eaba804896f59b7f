#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod hooks;
mod ports;
mod queries;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use types::Versions;
pub use weights::WeightInfo;

/// Sealing keys and channels, their calls and their rules.
#[frame_support::pallet]
pub mod pallet {
    use super::{Versions, WeightInfo};
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::*;
    use interclear_ports::{Clock, Operators};
    use interclear_primitives::{
        channel::{
            Channel, Epoch, KeyInvalid, KeyState, MaxKeys, Pair, PublicKey, SealedBox, Suite, SuiteStatus,
        },
        ids::OperatorId,
        operator::Role,
        Digest, Moment,
    };

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the pallet needs from the runtime.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The chain's clock.
        type Clock: Clock;

        /// Who sets the status of suites, and revokes the keys of any operator.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Members and their desks.
        type Operators: Operators<Self::AccountId>;

        /// Seconds from the registration of a key until others seal to it, and until the next key may be registered.
        #[pallet::constant]
        type KeyDelay: Get<Moment>;

        /// Seconds after the registration of a key from which on no channel is offered to it.
        #[pallet::constant]
        type MaxKeyAge: Get<Moment>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Versions, suites and times of an operator's keys, by ascending version.
    #[pallet::storage]
    pub type Keyrings<T: Config> =
        StorageMap<_, Twox64Concat, OperatorId, BoundedVec<KeyState, MaxKeys>, ValueQuery>;

    /// The public keys, by operator and version.
    #[pallet::storage]
    pub type PublicKeys<T: Config> =
        StorageDoubleMap<_, Twox64Concat, OperatorId, Twox64Concat, u32, PublicKey>;

    /// By its digest, every key that an operator has ever registered.
    #[pallet::storage]
    pub type Taken<T: Config> = StorageMap<_, Identity, Digest, OperatorId>;

    /// Whether suites may be used.
    #[pallet::storage]
    pub type Suites<T: Config> = StorageMap<_, Twox64Concat, Suite, SuiteStatus, ValueQuery>;

    /// Which epochs are offered and agreed between two operators.
    #[pallet::storage]
    pub type Channels<T: Config> = StorageMap<_, Twox64Concat, Pair, Channel>;

    /// With whom an operator has a channel, or is offered one.
    #[pallet::storage]
    pub type Partners<T: Config> =
        StorageDoubleMap<_, Twox64Concat, OperatorId, Twox64Concat, OperatorId, ()>;

    /// The epochs of channels.
    #[pallet::storage]
    pub type Epochs<T: Config> = StorageDoubleMap<_, Twox64Concat, Pair, Twox64Concat, u32, Epoch>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// An operator has registered a sealing key.
        SealingKeySet {
            /// Whose key it is.
            operator: OperatorId,
            /// The version of the key.
            version: u32,
            /// How others seal to it.
            suite: Suite,
            /// From when on others seal to it.
            usable_from: Moment,
        },
        /// A sealing key was revoked: nothing is sealed to it any more.
        SealingKeyRevoked {
            /// Whose key it is.
            operator: OperatorId,
            /// The version of the key.
            version: u32,
            /// Whether the council has revoked it.
            by_council: bool,
        },
        /// The council has set whether a suite may be used.
        SuiteSet {
            /// Of which keys.
            suite: Suite,
            /// Whether it may be used, and for what.
            status: SuiteStatus,
        },
        /// An operator has offered another one an epoch of their channel, in place of any offer that it had made
        /// before.
        ChannelOffered {
            /// The side that has offered it.
            from: OperatorId,
            /// To whom.
            to: OperatorId,
            /// Number of the epoch.
            epoch: u32,
            /// How its boxes are sealed.
            suite: Suite,
        },
        /// An operator has accepted an epoch: it is open.
        ChannelAccepted {
            /// Who has accepted it.
            by: OperatorId,
            /// Whose offer it was.
            with: OperatorId,
            /// Number of the epoch.
            epoch: u32,
        },
        /// An operator has closed an epoch, or what was offered.
        ChannelClosed {
            /// Who has closed it.
            by: OperatorId,
            /// The other side.
            with: OperatorId,
            /// Number of the epoch.
            epoch: u32,
        },
        /// An operator has sent the key of an epoch again.
        ChannelResent {
            /// Who has sent it.
            from: OperatorId,
            /// To whom.
            to: OperatorId,
            /// Number of the epoch.
            epoch: u32,
            /// The version of the recipient's key to which it is sealed.
            version: u32,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// The key does not have the length of its suite's keys, or is not in their one canonical form.
        InvalidKey,
        /// The key is of small order: what is sealed to it is open to everybody.
        KeyOfSmallOrder,
        /// The key has been registered before, by this operator or another one.
        KeyTaken,
        /// The last key was registered less than a day ago.
        KeySetTooSoon,
        /// The operator has no key of this version, or no longer has it.
        KeyNotFound,
        /// The key is not usable yet, or has been revoked.
        KeyNotUsable,
        /// The key belongs to another suite.
        OtherSuite,
        /// The key was registered too long ago: its operator must register a new one first.
        MaxKeyAgeExceeded,
        /// The key has been revoked already.
        AlreadyRevoked,
        /// The suite is being retired: new keys and channels use another one.
        SuiteNotActive,
        /// An operator has no channel with itself.
        SameOperator,
        /// The other operator does not exist, or is suspended.
        OperatorNotActive,
        /// A box does not have the length that boxes have in this suite.
        InvalidBox,
        /// The channel has no epoch of this number, or no longer has it; an offer names the next number.
        EpochNotFound,
        /// The other side has not offered this epoch, or has withdrawn or replaced it.
        OfferNotFound,
        /// The other side has not accepted this epoch.
        NotAccepted,
        /// The epoch is closed already.
        AlreadyClosed,
        /// There is no version or epoch number left to give.
        IdsExhausted,
    }

    impl<T> From<KeyInvalid> for Error<T> {
        fn from(reason: KeyInvalid) -> Self {
            match reason {
                KeyInvalid::Length | KeyInvalid::NotCanonical => Self::InvalidKey,
                KeyInvalid::SmallOrder => Self::KeyOfSmallOrder,
            }
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        #[cfg(feature = "try-runtime")]
        fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Registers a key to which others seal what is for the caller's operator alone. By an admin desk.
        ///
        /// The first key is usable at once, any later one after a day, so that its owner sees a change that it has not
        /// made.
        ///
        /// # Events
        /// [`Event::SealingKeySet`].
        ///
        /// # Errors
        /// [`Error::SuiteNotActive`], [`Error::InvalidKey`], [`Error::KeyOfSmallOrder`], [`Error::KeyTaken`],
        /// [`Error::KeySetTooSoon`], [`Error::IdsExhausted`].
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::set_sealing_key())]
        pub fn set_sealing_key(origin: OriginFor<T>, suite: Suite, key: PublicKey) -> DispatchResult {
            let operator = T::Operators::ensure_role(&ensure_signed(origin)?, Role::Admin)?;
            Self::do_set_sealing_key(operator, suite, key)
        }

        /// Revokes a key: nothing is sealed to it any more. By an admin desk of its operator, or by the council.
        ///
        /// # Events
        /// [`Event::SealingKeyRevoked`].
        ///
        /// # Errors
        /// [`Error::KeyNotFound`], [`Error::AlreadyRevoked`].
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::revoke_sealing_key())]
        pub fn revoke_sealing_key(
            origin: OriginFor<T>,
            operator: OperatorId,
            version: u32,
        ) -> DispatchResult {
            let by_council = match T::GovernanceOrigin::try_origin(origin) {
                Ok(_) => true,
                Err(origin) => {
                    let own = T::Operators::ensure_role(&ensure_signed(origin)?, Role::Admin)?;
                    ensure!(own == operator, Error::<T>::KeyNotFound);
                    false
                }
            };
            Self::do_revoke_sealing_key(operator, version, by_council)
        }

        /// Sets whether a suite may be used. By the council.
        ///
        /// # Events
        /// [`Event::SuiteSet`].
        ///
        /// # Errors
        /// None but those of the origin.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::set_suite())]
        pub fn set_suite(origin: OriginFor<T>, suite: Suite, status: SuiteStatus) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_suite(suite, status);
            Ok(())
        }

        /// Offers another operator an epoch of their channel, in place of any offer that the caller had made before; an
        /// offer of the other side stays. By a commercial desk; neither operator may be suspended.
        ///
        /// `epoch` is the number that the epoch gets, to which the boxes are bound; `versions` are those of the caller's key and of
        /// the other operator's. The boxes hold the same 32 octets, sealed to the other operator and to the caller itself; the
        /// chain keeps their digest alone.
        ///
        /// # Events
        /// [`Event::ChannelOffered`].
        ///
        /// # Errors
        /// [`Error::SameOperator`], [`Error::OperatorNotActive`], [`Error::SuiteNotActive`]; a key cannot be
        /// sealed to ([`Error::KeyNotFound`], [`Error::KeyNotUsable`], [`Error::OtherSuite`],
        /// [`Error::MaxKeyAgeExceeded`]); [`Error::InvalidBox`]; the epoch is not the next one
        /// ([`Error::EpochNotFound`]); [`Error::IdsExhausted`].
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::offer_channel())]
        pub fn offer_channel(
            origin: OriginFor<T>,
            to: OperatorId,
            epoch: u32,
            suite: Suite,
            versions: Versions,
            to_partner: SealedBox,
            to_oneself: SealedBox,
        ) -> DispatchResult {
            let from = T::Operators::ensure_active_role(&ensure_signed(origin)?, Role::Commercial)?;
            Self::do_offer_channel(from, to, epoch, suite, versions, [&to_partner, &to_oneself])
        }

        /// Accepts an epoch that the other operator has offered: it is open. By a commercial desk; neither operator may
        /// be suspended.
        ///
        /// `confirm` is derived from the key that both sides now have: the other one compares it, and closes the epoch
        /// if it differs.
        ///
        /// # Events
        /// [`Event::ChannelAccepted`].
        ///
        /// # Errors
        /// [`Error::SameOperator`], [`Error::EpochNotFound`], [`Error::OfferNotFound`], [`Error::OperatorNotActive`],
        /// [`Error::SuiteNotActive`]; a key to which the epoch is sealed was revoked since ([`Error::KeyNotFound`],
        /// [`Error::KeyNotUsable`]); [`Error::InvalidBox`], [`Error::IdsExhausted`].
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::accept_channel())]
        pub fn accept_channel(
            origin: OriginFor<T>,
            with: OperatorId,
            epoch: u32,
            to_partner: SealedBox,
            to_oneself: SealedBox,
            confirm: Digest,
        ) -> DispatchResult {
            let by = T::Operators::ensure_active_role(&ensure_signed(origin)?, Role::Commercial)?;
            Self::do_accept_channel(by, with, epoch, [&to_partner, &to_oneself], confirm)
        }

        /// Closes an epoch: nothing new uses it. An offer is removed, whichever side has made it. By a commercial desk
        /// of either side.
        ///
        /// # Events
        /// [`Event::ChannelClosed`].
        ///
        /// # Errors
        /// [`Error::SameOperator`], [`Error::EpochNotFound`], [`Error::AlreadyClosed`].
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::close_channel())]
        pub fn close_channel(origin: OriginFor<T>, with: OperatorId, epoch: u32) -> DispatchResult {
            let by = T::Operators::ensure_role(&ensure_signed(origin)?, Role::Commercial)?;
            Self::do_close_channel(by, with, epoch)
        }

        /// Sends the key of an epoch again, sealed to a key of the other operator, which has lost it. By a commercial
        /// desk.
        ///
        /// # Events
        /// [`Event::ChannelResent`].
        ///
        /// # Errors
        /// [`Error::SameOperator`], [`Error::EpochNotFound`], [`Error::NotAccepted`], [`Error::KeyNotFound`],
        /// [`Error::KeyNotUsable`], [`Error::InvalidBox`].
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::resend_channel())]
        pub fn resend_channel(
            origin: OriginFor<T>,
            to: OperatorId,
            epoch: u32,
            version: u32,
            sealed: SealedBox,
        ) -> DispatchResult {
            let from = T::Operators::ensure_role(&ensure_signed(origin)?, Role::Commercial)?;
            Self::do_resend_channel(from, to, epoch, version, &sealed)
        }
    }
}
