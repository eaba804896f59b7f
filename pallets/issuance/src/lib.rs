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

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use frame_support::{
        pallet_prelude::*,
        traits::fungibles::{hold::Mutate as HoldMutate, Inspect, Mutate},
    };
    use frame_system::pallet_prelude::*;
    use interclear_ports::{Clock, FiatTokens, Freezer, Operators};
    use interclear_primitives::{
        ids::{OperatorId, RedemptionId, TokenId},
        issuance::{Attestation, Freeze, FreezeReason},
        netting::PaymentReference,
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
        /// Members and their desks.
        type Operators: Operators<Self::AccountId>;
        /// The chain's clock.
        type Clock: Clock;
        /// Who issues which token.
        type Fiat: FiatTokens;
        /// The runtime's reasons for holds.
        type RuntimeHoldReason: From<HoldReason>;
        /// Balances of the tokens, and how they come and go.
        type Tokens: Inspect<Self::AccountId, AssetId = TokenId, Balance = u128> + Mutate<Self::AccountId>;
        /// Holds on the tokens.
        type Holds: HoldMutate<
            Self::AccountId,
            AssetId = TokenId,
            Balance = u128,
            Reason = Self::RuntimeHoldReason,
        >;
        /// The power of issuers to freeze.
        type Freezer: Freezer<Self::AccountId>;
        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Why the pallet holds tokens.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// What its holder redeems, until the issuer has paid.
        Redemption,
    }

    /// What the issuer of a token holds for it, by its last attestation.
    #[pallet::storage]
    pub type Attestations<T> = StorageMap<_, Twox64Concat, TokenId, Attestation>;

    /// What was burnt of a token in the last 100 days: it has been paid out of what was attested before.
    #[pallet::storage]
    pub type BurntLately<T> = StorageMap<_, Twox64Concat, TokenId, BurntDays, ValueQuery>;

    /// The id that the next redemption gets.
    #[pallet::storage]
    pub type NextRedemption<T> = StorageValue<_, RedemptionId, ValueQuery>;

    /// Open redemptions.
    #[pallet::storage]
    pub type Redemptions<T: Config> = StorageMap<_, Twox64Concat, RedemptionId, RedemptionOf<T::AccountId>>;

    /// How many open redemptions an operator has of a token.
    #[pallet::storage]
    pub type Open<T> = StorageDoubleMap<_, Twox64Concat, TokenId, Twox64Concat, OperatorId, u32, ValueQuery>;

    /// What issuers have frozen: accounts of their tokens, or a token for everybody.
    #[pallet::storage]
    pub type Freezes<T: Config> =
        StorageDoubleMap<_, Twox64Concat, TokenId, Blake2_128Concat, Option<T::AccountId>, Freeze>;

    /// What has happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// An issuer has attested what it holds for a token.
        ReservesAttested {
            /// Id of the token.
            token: TokenId,
            /// In minor units of the token.
            amount: u128,
            /// As of when.
            as_of: Moment,
            /// Digest of the document that says so.
            digest: Digest,
        },
        /// A holder redeems tokens, which are on hold until the issuer has paid.
        RedemptionRequested {
            /// Its id.
            redemption: RedemptionId,
            /// Id of the token.
            token: TokenId,
            /// Who redeems.
            operator: OperatorId,
            /// In minor units of the token.
            amount: u128,
            /// The reference that the payment to the holder's bank is to have.
            reference: PaymentReference,
            /// When the issuer must have confirmed that it has paid.
            until: Moment,
        },
        /// The issuer has paid, and the tokens are burnt.
        Redeemed {
            /// Id that it was given when it was requested.
            redemption: RedemptionId,
            /// The reference of the issuer's payment.
            reference: PaymentReference,
        },
        /// An issuer has frozen an account of its token, or the token.
        Frozen {
            /// Id of the token.
            token: TokenId,
            /// The account; none: the token, for everybody.
            account: Option<T::AccountId>,
            /// Why.
            reason: FreezeReason,
            /// Digest of the document that says so, if there is one.
            digest: Option<Digest>,
        },
        /// An issuer has thawed an account of its token, or the token.
        Thawed {
            /// Id of the token.
            token: TokenId,
            /// The account; none: the token, for everybody.
            account: Option<T::AccountId>,
        },
        /// The issuer has refused a redemption, or its time is over: the tokens are free on their account again.
        RedemptionReturned {
            /// Id that it was given when it was requested.
            redemption: RedemptionId,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// No token has this id.
        TokenNotFound,
        /// The token is issued by another operator.
        NotTheIssuer,
        /// The attestation is of a day that has not come.
        DayAhead,
        /// The last attestation is of a later day.
        AttestationOlder,
        /// A payment reference has 1 to 35 characters, each one of A-Z, 0-9, -, / and ., and names no person.
        InvalidReference,
        /// The amount to redeem is 0.
        NothingToRedeem,
        /// The issuer has frozen the token or the account.
        AccountFrozen,
        /// The account has too few tokens; one minor unit must stay on it.
        InsufficientFunds,
        /// The operator has 16 open redemptions of the token, as many as it may.
        MaxRedemptionsExceeded,
        /// No open redemption has this id.
        RedemptionNotFound,
        /// The three working days of the issuer are over: the tokens go back to their holder.
        TimeOver,
        /// The issuer still has time to pay; until that is over, only the issuer returns the tokens.
        TimeLeft,
        /// The issuer has not frozen the account, or the token.
        NotFrozen,
        /// The amount is 0, or more than the largest statement may come to.
        AmountOutOfRange,
        /// Tokens go to treasury desks only.
        NotATreasuryDesk,
        /// More would be in circulation than the issuer has attested, less what was burnt since; or it has attested nothing in the last
        /// 100 days.
        NotCovered,
        /// There is no redemption id left to give.
        IdsExhausted,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Attests what the issuer holds for a token: it mints no more than that, less what is burnt since. By a treasury desk of the
        /// issuer, which is not suspended.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::NotTheIssuer`], [`Error::DayAhead`], [`Error::AttestationOlder`].
        ///
        /// # Events
        /// [`Event::ReservesAttested`].
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::attest())]
        pub fn attest(
            origin: OriginFor<T>,
            token: TokenId,
            amount: u128,
            as_of: Moment,
            digest: Digest,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_attest(
                &who,
                token,
                Attestation {
                    amount,
                    as_of,
                    digest,
                },
            )
        }

        /// Redeems tokens of the caller's account: they are on hold until the issuer has paid, or its three working days are over. By a
        /// treasury desk.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::InvalidReference`], [`Error::NothingToRedeem`], [`Error::AccountFrozen`],
        /// [`Error::InsufficientFunds`], [`Error::MaxRedemptionsExceeded`], [`Error::IdsExhausted`].
        ///
        /// # Events
        /// [`Event::RedemptionRequested`].
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::redeem())]
        pub fn redeem(
            origin: OriginFor<T>,
            token: TokenId,
            amount: u128,
            reference: PaymentReference,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_redeem(&who, token, amount, reference)
        }

        /// Confirms that the issuer has paid what is redeemed, with the reference of its payment: the tokens are burnt. By a treasury desk
        /// of the issuer, within three working days.
        ///
        /// # Errors
        /// [`Error::RedemptionNotFound`], [`Error::NotTheIssuer`], [`Error::InvalidReference`], [`Error::TimeOver`].
        ///
        /// # Events
        /// [`Event::Redeemed`].
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::confirm_redemption())]
        pub fn confirm_redemption(
            origin: OriginFor<T>,
            redemption: RedemptionId,
            reference: PaymentReference,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_confirm_redemption(&who, redemption, reference)
        }

        /// Gives the tokens of a redemption back to the account that had them. By a treasury desk of the issuer, or,
        /// once the issuer's time is over, of the operator that redeems.
        ///
        /// # Errors
        /// [`Error::RedemptionNotFound`], [`Error::NotTheIssuer`], [`Error::TimeLeft`]; the issuer has frozen the token or the account
        /// ([`Error::AccountFrozen`]).
        ///
        /// # Events
        /// [`Event::RedemptionReturned`].
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::return_redemption())]
        pub fn return_redemption(origin: OriginFor<T>, redemption: RedemptionId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_return_redemption(&who, redemption)
        }

        /// Freezes an account of a token, or the token for everybody, with the reason. By a treasury desk of the issuer.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::NotTheIssuer`]; the account has nothing of the token (`Assets.NoAccount`).
        ///
        /// # Events
        /// [`Event::Frozen`].
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::freeze())]
        pub fn freeze(
            origin: OriginFor<T>,
            token: TokenId,
            account: Option<T::AccountId>,
            reason: FreezeReason,
            digest: Option<Digest>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_freeze(&who, token, account, reason, digest)
        }

        /// Thaws an account of a token, or the token. By a treasury desk of the issuer.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::NotTheIssuer`], [`Error::NotFrozen`].
        ///
        /// # Events
        /// [`Event::Thawed`].
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::thaw())]
        pub fn thaw(origin: OriginFor<T>, token: TokenId, account: Option<T::AccountId>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_thaw(&who, token, account)
        }

        /// Mints a token to a treasury desk, within what its issuer has attested. By a treasury desk of the issuer, which is not suspended.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::NotTheIssuer`], [`Error::AmountOutOfRange`], [`Error::NotATreasuryDesk`],
        /// [`Error::AccountFrozen`], [`Error::NotCovered`].
        ///
        /// # Events
        /// `Assets.Issued`.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::mint())]
        pub fn mint(origin: OriginFor<T>, token: TokenId, to: T::AccountId, amount: u128) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_mint(&who, token, &to, amount)
        }

        /// Burns tokens of the caller's account. By a treasury desk of the issuer; what others have is redeemed.
        ///
        /// # Errors
        /// [`Error::TokenNotFound`], [`Error::NotTheIssuer`], [`Error::AmountOutOfRange`], [`Error::InsufficientFunds`],
        /// [`Error::AccountFrozen`].
        ///
        /// # Events
        /// `Assets.Burned`.
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::burn())]
        pub fn burn(origin: OriginFor<T>, token: TokenId, amount: u128) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_burn(&who, token, amount)
        }
    }
}
