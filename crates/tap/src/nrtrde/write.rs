//! Writing files.

use super::{CallKind, NrtrdeControl};
use crate::{
    ber::{Encoder, LengthForm},
    model::{number, text},
    tags::nrtrde::*,
    time,
    writer::{Digits, Record, Usage},
};

/// A record to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NrtrdeCall {
    /// Its kind; one that is not known is not written.
    pub kind: CallKind,
    /// IMSI of the roamer.
    pub imsi: Digits,
    /// The number reached, or that called.
    pub other: Digits,
    /// Start by the visited network's clock, in seconds since 1970 of that clock.
    pub start_local: i64,
    /// Seconds that the clock is ahead of UTC.
    pub utc_offset: i32,
    /// Length in seconds.
    pub duration: u64,
    /// Teleservice, two digits: 11 a call, 21 and 22 messages.
    pub tele_service: &'static str,
    /// Octets to and from the roamer.
    pub volume: (u64, u64),
    /// Charging id of packet data.
    pub reference: u32,
}

impl NrtrdeCall {
    /// What NRTRDE tells of a usage record; nothing of the kinds that it does not have.
    pub fn of(record: &Record, utc_offset: i32) -> Option<Self> {
        let (kind, tele_service, volume) = match record.usage {
            Usage::CallMade { .. } => (CallKind::Moc, "11", (0, 0)),
            Usage::MessageSent => (CallKind::Moc, "22", (0, 0)),
            Usage::CallReceived => (CallKind::Mtc, "11", (0, 0)),
            Usage::MessageReceived => (CallKind::Mtc, "21", (0, 0)),
            Usage::Data { incoming, outgoing } => (CallKind::Gprs, "", (incoming, outgoing)),
            _ => return None,
        };
        Some(Self {
            kind,
            imsi: record.imsi,
            other: record.other,
            start_local: record.start_local,
            utc_offset,
            duration: record.duration,
            tele_service,
            volume,
            reference: record.reference,
        })
    }

    /// Writes the record.
    pub fn encode(&self, e: &mut Encoder) {
        let tag = match self.kind {
            CallKind::Moc => MOC,
            CallKind::Mtc => MTC,
            CallKind::Gprs => GPRS,
            CallKind::Unknown(_) => return,
        };
        e.group(tag, |e| {
            e.bcd(IMSI, self.imsi.as_str());
            e.text(CALL_EVENT_START_TIME_STAMP, &time::local_text(self.start_local));
            e.text(UTC_TIME_OFFSET, &time::offset_text(self.utc_offset));
            e.unsigned(CALL_EVENT_DURATION, self.duration);
            e.unsigned(CAUSE_FOR_TERMINATION, 0);
            if tag == GPRS {
                e.text(ACCESS_POINT_NAME_NI, "internet");
                e.unsigned(DATA_VOLUME_INCOMING, self.volume.0);
                e.unsigned(DATA_VOLUME_OUTGOING, self.volume.1);
                e.text(SGSN_ADDRESS, "192.0.2.1");
                e.text(GGSN_ADDRESS, "192.0.2.2");
                e.unsigned(CHARGING_ID, self.reference.into());
                return;
            }
            e.group(SERVICE_CODE, |e| e.text(TELE_SERVICE_CODE, self.tele_service));
            if tag == MOC {
                e.text(DIALLED_DIGITS, self.other.as_str());
                e.text(CONNECTED_NUMBER, self.other.as_str());
            } else {
                e.text(CALLING_NUMBER, self.other.as_str());
            }
            e.text(REC_ENTITY_ID, "msc-1");
        });
    }
}

impl NrtrdeControl {
    /// The octets of the file.
    pub fn to_octets(&self, form: LengthForm, calls: impl IntoIterator<Item = NrtrdeCall>) -> Vec<u8> {
        let mut encoder = Encoder::new(form);
        encoder.group(NRTRDE, |e| {
            number(e, SPECIFICATION_VERSION_NUMBER, self.version);
            number(e, RELEASE_VERSION_NUMBER, self.release);
            text(e, SENDER, &self.sender);
            text(e, RECIPIENT, &self.recipient);
            text(e, SEQUENCE_NUMBER, &self.sequence);
            if let Some(available) = &self.available {
                e.text(FILE_AVAILABLE_TIME_STAMP, &available.local);
                e.text(UTC_TIME_OFFSET, &available.offset);
            }
            e.group(CALL_EVENT_LIST, |e| {
                calls.into_iter().for_each(|call| call.encode(e))
            });
            number(e, CALL_EVENTS_COUNT, self.events);
        });
        encoder.into_octets()
    }
}
