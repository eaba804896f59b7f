//! The chains this program knows by name. Any other is given as a file.

use interclear_runtime::{genesis_presets, WASM_BINARY};
use sc_service::{ChainType, GenericChainSpec, Properties};

/// A chain's specification: its name, its boot nodes and its first state.
pub type ChainSpec = GenericChainSpec;

/// One validator, for development: `--chain dev`.
pub fn development() -> Result<ChainSpec, String> {
    of_preset(
        "Interclear Development",
        "interclear_dev",
        ChainType::Development,
        genesis_presets::DEVELOPMENT,
    )
}

/// Two validators: `--chain local`.
pub fn local() -> Result<ChainSpec, String> {
    of_preset(
        "Interclear Local",
        "interclear_local",
        ChainType::Local,
        genesis_presets::LOCAL,
    )
}

/// Four validators, of which one may fail: `--chain four`.
pub fn four() -> Result<ChainSpec, String> {
    of_preset(
        "Interclear Four",
        "interclear_four",
        ChainType::Local,
        genesis_presets::FOUR,
    )
}

/// The runtime that was built with this program.
pub fn runtime_code() -> Result<&'static [u8], String> {
    WASM_BINARY.ok_or("this program was built without the runtime; build it without SKIP_WASM_BUILD".into())
}

/// What wallets read of a chain.
pub fn properties() -> Properties {
    let mut properties = Properties::new();
    properties.insert("ss58Format".into(), 42.into());
    // Of the coin that is not used; the hash of the metadata, which hardware wallets check, contains them.
    properties.insert("tokenSymbol".into(), "UNIT".into());
    properties.insert("tokenDecimals".into(), 12.into());
    properties
}

fn of_preset(name: &str, id: &str, kind: ChainType, preset: &str) -> Result<ChainSpec, String> {
    Ok(ChainSpec::builder(runtime_code()?, None)
        .with_name(name)
        .with_id(id)
        .with_chain_type(kind)
        .with_protocol_id("interclear")
        .with_genesis_config_preset_name(preset)
        .with_properties(properties())
        .build())
}
