use crate::{mock::*, Error, Event, Obligations};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{mocks::MockOperators, Debt};
use interclear_primitives::{
    agreement::PaymentCondition,
    ids::{ObligationId, OperatorId},
    money::Value,
    netting::{ObligationStatus, PaymentReference},
    Moment, DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

fn gross(amount: i128, due: Moment) -> Debt {
    Debt {
        condition: PaymentCondition::OnDate,
        ..debt(ALPHA, BETA, amount, due)
    }
}

/// What ALPHA owes BETA gross, and was due some days ago.
fn owe_gross(amount: i128, days_ago: u64) -> ObligationId {
    Netting::create(gross(amount, MockClock::now() - days_ago * DAY)).unwrap()
}

fn pay(debtor: OperatorId, id: ObligationId) -> DispatchResult {
    Netting::pay(by(treasury(debtor)), id, TOKEN)
}

fn reference() -> PaymentReference {
    PaymentReference(b"E2E-2026/01".to_vec().try_into().unwrap())
}

fn interest(id: ObligationId) -> (u32, Value) {
    let interest = obligation(id).interest;
    (interest.days, interest.amount)
}

#[test]
fn pay_should_be_refused_when_another_than_the_debtor_pays() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_gross(100, 0);
        let pay = |origin| Netting::pay(origin, id, TOKEN);
        assert_noop!(pay(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(pay(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(pay(by(4711)), DispatchError::Other("NotADesk"));
        assert_noop!(pay(by(clearing(ALPHA))), DispatchError::Other("WrongRole"));
        assert_noop!(pay(by(treasury(BETA))), Error::<Test>::NotTheDebtor);
        assert_noop!(pay(by(treasury(GAMMA))), Error::<Test>::NotTheDebtor);
        assert_ok!(pay(by(treasury(ALPHA))));
    });
}

#[test]
fn pay_should_be_refused_when_the_obligation_is_netted() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe(ALPHA, BETA, 100);
        assert_noop!(pay(ALPHA, ObligationId(9)), Error::<Test>::ObligationNotFound);
        assert_noop!(pay(ALPHA, id), Error::<Test>::NotGross);
    });
}

#[test]
fn pay_should_be_refused_when_the_creditor_does_not_take_the_token() {
    ExtBuilder::default().build_and_execute(|| {
        create_others();
        let id = owe_gross(100, 0);
        let with = |token| Netting::pay(by(treasury(ALPHA)), id, token);
        assert_noop!(with(4711), Error::<Test>::TokenNotFound);
        assert_noop!(with(DOLLARS), Error::<Test>::CurrencyDiffers);
        assert_noop!(with(OTHER_EURO), Error::<Test>::TokenNotAccepted);
        // What the debtor names itself is no word of the creditor.
        let name = |who| {
            plain(Netting::name_token(
                by(clearing(who)),
                OTHER_EURO,
                vec![id].try_into().unwrap(),
            ))
        };
        assert_ok!(name(ALPHA));
        assert_noop!(with(OTHER_EURO), Error::<Test>::TokenNotAccepted);
        assert_ok!(name(BETA));
        // Nor does the word that the creditor gave for another debt count while what it accepts stands.
        assert_noop!(with(OTHER_EURO), Error::<Test>::TokenNotAccepted);
        MockOperators::suspend(ISSUER);
        // It has still come into no book: no cycle takes in what is paid gross.
        assert_eq!(obligation(id).token, None);
        MockOperators::suspend(OTHER_ISSUER);
        assert_noop!(with(OTHER_EURO), Error::<Test>::TokenSuspended);
        MockOperators::readmit(OTHER_ISSUER);
        assert_ok!(with(OTHER_EURO));
    });
}

#[test]
fn pay_should_be_refused_when_the_money_cannot_move() {
    ExtBuilder::default().build_and_execute(|| {
        // One unit stays on the account.
        let large = owe_gross(FUNDS as i128, 0);
        assert_noop!(pay(ALPHA, large), Error::<Test>::InsufficientFunds);
        let id = owe_gross(FUNDS as i128 - 1, 0);
        assert_ok!(Assets::freeze(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        assert_noop!(pay(ALPHA, id), Error::<Test>::AccountFrozen);
        assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(ALPHA)));
        assert_ok!(Assets::block(by(treasury(ISSUER)), TOKEN, treasury(BETA)));
        assert_noop!(pay(ALPHA, id), Error::<Test>::PayoutBlocked);
        assert_ok!(Assets::thaw(by(treasury(ISSUER)), TOKEN, treasury(BETA)));
        MockOperators::clear_payout_account(BETA);
        assert_noop!(pay(ALPHA, id), Error::<Test>::NoPayoutAccount);
        MockOperators::add_desk(
            treasury(BETA),
            BETA,
            &[interclear_primitives::operator::Role::Treasury],
        );
        assert_ok!(pay(ALPHA, id));
        assert_eq!([balance(ALPHA), balance(BETA)], [(1, 0), (2 * FUNDS - 1, 0)]);
    });
}

#[test]
fn a_gross_debt_should_end_once_when_its_debtor_pays_it() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_gross(100, 0);
        owe(BETA, ALPHA, 30);
        let [receivable, payable] = exposure();
        assert_eq!([receivable, payable], [100, 30]);
        assert_ok!(pay(ALPHA, id));
        assert_eq!(
            events().last(),
            Some(&Event::ObligationPaid {
                obligation: id,
                token: TOKEN,
                debtor: ALPHA,
                creditor: BETA,
                amount: Value::Clear(100),
            })
        );
        assert_eq!([balance(ALPHA).0, balance(BETA).0], [FUNDS - 100, FUNDS + 100]);
        assert_eq!(
            obligation(id).status,
            ObligationStatus::PaidGross(MockClock::now())
        );
        assert_eq!(exposure(), [0, 30]);
        Netting::do_try_state().unwrap();
        assert_noop!(pay(ALPHA, id), Error::<Test>::AlreadyPaid);
        assert_noop!(
            plain(Netting::claim_payment(by(treasury(ALPHA)), id, reference())),
            Error::<Test>::AlreadyPaid
        );
        assert_noop!(
            plain(Netting::confirm_payment(by(treasury(BETA)), id, reference())),
            Error::<Test>::AlreadyPaid
        );
        // And it goes in its time.
        MockClock::advance(RETENTION + DAY);
        idle();
        assert!(!Obligations::<Test>::contains_key(id));
    });
}

/// What BETA is owed by ALPHA, and owes it.
fn exposure() -> [i128; 2] {
    let found = Netting::exposure(BETA, Some(ALPHA));
    found.first().map_or([0; 2], |one| {
        [one.receivable, one.payable].map(|amount| amount.clear().unwrap())
    })
}

#[test]
fn a_gross_debt_should_be_in_no_cycle_when_others_of_the_pair_are_netted() {
    ExtBuilder::default().build_and_execute(|| {
        let (id, netted) = (owe_gross(100, 5), owe(BETA, ALPHA, 30));
        let cycle = computed();
        assert_eq!([net(cycle, ALPHA), net(cycle, BETA)], [30, -30]);
        assert_eq!(obligation(netted).status, ObligationStatus::InCycle(cycle));
        // While the cycle goes on it is paid all the same.
        assert_eq!(obligation(id).status, ObligationStatus::Open);
        assert_ok!(pay(ALPHA, id));
        assert_ok!(Netting::fund(by(treasury(BETA)), cycle));
        assert_ok!(Netting::settle(by(clearing(ALPHA)), cycle));
        assert_eq!([balance(ALPHA).0, balance(BETA).0], [FUNDS - 70, FUNDS + 70]);
    });
}

#[test]
fn a_gross_debt_should_bear_interest_from_its_due_day_when_it_is_paid_later() {
    ExtBuilder::default().build_and_execute(|| {
        let (late, in_time) = (owe_gross(10_000, 5), owe_gross(10_000, 0));
        assert_ok!(pay(ALPHA, in_time));
        // A thousandth a day, whether cycles come or not.
        assert_eq!(interest(late), (5, Value::Clear(50)));
        MockClock::advance(2 * DAY);
        assert_eq!(interest(late), (7, Value::Clear(70)));
        assert_ok!(pay(ALPHA, late));
        MockClock::advance(30 * DAY);
        assert_eq!(interest(late), (7, Value::Clear(70)));
        assert_eq!(interest(in_time), (0, Value::ZERO));
        let charge = |id| Netting::charge_interest(by(clearing(BETA)), id);
        assert_noop!(charge(in_time), Error::<Test>::NoInterest);
        assert_ok!(charge(late));
        assert_noop!(charge(late), Error::<Test>::NoInterest);
        let charged = obligation(ObligationId(in_time.0 + 1));
        assert_eq!(charged.amount, Value::Clear(70));
        assert!(!charged.gross, "it is netted");
    });
}

#[test]
fn a_gross_debt_should_bear_none_after_the_claim_when_its_creditor_confirms_it() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_gross(10_000, 3);
        assert_ok!(Netting::claim_payment(by(treasury(ALPHA)), id, reference()));
        MockClock::advance(6 * DAY);
        assert_ok!(Netting::confirm_payment(by(treasury(BETA)), id, reference()));
        assert_eq!(interest(id), (3, Value::Clear(30)));
        assert_noop!(pay(ALPHA, id), Error::<Test>::AlreadyPaidOutside);
    });
}

#[test]
fn what_is_agreed_gross_should_be_gross_when_its_token_is_frozen_as_it_arises() {
    ExtBuilder::default().build_and_execute(|| {
        freeze_token();
        let id = owe_gross(10_000, 5);
        thaw_token();
        assert!(obligation(id).gross);
        MockClock::advance(2 * DAY);
        assert_ok!(pay(ALPHA, id));
        assert_eq!(interest(id), (7, Value::Clear(70)));
    });
}

#[test]
fn what_is_agreed_gross_should_be_netted_when_its_creditor_cannot_be_paid() {
    ExtBuilder::default().build_and_execute(|| {
        let due = MockClock::now() - DAY;
        // Nobody bears interest for what the creditor has made impossible.
        MockOperators::clear_payout_account(BETA);
        let without_account = Netting::create(gross(100, due)).unwrap();
        MockOperators::add_desk(
            treasury(BETA),
            BETA,
            &[interclear_primitives::operator::Role::Treasury],
        );
        let accepts_nothing = Netting::create(Debt {
            accepts: accepts(&[]),
            ..gross(100, due)
        });
        let accepts_nothing = accepts_nothing.unwrap();
        for id in [without_account, accepts_nothing] {
            assert!(!obligation(id).gross);
            assert_noop!(pay(ALPHA, id), Error::<Test>::NotGross);
            assert_eq!(interest(id), (0, Value::ZERO));
        }
        assert_eq!(obligation(without_account).token, Some(TOKEN));
        assert_eq!(obligation(accepts_nothing).token, None);
    });
}

#[test]
fn late_interest_should_run_through_a_pause_of_netting_when_a_debt_is_paid_gross() {
    ExtBuilder::default().build_and_execute(|| {
        let id = owe_gross(10_000, 5);
        MockSwitches::pause(interclear_primitives::switch::Function::Netting);
        MockClock::advance(10 * DAY);
        assert_eq!(
            obligation(id).interest.days,
            15,
            "it could be paid on each of them"
        );
    });
}
