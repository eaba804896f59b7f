use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    ids::{CycleId, OperatorId},
    money::Value,
    netting::{CyclePhase, ObligationStatus},
};
use sp_runtime::{traits::BadOrigin, DispatchError};

fn late(id: CycleId) {
    MockClock::set(cycle(id).fund_by + 1);
}

fn exclude(id: CycleId) -> sp_runtime::DispatchResult {
    plain(Netting::exclude_defaulters(by(clearing(BETA)), id, 1_000))
}

fn fund(id: CycleId, operator: OperatorId) {
    assert_ok!(Netting::fund(by(treasury(operator)), id));
}

#[test]
fn exclude_defaulters_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        let id = computed();
        late(id);
        assert_noop!(
            Netting::exclude_defaulters(RuntimeOrigin::none(), id, 9),
            BadOrigin
        );
        assert_noop!(
            Netting::exclude_defaulters(by(4711), id, 9),
            DispatchError::Other("NotADesk")
        );
        assert_noop!(
            Netting::exclude_defaulters(by(commercial(BETA)), id, 9),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(
            Netting::exclude_defaulters(by(clearing(BETA)), CycleId(9), 9),
            Error::<Test>::CycleNotFound
        );
    });
}

#[test]
fn exclude_defaulters_should_wait_for_the_deadline_and_a_defaulter() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        let id = computed();
        MockClock::set(cycle(id).fund_by);
        assert_noop!(exclude(id), Error::<Test>::FundingOpen);
        fund(id, ALPHA);
        late(id);
        assert_noop!(exclude(id), Error::<Test>::NoDefaulter);
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
        assert_noop!(exclude(id), Error::<Test>::WrongPhase);
    });
}

#[test]
fn exclude_defaulters_should_take_a_defaulter_out_and_let_the_rest_settle() {
    ExtBuilder::default().build_and_execute(|| {
        // DELTA does not pay: its 50 to ALPHA and the 5 that BETA owes it are left out.
        let kept = [owe(ALPHA, BETA, 100), owe(GAMMA, BETA, 20)];
        let left = [owe(DELTA, ALPHA, 50), owe(BETA, DELTA, 5)];
        let id = computed();
        assert_eq!(
            [net(id, ALPHA), net(id, BETA), net(id, GAMMA), net(id, DELTA)],
            [-50, 115, -20, -45]
        );
        fund(id, ALPHA);
        fund(id, GAMMA);
        late(id);
        System::reset_events();
        assert_ok!(exclude(id));
        assert_eq!(
            [net(id, ALPHA), net(id, BETA), net(id, GAMMA), net(id, DELTA)],
            [-100, 120, -20, 0]
        );
        assert!(position(id, DELTA).excluded);
        let after = cycle(id);
        assert_eq!(
            (after.phase, after.unfunded, after.parties, after.obligations),
            (CyclePhase::Funding, 1, 3, 2)
        );
        assert_eq!((after.gross, after.net), (Value::Clear(120), Value::Clear(120)));
        assert_eq!(
            after.fund_by,
            MockClock::now() + MIN_FUNDING,
            "ALPHA has time to fund the difference"
        );
        assert_eq!(
            events()[0],
            Event::PartyExcluded {
                cycle: id,
                operator: DELTA
            }
        );
        assert_noop!(Netting::fund(by(treasury(DELTA)), id), Error::<Test>::Excluded);
        assert_noop!(Netting::settle(by(clearing(BETA)), id), Error::<Test>::NotFunded);
        fund(id, ALPHA);
        assert_eq!(balance(ALPHA).1, 100);
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
        assert_eq!(
            [balance(ALPHA), balance(BETA), balance(GAMMA), balance(DELTA)],
            [(FUNDS - 100, 0), (FUNDS + 120, 0), (FUNDS - 20, 0), (FUNDS, 0)]
        );
        for swept in [false, true] {
            if swept {
                idle();
            }
            assert!(kept
                .iter()
                .all(|id_| obligation(*id_).status == ObligationStatus::Settled(id)));
            assert!(left
                .iter()
                .all(|id_| obligation(*id_).status == ObligationStatus::Open));
            assert_eq!(obligations(DELTA).len(), 2);
        }
        // The next cycle takes the open ones in again.
        let next = computed();
        assert_eq!(
            [net(next, ALPHA), net(next, BETA), net(next, DELTA)],
            [50, -5, -45]
        );
    });
}

#[test]
fn exclude_defaulters_should_release_what_is_no_longer_needed() {
    ExtBuilder::default().build_and_execute(|| {
        // ALPHA owes the defaulter more than others: without it ALPHA pays less.
        owe(ALPHA, DELTA, 70);
        owe(ALPHA, BETA, 10);
        owe(DELTA, GAMMA, 90);
        let id = computed();
        fund(id, ALPHA);
        assert_eq!(balance(ALPHA).1, 80);
        late(id);
        System::reset_events();
        assert_ok!(exclude(id));
        assert_eq!(balance(ALPHA).1, 10);
        assert!(events().contains(&Event::Released {
            cycle: id,
            operator: ALPHA,
            amount: 70
        }));
        assert_eq!(cycle(id).unfunded, 0);
        assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        assert_eq!(
            [balance(ALPHA).0, balance(BETA).0, balance(GAMMA).0],
            [FUNDS - 10, FUNDS + 10, FUNDS]
        );
    });
}

#[test]
fn exclude_defaulters_should_end_the_cycle_when_nothing_remains() {
    ExtBuilder::default().build_and_execute(|| {
        let only = owe(ALPHA, BETA, 10);
        let id = computed();
        late(id);
        assert_ok!(exclude(id));
        assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
        assert_eq!(obligation(only).status, ObligationStatus::Open);
        assert_eq!(events().last(), Some(&Event::CycleCancelled { cycle: id }));
        idle();
        let next = computed();
        assert_eq!(net(next, ALPHA), -10);
    });
}

#[test]
fn exclude_defaulters_should_leave_a_debtor_in_when_its_account_was_frozen_after_it_had_funded() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        owe(GAMMA, BETA, 20);
        let id = computed();
        fund(id, ALPHA);
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        late(id);
        assert_ok!(exclude(id));
        assert_eq!(
            [ALPHA, GAMMA].map(|operator| position(id, operator).excluded),
            [false, true]
        );
        assert_eq!((balance(ALPHA).1, cycle(id).unfunded), (10, 0));
        assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        assert_eq!(balance(BETA).0, FUNDS + 10);
    });
}

#[test]
fn exclude_defaulters_should_take_out_a_creditor_that_cannot_be_paid() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 10);
        owe(GAMMA, DELTA, 20);
        let id = computed();
        fund(id, ALPHA);
        fund(id, GAMMA);
        assert_ok!(Assets::block(by(treasury(ISSUER)), TOKEN, treasury(DELTA)));
        late(id);
        assert_ok!(exclude(id));
        assert!(position(id, DELTA).excluded);
        assert_eq!(balance(GAMMA).1, 0);
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
        assert_eq!(balance(BETA).0, FUNDS + 10);
    });
}

#[test]
fn exclude_defaulters_should_work_in_bounded_steps() {
    ExtBuilder::default().build_and_execute(|| {
        for n in 2..=20 {
            owe(ALPHA, OperatorId(n), 10);
            owe(OperatorId(n), OperatorId(n + 1), 3);
        }
        let id = computed();
        let debtors: Vec<_> = Netting::positions(id)
            .into_iter()
            .filter(|(_, p)| p.net.clear().unwrap() < 0)
            .collect();
        for (operator, _) in debtors.iter().filter(|(operator, _)| *operator != ALPHA) {
            fund(id, *operator);
        }
        late(id);
        assert_ok!(Netting::exclude_defaulters(by(treasury(BETA)), id, 64));
        let mut calls = 1;
        while cycle(id).phase == CyclePhase::Collecting {
            Netting::do_try_state().unwrap();
            assert_noop!(Netting::settle(by(clearing(BETA)), id), Error::<Test>::WrongPhase);
            assert_ok!(Netting::compute(by(clearing(BETA)), id, 64));
            calls += 1;
        }
        assert_eq!(calls, 5, "19 pairs and the defaulter, four at a time");
        assert_eq!(cycle(id).obligations, 19);
        assert_eq!(
            [
                net(id, OperatorId(2)),
                net(id, OperatorId(10)),
                net(id, OperatorId(21))
            ],
            [-3, 0, 3]
        );
    });
}

#[test]
fn exclude_defaulters_should_end_after_as_many_rounds_as_there_are_debtors() {
    ExtBuilder::default().build_and_execute(|| {
        // A chain in which each relies on the one before: nobody pays.
        for n in 1..=6 {
            owe(OperatorId(n), OperatorId(n + 1), 10);
        }
        let id = computed();
        let mut rounds = 0;
        while !cycle(id).is_finished() {
            late(id);
            assert_ok!(exclude(id));
            Netting::do_try_state().unwrap();
            rounds += 1;
        }
        assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
        assert_eq!(rounds, 6);
    });
}
