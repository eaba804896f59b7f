//! Benchmarks: each call in its worst case that storage allows.

use crate::{pallet::PageSize, *};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{Get, UnixTime},
    weights::WeightMeter,
    BoundedVec, Hashable,
};
use frame_system::RawOrigin;
use interclear_primitives::{
    ports::{Agreements, Operators},
    rating, AgreementId, Anchor, Awaiting, Batch, BatchKey, BatchStatus, Currency, Direction, DirectionTerms,
    FatalReason, Gap, MaxGaps, MaxReturns, Moment, PaymentTerms, Period, PeriodUsage, ReturnedRecords, Route,
    SequenceState, SeriesKey, Service, ServiceGroup, ServiceLine, ServiceTotal, Span, Stream, Tadig, Terms,
    UsageTerms, Value, DAY,
};

/// Every service there is.
const SERVICES: u32 = Service::COUNT;

const SERIES: SeriesKey = SeriesKey {
    sender: Tadig(*b"BENVI"),
    recipient: Tadig(*b"BENHO"),
    stream: Stream::Tap,
    test: false,
};

/// The number that a bound allows.
fn most<B: Get<u32>>() -> u32 {
    B::get()
}

fn now<T: Config>() -> Moment {
    T::Time::now().as_secs()
}

fn sender<T: Config>() -> T::AccountId {
    account("sender", 0, 0)
}

fn recipient<T: Config>() -> T::AccountId {
    account("recipient", 0, 0)
}

/// Two operators with an agreement that prices every service.
fn partners<T: Config>() -> AgreementId {
    partners_within::<T>(30)
}

/// As [`partners`], with days to acknowledge a file.
fn partners_within<T: Config>(acknowledge_days: u16) -> AgreementId {
    let visited = T::Operators::benchmark_admit(sender::<T>(), SERIES.sender);
    let home = T::Operators::benchmark_admit(recipient::<T>(), SERIES.recipient);
    let line = |service: &Service| ServiceLine {
        service: *service,
        terms: rating::LineTerms::default(),
        increment: Default::default(),
        tolerance: Default::default(),
    };
    let direction = |home: Tadig, visited: Tadig| DirectionTerms {
        groups: BoundedVec::truncate_from(vec![ServiceGroup {
            home: BoundedVec::truncate_from(vec![home]),
            visited: BoundedVec::truncate_from(vec![visited]),
            lines: BoundedVec::truncate_from(Service::ALL.iter().map(line).collect()),
        }]),
        condition: rating::Condition::Unconditional,
        window: Span::Month,
        commitment_span: Span::Term,
    };
    let period = Period::containing(now::<T>());
    let terms = Terms {
        first: period,
        last: period.next(),
        currency: Currency::EUR,
        directions: [
            direction(SERIES.recipient, SERIES.sender),
            direction(SERIES.sender, SERIES.recipient),
        ],
        usage: UsageTerms {
            currency: Currency::EUR,
            age_limit_days: 30,
            acknowledge_days,
            deemed_acknowledged: true,
            close_days: 5,
        },
        payment: PaymentTerms {
            affirm_days: 10,
            payment_days: 30,
            dispute_days: 30,
            late_interest_bps: 0,
            prepaid: false,
        },
        signatures: 1,
        notice_months: 0,
        prolongation_months: 0,
    };
    T::Agreements::benchmark_activate([home, visited], terms)
}

fn totals(services: u32) -> Vec<ServiceTotal> {
    let total = |service: &Service| ServiceTotal {
        service: *service,
        records: 20,
        quantity: 1_000_000,
        charge: Value::Clear(1_000_000),
        tax: Value::Clear(1_000),
    };
    Service::ALL.iter().take(services as usize).map(total).collect()
}

/// A file of this month.
fn file<T: Config>(sequence: u32, services: u32) -> Anchor {
    let now = now::<T>();
    let calls = (services > 0).then_some(now);
    Anchor {
        key: BatchKey {
            series: SERIES,
            sequence,
        },
        file_hash: [1; 32],
        root: [2; 32],
        currency: Currency::EUR,
        decimals: 6,
        records: services.saturating_mul(20),
        totals: BoundedVec::truncate_from(totals(services)),
        discount: Value::ZERO,
        earliest_call: calls,
        latest_call: calls,
        cut_off: now,
        available: now,
        resent_for: None,
    }
}

/// A series with as many gaps as it may have but one; the file in the middle of the last one is 500.
fn with_gaps<T: Config>(agreement: AgreementId) {
    let period = Period::containing(now::<T>()).next();
    let gap = |first, last| Gap {
        first,
        last,
        period,
        agreement: Some(agreement),
        since: 0,
    };
    let mut gaps: Vec<Gap> = (1..most::<MaxGaps>().saturating_sub(1))
        .map(|n| gap(n * 2, n * 2))
        .collect();
    gaps.push(gap(400, 600));
    Periods::<T>::insert(
        (agreement, period),
        PeriodUsage {
            gaps: gaps.len() as u32,
            ..Default::default()
        },
    );
    Sequences::<T>::insert(
        SERIES,
        SequenceState {
            highest: 601,
            gaps: BoundedVec::truncate_from(gaps),
        },
    );
    // The page of the eviction queue that the file goes to is nearly full.
    let waiting = vec![
        BatchKey {
            series: SERIES,
            sequence: 1
        };
        most::<PageSize>().saturating_sub(1) as usize
    ];
    Pallet::<T>::schedule(Pallet::<T>::due_day(now::<T>()), &waiting);
}

/// Puts a file of an agreement of its own, as if anchored at the epoch.
fn put_batch<T: Config>(sequence: u32, sealed: bool) -> BatchKey {
    let anchor = file::<T>(sequence, SERVICES);
    let (key, period, digest) = (anchor.key, anchor.period(), anchor.blake2_256());
    let route = Route {
        agreement: AgreementId(1_000_000 + sequence),
        direction: Direction::FirstHome,
        group: 0,
    };
    let usage = PeriodUsage {
        batches: 1,
        awaiting: [
            Awaiting {
                unanswered: 1,
                latest: 0,
            },
            Awaiting::default(),
        ],
        sealed,
        ..Default::default()
    };
    Periods::<T>::insert((route.agreement, period), usage);
    let batch = Batch {
        anchor,
        digest,
        route: Some(route),
        period,
        status: BatchStatus::Anchored,
        anchored_at: 0,
        answered_at: None,
        fatal_return: None,
        returned: Default::default(),
        returns: Default::default(),
    };
    Batches::<T>::insert(key, batch);
    key
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn anchor(s: Linear<0, SERVICES>) -> Result<(), BenchmarkError> {
        with_gaps::<T>(partners::<T>());

        #[extrinsic_call]
        _(RawOrigin::Signed(sender::<T>()), file::<T>(500, s));

        assert_eq!(Sequences::<T>::get(SERIES).gaps.len() as u32, most::<MaxGaps>());
        assert!(Batches::<T>::contains_key(BatchKey {
            series: SERIES,
            sequence: 500
        }));
        Ok(())
    }

    #[benchmark]
    fn anchor_many(n: Linear<1, { T::MaxAnchorsPerCall::get() }>) -> Result<(), BenchmarkError> {
        partners::<T>();
        let anchors = (1..=n).map(|sequence| file::<T>(sequence, SERVICES)).collect();

        #[extrinsic_call]
        _(
            RawOrigin::Signed(sender::<T>()),
            BoundedVec::truncate_from(anchors),
        );

        assert_eq!(Sequences::<T>::get(SERIES).highest, n);
        Ok(())
    }

    #[benchmark]
    fn acknowledge() -> Result<(), BenchmarkError> {
        partners::<T>();
        let key = put_batch::<T>(1, false);

        #[extrinsic_call]
        _(RawOrigin::Signed(recipient::<T>()), key);

        assert_eq!(
            Batches::<T>::get(key).map(|batch| batch.status),
            Some(BatchStatus::Acknowledged)
        );
        Ok(())
    }

    #[benchmark]
    fn acknowledge_many(n: Linear<1, { T::MaxAnchorsPerCall::get() }>) -> Result<(), BenchmarkError> {
        partners::<T>();
        let keys: Vec<_> = (1..=n).map(|sequence| put_batch::<T>(sequence, false)).collect();

        #[extrinsic_call]
        _(
            RawOrigin::Signed(recipient::<T>()),
            BoundedVec::truncate_from(keys.clone()),
        );

        let answered =
            |key: &BatchKey| Batches::<T>::get(key).is_some_and(|batch| batch.answered_at.is_some());
        assert!(keys.iter().all(answered));
        Ok(())
    }

    #[benchmark]
    fn return_file() -> Result<(), BenchmarkError> {
        partners::<T>();
        let sent = file::<T>(1, SERVICES);
        let key = sent.key;
        Pallet::<T>::do_anchor(&sender::<T>(), sent)?;

        #[extrinsic_call]
        _(
            RawOrigin::Signed(recipient::<T>()),
            key,
            FatalReason::Totals,
            1,
            [3; 32],
        );

        assert!(Batches::<T>::get(key).is_some_and(|batch| batch.fatal_return.is_some()));
        Ok(())
    }

    #[benchmark]
    fn return_records(s: Linear<1, SERVICES>) -> Result<(), BenchmarkError> {
        partners::<T>();
        let sent = file::<T>(1, SERVICES);
        let key = sent.key;
        Pallet::<T>::do_anchor(&sender::<T>(), sent)?;
        let one = |total: ServiceTotal| ServiceTotal {
            records: 1,
            quantity: 1,
            ..ServiceTotal::empty(total.service)
        };
        let returned = |services| BoundedVec::truncate_from(totals(services).into_iter().map(one).collect());
        let earlier: Vec<u32> = (2..=most::<MaxReturns>()).collect();
        Batches::<T>::mutate(key, |batch| {
            if let Some(batch) = batch {
                batch.returns = BoundedVec::truncate_from(earlier);
                batch.returned = returned(SERVICES);
            }
        });
        let records = ReturnedRecords {
            rap_sequence: 1,
            rap_hash: [3; 32],
            totals: returned(s),
        };

        #[extrinsic_call]
        _(RawOrigin::Signed(recipient::<T>()), key, records);

        assert!(
            Batches::<T>::get(key).is_some_and(|batch| batch.returns.len() as u32 == most::<MaxReturns>())
        );
        Ok(())
    }

    /// By the recipient, whose days are looked up.
    #[benchmark]
    fn waive_gap() -> Result<(), BenchmarkError> {
        with_gaps::<T>(partners_within::<T>(0));
        let before = Sequences::<T>::get(SERIES).gaps.len();

        #[extrinsic_call]
        _(RawOrigin::Signed(recipient::<T>()), SERIES, 400);

        assert_eq!(Sequences::<T>::get(SERIES).gaps.len() + 1, before);
        Ok(())
    }

    /// Likewise.
    #[benchmark]
    fn waive_file() -> Result<(), BenchmarkError> {
        partners_within::<T>(0);
        let sent = file::<T>(1, SERVICES);
        let key = sent.key;
        Pallet::<T>::do_anchor(&sender::<T>(), sent)?;
        Batches::<T>::mutate(key, |batch| {
            if let Some(batch) = batch {
                batch.status = BatchStatus::Returned(FatalReason::Totals);
            }
        });

        #[extrinsic_call]
        _(RawOrigin::Signed(recipient::<T>()), key);

        let status = Batches::<T>::get(key).map(|batch| batch.status);
        assert_eq!(status, Some(BatchStatus::Waived(FatalReason::Totals)));
        Ok(())
    }

    #[benchmark]
    fn begin_series() -> Result<(), BenchmarkError> {
        partners::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(sender::<T>()), SERIES, 500);

        assert_eq!(Sequences::<T>::get(SERIES).highest, 499);
        Ok(())
    }

    /// `n` files that go, and one that is queued again.
    #[benchmark]
    fn evict(n: Linear<0, 127>) -> Result<(), BenchmarkError> {
        let day = Pallet::<T>::due_day(0);
        let mut keys: Vec<_> = (1..=n).map(|sequence| put_batch::<T>(sequence, true)).collect();
        keys.push(put_batch::<T>(n + 1, false));
        Pallet::<T>::schedule(day, &keys);
        let now = Moment::from(day).saturating_add(1).saturating_mul(DAY);

        #[block]
        {
            Pallet::<T>::evict(now, &mut WeightMeter::new());
        }

        assert_eq!(Batches::<T>::iter_keys().count(), 1);
        Ok(())
    }

    impl_benchmark_test_suite!(
        Pallet,
        crate::mock::ExtBuilder::default().build(),
        crate::mock::Test
    );
}
