//! What must hold after every block.

use crate::{
    Accounts, Affirmed, Carried, CloseRequest, CloseRequests, Config, Decisions, EndedWindows, Expiry,
    ExpiryQueue, LastClosed, LateLine, LateLines, Notes, Pallet, Statements, TakenOver, Unaffirmed,
    Undecided,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use frame_support::{ensure, traits::Get};
use interclear_billing::{late::LatePart, rate::Running, stretch::stretches};
use interclear_ports::{idle, Agreements, Clock, Obligations, Periods, Usage};
use interclear_primitives::{
    agreement::Direction,
    ids::AgreementId,
    money::{Value, ValueError},
    netting::ObligationSource,
    period::Period,
    rating::{LineCharge, Pricing},
    span::{Accounted, Months},
    statement::{Statement, StatementLine, StatementStatus},
    usage::UsageKey,
    Moment,
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
        Self::check_kept()?;
        Self::check_accounts()?;
        Self::check_ended()?;
        Self::check_decided()?;
        Self::check_affirmed()?;
        Self::check_carried()
    }

    /// What waits is what statements have carried forward and taken over, to the last unit; the last one that did is kept as long.
    fn check_carried() -> Result<(), TryRuntimeError> {
        let mut sums = BTreeMap::<AgreementId, i128>::new();
        for (agreement, _, statement) in Statements::<T>::iter() {
            let sum = sums.entry(agreement).or_default();
            *sum = sum
                .checked_add(clear(&statement.carried)?)
                .ok_or("a sum does not fit")?;
        }
        for (agreement, period, _) in TakenOver::<T>::iter() {
            ensure!(
                Statements::<T>::contains_key(agreement, period),
                "what is taken over is of no statement"
            );
        }
        for (agreement, carried) in Carried::<T>::iter() {
            let sum = sums.remove(&agreement).unwrap_or_default();
            ensure!(
                sum.checked_add(clear(&carried.removed)?) == Some(clear(&carried.net)?),
                "what is carried forward is not what statements have carried"
            );
            ensure!(
                carried.net == Value::ZERO
                    || carried
                        .latest
                        .is_some_and(|latest| Statements::<T>::contains_key(agreement, latest)),
                "the statement that has carried forward is missing"
            );
        }
        ensure!(
            sums.values().all(|sum| *sum == 0),
            "what was carried forward is forgotten"
        );
        Ok(())
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
            let usage = T::Usage::period_usage(agreement, period);
            let made = CloseRequest::of(asked.by, &usage);
            ensure!(
                asked.changes <= made.changes && asked.moves.iter().zip(&made.moves).all(|(a, b)| a <= b),
                "a request has seen more than has been done to the month"
            );
        }
        for ((agreement, period), _, ()) in Notes::<T>::iter() {
            ensure!(
                Statements::<T>::contains_key(agreement, period),
                "a note is of no statement"
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
            let late: BTreeSet<_> = T::Usage::late_totals(agreement, period)
                .into_iter()
                .map(|(of, ..)| of)
                .collect();
            let decided = |of: &Period| statement.decided.iter().any(|decided| decided.period == *of);
            ensure!(
                late.is_subset(&stated) && stated.difference(&late).all(decided),
                "a statement does not bill the late usage that it should"
            );
            ensure!(
                keys.len() == statement.lines.len(),
                "a statement has a line twice"
            );
        }
        Ok(())
    }

    /// What the statements of windows and spans that go on have charged is what the running accounts say.
    fn check_accounts() -> Result<(), TryRuntimeError> {
        for agreement in Accounts::<T>::iter_keys() {
            ensure!(
                LastClosed::<T>::contains_key(agreement),
                "an account has no month"
            );
        }
        for (agreement, closed) in LastClosed::<T>::iter() {
            let lines = Accounts::<T>::get(agreement);
            ensure!(
                lines.is_empty() != Accounts::<T>::contains_key(agreement),
                "an account is empty"
            );
            ensure!(
                lines.is_sorted_by(|a, b| a.key < b.key),
                "an account is not in order"
            );
            // After the end of the agreement nothing goes on.
            let Some((_, terms)) = T::Agreements::terms_in(agreement, closed) else {
                ensure!(lines.is_empty(), "an account has no terms");
                continue;
            };
            let accounted = T::Agreements::accounted_in(agreement, closed).ok_or("a month has no term")?;
            let mut kept: BTreeMap<_, _> = lines.into_iter().map(|line| (line.key, line.running)).collect();
            for (direction, accounted) in Direction::BOTH.into_iter().zip(accounted) {
                let agreed = terms.direction(direction);
                // A version that has come into force since, or a termination, must not change what an account was that
                // is still kept; nothing that goes on by them may be missing.
                let endless = Accounted {
                    counted: endless(accounted.counted),
                    priced: endless(accounted.priced),
                };
                let [now, planned] = [accounted, endless]
                    .map(|months| stretches(&terms, agreed, &months, closed).map(|stretch| stretch.months));
                for (group, line) in agreed.lines() {
                    let key = UsageKey {
                        direction,
                        group,
                        service: line.service,
                    };
                    let counts = agreed.has_commitment() && line.terms.in_commitment;
                    let (stretches, running) = match kept.remove(&key) {
                        Some(running) => (planned, running),
                        None => (now, Running::default()),
                    };
                    let used = match line.terms.pricing {
                        Pricing::Access { .. } => running.usage.imsi_months,
                        _ => running.usage.volume,
                    };
                    ensure!(
                        i128::try_from(used.0) == Ok(running.history.window.quantity),
                        "the usage of a window is not what was charged"
                    );
                    Self::check_account(agreement, closed, &key, counts, stretches, &running)?;
                }
            }
            ensure!(kept.is_empty(), "an account has a line without price");
        }
        Ok(())
    }

    /// Likewise, of one line.
    fn check_account(
        agreement: AgreementId,
        closed: Period,
        key: &UsageKey,
        counts: bool,
        [window, span]: [Months; 2],
        running: &Running,
    ) -> Result<(), TryRuntimeError> {
        // Statements do not tell the tax of the files.
        let told = |account: &LineCharge| LineCharge {
            tap_tax: 0,
            ..*account
        };
        let goes_on = window.last != closed;
        let in_window = Months {
            last: closed,
            ..window
        };
        // A window that ended with the month has left nothing but its part of the commitment.
        let charged = match goes_on {
            true => Self::charged(agreement, in_window, key, &running.history.window)?,
            false => Some(LineCharge::default()),
        };
        ensure!(
            charged.is_none_or(|charged| told(&running.history.window) == charged),
            "the statements of a window are not what its account says"
        );
        let earlier = Months {
            first: span.first,
            last: if goes_on { window.first.previous() } else { closed },
        };
        let charged = match counts && span.last != closed {
            true => Self::charged(agreement, earlier, key, &running.history.earlier)?,
            false => Some(LineCharge::default()),
        };
        ensure!(
            charged.is_none_or(|charged| told(&running.history.earlier) == charged),
            "the statements of a span's earlier windows are not what its account says"
        );
        Ok(())
    }

    /// What windows that have ended came to belongs to closed months, and is there as long as late usage, or a dispute, can correct it.
    fn check_ended() -> Result<(), TryRuntimeError> {
        for (agreement, last, lines) in EndedWindows::<T>::iter() {
            ensure!(
                LastClosed::<T>::get(agreement) >= Some(last),
                "an ended window has no month"
            );
            ensure!(
                !lines.is_empty() && lines.is_sorted_by(|a, b| a.key < b.key),
                "an ended window is empty or not in order"
            );
            let (_, terms) =
                T::Agreements::terms_in(agreement, last).ok_or("an ended window has no terms")?;
            let priced: BTreeSet<_> = Direction::BOTH
                .into_iter()
                .flat_map(|direction| {
                    let lines = terms.direction(direction).lines();
                    lines.map(move |(group, line)| (direction, group, line.service))
                })
                .collect();
            ensure!(
                lines.iter().all(|line| priced.contains(&(
                    line.key.direction,
                    line.key.group,
                    line.key.service
                ))),
                "an ended window has a line without price"
            );
        }
        let now = T::Clock::now();
        for (agreement, closed) in LastClosed::<T>::iter() {
            let months = core::iter::successors(Some(closed), |month| Some(month.previous()));
            let mut removed = false;
            for month in months.take_while(|month| !Self::is_done(agreement, *month, closed, now)) {
                // With a statement went what windows up to it came to, if no late usage could correct them any more. A month that is
                // closed only after that can be disputed; it bills nothing of theirs.
                removed |= !Statements::<T>::contains_key(agreement, month);
                if removed && Self::is_past_late_usage(month, now) {
                    break;
                }
                // Before the first month, or after the last one.
                let (Some((_, terms)), Some(accounted)) = (
                    T::Agreements::terms_in(agreement, month),
                    T::Agreements::accounted_in(agreement, month),
                ) else {
                    continue;
                };
                let kept = EndedWindows::<T>::get(agreement, month).unwrap_or_default();
                for (direction, accounted) in Direction::BOTH.into_iter().zip(accounted) {
                    let agreed = terms.direction(direction);
                    // What was agreed since may have cut a window short that was still running then.
                    let planned = Accounted {
                        counted: endless(accounted.counted),
                        priced: endless(accounted.priced),
                    };
                    let [window, _] = stretches(&terms, agreed, &planned, month);
                    let there = kept.iter().any(|line| line.key.direction == direction);
                    ensure!(
                        there || window.months.last != month || agreed.lines().next().is_none(),
                        "an ended window is missing"
                    );
                }
            }
        }
        Ok(())
    }

    /// Disputes are counted as they are open; what they have decided waits for a later month than that of which it is.
    fn check_decided() -> Result<(), TryRuntimeError> {
        let mut undecided = BTreeMap::<(AgreementId, Period), u32>::new();
        let mut count = |agreement, month, more: u32| {
            let sum = undecided.entry((agreement, month)).or_default();
            *sum = sum.checked_add(more).ok_or("too many disputes")?;
            Ok::<_, TryRuntimeError>(())
        };
        for (agreement, period, statement) in Statements::<T>::iter() {
            if statement.is_disputed() {
                let [first, second] = statement.disputed.open;
                let open = first.checked_add(second).ok_or("too many disputes")?;
                for month in Self::billed_months(period, &statement) {
                    count(agreement, month, open)?;
                }
            }
        }
        for (agreement, _, decided) in Decisions::<T>::iter() {
            count(agreement, decided.period, 1)?;
        }
        let counted = Undecided::<T>::iter().map(|(agreement, month, count)| ((agreement, month), count));
        ensure!(
            undecided == counted.collect(),
            "months in dispute are not counted"
        );
        for (agreement, dispute, decided) in Decisions::<T>::iter() {
            ensure!(
                decided.dispute == dispute && LastClosed::<T>::get(agreement) >= Some(decided.period),
                "a decision is of a month that is not closed"
            );
        }
        for (agreement, period, lines) in LateLines::<T>::iter() {
            let places = || lines.iter().map(|line| (line.key, line.statement));
            ensure!(
                !lines.is_empty() && places().zip(places().skip(1)).all(|(one, next)| one < next),
                "late usage of a line is not in order"
            );
            for LateLine { statement, part, .. } in &lines {
                let LatePart {
                    brought,
                    stated,
                    billed,
                    decided,
                } = *part;
                ensure!(
                    *statement >= period && LastClosed::<T>::get(agreement) >= Some(*statement),
                    "late usage is billed with a month that is not closed"
                );
                ensure!(
                    brought.quantity >= stated.max(billed) && (decided == 0 || billed == stated),
                    "more late usage is billed than files have brought"
                );
            }
        }
        Ok(())
    }

    /// A month that was closed has its statement until its retention is over, which begins with the affirmation.
    fn check_kept() -> Result<(), TryRuntimeError> {
        let now = T::Clock::now();
        for (agreement, closed) in LastClosed::<T>::iter() {
            let months = core::iter::successors(Some(closed), |month| Some(month.previous()));
            let mut in_force = false;
            for month in months.take_while(|month| now < Self::kept_until(*month)) {
                let is = T::Agreements::usage_terms_in(agreement, month).is_some();
                if in_force && !is {
                    // Before the first month.
                    break;
                }
                in_force = is;
                ensure!(
                    Statements::<T>::contains_key(agreement, month),
                    "a closed month has no statement"
                );
            }
        }
        for (agreement, period, _) in Unaffirmed::<T>::iter() {
            ensure!(
                Statements::<T>::contains_key(agreement, period),
                "a statement waits that is missing"
            );
        }
        let queued = idle::waiting::<Expiry<T>, ExpiryQueue<T>, Affirmed>()?;
        for waits in &queued {
            let statement = Statements::<T>::get(waits.agreement, waits.period);
            ensure!(
                statement.is_some_and(|kept| kept.status == StatementStatus::Affirmed),
                "a statement is missing that waits for its removal"
            );
        }
        for (agreement, period, statement) in Statements::<T>::iter() {
            let affirmed = statement.status == StatementStatus::Affirmed;
            ensure!(
                affirmed == queued.contains(&Affirmed { agreement, period }),
                "an affirmed statement does not wait for its removal"
            );
        }
        Ok(())
    }

    /// Until when the statement of a month is kept in any case.
    fn kept_until(period: Period) -> Moment {
        period.end().saturating_add(T::Retention::get())
    }

    /// How much late usage of a line of a month is billed by now; `None` once that is forgotten, as nothing changes it any more.
    fn billed_late(
        agreement: AgreementId,
        month: Period,
        key: &UsageKey,
    ) -> Result<Option<i128>, TryRuntimeError> {
        let Some(lines) = LateLines::<T>::get(agreement, month) else {
            return Ok(None);
        };
        let mut sum = 0u128;
        for line in lines.iter().filter(|line| line.key == *key) {
            sum = sum.checked_add(line.part.billed).ok_or("a sum does not fit")?;
        }
        let sum = i128::try_from(sum).map_err(|_| "a quantity does not fit")?;
        Ok(Some(sum))
    }

    /// What the statements of some months have charged a line; `None` once one of them has been removed.
    fn charged(
        agreement: AgreementId,
        months: Months,
        key: &UsageKey,
        account: &LineCharge,
    ) -> Result<Option<LineCharge>, TryRuntimeError> {
        let mut sum = LineCharge::default();
        // How much late usage they say by its month, and of which months disputes have moved how much is billed.
        let (mut late, mut moved) = (BTreeMap::<Period, i128>::new(), BTreeSet::new());
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
                if let Some(of) = line.late {
                    let stated = late.entry(of).or_default();
                    *stated = stated.checked_add(charge.quantity).ok_or("a sum does not fit")?;
                }
            }
            // What disputes have decided is paid by itself, and counts as charged.
            let decided = statement.decided.iter();
            for one in decided.filter(|one| one.line == *key && months.includes(one.period)) {
                if one.quantity != 0 {
                    moved.insert(one.period);
                }
                if !one.moves_window {
                    continue;
                }
                let charge = LineCharge {
                    quantity: one.quantity,
                    tap_charge: 0,
                    tap_tax: 0,
                    charge: clear(&one.charge)?,
                    shortfall: clear(&one.shortfall)?,
                    tax: clear(&one.tax)?,
                };
                sum = sum.checked_add(&charge).ok_or("a sum does not fit")?;
            }
        }
        // What is given back of late usage is money in a statement; how much is billed is kept with its month.
        for month in moved {
            let Some(billed) = Self::billed_late(agreement, month, key)? else {
                sum.quantity = account.quantity;
                break;
            };
            let stated = late.get(&month).copied().unwrap_or_default();
            sum.quantity = sum
                .quantity
                .checked_add(billed)
                .and_then(|quantity| quantity.checked_sub(stated))
                .ok_or("a sum does not fit")?;
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

    /// The net that was affirmed is an obligation and its notes, and none arose from a statement otherwise; that is kept as long
    /// as it.
    fn check_affirmed() -> Result<(), TryRuntimeError> {
        let now = T::Clock::now();
        let mut arisen: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (_, obligation) in T::Obligations::all() {
            let (month, is_note) = match obligation.source {
                ObligationSource::Statement { agreement, period } => ((agreement, period), false),
                ObligationSource::Note {
                    agreement, period, ..
                }
                | ObligationSource::CarriedForward { agreement, period } => ((agreement, period), true),
                _ => continue,
            };
            let of_month = arisen.entry(month).or_default();
            ensure!(
                is_note || of_month.iter().all(|(_, is_note)| *is_note),
                "a statement has become two obligations"
            );
            of_month.push((obligation, is_note));
            // Notes hold the statement that they are of.
            ensure!(
                Statements::<T>::contains_key(month.0, month.1),
                "an obligation has no statement"
            );
        }
        for (agreement, period, statement) in Statements::<T>::iter() {
            let [first, second] = statement.parties;
            let expected = match statement.status {
                StatementStatus::Issued => Value::ZERO,
                StatementStatus::Affirmed => statement.payable().map_err(|_| "a sum does not fit")?,
            };
            let found = arisen.remove(&(agreement, period)).unwrap_or_default();
            // What an escrow has paid, what is owed, and what is carried forward: together just what the statement comes to.
            let [first_paid, second_paid] = &statement.escrowed;
            let mut booked = first_paid
                .checked_sub(second_paid)
                .and_then(|paid| paid.checked_add(&statement.carried))
                .map_err(|_| "a sum does not fit")?;
            let paid_ahead = statement.escrowed.iter().any(|paid| *paid != Value::ZERO);
            let carries = statement.carried != Value::ZERO;
            for (debt, _) in &found {
                ensure!(
                    debt.currency == statement.currency,
                    "a net and its obligation differ"
                );
                booked = match (debt.debtor, debt.creditor) {
                    pair if pair == (first, second) => booked.checked_add(&debt.amount),
                    pair if pair == (second, first) => booked.checked_sub(&debt.amount),
                    _ => return Err("an obligation is not between the parties".into()),
                }
                .map_err(|_| "a sum does not fit")?;
            }
            // What was settled is removed with its cycle, not before a statement of its age can go; and what a dispute has moved since
            // is paid, and removed, by itself.
            let moved = statement.disputed.note.is_some()
                || statement
                    .disputed
                    .adjusted
                    .iter()
                    .any(|moved| *moved != Value::ZERO);
            let removed = now >= statement.issued_at.saturating_add(T::Retention::get())
                && (found.is_empty() || paid_ahead || carries || moved);
            ensure!(removed || booked == expected, "a net and its obligation differ");
        }
        Ok(())
    }
}
