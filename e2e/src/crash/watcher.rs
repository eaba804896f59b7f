//! `interclear tap watch` as a process.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

/// The process; dropping it ends it.
pub(super) struct Watcher {
    program: PathBuf,
    arguments: Vec<String>,
    log: PathBuf,
    process: Child,
    /// Where in the log this process began.
    begun: u64,
}

impl Watcher {
    pub(super) fn start(program: &Path, url: &str, key: &str, folder: &Path, log: &Path) -> io::Result<Self> {
        let shared = ["--url", url, "--key", key];
        let command = ["tap", "watch", "--interval", "1", "--unchanged", "1"];
        let mut arguments: Vec<String> = shared.into_iter().chain(command).map(Into::into).collect();
        arguments.push(folder.display().to_string());
        let (process, begun) = spawn(program, &arguments, log)?;
        Ok(Self {
            program: program.into(),
            arguments,
            log: log.into(),
            process,
            begun,
        })
    }

    /// Ends the process at once (SIGKILL).
    pub(super) fn kill(&mut self) -> io::Result<()> {
        self.process.kill()?;
        self.process.wait().map(drop)
    }

    pub(super) fn restart(&mut self) -> io::Result<()> {
        (self.process, self.begun) = spawn(&self.program, &self.arguments, &self.log)?;
        Ok(())
    }

    /// How the process ended, if it did so by itself, and what it said last.
    pub(super) fn ended(&mut self) -> io::Result<Option<(ExitStatus, String)>> {
        let Some(status) = self.process.try_wait()? else {
            return Ok(None);
        };
        let mut log = File::open(&self.log)?;
        log.seek(SeekFrom::Start(self.begun))?;
        let mut said = String::new();
        log.read_to_string(&mut said)?;
        let last = said
            .lines()
            .rfind(|line| !line.trim().is_empty())
            .unwrap_or_default();
        Ok(Some((status, last.into())))
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        let _ = self.kill();
    }
}

fn spawn(program: &Path, arguments: &[String], log: &Path) -> io::Result<(Child, u64)> {
    let log = File::options().create(true).append(true).open(log)?;
    let begun = log.metadata()?.len();
    let process = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()?;
    Ok((process, begun))
}
