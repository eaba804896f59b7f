#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod billing;
mod calls;
mod hooks;
mod ports;
mod queries;
mod store;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use billing::{AgreedService, CurrencySums, Held, Likeness, Newcomer, Phase, Run};
pub use pallet::*;
pub use types::{InventoryBill, InventoryTerms, ProposedProfile, Relation, MAX_INVENTORY_BATCH};
pub use weights::WeightInfo;

/// What idle work logs is under this target.
pub(crate) const LOG_TARGET: &str = "runtime::interclear::inventory";

/// Inventories, their calls and their rules.
#[frame_support::pallet]
pub mod pallet {
    use super::{
        AgreedService, InventoryBill, InventoryTerms, Newcomer, ProposedProfile, Relation, Run, WeightInfo,
        MAX_INVENTORY_BATCH,
    };
    use frame_support::{pallet_prelude::*, weights::WeightMeter};
    use frame_system::pallet_prelude::*;
    use interclear_billing::inventory::Stated;
    use interclear_matching::{
        BlindRecord, Group, Key, MatchingError, Profile, Record, RecordId, Side, State,
    };
    use interclear_ports::{Clock, Obligations, Operators};
    use interclear_primitives::{
        ids::{ObligationId, OperatorId},
        money::{Currency, Value},
        period::Period,
    };

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the pallet needs from the runtime.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The time of the chain.
        type Clock: Clock;

        /// The book of obligations.
        type Obligations: Obligations;

        /// Members and their desks.
        type Operators: Operators<Self::AccountId>;

        /// Profiles that an operator has proposed and the other side has not signed, at most.
        #[pallet::constant]
        type MaxProposals: Get<u32>;

        /// Records of a side in a relation, at most.
        #[pallet::constant]
        type MaxRecords: Get<u32>;

        /// Months for which a bill is kept after it has been closed.
        #[pallet::constant]
        type BillsKept: Get<u32>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Profiles that one side has proposed.
    #[pallet::storage]
    pub type Proposals<T: Config> = StorageMap<_, Blake2_128Concat, Relation, ProposedProfile>;

    /// How many proposals of an operator wait for the other side.
    #[pallet::storage]
    pub type OpenProposals<T: Config> = StorageMap<_, Twox64Concat, OperatorId, u32, ValueQuery>;

    /// The profile in force, and how many records there are of each class.
    #[pallet::storage]
    pub type States<T: Config> = StorageMap<_, Blake2_128Concat, Relation, State>;

    /// Records, in the order of sides and ids. Ids are digests, so that nobody unbalances the trie.
    #[pallet::storage]
    pub type Records<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Relation, Identity, (Side, RecordId), Record>;

    /// Records of blind relations, likewise: tags that nobody makes who has not the key.
    #[pallet::storage]
    pub type BlindRecords<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Relation, Identity, (Side, RecordId), BlindRecord>;

    /// The records that have one key.
    #[pallet::storage]
    pub type Groups<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Relation, Identity, Key, Group, ValueQuery>;

    /// How many records a side has.
    #[pallet::storage]
    pub type Sizes<T: Config> = StorageMap<_, Blake2_128Concat, (Relation, Side), u32, ValueQuery>;

    /// The relations of an operator, of which a profile is in force or proposed.
    #[pallet::storage]
    pub type RelationsOf<T: Config> =
        StorageDoubleMap<_, Twox64Concat, OperatorId, Blake2_128Concat, Relation, ()>;

    /// Relations whose records are being matched by a new profile.
    #[pallet::storage]
    pub type Rematching<T: Config> = StorageMap<_, Blake2_128Concat, Relation, ()>;

    /// The relation that was gone on with last.
    #[pallet::storage]
    pub type RematchCursor<T: Config> = StorageValue<_, Relation>;

    /// How what matches bills, as both sides have signed it.
    #[pallet::storage]
    pub type BillingOf<T: Config> = StorageMap<_, Blake2_128Concat, Relation, InventoryTerms>;

    /// The services on which both sides agree or have agreed, by the seller's id.
    #[pallet::storage]
    pub type AgreedServices<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Relation, Identity, RecordId, AgreedService>;

    /// Under which id of the seller's a record of the buyer has matched last.
    #[pallet::storage]
    pub type Bought<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Relation, Identity, RecordId, RecordId>;

    /// Services that bill for earlier months for the first time, while a bill is made.
    #[pallet::storage]
    pub type Newcomers<T: Config> = StorageDoubleMap<_, Blake2_128Concat, Relation, Identity, Newcomer, ()>;

    /// What was stated of months that can still be corrected.
    #[pallet::storage]
    pub type StatedMonths<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Relation, Twox64Concat, (Currency, Period), Stated, ValueQuery>;

    /// The last month that was billed.
    #[pallet::storage]
    pub type LastBilled<T: Config> = StorageMap<_, Blake2_128Concat, Relation, Period>;

    /// Bills that are being made.
    #[pallet::storage]
    pub type Runs<T: Config> = StorageMap<_, Blake2_128Concat, Relation, Run>;

    /// The bill that was gone on with last.
    #[pallet::storage]
    pub type RunCursor<T: Config> = StorageValue<_, Relation>;

    /// Bills, by month and currency.
    #[pallet::storage]
    pub type Bills<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Relation, Twox64Concat, (Period, Currency), InventoryBill>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A side has proposed a match profile.
        ProfileProposed {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The side that proposed.
            by: Side,
            /// The version of the profile.
            version: u32,
        },
        /// A side has withdrawn the match profile that it had proposed.
        ProfileWithdrawn {
            /// Buyer, seller and class of products.
            relation: Relation,
        },
        /// Both sides have signed a match profile: it is in force.
        ProfileSigned {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The version of the profile.
            version: u32,
        },
        /// A side has reported records.
        RecordsReported {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The side that reported.
            side: Side,
            /// Records that are new.
            added: u32,
            /// Records that have changed.
            changed: u32,
        },
        /// A side has withdrawn records.
        RecordsWithdrawn {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The side whose records they were.
            side: Side,
            /// How many.
            records: u32,
        },
        /// All records are matched by the profile in force.
        Rematched {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The version of the profile.
            version: u32,
        },
        /// A side has asked for a month to be billed; until that is done, nobody reports.
        BillingBegan {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The month.
            period: Period,
        },
        /// A month is billed, in each currency in which something is owed or credited.
        MonthBilled {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The month.
            period: Period,
        },
        /// A bill was issued.
        BillIssued {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The month.
            period: Period,
            /// ISO 4217 code of its amounts.
            currency: Currency,
            /// What the buyer owes; negative if the seller owes.
            net: Value,
        },
        /// Nothing was billed in a currency: it has no token, or the bill is more than an obligation can be. It is
        /// billed with a later month.
        NotBilled {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The month.
            period: Period,
            /// ISO 4217 code of the amounts.
            currency: Currency,
        },
        /// A side has affirmed a bill.
        BillAffirmed {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The month.
            period: Period,
            /// ISO 4217 code of its amounts.
            currency: Currency,
            /// The side.
            by: Side,
        },
        /// The buyer disputes a part of a bill, and affirms the rest.
        BillDisputed {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The month.
            period: Period,
            /// ISO 4217 code of its amounts.
            currency: Currency,
            /// What is withheld of the month's own recurring and one-off charges.
            withheld: [Value; 2],
        },
        /// A bill was affirmed by both sides or by silence: it is owed, less what is withheld.
        BillClosed {
            /// Buyer, seller and class of products.
            relation: Relation,
            /// The month.
            period: Period,
            /// ISO 4217 code of its amounts.
            currency: Currency,
            /// The obligations that arise: what was withheld of the month before and comes again, and the rest; none of 0.
            obligations: BoundedVec<ObligationId, ConstU32<2>>,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// The caller's operator is neither the buyer nor the seller.
        NotAParty,
        /// Buyer and seller are the same operator.
        SameOperator,
        /// The buyer or the seller is not an operator, or is suspended.
        OperatorNotActive,
        /// The name of the product class is empty, or has other characters than capitals and digits.
        InvalidClass,
        /// Records cannot be matched by the profile: it has no key, compares nothing, or has a rule that does not fit
        /// its field or a tolerance of nothing or everything.
        InvalidProfile,
        /// The profile's version must be the one after the version in force.
        OtherVersion,
        /// As many profiles of the operator wait for a signature as may (`MaxProposals`); one must be signed or
        /// withdrawn first.
        MaxProposalsExceeded,
        /// No profile is proposed for the relation.
        ProposalNotFound,
        /// The profile or its terms are not those that were proposed.
        OtherProfile,
        /// The side that proposed the profile has signed it by that; it is for the other side to sign.
        AlreadySigned,
        /// The other side has proposed the profile, and only that side withdraws it.
        NotProposer,
        /// Records are still being matched by the profile that was signed last.
        RematchNotFinished,
        /// The two sides have not signed a match profile.
        ProfileNotFound,
        /// A record lacks a field that every record must have.
        RecordFieldMissing,
        /// A field of a record is not written in its normal form.
        RecordNotNormal,
        /// A figure of a record is above its bound.
        MaxFigureExceeded,
        /// A record ends, or its price begins, before it starts.
        RecordDaysNotAscending,
        /// The side would have more records than a relation can have.
        MaxRecordsExceeded,
        /// Another service has an id with the same digest.
        IdTaken,
        /// The billing terms are not valid: days or the late interest are out of bounds, a side accepts no issuer, or the first month is
        /// longer ago than bills are kept (`BillsKept` months).
        InvalidTerms,
        /// Matched records are billed, so the profile must compare what bills: charges, currency, start, end, since and
        /// status.
        FieldNotCompared,
        /// The two sides have not signed terms of billing.
        NoBilling,
        /// A month is being billed; nothing can be reported or signed until that is done, a few minutes at most.
        BillingRuns,
        /// Months are billed one after the other, and another one is next.
        OtherMonth,
        /// The month, or the days to report after it, are not over.
        MonthNotOver,
        /// A bill of an earlier month has been affirmed neither by both sides nor by silence.
        EarlierBillOpen,
        /// There is no bill of this month and currency.
        BillNotFound,
        /// The side has affirmed the bill, or silence has, or it is closed.
        AlreadyAffirmed,
        /// Only the buyer disputes a bill: what it credits are corrections on which both sides have agreed.
        NotTheBuyer,
        /// What the buyer says the month comes to is more than is billed of it, or all of it.
        InvalidClaim,
        /// The buyer has disputed the bill of the month before, and this one is made of what its own records say now.
        DisputedBefore,
        /// Stored data contradict each other; report this to the council.
        Inconsistent,
        /// A relation stays blind, with tags in place of values, or open, as its first profile says; another class of products can be
        /// the other one.
        OtherForm,
        /// What matches in a blind relation does not bill, since nobody can work out what tags come to.
        BlindNotBilled,
    }

    impl<T> From<MatchingError> for Error<T> {
        fn from(reason: MatchingError) -> Self {
            use interclear_matching::FieldFault::*;
            match reason {
                MatchingError::Record(fault) => match fault.fault {
                    Missing => Self::RecordFieldMissing,
                    NotNormal => Self::RecordNotNormal,
                    MaxExceeded => Self::MaxFigureExceeded,
                    BeforeStart => Self::RecordDaysNotAscending,
                },
                MatchingError::Profile(_) => Self::InvalidProfile,
                MatchingError::NotALaterVersion => Self::OtherVersion,
                MatchingError::RematchNotFinished => Self::RematchNotFinished,
                MatchingError::IdTaken => Self::IdTaken,
                MatchingError::MaxRecordsExceeded => Self::MaxRecordsExceeded,
                MatchingError::Inconsistent => Self::Inconsistent,
            }
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_block: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            // Neither has the other wait for its end.
            let mut half = WeightMeter::with_limit(remaining.saturating_div(2));
            Self::go_on_rematching(&mut half);
            meter.consume(half.consumed());
            Self::go_on_billing(&mut meter);
            Self::go_on_rematching(&mut meter);
            meter.consumed()
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Proposes the first match profile of a relation, or the version after the one in force, in place of what
        /// either side has proposed before. By a commercial desk of the buyer or the seller; its operator must not be
        /// suspended.
        ///
        /// # Events
        /// [`Event::ProfileProposed`].
        ///
        /// # Errors
        /// [`Error::NotAParty`], [`Error::SameOperator`], [`Error::OperatorNotActive`], [`Error::InvalidClass`],
        /// [`Error::InvalidProfile`], [`Error::OtherForm`], [`Error::InvalidTerms`], [`Error::BlindNotBilled`],
        /// [`Error::FieldNotCompared`], [`Error::OtherVersion`], [`Error::MaxProposalsExceeded`].
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::propose_profile())]
        pub fn propose_profile(
            origin: OriginFor<T>,
            relation: Relation,
            profile: Profile,
            billing: Option<InventoryTerms>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_propose_profile(&who, relation, profile, billing)
        }

        /// Signs the profile that the other side has proposed. It is in force at once; records that are there are
        /// matched by it in idle time. By a commercial desk of the other side; its operator must not be suspended.
        ///
        /// # Events
        /// [`Event::ProfileSigned`].
        ///
        /// # Errors
        /// [`Error::NotAParty`], [`Error::ProposalNotFound`], [`Error::AlreadySigned`], [`Error::OtherProfile`],
        /// [`Error::BillingRuns`], [`Error::FieldNotCompared`]; the last profile is not in force for all records yet
        /// ([`Error::RematchNotFinished`]).
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::sign_profile())]
        pub fn sign_profile(
            origin: OriginFor<T>,
            relation: Relation,
            profile: Profile,
            billing: Option<InventoryTerms>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_sign_profile(&who, relation, profile, billing)
        }

        /// Reports records of the caller's side: new ones, and changes of others. Records that have not changed cost a
        /// look. By a clearing desk of the buyer or the seller; its operator must not be suspended.
        ///
        /// # Events
        /// [`Event::RecordsReported`].
        ///
        /// # Errors
        /// [`Error::NotAParty`], [`Error::ProfileNotFound`], [`Error::OtherForm`], [`Error::BillingRuns`]; a record is malformed
        /// ([`Error::RecordFieldMissing`], [`Error::RecordNotNormal`], [`Error::MaxFigureExceeded`],
        /// [`Error::RecordDaysNotAscending`], [`Error::IdTaken`]); [`Error::MaxRecordsExceeded`].
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::report_records(records.len() as u32))]
        pub fn report_records(
            origin: OriginFor<T>,
            relation: Relation,
            records: BoundedVec<Record, ConstU32<MAX_INVENTORY_BATCH>>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let changed = Self::do_report_records(&who, relation, &records)?;
            // A record that changes may leave one group and join another; others do not.
            let weight = T::WeightInfo::report_new_records(records.len() as u32);
            Ok((changed == 0).then_some(weight).into())
        }

        /// Withdraws records of the caller's side, as if they had never been reported. Ids without a record are passed
        /// over. By a clearing desk of the buyer or the seller.
        ///
        /// # Events
        /// [`Event::RecordsWithdrawn`].
        ///
        /// # Errors
        /// [`Error::NotAParty`], [`Error::ProfileNotFound`], [`Error::BillingRuns`].
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::withdraw_records(records.len() as u32))]
        pub fn withdraw_records(
            origin: OriginFor<T>,
            relation: Relation,
            records: BoundedVec<RecordId, ConstU32<MAX_INVENTORY_BATCH>>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_withdraw_records(&who, relation, &records)
        }

        /// Withdraws the profile that the caller's side has proposed. By a commercial desk of that side.
        ///
        /// # Events
        /// [`Event::ProfileWithdrawn`].
        ///
        /// # Errors
        /// [`Error::NotAParty`], [`Error::ProposalNotFound`], [`Error::NotProposer`].
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::withdraw_profile())]
        pub fn withdraw_profile(origin: OriginFor<T>, relation: Relation) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_withdraw_profile(&who, relation)
        }

        /// Has the next month billed, in idle time, by the records as they are now. By a clearing desk of the buyer or
        /// the seller.
        ///
        /// # Events
        /// [`Event::BillingBegan`]; [`Event::BillIssued`] for each currency and [`Event::MonthBilled`] when it is done.
        ///
        /// # Errors
        /// [`Error::NotAParty`], [`Error::NoBilling`], [`Error::BillingRuns`], [`Error::RematchNotFinished`],
        /// [`Error::OtherMonth`], [`Error::MonthNotOver`], [`Error::EarlierBillOpen`].
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::bill_month())]
        pub fn bill_month(origin: OriginFor<T>, relation: Relation, period: Period) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_bill_month(&who, relation, period)
        }

        /// Affirms a bill; when both sides have, or its date has passed, it is owed. By a clearing desk of the buyer or
        /// the seller.
        ///
        /// # Events
        /// [`Event::BillAffirmed`], [`Event::BillClosed`].
        ///
        /// # Errors
        /// [`Error::NotAParty`], [`Error::BillNotFound`], [`Error::AlreadyAffirmed`].
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::affirm_bill())]
        pub fn affirm_bill(
            origin: OriginFor<T>,
            relation: Relation,
            period: Period,
            currency: Currency,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_affirm_bill(&who, relation, period, currency)
        }

        /// Disputes a bill: the buyer says what the month's own recurring and one-off charges come to, in minor units, and affirms all
        /// the rest, which is owed and due as agreed. What is withheld is billed again with the next month, as far as both sides'
        /// records still say it then, and is due when this bill is. Once, and not in two months running. A clearing desk of the buyer.
        ///
        /// # Events
        /// [`Event::BillDisputed`], [`Event::BillClosed`].
        ///
        /// # Errors
        /// There is no such bill, the buyer or silence has affirmed it, the figures are not below those of the bill, or the buyer has
        /// disputed the bill before.
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::dispute_bill())]
        pub fn dispute_bill(
            origin: OriginFor<T>,
            relation: Relation,
            period: Period,
            currency: Currency,
            recurring: u128,
            one_off: u128,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_dispute_bill(&who, relation, period, currency, Stated { recurring, one_off })
        }

        /// Reports records of the caller's side of a blind relation: tags in place of values. By a clearing desk of the buyer or the seller;
        /// its operator must not be suspended.
        ///
        /// # Events
        /// [`Event::RecordsReported`].
        ///
        /// # Errors
        /// [`Error::NotAParty`], [`Error::ProfileNotFound`], [`Error::OtherForm`]; a record has no tag of the side's own id
        /// ([`Error::RecordFieldMissing`]), or one of another with the same digest ([`Error::IdTaken`]);
        /// [`Error::MaxRecordsExceeded`].
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::report_blind_records(records.len() as u32))]
        pub fn report_blind_records(
            origin: OriginFor<T>,
            relation: Relation,
            records: BoundedVec<BlindRecord, ConstU32<MAX_INVENTORY_BATCH>>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_report_records(&who, relation, &records)?;
            Ok(())
        }
    }
}
