//! What clients ask through the runtime API.

use crate::{Caps, Config, FeederSet, Pallet, Proposed, Rates, Regions, Submissions, Tariffs};
use alloc::vec::Vec;
use interclear_primitives::{
    agreement::Terms,
    api::MAX_PAGE,
    money::Currency,
    period::Period,
    rating::SdrRate,
    service::Service,
    tariff::{
        Area, CapExceeded, Feeders, MonthRate, PriceCap, PriceSteps, ProposedRate, RateSubmissions, Region,
        RegionCode,
    },
};

impl<T: Config> Pallet<T> {
    /// All regions, by code.
    pub fn regions() -> Vec<(RegionCode, Region)> {
        let mut regions: Vec<_> = Regions::<T>::iter().collect();
        regions.sort_by(|(a, _), (b, _)| a.cmp(b));
        regions
    }

    /// Reference tariffs that follow one in the order of storage; at most [`MAX_PAGE`].
    pub fn tariffs(after: Option<(Area, Service)>) -> Vec<(Area, Service, PriceSteps)> {
        let page = usize::try_from(MAX_PAGE).unwrap_or(usize::MAX);
        let all = match after {
            None => Tariffs::<T>::iter(),
            Some((area, service)) => Tariffs::<T>::iter_from(Tariffs::<T>::hashed_key_for(area, service)),
        };
        all.take(page).collect()
    }

    /// All price caps with their services, by number.
    pub fn caps() -> Vec<(Service, PriceCap)> {
        let mut caps: Vec<_> = Service::ALL
            .iter()
            .flat_map(|service| Caps::<T>::get(service).into_iter().map(|cap| (*service, cap)))
            .collect();
        caps.sort_by_key(|(_, cap)| cap.id);
        caps
    }

    /// The rates of a month, by currency: those that are fixed, and those that hold because nobody has opposed them.
    pub fn rates(period: Period) -> Vec<(Currency, MonthRate)> {
        let mut rates: Vec<_> = Rates::<T>::iter_prefix(period).collect();
        rates.extend(
            Proposed::<T>::iter_key_prefix(period)
                .filter_map(|currency| Some((currency, Self::month_rate(currency, period)?))),
        );
        rates.sort_by_key(|(currency, _)| *currency);
        rates
    }

    /// The rates of a month that wait for governance, by currency.
    pub fn proposed_rates(period: Period) -> Vec<(Currency, ProposedRate)> {
        let mut proposed: Vec<_> = Proposed::<T>::iter_prefix(period)
            .filter(|(currency, _)| Self::month_rate(*currency, period).is_none())
            .collect();
        proposed.sort_by_key(|(currency, _)| *currency);
        proposed
    }

    /// What has been submitted for a month and is not fixed yet, by currency.
    pub fn rate_submissions(period: Period) -> Vec<(Currency, RateSubmissions)> {
        let mut submissions: Vec<_> = Submissions::<T>::iter_prefix(period).collect();
        submissions.sort_by_key(|(currency, _)| *currency);
        submissions
    }

    /// Who submits rates.
    pub fn rate_feeders() -> Feeders {
        FeederSet::<T>::get()
    }

    /// The lines that can charge more than a cap in force in a month from `from` to the last one, with the cap; each
    /// line and cap once, with the first such month.
    ///
    /// Reads one record for each service, region and currency that is concerned.
    pub fn caps_exceeded(terms: &Terms, from: Period) -> Vec<CapExceeded> {
        Self::compare_with_caps(terms, from)
    }

    /// The currency per SDR in a month: fixed, and for ever once the month has begun.
    pub fn fixed_rate(currency: Currency, period: Period) -> Option<SdrRate> {
        if currency == Currency::SDR {
            return Some(SdrRate::SDR);
        }
        Self::month_rate(currency, period).map(|fixed| fixed.rate)
    }
}
