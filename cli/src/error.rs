//! Why a command does not succeed: in words, with a code for machines, and with what can be done.

use crate::{carried::pasteable, exit::Exit, keys::OpenError};
use interclear_archive::error::{ArchiveError, InvoiceError};
use interclear_client::{
    chain::{ChainError, Failure},
    channels::ChannelError,
    council::CouncilError,
    files::FileError,
    inbox::InboxError,
    keys::KeyError,
    operators::OperatorError,
    replay::ReplayError,
    text::{path as shown, printable_lines},
};
use serde_json::{json, Value};
use std::path::PathBuf;

/// Why a command did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The connection broke, or the chain or its pool refused.
    #[error(transparent)]
    Chain(ChainError),
    /// The database of one's own.
    #[error(transparent)]
    Archive(ArchiveError),
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
    #[error("standard output cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// A file of usage, its secret, or the store of records.
    #[error(transparent)]
    Usage(#[from] FileError),
    /// A file that was named.
    #[error("{}: {reason}", shown(path))]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of usage that cannot be read or decoded.
    #[error("{}: {reason}", shown(path))]
    Undecodable {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Something that was named does not exist.
    #[error("there is no {0}")]
    NotFound(String),
    /// An argument does not make sense.
    #[error("{0}")]
    Invalid(String),
    /// The options that every command takes, or the configuration file, are wrong.
    #[error("{0}")]
    Configuration(String),
    /// It looks like a slip, and nobody can be asked.
    #[error("nothing was sent: it looks like a slip, and nobody can be asked here\n{0}")]
    LooksWrong(String),
    /// It would fail, and nobody is asked.
    #[error("nothing was sent: carried out now, the motion would fail: {0}")]
    WouldFail(Failure),
    /// Whoever was asked said no.
    #[error("not confirmed; nothing was sent")]
    NotConfirmed,
    /// Likewise, about a motion that would fail.
    #[error("not confirmed; nothing was sent")]
    FailingNotConfirmed,
}

impl CommandError {
    /// What somebody else says there is not.
    fn none(error: &dyn std::error::Error) -> Self {
        let words = error.to_string();
        Self::NotFound(words.strip_prefix("there is no ").unwrap_or(&words).to_owned())
    }

    /// The status of the program.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Chain(error) if error.is_undecided() => Exit::Undecided,
            Self::Undecodable { .. } => Exit::Undecodable,
            Self::Configuration(_) => Exit::Usage,
            Self::Open(error) if error.is_of_arguments() => Exit::Usage,
            _ => Exit::Refused,
        }
    }

    /// A word for machines, which stays when the words for people change. What a pallet refused has the pallet's own name,
    /// such as `Statements.AlreadyClosed`.
    pub fn code(&self) -> String {
        let code = match self {
            Self::Chain(error) | Self::Council(CouncilError::Chain(error)) => return of_chain(error),
            Self::Council(CouncilError::NoMember | CouncilError::NotAMember(_)) => "no_council_member",
            Self::Council(CouncilError::NotCarried) => "motion_not_carried",
            Self::Council(CouncilError::CallFailed(_)) => "motion_failed",
            Self::Archive(error) => of_archive(error),
            Self::Key(error) | Self::Open(OpenError::Key(error)) => of_key(error),
            Self::Open(OpenError::Missing | OpenError::Empty) => "no_key",
            Self::Open(OpenError::SecretInTheOpen) => "secret_on_the_command_line",
            Self::Open(OpenError::Folder(_)) => "not_a_keystore",
            Self::Open(OpenError::NoPassphrase(_) | OpenError::NoBackupPassphrase(_)) => "no_passphrase",
            Self::Open(OpenError::SamePassphrase) => "same_passphrase",
            Self::Open(OpenError::Different) => "passphrases_differ",
            Self::Io(_) => "output",
            Self::Usage(_) | Self::File { .. } | Self::Undecodable { .. } => "file",
            Self::NotFound(_) => "not_found",
            Self::Invalid(_) => "invalid",
            Self::Configuration(_) => "configuration",
            Self::LooksWrong(_) => "looks_wrong",
            Self::WouldFail(_) => "would_fail",
            Self::NotConfirmed | Self::FailingNotConfirmed => "not_confirmed",
        };
        code.into()
    }

    /// What can be done about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Chain(error) => match error {
                ChainError::Unreachable { .. } => Some("is it running? Name another with --url"),
                ChainError::Disconnected(_) => Some("run the command again: what has landed is not repeated"),
                ChainError::Dropped(_) => Some("submit it again"),
                ChainError::Failed(failure) => {
                    let (pallet, name) = (failure.pallet.as_str(), failure.name.as_str());
                    next_step(pallet, name).or_else(|| of_library(pallet, name))
                }
                ChainError::TimedOut { .. } | ChainError::Undecided(_) | ChainError::Unwatched(_) => Some(
                    "it may land later: look whether it has landed before you send it again, or wait longer with --timeout",
                ),
                ChainError::Stopped { .. } => {
                    Some("it may land later: look whether it has landed before you send it again")
                }
                _ => None,
            },
            Self::Open(error) => error.hint(),
            Self::LooksWrong(_) => Some("mend it, or send it as it is with --yes"),
            Self::WouldFail(_) => Some("mend what it fails for, or send it as it is with --may-fail"),
            Self::NotConfirmed => Some("--yes sends without asking"),
            Self::FailingNotConfirmed => Some("mend what it fails for; --yes with --may-fail sends it as it is, without asking"),
            _ => None,
        }
    }

    /// As one object for machines.
    pub fn as_json(&self) -> Value {
        object(&self.code(), &self.to_string(), self.hint())
    }

    /// For people: the sentence, and what can be done.
    pub fn as_text(&self) -> String {
        let mut text = format!("error: {}", printable_lines(&self.to_string()));
        if let Some(hint) = self.hint() {
            text.push_str("\nhint: ");
            text.push_str(hint);
        }
        text
    }
}

/// An error as one object for machines.
pub fn object(code: &str, message: &str, hint: Option<&str>) -> Value {
    json!({ "error": { "code": code, "message": pasteable(message), "hint": hint.map(pasteable) } })
}

/// What can be done about a call that a pallet refused.
pub(crate) fn next_step(pallet: &str, name: &str) -> Option<&'static str> {
    Some(match (pallet, name) {
        (
            _,
            "AdminRoleRequired" | "CommercialRoleRequired" | "ClearingRoleRequired" | "EngineeringRoleRequired"
            | "TreasuryRoleRequired",
        ) => {
            "`interclear operator show OPERATOR` lists its desks and their roles; sign with the key of one that has it"
        }
        (_, "NotADesk" | "DeskNotFound")
        | ("Operators", "NoConsent" | "ConsentExpired" | "ConsentTooLong" | "ConsentUsed") => {
            "the account consents with `interclear desk consent`, and the operator's admin desk adds it"
        }
        ("Operators", "OperatorNotFound") => "`interclear operator list` lists all, with their numbers and networks",
        (_, "InsufficientFunds") => "`interclear token balance TOKEN ACCOUNT` tells what is free and on hold",
        (_, "AgreementNotFound") | ("Agreements", "RouteTaken") => {
            "`interclear agreement list` tells which agreements there are"
        }
        (
            "Agreements",
            "StaleVersion" | "DigestMismatch" | "NoOffer" | "OfferLapsed" | "OfferPending" | "AlreadySigned"
            | "SignaturesComplete" | "NotYourOffer" | "OwnOffer",
        ) => "`interclear agreement show AGREEMENT` tells what is on the table",
        ("Agreements", "NotActive" | "OutsideTerm") | ("Statements", "NotInForce") => {
            "`interclear agreement show AGREEMENT` tells in which months it is in force"
        }
        ("Anchoring", "NoAgreement" | "ServiceNotAgreed" | "CurrencyMismatch" | "SettledByReport" | "ReportsAgreed")
        | ("Reports", "NoAgreement" | "ServiceNotAgreed" | "SettledByTap" | "FilesAgreed") => {
            "`interclear agreement list` and `interclear agreement terms` tell what is agreed"
        }
        ("Anchoring", "GapsOpen" | "ReturnedFileMissing" | "AwaitingAcknowledgement" | "ReportsOpen")
        | ("Escrow", "MonthOpen" | "ReturnedFileMissing") => {
            "`interclear period status AGREEMENT MONTH` tells what stops the month, and who has to act"
        }
        ("Anchoring", "StillExpected") | ("Reports", "StillExpected") => {
            "`interclear period status AGREEMENT MONTH` tells until when the other side has time"
        }
        ("Anchoring", "FileNotFound" | "AlreadyAcknowledged" | "FileReturned" | "FileWaived" | "AnswerOverdue") => {
            "`interclear tap list` tells what became of each file"
        }
        (
            "Anchoring",
            "GapNotFound" | "SequencePassed" | "NotReturned" | "MaxGapLengthExceeded" | "MaxGapsExceeded" | "GapInTheWay",
        ) => {
            "`interclear sequence show SENDER RECIPIENT` tells the newest number and what is missing"
        }
        ("Anchoring", "AlreadyAnchored") => {
            "the chain has this number with other content: send it under the next number, or have the first one returned"
        }
        ("Anchoring", "EscrowExhausted")
        | ("Escrow", "OtherToken" | "ExceedsHeld" | "EscrowNotFound" | "NothingHeld") => {
            "`interclear escrow show AGREEMENT` tells what is held and left; its home party deposits more"
        }
        ("Escrow", "ReportPending") => {
            "`interclear usage show AGREEMENT MONTH` tells which it is; then `usage affirm` or `usage conclude`"
        }
        ("Reports", "ReportNotFound" | "OtherReportVersion" | "ReportUnchanged" | "ReportFinal") => {
            "`interclear usage show AGREEMENT MONTH` tells what each side has reported, and where it stands"
        }
        ("Escrow", "NotUnpaid") => {
            "`interclear obligations OPERATOR` tells what is open; what no escrow secures is paid with a cycle or by `interclear payment pay`"
        }
        ("Escrow", "OfferNotFound" | "OfferOver" | "OfferChanged" | "DepositTooSmall") => {
            "`interclear offer list OPERATOR` tells what it offers, until when, and for which deposit"
        }
        ("Escrow", "VoucherOutdated" | "NothingToRedeem" | "SignerNotTreasury" | "BadSignature") => {
            "`interclear escrow voucher show FILE` tells who has signed it, and what it would pay now"
        }
        ("Escrow", "MonthNotOpen") => {
            "`interclear statement show AGREEMENT MONTH` tells what the month comes to, and counts what vouchers were paid"
        }
        ("Escrow", "TokenNotAccepted" | "NotPrepaid") => {
            "`interclear agreement terms` tells which directions are prepaid, and whose tokens are accepted"
        }
        ("Statements", "MonthChanged") => {
            "look at it again: `interclear period status AGREEMENT MONTH` tells how often it has changed"
        }
        ("Statements", "ExchangeRateMissing") | ("Tariffs", "CapRateMissing") => {
            "`interclear tariff rates MONTH` tells which exchange rates there are"
        }
        ("Tariffs", "AboveCap") => "`interclear tariff caps` lists the caps",
        ("Statements", "PeriodRunning" | "EarlierMonthOpen" | "AlreadyRequested") | ("Anchoring", "EarlierMonthOpen") => {
            "`interclear period status AGREEMENT MONTH` tells from when on it can be closed, and by whom"
        }
        ("Netting", "TokenNotAccepted") => {
            "`interclear agreement terms` tells whose tokens are accepted, `interclear token list` which there are"
        }
        ("Statements", "NothingCarried" | "StillCarried") => {
            "`interclear statement show AGREEMENT MONTH` tells what was carried forward"
        }
        ("Statements", "AlreadyClosed" | "AlreadyAffirmed" | "AffirmationPending" | "StatementNotFound") => {
            "`interclear statement show AGREEMENT MONTH` tells where it stands"
        }
        (
            "Disputes",
            "OtherFigures" | "NotYourTurn" | "AlreadyAnswered" | "NotAnswered" | "TimeOver" | "DisputeOver"
            | "OutsideClaims" | "NotAConcession" | "NotForRuling" | "ConcessionTooSmall" | "NotYourDispute" | "AnswerIsTheirs"
            | "TimeRunning" | "NotAnArbitrator",
        ) => "`interclear dispute show DISPUTE` tells where it stands, whose step it is and until when",
        ("Disputes", "AlreadyDisputed" | "DisputeNotFound") => {
            "`interclear dispute list AGREEMENT MONTH` lists the disputes on a statement"
        }
        (
            "Disputes",
            "StatementNotFound" | "LineNotFound" | "NotOfLine" | "FiguresNotOfKind" | "ClaimAgainstOneself" | "BeyondAffirmed",
        ) => "`interclear statement show AGREEMENT MONTH` tells what each line states",
        ("Disputes", "Material") => "`interclear dispute raise` disputes it",
        ("Disputes", "NotMaterial") => "`interclear dispute mark` marks it; in the third month running it may be disputed",
        ("Validators", "NotAValidator" | "TooFewValidators" | "NotDisabled" | "StillLeaving") => {
            "`interclear validator list` tells who takes part and how each one stands"
        }
        ("Validators", "UnknownKey" | "WrongSession") => {
            "blocks of a former session are reported with the proof that the runtime API `author_key_proof` gave in it"
        }
        ("Netting", "NothingToSettle" | "ObligationNotFound" | "CurrencyDiffers") | ("Escrow", "ObligationUnpaid") => {
            "`interclear obligations` lists what is owed"
        }
        ("Netting", "ObligationNotPaid" | "NoInterest" | "ChargeDaysOver") => {
            "`interclear interest list` tells what is late or was paid late, and what it bears"
        }
        ("Netting", "CycleNotFound" | "DayTakenIn") => "`interclear cycle list` lists the cycles, with their cut-offs",
        ("Netting" | "Issuance", "TokenNotFound") | ("Netting", "CurrencyUnknown") => {
            "`interclear token list` tells which tokens there are"
        }
        ("Netting", "TokenStands" | "NotAParty") => {
            "`interclear obligations` tells in which token each is paid, `interclear agreement show` whose tokens are accepted"
        }
        ("Issuance", "RedemptionNotFound" | "TimeOver" | "TimeLeft" | "MaxRedemptionsExceeded") => {
            "`interclear token redemptions` lists what is redeemed and until when the issuer pays"
        }
        ("Netting", "ExposureAboveCap") => "`interclear exposure show --partner OPERATOR` tells what is owed and each cap",
        ("Issuance", "NotTheIssuer") => "`interclear token list` tells who issues each token",
        ("Netting" | "Escrow" | "Issuance", "AccountFrozen") | ("Issuance", "NotFrozen") => {
            "`interclear token show TOKEN` tells what is frozen, since when and why"
        }
        ("Netting", "NotTheDebtor" | "NotTheCreditor" | "AlreadyClaimed" | "ObligationInCycle" | "PaidWithCycle" | "AlreadyPaidOutside" | "AlreadyPaid" | "NotGross") => {
            "`interclear obligations` tells who owes whom, `interclear payment show` what is claimed"
        }
        ("Netting", "ClaimPending") => {
            "`interclear payment show OBLIGATION` tells what is claimed and until when; its creditor confirms it with `interclear payment confirm`, or has the escrow pay it with `interclear escrow pay` when the claim has lapsed"
        }
        ("Netting", "TokensTendered") => {
            "tender another token or from another desk that has as much, or again tomorrow; `interclear token balance` tells what there is"
        }
        ("Netting", "NotHindered") => {
            "`interclear payment pay` pays it, or `interclear escrow pay` from what is held for it; where a third party has frozen your account, pay from another desk or in another token that is accepted"
        }
        (
            "Netting",
            "CycleUnfinished" | "WrongPhase" | "CutOffPending" | "FundingOpen" | "FundingClosed" | "NotFunded"
            | "NoDefaulter" | "NothingToFund" | "AlreadyFunded" | "NoPosition" | "Excluded",
        ) => "`interclear cycle show` tells its phase, its times and who has not funded",
        ("Netting" | "Escrow", "NoPayoutAccount") | ("Netting", "PayoutBlocked") | ("Operators", "IsPayoutAccount") => {
            "its admin desk names one with `interclear operator payout ACCOUNT`"
        }
        ("Channels", "EpochNotFound" | "OfferNotFound" | "NotAccepted" | "AlreadyClosed") => {
            "`interclear channel list` tells how each channel stands"
        }
        ("Channels", "KeyNotFound" | "KeyNotUsable" | "MaxKeyAgeExceeded" | "AlreadyRevoked") => {
            "`interclear key sealing list` tells which keys an operator has, and how each stands"
        }
        (
            "Inventory",
            "ProfileNotFound" | "OtherVersion" | "ProposalNotFound" | "OtherProfile" | "AlreadySigned" | "NotProposer"
            | "NoBilling",
        ) => "`interclear inventory profile show` tells what is agreed and what is proposed",
        ("Inventory", "BillNotFound" | "EarlierBillOpen" | "AlreadyAffirmed" | "OtherMonth") => {
            "`interclear inventory bills` tells which months are billed, and where each bill stands"
        }
        _ => return None,
    })
}

fn of_archive(error: &ArchiveError) -> &'static str {
    match error {
        ArchiveError::Pruned(_) => "state_dropped",
        ArchiveError::Behind { .. } => "node_behind",
        ArchiveError::OtherBlock(_) | ArchiveError::OtherChain { .. } => "other_chain",
        ArchiveError::WrongProof(_) => "wrong_proof",
        ArchiveError::OtherStart { .. } | ArchiveError::NotKnown { .. } | ArchiveError::Empty => {
            "not_in_database"
        }
        ArchiveError::OtherVersion(_) | ArchiveError::Outdated(_) => "other_version",
        ArchiveError::NoDatabase(_) | ArchiveError::NoServer { .. } | ArchiveError::NoUrl(_) => "no_database",
        ArchiveError::NoFolder(_)
        | ArchiveError::Invoice(InvoiceError::NoStatement(..) | InvoiceError::NoBill(..)) => "not_found",
        ArchiveError::Invoice(_) => "not_billable",
        ArchiveError::Foreign(_) | ArchiveError::NoSqlite(_) => "other_database",
        ArchiveError::Locked(_) | ArchiveError::TwoNames(_) | ArchiveError::Overtaken(_) => "database_locked",
        _ => "database",
    }
}

/// As [`next_step`], of pallets that are not ours.
fn of_library(pallet: &str, name: &str) -> Option<&'static str> {
    Some(match (pallet, name) {
        ("Council", "TooManyProposals" | "DuplicateProposal" | "ProposalMissing" | "TooEarly" | "WrongIndex") => {
            "`interclear council list` tells which motions are open; `interclear council close MOTION` closes one that is decided"
        }
        ("Assets", "Frozen" | "AssetNotLive") => "`interclear token show TOKEN` tells what is frozen, since when and why",
        ("Assets", "BalanceLow" | "NoAccount") => {
            "`interclear token balance TOKEN ACCOUNT` tells what is free and on hold"
        }
        _ => return None,
    })
}

fn of_chain(error: &ChainError) -> String {
    let code = match error {
        ChainError::Failed(failure) if failure.pallet.is_empty() => return failure.name.clone(),
        ChainError::Failed(failure) => return format!("{}.{}", failure.pallet, failure.name),
        ChainError::Unreachable { .. } => "unreachable",
        ChainError::Disconnected(_) => "disconnected",
        ChainError::Refused(_) => "refused",
        ChainError::Dropped(_) => "dropped",
        ChainError::Overtaken(_) => "overtaken",
        ChainError::TimedOut { .. } => "timeout",
        ChainError::Stopped { .. } => "stopped",
        ChainError::Undecided(_) | ChainError::Unwatched(_) => "undecided",
        ChainError::UnknownCall(_)
        | ChainError::UnknownQuery(_)
        | ChainError::UnknownAnswer(_)
        | ChainError::MissingEvent { .. } => "other_version",
        ChainError::Answer(_) => "node",
        ChainError::Unexpected(_) => "unexpected",
    };
    code.into()
}

fn of_key(error: &KeyError) -> &'static str {
    match error {
        KeyError::NoSuchFile { .. } => "no_such_file",
        KeyError::Unreadable { .. } => "file",
        KeyError::NotAKeystore { .. } => "not_a_keystore",
        KeyError::WrongPassphrase { .. } => "wrong_passphrase",
        KeyError::Malformed(_) => "not_a_key",
        KeyError::NotAPhrase(_) => "not_a_phrase",
        KeyError::EmptyPassphrase => "empty_passphrase",
        KeyError::Unwritable { .. } => "unwritable",
    }
}

impl From<ChannelError> for CommandError {
    fn from(error: ChannelError) -> Self {
        match error {
            ChannelError::Chain(error) => error.into(),
            other => Self::Invalid(other.to_string()),
        }
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
            InboxError::NoFolder(path) => Self::NotFound(format!("folder {}", shown(&path))),
            InboxError::Locked(_) => Self::Invalid(error.to_string()),
        }
    }
}

impl From<OperatorError> for CommandError {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::Chain(error) => Self::Chain(error),
            OperatorError::Unknown(_) | OperatorError::NoSuchNumber(_) => Self::none(&error),
            OperatorError::Malformed { .. } => Self::Invalid(error.to_string()),
        }
    }
}

impl From<ReplayError> for CommandError {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::Chain(error) => Self::Chain(error),
            ReplayError::Amount { .. } | ReplayError::Books(_) => Self::Invalid(error.to_string()),
            ReplayError::NoStatement { agreement, period } => Self::NotFound(format!(
                "statement of {period} under agreement {agreement}; `interclear period status {agreement} {period}` tells whether the month \
                 is closed"
            )),
            ReplayError::NoRate { currency, period } => Self::NotFound(format!(
                "exchange rate of {currency} for {period}; `interclear tariff rates {period}` tells which there are"
            )),
            ReplayError::NoAgreement(_) | ReplayError::NoVersion(_) | ReplayError::NoTerms { .. } => {
                Self::none(&error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        ids::{AgreementId, OperatorId},
        money::Currency,
        period::Period,
    };

    #[test]
    fn the_option_that_sends_it_should_be_named_when_a_failing_motion_is_not_confirmed() {
        let [usual, failing] = [CommandError::NotConfirmed, CommandError::FailingNotConfirmed];
        assert_eq!(usual.as_text().lines().next(), failing.as_text().lines().next());
        assert_eq!(usual.code(), failing.code());
        assert!(!usual.as_text().contains("--may-fail"));
        assert!(failing.as_text().contains("--yes with --may-fail"));
    }

    #[test]
    fn a_refusal_should_have_one_code_when_it_says_that_there_is_no_such_thing() {
        let (agreement, period) = (AgreementId(7), Period(202_611));
        let errors: [CommandError; 9] = [
            OperatorError::Unknown("DEUD1".parse().unwrap()).into(),
            OperatorError::NoSuchNumber(OperatorId(77)).into(),
            ReplayError::NoAgreement(agreement).into(),
            ReplayError::NoVersion(period).into(),
            ReplayError::NoTerms {
                agreement,
                version: 2,
            }
            .into(),
            ReplayError::NoRate {
                currency: Currency::EUR,
                period,
            }
            .into(),
            ReplayError::NoStatement { agreement, period }.into(),
            InboxError::NoFolder("inbox".into()).into(),
            CommandError::Archive(ArchiveError::NoFolder("books".into())),
        ];
        for error in errors {
            assert_eq!(error.code(), "not_found", "{error}");
            let words = error.to_string();
            assert_eq!(words.matches("there is no ").count(), 1, "{words}");
            assert!(words.starts_with("there is no "), "{words}");
            assert_eq!(error.exit(), Exit::Refused);
        }
        let malformed = OperatorError::Malformed {
            text: "x".into(),
            error: "x".parse::<interclear_primitives::tadig::Tadig>().unwrap_err(),
        };
        assert_eq!(CommandError::from(malformed).code(), "invalid");
    }
}
