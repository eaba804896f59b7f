//! Closing a month: its statement is issued.

use crate::{
    calls::{ensure_party, rating::LateMonth},
    Config, Decisions, Error, Event, LastClosed, Pallet, Statements, Unaffirmed, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{ensure, weights::Weight, BoundedVec};
use interclear_billing::rate::AmountFault;
use interclear_ports::{Agreements, Clock, Escrows, Obligations, Operators, Periods, Usage};
use interclear_primitives::{
    agreement::{Terms, MAX_AGREEMENT_LINES},
    bounds::MAX_NET,
    ids::AgreementId,
    money::Value,
    operator::Role,
    period::Period,
    statement::{Disputed, Statement, StatementStatus},
};
use sp_runtime::DispatchError;

/// The version of an agreement by which a month is closed.
pub(crate) struct ClosedBy {
    version: u32,
    pub(crate) terms: Terms,
    /// Whether it is in force in the month; else the month bills late usage alone, by the terms of the last one.
    pub(crate) in_force: bool,
}

impl<T: Config> Pallet<T> {
    /// By what a month is closed. After the end of the agreement that is nothing, unless late usage bills to the month, or something
    /// counts with it that a dispute has decided or vouchers were paid.
    pub(crate) fn closed_by(agreement: AgreementId, period: Period) -> Option<ClosedBy> {
        let month = T::Agreements::closing_month(agreement, period)?;
        let in_force = month == period;
        let bills = || {
            T::Usage::period_usage(agreement, period).in_use()
                || Decisions::<T>::iter_key_prefix(agreement).next().is_some()
                || T::Escrows::has_redeemed(agreement, period)
        };
        if !in_force && !bills() {
            return None;
        }
        let (version, terms) = T::Agreements::terms_in(agreement, month)?;
        Some(ClosedBy {
            version,
            terms,
            in_force,
        })
    }

    /// Returns what closing has cost; `None` if the other party must ask, too.
    pub(crate) fn do_close_period(
        who: &T::AccountId,
        agreement: AgreementId,
        period: Period,
        changes: u32,
    ) -> Result<Option<Weight>, DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let parties = T::Agreements::parties(agreement).ok_or(Error::<T>::AgreementNotFound)?;
        let place = ensure_party::<T>(parties, operator)?;
        ensure!(period.is_valid(), Error::<T>::InvalidPeriod);
        let now = T::Clock::now();
        ensure!(now >= period.end(), Error::<T>::PeriodRunning);
        ensure!(!Self::is_closed(agreement, period), Error::<T>::AlreadyClosed);
        let late = Self::late_months(agreement, period)?;
        let closed_by = Self::closed_by(agreement, period).ok_or(Error::<T>::NotInForce)?;
        let terms = &closed_by.terms;
        // In one row, from the first month in force on, also after the end: a month that is skipped is billed by none.
        let is_next = match Self::last_closed(agreement) {
            Some(last) => period == last.next(),
            None => {
                let previous = T::Agreements::usage_terms_in(agreement, period.previous());
                closed_by.in_force && previous.is_none()
            }
        };
        ensure!(is_next, Error::<T>::EarlierMonthOpen);
        let decimals = T::Obligations::decimals(terms.currency).ok_or(Error::<T>::CurrencyNotSettled)?;
        T::Usage::ensure_complete(agreement, period, now)?;
        let usage = T::Usage::period_usage(agreement, period);
        ensure!(changes == usage.changes, Error::<T>::MonthChanged);
        if !Self::may_close(agreement, period, (operator, place), &closed_by, &usage, now)? {
            return Ok(None);
        }

        let own = closed_by.in_force.then_some(terms);
        let late_months = u32::try_from(late.len()).unwrap_or(u32::MAX);
        let mut decided: Vec<_> = late.iter().flat_map(LateMonth::decided).copied().collect();
        for one in &decided {
            Decisions::<T>::remove(agreement, one.dispute);
            Self::one_less_undecided(agreement, one.period);
        }
        let (month, exchange) = Self::rate(agreement, period, own, &late, decimals)?;
        // What moves nothing is not among what the statement has taken into account.
        decided.retain(|one| !month.set_aside.contains(&one.dispute));
        let net = month
            .net
            .clear()
            .map_err(AmountFault::from)
            .map_err(Error::<T>::from)?;
        // No accepted usage and no accepted terms come to more.
        ensure!(net.unsigned_abs() <= MAX_NET, Error::<T>::AmountOverflow);
        let statement = Statement {
            parties,
            version: closed_by.version,
            currency: terms.currency,
            decimals,
            exchange,
            lines: month.lines.try_into().map_err(|_| Error::<T>::NotRateable)?,
            totals: month.totals,
            net: month.net,
            status: StatementStatus::Issued,
            affirmed: [false; 2],
            issued_at: now,
            affirm_by: terms.payment.silence_affirms(now),
            disputed_until: terms.payment.disputed_until(now),
            payment: terms.payment,
            accepts: terms.accepts.clone(),
            due: terms.payment.due(now),
            decided: BoundedVec::truncate_from(decided),
            running_digest: usage.running_digest,
            minimum: Self::minimum(terms, period, decimals),
            carried: Value::ZERO,
            obligation: None,
            disputed: Disputed::default(),
            escrowed: Default::default(),
        };

        let late = T::Usage::close(agreement, period)?;
        T::Escrows::close(agreement, period, Self::reserved(&statement)?, late);
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
        let own_lines = lines.min(MAX_AGREEMENT_LINES);
        Ok(Some(match late_months {
            0 => T::WeightInfo::close_period(own_lines),
            months => T::WeightInfo::close_with_late(months),
        }))
    }
}
