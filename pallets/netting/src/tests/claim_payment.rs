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
    plain(Netting::claim_payment(
        by(treasury(debtor)),
        id,
        reference("E2E-2026/01"),
    ))
}

#[test]
fn claim_payment_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        let claim = |origin| plain(Netting::claim_payment(origin, id, reference("X1")));
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
                plain(Netting::claim_payment(by(treasury(ALPHA)), id, reference(text))),
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
        assert_noop!(claim(ALPHA, id), Error::<Test>::ObligationInCycle);
    });
}

#[test]
fn a_look_at_an_obligation_should_be_paid_for_when_it_has_been_through_many_cycles() {
    use crate::{Cut, Cuts, WeightInfo};
    use frame_support::dispatch::GetDispatchInfo;
    use interclear_primitives::ids::CycleId;
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        let call = |who| Netting::claim_payment(by(treasury(who)), id, reference("X1"));
        let weight = |walked| Some(<() as WeightInfo>::claim_payment() + <() as WeightInfo>::stand(walked));
        let declared = RuntimeCall::Netting(crate::Call::claim_payment {
            obligation: id,
            reference: reference("X1"),
        });
        assert_eq!(Some(declared.get_dispatch_info().call_weight), weight(132));
        assert_eq!(call(BETA).unwrap_err().post_info.actual_weight, weight(0));
        let cuts = (0..100).map(|cycle| Cut {
            to: u32::MAX,
            cycle: CycleId(1_000 + cycle),
        });
        Cuts::<Test>::insert(TOKEN, frame_support::BoundedVec::truncate_from(cuts.collect()));
        // Whether it is refused or not.
        assert_eq!(call(BETA).unwrap_err().post_info.actual_weight, weight(100));
        let confirm = Netting::confirm_payment(by(treasury(ALPHA)), id, reference("X1"));
        let weight = Some(<() as WeightInfo>::confirm_payment() + <() as WeightInfo>::stand(100));
        assert_eq!(confirm.unwrap_err().post_info.actual_weight, weight);
        Cuts::<Test>::remove(TOKEN);
    });
}

#[test]
fn what_is_held_ahead_should_not_pay_what_is_claimed_when_its_creditor_still_looks() {
    ExtBuilder::default().build_and_execute(|| {
        let end = |id, by| <Netting as interclear_ports::Obligations>::end_with(id, by, |_, _, _| Ok(TOKEN));
        let [id, other] = [owe(ALPHA, BETA, 100), owe(ALPHA, BETA, 60)];
        for id in [id, other] {
            assert_ok!(claim(ALPHA, id));
        }
        let until = MockClock::now() + 7 * DAY;
        MockClock::set(until);
        for by in [None, Some(BETA), Some(GAMMA)] {
            assert_noop!(end(id, by), Error::<Test>::ClaimPending);
        }
        // Its debtor may want it all the same.
        assert_ok!(end(other, Some(ALPHA)));
        MockClock::set(until + 1);
        // Nothing pays it by itself: its creditor says with its call that no bank has.
        assert_noop!(end(id, None), Error::<Test>::ClaimPending);
        // Whoever says so once more holds that up no longer.
        assert_ok!(claim(ALPHA, id));
        assert_noop!(end(id, None), Error::<Test>::ClaimPending);
        assert_ok!(end(id, Some(BETA)));
        let paid = ObligationStatus::PaidGross(until + 1);
        assert_eq!(obligation(id).status, paid);
        assert_noop!(end(id, Some(BETA)), Error::<Test>::AlreadyPaid);
    });
}
