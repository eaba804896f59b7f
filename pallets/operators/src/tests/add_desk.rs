use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{mocks::MockClock, Clock};
use interclear_primitives::{operator::Role, DAY};
use sp_runtime::{testing::TestSignature, DispatchError::BadOrigin, DispatchResult};

fn add(who: AccountId, account: AccountId, list: &[Role]) -> DispatchResult {
    let operator = Desks::<Test>::get(who).map_or(ALPHA, |desk| desk.operator);
    call_as(who, adding(operator, account, list))
}

#[test]
fn add_desk_should_be_refused_when_not_an_admin_desk_calls() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(
            ALPHA,
            11,
            &[
                Role::Commercial,
                Role::Clearing,
                Role::Treasury,
                Role::Engineering,
            ],
        );
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            let add = adding(ALPHA, 12, &[Role::Clearing]);
            assert_noop!(call(origin, add), BadOrigin);
        }
        assert_noop!(add(STRANGER, 12, &[Role::Clearing]), Error::<Test>::NotADesk);
        assert_noop!(add(MEMBER, 12, &[Role::Clearing]), Error::<Test>::NotADesk);
        assert_noop!(add(11, 12, &[Role::Clearing]), Error::<Test>::AdminRoleRequired);
    });
}

#[test]
fn desk_should_act_for_the_callers_operator_when_it_is_added() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(add(BETA_ADMIN, 21, &[Role::Clearing, Role::Commercial]));
        let desk = Desks::<Test>::get(21).expect("added");
        assert_eq!(
            (desk.operator, desk.roles.clone()),
            (BETA, roles(&[Role::Clearing, Role::Commercial]))
        );
        assert_eq!(
            last_event(),
            Some(Event::DeskAdded {
                operator: BETA,
                desk: 21,
                roles: desk.roles
            })
        );
        assert_eq!(System::providers(&21), 1, "it can have a nonce and hold tokens");
        assert_eq!(System::providers(&STRANGER), 0);
    });
}

#[test]
fn treasury_desk_should_become_the_payout_account_when_it_is_the_first() {
    ExtBuilder::default().build_and_execute(|| {
        let payout = || crate::Operators::<Test>::get(ALPHA).and_then(|operator| operator.payout_account);
        assert_ok!(add(ALPHA_ADMIN, 11, &[Role::Clearing]));
        assert_eq!(payout(), None);
        assert_ok!(add(ALPHA_ADMIN, 12, &[Role::Treasury]));
        assert_eq!(payout(), Some(12));
        assert_eq!(
            last_event(),
            Some(Event::PayoutAccountSet {
                operator: ALPHA,
                account: 12
            })
        );
        assert_ok!(add(ALPHA_ADMIN, 13, &[Role::Treasury]));
        assert_eq!(payout(), Some(12));
    });
}

#[test]
fn add_desk_should_be_refused_when_the_account_is_a_desk() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(add(ALPHA_ADMIN, 11, &[Role::Clearing]));
        assert_noop!(
            add(ALPHA_ADMIN, 11, &[Role::Treasury]),
            Error::<Test>::AlreadyADesk
        );
        assert_noop!(
            add(BETA_ADMIN, 11, &[Role::Clearing]),
            Error::<Test>::AlreadyADesk
        );
        assert_noop!(
            add(BETA_ADMIN, ALPHA_ADMIN, &[Role::Clearing]),
            Error::<Test>::AlreadyADesk
        );
    });
}

#[test]
fn roles_should_be_refused_when_there_are_none_or_one_is_twice() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(add(ALPHA_ADMIN, 11, &[]), Error::<Test>::NoRoles);
        assert_noop!(
            add(ALPHA_ADMIN, 11, &[Role::Clearing, Role::Clearing]),
            Error::<Test>::DuplicateRole
        );
    });
}

#[test]
fn add_desk_should_be_refused_when_only_the_place_for_governance_is_left() {
    ExtBuilder::default().build_and_execute(|| {
        for account in 100..u64::from(100 + MAX_DESKS - 2) {
            assert_ok!(add(ALPHA_ADMIN, account, &[Role::Clearing]));
        }
        assert_noop!(
            add(ALPHA_ADMIN, 200, &[Role::Clearing]),
            Error::<Test>::MaxDesksExceeded
        );
        assert_ok!(add(BETA_ADMIN, 200, &[Role::Clearing]));
    });
}

#[test]
fn add_desk_should_be_refused_when_the_account_has_signed_something_else() {
    ExtBuilder::default().build_and_execute(|| {
        let until = MockClock::now() + DAY;
        let list = [Role::Clearing];
        let add = |signed: TestSignature| {
            let add = Call::add_desk {
                account: 11,
                roles: roles(&list),
                until,
                consent: signed,
            };
            call_as(ALPHA_ADMIN, add)
        };
        for signed in [
            consent(12, ALPHA, &list, until),
            consent(11, BETA, &list, until),
            consent(11, ALPHA, &[Role::Treasury], until),
            consent(11, ALPHA, &[], until),
            consent(11, ALPHA, &list, until + 1),
            TestSignature(11, vec![]),
        ] {
            assert_noop!(add(signed), Error::<Test>::NoConsent);
        }
        // A device puts the text in brackets.
        let TestSignature(who, text) = consent(11, ALPHA, &list, until);
        let bracketed = [b"<Bytes>".to_vec(), text, b"</Bytes>".to_vec()].concat();
        assert_ok!(add(TestSignature(who, bracketed)));
    });
}

#[test]
fn add_desk_should_be_refused_when_the_consent_is_over_or_too_long() {
    ExtBuilder::default().build_and_execute(|| {
        MockClock::set(100 * DAY);
        let add = |until| {
            let list = [Role::Clearing];
            let add = Call::add_desk {
                account: 11,
                roles: roles(&list),
                until,
                consent: consent(11, ALPHA, &list, until),
            };
            call_as(ALPHA_ADMIN, add)
        };
        assert_noop!(add(100 * DAY - 1), Error::<Test>::ConsentExpired);
        assert_noop!(add(130 * DAY + 1), Error::<Test>::ConsentTooLong);
        assert_ok!(add(130 * DAY));
    });
}

#[test]
fn accounts_should_not_pile_up_when_desks_are_added_and_removed_all_day() {
    ExtBuilder::default().build_and_execute(|| {
        for account in 0..u64::from(MAX_DESKS) {
            assert_ok!(add(ALPHA_ADMIN, 100 + account, &[Role::Clearing]));
            System::inc_account_nonce(100 + account);
            assert_ok!(call_as(
                ALPHA_ADMIN,
                Call::remove_desk {
                    account: 100 + account
                }
            ));
        }
        assert_noop!(
            add(ALPHA_ADMIN, 200, &[Role::Clearing]),
            Error::<Test>::MaxDesksPerDayExceeded
        );
        assert_ok!(add(BETA_ADMIN, 200, &[Role::Clearing]));
        MockClock::advance(DAY);
        assert_ok!(add(ALPHA_ADMIN, 201, &[Role::Clearing]));
    });
}

#[test]
fn consent_should_serve_once_when_the_desk_is_removed_and_its_operator_wants_it_back() {
    ExtBuilder::default().build_and_execute(|| {
        let until = MockClock::now() + DAY;
        let list = [Role::Clearing];
        let add = |who, operator, until| {
            let add = Call::add_desk {
                account: 11,
                roles: roles(&list),
                until,
                consent: consent(11, operator, &list, until),
            };
            call_as(who, add)
        };
        assert_ok!(add(ALPHA_ADMIN, ALPHA, until));
        assert_ok!(govern(Call::remove_desk { account: 11 }));
        assert_noop!(add(ALPHA_ADMIN, ALPHA, until), Error::<Test>::ConsentUsed);
        // Nor does one that it gave another before.
        assert_noop!(add(BETA_ADMIN, BETA, until - 1), Error::<Test>::ConsentUsed);
        assert_ok!(add(BETA_ADMIN, BETA, until + 1));
        assert_ok!(call_as(BETA_ADMIN, Call::remove_desk { account: 11 }));
        assert_noop!(add(BETA_ADMIN, BETA, until + 1), Error::<Test>::ConsentUsed);
        assert_ok!(add(ALPHA_ADMIN, ALPHA, until + 2));
    });
}

#[test]
fn consent_should_still_serve_when_adding_the_desk_was_refused() {
    ExtBuilder::default().build_and_execute(|| {
        let until = MockClock::now() + DAY;
        let add = |operator, who| {
            let add = Call::add_desk {
                account: 11,
                roles: roles(&[Role::Clearing]),
                until,
                consent: consent(11, operator, &[Role::Clearing], until),
            };
            call_as(who, add)
        };
        add_desk(BETA, 11, &[Role::Clearing]);
        assert_noop!(add(ALPHA, ALPHA_ADMIN), Error::<Test>::AlreadyADesk);
        assert_ok!(call_as(BETA_ADMIN, Call::remove_desk { account: 11 }));
        assert_ok!(add(ALPHA, ALPHA_ADMIN));
    });
}
