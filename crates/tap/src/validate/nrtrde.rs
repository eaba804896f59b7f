//! Rules about near-real-time records (NRTRDE).

use super::{history, repeats::Search, RecordHistory, Run};
use crate::{
    ber::{DecodeError, ReadError},
    classify::Classifier,
    events::{is_imsi, Event},
    finding::Code,
    model::{BatchControl, DateTime},
    name::Scheme,
    nrtrde::{self, Call, CallKind, NrtrdeControl, NrtrdeItem, NrtrdeSummary, DELIVERY_LIMIT, VERSION},
    reader::{RawEvent, Reader},
    summary::Stamp,
    tags::nrtrde as tags,
    time,
};
use interclear_primitives::Moment;
use std::io::Read;

impl Run<'_, '_, '_> {
    pub(super) fn read_nrtrde<R: Read>(&mut self, reader: &mut Reader<R>) -> Result<(), ReadError> {
        (self.scheme, self.group) = (Scheme::Nrtrde, "nrtrde");
        nrtrde::visit(reader, |item| {
            match item {
                NrtrdeItem::Control(control) => self.before_calls(control),
                NrtrdeItem::Call(raw) => self.call(&raw)?,
                NrtrdeItem::End(control) => self.nrtrde_control(control),
            }
            Ok(())
        })
    }

    /// What is needed to judge the records.
    fn before_calls(&mut self, control: &NrtrdeControl) {
        let code = |tadig: &Option<String>| tadig.clone().unwrap_or_default();
        let (sender, recipient) = (code(&control.sender), code(&control.recipient));
        self.classifier = Classifier::new(sender.as_bytes(), recipient.as_bytes(), self.options.rules.zones);
        self.available = control.available.as_ref().and_then(DateTime::utc);
    }

    fn call(&mut self, raw: &RawEvent<'_>) -> Result<(), DecodeError> {
        let call = Call::read(raw.octets, &raw.header).map_err(|mut error| {
            error.offset += raw.offset;
            error.within(&[tags::NRTRDE, tags::CALL_EVENT_LIST])
        })?;
        self.records += 1;
        self.untimed |= self.available.is_none();
        self.digester.record(raw.octets);
        let event = call.as_event();
        self.sums.add(self.classifier.service(&event), &event);
        let index = raw.index;
        if let CallKind::Unknown(tag) = call.kind {
            self.findings.record(Code::EventTypeNotAgreed, index, || {
                ("tag", format!("records with tag {tag} are not known"))
            });
        }
        // Of use against fraud are records that tell whose usage it is.
        let known = !matches!(call.kind, CallKind::Unknown(_));
        let wrong = match call.imsi {
            None => Some((Code::ItemMissing, "the IMSI is missing")),
            Some(imsi) if !is_imsi(imsi) => Some((Code::ItemMalformed, "the IMSI is malformed")),
            Some(_) => None,
        };
        if let Some((code, message)) = wrong.filter(|_| known) {
            self.findings.record(code, index, || ("imsi", message.into()));
        }
        if !call.says_where() {
            self.findings
                .record(Code::ItemMissing, index, || match call.kind {
                    CallKind::Gprs => (
                        "accessPointNameNI",
                        "access point and charging id are missing".into(),
                    ),
                    _ => ("connectedNumber", "the number that was called is missing".into()),
                });
        }
        if let Some(tag) = call.repeated.filter(|_| known) {
            self.findings.record(Code::ItemRepeated, index, || {
                ("tag", format!("the item with tag {tag} is there more than once"))
            });
        }
        if call.volume_bad {
            self.findings.record(Code::AmountBad, index, || {
                ("dataVolumeIncoming", "a volume is negative or too large".into())
            });
        }
        if let Some(start) = call.start_utc() {
            self.earliest = Some(self.earliest.map_or(start, |known| known.min(start)));
            self.latest = Some(self.latest.map_or(start, |known| known.max(start)));
            if known && self.came_before(&event, start, index) {
                self.findings.record(Code::DuplicateRecord, index, || {
                    (
                        event.kind.name(),
                        "a duplicate: the same record came before in this file".into(),
                    )
                });
            }
        }
        let Some(end) = call.end_utc() else {
            // What a record has that is not known may stand elsewhere.
            if known {
                self.findings.record(Code::CallTimeBad, index, || {
                    (
                        "callEventStartTimeStamp",
                        "start, offset from UTC or duration is missing or malformed".into(),
                    )
                });
            }
            return Ok(());
        };
        if self.available.is_some_and(|available| available < end) {
            self.findings.record(Code::CallTimeBad, index, || {
                (
                    "callEventStartTimeStamp",
                    "the call ended after the file was made available".into(),
                )
            });
        }
        if self.figures.add(end, self.available) {
            let delay = self.available.unwrap_or(end).saturating_sub(end);
            self.findings.record(Code::LateDelivery, index, || {
                let message = format!(
                    "available {} after the end of the call, {} are allowed: the sender is liable for fraud on it",
                    time::span(delay),
                    time::span(DELIVERY_LIMIT)
                );
                ("callEventDuration", message)
            });
        }
        Ok(())
    }

    /// Whether the same record came before in the file, where that is looked for. A history of other files is left alone: it is one of what
    /// is billed.
    fn came_before(&mut self, event: &Event<'_>, start: i64, index: u64) -> bool {
        let seen: &mut dyn RecordHistory = match &mut self.search {
            None => return false,
            Some(Search::All(_)) => &mut self.calls,
            Some(search) => {
                if !search.wants(event, start) {
                    return false;
                }
                match search.history(event, start) {
                    Some(seen) => seen,
                    None => return false,
                }
            }
        };
        let fingerprint = history::fingerprint(event, start, seen.hasher());
        let before = seen.known(fingerprint, start, index);
        if !before {
            seen.note(fingerprint, start, index);
        }
        before
    }

    fn nrtrde_control(&mut self, found: &NrtrdeControl) {
        let control = BatchControl {
            sender: found.sender.clone(),
            recipient: found.recipient.clone(),
            sequence: found.sequence.clone(),
            available: found.available.clone(),
            version: found.version,
            release: found.release,
            ..BatchControl::default()
        };
        self.parties(&control);
        self.sequence(&control);
        self.available_time(&control);
        let readable = control.available.as_ref().and_then(DateTime::utc).is_some();
        if readable && self.untimed {
            let message =
                "the time stamp or its offset stands behind the records, whose delays are told by it";
            self.findings
                .batch(Code::GroupOrder, "nrtrde.fileAvailableTimeStamp", message);
        }
        self.file_name(&control);
        match found.version {
            Some(VERSION) => {}
            Some(other) => {
                let message = format!("version {other} is not {VERSION}");
                self.findings.batch(
                    Code::VersionUnsupported,
                    "nrtrde.specificationVersionNumber",
                    message,
                );
            }
            None => {
                let message = "the version is missing";
                self.findings
                    .batch(Code::VersionMissing, "nrtrde.specificationVersionNumber", message);
            }
        }
        if found.release.is_none() {
            let message = "the release is missing";
            self.findings
                .batch(Code::VersionMissing, "nrtrde.releaseVersionNumber", message);
        }
        let stated = found.events.unwrap_or(0);
        if stated != self.records {
            let message = format!("{stated} records stated, {} in the file", self.records);
            self.findings
                .batch(Code::EventCountDiffers, "nrtrde.callEventsCount", message);
        }
        if self.records == 0 {
            self.findings
                .batch(Code::NoEvents, "nrtrde.callEventList", "there are no records");
        }
        self.control = Some(control);
    }

    pub(super) fn check_nrtrde_end(&mut self, file_digest: Option<[u8; 32]>) {
        self.check_duplicate(file_digest);
        self.nrtrde = self.nrtrde_summary(file_digest);
    }

    /// The reduction, as far as the file says what is needed for it.
    fn nrtrde_summary(&self, file_digest: Option<[u8; 32]>) -> Option<NrtrdeSummary> {
        let control = self.control.as_ref()?;
        let moment = |time: Option<i64>| time.and_then(|time| Moment::try_from(time).ok());
        let mut summary = NrtrdeSummary {
            sender: control.sender.as_ref()?.parse().ok()?,
            recipient: control.recipient.as_ref()?.parse().ok()?,
            sequence: Scheme::Nrtrde.sequence(control.sequence.as_ref()?)?,
            version: format!("{}.{}", control.version?, control.release?),
            available: Stamp::new(control.available.as_ref()?)?,
            records: self.records,
            services: Vec::new(),
            unclassified: 0,
            earliest_call: moment(self.earliest),
            latest_call: moment(self.latest),
            earliest_end: moment(self.figures.earliest_end),
            latest_end: moment(self.figures.latest_end),
            latest_delay: self
                .figures
                .latest_delay
                .and_then(|delay| u64::try_from(delay).ok()),
            late_events: self.figures.late,
            file_digest: self.anchored_digest(file_digest),
            root: self.root,
        };
        summary.count(&self.sums);
        Some(summary)
    }
}
