//! Closing a month, affirming its statement.

use crate::{Config, Decimals, Error, Event, Expiring, LastClosed, Pallet, Record, Statements, Unaffirmed};
use frame_support::ensure;
use interclear_billing::rate::AmountFault;
use interclear_ports::{Agreements, Operators, Periods, Usage};
use interclear_primitives::{
    ids::{AgreementId, OperatorId},
    netting::ObligationSource,
    operator::Role,
    period::Period,
    statement::{Statement, StatementStatus},
    Moment, DAY,
};
use sp_runtime::{DispatchError, DispatchResult};

/// The most that a statement may come to, in minor units, either way: as many obligations as a cycle can count still add
/// up. Without it, two parties could agree on a debt so large that no other fits into a cycle beside it.
pub(crate) const MAX_NET: u128 = i128::MAX.unsigned_abs() >> u32::BITS;

impl<T: Config> Pallet<T> {
    /// The place of the desk's operator among the parties.
    fn ensure_party(parties: [OperatorId; 2], operator: OperatorId) -> Result<usize, Error<T>> {
        parties
            .iter()
            .position(|party| *party == operator)
            .ok_or(Error::<T>::NotAParty)
    }

    /// Returns the number of lines of the statement; `None` if the other party must ask, too.
    pub(crate) fn do_close_period(
        who: &T::AccountId,
        agreement: AgreementId,
        period: Period,
    ) -> Result<Option<u32>, DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let parties = T::Agreements::parties(agreement).ok_or(Error::<T>::AgreementNotFound)?;
        Self::ensure_party(parties, operator)?;
        ensure!(period.is_valid(), Error::<T>::InvalidPeriod);
        let now = Self::now();
        ensure!(now >= period.end(), Error::<T>::PeriodRunning);
        ensure!(!Self::is_closed(agreement, period), Error::<T>::AlreadyClosed);
        let (version, terms) = T::Agreements::terms_in(agreement, period).ok_or(Error::<T>::NotInForce)?;
        // The months in force have no holes, so the month before stands for all earlier ones.
        let previous = period.previous();
        let previous_in_force = T::Agreements::usage_terms_in(agreement, previous).is_some();
        ensure!(
            !previous_in_force || Self::is_closed(agreement, previous),
            Error::<T>::EarlierMonthOpen
        );
        let decimals = Decimals::<T>::get(terms.currency).ok_or(Error::<T>::CurrencyNotSettled)?;
        T::Usage::ensure_complete(agreement, period, now)?;
        if !Self::may_close(agreement, period, operator, &terms.usage, now)? {
            return Ok(None);
        }

        let (month, exchange) = Self::rate(agreement, period, &terms, decimals)?;
        let net = month
            .net
            .clear()
            .map_err(AmountFault::from)
            .map_err(Error::<T>::from)?;
        ensure!(net.unsigned_abs() <= MAX_NET, Error::<T>::Overflow);
        let statement = Statement {
            parties,
            version,
            currency: terms.currency,
            decimals,
            exchange,
            lines: month.lines.try_into().map_err(|_| Error::<T>::NotRateable)?,
            totals: month.totals,
            net: month.net,
            status: StatementStatus::Issued,
            affirmed: [false; 2],
            issued_at: now,
            affirm_by: now.saturating_add(days(terms.payment.affirm_days)),
            payment_days: terms.payment.payment_days,
        };

        T::Usage::close(agreement, period)?;
        Self::keep_account(agreement, month.account)?;
        LastClosed::<T>::insert(agreement, period);
        Unaffirmed::<T>::insert(agreement, period, statement.affirm_by);
        Self::deposit_event(Event::PeriodClosed {
            agreement,
            period,
            parties,
            currency: statement.currency,
            totals: statement.totals,
            net: statement.net,
            affirm_by: statement.affirm_by,
        });
        let lines = u32::try_from(statement.lines.len()).unwrap_or(u32::MAX);
        Statements::<T>::insert(agreement, period, statement);
        Ok(Some(lines))
    }

    pub(crate) fn do_affirm(who: &T::AccountId, agreement: AgreementId, period: Period) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut statement = Statements::<T>::get(agreement, period).ok_or(Error::<T>::StatementNotFound)?;
        let place = Self::ensure_party(statement.parties, operator)?;
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
            Self::conclude_statement(agreement, period, statement, Self::now(), false)?;
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
        Self::ensure_party(statement.parties, operator)?;
        ensure!(
            statement.status == StatementStatus::Issued,
            Error::<T>::AlreadyAffirmed
        );
        ensure!(Self::now() > statement.affirm_by, Error::<T>::AffirmationPending);
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
        let debt = Self::direct(first, second, statement.net).map_err(Error::<T>::from)?;
        let obligation = match debt {
            None => None,
            Some((debtor, creditor, amount)) => {
                let source = ObligationSource::Statement { agreement, period };
                Some(Self::create_obligation(
                    debtor,
                    creditor,
                    statement.currency,
                    amount,
                    due,
                    source,
                )?)
            }
        };
        statement.status = StatementStatus::Affirmed;
        Statements::<T>::insert(agreement, period, statement);
        Unaffirmed::<T>::remove(agreement, period);
        let record = Record::Statement(agreement, period);
        Self::expire(Expiring {
            record,
            since: Self::now(),
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

fn days(days: u16) -> Moment {
    Moment::from(days).saturating_mul(DAY)
}
