//! What can go wrong with an archive, in sentences.

use interclear_client::{chain::ChainError, replay::ReplayError};
use interclear_primitives::{ids::AgreementId, period::Period};

/// Why an archive was not written or read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The connection broke, or the node refused.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The node has dropped the state of a block.
    #[error("the node does not keep the state of block {0} any more; name one that keeps all states (--state-pruning=archive), or begin a new database with the newest block: --from snapshot")]
    Pruned(u64),
    /// The node has not come as far as the archive.
    #[error("the node's final chain ends at block {node}, before block {archive} of the archive; wait until the node has caught up, or name another")]
    Behind {
        /// The node's newest final block.
        node: u64,
        /// The archive's newest block.
        archive: u64,
    },
    /// A block that does not follow the archive's newest one.
    #[error("block {0} of the node does not follow the archive's; one of both has followed a chain that is not final")]
    OtherBlock(u64),
    /// What the node has proven does not lead to the state that the header names.
    #[error("what the node answers about the state of block {0} does not fit the block's header; name another node")]
    WrongProof(u64),
    /// Something in a block has another form than the metadata says.
    #[error("block {number}: {reason}")]
    Undecodable {
        /// The block.
        number: u64,
        /// What it is.
        reason: String,
    },
    /// The archive is of another chain.
    #[error("the archive is of another chain: its first block is {archive}, that of the node is {node}")]
    OtherChain {
        /// The genesis hash in the archive.
        archive: String,
        /// The genesis hash of the node.
        node: String,
    },
    /// The archive begins elsewhere.
    #[error("the archive begins at block {archive}, so it cannot begin at block {asked}; leave --from away to go on, or name another database")]
    OtherStart {
        /// Where it begins.
        archive: u64,
        /// Where it should begin.
        asked: u64,
    },
    /// The archive begins later, or does not reach as far.
    #[error("the archive knows blocks {first} to {newest}, and block {asked} is not among them")]
    NotKnown {
        /// Its first block.
        first: u64,
        /// The last block that the node has as final.
        newest: u64,
        /// What was asked for.
        asked: u64,
    },
    /// Nothing has been indexed yet.
    #[error("the archive is empty; `interclear index` fills it")]
    Empty,
    /// Something is not what this program knows by its name.
    #[error("{what} cannot be computed once more: {reason}")]
    OtherForm {
        /// Its name, or that of its type.
        what: String,
        /// Why.
        reason: String,
    },
    /// A month cannot be rated once more.
    #[error("{0}")]
    Replay(String),
    /// A statement that cannot become documents.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
    /// The folder of a database is not there.
    #[error("there is no folder {0}, in which the database would be; make it, or name another place")]
    NoFolder(String),
    /// The database is not there.
    #[error("there is no database {0}; `interclear index` makes it")]
    NoDatabase(String),
    /// The server is not there, or does not let one in.
    #[error("{name} does not answer: {error}; look whether PostgreSQL runs there, has this database (createdb makes it) and knows this user")]
    NoServer {
        /// What people know the database by.
        name: String,
        /// What the connection says.
        error: sqlx::Error,
    },
    /// The text names no database.
    #[error("`{0}` names no database; write sqlite:FILE or postgres://USER@HOST/NAME")]
    NoUrl(String),
    /// The database has tables of something else.
    #[error("{0} is a database of something else; nothing in it was touched")]
    Foreign(String),
    /// The file is no database, or a part of one.
    #[error("{0} is not a database, or only a part of one; nothing in it was touched")]
    NoSqlite(String),
    /// Another version has made it.
    #[error("{0} was made by another version of interclear; take that version, or index anew into another database")]
    OtherVersion(String),
    /// An older version has made it, and nothing has written it since.
    #[error("{0} was made by an older version of interclear; `interclear index` brings it up to date, and keeps what is in it")]
    Outdated(String),
    /// Another process writes it.
    #[error("another indexer writes {0}; nothing was done")]
    Locked(String),
    /// Its file has more than one name, by hard links.
    #[error("{0} has another name (a hard link), by which another process could write it, too; remove one of the two, or name a copy")]
    TwoNames(String),
    /// Another process has written it meanwhile.
    #[error(
        "the archive has been written by another process since block {0}; nothing of this one was added"
    )]
    Overtaken(u64),
    /// What the database itself refused.
    #[error("the database answers: {0}")]
    Database(#[from] sqlx::Error),
    /// A file beside the database.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
}

impl From<ReplayError> for ArchiveError {
    fn from(error: ReplayError) -> Self {
        Self::Replay(error.to_string())
    }
}

/// Why a statement cannot become documents.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvoiceError {
    /// There is none.
    #[error("there is no statement of {1} under agreement {0}")]
    NoStatement(AgreementId, Period),
    /// Until it is affirmed, the day on which it is due may change.
    #[error("the statement of {1} under agreement {0} is not affirmed yet, and until then the day on which it is due may change")]
    NotAffirmed(AgreementId, Period),
    /// Nothing is billed.
    #[error("there is no bill of {1} for {0}")]
    NoBill(String, Period),
    /// Until it is affirmed, the buyer may dispute it.
    #[error("the bill of {1} for {0} in {2} is not affirmed yet, and until then the buyer may dispute a part of it")]
    OpenBill(String, Period, String),
    /// Nothing says how many decimals an amount has.
    #[error("the database knows no token in {0}, by which the decimals of the bill are known; index from an earlier block on")]
    NoToken(String),
    /// Amounts have more decimals than the standard takes.
    #[error("line {0} has an amount of less than a hundredth; EN 16931 takes two decimals")]
    Decimals(String),
    /// Tax that no rate comes to.
    #[error("line {0} has tax that no rate of its charge comes to; EN 16931 cannot say that")]
    Tax(String),
    /// An amount does not fit.
    #[error("an amount is too large")]
    Overflow,
    /// The file of parties cannot be read, or something in it is wrong.
    #[error("{0}")]
    Parties(String),
    /// Who is on it is not known well enough.
    #[error("[{table}] needs {what}")]
    Missing {
        /// The table of the file of parties.
        table: String,
        /// What EN 16931 takes.
        what: &'static str,
    },
}

/// Why a node did not answer.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The node has dropped what was asked for.
    #[error("the node does not have the state")]
    Pruned,
    /// Everything else.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

impl SourceError {
    /// As the answer to a question about a block.
    pub fn at(self, number: u64) -> ArchiveError {
        match self {
            Self::Pruned => ArchiveError::Pruned(number),
            Self::Chain(error) => ArchiveError::Chain(error),
        }
    }
}
