//! What answers for the chain within the node: the service makes it, the JSON-RPC methods ask it.

use interclear_runtime::{apis::RuntimeApi, opaque::Block};
use sc_executor::WasmExecutor;
use sc_service::TFullClient;
use sc_transaction_pool::TransactionPoolHandle;

/// Executes the runtime and knows the chain.
pub type Client = TFullClient<Block, RuntimeApi, WasmExecutor<sp_io::SubstrateHostFunctions>>;
/// Holds the transactions that wait for a block.
pub type Pool = TransactionPoolHandle<Block, Client>;
