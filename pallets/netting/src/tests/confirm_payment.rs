use crate::{mock::*, Error, Event, Obligations, PaidOutside};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    netting::{CyclePhase, ObligationStatus, PaymentReference},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn reference() -> PaymentReference {
    PaymentReference(b"E2E-2026/01".to_vec().try_into().unwrap())
}

fn confirm(creditor: OperatorId, id: ObligationId) -> DispatchResult {
    plain(Netting::confirm_payment(by(treasury(creditor)), id, reference()))
}

#[test]
fn confirm_payment_should_be_refused_when_another_than_the_creditor_confirms() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        let confirm = |origin| plain(Netting::confirm_payment(origin, id, reference()));
        assert_noop!(confirm(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(confirm(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(confirm(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(confirm(by(clearing(BETA))), DispatchError::Other("WrongRole"));
        assert_noop!(confirm(by(treasury(ALPHA))), Error::<Test>::NotTheCreditor);
        assert_noop!(
            plain(Netting::confirm_payment(
                by(treasury(BETA)),
                id,
                PaymentReference(Default::default())
            )),
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
        assert_noop!(confirm(BETA, paid), Error::<Test>::AlreadyPaidOutside);
        assert_noop!(
            plain(Netting::claim_payment(by(treasury(ALPHA)), paid, reference())),
            Error::<Test>::AlreadyPaidOutside
        );
        assert_noop!(
            plain(Netting::name_token(
                by(clearing(BETA)),
                TOKEN,
                vec![paid].try_into().unwrap()
            )),
            Error::<Test>::AlreadyPaidOutside
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
            assert_noop!(confirm(BETA, owed), Error::<Test>::ObligationInCycle);
        }
        assert_ok!(Netting::compute(by(clearing(ALPHA)), id, 100));
        assert_ok!(Netting::fund(by(treasury(ALPHA)), id));
        MockClock::set(cycle(id).fund_by + 1);
        assert_ok!(Netting::exclude_defaulters(by(clearing(BETA)), id, 1));
        assert_eq!(cycle(id).phase, CyclePhase::Collecting);
        assert_noop!(confirm(BETA, given_back), Error::<Test>::CycleUnfinished);
        assert_ok!(Netting::compute(by(clearing(BETA)), id, 100));
        assert_noop!(confirm(BETA, kept), Error::<Test>::ObligationInCycle);
        // What the cycle has given back may be paid otherwise.
        assert_ok!(confirm(BETA, given_back));
        Netting::do_try_state().unwrap();
        assert_ok!(Netting::settle(by(clearing(ALPHA)), id));
        assert_eq!(balance(BETA).0, FUNDS + 100);
        assert_noop!(confirm(BETA, kept), Error::<Test>::PaidWithCycle);
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

/// Two debts that have missed a cycle ten days ago.
fn late_debts() -> [ObligationId; 2] {
    mint(treasury(ALPHA), 10_000_000);
    let ids = [0, 1].map(|_| owe_at(ALPHA, BETA, 1_000_000, MockClock::now() - 3 * DAY));
    end_without_payment(computed());
    MockClock::advance(10 * DAY);
    ids
}

fn end_without_payment(id: CycleId) {
    MockClock::set(cycle(id).fund_by + 1);
    assert_ok!(Netting::exclude_defaulters(by(clearing(DELTA)), id, 1_000));
    assert_eq!(cycle(id).phase, CyclePhase::Cancelled);
}

fn days(id: ObligationId) -> u32 {
    obligation(id).interest.days
}

#[test]
fn late_interest_should_end_with_the_claim_when_the_creditor_confirms_it_in_time() {
    ExtBuilder::default().build_and_execute(|| {
        let [claimed, other] = late_debts();
        let until_now = days(claimed);
        assert!(until_now > 10);
        assert_ok!(Netting::claim_payment(by(treasury(ALPHA)), claimed, reference()));
        // The creditor looks for five days, and a cycle takes both in meanwhile.
        MockClock::advance(DAY);
        let id = computed();
        assert_noop!(confirm(BETA, claimed), Error::<Test>::ObligationInCycle);
        end_without_payment(id);
        MockClock::advance(DAY);
        let passed = days(other) - until_now;
        assert!(passed > 2);
        for id in [claimed, other] {
            assert_ok!(confirm(BETA, id));
        }
        MockClock::advance(30 * DAY);
        assert_eq!(days(claimed), until_now);
        assert_eq!(days(other), until_now + passed);
        assert_ok!(Netting::charge_interest(by(clearing(BETA)), claimed));
    });
}

#[test]
fn late_interest_should_run_on_when_the_creditor_has_let_the_claim_lapse() {
    ExtBuilder::default().build_and_execute(|| {
        let [claimed, other] = late_debts();
        assert_ok!(Netting::claim_payment(by(treasury(ALPHA)), claimed, reference()));
        MockClock::advance(7 * DAY + 1);
        for id in [claimed, other] {
            assert_ok!(confirm(BETA, id));
        }
        assert_eq!(days(claimed), days(other));
    });
}
