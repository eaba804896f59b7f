use crate::{mock::*, Error, Escrows, Event, Months, Pallet, Unpaid, WeightInfo, MAX_LOOKS};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockAgreements, MockObligations, MockPeriods, MockSwitches, MockUsage, NOT_A_DESK, WRONG_ROLE},
    Obligations, Usage,
};
use interclear_primitives::{
    agreement::Direction,
    ids::AgreementId,
    switch::Function,
    usage::{taken_until, Deferred, PeriodUsage},
    DAY,
};
use sp_runtime::traits::BadOrigin;

fn refund(who: u64) -> sp_runtime::DispatchResult {
    plain(Pallet::<Test>::refund(by(who), AGREEMENT))
}

fn refused(error: Error<Test>) {
    assert_noop!(refund(treasury(ALPHA)), error);
}

#[test]
fn refund_should_fail_when_the_origin_is_wrong() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        end();
        let call = |origin| plain(Pallet::<Test>::refund(origin, AGREEMENT));
        assert_noop!(call(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(refund(99), NOT_A_DESK);
        assert_noop!(refund(clearing(ALPHA)), WRONG_ROLE);
        assert_noop!(refund(treasury(GAMMA)), Error::<Test>::NotAParty);
        assert_noop!(refund(treasury(BETA)), Error::<Test>::EscrowNotFound);
        assert_noop!(
            plain(Pallet::<Test>::refund(by(treasury(ALPHA)), AgreementId(1))),
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
fn refund_should_be_refused_when_a_report_of_a_closed_month_has_no_outcome_yet() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        end();
        // It came too late to hold March open, and nobody has answered it yet: April bills what it comes to.
        let usage = MockUsage::period_usage(AGREEMENT, MARCH);
        let pending = PeriodUsage {
            reports: 1,
            pending_reports: 1,
            ..usage
        };
        MockUsage::set_period(AGREEMENT, MARCH, pending);
        for now in [MockClock::now(), taken_until(MARCH) - 1] {
            MockClock::set(now);
            refused(Error::ReportPending);
            (0..2).for_each(|_| idle());
            assert_eq!(escrow().held, 300);
        }
        // Then it never gets one.
        MockClock::set(taken_until(MARCH));
        assert_ok!(refund(treasury(ALPHA)));
    });
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        end();
        let concluded = PeriodUsage {
            reports: 1,
            ..MockUsage::period_usage(AGREEMENT, MARCH)
        };
        MockUsage::set_period(AGREEMENT, MARCH, concluded);
        assert_ok!(refund(treasury(ALPHA)));
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
fn refund_should_be_refused_when_late_files_may_still_come_that_a_pause_has_kept_back() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        end();
        let late = MockClock::now();
        MockClock::set(late - DAY);
        MockSwitches::pause(Function::Anchoring);
        MockClock::set(late);
        refused(Error::DisputeDaysRunning);
        MockSwitches::resume(Function::Anchoring);
        MockClock::set(late + DAY - 1);
        refused(Error::DisputeDaysRunning);
        MockClock::set(late + DAY);
        assert_ok!(refund(treasury(ALPHA)));
    });
}

#[test]
fn refund_should_be_refused_when_what_the_escrow_could_not_pay_is_not_paid() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        // Its issuer, which is a friend of the debtor, freezes the token while the statement is paid.
        freeze_token();
        assert_eq!(pay(120), 0);
        let debt = owe(120);
        end();
        refused(Error::AccountFrozen);
        thaw_token();
        refused(Error::ObligationUnpaid);
        MockObligations::forget(debt);
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

#[test]
fn refund_should_be_refused_when_late_usage_waits_or_a_returned_file_may_come_again() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        end();
        let april = MARCH.next();
        // A late file that the month after the end does not count yet, one that it counts and that charges nothing, though the agreed
        // price may be another, and one that it waits for.
        let deferred = Deferred {
            files: 1,
            ..Default::default()
        };
        let waiting = [
            PeriodUsage {
                deferred: [deferred, Deferred::default()],
                ..Default::default()
            },
            PeriodUsage {
                batches: 1,
                ..Default::default()
            },
            PeriodUsage {
                returned: 1,
                ..Default::default()
            },
        ];
        for usage in waiting {
            MockUsage::set_period(AGREEMENT, april, usage);
            refused(Error::MonthOpen);
            idle();
        }
        MockUsage::set_period(AGREEMENT, april, PeriodUsage::default());
        // What a dispute has decided is billed by a later month, and a commitment with it.
        MockPeriods::set_undecided(AGREEMENT, true);
        refused(Error::MonthOpen);
        MockPeriods::set_undecided(AGREEMENT, false);
        // The debtor has returned the last late file, which no month waits for.
        let until = MockClock::now() + 30 * DAY;
        MockUsage::set_sent_again(AGREEMENT, Direction::SecondHome, u64::MAX);
        MockUsage::set_sent_again(AGREEMENT, PREPAID, until);
        refused(Error::ReturnedFileMissing);
        MockClock::set(until - 1);
        refused(Error::ReturnedFileMissing);
        idle();
        assert_eq!(escrow().held, 300);
        MockClock::set(until);
        assert_ok!(refund(treasury(ALPHA)));
    });
}

#[test]
fn refund_should_be_refused_when_the_first_of_many_debts_is_not_paid() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        // Its friend freezes the token; the debts after the first are small ones, in another token, and are paid.
        freeze_token();
        let first = owe(1_000_000);
        for _ in 0..40 {
            MockObligations::pay_outside(owe(1));
        }
        thaw_token();
        assert_eq!(escrow().unpaid, 41);
        end();
        for _ in 0..10 {
            refused(Error::ObligationUnpaid);
            idle();
        }
        assert!(Unpaid::<Test>::contains_key((AGREEMENT, PREPAID), first));
        MockObligations::pay_outside(first);
        // Sixteen a visit, and one block ends its round before the next begins anew.
        for _ in 0..8 {
            idle();
        }
        assert_eq!(Escrows::<Test>::get(AGREEMENT, PREPAID), None);
        assert_eq!(Unpaid::<Test>::iter().count(), 0);
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS, 0));
    });
}

#[test]
fn refund_should_pay_for_each_debt_that_it_looks_at_when_it_is_refused_or_not() {
    ExtBuilder.build_and_execute(|| {
        let weight = |looks: u64| {
            let looks = MockObligations::look_weight().saturating_mul(looks);
            Some(<() as WeightInfo>::refund().saturating_add(looks))
        };
        let refund = || Pallet::<Test>::refund(by(treasury(ALPHA)), AGREEMENT);
        assert_ok!(deposit(300));
        let debts: Vec<_> = (0..3).map(|_| owe(5)).collect();
        end();
        assert_eq!(refund().unwrap_err().post_info.actual_weight, weight(1));
        debts.iter().for_each(|debt| MockObligations::pay_outside(*debt));
        assert_eq!(refund().unwrap().actual_weight, weight(3));
        // More than it declares it does not look at.
        assert_eq!(Some(Pallet::<Test>::weight_of_refund(MAX_LOOKS)), weight(16));
        assert_ok!(deposit_again());
        (0..17).for_each(|_| MockObligations::pay_outside(owe(5)));
        let refused = refund().unwrap_err();
        assert_eq!(refused.post_info.actual_weight, weight(16));
        assert_eq!(refused.error, Error::<Test>::ObligationUnpaid.into());
    });
}

/// A deposit while the direction is prepaid, whose end is then over again.
fn deposit_again() -> sp_runtime::DispatchResult {
    MockClock::set(JANUARY.start());
    deposit(300)?;
    end();
    Ok(())
}
