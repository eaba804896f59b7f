//! What validation finds: a closed list of codes, each with its severity.

use interclear_primitives::batch::FatalReason;
use serde::{Deserialize, Serialize};

/// What follows from a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Accepted and reported.
    Warning,
    /// The record is returned, the rest of the file is billed.
    Severe,
    /// The whole file is refused.
    Fatal,
}

impl Severity {
    /// The word in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Severe => "severe",
            Self::Fatal => "fatal",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $text:literal, $severity:ident, $reason:ident;)*) => {
        /// A rule of validation.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, grouped as in the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable name in reports.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What follows from it.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The group under which a file is returned that is refused for it.
            pub const fn reason(self) -> FatalReason {
                match self { $(Self::$name => FatalReason::$reason,)* }
            }
        }
    };
}

codes! {
    /// The file cannot be decoded.
    Undecodable, "undecodable", Fatal, Syntax;
    /// A group stands behind the records that need it, or where it does not belong.
    GroupOrder, "group-order", Fatal, Syntax;
    /// A group occurs twice.
    GroupRepeated, "group-repeated", Fatal, Syntax;
    /// There is no batch control information.
    BatchControlMissing, "batch-control-missing", Fatal, Header;
    /// The sender is missing.
    SenderMissing, "sender-missing", Fatal, Header;
    /// The recipient is missing.
    RecipientMissing, "recipient-missing", Fatal, Header;
    /// Sender or recipient is not a TADIG code.
    TadigMalformed, "tadig-malformed", Fatal, Header;
    /// Sender and recipient are the same network.
    PartiesSame, "parties-same", Fatal, Header;
    /// The sequence number is missing.
    SequenceMissing, "sequence-missing", Fatal, Sequence;
    /// The sequence number is not 00001 to 99999.
    SequenceMalformed, "sequence-malformed", Fatal, Sequence;
    /// The time at which the file was made available is missing.
    AvailableMissing, "available-time-missing", Fatal, Header;
    /// A time stamp of the header that is needed cannot be read.
    AvailableMalformed, "available-time-malformed", Fatal, Header;
    /// The version of the specification or the release is missing.
    VersionMissing, "version-missing", Fatal, Header;
    /// The version of the specification is not 3, or the release is not 10 to 12.
    VersionUnsupported, "version-unsupported", Fatal, Header;
    /// The release of a RAP file is not one of those seen in the field.
    ReleaseUnusual, "release-unusual", Warning, Header;
    /// The file type indicator is neither absent nor `T`; but for a small `t`, which is a test, the file counts as chargeable.
    FileTypeUnknown, "file-type-unknown", Warning, Header;
    /// The cut-off time is missing.
    CutOffMissing, "cutoff-missing", Warning, Header;
    /// Cut-off or creation time cannot be read.
    HeaderTimeMalformed, "header-time-malformed", Warning, Header;
    /// The file was made before its cut-off.
    CreatedBeforeCutOff, "creation-before-cutoff", Warning, Header;
    /// The cut-off is more than a day, or in a later month, after the file was made available: it bills to a false month.
    CutOffAfterAvailable, "cutoff-after-available", Fatal, Header;
    /// A call is more than a day after the cut-off: the file bills to a false month.
    CallAfterCutOff, "call-after-cutoff", Fatal, Header;
    /// The sequence number in the file is not that in its name.
    NameSequenceDiffers, "name-sequence-differs", Fatal, Sequence;
    /// Sender or recipient in the file is not that in its name.
    NamePartiesDiffer, "name-parties-differ", Fatal, Header;
    /// The test indicator contradicts the file name.
    NameTestDiffers, "name-test-differs", Fatal, Header;
    /// The sequence number is greater than expected: files are missing.
    SequenceGap, "sequence-gap", Warning, Sequence;
    /// The sequence number is smaller than expected: a missing file may have come late.
    SequenceLate, "sequence-late", Warning, Sequence;
    /// The same file was processed before.
    DuplicateFile, "duplicate-file", Warning, Sequence;
    /// The sequence number was processed before with other content.
    SequenceReused, "sequence-reused", Fatal, Sequence;
    /// The RAP file that asked for this file is not known.
    UnknownReturn, "unknown-return", Fatal, Sequence;
    /// There are records, but no accounting information.
    AccountingMissing, "accounting-missing", Fatal, Accounting;
    /// The number of decimals is missing or not 0 to 6.
    DecimalsBad, "tap-decimals-bad", Fatal, Accounting;
    /// A currency is not an ISO 4217 code.
    CurrencyMalformed, "currency-malformed", Fatal, Accounting;
    /// The local currency is missing.
    LocalCurrencyMissing, "local-currency-missing", Warning, Accounting;
    /// An exchange rate is incomplete, zero, or has too many decimals.
    ExchangeRateBad, "exchange-rate-bad", Fatal, Accounting;
    /// A row of the tax table has no code or no seven-digit rate.
    TaxationBad, "taxation-bad", Severe, Accounting;
    /// A row of the discount table has no code, or not exactly one of amount and rate of at most 100 %.
    DiscountingBad, "discounting-bad", Severe, Accounting;
    /// A row of the table of UTC offsets has no code or no offset.
    UtcOffsetBad, "utc-offset-bad", Severe, Header;
    /// A row of the table of recording entities has no code.
    RecordingEntityBad, "recording-entity-bad", Severe, Header;
    /// A code occurs twice in its table; records that refer to it are returned.
    DuplicateCode, "duplicate-code", Severe, Accounting;
    /// A tax is not charge times rate, by more than 0.02 of the currency, or the taxes of one code are on more than the charge.
    TaxDiffers, "tax-differs", Severe, Accounting;
    /// The taxes of a code are not charges times rate, by more than rounding each to a hundredth of the currency explains.
    TaxSumDiffers, "tax-sum-differs", Fatal, Totals;
    /// A tax has no rate in its table, by which it could be checked.
    TaxUnrated, "tax-without-rate", Warning, Accounting;
    /// A discount is not the rate or amount of its row, on no more than was to be charged, within 0.02 of the currency.
    DiscountDiffers, "discount-differs", Severe, Accounting;
    /// A charge has no code of an exchange rate.
    ExchangeRateCodeMissing, "exchange-rate-code-missing", Severe, Accounting;
    /// A charge was converted at a rate below the one agreed for the month, or below 1 between a currency and itself, which
    /// overcharges.
    ExchangeRateBelowAgreed, "exchange-rate-below-agreed", Severe, Accounting;
    /// An exchange rate is above the one agreed for the month, or above 1 between a currency and itself.
    ExchangeRateAboveAgreed, "exchange-rate-above-agreed", Warning, Accounting;
    /// The exchange rates were not compared: the agreed one is between other currencies than the file's.
    ExchangeRateUnchecked, "exchange-rate-unchecked", Warning, Accounting;
    /// A record refers to a tax code that is not in the table.
    UnknownTaxCode, "unknown-tax-code", Severe, Accounting;
    /// A record refers to a discount code that is not in the table.
    UnknownDiscountCode, "unknown-discount-code", Severe, Accounting;
    /// A record refers to an exchange-rate code that is not in the table.
    UnknownExchangeRateCode, "unknown-exchange-rate-code", Severe, Accounting;
    /// A record refers to a UTC-offset code that is not in the table.
    UnknownUtcOffsetCode, "unknown-utc-offset-code", Severe, Header;
    /// A record refers to a recording-entity code that is not in the table.
    UnknownRecordingEntityCode, "unknown-recording-entity-code", Severe, Header;
    /// A record is of a kind that was not agreed.
    EventTypeNotAgreed, "event-type-not-agreed", Severe, Syntax;
    /// A record's time is missing or malformed, or it starts or ends after the file was made available.
    CallTimeBad, "call-time-bad", Severe, Syntax;
    /// A record is older than allowed.
    RecordTooOld, "record-too-old", Severe, Syntax;
    /// An amount or volume is negative or too large; it counts as nothing.
    AmountBad, "amount-bad", Severe, Totals;
    /// An item that a record of its kind must have is missing.
    ItemMissing, "item-missing", Severe, Syntax;
    /// An item occurs twice where one belongs.
    ItemRepeated, "item-repeated", Severe, Syntax;
    /// An item is not what it should be.
    ItemMalformed, "item-malformed", Severe, Syntax;
    /// A record was seen before.
    DuplicateRecord, "duplicate-record", Severe, Syntax;
    /// The service of a record cannot be told: it counts in the totals of the file only.
    ServiceUnclassified, "service-unclassified", Warning, Syntax;
    /// The call type of a record contradicts its number, or the direction of the call.
    CallTypeDiffers, "call-type-differs", Warning, Accounting;
    /// An aggregate, which no public module describes: it is counted apart and not billed.
    AggregatedUsage, "aggregated-usage", Warning, Syntax;
    /// A charge is above what the agreement asks for the record's units.
    ChargeAboveRate, "charge-above-rate", Warning, Accounting;
    /// A charge is below what the agreement asks for the record's units.
    ChargeBelowRate, "charge-below-rate", Warning, Accounting;
    /// The agreement has no line for the service of a record.
    ServiceNotAgreed, "service-not-agreed", Warning, Accounting;
    /// Charges were not compared: the agreement is not for this file, or in another currency.
    PricesUnchecked, "prices-unchecked", Warning, Accounting;
    /// A call is longer than a day.
    DurationOverDay, "duration-over-24h", Warning, Syntax;
    /// There is no audit control information.
    AuditMissing, "audit-control-missing", Fatal, Totals;
    /// The total charge is not what the records add up to.
    TotalChargeDiffers, "total-charge-differs", Fatal, Totals;
    /// The total tax is not what the records add up to.
    TotalTaxDiffers, "total-tax-differs", Fatal, Totals;
    /// The total discount is not what the records add up to.
    TotalDiscountDiffers, "total-discount-differs", Fatal, Totals;
    /// A total of refunds is not what the records add up to.
    TotalRefundDiffers, "total-refund-differs", Fatal, Totals;
    /// More is paid back of a service than is charged for it: such a file cannot be anchored.
    RefundAboveCharge, "refund-above-charge", Warning, Totals;
    /// The number of records differs.
    EventCountDiffers, "event-count-differs", Fatal, Totals;
    /// The earliest or latest call differs from the records.
    CallSpanDiffers, "call-span-differs", Warning, Totals;
    /// A transfer batch holds no records; a notification would be sent.
    NoEvents, "no-events", Warning, Syntax;
    /// A return is of a kind that is not known.
    ReturnKindUnknown, "return-kind-unknown", Severe, Syntax;
    /// A return does not say which file or files it is about.
    ReturnFileBad, "return-file-bad", Severe, Sequence;
    /// A returned record is missing or cannot be decoded.
    ReturnRecordBad, "return-record-bad", Severe, Syntax;
    /// A record is returned more than once.
    ReturnRecordRepeated, "return-record-repeated", Fatal, Totals;
    /// A file is returned as a whole, and records of it, too.
    ReturnFileAndRecords, "return-file-and-records", Fatal, Totals;
    /// A return does not say what is wrong.
    ReturnReasonMissing, "return-reason-missing", Warning, Syntax;
    /// The number of returns differs.
    ReturnCountDiffers, "return-count-differs", Fatal, Totals;
    /// The total of the returned charges or taxes is not what the returned records add up to.
    ReturnValueDiffers, "return-value-differs", Fatal, Totals;
    /// A near-real-time record was available more than four hours after the end of its call: the liability for fraud on it
    /// is the sender's.
    LateDelivery, "late-delivery", Warning, Header;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format!("unknown code {name}"));
        Self::ALL
            .iter()
            .find(|code| code.name() == name)
            .copied()
            .ok_or_else(unknown)
    }
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// What follows from it.
    pub severity: Severity,
    /// The rule.
    pub code: Code,
    /// Where, by the field's names, such as `auditControlInfo.totalCharge` or `callEventDetails[7].taxCode`; records
    /// are counted from 0.
    pub item: String,
    /// What is wrong, for people.
    pub message: String,
}

/// Findings about records that are kept in full. Of the rest, as of those about the batch, the first of each severity and reason to
/// return a file is kept, and the others are counted.
pub const MAX_RECORD_FINDINGS: usize = 1_000;
/// Findings about the batch that are kept in full.
const MAX_BATCH_FINDINGS: usize = 200;

/// A bounded list of findings with exact counts.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    batch_kept: usize,
    counts: [u64; 3],
    /// The groups of severity and reason of which one is kept, a bit each.
    groups: u32,
}

impl Findings {
    /// Whether a finding is the first of its severity and reason: why a file may be returned must not drown in other findings.
    fn is_first(&mut self, severity: Severity, code: Code) -> bool {
        let group = 1u32 << (severity as u32 * 8 + code.reason() as u32);
        let first = self.groups & group == 0;
        self.groups |= group;
        first
    }

    /// Adds a finding about the batch.
    pub(crate) fn batch(&mut self, code: Code, item: impl Into<String>, message: impl Into<String>) {
        self.about_batch(code.severity(), code, item.into(), message.into());
    }

    /// Adds a finding about a row of a table. By itself it is a warning: what is returned are records that refer to the row.
    pub(crate) fn row(&mut self, code: Code, item: impl Into<String>, message: impl Into<String>) {
        self.about_batch(Severity::Warning, code, item.into(), message.into());
    }

    /// Adds a finding about the file that is not as severe as its code is elsewhere, or is.
    pub(crate) fn about_batch(&mut self, severity: Severity, code: Code, item: String, message: String) {
        self.counts[severity as usize] += 1;
        let first = self.is_first(severity, code);
        if self.batch_kept < MAX_BATCH_FINDINGS || first {
            self.batch_kept += 1;
            self.kept.push(Finding {
                severity,
                code,
                item,
                message,
            });
        }
    }

    /// Adds a finding about a record; `text` writes the item below the record and the message, and is called only
    /// when the finding is kept.
    pub(crate) fn record(&mut self, code: Code, index: u64, text: impl FnOnce() -> (&'static str, String)) {
        self.counts[code.severity() as usize] += 1;
        let first = self.is_first(code.severity(), code);
        if self.kept.len() - self.batch_kept < MAX_RECORD_FINDINGS || first {
            let (field, message) = text();
            let item = format!("callEventDetails[{index}].{field}");
            self.kept.push(Finding {
                severity: code.severity(),
                code,
                item,
                message,
            });
        }
    }

    /// The findings that were kept, in the order in which they were made.
    pub fn kept(&self) -> &[Finding] {
        &self.kept
    }

    /// The codes of the findings that were kept, in the order in which they were made.
    pub fn codes(&self) -> Vec<Code> {
        self.kept.iter().map(|finding| finding.code).collect()
    }

    /// The findings that were kept, by value.
    pub fn into_kept(self) -> Vec<Finding> {
        self.kept
    }

    /// All findings of a severity, whether kept or not.
    pub fn count(&self, severity: Severity) -> u64 {
        self.counts[severity as usize]
    }

    /// Findings that were counted, but not kept.
    pub fn omitted(&self) -> u64 {
        self.counts.iter().sum::<u64>() - self.kept.len() as u64
    }

    /// The gravest severity found.
    pub fn worst(&self) -> Option<Severity> {
        [Severity::Fatal, Severity::Severe, Severity::Warning]
            .into_iter()
            .find(|s| self.count(*s) > 0)
    }

    /// The reason to return the file, from the first fatal finding.
    pub fn fatal_reason(&self) -> Option<FatalReason> {
        self.kept
            .iter()
            .find(|f| f.severity == Severity::Fatal)
            .map(|f| f.code.reason())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 500 rows of a table that are wrong: more than are kept.
    fn with_bad_rows() -> Findings {
        let mut findings = Findings::default();
        for row in 0..500 {
            findings.batch(
                Code::TaxationBad,
                format!("accountingInfo.taxation[{row}]"),
                "wrong",
            );
        }
        findings
    }

    #[test]
    fn findings_should_all_be_counted_when_the_list_is_full() {
        let mut findings = Findings::default();
        for index in 0..5_000 {
            findings.record(Code::CallTimeBad, index, || {
                ("callEventStartTimeStamp", "wrong".into())
            });
        }
        findings.batch(
            Code::TotalChargeDiffers,
            "auditControlInfo.totalCharge",
            "1 is not 2",
        );
        assert_eq!(findings.kept().len(), MAX_RECORD_FINDINGS + 1);
        assert_eq!(
            (findings.count(Severity::Severe), findings.omitted()),
            (5_000, 4_000)
        );
        assert_eq!(findings.worst(), Some(Severity::Fatal));
        assert_eq!(findings.fatal_reason(), Some(FatalReason::Totals));
    }

    #[test]
    fn fatal_reason_should_be_kept_when_much_else_is_found() {
        let mut findings = with_bad_rows();
        for _ in 0..2 {
            findings.batch(
                Code::TotalTaxDiffers,
                "auditControlInfo.totalTaxValue",
                "1 is not 2",
            );
        }
        assert_eq!(findings.fatal_reason(), Some(FatalReason::Totals));
        assert_eq!(findings.kept().len(), MAX_BATCH_FINDINGS + 1);
        assert_eq!((findings.count(Severity::Fatal), findings.omitted()), (2, 301));
        findings.record(Code::CallTimeBad, 0, || {
            ("callEventStartTimeStamp", "wrong".into())
        });
        assert_eq!(findings.kept().len(), MAX_BATCH_FINDINGS + 2);
    }

    #[test]
    fn each_reason_should_be_kept_when_others_have_filled_the_list() {
        let mut findings = with_bad_rows();
        for code in [
            Code::NameSequenceDiffers,
            Code::TotalTaxDiffers,
            Code::CallSpanDiffers,
            Code::TotalTaxDiffers,
        ] {
            findings.batch(code, "fileSequenceNumber", "wrong");
        }
        for index in 0..2_000 {
            findings.record(Code::CallTimeBad, index, || {
                ("callEventStartTimeStamp", "wrong".into())
            });
        }
        for index in 0..2 {
            findings.record(Code::AmountBad, index, || ("charge", "wrong".into()));
        }
        let kept = |code: Code| findings.codes().into_iter().filter(|one| *one == code).count();
        for (code, wanted) in [
            (Code::TaxationBad, MAX_BATCH_FINDINGS),
            (Code::NameSequenceDiffers, 1),
            (Code::TotalTaxDiffers, 1),
            (Code::CallSpanDiffers, 1),
            (Code::CallTimeBad, MAX_RECORD_FINDINGS),
            (Code::AmountBad, 1),
        ] {
            assert_eq!(kept(code), wanted, "{code}");
        }
        assert_eq!(findings.count(Severity::Severe), 2_502);
        assert_eq!(findings.omitted(), 300 + 1 + 1_000 + 1);
        assert_eq!(findings.fatal_reason(), Some(FatalReason::Sequence));
    }

    #[test]
    fn code_should_be_documented_with_its_severity() {
        let readme = include_str!("../README.md");
        for code in Code::ALL {
            let row = format!("| `{}` | {} |", code.name(), code.severity());
            assert!(readme.contains(&row), "README lacks: {row}");
        }
    }
}
