//! Benchmarks: each call in its worst case that storage allows.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, weights::WeightMeter, BoundedVec};
use frame_system::RawOrigin;
use interclear_ports::{Agreements, Clock, Operators, Usage};
use interclear_primitives::{
    agreement::{DirectionTerms, Flow, Terms, UsageTerms},
    ids::AgreementId,
    money::{Currency, Value},
    period::Period,
    rating::Pricing,
    report::{PairMonth, ReportOutcome, ReportedLine},
    samples,
    service::Service,
    tadig::Tadig,
    usage::taken_until,
    Moment, DAY,
};
use sp_runtime::DispatchError;

const VISITED: Tadig = Tadig(*b"BENVI");
const HOME: Tadig = Tadig(*b"BENHO");

fn visited<T: Config>() -> T::AccountId {
    account("visited", 0, 0)
}

fn home<T: Config>() -> T::AccountId {
    account("home", 0, 0)
}

/// Two operators with an agreement from the running month on that prices every service in as many groups as can be. It
/// has all of them come in reports.
fn agree<T: Config>() -> (AgreementId, Period) {
    let visited = T::Operators::benchmark_admit(visited::<T>(), VISITED);
    let home = T::Operators::benchmark_admit(home::<T>(), HOME);
    let group = |home: Tadig, visited: Tadig| {
        let line = |service: &Service| {
            let mut line = samples::line(*service, Pricing::default());
            line.flow = Flow::Reports;
            line
        };
        samples::group(home, visited, Service::ALL.iter().map(line).collect())
    };
    let other = |number: u8| Tadig([b'X', b'B', b'E', b'N', b'0'.saturating_add(number)]);
    let further = (0..7).map(|number| group(other(number), VISITED));
    let there: DirectionTerms =
        samples::direction(core::iter::once(group(HOME, VISITED)).chain(further).collect());
    let back = samples::direction(vec![group(VISITED, HOME)]);
    let period = Period::containing(T::Clock::now());
    let terms = Terms {
        usage: UsageTerms {
            acknowledge_days: 7,
            // Or late usage would hold what `evict` removes.
            late_days: 0,
            ..UsageTerms::usual(Currency::EUR)
        },
        ..Terms::usual(period, period.next(), Currency::EUR, [there, back])
    };
    (T::Agreements::benchmark_activate([home, visited], terms), period)
}

/// A line for every service.
fn lines(quantity: u128) -> Vec<ReportedLine> {
    let line = |service: &Service| ReportedLine {
        service: *service,
        quantity,
        charge: Value::Clear(1_000_000),
        tax: Value::Clear(1_000),
    };
    Service::ALL.iter().map(line).collect()
}

/// Both sides report every service, with figures that differ; the month is over.
fn both_report<T: Config>() -> Result<PairMonth, DispatchError> {
    let (_, period) = agree::<T>();
    let pair = PairMonth {
        visited: VISITED,
        home: HOME,
        period,
    };
    T::Clock::benchmark_set_now(pair.period.end());
    for (who, quantity) in [(visited::<T>(), 1_000), (home::<T>(), 2_000)] {
        let lines = BoundedVec::truncate_from(lines(quantity));
        Pallet::<T>::do_report_usage(&who, pair, [1; 32], lines)?;
    }
    Ok(pair)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// A correction after both sides have reported.
    #[benchmark]
    fn report_usage() -> Result<(), BenchmarkError> {
        let pair = both_report::<T>()?;

        #[extrinsic_call]
        _(
            RawOrigin::Signed(visited::<T>()),
            pair,
            [2; 32],
            BoundedVec::truncate_from(lines(3_000)),
        );

        let (reports, _) = Pallet::<T>::usage_reports(pair).ok_or(BenchmarkError::Weightless)?;
        assert_eq!(reports.visited.map(|report| report.version), Some(2));
        Ok(())
    }

    /// The first report of a pair that is expected to report, which is queued for its eviction.
    #[benchmark]
    fn first_report() -> Result<(), BenchmarkError> {
        let (agreement, period) = agree::<T>();
        let pair = PairMonth {
            visited: VISITED,
            home: HOME,
            period,
        };
        T::Clock::benchmark_set_now(period.end());

        #[extrinsic_call]
        report_usage(
            RawOrigin::Signed(visited::<T>()),
            pair,
            [1; 32],
            BoundedVec::truncate_from(lines(1_000)),
        );

        assert_eq!(T::Usage::period_usage(agreement, period).expected_reports, 1);
        Ok(())
    }

    #[benchmark]
    fn affirm_usage() -> Result<(), BenchmarkError> {
        let pair = both_report::<T>()?;

        #[extrinsic_call]
        _(RawOrigin::Signed(visited::<T>()), pair, 1);

        let (reports, _) = Pallet::<T>::usage_reports(pair).ok_or(BenchmarkError::Weightless)?;
        assert!(matches!(reports.outcome, Some(ReportOutcome::Affirmed(_))));
        Ok(())
    }

    #[benchmark]
    fn conclude_usage() -> Result<(), BenchmarkError> {
        let pair = both_report::<T>()?;
        T::Clock::benchmark_set_now(pair.period.end().saturating_add(40 * DAY));

        #[extrinsic_call]
        _(RawOrigin::Signed(home::<T>()), pair);

        let (reports, _) = Pallet::<T>::usage_reports(pair).ok_or(BenchmarkError::Weightless)?;
        let disputed = Service::COUNT;
        assert_eq!(reports.outcome, Some(ReportOutcome::Concluded { disputed }));
        Ok(())
    }

    /// Reports of `n` pairs that go.
    #[benchmark]
    fn evict(n: Linear<0, 100>) -> Result<(), BenchmarkError> {
        let pair = both_report::<T>()?;
        let reports = Pallet::<T>::reports_of(&pair).ok_or(BenchmarkError::Weightless)?;
        let agreement = reports.route.agreement;
        Reports::<T>::remove((agreement, pair.period), (pair.visited, pair.home));
        let _ = EvictionQueue::<T>::clear(u32::MAX, None);
        NextEviction::<T>::kill();
        let period = pair.period;
        for number in 0..n {
            let home = samples::tadig(number);
            let key = ReportKey {
                agreement,
                pair: PairMonth { home, ..pair },
            };
            Reports::<T>::insert(key.month(), key.networks(), reports.clone());
            Pallet::<T>::keep(key, T::Clock::now());
        }
        T::Usage::close(agreement, period)?;
        // Nothing of the month is taken any more either.
        let kept = T::Clock::now().saturating_add(T::Retention::get());
        let now: Moment = kept.max(taken_until(period)).saturating_add(2 * DAY);

        #[block]
        {
            Pallet::<T>::evict(now, &mut WeightMeter::new());
        }

        assert_eq!(Reports::<T>::iter_keys().count(), 0);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::without_operators(), crate::mock::Test);
}
