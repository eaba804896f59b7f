#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod errors;
mod events;
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

use frame_support::pallet_macros::import_section;

/// What idle work logs is under this target.
const LOG_TARGET: &str = "runtime::interclear::netting";

#[import_section(errors::errors)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use alloc::{string::String, vec::Vec};
    use frame_support::{
        pallet_prelude::*,
        traits::fungibles::{
            hold::Mutate as HoldMutate, metadata::Mutate as MetadataMutate, Create, Inspect, Mutate,
        },
        weights::WeightMeter,
    };
    use frame_system::pallet_prelude::*;
    use interclear_ports::{
        having_taken,
        idle::{Expiring, Queue},
        Clock, Escrows, Operators, Switches,
    };
    use interclear_primitives::{
        ids::{CycleId, ObligationId, OperatorId, TokenId},
        money::{Currency, Value},
        netting::{Cycle, OutsidePayment, PaymentReference, Position, Schedule, Token},
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
        /// The chain's clock.
        type Clock: Clock;
        /// What is held ahead for obligations.
        type Escrows: Escrows;
        /// What the council has paused.
        type Switches: Switches;
        /// Who creates tokens, says when cycles open, and cancels announced ones.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
        /// The runtime's reasons for holds.
        type RuntimeHoldReason: From<HoldReason>;
        /// Balances of the tokens, their names, and how they are created.
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
        /// Tokens whose cycles open by themselves, at most.
        #[pallet::constant]
        type MaxSchedules: Get<u32>;
        /// Cycles in one token that are kept, at most: more than the days for which they are, as a day has at most one.
        #[pallet::constant]
        type MaxCycles: Get<u32>;
        /// How far ahead of now the cut-off of a new cycle may lie, in seconds.
        #[pallet::constant]
        type MaxCutOffAhead: Get<Moment>;
        /// Least time that debtors have to fund, in seconds of working time (Saturdays and Sundays do not count, UTC), from the
        /// cut-off and from each computation; at least a day. A test network has an hour.
        #[pallet::constant]
        type MinFundingTime: Get<Moment>;
        /// Most seconds between the cut-off (or now, if it has passed) and the funding deadline of a new cycle.
        #[pallet::constant]
        type MaxFundingTime: Get<Moment>;
        /// Net amounts below this, in minor units, are not paid but stay owed. 0 and 1 have no effect.
        #[pallet::constant]
        type MinimumNet: Get<u128>;
        /// How long finished cycles and the obligations that they settled are kept, in seconds; at least as long as
        /// affirmed statements, from which these obligations arose.
        #[pallet::constant]
        type Retention: Get<Moment>;
        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Why the pallet holds tokens.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// What a net debtor pays with a netting cycle.
        NettingCycle,
    }

    /// Whether nobody waits, as on test networks: a cycle takes in the day of its cut-off, a day has several, debtors have an hour.
    #[pallet::storage]
    pub type TestNetwork<T> = StorageValue<_, bool, ValueQuery>;

    /// Fiat tokens.
    #[pallet::storage]
    pub type Tokens<T> = StorageMap<_, Blake2_128Concat, TokenId, Token>;

    /// The token of an issuer in a currency.
    #[pallet::storage]
    pub type TokenOf<T> = StorageDoubleMap<_, Blake2_128Concat, Currency, Twox64Concat, OperatorId, TokenId>;

    /// Decimals of all tokens of a currency.
    #[pallet::storage]
    pub type Decimals<T> = StorageMap<_, Blake2_128Concat, Currency, u8>;

    /// The id that the next cycle gets.
    #[pallet::storage]
    pub type NextCycle<T> = StorageValue<_, CycleId, ValueQuery>;

    /// Netting cycles.
    #[pallet::storage]
    pub type Cycles<T> = StorageMap<_, Twox64Concat, CycleId, Cycle>;

    /// The cycle in a token that is neither settled nor cancelled. One at a time, so that no obligation is ever in two.
    #[pallet::storage]
    pub type Unfinished<T> = StorageMap<_, Twox64Concat, TokenId, CycleId>;

    /// When cycles open by themselves, one entry a token.
    #[pallet::storage]
    pub type Schedules<T: Config> = StorageValue<_, BoundedVec<Schedule, T::MaxSchedules>, ValueQuery>;

    /// The id that the next obligation gets.
    #[pallet::storage]
    pub type NextObligation<T> = StorageValue<_, ObligationId, ValueQuery>;

    /// What operators owe each other. What has not been settled is never removed.
    #[pallet::storage]
    pub type Obligations<T> = StorageMap<_, Twox64Concat, ObligationId, Booked>;

    /// Late interest that was charged: as long as the obligation is kept, or the statement from which it arose.
    #[pallet::storage]
    pub type Charges<T> = StorageMap<_, Twox64Concat, ObligationId, Charge>;

    /// Obligations that are kept, by the operators that are their debtor and their creditor.
    #[pallet::storage]
    pub type ObligationsOf<T> = StorageDoubleMap<_, Twox64Concat, OperatorId, Twox64Concat, ObligationId, ()>;

    /// What debtors claim to have paid outside of cycles, and creditors have confirmed, by obligation.
    #[pallet::storage]
    pub type PaidOutside<T> = StorageMap<_, Twox64Concat, ObligationId, OutsidePayment>;

    /// Obligations by where they wait, or have waited for the cycle that is the next to be evicted.
    #[pallet::storage]
    pub type ObligationsIn<T> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, TokenId>,
            NMapKey<Twox64Concat, Slot>,
            NMapKey<Twox64Concat, ObligationId>,
        ),
        (),
    >;

    /// What waits in a slot, by operator; of a slot that a cycle has taken in, what has waited, until that has settled and a block has room.
    #[pallet::storage]
    pub type Due<T> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, TokenId>,
            NMapKey<Twox64Concat, Slot>,
            NMapKey<Twox64Concat, OperatorId>,
        ),
        Sum,
        ValueQuery,
    >;

    /// What an operator has with another in a slot, kept for both; of slots that a cycle has taken in, likewise.
    #[pallet::storage]
    pub type Mutuals<T> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, TokenId>,
            NMapKey<Twox64Concat, OperatorId>,
            NMapKey<Twox64Concat, Slot>,
            NMapKey<Twox64Concat, OperatorId>,
        ),
        Sum,
        ValueQuery,
    >;

    /// What operators have not settled in a token, due or not.
    #[pallet::storage]
    pub type Balances<T> =
        StorageDoubleMap<_, Twox64Concat, TokenId, Twox64Concat, OperatorId, Sum, ValueQuery>;

    /// No day before this one has anything in a token that waits with what is due on it.
    #[pallet::storage]
    pub type FirstDay<T> = StorageMap<_, Twox64Concat, TokenId, Day>;

    /// The last cycle in a token that has begun to take in, and until when.
    #[pallet::storage]
    pub type LastCut<T> = StorageMap<_, Twox64Concat, TokenId, Cut>;

    /// The cycles in a token that have taken in, in their order. From them follows where an obligation stands, and how late it is.
    #[pallet::storage]
    pub type Cuts<T: Config> =
        StorageMap<_, Twox64Concat, TokenId, BoundedVec<Cut, T::MaxCycles>, ValueQuery>;

    /// When an operator last named a token for what it and another one owe each other.
    #[pallet::storage]
    pub type Named<T> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, TokenId>,
            NMapKey<Twox64Concat, OperatorId>,
            NMapKey<Twox64Concat, OperatorId>,
        ),
        Moment,
    >;

    /// What operators owe and are owed in a currency and have not paid, in whatever token or none.
    #[pallet::storage]
    pub type Totals<T> =
        StorageDoubleMap<_, Blake2_128Concat, Currency, Twox64Concat, OperatorId, Sum, ValueQuery>;

    /// Likewise with one other operator. What a cycle has paid is in it until a block has room to take it out.
    #[pallet::storage]
    pub type Pairs<T> = StorageNMap<
        _,
        (
            NMapKey<Blake2_128Concat, Currency>,
            NMapKey<Twox64Concat, OperatorId>,
            NMapKey<Twox64Concat, OperatorId>,
        ),
        Sum,
        ValueQuery,
    >;

    /// What of [`Pairs`] an operator owes another one in a currency and pays gross: no cycle nets it with what it is owed.
    #[pallet::storage]
    pub type OwedGross<T> = StorageNMap<
        _,
        (
            NMapKey<Blake2_128Concat, Currency>,
            NMapKey<Twox64Concat, OperatorId>,
            NMapKey<Twox64Concat, OperatorId>,
        ),
        Value,
        ValueQuery,
    >;

    /// What settled cycles had taken in, of which something is still in the sums of pairs.
    #[pallet::storage]
    pub type Paid<T> = StorageMap<_, Twox64Concat, CycleId, Taken>;

    /// The last day on which anything has ever been due in a token.
    #[pallet::storage]
    pub type LastDay<T> = StorageMap<_, Twox64Concat, TokenId, Day, ValueQuery>;

    /// The most that an operator wants to be owed by another one, or in total; in minor units.
    #[pallet::storage]
    pub type ExposureCaps<T> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, OperatorId>,
            NMapKey<Blake2_128Concat, Currency>,
            NMapKey<Twox64Concat, Option<OperatorId>>,
        ),
        u128,
    >;

    /// The most that an operator may be owed by another one where it has set no cap itself; in minor units.
    #[pallet::storage]
    pub type GeneralCaps<T> = StorageMap<_, Blake2_128Concat, Currency, u128>;

    /// Caps of operators that were exceeded when they were looked at last.
    #[pallet::storage]
    pub type Exceeded<T> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, OperatorId>,
            NMapKey<Blake2_128Concat, Currency>,
            NMapKey<Twox64Concat, Option<OperatorId>>,
        ),
        (),
    >;

    /// What a cycle has taken in.
    #[pallet::storage]
    pub type TakenIn<T> = StorageMap<_, Twox64Concat, CycleId, Taken>;

    /// What an operator has in an unfinished cycle: its part of the gross sum.
    #[pallet::storage]
    pub type Shares<T> =
        StorageDoubleMap<_, Twox64Concat, CycleId, Twox64Concat, OperatorId, Sum, ValueQuery>;

    /// How long tokens have stood since the positions of their last cycle did.
    #[pallet::storage]
    pub type Standings<T> = StorageMap<_, Twox64Concat, TokenId, Standing, ValueQuery>;

    /// For how long tokens have been frozen of late.
    #[pallet::storage]
    pub type Outages<T> = StorageMap<_, Twox64Concat, TokenId, Outage, ValueQuery>;

    /// What is being done with a collecting cycle.
    #[pallet::storage]
    pub type Stages<T> = StorageMap<_, Twox64Concat, CycleId, Stage>;

    /// Net positions, by cycle and operator. While a cycle is collecting nothing of them is carried.
    #[pallet::storage]
    pub type Positions<T> =
        StorageDoubleMap<_, Twox64Concat, CycleId, Twox64Concat, OperatorId, Position, ValueQuery>;

    /// The account on which an operator's amount is held.
    #[pallet::storage]
    pub type FundedFrom<T: Config> =
        StorageDoubleMap<_, Twox64Concat, CycleId, Twox64Concat, OperatorId, T::AccountId>;

    /// The last day on which tokens were tendered, and how many of them: each spares its debtor once a day. Kept for that day.
    #[pallet::storage]
    pub type Tendered<T: Config> =
        StorageDoubleMap<_, Twox64Concat, TokenId, Blake2_128Concat, Stock<T::AccountId>, (Day, u128)>;

    /// The last of these that the search for days that are over has looked at.
    #[pallet::storage]
    pub type TenderCursor<T: Config> = StorageValue<_, (TokenId, Stock<T::AccountId>)>;

    /// How a chain begins.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Whether it is a test network, where nobody waits for days to pass.
        pub test_network: bool,
        /// Tokens that there are from the first block on: number, number of the issuer, ISO 4217 code, decimals of the minor
        /// unit.
        pub tokens: Vec<(TokenId, u32, String, u8)>,
        /// Of no use.
        #[serde(skip)]
        pub _config: core::marker::PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            TestNetwork::<T>::put(self.test_network);
            for (id, issuer, currency, decimals) in &self.tokens {
                // A chain must not begin with half of its tokens, and a genesis build has no other way to refuse.
                Pallet::<T>::create_at_genesis(*id, OperatorId(*issuer), currency, *decimals)
                    .unwrap_or_else(|reason| panic!("genesis token {id}: {reason:?}"));
            }
        }
    }

    /// Excluded operators whose obligations have not all been taken out of the positions yet, with the slot that is next.
    #[pallet::storage]
    pub type Exclusions<T> = StorageDoubleMap<_, Twox64Concat, CycleId, Twox64Concat, OperatorId, Slot>;

    /// Finished cycles, and obligations that were paid outside of cycles, queued for eviction, oldest first.
    #[pallet::storage]
    pub type Expiry<T> = StorageMap<_, Twox64Concat, u64, Expiring<Finished>>;

    /// First and next place in [`Expiry`].
    #[pallet::storage]
    pub type ExpiryQueue<T> = StorageValue<_, Queue, ValueQuery>;

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::open_scheduled(&mut meter);
            Self::take_out_paid(&mut meter);
            Self::evict_expired(&mut meter);
            Self::forget_tendered(&mut meter);
            meter.consumed()
        }

        fn integrity_test() {
            Self::check_bounds();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Creates a fiat token that `issuer` mints, burns and freezes with its payout account, by the calls of `pallet-assets`. `name` and
        /// `symbol` are the currency code where empty. By governance.
        ///
        /// # Errors
        /// The operator is not an issuer ([`Error::NotAnIssuer`]) or has no payout account
        /// ([`Error::NoPayoutAccount`]); the id is taken ([`Error::TokenExists`]); the issuer has a token in
        /// this currency ([`Error::AlreadyIssued`]); decimals differ from other tokens of the currency
        /// ([`Error::DecimalsDiffer`]) or are too many ([`Error::MaxDecimalsExceeded`]); [`Error::InvalidCurrency`], [`Error::MaxTokensExceeded`].
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

        /// Announces a netting cycle in a token, out of turn: obligations in it that were due on the days before that of `cut_off`
        /// (UTC) will be taken in, and from then on net debtors have `funding` to fund, in seconds of working time. By governance.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::TokenSuspended`], [`Error::NothingToSettle`]; the token has a cycle
        /// ([`Error::CycleUnfinished`]), or as many as can be kept ([`Error::MaxCyclesExceeded`]);
        /// [`Error::IdsExhausted`], [`Error::CutOffPassed`], [`Error::CutOffTooFar`], [`Error::DayTakenIn`],
        /// [`Error::FundingTooShort`], [`Error::FundingTooLong`].
        ///
        /// # Events
        /// [`Event::CycleOpened`].
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::open_cycle())]
        pub fn open_cycle(
            origin: OriginFor<T>,
            token: TokenId,
            cut_off: Moment,
            funding: Moment,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_open_cycle(token, cut_off, funding, false)
        }

        /// Ends the announcement of a cycle once its cut-off has come: due obligations are collected from now on. By any clearing desk.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`], [`Error::CutOffPending`], [`Error::TokenSuspended`].
        ///
        /// # Events
        /// [`Event::CycleCollecting`].
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::collect())]
        pub fn collect(origin: OriginFor<T>, cycle: CycleId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_collect(&who, cycle)
        }

        /// Computes the net positions of a collecting cycle, looking at up to `max` sums of what an operator has due on a day
        /// (at least one), or taking a sixteenth as many pairs with an excluded operator out; to be repeated until they stand. A step of
        /// more than 256 sums leaves the end to the next one. A net creditor that has named no account to be paid to is excluded. A
        /// cycle that finds nothing to net is cancelled. By any clearing desk.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`].
        ///
        /// # Events
        /// [`Event::CycleComputed`] when through, or [`Event::CycleCancelled`]; [`Event::PartyExcluded`]; [`Event::Released`] for holds that are no
        /// longer needed after a defaulter was excluded.
        #[pallet::call_index(3)]
        #[pallet::weight(Pallet::<T>::weight_of_computing(*max))]
        pub fn compute(origin: OriginFor<T>, cycle: CycleId, max: u32) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let used = Self::do_compute(&who, cycle, max)?;
            Ok(Some(used).into())
        }

        /// Puts a net debtor's amount on hold on the caller's account; after a recomputation, what is missing. A hold on another account of
        /// the operator is released in the same step. One minor unit must stay on the account. By a treasury desk of the net debtor, until the
        /// funding deadline.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`], [`Error::FundingClosed`]; the operator is not in the
        /// cycle ([`Error::NoPosition`], [`Error::Excluded`]), pays nothing ([`Error::NothingToFund`]) or has funded
        /// ([`Error::AlreadyFunded`]); [`Error::AccountFrozen`], [`Error::InsufficientFunds`].
        ///
        /// # Events
        /// [`Event::Funded`].
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::fund())]
        pub fn fund(origin: OriginFor<T>, cycle: CycleId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_fund(&who, cycle)
        }

        /// Pays all net creditors from the holds of the net debtors, or changes nothing. By a clearing or treasury
        /// desk of an operator with a position.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`], [`Error::NoPosition`], [`Error::NotFunded`]; the token is
        /// frozen ([`Error::AccountFrozen`]); a creditor cannot be paid ([`Error::NoPayoutAccount`],
        /// [`Error::PayoutBlocked`]); [`Error::IdsExhausted`].
        ///
        /// # Events
        /// [`Event::Paid`] for each transfer, [`Event::ObligationCreated`] for each amount carried forward,
        /// [`Event::CycleSettled`].
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::settle(T::Operators::max_operators())
            .max(T::WeightInfo::settle_carried(T::Operators::max_operators())))]
        pub fn settle(origin: OriginFor<T>, cycle: CycleId) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let parties = Self::do_settle(&who, cycle)?;
            let used = T::WeightInfo::settle(parties).max(T::WeightInfo::settle_carried(parties));
            Ok(Some(used).into())
        }

        /// Excludes defaulters from a cycle after the funding deadline: debtors that have not funded (where the token is
        /// frozen, all of them), and creditors that cannot be paid, each with all obligations to which it is a party. The rest
        /// is computed again, and may have to fund a difference by a new deadline. If nothing remains the cycle is
        /// cancelled.
        ///
        /// Takes out what a sixteenth of `max` pairs of operators (at least one) have with each other on a day; if more is left,
        /// `compute` goes on with it. By any clearing or treasury desk.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`], [`Error::FundingOpen`], [`Error::NoDefaulter`].
        ///
        /// # Events
        /// [`Event::PartyExcluded`] for each defaulter; then as `compute`.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::exclude_defaulters(T::Operators::max_operators())
            .saturating_add(Pallet::<T>::weight_of_computing(*max)))]
        pub fn exclude_defaulters(
            origin: OriginFor<T>,
            cycle: CycleId,
            max: u32,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let used = Self::do_exclude_defaulters(&who, cycle, max)?;
            Ok(Some(used).into())
        }

        /// Releases what is still on hold for an operator that was excluded from a cycle, or whose cycle is finished, where the release failed
        /// before because its account or the token was frozen. By a treasury desk of the operator.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::NothingHeld`]; the account or the token is still frozen
        /// ([`Error::AccountFrozen`]).
        ///
        /// # Events
        /// [`Event::Released`].
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::release())]
        pub fn release(origin: OriginFor<T>, cycle: CycleId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_release(&who, cycle)
        }

        /// Cancels a cycle that is only announced, so that its token is free for another one. By governance.
        ///
        /// # Errors
        /// [`Error::CycleNotFound`], [`Error::WrongPhase`].
        ///
        /// # Events
        /// [`Event::CycleCancelled`].
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::cancel_cycle())]
        pub fn cancel_cycle(origin: OriginFor<T>, cycle: CycleId) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_cancel_cycle(cycle)
        }

        /// Says when cycles in a token open by themselves, or that none do. By governance.
        ///
        /// In its turn a cycle opens as if by `open_cycle`. While the cycle before has not ended, or the token does not stand, the turn
        /// waits; where nothing is due by the cut-off, or the day has had its cycle, it is passed over.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::CutOffPassed`], [`Error::CutOffTooFar`], [`Error::TurnOutOfRange`],
        /// [`Error::FundingTooShort`], [`Error::FundingTooLong`], [`Error::MaxSchedulesExceeded`].
        ///
        /// # Events
        /// [`Event::ScheduleSet`].
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::set_schedule())]
        pub fn set_schedule(origin: OriginFor<T>, token: TokenId, turns: Option<Turns>) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_schedule(token, turns)
        }

        /// Names the token in which obligations are paid that the caller's operator is owed or owes: those that have none yet, open ones
        /// whose token does not stand, and by the creditor those whose token comes later in what it accepts by the terms. All of
        /// them, or none. By a clearing desk of a party.
        ///
        /// For a token that the terms accept one party is enough: the creditor names any such token, the debtor the first one
        /// that stands. Any other token of the currency takes both: an obligation moves when the other party has named
        /// the same token within 30 days, whichever of their obligations it was for.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::TokenSuspended`]; an obligation does not exist ([`Error::ObligationNotFound`]), is between
        /// others ([`Error::NotAParty`]), of another currency ([`Error::CurrencyDiffers`]), in a cycle ([`Error::ObligationInCycle`]) or paid
        /// ([`Error::PaidWithCycle`], [`Error::AlreadyPaidOutside`]); together they have been through too many cycles
        /// ([`Error::MaxLooksExceeded`]); its token stands ([`Error::TokenStands`]) or has a cycle that is being computed
        /// ([`Error::CycleUnfinished`]); [`Error::AmountOverflow`].
        ///
        /// # Events
        /// [`Event::TokenNamed`] for each that moves, [`Event::TokenProposed`] for each that waits for the other party.
        #[pallet::call_index(10)]
        #[pallet::weight({
            let count = u32::try_from(obligations.len()).unwrap_or(u32::MAX);
            T::WeightInfo::name_token(count).saturating_add(T::WeightInfo::stand(Pallet::<T>::most_walked()))
        })]
        pub fn name_token(
            origin: OriginFor<T>,
            token: TokenId,
            obligations: BoundedVec<ObligationId, MaxNamed>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let count = u32::try_from(obligations.len()).unwrap_or(u32::MAX);
            let walked = Self::cycles_since(&obligations).min(Self::most_walked());
            let taken = T::WeightInfo::name_token(count).saturating_add(T::WeightInfo::stand(walked));
            having_taken(taken, Self::do_name_token(&who, token, &obligations))
        }

        /// Claims that an open obligation was paid in full outside of cycles. The creditor has 7 days to confirm it; its silence says that it
        /// has not been paid. The obligation stays in its book meanwhile: the next cycle takes it in all the same. Once the creditor confirms
        /// it within these days, no late interest runs after the claim. From then on what is held ahead pays it by a call alone: of the debtor,
        /// or of the creditor when these days of the first claim are over. By a treasury desk of the debtor.
        ///
        /// # Errors
        /// [`Error::ObligationNotFound`], [`Error::NotTheDebtor`], [`Error::InvalidReference`], [`Error::AlreadyClaimed`]; it is in a
        /// cycle ([`Error::ObligationInCycle`]) or paid ([`Error::PaidWithCycle`], [`Error::AlreadyPaidOutside`]), or its token has a cycle
        /// that is being computed ([`Error::CycleUnfinished`]).
        ///
        /// # Events
        /// [`Event::PaymentClaimed`].
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::claim_payment().saturating_add(T::WeightInfo::stand(T::MaxCycles::get())))]
        pub fn claim_payment(
            origin: OriginFor<T>,
            obligation: ObligationId,
            reference: PaymentReference,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let walk = T::WeightInfo::stand(Self::cycles_since(&[obligation]));
            let taken = T::WeightInfo::claim_payment().saturating_add(walk);
            having_taken(taken, Self::do_claim_payment(&who, obligation, reference))
        }

        /// Confirms that an open obligation was paid in full outside of cycles, whether its debtor has claimed so or
        /// not: it leaves its book, and nothing is owed for it any more. By a treasury desk of the creditor.
        ///
        /// # Errors
        /// [`Error::ObligationNotFound`], [`Error::NotTheCreditor`], [`Error::InvalidReference`]; it is in a cycle
        /// ([`Error::ObligationInCycle`]) or paid ([`Error::PaidWithCycle`], [`Error::AlreadyPaidOutside`]), or its token has a cycle that is being computed ([`Error::CycleUnfinished`]).
        ///
        /// # Events
        /// [`Event::PaymentConfirmed`].
        #[pallet::call_index(12)]
        #[pallet::weight(T::WeightInfo::confirm_payment().saturating_add(T::WeightInfo::stand(T::MaxCycles::get())))]
        pub fn confirm_payment(
            origin: OriginFor<T>,
            obligation: ObligationId,
            reference: PaymentReference,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let walk = T::WeightInfo::stand(Self::cycles_since(&[obligation]));
            let taken = T::WeightInfo::confirm_payment().saturating_add(walk);
            having_taken(taken, Self::do_confirm_payment(&who, obligation, reference))
        }

        /// Sets the most that the caller's operator wants to be owed in a currency: by one other operator, beyond what
        /// it owes that, or in total; without `cap` it has none of its own. Above it new obligations are told of and
        /// new agreements refused. By a treasury desk.
        ///
        /// # Errors
        /// [`Error::CurrencyUnknown`], [`Error::InvalidPartner`].
        ///
        /// # Events
        /// [`Event::ExposureCapSet`]; [`Event::ExposureExceeded`] if it is.
        #[pallet::call_index(13)]
        #[pallet::weight(T::WeightInfo::set_exposure_cap())]
        pub fn set_exposure_cap(
            origin: OriginFor<T>,
            currency: Currency,
            partner: Option<OperatorId>,
            cap: Option<u128>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_set_exposure_cap(&who, currency, partner, cap)
        }

        /// Sets the most that any operator may be owed by another one in a currency, beyond what it owes it, where it has set no cap itself. By governance.
        ///
        /// # Errors
        /// [`Error::CurrencyUnknown`].
        ///
        /// # Events
        /// [`Event::GeneralCapSet`].
        #[pallet::call_index(14)]
        #[pallet::weight(T::WeightInfo::set_general_cap())]
        pub fn set_general_cap(
            origin: OriginFor<T>,
            currency: Currency,
            cap: Option<u128>,
        ) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_set_general_cap(currency, cap)
        }

        /// Charges the late interest of an obligation that was paid: an obligation of its debtor, due a day later. By a clearing desk of
        /// its creditor, once, within 90 days from the payment.
        ///
        /// # Errors
        /// [`Error::ObligationNotFound`], [`Error::NotTheCreditor`], [`Error::ObligationNotPaid`], [`Error::NoInterest`],
        /// [`Error::ChargeDaysOver`], [`Error::AmountOverflow`], [`Error::IdsExhausted`].
        ///
        /// # Events
        /// [`Event::InterestCharged`].
        #[pallet::call_index(15)]
        #[pallet::weight(T::WeightInfo::charge_interest(T::MaxCycles::get()))]
        pub fn charge_interest(origin: OriginFor<T>, obligation: ObligationId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_charge_interest(&who, obligation)
        }

        /// Pays an obligation by itself that is paid gross by its terms, all of it: from the caller's account to the creditor's payout
        /// account, in a token that the creditor accepts or, where none of these stands, has named. By a treasury desk of the debtor.
        ///
        /// # Errors
        /// [`Error::ObligationNotFound`], [`Error::NotTheDebtor`], [`Error::NotGross`]; it is paid ([`Error::AlreadyPaid`],
        /// [`Error::AlreadyPaidOutside`]); the token does not exist ([`Error::TokenNotFound`]), is of another currency
        /// ([`Error::CurrencyDiffers`]) or issuer ([`Error::TokenNotAccepted`]), or does not stand ([`Error::TokenSuspended`]); the
        /// creditor cannot be paid ([`Error::NoPayoutAccount`], [`Error::PayoutBlocked`]); the account is frozen
        /// ([`Error::AccountFrozen`]) or has too few tokens ([`Error::InsufficientFunds`]).
        ///
        /// # Events
        /// [`Event::ObligationPaid`].
        #[pallet::call_index(16)]
        #[pallet::weight(T::WeightInfo::pay())]
        pub fn pay(origin: OriginFor<T>, obligation: ObligationId, token: TokenId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_pay(&who, obligation, token)
        }

        /// Notes that the caller would pay an obligation today that is paid gross, has the tokens, here or in the escrow that could not pay
        /// it, and cannot for a reason that is not its own: the day is not late. By a treasury desk of the debtor, on each such day.
        ///
        /// Such a reason is that the creditor has named no account; that it has itself frozen the account, as the issuer, which has all of the
        /// debt, with what a frozen one holds; or that no token that it accepts stands, and this one is its own, frozen for a day, or of a
        /// suspended issuer. Where it has frozen its own, what an escrow holds is enough. An issuer that owes is spared by the first alone.
        ///
        /// # Errors
        /// [`Error::ObligationNotFound`], [`Error::NotTheDebtor`], [`Error::NotGross`]; it is paid ([`Error::AlreadyPaid`],
        /// [`Error::AlreadyPaidOutside`]); the token does not exist ([`Error::TokenNotFound`]), is of another currency
        /// ([`Error::CurrencyDiffers`]) or issuer ([`Error::TokenNotAccepted`]); the account has too few tokens
        /// ([`Error::InsufficientFunds`]), or none but those tendered today ([`Error::TokensTendered`]); nothing keeps the caller from
        /// paying, or nothing that counts ([`Error::NotHindered`]).
        ///
        /// # Events
        /// [`Event::PaymentHindered`], unless the day was not late anyway.
        #[pallet::call_index(17)]
        #[pallet::weight(T::WeightInfo::tender())]
        pub fn tender(origin: OriginFor<T>, obligation: ObligationId, token: TokenId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_tender(&who, obligation, token)
        }
    }
}
