//! Benchmarks: each measures the most that its call can do.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use super::*;
use crate::Pallet as Tariffs;
use alloc::{vec, vec::Vec};
use frame_benchmarking::{account, v2::*, BenchmarkError};
use frame_support::{
    traits::{EnsureOrigin, Get},
    BoundedVec,
};
use frame_system::RawOrigin;
use interclear_ports::{Clock, Operators};
use interclear_primitives::{
    agreement::Terms,
    ids::{CapId, OperatorId},
    money::Currency,
    period::Period,
    rating::{Price, SdrRate},
    service::Service,
    tadig::Tadig,
    tariff::{
        Area, CapName, Feeders, MaxCapsPerService, MaxFeeders, MaxPriceSteps, MaxQuotedCurrencies,
        MaxRegionMembers, MaxRegionVersions, Member, MonthRate, PriceCap, PriceStep, ProposedRate, QuoteDate,
        RateDoubt, RateSource, RateSubmission, RegionCode, RegionVersion, UnitPrice,
    },
};

fn most<N: Get<u32>>() -> u32 {
    N::get()
}

fn digit(number: u32) -> u8 {
    b'0'.saturating_add((number % 10) as u8)
}

fn governance<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
    T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

fn code(number: u32) -> RegionCode {
    RegionCode(BoundedVec::truncate_from(vec![
        b'R',
        digit(number / 10),
        digit(number),
    ]))
}

fn currency(number: u32) -> Currency {
    let letter = |number: u32| b'A'.saturating_add((number % 26) as u8);
    Currency([b'Q', letter(number / 26), letter(number)])
}

/// Networks that are nobody's, so that every one of a group is looked for in vain.
fn members(count: u32) -> BoundedVec<Member, MaxRegionMembers> {
    let member = |n: u32| Member::Network(Tadig([b'Z', b'Z', digit(n / 100), digit(n / 10), digit(n)]));
    BoundedVec::truncate_from((0..count).map(member).collect())
}

fn later(period: Period, months: u32) -> Period {
    (0..months).fold(period, |period, _| period.next())
}

/// As many steps as there can be, from a month on.
fn steps(from: Period, published: UnitPrice) -> BoundedVec<PriceStep, MaxPriceSteps> {
    let step = |n: u32| PriceStep {
        from: later(from, n),
        price: Some(published),
    };
    BoundedVec::truncate_from((0..most::<MaxPriceSteps>()).map(step).collect())
}

/// As many memberships as there can be, each of the most members.
fn versions(from: Period) -> BoundedVec<RegionVersion, MaxRegionVersions> {
    let version = |n: u32| RegionVersion {
        from: later(from, n),
        members: members(most::<MaxRegionMembers>()),
    };
    BoundedVec::truncate_from((0..most::<MaxRegionVersions>()).map(version).collect())
}

fn longest_name() -> CapName {
    CapName(BoundedVec::truncate_from(vec![b'N'; 64]))
}

fn fixed(period: Period, rate: SdrRate) -> MonthRate {
    MonthRate {
        rate,
        quoted: QuoteDate::of(period),
        source: RateSource::Feeders,
    }
}

/// Fixes a rate, whatever the clock says.
pub(crate) fn fix<T: Config>(currency: Currency, period: Period, rate: SdrRate) {
    Rates::<T>::insert(period, currency, fixed(period, rate));
    NewestRate::<T>::insert(currency, period);
    if OldestRates::<T>::get().is_none_or(|oldest| period < oldest) {
        OldestRates::<T>::put(period);
    }
}

/// A rate of a month that waits for governance.
fn propose<T: Config>(period: Period) {
    let proposed = ProposedRate {
        rate: SdrRate::SDR,
        quoted: QuoteDate::of(period),
        before: Some(SdrRate::MIN),
        before_month: Some(period.previous()),
        doubt: RateDoubt::Jump,
    };
    Proposed::<T>::insert(period, currency(0), proposed);
    OldestProposed::<T>::put(period);
}

/// As many caps as there can be, in another currency than that of some terms and above any price, from before their first
/// month on.
pub(crate) fn fill<T: Config>(terms: &Terms) {
    let (first, other) = (terms.first, currency(0));
    for one in [other, terms.currency] {
        fix::<T>(one, first, SdrRate::SDR);
    }
    let published = UnitPrice {
        currency: other,
        price: Price::MAX_AGREED,
    };
    let (regions, caps) = (T::MaxRegions::get(), most::<MaxCapsPerService>());
    for number in 0..regions {
        Regions::<T>::insert(code(number), versions(first));
    }
    for (service, number) in Service::ALL.iter().zip(0u32..) {
        // Each cap has two regions of its own as long as there are enough.
        let cap = |place: u32| {
            let region = number
                .saturating_mul(caps)
                .saturating_add(place)
                .saturating_mul(2);
            PriceCap {
                id: CapId(number.saturating_mul(caps).saturating_add(place)),
                name: longest_name(),
                visited: code(region % regions),
                home: Some(code(region.saturating_add(1) % regions)),
                steps: steps(first, published),
            }
        };
        Caps::<T>::insert(
            service,
            BoundedVec::<_, MaxCapsPerService>::truncate_from((0..caps).map(cap).collect()),
        );
    }
    NextCapId::<T>::put(CapId(u32::MAX / 2));
}

/// Operators, as many as can be feeders, each with a desk; the last one's desk.
fn operators<T: Config>() -> (Vec<OperatorId>, T::AccountId) {
    let desk = |n: u32| account::<T::AccountId>("desk", n, 0);
    let tadig = |n: u32| Tadig([b'B', b'M', b'K', digit(n / 10), digit(n)]);
    let operators = (0..most::<MaxFeeders>())
        .map(|n| T::Operators::benchmark_admit(desk(n), tadig(n)))
        .collect();
    (operators, desk(most::<MaxFeeders>().saturating_sub(1)))
}

fn currencies() -> BoundedVec<Currency, MaxQuotedCurrencies> {
    BoundedVec::truncate_from((0..most::<MaxQuotedCurrencies>()).map(currency).collect())
}

/// The running month, on the day of the quotation for the next.
fn running<T: Config>() -> Period {
    let month = Period(202_612);
    T::Clock::benchmark_set_now(QuoteDate::of(month.next()).start());
    month
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn set_region(m: Linear<1, 128>) -> Result<(), BenchmarkError> {
        let (origin, from) = (governance::<T>()?, running::<T>());
        let mut kept = versions(from.next());
        kept.pop();
        Regions::<T>::insert(code(0), kept);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, code(0), from, members(m));

        assert_eq!(
            Regions::<T>::get(code(0)).map(|versions| versions.len() as u32),
            Some(most::<MaxRegionVersions>())
        );
        Ok(())
    }

    #[benchmark]
    fn set_tariff() -> Result<(), BenchmarkError> {
        let (origin, from) = (governance::<T>()?, running::<T>());
        let published = UnitPrice {
            currency: Currency::EUR,
            price: Price(1),
        };
        Regions::<T>::insert(code(0), versions(from));
        let area = Area::Region(code(0));
        let mut kept = steps(from.next(), published);
        kept.pop();
        crate::Tariffs::<T>::insert(&area, Service::Gprs, kept);

        #[extrinsic_call]
        _(
            origin as T::RuntimeOrigin,
            area,
            Service::Gprs,
            from,
            Some(published),
        );

        assert_eq!(Tariffs::<T>::tariffs(None).len(), 1);
        Ok(())
    }

    /// A further cap of a service that has all but one.
    #[benchmark]
    fn set_cap() -> Result<(), BenchmarkError> {
        let (origin, from) = (governance::<T>()?, running::<T>());
        let published = UnitPrice {
            currency: Currency::EUR,
            price: Price(1),
        };
        Regions::<T>::insert(code(0), versions(from));
        Regions::<T>::insert(code(1), versions(from));
        let cap = |n: u32| PriceCap {
            id: CapId(n),
            name: longest_name(),
            visited: code(n.saturating_add(2)),
            home: None,
            steps: steps(from, published),
        };
        let caps = (1..most::<MaxCapsPerService>()).map(cap).collect();
        Caps::<T>::insert(
            Service::Gprs,
            BoundedVec::<_, MaxCapsPerService>::truncate_from(caps),
        );

        #[extrinsic_call]
        _(
            origin as T::RuntimeOrigin,
            longest_name(),
            Service::Gprs,
            code(0),
            Some(code(1)),
            from,
            Some(published),
        );

        assert_eq!(
            Caps::<T>::get(Service::Gprs).len() as u32,
            most::<MaxCapsPerService>()
        );
        Ok(())
    }

    #[benchmark]
    fn set_rate() -> Result<(), BenchmarkError> {
        let (origin, period) = (governance::<T>()?, running::<T>());

        #[extrinsic_call]
        _(
            origin as T::RuntimeOrigin,
            currency(0),
            period,
            SdrRate::SDR,
            QuoteDate::of(period),
        );

        assert!(Rates::<T>::contains_key(period, currency(0)));
        Ok(())
    }

    #[benchmark]
    fn set_feeders() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        let operators = BoundedVec::truncate_from(operators::<T>().0);

        #[extrinsic_call]
        _(
            origin as T::RuntimeOrigin,
            operators,
            most::<MaxFeeders>() as u8,
            currencies(),
        );

        assert_eq!(u32::from(FeederSet::<T>::get().quorum), most::<MaxFeeders>());
        Ok(())
    }

    #[benchmark]
    fn refuse_rate() -> Result<(), BenchmarkError> {
        let (origin, period) = (governance::<T>()?, running::<T>());
        propose::<T>(period);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, currency(0), period);

        assert!(!Proposed::<T>::contains_key(period, currency(0)));
        Ok(())
    }

    /// The last submission of a quorum of all, of a rate that looks wrong beside that of the month before.
    #[benchmark]
    fn feed() -> Result<(), BenchmarkError> {
        let (operators, desk) = operators::<T>();
        let period = running::<T>().next();
        FeederSet::<T>::put(Feeders {
            operators: BoundedVec::truncate_from(operators.clone()),
            quorum: most::<MaxFeeders>() as u8,
            currencies: currencies(),
        });
        let (rate, quoted) = (SdrRate::SDR, QuoteDate::of(period));
        let before = MonthRate {
            rate: SdrRate(rate.0.saturating_mul(2)),
            quoted,
            source: RateSource::Feeders,
        };
        Rates::<T>::insert(period.previous(), currency(0), before);
        NewestRate::<T>::insert(currency(0), period.previous());
        OldestRates::<T>::put(period.previous());
        let others = operators.split_last().map_or(&[][..], |(_, others)| others);
        let submission = |feeder: &OperatorId| RateSubmission {
            feeder: *feeder,
            rate,
            quoted,
        };
        Submissions::<T>::insert(
            period,
            currency(0),
            BoundedVec::<_, MaxFeeders>::truncate_from(others.iter().map(submission).collect()),
        );

        #[extrinsic_call]
        _(RawOrigin::Signed(desk), currency(0), period, rate, quoted);

        assert!(Proposed::<T>::contains_key(period, currency(0)));
        Ok(())
    }

    #[benchmark]
    fn evict_base() {
        OldestRates::<T>::put(running::<T>());
        OldestSubmissions::<T>::put(running::<T>().next());
        OldestProposed::<T>::put(running::<T>());

        #[block]
        {
            Tariffs::<T>::evict(T::WeightInfo::evict_base());
        }
    }

    #[benchmark]
    fn evict_step() {
        running::<T>();
        let old = Tariffs::<T>::rate_horizon().previous();
        fix::<T>(currency(0), old, SdrRate::SDR);

        #[block]
        {
            Tariffs::<T>::evict(T::WeightInfo::evict_base().saturating_add(T::WeightInfo::evict_step()));
        }

        assert!(!Rates::<T>::contains_key(old, currency(0)));
    }

    #[benchmark]
    fn settle_proposed() {
        let old = running::<T>().previous();
        propose::<T>(old);

        #[block]
        {
            let (base, step) = (T::WeightInfo::evict_base(), T::WeightInfo::settle_proposed());
            Tariffs::<T>::evict(base.saturating_add(step));
        }

        assert!(Rates::<T>::contains_key(old, currency(0)));
    }

    impl_benchmark_test_suite!(Tariffs, crate::mock::without_operators(), crate::mock::Test,);
}
