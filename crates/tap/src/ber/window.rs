//! A window that slides over a source.

use super::{DecodeError, EndSearch, Header, Problem, ReadError, MAX_ELEMENT, MAX_HEADER};
use std::io::{self, Read};

/// Octets that the window holds when records are small.
const WINDOW: usize = 512 << 10;

/// Reads a source through a window that grows only when one element needs it, up to [`MAX_ELEMENT`].
#[derive(Debug)]
pub struct Window<R> {
    source: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    offset: u64,
    ended: bool,
    digest: Option<blake2b_simd::State>,
}

impl<R: Read> Window<R> {
    /// A window at the start of `source`; with `digest`, the Blake2b-256 of all octets is computed on the way.
    pub fn new(source: R, digest: bool) -> Self {
        let digest = digest.then(|| blake2b_simd::Params::new().hash_length(32).to_state());
        Self {
            source,
            buffer: vec![0; WINDOW],
            start: 0,
            end: 0,
            offset: 0,
            ended: false,
            digest,
        }
    }

    /// Octets of the source before the window.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The octets in the window.
    #[inline]
    pub fn octets(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Fills the window up to `wanted` octets; fewer are there only at the end of the source.
    ///
    /// # Errors
    /// Those of the source.
    #[inline]
    pub fn fill(&mut self, wanted: usize) -> io::Result<usize> {
        if self.end - self.start < wanted && !self.ended {
            self.refill(wanted)?;
        }
        Ok(self.end - self.start)
    }

    #[cold]
    fn refill(&mut self, wanted: usize) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() < wanted {
            self.buffer.resize(wanted.next_power_of_two(), 0);
        }
        while self.end < wanted {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => {
                    if let Some(digest) = &mut self.digest {
                        digest.update(&self.buffer[self.end..self.end + count]);
                    }
                    self.end += count;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Moves the window over `count` octets, all of which must be in it.
    #[inline]
    pub fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.offset += count as u64;
    }

    /// Moves the window over `count` octets that need not be in it.
    ///
    /// # Errors
    /// [`Problem::Truncated`] when the source has fewer.
    pub fn skip(&mut self, mut count: usize) -> Result<(), ReadError> {
        while count > 0 {
            let step = self.fill(count.min(WINDOW))?.min(count);
            if step == 0 {
                return Err(DecodeError::at(self.offset, Problem::Truncated).into());
            }
            self.consume(step);
            count -= step;
        }
        Ok(())
    }

    /// The header at the start of the window; `None` at the end of the source.
    ///
    /// # Errors
    /// A malformed header, or failure of the source.
    #[inline]
    pub fn header(&mut self) -> Result<Option<Header>, ReadError> {
        if self.fill(MAX_HEADER)? == 0 {
            return Ok(None);
        }
        match Header::read(self.octets()) {
            Ok(header) => Ok(Some(header)),
            Err(problem) => Err(DecodeError::at(self.offset, problem).into()),
        }
    }

    /// Brings the whole element with this header, which is at the start of the window, into the window. Returns its
    /// size, header included.
    ///
    /// # Errors
    /// [`Problem::TooLarge`] above [`MAX_ELEMENT`], [`Problem::Truncated`] at the end of the source, malformed
    /// elements inside an element of indefinite length, or failure of the source.
    #[inline]
    pub fn hold(&mut self, header: &Header) -> Result<usize, ReadError> {
        match header.length {
            Some(length) => {
                let size = header.size.saturating_add(length);
                if size > self.end - self.start {
                    self.hold_large(size)?;
                }
                Ok(size)
            }
            None => self.hold_indefinite(header),
        }
    }

    #[cold]
    fn hold_large(&mut self, size: usize) -> Result<(), ReadError> {
        if size > MAX_ELEMENT {
            return Err(DecodeError::at(self.offset, Problem::TooLarge).into());
        }
        if self.fill(size)? < size {
            return Err(DecodeError::at(self.offset, Problem::Truncated).into());
        }
        Ok(())
    }

    fn hold_indefinite(&mut self, header: &Header) -> Result<usize, ReadError> {
        let mut search = EndSearch::new(header.size);
        loop {
            match search.advance(self.octets()) {
                Ok(true) => return Ok(search.position),
                Ok(false) => {
                    let held = self.end - self.start;
                    let wanted = search
                        .position
                        .saturating_add(MAX_HEADER)
                        .max(held.saturating_add(1));
                    if wanted > MAX_ELEMENT {
                        return Err(DecodeError::at(self.offset, Problem::TooLarge).into());
                    }
                    if self.fill(wanted)? == held {
                        return Err(DecodeError::at(self.offset, Problem::Truncated).into());
                    }
                }
                Err(problem) => {
                    let offset = self.offset.saturating_add(search.position as u64);
                    return Err(DecodeError::at(offset, problem).into());
                }
            }
        }
    }

    /// Reads to the end of the source, which may hold only padding (0x00 and 0xff).
    ///
    /// # Errors
    /// [`Problem::TrailingData`] for anything else.
    pub fn finish(&mut self) -> Result<(), ReadError> {
        while self.fill(1)? > 0 {
            if let Some(place) = self
                .octets()
                .iter()
                .position(|octet| !matches!(octet, 0x00 | 0xff))
            {
                return Err(DecodeError::at(self.offset + place as u64, Problem::TrailingData).into());
            }
            self.consume(self.end - self.start);
        }
        Ok(())
    }

    /// Reads what is left without looking at it, so that the digest covers the whole source.
    ///
    /// # Errors
    /// Those of the source.
    pub fn drain(&mut self) -> io::Result<()> {
        while self.fill(1)? > 0 {
            self.consume(self.end - self.start);
        }
        Ok(())
    }

    /// The digest of the octets read so far, when the window was made with one.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.digest
            .as_ref()
            .and_then(|state| state.finalize().as_bytes().try_into().ok())
    }
}
