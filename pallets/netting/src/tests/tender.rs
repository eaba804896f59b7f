//! Gross debts that their debtor would pay, and cannot.

use crate::{mock::*, Error, Event, Stock, Tendered};
use frame_support::{assert_noop, assert_ok, traits::Hooks};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::{
    agreement::{Direction, PaymentCondition},
    ids::{AgreementId, ObligationId, OperatorId},
    operator::Role,
    period::Period,
    Moment, DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

const HOUR: Moment = 3_600;

/// What ALPHA owes gross since today, in tokens of some issuers.
fn owe_to(creditor: OperatorId, issuers: &[OperatorId]) -> ObligationId {
    Netting::create(Debt {
        condition: PaymentCondition::OnDate,
        accepts: accepts(issuers),
        ..debt(ALPHA, creditor, 10_000, MockClock::now())
    })
    .unwrap()
}

fn tender(id: ObligationId) -> DispatchResult {
    Netting::tender(by(treasury(ALPHA)), id, TOKEN)
}

fn pay(id: ObligationId) -> DispatchResult {
    Netting::pay(by(treasury(ALPHA)), id, TOKEN)
}

fn days(id: ObligationId) -> u32 {
    obligation(id).interest.days
}

fn freeze_account() {
    assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
}

fn thaw_account() {
    assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
}

/// All that ALPHA has but so much goes elsewhere.
fn keep(rest: u128) {
    let (from, to) = (by(treasury(ALPHA)), treasury(BETA));
    assert_ok!(Assets::transfer(from, TOKEN, to, FUNDS - rest));
}

/// Its escrow has so much, and could not pay a debt.
fn hold_for(id: ObligationId, held: u128) {
    let (agreement, direction) = (AgreementId(7), Direction::FirstHome);
    MockEscrows::set(agreement, direction, held);
    MockEscrows::note_unpaid(agreement, direction, Period(202601), id);
}

/// A tender a day, for some days.
fn tender_for(id: ObligationId, days: u32) {
    for _ in 0..days {
        assert_ok!(tender(id));
        MockClock::advance(DAY);
    }
}

#[test]
fn tender_should_be_refused_when_the_debtor_could_pay_or_another_asks() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_to(ISSUER, &[ISSUER]);
        let with = |origin| Netting::tender(origin, id, TOKEN);
        assert_noop!(with(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(with(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(with(by(clearing(ALPHA))), DispatchError::Other("WrongRole"));
        assert_noop!(with(by(treasury(BETA))), Error::<Test>::NotTheDebtor);
        assert_noop!(tender(ObligationId(9)), Error::<Test>::ObligationNotFound);
        let netted = owe(ALPHA, ISSUER, 1);
        assert_noop!(tender(netted), Error::<Test>::NotGross);
        assert_noop!(tender(id), Error::<Test>::NotHindered);
        assert_ok!(pay(id));
        assert_noop!(tender(id), Error::<Test>::AlreadyPaid);
    });
}

#[test]
fn days_should_not_count_when_the_creditor_has_frozen_its_debtor_or_its_token_itself() {
    type Step = fn();
    let freezes: [[Step; 2]; 2] = [[freeze_account, thaw_account], [freeze_token, thaw_token]];
    for [freeze, thaw] in freezes {
        ExtBuilder::default().build_and_execute(|| {
            MockOperators::add_desk(clearing(ISSUER), ISSUER, &[Role::Clearing]);
            let id = owe_to(ISSUER, &[ISSUER]);
            freeze();
            assert!(pay(id).is_err());
            tender_for(id, 60);
            assert_eq!(
                events().last(),
                Some(&Event::PaymentHindered {
                    obligation: id,
                    token: TOKEN
                })
            );
            assert_eq!(days(id), 0);
            // A day on which the debtor does not say so counts, and so does each one on which it could pay.
            MockClock::advance(DAY);
            tender_for(id, 1);
            thaw();
            assert_noop!(tender(id), Error::<Test>::NotHindered);
            MockClock::advance(2 * DAY);
            assert_ok!(pay(id));
            assert_eq!(days(id), 3);
            assert_ok!(Netting::charge_interest(by(clearing(ISSUER)), id));
        });
    }
}

#[test]
fn tender_should_be_refused_when_the_debtor_has_not_the_tokens() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_to(ISSUER, &[ISSUER]);
        // One minor unit must stay.
        keep(10_000);
        freeze_account();
        assert_noop!(tender(id), Error::<Test>::InsufficientFunds);
        thaw_account();
        mint(treasury(ALPHA), 1);
        freeze_account();
        assert_ok!(tender(id));
    });
}

#[test]
fn what_is_held_ahead_for_a_debt_should_count_when_its_debtor_has_nothing_else() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, other) = (owe_to(ISSUER, &[ISSUER]), owe_to(ISSUER, &[ISSUER]));
        keep(1);
        freeze_token();
        hold_for(other, 10_000);
        assert_noop!(tender(id), Error::<Test>::InsufficientFunds);
        hold_for(id, 9_999);
        assert_noop!(tender(id), Error::<Test>::InsufficientFunds);
        hold_for(id, 10_000);
        tender_for(id, 60);
        assert_eq!(days(id), 0);
        // Of the rest that it would have to deposit it has all but one, and then that, too.
        hold_for(id, 4_000);
        thaw_token();
        mint(treasury(ALPHA), 5_999);
        freeze_token();
        assert_noop!(tender(id), Error::<Test>::InsufficientFunds);
        thaw_token();
        mint(treasury(ALPHA), 1);
        freeze_token();
        tender_for(id, 1);
        assert_eq!((days(id), days(other)), (0, 61));
    });
}

#[test]
fn tender_should_be_refused_when_what_is_held_pays_though_the_account_is_frozen() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_to(ISSUER, &[ISSUER]);
        freeze_account();
        hold_for(id, 10_000);
        assert_noop!(tender(id), Error::<Test>::NotHindered);
    });
}

#[test]
fn a_frozen_account_should_spare_nobody_when_it_has_a_cent_and_the_escrow_lacks_that() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_to(ISSUER, &[ISSUER]);
        keep(2);
        freeze_account();
        // Any other desk adds the cent, or deposits it.
        hold_for(id, 9_999);
        assert_noop!(tender(id), Error::<Test>::InsufficientFunds);
        // It spares as much as is on it: all of the debt by itself.
        thaw_account();
        mint(treasury(ALPHA), 9_998);
        freeze_account();
        assert_noop!(tender(id), Error::<Test>::InsufficientFunds);
        thaw_account();
        mint(treasury(ALPHA), 1);
        freeze_account();
        tender_for(id, 1);
        assert_eq!(days(id), 0);
        // Where the token is frozen nothing of it pays, and the two add up.
        thaw_account();
        let (from, to) = (by(treasury(ALPHA)), treasury(BETA));
        assert_ok!(Assets::transfer(from, TOKEN, to, 9_999));
        freeze_token();
        assert_ok!(tender(id));
        hold_for(id, 9_998);
        MockClock::advance(DAY);
        assert_noop!(tender(id), Error::<Test>::InsufficientFunds);
    });
}

#[test]
fn what_is_held_should_count_with_what_is_free_when_the_account_that_holds_it_is_frozen_too() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_to(ISSUER, &[ISSUER]);
        keep(6_000);
        freeze_account();
        hold_for(id, 4_000);
        MockEscrows::freeze(AgreementId(7), Direction::FirstHome);
        // One minor unit must stay.
        assert_noop!(tender(id), Error::<Test>::InsufficientFunds);
        thaw_account();
        mint(treasury(ALPHA), 1);
        // An account that is not frozen adds what the escrow lacks.
        assert_noop!(tender(id), Error::<Test>::NotHindered);
        freeze_account();
        tender_for(id, 60);
        assert_eq!(days(id), 0);
        // What pays it alone does so.
        hold_for(id, 10_000);
        assert_noop!(tender(id), Error::<Test>::NotHindered);
    });
}

#[test]
fn the_same_tokens_should_spare_a_debtor_of_one_debt_a_day_when_it_owes_many() {
    ExtBuilder::default().build_and_execute(|| {
        let debts: Vec<_> = (0..3).map(|_| owe_to(ISSUER, &[ISSUER])).collect();
        keep(20_001);
        freeze_account();
        for _ in 0..2 {
            assert_ok!(tender(debts[0]));
            // Said twice, it is used once.
            assert_ok!(tender(debts[0]));
            assert_ok!(tender(debts[1]));
            assert_noop!(tender(debts[2]), Error::<Test>::TokensTendered);
            MockClock::advance(DAY);
        }
        // Another desk has as many.
        let desk = 4_711;
        MockOperators::add_desk(desk, ALPHA, &[Role::Treasury]);
        mint(desk, 10_001);
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, desk));
        let tender_there = |id| Netting::tender(by(desk), id, TOKEN);
        assert_ok!(tender_there(debts[2]));
        assert_noop!(tender_there(debts[1]), Error::<Test>::TokensTendered);
        MockClock::advance(DAY);
        let late: Vec<_> = debts.into_iter().map(days).collect();
        assert_eq!(late, [1, 1, 2]);
    });
}

#[test]
fn what_was_tendered_should_be_forgotten_when_its_day_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        let [first, other] = [(); 2].map(|()| owe_to(ISSUER, &[ISSUER]));
        // More desks than one block looks at.
        let desks = 4_711..4_751;
        for desk in desks.clone() {
            MockOperators::add_desk(desk, ALPHA, &[Role::Treasury]);
            mint(desk, 10_001);
            assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, desk));
            let id = match desk {
                4_711 => first,
                _ => owe_to(ISSUER, &[ISSUER]),
            };
            assert_ok!(Netting::tender(by(desk), id, TOKEN));
        }
        let tender_there = |id| Netting::tender(by(4_711), id, TOKEN);
        let kept = || Tendered::<Test>::iter_keys().collect::<Vec<_>>();
        (0..6).for_each(|_| {
            idle();
        });
        // What was tendered today is not tendered once more.
        assert_eq!(kept().len(), desks.clone().count());
        assert_noop!(tender_there(other), Error::<Test>::TokensTendered);
        MockClock::advance(DAY);
        assert_ok!(tender_there(other));
        let no_room = frame_support::weights::Weight::zero();
        assert_eq!(Netting::on_idle(1, no_room), no_room);
        assert_eq!(kept().len(), desks.count());
        (0..6).for_each(|_| {
            idle();
        });
        assert_eq!(kept(), [(TOKEN, Stock::Account(4_711))]);
        assert_noop!(tender_there(first), Error::<Test>::TokensTendered);
    });
}

#[test]
fn what_is_held_ahead_should_spare_a_debtor_of_one_debt_a_day_when_it_could_not_pay_many() {
    ExtBuilder::default().build_and_execute(|| {
        let debts: Vec<_> = (0..3).map(|_| owe_to(ISSUER, &[ISSUER])).collect();
        debts.iter().for_each(|id| hold_for(*id, 15_000));
        keep(5_001);
        freeze_token();
        for _ in 0..2 {
            assert_ok!(tender(debts[0]));
            // What is left of it, and what is free.
            assert_ok!(tender(debts[1]));
            assert_noop!(tender(debts[2]), Error::<Test>::InsufficientFunds);
            MockClock::advance(DAY);
        }
        let late: Vec<_> = debts.into_iter().map(days).collect();
        assert_eq!(late, [0, 0, 2]);
    });
}

#[test]
fn a_token_that_the_creditor_freezes_should_spare_nobody_when_another_one_stands() {
    ExtBuilder::default().build_and_execute(|| {
        create_others();
        let id = owe_to(ISSUER, &[OTHER_ISSUER, ISSUER]);
        freeze_token();
        MockClock::advance(9 * DAY);
        assert_noop!(tender(id), Error::<Test>::NotHindered);
        MockOperators::suspend(OTHER_ISSUER);
        tender_for(id, 2);
        MockOperators::readmit(OTHER_ISSUER);
        assert_noop!(tender(id), Error::<Test>::NotHindered);
        // Its debtor has put by what it owes, in a token that the creditor has stopped.
        hold_for(id, 10_000);
        tender_for(id, 2);
        assert_eq!(days(id), 9);
        // Its account is another matter: what is on it cannot be changed into the other token.
        thaw_token();
        hold_for(id, 0);
        freeze_account();
        tender_for(id, 1);
        assert_eq!(days(id), 9);
    });
}

#[test]
fn days_should_not_count_when_the_creditor_has_named_no_account() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_to(BETA, &[ISSUER]);
        MockOperators::clear_payout_account(BETA);
        tender_for(id, 5);
        MockOperators::add_desk(treasury(BETA), BETA, &[Role::Treasury]);
        assert_ok!(pay(id));
        assert_eq!(days(id), 0);
    });
}

#[test]
fn an_account_that_a_third_party_freezes_should_spare_nobody_when_it_may_be_a_favour() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_to(BETA, &[ISSUER]);
        freeze_account();
        assert_noop!(tender(id), Error::<Test>::NotHindered);
        MockClock::advance(9 * DAY);
        assert_noop!(tender(id), Error::<Test>::NotHindered);
    });
}

#[test]
fn a_token_that_a_third_party_freezes_should_spare_a_debtor_when_it_lasts_and_nothing_else_stands() {
    ExtBuilder::default().build_and_execute(|| {
        create_others();
        let alone = owe_to(BETA, &[ISSUER]);
        let other_stands = owe_to(BETA, &[OTHER_ISSUER, ISSUER]);
        // For a moment on each day, as a favour.
        for _ in 0..5 {
            freeze_token();
            assert_noop!(tender(alone), Error::<Test>::NotHindered);
            thaw_token();
            MockClock::advance(DAY);
        }
        assert_eq!(days(alone), 5);
        // For long; to let it go on for a moment, so that nobody can pay in time, begins nothing anew.
        freeze_token();
        for _ in 0..4 {
            MockClock::advance(6 * HOUR - 1);
            thaw_token();
            MockClock::advance(1);
            freeze_token();
        }
        assert_noop!(tender(alone), Error::<Test>::NotHindered);
        MockClock::advance(60);
        assert_noop!(tender(other_stands), Error::<Test>::NotHindered);
        assert_eq!(days(alone), 6);
        tender_for(alone, 10);
        thaw_token();
        assert_ok!(pay(alone));
        assert_eq!(days(alone), 6);
    });
}

#[test]
fn a_token_should_spare_a_debtor_at_once_when_its_issuer_is_suspended() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_to(BETA, &[ISSUER]);
        MockOperators::suspend(ISSUER);
        tender_for(id, 3);
        MockOperators::readmit(ISSUER);
        assert_noop!(tender(id), Error::<Test>::NotHindered);
        assert_ok!(pay(id));
        assert_eq!(days(id), 0);
    });
}

#[test]
fn an_issuer_that_owes_should_be_late_when_it_has_frozen_its_own_token() {
    ExtBuilder::default().build_and_execute(|| {
        mint(treasury(ISSUER), FUNDS);
        let id = Netting::create(Debt {
            condition: PaymentCondition::OnDate,
            ..debt(ISSUER, BETA, 10_000, MockClock::now())
        });
        let id = id.unwrap();
        freeze_token();
        MockClock::advance(9 * DAY);
        let tender = || Netting::tender(by(treasury(ISSUER)), id, TOKEN);
        assert_noop!(tender(), Error::<Test>::NotHindered);
        MockOperators::suspend(ISSUER);
        assert_noop!(tender(), Error::<Test>::NotHindered);
        assert_eq!(days(id), 9);
    });
}

#[test]
fn nothing_should_be_spared_before_the_due_day_when_a_debtor_tenders_ahead() {
    ExtBuilder::default().build_and_execute(|| {
        let due = MockClock::now() + 5 * DAY;
        let owed = Debt {
            condition: PaymentCondition::OnDate,
            ..debt(ALPHA, ISSUER, 10_000, due)
        };
        let id = Netting::create(owed).unwrap();
        freeze_account();
        tender_for(id, 3);
        thaw_account();
        MockClock::set(due + 4 * DAY);
        assert_ok!(pay(id));
        assert_eq!(days(id), 4);
    });
}
