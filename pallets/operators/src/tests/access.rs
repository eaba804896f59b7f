use crate::{
    access::{AHEAD_OF_OTHERS, IN_QUOTA, PLACES, SHARES},
    mock::*,
    *,
};
use codec::Encode;
use frame_support::{
    assert_ok,
    dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
    weights::Weight,
};
use interclear_ports::mocks::MockMembers;
use interclear_primitives::{ids::OperatorId, operator::Role};
use sp_runtime::{
    traits::{DispatchTransaction, TransactionExtension},
    transaction_validity::{
        InvalidTransaction, TransactionPriority, TransactionSource, TransactionValidityError,
    },
    DispatchError,
};

type Checked<R> = Result<R, TransactionValidityError>;

const REFUSED: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::BadSigner);
const EXHAUSTED: TransactionValidityError =
    TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);

const LATER: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::Future);

/// The extension of the next transaction of an account.
fn next(who: AccountId) -> CheckAccess<Test> {
    CheckAccess::from(System::account_nonce(who))
}

/// What the pool says, as the priority, of a transaction behind others of its account.
fn validate_behind(
    before: u32,
    who: AccountId,
    call: &RuntimeCall,
    time: u64,
    len: usize,
) -> Checked<TransactionPriority> {
    CheckAccess::<Test>::from(System::account_nonce(who) + before)
        .validate_only(
            RuntimeOrigin::signed(who),
            call,
            &info(time),
            len,
            TransactionSource::External,
            0,
        )
        .map(|(validity, _, _)| validity.priority)
}

fn remark() -> RuntimeCall {
    frame_system::Call::remark { remark: vec![] }.into()
}

fn info(time: u64) -> DispatchInfo {
    DispatchInfo {
        call_weight: Weight::from_parts(time, 0),
        ..Default::default()
    }
}

/// What the pool says, as the priority.
fn validate(who: AccountId, time: u64, len: usize) -> Checked<TransactionPriority> {
    next(who)
        .validate_only(
            RuntimeOrigin::signed(who),
            &remark(),
            &info(time),
            len,
            TransactionSource::External,
            0,
        )
        .map(|(validity, _, _)| validity.priority)
}

/// Includes a transaction whose call declares a time, uses another, and may fail.
fn include(who: AccountId, declared: u64, actual: u64, result: Result<(), DispatchError>) -> Checked<()> {
    let post_info = PostDispatchInfo {
        actual_weight: Some(Weight::from_parts(actual, 0)),
        pays_fee: Default::default(),
    };
    next(who)
        .test_run(
            RuntimeOrigin::signed(who),
            &remark(),
            &info(declared),
            0,
            0,
            |_| match result {
                Ok(()) => Ok(post_info),
                Err(error) => Err(sp_runtime::DispatchErrorWithPostInfo { post_info, error }),
            },
        )
        .map(|_| ())
}

#[test]
fn transaction_should_take_nothing_of_the_quota_when_its_call_says_that_it_costs_nothing() {
    ExtBuilder::default().build_and_execute(|| {
        let include = |pays_fee| {
            let post_info = PostDispatchInfo {
                actual_weight: None,
                pays_fee,
            };
            let extension = next(ALPHA_ADMIN);
            let origin = RuntimeOrigin::signed(ALPHA_ADMIN);
            assert_ok!(extension.test_run(origin, &remark(), &info(100), 0, 0, |_| Ok(post_info)));
            used(ALPHA_ADMIN)
        };
        assert_eq!(include(frame_support::dispatch::Pays::No), 0);
        let paid = include(frame_support::dispatch::Pays::Yes);
        assert!(paid >= 100);
        assert_eq!(include(frame_support::dispatch::Pays::No), paid);
    });
}

/// Includes a transaction that uses what it declares.
fn spend(who: AccountId, time: u64) -> Checked<()> {
    include(who, time, time, Ok(()))
}

fn used(who: AccountId) -> u64 {
    Pallet::<Test>::quota(&who).expect("may submit").used
}

#[test]
fn extension_should_be_the_nonce_that_clients_know_when_it_is_signed() {
    // A compact 5, as the SCALE codec writes it.
    assert_eq!(CheckAccess::<Test>::from(5).encode(), [20]);
    let metadata = <CheckAccess<Test> as TransactionExtension<RuntimeCall>>::metadata();
    assert_eq!(
        metadata.iter().map(|part| part.identifier).collect::<Vec<_>>(),
        ["CheckNonce"]
    );
    assert!(metadata
        .iter()
        .all(|part| part.implicit == scale_info::meta_type::<()>()));
}

#[test]
fn transaction_should_wait_for_those_before_it_when_its_payer_has_as_many_waiting_as_it_may() {
    ExtBuilder::default().build_and_execute(|| {
        let behind = |before, len| validate_behind(before, ALPHA_ADMIN, &remark(), 1, len);
        assert_ok!(behind(MAX_WAITING - 1, 0));
        assert_eq!(behind(MAX_WAITING, 0), Err(LATER));
        // Bytes count as if all were as long: twelve of 200.
        assert_ok!(behind(11, 200));
        assert_eq!(behind(11, 201), Err(LATER));
        assert_ok!(behind(2, 800));
        // All desks divide one share.
        add_desk(ALPHA, 11, &[Role::Clearing]);
        add_desk(ALPHA, 12, &[Role::Clearing]);
        assert_ok!(behind(3, 200));
        assert_eq!(behind(4, 0), Err(LATER));
        assert_ok!(validate_behind(11, BETA_ADMIN, &remark(), 1, 0));
        assert_ok!(validate_behind(11, MEMBER, &remark(), 1, 0));
        assert_eq!(validate_behind(12, MEMBER, &remark(), 1, 0), Err(LATER));
    });
}

#[test]
fn transaction_of_a_flooder_should_go_last_when_others_have_few_waiting() {
    ExtBuilder::default().build_and_execute(|| {
        let flooder = |before| validate_behind(before, ALPHA_ADMIN, &remark(), 90, 0).expect("waits");
        let other = validate(BETA_ADMIN, 90, 0).expect("fits");
        assert_eq!(flooder(0), other);
        for before in 1..12 {
            assert!(flooder(before) < flooder(before - 1));
            assert!(flooder(before) < other);
        }
        // Ten of 100 fill the quota; what is beyond waits behind everything.
        assert!(flooder(9) > IN_QUOTA);
        assert!(flooder(10) < IN_QUOTA);
    });
}

#[test]
fn series_should_lose_its_end_first_when_the_pool_is_full() {
    ExtBuilder::default().build_and_execute(|| {
        // What costs next to nothing would be equal otherwise, and of equals a pool drops the oldest with all that follow it.
        let cheap = |before| validate_behind(before, ALPHA_ADMIN, &remark(), 0, 0).expect("waits");
        assert!((1..MAX_WAITING).all(|before| cheap(before) < cheap(before - 1)));
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        assert!((1..MAX_WAITING).all(|before| cheap(before) < cheap(before - 1)));
        assert!(cheap(0) < IN_QUOTA, "it waits behind all others");
    });
}

#[test]
fn priority_should_follow_the_quota_when_a_waiting_transaction_is_looked_at_again() {
    ExtBuilder::default().build_and_execute(|| {
        System::set_block_number(WINDOW);
        let priority = || validate(ALPHA_ADMIN, 90, 0).expect("waits");
        let fresh = priority();
        assert_ok!(spend(BETA_ADMIN, 90));
        assert_eq!(priority(), fresh, "what others use does not matter");
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(spend(11, 490));
        let half = priority();
        assert!(IN_QUOTA < half && half < fresh);
        assert_ok!(spend(11, 490));
        assert!(priority() < IN_QUOTA);
        System::set_block_number(2 * WINDOW);
        assert_eq!(priority(), fresh);
    });
}

fn urgent() -> RuntimeCall {
    Call::remove_desk { account: 11 }.into()
}

/// Includes a transaction with a call of that time.
fn make(who: AccountId, call: &RuntimeCall, time: u64) -> Checked<()> {
    next(who)
        .validate_and_prepare(RuntimeOrigin::signed(who), call, &info(time), 0, 0)
        .map(|_| ())
}

#[test]
fn urgent_call_should_go_first_and_use_the_reserve_when_the_quota_is_gone() {
    ExtBuilder::default().build_and_execute(|| {
        assert!(validate_behind(0, ALPHA_ADMIN, &urgent(), 1, 0).expect("fits") > AHEAD_OF_OTHERS);
        assert!(validate(BETA_ADMIN, 0, 0).expect("fits") < AHEAD_OF_OTHERS);
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        assert_eq!(spend(ALPHA_ADMIN, 1), Err(EXHAUSTED));
        // An eighth of the quota.
        for time in [100 - BASE, 25 - BASE] {
            assert_ok!(make(ALPHA_ADMIN, &urgent(), time));
        }
        assert_eq!(make(ALPHA_ADMIN, &urgent(), 0), Err(EXHAUSTED));
        assert_eq!(used(ALPHA_ADMIN), QUOTA);
    });
}

#[test]
fn urgent_call_should_be_like_any_other_when_the_reserve_is_gone() {
    ExtBuilder::default().build_and_execute(|| {
        let priority = || validate_behind(0, ALPHA_ADMIN, &urgent(), 1, 0).expect("waits");
        assert_ok!(make(ALPHA_ADMIN, &urgent(), 125 - BASE));
        assert_eq!(used(ALPHA_ADMIN), 0, "the reserve goes first");
        assert_eq!(priority(), validate(BETA_ADMIN, 1, 0).expect("fits"));
        // What does not fit into the reserve is not urgent either.
        assert!(validate_behind(0, BETA_ADMIN, &urgent(), 126 - BASE, 0).expect("fits") < AHEAD_OF_OTHERS);
        assert!(validate_behind(12, BETA_ADMIN, &urgent(), 0, 0).is_err());
        assert!(validate_behind(11, BETA_ADMIN, &urgent(), 10, 0).expect("waits") < AHEAD_OF_OTHERS);
        assert_ok!(make(ALPHA_ADMIN, &urgent(), 300 - BASE));
        assert_eq!(used(ALPHA_ADMIN), 300);
        assert_ok!(make(ALPHA_ADMIN, &urgent(), 700 - BASE));
        assert_eq!(make(ALPHA_ADMIN, &urgent(), 0), Err(EXHAUSTED));
        assert!(priority() < IN_QUOTA);
        System::set_block_number(WINDOW);
        assert!(priority() > AHEAD_OF_OTHERS);
    });
}

#[test]
fn desks_should_not_have_more_ahead_of_others_than_the_reserve_when_each_has_an_urgent_call_waiting() {
    ExtBuilder::default().build_and_execute(|| {
        // Of five desks none knows of what the others have waiting.
        for desk in 11..15 {
            add_desk(ALPHA, desk, &[Role::Clearing]);
        }
        let priority = |desk, time: u64| validate_behind(0, desk, &urgent(), time, 0).expect("waits");
        // A fifth of the reserve of 125.
        for desk in [ALPHA_ADMIN, 11, 12, 13, 14] {
            assert!(priority(desk, 25 - BASE) > AHEAD_OF_OTHERS);
            let like_others = priority(desk, 26 - BASE);
            assert!(like_others > IN_QUOTA && like_others < AHEAD_OF_OTHERS);
        }
        // A block takes what is dearer all the same, and pays it from the reserve, also when the quota is gone.
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        assert_ok!(make(11, &urgent(), 125 - BASE));
        assert_eq!(make(12, &urgent(), 0), Err(EXHAUSTED));
    });
}

/// Fills a block from what waits as the SDK's proposer does: by priority, of each account in order; what a block refuses as
/// exhausted is skipped with all that follows it of the account. Answers with how many were taken and refused.
fn fill_block(mut waiting: Vec<(TransactionPriority, AccountId, u64)>) -> (usize, usize) {
    waiting.sort_by_key(|(priority, ..)| core::cmp::Reverse(*priority));
    let mut skipped = alloc::collections::BTreeSet::new();
    let (mut taken, mut refused) = (0, 0);
    for (_, who, time) in waiting {
        if skipped.contains(&who) {
            continue;
        }
        match spend(who, time) {
            Ok(()) => taken += 1,
            Err(error) => {
                assert_eq!(error, EXHAUSTED, "anything else is dropped from the pool");
                skipped.insert(who);
                refused += 1;
            }
        }
    }
    (taken, refused)
}

#[test]
fn a_block_should_refuse_one_transaction_of_each_desk_at_most_when_all_priorities_are_of_yesterday() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        add_desk(ALPHA, 12, &[Role::Clearing]);
        let mut waiting = Vec::new();
        // All that the three desks may have waiting goes to the top of the line while the quota is fresh.
        for desk in [ALPHA_ADMIN, 11, 12] {
            for before in 0..MAX_WAITING / 3 {
                let priority = validate_behind(before, desk, &remark(), 90, 0).expect("waits");
                waiting.push((priority, desk, 90));
            }
        }
        for who in [BETA_ADMIN, MEMBER] {
            waiting.push((validate(who, 900, 0).expect("fits"), who, 900));
        }
        assert!(waiting.iter().rev().take(2).all(|other| other.0 < waiting[0].0));
        // Then the quota is used up, before the node looks again.
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        assert_eq!(fill_block(waiting), (2, 3));
    });
}

#[test]
fn refund_should_leave_nothing_behind_when_the_call_has_given_the_seat_to_another() {
    ExtBuilder::default().build_and_execute(|| {
        const HEIR: AccountId = 51;
        let outcome =
            next(MEMBER).test_run(RuntimeOrigin::signed(MEMBER), &remark(), &info(400), 0, 0, |_| {
                MockMembers::add(HEIR);
                MockMembers::remove(&MEMBER);
                Pallet::<Test>::hand_over_quota(&MEMBER, &HEIR);
                Ok(Some(Weight::from_parts(10, 0)).into())
            });
        assert_ok!(outcome);
        assert!(!QuotaUsage::<Test>::contains_key(Payer::Account(MEMBER)));
        assert_eq!(used(HEIR), 400 + BASE);
    });
}

#[test]
fn reserve_should_be_given_back_when_an_urgent_call_did_not_use_it() {
    ExtBuilder::default().build_and_execute(|| {
        let outcome = next(ALPHA_ADMIN).test_run(
            RuntimeOrigin::signed(ALPHA_ADMIN),
            &urgent(),
            &info(100),
            0,
            0,
            |_| Ok(Some(Weight::from_parts(15, 0)).into()),
        );
        assert_ok!(outcome);
        let usage = QuotaUsage::<Test>::get(Payer::Operator(ALPHA));
        assert_eq!((usage.used, usage.urgent), (0, 15 + BASE));
    });
}

#[test]
fn members_should_go_first_with_what_only_they_may_call_and_not_with_the_rest() {
    ExtBuilder::default().build_and_execute(|| {
        let theirs = RuntimeCall::System(frame_system::Call::set_heap_pages { pages: 1 });
        assert_eq!(
            validate(MEMBER, 1, 0),
            validate(BETA_ADMIN, 1, 0),
            "an ordinary call is one"
        );
        assert!(validate_behind(0, MEMBER, &theirs, 1, 0).expect("fits") > AHEAD_OF_OTHERS);
        assert_eq!(
            validate_behind(0, ALPHA_ADMIN, &theirs, 1, 0),
            Err(InvalidTransaction::Call.into())
        );
        // A validator has no seat by that.
        MockMembers::add_validator(77);
        System::inc_providers(&77);
        assert_eq!(
            validate_behind(0, 77, &theirs, 1, 0),
            Err(InvalidTransaction::Call.into())
        );
        assert_ok!(make(MEMBER, &theirs, 125 - BASE));
        assert!(validate_behind(0, MEMBER, &theirs, 1, 0).expect("fits") < AHEAD_OF_OTHERS);
    });
}

#[test]
fn what_is_for_members_should_be_refused_when_it_is_among_other_calls_or_nobody_has_signed() {
    ExtBuilder::default().build_and_execute(|| {
        let theirs = RuntimeCall::System(frame_system::Call::set_heap_pages { pages: 1 });
        let among = RuntimeCall::System(frame_system::Call::kill_storage { keys: vec![] });
        let refused: TransactionValidityError = InvalidTransaction::Call.into();
        assert_eq!(validate_behind(0, ALPHA_ADMIN, &among, 1, 0), Err(refused));
        assert_eq!(
            validate_behind(0, MEMBER, &among, 1, 0),
            validate(MEMBER, 1, 0),
            "a member's is as any other"
        );
        for (call, bare) in [(theirs, Err(refused)), (among, Err(refused)), (remark(), Ok(()))] {
            assert_eq!(
                CheckAccess::<Test>::bare_validate(&call, &info(1), 0).map(|_| ()),
                bare
            );
            assert_eq!(
                CheckAccess::<Test>::bare_validate_and_prepare(&call, &info(1), 0),
                bare
            );
        }
    });
}

/// A call that fails whoever signs it.
fn never() -> RuntimeCall {
    RuntimeCall::Operators(Call::admit {
        name: name("Gamma"),
        kinds: Default::default(),
        tadigs: Default::default(),
        plmns: Default::default(),
        admin: 30,
    })
}

#[test]
fn transaction_should_be_refused_before_its_calls_are_looked_at_when_it_is_dear() {
    ExtBuilder::default().build_and_execute(|| {
        let never = never();
        let ask = |before, time, len| validate_behind(before, ALPHA_ADMIN, &never, time, len);
        assert_eq!(ask(0, QUOTA, 0), Err(EXHAUSTED));
        assert_eq!(ask(MAX_WAITING, 1, 0), Err(LATER));
        assert_eq!(ask(0, 1, 0), Err(InvalidTransaction::Call.into()));
    });
}

#[test]
fn call_should_be_refused_by_the_pool_when_it_fails_whoever_signs_it() {
    ExtBuilder::default().build_and_execute(|| {
        let never = never();
        for who in [ALPHA_ADMIN, MEMBER] {
            let refused = validate_behind(0, who, &never, 1, 0);
            assert_eq!(refused, Err(InvalidTransaction::Call.into()));
        }
    });
}

#[test]
fn call_should_be_refused_by_the_pool_with_the_number_of_its_function_when_that_is_paused() {
    ExtBuilder::default().build_and_execute(|| {
        let waits = RuntimeCall::System(frame_system::Call::set_code { code: vec![] });
        for who in [ALPHA_ADMIN, MEMBER] {
            let refused = validate_behind(0, who, &waits, 1, 0);
            assert_eq!(refused, Err(InvalidTransaction::Custom(100).into()));
        }
        // Nobody else learns of it before its account is known.
        assert_eq!(validate_behind(0, STRANGER, &waits, 1, 0), Err(REFUSED));
    });
}

#[test]
fn operational_reserve_should_be_left_to_members_when_a_desk_asks_for_it() {
    ExtBuilder::default().build_and_execute(|| {
        let info = DispatchInfo {
            class: frame_support::dispatch::DispatchClass::Operational,
            ..info(1)
        };
        let submit = |who| {
            next(who)
                .validate_only(
                    RuntimeOrigin::signed(who),
                    &remark(),
                    &info,
                    0,
                    TransactionSource::External,
                    0,
                )
                .map(|_| ())
        };
        assert_eq!(submit(ALPHA_ADMIN), Err(InvalidTransaction::Call.into()));
        assert_ok!(submit(MEMBER));
    });
}

#[test]
fn quota_should_go_with_the_seat_when_another_account_takes_it() {
    ExtBuilder::default().build_and_execute(|| {
        const HEIR: AccountId = 51;
        MockMembers::add(HEIR);
        System::inc_providers(&HEIR);
        assert_ok!(spend(MEMBER, 400 - BASE));
        assert_ok!(spend(HEIR, 100 - BASE));
        let hand_over = |from: AccountId, to: AccountId| {
            MockMembers::remove(&from);
            MockMembers::add(to);
            Pallet::<Test>::hand_over_quota(&from, &to);
            assert!(!QuotaUsage::<Test>::contains_key(Payer::Account(from)));
        };
        hand_over(MEMBER, HEIR);
        assert_eq!(used(HEIR), 500);
        // Back again, it is not less.
        hand_over(HEIR, MEMBER);
        assert_eq!(used(MEMBER), 500);
        let theirs = RuntimeCall::System(frame_system::Call::set_heap_pages { pages: 1 });
        assert_ok!(make(MEMBER, &theirs, 100 - BASE));
        hand_over(MEMBER, HEIR);
        assert_eq!(QuotaUsage::<Test>::get(Payer::Account(HEIR)).urgent, 100);
        // Whoever goes on to submit for itself has used what it has used.
        MockMembers::add(MEMBER);
        Pallet::<Test>::hand_over_quota(&HEIR, &MEMBER);
        assert_eq!((used(MEMBER), used(HEIR)), (500, 500));
        Pallet::<Test>::hand_over_quota(&HEIR, &HEIR);
        assert_eq!(used(HEIR), 500, "to itself");
        System::set_block_number(WINDOW);
        Pallet::<Test>::hand_over_quota(&HEIR, &MEMBER);
        assert_eq!(used(MEMBER), 0, "what was used in a past window is forgotten");
    });
}

#[test]
fn quota_should_stay_used_when_the_admin_of_an_operator_is_replaced() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        assert_ok!(govern(Call::replace_admin {
            operator: ALPHA,
            account: 11
        }));
        assert_eq!(spend(11, 0), Err(EXHAUSTED));
    });
}

#[test]
fn transaction_should_be_refused_when_the_account_is_unknown() {
    ExtBuilder::default().build_and_execute(|| {
        assert_eq!(validate(STRANGER, 1, 0), Err(REFUSED));
        assert_eq!(spend(STRANGER, 1), Err(REFUSED));
        assert_eq!(QuotaUsage::<Test>::iter().count(), 0);
    });
}

#[test]
fn refusal_should_be_about_access_when_a_stranger_submits() {
    ExtBuilder::default().build_and_execute(|| {
        let submit = |who: AccountId| {
            next(who)
                .validate_and_prepare(RuntimeOrigin::signed(who), &remark(), &info(1), 0, 0)
                .map(|_| ())
        };
        assert_eq!(submit(STRANGER), Err(REFUSED));
        assert_ok!(submit(ALPHA_ADMIN));
        assert_eq!(System::account_nonce(ALPHA_ADMIN), 1);
    });
}

#[test]
fn desk_should_not_submit_when_it_was_removed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_eq!(spend(11, 1), Err(REFUSED));
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(spend(11, 1));
        assert_ok!(call_as(ALPHA_ADMIN, Call::remove_desk { account: 11 }));
        assert_eq!(spend(11, 1), Err(REFUSED));
    });
}

#[test]
fn member_should_submit_on_its_own_quota_when_it_has_no_desk() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(spend(MEMBER, 90));
        assert_eq!(used(MEMBER), 90 + BASE);
        assert_eq!(used(ALPHA_ADMIN), 0);
    });
}

#[test]
fn member_should_still_submit_when_an_operator_makes_it_a_desk() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, MEMBER, &[Role::Engineering]);
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        assert_eq!(spend(ALPHA_ADMIN, 0), Err(EXHAUSTED));
        assert_ok!(spend(MEMBER, 90));
        assert_eq!(used(MEMBER), 90 + BASE);
    });
}

#[test]
fn desk_should_submit_when_its_operator_is_suspended() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(govern(Call::suspend { operator: ALPHA }));
        assert_ok!(spend(ALPHA_ADMIN, 1));
    });
}

#[test]
fn quota_should_not_be_used_when_there_is_no_signer() {
    ExtBuilder::default().build_and_execute(|| {
        for origin in [RuntimeOrigin::root(), frame_system::RawOrigin::Authorized.into()] {
            assert_ok!(next(0).validate_and_prepare(origin, &remark(), &info(QUOTA * 2), 0, 0));
        }
        assert_ok!(CheckAccess::<Test>::bare_validate(&remark(), &info(QUOTA * 2), 0));
        assert_ok!(CheckAccess::<Test>::bare_validate_and_prepare(
            &remark(),
            &info(QUOTA * 2),
            0
        ));
        assert_eq!(QuotaUsage::<Test>::iter().count(), 0);
    });
}

#[test]
fn weight_of_the_extension_should_be_given_back_when_there_is_no_signer() {
    ExtBuilder::default().build_and_execute(|| {
        let extension = next(0);
        let info = DispatchInfo {
            extension_weight: extension.weight(&remark()),
            ..remark().get_dispatch_info()
        };
        let run = |origin| {
            let outcome = next(0).test_run(origin, &remark(), &info, 0, 0, |_| Ok(().into()));
            outcome.expect("valid").expect("dispatched").calc_unspent(&info)
        };
        assert_eq!(
            run(frame_system::RawOrigin::Authorized.into()),
            info.extension_weight
        );
    });
}

#[test]
fn others_should_not_notice_when_an_operators_desks_use_up_its_quota() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        assert_ok!(spend(ALPHA_ADMIN, 600));
        assert_ok!(spend(11, 300));
        let left = QUOTA - used(11);
        assert_eq!(left, QUOTA - 900 - 2 * BASE);

        for who in [ALPHA_ADMIN, 11] {
            assert!(
                validate(who, left - BASE + 1, 0).expect("waits") < IN_QUOTA,
                "it waits behind all others"
            );
            assert_eq!(spend(who, left - BASE + 1), Err(EXHAUSTED));
        }
        assert_ok!(spend(BETA_ADMIN, QUOTA - BASE));
        assert_ok!(spend(MEMBER, QUOTA - BASE));

        assert_ok!(spend(11, left - BASE));
        assert_eq!(used(11), QUOTA);
        assert_eq!(
            spend(11, 0),
            Err(EXHAUSTED),
            "the base weight alone is too much now"
        );
    });
}

#[test]
fn quota_should_be_fresh_when_the_window_turns() {
    ExtBuilder::default().build_and_execute(|| {
        System::set_block_number(WINDOW);
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        System::set_block_number(2 * WINDOW - 1);
        assert_eq!(spend(ALPHA_ADMIN, 0), Err(EXHAUSTED));
        System::set_block_number(2 * WINDOW);
        assert_eq!(used(ALPHA_ADMIN), 0);
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        assert_eq!(spend(ALPHA_ADMIN, 0), Err(EXHAUSTED));
        assert_eq!(QuotaUsage::<Test>::iter().count(), 1, "nothing piles up");
    });
}

#[test]
fn transaction_should_wait_in_the_pool_and_stay_out_of_blocks_when_the_quota_is_used_up() {
    ExtBuilder::default().build_and_execute(|| {
        System::set_block_number(WINDOW);
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
        for time in [0, QUOTA - BASE] {
            assert!(validate(ALPHA_ADMIN, time, 0).expect("waits") < IN_QUOTA);
        }
        assert_eq!(spend(ALPHA_ADMIN, 0), Err(EXHAUSTED));
        assert_eq!(
            used(ALPHA_ADMIN),
            QUOTA,
            "nothing is charged for what is not included"
        );
        System::set_block_number(2 * WINDOW);
        assert_ok!(spend(ALPHA_ADMIN, QUOTA - BASE));
    });
}

#[test]
fn transaction_should_be_refused_by_the_pool_when_no_window_has_room_for_it() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(validate(ALPHA_ADMIN, QUOTA - BASE, 0));
        assert_eq!(validate(ALPHA_ADMIN, QUOTA - BASE + 1, 0), Err(EXHAUSTED));
        assert_eq!(spend(ALPHA_ADMIN, QUOTA - BASE + 1), Err(EXHAUSTED));
    });
}

#[test]
fn quota_should_hold_when_transactions_wait_together() {
    ExtBuilder::default().build_and_execute(|| {
        let time = QUOTA / 2;
        assert_ok!(validate(ALPHA_ADMIN, time, 0));
        assert_ok!(validate(ALPHA_ADMIN, time, 0));
        assert_ok!(spend(ALPHA_ADMIN, time));
        assert_eq!(spend(ALPHA_ADMIN, time), Err(EXHAUSTED));
    });
}

#[test]
fn quota_should_be_given_back_when_a_call_did_not_use_it() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(include(ALPHA_ADMIN, 900, 100, Ok(())));
        assert_eq!(used(ALPHA_ADMIN), 100 + BASE);
        assert_ok!(include(ALPHA_ADMIN, 500, 200, Err(DispatchError::BadOrigin)));
        assert_eq!(used(ALPHA_ADMIN), 300 + 2 * BASE);
    });
}

#[test]
fn declared_weight_should_be_charged_when_a_call_runs() {
    ExtBuilder::default().build_and_execute(|| {
        let outcome = next(ALPHA_ADMIN).test_run(
            RuntimeOrigin::signed(ALPHA_ADMIN),
            &remark(),
            &info(400),
            0,
            0,
            |_| {
                assert_eq!(used(ALPHA_ADMIN), 400 + BASE);
                Ok(Some(Weight::zero()).into())
            },
        );
        assert_ok!(outcome);
        assert_eq!(used(ALPHA_ADMIN), BASE);
    });
}

#[test]
fn cost_should_be_the_share_of_the_block_when_a_transaction_is_long() {
    ExtBuilder::default().build_and_execute(|| {
        // In the mock a byte costs as much as a picosecond.
        assert_eq!(validate(ALPHA_ADMIN, 0, QUOTA as usize + 1), Err(EXHAUSTED));
        let len = 700;
        assert_ok!(next(ALPHA_ADMIN).test_run(
            RuntimeOrigin::signed(ALPHA_ADMIN),
            &remark(),
            &info(100),
            len,
            0,
            |_| Ok(Some(Weight::zero()).into())
        ));
        assert_eq!(used(ALPHA_ADMIN), len as u64);
    });
}

#[test]
fn transaction_should_be_refused_when_its_weight_or_length_is_huge() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(spend(ALPHA_ADMIN, 1));
        assert_eq!(validate(ALPHA_ADMIN, u64::MAX, usize::MAX), Err(EXHAUSTED));
        assert_eq!(validate(ALPHA_ADMIN, u64::MAX - BASE, 0), Err(EXHAUSTED));
    });
}

#[test]
fn priority_should_be_higher_when_less_was_used() {
    ExtBuilder::default().build_and_execute(|| {
        assert_eq!(
            validate(BETA_ADMIN, 0, 0),
            Ok(IN_QUOTA + (QUOTA - BASE) * SHARES / QUOTA * PLACES + PLACES - 1)
        );
        assert_ok!(spend(ALPHA_ADMIN, 500 - BASE));
        assert_eq!(validate(ALPHA_ADMIN, 500 - BASE, 0), Ok(IN_QUOTA + PLACES - 1));
        assert!(validate(ALPHA_ADMIN, 1, 0).expect("fits") < validate(BETA_ADMIN, 1, 0).expect("fits"));
    });
}

#[test]
fn transaction_should_pass_the_extension_when_it_is_applied() {
    ExtBuilder::default().build_and_execute(|| {
        let add = RuntimeCall::Operators(adding(ALPHA, 11, &[Role::Clearing]));
        let outcome = next(ALPHA_ADMIN).dispatch_transaction(
            RuntimeOrigin::signed(ALPHA_ADMIN),
            add.clone(),
            &info(100),
            0,
            0,
        );
        assert_ok!(outcome.expect("valid"));
        let refused =
            next(STRANGER).dispatch_transaction(RuntimeOrigin::signed(STRANGER), add, &info(100), 0, 0);
        assert_eq!(refused.map(|_| ()), Err(REFUSED));
        assert_eq!(
            Desks::<Test>::get(11).map(|desk| desk.operator),
            Some(OperatorId(0))
        );
    });
}
