//! Which calls the pool takes, and from whom.

use super::preset;
use crate::{
    configs::{CallTriage, PermittedCalls, MOST_CALLS},
    Address, CouncilMembership, Operators, Runtime, RuntimeCall, RuntimeOrigin, TxExtension,
};
use codec::Encode;
use frame_metadata_hash_extension::CheckMetadataHash;
use frame_support::{assert_ok, traits::Contains, BoundedVec};
use interclear_primitives::{
    ids::OperatorId,
    operator::{Desk, Role},
};
use pallet_operators::{Standing, Triage};
use scale_info::{form::PortableForm, Field, PortableRegistry, Registry, TypeDef};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Dave, Eve};
use sp_runtime::{traits::TransactionExtension, transaction_validity::UnknownTransaction};

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
    pallet_utility::Call::batch_all { calls }.into()
}

fn urgent() -> RuntimeCall {
    let account = Eve.to_account_id();
    pallet_operators::Call::remove_desk { account }.into()
}

fn vote() -> RuntimeCall {
    pallet_collective::Call::vote {
        proposal: Default::default(),
        index: 0,
        approve: true,
    }
    .into()
}

fn transfer() -> RuntimeCall {
    let target: Address = Eve.to_account_id().into();
    let id = codec::Compact(1);
    pallet_assets::Call::transfer {
        id,
        target,
        amount: 1,
    }
    .into()
}

#[test]
fn calls_should_be_told_apart_without_the_state_when_the_pool_asks() {
    // There is none here, so that reading any would stop the test.
    assert_eq!(
        CallTriage::standing(&batch(vec![transfer(); 900])),
        Standing::Ordinary
    );
    let remove: RuntimeCall = pallet_membership::Call::remove_member {
        who: Bob.to_account_id().into(),
    }
    .into();
    assert_eq!(CallTriage::standing(&remove), Standing::Refused);
}

#[test]
fn transaction_should_be_refused_when_it_carries_more_calls_than_any_client_sends() {
    let standing = |call: RuntimeCall| CallTriage::standing(&call);
    assert_eq!(standing(batch(vec![urgent(); MOST_CALLS - 1])), Standing::Urgent);
    assert_eq!(standing(batch(vec![urgent(); MOST_CALLS])), Standing::Refused);
    let of_batches = |calls| batch(vec![batch(vec![urgent(); calls]); 10]);
    assert_eq!(standing(of_batches(98)), Standing::Urgent);
    assert_eq!(standing(of_batches(99)), Standing::Refused);
    let deep = |depth| (0..depth).fold(urgent(), |call, _| batch(vec![call]));
    assert_eq!(standing(deep(MOST_CALLS - 1)), Standing::Urgent);
    assert_eq!(standing(deep(MOST_CALLS)), Standing::Refused);
}

#[test]
fn calls_of_members_should_be_theirs_alone_when_they_are_made_together_with_others() {
    let together = |calls| CallTriage::standing(&batch(calls));
    assert_eq!(together(vec![vote(), vote()]), Standing::Members);
    assert_eq!(together(vec![urgent(), vote()]), Standing::Members);
    // Whoever may close a motion is not asked when the call is made, nor who hands in the code of an upgrade.
    assert_eq!(together(vec![vote(), transfer()]), Standing::WithMembers);
    assert_eq!(
        together(vec![transfer(), urgent(), vote()]),
        Standing::WithMembers
    );
    assert_eq!(
        together(vec![batch(vec![vote(), transfer()]), urgent()]),
        Standing::WithMembers
    );
    assert_eq!(together(vec![transfer(), urgent()]), Standing::Ordinary);
    let alone = pallet_collective::Call::execute {
        proposal: Box::new(urgent()),
        length_bound: 100,
    };
    assert_eq!(CallTriage::standing(&alone.into()), Standing::Refused);
}

#[test]
fn every_look_up_of_the_call_filter_should_be_in_the_weight_when_tokens_go_to_desks() {
    use pallet_operators::{CheckAccess, WeightInfo};
    let weight = |call: &RuntimeCall| CheckAccess::<Runtime>::from(0).weight(call);
    let none = weight(&urgent());
    let one = <Runtime as pallet_operators::Config>::WeightInfo::look_up_desk();
    assert!(
        one.ref_time()
            >= frame_support::weights::constants::ParityDbWeight::get()
                .reads(1)
                .ref_time()
    );
    for (call, lookups) in [
        (transfer(), 1),
        (batch(vec![transfer(); 250]), 250),
        (batch(vec![batch(vec![transfer(), urgent()]), transfer()]), 2),
    ] {
        assert_eq!(weight(&call), none + one * lookups);
    }
}

#[test]
fn tokens_should_be_refused_when_they_go_to_another_than_a_treasury_desk() {
    preset("development").execute_with(|| {
        let desk = |roles: Vec<Role>| Desk {
            operator: OperatorId(0),
            roles: BoundedVec::truncate_from(roles),
        };
        for (roles, fine) in [
            (None, false),
            (Some(vec![Role::Clearing, Role::Admin]), false),
            (Some(vec![Role::Clearing, Role::Treasury]), true),
        ] {
            match roles {
                Some(roles) => pallet_operators::Desks::<Runtime>::insert(Eve.to_account_id(), desk(roles)),
                None => pallet_operators::Desks::<Runtime>::remove(Eve.to_account_id()),
            }
            assert_eq!(PermittedCalls::contains(&transfer()), fine);
        }
    });
}

#[test]
fn tokens_should_be_refused_when_nothing_moves_or_another_pallet_mints_and_burns() {
    let (id, target): (_, Address) = (codec::Compact(1), Eve.to_account_id().into());
    let nothing = pallet_assets::Call::transfer {
        id,
        target: target.clone(),
        amount: 0,
    };
    let mint = pallet_assets::Call::mint {
        id,
        beneficiary: target.clone(),
        amount: 1,
    };
    let burn = pallet_assets::Call::burn {
        id,
        who: target,
        amount: 1,
    };
    for call in [nothing, mint, burn] {
        assert_eq!(
            CallTriage::standing(&call.clone().into()),
            Standing::Refused,
            "{call:?}"
        );
    }
    assert_eq!(CallTriage::standing(&transfer()), Standing::Ordinary);
}

#[test]
fn what_pays_answers_or_stops_should_be_urgent_when_a_days_quota_is_gone() {
    use interclear_primitives::{
        dispute::Figures,
        ids::{CycleId, DisputeId, ObligationId, RedemptionId},
        inventory::{ProductClass, Relation},
        money::Currency,
        netting::PaymentReference,
        period::Period,
    };
    let reference = PaymentReference(b"X1".to_vec().try_into().expect("short"));
    let (dispute, figures, cycle, redemption) =
        (DisputeId(0), Figures::default(), CycleId(0), RedemptionId(0));
    let relation = Relation {
        buyer: OperatorId(0),
        seller: OperatorId(1),
        class: ProductClass::new(b"ELINE").expect("a class"),
    };
    let calls: Vec<RuntimeCall> = vec![
        pallet_disputes::Call::concede {
            dispute,
            claimed: figures,
        }
        .into(),
        pallet_disputes::Call::offer { dispute, figures }.into(),
        pallet_disputes::Call::arbitrate { dispute, figures }.into(),
        pallet_netting::Call::settle { cycle }.into(),
        pallet_netting::Call::exclude_defaulters { cycle, max: 1 }.into(),
        pallet_netting::Call::release { cycle }.into(),
        pallet_netting::Call::claim_payment {
            obligation: ObligationId(0),
            reference: reference.clone(),
        }
        .into(),
        pallet_netting::Call::pay {
            obligation: ObligationId(0),
            token: 1,
        }
        .into(),
        pallet_inventory::Call::dispute_bill {
            relation,
            period: Period(202_601),
            currency: Currency::EUR,
            recurring: 0,
            one_off: 0,
        }
        .into(),
        pallet_inventory::Call::affirm_bill {
            relation,
            period: Period(202_601),
            currency: Currency::EUR,
        }
        .into(),
        pallet_issuance::Call::confirm_redemption {
            redemption,
            reference,
        }
        .into(),
        pallet_issuance::Call::return_redemption { redemption }.into(),
        pallet_issuance::Call::thaw {
            token: 1,
            account: None,
        }
        .into(),
    ];
    for call in calls {
        assert_eq!(CallTriage::standing(&call), Standing::Urgent, "{call:?}");
    }
}

#[test]
fn call_should_be_refused_when_an_account_derived_from_another_is_to_make_it() {
    let call: RuntimeCall = pallet_utility::Call::as_derivative {
        index: 0,
        call: Box::new(urgent()),
    }
    .into();
    assert!(!PermittedCalls::contains(&call));
    assert_eq!(CallTriage::standing(&call), Standing::Refused);
}

/// Calls that carry others, as the metadata has them.
fn carriers() -> Vec<String> {
    fn carries(types: &PortableRegistry, field: &Field<PortableForm>, call: u32) -> bool {
        let of = |id| types.resolve(id).map(|ty| &ty.type_def);
        let (id, definition) = (field.ty.id, of(field.ty.id));
        id == call || matches!(definition, Some(TypeDef::Sequence(items)) if items.type_param.id == call)
    }
    let mut registry = Registry::new();
    let call = registry.register_type(&scale_info::meta_type::<RuntimeCall>()).id;
    let types = PortableRegistry::from(registry);
    let mut found = Vec::new();
    for ty in &types.types {
        let path = &ty.ty.path.segments;
        let (Some(pallet), TypeDef::Variant(calls)) = (path.first(), &ty.ty.type_def) else {
            continue;
        };
        if path.last().map(String::as_str) != Some("Call") {
            continue;
        }
        let carrying = calls
            .variants
            .iter()
            .filter(|variant| variant.fields.iter().any(|field| carries(&types, field, call)));
        found.extend(carrying.map(|variant| format!("{pallet}::{}", variant.name)));
    }
    found.sort();
    found
}

#[test]
fn triage_should_know_every_call_that_carries_another() {
    let looked_into =
        ["batch", "batch_all", "force_batch", "if_else"].map(|call| format!("pallet_utility::{call}"));
    let refused = [
        "pallet_collective::execute",
        "pallet_scheduler::schedule",
        "pallet_scheduler::schedule_after",
        "pallet_scheduler::schedule_named",
        "pallet_scheduler::schedule_named_after",
        "pallet_utility::as_derivative",
        "pallet_utility::dispatch_as",
        "pallet_utility::dispatch_as_fallible",
        "pallet_utility::with_weight",
    ]
    .map(String::from);
    let motions = ["pallet_collective::propose".into()];
    let mut known: Vec<String> = looked_into.into_iter().chain(refused).chain(motions).collect();
    known.sort();
    assert_eq!(carriers(), known);
}

#[test]
fn weight_should_be_checked_before_access_when_a_transaction_comes() {
    let names: Vec<_> = <TxExtension as TransactionExtension<RuntimeCall>>::metadata()
        .iter()
        .map(|part| part.identifier)
        .collect();
    let place = |name| {
        names
            .iter()
            .position(|other| *other == name)
            .expect("it is there")
    };
    assert!(place("CheckWeight") < place("CheckNonce"));
    assert_eq!(names.last(), Some(&"WeightReclaim"));
}

#[test]
fn member_should_not_submit_when_the_council_has_removed_it() {
    preset("development").execute_with(|| {
        let bob = Bob.to_account_id();
        assert!(Operators::quota(&bob).is_some());
        assert_ok!(CouncilMembership::remove_member(
            RuntimeOrigin::root(),
            bob.clone().into()
        ));
        assert!(Operators::quota(&bob).is_none());
        assert_ok!(CouncilMembership::add_member(
            RuntimeOrigin::root(),
            bob.clone().into()
        ));
        assert!(Operators::quota(&bob).is_some());
        assert!(Operators::quota(&Dave.to_account_id()).is_none(), "a stranger");
        assert!(Operators::quota(&Alice.to_account_id()).is_some(), "a validator");
    });
}

#[test]
fn metadata_hash_should_be_signed_or_left_out_and_never_taken_unseen() {
    let metadata = <TxExtension as TransactionExtension<RuntimeCall>>::metadata();
    let mut found = metadata
        .iter()
        .filter(|part| part.identifier == "CheckMetadataHash");
    let part = found.next().expect("hardware wallets look for this name");
    assert_eq!(part.implicit, scale_info::meta_type::<Option<[u8; 32]>>());
    assert!(found.next().is_none());
    // Who does not use it sends one octet and signs nothing more.
    let off = CheckMetadataHash::<Runtime>::new(false);
    assert_eq!(off.encode(), [0]);
    assert_eq!(TransactionExtension::<RuntimeCall>::implicit(&off), Ok(None));
    // A runtime that was built without its hash, as this one, refuses who does: it cannot say what the wallet has shown.
    let on = CheckMetadataHash::<Runtime>::new(true);
    assert_eq!(on.encode(), [1]);
    let unknown = UnknownTransaction::CannotLookup.into();
    assert_eq!(TransactionExtension::<RuntimeCall>::implicit(&on), Err(unknown));
    let hash = [7; 32];
    let known = CheckMetadataHash::<Runtime>::new_with_custom_hash(hash);
    assert_eq!(
        TransactionExtension::<RuntimeCall>::implicit(&known),
        Ok(Some(hash))
    );
}
