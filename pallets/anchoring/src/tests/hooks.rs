use crate::{mock::*, Batches, Event, EvictionPages, EvictionQueue, NextEviction, WeightInfo};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use interclear_ports::Usage;
use interclear_primitives::{
    batch::{Anchor, FatalReason},
    series::BatchKey,
    DAY,
};

/// Idle weight for a number of steps.
fn steps(count: u32) -> Weight {
    <() as WeightInfo>::evict(count)
}

/// What it costs to find that no file and no proof waits.
fn nothing() -> Weight {
    steps(0).saturating_add(<() as WeightInfo>::evict_proofs(0))
}

fn idle(weight: Weight) -> Weight {
    <Anchoring as Hooks<u64>>::on_idle(1, weight)
}

fn kept() -> Vec<u32> {
    let mut numbers: Vec<_> = Batches::<Test>::iter_keys().map(|key| key.sequence).collect();
    numbers.sort();
    numbers
}

fn pass(days: u64) {
    MockClock::advance(days * DAY);
}

#[test]
fn files_should_go_when_their_month_is_closed_and_their_retention_over() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        pass(3);
        anchor_all([3]);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        events();
        pass(117);
        idle(Weight::MAX);
        // The day on which their retention ends is not over yet.
        assert_eq!(kept(), [1, 2, 3]);
        pass(1);
        idle(Weight::MAX);
        assert_eq!(kept(), [3]);
        assert_eq!(events(), [Event::Evicted { batches: 2 }]);
        pass(3);
        idle(Weight::MAX);
        assert_eq!(kept(), Vec::<u32>::new());
        assert_eq!(
            (
                EvictionQueue::<Test>::iter().count(),
                EvictionPages::<Test>::iter().count()
            ),
            (0, 0)
        );
        assert_eq!(
            (november(), Anchoring::sequence(SERIES).highest),
            (whole_files(3), 3)
        );
    });
}

#[test]
fn eviction_should_stay_within_the_weight_when_many_files_wait() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all(1..=300);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_eq!(EvictionPages::<Test>::iter_values().collect::<Vec<_>>(), [3]);
        pass(122);
        assert_eq!(
            idle(steps(0).saturating_sub(Weight::from_parts(1, 0))),
            // Enough to look for proofs, which costs less.
            <() as WeightInfo>::evict_proofs(0)
        );
        assert_eq!(idle(steps(0)), steps(0));
        assert_eq!(kept().len(), 300);
        for _ in 0..100 {
            let before = kept().len();
            let used = idle(steps(20));
            assert!(used.all_lte(steps(20)));
            assert!(before - kept().len() <= 20);
            assert_ok!(Anchoring::do_try_state());
        }
        assert_eq!(kept(), Vec::<u32>::new());
    });
}

#[test]
fn files_should_be_kept_when_their_month_is_open() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        pass(150);
        idle(Weight::MAX);
        assert_eq!(kept(), [1, 2]);
        assert_ok!(Anchoring::do_try_state());
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        idle(Weight::MAX);
        assert_eq!(kept(), [1, 2]);
        // For 30 days lines of the month can be disputed.
        pass(8);
        idle(Weight::MAX);
        assert_eq!(kept(), [1, 2]);
        pass(22);
        idle(Weight::MAX);
        assert_eq!(kept(), Vec::<u32>::new());
    });
}

#[test]
fn retention_should_begin_anew_when_a_file_is_sent_again() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1]);
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            FatalReason::Totals,
            1,
            [0; 32]
        ));
        pass(20);
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), resent(1, 1)));
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        pass(110);
        idle(Weight::MAX);
        assert_eq!(kept(), [1]);
        pass(11);
        idle(Weight::MAX);
        assert_eq!(kept(), Vec::<u32>::new());
    });
}

#[test]
fn test_files_should_go_when_their_retention_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), test_file(1)));
        pass(121);
        idle(Weight::MAX);
        assert_eq!(
            Anchoring::batch(BatchKey {
                series: TEST_SERIES,
                sequence: 1
            }),
            None
        );
    });
}

#[test]
fn idle_work_should_cost_little_when_no_file_waits() {
    ExtBuilder::default().build_and_execute(|| {
        assert_eq!(idle(Weight::MAX), nothing());
        assert_eq!(NextEviction::<Test>::get(), None);
        anchor_all([1]);
        pass(100);
        assert_eq!(idle(Weight::MAX), nothing());
    });
}

#[test]
fn anchor_should_be_refused_when_the_number_was_evicted() {
    ExtBuilder::default().build_and_execute(|| {
        anchor_all([1, 2]);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        pass(121);
        idle(Weight::MAX);
        let again = Anchor {
            cut_off: MockClock::now(),
            ..file(1)
        };
        for anchor in [again, file(1)] {
            let refused = Anchoring::anchor(origin(VISITED_DESK), anchor);
            frame_support::assert_noop!(refused, crate::Error::<Test>::SequencePassed);
        }
    });
}

#[test]
#[should_panic(expected = "of the eviction queue is empty")]
fn idle_work_should_fail_in_tests_when_a_page_of_the_queue_is_empty() {
    ExtBuilder::default().build_and_execute(|| {
        EvictionPages::<Test>::insert(0, 1);
        NextEviction::<Test>::put(0);
        idle(Weight::MAX);
    });
}
