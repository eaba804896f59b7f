//! What must hold after every block.

use crate::{
    calls::positions::nets, Config, CycleObligations, Cycles, Decimals, Exclusions, FundedFrom, Mutuals,
    NextCycle, Pallet, Positions, Stage, Stages, TokenOf, Tokens, Unfinished, Unresolved,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
    ensure,
    traits::{fungibles::Inspect, Get},
};
use interclear_netting::{is_zero_sum, net_positions};
use interclear_ports::Obligations;
use interclear_primitives::{
    ids::CycleId,
    money::Value,
    netting::{Cycle, CyclePhase, ObligationStatus},
};
use sp_runtime::TryRuntimeError;

fn clear(value: &Value) -> Result<i128, TryRuntimeError> {
    value.clear().map_err(|_| "an amount is sealed".into())
}

impl<T: Config> Pallet<T> {
    /// Checks the invariants of the pallet.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_tokens()?;
        for (id, cycle) in Cycles::<T>::iter() {
            Self::check_cycle(id, &cycle)?;
        }
        for (token, id) in Unfinished::<T>::iter() {
            let cycle = Cycles::<T>::get(id).ok_or("an unfinished cycle does not exist")?;
            ensure!(
                cycle.token == token && !cycle.is_finished(),
                "a finished cycle is listed as unfinished"
            );
        }
        Self::check_book()?;
        Self::check_holds()
    }

    /// What a cycle has taken in, the book of debts has in that cycle.
    fn check_book() -> Result<(), TryRuntimeError> {
        for (cycle, number, ()) in CycleObligations::<T>::iter() {
            let obligation = T::Obligations::get(number).ok_or("an obligation of a cycle is missing")?;
            let unresolved = Unresolved::<T>::contains_key(cycle)
                || Cycles::<T>::get(cycle).is_some_and(|cycle| !cycle.is_finished());
            ensure!(
                obligation.status == ObligationStatus::Settled(cycle)
                    || unresolved && obligation.status == ObligationStatus::InCycle(cycle),
                "an obligation is stuck in a cycle, or not in the cycle that has taken it in"
            );
        }
        Ok(())
    }

    fn check_tokens() -> Result<(), TryRuntimeError> {
        for (id, token) in Tokens::<T>::iter() {
            ensure!(T::Tokens::asset_exists(id), "a token has no asset");
            ensure!(
                TokenOf::<T>::get(token.currency, token.issuer) == Some(id),
                "an issuer has two tokens"
            );
            ensure!(
                Decimals::<T>::get(token.currency) == Some(token.decimals),
                "decimals differ"
            );
        }
        Ok(())
    }

    fn check_cycle(id: CycleId, cycle: &Cycle) -> Result<(), TryRuntimeError> {
        ensure!(id < NextCycle::<T>::get(), "a cycle has a number not given out");
        ensure!(
            cycle.is_finished() == cycle.finished_at.is_some(),
            "the end of a cycle is wrong"
        );
        ensure!(cycle.parties <= T::MaxParties::get(), "too many parties");
        let book = Self::book(id);
        let carried: BTreeMap<_, _> = book
            .iter()
            .map(|(op, p)| Ok((*op, clear(&p.carried)?)))
            .collect::<Result<_, TryRuntimeError>>()?;
        let net = nets(&book).map_err(|_| "a net is sealed")?;
        if cycle.finished_at.is_none() || Unresolved::<T>::contains_key(id) {
            ensure!(is_zero_sum(&net), "net positions do not sum to zero");
            ensure!(is_zero_sum(&carried), "carried amounts do not sum to zero");
        }
        if cycle.is_finished() {
            ensure!(
                Unfinished::<T>::get(cycle.token) != Some(id),
                "a finished cycle blocks its token"
            );
            ensure!(
                Stages::<T>::get(id).is_none(),
                "a finished cycle is being computed"
            );
            return Ok(());
        }
        ensure!(
            Unfinished::<T>::get(cycle.token) == Some(id),
            "a token has two unfinished cycles"
        );
        ensure!(
            Stages::<T>::contains_key(id) == (cycle.phase == CyclePhase::Collecting),
            "a stage is wrong"
        );
        let staying = book.values().filter(|position| !position.excluded).count();
        ensure!(
            usize::try_from(cycle.parties) == Ok(staying),
            "the number of parties is wrong"
        );

        // Positions are what each operator has with the others.
        let mut mutual: BTreeMap<_, i128> = book.keys().map(|operator| (*operator, 0)).collect();
        for ((one, other), between) in Mutuals::<T>::iter_prefix((id,)) {
            let back = Mutuals::<T>::get((id, other, one));
            ensure!(
                between.net.checked_neg() == Ok(back.net),
                "two operators disagree"
            );
            ensure!(
                between.obligations == back.obligations,
                "two operators count differently"
            );
            let sum = mutual.get_mut(&one).ok_or("an operator without position")?;
            *sum = sum
                .checked_add(clear(&between.net)?)
                .ok_or("an amount does not fit")?;
        }
        for (operator, whole) in &mutual {
            let sum = net
                .get(operator)
                .zip(carried.get(operator))
                .and_then(|(net, carried)| net.checked_add(*carried));
            ensure!(sum == Some(*whole), "a position is not the sum of its parts");
        }
        if Stages::<T>::get(id) == Some(Stage::Excluding) {
            return Ok(());
        }
        ensure!(
            Exclusions::<T>::iter_key_prefix(id).next().is_none(),
            "an exclusion is left half-way"
        );

        // And the parts are those of the obligations.
        let mut owed = Vec::new();
        for (number, ()) in CycleObligations::<T>::iter_prefix(id) {
            let obligation = T::Obligations::get(number).ok_or("an obligation of a cycle is missing")?;
            ensure!(
                obligation.status == ObligationStatus::InCycle(id),
                "an obligation has left its cycle"
            );
            let stays = |party| !Positions::<T>::get(id, party).excluded;
            if stays(obligation.debtor) && stays(obligation.creditor) {
                let amount = obligation
                    .amount
                    .clear_unsigned()
                    .map_err(|_| "an amount is sealed")?;
                owed.push((obligation.debtor, obligation.creditor, amount));
            }
        }
        ensure!(
            usize::try_from(cycle.obligations) == Ok(owed.len()),
            "the number of obligations is wrong"
        );
        let gross = owed
            .iter()
            .try_fold(0u128, |sum, (_, _, amount)| sum.checked_add(*amount));
        ensure!(
            cycle.gross.clear_unsigned().ok() == gross,
            "the gross sum is wrong"
        );
        let recomputed = net_positions(owed).map_err(|_| "obligations cannot be netted")?;
        for (operator, whole) in &mutual {
            ensure!(
                recomputed.get(operator).copied().unwrap_or_default() == *whole,
                "a net position is wrong"
            );
        }
        Ok(())
    }

    /// What is on hold on each account is what its positions say.
    fn check_holds() -> Result<(), TryRuntimeError> {
        let mut held = BTreeMap::new();
        for (id, operator, position) in Positions::<T>::iter() {
            let account = FundedFrom::<T>::get(id, operator);
            ensure!(
                account.is_some() == (position.held > 0),
                "a hold without an account"
            );
            let Some(account) = account else { continue };
            let cycle = Cycles::<T>::get(id).ok_or("a position without a cycle")?;
            let sum: &mut u128 = held.entry((cycle.token, account)).or_default();
            *sum = sum.checked_add(position.held).ok_or("an amount does not fit")?;
        }
        // Also on accounts of which no position says so: what is on hold there would never be released.
        for token in Tokens::<T>::iter_keys() {
            for account in frame_system::Account::<T>::iter_keys() {
                let sum = held.remove(&(token, account.clone())).unwrap_or_default();
                ensure!(
                    Self::on_hold(token, &account) == sum,
                    "positions and holds differ"
                );
            }
        }
        ensure!(held.is_empty(), "a hold of a token or an account that is gone");
        Ok(())
    }
}
