use crate::{mock::*, Escrows, Event, Months, Pallet, Unpaid};
use frame_support::assert_ok;
use interclear_ports::{
    mocks::{MockAgreements, MockObligations, MockOperators},
    Obligations,
};
use interclear_primitives::{
    agreement::{Direction, PaymentCondition},
    escrow::EscrowMonth,
    ids::{AgreementId, ObligationId},
    money::Currency,
    netting::Issuers,
};

#[test]
fn nothing_should_be_left_when_there_is_no_escrow() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(left_for(JANUARY), 0);
        draw(JANUARY, 5);
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [7, 7]);
        assert_eq!(pay(5), 0);
        Pallet::<Test>::note_unpaid(AGREEMENT, PREPAID, JANUARY, ObligationId(1));
        assert_eq!(Escrows::<Test>::iter().count(), 0);
        // Of the direction that is prepaid it is kept what the statement says.
        let months: Vec<_> = Months::<Test>::iter().collect();
        let stated = EscrowMonth {
            reserved: 70_000,
            ..EscrowMonth::default()
        };
        assert_eq!(months, [((AGREEMENT, PREPAID), JANUARY, stated)]);
        assert_eq!(events(), []);
    });
}

#[test]
fn files_should_draw_an_escrow_down_and_returns_fill_it_up_when_they_are_booked() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        draw(JANUARY, 1_000);
        draw(JANUARY.next(), 500);
        assert_eq!(left(), 3_500);
        draw(JANUARY, -400);
        assert_eq!(left(), 3_900);
        // What came before the deposit had reserved nothing.
        draw(JANUARY, -9_999);
        assert_eq!(left(), 4_500);
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 5_000, 5_000));
    });
}

#[test]
fn both_parties_should_be_warned_once_when_less_than_the_floor_is_left() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        System::reset_events();
        draw(JANUARY, 3_000);
        assert_eq!(events(), []);
        draw(JANUARY, 1);
        let passed = Event::FloorPassed {
            agreement: AGREEMENT,
            direction: PREPAID,
            left: 1_999 * 10_000,
        };
        assert_eq!(events(), [passed]);
        draw(JANUARY, 1_000);
        assert_eq!(events().len(), 1);
        draw(JANUARY, 999);
        let dry = Event::RunDry {
            agreement: AGREEMENT,
            direction: PREPAID,
        };
        assert_eq!(events().last(), Some(&dry));
        assert_eq!(left(), 0);
        // What is accepted beyond is reserved, too, so that the next deposit covers it first.
        draw(JANUARY, 50);
        assert_eq!(events().len(), 2);
        assert_ok!(deposit(60));
        assert_eq!(left(), 10);
    });
}

#[test]
fn both_parties_should_be_warned_of_what_is_left_when_a_statement_is_concluded_in_steps() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        draw(JANUARY, 3_000);
        let concluded = |owed| {
            System::reset_events();
            let before = Pallet::<Test>::free(AGREEMENT);
            owe_in(terms().accepts[1].clone(), owed);
            Pallet::<Test>::reserve(AGREEMENT, JANUARY, [0, 0]);
            Pallet::<Test>::warn(AGREEMENT, JANUARY, before);
            events()
        };
        // What it says could not be paid: it is owed as it was reserved, and the floor of 2,000 is still left.
        assert_eq!(concluded(3_000), []);
        assert_eq!(left(), FLOOR);
        let passed = Event::FloorPassed {
            agreement: AGREEMENT,
            direction: PREPAID,
            left: 1_999 * 10_000,
        };
        assert_eq!(concluded(1), [passed]);
        let dry = Event::RunDry {
            agreement: AGREEMENT,
            direction: PREPAID,
        };
        assert_eq!(concluded(1_999), [dry]);
    });
}

#[test]
fn nobody_should_be_warned_when_as_much_is_left_after_a_month_is_closed() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(7_000));
        // Late files of 6,000 leave 1,000, of which both have been warned; the next month bills them.
        draw(JANUARY, 6_000);
        System::reset_events();
        Pallet::<Test>::close(AGREEMENT, JANUARY, [0, 0], [6_000 * 10_000, 0]);
        assert_eq!((left(), events()), (1_000, vec![]));
        // The statement says more than was reserved.
        Pallet::<Test>::close(AGREEMENT, JANUARY.next(), [6_500, 0], [0, 0]);
        assert_eq!((left(), events()), (500, vec![]));
        Pallet::<Test>::close(AGREEMENT, MARCH, [500, 0], [0, 0]);
        let dry = Event::RunDry {
            agreement: AGREEMENT,
            direction: PREPAID,
        };
        assert_eq!((left(), events()), (0, vec![dry]));
    });
}

#[test]
fn a_statement_should_take_the_place_of_what_files_charged_when_its_month_is_closed() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(5_000));
        draw(JANUARY, 3_000);
        // The agreed price is lower than what the files charge, and the other direction is set against it.
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [1_200, 0]);
        assert_eq!(left(), 3_800);
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [0, 0]);
        assert_eq!(pay(1_200), 1_200);
        assert_eq!((left(), escrow().held), (3_800, 3_800));
        assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 1_200, 0));
        let paid = Event::Paid {
            agreement: AGREEMENT,
            direction: PREPAID,
            to: BETA,
            amount: 1_200,
            held: 3_800,
        };
        assert_eq!(events().last(), Some(&paid));
    });
}

#[test]
fn months_before_the_first_prepaid_one_should_use_nothing_when_an_escrow_is_opened() {
    ExtBuilder.build_and_execute(|| {
        // From February on it is prepaid; what was owed for January is paid as agreed then.
        let mut before = terms();
        before.usage.prepaid = [None; 2];
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], before);
        MockAgreements::amend(AGREEMENT, JANUARY.next(), terms());
        assert_ok!(deposit(5_000));
        draw(JANUARY, 1_000);
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [1_000, 0]);
        assert_eq!((left(), pay(1_000)), (5_000, 0));
        Pallet::<Test>::note_unpaid(AGREEMENT, PREPAID, JANUARY, ObligationId(0));
        assert_eq!(escrow().unpaid, 0);
        draw(JANUARY.next(), 1_000);
        assert_eq!((left(), pay_for(JANUARY.next(), 400)), (4_000, 400));
    });
}

#[test]
fn nothing_should_be_left_for_a_month_when_its_files_would_draw_on_nothing() {
    ExtBuilder.build_and_execute(|| {
        let on_affirmation = || {
            let mut terms = terms();
            terms.usage.prepaid = [None; 2];
            terms.payment.condition = PaymentCondition::OnAffirmation;
            terms
        };
        // What is held is for February on, and for payment on affirmation.
        let mut usual = terms();
        usual.usage.prepaid = [None; 2];
        let february = JANUARY.next();
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], usual);
        MockAgreements::amend(AGREEMENT, february, on_affirmation());
        assert_ok!(deposit(5_000));
        // Later both are amended: from February on files draw on it at once, whoever deposits or not.
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms());
        assert_eq!((left_for(JANUARY), left_for(february)), (0, 5_000));
        draw(JANUARY, 1_000);
        assert_eq!((left(), Months::<Test>::iter().count()), (5_000, 0));
        draw(february, 4_950);
        assert_eq!(left_for(february), 50);
        assert!(matches!(events().last(), Some(Event::FloorPassed { .. })));
        draw(february, 50);
        assert_eq!(left_for(february), 0);
        assert_eq!(
            events().last(),
            Some(&Event::RunDry {
                agreement: AGREEMENT,
                direction: PREPAID
            })
        );
        draw(february, -5_000);
        // What comes for January is taken once something was deposited for it, too.
        assert_ok!(deposit(1));
        for month in [JANUARY, february] {
            assert_eq!(left_for(month), 5_001);
        }
        draw(JANUARY, 1_000);
        assert_eq!((left_for(JANUARY), left_for(february)), (4_001, 4_001));
    });
}

#[test]
fn each_month_should_be_drawn_on_by_its_own_terms_when_an_amendment_has_changed_them() {
    ExtBuilder.build_and_execute(|| {
        let february = JANUARY.next();
        let mut later = terms();
        later.usage.prepaid = [None; 2];
        later.payment.condition = PaymentCondition::OnAffirmation;
        later.payment.payment_days = 0;
        // January is prepaid, February is not, whenever something is deposited.
        MockAgreements::amend(AGREEMENT, february, later);
        for now in [JANUARY.start(), february.start()] {
            MockClock::set(now);
            assert_ok!(deposit(1_000));
            let before = escrow().reserved;
            draw(february, 500);
            assert_eq!((escrow().reserved, left_for(february)), (before, 0));
            draw(JANUARY, 300);
            assert_eq!(escrow().reserved, before + 3_000_000);
            // What was returned of the other month takes nothing off.
            draw(february, -500);
            assert_eq!(escrow().reserved, before + 3_000_000);
        }
        assert_eq!(left_for(JANUARY), 1_400);
        // After the end the last terms hold.
        assert_eq!(left_for(MARCH.next()), 0);
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms());
        assert_eq!(left_for(MARCH.next()), 1_400);
    });
}

#[test]
fn nothing_should_be_left_for_months_before_the_first_prepaid_one_when_later_ones_are() {
    ExtBuilder.build_and_execute(|| {
        let mut usual = terms();
        usual.usage.prepaid = [None; 2];
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], usual);
        MockAgreements::amend(AGREEMENT, JANUARY.next(), terms());
        assert_ok!(deposit(5_000));
        assert_eq!((left_for(JANUARY), left_for(JANUARY.next())), (0, 5_000));
    });
}

#[test]
fn pay_should_pay_what_is_held_when_more_is_owed() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        assert_eq!(pay(301), 300);
        assert_eq!(pay(1), 0);
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 300, 0));
    });
}

#[test]
fn pay_should_pay_nothing_when_the_creditor_cannot_be_paid_so() {
    let not_paid = Event::NotPaid {
        agreement: AGREEMENT,
        direction: PREPAID,
        amount: 100,
    };
    let checked = |prepare: &dyn Fn()| {
        ExtBuilder.build_and_execute(|| {
            assert_ok!(deposit(300));
            prepare();
            assert_eq!(pay(100), 0);
            assert_eq!(events().last(), Some(&not_paid));
            assert_eq!(balance(TOKEN, treasury(ALPHA)).1, 300);
        });
    };
    checked(&freeze_token);
    checked(&|| {
        assert_ok!(Assets::block(by(treasury(ISSUER)), TOKEN, treasury(BETA)));
    });
    checked(&|| MockOperators::clear_payout_account(BETA));
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        let pay = |currency, accepts: &Issuers| {
            Pallet::<Test>::pay(AGREEMENT, Direction::FirstHome, JANUARY, currency, accepts, 100)
        };
        assert_eq!(pay(Currency(*b"USD"), &terms().accepts[1]), 0);
        assert_eq!(pay(Currency::EUR, &vec![OTHER_ISSUER].try_into().unwrap()), 0);
    });
}

#[test]
fn what_is_held_should_pay_when_the_account_that_holds_it_is_frozen() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        freeze_account();
        assert_eq!(pay(100), 100);
        let accepts = terms().accepts[1].clone();
        let debt = owe_in(accepts, 50);
        assert_ok!(Pallet::<Test>::pay_debt(by(treasury(BETA)), AGREEMENT, debt));
        assert_eq!(escrow().held, 150);
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 300, 150));
        assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 150, 0));
        // All of it, too.
        assert_eq!(pay(200), 150);
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 300, 0));
    });
}

#[test]
fn what_is_held_for_a_debt_should_be_told_when_the_escrow_could_not_pay_it() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        let debt = owe(500);
        let held_for = Pallet::<Test>::held_for;
        assert_eq!(held_for(AGREEMENT, debt, TOKEN), (300, false));
        assert_eq!(held_for(AGREEMENT, debt, OTHER_TOKEN), (0, false));
        assert_eq!(held_for(AgreementId(8), debt, TOKEN), (0, false));
        assert_eq!(held_for(AGREEMENT, ObligationId(99), TOKEN), (0, false));
        freeze_account();
        assert_eq!(held_for(AGREEMENT, debt, TOKEN), (300, true));
    });
}

#[test]
fn a_debt_should_be_noted_without_a_look_at_those_before_it_when_an_escrow_cannot_pay() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(300));
        let debts: Vec<_> = (0..40).map(|_| owe(5)).collect();
        assert_eq!(escrow().unpaid, 40);
        // Whether a debt that is kept is paid would take long to find out.
        debts.iter().for_each(|debt| MockObligations::pay_outside(*debt));
        owe(5);
        assert_eq!(escrow().unpaid, 41);
        // What is not kept any more makes room, so that no escrow has many more of them than there are debts.
        debts.iter().for_each(|debt| MockObligations::forget(*debt));
        for _ in 0..60 {
            owe(5);
        }
        assert!(escrow().unpaid < 61 + 20, "{}", escrow().unpaid);
        let kept = Unpaid::<Test>::iter_key_prefix((AGREEMENT, PREPAID));
        assert_eq!(kept.filter(|debt| MockObligations::is_kept(*debt)).count(), 61);
    });
}
