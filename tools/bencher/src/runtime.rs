use codec::{Decode, Encode};
use frame_benchmarking::{benchmarking, BenchmarkBatch, BenchmarkConfig, BenchmarkList, BenchmarkResult};
use frame_support::traits::StorageInfo;
use sc_chain_spec::GenesisConfigBuilderRuntimeCaller;
use sc_client_db::BenchmarkingState;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, RuntimeCode, WrappedRuntimeCode};
use sp_externalities::Extensions;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{OverlayedChanges, StateMachine};
use sp_storage::well_known_keys::CODE;

/// The state that benchmarks start from.
const PRESET: &str = "development";

/// What the runtime may call: the functions of a node, and those of benchmarks.
type HostFunctions = (sp_io::SubstrateHostFunctions, benchmarking::HostFunctions);

/// A runtime with benchmarks, and the state that they run on, in memory.
pub struct Runtime {
    code: Vec<u8>,
    executor: WasmExecutor<HostFunctions>,
    /// Notes which keys are read and written, which costs time.
    tracking: BenchmarkingState<BlakeTwo256>,
    /// Notes nothing.
    timing: BenchmarkingState<BlakeTwo256>,
}

/// What one dispatch of a benchmark is for.
#[derive(Clone, Copy, PartialEq)]
pub enum Purpose {
    /// Whether the call did what the benchmark says it does.
    Verify,
    /// Which keys it reads and writes.
    Access,
    /// How long it takes, measured so often.
    Time(u32),
}

impl Runtime {
    /// Takes the runtime's code, compressed or not, and builds its genesis.
    pub fn new(code: Vec<u8>) -> Result<Self, String> {
        let builder = GenesisConfigBuilderRuntimeCaller::<benchmarking::HostFunctions>::new(&code);
        let mut genesis = builder.get_storage_for_named_preset(Some(&PRESET.to_owned()))?;
        genesis.top.insert(CODE.to_vec(), code.clone());
        Ok(Runtime {
            executor: WasmExecutor::builder().build(),
            tracking: BenchmarkingState::new(genesis.clone(), None, false, true)?,
            timing: BenchmarkingState::new(genesis, None, false, false)?,
            code,
        })
    }

    /// The pallets with their benchmarks, and the storage items of all pallets.
    pub fn metadata(&self) -> Result<(Vec<BenchmarkList>, Vec<StorageInfo>), String> {
        self.call(&self.timing, "Benchmark_benchmark_metadata", false)
    }

    /// Runs a benchmark once, or as often as it is to be timed.
    pub fn dispatch(
        &self,
        mut config: BenchmarkConfig,
        purpose: Purpose,
    ) -> Result<Vec<BenchmarkResult>, String> {
        config.verify = purpose == Purpose::Verify;
        config.internal_repeats = match purpose {
            Purpose::Time(repeats) => repeats,
            Purpose::Verify | Purpose::Access => 1,
        };
        let state = match purpose {
            Purpose::Access => &self.tracking,
            Purpose::Verify | Purpose::Time(_) => &self.timing,
        };
        let outcome: Result<Vec<BenchmarkBatch>, String> =
            self.call(state, "Benchmark_dispatch_benchmark", config)?;
        Ok(outcome?.into_iter().flat_map(|batch| batch.results).collect())
    }

    fn call<T: Decode>(
        &self,
        state: &BenchmarkingState<BlakeTwo256>,
        method: &str,
        arguments: impl Encode,
    ) -> Result<T, String> {
        let fetcher = WrappedRuntimeCode(self.code.as_slice().into());
        let code = RuntimeCode {
            code_fetcher: &fetcher,
            heap_pages: None,
            hash: sp_io::hashing::blake2_256(&self.code).to_vec(),
        };
        let (mut changes, mut extensions) = (OverlayedChanges::default(), Extensions::default());
        // Benchmarks of signatures make their own keys.
        extensions.register(KeystoreExt::new(MemoryKeystore::new()));
        let answer = StateMachine::new(
            state,
            &mut changes,
            &self.executor,
            method,
            &arguments.encode(),
            &mut extensions,
            &code,
            CallContext::Offchain,
        )
        .execute()
        .map_err(|error| format!("{method}: {error}"))?;
        T::decode(&mut answer.as_slice()).map_err(|error| format!("the answer of {method}: {error}"))
    }
}

/// A name that the runtime gives as bytes.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
