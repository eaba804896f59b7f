use crate::{mock::*, *};
use codec::Encode;
use frame_support::{
    assert_ok,
    dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
    weights::Weight,
};
use frame_system::CheckNonce;
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
    CheckAccess::<Test>::new()
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
    CheckAccess::<Test>::new()
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

/// Includes a transaction that uses what it declares.
fn spend(who: AccountId, time: u64) -> Checked<()> {
    include(who, time, time, Ok(()))
}

fn used(who: AccountId) -> u64 {
    Pallet::<Test>::quota(&who).expect("may submit").used
}

#[test]
fn extension_should_encode_to_nothing_when_it_is_signed() {
    let extension = CheckAccess::<Test>::new();
    assert!(extension.encode().is_empty());
    let metadata = <CheckAccess<Test> as TransactionExtension<RuntimeCall>>::metadata();
    assert_eq!(
        metadata.iter().map(|part| part.identifier).collect::<Vec<_>>(),
        ["CheckAccess"]
    );
    assert!(metadata
        .iter()
        .all(|part| part.implicit == scale_info::meta_type::<()>()));
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
            (CheckAccess::<Test>::new(), CheckNonce::<Test>::from(0))
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
            assert_ok!(CheckAccess::<Test>::new().validate_and_prepare(
                origin,
                &remark(),
                &info(QUOTA * 2),
                0,
                0
            ));
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
        let extension = CheckAccess::<Test>::new();
        let info = DispatchInfo {
            extension_weight: extension.weight(&remark()),
            ..remark().get_dispatch_info()
        };
        let run = |origin| {
            let outcome =
                CheckAccess::<Test>::new().test_run(origin, &remark(), &info, 0, 0, |_| Ok(().into()));
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
            assert_eq!(
                validate(who, left - BASE + 1, 0),
                Ok(0),
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
        assert_eq!(validate(ALPHA_ADMIN, 0, 0), Ok(0));
        assert_eq!(validate(ALPHA_ADMIN, QUOTA - BASE, 0), Ok(0));
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
        let outcome = CheckAccess::<Test>::new().test_run(
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
        assert_ok!(CheckAccess::<Test>::new().test_run(
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
        assert_eq!(validate(BETA_ADMIN, 0, 0), Ok((QUOTA - BASE) * 1_000 / QUOTA));
        assert_ok!(spend(ALPHA_ADMIN, 500 - BASE));
        assert_eq!(validate(ALPHA_ADMIN, 500 - BASE, 0), Ok(0));
        assert!(validate(ALPHA_ADMIN, 1, 0).expect("fits") < validate(BETA_ADMIN, 1, 0).expect("fits"));
    });
}

#[test]
fn transaction_should_pass_the_extension_when_it_is_applied() {
    ExtBuilder::default().build_and_execute(|| {
        let add = RuntimeCall::Operators(Call::add_desk {
            account: 11,
            roles: interclear_primitives::operator::Roles::truncate_from(vec![Role::Clearing]),
        });
        let outcome = CheckAccess::<Test>::new().dispatch_transaction(
            RuntimeOrigin::signed(ALPHA_ADMIN),
            add.clone(),
            &info(100),
            0,
            0,
        );
        assert_ok!(outcome.expect("valid"));
        let refused = CheckAccess::<Test>::new().dispatch_transaction(
            RuntimeOrigin::signed(STRANGER),
            add,
            &info(100),
            0,
            0,
        );
        assert_eq!(refused.map(|_| ()), Err(REFUSED));
        assert_eq!(
            Desks::<Test>::get(11).map(|desk| desk.operator),
            Some(OperatorId(0))
        );
    });
}
