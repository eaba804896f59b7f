use crate::{mock::*, Error, Event, Positions, WeightInfo};
use frame_support::{assert_noop, assert_ok};
use interclear_netting::net_positions;
use interclear_ports::mocks::MockObligations;
use interclear_primitives::{
    ids::{CycleId, OperatorId},
    money::{Currency, Value},
    netting::{CyclePhase, ObligationStatus},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError};

#[test]
fn compute_should_be_refused_to_unsigned_strangers_and_other_desks() {
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
            let post = Netting::compute(by(clearing(ALPHA)), id, 10).unwrap();
            Netting::do_try_state().unwrap();
            if cycle(id).phase == CyclePhase::Collecting {
                assert_eq!(post.actual_weight, Some(<() as WeightInfo>::take_in(10)));
            }
            steps += 1;
        }
        assert_eq!(steps, all.len() / 10 + 1);
        let expected = net_positions(all).unwrap();
        assert_eq!(expected.len(), Netting::positions(id).len());
        for (operator, amount) in expected {
            assert_eq!(net(id, operator), amount);
        }
    });
}

#[test]
fn compute_should_leave_out_what_is_not_due_or_of_another_currency() {
    ExtBuilder::default().build_and_execute(|| {
        let due = owe(ALPHA, BETA, 100);
        let later = owe_at(BETA, ALPHA, 70, MockClock::now() + 1);
        let source = obligation(due).source;
        let dollars = Currency(*b"USD");
        let other = MockObligations::create(BETA, ALPHA, dollars, Value::Clear(5), 0, source).unwrap();
        let id = computed();
        assert_eq!(net(id, ALPHA), -100);
        assert_eq!(obligation(later).status, ObligationStatus::Open);
        assert_eq!(obligation(other).status, ObligationStatus::Open);
    });
}

#[test]
fn compute_should_leave_out_parties_beyond_the_bound() {
    ExtBuilder::default().build_and_execute(|| {
        for n in 0..20 {
            owe(OperatorId(1 + 2 * n), OperatorId(2 + 2 * n), 10);
        }
        let id = computed();
        assert_eq!((cycle(id).parties, cycle(id).obligations), (32, 16));
        assert_eq!(Netting::positions(id).len(), 32);
        assert_eq!(MockObligations::open(Currency::EUR, None, 100).len(), 4);
    });
}

#[test]
fn compute_should_not_be_stopped_by_an_amount_that_does_not_fit() {
    ExtBuilder::default().build_and_execute(|| {
        let huge = [owe(ALPHA, BETA, i128::MAX), owe(ALPHA, BETA, i128::MAX)];
        owe(GAMMA, DELTA, 5);
        let id = computed();
        let taken = huge
            .iter()
            .filter(|id| obligation(**id).status != ObligationStatus::Open)
            .count();
        assert!(taken <= 1);
        assert!(cycle(id).obligations >= 1);
    });
}

#[test]
fn compute_should_cancel_the_cycle_when_it_has_no_obligations() {
    ExtBuilder::default().build_and_execute(|| {
        owe_at(ALPHA, BETA, 100, MockClock::now() + 1);
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
