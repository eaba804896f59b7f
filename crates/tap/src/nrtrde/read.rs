//! Reading records, one at a time.

use super::NrtrdeControl;
use crate::{
    ber::{self, unsigned, DecodeError, Element, Header, Problem, ReadError, Visitor},
    events::{Event, EventKind, Number},
    model::{DateTime, Once},
    reader::{Kind, RawEvent, Reader},
    tags::nrtrde::*,
    time,
};
use std::io::Read;

/// The teleservice of emergency calls.
const EMERGENCY_CALL: &[u8] = b"12";

/// The kind of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum CallKind {
    /// Call or message by the roamer.
    Moc,
    /// Call or message to the roamer.
    Mtc,
    /// Packet data.
    Gprs,
    /// A tag that is not known.
    Unknown(u32),
}

impl CallKind {
    pub(crate) const fn from_tag(tag: u32) -> Self {
        match tag {
            MOC => Self::Moc,
            MTC => Self::Mtc,
            GPRS => Self::Gprs,
            other => Self::Unknown(other),
        }
    }

    /// The kind of TAP record that the same usage makes.
    pub const fn event_kind(self) -> EventKind {
        match self {
            Self::Moc => EventKind::MobileOriginated,
            Self::Mtc => EventKind::MobileTerminated,
            Self::Gprs => EventKind::Gprs,
            Self::Unknown(tag) => EventKind::Unknown(tag),
        }
    }
}

/// A record, borrowed from the octets of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Call<'a> {
    /// Which event it records: a call, a session or a message.
    pub kind: CallKind,
    /// IMSI of the roamer, in BCD.
    pub imsi: Option<&'a [u8]>,
    /// IMEI of the roamer's device, in BCD.
    pub imei: Option<&'a [u8]>,
    /// Start, `CCYYMMDDhhmmss`, by the clock of the visited network.
    pub start: Option<&'a [u8]>,
    /// The clock's offset from UTC, `+hhmm` or `-hhmm`.
    pub offset: Option<&'a [u8]>,
    /// Length in seconds; `None` when missing or malformed.
    pub duration: Option<u64>,
    /// Teleservice, two digits.
    pub tele_service: Option<&'a [u8]>,
    /// Bearer service, two digits.
    pub bearer_service: Option<&'a [u8]>,
    /// Number reached, as text.
    pub connected: Option<&'a [u8]>,
    /// Number dialled, as text.
    pub dialled: Option<&'a [u8]>,
    /// Number of the caller, as text.
    pub calling: Option<&'a [u8]>,
    /// Name of the network that packet data went to.
    pub access_point: Option<&'a [u8]>,
    /// Charging id of packet data.
    pub charging_id: Option<u64>,
    /// Octets received and sent.
    pub volume: (u128, u128),
    /// Whether a volume is negative or too large; it counts as nothing.
    pub volume_bad: bool,
    /// The tag of the first item of which there are several where one belongs.
    pub repeated: Option<u32>,
}

impl<'a> Call<'a> {
    /// Reads a record from its octets, header included.
    ///
    /// # Errors
    /// The first malformed element; its offset is counted from the start of `octets`.
    pub fn read(octets: &'a [u8], header: &Header) -> Result<Self, DecodeError> {
        let call = Self {
            kind: CallKind::from_tag(header.tag.number()),
            imsi: None,
            imei: None,
            start: None,
            offset: None,
            duration: None,
            tele_service: None,
            bearer_service: None,
            connected: None,
            dialled: None,
            calling: None,
            access_point: None,
            charging_id: None,
            volume: (0, 0),
            volume_bad: false,
            repeated: None,
        };
        let root = header.tag.number();
        let mut walker = Walker { root, call, seen: 0 };
        ber::walk(octets, header, &mut walker)?;
        Ok(walker.call)
    }

    /// Start in seconds since 1970 UTC; `None` when time stamp or offset is missing or malformed.
    pub fn start_utc(&self) -> Option<i64> {
        let local = time::local_seconds(self.start?)?;
        Some(local - i64::from(time::offset_seconds(self.offset?)?))
    }

    /// End in seconds since 1970 UTC; `None` like the start, or without a length that is believed (a century).
    pub fn end_utc(&self) -> Option<i64> {
        let length = i64::try_from(self.duration?)
            .ok()
            .filter(|seconds| *seconds < 100 * 366 * time::DAY)?;
        self.start_utc()?.checked_add(length)
    }

    /// Whether the record says where the usage went, without which nobody can tell whether it is fraud: a number that was called,
    /// or the network that packet data went to, or else the session. Of messages, of emergency calls (teleservice 12 of 3GPP TS 22.003), which are set up without a number, and of
    /// calls that were received that is not asked.
    pub(crate) fn says_where(&self) -> bool {
        let any = |items: [Option<&[u8]>; 2]| items.into_iter().flatten().any(|item| !item.is_empty());
        match self.kind {
            CallKind::Moc => {
                self.as_event().is_message()
                    || self.tele_service == Some(EMERGENCY_CALL)
                    || any([self.connected, self.dialled])
            }
            CallKind::Gprs => self.charging_id.is_some() || any([self.access_point, None]),
            CallKind::Mtc | CallKind::Unknown(_) => true,
        }
    }

    /// What the record says, as far as it decides to which service the usage belongs, and whether it is the same as another one.
    pub(crate) fn as_event(&self) -> Event<'a> {
        let mut event = Event::new(self.kind.event_kind());
        event.tele_service = self.tele_service;
        event.bearer_service = self.bearer_service;
        event.duration = self.duration.unwrap_or(0);
        (event.volume_in, event.volume_out) = self.volume;
        event.called = self.connected.map(Number::Text);
        event.calling = self.calling.map(Number::Text);
        event.imsi = self.imsi;
        event.imei = self.imei;
        event.charging_id = self.charging_id;
        event
    }
}

struct Walker<'a> {
    root: u32,
    call: Call<'a>,
    /// The items that came so far, a bit for each of their tags, which are all below 64.
    seen: u64,
}

impl Walker<'_> {
    /// Notes an item of which a record has one.
    fn once(&mut self, tag: u32) {
        let item = match is_known(tag) {
            true => 1u64.checked_shl(tag).unwrap_or(0),
            false => 0,
        };
        if self.seen & item != 0 {
            self.call.repeated.get_or_insert(tag);
        }
        self.seen |= item;
    }
}

impl<'a> Visitor<'a> for Walker<'a> {
    fn enter(&mut self, _: u32, _: u32) -> bool {
        true
    }

    /// A record is flat but for the code of its service; what stands deeper counts for nothing.
    fn value(&mut self, parent: u32, tag: u32, contents: &'a [u8]) {
        if parent == self.root || parent == SERVICE_CODE {
            self.once(tag);
        }
        let call = &mut self.call;
        match tag {
            TELE_SERVICE_CODE if parent == SERVICE_CODE => call.tele_service = Some(contents),
            BEARER_SERVICE_CODE if parent == SERVICE_CODE => call.bearer_service = Some(contents),
            _ if parent != self.root => {}
            IMSI => call.imsi = Some(contents),
            IMEI => call.imei = Some(contents),
            CALL_EVENT_START_TIME_STAMP => call.start = Some(contents),
            UTC_TIME_OFFSET => call.offset = Some(contents),
            CALL_EVENT_DURATION => call.duration = unsigned(contents),
            CONNECTED_NUMBER => call.connected = Some(contents),
            DIALLED_DIGITS => call.dialled = Some(contents),
            CALLING_NUMBER => call.calling = Some(contents),
            ACCESS_POINT_NAME_NI => call.access_point = Some(contents),
            CHARGING_ID => call.charging_id = unsigned(contents),
            DATA_VOLUME_INCOMING => call.volume.0 += octets(contents, &mut call.volume_bad),
            DATA_VOLUME_OUTGOING => call.volume.1 += octets(contents, &mut call.volume_bad),
            _ => {}
        }
    }

    fn leave(&mut self, _: u32) {}
}

fn octets(contents: &[u8], bad: &mut bool) -> u128 {
    let octets = unsigned(contents);
    *bad |= octets.is_none();
    octets.unwrap_or(0).into()
}

/// What stands next in a file.
#[derive(Debug)]
pub enum NrtrdeItem<'a> {
    /// Everything that stands before the records.
    Control(&'a NrtrdeControl),
    /// A record.
    Call(RawEvent<'a>),
    /// Everything around the records, once the last octet is read.
    End(&'a NrtrdeControl),
}

/// Hands out the records of a file in order; only one is in memory at a time.
///
/// # Errors
/// A malformed encoding with its place, failure of the source, or what `told` refuses.
pub(crate) fn visit<R: Read>(
    reader: &mut Reader<R>,
    mut told: impl FnMut(NrtrdeItem<'_>) -> Result<(), DecodeError>,
) -> Result<(), ReadError> {
    let Some(root) = reader.root.take() else {
        return Err(DecodeError::at(0, Problem::UnknownKind).into());
    };
    let mut control = NrtrdeControl::default();
    let mut seen = Once::default();
    while let Some(header) = reader.inside(root, None, &[root.tag])? {
        match header.tag.number() {
            CALL_EVENT_LIST if header.constructed => {
                told(NrtrdeItem::Control(&control))?;
                let path = [root.tag, CALL_EVENT_LIST];
                let list = reader.open(&header, root.end, &path[..1])?;
                while let Some(header) = reader.inside(list, root.end, &path)? {
                    let raw = reader.raw_event(header, list.end.or(root.end), &path)?;
                    told(NrtrdeItem::Call(raw))?;
                    reader.pass_event();
                }
            }
            _ if !header.constructed => {
                reader.element(&header, root.end, &[root.tag], |field| {
                    seen.see(field.tag, is_known(field.tag))?;
                    control.field(field);
                    Ok(())
                })?;
            }
            _ => reader.step_over(&header, root.end, &[root.tag])?,
        }
    }
    reader.window.finish()?;
    Ok(told(NrtrdeItem::End(&control))?)
}

/// Shows every record of a file, in order.
///
/// # Errors
/// The file is of another kind ([`Problem::UnknownKind`]) or malformed, or the source fails.
pub fn each_call(source: impl Read, mut told: impl FnMut(&RawEvent<'_>)) -> Result<(), ReadError> {
    let mut reader = Reader::new(source, false)?;
    if reader.kind() != Kind::Nrtrde {
        return Err(DecodeError::at(0, Problem::UnknownKind).into());
    }
    visit(&mut reader, |item| {
        if let NrtrdeItem::Call(raw) = item {
            told(&raw);
        }
        Ok(())
    })
}

impl NrtrdeControl {
    fn field(&mut self, field: &Element<'_>) {
        let available = |stamp: &mut Option<DateTime>| stamp.take().unwrap_or_default();
        match field.tag {
            SENDER => self.sender = Some(field.text()),
            RECIPIENT => self.recipient = Some(field.text()),
            SEQUENCE_NUMBER => self.sequence = Some(field.text()),
            SPECIFICATION_VERSION_NUMBER => self.version = field.unsigned(),
            RELEASE_VERSION_NUMBER => self.release = field.unsigned(),
            FILE_AVAILABLE_TIME_STAMP => {
                self.available = Some(DateTime {
                    local: field.text(),
                    ..available(&mut self.available)
                });
            }
            UTC_TIME_OFFSET => {
                self.available = Some(DateTime {
                    offset: field.text(),
                    ..available(&mut self.available)
                });
            }
            CALL_EVENTS_COUNT => self.events = field.unsigned(),
            _ => {}
        }
    }
}
