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
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// What idle work logs is under this target.
const LOG_TARGET: &str = "runtime::interclear::statements";

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use frame_support::{pallet_prelude::*, weights::WeightMeter};
    use frame_system::pallet_prelude::*;
    use interclear_ports::{
        idle::{Expiring, Queue},
        Agreements, Clock, Escrows, Obligations, Operators, Rates, Usage,
    };
    use interclear_primitives::{
        ids::{AgreementId, DisputeId, ObligationId, OperatorId},
        money::{Currency, Value},
        period::Period,
        statement::{Decided, MaxMonthLines, MaxStatementLines, Statement},
        usage::MAX_LATE_MONTHS,
        Moment,
    };

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the pallet needs from the runtime.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Members and their desks.
        type Operators: Operators<Self::AccountId>;
        /// Agreements in force.
        type Agreements: Agreements;
        /// Anchored usage.
        type Usage: Usage;
        /// Exchange rates.
        type Rates: Rates;
        /// What is held ahead for what prepaid directions come to.
        type Escrows: Escrows;
        /// The book of obligations, and the tokens that pay them.
        type Obligations: Obligations;
        /// The chain's clock.
        type Clock: Clock;
        /// How long affirmed statements are kept, in seconds from their affirmation.
        #[pallet::constant]
        type Retention: Get<Moment>;
        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Statements by agreement and month, from the closing until [`Config::Retention`] after the affirmation, or longer while
    /// something refers to them.
    #[pallet::storage]
    pub type Statements<T> = StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, Period, Statement>;

    /// The last month with a statement, also once that has been removed.
    #[pallet::storage]
    pub type LastClosed<T> = StorageMap<_, Twox64Concat, AgreementId, Period>;

    /// Months that one party has asked to close while it could not close them alone.
    #[pallet::storage]
    pub type CloseRequests<T> = StorageMap<_, Twox64Concat, (AgreementId, Period), CloseRequest>;

    /// What accounting windows and commitment spans that still run have come to; nothing where none does.
    #[pallet::storage]
    pub type Accounts<T> =
        StorageMap<_, Twox64Concat, AgreementId, BoundedVec<AccountLine, MaxMonthLines>, ValueQuery>;

    /// What accounting windows that have ended have come to, by their last month, as long as late usage or a dispute can
    /// correct them.
    #[pallet::storage]
    pub type EndedWindows<T> = StorageDoubleMap<
        _,
        Twox64Concat,
        AgreementId,
        Twox64Concat,
        Period,
        BoundedVec<AccountLine, MaxMonthLines>,
    >;

    /// What disputes have decided of lines and no month has taken into account yet, one for each dispute that has ended.
    #[pallet::storage]
    pub type Decisions<T> = StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, DisputeId, Decided>;

    /// Disputes that can still change what a closed month came to: those that are open on a statement that bills usage of it, and
    /// what they have decided of it until a month takes that into account. None is 0.
    #[pallet::storage]
    pub type Undecided<T> = StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, Period, u32>;

    /// By month, what came late of its lines, and what disputes have decided of them, as long as more can come: the same usage is paid
    /// once.
    #[pallet::storage]
    pub type LateLines<T> = StorageDoubleMap<
        _,
        Twox64Concat,
        AgreementId,
        Twox64Concat,
        Period,
        BoundedVec<LateLine, MaxStatementLines>,
    >;

    /// Notes and fees of disputes on a statement, as long as they are kept: the statement says what they are of.
    #[pallet::storage]
    pub type Notes<T> =
        StorageDoubleMap<_, Twox64Concat, (AgreementId, Period), Twox64Concat, ObligationId, ()>;

    /// What statements of an agreement have carried forward, as it was less than the agreed minimum.
    #[pallet::storage]
    pub type Carried<T> = StorageMap<_, Twox64Concat, AgreementId, CarriedNet, ValueQuery>;

    /// By the statement that has carried something forward, the obligation that it has become a part of first.
    #[pallet::storage]
    pub type TakenOver<T> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, Period, ObligationId>;

    /// Statements that wait for a party, with the moment when silence affirms.
    #[pallet::storage]
    pub type Unaffirmed<T> = StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, Period, Moment>;

    /// The last statement that the search for silent parties has looked at.
    #[pallet::storage]
    pub type SilenceCursor<T> = StorageValue<_, (AgreementId, Period)>;

    /// Affirmed statements queued for eviction, oldest first.
    #[pallet::storage]
    pub type Expiry<T> = StorageMap<_, Twox64Concat, u64, Expiring<Affirmed>>;

    /// First and next place in [`Expiry`].
    #[pallet::storage]
    pub type ExpiryQueue<T> = StorageValue<_, Queue, ValueQuery>;

    /// What has happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A party asked to close a month; the other one must ask, too, or the first again after `alone_from`.
        CloseRequested {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
            /// Who asked.
            by: OperatorId,
            /// From when on the party that asked closes it alone: after the closing days, and once the other side has
            /// had the time to answer what the party itself did to the month.
            alone_from: Moment,
        },
        /// A month was closed and its statement issued.
        PeriodClosed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
            /// The first and the second party.
            parties: [OperatorId; 2],
            /// Currency of the amounts.
            currency: Currency,
            /// What the first and the second party owe before netting.
            totals: [Value; 2],
            /// What the first party owes the second; negative if the second owes the first.
            net: Value,
            /// When silence affirms.
            affirm_by: Moment,
        },
        /// A party affirmed a statement.
        Affirmed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
            /// The party.
            operator: OperatorId,
        },
        /// A statement is affirmed by both parties, or by silence.
        StatementAffirmed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
            /// Whether a party was silent.
            by_silence: bool,
            /// The obligation that arises, unless the net is zero.
            obligation: Option<ObligationId>,
        },
        /// What is owed of a statement is less than the agreed minimum: it waits for a later one.
        CarriedForward {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
            /// What waits in all: what the first party owes the second; negative if the second owes the first.
            net: Value,
        },
        /// What statements had carried forward has become an obligation by itself.
        CarriedBooked {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The obligation that arises.
            obligation: ObligationId,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// No agreement has this id.
        AgreementNotFound,
        /// The operator of the desk is not a party to the agreement.
        NotAParty,
        /// The period is not a calendar month.
        InvalidPeriod,
        /// The month has not ended.
        PeriodRunning,
        /// The agreement is not in force in the month.
        NotInForce,
        /// The month is closed: its statement has been issued.
        AlreadyClosed,
        /// The party has asked to close the month already; it closes once the other party asks, too, or once a party
        /// asks again that may close it alone by then.
        AlreadyRequested,
        /// What the month comes to has changed since the caller looked: a file or report came, was returned or accepted.
        MonthChanged,
        /// An earlier month has not been closed; months are closed one after the other, also after the end of the agreement.
        EarlierMonthOpen,
        /// There is no token in the agreement's currency, so the statement could not be paid.
        CurrencyNotSettled,
        /// The month has no exchange rate for the currency of the files or for that of the agreement.
        ExchangeRateMissing,
        /// There is usage that no line of the agreement prices.
        UsageWithoutLine,
        /// The terms of the agreement cannot be applied to the usage.
        NotRateable,
        /// An amount is too large.
        AmountOverflow,
        /// An amount is sealed: the chain cannot read it.
        AmountSealed,
        /// An amount is negative where it must not be.
        NegativeAmount,
        /// The month has no statement, or it has been evicted.
        StatementNotFound,
        /// The party has affirmed the statement already, or it is affirmed by both.
        AlreadyAffirmed,
        /// The affirmation date of the statement has not passed, so silence does not affirm it yet.
        AffirmationPending,
        /// The agreed days to dispute lines of the statement are over.
        DisputeDaysOver,
        /// The party has no open dispute on the statement.
        NotDisputed,
        /// The statements of the agreement have carried nothing forward.
        NothingCarried,
        /// What was carried forward waits for the next statement: a year has not passed, and the agreement goes on.
        StillCarried,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::affirm_silent(&mut meter);
            Self::evict_expired(&mut meter);
            meter.consumed()
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Closes a month of an agreement: rates both directions and issues the statement. Final; usage of the month that
        /// comes late is billed by a later one, which has lines of its own for it. By a clearing desk of either party.
        ///
        /// A month after the end of the agreement is closed as well if it bills late usage.
        ///
        /// Until the agreement's `close_days` after the end of the month it takes both parties: the first call notes
        /// the request, that of the other party closes. Afterwards a party closes alone as soon as the other side has had
        /// the time to answer the last thing that the party itself did to the month: a return, a report, a conclusion.
        /// `changes` says how often what the month comes to had changed when the caller looked at it, so that nobody closes
        /// what it has not seen. A request stands for the month as it is: once that changes, or a party moves, it asks again.
        ///
        /// # Errors
        /// [`Error::AgreementNotFound`], [`Error::NotAParty`], [`Error::InvalidPeriod`]; the month still runs
        /// ([`Error::PeriodRunning`]), is not in force ([`Error::NotInForce`]), is closed ([`Error::AlreadyClosed`]) or an
        /// earlier one is not ([`Error::EarlierMonthOpen`]); the month has changed ([`Error::MonthChanged`]); the party has asked
        /// before ([`Error::AlreadyRequested`]);
        /// files are missing or unanswered (an error of the usage port); there is no token of the currency
        /// ([`Error::CurrencyNotSettled`]); the month has no exchange rate ([`Error::ExchangeRateMissing`]); the usage
        /// cannot be rated ([`Error::NotRateable`], [`Error::UsageWithoutLine`]); an amount is too large
        /// ([`Error::AmountOverflow`]).
        ///
        /// # Events
        /// [`Event::PeriodClosed`], or [`Event::CloseRequested`].
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::close_with_late(MAX_LATE_MONTHS))]
        pub fn close_period(
            origin: OriginFor<T>,
            agreement: AgreementId,
            period: Period,
            changes: u32,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let used = match Self::do_close_period(&who, agreement, period, changes)? {
                Some(used) => used,
                None => T::WeightInfo::request_close(),
            };
            Ok(Some(used).into())
        }

        /// Affirms a statement for one party, except for lines that are in dispute; the party can raise no further
        /// disputes. When both have affirmed, what is not withheld of the net becomes an obligation. By a clearing desk
        /// of the party.
        ///
        /// # Errors
        /// [`Error::StatementNotFound`], [`Error::NotAParty`], [`Error::AlreadyAffirmed`].
        ///
        /// # Events
        /// [`Event::Affirmed`]; when it was the second party also [`Event::StatementAffirmed`] and, unless the net is
        /// zero, `ObligationCreated` of the netting.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::affirm())]
        pub fn affirm(origin: OriginFor<T>, agreement: AgreementId, period: Period) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_affirm(&who, agreement, period)
        }

        /// Affirms a statement whose affirmation date has passed. The chain does the same by itself when a block has
        /// room. By a clearing desk of either party.
        ///
        /// # Errors
        /// [`Error::StatementNotFound`], [`Error::NotAParty`], [`Error::AlreadyAffirmed`],
        /// [`Error::AffirmationPending`].
        ///
        /// # Events
        /// [`Event::StatementAffirmed`] and, unless the net is zero, `ObligationCreated` of the netting.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::affirm_by_silence())]
        pub fn affirm_by_silence(
            origin: OriginFor<T>,
            agreement: AgreementId,
            period: Period,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_affirm_by_silence(&who, agreement, period)
        }

        /// Makes an obligation of what statements have carried forward as it was less than the agreed minimum, when it has waited for a
        /// year, or the agreement has ended and its last month is closed. A statement that comes then does the same by itself. By a
        /// clearing desk of either party.
        ///
        /// # Errors
        /// [`Error::AgreementNotFound`], [`Error::NotAParty`], [`Error::NothingCarried`], [`Error::StillCarried`],
        /// [`Error::StatementNotFound`].
        ///
        /// # Events
        /// [`Event::CarriedBooked`], and `ObligationCreated` of the netting.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::book_carried())]
        pub fn book_carried(origin: OriginFor<T>, agreement: AgreementId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_book_carried(&who, agreement)
        }
    }
}
