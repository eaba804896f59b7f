//! Rating a month by the agreement, and what is kept between months.

use crate::{
    AccountLine, Accounts, Config, Decisions, EndedWindows, Error, LateLine, LateLines, OpenDisputes, Pallet,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::BoundedVec;
use interclear_billing::{
    late::{bill_month, due_with, Kept, LateParts, MonthUsage, Version},
    rate::{Account, RatedMonth, Totals},
};
use interclear_ports::{Agreements, Clock, Rates, Usage};
use interclear_primitives::{
    agreement::Terms,
    ids::AgreementId,
    period::Period,
    span::Accounted,
    statement::{Decided, Exchange, MaxDecided, MaxMonthLines},
    usage::{UsageKey, MAX_LATE_MONTHS},
};
use sp_runtime::DispatchError;

/// A version of an agreement, as far as a month is rated by it.
struct Rated {
    number: u32,
    terms: Terms,
    accounted: [Accounted; 2],
}

impl Rated {
    /// The version in force in a month.
    fn read<T: Config>(agreement: AgreementId, period: Period) -> Result<Self, Error<T>> {
        let (number, terms) = T::Agreements::terms_in(agreement, period).ok_or(Error::<T>::NotInForce)?;
        let accounted = T::Agreements::accounted_in(agreement, period).ok_or(Error::<T>::NotInForce)?;
        Ok(Self {
            number,
            terms,
            accounted,
        })
    }

    fn version(&self) -> Version<'_> {
        Version {
            terms: &self.terms,
            accounted: self.accounted,
        }
    }
}

/// Late usage of a closed month, with all by which it is rated.
pub(crate) struct LateMonth {
    version: Rated,
    period: Period,
    totals: Totals,
    exchange: Option<Exchange>,
    /// As [`MonthUsage::due`].
    due: [Option<Rated>; 2],
    decided: Vec<Decided>,
}

impl LateMonth {
    fn read<T: Config>(
        agreement: AgreementId,
        (period, billed_with): (Period, Period),
        (totals, decided): (Totals, Vec<Decided>),
    ) -> Result<Self, Error<T>> {
        let version = Rated::read::<T>(agreement, period)?;
        let [first, second] = due_with(&version.version(), period, billed_with);
        let due = |last: Option<Period>| {
            let Some(last) = last else { return Ok(None) };
            let due = Rated::read::<T>(agreement, last)?;
            Ok::<_, Error<T>>((due.number != version.number).then_some(due))
        };
        let due = [due(first)?, due(second)?];
        let exchange = Pallet::<T>::exchange(&version.terms, period)?;
        Ok(Self {
            version,
            period,
            totals,
            exchange,
            due,
            decided,
        })
    }

    /// What disputes have decided of the month.
    pub(crate) fn decided(&self) -> &[Decided] {
        &self.decided
    }

    fn usage(&self) -> MonthUsage<'_> {
        MonthUsage {
            version: self.version.version(),
            period: self.period,
            totals: &self.totals,
            exchange: self.exchange,
            due: self.due.each_ref().map(|due| due.as_ref().map(Rated::version)),
            decided: &self.decided,
        }
    }
}

type Lines = BoundedVec<AccountLine, MaxMonthLines>;

fn from_lines(lines: Lines) -> Account {
    lines.into_iter().map(|line| (line.key, line.running)).collect()
}

impl<T: Config> Pallet<T> {
    /// The late usage that a month bills, and what disputes have decided since, by ascending month, with the terms and rates of those
    /// months. There are never more months than late usage can have; what is decided of others counts with a later month.
    pub(crate) fn late_months(agreement: AgreementId, period: Period) -> Result<Vec<LateMonth>, Error<T>> {
        let mut months = BTreeMap::<Period, (Totals, Vec<Decided>)>::new();
        for (of, key, total) in T::Usage::late_totals(agreement, period) {
            months.entry(of).or_default().0.insert(key, total);
        }
        let mut decided: Vec<_> = Decisions::<T>::iter_prefix_values(agreement)
            .take(BoundedVec::<Decided, MaxDecided>::bound())
            .collect();
        decided.sort_by_key(|decided| (decided.period, decided.dispute));
        for decided in decided {
            let most = usize::try_from(MAX_LATE_MONTHS).unwrap_or_default();
            if months.len() < most || months.contains_key(&decided.period) {
                months.entry(decided.period).or_default().1.push(decided);
            }
        }
        months
            .into_iter()
            .map(|(of, totals)| LateMonth::read::<T>(agreement, (of, period), totals))
            .collect()
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
                version: Version {
                    terms,
                    accounted: T::Agreements::accounted_in(agreement, period)
                        .ok_or(Error::<T>::NotInForce)?,
                },
                period,
                totals: &totals,
                exchange: Self::exchange(terms, period)?,
                due: [None; 2],
                decided: &[],
            }),
            None => None,
        };
        let late: Vec<_> = late.iter().map(LateMonth::usage).collect();
        let before = Self::kept(agreement, period, &late);
        let mut kept = before.clone();
        let month = bill_month(period, own.as_ref(), &late, &mut kept, decimals).map_err(Error::<T>::from)?;
        // What is carried to the next month may be of months for which no late usage is taken any more.
        let carried = T::Usage::period_usage(agreement, period).has_deferred();
        Self::keep((agreement, period), &before, kept, carried)?;
        Ok((month, own.and_then(|own| own.exchange)))
    }

    /// What the months before have left: of ended windows the last one, or all when there is late usage; and what came late of the same
    /// months before.
    fn kept(agreement: AgreementId, period: Period, late: &[MonthUsage]) -> Kept {
        let ended = if late.is_empty() {
            let last = period.previous();
            let found = EndedWindows::<T>::get(agreement, last).map(|lines| (last, from_lines(lines)));
            found.into_iter().collect()
        } else {
            EndedWindows::<T>::iter_prefix(agreement)
                .map(|(last, lines)| (last, from_lines(lines)))
                .collect()
        };
        let mut before = BTreeMap::<_, LateParts>::new();
        for month in late {
            for line in LateLines::<T>::get(agreement, month.period).unwrap_or_default() {
                let parts = before.entry((month.period, line.key)).or_default();
                parts.insert(line.statement, line.part);
            }
        }
        Kept {
            running: from_lines(Accounts::<T>::get(agreement)),
            ended,
            late: before,
        }
    }

    /// Keeps what the next month begins with, and of ended windows those that late usage or a dispute can still correct.
    fn keep(
        (agreement, closing): (AgreementId, Period),
        before: &Kept,
        kept: Kept,
        carried: bool,
    ) -> Result<(), Error<T>> {
        let running = Self::lines(kept.running)?;
        if running.is_empty() {
            Accounts::<T>::remove(agreement);
        } else {
            Accounts::<T>::insert(agreement, running);
        }
        let now = T::Clock::now();
        let waits = carried || Self::is_undecided(agreement);
        // The statement that is being issued can be disputed.
        let bills = |last: &Period| closing <= last.plus(MAX_LATE_MONTHS);
        let over = |last: &Period| !waits && !bills(last) && Self::is_done(agreement, *last, closing, now);
        Self::keep_late(agreement, &before.late, kept.late)?;
        for (last, account) in kept.ended {
            if !over(&last) && before.ended.get(&last) != Some(&account) {
                EndedWindows::<T>::insert(agreement, last, Self::lines(account)?);
            }
        }
        Self::forget_months(agreement, over);
        Ok(())
    }

    /// Forgets what windows that ended with certain months have come to, and late usage of these months.
    pub(crate) fn forget_months(agreement: AgreementId, is_over: impl Fn(&Period) -> bool) {
        let months: Vec<_> = EndedWindows::<T>::iter_key_prefix(agreement)
            .chain(LateLines::<T>::iter_key_prefix(agreement))
            .filter(is_over)
            .collect();
        for month in months {
            EndedWindows::<T>::remove(agreement, month);
            LateLines::<T>::remove(agreement, month);
        }
    }

    /// Whether disputes may still decide what closed months came to.
    pub(crate) fn is_undecided(agreement: AgreementId) -> bool {
        OpenDisputes::<T>::contains_key(agreement)
            || Decisions::<T>::iter_key_prefix(agreement).next().is_some()
    }

    /// Keeps what came late, and what disputes have decided.
    fn keep_late(
        agreement: AgreementId,
        before: &BTreeMap<(Period, UsageKey), LateParts>,
        late: BTreeMap<(Period, UsageKey), LateParts>,
    ) -> Result<(), Error<T>> {
        let mut months = BTreeMap::<Period, (bool, Vec<LateLine>)>::new();
        for ((period, key), parts) in late {
            let (changed, lines) = months.entry(period).or_default();
            *changed |= before.get(&(period, key)) != Some(&parts);
            lines.extend(
                parts
                    .into_iter()
                    .map(|(statement, part)| LateLine { key, statement, part }),
            );
        }
        for (period, (changed, lines)) in months {
            if changed {
                let lines = BoundedVec::try_from(lines).map_err(|_| Error::<T>::NotRateable)?;
                LateLines::<T>::insert(agreement, period, lines);
            }
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
