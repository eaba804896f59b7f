//! What must hold after every block.

use crate::{
    calls::positions::nets, day_of, Balances, Charges, Config, Cuts, Cycles, Decimals, Due, Exclusions,
    Expiry, ExpiryQueue, Finished, FirstDay, FundedFrom, Mutuals, NextCycle, NextObligation, Obligations,
    ObligationsIn, ObligationsOf, Outages, OwedGross, Paid, PaidOutside, Pairs, Pallet, Place, Positions,
    Schedules, Shares, Slot, Stage, Stages, Standings, Sum, Taken, TakenIn, Tendered, TestNetwork, TokenOf,
    Tokens, Totals, Unfinished,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use codec::Encode;
use frame_support::{ensure, traits::fungibles::Inspect};
use interclear_billing::interest::late_interest;
use interclear_netting::{is_zero_sum, net_positions};
use interclear_ports::{idle, tokens::check_holds, Operators};
use interclear_primitives::{
    ids::{CycleId, OperatorId, TokenId},
    money::{Currency, Value, ValueError},
    netting::{Cycle, CyclePhase, ObligationSource, ObligationStatus},
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
        Self::check_schedules()?;
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
        let tendered = Tendered::<T>::iter_keys().map(|(token, _)| token);
        for token in Standings::<T>::iter_keys()
            .chain(Outages::<T>::iter_keys())
            .chain(tendered)
        {
            ensure!(
                Tokens::<T>::contains_key(token),
                "a token that is not there has stood, or was tendered"
            );
        }
        Self::check_owners()?;
        Self::check_expiry()?;
        Self::check_book()?;
        Self::check_interest()?;
        Self::check_slots()?;
        Self::check_holds()
    }

    /// Whatever is kept of a cycle belongs to one that exists, in the phase in which it has such.
    fn check_owners() -> Result<(), TryRuntimeError> {
        for id in Stages::<T>::iter_keys() {
            let phase = Cycles::<T>::get(id).map(|cycle| cycle.phase);
            ensure!(
                phase == Some(CyclePhase::Collecting),
                "a stage belongs to no collecting cycle"
            );
        }
        for (id, operator) in Positions::<T>::iter_keys() {
            let phase = Cycles::<T>::get(id).map(|cycle| cycle.phase);
            ensure!(
                phase.is_some_and(|phase| phase != CyclePhase::Announced),
                "a position belongs to no cycle"
            );
            let excluded = Positions::<T>::get(id, operator).excluded;
            ensure!(
                excluded || !Exclusions::<T>::contains_key(id, operator),
                "who stays in a cycle is being taken out of it"
            );
        }
        for (id, operator) in FundedFrom::<T>::iter_keys() {
            ensure!(
                Positions::<T>::contains_key(id, operator),
                "an account funds no position"
            );
        }
        for (id, operator, slot) in Exclusions::<T>::iter() {
            let taken = TakenIn::<T>::get(id);
            ensure!(
                Stages::<T>::get(id) == Some(Stage::Excluding)
                    && Positions::<T>::contains_key(id, operator)
                    && taken.is_some_and(|taken| taken.slots().any(|one| one == slot)),
                "an exclusion belongs to no cycle that excludes"
            );
        }
        Ok(())
    }

    /// Every finished cycle waits once for its removal, and nothing else does.
    fn check_expiry() -> Result<(), TryRuntimeError> {
        let queued = idle::waiting::<Expiry<T>, ExpiryQueue<T>, Finished>()?;
        let mut finished: BTreeSet<_> = Cycles::<T>::iter()
            .filter_map(|(id, cycle)| cycle.is_finished().then_some(Finished::Cycle(id)))
            .collect();
        let gross = Obligations::<T>::iter().filter(|(_, debt)| debt.paid_gross.is_some());
        finished.extend(gross.map(|(id, _)| Finished::Obligation(id)));
        for (id, payment) in PaidOutside::<T>::iter() {
            ensure!(
                Obligations::<T>::contains_key(id),
                "a payment of an obligation that is not in the book"
            );
            if payment.confirmed {
                finished.insert(Finished::Obligation(id));
            }
        }
        ensure!(
            queued == finished,
            "a finished cycle does not wait for its removal"
        );
        Ok(())
    }

    /// An obligation is where its book says, in a slot that waits or that one cycle has taken in.
    fn check_slots() -> Result<(), TryRuntimeError> {
        let mut taken_by = BTreeMap::new();
        for (id, taken) in TakenIn::<T>::iter() {
            let cycle = Cycles::<T>::get(id).ok_or("a cycle that has taken in is missing")?;
            for slot in taken.slots() {
                ensure!(
                    taken_by.insert((cycle.token, slot.encode()), id).is_none(),
                    "two cycles have taken in the same"
                );
            }
        }
        for (token, slot, id) in ObligationsIn::<T>::iter_keys() {
            let debt = Obligations::<T>::get(id).ok_or("a slot has an obligation that is not in the book")?;
            ensure!(
                debt.place == Some(Place { token, slot }),
                "an obligation is in another slot than it was booked in"
            );
            ensure!(
                Self::waits(token, slot) != taken_by.contains_key(&(token, slot.encode())),
                "an obligation is in a slot that no cycle takes in"
            );
        }
        Ok(())
    }

    /// Sums by operator, by pair and by slot are those of the obligations, which end once.
    fn check_book() -> Result<(), TryRuntimeError> {
        let mut whole = BTreeMap::<(TokenId, OperatorId), Sum>::new();
        let mut pairs = BTreeMap::<(TokenId, OperatorId, OperatorId), Sum>::new();
        let add = |to: &mut Sum, sum: &Sum| {
            to.plus(sum)
                .map(|sum| *to = sum)
                .map_err(|_| "a sum does not fit")
        };
        let mut indexed = 0usize;
        let mut totals = BTreeMap::<(Currency, OperatorId), Sum>::new();
        let mut gross = BTreeMap::<(Currency, OperatorId, OperatorId), Value>::new();
        let mut nowhere = BTreeMap::<(Currency, OperatorId, OperatorId), Sum>::new();
        for (id, debt) in Obligations::<T>::iter() {
            ensure!(
                id < NextObligation::<T>::get(),
                "an obligation has an id not given out"
            );
            ensure!(clear(&debt.amount)? > 0, "an obligation is not positive");
            ensure!(debt.debtor != debt.creditor, "an operator owes itself");
            for party in [debt.debtor, debt.creditor] {
                ensure!(
                    ObligationsOf::<T>::contains_key(party, id),
                    "a party does not know its obligation"
                );
            }
            let payment = PaidOutside::<T>::get(id).filter(|payment| payment.confirmed);
            ensure!(
                debt.paid_outside == payment.map(|payment| payment.at)
                    && (debt.place.is_none() || debt.paid_outside.is_none()),
                "what was paid outside of cycles is still owed, or nobody has confirmed it"
            );
            ensure!(
                !debt.gross || debt.place.is_none(),
                "what is paid gross waits for a cycle"
            );
            ensure!(
                debt.paid_gross.is_none() || debt.place.is_none() && debt.paid_outside.is_none(),
                "an obligation was paid twice, or waits for a cycle though it was paid by itself"
            );
            if !Self::status_of(&debt).is_paid() {
                for (party, other, sum) in debt.sides() {
                    add(totals.entry((debt.currency, party)).or_default(), &sum)?;
                    if debt.place.is_none() {
                        add(nowhere.entry((debt.currency, party, other)).or_default(), &sum)?;
                    }
                }
                if debt.gross {
                    let key = (debt.currency, debt.debtor, debt.creditor);
                    let sum = gross.entry(key).or_insert(Value::ZERO);
                    *sum = sum.checked_add(&debt.amount).map_err(|_| "a sum does not fit")?;
                }
            }
            let Some(Place { token, .. }) = debt.place else {
                // It waits for its creditor to name a token.
                continue;
            };
            indexed = indexed.saturating_add(1);
            ensure!(
                Tokens::<T>::get(token).is_some_and(|token| token.currency == debt.currency),
                "an obligation is in a token of another currency"
            );
            if matches!(Self::status_of(&debt), ObligationStatus::Settled(_)) {
                continue;
            }
            let (owing, owed) = (Sum::owing(debt.amount), Sum::owed(debt.amount));
            for (party, other, sum) in [
                (debt.debtor, debt.creditor, owing),
                (debt.creditor, debt.debtor, owed),
            ] {
                add(whole.entry((token, party)).or_default(), &sum)?;
                add(pairs.entry((token, party, other)).or_default(), &sum)?;
            }
        }
        ensure!(
            ObligationsIn::<T>::iter_keys().count() == indexed,
            "an obligation is in two slots, or in none"
        );
        ensure!(
            ObligationsOf::<T>::iter().all(|(party, id, ())| Obligations::<T>::get(id).is_some_and(|debt| [
                debt.debtor,
                debt.creditor
            ]
            .contains(&party))),
            "a party has an obligation that is not in the book"
        );
        ensure!(
            OwedGross::<T>::iter().collect::<BTreeMap<_, _>>() == gross,
            "what a pair pays gross is not the sum of its obligations"
        );
        let kept: BTreeMap<_, _> = Totals::<T>::iter()
            .map(|(currency, operator, sum)| ((currency, operator), sum))
            .collect();
        ensure!(kept == totals, "a total is not the sum of the obligations");
        let balances: BTreeMap<_, _> = Balances::<T>::iter()
            .map(|(token, operator, balance)| ((token, operator), balance))
            .collect();
        ensure!(balances == whole, "a balance is not the sum of the obligations");

        // What waits, and what an unfinished cycle has taken in.
        let (mut taken_in, mut settled) = (BTreeSet::new(), BTreeSet::new());
        for (id, taken) in TakenIn::<T>::iter() {
            let cycle = Cycles::<T>::get(id).ok_or("a cycle that has taken in is missing")?;
            let slots = || taken.slots().map(|slot| (cycle.token, slot.encode()));
            // What is being added up still counts as waiting; see `check_shares`.
            if !Self::adds_up(id) {
                taken_in.extend(slots());
            }
            if cycle.is_settled() {
                settled.extend(slots());
            }
        }
        let mut found = BTreeMap::<_, Sum>::new();
        for ((token, slot, operator), sum) in Due::<T>::iter() {
            if taken_in.contains(&(token, slot.encode())) {
                continue;
            }
            add(found.entry((token, operator)).or_default(), &sum)?;
            let mut mutual = Sum::default();
            for (_, sum) in Mutuals::<T>::iter_prefix((token, operator, slot)) {
                add(&mut mutual, &sum)?;
            }
            ensure!(sum == mutual, "what waits is not the sum of its pairs");
        }
        for (id, operator, share) in Shares::<T>::iter() {
            let cycle = Cycles::<T>::get(id).ok_or("a share without a cycle")?;
            ensure!(!cycle.is_finished(), "a finished cycle has shares");
            if Self::adds_up(id) {
                continue;
            }
            add(found.entry((cycle.token, operator)).or_default(), &share)?;
        }
        ensure!(found == whole, "what waits is not the sum of the obligations");

        // What was paid is taken out of pairs by and by.
        let mut left = BTreeSet::new();
        for (id, taken) in Paid::<T>::iter() {
            let cycle = Cycles::<T>::get(id).ok_or("a cycle that has paid is missing")?;
            ensure!(cycle.is_settled(), "a cycle that has not settled has paid");
            left.extend(taken.slots().map(|slot| (cycle.token, slot.encode())));
        }
        let (mut between, mut all) = (BTreeMap::<_, Sum>::new(), nowhere);
        for ((token, one, slot, other), sum) in Mutuals::<T>::iter() {
            let currency = Tokens::<T>::get(token)
                .map(|token| token.currency)
                .ok_or("a token is missing")?;
            add(all.entry((currency, one, other)).or_default(), &sum)?;
            let slot = (token, slot.encode());
            match settled.contains(&slot) {
                true => ensure!(left.contains(&slot), "what was paid is not taken out of a pair"),
                false => add(between.entry((token, one, other)).or_default(), &sum)?,
            }
        }
        ensure!(between == pairs, "pairs do not have the sum of their obligations");
        ensure!(
            Pairs::<T>::iter().collect::<BTreeMap<_, _>>() == all,
            "the exposure of a pair is not the sum of its obligations"
        );
        for ((token, slot, _), _) in Due::<T>::iter() {
            let Slot::Day(day) = slot else { continue };
            ensure!(
                !Self::waits(token, slot) || FirstDay::<T>::get(token).is_some_and(|first| first <= day),
                "something waits on a day before the first"
            );
        }
        Self::check_cuts()
    }

    /// Only what was paid is charged interest, and no more than it bears; interest bears none.
    fn check_interest() -> Result<(), TryRuntimeError> {
        for (id, debt) in Obligations::<T>::iter() {
            ensure!(
                (0..=clear(&debt.amount)?).contains(&clear(&debt.not_owed)?),
                "more was not owed than an obligation comes to"
            );
            ensure!(
                debt.late.since >= day_of(debt.due),
                "an obligation is late before it is due"
            );
            if let Some(charge) = Charges::<T>::get(id) {
                let (status, late) = Self::stand(&debt);
                ensure!(status.is_paid(), "interest is charged on what was not paid");
                ensure!(
                    (charge.debtor, charge.creditor) == (debt.debtor, debt.creditor)
                        && Ok(charge.owed) == debt.owed()
                        && (charge.bps, charge.days) == (debt.late_interest_bps, late.days),
                    "another interest is charged than is borne"
                );
            }
            if let ObligationSource::Interest { obligation } = debt.source {
                ensure!(
                    obligation < id && debt.late_interest_bps == 0,
                    "interest bears interest"
                );
            }
        }
        for (_, charge) in Charges::<T>::iter() {
            ensure!(
                late_interest(&charge.owed, charge.bps, charge.days) == Ok(charge.amount),
                "interest that was charged is not what it comes to"
            );
        }
        Ok(())
    }

    fn adds_up(id: CycleId) -> bool {
        matches!(Stages::<T>::get(id), Some(Stage::AddingUp { .. }))
    }

    /// While it is added up, what each operator has is what was due in the slots that are through.
    fn check_shares(
        id: CycleId,
        token: TokenId,
        (current, after): (Slot, Option<OperatorId>),
    ) -> Result<(), TryRuntimeError> {
        let taken = TakenIn::<T>::get(id).ok_or("a collecting cycle takes nothing in")?;
        let mut through = BTreeMap::<OperatorId, Sum>::new();
        for slot in taken.slots() {
            if slot == current && after.is_none() {
                break;
            }
            for (operator, sum) in Due::<T>::iter_prefix((token, slot)) {
                let to = through.entry(operator).or_default();
                *to = to.plus(&sum).map_err(|_| "a sum does not fit")?;
                if slot == current && after == Some(operator) {
                    break;
                }
            }
            if slot == current {
                break;
            }
        }
        let nets: BTreeMap<_, _> = Positions::<T>::iter_prefix(id)
            .map(|(operator, position)| (operator, position.net))
            .collect();
        let sums = through.iter().map(|(operator, sum)| Ok((*operator, sum.net()?)));
        let sums: Result<BTreeMap<_, _>, ValueError> = sums.collect();
        ensure!(
            Shares::<T>::iter_prefix(id).collect::<BTreeMap<_, _>>() == through && sums == Ok(nets),
            "what was added up is not what was due"
        );
        Ok(())
    }

    /// The cycles in a token are in their order, and those that take in or have settled.
    fn check_cuts() -> Result<(), TryRuntimeError> {
        for (token, cuts) in Cuts::<T>::iter() {
            let again = TestNetwork::<T>::get();
            ensure!(
                cuts.windows(2).all(
                    |pair| matches!(pair, [a, b] if a.cycle < b.cycle && (a.to < b.to || again && a.to == b.to))
                ),
                "the cycles in a token are out of order"
            );
            for cut in &cuts {
                let cycle = Cycles::<T>::get(cut.cycle).ok_or("a cycle in a token is missing")?;
                ensure!(cycle.token == token, "a cycle in another token counts");
                ensure!(
                    TakenIn::<T>::get(cut.cycle).is_some_and(|taken| taken.to == cut.to),
                    "a cycle has taken in something else"
                );
            }
        }
        Ok(())
    }

    fn check_schedules() -> Result<(), TryRuntimeError> {
        let schedules = Schedules::<T>::get();
        let tokens: BTreeSet<_> = schedules.iter().map(|one| one.token).collect();
        ensure!(
            tokens.len() == schedules.len() && tokens.into_iter().all(Tokens::<T>::contains_key),
            "a schedule is not that of one token"
        );
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
        ensure!(cycle.parties <= T::Operators::max_operators(), "too many parties");
        let book = Self::book(id);
        let carried: BTreeMap<_, _> = book
            .iter()
            .map(|(op, p)| Ok((*op, clear(&p.carried)?)))
            .collect::<Result<_, TryRuntimeError>>()?;
        let net = nets(&book).map_err(|_| "a net is sealed")?;
        // While it is being added up some are still missing, and positions of a finished one are removed one by one.
        let adding_up = matches!(Stages::<T>::get(id), Some(Stage::AddingUp { .. }));
        if !cycle.is_finished() && !adding_up {
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

        let stage = Stages::<T>::get(id);
        if let Some(Stage::AddingUp { slot, after }) = stage {
            return Self::check_shares(id, cycle.token, (slot, after));
        }
        // Positions are what each operator has with the others in the slots that were taken in.
        let taken = TakenIn::<T>::get(id);
        let (mut gross, mut obligations) = (Value::ZERO, 0u32);
        for (operator, share) in Shares::<T>::iter_prefix(id) {
            let mut mutual = Sum::default();
            for slot in taken.iter().flat_map(Taken::slots) {
                for (other, sum) in Mutuals::<T>::iter_prefix((cycle.token, operator, slot)) {
                    let back = Mutuals::<T>::get((cycle.token, other, slot, operator));
                    ensure!(
                        (sum.receivable, sum.payable) == (back.payable, back.receivable),
                        "two operators disagree"
                    );
                    mutual = mutual.plus(&sum).map_err(|_| "a sum does not fit")?;
                }
            }
            ensure!(mutual == share, "a share is not the sum of its pairs");
            let sum = net
                .get(&operator)
                .zip(carried.get(&operator))
                .and_then(|(net, carried)| net.checked_add(*carried));
            let whole = share.net().and_then(|net| net.clear());
            ensure!(
                sum.is_some() && sum == whole.ok(),
                "a position is not the sum of its parts"
            );
            gross = gross
                .checked_add(&share.receivable)
                .map_err(|_| "a sum does not fit")?;
            obligations = obligations.saturating_add(share.owed);
        }
        ensure!(cycle.gross == gross, "the gross sum is wrong");
        ensure!(
            cycle.obligations == obligations,
            "the number of obligations is wrong"
        );
        if stage.is_some() {
            return Ok(());
        }
        ensure!(
            Exclusions::<T>::iter_key_prefix(id).next().is_none(),
            "an exclusion is left half-way"
        );

        // And they are those of the obligations that say they are in the cycle.
        let mut owed = Vec::new();
        for (_, debt) in Obligations::<T>::iter() {
            if Self::status_of(&debt) == ObligationStatus::InCycle(id) {
                let amount = debt.amount.clear_unsigned().map_err(|_| "an amount is sealed")?;
                owed.push((debt.debtor, debt.creditor, amount));
            }
        }
        ensure!(
            usize::try_from(cycle.obligations) == Ok(owed.len()),
            "the number of obligations in a cycle is wrong"
        );
        let recomputed = net_positions(owed).map_err(|_| "obligations cannot be netted")?;
        for (operator, position) in &book {
            let whole = clear(&position.net)?
                .checked_add(clear(&position.carried)?)
                .ok_or("an amount does not fit")?;
            ensure!(
                recomputed.get(operator).copied().unwrap_or_default() == whole,
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
        let accounts: Vec<_> = frame_system::Account::<T>::iter_keys().collect();
        check_holds::<T::Holds, _>(&Self::reason(), Tokens::<T>::iter_keys(), &accounts, held)
    }
}
