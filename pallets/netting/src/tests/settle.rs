use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::fungibles::Inspect};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    ids::{CycleId, ObligationId},
    money::Value,
    netting::{CyclePhase, ObligationSource, ObligationStatus},
    operator::Role,
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError};

/// ALPHA and GAMMA pay 10 each to BETA, for 270 of obligations.
fn ring() -> (CycleId, [ObligationId; 3]) {
    let ids = [owe(ALPHA, BETA, 100), owe(BETA, GAMMA, 80), owe(GAMMA, ALPHA, 90)];
    (computed(), ids)
}

fn funded() -> (CycleId, [ObligationId; 3]) {
    let (id, ids) = ring();
    assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
    assert_ok!(Netting::fund(by(treasury(GAMMA)), id));
    (id, ids)
}

#[test]
fn settle_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, _) = funded();
        assert_noop!(Netting::settle(RuntimeOrigin::none(), id), BadOrigin);
        assert_noop!(Netting::settle(by(4711), id), DispatchError::Other("NotADesk"));
        assert_noop!(
            Netting::settle(by(commercial(ALPHA)), id),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(
            Netting::settle(by(clearing(DELTA)), id),
            Error::<Test>::NoPosition
        );
        assert_noop!(
            Netting::settle(by(clearing(ALPHA)), CycleId(9)),
            Error::<Test>::CycleNotFound
        );
    });
}

#[test]
fn settle_should_be_refused_when_a_debtor_has_not_funded() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, _) = ring();
        assert_noop!(Netting::settle(by(clearing(BETA)), id), Error::<Test>::NotFunded);
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_noop!(Netting::settle(by(clearing(BETA)), id), Error::<Test>::NotFunded);
        assert_ok!(Netting::fund(by(treasury(GAMMA)), id));
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
    });
}

#[test]
fn settle_should_pay_the_nets_and_settle_all_obligations() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, ids) = funded();
        let issuance = Assets::total_issuance(TOKEN);
        System::reset_events();
        assert_ok!(Netting::settle(by(treasury(GAMMA)), id));
        assert_eq!(
            [balance(ALPHA), balance(BETA), balance(GAMMA)],
            [(FUNDS - 10, 0), (FUNDS + 20, 0), (FUNDS - 10, 0)]
        );
        assert_eq!(Assets::total_issuance(TOKEN), issuance);
        assert_eq!(cycle(id).phase, CyclePhase::Settled);
        assert_eq!(cycle(id).finished_at, Some(MockClock::now()));
        assert_eq!(
            [net(id, ALPHA), net(id, BETA), net(id, GAMMA)],
            [-10, 20, -10],
            "the record stays"
        );
        for swept in [false, true] {
            if swept {
                idle();
            }
            for obligation_id in ids {
                assert_eq!(obligation(obligation_id).status, ObligationStatus::Settled(id));
            }
            assert_eq!(obligations(ALPHA), vec![]);
        }
        assert_eq!(
            events(),
            vec![
                Event::Paid {
                    cycle: id,
                    from: GAMMA,
                    to: BETA,
                    amount: 10
                },
                Event::Paid {
                    cycle: id,
                    from: ALPHA,
                    to: BETA,
                    amount: 10
                },
                Event::CycleSettled {
                    cycle: id,
                    net: Value::Clear(20)
                },
            ]
        );
        assert_noop!(Netting::settle(by(clearing(BETA)), id), Error::<Test>::WrongPhase);
        assert_noop!(Netting::fund(by(treasury(ALPHA)), id), Error::<Test>::WrongPhase);
        assert_noop!(
            Netting::release(by(treasury(ALPHA)), id),
            Error::<Test>::NothingHeld
        );
        owe(ALPHA, BETA, 1);
        MockClock::advance(DAY);
        open();
    });
}

#[test]
fn settle_should_change_nothing_when_the_token_is_frozen() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, _) = funded();
        freeze_token();
        assert_noop!(
            Netting::settle(by(clearing(BETA)), id),
            Error::<Test>::AccountFrozen
        );
        thaw_token();
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
    });
}

#[test]
fn settle_should_pay_from_a_hold_when_its_account_has_been_frozen_since() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, _) = funded();
        let (free, _) = balance(GAMMA);
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(GAMMA)));
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
        assert_eq!(balance(BETA).0, FUNDS + 20);
        // Nothing beyond what was bound to the cycle leaves the account.
        assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(GAMMA)));
        assert_eq!(balance(GAMMA), (free + 1, 0));
    });
}

#[test]
fn settle_should_change_nothing_when_a_creditor_cannot_be_paid() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, _) = funded();
        assert_ok!(Assets::block(by(treasury(ISSUER)), TOKEN, treasury(BETA)));
        assert_noop!(
            Netting::settle(by(clearing(BETA)), id),
            Error::<Test>::PayoutBlocked
        );
        assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(BETA)));
        assert_ok!(Netting::settle(by(clearing(BETA)), id));
    });
}

#[test]
fn settle_should_be_refused_when_a_creditor_has_lost_its_payout_account() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, _) = funded();
        MockOperators::clear_payout_account(BETA);
        assert_noop!(
            Netting::settle(by(clearing(ALPHA)), id),
            Error::<Test>::NoPayoutAccount
        );
        // It names another one, whose account need not exist yet, or is excluded after the deadline.
        MockOperators::add_desk(5_000, BETA, &[Role::Treasury]);
        assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        assert_eq!(Netting::balance(TOKEN, &5_000), (20, 0));
    });
}

#[test]
fn settle_should_make_obligations_of_what_is_carried_forward() {
    ExtBuilder::default().minimum_net(5).build_and_execute(|| {
        owe(ALPHA, BETA, 100);
        owe(BETA, GAMMA, 80);
        owe(GAMMA, ALPHA, 90);
        let small = owe(DELTA, ALPHA, 3);
        let id = computed();
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        assert_ok!(Netting::fund(by(treasury(GAMMA)), id));
        assert_ok!(Netting::settle(by(clearing(DELTA)), id));
        assert_eq!(
            [balance(ALPHA).0, balance(BETA).0, balance(GAMMA).0],
            [FUNDS - 7, FUNDS + 17, FUNDS - 10]
        );
        assert_eq!(balance(DELTA).0, FUNDS);
        assert_eq!(obligation(small).status, ObligationStatus::Settled(id));
        let open = obligations(DELTA);
        assert_eq!(open.len(), 1);
        let carried = open[0].1;
        assert_eq!(
            (carried.debtor, carried.creditor, carried.amount),
            (DELTA, BETA, Value::Clear(3))
        );
        assert_eq!(carried.source, ObligationSource::Carried { cycle: id });
        assert_eq!(
            (carried.due, carried.status),
            (MockClock::now() + DAY, ObligationStatus::Open)
        );
    });
}

#[test]
fn settle_should_return_the_weight_of_the_positions_there_are() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, _) = funded();
        let post = Netting::settle(by(clearing(BETA)), id).unwrap();
        // Whether much is carried forward is known only afterwards.
        let either = <() as crate::WeightInfo>::settle(3).max(<() as crate::WeightInfo>::settle_carried(3));
        assert_eq!(post.actual_weight, Some(either));
    });
}
