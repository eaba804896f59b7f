//! `interclear-node network`: a network of one's own, from the keys that its founders have made to the file that all of its nodes
//! start from.

mod founders;
#[cfg(test)]
mod tests;

use crate::chain_spec::{runtime_code, ChainSpec};
use codec::Encode;
use founders::{Founders, Genesis};
use interclear_runtime::{opaque::Block, AccountId, Hash};
use sc_service::{
    config::KeystoreConfig, construct_genesis_block, resolve_state_version_from_wasm, ChainType,
    KeystoreContainer,
};
use sp_core::{
    crypto::{key_types, Ss58Codec},
    proof_of_possession::statement_of_ownership,
};
use sp_keystore::KeystorePtr;
use sp_runtime::{
    traits::{BlakeTwo256, Block as _, Hash as _},
    BuildStorage,
};
use std::{
    fs,
    io::{Error as IoError, Write},
    path::{Path, PathBuf},
};

/// What the founders fill in.
const TEMPLATE: &str = include_str!("template.toml");

/// Found a network: make validators' keys, write its specification, compare the specifications of several machines.
#[derive(Debug, clap::Subcommand)]
pub enum NetworkCommand {
    /// Print the file that the founders fill in together, with what each line means.
    Template,
    /// Make the session keys of a founding validator in its keystore, and print what goes into the founders' file.
    ///
    /// Run on the validator itself: the secret keys stay in the keystore and are shown nowhere.
    Keys {
        /// The account of the validator, an engineering desk of its operator.
        #[arg(long)]
        account: AccountId,
        /// The keystore that the node is started with (--keystore-path).
        #[arg(long)]
        keystore_path: PathBuf,
    },
    /// Check the founders' file and write the specification, in its raw form, that every node of the network starts from.
    ///
    /// Everything that is wrong is told at once, and nothing is written then.
    Init {
        /// The founders' file.
        founders: PathBuf,
        /// Where the specification goes.
        #[arg(long, short)]
        output: PathBuf,
        /// The runtime (WASM) that the chain begins with; that of this program unless given.
        #[arg(long)]
        runtime: Option<PathBuf>,
    },
    /// Tell what a specification is, with its digest and the hash of its first block: both must be the same on all machines.
    Show {
        /// The file, raw or not.
        specification: PathBuf,
    },
}

type Answer<T> = Result<T, String>;

fn read(path: &Path) -> Answer<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

impl NetworkCommand {
    /// Does what was asked.
    pub fn run(&self) -> Answer<()> {
        let text = match self {
            Self::Template => TEMPLATE.to_owned(),
            Self::Keys {
                account,
                keystore_path,
            } => keys_of(account, keystore_path)?,
            Self::Init {
                founders,
                output,
                runtime,
            } => init(founders, output, runtime.as_deref())?,
            Self::Show { specification } => shown(specification)?,
        };
        print(&text).map_err(|error| error.to_string())
    }
}

fn print(text: &str) -> Result<(), IoError> {
    writeln!(std::io::stdout().lock(), "{}", text.trim_end())
}

/// Makes session keys and proves that they are the account's.
fn make_keys(keystore: &KeystorePtr, account: &AccountId) -> Answer<(Vec<u8>, Vec<u8>)> {
    let owned = statement_of_ownership(&account.encode());
    let made = || {
        let aura = keystore.sr25519_generate_new(key_types::AURA, None)?;
        let grandpa = keystore.ed25519_generate_new(key_types::GRANDPA, None)?;
        let proof = (
            keystore.sr25519_sign(key_types::AURA, &aura, &owned)?,
            keystore.ed25519_sign(key_types::GRANDPA, &grandpa, &owned)?,
        );
        Ok::<_, sp_keystore::Error>(((aura, grandpa), proof))
    };
    match made().map_err(|error| error.to_string())? {
        (keys, (Some(aura), Some(grandpa))) => Ok((keys.encode(), (aura, grandpa).encode())),
        _ => Err("the keystore does not sign".into()),
    }
}

fn keys_of(account: &AccountId, path: &Path) -> Answer<String> {
    let keystore = KeystoreContainer::new(&KeystoreConfig::Path {
        path: path.into(),
        password: None,
    });
    let keystore = keystore
        .map_err(|error| format!("{}: {error}", path.display()))?
        .keystore();
    let held = !keystore.sr25519_public_keys(key_types::AURA).is_empty()
        || !keystore.ed25519_public_keys(key_types::GRANDPA).is_empty();
    if held {
        return Err(format!(
            "{} has session keys already; a validator is founded with one set of keys",
            path.display()
        ));
    }
    let (keys, proof) = make_keys(&keystore, account)?;
    Ok(format!(
        "[[operator.validator]]\naccount = \"{}\"\nkeys = \"0x{}\"\nproof = \"0x{}\"\n",
        account.to_ss58check(),
        hex::encode(keys),
        hex::encode(proof)
    ))
}

/// The specification of a network that is to be.
fn specification(founders: &Founders, genesis: Genesis, code: &[u8]) -> Answer<ChainSpec> {
    let kind = match founders.test_network {
        true => ChainType::Custom("Acceptance".into()),
        false => ChainType::Live,
    };
    let patch = serde_json::to_value(&genesis.config).map_err(|error| error.to_string())?;
    Ok(ChainSpec::builder(code, None)
        .with_name(&founders.name)
        .with_id(&founders.id)
        .with_chain_type(kind)
        .with_protocol_id(&founders.protocol)
        .with_boot_nodes(genesis.boot_nodes)
        .with_properties(crate::chain_spec::properties())
        .with_genesis_config_patch(patch)
        .build())
}

fn init(file: &Path, output: &Path, runtime: Option<&Path>) -> Answer<String> {
    let text = String::from_utf8(read(file)?).map_err(|_| format!("{}: is not text", file.display()))?;
    let founders: Founders =
        toml::from_str(&text).map_err(|error| format!("{}: {}", file.display(), error.to_string().trim()))?;
    let genesis = founders.check().map_err(|problems| {
        let list: Vec<String> = problems
            .iter()
            .map(|problem| format!("\n  - {problem}"))
            .collect();
        format!("{}: nothing is written, because{}", file.display(), list.concat())
    })?;
    let code = match runtime {
        Some(path) => read(path)?,
        None => runtime_code()?.to_vec(),
    };
    let json = specification(&founders, genesis, &code)?.as_json(true)?;
    let failed = |error: IoError| format!("{}: {error}", output.display());
    // Whoever starts a node meanwhile must not read half a file.
    let beside = output.with_extension("new");
    fs::write(&beside, json + "\n").map_err(failed)?;
    fs::rename(&beside, output).map_err(failed)?;
    shown(output)
}

/// The hash of the first block.
fn genesis_hash(spec: &ChainSpec) -> Answer<Hash> {
    let storage = spec.build_storage()?;
    let executor = sc_executor::WasmExecutor::<sp_io::SubstrateHostFunctions>::builder().build();
    let version = resolve_state_version_from_wasm::<_, BlakeTwo256>(&storage, &executor)
        .map_err(|error| error.to_string())?;
    let pairs = storage.top.into_iter().collect();
    let root = BlakeTwo256::trie_root(pairs, version);
    Ok(construct_genesis_block::<Block>(root, version).hash())
}

fn shown(path: &Path) -> Answer<String> {
    let octets = read(path)?;
    let digest = hex::encode(sp_io::hashing::sha2_256(&octets));
    let spec = ChainSpec::from_json_bytes(octets)?;
    let rows = [
        ("Network", spec.name().to_owned()),
        ("Id", spec.id().to_owned()),
        ("Protocol", spec.protocol_id().unwrap_or("none").to_owned()),
        ("First block", format!("{:?}", genesis_hash(&spec)?)),
        ("File, SHA-256", digest),
    ];
    let mut text: String = rows.map(|(name, value)| format!("{name:<14} {value}\n")).concat();
    for node in spec.boot_nodes() {
        text.push_str(&format!("{:<14} {node}\n", "Boot node"));
    }
    Ok(text)
}
