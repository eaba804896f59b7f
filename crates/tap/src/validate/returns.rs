//! Rules about returns (RAP).

use super::{history, Run};
use crate::{
    ber::{Header, ReadError},
    events::{CodeTables, Event, EventKind},
    finding::{Code, Severity},
    model::BatchControl,
    name::Scheme,
    rap::{self, ErrorDetail, ReturnAudit, ReturnDetail, ReturnItem, ReturnSummary, VERSION},
    reader::Reader,
    summary::in_words,
};
use std::{
    collections::{BTreeSet, HashMap},
    io::Read,
};

/// What is said of a file that is returned in both ways.
const BOTH: &str = "the file is returned as a whole, and records of it, too: of a whole file nothing is billed, of one with returned \
                    records the rest is";

/// The records that were returned so far, by what makes them the same, and the places where such a record stood.
#[derive(Default)]
struct NamedRecords(HashMap<[u8; 16], BTreeSet<Option<u64>>>);

/// What makes a returned record the same as another one: its file, and what makes records the same in a file, with the time by
/// the local clock, whose offset from UTC returns do not tell. What has no such thing is the same where its octets are: records are
/// decoded and encoded again on their way into returns.
fn identity(sequence: &Option<String>, record: &[u8], release: Option<u64>) -> [u8; 16] {
    let mut state = blake2b_simd::Params::new().hash_length(16).to_state();
    // No number has a zero in it, and no time.
    state
        .update(sequence.as_deref().unwrap_or_default().as_bytes())
        .update(&[0]);
    let event = Header::read(record)
        .ok()
        .and_then(|header| Event::read(record, &header, &CodeTables::of_release(release)).ok())
        .filter(|event| !matches!(event.kind, EventKind::Aggregated | EventKind::Unknown(_)));
    if let Some((event, start)) = event.and_then(|event| Some((event, event.start?))) {
        state.update(start).update(&[0]);
        return history::fingerprint(&event, 0, state);
    }
    state.update(record);
    let mut digest = [0; 16];
    digest.copy_from_slice(state.finalize().as_bytes());
    digest
}

impl NamedRecords {
    /// Whether a record was returned before. Where a return does not say at which place its record stood, it may be any that is the
    /// same.
    fn see(&mut self, identity: [u8; 16], errors: &[ErrorDetail]) -> bool {
        let places = self.0.entry(identity).or_default();
        let place = errors.iter().find_map(ErrorDetail::record);
        let vague = !places.is_empty() && (place.is_none() || places.contains(&None));
        !places.insert(place) || vague
    }
}

/// The files that were returned so far, as a whole or by records of them.
#[derive(Default)]
struct NamedFiles {
    whole: BTreeSet<u32>,
    by_records: BTreeSet<u32>,
}

impl NamedFiles {
    /// Whether a file is returned in one of the two ways for the first time, and was in the other.
    fn see(&mut self, file: u32, whole: bool) -> bool {
        let (these, others) = match whole {
            true => (&mut self.whole, &self.by_records),
            false => (&mut self.by_records, &self.whole),
        };
        these.insert(file) && others.contains(&file)
    }
}

impl Run<'_, '_, '_> {
    pub(super) fn read_returns<R: Read>(&mut self, reader: &mut Reader<R>) -> Result<(), ReadError> {
        (self.scheme, self.group) = (Scheme::Returns, "rapBatchControlInfo");
        let mut summary = ReturnSummary::default();
        let (mut details, mut audit, mut release) = (0u64, None, None);
        let mut named = (NamedFiles::default(), NamedRecords::default());
        rap::visit(reader, |item| match item {
            ReturnItem::Control(control) => {
                // The file is refused for a second one, of which nothing counts.
                if self.control.is_none() {
                    self.return_version(control.version, control.release);
                    release = control.tap_release;
                    summary.decimals = control.tap_decimals;
                    summary.currency = control.tap_currency;
                }
                self.return_control(BatchControl {
                    sender: control.sender,
                    recipient: control.recipient,
                    sequence: control.sequence,
                    created: control.created,
                    available: control.available,
                    version: control.version,
                    release: control.release,
                    file_type: control.file_type,
                    ..BatchControl::default()
                });
            }
            ReturnItem::Acknowledgement(ack) => {
                summary.acknowledgement = true;
                self.group = "acknowledgement";
                self.return_control(BatchControl {
                    sender: ack.sender,
                    recipient: ack.recipient,
                    sequence: ack.sequence,
                    created: ack.created,
                    available: ack.available,
                    file_type: ack.file_type,
                    ..BatchControl::default()
                });
            }
            ReturnItem::Detail(detail) => {
                self.return_detail(details, &detail, release, &mut named);
                summary.add(&detail, release);
                details = details.saturating_add(1);
            }
            ReturnItem::Audit(stated) if audit.is_none() => audit = Some(stated),
            ReturnItem::Audit(_) => {
                let message = "the group occurs more than once";
                self.findings
                    .batch(Code::GroupRepeated, "rapAuditControlInfo", message);
            }
        })?;
        if self.control.is_none() {
            self.findings.batch(
                Code::BatchControlMissing,
                "rapBatchControlInfo",
                "the group is missing",
            );
        }
        if !summary.acknowledgement {
            self.return_decimals(&summary);
            self.return_audit(audit, &summary, details);
        }
        self.events = Some(details);
        self.returns = Some(summary);
        Ok(())
    }

    fn return_control(&mut self, control: BatchControl) {
        if self.control.is_some() {
            self.findings
                .batch(Code::GroupRepeated, self.group, "the group occurs twice");
            return;
        }
        self.parties(&control);
        self.sequence(&control);
        self.available_time(&control);
        // An acknowledgement goes the other way under the name of what it acknowledges.
        if self.group == "rapBatchControlInfo" {
            self.file_name(&control);
        }
        self.control = Some(control);
    }

    fn return_version(&mut self, version: Option<u64>, release: Option<u64>) {
        let item = "rapBatchControlInfo.rapSpecificationVersionNumber";
        match version {
            None => self
                .findings
                .batch(Code::VersionMissing, item, "the version is missing"),
            Some(VERSION) => {}
            Some(other) => {
                let message = format!("version {other} is not {VERSION}");
                self.findings.batch(Code::VersionUnsupported, item, message);
            }
        }
        let item = "rapBatchControlInfo.rapReleaseVersionNumber";
        match release {
            None => self
                .findings
                .batch(Code::VersionMissing, item, "the release is missing"),
            Some(1..=5) => {}
            Some(other) => {
                let message = format!("release {other} is not 1 to 5");
                self.findings.batch(Code::ReleaseUnusual, item, message);
            }
        }
    }

    fn return_detail(
        &mut self,
        place: u64,
        detail: &ReturnDetail,
        release: Option<u64>,
        (files, records): &mut (NamedFiles, NamedRecords),
    ) {
        let mut found = |code, field: &str, message: String| {
            self.findings
                .batch(code, format!("returnDetails[{place}].{field}"), message);
        };
        let number = |text: &Option<String>| text.as_deref().and_then(|text| Scheme::Tap.sequence(text));
        let mut file = |text: &Option<String>, field| {
            if number(text).is_none() {
                found(
                    Code::ReturnFileBad,
                    field,
                    "a number of five digits is needed".into(),
                );
            }
        };
        match detail {
            ReturnDetail::Missing { first, last } => {
                file(first, "startMissingSeqNumber");
                if last.is_some() {
                    file(last, "endMissingSeqNumber");
                }
                // From 99999 on to 1, but not over half of the numbers.
                if let (Some(first), Some(last)) = (number(first), number(last)) {
                    let max = Scheme::Tap.max_sequence();
                    if (last + max - first) % max > max / 2 {
                        let message = format!("{last:05} is before {first:05}");
                        found(Code::ReturnFileBad, "endMissingSeqNumber", message);
                    }
                }
            }
            ReturnDetail::Stop { last } => file(last, "lastSeqNumber"),
            ReturnDetail::Fatal { sequence, errors } => {
                file(sequence, "fileSequenceNumber");
                if number(sequence).is_some_and(|number| files.see(number, true)) {
                    found(Code::ReturnFileAndRecords, "fileSequenceNumber", BOTH.into());
                }
                if errors.iter().all(|group| group.errors.is_empty()) {
                    found(
                        Code::ReturnReasonMissing,
                        "fatalReturn",
                        "no error is named".into(),
                    );
                }
            }
            ReturnDetail::Severe {
                sequence,
                record,
                errors,
            } => {
                file(sequence, "fileSequenceNumber");
                if number(sequence).is_some_and(|number| files.see(number, false)) {
                    found(Code::ReturnFileAndRecords, "fileSequenceNumber", BOTH.into());
                }
                if records.see(identity(sequence, record, release), errors) {
                    let message = "the record is returned more than once, and its charge counted each time; where the file has it as \
                                   often, state itemOccurrence of each";
                    found(Code::ReturnRecordRepeated, "callEventDetail", message.into());
                }
                if detail.amounts(release).is_none() {
                    let message = "the record is missing or cannot be decoded";
                    found(Code::ReturnRecordBad, "callEventDetail", message.into());
                }
                if errors.is_empty() {
                    found(
                        Code::ReturnReasonMissing,
                        "severeReturn",
                        "no error is named".into(),
                    );
                }
            }
            ReturnDetail::Unknown(tag) => {
                found(
                    Code::ReturnKindUnknown,
                    "tag",
                    format!("returns with tag {tag} are not known"),
                );
            }
        }
    }

    /// Warns of amounts of which nobody can tell what they are. They count with the decimals of the file that they were returned from,
    /// which is at hand wherever something is taken off.
    fn return_decimals(&mut self, summary: &ReturnSummary) {
        let nothing = summary.value == 0 && summary.tax == 0;
        let message = match summary.decimals {
            _ if nothing => return,
            Some(0..=6) => return,
            Some(other) => format!("{other} is not 0 to 6: what is returned is shown in units of the file"),
            None => {
                "the number of decimals is missing: what is returned is shown in units of the file".into()
            }
        };
        self.findings.about_batch(
            Severity::Warning,
            Code::DecimalsBad,
            "rapBatchControlInfo.tapDecimalPlaces".into(),
            message,
        );
    }

    fn return_audit(&mut self, audit: Option<ReturnAudit>, summary: &ReturnSummary, details: u64) {
        let Some(audit) = audit else {
            self.findings
                .batch(Code::AuditMissing, "rapAuditControlInfo", "the group is missing");
            return;
        };
        for (code, field, stated, sum) in [
            (
                Code::ReturnCountDiffers,
                "returnDetailsCount",
                Some(audit.details.unwrap_or(0)),
                u128::from(details),
            ),
            (
                Code::ReturnValueDiffers,
                "totalSevereReturnValue",
                Some(audit.value.unwrap_or(0)),
                summary.value,
            ),
            // The total of the taxes need not be stated.
            (
                Code::ReturnValueDiffers,
                "totalSevereReturnTax",
                audit.tax,
                summary.tax,
            ),
        ] {
            if let Some(stated) = stated.filter(|stated| u128::from(*stated) != sum) {
                let amount = |units| in_words(units, summary.decimals, summary.currency.as_deref());
                let message = match code {
                    Code::ReturnCountDiffers => format!("{stated} returns stated, {sum} in the file"),
                    _ => format!(
                        "{} stated, the returned records add up to {}",
                        amount(stated.into()),
                        amount(sum)
                    ),
                };
                self.findings
                    .batch(code, format!("rapAuditControlInfo.{field}"), message);
            }
        }
    }
}
