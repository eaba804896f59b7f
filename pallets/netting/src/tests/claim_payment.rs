use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    netting::{ObligationStatus, OutsidePayment, PaymentReference},
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn reference(text: &str) -> PaymentReference {
    PaymentReference(text.as_bytes().to_vec().try_into().unwrap())
}

fn claim(debtor: OperatorId, id: ObligationId) -> DispatchResult {
    Netting::claim_payment(by(treasury(debtor)), id, reference("E2E-2026/01"))
}

#[test]
fn claim_payment_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        let claim = |origin| Netting::claim_payment(origin, id, reference("X1"));
        assert_noop!(claim(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(claim(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(claim(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(claim(by(clearing(ALPHA))), DispatchError::Other("WrongRole"));
        assert_noop!(claim(by(treasury(BETA))), Error::<Test>::NotTheDebtor);
        assert_noop!(claim(by(treasury(GAMMA))), Error::<Test>::NotTheDebtor);
        assert_ok!(claim(by(treasury(ALPHA))));
    });
}

#[test]
fn claim_payment_should_be_refused_when_its_reference_could_name_a_person() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        for text in ["", "Jane Doe", "jane", "A B", "A\n", "\u{c4}"] {
            assert_noop!(
                Netting::claim_payment(by(treasury(ALPHA)), id, reference(text)),
                Error::<Test>::InvalidReference
            );
        }
    });
}

#[test]
fn a_claim_should_change_nothing_and_lapse_when_the_creditor_is_silent() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        assert_noop!(claim(ALPHA, ObligationId(9)), Error::<Test>::ObligationNotFound);
        assert_ok!(claim(ALPHA, id));
        let until = MockClock::now() + 7 * DAY;
        assert_eq!(
            events().last(),
            Some(&Event::PaymentClaimed {
                obligation: id,
                reference: reference("E2E-2026/01"),
                until
            })
        );
        let claimed = OutsidePayment {
            reference: reference("E2E-2026/01"),
            at: until,
            confirmed: false,
        };
        assert_eq!(Netting::outside_payment(id), Some(claimed));
        MockClock::set(until);
        assert_noop!(claim(ALPHA, id), Error::<Test>::AlreadyClaimed);
        assert_eq!(Netting::claimed_until(id, until), Some(until));
        // It is still owed, and a cycle takes it in.
        assert_eq!(obligation(id).status, ObligationStatus::Open);
        MockClock::set(until + 1);
        assert_eq!(Netting::claimed_until(id, until + 1), None);
        assert_ok!(claim(ALPHA, id));
        let cycle = computed();
        assert_eq!(net(cycle, ALPHA), -100);
        MockClock::advance(8 * DAY);
        assert_noop!(claim(ALPHA, id), Error::<Test>::ObligationNotOpen);
    });
}
