//! Affirming a statement: its net becomes an obligation.

use crate::{
    calls::{days, ensure_party},
    Config, Error, Event, Expiring, Pallet, Statements, Unaffirmed,
};
use frame_support::ensure;
use interclear_billing::rate::AmountFault;
use interclear_ports::{Clock, Obligations, Operators};
use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    money::Value,
    netting::ObligationSource,
    operator::Role,
    period::Period,
    statement::{Statement, StatementStatus},
    Moment,
};
use sp_runtime::DispatchResult;

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
            Self::conclude_statement(agreement, period, statement, T::Clock::now(), false)?;
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

    /// Affirms a statement whose affirmation date has passed, as of that date.
    pub(crate) fn affirm_silently(
        agreement: AgreementId,
        period: Period,
        statement: Statement,
    ) -> DispatchResult {
        // As of the date and not as of now: when a sweep comes around must not move the due date.
        let affirmed_at = statement.affirm_by;
        Self::conclude_statement(agreement, period, statement, affirmed_at, true)
    }

    fn conclude_statement(
        agreement: AgreementId,
        period: Period,
        mut statement: Statement,
        affirmed_at: Moment,
        by_silence: bool,
    ) -> DispatchResult {
        let [first, second] = statement.parties;
        let due = affirmed_at.saturating_add(days(statement.payment_days));
        let obligation = match debt(first, second, statement.net).map_err(Error::<T>::from)? {
            None => None,
            Some((debtor, creditor, amount)) => {
                let source = ObligationSource::Statement { agreement, period };
                let place = ensure_party::<T>(statement.parties, creditor)?;
                let accepts = statement.accepts.get(place).ok_or(Error::<T>::NotAParty)?;
                Some(T::Obligations::create(
                    debtor,
                    creditor,
                    statement.currency,
                    amount,
                    due,
                    source,
                    accepts,
                )?)
            }
        };
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
}

/// The debt behind a signed net of `first` towards `second`, if there is any: who owes whom how much.
pub(crate) fn debt(
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
