//! A creditor that issues what it accepts, and freezes it, so that its debtor is late.

use super::*;

/// The creditor's own token, where a test needs one.
const OWN: u32 = 2;

/// The creditor issues a token, of which the debtor has what it owes and one minor unit, and deposits all that it may.
fn deposit_all_in_the_creditors_token() -> OperatorId {
    let [debtor, creditor] = PARTIES;
    pallet_operators::Operators::<Runtime>::mutate(creditor, |operator| {
        let operator = operator.as_mut().expect("it was admitted");
        let kinds = vec![OperatorKind::Mobile, OperatorKind::TokenIssuer];
        operator.kinds = kinds.try_into().expect("each once");
    });
    let (name, symbol) = (BoundedVec::new(), BoundedVec::new());
    assert_ok!(Netting::create_token(
        group::council(),
        OWN,
        creditor,
        Currency::EUR,
        2,
        name,
        symbol
    ));
    let account = group::desk(debtor);
    assert_ok!(Assets::mint(
        group::by(creditor),
        OWN.into(),
        account.into(),
        40_201
    ));
    assert_ok!(crate::Escrow::deposit(
        group::by(debtor),
        group::AGREEMENT,
        OWN,
        40_200
    ));
    creditor
}

#[test]
fn what_is_held_should_pay_on_affirmation_when_a_creditor_that_issues_the_token_freezes_its_debtor() {
    preset("development").execute_with(|| {
        january_in(on_affirmation(), PARTIES[1]);
        let creditor = deposit_all_in_the_creditors_token();
        assert_ok!(freeze(creditor, OWN, Some(group::desk(PARTIES[0]))));
        affirm();
        assert_eq!(Netting::obligation(ObligationId(0)), None);
        assert_eq!(Assets::total_balance(OWN, &group::desk(creditor)), 40_200);
        assert_ok!(try_state());
    });
}

#[test]
fn no_late_interest_should_be_borne_when_the_creditor_has_frozen_what_is_held_for_it() {
    preset("development").execute_with(|| {
        january_in(on_affirmation(), PARTIES[1]);
        let (id, creditor) = (ObligationId(0), deposit_all_in_the_creditors_token());
        assert_ok!(freeze(creditor, OWN, None));
        affirm();
        for _ in 0..60 {
            assert_ok!(Netting::tender(group::by(PARTIES[0]), id, OWN));
            set_clock(now() + DAY);
        }
        assert_ok!(thaw(creditor, OWN, None));
        crate::Escrow::on_idle(System::block_number(), Weight::MAX);
        let debt = Netting::obligation(id).expect("it is kept for a while");
        assert_eq!(debt.status, ObligationStatus::PaidGross(now()));
        assert_eq!((debt.interest.days, debt.interest.amount), (0, Value::ZERO));
        let none = pallet_netting::Error::<Runtime>::NoInterest;
        assert_eq!(
            Netting::charge_interest(group::by(creditor), id),
            Err(none.into())
        );
        assert_eq!(Assets::total_balance(OWN, &group::desk(creditor)), 40_200);
        assert_ok!(try_state());
    });
}

#[test]
fn no_late_interest_should_be_borne_when_the_creditor_has_frozen_the_only_desk_with_a_part_in_escrow() {
    preset("development").execute_with(|| {
        january_in(on_affirmation(), PARTIES[1]);
        let (id, creditor) = (ObligationId(0), deposit_all_in_the_creditors_token());
        let [debtor, _] = PARTIES;
        // Of the 402.00 that are owed 60.00 are free, and one minor unit stays.
        assert_ok!(crate::Escrow::release(
            group::by(creditor),
            group::AGREEMENT,
            6_000
        ));
        assert_ok!(freeze(creditor, OWN, None));
        affirm();
        assert_ok!(thaw(creditor, OWN, None));
        assert_ok!(freeze(creditor, OWN, Some(group::desk(debtor))));
        // There is no other desk, and this one pays by no call.
        assert!(Netting::pay(group::by(debtor), id, OWN).is_err());
        let pay = || crate::Escrow::pay_debt(group::by(debtor), group::AGREEMENT, id);
        assert!(pay().is_err());
        for _ in 0..60 {
            assert_ok!(Netting::tender(group::by(debtor), id, OWN));
            set_clock(now() + DAY);
        }
        let account = Some(group::desk(debtor));
        assert_ok!(thaw(creditor, OWN, account));
        assert_ok!(pay());
        let debt = Netting::obligation(id).expect("it is kept for a while");
        assert_eq!(debt.status, ObligationStatus::PaidGross(now()));
        assert_eq!((debt.interest.days, debt.interest.amount), (0, Value::ZERO));
        assert_eq!(Assets::total_balance(OWN, &group::desk(creditor)), 40_200);
        assert_ok!(try_state());
        assert_ok!(crate::Escrow::do_try_state());
    });
}

#[test]
fn a_debt_should_be_paid_from_two_desks_when_the_creditor_has_frozen_the_one_that_holds_a_part() {
    preset("development").execute_with(|| {
        january_in(on_affirmation(), PARTIES[1]);
        let (id, creditor) = (ObligationId(0), deposit_all_in_the_creditors_token());
        let [debtor, _] = PARTIES;
        // Of the 402.00 that are owed 60.00 are on another desk.
        assert_ok!(crate::Escrow::release(
            group::by(creditor),
            group::AGREEMENT,
            6_000
        ));
        let desk = group::another_desk(debtor, now() + DAY);
        let by_desk = || RuntimeOrigin::signed(desk.clone());
        let to = desk.clone().into();
        assert_ok!(Assets::transfer(group::by(debtor), OWN.into(), to, 6_000));
        let to = desk.clone().into();
        assert_ok!(Assets::mint(group::by(creditor), OWN.into(), to, 1));
        assert_ok!(freeze(creditor, OWN, None));
        affirm();
        assert_ok!(thaw(creditor, OWN, None));
        // Its creditor, the issuer, keeps the two apart, so that interest runs.
        assert_ok!(freeze(creditor, OWN, Some(group::desk(debtor))));
        let frozen = pallet_escrow::Error::<Runtime>::AccountFrozen;
        let deposited = crate::Escrow::deposit(by_desk(), group::AGREEMENT, OWN, 6_000);
        assert_eq!(deposited.map_err(|refused| refused.error), Err(frozen.into()));
        let pay = || crate::Escrow::pay_debt(by_desk(), group::AGREEMENT, id);
        assert_ok!(pay());
        let debt = Netting::obligation(id).expect("it is kept for a while");
        assert_eq!(debt.status, ObligationStatus::PaidGross(now()));
        assert_eq!(debt.interest.days, 0);
        assert_eq!(Assets::total_balance(OWN, &group::desk(creditor)), 40_200);
        assert_ok!(try_state());
        assert_ok!(crate::Escrow::do_try_state());
    });
}

#[test]
fn a_frozen_desk_with_a_cent_should_spare_nobody_when_another_one_holds_the_rest() {
    preset("development").execute_with(|| {
        january_in(on_affirmation(), PARTIES[1]);
        let (id, creditor) = (ObligationId(0), deposit_all_in_the_creditors_token());
        let [debtor, _] = PARTIES;
        // It lacks a cent, which a desk has that was frozen long ago.
        assert_ok!(crate::Escrow::release(group::by(creditor), group::AGREEMENT, 1));
        let desk = group::another_desk(debtor, now() + DAY);
        let to = desk.clone().into();
        assert_ok!(Assets::mint(group::by(creditor), OWN.into(), to, 2));
        assert_ok!(freeze(creditor, OWN, None));
        affirm();
        assert_ok!(thaw(creditor, OWN, None));
        assert_ok!(freeze(creditor, OWN, Some(desk.clone())));
        let tendered = Netting::tender(RuntimeOrigin::signed(desk), id, OWN);
        let short = pallet_netting::Error::<Runtime>::InsufficientFunds;
        assert_eq!(tendered, Err(short.into()));
        // The desk that holds the rest adds the cent.
        assert_ok!(crate::Escrow::pay_debt(group::by(debtor), group::AGREEMENT, id));
        assert_eq!(Assets::total_balance(OWN, &group::desk(creditor)), 40_200);
        assert_ok!(try_state());
    });
}
