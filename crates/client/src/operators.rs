//! Operators, looked up by what people call them.

use crate::chain::{AccountId, Chain, ChainError};
use interclear_primitives::{
    ids::OperatorId,
    operator::Operator,
    tadig::{InvalidTadig, Tadig},
};

/// Why an operator was not found.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// The connection broke.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The text is neither a number nor a TADIG code.
    #[error("{text}: {error}")]
    Malformed {
        /// As it was typed.
        text: String,
        /// Why it is not a TADIG code.
        error: InvalidTadig,
    },
    /// No operator has the TADIG code.
    #[error("there is no operator with {0}")]
    Unknown(Tadig),
    /// No operator has the number.
    #[error("there is no operator {0}")]
    NoSuchNumber(OperatorId),
}

impl Chain {
    /// Every operator, by ascending number.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn all_operators(&self) -> Result<Vec<(OperatorId, Operator<AccountId>)>, ChainError> {
        let mut operators = Vec::new();
        let mut from = OperatorId(0);
        loop {
            let page = self.operators(from).await?;
            let Some(next) = page.last().and_then(|(id, _)| id.next()) else {
                return Ok(operators);
            };
            operators.extend(page);
            from = next;
        }
    }

    /// The operator that a number or a TADIG code names.
    ///
    /// # Errors
    /// The text is neither, or nobody has the number or the code.
    pub async fn find_operator(&self, which: &str) -> Result<OperatorId, OperatorError> {
        if let Ok(id) = which.parse() {
            let found = self.operator(id).await?;
            return found.map(|_| id).ok_or(OperatorError::NoSuchNumber(id));
        }
        let tadig: Tadig = which.parse().map_err(|error| OperatorError::Malformed {
            text: which.into(),
            error,
        })?;
        self.operator_by_tadig(tadig)
            .await?
            .ok_or(OperatorError::Unknown(tadig))
    }
}
