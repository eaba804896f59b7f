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
#[cfg(test)]
mod mock;
mod ports;
mod queries;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{Outline, RouteEntry, TermsRefusal};
pub use weights::WeightInfo;

/// Seconds of the slots in which deadlines are queued.
pub const DEADLINE_SLOT: interclear_primitives::Moment = 3_600;

/// Agreements, their calls and their rules.
#[frame_support::pallet]
pub mod pallet {
    use crate::{Outline, RouteEntry, TermsRefusal, WeightInfo};
    use alloc::boxed::Box;
    use frame_support::{dispatch::WithPostDispatchInfo, pallet_prelude::*};
    use frame_system::pallet_prelude::*;
    use interclear_ports::{Caps, Clock, Exposures, Operators, Periods, Usage};
    use interclear_primitives::{
        agreement::{Agreement, Terms, MAX_AGREEMENT_LINES},
        bounds::{MAX_AGREEMENT_PAIRS, MAX_TERM_MONTHS},
        ids::{AgreementId, OperatorId},
        period::Period,
        tadig::Tadig,
        Digest, Moment,
    };

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime supplies.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Members and their desks.
        type Operators: Operators<Self::AccountId>;

        /// Usage anchored per agreement and month.
        type Usage: Usage;

        /// Months that have been closed.
        type Periods: Periods;

        /// Caps on what may be charged.
        type Caps: Caps;
        /// Caps on what operators may be owed.
        type Exposures: Exposures;

        /// The chain's clock.
        type Clock: Clock;

        /// Seconds for which an offer stays on the table.
        #[pallet::constant]
        type OfferLifetime: Get<Moment>;

        /// Proposals of one operator to another that are open at a time, at most.
        #[pallet::constant]
        type MaxProposals: Get<u32>;

        /// Months of notice, where the terms ask for no more: a termination takes effect at the end of the current month
        /// plus these, or later.
        #[pallet::constant]
        type TerminationNoticeMonths: Get<u32>;

        /// Longest term, in months.
        #[pallet::constant]
        type MaxTermMonths: Get<u32>;

        /// Pairs of a visited and a home network in one version, both directions together, at most.
        #[pallet::constant]
        type MaxPairs: Get<u32>;

        /// Versions that route one pair of networks and whose months are not all closed, at most.
        #[pallet::constant]
        type MaxRouteEntries: Get<u32>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Agreements, from their first proposal on.
    #[pallet::storage]
    pub type Agreements<T: Config> = StorageMap<_, Twox64Concat, AgreementId, Agreement<T::AccountId>>;

    /// The id that the next proposal gets.
    #[pallet::storage]
    pub type NextAgreementId<T: Config> = StorageValue<_, AgreementId, ValueQuery>;

    /// The terms of the version on the table and of the versions in force; those of other offers are dropped.
    #[pallet::storage]
    pub type TermsOf<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, u32, Terms, OptionQuery>;

    /// For every entry of [`TermsOf`], what is asked of it most often.
    #[pallet::storage]
    pub type Outlines<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, u32, Outline, OptionQuery>;

    /// The versions that route a pair of a visited and a home network, oldest first.
    #[pallet::storage]
    pub type Routes<T: Config> = StorageMap<
        _,
        Blake2_128Concat,
        (Tadig, Tadig),
        BoundedVec<RouteEntry, T::MaxRouteEntries>,
        ValueQuery,
    >;

    /// The agreements to which an operator is a party.
    #[pallet::storage]
    pub type AgreementsOf<T: Config> =
        StorageDoubleMap<_, Twox64Concat, OperatorId, Twox64Concat, AgreementId, (), OptionQuery>;

    /// How many proposals of an operator to another are open: neither signed by both nor ended. None that is 0.
    #[pallet::storage]
    pub type Proposals<T: Config> =
        StorageDoubleMap<_, Twox64Concat, OperatorId, Twox64Concat, OperatorId, u32, ValueQuery>;

    /// Agreements to look at when a slot of [`DEADLINE_SLOT`](crate::DEADLINE_SLOT) seconds has begun: an offer lapses
    /// or a term ends. An entry that something has overtaken does no harm.
    #[pallet::storage]
    pub type Deadlines<T: Config> =
        StorageDoubleMap<_, Twox64Concat, u64, Twox64Concat, AgreementId, (), OptionQuery>;

    /// The oldest slot of [`Deadlines`] that may still hold entries.
    #[pallet::storage]
    pub type NextSlot<T: Config> = StorageValue<_, u64, OptionQuery>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// An operator has put version 1 of a new agreement forward.
        Proposed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The proposing operator and its counterparty.
            parties: [OperatorId; 2],
            /// Its version, counted from 1.
            version: u32,
            /// Blake2b-256 of the terms, which is what desks sign.
            digest: Digest,
            /// When the offer lapses.
            expires: Moment,
        },
        /// A party has replaced the offer on the table by another; earlier signatures are void.
        Countered {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Who made the offer.
            by: OperatorId,
            /// Its version, counted from 1.
            version: u32,
            /// Blake2b-256 of the terms, which is what desks sign.
            digest: Digest,
            /// When the offer lapses.
            expires: Moment,
        },
        /// A party has put an amendment of an active agreement forward.
        AmendmentOffered {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Who made the offer.
            by: OperatorId,
            /// Its version, counted from 1.
            version: u32,
            /// First month in which it would be in force.
            from: Period,
            /// Blake2b-256 of the terms, which is what desks sign.
            digest: Digest,
            /// When the offer lapses.
            expires: Moment,
        },
        /// A commercial desk has signed the version on the table.
        Signed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Its version, counted from 1.
            version: u32,
            /// The desk's operator.
            by: OperatorId,
            /// The account that signed.
            desk: T::AccountId,
            /// Signatures of that operator so far.
            signatures: u32,
            /// Signatures that each party needs.
            needed: u32,
        },
        /// Both parties have signed: a version is in force from a month on.
        Activated {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The first and the second party.
            parties: [OperatorId; 2],
            /// Its version, counted from 1.
            version: u32,
            /// First month in force.
            from: Period,
            /// Last month of the agreement.
            last: Period,
        },
        /// The party that made an offer has taken it back.
        Withdrawn {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Its version, counted from 1.
            version: u32,
            /// Who took it back.
            by: OperatorId,
        },
        /// The other party has refused an offer.
        Rejected {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Its version, counted from 1.
            version: u32,
            /// The party that refused.
            by: OperatorId,
        },
        /// An offer's time was over before both parties had signed.
        OfferLapsed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Its version, counted from 1.
            version: u32,
        },
        /// A party has ended an agreement early.
        Terminated {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Who ended it.
            by: OperatorId,
            /// Last month in force.
            last: Period,
        },
        /// An agreement's term is over.
        Expired {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Its last month.
            last: Period,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// No agreement has this id.
        AgreementNotFound,
        /// The caller's operator is not a party to the agreement.
        NotAParty,
        /// An operator cannot agree with itself.
        SameParty,
        /// The other party does not exist or is suspended.
        CounterpartyNotActive,
        /// The agreement is not in force.
        NotActive,
        /// No offer is on the table.
        NoOffer,
        /// The offer has lapsed: it was not signed in time.
        OfferLapsed,
        /// An offer is on the table already: counter, withdraw or reject it.
        OfferPending,
        /// Another version is on the table.
        StaleVersion,
        /// The signed digest is not that of the version on the table.
        DigestMismatch,
        /// The desk has signed this version already.
        AlreadySigned,
        /// The party has all the signatures it needs.
        SignaturesComplete,
        /// Only the party that made the offer may withdraw it.
        NotYourOffer,
        /// A party withdraws its own offer; it rejects only the other's.
        OwnOffer,
        /// The month is closed, or a later one is.
        PeriodClosed,
        /// The month before is closed, and a commitment's span, or a window with a fee, would end with it unsettled: begin a
        /// month later.
        CommitmentRunning,
        /// The month is outside of the term.
        OutsideTerm,
        /// Usage has been anchored for a month that the amendment would take out of the term.
        PeriodInUse,
        /// The month is earlier than the notice allows.
        NoticeTooShort,
        /// The first month and the currency cannot be amended.
        FixedByAgreement,
        /// Usage has been anchored under these groups: an amendment may only add groups or lines after the existing ones, and
        /// keeps the increments and the flow of those.
        GroupsInUse,
        /// Usage has been anchored for a month of the amendment: the rules for usage (currency, days, silence) stay as they are
        /// in it. Begin with the first month that is not in use.
        UsageRulesInUse,
        /// Another agreement covers a pair of networks in one of the months.
        RouteTaken,
        /// As many versions as may (`MaxRouteEntries`) cover a pair of networks in months that are not closed.
        MaxRouteEntriesExceeded,
        /// Four proposals of yours, as many as may, wait for the other operator: it must answer one, or you withdraw
        /// one, first.
        MaxProposalsExceeded,
        /// The agreement has had as many versions as it may: 32.
        MaxVersionsExceeded,
        /// There is no agreement id, or no version number of the agreement, left to give.
        IdsExhausted,

        /// Invalid agreement terms; the code says which rule they break.
        InvalidTerms(TermsRefusal),
        /// A period is not a calendar month.
        InvalidPeriod,
        /// The term is longer than an agreement may run (`MaxTermMonths`).
        MaxTermMonthsExceeded,
        /// The last month is over already.
        TermOver,
        /// A home network does not belong to the direction's home party, or a visited one not to the other party.
        TadigNotOfParty,
        /// The version has more pairs of networks than it may, both directions together (`MaxPairs`).
        MaxPairsExceeded,
        /// An arbitrator is a party itself, does not exist or is suspended.
        InvalidArbitrators,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_now: BlockNumberFor<T>, remaining: Weight) -> Weight {
            Self::sweep(remaining)
        }

        fn integrity_test() {
            assert!(T::OfferLifetime::get() > 0, "an offer must live");
            assert!(
                (1..=MAX_TERM_MONTHS).contains(&T::MaxTermMonths::get()),
                "longer terms could come to more than fits"
            );
            assert!(
                (1..=MAX_AGREEMENT_PAIRS).contains(&T::MaxPairs::get()),
                "more pairs could come to more than fits"
            );
            assert!(T::MaxRouteEntries::get() > 0, "a pair needs a route");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Puts a new agreement forward: the caller's operator becomes the first party, the counterparty the second.
        ///
        /// Proposing is not signing: each desk that agrees, the caller's too, says so with [`Pallet::sign`]. Called by a
        /// commercial desk of an active operator.
        ///
        /// # Errors
        /// The counterparty is the caller's own operator or is not active, the terms are not valid, or a price is above a
        /// cap.
        ///
        /// # Events
        /// [`Event::Proposed`]
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::propose(terms.pair_count(), terms.line_count()))]
        pub fn propose(origin: OriginFor<T>, counterparty: OperatorId, terms: Box<Terms>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_propose(&who, counterparty, *terms)
        }

        /// Replaces the offer on the table, a proposal or an amendment, by other terms; all signatures are void.
        ///
        /// A counter-offer to an amendment keeps the amendment's first month. Called by a commercial desk of either
        /// party, which must be active. `version` is the version that the caller has seen.
        ///
        /// # Errors
        /// No offer is on the table, it has lapsed, another version is on the table ([`Error::StaleVersion`]), the
        /// caller is not a party, the terms are not valid, or a price is above a cap.
        ///
        /// # Events
        /// [`Event::Countered`]
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::counter(terms.pair_count(), terms.line_count()))]
        pub fn counter(
            origin: OriginFor<T>,
            agreement: AgreementId,
            version: u32,
            terms: Box<Terms>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_counter(&who, agreement, version, *terms)
        }

        /// Signs the version on the table. The last signature that both parties need puts it in force.
        ///
        /// Called by a commercial desk of an active party, each desk once; a signature stays valid when the desk is
        /// removed later. `digest` is Blake2b-256 of the SCALE encoding of the terms that the caller has seen. An
        /// amendment needs as many signatures as the larger of the amended and the new terms asks for.
        ///
        /// # Errors
        /// [`Error::AgreementNotFound`], [`Error::NotAParty`], [`Error::NoOffer`], [`Error::OfferLapsed`],
        /// [`Error::StaleVersion`], [`Error::DigestMismatch`], [`Error::AlreadySigned`], [`Error::SignaturesComplete`]; a
        /// price is above a cap, or a party is owed more than it wants; with the last signature also whatever has become
        /// untrue of the terms since they were offered, and [`Error::RouteTaken`].
        ///
        /// # Events
        /// [`Event::Signed`], with the last signature also [`Event::Activated`]
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::activate(T::MaxPairs::get(), MAX_AGREEMENT_LINES))]
        pub fn sign(
            origin: OriginFor<T>,
            agreement: AgreementId,
            version: u32,
            digest: Digest,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let complete = Self::do_sign(&who, agreement, version, digest)
                .map_err(|error| error.with_weight(T::WeightInfo::sign()))?;
            if !complete {
                return Ok(Some(T::WeightInfo::sign()).into());
            }
            let outline = Self::do_activate(agreement)?;
            Ok(Some(T::WeightInfo::activate(outline.pairs, outline.lines)).into())
        }

        /// Takes back an offer: a proposal ends, of an active agreement only the amendment goes.
        ///
        /// Called by a commercial desk of the party that made the offer, suspended or not.
        ///
        /// # Errors
        /// No offer is on the table, it has lapsed, or the other party made it.
        ///
        /// # Events
        /// [`Event::Withdrawn`]
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::withdraw())]
        pub fn withdraw(origin: OriginFor<T>, agreement: AgreementId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_withdraw(&who, agreement)
        }

        /// Refuses the other party's offer: a proposal ends, of an active agreement only the amendment goes.
        ///
        /// Called by a commercial desk of the party that did not make the offer, suspended or not.
        ///
        /// # Errors
        /// No offer is on the table, it has lapsed, or the caller's own operator made it.
        ///
        /// # Events
        /// [`Event::Rejected`]
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::reject())]
        pub fn reject(origin: OriginFor<T>, agreement: AgreementId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_reject(&who, agreement)
        }

        /// Offers new terms for an active agreement from an open month on; a later last month extends it.
        ///
        /// `from` is after the last closed month (a month later while a commitment's span runs, which the month before
        /// settles), within the new term, and leaves no gap after the current one. The
        /// parties, the first month and the currency stay. Where usage has been anchored from that month on, groups
        /// and lines may only be added after the existing ones. Called by a commercial desk of either party, which
        /// must be active; both sign before it is in force, and until then the agreement stands as it is.
        ///
        /// # Errors
        /// The agreement is not in force, an offer is on the table already, the month or the terms are not valid, a
        /// price is above a cap, or groups are in use.
        ///
        /// # Events
        /// [`Event::AmendmentOffered`]
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::amend(terms.pair_count(), terms.line_count()))]
        pub fn amend(
            origin: OriginFor<T>,
            agreement: AgreementId,
            from: Period,
            terms: Box<Terms>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_amend(&who, agreement, from, *terms)
        }

        /// Ends an active agreement early, or one that renews itself: `last` is its last month, within the term, not
        /// before the current month plus the notice of the terms and [`Config::TerminationNoticeMonths`], whichever is
        /// longer, and not before a closed month.
        ///
        /// An amendment on the table is dropped. What has been used until the end of `last` is billed and paid as
        /// agreed. Called by a commercial desk of either party, suspended or not.
        ///
        /// # Errors
        /// The agreement is not in force, or the month is too soon, closed or outside of the term.
        ///
        /// # Events
        /// [`Event::Terminated`]
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::terminate())]
        pub fn terminate(origin: OriginFor<T>, agreement: AgreementId, last: Period) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_terminate(&who, agreement, last)
        }
    }
}
