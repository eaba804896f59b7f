//! Returns made from what validation found in a usage file.

use crate::{
    ber::{Element, Elements, Encoder, Header, MAX_DEPTH},
    finding::{Code, Finding, Severity},
    model::{BatchControl, DateTime},
    name::{FileName, Scheme},
    rap::{
        ErrorContext, ErrorDetail, ErrorGroup, GroupErrors, ReturnAudit, ReturnControl, ReturnDetail,
        ReturnFile, ReturnedRecord, RELEASE, VERSION,
    },
    reader::Kind,
    tags::*,
    validate::Outcome,
};
use interclear_primitives::{batch::FatalReason, tadig::Tadig};

/// Why no returns are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NothingToReturn {
    /// The file is of a kind that is not returned.
    #[error("only TAP files are returned")]
    NotTap,
    /// Neither contents nor name say who sent which file to whom.
    #[error("neither contents nor name say who sent which file to whom")]
    Unnamed,
    /// Nothing severe or fatal was found.
    #[error("nothing fatal or severe is wrong with the file")]
    Fine,
    /// Records are to be returned, but were not kept ([`crate::Options::keep_returned`]).
    #[error("the records to be returned were not kept")]
    NotKept,
}

/// The returns for a file: one fatal return when the whole file is refused, otherwise one severe return per record with
/// severe findings.
///
/// `sequence` is the number of the returns in the series from the file's recipient to its sender, `now` (seconds since 1970
/// UTC) the time at which they are made and offered.
///
/// # Errors
/// Why there is nothing to return.
pub fn make_returns(
    outcome: &Outcome,
    name: Option<&FileName>,
    sequence: u32,
    now: i64,
) -> Result<ReturnFile, NothingToReturn> {
    returns(outcome, name, sequence, now, None)
}

/// The returns by which a recipient refuses a whole file for a reason of its own, whatever was found: a file that is not what was
/// anchored. `sequence` and `now` are as for [`make_returns`].
///
/// # Errors
/// Why there is nothing to return.
pub fn refuse_file(
    outcome: &Outcome,
    name: Option<&FileName>,
    sequence: u32,
    now: i64,
    reason: FatalReason,
) -> Result<ReturnFile, NothingToReturn> {
    returns(outcome, name, sequence, now, Some(reason))
}

fn returns(
    outcome: &Outcome,
    name: Option<&FileName>,
    sequence: u32,
    now: i64,
    reason: Option<FatalReason>,
) -> Result<ReturnFile, NothingToReturn> {
    if outcome.error.is_none() && !outcome.kind.is_tap() {
        return Err(NothingToReturn::NotTap);
    }
    let control = outcome.control.clone().unwrap_or_default();
    // What is blank or malformed in the file says nothing; its name may.
    let number = control.sequence.clone();
    let number = number.filter(|text| Scheme::Tap.sequence(text).is_some());
    let number = number.or_else(|| name.map(|name| format!("{:05}", name.sequence)));
    let party = |text: &Option<String>, named: Option<String>| {
        let good = text.clone().filter(|text| text.parse::<Tadig>().is_ok());
        good.or(named).ok_or(NothingToReturn::Unnamed)
    };
    let creditor = party(&control.sender, name.map(|name| name.sender.to_string()))?;
    let debtor = party(&control.recipient, name.map(|name| name.recipient.to_string()))?;
    let number = number.ok_or(NothingToReturn::Unnamed)?;
    let details = match (reason, outcome.findings.count(Severity::Fatal)) {
        (Some(reason), _) => vec![refused_for(outcome, number, reason)],
        (None, 0) => severe(outcome, &number)?,
        (None, _) => vec![fatal(outcome, number)],
    };
    let accounting = outcome.accounting.as_ref();
    let control = ReturnControl {
        tap_version: control.version.or(Some(3)),
        tap_release: control.release,
        file_type: is_test(&control, name).then(|| "T".into()),
        tap_currency: accounting.and_then(|accounting| accounting.tap_currency.clone()),
        tap_decimals: accounting.and_then(|accounting| accounting.tap_decimals),
        ..ReturnControl::new(debtor, creditor, sequence, now)
    };
    Ok(ReturnFile::new(control, details))
}

impl ReturnControl {
    /// The control information of returns from `sender` (who received the usage) to `recipient` (who sent it), made and
    /// offered at `now`, in seconds since 1970 UTC.
    pub fn new(sender: impl Into<String>, recipient: impl Into<String>, sequence: u32, now: i64) -> Self {
        let stamp = Some(DateTime::from_utc(now, 0));
        Self {
            sender: Some(sender.into()),
            recipient: Some(recipient.into()),
            sequence: Some(format!("{sequence:0width$}", width = Scheme::Returns.digits())),
            created: stamp.clone(),
            available: stamp,
            tap_version: Some(3),
            version: Some(VERSION),
            release: Some(RELEASE),
            ..Self::default()
        }
    }
}

impl ReturnFile {
    /// A file with these returns, and what they add up to.
    pub fn new(control: ReturnControl, details: Vec<ReturnDetail>) -> Self {
        let mut audit = ReturnAudit {
            value: Some(0),
            tax: Some(0),
            details: Some(details.len() as u64),
        };
        let release = control.tap_release;
        for amounts in details.iter().filter_map(|detail| detail.amounts(release)) {
            let add = |sum: Option<u64>, amount: u128| sum?.checked_add(u64::try_from(amount).ok()?);
            audit.value = add(audit.value, amounts.charge);
            audit.tax = add(audit.tax, amounts.tax);
        }
        Self {
            control,
            details,
            audit,
        }
    }
}

fn is_test(control: &BatchControl, name: Option<&FileName>) -> bool {
    control.is_test() || name.is_some_and(|name| name.test)
}

fn fatal(outcome: &Outcome, sequence: String) -> ReturnDetail {
    let mut errors: Vec<GroupErrors> = Vec::new();
    let fatal = |finding: &&Finding| finding.severity == Severity::Fatal;
    for finding in outcome.findings.kept().iter().filter(fatal) {
        let octets = group_octets(outcome, group_of(&finding.item));
        // A group that is not there is wrong with the batch.
        let (group, octets) = octets.unwrap_or((ErrorGroup::TransferBatch, Vec::new()));
        let detail = ErrorDetail {
            path: path_of(&finding.item),
            offset: outcome.error.as_ref().map(|error| error.offset),
            code: Some(number_of(finding.code)),
        };
        match errors.iter_mut().find(|known| known.group == group) {
            Some(known) => known.errors.push(detail),
            None => errors.push(GroupErrors {
                group,
                octets,
                errors: vec![detail],
            }),
        }
    }
    errors.sort_by_key(|known| ErrorGroup::ALL.iter().position(|group| *group == known.group));
    ReturnDetail::Fatal {
        sequence: Some(sequence),
        errors,
    }
}

/// The refusal of a file for a reason that no finding gives: it is said of the group, since no item of it is meant.
fn refused_for(outcome: &Outcome, sequence: String, reason: FatalReason) -> ReturnDetail {
    let item = match reason {
        FatalReason::Syntax => "",
        FatalReason::Header | FatalReason::Sequence => "batchControlInfo",
        FatalReason::Totals => "auditControlInfo",
        FatalReason::Accounting => "accountingInfo",
    };
    let (group, octets) =
        group_octets(outcome, group_of(item)).unwrap_or((ErrorGroup::TransferBatch, Vec::new()));
    let detail = ErrorDetail {
        path: path_of(item),
        offset: None,
        code: Some(CONTRADICTS),
    };
    ReturnDetail::Fatal {
        sequence: Some(sequence),
        errors: vec![GroupErrors {
            group,
            octets,
            errors: vec![detail],
        }],
    }
}

/// The number of what contradicts something else; see [`number_of`].
const CONTRADICTS: u64 = 100;

/// The group as it was read, where it was.
fn group_octets(outcome: &Outcome, group: ErrorGroup) -> Option<(ErrorGroup, Vec<u8>)> {
    let mut encoder = Encoder::default();
    let e = &mut encoder;
    let control = outcome.control.as_ref();
    let release_10 = control.is_some_and(BatchControl::is_release_10);
    let group = match group {
        ErrorGroup::BatchControl if outcome.kind == Kind::Notification => {
            control?.encode_notification(e);
            ErrorGroup::Notification
        }
        ErrorGroup::BatchControl => {
            control?.encode(e);
            group
        }
        ErrorGroup::Accounting => {
            outcome.accounting.as_ref()?.encode_for(e, release_10);
            group
        }
        ErrorGroup::Network => {
            outcome.network.as_ref()?.encode_for(e, release_10);
            group
        }
        ErrorGroup::Audit => {
            outcome.audit.as_ref()?.encode_for(e, release_10);
            group
        }
        ErrorGroup::TransferBatch | ErrorGroup::Notification | ErrorGroup::MessageDescription => return None,
    };
    Some((group, encoder.into_octets()))
}

fn severe(outcome: &Outcome, sequence: &str) -> Result<Vec<ReturnDetail>, NothingToReturn> {
    if outcome.returned.records() == 0 {
        return Err(NothingToReturn::Fine);
    }
    if outcome.returned_records.len() as u64 != outcome.returned.records() {
        return Err(NothingToReturn::NotKept);
    }
    let details = outcome.returned_records.iter().map(|record| {
        let errors = record.faults.iter().map(|(code, field, wrong)| {
            let (path, offset) = place_in(record, Sought::of(*code, field, *wrong));
            ErrorDetail {
                path,
                offset: Some(offset),
                code: Some(number_of(*code)),
            }
        });
        ReturnDetail::Severe {
            sequence: Some(sequence.into()),
            record: record.octets.clone(),
            errors: errors.collect(),
        }
    });
    Ok(details.collect())
}

/// Where something is wrong in a record.
#[derive(Clone, Copy)]
enum Sought {
    /// An item, or that with the wrong code of several.
    Item(u32, Option<u64>),
    /// Charge information without a charge of type 00, the total.
    WithoutTotal,
    /// Charge information without a code of an exchange rate.
    WithoutRateCode,
}

impl Sought {
    fn of(code: Code, field: &str, wrong: Option<u64>) -> Option<Self> {
        match (code, field) {
            (Code::ItemMissing, "chargeDetail") => Some(Self::WithoutTotal),
            (Code::ExchangeRateCodeMissing, _) => Some(Self::WithoutRateCode),
            _ => tag_of(field).map(|tag| Self::Item(tag, wrong)),
        }
    }

    fn is(self, element: &Element<'_>) -> bool {
        let information = matches!(element.tag, CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION);
        match self {
            Self::Item(tag, wrong) => {
                element.tag == tag && wrong.is_none_or(|code| element.unsigned() == Some(code))
            }
            Self::WithoutTotal => information && totals(element).is_empty(),
            // What charges nothing needs none.
            Self::WithoutRateCode => {
                let mut items = Elements::new(element.contents).flatten();
                information
                    && !items.any(|item| item.tag == EXCHANGE_RATE_CODE)
                    && totals(element).into_iter().any(|charge| charge > 0)
            }
        }
    }
}

/// The charges of type 00 of charge information, which are its totals.
fn totals(information: &Element<'_>) -> Vec<u64> {
    let mut totals = Vec::new();
    for list in Elements::new(information.contents).flatten() {
        if list.tag != CHARGE_DETAIL_LIST {
            continue;
        }
        for detail in Elements::new(list.contents).flatten() {
            let (mut is_total, mut charge) = (false, None);
            for item in Elements::new(detail.contents).flatten() {
                match item.tag {
                    CHARGE_TYPE => is_total = item.contents == b"00",
                    CHARGE => charge = item.unsigned(),
                    _ => {}
                }
            }
            totals.extend(charge.filter(|_| is_total && detail.tag == CHARGE_DETAIL));
        }
    }
    totals
}

/// The way to an item of a record, level by level, and the octets of the file before it. Of several items that with the
/// wrong code is meant, otherwise the first; of an item that is not there, what lacks it, or else the record.
fn place_in(record: &ReturnedRecord, sought: Option<Sought>) -> (Vec<ErrorContext>, u64) {
    let step = |item: u32, level: usize, occurrence| ErrorContext {
        item: item.into(),
        level: level as u64,
        occurrence,
    };
    let Ok(header) = Header::read(&record.octets) else {
        return (vec![step(TRANSFER_BATCH, 1, None)], record.offset);
    };
    let mut path = vec![
        step(TRANSFER_BATCH, 1, None),
        step(CALL_EVENT_DETAILS, 2, None),
        // Returns count from 1.
        step(header.tag.number(), 3, record.index.checked_add(1)),
    ];
    let end = record.octets.len() - if header.length.is_none() { 2 } else { 0 };
    let contents = record.octets.get(header.size..end).unwrap_or_default();
    let mut steps = Vec::new();
    let Some(inside) = sought.and_then(|sought| find(contents, sought, 0, &mut steps)) else {
        return (path, record.offset);
    };
    path.extend(
        (4..)
            .zip(steps.iter().rev())
            .map(|(level, (tag, occurrence))| step(*tag, level, *occurrence)),
    );
    (path, record.offset + (header.size + inside) as u64)
}

/// The place of the first element that is sought in elements, with the steps to it, innermost first. Of elements of which there
/// are several the step says which one it is.
fn find(contents: &[u8], sought: Sought, depth: usize, steps: &mut Vec<(u32, Option<u64>)>) -> Option<usize> {
    if depth == MAX_DEPTH {
        return None;
    }
    let mut elements = Elements::new(contents);
    let mut before = Vec::new();
    loop {
        let start = elements.position();
        let element = elements.next()?.ok()?;
        let place = if sought.is(&element) {
            Some(start)
        } else if element.constructed {
            let header = Header::read(contents.get(start..)?).ok()?.size;
            find(element.contents, sought, depth + 1, steps).map(|place| start + header + place)
        } else {
            None
        };
        if place.is_some() {
            let same = before.iter().filter(|known| **known == element.tag).count() as u64;
            let several = same > 0 || elements.flatten().any(|later| later.tag == element.tag);
            steps.push((element.tag, several.then_some(same + 1)));
            return place;
        }
        before.push(element.tag);
    }
}

fn group_of(item: &str) -> ErrorGroup {
    match item.split(['.', '[']).next() {
        Some("batchControlInfo") => ErrorGroup::BatchControl,
        Some("accountingInfo") => ErrorGroup::Accounting,
        Some("networkInfo") => ErrorGroup::Network,
        Some("auditControlInfo") => ErrorGroup::Audit,
        _ => ErrorGroup::TransferBatch,
    }
}

/// The way to an item named in a finding, as far as its fields have tags.
fn path_of(item: &str) -> Vec<ErrorContext> {
    let mut path = vec![ErrorContext {
        item: TRANSFER_BATCH.into(),
        level: 1,
        occurrence: None,
    }];
    for (part, level) in item.split('.').zip(2u64..) {
        let (name, rest) = part.split_once('[').unwrap_or((part, ""));
        let Some(tag) = tag_of(name) else { break };
        let occurrence = rest.trim_end_matches(']').parse::<u64>().ok();
        path.push(ErrorContext {
            item: tag.into(),
            level,
            // Findings count from 0, returns from 1.
            occurrence: occurrence.and_then(|place| place.checked_add(1)),
        });
    }
    path
}

fn tag_of(name: &str) -> Option<u32> {
    Some(match name {
        "batchControlInfo" => BATCH_CONTROL_INFO,
        "accountingInfo" => ACCOUNTING_INFO,
        "networkInfo" => NETWORK_INFO,
        "auditControlInfo" => AUDIT_CONTROL_INFO,
        "callEventDetails" => CALL_EVENT_DETAILS,
        "sender" => SENDER,
        "recipient" => RECIPIENT,
        "fileSequenceNumber" => FILE_SEQUENCE_NUMBER,
        "fileCreationTimeStamp" => FILE_CREATION_TIME_STAMP,
        "fileAvailableTimeStamp" => FILE_AVAILABLE_TIME_STAMP,
        "transferCutOffTimeStamp" => TRANSFER_CUT_OFF_TIME_STAMP,
        "specificationVersionNumber" => SPECIFICATION_VERSION_NUMBER,
        "releaseVersionNumber" => RELEASE_VERSION_NUMBER,
        "fileTypeIndicator" => FILE_TYPE_INDICATOR,
        "rapFileSequenceNumber" => RAP_FILE_SEQUENCE_NUMBER,
        "taxation" => TAXATION_LIST,
        "discounting" => DISCOUNTING_LIST,
        "currencyConversionInfo" => CURRENCY_CONVERSION_LIST,
        "localCurrency" => LOCAL_CURRENCY,
        "tapCurrency" => TAP_CURRENCY,
        "tapDecimalPlaces" => TAP_DECIMAL_PLACES,
        "utcTimeOffsetInfo" => UTC_TIME_OFFSET_INFO_LIST,
        "recEntityInfo" => REC_ENTITY_INFO_LIST,
        "earliestCallTimeStamp" => EARLIEST_CALL_TIME_STAMP,
        "latestCallTimeStamp" => LATEST_CALL_TIME_STAMP,
        "totalCharge" => TOTAL_CHARGE,
        "totalTaxValue" => TOTAL_TAX_VALUE,
        "totalDiscountValue" => TOTAL_DISCOUNT_VALUE,
        "totalChargeRefund" => TOTAL_CHARGE_REFUND,
        "totalTaxRefund" => TOTAL_TAX_REFUND,
        "totalDiscountRefund" => TOTAL_DISCOUNT_REFUND,
        "callEventDetailsCount" => CALL_EVENT_DETAILS_COUNT,
        "callEventStartTimeStamp" => CALL_EVENT_START_TIME_STAMP,
        "taxCode" => TAX_CODE,
        "taxValue" => TAX_VALUE,
        "taxableAmount" => TAXABLE_AMOUNT,
        "chargeableSubscriber" => IMSI,
        "totalCallEventDuration" => TOTAL_CALL_EVENT_DURATION,
        "dataVolumeIncoming" => DATA_VOLUME_INCOMING,
        "dataVolumeOutgoing" => DATA_VOLUME_OUTGOING,
        "basicServiceCode" => BASIC_SERVICE_CODE,
        "chargingId" => CHARGING_ID,
        "chargeDetail" => CHARGE_DETAIL,
        "chargeType" => CHARGE_TYPE,
        "calledNumber" => CALLED_NUMBER,
        "chargeRefundIndicator" => CHARGE_REFUND_INDICATOR,
        "discount" => DISCOUNT,
        "discountCode" => DISCOUNT_CODE,
        "exchangeRateCode" => EXCHANGE_RATE_CODE,
        "taxInformation" => TAX_INFORMATION,
        "discountInformation" => DISCOUNT_INFORMATION,
        "utcTimeOffsetCode" => UTC_TIME_OFFSET_CODE,
        "recEntityCode" => REC_ENTITY_CODE,
        "chargeInformation" => CHARGE_INFORMATION,
        _ => return None,
    })
}

/// The number of a rule in returns: by the class of what is wrong, since partners agree bilaterally on finer lists.
///
/// 10 an item is missing, 20 it is malformed or out of its range, 100 it contradicts the rest of the file, 200 it refers to
/// something that does not exist, 250 it occurs twice, 260 it is not agreed or too old.
const fn number_of(code: Code) -> u64 {
    use Code::*;
    match code {
        BatchControlMissing
        | SenderMissing
        | RecipientMissing
        | SequenceMissing
        | AvailableMissing
        | VersionMissing
        | AccountingMissing
        | AuditMissing
        | CutOffMissing
        | LocalCurrencyMissing
        | ExchangeRateCodeMissing
        | ItemMissing => 10,
        UnknownTaxCode
        | UnknownDiscountCode
        | UnknownExchangeRateCode
        | UnknownUtcOffsetCode
        | UnknownRecordingEntityCode
        | UnknownReturn => 200,
        DuplicateCode | DuplicateRecord | GroupRepeated | ItemRepeated | SequenceReused | DuplicateFile
        | ReturnRecordRepeated => 250,
        EventTypeNotAgreed | RecordTooOld => 260,
        PartiesSame
        | ReturnFileAndRecords
        | NameSequenceDiffers
        | NamePartiesDiffer
        | NameTestDiffers
        | TotalChargeDiffers
        | TotalTaxDiffers
        | TotalDiscountDiffers
        | TotalRefundDiffers
        | TaxDiffers
        | TaxSumDiffers
        | DiscountDiffers
        | CutOffAfterAvailable
        | CallAfterCutOff
        | ExchangeRateBelowAgreed
        | EventCountDiffers
        | CallSpanDiffers
        | GroupOrder => CONTRADICTS,
        _ => 20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_should_be_made_of_tags_and_count_from_one() {
        let tags = |item| {
            path_of(item)
                .iter()
                .map(|step| (step.item, step.level, step.occurrence))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            tags("auditControlInfo.totalCharge"),
            [(1, 1, None), (15, 2, None), (415, 3, None)]
        );
        assert_eq!(
            tags("callEventDetails[7].taxCode"),
            [(1, 1, None), (3, 2, Some(8)), (212, 3, None)]
        );
        assert_eq!(tags("/1/3/9"), [(1, 1, None)]);
        assert_eq!(group_of("auditControlInfo.totalCharge"), ErrorGroup::Audit);
        assert_eq!(group_of("/1/3"), ErrorGroup::TransferBatch);
    }
}
