//! Queries: the runtime API `InterclearApi`, at the newest final block.

use super::{AccountId, Chain, ChainError};
use codec::{Decode, Encode};
use interclear_primitives::{
    agreement::{Agreement, Route, Terms},
    api::Quota,
    batch::{Batch, ProvenRecord},
    closing::MonthClosing,
    ids::{AgreementId, CycleId, ObligationId, OperatorId, TokenId},
    money::Currency,
    netting::{Cycle, Obligation, Position, Token},
    nrtrde::{NrtrdeFile, NrtrdeMonths},
    operator::{Desk, Operator, SealingKey},
    period::Period,
    report::{ComparedLine, PairMonth, UsageReports},
    series::{BatchKey, SequenceState, SeriesKey},
    service::Service,
    statement::Statement,
    tadig::Tadig,
    tariff::{
        Area, CapExceeded, Feeders, MonthRate, PriceCap, PriceSteps, ProposedRate, RateSubmissions, Region,
        RegionCode,
    },
    usage::{PeriodUsage, UsageKey, UsageTotal},
    Digest,
};
use subxt::error::RuntimeApiError;

macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $kind:ty),*) -> $answer:ty = $function:literal;)*) => {
        impl Chain {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// The connection broke, or the chain is of another version.
                pub async fn $name(&self, $($arg: $kind),*) -> Result<$answer, ChainError> {
                    self.query(concat!("InterclearApi_", $function), &($($arg,)*)).await
                }
            )*
        }
    };
}

queries! {
    /// An operator.
    operator(id: OperatorId) -> Option<Operator<AccountId>> = "operator";
    /// Operators from an id on.
    operators(from: OperatorId) -> Vec<(OperatorId, Operator<AccountId>)> = "operators";
    /// Whose network a TADIG code names.
    operator_by_tadig(tadig: Tadig) -> Option<OperatorId> = "operator_by_tadig";
    /// The desk behind an account.
    desk(who: &AccountId) -> Option<Desk> = "desk";
    /// The desks of an operator.
    desks(operator: OperatorId) -> Vec<(AccountId, Desk)> = "desks";
    /// The sealing keys of an operator by ascending version, the present one last.
    sealing_keys(operator: OperatorId) -> Vec<SealingKey> = "sealing_keys";
    /// The quota of whoever an account acts for.
    quota(who: &AccountId) -> Option<Quota> = "quota";
    /// An agreement.
    agreement(id: AgreementId) -> Option<Agreement<AccountId>> = "agreement";
    /// Agreements of an operator.
    agreements_of(operator: OperatorId) -> Vec<AgreementId> = "agreements_of";
    /// The terms of a version.
    terms(id: AgreementId, version: u32) -> Option<Terms> = "terms";
    /// Under what the traffic of subscribers of `home` in the network `visited` falls in a month.
    route(visited: Tadig, home: Tadig, period: Period) -> Option<Route> = "route";
    /// All regions, by code.
    regions() -> Vec<(RegionCode, Region)> = "regions";
    /// Reference tariffs that follow one in the order of storage; from the first on without one.
    tariffs(after: Option<(Area, Service)>) -> Vec<(Area, Service, PriceSteps)> = "tariffs";
    /// All price caps with their services, by number.
    caps() -> Vec<(Service, PriceCap)> = "caps";
    /// The lines of terms that can charge more than a cap in force in a month from `from` on.
    caps_exceeded(terms: &Terms, from: Period) -> Vec<CapExceeded> = "caps_exceeded";
    /// The exchange rates of a month, by currency.
    rates(period: Period) -> Vec<(Currency, MonthRate)> = "rates";
    /// The rates of a month that wait for the council, by currency.
    proposed_rates(period: Period) -> Vec<(Currency, ProposedRate)> = "proposed_rates";
    /// What has been submitted for a month and is not fixed yet, by currency.
    rate_submissions(period: Period) -> Vec<(Currency, RateSubmissions)> = "rate_submissions";
    /// Who submits exchange rates.
    rate_feeders() -> Feeders = "rate_feeders";
    /// How far a series has come, with its gaps.
    sequence(series: SeriesKey) -> SequenceState = "sequence";
    /// A file.
    batch(key: BatchKey) -> Option<Batch> = "batch";
    /// An NRTRDE file.
    nrtrde_file(key: BatchKey) -> Option<NrtrdeFile> = "nrtrde_file";
    /// How punctual an NRTRDE series was, by ascending month.
    nrtrde_months(series: SeriesKey) -> NrtrdeMonths = "nrtrde_months";
    /// What was proven of the record at a position of a file with a root.
    proven_record(key: BatchKey, root: Digest, index: u32) -> Option<ProvenRecord> = "proven_record";
    /// Both sides' usage reports of a pair's month, with their comparison.
    usage_reports(pair: PairMonth) -> Option<(UsageReports, Vec<ComparedLine>)> = "usage_reports";
    /// The pairs for which usage has been reported in an agreement's month.
    reported_pairs(agreement: AgreementId, period: Period) -> Vec<PairMonth> = "reported_pairs";
    /// What has been anchored for a month.
    period_usage(agreement: AgreementId, period: Period) -> PeriodUsage = "period_usage";
    /// Running totals of a month.
    usage(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)> = "usage";
    /// Late usage of closed months that a month bills.
    late_usage(agreement: AgreementId, period: Period) -> Vec<(Period, UsageKey, UsageTotal)> = "late_usage";
    /// A statement.
    statement(agreement: AgreementId, period: Period) -> Option<Statement> = "statement";
    /// From when on each party closes a month alone and why, and whose request to close stands.
    closing(agreement: AgreementId, period: Period) -> Option<MonthClosing> = "closing";
    /// An obligation.
    obligation(id: ObligationId) -> Option<Obligation> = "obligation";
    /// Obligations of an operator that have not been settled, from an id on.
    obligations(operator: OperatorId, from: ObligationId) -> Vec<(ObligationId, Obligation)> = "obligations";
    /// A netting cycle.
    cycle(id: CycleId) -> Option<Cycle> = "cycle";
    /// The newest netting cycle.
    latest_cycle() -> Option<CycleId> = "latest_cycle";
    /// Net positions of a cycle.
    positions(cycle: CycleId) -> Vec<(OperatorId, Position)> = "positions";
    /// A fiat token.
    token(id: TokenId) -> Option<Token> = "token";
    /// All fiat tokens.
    tokens() -> Vec<(TokenId, Token)> = "tokens";
    /// Free and held balance of a token.
    balance(token: TokenId, who: &AccountId) -> (u128, u128) = "balance";
}

impl Chain {
    /// How many transactions of an account are in final blocks.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn final_nonce(&self, who: &AccountId) -> Result<u64, ChainError> {
        let nonce: u32 = self.query("AccountNonceApi_account_nonce", &(who,)).await?;
        Ok(nonce.into())
    }

    async fn query<T: Decode>(
        &self,
        function: &'static str,
        arguments: &impl Encode,
    ) -> Result<T, ChainError> {
        let at = self.at_final().await?;
        let answer = at
            .runtime_apis()
            .call_raw(function, Some(&arguments.encode()))
            .await
            .map_err(|error| match error {
                RuntimeApiError::CannotCallApi(error) => ChainError::from_backend(error),
                other => ChainError::Answer(other.to_string()),
            })?;
        T::decode(&mut answer.as_slice()).map_err(|_| ChainError::UnknownAnswer(function))
    }
}
