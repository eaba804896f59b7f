//! Affirming a statement: its net becomes an obligation.

use crate::{
    calls::{days, ensure_party},
    Config, Error, Event, Expiring, Pallet, Statements, Unaffirmed,
};
use frame_support::ensure;
use interclear_billing::rate::AmountFault;
use interclear_ports::{Clock, Escrows, Obligations, Operators};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, ObligationId, OperatorId},
    money::Value,
    netting::{Issuers, ObligationSource},
    operator::Role,
    period::Period,
    statement::{Statement, StatementStatus},
    Moment,
};
use sp_runtime::{DispatchError, DispatchResult};

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
            statement.due = statement
                .due
                .min(T::Clock::now().saturating_add(days(statement.payment_days)));
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
        let payable = Self::payable(&statement)?;
        let source = ObligationSource::Statement { agreement, period };
        T::Escrows::reserve(agreement, period, [0; 2]);
        let due = statement.due;
        let obligation = Self::book(agreement, &mut statement, payable, due, source)?;
        statement.status = StatementStatus::Affirmed;
        Statements::<T>::insert(agreement, period, statement);
        Unaffirmed::<T>::remove(agreement, period);
        Self::expire(Expiring {
            agreement,
            period,
            obligation,
            since: T::Clock::now(),
        });
        Self::deposit_event(Event::StatementAffirmed {
            agreement,
            period,
            by_silence,
            obligation,
        });
        Ok(())
    }

    /// Has an escrow pay what the first party of a statement owes the second, or the second the first, as far as it can; the rest
    /// becomes an obligation.
    pub(crate) fn book(
        agreement: AgreementId,
        statement: &mut Statement,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let [first, second] = statement.parties;
        let Some((debtor, creditor, owed)) = debt(first, second, amount).map_err(Error::<T>::from)? else {
            return Ok(None);
        };
        let accepts = Self::accepted_by(statement, creditor)?;
        let direction = Direction::owed_by(debtor, &statement.parties).ok_or(Error::<T>::NotAParty)?;
        let owed = owed
            .clear_unsigned()
            .map_err(AmountFault::from)
            .map_err(Error::<T>::from)?;
        let paid = T::Escrows::pay(agreement, direction, statement.currency, accepts, owed);
        let paid = Value::from_unsigned(paid)
            .map_err(AmountFault::from)
            .map_err(Error::<T>::from)?;
        let (rest, escrowed) = {
            let [of_first, of_second] = &mut statement.escrowed;
            match direction {
                Direction::FirstHome => (amount.checked_sub(&paid), of_first),
                Direction::SecondHome => (amount.checked_add(&paid), of_second),
            }
        };
        *escrowed = escrowed
            .checked_add(&paid)
            .map_err(AmountFault::from)
            .map_err(Error::<T>::from)?;
        let rest = rest.map_err(AmountFault::from).map_err(Error::<T>::from)?;
        let obligation = Self::owe(statement, rest, due, source)?;
        if let Some(obligation) = obligation {
            T::Escrows::note_unpaid(agreement, direction, obligation);
        }
        Ok(obligation)
    }

    /// Makes an obligation of what the first party of a statement owes the second, unless it is zero.
    pub(crate) fn owe(
        statement: &Statement,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let [first, second] = statement.parties;
        let Some((debtor, creditor, amount)) = debt(first, second, amount).map_err(Error::<T>::from)? else {
            return Ok(None);
        };
        let accepts = Self::accepted_by(statement, creditor)?;
        T::Obligations::create(debtor, creditor, statement.currency, amount, due, source, accepts).map(Some)
    }

    /// Whose tokens a party of a statement accepts.
    fn accepted_by(statement: &Statement, creditor: OperatorId) -> Result<&Issuers, DispatchError> {
        let place = ensure_party::<T>(statement.parties, creditor)?;
        Ok(statement.accepts.get(place).ok_or(Error::<T>::NotAParty)?)
    }
}

/// The debt behind a signed net of `first` towards `second`, if there is any: who owes whom how much.
fn debt(
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
