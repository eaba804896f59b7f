//! The Interclear runtime: the chain's rules, put together from the pallets.
//!
//! This crate only composes. Business rules are in the pallets, their arithmetic is in the pure crates, and
//! what one pallet needs of another is wired in [`configs`].

#![cfg_attr(not(feature = "std"), no_std)]
// The construct nests every call of every pallet into one type.
#![recursion_limit = "512"]

extern crate alloc;

pub mod activity;
pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benches;
pub mod configs;
pub mod genesis_presets;
pub mod tasks;
pub mod upgrades;

use alloc::vec::Vec;
use sp_runtime::{
    generic, impl_opaque_keys,
    traits::{BlakeTwo256, IdentifyAccount, Verify},
    MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use pallet_session::historical as pallet_session_historical;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

/// A signature by one of the schemes an account may use.
pub type Signature = MultiSignature;
/// The public identity of a signer: 32 bytes.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How a transaction names an account.
pub type Address = MultiAddress<AccountId, ()>;
/// An amount in minor units of a token.
pub type Balance = u128;
/// The number of a fiat token.
pub type AssetId = u32;
/// The number of a block; genesis is 0.
pub type BlockNumber = u32;
/// How many transactions an account has made.
pub type Nonce = u32;
/// The hash of blocks and storage: blake2b-256.
pub type Hash = sp_core::H256;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block as the runtime sees it.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its number or hash, as nodes pass it on.
pub type SignedBlock = generic::SignedBlock<Block>;

/// Checks that every signed transaction passes, in this order, and that charge it with its weight.
///
/// There are no fees. Access control is our own; it stands in the place of `CheckNonce` and encodes as that does, so that clients
/// which do not know it can sign. What is too heavy or too long for any block is refused before it looks at anything.
/// `CheckMetadataHash` lets hardware wallets show what they sign; others leave it off.
pub type TxExtension = (
    frame_system::AuthorizeCall<Runtime>,
    frame_system::CheckNonZeroSender<Runtime>,
    frame_system::CheckWeight<Runtime>,
    pallet_operators::CheckAccess<Runtime>,
    frame_system::CheckSpecVersion<Runtime>,
    frame_system::CheckTxVersion<Runtime>,
    frame_system::CheckGenesis<Runtime>,
    frame_system::CheckMortality<Runtime>,
    frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
    frame_system::WeightReclaim<Runtime>,
);
/// A transaction as it comes from outside.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What is signed of a transaction.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
/// Executes blocks by handing them to the pallets.
pub type Executive = frame_executive::Executive<
    Runtime,
    Block,
    frame_system::ChainContext<Runtime>,
    Runtime,
    AllPalletsWithSystem,
>;

/// Time from one slot to the next, in milliseconds; a slot holds one block.
pub const SLOT_DURATION: u64 = 2_000;
/// Blocks in a minute, when no slot is missed.
pub const MINUTES: BlockNumber = 60_000 / (SLOT_DURATION as BlockNumber);
/// Blocks in an hour.
pub const HOURS: BlockNumber = MINUTES * 60;
/// Blocks in a day.
pub const DAYS: BlockNumber = HOURS * 24;

impl_opaque_keys! {
    /// The keys by which a validator takes part: one to make blocks, one to vote on finality.
    pub struct SessionKeys {
        /// Makes blocks.
        pub aura: Aura,
        /// Votes on finality.
        pub grandpa: Grandpa,
    }
}

/// Blocks whose transactions are only bytes: all that a node needs, whatever runtime the chain is upgraded to.
pub mod opaque {
    use super::{generic, Header};
    use sp_runtime::OpaqueExtrinsic;

    /// A block as nodes store it and pass it on.
    pub type Block = generic::Block<Header, OpaqueExtrinsic>;
}

/// Says which version this runtime is; the attribute takes a number in digits and nothing else.
macro_rules! version {
    (spec_version: $spec_version:tt) => {
        /// The version of this runtime.
        #[sp_version::runtime_version]
        pub const VERSION: RuntimeVersion = RuntimeVersion {
            spec_name: alloc::borrow::Cow::Borrowed("interclear"),
            impl_name: alloc::borrow::Cow::Borrowed("interclear"),
            authoring_version: 1,
            spec_version: $spec_version,
            impl_version: 1,
            apis: apis::RUNTIME_API_VERSIONS,
            transaction_version: 1,
            // The newest that released light clients read: smoldot 3.4 refuses a runtime that says 2 or 3.
            system_version: 1,
        };
    };
}

#[cfg(not(feature = "rehearsal"))]
version!(spec_version: 100);
// One more than above: what the rehearsal of an upgrade comes to.
#[cfg(feature = "rehearsal")]
version!(spec_version: 101);

#[frame_support::runtime]
mod runtime {
    /// The runtime.
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask,
        RuntimeViewFunction
    )]
    pub struct Runtime;

    // The chain itself.
    #[runtime::pallet_index(0)]
    pub type System = frame_system;
    #[runtime::pallet_index(1)]
    pub type Timestamp = pallet_timestamp;
    #[runtime::pallet_index(2)]
    pub type Aura = pallet_aura;
    #[runtime::pallet_index(3)]
    pub type Authorship = pallet_authorship;
    #[runtime::pallet_index(4)]
    pub type Session = pallet_session;
    #[runtime::pallet_index(5)]
    pub type Historical = pallet_session_historical;
    #[runtime::pallet_index(7)]
    pub type Grandpa = pallet_grandpa;
    #[runtime::pallet_index(8)]
    pub type Validators = pallet_validators;

    // Tokens.
    #[runtime::pallet_index(10)]
    pub type Balances = pallet_balances;
    #[runtime::pallet_index(11)]
    pub type Assets = pallet_assets;
    #[runtime::pallet_index(12)]
    pub type AssetsHolder = pallet_assets_holder;

    // Governance and conveniences.
    #[runtime::pallet_index(20)]
    pub type Council = pallet_collective<Instance1>;
    #[runtime::pallet_index(21)]
    pub type CouncilMembership = pallet_membership<Instance1>;
    #[runtime::pallet_index(22)]
    pub type Utility = pallet_utility;
    #[runtime::pallet_index(24)]
    pub type Preimage = pallet_preimage;
    #[runtime::pallet_index(25)]
    pub type Scheduler = pallet_scheduler;
    #[runtime::pallet_index(26)]
    pub type Upgrades = crate::upgrades;

    // Clearing and settlement.
    #[runtime::pallet_index(30)]
    pub type Operators = pallet_operators;
    #[runtime::pallet_index(31)]
    pub type Agreements = pallet_agreements;
    #[runtime::pallet_index(32)]
    pub type Anchoring = pallet_anchoring;
    #[runtime::pallet_index(33)]
    pub type Statements = pallet_statements;
    #[runtime::pallet_index(34)]
    pub type Tariffs = pallet_tariffs;
    #[runtime::pallet_index(35)]
    pub type Netting = pallet_netting;
    #[runtime::pallet_index(36)]
    pub type Reports = pallet_reports;
    #[runtime::pallet_index(37)]
    pub type Disputes = pallet_disputes;
    #[runtime::pallet_index(38)]
    pub type Inventory = pallet_inventory;
    #[runtime::pallet_index(39)]
    pub type Escrow = pallet_escrow;
    #[runtime::pallet_index(41)]
    pub type Issuance = pallet_issuance;
    #[runtime::pallet_index(42)]
    pub type Channels = pallet_channels;
    #[runtime::pallet_index(43)]
    pub type Switches = pallet_switches;
}

#[cfg(test)]
mod tests;
