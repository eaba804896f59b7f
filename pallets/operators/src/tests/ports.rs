use crate::{mock::*, *};
use frame_support::{assert_err, assert_ok};
use interclear_ports::Operators as Port;
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorKind, Role},
};

type Answers = Pallet<Test>;

#[test]
fn missing_role_should_be_named_when_a_desk_lacks_it() {
    ExtBuilder::default().build_and_execute(|| {
        add_desk(ALPHA, 11, &[Role::Commercial]);
        assert_eq!(
            <Answers as Port<_>>::ensure_role(&11, Role::Commercial),
            Ok(ALPHA)
        );
        assert_eq!(
            <Answers as Port<_>>::ensure_active_role(&11, Role::Commercial),
            Ok(ALPHA)
        );
        for (role, error) in [
            (Role::Admin, Error::<Test>::AdminRoleRequired),
            (Role::Clearing, Error::<Test>::ClearingRoleRequired),
            (Role::Treasury, Error::<Test>::TreasuryRoleRequired),
            (Role::Engineering, Error::<Test>::EngineeringRoleRequired),
        ] {
            assert_err!(Answers::ensure_role(&11, role), error);
        }
        assert_err!(
            Answers::ensure_role(&ALPHA_ADMIN, Role::Commercial),
            Error::<Test>::CommercialRoleRequired
        );
        assert_err!(
            Answers::ensure_role(&STRANGER, Role::Clearing),
            Error::<Test>::NotADesk
        );
    });
}

#[test]
fn suspended_operator_should_pass_when_nothing_new_begins() {
    ExtBuilder::default().build_and_execute(|| {
        assert!(Answers::is_active(ALPHA));
        assert_ok!(govern(Call::suspend { operator: ALPHA }));
        assert!(!Answers::is_active(ALPHA));
        assert_ok!(Answers::ensure_role(&ALPHA_ADMIN, Role::Admin));
        assert_err!(
            Answers::ensure_active_role(&ALPHA_ADMIN, Role::Admin),
            Error::<Test>::OperatorSuspended
        );
        assert!(Answers::is_active(BETA) && !Answers::is_active(OperatorId(2)));
    });
}

#[test]
fn port_should_tell_kinds_codes_and_payout_accounts_when_asked() {
    ExtBuilder::default().build_and_execute(|| {
        assert!(Answers::has_kind(ALPHA, OperatorKind::Mobile));
        assert!(!Answers::has_kind(ALPHA, OperatorKind::TokenIssuer));
        assert!(!Answers::has_kind(OperatorId(2), OperatorKind::Mobile));
        assert_eq!(<Answers as Port<_>>::owner_of(&tadig("FRAB1")), Some(BETA));
        assert_eq!(<Answers as Port<_>>::owner_of(&tadig("XXXXX")), None);
        assert_eq!(<Answers as Port<_>>::payout_account(ALPHA), None);
        add_desk(ALPHA, 11, &[Role::Treasury]);
        assert_eq!(<Answers as Port<_>>::payout_account(ALPHA), Some(11));
        assert_eq!(<Answers as Port<_>>::payout_account(OperatorId(2)), None);
        assert_eq!(
            <Answers as Port<_>>::desk(&11).map(|desk| desk.operator),
            Some(ALPHA)
        );
    });
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn benchmark_operator_should_have_every_role_when_it_is_admitted() {
    ExtBuilder::default().build_and_execute(|| {
        let operator = <Answers as Port<_>>::benchmark_admit(30, tadig("ITAG1"));
        for role in ALL_ROLES {
            assert_eq!(Answers::ensure_active_role(&30, *role), Ok(operator));
        }
        assert!(Answers::has_kind(operator, OperatorKind::TokenIssuer));
        assert_eq!(<Answers as Port<_>>::payout_account(operator), Some(30));
    });
}
