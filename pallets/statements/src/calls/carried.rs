//! What is less than the agreed minimum is carried forward from statement to statement, for a year at most and not beyond the end of the
//! agreement. Statements and their notes carry; fees of disputes and late interest do not, nor does a note of what was withheld where its
//! day has passed, or the rest of its statement was owed: it is due on its own day, and nothing else is.

use crate::{
    calls::{
        affirm::{fitting, Cause},
        ensure_party,
    },
    Carried, Config, Error, Event, Pallet, Statements, TakenOver,
};
use frame_support::ensure;
use interclear_billing::rate::AmountFault;
use interclear_ports::{Agreements, Clock, Escrows, Obligations, Operators, Periods, Rates};
use interclear_primitives::{
    agreement::{Direction, Terms},
    ids::{AgreementId, ObligationId},
    money::{Currency, Value},
    netting::ObligationSource,
    operator::Role,
    period::Period,
    rating::SdrRate,
    statement::Statement,
    Moment, DAY,
};
use sp_runtime::{DispatchError, DispatchResult};

/// How long anything is carried forward.
pub(crate) const CARRIED_FOR: Moment = 365 * DAY;

impl<T: Config> Pallet<T> {
    /// What is less is carried forward of a month, in the minor unit; 0 where nothing is: no minimum is agreed, or the month has no
    /// exchange rate to say what it comes to.
    pub(crate) fn minimum(terms: &Terms, period: Period, decimals: u8) -> u128 {
        if terms.payment.minimum_sdr == 0 {
            return 0;
        }
        let rate = match terms.currency {
            Currency::SDR => Some(SdrRate::SDR),
            currency => T::Rates::sdr_rate(currency, period),
        };
        rate.map_or(0, |rate| terms.payment.minimum(rate, decimals))
    }

    /// Whether what is carried forward since a moment waits for another statement: a year has not passed, and another month is to be
    /// closed under the agreement.
    fn may_wait(agreement: AgreementId, since: Moment) -> bool {
        let next = Self::last_closed(agreement).map(Period::next);
        let goes_on = next.is_some_and(|next| T::Agreements::usage_terms_in(agreement, next).is_some());
        goes_on && T::Clock::now() < since.saturating_add(CARRIED_FOR)
    }

    /// What a statement would come to if nobody had disputed a line.
    fn undisputed(statement: &Statement) -> Result<Value, AmountFault> {
        match statement.is_disputed() {
            true => Ok(statement.net),
            false => fitting(statement.payable()),
        }
    }

    /// Whether a note is owed by itself, so that nothing that waits is due with it: what was withheld has been due before, or the rest of
    /// its statement was owed, or would have been together with it.
    fn is_owed_alone(
        statement: &Statement,
        source: ObligationSource,
        due: Moment,
        cause: Cause,
    ) -> Result<bool, AmountFault> {
        let is_note = matches!(source, ObligationSource::Note { .. });
        if !is_note || !matches!(cause, Cause::Stated) {
            return Ok(false);
        }
        let whole = fitting(Self::undisputed(statement)?.clear())?.unsigned_abs();
        let was_owed = statement.obligation.is_some() || whole >= statement.minimum;
        Ok(was_owed || due < T::Clock::now())
    }

    /// Has what was carried forward become an obligation of its own.
    fn book_before(
        (agreement, period): (AgreementId, Period),
        statement: &mut Statement,
        due: Moment,
    ) -> DispatchResult {
        let source = ObligationSource::CarriedForward { agreement, period };
        let month = (agreement, period);
        let booked = Self::book_rest(month, statement, Value::ZERO, due, source, Cause::Stated)?;
        Self::keep_note(agreement, period, booked);
        if let Some(obligation) = booked {
            Self::deposit_event(Event::CarriedBooked {
                agreement,
                obligation,
            });
        }
        Ok(())
    }

    /// Has what the first party of a statement owes the second, or the second the first, become an obligation together with what was
    /// carried forward; or carries both forward. Where nothing is carried of the statement, as an escrow may pay it, what the same party
    /// owes of before stays apart: the escrow is not for that, and neither has the other one paid from it nor kept from being paid.
    pub(crate) fn book_rest(
        (agreement, period): (AgreementId, Period),
        statement: &mut Statement,
        rest: Value,
        due: Moment,
        source: ObligationSource,
        cause: Cause,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let fault = Error::<T>::from;
        let now = T::Clock::now();
        let gives_back = cause.gives_back();
        let alone = Self::is_owed_alone(statement, source, due, cause).map_err(fault)?;
        let sign = |value: Value| fitting(value.clear().map(i128::signum)).map_err(fault);
        let side = sign(rest)?;
        if !alone && statement.minimum == 0 && side != 0 && sign(Carried::<T>::get(agreement).net)? == side {
            Self::book_before((agreement, period), statement, due)?;
        }
        let mut carried = Carried::<T>::get(agreement);
        let before = if alone { Value::ZERO } else { carried.net };
        if before == Value::ZERO && rest == Value::ZERO {
            return Ok(None);
        }
        if before == Value::ZERO {
            carried.since = now;
            carried.of = Default::default();
        }
        let sum = fitting(before.checked_add(&rest)).map_err(fault)?;
        // Nobody has the rest wait by disputing a part.
        let undisputed = match source {
            ObligationSource::Note { .. } => sum,
            _ => {
                let payable = fitting(statement.payable()).map_err(fault)?;
                let whole = Self::undisputed(statement).map_err(fault)?;
                let withheld = fitting(whole.checked_sub(&payable)).map_err(fault)?;
                fitting(sum.checked_add(&withheld)).map_err(fault)?
            }
        };
        let size = |sum: Value| fitting(sum.clear().map(i128::unsigned_abs)).map_err(fault);
        let size = size(sum)?.max(size(undisputed)?);
        let is_small = size < statement.minimum && !alone;
        let may_wait = is_small && Self::may_wait(agreement, carried.since);
        let waits = may_wait && carried.add(period);
        let taken_over = match waits || alone {
            true => Default::default(),
            false => core::mem::take(&mut carried.of),
        };
        let booked = if waits { Value::ZERO } else { sum };
        let whole = booked == rest;
        if let Some(of) = gives_back.filter(|_| !whole) {
            // Nobody bears interest on what a note gives back, whatever it is added to.
            if let Some(note) = Self::debt(statement, rest, due, source)? {
                T::Obligations::give_back(of, &note)?;
            }
        }
        let more = fitting(rest.checked_sub(&booked)).map_err(fault)?;
        if more != Value::ZERO {
            statement.carried = fitting(statement.carried.checked_add(&more)).map_err(fault)?;
            carried.net = fitting(before.checked_add(&more)).map_err(fault)?;
            carried.latest = Some(period);
            let net = carried.net;
            Carried::<T>::insert(agreement, carried);
            if net != Value::ZERO {
                Self::deposit_event(Event::CarriedForward {
                    agreement,
                    period,
                    net,
                });
            }
        }
        let Some(mut debt) = Self::debt(statement, booked, due, source)? else {
            return Ok(None);
        };
        debt.gives_back = gives_back.filter(|_| whole);
        let direction = Direction::owed_by(debt.debtor, &statement.parties).ok_or(Error::<T>::NotAParty)?;
        let obligation = T::Obligations::create(debt)?;
        // What remains when both sides owe is of before, unless it is of this month's debtor: no escrow pays what was owed before it was
        // agreed.
        let owed_since = match side == sign(booked)? {
            true => period,
            false => taken_over.iter().copied().min().unwrap_or(period),
        };
        for month in taken_over {
            // What a dispute gives back was in the first one: later ones take over notes alone.
            TakenOver::<T>::mutate(agreement, month, |first| {
                first.get_or_insert(obligation);
            });
        }
        T::Escrows::note_unpaid(agreement, direction, owed_since, obligation);
        Ok(Some(obligation))
    }

    pub(crate) fn do_book_carried(who: &T::AccountId, agreement: AgreementId) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let parties = T::Agreements::parties(agreement).ok_or(Error::<T>::AgreementNotFound)?;
        ensure_party::<T>(parties, operator)?;
        let carried = Carried::<T>::get(agreement);
        ensure!(carried.net != Value::ZERO, Error::<T>::NothingCarried);
        ensure!(
            !Self::may_wait(agreement, carried.since),
            Error::<T>::StillCarried
        );
        let period = carried.latest.ok_or(Error::<T>::NothingCarried)?;
        let mut statement = Statements::<T>::get(agreement, period).ok_or(Error::<T>::StatementNotFound)?;
        let due = statement.payment.paid_by(T::Clock::now());
        let free = T::Escrows::free(agreement);
        Self::book_before((agreement, period), &mut statement, due)?;
        T::Escrows::warn(agreement, period, free);
        Statements::<T>::insert(agreement, period, statement);
        Ok(())
    }
}
