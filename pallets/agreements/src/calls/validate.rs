//! What makes terms acceptable: [`interclear_billing::terms::validate`], the limits of the chain, and who owns what.
//! Nothing here writes; only the check of the parties reads.

use crate::{types::TermsRefusal, Config, Error};
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use interclear_ports::Operators;
use interclear_primitives::{
    agreement::{Direction, Terms},
    ids::OperatorId,
    tadig::Tadig,
};

/// Checks everything about terms that can be told without their parties and the clock.
pub fn check_terms<T: Config>(terms: &Terms) -> Result<(), Error<T>> {
    interclear_billing::terms::validate(terms)
        .map_err(|fault| Error::<T>::InvalidTerms(TermsRefusal(fault.code)))?;
    ensure!(
        terms.first.months_until(terms.last) < T::MaxTermMonths::get(),
        Error::<T>::MaxTermMonthsExceeded
    );
    ensure!(
        terms.pair_count() <= T::MaxPairs::get(),
        Error::<T>::MaxPairsExceeded
    );
    Ok(())
}

/// Checks the parties: different, active, owners of the networks that the terms give them, and none of their arbitrators.
pub fn check_parties<T: Config>(terms: &Terms, parties: [OperatorId; 2]) -> Result<(), Error<T>> {
    let [first, second] = parties;
    ensure!(first != second, Error::<T>::SameParty);
    ensure!(
        parties.into_iter().all(T::Operators::is_active),
        Error::<T>::CounterpartyNotActive
    );
    let arbitrators = terms.disputes.arbitrators.unwrap_or_default();
    ensure!(
        terms.disputes.arbitrators.is_none()
            || arbitrators
                .into_iter()
                .all(|one| !parties.contains(&one) && T::Operators::is_active(one)),
        Error::<T>::InvalidArbitrators
    );
    for direction in Direction::BOTH {
        let (home, visited) = match direction {
            Direction::FirstHome => (first, second),
            Direction::SecondHome => (second, first),
        };
        let groups = &terms.direction(direction).groups;
        check_owner::<T>(groups.iter().flat_map(|group| &group.home), home)?;
        check_owner::<T>(groups.iter().flat_map(|group| &group.visited), visited)?;
    }
    Ok(())
}

fn check_owner<'a, T: Config>(
    tadigs: impl Iterator<Item = &'a Tadig>,
    owner: OperatorId,
) -> Result<(), Error<T>> {
    let distinct: BTreeSet<_> = tadigs.collect();
    let owned = distinct
        .into_iter()
        .all(|tadig| T::Operators::owner_of(tadig) == Some(owner));
    ensure!(owned, Error::<T>::TadigNotOfParty);
    Ok(())
}
