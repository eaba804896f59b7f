//! What must hold after every block.

use crate::{
    impls::positions::nets, AccountLine, Accounts, CloseRequests, Config, CycleObligations, Cycles, Decimals,
    FundedFrom, LastClosed, Leaving, Mutuals, NextCycle, NextObligation, Obligations, ObligationsOf,
    OpenObligations, Pallet, Positions, Stage, Stages, Statements, TokenOf, Tokens, Unaffirmed, Unfinished,
    Unresolved, UnsettledOf,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{
    ensure,
    traits::{fungibles::Inspect, Get},
};
use interclear_billing::stretch::stretch;
use interclear_netting::{is_zero_sum, net_positions};
use interclear_ports::{Agreements, Periods};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, CycleId},
    money::{Value, ValueError},
    netting::{Cycle, CyclePhase, ObligationStatus},
    period::Period,
    rating::LineCharge,
    span::Months,
    statement::{Statement, StatementLine, StatementStatus},
    usage::UsageKey,
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
        Self::check_statements()?;
        Self::check_accounts()?;
        Self::check_obligations()?;
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
        Self::check_holds()
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

    fn check_statements() -> Result<(), TryRuntimeError> {
        for ((agreement, period), by) in CloseRequests::<T>::iter() {
            ensure!(
                !Self::is_closed(agreement, period),
                "a closed month is asked to be closed"
            );
            ensure!(
                T::Agreements::parties(agreement).is_some_and(|parties| parties.contains(&by)),
                "another than a party has asked to close a month"
            );
        }
        for (agreement, period, statement) in Statements::<T>::iter() {
            ensure!(
                LastClosed::<T>::get(agreement) >= Some(period),
                "a statement is newer than the last month"
            );
            ensure!(
                Self::adds_up(&statement).is_ok_and(|sound| sound),
                "a statement does not add up"
            );
            let waits = statement.status == StatementStatus::Issued;
            let deadline = Unaffirmed::<T>::get(agreement, period);
            ensure!(
                deadline == waits.then_some(statement.affirm_by),
                "a statement waits that does not"
            );
            let keys: BTreeSet<_> = statement.lines.iter().map(StatementLine::key).collect();
            ensure!(
                keys.len() == statement.lines.len(),
                "a statement has a line twice"
            );
        }
        Ok(())
    }

    /// What the statements of a window have charged is what the running account says.
    fn check_accounts() -> Result<(), TryRuntimeError> {
        for (agreement, lines) in Accounts::<T>::iter() {
            ensure!(!lines.is_empty(), "an account is empty");
            let closed = LastClosed::<T>::get(agreement).ok_or("an account has no month")?;
            let (_, terms) = T::Agreements::terms_in(agreement, closed).ok_or("an account has no terms")?;
            let in_force = T::Agreements::months_in(agreement, closed).ok_or("an account has no term")?;
            // A version that has come into force since, or a termination, must not change what the window was.
            let in_force = Months {
                last: Period::MAX,
                ..in_force
            };
            let mut previous = None;
            for AccountLine { key, running } in &lines {
                ensure!(previous < Some(*key), "an account is not in order");
                previous = Some(*key);
                let agreed = terms.direction(key.direction);
                ensure!(
                    agreed
                        .lines()
                        .any(|(group, line)| (group, line.service) == (key.group, key.service)),
                    "an account has a line without price"
                );
                let window = stretch(&terms, agreed.window, in_force, closed);
                let months = Months {
                    last: closed,
                    ..window
                };
                // A window that ended with the month has left nothing but its part of the commitment.
                let Some(charged) = (if window.last == closed {
                    Some(LineCharge::default())
                } else {
                    Self::charged(agreement, months, key)?
                }) else {
                    continue;
                };
                // Statements do not tell the tax of the files.
                let account = LineCharge {
                    tap_tax: 0,
                    ..running.history.window
                };
                ensure!(
                    account == charged,
                    "the statements of a window are not what its account says"
                );
            }
        }
        Ok(())
    }

    /// What the statements of some months have charged a line; `None` once one of them has been removed.
    fn charged(
        agreement: AgreementId,
        months: Months,
        key: &UsageKey,
    ) -> Result<Option<LineCharge>, TryRuntimeError> {
        let mut sum = LineCharge::default();
        for month in months.iter() {
            let Some(statement) = Statements::<T>::get(agreement, month) else {
                return Ok(None);
            };
            for line in statement.lines.iter().filter(|line| line.key() == *key) {
                let charge = LineCharge {
                    quantity: i128::try_from(line.quantity).map_err(|_| "a quantity does not fit")?,
                    tap_charge: clear(&line.tap_charge)?,
                    tap_tax: 0,
                    charge: clear(&line.charge)?,
                    shortfall: clear(&line.shortfall)?,
                    tax: clear(&line.tax)?,
                };
                sum = sum.checked_add(&charge).ok_or("a sum does not fit")?;
            }
        }
        Ok(Some(sum))
    }

    fn adds_up(statement: &Statement) -> Result<bool, ValueError> {
        let mut totals = [Value::ZERO; 2];
        for line in &statement.lines {
            let [first, second] = &mut totals;
            let total = match line.direction {
                Direction::FirstHome => first,
                Direction::SecondHome => second,
            };
            *total = total
                .checked_add(&line.charge)?
                .checked_add(&line.shortfall)?
                .checked_add(&line.tax)?;
        }
        let [first, second] = totals;
        Ok(statement.totals == totals && statement.net == first.checked_sub(&second)?)
    }

    fn check_obligations() -> Result<(), TryRuntimeError> {
        let mut unsettled = BTreeMap::<_, u32>::new();
        for (id, obligation) in Obligations::<T>::iter() {
            ensure!(
                id < NextObligation::<T>::get(),
                "an obligation has a number not given out"
            );
            ensure!(clear(&obligation.amount)? > 0, "an obligation is not positive");
            ensure!(
                obligation.debtor != obligation.creditor,
                "an operator owes itself"
            );
            let open = obligation.status == ObligationStatus::Open;
            let listed = OpenObligations::<T>::contains_key(obligation.currency, id);
            ensure!(open == listed, "the list of open obligations is wrong");
            let settled = matches!(obligation.status, ObligationStatus::Settled(_));
            for party in [obligation.debtor, obligation.creditor] {
                ensure!(
                    settled != ObligationsOf::<T>::contains_key(party, id),
                    "the list of a party is wrong"
                );
                if !settled {
                    *unsettled.entry((obligation.currency, party)).or_default() += 1;
                }
            }
            if let ObligationStatus::InCycle(cycle) | ObligationStatus::Settled(cycle) = obligation.status {
                ensure!(
                    CycleObligations::<T>::contains_key(cycle, id),
                    "a cycle misses an obligation"
                );
                ensure!(
                    settled || Unresolved::<T>::contains_key(cycle) || Self::is_unfinished(cycle),
                    "an obligation is stuck in a cycle"
                );
            }
        }
        let counted: BTreeMap<_, _> = UnsettledOf::<T>::iter()
            .map(|(currency, party, count)| ((currency, party), count))
            .collect();
        ensure!(unsettled == counted, "the obligations of a party are miscounted");
        let known = |id| Obligations::<T>::contains_key(id);
        ensure!(
            OpenObligations::<T>::iter().all(|(_, id, ())| known(id)),
            "an open obligation is missing"
        );
        ensure!(
            ObligationsOf::<T>::iter().all(|(_, id, ())| known(id)),
            "a party's obligation is missing"
        );
        Ok(())
    }

    fn is_unfinished(id: CycleId) -> bool {
        Cycles::<T>::get(id).is_some_and(|cycle| !cycle.is_finished())
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
            Stages::<T>::contains_key(id) == (cycle.phase == CyclePhase::Frozen),
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
        if Stages::<T>::get(id) == Some(Stage::TakingOut) {
            return Ok(());
        }
        ensure!(
            Leaving::<T>::iter_key_prefix(id).next().is_none(),
            "a defaulter is left half-way"
        );

        // And the parts are those of the obligations.
        let mut owed = alloc::vec::Vec::new();
        for (number, ()) in CycleObligations::<T>::iter_prefix(id) {
            let obligation = Obligations::<T>::get(number).ok_or("an obligation of a cycle is missing")?;
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
        for ((token, account), sum) in held {
            ensure!(
                Self::on_hold(token, &account) == sum,
                "positions and holds differ"
            );
        }
        Ok(())
    }
}
