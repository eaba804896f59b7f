//! The book of debts: sums by operator and by pair, and where each obligation stands.
//!
//! Cycles read the sums, never the obligations: what is due on a day has been added up when it arose. Nothing is written to an
//! obligation when a cycle takes it in, settles it or gives it back; that follows from the slot in which it waited, and from
//! who was excluded from which cycle since.
//!
//! Each token has a book of its own, so that nothing is paid in a token that its creditor has not accepted. An obligation whose creditor
//! accepts none that stands is in no book before one is named.

use crate::{
    day_of, Balances, Booked, Config, Cut, Cuts, Cycles, Day, Due, Error, Event, FirstDay, LastCut, LastDay,
    Mutuals, Named, NextObligation, Obligations, ObligationsIn, ObligationsOf, Pallet, Place, Positions,
    Slot, Sum, TokenOf, Tokens, Unfinished, WORD_HOLDS,
};
use frame_support::{ensure, storage::with_storage_layer, traits::Get, weights::WeightMeter};
use interclear_billing::interest::Lateness;
use interclear_ports::{tokens::is_token_frozen, Clock, Debt, Operators};
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId, TokenId},
    money::{Currency, Value, ValueError},
    netting::{CyclePhase, Issuers, ObligationStatus, Token},
    operator::Role,
};
use sp_runtime::{DispatchError, DispatchResult};

impl Booked {
    /// The other party than one of the two.
    pub(crate) fn partner(&self, party: OperatorId) -> Option<OperatorId> {
        match party {
            _ if party == self.debtor => Some(self.creditor),
            _ if party == self.creditor => Some(self.debtor),
            _ => None,
        }
    }

    /// Who owes what and who is owed it, each with the other.
    pub(crate) fn sides(&self) -> [(OperatorId, OperatorId, Sum); 2] {
        [
            (self.debtor, self.creditor, Sum::owing(self.amount)),
            (self.creditor, self.debtor, Sum::owed(self.amount)),
        ]
    }
}

/// The first of the cycles that have taken in a slot, or would have.
fn first_cut(cuts: &[Cut], slot: Slot) -> usize {
    match slot {
        Slot::Day(day) => cuts.partition_point(|cut| cut.to < day),
        Slot::After(cycle) => cuts.partition_point(|cut| cut.cycle <= cycle),
    }
}

impl<T: Config> Pallet<T> {
    /// Books a debt, in the token of the first issuer that its creditor accepts whose token stands; gross, if that is agreed, in none.
    pub(crate) fn do_create(debt: Debt) -> Result<ObligationId, DispatchError> {
        let token = Self::accepted(debt.currency, &debt.accepts);
        Self::create_in(debt, token)
    }

    /// Books a debt in a token.
    pub(crate) fn create_in(debt: Debt, token: Option<TokenId>) -> Result<ObligationId, DispatchError> {
        // Refused by a sum that does not fit, it leaves nothing behind.
        with_storage_layer(|| Self::enter(debt, token))
    }

    fn enter(debt: Debt, token: Option<TokenId>) -> Result<ObligationId, DispatchError> {
        if let Some(of) = debt.gives_back {
            Self::do_give_back(of, &debt)?;
        }
        let id = NextObligation::<T>::get();
        NextObligation::<T>::put(id.next().ok_or(Error::<T>::IdsExhausted)?);
        // What could not be paid gross, as its creditor accepts no token that there is or has named no account, is netted. Which tokens
        // stand at this moment says nothing: an issuer that owes may freeze its own for as long as the debt takes to arise.
        let gross = debt.condition.is_gross()
            && Self::tokens_of(debt.currency, &debt.accepts).next().is_some()
            && T::Operators::payout_account(debt.creditor).is_some();
        let token = token.filter(|_| !gross);
        let late = Lateness {
            // Who pays by itself waits for no cycle.
            missed: gross || Self::was_withheld(&debt, token),
            ..Lateness::due(day_of(debt.due))
        };
        let Debt {
            debtor,
            creditor,
            currency,
            amount,
            due,
            source,
            accepts,
            late_interest_bps,
            gives_back: _,
            condition: _,
        } = debt;
        let mut booked = Booked {
            debtor,
            creditor,
            currency,
            amount,
            due,
            source,
            accepts,
            late_interest_bps,
            late,
            not_owed: Value::ZERO,
            place: None,
            claimed: None,
            claimed_again: false,
            paid_outside: None,
            gross,
            paid_gross: None,
        };
        if let Some(token) = token {
            Self::book_in(id, &mut booked, token).map_err(Error::<T>::from)?;
        }
        Self::add_to_totals(&booked).map_err(Error::<T>::from)?;
        for party in [debtor, creditor] {
            ObligationsOf::<T>::insert(party, id, ());
        }
        Obligations::<T>::insert(id, &booked);
        Self::deposit_event(Event::ObligationCreated {
            obligation: id,
            debtor,
            creditor,
            currency,
            token,
            amount,
            due,
        });
        Self::look_at_caps_of(&booked).map_err(Error::<T>::from)?;
        Ok(id)
    }

    /// The tokens of some issuers, in their order, whether they stand or not.
    pub(crate) fn tokens_of(currency: Currency, issuers: &Issuers) -> impl Iterator<Item = TokenId> + '_ {
        issuers
            .iter()
            .filter_map(move |issuer| TokenOf::<T>::get(currency, issuer))
    }

    /// The token of the first of some issuers whose token stands.
    pub(crate) fn accepted(currency: Currency, accepts: &Issuers) -> Option<TokenId> {
        Self::tokens_of(currency, accepts).find(|token| Self::stands(*token))
    }

    /// Whether something can be paid in a token: its issuer is active and has not frozen it.
    pub(crate) fn stands(token: TokenId) -> bool {
        Tokens::<T>::get(token).is_some_and(|found| {
            T::Operators::is_active(found.issuer)
                && T::Operators::payout_account(found.issuer)
                    .is_some_and(|account| !is_token_frozen::<T::Tokens, _>(token, &account))
        })
    }

    /// Adds a debt to the book of a token.
    fn book_in(id: ObligationId, debt: &mut Booked, token: TokenId) -> Result<(), ValueError> {
        let day = day_of(debt.due);
        let slot = Self::slot_of(token, day);
        let [(one, other, of_one), (.., of_other)] = debt.sides();
        Self::add_pair(token, slot, one, other, &of_one, &of_other)?;
        for (party, _, sum) in debt.sides() {
            let balance = Balances::<T>::get(token, party).plus(&sum)?;
            Balances::<T>::insert(token, party, balance);
        }
        if let Slot::Day(day) = slot {
            LastDay::<T>::mutate(token, |last| *last = day.max(*last));
            FirstDay::<T>::mutate(token, |first| {
                *first = Some(first.map_or(day, |first| first.min(day)))
            });
        }
        ObligationsIn::<T>::insert((token, slot, id), ());
        debt.place = Some(Place { token, slot });
        Ok(())
    }

    /// Takes an open debt, which is so late, out of the book of its token again.
    pub(crate) fn take_back(id: ObligationId, debt: &mut Booked, late: Lateness) -> Result<(), ValueError> {
        // The cycles of its token are forgotten with it.
        debt.late = late;
        let Some(Place { token, slot }) = debt.place.take() else {
            return Ok(());
        };
        // What a cycle has given back waits for the next one.
        let waits_in = match LastCut::<T>::get(token) {
            Some(last) if !Self::waits(token, slot) => Slot::After(last.cycle),
            _ => slot,
        };
        for (party, other, sum) in debt.sides() {
            Due::<T>::try_mutate_exists((token, waits_in, party), |kept| Sum::lessen(kept, &sum))?;
            Mutuals::<T>::try_mutate_exists((token, party, waits_in, other), |kept| Sum::lessen(kept, &sum))?;
            Self::settle_share(token, party, &sum)?;
        }
        ObligationsIn::<T>::remove((token, slot, id));
        Ok(())
    }

    /// Puts open obligations of the caller's operator into a token that it names, or notes that it would.
    pub(crate) fn do_name_token(who: &T::AccountId, token: TokenId, ids: &[ObligationId]) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let named = Tokens::<T>::get(token).ok_or(Error::<T>::TokenNotFound)?;
        ensure!(Self::stands(token), Error::<T>::TokenSuspended);
        ensure!(
            Self::cycles_since(ids) <= Self::most_walked(),
            Error::<T>::MaxLooksExceeded
        );
        for id in ids {
            Self::name_one(operator, *id, token, &named)?;
        }
        Ok(())
    }

    fn name_one(me: OperatorId, id: ObligationId, token: TokenId, named: &Token) -> DispatchResult {
        let mut debt = Obligations::<T>::get(id).ok_or(Error::<T>::ObligationNotFound)?;
        let partner = debt.partner(me).ok_or(Error::<T>::NotAParty)?;
        ensure!(debt.currency == named.currency, Error::<T>::CurrencyDiffers);
        let creditor = debt.creditor == me;
        let before = debt.place.map(|place| place.token);
        if let Some(old) = before {
            let better = creditor && Self::rank(&debt, token) < Self::rank(&debt, old);
            ensure!(better || !Self::stands(old), Error::<T>::TokenStands);
        }
        let late = Self::ensure_open(&debt)?;
        // Both have signed the terms. Beyond them nobody pays, or is paid, in what it has not named itself; and whoever names a
        // token for what it is owed takes it for what it owes the other one, so that the two sides stay in one book.
        let by_terms = match creditor {
            true => debt.accepts.contains(&named.issuer),
            false => Self::accepted(debt.currency, &debt.accepts) == Some(token),
        };
        let agreed = by_terms || Self::has_named(token, partner, me);
        Named::<T>::insert((token, me, partner), T::Clock::now());
        if !agreed || debt.gross {
            Self::deposit_event(Event::TokenProposed {
                obligation: id,
                token,
                by: me,
            });
            return Ok(());
        }
        Self::take_back(id, &mut debt, late).map_err(Error::<T>::from)?;
        Self::book_in(id, &mut debt, token).map_err(Error::<T>::from)?;
        Obligations::<T>::insert(id, debt);
        Self::deposit_event(Event::TokenNamed {
            obligation: id,
            token,
            before,
        });
        Ok(())
    }

    /// Whether an operator has named a token for what it and another one owe each other, not long ago.
    pub(crate) fn has_named(token: TokenId, operator: OperatorId, partner: OperatorId) -> bool {
        Named::<T>::get((token, operator, partner))
            .is_some_and(|at| T::Clock::now() <= at.saturating_add(WORD_HOLDS))
    }

    /// The place of a token among those that a creditor accepts, best first; last what it does not.
    fn rank(debt: &Booked, token: TokenId) -> usize {
        let issuer = Tokens::<T>::get(token).map(|token| token.issuer);
        let place = debt.accepts.iter().position(|accepted| Some(*accepted) == issuer);
        place.unwrap_or(usize::MAX)
    }

    /// How late an obligation is that can leave its book: it is open, and no cycle of its token is half-way.
    pub(crate) fn ensure_open(debt: &Booked) -> Result<Lateness, Error<T>> {
        let (status, late) = Self::stand(debt);
        match status {
            ObligationStatus::Open => {}
            ObligationStatus::InCycle(_) => return Err(Error::<T>::ObligationInCycle),
            ObligationStatus::Settled(_) => return Err(Error::<T>::PaidWithCycle),
            ObligationStatus::PaidOutside(_) => return Err(Error::<T>::AlreadyPaidOutside),
            ObligationStatus::PaidGross(_) => return Err(Error::<T>::AlreadyPaid),
        }
        // Half of an exclusion has not given everything back yet.
        let cycle = debt
            .place
            .and_then(|place| Unfinished::<T>::get(place.token))
            .and_then(Cycles::<T>::get);
        let collects = cycle.is_some_and(|cycle| cycle.phase == CyclePhase::Collecting);
        ensure!(!collects, Error::<T>::CycleUnfinished);
        Ok(late)
    }

    /// Whether anything waits in a token that a cycle would take in up to a day; `None` if there is no room to find out. Each day is
    /// looked at once.
    pub(crate) fn is_due(token: TokenId, last: Day, meter: &mut WeightMeter) -> Option<bool> {
        let look = T::DbWeight::get().reads(1);
        meter.try_consume(look.saturating_mul(3)).ok()?;
        let given_back = LastCut::<T>::get(token).map(|cut| Slot::After(cut.cycle));
        if given_back.is_some_and(|slot| Due::<T>::iter_key_prefix((token, slot)).next().is_some()) {
            return Some(true);
        }
        let Some(first) = FirstDay::<T>::get(token) else {
            return Some(false);
        };
        let (mut day, mut found) = (first, Some(false));
        while day <= last {
            if meter.try_consume(look).is_err() {
                found = None;
                break;
            }
            if Due::<T>::iter_key_prefix((token, Slot::Day(day)))
                .next()
                .is_some()
            {
                found = Some(true);
                break;
            }
            day = day.saturating_add(1);
        }
        if day != first {
            FirstDay::<T>::insert(token, day);
        }
        found
    }

    /// Where what is due on a day waits: what comes when a cycle has taken that day in waits for the cycle after it.
    fn slot_of(token: TokenId, day: Day) -> Slot {
        match LastCut::<T>::get(token) {
            Some(last) if day <= last.to => Slot::After(last.cycle),
            _ => Slot::Day(day),
        }
    }

    /// Whether no cycle has taken a slot in yet.
    pub(crate) fn waits(token: TokenId, slot: Slot) -> bool {
        match (slot, LastCut::<T>::get(token)) {
            (Slot::Day(day), last) => last.is_none_or(|last| day > last.to),
            (Slot::After(cycle), last) => last.is_some_and(|last| last.cycle == cycle),
        }
    }

    /// Adds to what waits in a slot between two operators, seen by each of them.
    pub(crate) fn add_pair(
        token: TokenId,
        slot: Slot,
        one: OperatorId,
        other: OperatorId,
        of_one: &Sum,
        of_other: &Sum,
    ) -> Result<(), ValueError> {
        for (operator, partner, sum) in [(one, other, of_one), (other, one, of_other)] {
            let waiting = Due::<T>::get((token, slot, operator)).plus(sum)?;
            let mutual = Mutuals::<T>::get((token, operator, slot, partner)).plus(sum)?;
            Due::<T>::insert((token, slot, operator), waiting);
            Mutuals::<T>::insert((token, operator, slot, partner), mutual);
        }
        Ok(())
    }

    /// Takes a part out of what an operator has not settled.
    pub(crate) fn settle_share(token: TokenId, operator: OperatorId, share: &Sum) -> Result<(), ValueError> {
        Balances::<T>::try_mutate_exists(token, operator, |kept| Sum::lessen(kept, share))
    }

    /// Where an obligation stands.
    pub(crate) fn status_of(debt: &Booked) -> ObligationStatus {
        Self::stand(debt).0
    }

    /// Where an obligation stands, and how late it was paid; of one that is open, by the cycles so far.
    pub(crate) fn stand(debt: &Booked) -> (ObligationStatus, Lateness) {
        let mut late = debt.late;
        if let Some(at) = debt.paid_outside {
            let late = Self::late_until(debt, late, day_of(at), false);
            return (ObligationStatus::PaidOutside(at), late);
        }
        if let Some(at) = debt.paid_gross {
            let late = Self::late_until(debt, late, day_of(at), false);
            return (ObligationStatus::PaidGross(at), late);
        }
        let Some(Place { token, slot }) = debt.place else {
            return (ObligationStatus::Open, late);
        };
        let cuts = Cuts::<T>::get(token);
        let first = first_cut(&cuts, slot);
        for Cut { cycle, .. } in cuts.iter().skip(first) {
            let (with, settled) = Self::with_cycle(*cycle, debt, late);
            let Some(with) = with else {
                return (ObligationStatus::InCycle(*cycle), late);
            };
            late = with;
            if settled {
                return (ObligationStatus::Settled(*cycle), late);
            }
        }
        (ObligationStatus::Open, late)
    }

    /// The cycles that it takes to look at to say where obligations stand, at most.
    pub(crate) fn cycles_since(ids: &[ObligationId]) -> u32 {
        let since = |id| {
            let debt = Obligations::<T>::get(id).filter(|debt| debt.paid_outside.is_none())?;
            let Place { token, slot } = debt.place?;
            let cuts = Cuts::<T>::get(token);
            Some(cuts.len().saturating_sub(first_cut(&cuts, slot)))
        };
        let all = ids.iter().filter_map(|id| since(*id));
        u32::try_from(all.fold(0usize, |sum, one| sum.saturating_add(one))).unwrap_or(u32::MAX)
    }

    /// How late an obligation is after a cycle that has taken it in, and whether that has settled it; `None` while it is in it.
    pub(crate) fn with_cycle(id: CycleId, debt: &Booked, late: Lateness) -> (Option<Lateness>, bool) {
        let [debtor, creditor] = [debt.debtor, debt.creditor].map(|party| Positions::<T>::get(id, party));
        let missed = debtor.missed;
        let stays = !debtor.excluded && !creditor.excluded;
        let cycle = Cycles::<T>::get(id);
        let ended = cycle.as_ref().and_then(|cycle| cycle.finished_at);
        match ended {
            None if stays => (None, false),
            ended => {
                // From a cycle that goes on it has been given back.
                let day = day_of(ended.unwrap_or_else(T::Clock::now));
                let settled = stays && cycle.is_some_and(|cycle| cycle.is_settled());
                (Some(Self::late_until(debt, late, day, missed)), settled)
            }
        }
    }
}
