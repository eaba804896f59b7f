use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorKind, OperatorStatus, Plmn, Role},
    tadig::Tadig,
};
use sp_runtime::{
    DispatchError::{self, BadOrigin},
    DispatchResult,
};
use OperatorKind::{Hub, Mobile, TokenIssuer};

const GAMMA_ADMIN: AccountId = 30;

fn gamma(
    text: &[u8],
    kinds: &[OperatorKind],
    codes: &[&str],
    plmns: &[Plmn],
    admin: AccountId,
) -> Call<Test> {
    Call::admit {
        name: bounded(text),
        kinds: bounded(kinds),
        tadigs: tadigs(codes),
        plmns: bounded(plmns),
        admin,
    }
}

#[test]
fn admit_should_be_refused_when_not_governance_calls() {
    ExtBuilder::default().build_and_execute(|| {
        for origin in [
            RuntimeOrigin::none(),
            RuntimeOrigin::signed(ALPHA_ADMIN),
            RuntimeOrigin::signed(MEMBER),
        ] {
            assert_noop!(
                call(origin, gamma(b"Gamma", &[Mobile], &["ITAG1"], &[], GAMMA_ADMIN)),
                BadOrigin
            );
        }
    });
}

#[test]
fn operator_should_be_active_with_one_admin_desk_when_it_is_admitted() {
    ExtBuilder::empty().build_and_execute(|| {
        assert_ok!(govern(gamma(
            "Télé Gamma SA".as_bytes(),
            &[Mobile, Hub],
            &["ITAG1", "ITAG2"],
            &[plmn(222, 1)],
            GAMMA_ADMIN
        )));

        let id = OperatorId(0);
        let operator = crate::Operators::<Test>::get(id).expect("admitted");
        assert_eq!(operator.name, name("Télé Gamma SA"));
        assert_eq!(operator.kinds.to_vec(), [Mobile, Hub]);
        assert_eq!(operator.tadigs, tadigs(&["ITAG1", "ITAG2"]));
        assert_eq!(operator.plmns.to_vec(), [plmn(222, 1)]);
        assert_eq!(operator.status, OperatorStatus::Active);
        assert_eq!(operator.payout_account, None);
        assert_eq!(TadigOwner::<Test>::get(tadig("ITAG2")), Some(id));
        let desk = Desks::<Test>::get(GAMMA_ADMIN).expect("a desk");
        assert_eq!((desk.operator, desk.roles.clone()), (id, roles(&[Role::Admin])));
        assert_eq!(System::providers(&GAMMA_ADMIN), 1);
        let admitted = Event::Admitted {
            operator: id,
            name: operator.name,
            kinds: operator.kinds,
            tadigs: operator.tadigs,
            plmns: operator.plmns,
            admin: GAMMA_ADMIN,
        };
        let added = Event::DeskAdded {
            operator: id,
            desk: GAMMA_ADMIN,
            roles: desk.roles,
        };
        assert_eq!(events(), [admitted, added]);
    });
}

#[test]
fn ids_should_follow_each_other_when_operators_are_admitted() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(govern(gamma(b"Issuer", &[TokenIssuer], &[], &[], GAMMA_ADMIN)));
        assert_eq!(
            Desks::<Test>::get(GAMMA_ADMIN).map(|desk| desk.operator),
            Some(OperatorId(2))
        );
    });
}

#[test]
fn admit_should_leave_no_trace_when_anything_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let try_name =
            |text: &[u8]| -> DispatchResult { govern(gamma(text, &[Mobile], &[], &[], GAMMA_ADMIN)) };
        for wrong in [&b""[..], b"   ", b"Gam\x07ma", b"\xff\xfe"] {
            assert_noop!(try_name(wrong), Error::<Test>::InvalidName);
        }
        let refused = |kinds: &[OperatorKind], codes: &[&str], plmns: &[Plmn], admin, error: Error<Test>| {
            assert_noop!(govern(gamma(b"Gamma", kinds, codes, plmns, admin)), error);
        };
        let m = &[Mobile];
        refused(&[], &[], &[], GAMMA_ADMIN, Error::NoKinds);
        refused(&[Mobile, Mobile], &[], &[], GAMMA_ADMIN, Error::DuplicateKind);
        refused(m, &["ITAG1", "ITAG1"], &[], GAMMA_ADMIN, Error::DuplicateTadig);
        refused(m, &["ITAG1", "DEUA1"], &[], GAMMA_ADMIN, Error::TadigTaken);
        refused(m, &[], &[plmn(0, 1)], GAMMA_ADMIN, Error::InvalidPlmn);
        refused(m, &[], &[plmn(222, 1000)], GAMMA_ADMIN, Error::InvalidPlmn);
        refused(
            m,
            &[],
            &[plmn(222, 1), plmn(222, 1)],
            GAMMA_ADMIN,
            Error::DuplicatePlmn,
        );
        refused(m, &["ITAG1"], &[], BETA_ADMIN, Error::AlreadyADesk);

        let lower_case = Call::admit {
            name: name("Gamma"),
            kinds: bounded([Mobile]),
            tadigs: bounded([Tadig(*b"itag1")]),
            plmns: bounded([]),
            admin: GAMMA_ADMIN,
        };
        assert_noop!(govern(lower_case), Error::<Test>::InvalidTadig);
    });
}

#[test]
fn admit_should_be_refused_when_there_are_as_many_operators_as_a_cycle_has_room_for() {
    ExtBuilder::empty().build().execute_with(|| {
        NextOperatorId::<Test>::put(OperatorId(MAX_OPERATORS));
        let refused: DispatchError = Error::<Test>::MaxOperatorsExceeded.into();
        assert_noop!(govern(gamma(b"Gamma", &[Mobile], &[], &[], GAMMA_ADMIN)), refused);
        NextOperatorId::<Test>::put(OperatorId(MAX_OPERATORS - 1));
        assert_ok!(govern(gamma(b"Gamma", &[Mobile], &[], &[], GAMMA_ADMIN)));
    });
}
