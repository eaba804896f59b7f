//! Affirming a statement: its net becomes an obligation.

use crate::{calls::ensure_party, Affirmed, Config, Error, Event, Pallet, Statements, Unaffirmed};
use frame_support::ensure;
use interclear_billing::rate::AmountFault;
use interclear_ports::{Clock, Debt, Obligations, Operators};
use interclear_primitives::{
    ids::{AgreementId, ObligationId, OperatorId},
    money::Value,
    netting::ObligationSource,
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
        let payable = Self::payable(&statement)?;
        let source = ObligationSource::Statement { agreement, period };
        let obligation = Self::book(&statement, payable, statement.due, source, None)?;
        statement.status = StatementStatus::Affirmed;
        statement.obligation = obligation;
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

    /// Makes an obligation of what the first party of a statement owes the second, unless it is zero.
    pub(crate) fn book(
        statement: &Statement,
        amount: Value,
        due: Moment,
        source: ObligationSource,
        gives_back: Option<ObligationId>,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let [first, second] = statement.parties;
        let Some((debtor, creditor, amount)) = debt(first, second, amount).map_err(Error::<T>::from)? else {
            return Ok(None);
        };
        let place = ensure_party::<T>(statement.parties, creditor)?;
        let accepts = statement.accepts.get(place).ok_or(Error::<T>::NotAParty)?;
        T::Obligations::create(Debt {
            debtor,
            creditor,
            currency: statement.currency,
            amount,
            due,
            source,
            accepts: accepts.clone(),
            late_interest_bps: statement.payment.late_interest_bps,
            gives_back,
        })
        .map(Some)
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
