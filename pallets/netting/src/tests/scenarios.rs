//! Cycles as they may really go, each with the amounts that must come of it.

use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok, traits::fungibles::Inspect};
use interclear_ports::mocks::{MockClock, MockOperators};
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    netting::{CyclePhase, ObligationStatus},
    DAY,
};

/// What an operator has more than in the beginning.
fn gained(operator: OperatorId) -> i128 {
    Assets::total_balance(TOKEN, &treasury(operator)) as i128 - FUNDS as i128
}

fn fund(id: CycleId, operator: OperatorId) {
    assert_ok!(Netting::fund(by(treasury(operator)), id));
}

fn exclude_late(id: CycleId) {
    MockClock::set(cycle(id).fund_by + 1);
    assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000));
    compute_all(id);
}

fn settle(id: CycleId) {
    assert_ok!(Netting::settle(by(clearing(BETA)), id));
    assert_eq!(cycle(id).phase, CyclePhase::Settled);
}

fn status(id: ObligationId) -> ObligationStatus {
    obligation(id).status
}

#[test]
fn only_ten_should_move_when_three_owe_each_other_in_a_ring() {
    ExtBuilder::default().build_and_execute(|| {
        let ring = [
            owe(ALPHA, BETA, 100),
            owe(BETA, GAMMA, 100),
            owe(GAMMA, ALPHA, 90),
        ];
        let id = computed();
        fund(id, ALPHA);
        assert_noop!(
            Netting::fund(by(treasury(BETA)), id),
            Error::<Test>::NothingToFund
        );
        settle(id);
        assert_eq!(
            [ALPHA, BETA, GAMMA].map(gained),
            [-10, 0, 10],
            "290 are owed, 10 move"
        );
        assert!(ring
            .iter()
            .all(|one| status(*one) == ObligationStatus::Settled(id)));
    });
}

#[test]
fn nothing_should_be_funded_when_a_ring_nets_to_zero() {
    ExtBuilder::default().build_and_execute(|| {
        let ring = [owe(ALPHA, BETA, 70), owe(BETA, GAMMA, 70), owe(GAMMA, ALPHA, 70)];
        let id = computed();
        assert_eq!(cycle(id).unfunded, 0);
        settle(id);
        assert_eq!([ALPHA, BETA, GAMMA].map(gained), [0, 0, 0]);
        assert!(ring
            .iter()
            .all(|one| status(*one) == ObligationStatus::Settled(id)));
    });
}

#[test]
fn the_others_should_pay_when_one_of_five_debtors_is_frozen_before_it_has_funded() {
    ExtBuilder::default().build_and_execute(|| {
        let debtors: Vec<OperatorId> = (11..=15).map(OperatorId).collect();
        let debts: Vec<ObligationId> = debtors.iter().map(|debtor| owe(*debtor, BETA, 20)).collect();
        // The one that will be frozen is owed something, too.
        let owed = owe(GAMMA, debtors[2], 5);
        let id = computed();
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(debtors[2])));
        assert_noop!(
            Netting::fund(by(treasury(debtors[2])), id),
            Error::<Test>::AccountFrozen
        );
        for debtor in debtors.iter().filter(|debtor| **debtor != debtors[2]) {
            fund(id, *debtor);
        }
        fund(id, GAMMA);
        assert_noop!(Netting::settle(by(clearing(BETA)), id), Error::<Test>::NotFunded);
        exclude_late(id);
        settle(id);
        assert_eq!(gained(BETA), 80);
        assert_eq!(gained(debtors[2]), 0);
        assert_eq!(gained(GAMMA), 0, "what it owes to the frozen one waits");
        assert_eq!(status(debts[2]), ObligationStatus::Open);
        assert_eq!(status(owed), ObligationStatus::Open);

        // Thawed, it pays with the next one.
        assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(debtors[2])));
        MockClock::advance(2 * DAY);
        let next = computed();
        compute_all(next);
        fund(next, debtors[2]);
        fund(next, GAMMA);
        settle(next);
        assert_eq!([BETA, debtors[2], GAMMA].map(gained), [100, -15, -5]);
    });
}

#[test]
fn all_should_stay_owed_when_nobody_funds() {
    ExtBuilder::default().build_and_execute(|| {
        let debts = [owe(ALPHA, BETA, 30), owe(GAMMA, BETA, 40), owe(BETA, DELTA, 10)];
        let id = computed();
        exclude_late(id);
        // Without its debtors BETA has to pay what it owes itself, by a new deadline.
        if cycle(id).phase != CyclePhase::Cancelled {
            exclude_late(id);
        }
        assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
        assert!(debts.iter().all(|one| status(*one) == ObligationStatus::Open));
        assert_eq!([ALPHA, BETA, GAMMA, DELTA].map(gained), [0; 4]);

        MockClock::advance(2 * DAY);
        let next = computed();
        compute_all(next);
        fund(next, ALPHA);
        fund(next, GAMMA);
        settle(next);
        assert_eq!([ALPHA, BETA, GAMMA, DELTA].map(gained), [-30, 60, -40, 10]);
    });
}

#[test]
fn a_cycle_should_end_as_it_began_when_the_issuer_is_suspended_meanwhile() {
    ExtBuilder::default().build_and_execute(|| {
        let debt = owe(ALPHA, BETA, 30);
        let id = computed();
        fund(id, ALPHA);
        MockOperators::suspend(ISSUER);
        settle(id);
        assert_eq!([ALPHA, BETA].map(gained), [-30, 30]);
        assert_eq!(status(debt), ObligationStatus::Settled(id));
        // What arises now is in no token until its creditor names one that stands.
        let later = owe(BETA, ALPHA, 10);
        assert_noop!(
            open_at(TOKEN, MockClock::now(), MIN_FUNDING),
            Error::<Test>::TokenSuspended
        );
        assert_eq!(status(later), ObligationStatus::Open);
    });
}

#[test]
fn a_suspended_operator_should_pay_and_be_paid_when_its_debts_are_due() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 30);
        owe(GAMMA, ALPHA, 10);
        MockOperators::suspend(ALPHA);
        let id = open();
        assert_ok!(Netting::collect(by(clearing(BETA)), id));
        assert_ok!(Netting::compute(by(clearing(BETA)), id, 1_000));
        fund(id, ALPHA);
        fund(id, GAMMA);
        settle(id);
        assert_eq!([ALPHA, BETA, GAMMA].map(gained), [-20, 30, -10]);
    });
}

#[test]
fn each_debt_should_be_in_exactly_one_cycle_when_debts_arise_at_every_step_of_it() {
    ExtBuilder::default().build_and_execute(|| {
        let mut debts = Vec::new();
        let mut arise = |day: u64| {
            // Those that are due in the past have missed their day; they wait for the next cycle.
            for days in [0, day] {
                debts.push(owe_at(ALPHA, BETA, 1, MockClock::now() - days * DAY));
            }
        };
        for day in 1..=5 {
            arise(day);
        }
        let id = open();
        arise(1);
        assert_ok!(Netting::collect(by(clearing(BETA)), id));
        arise(2);
        while cycle(id).phase == CyclePhase::Collecting {
            assert_ok!(Netting::compute(by(clearing(BETA)), id, 1));
            arise(3);
        }
        fund(id, ALPHA);
        arise(4);
        settle(id);
        arise(5);
        let first = cycle(id).obligations;
        MockClock::advance(3 * DAY);
        let next = computed();
        compute_all(next);
        fund(next, ALPHA);
        settle(next);
        let all = debts.len() as u32;
        assert_eq!(
            first + cycle(next).obligations,
            all,
            "none is lost, none is taken twice"
        );
        assert_eq!([ALPHA, BETA].map(gained), [-i128::from(all), i128::from(all)]);
    });
}
