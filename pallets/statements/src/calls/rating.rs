//! Rating a month by the agreement, and what is kept between months.

use crate::{AccountLine, Accounts, Config, EndedWindows, Error, Pallet};
use alloc::vec::Vec;
use frame_support::BoundedVec;
use interclear_billing::{
    late::{bill_month, Kept, MonthUsage},
    rate::{Account, RatedMonth, Totals},
};
use interclear_ports::{Agreements, Clock, Rates, Usage};
use interclear_primitives::{
    agreement::Terms,
    ids::AgreementId,
    period::Period,
    span::Months,
    statement::{Exchange, MaxMonthLines},
    usage::MAX_LATE_DAYS,
    DAY,
};
use sp_runtime::DispatchError;

/// Late usage of a closed month, with all by which it is rated.
pub(crate) struct LateMonth {
    pub(crate) version: u32,
    pub(crate) terms: Terms,
    period: Period,
    in_force: Months,
    totals: Totals,
    exchange: Option<Exchange>,
}

impl LateMonth {
    fn usage(&self) -> MonthUsage<'_> {
        MonthUsage {
            terms: &self.terms,
            period: self.period,
            in_force: self.in_force,
            totals: &self.totals,
            exchange: self.exchange,
        }
    }
}

type Lines = BoundedVec<AccountLine, MaxMonthLines>;

fn from_lines(lines: Lines) -> Account {
    lines.into_iter().map(|line| (line.key, line.running)).collect()
}

impl<T: Config> Pallet<T> {
    /// The late usage that a month bills, by ascending month, with the terms and rates of those months.
    pub(crate) fn late_months(agreement: AgreementId, period: Period) -> Result<Vec<LateMonth>, Error<T>> {
        let mut months = Vec::<LateMonth>::new();
        for (of, key, total) in T::Usage::late_totals(agreement, period) {
            if let Some(month) = months.last_mut().filter(|month| month.period == of) {
                month.totals.insert(key, total);
                continue;
            }
            let (version, terms) = T::Agreements::terms_in(agreement, of).ok_or(Error::<T>::NotInForce)?;
            months.push(LateMonth {
                version,
                period: of,
                in_force: T::Agreements::months_in(agreement, of).ok_or(Error::<T>::NotInForce)?,
                totals: Totals::from([(key, total)]),
                exchange: Self::exchange(&terms, of)?,
                terms,
            });
        }
        Ok(months)
    }

    fn exchange(terms: &Terms, period: Period) -> Result<Option<Exchange>, Error<T>> {
        Exchange::under(terms, |currency| T::Rates::sdr_rate(currency, period))
            .map_err(|_| Error::ExchangeRateMissing)
    }

    /// Rates a month from the usage anchored for it, and late usage of closed months, with the rates at which the TAP
    /// charges of its own usage were converted; keeps what the next month begins with. `own` are the terms of the month
    /// itself, if it has any.
    pub(crate) fn rate(
        agreement: AgreementId,
        period: Period,
        own: Option<&Terms>,
        late: &[LateMonth],
        decimals: u8,
    ) -> Result<(RatedMonth, Option<Exchange>), DispatchError> {
        let totals = T::Usage::totals(agreement, period).into_iter().collect();
        let own = match own {
            Some(terms) => Some(MonthUsage {
                terms,
                period,
                in_force: T::Agreements::months_in(agreement, period).ok_or(Error::<T>::NotInForce)?,
                totals: &totals,
                exchange: Self::exchange(terms, period)?,
            }),
            None => None,
        };
        let before = Self::kept(agreement, period, late.is_empty());
        let mut kept = before.clone();
        let late: Vec<_> = late.iter().map(LateMonth::usage).collect();
        let month = bill_month(period, own.as_ref(), &late, &mut kept, decimals).map_err(Error::<T>::from)?;
        Self::keep(agreement, period, own.as_ref(), &before, kept)?;
        Ok((month, own.and_then(|own| own.exchange)))
    }

    /// What the months before have left: of ended windows the last one, or all when there is late usage.
    fn kept(agreement: AgreementId, period: Period, in_time: bool) -> Kept {
        let ended = if in_time {
            let last = period.previous();
            let found = EndedWindows::<T>::get(agreement, last).map(|lines| (last, from_lines(lines)));
            found.into_iter().collect()
        } else {
            EndedWindows::<T>::iter_prefix(agreement)
                .map(|(last, lines)| (last, from_lines(lines)))
                .collect()
        };
        Kept {
            running: from_lines(Accounts::<T>::get(agreement)),
            ended,
        }
    }

    /// Keeps what the next month begins with, and of ended windows those that late usage can still correct.
    fn keep(
        agreement: AgreementId,
        period: Period,
        own: Option<&MonthUsage>,
        before: &Kept,
        kept: Kept,
    ) -> Result<(), Error<T>> {
        let running = Self::lines(kept.running)?;
        if running.is_empty() {
            Accounts::<T>::remove(agreement);
        } else {
            Accounts::<T>::insert(agreement, running);
        }
        let now = T::Clock::now();
        for (last, account) in kept.ended {
            let taken = last != period || own.is_some_and(|own| now < own.terms.usage.late_until(last));
            if taken && before.ended.get(&last) != Some(&account) {
                EndedWindows::<T>::insert(agreement, last, Self::lines(account)?);
            }
        }
        let oldest = |last: &Period| {
            now >= last
                .end()
                .saturating_add(DAY.saturating_mul(MAX_LATE_DAYS.into()))
        };
        let old: Vec<_> = EndedWindows::<T>::iter_key_prefix(agreement)
            .filter(oldest)
            .collect();
        for last in old {
            EndedWindows::<T>::remove(agreement, last);
        }
        Ok(())
    }

    /// An agreement has at most as many lines as a month.
    fn lines(account: Account) -> Result<Lines, Error<T>> {
        let lines: Vec<_> = account
            .into_iter()
            .map(|(key, running)| AccountLine { key, running })
            .collect();
        BoundedVec::try_from(lines).map_err(|_| Error::NotRateable)
    }
}
