//! Documents: what the numbers of a commitment are in, sealed under a key of their own digest.

use crate::{
    blake2b,
    derive::{Kind, Network, ViewKey},
    suite::Suite,
    Digest,
};
use alloc::{vec, vec::Vec};
use chacha20poly1305::{
    aead::{Aead, Payload},
    ChaCha20Poly1305, KeyInit,
};
use codec::{Decode, Encode};
use core::fmt;
use zeroize::{Zeroize, Zeroizing};

/// The form of documents that is written here.
const FORMAT: u8 = 1;
/// Up to here lengths are multiples of [`SMALL_STEP`].
const SMALL: usize = 4_096;
const SMALL_STEP: usize = 512;
/// A payload has fewer octets than this.
pub const MAX_PAYLOAD: usize = 1 << 24;

/// What a document says, but for its salt.
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub struct Document {
    /// The version of the rating rules.
    pub engine: u32,
    /// What it is, of which its view key depends.
    #[zeroize(skip)]
    pub kind: Kind,
    /// By its id on the chain.
    pub agreement: u32,
    /// The month, as `YYYYMM`; of terms, the first one.
    pub period: u32,
    /// What it is about, encoded.
    pub payload: Vec<u8>,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Document({:?} of {} in {}, …)",
            self.kind, self.agreement, self.period
        )
    }
}

/// As it is encoded.
#[derive(Encode, Decode)]
struct Form {
    format: u8,
    engine: u32,
    kind: Kind,
    agreement: u32,
    period: u32,
    salt: [u8; 32],
    payload: Vec<u8>,
    padding: Vec<u8>,
}

/// Why a document cannot be read or written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DocumentInvalid {
    /// It does not open with this key: the key is of something else, or the octets were changed.
    NotOpened,
    /// It is not a document, or not in the one form that documents have.
    Malformed,
    /// It is not the document of this digest.
    OtherDigest,
    /// Its payload is too long.
    TooLong,
}

impl fmt::Display for DocumentInvalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotOpened => "the document does not open with this key",
            Self::Malformed => "these octets are not a document",
            Self::OtherDigest => "the document is not the one of this digest",
            Self::TooLong => "the payload of the document is too long",
        })
    }
}

impl core::error::Error for DocumentInvalid {}

/// How long the padding is of a document that has so many octets without it. Its length is written in one, two or four octets, so not
/// every sum can be reached: then it is the next step.
fn padding(bare: usize) -> Option<usize> {
    let mut length = bare;
    loop {
        let step = match length < SMALL {
            true => SMALL_STEP,
            false => SMALL,
        };
        length = length.checked_add(1)?.checked_next_multiple_of(step)?;
        let room = length.checked_sub(bare)?;
        // The first octets of a length: one up to 63, two up to 16,383, then four.
        let found = [(1, 0..=63), (2, 64..=16_383), (4, 16_384..=usize::MAX)]
            .into_iter()
            .find_map(|(written, range)| {
                let padding = room.checked_sub(written)?;
                range.contains(&padding).then_some(padding)
            });
        if found.is_some() {
            return found;
        }
    }
}

/// A document with its salt, as octets that are hashed and sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Plain {
    octets: Zeroizing<Vec<u8>>,
    kind: Kind,
    digest: Digest,
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plain(…)")
    }
}

impl Document {
    /// The document with its derived salt: both sides get the same octets from the same payload.
    ///
    /// # Errors
    /// [`DocumentInvalid::TooLong`].
    pub fn plain(&self, network: &Network, view: &ViewKey) -> Result<Plain, DocumentInvalid> {
        self.salted(view.salt(network, self.kind, &self.payload))
    }

    /// The document with this salt, as usage reports need it: theirs is random, so that nobody tests a guess.
    ///
    /// # Errors
    /// [`DocumentInvalid::TooLong`].
    pub fn salted(&self, salt: [u8; 32]) -> Result<Plain, DocumentInvalid> {
        if self.payload.len() >= MAX_PAYLOAD {
            return Err(DocumentInvalid::TooLong);
        }
        let mut form = Form {
            format: FORMAT,
            engine: self.engine,
            kind: self.kind,
            agreement: self.agreement,
            period: self.period,
            salt,
            payload: self.payload.clone(),
            padding: Vec::new(),
        };
        // The length of no padding takes one octet.
        let bare = form.encoded_size().saturating_sub(1);
        let padding = padding(bare).ok_or(DocumentInvalid::TooLong)?;
        form.padding = vec![0; padding];
        let octets = Zeroizing::new(form.encode());
        form.payload.zeroize();
        let digest = digest(&octets);
        Ok(Plain {
            octets,
            kind: self.kind,
            digest,
        })
    }
}

fn digest(plain: &[u8]) -> Digest {
    blake2b(&[b"interclear/document/v1", plain])
}

impl Plain {
    /// Reads octets, which must be in the one form of a document.
    ///
    /// # Errors
    /// [`DocumentInvalid::Malformed`].
    pub fn decode(octets: &[u8]) -> Result<(Document, Self), DocumentInvalid> {
        let form = Form::decode(&mut &*octets).map_err(|_| DocumentInvalid::Malformed)?;
        let document = Document {
            engine: form.engine,
            kind: form.kind,
            agreement: form.agreement,
            period: form.period,
            payload: form.payload,
        };
        let plain = document
            .salted(form.salt)
            .map_err(|_| DocumentInvalid::Malformed)?;
        // Format, lengths and padding: whatever is not as it would be written is refused.
        match *plain.octets == octets {
            true => Ok((document, plain)),
            false => Err(DocumentInvalid::Malformed),
        }
    }

    /// The digest, which goes on the chain.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The octets.
    pub fn expose(&self) -> &[u8] {
        &self.octets
    }

    /// Seals it. The key is of this digest, so it seals nothing else, and doing it again gives the same octets.
    ///
    /// # Errors
    /// [`DocumentInvalid::TooLong`].
    pub fn seal(
        &self,
        network: &Network,
        view: &ViewKey,
        suite: Suite,
        epoch: u32,
    ) -> Result<Vec<u8>, DocumentInvalid> {
        let associated = network.associated(suite.number(), epoch, self.kind, &self.digest);
        let key = view.document(network, self.kind, &self.digest);
        let payload = Payload {
            msg: &self.octets,
            aad: &associated,
        };
        ChaCha20Poly1305::new(key.expose().into())
            .encrypt(&[0; 12].into(), payload)
            .map_err(|_| DocumentInvalid::TooLong)
    }
}

/// What names a sealed document: it opens as nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Name {
    /// The suite of the channel.
    pub suite: Suite,
    /// The epoch of the channel.
    pub epoch: u32,
    /// What the document is.
    pub kind: Kind,
    /// The digest, as it is on the chain.
    pub digest: Digest,
}

/// Opens a sealed document, and checks that it is the one that is named.
///
/// # Errors
/// See [`DocumentInvalid`].
pub fn open(
    network: &Network,
    view: &ViewKey,
    name: &Name,
    sealed: &[u8],
) -> Result<(Document, Plain), DocumentInvalid> {
    let associated = network.associated(name.suite.number(), name.epoch, name.kind, &name.digest);
    let key = view.document(network, name.kind, &name.digest);
    let payload = Payload {
        msg: sealed,
        aad: &associated,
    };
    let octets = ChaCha20Poly1305::new(key.expose().into())
        .decrypt(&[0; 12].into(), payload)
        .map(Zeroizing::new)
        .map_err(|_| DocumentInvalid::NotOpened)?;
    if digest(&octets) != name.digest {
        return Err(DocumentInvalid::OtherDigest);
    }
    let (document, plain) = Plain::decode(&octets)?;
    match document.kind == name.kind {
        true => Ok((document, plain)),
        false => Err(DocumentInvalid::OtherDigest),
    }
}
