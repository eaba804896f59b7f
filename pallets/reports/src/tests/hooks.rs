//! Work in idle time.

use super::*;
use crate::{EvictionQueue, NextEviction, ReportKey, Reports as Stored, WeightInfo};
use frame_support::{traits::Hooks, weights::Weight};
use interclear_ports::{mocks::MockAgreements, Agreements};

fn idle(weight: Weight) -> Weight {
    <Reports as Hooks<u64>>::on_idle(1, weight)
}

#[test]
fn reports_should_go_when_their_month_is_closed_and_their_retention_over() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_eq!(Reports::reported_pairs(AGREEMENT, OCTOBER), [PAIR]);
        MockClock::advance(182 * DAY);
        idle(Weight::MAX);
        // The month is open: they wait another week.
        assert!(Reports::usage_reports(PAIR).is_some());
        assert_ok!(affirm(HOME_DESK, 1));
        let before = october();
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        // For 30 days lines of the month can be disputed.
        MockClock::advance(8 * DAY);
        idle(Weight::MAX);
        assert!(Reports::usage_reports(PAIR).is_some());
        MockClock::advance(22 * DAY);
        events();
        idle(Weight::MAX);
        assert_eq!(events(), [Event::Evicted { reports: 1 }]);
        assert_eq!(Reports::usage_reports(PAIR), None);
        assert_eq!(EvictionQueue::<Test>::iter_keys().count(), 0);
        // What bills of them stays.
        assert_eq!(october(), before);
    });
}

#[test]
fn reports_should_stay_when_a_correction_is_younger_than_the_retention() {
    ExtBuilder::build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        MockClock::advance(100 * DAY);
        assert_ok!(report(VISITED_DESK, vec![]));
        assert_ok!(affirm(HOME_DESK, 2));
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        MockClock::advance(50 * DAY);
        idle(Weight::MAX);
        assert!(Reports::usage_reports(PAIR).is_some());
        MockClock::advance(71 * DAY);
        idle(Weight::MAX);
        assert_eq!(Reports::usage_reports(PAIR), None);
    });
}

#[test]
fn reports_should_stay_when_lines_of_their_month_can_still_be_disputed() {
    ExtBuilder::build_and_execute(|| {
        let mut terms = MockAgreements::terms_in(AGREEMENT, OCTOBER)
            .expect("it is in force")
            .1;
        terms.payment.dispute_days = 366;
        MockAgreements::activate(AGREEMENT, [HOME, VISITED], terms);
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_ok!(affirm(HOME_DESK, 1));
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        MockClock::advance(366 * DAY - 1);
        idle(Weight::MAX);
        assert!(Reports::usage_reports(PAIR).is_some());
        MockClock::advance(8 * DAY);
        idle(Weight::MAX);
        assert_eq!(Reports::usage_reports(PAIR), None);
    });
}

#[test]
fn reports_should_stay_when_a_returned_file_of_their_month_can_still_be_sent_again() {
    ExtBuilder::build_and_execute(|| {
        let mut terms = MockAgreements::terms_in(AGREEMENT, OCTOBER)
            .expect("it is in force")
            .1;
        terms.usage.late_days = 0;
        MockAgreements::activate(AGREEMENT, [HOME, VISITED], terms);
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_ok!(affirm(HOME_DESK, 1));
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        // What is in them must not bill by file as well, though no late usage is agreed.
        MockClock::set(OCTOBER.end() + 180 * DAY - 1);
        idle(Weight::MAX);
        assert!(Reports::usage_reports(PAIR).is_some());
        MockClock::advance(9 * DAY);
        idle(Weight::MAX);
        assert_eq!(Reports::usage_reports(PAIR), None);
    });
}

#[test]
fn eviction_should_stay_within_the_weight_when_a_block_is_nearly_full() {
    ExtBuilder::build_and_execute(|| {
        let steps = <() as WeightInfo>::evict;
        assert_eq!(idle(Weight::MAX), steps(0));
        assert_eq!(NextEviction::<Test>::get(), None);
        for pair in [PAIR, BACK] {
            assert_ok!(report_for(pair, HOME_DESK, vec![]));
        }
        assert_ok!(MockUsage::close(AGREEMENT, OCTOBER));
        MockClock::advance(182 * DAY);
        let short = steps(0).saturating_sub(Weight::from_parts(1, 0));
        assert_eq!(idle(short), Weight::zero());
        assert_eq!(idle(steps(0)), steps(0));
        assert_eq!(Stored::<Test>::iter_keys().count(), 2);
        assert_eq!(idle(steps(1)), steps(1));
        assert_eq!(Stored::<Test>::iter_keys().count(), 1);
        assert_ok!(Reports::do_try_state());
        idle(Weight::MAX);
        assert_eq!(Stored::<Test>::iter_keys().count(), 0);
    });
}

#[test]
#[should_panic = "reports that wait for their eviction are gone"]
fn eviction_should_complain_when_reports_are_gone() {
    ExtBuilder::build().execute_with(|| {
        let key = ReportKey {
            agreement: AGREEMENT,
            pair: PAIR,
        };
        EvictionQueue::<Test>::insert(1, key, ());
        NextEviction::<Test>::put(1);
        idle(Weight::MAX);
    });
}

#[test]
#[should_panic(expected = "reports that wait for their eviction are gone")]
fn idle_work_should_fail_in_tests_when_queued_reports_are_gone() {
    ExtBuilder::build_and_execute(|| {
        let key = ReportKey {
            agreement: AGREEMENT,
            pair: PAIR,
        };
        EvictionQueue::<Test>::insert(0, key, ());
        NextEviction::<Test>::put(0);
        idle(Weight::MAX);
    });
}
