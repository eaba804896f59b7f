//! Names of operators, to be read along with their numbers.

use crate::error::CommandError;
use interclear_client::chain::{AccountId, Chain};
use interclear_primitives::{ids::OperatorId, operator::Operator};
use std::collections::BTreeMap;

/// The legal name of an operator, without what a terminal would obey.
pub fn name(operator: &Operator<AccountId>) -> String {
    interclear_client::text::printable(&String::from_utf8_lossy(&operator.name))
}

/// Names of all operators.
pub struct Names(BTreeMap<OperatorId, String>);

impl Names {
    /// Asks the chain for all operators.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn of(chain: &Chain) -> Result<Self, CommandError> {
        let operators = chain.all_operators().await?;
        Ok(Self(
            operators
                .iter()
                .map(|(id, operator)| (*id, name(operator)))
                .collect(),
        ))
    }

    /// Names that are known already.
    #[cfg(test)]
    pub fn known(names: impl IntoIterator<Item = (OperatorId, String)>) -> Self {
        Self(names.into_iter().collect())
    }

    /// Number and name, such as `3 Alpha Mobile`.
    pub fn get(&self, operator: OperatorId) -> String {
        self.0
            .get(&operator)
            .map_or_else(|| operator.to_string(), |name| format!("{operator} {name}"))
    }
}
