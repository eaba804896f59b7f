//! Reads a file of any kind, one group or record at a time.

use crate::{
    ber::{DecodeError, Element, Elements, Header, Problem, ReadError, Window, MAX_DEPTH},
    model::{Accounting, AuditControl, BatchControl, Group, Network},
    tags::*,
};
use serde::{Deserialize, Serialize};
use std::io::Read;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// TAP with usage records (a transfer batch).
    Tap,
    /// TAP without usage records.
    Notification,
    /// Near-real-time exchange of roaming data, to detect fraud.
    Nrtrde,
    /// Returned accounts procedure: returns or an acknowledgement.
    Rap,
    /// Nothing known.
    Unknown,
}

impl Kind {
    /// The word in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tap => "tap",
            Self::Notification => "notification",
            Self::Nrtrde => "nrtrde",
            Self::Rap => "rap",
            Self::Unknown => "unknown",
        }
    }

    /// Whether usage is billed from such a file; a notification bills nothing, but counts in the sequence.
    pub const fn is_tap(self) -> bool {
        matches!(self, Self::Tap | Self::Notification)
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// A usage record, as octets in the window.
#[derive(Clone, Copy, Debug)]
pub struct RawEvent<'a> {
    /// Its position among the records, from 0.
    pub index: u64,
    /// Octets of the file before it.
    pub offset: u64,
    /// Tag and length of the record.
    pub header: Header,
    /// All its octets as they stand in the file, identifier and length included: what the leaf of the Merkle tree is
    /// made of.
    pub octets: &'a [u8],
}

/// What stands next in a file. All but records come once and are large, and are handed on apart.
#[derive(Debug)]
pub enum Item<'a> {
    /// Batch control information, or the contents of a notification.
    BatchControl(Box<BatchControl>),
    /// Accounting information.
    Accounting(Box<Accounting>),
    /// Network information.
    Network(Box<Network>),
    /// A usage record.
    Event(RawEvent<'a>),
    /// Audit control information.
    Audit(Box<AuditControl>),
}

/// An element of the file that is open: its tag and its end, `None` for the indefinite form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) tag: u32,
    pub(crate) end: Option<u64>,
}

/// Reads TAP files; names the kind of others.
#[derive(Debug)]
pub struct Reader<R> {
    pub(crate) window: Window<R>,
    kind: Kind,
    pub(crate) root: Option<Open>,
    events: Option<Open>,
    next_event: u64,
    /// Octets of the item that was handed out last.
    held: usize,
    /// Whether the file says that it is laid out as release 10 is.
    old: bool,
    /// Whether a notification holds what only a transfer batch does.
    stray: bool,
}

impl<R: Read> Reader<R> {
    /// Looks at the first octets of `source`; with `digest`, the Blake2b-256 of the file is computed on the way.
    ///
    /// # Errors
    /// An empty file, a malformed first element, or failure of the source. A first element that is known to no kind
    /// of file is not an error: [`Reader::kind`] is then [`Kind::Unknown`].
    pub fn new(source: R, digest: bool) -> Result<Self, ReadError> {
        let mut window = Window::new(source, digest);
        let Some(header) = window.header()? else {
            return Err(DecodeError::at(0, Problem::Empty).into());
        };
        let tag = header.tag.number();
        let kind = match tag {
            TRANSFER_BATCH if header.constructed => match Header::read(&window.octets()[header.size..]) {
                Ok(first) if nrtrde::HEADER.contains(&first.tag.number()) => Kind::Nrtrde,
                _ => Kind::Tap,
            },
            NOTIFICATION if header.constructed => Kind::Notification,
            RETURN_BATCH | RAP_ACKNOWLEDGEMENT if header.constructed => Kind::Rap,
            _ => Kind::Unknown,
        };
        let mut reader = Self {
            window,
            kind,
            root: None,
            events: None,
            next_event: 0,
            held: 0,
            old: false,
            stray: false,
        };
        // A notification is read as a whole.
        if matches!(kind, Kind::Tap | Kind::Nrtrde | Kind::Rap) {
            reader.root = Some(reader.open(&header, None, &[])?);
        }
        Ok(reader)
    }

    /// What the file is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Octets read so far, the last item included.
    pub fn offset(&self) -> u64 {
        self.window.offset() + self.held as u64
    }

    /// Whether a notification, which says that there are no records, holds some.
    pub(crate) fn has_stray_records(&self) -> bool {
        self.stray
    }

    /// Records handed out so far.
    pub fn events(&self) -> u64 {
        self.next_event
    }

    /// Reads to the end of the source, without looking at what is left.
    ///
    /// # Errors
    /// Those of the source.
    pub fn drain(&mut self) -> std::io::Result<()> {
        self.window.drain()
    }

    /// Blake2b-256 of what has been read, when asked for: of the whole file once all of it has been, see
    /// [`drain`](Self::drain).
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.window.digest()
    }

    /// Steps into the element whose header is at the start of the window.
    pub(crate) fn open(
        &mut self,
        header: &Header,
        around: Option<u64>,
        path: &[u32],
    ) -> Result<Open, ReadError> {
        let offset = self.window.offset();
        self.window.consume(header.size);
        let end = match header.length {
            Some(length) => {
                let end = self.window.offset().saturating_add(length as u64);
                if around.is_some_and(|around| end > around) {
                    return Err(DecodeError::at(offset, Problem::Overrun).within(path).into());
                }
                Some(end)
            }
            None => None,
        };
        Ok(Open {
            tag: header.tag.number(),
            end,
        })
    }

    /// The header of the next element inside `open`, `None` at its end (whose mark is then consumed). `limit` is the
    /// end of the closest element around of definite length.
    pub(crate) fn inside(
        &mut self,
        open: Open,
        limit: Option<u64>,
        path: &[u32],
    ) -> Result<Option<Header>, ReadError> {
        let offset = self.window.offset();
        let fail = |problem| ReadError::Decode(DecodeError::at(offset, problem).within(path));
        if open.end.is_some_and(|end| offset >= end) {
            return Ok(None);
        }
        let header = match self.window.header() {
            Ok(Some(header)) => header,
            Ok(None) => return Err(fail(Problem::Truncated)),
            Err(ReadError::Decode(error)) => return Err(error.within(path).into()),
            Err(error) => return Err(error),
        };
        if header.is_end() {
            if open.end.is_some() {
                return Err(fail(Problem::StrayEnd));
            }
            self.window.consume(header.size);
            return Ok(None);
        }
        let size = header.size as u64 + header.length.unwrap_or(0) as u64;
        if open
            .end
            .or(limit)
            .is_some_and(|end| offset.saturating_add(size) > end)
        {
            return Err(fail(Problem::Overrun));
        }
        Ok(Some(header))
    }

    /// The next item of a TAP file, `None` after the last. Only padding may follow it.
    ///
    /// # Errors
    /// A malformed encoding with its place, or failure of the source. Nothing may be asked for after an error.
    pub fn next_item(&mut self) -> Result<Option<Item<'_>>, ReadError> {
        self.window.consume(std::mem::take(&mut self.held));
        if self.kind == Kind::Notification && self.next_event == 0 && self.window.offset() == 0 {
            return self.notification().map(Some);
        }
        loop {
            let Some(root) = self.root else {
                self.window.finish()?;
                return Ok(None);
            };
            if let Some(events) = self.events {
                match self.inside(events, root.end, &[root.tag, events.tag])? {
                    Some(header) => {
                        return self
                            .event(header, root, events)
                            .map(|event| Some(Item::Event(event)))
                    }
                    None => {
                        self.events = None;
                        continue;
                    }
                }
            }
            let Some(header) = self.inside(root, None, &[root.tag])? else {
                self.root = None;
                continue;
            };
            match header.tag.number() {
                CALL_EVENT_DETAILS if header.constructed => {
                    self.events = Some(self.open(&header, root.end, &[root.tag])?);
                }
                BATCH_CONTROL_INFO => {
                    let control: BatchControl = self.group(&header, root)?;
                    self.old = control.is_release_10();
                    return Ok(Some(Item::BatchControl(Box::new(control))));
                }
                ACCOUNTING_INFO => {
                    return self
                        .group(&header, root)
                        .map(|g| Some(Item::Accounting(Box::new(g))))
                }
                NETWORK_INFO => {
                    return self
                        .group(&header, root)
                        .map(|g| Some(Item::Network(Box::new(g))))
                }
                AUDIT_CONTROL_INFO => {
                    return self.group(&header, root).map(|g| Some(Item::Audit(Box::new(g))))
                }
                _ => self.step_over(&header, root.end, &[root.tag])?,
            }
        }
    }

    fn notification(&mut self) -> Result<Item<'static>, ReadError> {
        let Some(header) = self.window.header()? else {
            return Err(DecodeError::at(0, Problem::Empty).into());
        };
        let size = self.window.hold(&header)?;
        let group = decode(self.window.octets(), &header, size, 0, &[], false)?;
        let end = if header.length.is_some() { size } else { size - 2 };
        let fields = Elements::new(&self.window.octets()[header.size..end]);
        self.stray = fields.flatten().any(|field| field.tag == CALL_EVENT_DETAILS);
        self.window.consume(size);
        Ok(Item::BatchControl(Box::new(group)))
    }

    /// Brings one element into memory, has it read, and goes on behind it. `end` is the end of the closest element around of
    /// definite length.
    pub(crate) fn element<T>(
        &mut self,
        header: &Header,
        end: Option<u64>,
        path: &[u32],
        read: impl FnOnce(&Element<'_>) -> Result<T, Problem>,
    ) -> Result<T, ReadError> {
        let size = within(self.window.hold(header), path)?;
        self.fits(size, end, path)?;
        let last = if header.length.is_some() { size } else { size - 2 };
        let element = Element {
            tag: header.tag.number(),
            constructed: header.constructed,
            contents: &self.window.octets()[header.size..last],
        };
        let offset = self.window.offset();
        let result = read(&element)
            .map_err(|problem| DecodeError::at(offset, problem).within(&[path, &[element.tag]].concat()))?;
        self.window.consume(size);
        Ok(result)
    }

    /// The octets of the element with this header, which stays in the window; as a record with its place in the file.
    pub(crate) fn raw_event(
        &mut self,
        header: Header,
        end: Option<u64>,
        path: &[u32],
    ) -> Result<RawEvent<'_>, ReadError> {
        self.window.consume(std::mem::take(&mut self.held));
        let size = within(self.window.hold(&header), path)?;
        self.fits(size, end, path)?;
        self.held = size;
        let index = self.next_event;
        self.next_event += 1;
        Ok(RawEvent {
            index,
            offset: self.window.offset(),
            header,
            octets: &self.window.octets()[..size],
        })
    }

    /// Goes on behind the record that was handed out last.
    pub(crate) fn pass_event(&mut self) {
        self.window.consume(std::mem::take(&mut self.held));
    }

    pub(crate) fn group<G: Group>(&mut self, header: &Header, root: Open) -> Result<G, ReadError> {
        let size = within(self.window.hold(header), &[root.tag, header.tag.number()])?;
        self.fits(size, root.end, &[root.tag])?;
        let group = decode(
            self.window.octets(),
            header,
            size,
            self.window.offset(),
            &[root.tag],
            self.old,
        )?;
        self.window.consume(size);
        Ok(group)
    }

    fn event(&mut self, header: Header, root: Open, events: Open) -> Result<RawEvent<'_>, ReadError> {
        let size = match self.window.hold(&header) {
            Ok(size) => size,
            Err(error) => return within(Err(error), &[root.tag, events.tag, header.tag.number()]),
        };
        if header.length.is_none() {
            self.fits(size, events.end.or(root.end), &[root.tag, events.tag])?;
        }
        self.held = size;
        let index = self.next_event;
        self.next_event += 1;
        let offset = self.window.offset();
        Ok(RawEvent {
            index,
            offset,
            header,
            octets: &self.window.octets()[..size],
        })
    }

    /// Whether an element that starts here ends within the one around it.
    fn fits(&self, size: usize, end: Option<u64>, path: &[u32]) -> Result<(), ReadError> {
        if end.is_some_and(|end| self.window.offset() + size as u64 > end) {
            return Err(DecodeError::at(self.window.offset(), Problem::Overrun)
                .within(path)
                .into());
        }
        Ok(())
    }

    /// Passes over an element without holding it.
    pub(crate) fn step_over(
        &mut self,
        header: &Header,
        limit: Option<u64>,
        path: &[u32],
    ) -> Result<(), ReadError> {
        self.window.consume(header.size);
        if let Some(length) = header.length {
            return within(self.window.skip(length), path);
        }
        // Only the count of open elements of indefinite length matters: those of definite length are jumped over.
        let mut open = 1;
        while open > 0 {
            match self.inside(
                Open {
                    tag: header.tag.number(),
                    end: None,
                },
                limit,
                path,
            )? {
                None => open -= 1,
                Some(inner) => {
                    self.window.consume(inner.size);
                    match inner.length {
                        Some(length) => within(self.window.skip(length), path)?,
                        None if open == MAX_DEPTH => {
                            let offset = self.window.offset();
                            return Err(DecodeError::at(offset, Problem::TooDeep).within(path).into());
                        }
                        None => open += 1,
                    }
                }
            }
        }
        Ok(())
    }
}

/// Adds the elements around to an error.
fn within<T>(result: Result<T, ReadError>, path: &[u32]) -> Result<T, ReadError> {
    result.map_err(|error| match error {
        ReadError::Decode(error) => error.within(path).into(),
        io => io,
    })
}

/// Decodes the group at the start of `octets`.
fn decode<G: Group>(
    octets: &[u8],
    header: &Header,
    size: usize,
    at: u64,
    path: &[u32],
    old: bool,
) -> Result<G, ReadError> {
    let end = if header.length.is_some() { size } else { size - 2 };
    let contents = &octets[header.size..end];
    let group = Element {
        tag: header.tag.number(),
        constructed: header.constructed,
        contents,
    };
    G::decode(&group, old).map_err(|mut error| {
        error.offset += at + header.size as u64;
        error.within(path).into()
    })
}
