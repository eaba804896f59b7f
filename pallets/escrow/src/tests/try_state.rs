use crate::{mock::*, Escrows, HoldReason, Months, OwedBefore, Pallet, Unpaid};
use frame_support::{assert_ok, traits::fungibles::hold::Mutate};
use interclear_primitives::{escrow::EscrowMonth, ids::ObligationId};

fn broken(damage: impl FnOnce()) {
    ExtBuilder.build().execute_with(|| {
        assert_ok!(deposit(5_000));
        draw(JANUARY, 100);
        assert_ok!(Pallet::<Test>::do_try_state());
        damage();
        assert!(Pallet::<Test>::do_try_state().is_err());
    });
}

fn change(change: impl FnOnce(&mut interclear_primitives::escrow::Escrow<u64>)) {
    Escrows::<Test>::mutate(AGREEMENT, PREPAID, |escrow| change(escrow.as_mut().unwrap()));
}

/// March uses so much of the escrow.
fn uses(reserved: u128, redeemed: u128, carried: u128) {
    let month = EscrowMonth {
        reserved,
        redeemed,
        carried,
        voucher: 0,
    };
    Months::<Test>::insert((AGREEMENT, PREPAID), MARCH, month);
}

/// The statement of March says so much of the direction that has no escrow, of which vouchers were paid so much.
fn states(reserved: u128, redeemed: u128) {
    let month = EscrowMonth {
        reserved,
        redeemed,
        ..EscrowMonth::default()
    };
    Months::<Test>::insert((AGREEMENT, PREPAID.reverse()), MARCH, month);
}

#[test]
fn try_state_should_fail_when_an_escrow_is_not_what_is_held_or_reserved() {
    broken(|| change(|escrow| escrow.held += 1));
    broken(|| change(|escrow| escrow.held -= 1));
    broken(|| change(|escrow| escrow.reserved += 1));
    broken(|| change(|escrow| escrow.account = treasury(GAMMA)));
    broken(|| change(|escrow| escrow.decimals = 3));
    broken(|| change(|escrow| escrow.from = MARCH));
    broken(|| uses(0, 0, 0));
    broken(|| uses(1, 0, 0));
    broken(|| uses(0, 1, 2));
    broken(|| Escrows::<Test>::remove(AGREEMENT, PREPAID));
    broken(|| change(|escrow| escrow.unpaid += 1));
    broken(|| Unpaid::<Test>::insert((AGREEMENT, PREPAID), ObligationId(0), 0));
    broken(|| {
        Unpaid::<Test>::insert((AGREEMENT, PREPAID), ObligationId(0), 1);
        change(|escrow| escrow.unpaid += 1);
    });
    broken(|| Unpaid::<Test>::insert((AGREEMENT, PREPAID.reverse()), ObligationId(0), 0));
    broken(|| OwedBefore::<Test>::insert((AGREEMENT, PREPAID.reverse()), (1, 0)));
    // What an escrow has taken over is there no more.
    broken(|| OwedBefore::<Test>::insert((AGREEMENT, PREPAID), (0, 0)));
    // What a statement says of a direction that has no escrow is kept with it.
    broken(|| states(5, 0));
    broken(|| {
        states(5, 1);
        OwedBefore::<Test>::insert((AGREEMENT, PREPAID.reverse()), (0, 5));
    });
    broken(|| {
        Unpaid::<Test>::insert((AGREEMENT, PREPAID.reverse()), ObligationId(0), 7);
        OwedBefore::<Test>::insert((AGREEMENT, PREPAID.reverse()), (1, 6));
    });
}

#[test]
fn try_state_should_fail_when_something_is_on_hold_for_no_escrow() {
    for who in [treasury(BETA), second_treasury(ALPHA)] {
        broken(|| {
            let reason = HoldReason::Escrow.into();
            assert_ok!(AssetsHolder::hold(OTHER_TOKEN, &reason, &who, 1));
        });
    }
}
