//! Rating a month by the agreement, and what is kept between months.

use crate::{
    AccountLine, Accounts, Config, Decisions, EndedWindows, Error, LateLine, LateLines, Pallet, Undecided,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use frame_support::BoundedVec;
use interclear_billing::{
    late::{bill_month, due_with, Kept, LateParts, MonthUsage, Version},
    rate::{Account, RatedMonth, Totals},
    stretch::stretches,
};
use interclear_ports::{Agreements, Clock, Rates, Usage};
use interclear_primitives::{
    agreement::{Direction, Terms},
    ids::AgreementId,
    period::Period,
    span::{Accounted, Months},
    statement::{Decided, Exchange, MaxDecided, MaxMonthLines},
    usage::{UsageKey, MAX_LATE_MONTHS},
};
use sp_runtime::DispatchError;

/// Ended windows, and months with late usage, that are forgotten at once: as many as are kept where no month is in dispute. These are
/// the months whose late usage one month bills, and those within the longest agreed days to dispute.
pub(crate) const FORGOTTEN_AT_ONCE: usize = 19;

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

    /// What the months before have left: of ended windows the last one, and those that late usage corrects; and what came late of the
    /// same months before.
    fn kept(agreement: AgreementId, period: Period, late: &[MonthUsage]) -> Kept {
        let last = period.previous();
        let corrected: Vec<Months> = late.iter().flat_map(MonthUsage::corrects).collect();
        let mut months: BTreeSet<_> = match corrected.is_empty() {
            true => BTreeSet::new(),
            false => EndedWindows::<T>::iter_key_prefix(agreement)
                .filter(|last| corrected.iter().any(|months| months.includes(*last)))
                .collect(),
        };
        months.insert(last);
        let ended = months
            .into_iter()
            .filter_map(|last| Some((last, from_lines(EndedWindows::<T>::get(agreement, last)?))))
            .collect();
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
        // The statement that is being issued can be disputed, and so can the next one, which bills what is carried.
        let still = MAX_LATE_MONTHS.saturating_add(carried.into());
        let bills = |month: &Period| closing <= month.plus(still);
        let over = |month: &Period| !bills(month) && Self::is_done(agreement, *month, closing, now);
        Self::keep_late(agreement, &before.late, kept.late)?;
        for (last, account) in kept.ended {
            if before.ended.get(&last) != Some(&account) {
                EndedWindows::<T>::insert(agreement, last, Self::lines(account)?);
            }
        }
        Self::forget_months(agreement, over);
        Ok(())
    }

    /// Forgets late usage of certain months, and what windows that ended with them have come to, as far as no dispute can change that
    /// any more: some of each at a time. Answers whether there may be more.
    pub(crate) fn forget_months(agreement: AgreementId, is_over: impl Fn(&Period) -> bool) -> bool {
        let undecided: BTreeSet<_> = Undecided::<T>::iter_key_prefix(agreement).collect();
        let windows: Vec<_> = EndedWindows::<T>::iter_key_prefix(agreement)
            .filter(|last| is_over(last) && !Self::is_corrected(agreement, *last, &undecided))
            .take(FORGOTTEN_AT_ONCE)
            .collect();
        let late: Vec<_> = LateLines::<T>::iter_key_prefix(agreement)
            .filter(|month| is_over(month) && !undecided.contains(month))
            .take(FORGOTTEN_AT_ONCE)
            .collect();
        for last in &windows {
            EndedWindows::<T>::remove(agreement, last);
        }
        for month in &late {
            LateLines::<T>::remove(agreement, month);
        }
        windows.len().max(late.len()) == FORGOTTEN_AT_ONCE
    }

    /// Whether what is decided of one of some months would correct a window that ended with a month: it is of the window, or of the span
    /// of a commitment that was due with it.
    fn is_corrected(agreement: AgreementId, last: Period, undecided: &BTreeSet<Period>) -> bool {
        if undecided.contains(&last) {
            return true;
        }
        if undecided.range(..last).next().is_none() {
            return false;
        }
        let Ok(Rated { terms, accounted, .. }) = Rated::read::<T>(agreement, last) else {
            return false;
        };
        Direction::BOTH
            .into_iter()
            .zip(&accounted)
            .any(|(direction, accounted)| {
                let agreed = terms.direction(direction);
                let [window, span] = stretches(&terms, agreed, accounted, last).map(|stretch| stretch.months);
                let first = match agreed.has_commitment() && span.last == last {
                    true => span.first,
                    false => window.first,
                };
                undecided.range(first..=last).next().is_some()
            })
    }

    /// Whether disputes may still decide what closed months came to.
    pub(crate) fn is_undecided(agreement: AgreementId) -> bool {
        Undecided::<T>::iter_key_prefix(agreement).next().is_some()
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
