//! Puts the node together: database, transaction pool, network, block making and finality.

use crate::{
    client::{Client, Pool},
    metrics::{self, Metrics},
    proposer::InTime,
    rpc, rpc_server,
    spawner::ToTheEnd,
};
use futures::FutureExt;
use interclear_runtime::{apis::RuntimeApi, configs::BLOCK_LENGTH, opaque::Block, Hash};
use sc_basic_authorship::ProposerFactory;
use sc_client_api::{Backend as _, BlockBackend};
use sc_consensus::{DefaultImportQueue, LongestChain};
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
    warp_proof, FinalityProofProvider, GrandpaBlockImport, GrandpaParams, GrandpaPruningFilter, LinkHalf,
    SharedVoterState, VotingRulesBuilder,
};
use sc_network::{config::FullNetworkConfiguration, Litep2pNetworkBackend, NetworkBackend};
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{
    error::Error as ServiceError, BuildNetworkParams, Configuration, PartialComponents, SpawnTasksParams,
    TFullBackend, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::{
    inherents::InherentDataProvider as SlotProvider,
    sr25519::{AuthorityId as AuraId, AuthorityPair as AuraPair},
};
use std::{sync::Arc, time::Duration};

type Backend = TFullBackend<Block>;
type SelectChain = LongestChain<Backend, Block>;
type BlockImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;
type Voter = LinkHalf<Block, Client, SelectChain>;

/// What every task of the program needs; the rest is needed to run.
pub type Parts = PartialComponents<
    Client,
    Backend,
    SelectChain,
    DefaultImportQueue<Block>,
    Pool,
    (BlockImport, Voter, Option<Telemetry>),
>;

/// Blocks after which finality is proven and the proof kept, if no change of voters asks for it before.
const JUSTIFICATION_PERIOD: u32 = 512;
/// How long a vote is expected to travel. Voters wait for multiples of it before they go on.
const GOSSIP_DURATION: Duration = Duration::from_millis(200);
/// What a block holds besides its transactions.
const HEADER_ALLOWANCE: usize = 512;

/// Opens the database and sets up what imports blocks.
pub fn parts(config: &Configuration) -> Result<Parts, ServiceError> {
    let telemetry = config
        .telemetry_endpoints
        .clone()
        .filter(|endpoints| !endpoints.is_empty())
        .map(|endpoints| -> Result<_, sc_telemetry::Error> {
            let worker = TelemetryWorker::new(16)?;
            let telemetry = worker.handle().new_telemetry(endpoints);
            Ok((worker, telemetry))
        })
        .transpose()?;

    let (client, backend, keystore_container, task_manager) =
        sc_service::new_full_parts::<Block, RuntimeApi, _>(
            config,
            telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
            sc_service::new_wasm_executor(&config.executor),
            // Warp sync needs the proofs of finality where the voters changed.
            vec![Arc::new(GrandpaPruningFilter)],
        )?;
    let client = Arc::new(client);
    let telemetry = telemetry.map(|(worker, telemetry)| {
        task_manager.spawn_handle().spawn("telemetry", None, worker.run());
        telemetry
    });

    let select_chain = LongestChain::new(backend.clone());
    let transaction_pool = Arc::new(
        sc_transaction_pool::Builder::new(
            ToTheEnd(task_manager.spawn_essential_handle()),
            client.clone(),
            config.role.is_authority().into(),
        )
        .with_options(config.transaction_pool.clone())
        .with_prometheus(config.prometheus_registry())
        .build(),
    );
    let (block_import, voter) = sc_consensus_grandpa::block_import(
        client.clone(),
        JUSTIFICATION_PERIOD,
        &client,
        select_chain.clone(),
        telemetry.as_ref().map(|telemetry| telemetry.handle()),
    )?;

    let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
    let import_queue = sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
        block_import: block_import.clone(),
        justification_import: Some(Box::new(block_import.clone())),
        client: client.clone(),
        create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
        spawner: &task_manager.spawn_essential_handle(),
        registry: config.prometheus_registry(),
        check_for_equivocation: Default::default(),
        telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
        compatibility_mode: Default::default(),
    })?;

    Ok(PartialComponents {
        client,
        backend,
        task_manager,
        import_queue,
        keystore_container,
        select_chain,
        transaction_pool,
        other: (block_import, voter, telemetry),
    })
}

/// What a block states of itself: its slot and its time.
fn inherents(
    slot_duration: sc_consensus_aura::SlotDuration,
) -> (SlotProvider, sp_timestamp::InherentDataProvider) {
    let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
    (
        SlotProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration),
        timestamp,
    )
}

/// Starts a node. It runs until its task manager ends.
pub async fn start(mut config: Configuration) -> Result<TaskManager, ServiceError> {
    // A chain of operators may have two nodes in all. One peer is enough: its proof begins at the genesis.
    config.network.min_peers_to_start_warp_sync = Some(1);
    let Parts {
        client,
        backend,
        mut task_manager,
        import_queue,
        keystore_container,
        select_chain,
        transaction_pool,
        other: (block_import, voter, mut telemetry),
    } = parts(&config)?;

    let rpc_settings = rpc_server::Settings::take(&mut config.rpc)?;
    let role = config.role;
    let name = config.network.node_name.clone();
    let force_authoring = config.force_authoring;
    let votes = !config.disable_grandpa;
    let registry = config.prometheus_registry().cloned();

    let mut net_config = FullNetworkConfiguration::<Block, Hash, Litep2pNetworkBackend>::new(
        &config.network,
        registry.clone(),
    );
    let network_metrics =
        <Litep2pNetworkBackend as NetworkBackend<Block, Hash>>::register_notification_metrics(
            registry.as_ref(),
        );
    let genesis = client
        .block_hash(0)?
        .ok_or_else(|| ServiceError::Other("the database has no genesis".into()))?;
    let voting_protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
    let (voting_config, voting_notifications) =
        sc_consensus_grandpa::grandpa_peers_set_config::<Block, Litep2pNetworkBackend>(
            voting_protocol.clone(),
            network_metrics.clone(),
            net_config.peer_store_handle(),
        );
    net_config.add_notification_protocol(voting_config);
    let warp_sync = Arc::new(warp_proof::NetworkProvider::new(
        backend.clone(),
        voter.shared_authority_set().clone(),
        Vec::new(),
    ));
    let (network, system_rpc_tx, tx_handler_controller, sync_service, _) =
        sc_service::build_network(BuildNetworkParams {
            config: &config,
            net_config,
            client: client.clone(),
            transaction_pool: transaction_pool.clone(),
            spawn_handle: task_manager.spawn_handle(),
            spawn_essential_handle: task_manager.spawn_essential_handle(),
            import_queue,
            block_announce_validator_builder: None,
            warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
            block_relay: None,
            metrics: network_metrics,
            gap_sync_body_policy: None,
        })?;

    if config.offchain_worker.enabled {
        let workers = OffchainWorkers::new(OffchainWorkerOptions {
            runtime_api_provider: client.clone(),
            keystore: Some(keystore_container.keystore()),
            offchain_db: backend.offchain_storage(),
            transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
            network_provider: Arc::new(network.clone()),
            is_validator: role.is_authority(),
            enable_http_requests: false,
            custom_extensions: |_| Vec::new(),
        })?;
        task_manager.spawn_handle().spawn(
            "offchain-workers-runner",
            "offchain-worker",
            workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
        );
    }

    if let Some(registry) = &registry {
        let metrics = Metrics::register(registry).map_err(|error| ServiceError::Application(error.into()))?;
        task_manager
            .spawn_handle()
            .spawn_blocking("metrics", None, metrics::run(client.clone(), metrics));
    }

    let round = SharedVoterState::empty();
    let rpc_deps = rpc::Deps {
        client: client.clone(),
        pool: transaction_pool.clone(),
        finality: rpc::Finality {
            voters: voter.shared_authority_set().clone(),
            round: round.clone(),
            justifications: voter.justification_stream(),
            proofs: FinalityProofProvider::new_for_service(
                backend.clone(),
                Some(voter.shared_authority_set().clone()),
            ),
        },
    };
    let handlers = sc_service::spawn_tasks(SpawnTasksParams {
        network: network.clone(),
        client: client.clone(),
        keystore: keystore_container.keystore(),
        task_manager: &mut task_manager,
        transaction_pool: transaction_pool.clone(),
        rpc_builder: Box::new(move |executor| {
            rpc::methods(rpc_deps.clone(), executor).map_err(|error| ServiceError::Application(error.into()))
        }),
        backend,
        system_rpc_tx,
        tx_handler_controller,
        sync_service: sync_service.clone(),
        config,
        telemetry: telemetry.as_mut(),
        tracing_execute_block: None,
    })?;
    let methods = handlers.handle().as_ref().clone();
    task_manager.keep_alive(rpc_server::start(rpc_settings, methods).await?);
    let telemetry = telemetry.as_ref().map(|telemetry| telemetry.handle());

    if role.is_authority() {
        let mut proposer_factory = ProposerFactory::new(
            task_manager.spawn_handle(),
            client.clone(),
            transaction_pool.clone(),
            registry.as_ref(),
            telemetry.clone(),
        );
        proposer_factory.set_default_block_size_limit(BLOCK_LENGTH as usize + HEADER_ALLOWANCE);
        let slot_duration = sc_consensus_aura::slot_duration::<AuraId, _, _>(&*client)?;
        let aura =
            sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, (), _>(StartAuraParams {
                slot_duration,
                client,
                select_chain,
                block_import,
                proposer_factory: InTime(proposer_factory),
                sync_oracle: sync_service.clone(),
                justification_sync_link: sync_service.clone(),
                create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
                force_authoring,
                backoff_authoring_blocks: None,
                keystore: keystore_container.keystore(),
                block_proposal_slot_portion: SlotProportion::new(crate::proposer::PROPOSAL_PORTION),
                max_block_proposal_slot_portion: None,
                telemetry: telemetry.clone(),
                compatibility_mode: Default::default(),
            })?;
        // A validator that cannot make blocks should stop, and be seen to.
        task_manager
            .spawn_essential_handle()
            .spawn_blocking("aura", Some("block-authoring"), aura);
    }

    if votes {
        let grandpa = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
            config: sc_consensus_grandpa::Config {
                gossip_duration: GOSSIP_DURATION,
                justification_generation_period: JUSTIFICATION_PERIOD,
                observer_enabled: false,
                local_role: role,
                name: Some(name),
                keystore: role.is_authority().then(|| keystore_container.keystore()),
                telemetry: telemetry.clone(),
                protocol_name: voting_protocol,
            },
            link: voter,
            network,
            sync: sync_service,
            notification_service: voting_notifications,
            // Votes go to the best block: the usual rules would hold them back by two.
            voting_rule: VotingRulesBuilder::new().build(),
            prometheus_registry: registry,
            shared_voter_state: round,
            telemetry,
            offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
        })?;
        task_manager
            .spawn_essential_handle()
            .spawn_blocking("grandpa-voter", None, grandpa);
    }

    Ok(task_manager)
}
