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
const LOG_TARGET: &str = "runtime::interclear::escrow";

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use alloc::boxed::Box;
    use frame_support::{
        pallet_prelude::*,
        traits::fungibles::{hold::Mutate as HoldMutate, Inspect, Mutate},
        weights::WeightMeter,
    };
    use frame_system::pallet_prelude::*;
    use interclear_ports::{having_taken, Agreements, Clock, Obligations, Operators, Periods, Usage};
    use interclear_primitives::{
        agreement::Direction,
        escrow::{Escrow, EscrowMonth, Networks, StandingOffer},
        ids::{AgreementId, ObligationId, OperatorId, TokenId},
        period::Period,
        voucher::Voucher,
        Digest,
    };
    use sp_runtime::traits::{IdentifyAccount, Verify};

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
        /// Which directions are prepaid, in which months.
        type Agreements: Agreements;
        /// Until when what months bill can be disputed.
        type Usage: Usage;
        /// Which months are closed and final.
        type Periods: Periods;
        /// The tokens that creditors accept, and which obligations are paid.
        type Obligations: Obligations;
        /// The chain's clock.
        type Clock: Clock;
        /// The runtime's reasons for holds.
        type RuntimeHoldReason: From<HoldReason>;
        /// The signature of a voucher.
        type VoucherSignature: Parameter + Verify<Signer: IdentifyAccount<AccountId = Self::AccountId>>;
        /// What the benchmarks need.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: crate::BenchmarkHelper<Self::AccountId, Self::VoucherSignature>;
        /// Standing offers that an operator has at once, at most.
        #[pallet::constant]
        type MaxOffers: Get<u8>;
        /// Balances of the tokens.
        type Tokens: Inspect<Self::AccountId, AssetId = TokenId, Balance = u128> + Mutate<Self::AccountId>;
        /// Holds on the tokens.
        type Holds: HoldMutate<
            Self::AccountId,
            AssetId = TokenId,
            Balance = u128,
            Reason = Self::RuntimeHoldReason,
        >;
        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Why the pallet holds tokens.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// What is paid ahead for a prepaid direction.
        Escrow,
    }

    /// Escrows by agreement and direction, from the first deposit until what is left has been refunded.
    #[pallet::storage]
    pub type Escrows<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, Direction, Escrow<T::AccountId>>;

    /// What months use of an escrow, until their statements are affirmed, and as long as something of these is withheld. Also what statements
    /// of prepaid directions say that have no escrow yet.
    #[pallet::storage]
    pub type Months<T> =
        StorageDoubleMap<_, Twox64Concat, EscrowKey, Twox64Concat, Period, EscrowMonth, ValueQuery>;

    /// Obligations that escrows could not pay, with what each keeps from being left for new usage, in 10^-6 of the currency; as long as
    /// nobody has found that they are paid. Also those of prepaid directions that have no escrow yet.
    #[pallet::storage]
    pub type Unpaid<T> = StorageDoubleMap<_, Twox64Concat, EscrowKey, Twox64Concat, ObligationId, u128>;

    /// How many obligations are noted of prepaid directions that have no escrow yet, and what they and the statements of closed months keep
    /// together, in 10^-6 of the currency: the first deposit takes both over. Where nobody deposits it goes with the last of them.
    #[pallet::storage]
    pub type OwedBefore<T> = StorageMap<_, Twox64Concat, EscrowKey, (u32, u128), ValueQuery>;

    /// Standing offers, by operator and number.
    #[pallet::storage]
    pub type Offers<T> = StorageDoubleMap<_, Twox64Concat, OperatorId, Twox64Concat, u8, StandingOffer>;

    /// The last escrow that the search for ended ones has looked at.
    #[pallet::storage]
    pub type EndCursor<T> = StorageValue<_, EscrowKey>;

    /// The last noted debt that the search for those that are not kept any more has looked at.
    #[pallet::storage]
    pub type UnpaidCursor<T> = StorageValue<_, (EscrowKey, ObligationId)>;

    /// What has happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A home party has paid ahead.
        Deposited {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The direction whose home party pays ahead.
            direction: Direction,
            /// Who deposited.
            operator: OperatorId,
            /// Id of the token.
            token: TokenId,
            /// In minor units of the token.
            amount: u128,
            /// What is held now.
            held: u128,
        },
        /// What is left of an escrow has fallen below the floor at which both parties are warned.
        FloorPassed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The direction whose home party pays ahead.
            direction: Direction,
            /// What is left, in 10^-6 of the currency.
            left: u128,
        },
        /// An escrow has run dry: new usage of the direction is refused until more is deposited.
        RunDry {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The direction whose home party pays ahead.
            direction: Direction,
        },
        /// An escrow has paid what its home party owes.
        Paid {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The direction whose home party pays ahead.
            direction: Direction,
            /// Who was paid.
            to: OperatorId,
            /// In minor units of the token.
            amount: u128,
            /// What is held now.
            held: u128,
        },
        /// An escrow could not pay, because the issuer is suspended or has frozen the token, or the creditor cannot be paid on a
        /// payout account. What is owed becomes an obligation, which the escrow pays as soon as it can, and nothing is refunded
        /// until it is paid.
        NotPaid {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The direction whose home party pays ahead.
            direction: Direction,
            /// What was to be paid, in minor units of the token.
            amount: u128,
        },
        /// A voucher was redeemed: what it says beyond earlier vouchers of the month was paid, as far as it is held.
        Redeemed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The direction whose home party pays ahead.
            direction: Direction,
            /// Who was paid.
            to: OperatorId,
            /// The month whose statement counts it.
            period: Period,
            /// The number of the voucher.
            number: u64,
            /// In minor units of the token.
            amount: u128,
            /// What is held now.
            held: u128,
        },
        /// The creditor has released a part of an escrow.
        Released {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The direction whose home party pays ahead.
            direction: Direction,
            /// In minor units of the token.
            amount: u128,
            /// What is held now.
            held: u128,
        },
        /// An operator has published a standing offer: terms for whoever accepts them and pays ahead.
        OfferPublished {
            /// Whose offer.
            by: OperatorId,
            /// Its number among the offers of the operator.
            number: u8,
            /// Digest of the offer.
            digest: Digest,
        },
        /// A standing offer was withdrawn.
        OfferWithdrawn {
            /// Whose offer.
            by: OperatorId,
            /// Its number among the offers of the operator.
            number: u8,
        },
        /// A standing offer was accepted: the agreement is in force, and its escrow funded.
        OfferAccepted {
            /// Whose offer.
            by: OperatorId,
            /// Its number among the offers of the operator.
            number: u8,
            /// Who accepted it.
            operator: OperatorId,
            /// Id of the agreement.
            agreement: AgreementId,
        },
        /// What was left of an escrow went back to its home party.
        Refunded {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The direction whose home party pays ahead.
            direction: Direction,
            /// In minor units of the token.
            amount: u128,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// No agreement has this id.
        AgreementNotFound,
        /// The operator of the desk is not a party to the agreement.
        NotAParty,
        /// Under the agreement the direction is neither prepaid nor paid on affirmation, or no longer is.
        NotPrepaid,
        /// The amount to deposit or to release is 0.
        NothingToHold,
        /// The creditor does not accept the token under the agreement, or its issuer is suspended or has frozen it.
        TokenNotAccepted,
        /// The escrow holds another token, and is not empty.
        OtherToken,
        /// The account has too few tokens; one minor unit must stay on it.
        InsufficientFunds,
        /// The issuer has frozen the token or the account.
        AccountFrozen,
        /// The direction has no escrow.
        EscrowNotFound,
        /// More is to be released, or paid, than the escrow holds.
        ExceedsHeld,
        /// An amount is too large.
        AmountOverflow,
        /// The direction is still prepaid or paid on affirmation, or will be in a later month.
        StillPrepaid,
        /// A month in which the direction was prepaid or paid on affirmation is open, its statement is not affirmed, or
        /// part of it is withheld; or a later month has late usage, or what disputes have decided, to bill.
        MonthOpen,
        /// Late usage is still accepted, or lines of the last months are in dispute or can still be disputed.
        DisputeDaysRunning,
        /// A late file that was returned can still be sent again.
        ReturnedFileMissing,
        /// A usage report is neither affirmed nor concluded, and still can be; a later month bills it then.
        ReportPending,
        /// The home party has not paid an obligation that the escrow could not pay. Of more than 16 the chain finds by
        /// itself which are paid, when blocks have room.
        ObligationUnpaid,
        /// The caller is the home party of the voucher's direction; only the other party redeems it.
        NotCreditor,
        /// The voucher is not signed by a treasury desk of the home party of its direction.
        SignerNotTreasury,
        /// The signature is not the signer's, or not of this voucher on this chain.
        BadSignature,
        /// The month of the voucher has not begun, or is closed and paid by its statement.
        MonthNotOpen,
        /// A voucher of the month with a higher number has been redeemed.
        VoucherOutdated,
        /// Earlier vouchers of the month have paid all that this one says.
        NothingToRedeem,
        /// The escrow holds nothing that other months have not used.
        NothingHeld,
        /// The creditor has no payout account.
        NoPayoutAccount,
        /// The operator has no standing offer of this number.
        OfferNotFound,
        /// The number is too large: an operator numbers its standing offers from 0, and has `MaxOffers` (16) at once.
        MaxOffersExceeded,
        /// A standing offer must leave the networks of the other party open, and need one signature.
        OfferNotOpen,
        /// The offer has expired, or has been accepted as many times as it may be.
        OfferOver,
        /// The offer has changed since the caller saw it.
        OfferChanged,
        /// The deposit is less than the offer asks for.
        DepositTooSmall,
        /// An operator cannot accept its own offer.
        OwnOffer,
        /// The obligation is none of those that an escrow of the agreement could not pay.
        NotUnpaid,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::visit_escrows(&mut meter);
            Self::visit_debts(&mut meter);
            meter.consumed()
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Pays ahead for the direction in which the caller's subscribers roam, which is prepaid or paid on affirmation:
        /// the amount is put on hold on the caller's account, and what another account of the operator holds of this
        /// escrow moves there. By a treasury desk of a party.
        ///
        /// # Errors
        /// [`Error::AgreementNotFound`], [`Error::NotAParty`], [`Error::NotPrepaid`], [`Error::NothingToHold`],
        /// [`Error::TokenNotAccepted`], [`Error::OtherToken`], [`Error::AccountFrozen`], [`Error::InsufficientFunds`],
        /// [`Error::AmountOverflow`].
        ///
        /// # Events
        /// [`Event::Deposited`], and [`Event::Paid`] for each debt that the escrow could not pay before.
        #[pallet::call_index(0)]
        #[pallet::weight(Pallet::<T>::weight_of_deposit(MAX_LOOKS))]
        pub fn deposit(
            origin: OriginFor<T>,
            agreement: AgreementId,
            token: TokenId,
            #[pallet::compact] amount: u128,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let mut looks = 0u32;
            let outcome = Self::do_deposit(&who, agreement, token, amount, || {
                looks = looks.saturating_add(1);
                true
            });
            having_taken(Self::weight_of_deposit(looks), outcome)
        }

        /// Releases a part of the other party's escrow, from which the caller could have been paid: it is free again on
        /// the account that holds it. By a treasury desk of the creditor.
        ///
        /// # Errors
        /// [`Error::AgreementNotFound`], [`Error::NotAParty`], [`Error::EscrowNotFound`], [`Error::NothingToHold`],
        /// [`Error::ExceedsHeld`], [`Error::AccountFrozen`].
        ///
        /// # Events
        /// [`Event::Released`].
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::release())]
        pub fn release(
            origin: OriginFor<T>,
            agreement: AgreementId,
            #[pallet::compact] amount: u128,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_release(&who, agreement, amount)
        }

        /// Takes back what is left of the caller's escrow once the direction is no longer prepaid, its months are
        /// closed and paid, and their days to dispute are over. The chain does the same by itself when a block has
        /// room. By a treasury desk of the home party.
        ///
        /// # Errors
        /// [`Error::AgreementNotFound`], [`Error::NotAParty`], [`Error::EscrowNotFound`], [`Error::StillPrepaid`],
        /// [`Error::MonthOpen`], [`Error::DisputeDaysRunning`], [`Error::ReturnedFileMissing`], [`Error::ReportPending`],
        /// [`Error::ObligationUnpaid`], [`Error::AccountFrozen`].
        ///
        /// # Events
        /// [`Event::Refunded`].
        #[pallet::call_index(2)]
        #[pallet::weight(Pallet::<T>::weight_of_refund(MAX_LOOKS))]
        pub fn refund(origin: OriginFor<T>, agreement: AgreementId) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let mut looks = 0;
            let outcome = Self::do_refund(&who, agreement, &mut looks);
            // It pays for the looks that it has taken, also when it is refused.
            having_taken(Self::weight_of_refund(looks), outcome)
        }

        /// Publishes a standing offer, terms for whoever accepts them and pays ahead, in place of the caller's offer of
        /// this number. By a commercial desk.
        ///
        /// # Errors
        /// [`Error::MaxOffersExceeded`], [`Error::OfferNotOpen`], [`Error::NotPrepaid`], [`Error::OfferOver`],
        /// [`Error::TokenNotAccepted`].
        ///
        /// # Events
        /// [`Event::OfferPublished`].
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::publish_offer())]
        pub fn publish_offer(origin: OriginFor<T>, number: u8, offer: Box<StandingOffer>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_publish_offer(&who, number, *offer)
        }

        /// Withdraws a standing offer of the caller's operator. By a commercial desk.
        ///
        /// # Errors
        /// [`Error::OfferNotFound`].
        ///
        /// # Events
        /// [`Event::OfferWithdrawn`].
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::withdraw_offer())]
        pub fn withdraw_offer(origin: OriginFor<T>, number: u8) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_withdraw_offer(&who, number)
        }

        /// Accepts an offer of an operator for networks of the caller's, and pays ahead: the agreement is in force from
        /// this month on, and its escrow funded. `digest` is that of the offer as the caller has seen it. By a desk
        /// that is commercial and treasury.
        ///
        /// # Errors
        /// [`Error::OfferNotFound`], [`Error::OwnOffer`], [`Error::OfferOver`], [`Error::OfferChanged`],
        /// [`Error::DepositTooSmall`]; what the agreements refuse, and what `deposit` refuses.
        ///
        /// # Events
        /// [`Event::OfferAccepted`], [`Event::Deposited`], and `Activated` of the agreements.
        #[pallet::call_index(5)]
        #[pallet::weight(
            // The offer is read and hashed as when it was published.
            T::WeightInfo::accept_offer()
                .saturating_add(T::WeightInfo::publish_offer())
                .saturating_add(T::Agreements::conclude_weight())
        )]
        pub fn accept_offer(
            origin: OriginFor<T>,
            by: OperatorId,
            number: u8,
            digest: Digest,
            networks: Networks,
            #[pallet::compact] amount: u128,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_accept_offer(&who, (by, number), digest, &networks, amount)
        }

        /// Redeems a voucher: the other party's escrow pays what it says beyond earlier vouchers of its month, as far as it
        /// holds that and other months have not used it. The statement of the month counts it. By a treasury desk of the
        /// visited party, until the month is closed.
        ///
        /// # Errors
        /// [`Error::AgreementNotFound`], [`Error::NotAParty`], [`Error::NotCreditor`], [`Error::SignerNotTreasury`],
        /// [`Error::BadSignature`], [`Error::NotPrepaid`], [`Error::MonthNotOpen`], [`Error::EscrowNotFound`],
        /// [`Error::VoucherOutdated`], [`Error::NothingToRedeem`], [`Error::NothingHeld`], [`Error::NoPayoutAccount`],
        /// [`Error::TokenNotAccepted`], [`Error::AccountFrozen`].
        ///
        /// # Events
        /// [`Event::Redeemed`].
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::redeem())]
        pub fn redeem(
            origin: OriginFor<T>,
            voucher: Voucher,
            signer: T::AccountId,
            signature: T::VoucherSignature,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_redeem(&who, &voucher, &signer, &signature)
        }

        /// Has an escrow pay an obligation that it could not pay when that arose, in full: something was frozen, or too little held. What it
        /// lacks is paid from the caller's account where that is a desk of the debtor, whichever of its accounts holds the escrow. The chain
        /// does the same by itself when a block has room, and with each deposit, from what is held. By a treasury desk of either party.
        ///
        /// # Errors
        /// [`Error::AgreementNotFound`], [`Error::NotAParty`], [`Error::NotUnpaid`], [`Error::EscrowNotFound`],
        /// [`Error::ExceedsHeld`], [`Error::NoPayoutAccount`], [`Error::TokenNotAccepted`], [`Error::AccountFrozen`],
        /// [`Error::InsufficientFunds`]; the obligation is paid, in a cycle that is not settled, or, where the caller is not its debtor,
        /// claimed for the first time to be paid elsewhere, which its creditor has 7 days to confirm. What was ever claimed is paid by this
        /// call alone.
        ///
        /// # Events
        /// [`Event::Paid`], before it [`Event::Deposited`] of what the debtor adds, and `ObligationPaid` of netting.
        #[pallet::call_index(7)]
        #[pallet::weight(Pallet::<T>::weight_of_payment())]
        pub fn pay_debt(
            origin: OriginFor<T>,
            agreement: AgreementId,
            obligation: ObligationId,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_pay_debt(&who, agreement, obligation)
        }
    }
}
