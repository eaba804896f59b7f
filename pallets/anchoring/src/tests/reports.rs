//! `report_usage`, `affirm_usage` and `conclude_usage`.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight, BoundedVec};
use interclear_ports::{mocks::MockOperators, Usage};
use interclear_primitives::{
    batch::Anchor,
    report::{LineMatch, PairMonth, ReportOutcome, ReportSide, ReportedLine},
    service::Service,
    DAY,
};
use sp_runtime::{DispatchError, DispatchResult};
use ReportSide::{Home, Visited};

const MOC: Service = Service::MocLocal;
const DATA: Service = Service::Gprs;

/// What the visited network says.
fn invoice() -> Vec<ReportedLine> {
    vec![reported(MOC, 1_000, 5_000), reported(DATA, 80_000, 40_000)]
}

fn report_for(pair: PairMonth, who: AccountId, lines: Vec<ReportedLine>) -> DispatchResult {
    Anchoring::report_usage(origin(who), pair, [5; 32], BoundedVec::truncate_from(lines))
}

fn report(who: AccountId, lines: Vec<ReportedLine>) -> DispatchResult {
    report_for(PAIR, who, lines)
}

fn affirm(who: AccountId, version: u32) -> DispatchResult {
    Anchoring::affirm_usage(origin(who), PAIR, version)
}

fn conclude(who: AccountId) -> DispatchResult {
    Anchoring::conclude_usage(origin(who), PAIR)
}

fn october() -> Vec<(Service, u128, i128)> {
    usage_of(OCTOBER)
        .into_iter()
        .map(|(service, _, quantity, charge, _)| (service, quantity, charge))
        .collect()
}

fn found() -> Vec<(Service, LineMatch)> {
    let (_, compared) = Anchoring::usage_reports(PAIR).expect("there are reports");
    compared
        .into_iter()
        .map(|line| (line.service, line.found))
        .collect()
}

fn outcome() -> Option<ReportOutcome> {
    Anchoring::usage_reports(PAIR).and_then(|(reports, _)| reports.outcome)
}

fn complete() -> DispatchResult {
    <Anchoring as Usage>::ensure_complete(AGREEMENT, OCTOBER, Now::get())
}

/// A TAP file of October in the same pair of networks.
fn october_file(sequence: u32) -> Anchor {
    let cut_off = OCTOBER.start() + 20 * DAY;
    Anchor {
        earliest_call: Some(cut_off - DAY),
        latest_call: Some(cut_off),
        cut_off,
        available: cut_off,
        ..file(sequence)
    }
}

#[test]
fn reports_should_refuse_wrong_origins() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        for call in [
            |who| report(who, vec![]),
            |who| affirm(who, 1),
            |who| conclude(who),
        ] {
            assert_noop!(call(STRANGER), DispatchError::Other("NotADesk"));
            assert_noop!(call(HOME_COMMERCIAL), DispatchError::Other("WrongRole"));
            assert_noop!(call(THIRD_DESK), Error::<Test>::NotAParty);
        }
        MockOperators::suspend(HOME);
        assert_noop!(report(HOME_DESK, invoice()), DispatchError::Other("Suspended"));
        // A suspended operator still answers.
        assert_ok!(affirm(HOME_DESK, 1));
    });
}

#[test]
fn the_sides_should_be_compared_in_either_order_of_arrival() {
    let theirs = || vec![reported(MOC, 995, 4_980), reported(Service::Mtc, 7, 70)];
    for order in [[VISITED_DESK, HOME_DESK], [HOME_DESK, VISITED_DESK]] {
        ExtBuilder::default().build_and_execute(|| {
            for who in order {
                let lines = if who == VISITED_DESK { invoice() } else { theirs() };
                assert_ok!(report(who, lines));
            }
            let mut results = found();
            results.sort();
            let mut expected = vec![
                (MOC, LineMatch::Agrees),
                (Service::Mtc, LineMatch::MissingAtVisited),
                (DATA, LineMatch::MissingAtHome),
            ];
            expected.sort();
            assert_eq!(results, expected);
            assert_eq!(
                events().last(),
                Some(&Event::UsageCompared {
                    pair: PAIR,
                    agreeing: 1,
                    differing: 0,
                    missing_at_home: 1,
                    missing_at_visited: 1
                })
            );
            assert_eq!(october(), []);
            assert_noop!(complete(), Error::<Test>::ReportsOpen);
        });
    }
}

#[test]
fn a_correction_should_be_a_new_version_until_one_is_affirmed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_noop!(report(VISITED_DESK, invoice()), Error::<Test>::ReportUnchanged);
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 900, 4_500)]));
        assert_eq!(found()[0], (MOC, LineMatch::Differs));
        let corrected = vec![reported(MOC, 905, 4_525)];
        assert_ok!(report(VISITED_DESK, corrected));
        assert_eq!(found(), [(MOC, LineMatch::Agrees)]);
        // Who affirms names what it has read.
        assert_noop!(affirm(HOME_DESK, 1), Error::<Test>::OtherReportVersion);
        assert_ok!(affirm(HOME_DESK, 2));
        assert_eq!(outcome(), Some(ReportOutcome::Affirmed(Visited)));
        assert_eq!(october(), [(MOC, 905, 4_525)]);
        assert_ok!(complete());
        for call in [
            report(HOME_DESK, vec![]),
            affirm(VISITED_DESK, 1),
            conclude(VISITED_DESK),
        ] {
            assert_eq!(call, Err(Error::<Test>::ReportSettled.into()));
        }
    });
}

#[test]
fn the_creditor_may_accept_the_debtors_figures() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 900, 4_500)]));
        assert_noop!(affirm(HOME_DESK, 1), Error::<Test>::ReportNotFound);
        assert_ok!(affirm(VISITED_DESK, 1));
        assert_eq!(outcome(), Some(ReportOutcome::Affirmed(Home)));
        assert_eq!(october(), [(MOC, 900, 4_500)]);
    });
}

#[test]
fn what_agrees_should_be_concluded_at_once_by_the_invoice() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(conclude(HOME_DESK), Error::<Test>::ReportNotFound);
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_noop!(conclude(VISITED_DESK), Error::<Test>::StillExpected);
        assert_ok!(report(
            HOME_DESK,
            vec![reported(MOC, 991, 4_990), reported(DATA, 80_000, 39_700)]
        ));
        assert_ok!(conclude(HOME_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 0 }));
        assert_eq!(october(), [(MOC, 1_000, 5_000), (DATA, 80_000, 40_000)]);
    });
}

#[test]
fn what_differs_should_bill_its_undisputed_part_once_the_time_to_answer_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        Now::mutate(|now| *now += DAY);
        assert_ok!(report(HOME_DESK, vec![reported(MOC, 800, 5_500)]));
        assert_noop!(conclude(HOME_DESK), Error::<Test>::StillExpected);
        // Ten days after its own report, whatever the other has said since.
        Now::mutate(|now| *now += 9 * DAY);
        assert_noop!(conclude(HOME_DESK), Error::<Test>::StillExpected);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 2 }));
        assert_eq!(october(), [(MOC, 800, 5_000)]);
        assert_ok!(complete());
    });
}

#[test]
fn a_silent_debtor_should_not_keep_the_month_open() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        Now::mutate(|now| *now += 10 * DAY - 1);
        assert_noop!(conclude(VISITED_DESK), Error::<Test>::StillExpected);
        assert_noop!(conclude(HOME_DESK), Error::<Test>::ReportNotFound);
        Now::mutate(|now| *now += 1);
        assert_ok!(conclude(VISITED_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 0 }));
        assert_eq!(october(), [(MOC, 1_000, 5_000), (DATA, 80_000, 40_000)]);
    });
}

#[test]
fn a_silent_creditor_should_bill_nothing() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(report(HOME_DESK, invoice()));
        Now::mutate(|now| *now += 10 * DAY);
        assert_ok!(conclude(HOME_DESK));
        assert_eq!(outcome(), Some(ReportOutcome::Concluded { disputed: 2 }));
        assert_eq!(october(), []);
        assert_ok!(complete());
    });
}

#[test]
fn no_service_should_settle_in_two_flows() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), october_file(1)));
        for who in [VISITED_DESK, HOME_DESK] {
            assert_noop!(report(who, invoice()), Error::<Test>::SettledByTap);
        }
        // The services of the file are taken, others are not, nor is another month or direction.
        assert_ok!(report(VISITED_DESK, vec![reported(Service::Mtc, 5, 50)]));
        let mut both = october_file(2);
        both.totals = BoundedVec::truncate_from(vec![part(Service::Mtc, 4, 9, 9, 0)]);
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), both.clone()),
            Error::<Test>::SettledByReport
        );
        let back = PairMonth {
            visited: HOME_NET,
            home: VISITED_NET,
            period: OCTOBER,
        };
        assert_ok!(report_for(back, HOME_DESK, invoice()));
        // A correction without the service frees it.
        assert_ok!(report(VISITED_DESK, vec![]));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), both));
    });
}

#[test]
fn a_debtors_report_should_not_stop_the_creditors_files() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(report(HOME_DESK, invoice()));
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), october_file(1)));
        assert_noop!(affirm(VISITED_DESK, 1), Error::<Test>::SettledByTap);
        Now::mutate(|now| *now += 10 * DAY);
        assert_ok!(conclude(HOME_DESK));
        assert_eq!(usage_of(OCTOBER), whole_files(1));
    });
}

#[test]
fn reports_and_files_of_other_services_should_add_up() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor(origin(VISITED_DESK), october_file(1)));
        assert_ok!(report(VISITED_DESK, vec![reported(Service::Mtc, 5, 50)]));
        assert_ok!(affirm(HOME_DESK, 1));
        let mut all = whole_files(1);
        all.push((Service::Mtc, 0, 5, 50, 0));
        all.sort();
        assert_eq!(usage_of(OCTOBER), all);
        let mut late = october_file(2);
        late.totals = BoundedVec::truncate_from(vec![part(Service::Mtc, 4, 9, 9, 0)]);
        assert_noop!(
            Anchoring::anchor(origin(VISITED_DESK), late),
            Error::<Test>::SettledByReport
        );
    });
}

#[test]
fn every_broken_rule_should_have_its_error() {
    ExtBuilder::default().build_and_execute(|| {
        let running = PairMonth {
            period: NOVEMBER,
            ..PAIR
        };
        let before = PairMonth {
            period: OCTOBER.previous(),
            ..PAIR
        };
        let unknown = PairMonth {
            visited: interclear_primitives::tadig::Tadig(*b"XXXXX"),
            ..PAIR
        };
        assert_noop!(
            report_for(running, VISITED_DESK, invoice()),
            Error::<Test>::PeriodNotOver
        );
        assert_noop!(
            report_for(before, VISITED_DESK, invoice()),
            Error::<Test>::NoAgreement
        );
        assert_noop!(
            report_for(unknown, VISITED_DESK, invoice()),
            Error::<Test>::UnknownSender
        );
        for (lines, error) in [
            (
                invoice().into_iter().rev().collect(),
                Error::<Test>::LinesNotSorted,
            ),
            (vec![reported(MOC, 1, 1); 2], Error::<Test>::LinesNotSorted),
            (vec![reported(MOC, 0, 0)], Error::<Test>::LinesNotSorted),
            (vec![reported(MOC, 1, -1)], Error::<Test>::NegativeAmount),
            (
                vec![reported(Service::SmsMo, 1, 1)],
                Error::<Test>::ServiceNotAgreed,
            ),
        ] {
            assert_noop!(report(VISITED_DESK, lines), error);
        }
        assert_noop!(affirm(HOME_DESK, 1), Error::<Test>::ReportNotFound);
        assert_ok!(<Anchoring as Usage>::seal(AGREEMENT, OCTOBER));
        assert_noop!(report(VISITED_DESK, invoice()), Error::<Test>::PeriodSealed);
    });
}

#[test]
fn reports_of_a_sealed_month_should_go_after_their_retention() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(report(VISITED_DESK, invoice()));
        assert_eq!(Anchoring::reported_pairs(AGREEMENT, OCTOBER), [PAIR]);
        Now::mutate(|now| *now += 122 * DAY);
        <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
        // The month is open: they wait another week.
        assert!(Anchoring::usage_reports(PAIR).is_some());
        assert_ok!(affirm(HOME_DESK, 1));
        let before = october();
        assert_ok!(<Anchoring as Usage>::seal(AGREEMENT, OCTOBER));
        Now::mutate(|now| *now += 8 * DAY);
        events();
        <Anchoring as Hooks<u64>>::on_idle(1, Weight::MAX);
        assert_eq!(
            events(),
            [Event::Evicted {
                batches: 0,
                reports: 1
            }]
        );
        assert_eq!(Anchoring::usage_reports(PAIR), None);
        // What bills of them stays.
        assert_eq!(october(), before);
    });
}
