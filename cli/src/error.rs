//! Why a command does not succeed.

use crate::keys::OpenError;
use interclear_client::{
    chain::ChainError, council::CouncilError, files::FileError, inbox::InboxError, keys::KeyError,
    operators::OperatorError, replay::ReplayError,
};
use std::path::PathBuf;

/// Why a command did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The chain.
    #[error("{chain}{advice}", chain = .0, advice = advice(.0))]
    Chain(ChainError),
    /// A keystore.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The key that signs.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A motion of the council.
    #[error(transparent)]
    Council(CouncilError),
    /// Standard output.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A file of usage, its secret, or the store of records.
    #[error(transparent)]
    Usage(#[from] FileError),
    /// A file that was named.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Something that was named does not exist.
    #[error("there is no {0}")]
    NotFound(String),
    /// An argument does not make sense.
    #[error("{0}")]
    Invalid(String),
}

/// What can be done about an error, as the end of its sentence.
fn advice(error: &ChainError) -> &'static str {
    match error {
        ChainError::Unreachable { .. } => ". Is it running? Name another with --url",
        ChainError::Disconnected(_) => ". Run the command again: what has landed is not repeated",
        ChainError::Dropped(_) => ". Submit it again",
        _ => "",
    }
}

impl From<ChainError> for CommandError {
    fn from(error: ChainError) -> Self {
        Self::Chain(error)
    }
}

impl From<CouncilError> for CommandError {
    fn from(error: CouncilError) -> Self {
        match error {
            CouncilError::Chain(error) => Self::Chain(error),
            other => Self::Council(other),
        }
    }
}

impl From<InboxError> for CommandError {
    fn from(error: InboxError) -> Self {
        match error {
            InboxError::Chain(error) => Self::Chain(error),
            InboxError::File(error) => Self::Usage(error),
            other @ (InboxError::NoFolder(_) | InboxError::Locked(_)) => Self::Invalid(other.to_string()),
        }
    }
}

impl From<OperatorError> for CommandError {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::Chain(error) => Self::Chain(error),
            other => Self::Invalid(other.to_string()),
        }
    }
}

impl From<ReplayError> for CommandError {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::Chain(error) => Self::Chain(error),
            other => Self::Invalid(other.to_string()),
        }
    }
}
