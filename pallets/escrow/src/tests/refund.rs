use crate::{mock::*, Error, Escrows, Event, Months, Pallet};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockAgreements, MockObligations, MockPeriods, MockUsage, NOT_A_DESK, WRONG_ROLE},
    Usage,
};
use interclear_primitives::{ids::AgreementId, usage::PeriodUsage, DAY};
use sp_runtime::traits::BadOrigin;

fn refund(who: u64) -> sp_runtime::DispatchResult {
    Pallet::<Test>::refund(by(who), AGREEMENT)
}

fn refused(error: Error<Test>) {
    assert_noop!(refund(treasury(ALPHA)), error);
}

#[test]
fn refund_should_fail_when_the_origin_is_wrong() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        end();
        let call = |origin| Pallet::<Test>::refund(origin, AGREEMENT);
        assert_noop!(call(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(refund(99), NOT_A_DESK);
        assert_noop!(refund(clearing(ALPHA)), WRONG_ROLE);
        assert_noop!(refund(treasury(GAMMA)), Error::<Test>::NotAParty);
        assert_noop!(refund(treasury(BETA)), Error::<Test>::EscrowNotFound);
        assert_noop!(
            Pallet::<Test>::refund(by(treasury(ALPHA)), AgreementId(1)),
            Error::<Test>::AgreementNotFound
        );
    });
}

#[test]
fn refund_should_give_back_what_is_left_when_all_is_over() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        assert_eq!(pay(120), 120);
        end();
        assert_ok!(refund(treasury(ALPHA)));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 120, 0));
        assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 120, 0));
        assert_eq!(Escrows::<Test>::get(AGREEMENT, PREPAID), None);
        let refunded = Event::Refunded {
            agreement: AGREEMENT,
            direction: PREPAID,
            amount: 180,
        };
        assert_eq!(events().last(), Some(&refunded));
        refused(Error::EscrowNotFound);
    });
}

#[test]
fn refund_should_be_refused_when_the_direction_is_or_will_be_prepaid() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        refused(Error::StillPrepaid);
        MockClock::set(MARCH.end() - 1);
        refused(Error::StillPrepaid);
        MockAgreements::renew(AGREEMENT);
        end();
        refused(Error::StillPrepaid);
    });
}

#[test]
fn refund_should_be_refused_when_a_month_is_open_or_has_reserved_something() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        MockClock::set(terms().usage.late_until(MARCH) + DAY);
        MockPeriods::close(AGREEMENT, JANUARY.next());
        refused(Error::MonthOpen);
        draw(MARCH.next(), 1);
        end();
        refused(Error::MonthOpen);
        draw(MARCH.next(), -1);
        assert_eq!(Months::<Test>::iter().count(), 0);
        assert_ok!(refund(treasury(ALPHA)));
    });
}

#[test]
fn refund_should_be_refused_when_late_usage_is_taken_or_a_line_can_be_disputed() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        end();
        MockClock::set(MockClock::now() - 1);
        refused(Error::DisputeDaysRunning);
        end();
        // A dispute on an earlier month is open: its evidence is kept without an end.
        let open = PeriodUsage {
            closed: true,
            disputed_until: u64::MAX,
            ..Default::default()
        };
        MockUsage::set_period(AGREEMENT, JANUARY, open);
        refused(Error::DisputeDaysRunning);
        MockUsage::keep_until(AGREEMENT, JANUARY, MockClock::now() - 1);
        assert_ok!(refund(treasury(ALPHA)));
    });
}

#[test]
fn refund_should_be_refused_when_what_the_escrow_could_not_pay_is_not_paid() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        // Its issuer, which is a friend of the debtor, freezes the account while the statement is paid.
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        assert_eq!(pay(120), 0);
        let debt = owe(120);
        end();
        refused(Error::ObligationUnpaid);
        MockObligations::forget(debt);
        refused(Error::AccountFrozen);
        assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        assert_ok!(refund(treasury(ALPHA)));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS, 0));
    });
}

#[test]
fn refund_should_give_back_what_is_left_when_the_rest_was_paid_outside_of_cycles() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        assert_eq!(pay(420), 300);
        let debt = owe(120);
        assert_ok!(deposit(50));
        end();
        refused(Error::ObligationUnpaid);
        MockObligations::pay_outside(debt);
        assert_ok!(refund(treasury(ALPHA)));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 300, 0));
    });
}
