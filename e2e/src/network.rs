//! Real nodes on loopback, each with keys and a base path of its own.

use crate::{founding, public};
use interclear_client::chain::{Chain, ChainError};
use std::{
    fs::File,
    io,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// The well-known names of validators, in the order in which the presets list them.
const NAMES: [&str; 4] = ["alice", "bob", "charlie", "dave"];
/// How long a node may take until it answers, and a network until it finalises; seconds where the machine does nothing else.
const PATIENCE: Duration = Duration::from_secs(240);

/// Why there is no network.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// A program is missing.
    #[error("there is no program at {}: build it with `cargo build --release --workspace`", .0.display())]
    NoBinary(PathBuf),
    /// The operating system.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A node ended, or does not get on.
    #[error("node {name} {what}; its log is {}", log.display())]
    Stuck {
        /// The node.
        name: &'static str,
        /// What is wrong.
        what: &'static str,
        /// Where it says why.
        log: PathBuf,
    },
    /// A specification was not written.
    #[error("the specification of {chain} cannot be written: {why}")]
    Specification {
        /// Of which chain.
        chain: String,
        /// What the program says.
        why: String,
    },
    /// A network was not founded.
    #[error("no network is founded: {0}")]
    Founding(String),
    /// A node answers nonsense.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// A running node; dropping it ends the process.
pub struct Node {
    name: &'static str,
    command: Vec<String>,
    log: PathBuf,
    port: u16,
    prometheus: u16,
    process: Child,
    binary: PathBuf,
}

impl Node {
    fn start(
        binary: &Path,
        chain: &str,
        name: &'static str,
        part: &[&str],
        home: &Path,
        boot: Option<&str>,
    ) -> Result<Self, NetworkError> {
        let base = home.join(name);
        std::fs::create_dir_all(&base)?;
        let (port, p2p, prometheus) = (free_port()?, free_port()?, free_port()?);
        let mut command: Vec<String> = vec![
            format!("--chain={chain}"),
            format!("--base-path={}", base.display()),
            format!("--rpc-port={port}"),
            format!("--prometheus-port={prometheus}"),
            format!("--listen-addr=/ip4/127.0.0.1/tcp/{p2p}"),
            format!("--node-key={}", node_key(name)),
            "--rpc-cors=all".into(),
            "--rpc-methods=unsafe".into(),
            "--rpc-max-connections=1000".into(),
            "--no-telemetry".into(),
            "--no-mdns".into(),
            "--allow-private-ip".into(),
        ];
        command.extend(part.iter().map(|option| (*option).to_owned()));
        match boot {
            Some(boot) => command.push(format!("--bootnodes={boot}")),
            // Light clients find the first one, over WebSocket.
            None => command.push(format!("--listen-addr=/ip4/127.0.0.1/tcp/{}/ws", free_port()?)),
        }
        let log = home.join(format!("{name}.log"));
        let process = spawn(binary, &command, &log)?;
        Ok(Self {
            name,
            command,
            log,
            port,
            prometheus,
            process,
            binary: binary.into(),
        })
    }

    /// Where its JSON-RPC is.
    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    /// Where its metrics are.
    pub fn metrics_url(&self) -> String {
        format!("http://127.0.0.1:{}/metrics", self.prometheus)
    }

    /// Of the well-known key with which it validates; `newcomer` has none.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where it logs to.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Ends the process at once, as a power cut would (SIGKILL).
    ///
    /// # Errors
    /// The process has ended already.
    pub fn kill(&mut self) -> io::Result<()> {
        self.process.kill()?;
        self.process.wait().map(drop)
    }

    /// Whether the process has ended.
    ///
    /// # Errors
    /// The operating system.
    pub fn has_ended(&mut self) -> io::Result<bool> {
        Ok(self.process.try_wait()?.is_some())
    }

    /// Starts the node again on the same base path.
    ///
    /// # Errors
    /// The operating system.
    pub fn restart(&mut self) -> Result<(), NetworkError> {
        self.process = spawn(&self.binary, &self.command, &self.log)?;
        Ok(())
    }

    /// Waits until the node answers.
    ///
    /// # Errors
    /// It ended, or takes too long.
    pub async fn connect(&mut self) -> Result<Chain, NetworkError> {
        let started = Instant::now();
        loop {
            if let Ok(chain) = Chain::connect(&self.url()).await {
                return Ok(chain);
            }
            self.check(started)?;
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    /// Waits until the node has finalised a block of at least this number, and returns the number.
    ///
    /// # Errors
    /// It ended, or takes too long.
    pub async fn finalised(&mut self, at_least: u64) -> Result<u64, NetworkError> {
        let chain = self.connect().await?;
        let started = Instant::now();
        loop {
            let number = chain.at_final().await?.block_number();
            if number >= at_least {
                return Ok(number);
            }
            self.check(started)?;
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    fn check(&mut self, started: Instant) -> Result<(), NetworkError> {
        let stuck = |what| NetworkError::Stuck {
            name: self.name,
            what,
            log: self.log.clone(),
        };
        if self.process.try_wait()?.is_some() {
            return Err(stuck("has ended"));
        }
        if started.elapsed() > PATIENCE {
            return Err(stuck("does not get on"));
        }
        Ok(())
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        let _ = self.kill();
    }
}

/// Nodes that validate one chain.
pub struct Network {
    /// The nodes; the first one is the others' boot node.
    pub nodes: Vec<Node>,
    chain: String,
    boot: Option<String>,
    home: PathBuf,
    // Removed when the network is dropped, unless it is to stay.
    temporary: Option<tempfile::TempDir>,
}

impl Network {
    /// Starts a chain of two validators (`local`) and waits for finality.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn local() -> Result<Self, NetworkError> {
        Self::start("local", 2, &[]).await
    }

    /// Starts a chain of four validators, of which one may fail, and waits for finality.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn four() -> Result<Self, NetworkError> {
        Self::start("four", 4, &[]).await
    }

    /// As [`Network::local`], and the nodes keep the state of every block.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn archive() -> Result<Self, NetworkError> {
        Self::start("local", 2, &["--state-pruning=archive"]).await
    }

    /// As [`Network::four`], and the nodes keep the state of every block.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn archive_of_four() -> Result<Self, NetworkError> {
        Self::start("four", 4, &["--state-pruning=archive"]).await
    }

    /// Starts the two validators of `local` on a chain of one's own, and waits for finality.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn of_specification(file: &Path) -> Result<Self, NetworkError> {
        Self::start(&file.display().to_string(), 2, &[]).await
    }

    /// Founds a network of four operators with keys of their own, starts it, and waits for finality.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn founded() -> Result<Self, NetworkError> {
        let binary = beside("interclear-node", "INTERCLEAR_NODE")?;
        let temporary = tempfile::Builder::new().prefix("interclear-").tempdir()?;
        let home = temporary.path().to_path_buf();
        let chain = founding::specification(&binary, &home, &NAMES)
            .map_err(NetworkError::Founding)?
            .display()
            .to_string();
        Self::of_keystores(&binary, chain, temporary, &NAMES).await
    }

    /// Starts a chain of so many validators whose keys are public, at most 13 of them, and waits for finality.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn of(validators: usize) -> Result<Self, NetworkError> {
        let binary = beside("interclear-node", "INTERCLEAR_NODE")?;
        let temporary = tempfile::Builder::new().prefix("interclear-").tempdir()?;
        let home = temporary.path().to_path_buf();
        let names = public::NAMES.get(..validators).unwrap_or(&public::NAMES);
        let keystore = |name: &str| founding::keystore(&home, name);
        let written = public::specification(&build_specification("local", &[])?, names, keystore)
            .map_err(NetworkError::Founding)?;
        let [plain, raw] = ["plain.json", "chain.json"].map(|file| home.join(file));
        std::fs::write(&plain, written)?;
        // It is read quicker, once for each node.
        std::fs::write(&raw, raw_specification(&plain.display().to_string())?)?;
        Self::of_keystores(&binary, raw.display().to_string(), temporary, names).await
    }

    /// Starts validators that have their keys in keystores, and waits for finality.
    async fn of_keystores(
        binary: &Path,
        chain: String,
        temporary: tempfile::TempDir,
        names: &[&'static str],
    ) -> Result<Self, NetworkError> {
        let home = temporary.path().to_path_buf();
        let mut network = Self::empty(chain, temporary);
        let mut start = async || {
            for &name in names {
                let keystore = format!("--keystore-path={}", founding::keystore(&home, name).display());
                network.add(binary, name, &["--validator", &keystore]).await?;
            }
            network.finalise().await
        };
        let started = start().await;
        network.or_kept(started)
    }

    async fn start(chain: &str, validators: usize, more: &[&str]) -> Result<Self, NetworkError> {
        let binary = beside("interclear-node", "INTERCLEAR_NODE")?;
        let temporary = tempfile::Builder::new().prefix("interclear-").tempdir()?;
        let mut network = Self::empty(chain.to_owned(), temporary);
        let grown = network.grow(&binary, validators, more).await;
        network.or_kept(grown)
    }

    fn empty(chain: String, temporary: tempfile::TempDir) -> Self {
        Self {
            nodes: Vec::new(),
            chain,
            boot: None,
            home: temporary.path().to_path_buf(),
            temporary: Some(temporary),
        }
    }

    /// The network if it has started; else its folder stays, for the error names a log in there.
    fn or_kept(mut self, started: Result<(), NetworkError>) -> Result<Self, NetworkError> {
        if started.is_err() {
            self.keep();
        }
        started.map(|()| self)
    }

    async fn grow(&mut self, binary: &Path, validators: usize, more: &[&str]) -> Result<(), NetworkError> {
        for name in NAMES.into_iter().take(validators) {
            let key = format!("--{name}");
            let part = [&[key.as_str(), "--validator"], more].concat();
            self.add(binary, name, &part).await?;
        }
        self.finalise().await
    }

    /// Starts a further node; the first one is the others' boot node.
    async fn add(&mut self, binary: &Path, name: &'static str, part: &[&str]) -> Result<(), NetworkError> {
        let boot = self.boot.as_deref();
        let mut node = Node::start(binary, &self.chain, name, part, &self.home, boot)?;
        if boot.is_none() {
            let chain = node.connect().await?;
            let addresses: Vec<String> = chain
                .rpc("system_localListenAddresses", subxt::rpcs::rpc_params![])
                .await?;
            self.boot = addresses
                .into_iter()
                .find(|address| address.contains("/ip4/127.0.0.1/") && !address.contains("/ws"));
        }
        self.nodes.push(node);
        Ok(())
    }

    async fn finalise(&mut self) -> Result<(), NetworkError> {
        for node in &mut self.nodes {
            node.finalised(2).await?;
        }
        Ok(())
    }

    /// Starts a node that does not validate and fetches the state of the last final block in place of all blocks
    /// before it.
    ///
    /// # Errors
    /// There is no node binary, or it does not start.
    pub fn newcomer(&self) -> Result<Node, NetworkError> {
        let part = ["--name=newcomer", "--sync=warp"];
        let boot = self.boot.as_deref();
        let binary = beside("interclear-node", "INTERCLEAR_NODE")?;
        Node::start(&binary, &self.chain, "newcomer", &part, &self.home, boot)
    }

    /// Writes the chain's specification with its first state spelt out, as a light client reads it, and returns where it is.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub fn raw_specification(&self) -> Result<PathBuf, NetworkError> {
        let file = self.home.join("raw-specification.json");
        std::fs::write(&file, raw_specification(&self.chain)?)?;
        Ok(file)
    }

    /// The folder with base paths and logs.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Keeps the folder when the network ends.
    pub fn keep(&mut self) {
        if let Some(temporary) = self.temporary.take() {
            let _ = temporary.keep();
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        // A test that fails leaves its logs behind.
        if std::thread::panicking() {
            self.keep();
            println!("the network's folder is {}", self.home.display());
        }
    }
}

/// The specification of a preset or of a file, with the first state spelt out, as the node writes it.
///
/// # Errors
/// There is no node, or it refuses.
pub fn raw_specification(chain: &str) -> Result<Vec<u8>, NetworkError> {
    build_specification(chain, &["--raw"])
}

fn build_specification(chain: &str, more: &[&str]) -> Result<Vec<u8>, NetworkError> {
    let binary = beside("interclear-node", "INTERCLEAR_NODE")?;
    let written = Command::new(&binary)
        .args(["build-spec", "--disable-default-bootnode"])
        .arg(format!("--chain={chain}"))
        .args(more)
        .output()?;
    if written.status.success() {
        Ok(written.stdout)
    } else {
        Err(NetworkError::Specification {
            chain: chain.into(),
            why: String::from_utf8_lossy(&written.stderr).into_owned(),
        })
    }
}

fn spawn(binary: &Path, command: &[String], log: &Path) -> io::Result<Child> {
    let log = File::options().create(true).append(true).open(log)?;
    Command::new(binary)
        .args(command)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
}

/// A libp2p key made from the name: these networks hold nothing worth hiding.
fn node_key(name: &str) -> String {
    name.bytes()
        .chain(std::iter::repeat(7))
        .take(32)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// A program beside the running one: in cargo's target folder, or where a variable says.
///
/// # Errors
/// There is none.
pub fn beside(program: &str, variable: &str) -> Result<PathBuf, NetworkError> {
    if let Some(path) = std::env::var_os(variable) {
        return Ok(path.into());
    }
    let running = std::env::current_exe()?;
    let places: Vec<PathBuf> = running
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(program))
        .collect();
    places
        .iter()
        .find(|path| path.is_file())
        .cloned()
        .ok_or_else(|| NetworkError::NoBinary(places[0].clone()))
}

/// The command line, where whoever runs this has set nothing for it.
///
/// # Errors
/// There is none.
pub fn interclear() -> Result<Command, NetworkError> {
    Ok(interclear_at(&beside("interclear", "INTERCLEAR")?))
}

/// Likewise, of a program that is named.
pub(crate) fn interclear_at(program: &Path) -> Command {
    let mut command = Command::new(program);
    forget_settings(&mut command).env("INTERCLEAR_CONFIG", "");
    command
}

/// Takes from a command what is set for the command line: its variables, and the width of a terminal.
pub(crate) fn forget_settings(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name == "COLUMNS" || name.to_string_lossy().starts_with("INTERCLEAR_") {
            command.env_remove(name);
        }
    }
    command
}
