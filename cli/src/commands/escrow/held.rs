//! What commands on escrows ask first.

use crate::{error::CommandError, session::Session};
use interclear_client::{
    chain::{AccountId, Chain},
    money,
};
use interclear_primitives::{agreement::Direction, escrow::Escrow, ids::AgreementId};

pub(in crate::commands) fn amount_of(amount: &str, decimals: u8) -> Result<u128, CommandError> {
    money::parse_amount(amount, decimals).map_err(|error| CommandError::Invalid(error.to_string()))
}

/// The direction in which the subscribers of the operator roam for which the key acts.
pub(super) async fn own_direction(
    session: &Session,
    chain: &Chain,
    agreement: AgreementId,
) -> Result<Direction, CommandError> {
    let operator = session.operator(chain).await?;
    let found = chain.agreement(agreement).await?;
    let found = found.ok_or_else(|| CommandError::NotFound(format!("agreement {agreement}")))?;
    Direction::owed_by(operator, &found.parties).ok_or_else(|| {
        CommandError::Invalid(format!(
            "operator {operator}, for which the key acts, is no party to agreement {agreement}"
        ))
    })
}

pub(super) async fn escrow_of(
    chain: &Chain,
    agreement: AgreementId,
    direction: Direction,
) -> Result<Escrow<AccountId>, CommandError> {
    let [first, second] = chain.escrows(agreement).await?;
    let found = match direction {
        Direction::FirstHome => first,
        Direction::SecondHome => second,
    };
    found.ok_or_else(|| CommandError::NotFound(format!("escrow under agreement {agreement}")))
}
