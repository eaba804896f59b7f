//! Vouchers: what the home party signs off chain, and the visited one redeems.

use crate::{mock::*, Error, Escrows, Event, Months, Pallet};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::{MockAgreements, MockOperators, MockPeriods, NOT_A_DESK, WRONG_ROLE};
use interclear_primitives::{
    agreement::Direction, ids::AgreementId, period::Period, voucher::Voucher, Digest,
};
use sp_runtime::{testing::TestSignature, traits::BadOrigin, DispatchResult};

/// A voucher of January.
fn voucher(number: u64, amount: u128) -> Voucher {
    Voucher {
        agreement: AGREEMENT,
        direction: PREPAID,
        period: JANUARY,
        amount,
        number,
    }
}

/// A signature, by the words that are agreed on rather than by what the pallet makes of them.
fn signed(by: u64, voucher: &Voucher, genesis: Digest) -> TestSignature {
    let genesis: String = genesis.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = format!(
        "Voucher {}: for usage of {} the escrow of the {} party of agreement {} pays {} in all, in the smallest unit of its \
         token, on the chain 0x{genesis}.",
        voucher.number,
        voucher.period,
        if voucher.direction == PREPAID { "first" } else { "second" },
        voucher.agreement,
        voucher.amount,
    );
    TestSignature(by, text.into_bytes())
}

fn genesis() -> Digest {
    System::block_hash(0).0
}

fn redeem_as(who: u64, voucher: Voucher) -> DispatchResult {
    let signer = treasury(ALPHA);
    let signature = signed(signer, &voucher, genesis());
    Pallet::<Test>::redeem(by(who), voucher, signer, signature)
}

fn redeem(voucher: Voucher) -> DispatchResult {
    redeem_as(treasury(BETA), voucher)
}

/// What the creditor has gained.
fn gained() -> u128 {
    balance(TOKEN, treasury(BETA)).0 - FUNDS
}

fn month() -> (u128, u128, u64) {
    let month = Months::<Test>::get((AGREEMENT, PREPAID), JANUARY);
    (month.reserved / 10_000, month.redeemed, month.voucher)
}

fn settle(payable: u128, withheld: u128) -> u128 {
    let [first, second] = Pallet::<Test>::take_redeemed(AGREEMENT, JANUARY, [payable, 0], [withheld, 0]);
    assert_eq!(second, 0);
    first
}

#[test]
fn redeem_should_fail_when_the_origin_is_wrong() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        let signer = treasury(ALPHA);
        let signature = || signed(signer, &voucher(1, 100), genesis());
        for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
            assert_noop!(
                Pallet::<Test>::redeem(origin, voucher(1, 100), signer, signature()),
                BadOrigin
            );
        }
        assert_noop!(redeem_as(99, voucher(1, 100)), NOT_A_DESK);
        assert_noop!(redeem_as(clearing(BETA), voucher(1, 100)), WRONG_ROLE);
        assert_noop!(
            redeem_as(treasury(GAMMA), voucher(1, 100)),
            Error::<Test>::NotAParty
        );
        // Nobody is paid for the usage of its own subscribers.
        assert_noop!(
            redeem_as(treasury(ALPHA), voucher(1, 100)),
            Error::<Test>::NotCreditor
        );
    });
}

#[test]
fn redeem_should_pay_the_difference_when_a_newer_voucher_comes() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        draw(JANUARY, 2_000);
        assert_ok!(redeem(voucher(3, 1_200)));
        let redeemed = Event::Redeemed {
            agreement: AGREEMENT,
            direction: PREPAID,
            to: BETA,
            period: JANUARY,
            number: 3,
            amount: 1_200,
            held: 3_800,
        };
        assert_eq!(events().last(), Some(&redeemed));
        assert_eq!((gained(), month()), (1_200, (2_000, 1_200, 3)));
        // What has been paid is not kept once more: as much is left as before.
        assert_eq!((escrow().held, left()), (3_800, 3_000));
        assert_ok!(redeem(voucher(4, 1_500)));
        assert_eq!((gained(), escrow().held, left()), (1_500, 3_500, 3_000));
        // Months do not count each other's.
        let next = Voucher {
            period: JANUARY.next(),
            ..voucher(1, 100)
        };
        assert_noop!(redeem(next.clone()), Error::<Test>::MonthNotOpen);
        MockClock::set(JANUARY.next().start());
        assert_ok!(redeem(next));
        assert_eq!((gained(), month()), (1_600, (2_000, 1_500, 4)));
        assert_eq!(left(), 2_900, "its files have not come yet");
        draw(JANUARY.next(), 250);
        assert_eq!(left(), 2_750);
    });
}

#[test]
fn redeem_should_be_refused_when_a_voucher_is_replayed_or_an_older_one_comes() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        assert_ok!(redeem(voucher(3, 1_200)));
        assert_noop!(redeem(voucher(3, 1_200)), Error::<Test>::NothingToRedeem);
        assert_noop!(redeem(voucher(2, 1_100)), Error::<Test>::VoucherOutdated);
        assert_noop!(redeem(voucher(2, 4_000)), Error::<Test>::VoucherOutdated);
        // A newer one that says less takes nothing back.
        assert_noop!(redeem(voucher(4, 1_100)), Error::<Test>::NothingToRedeem);
        assert_noop!(redeem(voucher(4, 0)), Error::<Test>::NothingToRedeem);
        assert_eq!(gained(), 1_200);
    });
}

#[test]
fn redeem_should_be_refused_when_the_voucher_is_of_another_chain_agreement_direction_month_or_amount() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        let signer = treasury(ALPHA);
        let call = |presented: Voucher, signature: TestSignature| {
            Pallet::<Test>::redeem(by(treasury(BETA)), presented, signer, signature)
        };
        let of = |voucher: Voucher| signed(signer, &voucher, genesis());
        let other_chain = signed(signer, &voucher(1, 100), [7; 32]);
        assert_noop!(call(voucher(1, 100), other_chain), Error::<Test>::BadSignature);
        let signed_instead = [
            Voucher {
                agreement: AgreementId(8),
                ..voucher(1, 100)
            },
            Voucher {
                direction: Direction::SecondHome,
                ..voucher(1, 100)
            },
            Voucher {
                period: MARCH,
                ..voucher(1, 100)
            },
            voucher(1, 99),
            voucher(2, 100),
        ];
        for other in signed_instead {
            assert_noop!(
                call(voucher(1, 100), of(other.clone())),
                Error::<Test>::BadSignature
            );
        }
        let reverse = Voucher {
            direction: Direction::SecondHome,
            ..voucher(1, 100)
        };
        assert_noop!(call(reverse.clone(), of(reverse)), Error::<Test>::NotCreditor);
        let unknown = Voucher {
            agreement: AgreementId(8),
            ..voucher(1, 100)
        };
        assert_noop!(
            call(unknown.clone(), of(unknown)),
            Error::<Test>::AgreementNotFound
        );
        // In the brackets that wallets put around it, it is the same.
        let TestSignature(_, text) = of(voucher(1, 100));
        let bracketed = [b"<Bytes>".as_slice(), &text, b"</Bytes>"].concat();
        assert_ok!(call(voucher(1, 100), TestSignature(signer, bracketed)));
    });
}

#[test]
fn redeem_should_be_refused_when_no_treasury_desk_of_the_home_party_has_signed() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        let call = |signer: u64| {
            let signature = signed(signer, &voucher(1, 100), genesis());
            Pallet::<Test>::redeem(by(treasury(BETA)), voucher(1, 100), signer, signature)
        };
        // Least of all the one that is paid.
        for signer in [treasury(BETA), treasury(GAMMA), clearing(ALPHA), 99] {
            assert_noop!(call(signer), Error::<Test>::SignerNotTreasury);
        }
        let signature = signed(treasury(BETA), &voucher(1, 100), genesis());
        assert_noop!(
            Pallet::<Test>::redeem(by(treasury(BETA)), voucher(1, 100), treasury(ALPHA), signature),
            Error::<Test>::BadSignature
        );
        assert_ok!(call(second_treasury(ALPHA)));
    });
}

#[test]
fn redeem_should_be_refused_when_its_month_is_closed_or_not_prepaid() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        let of = |period| Voucher {
            period,
            ..voucher(1, 100)
        };
        assert_noop!(redeem(of(JANUARY.previous())), Error::<Test>::NotPrepaid);
        assert_noop!(redeem(of(MARCH.next())), Error::<Test>::NotPrepaid);
        assert_noop!(redeem(of(Period(202613))), Error::<Test>::NotPrepaid);
        assert_noop!(redeem(of(MARCH)), Error::<Test>::MonthNotOpen);
        MockPeriods::close(AGREEMENT, JANUARY);
        assert_noop!(redeem(of(JANUARY)), Error::<Test>::MonthNotOpen);
    });
}

#[test]
fn redeem_should_pay_the_rest_when_more_has_been_deposited() {
    ExtBuilder.build_and_execute(|| {
        assert_noop!(redeem(voucher(1, 100)), Error::<Test>::EscrowNotFound);
        assert_ok!(deposit(300));
        assert_ok!(redeem(voucher(1, 420)));
        assert_eq!((gained(), escrow().held), (300, 0));
        assert_noop!(redeem(voucher(1, 420)), Error::<Test>::NothingHeld);
        assert_ok!(deposit(500));
        assert_ok!(redeem(voucher(1, 420)));
        assert_eq!((gained(), escrow().held, month()), (420, 380, (0, 420, 1)));
    });
}

#[test]
fn redeem_should_be_stopped_by_who_revokes_the_desk_and_not_by_a_freeze_when_its_key_is_stolen() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(500));
        freeze_account();
        // What is held is its creditor's to be paid from.
        assert_ok!(redeem(voucher(1, 200)));
        assert_eq!((gained(), escrow().held), (200, 300));
        MockOperators::remove_desk(treasury(ALPHA));
        assert_noop!(redeem(voucher(2, 500)), Error::<Test>::SignerNotTreasury);
    });
}

#[test]
fn what_vouchers_were_paid_should_be_left_for_their_month_alone_when_nothing_is_held() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        draw(JANUARY, 2_000);
        assert_ok!(redeem(voucher(1, 5_000)));
        let next = JANUARY.next();
        assert_eq!((escrow().held, left_for(JANUARY), left_for(next)), (0, 3_000, 0));
        draw(JANUARY, 3_000);
        assert_eq!((left_for(JANUARY), left_for(next)), (0, 0));
        // What was returned, and sent again after other usage, has used more than was ever paid: it uses what comes next.
        draw(JANUARY, 1_000);
        assert_ok!(deposit(1_500));
        assert_eq!((left_for(JANUARY), left_for(next)), (500, 500));
    });
}

#[test]
fn redeem_should_leave_what_other_months_have_used_when_a_voucher_says_more() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        draw(JANUARY, 4_000);
        let next = JANUARY.next();
        MockClock::set(next.start());
        let of_next = |number, amount| Voucher {
            period: next,
            ..voucher(number, amount)
        };
        assert_ok!(redeem(of_next(1, 5_000)));
        assert_eq!((gained(), escrow().held), (1_000, 4_000));
        assert_eq!((left_for(JANUARY), left_for(next)), (0, 1_000));
        assert_noop!(redeem(of_next(2, 5_000)), Error::<Test>::NothingHeld);
        // All that January has used is paid by its own vouchers.
        assert_ok!(redeem(voucher(1, 5_000)));
        assert_eq!((gained(), escrow().held), (5_000, 0));
        assert_eq!((left_for(JANUARY), left_for(next)), (0, 1_000));
    });
}

#[test]
fn redeem_should_be_refused_when_the_creditor_cannot_be_paid_so() {
    let checked = |error: Error<Test>, prepare: &dyn Fn()| {
        ExtBuilder.build_and_execute(|| {
            assert_ok!(deposit(300));
            prepare();
            assert_noop!(redeem(voucher(1, 100)), error);
        });
    };
    checked(Error::AccountFrozen, &freeze_token);
    checked(Error::NoPayoutAccount, &|| {
        MockOperators::clear_payout_account(BETA)
    });
}

#[test]
fn a_statement_should_count_what_vouchers_were_paid_when_it_is_affirmed() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        draw(JANUARY, 2_000);
        assert_ok!(redeem(voucher(1, 1_200)));
        // The statement says 1,900, all of which is payable.
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [1_900, 0]);
        assert_eq!((left(), settle(1_900, 0)), (3_100, 1_200));
        assert_eq!(pay(700), 700);
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [0, 0]);
        assert_eq!((gained(), escrow().held, left()), (1_900, 3_100, 3_100));
        assert_eq!(Months::<Test>::iter().count(), 0);
        // It has been closed: nobody is paid twice.
        MockPeriods::close(AGREEMENT, JANUARY);
        assert_noop!(redeem(voucher(2, 1_900)), Error::<Test>::MonthNotOpen);
    });
}

#[test]
fn what_vouchers_were_paid_should_wait_for_the_end_of_disputes_when_it_is_withheld() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(2_000));
        draw(JANUARY, 2_000);
        assert_ok!(redeem(voucher(1, 2_000)));
        // The home party has disputed 1,500 of 1,900: 400 are counted, and 100 were not even stated.
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [1_900, 0]);
        assert_eq!(settle(400, 1_500), 500);
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [1_500, 0]);
        assert_eq!((month(), left()), ((1_500, 1_500, 1), 0));
        // 900 were owed after all, and have been paid already; the rest is owed back.
        assert_eq!(pay(900), 900);
        assert_eq!((gained(), settle(0, 0)), (2_000, 600));
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [0, 0]);
        assert_eq!(Months::<Test>::iter().count(), 0);
    });
}

#[test]
fn refund_should_be_refused_when_no_statement_has_counted_what_vouchers_were_paid() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        assert_ok!(redeem(voucher(1, 120)));
        end();
        let refund = || plain(Pallet::<Test>::refund(by(treasury(ALPHA)), AGREEMENT));
        assert_noop!(refund(), Error::<Test>::MonthOpen);
        assert_eq!(settle(0, 0), 120);
        assert_ok!(refund());
        assert_eq!(Escrows::<Test>::get(AGREEMENT, PREPAID), None);
        // A new escrow, if there could be one, knows vouchers of open months alone.
        assert_noop!(redeem(voucher(1, 120)), Error::<Test>::MonthNotOpen);
    });
}

#[test]
fn a_voucher_should_be_paid_once_when_an_amendment_has_made_earlier_months_prepaid() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        // As if these months had become prepaid after the deposit.
        Escrows::<Test>::mutate(AGREEMENT, PREPAID, |escrow| {
            escrow.as_mut().expect("was opened").from = JANUARY.next();
        });
        assert_noop!(redeem(voucher(1, 100)), Error::<Test>::EscrowNotFound);
        assert_ok!(deposit(1_000));
        assert_ok!(redeem(voucher(1, 100)));
        assert_noop!(redeem(voucher(1, 100)), Error::<Test>::NothingToRedeem);
        assert_eq!((gained(), escrow().held), (100, 5_900));
    });
}

/// The statement of a month says so much, and the next one bills files that charge so much in its place.
fn close_with(month: Period, owed: u128, late: i128) {
    Pallet::<Test>::close(AGREEMENT, month, [owed, 0], [late * 10_000, 0]);
}

/// What vouchers were paid of the first months, as far as no statement has counted it.
fn redeemed() -> [u128; 3] {
    [JANUARY, JANUARY.next(), MARCH].map(|month| Months::<Test>::get((AGREEMENT, PREPAID), month).redeemed)
}

#[test]
fn what_vouchers_were_paid_should_cover_files_that_the_next_month_bills_when_the_month_does_not_use_it() {
    let february = JANUARY.next();
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(1_000));
        assert_ok!(redeem(voucher(1, 1_000)));
        // Of January's files one of 300 counts, and one of 600 does not: February bills it.
        draw(JANUARY, 900);
        assert_eq!((left_for(JANUARY), left_for(february)), (100, 0));
        close_with(JANUARY, 300, 600);
        assert_eq!(redeemed(), [400, 600, 0]);
        // Nothing is held, and nothing is used up that was not paid.
        assert_eq!((escrow().reserved, left_for(february)), (0, 0));
        // January's statement comes to 300, and gives back 100 alone; February's has been paid.
        assert_eq!((settle(300, 0), pay_for(february, 600)), (400, 600));
        draw(JANUARY, -300);
        draw(february, -600);
        assert_eq!(redeemed(), [0; 3]);
    });
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(1_000));
        assert_ok!(redeem(voucher(1, 1_000)));
        // What the month itself comes to stays.
        draw(JANUARY, 1_300);
        close_with(JANUARY, 700, 600);
        assert_eq!(redeemed(), [700, 300, 0]);
    });
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(1_000));
        let of_march = Voucher {
            period: MARCH,
            ..voucher(1, 1_000)
        };
        MockClock::set(MARCH.start());
        assert_ok!(redeem(of_march));
        // April is after the end, and bills the file all the same.
        draw(MARCH, 600);
        close_with(MARCH, 0, 600);
        let paid = |month| Months::<Test>::get((AGREEMENT, PREPAID), month).redeemed;
        assert_eq!((paid(MARCH), paid(MARCH.next())), (400, 600));
        assert!(Pallet::<Test>::has_redeemed(AGREEMENT, MARCH.next()));
        assert!(!Pallet::<Test>::has_redeemed(AGREEMENT, MARCH.next().next()));
    });
}

#[test]
fn what_vouchers_were_paid_should_go_with_late_files_when_the_next_month_is_not_prepaid_any_more() {
    let february = JANUARY.next();
    ExtBuilder.build_and_execute(|| {
        let mut on_credit = terms();
        on_credit.usage.prepaid = [None; 2];
        MockAgreements::amend(AGREEMENT, february, on_credit);
        assert_ok!(deposit(1_000));
        assert_ok!(redeem(voucher(1, 1_000)));
        // Of January's files those of 400 count, and one of 600 was taken too late, as so much was paid beyond these.
        draw(JANUARY, 400);
        assert_eq!(left_for(JANUARY), 600);
        draw(JANUARY, 600);
        close_with(JANUARY, 400, 600);
        assert_eq!(redeemed(), [400, 600, 0]);
        // February reserves nothing for it, and has been paid it.
        assert_eq!(escrow().reserved, 0);
        let of_february = Months::<Test>::get((AGREEMENT, PREPAID), february);
        assert_eq!((of_february.reserved, of_february.carried), (0, 600));
        assert!(Pallet::<Test>::has_redeemed(AGREEMENT, february));
        // January's statement gives nothing back; February's has been paid.
        assert_eq!((settle(400, 0), pay_for(february, 600)), (400, 600));
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [0, 0]);
        assert_eq!(Months::<Test>::iter().count(), 0);
    });
}

#[test]
fn what_vouchers_were_paid_should_stay_when_the_statement_says_more_than_the_files_that_count() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(1_000));
        assert_ok!(redeem(voucher(1, 1_000)));
        // By agreed prices the month comes to 1,000; the creditor's files charge 10, and one that came too late 990.
        draw(JANUARY, 10);
        draw(JANUARY, 990);
        close_with(JANUARY, 1_000, 990);
        assert_eq!(redeemed(), [1_000, 0, 0]);
        // It has been paid all, and February's file has been paid nothing.
        assert_eq!(settle(1_000, 0), 1_000);
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [0, 0]);
        assert_eq!((escrow().reserved, left_for(JANUARY.next())), (9_900_000, 0));
    });
}

#[test]
fn what_vouchers_were_paid_should_stay_when_the_other_direction_is_set_against_the_files_that_count() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(1_000));
        assert_ok!(redeem(voucher(1, 1_000)));
        // Files of 700 count, against which the creditor owes 650: that it pays with January's statement.
        draw(JANUARY, 1_000);
        close_with(JANUARY, 50, 300);
        assert_eq!(redeemed(), [700, 300, 0]);
        assert_eq!(settle(50, 0), 700);
    });
}

#[test]
fn what_vouchers_were_paid_should_be_carried_once_when_each_month_has_a_late_file() {
    let february = JANUARY.next();
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(1_000));
        assert_ok!(redeem(voucher(1, 1_000)));
        draw(JANUARY, 1_000);
        close_with(JANUARY, 400, 600);
        assert_eq!(redeemed(), [400, 600, 0]);
        // The file is returned, and another one comes too late for February.
        draw(february, -600);
        draw(february, 600);
        close_with(february, 0, 600);
        assert_eq!(redeemed(), [400, 600, 0]);
        // February's statement gives back what it has not come to.
        let [counted, _] = Pallet::<Test>::take_redeemed(AGREEMENT, february, [0; 2], [0; 2]);
        assert_eq!((counted, redeemed()), (600, [400, 0, 0]));
    });
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(1_300));
        assert_ok!(redeem(voucher(1, 600)));
        draw(JANUARY, 600);
        close_with(JANUARY, 0, 600);
        draw(february, -600);
        // What February's own vouchers were paid goes on as ever, and no more.
        MockClock::set(february.start());
        let of_february = Voucher {
            period: february,
            ..voucher(1, 1_300)
        };
        assert_ok!(redeem(of_february));
        let own = redeemed()[1] - 600;
        draw(february, 900);
        close_with(february, 0, 900);
        assert_eq!(redeemed(), [0, 600, own]);
    });
}

#[test]
fn redeem_should_pay_the_same_when_what_vouchers_of_the_month_before_were_paid_comes_first_or_last() {
    let february = JANUARY.next();
    let of_february = |number, amount| Voucher {
        period: february,
        ..voucher(number, amount)
    };
    for carried_first in [true, false] {
        ExtBuilder.build_and_execute(|| {
            assert_ok!(deposit(2_000));
            assert_ok!(redeem(voucher(1, 600)));
            draw(JANUARY, 600);
            MockClock::set(february.start());
            if carried_first {
                close_with(JANUARY, 0, 600);
            }
            assert_ok!(redeem(of_february(1, 500)));
            if !carried_first {
                close_with(JANUARY, 0, 600);
            }
            assert_eq!((gained(), redeemed()), (1_100, [0, 1_100, 0]));
            assert_noop!(redeem(of_february(1, 500)), Error::<Test>::NothingToRedeem);
            assert_ok!(redeem(of_february(2, 600)));
            assert_eq!((gained(), redeemed()), (1_200, [0, 1_200, 0]));
        });
    }
}
