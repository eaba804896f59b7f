use crate::{mock::*, *};
use interclear_primitives::{
    api::{Quota, MAX_PAGE},
    ids::OperatorId,
    operator::Role,
};

#[test]
fn operators_should_come_by_id_when_they_are_paged() {
    ExtBuilder::default().build_and_execute(|| {
        for i in 0..u64::from(MAX_PAGE) {
            admit("Gamma", &format!("G{i:04}"), 1_000 + i);
        }
        let ids = |from| {
            Pallet::<Test>::operators(OperatorId(from))
                .iter()
                .map(|(id, _)| id.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(0), (0..MAX_PAGE).collect::<Vec<_>>());
        assert_eq!(ids(MAX_PAGE), [MAX_PAGE, MAX_PAGE + 1]);
        assert!(ids(MAX_PAGE + 2).is_empty() && ids(u32::MAX).is_empty());
        assert_eq!(
            Pallet::<Test>::operator(BETA).map(|operator| operator.name),
            Some(name("Beta Mobile"))
        );
        assert_eq!(Pallet::<Test>::operator(OperatorId(u32::MAX)), None);
    });
}

#[test]
fn desks_should_be_found_when_asked_by_account_or_operator() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Clearing]);
        let desks = Pallet::<Test>::desks(ALPHA);
        assert_eq!(
            desks.iter().map(|(account, _)| *account).collect::<Vec<_>>(),
            [ALPHA_ADMIN, 11]
        );
        assert!(desks
            .iter()
            .all(|(account, desk)| Pallet::<Test>::desk(account).as_ref() == Some(desk)));
        assert!(Pallet::<Test>::desks(OperatorId(2)).is_empty());
        assert_eq!(Pallet::<Test>::desk(&STRANGER), None);
        assert_eq!(Pallet::<Test>::operator_by_tadig(&tadig("DEUA1")), Some(ALPHA));
        assert_eq!(Pallet::<Test>::operator_by_tadig(&tadig("DEUA2")), None);
    });
}

#[test]
fn quota_should_tell_the_turn_when_it_is_asked() {
    ExtBuilder::default().build_and_execute(|| {
        let quota = |who: AccountId| Pallet::<Test>::quota(&who);
        System::set_block_number(WINDOW + 3);
        QuotaUsage::<Test>::insert(
            Payer::Operator(ALPHA),
            WindowUse {
                window: 1,
                used: 7,
                urgent: 3,
            },
        );
        assert_eq!(
            quota(ALPHA_ADMIN),
            Some(Quota {
                limit: QUOTA,
                used: 7,
                turns_in: 7
            })
        );
        assert_eq!(
            quota(MEMBER),
            Some(Quota {
                limit: QUOTA,
                used: 0,
                turns_in: 7
            })
        );
        assert_eq!(quota(STRANGER), None);
        System::set_block_number(2 * WINDOW);
        assert_eq!(
            quota(ALPHA_ADMIN),
            Some(Quota {
                limit: QUOTA,
                used: 0,
                turns_in: 10
            })
        );
    });
}
