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
mod keys;
#[cfg(test)]
mod mock;
mod ports;
mod queries;
mod sessions;
mod slots;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use keys::{is_bounded, MAX_PROOF_BYTES, MAX_PROOF_NODES};
pub use pallet::*;
pub use types::{Finality, SlotCount, Stall};
pub use weights::WeightInfo;

/// The validators, its calls and its rules.
#[frame_support::pallet]
pub mod pallet {
    use crate::{Finality, SlotCount, Stall, WeightInfo};
    use alloc::{boxed::Box, vec::Vec};
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::*;
    use interclear_ports::Operators;
    use interclear_primitives::{
        ids::OperatorId,
        operator::Role,
        validator::{Offence, Offences, Peers, SessionIndex, SlotHistory, Validator},
    };
    use pallet_session::historical;
    use sp_consensus_aura::sr25519::AuthorityId;
    use sp_runtime::Perbill;
    use sp_session::MembershipProof;

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime supplies.
    #[pallet::config]
    pub trait Config:
        frame_system::Config<RuntimeEvent: From<Event<Self>>>
        + pallet_session::Config<ValidatorId = <Self as frame_system::Config>::AccountId>
        + historical::Config<FullIdentification = ()>
    {
        /// Who admits, removes and re-enables validators.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Members and their desks.
        type Operators: Operators<Self::AccountId>;

        /// The finality of the chain.
        type Finality: Finality<BlockNumberFor<Self>>;

        /// Validators below which none is removed, or left out.
        #[pallet::constant]
        type MinValidators: Get<u32>;

        /// Validators, at most.
        #[pallet::constant]
        type MaxValidators: Get<u32>;

        /// Sessions for which it can be proven whose a key was.
        #[pallet::constant]
        type ProvableSessions: Get<SessionIndex>;

        /// Sessions for which an offence is kept after it was reported.
        #[pallet::constant]
        type OffenceRetention: Get<SessionIndex>;

        /// Sessions from a change of a validator's keys until its next one.
        #[pallet::constant]
        type KeysInterval: Get<SessionIndex>;

        /// The share of its slots in a session that a validator may miss before an event tells it.
        #[pallet::constant]
        type MissedShare: Get<Perbill>;

        /// Blocks after which a forced change of voters must be in force, at most.
        #[pallet::constant]
        type MaxStallDelay: Get<BlockNumberFor<Self>>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// The validators that the council has admitted.
    #[pallet::storage]
    pub type Registered<T: Config> = CountedStorageMap<_, Blake2_128Concat, T::AccountId, Validator>;

    /// The keys of the present session's set, in its order. `NextKeys` of the session pallet are those of a later one.
    #[pallet::storage]
    #[pallet::unbounded]
    pub type KeysInUse<T: Config> =
        StorageValue<_, Vec<(T::AccountId, <T as pallet_session::Config>::Keys)>, ValueQuery>;

    /// The first slot of each session of which keys can be proven.
    #[pallet::storage]
    pub type FirstSlots<T: Config> = StorageMap<_, Twox64Concat, SessionIndex, u64>;

    /// The slot of the newest block.
    #[pallet::storage]
    pub type LastSlot<T: Config> = StorageValue<_, u64>;

    /// The slots of the present session, in the order of its set.
    #[pallet::storage]
    pub type Slots<T: Config> = StorageValue<_, BoundedVec<SlotCount, T::MaxValidators>, ValueQuery>;

    /// The slots of former sessions.
    #[pallet::storage]
    pub type History<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, SlotHistory, ValueQuery>;

    /// What validators have been proven to have done.
    #[pallet::storage]
    pub type OffencesOf<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Offences, ValueQuery>;

    /// Validators that have left, with the session in which they did, as long as what they did can be proven.
    #[pallet::storage]
    pub type Former<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, (Validator, SessionIndex)>;

    /// The session in which a validator has last changed its keys.
    #[pallet::storage]
    pub type KeysSetIn<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, SessionIndex>;

    /// Whose a node is that an operator lists.
    #[pallet::storage]
    pub type OwnerOfPeer<T: Config> = StorageMap<_, Blake2_128Concat, [u8; 32], OperatorId>;

    /// The last session in which old offences were removed.
    #[pallet::storage]
    pub type EvictedIn<T: Config> = StorageValue<_, SessionIndex, ValueQuery>;

    /// What the council has said of finality that stands still, until the forced change begins.
    #[pallet::storage]
    pub type Stalled<T: Config> = StorageValue<_, Stall<BlockNumberFor<T>>>;

    /// The nodes of operators that others let in.
    #[pallet::storage]
    pub type PeersOf<T: Config> = StorageMap<_, Twox64Concat, OperatorId, Peers>;

    /// Names the operators of the validators that have keys at genesis.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Accounts of validators with the numbers of their operators. For those that are not here, the council names them
        /// later.
        pub operators: Vec<(T::AccountId, u32)>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            Pallet::<T>::register_founders(&self.operators);
        }
    }

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// The council has admitted a validator: it takes part two sessions after it has keys.
        ValidatorAdded {
            /// Its account.
            validator: T::AccountId,
            /// Whose it is.
            operator: OperatorId,
        },
        /// The council has named the operator of a validator of the first block.
        OperatorNamed {
            /// Its account.
            validator: T::AccountId,
            /// Whose it is.
            operator: OperatorId,
        },
        /// The council has removed a validator, or it has retired: it takes part for the sessions that it is in, and no longer.
        ValidatorRemoved {
            /// Its account.
            validator: T::AccountId,
        },
        /// A removed validator no longer takes part; its session keys are free.
        ValidatorLeft {
            /// Its account.
            validator: T::AccountId,
        },
        /// An operator has named the nodes that are its own, in place of those before.
        PeersSet {
            /// Whose they are.
            operator: OperatorId,
            /// How many.
            peers: u32,
        },
        /// It has been proven that a validator did what no honest one does.
        OffenceReported {
            /// Its account.
            validator: T::AccountId,
            /// What it has done, and when.
            offence: Offence,
        },
        /// A validator makes no blocks from now on, and is left out of later sets, until the council re-enables it.
        ValidatorDisabled {
            /// Its account.
            validator: T::AccountId,
        },
        /// The council has re-enabled a validator: it is taken into the next set.
        ValidatorReenabled {
            /// Its account.
            validator: T::AccountId,
        },
        /// A validator has missed more of its slots in a session than a validator may.
        SlotsMissed {
            /// Its account.
            validator: T::AccountId,
            /// The session, which has ended.
            session: SessionIndex,
            /// Slots without a block of it.
            missed: u32,
            /// All its slots.
            slots: u32,
        },
        /// The council says that finality stands still.
        StallNoted {
            /// Blocks from the beginning of the forced change until it is in force.
            delay: BlockNumberFor<T>,
            /// The last final block.
            best_finalized: BlockNumberFor<T>,
        },
        /// The voters of the session that begins are forced on all nodes.
        VotersForced {
            /// Blocks until they vote.
            delay: BlockNumberFor<T>,
            /// The last final block, from which they go on.
            best_finalized: BlockNumberFor<T>,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// The account is a validator already.
        AlreadyAValidator,
        /// The validator was removed or has retired, and the sessions that it is in are not over: try again in ten minutes.
        StillLeaving,
        /// There are as many validators as there may be.
        MaxValidatorsExceeded,
        /// The account is not a validator.
        NotAValidator,
        /// The validator belongs to another operator.
        NotTheOperatorsValidator,
        /// Without it there would be fewer validators than there must be (`MinValidators`).
        TooFewValidators,
        /// A node is listed twice.
        DuplicatePeer,
        /// Another operator lists the node as its own: have it take that back, or give the node another identity.
        PeerOfAnother,
        /// The validator has changed its keys recently: it may do so again when `KeysInterval` sessions (a day) have
        /// passed since, once when it is disabled, and once when the council has re-enabled it.
        KeysChangedLately,
        /// The validator is not disabled.
        NotDisabled,
        /// A header is longer than any block's.
        HeaderTooLong,
        /// A header does not end with the seal of a block's author, or does not state one slot.
        NotSealed,
        /// A seal was not made with this key.
        InvalidSeal,
        /// The headers are of different slots: a validator makes a block in each of its slots.
        SlotsDiffer,
        /// The headers are of the same block, which may be sealed more than once.
        SameBlock,
        /// The key was not that of a validator in the session, or that is too long ago to be proven.
        UnknownKey,
        /// The proof whose the key was is longer than any can be.
        ProofTooLong,
        /// The slot is not one in which the set of this session made blocks.
        WrongSession,
        /// This has been reported before.
        AlreadyReported,
        /// It was done before the council admitted or re-enabled the validator.
        NotLiable,
        /// As many offences of the validator are kept as may be, and it is disabled already.
        MaxOffencesExceeded,
        /// The delay is not from 1 to `MaxStallDelay` blocks.
        DelayOutOfRange,
        /// The block that is said to be final has not come.
        BlockNotReached,
        /// A forced change of voters is under way.
        StallAlreadyNoted,
        /// The last forced change is too recent: wait for twice its delay.
        ForcedTooSoon,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        // For what the author of the block has caused: its slot is noted, whoever tells it.
        fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
            <T as Config>::WeightInfo::note_block()
        }

        fn on_idle(_now: BlockNumberFor<T>, remaining: Weight) -> Weight {
            Self::evict(remaining)
        }

        fn integrity_test() {
            Self::check_config();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Admits the node of an operator: the account is an engineering desk of it, which has consented to be one. It takes
        /// part two sessions after it has session keys. For a validator of the first block it names the operator. Called by
        /// governance.
        ///
        /// # Errors
        /// The account is not an engineering desk, or its operator is suspended; `AlreadyAValidator`, `StillLeaving`,
        /// `MaxValidatorsExceeded`.
        ///
        /// # Events
        /// [`Event::ValidatorAdded`] or [`Event::OperatorNamed`]
        #[pallet::call_index(0)]
        #[pallet::weight(<T as Config>::WeightInfo::add())]
        pub fn add(origin: OriginFor<T>, validator: T::AccountId) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_add(validator)
        }

        /// Removes a validator. It is in the set for the session that runs and the next one; then its session keys are free,
        /// and the account may be admitted again. Called by governance.
        ///
        /// # Errors
        /// `NotAValidator`, `StillLeaving`, `TooFewValidators`.
        ///
        /// # Events
        /// [`Event::ValidatorRemoved`], and at once or later [`Event::ValidatorLeft`]
        #[pallet::call_index(1)]
        #[pallet::weight(<T as Config>::WeightInfo::remove())]
        pub fn remove(origin: OriginFor<T>, validator: T::AccountId) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_remove(validator)
        }

        /// Lets a disabled validator take part again, from the end of the session on. What it did until then is not reported
        /// any more. Called by governance.
        ///
        /// # Errors
        /// `NotAValidator`, `StillLeaving`, `NotDisabled`.
        ///
        /// # Events
        /// [`Event::ValidatorReenabled`]
        #[pallet::call_index(2)]
        #[pallet::weight(<T as Config>::WeightInfo::reenable())]
        pub fn reenable(origin: OriginFor<T>, validator: T::AccountId) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_reenable(validator)
        }

        /// Proves that a validator has made two blocks in one slot, by their sealed headers, and disables it. Anybody who may
        /// submit; a report that holds costs nothing.
        ///
        /// `author` is the key by which both are sealed. Without `proof` it is one of the present session; else `proof` shows
        /// whose it was, as the runtime API `author_key_proof` told in that session.
        ///
        /// # Errors
        /// A header is too long or not sealed by the key (`HeaderTooLong`, `NotSealed`, `InvalidSeal`); `SlotsDiffer`,
        /// `SameBlock`; the key or the slot is not of the session (`UnknownKey`, `WrongSession`); `ProofTooLong`,
        /// `NotAValidator`, `AlreadyReported`, `NotLiable`, `MaxOffencesExceeded`.
        ///
        /// # Events
        /// [`Event::OffenceReported`], [`Event::ValidatorDisabled`]
        #[pallet::call_index(3)]
        #[pallet::weight(
            <T as Config>::WeightInfo::report_two_blocks().saturating_add(<T as Config>::WeightInfo::check_proof())
        )]
        pub fn report_two_blocks(
            origin: OriginFor<T>,
            first: Box<HeaderFor<T>>,
            second: Box<HeaderFor<T>>,
            author: AuthorityId,
            proof: Option<MembershipProof>,
        ) -> DispatchResultWithPostInfo {
            ensure_signed(origin)?;
            Self::do_report_two_blocks(*first, *second, author, proof)?;
            Ok(Pays::No.into())
        }

        /// Says that finality stands still because a third or more of the voters are lost for good, and at which block: the
        /// voters that are left go on from there. Remove those that are lost first, or in the same motion. Called by
        /// governance.
        ///
        /// The set as it is at the end of this session becomes that of the next one, whose beginning forces its voters on all
        /// nodes, `delay` blocks later. Until then neither the set nor its keys change. The delay must be so long that the
        /// beginning is not reverted; the block must be the highest that is final on any validator that is left.
        ///
        /// # Errors
        /// `DelayOutOfRange`, `BlockNotReached`, `StallAlreadyNoted`, `ForcedTooSoon`.
        ///
        /// # Events
        /// [`Event::StallNoted`], and when the session begins [`Event::VotersForced`]
        #[pallet::call_index(4)]
        #[pallet::weight(<T as Config>::WeightInfo::note_stalled())]
        pub fn note_stalled(
            origin: OriginFor<T>,
            delay: BlockNumberFor<T>,
            best_finalized: BlockNumberFor<T>,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_note_stalled(delay, best_finalized)
        }

        /// Ends an account's being a validator, as if the council had removed it: it is in the set for the session that runs and
        /// the next one; then its session keys are free. By the validator itself, or an admin desk of its operator.
        ///
        /// # Errors
        /// The caller is another account and not an admin desk, or that of another operator (`NotTheOperatorsValidator`);
        /// `NotAValidator`, `StillLeaving`, `TooFewValidators`.
        ///
        /// # Events
        /// [`Event::ValidatorRemoved`], and at once or later [`Event::ValidatorLeft`]
        #[pallet::call_index(5)]
        #[pallet::weight(<T as Config>::WeightInfo::remove())]
        pub fn retire(origin: OriginFor<T>, validator: T::AccountId) -> DispatchResult {
            Self::do_retire(ensure_signed(origin)?, validator)
        }

        /// Tells which nodes are the caller's operator's, in place of those that it told before: others let them in as long as it is
        /// not suspended. Engineering desks only.
        ///
        /// `peers` are the public keys (ed25519) of their identities in the network.
        ///
        /// # Errors
        /// The account is not an engineering desk; `DuplicatePeer`, `PeerOfAnother`.
        ///
        /// # Events
        /// [`Event::PeersSet`]
        #[pallet::call_index(6)]
        #[pallet::weight(<T as Config>::WeightInfo::set_peers())]
        pub fn set_peers(origin: OriginFor<T>, peers: Peers) -> DispatchResult {
            let operator = T::Operators::ensure_role(&ensure_signed(origin)?, Role::Engineering)?;
            Self::do_set_peers(operator, peers)
        }

        /// Sets the session keys by which the caller makes blocks and votes, two sessions later. By a validator. Each change makes a new
        /// set of voters, which light clients and warp sync prove one by one: so there is one a day, `KeysInterval` sessions after the
        /// one before, and one more when it has been disabled, and when the council has re-enabled it. The first keys do not count.
        ///
        /// `proof` shows that the caller has the keys: as nodes give it.
        ///
        /// # Errors
        /// `NotAValidator`, `KeysChangedLately`; of the session pallet, `InvalidProof` or `DuplicatedKey`.
        #[pallet::call_index(7)]
        #[pallet::weight(
            <T as Config>::WeightInfo::set_keys()
                .saturating_add(<<T as pallet_session::Config>::WeightInfo as pallet_session::WeightInfo>::set_keys())
        )]
        pub fn set_keys(
            origin: OriginFor<T>,
            keys: <T as pallet_session::Config>::Keys,
            proof: Vec<u8>,
        ) -> DispatchResult {
            Self::do_set_keys(ensure_signed(origin)?, keys, proof)
        }
    }
}
