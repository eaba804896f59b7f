//! Agreements, terms and offers that must exist.

use crate::error::CommandError;
use interclear_client::chain::{AccountId, Chain};
use interclear_primitives::{
    agreement::{Agreement, Offer, Prepaid, Terms},
    ids::AgreementId,
    money::Currency,
    period::Period,
    Moment,
};
use std::iter;

/// An agreement that must exist.
pub(in crate::commands) async fn agreement_of(
    chain: &Chain,
    id: AgreementId,
) -> Result<Agreement<AccountId>, CommandError> {
    chain
        .agreement(id)
        .await?
        .ok_or_else(|| CommandError::NotFound(format!("agreement {id}")))
}

/// An agreement in one of its months, or in another one that has something all the same.
pub(in crate::commands) async fn agreement_in(
    chain: &Chain,
    id: AgreementId,
    period: Period,
) -> Result<Agreement<AccountId>, CommandError> {
    let found = agreement_of(chain, id).await?;
    if found.version_in(period).is_some() || chain.statement(id, period).await?.is_some() {
        return Ok(found);
    }
    let usage = chain.period_usage(id, period).await?;
    match usage.closed || usage.in_use() {
        true => Ok(found),
        false => Err(CommandError::Invalid(outside(id, period, &found))),
    }
}

/// Months of an agreement that are looked at: a year, and the one that runs.
const MONTHS: usize = 13;

/// The months of an agreement that are looked at, the newest first: up to the one that runs, or the last one.
pub(in crate::commands) fn months_of<A>(found: &Agreement<A>, at: Moment) -> Vec<Period> {
    let first = found.versions.first().map(|version| version.from);
    let newest = found.end().min(Period::containing(at));
    let months = iter::successors(Some(newest), |month| Some(month.previous()));
    months
        .take(MONTHS)
        .take_while(|month| first.is_some_and(|first| *month >= first))
        .collect()
}

/// Why there is nothing to tell of a month.
pub(in crate::commands) fn outside(
    agreement: AgreementId,
    period: Period,
    found: &Agreement<AccountId>,
) -> String {
    match found.versions.first() {
        Some(first) => format!(
            "{period} is not a month of agreement {agreement}, which runs from {} to {}",
            first.from, found.last
        ),
        None => format!(
            "agreement {agreement} is not in force: `interclear agreement show {agreement}` tells why"
        ),
    }
}

/// Which directions of an agreement are prepaid in a month; after its end by the last terms.
pub(in crate::commands) async fn prepaid_in(
    chain: &Chain,
    id: AgreementId,
    found: &Agreement<AccountId>,
    period: Period,
) -> Result<[Option<Prepaid>; 2], CommandError> {
    let terms = match found.version_in(period.min(found.end())) {
        Some(version) => chain.terms(id, version).await?,
        None => None,
    };
    Ok(terms.map_or([None; 2], |terms| terms.usage.prepaid))
}

/// Terms that the chain keeps.
pub(in crate::commands) async fn terms_of(
    chain: &Chain,
    id: AgreementId,
    version: u32,
) -> Result<Terms, CommandError> {
    let missing = || {
        CommandError::NotFound(format!("version {version} of agreement {id}; the chain keeps the version on the table and those in force"))
    };
    chain.terms(id, version).await?.ok_or_else(missing)
}

/// The decimals and the currency of what an agreement owes.
pub(in crate::commands) async fn scale_of(
    chain: &Chain,
    id: AgreementId,
    found: &Agreement<AccountId>,
) -> Result<(u8, Currency), CommandError> {
    let terms = match found.versions.last() {
        Some(entry) => terms_of(chain, id, entry.version).await?,
        None => {
            return Err(CommandError::NotFound(format!(
                "version in force of agreement {id}"
            )))
        }
    };
    let decimals = chain.decimals().await?;
    Ok((
        decimals.get(&terms.currency).copied().unwrap_or(0),
        terms.currency,
    ))
}

/// The version on the table, or else the newest in force.
pub(super) fn newest<A>(agreement: &Agreement<A>) -> u32 {
    let in_force = agreement.versions.last().map(|entry| entry.version);
    agreement
        .offer
        .as_ref()
        .map(|offer| offer.version)
        .or(in_force)
        .unwrap_or(agreement.latest)
}

/// The offer that is on the table.
pub(super) fn on_the_table<A>(found: Agreement<A>, agreement: AgreementId) -> Result<Offer<A>, CommandError> {
    found
        .offer
        .ok_or_else(|| CommandError::NotFound(format!("offer on the table under agreement {agreement}")))
}
