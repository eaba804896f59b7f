//! Queries: the runtime API `InterclearApi`, at the newest final block.

use super::{error, AccountId, Chain, ChainError, Failure, Hash};
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
        Area, CapExceeded, Feeders, MonthRate, PriceCap, PriceSteps, RateSubmissions, Region, RegionCode,
    },
    task::Task,
    usage::{PeriodUsage, UsageKey, UsageTotal},
    Digest,
};
use subxt::error::RuntimeApiError;

/// An answer as it came.
struct Undecoded(Vec<u8>);

impl Decode for Undecoded {
    fn decode<I: codec::Input>(input: &mut I) -> Result<Self, codec::Error> {
        let length = input.remaining_len()?.ok_or("the answer has no length")?;
        let mut octets = vec![0; length];
        input.read(&mut octets)?;
        Ok(Self(octets))
    }
}

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
    /// What has been submitted for a month and is not fixed yet, by currency.
    rate_submissions(period: Period) -> Vec<(Currency, RateSubmissions)> = "rate_submissions";
    /// Who submits exchange rates.
    rate_feeders() -> Feeders = "rate_feeders";
    /// How far a series has come, with its gaps.
    sequence(series: SeriesKey) -> SequenceState = "sequence";
    /// A file.
    batch(key: BatchKey) -> Option<Batch> = "batch";
    /// The files of a series with numbers from `first` to `last`, at most a page of them.
    batches(series: SeriesKey, first: u32, last: u32) -> Vec<Batch> = "batches";
    /// An NRTRDE file.
    nrtrde_file(key: BatchKey) -> Option<NrtrdeFile> = "nrtrde_file";
    /// How punctual an NRTRDE series was, by ascending month.
    nrtrde_months(series: SeriesKey) -> NrtrdeMonths = "nrtrde_months";
    /// What was proven of the record at a position of the file with a root.
    proven_record(root: Digest, index: u32) -> Option<ProvenRecord> = "proven_record";
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
    /// Everything that waits for an operator, by deadline.
    tasks(operator: OperatorId) -> Vec<Task> = "tasks";
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

    /// What the call of a motion would come to if it were carried out now; `None` if there is no such motion.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn motion_outcome(&self, motion: Hash) -> Result<Option<Result<(), Failure>>, ChainError> {
        let function = "InterclearApi_motion_outcome";
        let Undecoded(answer) = self.query(function, &motion.0).await?;
        // An option of a result: its error is read by the metadata.
        match answer.as_slice() {
            [0] => Ok(None),
            [1, 0] => Ok(Some(Ok(()))),
            [1, 1, error @ ..] => {
                let metadata = self.at_final().await?.metadata();
                Ok(Some(Err(error::decode_failure(error, &metadata)?)))
            }
            _ => Err(ChainError::UnknownAnswer(function)),
        }
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
