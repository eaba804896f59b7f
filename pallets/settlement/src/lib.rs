#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod impls;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use frame_support::{
        pallet_prelude::*,
        traits::{
            fungibles::{
                hold::Mutate as HoldMutate, metadata::Mutate as MetadataMutate, Create, Inspect, Mutate,
            },
            UnixTime,
        },
    };
    use frame_system::pallet_prelude::*;
    use interclear_ports::{Agreements, Operators, Rates, Usage};
    use interclear_primitives::{
        agreement::MAX_AGREEMENT_LINES,
        ids::{AgreementId, CycleId, ObligationId, OperatorId, TokenId},
        money::{Currency, Value},
        netting::{Cycle, Obligation, Position, Token},
        period::Period,
        statement::{MaxStatementLines, Statement},
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
        /// The chain's clock.
        type Time: UnixTime;
        /// Who creates tokens and calls cycles off.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
        /// Reasons for holds, of all pallets.
        type RuntimeHoldReason: From<HoldReason>;
        /// The tokens.
        type Tokens: Inspect<Self::AccountId, AssetId = TokenId, Balance = u128>
            + Create<Self::AccountId>
            + Mutate<Self::AccountId>
            + MetadataMutate<Self::AccountId>;
        /// Holds on the tokens.
        type Holds: HoldMutate<
            Self::AccountId,
            AssetId = TokenId,
            Balance = u128,
            Reason = Self::RuntimeHoldReason,
        >;
        /// Operators in one cycle, at most; an obligation that would bring in more waits for the next cycle.
        #[pallet::constant]
        type MaxParties: Get<u32>;
        /// How far ahead of now the cut-off of a new cycle may lie, in seconds.
        #[pallet::constant]
        type MaxCutOffAhead: Get<Moment>;
        /// Least time that debtors have to fund, in seconds, counted from the cut-off and from each computation.
        #[pallet::constant]
        type MinFundingTime: Get<Moment>;
        /// Most time between the cut-off (or now, if it has passed) and the funding deadline of a new cycle, in
        /// seconds.
        #[pallet::constant]
        type MaxFundingTime: Get<Moment>;
        /// Net amounts below this, in minor units, are not paid but stay owed. 0 and 1 have no effect.
        #[pallet::constant]
        type MinimumNet: Get<u128>;
        /// How long affirmed statements, finished cycles and settled obligations are kept, in seconds.
        #[pallet::constant]
        type Retention: Get<Moment>;
        /// Weights of the calls.
        type WeightInfo: WeightInfo;
        /// Sets the clock in benchmarks.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: BenchmarkHelper;
    }

    /// Why the pallet holds tokens.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// What a net debtor pays with a netting cycle.
        NettingCycle,
    }

    /// Fiat tokens.
    #[pallet::storage]
    pub type Tokens<T> = StorageMap<_, Blake2_128Concat, TokenId, Token>;

    /// The token of an issuer in a currency.
    #[pallet::storage]
    pub type TokenOf<T> = StorageDoubleMap<_, Blake2_128Concat, Currency, Twox64Concat, OperatorId, TokenId>;

    /// Decimals of all tokens of a currency.
    #[pallet::storage]
    pub type Decimals<T> = StorageMap<_, Blake2_128Concat, Currency, u8>;

    /// Statements by agreement and month.
    #[pallet::storage]
    pub type Statements<T> = StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, Period, Statement>;

    /// The last month with a statement.
    #[pallet::storage]
    pub type LastClosed<T> = StorageMap<_, Twox64Concat, AgreementId, Period>;

    /// Months that one party has asked to close while it takes both, with that party.
    #[pallet::storage]
    pub type CloseRequests<T> = StorageMap<_, Twox64Concat, (AgreementId, Period), OperatorId>;

    /// What accounting windows and commitment spans that still run have come to; nothing where none does.
    #[pallet::storage]
    pub type Accounts<T> =
        StorageMap<_, Twox64Concat, AgreementId, BoundedVec<AccountLine, MaxStatementLines>, ValueQuery>;

    /// Statements that wait for a party, with the moment when silence affirms.
    #[pallet::storage]
    pub type Unaffirmed<T> = StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, Period, Moment>;

    /// The last statement that the search for silent parties has looked at.
    #[pallet::storage]
    pub type SilenceCursor<T> = StorageValue<_, (AgreementId, Period)>;

    /// Number of the next obligation.
    #[pallet::storage]
    pub type NextObligation<T> = StorageValue<_, ObligationId, ValueQuery>;

    /// Obligations.
    #[pallet::storage]
    pub type Obligations<T> = StorageMap<_, Twox64Concat, ObligationId, Obligation>;

    /// Obligations that a cycle can take in.
    #[pallet::storage]
    pub type OpenObligations<T> =
        StorageDoubleMap<_, Blake2_128Concat, Currency, Twox64Concat, ObligationId, ()>;

    /// Obligations of an operator, as debtor and as creditor, that have not been settled.
    #[pallet::storage]
    pub type ObligationsOf<T> = StorageDoubleMap<_, Twox64Concat, OperatorId, Twox64Concat, ObligationId, ()>;

    /// How many of its obligations in a currency an operator has not settled, as debtor or creditor.
    #[pallet::storage]
    pub type UnsettledOf<T> =
        StorageDoubleMap<_, Blake2_128Concat, Currency, Twox64Concat, OperatorId, u32, ValueQuery>;

    /// Number of the next cycle.
    #[pallet::storage]
    pub type NextCycle<T> = StorageValue<_, CycleId, ValueQuery>;

    /// Netting cycles.
    #[pallet::storage]
    pub type Cycles<T> = StorageMap<_, Twox64Concat, CycleId, Cycle>;

    /// The cycle of a token that is neither settled nor unwound.
    #[pallet::storage]
    pub type Unfinished<T> = StorageMap<_, Blake2_128Concat, TokenId, CycleId>;

    /// What is being done with a frozen cycle.
    #[pallet::storage]
    pub type Stages<T> = StorageMap<_, Twox64Concat, CycleId, Stage>;

    /// Net positions. While a cycle is frozen nothing of them is carried.
    #[pallet::storage]
    pub type Positions<T> =
        StorageDoubleMap<_, Twox64Concat, CycleId, Twox64Concat, OperatorId, Position, ValueQuery>;

    /// The account on which an operator's amount is held.
    #[pallet::storage]
    pub type FundedFrom<T: Config> =
        StorageDoubleMap<_, Twox64Concat, CycleId, Twox64Concat, OperatorId, T::AccountId>;

    /// What an operator has with another in a cycle; kept for both until the cycle is finished.
    #[pallet::storage]
    pub type Mutuals<T> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, CycleId>,
            NMapKey<Twox64Concat, OperatorId>,
            NMapKey<Twox64Concat, OperatorId>,
        ),
        Mutual,
        ValueQuery,
    >;

    /// Defaulters whose obligations have not all been taken out of the positions yet.
    #[pallet::storage]
    pub type Leaving<T> = StorageDoubleMap<_, Twox64Concat, CycleId, Twox64Concat, OperatorId, ()>;

    /// Obligations that a cycle has taken in.
    #[pallet::storage]
    pub type CycleObligations<T> = StorageDoubleMap<_, Twox64Concat, CycleId, Twox64Concat, ObligationId, ()>;

    /// Finished cycles whose obligations have not all been marked yet.
    #[pallet::storage]
    pub type Unresolved<T> = StorageMap<_, Twox64Concat, CycleId, Resolution>;

    /// Records that have served, oldest first.
    #[pallet::storage]
    pub type Expiry<T> = StorageMap<_, Twox64Concat, u64, Expiring>;

    /// First and next place in [`Expiry`].
    #[pallet::storage]
    pub type ExpiryQueue<T> = StorageValue<_, Queue, ValueQuery>;

    /// What has happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A fiat token exists from now on.
        TokenCreated {
            /// The token.
            token: TokenId,
            /// Who mints, burns and freezes it.
            issuer: OperatorId,
            /// Its currency.
            currency: Currency,
            /// Its decimals.
            decimals: u8,
        },
        /// A party asked to close a month; the other one must ask, too, or the first again after `alone_from`.
        CloseRequested {
            /// The agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
            /// Who asked.
            by: OperatorId,
            /// From when on either party closes it alone.
            alone_from: Moment,
        },
        /// A month was closed and its statement issued.
        PeriodClosed {
            /// The agreement.
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
            /// The agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
            /// The party.
            operator: OperatorId,
        },
        /// A statement is affirmed by both parties, or by silence.
        StatementAffirmed {
            /// The agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
            /// Whether a party was silent.
            by_silence: bool,
            /// The obligation that arises, unless the net is zero.
            obligation: Option<ObligationId>,
        },
        /// A debt arose.
        ObligationCreated {
            /// Its number.
            obligation: ObligationId,
            /// Who owes.
            debtor: OperatorId,
            /// Who is owed.
            creditor: OperatorId,
            /// Currency.
            currency: Currency,
            /// In minor units.
            amount: Value,
            /// When it is due.
            due: Moment,
        },
        /// A netting cycle was announced.
        CycleOpened {
            /// The cycle.
            cycle: CycleId,
            /// What is paid with.
            token: TokenId,
            /// Currency of the token.
            currency: Currency,
            /// Obligations due until then are taken in.
            cut_off: Moment,
            /// When debtors must have funded.
            fund_by: Moment,
            /// Who opened it.
            by: OperatorId,
        },
        /// An announced cycle was called off before it took anything in.
        CycleCancelled {
            /// The cycle.
            cycle: CycleId,
        },
        /// Due obligations are taken in from now on.
        CycleFrozen {
            /// The cycle.
            cycle: CycleId,
        },
        /// Net positions stand; debtors may fund.
        CycleComputed {
            /// The cycle.
            cycle: CycleId,
            /// Number of obligations.
            obligations: u32,
            /// Operators with a position.
            parties: u32,
            /// Sum of the obligations.
            gross: Value,
            /// Sum of what net debtors pay.
            net: Value,
            /// Net debtors that have to fund.
            unfunded: u32,
            /// When they must have funded.
            fund_by: Moment,
        },
        /// An operator was taken out of a cycle with all its obligations.
        PartyExcluded {
            /// The cycle.
            cycle: CycleId,
            /// The operator.
            operator: OperatorId,
        },
        /// A net debtor put its amount on hold.
        Funded {
            /// The cycle.
            cycle: CycleId,
            /// The net debtor.
            operator: OperatorId,
            /// What is on hold for it now.
            held: u128,
            /// Net debtors that have not funded yet.
            unfunded: u32,
        },
        /// A hold was released.
        Released {
            /// The cycle.
            cycle: CycleId,
            /// Whose hold.
            operator: OperatorId,
            /// How much.
            amount: u128,
        },
        /// A hold could not be released because the account is blocked or the token frozen; `release` tries again.
        ReleaseDelayed {
            /// The cycle.
            cycle: CycleId,
            /// Whose hold.
            operator: OperatorId,
            /// How much.
            amount: u128,
        },
        /// A net debtor paid a net creditor.
        Paid {
            /// The cycle.
            cycle: CycleId,
            /// Who paid.
            from: OperatorId,
            /// Who received.
            to: OperatorId,
            /// How much.
            amount: u128,
        },
        /// All transfers of a cycle have happened.
        CycleSettled {
            /// The cycle.
            cycle: CycleId,
            /// Sum of what was paid.
            net: Value,
        },
        /// A cycle ended without a transfer; its obligations are open again.
        CycleUnwound {
            /// The cycle.
            cycle: CycleId,
        },
    }

    /// Why a call is refused.
    #[pallet::error]
    pub enum Error<T> {
        /// A token with this number exists.
        TokenExists,
        /// The issuer has a token in this currency.
        AlreadyIssued,
        /// The operator is not of kind token issuer.
        NotAnIssuer,
        /// Not an ISO 4217 code.
        InvalidCurrency,
        /// More decimals than the rating engine supports.
        TooManyDecimals,
        /// Another token of the currency has other decimals.
        DecimalsDiffer,
        /// The operator has named no account to be paid to.
        NoPayoutAccount,
        /// There is no such token.
        TokenNotFound,
        /// There is no such agreement.
        AgreementNotFound,
        /// The operator is no party to it.
        NotAParty,
        /// Not a calendar month.
        InvalidPeriod,
        /// The month has not ended.
        PeriodRunning,
        /// The agreement is not in force in the month.
        NotInForce,
        /// The month has a statement.
        AlreadyClosed,
        /// The party has asked to close the month; the other one must ask, too, or the closing days pass.
        AlreadyRequested,
        /// An earlier month in force has no statement.
        EarlierMonthOpen,
        /// No token of the agreement's currency exists.
        CurrencyNotSettled,
        /// The month has no exchange rate for the currency of the files, or for that of the agreement.
        ExchangeRateMissing,
        /// Usage exists on a line that the agreement does not price.
        UsageWithoutLine,
        /// The terms cannot be applied to the usage.
        NotRateable,
        /// An amount does not fit.
        Overflow,
        /// An amount is hidden from the chain.
        Sealed,
        /// An amount is negative where it must not be.
        NegativeAmount,
        /// There is no such statement.
        StatementNotFound,
        /// The party, or both, have affirmed the statement.
        AlreadyAffirmed,
        /// Silence does not affirm yet.
        AffirmationPending,
        /// The cut-off lies too far ahead.
        CutOffTooFar,
        /// Debtors would have too little time to fund.
        FundingTooShort,
        /// The funding deadline lies too far ahead.
        FundingTooLong,
        /// The operator has nothing to settle in the currency.
        NothingToSettle,
        /// The token has a cycle that is neither settled nor unwound.
        CycleUnfinished,
        /// There is no such cycle.
        CycleNotFound,
        /// The cycle does not stand where this is possible.
        WrongPhase,
        /// The cut-off has not been reached.
        CutOffPending,
        /// The operator has no position in the cycle.
        NoPosition,
        /// The operator has been taken out of the cycle.
        TakenOut,
        /// The operator pays nothing with this cycle.
        NothingToFund,
        /// The operator has funded.
        AlreadyFunded,
        /// The funding deadline has passed.
        FundingClosed,
        /// The funding deadline has not passed.
        FundingOpen,
        /// The account has too few tokens; one minor unit must stay on it.
        InsufficientFunds,
        /// The issuer has frozen the token or the account.
        AccountFrozen,
        /// A net debtor has not funded.
        NotFunded,
        /// A net creditor's account cannot receive the token.
        PayoutBlocked,
        /// No operator has to be taken out: the cycle can be settled.
        NoDefaulter,
        /// Nothing is on hold that could be released.
        NothingHeld,
        /// The numbers are used up.
        IdsExhausted,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = frame_support::weights::WeightMeter::with_limit(remaining);
            Self::resolve_finished(&mut meter);
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
        /// Creates a fiat token that `issuer` mints, burns and freezes with its payout account, by the calls of
        /// `pallet-assets`. By governance.
        ///
        /// `name` and `symbol` are the currency code where empty.
        ///
        /// # Errors
        /// The operator is no issuer ([`Error::NotAnIssuer`]) or has no payout account
        /// ([`Error::NoPayoutAccount`]); the number is taken ([`Error::TokenExists`]); the issuer has a token in
        /// this currency ([`Error::AlreadyIssued`]); decimals differ from other tokens of the currency
        /// ([`Error::DecimalsDiffer`]) or are too many ([`Error::TooManyDecimals`]); [`Error::InvalidCurrency`].
        ///
        /// # Events
        /// [`Event::TokenCreated`].
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::create_token())]
        pub fn create_token(
            origin: OriginFor<T>,
            token: TokenId,
            issuer: OperatorId,
            currency: Currency,
            decimals: u8,
            name: BoundedVec<u8, MaxTokenName>,
            symbol: BoundedVec<u8, MaxTokenSymbol>,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_create_token(
                token,
                Token {
                    issuer,
                    currency,
                    decimals,
                },
                name,
                symbol,
            )
        }

        /// Closes a month of an agreement: rates both directions and issues the statement. Final; later corrections
        /// are new obligations. By a clearing desk of either party.
        ///
        /// Until the agreement's `close_days` after the end of the month it takes both parties: the first call notes
        /// the request, that of the other party closes. Afterwards either party closes alone.
        ///
        /// # Errors
        /// [`Error::NotAParty`]; the month still runs ([`Error::PeriodRunning`]), is not in force
        /// ([`Error::NotInForce`]), has a statement ([`Error::AlreadyClosed`]) or an earlier one has none
        /// ([`Error::EarlierMonthOpen`]); the party has asked before ([`Error::AlreadyRequested`]); files are missing or
        /// unanswered (an error of the usage port); no token of the currency exists ([`Error::CurrencyNotSettled`]); the
        /// month has no exchange rate ([`Error::ExchangeRateMissing`]); the usage cannot be rated ([`Error::NotRateable`],
        /// [`Error::UsageWithoutLine`], [`Error::Overflow`]).
        ///
        /// # Events
        /// [`Event::PeriodClosed`], or [`Event::CloseRequested`].
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::close_period(MAX_AGREEMENT_LINES))]
        pub fn close_period(
            origin: OriginFor<T>,
            agreement: AgreementId,
            period: Period,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let used = match Self::do_close_period(&who, agreement, period)? {
                Some(lines) => T::WeightInfo::close_period(lines),
                None => T::WeightInfo::request_close(),
            };
            Ok(Some(used).into())
        }

        /// Affirms a statement for one party. When both have affirmed, the net becomes an obligation. By a clearing
        /// desk of the party.
        ///
        /// # Errors
        /// [`Error::StatementNotFound`], [`Error::NotAParty`], [`Error::AlreadyAffirmed`].
        ///
        /// # Events
        /// [`Event::Affirmed`]; when it was the second party also [`Event::StatementAffirmed`] and, unless the net is
        /// zero, [`Event::ObligationCreated`].
        #[pallet::call_index(2)]
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
        /// [`Event::StatementAffirmed`] and, unless the net is zero, [`Event::ObligationCreated`].
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::affirm_by_silence())]
        pub fn affirm_by_silence(
            origin: OriginFor<T>,
            agreement: AgreementId,
            period: Period,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_affirm_by_silence(&who, agreement, period)
        }

        /// Announces a netting cycle in a token: obligations of its currency due until `cut_off` will be taken in, and
        /// net debtors must have funded by `fund_by`. By a clearing desk of an operator that is not suspended and has
        /// something to settle in the currency.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::NothingToSettle`]; the token has a cycle ([`Error::CycleUnfinished`]); [`Error::CutOffTooFar`],
        /// [`Error::FundingTooShort`], [`Error::FundingTooLong`].
        ///
        /// # Events
        /// [`Event::CycleOpened`].
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::open_cycle())]
        pub fn open_cycle(
            origin: OriginFor<T>,
            token: TokenId,
            cut_off: Moment,
            fund_by: Moment,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_open_cycle(&who, token, cut_off, fund_by)
        }

        /// Ends the announcement of a cycle once its cut-off has been reached. By any clearing desk.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`], [`Error::CutOffPending`].
        ///
        /// # Events
        /// [`Event::CycleFrozen`].
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::freeze())]
        pub fn freeze(origin: OriginFor<T>, cycle: CycleId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_freeze(&who, cycle)
        }

        /// Computes the net positions of a frozen cycle, looking at up to `max` obligations (at least one); to be
        /// repeated until they stand. A cycle that finds nothing to net ends as unwound. By any clearing desk.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`].
        ///
        /// # Events
        /// [`Event::CycleComputed`] when through, or [`Event::CycleUnwound`]; [`Event::Released`] for holds that are no
        /// longer needed after a defaulter was taken out.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::take_in(*max)
            .max(T::WeightInfo::take_out(*max))
            .saturating_add(T::WeightInfo::conclude(T::MaxParties::get())))]
        pub fn compute(origin: OriginFor<T>, cycle: CycleId, max: u32) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let used = Self::do_compute(&who, cycle, max)?;
            Ok(Some(used).into())
        }

        /// Puts a net debtor's amount on hold on the caller's account; after a recomputation, what is missing. By a
        /// treasury desk of the net debtor, until the funding deadline. One minor unit must stay on the account.
        ///
        /// A hold on another account of the operator is released in the same step.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`], [`Error::FundingClosed`]; the operator is not in the
        /// cycle ([`Error::NoPosition`], [`Error::TakenOut`]), pays nothing ([`Error::NothingToFund`]) or has funded
        /// ([`Error::AlreadyFunded`]); [`Error::AccountFrozen`], [`Error::InsufficientFunds`].
        ///
        /// # Events
        /// [`Event::Funded`].
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::fund())]
        pub fn fund(origin: OriginFor<T>, cycle: CycleId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_fund(&who, cycle)
        }

        /// Pays all net creditors from the holds of the net debtors, or changes nothing. By a clearing or treasury
        /// desk of an operator with a position.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`], [`Error::NoPosition`], [`Error::NotFunded`]; a debtor's
        /// account is frozen ([`Error::AccountFrozen`]); a creditor cannot be paid ([`Error::NoPayoutAccount`],
        /// [`Error::PayoutBlocked`]).
        ///
        /// # Events
        /// [`Event::Paid`] for each transfer, [`Event::ObligationCreated`] for each amount carried forward,
        /// [`Event::CycleSettled`].
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::settle(T::MaxParties::get()))]
        pub fn settle(origin: OriginFor<T>, cycle: CycleId) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let parties = Self::do_settle(&who, cycle)?;
            Ok(Some(T::WeightInfo::settle(parties)).into())
        }

        /// Takes defaulters out of a cycle after the funding deadline: debtors that have not funded or whose account is
        /// frozen, and creditors that cannot be paid, each with all obligations to which it is a party. The rest
        /// is computed again, and may have to fund a difference by a new deadline. If nothing remains the cycle is
        /// unwound.
        ///
        /// Takes out what up to `max` pairs of operators (at least one) have with each other; if more is left, `compute`
        /// goes on with it. By any clearing or treasury desk.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`], [`Error::FundingOpen`], [`Error::NoDefaulter`].
        ///
        /// # Events
        /// [`Event::PartyExcluded`] for each defaulter; then as `compute`.
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::unwind(T::MaxParties::get())
            .saturating_add(T::WeightInfo::take_out(*max))
            .saturating_add(T::WeightInfo::conclude(T::MaxParties::get())))]
        pub fn unwind(origin: OriginFor<T>, cycle: CycleId, max: u32) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let used = Self::do_unwind(&who, cycle, max)?;
            Ok(Some(used).into())
        }

        /// Releases what is still on hold for an operator that was taken out of a cycle, or whose cycle is finished,
        /// where the release failed before because its account was blocked or the token frozen. By a treasury desk of
        /// the operator.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::NothingHeld`]; the account is still blocked or the token frozen
        /// ([`Error::AccountFrozen`]).
        ///
        /// # Events
        /// [`Event::Released`].
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::release())]
        pub fn release(origin: OriginFor<T>, cycle: CycleId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_release(&who, cycle)
        }

        /// Calls off a cycle that is only announced, so that its token is free for another one. By governance.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`].
        ///
        /// # Events
        /// [`Event::CycleCancelled`].
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::cancel_cycle())]
        pub fn cancel_cycle(origin: OriginFor<T>, cycle: CycleId) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_cancel_cycle(cycle)
        }
    }
}
