//! What holds whatever arrives in whatever order; `try_state` is checked after every step.

use crate::{mock::*, Totals};
use frame_support::{assert_ok, traits::Hooks, weights::Weight, BoundedVec};
use interclear_ports::{
    mocks::{plain, MockReports},
    Reports, Usage, UsageBook,
};
use interclear_primitives::{
    batch::{Anchor, BatchStatus, FatalReason, ServiceTotal},
    service::{Service, ServiceSet},
    DAY,
};
use proptest::prelude::*;

/// Services that may settle by a report.
const REPORTED: [Service; 3] = [Service::MocLocal, Service::Mtc, Service::Gprs];

/// A file whose usage depends on its number.
fn varied(sequence: u32) -> Anchor {
    let n = i128::from(sequence);
    let data = part(
        Service::Gprs,
        1 + sequence % 3,
        u128::from(sequence) * 1_000,
        n * n,
        n,
    );
    let calls = part(Service::Mtc, 2, u128::from(sequence), 7 * n, 0);
    let (totals, records) = match sequence % 4 {
        0 => return notification(sequence),
        1 => (vec![data], data.records),
        2 => (vec![calls], calls.records),
        _ => (vec![calls, data], calls.records + data.records),
    };
    Anchor {
        totals: BoundedVec::truncate_from(totals),
        records,
        ..file(sequence)
    }
}

/// The numbers from the first to the last file, as they come around the wrap-around.
fn numbers(first: u32) -> Vec<u32> {
    let mut all = vec![first];
    while all.len() < 14 {
        all.extend(all.last().map(|last| SERIES.stream.next(*last)));
    }
    all
}

/// An order of arrival in which every file comes at least once.
fn arrivals() -> impl Strategy<Value = (u32, Vec<u32>)> {
    let first = prop_oneof![Just(1), Just(99_990), Just(99_999), 2..99_000u32];
    first.prop_flat_map(|first| {
        let all = numbers(first);
        let extra = proptest::collection::vec(proptest::sample::select(all.clone()), 0..10);
        let order = extra.prop_flat_map(move |extra| Just([all.clone(), extra].concat()).prop_shuffle());
        (Just(first), order)
    })
}

#[derive(Clone, Debug)]
enum Step {
    Anchor(u32),
    Many(Vec<u32>),
    Acknowledge(u32),
    ReturnFile(u32),
    Resend(u32),
    ReturnRecords(u32, u32),
    WaiveOldest(bool),
    WaiveFile(u32, bool),
    Report(u32),
    Bill(u32),
    October(u32),
    Nrtrde(u32),
    AcknowledgeNrtrde(u32),
    Pass(u64),
    Close,
    Idle,
}

fn step() -> impl Strategy<Value = Step> {
    let number = || 1..20u32;
    prop_oneof![
        6 => number().prop_map(Step::Anchor),
        2 => proptest::collection::vec(number(), 0..8).prop_map(Step::Many),
        3 => (1..40u32).prop_map(Step::Acknowledge),
        3 => (1..40u32).prop_map(Step::ReturnFile),
        3 => number().prop_map(Step::Resend),
        3 => (number(), 1..4u32).prop_map(|(number, rap)| Step::ReturnRecords(number, rap)),
        1 => any::<bool>().prop_map(Step::WaiveOldest),
        2 => (number(), any::<bool>()).prop_map(|(number, home)| Step::WaiveFile(number, home)),
        2 => (0..3u32).prop_map(Step::Report),
        1 => (0..3u32).prop_map(Step::Bill),
        2 => (20..40u32).prop_map(Step::October),
        2 => number().prop_map(Step::Nrtrde),
        1 => number().prop_map(Step::AcknowledgeNrtrde),
        1 => (1..90u64).prop_map(Step::Pass),
        2 => Just(Step::Close),
        1 => Just(Step::Idle),
    ]
}

/// What all months come to, with what does not count yet.
fn billed() -> (u64, u128) {
    let all = Totals::<Test>::iter_values().flat_map(|totals| totals.iter().copied().collect::<Vec<_>>());
    all.fold((0, 0), |(records, quantity), (_, total)| {
        (records + total.records, quantity + total.quantity)
    })
}

/// Does a step; many are refused, and that is as it should be.
fn take(step: Step) {
    let home = || origin(HOME_DESK);
    let visited = || origin(VISITED_DESK);
    let either = |at_home| if at_home { home() } else { visited() };
    let _ = match step {
        Step::Anchor(number) => Anchoring::anchor(visited(), varied(number)),
        Step::Many(numbers) => {
            let anchors = numbers.into_iter().map(varied).collect();
            plain(Anchoring::anchor_many(
                visited(),
                BoundedVec::truncate_from(anchors),
            ))
        }
        Step::Acknowledge(number) => Anchoring::acknowledge(home(), key(number)),
        Step::ReturnFile(number) => {
            Anchoring::return_file(home(), key(number), FatalReason::Syntax, 3, [1; 32])
        }
        Step::Resend(number) => {
            let anchor = Anchor {
                file_digest: [0xdd; 32],
                resent_for: Some(3),
                ..varied(number)
            };
            Anchoring::anchor(visited(), anchor)
        }
        Step::ReturnRecords(number, rap_sequence) => {
            let one = |total: &ServiceTotal| ServiceTotal {
                records: 1,
                quantity: total.quantity / 2,
                ..*total
            };
            let totals = varied(number).totals.iter().map(one).collect();
            Anchoring::return_records(home(), key(number), returned(rap_sequence, totals))
        }
        Step::WaiveOldest(at_home) => {
            let first = gaps().first().map_or(1, |gap| gap.0);
            Anchoring::waive_gap(either(at_home), SERIES, first)
        }
        Step::WaiveFile(number, at_home) => {
            let usage = || {
                let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
                (november(), usage.batches)
            };
            let before = usage();
            let done = Anchoring::waive_file(either(at_home), key(number));
            assert_eq!(usage(), before, "what is given up billed nothing before either");
            done
        }
        Step::Report(place) => {
            let (service, route) = (REPORTED[place as usize], ROUTE);
            let known = Anchoring::period_usage(AGREEMENT, OCTOBER).reports > 0;
            let by_file = <Anchoring as UsageBook>::services_by_file(&PAIR);
            if known || by_file.contains(service) {
                return;
            }
            <Anchoring as UsageBook>::open_report(AGREEMENT, OCTOBER, true).map(|()| {
                MockReports::set(PAIR, route, ServiceSet::from_iter([service]), None);
            })
        }
        Step::Bill(place) => {
            let service = REPORTED[place as usize];
            let settles = MockReports::services_by_report(AGREEMENT, &PAIR).contains(service);
            if !settles || Anchoring::period_usage(AGREEMENT, OCTOBER).open_reports == 0 {
                return;
            }
            let billed = vec![ServiceTotal {
                records: 0,
                ..part(service, 0, 500, 70, 1)
            }];
            <Anchoring as UsageBook>::bill_report(&ROUTE, OCTOBER, OCTOBER, &billed, true).map(|_| {
                MockReports::set(PAIR, ROUTE, ServiceSet::from_iter([service]), Some(billed));
            })
        }
        Step::October(number) => {
            let cut_off = NOVEMBER.start() - DAY;
            let anchor = Anchor {
                cut_off,
                earliest_call: varied(number).earliest_call.map(|_| cut_off - 60),
                latest_call: varied(number).latest_call.map(|_| cut_off),
                available: cut_off,
                ..varied(number)
            };
            Anchoring::anchor(visited(), anchor)
        }
        Step::Nrtrde(number) => {
            let anchors = BoundedVec::truncate_from(vec![nrtrde(number), nrtrde(number + 2)]);
            Anchoring::anchor_nrtrde(visited(), anchors)
        }
        Step::AcknowledgeNrtrde(number) => {
            let nrtrde = interclear_primitives::series::BatchKey {
                series: NRTRDE_SERIES,
                sequence: number,
            };
            Anchoring::acknowledge(home(), nrtrde)
        }
        Step::Pass(days) => {
            MockClock::advance(days * DAY);
            Ok(())
        }
        Step::Close => {
            // In order, as statements are.
            let october = Anchoring::period_usage(AGREEMENT, OCTOBER);
            let month = if october.closed { NOVEMBER } else { OCTOBER };
            let before = billed();
            let closed = <Anchoring as Usage>::ensure_complete(AGREEMENT, month, MockClock::now())
                .and_then(|()| <Anchoring as Usage>::close(AGREEMENT, month).map(|_| ()));
            assert_eq!(billed(), before, "closing loses no usage, and makes none");
            closed
        }
        Step::Idle => {
            <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
            Ok(())
        }
    };
}

/// What has been anchored for November, in whatever order.
fn but_order() -> interclear_primitives::usage::PeriodUsage {
    interclear_primitives::usage::PeriodUsage {
        running_digest: [0; 32],
        ..Anchoring::period_usage(AGREEMENT, NOVEMBER)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn totals_should_be_the_same_when_files_come_in_any_order_and_twice((first, order) in arrivals()) {
        let mut expected = None;
        ExtBuilder::default().build_and_execute(|| {
            assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), SERIES, first));
            for number in numbers(first) {
                assert_ok!(Anchoring::anchor(origin(VISITED_DESK), varied(number)));
            }
            expected = Some((november(), but_order(), Anchoring::sequence(SERIES)));
        });
        ExtBuilder::default().build_and_execute(|| {
            assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), SERIES, first));
            for number in order {
                assert_ok!(Anchoring::anchor(origin(VISITED_DESK), varied(number)));
                assert_ok!(Anchoring::do_try_state());
            }
            let state = (november(), but_order(), Anchoring::sequence(SERIES));
            assert_eq!(Some(state), expected);
        });
    }

    #[test]
    fn books_should_balance_when_anybody_does_anything(steps in proptest::collection::vec(step(), 0..60)) {
        ExtBuilder::default().build_and_execute(|| {
            for step in steps {
                take(step);
                assert_ok!(Anchoring::do_try_state());
            }
        });
    }

    #[test]
    fn nothing_should_be_left_when_every_file_is_returned((first, order) in arrivals()) {
        ExtBuilder::default().build_and_execute(|| {
            assert_ok!(Anchoring::begin_series(origin(VISITED_DESK), SERIES, first));
            let anchors = order.iter().copied().map(varied).collect();
            assert_ok!(Anchoring::anchor_many(origin(VISITED_DESK), BoundedVec::truncate_from(anchors)));
            for number in numbers(first) {
                assert_ok!(Anchoring::return_file(origin(HOME_DESK), key(number), FatalReason::Syntax, 1, [0; 32]));
                let status = Anchoring::batch(key(number)).map(|batch| batch.status);
                assert_eq!(status, Some(BatchStatus::Returned(FatalReason::Syntax)));
            }
            assert_eq!(Totals::<Test>::iter().count(), 0);
        });
    }
}
