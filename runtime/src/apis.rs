//! What nodes and clients may ask the runtime.

use crate::{
    AccountId, Agreements, Anchoring, Aura, Block, Channels, Disputes, Escrow, Executive, Grandpa,
    InherentDataExt, Inventory, Issuance, Netting, Nonce, Operators, Reports, Runtime, RuntimeGenesisConfig,
    SessionKeys, Statements, Switches, System, Tariffs, Validators, VERSION,
};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
    genesis_builder_helper::{build_state, get_preset},
    traits::KeyOwnerProofSystem,
    view_functions::{ViewFunctionDispatchError, ViewFunctionId},
};
use interclear_primitives::api::types::{Escrow as Held, *};
use sp_api::impl_runtime_apis;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::{AuthorityId as GrandpaId, EquivocationProof, OpaqueKeyOwnershipProof};
use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
    traits::{Block as BlockT, NumberFor},
    transaction_validity::{TransactionSource, TransactionValidity},
    ApplyExtrinsicResult, DispatchResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;

impl_runtime_apis! {
    impl sp_api::Core<Block> for Runtime {
        fn version() -> RuntimeVersion {
            VERSION
        }

        fn execute_block(block: <Block as BlockT>::LazyBlock) {
            Executive::execute_block(block)
        }

        fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
            Executive::initialize_block(header)
        }
    }

    impl sp_api::Metadata<Block> for Runtime {
        fn metadata() -> OpaqueMetadata {
            OpaqueMetadata::new(Runtime::metadata().into())
        }

        fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
            Runtime::metadata_at_version(version)
        }

        fn metadata_versions() -> Vec<u32> {
            Runtime::metadata_versions()
        }
    }

    impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
        fn execute_view_function(
            id: ViewFunctionId,
            input: Vec<u8>,
        ) -> Result<Vec<u8>, ViewFunctionDispatchError> {
            Runtime::execute_view_function(id, input)
        }
    }

    impl sp_block_builder::BlockBuilder<Block> for Runtime {
        fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
            Executive::apply_extrinsic(extrinsic)
        }

        fn finalize_block() -> <Block as BlockT>::Header {
            Executive::finalize_block()
        }

        fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
            data.create_extrinsics()
        }

        fn check_inherents(block: <Block as BlockT>::LazyBlock, data: InherentData) -> CheckInherentsResult {
            data.check_extrinsics(&block)
        }
    }

    impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
        fn validate_transaction(
            source: TransactionSource,
            transaction: <Block as BlockT>::Extrinsic,
            block_hash: <Block as BlockT>::Hash,
        ) -> TransactionValidity {
            Executive::validate_transaction(source, transaction, block_hash)
        }
    }

    impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
        fn offchain_worker(header: &<Block as BlockT>::Header) {
            Executive::offchain_worker(header)
        }
    }

    impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
        fn slot_duration() -> sp_consensus_aura::SlotDuration {
            sp_consensus_aura::SlotDuration::from_millis(Aura::slot_duration())
        }

        fn authorities() -> Vec<AuraId> {
            pallet_aura::Authorities::<Runtime>::get().into_inner()
        }
    }

    impl sp_session::SessionKeys<Block> for Runtime {
        fn generate_session_keys(owner: Vec<u8>, seed: Option<Vec<u8>>) -> OpaqueGeneratedSessionKeys {
            SessionKeys::generate(&owner, seed).into()
        }

        fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
            SessionKeys::decode_into_raw_public_keys(&encoded)
        }
    }

    impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
        fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
            Grandpa::grandpa_authorities()
        }

        fn current_set_id() -> sp_consensus_grandpa::SetId {
            pallet_grandpa::CurrentSetId::<Runtime>::get()
        }

        fn submit_report_equivocation_unsigned_extrinsic(
            proof: EquivocationProof<<Block as BlockT>::Hash, NumberFor<Block>>,
            key_owner: OpaqueKeyOwnershipProof,
        ) -> Option<()> {
            Grandpa::submit_unsigned_equivocation_report(proof, key_owner.decode()?)
        }

        fn generate_key_ownership_proof(
            _: sp_consensus_grandpa::SetId,
            authority: GrandpaId,
        ) -> Option<OpaqueKeyOwnershipProof> {
            Validators::prove((sp_consensus_grandpa::KEY_TYPE, authority))
                .map(|proof| OpaqueKeyOwnershipProof::new(proof.encode()))
        }
    }

    impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
        fn account_nonce(account: AccountId) -> Nonce {
            System::account_nonce(account)
        }
    }

    impl interclear_primitives::api::InterclearApi<Block, AccountId> for Runtime {
        fn operator(id: OperatorId) -> Option<Operator<AccountId>> {
            Operators::operator(id)
        }

        fn operators(from: OperatorId) -> Vec<(OperatorId, Operator<AccountId>)> {
            Operators::operators(from)
        }

        fn operator_by_tadig(tadig: Tadig) -> Option<OperatorId> {
            Operators::operator_by_tadig(&tadig)
        }

        fn desk(who: AccountId) -> Option<Desk> {
            Operators::desk(&who)
        }

        fn sealing_keys(operator: OperatorId) -> Vec<SealingKey> {
            Channels::sealing_keys(operator)
        }

        fn suites() -> Vec<(Suite, SuiteStatus)> {
            Channels::suites()
        }

        fn channels(operator: OperatorId, after: Option<OperatorId>) -> Vec<(OperatorId, Channel)> {
            Channels::channels(operator, after)
        }

        fn epochs(pair: Pair) -> Vec<(u32, Epoch)> {
            Channels::epochs(pair)
        }

        fn desks(operator: OperatorId) -> Vec<(AccountId, Desk)> {
            Operators::desks(operator)
        }

        fn quota(who: AccountId) -> Option<Quota> {
            Operators::quota(&who)
        }

        fn agreement(id: AgreementId) -> Option<Agreement<AccountId>> {
            Agreements::agreement(id)
        }

        fn agreements_of(operator: OperatorId) -> Vec<AgreementId> {
            Agreements::agreements_of(operator)
        }

        fn terms(id: AgreementId, version: u32) -> Option<Terms> {
            Agreements::terms(id, version)
        }

        fn route(visited: Tadig, home: Tadig, period: Period) -> Option<Route> {
            Agreements::route_in(&visited, &home, period)
        }

        fn regions() -> Vec<(RegionCode, Region)> {
            Tariffs::regions()
        }

        fn tariffs(after: Option<(Area, Service)>) -> Vec<(Area, Service, PriceSteps)> {
            Tariffs::tariffs(after)
        }

        fn caps() -> Vec<(Service, PriceCap)> {
            Tariffs::caps()
        }

        fn caps_exceeded(terms: Terms, from: Period) -> Vec<CapExceeded> {
            Tariffs::caps_exceeded(&terms, from)
        }

        fn rates(period: Period) -> Vec<(Currency, MonthRate)> {
            Tariffs::rates(period)
        }

        fn proposed_rates(period: Period) -> Vec<(Currency, ProposedRate)> {
            Tariffs::proposed_rates(period)
        }

        fn rate_submissions(period: Period) -> Vec<(Currency, RateSubmissions)> {
            Tariffs::rate_submissions(period)
        }

        fn rate_feeders() -> Feeders {
            Tariffs::rate_feeders()
        }

        fn sequence(series: SeriesKey) -> SequenceState {
            Anchoring::sequence(series)
        }

        fn batch(key: BatchKey) -> Option<Batch> {
            Anchoring::batch(key)
        }

        fn batches(series: SeriesKey, first: u32, last: u32) -> Vec<Batch> {
            Anchoring::batches(series, first, last)
        }

        fn nrtrde_file(key: BatchKey) -> Option<NrtrdeFile> {
            Anchoring::nrtrde_file(key)
        }

        fn nrtrde_months(series: SeriesKey) -> NrtrdeMonths {
            Anchoring::nrtrde_months(series)
        }

        fn proven_record(key: BatchKey, root: Digest, index: u32) -> Option<ProvenRecord> {
            Anchoring::proven_record(key, root, index)
        }

        fn usage_reports(pair: PairMonth) -> Option<(UsageReports, Vec<ComparedLine>)> {
            Reports::usage_reports(pair)
        }

        fn reported_pairs(agreement: AgreementId, period: Period) -> Vec<PairMonth> {
            Reports::reported_pairs(agreement, period)
        }

        fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage {
            Anchoring::period_usage(agreement, period)
        }

        fn late_usage(agreement: AgreementId, period: Period) -> Vec<(Period, UsageKey, UsageTotal)> {
            Anchoring::late_usage(agreement, period)
        }

        fn usage(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)> {
            Anchoring::usage(agreement, period)
        }

        fn statement(agreement: AgreementId, period: Period) -> Option<Statement> {
            Statements::statement(agreement, period)
        }

        fn carried_forward(agreement: AgreementId) -> Option<CarriedForward> {
            Statements::carried_forward(agreement)
        }

        fn decisions(agreement: AgreementId) -> Vec<Decided> {
            Statements::decisions(agreement)
        }

        fn closing(agreement: AgreementId, period: Period) -> Option<MonthClosing> {
            Statements::closing(agreement, period)
        }

        fn standing_offers(by: OperatorId) -> Vec<(u8, StandingOffer)> {
            Escrow::standing_offers(by)
        }

        fn escrows(agreement: AgreementId) -> [Option<Held<AccountId>>; 2] {
            Escrow::escrows(agreement)
        }

        fn escrow_month(agreement: AgreementId, period: Period) -> [EscrowMonth; 2] {
            Escrow::escrow_month(agreement, period)
        }

        fn owed_before(agreement: AgreementId) -> [u128; 2] {
            Escrow::owed_before(agreement)
        }

        fn dispute(id: DisputeId) -> Option<Dispute> {
            Disputes::dispute(id)
        }

        fn disputes(agreement: AgreementId, period: Period) -> Vec<(DisputeId, Dispute)> {
            Disputes::disputes_on(agreement, period)
        }

        fn open_disputes(operator: OperatorId, after: Option<DisputeId>) -> Vec<(DisputeId, Dispute)> {
            Disputes::open_disputes(operator, after)
        }

        fn obligation(id: ObligationId) -> Option<Obligation> {
            Netting::obligation(id)
        }

        fn exposure(operator: OperatorId, partner: Option<OperatorId>) -> Vec<Exposure> {
            Netting::exposure(operator, partner)
        }

        fn attestation(token: TokenId) -> Option<Attestation> {
            Issuance::attestation(token)
        }

        fn freezes(token: TokenId) -> Vec<(Option<AccountId>, Freeze)> {
            Issuance::freezes(token)
        }

        fn redemptions(after: Option<RedemptionId>) -> Vec<(RedemptionId, Redemption)> {
            Issuance::redemptions(after)
        }

        fn outside_payment(id: ObligationId) -> Option<OutsidePayment> {
            Netting::outside_payment(id)
        }

        fn obligations(
            operator: OperatorId,
            after: Option<ObligationId>,
        ) -> (Vec<(ObligationId, Obligation)>, Option<ObligationId>) {
            Netting::obligations(operator, after)
        }

        fn cycle(id: CycleId) -> Option<Cycle> {
            Netting::cycle(id)
        }

        fn latest_cycle() -> Option<CycleId> {
            Netting::latest_cycle()
        }

        fn schedules() -> Vec<Schedule> {
            Netting::schedules()
        }

        fn positions(cycle: CycleId) -> Vec<(OperatorId, Position)> {
            Netting::positions(cycle)
        }

        fn token(id: TokenId) -> Option<Token> {
            Netting::token(id)
        }

        fn tokens() -> Vec<(TokenId, Token)> {
            Netting::tokens()
        }

        fn balance(token: TokenId, who: AccountId) -> (u128, u128) {
            Netting::balance(token, &who)
        }

        fn inventory_terms(relation: Relation) -> Option<InventoryTerms> {
            Inventory::inventory_terms(relation)
        }

        fn inventory_bills(relation: Relation) -> Vec<(Period, Currency, InventoryBill)> {
            Inventory::inventory_bills(relation)
        }

        fn inventory(relation: Relation) -> Option<InventoryState> {
            Inventory::inventory(relation)
        }

        fn proposed_profile(relation: Relation) -> Option<ProposedProfile> {
            Inventory::proposed_profile(relation)
        }

        fn relations(operator: OperatorId) -> Vec<Relation> {
            Inventory::relations(operator)
        }

        fn inventory_records(
            relation: Relation,
            after: Option<(InventorySide, RecordId)>,
        ) -> Vec<(InventorySide, InventoryRecord, Class)> {
            Inventory::inventory_records(relation, after)
        }

        fn reported_records(
            relation: Relation,
            after: Option<(InventorySide, RecordId)>,
        ) -> Vec<(InventorySide, InventoryRecord)> {
            Inventory::reported_records(relation, after)
        }

        fn blind_records(
            relation: Relation,
            after: Option<(InventorySide, RecordId)>,
        ) -> Vec<(InventorySide, BlindRecord)> {
            Inventory::blind_records(relation, after)
        }

        fn tasks(operator: OperatorId, after: Option<TaskCursor>) -> TaskPage {
            crate::tasks::page(operator, after)
        }

        fn activity() -> Activity {
            crate::activity::of_block()
        }

        fn pauses() -> Vec<Pause> {
            Switches::pauses()
        }

        fn validators() -> Vec<(AccountId, ValidatorState)> {
            Validators::validators()
        }

        fn validator_record(who: AccountId) -> (SlotHistory, Offences) {
            Validators::validator_record(&who)
        }

        fn validator_keys(who: AccountId) -> ValidatorKeys {
            Validators::validator_keys(&who)
        }

        fn peers() -> Vec<(OperatorId, Peers)> {
            Validators::peers()
        }

        fn author_key_proof(key: Digest) -> Option<Vec<u8>> {
            Validators::prove((sp_core::crypto::key_types::AURA, key)).map(|proof| proof.encode())
        }

        fn motion_outcome(motion: Digest) -> Option<DispatchResult> {
            crate::configs::motion_outcome(motion.into())
        }

        fn proposal_outcome(call: Vec<u8>) -> Option<DispatchResult> {
            crate::configs::proposal_outcome(&call)
        }

        fn call_outcome(who: AccountId, call: Vec<u8>) -> Option<DispatchResult> {
            crate::configs::call_outcome(who, &call)
        }
    }

    impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
        fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
            build_state::<RuntimeGenesisConfig>(config)
        }

        fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
            get_preset::<RuntimeGenesisConfig>(id, crate::genesis_presets::get)
        }

        fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
            crate::genesis_presets::names()
        }
    }

    #[cfg(feature = "runtime-benchmarks")]
    impl frame_benchmarking::Benchmark<Block> for Runtime {
        fn benchmark_metadata(
            extra: bool,
        ) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
            use crate::*;
            use frame_benchmarking::{baseline::Pallet as BaselineBench, BenchmarkList};
            use frame_support::traits::StorageInfoTrait;
            use frame_system_benchmarking::{
                extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
            };

            let mut list = Vec::<BenchmarkList>::new();
            list_benchmarks!(list, extra);
            (list, AllPalletsWithSystem::storage_info())
        }

        fn dispatch_benchmark(
            config: frame_benchmarking::BenchmarkConfig,
        ) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
            use crate::*;
            use frame_benchmarking::{baseline::Pallet as BaselineBench, BenchmarkBatch};
            use frame_support::traits::{TrackedStorageKey, WhitelistedStorageKeys};
            use frame_system_benchmarking::{
                extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
            };

            let whitelist: Vec<TrackedStorageKey> = AllPalletsWithSystem::whitelisted_storage_keys();
            let mut batches = Vec::<BenchmarkBatch>::new();
            let params = (&config, &whitelist);
            add_benchmarks!(params, batches);
            Ok(batches)
        }
    }

    #[cfg(feature = "try-runtime")]
    impl frame_try_runtime::TryRuntime<Block> for Runtime {
        fn on_runtime_upgrade(
            checks: frame_try_runtime::UpgradeCheckSelect,
        ) -> (frame_support::weights::Weight, frame_support::weights::Weight) {
            // A failed check has to stop the tool that runs it, with a trace.
            let weight = Executive::try_runtime_upgrade(checks).expect("the upgrade's checks pass");
            (weight, crate::configs::RuntimeBlockWeights::get().max_block)
        }

        fn execute_block(
            block: <Block as BlockT>::LazyBlock,
            state_root_check: bool,
            signature_check: bool,
            select: frame_try_runtime::TryStateSelect,
        ) -> frame_support::weights::Weight {
            Executive::try_execute_block(block, state_root_check, signature_check, select)
                .expect("the block executes and the state is sound")
        }
    }
}

#[cfg(feature = "runtime-benchmarks")]
mod benchmark_configs {
    impl frame_system_benchmarking::Config for crate::Runtime {}
    impl frame_benchmarking::baseline::Config for crate::Runtime {}
}
