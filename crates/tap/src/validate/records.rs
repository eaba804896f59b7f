//! Rules about single records.

use super::{history, Run};
use crate::{
    ber::DecodeError,
    events::{Event, EventKind, Faults},
    finding::{Code, Severity},
    reader::RawEvent,
    tags::{CALL_EVENT_DETAILS, TRANSFER_BATCH},
    time::{self, DAY},
};

/// What is known of the time of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Seconds since 1970 UTC.
    At(i64),
    /// Missing or malformed; the reason.
    Bad(&'static str),
    /// Not known, and nothing is said about it here.
    Unknown,
}

impl Run<'_, '_> {
    #[inline]
    pub(super) fn record(&mut self, raw: &RawEvent<'_>) -> Result<(), DecodeError> {
        let event = Event::read(raw.octets, &raw.header, &self.tables).map_err(|mut error| {
            error.offset += raw.offset;
            error.within(&[TRANSFER_BATCH, CALL_EVENT_DETAILS])
        })?;
        self.records += 1;
        let service = self.classifier.service(&event);
        self.sums.add(service, &event);
        self.refunds += event.refunds;
        if let Some(secret) = &self.options.secret {
            let salt = interclear_merkle::derive_salt(secret, raw.index);
            // 2^40 records of at least two octets are more than any file that is believed can hold.
            let _full = self
                .root
                .push(interclear_merkle::leaf_hash(&salt, raw.index, raw.octets))
                .is_err();
        }
        let start = self.start(&event);
        let mut suspicious = event.faults != Faults::default()
            || event.duration > DAY as u64
            || !self.options.rules.agreed.contains(event.kind);
        match start {
            Start::At(start) => {
                self.earliest = Some(self.earliest.map_or(start, |earliest| earliest.min(start)));
                self.latest = Some(self.latest.map_or(start, |latest| latest.max(start)));
                if let Some(available) = self.available {
                    let age = available - start;
                    suspicious |= age < 0 || age > i64::from(self.options.rules.max_age_days) * DAY;
                }
                suspicious |= self.history.is_some();
            }
            Start::Bad(_) => suspicious = true,
            Start::Unknown => {}
        }
        if suspicious {
            self.report(raw.index, &event, start);
        }
        Ok(())
    }

    #[inline]
    fn start(&self, event: &Event<'_>) -> Start {
        let timed = matches!(
            event.kind,
            EventKind::MobileOriginated
                | EventKind::MobileTerminated
                | EventKind::Gprs
                | EventKind::MobileSession
        );
        let Some(text) = event.start else {
            return if timed {
                Start::Bad("the start is missing")
            } else {
                Start::Unknown
            };
        };
        let Some(local) = time::local_seconds(text) else {
            return Start::Bad("the start is no time stamp");
        };
        match event.offset_code {
            None => Start::Bad("the start has no code of an offset from UTC"),
            Some(code) => match self.tables.offset(code) {
                Some(offset) => Start::At(local - i64::from(offset)),
                // A code that is in no table is a fault of its own.
                None if event.faults.offset_code.is_some() => Start::Unknown,
                None => Start::Bad("the offset from UTC of the start is no offset"),
            },
        }
    }

    /// Names what is wrong with a record; the path for records that are not in order.
    #[cold]
    fn report(&mut self, index: u64, event: &Event<'_>, start: Start) {
        let before = self.findings.count(Severity::Severe);
        let findings = &mut self.findings;
        if !self.options.rules.agreed.contains(event.kind) {
            findings.record(Code::EventTypeNotAgreed, index, || match event.kind {
                EventKind::Unknown(tag) => ("tag", format!("records with tag {tag} are not known")),
                kind => (
                    kind.name(),
                    format!("records of kind {} are not agreed", kind.name()),
                ),
            });
        }
        match start {
            Start::Bad(why) => {
                findings.record(Code::CallTimeBad, index, || {
                    ("callEventStartTimeStamp", why.into())
                });
            }
            Start::At(start) => {
                if let Some(available) = self.available {
                    let age = available - start;
                    if age < 0 {
                        findings.record(Code::CallTimeBad, index, || {
                            (
                                "callEventStartTimeStamp",
                                format!("{} s after the file was made available", -age),
                            )
                        });
                    } else if age > i64::from(self.options.rules.max_age_days) * DAY {
                        findings.record(Code::RecordTooOld, index, || {
                            ("callEventStartTimeStamp", format!("{} days old", age / DAY))
                        });
                    }
                }
                if let Some(history) = &mut self.history {
                    if history.seen(history::fingerprint(event, start), start) {
                        findings.record(Code::DuplicateRecord, index, || {
                            (event.kind.name(), "the same record was sent before".into())
                        });
                    }
                }
            }
            Start::Unknown => {}
        }
        if event.duration > DAY as u64 {
            findings.record(Code::DurationOverDay, index, || {
                (
                    "totalCallEventDuration",
                    format!("{} s are more than a day", event.duration),
                )
            });
        }
        let faults = &event.faults;
        if faults.amount {
            findings.record(Code::AmountBad, index, || {
                (
                    "chargeInformation",
                    "an amount, volume or duration is negative or too large".into(),
                )
            });
        }
        for (code, field, fault) in [
            (Code::UnknownTaxCode, "taxCode", faults.tax_code),
            (Code::UnknownDiscountCode, "discountCode", faults.discount_code),
            (
                Code::UnknownExchangeRateCode,
                "exchangeRateCode",
                faults.exchange_rate_code,
            ),
            (
                Code::UnknownUtcOffsetCode,
                "utcTimeOffsetCode",
                faults.offset_code,
            ),
            (
                Code::UnknownRecordingEntityCode,
                "recEntityCode",
                faults.entity_code,
            ),
        ] {
            if let Some(value) = fault {
                findings.record(code, index, || {
                    (field, format!("code {value} is not in its table"))
                });
            }
        }
        if self.findings.count(Severity::Severe) > before {
            self.returned.add(self.classifier.service(event), event);
        }
    }
}
