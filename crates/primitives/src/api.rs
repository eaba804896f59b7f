//! The runtime API that clients query; `interclear_*` JSON-RPC methods and polkadot.js Apps both reach it.

use crate::{
    agreement::{Agreement, Route, Terms},
    batch::{Batch, ProvenRecord},
    ids::{AgreementId, CycleId, ObligationId, OperatorId, TokenId},
    money::Currency,
    netting::{Cycle, Obligation, Position, Token},
    nrtrde::{NrtrdeFile, NrtrdeMonths},
    operator::{Desk, Operator},
    period::Period,
    report::{ComparedLine, PairMonth, UsageReports},
    series::{BatchKey, SequenceState, SeriesKey},
    service::Service,
    statement::Statement,
    tadig::Tadig,
    tariff::{
        Area, CapExceeded, Feeders, MonthRate, PriceCap, PriceSteps, RateSubmissions, Region, RegionCode,
    },
    usage::{PeriodUsage, UsageKey, UsageTotal},
    Digest,
};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;
#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// Entries that a paged query returns at most.
pub const MAX_PAGE: u32 = 256;

/// The quota of whoever an account acts for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
pub struct Quota {
    /// Weight (picoseconds of execution) that may be used in one window.
    pub limit: u64,
    /// Weight used in the current window.
    pub used: u64,
    /// Blocks until the window turns.
    pub turns_in: u32,
}

sp_api::decl_runtime_apis! {
    /// What clearing teams ask of the chain. Paged queries start at an id and return at most [`MAX_PAGE`] entries.
    pub trait InterclearApi<AccountId>
    where
        AccountId: Codec,
    {
        /// An operator.
        fn operator(id: OperatorId) -> Option<Operator<AccountId>>;
        /// Operators from an id on.
        fn operators(from: OperatorId) -> Vec<(OperatorId, Operator<AccountId>)>;
        /// Whose network a TADIG code names.
        fn operator_by_tadig(tadig: Tadig) -> Option<OperatorId>;
        /// The desk behind an account.
        fn desk(who: AccountId) -> Option<Desk>;
        /// The desks of an operator.
        fn desks(operator: OperatorId) -> Vec<(AccountId, Desk)>;
        /// The quota of whoever an account acts for; `None` for an account that may not submit.
        fn quota(who: AccountId) -> Option<Quota>;

        /// An agreement.
        fn agreement(id: AgreementId) -> Option<Agreement<AccountId>>;
        /// Agreements of an operator.
        fn agreements_of(operator: OperatorId) -> Vec<AgreementId>;
        /// The terms of a version.
        fn terms(id: AgreementId, version: u32) -> Option<Terms>;
        /// Under what the traffic of subscribers of `home` in the network `visited` falls in a month.
        fn route(visited: Tadig, home: Tadig, period: Period) -> Option<Route>;

        /// All regions, by code.
        fn regions() -> Vec<(RegionCode, Region)>;
        /// Reference tariffs that follow one in the order of storage; from the first on without one.
        fn tariffs(after: Option<(Area, Service)>) -> Vec<(Area, Service, PriceSteps)>;
        /// All price caps with their services, by number.
        fn caps() -> Vec<(Service, PriceCap)>;
        /// The lines of terms that can charge more than a cap in force in a month from `from` on.
        fn caps_exceeded(terms: Terms, from: Period) -> Vec<CapExceeded>;
        /// The exchange rates of a month, by currency.
        fn rates(period: Period) -> Vec<(Currency, MonthRate)>;
        /// What has been submitted for a month and is not fixed yet, by currency.
        fn rate_submissions(period: Period) -> Vec<(Currency, RateSubmissions)>;
        /// Who submits exchange rates.
        fn rate_feeders() -> Feeders;

        /// How far a series has come, with its gaps.
        fn sequence(series: SeriesKey) -> SequenceState;
        /// A file.
        fn batch(key: BatchKey) -> Option<Batch>;
        /// An NRTRDE file.
        fn nrtrde_file(key: BatchKey) -> Option<NrtrdeFile>;
        /// How punctual an NRTRDE series was, by ascending month.
        fn nrtrde_months(series: SeriesKey) -> NrtrdeMonths;
        /// What was proven of the record at a position of the file with a root.
        fn proven_record(root: Digest, index: u32) -> Option<ProvenRecord>;
        /// Both sides' usage reports of a pair's month, with their comparison.
        fn usage_reports(pair: PairMonth) -> Option<(UsageReports, Vec<ComparedLine>)>;
        /// The pairs for which usage has been reported in an agreement's month.
        fn reported_pairs(agreement: AgreementId, period: Period) -> Vec<PairMonth>;
        /// What has been anchored for a month.
        fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage;
        /// Running totals of a month.
        fn usage(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)>;

        /// A statement.
        fn statement(agreement: AgreementId, period: Period) -> Option<Statement>;
        /// The party that has asked to close a month that it takes both parties to close.
        fn close_request(agreement: AgreementId, period: Period) -> Option<OperatorId>;
        /// An obligation.
        fn obligation(id: ObligationId) -> Option<Obligation>;
        /// Obligations to which an operator is a party and which have not been settled, from an id on.
        fn obligations(operator: OperatorId, from: ObligationId) -> Vec<(ObligationId, Obligation)>;
        /// A netting cycle.
        fn cycle(id: CycleId) -> Option<Cycle>;
        /// The newest netting cycle.
        fn latest_cycle() -> Option<CycleId>;
        /// Net positions of a cycle.
        fn positions(cycle: CycleId) -> Vec<(OperatorId, Position)>;
        /// A fiat token.
        fn token(id: TokenId) -> Option<Token>;
        /// All fiat tokens.
        fn tokens() -> Vec<(TokenId, Token)>;
        /// An operator's free and held balance of a token, in its minor unit.
        fn balance(token: TokenId, who: AccountId) -> (u128, u128);
    }
}
