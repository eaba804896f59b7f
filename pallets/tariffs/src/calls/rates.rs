//! Exchange rates: the rule of the 23rd, submissions, and what is fixed.

use crate::{
    Config, Error, Event, FeederSet, NewestRate, OldestProposed, OldestRates, OldestSubmissions, Pallet,
    Proposed, Rates, Submissions,
};
use frame_support::{ensure, storage::StorageValue, BoundedVec};
use interclear_ports::{Clock, Operators};
use interclear_primitives::{
    ids::OperatorId,
    money::Currency,
    operator::Role,
    period::Period,
    rating::{looks_wrong, Doubt, SdrRate},
    tariff::{
        Feeders, MaxFeeders, MaxQuotedCurrencies, MonthRate, ProposedRate, QuoteDate, RateDoubt, RateSource,
        RateSubmission,
    },
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_rate(
        currency: Currency,
        period: Period,
        rate: SdrRate,
        quoted: QuoteDate,
    ) -> DispatchResult {
        Self::check_quote(currency, period, rate, quoted)?;
        let source = if T::Clock::now() < period.start() {
            RateSource::Governance
        } else {
            let fixed = Self::month_rate(currency, period).is_some();
            ensure!(!fixed, Error::<T>::MonthBegun);
            ensure!(period >= Self::rate_horizon(), Error::<T>::TooOld);
            RateSource::Late
        };
        Self::fix(currency, period, MonthRate { rate, quoted, source });
        Ok(())
    }

    pub(crate) fn do_set_feeders(
        operators: BoundedVec<OperatorId, MaxFeeders>,
        quorum: u8,
        currencies: BoundedVec<Currency, MaxQuotedCurrencies>,
    ) -> DispatchResult {
        ensure!(
            operators
                .iter()
                .all(|operator| T::Operators::is_active(*operator)),
            Error::<T>::OperatorNotActive
        );
        for currency in &currencies {
            Self::check_currency(*currency)?;
        }
        let operators = Self::ascending(operators).ok_or(Error::<T>::DuplicateFeeder)?;
        let currencies = Self::ascending(currencies).ok_or(Error::<T>::DuplicateCurrency)?;
        // More than half, so that no two rates can both have a quorum.
        let (votes, all) = (usize::from(quorum), operators.len());
        let most = votes.saturating_mul(2) > all && votes <= all;
        ensure!(most || (votes == 0 && all == 0), Error::<T>::QuorumOutOfRange);
        FeederSet::<T>::put(Feeders {
            operators: operators.clone(),
            quorum,
            currencies,
        });
        Self::deposit_event(Event::FeedersAppointed { operators, quorum });
        Ok(())
    }

    pub(crate) fn do_feed(
        who: &T::AccountId,
        currency: Currency,
        period: Period,
        rate: SdrRate,
        quoted: QuoteDate,
    ) -> DispatchResult {
        let feeder = T::Operators::ensure_active_role(who, Role::Clearing)?;
        let feeders = FeederSet::<T>::get();
        ensure!(feeders.operators.contains(&feeder), Error::<T>::NotAFeeder);
        Self::check_quote(currency, period, rate, quoted)?;
        ensure!(feeders.currencies.contains(&currency), Error::<T>::NotQuoted);
        ensure!(T::Clock::now() < period.start(), Error::<T>::MonthBegun);
        ensure!(
            !Rates::<T>::contains_key(period, currency),
            Error::<T>::AlreadyFixed
        );
        let same = |proposed: ProposedRate| (proposed.rate, proposed.quoted) == (rate, quoted);
        let proposed = Proposed::<T>::get(period, currency).is_some_and(same);
        ensure!(!proposed, Error::<T>::AlreadyProposed);

        let mut submissions = Submissions::<T>::get(period, currency).unwrap_or_default();
        // What has been submitted by who is not a feeder any more does not count.
        submissions.retain(|one| one.feeder != feeder && feeders.operators.contains(&one.feeder));
        let submission = RateSubmission { feeder, rate, quoted };
        submissions
            .try_push(submission)
            .map_err(|_| Error::<T>::NotAFeeder)?;
        let equal = submissions
            .iter()
            .filter(|one| one.rate == rate && one.quoted == quoted)
            .count();
        Self::deposit_event(Event::RateSubmitted {
            feeder,
            currency,
            period,
            rate,
            quoted,
            equal: u32::try_from(equal).unwrap_or(u32::MAX),
            quorum: feeders.quorum,
        });
        if equal >= usize::from(feeders.quorum) {
            match Self::doubted(currency, period, rate, quoted) {
                None => {
                    let source = RateSource::Feeders;
                    Self::fix(currency, period, MonthRate { rate, quoted, source });
                }
                Some(proposed) => Self::propose(currency, period, proposed),
            }
        } else {
            Submissions::<T>::insert(period, currency, submissions);
            Self::note_oldest::<OldestSubmissions<T>>(period);
        }
        Ok(())
    }

    pub(crate) fn do_refuse_rate(currency: Currency, period: Period) -> DispatchResult {
        let proposed = Proposed::<T>::get(period, currency).ok_or(Error::<T>::NotProposed)?;
        // When the month has ended, a rate that has jumped holds.
        ensure!(
            Self::month_rate(currency, period).is_none(),
            Error::<T>::NotProposed
        );
        Proposed::<T>::remove(period, currency);
        let rate = proposed.rate;
        Self::deposit_event(Event::RateRefused {
            currency,
            period,
            rate,
        });
        Ok(())
    }

    /// The rate of a month: fixed, or proposed by the feeders for a month that has ended without a word of governance, unless
    /// it looks like a reciprocal, or is the first one. It holds from the end of the month on, whenever idle work comes to write it down.
    pub(crate) fn month_rate(currency: Currency, period: Period) -> Option<MonthRate> {
        Rates::<T>::get(period, currency).or_else(|| {
            let proposed = Proposed::<T>::get(period, currency)?;
            let holds = proposed.doubt == RateDoubt::Jump && T::Clock::now() >= period.end();
            holds.then_some(MonthRate {
                rate: proposed.rate,
                quoted: proposed.quoted,
                source: RateSource::Unopposed,
            })
        })
    }

    /// Ends the waiting of a proposed rate whose month has ended.
    pub(crate) fn settle_proposed(currency: Currency, period: Period) {
        if let Some(fixed) = Self::month_rate(currency, period) {
            return Self::fix(currency, period, fixed);
        }
        if let Some(ProposedRate { rate, .. }) = Proposed::<T>::take(period, currency) {
            Self::deposit_event(Event::RateLapsed {
                currency,
                period,
                rate,
            });
        }
    }

    /// The rate of a month, or while it has none, the newest one: to compare prices ahead of time.
    pub(crate) fn rate_or_newest(currency: Currency, period: Period) -> Option<SdrRate> {
        Self::fixed_rate(currency, period)
            .or_else(|| Self::fixed_rate(currency, NewestRate::<T>::get(currency)?))
    }

    fn check_currency(currency: Currency) -> Result<(), Error<T>> {
        ensure!(currency.is_valid(), Error::<T>::InvalidCurrency);
        ensure!(currency != Currency::SDR, Error::<T>::RateOfSdr);
        Ok(())
    }

    fn check_quote(
        currency: Currency,
        period: Period,
        rate: SdrRate,
        quoted: QuoteDate,
    ) -> Result<(), Error<T>> {
        Self::check_currency(currency)?;
        ensure!(period.is_valid(), Error::<T>::InvalidPeriod);
        ensure!(rate.is_in_range(), Error::<T>::RateOutOfRange);
        ensure!(quoted.fits(period), Error::<T>::WrongQuoteDate);
        ensure!(T::Clock::now() >= quoted.start(), Error::<T>::NotQuotedYet);
        Ok(())
    }

    /// The rate as it is put to governance, if it is not near the newest one of an earlier month, however old that is: what has
    /// moved far over a pause is looked at as well. The first rate of a currency has none to be compared with, and is looked at, too.
    ///
    /// A mistake that all feeders make alike, units for an SDR in place of SDR for a unit, would otherwise be fixed, and
    /// convert a month of everybody's charges. The council, which sees what it votes on, is not held to it.
    fn doubted(currency: Currency, period: Period, rate: SdrRate, quoted: QuoteDate) -> Option<ProposedRate> {
        let before_month = NewestRate::<T>::get(currency).filter(|newest| *newest < period);
        let before = before_month.and_then(|month| Self::fixed_rate(currency, month));
        let doubt = match before {
            None => RateDoubt::First,
            Some(before) => match looks_wrong(before, rate)? {
                Doubt::Reciprocal => RateDoubt::Reciprocal,
                Doubt::Jump | Doubt::Zero => RateDoubt::Jump,
            },
        };
        Some(ProposedRate {
            rate,
            quoted,
            before,
            before_month: before_month.filter(|_| before.is_some()),
            doubt,
        })
    }

    fn propose(currency: Currency, period: Period, proposed: ProposedRate) {
        Submissions::<T>::remove(period, currency);
        Proposed::<T>::insert(period, currency, proposed);
        Self::note_oldest::<OldestProposed<T>>(period);
        Self::deposit_event(Event::RateProposed {
            currency,
            period,
            proposed,
        });
    }

    fn fix(currency: Currency, period: Period, fixed: MonthRate) {
        Submissions::<T>::remove(period, currency);
        Proposed::<T>::remove(period, currency);
        Rates::<T>::insert(period, currency, fixed);
        if NewestRate::<T>::get(currency).is_none_or(|newest| newest < period) {
            NewestRate::<T>::insert(currency, period);
        }
        Self::note_oldest::<OldestRates<T>>(period);
        Self::deposit_event(Event::RateFixed {
            currency,
            period,
            rate: fixed.rate,
            quoted: fixed.quoted,
            source: fixed.source,
        });
    }

    fn note_oldest<Oldest: StorageValue<Period, Query = Option<Period>>>(period: Period) {
        if Oldest::get().is_none_or(|oldest| period < oldest) {
            Oldest::put(period);
        }
    }
}
