use crate::{mock::*, *};
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorKind, Role},
};
use sp_runtime::BuildStorage;

fn delta() -> GenesisOperator<AccountId> {
    serde_json::from_value(serde_json::json!({
        "name": "Delta Mobile",
        "kinds": ["mobile", "token_issuer"],
        "tadigs": ["ESPD1"],
        "plmns": [{ "mcc": 214, "mnc": 7 }],
        "desks": [[40, ["admin", "commercial"]], [41, ["treasury"]], [42, ["treasury", "clearing"]]]
    }))
    .expect("the form of a preset")
}

fn build(operators: Vec<GenesisOperator<AccountId>>, test: impl FnOnce()) {
    let config = RuntimeGenesisConfig {
        operators: GenesisConfig { operators },
        ..Default::default()
    };
    let storage = config.build_storage().expect("a valid preset");
    sp_io::TestExternalities::new(storage).execute_with(|| {
        test();
        Pallet::<Test>::do_try_state().expect("all tables agree");
    });
}

#[test]
fn operators_should_be_members_when_the_preset_names_them() {
    build(vec![delta()], || {
        let operator = Pallet::<Test>::operator(OperatorId(0)).expect("admitted");
        assert_eq!(operator.name, name("Delta Mobile"));
        assert_eq!(
            operator.kinds.to_vec(),
            [OperatorKind::Mobile, OperatorKind::TokenIssuer]
        );
        assert_eq!(operator.plmns.to_vec(), [plmn(214, 7)]);
        assert_eq!(operator.payout_account, Some(41));
        assert_eq!(
            Pallet::<Test>::operator_by_tadig(&tadig("ESPD1")),
            Some(OperatorId(0))
        );
        assert_eq!(DesksOf::<Test>::get(OperatorId(0)).to_vec(), [40, 41, 42]);
        assert_eq!(
            Desks::<Test>::get(40).map(|desk| desk.roles),
            Some(roles(&[Role::Admin, Role::Commercial]))
        );
        assert_eq!(System::providers(&42), 1);
    });
}

#[test]
fn genesis_should_have_no_members_when_the_preset_names_none() {
    build(vec![], || {
        assert_eq!(NextOperatorId::<Test>::get(), OperatorId(0))
    });
}

#[test]
#[should_panic(expected = "genesis operator Delta Mobile")]
fn genesis_should_not_build_when_a_code_is_twice() {
    let mut again = delta();
    again.desks = vec![(50, vec![Role::Admin])];
    build(vec![delta(), again], || ());
}

#[test]
#[should_panic(expected = "genesis operator Delta Mobile")]
fn genesis_should_not_build_when_the_first_desk_is_not_an_admin_desk() {
    let mut operator = delta();
    operator.desks.reverse();
    build(vec![operator], || ());
}
