//! Affirming a statement: its net becomes an obligation.

use crate::{calls::ensure_party, Affirmed, Config, Error, Event, Pallet, Statements, Unaffirmed};
use frame_support::ensure;
use interclear_billing::rate::AmountFault;
use interclear_ports::{Clock, Debt, Escrows, Obligations, Operators};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, ObligationId, OperatorId},
    money::{Value, ValueError},
    netting::ObligationSource,
    operator::Role,
    period::Period,
    statement::{Statement, StatementStatus},
    Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

/// Why something of a statement is owed.
#[derive(Clone, Copy)]
pub(crate) enum Cause {
    /// The statement says so, and nobody withholds it, or not any more.
    Stated,
    /// A dispute has corrected what it says; the debt of which that gives something back, if there is one.
    Corrected(Option<ObligationId>),
}

impl Cause {
    /// The debt of which it gives something back.
    pub(crate) fn gives_back(self) -> Option<ObligationId> {
        match self {
            Self::Stated => None,
            Self::Corrected(of) => of,
        }
    }
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_affirm(who: &T::AccountId, agreement: AgreementId, period: Period) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut statement = Statements::<T>::get(agreement, period).ok_or(Error::<T>::StatementNotFound)?;
        let place = ensure_party::<T>(statement.parties, operator)?;
        ensure!(
            statement.status == StatementStatus::Issued,
            Error::<T>::AlreadyAffirmed
        );
        let affirmed = statement.affirmed.get_mut(place).ok_or(Error::<T>::NotAParty)?;
        ensure!(!*affirmed, Error::<T>::AlreadyAffirmed);
        *affirmed = true;
        Self::deposit_event(Event::Affirmed {
            agreement,
            period,
            operator,
        });
        if statement.affirmed == [true; 2] {
            // Whoever affirms late does not put off what is due.
            let since = T::Clock::now();
            statement.due = statement.due.min(statement.payment.paid_by(since));
            Self::conclude_statement(agreement, period, statement, false)?;
        } else {
            Statements::<T>::insert(agreement, period, statement);
        }
        Ok(())
    }

    pub(crate) fn do_affirm_by_silence(
        who: &T::AccountId,
        agreement: AgreementId,
        period: Period,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let statement = Statements::<T>::get(agreement, period).ok_or(Error::<T>::StatementNotFound)?;
        ensure_party::<T>(statement.parties, operator)?;
        ensure!(
            statement.status == StatementStatus::Issued,
            Error::<T>::AlreadyAffirmed
        );
        ensure!(
            T::Clock::now() > statement.affirm_by,
            Error::<T>::AffirmationPending
        );
        Self::affirm_silently(agreement, period, statement)
    }

    /// Affirms a statement whose affirmation date has passed. When a sweep comes around does not move the due date.
    pub(crate) fn affirm_silently(
        agreement: AgreementId,
        period: Period,
        statement: Statement,
    ) -> DispatchResult {
        Self::conclude_statement(agreement, period, statement, true)
    }

    fn conclude_statement(
        agreement: AgreementId,
        period: Period,
        mut statement: Statement,
        by_silence: bool,
    ) -> DispatchResult {
        let free = T::Escrows::free(agreement);
        let payable = Self::payable(&statement)?;
        let withheld = Self::withheld(&statement)?;
        let redeemed = Self::count_redeemed((agreement, period), &mut statement, &payable, withheld)?;
        let rest = fitting(payable.checked_sub(&redeemed)).map_err(Error::<T>::from)?;
        let source = ObligationSource::Statement { agreement, period };
        let due = statement.due;
        let month = (agreement, period);
        let obligation = Self::book(month, &mut statement, rest, due, source, Cause::Stated)?;
        statement.status = StatementStatus::Affirmed;
        statement.obligation = obligation;
        Self::reserve(agreement, period, &statement)?;
        T::Escrows::warn(agreement, period, free);
        Statements::<T>::insert(agreement, period, statement);
        Unaffirmed::<T>::remove(agreement, period);
        Self::expire(Affirmed { agreement, period });
        Self::deposit_event(Event::StatementAffirmed {
            agreement,
            period,
            by_silence,
            obligation,
        });
        Ok(())
    }

    /// Has an escrow pay what the first party of a statement owes the second, or the second the first, as far as it can; the rest
    /// becomes an obligation, or is carried forward.
    pub(crate) fn book(
        (agreement, period): (AgreementId, Period),
        statement: &mut Statement,
        amount: Value,
        due: Moment,
        source: ObligationSource,
        cause: Cause,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let month = (agreement, period);
        let Some(mut debt) = Self::debt(statement, amount, due, source)? else {
            return match source {
                // What earlier ones have carried forward may be due for payment.
                ObligationSource::Statement { .. } => {
                    Self::book_rest(month, statement, Value::ZERO, due, source, cause)
                }
                // A note of nothing is none; it would be due with what was withheld.
                _ => Ok(None),
            };
        };
        let direction = Direction::owed_by(debt.debtor, &statement.parties).ok_or(Error::<T>::NotAParty)?;
        let owed = fitting(debt.amount.clear_unsigned()).map_err(Error::<T>::from)?;
        let (currency, accepts) = (debt.currency, &debt.accepts);
        let paid = T::Escrows::pay(agreement, direction, period, currency, accepts, owed);
        if paid > 0 {
            let paid = note_escrowed(statement, direction, paid).map_err(Error::<T>::from)?;
            let rest = fitting(debt.amount.checked_sub(&paid)).map_err(Error::<T>::from)?;
            if let Some(of) = cause.gives_back() {
                // In whatever it is given back, it was not owed.
                debt.amount = paid;
                T::Obligations::give_back(of, &debt)?;
            }
            debt.amount = rest;
        }
        let rest = match direction {
            Direction::FirstHome => Ok(debt.amount),
            Direction::SecondHome => debt.amount.checked_neg(),
        };
        let rest = fitting(rest).map_err(Error::<T>::from)?;
        Self::book_rest(month, statement, rest, due, source, cause)
    }

    /// What the first party of a statement owes the second, or the second the first; `None` if it is zero.
    pub(crate) fn debt(
        statement: &Statement,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<Option<Debt>, DispatchError> {
        let [first, second] = statement.parties;
        let Some((debtor, creditor, amount)) = sides(first, second, amount).map_err(Error::<T>::from)? else {
            return Ok(None);
        };
        let place = ensure_party::<T>(statement.parties, creditor)?;
        let accepts = statement.accepts.get(place).ok_or(Error::<T>::NotAParty)?;
        Ok(Some(Debt {
            debtor,
            creditor,
            currency: statement.currency,
            amount,
            due,
            source,
            accepts: accepts.clone(),
            late_interest_bps: statement.payment.late_interest_bps,
            gives_back: None,
            condition: statement.payment.condition,
        }))
    }

    /// Has a statement count what vouchers were paid of its month: what they have paid the second party beyond the first. Of what goes
    /// beyond what is payable as much waits for the end of the disputes as is withheld.
    pub(crate) fn count_redeemed(
        (agreement, period): (AgreementId, Period),
        statement: &mut Statement,
        payable: &Value,
        withheld: [u128; 2],
    ) -> Result<Value, DispatchError> {
        let payable = owed(payable).map_err(Error::<T>::from)?;
        let redeemed = T::Escrows::take_redeemed(agreement, period, payable, withheld);
        let mut noted = [Value::ZERO; 2];
        for ((noted, redeemed), direction) in noted.iter_mut().zip(redeemed).zip(Direction::BOTH) {
            *noted = note_escrowed(statement, direction, redeemed).map_err(Error::<T>::from)?;
        }
        let [first, second] = noted;
        Ok(fitting(first.checked_sub(&second)).map_err(Error::<T>::from)?)
    }

    /// What the first and the second party do not pay of the net as long as lines are in dispute.
    fn withheld(statement: &Statement) -> Result<[u128; 2], Error<T>> {
        if !statement.is_disputed() {
            return Ok([0; 2]);
        }
        let [first, second] = owed(&statement.net)?;
        let [pays_first, pays_second] = owed(&Self::payable(statement)?)?;
        Ok([
            first.saturating_sub(pays_first),
            second.saturating_sub(pays_second),
        ])
    }

    /// Has escrows reserve what may still be paid of a statement.
    pub(crate) fn reserve(agreement: AgreementId, period: Period, statement: &Statement) -> DispatchResult {
        T::Escrows::reserve(agreement, period, Self::reserved(statement)?);
        Ok(())
    }

    /// What the first and the second party may still have to pay of a statement: what it says until it is affirmed, then what is withheld
    /// of it as long as lines are in dispute.
    pub(crate) fn reserved(statement: &Statement) -> Result<[u128; 2], Error<T>> {
        Ok(match statement.status {
            StatementStatus::Affirmed => Self::withheld(statement)?,
            StatementStatus::Issued => {
                let [first, second] = owed(&statement.net)?;
                let [pays_first, pays_second] = owed(&Self::payable(statement)?)?;
                [first.max(pays_first), second.max(pays_second)]
            }
        })
    }
}

/// Notes what the escrow of a direction has paid of a statement.
fn note_escrowed(statement: &mut Statement, direction: Direction, paid: u128) -> Result<Value, AmountFault> {
    let paid = fitting(Value::from_unsigned(paid))?;
    let [first, second] = &mut statement.escrowed;
    let escrowed = match direction {
        Direction::FirstHome => first,
        Direction::SecondHome => second,
    };
    *escrowed = fitting(escrowed.checked_add(&paid))?;
    Ok(paid)
}

pub(crate) fn fitting<V>(value: Result<V, ValueError>) -> Result<V, AmountFault> {
    value.map_err(AmountFault::from)
}

/// What the first and the second party owe of a net of the first towards the second.
fn owed(net: &Value) -> Result<[u128; 2], AmountFault> {
    let net = net.clear()?;
    let amount = net.unsigned_abs();
    Ok(match net {
        0.. => [amount, 0],
        _ => [0, amount],
    })
}

/// The debt behind a signed net of `first` towards `second`, if there is any: who owes whom how much.
fn sides(
    first: OperatorId,
    second: OperatorId,
    net: Value,
) -> Result<Option<(OperatorId, OperatorId, Value)>, AmountFault> {
    // Only the sign is of interest, yet it takes the number to know it.
    Ok(match net.clear()? {
        0 => None,
        1.. => Some((first, second, net)),
        _ => Some((second, first, net.checked_neg()?)),
    })
}
