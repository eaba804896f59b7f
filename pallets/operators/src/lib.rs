#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

extern crate alloc;

mod access;
mod calls;
mod genesis;
mod hooks;
mod ports;
mod queries;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
#[allow(missing_docs, reason = "the macro writes items of its own")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;

pub use access::{CheckAccess, Pre, Val};
pub use pallet::*;
#[cfg(feature = "runtime-benchmarks")]
pub use types::BenchmarkHelper;
pub use types::{GenesisOperator, Part, Payer, Standing, Triage, WindowUse};
pub use weights::WeightInfo;

/// The pallet.
#[frame_support::pallet]
pub mod pallet {
    use crate::{GenesisOperator, Payer, Triage, WeightInfo, WindowUse};
    use alloc::vec::Vec;
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::*;
    use interclear_ports::{Clock, Members};
    use interclear_primitives::{
        ids::OperatorId,
        operator::{Desk, MaxNameLen, MaxPlmns, MaxTadigs, Operator, OperatorKinds, Plmn, Role, Roles},
        tadig::Tadig,
        Moment,
    };
    use sp_runtime::traits::{IdentifyAccount, Verify};

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The members of the network and who may act for them.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime chooses.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Who admits, suspends and readmits operators and assigns TADIG codes.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Who may submit without being the desk of an operator.
        type Members: Members<Self::AccountId>;

        /// What it weighs to end an account's being a validator.
        #[pallet::constant]
        type EndValidatorWeight: Get<Weight>;

        /// The chain's clock, by which consents expire.
        type Clock: Clock;

        /// The signature by which an account consents to be a desk.
        type Consent: Parameter + Verify<Signer: IdentifyAccount<AccountId = Self::AccountId>>;

        /// What the benchmarks need.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: crate::BenchmarkHelper<Self::AccountId, Self::Consent>;

        /// Operators that are ever admitted, at most: none is removed. A netting cycle has room for all of them.
        #[pallet::constant]
        type MaxOperators: Get<u32>;

        /// Desks of one operator, at most, and as many are added in a day; one place is kept for an admin desk that governance names.
        #[pallet::constant]
        type MaxDesks: Get<u32>;

        /// Blocks in one window of the quota; at least 1.
        #[pallet::constant]
        type QuotaWindow: Get<BlockNumberFor<Self>>;

        /// What one operator may use in one window; of the weight only the execution time counts.
        #[pallet::constant]
        type QuotaPerWindow: Get<Weight>;

        /// Transactions that all desks of an operator, or one council member or validator, may have waiting in the pool.
        #[pallet::constant]
        type MaxWaiting: Get<u32>;

        /// Bytes that these may have, each counted as long as the last.
        #[pallet::constant]
        type MaxWaitingBytes: Get<u32>;

        /// Which calls are urgent, and which fail whoever signs them.
        type Triage: Triage<Self::RuntimeCall>;

        /// Weights of the calls and of the transaction extension.
        type WeightInfo: WeightInfo;
    }

    /// The operators. None is ever removed: what it signed stays signed.
    #[pallet::storage]
    pub type Operators<T: Config> = StorageMap<_, Twox64Concat, OperatorId, Operator<T::AccountId>>;

    /// The id that the next operator gets.
    #[pallet::storage]
    pub type NextOperatorId<T: Config> = StorageValue<_, OperatorId, ValueQuery>;

    /// Whose network a TADIG code names.
    #[pallet::storage]
    pub type TadigOwner<T: Config> = StorageMap<_, Blake2_128Concat, Tadig, OperatorId>;

    /// The desks by account.
    #[pallet::storage]
    pub type Desks<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Desk>;

    /// The accounts of the desks of an operator, in no particular order.
    #[pallet::storage]
    pub type DesksOf<T: Config> =
        StorageMap<_, Twox64Concat, OperatorId, BoundedVec<T::AccountId, T::MaxDesks>, ValueQuery>;

    /// How many desks of an operator have the admin role; never 0.
    #[pallet::storage]
    pub type AdminDesks<T: Config> = StorageMap<_, Twox64Concat, OperatorId, u32, ValueQuery>;

    /// Accounts of former desks that have signed, or were still in use when governance replaced them. They keep the provider
    /// reference of a desk, and with it their count of transactions, so that nothing that they signed can be sent a second
    /// time; but they may not submit.
    #[pallet::storage]
    pub type Retired<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ()>;

    /// The day, since the Unix epoch, on which an operator last added a desk, and how many it added.
    #[pallet::storage]
    pub type DesksAdded<T: Config> = StorageMap<_, Twox64Concat, OperatorId, (Moment, u32), ValueQuery>;

    /// Until when the newest consent was good by which an account has become a desk. It serves once, and all that are not good for
    /// longer do not serve any more.
    #[pallet::storage]
    pub type Consented<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Moment>;

    /// Quota used, per payer.
    #[pallet::storage]
    pub type QuotaUsage<T: Config> =
        StorageMap<_, Blake2_128Concat, Payer<T::AccountId>, WindowUse<BlockNumberFor<T>>, ValueQuery>;

    /// Operators that are members from the first block on.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// The operators, numbered in this order from 0.
        pub operators: Vec<GenesisOperator<T::AccountId>>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            for operator in &self.operators {
                // A chain must not begin with half of its members, and a genesis build has no other way to refuse.
                Pallet::<T>::admit_at_genesis(operator)
                    .unwrap_or_else(|reason| panic!("genesis operator {}: {reason:?}", operator.name));
            }
        }
    }

    /// What has happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// The council has let an operator into the network.
        Admitted {
            /// Its id.
            operator: OperatorId,
            /// Its legal name.
            name: BoundedVec<u8, MaxNameLen>,
            /// What it is.
            kinds: OperatorKinds,
            /// Its TADIG codes.
            tadigs: BoundedVec<Tadig, MaxTadigs>,
            /// Its networks.
            plmns: BoundedVec<Plmn, MaxPlmns>,
            /// Its first desk.
            admin: T::AccountId,
        },
        /// An operator may not begin anything new.
        Suspended {
            /// Id of the operator.
            operator: OperatorId,
        },
        /// An operator may do everything again.
        Readmitted {
            /// Id of the operator.
            operator: OperatorId,
        },
        /// The codes and networks of an operator have been replaced.
        NetworksSet {
            /// Id of the operator.
            operator: OperatorId,
            /// All its TADIG codes from now on.
            tadigs: BoundedVec<Tadig, MaxTadigs>,
            /// All its networks from now on.
            plmns: BoundedVec<Plmn, MaxPlmns>,
        },
        /// Governance has named the only admin desk of an operator.
        AdminReplaced {
            /// Id of the operator.
            operator: OperatorId,
            /// The admin desk.
            admin: T::AccountId,
        },
        /// An account acts for an operator from now on.
        DeskAdded {
            /// Id of the operator.
            operator: OperatorId,
            /// The account that acts.
            desk: T::AccountId,
            /// What it may do.
            roles: Roles,
        },
        /// A desk has other roles from now on.
        RolesSet {
            /// Id of the operator.
            operator: OperatorId,
            /// The account that acts.
            desk: T::AccountId,
            /// What it may do from now on.
            roles: Roles,
        },
        /// An account no longer acts for an operator.
        DeskRemoved {
            /// Id of the operator.
            operator: OperatorId,
            /// The account that acts.
            desk: T::AccountId,
        },
        /// An operator is paid to another account from now on.
        PayoutAccountSet {
            /// Id of the operator.
            operator: OperatorId,
            /// One of its treasury desks.
            account: T::AccountId,
        },
        /// Governance has removed the payout account of an operator that has no other treasury desk.
        PayoutAccountRemoved {
            /// Id of the operator.
            operator: OperatorId,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// No operator has this id.
        OperatorNotFound,
        /// The operator is suspended: it may pay, answer and close, but begin nothing new.
        OperatorSuspended,
        /// The operator is suspended already.
        AlreadySuspended,
        /// The operator is not suspended.
        NotSuspended,
        /// The name is empty, is not UTF-8 or has control characters.
        InvalidName,
        /// An operator needs at least one kind.
        NoKinds,
        /// A kind is listed twice.
        DuplicateKind,
        /// A TADIG code is not five characters A-Z and 0-9.
        InvalidTadig,
        /// A TADIG code is listed twice.
        DuplicateTadig,
        /// A TADIG code belongs to another operator.
        TadigTaken,
        /// A mobile country code is not 1 to 999, or a mobile network code not 0 to 999.
        InvalidPlmn,
        /// A network is listed twice.
        DuplicatePlmn,
        /// As many operators have been admitted as there may be (`MaxOperators`).
        MaxOperatorsExceeded,
        /// The signing account is not a desk of any operator.
        NotADesk,
        /// Only a desk with the admin role may do this.
        AdminRoleRequired,
        /// Only a desk with the commercial role may do this.
        CommercialRoleRequired,
        /// Only a desk with the clearing role may do this.
        ClearingRoleRequired,
        /// Only a desk with the treasury role may do this.
        TreasuryRoleRequired,
        /// Only a desk with the engineering role may do this.
        EngineeringRoleRequired,
        /// The account is the desk of an operator already.
        AlreadyADesk,
        /// The account is not a desk of this operator.
        DeskNotFound,
        /// The operator has as many desks as it may have (`MaxDesks`, of which one is kept for governance).
        MaxDesksExceeded,
        /// The operator has added as many desks today, by UTC, as it may in a day (`MaxDesks`).
        MaxDesksPerDayExceeded,
        /// The time for which the account has consented is over: have it sign again.
        ConsentExpired,
        /// An account consents for at most 30 days.
        ConsentTooLong,
        /// The account has become a desk with this consent before, or with one that is good for longer: have it sign again.
        ConsentUsed,
        /// The account has not signed that it becomes a desk of this operator with these roles until this time.
        NoConsent,
        /// A desk needs at least one role.
        NoRoles,
        /// A role is listed twice.
        DuplicateRole,
        /// The last admin desk must stay one.
        LastAdminDesk,
        /// The payout account must stay a treasury desk: name another payout account first.
        IsPayoutAccount,
        /// The account is in use, by session keys for instance: free it first.
        DeskInUse,
        /// The payout account must have the treasury role.
        NotATreasuryDesk,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            Self::check_config();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Makes an operator a member, active from now on, with one admin desk. Governance only.
        ///
        /// # Errors
        /// The name, a kind, a TADIG code or a network is not valid or listed twice; a code belongs to another
        /// operator (`TadigTaken`); the account is a desk already (`AlreadyADesk`).
        ///
        /// # Events
        /// `Admitted`, `DeskAdded`.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::admit(tadigs.len() as u32))]
        pub fn admit(
            origin: OriginFor<T>,
            name: BoundedVec<u8, MaxNameLen>,
            kinds: OperatorKinds,
            tadigs: BoundedVec<Tadig, MaxTadigs>,
            plmns: BoundedVec<Plmn, MaxPlmns>,
            admin: T::AccountId,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_admit(name, kinds, tadigs, plmns, admin).map(|_| ())
        }

        /// Stops an operator from beginning anything new; it may still pay, answer disputes, close and manage its
        /// desks. Governance only.
        ///
        /// # Errors
        /// `OperatorNotFound`, `AlreadySuspended`.
        ///
        /// # Events
        /// `Suspended`.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::suspend())]
        pub fn suspend(origin: OriginFor<T>, operator: OperatorId) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_suspend(operator)
        }

        /// Ends a suspension. Governance only.
        ///
        /// # Errors
        /// `OperatorNotFound`, `NotSuspended`.
        ///
        /// # Events
        /// `Readmitted`.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::readmit())]
        pub fn readmit(origin: OriginFor<T>, operator: OperatorId) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_readmit(operator)
        }

        /// Replaces all TADIG codes and networks of an operator; codes that are left out become free. Governance
        /// only.
        ///
        /// # Errors
        /// `OperatorNotFound`; a code or network is not valid or listed twice; a code belongs to another operator
        /// (`TadigTaken`).
        ///
        /// # Events
        /// `NetworksSet`.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::set_networks(tadigs.len() as u32))]
        pub fn set_networks(
            origin: OriginFor<T>,
            operator: OperatorId,
            tadigs: BoundedVec<Tadig, MaxTadigs>,
            plmns: BoundedVec<Plmn, MaxPlmns>,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_networks(operator, tadigs, plmns)
        }

        /// Makes an account the only admin desk of an operator whose admin key is lost or stolen. Every other admin
        /// desk loses the admin role; one that had no other role is removed. Governance only.
        ///
        /// # Errors
        /// `OperatorNotFound`; the account is the desk of another operator (`AlreadyADesk`); no place is left
        /// (`MaxDesksExceeded`).
        ///
        /// # Events
        /// `AdminReplaced`, and what happens to each desk: `DeskAdded`, `RolesSet`, `DeskRemoved`.
        #[pallet::call_index(4)]
        #[pallet::weight(
            T::WeightInfo::replace_admin(T::MaxDesks::get())
                .saturating_add(T::EndValidatorWeight::get().saturating_mul(T::MaxDesks::get().into()))
        )]
        pub fn replace_admin(
            origin: OriginFor<T>,
            operator: OperatorId,
            account: T::AccountId,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_replace_admin(operator, account)
        }

        /// Replaces the roles of a desk of the caller's operator. Admin desks only.
        ///
        /// # Errors
        /// No roles, or one twice (`NoRoles`, `DuplicateRole`); `DeskNotFound`; the last admin desk would lose the admin
        /// role (`LastAdminDesk`), or the payout account the treasury role (`IsPayoutAccount`).
        ///
        /// # Events
        /// `RolesSet`, `PayoutAccountSet`.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::set_roles())]
        pub fn set_roles(origin: OriginFor<T>, account: T::AccountId, roles: Roles) -> DispatchResult {
            let operator = Self::ensure_desk_with(&ensure_signed(origin)?, Role::Admin)?;
            Self::do_set_roles(operator, account, roles)
        }

        /// Ends an account's acting for the caller's operator, or for any if governance calls. Admin desks and governance.
        ///
        /// Governance removes a payout account and an account that is in use, too: another treasury desk is paid then, if there is
        /// one; if the account is a validator, it ceases to be one. The last admin desk it replaces (`replace_admin`).
        ///
        /// # Errors
        /// `DeskNotFound`; the desk is the last admin desk (`LastAdminDesk`), and for admin desks: the payout account
        /// (`IsPayoutAccount`), or its account is in use (`DeskInUse`). Tokens do not count.
        ///
        /// # Events
        /// `DeskRemoved`; `PayoutAccountSet` or `PayoutAccountRemoved`.
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::remove_desk().saturating_add(T::EndValidatorWeight::get()))]
        pub fn remove_desk(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
            match T::GovernanceOrigin::try_origin(origin) {
                Ok(_) => Self::do_displace_desk(account),
                Err(origin) => {
                    let operator = Self::ensure_desk_with(&ensure_signed(origin)?, Role::Admin)?;
                    Self::do_remove_desk(operator, account)
                }
            }
        }

        /// Chooses to which of its treasury desks the caller's operator is paid. Admin desks only.
        ///
        /// # Errors
        /// `DeskNotFound`; the desk lacks the treasury role (`NotATreasuryDesk`).
        ///
        /// # Events
        /// `PayoutAccountSet`.
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::set_payout_account())]
        pub fn set_payout_account(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
            let operator = Self::ensure_desk_with(&ensure_signed(origin)?, Role::Admin)?;
            Self::do_set_payout_account(operator, account)
        }

        /// Lets an account that consents act for the caller's operator. Admin desks only.
        ///
        /// The account signs the text of `interclear_primitives::operator::consent_text`: the chain, the operator, the roles and
        /// until when the operator may use it, at most 30 days. So nobody makes another's account its desk. A consent serves once. The
        /// first treasury desk becomes the payout account.
        ///
        /// # Errors
        /// No roles, or one twice (`NoRoles`, `DuplicateRole`); the time of the consent is over or too far away
        /// (`ConsentExpired`, `ConsentTooLong`); the account has signed something else (`NoConsent`), or has become a desk with this
        /// consent or a longer one before (`ConsentUsed`); the account is a desk already, here or elsewhere (`AlreadyADesk`);
        /// `MaxDesksExceeded`, `MaxDesksPerDayExceeded`.
        ///
        /// # Events
        /// `DeskAdded`, `PayoutAccountSet`.
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::add_desk())]
        pub fn add_desk(
            origin: OriginFor<T>,
            account: T::AccountId,
            roles: Roles,
            until: Moment,
            consent: T::Consent,
        ) -> DispatchResult {
            let operator = Self::ensure_desk_with(&ensure_signed(origin)?, Role::Admin)?;
            Self::do_add_consenting_desk(operator, account, roles, until, consent)
        }
    }
}
