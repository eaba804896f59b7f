//! Which errors of our pallets have no next step. A new error gets one, or stands here: of most of these the sentence itself says what is to be
//! done, and of others nothing can be done by whoever is refused.

use super::documents::unknown_commands;
use crate::error::next_step;
use std::{collections::BTreeSet, fs, path::Path};

/// By pallet, and by name.
const WITHOUT_STEP: &[(&str, &str)] = &[
    (
        "Agreements",
        "CommitmentRunning CounterpartyNotActive FixedByAgreement GroupsInUse IdsExhausted InvalidArbitrators InvalidPeriod InvalidTerms \
         MaxPairsExceeded MaxProposalsExceeded MaxRouteEntriesExceeded MaxTermMonthsExceeded MaxVersionsExceeded NotAParty NoticeTooShort \
         PeriodClosed PeriodInUse SameParty TadigNotOfParty TermOver UsageRulesInUse",
    ),
    (
        "Anchoring",
        "AlreadyProven AmountOverflow AmountSealed AvailableInFuture CallAfterCutOff CallTimesMissing CallTimesOutOfOrder \
         CallTimesWithoutRecords CutOffInFuture ExceedsReturnedFile MaxAmountExceeded MaxDecimalsExceeded MaxPerDayExceeded \
         MaxPerMonthExceeded MaxProofsExceeded MaxQuantityExceeded MaxReturnsExceeded MaxTestFilesExceeded NegativeAmount NoSuchRecord \
         NotAParty NotRecipient NotSender NothingReturned NumberInUse OtherReturnNamed OtherStream PeriodClosed ProofInvalid \
         RecordsMismatch RecordsTooLate ReturnAlreadyReported ReturnExceedsFile ReturnNotNamed ReturnSequenceOutOfRange ReturnedBefore \
         ReturnedContent SequenceOutOfRange SeriesAlreadyBegun ServiceNotInFile TooLate TooLongAgo TooOld TotalsNotSorted UnknownRecipient \
         UnknownSender",
    ),
    (
        "Channels",
        "IdsExhausted InvalidBox InvalidKey KeyOfSmallOrder KeySetTooSoon KeyTaken OperatorNotActive OtherSuite SameOperator SuiteNotActive",
    ),
    (
        "Disputes",
        "AlreadySubmitted AmountOverflow DisputeDaysOver FileOfOthers IdsExhausted KindNotOfSubject MaxConcessionsExceeded \
         MaxEvidenceExceeded MaxFigureExceeded MaxOffersExceeded NotAParty RecordNotProven",
    ),
    (
        "Escrow",
        "AmountOverflow DisputeDaysRunning MaxOffersExceeded NotAParty NotCreditor NothingToHold OfferNotOpen OwnOffer StillPrepaid",
    ),
    (
        "Inventory",
        "BillingRuns BlindNotBilled DisputedBefore FieldNotCompared IdTaken Inconsistent InvalidClaim InvalidClass InvalidProfile \
         InvalidTerms MaxFigureExceeded MaxProposalsExceeded MaxRecordsExceeded MonthNotOver NotAParty NotTheBuyer OperatorNotActive \
         OtherForm RecordDaysNotAscending RecordFieldMissing RecordNotNormal RematchNotFinished SameOperator",
    ),
    (
        "Issuance",
        "AmountOutOfRange AttestationOlder DayAhead IdsExhausted InvalidReference NotATreasuryDesk NotCovered NothingToRedeem",
    ),
    (
        "Netting",
        "AlreadyIssued AmountOverflow AmountSealed CutOffPassed CutOffTooFar DecimalsDiffer FundingTooLong FundingTooShort IdsExhausted \
         InvalidCurrency InvalidPartner InvalidReference MaxCyclesExceeded MaxDecimalsExceeded MaxLooksExceeded MaxSchedulesExceeded \
         MaxTokensExceeded NegativeAmount NotAnIssuer NothingHeld TokenExists TokenSuspended TurnOutOfRange",
    ),
    (
        "Operators",
        "AlreadyADesk AlreadySuspended DeskInUse DuplicateKind DuplicatePlmn DuplicateRole DuplicateTadig InvalidName InvalidPlmn \
         InvalidTadig LastAdminDesk MaxDesksExceeded MaxDesksPerDayExceeded MaxOperatorsExceeded NoKinds NoRoles NotATreasuryDesk \
         NotSuspended OperatorSuspended TadigTaken",
    ),
    (
        "Reports",
        "AmountOverflow AmountSealed AnswerOverdue LinesNotSorted MaxAmountExceeded MaxQuantityExceeded NegativeAmount NotAParty \
         PeriodNotOver TooLongAgo UnknownHomeNetwork UnknownVisitedNetwork",
    ),
    (
        "Statements",
        "AmountOverflow AmountSealed CurrencyNotSettled DisputeDaysOver InvalidPeriod NegativeAmount NotAParty NotDisputed NotRateable \
         UsageWithoutLine",
    ),
    (
        "Switches",
        "AlreadyPaused InvalidReason NotPaused",
    ),
    (
        "Tariffs",
        "AlreadyFixed AlreadyProposed DuplicateCurrency DuplicateFeeder DuplicateMember IdsExhausted InvalidCurrency InvalidMember \
         InvalidName InvalidPeriod InvalidRegionCode MaxCapsExceeded MaxPriceExceeded MaxRegionsExceeded MaxStepsExceeded MonthBegun \
         MonthOver NoMembers NotAFeeder NotProposed NotQuoted NotQuotedYet NothingToEnd OperatorNotActive QuorumOutOfRange RateOfSdr \
         RateOutOfRange TooOld UnknownNetwork UnknownRegion WrongQuoteDate",
    ),
    (
        "Validators",
        "AlreadyAValidator AlreadyReported BlockNotReached DelayOutOfRange DuplicatePeer ForcedTooSoon HeaderTooLong InvalidSeal \
         KeysChangedLately MaxOffencesExceeded MaxValidatorsExceeded NotLiable NotSealed NotTheOperatorsValidator PeerOfAnother \
         ProofTooLong SameBlock SlotsDiffer StallAlreadyNoted",
    ),
];

/// The errors of all pallets, as their sources have them.
fn errors() -> BTreeSet<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = fs::read_to_string(root.join("runtime/src/lib.rs")).unwrap();
    let mut errors = BTreeSet::new();
    for folder in fs::read_dir(root.join("pallets")).unwrap().flatten() {
        let crate_name = folder.file_name().into_string().unwrap();
        let own = format!("= pallet_{crate_name};");
        let pallet = runtime.lines().find_map(|line| {
            let name = line.trim().strip_prefix("pub type ")?.strip_suffix(&own)?;
            Some(name.trim().to_owned())
        });
        let pallet = pallet.unwrap_or_else(|| panic!("the runtime has no {crate_name}"));
        let sources = ["lib.rs", "errors.rs"].map(|file| folder.path().join("src").join(file));
        let text: String = sources
            .iter()
            .filter_map(|path| fs::read_to_string(path).ok())
            .collect();
        let (_, declared) = text
            .split_once("enum Error<T> {")
            .unwrap_or_else(|| panic!("{pallet}"));
        for line in declared.lines().take_while(|line| *line != "    }") {
            let name = line
                .trim()
                .split(|letter: char| !letter.is_ascii_alphanumeric())
                .next();
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                errors.insert((pallet.clone(), name.to_owned()));
            }
        }
    }
    errors
}

#[test]
fn an_error_should_have_a_next_step_when_it_is_not_among_those_without() {
    let without: BTreeSet<(String, String)> = WITHOUT_STEP
        .iter()
        .flat_map(|(pallet, names)| {
            names
                .split_whitespace()
                .map(move |name| ((*pallet).to_owned(), name.to_owned()))
        })
        .collect();
    let errors = errors();
    for known in [
        ("Netting", "NotFunded"),
        ("Agreements", "InvalidTerms"),
        ("Switches", "NotPaused"),
    ] {
        assert!(
            errors.contains(&(known.0.to_owned(), known.1.to_owned())),
            "{known:?}"
        );
    }
    let found: BTreeSet<(String, String)> = errors
        .into_iter()
        .filter(|(pallet, name)| next_step(pallet, name).is_none())
        .collect();
    let missing: Vec<_> = found.difference(&without).collect();
    assert!(
        missing.is_empty(),
        "give these a next step, or list them: {missing:?}"
    );
    let stale: Vec<_> = without.difference(&found).collect();
    assert!(
        stale.is_empty(),
        "these have a next step, or are no errors: {stale:?}"
    );
}

#[test]
fn a_command_should_exist_when_a_next_step_names_it() {
    for (pallet, name) in errors() {
        let step = next_step(&pallet, &name).unwrap_or_default();
        assert_eq!(unknown_commands(step), Vec::<&str>::new(), "{pallet}.{name}");
    }
}

#[test]
fn a_role_that_is_missing_should_be_looked_up_when_it_is_of_any_kind() {
    for role in ["Admin", "Commercial", "Clearing", "Treasury", "Engineering"] {
        let step = next_step("Operators", &format!("{role}RoleRequired")).unwrap();
        assert!(
            step.contains("interclear operator show OPERATOR"),
            "{role}: {step}"
        );
    }
}
