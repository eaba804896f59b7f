//! Channels: the secret that two operators share, put together by both and delivered by HPKE (RFC 9180).

use crate::{
    derive::{Contribution, Network, PairKey},
    suite::Suite,
    OperatorId,
};
use alloc::vec::Vec;
use core::fmt;
use hpke::{
    aead::ChaCha20Poly1305,
    kdf::HkdfSha256,
    kem::{X25519HkdfSha256, XWing},
    Deserializable, Kem, OpModeR, OpModeS, Serializable,
};
use rand_chacha::rand_core::{CryptoRng, RngCore};
use zeroize::Zeroizing;

/// Why nothing is sealed or opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BoxInvalid {
    /// The octets are not a key of this suite.
    NotAKey,
    /// The box does not open: it is for another key or another purpose, or was changed.
    NotOpened,
}

impl fmt::Display for BoxInvalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAKey => "these octets are not a sealing key of this suite",
            Self::NotOpened => "the box does not open with this key",
        })
    }
}

impl core::error::Error for BoxInvalid {}

/// The key pair of an operator, to which others seal what is for it alone.
#[derive(Clone)]
pub struct SealingKeypair {
    suite: Suite,
    private: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for SealingKeypair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingKeypair({:?}, …)", self.suite)
    }
}

fn generate<K: Kem>() -> Zeroizing<[u8; 32]> {
    let (private, _) = K::gen_keypair();
    let mut octets = Zeroizing::new([0; 32]);
    private.write_exact(octets.as_mut());
    octets
}

fn public<K: Kem>(private: &[u8]) -> Result<Vec<u8>, BoxInvalid> {
    let private = K::PrivateKey::from_bytes(private).map_err(|_| BoxInvalid::NotAKey)?;
    Ok(K::sk_to_pk(&private).to_bytes().to_vec())
}

fn seal_with<K: Kem>(
    public: &[u8],
    info: &[u8],
    associated: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, BoxInvalid> {
    let public = K::PublicKey::from_bytes(public).map_err(|_| BoxInvalid::NotAKey)?;
    let (encapsulation, sealed) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeS::Base,
        &public,
        info,
        plain,
        associated,
    )
    .map_err(|_| BoxInvalid::NotAKey)?;
    let mut octets = encapsulation.to_bytes().to_vec();
    octets.extend(sealed);
    Ok(octets)
}

fn open_with<K: Kem>(
    private: &[u8],
    info: &[u8],
    associated: &[u8],
    sealed: &[u8],
    encapsulation: usize,
) -> Option<Vec<u8>> {
    let private = K::PrivateKey::from_bytes(private).ok()?;
    let (encapsulation, sealed) = sealed.split_at_checked(encapsulation)?;
    let encapsulation = K::EncappedKey::from_bytes(encapsulation).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeR::Base,
        &private,
        &encapsulation,
        info,
        sealed,
        associated,
    )
    .ok()
}

/// Seals octets to a public key.
///
/// # Errors
/// [`BoxInvalid::NotAKey`].
pub fn seal(
    suite: Suite,
    public: &[u8],
    info: &[u8],
    associated: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, BoxInvalid> {
    suite.check(public).map_err(|_| BoxInvalid::NotAKey)?;
    match suite {
        Suite::X25519 => seal_with::<X25519HkdfSha256>(public, info, associated, plain),
        Suite::XWing => seal_with::<XWing>(public, info, associated, plain),
    }
}

impl SealingKeypair {
    /// A new key from the operating system's randomness.
    pub fn generate(suite: Suite) -> Self {
        let private = match suite {
            Suite::X25519 => generate::<X25519HkdfSha256>(),
            Suite::XWing => generate::<XWing>(),
        };
        Self { suite, private }
    }

    /// A key from the 32 octets of its private half; `None` for another number of octets.
    pub fn from_bytes(suite: Suite, private: &[u8]) -> Option<Self> {
        let private = Zeroizing::new(private.try_into().ok()?);
        Some(Self { suite, private })
    }

    /// How others seal to it.
    pub const fn suite(&self) -> Suite {
        self.suite
    }

    /// The private half.
    pub fn expose(&self) -> &[u8; 32] {
        &self.private
    }

    /// The public half, which is registered.
    ///
    /// # Panics
    /// Never: any 32 octets are a private key.
    #[allow(
        clippy::expect_used,
        reason = "both suites take any 32 octets as a private key"
    )]
    pub fn public(&self) -> Vec<u8> {
        match self.suite {
            Suite::X25519 => public::<X25519HkdfSha256>(self.private.as_ref()),
            Suite::XWing => public::<XWing>(self.private.as_ref()),
        }
        .expect("32 octets are a private key")
    }

    /// Opens what was sealed to the key.
    ///
    /// # Errors
    /// [`BoxInvalid::NotOpened`].
    pub fn open(
        &self,
        info: &[u8],
        associated: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, BoxInvalid> {
        let encapsulation = self.suite.encapsulation();
        match self.suite {
            Suite::X25519 => {
                open_with::<X25519HkdfSha256>(self.private.as_ref(), info, associated, sealed, encapsulation)
            }
            Suite::XWing => {
                open_with::<XWing>(self.private.as_ref(), info, associated, sealed, encapsulation)
            }
        }
        .map(Zeroizing::new)
        .ok_or(BoxInvalid::NotOpened)
    }
}

/// An operator and the version of its key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyVersion {
    /// Whose key it is.
    pub operator: OperatorId,
    /// As the operator's keys are counted.
    pub version: u32,
}

/// An offer of an epoch, or its acceptance: who says it to whom, and under which keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Message {
    /// The chain.
    pub network: Network,
    /// The suite of the epoch.
    pub suite: Suite,
    /// As the epochs of the channel are counted.
    pub epoch: u32,
    /// Who sends it.
    pub from: KeyVersion,
    /// To whom.
    pub to: KeyVersion,
}

/// For whom of the two a box is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recipient {
    /// Whoever the message is for.
    Partner,
    /// Whoever sends it, so that its channels can be restored from blocks and its sealing key.
    Oneself,
}

/// The 32 octets in a box that is sealed to a key of a suite.
fn opened(suite: Suite, info: &[u8], with: &SealingKeypair, sealed: &[u8]) -> Result<[u8; 32], BoxInvalid> {
    if with.suite() != suite {
        return Err(BoxInvalid::NotOpened);
    }
    let octets = with.open(info, &[], sealed)?;
    octets.as_slice().try_into().map_err(|_| BoxInvalid::NotOpened)
}

impl Message {
    fn info(&self, recipient: Recipient) -> Vec<u8> {
        let recipient = match recipient {
            Recipient::Partner => self.to,
            Recipient::Oneself => self.from,
        };
        self.network.boxed(
            false,
            &[
                self.from.operator,
                self.to.operator,
                self.epoch,
                u32::from(self.suite.number()),
                self.from.version,
                self.to.version,
                recipient.operator,
            ],
        )
    }

    /// Seals a contribution to one of the two.
    ///
    /// # Errors
    /// [`BoxInvalid::NotAKey`].
    pub fn seal(
        &self,
        recipient: Recipient,
        public: &[u8],
        contribution: &Contribution,
    ) -> Result<Vec<u8>, BoxInvalid> {
        seal(
            self.suite,
            public,
            &self.info(recipient),
            &[],
            contribution.expose(),
        )
    }

    /// Opens the contribution in a box.
    ///
    /// # Errors
    /// [`BoxInvalid::NotOpened`].
    pub fn open(
        &self,
        recipient: Recipient,
        with: &SealingKeypair,
        sealed: &[u8],
    ) -> Result<Contribution, BoxInvalid> {
        opened(self.suite, &self.info(recipient), with, sealed).map(Contribution::from_bytes)
    }
}

/// The key of an epoch, sent again to a partner that has lost it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Resent {
    /// The chain.
    pub network: Network,
    /// The suite of the key to which it is sealed.
    pub suite: Suite,
    /// As the epochs of the channel are counted.
    pub epoch: u32,
    /// Who sends it.
    pub from: OperatorId,
    /// To whom.
    pub to: KeyVersion,
}

impl Resent {
    fn info(&self) -> Vec<u8> {
        self.network.boxed(
            true,
            &[
                self.from,
                self.to.operator,
                self.epoch,
                u32::from(self.suite.number()),
                self.to.version,
            ],
        )
    }

    /// Seals the key of the epoch.
    ///
    /// # Errors
    /// [`BoxInvalid::NotAKey`].
    pub fn seal(&self, public: &[u8], key: &PairKey) -> Result<Vec<u8>, BoxInvalid> {
        seal(self.suite, public, &self.info(), &[], key.expose())
    }

    /// Opens the key of the epoch, which is checked by what the chain keeps of it.
    ///
    /// # Errors
    /// [`BoxInvalid::NotOpened`].
    pub fn open(&self, with: &SealingKeypair, sealed: &[u8]) -> Result<PairKey, BoxInvalid> {
        opened(self.suite, &self.info(), with, sealed).map(PairKey::from_bytes)
    }
}

/// A contribution from a source of randomness.
pub fn contribute<R: RngCore + CryptoRng>(source: &mut R) -> Contribution {
    let mut octets = Zeroizing::new([0; 32]);
    source.fill_bytes(octets.as_mut());
    Contribution::from_bytes(*octets)
}
