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
pub use types::ReportKey;
pub use weights::WeightInfo;

/// What idle work logs is under this target.
pub(crate) const LOG_TARGET: &str = "runtime::interclear::reports";

/// Usage reports, their calls and their rules.
#[frame_support::pallet]
pub mod pallet {
    use super::{ReportKey, WeightInfo};
    use frame_support::{pallet_prelude::*, weights::WeightMeter};
    use frame_system::pallet_prelude::*;
    use interclear_ports::{Agreements, Clock, Operators, UsageBook};
    use interclear_primitives::{
        ids::AgreementId,
        money::ValueError,
        period::Period,
        report::{PairMonth, ReportLines, ReportSide, UsageReports},
        tadig::Tadig,
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
        /// Members, their desks and their TADIG codes.
        type Operators: Operators<Self::AccountId>;

        /// Agreements in force.
        type Agreements: Agreements;

        /// The running totals, in which the final figures are booked.
        type Usage: UsageBook;

        /// The chain's clock.
        type Clock: Clock;

        /// Seconds for which reports are kept, counted from the newest of a pair's month; longer while lines of the month can be
        /// disputed.
        #[pallet::constant]
        type Retention: Get<Moment>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Both sides' reports of an agreement's month, by visited and home network, until they are evicted.
    #[pallet::storage]
    pub type Reports<T: Config> =
        StorageDoubleMap<_, Twox64Concat, (AgreementId, Period), Twox64Concat, (Tadig, Tadig), UsageReports>;

    /// Reports to evict, by the day (counted from the epoch) after which they are looked at.
    #[pallet::storage]
    pub type EvictionQueue<T: Config> =
        StorageDoubleMap<_, Twox64Concat, u32, Twox64Concat, ReportKey, (), OptionQuery>;

    /// The first day of the eviction queue that has not been processed.
    #[pallet::storage]
    pub type NextEviction<T: Config> = StorageValue<_, u32>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A side has reported its usage of a month, or corrected it.
        UsageReported {
            /// The networks and the month.
            pair: PairMonth,
            /// Whether the visited or the home network reported.
            side: ReportSide,
            /// The version of its report.
            version: u32,
            /// The agreement under which it bills.
            agreement: AgreementId,
            /// The month that bills it, and in whose running digest it is.
            billed_with: Period,
            /// Blake2b-256 of the encoded digest of the document and the lines.
            digest: Digest,
        },
        /// Both sides' reports have been compared; so many lines have each result.
        UsageCompared {
            /// The networks and the month.
            pair: PairMonth,
            /// Within the tolerance of the service.
            agreeing: u32,
            /// Beyond it.
            differing: u32,
            /// Only the visited network has the service.
            missing_at_home: u32,
            /// Only the home network has it.
            missing_at_visited: u32,
        },
        /// A side's figures were accepted by the other side, and bill.
        UsageAffirmed {
            /// The networks and the month.
            pair: PairMonth,
            /// Whose figures.
            side: ReportSide,
            /// The version of its report.
            version: u32,
            /// The agreement under which it bills.
            agreement: AgreementId,
            /// The month that bills it, and in whose running digest it is.
            billed_with: Period,
        },
        /// What is undisputed of two reports bills.
        UsageConcluded {
            /// The networks and the month.
            pair: PairMonth,
            /// Lines that differ or are missing at one side.
            disputed: u32,
            /// The agreement under which it bills.
            agreement: AgreementId,
            /// The month that bills it, and in whose running digest it is.
            billed_with: Period,
        },
        /// Reports past their retention were removed.
        Evicted {
            /// How many pairs' months.
            reports: u32,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// No operator has the visited network's TADIG code.
        UnknownVisitedNetwork,
        /// No operator has the home network's TADIG code.
        UnknownHomeNetwork,
        /// The caller's operator has neither the visited nor the home network.
        NotAParty,
        /// No agreement covers the two networks in the month.
        NoAgreement,
        /// The agreement does not price one of the services.
        ServiceNotAgreed,
        /// A service of the report settles by TAP files of the same networks and month.
        SettledByTap,
        /// By the agreement, a service of the report (of an empty one, every service) comes in TAP files alone.
        FilesAgreed,
        /// The month is not over yet.
        PeriodNotOver,
        /// The month ended more than a year ago.
        TooLongAgo,
        /// The report's lines are not in ascending order of their services, each once, or one has no figures.
        LinesNotSorted,
        /// An amount is negative.
        NegativeAmount,
        /// A quantity is above 10^12 units.
        MaxQuantityExceeded,
        /// A charge or a tax is above 10^12 of the currency.
        MaxAmountExceeded,
        /// An amount is too large.
        AmountOverflow,
        /// An amount is sealed: the chain cannot read it.
        AmountSealed,
        /// The side's newest report has the same figures, which alone bill.
        ReportUnchanged,
        /// The figures of the month are final for the two networks.
        ReportFinal,
        /// That side has not reported.
        ReportNotFound,
        /// The report is not, or no longer, in the version that was named.
        OtherReportVersion,
        /// The other side still has time to answer the report.
        StillExpected,
        /// The time to answer the other side's report is over: that report can be affirmed or concluded, but not
        /// answered by other figures any more.
        AnswerOverdue,
    }

    impl<T> From<ValueError> for Error<T> {
        fn from(reason: ValueError) -> Self {
            match reason {
                ValueError::Overflow => Self::AmountOverflow,
                ValueError::Negative => Self::NegativeAmount,
                ValueError::Sealed => Self::AmountSealed,
            }
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_block: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::evict(T::Clock::now(), &mut meter);
            meter.consumed()
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Reports the caller's totals per service of a month that is over for a pair of networks (BCE), or corrects
        /// them until they are final. `document` is the Blake2b-256 of the details behind them. Once both sides have
        /// reported, their lines are compared by the agreement's tolerances. A clearing desk of either side; its
        /// operator must not be suspended.
        ///
        /// # Events
        /// [`Event::UsageReported`], [`Event::UsageCompared`].
        ///
        /// # Errors
        /// The month is not over, closed or not agreed, the figures are final, the time to answer the other side's report
        /// is over, a service is not priced, comes in files alone or settles by TAP, or the report is malformed or says
        /// nothing new.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::report_usage().max(T::WeightInfo::first_report()))]
        pub fn report_usage(
            origin: OriginFor<T>,
            pair: PairMonth,
            document: Digest,
            lines: ReportLines,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_report_usage(&who, pair, document, lines)
        }

        /// Accepts the other side's report in a version: its figures are final and bill, but for services that have come in
        /// TAP files since, which settle by these. A clearing desk of either side.
        ///
        /// # Events
        /// [`Event::UsageAffirmed`].
        ///
        /// # Errors
        /// The other side has not reported or has corrected its report, the figures are final, or the month is closed.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::affirm_usage())]
        pub fn affirm_usage(origin: OriginFor<T>, pair: PairMonth, version: u32) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_affirm_usage(&who, pair, version)
        }

        /// Bills what nobody disputes: lines that agree by the visited network's figures, of lines that differ the
        /// smaller figures, and everything that one side says if the other never reported. At once if all lines agree;
        /// otherwise once the other side has had the time to answer the caller's report after which silence no longer
        /// keeps a month open, and, if it never reported, the days to report. A clearing desk of either side.
        ///
        /// # Events
        /// [`Event::UsageConcluded`].
        ///
        /// # Errors
        /// Nobody, or not the caller, has reported, the other side still has time, the figures are final, or the month
        /// is closed.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::conclude_usage())]
        pub fn conclude_usage(origin: OriginFor<T>, pair: PairMonth) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_conclude_usage(&who, pair)
        }
    }
}
