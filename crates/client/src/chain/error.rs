//! What can go wrong between a client and the chain, in words.

use codec::Decode;
use interclear_billing::terms::TermsFaultCode;
use interclear_primitives::switch::Function;
use std::time::Duration;
use subxt::error::{
    BackendError, DispatchError, ExtrinsicError, RpcError, TransactionEventsError, TransactionProgressError,
    TransactionStatusError,
};
use subxt::ArcMetadata;

/// Pools say these of a transaction whose nonce is used up or taken by another one, which they have already, or whose era has
/// passed. Whoever watches a transaction is told in these words, not by a code.
const OVERTAKEN: [&str; 5] = [
    "Transaction is outdated",
    "ancient birth block",
    "priority of the transaction is too low",
    "already imported",
    "temporarily banned",
];
/// Pools say these of a transaction that is sound, for which they have no room or no time at the moment. A signature is bad when
/// the runtime has been upgraded in a block that was not final when it was made, since it is of the version that was: made again, it
/// is good.
const NO_ROOM: [&str; 5] = [
    "valid in the future",
    "because of the limit",
    "not accepting future transactions",
    "block ID is not valid",
    "bad signature",
];

/// What subxt says where it follows a transaction no longer although the connection holds, and what that means.
const UNWATCHED: [(&str, &str); 2] = [
    (
        "Timeout waiting for the transaction to be finalized",
        "finality takes longer than a transaction is followed",
    ),
    // A node ends this of itself once finality is 128 blocks behind.
    (
        "chainHead_follow emitted 'stop' event during transaction submission",
        "the node has stopped reporting blocks, as it does when finality is far behind",
    ),
];

/// A call that a pallet refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The pallet; empty where the refusal came from the frame around the pallets.
    pub pallet: String,
    /// The name of the error.
    pub name: String,
    /// What it means.
    pub words: String,
}

impl core::fmt::Display for Failure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match (self.pallet.is_empty(), self.words.is_empty()) {
            (true, _) => f.write_str(&self.words),
            (false, true) => write!(f, "{}.{}", self.pallet, self.name),
            (false, false) => write!(f, "{} ({}.{})", self.words, self.pallet, self.name),
        }
    }
}

/// Why the chain did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// No node answers.
    #[error("no node answers at {url}: {reason}")]
    Unreachable {
        /// The address.
        url: String,
        /// What the network said.
        reason: String,
    },
    /// The connection broke; what was submitted may or may not have landed.
    #[error("the connection to the node broke: {0}")]
    Disconnected(String),
    /// The connection holds, but nobody reports on the transaction any more, as finality takes long. It may still land.
    #[error("{0}")]
    Unwatched(&'static str),
    /// The pool refused the transaction; nothing has changed.
    #[error("the node refused the transaction: {0}")]
    Refused(String),
    /// The pool has another transaction in its place: another signer with the same key was faster, or an earlier attempt.
    #[error("another transaction of the same key has its place: {0}")]
    Overtaken(String),
    /// Time ran out before the transaction was final. It may still land.
    #[error("not final after {}: {stands}", crate::time::duration(after.as_secs()))]
    TimedOut {
        /// How long was waited.
        after: Duration,
        /// How far it has come.
        stands: String,
    },
    /// The program was stopped before the transaction was final. It may still land.
    #[error("stopped by {by} before it was final: {stands}")]
    Stopped {
        /// By what.
        by: &'static str,
        /// How far it has come.
        stands: String,
    },
    /// The pool gave the transaction up.
    #[error("the node dropped the transaction: {0}")]
    Dropped(String),
    /// Given up after an attempt that a node may still have: it lands within 64 blocks, or never.
    #[error("it is not known whether the transaction will land: {0}")]
    Undecided(String),
    /// The call failed; nothing has changed.
    #[error("the chain refused: {0}")]
    Failed(Failure),
    /// The chain has no such call, or one with other arguments.
    #[error("this chain has no call {0} of this form; the client and the chain are of different versions")]
    UnknownCall(String),
    /// The chain has no such query.
    #[error("this chain has no query {0}; the client and the chain are of different versions")]
    UnknownQuery(&'static str),
    /// The runtime API has another form.
    #[error("the chain's answer to {0} cannot be read; the client and the chain are of different versions")]
    UnknownAnswer(&'static str),
    /// A call succeeded without the event that tells its result.
    #[error("the chain did not report {pallet}.{name}")]
    MissingEvent {
        /// The pallet whose event it is.
        pallet: &'static str,
        /// The event.
        name: &'static str,
    },
    /// The node answered a query with an error.
    #[error("the node answered: {0}")]
    Answer(String),
    /// Anything that is not expected to happen.
    #[error("{0}")]
    Unexpected(String),
}

impl ChainError {
    /// Whether trying again over a new connection may help.
    pub fn is_connection(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::Disconnected(_) | Self::Unwatched(_) | Self::Dropped(_)
        )
    }

    /// Whether there is no connection to the node any more.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Disconnected(_))
    }

    /// Whether it is not known if what was sent has landed.
    pub fn is_undecided(&self) -> bool {
        matches!(
            self,
            Self::Disconnected(_)
                | Self::Unwatched(_)
                | Self::Undecided(_)
                | Self::TimedOut { .. }
                | Self::Stopped { .. }
        )
    }

    /// Once something was sent: that no node answers any more does not say that nothing of it has landed.
    pub(crate) fn once_sent(self) -> Self {
        match self {
            Self::Unreachable { .. } => Self::Disconnected(self.to_string()),
            other => other,
        }
    }

    /// The name of the pallet's error, if a pallet refused.
    pub fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(failure) => Some(&failure.name),
            _ => None,
        }
    }

    pub(super) fn unreachable(url: &str, error: impl core::fmt::Display) -> Self {
        Self::Unreachable {
            url: url.into(),
            reason: plainly(&error.to_string()),
        }
    }

    pub(super) fn unexpected(error: impl core::fmt::Display) -> Self {
        Self::Unexpected(error.to_string())
    }

    pub(super) fn disconnected(error: impl core::fmt::Display) -> Self {
        Self::Disconnected(plainly(&error.to_string()))
    }

    pub(super) fn from_submission(error: ExtrinsicError) -> Self {
        match error {
            ExtrinsicError::ErrorSubmittingTransaction(error)
            | ExtrinsicError::TransactionStatusStreamError(error) => Self::from_backend(error),
            ExtrinsicError::TransactionStatusError(TransactionStatusError::Invalid(reason)) => {
                Self::never_taken(&reason)
            }
            ExtrinsicError::TransactionStatusError(error) => Self::from_status(error),
            ExtrinsicError::UnexpectedEndOfTransactionStatusStream => Self::disconnected(error),
            other => Self::unexpected(other),
        }
    }

    pub(super) fn from_progress(error: TransactionProgressError) -> Self {
        match error {
            TransactionProgressError::TransactionStatusError(error) => Self::from_status(error),
            TransactionProgressError::CannotGetNextProgressUpdate(error) => Self::from_backend(error),
            other => Self::disconnected(other),
        }
    }

    fn from_status(error: TransactionStatusError) -> Self {
        match error {
            TransactionStatusError::Invalid(reason) => Self::Dropped(in_words(&reason)),
            TransactionStatusError::Error(reason) | TransactionStatusError::Dropped(reason) => {
                Self::Dropped(reason)
            }
            other => Self::unexpected(other),
        }
    }

    /// What a pool calls invalid that it has never taken: another transaction has its nonce, or it is wrong in itself.
    pub(super) fn never_taken(reason: &str) -> Self {
        let says = |words: &[&str]| words.iter().any(|words| reason.contains(words));
        if says(&OVERTAKEN) {
            return Self::Overtaken(in_words(reason));
        }
        match says(&NO_ROOM) {
            true => Self::Dropped(in_words(reason)),
            false => Self::Refused(in_words(reason)),
        }
    }

    pub(super) fn from_backend(error: BackendError) -> Self {
        match error {
            BackendError::Rpc(RpcError::ClientError(error)) => Self::from_rpc(error),
            BackendError::Other(reason) => {
                let ended = UNWATCHED.into_iter().find(|(said, _)| reason.contains(said));
                ended.map_or_else(
                    || Self::disconnected(&reason),
                    |(_, words)| Self::Unwatched(words),
                )
            }
            other => Self::disconnected(other),
        }
    }

    pub(super) fn from_rpc(error: subxt::rpcs::Error) -> Self {
        match error {
            subxt::rpcs::Error::User(refusal) => {
                let reason = refusal.data.as_ref().map_or_else(
                    || refusal.message.clone(),
                    |data| data.get().trim_matches('"').to_owned(),
                );
                // 1010 to 1019 are the pool's codes for a transaction that it does not take. 1012 has been given up not long
                // ago, 1013 is there already, 1014 is of lower priority than another of the same nonce, 1016 finds no room.
                match refusal.code {
                    1012..=1014 => Self::Overtaken(in_words(&reason)),
                    1016 => Self::Dropped(in_words(&reason)),
                    1010 => Self::never_taken(&reason),
                    1011..=1019 => Self::Refused(in_words(&reason)),
                    _ => Self::Answer(format!("{}: {reason}", refusal.message)),
                }
            }
            other => Self::disconnected(other),
        }
    }

    pub(super) fn from_events(error: TransactionEventsError) -> Self {
        match error {
            TransactionEventsError::ExtrinsicFailed(error) => Self::Failed(failure(error)),
            other => Self::disconnected(other),
        }
    }
}

/// What libraries put before the reason, one inside of the other.
const LAYERS: [&str; 7] = [
    "Custom backend error: ",
    "Cannot construct OnlineClient: ",
    "RPC error: ",
    "client error: ",
    "Error when opening the TCP socket: ",
    "Networking or low-level protocol error: ",
    "The background task closed ",
];

/// What jsonrpsee puts behind the reason for which a connection has ended.
const ENDED: &str = "; restart required";

/// An error of the network without the names of the layers that passed it on.
fn plainly(error: &str) -> String {
    let mut rest = error.trim_end_matches(ENDED);
    while let Some(inner) = LAYERS.iter().find_map(|layer| rest.strip_prefix(layer)) {
        rest = inner;
    }
    match rest.contains("chainHead_follow emitted 'stop'") {
        true => "the node reports no more blocks".into(),
        false => {
            let plain = rest.split_once(" (os error").map(|(words, _)| words);
            plain.unwrap_or(rest).to_owned()
        }
    }
}

/// A dispatch error within an event, in words.
pub(super) fn decode_failure(bytes: &[u8], metadata: &ArcMetadata) -> Result<Failure, ChainError> {
    DispatchError::decode_from(bytes, metadata.clone())
        .map(failure)
        .map_err(ChainError::unexpected)
}

/// The refusal of a call, with the words that the pallet's metadata has for it.
fn failure(error: DispatchError) -> Failure {
    match &error {
        DispatchError::Module(module) => match module.details() {
            Ok(details) => {
                let (pallet, name) = (details.pallet.name(), &details.variant.name);
                // The first two octets say which pallet and which error, the others what the error carries.
                let [_, _, carried @ ..] = module.bytes();
                let docs = || {
                    let docs = details.variant.docs.join(" ");
                    docs.trim().trim_end_matches('.').to_owned()
                };
                Failure {
                    pallet: pallet.into(),
                    name: name.clone(),
                    words: in_detail(pallet, name, &carried)
                        .or_else(|| of_library(pallet, name).map(Into::into))
                        .unwrap_or_else(docs),
                }
            }
            Err(_) => Failure {
                pallet: String::new(),
                name: String::new(),
                words: module.to_string(),
            },
        },
        DispatchError::BadOrigin => Failure {
            pallet: String::new(),
            name: "BadOrigin".into(),
            words: "this call needs another origin, such as a motion of the operators' council".into(),
        },
        DispatchError::Token(error) => {
            let name = format!("{error:?}");
            Failure {
                pallet: String::new(),
                words: of_tokens(&name).map_or_else(|| error.to_string(), Into::into),
                name,
            }
        }
        other => Failure {
            pallet: String::new(),
            name: format!("{other:?}"),
            words: other.to_string(),
        },
    }
}

/// The words for an error of a pallet that carries which rule was broken; `None` for one that carries nothing, or what this
/// client does not know.
fn in_detail(pallet: &str, name: &str, mut carried: &[u8]) -> Option<String> {
    match (pallet, name) {
        ("Agreements", "InvalidTerms") => {
            let code = TermsFaultCode::decode(&mut carried).ok()?;
            Some(format!("the terms are not valid: {code}"))
        }
        _ => None,
    }
}

/// The words for errors of pallets that are not ours, whose own say nothing to a clearing team, or use other words than we do.
fn of_library(pallet: &str, name: &str) -> Option<&'static str> {
    Some(match (pallet, name) {
        ("System", "CallFiltered") => {
            "the chain does not take this call: tokens go to treasury desks of operators only, a motion asks for two thirds of the \
             seats, keys of validators do not change while finality is being recovered, and what the council has paused waits \
             (interclear status tells what and why)"
        }
        ("Council", "NotMember") => "the account is not a member of the council",
        ("Council", "DuplicateVote") => "the member has voted like this already",
        ("Council", "DuplicateProposal") => "the council has the same motion already",
        ("Council", "ProposalMissing") => "the council has no such motion, or it has been closed",
        ("Council", "WrongIndex") => "the motion has another number",
        ("Council", "TooEarly") => {
            "the motion cannot be closed yet: neither have enough members voted either way, nor is its time, 7 days, over"
        }
        ("Council", "TooManyProposals") => {
            "too many motions are open: a member may have 10, or with more than 10 seats an equal part of the 100 that the council \
             may have"
        }
        ("Council", "WrongProposalWeight" | "WrongProposalLength") => {
            "the motion's call takes more of a block than was said when it was to be closed"
        }
        ("CouncilMembership", "AlreadyMember") => "the account has a seat in the council already",
        ("CouncilMembership", "NotMember") => "the account has no seat in the council",
        ("CouncilMembership", "TooManyMembers") => "the council has 100 seats at most",
        ("Assets", "BalanceLow") => "the account has less of the token than that, or it is on hold",
        ("Assets", "NoAccount") => "the account has nothing of the token",
        ("Assets", "NoPermission") => "the account is not the token's issuer",
        ("Assets", "Unknown") => "there is no such token",
        ("Assets", "Frozen" | "AssetNotLive") => "the token, or the account in it, is frozen by its issuer",
        ("Assets", "WouldDie") => {
            "while something of the account is on hold, or where it is to be kept, one minor unit has to stay on it"
        }
        _ => return None,
    })
}

/// The words for errors of tokens in general.
fn of_tokens(name: &str) -> Option<&'static str> {
    Some(match name {
        "FundsUnavailable" => "the account has less of the token than that, or it is on hold",
        "OnlyProvider" | "NotExpendable" => {
            "while something of the account is on hold one minor unit has to stay on it"
        }
        "BelowMinimum" | "CannotCreate" | "CannotCreateHold" => "the account cannot take the amount",
        "UnknownAsset" => "there is no such token",
        "Frozen" => "the token, or the account in it, is frozen by its issuer",
        _ => return None,
    })
}

/// The words for what waits for a function that the council has paused: the pool says so by its number, or in some places without.
fn paused(reason: &str) -> Option<String> {
    let number = ["Custom error: ", "Custom("]
        .into_iter()
        .find_map(|before| reason.split_once(before));
    let what = match number {
        Some((_, after)) => {
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            Function::of_code(digits.parse().ok()?)?.name()
        }
        None if reason.contains("InvalidTransaction custom error") => "what it is part of",
        None => return None,
    };
    Some(format!(
        "the call has to wait: the council has paused {what}, or has let it go on not long ago (interclear status tells why, and until when)"
    ))
}

/// The pool's reasons, in the words of this chain.
pub(super) fn in_words(reason: &str) -> String {
    if let Some(words) = paused(reason) {
        return words;
    }
    let known = [
        (
            "Invalid signing address",
            "the account is not a desk of an operator, a council member or a validator",
        ),
        (
            "Transaction would exhaust the block limits",
            "the transaction costs more than the operator's quota of a whole window; split it into smaller calls",
        ),
        (
            "Transaction will be valid in the future",
            "too many transactions of the operator are waiting; try again when some of them are in a block",
        ),
        (
            "Transaction call is not expected",
            "no account may make this call; what the council does is put to it as a motion",
        ),
        (
            "Transaction is outdated",
            "the transaction is outdated (a newer one of the same account was faster)",
        ),
        (
            "priority of the transaction is too low",
            "the node has another transaction with the same number of this key",
        ),
        (
            "already imported",
            "the node has this transaction already",
        ),
        (
            "temporarily banned",
            "the node has given this transaction up and does not take it for a while",
        ),
        (
            "because of the limit",
            "the node has no room for more transactions",
        ),
        (
            "Transaction has a bad signature",
            "the signature is not of the runtime that is in force, which may just have been upgraded",
        ),
    ];
    known.iter().find(|(pool, _)| reason.contains(pool)).map_or_else(
        || reason.to_owned(),
        |(pool, words)| match pool.starts_with(char::is_uppercase) {
            true => format!("{words} ({pool})"),
            // A part of a sentence is no name to look for.
            false => (*words).to_owned(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_should_be_told_without_its_layers_when_no_node_answers() {
        let error = ChainError::unreachable(
            "ws://127.0.0.1:9944",
            "Cannot construct OnlineClient: RPC error: client error: RPC error: client error: Error when opening the TCP \
             socket: Connection refused (os error 111)",
        );
        assert_eq!(
            error.to_string(),
            "no node answers at ws://127.0.0.1:9944: Connection refused"
        );
        let gone =
            "Custom backend error: chainHead_follow emitted 'stop' event during transaction submission";
        assert_eq!(
            ChainError::disconnected(gone).to_string(),
            "the connection to the node broke: the node reports no more blocks"
        );
        // The words of jsonrpsee 0.24 and 0.26.
        let ended = "RPC error: client error: The background task closed connection closed; restart required";
        assert_eq!(
            ChainError::disconnected(ended).to_string(),
            "the connection to the node broke: connection closed"
        );
    }

    #[test]
    fn a_connection_should_not_be_called_lost_when_finality_takes_long() {
        // The words of subxt 0.51, backend/chain_head.rs.
        for (said, told) in [
            (
                "Timeout waiting for the transaction to be finalized",
                "finality takes longer than a transaction is followed",
            ),
            (
                "chainHead_follow emitted 'stop' event during transaction submission",
                "the node has stopped reporting blocks, as it does when finality is far behind",
            ),
        ] {
            let error = ChainError::from_progress(TransactionProgressError::CannotGetNextProgressUpdate(
                BackendError::other(said),
            ));
            assert_eq!(error.to_string(), told);
            assert!(!error.is_lost(), "{said}");
            assert!(
                error.is_connection() && error.is_undecided(),
                "it is looked up: {said}"
            );
        }
        let ended =
            ChainError::from_backend(BackendError::other("chainHead_follow stream ended unexpectedly"));
        assert!(ended.is_lost() && ended.is_undecided(), "{ended}");
    }

    #[test]
    fn a_transaction_should_be_overtaken_and_not_refused_when_another_has_its_number() {
        // The words of sc-rpc-spec-v2 0.61, which come as an event to whoever watches a transaction.
        for words in [
            "The priority of the transaction is too low (pool 1168228483071 > current 1168228483071)",
            "Transaction is already imported",
            "Transaction is temporarily banned",
            "Invalid transaction: Transaction is outdated",
            "Invalid transaction: Transaction has an ancient birth block",
        ] {
            let error = ChainError::never_taken(words);
            assert!(matches!(error, ChainError::Overtaken(_)), "{words}: {error}");
            assert!(!error.to_string().contains("priority of"), "{error}");
        }
        for words in [
            "The transaction could not enter the pool because of the limit",
            "The pool is not accepting future transactions",
            "The provided block ID is not valid",
            "Invalid transaction: Transaction has a bad signature",
        ] {
            let error = ChainError::never_taken(words);
            assert!(matches!(error, ChainError::Dropped(_)), "{words}: {error}");
        }
        let words = "Invalid transaction: Invalid signing address";
        let error = ChainError::never_taken(words);
        assert!(matches!(error, ChainError::Refused(_)), "{words}: {error}");
    }

    #[test]
    fn what_the_council_has_paused_should_be_told_when_the_pool_refuses_by_its_number() {
        // As sc-rpc-api has it, as the pool's own error shows it, and as sp-runtime says it.
        for (words, told) in [
            ("Custom error: 103", "the council has paused netting,"),
            (
                "Invalid transaction validity: Custom(101)",
                "the council has paused anchoring,",
            ),
            (
                "Invalid transaction: InvalidTransaction custom error",
                "the council has paused what it is part of,",
            ),
        ] {
            let error = ChainError::never_taken(words);
            assert!(matches!(error, ChainError::Refused(_)), "{words}: {error}");
            assert!(error.to_string().contains(told), "{error}");
        }
        // A number of somebody else's stays what it is.
        assert_eq!(in_words("Custom error: 7"), "Custom error: 7");
    }

    #[test]
    fn an_error_should_be_told_in_our_words_when_it_is_of_a_pallet_of_the_library() {
        // Names as in pallet-collective 50, pallet-assets 53 and frame-system 50.
        for (pallet, name) in [
            ("System", "CallFiltered"),
            ("Council", "TooManyProposals"),
            ("Council", "DuplicateVote"),
            ("Assets", "BalanceLow"),
        ] {
            let words = of_library(pallet, name).unwrap();
            assert!(!words.contains("origin") && !words.contains('`'), "{words}");
        }
        assert_eq!(
            of_library("Operators", "NotMember"),
            None,
            "ours say it themselves"
        );
        assert!(of_tokens("FundsUnavailable").is_some());
    }

    #[test]
    fn the_broken_rule_should_be_told_when_an_error_carries_its_number() {
        // Counted in the list of rules from 0 on: the increment is the 27th, a rule about plans the 29th.
        for (carried, words) in [
            ([26, 0, 0], "the terms are not valid: the charging increment is 0"),
            ([28, 0, 0], "the terms are not valid: the plan has no tiers"),
            (
                [0, 0, 0],
                "the terms are not valid: a period is not a calendar month",
            ),
        ] {
            assert_eq!(
                in_detail("Agreements", "InvalidTerms", &carried).as_deref(),
                Some(words)
            );
        }
        for (pallet, name, carried) in [
            ("Agreements", "InvalidTerms", [200, 0, 0]),
            ("Agreements", "InvalidTerms", [28, 250, 0]),
            ("Agreements", "RouteTaken", [0, 0, 0]),
            ("Statements", "InvalidTerms", [0, 0, 0]),
        ] {
            assert_eq!(
                in_detail(pallet, name, &carried),
                None,
                "{pallet}.{name} {carried:?}"
            );
        }
    }
}
