use crate::{mock::*, Error, Event, OwedBefore, Pallet, Unpaid, WeightInfo, MAX_LOOKS};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use interclear_ports::{
    mocks::{MockAgreements, MockObligations, MockOperators, CLAIM_PENDING, NOT_A_DESK, WRONG_ROLE},
    Obligations,
};
use interclear_primitives::{
    agreement::PaymentCondition,
    ids::{AgreementId, ObligationId, OperatorId},
    netting::ObligationStatus,
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

/// What the escrow could not pay, in a token that [`BETA`] accepts.
fn owe_later(cents: u128) -> ObligationId {
    owe_in(terms().accepts[1].clone(), cents)
}

fn pay_debt(operator: OperatorId, debt: ObligationId) -> DispatchResult {
    Pallet::<Test>::pay_debt(by(treasury(operator)), AGREEMENT, debt)
}

fn is_open(debt: ObligationId) -> bool {
    MockObligations::get(debt).unwrap().status == ObligationStatus::Open
}

#[test]
fn pay_debt_should_fail_when_the_origin_is_wrong() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(100));
        let debt = owe_later(60);
        let pay_debt = |origin, agreement| Pallet::<Test>::pay_debt(origin, agreement, debt);
        assert_noop!(pay_debt(RuntimeOrigin::none(), AGREEMENT), BadOrigin);
        assert_noop!(pay_debt(RuntimeOrigin::root(), AGREEMENT), BadOrigin);
        assert_noop!(pay_debt(by(99), AGREEMENT), NOT_A_DESK);
        assert_noop!(pay_debt(by(clearing(BETA)), AGREEMENT), WRONG_ROLE);
        assert_noop!(pay_debt(by(treasury(GAMMA)), AGREEMENT), Error::<Test>::NotAParty);
        let unknown = pay_debt(by(treasury(BETA)), AgreementId(8));
        assert_eq!(unknown, Err(Error::<Test>::AgreementNotFound.into()));
    });
}

#[test]
fn a_debt_should_be_paid_from_what_is_held_when_what_was_frozen_is_so_no_more() {
    for operator in [ALPHA, BETA] {
        ExtBuilder.build_and_execute(|| {
            assert_ok!(deposit(100_000));
            freeze_token();
            assert_eq!(pay(100_000), 0);
            let debt = owe_later(100_000);
            assert_noop!(pay_debt(operator, debt), Error::<Test>::AccountFrozen);
            thaw_token();
            assert_ok!(pay_debt(operator, debt));
            let paid = Event::Paid {
                agreement: AGREEMENT,
                direction: PREPAID,
                to: BETA,
                amount: 100_000,
                held: 0,
            };
            assert_eq!(events().last(), Some(&paid));
            assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 100_000, 0));
            assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 100_000, 0));
            let status = MockObligations::get(debt).unwrap().status;
            assert_eq!(status, ObligationStatus::PaidGross(MockClock::now()));
            assert_eq!((escrow().held, escrow().unpaid), (0, 0));
            // It ends once.
            assert_ok!(deposit(100_000));
            assert_noop!(pay_debt(operator, debt), Error::<Test>::NotUnpaid);
            assert_eq!(escrow().held, 100_000);
        });
    }
}

#[test]
fn pay_debt_should_be_refused_when_the_debt_cannot_be_paid_in_full() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(100));
        let (large, other, unaccepted) = (owe_later(101), owe_later(60), owe(10));
        assert_noop!(pay_debt(BETA, large), Error::<Test>::ExceedsHeld);
        assert_noop!(pay_debt(BETA, unaccepted), Error::<Test>::TokenNotAccepted);
        assert_noop!(pay_debt(BETA, ObligationId(99)), Error::<Test>::NotUnpaid);
        MockObligations::pay_outside(other);
        let twice = DispatchError::Other("ObligationNotOpen");
        assert_noop!(pay_debt(BETA, other), twice);
        MockOperators::clear_payout_account(BETA);
        let third = owe_later(60);
        assert_noop!(pay_debt(ALPHA, third), Error::<Test>::NoPayoutAccount);
    });
}

#[test]
fn what_an_escrow_lacks_should_be_paid_by_another_desk_when_the_one_that_holds_it_is_frozen() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(4_000));
        let debt = owe_later(10_000);
        // The issuer, which may be who is owed, keeps apart what would pay it.
        freeze_account();
        let desk = second_treasury(ALPHA);
        assert_ok!(Assets::transfer(by(desk), TOKEN, treasury(GAMMA), FUNDS - 6_000));
        let deposited = deposit_by(by(desk), AGREEMENT, TOKEN, 5_999);
        assert_eq!(deposited, Err(Error::<Test>::AccountFrozen.into()));
        assert_noop!(pay_debt(BETA, debt), Error::<Test>::ExceedsHeld);
        assert_noop!(pay_debt(ALPHA, debt), Error::<Test>::AccountFrozen);
        let pay = || Pallet::<Test>::pay_debt(by(desk), AGREEMENT, debt);
        // One minor unit must stay.
        assert_noop!(pay(), Error::<Test>::InsufficientFunds);
        assert_ok!(Assets::mint(by(treasury(ISSUER)), TOKEN, desk, 1));
        assert_ok!(pay());
        let told = events();
        let [.., added, paid] = told.as_slice() else {
            panic!("{told:?}");
        };
        let expected = Event::Deposited {
            agreement: AGREEMENT,
            direction: PREPAID,
            operator: ALPHA,
            token: TOKEN,
            amount: 6_000,
            held: 10_000,
        };
        assert_eq!(added, &expected);
        let expected = Event::Paid {
            agreement: AGREEMENT,
            direction: PREPAID,
            to: BETA,
            amount: 10_000,
            held: 0,
        };
        assert_eq!(paid, &expected);
        assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 10_000, 0));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 4_000, 0));
        assert_eq!(balance(TOKEN, desk), (1, 0));
        assert_eq!((escrow().held, escrow().unpaid, escrow().reserved), (0, 0, 0));
        assert_noop!(pay(), Error::<Test>::NotUnpaid);
    });
}

#[test]
fn a_debt_should_be_paid_in_full_by_its_debtor_when_nothing_is_held() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(10));
        assert_eq!(pay(100), 10);
        let debt = owe_later(90);
        assert_noop!(pay_debt(BETA, debt), Error::<Test>::ExceedsHeld);
        assert_ok!(pay_debt(ALPHA, debt));
        assert!(!is_open(debt));
        assert_eq!((escrow().held, escrow().unpaid), (0, 0));
        assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 100, 0));
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 100, 0));
    });
}

#[test]
fn a_deposit_should_pay_what_is_owed_already_when_it_is_for_usage_to_come() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(10));
        assert_eq!(pay(100), 10);
        let debt = owe_later(90);
        // In full, or not at all.
        assert_ok!(deposit(89));
        assert!(is_open(debt));
        assert_eq!((escrow().held, left()), (89, 0));
        // Also what usage has drawn meanwhile comes after it.
        draw(JANUARY.next(), 50);
        assert_ok!(deposit(500));
        assert!(!is_open(debt));
        assert_eq!((escrow().held, escrow().unpaid), (499, 0));
        assert_eq!(left(), 449);
        assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 100, 0));
    });
}

#[test]
fn a_deposit_should_pay_for_each_debt_that_it_looks_at_when_it_is_refused_or_not() {
    ExtBuilder.build_and_execute(|| {
        let payment = <() as WeightInfo>::pay_debt().saturating_add(MockObligations::look_weight() * 2);
        let weight = |looks: u64| Some(<() as WeightInfo>::deposit().saturating_add(payment * looks));
        let deposit = |amount| Pallet::<Test>::deposit(by(treasury(ALPHA)), AGREEMENT, TOKEN, amount);
        assert_eq!(deposit(0).unwrap_err().post_info.actual_weight, weight(0));
        assert_eq!(deposit(100).unwrap().actual_weight, weight(0));
        let debts: Vec<_> = (0..20).map(|_| owe_later(1_000)).collect();
        // A glance tells that each is more than is held.
        assert_eq!(deposit(100).unwrap().actual_weight, weight(0));
        // What is paid stands in no other's way.
        debts
            .iter()
            .skip(1)
            .for_each(|debt| MockObligations::pay_outside(*debt));
        assert_eq!(deposit(1_000).unwrap().actual_weight, weight(16));
        assert_eq!(Some(Pallet::<Test>::weight_of_deposit(MAX_LOOKS)), weight(16));
        assert_eq!(deposit(1).unwrap().actual_weight, weight(4));
        assert_eq!((escrow().held, escrow().unpaid), (201, 0));
    });
}

#[test]
fn a_debt_should_have_its_turn_when_sixteen_before_it_cannot_be_paid() {
    // They are more than is held, or in a token that their creditor does not accept.
    let unpayable: [fn() -> ObligationId; 2] = [|| owe_later(1_000), || owe(50)];
    let visits: [fn(); 2] = [
        || {
            assert_ok!(deposit(1));
        },
        // One escrow is a whole round: each block visits it once.
        idle,
    ];
    for (owe_other, visit) in unpayable
        .into_iter()
        .flat_map(|owe| visits.map(|visit| (owe, visit)))
    {
        ExtBuilder.build_and_execute(|| {
            assert_ok!(deposit(200));
            let place = |id: &ObligationId| Unpaid::<Test>::hashed_key_for((AGREEMENT, PREPAID), *id);
            let last = (0..17).map(ObligationId).max_by_key(place).unwrap();
            for id in (0..17).map(ObligationId) {
                let owed = match id == last {
                    true => owe_later(100),
                    false => owe_other(),
                };
                assert_eq!(owed, id);
            }
            visit();
            assert!(is_open(last), "sixteen are enough for one visit");
            visit();
            assert!(!is_open(last));
            assert_eq!(escrow().unpaid, 16);
        });
    }
}

#[test]
fn a_debt_should_be_paid_without_a_call_when_the_escrow_can_pay_it_again() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(100));
        freeze_token();
        let debts = [owe_later(60), owe_later(30), owe_later(11)];
        idle();
        assert!(debts.into_iter().all(is_open));
        thaw_token();
        // No further than there is room.
        let visit = Pallet::<Test>::on_idle(System::block_number(), Weight::zero());
        assert_eq!(visit, Weight::zero());
        assert!(debts.into_iter().all(is_open));
        (0..2).for_each(|_| idle());
        // Two of them are as much as is held pays.
        assert_eq!(debts.into_iter().filter(|debt| is_open(*debt)).count(), 1);
        assert_eq!(Unpaid::<Test>::iter().count(), 1);
        assert_ok!(deposit(100));
        (0..2).for_each(|_| idle());
        assert_eq!((escrow().held, escrow().unpaid), (99, 0));
        // What is left goes back when all is over.
        end();
        (0..2).for_each(|_| idle());
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS - 101, 0));
        assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 101, 0));
    });
}

#[test]
fn a_debt_should_wait_when_its_debtor_claims_for_the_first_time_to_have_paid_it_elsewhere() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(10));
        let [debt, other] = [owe_later(90), owe_later(20)];
        [debt, other].into_iter().for_each(MockObligations::claim);
        // A deposit for new usage leaves them alone, and so do idle time and the creditor.
        assert_ok!(deposit(500));
        (0..2).for_each(|_| idle());
        assert_noop!(pay_debt(BETA, debt), CLAIM_PENDING);
        assert_eq!((escrow().held, escrow().unpaid), (510, 2));
        // The debtor may have it paid from here after all.
        assert_ok!(pay_debt(ALPHA, other));
        assert_eq!((escrow().held, escrow().unpaid), (490, 1));
        MockClock::advance(7 * DAY);
        assert_noop!(pay_debt(BETA, debt), CLAIM_PENDING);
        MockClock::advance(1);
        MockObligations::claim(debt);
        // Its creditor may say now that no bank has paid it; before it does, nothing pays it.
        assert_ok!(deposit(1));
        (0..2).for_each(|_| idle());
        assert!(is_open(debt));
        assert_eq!((escrow().held, escrow().unpaid), (491, 1));
        assert_ok!(pay_debt(BETA, debt));
        assert!(!is_open(debt));
        assert_eq!((escrow().held, escrow().unpaid), (401, 0));
        assert_eq!(balance(TOKEN, treasury(BETA)), (FUNDS + 110, 0));
    });
}

#[test]
fn new_usage_should_wait_when_a_debt_is_larger_than_each_deposit() {
    ExtBuilder.build_and_execute(|| {
        let february = JANUARY.next();
        assert_ok!(deposit(10));
        assert_eq!(pay(100), 10);
        let debt = owe_later(90);
        // No deposit pays for what is still to be used, and together they pay what is owed.
        for (amount, held) in [(50, 50), (39, 89)] {
            assert_ok!(deposit(amount));
            assert!(is_open(debt));
            assert_eq!((escrow().held, left_for(february)), (held, 0));
        }
        assert_ok!(deposit(1));
        assert!(!is_open(debt));
        assert_eq!((escrow().held, escrow().reserved), (0, 0));
        assert_ok!(deposit(60));
        assert_eq!(left_for(february), 60);
    });
}

#[test]
fn what_is_owed_should_cover_no_new_usage_when_it_was_frozen_as_it_was_to_be_paid() {
    ExtBuilder.build_and_execute(|| {
        let february = JANUARY.next();
        assert_ok!(deposit(1_500));
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [1_000, 0]);
        freeze_token();
        assert_eq!(pay(1_000), 0);
        Pallet::<Test>::reserve(AGREEMENT, JANUARY, [0, 0]);
        let debt = owe_later(1_000);
        assert_eq!(left_for(february), 500);
        // What is paid elsewhere is free again as soon as that is found.
        MockObligations::pay_outside(debt);
        assert_eq!(left_for(february), 500);
        idle();
        assert_eq!(left_for(february), 1_500);
    });
}

#[test]
fn what_is_owed_should_come_before_new_usage_when_the_first_deposit_is_made_after_it() {
    // A commitment of 10.00, of which nothing was held, or a cent.
    for first in [0, 1] {
        ExtBuilder.build_and_execute(|| {
            let february = JANUARY.next();
            if first > 0 {
                assert_ok!(deposit(first));
            }
            let debt = owe_later(1_000);
            assert_ok!(deposit(500 - first));
            let found = escrow();
            assert_eq!(
                (found.held, found.unpaid, found.reserved, left_for(february)),
                (500, 1, 1_000 * 10_000, 0)
            );
            assert!(!OwedBefore::<Test>::contains_key((AGREEMENT, PREPAID)));
            // It is paid as soon as it can be, and then there is room for new usage.
            assert_ok!(deposit(560));
            assert!(!is_open(debt));
            let found = escrow();
            assert_eq!((found.held, found.unpaid, found.reserved), (60, 0, 0));
            assert_eq!(left_for(february), 60);
        });
    }
}

#[test]
fn what_a_statement_says_should_come_before_new_usage_when_the_first_deposit_is_made_before_it_is_affirmed() {
    let february = JANUARY.next();
    let key = (AGREEMENT, PREPAID);
    // A commitment of 10.00, of which nothing was held; of it 3.00 may be withheld.
    let close = || Pallet::<Test>::close(AGREEMENT, JANUARY, [1_000, 0], [0; 2]);
    let affirm = |withheld| Pallet::<Test>::reserve(AGREEMENT, JANUARY, [withheld, 0]);
    ExtBuilder.build_and_execute(|| {
        close();
        assert_eq!(OwedBefore::<Test>::get(key), (0, 1_000 * 10_000));
        assert_eq!(Pallet::<Test>::owed_before(AGREEMENT), [1_000 * 10_000, 0]);
        assert_ok!(deposit(500));
        assert_eq!((escrow().reserved, left_for(february)), (1_000 * 10_000, 0));
        assert_eq!(Pallet::<Test>::owed_before(AGREEMENT), [0, 0]);
        assert!(!OwedBefore::<Test>::contains_key(key));
        let taken_back = plain(Pallet::<Test>::refund(by(treasury(ALPHA)), AGREEMENT));
        assert_eq!(taken_back, Err(Error::<Test>::StillPrepaid.into()));
        // It is paid as far as anything is held, and the rest keeps new usage waiting.
        assert_eq!(pay(1_000), 500);
        affirm(0);
        owe_later(500);
        let found = escrow();
        assert_eq!((found.held, found.unpaid, found.reserved), (0, 1, 500 * 10_000));
        assert_eq!(left_for(february), 0);
    });
    // Affirmed without a deposit: what is owed is noted, and what is withheld is kept as long as it is.
    ExtBuilder.build_and_execute(|| {
        close();
        let debt = owe_later(700);
        affirm(300);
        assert_eq!(OwedBefore::<Test>::get(key), (1, 1_000 * 10_000));
        MockObligations::pay_outside(debt);
        assert_ok!(deposit(500));
        assert_eq!((escrow().unpaid, left_for(february)), (0, 200));
        affirm(0);
        assert_eq!(left_for(february), 500);
    });
    // Nothing stays where nobody ever deposits.
    ExtBuilder.build_and_execute(|| {
        close();
        affirm(0);
        assert!(!OwedBefore::<Test>::contains_key(key));
    });
    // What is not prepaid keeps nothing.
    ExtBuilder.build_and_execute(|| {
        Pallet::<Test>::close(AGREEMENT, JANUARY, [0, 1_000], [0; 2]);
        assert_eq!(OwedBefore::<Test>::iter().count(), 0);
    });
}

#[test]
fn what_is_left_should_wait_for_what_was_owed_before_when_the_escrow_was_opened_after_it() {
    ExtBuilder.build_and_execute(|| {
        let refund = || plain(Pallet::<Test>::refund(by(treasury(ALPHA)), AGREEMENT));
        let debt = owe_later(1_000);
        assert_noop!(pay_debt(BETA, debt), Error::<Test>::EscrowNotFound);
        assert_ok!(deposit(500));
        end();
        assert_noop!(refund(), Error::<Test>::ObligationUnpaid);
        (0..2).for_each(|_| idle());
        assert_eq!(escrow().held, 500);
        MockObligations::pay_outside(debt);
        assert_ok!(refund());
        assert_eq!(balance(TOKEN, treasury(ALPHA)), (FUNDS, 0));
    });
}

#[test]
fn debts_should_be_forgotten_when_they_are_not_kept_any_more_and_there_is_no_escrow_yet() {
    ExtBuilder.build_and_execute(|| {
        let noted = || OwedBefore::<Test>::get((AGREEMENT, PREPAID));
        let debts = [10, 20, 30].map(owe_later);
        assert_eq!(noted(), (3, 60 * 10_000));
        debts.into_iter().for_each(MockObligations::forget);
        // Up to two behind each new one.
        (0..4).for_each(|_| {
            owe_later(1);
        });
        let (unpaid, kept) = noted();
        assert!(unpaid >= 4 && kept >= 4 * 10_000);
        assert_eq!(Unpaid::<Test>::iter().count(), usize::try_from(unpaid).unwrap());
        assert_ok!(deposit(100));
        assert_eq!((escrow().held, escrow().unpaid, escrow().reserved), (96, 0, 0));
    });
}

#[test]
fn nothing_should_stay_noted_when_nobody_ever_deposits_and_no_debt_is_kept_any_more() {
    ExtBuilder.build_and_execute(|| {
        let key = (AGREEMENT, PREPAID);
        let debts: Vec<_> = (0..20).map(|_| owe_later(10)).collect();
        let (open, paid) = debts.split_first().expect("there are twenty");
        // What is paid and kept can still be asked for.
        debts.iter().copied().for_each(MockObligations::pay_outside);
        (0..20).for_each(|_| idle());
        assert_eq!(OwedBefore::<Test>::get(key), (20, 200 * 10_000));
        // Those that are kept stand in no other's way, wherever they are.
        paid.iter().copied().for_each(MockObligations::forget);
        (0..12).for_each(|_| idle());
        assert_eq!(OwedBefore::<Test>::get(key), (1, 10 * 10_000));
        assert_eq!(Unpaid::<Test>::iter_keys().collect::<Vec<_>>(), [(key, *open)]);
        MockObligations::forget(*open);
        (0..2).for_each(|_| idle());
        assert!(!OwedBefore::<Test>::contains_key(key));
        assert_eq!(Unpaid::<Test>::iter().count(), 0);
        // A later one is noted as the first one was.
        owe_later(30);
        assert_eq!(OwedBefore::<Test>::get(key), (1, 30 * 10_000));
    });
}

#[test]
fn a_debt_should_be_forgotten_without_a_call_when_it_is_not_kept_and_nothing_is_held() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(deposit(10));
        assert_eq!(pay(100), 10);
        let debt = owe_later(90);
        (0..2).for_each(|_| idle());
        assert_eq!((escrow().unpaid, escrow().reserved), (1, 90 * 10_000));
        MockObligations::forget(debt);
        // No further than there is room.
        Pallet::<Test>::on_idle(System::block_number(), Weight::zero());
        assert_eq!(escrow().unpaid, 1);
        (0..2).for_each(|_| idle());
        assert_eq!((escrow().unpaid, escrow().reserved), (0, 0));
    });
}

#[test]
fn what_is_owed_should_stay_as_it_is_when_its_month_was_not_prepaid_as_nothing_was_held() {
    let checked = |prepare: &dyn Fn()| {
        ExtBuilder.build_and_execute(|| {
            let mut before = terms();
            before.usage.prepaid = [None; 2];
            MockAgreements::activate(AGREEMENT, [ALPHA, BETA], before);
            prepare();
            let debt = owe_later(1_000);
            assert_eq!(Unpaid::<Test>::iter().count(), 0);
            assert_ok!(deposit(5_000));
            assert!(is_open(debt));
            assert_eq!((escrow().unpaid, left()), (0, 5_000));
        });
    };
    // From February on it is prepaid.
    checked(&|| MockAgreements::amend(AGREEMENT, JANUARY.next(), terms()));
    // On affirmation nobody has to pay ahead.
    checked(&|| {
        let mut terms = terms();
        terms.usage.prepaid = [None; 2];
        terms.payment.condition = PaymentCondition::OnAffirmation;
        terms.payment.payment_days = 0;
        MockAgreements::activate(AGREEMENT, [ALPHA, BETA], terms);
    });
}
