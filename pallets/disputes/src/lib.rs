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
const LOG_TARGET: &str = "runtime::interclear::disputes";

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use frame_support::{pallet_prelude::*, weights::WeightMeter};
    use frame_system::pallet_prelude::*;
    use interclear_ports::{
        idle::{Expiring, Queue},
        Agreements, Clock, DisputedStatements, Evidence as Proofs, Operators,
    };
    use interclear_primitives::{
        dispute::{
            About, Differences, Dispute, DisputeKind, DisputeOutcome, DisputeSubject, Evidence, Figures,
            LineKey, RuledBy,
        },
        ids::{AgreementId, DisputeId, ObligationId, OperatorId},
        period::Period,
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
        /// The terms on disputes of each month.
        type Agreements: Agreements;
        /// Statements, and what is paid of them.
        type Statements: DisputedStatements;
        /// Proofs of single records.
        type Evidence: Proofs;
        /// The chain's clock.
        type Clock: Clock;
        /// Who rules what no arbitrators rule.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
        /// How long ended disputes are kept at least, in seconds; they go when their statement has gone.
        #[pallet::constant]
        type Retention: Get<Moment>;
        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// The id that the next dispute gets.
    #[pallet::storage]
    pub type NextDispute<T> = StorageValue<_, DisputeId, ValueQuery>;

    /// Disputes, as long as their statement is kept.
    #[pallet::storage]
    pub type Disputes<T> = StorageMap<_, Twox64Concat, DisputeId, Dispute>;

    /// The newest dispute on a line of a statement: each party raises one at most, the second one if the first is withdrawn.
    #[pallet::storage]
    pub type OnLine<T> = StorageDoubleMap<_, Twox64Concat, StatementKey, Twox64Concat, LineKey, DisputeId>;

    /// Open disputes, with the moment whose passing in silence has a result.
    #[pallet::storage]
    pub type Open<T> = StorageMap<_, Twox64Concat, DisputeId, Moment>;

    /// Open disputes in which an operator has a say: as a party, or as an arbitrator to whom it has come.
    #[pallet::storage]
    pub type OpenFor<T> = StorageDoubleMap<_, Twox64Concat, OperatorId, Twox64Concat, DisputeId, ()>;

    /// The last open dispute that the search for silent parties has looked at.
    #[pallet::storage]
    pub type SilenceCursor<T> = StorageValue<_, DisputeId>;

    /// Months running in which lines have differed for a party: by too little to be disputed, and marked, or in dispute.
    #[pallet::storage]
    pub type SmallDifferences<T> = StorageMap<_, Twox64Concat, SeenLine, Differences>;

    /// Ended disputes queued for eviction, oldest first.
    #[pallet::storage]
    pub type Expiry<T> = StorageMap<_, Twox64Concat, u64, Expiring<DisputeId>>;

    /// First and next place in [`Expiry`].
    #[pallet::storage]
    pub type ExpiryQueue<T> = StorageValue<_, Queue, ValueQuery>;

    /// What has happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A party disputes a line.
        DisputeRaised {
            /// Id of the dispute.
            dispute: DisputeId,
            /// Which line of which statement.
            subject: DisputeSubject,
            /// What is wrong with it.
            kind: DisputeKind,
            /// The file or the reports that it is about, if any are named.
            about: Option<About>,
            /// Who raised it.
            by: OperatorId,
            /// What it says that the line comes to.
            claimed: Figures,
            /// When the other party must have answered.
            until: Moment,
        },
        /// A party has marked a difference that is too small to be disputed.
        DifferenceMarked {
            /// Id of the agreement.
            agreement: AgreementId,
            /// Month of the statement.
            period: Period,
            /// Direction, group and service.
            line: LineKey,
            /// Who marked it.
            by: OperatorId,
            /// How many months running the line has differed; from the third on it may be disputed.
            months: u8,
        },
        /// The other party has answered with figures of its own.
        DisputeAnswered {
            /// Id of the dispute.
            dispute: DisputeId,
            /// Who answered.
            by: OperatorId,
            /// What it says that the line comes to.
            claimed: Figures,
            /// When the party that raised the dispute must have taken its next step.
            until: Moment,
        },
        /// A party has conceded a part, which is no longer in dispute.
        PartConceded {
            /// Id of the dispute.
            dispute: DisputeId,
            /// Who conceded.
            by: OperatorId,
            /// What it says now that the line comes to.
            claimed: Figures,
            /// The newest note, if the part has become an obligation.
            note: Option<ObligationId>,
        },
        /// A party has offered figures at which it would end the dispute.
        DisputeOffered {
            /// Id of the dispute.
            dispute: DisputeId,
            /// Who offers.
            by: OperatorId,
            /// The figures at which it would end the dispute.
            figures: Figures,
            /// When the other party must have answered.
            until: Moment,
        },
        /// A dispute waits for a ruling.
        DisputeEscalated {
            /// Id of the dispute.
            dispute: DisputeId,
            /// Who rules it.
            to: RuledBy,
            /// When the ruling must have been made.
            until: Moment,
        },
        /// An arbitrator has said what the line comes to.
        ArbitratorVoted {
            /// Id of the dispute.
            dispute: DisputeId,
            /// The arbitrator.
            by: OperatorId,
            /// What the line comes to in its eyes.
            figures: Figures,
        },
        /// A party has submitted evidence.
        EvidenceAdded {
            /// Id of the dispute.
            dispute: DisputeId,
            /// The party.
            by: OperatorId,
            /// A document's digest, or a proven record.
            evidence: Evidence,
        },
        /// A dispute has ended: its figures are final.
        DisputeEnded {
            /// Id of the dispute.
            dispute: DisputeId,
            /// How it ended.
            outcome: DisputeOutcome,
            /// What the line comes to.
            figures: Figures,
            /// The last credit or debit note, if it takes one.
            note: Option<ObligationId>,
        },
        /// Who has lost a dispute owes the agreed fee.
        FeeCharged {
            /// Id of the dispute.
            dispute: DisputeId,
            /// Who has lost.
            loser: OperatorId,
            /// The obligation that arises for the fee.
            obligation: ObligationId,
        },
    }

    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// The month has no statement, or it has been evicted.
        StatementNotFound,
        /// The statement has no such line.
        LineNotFound,
        /// No dispute has this id, or it has been evicted.
        DisputeNotFound,
        /// The operator of the desk is not a party.
        NotAParty,
        /// The line has been disputed before; a line is disputed once, unless the other party has withdrawn its dispute.
        AlreadyDisputed,
        /// Disputes of this kind are not about lines of a statement, or not about the file or the reports that are
        /// named.
        KindNotOfSubject,
        /// The line does not bill the file or the reports that are named, or the NRTRDE file that is named came in
        /// time.
        NotOfLine,
        /// The figures must differ from the line in what this kind of dispute is about, and in nothing else.
        FiguresNotOfKind,
        /// The debtor of a line can only claim less than it states, and the creditor only more.
        ClaimAgainstOneself,
        /// A figure is larger than the chain accepts.
        MaxFigureExceeded,
        /// The difference is less than the agreed share of the line and less than the agreed amount. Mark it instead:
        /// in the third month running the line may be disputed.
        NotMaterial,
        /// The difference is large enough to be disputed: raise a dispute.
        Material,
        /// The agreed days to dispute lines of the statement are over.
        DisputeDaysOver,
        /// The dispute has ended.
        DisputeOver,
        /// The time for this step is over, and silence has its result.
        TimeOver,
        /// The next step is the other party's, or a ruling is awaited.
        NotYourTurn,
        /// The dispute has been answered already: offer, accept, concede or escalate.
        AlreadyAnswered,
        /// The other party has not answered yet.
        NotAnswered,
        /// The party has affirmed the statement, and can claim nothing beyond it.
        BeyondAffirmed,
        /// The figures are not between what the two parties claim.
        OutsideClaims,
        /// A concession moves towards the other party's figures, and never claims more than before.
        NotAConcession,
        /// A concession is at least a hundredth of what is in dispute, or all of it.
        ConcessionTooSmall,
        /// The party has conceded a part 16 times: it can only concede everything now, or wait.
        MaxConcessionsExceeded,
        /// The parties have made 16 offers, as many as they may: accept, concede or escalate.
        MaxOffersExceeded,
        /// The figures are not those of the other party. To accept them, or to come to the same sum, name the same
        /// quantity, charge, shortfall and tax; to say something else, name figures that differ from its claim in their
        /// sum.
        OtherFigures,
        /// Only the party that raised the dispute may withdraw it.
        NotYourDispute,
        /// The dispute cannot be withdrawn yet: the other party could no longer dispute the line itself, so its answer,
        /// or its silence, comes first.
        AnswerIsTheirs,
        /// The dispute has not been escalated, or is ruled by others.
        NotForRuling,
        /// The operator of the desk is not an arbitrator of the agreement.
        NotAnArbitrator,
        /// The time for this step is not over.
        TimeRunning,
        /// The record has not been proven to belong to the file.
        RecordNotProven,
        /// The file was not sent between the two parties.
        FileOfOthers,
        /// This piece of evidence has been submitted already.
        AlreadySubmitted,
        /// The party has submitted 16 pieces of evidence, as many as it may.
        MaxEvidenceExceeded,
        /// There is no dispute id left to give.
        IdsExhausted,
        /// An amount is too large.
        AmountOverflow,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::lapse_silent(&mut meter);
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
        /// Disputes a line of a statement, with the party's own figures. What both parties say of the line is paid as agreed; the
        /// rest is withheld, unless the net of the statement has become an obligation. Where the statement is due before the days
        /// to dispute are over, what the party says is owed to it waits for the answer. The party may name the file or the reports
        /// that it is about: these have no money of their own, but in the line that bills them. By a clearing desk of a party that has not
        /// affirmed the statement, within the days to dispute.
        ///
        /// # Errors
        /// [`Error::StatementNotFound`], [`Error::LineNotFound`], [`Error::NotAParty`], [`Error::AlreadyDisputed`],
        /// [`Error::KindNotOfSubject`], [`Error::NotOfLine`], [`Error::FiguresNotOfKind`], [`Error::ClaimAgainstOneself`],
        /// [`Error::MaxFigureExceeded`], [`Error::NotMaterial`], [`Error::IdsExhausted`]; the party has affirmed the
        /// statement, or its days to dispute are over (errors of the statements).
        ///
        /// # Events
        /// [`Event::DisputeRaised`].
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::raise())]
        pub fn raise(
            origin: OriginFor<T>,
            agreement: AgreementId,
            period: Period,
            line: LineKey,
            kind: DisputeKind,
            claimed: Figures,
            about: Option<About>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_raise(&who, (agreement, period), line, kind, claimed, about)
        }

        /// Marks that a line differs by too little to be disputed. In the third month running it may be. By a clearing desk of a
        /// party, within the days to dispute.
        ///
        /// # Errors
        /// [`Error::StatementNotFound`], [`Error::LineNotFound`], [`Error::NotAParty`], [`Error::ClaimAgainstOneself`],
        /// [`Error::MaxFigureExceeded`], [`Error::Material`], [`Error::DisputeDaysOver`].
        ///
        /// # Events
        /// [`Event::DifferenceMarked`].
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::mark_difference())]
        pub fn mark_difference(
            origin: OriginFor<T>,
            agreement: AgreementId,
            period: Period,
            line: LineKey,
            claimed: Figures,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_mark_difference(&who, (agreement, period), line, claimed)
        }

        /// Answers a dispute with the party's own figures: those of the line, those of the other party, or any between or beyond
        /// them. What both parties say from now on is no longer in dispute. By a clearing desk of the other party.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::TimeOver`], [`Error::NotAParty`],
        /// [`Error::AlreadyAnswered`], [`Error::NotYourTurn`], [`Error::MaxFigureExceeded`], [`Error::OutsideClaims`],
        /// [`Error::BeyondAffirmed`], [`Error::OtherFigures`].
        ///
        /// # Events
        /// [`Event::DisputeAnswered`]; [`Event::DisputeEnded`] if the figures come to the same.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::answer())]
        pub fn answer(origin: OriginFor<T>, dispute: DisputeId, claimed: Figures) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_answer(&who, dispute, claimed)
        }

        /// Concedes a part: from now on the party claims these figures, and no more. A part is at least a hundredth of what is in
        /// dispute; each party concedes one 16 times at most, and all that is left at any time, once the other one has answered. Conceding all once a ruling is
        /// awaited costs the fee that the same ruling would. By a clearing desk of a party, whoever's step it is.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::TimeOver`], [`Error::NotAParty`],
        /// [`Error::MaxFigureExceeded`], [`Error::NotAConcession`], [`Error::OutsideClaims`],
        /// [`Error::ConcessionTooSmall`], [`Error::MaxConcessionsExceeded`], [`Error::NotAnswered`], [`Error::OtherFigures`].
        ///
        /// # Events
        /// [`Event::PartConceded`]; [`Event::DisputeEnded`] if nothing is left in dispute, and [`Event::FeeCharged`] if a ruling
        /// was awaited.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::concede())]
        pub fn concede(origin: OriginFor<T>, dispute: DisputeId, claimed: Figures) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_concede(&who, dispute, claimed)
        }

        /// Offers figures at which the party would end the dispute; it concedes nothing by that. By a clearing desk of the party
        /// whose step it is.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::TimeOver`], [`Error::NotAParty`],
        /// [`Error::NotAnswered`], [`Error::NotYourTurn`], [`Error::MaxOffersExceeded`], [`Error::MaxFigureExceeded`],
        /// [`Error::OutsideClaims`].
        ///
        /// # Events
        /// [`Event::DisputeOffered`].
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::offer())]
        pub fn offer(origin: OriginFor<T>, dispute: DisputeId, figures: Figures) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_offer(&who, dispute, figures)
        }

        /// Accepts what the other party offers or, if it has offered nothing, claims. Once a ruling is awaited only what it claims
        /// can be accepted, for the fee that the same ruling would cost. The figures are named, so that nobody accepts what it has
        /// not seen. By a clearing desk of a party, whoever's step it is.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::TimeOver`], [`Error::NotAParty`],
        /// [`Error::NotAnswered`], [`Error::OtherFigures`].
        ///
        /// # Events
        /// [`Event::DisputeEnded`]; [`Event::FeeCharged`] if a ruling was awaited.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::accept())]
        pub fn accept(origin: OriginFor<T>, dispute: DisputeId, figures: Figures) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_accept(&who, dispute, figures)
        }

        /// Takes a dispute back before it has been answered: the line stands as stated, and the other party may dispute
        /// it. Not once the other party could no longer dispute it as well as by its answer. By a clearing desk of the
        /// party that has raised it.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::TimeOver`], [`Error::NotAParty`],
        /// [`Error::NotYourDispute`], [`Error::AlreadyAnswered`], [`Error::AnswerIsTheirs`].
        ///
        /// # Events
        /// [`Event::DisputeEnded`].
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::withdraw())]
        pub fn withdraw(origin: OriginFor<T>, dispute: DisputeId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_withdraw(&who, dispute)
        }

        /// Asks for a ruling: by the arbitrators that the agreement names, or by the council. What each party would end the
        /// dispute at stands from now on. By a clearing desk of the party whose step it is, once the dispute has been answered.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::TimeOver`], [`Error::NotAParty`],
        /// [`Error::NotAnswered`], [`Error::NotYourTurn`].
        ///
        /// # Events
        /// [`Event::DisputeEscalated`].
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::escalate())]
        pub fn escalate(origin: OriginFor<T>, dispute: DisputeId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_escalate(&who, dispute)
        }

        /// Says what the line comes to, as an arbitrator. Two rule whose figures come to the same; figures beyond what a party
        /// claims by then count as its claim. By a clearing desk of an operator that the agreement names; it may change its mind
        /// until then.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::TimeOver`], [`Error::NotAnArbitrator`],
        /// [`Error::NotForRuling`], [`Error::MaxFigureExceeded`].
        ///
        /// # Events
        /// [`Event::ArbitratorVoted`]; [`Event::DisputeEnded`] and [`Event::FeeCharged`] if it was the second.
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::arbitrate())]
        pub fn arbitrate(origin: OriginFor<T>, dispute: DisputeId, figures: Figures) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_arbitrate(&who, dispute, figures)
        }

        /// Rules a dispute. Figures beyond what a party claims by then count as its claim. By governance.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::TimeOver`], [`Error::NotForRuling`],
        /// [`Error::MaxFigureExceeded`].
        ///
        /// # Events
        /// [`Event::DisputeEnded`], [`Event::FeeCharged`].
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::rule())]
        pub fn rule(origin: OriginFor<T>, dispute: DisputeId, figures: Figures) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_rule(dispute, figures)
        }

        /// Has the silence of a party, or of those who rule, take effect. The chain does the same by itself when a
        /// block has room. By a clearing desk of a party.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::NotAParty`], [`Error::TimeRunning`].
        ///
        /// # Events
        /// [`Event::DisputeEnded`], or [`Event::DisputeEscalated`].
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::lapse())]
        pub fn lapse(origin: OriginFor<T>, dispute: DisputeId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_lapse(&who, dispute)
        }

        /// Submits evidence: the digest of a document, or a record that has been proven to belong to a file between the
        /// parties. By a clearing desk of a party, as long as the dispute is open.
        ///
        /// # Errors
        /// [`Error::DisputeNotFound`], [`Error::DisputeOver`], [`Error::NotAParty`], [`Error::RecordNotProven`],
        /// [`Error::FileOfOthers`], [`Error::AlreadySubmitted`], [`Error::MaxEvidenceExceeded`].
        ///
        /// # Events
        /// [`Event::EvidenceAdded`].
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::add_evidence())]
        pub fn add_evidence(origin: OriginFor<T>, dispute: DisputeId, evidence: Evidence) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_add_evidence(&who, dispute, evidence)
        }
    }
}
