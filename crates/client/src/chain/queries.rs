//! Queries: the runtime API `InterclearApi`, at the newest final block.

use super::{error, AccountId, Call, Chain, ChainError, Failure, Hash};
use codec::{Decode, Encode};
use interclear_primitives::{api::types::*, task::Task, Moment};
use std::collections::BTreeMap;
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
    /// Everything that waits for an operator, of all pages, by deadline, last what has none.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn all_tasks(&self, operator: OperatorId) -> Result<Vec<Task>, ChainError> {
        let (mut tasks, mut after) = (Vec::new(), None);
        loop {
            let page = self.tasks(operator, after).await?;
            tasks.extend(page.tasks);
            after = page.more;
            if after.is_none() {
                tasks.sort_by_key(|task| task.due.unwrap_or(Moment::MAX));
                return Ok(tasks);
            }
        }
    }

    /// Every open redemption of tokens, by number.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn all_redemptions(&self) -> Result<Vec<(RedemptionId, Redemption)>, ChainError> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = self.redemptions(after).await?;
            let Some((last, _)) = page.last() else {
                found.sort_by_key(|(id, _)| *id);
                return Ok(found);
            };
            after = Some(*last);
            found.extend(page);
        }
    }

    /// The decimals of each currency that has a token: the same for all tokens of it.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn decimals(&self) -> Result<BTreeMap<Currency, u8>, ChainError> {
        let tokens = self.tokens().await?;
        let each = tokens.into_iter();
        Ok(each.map(|(_, token)| (token.currency, token.decimals)).collect())
    }

    /// How many transactions of an account are in final blocks.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn final_nonce(&self, who: &AccountId) -> Result<u64, ChainError> {
        let nonce: u32 = self.query("AccountNonceApi_account_nonce", &(who,)).await?;
        Ok(nonce.into())
    }

    /// The keys by which blocks are made in the present session, in the order of slots.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn authors(&self) -> Result<Vec<[u8; 32]>, ChainError> {
        self.query("AuraApi_authorities", &()).await
    }

    /// What the call of a motion would come to if it were carried out now; `None` if there is no such motion.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn motion_outcome(&self, motion: Hash) -> Result<Option<Result<(), Failure>>, ChainError> {
        self.outcome("InterclearApi_motion_outcome", &motion.0).await
    }

    /// What a call would come to that is not with the council yet, if the council carried it out now; `None` if the chain cannot tell.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn proposal_outcome(&self, call: &Call) -> Result<Option<Result<(), Failure>>, ChainError> {
        let call = call.encode(&self.at_final().await?.metadata())?;
        self.outcome("InterclearApi_proposal_outcome", &call).await
    }

    /// What a call would come to if an account sent it now; `None` if the chain cannot tell.
    ///
    /// # Errors
    /// The connection broke, or the chain is of another version.
    pub async fn call_outcome(
        &self,
        who: &AccountId,
        call: &Call,
    ) -> Result<Option<Result<(), Failure>>, ChainError> {
        let call = call.encode(&self.at_final().await?.metadata())?;
        self.outcome("InterclearApi_call_outcome", &(who, call)).await
    }

    async fn outcome(
        &self,
        function: &'static str,
        of: &impl Encode,
    ) -> Result<Option<Result<(), Failure>>, ChainError> {
        let Undecoded(answer) = self.query(function, of).await?;
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
        // A node that does not know a query would be asked again and again.
        let known = function.split_once('_').and_then(|(api, method)| {
            let api = at.metadata_ref().runtime_api_trait_by_name(api)?;
            api.method_by_name(method)
        });
        if known.is_none() {
            return Err(ChainError::UnknownQuery(function));
        }
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
