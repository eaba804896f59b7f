use crate::{mock::*, Escrows, Pallet, WeightInfo};
use frame_support::{
    assert_ok,
    traits::{Get, Hooks},
    weights::RuntimeDbWeight,
};
use interclear_ports::{mocks::MockObligations, Obligations};

#[test]
fn what_is_left_should_be_refunded_without_a_call_when_all_is_over() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        idle();
        assert_eq!(escrow().held, 300);
        end();
        freeze_account();
        idle();
        assert_eq!(escrow().held, 300);
        thaw_account();
        // One block ends its round, the next one begins anew.
        (0..2).for_each(|_| idle());
        assert_eq!(Escrows::<Test>::iter().count(), 0);
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS, 0));
    });
}

#[test]
fn idle_work_should_look_at_as_many_debts_as_its_meter_allows_when_there_are_many() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        (0..3).for_each(|_| MockObligations::pay_outside(owe(5)));
        end();
        let database: RuntimeDbWeight = <Test as frame_system::Config>::DbWeight::get();
        let glance = database.reads(2);
        let visit = glance.saturating_add(<() as WeightInfo>::refund());
        let look = MockObligations::look_weight();
        let idle = |room| Pallet::<Test>::on_idle(System::block_number(), room);
        // A look takes room of its own; what has been found stays found.
        assert_eq!(idle(visit), visit);
        assert_eq!(escrow().unpaid, 3);
        let two = visit.saturating_add(look.saturating_mul(2));
        (0..2).for_each(|_| assert!(idle(two).all_lte(two)));
        assert_eq!(escrow().unpaid, 1);
        (0..2).for_each(|_| assert!(idle(two).all_lte(two)));
        assert_eq!(Escrows::<Test>::iter().count(), 0);
    });
}

#[test]
#[should_panic(expected = "what is left cannot be released")]
fn idle_work_should_fail_in_tests_when_what_is_left_is_not_on_hold() {
    ExtBuilder.build().execute_with(|| {
        assert_ok!(deposit(300));
        Escrows::<Test>::mutate(AGREEMENT, PREPAID, |escrow| escrow.as_mut().unwrap().held = 301);
        end();
        idle();
    });
}
