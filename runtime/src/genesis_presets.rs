//! Chains to start from, for development and tests. Their keys are public.
//!
//! A production chain starts from a specification of its own, made with `build-spec` and the operators' keys.
//! Nobody is endowed: validators and council members get an account without a coin.

use crate::{
    AccountId, CouncilMembershipConfig, NettingConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys,
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// One validator.
pub const DEVELOPMENT: &str = "development";
/// Two validators.
pub const LOCAL: &str = "local";
/// Four validators: the smallest set that goes on finalising when one of them is lost.
pub const FOUR: &str = "four";

/// The well-known keys of one party: its account with its block-making key, and its voting key.
type Party = (Sr25519Keyring, Ed25519Keyring);

const ALICE: Party = (Sr25519Keyring::Alice, Ed25519Keyring::Alice);
const BOB: Party = (Sr25519Keyring::Bob, Ed25519Keyring::Bob);
const CHARLIE: Party = (Sr25519Keyring::Charlie, Ed25519Keyring::Charlie);
const DAVE: Party = (Sr25519Keyring::Dave, Ed25519Keyring::Dave);

/// The names of the presets.
pub fn names() -> Vec<PresetId> {
    vec![DEVELOPMENT.into(), LOCAL.into(), FOUR.into()]
}

/// The preset of that name as JSON, if there is one.
pub fn get(id: &PresetId) -> Option<Vec<u8>> {
    let validators: &[Party] = match id.as_ref() {
        DEVELOPMENT => &[ALICE],
        LOCAL => &[ALICE, BOB],
        FOUR => &[ALICE, BOB, CHARLIE, DAVE],
        _ => return None,
    };
    serde_json::to_vec(&genesis(validators, &[ALICE, BOB, CHARLIE])).ok()
}

fn genesis(validators: &[Party], council: &[Party]) -> serde_json::Value {
    let account = |party: &Party| party.0.to_account_id();
    let mut members: Vec<AccountId> = council.iter().map(account).collect();
    members.sort();
    build_struct_json_patch!(RuntimeGenesisConfig {
        session: SessionConfig {
            keys: validators
                .iter()
                .map(|party| (account(party), account(party), keys(party)))
                .collect(),
        },
        // Nobody waits for days to pass; a production chain does.
        netting: NettingConfig { test_network: true },
        council_membership: CouncilMembershipConfig {
            members: members
                .try_into()
                .expect("three members fit into a council of a hundred; qed"),
        },
    })
}

fn keys(party: &Party) -> SessionKeys {
    SessionKeys {
        aura: party.0.public().into(),
        grandpa: party.1.public().into(),
    }
}
