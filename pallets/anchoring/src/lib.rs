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
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use types::{GroupKey, GroupTotals, ProofBook, ProofKey};
pub use weights::WeightInfo;

/// What idle work logs is under this target.
pub(crate) const LOG_TARGET: &str = "runtime::interclear::anchoring";

#[frame_support::pallet]
pub mod pallet {
    use super::{GroupKey, GroupTotals, ProofBook, ProofKey, WeightInfo};
    use frame_support::{pallet_prelude::*, weights::WeightMeter};
    use frame_system::pallet_prelude::*;
    use interclear_merkle::Proof;
    use interclear_ports::{Agreements, Clock, Operators, Reports, Switches};
    use interclear_primitives::{
        agreement::Direction,
        batch::{Anchor, Batch, FatalReason, ProvenRecord, ReturnedRecords},
        ids::{AgreementId, OperatorId},
        money::Value,
        nrtrde::{NrtrdeAnchor, NrtrdeFile, NrtrdeMonths},
        period::Period,
        series::{BatchKey, SequenceState, SeriesKey, Stream},
        usage::PeriodUsage,
        Digest, Moment,
    };

    /// Entries whose eviction is queued together in one storage entry.
    pub(crate) type PageSize = ConstU32<128>;

    #[cfg(not(feature = "rehearsal"))]
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);
    #[cfg(feature = "rehearsal")]
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

    /// By which a series is found; the rehearsal of an upgrade has another one.
    #[cfg(not(feature = "rehearsal"))]
    pub type SeriesHasher = Blake2_128Concat;
    /// By which a series is found after the rehearsal of an upgrade.
    #[cfg(feature = "rehearsal")]
    pub type SeriesHasher = Twox64Concat;

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

        /// Usage reports, whose services no file may bill.
        type Reports: Reports;

        /// Escrows, which the usage of prepaid directions draws down.
        type Escrows: interclear_ports::Escrows;

        /// Statements, which end the disputes of a month.
        type Statements: interclear_ports::Periods;

        /// The chain's clock.
        type Clock: Clock;

        /// What the council has paused.
        type Switches: Switches;

        /// Files that one call anchors or acknowledges, at most.
        #[pallet::constant]
        type MaxAnchorsPerCall: Get<u32>;

        /// Files that one jump of the sequence leaves missing, at most; less than half of any stream's numbers.
        #[pallet::constant]
        type MaxGapLength: Get<u32>;

        /// Seconds for which the details of a file are kept, counted from its arrival; longer while lines of its month can be
        /// disputed.
        #[pallet::constant]
        type Retention: Get<Moment>;

        /// Files that an operator anchors and records that it proves in a day, at most, together.
        #[pallet::constant]
        type MaxEntriesPerDay: Get<u32>;

        /// Test files of one series that are kept at once, at most.
        #[pallet::constant]
        type MaxTestFiles: Get<u32>;

        /// Seconds for which the details of a test file are kept, and what was proven of it.
        #[pallet::constant]
        type TestRetention: Get<Moment>;

        /// Records of one file that each party can prove, at most.
        #[pallet::constant]
        type MaxProofsPerFile: Get<u32>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// TAP files by series and sequence number, until they are evicted.
    #[pallet::storage]
    pub type Batches<T: Config> = StorageMap<_, Blake2_128Concat, BatchKey, Batch>;

    /// How far each series has come.
    #[pallet::storage]
    pub type Sequences<T: Config> = StorageMap<_, SeriesHasher, SeriesKey, SequenceState, ValueQuery>;

    /// How many files an operator has anchored and records it has proven on the last day (counted from the epoch) on which it
    /// did.
    #[pallet::storage]
    pub type EntriesOf<T: Config> = StorageMap<_, Twox64Concat, OperatorId, (u32, u32), ValueQuery>;

    /// Files that are kept of each series of test files, TAP or NRTRDE; none that is empty.
    #[pallet::storage]
    pub type TestFiles<T: Config> = StorageMap<_, Blake2_128Concat, SeriesKey, u32, ValueQuery>;

    /// Running totals per agreement and month, by direction and group; none is empty.
    #[pallet::storage]
    pub type Totals<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        (AgreementId, Period),
        Twox64Concat,
        GroupKey,
        GroupTotals,
        ValueQuery,
    >;

    /// Whether a month of an agreement can be closed.
    #[pallet::storage]
    pub type Periods<T: Config> = StorageMap<_, Twox64Concat, (AgreementId, Period), PeriodUsage, ValueQuery>;

    /// The last closed month of each agreement: the next one bills what comes late.
    #[pallet::storage]
    pub type LastClosed<T: Config> = StorageMap<_, Twox64Concat, AgreementId, Period>;

    /// Until when files of a direction that were returned, and for which no month waits, may be sent again.
    #[pallet::storage]
    pub type SentAgainUntil<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, Direction, Moment, ValueQuery>;

    /// NRTRDE files by series and sequence number, until they are evicted.
    #[pallet::storage]
    pub type NrtrdeFiles<T: Config> = StorageMap<_, Blake2_128Concat, BatchKey, NrtrdeFile>;

    /// How punctual each NRTRDE series was, in its newest months.
    #[pallet::storage]
    pub type NrtrdeMonthsOf<T: Config> = StorageMap<_, Blake2_128Concat, SeriesKey, NrtrdeMonths, ValueQuery>;

    /// Records that were proven, by their file and their position in it; they may outlive the file's details.
    #[pallet::storage]
    pub type Proofs<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, ProofKey, Twox64Concat, u32, ProvenRecord>;

    /// What was proven of a file, until no dispute can use it any more.
    #[pallet::storage]
    pub type ProofBooks<T: Config> = StorageMap<_, Blake2_128Concat, ProofKey, ProofBook>;

    /// The file whose proofs were looked at last for eviction.
    #[pallet::storage]
    pub type ProofCursor<T: Config> = StorageValue<_, ProofKey>;

    /// Files to evict, by the day (counted from the epoch) on which their retention ends, in pages.
    #[pallet::storage]
    pub type EvictionQueue<T: Config> =
        StorageDoubleMap<_, Twox64Concat, u32, Twox64Concat, u32, BoundedVec<BatchKey, PageSize>, ValueQuery>;

    /// Pages of each day in the eviction queue.
    #[pallet::storage]
    pub type EvictionPages<T: Config> = StorageMap<_, Twox64Concat, u32, u32, ValueQuery>;

    /// The first day of the eviction queue that has not been processed.
    #[pallet::storage]
    pub type NextEviction<T: Config> = StorageValue<_, u32>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A series starts at another number than 1.
        SeriesBegun {
            /// Sender, recipient, kind and test flag of the series.
            series: SeriesKey,
            /// Its first number.
            first: u32,
        },
        /// A file was anchored.
        Anchored {
            /// Series and number of the file.
            key: BatchKey,
            /// The agreement that it bills to; `None` for a test file.
            agreement: Option<AgreementId>,
            /// The month to which it belongs.
            period: Period,
            /// The month that bills it, and in whose running digest it is.
            billed_with: Period,
            /// Blake2b-256 of the encoded anchor.
            digest: Digest,
            /// Number of records.
            records: u32,
            /// Charge of all services before tax, in 10^-6 of the currency.
            charge: Value,
            /// Tax of all services, in 10^-6 of the currency.
            tax: Value,
            /// The RAP file after which the file was sent again, if it was.
            resent_for: Option<u32>,
        },
        /// A file that was anchored before came once more with the same content; nothing changed.
        DuplicateIgnored {
            /// Series and number of the file.
            key: BatchKey,
        },
        /// One of many files was refused; nothing changed for it.
        AnchorRefused {
            /// Its place in the call, from 0.
            place: u32,
            /// Series and number of the file.
            key: BatchKey,
            /// Why.
            error: DispatchError,
        },
        /// A call with many files has been processed.
        ManyAnchored {
            /// Files anchored.
            anchored: u32,
            /// Duplicates ignored.
            duplicates: u32,
            /// Files refused.
            refused: u32,
        },
        /// Files before the one just anchored are missing.
        GapOpened {
            /// Sender, recipient, kind and test flag of the series.
            series: SeriesKey,
            /// First missing number.
            first: u32,
            /// Last missing number.
            last: u32,
            /// The month that does not close while the gap is open.
            period: Period,
        },
        /// A missing file has come.
        LateFile {
            /// Series and number of the file.
            key: BatchKey,
            /// Gaps of the series that are still open.
            gaps: u32,
        },
        /// Missing files have been given up.
        GapWaived {
            /// Sender, recipient, kind and test flag of the series.
            series: SeriesKey,
            /// First number given up.
            first: u32,
            /// Last number given up.
            last: u32,
            /// Who gave them up.
            by: OperatorId,
            /// The agreement whose month had waited for them; `None` where none had.
            agreement: Option<AgreementId>,
            /// The month.
            period: Period,
        },
        /// A returned file has been given up: nothing takes its place.
        FileWaived {
            /// Series and number of the file.
            key: BatchKey,
            /// Who gave it up.
            by: OperatorId,
            /// The agreement to which it would have billed; `None` for a test file.
            agreement: Option<AgreementId>,
            /// The month that would have billed it.
            period: Period,
        },
        /// The recipient has acknowledged a file.
        Acknowledged {
            /// Series and number of the file.
            key: BatchKey,
        },
        /// One of many acknowledgements was refused; nothing changed for it.
        AcknowledgeRefused {
            /// Its place in the call, from 0.
            place: u32,
            /// Series and number of the file.
            key: BatchKey,
            /// Why.
            error: DispatchError,
        },
        /// A call with many acknowledgements has been processed.
        ManyAcknowledged {
            /// Files that are acknowledged now.
            acknowledged: u32,
            /// Acknowledgements refused.
            refused: u32,
        },
        /// The recipient has refused a whole file; nothing of it bills.
        FileReturned {
            /// Series and number of the file.
            key: BatchKey,
            /// Why.
            reason: FatalReason,
            /// Sequence number of the RAP file; the file sent again names it.
            rap_sequence: u32,
        },
        /// The recipient has refused records of a file.
        RecordsReturned {
            /// Series and number of the file.
            key: BatchKey,
            /// Sequence number of the RAP file.
            rap_sequence: u32,
            /// Number of records.
            records: u32,
            /// Charge taken off, before tax, in 10^-6 of the currency.
            charge: Value,
            /// Tax taken off, in 10^-6 of the currency.
            tax: Value,
        },
        /// The month is closed: no file and no report bills to it any more.
        PeriodClosed {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The month.
            period: Period,
        },
        /// A month was closed while files that came after its closing days waited for an answer: the next month bills them.
        FilesDeferred {
            /// Id of the agreement.
            agreement: AgreementId,
            /// The month that was closed.
            period: Period,
            /// Whose subscribers roam, and hence who answers.
            direction: Direction,
            /// How many files.
            files: u32,
        },
        /// Details of files past their retention were removed.
        Evicted {
            /// How many files.
            batches: u32,
        },
        /// No dispute can use what was proven of a file any more; it was removed.
        ProofsEvicted {
            /// Series and number of the file.
            key: BatchKey,
            /// How many proofs.
            proofs: u32,
        },
        /// An NRTRDE file was anchored.
        NrtrdeAnchored {
            /// Series and number of the file.
            key: BatchKey,
            /// Number of records.
            records: u32,
            /// Seconds from the first end of a call to this delivery.
            delay: Moment,
            /// Whether that is more than four hours: the sender is liable for fraud on late records.
            late: bool,
        },
        /// A record belongs to a file.
        RecordProven {
            /// Series and number of the file.
            key: BatchKey,
            /// The record's position, from 0.
            index: u32,
            /// Its salted leaf.
            leaf: Digest,
            /// Who proved it.
            by: OperatorId,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// The call is for files of another stream.
        OtherStream,
        /// The sequence number is 0 or above the highest number of the stream.
        SequenceOutOfRange,
        /// The sequence number of the RAP file is 0 or above 99999.
        ReturnSequenceOutOfRange,
        /// No operator has the sender's TADIG code.
        UnknownSender,
        /// No operator has the recipient's TADIG code.
        UnknownRecipient,
        /// The sender's TADIG code belongs to another operator than the caller's.
        NotSender,
        /// The recipient's TADIG code belongs to another operator than the caller's.
        NotRecipient,
        /// The caller's operator neither sends nor receives the series.
        NotAParty,
        /// The series already has files or a first number.
        SeriesAlreadyBegun,
        /// The direction is prepaid, and for the month that bills the file nothing is left of its escrow and of what vouchers were paid,
        /// or less than the file charges.
        EscrowExhausted,
        /// No agreement covers the two networks in the month; for a test file or the first number of a series, in this month or
        /// a later one.
        NoAgreement,
        /// The operator has anchored as many files and proven as many records as it may in a day (150,000 together);
        /// the next day begins at midnight, UTC.
        MaxPerDayExceeded,
        /// As many test files of the series are kept as may be (100); each is removed about a week after it came.
        MaxTestFilesExceeded,
        /// The file's currency is not the agreement's.
        CurrencyMismatch,
        /// The amounts have more than 6 decimals.
        MaxDecimalsExceeded,
        /// The totals are not in ascending order of their services, each once.
        TotalsNotSorted,
        /// The agreement does not price one of the services.
        ServiceNotAgreed,
        /// The records of the services do not add up to the file's records, or there are totals or amounts without
        /// records.
        RecordsMismatch,
        /// An amount is negative.
        NegativeAmount,
        /// More than 10^12 units of a service were used.
        MaxQuantityExceeded,
        /// A charge, a tax or the discount is above 10^12 of the currency.
        MaxAmountExceeded,
        /// With the file, the files of the month would come to more than 10^13 units of a service, or to more than 10^13 of the
        /// currency for it.
        MaxPerMonthExceeded,
        /// An amount is too large.
        AmountOverflow,
        /// An amount is sealed: the chain cannot read it.
        AmountSealed,
        /// The file has records, but not the times of its first and last call.
        CallTimesMissing,
        /// The file has no records, but the time of a call.
        CallTimesWithoutRecords,
        /// The first call is after the last, or the last is after the file was made available.
        CallTimesOutOfOrder,
        /// The last call is more than a day after the transfer cut-off.
        CallAfterCutOff,
        /// The file claims to be made available more than a day from now.
        AvailableInFuture,
        /// The transfer cut-off is more than a day from now.
        CutOffInFuture,
        /// The file was made available, or cut off, more than a year ago.
        TooLongAgo,
        /// Even the last call is older than the agreement's age limit.
        TooOld,
        /// The month is closed, and its agreement takes no late usage; or the month that bills the file is closed.
        PeriodClosed,
        /// An earlier month has not been closed; months are closed one after the other.
        EarlierMonthOpen,
        /// The month is closed, and it is later than the days after its end that are agreed for late usage.
        TooLate,
        /// The number has been used for a file with other content.
        AlreadyAnchored,
        /// The number is below the newest one, and in no gap.
        SequencePassed,
        /// The number was used before the numbers wrapped around, and that file is still kept.
        NumberInUse,
        /// The number is further ahead than a gap may be long.
        MaxGapLengthExceeded,
        /// The numbers have wrapped around to a gap that is still open: waive it first.
        GapInTheWay,
        /// The series has 32 gaps, as many as it may: send or waive missing files first.
        MaxGapsExceeded,
        /// No gap of the series begins there.
        GapNotFound,
        /// The file has not been returned: none is sent in its place, and it is not given up.
        NotReturned,
        /// The returned file has been given up; nothing takes its place.
        FileWaived,
        /// The other side still has time to send the file.
        StillExpected,
        /// The file was returned, and what takes its place must name the RAP file.
        ReturnNotNamed,
        /// The file names another RAP file than the one that refused it.
        OtherReturnNamed,
        /// The file sent again is the file that was returned.
        ReturnedContent,
        /// The file takes the place of a returned one of a closed month, and has a service that this one has not, or more of it.
        ExceedsReturnedFile,
        /// No such file is anchored, or its details have been evicted.
        FileNotFound,
        /// The recipient has acknowledged the file.
        AlreadyAcknowledged,
        /// The file was returned as a whole.
        FileReturned,
        /// The time to return the file or records of it is over: the recipient has been silent.
        AnswerOverdue,
        /// The file takes the place of a returned one of a closed month, and cannot be returned once more: dispute the
        /// line that bills it.
        ReturnedBefore,
        /// The month of the file is closed, and the days after its end for late usage are over, in which returned records could be sent
        /// again: return the file, or dispute the line that bills it.
        RecordsTooLate,
        /// The RAP file names no records.
        NothingReturned,
        /// This RAP file has been reported before.
        ReturnAlreadyReported,
        /// 16 RAP files return records of the file, as many as may.
        MaxReturnsExceeded,
        /// The file has nothing of the returned service.
        ServiceNotInFile,
        /// More is returned than is left of the file.
        ReturnExceedsFile,
        /// Files of the month are missing.
        GapsOpen,
        /// A returned file has been neither sent again nor given up.
        ReturnedFileMissing,
        /// The recipient has not answered a file, and silence does not (or not yet) accept it.
        AwaitingAcknowledgement,
        /// The figures of a usage report are neither affirmed nor concluded.
        ReportsOpen,
        /// A service of the file settles by a usage report of the same networks and month.
        SettledByReport,
        /// By the agreement, a service of the file comes in usage reports alone.
        ReportsAgreed,
        /// The file has no record at this position.
        NoSuchRecord,
        /// The proof does not lead from the leaf at its position to the root of the file.
        ProofInvalid,
        /// The record has been proven before.
        AlreadyProven,
        /// The caller's operator has proven as many records of the file as it may (`MaxProofsPerFile`).
        MaxProofsExceeded,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_block: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::evict(T::Clock::now(), &mut meter);
            Self::evict_proofs(T::Clock::now(), &mut meter);
            meter.consumed()
        }

        fn integrity_test() {
            assert!(T::MaxAnchorsPerCall::get() > 0, "a call must take a file");
            assert!(
                T::MaxGapLength::get() < Stream::Tap.max_sequence() / 2,
                "a longer gap could not be told from a number that has passed"
            );
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Anchors one file. A clearing desk of the sender; its operator must not be suspended.
        ///
        /// A file that is known with the same content is ignored without error.
        ///
        /// # Events
        /// [`Event::Anchored`] and, where it applies, [`Event::GapOpened`] or [`Event::LateFile`];
        /// [`Event::DuplicateIgnored`] for a duplicate.
        ///
        /// # Errors
        /// Every rule has its own; see the table in the README.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::anchor(anchor.totals.len() as u32))]
        pub fn anchor(origin: OriginFor<T>, anchor: Anchor) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_anchor(&who, anchor)
        }

        /// Anchors many files of one operator, each on its own: a file that breaks a rule is reported and changes
        /// nothing, the others land. A clearing desk of the senders; its operator must not be suspended.
        ///
        /// The call is cheapest when files of the same series and month follow each other.
        ///
        /// # Events
        /// As [`Pallet::anchor`] for each file, [`Event::AnchorRefused`] for each refused one, and
        /// [`Event::ManyAnchored`] at the end.
        ///
        /// # Errors
        /// The caller is not a clearing desk of an active operator.
        #[pallet::call_index(1)]
        #[pallet::weight(Pallet::<T>::weight_of_many(anchors))]
        pub fn anchor_many(
            origin: OriginFor<T>,
            anchors: BoundedVec<Anchor, T::MaxAnchorsPerCall>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let weight = Self::do_anchor_many(&who, anchors.into_inner())?;
            Ok(Some(weight).into())
        }

        /// Acknowledges a file, TAP or NRTRDE. A clearing desk of the recipient.
        ///
        /// # Events
        /// [`Event::Acknowledged`].
        ///
        /// # Errors
        /// The file is not known, has been answered, or its month is closed.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::acknowledge())]
        pub fn acknowledge(origin: OriginFor<T>, key: BatchKey) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_acknowledge(&who, key)
        }

        /// Acknowledges many files, each on its own. A clearing desk of the recipients.
        ///
        /// # Events
        /// [`Event::Acknowledged`] or [`Event::AcknowledgeRefused`] for each file, [`Event::ManyAcknowledged`] at the
        /// end.
        ///
        /// # Errors
        /// The caller is not a clearing desk.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::acknowledge_many(keys.len() as u32))]
        pub fn acknowledge_many(
            origin: OriginFor<T>,
            keys: BoundedVec<BatchKey, T::MaxAnchorsPerCall>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_acknowledge_many(&who, &keys)
        }

        /// Refuses a whole file (fatal return) that has not been acknowledged; nothing of it bills any more. A clearing
        /// desk of the recipient. The sender sends the file again under the same number, naming `rap_sequence`.
        ///
        /// # Events
        /// [`Event::FileReturned`].
        ///
        /// # Errors
        /// The file is not known, has been answered, the time to answer is over and silence accepts, or its month is
        /// closed.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::return_file())]
        pub fn return_file(
            origin: OriginFor<T>,
            key: BatchKey,
            reason: FatalReason,
            rap_sequence: u32,
            rap_digest: Digest,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_return_file(&who, key, reason, rap_sequence, rap_digest)
        }

        /// Refuses records of a file (severe return) that has not been acknowledged yet: takes them off the running
        /// totals. A clearing desk of the recipient. Says nothing about the rest of the file, which is acknowledged or
        /// returned afterwards.
        ///
        /// # Events
        /// [`Event::RecordsReturned`].
        ///
        /// # Errors
        /// The file is not known, was acknowledged, accepted by silence or returned as a whole, its month is closed, the
        /// RAP file was reported before,
        /// or more is returned than is left of the file.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::return_records(records.totals.len() as u32))]
        pub fn return_records(
            origin: OriginFor<T>,
            key: BatchKey,
            records: ReturnedRecords,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_return_records(&who, key, records)
        }

        /// Gives up the missing files of the gap that begins at `first`: they never bill, and the month may close
        /// without them. A clearing desk of the sender, whose money they are, at any time; of the recipient, once the
        /// days to acknowledge have passed since the gap was revealed.
        ///
        /// # Events
        /// [`Event::GapWaived`].
        ///
        /// # Errors
        /// The caller is neither sender nor recipient, no gap begins there, or the recipient is too early.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::waive_gap())]
        pub fn waive_gap(origin: OriginFor<T>, series: SeriesKey, first: u32) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_waive_gap(&who, series, first)
        }

        /// Starts a series at another number than 1, before its first file: for partners that have exchanged files
        /// before. A clearing desk of the sender; its operator must not be suspended.
        ///
        /// # Events
        /// [`Event::SeriesBegun`].
        ///
        /// # Errors
        /// The number is out of range, no agreement covers the networks now or later, or the series has begun.
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::begin_series())]
        pub fn begin_series(origin: OriginFor<T>, series: SeriesKey, first: u32) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_begin_series(&who, series, first)
        }

        /// Gives up a file that was returned as a whole and has not been sent again: nothing takes its place, it bills
        /// nothing, and the month may close without it. A clearing desk of the sender, whose money it is, at any
        /// time; of the recipient, once the days to acknowledge have passed since the return.
        ///
        /// # Events
        /// [`Event::FileWaived`].
        ///
        /// # Errors
        /// The caller is neither sender nor recipient, the file is not known, was not returned or has been given up, or
        /// the recipient is too early.
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::waive_file())]
        pub fn waive_file(origin: OriginFor<T>, key: BatchKey) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_waive_file(&who, key)
        }

        /// Anchors NRTRDE files of one operator, each on its own, as [`Pallet::anchor_many`] does with TAP files. The
        /// delivery is timestamped by the chain's clock: it is late for a record whose call ended more than four hours before. A
        /// clearing desk of the senders; its operator must not be suspended.
        ///
        /// # Events
        /// [`Event::NrtrdeAnchored`], [`Event::DuplicateIgnored`] or [`Event::AnchorRefused`] for each file, also
        /// [`Event::GapOpened`] or [`Event::LateFile`]; [`Event::ManyAnchored`] at the end.
        ///
        /// # Errors
        /// The caller is not a clearing desk of an active operator.
        #[pallet::call_index(9)]
        #[pallet::weight(Pallet::<T>::weight_of_nrtrde(anchors))]
        pub fn anchor_nrtrde(
            origin: OriginFor<T>,
            anchors: BoundedVec<NrtrdeAnchor, T::MaxAnchorsPerCall>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_anchor_nrtrde(&who, anchors.into_inner())
        }

        /// Proves that the record with a salted leaf stands at a position of a file, TAP or NRTRDE. What was proven stays on
        /// the chain until no dispute can use it; the record and its salt are shown to the other party elsewhere. A clearing
        /// desk of either party; each party has a budget of its own per file.
        ///
        /// # Events
        /// [`Event::RecordProven`].
        ///
        /// # Errors
        /// The file is not known, the proof is not valid, the record was proven before, or the caller's operator has
        /// proven as many as it may.
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::prove_record(proof.siblings.len() as u32))]
        pub fn prove_record(
            origin: OriginFor<T>,
            key: BatchKey,
            index: u32,
            leaf: Digest,
            proof: Proof,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_prove_record(&who, key, index, leaf, &proof)
        }
    }
}
