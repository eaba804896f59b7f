//! What must hold after every block.

use crate::{
    calls::debt, AccountLine, Accounts, CloseRequests, Config, LastClosed, NextObligation, Obligations,
    ObligationsOf, OpenObligations, Pallet, Statements, Unaffirmed, UnsettledOf,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::Get};
use interclear_billing::stretch::stretches;
use interclear_ports::{Agreements, Clock, Periods, Settlement, Usage};
use interclear_primitives::{
    agreement::Direction,
    ids::AgreementId,
    money::{Value, ValueError},
    netting::{ObligationSource, ObligationStatus},
    period::Period,
    rating::LineCharge,
    span::{Accounted, Months},
    statement::{Statement, StatementLine, StatementStatus},
    usage::UsageKey,
};
use sp_runtime::TryRuntimeError;

/// The same months without an end.
fn endless(months: Months) -> Months {
    Months {
        last: Period::MAX,
        ..months
    }
}

fn clear(value: &Value) -> Result<i128, TryRuntimeError> {
    value.clear().map_err(|_| "an amount is sealed".into())
}

impl<T: Config> Pallet<T> {
    /// Checks the invariants of the pallet.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_statements()?;
        Self::check_accounts()?;
        Self::check_obligations()?;
        Self::check_affirmed()
    }

    fn check_statements() -> Result<(), TryRuntimeError> {
        for ((agreement, period), asked) in CloseRequests::<T>::iter() {
            ensure!(
                !Self::is_closed(agreement, period),
                "a closed month is asked to be closed"
            );
            ensure!(
                T::Agreements::parties(agreement).is_some_and(|parties| parties.contains(&asked.by)),
                "another than a party has asked to close a month"
            );
            let moves = T::Usage::period_usage(agreement, period).moves;
            let made = |seen| moves.iter().any(|moves| seen <= moves.count);
            ensure!(
                made(asked.seen) && made(asked.own),
                "a request has seen more than has been done to the month"
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
            let line = |line: &StatementLine| (line.late, line.key());
            let keys: BTreeSet<_> = statement.lines.iter().map(line).collect();
            let stated: BTreeSet<_> = statement.lines.iter().filter_map(|line| line.late).collect();
            let late = T::Usage::late_totals(agreement, period);
            ensure!(
                stated == late.into_iter().map(|(of, ..)| of).collect(),
                "a statement does not bill the late usage that it should"
            );
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
            let accounted = T::Agreements::accounted_in(agreement, closed).ok_or("an account has no term")?;
            // A version that has come into force since, or a termination, must not change what the window was.
            let [first, second] = accounted.map(|Accounted { counted, priced }| Accounted {
                counted: endless(counted),
                priced: endless(priced),
            });
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
                let accounted = match key.direction {
                    Direction::FirstHome => &first,
                    Direction::SecondHome => &second,
                };
                let [window, span] =
                    stretches(&terms, agreed, accounted, closed).map(|stretch| stretch.months);
                let goes_on = window.last != closed;
                let in_window = Months {
                    last: closed,
                    ..window
                };
                let earlier = Months {
                    first: span.first,
                    last: if goes_on { window.first.previous() } else { closed },
                };
                // A window that ended with the month has left nothing but its part of the commitment.
                let charged = match goes_on {
                    true => Self::charged(agreement, in_window, key)?,
                    false => Some(LineCharge::default()),
                };
                // Statements do not tell the tax of the files.
                let told = |account: &LineCharge| LineCharge {
                    tap_tax: 0,
                    ..*account
                };
                ensure!(
                    charged.is_none_or(|charged| told(&running.history.window) == charged),
                    "the statements of a window are not what its account says"
                );
                let counts = agreed.has_commitment()
                    && agreed.lines().any(|(group, line)| {
                        (group, line.service) == (key.group, key.service) && line.terms.in_commitment
                    });
                let charged = match counts {
                    true => Self::charged(agreement, earlier, key)?,
                    false => Some(LineCharge::default()),
                };
                ensure!(
                    charged.is_none_or(|charged| told(&running.history.earlier) == charged),
                    "the statements of a span's earlier windows are not what its account says"
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
        // Late usage of these months is billed by later ones.
        let closed = LastClosed::<T>::get(agreement).unwrap_or(months.last);
        for month in (Months {
            last: closed,
            ..months
        })
        .iter()
        {
            let Some(statement) = Statements::<T>::get(agreement, month) else {
                return Ok(None);
            };
            let of =
                |line: &&StatementLine| line.key() == *key && months.includes(line.late.unwrap_or(month));
            for line in statement.lines.iter().filter(of) {
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
                    let count = unsettled.entry((obligation.currency, party)).or_insert(0u32);
                    *count = count.saturating_add(1);
                }
            }
            if let ObligationStatus::InCycle(cycle) | ObligationStatus::Settled(cycle) = obligation.status {
                ensure!(T::Settlement::includes(cycle, id), "a cycle misses an obligation");
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

    /// Each net that was affirmed is one obligation, and none arose from a statement otherwise; that is kept as long as it.
    fn check_affirmed() -> Result<(), TryRuntimeError> {
        let mut arisen = BTreeMap::new();
        for (_, obligation) in Obligations::<T>::iter() {
            if let ObligationSource::Statement { agreement, period } = obligation.source {
                ensure!(
                    arisen.insert((agreement, period), obligation).is_none(),
                    "a statement has become two obligations"
                );
            }
        }
        ensure!(
            arisen
                .keys()
                .all(|(agreement, period)| Statements::<T>::contains_key(agreement, period)),
            "a debt has lost its statement"
        );
        let now = T::Clock::now();
        for (agreement, period, statement) in Statements::<T>::iter() {
            let [first, second] = statement.parties;
            let expected = match statement.status {
                StatementStatus::Issued => None,
                StatementStatus::Affirmed => {
                    debt(first, second, statement.net).map_err(|_| "a net is sealed")?
                }
            };
            let found = arisen.get(&(agreement, period));
            // An obligation that was settled is removed with its cycle, not before a statement of its age can go.
            let removed = found.is_none() && now >= statement.issued_at.saturating_add(T::Retention::get());
            ensure!(
                removed
                    || found.map(|debt| (debt.debtor, debt.creditor, debt.amount)) == expected
                        && found.is_none_or(|debt| debt.currency == statement.currency),
                "a net and its obligation differ"
            );
        }
        Ok(())
    }
}
