//! Carries out what the command line asks for.

use crate::{
    chain_spec::{self, ChainSpec},
    cli::{Cli, Subcommand},
    service,
};
use interclear_runtime::opaque::Block;
use sc_cli::SubstrateCli;
use sc_network::config::NetworkBackendType;

impl SubstrateCli for Cli {
    fn impl_name() -> String {
        "Interclear Node".into()
    }

    fn impl_version() -> String {
        env!("SUBSTRATE_CLI_IMPL_VERSION").into()
    }

    fn description() -> String {
        env!("CARGO_PKG_DESCRIPTION").into()
    }

    fn author() -> String {
        env!("CARGO_PKG_AUTHORS").into()
    }

    fn support_url() -> String {
        "your operators' council".into()
    }

    fn copyright_start_year() -> i32 {
        2026
    }

    fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
        Ok(Box::new(match id {
            "dev" => chain_spec::development()?,
            "" | "local" => chain_spec::local()?,
            "four" => chain_spec::four()?,
            path if !std::path::Path::new(path).is_file() => {
                return Err(format!(
                    "there is no chain specification {path}: name its file, or one of the presets dev, local and four"
                ))
            }
            path => ChainSpec::from_json_file(path.into())?,
        }))
    }
}

/// Reads the command line and does what it says.
pub fn run() -> sc_cli::Result<()> {
    let cli = Cli::from_args();
    let Some(subcommand) = &cli.subcommand else {
        return run_node(&cli);
    };

    match subcommand {
        Subcommand::Key(cmd) => cmd.run(&cli),
        Subcommand::Network(cmd) => cmd.run().map_err(sc_cli::Error::Input),
        Subcommand::ExportChainSpec(cmd) => cmd.run(cli.load_spec(&cmd.chain)?),
        Subcommand::BuildSpec(cmd) => cli
            .create_runner(cmd)?
            .sync_run(|config| cmd.run(config.chain_spec, config.network)),
        Subcommand::CheckBlock(cmd) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::parts(&config)?;
            Ok((cmd.run(parts.client, parts.import_queue), parts.task_manager))
        }),
        Subcommand::ExportBlocks(cmd) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::parts(&config)?;
            Ok((cmd.run(parts.client, config.database), parts.task_manager))
        }),
        Subcommand::ImportBlocks(cmd) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::parts(&config)?;
            Ok((cmd.run(parts.client, parts.import_queue), parts.task_manager))
        }),
        Subcommand::PurgeChain(cmd) => cli
            .create_runner(cmd)?
            .sync_run(|config| cmd.run(config.database)),
        Subcommand::Revert(cmd) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::parts(&config)?;
            let voters = Box::new(|client, _, blocks| {
                sc_consensus_grandpa::revert(client, blocks)?;
                Ok(())
            });
            let run = cmd.run(parts.client, parts.backend, Some(voters));
            Ok((run, parts.task_manager))
        }),
        Subcommand::ChainInfo(cmd) => cli
            .create_runner(cmd)?
            .sync_run(|config| cmd.run::<Block>(&config)),
    }
}

/// What is not logged: the address on which the SDK's own server answers nobody.
const SILENT: &str = "sc_rpc_server=warn";

fn run_node(cli: &Cli) -> sc_cli::Result<()> {
    let mut run = cli.run.clone();
    run.shared_params.log.insert(0, SILENT.into());
    cli.create_runner(&run)?.run_node_until_exit(|config| async move {
        match config.network.network_backend {
            NetworkBackendType::Litep2p => service::start(config).await.map_err(sc_cli::Error::Service),
            NetworkBackendType::Libp2p => Err(sc_cli::Error::Input(
                "only the network backend litep2p is supported".into(),
            )),
        }
    })
}
