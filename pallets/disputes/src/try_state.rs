//! What must hold after every block.

use crate::{
    calls::{claims_of, worth_of},
    Config, Disputes, Expiry, ExpiryQueue, NextDispute, OnLine, Open, OpenFor, Pallet, StatementKey,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::ensure;
use interclear_ports::{idle, DisputedStatements};
use interclear_primitives::{
    dispute::{Dispute, DisputeOutcome, DisputePhase, DisputeSubject, LineSide},
    ids::{DisputeId, OperatorId},
};
use sp_runtime::TryRuntimeError;

/// What the disputes on a statement come to: by direction what is paid beyond what it states, and open ones by who raised them.
#[derive(Default)]
struct Sums {
    adjusted: [i128; 2],
    open: BTreeMap<OperatorId, u32>,
}

impl<T: Config> Pallet<T> {
    /// Checks the invariants of the pallet.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut sums = BTreeMap::<StatementKey, Sums>::new();
        let queued = Self::check_expiry()?;
        for (id, dispute) in Disputes::<T>::iter() {
            ensure!(
                id < NextDispute::<T>::get(),
                "a dispute has an id that was not given"
            );
            Self::check_dispute(id, &dispute, &queued, &mut sums)?;
        }
        for (id, until) in Open::<T>::iter() {
            let found = Disputes::<T>::get(id).ok_or("an open dispute is not there")?;
            ensure!(
                found.phase.is_open() && found.until == until,
                "an open dispute waits for another moment, or for none"
            );
        }
        for (operator, id, ()) in OpenFor::<T>::iter() {
            let found = Disputes::<T>::get(id).ok_or("an open dispute is not there")?;
            let arbitrators = found.terms.arbitrators.unwrap_or_default();
            ensure!(
                found.phase.is_open() && (found.side(operator).is_some() || arbitrators.contains(&operator)),
                "a dispute is open for somebody who has no say in it"
            );
        }
        for (key, line, id) in OnLine::<T>::iter() {
            let subject = DisputeSubject::StatementLine {
                agreement: key.0,
                period: key.1,
                line,
            };
            ensure!(
                Disputes::<T>::get(id).is_some_and(|dispute| dispute.subject == subject),
                "a line has another line's dispute"
            );
        }
        sums.into_iter()
            .try_for_each(|(key, sums)| Self::check_statement(key, &sums))
    }

    /// The disputes that wait for their removal, all of them ended.
    fn check_expiry() -> Result<BTreeSet<DisputeId>, TryRuntimeError> {
        let queued = idle::waiting::<Expiry<T>, ExpiryQueue<T>, DisputeId>()?;
        for id in &queued {
            ensure!(
                Disputes::<T>::get(id).is_some_and(|dispute| !dispute.phase.is_open()),
                "a dispute waits for its removal that is open, or not there"
            );
        }
        Ok(queued)
    }

    fn check_dispute(
        id: DisputeId,
        dispute: &Dispute,
        queued: &BTreeSet<DisputeId>,
        sums: &mut BTreeMap<StatementKey, Sums>,
    ) -> Result<(), TryRuntimeError> {
        let claims = claims_of::<T>(dispute).map_err(|_| "a figure is too large")?;
        let settled = dispute.settled.clear().map_err(|_| "an amount is sealed")?;
        ensure!(
            claims.disputed().is_some(),
            "a debtor says more than its creditor"
        );
        ensure!(
            dispute.unheard || !dispute.phase.is_open() || claims.admit(settled),
            "what is paid is not what both sides say"
        );
        ensure!(
            !dispute.unheard || dispute.phase == DisputePhase::Raised,
            "a party has not been heard, and the dispute goes on"
        );
        let open = dispute.phase.is_open();
        ensure!(
            queued.contains(&id) != open,
            "a dispute has ended and does not wait for its removal"
        );
        ensure!(Open::<T>::contains_key(id) == open, "a dispute is open or not");
        ensure!(
            dispute
                .parties
                .iter()
                .all(|party| OpenFor::<T>::contains_key(party, id) == open),
            "a dispute is open for its parties or not"
        );
        ensure!(
            if open {
                claims.disputed() != Some(0) && Self::undisputed(dispute).ok() == Some(settled)
            } else {
                dispute
                    .ended
                    .is_some_and(|ended| worth_of::<T>(&ended).ok() == Some(settled))
            },
            "a dispute has ended and something is left of it, or has not and nothing is"
        );
        match dispute.subject {
            DisputeSubject::StatementLine {
                agreement,
                period,
                line,
            } => {
                let newest = OnLine::<T>::get((agreement, period), line);
                let withdrawn = dispute.phase == DisputePhase::Ended(DisputeOutcome::Withdrawn);
                let before = |newest| Self::dispute(newest).is_some_and(|newest| newest.earlier == Some(id));
                ensure!(
                    newest == Some(id) || withdrawn && newest.is_none_or(before),
                    "a dispute is not that of its line"
                );
                let sums = sums.entry((agreement, period)).or_default();
                let stated = worth_of::<T>(&dispute.stated).map_err(|_| "a figure is too large")?;
                let [first, second] = &mut sums.adjusted;
                let adjusted = match line.usage.direction.index() {
                    0 => first,
                    _ => second,
                };
                *adjusted = settled
                    .checked_sub(stated)
                    .and_then(|more| adjusted.checked_add(more))
                    .ok_or("a sum does not fit")?;
                if open {
                    let by = dispute.raised_by.of(&dispute.parties);
                    let count = sums.open.entry(by).or_default();
                    *count = count.saturating_add(1);
                }
            }
        }
        Ok(())
    }

    /// What is paid of a statement is what it states and what its disputes have changed of it.
    fn check_statement(key: StatementKey, sums: &Sums) -> Result<(), TryRuntimeError> {
        let Some(statement) = T::Statements::statement(key.0, key.1) else {
            ensure!(
                sums.open.is_empty(),
                "a dispute is open on a statement that is gone"
            );
            return Ok(());
        };
        for side in LineSide::BOTH {
            let party = side.of(&statement.parties);
            let open = sums.open.get(&party).copied().unwrap_or_default();
            ensure!(
                side.of(&statement.disputed.open) == open,
                "a statement counts other disputes than there are"
            );
            let adjusted = side.of(&statement.disputed.adjusted);
            ensure!(
                adjusted.clear() == Ok(side.of(&sums.adjusted)),
                "a statement is paid otherwise than its disputes say"
            );
        }
        Ok(())
    }
}
