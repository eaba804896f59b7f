//! The runtime API that clients query; `interclear_*` JSON-RPC methods and polkadot.js Apps both reach it.

use alloc::vec::Vec;
use codec::Codec;
use interclear_record::record;
use sp_runtime::DispatchResult;
use types::*;

/// What the queries take and answer, for those that make something of [`crate::queries`].
pub mod types {
    pub use super::{Activity, Quota};
    pub use crate::{
        agreement::{Agreement, Route, Terms},
        batch::{Batch, ProvenRecord},
        channel::{Channel, Epoch, Pair, SealingKey, Suite, SuiteStatus},
        closing::MonthClosing,
        dispute::Dispute,
        escrow::{Escrow, EscrowMonth, StandingOffer},
        ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId, RedemptionId, TokenId},
        inventory::{
            BlindRecord, Class, InventoryBill, InventoryRecord, InventorySide, InventoryState,
            InventoryTerms, ProposedProfile, RecordId, Relation,
        },
        issuance::{Attestation, Freeze, Redemption},
        money::Currency,
        netting::{Cycle, Exposure, Obligation, OutsidePayment, Position, Schedule, Token},
        nrtrde::{NrtrdeFile, NrtrdeMonths},
        operator::{Desk, Operator},
        period::Period,
        report::{ComparedLine, PairMonth, UsageReports},
        series::{BatchKey, SequenceState, SeriesKey},
        service::Service,
        statement::{CarriedForward, Decided, Statement},
        switch::Pause,
        tadig::Tadig,
        tariff::{
            Area, CapExceeded, Feeders, MonthRate, PriceCap, PriceSteps, ProposedRate, RateSubmissions,
            Region, RegionCode,
        },
        task::{TaskCursor, TaskPage},
        usage::{PeriodUsage, UsageKey, UsageTotal},
        validator::{Offences, Peers, SlotHistory, ValidatorKeys, ValidatorState},
        Digest,
    };
}

/// Entries that a paged query returns at most.
pub const MAX_PAGE: u32 = 256;

/// The quota of whoever an account acts for.
#[record(Copy)]
pub struct Quota {
    /// Weight (picoseconds of execution) that may be used in one window.
    pub limit: u64,
    /// Weight used in the current window.
    pub used: u64,
    /// Blocks until the window turns.
    pub turns_in: u32,
}

/// What has happened in a block, counted: for those who watch a node.
#[record(Copy, Default)]
pub struct Activity {
    /// TAP files anchored.
    pub files_anchored: u32,
    /// TAP files acknowledged.
    pub files_acknowledged: u32,
    /// TAP files returned, whole or in part.
    pub files_returned: u32,
    /// NRTRDE files anchored.
    pub nrtrde_files: u32,
    /// Usage reports of one side.
    pub usage_reports: u32,
    /// Statements that have arisen from months.
    pub months_closed: u32,
    /// Obligations that have arisen.
    pub obligations_created: u32,
    /// Netting cycles paid.
    pub cycles_settled: u32,
    /// Netting cycles that ended without a transfer.
    pub cycles_cancelled: u32,
    /// Lines that a party has begun to dispute.
    pub disputes_raised: u32,
    /// Disputes that have come to their figures.
    pub disputes_ended: u32,
    /// Validators that missed too many slots of a session.
    pub slots_missed: u32,
    /// Validators disabled for two votes or two blocks.
    pub validators_disabled: u32,
}

/// The queries, declared once: a macro that takes them makes of them the runtime API, or the methods of a client. It names
/// the types as they are called where it is used.
#[macro_export]
macro_rules! queries {
    ($make:ident) => {
        $make! {
            /// Name, kinds, networks and status of an operator.
            fn operator(id: OperatorId) -> Option<Operator<AccountId>>;
            /// A page of operators, by ascending id, from an id on.
            fn operators(from: OperatorId) -> Vec<(OperatorId, Operator<AccountId>)>;
            /// Whose network a TADIG code names.
            fn operator_by_tadig(tadig: Tadig) -> Option<OperatorId>;
            /// Operator and roles of an account; `None` if it is not a desk.
            fn desk(who: AccountId) -> Option<Desk>;
            /// The desks of an operator with their accounts, in no given order.
            fn desks(operator: OperatorId) -> Vec<(AccountId, Desk)>;
            /// The quota of whoever an account acts for; `None` for an account that may not submit.
            fn quota(who: AccountId) -> Option<Quota>;

            /// The sealing keys of an operator by ascending version; the oldest may be gone.
            fn sealing_keys(operator: OperatorId) -> Vec<SealingKey>;
            /// All suites, and whether they may be used.
            fn suites() -> Vec<(Suite, SuiteStatus)>;
            /// A page of the channels of an operator with their partners: those after `after` in the order of storage, or the
            /// first ones.
            fn channels(operator: OperatorId, after: Option<OperatorId>) -> Vec<(OperatorId, Channel)>;
            /// The epochs of a channel that are offered or agreed, by ascending number.
            fn epochs(pair: Pair) -> Vec<(u32, Epoch)>;

            /// State, versions and parties of an agreement.
            fn agreement(id: AgreementId) -> Option<Agreement<AccountId>>;
            /// The agreements to which an operator is a party.
            fn agreements_of(operator: OperatorId) -> Vec<AgreementId>;
            /// The terms of a version, as long as they are kept.
            fn terms(id: AgreementId, version: u32) -> Option<Terms>;
            /// The agreement, direction and group that price the traffic of `home`'s subscribers in `visited` in a month.
            fn route(visited: Tadig, home: Tadig, period: Period) -> Option<Route>;

            /// All regions, by code.
            fn regions() -> Vec<(RegionCode, Region)>;
            /// A page of reference tariffs: those after `after` in the order of storage, or the first ones.
            fn tariffs(after: Option<(Area, Service)>) -> Vec<(Area, Service, PriceSteps)>;
            /// All price caps with their services, by number.
            fn caps() -> Vec<(Service, PriceCap)>;
            /// The lines of terms that can charge more than a cap in force in a month from `from` on.
            fn caps_exceeded(terms: Terms, from: Period) -> Vec<CapExceeded>;
            /// The exchange rates of a month, by currency.
            fn rates(period: Period) -> Vec<(Currency, MonthRate)>;
            /// The rates of a month on which the feeders agree, and that wait for the council, by currency.
            fn proposed_rates(period: Period) -> Vec<(Currency, ProposedRate)>;
            /// What has been submitted for a month and not yet become a rate, by currency.
            fn rate_submissions(period: Period) -> Vec<(Currency, RateSubmissions)>;
            /// The operators that submit exchange rates, their currencies and the quorum.
            fn rate_feeders() -> Feeders;

            /// The newest number of a series, its gaps, and the services that it has brought.
            fn sequence(series: SeriesKey) -> SequenceState;
            /// A TAP file: its anchor, its state and what was returned of it.
            fn batch(key: BatchKey) -> Option<Batch>;
            /// The TAP files of a series with numbers from `first` to `last`, at most a page of them.
            fn batches(series: SeriesKey, first: u32, last: u32) -> Vec<Batch>;
            /// An NRTRDE file: its anchor and the times of delivery and acknowledgement.
            fn nrtrde_file(key: BatchKey) -> Option<NrtrdeFile>;
            /// How punctual an NRTRDE series was, by ascending month.
            fn nrtrde_months(series: SeriesKey) -> NrtrdeMonths;
            /// The proof of the record at a position (from 0) in a file with this root.
            fn proven_record(key: BatchKey, root: Digest, index: u32) -> Option<ProvenRecord>;
            /// Both sides' usage reports of a pair's month, compared by the tolerances of the agreement.
            fn usage_reports(pair: PairMonth) -> Option<(UsageReports, Vec<ComparedLine>)>;
            /// The pairs for which usage has been reported in an agreement's month.
            fn reported_pairs(agreement: AgreementId, period: Period) -> Vec<PairMonth>;
            /// What has been anchored for a month, and whether it can be closed.
            fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage;
            /// Running totals of a month, one entry per line with usage, by ascending key.
            fn usage(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)>;
            /// Late usage of closed months that a month bills, by ascending month and key.
            fn late_usage(agreement: AgreementId, period: Period) -> Vec<(Period, UsageKey, UsageTotal)>;

            /// The match profile of a relation and how many records there are of each class; `None` before both have signed one.
            fn inventory(relation: Relation) -> Option<InventoryState>;
            /// The match profile that one side of a relation has proposed.
            fn proposed_profile(relation: Relation) -> Option<ProposedProfile>;
            /// How what matches in a relation bills; `None` where nothing does.
            fn inventory_terms(relation: Relation) -> Option<InventoryTerms>;
            /// The bills of a relation that are kept, by month and currency.
            fn inventory_bills(relation: Relation) -> Vec<(Period, Currency, InventoryBill)>;
            /// The relations to which an operator is a party and for which a profile is signed, in no given order.
            fn relations(operator: OperatorId) -> Vec<Relation>;
            /// A page of the records of both sides with their classes: those after `after` in the order of sides and ids, or the
            /// first ones.
            fn inventory_records(
                relation: Relation,
                after: Option<(InventorySide, RecordId)>
            ) -> Vec<(InventorySide, InventoryRecord, Class)>;
            /// The same without classes, for those who match the records themselves.
            fn reported_records(
                relation: Relation,
                after: Option<(InventorySide, RecordId)>
            ) -> Vec<(InventorySide, InventoryRecord)>;
            /// The same of a blind relation, whose records hold tags.
            fn blind_records(
                relation: Relation,
                after: Option<(InventorySide, RecordId)>
            ) -> Vec<(InventorySide, BlindRecord)>;

            /// The statement of a month; `None` until it is closed.
            fn statement(agreement: AgreementId, period: Period) -> Option<Statement>;
            /// What statements of an agreement have carried forward, as it was less than the agreed minimum; `None` where nothing is.
            fn carried_forward(agreement: AgreementId) -> Option<CarriedForward>;
            /// What disputes have decided of lines and no month has taken into account yet, by dispute; the next month that is
            /// closed takes the first of them.
            fn decisions(agreement: AgreementId) -> Vec<Decided>;
            /// From when on each party closes a month alone and why, and whose request to close stands; `None` if the month is
            /// closed or the agreement not in force in it.
            fn closing(agreement: AgreementId, period: Period) -> Option<MonthClosing>;
            /// The standing offers of an operator, by number.
            fn standing_offers(by: OperatorId) -> Vec<(u8, StandingOffer)>;
            /// The escrows of the first and of the second party of an agreement.
            fn escrows(agreement: AgreementId) -> [Option<Escrow<AccountId>>; 2];
            /// What a month uses of the escrows of the first and of the second party of an agreement.
            fn escrow_month(agreement: AgreementId, period: Period) -> [EscrowMonth; 2];
            /// What the first deposits of the first and of the second party of an agreement find reserved, in 10^-6 of the currency, as
            /// prepaid months have stated or owe it already; 0 where there is an escrow.
            fn owed_before(agreement: AgreementId) -> [u128; 2];
            /// A dispute; also one that has ended, as long as its statement is kept.
            fn dispute(id: DisputeId) -> Option<Dispute>;
            /// All disputes on the lines of a statement, by id.
            fn disputes(agreement: AgreementId, period: Period) -> Vec<(DisputeId, Dispute)>;
            /// Open disputes in which an operator has a say, as a party or as an arbitrator, those after `after` in the order of
            /// storage, or the first ones.
            fn open_disputes(operator: OperatorId, after: Option<DisputeId>) -> Vec<(DisputeId, Dispute)>;
            /// An obligation; also one that is settled, as long as it is kept.
            fn obligation(id: ObligationId) -> Option<Obligation>;
            /// Those of the next 256 obligations of an operator that have not been paid, in the order of storage, after one or from the
            /// first on; and after which to go on.
            fn obligations(
                operator: OperatorId,
                after: Option<ObligationId>
            ) -> (Vec<(ObligationId, Obligation)>, Option<ObligationId>);
            /// What is claimed, or confirmed, to have been paid of an obligation outside of cycles.
            fn outside_payment(id: ObligationId) -> Option<OutsidePayment>;
            /// What an operator owes and is owed, with another one or in total, and its cap; by currency.
            fn exposure(operator: OperatorId, partner: Option<OperatorId>) -> Vec<Exposure>;
            /// Token, phase and sums of a netting cycle.
            fn cycle(id: CycleId) -> Option<Cycle>;
            /// The id of the newest netting cycle; `None` before the first.
            fn latest_cycle() -> Option<CycleId>;
            /// When cycles open by themselves, by token.
            fn schedules() -> Vec<Schedule>;
            /// Net positions of a cycle.
            fn positions(cycle: CycleId) -> Vec<(OperatorId, Position)>;
            /// Issuer, currency and decimals of a fiat token.
            fn token(id: TokenId) -> Option<Token>;
            /// All fiat tokens with their asset ids.
            fn tokens() -> Vec<(TokenId, Token)>;
            /// What the issuer of a token holds for it, by its last attestation.
            fn attestation(token: TokenId) -> Option<Attestation>;
            /// What the issuer of a token has frozen: accounts, or `None` for the token.
            fn freezes(token: TokenId) -> Vec<(Option<AccountId>, Freeze)>;
            /// Open redemptions of tokens, those after `after` in the order of storage, or the first ones.
            fn redemptions(after: Option<RedemptionId>) -> Vec<(RedemptionId, Redemption)>;
            /// An operator's free and held balance of a token, in its minor unit.
            fn balance(token: TokenId, who: AccountId) -> (u128, u128);

            /// A page of what waits for an operator, after where another page ended, or from the beginning; each page by deadline.
            fn tasks(operator: OperatorId, after: Option<TaskCursor>) -> TaskPage;

            /// What has happened in the block that is asked.
            fn activity() -> Activity;

            /// The functions that the council has paused, and those for which others still wait after a pause; by function.
            fn pauses() -> Vec<Pause>;

            /// All validators, by account, with how they stand.
            fn validators() -> Vec<(AccountId, ValidatorState)>;
            /// The slots of a validator in former sessions, and its offences, each oldest first, as long as they are kept.
            fn validator_record(who: AccountId) -> (SlotHistory, Offences);
            /// The session keys of an account, and when those that it has set act.
            fn validator_keys(who: AccountId) -> ValidatorKeys;
            /// The nodes of all operators that are not suspended, by operator: the public keys (ed25519) of their identities.
            fn peers() -> Vec<(OperatorId, Peers)>;
            /// The proof of whose a key is by which blocks are made in the present session, as a report of two blocks of it
            /// takes it in a later one; `None` if nobody makes blocks by it.
            fn author_key_proof(key: Digest) -> Option<Vec<u8>>;
        }
    };
}

macro_rules! runtime_api {
    ($($queries:tt)*) => {
        sp_api::decl_runtime_apis! {
            /// What clearing teams ask of the chain. What is not there is answered by `None` or an empty list. Paged queries
            /// start at an id and return at most [`MAX_PAGE`] entries.
            pub trait InterclearApi<AccountId>
            where
                AccountId: Codec,
            {
                $($queries)*

                /// What the call of a motion of the council, named by its hash, would come to if it were carried out now;
                /// `None` if there is no such motion. A client reads the error by the chain's metadata. Where a call takes a list
                /// and refuses some of it, the first refusal is its error.
                fn motion_outcome(motion: Digest) -> Option<DispatchResult>;

                /// The same of a call that is not with the council yet, encoded; `None` for what is not a call of this chain, or
                /// takes more of a block than a motion may.
                fn proposal_outcome(call: Vec<u8>) -> Option<DispatchResult>;

                /// The same of a call that an account would send; who signs it, and its quota, are not looked at.
                fn call_outcome(who: AccountId, call: Vec<u8>) -> Option<DispatchResult>;
            }
        }
    };
}
queries!(runtime_api);
