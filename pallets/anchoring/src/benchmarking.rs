//! Benchmarks: each call in its worst case that storage allows.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::{
    calls::books::Books,
    pallet::PageSize,
    types::{Booking, GroupKey},
    *,
};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, weights::WeightMeter, BoundedVec, Hashable};
use frame_system::RawOrigin;
use interclear_merkle::{prove, Proof, RootBuilder};
use interclear_ports::{Agreements, Clock, Escrows, Operators};
use interclear_primitives::{
    agreement::{Direction, PaymentTerms, Prepaid, Route, Terms, UsageTerms},
    batch::{
        Anchor, Batch, BatchStatus, FatalReason, MaxReturns, ProvenRecord, ReturnedRecords, ServiceTotal,
    },
    ids::{AgreementId, OperatorId},
    money::{Currency, Value},
    nrtrde::NrtrdeAnchor,
    period::Period,
    rating::Pricing,
    samples,
    series::{BatchKey, Gap, MaxGaps, SequenceState, SeriesKey, Stream},
    service::Service,
    tadig::Tadig,
    usage::{Deferred, PeriodUsage},
    Moment, DAY,
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

fn sender<T: Config>() -> T::AccountId {
    account("sender", 0, 0)
}

fn recipient<T: Config>() -> T::AccountId {
    account("recipient", 0, 0)
}

/// The n-th of some made up networks.
fn network(letter: u8, n: u32) -> Tadig {
    let digit = |place: u32| b'0'.saturating_add((n / place % 10) as u8);
    Tadig([letter, digit(1_000), digit(100), digit(10), digit(1)])
}

/// Two operators with an agreement that prices every service.
fn partners<T: Config>() -> AgreementId {
    let visited = T::Operators::benchmark_admit(sender::<T>(), SERIES.sender);
    let home = T::Operators::benchmark_admit(recipient::<T>(), SERIES.recipient);
    agree::<T>([home, visited], SERIES.recipient, prepaid(30), 0)
}

/// What is held ahead for a direction: more than its files charge.
const HELD: u128 = 100_000_000_000;

/// As [`partners`], with days to acknowledge a file, in an agreement that has as many lines as can be.
fn partners_within<T: Config>(acknowledge_days: u16) -> AgreementId {
    let visited = T::Operators::benchmark_admit(sender::<T>(), SERIES.sender);
    let home = T::Operators::benchmark_admit(recipient::<T>(), SERIES.recipient);
    agree::<T>([home, visited], SERIES.recipient, prepaid(acknowledge_days), 7)
}

/// Usage that is paid ahead in both directions.
fn prepaid(acknowledge_days: u16) -> UsageTerms {
    UsageTerms {
        acknowledge_days,
        prepaid: [Some(Prepaid { floor: HELD }); 2],
        ..UsageTerms::usual(Currency::EUR)
    }
}

/// An agreement about the subscribers of a network of the first operator at the sender, and the other way round, with
/// further groups of other networks in the first direction.
fn agree<T: Config>(
    parties: [OperatorId; 2],
    home_network: Tadig,
    usage: UsageTerms,
    further: u32,
) -> AgreementId {
    let group = |home: Tadig, visited: Tadig| {
        let lines = Service::ALL
            .iter()
            .map(|service| samples::line(*service, Pricing::default()));
        samples::group(home, visited, lines.collect())
    };
    let direction = |home: Tadig, visited: Tadig, further: u32| {
        let others = (0..further).map(|n| group(network(b'X', n), visited));
        samples::direction(core::iter::once(group(home, visited)).chain(others).collect())
    };
    let period = Period::containing(T::Clock::now());
    let terms = Terms {
        usage,
        payment: PaymentTerms {
            late_interest_bps: 0,
            ..PaymentTerms::usual()
        },
        ..Terms::usual(
            period,
            period.next(),
            Currency::EUR,
            [
                direction(home_network, SERIES.sender, further),
                direction(SERIES.sender, home_network, 0),
            ],
        )
    };
    let agreement = T::Agreements::benchmark_activate(parties, terms);
    for direction in Direction::BOTH {
        if usage.prepaid(direction).is_some() {
            T::Escrows::benchmark_open(agreement, direction, HELD);
        }
    }
    agreement
}

/// The sender's series to as many partners, each with an agreement on credit of its own and as many gaps as may be.
fn many_series<T: Config>(count: u32, stream: Stream) -> Vec<SeriesKey> {
    let visited = T::Operators::benchmark_admit(sender::<T>(), SERIES.sender);
    let one = |n: u32| {
        let recipient = network(b'H', n);
        let home = T::Operators::benchmark_admit(account("partner", n, 0), recipient);
        let agreement = agree::<T>([home, visited], recipient, UsageTerms::usual(Currency::EUR), 0);
        let series = SeriesKey {
            recipient,
            stream,
            ..SERIES
        };
        with_gaps::<T>(series, series.bills().then_some(agreement));
        series
    };
    (0..count).map(one).collect()
}

/// The files of some series: one in the middle of a gap of each, and `more` that follow in the first one.
fn keys(series: &[SeriesKey], more: u32) -> Vec<BatchKey> {
    let late = series.iter().map(|series| BatchKey {
        series: *series,
        sequence: 500,
    });
    let first = series.first().copied().unwrap_or(SERIES);
    let next = (1..=more).map(|n| BatchKey {
        series: first,
        sequence: n.saturating_add(601),
    });
    late.chain(next).collect()
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
    let now = T::Clock::now();
    let calls = (services > 0).then_some(now);
    Anchor {
        key: BatchKey {
            series: SERIES,
            sequence,
        },
        file_digest: [1; 32],
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

/// Gives a series as many gaps as it may have but one; the file in the middle of the last one is 500, the next one 602.
fn with_gaps<T: Config>(series: SeriesKey, agreement: Option<AgreementId>) {
    let period = Period::containing(T::Clock::now()).next();
    let gap = |first, last| Gap {
        first,
        last,
        period,
        agreement,
        since: 0,
    };
    let mut gaps: Vec<Gap> = (1..most::<MaxGaps>().saturating_sub(1))
        .map(|n| gap(n * 2, n * 2))
        .collect();
    gaps.push(gap(400, 600));
    if let Some(agreement) = agreement {
        let usage = PeriodUsage {
            gaps: gaps.len() as u32,
            ..Default::default()
        };
        Periods::<T>::insert((agreement, period), usage);
    }
    Sequences::<T>::insert(
        series,
        SequenceState {
            highest: 601,
            gaps: BoundedVec::truncate_from(gaps),
            months: Default::default(),
        },
    );
}

/// Nearly fills the page of the eviction queue to which files go that come now.
fn fill_page<T: Config>() {
    let waiting = vec![
        BatchKey {
            series: SERIES,
            sequence: 1
        };
        most::<PageSize>().saturating_sub(1) as usize
    ];
    Pallet::<T>::schedule(Pallet::<T>::due_day(T::Clock::now(), false), &waiting);
}

/// Puts a file of a series and agreement of its own, as if anchored at the epoch; it does not count before it is answered.
fn put_batch<T: Config>(recipient: Tadig, sequence: u32, closed: bool) -> BatchKey {
    let mut anchor = file::<T>(sequence, SERVICES);
    anchor.key.series.recipient = recipient;
    let (key, period, digest) = (anchor.key, anchor.period(), anchor.blake2_256());
    let route = Route {
        agreement: AgreementId(1_000_000 + sequence),
        direction: Direction::FirstHome,
        group: 0,
    };
    let usage = PeriodUsage {
        deferred: [
            Deferred {
                files: 1,
                ..Default::default()
            },
            Deferred::default(),
        ],
        closed,
        ..Default::default()
    };
    Periods::<T>::insert((route.agreement, period), usage);
    for deferred in [false, true] {
        let group = GroupKey {
            direction: route.direction,
            group: route.group,
            late: None,
            deferred,
        };
        Totals::<T>::mutate((route.agreement, period), group, |sum| {
            for part in &anchor.totals {
                sum.book(part, Booking::Add).expect("one file fits; qed");
            }
        });
    }
    let batch = Batch {
        late: None,
        deferred: true,
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
        with_gaps::<T>(SERIES, Some(partners::<T>()));
        fill_page::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(sender::<T>()), file::<T>(500, s));

        assert_eq!(Sequences::<T>::get(SERIES).gaps.len() as u32, most::<MaxGaps>());
        assert!(Batches::<T>::contains_key(BatchKey {
            series: SERIES,
            sequence: 500
        }));
        Ok(())
    }

    /// `r` files of a series each, and `n` more of the first; the files have `s` services together, the first ones as many as there are.
    #[benchmark]
    fn anchor_many(
        n: Linear<0, { T::MaxAnchorsPerCall::get() / 2 }>,
        r: Linear<1, { T::MaxAnchorsPerCall::get() / 2 }>,
        s: Linear<0, { T::MaxAnchorsPerCall::get() / 2 * SERVICES }>,
    ) -> Result<(), BenchmarkError> {
        let keys = keys(&many_series::<T>(r, Stream::Tap), n);
        fill_page::<T>();
        let mut services = s;
        let anchors = keys.iter().map(|key| {
            let of_it = services.min(SERVICES);
            services -= of_it;
            Anchor {
                key: *key,
                ..file::<T>(1, of_it)
            }
        });

        #[extrinsic_call]
        _(
            RawOrigin::Signed(sender::<T>()),
            BoundedVec::truncate_from(anchors.collect()),
        );

        assert!(keys.iter().all(Batches::<T>::contains_key));
        Ok(())
    }

    /// A file of a prepaid direction, after another one has been booked.
    #[benchmark]
    fn cover() -> Result<(), BenchmarkError> {
        let agreement = partners::<T>();
        let month = (agreement, Period::containing(T::Clock::now()));
        let mut books = Books::<T>::open();
        let group = GroupKey {
            direction: Direction::FirstHome,
            group: 0,
            late: None,
            deferred: false,
        };
        let booked = books.rebook((month, group), totals(SERVICES), Booking::Add);
        books.set_totals(booked.map_err(|_| BenchmarkError::Weightless)?);

        #[block]
        {
            books
                .ensure_covered(month, Direction::FirstHome, 1)
                .map_err(|_| BenchmarkError::Weightless)?;
        }

        Ok(())
    }

    /// As many files, of as many series; see `anchor_many`.
    #[benchmark]
    fn anchor_nrtrde(
        n: Linear<0, { T::MaxAnchorsPerCall::get() / 2 }>,
        r: Linear<1, { T::MaxAnchorsPerCall::get() / 2 }>,
    ) -> Result<(), BenchmarkError> {
        let keys = keys(&many_series::<T>(r, Stream::Nrtrde), n);
        fill_page::<T>();
        let now = T::Clock::now();
        let anchors = keys.iter().map(|key| NrtrdeAnchor {
            key: *key,
            file_digest: [1; 32],
            root: [2; 32],
            records: 20,
            earliest_end: Some(now),
            latest_end: Some(now),
            available: now,
        });

        #[extrinsic_call]
        _(
            RawOrigin::Signed(sender::<T>()),
            BoundedVec::truncate_from(anchors.collect()),
        );

        assert!(keys.iter().all(NrtrdeFiles::<T>::contains_key));
        Ok(())
    }

    /// A record of a file with 2^`d` records.
    #[benchmark]
    fn prove_record(d: Linear<0, 10>) -> Result<(), BenchmarkError> {
        partners::<T>();
        let leaves: Vec<_> = (0..1u32 << d)
            .map(|n| {
                let mut leaf = [7; 32];
                leaf[..4].copy_from_slice(&n.to_le_bytes());
                leaf
            })
            .collect();
        let mut builder = RootBuilder::new();
        for leaf in &leaves {
            builder.push(*leaf).map_err(|_| BenchmarkError::Weightless)?;
        }
        let mut sent = file::<T>(1, SERVICES);
        sent.root = builder.finish().hash;
        sent.records = leaves.len() as u32;
        sent.totals = BoundedVec::truncate_from(
            totals(1)
                .into_iter()
                .map(|total| ServiceTotal {
                    records: leaves.len() as u32,
                    ..total
                })
                .collect(),
        );
        let (key, root) = (sent.key, sent.root);
        Pallet::<T>::do_anchor(&sender::<T>(), sent)?;
        let proof: Proof = prove(&leaves, 0).ok_or(BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(RawOrigin::Signed(recipient::<T>()), key, 0, leaves[0], proof);

        assert!(Proofs::<T>::contains_key((key, root), 0));
        Ok(())
    }

    #[benchmark]
    fn acknowledge() -> Result<(), BenchmarkError> {
        partners::<T>();
        let key = put_batch::<T>(SERIES.recipient, 1, false);

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
        let home = T::Operators::owner_of(&SERIES.recipient).unwrap_or_default();
        let networks: Vec<_> = (0..50).map(|n| network(b'H', n)).collect();
        networks
            .iter()
            .for_each(|tadig| T::Operators::benchmark_add_tadig(home, *tadig));
        let keys: Vec<_> = (1..=n)
            .zip(networks.iter().cycle())
            .map(|(sequence, recipient)| put_batch::<T>(*recipient, sequence, false))
            .collect();

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

    /// A file of before the closing days, after these.
    #[benchmark]
    fn return_file() -> Result<(), BenchmarkError> {
        partners_within::<T>(60);
        let sent = file::<T>(1, SERVICES);
        let key = sent.key;
        Pallet::<T>::do_anchor(&sender::<T>(), sent)?;
        let end = Period::containing(T::Clock::now()).end();
        T::Clock::benchmark_set_now(end + 6 * DAY);

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
            rap_digest: [3; 32],
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
        with_gaps::<T>(SERIES, Some(partners_within::<T>(0)));
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
        // Its month is closed, so that the next one notes it.
        let month = Batches::<T>::get(key).and_then(|batch| Pallet::<T>::month_of(&batch));
        let (agreement, period) = month.ok_or(BenchmarkError::Weightless)?;
        Periods::<T>::mutate((agreement, period), |usage| usage.closed = true);
        LastClosed::<T>::insert(agreement, period);

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

    /// `n` test files of a series each, whose counts go with them, and a file that is queued again.
    #[benchmark]
    fn evict(n: Linear<0, 127>) -> Result<(), BenchmarkError> {
        let day = Pallet::<T>::due_day(0, false);
        let put_test = |n| {
            let mut key = put_batch::<T>(network(b'H', n), n, true);
            let batch = Batches::<T>::take(key);
            key.series.test = true;
            TestFiles::<T>::insert(key.series, 2);
            Batches::<T>::set(key, batch);
            key
        };
        let mut kept: Vec<_> = (1..=n).map(put_test).collect();
        kept.push(put_batch::<T>(network(b'H', n + 1), n + 1, false));
        Pallet::<T>::schedule(day, &kept);
        let now = Moment::from(day).saturating_add(1).saturating_mul(DAY);

        #[block]
        {
            Pallet::<T>::evict(now, &mut WeightMeter::new());
        }

        assert_eq!(Batches::<T>::iter_keys().count(), 1);
        Ok(())
    }

    /// All proofs of a file whose month is over.
    #[benchmark]
    fn evict_proofs(n: Linear<0, 127>) {
        let key = file::<T>(1, 1).key;
        let of = (key, [7; 32]);
        for index in 0..n {
            let (leaf, by, at) = ([1; 32], OperatorId(0), 0);
            Proofs::<T>::insert(of, index, ProvenRecord { key, leaf, by, at });
        }
        let book = ProofBook {
            month: None,
            counts: [n, 0],
            latest: 0,
        };
        ProofBooks::<T>::insert(of, book);

        #[block]
        {
            Pallet::<T>::evict_proofs(T::Retention::get(), &mut WeightMeter::new());
        }

        assert_eq!(ProofBooks::<T>::iter_keys().count(), 0);
    }

    impl_benchmark_test_suite!(
        Pallet,
        crate::mock::ExtBuilder::default().build(),
        crate::mock::Test
    );
}
