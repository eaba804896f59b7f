//! Tests of the composition: what the pallets' own tests cannot see.

mod access;
mod attacks;
mod council;
mod disputes;
mod escrow;
mod five;
mod flows;
mod group;
mod guide;
mod hostile;
mod key_proofs;
mod layout;
mod money;
mod notes;
mod once;
mod reports;
mod state;
mod switches;
mod tasks;
mod validators;
mod year;

use crate::{
    configs::{SessionBlocks, BLOCK_LENGTH},
    genesis_presets, AccountId, Assets, Balances, Council, CouncilMembership, Grandpa, Operators, Runtime,
    RuntimeCall, RuntimeGenesisConfig, RuntimeOrigin, Session, SessionKeys, System, SLOT_DURATION,
};
use codec::Encode;
use frame_metadata::{
    v14::{PalletMetadata, RuntimeMetadataV14},
    RuntimeMetadata,
};
use frame_support::{
    assert_noop, assert_ok,
    dispatch::{DispatchClass, GetDispatchInfo},
    genesis_builder_helper::{build_state, get_preset},
    traits::Hooks,
};
use interclear_primitives::operator::{OperatorKind, Role};
use scale_info::{form::PortableForm, PortableRegistry, TypeDef, Variant};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{
    traits::{BlakeTwo256, Dispatchable, Hash as _},
    BuildStorage, DispatchError,
};

/// The state a preset starts with.
fn preset(name: &str) -> sp_io::TestExternalities {
    let mut ext = sp_io::TestExternalities::new(Default::default());
    ext.execute_with(|| {
        let json = genesis_presets::get(&name.into()).expect("the preset exists");
        let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("serialises");
        merge(
            &mut config,
            serde_json::from_slice(&json).expect("a preset is JSON"),
        );
        build_state::<RuntimeGenesisConfig>(serde_json::to_vec(&config).expect("serialises"))
            .expect("builds");
        System::set_block_number(1);
    });
    ext
}

fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
    match (into, patch) {
        (serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
            for (key, value) in patch {
                merge(into.entry(key).or_insert(serde_json::Value::Null), value)
            }
        }
        (into, patch) => *into = patch,
    }
}

/// What the runtime says of itself.
fn metadata() -> RuntimeMetadataV14 {
    let RuntimeMetadata::V14(metadata) = Runtime::metadata().1 else {
        panic!("the runtime's own metadata is of version 14");
    };
    metadata
}

/// The calls of a pallet, unless it has none.
fn calls_of<'m>(
    types: &'m PortableRegistry,
    pallet: &PalletMetadata<PortableForm>,
) -> Option<&'m [Variant<PortableForm>]> {
    let calls = types.resolve(pallet.calls.as_ref()?.ty.id);
    let TypeDef::Variant(calls) = &calls.expect("the metadata has all types").type_def else {
        panic!("calls are an enum");
    };
    Some(calls.variants.as_slice())
}

/// The council's members.
fn council() -> Vec<AccountId> {
    pallet_collective::Members::<Runtime, crate::configs::CouncilCollective>::get()
        .into_iter()
        .collect()
}

/// Lets the chain come to the session's end, as the session pallet sees it.
fn turn_session() {
    let next = (System::block_number() / SessionBlocks::get() + 1) * SessionBlocks::get();
    System::set_block_number(next);
    Session::on_initialize(next);
}

#[test]
fn every_preset_should_build() {
    for (name, validators) in [("development", 1), ("local", 2), ("four", 4)] {
        preset(name).execute_with(|| {
            assert_eq!(Session::validators().len(), validators, "{name}");
            assert_eq!(
                pallet_aura::Authorities::<Runtime>::get().len(),
                validators,
                "{name}"
            );
            assert_eq!(Grandpa::grandpa_authorities().len(), validators, "{name}");
            assert_eq!(CouncilMembership::members().len(), 3, "{name}");
            assert_eq!(council().len(), 3, "{name}");
            assert_eq!(Balances::total_issuance(), 0, "{name}: nobody is endowed");
        });
    }
    assert!(genesis_presets::get(&"unknown".into()).is_none());
    assert_eq!(genesis_presets::names().len(), 3);
    assert!(get_preset::<RuntimeGenesisConfig>(&None, genesis_presets::get).is_some());
    assert!(RuntimeGenesisConfig::default().build_storage().is_ok());
}

#[test]
fn council_members_and_validators_should_be_able_to_sign_without_coins() {
    preset("four").execute_with(|| {
        for who in [Alice, Bob, Charlie, Dave] {
            assert!(System::providers(&who.to_account_id()) > 0, "{who}");
        }
        assert_eq!(System::providers(&Eve.to_account_id()), 0);
        assert_ok!(CouncilMembership::add_member(
            RuntimeOrigin::root(),
            Eve.to_account_id().into()
        ));
        assert_eq!(System::providers(&Eve.to_account_id()), 1);
        assert_eq!(council().len(), 4);
        assert_ok!(CouncilMembership::remove_member(
            RuntimeOrigin::root(),
            Eve.to_account_id().into()
        ));
        assert_eq!(
            System::providers(&Eve.to_account_id()),
            1,
            "the account keeps its nonce"
        );
        let mut others: Vec<AccountId> = vec![Dave.to_account_id(), Ferdie.to_account_id()];
        others.sort();
        assert_ok!(CouncilMembership::reset_members(
            RuntimeOrigin::root(),
            others.clone()
        ));
        assert_eq!(council(), others);
        assert_eq!(System::providers(&Ferdie.to_account_id()), 1);
    });
}

#[test]
fn calls_of_assets_should_be_refused_when_they_are_not_of_issuers_or_holders() {
    preset("development").execute_with(|| {
        let signed = || RuntimeOrigin::signed(Alice.to_account_id());
        let filtered = |call: RuntimeCall| {
            call.dispatch(signed()).map(|_| ()).map_err(|e| e.error)
                == Err(frame_system::Error::<Runtime>::CallFiltered.into())
        };
        assert!(filtered(RuntimeCall::Balances(
            pallet_balances::Call::transfer_allow_death {
                dest: Bob.to_account_id().into(),
                value: 1,
            }
        )));
        let id = codec::Compact(1);
        let admin: crate::Address = Alice.to_account_id().into();
        let create = pallet_assets::Call::create {
            id,
            admin: admin.clone(),
            min_balance: 1,
        };
        assert!(filtered(RuntimeCall::Assets(create.clone())));
        assert!(filtered(RuntimeCall::Assets(
            pallet_assets::Call::transfer_ownership {
                id,
                owner: admin.clone()
            }
        )));
        // The account that a token was created with mints and burns by none of them: the issuer does, by its desks of today.
        assert!(filtered(RuntimeCall::Assets(pallet_assets::Call::burn {
            id,
            who: admin.clone(),
            amount: 1
        })));
        assert!(filtered(RuntimeCall::Assets(pallet_assets::Call::mint {
            id,
            beneficiary: admin.clone(),
            amount: 1
        })));
        // Neither is a batch a way round.
        let batch = RuntimeCall::Utility(pallet_utility::Call::batch_all {
            calls: vec![RuntimeCall::Assets(create)],
        });
        assert!(filtered(batch));
        assert_noop!(Assets::create(signed(), id, admin, 1), DispatchError::BadOrigin);
    });
}

#[test]
fn only_treasury_desks_should_receive_tokens() {
    preset("development").execute_with(|| {
        let (issuer, desk) = (Alice.to_account_id(), Dave.to_account_id());
        let by = RuntimeOrigin::from(pallet_collective::RawOrigin::Members(2, 3));
        assert_ok!(Operators::admit(
            by.clone(),
            b"Operator".to_vec().try_into().expect("fits"),
            vec![OperatorKind::Mobile].try_into().expect("fits"),
            Default::default(),
            Default::default(),
            desk.clone()
        ));
        let id = codec::Compact(1);
        assert_ok!(Assets::force_create(by, id, issuer.clone().into(), true, 1));
        let refused: sp_runtime::DispatchResult = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        let send = |from: &AccountId, call: pallet_assets::Call<Runtime>| {
            RuntimeCall::Assets(call)
                .dispatch(RuntimeOrigin::signed(from.clone()))
                .map(|_| ())
                .map_err(|e| e.error)
        };
        let mint =
            |to: &AccountId| Assets::mint(RuntimeOrigin::signed(issuer.clone()), id, to.clone().into(), 10);
        let transfer = |to: &AccountId| {
            let (target, amount) = (to.clone().into(), 1);
            send(&desk, pallet_assets::Call::transfer { id, target, amount })
        };
        assert_ok!(mint(&desk));
        assert_eq!(transfer(&issuer), refused, "a council member is not a desk");
        assert_eq!(transfer(&desk), refused, "an admin desk is not a treasury desk");
        let both: interclear_primitives::operator::Roles =
            vec![Role::Admin, Role::Treasury].try_into().expect("fits");
        let own = RuntimeOrigin::signed(desk.clone());
        assert_ok!(Operators::set_roles(own, desk.clone(), both));
        assert_eq!(transfer(&Eve.to_account_id()), refused);
        let batch = RuntimeCall::Utility(pallet_utility::Call::batch_all {
            calls: vec![RuntimeCall::Assets(pallet_assets::Call::transfer_keep_alive {
                id,
                target: Eve.to_account_id().into(),
                amount: 1,
            })],
        });
        let batched = batch.dispatch(RuntimeOrigin::signed(desk.clone()));
        assert_eq!(batched.map(|_| ()).map_err(|e| e.error), refused);
        let roles: interclear_primitives::operator::Roles = vec![Role::Treasury].try_into().expect("fits");
        let genesis = System::block_hash(0);
        let text = interclear_primitives::operator::consent_text(
            genesis.as_ref(),
            interclear_primitives::ids::OperatorId(0),
            &roles,
            60,
        );
        let consent = Eve.sign(text.as_bytes()).into();
        let signed = RuntimeOrigin::signed(desk.clone());
        assert_ok!(Operators::add_desk(
            signed,
            Eve.to_account_id(),
            roles,
            60,
            consent
        ));
        assert_ok!(transfer(&Eve.to_account_id()));
    });
}

#[test]
fn a_validator_should_not_purge_its_keys_for_good() {
    preset("development").execute_with(|| {
        let purge = RuntimeCall::Session(pallet_session::Call::purge_keys {});
        let outcome = purge.dispatch(RuntimeOrigin::signed(Alice.to_account_id()));
        assert_eq!(
            outcome.map_err(|e| e.error),
            Err(frame_system::Error::<Runtime>::CallFiltered.into())
        );
    });
}

#[test]
fn the_council_should_not_fall_below_two_members() {
    preset("development").execute_with(|| {
        let refused = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        let by_all = |call: pallet_membership::Call<Runtime, pallet_membership::Instance1>| {
            let origin = RuntimeOrigin::from(pallet_collective::RawOrigin::Members(1, 1));
            let outcome = RuntimeCall::CouncilMembership(call).dispatch(origin);
            outcome.map(|_| ()).map_err(|e| e.error)
        };
        let alice = Alice.to_account_id();
        for members in [vec![], vec![alice.clone()]] {
            assert_eq!(
                by_all(pallet_membership::Call::reset_members { members }),
                refused
            );
        }
        let mut members = vec![alice.clone(), Dave.to_account_id()];
        members.sort();
        assert_ok!(by_all(pallet_membership::Call::reset_members { members }));
        let who = alice.clone().into();
        assert_eq!(by_all(pallet_membership::Call::remove_member { who }), refused);
        let who = Bob.to_account_id().into();
        assert_ok!(by_all(pallet_membership::Call::add_member { who }));
        assert_ok!(by_all(pallet_membership::Call::remove_member {
            who: alice.into()
        }));
    });
}

#[test]
fn a_member_should_stay_able_to_sign_when_it_ceases_to_be_a_desk() {
    preset("development").execute_with(|| {
        let eve = Eve.to_account_id();
        assert_ok!(Operators::admit(
            RuntimeOrigin::root(),
            b"Operator".to_vec().try_into().expect("fits"),
            vec![OperatorKind::Mobile].try_into().expect("fits"),
            Default::default(),
            Default::default(),
            eve.clone()
        ));
        assert_ok!(CouncilMembership::add_member(
            RuntimeOrigin::root(),
            eve.clone().into()
        ));
        assert_ok!(Operators::replace_admin(
            RuntimeOrigin::root(),
            interclear_primitives::ids::OperatorId(0),
            Ferdie.to_account_id()
        ));
        assert_eq!(System::providers(&eve), 1);
    });
}

// Benchmarks need more motions of one member.
#[cfg(not(feature = "runtime-benchmarks"))]
#[test]
fn a_member_should_not_fill_the_motions_of_the_council() {
    preset("development").execute_with(|| {
        let propose = |who: &AccountId, n: u8| {
            let code_hash = [n; 32].into();
            let motion = RuntimeCall::Upgrades(crate::upgrades::Call::authorize { code_hash });
            Council::propose(RuntimeOrigin::signed(who.clone()), 3, Box::new(motion), 100)
                .map(|_| ())
                .map_err(|refused| refused.error)
        };
        let members = council();
        for n in 0..10 {
            assert_ok!(propose(&members[0], n));
        }
        let many = pallet_collective::Error::<Runtime, crate::configs::CouncilCollective>::TooManyProposals;
        assert_eq!(propose(&members[0], 10), Err(many.into()));
        assert_ok!(propose(&members[1], 10));
        // A motion that is gone makes room, and leaves nothing behind.
        let gone = RuntimeCall::Upgrades(crate::upgrades::Call::authorize {
            code_hash: [0; 32].into(),
        });
        assert_ok!(Council::disapprove_proposal(
            RuntimeOrigin::root(),
            BlakeTwo256::hash_of(&gone)
        ));
        assert_ok!(propose(&members[0], 11));
        let slots = pallet_collective::CostOf::<Runtime, crate::configs::CouncilCollective>::iter().count();
        assert_eq!(slots, 11);
    });
}

#[test]
fn what_stays_for_ever_should_be_refused_when_it_has_no_bound() {
    use crate::configs::CallTriage;
    use pallet_operators::{Standing, Triage};
    let refused = |call: &RuntimeCall| CallTriage::standing(call) == Standing::Refused;
    let remark = || RuntimeCall::System(frame_system::Call::remark_with_event { remark: vec![1] });
    assert!(refused(&remark()));
    assert!(refused(&RuntimeCall::CouncilMembership(
        pallet_membership::Call::change_key {
            new: Eve.to_account_id().into()
        }
    )));
    // Nor does a batch, or a batch of batches, get past the pool.
    let batch = |calls| RuntimeCall::Utility(pallet_utility::Call::force_batch { calls });
    assert!(refused(&batch(vec![batch(vec![remark()])])));
    let storage = RuntimeCall::System(frame_system::Call::set_storage { items: vec![] });
    assert!(refused(&storage), "only the council may");
}

#[test]
fn answers_should_be_urgent_and_files_not() {
    use crate::configs::CallTriage;
    use pallet_operators::{Standing, Triage};
    let urgent = || {
        RuntimeCall::Operators(pallet_operators::Call::remove_desk {
            account: Eve.to_account_id(),
        })
    };
    let ordinary = || {
        RuntimeCall::Operators(pallet_operators::Call::set_payout_account {
            account: Eve.to_account_id(),
        })
    };
    let batch = |calls| RuntimeCall::Utility(pallet_utility::Call::batch_all { calls });
    for (call, standing) in [
        (urgent(), Standing::Urgent),
        (ordinary(), Standing::Ordinary),
        (batch(vec![urgent(), urgent()]), Standing::Urgent),
        (batch(vec![urgent(), ordinary()]), Standing::Ordinary),
        (batch(vec![]), Standing::Ordinary),
    ] {
        assert_eq!(CallTriage::standing(&call), standing, "{call:?}");
    }
}

#[test]
fn quota_should_go_with_the_seat_when_the_council_swaps_a_member() {
    preset("development").execute_with(|| {
        use pallet_operators::{Payer, QuotaUsage, WindowUse};
        let (bob, eve) = (Bob.to_account_id(), Eve.to_account_id());
        let spent = WindowUse {
            window: 0,
            used: 7,
            urgent: 3,
        };
        QuotaUsage::<Runtime>::insert(Payer::Account(bob.clone()), spent);
        assert_ok!(CouncilMembership::swap_member(
            RuntimeOrigin::root(),
            bob.into(),
            eve.clone().into()
        ));
        assert_eq!(QuotaUsage::<Runtime>::get(Payer::Account(eve)), spent);
    });
}

#[test]
fn preimages_should_not_be_noted_by_hand() {
    preset("development").execute_with(|| {
        let note = RuntimeCall::Preimage(pallet_preimage::Call::note_preimage { bytes: vec![1] });
        let outcome = note.dispatch(RuntimeOrigin::signed(Alice.to_account_id()));
        assert_eq!(
            outcome.map_err(|e| e.error),
            Err(frame_system::Error::<Runtime>::CallFiltered.into())
        );
    });
}

/// What members of the council vote for; each vote and the closing must be valid.
fn carry(motion: RuntimeCall, ayes: &[AccountId]) {
    let length = motion.encoded_size() as u32;
    let hash = BlakeTwo256::hash_of(&motion);
    let weight = motion.get_dispatch_info().call_weight;
    let index = pallet_collective::ProposalCount::<Runtime, crate::configs::CouncilCollective>::get();
    let signed = |who: &AccountId| RuntimeOrigin::signed(who.clone());
    let threshold = ayes.len() as u32;
    assert_ok!(Council::propose(
        signed(&ayes[0]),
        threshold,
        Box::new(motion),
        length
    ));
    for aye in ayes {
        assert_ok!(Council::vote(signed(aye), hash, index, true));
    }
    assert_ok!(Council::close(signed(&ayes[0]), hash, index, weight, length));
}

/// Reads the version of code that is nothing but the version, encoded.
struct CodeIsVersion;

impl sp_core::traits::ReadRuntimeVersion for CodeIsVersion {
    fn read_runtime_version(
        &self,
        code: &[u8],
        _: &mut dyn sp_core::traits::Externalities,
    ) -> Result<Vec<u8>, String> {
        Ok(code.to_vec())
    }
}

#[test]
fn two_thirds_of_the_council_should_authorise_the_next_runtime_and_nobody_else() {
    let mut ext = preset("development");
    ext.register_extension(sp_core::traits::ReadRuntimeVersionExt::new(CodeIsVersion));
    ext.execute_with(|| {
        let version = |spec_version| sp_version::RuntimeVersion {
            spec_version,
            ..crate::VERSION
        };
        let next = version(crate::VERSION.spec_version + 1).encode();
        let code_hash = BlakeTwo256::hash(&next);
        let authorise = |code_hash| RuntimeCall::Upgrades(crate::upgrades::Call::authorize { code_hash });
        for origin in [
            RuntimeOrigin::none(),
            RuntimeOrigin::signed(Alice.to_account_id()),
            RuntimeOrigin::from(pallet_collective::RawOrigin::Members(1, 3)),
        ] {
            let outcome = authorise(code_hash).dispatch(origin);
            assert_eq!(outcome.map_err(|e| e.error), Err(DispatchError::BadOrigin));
        }
        let apply = |code: &[u8]| {
            System::apply_authorized_upgrade(RuntimeOrigin::none(), code.to_vec())
                .map(|_| ())
                .map_err(|e| e.error)
        };
        let nothing = frame_system::Error::<Runtime>::NothingAuthorized;
        assert_eq!(apply(&next), Err(nothing.into()));

        let ayes = &council()[..2];
        carry(authorise(code_hash), ayes);
        let other = version(crate::VERSION.spec_version + 2).encode();
        let unauthorised = frame_system::Error::<Runtime>::Unauthorized;
        assert_eq!(apply(&other), Err(unauthorised.into()));
        assert_ok!(apply(&next));
        let updated =
            crate::RuntimeEvent::from(frame_system::Event::<Runtime>::CodeUpdated { hash: code_hash });
        assert!(System::events().iter().any(|record| record.event == updated));
        assert!(
            System::authorized_upgrade().is_none(),
            "an authorisation serves once"
        );

        // The same version again is refused, although the council wanted it.
        let same = version(crate::VERSION.spec_version).encode();
        carry(authorise(BlakeTwo256::hash(&same)), ayes);
        assert_ok!(apply(&same));
        System::assert_last_event(
            frame_system::Event::<Runtime>::RejectedInvalidAuthorizedUpgrade {
                code_hash: BlakeTwo256::hash(&same),
                error: frame_system::Error::<Runtime>::SpecVersionNeedsToIncrease.into(),
            }
            .into(),
        );
    });
}

#[test]
fn code_of_the_next_runtime_should_be_refused_when_nobody_has_signed() {
    use sp_runtime::{
        traits::TransactionExtension,
        transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
    };
    let mut ext = preset("development");
    ext.register_extension(sp_core::traits::ReadRuntimeVersionExt::new(CodeIsVersion));
    ext.execute_with(|| {
        let next = sp_version::RuntimeVersion {
            spec_version: crate::VERSION.spec_version + 1,
            ..crate::VERSION
        };
        let code = next.encode();
        let code_hash = BlakeTwo256::hash(&code);
        let authorise = RuntimeCall::Upgrades(crate::upgrades::Call::authorize { code_hash });
        carry(authorise, &council()[..2]);
        // All can build the code: without a signature anybody would choose the moment.
        let apply = RuntimeCall::System(frame_system::Call::apply_authorized_upgrade { code });
        let refused: TransactionValidityError = InvalidTransaction::Call.into();
        let bare = |call: &RuntimeCall| {
            let (info, length) = (call.get_dispatch_info(), call.encoded_size());
            crate::TxExtension::bare_validate_and_prepare(call, &info, length)
        };
        assert_eq!(bare(&apply), Err(refused));
        let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: 1 });
        assert_ok!(bare(&time));
        let validity = crate::Executive::validate_transaction(
            TransactionSource::External,
            crate::UncheckedExtrinsic::new_bare(apply),
            Default::default(),
        );
        assert_eq!(validity, Err(refused));
    });
}

#[test]
fn two_thirds_of_the_council_should_replace_the_account_of_an_issuer() {
    preset("development").execute_with(|| {
        let id = codec::Compact(1);
        let (stolen, new): (crate::Address, crate::Address) =
            (Dave.to_account_id().into(), Ferdie.to_account_id().into());
        let root = RuntimeOrigin::root();
        assert_ok!(Assets::force_create(root, id, stolen.clone(), true, 1));
        let replace = RuntimeCall::Assets(pallet_assets::Call::force_asset_status {
            id,
            owner: new.clone(),
            issuer: new.clone(),
            admin: new.clone(),
            freezer: new,
            min_balance: 1,
            is_sufficient: true,
            is_frozen: false,
        });
        let outcome = replace
            .clone()
            .dispatch(RuntimeOrigin::signed(Alice.to_account_id()));
        assert_eq!(outcome.map_err(|e| e.error), Err(DispatchError::BadOrigin));
        carry(replace, &council()[..2]);
        let desk: crate::Address = Eve.to_account_id().into();
        let mint = |who| Assets::mint(RuntimeOrigin::signed(who), id, desk.clone(), 5);
        assert_noop!(
            mint(Dave.to_account_id()),
            pallet_assets::Error::<Runtime>::NoPermission
        );
        assert_ok!(mint(Ferdie.to_account_id()));
    });
}

#[test]
fn force_origins_should_be_two_thirds_of_the_council() {
    preset("development").execute_with(|| {
        let id = codec::Compact(7);
        let owner: crate::Address = Alice.to_account_id().into();
        let by = |yes| RuntimeOrigin::from(pallet_collective::RawOrigin::Members(yes, 3));
        assert_noop!(
            Assets::force_create(by(1), id, owner.clone(), true, 1),
            DispatchError::BadOrigin
        );
        // Direct dispatch is not filtered; a motion is, since tokens come from netting.
        assert_ok!(Assets::force_create(by(2), id, owner, true, 1));
    });
}

#[test]
fn keys_should_act_two_sessions_later_and_leave_the_set_alone_otherwise() {
    preset("local").execute_with(|| {
        turn_session();
        turn_session();
        assert_eq!(
            pallet_grandpa::CurrentSetId::<Runtime>::get(),
            0,
            "nothing changed"
        );

        let eve = Eve.to_account_id();
        let alice = Alice.to_account_id();
        let new = SessionKeys {
            aura: Ferdie.public().into(),
            grandpa: sp_keyring::Ed25519Keyring::Ferdie.public().into(),
        };
        let proof = |who: &AccountId| {
            let owner = who.encode();
            let statement = [&b"POP_"[..], &owner].concat();
            (
                Ferdie.sign(&statement),
                sp_keyring::Ed25519Keyring::Ferdie.sign(&statement),
            )
                .encode()
        };
        assert_noop!(
            Session::set_keys(RuntimeOrigin::signed(eve.clone()), new.clone(), proof(&eve)),
            pallet_session::Error::<Runtime>::NoAssociatedValidatorId
        );
        assert_noop!(
            Session::set_keys(RuntimeOrigin::signed(alice.clone()), new.clone(), proof(&eve)),
            pallet_session::Error::<Runtime>::InvalidProof
        );
        assert_ok!(Session::set_keys(
            RuntimeOrigin::signed(alice.clone()),
            new.clone(),
            proof(&alice)
        ));
        turn_session();
        assert!(!pallet_aura::Authorities::<Runtime>::get().contains(&new.aura));
        turn_session();
        assert!(pallet_aura::Authorities::<Runtime>::get().contains(&new.aura));
        assert_eq!(Session::validators().len(), 2);
    });
}

#[test]
fn a_block_should_have_half_a_slot_to_compute() {
    let weights = crate::configs::RuntimeBlockWeights::get();
    assert_eq!(weights.max_block.ref_time(), SLOT_DURATION * 1_000_000_000 / 2);
    assert!(weights.validate().is_ok());
    let length = crate::configs::RuntimeBlockLength::get();
    assert_eq!(*length.max.get(DispatchClass::Operational), BLOCK_LENGTH);
}

#[test]
fn one_call_should_settle_a_cycle_when_all_operators_that_there_may_be_are_in_it() {
    let cycle = interclear_primitives::ids::CycleId(0);
    let settle = RuntimeCall::Netting(pallet_netting::Call::settle { cycle });
    let declared = settle.get_dispatch_info().call_weight;
    let weights = crate::configs::RuntimeBlockWeights::get();
    let most = weights.get(DispatchClass::Normal).max_extrinsic;
    let most = most.expect("ordinary calls have a bound");
    assert!(declared.all_lte(most), "{declared:?} of {most:?}");
}
