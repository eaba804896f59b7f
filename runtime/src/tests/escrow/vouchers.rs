//! Vouchers: what they were paid counts once, in the month that bills it.

use super::*;

fn redeem(call: pallet_escrow::Call<Runtime>) -> frame_support::dispatch::DispatchResult {
    use frame_support::traits::UnfilteredDispatchable;
    let done = call.dispatch_bypass_filter(by(1));
    check();
    done.map(|_| ()).map_err(|error| error.error)
}

#[test]
fn what_vouchers_were_paid_should_not_be_paid_again_when_the_month_is_settled() {
    preset("development").execute_with(|| {
        let at = JANUARY.start() + 2 * DAY;
        begin(at, 10_000);
        // Paid before any file has come, and then no more than the files come to.
        assert_ok!(redeem(voucher(JANUARY, 1, 2_000)));
        assert_eq!(([0, 1].map(gained), left()), ([-2_000, 2_000], 8_000));
        send(1, 120, 6_000, at);
        assert_eq!(left(), 4_000);
        assert_ok!(redeem(voucher(JANUARY, 2, 5_500)));
        assert_eq!(([0, 1].map(gained), left()), ([-5_500, 5_500], 4_000));
        assert_noop!(
            redeem(voucher(JANUARY, 2, 5_500)),
            pallet_escrow::Error::<Runtime>::NothingToRedeem
        );
        let mut forged = voucher(JANUARY, 3, 6_000);
        if let pallet_escrow::Call::redeem { voucher, .. } = &mut forged {
            voucher.amount = 9_000;
        }
        assert_noop!(redeem(forged), pallet_escrow::Error::<Runtime>::BadSignature);

        assert_ok!(Anchoring::acknowledge(by(0), file(1, 1, 0, 0, at).key));
        set_clock(JANUARY.end() + 9 * DAY);
        close(JANUARY);
        // 60.00 in all: 55.00 by vouchers, 5.00 by the statement.
        assert_eq!(([0, 1].map(gained), left()), ([-6_000, 6_000], 4_000));
        assert_eq!(Netting::obligation(ObligationId(0)), None);
        assert_noop!(
            redeem(voucher(JANUARY, 4, 9_000)),
            pallet_escrow::Error::<Runtime>::MonthNotOpen
        );

        // February has no usage at all: what a voucher was paid of it comes back by netting.
        assert_ok!(redeem(voucher(JANUARY.next(), 1, 1_000)));
        set_clock(JANUARY.next().end() + 9 * DAY);
        close(JANUARY.next());
        let debt = Netting::obligation(ObligationId(0)).expect("it is owed back");
        assert_eq!((debt.debtor, debt.amount), (PARTIES[1], Value::Clear(1_000)));
        set_clock(debt.due + 2 * DAY);
        group::settle(debt.due + 2 * DAY);
        assert_eq!(([0, 1].map(gained), left()), ([-6_000, 6_000], 3_000));
        check();
    });
}

/// Whatever comes first, the files or the vouchers: 100.00 pay for 100.00 of usage, and for no more.
#[test]
fn usage_that_vouchers_have_paid_should_be_taken_and_paid_once_when_nothing_is_held_any_more() {
    for vouchers_first in [true, false] {
        preset("development").execute_with(|| {
            let at = JANUARY.start() + 2 * DAY;
            begin(at, 10_000);
            let redeem_all = || {
                assert_ok!(redeem(voucher(JANUARY, 1, 3_000)));
                assert_ok!(redeem(voucher(JANUARY, 2, 30_000)));
                assert_eq!([0, 1].map(gained), [-10_000, 10_000]);
                assert_noop!(
                    redeem(voucher(JANUARY, 3, 30_000)),
                    pallet_escrow::Error::<Runtime>::NothingHeld
                );
            };
            if vouchers_first {
                redeem_all();
                assert_eq!((left(), left_for(JANUARY)), (0, 10_000));
                refused(1, 10_001, at);
                send(1, 24, 1_200, at);
            } else {
                send(1, 24, 1_200, at);
                redeem_all();
            }
            assert_eq!(
                (left(), left_for(JANUARY), left_for(JANUARY.next())),
                (0, 8_800, 0)
            );
            refused(2, 8_801, at);
            send(2, 176, 8_800, at);
            // All is used: neither does anything more fit, nor usage of another month.
            assert_eq!(left_for(JANUARY), 0);
            refused(3, 1, at);
            refused(3, 0, at);
            let at = JANUARY.next().start() + 12 * DAY;
            set_clock(at);
            refused(3, 1, at);
            for sequence in [1, 2] {
                assert_ok!(Anchoring::acknowledge(by(0), file(1, sequence, 0, 0, at).key));
            }
            close(JANUARY);
            let statement = Statements::statement(AGREEMENT, JANUARY).expect("it is kept");
            assert_eq!(statement.net, Value::Clear(10_000));
            assert_eq!(statement.escrowed, [Value::Clear(10_000), Value::ZERO]);
            assert_eq!([0, 1].map(gained), [-10_000, 10_000]);
            assert_eq!(Netting::obligation(ObligationId(0)), None, "nothing comes back");
            check();
        });
    }
}

/// What vouchers were paid of a month that no statement has counted.
fn redeemed_of(month: Period) -> u128 {
    let [first, _] = Escrow::escrow_month(AGREEMENT, month);
    first.redeemed
}

/// Usage of 100.00, of which the creditor's files that count charge 1.00: it sends the rest as a file that comes after the closing days.
#[test]
fn nothing_should_be_paid_twice_when_a_late_file_charges_what_vouchers_have_paid() {
    preset("development").execute_with(|| {
        let at = JANUARY.start() + 2 * DAY;
        begin(at, 10_000);
        send(1, 200, 100, at);
        assert_ok!(redeem(voucher(JANUARY, 1, 10_000)));
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 1, 0, 0, at).key));
        set_clock(JANUARY.end() + 9 * DAY);
        send(2, 1, 9_900, at);
        close(JANUARY);
        let statement = Statements::statement(AGREEMENT, JANUARY).expect("it is kept");
        assert_eq!(statement.escrowed, [Value::Clear(10_000), Value::ZERO]);
        assert_eq!(Netting::obligation(ObligationId(0)), None, "it has been paid");
        assert_eq!([JANUARY, JANUARY.next()].map(redeemed_of), [0, 0]);
        assert_eq!([0, 1].map(gained), [-10_000, 10_000]);
    });
}

/// A voucher has paid 100.00 of January, in which there is no usage. In each month the creditor sends a file that has never been, after the
/// closing days.
#[test]
fn what_is_owed_back_should_be_put_off_by_one_month_when_each_month_has_a_late_file() {
    preset("development").execute_with(|| {
        let (at, february) = (JANUARY.start() + 2 * DAY, JANUARY.next());
        begin(at, 10_000);
        assert_ok!(redeem(voucher(JANUARY, 1, 10_000)));
        set_clock(JANUARY.end() + 9 * DAY);
        send(1, 200, 10_000, at);
        close(JANUARY);
        assert_eq!(redeemed_of(february), 10_000);
        let never = file(1, 1, 0, 0, at).key;
        return_file(never);
        assert_ok!(Anchoring::waive_file(by(1), never));
        set_clock(february.end() + 9 * DAY);
        send(2, 200, 10_000, february.start() + 2 * DAY);
        close(february);
        assert_eq!(redeemed_of(MARCH), 0);
        let debt = Netting::obligation(ObligationId(0)).expect("it is owed back");
        assert_eq!((debt.debtor, debt.amount), (PARTIES[1], Value::Clear(10_000)));
    });
}

/// Whether both parties are warned while something is done.
fn warned_by(done: impl FnOnce()) -> bool {
    System::reset_events();
    done();
    System::events().iter().any(|record| {
        matches!(
            &record.event,
            RuntimeEvent::Escrow(
                pallet_escrow::Event::FloorPassed { .. } | pallet_escrow::Event::RunDry { .. }
            )
        )
    })
}

#[test]
fn nobody_should_be_warned_when_vouchers_have_paid_what_a_statement_says_or_late_files_charge() {
    preset("development").execute_with(|| {
        let at = JANUARY.start() + 2 * DAY;
        begin(at, 13_000);
        send(1, 120, 6_000, at);
        assert_ok!(redeem(voucher(JANUARY, 1, 6_000)));
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 1, 0, 0, at).key));
        set_clock(JANUARY.end() + 9 * DAY);
        // 70.00 are left before and after; 60.00 less would be below the floor of 20.00.
        assert!(!warned_by(|| close(JANUARY)));
        assert_eq!(left(), 7_000);

        let february = JANUARY.next();
        deposit(6_000);
        assert_ok!(redeem(voucher(february, 1, 6_000)));
        set_clock(february.end() + 9 * DAY);
        send(2, 120, 6_000, february.start() + 2 * DAY);
        assert!(!warned_by(|| close(february)));
        assert_eq!((left(), redeemed_of(MARCH)), (7_000, 6_000));
        // By 55.00 more that come to March it is.
        assert!(warned_by(|| send(3, 110, 5_500, MARCH.start() + 2 * DAY)));
        assert_eq!(left(), 1_500);
    });
}

/// In the last month vouchers have paid 100.00, all that is held; files of 40.00 count, and one of 60.00 comes after the closing days. The
/// debtor closes the month at once.
fn ended_with_a_late_file(test: impl FnOnce(BatchKey)) {
    preset("development").execute_with(|| {
        let at = MARCH.start() + 2 * DAY;
        begin(at, 10_000);
        assert_ok!(redeem(voucher(MARCH, 1, 10_000)));
        send(1, 80, 4_000, at);
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 1, 0, 0, at).key));
        set_clock(MARCH.end() + 9 * DAY);
        [JANUARY, JANUARY.next()].into_iter().for_each(close);
        let late = file(1, 2, 120, 6_000, at);
        assert_ok!(Anchoring::anchor(by(1), late.clone()));
        close(MARCH);
        assert_eq!(Netting::obligation(ObligationId(0)), None, "nothing comes back");
        assert_eq!([MARCH, MARCH.next()].map(redeemed_of), [0, 6_000]);
        test(late.key);
        assert_eq!(redeemed_of(MARCH.next()), 0);
        check();
    });
}

#[test]
fn what_vouchers_were_paid_should_cover_a_late_file_when_the_agreement_has_ended() {
    ended_with_a_late_file(|late| {
        assert_ok!(Anchoring::acknowledge(by(0), late));
        set_clock(MARCH.next().end() + 9 * DAY);
        close(MARCH.next());
        assert_eq!([0, 1].map(gained), [-10_000, 10_000]);
        assert_eq!(Netting::obligation(ObligationId(0)), None, "nothing is owed");
    });
}

#[test]
fn what_vouchers_were_paid_should_come_back_when_a_late_file_is_returned_after_the_end() {
    ended_with_a_late_file(|late| {
        return_file(late);
        assert_ok!(Anchoring::waive_file(by(1), late));
        set_clock(MARCH.next().end() + 30 * DAY);
        // Nothing else is billed by the month, which is closed for that alone.
        assert!(!Anchoring::period_usage(AGREEMENT, MARCH.next()).in_use());
        close(MARCH.next());
        let debt = Netting::obligation(ObligationId(0)).expect("it is owed back");
        assert_eq!((debt.debtor, debt.amount), (PARTIES[1], Value::Clear(6_000)));
    });
}

#[test]
fn what_one_month_has_used_should_stay_when_vouchers_of_another_one_are_redeemed() {
    preset("development").execute_with(|| {
        let at = JANUARY.start() + 2 * DAY;
        begin(at, 10_000);
        send(1, 160, 8_000, at);
        assert_ok!(Anchoring::acknowledge(by(0), file(1, 1, 0, 0, at).key));
        // The debtor signs all of it for February, so that January would be owed on credit.
        let at = JANUARY.next().start() + 2 * DAY;
        set_clock(at);
        assert_ok!(redeem(voucher(JANUARY.next(), 1, 10_000)));
        assert_eq!(gained(1), 2_000);
        refused(2, 2_001, at);
        send(2, 40, 2_000, at);
        set_clock(JANUARY.end() + 9 * DAY);
        close(JANUARY);
        assert_eq!([0, 1].map(gained), [-10_000, 10_000]);
        assert_eq!(Netting::obligation(ObligationId(0)), None);
        check();
    });
}
