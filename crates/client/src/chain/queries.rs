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

/// A method for each query, of the same name.
macro_rules! methods {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $kind:ty),*) -> $answer:ty;)*) => {
        impl Chain {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// The connection broke, or the chain is of another version.
                pub async fn $name(&self, $($arg: $kind),*) -> Result<$answer, ChainError> {
                    self.query(concat!("InterclearApi_", stringify!($name)), &($($arg,)*)).await
                }
            )*
        }
    };
}
interclear_primitives::queries!(methods);

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
