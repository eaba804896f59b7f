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
pub use weights::WeightInfo;

/// What is published, its calls and its rules.
#[frame_support::pallet]
pub mod pallet {
    use crate::WeightInfo;
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::*;
    use interclear_ports::{Clock, Operators};
    use interclear_primitives::{
        ids::{CapId, OperatorId},
        money::Currency,
        period::Period,
        rating::SdrRate,
        service::Service,
        tariff::{
            Area, CapName, Feeders, MaxCapsPerService, MaxFeeders, MaxQuotedCurrencies, MaxRegionMembers,
            Member, MonthRate, PriceCap, PriceSteps, ProposedRate, QuoteDate, RateSource, RateSubmissions,
            Region, RegionCode, UnitPrice,
        },
    };

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime supplies.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Who publishes regions, tariffs and caps, sets rates and appoints feeders.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Members and their desks.
        type Operators: Operators<Self::AccountId>;

        /// The chain's clock.
        type Clock: Clock;

        /// Regions, at most.
        #[pallet::constant]
        type MaxRegions: Get<u32>;

        /// Months for which what has been superseded is kept.
        #[pallet::constant]
        type RetentionMonths: Get<u32>;

        /// Months for which exchange rates are kept: longer than an accounting window, whose last statement is explained from
        /// its first month on.
        #[pallet::constant]
        type RateMonths: Get<u32>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Named sets of networks, with their membership over time.
    #[pallet::storage]
    pub type Regions<T: Config> = CountedStorageMap<_, Blake2_128Concat, RegionCode, Region>;

    /// Reference tariffs.
    #[pallet::storage]
    pub type Tariffs<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Area, Twox64Concat, Service, PriceSteps>;

    /// The price caps of a service, all in one record, so that a check reads one per service.
    #[pallet::storage]
    pub type Caps<T: Config> =
        StorageMap<_, Twox64Concat, Service, BoundedVec<PriceCap, MaxCapsPerService>, ValueQuery>;

    /// The id that the next cap gets.
    #[pallet::storage]
    pub type NextCapId<T: Config> = StorageValue<_, CapId, ValueQuery>;

    /// Exchange rates by month.
    #[pallet::storage]
    pub type Rates<T: Config> =
        StorageDoubleMap<_, Twox64Concat, Period, Blake2_128Concat, Currency, MonthRate>;

    /// The newest month with a rate of the currency.
    #[pallet::storage]
    pub type NewestRate<T: Config> = StorageMap<_, Blake2_128Concat, Currency, Period>;

    /// Submissions for rates that are not fixed yet.
    #[pallet::storage]
    pub type Submissions<T: Config> =
        StorageDoubleMap<_, Twox64Concat, Period, Blake2_128Concat, Currency, RateSubmissions>;

    /// Rates on which the feeders agree and that look wrong, until governance has said something or their month has ended.
    #[pallet::storage]
    pub type Proposed<T: Config> =
        StorageDoubleMap<_, Twox64Concat, Period, Blake2_128Concat, Currency, ProposedRate>;

    /// Who submits rates.
    #[pallet::storage]
    pub type FeederSet<T: Config> = StorageValue<_, Feeders, ValueQuery>;

    /// The oldest month that may still have [`Rates`].
    #[pallet::storage]
    pub type OldestRates<T: Config> = StorageValue<_, Period>;

    /// The oldest month that may still have [`Submissions`].
    #[pallet::storage]
    pub type OldestSubmissions<T: Config> = StorageValue<_, Period>;

    /// The oldest month that may still have rates [`Proposed`].
    #[pallet::storage]
    pub type OldestProposed<T: Config> = StorageValue<_, Period>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// The networks of a region have been published.
        RegionPublished {
            /// Code of the region.
            region: RegionCode,
            /// First month of the membership.
            from: Period,
            /// Number of members.
            members: u32,
        },
        /// A reference tariff has been published, or its end.
        TariffPublished {
            /// Where it applies.
            area: Area,
            /// The service that the price is of.
            service: Service,
            /// First month.
            from: Period,
            /// The price; `None` when there is none from that month on.
            price: Option<UnitPrice>,
        },
        /// A price cap has been published, or its end.
        CapPublished {
            /// Id of the cap.
            cap: CapId,
            /// What it is called.
            name: CapName,
            /// The service whose prices it caps.
            service: Service,
            /// The region of the visited networks.
            visited: RegionCode,
            /// The region of the home networks; `None` for all.
            home: Option<RegionCode>,
            /// First month.
            from: Period,
            /// The price; `None` when there is none from that month on.
            price: Option<UnitPrice>,
        },
        /// Feeders have been appointed in place of those before.
        FeedersAppointed {
            /// Ids of those that submit from now on.
            operators: BoundedVec<OperatorId, MaxFeeders>,
            /// How many equal submissions fix a rate.
            quorum: u8,
        },
        /// A feeder has submitted a rate.
        RateSubmitted {
            /// Id of the operator.
            feeder: OperatorId,
            /// ISO 4217 code.
            currency: Currency,
            /// The month.
            period: Period,
            /// The currency per SDR.
            rate: SdrRate,
            /// The day of its quotation.
            quoted: QuoteDate,
            /// Submissions that are equal to it, itself included.
            equal: u32,
            /// How many fix the rate.
            quorum: u8,
        },
        /// The rate of a month is fixed.
        RateFixed {
            /// ISO 4217 code.
            currency: Currency,
            /// The month.
            period: Period,
            /// The currency per SDR.
            rate: SdrRate,
            /// The day of its quotation.
            quoted: QuoteDate,
            /// Who has fixed it.
            source: RateSource,
        },
        /// The feeders agree on a rate that looks wrong, or is the first of its currency: it waits for governance, which accepts
        /// it by setting it, sets another one or refuses it.
        RateProposed {
            /// ISO 4217 code.
            currency: Currency,
            /// The month.
            period: Period,
            /// The rate, beside what it looks wrong, and why.
            proposed: ProposedRate,
        },
        /// Governance has refused a proposed rate; the feeders may submit again until the month begins.
        RateRefused {
            /// ISO 4217 code.
            currency: Currency,
            /// The month.
            period: Period,
            /// The currency per SDR.
            rate: SdrRate,
        },
        /// The month of a proposed rate that looks like a reciprocal, or is the first of its currency, has ended
        /// without a decision of governance: the month has no rate.
        RateLapsed {
            /// ISO 4217 code.
            currency: Currency,
            /// The month.
            period: Period,
            /// The currency per SDR.
            rate: SdrRate,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// A line can charge more for a unit than a price cap in force allows; `interclear tariff check` names the cap.
        AboveCap,
        /// A price cap is in another currency, and there is no exchange rate to compare by.
        CapRateMissing,
        /// A period is not a calendar month.
        InvalidPeriod,
        /// The month is over: nothing takes effect in the past.
        MonthOver,
        /// The code of a region is not 1 to 8 characters `A-Z0-9-`.
        InvalidRegionCode,
        /// A member of a region is neither a country code nor a TADIG code.
        InvalidMember,
        /// A region has no members.
        NoMembers,
        /// A member of a region is listed twice.
        DuplicateMember,
        /// There are as many regions as there may be (`MaxRegions`).
        MaxRegionsExceeded,
        /// No region has this code.
        UnknownRegion,
        /// No operator has this TADIG code.
        UnknownNetwork,
        /// The currency is not an ISO 4217 code.
        InvalidCurrency,
        /// The name of a cap is empty, or not UTF-8 text.
        InvalidName,
        /// The service has as many caps as it may: 8.
        MaxCapsExceeded,
        /// There is no such tariff or cap to end.
        NothingToEnd,
        /// As many changes of it are kept as may be (16, or 4 of a region); past ones make room in time.
        MaxStepsExceeded,
        /// There is no cap id left to give.
        IdsExhausted,
        /// An operator does not exist or is suspended.
        OperatorNotActive,
        /// An operator is listed twice.
        DuplicateFeeder,
        /// A currency is listed twice.
        DuplicateCurrency,
        /// The quorum is not more than half of the feeders and at most all of them; without feeders it is 0.
        QuorumOutOfRange,
        /// The caller's operator is not a feeder.
        NotAFeeder,
        /// The feeders submit no rates of this currency.
        NotQuoted,
        /// The SDR itself has no rate.
        RateOfSdr,
        /// An exchange rate is not within 0.1 and 10,000,000 of the currency for one SDR.
        RateOutOfRange,
        /// A price is above 10^6 of the currency per unit.
        MaxPriceExceeded,
        /// The quotation is not of the 23rd of the month before, nor of the 5 days before that.
        WrongQuoteDate,
        /// The day of the quotation has not come.
        NotQuotedYet,
        /// The month has begun: its rate can no longer be submitted, and a fixed one stays.
        MonthBegun,
        /// The feeders agree on this rate already, and it waits for the council.
        AlreadyProposed,
        /// No rate of the currency waits for the council in this month.
        NotProposed,
        /// The rate of the month is fixed already.
        AlreadyFixed,
        /// The month is older than rates are kept.
        TooOld,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_now: BlockNumberFor<T>, remaining: Weight) -> Weight {
            Self::evict(remaining)
        }

        fn integrity_test() {
            assert!(T::MaxRegions::get() > 0, "tariffs and caps need regions");
            assert!(T::RateMonths::get() > 0, "the running month's rate must be kept");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Publishes the networks of a region from a month on, the running one or a later one. A region that does not
        /// exist is created. Called by governance.
        ///
        /// # Errors
        /// The code, the month or a member is not valid, a member is listed twice, the month is over, or there are too
        /// many regions or memberships.
        ///
        /// # Events
        /// [`Event::RegionPublished`]
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::set_region(u32::try_from(members.len()).unwrap_or(u32::MAX)))]
        pub fn set_region(
            origin: OriginFor<T>,
            region: RegionCode,
            from: Period,
            members: BoundedVec<Member, MaxRegionMembers>,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_region(region, from, members)
        }

        /// Publishes the reference tariff of a service in a region or in one visited network, from the running month or
        /// a later one on; without a price, its end. Called by governance.
        ///
        /// # Errors
        /// The region or the network is unknown, the month or the currency is not valid, the month is over, there is
        /// no tariff to end, or too many changes are kept.
        ///
        /// # Events
        /// [`Event::TariffPublished`]
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::set_tariff())]
        pub fn set_tariff(
            origin: OriginFor<T>,
            area: Area,
            service: Service,
            from: Period,
            price: Option<UnitPrice>,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_tariff(area, service, from, price)
        }

        /// Publishes the cap on the price of a service in the visited networks of a region, for subscribers of the home
        /// networks of another (or the same) region or of all, from the running month or a later one on; without a
        /// price, its end. There is one cap for a service and a pair of regions. Called by governance.
        ///
        /// Agreements in force stay as they are: a cap binds what is proposed and signed from now on.
        ///
        /// # Errors
        /// A region is unknown, the name, the month or the currency is not valid, the month is over, there is no cap to
        /// end, or there are too many caps or changes.
        ///
        /// # Events
        /// [`Event::CapPublished`]
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::set_cap())]
        pub fn set_cap(
            origin: OriginFor<T>,
            name: CapName,
            service: Service,
            visited: RegionCode,
            home: Option<RegionCode>,
            from: Period,
            price: Option<UnitPrice>,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_cap(name, service, visited, home, from, price)
        }

        /// Fixes the exchange rate of a month. Called by governance.
        ///
        /// Until the month begins it replaces whatever was fixed. A month that has begun without a rate gets one, once.
        ///
        /// # Errors
        /// The currency or the month is not valid, the rate is out of range, the quotation is not of the days that count or
        /// these have not come, the month is older than rates are kept, or it has begun and has a rate.
        ///
        /// # Events
        /// [`Event::RateFixed`]
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::set_rate())]
        pub fn set_rate(
            origin: OriginFor<T>,
            currency: Currency,
            period: Period,
            rate: SdrRate,
            quoted: QuoteDate,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_rate(currency, period, rate, quoted)
        }

        /// Appoints the operators whose clearing desks submit rates, in place of those before; with no operators and a
        /// quorum of 0 nobody does. What those who stay have submitted still counts. Called by governance.
        ///
        /// # Errors
        /// An operator is not active, an operator or a currency is listed twice or is not valid, or the quorum is not
        /// more than half.
        ///
        /// # Events
        /// [`Event::FeedersAppointed`]
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::set_feeders())]
        pub fn set_feeders(
            origin: OriginFor<T>,
            operators: BoundedVec<OperatorId, MaxFeeders>,
            quorum: u8,
            currencies: BoundedVec<Currency, MaxQuotedCurrencies>,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_feeders(operators, quorum, currencies)
        }

        /// Submits the exchange rate of the coming month, from the day of its quotation on. When a quorum of the feeders
        /// has submitted the same rate of the same day, it is fixed; if it looks wrong beside the newest rate of an earlier
        /// month, or there is none, it is proposed to governance instead. Until then a feeder may correct itself.
        ///
        /// Called by a clearing desk of an operator that is a feeder and active.
        ///
        /// # Errors
        /// The operator is not a feeder, the currency is not submitted, the rate is out of range, the quotation is not of the
        /// days that count or these have not come, the month has begun, or the rate is fixed or proposed already.
        ///
        /// # Events
        /// [`Event::RateSubmitted`], with the last of a quorum also [`Event::RateFixed`] or [`Event::RateProposed`]
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::feed())]
        pub fn feed(
            origin: OriginFor<T>,
            currency: Currency,
            period: Period,
            rate: SdrRate,
            quoted: QuoteDate,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_feed(&who, currency, period, rate, quoted)
        }

        /// Refuses a rate on which the feeders agree and that waits for governance, because it looks wrong. It is accepted by
        /// setting it ([`Pallet::set_rate`]). Called by governance.
        ///
        /// # Errors
        /// No rate of the currency waits in the month.
        ///
        /// # Events
        /// [`Event::RateRefused`]
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::refuse_rate())]
        pub fn refuse_rate(origin: OriginFor<T>, currency: Currency, period: Period) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_refuse_rate(currency, period)
        }
    }
}
