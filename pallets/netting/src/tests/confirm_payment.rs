use crate::{mock::*, Error, Event, Obligations, PaidOutside};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    netting::{CyclePhase, ObligationStatus, PaymentReference},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn reference() -> PaymentReference {
    PaymentReference(b"E2E-2026/01".to_vec().try_into().unwrap())
}

fn confirm(creditor: OperatorId, id: ObligationId) -> DispatchResult {
    Netting::confirm_payment(by(treasury(creditor)), id, reference())
}

#[test]
fn confirm_payment_should_be_refused_when_another_than_the_creditor_confirms() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        let confirm = |origin| Netting::confirm_payment(origin, id, reference());
        assert_noop!(confirm(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(confirm(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(confirm(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(confirm(by(clearing(BETA))), DispatchError::Other("WrongRole"));
        assert_noop!(confirm(by(treasury(ALPHA))), Error::<Test>::NotTheCreditor);
        assert_noop!(
            Netting::confirm_payment(by(treasury(BETA)), id, PaymentReference(Default::default())),
            Error::<Test>::InvalidReference
        );
        assert_ok!(confirm(by(treasury(BETA))));
    });
}

#[test]
fn an_obligation_should_end_once_when_its_creditor_confirms_that_it_was_paid_outside() {
    ExtBuilder::default().build_and_execute(|| {
        let (paid, back, left) = (owe(ALPHA, BETA, 100), owe(BETA, ALPHA, 30), owe(ALPHA, BETA, 7));
        assert_noop!(confirm(BETA, ObligationId(9)), Error::<Test>::ObligationNotFound);
        assert_ok!(Netting::claim_payment(by(treasury(ALPHA)), paid, reference()));
        assert_ok!(confirm(BETA, paid));
        assert_eq!(
            events().last(),
            Some(&Event::PaymentConfirmed {
                obligation: paid,
                reference: reference()
            })
        );
        assert_eq!(
            obligation(paid).status,
            ObligationStatus::PaidOutside(MockClock::now())
        );
        Netting::do_try_state().unwrap();
        assert_noop!(confirm(BETA, paid), Error::<Test>::ObligationNotOpen);
        assert_noop!(
            Netting::claim_payment(by(treasury(ALPHA)), paid, reference()),
            Error::<Test>::ObligationNotOpen
        );
        assert_noop!(
            Netting::name_token(by(clearing(BETA)), TOKEN, vec![paid].try_into().unwrap()),
            Error::<Test>::ObligationNotOpen
        );
        assert_eq!(obligations(BETA).len(), 2);
        let id = computed();
        assert_eq!([net(id, ALPHA), net(id, BETA)], [23, -23]);
        for owed in [back, left] {
            assert_eq!(obligation(owed).status, ObligationStatus::InCycle(id));
        }
    });
}

#[test]
fn an_obligation_should_not_be_paid_outside_when_a_cycle_has_it() {
    ExtBuilder::default().build_and_execute(|| {
        let (kept, given_back) = (owe(ALPHA, BETA, 100), owe(GAMMA, BETA, 50));
        for other in 5..=8 {
            owe(GAMMA, OperatorId(other), 5);
        }
        // It is taken in when collecting begins, not when the cycle is announced.
        let id = open();
        let before = owe(DELTA, BETA, 1);
        assert_ok!(confirm(BETA, before));
        assert_ok!(Netting::collect(by(clearing(ALPHA)), id));
        for owed in [kept, given_back] {
            assert_noop!(confirm(BETA, owed), Error::<Test>::ObligationNotOpen);
        }
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 100));
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        MockClock::set(cycle(id).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1));
        assert_eq!(cycle(id).phase, CyclePhase::Collecting);
        assert_noop!(confirm(BETA, given_back), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::compute(by(clearing(BETA)), id, 100));
        assert_noop!(confirm(BETA, kept), Error::<Test>::ObligationNotOpen);
        // What the cycle has given back may be paid otherwise.
        assert_ok!(confirm(BETA, given_back));
        Netting::do_try_state().unwrap();
        assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        assert_eq!(balance(BETA).0, FUNDS + 100);
        assert_noop!(confirm(BETA, kept), Error::<Test>::ObligationNotOpen);
    });
}

#[test]
fn what_is_in_no_token_should_be_paid_outside_when_both_agree_on_none() {
    ExtBuilder::default().without_token().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        assert_eq!(obligation(id).token, None);
        assert!(!Netting::is_paid(id));
        assert_ok!(confirm(BETA, id));
        assert!(obligation(id).status.is_paid());
        assert!(Netting::is_paid(id));
    });
}

#[test]
fn an_obligation_that_was_paid_outside_should_be_removed_when_it_has_been_kept_for_its_time() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        assert_ok!(confirm(BETA, id));
        MockClock::advance(RETENTION - 1);
        idle();
        assert!(Obligations::<Test>::contains_key(id));
        MockClock::advance(DAY);
        idle();
        assert!(!Obligations::<Test>::contains_key(id) && !PaidOutside::<Test>::contains_key(id));
        Netting::do_try_state().unwrap();
    });
}
