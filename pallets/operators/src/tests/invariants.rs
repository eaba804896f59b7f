//! Whatever is called in whatever order, the tables agree and a refused call leaves no trace.

use crate::{mock::*, *};
use frame_support::weights::Weight;
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorKind, Role},
    tadig::Tadig,
};
use proptest::prelude::*;
use sp_io::storage::root;
use sp_runtime::{traits::DispatchTransaction, StateVersion};

#[derive(Clone, Debug)]
enum Step {
    /// A call of this pallet by governance or by an account.
    Call(Option<AccountId>, Box<Call<Test>>),
    /// A transaction that does nothing but use quota: declared and actual time.
    Spend(AccountId, u64, u64),
    /// An account comes into use, or out of it.
    Use(AccountId, bool),
    /// Blocks pass.
    Wait(u64),
}

fn account() -> impl Strategy<Value = AccountId> {
    0..12u64
}

fn operator() -> impl Strategy<Value = OperatorId> {
    (0..4u32).prop_map(OperatorId)
}

fn codes() -> impl Strategy<Value = Vec<Tadig>> {
    prop::collection::vec(
        (0..8u8).prop_map(|i| Tadig([b'A', b'A', b'A', b'0', b'0' + i])),
        0..4,
    )
}

fn role_list() -> impl Strategy<Value = Vec<Role>> {
    prop_oneof![
        1 => prop::collection::vec(prop::sample::select(ALL_ROLES), 0..4),
        3 => prop::sample::subsequence(ALL_ROLES, 1..=4),
    ]
}

fn call_by_governance() -> impl Strategy<Value = Call<Test>> {
    prop_oneof![
        3 => (codes(), account()).prop_map(|(codes, admin)| Call::admit {
            name: name("An operator"),
            kinds: bounded([OperatorKind::Mobile]),
            tadigs: bounded(codes),
            plmns: bounded([]),
            admin,
        }),
        1 => operator().prop_map(|operator| Call::suspend { operator }),
        1 => operator().prop_map(|operator| Call::readmit { operator }),
        2 => (operator(), codes()).prop_map(|(operator, codes)| Call::set_networks {
            operator,
            tadigs: bounded(codes),
            plmns: bounded([]),
        }),
        2 => (operator(), account()).prop_map(|(operator, account)| Call::replace_admin { operator, account }),
        2 => account().prop_map(|account| Call::remove_desk { account }),
    ]
}

fn call_by_desk() -> impl Strategy<Value = Call<Test>> {
    prop_oneof![
        4 => (account(), role_list(), 0..2u32).prop_map(|(account, list, of)| adding(OperatorId(of), account, &list)),
        3 => (account(), role_list()).prop_map(|(account, list)| Call::set_roles { account, roles: bounded(list) }),
        3 => account().prop_map(|account| Call::remove_desk { account }),
        2 => account().prop_map(|account| Call::set_payout_account { account }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => call_by_governance().prop_map(|call| Step::Call(None, Box::new(call))),
        12 => (account(), call_by_desk()).prop_map(|(who, call)| Step::Call(Some(who), Box::new(call))),
        4 => (account(), 0..600u64, 0..600u64).prop_map(|(who, declared, actual)| Step::Spend(who, declared, actual)),
        2 => (account(), any::<bool>()).prop_map(|(who, begin)| Step::Use(who, begin)),
        1 => (1..WINDOW * 2).prop_map(Step::Wait),
    ]
}

fn spend(who: AccountId, declared: u64, actual: u64) -> bool {
    let info = frame_support::dispatch::DispatchInfo {
        call_weight: Weight::from_parts(declared, 0),
        ..Default::default()
    };
    let call = frame_system::Call::remark { remark: vec![] }.into();
    let actual = Weight::from_parts(actual.min(declared), 0);
    CheckAccess::<Test>::from(System::account_nonce(who))
        .test_run(RuntimeOrigin::signed(who), &call, &info, 0, 0, |_| {
            Ok(Some(actual).into())
        })
        .is_ok()
}

fn run(step: Step) -> Result<(), TestCaseError> {
    match step {
        Step::Call(by, what) => {
            let before = root(StateVersion::V1);
            let origin = by.map_or_else(RuntimeOrigin::root, RuntimeOrigin::signed);
            if call(origin, *what).is_err() {
                prop_assert_eq!(before, root(StateVersion::V1), "a refused call left a trace");
            }
        }
        Step::Spend(who, declared, actual) => {
            let quota = Pallet::<Test>::quota(&who);
            let fits = quota.is_some_and(|quota| quota.used + declared + BASE <= quota.limit);
            prop_assert_eq!(spend(who, declared, actual), fits);
            if let (true, Some(before)) = (fits, quota) {
                let after = Pallet::<Test>::quota(&who).map(|quota| quota.used);
                prop_assert_eq!(after, Some(before.used + actual.min(declared) + BASE));
            }
        }
        Step::Use(who, true) if System::providers(&who) > 0 => {
            prop_assert!(System::inc_consumers(&who).is_ok());
        }
        Step::Use(who, false) if System::consumers(&who) > 0 => System::dec_consumers(&who),
        Step::Use(..) => (),
        Step::Wait(blocks) => System::set_block_number(System::block_number() + blocks),
    }
    Pallet::<Test>::do_try_state().map_err(|reason| TestCaseError::fail(format!("{reason:?}")))?;
    for who in 0..12 {
        let held = Desks::<Test>::contains_key(who) || Retired::<Test>::contains_key(who);
        prop_assert_eq!(System::providers(&who), u32::from(held), "account {}", who);
        if let Some(quota) = Pallet::<Test>::quota(&who) {
            prop_assert!(quota.used <= quota.limit);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn tables_should_agree_when_anybody_calls_anything(steps in prop::collection::vec(step(), 1..60)) {
        ExtBuilder::empty().build().execute_with(|| steps.into_iter().try_for_each(run))?;
    }
}
