use crate::{mock::*, Error, Event, Positions, WeightInfo};
use frame_support::{assert_noop, assert_ok};
use interclear_netting::net_positions;
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::{CyclePhase, ObligationStatus},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError};

#[test]
fn compute_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        let id = open();
        assert_noop!(Netting::compute(RuntimeOrigin::none(), id, 1), BadOrigin);
        assert_noop!(
            Netting::compute(by(4711), id, 1),
            DispatchError::Other("NotADesk")
        );
        assert_noop!(
            Netting::compute(by(treasury(ALPHA)), id, 1),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(
            Netting::compute(by(clearing(ALPHA)), CycleId(9), 1),
            Error::<Test>::CycleNotFound
        );
        assert_noop!(
            Netting::compute(by(clearing(ALPHA)), id, 1),
            Error::<Test>::WrongPhase
        );
    });
}

#[test]
fn compute_should_leave_each_party_one_amount() {
    ExtBuilder::default().build_and_execute(|| {
        // A ring of 100, 80 and 90: only 10 and 10 are to move.
        let ids = [owe(ALPHA, BETA, 100), owe(BETA, GAMMA, 80), owe(GAMMA, ALPHA, 90)];
        let id = computed();
        assert_eq!([net(id, ALPHA), net(id, BETA), net(id, GAMMA)], [-10, 20, -10]);
        let computed = cycle(id);
        assert_eq!(computed.phase, CyclePhase::Computed);
        assert_eq!(
            (computed.obligations, computed.parties, computed.unfunded),
            (3, 3, 2)
        );
        assert_eq!(
            (computed.gross, computed.net),
            (Value::Clear(270), Value::Clear(20))
        );
        for obligation_id in ids {
            assert_eq!(obligation(obligation_id).status, ObligationStatus::InCycle(id));
        }
        assert!(matches!(
            events().last(),
            Some(Event::CycleComputed {
                obligations: 3,
                parties: 3,
                unfunded: 2,
                ..
            })
        ));
    });
}

#[test]
fn compute_should_work_in_bounded_steps_with_the_same_result() {
    ExtBuilder::default().build_and_execute(|| {
        let mut all = Vec::new();
        for n in 1..60u32 {
            let (debtor, creditor) = (OperatorId(1 + n % 7), OperatorId(1 + (n * 3 + 1) % 7));
            if debtor != creditor {
                owe(debtor, creditor, i128::from(n * n));
                all.push((debtor, creditor, u128::from(n * n)));
            }
        }
        let id = open();
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        let mut steps = 0;
        while cycle(id).phase == CyclePhase::Collecting {
            let post = Netting::compute(by(clearing(ALPHA)), id, 3).unwrap();
            Netting::do_try_state().unwrap();
            if cycle(id).phase == CyclePhase::Collecting {
                assert_eq!(post.actual_weight, Some(<() as WeightInfo>::add_up(3, 3)));
            }
            steps += 1;
        }
        assert_eq!(
            steps, 3,
            "seven operators and the end of the day, three at a time"
        );
        let expected = net_positions(all).unwrap();
        assert_eq!(expected.len(), Netting::positions(id).len());
        for (operator, amount) in expected {
            assert_eq!(net(id, operator), amount);
        }
    });
}

#[test]
fn compute_should_leave_the_end_to_the_next_step_when_one_has_added_up_much() {
    ExtBuilder::default().build_and_execute(|| {
        // Two sums and the end of the day, on each of 100 days.
        for day in 1..=100 {
            owe_at(ALPHA, BETA, 1, MockClock::now() - day * DAY);
        }
        let id = open();
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        let declared = |max| Netting::weight_of_computing(max);
        let first = Netting::compute(by(clearing(ALPHA)), id, 1_000).unwrap();
        assert!(first.actual_weight.unwrap().all_lte(declared(1_000)));
        assert_eq!(cycle(id).phase, CyclePhase::Collecting);
        let last = Netting::compute(by(clearing(ALPHA)), id, 1_000).unwrap();
        assert!(last.actual_weight.unwrap().all_lte(declared(1_000)));
        assert_eq!(cycle(id).phase, CyclePhase::Computed);
        assert_eq!((net(id, ALPHA), net(id, BETA)), (-100, 100));
    });
}

#[test]
fn compute_should_leave_out_what_is_not_due_or_of_another_currency() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        let later = owe_at(BETA, ALPHA, 70, MockClock::now() + DAY);
        let other = Netting::create(Debt {
            currency: Currency(*b"USD"),
            accepts: accepts(&[]),
            ..debt(BETA, ALPHA, 5, 0)
        })
        .unwrap();
        let id = computed();
        assert_eq!(net(id, ALPHA), -100);
        assert_eq!(obligation(later).status, ObligationStatus::Open);
        assert_eq!(obligation(other).status, ObligationStatus::Open);
    });
}

#[test]
fn compute_should_exclude_a_creditor_when_it_has_named_no_account_to_be_paid_to() {
    ExtBuilder::default().build_and_execute(|| {
        MockOperators::clear_payout_account(DELTA);
        let (kept, left) = (owe(ALPHA, BETA, 100), owe(GAMMA, DELTA, 20));
        let id = open();
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 100));
        let excluded = Event::PartyExcluded {
            cycle: id,
            operator: DELTA,
        };
        assert_eq!(events().last(), Some(&excluded));
        assert_eq!(cycle(id).phase, CyclePhase::Collecting);
        Netting::do_try_state().unwrap();
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 100));
        // Nobody has waited for it, nor funded what would not be paid.
        assert_eq!((cycle(id).obligations, cycle(id).parties), (1, 3));
        assert_eq!([net(id, ALPHA), net(id, GAMMA), net(id, DELTA)], [-100, 0, 0]);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_ok!(Netting::settle(by(clearing(GAMMA)), id));
        assert_eq!(obligation(kept).status, ObligationStatus::Settled(id));
        assert_eq!(obligation(left).status, ObligationStatus::Open);
        // Who pays needs none.
        owe(DELTA, GAMMA, 50);
        MockClock::advance(DAY);
        assert_eq!(net(computed(), DELTA), -30);
    });
}

#[test]
fn create_should_be_refused_when_a_sum_does_not_fit() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, i128::MAX);
        let more = |debtor, creditor| Netting::create(debt(debtor, creditor, 1, MockClock::now()));
        assert_noop!(more(ALPHA, GAMMA), Error::<Test>::AmountOverflow);
        assert_noop!(more(DELTA, BETA), Error::<Test>::AmountOverflow);
        assert_ok!(more(GAMMA, DELTA));
    });
}

#[test]
fn create_should_be_refused_when_all_ids_are_given_out() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 1);
        crate::NextObligation::<Test>::put(ObligationId(u64::MAX));
        let one = debt(ALPHA, BETA, 1, MockClock::now());
        assert_noop!(Netting::create(one), Error::<Test>::IdsExhausted);
        crate::NextObligation::<Test>::put(ObligationId(1));
    });
}

#[test]
fn compute_should_cancel_the_cycle_when_it_has_no_obligations() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        owe_at(ALPHA, BETA, 100, MockClock::now() + 30 * DAY);
        let first = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), first));
        assert_ok!(Netting::settle(by(clearing(ALPHA)), first));
        MockClock::advance(DAY);
        let id = computed();
        assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
        assert_eq!(cycle(id).finished_at, Some(MockClock::now()));
        assert_eq!(Netting::positions(id), vec![]);
        assert_eq!(events().last(), Some(&Event::CycleCancelled { cycle: id }));
    });
}

#[test]
fn compute_should_give_debtors_time_however_late_it_comes() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        let id = open();
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        MockClock::advance(3 * DAY);
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 10));
        assert_eq!(cycle(id).fund_by, MockClock::now() + MIN_FUNDING);
    });
}

#[test]
fn compute_should_leave_small_nets_owed() {
    ExtBuilder::default().minimum_net(5).build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        owe(BETA, GAMMA, 80);
        owe(GAMMA, ALPHA, 90);
        owe(DELTA, ALPHA, 3);
        let id = computed();
        assert_eq!(
            [net(id, ALPHA), net(id, BETA), net(id, GAMMA), net(id, DELTA)],
            [-7, 17, -10, 0]
        );
        assert_eq!(position(id, DELTA).carried, Value::Clear(-3));
        assert_eq!(position(id, BETA).carried, Value::Clear(3));
        assert_eq!(cycle(id).unfunded, 2);
    });
}

#[test]
fn positions_of_different_cycles_should_be_apart() {
    ExtBuilder::default().build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        let id = computed();
        assert_eq!(Positions::<Test>::iter_prefix(CycleId(id.0 + 1)).count(), 0);
        assert_noop!(
            Netting::compute(by(clearing(ALPHA)), id, 1),
            Error::<Test>::WrongPhase
        );
    });
}
